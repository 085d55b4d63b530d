"""Printed forms beside NumPy's, over kinds, shapes and options."""

import numpy
import pytest

import sharray as np

_RNG = numpy.random.default_rng(7)

VALUES = {
    "floats": _RNG.standard_normal((3, 4)),
    "mixed sizes": numpy.array([1e-9, 1.0, 1e12, -0.0]),
    "special": numpy.array([numpy.nan, numpy.inf, -numpy.inf, 1.5]),
    "float32": _RNG.standard_normal(5).astype("f4"),
    "half": numpy.array([999, 1000], dtype="f2"),
    "complex": _RNG.standard_normal(3) + 1j,
    "integers": numpy.arange(-3, 3),
    "unsigned": numpy.arange(3, dtype="u1"),
    "booleans": numpy.array([True, False]),
    "text": numpy.array(["a", "bcd"]),
    "bytes": numpy.array([b"a", b"bcd"]),
    "objects": numpy.array([1, "a", None, [2]], dtype=object),
    "times": numpy.array(["2013-01-01", "NaT"], dtype="M8[D]"),
    "durations": numpy.array([1, -25], dtype="m8[s]"),
    "records": numpy.array([(1, 2.5, "x")], dtype="i4,f8,U3"),
    "long": numpy.arange(2000.0),
    "empty": numpy.zeros((0, 3)),
    "scalar": numpy.array(2.5),
}
OPTIONS = [
    {},
    {"precision": 3},
    {"floatmode": "fixed"},
    {"floatmode": "unique"},
    {"floatmode": "maxprec_equal"},
    {"suppress": True},
    {"sign": "+"},
    {"sign": " "},
    {"linewidth": 20},
    {"threshold": 5, "edgeitems": 1},
    {"legacy": "1.13"},
    {"legacy": "1.25"},
    {"legacy": "2.1"},
]


def check(value, options):
    """Both libraries print the same."""
    ours = np.array(value.tolist(), dtype=value.dtype.descr if value.dtype.names else value.dtype.str)
    ours = ours.reshape(value.shape)
    with numpy.printoptions(**options), np.printoptions(**options):
        assert repr(ours) == repr(value)
        assert str(ours) == str(value)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("name", VALUES)
def test_arrays(name, options):
    check(VALUES[name], options)


def test_options_are_per_context():
    with np.printoptions(precision=2):
        assert np.get_printoptions()["precision"] == 2
    assert np.get_printoptions()["precision"] == 8


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        ({"floatmode": "x"}, ValueError),
        ({"sign": "x"}, ValueError),
        ({"threshold": "5"}, TypeError),
        ({"threshold": float("nan")}, ValueError),
        ({"precision": 1.5}, TypeError),
    ],
)
def test_bad_options(bad, error):
    with pytest.raises(error):
        np.set_printoptions(**bad)
