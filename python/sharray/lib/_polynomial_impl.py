"""Polynomials as coefficients, highest power first.

The class `poly1d` lives in `_poly1d_impl` and is re-exported here.
"""

import warnings

from .._core.fromnumeric import nonzero, ravel, sort
from .._core.getlimits import finfo
from .._core.multiarray import array, asanyarray, asarray, concatenate, dot, zeros
from .._core.numeric import convolve, isclose, ones, outer, zeros_like
from .._core.numerictypes import complexfloating, inexact
from .._core.shape_base import atleast_1d, hstack
from .._core.umath import sqrt
from ..exceptions import RankWarning
from ._dispatch import array_function_dispatch
from ._poly1d_impl import poly1d
from ._twodim_base_impl import diag, vander
from ._type_check_impl import mintypecode

__all__ = [
    'poly',
    'roots',
    'polyint',
    'polyder',
    'polyadd',
    'polysub',
    'polymul',
    'polydiv',
    'polyval',
    'poly1d',
    'polyfit',
]


def _one_dispatcher(seq_of_zeros):
    return (seq_of_zeros,)


@array_function_dispatch(_one_dispatcher)
def poly(seq_of_zeros):
    """Coefficients of the monic polynomial with the given zeros.

    A square matrix stands for its eigenvalues. No zeros give 1.0.
    ValueError for other shapes.

    Parameters
    ----------
    seq_of_zeros : array_like
        The roots, or a square matrix.

    Returns
    -------
    ndarray of coefficients, the highest power first.

    Examples
    --------
    >>> np.poly([1, 2])
    array([ 1., -3.,  2.])
    """
    zeros_ = atleast_1d(seq_of_zeros)
    shape = zeros_.shape
    if len(shape) == 2 and shape[0] == shape[1] and shape[0] != 0:
        from ..linalg import eigvals

        zeros_ = eigvals(zeros_)
    elif len(shape) == 1:
        if zeros_.dtype != object:
            # Integers would overflow soon.
            zeros_ = zeros_.astype(mintypecode(zeros_.dtype.char))
    else:
        raise ValueError(f"input must be 1d or non-empty square 2d array, has shape {shape}.")
    if len(zeros_) == 0:
        return 1.0
    dtype = zeros_.dtype
    result = ones((1,), dtype=dtype)
    for zero in zeros_:
        result = convolve(result, array([1, -zero], dtype=dtype), mode='full')
    if issubclass(result.dtype.type, complexfloating):
        # Zeros in conjugate pairs leave no imaginary part but rounding.
        values = asarray(zeros_, complex)
        if (sort(values) == sort(values.conjugate())).all():
            result = result.real.copy()
    return result


def _roots_dispatcher(p):
    return (p,)


@array_function_dispatch(_roots_dispatcher)
def roots(p):
    """The zeros of the polynomial `p`, as eigenvalues of its companion matrix.

    ValueError unless `p` is 1-D.

    Parameters
    ----------
    p : array_like, 1-d
        Coefficients, the highest power first.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.roots([1, -3, 2])
    array([2., 1.])
    """
    p = atleast_1d(p)
    if p.ndim != 1:
        raise ValueError(f"Input must be a rank-1 array, has {p.ndim} dimensions.")
    found = nonzero(ravel(p))[0]
    if len(found) == 0:
        return array([])
    # Trailing zeros are zeros of the polynomial at 0.
    at_zero = len(p) - int(found[-1]) - 1
    p = p[int(found[0]) : int(found[-1]) + 1]
    if not issubclass(p.dtype.type, inexact):
        p = p.astype(float)
    if len(p) > 1:
        from ..linalg import eigvals

        companion = diag(ones(len(p) - 2, p.dtype), -1)
        companion[0, :] = -p[1:] / p[0]
        result = eigvals(companion)
    else:
        result = array([])
    return hstack((result, zeros(at_zero, result.dtype)))


def _polyint_dispatcher(p, m=None, k=None):
    return (p,)


@array_function_dispatch(_polyint_dispatcher)
def polyint(p, m=1, k=None):
    """The `m`-th antiderivative of `p`, with integration constants `k`.

    `k` is a scalar for all, or `m` of them; 0 by default. ValueError for a
    negative `m` or another number of constants.

    Parameters
    ----------
    p : array_like or poly1d
        Coefficients, the highest power first.
    m : int, optional
        How often to integrate.
    k : scalar or sequence, optional
        The constants of integration.

    Returns
    -------
    ndarray or poly1d.

    Examples
    --------
    >>> np.polyint([2, 2])
    array([1., 2., 0.])
    """
    m = int(m)
    if m < 0:
        raise ValueError(f"Order of integral must be positive (see polyder), got {m}")
    k = zeros(m, float) if k is None else atleast_1d(k)
    if len(k) == 1 and m > 1:
        k = k[0] * ones(m, float)
    if len(k) < m:
        raise ValueError(f"k must be a scalar or a rank-1 array of length 1 or >m: {len(k)} for {m}.")
    truepoly = isinstance(p, poly1d)
    p = asarray(p)
    for constant in k[:m]:
        powers = array(range(len(p), 0, -1))
        p = concatenate((p.__truediv__(powers), [constant]))
    return poly1d(p) if truepoly else p


