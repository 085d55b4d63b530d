"""Diagonals, triangles and other arrays of two dimensions."""

import operator

from .._core.fromnumeric import diagonal, nonzero
from .._core.multiarray import (
    arange,
    asanyarray,
    asarray,
    empty,
    promote_types,
    where,
    zeros,
)
from .._core.numeric import ones
from .._core.overrides import finalize_array_function_like, set_module
from .._core.umath import greater_equal, multiply
from ._dispatch import array_function_dispatch

__all__ = [
    'diag',
    'diagflat',
    'eye',
    'fliplr',
    'flipud',
    'tri',
    'triu',
    'tril',
    'vander',
    'histogram2d',
    'mask_indices',
    'tril_indices',
    'tril_indices_from',
    'triu_indices',
    'triu_indices_from',
]


def _index_type(low, high):
    """The smallest signed dtype that holds `low` and `high`."""
    for code, bits in (('i1', 7), ('i2', 15), ('i4', 31)):
        if high < 1 << bits and low >= -(1 << bits):
            return code
    return 'i8'


def _flip_dispatcher(m):
    return (m,)


@array_function_dispatch(_flip_dispatcher)
def fliplr(m):
    """`m` with its second axis reversed: a view. ValueError for 1-D.

    Parameters
    ----------
    m : array_like, at least 2-d

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> np.fliplr([[1, 2]])
    array([[2, 1]])
    """
    m = asanyarray(m)
    if m.ndim < 2:
        raise ValueError(f"Input must be >= 2-d, is {m.ndim}-d.")
    return m[:, ::-1]


@array_function_dispatch(_flip_dispatcher)
def flipud(m):
    """`m` with its first axis reversed: a view. ValueError for 0-d.

    Parameters
    ----------
    m : array_like, at least 1-d

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> np.flipud([1, 2])
    array([2, 1])
    """
    m = asanyarray(m)
    if m.ndim < 1:
        raise ValueError("Input must be >= 1-d, is 0-d.")
    return m[::-1, ...]


@finalize_array_function_like
@set_module('numpy')
def eye(N, M=None, k=0, dtype=float, order='C', *, device=None, like=None):
    """Zeros of shape ``(N, M)`` with ones on the `k`-th diagonal.

    `M` is `N` unless given; a positive `k` lies above the main diagonal.

    Parameters
    ----------
    N : int
        The number of rows.
    M : int, optional
        The number of columns; `N` by default.
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.
    dtype : dtype, optional
        float64 by default.
    order : {'C', 'F'}, optional
        Rows first or columns first.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray, shape (N, M).

    Examples
    --------
    >>> np.eye(2, 3, 1)
    array([[0., 1., 0.],
           [0., 0., 1.]])
    """
    if like is not None:
        return _eye_with_like(like, N, M=M, k=k, dtype=dtype, order=order, device=device)
    if M is None:
        M = N
    m = zeros((N, M), dtype=dtype, order=order, device=device)
    if k >= M:
        return m
    columns = operator.index(M)
    k = operator.index(k)
    start = k if k >= 0 else -k * columns
    m[: columns - k].flat[start :: columns + 1] = 1
    return m


_eye_with_like = array_function_dispatch()(eye)


def _diag_dispatcher(v, k=None):
    return (v,)


@array_function_dispatch(_diag_dispatcher)
def diag(v, k=0):
    """The `k`-th diagonal of a 2-D array, or a 2-D array with diagonal `v`.

    ValueError unless `v` is 1-D or 2-D.

    Parameters
    ----------
    v : array_like, 1-d or 2-d
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.

    Returns
    -------
    ndarray: of 1-d input a matrix, of 2-d a read-only view of the diagonal.

    Examples
    --------
    >>> np.diag([1, 2])
    array([[1, 0],
           [0, 2]])
    """
    v = asanyarray(v)
    if v.ndim == 2:
        return diagonal(v, k)
    if v.ndim != 1:
        raise ValueError(f"Input must be 1- or 2-d, is {v.ndim}-d.")
    size = v.shape[0] + abs(k)
    result = zeros((size, size), v.dtype)
    start = k if k >= 0 else -k * size
    result[: size - k].flat[start :: size + 1] = v
    return result


