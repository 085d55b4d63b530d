"""Arithmetic of series in any family of polynomials with a three-term recurrence.

A `Family` knows how x times its n-th polynomial is written in the family:

    x P[n] = up(n) P[n+1] + mid(n) P[n] + down(n) P[n-1]

Products, values, conversions and roots all follow from that (Clenshaw's scheme),
as do derivative and integral from `derive` and `integrate`, which act on the first axis
of a coefficient array.
"""

import functools

import sharray as np

from . import polyutils as pu
from .polyutils import _as_int, _div as divide, _pow as power, _vander_nd


class Family:
    """The recurrence of a family, and its calculus."""

    def __init__(self, up, mid, down, derive, integrate):
        self.up, self.mid, self.down = up, mid, down
        self.derive, self.integrate = derive, integrate


def add(c1, c2):
    """The sum of two series, trimmed."""
    [c1, c2] = pu.as_series([c1, c2])
    if len(c1) < len(c2):
        c1, c2 = c2, c1
    c1[: len(c2)] += c2
    return pu.trimseq(c1)


def sub(c1, c2):
    """The difference of two series, trimmed."""
    [c1, c2] = pu.as_series([c1, c2])
    if len(c1) >= len(c2):
        c1[: len(c2)] -= c2
        return pu.trimseq(c1)
    c2 = -c2
    c2[: len(c1)] += c1
    return pu.trimseq(c2)


def line(family, off, scl):
    """The series of ``off + scl * x``."""
    if scl == 0:
        return np.array([off])
    return np.array([off + scl * family.mid(0), scl * family.up(0)])


def mulx(family, c):
    """x times the series."""
    [c] = pu.as_series([c])
    if len(c) == 1 and c[0] == 0:
        return c
    result = np.empty(len(c) + 1, dtype=c.dtype)
    result[:] = c[0] * 0
    for n in range(len(c)):
        result[n + 1] += c[n] * family.up(n)
        if family.mid(n):
            result[n] += c[n] * family.mid(n)
        if n and family.down(n):
            result[n - 1] += c[n] * family.down(n)
    return result


def _clenshaw(family, c, unit, times_x, plus, minus):
    """``sum(c[n] P[n](x)) * unit`` by Clenshaw's scheme, for whatever kind of x.

    `times_x(value)` multiplies by x, `plus` and `minus` add and subtract values.
    """
    one = unit(c[-1])
    two = None
    for n in range(len(c) - 2, -1, -1):
        scaled = times_x(one)
        if family.mid(n):
            scaled = minus(scaled, one * family.mid(n))
        value = plus(unit(c[n]), scaled / family.up(n) if family.up(n) != 1 else scaled)
        if two is not None and family.down(n + 1):
            value = minus(value, two * (family.down(n + 1) / family.up(n + 1)))
        one, two = value, one
    return one


def mul(family, c1, c2):
    """The product of two series."""
    [c1, c2] = pu.as_series([c1, c2])
    if len(c1) > len(c2):
        c1, c2 = c2, c1
    result = _clenshaw(family, c1, lambda k: c2 * k, functools.partial(mulx, family), add, sub)
    return pu.trimseq(result)


def from_roots(line_of, multiply, roots):
    """The series whose zeros are `roots`: factors multiplied pairwise, as in a tournament."""
    if len(roots) == 0:
        return np.ones(1)
    [roots] = pu.as_series([roots], trim=False)
    roots.sort()
    factors = [line_of(-root, 1) for root in roots]
    while len(factors) > 1:
        paired = [multiply(factors[i], factors[i + 1]) for i in range(0, len(factors) - 1, 2)]
        factors = paired + ([factors[-1]] if len(factors) % 2 else [])
    return factors[0]


def _float_coefficients(c):
    c = np.array(c, ndmin=1, copy=True)
    if c.dtype.char in "?bBhHiIlLqQpP":
        c = c.astype(np.double)
    return c


def value(family, x, c, tensor):
    """The series at the points `x`; with `tensor` every column of `c` at every point."""
    c = np.array(c, ndmin=1, copy=None)
    if c.dtype.char in "?bBhHiIlLqQpP":
        c = c.astype(np.double)
    if isinstance(x, (tuple, list)):
        x = np.asarray(x)
    if isinstance(x, np.ndarray) and tensor:
        c = c.reshape(c.shape + (1,) * x.ndim)
    start = x * 0
    return _clenshaw(family, c, lambda k: k + start, lambda v: v * x, lambda a, b: a + b, lambda a, b: a - b)


