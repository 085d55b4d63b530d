"""Hermite polynomials (the probabilists'): sums of c[n] He_n(x).

Functions on coefficients, lowest degree first, and the class `HermiteE`. The work is
done in `_series`; here stands what belongs to this family alone.

>>> import sharray.polynomial.hermite_e as herme
>>> herme.hermeadd([1, 2], [3])
array([4., 2.])
"""

import sharray as np

from . import _series, polyutils as pu
from ._polybase import ABCPolyBase

__all__ = [
    "hermezero",
    "hermeone",
    "hermex",
    "hermedomain",
    "hermeline",
    "hermeadd",
    "hermesub",
    "hermemulx",
    "hermemul",
    "hermediv",
    "hermepow",
    "hermeval",
    "hermeder",
    "hermeint",
    "herme2poly",
    "poly2herme",
    "hermefromroots",
    "hermevander",
    "hermefit",
    "hermetrim",
    "hermeroots",
    "HermiteE",
    "hermeval2d",
    "hermeval3d",
    "hermegrid2d",
    "hermegrid3d",
    "hermevander2d",
    "hermevander3d",
    "hermecompanion",
    "hermegauss",
    "hermeweight",
]


def _derive(c):
    n = np.arange(1, len(c)).reshape((-1,) + (1,) * (c.ndim - 1))
    return c[1:] * n


def _integrate(c):
    n = np.arange(1, len(c) + 1).reshape((-1,) + (1,) * (c.ndim - 1))
    return np.concatenate([c[:1] * 0, c / n])


# x He_n in the family itself: factors of the next, the same and the previous degree
_FAMILY = _series.Family(lambda n: 1, lambda n: 0, lambda n: n, _derive, _integrate)

hermetrim = pu.trimcoef
hermedomain = np.array([-1.0, 1.0])
hermezero = np.array([0])
hermeone = np.array([1])
hermex = np.array([0, 1])


def hermeline(off, scl):
    """The series of the line ``off + scl * x``."""
    return np.array([off, scl] if scl != 0 else [off])


def hermeadd(c1, c2):
    """The sum of two series."""
    return _series.add(c1, c2)


def hermesub(c1, c2):
    """The difference of two series."""
    return _series.sub(c1, c2)


def hermemulx(c):
    """x times the series."""
    return _series.mulx(_FAMILY, c)


def hermemul(c1, c2):
    """The product of two series."""
    return _series.mul(_FAMILY, c1, c2)


def hermediv(c1, c2):
    """(quotient, remainder) of two series; ZeroDivisionError for a divisor that is zero."""
    return _series.divide(hermemul, c1, c2)


def hermepow(c, pow, maxpower=16):
    """The series to the power of an integer from 0 to `maxpower` (None: no limit); else ValueError."""
    return _series.power(hermemul, c, pow, maxpower)


def hermeder(c, m=1, scl=1, axis=0):
    """The `m`-th derivative, multiplied by `scl` for each step (for x = scl t)."""
    return _series.derivative(_FAMILY, c, m, scl, axis)


def hermeint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
    """The `m`-th integral, multiplied by `scl` for each step.

    At `lbnd` it has the value ``k[i]`` after step i (0 where `k` is short).
    """
    return _series.integral(_FAMILY, hermeval, c, m, k, lbnd, scl, axis)


def hermeval(x, c, tensor=True):
    """The series at the points `x`.

    Shape ``c.shape[1:] + x.shape``; without `tensor`, the columns of `c` broadcast with `x`.
    """
    return _series.value(_FAMILY, x, c, tensor)


def hermeval2d(x, y, c):
    """The 2-dimensional series at the points (x, y), whose arrays have one shape."""
    return _series.value_nd(hermeval, c, x, y)


def hermegrid2d(x, y, c):
    """The 2-dimensional series at all combinations of x, y."""
    return _series.grid_nd(hermeval, c, x, y)


def hermeval3d(x, y, z, c):
    """The 3-dimensional series at the points (x, y, z), whose arrays have one shape."""
    return _series.value_nd(hermeval, c, x, y, z)


def hermegrid3d(x, y, z, c):
    """The 3-dimensional series at all combinations of x, y, z."""
    return _series.grid_nd(hermeval, c, x, y, z)


def poly2herme(pol):
    """The series for the coefficients of 1, x, x², …."""
    return _series.from_power(_FAMILY, pol)


def herme2poly(c):
    """The coefficients of 1, x, x², … for the series."""
    return _series.to_power(_FAMILY, c)


def hermefromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series)."""
    return _series.from_roots(hermeline, hermemul, roots)


def hermevander(x, deg):
    """The values of the polynomials of degree 0 to `deg`: shape ``x.shape + (deg + 1,)``."""
    return _series.vander(_FAMILY, x, deg)


def hermevander2d(x, y, deg):
    """Products of the polynomials in x, y, one column for each combination of degrees up to `deg`."""
    return _series.vander_nd(hermevander, (x, y), deg)


def hermevander3d(x, y, z, deg):
    """Products of the polynomials in x, y, z, one column for each combination of degrees up to `deg`."""
    return _series.vander_nd(hermevander, (x, y, z), deg)


def hermefit(x, y, deg, rcond=None, full=False, w=None):
    """The series of degree `deg` (or with the degrees of a list) that fits the points best.

    Least squares, with weights `w`. With `full`, also [residuals, rank, singular values,
    rcond]. TypeError or ValueError for shapes that don't fit; RankWarning for too few points.
    """
    return _series.fit(hermevander, x, y, deg, rcond, full, w)


def hermecompanion(c):
    """A matrix whose eigenvalues are the roots; symmetric for a single polynomial of the family."""
    return _series.companion(_FAMILY, c)


def hermeroots(c):
    """The roots of the series, sorted."""
    return _series.roots(_FAMILY, c)


def hermegauss(deg):
    """Nodes and weights of the quadrature for the weight ``exp(-x²/2)``."""
    x, w, scale = _series.gauss(_FAMILY, deg, np.sqrt(2 * np.pi))
    w = (w + w[::-1]) / 2
    x = (x - x[::-1]) / 2
    return x, w * scale


def hermeweight(x):
    """The weight ``exp(-x²/2)``, for which the family is orthogonal."""
    return np.exp(-0.5 * x**2)


class HermiteE(ABCPolyBase):
    """A series with its domain: Hermite polynomials (the probabilists').

    `coef` holds the coefficients, lowest degree first; x in `domain` is mapped to `window`
    (both [-1.0, 1.0] by default) before the series is evaluated. `symbol` is printed.

    >>> HermiteE([1, 2]).degree()
    1
    """

    _add = staticmethod(hermeadd)
    _sub = staticmethod(hermesub)
    _mul = staticmethod(hermemul)
    _div = staticmethod(hermediv)
    _pow = staticmethod(hermepow)
    _val = staticmethod(hermeval)
    _int = staticmethod(hermeint)
    _der = staticmethod(hermeder)
    _fit = staticmethod(hermefit)
    _line = staticmethod(hermeline)
    _roots = staticmethod(hermeroots)
    _fromroots = staticmethod(hermefromroots)

    domain = np.array(hermedomain)
    window = np.array(hermedomain)
    basis_name = "He"
