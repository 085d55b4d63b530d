"""Solving, inverses, powers and determinants."""

import sharray as np

from .._engine import _linalg_det, _linalg_inv, _linalg_lstsq, _linalg_slogdet, _linalg_solve, ndarray
from .._globals import _NoValue
from ._common import (
    _REAL,
    LinAlgError,
    SlogdetResult,
    _assert_2d,
    _assert_stacked_square,
    _common_type,
    _makearray,
    _public,
)
from ._factor import _DOUBLE, _narrow_and_small, svd


@_public("a, b")
def solve(a, b):
    """x with ``a @ x == b``: `b` is one vector (only if 1-d) or a stack of matrices.

    LinAlgError for singular or non-square matrices, ValueError for shapes that don't fit.

    Parameters
    ----------
    a : array_like, shape (..., n, n)
    b : array_like, shape (n,) or (..., n, k)

    Returns
    -------
    ndarray of the shape of `b`.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.solve([[2, 0], [0, 4]], [1, 1])
    array([0.5 , 0.25])
    """
    if type(a) is ndarray and type(b) is ndarray:
        return _linalg_solve(a, b)
    a, _ = _makearray(a)
    b, wrap = _makearray(b)
    return wrap(_linalg_solve(a, b))


@_public("a, b")
def tensorsolve(a, b, axes=None):
    """x with ``tensordot(a, x, x.ndim) == b``; `axes` of `a` are moved to its end first.

    Parameters
    ----------
    a : array_like
        Its shape is that of `b` followed by that of the solution.
    b : array_like
    axes : tuple of int, optional
        Axes of `a` that are moved to the end first.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.tensorsolve(np.eye(4).reshape(2, 2, 2, 2), np.ones((2, 2))).shape
    (2, 2)
    """
    a, wrap = _makearray(a)
    b = np.asarray(b)
    if axes is not None:
        kept = [i for i in range(a.ndim) if i not in axes]
        a = a.transpose(kept + list(axes))
    shape = a.shape[-(a.ndim - b.ndim) :]
    size = np.prod(shape, dtype=int)
    if a.size != size**2:
        raise LinAlgError("Input arrays must satisfy the requirement prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])")
    x = solve(a.reshape(size, size), b.ravel())
    return wrap(x.reshape(shape))


@_public("a")
def tensorinv(a, ind=2):
    """The inverse of `a` for `tensordot` over its first `ind` axes. ValueError unless `ind` > 0.

    Parameters
    ----------
    a : array_like
        The product of the first `ind` lengths is that of the others.
    ind : int, optional
        How many axes count as rows.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.tensorinv(np.eye(4).reshape(2, 2, 2, 2)).shape
    (2, 2, 2, 2)
    """
    a = np.asarray(a)
    if ind <= 0:
        raise ValueError("Invalid ind argument.")
    shape = a.shape[ind:] + a.shape[:ind]
    rows = int(np.prod(a.shape[ind:], dtype=int))
    return inv(a.reshape(rows, -1)).reshape(shape)


@_public("a")
def inv(a):
    """The inverse of square matrices; LinAlgError for singular ones.

    Parameters
    ----------
    a : array_like, shape (..., n, n)

    Returns
    -------
    ndarray, shape (..., n, n).

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.inv([[2, 0], [0, 4]])
    array([[0.5 , 0.  ],
           [0.  , 0.25]])
    """
    if type(a) is ndarray:
        return _linalg_inv(a)
    a, wrap = _makearray(a)
    return wrap(_linalg_inv(a))


@_public("a")
def matrix_power(a, n):
    """The matrix to the power of the integer `n`: repeated products, of the inverse if `n` < 0.

    Parameters
    ----------
    a : array_like, shape (..., n, n)
    n : int
        The exponent; negative ones take the inverse.

    Returns
    -------
    ndarray, shape (..., n, n).

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.matrix_power([[1, 1], [0, 1]], 3)
    array([[1, 3],
           [0, 1]])
    """
    import operator

    a = np.asanyarray(a)
    _assert_stacked_square(a)
    try:
        n = operator.index(n)
    except TypeError as error:
        raise TypeError("exponent must be an integer") from error
    multiply = np.dot if a.dtype == object else np.matmul
    if a.dtype == object and a.ndim != 2:
        raise NotImplementedError("matrix_power not supported for stacks of object arrays")
    if n == 0:
        result = np.empty_like(a)
        result[...] = np.eye(a.shape[-2], dtype=a.dtype)
        return result
    if n < 0:
        a, n = inv(a), -n
    result = None
    square = a
    while n:
        n, bit = divmod(n, 2)
        if bit:
            result = square if result is None else multiply(result, square)
        if n:
            square = multiply(square, square)
    return result


