"""Differences, gradients, integrals, interpolation and phase of sampled data."""

from .._core.multiarray import (
    asanyarray,
    asarray,
    concatenate,
    copyto,
    empty_like,
    interp as _interp_real,
    interp_complex as _interp_complex,
    normalize_axis_index,
    result_type,
)
from .._core.numeric import normalize_axis_tuple
from .._core.numerictypes import complexfloating, inexact, issubdtype
from .._core.umath import (
    absolute,
    add,
    arctan2,
    mod,
    not_equal,
    pi,
    subtract,
)
from .._globals import _NoValue
from ._dispatch import array_function_dispatch
from ._stride_tricks_impl import broadcast_to

__all__ = ['diff', 'gradient', 'trapezoid', 'interp', 'angle', 'unwrap']


def _along(ndim, axis, item):
    """An index that applies `item` to one axis and leaves the others whole."""
    index = [slice(None)] * ndim
    index[axis] = item
    return tuple(index)


def _diff_dispatcher(a, n=None, axis=None, prepend=None, append=None):
    return (a, prepend, append)


def _edge(values, a, axis):
    """`values` as an array to join to `a`: a scalar fills one slice."""
    values = asanyarray(values)
    if values.ndim == 0:
        shape = list(a.shape)
        shape[axis] = 1
        values = broadcast_to(values, tuple(shape))
    return values


@array_function_dispatch(_diff_dispatcher)
def diff(a, n=1, axis=-1, prepend=_NoValue, append=_NoValue):
    """The `n`-th difference of neighbours along `axis`.

    The result is shorter by `n` along the axis, after `prepend` and
    `append` (scalars or arrays) have been joined to the input. Booleans are
    compared (`not_equal`), all else is subtracted. ValueError for a 0-d
    input or a negative `n`.

    Parameters
    ----------
    a : array_like
    n : int, optional
        How often to take differences.
    axis : int, optional
        The axis to work along.
    prepend : array_like, optional
        What to put in front first.
    append : array_like, optional
        What to put behind first.

    Returns
    -------
    ndarray; the axis is `n` shorter.

    Examples
    --------
    >>> np.diff([1, 4, 9, 16])
    array([3, 5, 7])
    """
    if n == 0:
        return a
    if n < 0:
        raise ValueError(f"order must be non-negative but got {n!r}")
    a = asanyarray(a)
    ndim = a.ndim
    if ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    axis = normalize_axis_index(axis, ndim)

    if prepend is not _NoValue or append is not _NoValue:
        parts = [a]
        if prepend is not _NoValue:
            parts.insert(0, _edge(prepend, a, axis))
        if append is not _NoValue:
            parts.append(_edge(append, a, axis))
        a = concatenate(parts, axis)

    later = _along(ndim, axis, slice(1, None))
    earlier = _along(ndim, axis, slice(None, -1))
    step = not_equal if a.dtype.kind == 'b' else subtract
    for _ in range(n):
        a = step(a[later], a[earlier])
    return a


def _gradient_dispatcher(f, *varargs, axis=None, edge_order=None):
    yield f
    yield from varargs


def _uniform_spacing(distance):
    """`distance` as a scalar where all its entries are equal."""
    if (distance == distance[0]).all():
        return distance[0]
    return distance


def _spacings(f, axes, varargs):
    """One spacing per axis: a scalar, or a 1-D array of the gaps."""
    if not varargs:
        return [1.0] * len(axes)
    if len(varargs) == 1 and asanyarray(varargs[0]).ndim == 0:
        return [varargs[0]] * len(axes)
    if len(varargs) != len(axes):
        raise TypeError("invalid number of arguments")
    spacings = []
    for axis, given in zip(axes, varargs):
        given = asanyarray(given)
        if given.ndim == 0:
            spacings.append(given[()])
            continue
        if given.ndim != 1:
            raise ValueError("distances must be either scalars or 1d")
        if len(given) != f.shape[axis]:
            raise ValueError(
                "when 1d, distances must match the length of the "
                f"corresponding dimension: {len(given)} for axis {axis} "
                f"of length {f.shape[axis]}"
            )
        if given.dtype.kind in 'biu':
            given = given.astype('f8')
        spacings.append(_uniform_spacing(diff(given)))
    return spacings


def _gradient_edges(f, out, axis, gaps, edge_order):
    """Fill the first and last slice of `out` with one-sided differences."""
    ndim = f.ndim
    scalar = asanyarray(gaps).ndim == 0

    def at(i):
        return _along(ndim, axis, i)

    for here, inner, far, sign, (near, next_) in (
        (0, 1, 2, 1, (0, 1)),
        (-1, -2, -3, -1, (-1, -2)),
    ):
        h1 = gaps if scalar else gaps[near]
        if edge_order == 1:
            out[at(here)] = sign * (f[at(inner)] - f[at(here)]) / h1
            continue
        h2 = gaps if scalar else gaps[next_]
        # Derivative at the edge of the parabola through three samples.
        a = -(2.0 * h1 + h2) / (h1 * (h1 + h2))
        b = (h1 + h2) / (h1 * h2)
        c = -h1 / (h2 * (h1 + h2))
        out[at(here)] = sign * (a * f[at(here)] + b * f[at(inner)] + c * f[at(far)])


