"""What the array API standard asks for beyond NumPy: `descending`, `dtype` of frequencies, limits of an array's dtype."""

import cmath
import itertools

import numpy
import pytest

import sharray as np

INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize("dtype", ["i8", "f4", "f8", "c16", "?", "M8[s]", "U3"])
@pytest.mark.parametrize("shape", [(0,), (1,), (7,), (3, 4), (2, 0, 3), (2, 3, 4)])
def test_descending(dtype, shape):
    x = np.asarray(numpy.random.default_rng(3).integers(0, 4, shape)).astype(dtype)
    for axis in [*range(-len(shape), len(shape)), None]:
        lane = -1 if axis is None else axis
        flat = x.ravel() if axis is None else x
        upward = np.sort(x, axis=axis)
        downward = np.sort(x, axis=axis, descending=True)
        assert (downward == np.flip(upward, lane)).all() and downward.dtype == x.dtype
        assert downward.base is None and downward.flags.writeable
        for stable in (None, True, False):
            found = np.argsort(x, axis=axis, descending=True, stable=stable)
            assert found.dtype == np.intp and (np.take_along_axis(flat, found, lane) == downward).all()
        assert (np.argsort(x, axis=axis, descending=False) == np.argsort(x, axis=axis)).all()


def test_descending_is_stable():
    keys = np.array([1, 0, 1, 0, 2, 2, 1])
    assert np.argsort(keys, descending=True, stable=True).tolist() == [4, 5, 0, 2, 6, 1, 3]
    records = np.array([(1, "a"), (0, "b"), (1, "c")], dtype=[("k", "i4"), ("t", "U1")])
    assert np.sort(records, order="k", kind="stable", descending=True)["t"].tolist() == ["c", "a", "b"]
    assert np.sort([1.0, NAN, 2.0], descending=True).tolist()[1:] == [2.0, 1.0]
    assert np.sort([3, 1, 2], descending=True).tolist() == [3, 2, 1]


def test_descending_leaves_the_operand():
    x = np.array([2, 3, 1])
    np.sort(x, descending=True), np.argsort(x, descending=True)
    assert x.tolist() == [2, 3, 1]
    with pytest.raises(np.exceptions.AxisError):
        np.sort(x, axis=1, descending=True)
    with pytest.raises(np.exceptions.AxisError):
        np.argsort(x, axis=-2, descending=True)


@pytest.mark.parametrize("function", [np.fft.fftfreq, np.fft.rfftfreq])
def test_frequencies(function):
    for dtype in ("f4", "f8"):
        found = function(5, d=0.5, dtype=dtype)
        assert found.dtype == dtype and np.allclose(found, function(5, d=0.5))
    assert function(4).dtype == "f8"
    for dtype in ("i8", "c16"):
        with pytest.raises(ValueError, match="real"):
            function(4, dtype=dtype)


def test_limits_of_arrays():
    for dtype in ("f2", "f4", "f8"):
        assert np.finfo(np.ones(2, dtype)) is np.finfo(dtype)
    assert np.finfo(np.ones(2, "c8")) is np.finfo("f4")
    for dtype in ("i1", "u8"):
        assert np.iinfo(np.array(1, dtype)).max == np.iinfo(dtype).max
    with pytest.raises(ValueError):
        np.finfo(np.array(1))
    with pytest.raises(ValueError):
        np.iinfo(np.array(1.0))


@pytest.mark.parametrize("dtype", ["c8", "c16"])
def test_expm1_at_infinity(dtype):
    """`exp(z) - 1` as C's Annex G has `exp`: where the real part is infinite or no number."""
    with np.errstate(all="ignore"):
        for re, im in itertools.product((INF, -INF, NAN), (0.0, -0.0, 1.0, -2.0, INF, -INF, NAN)):
            found = complex(np.expm1(np.array(complex(re, im), dtype)))
            if im == 0:
                expected = complex(numpy.expm1(re), im)
            elif re == INF and not cmath.isfinite(im):
                expected = complex(INF, NAN)
            elif re == -INF:
                assert cmath.isclose(found, -1, rel_tol=1e-6)
                continue
            elif re == INF:
                expected = cmath.rect(INF, im)
            else:
                expected = complex(NAN, NAN)
            assert repr(found) == repr(expected), (re, im)
        for z in (1 + 2j, -0.5 + 1e-9j, 1e-12 + 0j, 3.0 - 1j):
            assert cmath.isclose(complex(np.expm1(np.array(z, "c16"))), complex(numpy.expm1(z)), rel_tol=1e-14)
