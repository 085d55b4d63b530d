"""Which functions and ufuncs other array types can take over.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

from typing import Any

from sharray import _typing as _t

def allows_array_function_override(func: _t._Function) -> Any: ...
def allows_array_ufunc_override(func: _t._Function) -> Any: ...
def get_overridable_numpy_array_functions() -> Any: ...
def get_overridable_numpy_ufuncs() -> Any: ...
