"""Public face of the ``.npy`` format: see `_format_impl` for its layout.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
    Final,
)

from sharray import _typing as _t

__all__ = []

ARRAY_ALIGN: Final[int]
BUFFER_SIZE: Final[int]
EXPECTED_KEYS: set[Any]
GROWTH_AXIS_MAX_DIGITS: Final[int]
MAGIC_LEN: Final[int]
MAGIC_PREFIX: Final[bytes]

def descr_to_dtype(descr: Any) -> Any: ...
def drop_metadata(dtype: _t.DTypeLike | None, /) -> Any: ...
def dtype_to_descr(dtype: _t.DTypeLike | None) -> Any: ...
def header_data_from_array_1_0(array: Any) -> Any: ...
def isfileobj(f: Any) -> Any: ...
def magic(major: Any, minor: Any) -> Any: ...
def open_memmap(
    filename: Any,
    mode: Any = "r+",
    dtype: _t.DTypeLike | None = None,
    shape: Any = None,
    fortran_order: builtins.bool = False,
    version: Any = None,
    *,
    max_header_size: Any = 10000,
) -> Any: ...
def read_array(
    fp: _t.ArrayLike, allow_pickle: builtins.bool = False, pickle_kwargs: Any = None, *, max_header_size: Any = 10000
) -> Any: ...
def read_array_header_1_0(fp: _t.ArrayLike, max_header_size: Any = 10000) -> Any: ...
def read_array_header_2_0(fp: _t.ArrayLike, max_header_size: Any = 10000) -> Any: ...
def read_magic(fp: _t.ArrayLike) -> Any: ...
def write_array(
    fp: _t.ArrayLike, array: Any, version: Any = None, allow_pickle: builtins.bool = True, pickle_kwargs: Any = None
) -> Any: ...
def write_array_header_1_0(fp: _t.ArrayLike, d: Any) -> Any: ...
def write_array_header_2_0(fp: _t.ArrayLike, d: Any) -> Any: ...