def value_nd(val, c, *points):
    """`val` for the axes of `c` in turn, at points that belong together."""
    points = [np.asanyarray(p) for p in points]
    if any(p.shape != points[0].shape for p in points[1:]):
        names = {2: "x, y", 3: "x, y, z"}.get(len(points))
        raise ValueError(f"{names} are incompatible" if names else "ordinates are incompatible")
    c = val(points[0], c)
    for p in points[1:]:
        c = val(p, c, tensor=False)
    return c


def grid_nd(val, c, *points):
    """`val` for the axes of `c` in turn, at all combinations of the points."""
    for p in points:
        c = val(p, c)
    return c


def _checked_steps(c, m, axis, what, verb):
    m = _as_int(m, f"the order of {what}")
    axis = _as_int(axis, "the axis")
    if m < 0:
        raise ValueError(f"The order of {what} must be non-negative")
    axis = np.lib.array_utils.normalize_axis_index(axis, c.ndim)
    return m, axis


def derivative(family, c, m, scl, axis):
    """The `m`-th derivative along `axis`, multiplied by `scl` each time."""
    c = _float_coefficients(c)
    m, axis = _checked_steps(c, m, axis, "derivation", "derive")
    if m == 0:
        return c
    c = np.moveaxis(c, axis, 0)
    if m >= len(c):
        c = c[:1] * 0
    else:
        for _ in range(m):
            c = family.derive(c * scl)
    return np.moveaxis(c, 0, axis)


def integral(family, val, c, m, k, lbnd, scl, axis):
    """The `m`-th integral along `axis`, zero plus `k[i]` at `lbnd`, multiplied by `scl` each time."""
    c = _float_coefficients(c)
    if not np.iterable(k):
        k = [k]
    m, axis = _checked_steps(c, m, axis, "integration", "integrate")
    if len(k) > m:
        raise ValueError("Too many integration constants")
    if np.ndim(lbnd) != 0:
        raise ValueError("lbnd must be a scalar.")
    if np.ndim(scl) != 0:
        raise ValueError("scl must be a scalar.")
    if m == 0:
        return c
    c = np.moveaxis(c, axis, 0)
    constants = list(k) + [0] * (m - len(k))
    for constant in constants:
        c = c * scl
        if len(c) == 1 and np.all(c[0] == 0):
            c[0] += constant
        else:
            c = family.integrate(c)
            c[0] += constant - val(lbnd, c)
    return np.moveaxis(c, 0, axis)


def vander(family, x, deg):
    """The values of the first ``deg + 1`` polynomials, as a new last axis."""
    deg = _as_int(deg, "deg")
    if deg < 0:
        raise ValueError("deg must be non-negative")
    x = np.array(x, copy=None, ndmin=1) + 0.0
    result = np.empty((deg + 1, *x.shape), dtype=x.dtype)
    result[0] = x * 0 + 1
    for n in range(deg):
        following = result[n] * (x - family.mid(n)) if family.mid(n) else result[n] * x
        if n and family.down(n):
            following = following - family.down(n) * result[n - 1]
        result[n + 1] = following / family.up(n) if family.up(n) != 1 else following
    return np.moveaxis(result, 0, -1)


def vander_nd(vander_of, points, degrees):
    """Products of the one-dimensional matrices, flattened over the degrees."""
    return _vander_nd((vander_of,) * len(points), points, degrees)


