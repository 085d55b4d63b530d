"""Putting arrays together: stack, block and their relatives; more dimensions where needed."""

import itertools

from . import fromnumeric, numeric as _nx
from .multiarray import array, asanyarray, normalize_axis_index
from .overrides import array_function_dispatch, dispatch_on

__all__ = ["atleast_1d", "atleast_2d", "atleast_3d", "block", "hstack", "stack", "unstack", "vstack"]


def _each(arrays, raised):
    results = tuple(raised(asanyarray(item)) for item in arrays)
    return results[0] if len(results) == 1 else results


@dispatch_on("*arys")
def atleast_1d(*arys):
    """Each argument as an array of at least one dimension: one array, or a tuple of them.

    Parameters
    ----------
    *arys : array_like

    Returns
    -------
    ndarray with at least one axis, or a tuple of them for several arguments.

    Examples
    --------
    >>> import sharray as np
    >>> np.atleast_1d(3)
    array([3])
    """
    return _each(arys, lambda a: a.reshape(1) if a.ndim == 0 else a)


@dispatch_on("*arys")
def atleast_2d(*arys):
    """Each argument as an array of at least two dimensions; ``(n,)`` becomes ``(1, n)``.

    Parameters
    ----------
    *arys : array_like

    Returns
    -------
    ndarray with at least two axes, or a tuple of them for several arguments.

    Examples
    --------
    >>> import sharray as np
    >>> np.atleast_2d([1, 2]).shape
    (1, 2)
    """

    def raised(a):
        if a.ndim == 0:
            return a.reshape(1, 1)
        return a[_nx.newaxis, :] if a.ndim == 1 else a

    return _each(arys, raised)


@dispatch_on("*arys")
def atleast_3d(*arys):
    """Each argument as an array of at least three dimensions.

    ``(n,)`` becomes ``(1, n, 1)`` and ``(m, n)`` becomes ``(m, n, 1)``.

    Parameters
    ----------
    *arys : array_like

    Returns
    -------
    ndarray with at least three axes, or a tuple of them for several arguments.

    Examples
    --------
    >>> import sharray as np
    >>> np.atleast_3d([1, 2]).shape
    (1, 2, 1)
    """

    def raised(a):
        if a.ndim == 0:
            return a.reshape(1, 1, 1)
        if a.ndim == 1:
            return a[_nx.newaxis, :, _nx.newaxis]
        return a[:, :, _nx.newaxis] if a.ndim == 2 else a

    return _each(arys, raised)


def _arrays_for_stack_dispatcher(arrays):
    if not hasattr(arrays, "__getitem__"):
        raise TypeError("arrays to stack must be passed as a \"sequence\" type such as list or tuple.")
    return tuple(arrays)


def _stack_dispatcher(arrays, axis=None, out=None, *, dtype=None, casting=None):
    arrays = _arrays_for_stack_dispatcher(arrays)
    return arrays if out is None else (*arrays, out)


def _vhstack_dispatcher(tup, *, dtype=None, casting=None):
    return _arrays_for_stack_dispatcher(tup)


def _as_list(arrays):
    return list(arrays) if isinstance(arrays, (list, tuple)) else [arrays]


@array_function_dispatch(_vhstack_dispatcher, module="numpy")
def vstack(tup, *, dtype=None, casting="same_kind"):
    """Join arrays along the first axis; 1-d arrays count as rows.

    ValueError where the other dimensions differ.

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
    >>> import sharray as np
    >>> np.vstack([[1, 2], [3, 4]])
    array([[1, 2],
           [3, 4]])
    """
    rows = _as_list(atleast_2d(*tup))
    return _nx.concatenate(rows, 0, dtype=dtype, casting=casting)


@array_function_dispatch(_vhstack_dispatcher, module="numpy")
def hstack(tup, *, dtype=None, casting="same_kind"):
    """Join arrays along the second axis, 1-d arrays along their only one.

    Parameters
    ----------
    tup : sequence of array_like
    dtype : dtype, optional
        The result's dtype; otherwise the promoted one.
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
        Which casts are allowed.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.hstack([[1, 2], [3]])
    array([1, 2, 3])
    """
    arrays = _as_list(atleast_1d(*tup))
    along = 0 if arrays and arrays[0].ndim == 1 else 1
    return _nx.concatenate(arrays, along, dtype=dtype, casting=casting)


@array_function_dispatch(_stack_dispatcher, module="numpy")
def stack(arrays, axis=0, out=None, *, dtype=None, casting="same_kind"):
    """Join arrays of equal shape along a new axis at place `axis` of the result.

    ValueError for no arrays or unequal shapes, AxisError for a place beyond the result.

    Parameters
    ----------
    arrays : sequence of array_like
        All of one shape.
    axis : int, optional
        Where the new axis stands in the result.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    dtype : dtype, optional
        The result's dtype; otherwise the promoted one.
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
        Which casts are allowed.

    Returns
    -------
    ndarray with one more axis.

    Examples
    --------
    >>> import sharray as np
    >>> np.stack([[1, 2], [3, 4]], axis=1)
    array([[1, 3],
           [2, 4]])
    """
    arrays = [asanyarray(item) for item in arrays]
    if not arrays:
        raise ValueError("need at least one array to stack")
    if len({a.shape for a in arrays}) != 1:
        raise ValueError("all input arrays must have the same shape")
    axis = normalize_axis_index(axis, arrays[0].ndim + 1)
    place = (slice(None),) * axis + (_nx.newaxis,)
    return _nx.concatenate([a[place] for a in arrays], axis=axis, out=out, dtype=dtype, casting=casting)


