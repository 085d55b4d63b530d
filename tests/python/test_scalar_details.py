"""Scalars where they differ from arrays, beside NumPy's."""

import inspect
import operator
from decimal import Decimal

import numpy
import pytest

import sharray as np

METHODS = (
    "all any argmax astype byteswap clip copy cumsum item max mean ravel repeat reshape round sort std sum take view"
)
FLOATS = ["float16", "float32", "float64", "longdouble"]


@pytest.mark.parametrize("name", METHODS.split())
def test_methods_have_signatures(name):
    expected = str(inspect.signature(getattr(numpy.generic, name)))
    assert str(inspect.signature(getattr(np.generic, name))) == expected
    assert str(inspect.signature(getattr(np.ndarray, name))) == expected


@pytest.mark.parametrize("name", ["int8", "uint64", *FLOATS, "complex64", "bool", "str_", "void", "datetime64"])
def test_constructors_have_signatures(name):
    assert str(inspect.signature(getattr(np, name))) == str(inspect.signature(getattr(numpy, name)))


def fault(library, name, operation):
    """The floating-point trouble of an operation on extreme values of a type, by its first word."""
    kind = getattr(library, name)
    info = library.finfo(kind)
    with library.errstate(all="raise"):
        try:
            operation(kind, info.tiny, info.max)
        except FloatingPointError as error:
            return str(error).split()[0]
    return None


OPERATIONS = {
    "tiny / max": lambda kind, tiny, most: tiny / most,
    "tiny * tiny": lambda kind, tiny, most: tiny * tiny,
    "tiny / 2": lambda kind, tiny, most: tiny / kind(2),
    "max * 2": lambda kind, tiny, most: most * kind(2),
    "max / 0.5": lambda kind, tiny, most: most / kind(0.5),
    "max + max": lambda kind, tiny, most: most + most,
    "1 / 0": lambda kind, tiny, most: kind(1) / kind(0),
    "0 / 0": lambda kind, tiny, most: kind(0) / kind(0),
    "max - max": lambda kind, tiny, most: most - most,
}


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize("case", OPERATIONS)
def test_flags_of_arithmetic(name, case):
    assert fault(np, name, OPERATIONS[case]) == fault(numpy, name, OPERATIONS[case])


@pytest.mark.parametrize("kind", ["f4", "f8"])
def test_half_from_wider_floats_is_rounded_once(kind):
    exact = numpy.arange(0x7C00, dtype=numpy.uint16).view("f2").astype(kind)
    middle = (exact[1:] + exact[:-1]) / 2
    values = numpy.concatenate([exact, middle, numpy.nextafter(middle, 0), numpy.nextafter(middle, numpy.inf)])
    assert np.array(values).astype("f2").tobytes() == values.astype("f2").tobytes()


def test_floor_division_of_spans_by_zero():
    for by in (0, 0.0):
        with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
            np.array([2], "m8[s]") // by
    assert (np.array([-3, 7], "m8[s]") // 2).astype(int).tolist() == (numpy.array([-3, 7], "m8[s]") // 2).astype(
        int
    ).tolist()


def test_object_functions_by_python():
    a = numpy.array([1, 1, -1, -1]) * Decimal("0.20")
    b = numpy.array([1, -1, 1, -1]) * Decimal("0.12")
    for name in ("gcd", "lcm", "maximum", "minimum", "fmax", "fmin"):
        expected = getattr(numpy, name)(a, b).tolist()
        assert getattr(np, name)(np.array(a.tolist()), np.array(b.tolist())).tolist() == expected, name
    with pytest.raises(OverflowError):
        np.gcd(2**100, 3**100)
    assert np.gcd(2**100, 6**50, dtype=object) == 2**50
    assert np.negative(2**100) == -(2**100)
    with pytest.raises(ValueError, match="finite"):
        np.gcd(np.array([np.inf], object), 1)


@pytest.mark.parametrize("op", [operator.add, operator.sub, operator.mul, operator.lt, operator.eq])
@pytest.mark.parametrize("kind", ["longdouble", "clongdouble"])
def test_extended_scalars_beside_opaque_objects(op, kind):
    def attempt(library, other):
        try:
            return str(op(getattr(library, kind)(3), other))
        except TypeError:
            return "TypeError"

    for other in (None, object()):
        assert attempt(np, other) == attempt(numpy, other)


@pytest.mark.parametrize("text", ["1.0000000000000000001", "-2.5e4000", "inf"])
def test_extended_from_text(text):
    expected = numpy.longdouble(text)
    assert repr(np.longdouble(text)) == repr(np.longdouble(text.encode())) == repr(expected)
    assert repr(np.fromstring(text, dtype=np.longdouble, sep=" ")[0]) == repr(expected)


def test_extended_from_large_integers():
    for value in (2**1024, -(10**400), 10**4000):
        assert repr(np.longdouble(value)) == repr(numpy.longdouble(str(value)))


@pytest.mark.parametrize("text", ["1. 2. flop", "xx", "1 2 3x"])
def test_text_that_is_no_number(text):
    with pytest.raises(ValueError, match="unmatched data"):
        np.fromstring(text, sep=" ")


def test_buffers():
    for value in ("22", "\U0001f4bb\U0001f4bb"):
        view, expected = memoryview(np.str_(value)), memoryview(numpy.str_(value))
        assert (view.format, view.itemsize, view.shape, view.readonly) == (
            expected.format,
            expected.itemsize,
            expected.shape,
            True,
        )
        assert np.frombuffer(view, "i4").tolist() == [ord(c) for c in value]
    fields = [("name", "U16"), ("grades", "f8", (2,))]
    view, expected = (memoryview(library.array(("x", (1.2, 3.0)), dtype=fields)[()]) for library in (np, numpy))
    assert (view.format, view.shape, view.itemsize) == (expected.format, expected.shape, expected.itemsize)
    assert numpy.asarray(view).tobytes() == numpy.asarray(expected).tobytes()
    assert view.readonly


def test_text_scalars_join_as_python_does():
    for one in (np.str_("a"), np.bytes_(b"a")):
        assert one.__radd__(one) is NotImplemented
        assert type(one + one) in (str, bytes)


@pytest.mark.parametrize("base", [float, int, complex, "float16"])
def test_subclasses_that_take_over(base):
    base = getattr(np, base) if isinstance(base, str) else base
    own = type("own", (base,), {"__radd__": lambda self, other: "mine", "__array_ufunc__": None})
    assert np.float64(1) + own(2) == "mine"


@pytest.mark.parametrize("keyword", ["pad_left", "pad_right"])
def test_text_of_unreasonable_length(keyword):
    with pytest.raises(RuntimeError, match="too large"):
        np.format_float_positional(1.047, precision=2, **{keyword: 10**5})
