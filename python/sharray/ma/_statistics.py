"""Averages, medians, covariances and fits of masked arrays."""

import sharray as np
from sharray.lib._function_base_impl import _ureduce
from sharray.lib._utils_impl import _median_nancheck
from sharray.lib.array_utils import normalize_axis_index, normalize_axis_tuple

from .._globals import _NoValue
from .._utils import set_module
from . import core as ma
from ._reductions import given
from ._rows import mask_rows
from .core import MaskedArray, array, asarray, count, filled, getdata, getmask, is_masked, mask_or, nomask

__all__ = ["average", "corrcoef", "cov", "median", "polyfit", "vander"]

in_extras = set_module("numpy.ma.extras")


# ---- average


@in_extras
def average(a, axis=None, weights=None, returned=False, *, keepdims=_NoValue):
    """The mean of the values that aren't masked, each counted with its weight.

    `weights` have the shape of `a`, or that of its axes `axis`. With `returned` also
    the sums of the weights. TypeError or ValueError for weights that don't fit.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    weights : array_like, optional
        One for each element, or for each along `axis`.
    returned : bool, optional
        Whether to give the sum of the weights as well.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.

    Returns
    -------
    scalar or MaskedArray, or with `returned` a pair.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.ma.average(np.ma.array([1.0, 2.0, 4.0], mask=[0, 1, 0]), weights=[3, 1, 1]))
    1.75
    """
    a = asarray(a)
    if axis is not None:
        axis = normalize_axis_tuple(axis, a.ndim, argname="axis")
    keep = given(keepdims=keepdims)
    if weights is None:
        mean = a.mean(axis, **keep)
        total = mean.dtype.type(a.count(axis))
    else:
        weights = asarray(weights)
        dtype = _average_dtype(a, weights)
        weights = _spread_weights(a, weights, axis)
        if getmask(a) is not nomask:
            weights = weights * ~a.mask
            weights.mask |= a.mask
        total = weights.sum(axis=axis, dtype=dtype, **keep)
        mean = np.multiply(a, weights, dtype=dtype).sum(axis, **keep) / total
    if not returned:
        return mean
    if total.shape != mean.shape:
        total = np.broadcast_to(total, mean.shape).copy()
    return mean, total


def _average_dtype(a, weights):
    floats = ("f8",) if issubclass(a.dtype.type, (np.integer, np.bool)) else ()
    return np.result_type(a.dtype, weights.dtype, *floats)


def _spread_weights(a, weights, axis):
    """`weights` in a shape that broadcasts with `a`."""
    if a.shape == weights.shape:
        return weights
    if axis is None:
        raise TypeError("Axis must be specified when shapes of a and weights differ.")
    if weights.shape != tuple(a.shape[one] for one in axis):
        raise ValueError("Shape of weights must be consistent with shape of a along specified axis.")
    weights = weights.transpose(np.argsort(axis))
    return weights.reshape(tuple(length if one in axis else 1 for one, length in enumerate(a.shape)))


# ---- median


