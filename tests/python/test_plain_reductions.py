"""Reductions and statistics of plain arrays, which go a short way, beside the real NumPy.

Values are small whole numbers where exactness is asked for, so that the order of additions can't be seen.
"""

import warnings

import numpy
import pytest

import sharray
from sharray import threads

METHODS = ["sum", "prod", "max", "min", "any", "all", "mean", "var", "std", "argmax", "argmin", "cumsum", "cumprod"]
FUNCTIONS = [*METHODS, "ptp", "nansum", "median", "count_nonzero"]
SHAPES = [(1,), (3,), (8,), (101,), (4, 5), (33, 70), (70, 33), (3, 4, 5), (0,), (0, 3), (40_000,), (250, 200)]


def sample(dtype, shape, seed=0):
    """Small numbers of either sign where the dtype has them."""
    values = numpy.random.default_rng(seed).integers(-2, 4, shape)
    return (abs(values) if dtype[0] in "?uB" else values).astype(dtype)


def result(function, *args, **kwargs):
    """What a call gives: a value, or the name of its exception; and the categories it warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = function(*args, **kwargs)
        except Exception as error:  # whatever the real one raises is the answer
            value = type(error).__name__
    return value, sorted({warning.category.__name__ for warning in caught})


def check(theirs, ours):
    """Both give the same type, dtype, shape and values, and warn alike."""
    (expected, their_warnings), (found, our_warnings) = theirs, ours
    assert their_warnings == our_warnings
    if isinstance(expected, str) or isinstance(found, str):
        assert isinstance(expected, str) and isinstance(found, str)
        assert expected == found
        return
    if isinstance(expected, tuple):
        for pair in zip(expected, found, strict=True):
            check((pair[0], []), (pair[1], []))
        return
    assert type(expected).__name__ == type(found).__name__
    expected, found = numpy.asarray(expected), numpy.asarray(found)
    assert (expected.dtype, expected.shape) == (found.dtype, found.shape)
    rounding = {"e": 2e-3, "f": 1e-5, "d": 1e-12}.get(expected.dtype.char, 0)
    numpy.testing.assert_allclose(found, expected, rtol=rounding, atol=0)


def names_for(dtype, names):
    """Without products of half precision, which NumPy rounds once a run and may overflow otherwise."""
    return [name for name in names if dtype != "f2" or "prod" not in name]


def layouts(values):
    """The same elements in C order, in Fortran's, and apart from each other."""
    yield values, sharray.array(values)
    if values.ndim > 1:
        yield numpy.asfortranarray(values), sharray.asfortranarray(sharray.array(values))
    elif values.size:
        twice = numpy.repeat(values, 2)
        yield twice[::2], sharray.array(twice)[::2]


@pytest.mark.parametrize("dtype", ["?", "i1", "u1", "i2", "i4", "u4", "i8", "f2", "f4", "f8"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_methods_and_functions(dtype, shape):
    for theirs, ours in layouts(sample(dtype, shape)):
        for axis in [None, *range(-1, len(shape))]:
            for name in names_for(dtype, METHODS):
                check(result(getattr(theirs, name), axis=axis), result(getattr(ours, name), axis=axis))
            for name in names_for(dtype, FUNCTIONS):
                check(result(getattr(numpy, name), theirs, axis=axis), result(getattr(sharray, name), ours, axis=axis))


@pytest.mark.parametrize("bad", [[], [numpy.nan], [numpy.inf], [numpy.inf, -numpy.inf], [-0.0]], ids=str)
@pytest.mark.parametrize("dtype", ["f4", "f8"])
@pytest.mark.parametrize("size", [3, 40, 5000])
def test_special_values(bad, dtype, size):
    values = sample(dtype, size)
    values[1 : 1 + len(bad)] = bad
    ours = sharray.array(values)
    for name in FUNCTIONS:
        if name not in ("cumprod", "prod"):
            check(result(getattr(numpy, name), values), result(getattr(sharray, name), ours))
    for quantiles in (50, 12.5, [5, 50, 95], [0, 100], [101], []):
        check(result(numpy.percentile, values, quantiles), result(sharray.percentile, ours, quantiles))


@pytest.mark.parametrize("dtype", ["i4", "i8", "f4", "f8"])
@pytest.mark.parametrize("size", [0, 1, 3, 100, 70_000])
def test_histogram_and_bincount(dtype, size):
    values = sample(dtype, size)
    if dtype[0] == "f":
        values = values + numpy.random.default_rng(1).uniform(0, 1, size).astype(dtype)
    ours = sharray.array(values)
    for arguments in [(), (7,), (20, (-1, 1)), (3, (0.5, 2.5)), (4, (1, -1)), (4, (1, 1)), (0,), ([0, 1, 2],)]:
        check(result(numpy.histogram, values, *arguments), result(sharray.histogram, ours, *arguments))
    if dtype == "i8":
        check(result(numpy.bincount, values), result(sharray.bincount, ours))
        check(result(numpy.bincount, abs(values)), result(sharray.bincount, abs(ours)))


@pytest.mark.parametrize("name", ["sum", "mean", "std", "nansum", "max", "any", "argmax", "median", "count_nonzero"])
@pytest.mark.parametrize("shape", [(300_001,), (700, 600), (600_000, 2), (2, 300_000)], ids=str)
def test_any_number_of_threads_gives_the_same_bits(name, shape):
    values = sharray.array(numpy.random.default_rng(2).uniform(-1, 1, shape))
    for axis in [None, *range(len(shape))]:
        found = set()
        for count in (1, 2, 3, 8):
            with threads.limit(count):
                found.add(sharray.asarray(getattr(sharray, name)(values, axis=axis)).tobytes())
        assert len(found) == 1, axis


def test_functions_of_others_keep_their_own_way():
    """A user's dispatched function may be called like one of ours."""
    from sharray._core.overrides import array_function_dispatch

    @array_function_dispatch(lambda array: (array,))
    def sum(array):
        return "theirs"

    assert sum(sharray.ones(3)) == "theirs"
