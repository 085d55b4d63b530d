"""Stacking, splitting, tiling, and functions applied along axes."""

import warnings

from .._core.multiarray import (
    arange,
    array,
    asanyarray,
    asarray,
    concatenate,
    empty,
    ndarray,
    normalize_axis_index,
)
from .._core.numeric import moveaxis, normalize_axis_tuple
from .._core.shape_base import (
    _arrays_for_stack_dispatcher,
    atleast_3d,
    vstack,
)
from .._core.umath import multiply
from .._utils import set_module
from ._dispatch import array_function_dispatch
from ._index_tricks_impl import ndindex

__all__ = [
    'column_stack',
    'row_stack',
    'dstack',
    'array_split',
    'split',
    'hsplit',
    'vsplit',
    'dsplit',
    'apply_over_axes',
    'expand_dims',
    'apply_along_axis',
    'kron',
    'tile',
    'take_along_axis',
    'put_along_axis',
]


def _make_along_axis_idx(arr_shape, indices, axis):
    """An index that pairs `indices` with every position off the axis."""
    if indices.dtype.kind not in 'iu':
        raise IndexError(f'`indices` must be an integer array, is {indices.dtype}')
    if len(arr_shape) != indices.ndim:
        raise ValueError(
            f"`indices` and `arr` must have the same number of dimensions: {indices.ndim} and {len(arr_shape)}"
        )
    index = []
    for i, size in enumerate(arr_shape):
        if i == axis:
            index.append(indices)
        else:
            shape = [1] * len(arr_shape)
            shape[i] = -1
            index.append(arange(size).reshape(shape))
    return tuple(index)


def _flat_axis(arr, axis, indices):
    """`arr`, its shape and axis, where None means the flat array."""
    if axis is None:
        if indices.ndim != 1:
            raise ValueError(f'when axis=None, `indices` must have a single dimension, has {indices.ndim}.')
        return arr.flat, (arr.size,), 0
    return arr, arr.shape, normalize_axis_index(axis, arr.ndim)


def _take_along_axis_dispatcher(arr, indices, axis=None):
    return (arr, indices)


@array_function_dispatch(_take_along_axis_dispatcher)
def take_along_axis(arr, indices, axis=-1):
    """Elements of `arr` picked per 1-D slice along `axis` by `indices`.

    `indices` (integers, as of `argsort`) has `arr`'s number of dimensions
    and broadcasts against it off the axis. IndexError for other dtypes or
    indices out of range, ValueError for another number of dimensions.

    Parameters
    ----------
    arr : array_like
    indices : ndarray of int
        As many axes as `arr`.
    axis : int or None, optional
        The axis that is indexed; None takes the flattened array.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> a = np.array([[3, 1], [2, 4]])
    >>> np.take_along_axis(a, np.argsort(a, axis=1), axis=1)
    array([[1, 3],
           [2, 4]])
    """
    values, shape, axis = _flat_axis(arr, axis, indices)
    if axis == 0 and values is not arr:
        values = array(values)
    return values[_make_along_axis_idx(shape, indices, axis)]


def _put_along_axis_dispatcher(arr, indices, values, axis):
    return (arr, indices, values)


@array_function_dispatch(_put_along_axis_dispatcher)
def put_along_axis(arr, indices, values, axis):
    """Write `values` per 1-D slice along `axis` at `indices`, in place.

    The counterpart of `take_along_axis`, with the same errors.

    Parameters
    ----------
    arr : ndarray
        What is written to.
    indices : ndarray of int
        As many axes as `arr`.
    values : array_like
        Broadcast to the shape of `indices`.
    axis : int or None
        The axis that is indexed; None takes the flattened array.

    Returns
    -------
    None.

    Examples
    --------
    >>> a = np.array([[3, 1], [2, 4]])
    >>> np.put_along_axis(a, np.array([[0], [1]]), 9, axis=1)
    >>> a
    array([[9, 1],
           [2, 9]])
    """
    target, shape, axis = _flat_axis(arr, axis, indices)
    if target is not arr:
        target[indices] = values
        return
    target[_make_along_axis_idx(shape, indices, axis)] = values


def _apply_along_axis_dispatcher(func1d, axis, arr, *args, **kwargs):
    return (arr,)


