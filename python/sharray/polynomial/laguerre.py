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
    """The series of the line ``off + scl * x``."""
    return _series.line(_FAMILY, off, scl)


def lagadd(c1, c2):
    """The sum of two series."""
    return _series.add(c1, c2)


def lagsub(c1, c2):
    """The difference of two series."""
    return _series.sub(c1, c2)


def lagmulx(c):
    """x times the series."""
    return _series.mulx(_FAMILY, c)


def lagmul(c1, c2):
    """The product of two series."""
    return _series.mul(_FAMILY, c1, c2)


def lagdiv(c1, c2):
    """(quotient, remainder) of two series; ZeroDivisionError for a divisor that is zero."""
    return _series.divide(lagmul, c1, c2)


def lagpow(c, pow, maxpower=16):
    """The series to the power of an integer from 0 to `maxpower` (None: no limit); else ValueError."""
    return _series.power(lagmul, c, pow, maxpower)


def lagder(c, m=1, scl=1, axis=0):
    """The `m`-th derivative, multiplied by `scl` for each step (for x = scl t)."""
    return _series.derivative(_FAMILY, c, m, scl, axis)


def lagint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
    """The `m`-th integral, multiplied by `scl` for each step.

    At `lbnd` it has the value ``k[i]`` after step i (0 where `k` is short).
    """
    return _series.integral(_FAMILY, lagval, c, m, k, lbnd, scl, axis)


def lagval(x, c, tensor=True):
    """The series at the points `x`.

    Shape ``c.shape[1:] + x.shape``; without `tensor`, the columns of `c` broadcast with `x`.
    """
    return _series.value(_FAMILY, x, c, tensor)


def lagval2d(x, y, c):
    """The 2-dimensional series at the points (x, y), whose arrays have one shape."""
    return _series.value_nd(lagval, c, x, y)


def laggrid2d(x, y, c):
    """The 2-dimensional series at all combinations of x, y."""
    return _series.grid_nd(lagval, c, x, y)


def lagval3d(x, y, z, c):
    """The 3-dimensional series at the points (x, y, z), whose arrays have one shape."""
    return _series.value_nd(lagval, c, x, y, z)


def laggrid3d(x, y, z, c):
    """The 3-dimensional series at all combinations of x, y, z."""
    return _series.grid_nd(lagval, c, x, y, z)


def poly2lag(pol):
    """The series for the coefficients of 1, x, x², …."""
    return _series.from_power(_FAMILY, pol)


def lag2poly(c):
    """The coefficients of 1, x, x², … for the series."""
    return _series.to_power(_FAMILY, c)


def lagfromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series)."""
    return _series.from_roots(lagline, lagmul, roots)


def lagvander(x, deg):
    """The values of the polynomials of degree 0 to `deg`: shape ``x.shape + (deg + 1,)``."""
    return _series.vander(_FAMILY, x, deg)


def lagvander2d(x, y, deg):
    """Products of the polynomials in x, y, one column for each combination of degrees up to `deg`."""
    return _series.vander_nd(lagvander, (x, y), deg)


def lagvander3d(x, y, z, deg):
    """Products of the polynomials in x, y, z, one column for each combination of degrees up to `deg`."""
    return _series.vander_nd(lagvander, (x, y, z), deg)


def lagfit(x, y, deg, rcond=None, full=False, w=None):
    """The series of degree `deg` (or with the degrees of a list) that fits the points best.

    Least squares, with weights `w`. With `full`, also [residuals, rank, singular values,
    rcond]. TypeError or ValueError for shapes that don't fit; RankWarning for too few points.
    """
    return _series.fit(lagvander, x, y, deg, rcond, full, w)


def lagcompanion(c):
    """A matrix whose eigenvalues are the roots; symmetric for a single polynomial of the family."""
    return _series.companion(_FAMILY, c)


def lagroots(c):
    """The roots of the series, sorted."""
    return _series.roots(_FAMILY, c)


def laggauss(deg):
    """Nodes and weights of the quadrature for the weight ``exp(-x)``."""
    x, w, scale = _series.gauss(_FAMILY, deg, 1)
    return x, w * scale


def lagweight(x):
    """The weight ``exp(-x)``, for which the family is orthogonal."""
    return np.exp(-x)


class Laguerre(ABCPolyBase):
    """A series with its domain: Laguerre polynomials.

    `coef` holds the coefficients, lowest degree first; x in `domain` is mapped to `window`
    (both [0.0, 1.0] by default) before the series is evaluated. `symbol` is printed.

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
