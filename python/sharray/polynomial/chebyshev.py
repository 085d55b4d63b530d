"""Chebyshev polynomials of the first kind: sums of c[n] T_n(x).

Functions on coefficients, lowest degree first, and the class `Chebyshev`. The work is
done in `_series`; here stands what belongs to this family alone.

>>> import sharray.polynomial.chebyshev as cheb
>>> cheb.chebadd([1, 2], [3])
array([4., 2.])
"""

import sharray as np

from . import _series, polyutils as pu
from ._polybase import ABCPolyBase

__all__ = [
    "chebzero",
    "chebone",
    "chebx",
    "chebdomain",
    "chebline",
    "chebadd",
    "chebsub",
    "chebmulx",
    "chebmul",
    "chebdiv",
    "chebpow",
    "chebval",
    "chebder",
    "chebint",
    "cheb2poly",
    "poly2cheb",
    "chebfromroots",
    "chebvander",
    "chebfit",
    "chebtrim",
    "chebroots",
    "chebpts1",
    "chebpts2",
    "chebinterpolate",
    "Chebyshev",
    "chebval2d",
    "chebval3d",
    "chebgrid2d",
    "chebgrid3d",
    "chebvander2d",
    "chebvander3d",
    "chebcompanion",
    "chebgauss",
    "chebweight",
]


def _derive(c):
    c = c.copy()
    n = len(c) - 1
    result = np.empty((n, *c.shape[1:]), dtype=c.dtype)
    for j in range(n, 2, -1):
        result[j - 1] = 2 * j * c[j]
        c[j - 2] += j * c[j] / (j - 2)
    if n > 1:
        result[1] = 4 * c[2]
    result[0] = c[1]
    return result


def _integrate(c):
    result = np.empty((len(c) + 1, *c.shape[1:]), dtype=c.dtype)
    result[0] = c[0] * 0
    result[1] = c[0]
    if len(c) > 1:
        result[2] = c[1] / 4
    for j in range(2, len(c)):
        result[j + 1] = c[j] / (2 * (j + 1))
        result[j - 1] -= c[j] / (2 * (j - 1))
    return result


# x T_n in the family itself: factors of the next, the same and the previous degree
_FAMILY = _series.Family(lambda n: 0.5 if n else 1, lambda n: 0, lambda n: 0.5, _derive, _integrate)


def _cseries_to_zseries(c):
    """The series in powers of z with x = (z + 1/z) / 2, from the lowest power: T_n is (z^n + z^-n) / 2."""
    half = c / 2
    return np.concatenate([half[:0:-1], c[:1], half[1:]])


def _zseries_to_cseries(zs):
    """The Chebyshev series of a series in powers of z that is the same backwards."""
    c = zs[len(zs) // 2 :].copy()
    c[1:] *= 2
    return c


chebtrim = pu.trimcoef
chebdomain = np.array([-1.0, 1.0])
chebzero = np.array([0])
chebone = np.array([1])
chebx = np.array([0, 1])


def chebline(off, scl):
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
    >>> np.polynomial.chebyshev.chebline(1, 2)
    array([1, 2])
    """
    return np.array([off, scl] if scl != 0 else [off])


def chebadd(c1, c2):
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
    >>> np.polynomial.chebyshev.chebadd([1, 2], [3])
    array([4., 2.])
    """
    return _series.add(c1, c2)


def chebsub(c1, c2):
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
    >>> np.polynomial.chebyshev.chebsub([1, 2], [3])
    array([-2.,  2.])
    """
    return _series.sub(c1, c2)


def chebmulx(c):
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
    >>> np.polynomial.chebyshev.chebmulx([1, 2])
    array([1., 1., 1.])
    """
    return _series.mulx(_FAMILY, c)


def chebmul(c1, c2):
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
    >>> np.polynomial.chebyshev.chebmul([1, 2], [0, 1])
    array([1., 1., 1.])
    """
    [c1, c2] = pu.as_series([c1, c2])
    return pu.trimseq(_zseries_to_cseries(np.convolve(_cseries_to_zseries(c1), _cseries_to_zseries(c2))))


def chebdiv(c1, c2):
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
    >>> np.polynomial.chebyshev.chebdiv([1, 2, 3], [0, 1])
    (array([2., 6.]), array([-2.]))
    """
    return _series.divide(chebmul, c1, c2)


def chebpow(c, pow, maxpower=16):
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
    >>> np.polynomial.chebyshev.chebpow([1, 1], 2)
    array([1.5, 2. , 0.5])
    """
    return _series.power(chebmul, c, pow, maxpower)


def chebder(c, m=1, scl=1, axis=0):
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
    >>> np.polynomial.chebyshev.chebder([1, 2, 3])
    array([ 2., 12.])
    """
    return _series.derivative(_FAMILY, c, m, scl, axis)


def chebint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
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
    >>> np.polynomial.chebyshev.chebint([1, 2])
    array([0.5, 1. , 0.5])
    """
    return _series.integral(_FAMILY, chebval, c, m, k, lbnd, scl, axis)


def chebval(x, c, tensor=True):
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
    >>> np.polynomial.chebyshev.chebval([0, 2], [1, 2, 3])
    array([-2., 26.])
    """
    return _series.value(_FAMILY, x, c, tensor)


def chebval2d(x, y, c):
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
    >>> np.polynomial.chebyshev.chebval2d([0, 2], [0, 2], [[1, 2], [3, 4]])
    array([ 1., 27.])
    """
    return _series.value_nd(chebval, c, x, y)


def chebgrid2d(x, y, c):
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
    >>> np.polynomial.chebyshev.chebgrid2d([0, 2], [0, 2], [[1, 2], [3, 4]]).shape
    (2, 2)
    """
    return _series.grid_nd(chebval, c, x, y)


def chebval3d(x, y, z, c):
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
    >>> np.polynomial.chebyshev.chebval3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]])
    array([ 1., 27.])
    """
    return _series.value_nd(chebval, c, x, y, z)


def chebgrid3d(x, y, z, c):
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
    >>> np.polynomial.chebyshev.chebgrid3d([0, 2], [0, 2], [0, 2], [[[1, 2], [3, 4]]]).shape
    (2, 2, 2)
    """
    return _series.grid_nd(chebval, c, x, y, z)