@array_function_dispatch(_apply_along_axis_dispatcher)
def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """Call ``func1d(slice, *args, **kwargs)`` for every 1-D slice along `axis`.

    What it returns (a scalar or an array, of one shape) takes the place of
    the axis. ValueError if there is no slice to call it with.

    Parameters
    ----------
    func1d : callable
        Takes a 1-d array, and what else is given.
    axis : int
        The axis of the 1-d slices.
    arr : array_like
    *args
        Handed to `func1d`.
    **kwargs
        Handed to `func1d`.

    Returns
    -------
    ndarray; the axis is replaced by those of the function's result.

    Examples
    --------
    >>> np.apply_along_axis(lambda v: v[0] + v[-1], 1, [[1, 2, 3], [4, 5, 6]])
    array([ 4, 10])
    """
    arr = asanyarray(arr)
    ndim = arr.ndim
    axis = normalize_axis_index(axis, ndim)
    rows = moveaxis(arr, axis, -1)
    indices = ndindex(rows.shape[:-1])
    try:
        first = next(indices)
    except StopIteration:
        raise ValueError(f'Cannot apply_along_axis when any iteration dimensions are 0: {rows.shape[:-1]}') from None
    result = asanyarray(func1d(rows[first], *args, **kwargs))
    buffer = empty(rows.shape[:-1] + result.shape, result.dtype)
    if type(result).__name__ != 'matrix':
        # Before it is filled: a masked array keeps masks from now on.
        buffer = result.__array_wrap__(buffer)
    # The ellipsis makes 0-d object results land as the objects they hold.
    buffer[(*first, ...)] = result
    for index in indices:
        buffer[(*index, ...)] = asanyarray(func1d(rows[index], *args, **kwargs))

    # The result's axes stand last; they belong where the axis was.
    order = list(range(buffer.ndim))
    loops = rows.ndim - 1
    order = order[:axis] + order[loops:] + order[axis:loops]
    placed = buffer.transpose(order)
    # A matrix would have lost the order of more than two axes before.
    return result.__array_wrap__(placed) if type(result).__name__ == 'matrix' else placed


def _apply_over_axes_dispatcher(func, a, axes):
    return (a,)


@array_function_dispatch(_apply_over_axes_dispatcher)
def apply_over_axes(func, a, axes):
    """Call ``func(a, axis)`` for each of `axes` in turn, on the last result.

    A result with one dimension less has it put back with length 1.
    ValueError if the number of dimensions changes by more.

    Parameters
    ----------
    func : callable
        Called as ``func(array, axis)``.
    a : array_like
    axes : int or sequence of int
        The axes, one after the other.

    Returns
    -------
    ndarray with as many axes as `a`.

    Examples
    --------
    >>> np.apply_over_axes(np.sum, np.ones((2, 3)), [0, 1])
    array([[6.]])
    """
    values = asarray(a)
    ndim = a.ndim
    for axis in asarray(axes).reshape(-1).tolist():
        if axis < 0:
            axis += ndim
        result = func(values, axis)
        if result.ndim != values.ndim:
            result = expand_dims(result, axis)
        if result.ndim != values.ndim:
            raise ValueError(
                f"function is not returning an array of the correct shape: {result.shape} for {values.shape}"
            )
        values = result
    return values


def _expand_dims_dispatcher(a, axis):
    return (a,)


@array_function_dispatch(_expand_dims_dispatcher)
def expand_dims(a, axis):
    """`a` with new axes of length 1 at the places `axis` (int or tuple).

    The places count in the result. A view. AxisError for places out of
    range, ValueError for repeated ones.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int
        Where the new axes stand in the result.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> np.expand_dims([1, 2], 0)
    array([[1, 2]])
    """
    a = asanyarray(a)
    if type(a) is not ndarray:
        from ..matrixlib import matrix

        # A matrix has two axes and takes no third.
        a = asarray(a) if isinstance(a, matrix) else a
    if not isinstance(axis, (tuple, list)):
        axis = (axis,)
    ndim = len(axis) + a.ndim
    axis = normalize_axis_tuple(axis, ndim)
    sizes = iter(a.shape)
    return a.reshape([1 if i in axis else next(sizes) for i in range(ndim)])


@set_module('numpy')
def row_stack(tup, *, dtype=None, casting="same_kind"):
    """Deprecated name of `vstack`.

    Parameters
    ----------
    tup : sequence of array_like
    dtype : dtype, optional
        The result's dtype; otherwise the promoted one.
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
        Which casts are allowed.

    Returns
    -------
    ndarray, at least 2-d.

    Examples
    --------
    >>> np.vstack(([1], [2]))
    array([[1],
           [2]])
    """
    warnings.warn("`row_stack` alias is deprecated. Use `np.vstack` directly.", DeprecationWarning, stacklevel=2)
    return vstack(tup, dtype=dtype, casting=casting)


def _column_stack_dispatcher(tup):
    return _arrays_for_stack_dispatcher(tup)


