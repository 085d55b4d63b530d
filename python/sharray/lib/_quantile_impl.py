"""Medians, percentiles and quantiles.

A quantile of ``n`` sorted values is a value at a *position*: a real number
from 0 to ``n - 1``. A method is the rule that turns ``(n, q)`` into the
position, and says what happens between two neighbours. Only the neighbours
are brought to their places (by partition); the rest stays unsorted.

`_ureduce` folds several axes into one and serves every reduction that has
no ufunc behind it.
"""

import math

from .._core._small_floats import number_kind
from .._core.multiarray import asanyarray, asarray, copyto, empty, empty_like, ndarray
from .._core.numeric import moveaxis, normalize_axis_tuple
from .._core.numerictypes import intp
from .._core.umath import add, floor, isnan, subtract, true_divide
from .._globals import _NoValue
from ._dispatch import array_function_dispatch
from ._utils_impl import _median_nancheck

__all__ = ['median', 'percentile', 'quantile']


def _fold_axes(a, axes):
    """`a` with `axes` merged into one new last axis."""
    kept = [i for i in range(a.ndim) if i not in axes]
    shape = [a.shape[i] for i in kept]
    shape.append(math.prod(a.shape[i] for i in axes))
    return a.transpose(*kept, *sorted(axes)).reshape(shape)


def _ureduce(a, func, keepdims=False, **kwargs):
    """Call ``func(a, axis=..., out=..., **kwargs)``, which knows one axis.

    `axis` in `kwargs` may be None, an int or a tuple; several axes are
    folded into the last. `keepdims` is honoured, for `out` as well.
    """
    a = asanyarray(a)
    ndim = a.ndim
    axis = kwargs.get('axis')
    out = kwargs.get('out')
    if keepdims is _NoValue:
        keepdims = False
    axes = None
    if axis is not None:
        axes = normalize_axis_tuple(axis, ndim)
        if len(axes) == 1:
            kwargs['axis'] = axes[0]
        else:
            weights = kwargs.get('weights')
            if isinstance(weights, ndarray) and weights.shape == a.shape:
                kwargs['weights'] = _fold_axes(weights, axes)
            a = _fold_axes(a, axes)
            kwargs['axis'] = -1
    if keepdims and out is not None:
        kwargs['out'] = out[(..., *_kept_index(axes, ndim, 0))]

    result = func(a, **kwargs)
    if out is not None:
        return out
    if keepdims:
        result = asanyarray(result)[(..., *_kept_index(axes, ndim, None))]
    return result


def _kept_index(axes, ndim, item):
    """An index with `item` at the reduced axes and whole slices elsewhere."""
    if axes is None:
        return (item,) * ndim
    return tuple(item if i in axes else slice(None) for i in range(ndim))


def _median_dispatcher(a, axis=None, out=None, overwrite_input=None, keepdims=None):
    return (a, out)


@array_function_dispatch(_median_dispatcher)
def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """Middle value along `axis` (an int, a tuple, or all): nan if any is nan.

    For an even number of values it is the mean of the middle two. Integers
    give float64. `overwrite_input` allows `a` to be reordered, which saves a
    copy.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    overwrite_input : bool, optional
        Whether `a` may be used as working space, and so be reordered.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.

    Returns
    -------
    scalar or ndarray; NaN where there is one.

    Examples
    --------
    >>> np.median([3, 1, 2, 10])
    np.float64(2.5)
    """
    return _ureduce(a, func=_median, keepdims=keepdims, axis=axis, out=out, overwrite_input=overwrite_input)


def _partitioned(a, kth, axis, overwrite):
    """`a` with the elements at `kth` in place along `axis` (None: flat)."""
    if axis is None:
        a = a.ravel() if overwrite else a.flatten()
        a.partition(kth)
    elif overwrite:
        a.partition(kth, axis=axis)
    else:
        a = a.copy() if a.ndim == 1 else a.copy('K')
        a.partition(kth, axis=axis)
    return a