def _gradient_along(f, axis, gaps, dtype, edge_order):
    """Gradient of `f` along one axis, in `dtype`."""
    ndim = f.ndim
    out = empty_like(f, dtype=dtype)
    left = _along(ndim, axis, slice(None, -2))
    middle = _along(ndim, axis, slice(1, -1))
    right = _along(ndim, axis, slice(2, None))
    if asanyarray(gaps).ndim == 0:
        out[middle] = (f[right] - f[left]) / (2.0 * gaps)
    else:
        shape = [1] * ndim
        shape[axis] = -1
        before = gaps[:-1].reshape(shape)
        after = gaps[1:].reshape(shape)
        # Weights that are exact for parabolas on unequal gaps.
        out[middle] = (
            -after / (before * (before + after)) * f[left]
            + (after - before) / (before * after) * f[middle]
            + before / (after * (before + after)) * f[right]
        )
    _gradient_edges(f, out, axis, gaps, edge_order)
    return out


def _gradient_dtype(f):
    """The dtype of the result and `f` in the dtype to subtract in."""
    kind = f.dtype.kind
    if kind == 'M':
        native = f.dtype.newbyteorder('=').str.replace('M8', 'm8')
        return native, f.view(f.dtype.str.replace('M8', 'm8'))
    if kind == 'm' or issubdtype(f.dtype, inexact):
        return f.dtype, f
    # Unsigned differences would wrap: compute in float64.
    return 'f8', (f.astype('f8') if kind in 'iu' else f)


@array_function_dispatch(_gradient_dispatcher)
def gradient(f, *varargs, axis=None, edge_order=1):
    """Gradient of samples `f`: central differences inside, one-sided at the ends.

    `varargs` gives the spacing: nothing (1), one scalar for all axes, or one
    scalar or 1-D array of coordinates per axis. `edge_order` is 1 or 2.
    Returns one array of `f`'s shape for one axis, else a tuple of them.
    TypeError for a wrong number of spacings; ValueError for spacings that
    don't fit or an axis with fewer than ``edge_order + 1`` samples.

    Parameters
    ----------
    f : array_like
    *varargs : scalar or array_like, 1-d
        The distances: one for all axes, or one for each; arrays hold the coordinates.
    axis : int or tuple of int, optional
        The axes to differentiate along; None takes all.
    edge_order : {1, 2}, optional
        The order of accuracy at the edges.

    Returns
    -------
    ndarray of the shape of `f`, or a tuple of them for several axes.

    Examples
    --------
    >>> np.gradient([1., 2., 4., 7.])
    array([1. , 1.5, 2.5, 3. ])
    """
    f = asanyarray(f)
    if axis is None:
        axes = tuple(range(f.ndim))
    else:
        axes = normalize_axis_tuple(axis, f.ndim)
    spacings = _spacings(f, axes, varargs)
    if edge_order > 2:
        raise ValueError(f"'edge_order' greater than 2 not supported: {edge_order}")
    dtype, f = _gradient_dtype(f)

    results = []
    for i, gaps in zip(axes, spacings):
        if f.shape[i] < edge_order + 1:
            raise ValueError(
                "Shape of array too small to calculate a numerical gradient, "
                "at least (edge_order + 1) elements are required: axis "
                f"{i} has {f.shape[i]}"
            )
        results.append(_gradient_along(f, i, gaps, dtype, edge_order))
    return results[0] if len(axes) == 1 else tuple(results)


def _trapezoid_dispatcher(y, x=None, dx=None, axis=None):
    return (y, x)


@array_function_dispatch(_trapezoid_dispatcher)
def trapezoid(y, x=None, dx=1.0, axis=-1):
    """Integrate `y` along `axis` by the trapezoidal rule.

    Sample points come from `x` (1-D, or of `y`'s shape) or lie `dx` apart.
    The result lacks the axis.

    Parameters
    ----------
    y : array_like
        The values.
    x : array_like, optional
        Where they are.
    dx : float, optional
        Their distance, where `x` is not given.
    axis : int, optional
        The axis to work along.

    Returns
    -------
    float or ndarray.

    Examples
    --------
    >>> np.trapezoid([1, 2, 3], x=[4, 6, 8])
    np.float64(8.0)
    """
    y = asanyarray(y)
    ndim = y.ndim
    if x is not None:
        x = asanyarray(x)
        if x.ndim == 1:
            shape = [1] * ndim
            gaps = diff(x)
            shape[axis] = gaps.shape[0]
            dx = gaps.reshape(shape)
        else:
            dx = diff(x, axis=axis)
    left = y[_along(ndim, axis, slice(None, -1))]
    right = y[_along(ndim, axis, slice(1, None))]
    try:
        return (dx * (right + left) / 2.0).sum(axis)
    except ValueError:
        # Subclasses (units, masks) may broadcast differently: as plain arrays.
        dx, left, right = asarray(dx), asarray(left), asarray(right)
        return add.reduce(dx * (right + left) / 2.0, axis)


