"""Medians, percentiles and quantiles that ignore nan.

Sorting puts nan last, so a slice with ``n`` numbers has them in its first
``n`` places, and a quantile is the plain rule with that slice's own ``n``:
all slices are answered together. Objects and weighted data go slice by
slice.
"""

import warnings

from .._core._small_floats import number_kind
from .._core.multiarray import asanyarray, asarray, copyto, count_nonzero, ndarray
from .._core.numeric import moveaxis
from .._core.numerictypes import intp
from .._core.umath import floor, isnan, true_divide
from .._globals import _NoValue
from ._dispatch import array_function_dispatch
from ._index_tricks_impl import ndindex
from ._quantile_impl import (
    _CONTINUOUS,
    _DISCRETE,
    _check_method,
    _checked_weights,
    _compute_virtual_index,
    _get_gamma,
    _lerp,
    _quantile,
    _quantile_is_valid,
    _real_array,
    _ureduce,
    median,
)
from ._shape_base_impl import take_along_axis

__all__ = ['nanmedian', 'nanpercentile', 'nanquantile']


def _warn_all_nan():
    warnings.warn("All-NaN slice encountered", RuntimeWarning, stacklevel=4)


def _is_nan(a):
    """Where `a` is nan (or NaT), for any dtype."""
    return isnan(a) if number_kind(a.dtype) in 'fcmM' else asarray(a != a, dtype=bool)


def _may_hold_nan(dtype):
    return number_kind(dtype) in 'fcmMO'


def _remove_nan_1d(arr1d, second_arr1d=None, overwrite_input=False):
    """`arr1d` without nan, its companion without the same items, and whether
    both may be overwritten."""
    bad = _is_nan(arr1d)
    if not bad.any():
        return arr1d, second_arr1d, overwrite_input
    good = ~bad
    if second_arr1d is not None:
        second_arr1d = second_arr1d[good]
    return arr1d[good], second_arr1d, True


def _nanmedian_dispatcher(a, axis=None, out=None, overwrite_input=None, keepdims=None):
    return (a, out)


@array_function_dispatch(_nanmedian_dispatcher)
def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=_NoValue):
    """Median along `axis` (an int, a tuple, or all), nan ignored.

    A slice of nothing but nan gives nan and a RuntimeWarning.

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
    scalar or ndarray; NaN, with a warning, where there is nothing else.

    Examples
    --------
    >>> np.nanmedian([[10, np.nan, 4], [3, 2, 1]], axis=1)
    array([7., 2.])
    """
    a = asanyarray(a)
    if a.size == 0:
        return _nan_of_nothing(a, axis, out, keepdims)
    return _ureduce(a, func=_nanmedian, keepdims=keepdims, axis=axis, out=out, overwrite_input=overwrite_input)


def _nan_of_nothing(a, axis, out, keepdims):
    """The result for an array without elements: as for the mean."""
    from ._nanfunctions_impl import nanmean

    return nanmean(a, axis, out=out, keepdims=keepdims)


def _nanmedian1d(arr1d, overwrite_input=False):
    """Median of the numbers in a 1-D array."""
    kept, _, overwrite_input = _remove_nan_1d(arr1d, None, overwrite_input)
    if kept.size == 0:
        _warn_all_nan()
        # One of the nans: it has the right type, NaT for times.
        return arr1d[-1]
    return median(kept, overwrite_input=overwrite_input)


def _nanmedian(a, axis=None, out=None, overwrite_input=False):
    """Median along one axis, or of all elements, nan ignored."""
    if not _may_hold_nan(a.dtype):
        return median(a, axis=axis, out=out, overwrite_input=overwrite_input)
    if axis is None or a.ndim == 1:
        result = _nanmedian1d(a.ravel(), overwrite_input)
    elif a.dtype.kind == 'O' or type(a) is not ndarray:
        result = _each_slice(a, axis, _nanmedian1d)
    else:
        result = _nanmedian_sorted(a, axis)
    if out is not None:
        copyto(out, result, casting='unsafe')
        return out
    return result