@in_extras
def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The middle of the sorted values that aren't masked, along `axis` or of all.

    The mean of both middle values for an even number of them; masked where all are.
    With `overwrite_input` the array may be sorted in place.

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
    scalar or MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.ma.median(np.ma.array([5, 1, 3, 9], mask=[0, 0, 0, 1])))
    3.0
    """
    options = {"axis": axis, "out": out, "overwrite_input": overwrite_input, "keepdims": keepdims}
    if hasattr(a, "mask"):
        return _ureduce(a, func=_median, **options)
    result = np.median(getdata(a, subok=True), **options)
    if isinstance(result, np.ndarray) and result.ndim >= 1:
        return ma.masked_array(result, copy=False)
    return result


def _median(a, axis=None, out=None, overwrite_input=False):
    # Nan sorts behind masked values, which are filled with infinity.
    fill_value = np.inf if np.issubdtype(a.dtype, np.inexact) else None
    if not overwrite_input:
        ordered = ma.sort(a, axis=axis, fill_value=fill_value)
    else:
        ordered = a.ravel() if axis is None else a
        ordered.sort(**({} if axis is None else {"axis": axis}), fill_value=fill_value)
    axis = 0 if axis is None else normalize_axis_index(axis, ordered.ndim)
    if ordered.shape[axis] == 0:
        # The mean of nothing: nan, with its warning.
        return ma.mean(ordered, axis=axis, out=out)
    return (_median_of_row if ordered.ndim == 1 else _median_along)(ordered, axis, out)


def _median_of_row(ordered, axis, out):
    half, odd = divmod(count(ordered), 2)
    middle = ordered[half + odd - 1 : half + 1]
    if np.issubdtype(ordered.dtype, np.inexact) and ordered.size > 0:
        # Not `mean`: an infinity less itself would be nan, and half a sum isn't.
        result = middle.sum(out=out)
        if not odd:
            result = np.true_divide(result, 2.0, casting="safe", out=out)
        result = _median_nancheck(ordered, result, axis)
    else:
        result = middle.mean(out=out)
    # The fill value for sorting may also be a value.
    if is_masked(result) and not np.all(ordered.mask):
        return ma.minimum_fill_value(ordered)
    return result


def _median_along(ordered, axis, out):
    number = count(ordered, axis=axis, keepdims=True)
    high = number // 2
    low = np.where(number % 2 == 1, high, high - 1)
    middle = np.take_along_axis(ordered, np.concatenate([low, high], axis=axis), axis=axis)
    _unmask_extremes(middle, ordered, axis)
    if not np.issubdtype(ordered.dtype, np.inexact):
        return ma.mean(middle, axis=axis, out=out)
    result = ma.sum(middle, axis=axis, out=out)
    np.true_divide(result.data, 2.0, casting="unsafe", out=result.data)
    return _median_nancheck(ordered, result, axis)


def _unmask_extremes(middle, ordered, axis):
    """A masked middle value among values that aren't masked is one equal to the fill value."""
    if is_masked(middle):
        wrong = ~np.all(ordered.mask, axis=axis, keepdims=True) & middle.mask
        middle.data[wrong] = ma.minimum_fill_value(ordered)
        middle.mask[wrong] = False


# ---- covariance


def _refuse_masked(mask, allow_masked):
    if not allow_masked and mask.any():
        raise ValueError("Cannot process masked data.")


def _count_dtype(x):
    # Counts are products of ones; float32 holds them exactly up to 2**24.
    return np.float64 if max(x.shape) > 2**24 else np.float32


def _covhelper(x, y=None, rowvar=True, allow_masked=True):
    """Variables less their means, ones where they aren't masked, and whether they are rows."""
    x = array(x, ndmin=2, copy=True, dtype=float)
    free = ma.getmaskarray(x)
    _refuse_masked(free, allow_masked)
    rowvar = 1 if x.shape[0] == 1 else int(bool(rowvar))
    if y is not None:
        y = array(y, copy=False, ndmin=2, dtype=float)
        flags = ma.getmaskarray(y)
        _refuse_masked(flags, allow_masked)
        if x.shape == y.shape and (free.any() or flags.any()):
            # Pairs count only whole.
            free = flags = np.logical_or(free, flags)
            x._mask = y._mask = free
            x._sharedmask = y._sharedmask = False
        x = ma.concatenate((x, y), 1 - rowvar)
        free = np.concatenate((free, flags), 1 - rowvar)
    present = np.logical_not(free).astype(_count_dtype(x))
    x -= np.expand_dims(x.mean(axis=rowvar), rowvar)
    return x, present, rowvar


