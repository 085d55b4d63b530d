"""Array methods as functions, for anything that can become an array.

A function calls its first argument's method of the same name where there is one
(so that other containers stay themselves), and otherwise converts it to an array,
calls that array's method and wraps the result in the argument's type.

Long, because most lines are docstrings, and NumPy's users and tests find all these
functions under this one module's name.
"""

import builtins
import math
import types
import warnings

from .._globals import _NoValue
from .._utils import set_module
from . import _methods, multiarray as mu, numerictypes as nt, umath as um
from .multiarray import _array_converter, asanyarray, asarray, concatenate
from .overrides import array_function_dispatch, dispatch_on

__all__ = [
    "all",
    "amax",
    "amin",
    "any",
    "argmax",
    "argmin",
    "argpartition",
    "argsort",
    "around",
    "choose",
    "clip",
    "compress",
    "cumprod",
    "cumsum",
    "cumulative_prod",
    "cumulative_sum",
    "diagonal",
    "mean",
    "max",
    "min",
    "matrix_transpose",
    "ndim",
    "nonzero",
    "partition",
    "prod",
    "ptp",
    "put",
    "ravel",
    "repeat",
    "reshape",
    "resize",
    "round",
    "searchsorted",
    "shape",
    "size",
    "sort",
    "squeeze",
    "std",
    "sum",
    "swapaxes",
    "take",
    "trace",
    "transpose",
    "var",
]


_gentype = types.GeneratorType


def _wrapit(obj, method, *args, **kwds):
    """The method on `obj` made an array, the result wrapped as `obj` asks."""
    converter = _array_converter(obj)
    (array,) = converter.as_arrays()
    return converter.wrap(getattr(array, method)(*args, **kwds), to_scalar=False)


def _wrapfunc(obj, method, *args, **kwds):
    """The method of `obj` itself, or else that of the array it converts to."""
    bound = getattr(obj, method, None)
    if bound is None:
        return _wrapit(obj, method, *args, **kwds)
    try:
        return bound(*args, **kwds)
    except TypeError:
        # The object's method may know fewer arguments than an array's (pandas).
        return _wrapit(obj, method, *args, **kwds)


def _given(kwargs):
    return {name: value for name, value in kwargs.items() if value is not _NoValue}


def _wrapreduction(obj, ufunc, method, axis, dtype, out, **kwargs):
    """A reduction through the object's own method, or through the ufunc for arrays and the rest."""
    kwargs = _given(kwargs)
    if type(obj) is not mu.ndarray:
        reduction = getattr(obj, method, None)
        if reduction is not None:
            if dtype is not None:
                kwargs["dtype"] = dtype
            return reduction(axis=axis, out=out, **kwargs)
    return ufunc.reduce(obj, axis, dtype, out, **kwargs)


def _wrapreduction_any_all(obj, ufunc, method, axis, out, **kwargs):
    """As `_wrapreduction`, with a bool result from the ufunc."""
    kwargs = _given(kwargs)
    if type(obj) is not mu.ndarray:
        reduction = getattr(obj, method, None)
        if reduction is not None:
            return reduction(axis=axis, out=out, **kwargs)
    return ufunc.reduce(obj, axis, bool, out, **kwargs)


@dispatch_on("a, out")
def take(a, indices, axis=None, out=None, mode="raise"):
    """Elements of `a` at `indices` along `axis` (None: of the flattened array).

    `mode` for indices out of range: 'raise' (IndexError), 'wrap', 'clip'. The
    result's shape is that of `a` with the axis replaced by ``indices.shape``.

    Parameters
    ----------
    a : array_like
    indices : array_like of int
    axis : int, optional
        The axis; None takes from the flattened array.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    mode : {'raise', 'wrap', 'clip'}, optional
        What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

    Returns
    -------
    ndarray; the axis is replaced by the shape of `indices`.

    Examples
    --------
    >>> import sharray as np
    >>> np.take([4, 3, 5], [2, 0])
    array([5, 4])
    """
    return _wrapfunc(a, "take", indices, axis=axis, out=out, mode=mode)


