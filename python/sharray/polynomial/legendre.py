"""Legendre polynomials: sums of c[n] P_n(x).

Functions on coefficients, lowest degree first, and the class `Legendre`. The work is
done in `_series`; here stands what belongs to this family alone.

>>> import sharray.polynomial.legendre as leg
>>> leg.legadd([1, 2], [3])
array([4., 2.])
"""

import sharray as np

from . import _series, polyutils as pu
from ._polybase import ABCPolyBase

__all__ = [
    "legzero",
    "legone",
    "legx",
    "legdomain",
    "legline",
    "legadd",
    "legsub",
    "legmulx",
    "legmul",
    "legdiv",
    "legpow",
    "legval",
    "legder",
    "legint",
    "leg2poly",
    "poly2leg",
    "legfromroots",
    "legvander",
    "legfit",
    "legtrim",
    "legroots",
    "Legendre",
    "legval2d",
    "legval3d",
    "leggrid2d",
    "leggrid3d",
    "legvander2d",
    "legvander3d",
    "legcompanion",
    "leggauss",
    "legweight",
]


def _derive(c):
    c = c.copy()
    n = len(c) - 1
    result = np.empty((n, *c.shape[1:]), dtype=c.dtype)
    for j in range(n, 2, -1):
        result[j - 1] = (2 * j - 1) * c[j]
        c[j - 2] += c[j]
    if n > 1:
        result[1] = 3 * c[2]
    result[0] = c[1]
    return result


def _integrate(c):
    result = np.empty((len(c) + 1, *c.shape[1:]), dtype=c.dtype)
    result[0] = c[0] * 0
    result[1] = c[0]
    if len(c) > 1:
        result[2] = c[1] / 3
    for j in range(2, len(c)):
        result[j + 1] = c[j] / (2 * j + 1)
        result[j - 1] -= result[j + 1]
    return result


# x P_n in the family itself: factors of the next, the same and the previous degree
_FAMILY = _series.Family(lambda n: (n + 1) / (2 * n + 1), lambda n: 0, lambda n: n / (2 * n + 1), _derive, _integrate)

legtrim = pu.trimcoef
legdomain = np.array([-1.0, 1.0])
legzero = np.array([0])
legone = np.array([1])
legx = np.array([0, 1])


def legline(off, scl):
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
    >>> np.polynomial.legendre.legline(1, 2)
    array([1, 2])
    """
    return np.array([off, scl] if scl != 0 else [off])


def legadd(c1, c2):
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
    >>> np.polynomial.legendre.legadd([1, 2], [3])
    array([4., 2.])
    """
    return _series.add(c1, c2)


def legsub(c1, c2):
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
    >>> np.polynomial.legendre.legsub([1, 2], [3])
    array([-2.,  2.])
    """
    return _series.sub(c1, c2)


def legmulx(c):
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
    >>> np.polynomial.legendre.legmulx([1, 2])
    array([0.66666667, 1.        , 1.33333333])
    """
    return _series.mulx(_FAMILY, c)


def legmul(c1, c2):
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
    >>> np.polynomial.legendre.legmul([1, 2], [0, 1])
    array([0.66666667, 1.        , 1.33333333])
    """
    return _series.mul(_FAMILY, c1, c2)


def legdiv(c1, c2):
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
    >>> np.polynomial.legendre.legdiv([1, 2, 3], [0, 1])
    (array([2. , 4.5]), array([-0.5]))
    """
    return _series.divide(legmul, c1, c2)


def legpow(c, pow, maxpower=16):
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
    >>> np.polynomial.legendre.legpow([1, 1], 2)
    array([1.33333333, 2.        , 0.66666667])
    """
    return _series.power(legmul, c, pow, maxpower)


def legder(c, m=1, scl=1, axis=0):
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
    >>> np.polynomial.legendre.legder([1, 2, 3])
    array([2., 9.])
    """
    return _series.derivative(_FAMILY, c, m, scl, axis)


def legint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
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
    >>> np.polynomial.legendre.legint([1, 2])
    array([0.33333333, 1.        , 0.66666667])
    """
    return _series.integral(_FAMILY, legval, c, m, k, lbnd, scl, axis)


def legval(x, c, tensor=True):
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
    >>> np.polynomial.legendre.legval([0, 2], [1, 2, 3])
    array([-0.5, 21.5])
    """
    return _series.value(_FAMILY, x, c, tensor)


def legval2d(x, y, c):
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
    >>> np.polynomial.legendre.legval2d([0, 2], [0, 2], [[1, 2], [3, 4]])
    array([ 1., 27.])
    """
    return _series.value_nd(legval, c, x, y)


def leggrid2d(x, y, c):
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
    >>> np.polynomial.legendre.leggrid2d([0, 2], [0, 2], [[1, 2], [3, 4]]).shape
    (2, 2)
    """
    return _series.grid_nd(legval, c, x, y)


