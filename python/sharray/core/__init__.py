"""The old name of `_core`: its modules, with a DeprecationWarning for each name taken from them."""

import importlib
import sys
import types

from ._utils import _raise_warning

_MODULES = (
    "arrayprint",
    "defchararray",
    "_dtype_ctypes",
    "_dtype",
    "einsumfunc",
    "fromnumeric",
    "function_base",
    "getlimits",
    "_internal",
    "multiarray",
    "_multiarray_umath",
    "numeric",
    "numerictypes",
    "overrides",
    "records",
    "shape_base",
    "umath",
)

__all__ = list(_MODULES)


class _OldModule(types.ModuleType):
    """A module whose names come from `_core`, with a warning."""

    def __init__(self, name):
        super().__init__(f"{__name__}.{name}", f"The old name of `_core.{name}`.")
        self.__short = name

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        short = self.__dict__["_OldModule__short"]
        found = getattr(importlib.import_module(f"sharray._core.{short}"), name, self)
        if found is self:
            raise AttributeError(f"module 'numpy.core.{short}' has no attribute {name!r}")
        _raise_warning(name, short)
        return found


for _name in _MODULES:
    sys.modules[f"{__name__}.{_name}"] = globals()[_name] = _OldModule(_name)


def _reconstruct(subtype, shape, dtype):
    """An array that `__setstate__` fills: what the oldest pickles name, in `_internal`."""
    from .. import ndarray

    return ndarray.__new__(subtype, shape, dtype)


_internal._reconstruct = _reconstruct  # noqa: F821 - set by the loop above


def _ufunc_reconstruct(module, name):
    """The ufunc `name` of `module`, for old pickles."""
    return getattr(__import__(module, fromlist=[name]), name)


def __getattr__(name):
    from .. import _core

    found = getattr(_core, name)
    _raise_warning(name)
    return found
