"""The main namespace with matrices in place of arrays, for old programs."""

import warnings

import sharray as np

from . import *  # noqa: F403
from .matrixlib import asmatrix, matrix

warnings.warn(
    "Importing from numpy.matlib is deprecated since 1.19.0. The matrix subclass is not the "
    "recommended way to represent matrices or deal with linear algebra: use arrays.",
    PendingDeprecationWarning,
    stacklevel=2,
)

__all__ = [*np.__all__, "rand", "randn", "repmat"]


def empty(shape, dtype=None, order="C"):
    """An uninitialised matrix.

    >>> empty((2, 2)).shape
    (2, 2)
    """
    return np.ndarray.__new__(matrix, shape, dtype, order=order)


def ones(shape, dtype=None, order="C"):
    """A matrix filled with ones.

    >>> ones(2)
    matrix([[1., 1.]])
    """
    result = empty(shape, dtype=dtype, order=order)
    result.fill(1)
    return result


def zeros(shape, dtype=None, order="C"):
    """A matrix filled with zeros.

    >>> zeros(2)
    matrix([[0., 0.]])
    """
    result = empty(shape, dtype=dtype, order=order)
    result.fill(0)
    return result


def identity(n, dtype=None):
    """The n × n identity matrix.

    >>> identity(2, dtype=int)
    matrix([[1, 0],
            [0, 1]])
    """
    return asmatrix(np.identity(n, dtype=dtype))


def eye(n, M=None, k=0, dtype=float, order="C"):
    """A matrix with ones on the diagonal `k`.

    >>> eye(2, k=1)
    matrix([[0., 1.],
            [0., 0.]])
    """
    return asmatrix(np.eye(n, M=M, k=k, dtype=dtype, order=order))


def rand(*args):
    """A matrix of random numbers in [0, 1); the shape as arguments or one tuple."""
    return asmatrix(np.random.rand(*(args[0] if isinstance(args[0], tuple) else args)))


def randn(*args):
    """A matrix of normally distributed random numbers; the shape as arguments or one tuple."""
    return asmatrix(np.random.randn(*(args[0] if isinstance(args[0], tuple) else args)))


def repmat(a, m, n):
    """`a` repeated `m` times downwards and `n` times to the right.

    >>> repmat([1, 2], 1, 2)
    array([[1, 2, 1, 2]])
    """
    a = np.asanyarray(a)
    return np.tile(np.atleast_2d(a), (m, n))