@dispatch_on("a")
def reshape(a, /, shape, order="C", *, copy=None):
    """`a` with another shape (one length may be -1), a view where possible.

    `order` says in which order elements are read and placed: 'C', 'F', 'A'. `copy`:
    True always copies, False raises ValueError instead of copying.

    Parameters
    ----------
    a : array_like
    shape : int or tuple of int
        The lengths, one of which may be -1: as many as are left.
    order : {'C', 'F', 'A'}, optional
        In which order elements are taken and laid.
    copy : bool or None, optional
        True always copies, None where needed; False raises ValueError where a copy would be needed.

    Returns
    -------
    ndarray; a view where the memory allows.

    Raises
    ------
    ValueError
        Another number of elements, or a copy that is needed and not allowed.

    Examples
    --------
    >>> import sharray as np
    >>> np.reshape([1, 2, 3, 4], (2, -1))
    array([[1, 2],
           [3, 4]])
    """
    if copy is not None:
        return _wrapfunc(a, "reshape", shape, order=order, copy=copy)
    return _wrapfunc(a, "reshape", shape, order=order)


@dispatch_on("a, *choices, out")
def choose(a, choices, out=None, mode="raise"):
    """Elementwise choice: ``choices[a[i]][i]``, all broadcast together.

    Parameters
    ----------
    a : array_like of int
        The numbers of the choices.
    choices : sequence of array_like
        The arrays to choose from, broadcast with `a`.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    mode : {'raise', 'wrap', 'clip'}, optional
        What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

    Returns
    -------
    ndarray of the broadcast shape.

    Examples
    --------
    >>> import sharray as np
    >>> np.choose([1, 0], [[1, 2], [3, 4]])
    array([3, 2])
    """
    return _wrapfunc(a, "choose", choices, out=out, mode=mode)


@dispatch_on("a")
def repeat(a, repeats, axis=None):
    """Each element repeated, `repeats` times or as often as its entry there says.

    Parameters
    ----------
    a : array_like
    repeats : int or array_like of int
        How often, for all or each.
    axis : int, optional
        The axis; None flattens first.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.repeat([3, 4], [1, 2])
    array([3, 4, 4])
    """
    return _wrapfunc(a, "repeat", repeats, axis=axis)


@dispatch_on("a, ind, v")
def put(a, ind, v, mode="raise"):
    """Set ``a.flat[ind] = v``, repeating a short `v`. TypeError unless `a` is an array.

    Parameters
    ----------
    a : ndarray
        What is written to.
    ind : array_like of int
        Flat indices.
    v : array_like
        Repeated as often as needed.
    mode : {'raise', 'wrap', 'clip'}, optional
        What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

    Returns
    -------
    None.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.arange(3)
    >>> np.put(a, [0, 2], [7, 8])
    >>> a
    array([7, 1, 8])
    """
    try:
        put = a.put
    except AttributeError as error:
        raise TypeError(f"argument 1 must be numpy.ndarray, not {type(a).__name__}") from error
    return put(ind, v, mode=mode)


@dispatch_on("a")
def swapaxes(a, axis1, axis2):
    """A view with two axes exchanged.

    Parameters
    ----------
    a : array_like
    axis1 : int
    axis2 : int

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> import sharray as np
    >>> np.swapaxes(np.zeros((2, 3)), 0, 1).shape
    (3, 2)
    """
    return _wrapfunc(a, "swapaxes", axis1, axis2)


@dispatch_on("a")
def transpose(a, axes=None):
    """A view with the axes in the order `axes` (None: reversed).

    Parameters
    ----------
    a : array_like
    axes : sequence of int, optional
        The old axes in their new order; None reverses them.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> import sharray as np
    >>> np.transpose(np.zeros((2, 3, 4)), (1, 0, 2)).shape
    (3, 2, 4)
    """
    return _wrapfunc(a, "transpose", axes)


@dispatch_on("x")
def matrix_transpose(x, /):
    """A view with the last two axes exchanged; ValueError below two dimensions.

    Parameters
    ----------
    x : array_like, at least 2-d

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> import sharray as np
    >>> np.matrix_transpose([[1, 2]]).shape
    (2, 1)
    """
    x = asanyarray(x)
    if x.ndim < 2:
        raise ValueError(f"Input array must be at least 2-dimensional, but it is {x.ndim}")
    return swapaxes(x, -1, -2)