def fit(vander_of, x, y, deg, rcond, full, w):
    """Least-squares coefficients; `deg` is the degree, or the list of degrees that take part."""
    x, y, deg = np.asarray(x) + 0.0, np.asarray(y) + 0.0, np.asarray(deg)
    if deg.ndim > 1 or deg.dtype.kind not in "iu" or deg.size == 0:
        raise TypeError("deg must be an int or non-empty 1-D array of int")
    if deg.min() < 0:
        raise ValueError("expected deg >= 0")
    if x.ndim != 1:
        raise TypeError("expected 1D vector for x")
    if x.size == 0:
        raise TypeError("expected non-empty vector for x")
    if y.ndim < 1 or y.ndim > 2:
        raise TypeError("expected 1D or 2D array for y")
    if len(x) != len(y):
        raise TypeError("expected x and y to have same length")
    degrees = np.arange(int(deg) + 1) if deg.ndim == 0 else np.sort(deg)
    highest = int(degrees[-1])
    left = vander_of(x, highest)[:, degrees]
    right = y
    if w is not None:
        w = np.asarray(w) + 0.0
        if w.ndim != 1:
            raise TypeError("expected 1D vector for w")
        if len(x) != len(w):
            raise TypeError("expected x and w to have same length")
        left = left * w[:, np.newaxis]
        right = right * (w if right.ndim == 1 else w[:, np.newaxis])
    if rcond is None:
        rcond = len(x) * np.finfo(x.dtype).eps
    c, residuals, rank, singular = _scaled_lstsq(left, right, rcond)
    if deg.ndim:
        everything = np.zeros((highest + 1, *c.shape[1:]), dtype=c.dtype)
        everything[degrees] = c
        c = everything
    if rank != len(degrees) and not full:
        import warnings

        from ..exceptions import RankWarning

        warnings.warn("The fit may be poorly conditioned", RankWarning, stacklevel=3)
    return (c, [residuals, rank, singular, rcond]) if full else c


def _scaled_lstsq(left, right, rcond):
    from ..linalg import lstsq

    scale = np.sqrt(np.square(np.abs(left)).sum(0))
    scale[scale == 0] = 1
    c, residuals, rank, singular = lstsq(left / scale, right, rcond)
    return (c.T / scale).T, residuals, rank, singular


def companion(family, c):
    """The matrix whose eigenvalues are the roots, symmetric but for its last column."""
    [c] = pu.as_series([c])
    if len(c) < 2:
        raise ValueError("Series must have maximum degree of at least 1.")
    n = len(c) - 1
    if n == 1:
        root = -c[0] / c[1] * family.up(0) + family.mid(0)
        return np.array([[root]])
    matrix = np.zeros((n, n), dtype=c.dtype)
    # scale[i]: with it, multiplication by x is a symmetric matrix
    scale = np.ones(n)
    for i in range(n - 1):
        scale[i + 1] = scale[i] * np.sqrt(family.up(i) / family.down(i + 1)) if family.down(i + 1) else scale[i]
    for i in range(n):
        matrix[i, i] = family.mid(i)
        if i:
            matrix[i, i - 1] = family.up(i - 1) * scale[i - 1] / scale[i]
            matrix[i - 1, i] = family.down(i) * scale[i] / scale[i - 1]
    matrix[:, -1] -= c[:-1] / c[-1] * family.up(n - 1) * (scale[-1] / scale)
    return matrix


def roots(family, c):
    """The zeros of the series, sorted."""
    [c] = pu.as_series([c])
    if len(c) < 2:
        return np.array([], dtype=c.dtype)
    matrix = companion(family, c)
    if len(c) == 2:
        return matrix[0]
    from ..linalg import eigvals

    found = eigvals(matrix[::-1, ::-1])
    found.sort()
    return found


def from_power(family, pol):
    """The series for the coefficients of 1, x, x², …."""
    [pol] = pu.as_series([pol])
    result = np.zeros(1, dtype=pol.dtype)
    for coefficient in pol[::-1]:
        result = add(mulx(family, result), [coefficient])
    return result


def to_power(family, c):
    """The coefficients of 1, x, x², … for the series."""
    [c] = pu.as_series([c])
    if len(c) < 3 and family.up(0) == 1 and not family.mid(0):
        return c

    def times_x(v):
        return np.concatenate([v[:1] * 0, v])

    return pu.trimseq(_clenshaw(family, c, lambda k: np.array([k], dtype=c.dtype), times_x, add, sub))


def gauss(family, deg, total_weight):
    """Nodes and weights of Gauss's quadrature: `deg` points, exact to degree ``2 deg - 1``."""
    deg = _as_int(deg, "deg")
    if deg <= 0:
        raise ValueError("deg must be a positive integer")
    from ..linalg import eigvalsh

    c = np.array([0] * deg + [1])
    x = eigvalsh(companion(family, c))
    # one step of Newton's method, then the weights from p'(x) p[n-1](x), scaled against overflow
    slope = derivative(family, c, 1, 1, 0)
    step = value(family, x, c, True)
    descent = value(family, x, slope, True)
    x = x - step / descent
    previous = value(family, x, c[1:], True)
    previous = previous / np.abs(previous).max()
    descent = descent / np.abs(descent).max()
    w = 1 / (previous * descent)
    return x, w, total_weight / w.sum()
