"""Public face of the stride tricks.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
)

from sharray import _typing as _t

__all__ = ["as_strided", "sliding_window_view"]

def as_strided(
    x: _t.ArrayLike,
    shape: Any = None,
    strides: Any = None,
    subok: builtins.bool = False,
    writeable: builtins.bool = True,
    *,
    check_bounds: builtins.bool = True,
) -> _t._Array: ...
def sliding_window_view(
    x: _t.ArrayLike,
    window_shape: Any,
    axis: Any = None,
    *,
    subok: builtins.bool = False,
    writeable: builtins.bool = False,
) -> _t._Array: ...
