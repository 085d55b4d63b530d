"""The classes of dtypes: `type(np.dtype("f8"))` is `np.dtypes.Float64DType`.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
    Self,
    final,
)

import sharray as _np

__all__ = [
    "BoolDType",
    "ByteDType",
    "BytesDType",
    "CLongDoubleDType",
    "Complex128DType",
    "Complex64DType",
    "DateTime64DType",
    "Float16DType",
    "Float32DType",
    "Float64DType",
    "Int16DType",
    "Int32DType",
    "Int64DType",
    "Int8DType",
    "IntDType",
    "LongDType",
    "LongDoubleDType",
    "LongLongDType",
    "ObjectDType",
    "ShortDType",
    "StrDType",
    "StringDType",
    "TimeDelta64DType",
    "UByteDType",
    "UInt16DType",
    "UInt32DType",
    "UInt64DType",
    "UInt8DType",
    "UIntDType",
    "ULongDType",
    "ULongLongDType",
    "UShortDType",
    "VoidDType",
]

@final
class BoolDType(_np.dtype):
    def __new__(cls) -> Self: ...

ByteDType = Int8DType

@final
class BytesDType(_np.dtype):
    def __new__(cls, size: Any, /) -> Self: ...

@final
class CLongDoubleDType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class Complex128DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class Complex64DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class DateTime64DType(_np.dtype):
    def __new__(cls, unit: Any, /) -> Self: ...

@final
class Float16DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class Float32DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class Float64DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class Int16DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class Int32DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class Int64DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class Int8DType(_np.dtype):
    def __new__(cls) -> Self: ...

IntDType = Int32DType
LongDType = Int64DType

@final
class LongDoubleDType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class LongLongDType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class ObjectDType(_np.dtype):
    def __new__(cls) -> Self: ...

ShortDType = Int16DType

@final
class StrDType(_np.dtype):
    def __new__(cls, size: Any, /) -> Self: ...

@final
class StringDType(_np.dtype):
    def __new__(cls, *, coerce: builtins.bool = True, **kwargs: Any) -> Self: ...
    @property
    def coerce(self) -> Any: ...
    @property
    def na_object(self) -> Any: ...

@final
class TimeDelta64DType(_np.dtype):
    def __new__(cls, unit: Any, /) -> Self: ...

UByteDType = UInt8DType

@final
class UInt16DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class UInt32DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class UInt64DType(_np.dtype):
    def __new__(cls) -> Self: ...

@final
class UInt8DType(_np.dtype):
    def __new__(cls) -> Self: ...

UIntDType = UInt32DType
ULongDType = UInt64DType

@final
class ULongLongDType(_np.dtype):
    def __new__(cls) -> Self: ...

UShortDType = UInt16DType

@final
class VoidDType(_np.dtype):
    def __new__(cls, length: Any, /) -> Self: ...
