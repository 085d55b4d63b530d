"""Products, axes and diagonals of matrices."""

import sharray as np

from ._common import _assert_2d, _public


@_public("*arrays, out")
def multi_dot(arrays, *, out=None):
    """The product of several matrices in the order that costs least; the ends may be vectors.

    Parameters
    ----------
    arrays : sequence of array_like
        Matrices; the first and the last may be vectors.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.multi_dot([[1, 2], [[1, 0], [0, 1]], [3, 4]])
    np.int64(11)
    """
    n = len(arrays)
    if n < 2:
        raise ValueError("Expecting at least two arrays.")
    if n == 2:
        return np.dot(arrays[0], arrays[1], out=out)
    arrays = [np.asanyarray(one) for one in arrays]
    first_ndim, last_ndim = arrays[0].ndim, arrays[-1].ndim
    if first_ndim == 1:
        arrays[0] = np.atleast_2d(arrays[0])
    if last_ndim == 1:
        arrays[-1] = np.atleast_2d(arrays[-1]).T
    _assert_2d(*arrays)
    splits = _multi_dot_matrix_chain_order(arrays)
    result = _multi_dot(arrays, splits, 0, n - 1, out=out)
    if first_ndim == 1 and last_ndim == 1:
        return result[0, 0]
    return result.ravel() if 1 in (first_ndim, last_ndim) else result


def _multi_dot_three(A, B, C, out=None):
    """A @ B @ C, bracketed the cheaper way."""
    left = A.shape[0] * B.shape[0] * B.shape[1] + A.shape[0] * B.shape[1] * C.shape[1]
    right = B.shape[0] * B.shape[1] * C.shape[1] + A.shape[0] * B.shape[0] * C.shape[1]
    if left < right:
        return np.dot(np.dot(A, B), C, out=out)
    return np.dot(A, np.dot(B, C), out=out)


def _multi_dot_matrix_chain_order(arrays, return_costs=False):
    """Where to split each part of the product, by dynamic programming (and the costs)."""
    n = len(arrays)
    p = [one.shape[0] for one in arrays] + [arrays[-1].shape[1]]
    costs = np.zeros((n, n), dtype=np.double)
    splits = np.empty((n, n), dtype=np.intp)
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            choices = [costs[i, k] + costs[k + 1, j] + p[i] * p[k + 1] * p[j + 1] for k in range(i, j)]
            best = min(range(len(choices)), key=choices.__getitem__)
            costs[i, j], splits[i, j] = choices[best], i + best
    return (splits, costs) if return_costs else splits


def _multi_dot(arrays, order, i, j, out=None):
    if i == j:
        return arrays[i]
    k = int(order[i, j])
    return np.dot(_multi_dot(arrays, order, i, k), _multi_dot(arrays, order, k + 1, j), out=out)


@_public("x")
def diagonal(x, /, *, offset=0):
    """The diagonals of matrices.

    Parameters
    ----------
    x : array_like, shape (..., m, n)
    offset : int, optional
        Which diagonal: 0 the main one, above it positive.

    Returns
    -------
    ndarray, a read-only view.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.diagonal([[1, 2], [3, 4]])
    array([1, 4])
    """
    return np.diagonal(x, offset, axis1=-2, axis2=-1)


@_public("x")
def trace(x, /, *, offset=0, dtype=None):
    """The sums of the diagonals of matrices.

    Parameters
    ----------
    x : array_like, shape (..., m, n)
    offset : int, optional
        Which diagonal: 0 the main one, above it positive.
    dtype : dtype, optional
        Of the sums.

    Returns
    -------
    scalar or ndarray, shape (...).

    Examples
    --------
    >>> import sharray as np
    >>> int(np.linalg.trace([[1, 2], [3, 4]]))
    5
    """
    return np.trace(x, offset, axis1=-2, axis2=-1, dtype=dtype)


@_public("x1, x2")
def cross(x1, x2, /, *, axis=-1):
    """The vector product along an axis of length 3; ValueError for other lengths.

    Parameters
    ----------
    x1, x2 : array_like
        Vectors of 3 components.
    axis : int, optional
        The axis of the components.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.cross([1, 0, 0], [0, 1, 0])
    array([0, 0, 1])
    """
    x1, x2 = np.asanyarray(x1), np.asanyarray(x2)
    if x1.shape[axis] != 3 or x2.shape[axis] != 3:
        raise ValueError(
            "Both input arrays must be (arrays of) 3-dimensional vectors, but they are "
            f"{x1.shape[axis]} and {x2.shape[axis]} dimensional instead."
        )
    return np.cross(x1, x2, axis=axis)


@_public("x1, x2")
def outer(x1, x2, /):
    """All products of two vectors; ValueError unless both are 1-d.

    Parameters
    ----------
    x1, x2 : array_like, 1-d

    Returns
    -------
    ndarray, shape (size of `x1`, size of `x2`).

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.outer([1, 2], [3])
    array([[3],
           [6]])
    """
    x1, x2 = np.asanyarray(x1), np.asanyarray(x2)
    if x1.ndim != 1 or x2.ndim != 1:
        raise ValueError(
            f"Input arrays must be one-dimensional, but they are x1.ndim={x1.ndim!r} and x2.ndim={x2.ndim!r}."
        )
    return np.outer(x1, x2)


@_public("x1, x2")
def tensordot(x1, x2, /, *, axes=2):
    """`sharray.tensordot`, under the standard's name.

    Parameters
    ----------
    x1, x2 : array_like
    axes : int or pair of sequences of int, optional
        How many axes to sum over, or which of each.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.linalg.tensordot(np.ones((2, 3, 4)), np.ones((3, 4, 5)), axes=2).shape
    (2, 5)
    """
    return np.tensordot(x1, x2, axes=axes)


@_public("x1, x2")
def matmul(x1, x2, /):
    """`sharray.matmul`, under the standard's name.

    Parameters
    ----------
    x1, x2 : array_like, at least 1-d

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> np.linalg.matmul([[1, 2], [3, 4]], [1, 1])
    array([3, 7])
    """
    return np.matmul(x1, x2)


@_public("x")
def matrix_transpose(x, /):
    """`sharray.matrix_transpose`, under the standard's name.

    Parameters
    ----------
    x : array_like, at least 2-d

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> np.linalg.matrix_transpose([[1, 2], [3, 4]])
    array([[1, 3],
           [2, 4]])
    """
    return np.matrix_transpose(x)


@_public("x1, x2")
def vecdot(x1, x2, /, *, axis=-1):
    """`sharray.vecdot`, under the standard's name.

    Parameters
    ----------
    x1, x2 : array_like
        The first is conjugated.
    axis : int, optional
        The axis of the components.

    Returns
    -------
    scalar or ndarray.

    Examples
    --------
    >>> np.linalg.vecdot([[1, 2], [3, 4]], [10, 1])
    array([12, 34])
    """
    if type(x1) is np.ndarray and type(x2) is np.ndarray and type(axis) is int and axis == -1:
        # Without keywords plain arrays go a shorter way.
        return np.vecdot(x1, x2)
    return np.vecdot(x1, x2, axis=axis)
