"""Power series: sums of c[n] x^n.

Functions on coefficients, lowest degree first, and the class `Polynomial`. The work is
done in `_series`; here stands what belongs to this family alone.

>>> import sharray.polynomial.polynomial as poly
>>> poly.polyadd([1, 2], [3])
array([4., 2.])
"""

import sharray as np

from .._core.overrides import array_function_dispatch as _array_function_dispatch
from . import _series, polyutils as pu
from ._polybase import ABCPolyBase

__all__ = [
    "polyzero",
    "polyone",
    "polyx",
    "polydomain",
    "polyline",
    "polyadd",
    "polysub",
    "polymulx",
    "polymul",
    "polydiv",
    "polypow",
    "polyval",
    "polyvalfromroots",
    "polyder",
    "polyint",
    "polyfromroots",
    "polyvander",
    "polyfit",
    "polytrim",
    "polyroots",
    "Polynomial",
    "polyval2d",
    "polyval3d",
    "polygrid2d",
    "polygrid3d",
    "polyvander2d",
    "polyvander3d",
    "polycompanion",
]


def _derive(c):
    n = np.arange(1, len(c)).reshape((-1,) + (1,) * (c.ndim - 1))
    return c[1:] * n


def _integrate(c):
    n = np.arange(1, len(c) + 1).reshape((-1,) + (1,) * (c.ndim - 1))
    return np.concatenate([c[:1] * 0, c / n])


# x x^n in the family itself: factors of the next, the same and the previous degree
_FAMILY = _series.Family(lambda n: 1, lambda n: 0, lambda n: 0, _derive, _integrate)

polytrim = pu.trimcoef
polydomain = np.array([-1.0, 1.0])
polyzero = np.array([0])
polyone = np.array([1])
polyx = np.array([0, 1])


def polyline(off, scl):
    """The series of the line ``off + scl * x``.

    Parameters
    ----------
    off : scalar
        The value at 0.
    scl : scalar
        The slope.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.polynomial.polyline(1, 2)
    array([1, 2])
    """
    return np.array([off, scl] if scl != 0 else [off])


def polyadd(c1, c2):
    """The sum of two series.

    Parameters
    ----------
    c1, c2 : array_like, 1-d
        Coefficients, lowest degree first.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.polynomial.polyadd([1, 2], [3])
    array([4., 2.])
    """
    return _series.add(c1, c2)


def polysub(c1, c2):
    """The difference of two series.

    Parameters
    ----------
    c1, c2 : array_like, 1-d
        Coefficients, lowest degree first.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.polynomial.polysub([1, 2], [3])
    array([-2.,  2.])
    """
    return _series.sub(c1, c2)


def polymulx(c):
    """x times the series.

    Parameters
    ----------
    c : array_like, 1-d
        Coefficients, lowest degree first.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.polynomial.polymulx([1, 2])
    array([0., 1., 2.])
    """
    return _series.mulx(_FAMILY, c)


def polymul(c1, c2):
    """The product of two series.

    Parameters
    ----------
    c1, c2 : array_like, 1-d
        Coefficients, lowest degree first.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.polynomial.polymul([1, 2], [0, 1])
    array([0., 1., 2.])
    """
    [c1, c2] = pu.as_series([c1, c2])
    return pu.trimseq(np.convolve(c1, c2))


def polydiv(c1, c2):
    """(quotient, remainder) of two series; ZeroDivisionError for a divisor that is zero.

    Parameters
    ----------
    c1 : array_like, 1-d
        The dividend's coefficients, lowest degree first.
    c2 : array_like, 1-d
        The divisor's.

    Returns
    -------
    (ndarray, ndarray): quotient and remainder.

    Raises
    ------
    ZeroDivisionError
        The divisor is zero.

    Examples
    --------
    >>> np.polynomial.polynomial.polydiv([1, 2, 3], [0, 1])
    (array([2., 3.]), array([1.]))
    """
    return _series.divide(polymul, c1, c2)


