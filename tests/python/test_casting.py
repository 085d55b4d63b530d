"""Casts: which are allowed, what they give, what they warn of and refuse, side by side with the real NumPy."""

import itertools
import warnings

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")

NUMBERS = "?bBhHiIlLqQefdgFDG"
DTYPES = (
    *NUMBERS, *"SUVOMm", ">i4", ">f8", ">U4", "S2", "S5", "S40", "U2", "U5", "V0", "V3", "V8", "M8[s]", "M8[D]", "M8[1000ms]", "M8[Y]",
    "m8[s]", "m8[ms]", "m8[Y]", "i4,f4", "i4,f8", ">i4,f4", "i4,f4,f4", "i4,", "(2,)i4", "(2,)f8", "(1,1)i4",
)  # fmt: skip
RULES = ("no", "equiv", "safe", "same_kind", "unsafe")

#: Values, the dtype they are given in, and the dtype they must keep their value in.
SAME_VALUE = [
    (0.1, "d", "f"), (1e-8, "d", "e"), (0.5, "d", "e"), (2**53 + 1, "l", "d"), (2**53, "l", "d"), (2049, "h", "e"),
    (float("nan"), "d", "i"), (float("nan"), "d", "f"), (float("-inf"), "e", "l"), (2.0, "d", "?"), (-0.0, "d", "i"),
    (-1, "i", "u4"), (300, "i", "u1"), (True, "?", "d"), (1 + 0j, "D", "d"), (1 + 1j, "D", "d"), (0.1 + 1j, "D", "F"),
    (2**64 - 1, "L", "q"), (2**64 - 1, "L", "g"), (-(2**31), "i", "e"), (255.0, "d", "i1"), (1, "i", "S"), ("1", "S3", "i"),
    (5, "i", "O"), (5, "i", "m8[s]"), (2.0, ">f8", ">i2"),
]  # fmt: skip

#: A value, and a dtype in which it is out of range.
OUT_OF_RANGE = [
    (70000, "e"), ("70000", "e"), (70000.0, "e"), (10**100, "f"), (1e100, "f"), (2e300 + 0j, "F"), (float("nan"), "u1"),
    (float("inf"), "l"),
]  # fmt: skip

PLACES = {
    "astype": lambda m, v, d: m.array([v, v]).astype(d),
    "setitem": lambda m, v, d: m.empty(3, d).__setitem__(0, m.array(v)[()]),
    "slice": lambda m, v, d: m.empty(3, d).__setitem__(slice(None), m.array([v] * 3)),
    "mask": lambda m, v, d: m.empty(3, d).__setitem__([True, False, True], m.array([v, v])),
    "fancy": lambda m, v, d: m.empty(3, d).__setitem__([0, 1], m.array([v, v])),
    "flat": lambda m, v, d: m.empty(3, d).flat.__setitem__(slice(None), m.array([v] * 3)),
    "copyto": lambda m, v, d: m.copyto(m.empty(3, d), m.array([v] * 3), casting="unsafe"),
    "copyto where": lambda m, v, d: m.copyto(
        m.empty(3, d), m.array([v] * 3), casting="unsafe", where=[True, False, True]
    ),
}

TIMES = [
    ("M8[ms]", "M8[ns]"), ("m8[ms]", "m8[ns]"), ("M8[Y]", "M8[ns]"), ("M8[D]", "M8[M]"), ("M8[4D]", "M8[M]"), ("M8[M]", "M8[D]"),
    ("m8[Y]", "m8[s]"), ("m8[4D]", "m8[M]"), ("M8[s]", "M8[Y]"), ("M8[s]", "M8[7ms]"),
]  # fmt: skip


def outcome(action, *operands):
    """What an action gives: its result as text, or the class of its error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return repr(action(*operands))
        except Exception as error:
            return type(error).__name__


@pytest.mark.parametrize("source", DTYPES)
def test_rules(source):
    for target, rule in itertools.product(DTYPES, RULES):
        ours, theirs = (m.can_cast(m.dtype(source), m.dtype(target), rule) for m in (np, numpy))
        assert ours == theirs, (source, target, rule)


@pytest.mark.parametrize(("value", "source", "target"), SAME_VALUE)
def test_same_value(value, source, target):
    ours, theirs = (
        outcome(lambda m=m: m.array([value] * 3, source).astype(target, casting="same_value")) for m in (np, numpy)
    )
    assert ours == theirs


def test_same_value_is_for_astype_alone():
    for call in (
        lambda m: m.can_cast("d", "f", "same_value"),
        lambda m: m.copyto(m.zeros(3), m.ones(3), casting="same_value"),
    ):
        assert outcome(call, np) == outcome(call, numpy)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("value", "target"), OUT_OF_RANGE)
def test_floating_point_warnings(value, target, place):
    if place == "setitem" and numpy.dtype(target).kind in "iu":
        pytest.skip("one element of an integer dtype is made by int(), which raises")
    with pytest.warns(RuntimeWarning, match="invalid value|overflow"):
        PLACES[place](np, value, target)
    with np.errstate(all="raise"), pytest.raises(FloatingPointError):
        PLACES[place](np, value, target)


@pytest.mark.parametrize("target", "fdilbB")
def test_imaginary_parts_are_missed(target):
    with pytest.warns(np.exceptions.ComplexWarning):
        np.array(10, "D").astype(target)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.array(10, "D").astype("?")


@pytest.mark.parametrize(("source", "target"), TIMES)
def test_times_wrap_around(source, target):
    # Years at the very end of the range are left out: no calendar counts their days.
    calendar = ("M8[Y]", "M8[M]")
    ticks = [*(() if source in calendar else (2**63 - 1,)), 10**15, -(10**15), 5, -5, -(2**63)]
    ours, theirs = (m.array(ticks).view(source).astype(target).view("i8").tolist() for m in (np, numpy))
    assert ours == theirs


@pytest.mark.parametrize("char", NUMBERS)
def test_casting_objects(char):
    ours, theirs = (module._core._multiarray_umath._get_castingimpl for module in (np, numpy))
    for other in NUMBERS + "SUVOMm":
        results = []
        for module, get in ((np, ours), (numpy, theirs)):
            source, target = module.dtype(char), module.dtype(other)
            rule, pair, view = get(type(source), type(target))._resolve_descriptors((source, None))
            results.append((rule, tuple(map(str, pair)), view))
        assert results[0] == results[1], other


@pytest.mark.parametrize("target", ["e", "g", "F", "b", "Q", "i,i", "m8", "m8[s]", "M8[ms]", "S4", "U4", "V4"])
def test_scalars_are_stored_as_they_are_cast(target):
    def scalars(m):
        return [
            m.float16(2), m.longdouble(2), m.complex64(2), m.int8(2), m.uint64(2), m.bytes_(b"1234"), m.str_("2345"), m.void(b"4321"),
        ]  # fmt: skip

    times = numpy.dtype(target).kind in "mM"
    for ours, theirs in zip(scalars(np)[: -1 if times else None], scalars(numpy)):
        for make in (
            lambda m, s: m.array(s).astype(target),
            lambda m, s: m.array(s, dtype=target),
            lambda m, s: m.array([s], dtype=target),
        ):
            raised, expected = outcome(make, np, ours), outcome(make, numpy, theirs)
            # The class of a refusal may differ, that it is one may not.
            assert raised == expected or raised.endswith("Error") and expected.endswith("Error"), repr(theirs)