@dispatch_on("a")
def partition(a, kth, axis=-1, kind="introselect", order=None):
    """A copy in which element `kth` (or each of several) stands where sorting would put it.

    Smaller elements are before it, larger ones behind, in any order.

    Parameters
    ----------
    a : array_like
    kth : int or sequence of int
        Positions whose elements come to their sorted places.
    axis : int or None, optional
        The axis; None flattens first.
    kind : {'introselect'}, optional
        The algorithm.
    order : str or list of str, optional
        Fields to compare, of a structured array.

    Returns
    -------
    ndarray, a copy of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.partition([3, 1, 2], 1)[1])
    2
    """
    if axis is None:
        a, axis = asanyarray(a).flatten(), -1
    else:
        a = asanyarray(a).copy(order="K")
    a.partition(kth, axis=axis, kind=kind, order=order)
    return a


@dispatch_on("a")
def argpartition(a, kth, axis=-1, kind="introselect", order=None):
    """The indices that `partition` would put in that order.

    Parameters
    ----------
    a : array_like
    kth : int or sequence of int
        Positions whose elements come to their sorted places.
    axis : int or None, optional
        The axis; None flattens first.
    kind : {'introselect'}, optional
        The algorithm.
    order : str or list of str, optional
        Fields to compare, of a structured array.

    Returns
    -------
    ndarray of intp, of the shape of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.argpartition([3, 1, 2], 1)[1])
    2
    """
    return _wrapfunc(a, "argpartition", kth, axis=axis, kind=kind, order=order)


def _backwards(a, axis):
    """The array seen from its other end along `axis`."""
    axis = mu.normalize_axis_index(axis, a.ndim)
    return a[(slice(None),) * axis + (slice(None, None, -1),)]


@dispatch_on("a")
def sort(a, axis=-1, kind=None, order=None, *, stable=None, descending=False):
    """A sorted copy; NaN and NaT come last. `axis` None flattens first.

    `order` names fields of a structured array; `kind` or `stable` ask for stability;
    `descending` puts the greatest first, NaN before it, equal elements as they were.

    Parameters
    ----------
    a : array_like
    axis : int or None, optional
        The axis; None flattens first.
    kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
        Names of algorithms; only whether they are stable counts.
    order : str or list of str, optional
        Fields to compare, of a structured array.
    stable : bool, optional
        Whether equal elements keep their order; not together with `kind`.
    descending : bool, optional
        Whether the greatest come first, NaN before them; equal elements stay as they were.

    Returns
    -------
    ndarray of the shape and dtype of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> np.sort([3, 1, 2])
    array([1, 2, 3])
    """
    if axis is None:
        a, axis = asanyarray(a).flatten(), -1
    else:
        a = asanyarray(a).copy("K")
    if descending:
        backwards = _backwards(a, axis)
        backwards.sort(axis=axis, kind=kind, order=order, stable=stable)
        return _backwards(backwards, axis).copy("K")
    if kind is None and order is None and stable is None:
        a.sort(axis)
    else:
        a.sort(axis=axis, kind=kind, order=order, stable=stable)
    return a


@dispatch_on("a")
def argsort(a, axis=-1, kind=None, order=None, *, stable=None, descending=False):
    """The indices that would sort `a`, as intp; arguments as in `sort`.

    Parameters
    ----------
    a : array_like
    axis : int or None, optional
        The axis; None flattens first.
    kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
        Names of algorithms; only whether they are stable counts.
    order : str or list of str, optional
        Fields to compare, of a structured array.
    stable : bool, optional
        Whether equal elements keep their order; not together with `kind`.
    descending : bool, optional
        Whether the greatest come first, NaN before them; equal elements stay as they were.

    Returns
    -------
    ndarray of intp, of the shape of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> np.argsort([3, 1, 2])
    array([1, 2, 0])
    """
    if descending:
        a, axis = (asanyarray(a).ravel(), -1) if axis is None else (asanyarray(a), axis)
        found = _backwards(a, axis).argsort(axis=axis, kind=kind, order=order, stable=stable)
        return a.shape[axis] - 1 - _backwards(found, axis)
    if type(a) is mu.ndarray and kind is None and order is None and stable is None:
        return a.argsort(axis)
    return _wrapfunc(a, "argsort", axis=axis, kind=kind, order=order, stable=stable)