def _median(a, axis=None, out=None, overwrite_input=False):
    """Median along one axis, or of all elements."""
    a = asanyarray(a)
    if a.ndim == 0:
        a = a.reshape(1)
        axis = None if axis is None else 0
    size = a.size if axis is None else a.shape[axis]
    half = size // 2
    odd = size % 2
    if size == 0:
        # The mean of nothing: nan, with its warning.
        part = a.ravel() if axis is None else a
    else:
        kth = [half] if odd else [half - 1, half]
        may_hold_nan = number_kind(a.dtype) in 'fcmM'
        if may_hold_nan:
            kth.append(-1)
        part = _partitioned(a, kth, axis, overwrite_input)
    if axis is None:
        axis = 0
    middle = slice(half, half + 1) if odd else slice(max(half - 1, 0), half + 1)
    index = [slice(None)] * part.ndim
    index[axis] = middle
    # The mean also of one value: for the dtype and for `out`.
    result = part[tuple(index)].mean(axis=axis, out=out)
    if size and may_hold_nan:
        result = _median_nancheck(part, result, axis)
    return result


# Methods that take one of the values. Each gives a whole position, which may
# lie outside of 0 ... n-1 by one. `floor` is math's for one Python number and
# the ufunc for arrays, so that a single quantile costs no array arithmetic.


def _ceil(x, floor):
    return -floor(-x)


def _inverted_cdf(n, q, floor=floor):
    return _ceil(n * q - 1, floor)


def _closest_observation(n, q, floor=floor):
    # On a tie the even order statistic, counted from 1.
    position = n * q - 1.5
    below = floor(position)
    return below + 1 - ((position == below) & (below % 2 == 1))


def _lower(n, q, floor=floor):
    return floor((n - 1) * q)


def _higher(n, q, floor=floor):
    return _ceil((n - 1) * q, floor)


def _nearest(n, q, floor=floor):
    # On a tie the even position, counted from 0.
    position = (n - 1) * q
    below = floor(position)
    fraction = position - below
    return below + ((fraction > 0.5) | ((fraction == 0.5) & (below % 2 == 1)))


_DISCRETE = {
    'inverted_cdf': _inverted_cdf,
    'closest_observation': _closest_observation,
    'lower': _lower,
    'higher': _higher,
    'nearest': _nearest,
}

# Methods that interpolate: the parameters (alpha, beta) of Hyndman and Fan
# (1996), "Sample quantiles in statistical packages".
_CONTINUOUS = {
    'averaged_inverted_cdf': (0, 1),
    'interpolated_inverted_cdf': (0, 1),
    'hazen': (0.5, 0.5),
    'weibull': (0, 0),
    'linear': (1.0, 1.0),
    'median_unbiased': (1 / 3, 1 / 3),
    'normal_unbiased': (3 / 8, 3 / 8),
    'midpoint': (1.0, 1.0),
}

_METHODS = (
    'inverted_cdf',
    'averaged_inverted_cdf',
    'closest_observation',
    'interpolated_inverted_cdf',
    'hazen',
    'weibull',
    'linear',
    'median_unbiased',
    'normal_unbiased',
    'lower',
    'higher',
    'midpoint',
    'nearest',
)


def _compute_virtual_index(n, q, alpha, beta):
    """Position of quantile `q` among `n` values, before clipping."""
    if alpha == 1 and beta == 1:
        return (n - 1) * q
    return n * q + (alpha + q * (1 - alpha - beta)) - 1


def _get_gamma(position, below, method):
    """How far to go from the lower neighbour to the upper: 0 to 1."""
    fraction = position - below
    if method == 'averaged_inverted_cdf':
        gamma = 1 - 0.5 * (fraction == 0)
    elif method == 'midpoint':
        gamma = 0.5 * (fraction != 0)
    else:
        return fraction
    # In the dtype of the position, which decides the dtype of the result.
    dtype = getattr(fraction, 'dtype', None)
    if dtype is None or (dtype.kind in 'iu' and method == 'midpoint'):
        return gamma
    return gamma.astype(dtype)