def _interp_dispatcher(x, xp, fp, left=None, right=None, period=None):
    return (x, xp, fp)


@array_function_dispatch(_interp_dispatcher)
def interp(x, xp, fp, left=None, right=None, period=None):
    """Piecewise linear interpolation of the points ``(xp, fp)`` at `x`.

    `xp` (1-D, increasing) and `fp` (1-D, float or complex) have one length;
    outside of `xp` the values are `left` and `right` (`fp`'s ends unless
    given). With `period` the data repeats and `xp` needs no order. The
    result has `x`'s shape. ValueError for a zero period or unequal lengths.

    Parameters
    ----------
    x : array_like
        Where to evaluate.
    xp : array_like, 1-d
        Where the points are, rising, unless `period` is given.
    fp : array_like, 1-d
        The values there, real or complex.
    left : scalar, optional
        The value below; the first by default.
    right : scalar, optional
        The value above; the last by default.
    period : float, optional
        The period of the coordinates.

    Returns
    -------
    float, complex or ndarray, of the shape of `x`.

    Examples
    --------
    >>> np.interp(2.5, [1, 2, 3], [3, 2, 0])
    np.float64(1.0)
    """
    fp = asarray(fp)
    if fp.dtype.kind == 'c':
        evaluate, dtype = _interp_complex, 'c16'
    else:
        evaluate, dtype = _interp_real, 'f8'
    if period is None:
        return evaluate(x, xp, fp, left, right)
    if period == 0:
        raise ValueError("period must be a non-zero value")
    period = abs(period)
    x = asarray(x, dtype='f8')
    xp = asarray(xp, dtype='f8')
    fp = asarray(fp, dtype=dtype)
    if xp.ndim != 1 or fp.ndim != 1:
        raise ValueError(f"Data points must be 1-D sequences, got {xp.ndim}-D and {fp.ndim}-D")
    if xp.shape[0] != fp.shape[0]:
        raise ValueError(f"fp and xp are not of the same length: {fp.shape[0]} and {xp.shape[0]}")
    x = x % period
    xp = xp % period
    order = xp.argsort(kind='stable')
    xp = xp[order]
    fp = fp[order]
    # One point more at each side carries the curve over the seam.
    xp = concatenate((xp[-1:] - period, xp, xp[:1] + period))
    fp = concatenate((fp[-1:], fp, fp[:1]))
    return evaluate(x, xp, fp, None, None)


def _angle_dispatcher(z, deg=None):
    return (z,)


@array_function_dispatch(_angle_dispatcher)
def angle(z, deg=False):
    """Counterclockwise angle of complex `z` from the positive real axis.

    In radians from -pi to pi, or degrees if `deg`. Any shape.

    Parameters
    ----------
    z : array_like of complex
    deg : bool, optional
        Whether the angles are in degrees, instead of radians.

    Returns
    -------
    float or ndarray of float, of the shape of `z`: angles above -pi and up to pi.

    Examples
    --------
    >>> np.angle(1j, deg=True)
    np.float64(90.0)
    """
    z = asanyarray(z)
    if issubdtype(z.dtype, complexfloating):
        imaginary, real = z.imag, z.real
    else:
        imaginary, real = 0, z
    result = arctan2(imaginary, real)
    if deg:
        result *= 180 / pi
    return result


def _unwrap_dispatcher(p, discont=None, axis=None, *, period=None):
    return (p,)


@array_function_dispatch(_unwrap_dispatcher)
def unwrap(p, discont=None, axis=-1, *, period=2 * pi):
    """Undo jumps of a periodic quantity along `axis`.

    A jump larger than ``max(discont, period / 2)`` is replaced by its
    complement to a whole number of periods. Same shape as `p`; integer
    data and an integer `period` give integers.

    Parameters
    ----------
    p : array_like
    discont : float, optional
        The least jump that is mended; half a period by default and at least.
    axis : int, optional
        The axis to work along.
    period : float, optional
        The period.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.unwrap([0, 1, 5, 6], period=4)
    array([0, 1, 1, 2])
    """
    p = asarray(p)
    steps = diff(p, axis=axis)
    if discont is None:
        discont = period / 2
    dtype = result_type(steps, period)
    if dtype.kind in 'iu':
        high, remainder = divmod(period, 2)
        ambiguous = remainder == 0
    else:
        high = period / 2
        ambiguous = True
    low = -high
    wrapped = mod(steps - low, period) + low
    if ambiguous:
        # Both ends of the interval mean the same step: keep its direction.
        copyto(wrapped, high, where=(wrapped == low) & (steps > 0))
    correction = wrapped - steps
    copyto(correction, 0, where=absolute(steps) < discont)
    result = asarray(p, copy=True, dtype=dtype)
    later = _along(p.ndim, axis, slice(1, None))
    result[later] = p[later] + correction.cumsum(axis)
    return result