@dispatch_on("a, out")
def argmax(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the first greatest element (a NaN counts as greatest) along `axis`.

    ValueError for an empty array.

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
        There are no elements to choose from.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.argmax([3, 9, 2]))
    1
    """
    kwds = {} if keepdims is _NoValue else {"keepdims": keepdims}
    return _wrapfunc(a, "argmax", axis=axis, out=out, **kwds)


@dispatch_on("a, out")
def argmin(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the first smallest element (a NaN counts as smallest) along `axis`.

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
        There are no elements to choose from.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.argmin([3, 9, 2]))
    2
    """
    kwds = {} if keepdims is _NoValue else {"keepdims": keepdims}
    return _wrapfunc(a, "argmin", axis=axis, out=out, **kwds)


@dispatch_on("a, v, sorter")
def searchsorted(a, v, side="left", sorter=None):
    """Where to insert `v` in the sorted 1-d array `a` to keep it sorted: indices of v's shape.

    'left' goes before equal elements, 'right' behind them. `sorter` holds indices that sort `a`.

    Parameters
    ----------
    a : array_like, 1-d
        Sorted, unless `sorter` is given.
    v : array_like
        The values.
    side : {'left', 'right'}, optional
        Before or behind equal elements.
    sorter : array_like of int, optional
        Indices that sort `a`.

    Returns
    -------
    intp or ndarray of intp, of the shape of `v`.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.searchsorted([1, 3, 5], 3))
    1
    """
    return _wrapfunc(a, "searchsorted", v, side=side, sorter=sorter)