@_public("a")
def pinv(a, rcond=None, hermitian=False, *, rtol=_NoValue):
    """The pseudo-inverse; singular values up to `rcond` (or `rtol`) times the largest count as zero.

    Parameters
    ----------
    a : array_like, shape (..., m, n)
    rcond : float or array_like, optional
        Singular values up to this part of the largest count as zero.
    hermitian : bool, optional
        Whether `a` is Hermitian, which saves work.
    rtol : float or array_like, optional
        Another name of `rcond`; not together with it.

    Returns
    -------
    ndarray, shape (..., n, m).

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.pinv([[2.0, 0.0]])
    array([[0.5],
           [0. ]])
    """
    a, wrap = _makearray(a)
    if rcond is None:
        if rtol is _NoValue:
            rcond = 1e-15
        elif rtol is None:
            rcond = max(a.shape[-2:]) * np.finfo(a.dtype).eps
        else:
            rcond = rtol
    elif rtol is not _NoValue:
        raise ValueError("`rtol` and `rcond` can't be both set.")
    rcond = np.asarray(rcond)
    if a.ndim >= 2 and a.size == 0:
        m, n = a.shape[-2:]
        return wrap(np.empty((*a.shape[:-2], n, m), dtype=a.dtype))
    u, s, vh = svd(a.conjugate(), full_matrices=False, hermitian=hermitian)
    large = s > rcond[..., np.newaxis] * s.max(axis=-1, keepdims=True)
    inverse = np.divide(1, s, where=large, out=np.zeros_like(s))
    return wrap(np.matmul(np.swapaxes(vh, -1, -2), inverse[..., np.newaxis] * np.swapaxes(u, -1, -2)))


@_public("a")
def slogdet(a):
    """The determinant's sign (or phase) and the logarithm of its magnitude.

    Parameters
    ----------
    a : array_like, shape (..., n, n)

    Returns
    -------
    named tuple (sign, logabsdet).

    Examples
    --------
    >>> import sharray as np
    >>> float(np.linalg.slogdet([[2.0, 0.0], [0.0, -1.0]]).sign)
    -1.0
    """
    return SlogdetResult(*_linalg_slogdet(a))


@_public("a")
def det(a):
    """The determinant of square matrices.

    Parameters
    ----------
    a : array_like, shape (..., n, n)

    Returns
    -------
    scalar or ndarray, shape (...).

    Examples
    --------
    >>> import sharray as np
    >>> float(np.linalg.det([[2.0, 0.0], [0.0, 3.0]]))
    6.0
    """
    return _linalg_det(a)


@_public("a, b")
def lstsq(a, b, rcond=None):
    """(x, residuals, rank, singular values): x makes the norm of ``b - a @ x`` smallest.

    Singular values up to `rcond` times the largest count as zero (None: eps * max(shape), -1: eps).
    `residuals` is empty unless the rank is full and there are more rows than columns.

    Parameters
    ----------
    a : array_like, shape (m, n)
    b : array_like, shape (m,) or (m, k)
    rcond : float, optional
        Singular values below this part of the largest count as zero; by default epsilon times the larger of m and
    n.

    Returns
    -------
    (solution, sums of squared residuals, rank, singular values).

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.lstsq([[1.0], [1.0]], [1.0, 3.0])[0]
    array([2.])
    """
    a, _ = _makearray(a)
    b, wrap = _makearray(b)
    vector = b.ndim == 1
    if vector:
        b = b[:, np.newaxis]
    _assert_2d(a, b)
    m, n = a.shape
    if m != b.shape[0]:
        raise LinAlgError("Incompatible dimensions")
    result = _common_type(a, b)
    real = _REAL[result.char]
    eps = np.finfo(real).eps
    if rcond is None:
        rcond = eps * max(n, m)
    elif rcond == -1:
        rcond = eps
    work = np.dtype(_DOUBLE[result.char]) if _narrow_and_small(a.astype(result, copy=False)) else result
    a, b = a.astype(work, copy=False), b.astype(work, copy=False)
    if not np.isfinite(a).all():
        raise LinAlgError("SVD did not converge in Linear Least Squares")
    x, residuals, rank, s = _linalg_lstsq(a, b, float(rcond))
    x, residuals, s = x.astype(result, copy=False), residuals.astype(real, copy=False), s.astype(real, copy=False)
    if rank < n or m <= n:
        residuals = np.array([], dtype=real)
    return wrap(x[:, 0] if vector else x), wrap(residuals), np.int32(rank), s
