"""Text functions on arrays of str, bytes and StringDType.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

from typing import Any

import sharray as _np
from sharray import _typing as _t

__all__ = [
    "add",
    "capitalize",
    "center",
    "count",
    "decode",
    "encode",
    "endswith",
    "equal",
    "expandtabs",
    "find",
    "greater",
    "greater_equal",
    "index",
    "isalnum",
    "isalpha",
    "isdecimal",
    "isdigit",
    "islower",
    "isnumeric",
    "isspace",
    "istitle",
    "isupper",
    "less",
    "less_equal",
    "ljust",
    "lower",
    "lstrip",
    "mod",
    "multiply",
    "not_equal",
    "partition",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rstrip",
    "slice",
    "startswith",
    "str_len",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
]

add: _np._SameBinary

def capitalize(a: _t.ArrayLike) -> Any: ...
def center(a: _t.ArrayLike, width: Any, fillchar: Any = " ") -> Any: ...
def count(a: _t.ArrayLike, sub: _t.ArrayLike, start: Any = 0, end: Any = None) -> Any: ...
def decode(a: _t.ArrayLike, encoding: Any = None, errors: Any = None) -> Any: ...
def encode(a: _t.ArrayLike, encoding: Any = None, errors: Any = None) -> Any: ...
def endswith(a: _t.ArrayLike, suffix: str, start: Any = 0, end: Any = None) -> Any: ...

equal: _np._TruthBinary

def expandtabs(a: _t.ArrayLike, tabsize: Any = 8) -> Any: ...
def find(a: _t.ArrayLike, sub: _t.ArrayLike, start: Any = 0, end: Any = None) -> Any: ...

greater: _np._TruthBinary
greater_equal: _np._TruthBinary

def index(a: _t.ArrayLike, sub: _t.ArrayLike, start: Any = 0, end: Any = None) -> Any: ...

isalnum: _np.ufunc
isalpha: _np.ufunc
isdecimal: _np.ufunc
isdigit: _np.ufunc
islower: _np.ufunc
isnumeric: _np.ufunc
isspace: _np.ufunc
istitle: _np.ufunc
isupper: _np.ufunc
less: _np._TruthBinary
less_equal: _np._TruthBinary

def ljust(a: _t.ArrayLike, width: Any, fillchar: Any = " ") -> Any: ...
def lower(a: _t.ArrayLike) -> Any: ...
def lstrip(a: _t.ArrayLike, chars: Any = None) -> Any: ...
def mod(a: _t.ArrayLike, values: _t.ArrayLike) -> Any: ...
def multiply(a: _t.ArrayLike, i: Any) -> Any: ...

not_equal: _np._TruthBinary

def partition(a: _t.ArrayLike, sep: Any) -> _t._Array: ...
def replace(a: _t.ArrayLike, old: Any, new: Any, count: Any = -1) -> Any: ...
def rfind(a: _t.ArrayLike, sub: _t.ArrayLike, start: Any = 0, end: Any = None) -> Any: ...
def rindex(a: _t.ArrayLike, sub: _t.ArrayLike, start: Any = 0, end: Any = None) -> Any: ...
def rjust(a: _t.ArrayLike, width: Any, fillchar: Any = " ") -> Any: ...
def rpartition(a: _t.ArrayLike, sep: Any) -> Any: ...
def rstrip(a: _t.ArrayLike, chars: Any = None) -> Any: ...
def slice(a: _t.ArrayLike, start: Any = None, stop: Any = ..., step: Any = None, /) -> Any: ...
def startswith(a: _t.ArrayLike, prefix: str, start: Any = 0, end: Any = None) -> Any: ...

str_len: _np.ufunc

def strip(a: _t.ArrayLike, chars: Any = None) -> Any: ...
def swapcase(a: _t.ArrayLike) -> Any: ...
def title(a: _t.ArrayLike) -> Any: ...
def translate(a: _t.ArrayLike, table: Any, deletechars: Any = None) -> Any: ...
def upper(a: _t.ArrayLike) -> Any: ...
def zfill(a: _t.ArrayLike, width: Any) -> Any: ...
