"""Arrays with items deleted, inserted, appended, trimmed, taken or placed."""

from .._core.fromnumeric import nonzero, ravel, take
from .._core.multiarray import (
    _place,
    arange,
    array,
    asanyarray,
    asarray,
    concatenate,
    empty,
    ndarray,
    normalize_axis_index,
    zeros,
)
from .._core.numeric import argwhere, moveaxis, normalize_axis_tuple, ones
from .._core.numerictypes import bool_ as _bool, intp
from ._dispatch import array_function_dispatch

__all__ = ['delete', 'insert', 'append', 'trim_zeros', 'extract', 'place']


def _trim_dispatcher(filt, trim=None, axis=None):
    return (filt,)


def _arg_trim_zeros(filt):
    """First and last index (inclusive, one per axis) around the non-zeros."""
    found = argwhere(filt) if filt.dtype.kind != 'O' else argwhere(filt != 0)
    if found.size == 0:
        first = last = zeros(filt.ndim, dtype=intp)
    else:
        first = found.min(axis=0)
        last = found.max(axis=0)
    return first, last


@array_function_dispatch(_trim_dispatcher)
def trim_zeros(filt, trim='fb', axis=None):
    """`filt` without its outer zeros: front (``'f'``), back (``'b'``) or both.

    Works on one axis, several, or all; a slice goes if all of it is zero.
    The input's type is kept (list, tuple, array). ValueError for other
    letters in `trim`.

    Parameters
    ----------
    filt : array_like
    trim : {'fb', 'f', 'b'}, optional
        Whether to trim at the front, at the back, or both.
    axis : int or sequence of int, optional
        The axes; None takes all.

    Returns
    -------
    ndarray, or a sequence of the kind given.

    Examples
    --------
    >>> np.trim_zeros([0, 0, 1, 2, 0])
    [1, 2]
    """
    values = asarray(filt)
    trim = trim.lower()
    if trim not in {'fb', 'bf', 'f', 'b'}:
        raise ValueError(f"unexpected character(s) in `trim`: {trim!r}")
    axes = range(values.ndim) if axis is None else normalize_axis_tuple(axis, values.ndim, argname='axis')
    if not axes:
        return filt
    first, last = _arg_trim_zeros(values)
    stop = last + 1
    if not values.any():
        stop = first
    index = [slice(None)] * values.ndim
    for i in axes:
        if 'f' in trim and 'b' in trim:
            index[i] = slice(first[i], stop[i])
        elif stop[i] == first[i]:
            index[i] = slice(0, 0)
        else:
            index[i] = slice(first[i], None) if 'f' in trim else slice(None, stop[i])
    # Lists and tuples are cut themselves, so that they keep their type.
    return filt[index[0]] if values.ndim == 1 else filt[tuple(index)]


def _extract_dispatcher(condition, arr):
    return (condition, arr)


@array_function_dispatch(_extract_dispatcher)
def extract(condition, arr):
    """The elements of `arr` where `condition` is true, as a 1-D array.

    Both are read flat.

    Parameters
    ----------
    condition : array_like of bool
        Which elements to take; flattened.
    arr : array_like
        Flattened.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.extract([True, False, True], [1, 2, 3])
    array([1, 3])
    """
    return take(ravel(arr), nonzero(ravel(condition))[0])


def _place_dispatcher(arr, mask, vals):
    return (arr, mask, vals)


@array_function_dispatch(_place_dispatcher)
def place(arr, mask, vals):
    """Put `vals`, repeated as needed, where `mask` is true: in place.

    `mask` has `arr`'s size. TypeError unless `arr` is an ndarray,
    ValueError for empty `vals` where something is to be placed.

    Parameters
    ----------
    arr : ndarray
        What is written to.
    mask : array_like of bool
        Where; of the size of `arr`.
    vals : array_like, 1-d
        Repeated as often as needed.

    Returns
    -------
    None.

    Examples
    --------
    >>> a = np.arange(4)
    >>> np.place(a, a > 1, [7, 8])
    >>> a
    array([0, 1, 7, 8])
    """
    return _place(arr, mask, vals)


def _flat_or_along(arr, axis):
    """`arr` and `axis`, where no axis means flat."""
    if axis is None:
        if arr.ndim != 1:
            arr = arr.ravel()
        return arr, arr.ndim - 1
    return arr, normalize_axis_index(axis, arr.ndim)


