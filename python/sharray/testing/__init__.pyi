"""Assertions about arrays, and other help for tests.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
    Final,
)

from sharray import _typing as _t
from sharray._pytesttester import PytestTester as _PytestTester
from sharray.testing import overrides as overrides

__all__ = [
    "BLAS_SUPPORTS_FPE",
    "HAS_LAPACK64",
    "HAS_REFCOUNT",
    "IS_64BIT",
    "IS_EDITABLE",
    "IS_INSTALLED",
    "IS_MUSL",
    "IS_PYPY",
    "IS_PYSTON",
    "IS_WASM",
    "IgnoreException",
    "KnownFailureException",
    "NOGIL_BUILD",
    "NUMPY_ROOT",
    "SkipTest",
    "TestCase",
    "assert_",
    "assert_allclose",
    "assert_almost_equal",
    "assert_approx_equal",
    "assert_array_almost_equal",
    "assert_array_almost_equal_nulp",
    "assert_array_compare",
    "assert_array_equal",
    "assert_array_less",
    "assert_array_max_ulp",
    "assert_equal",
    "assert_no_gc_cycles",
    "assert_no_warnings",
    "assert_raises",
    "assert_raises_regex",
    "assert_string_equal",
    "assert_warns",
    "break_cycles",
    "build_err_msg",
    "check_support_sve",
    "clear_and_catch_warnings",
    "decorate_methods",
    "jiffies",
    "measure",
    "memusage",
    "overrides",
    "print_assert_equal",
    "run_threaded",
    "rundocs",
    "runstring",
    "suppress_warnings",
    "tempdir",
    "temppath",
    "verbose",
]

BLAS_SUPPORTS_FPE: Final[builtins.bool]
HAS_LAPACK64: Final[builtins.bool]
HAS_REFCOUNT: Final[builtins.bool]
IS_64BIT: Final[builtins.bool]
IS_EDITABLE: Final[builtins.bool]
IS_INSTALLED: Final[builtins.bool]
IS_MUSL: Final[builtins.bool]
IS_PYPY: Final[builtins.bool]
IS_PYSTON: Final[builtins.bool]
IS_WASM: Final[builtins.bool]

class IgnoreException(builtins.Exception): ...
class KnownFailureException(builtins.Exception): ...

NOGIL_BUILD: Final[builtins.bool]
NUMPY_ROOT: Any
SkipTest: type[Any]
TestCase: type[Any]

def assert_(val: Any, msg: Any = "") -> None: ...
def assert_allclose(
    actual: _t.ArrayLike,
    desired: _t.ArrayLike,
    rtol: Any = 1e-07,
    atol: Any = 0,
    equal_nan: builtins.bool = True,
    err_msg: str = "",
    verbose: builtins.bool = True,
    *,
    strict: builtins.bool = False,
) -> None: ...
def assert_almost_equal(
    actual: _t.ArrayLike, desired: _t.ArrayLike, decimal: Any = 7, err_msg: str = "", verbose: builtins.bool = True
) -> None: ...
def assert_approx_equal(
    actual: _t.ArrayLike, desired: _t.ArrayLike, significant: Any = 7, err_msg: str = "", verbose: builtins.bool = True
) -> None: ...
def assert_array_almost_equal(
    actual: _t.ArrayLike, desired: _t.ArrayLike, decimal: Any = 6, err_msg: str = "", verbose: builtins.bool = True
) -> None: ...
def assert_array_almost_equal_nulp(x: _t.ArrayLike, y: _t.ArrayLike, nulp: Any = 1) -> None: ...
def assert_array_compare(
    comparison: Any,
    x: _t.ArrayLike,
    y: _t.ArrayLike,
    err_msg: str = "",
    verbose: builtins.bool = True,
    header: Any = "",
    precision: Any = 6,
    equal_nan: builtins.bool = True,
    equal_inf: builtins.bool = True,
    *,
    strict: builtins.bool = False,
    names: Any = ...,
) -> Any: ...
def assert_array_equal(
    actual: _t.ArrayLike,
    desired: _t.ArrayLike,
    err_msg: str = "",
    verbose: builtins.bool = True,
    *,
    strict: builtins.bool = False,
) -> None: ...
def assert_array_less(
    x: _t.ArrayLike, y: _t.ArrayLike, err_msg: str = "", verbose: builtins.bool = True, *, strict: builtins.bool = False
) -> None: ...
def assert_array_max_ulp(
    a: _t.ArrayLike, b: _t.ArrayLike, maxulp: Any = 1, dtype: _t.DTypeLike | None = None
) -> Any: ...
def assert_equal(
    actual: _t.ArrayLike,
    desired: _t.ArrayLike,
    err_msg: str = "",
    verbose: builtins.bool = True,
    *,
    strict: builtins.bool = False,
) -> None: ...
def assert_no_gc_cycles(*args: Any, **kwargs: Any) -> Any: ...
def assert_no_warnings(*args: Any, **kwargs: Any) -> Any: ...
def assert_raises(*args: Any, **kwargs: Any) -> Any: ...
def assert_raises_regex(exception_class: Any, expected_regexp: Any, *args: Any, **kwargs: Any) -> Any: ...
def assert_string_equal(actual: _t.ArrayLike, desired: _t.ArrayLike) -> None: ...
def assert_warns(warning_class: Any, *args: Any, **kwargs: Any) -> Any: ...
def break_cycles() -> Any: ...
def build_err_msg(
    arrays: Any,
    err_msg: str,
    header: Any = "Items are not equal:",
    verbose: builtins.bool = True,
    names: Any = ...,
    precision: Any = 8,
) -> Any: ...
def check_support_sve(__cache: Any = ...) -> Any: ...

class clear_and_catch_warnings:
    def __init__(self, record: builtins.bool = False, modules: Any = ()) -> None: ...
    def __enter__(self) -> Any: ...
    def __exit__(self, *exc_info: Any) -> Any: ...
    def __repr__(self) -> builtins.str: ...
    class_modules: Any

def decorate_methods(cls: Any, decorator: Any, testmatch: Any = None) -> Any: ...
def jiffies(_proc_pid_stat: Any = None, _load_time: Any = None) -> Any: ...
def measure(code_str: Any, times: Any = 1, label: Any = None) -> Any: ...
def memusage(_proc_pid_stat: Any = None) -> Any: ...
def print_assert_equal(test_string: Any, actual: _t.ArrayLike, desired: _t.ArrayLike) -> Any: ...
def run_threaded(
    func: _t._Function,
    max_workers: Any = 8,
    pass_count: builtins.bool = False,
    pass_barrier: builtins.bool = False,
    outer_iterations: Any = 1,
    prepare_args: Any = None,
) -> Any: ...
def rundocs(filename: Any = None, raise_on_error: builtins.bool = True) -> None: ...
def runstring(astr: Any, dict: Any) -> Any: ...

class suppress_warnings:
    def __init__(self, forwarding_rule: Any = "always", _warn: builtins.bool = True) -> None: ...
    def __call__(self, func: Any) -> Any: ...
    def __enter__(self) -> Any: ...
    def __exit__(self, *exc_info: Any) -> Any: ...
    def filter(self, category: Any = ..., message: Any = "", module: Any = None) -> Any: ...
    def record(self, category: Any = ..., message: Any = "", module: Any = None) -> Any: ...

def tempdir(*args: Any, **kwargs: Any) -> Any: ...
def temppath(*args: Any, **kwargs: Any) -> Any: ...

test: _PytestTester
verbose: Final[int]
