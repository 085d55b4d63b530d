"""Hermite polynomials (the physicists'): sums of c[n] H_n(x).

Functions on coefficients, lowest degree first, and the class `Hermite`. The work is
done in `_series`; here stands what belongs to this family alone.

>>> import sharray.polynomial.hermite as herm
>>> herm.hermadd([1, 2], [3])
array([4., 2.])
"""

import sharray as np

from . import _series, polyutils as pu
from ._polybase import ABCPolyBase

__all__ = [
    "hermzero",
    "hermone",
    "hermx",
    "hermdomain",
    "hermline",
    "hermadd",
    "hermsub",
    "hermmulx",
    "hermmul",
    "hermdiv",
    "hermpow",
    "hermval",
    "hermder",
    "hermint",
    "herm2poly",
    "poly2herm",
    "hermfromroots",
    "hermvander",
    "hermfit",
    "hermtrim",
    "hermroots",
    "Hermite",
    "hermval2d",
    "hermval3d",
    "hermgrid2d",
    "hermgrid3d",
    "hermvander2d",
    "hermvander3d",
    "hermcompanion",
    "hermgauss",
    "hermweight",
]


def _derive(c):
    n = np.arange(1, len(c)).reshape((-1,) + (1,) * (c.ndim - 1))
    return c[1:] * (2 * n)


def _integrate(c):
    n = np.arange(1, len(c) + 1).reshape((-1,) + (1,) * (c.ndim - 1))
    return np.concatenate([c[:1] * 0, c / (2 * n)])


# x H_n in the family itself: factors of the next, the same and the previous degree
_FAMILY = _series.Family(lambda n: 0.5, lambda n: 0, lambda n: n, _derive, _integrate)

hermtrim = pu.trimcoef
hermdomain = np.array([-1.0, 1.0])
hermzero = np.array([0])
hermone = np.array([1])
hermx = np.array([0, 1 / 2])


def hermline(off, scl):
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
    >>> np.polynomial.hermite.hermline(1, 2)
    array([1., 1.])
    """
    return _series.line(_FAMILY, off, scl)


def hermadd(c1, c2):
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
    >>> np.polynomial.hermite.hermadd([1, 2], [3])
    array([4., 2.])
    """
    return _series.add(c1, c2)


def hermsub(c1, c2):
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
    >>> np.polynomial.hermite.hermsub([1, 2], [3])
    array([-2.,  2.])
    """
    return _series.sub(c1, c2)


def hermmulx(c):
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
    >>> np.polynomial.hermite.hermmulx([1, 2])
    array([2. , 0.5, 1. ])
    """
    return _series.mulx(_FAMILY, c)


def hermmul(c1, c2):
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
    >>> np.polynomial.hermite.hermmul([1, 2], [0, 1])
    array([4., 1., 2.])
    """
    return _series.mul(_FAMILY, c1, c2)


def hermdiv(c1, c2):
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
    >>> np.polynomial.hermite.hermdiv([1, 2, 3], [0, 1])
    (array([2., 3.]), array([-5.]))
    """
    return _series.divide(hermmul, c1, c2)


def hermpow(c, pow, maxpower=16):
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
    >>> np.polynomial.hermite.hermpow([1, 1], 2)
    array([3., 2., 1.])
    """
    return _series.power(hermmul, c, pow, maxpower)


def hermder(c, m=1, scl=1, axis=0):
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
    >>> np.polynomial.hermite.hermder([1, 2, 3])
    array([ 4., 12.])
    """
    return _series.derivative(_FAMILY, c, m, scl, axis)


def hermint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
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
    >>> np.polynomial.hermite.hermint([1, 2])
    array([1. , 0.5, 0.5])
    """
    return _series.integral(_FAMILY, hermval, c, m, k, lbnd, scl, axis)


def hermval(x, c, tensor=True):
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
    >>> np.polynomial.hermite.hermval([0, 2], [1, 2, 3])
    array([-5., 51.])
    """
    return _series.value(_FAMILY, x, c, tensor)


def hermval2d(x, y, c):
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
    >>> np.polynomial.hermite.hermval2d([0, 2], [0, 2], [[1, 2], [3, 4]])
    array([ 1., 85.])
    """
    return _series.value_nd(hermval, c, x, y)


def hermgrid2d(x, y, c):
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
    >>> np.polynomial.hermite.hermgrid2d([0, 2], [0, 2], [[1, 2], [3, 4]]).shape
    (2, 2)
    """
    return _series.grid_nd(hermval, c, x, y)