def polypow(c, pow, maxpower=None):
    """The series to the power of an integer from 0 to `maxpower` (None: no limit); else ValueError.

    Parameters
    ----------
    c : array_like, 1-d
        Coefficients, lowest degree first.
    pow : int
        The exponent, not negative.
    maxpower : int, optional
        The greatest exponent allowed.

    Returns
    -------
    ndarray, 1-d.

    Raises
    ------
    ValueError
        An exponent that is negative, no integer, or too great.

    Examples
    --------
    >>> np.polynomial.polynomial.polypow([1, 1], 2)
    array([1., 2., 1.])
    """
    return _series.power(polymul, c, pow, maxpower)


def polyder(c, m=1, scl=1, axis=0):
    """The `m`-th derivative, multiplied by `scl` for each step (for x = scl t).

    Parameters
    ----------
    c : array_like
        Coefficients, lowest degree first.
    m : int, optional
        How often to differentiate.
    scl : scalar, optional
        What each derivative is multiplied by.
    axis : int, optional
        The axis of the coefficients.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.polynomial.polynomial.polyder([1, 2, 3])
    array([2., 6.])
    """
    return _series.derivative(_FAMILY, c, m, scl, axis)


def polyint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
    """The `m`-th integral, multiplied by `scl` for each step.

    At `lbnd` it has the value ``k[i]`` after step i (0 where `k` is short).

    Parameters
    ----------
    c : array_like
        Coefficients, lowest degree first.
    m : int, optional
        How often to integrate.
    k : scalar or sequence, optional
        The constants of integration.
    lbnd : scalar, optional
        Where the integral is the constant.
    scl : scalar, optional
        What each integral is multiplied by, before the constant is added.
    axis : int, optional
        The axis of the coefficients.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.polynomial.polynomial.polyint([1, 2])
    array([0., 1., 1.])
    """
    return _series.integral(_FAMILY, polyval, c, m, k, lbnd, scl, axis)


def polyval(x, c, tensor=True):
    """The series at the points `x`.

    Shape ``c.shape[1:] + x.shape``; without `tensor`, the columns of `c` broadcast with `x`.

    Parameters
    ----------
    x : array_like
        Where to evaluate.
    c : array_like
        Coefficients, lowest degree first.
    tensor : bool, optional
        Whether each column of `c` is evaluated at each `x`; otherwise both are broadcast.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> np.polynomial.polynomial.polyval([0, 2], [1, 2, 3])
    array([ 1., 17.])
    """
    return _series.value(_FAMILY, x, c, tensor)


def _plane_dispatcher(x, y, c):
    return (x, y, c)


@_array_function_dispatch(_plane_dispatcher, module="numpy.polynomial.polynomial")
def polyval2d(x, y, c):
    """The 2-dimensional series at the points (x, y), whose arrays have one shape.

    Parameters
    ----------
    x, y : array_like
        The coordinates of the points, all of one shape.
    c : array_like, at least 2-d
        Coefficients by the degrees in each variable.

    Returns
    -------
    ndarray or scalar, of the shape of the coordinates.

    Examples
    --------
    >>> np.polynomial.polynomial.polyval2d([0, 2], [0, 2], [[1, 2], [3, 4]])
    array([ 1., 27.])
    """
    return _series.value_nd(polyval, c, x, y)


@_array_function_dispatch(_plane_dispatcher, module="numpy.polynomial.polynomial")
def polygrid2d(x, y, c):
    """The 2-dimensional series at all combinations of x, y.

    Parameters
    ----------
    x, y : array_like
        The coordinates along each axis of the grid.
    c : array_like, at least 2-d
        Coefficients by the degrees in each variable.

    Returns
    -------
    ndarray, of the shapes of the coordinates one after the other.

    Examples
    --------
    >>> np.polynomial.polynomial.polygrid2d([0, 2], [0, 2], [[1, 2], [3, 4]]).shape
    (2, 2)
    """
    return _series.grid_nd(polyval, c, x, y)


def polyval3d(x, y, z, c):
    """The 3-dimensional series at the points (x, y, z), whose arrays have one shape.

    Parameters
    ----------
    x, y, z : array_like
        The coordinates of the points, all of one shape.
    c : array_like, at least 3-d
        Coefficients by the degrees in each variable.

    Returns
    -------
    ndarray or scalar, of the shape of the coordinates.

    Examples
    --------
    >>> np.polynomial.polynomial.polyval3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]])
    array([ 1., 27.])
    """
    return _series.value_nd(polyval, c, x, y, z)


