"""Reductions that ignore nan.

Nan is replaced by a value that does not matter to the reduction; order
statistics sort it to the end and leave it out of the count. Dtypes without
nan take the plain functions. The order statistics live in
`_nanquantile_impl` and are re-exported here.
"""

import warnings

from .._core import fromnumeric as _plain
from .._core._small_floats import number_kind
from .._core._ufunc_config import errstate
from .._core.memmap import memmap
from .._core.multiarray import array, asanyarray, copyto, dtype as _dtype, ndarray
from .._core.numerictypes import inexact, intp, object_
from .._core.umath import (
    divide,
    fmax,
    fmin,
    isnan,
    logical_not,
    multiply,
    not_equal,
    sqrt,
    subtract,
)
from .._globals import _NoValue
from ._dispatch import array_function_dispatch
from ._nanquantile_impl import nanmedian, nanpercentile, nanquantile

__all__ = [
    'nansum',
    'nanmax',
    'nanmin',
    'nanargmax',
    'nanargmin',
    'nanmean',
    'nanmedian',
    'nanpercentile',
    'nanvar',
    'nanstd',
    'nanprod',
    'nancumsum',
    'nancumprod',
    'nanquantile',
]


def _nan_mask(a, out=None):
    """Where `a` is not nan; True for a dtype that has none."""
    if number_kind(a.dtype) not in 'fc':
        return True
    mask = isnan(a, out=out)
    return logical_not(mask, out=mask)


def _replace_nan(a, val):
    """A copy of `a` with `val` for nan, and where it stood.

    The mask is None, and `a` no copy, for a dtype without nan.
    """
    a = asanyarray(a)
    if a.dtype == object_:
        # Only nan differs from itself.
        mask = not_equal(a, a, dtype=bool)
    elif issubclass(a.dtype.type, inexact):
        mask = isnan(a)
    else:
        return a, None
    a = array(a, subok=True, copy=True)
    copyto(a, val, where=mask)
    return a, mask


def _copyto(a, val, mask):
    """`a` with `val` where `mask`: in place, or another scalar."""
    if isinstance(a, ndarray):
        copyto(a, val, where=mask, casting='unsafe')
        return a
    return a.dtype.type(val)


def _divide_by_count(a, b, out=None):
    """``a / b`` in the dtype of `a`, in place if possible, 0/0 without noise."""
    if b.all() if isinstance(b, ndarray) else b:
        return _quotient(a, b, out)
    with errstate(invalid='ignore', divide='ignore'):
        return _quotient(a, b, out)


def _quotient(a, b, out):
    if isinstance(a, ndarray):
        return divide(a, b, out=a if out is None else out, casting='unsafe')
    if out is not None:
        return divide(a, b, out=out, casting='unsafe')
    quotient = a / b
    # A Python object has no dtype to return to.
    return a.dtype.type(quotient) if hasattr(a, 'dtype') else quotient


def _given(**kwargs):
    """The keyword arguments that the caller did give."""
    return {name: value for name, value in kwargs.items() if value is not _NoValue}


def _extremum(a, axis, out, reduction, plain, worst, kwargs):
    """Smallest or largest element that is not nan."""
    what = "slice" if type(a) in (ndarray, memmap) else "axis"
    a = asanyarray(a)
    if type(a) in (ndarray, memmap) and a.dtype != object_:
        result = reduction.reduce(a, axis=axis, out=out, **kwargs)
        if number_kind(a.dtype) in 'fcmM' and isnan(result).any():
            warnings.warn(f"All-NaN {what} encountered", RuntimeWarning, stacklevel=3)
        return result
    # Subclasses get their own reduction, on a copy without nan.
    filled, mask = _replace_nan(a, worst)
    result = plain(filled, axis=axis, out=out, **kwargs)
    if mask is None:
        return result
    kwargs.pop('initial', None)
    hopeless = _plain.all(mask, axis=axis, **kwargs)
    if _plain.any(hopeless):
        result = _copyto(result, float('nan'), hopeless)
        warnings.warn("All-NaN axis encountered", RuntimeWarning, stacklevel=3)
    return result


def _nanmin_dispatcher(a, axis=None, out=None, keepdims=None, initial=None, where=None):
    return (a, out)


