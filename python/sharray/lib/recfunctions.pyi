"""Functions for structured arrays: fields added, dropped, renamed, joined.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
)

from sharray import _typing as _t

__all__ = [
    "append_fields",
    "apply_along_fields",
    "assign_fields_by_name",
    "drop_fields",
    "find_duplicates",
    "flatten_descr",
    "get_fieldstructure",
    "get_names",
    "get_names_flat",
    "join_by",
    "merge_arrays",
    "rec_append_fields",
    "rec_drop_fields",
    "rec_join",
    "recursive_fill_fields",
    "rename_fields",
    "repack_fields",
    "require_fields",
    "stack_arrays",
    "structured_to_unstructured",
    "unstructured_to_structured",
]

def append_fields(
    base: Any,
    names: Any,
    data: Any,
    dtypes: Any = None,
    fill_value: Any = -1,
    usemask: builtins.bool = True,
    asrecarray: builtins.bool = False,
) -> Any: ...
def apply_along_fields(func: _t._Function, arr: _t.ArrayLike) -> Any: ...
def assign_fields_by_name(dst: Any, src: Any, zero_unassigned: builtins.bool = True) -> Any: ...
def drop_fields(
    base: Any, drop_names: Any, usemask: builtins.bool = True, asrecarray: builtins.bool = False
) -> Any: ...
def find_duplicates(
    a: _t.ArrayLike, key: Any = None, ignoremask: builtins.bool = True, return_index: builtins.bool = False
) -> Any: ...
def flatten_descr(ndtype: Any) -> Any: ...
def get_fieldstructure(adtype: Any, lastname: Any = None, parents: Any = None) -> Any: ...
def get_names(adtype: Any) -> Any: ...
def get_names_flat(adtype: Any) -> Any: ...
def join_by(
    key: Any,
    r1: Any,
    r2: Any,
    jointype: Any = "inner",
    r1postfix: Any = "1",
    r2postfix: Any = "2",
    defaults: Any = None,
    usemask: builtins.bool = True,
    asrecarray: builtins.bool = False,
) -> Any: ...
def merge_arrays(
    seqarrays: Any,
    fill_value: Any = -1,
    flatten: builtins.bool = False,
    usemask: builtins.bool = False,
    asrecarray: builtins.bool = False,
) -> Any: ...
def rec_append_fields(base: Any, names: Any, data: Any, dtypes: Any = None) -> Any: ...
def rec_drop_fields(base: Any, drop_names: Any) -> Any: ...
def rec_join(
    key: Any,
    r1: Any,
    r2: Any,
    jointype: Any = "inner",
    r1postfix: Any = "1",
    r2postfix: Any = "2",
    defaults: Any = None,
) -> Any: ...
def recursive_fill_fields(input: Any, output: Any) -> Any: ...
def rename_fields(base: Any, namemapper: Any) -> Any: ...
def repack_fields(a: _t.ArrayLike, align: builtins.bool = False, recurse: builtins.bool = False) -> Any: ...
def require_fields(array: Any, required_dtype: Any) -> Any: ...
def stack_arrays(
    arrays: Any,
    defaults: Any = None,
    usemask: builtins.bool = True,
    asrecarray: builtins.bool = False,
    autoconvert: builtins.bool = False,
) -> Any: ...
def structured_to_unstructured(
    arr: _t.ArrayLike, dtype: _t.DTypeLike | None = None, copy: builtins.bool = False, casting: _t._Casting = "unsafe"
) -> Any: ...
def unstructured_to_structured(
    arr: _t.ArrayLike,
    dtype: _t.DTypeLike | None = None,
    names: Any = None,
    align: builtins.bool = False,
    copy: builtins.bool = False,
    casting: _t._Casting = "unsafe",
) -> Any: ...