def poly2cheb(pol):
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
    >>> np.polynomial.chebyshev.poly2cheb([1, 2, 3])
    array([2.5, 2. , 1.5])
    """
    return _series.from_power(_FAMILY, pol)


def cheb2poly(c):
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
    >>> np.polynomial.chebyshev.cheb2poly([1, 2, 3])
    array([-2.,  2.,  6.])
    """
    return _series.to_power(_FAMILY, c)


def chebfromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series).

    Parameters
    ----------
    roots : array_like, 1-d

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.polynomial.chebyshev.chebfromroots([0, 1])
    array([ 0.5, -1. ,  0.5])
    """
    return _series.from_roots(chebline, chebmul, roots)


def chebvander(x, deg):
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
    >>> np.polynomial.chebyshev.chebvander([0, 2], 2)
    array([[ 1.,  0., -1.],
           [ 1.,  2.,  7.]])
    """
    return _series.vander(_FAMILY, x, deg)


def chebvander2d(x, y, deg):
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
    >>> np.polynomial.chebyshev.chebvander2d([0, 2], [0, 2], [1, 1]).shape
    (2, 4)
    """
    return _series.vander_nd(chebvander, (x, y), deg)


def chebvander3d(x, y, z, deg):
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
    >>> np.polynomial.chebyshev.chebvander3d([0, 2], [0, 2], [0, 2], [1, 1, 1]).shape
    (2, 8)
    """
    return _series.vander_nd(chebvander, (x, y, z), deg)


def chebfit(x, y, deg, rcond=None, full=False, w=None):
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
    >>> np.polynomial.chebyshev.chebfit([0, 1, 2], [1, 3, 5], 1).round(6) + 0.0
    array([1., 2.])
    """
    return _series.fit(chebvander, x, y, deg, rcond, full, w)


def chebcompanion(c):
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
    >>> np.polynomial.chebyshev.chebcompanion([1, 2, 1])
    array([[ 0.        ,  0.        ],
           [ 0.70710678, -1.        ]])
    """
    return _series.companion(_FAMILY, c)


