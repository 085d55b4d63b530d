"""Array methods as functions, for anything that can become an array.

A function calls its first argument's method of the same name where there is one
(so that other containers stay themselves), and otherwise converts it to an array,
calls that array's method and wraps the result in the argument's type.
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

    >>> import sharray as np
    >>> np.choose([1, 0], [[1, 2], [3, 4]])
    array([3, 2])
    """
    return _wrapfunc(a, "choose", choices, out=out, mode=mode)


@dispatch_on("a")
def repeat(a, repeats, axis=None):
    """Each element repeated, `repeats` times or as often as its entry there says.

    >>> import sharray as np
    >>> np.repeat([3, 4], [1, 2])
    array([3, 4, 4])
    """
    return _wrapfunc(a, "repeat", repeats, axis=axis)


@dispatch_on("a, ind, v")
def put(a, ind, v, mode="raise"):
    """Set ``a.flat[ind] = v``, repeating a short `v`. TypeError unless `a` is an array.

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

    >>> import sharray as np
    >>> np.swapaxes(np.zeros((2, 3)), 0, 1).shape
    (3, 2)
    """
    return _wrapfunc(a, "swapaxes", axis1, axis2)


@dispatch_on("a")
def transpose(a, axes=None):
    """A view with the axes in the order `axes` (None: reversed).

    >>> import sharray as np
    >>> np.transpose(np.zeros((2, 3, 4)), (1, 0, 2)).shape
    (3, 2, 4)
    """
    return _wrapfunc(a, "transpose", axes)


@dispatch_on("x")
def matrix_transpose(x, /):
    """A view with the last two axes exchanged; ValueError below two dimensions.

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

    >>> import sharray as np
    >>> int(np.argpartition([3, 1, 2], 1)[1])
    2
    """
    return _wrapfunc(a, "argpartition", kth, axis=axis, kind=kind, order=order)


@dispatch_on("a")
def sort(a, axis=-1, kind=None, order=None, *, stable=None):
    """A sorted copy; NaN and NaT come last. `axis` None flattens first.

    `order` names fields of a structured array; `kind` or `stable` ask for stability.

    >>> import sharray as np
    >>> np.sort([3, 1, 2])
    array([1, 2, 3])
    """
    if axis is None:
        a, axis = asanyarray(a).flatten(), -1
    else:
        a = asanyarray(a).copy("K")
    if kind is None and order is None and stable is None:
        a.sort(axis)
    else:
        a.sort(axis=axis, kind=kind, order=order, stable=stable)
    return a


@dispatch_on("a")
def argsort(a, axis=-1, kind=None, order=None, *, stable=None):
    """The indices that would sort `a`, as intp; arguments as in `sort`.

    >>> import sharray as np
    >>> np.argsort([3, 1, 2])
    array([1, 2, 0])
    """
    if type(a) is mu.ndarray and kind is None and order is None and stable is None:
        return a.argsort(axis)
    return _wrapfunc(a, "argsort", axis=axis, kind=kind, order=order, stable=stable)