def _like(original, result):
    """`result` in the class of `original`, if that is a class of arrays."""
    if type(original) is ndarray or not hasattr(original, '__array_wrap__'):
        return result
    return original.__array_wrap__(result)


def _order_of(arr):
    return 'F' if arr.flags.fnc else 'C'


def _along(ndim, axis, item):
    index = [slice(None)] * ndim
    index[axis] = item
    return tuple(index)


def _checked_position(position, size, limit, axis):
    """A single index from ``-size`` up to ``limit``, made non-negative."""
    if position < -size or position > limit:
        raise IndexError(f"index {position} is out of bounds for axis {axis} with size {size}")
    return position + size if position < 0 else position


def _delete_dispatcher(arr, obj, axis=None):
    return (arr, obj)


def _single_item(obj):
    """Whether an index array holds one integer, in any number of dimensions."""
    return obj.size == 1 and obj.dtype.kind in 'iu'


@array_function_dispatch(_delete_dispatcher)
def delete(arr, obj, axis=None):
    """A copy of `arr` without the items `obj` along `axis` (None: flat).

    `obj` is an integer, a slice, a list of integers or a boolean mask of the
    axis' length. IndexError for an index out of range or not integer.

    Parameters
    ----------
    arr : array_like
    obj : int, slice, or array_like of int or bool
        What to leave out.
    axis : int, optional
        The axis; None flattens first.

    Returns
    -------
    ndarray, a copy.

    Examples
    --------
    >>> np.delete([1, 2, 3, 4], [0, -1])
    array([2, 3])
    """
    original = arr
    arr = asarray(arr)
    arr, axis = _flat_or_along(arr, axis)
    size = arr.shape[axis]
    if type(obj) is int:
        position = _checked_position(obj, size, size - 1, axis)
        result = _without_run(arr, axis, position, position + 1)
    elif isinstance(obj, slice):
        result = _without_slice(arr, axis, obj)
    else:
        keep = _kept_mask(obj, size, axis)
        result = arr[_along(arr.ndim, axis, keep)]
        if arr.flags.fnc:
            result = result.copy('F')
    return _like(original, result)


def _without_slice(arr, axis, removed):
    """`arr` without the items of a slice."""
    size = arr.shape[axis]
    positions = range(*removed.indices(size))
    if not positions:
        return arr.copy(order=_order_of(arr))
    if positions.step < 0:
        positions = positions[::-1]
    if positions.step != 1:
        keep = ones(size, dtype=_bool)
        keep[positions.start : positions.stop : positions.step] = False
        result = arr[_along(arr.ndim, axis, keep)]
        return result.copy('F') if arr.flags.fnc else result
    return _without_run(arr, axis, positions.start, positions.stop)


def _without_run(arr, axis, start, stop):
    """`arr` without the items from `start` to `stop`: two block copies."""
    if arr.ndim == 1:
        result = empty(arr.size - (stop - start), arr.dtype)
        result[:start] = arr[:start]
        result[start:] = arr[stop:]
        return result
    shape = list(arr.shape)
    shape[axis] -= stop - start
    result = empty(shape, arr.dtype, _order_of(arr))
    before = _along(arr.ndim, axis, slice(None, start))
    result[before] = arr[before]
    result[_along(arr.ndim, axis, slice(start, None))] = arr[_along(arr.ndim, axis, slice(stop, None))]
    return result


def _kept_mask(obj, size, axis):
    """A boolean mask of what stays when the items `obj` go."""
    given = asarray(obj)
    if given.dtype.kind == 'b':
        if given.shape != (size,):
            raise ValueError(
                "boolean array argument obj to delete must be one "
                "dimensional and match the axis length of "
                f"{size}, got shape {given.shape}"
            )
        return ~given
    if given.size == 0 and not isinstance(obj, ndarray):
        given = given.astype(intp)
    keep = ones(size, dtype=_bool)
    if _single_item(given):
        position = _checked_position(given.item(), size, size - 1, axis)
        keep[position] = False
    else:
        keep[given,] = False
    return keep


def _insert_dispatcher(arr, obj, values, axis=None):
    return (arr, obj, values)


