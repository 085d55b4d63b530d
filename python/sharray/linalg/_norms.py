"""Norms, condition numbers and ranks."""

import sharray as np

from .._core.multiarray import normalize_axis_index
from .._core.numeric import normalize_axis_tuple
from .._engine import _linalg_inv
from ._common import _REAL, LinAlgError, _assert_stacked_square, _common_type, _public
from ._factor import svd


@_public("x")
def cond(x, p=None):
    """The condition number: the norm times that of the inverse; `p` as in `norm` (None: 2).

    Parameters
    ----------
    x : array_like, shape (..., m, n)
    p : {None, 2, -2, 'fro', 'nuc', inf, -inf, 1, -1}, optional
        The norm; None is 2, the ratio of the largest to the smallest singular value.

    Returns
    -------
    float or ndarray of float.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.linalg.cond([[2.0, 0.0], [0.0, 1.0]]))
    2.0
    """
    x = np.asarray(x)
    if x.ndim >= 2 and 0 in x.shape[-2:]:
        raise LinAlgError("cond is not defined on empty arrays")
    if p is None or p in (2, -2):
        s = svd(x, compute_uv=False)
        with np.errstate(all="ignore"):
            result = s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    else:
        _assert_stacked_square(x)
        kind = _common_type(x)
        with np.errstate(all="ignore"):
            # Of a stack only the singular matrices have no inverse: theirs is NaN.
            result = norm(x, p, axis=(-2, -1)) * norm(_linalg_inv(x, True), p, axis=(-2, -1))
        result = result.astype(_REAL[kind.char], copy=False)
    result = np.asarray(result)
    missing = np.isnan(result) & ~np.isnan(x).any(axis=(-2, -1))
    if missing.any():
        if result.ndim:
            result[missing] = np.inf
        else:
            result[()] = np.inf
    return result[()] if result.ndim == 0 else result


@_public("A")
def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    """How many singular values exceed `tol`, or `rtol` times the largest (default: eps * max(shape)).

    Parameters
    ----------
    A : array_like, shape (..., m, n)
    tol : float or array_like, optional
        Singular values up to it count as zero.
    hermitian : bool, optional
        Whether `A` is Hermitian, which saves work.
    rtol : float or array_like, optional
        The same relative to the largest singular value; not together with `tol`.

    Returns
    -------
    int or ndarray of int.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.linalg.matrix_rank([[1, 2], [2, 4]]))
    1
    """
    if rtol is not None and tol is not None:
        raise ValueError("`tol` and `rtol` can't be both set.")
    A = np.asarray(A)
    if A.ndim < 2:
        return int(not (A == 0).all())
    s = svd(A, compute_uv=False, hermitian=hermitian)
    if tol is None:
        factor = max(A.shape[-2:]) * np.finfo(s.dtype).eps if rtol is None else np.asarray(rtol)[..., np.newaxis]
        tol = s.max(axis=-1, keepdims=True, initial=0) * factor
    else:
        tol = np.asarray(tol)[..., np.newaxis]
    return np.count_nonzero(s > tol, axis=-1)


def _multi_svd_norm(x, row_axis, col_axis, op, initial=None):
    moved = np.moveaxis(x, (row_axis, col_axis), (-2, -1))
    values = svd(moved, compute_uv=False)
    return op(values, axis=-1) if initial is None else op(values, axis=-1, initial=initial)


def _vector_norm(x, ord, axis, keepdims):
    if ord == np.inf:
        return np.abs(x).max(axis=axis, keepdims=keepdims, initial=0)
    if ord == -np.inf:
        return np.abs(x).min(axis=axis, keepdims=keepdims)
    if ord == 0:
        return (x != 0).astype(x.real.dtype).sum(axis=axis, keepdims=keepdims)
    if ord == 1:
        return np.abs(x).sum(axis=axis, keepdims=keepdims)
    if ord is None or ord == 2:
        squares = (x.conj() * x).real
        return np.sqrt(squares.sum(axis=axis, keepdims=keepdims))
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    powers = np.abs(x) ** ord
    total = np.add.reduce(powers, axis=axis, keepdims=keepdims)
    return total ** (np.reciprocal(ord, dtype=total.dtype) if total.dtype.kind == "f" else 1.0 / ord)


