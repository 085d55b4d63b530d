"""The classes of dtypes: `type(np.dtype("f8"))` is `np.dtypes.Float64DType`.

>>> import sharray as np
>>> type(np.dtype("i4")) is np.dtypes.Int32DType
True

The floats that NumPy lacks live here too, with the classes of their scalars: `bfloat16`,
`float8_e4m3fn` and `float8_e5m2`.

>>> np.array([0.1, 448], dtype=np.dtypes.float8_e4m3fn)
array([  0.101562, 448.      ], dtype='float8_e4m3fn')
"""

from ._core.multiarray import StringDType, dtype
from ._engine import bfloat16, float8_e4m3fn, float8_e5m2

_CHARS = {
    "BoolDType": "?",
    "Int8DType": "b",
    "UInt8DType": "B",
    "Int16DType": "h",
    "UInt16DType": "H",
    "Int32DType": "i",
    "UInt32DType": "I",
    "Int64DType": "l",
    "UInt64DType": "L",
    "LongLongDType": "q",
    "ULongLongDType": "Q",
    "Float16DType": "e",
    "Float32DType": "f",
    "Float64DType": "d",
    "LongDoubleDType": "g",
    "Complex64DType": "F",
    "Complex128DType": "D",
    "CLongDoubleDType": "G",
    "ObjectDType": "O",
    "BytesDType": "S",
    "StrDType": "U",
    "VoidDType": "V",
    "DateTime64DType": "M",
    "TimeDelta64DType": "m",
}
_ALIASES = {
    "ByteDType": "b",
    "UByteDType": "B",
    "ShortDType": "h",
    "UShortDType": "H",
    "IntDType": "i",
    "UIntDType": "I",
    "LongDType": "l",
    "ULongDType": "L",
}

if dtype("l").itemsize == 4:  # where long is 32 bits wide, int64 is long long
    _CHARS |= {"Int64DType": "q", "UInt64DType": "Q", "Int32DType": "l", "UInt32DType": "L"}

BFloat16DType = type(dtype(bfloat16))
Float8E4M3FNDType = type(dtype(float8_e4m3fn))
Float8E5M2DType = type(dtype(float8_e5m2))

# The floats that NumPy lacks are attributes, but what is listed is what NumPy lists.
__all__ = [*_CHARS, *_ALIASES, "StringDType"]

globals().update((_name, type(dtype(_char))) for _name, _char in (_CHARS | _ALIASES).items())
