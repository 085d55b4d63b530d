"""`round` to decimal places beside NumPy: in one pass over plain floats, step by step for all else; bits and warnings."""

import warnings

import numpy
import pytest

import sharray as np

PLACES = [-25, -3, -1, 0, 1, 2, 7, 15, 22, 23, 300, 400]
DTYPES = ["f2", "f4", "f8", ">f8", "g", "c8", "c16", "i8", "u1", "?"]
LAYOUTS = {
    "dense": lambda a: a,
    "strided": lambda a: a[::3],
    "reversed": lambda a: a[::-1],
    "in columns": lambda a: a[: a.size // 6 * 6].reshape(6, -1).T,
    "none": lambda a: a[:0],
    "one": lambda a: a[5],
}


def rounded(module, array, places):
    """The rounded values' bytes and dtype, and the texts of the warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = module.asarray(array).round(places)
        except Exception as error:
            return type(error).__name__
    result = numpy.asarray(result)
    # The bytes of a long double hold some that mean nothing.
    values = repr(result.tolist()) if result.dtype.char in "gG" else result.tobytes()
    return values, str(result.dtype), result.shape, [str(w.message) for w in caught]


def values(dtype, size):
    """Numbers of all magnitudes, halves among them, special values of each kind."""
    random = numpy.random.default_rng(size)
    numbers = random.standard_normal(size) * 10.0 ** random.integers(-6, 7, size)
    numbers[::4] = random.integers(-99, 99, numbers[::4].size) + 0.5
    if numpy.dtype(dtype).kind in "fc":
        numbers[1::97], numbers[2::97], numbers[3::97] = numpy.nan, numpy.inf, -0.0
    elif dtype in "u1?":
        numbers = abs(numbers) % 200
    with numpy.errstate(all="ignore"):
        return numbers.astype(dtype)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_places(dtype, layout):
    for size in (64, 40_000):
        array = LAYOUTS[layout](values(dtype, size))
        for places in PLACES:
            assert rounded(np, array, places) == rounded(numpy, array, places), (size, places)


def test_overflow_is_the_products():
    array = numpy.full(5000, 1e300)
    for places in (10, -10):
        assert rounded(np, array, places) == rounded(numpy, array, places)
    with np.errstate(over="raise"), pytest.raises(FloatingPointError, match="overflow encountered in multiply"):
        np.asarray(array).round(10)


def test_result_goes_where_it_is_told():
    array = values("f8", 1000)
    out = np.empty(1000)
    assert np.asarray(array).round(2, out=out) is out
    assert out.tobytes() == array.round(2).tobytes()
    assert np.round(np.asarray(array), decimals=2).tobytes() == array.round(2).tobytes()


@pytest.mark.parametrize("places", [0, 1, -1])
@pytest.mark.parametrize("dtype", ["f8", "i8", "c16"])
def test_classes_of_subclasses(dtype, places):
    """Which results are of the subclass hangs on how NumPy makes their memory."""
    kinds = []
    for module in (numpy, np):
        array = module.asarray(values(dtype, 50)).view(type("Kind", (module.ndarray,), {}))
        result = array.round(places)
        kinds.append((type(result).__name__, numpy.asarray(result).tobytes()))
    assert kinds[0] == kinds[1]