def _polyder_dispatcher(p, m=None):
    return (p,)


@array_function_dispatch(_polyder_dispatcher)
def polyder(p, m=1):
    """The `m`-th derivative of `p`. ValueError for a negative `m`.

    Parameters
    ----------
    p : array_like or poly1d
        Coefficients, the highest power first.
    m : int, optional
        How often to differentiate.

    Returns
    -------
    ndarray or poly1d.

    Examples
    --------
    >>> np.polyder([1, 1, 1])
    array([2, 1])
    """
    m = int(m)
    if m < 0:
        raise ValueError(f"Order of derivative must be positive (see polyint), got {m}")
    truepoly = isinstance(p, poly1d)
    p = asarray(p)
    for _ in range(m):
        powers = array(range(len(p) - 1, 0, -1), dtype=int)
        p = p[:-1] * powers
    return poly1d(p) if truepoly else p


def _polyfit_dispatcher(x, y, deg, rcond=None, full=None, w=None, cov=None):
    return (x, y, w)


def _check_fit(x, y, deg):
    if deg < 0:
        raise ValueError(f"expected deg >= 0, got {deg}")
    if x.ndim != 1:
        raise TypeError(f"expected 1D vector for x, has {x.ndim} dimensions")
    if x.size == 0:
        raise TypeError("expected non-empty vector for x")
    if y.ndim < 1 or y.ndim > 2:
        raise TypeError(f"expected 1D or 2D array for y, has {y.ndim} dimensions")
    if x.shape[0] != y.shape[0]:
        raise TypeError(f"expected x and y to have same length, got {x.shape[0]} and {y.shape[0]}")


def _weighted(lhs, rhs, w):
    w = asarray(w) + 0.0
    if w.ndim != 1:
        raise TypeError(f"expected a 1-d array for weights, has {w.ndim} dimensions")
    if w.shape[0] != rhs.shape[0]:
        raise TypeError(f"expected w and y to have the same length, got {w.shape[0]} and {rhs.shape[0]}")
    lhs *= w[:, None]
    return lhs, rhs * (w[:, None] if rhs.ndim == 2 else w)


@array_function_dispatch(_polyfit_dispatcher)
def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """Least-squares polynomial of degree `deg` through the points (x, y).

    `x` is 1-D, `y` 1-D or 2-D (a column per fit); `w` weights the residuals.
    With `full` come residuals, rank, singular values and `rcond`; with `cov`
    the covariance of the coefficients ('unscaled': without the residuals'
    scale). Warns `RankWarning` if the fit is badly determined. TypeError or
    ValueError for input that doesn't fit.

    Parameters
    ----------
    x : array_like, shape (n,)
        Where the points are.
    y : array_like, shape (n,) or (n, k)
        The values there.
    deg : int
        The degree.
    rcond : float, optional
        Singular values below this part of the largest count as zero.
    full : bool, optional
        Whether to give residuals, rank, singular values and `rcond` as well.
    w : array_like, shape (n,), optional
        The weight of each point.
    cov : bool or 'unscaled', optional
        Whether to give the coefficients' covariances as well.

    Returns
    -------
    ndarray of coefficients, shape (deg + 1,) or (deg + 1, k); more with `full` or `cov`.

    Examples
    --------
    >>> np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6)
    array([2., 1.])
    """
    from ..linalg import inv, lstsq

    order = int(deg) + 1
    x = asarray(x) + 0.0
    y = asarray(y) + 0.0
    _check_fit(x, y, deg)
    if rcond is None:
        rcond = len(x) * finfo(x.dtype).eps
    lhs, rhs = vander(x, order), y
    if w is not None:
        lhs, rhs = _weighted(lhs, rhs, w)
    # Columns of one length improve the condition.
    scale = sqrt((lhs * lhs).sum(axis=0))
    lhs /= scale
    c, residuals, rank, singular = lstsq(lhs, rhs, rcond)
    c = (c.T / scale).T
    if rank != order and not full:
        warnings.warn("Polyfit may be poorly conditioned", RankWarning, stacklevel=2)
    if full:
        return c, residuals, rank, singular, rcond
    if not cov:
        return c
    base = inv(dot(lhs.T, lhs))
    base /= outer(scale, scale)
    if isinstance(cov, str) and cov == "unscaled":
        factor = 1
    else:
        if len(x) <= order:
            raise ValueError(
                f"the number of data points must exceed order to scale the covariance matrix: {len(x)} and {order}"
            )
        factor = residuals / (len(x) - order)
    return c, base * factor if y.ndim == 1 else base[:, :, None] * factor