@in_extras
def cov(x, y=None, rowvar=True, bias=False, allow_masked=True, ddof=None):
    """The covariances of variables, each in a row (or, without `rowvar`, in a column) of `x` and `y`.

    Sums are over the observations that neither variable has masked, divided by their
    number less `ddof` (1; 0 with `bias`); masked where that isn't positive. ValueError
    for a `ddof` that is no integer, and for masked values unless `allow_masked`.

    Parameters
    ----------
    x : array_like, 1-d or 2-d
        Variables, and their observations.
    y : array_like, optional
        More variables of the same form.
    rowvar : bool, optional
        Whether a row is a variable; else a column is.
    bias : bool, optional
        Whether to divide by the number of observations, not by one less.
    allow_masked : bool, optional
        Whether masked values are left out; otherwise they are an error.
    ddof : int, optional
        What is subtracted from the number of observations; overrides `bias`.

    Returns
    -------
    MaskedArray, shape (variables, variables).

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.cov(np.ma.array([1.0, 2.0, 9.0], mask=[0, 0, 1])))
    0.5
    """
    if ddof is not None and ddof != int(ddof):
        raise ValueError("ddof must be an integer")
    if ddof is None:
        ddof = 0 if bias else 1
    x, present, rowvar = _covhelper(x, y, rowvar, allow_masked)
    if not rowvar:
        x, present = x.T, present.T
    number = np.dot(present, present.T) - ddof
    mask = np.less_equal(number, 0, dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        data = np.dot(filled(x, 0), filled(x.T.conj(), 0)) / number
    return array(data, mask=mask).squeeze()


@in_extras
def corrcoef(x, y=None, rowvar=True, allow_masked=True):
    """The correlation coefficients of variables; arguments as for `cov`.

    Parameters
    ----------
    x : array_like, 1-d or 2-d
        Variables, and their observations.
    y : array_like, optional
        More variables of the same form.
    rowvar : bool, optional
        Whether a row is a variable; else a column is.
    allow_masked : bool, optional
        Whether masked values are left out; otherwise they are an error.

    Returns
    -------
    MaskedArray, shape (variables, variables).

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.corrcoef([[1.0, 2.0], [2.0, 1.0]]).round(6))
    [[1.0 -1.0]
     [-1.0 1.0]]
    """
    result = cov(x, y, rowvar, allow_masked=allow_masked)
    try:
        spread = ma.sqrt(ma.diagonal(result))
    except ValueError:
        # One variable: its covariance has no dimensions.
        return ma.MaskedConstant()
    result /= ma.multiply.outer(spread, spread)
    return result


# ---- polynomials


@in_extras
def vander(x, n=None):
    """The powers of `x` as columns, as for `numpy.vander`; rows of masked values are zero.

    Parameters
    ----------
    x : array_like, 1-d
        Masked elements give rows of zeros.
    n : int, optional
        The number of columns.

    Returns
    -------
    ndarray, 2-d.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.vander(np.ma.array([2, 3], mask=[0, 1]), 3)
    array([[4, 2, 1],
           [0, 0, 0]])
    """
    result = np.vander(x, n)
    mask = getmask(x)
    if mask is not nomask:
        result[mask] = 0
    return result


@in_extras
def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """The polynomial of degree `deg` closest to points (x, y), as `numpy.polyfit`; masked points don't count.

    For a 2-d `y` a row counts only whole. TypeError for other dimensions, and weights `w`
    that don't fit.

    Parameters
    ----------
    x : array_like, shape (n,)
        Where the points are; masked ones are left out.
    y : array_like, shape (n,) or (n, k)
        The values there.
    deg : int
        The degree.
    rcond : float, optional
        Singular values below this part of the largest count as zero.
    full : bool, optional
        Whether to give residuals, rank, singular values and `rcond` as well.
    w : array_like, shape (n,), optional
        The weight of each point.
    cov : bool or 'unscaled', optional
        Whether to give the coefficients' covariances as well.

    Returns
    -------
    ndarray of coefficients; more with `full` or `cov`.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.array([0.0, 1.0, 2.0, 3.0], mask=[0, 0, 0, 1])
    >>> print(np.ma.polyfit(x, 2 * x + 1, 1).round(6))
    [2. 1.]
    """
    x, y = asarray(x), asarray(y)
    mask = getmask(x)
    if y.ndim == 1:
        mask = mask_or(mask, getmask(y))
    elif y.ndim == 2:
        rows = getmask(mask_rows(y))
        if rows is not nomask:
            mask = mask_or(mask, rows[:, 0])
    else:
        raise TypeError("Expected a 1D or 2D array for y!")
    if w is not None:
        w = asarray(w)
        if w.ndim != 1:
            raise TypeError("expected a 1-d array for weights")
        if w.shape[0] != y.shape[0]:
            raise TypeError("expected w and y to have the same length")
        mask = mask_or(mask, getmask(w))
    if mask is not nomask:
        x, y = x[~mask], y[~mask]
        w = w if w is None else w[~mask]
    return np.polyfit(x, y, deg, rcond, full, w, cov)
