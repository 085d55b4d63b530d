"""Arrays and the module ctypes: arrays from pointers, pointers from arrays, checked arguments.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

from typing import Any

from sharray import _typing as _t

__all__ = ["as_array", "as_ctypes", "as_ctypes_type", "c_intp", "load_library", "ndpointer"]

def as_array(obj: Any, shape: Any = None) -> Any: ...
def as_ctypes(obj: Any) -> Any: ...
def as_ctypes_type(dtype: _t.DTypeLike | None) -> Any: ...

c_intp: type[Any]

def load_library(libname: Any, loader_path: Any) -> Any: ...
def ndpointer(dtype: _t.DTypeLike | None = None, ndim: Any = None, shape: Any = None, flags: Any = None) -> Any: ...
