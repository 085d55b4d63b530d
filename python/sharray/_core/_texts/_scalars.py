"""What scalar types are, with their attributes and methods, by class; the empty name is the class.

The methods that `generic` shares with `ndarray` are described from `ndarray`'s texts.
"""

SCALARS = {
    "int8": {
        "": """A signed integer of 8 bits, -128 to 127.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.int8(100) + 1
np.int8(101)
>>> np.int8("12")
np.int8(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.int8(-7).bit_count()
3""",
    },
    "int16": {
        "": """A signed integer of 16 bits, -32768 to 32767.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.int16(100) + 1
np.int16(101)
>>> np.int16("12")
np.int16(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.int16(-7).bit_count()
3""",
    },
    "int32": {
        "": """A signed integer of 32 bits, -2147483648 to 2147483647.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.int32(100) + 1
np.int32(101)
>>> np.int32("12")
np.int32(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.int32(-7).bit_count()
3""",
    },
    "int64": {
        "": """A signed integer of 64 bits, -2**63 to 2**63 - 1; the default of Python integers.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.int64(100) + 1
np.int64(101)
>>> np.int64("12")
np.int64(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.int64(-7).bit_count()
3""",
    },
    "longlong": {
        "": """A signed integer of 64 bits, -2**63 to 2**63 - 1: C's ``long long``, apart from ``long``.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.longlong(100) + 1
np.int64(101)
>>> np.longlong("12")
np.int64(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.longlong(-7).bit_count()
3""",
    },
    "uint8": {
        "": """An unsigned integer of 8 bits, 0 to 255.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.uint8(100) + 1
np.uint8(101)
>>> np.uint8("12")
np.uint8(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.uint8(7).bit_count()
3""",
    },
    "uint16": {
        "": """An unsigned integer of 16 bits, 0 to 65535.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.uint16(100) + 1
np.uint16(101)
>>> np.uint16("12")
np.uint16(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.uint16(7).bit_count()
3""",
    },
    "uint32": {
        "": """An unsigned integer of 32 bits, 0 to 4294967295.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.uint32(100) + 1
np.uint32(101)
>>> np.uint32("12")
np.uint32(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.uint32(7).bit_count()
3""",
    },
    "uint64": {
        "": """An unsigned integer of 64 bits, 0 to 2**64 - 1.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.uint64(100) + 1
np.uint64(101)
>>> np.uint64("12")
np.uint64(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.uint64(7).bit_count()
3""",
    },
    "ulonglong": {
        "": """An unsigned integer of 64 bits, 0 to 2**64 - 1: C's ``unsigned long long``, apart from ``unsigned long``.

Arithmetic wraps around, with a warning; Python integers that don't fit raise OverflowError.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
OverflowError
    A Python integer that does not fit.
ValueError
    Text that is no integer.

Examples
--------
>>> np.ulonglong(100) + 1
np.uint64(101)
>>> np.ulonglong("12")
np.uint64(12)""",
        "bit_count": """How many bits of the magnitude are set.

Returns
-------
int.

Examples
--------
>>> np.ulonglong(7).bit_count()
3""",
    },
    "float16": {
        "": """A floating-point number of half precision: 16 bits, 3 decimal digits.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
ValueError
    Text that is no number.

Examples
--------
>>> np.float16("2.5") / 2
np.float16(1.25)""",
        "as_integer_ratio": """Numerator and denominator, in lowest terms, of the exact value.

Returns
-------
(int, int).

Raises
------
OverflowError
    The value is infinite.
ValueError
    The value is NaN.

Examples
--------
>>> np.float16(-0.75).as_integer_ratio()
(-3, 4)""",
        "is_integer": """Whether the value is finite and whole.

Returns
-------
bool.

Examples
--------
>>> np.float16(2.5).is_integer()
False""",
    },
    "float32": {
        "": """A floating-point number of single precision: 32 bits, 7 decimal digits.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
ValueError
    Text that is no number.

Examples
--------
>>> np.float32("2.5") / 2
np.float32(1.25)""",
        "as_integer_ratio": """Numerator and denominator, in lowest terms, of the exact value.

Returns
-------
(int, int).

Raises
------
OverflowError
    The value is infinite.
ValueError
    The value is NaN.

Examples
--------
>>> np.float32(-0.75).as_integer_ratio()
(-3, 4)""",
        "is_integer": """Whether the value is finite and whole.

Returns
-------
bool.

Examples
--------
>>> np.float32(2.5).is_integer()
False""",
    },
    "float64": {
        "": """A floating-point number of double precision: 64 bits, 15 decimal digits; a Python `float` as well.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
ValueError
    Text that is no number.

Examples
--------
>>> np.float64("2.5") / 2
np.float64(1.25)""",
        "as_integer_ratio": """Numerator and denominator, in lowest terms, of the exact value.

Returns
-------
(int, int).

Raises
------
OverflowError
    The value is infinite.
ValueError
    The value is NaN.

Examples
--------
>>> np.float64(-0.75).as_integer_ratio()
(-3, 4)""",
        "is_integer": """Whether the value is finite and whole.

Returns
-------
bool.

Examples
--------
>>> np.float64(2.5).is_integer()
False""",
    },
    "longdouble": {
        "": """A floating-point number of C's ``long double``: extended precision, 80 bits in 16 bytes on x86-64.

Parameters
----------
value : number, str or array_like, optional
    What to convert; sequences give arrays.

Raises
------
ValueError
    Text that is no number.

Examples
--------
>>> np.longdouble("2.5") / 2
np.longdouble('1.25')""",
        "as_integer_ratio": """Numerator and denominator, in lowest terms, of the exact value.

Returns
-------
(int, int).

Raises
------
OverflowError
    The value is infinite.
ValueError
    The value is NaN.

Examples
--------
>>> np.longdouble(-0.75).as_integer_ratio()
(-3, 4)""",
        "is_integer": """Whether the value is finite and whole.

Returns
-------
bool.

Examples
--------
>>> np.longdouble(2.5).is_integer()
False""",
    },
    "complex64": {
        "": """A complex number of two float32.

Parameters
----------
real : number, str or array_like, optional
    The real part, or the whole number; sequences give arrays.
imag : number, optional
    The imaginary part.

Raises
------
ValueError
    Text that is no number.

Examples
--------
>>> np.complex64(3, -4)
np.complex64(3-4j)
>>> abs(np.complex64("3-4j"))
np.float32(5.0)""",
    },
    "complex128": {
        "": """A complex number of two float64; a Python `complex` as well.

Parameters
----------
real : number, str or array_like, optional
    The real part, or the whole number; sequences give arrays.
imag : number, optional
    The imaginary part.

Raises
------
ValueError
    Text that is no number.

Examples
--------
>>> np.complex128(3, -4)
np.complex128(3-4j)
>>> abs(np.complex128("3-4j"))
np.float64(5.0)""",
    },
    "clongdouble": {
        "": """A complex number of two `longdouble`.

Parameters
----------
real : number, str or array_like, optional
    The real part, or the whole number; sequences give arrays.
imag : number, optional
    The imaginary part.

Raises
------
ValueError
    Text that is no number.

Examples
--------
>>> abs(np.clongdouble("3-4j"))
np.longdouble('5.0')""",
    },
    "bool": {
        "": """True or False in one byte.

Parameters
----------
value : object, optional
    What to judge, as `bool` of Python does; sequences give arrays.

Examples
--------
>>> np.bool(2), np.bool("")
(np.True_, np.False_)""",
    },
    "bytes_": {
        "": """Bytes, without the NULs at the end; a Python `bytes` as well.

Parameters
----------
value : bytes, str or object, optional
    What to convert; text must be ASCII or come with an encoding.
*args
    As for `bytes`: encoding and errors.
**kwargs
    The same by name.

Raises
------
UnicodeEncodeError
    Text that the encoding does not have.

Examples
--------
>>> np.bytes_("abc")
np.bytes_(b'abc')""",
    },
    "str_": {
        "": """Text of UCS-4 characters; a Python `str` as well.

Parameters
----------
value : str, bytes or object, optional
    What to convert.
*args
    As for `str`: encoding and errors, of bytes.
**kwargs
    The same by name.

Raises
------
UnicodeDecodeError
    Bytes that are not of the encoding.

Examples
--------
>>> np.str_("abc").upper()
'ABC'""",
    },
    "datetime64": {
        "": """A moment, as a whole number of units since 1970-01-01; no time zone.

Parameters
----------
value : str, date, datetime or int, optional
    ISO 8601 text, 'now', 'today', 'NaT', a Python date, or the number of units.
*args : str
    The unit: 'Y', 'M', 'W', 'D', 'h', 'm', 's', 'ms', 'us', 'ns', 'ps', 'fs', 'as'; otherwise the value
    decides.

Raises
------
ValueError
    Text that is no date, or a number without unit.
OverflowError
    A date that the unit can't count.

Examples
--------
>>> np.datetime64("2024-02-28") + 2
np.datetime64('2024-03-01')
>>> np.datetime64("2024-02-28", "s")
np.datetime64('2024-02-28T00:00:00')""",
    },
    "timedelta64": {
        "": """A span of time, as a whole number of units.

Parameters
----------
value : int, str or timedelta, optional
    The number of units, a Python timedelta, or 'NaT'.
*args : str
    The unit, as of `datetime64`; otherwise the value decides.

Raises
------
ValueError
    Text that is no number.

Examples
--------
>>> np.timedelta64(36, "h") / np.timedelta64(1, "D")
np.float64(1.5)""",
    },
    "void": {
        "": r"""A record of fields, or raw bytes.

Parameters
----------
length_or_data : int, bytes or tuple
    The number of zero bytes, the bytes, or the values of the fields of `dtype`.
dtype : dtype, optional
    A structured dtype, or raw bytes of a length.

Raises
------
TypeError
    What can't become that dtype.

Examples
--------
>>> point = np.void((1.5, 2), dtype=[("x", "f8"), ("n", "i4")])
>>> point["x"]
np.float64(1.5)
>>> np.void(b"ab")
np.void(b'\x61\x62')""",
        "base": "The array or record whose memory the record is in, or None.",
        "dtype": "What the bytes of the record mean.",
        "getfield": """Part of the bytes, as another dtype.

Parameters
----------
dtype : dtype
    Of the part.
offset : int, optional
    Where the part begins, in bytes.

Returns
-------
scalar.

Raises
------
ValueError
    The part would reach beyond the end.

Examples
--------
>>> np.void((1.5, 2), dtype=[("x", "f8"), ("n", "i4")]).getfield(np.int32, 8)
np.int32(2)""",
        "setfield": """Sets part of the bytes.

Parameters
----------
val : scalar
    The value of the part.
dtype : dtype
    Of the part.
offset : int, optional
    Where the part begins, in bytes.

Returns
-------
None.

Raises
------
ValueError
    The part would reach beyond the end.

Examples
--------
>>> point = np.void((1.5, 2), dtype=[("x", "f8"), ("n", "i4")])
>>> point.setfield(7, np.int32, 8)
>>> point
np.void((1.5, 7), dtype=[('x', '<f8'), ('n', '<i4')])""",
    },
    "object_": {
        "": """The type of elements that are Python objects; calling it gives the object back.

Parameters
----------
value : object, optional
    What to give back; sequences give arrays.

Examples
--------
>>> np.object_("text")
'text'
>>> np.array([1, "a", None]).dtype.type is np.object_
True""",
    },
    "generic": {
        "": """The base of all scalar types; a scalar has the attributes and methods of an array without axes.

Examples
--------
>>> isinstance(np.float32(1), np.generic), np.float32(1).shape
(True, ())""",
        "T": "The scalar itself.",
        "base": "None: a scalar has its own memory.",
        "data": "The value's memory as a memoryview.",
        "device": "Where the value is: always 'cpu'.",
        "dtype": "What the bytes of the value mean.",
        "flags": "The flags of an array that can't be written to.",
        "flat": "The value as an iterator over an array of one element.",
        "imag": "The imaginary part; 0 of real numbers.",
        "itemsize": "Bytes of the value.",
        "nbytes": "Bytes of the value.",
        "ndim": "0: a scalar has no axes.",
        "real": "The real part.",
        "shape": "(): a scalar has no axes.",
        "size": "1: the number of elements.",
        "strides": "(): a scalar has no axes.",
    },
    "number": {
        "": """The base of the types of numbers.

Examples
--------
>>> np.issubdtype(np.int8, np.number), np.issubdtype(np.bool, np.number)
(True, False)""",
    },
    "integer": {
        "": """The base of the types of integers.

Examples
--------
>>> np.issubdtype(np.uint8, np.integer)
True""",
        "denominator": "1: an integer is a fraction with that denominator.",
        "numerator": "The integer itself.",
        "is_integer": """True: every integer is whole.

Returns
-------
bool.

Examples
--------
>>> np.int8(3).is_integer()
True""",
    },
    "signedinteger": {
        "": """The base of the types of integers with a sign.

Examples
--------
>>> np.issubdtype(np.int8, np.signedinteger)
True""",
    },
    "unsignedinteger": {
        "": """The base of the types of integers without a sign.

Examples
--------
>>> np.issubdtype(np.uint8, np.unsignedinteger)
True""",
    },
    "inexact": {
        "": """The base of the floating-point and complex types.

Examples
--------
>>> np.issubdtype(np.complex64, np.inexact)
True""",
    },
    "floating": {
        "": """The base of the floating-point types.

Examples
--------
>>> np.issubdtype(np.float16, np.floating)
True""",
    },
    "complexfloating": {
        "": """The base of the complex types.

Examples
--------
>>> np.issubdtype(np.complex64, np.complexfloating)
True""",
    },
    "flexible": {
        "": """The base of the types whose elements have any length: text, bytes, records.

Examples
--------
>>> np.issubdtype(np.str_, np.flexible)
True""",
    },
    "character": {
        "": """The base of the types of text and bytes.

Examples
--------
>>> np.issubdtype(np.bytes_, np.character)
True""",
    },
}
