"""Laguerre polynomials: sums of c[n] L_n(x).

Functions on coefficients, lowest degree first, and the class `Laguerre`. The work is
done in `_series`; here stands what belongs to this family alone.

>>> import sharray.polynomial.laguerre as lag
>>> lag.lagadd([1, 2], [3])
array([4., 2.])
"""

import sharray as np

from . import _series, polyutils as pu
from ._polybase import ABCPolyBase

__all__ = [
    "lagzero",
    "lagone",
    "lagx",
    "lagdomain",
    "lagline",
    "lagadd",
    "lagsub",
    "lagmulx",
    "lagmul",
    "lagdiv",
    "lagpow",
    "lagval",
    "lagder",
    "lagint",
    "lag2poly",
    "poly2lag",
    "lagfromroots",
    "lagvander",
    "lagfit",
    "lagtrim",
    "lagroots",
    "Laguerre",
    "lagval2d",
    "lagval3d",
    "laggrid2d",
    "laggrid3d",
    "lagvander2d",
    "lagvander3d",
    "lagcompanion",
    "laggauss",
    "lagweight",
]


def _derive(c):
    c = c.copy()
    n = len(c) - 1
    result = np.empty((n, *c.shape[1:]), dtype=c.dtype)
    for j in range(n, 1, -1):
        result[j - 1] = -c[j]
        c[j - 1] += c[j]
    result[0] = -c[1]
    return result


def _integrate(c):
    result = np.empty((len(c) + 1, *c.shape[1:]), dtype=c.dtype)
    result[0] = c[0]
    result[1] = -c[0]
    for j in range(1, len(c)):
        result[j] += c[j]
        result[j + 1] = -c[j]
    return result


# x L_n in the family itself: factors of the next, the same and the previous degree
_FAMILY = _series.Family(lambda n: -(n + 1), lambda n: 2 * n + 1, lambda n: -n, _derive, _integrate)

lagtrim = pu.trimcoef
lagdomain = np.array([0.0, 1.0])
lagzero = np.array([0])
lagone = np.array([1])
lagx = np.array([1, -1])


def lagline(off, scl):
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
    >>> np.polynomial.laguerre.lagline(1, 2)
    array([ 3, -2])
    """
    return _series.line(_FAMILY, off, scl)


def lagadd(c1, c2):
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
    >>> np.polynomial.laguerre.lagadd([1, 2], [3])
    array([4., 2.])
    """
    return _series.add(c1, c2)


def lagsub(c1, c2):
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
    >>> np.polynomial.laguerre.lagsub([1, 2], [3])
    array([-2.,  2.])
    """
    return _series.sub(c1, c2)


def lagmulx(c):
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
    >>> np.polynomial.laguerre.lagmulx([1, 2])
    array([-1.,  5., -4.])
    """
    return _series.mulx(_FAMILY, c)


def lagmul(c1, c2):
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
    >>> np.polynomial.laguerre.lagmul([1, 2], [0, 1])
    array([ 2., -3.,  4.])
    """
    return _series.mul(_FAMILY, c1, c2)


def lagdiv(c1, c2):
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
    >>> np.polynomial.laguerre.lagdiv([1, 2, 3], [0, 1])
    (array([5. , 1.5]), array([-0.5]))
    """
    return _series.divide(lagmul, c1, c2)


def lagpow(c, pow, maxpower=16):
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
    >>> np.polynomial.laguerre.lagpow([1, 1], 2)
    array([2., 0., 2.])
    """
    return _series.power(lagmul, c, pow, maxpower)


def lagder(c, m=1, scl=1, axis=0):
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
    >>> np.polynomial.laguerre.lagder([1, 2, 3])
    array([-5., -3.])
    """
    return _series.derivative(_FAMILY, c, m, scl, axis)


def lagint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
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
    >>> np.polynomial.laguerre.lagint([1, 2])
    array([ 1.,  1., -2.])
    """
    return _series.integral(_FAMILY, lagval, c, m, k, lbnd, scl, axis)


def lagval(x, c, tensor=True):
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
    >>> np.polynomial.laguerre.lagval([0, 2], [1, 2, 3])
    array([ 6., -4.])
    """
    return _series.value(_FAMILY, x, c, tensor)


def lagval2d(x, y, c):
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
    >>> np.polynomial.laguerre.lagval2d([0, 2], [0, 2], [[1, 2], [3, 4]])
    array([10.,  0.])
    """
    return _series.value_nd(lagval, c, x, y)


def laggrid2d(x, y, c):
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
    >>> np.polynomial.laguerre.laggrid2d([0, 2], [0, 2], [[1, 2], [3, 4]]).shape
    (2, 2)
    """
    return _series.grid_nd(lagval, c, x, y)