@array_function_dispatch(_diag_dispatcher)
def diagflat(v, k=0):
    """A 2-D array with the elements of `v`, read flat, on its `k`-th diagonal.

    Parameters
    ----------
    v : array_like
        Flattened.
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.

    Returns
    -------
    ndarray, 2-d.

    Examples
    --------
    >>> np.diagflat([[1, 2]], 1)
    array([[0, 1, 0],
           [0, 0, 2],
           [0, 0, 0]])
    """
    wrap = getattr(v, '__array_wrap__', None)
    v = asarray(v).ravel()
    result = diag(v, k)
    return result if wrap is None else wrap(result)


@finalize_array_function_like
@set_module('numpy')
def tri(N, M=None, k=0, dtype=float, *, like=None):
    """Shape ``(N, M)`` with ones at and below the `k`-th diagonal.

    Parameters
    ----------
    N : int
        The number of rows.
    M : int, optional
        The number of columns; `N` by default.
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.
    dtype : dtype, optional
        float64 by default.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray, shape (N, M).

    Examples
    --------
    >>> np.tri(2, 3, dtype=int)
    array([[1, 0, 0],
           [1, 1, 0]])
    """
    if like is not None:
        return _tri_with_like(like, N, M=M, k=k, dtype=dtype)
    if M is None:
        M = N
    m = greater_equal.outer(arange(N, dtype=_index_type(0, N)), arange(-k, M - k, dtype=_index_type(-k, M - k)))
    # The comparison made a new array; bool needs no second one.
    return m.astype(dtype, copy=False)


_tri_with_like = array_function_dispatch()(tri)


def _trilu_dispatcher(m, k=None):
    return (m,)


@array_function_dispatch(_trilu_dispatcher)
def tril(m, k=0):
    """A copy of `m` with zeros above the `k`-th diagonal of the last two axes.

    Parameters
    ----------
    m : array_like, at least 2-d
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.

    Returns
    -------
    ndarray, a copy.

    Examples
    --------
    >>> np.tril([[1, 2], [3, 4]])
    array([[1, 0],
           [3, 4]])
    """
    m = asanyarray(m)
    mask = tri(*m.shape[-2:], k=k, dtype=bool)
    return where(mask, m, zeros(1, m.dtype))


@array_function_dispatch(_trilu_dispatcher)
def triu(m, k=0):
    """A copy of `m` with zeros below the `k`-th diagonal of the last two axes.

    Parameters
    ----------
    m : array_like, at least 2-d
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.

    Returns
    -------
    ndarray, a copy.

    Examples
    --------
    >>> np.triu([[1, 2], [3, 4]])
    array([[1, 2],
           [0, 4]])
    """
    m = asanyarray(m)
    mask = tri(*m.shape[-2:], k=k - 1, dtype=bool)
    return where(mask, zeros(1, m.dtype), m)


def _vander_dispatcher(x, N=None, increasing=None):
    return (x,)


@array_function_dispatch(_vander_dispatcher)
def vander(x, N=None, increasing=False):
    """Vandermonde matrix: powers of `x` (1-D) as `N` columns.

    Highest power first unless `increasing`. ValueError unless `x` is 1-D.

    Parameters
    ----------
    x : array_like, 1-d
    N : int, optional
        The number of columns; as many as rows by default.
    increasing : bool, optional
        Whether powers rise from left to right.

    Returns
    -------
    ndarray, shape (len(x), N).

    Examples
    --------
    >>> np.vander([1, 2, 3], 3)
    array([[1, 1, 1],
           [4, 2, 1],
           [9, 3, 1]])
    """
    x = asanyarray(x)
    if x.ndim != 1:
        raise ValueError(f"x must be a one-dimensional array or sequence, has {x.ndim} dimensions.")
    if N is None:
        N = len(x)
    result = empty((len(x), N), dtype=promote_types(x.dtype, int))
    rising = result if increasing else result[:, ::-1]
    if N > 0:
        rising[:, 0] = 1
    if N > 1:
        rising[:, 1:] = x[:, None]
        multiply.accumulate(rising[:, 1:], out=rising[:, 1:], axis=1)
    return result


def _histogram2d_dispatcher(x, y, bins=None, range=None, density=None, weights=None):
    yield x
    yield y
    # `bins` is a number, one array for both, or a pair of either.
    try:
        count = len(bins)
    except TypeError:
        count = 1
    if count == 2:
        yield from bins
    else:
        yield bins
    yield weights


