"""Scalars: classes, values, arithmetic, comparison, text and pickles, side by side with the real NumPy."""

import copy
import ctypes
import datetime
import pickle
import warnings

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")

# Each is evaluated with `np` as sharray and as the real NumPy: same repr or same exception class, same warnings.
EXPRESSIONS = """
np.float64(1e16), np.float64(123456.789), np.float64(1e-5), np.float64(5e-324), np.float64(1/3), np.float64(-0.0)
np.float32(1e6), np.float32(0.1), np.float32(999999), np.float32(1e-4), np.float32(3.4e38)
np.float16(0.1), np.float16(999), np.float16(1000), np.float16(6e-8)
np.complex128(1+2j), np.complex64(2j), np.complex128(complex(-0.0, 1)), np.complex128(1e20+1e-7j)
str(np.complex64(1.5)), str(np.float64(1e16)), str(np.bool(1)), str(np.int8(-3))
np.str_('a'), np.bytes_(b'a'), np.bool(1), np.void(b'ab'), np.void(3), str(np.void(b'ab'))
np.datetime64('2020-01-01'), np.datetime64('2020-01-01T01:02'), np.datetime64('NaT'), np.datetime64('nat', 's')
np.datetime64('2020-01-01', '25s'), np.datetime64(5, 's'), np.datetime64('2020-06', 'Y'), np.datetime64(b'2020')
np.datetime64(D.datetime(2020, 1, 2, 3, 4, 5, 6)), np.datetime64(D.date(2020, 1, 2), 's'), np.datetime64(None, 's')
np.timedelta64(5, 'D'), np.timedelta64(5), np.timedelta64('nat'), np.timedelta64(1, '25s'), np.timedelta64('5', 's')
str(np.timedelta64(5, 'D')), str(np.timedelta64(5, '25s')), str(np.timedelta64(5)), str(np.timedelta64('nat'))
np.timedelta64(D.timedelta(1, 2, 3)), np.timedelta64(D.timedelta(1), 'D')
np.datetime64(5)
np.datetime64('abc')
np.timedelta64(5.5, 's')
np.timedelta64(5, 'foo')
np.timedelta64(5, 'D').item(), np.timedelta64(5, 'ns').item(), np.timedelta64(1, 'Y').item()
np.datetime64('2020-01-01').item(), np.datetime64(5, 'ns').item(), np.datetime64('NaT').item()
hash(np.timedelta64(5, 'D')) == hash(np.timedelta64(120, 'h'))
np.timedelta64(1, 'D') == np.timedelta64(24, 'h'), np.datetime64('2020') < np.datetime64('2020-02')
np.float64(0) + 1e300, np.uint64(1) * 1e300, np.int8(2) / 1e300, np.float64(1e300) % 7, np.float64(1e300) // 7
np.float32(0) + 1e300
np.int8(300)
np.uint8(-1)
np.int8(1.7), np.int8('5'), np.int64(' 12 '), np.int64(b'12'), np.int8(np.float64(3.7)), np.int8(np.int64(300))
np.float64('1.5'), np.float64(b'1.5'), np.float64(None), np.float64(), np.bool(), np.bool(''), np.bool('a')
np.float64('abc')
np.int64('abc')
np.int64(None)
np.float64(2**2000)
np.float64(1j)
np.complex128('1+2j'), np.complex128(1, 2)
np.str_(5), np.str_(), np.bytes_(3), np.bytes_('a'), np.object_(5), np.object_()
np.generic()
np.floating(1)
np.int8(100) + np.int8(100)
np.uint8(3) - np.uint8(5)
np.int8(1) + 300
np.int8(1) / np.int8(2), np.int64(7) / 2, np.int64(-7) // 2, np.int64(-7) % 2, divmod(np.int8(5), 3)
np.int64(1) // 0
np.int8(-128) // -1
np.int8(2) ** -1
np.int8(2) ** 9, np.int64(2) ** 63, np.int64(2) ** 3.5, np.float64(2) ** -1, np.float32(2) ** 2
-np.int8(-128)
-np.float32(2), ~np.int8(3), abs(np.int8(-3)), +np.int8(3)
-np.bool(1)
np.float64(1) / 0
np.float64(0) / 0
np.float32(1) + 1e300
np.float32(3) + np.float64(1), np.int8(1) + 1.5, np.float16(1) + np.int8(1), np.uint64(1) + np.int64(1)
np.float64(5) // 3, np.float64(-7) % 3, divmod(np.float64(5), 3)
np.int64(5) & 3, np.uint8(1) << 10, np.int8(-1) >> 10, np.uint8(7) ^ 255
np.bool(1) * 2, 1 + np.bool(1), np.int8(1) + True
[1] * np.int64(3), 'ab' * np.int64(2)
np.float64(1) * 'ab'
pow(np.int64(2), 3, 5)
np.int64(3) == 3.0, np.uint8(3) == 300, np.uint8(3) < -1, np.int64(3) == 2**70, np.float32(0.1) == 0.1
np.float64('nan') == np.float64('nan'), np.float64('nan') != 1, np.uint64(2**63) > np.int64(-1)
np.float64(1) == None, np.str_('a') == 'a', sorted([np.int8(3), np.float32(1), 2])
hash(np.float32(0.5)) == hash(0.5), hash(np.int8(-1)), hash(np.str_('a')) == hash('a'), {np.float64(1): 2}[1]
int(np.float32(3.7)), int(np.uint64(2**64 - 1)), int(np.longdouble(2.0**70)), complex(np.complex64(1+2j))
int(np.float64('nan'))
bool(np.float64('nan')), bool(np.str_('')), bool(np.bytes_(b'a')), bool(np.timedelta64(0)), bool(np.complex64(0))
[1, 2, 3][np.int8(1)], range(np.int64(3))
np.float64(2.5).is_integer(), np.float32(0.5).as_integer_ratio(), np.int8(-3).bit_count(), np.float64(1.5).hex()
np.longdouble(0.5).as_integer_ratio(), np.longdouble(3).is_integer(), np.longdouble(1.1), np.clongdouble(1+1j)
format(np.float64(1.5), '.3f'), format(np.int64(5), '05d'), f'{np.float32(1.1):.2f}', '%d' % np.int64(4)
np.float64(1).T, np.float64(1).shape, np.float64(1).ndim, np.float64(1).size, np.int16(1).itemsize, np.int16(1).base
np.float64(1).real, np.float64(1).imag, np.complex64(1+2j).imag, np.int64(3).numerator, np.int64(3).denominator
np.float64(1)[()], np.int64(5).item(), np.str_('a').item(), np.int64(3).tobytes()
np.float64(1)[0]
memoryview(np.int32(5)).format, bytes(memoryview(np.int32(5)))
np.void((1, 2), 'i4,i4')['f0'], np.void((1, 2), 'i4,i4')[1], len(np.void((1, 2), 'i4,i4'))
np.void((1, 2), 'i4,i4')['x']
np.void((1, 2), 'i4,i4')[5]
np.void((1, 2, 3), 'i4,i4')
np.void((1, 'a'), [('x', 'i4'), ('y', 'O')]).item(), np.void(b'abc', 'V2'), np.void(b'abc', 'V5')
type('X', (np.float64,), {})(2.5), type('X', (np.str_,), {'a': 1})('abc'), type('X', (np.int64,), {})(3)
isinstance(np.float64(1), float), isinstance(np.str_(''), str), issubclass(np.complex128, complex)
np.bool(True) is np.bool(True), np.int64(3).dtype is np.dtype('l')
""".strip().splitlines()