@dispatch_on("x")
def unstack(x, /, *, axis=0):
    """The tuple of the array's parts along `axis`; the reverse of `stack`.

    Parameters
    ----------
    x : array_like
    axis : int, optional
        The axis to take apart.

    Returns
    -------
    tuple of ndarray, views without that axis.

    Examples
    --------
    >>> import sharray as np
    >>> np.unstack([[1, 2], [3, 4]])
    (array([1, 2]), array([3, 4]))
    """
    x = asanyarray(x)
    if x.ndim == 0:
        raise ValueError("Input array must be at least 1-d.")
    return tuple(_nx.moveaxis(x, axis, 0))


# block: nested lists describe a grid. `_survey` checks the nesting and finds the
# shape, dtype and order of the whole; then either every leaf is copied to its place
# (large results: one copy each) or the lists are concatenated inside out (small).


def _place_text(index):
    return "arrays" + "".join(f"[{i}]" for i in index if i is not None)


def _check_depths(arrays, parent=()):
    """(place of the first leaf, largest ndim, number of elements) of nested lists of equal depth.

    The place ends with None where a list is empty. ValueError for unequal depths.
    """
    if isinstance(arrays, tuple):
        raise TypeError(
            f"{_place_text(parent)} is a tuple. Only lists can be used to arrange blocks, "
            "and np.block does not allow implicit conversion from tuple to ndarray."
        )
    if not isinstance(arrays, list):
        return list(parent), fromnumeric.ndim(arrays), fromnumeric.size(arrays)
    if not arrays:
        return [*parent, None], 0, 0
    first = None
    most, total = 0, 0
    for place, item in enumerate(arrays):
        index, ndim, size = _check_depths(item, (*parent, place))
        total += size
        most = max(most, ndim)
        if first is None:
            first = index
        elif len(index) != len(first):
            raise ValueError(
                f"List depths are mismatched. First element was at depth {len(first)}, "
                f"but there is an element at depth {len(index)} ({_place_text(index)})"
            )
        if index[-1] is None:
            first = index
    return first, most, total


def _block_check_depths_match(arrays, parent_index=()):
    return _check_depths(arrays, tuple(parent_index))


def _raised(a, ndim):
    return array(a, ndmin=ndim, copy=None, subok=True)


def _block_setup(arrays):
    """(checked arrays, depth of the lists, ndim of the result, number of elements)."""
    index, most, size = _check_depths(arrays)
    depth = len(index)
    if index and index[-1] is None:
        raise ValueError(f"List at {_place_text(index)} cannot be empty")
    return arrays, depth, max(most, depth), size


def _joined_shape(shapes, axis):
    """The shape of the concatenation, and each part's extent along `axis`."""
    ends = list(itertools.accumulate(shape[axis] for shape in shapes))
    first = shapes[0]
    if any(s[:axis] != first[:axis] or s[axis + 1 :] != first[axis + 1 :] for s in shapes):
        raise ValueError(f"Mismatched array shapes in block along axis {axis}.")
    extents = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
    return (*first[:axis], ends[-1], *first[axis + 1 :]), extents


def _leaves(arrays, depth, ndim, level=0):
    """(shape, [(place, array)]) of a nest of lists."""
    if level == depth:
        leaf = _raised(arrays, ndim)
        return leaf.shape, [((), leaf)]
    parts = [_leaves(item, depth, ndim, level + 1) for item in arrays]
    axis = ndim - depth + level
    shape, extents = _joined_shape([part[0] for part in parts], axis)
    placed = [
        ((extent, *place), leaf) for extent, (_, leaves) in zip(extents, parts, strict=True) for place, leaf in leaves
    ]
    return shape, placed


def _block_slicing(arrays, list_ndim, result_ndim):
    shape, placed = _leaves(arrays, list_ndim, result_ndim)
    leaves = [leaf for _, leaf in placed]
    dtype = _nx.result_type(*[leaf.dtype for leaf in leaves])
    fortran = all(a.flags.f_contiguous for a in leaves) and not all(a.flags.c_contiguous for a in leaves)
    result = _nx.empty(shape, dtype=dtype, order="F" if fortran else "C")
    for place, leaf in placed:
        result[(Ellipsis, *place)] = leaf
    return result


def _block_concatenate(arrays, list_ndim, result_ndim):
    def joined(item, level):
        if level == list_ndim:
            return _raised(item, result_ndim)
        return _nx.concatenate([joined(part, level + 1) for part in item], axis=level - list_ndim)

    result = joined(arrays, 0)
    return result.copy() if list_ndim == 0 else result


def _block_dispatcher(arrays):
    if isinstance(arrays, list):
        for item in arrays:
            yield from _block_dispatcher(item)
    else:
        yield arrays


# Above this many elements, copying each leaf once is quicker than nested concatenation.
_SLICING_FROM = 2 * 512 * 512


@array_function_dispatch(_block_dispatcher, module="numpy")
def block(arrays):
    """An array put together from nested lists of blocks.

    The innermost lists join along the last axis, those around them along the last
    but one, and so on. All leaves must have the same depth.

    Parameters
    ----------
    arrays : array_like or nested lists of array_like
        The innermost lists are joined along the last axis, and so on outwards.

    Returns
    -------
    ndarray.

    Raises
    ------
    ValueError
        Unequal depths, an empty list, or shapes that don't fit.
    TypeError
        A tuple in place of a list.

    Examples
    --------
    >>> import sharray as np
    >>> np.block([[np.eye(2, dtype=int), np.array([[5], [6]])]])
    array([[1, 0, 5],
           [0, 1, 6]])
    """
    arrays, list_ndim, result_ndim, size = _block_setup(arrays)
    if list_ndim * size > _SLICING_FROM:
        return _block_slicing(arrays, list_ndim, result_ndim)
    return _block_concatenate(arrays, list_ndim, result_ndim)
