"""Record arrays: structured arrays whose fields are attributes as well.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
    SupportsIndex,
)

from sharray import _typing as _t, recarray as recarray, record as record

__all__ = [
    "array",
    "find_duplicate",
    "format_parser",
    "fromarrays",
    "fromfile",
    "fromrecords",
    "fromstring",
    "recarray",
    "record",
]

def array(
    obj: Any,
    dtype: _t.DTypeLike | None = None,
    shape: Any = None,
    offset: SupportsIndex = 0,
    strides: Any = None,
    formats: Any = None,
    names: Any = None,
    titles: Any = None,
    aligned: builtins.bool = False,
    byteorder: Any = None,
    copy: builtins.bool = True,
) -> Any: ...
def find_duplicate(list: Any) -> Any: ...

class format_parser:
    def __init__(
        self, formats: Any, names: Any, titles: Any, aligned: builtins.bool = False, byteorder: Any = None
    ) -> None: ...

def fromarrays(
    arrayList: Any,
    dtype: _t.DTypeLike | None = None,
    shape: Any = None,
    formats: Any = None,
    names: Any = None,
    titles: Any = None,
    aligned: builtins.bool = False,
    byteorder: Any = None,
) -> Any: ...
def fromfile(
    fd: Any,
    dtype: _t.DTypeLike | None = None,
    shape: Any = None,
    offset: SupportsIndex = 0,
    formats: Any = None,
    names: Any = None,
    titles: Any = None,
    aligned: builtins.bool = False,
    byteorder: Any = None,
) -> _t._Array: ...
def fromrecords(
    recList: Any,
    dtype: _t.DTypeLike | None = None,
    shape: Any = None,
    formats: Any = None,
    names: Any = None,
    titles: Any = None,
    aligned: builtins.bool = False,
    byteorder: Any = None,
) -> Any: ...
def fromstring(
    datastring: Any,
    dtype: _t.DTypeLike | None = None,
    shape: Any = None,
    offset: SupportsIndex = 0,
    formats: Any = None,
    names: Any = None,
    titles: Any = None,
    aligned: builtins.bool = False,
    byteorder: Any = None,
) -> _t._Array: ...