def _nanmedian_sorted(a, axis):
    """Medians of all slices at once."""
    a = moveaxis(a, axis, 0)
    ordered, count = _sorted_with_counts(a)
    last = (count - 1).clip(0)
    middle = take_along_axis(ordered, asarray([last // 2, count // 2]), axis=0)
    # Both the same number if the count is odd, or a nan if it is 0.
    middle[1] = take_along_axis(ordered, (last - last // 2)[None], axis=0)[0]
    return middle.mean(axis=0)


def _sorted_with_counts(a):
    """A copy of `a` sorted along the first axis, and the numbers per slice.

    A slice without numbers is warned about.
    """
    ordered = a.copy()
    ordered.sort(axis=0)
    count = asarray((~_is_nan(ordered)).sum(axis=0, dtype=intp))
    # One warning for each such slice, as if each were computed alone.
    for _ in range(count.size - count_nonzero(count)):
        _warn_all_nan()
    return ordered, count


def _each_slice(a, axis, function):
    """`function` of each 1-D slice along `axis`."""
    from ._shape_base_impl import apply_along_axis

    return apply_along_axis(function, axis, a)


def _nanpercentile_dispatcher(
    a, q, axis=None, out=None, overwrite_input=None, method=None, keepdims=None, *, weights=None
):
    return (a, q, out, weights)


@array_function_dispatch(_nanpercentile_dispatcher)
def nanpercentile(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=_NoValue, *, weights=None
):
    """The `q`-th percentiles (0 to 100) along `axis`, nan ignored.

    As `nanquantile` in all else.

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
    >>> np.nanpercentile([1, 2, np.nan, 3], 50)
    np.float64(2.0)
    """
    a = _real_array(a)
    weak_q = type(q) in (int, float)
    q = asanyarray(true_divide(q, a.dtype.type(100) if number_kind(a.dtype) == 'f' else 100))
    if not _quantile_is_valid(q):
        raise ValueError("Percentiles must be in the range [0, 100]")
    return _nanquantile_unchecked(a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q)


@array_function_dispatch(_nanpercentile_dispatcher)
def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=_NoValue, *, weights=None):
    """The `q`-th quantiles (0 to 1) along `axis`, nan ignored.

    Arguments, shapes and errors are those of `quantile`; a slice of nothing
    but nan gives nan and a RuntimeWarning.

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
    >>> np.nanquantile([[10, np.nan, 4], [3, 2, 1]], 0.5, axis=1)
    array([7., 2.])
    """
    a = _real_array(a)
    weak_q = type(q) in (int, float)
    q = asanyarray(q)
    if not _quantile_is_valid(q):
        raise ValueError("Quantiles must be in the range [0, 1]")
    return _nanquantile_unchecked(a, q, axis, out, overwrite_input, method, keepdims, weights, weak_q)


def _nanquantile_unchecked(
    a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=_NoValue, weights=None, weak_q=False
):
    """`nanquantile` for a checked `q`."""
    if weights is not None:
        weights = _checked_weights(a, weights, axis, method)
    if a.size == 0:
        return _nan_of_nothing(a, axis, out, keepdims)
    _check_method(method)
    return _ureduce(
        a,
        func=_nanquantile_ureduce_func,
        q=q,
        weights=weights,
        keepdims=keepdims,
        axis=axis,
        out=out,
        overwrite_input=overwrite_input,
        method=method,
        weak_q=weak_q,
    )


def _nanquantile_ureduce_func(a, q, weights, axis=None, out=None, overwrite_input=False, method="linear", weak_q=False):
    """Quantiles along one axis, or of all elements, nan ignored."""
    if axis is None or a.ndim == 1:
        flat_weights = None if weights is None else weights.ravel()
        result = _nanquantile_1d(a.ravel(), q, overwrite_input, method, flat_weights, weak_q)
    elif weights is None and a.dtype.kind != 'O' and type(a) is ndarray:
        result = _nanquantile_sorted(moveaxis(a, axis, 0), q, method, weak_q)
    else:
        result = _nanquantile_slices(a, q, axis, method, weights, weak_q)
    if out is not None:
        copyto(out, result, casting='unsafe')
        return out
    return result


def _nanquantile_slices(a, q, axis, method, weights, weak_q):
    """Slice by slice; the quantiles' axes come first in the result."""
    a = moveaxis(a, axis, 0)
    weights = None if weights is None else moveaxis(weights, axis, 0)
    result = None
    for index in ndindex(a.shape[1:]):
        whole = (slice(None), *index)
        one = asarray(_nanquantile_1d(a[whole], q, False, method, None if weights is None else weights[whole], weak_q))
        if result is None:
            result = ndarray(q.shape + a.shape[1:], dtype=one.dtype)
        result[(..., *index)] = one
    return result


def _nanquantile_1d(arr1d, q, overwrite_input=False, method="linear", weights=None, weak_q=False):
    """Quantiles of the numbers in a 1-D array."""
    kept, weights, overwrite_input = _remove_nan_1d(arr1d, weights, overwrite_input)
    if kept.size == 0:
        _warn_all_nan()
        # The nan at hand, in the shape of the quantiles.
        return arr1d[asarray(-1).repeat(q.size).reshape(q.shape)][()]
    if not overwrite_input:
        kept = kept.copy()
    return _quantile(kept, q.item() if weak_q else q, method=method, weights=weights, weak_q=weak_q and weights is None)


def _nanquantile_sorted(a, q, method, weak_q):
    """Quantiles of all slices along the first axis at once."""
    ordered, count = _sorted_with_counts(a)
    quantiles = q.reshape(q.size, *(1,) * count.ndim)
    last = (count - 1).clip(0)

    def pick(place):
        return take_along_axis(ordered, place.clip(0, last).astype(intp), axis=0)

    rule = _DISCRETE.get(method)
    if rule is not None:
        result = pick(asarray(rule(count, quantiles)))
    else:
        position = asarray(_compute_virtual_index(count, quantiles, *_CONTINUOUS[method]))
        below = asarray(floor(position))
        gamma = _get_gamma(position, below, method)
        if weak_q and number_kind(a.dtype) == 'f':
            # A Python number does not widen the result.
            gamma = gamma.astype(a.dtype)
        result = _lerp(pick(below), pick(below + 1), gamma)
    return result.reshape(q.shape + count.shape)