@array_function_dispatch(_histogram2d_dispatcher)
def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Counts of the points ``(x[i], y[i])`` in a rectangle of bins.

    `bins` is a number or edges for both axes, or a pair. Returns
    ``(H, xedges, yedges)`` with `H` of shape (x bins, y bins), float.
    ValueError for `x` and `y` of unequal length.

    Parameters
    ----------
    x : array_like, 1-d
        The first coordinates.
    y : array_like, 1-d
        The second coordinates.
    bins : int, sequence, or pair of them, optional
        The number of bins or their edges, for both axes or each.
    range : pair of pairs of float, optional
        Lower and upper end for each axis.
    density : bool, optional
        Whether to give densities, whose integral is 1, instead of counts.
    weights : array_like, optional
        What each point adds to its bin.

    Returns
    -------
    (ndarray of counts, ndarray of edges, ndarray of edges).

    Examples
    --------
    >>> np.histogram2d([1, 1, 2], [1, 2, 2], bins=2)[0]
    array([[1., 1.],
           [0., 1.]])
    """
    from ._histograms_impl import histogramdd

    if len(x) != len(y):
        raise ValueError(f'x and y must have the same length. Got {len(x)} and {len(y)}.')
    try:
        count = len(bins)
    except TypeError:
        count = 1
    if count not in (1, 2):
        # One array of edges for both axes.
        edges = asarray(bins)
        bins = [edges, edges]
    hist, edges = histogramdd([x, y], bins, range, density, weights)
    return hist, edges[0], edges[1]


@set_module('numpy')
def mask_indices(n, mask_func, k=0):
    """Indices of the non-zeros of ``mask_func(ones((n, n)), k)``.

    Parameters
    ----------
    n : int
        The length of both axes.
    mask_func : callable
        Called as ``mask_func(array, k)``, such as `triu`.
    k : scalar, optional
        Handed to it.

    Returns
    -------
    tuple of ndarray of int.

    Examples
    --------
    >>> np.mask_indices(2, np.triu)
    (array([0, 0, 1]), array([0, 1, 1]))
    """
    return nonzero(mask_func(ones((n, n), int), k) != 0)


@set_module('numpy')
def tril_indices(n, k=0, m=None):
    """Indices of the lower triangle of an ``(n, m)`` array (`m` is `n`).

    Parameters
    ----------
    n : int
        The number of rows.
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.
    m : int, optional
        The number of columns; `n` by default.

    Returns
    -------
    tuple of two ndarray of int.

    Examples
    --------
    >>> np.tril_indices(2)
    (array([0, 1, 1]), array([0, 0, 1]))
    """
    return tri(n, m, k=k, dtype=bool).nonzero()


def _from_dispatcher(arr, k=None):
    return (arr,)


@array_function_dispatch(_from_dispatcher)
def tril_indices_from(arr, k=0):
    """Indices of the lower triangle of the 2-D `arr`, else ValueError.

    Parameters
    ----------
    arr : ndarray, 2-d
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.

    Returns
    -------
    tuple of two ndarray of int.

    Examples
    --------
    >>> np.tril_indices_from(np.zeros((2, 2)), -1)
    (array([1]), array([0]))
    """
    if arr.ndim != 2:
        raise ValueError(f"input array must be 2-d, is {arr.ndim}-d")
    return tril_indices(arr.shape[-2], k=k, m=arr.shape[-1])


@set_module('numpy')
def triu_indices(n, k=0, m=None):
    """Indices of the upper triangle of an ``(n, m)`` array (`m` is `n`).

    Parameters
    ----------
    n : int
        The number of rows.
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.
    m : int, optional
        The number of columns; `n` by default.

    Returns
    -------
    tuple of two ndarray of int.

    Examples
    --------
    >>> np.triu_indices(2)
    (array([0, 0, 1]), array([0, 1, 1]))
    """
    return (~tri(n, m, k=k - 1, dtype=bool)).nonzero()


@array_function_dispatch(_from_dispatcher)
def triu_indices_from(arr, k=0):
    """Indices of the upper triangle of the 2-D `arr`, else ValueError.

    Parameters
    ----------
    arr : ndarray, 2-d
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.

    Returns
    -------
    tuple of two ndarray of int.

    Examples
    --------
    >>> np.triu_indices_from(np.zeros((2, 2)), 1)
    (array([0]), array([1]))
    """
    if arr.ndim != 2:
        raise ValueError(f"input array must be 2-d, is {arr.ndim}-d")
    return triu_indices(arr.shape[-2], k=k, m=arr.shape[-1])