@array_function_dispatch(_column_stack_dispatcher)
def column_stack(tup):
    """1-D arrays as the columns of a 2-D array; 2-D arrays join as they are.

    Parameters
    ----------
    tup : sequence of array_like, 1-d or 2-d

    Returns
    -------
    ndarray, 2-d.

    Examples
    --------
    >>> np.column_stack(([1, 2], [3, 4]))
    array([[1, 3],
           [2, 4]])
    """
    columns = []
    for item in tup:
        item = asanyarray(item)
        if item.ndim < 2:
            item = array(item, copy=None, subok=True, ndmin=2).T
        columns.append(item)
    return concatenate(columns, 1)


def _dstack_dispatcher(tup):
    return _arrays_for_stack_dispatcher(tup)


@array_function_dispatch(_dstack_dispatcher)
def dstack(tup):
    """Arrays joined along the third axis, after `atleast_3d`.

    Parameters
    ----------
    tup : sequence of array_like

    Returns
    -------
    ndarray, at least 3-d.

    Examples
    --------
    >>> np.dstack(([1, 2], [3, 4]))
    array([[[1, 3],
            [2, 4]]])
    """
    arrays = atleast_3d(*tup)
    return concatenate(arrays if isinstance(arrays, tuple) else [arrays], 2)


def _array_split_dispatcher(ary, indices_or_sections, axis=None):
    return (ary, indices_or_sections)


def _split_points(length, indices_or_sections):
    """Where the parts begin and end, from a count or a list of cuts."""
    try:
        cuts = list(indices_or_sections)
    except TypeError:
        sections = int(indices_or_sections)
        if sections <= 0:
            raise ValueError(f'number sections must be larger than 0, got {sections}.') from None
        each, extras = divmod(length, sections)
        # The first `extras` parts are longer by one.
        return [each * i + min(i, extras) for i in range(sections + 1)]
    return [0, *cuts, length]


@array_function_dispatch(_array_split_dispatcher)
def array_split(ary, indices_or_sections, axis=0):
    """`ary` cut along `axis` into a list of views.

    `indices_or_sections` is a number of nearly equal parts, or the indices
    to cut before. ValueError for a number below one.

    Parameters
    ----------
    ary : array_like
    indices_or_sections : int or sequence of int
        The number of equal parts, or the indices where to cut.
    axis : int, optional
        The axis to cut.

    Returns
    -------
    list of ndarray, views.

    Examples
    --------
    >>> np.array_split(np.arange(5), 2)
    [array([0, 1, 2]), array([3, 4])]
    """
    try:
        length = ary.shape[axis]
    except AttributeError:
        length = len(ary)
    points = _split_points(length, indices_or_sections)
    front = asanyarray(ary).swapaxes(axis, 0)
    return [front[start:stop].swapaxes(axis, 0) for start, stop in zip(points, points[1:])]


def _split_dispatcher(ary, indices_or_sections, axis=None):
    return (ary, indices_or_sections)


@array_function_dispatch(_split_dispatcher)
def split(ary, indices_or_sections, axis=0):
    """As `array_split`, but a number of parts must divide the axis.

    ValueError otherwise.

    Parameters
    ----------
    ary : array_like
    indices_or_sections : int or sequence of int
        The number of equal parts, or the indices where to cut.
    axis : int, optional
        The axis to cut.

    Returns
    -------
    list of ndarray, views.

    Examples
    --------
    >>> np.split(np.arange(4), 2)
    [array([0, 1]), array([2, 3])]
    """
    try:
        len(indices_or_sections)
    except TypeError:
        length = ary.shape[axis]
        if length % indices_or_sections:
            raise ValueError(
                f'array split does not result in an equal division: {length} by {indices_or_sections}'
            ) from None
    return array_split(ary, indices_or_sections, axis)


def _hvdsplit_dispatcher(ary, indices_or_sections):
    return (ary, indices_or_sections)


def _need_dimensions(ary, name, least):
    """Dimensions of `ary`; ValueError where there are too few."""
    ndim = asanyarray(ary).ndim
    if ndim < least:
        raise ValueError(f'{name} only works on arrays of {least} or more dimensions, got {ndim}')
    return ndim


@array_function_dispatch(_hvdsplit_dispatcher)
def hsplit(ary, indices_or_sections):
    """`split` along the second axis, or the only one. ValueError for 0-d.

    Parameters
    ----------
    ary : array_like
    indices_or_sections : int or sequence of int
        The number of equal parts, or the indices where to cut.

    Returns
    -------
    list of ndarray, views.

    Examples
    --------
    >>> np.hsplit(np.array([[1, 2]]), 2)
    [array([[1]]), array([[2]])]
    """
    ndim = _need_dimensions(ary, 'hsplit', 1)
    return split(ary, indices_or_sections, 1 if ndim > 1 else 0)