@array_function_dispatch(_nanmin_dispatcher)
def nanmin(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Smallest element along `axis`, nan ignored.

    A slice of nothing but nan gives nan and a RuntimeWarning; no elements
    at all raise ValueError.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    initial : scalar, optional
        The greatest result.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray; NaN, with a warning, where there is nothing else.

    Examples
    --------
    >>> np.nanmin([[1, np.nan], [3, 2]], axis=0)
    array([1., 2.])
    """
    kwargs = _given(keepdims=keepdims, initial=initial, where=where)
    return _extremum(a, axis, out, fmin, _plain.amin, float('inf'), kwargs)


@array_function_dispatch(_nanmin_dispatcher)
def nanmax(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Largest element along `axis`, nan ignored: see `nanmin`.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    initial : scalar, optional
        The least result.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray; NaN, with a warning, where there is nothing else.

    Examples
    --------
    >>> np.nanmax([[1, np.nan], [3, 2]], axis=0)
    array([3., 2.])
    """
    kwargs = _given(keepdims=keepdims, initial=initial, where=where)
    return _extremum(a, axis, out, fmax, _plain.amax, float('-inf'), kwargs)


def _arg_extremum(a, axis, out, find, worst, keepdims):
    filled, mask = _replace_nan(a, worst)
    if mask is not None and mask.size:
        if _plain.any(_plain.all(mask, axis=axis)):
            raise ValueError("All-NaN slice encountered")
    return find(filled, axis=axis, out=out, **_given(keepdims=keepdims))


def _nanarg_dispatcher(a, axis=None, out=None, *, keepdims=None):
    return (a,)


@array_function_dispatch(_nanarg_dispatcher)
def nanargmin(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the smallest element along `axis`, nan ignored.

    ValueError for a slice of nothing but nan, or of nothing.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis to search; None searches the flattened array.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.

    Returns
    -------
    intp or ndarray of intp.

    Raises
    ------
    ValueError
        A slice of NaN only.

    Examples
    --------
    >>> np.nanargmin([np.nan, 4, 2])
    np.int64(2)
    """
    return _arg_extremum(a, axis, out, _plain.argmin, float('inf'), keepdims)


@array_function_dispatch(_nanarg_dispatcher)
def nanargmax(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the largest element along `axis`, nan ignored.

    ValueError for a slice of nothing but nan, or of nothing.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis to search; None searches the flattened array.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.

    Returns
    -------
    intp or ndarray of intp.

    Raises
    ------
    ValueError
        A slice of NaN only.

    Examples
    --------
    >>> np.nanargmax([np.nan, 4, 2])
    np.int64(1)
    """
    return _arg_extremum(a, axis, out, _plain.argmax, float('-inf'), keepdims)


def _nansum_dispatcher(a, axis=None, dtype=None, out=None, keepdims=None, initial=None, where=None):
    return (a, out)


@array_function_dispatch(_nansum_dispatcher)
def nansum(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Sum along `axis` with nan as 0.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    dtype : dtype, optional
        The result's dtype.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    initial : scalar, optional
        Where the reduction starts.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray; 0 where there is only NaN.

    Examples
    --------
    >>> np.nansum([[1, 1], [1, np.nan]], axis=0)
    array([2., 1.])
    """
    a, _ = _replace_nan(a, 0)
    return _plain.sum(a, axis=axis, dtype=dtype, out=out, **_given(keepdims=keepdims, initial=initial, where=where))


@array_function_dispatch(_nansum_dispatcher)
def nanprod(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Product along `axis` with nan as 1.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    dtype : dtype, optional
        The result's dtype.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    initial : scalar, optional
        Where the reduction starts.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray; 1 where there is only NaN.

    Examples
    --------
    >>> np.nanprod([[1, 2], [3, np.nan]], axis=0)
    array([3., 2.])
    """
    a, _ = _replace_nan(a, 1)
    return _plain.prod(a, axis=axis, dtype=dtype, out=out, **_given(keepdims=keepdims, initial=initial, where=where))


def _nancum_dispatcher(a, axis=None, dtype=None, out=None):
    return (a, out)


@array_function_dispatch(_nancum_dispatcher)
def nancumsum(a, axis=None, dtype=None, out=None):
    """Running sum along `axis` (None: flat) with nan as 0.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis; None flattens first.
    dtype : dtype, optional
        The result's dtype.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.nancumsum([1, np.nan, 2])
    array([1., 1., 3.])
    """
    a, _ = _replace_nan(a, 0)
    return _plain.cumsum(a, axis=axis, dtype=dtype, out=out)


@array_function_dispatch(_nancum_dispatcher)
def nancumprod(a, axis=None, dtype=None, out=None):
    """Running product along `axis` (None: flat) with nan as 1.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis; None flattens first.
    dtype : dtype, optional
        The result's dtype.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.nancumprod([2, np.nan, 3])
    array([2., 2., 6.])
    """
    a, _ = _replace_nan(a, 1)
    return _plain.cumprod(a, axis=axis, dtype=dtype, out=out)


def _need_inexact(dtype, out):
    """Integers can't take a mean that may be nan."""
    if dtype is not None and not issubclass(_dtype(dtype).type, inexact):
        raise TypeError("If a is inexact, then dtype must be inexact")
    if out is not None and not issubclass(out.dtype.type, inexact):
        raise TypeError("If a is inexact, then out must be inexact")


def _nanmean_dispatcher(a, axis=None, dtype=None, out=None, keepdims=None, *, where=None):
    return (a, out)


@array_function_dispatch(_nanmean_dispatcher)
def nanmean(a, axis=None, dtype=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """Mean along `axis`, nan ignored.

    A slice of nothing but nan gives nan and a RuntimeWarning. TypeError for
    an integer `dtype` or `out` on inexact data.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    dtype : dtype, optional
        To compute in; float64 of integers by default.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray; NaN, with a warning, where there is nothing else.

    Examples
    --------
    >>> np.nanmean([[1, np.nan], [3, 4]], axis=0)
    array([2., 4.])
    """
    kwargs = _given(keepdims=keepdims, where=where)
    filled, mask = _replace_nan(a, 0)
    if mask is None:
        return _plain.mean(filled, axis=axis, dtype=dtype, out=out, **kwargs)
    _need_inexact(dtype, out)
    count = (~mask).sum(axis=axis, dtype=intp, **kwargs)
    total = filled.sum(axis=axis, dtype=dtype, out=out, **kwargs)
    mean = _divide_by_count(total, count, out=out)
    if not (count.all() if isinstance(count, ndarray) else count):
        # The nan is there: 0 / 0.
        warnings.warn("Mean of empty slice", RuntimeWarning, stacklevel=2)
    return mean


def _nanvar_dispatcher(
    a, axis=None, dtype=None, out=None, ddof=None, keepdims=None, *, where=None, mean=None, correction=None
):
    return (a, out)


def _deviations(filled, mask, axis, dtype, count, mean, kwargs):
    """Distances from the mean (in place), 0 where there was a nan."""
    if mean is _NoValue:
        mean = _plain.sum(filled, axis=axis, dtype=dtype, **kwargs)
        mean = _divide_by_count(mean, count)
    kwargs = {key: value for key, value in kwargs.items() if key == 'where'}
    subtract(filled, mean, out=filled, casting='unsafe', **kwargs)
    return _copyto(filled, 0, mask)


@array_function_dispatch(_nanvar_dispatcher)
def nanvar(
    a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue, mean=_NoValue, correction=_NoValue
):
    """Variance along `axis`, nan ignored.

    The sum of squares is divided by the count less `ddof` (or
    `correction`). A known `mean` (with kept dimensions) saves computing it.
    A slice with too few numbers gives nan and a RuntimeWarning. ValueError
    for both `ddof` and `correction`, TypeError for an integer `dtype` or
    `out` on inexact data.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    dtype : dtype, optional
        To compute in; float64 of integers by default.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    ddof : float, optional
        What is subtracted from the number of elements in the divisor.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.
    mean : array_like, optional
        The mean, where it is known, of the shape that ``keepdims=True`` gives.
    correction : float, optional
        Another name of `ddof`.

    Returns
    -------
    scalar or ndarray, real.

    Examples
    --------
    >>> np.nanvar([1, np.nan, 3])
    np.float64(1.0)
    """
    if correction is not _NoValue:
        if ddof != 0:
            raise ValueError("ddof and correction can't be provided simultaneously.")
        ddof = correction
    filled, mask = _replace_nan(a, 0)
    if mask is None:
        return _plain.var(
            filled, axis=axis, dtype=dtype, out=out, ddof=ddof, **_given(keepdims=keepdims, where=where, mean=mean)
        )
    _need_inexact(dtype, out)
    # A matrix keeps its dimensions anyway and does not know the argument.
    keep = _NoValue if type(filled).__name__ == 'matrix' else True
    kept = _given(keepdims=keep, where=where)
    count = (~mask).sum(axis=axis, dtype=intp, **kept)
    deviations = _deviations(filled, mask, axis, dtype, count, mean, kept)
    if deviations.dtype.kind == 'c':
        squares = multiply(deviations, deviations.conj(), out=deviations).real
    else:
        squares = multiply(deviations, deviations, out=deviations)

    variance = _plain.sum(squares, axis=axis, dtype=dtype, out=out, **_given(keepdims=keepdims, where=where))
    if getattr(variance, 'ndim', 0) < count.ndim:
        count = count.squeeze(axis)
    freedom = count - ddof
    variance = _divide_by_count(variance, freedom)
    too_few = freedom <= 0
    if _plain.any(too_few):
        warnings.warn("Degrees of freedom <= 0 for slice.", RuntimeWarning, stacklevel=2)
        # Also where the division gave inf or a negative number.
        variance = _copyto(variance, float('nan'), too_few)
    return variance


@array_function_dispatch(_nanvar_dispatcher)
def nanstd(
    a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue, mean=_NoValue, correction=_NoValue
):
    """Standard deviation along `axis`, nan ignored: the root of `nanvar`.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    dtype : dtype, optional
        To compute in; float64 of integers by default.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    ddof : float, optional
        What is subtracted from the number of elements in the divisor.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.
    mean : array_like, optional
        The mean, where it is known, of the shape that ``keepdims=True`` gives.
    correction : float, optional
        Another name of `ddof`.

    Returns
    -------
    scalar or ndarray, real.

    Examples
    --------
    >>> np.nanstd([1, np.nan, 3])
    np.float64(1.0)
    """
    variance = nanvar(
        a, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where, mean=mean, correction=correction
    )
    if isinstance(variance, ndarray):
        return sqrt(variance, out=variance)
    if hasattr(variance, 'dtype'):
        return variance.dtype.type(sqrt(variance))
    return sqrt(variance)