def _matrix_norm(x, ord, axis, keepdims):
    rows, columns = (normalize_axis_index(one, x.ndim) for one in axis)
    if rows == columns:
        raise ValueError("Duplicate axes given.")
    after_rows = columns - 1 if columns > rows else columns
    after_columns = rows - 1 if rows > columns else rows
    if ord == 2:
        result = _multi_svd_norm(x, rows, columns, np.max, 0)
    elif ord == -2:
        result = _multi_svd_norm(x, rows, columns, np.min)
    elif ord == 1:
        result = np.abs(x).sum(axis=rows).max(axis=after_rows, initial=0)
    elif ord == np.inf:
        result = np.abs(x).sum(axis=columns).max(axis=after_columns, initial=0)
    elif ord == -1:
        result = np.abs(x).sum(axis=rows).min(axis=after_rows)
    elif ord == -np.inf:
        result = np.abs(x).sum(axis=columns).min(axis=after_columns)
    elif ord in (None, "fro", "f"):
        result = np.sqrt((x.conj() * x).real.sum(axis=axis))
    elif ord == "nuc":
        result = _multi_svd_norm(x, rows, columns, np.sum, 0)
    else:
        raise ValueError("Invalid norm order for matrices.")
    if keepdims:
        shape = list(x.shape)
        shape[axis[0]] = shape[axis[1]] = 1
        result = np.asarray(result).reshape(shape)
    return result


@_public("x")
def norm(x, ord=None, axis=None, keepdims=False):
    """The norm of vectors (along one axis) or matrices (along two).

    Parameters
    ----------
    x : array_like
        Flattened where neither `axis` nor `ord` is given.
    ord : None, number, inf, -inf, 'fro' or 'nuc'
        None is the root of the sum of squares. For matrices 1 and inf are the largest
        column and row sum, 2 the largest singular value, negative ones the smallest.
    axis : int or pair of int, optional
    keepdims : bool

    Returns
    -------
    float or ndarray of float.

    Raises
    ------
    ValueError
        An order or number of axes that has no norm.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.linalg.norm([3, 4]))
    5.0
    """
    x = np.asarray(x)
    if not issubclass(x.dtype.type, (np.inexact, np.object_)):
        x = x.astype(float)
    if axis is None:
        ndim = x.ndim
        if ord is None or (ord in ("f", "fro") and ndim == 2) or (ord == 2 and ndim == 1):
            x = x.ravel(order="K")
            squares = x.real.dot(x.real) + x.imag.dot(x.imag) if x.dtype.kind == "c" else x.dot(x)
            result = np.sqrt(squares)
            return result.reshape(ndim * [1]) if keepdims else result
        axis = tuple(range(ndim))
    elif not isinstance(axis, tuple):
        try:
            axis = (int(axis),)
        except Exception as error:
            raise TypeError("'axis' must be None, an integer or a tuple of integers") from error
    if len(axis) == 1:
        if ord in ("f", "fro", "nuc"):
            raise ValueError(f"Invalid norm order '{ord}' for vectors")
        return _vector_norm(x, ord, axis, keepdims)
    if len(axis) == 2:
        return _matrix_norm(x, ord, axis, keepdims)
    raise ValueError("Improper number of dimensions to norm.")


@_public("x")
def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    """`norm` over the last two axes.

    Parameters
    ----------
    x : array_like, shape (..., m, n)
    keepdims : bool, optional
        Whether the last two axes stay, with length 1.
    ord : {1, -1, 2, -2, inf, -inf, 'fro', 'nuc'}, optional
        The norm; the root of the sum of squares by default.

    Returns
    -------
    float or ndarray of float.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.linalg.matrix_norm([[3, 0], [0, 4]]))
    5.0
    """
    x = np.asanyarray(x)
    return norm(x, axis=(-2, -1), keepdims=keepdims, ord=ord)


@_public("x")
def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    """`norm` of vectors; over all axes without `axis`, which may name several.

    Parameters
    ----------
    x : array_like
    axis : int or tuple of int, optional
        The axes that hold the components; None takes all.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    ord : float, optional
        The power p of the norm, inf and -inf included; 2 by default.

    Returns
    -------
    float or ndarray of float.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.linalg.vector_norm([3, 4]))
    5.0
    """
    x = np.asanyarray(x)
    shape = list(x.shape)
    if axis is None:
        x, place = x.ravel(), 0
    elif isinstance(axis, tuple):
        axes = normalize_axis_tuple(axis, x.ndim)
        rest = tuple(i for i in range(x.ndim) if i not in axes)
        x = np.transpose(x, axes + rest).reshape(-1, *(x.shape[i] for i in rest))
        place = 0
    else:
        place = axis
    result = norm(x, axis=place, ord=ord)
    if keepdims:
        for one in normalize_axis_tuple(range(len(shape)) if axis is None else axis, len(shape)):
            shape[one] = 1
        result = np.asarray(result).reshape(shape)
    return result
