"""How this build was made, under NumPy's name for it."""

from ._config import _configuration as _configuration, show, show_config

__all__ = ["show_config"]
CONFIG = _configuration()
show = show