def lagval3d(x, y, z, c):
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
    >>> np.polynomial.laguerre.lagval3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]])
    array([10.,  0.])
    """
    return _series.value_nd(lagval, c, x, y, z)


def laggrid3d(x, y, z, c):
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
    >>> np.polynomial.laguerre.laggrid3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]]).shape
    (2, 2, 2)
    """
    return _series.grid_nd(lagval, c, x, y, z)


def poly2lag(pol):
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
    >>> np.polynomial.laguerre.poly2lag([1, 2, 3])
    array([  9., -14.,   6.])
    """
    return _series.from_power(_FAMILY, pol)


def lag2poly(c):
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
    >>> np.polynomial.laguerre.lag2poly([1, 2, 3])
    array([ 6. , -8. ,  1.5])
    """
    return _series.to_power(_FAMILY, c)


def lagfromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series).

    Parameters
    ----------
    roots : array_like, 1-d

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.laguerre.lagfromroots([0, 1])
    array([ 1., -3.,  2.])
    """
    return _series.from_roots(lagline, lagmul, roots)


def lagvander(x, deg):
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
    >>> np.polynomial.laguerre.lagvander([0, 2], 2)
    array([[ 1.,  1.,  1.],
           [ 1., -1., -1.]])
    """
    return _series.vander(_FAMILY, x, deg)


def lagvander2d(x, y, deg):
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
    >>> np.polynomial.laguerre.lagvander2d([0, 2], [0, 2], [1, 1]).shape
    (2, 4)
    """
    return _series.vander_nd(lagvander, (x, y), deg)


def lagvander3d(x, y, z, deg):
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
    >>> np.polynomial.laguerre.lagvander3d([0, 2], [0, 2], [0, 2], [1, 1, 1]).shape
    (2, 8)
    """
    return _series.vander_nd(lagvander, (x, y, z), deg)


def lagfit(x, y, deg, rcond=None, full=False, w=None):
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
    >>> np.polynomial.laguerre.lagfit([0, 1, 2], [1, 3, 5], 1).round(6) + 0.0
    array([ 3., -2.])
    """
    return _series.fit(lagvander, x, y, deg, rcond, full, w)


def lagcompanion(c):
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
    >>> np.polynomial.laguerre.lagcompanion([1, 2, 1])
    array([[ 1.,  1.],
           [-1.,  7.]])
    """
    return _series.companion(_FAMILY, c)


def lagroots(c):
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
    >>> np.polynomial.laguerre.lagroots([0, 2])
    array([1.])
    """
    return _series.roots(_FAMILY, c)


def laggauss(deg):
    """Nodes and weights of the quadrature for the weight ``exp(-x)``.

    Parameters
    ----------
    deg : int
        The number of points, at least 1.

    Returns
    -------
    (ndarray, ndarray): points and weights.

    Examples
    --------
    >>> np.polynomial.laguerre.laggauss(2)
    (array([0.58578644, 3.41421356]), array([0.85355339, 0.14644661]))
    """
    x, w, scale = _series.gauss(_FAMILY, deg, 1)
    return x, w * scale


def lagweight(x):
    """The weight ``exp(-x)``, for which the family is orthogonal.

    Parameters
    ----------
    x : array_like
        Where to evaluate.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> np.polynomial.laguerre.lagweight(0.5)
    np.float64(0.6065306597126334)
    """
    return np.exp(-x)


class Laguerre(ABCPolyBase):
    """A series with its domain: Laguerre polynomials.

    `coef` holds the coefficients, lowest degree first; x in `domain` is mapped to `window`
    (both [0.0, 1.0] by default) before the series is evaluated. `symbol` is printed.

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
    >>> Laguerre([1, 2]).degree()
    1
    """

    _add = staticmethod(lagadd)
    _sub = staticmethod(lagsub)
    _mul = staticmethod(lagmul)
    _div = staticmethod(lagdiv)
    _pow = staticmethod(lagpow)
    _val = staticmethod(lagval)
    _int = staticmethod(lagint)
    _der = staticmethod(lagder)
    _fit = staticmethod(lagfit)
    _line = staticmethod(lagline)
    _roots = staticmethod(lagroots)
    _fromroots = staticmethod(lagfromroots)

    domain = np.array(lagdomain)
    window = np.array(lagdomain)
    basis_name = "L"
