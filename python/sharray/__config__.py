"""How this build was made, and what it may use: `show_config`, under NumPy's name for its home."""

import enum
import os
import platform
import sys

from . import _engine
from ._utils import set_module
from .version import sharray_version, version

__all__ = ["show_config"]


#: Meson has no part in this build; NumPy's users ask.
_built_with_meson = False

#: What computes matrix products; there is no BLAS or LAPACK in this build.
_MATRIX_PRODUCT = "sharray's own loops"


def _host():
    return {
        "cpu": platform.machine(),
        "family": platform.machine(),
        "endian": sys.byteorder,
        "system": platform.system().lower(),
    }


#: Instruction-set levels above the baseline.
_KNOWN_LEVELS = ("avx2", "avx512")


def _levels():
    _, available = _engine._isa_levels()
    return {
        "baseline": ["baseline"],
        "found": [name for name in _KNOWN_LEVELS if name in available],
        "not found": [name for name in _KNOWN_LEVELS if name not in available],
    }


def _instruction_set():
    """The level in use, those this machine has, and a wish in ``SHARRAY_ISA`` that could not be fulfilled."""
    level, available = _engine._isa_levels()
    told = {"in use": level, "available": list(available)}
    wish = os.environ.get("SHARRAY_ISA")
    if wish and wish not in available:
        reason = "not available on this machine" if wish in _KNOWN_LEVELS else "no such level"
        told["SHARRAY_ISA"] = f"{wish}: {reason}"
    return told


def _configuration():
    none = {"name": "none", "found": False, "version": "", "detection method": "none"}
    return {
        "sharray": {
            "version": sharray_version,
            "follows NumPy": version,
            "engine": getattr(_engine, "__file__", "built in"),
            "instruction set": _instruction_set(),
            "threads": _engine._threads_get(),
            "block cache": _engine._block_cache(),
            "huge pages": _engine._get_madvise_hugepage(),
            "matrix product": _MATRIX_PRODUCT,
        },
        "Compilers": {"rust": {"name": "rustc", "commands": "cargo", "profile": _engine._build_profile()}},
        "Machine Information": {"host": _host(), "build": _host()},
        "Build Dependencies": {"blas": dict(none), "lapack": dict(none)},
        "Python Information": {"path": sys.executable, "version": platform.python_version()},
        "SIMD Extensions": _levels(),
    }


CONFIG = _configuration()


class DisplayModes(enum.Enum):
    """What `show_config` does with the configuration."""

    stdout = "stdout"
    dicts = "dicts"


def _check_pyyaml():
    import yaml

    return yaml


def _as_json():
    import json

    return json.dumps(_configuration(), indent=2)


@set_module("numpy")
def show_config(mode="stdout"):
    """Print how the package was built and what it may use, or with ``mode="dicts"`` return it as a dict.

    Under ``"sharray"`` stand the instruction-set level in use, the number of threads,
    the bound and use of the cache of freed blocks in bytes, and what computes matrix
    products; the other sections are NumPy's. AttributeError for other modes.

    Parameters
    ----------
    mode : {'stdout', 'dicts'}, optional
        Whether to print, or to give a dict.

    Returns
    -------
    None, or dict.

    Examples
    --------
    >>> import sharray as np
    >>> np.show_config("dicts")["sharray"]["threads"] >= 1
    True
    """
    try:
        wanted = DisplayModes(mode)
    except ValueError:
        raise AttributeError(f"Invalid `mode` {mode!r}, use one of: stdout, dicts") from None
    if wanted is DisplayModes.dicts:
        return _configuration()
    try:
        yaml = _check_pyyaml()
        print(yaml.dump(_configuration(), sort_keys=False))
    except ModuleNotFoundError:
        import warnings

        warnings.warn("PyYAML would make this easier to read", stacklevel=2)
        print(_as_json())
    return None


show = show_config
