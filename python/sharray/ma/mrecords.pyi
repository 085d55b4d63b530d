"""Record arrays with a mask for each field of each record.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
    Self,
)

import sharray as _np
from sharray import _typing as _t

__all__ = ["MaskedRecords", "addfield", "fromarrays", "fromrecords", "fromtextfile", "mrecarray"]

class MaskedRecords(_np.ma.MaskedArray):
    def __new__(
        cls,
        shape: Any,
        dtype: _t.DTypeLike | None = None,
        buf: Any = None,
        offset: Any = 0,
        strides: Any = None,
        formats: Any = None,
        names: Any = None,
        titles: Any = None,
        byteorder: Any = None,
        aligned: builtins.bool = False,
        mask: Any = ...,
        hard_mask: builtins.bool = False,
        fill_value: Any = None,
        keep_mask: builtins.bool = True,
        copy: builtins.bool = False,
        **options: Any,
    ) -> Self: ...
    def __array_finalize__(self, obj: Any) -> Any: ...
    def __getitem__(self, indx: Any) -> Any: ...
    def __len__(self) -> int: ...
    def __reduce__(self) -> Any: ...
    def __repr__(self) -> builtins.str: ...
    def __setitem__(self, indx: Any, value: Any) -> None: ...
    def __setstate__(self, state: Any) -> Any: ...
    def __str__(self) -> builtins.str: ...
    def copy(self) -> Any: ...
    def harden_mask(self) -> Any: ...
    def soften_mask(self) -> Any: ...
    def tolist(self, fill_value: Any = None) -> Any: ...
    def view(self, dtype: _t.DTypeLike | None = None, type: Any = None) -> Any: ...

def addfield(mrecord: Any, newfield: Any, newfieldname: Any = None) -> Any: ...
def fromarrays(
    arraylist: Any,
    dtype: _t.DTypeLike | None = None,
    shape: Any = None,
    formats: Any = None,
    names: Any = None,
    titles: Any = None,
    aligned: builtins.bool = False,
    byteorder: Any = None,
    fill_value: Any = None,
) -> Any: ...
def fromrecords(
    reclist: Any,
    dtype: _t.DTypeLike | None = None,
    shape: Any = None,
    formats: Any = None,
    names: Any = None,
    titles: Any = None,
    aligned: builtins.bool = False,
    byteorder: Any = None,
    fill_value: Any = None,
    mask: Any = ...,
) -> Any: ...
def fromtextfile(
    fname: _t._File,
    delimiter: Any = None,
    commentchar: Any = "#",
    missingchar: Any = "",
    varnames: Any = None,
    vartypes: Any = None,
) -> Any: ...

mrecarray = MaskedRecords