def chebroots(c):
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
    >>> np.polynomial.chebyshev.chebroots([0, 2])
    array([0.])
    """
    return _series.roots(_FAMILY, c)


def chebgauss(deg):
    """Nodes and weights of the quadrature for the weight ``1 / sqrt(1 - x²)``.

    Parameters
    ----------
    deg : int
        The number of points, at least 1.

    Returns
    -------
    (ndarray, ndarray): points and weights.

    Examples
    --------
    >>> np.polynomial.chebyshev.chebgauss(2)
    (array([ 0.70710678, -0.70710678]), array([1.57079633, 1.57079633]))
    """
    deg = pu._as_int(deg, "deg")
    if deg <= 0:
        raise ValueError("deg must be a positive integer")
    x = np.cos(np.pi * np.arange(1, 2 * deg, 2) / (2.0 * deg))
    return x, np.ones(deg) * (np.pi / deg)


def chebweight(x):
    """The weight ``1 / sqrt(1 - x²)``, for which the family is orthogonal.

    Parameters
    ----------
    x : array_like
        Where to evaluate.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> np.polynomial.chebyshev.chebweight(0.5)
    np.float64(1.1547005383792517)
    """
    return 1.0 / (np.sqrt(1.0 + x) * np.sqrt(1.0 - x))


def chebpts1(npts):
    """The zeros of T_n for ``n = npts``, ascending.

    Parameters
    ----------
    npts : int
        The number of points, at least 1.

    Returns
    -------
    ndarray, shape (npts,), rising.

    Examples
    --------
    >>> np.polynomial.chebyshev.chebpts1(2)
    array([-0.70710678,  0.70710678])
    """
    count = int(npts)
    if count != npts:
        raise ValueError("npts must be integer")
    if count < 1:
        raise ValueError("npts must be >= 1")
    return np.sin(0.5 * np.pi / count * np.arange(-count + 1, count + 1, 2))


def chebpts2(npts):
    """The extrema of T_n with the ends, for ``n = npts - 1``, ascending.

    Parameters
    ----------
    npts : int
        The number of points, at least 2.

    Returns
    -------
    ndarray, shape (npts,), rising.

    Examples
    --------
    >>> np.polynomial.chebyshev.chebpts2(3)
    array([-1.000000e+00,  6.123234e-17,  1.000000e+00])
    """
    count = int(npts)
    if count != npts:
        raise ValueError("npts must be integer")
    if count < 2:
        raise ValueError("npts must be >= 2")
    return np.cos(np.linspace(-np.pi, 0, count))


def chebinterpolate(func, deg, args=()):
    """The series of degree `deg` that agrees with ``func(x, *args)`` at the zeros of T_(deg+1).

    Parameters
    ----------
    func : callable
        Called with an array of points, and what else is given.
    deg : int
        The degree.
    args : tuple, optional
        More arguments of `func`.

    Returns
    -------
    ndarray, shape (deg + 1,).

    Examples
    --------
    >>> np.polynomial.chebyshev.chebinterpolate(lambda x: 1 + 2 * x, 1)
    array([1., 2.])
    """
    deg = np.asarray(deg)
    if deg.ndim > 0 or deg.dtype.kind not in "iu" or deg.size == 0:
        raise TypeError("deg must be an int")
    if deg < 0:
        raise ValueError("expected deg >= 0")
    order = int(deg) + 1
    points = chebpts1(order)
    c = np.dot(chebvander(points, order - 1).T, func(points, *args))
    c[0] /= order
    c[1:] /= 0.5 * order
    return c


class Chebyshev(ABCPolyBase):
    """A series with its domain: Chebyshev polynomials of the first kind.

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
    >>> Chebyshev([1, 2]).degree()
    1
    """

    _add = staticmethod(chebadd)
    _sub = staticmethod(chebsub)
    _mul = staticmethod(chebmul)
    _div = staticmethod(chebdiv)
    _pow = staticmethod(chebpow)
    _val = staticmethod(chebval)
    _int = staticmethod(chebint)
    _der = staticmethod(chebder)
    _fit = staticmethod(chebfit)
    _line = staticmethod(chebline)
    _roots = staticmethod(chebroots)
    _fromroots = staticmethod(chebfromroots)

    domain = np.array(chebdomain)
    window = np.array(chebdomain)
    basis_name = "T"

    @classmethod
    def interpolate(cls, func, deg, domain=None, args=()):
        """The series of degree `deg` that agrees with `func` at the Chebyshev points of `domain`.

        Parameters
        ----------
        func : callable
            Called with an array of points, and what else is given.
        deg : int
            The degree.
        domain : (float, float), optional
            Where to interpolate.
        args : tuple, optional
            More arguments of `func`.

        Returns
        -------
        Chebyshev.

        Examples
        --------
        >>> np.polynomial.Chebyshev.interpolate(lambda x: 1 + 2 * x, 1).coef
        array([1., 2.])
        """
        if domain is None:
            domain = cls.domain
        return cls(chebinterpolate(lambda x: func(pu.mapdomain(x, cls.window, domain), *args), deg), domain=domain)
