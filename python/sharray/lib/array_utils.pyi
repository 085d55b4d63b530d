"""Public face of the helpers for authors of array libraries.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
)

from sharray import _typing as _t

__all__ = ["byte_bounds", "normalize_axis_index", "normalize_axis_tuple"]

def byte_bounds(a: _t.ArrayLike) -> Any: ...
def normalize_axis_index(axis: Any, ndim: Any, msg_prefix: Any = None) -> Any: ...
def normalize_axis_tuple(axis: Any, ndim: Any, argname: Any = None, allow_duplicate: builtins.bool = False) -> Any: ...