def _percentile_dispatcher(
    a, q, axis=None, out=None, overwrite_input=None, method=None, keepdims=None, *, weights=None
):
    return (a, q, out, weights)


@array_function_dispatch(_percentile_dispatcher)
def percentile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None):
    """The `q`-th percentiles of `a` along `axis`, `q` from 0 to 100.

    As `quantile` in all else.

    Parameters
    ----------
    a : array_like
    q : array_like of float
        From 0 to 100.
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    overwrite_input : bool, optional
        Whether `a` may be used as working space, and so be reordered.
    method : str, optional
        How to choose between two neighbours: 'linear', 'lower', 'higher', 'nearest', 'midpoint', 'median_unbiased',
    and others.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    weights : array_like, optional
        The weight of each element; only with method 'inverted_cdf'.

    Returns
    -------
    scalar or ndarray; the axes of `q` come first.

    Examples
    --------
    >>> np.percentile([10, 7, 4], 50)
    np.float64(7.0)
    """
    a = _real_array(a)
    weak_q = type(q) in (int, float)
    if weak_q:
        q = q / 100
    else:
        # A float32 q on float32 data stays float32.
        q = true_divide(q, a.dtype.type(100) if number_kind(a.dtype) == 'f' else 100)
        q = asanyarray(q)
    if not _quantile_is_valid(q):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return _quantile_with_weights(a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q)


_quantile_dispatcher = _percentile_dispatcher


@array_function_dispatch(_quantile_dispatcher)
def quantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None):
    """The `q`-th quantiles of `a` along `axis`, `q` from 0 to 1.

    The result's shape is `q`'s shape followed by `a`'s without the axis
    (an int, a tuple, or all). A slice that holds a nan gives nan. `method`
    is one of inverted_cdf, averaged_inverted_cdf, closest_observation,
    interpolated_inverted_cdf, hazen, weibull, linear, median_unbiased,
    normal_unbiased, lower, higher, midpoint, nearest; `weights` (one per
    value, non-negative) work with inverted_cdf alone. TypeError for complex
    data, ValueError for a `q` out of range or an unknown method.

    Parameters
    ----------
    a : array_like
    q : array_like of float
        From 0 to 1.
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    overwrite_input : bool, optional
        Whether `a` may be used as working space, and so be reordered.
    method : str, optional
        How to choose between two neighbours: 'linear', 'lower', 'higher', 'nearest', 'midpoint', 'median_unbiased',
    and others.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    weights : array_like, optional
        The weight of each element; only with method 'inverted_cdf'.

    Returns
    -------
    scalar or ndarray; the axes of `q` come first.

    Examples
    --------
    >>> np.quantile([1, 2, 3, 4], [0.25, 0.5])
    array([1.75, 2.5 ])
    >>> np.quantile([1, 2, 3, 4], 0.4, method='lower')
    np.int64(2)
    """
    a = _real_array(a)
    weak_q = type(q) in (int, float)
    if not weak_q:
        q = asanyarray(q)
    if not _quantile_is_valid(q):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return _quantile_with_weights(a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q)


def _real_array(a):
    a = asanyarray(a)
    if a.dtype.kind == 'c':
        raise TypeError("a must be an array of real numbers")
    return a


def _quantile_is_valid(q):
    """Whether every quantile lies in [0, 1] (which a nan does not)."""
    if isinstance(q, ndarray):
        return bool(((q >= 0) & (q <= 1)).all())
    return 0 <= q <= 1


def _check_method(method):
    if method not in _METHODS:
        raise ValueError(f"{method!r} is not a valid method. Use one of: {', '.join(_METHODS)}")


def _checked_weights(a, weights, axis, method):
    """`weights` as an array of the shape of `a`; ValueError for bad ones."""
    from ._statistics_impl import _weights_are_valid
    from ._stride_tricks_impl import broadcast_to

    if method != "inverted_cdf":
        raise ValueError(f"Only method 'inverted_cdf' supports weights. Got: {method}.")
    if axis is not None:
        axis = normalize_axis_tuple(axis, a.ndim, argname="axis")
    weights = _weights_are_valid(weights, a, axis)
    if (weights < 0).any():
        raise ValueError("Weights must be non-negative.")
    return broadcast_to(weights, a.shape)


