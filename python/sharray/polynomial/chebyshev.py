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

chebtrim = pu.trimcoef
chebdomain = np.array([-1.0, 1.0])
chebzero = np.array([0])
chebone = np.array([1])
chebx = np.array([0, 1])


def chebline(off, scl):
    """The series of the line ``off + scl * x``."""
    return np.array([off, scl] if scl != 0 else [off])


def chebadd(c1, c2):
    """The sum of two series."""
    return _series.add(c1, c2)


def chebsub(c1, c2):
    """The difference of two series."""
    return _series.sub(c1, c2)


def chebmulx(c):
    """x times the series."""
    return _series.mulx(_FAMILY, c)


def chebmul(c1, c2):
    """The product of two series."""
    return _series.mul(_FAMILY, c1, c2)


def chebdiv(c1, c2):
    """(quotient, remainder) of two series; ZeroDivisionError for a divisor that is zero."""
    return _series.divide(chebmul, c1, c2)


def chebpow(c, pow, maxpower=16):
    """The series to the power of an integer from 0 to `maxpower` (None: no limit); else ValueError."""
    return _series.power(chebmul, c, pow, maxpower)


def chebder(c, m=1, scl=1, axis=0):
    """The `m`-th derivative, multiplied by `scl` for each step (for x = scl t)."""
    return _series.derivative(_FAMILY, c, m, scl, axis)


def chebint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
    """The `m`-th integral, multiplied by `scl` for each step.

    At `lbnd` it has the value ``k[i]`` after step i (0 where `k` is short).
    """
    return _series.integral(_FAMILY, chebval, c, m, k, lbnd, scl, axis)


def chebval(x, c, tensor=True):
    """The series at the points `x`.

    Shape ``c.shape[1:] + x.shape``; without `tensor`, the columns of `c` broadcast with `x`.
    """
    return _series.value(_FAMILY, x, c, tensor)


def chebval2d(x, y, c):
    """The 2-dimensional series at the points (x, y), whose arrays have one shape."""
    return _series.value_nd(chebval, c, x, y)


def chebgrid2d(x, y, c):
    """The 2-dimensional series at all combinations of x, y."""
    return _series.grid_nd(chebval, c, x, y)


def chebval3d(x, y, z, c):
    """The 3-dimensional series at the points (x, y, z), whose arrays have one shape."""
    return _series.value_nd(chebval, c, x, y, z)


def chebgrid3d(x, y, z, c):
    """The 3-dimensional series at all combinations of x, y, z."""
    return _series.grid_nd(chebval, c, x, y, z)


def poly2cheb(pol):
    """The series for the coefficients of 1, x, x², …."""
    return _series.from_power(_FAMILY, pol)


def cheb2poly(c):
    """The coefficients of 1, x, x², … for the series."""
    return _series.to_power(_FAMILY, c)


def chebfromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series)."""
    return _series.from_roots(chebline, chebmul, roots)


def chebvander(x, deg):
    """The values of the polynomials of degree 0 to `deg`: shape ``x.shape + (deg + 1,)``."""
    return _series.vander(_FAMILY, x, deg)


def chebvander2d(x, y, deg):
    """Products of the polynomials in x, y, one column for each combination of degrees up to `deg`."""
    return _series.vander_nd(chebvander, (x, y), deg)


def chebvander3d(x, y, z, deg):
    """Products of the polynomials in x, y, z, one column for each combination of degrees up to `deg`."""
    return _series.vander_nd(chebvander, (x, y, z), deg)


def chebfit(x, y, deg, rcond=None, full=False, w=None):
    """The series of degree `deg` (or with the degrees of a list) that fits the points best.

    Least squares, with weights `w`. With `full`, also [residuals, rank, singular values,
    rcond]. TypeError or ValueError for shapes that don't fit; RankWarning for too few points.
    """
    return _series.fit(chebvander, x, y, deg, rcond, full, w)


def chebcompanion(c):
    """A matrix whose eigenvalues are the roots; symmetric for a single polynomial of the family."""
    return _series.companion(_FAMILY, c)


def chebroots(c):
    """The roots of the series, sorted."""
    return _series.roots(_FAMILY, c)


def chebgauss(deg):
    """Nodes and weights of the quadrature for the weight ``1 / sqrt(1 - x²)``."""
    deg = pu._as_int(deg, "deg")
    if deg <= 0:
        raise ValueError("deg must be a positive integer")
    x = np.cos(np.pi * np.arange(1, 2 * deg, 2) / (2.0 * deg))
    return x, np.ones(deg) * (np.pi / deg)


def chebweight(x):
    """The weight ``1 / sqrt(1 - x²)``, for which the family is orthogonal."""
    return 1.0 / (np.sqrt(1.0 + x) * np.sqrt(1.0 - x))


def chebpts1(npts):
    """The zeros of T_n for ``n = npts``, ascending."""
    count = int(npts)
    if count != npts:
        raise ValueError("npts must be integer")
    if count < 1:
        raise ValueError("npts must be >= 1")
    return np.sin(0.5 * np.pi / count * np.arange(-count + 1, count + 1, 2))


def chebpts2(npts):
    """The extrema of T_n with the ends, for ``n = npts - 1``, ascending."""
    count = int(npts)
    if count != npts:
        raise ValueError("npts must be integer")
    if count < 2:
        raise ValueError("npts must be >= 2")
    return np.cos(np.linspace(-np.pi, 0, count))


def chebinterpolate(func, deg, args=()):
    """The series of degree `deg` that agrees with ``func(x, *args)`` at the zeros of T_(deg+1)."""
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
        """The series of degree `deg` that agrees with `func` at the Chebyshev points of `domain`."""
        if domain is None:
            domain = cls.domain
        return cls(chebinterpolate(lambda x: func(pu.mapdomain(x, cls.window, domain), *args), deg), domain=domain)