@array_function_dispatch(_hvdsplit_dispatcher)
def vsplit(ary, indices_or_sections):
    """`split` along the first axis of an array of two or more.

    Parameters
    ----------
    ary : array_like
    indices_or_sections : int or sequence of int
        The number of equal parts, or the indices where to cut.

    Returns
    -------
    list of ndarray, views.

    Examples
    --------
    >>> np.vsplit(np.array([[1], [2]]), 2)
    [array([[1]]), array([[2]])]
    """
    _need_dimensions(ary, 'vsplit', 2)
    return split(ary, indices_or_sections, 0)


@array_function_dispatch(_hvdsplit_dispatcher)
def dsplit(ary, indices_or_sections):
    """`split` along the third axis of an array of three or more.

    Parameters
    ----------
    ary : array_like
    indices_or_sections : int or sequence of int
        The number of equal parts, or the indices where to cut.

    Returns
    -------
    list of ndarray, views.

    Examples
    --------
    >>> np.dsplit(np.array([[[1, 2]]]), 2)
    [array([[[1]]]), array([[[2]]])]
    """
    _need_dimensions(ary, 'dsplit', 3)
    return split(ary, indices_or_sections, 2)


def _highest_wrap(*args):
    """The `__array_wrap__` of the argument of highest priority, or None."""
    wrappers = [
        (getattr(x, '__array_priority__', 0), -i, x.__array_wrap__)
        for i, x in enumerate(args)
        if hasattr(x, '__array_wrap__')
    ]
    return max(wrappers)[-1] if wrappers else None


def get_array_wrap(*args):
    """The `__array_wrap__` of the argument of highest priority, or None. Deprecated, as in NumPy.

    >>> np.lib._shape_base_impl.get_array_wrap(1) is None
    True
    """
    warnings.warn("`get_array_wrap` is deprecated (since NumPy 2.0).", DeprecationWarning, stacklevel=2)
    return _highest_wrap(*args)


def _kron_dispatcher(a, b):
    return (a, b)


@array_function_dispatch(_kron_dispatcher)
def kron(a, b):
    """Kronecker product: every element of `a` times the whole of `b`.

    The shape is the product of the shapes, the smaller one filled with 1 in
    front.

    Parameters
    ----------
    a : array_like
    b : array_like

    Returns
    -------
    ndarray; each length is the product of the two.

    Examples
    --------
    >>> np.kron([1, 10], [1, 2])
    array([ 1,  2, 10, 20])
    """
    b = asanyarray(b)
    a = array(a, copy=None, subok=True, ndmin=b.ndim)
    if a.ndim == 0 or b.ndim == 0:
        return multiply(a, b)
    is_matrix = any(type(x).__name__ == 'matrix' for x in (a, b))
    ndim = max(a.ndim, b.ndim)
    a_shape = (1,) * (ndim - a.ndim) + a.shape
    b_shape = (1,) * (ndim - b.ndim) + b.shape
    # Axes of a and b in turn: a0 b0 a1 b1 ...; then each pair is merged.
    spread_a = [size for n in a_shape for size in (n, 1)]
    spread_b = [size for n in b_shape for size in (1, n)]
    if is_matrix:
        wrap = _highest_wrap(a, b)
        a, b = asarray(a), asarray(b)
    product = multiply(a.reshape(spread_a), b.reshape(spread_b))
    result = product.reshape([m * n for m, n in zip(a_shape, b_shape)])
    return wrap(result) if is_matrix else result


def _tile_dispatcher(A, reps):
    return (A, reps)


@array_function_dispatch(_tile_dispatcher)
def tile(A, reps):
    """`A` repeated `reps` times along each axis: always a copy.

    `reps` is an int or a tuple; the shorter of shape and `reps` is filled
    with 1 in front.

    Parameters
    ----------
    A : array_like
    reps : int or sequence of int
        How often along each axis.

    Returns
    -------
    ndarray, a copy.

    Examples
    --------
    >>> np.tile([1, 2], (2, 2))
    array([[1, 2, 1, 2],
           [1, 2, 1, 2]])
    """
    try:
        reps = tuple(reps)
    except TypeError:
        reps = (reps,)
    A = array(A, copy=None, subok=True, ndmin=len(reps))
    ndim = A.ndim
    reps = (1,) * (ndim - len(reps)) + reps
    if all(n == 1 for n in reps):
        return array(A, copy=True, subok=True, ndmin=ndim)
    shape = tuple(size * n for size, n in zip(A.shape, reps))
    result = A
    inner = A.size
    # With no elements there is nothing to repeat, only a shape to give.
    for size, n in zip(A.shape, reps if inner else ()):
        if n != 1:
            result = result.reshape(-1, inner).repeat(n, 0)
        inner //= size
    return result.reshape(shape)