def outcome(module, expression):
    """The repr of the value or the class of the exception, and the warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = repr(eval(expression, {"np": module, "D": datetime}))
        except Exception as error:
            result = type(error).__name__
    return result, [str(w.message) for w in caught]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_same_as_numpy(expression):
    assert outcome(np, expression) == outcome(numpy, expression)


NAMES = ("bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 longlong ulonglong float16 float32 float64 longdouble "
         "complex64 complex128 clongdouble bytes_ str_ void datetime64 timedelta64").split()  # fmt: skip
VALUES = {
    "void": (b"abc",),
    "bytes_": (b"abc",),
    "str_": ("abc",),
    "datetime64": ("2020-01-02",),
    "timedelta64": (3, "s"),
}


def scalar(module, name):
    return getattr(module, name)(*VALUES.get(name, (1,)))


@pytest.mark.parametrize("name", NAMES)
def test_class(name):
    ours, theirs = getattr(np, name), getattr(numpy, name)
    assert [c.__name__ for c in ours.__mro__] == [c.__name__ for c in theirs.__mro__]
    assert (ours.__basicsize__, ours.__itemsize__) == (theirs.__basicsize__, theirs.__itemsize__)
    assert np.dtype(ours).type is ours and np.dtype(theirs).type is ours


# `longlong` comes back as `int64`, as in NumPy: a pickle keeps the dtype's code, which is the same.
@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("longlong", "ulonglong")])
def test_pickles_and_copies(name):
    value = scalar(np, name)
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert type(again) is type(value) and repr(again) == repr(value)


@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("bytes_", "str_", "void")])
def test_value_lies_where_numpys_lies(name):
    value, theirs = scalar(np, name), scalar(numpy, name)
    # x87 numbers have ten bytes; what pads them means nothing.
    size = 10 if "longdouble" in name else value.itemsize
    ours = bytes((ctypes.c_char * size).from_address(id(value) + 16))
    assert ours == theirs.tobytes()[:size]


def test_time_unit_lies_behind_the_value():
    value = np.timedelta64(5, "25s")
    base, count = (ctypes.c_int.from_address(id(value) + at).value for at in (24, 28))
    assert (base, count) == (7, 25)


def test_subclasses_keep_attributes():
    class Tagged(np.float64):
        def __new__(cls, value, tag):
            made = super().__new__(cls, value)
            made.tag = tag
            return made

    made = Tagged(1.5, "a")
    assert (made, made.tag, type(made + 1)) == (1.5, "a", np.float64)


def test_a_record_without_an_index_is_itself():
    for module in (numpy, np):
        record = module.array([(1, "ab")], "(2,)i4,U2")[0]
        assert type(record[()]) is module.void
        assert record[()] == record


@pytest.mark.parametrize("unit", ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "25s", "2h", "3W", "2Y"])
@pytest.mark.parametrize("text", ["2024-02-28T12", "2024-02-28", "NaT"])
def test_times_say_their_unit_as_numpys(text, unit):
    ours, theirs = np.datetime64(text, unit), numpy.datetime64(text, unit)
    assert (repr(ours), str(ours)) == (repr(theirs), str(theirs))
    assert str(np.array([ours], object)) == str(numpy.array([theirs], object))