@array_function_dispatch(_insert_dispatcher)
def insert(arr, obj, values, axis=None):
    """A copy of `arr` with `values` inserted before the items `obj`.

    `obj` (an integer, a slice, a list of integers, or a boolean mask) counts in the original array; `values` broadcast
    against the items to insert and are cast to `arr`'s dtype. Without an
    axis all is flat. IndexError for an index out of range.

    Parameters
    ----------
    arr : array_like
    obj : int, slice, or array_like of int or bool
        Before which positions to insert.
    values : array_like
        What to insert; cast to the dtype of `arr`.
    axis : int, optional
        The axis; None flattens first.

    Returns
    -------
    ndarray, a copy.

    Examples
    --------
    >>> np.insert([1, 2, 3], 1, 9)
    array([1, 9, 2, 3])
    """
    original = arr
    arr = asarray(arr)
    arr, axis = _flat_or_along(arr, axis)
    size = arr.shape[axis]
    indices = _insert_positions(obj, size)
    if indices.size == 1:
        position = _checked_position(indices.item(), size, size, axis)
        result = _insert_block(arr, axis, position, values, indices.ndim == 0)
    else:
        result = _insert_many(arr, axis, indices, values)
    return _like(original, result)


def _insert_positions(obj, size):
    """`obj` as an array of at most one dimension."""
    if isinstance(obj, slice):
        return arange(*obj.indices(size), dtype=intp)
    indices = array(obj)
    if indices.ndim > 1:
        raise ValueError(
            f"index array argument obj to insert must be one dimensional or scalar, got {indices.ndim} dimensions"
        )
    if indices.dtype.kind == 'b':
        return indices.nonzero()[0]
    if indices.size == 0 and not isinstance(obj, ndarray):
        return indices.astype(intp)
    if indices.dtype.kind not in 'iu':
        raise IndexError(f"arrays used as indices must be of integer (or boolean) type, not {indices.dtype}")
    return indices


def _insert_block(arr, axis, position, values, scalar):
    """Insert at one position: two block copies around the new items."""
    values = array(values, copy=None, ndmin=arr.ndim, dtype=arr.dtype)
    if scalar and arr.ndim > 1:
        # A scalar position means values[0], values[1]... run along the axis.
        values = moveaxis(values, 0, axis)
    count = values.shape[axis]
    if arr.ndim == 1:
        result = empty(arr.size + count, arr.dtype)
        result[:position] = arr[:position]
        result[position : position + count] = values
        result[position + count :] = arr[position:]
        return result
    shape = list(arr.shape)
    shape[axis] += count
    result = empty(shape, arr.dtype, _order_of(arr))
    ndim = arr.ndim
    before = _along(ndim, axis, slice(None, position))
    result[before] = arr[before]
    result[_along(ndim, axis, slice(position, position + count))] = values
    result[_along(ndim, axis, slice(position + count, None))] = arr[_along(ndim, axis, slice(position, None))]
    return result


def _insert_many(arr, axis, indices, values):
    """Insert one item before each of `indices`."""
    size = arr.shape[axis]
    indices = indices.astype(intp) if indices.dtype.kind != 'i' else indices.copy()
    if indices.size:
        low = indices.min()
        if low < -size or indices.max() > size:
            bad = indices[(indices < -size) | (indices > size)][0]
            raise IndexError(f"index {bad} is out of bounds for axis {axis} with size {size}")
        if low < 0:
            indices[indices < 0] += size
    count = indices.size
    # In the result each new item stands behind those inserted before it.
    order = indices.argsort(kind='mergesort')
    indices[order] += arange(count, dtype=indices.dtype)

    shape = list(arr.shape)
    shape[axis] += count
    is_old = ones(shape[axis], dtype=_bool)
    is_old[indices] = False
    result = empty(shape, arr.dtype, _order_of(arr))
    result[_along(arr.ndim, axis, indices)] = values
    result[_along(arr.ndim, axis, is_old)] = arr
    return result


def _append_dispatcher(arr, values, axis=None):
    return (arr, values)


@array_function_dispatch(_append_dispatcher)
def append(arr, values, axis=None):
    """A copy of `arr` with `values` at the end of `axis` (None: both flat).

    With an axis both must agree in all other dimensions, else ValueError.

    Parameters
    ----------
    arr : array_like
    values : array_like
        What to put behind it; with `axis` of the same shape but along it.
    axis : int, optional
        The axis to extend; None flattens both first.

    Returns
    -------
    ndarray, a copy of the promoted dtype.

    Examples
    --------
    >>> np.append([1, 2], [[3, 4]])
    array([1, 2, 3, 4])
    """
    arr = asanyarray(arr)
    if axis is None:
        arr = arr.ravel()
        values = ravel(values)
        axis = arr.ndim - 1
    return concatenate((arr, values), axis=axis)