def _quantile_with_weights(a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q):
    if weights is not None:
        weights = _checked_weights(a, weights, axis, method)
    return _quantile_unchecked(a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q)


def _quantile_unchecked(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, weights=None, weak_q=False
):
    """`quantile` for arguments that have been checked."""
    return _ureduce(
        a,
        func=_quantile_ureduce_func,
        q=q,
        weights=weights,
        keepdims=keepdims,
        axis=axis,
        out=out,
        overwrite_input=overwrite_input,
        method=method,
        weak_q=weak_q,
    )


def _quantile_ureduce_func(a, q, weights, axis=None, out=None, overwrite_input=False, method="linear", weak_q=False):
    """Quantiles along one axis, or of all elements: gives `_quantile` a copy."""
    if not weak_q and q.ndim > 2:
        raise ValueError(f"q must be a scalar or 1d, got {q.ndim}d")
    if axis is None:
        axis = 0
        values = a.ravel() if overwrite_input else a.flatten()
        weights = None if weights is None else weights.ravel()
    else:
        values = a if overwrite_input else a.copy()
    return _quantile(values, q, axis=axis, method=method, out=out, weights=weights, weak_q=weak_q)


def _quantile(arr, quantiles, axis=-1, method="linear", out=None, weights=None, weak_q=False):
    """Quantiles along one axis of `arr`, which is reordered."""
    _check_method(method)
    arr = asanyarray(arr)
    if axis != 0:
        arr = moveaxis(arr, axis, 0)
    n = arr.shape[0]
    if n == 0:
        raise IndexError(f"cannot take a quantile of no values: axis {axis} has size 0")
    if weights is not None:
        weights = asanyarray(weights)
        if axis != 0:
            weights = moveaxis(weights, axis, 0)
        return _weighted_quantile(arr, asarray(quantiles), weights, out)
    may_hold_nan = number_kind(arr.dtype) in 'fmM'
    last = [n - 1] if may_hold_nan else []
    find = _find_one if weak_q else _find_many
    result = find(arr, n, quantiles, method, last, out)
    if may_hold_nan:
        result = _spread_nan(arr[-1], result, out)
    return result


def _spread_nan(last, result, out):
    """Put nan (or NaT) where a slice holds one: it then stands last."""
    holds_nan = isnan(last)
    if not holds_nan.any():
        return result
    if isinstance(result, ndarray):
        copyto(result, last, where=holds_nan)
        return result
    return last[()]


def _find_one(arr, n, q, method, last, out):
    """One quantile, given as a Python number."""
    rule = _DISCRETE.get(method)
    if rule is not None:
        position = rule(n, q, math.floor)
    else:
        position = _compute_virtual_index(n, q, *_CONTINUOUS[method])
    if rule is not None or (method == 'linear' and type(position) is int):
        below = min(max(int(position), 0), n - 1)
        arr.partition([below, *last], axis=0)
        return _delivered(arr[below], out)
    below = math.floor(position)
    gamma = float(_get_gamma(position, below, method))
    above = min(max(below + 1, 0), n - 1)
    below = min(max(below, 0), n - 1)
    arr.partition([below, above, *last], axis=0)
    return _lerp(arr[below], arr[above], gamma, out=out)


def _delivered(values, out):
    """`values`, which may view the working array, in `out` or on their own."""
    if out is not None:
        copyto(out, values, casting='unsafe')
        return out
    return values.copy() if isinstance(values, ndarray) else values