def _polyval_dispatcher(p, x):
    return (p, x)


@array_function_dispatch(_polyval_dispatcher)
def polyval(p, x):
    """The value of polynomial `p` at `x` (any shape, or a polynomial).

    Parameters
    ----------
    p : array_like or poly1d
        Coefficients, the highest power first.
    x : array_like or poly1d
        Where to evaluate.

    Returns
    -------
    ndarray or poly1d.

    Examples
    --------
    >>> np.polyval([3, 0, 1], 5)
    np.int64(76)
    """
    p = asarray(p)
    if isinstance(x, poly1d):
        y = 0
    else:
        x = asanyarray(x)
        y = zeros_like(x)
    for coefficient in p:
        y = y * x + coefficient
    return y


def _binary_dispatcher(a1, a2):
    return (a1, a2)


def _same_length(a1, a2):
    """Both as arrays, the shorter filled with zeros in front."""
    a1, a2 = atleast_1d(a1), atleast_1d(a2)
    missing = len(a2) - len(a1)
    if missing > 0:
        a1 = concatenate((zeros(missing, a1.dtype), a1))
    elif missing < 0:
        a2 = concatenate((zeros(-missing, a2.dtype), a2))
    return a1, a2


def _like_inputs(result, *inputs):
    """A `poly1d` if one of the inputs is."""
    return poly1d(result) if any(isinstance(p, poly1d) for p in inputs) else result


@array_function_dispatch(_binary_dispatcher)
def polyadd(a1, a2):
    """The sum of two polynomials.

    Parameters
    ----------
    a1, a2 : array_like or poly1d
        Coefficients, the highest power first.

    Returns
    -------
    ndarray or poly1d.

    Examples
    --------
    >>> np.polyadd([1, 2], [9, 5, 4])
    array([9, 6, 6])
    """
    left, right = _same_length(a1, a2)
    return _like_inputs(left + right, a1, a2)


@array_function_dispatch(_binary_dispatcher)
def polysub(a1, a2):
    """The difference of two polynomials.

    Parameters
    ----------
    a1, a2 : array_like or poly1d
        Coefficients, the highest power first.

    Returns
    -------
    ndarray or poly1d.

    Examples
    --------
    >>> np.polysub([2, 10, -2], [3, 10, -4])
    array([-1,  0,  2])
    """
    left, right = _same_length(a1, a2)
    return _like_inputs(left - right, a1, a2)


@array_function_dispatch(_binary_dispatcher)
def polymul(a1, a2):
    """The product of two polynomials.

    Parameters
    ----------
    a1, a2 : array_like or poly1d
        Coefficients, the highest power first.

    Returns
    -------
    ndarray or poly1d.

    Examples
    --------
    >>> np.polymul([1, 2], [1, 3])
    array([1, 5, 6])
    """
    left, right = poly1d(a1), poly1d(a2)
    return _like_inputs(convolve(left, right), a1, a2)


def _polydiv_dispatcher(u, v):
    return (u, v)


@array_function_dispatch(_polydiv_dispatcher)
def polydiv(u, v):
    """Quotient and remainder of two polynomials, by long division.

    Parameters
    ----------
    u : array_like or poly1d
        The dividend.
    v : array_like or poly1d
        The divisor.

    Returns
    -------
    (ndarray, ndarray): quotient and remainder.

    Examples
    --------
    >>> np.polydiv([3., 5., 2.], [2., 1.])
    (array([1.5 , 1.75]), array([0.25]))
    """
    truepoly = isinstance(u, poly1d) or isinstance(v, poly1d)
    u = atleast_1d(u) + 0.0
    v = atleast_1d(v) + 0.0
    dtype = (u[0] + v[0]).dtype
    steps = len(u) - len(v) + 1
    inverse = 1.0 / v[0]
    quotient = zeros((max(steps, 1),), dtype)
    rest = u.astype(dtype)
    for k in range(steps):
        factor = inverse * rest[k]
        quotient[k] = factor
        rest[k : k + len(v)] -= factor * v
    while isclose(rest[0], 0, rtol=1e-14) and rest.shape[-1] > 1:
        rest = rest[1:]
    if truepoly:
        return poly1d(quotient), poly1d(rest)
    return quotient, rest
