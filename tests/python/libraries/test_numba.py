"""numba: compiled functions read NumPy's views of sharray's arrays, and write into them."""

import sys

import matrix
import numpy
import pytest
from matrix import Route, at_numpy

import sharray as np

PACKAGES = ("numba", "numpy")
(numba,) = matrix.wants("numba")


@numba.njit
def handed(values):
    return values


def through(x):
    return handed(numpy.asarray(x))


SKIP = dict.fromkeys(["StringDType", "object"], "numba compiles no such dtype")
ROUTES = [
    Route("njit function of numpy.asarray(x)", through, lambda a: a, at_numpy, skip=SKIP, ndim=2),
    Route(
        "njit function of x",
        handed,
        lambda a: numpy.asarray(a),
        lambda a: at_numpy(numpy.asarray(a)),
        skip=SKIP,
        lives=False,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


@numba.njit
def running_sum(values, out):
    total = 0.0
    for i in range(values.size):
        total += values[i]
        out[i] = total


@numba.vectorize(["f8(f8, f8)"])
def hypotenuse(a, b):
    return (a * a + b * b) ** 0.5


def test_compiled_functions_write_into_our_memory():
    x, out = np.arange(5.0), np.zeros(5)
    running_sum(numpy.asarray(x), numpy.asarray(out))
    assert out.tolist() == [0, 1, 3, 6, 10]


def test_compiled_ufuncs_take_arrays():
    found = hypotenuse(np.array([3.0, 5.0]), np.array([4.0, 12.0]))
    assert numpy.asarray(found).tolist() == [5, 13]


def test_arrays_by_their_buffers():
    @numba.njit
    def total(values):
        result = 0.0
        for one in values:
            result += one
        return result

    assert total(memoryview(np.arange(4.0))) == 6
    with pytest.raises(ValueError, match="read-only|readonly|writable|Unsupported|destination"):
        frozen = np.arange(3.0)
        frozen.flags.writeable = False
        numpy.asarray(frozen)[0] = 1