def _find_many(arr, n, quantiles, method, last, out):
    """An array of quantiles (maybe 0-d)."""
    rule = _DISCRETE.get(method)
    if rule is not None:
        position = rule(n, quantiles)
    else:
        position = asanyarray(_compute_virtual_index(n, quantiles, *_CONTINUOUS[method]))
    whole_numbers = method == 'linear' and position.dtype.kind in 'iu'
    if rule is not None or whole_numbers:
        below = _clipped_index(position, n)
        _put_in_place(arr, [*_flat_list(below), *last])
        return _delivered(arr[below if below.ndim else below[()]], out)
    whole = asanyarray(floor(position))
    gamma = asanyarray(_get_gamma(position, whole, method))
    below = _clipped_index(whole, n)
    above = _clipped_index(whole + 1, n)
    _put_in_place(arr, [*{*_flat_list(below), *_flat_list(above), *last}])
    if below.ndim:
        gamma = gamma.reshape(gamma.shape + (1,) * (arr.ndim - 1))
        return _lerp(arr[below], arr[above], gamma, out=out)
    return _lerp(arr[below[()]], arr[above[()]], gamma, out=out)


def _put_in_place(arr, kth):
    """Partition along the first axis; no quantiles ask for no places."""
    if kth:
        arr.partition(kth, axis=0)


def _flat_list(indices):
    return indices.ravel().tolist()


def _clipped_index(position, n):
    """Whole positions as indices into `n` values."""
    return asarray(position).clip(0, n - 1).astype(intp)


def _lerp(a, b, t, out=None):
    """Linear interpolation from `a` (at ``t = 0``) to `b` (at ``t = 1``).

    Starts from the nearer end, so that it is exact at both ends, monotonic,
    and the same from either side.
    """
    span = subtract(b, a)
    if type(t) is float:
        if t >= 0.5:
            return subtract(b, span * (1 - t), out=out)
        return add(a, span * t, out=out)
    result = asanyarray(add(a, span * t, out=out))
    subtract(b, span * (1 - t), out=result, where=asanyarray(t >= 0.5), casting='unsafe', dtype=type(result.dtype))
    if result.ndim == 0 and out is None:
        return result[()]
    return result


def _weighted_quantile(arr, quantiles, weights, out):
    """Inverse of the weighted cumulative distribution along the first axis."""
    from ._shape_base_impl import take_along_axis

    order = arr.argsort(axis=0, kind='stable')
    arr = take_along_axis(arr, order, axis=0)
    weights = take_along_axis(weights, order, axis=0)
    exact = weights.dtype.kind == 'O'
    cdf = weights.cumsum(axis=0, dtype=None if exact else 'f8')
    total = cdf[-1]
    as_float = asarray(total, dtype=float)
    # Before the refusal, as weights of nothing are divided with a warning; objects would raise.
    if not exact:
        cdf = asarray(cdf / total)
    if not ((as_float > 0) & (as_float < math.inf)).all():
        raise ValueError("Weights included NaN, inf or were all zero.")
    if exact:
        cdf = asarray(cdf / total)
    # Values without weight at the low end are no answer, not even for q = 0.
    cdf[cdf == 0] = -1

    rest = arr.shape[1:]
    n = arr.shape[0]
    fresh = out is None
    if fresh:
        out = result = empty_like(arr, shape=quantiles.shape + rest)
    else:
        result = out
    columns = arr.reshape(n, -1)
    cdf = cdf.reshape(n, -1)
    picked = empty((quantiles.size, columns.shape[1]), dtype=arr.dtype)
    flat_q = quantiles.ravel()
    holds_nan = isnan(columns[-1]) if number_kind(arr.dtype) in 'fmM' else None
    for j in range(columns.shape[1]):
        index = cdf[:, j].searchsorted(flat_q, side='left').clip(0, n - 1)
        picked[:, j] = columns[index, j]
        if holds_nan is not None and holds_nan[j]:
            picked[:, j] = columns[-1, j]
    copyto(result, picked.reshape(quantiles.shape + rest), casting='unsafe')
    if fresh and result.ndim == 0 and holds_nan is not None and holds_nan.any():
        return result[()]
    return result.item() if result.shape == () and result.dtype.kind == 'O' else result