def polygrid3d(x, y, z, c):
    """The 3-dimensional series at all combinations of x, y, z.

    Parameters
    ----------
    x, y, z : array_like
        The coordinates along each axis of the grid.
    c : array_like, at least 3-d
        Coefficients by the degrees in each variable.

    Returns
    -------
    ndarray, of the shapes of the coordinates one after the other.

    Examples
    --------
    >>> np.polynomial.polynomial.polygrid3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]]).shape
    (2, 2, 2)
    """
    return _series.grid_nd(polyval, c, x, y, z)


def polyvalfromroots(x, r, tensor=True):
    """The polynomial with leading coefficient 1 and the roots `r` at the points `x`.

    Parameters
    ----------
    x : array_like
        Where to evaluate.
    r : array_like
        The roots.
    tensor : bool, optional
        Whether each column of `r` is evaluated at each `x`; otherwise both are broadcast.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> np.polynomial.polynomial.polyvalfromroots([0, 3], [1, 2])
    array([2., 2.])
    """
    r = np.array(r, ndmin=1, copy=None)
    if r.dtype.char in "?bBhHiIlLqQpP":
        r = r.astype(np.double)
    if isinstance(x, (tuple, list)):
        x = np.asarray(x)
    if isinstance(x, np.ndarray):
        if tensor:
            r = r.reshape(r.shape + (1,) * x.ndim)
        elif x.ndim >= r.ndim:
            raise ValueError("x.ndim must be < r.ndim when tensor == False")
    return np.prod(x - r, axis=0)


def polyfromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series).

    Parameters
    ----------
    roots : array_like, 1-d

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.polynomial.polyfromroots([0, 1])
    array([ 0., -1.,  1.])
    """
    return _series.from_roots(polyline, polymul, roots)


def polyvander(x, deg):
    """The values of the polynomials of degree 0 to `deg`: shape ``x.shape + (deg + 1,)``.

    Parameters
    ----------
    x : array_like
        The points.
    deg : int
        The degree.

    Returns
    -------
    ndarray; the last axis holds the basis functions, of length deg + 1.

    Examples
    --------
    >>> np.polynomial.polynomial.polyvander([0, 2], 2)
    array([[1., 0., 0.],
           [1., 2., 4.]])
    """
    return _series.vander(_FAMILY, x, deg)


def polyvander2d(x, y, deg):
    """Products of the polynomials in x, y, one column for each combination of degrees up to `deg`.

    Parameters
    ----------
    x, y : array_like
        The coordinates of the points, all of one shape.
    deg : sequence of int
        The degree in each variable.

    Returns
    -------
    ndarray; the last axis holds the products of the basis functions.

    Examples
    --------
    >>> np.polynomial.polynomial.polyvander2d([0, 2], [0, 2], [1, 1]).shape
    (2, 4)
    """
    return _series.vander_nd(polyvander, (x, y), deg)


def polyvander3d(x, y, z, deg):
    """Products of the polynomials in x, y, z, one column for each combination of degrees up to `deg`.

    Parameters
    ----------
    x, y, z : array_like
        The coordinates of the points, all of one shape.
    deg : sequence of int
        The degree in each variable.

    Returns
    -------
    ndarray; the last axis holds the products of the basis functions.

    Examples
    --------
    >>> np.polynomial.polynomial.polyvander3d([0, 2], [0, 2], [0, 2], [1, 1, 1]).shape
    (2, 8)
    """
    return _series.vander_nd(polyvander, (x, y, z), deg)


def polyfit(x, y, deg, rcond=None, full=False, w=None):
    """The series of degree `deg` (or with the degrees of a list) that fits the points best.

    Least squares, with weights `w`. With `full`, also [residuals, rank, singular values,
    rcond]. TypeError or ValueError for shapes that don't fit; RankWarning for too few points.

    Parameters
    ----------
    x : array_like, shape (n,)
        Where the points are.
    y : array_like, shape (n,) or (n, k)
        The values there.
    deg : int or sequence of int
        The degree, or the degrees of the terms.
    rcond : float, optional
        Singular values below this part of the largest count as zero.
    full : bool, optional
        Whether to give the residuals, rank, singular values and `rcond` as well.
    w : array_like, shape (n,), optional
        The weight of each point.

    Returns
    -------
    ndarray of coefficients, shape (deg + 1,) or (deg + 1, k); with `full` a pair of it and a list.

    Examples
    --------
    >>> np.polynomial.polynomial.polyfit([0, 1, 2], [1, 3, 5], 1).round(6) + 0.0
    array([1., 2.])
    """
    return _series.fit(polyvander, x, y, deg, rcond, full, w)


def polycompanion(c):
    """The companion matrix, whose eigenvalues are the roots.

    Parameters
    ----------
    c : array_like, 1-d
        Coefficients, lowest degree first; at least two.

    Returns
    -------
    ndarray, shape (degree, degree).

    Raises
    ------
    ValueError
        Fewer than two coefficients.

    Examples
    --------
    >>> np.polynomial.polynomial.polycompanion([1, 2, 1])
    array([[ 0., -1.],
           [ 1., -2.]])
    """
    [c] = pu.as_series([c])
    if len(c) < 2:
        raise ValueError("Series must have maximum degree of at least 1.")
    n = len(c) - 1
    matrix = np.zeros((n, n), dtype=c.dtype)
    matrix[np.arange(1, n), np.arange(n - 1)] = 1
    matrix[:, -1] -= c[:-1] / c[-1]
    return matrix


def polyroots(c):
    """The roots, sorted, as eigenvalues of the companion matrix.

    Parameters
    ----------
    c : array_like, 1-d
        Coefficients, lowest degree first.

    Returns
    -------
    ndarray, 1-d, sorted.

    Examples
    --------
    >>> np.polynomial.polynomial.polyroots([0, 2])
    array([-0.])
    """
    [c] = pu.as_series([c])
    if len(c) < 2:
        return np.array([], dtype=c.dtype)
    if len(c) == 2:
        return np.array([-c[0] / c[1]])
    from ..linalg import eigvals

    found = eigvals(polycompanion(c))
    found.sort()
    return found


class Polynomial(ABCPolyBase):
    """A series with its domain: power series.

    `coef` holds the coefficients, lowest degree first; x in `domain` is mapped to `window`
    (both [-1.0, 1.0] by default) before the series is evaluated. `symbol` is printed.

    Parameters
    ----------
    coef : array_like, 1-d
        Coefficients, lowest degree first.
    domain : (float, float), optional
        The interval of the variable that is mapped to the window.
    window : (float, float), optional
        The interval of the basis functions.
    symbol : str, optional
        The variable's name in print.

    Examples
    --------
    >>> Polynomial([1, 2]).degree()
    1
    """

    _add = staticmethod(polyadd)
    _sub = staticmethod(polysub)
    _mul = staticmethod(polymul)
    _div = staticmethod(polydiv)
    _pow = staticmethod(polypow)
    _val = staticmethod(polyval)
    _int = staticmethod(polyint)
    _der = staticmethod(polyder)
    _fit = staticmethod(polyfit)
    _line = staticmethod(polyline)
    _roots = staticmethod(polyroots)
    _fromroots = staticmethod(polyfromroots)

    domain = np.array(polydomain)
    window = np.array(polydomain)
    basis_name = None

    @classmethod
    def _str_term_unicode(cls, i, arg_str):
        if i == "1":
            return f"·{arg_str}"
        return f"·{arg_str}{i.translate(cls._superscript_mapping)}"

    @staticmethod
    def _str_term_ascii(i, arg_str):
        if i == "1":
            return f" {arg_str}"
        return f" {arg_str}**{i}"

    @staticmethod
    def _repr_latex_term(i, arg_str, needs_parens):
        if needs_parens:
            arg_str = rf"\left({arg_str}\right)"
        if i == 0:
            return "1"
        return arg_str if i == 1 else f"{arg_str}^{{{i}}}"
