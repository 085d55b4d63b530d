"""How this build was made: `show_config`."""

import platform
import sys

from . import _engine
from ._utils import set_module
from .version import sharray_version, version

__all__ = ["show_config"]


def _configuration():
    return {
        "sharray": {
            "version": sharray_version,
            "follows NumPy": version,
            "engine": getattr(_engine, "__file__", "built in"),
        },
        "Machine Information": {
            "host": {"cpu": platform.machine(), "endian": sys.byteorder, "system": platform.system().lower()},
        },
        "Build Dependencies": {},
        "Python Information": {"path": sys.executable, "version": platform.python_version()},
        "SIMD Extensions": {
            "baseline": list(getattr(_engine, "__cpu_baseline__", [])),
            "found": [
                name
                for name in getattr(_engine, "__cpu_dispatch__", [])
                if getattr(_engine, "__cpu_features__", {}).get(name)
            ],
        },
    }


@set_module("numpy")
def show_config(mode="stdout"):
    """Print how the package was built, or with ``mode="dicts"`` return it as a dict.

    ValueError for other modes.

    >>> import sharray as np
    >>> "sharray" in np.show_config("dicts")
    True
    """
    if mode == "dicts":
        return _configuration()
    if mode != "stdout":
        raise ValueError(f"{mode!r} is no mode: 'stdout' or 'dicts'")
    import json

    print(json.dumps(_configuration(), indent=2))
    return None


show = show_config