def hermval3d(x, y, z, c):
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
    >>> np.polynomial.hermite.hermval3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]])
    array([ 1., 85.])
    """
    return _series.value_nd(hermval, c, x, y, z)


def hermgrid3d(x, y, z, c):
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
    >>> np.polynomial.hermite.hermgrid3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]]).shape
    (2, 2, 2)
    """
    return _series.grid_nd(hermval, c, x, y, z)


def poly2herm(pol):
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
    >>> np.polynomial.hermite.poly2herm([1, 2, 3])
    array([2.5 , 1.  , 0.75])
    """
    return _series.from_power(_FAMILY, pol)


def herm2poly(c):
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
    >>> np.polynomial.hermite.herm2poly([1, 2, 3])
    array([-5.,  4., 12.])
    """
    return _series.to_power(_FAMILY, c)


def hermfromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series).

    Parameters
    ----------
    roots : array_like, 1-d

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.hermite.hermfromroots([0, 1])
    array([ 0.5 , -0.5 ,  0.25])
    """
    return _series.from_roots(hermline, hermmul, roots)


def hermvander(x, deg):
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
    >>> np.polynomial.hermite.hermvander([0, 2], 2)
    array([[ 1.,  0., -2.],
           [ 1.,  4., 14.]])
    """
    return _series.vander(_FAMILY, x, deg)


def hermvander2d(x, y, deg):
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
    >>> np.polynomial.hermite.hermvander2d([0, 2], [0, 2], [1, 1]).shape
    (2, 4)
    """
    return _series.vander_nd(hermvander, (x, y), deg)


def hermvander3d(x, y, z, deg):
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
    >>> np.polynomial.hermite.hermvander3d([0, 2], [0, 2], [0, 2], [1, 1, 1]).shape
    (2, 8)
    """
    return _series.vander_nd(hermvander, (x, y, z), deg)


def hermfit(x, y, deg, rcond=None, full=False, w=None):
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
    >>> np.polynomial.hermite.hermfit([0, 1, 2], [1, 3, 5], 1).round(6) + 0.0
    array([1., 1.])
    """
    return _series.fit(hermvander, x, y, deg, rcond, full, w)


def hermcompanion(c):
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
    >>> np.polynomial.hermite.hermcompanion([1, 2, 1])
    array([[ 0.        ,  0.35355339],
           [ 0.70710678, -1.        ]])
    """
    return _series.companion(_FAMILY, c)


def hermroots(c):
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
    >>> np.polynomial.hermite.hermroots([0, 2])
    array([0.])
    """
    return _series.roots(_FAMILY, c)


def hermgauss(deg):
    """Nodes and weights of the quadrature for the weight ``exp(-x²)``.

    Parameters
    ----------
    deg : int
        The number of points, at least 1.

    Returns
    -------
    (ndarray, ndarray): points and weights.

    Examples
    --------
    >>> np.polynomial.hermite.hermgauss(2)
    (array([-0.70710678,  0.70710678]), array([0.88622693, 0.88622693]))
    """
    x, w, scale = _series.gauss(_FAMILY, deg, np.sqrt(np.pi))
    w = (w + w[::-1]) / 2
    x = (x - x[::-1]) / 2
    return x, w * scale


def hermweight(x):
    """The weight ``exp(-x²)``, for which the family is orthogonal.

    Parameters
    ----------
    x : array_like
        Where to evaluate.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> np.polynomial.hermite.hermweight(0.5)
    np.float64(0.7788007830714049)
    """
    return np.exp(-(x**2))


class Hermite(ABCPolyBase):
    """A series with its domain: Hermite polynomials (the physicists').

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
    >>> Hermite([1, 2]).degree()
    1
    """

    _add = staticmethod(hermadd)
    _sub = staticmethod(hermsub)
    _mul = staticmethod(hermmul)
    _div = staticmethod(hermdiv)
    _pow = staticmethod(hermpow)
    _val = staticmethod(hermval)
    _int = staticmethod(hermint)
    _der = staticmethod(hermder)
    _fit = staticmethod(hermfit)
    _line = staticmethod(hermline)
    _roots = staticmethod(hermroots)
    _fromroots = staticmethod(hermfromroots)

    domain = np.array(hermdomain)
    window = np.array(hermdomain)
    basis_name = "H"
