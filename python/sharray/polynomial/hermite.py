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
    """The series of the line ``off + scl * x``."""
    return _series.line(_FAMILY, off, scl)


def hermadd(c1, c2):
    """The sum of two series."""
    return _series.add(c1, c2)


def hermsub(c1, c2):
    """The difference of two series."""
    return _series.sub(c1, c2)


def hermmulx(c):
    """x times the series."""
    return _series.mulx(_FAMILY, c)


def hermmul(c1, c2):
    """The product of two series."""
    return _series.mul(_FAMILY, c1, c2)


def hermdiv(c1, c2):
    """(quotient, remainder) of two series; ZeroDivisionError for a divisor that is zero."""
    return _series.divide(hermmul, c1, c2)


def hermpow(c, pow, maxpower=16):
    """The series to the power of an integer from 0 to `maxpower` (None: no limit); else ValueError."""
    return _series.power(hermmul, c, pow, maxpower)


def hermder(c, m=1, scl=1, axis=0):
    """The `m`-th derivative, multiplied by `scl` for each step (for x = scl t)."""
    return _series.derivative(_FAMILY, c, m, scl, axis)


def hermint(c, m=1, k=[], lbnd=0, scl=1, axis=0):  # noqa: B006 - the signature is NumPy's
    """The `m`-th integral, multiplied by `scl` for each step.

    At `lbnd` it has the value ``k[i]`` after step i (0 where `k` is short).
    """
    return _series.integral(_FAMILY, hermval, c, m, k, lbnd, scl, axis)


def hermval(x, c, tensor=True):
    """The series at the points `x`.

    Shape ``c.shape[1:] + x.shape``; without `tensor`, the columns of `c` broadcast with `x`.
    """
    return _series.value(_FAMILY, x, c, tensor)


def hermval2d(x, y, c):
    """The 2-dimensional series at the points (x, y), whose arrays have one shape."""
    return _series.value_nd(hermval, c, x, y)


def hermgrid2d(x, y, c):
    """The 2-dimensional series at all combinations of x, y."""
    return _series.grid_nd(hermval, c, x, y)


def hermval3d(x, y, z, c):
    """The 3-dimensional series at the points (x, y, z), whose arrays have one shape."""
    return _series.value_nd(hermval, c, x, y, z)


def hermgrid3d(x, y, z, c):
    """The 3-dimensional series at all combinations of x, y, z."""
    return _series.grid_nd(hermval, c, x, y, z)


def poly2herm(pol):
    """The series for the coefficients of 1, x, x², …."""
    return _series.from_power(_FAMILY, pol)


def herm2poly(c):
    """The coefficients of 1, x, x², … for the series."""
    return _series.to_power(_FAMILY, c)


def hermfromroots(roots):
    """The series with these zeros (leading coefficient 1 as a power series)."""
    return _series.from_roots(hermline, hermmul, roots)


def hermvander(x, deg):
    """The values of the polynomials of degree 0 to `deg`: shape ``x.shape + (deg + 1,)``."""
    return _series.vander(_FAMILY, x, deg)


def hermvander2d(x, y, deg):
    """Products of the polynomials in x, y, one column for each combination of degrees up to `deg`."""
    return _series.vander_nd(hermvander, (x, y), deg)


def hermvander3d(x, y, z, deg):
    """Products of the polynomials in x, y, z, one column for each combination of degrees up to `deg`."""
    return _series.vander_nd(hermvander, (x, y, z), deg)


def hermfit(x, y, deg, rcond=None, full=False, w=None):
    """The series of degree `deg` (or with the degrees of a list) that fits the points best.

    Least squares, with weights `w`. With `full`, also [residuals, rank, singular values,
    rcond]. TypeError or ValueError for shapes that don't fit; RankWarning for too few points.
    """
    return _series.fit(hermvander, x, y, deg, rcond, full, w)


def hermcompanion(c):
    """A matrix whose eigenvalues are the roots; symmetric for a single polynomial of the family."""
    return _series.companion(_FAMILY, c)


def hermroots(c):
    """The roots of the series, sorted."""
    return _series.roots(_FAMILY, c)


def hermgauss(deg):
    """Nodes and weights of the quadrature for the weight ``exp(-x²)``."""
    x, w, scale = _series.gauss(_FAMILY, deg, np.sqrt(np.pi))
    w = (w + w[::-1]) / 2
    x = (x - x[::-1]) / 2
    return x, w * scale


def hermweight(x):
    """The weight ``exp(-x²)``, for which the family is orthogonal."""
    return np.exp(-(x**2))


class Hermite(ABCPolyBase):
    """A series with its domain: Hermite polynomials (the physicists').

    `coef` holds the coefficients, lowest degree first; x in `domain` is mapped to `window`
    (both [-1.0, 1.0] by default) before the series is evaluated. `symbol` is printed.

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