@dispatch_on("a")
def resize(a, new_shape):
    """A new array of `new_shape` filled with the elements of `a`, repeated as needed.

    Parameters
    ----------
    a : array_like
    new_shape : int or tuple of int
        The new lengths.

    Returns
    -------
    ndarray, a copy.

    Examples
    --------
    >>> import sharray as np
    >>> np.resize([1, 2], (2, 2))
    array([[1, 2],
           [1, 2]])
    """
    new_shape = (new_shape,) if isinstance(new_shape, (int, nt.integer)) else tuple(new_shape)
    a = ravel(a)
    if builtins.any(length < 0 for length in new_shape):
        raise ValueError("all elements of `new_shape` must be non-negative")
    new_size = math.prod(int(length) for length in new_shape)
    if a.size == 0 or new_size == 0:
        return mu.zeros(new_shape, dtype=a.dtype) if type(a) is mu.ndarray else _zeros_like(a, new_shape)
    copies = -(-new_size // a.size)
    return reshape(concatenate((a,) * copies)[:new_size], new_shape)


def _zeros_like(a, shape):
    result = mu.empty_like(a, shape=shape)
    result[...] = mu.zeros((), dtype=a.dtype)
    return result


@dispatch_on("a")
def squeeze(a, axis=None):
    """A view without axes of length one (all, or those of `axis`: ValueError if longer).

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        Which to remove; None removes all of them.

    Returns
    -------
    ndarray, a view.

    Raises
    ------
    ValueError
        An axis of another length.

    Examples
    --------
    >>> import sharray as np
    >>> np.squeeze([[[1], [2]]]).shape
    (2,)
    """
    squeeze = getattr(a, "squeeze", None)
    if squeeze is None:
        return _wrapit(a, "squeeze", axis=axis)
    return squeeze() if axis is None else squeeze(axis=axis)


@dispatch_on("a")
def diagonal(a, offset=0, axis1=0, axis2=1):
    """A read-only view of the diagonal in the plane of two axes, as a new last axis.

    Parameters
    ----------
    a : array_like
    offset : int, optional
        Which diagonal: 0 the main one, above it positive.
    axis1 : int, optional
        The axis of the rows.
    axis2 : int, optional
        The axis of the columns.

    Returns
    -------
    ndarray, a read-only view; the diagonal is its last axis.

    Examples
    --------
    >>> import sharray as np
    >>> np.diagonal([[1, 2], [3, 4]])
    array([1, 4])
    """
    matrix = _loaded_matrix()
    if matrix is not None and isinstance(a, matrix):
        return asarray(a).diagonal(offset=offset, axis1=axis1, axis2=axis2)
    return asanyarray(a).diagonal(offset=offset, axis1=axis1, axis2=axis2)


def _loaded_matrix():
    """The class `matrix`, which would make two dimensions of a diagonal again."""
    from ..matrixlib.defmatrix import matrix

    return matrix


@dispatch_on("a, out")
def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """The sum along a diagonal of two axes.

    Parameters
    ----------
    a : array_like
    offset : int, optional
        Which diagonal: 0 the main one, above it positive.
    axis1 : int, optional
        The axis of the rows.
    axis2 : int, optional
        The axis of the columns.
    dtype : dtype, optional
        Of the sums; small integers are widened to the platform's integer.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    scalar or ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.trace([[1, 2], [3, 4]]))
    5
    """
    matrix = _loaded_matrix()
    a = asarray(a) if matrix is not None and isinstance(a, matrix) else asanyarray(a)
    return a.trace(offset=offset, axis1=axis1, axis2=axis2, dtype=dtype, out=out)


@dispatch_on("a")
def ravel(a, order="C"):
    """`a` as one dimension, a view where possible.

    Parameters
    ----------
    a : array_like
    order : {'C', 'F', 'A', 'K'}, optional
        The order in which elements are taken.

    Returns
    -------
    ndarray, 1-d; a view where the memory allows.

    Examples
    --------
    >>> import sharray as np
    >>> np.ravel([[1, 2], [3, 4]], order="F")
    array([1, 3, 2, 4])
    """
    matrix = _loaded_matrix()
    if matrix is not None and isinstance(a, matrix):
        return asarray(a).ravel(order=order)
    return asanyarray(a).ravel(order=order)


@dispatch_on("a")
def nonzero(a):
    """The indices of the nonzero elements: a tuple with one intp array per dimension.

    Parameters
    ----------
    a : array_like, at least 1-d

    Returns
    -------
    tuple of ndarray of intp, one for each axis.

    Examples
    --------
    >>> import sharray as np
    >>> np.nonzero([0, 3, 4])
    (array([1, 2]),)
    """
    return _wrapfunc(a, "nonzero")


@dispatch_on("a")
def shape(a):
    """The lengths of the dimensions, as a tuple.

    Parameters
    ----------
    a : array_like

    Returns
    -------
    tuple of int.

    Examples
    --------
    >>> import sharray as np
    >>> np.shape([[1, 2]])
    (1, 2)
    """
    try:
        return a.shape
    except AttributeError:
        return asarray(a).shape


@dispatch_on("condition, a, out")
def compress(condition, a, axis=None, out=None):
    """The slices along `axis` for which the 1-d `condition` is true (None: flattened).

    Parameters
    ----------
    condition : array_like of bool, 1-d
        Which to take; missing ones are False.
    a : array_like
    axis : int, optional
        The axis; None takes elements of the flattened array.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray, a copy.

    Examples
    --------
    >>> import sharray as np
    >>> np.compress([True, False, True], [1, 2, 3])
    array([1, 3])
    """
    return _wrapfunc(a, "compress", condition, axis=axis, out=out)


@dispatch_on("a, a_min, a_max, out")
def clip(a, a_min=_NoValue, a_max=_NoValue, out=None, *, min=_NoValue, max=_NoValue, **kwargs):
    """Values limited to [a_min, a_max] (None: no limit), broadcast; further keywords as for ufuncs.

    `min` and `max` are other names for the limits: ValueError if both forms are used.

    Parameters
    ----------
    a : array_like
    a_min : array_like, optional
        The lower bound, or None.
    a_max : array_like, optional
        The upper bound, or None.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    min : array_like, optional
        Another name of `a_min`.
    max : array_like, optional
        Another name of `a_max`.
    **kwargs
        Keywords of ufuncs, such as `where` and `casting`.

    Returns
    -------
    ndarray of the broadcast shape.

    Examples
    --------
    >>> import sharray as np
    >>> np.clip([1, 5, 9], 2, 6)
    array([2, 5, 6])
    """
    if a_min is _NoValue and a_max is _NoValue:
        a_min = None if min is _NoValue else min
        a_max = None if max is _NoValue else max
    elif a_min is _NoValue:
        raise TypeError("clip() missing 1 required positional argument: 'a_min'")
    elif a_max is _NoValue:
        raise TypeError("clip() missing 1 required positional argument: 'a_max'")
    elif min is not _NoValue or max is not _NoValue:
        raise ValueError("Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.")
    return _wrapfunc(a, "clip", a_min, a_max, out=out, **kwargs)


@dispatch_on("a, out")
def sum(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The sum over `axis` (int, tuple, None: all).

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
    dtype : dtype, optional
        Of the accumulation and result; small integers are widened to the platform's integer.
    out : ndarray, optional
    keepdims : bool, optional
        Whether summed axes stay with length one.
    initial : scalar, optional
    where : array_like of bool, optional
        Which elements take part.

    Returns
    -------
    scalar or ndarray; 0 of no elements.

    Examples
    --------
    >>> import sharray as np
    >>> np.sum([[1, 2], [3, 4]], axis=0)
    array([4, 6])
    """
    if isinstance(a, _gentype):
        warnings.warn(
            "Calling np.sum(generator) is deprecated, and in the future will give a different "
            "result. Use np.sum(np.fromiter(generator)) or the python sum builtin instead.",
            DeprecationWarning,
            stacklevel=2,
        )
        result = builtins.sum(a)
        if out is not None:
            out[...] = result
            return out
        return result
    return _wrapreduction(a, um.add, "sum", axis, dtype, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, where, out")
def any(a, axis=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """Whether any element along `axis` is true (nonzero).

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to combine; None takes all.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    bool or ndarray of bool. False of no elements.

    Examples
    --------
    >>> import sharray as np
    >>> bool(np.any([0, 2]))
    True
    """
    return _wrapreduction_any_all(a, um.logical_or, "any", axis, out, keepdims=keepdims, where=where)


@dispatch_on("a, where, out")
def all(a, axis=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """Whether all elements along `axis` are true (nonzero).

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to combine; None takes all.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    bool or ndarray of bool. True of no elements.

    Examples
    --------
    >>> import sharray as np
    >>> bool(np.all([0, 2]))
    False
    """
    return _wrapreduction_any_all(a, um.logical_and, "all", axis, out, keepdims=keepdims, where=where)


def _cumulative_func(x, func, axis, dtype, out, include_initial):
    x = mu.array(x, ndmin=1, copy=None, subok=True)
    if axis is None:
        if x.ndim >= 2:
            raise ValueError("For arrays which have more than one dimension ``axis`` argument is required.")
        axis = 0
    if out is not None and include_initial:
        # The first element along the axis is the start, the rest the accumulation.
        place = [slice(None)] * x.ndim
        place[axis] = slice(1, None)
        func.accumulate(x, axis=axis, dtype=dtype, out=out[tuple(place)])
        place[axis] = 0
        out[tuple(place)] = func.identity
        return out
    result = func.accumulate(x, axis=axis, dtype=dtype, out=out)
    if include_initial:
        lengths = list(x.shape)
        lengths[axis] = 1
        start = mu.empty(lengths, dtype=result.dtype)
        start[...] = func.identity
        result = concatenate([start, result], axis=axis)
    return result


@dispatch_on("x, out")
def cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running products along `axis`, which 1-d arrays may leave out.

    With `include_initial` the result starts with 1 and is one longer.

    Parameters
    ----------
    x : array_like
    axis : int, optional
        The axis; may be left out of 1-d arrays only.
    dtype : dtype, optional
        Of the products; small integers are widened to the platform's integer.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    include_initial : bool, optional
        Whether to begin with 1.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.cumulative_prod([1, 2, 3], include_initial=True)
    array([1, 1, 2, 6])
    """
    return _cumulative_func(x, um.multiply, axis, dtype, out, include_initial)


@dispatch_on("x, out")
def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running sums along `axis`, which 1-d arrays may leave out.

    With `include_initial` the result starts with 0 and is one longer.

    Parameters
    ----------
    x : array_like
    axis : int, optional
        The axis; may be left out of 1-d arrays only.
    dtype : dtype, optional
        Of the sums; small integers are widened to the platform's integer.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    include_initial : bool, optional
        Whether to begin with 0.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.cumulative_sum([1, 2, 3], include_initial=True)
    array([0, 1, 3, 6])
    """
    return _cumulative_func(x, um.add, axis, dtype, out, include_initial)


@dispatch_on("a, out")
def cumsum(a, axis=None, dtype=None, out=None):
    """Running sums along `axis` (None: of the flattened array).

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis; None flattens first.
    dtype : dtype, optional
        Of the sums; small integers are widened to the platform's integer.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.cumsum([1, 2, 3])
    array([1, 3, 6])
    """
    return _wrapfunc(a, "cumsum", axis=axis, dtype=dtype, out=out)


@dispatch_on("a, out")
def ptp(a, axis=None, out=None, keepdims=_NoValue):
    """Greatest minus smallest element along `axis`, in the array's own dtype.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.

    Returns
    -------
    scalar or ndarray, of the dtype of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.ptp([4, 9, 2]))
    7
    """
    kwargs = {} if keepdims is _NoValue else {"keepdims": keepdims}
    return _methods._ptp(a, axis=axis, out=out, **kwargs)


@dispatch_on("a, out")
def max(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The greatest element along `axis`; NaN if there is one.

    ValueError for an empty array without `initial`.

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
        The least result; needed where there may be no elements.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray, of the dtype of `a`.

    Raises
    ------
    ValueError
        No elements and no `initial`.

    Examples
    --------
    >>> import sharray as np
    >>> np.max([[1, 2], [3, 0]], axis=1)
    array([2, 3])
    """
    return _wrapreduction(a, um.maximum, "max", axis, None, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def amax(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Another name for `max`.

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
        The least result; needed where there may be no elements.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray, of the dtype of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.amax([1, 2]))
    2
    """
    return _wrapreduction(a, um.maximum, "max", axis, None, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def min(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The smallest element along `axis`; NaN if there is one.

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
        The greatest result; needed where there may be no elements.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray, of the dtype of `a`.

    Raises
    ------
    ValueError
        No elements and no `initial`.

    Examples
    --------
    >>> import sharray as np
    >>> np.min([[1, 2], [3, 0]], axis=1)
    array([1, 0])
    """
    return _wrapreduction(a, um.minimum, "min", axis, None, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def amin(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Another name for `min`.

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
        The greatest result; needed where there may be no elements.
    where : array_like of bool, optional
        Which elements take part; broadcast to `a`.

    Returns
    -------
    scalar or ndarray, of the dtype of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.amin([1, 2]))
    1
    """
    return _wrapreduction(a, um.minimum, "min", axis, None, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def prod(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The product over `axis`; arguments as in `sum`.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    dtype : dtype, optional
        Of the products; small integers are widened to the platform's integer.
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
    scalar or ndarray; 1 of no elements.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.prod([2, 3]))
    6
    """
    return _wrapreduction(a, um.multiply, "prod", axis, dtype, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def cumprod(a, axis=None, dtype=None, out=None):
    """Running products along `axis` (None: of the flattened array).

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis; None flattens first.
    dtype : dtype, optional
        Of the products; small integers are widened to the platform's integer.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.cumprod([1, 2, 3])
    array([1, 2, 6])
    """
    return _wrapfunc(a, "cumprod", axis=axis, dtype=dtype, out=out)


@dispatch_on("a")
def ndim(a):
    """The number of dimensions.

    Parameters
    ----------
    a : array_like

    Returns
    -------
    int.

    Examples
    --------
    >>> import sharray as np
    >>> np.ndim([[1, 2]])
    2
    """
    try:
        return a.ndim
    except AttributeError:
        return asarray(a).ndim


@dispatch_on("a")
def size(a, axis=None):
    """The number of elements, in all or along `axis` (int or tuple).

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to count along; None counts all.

    Returns
    -------
    int.

    Examples
    --------
    >>> import sharray as np
    >>> np.size([[1, 2], [3, 4]], 0)
    2
    """
    if axis is None:
        try:
            return a.size
        except AttributeError:
            return asarray(a).size
    lengths = shape(a)
    if not isinstance(axis, tuple):
        axis = (axis,)
    axes = {mu.normalize_axis_index(one, len(lengths)) for one in axis}
    if len(axes) != len(axis):
        raise ValueError("repeated axis")
    return math.prod(lengths[one] for one in axes)


@dispatch_on("a, out")
def round(a, decimals=0, out=None):
    """Rounded to `decimals` places (negative: before the point), halves to the even digit.

    Parameters
    ----------
    a : array_like
    decimals : int, optional
        Places behind the point; negative ones before it.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray or scalar, of the dtype of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> np.round([0.5, 1.55], 1)
    array([0.5, 1.6])
    """
    return _wrapfunc(a, "round", decimals=decimals, out=out)


@dispatch_on("a, out")
def around(a, decimals=0, out=None):
    """Another name for `round`.

    Parameters
    ----------
    a : array_like
    decimals : int, optional
        Places behind the point; negative ones before it.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray or scalar, of the dtype of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.around(1.26, 1))
    1.3
    """
    return _wrapfunc(a, "round", decimals=decimals, out=out)


@dispatch_on("a, where, out")
def mean(a, axis=None, dtype=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """The arithmetic mean along `axis`, float64 for integers.

    RuntimeWarning and NaN for no elements.

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
    scalar or ndarray; NaN with a warning of no elements.

    Examples
    --------
    >>> import sharray as np
    >>> np.mean([[1, 2], [3, 4]], axis=0)
    array([2., 3.])
    """
    kwargs = _given({"keepdims": keepdims, "where": where})
    if type(a) is not mu.ndarray:
        method = getattr(a, "mean", None)
        if method is not None:
            return method(axis=axis, dtype=dtype, out=out, **kwargs)
    return _methods._mean(a, axis=axis, dtype=dtype, out=out, **kwargs)


def _ddof(ddof, correction):
    if correction is _NoValue:
        return ddof
    if ddof != 0:
        raise ValueError("ddof and correction can't be provided simultaneously.")
    return correction


def _spread(name, a, axis, dtype, out, ddof, kwargs):
    if type(a) is not mu.ndarray:
        method = getattr(a, name, None)
        if method is not None:
            return method(axis=axis, dtype=dtype, out=out, ddof=ddof, **kwargs)
    return getattr(_methods, "_" + name)(a, axis=axis, dtype=dtype, out=out, ddof=ddof, **kwargs)


@dispatch_on("a, where, out, mean")
def std(
    a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue, mean=_NoValue, correction=_NoValue
):
    """The standard deviation along `axis`: the root of `var`.

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
    >>> import sharray as np
    >>> float(np.std([1, 3]))
    1.0
    """
    kwargs = _given({"keepdims": keepdims, "where": where, "mean": mean})
    return _spread("std", a, axis, dtype, out, _ddof(ddof, correction), kwargs)


@dispatch_on("a, where, out, mean")
def var(
    a, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, *, where=_NoValue, mean=_NoValue, correction=_NoValue
):
    """The variance along `axis`: squared deviations from the mean, summed, over N - ddof.

    `correction` is another name for `ddof`; `mean` may hand in the means (with kept
    dimensions). RuntimeWarning where N <= ddof.

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
    >>> import sharray as np
    >>> float(np.var([1, 3], ddof=1))
    2.0
    """
    kwargs = _given({"keepdims": keepdims, "where": where, "mean": mean})
    return _spread("var", a, axis, dtype, out, _ddof(ddof, correction), kwargs)