def legval3d(x, y, z, c):
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
    >>> np.polynomial.legendre.legval3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]])
    array([ 1., 27.])
    """
    return _series.value_nd(legval, c, x, y, z)


def leggrid3d(x, y, z, c):
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
    >>> np.polynomial.legendre.leggrid3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]]).shape
    (2, 2, 2)
    """
    return _series.grid_nd(legval, c, x, y, z)


def poly2leg(pol):
    """The series for the coefficients of 1, x, x², ….

    Parameters
    ----------
    pol : array_like, 1-d
        Coefficients of powers, lowest degree first.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.legendre.poly2leg([1, 2, 3])
    array([2., 2., 2.])
    """
    return _series.from_power(_FAMILY, pol)


def leg2poly(c):
    """The coefficients of 1, x, x², … for the series.

    Parameters
    ----------
    c : array_like, 1-d
        Coefficients, lowest degree first.

    Returns
    -------
    ndarray, 1-d: coefficients of powers.

    Examples
    --------
    >>> np.polynomial.legendre.leg2poly([1, 2, 3])
    array([-0.5,  2. ,  4.5])
    """
    return _series.to_power(_FAMILY, c)


def legfromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series).

    Parameters
    ----------
    roots : array_like, 1-d

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.legendre.legfromroots([0, 1])
    array([ 0.33333333, -1.        ,  0.66666667])
    """
    return _series.from_roots(legline, legmul, roots)


def legvander(x, deg):
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
    >>> np.polynomial.legendre.legvander([0, 2], 2)
    array([[ 1. ,  0. , -0.5],
           [ 1. ,  2. ,  5.5]])
    """
    return _series.vander(_FAMILY, x, deg)


def legvander2d(x, y, deg):
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
    >>> np.polynomial.legendre.legvander2d([0, 2], [0, 2], [1, 1]).shape
    (2, 4)
    """
    return _series.vander_nd(legvander, (x, y), deg)


def legvander3d(x, y, z, deg):
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
    >>> np.polynomial.legendre.legvander3d([0, 2], [0, 2], [0, 2], [1, 1, 1]).shape
    (2, 8)
    """
    return _series.vander_nd(legvander, (x, y, z), deg)


def legfit(x, y, deg, rcond=None, full=False, w=None):
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
    >>> np.polynomial.legendre.legfit([0, 1, 2], [1, 3, 5], 1).round(6) + 0.0
    array([1., 2.])
    """
    return _series.fit(legvander, x, y, deg, rcond, full, w)


def legcompanion(c):
    """A matrix whose eigenvalues are the roots; symmetric for a single polynomial of the family.

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
    >>> np.polynomial.legendre.legcompanion([1, 2, 1])
    array([[ 0.        , -0.57735027],
           [ 0.57735027, -1.33333333]])
    """
    return _series.companion(_FAMILY, c)


def legroots(c):
    """The roots of the series, sorted.

    Parameters
    ----------
    c : array_like, 1-d
        Coefficients, lowest degree first.

    Returns
    -------
    ndarray, 1-d, sorted.

    Examples
    --------
    >>> np.polynomial.legendre.legroots([0, 2])
    array([0.])
    """
    return _series.roots(_FAMILY, c)


def leggauss(deg):
    """Nodes and weights of the quadrature for the weight ``1``.

    Parameters
    ----------
    deg : int
        The number of points, at least 1.

    Returns
    -------
    (ndarray, ndarray): points and weights.

    Examples
    --------
    >>> np.polynomial.legendre.leggauss(2)
    (array([-0.57735027,  0.57735027]), array([1., 1.]))
    """
    x, w, scale = _series.gauss(_FAMILY, deg, 2)
    w = (w + w[::-1]) / 2
    x = (x - x[::-1]) / 2
    return x, w * scale


def legweight(x):
    """The weight ``1``, for which the family is orthogonal.

    Parameters
    ----------
    x : array_like
        Where to evaluate.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> np.polynomial.legendre.legweight(0.5)
    1.0
    """
    return x * 0.0 + 1.0


class Legendre(ABCPolyBase):
    """A series with its domain: Legendre polynomials.

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
    >>> Legendre([1, 2]).degree()
    1
    """

    _add = staticmethod(legadd)
    _sub = staticmethod(legsub)
    _mul = staticmethod(legmul)
    _div = staticmethod(legdiv)
    _pow = staticmethod(legpow)
    _val = staticmethod(legval)
    _int = staticmethod(legint)
    _der = staticmethod(legder)
    _fit = staticmethod(legfit)
    _line = staticmethod(legline)
    _roots = staticmethod(legroots)
    _fromroots = staticmethod(legfromroots)

    domain = np.array(legdomain)
    window = np.array(legdomain)
    basis_name = "P"