@dispatch_on("a, out")
def argmax(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the first greatest element (a NaN counts as greatest) along `axis`.

    ValueError for an empty array.

    >>> import sharray as np
    >>> int(np.argmax([3, 9, 2]))
    1
    """
    kwds = {} if keepdims is _NoValue else {"keepdims": keepdims}
    return _wrapfunc(a, "argmax", axis=axis, out=out, **kwds)


@dispatch_on("a, out")
def argmin(a, axis=None, out=None, *, keepdims=_NoValue):
    """Index of the first smallest element (a NaN counts as smallest) along `axis`.

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

    >>> import sharray as np
    >>> int(np.searchsorted([1, 3, 5], 3))
    1
    """
    return _wrapfunc(a, "searchsorted", v, side=side, sorter=sorter)


@dispatch_on("a")
def resize(a, new_shape):
    """A new array of `new_shape` filled with the elements of `a`, repeated as needed.

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

    >>> import sharray as np
    >>> np.nonzero([0, 3, 4])
    (array([1, 2]),)
    """
    return _wrapfunc(a, "nonzero")


@dispatch_on("a")
def shape(a):
    """The lengths of the dimensions, as a tuple.

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

    >>> import sharray as np
    >>> np.compress([True, False, True], [1, 2, 3])
    array([1, 3])
    """
    return _wrapfunc(a, "compress", condition, axis=axis, out=out)


@dispatch_on("a, a_min, a_max, out")
def clip(a, a_min=_NoValue, a_max=_NoValue, out=None, *, min=_NoValue, max=_NoValue, **kwargs):
    """Values limited to [a_min, a_max] (None: no limit), broadcast; further keywords as for ufuncs.

    `min` and `max` are other names for the limits: ValueError if both forms are used.

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

    >>> import sharray as np
    >>> bool(np.any([0, 2]))
    True
    """
    return _wrapreduction_any_all(a, um.logical_or, "any", axis, out, keepdims=keepdims, where=where)


@dispatch_on("a, where, out")
def all(a, axis=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """Whether all elements along `axis` are true (nonzero).

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

    >>> import sharray as np
    >>> np.cumulative_prod([1, 2, 3], include_initial=True)
    array([1, 1, 2, 6])
    """
    return _cumulative_func(x, um.multiply, axis, dtype, out, include_initial)


@dispatch_on("x, out")
def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running sums along `axis`, which 1-d arrays may leave out.

    With `include_initial` the result starts with 0 and is one longer.

    >>> import sharray as np
    >>> np.cumulative_sum([1, 2, 3], include_initial=True)
    array([0, 1, 3, 6])
    """
    return _cumulative_func(x, um.add, axis, dtype, out, include_initial)


@dispatch_on("a, out")
def cumsum(a, axis=None, dtype=None, out=None):
    """Running sums along `axis` (None: of the flattened array).

    >>> import sharray as np
    >>> np.cumsum([1, 2, 3])
    array([1, 3, 6])
    """
    return _wrapfunc(a, "cumsum", axis=axis, dtype=dtype, out=out)


@dispatch_on("a, out")
def ptp(a, axis=None, out=None, keepdims=_NoValue):
    """Greatest minus smallest element along `axis`, in the array's own dtype.

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

    >>> import sharray as np
    >>> np.max([[1, 2], [3, 0]], axis=1)
    array([2, 3])
    """
    return _wrapreduction(a, um.maximum, "max", axis, None, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def amax(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Another name for `max`.

    >>> import sharray as np
    >>> int(np.amax([1, 2]))
    2
    """
    return _wrapreduction(a, um.maximum, "max", axis, None, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def min(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The smallest element along `axis`; NaN if there is one.

    >>> import sharray as np
    >>> np.min([[1, 2], [3, 0]], axis=1)
    array([1, 0])
    """
    return _wrapreduction(a, um.minimum, "min", axis, None, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def amin(a, axis=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """Another name for `min`.

    >>> import sharray as np
    >>> int(np.amin([1, 2]))
    1
    """
    return _wrapreduction(a, um.minimum, "min", axis, None, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def prod(a, axis=None, dtype=None, out=None, keepdims=_NoValue, initial=_NoValue, where=_NoValue):
    """The product over `axis`; arguments as in `sum`.

    >>> import sharray as np
    >>> int(np.prod([2, 3]))
    6
    """
    return _wrapreduction(a, um.multiply, "prod", axis, dtype, out, keepdims=keepdims, initial=initial, where=where)


@dispatch_on("a, out")
def cumprod(a, axis=None, dtype=None, out=None):
    """Running products along `axis` (None: of the flattened array).

    >>> import sharray as np
    >>> np.cumprod([1, 2, 3])
    array([1, 2, 6])
    """
    return _wrapfunc(a, "cumprod", axis=axis, dtype=dtype, out=out)


@dispatch_on("a")
def ndim(a):
    """The number of dimensions.

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

    >>> import sharray as np
    >>> np.round([0.5, 1.55], 1)
    array([0.5, 1.6])
    """
    return _wrapfunc(a, "round", decimals=decimals, out=out)


@dispatch_on("a, out")
def around(a, decimals=0, out=None):
    """Another name for `round`.

    >>> import sharray as np
    >>> float(np.around(1.26, 1))
    1.3
    """
    return _wrapfunc(a, "round", decimals=decimals, out=out)


@dispatch_on("a, where, out")
def mean(a, axis=None, dtype=None, out=None, keepdims=_NoValue, *, where=_NoValue):
    """The arithmetic mean along `axis`, float64 for integers.

    RuntimeWarning and NaN for no elements.

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

    >>> import sharray as np
    >>> float(np.var([1, 3], ddof=1))
    2.0
    """
    kwargs = _given({"keepdims": keepdims, "where": where, "mean": mean})
    return _spread("var", a, axis, dtype, out, _ddof(ddof, correction), kwargs)
