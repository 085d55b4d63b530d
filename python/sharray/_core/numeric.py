"""Creation of filled arrays, comparison of arrays, products, and moving of axes.

This module is also where everything of `_core` meets: it re-exports the names of
`multiarray`, `umath`, `numerictypes`, `fromnumeric`, `arrayprint` and others. Most of
its lines are docstrings.
"""

import builtins
import functools
import itertools
import math
import numbers
import operator
import sys
import warnings

from .._engine import _full
from .._utils import set_module
from ..exceptions import AxisError
from . import multiarray, numerictypes, numerictypes as nt, overrides, umath
from .multiarray import (
    ALLOW_THREADS,
    BUFSIZE,
    CLIP,
    MAXDIMS,
    MAY_SHARE_BOUNDS,
    MAY_SHARE_EXACT,
    RAISE,
    WRAP,
    _array_converter,
    arange,
    array,
    asanyarray,
    asarray,
    ascontiguousarray,
    asfortranarray,
    broadcast,
    can_cast,
    concatenate,
    copyto,
    dot,
    dtype,
    empty,
    empty_like,
    flatiter,
    from_dlpack,
    frombuffer,
    fromfile,
    fromiter,
    fromstring,
    inner,
    lexsort,
    matmul,
    may_share_memory,
    min_scalar_type,
    ndarray,
    nditer,
    nested_iters,
    normalize_axis_index,
    promote_types,
    putmask,
    result_type,
    shares_memory,
    vdot,
    vecdot,
    where,
    zeros,
)
from .overrides import array_function_dispatch, dispatch_on, finalize_array_function_like
from .umath import NAN, PINF, invert, multiply, sin

bitwise_not = invert
ufunc = type(sin)
newaxis = None
inf, nan = PINF, NAN
little_endian = sys.byteorder == "little"
False_, True_ = nt.bool(False), nt.bool(True)


@dispatch_on("a")
def zeros_like(a, dtype=None, order="K", subok=True, shape=None, *, device=None):
    """Zeros with the shape and dtype of `a`, unless given.

    Parameters
    ----------
    a : array_like
    dtype : dtype, optional
        Another dtype than that of `a`.
    order : {'C', 'F', 'A', 'K'}, optional
        The order of the elements in memory: rows first, columns first, or as in the input.
    subok : bool, optional
        Whether a subclass of ndarray passes through.
    shape : int or tuple of int, optional
        Another shape than that of `a`.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.zeros_like([1, 2])
    array([0, 0])
    """
    result = empty_like(a, dtype=dtype, order=order, subok=subok, shape=shape, device=device)
    # the zero of the dtype itself: datetimes and strings have one, the number 0 doesn't fit them
    copyto(result, zeros((1,), dtype=result.dtype), casting="unsafe")
    return result


@finalize_array_function_like
@set_module("numpy")
def ones(shape, dtype=None, order="C", *, device=None, like=None):
    """An array filled with ones; float64 unless `dtype` is given.

    Parameters
    ----------
    shape : int or tuple of int
        The lengths of the axes.
    dtype : dtype, optional
        float64 by default.
    order : {'C', 'F'}, optional
        Rows first or columns first.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ones(2)
    array([1., 1.])
    """
    if like is not None:
        return _ones_with_like(like, shape, dtype=dtype, order=order, device=device)
    return _full(shape, 1.0 if dtype is None else 1, dtype, order, device=device)


_ones_with_like = array_function_dispatch()(ones)


@dispatch_on("a")
def ones_like(a, dtype=None, order="K", subok=True, shape=None, *, device=None):
    """Ones with the shape and dtype of `a`, unless given.

    Parameters
    ----------
    a : array_like
    dtype : dtype, optional
        Another dtype than that of `a`.
    order : {'C', 'F', 'A', 'K'}, optional
        The order of the elements in memory: rows first, columns first, or as in the input.
    subok : bool, optional
        Whether a subclass of ndarray passes through.
    shape : int or tuple of int, optional
        Another shape than that of `a`.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ones_like([3, 4])
    array([1, 1])
    """
    result = empty_like(a, dtype=dtype, order=order, subok=subok, shape=shape, device=device)
    copyto(result, 1, casting="unsafe")
    return result


@finalize_array_function_like
@set_module("numpy")
def full(shape, fill_value, dtype=None, order="C", *, device=None, like=None):
    """An array filled with `fill_value` (broadcast), of its dtype unless given.

    Parameters
    ----------
    shape : int or tuple of int
        The lengths of the axes.
    fill_value : array_like
        Broadcast to the shape.
    dtype : dtype, optional
        That of `fill_value` by default.
    order : {'C', 'F'}, optional
        Rows first or columns first.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.full(2, 7)
    array([7, 7])
    """
    if like is not None:
        return _full_with_like(like, shape, fill_value, dtype=dtype, order=order, device=device)
    return _full(shape, fill_value, dtype, order, device=device)


_full_with_like = array_function_dispatch()(full)


@dispatch_on("a")
def full_like(a, fill_value, dtype=None, order="K", subok=True, shape=None, *, device=None):
    """`fill_value` with the shape and dtype of `a`, unless given.

    Parameters
    ----------
    a : array_like
    fill_value : array_like
        Broadcast to the shape.
    dtype : dtype, optional
        Another dtype than that of `a`.
    order : {'C', 'F', 'A', 'K'}, optional
        The order of the elements in memory: rows first, columns first, or as in the input.
    subok : bool, optional
        Whether a subclass of ndarray passes through.
    shape : int or tuple of int, optional
        Another shape than that of `a`.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.full_like([1, 2], 7)
    array([7, 7])
    """
    result = empty_like(a, dtype=dtype, order=order, subok=subok, shape=shape, device=device)
    copyto(result, fill_value, casting="unsafe")
    return result


@dispatch_on("a")
def count_nonzero(a, axis=None, *, keepdims=False):
    """How many elements are nonzero, in all or along `axis` (int or tuple).

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to count along; None counts all.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.

    Returns
    -------
    int, or ndarray of intp.

    Examples
    --------
    >>> import sharray as np
    >>> np.count_nonzero([[1, 0], [1, 1]], axis=0)
    array([2, 1])
    """
    if axis is None and not keepdims:
        return multiarray.count_nonzero(a)
    a = asanyarray(a)
    if issubdtype(a.dtype, nt.character):
        truth = a != a.dtype.type()
    else:
        truth = a.astype(nt.bool, copy=False)
    return truth.sum(axis=axis, dtype=nt.intp, keepdims=keepdims)


@set_module("numpy")
def isfortran(a):
    """Whether the array is Fortran-contiguous and not C-contiguous as well.

    Parameters
    ----------
    a : ndarray

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.isfortran(np.ones((2, 3), order="F"))
    True
    """
    return a.flags.fnc


@dispatch_on("a")
def argwhere(a):
    """The places of the nonzero elements: one row of indices for each, shape (count, ndim).

    Parameters
    ----------
    a : array_like

    Returns
    -------
    ndarray of intp, shape (number of true elements, number of axes).

    Examples
    --------
    >>> import sharray as np
    >>> np.argwhere([[0, 3]])
    array([[0, 1]])
    """
    if fromnumeric.ndim(a) == 0:
        # A scalar has no index to give, only a count of rows.
        return argwhere(shape_base.atleast_1d(a))[:, :0]
    return transpose(nonzero(a))


@dispatch_on("a")
def flatnonzero(a):
    """The indices of the nonzero elements of the flattened array.

    Parameters
    ----------
    a : array_like

    Returns
    -------
    ndarray of intp, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> np.flatnonzero([[0, 3], [4, 0]])
    array([1, 2])
    """
    return nonzero(ravel(a))[0]


@dispatch_on("a, v")
def correlate(a, v, mode="valid"):
    """Cross-correlation of two 1-d arrays: sums of ``a[n + k] * conj(v[n])``.

    `mode`: 'valid' (full overlap), 'same' (length of the longer one), 'full'.

    Parameters
    ----------
    a : array_like, 1-d
    v : array_like, 1-d
    mode : {'valid', 'same', 'full'}, optional
        Complete overlaps only, as many as the longer input has elements, or all.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> np.correlate([1, 2, 3], [0, 1], "full")
    array([1, 2, 3, 0])
    """
    return multiarray.correlate2(a, v, mode)


@dispatch_on("a, v")
def convolve(a, v, mode="full"):
    """Discrete convolution of two 1-d arrays; modes as in `correlate`.

    ValueError if one is empty.

    Parameters
    ----------
    a : array_like, 1-d
    v : array_like, 1-d
    mode : {'full', 'valid', 'same'}, optional
        All overlaps, complete ones only, or as many as the longer input has elements.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> np.convolve([1, 2], [1, 1])
    array([1, 3, 2])
    """
    a, v = array(a, copy=None, ndmin=1), array(v, copy=None, ndmin=1)
    for name, operand in (("a", a), ("v", v)):
        if len(operand) == 0:
            raise ValueError(f"{name} cannot be empty")
    if len(v) > len(a):
        a, v = v, a
    return multiarray.correlate(a, v[::-1], mode)


@dispatch_on("a, b, out")
def outer(a, b, out=None):
    """All products of the flattened arguments: shape ``(a.size, b.size)``.

    Parameters
    ----------
    a : array_like
        Flattened.
    b : array_like
        Flattened.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray, shape (size of `a`, size of `b`).

    Examples
    --------
    >>> import sharray as np
    >>> np.outer([1, 2], [3, 4])
    array([[3, 4],
           [6, 8]])
    """
    return multiply(asarray(a).ravel()[:, newaxis], asarray(b).ravel()[newaxis, :], out)


def _axes_pair(axes):
    """The two lists of axes that a `tensordot` argument names."""
    try:
        iter(axes)
    except TypeError:
        return list(range(-axes, 0)), list(range(axes))
    first, second = axes
    return (list(one) if hasattr(one, "__len__") else [one] for one in (first, second))


@dispatch_on("a, b")
def tensordot(a, b, axes=2):
    """Sum of products over pairs of axes; the other axes follow, those of `a` first.

    `axes` is a number (the last of `a` with the first of `b`) or two lists of axes.
    ValueError where the paired lengths differ.

    Parameters
    ----------
    a : array_like
    b : array_like
    axes : int or pair of sequences of int, optional
        How many axes to sum over, the last of `a` with the first of `b`; or which of `a` and which of `b`.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.tensordot([[1, 2]], [[3], [4]], axes=1)
    array([[11]])
    """
    axes_a, axes_b = _axes_pair(axes)
    a, b = asarray(a), asarray(b)
    fits = len(axes_a) == len(axes_b)
    if len(set(axes_a)) != len(axes_a) or len(set(axes_b)) != len(axes_b):
        raise ValueError("duplicate axes are not allowed in tensordot")
    fits = fits and builtins.all(a.shape[i] == b.shape[j] for i, j in zip(axes_a, axes_b, strict=True))
    if not fits:
        raise ValueError("shape-mismatch for sum")
    axes_a = [i + a.ndim if i < 0 else i for i in axes_a]
    axes_b = [i + b.ndim if i < 0 else i for i in axes_b]
    kept_a = [i for i in range(a.ndim) if i not in axes_a]
    kept_b = [i for i in range(b.ndim) if i not in axes_b]
    summed = math.prod(a.shape[i] for i in axes_a)
    shape_a = [a.shape[i] for i in kept_a]
    shape_b = [b.shape[i] for i in kept_b]
    left = a.transpose(kept_a + axes_a).reshape(math.prod(shape_a), summed)
    right = b.transpose(axes_b + kept_b).reshape(summed, math.prod(shape_b))
    return dot(left, right).reshape(shape_a + shape_b)


@dispatch_on("a")
def roll(a, shift, axis=None):
    """Elements moved by `shift` along `axis`, those pushed out re-entering at the start.

    Without `axis` the flattened array is rolled; tuples roll several axes.

    Parameters
    ----------
    a : array_like
    shift : int or tuple of int
        How far, to the right; one for each axis.
    axis : int or tuple of int, optional
        The axes; None rolls the flattened array.

    Returns
    -------
    ndarray, a copy.

    Examples
    --------
    >>> import sharray as np
    >>> np.roll([1, 2, 3], 1)
    array([3, 1, 2])
    """
    a = asanyarray(a)
    if axis is None:
        return roll(a.ravel(), shift, 0).reshape(a.shape)
    axes = normalize_axis_tuple(axis, a.ndim, allow_duplicate=True)
    pairs = broadcast(shift, axes)
    if pairs.ndim > 1:
        raise ValueError("'shift' and 'axis' should be scalars or 1D sequences")
    shifts = dict.fromkeys(range(a.ndim), 0)
    for amount, one in pairs:
        shifts[int(one)] += int(amount)

    moves = [[(slice(None), slice(None))]] * a.ndim
    for one, amount in shifts.items():
        amount %= a.shape[one] or 1
        if amount:
            moves[one] = [(slice(None, -amount), slice(amount, None)), (slice(-amount, None), slice(None, amount))]
    result = empty_like(a)
    for parts in itertools.product(*moves):
        source, target = zip(*parts, strict=True) if parts else ((), ())
        result[target] = a[source]
    return result


@dispatch_on("a")
def rollaxis(a, axis, start=0):
    """A view with `axis` moved before the axis `start` (`moveaxis` is clearer).

    Parameters
    ----------
    a : array_like
    axis : int
        The axis to move.
    start : int, optional
        Before which axis.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> import sharray as np
    >>> np.rollaxis(np.ones((2, 3, 4)), 2).shape
    (4, 2, 3)
    """
    n = a.ndim
    axis = normalize_axis_index(axis, n)
    place = start + n if start < 0 else start
    if not 0 <= place < n + 1:
        raise AxisError(f"'start' arg requires {-n} <= start < {n + 1}, but {start} was passed in")
    if axis < place:
        place -= 1
    if axis == place:
        return a[...]
    order = [i for i in range(n) if i != axis]
    order.insert(place, axis)
    return a.transpose(order)


@set_module("numpy.lib.array_utils")
def normalize_axis_tuple(axis, ndim, argname=None, allow_duplicate=False):
    """`axis` (int or iterable) as a tuple of axes in [0, ndim).

    AxisError for one out of range, ValueError for repeated ones unless allowed;
    `argname` is named in the messages.

    Parameters
    ----------
    axis : int or iterable of int
    ndim : int
        The number of axes.
    argname : str, optional
        What messages call the axis.
    allow_duplicate : bool, optional
        Whether an axis may occur twice.

    Returns
    -------
    tuple of int, not negative.

    Examples
    --------
    >>> import sharray as np
    >>> np.lib.array_utils.normalize_axis_tuple((0, -1), 3)
    (0, 2)
    """
    if not isinstance(axis, (tuple, list)):
        try:
            axis = (operator.index(axis),)
        except TypeError:
            pass  # an iterable, then
    axis = tuple(normalize_axis_index(one, ndim, argname) for one in axis)
    if not allow_duplicate and len(set(axis)) != len(axis):
        raise ValueError(f"repeated axis in `{argname}` argument" if argname else "repeated axis")
    return axis


@dispatch_on("a")
def moveaxis(a, source, destination):
    """A view with the axes `source` moved to the places `destination`; the others keep their order.

    Parameters
    ----------
    a : array_like
    source : int or sequence of int
        Where the axes are.
    destination : int or sequence of int
        Where they are to be.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> import sharray as np
    >>> np.moveaxis(np.ones((2, 3, 4)), 0, -1).shape
    (3, 4, 2)
    """
    try:
        transposed = a.transpose
    except AttributeError:
        a = asarray(a)
        transposed = a.transpose
    source = normalize_axis_tuple(source, a.ndim, "source")
    destination = normalize_axis_tuple(destination, a.ndim, "destination")
    if len(source) != len(destination):
        raise ValueError("`source` and `destination` arguments must have the same number of elements")
    order = [i for i in range(a.ndim) if i not in source]
    for target, origin in sorted(zip(destination, source, strict=True)):
        order.insert(target, origin)
    return transposed(order)


@dispatch_on("a, b")
def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """The vector product along one axis of length 3 (2 is deprecated, its third component zero).

    The vectors stand along `axisa`, `axisb` and, in the result, `axisc`; `axis` sets
    all three. ValueError for other lengths.

    Parameters
    ----------
    a : array_like
        Vectors of 3 components, or (deprecated) 2.
    b : array_like
        The others.
    axisa : int, optional
        The axis of the components in `a`.
    axisb : int, optional
        That in `b`.
    axisc : int, optional
        That in the result.
    axis : int, optional
        All three.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.cross([1, 0, 0], [0, 1, 0])
    array([0, 0, 1])
    """
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = asarray(a), asarray(b)
    if a.ndim < 1 or b.ndim < 1:
        raise ValueError("At least one array has zero dimension")
    a = moveaxis(a, normalize_axis_index(axisa, a.ndim, "axisa"), -1)
    b = moveaxis(b, normalize_axis_index(axisb, b.ndim, "axisb"), -1)
    if a.shape[-1] not in (2, 3) or b.shape[-1] not in (2, 3):
        raise ValueError("incompatible dimensions for cross product\n(dimension must be 2 or 3)")
    if 2 in (a.shape[-1], b.shape[-1]):
        warnings.warn(
            "Arrays of 2-dimensional vectors are deprecated. Use arrays of 3-dimensional vectors "
            "instead. (deprecated in NumPy 2.0)",
            DeprecationWarning,
            stacklevel=2,
        )
    plane = a.shape[-1] == b.shape[-1] == 2
    common = promote_types(a.dtype, b.dtype)
    a, b = a.astype(common), b.astype(common)
    lead = broadcast(a[..., 0], b[..., 0]).shape
    if plane:
        return asanyarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])

    axisc = normalize_axis_index(axisc, len(lead) + 1, "axisc")
    result = empty((*lead, 3), common)
    for place in range(3):
        i, j = (place + 1) % 3, (place + 2) % 3
        result[..., place] = _minor(a, b, i, j) - _minor(a, b, j, i)
    return moveaxis(result, -1, axisc)


def _minor(a, b, i, j):
    """``a[i] * b[j]`` along the last axis, where a missing third component is zero."""
    if i >= a.shape[-1] or j >= b.shape[-1]:
        return zeros_like(a[..., 0] * b[..., 0])
    return a[..., i] * b[..., j]


@set_module("numpy")
def indices(dimensions, dtype=int, sparse=False):
    """The index arrays of a grid: shape ``(ndim, *dimensions)``, or a tuple of open arrays.

    Parameters
    ----------
    dimensions : sequence of int
        The lengths of the axes.
    dtype : dtype, optional
    sparse : bool, optional
        Whether to give a tuple of arrays that broadcast, instead of one array.

    Returns
    -------
    ndarray, shape (number of axes, *dimensions), or with `sparse` a tuple.

    Examples
    --------
    >>> import sharray as np
    >>> np.indices((2, 2))[1]
    array([[0, 1],
           [0, 1]])
    """
    dimensions = tuple(dimensions)
    n = len(dimensions)
    axes = [
        arange(length, dtype=dtype).reshape((1,) * i + (length,) + (1,) * (n - i - 1))
        for i, length in enumerate(dimensions)
    ]
    if sparse:
        return tuple(axes)
    result = empty((n, *dimensions), dtype=dtype)
    for place, along in enumerate(axes):
        result[place] = along
    return result


@finalize_array_function_like
@set_module("numpy")
def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    """What `function` returns for the index arrays of `shape` (one argument per axis).

    Parameters
    ----------
    function : callable
        Takes an array of indices for each axis, and gives an array.
    shape : int or tuple of int
        The lengths of the axes.
    dtype : dtype, optional
        Of the index arrays.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.
    **kwargs
        Handed to `function`.

    Returns
    -------
    What the function gives.

    Examples
    --------
    >>> import sharray as np
    >>> np.fromfunction(lambda i, j: i + j, (2, 2), dtype=int)
    array([[0, 1],
           [1, 2]])
    """
    if like is not None:
        return _fromfunction_with_like(like, function, shape, dtype=dtype, **kwargs)
    return function(*indices(shape, dtype=dtype), **kwargs)


_fromfunction_with_like = array_function_dispatch()(fromfunction)


def _frombuffer(buf, dtype, shape, order, axis_order=None):
    """Rebuilds an array from pickle protocol 5's out-of-band buffer."""
    result = frombuffer(buf, dtype=dtype)
    if order == "K" and axis_order is not None:
        return result.reshape(shape).transpose(axis_order)
    return result.reshape(shape, order=order)


@set_module("numpy")
def isscalar(element):
    """Whether `element` is a scalar: Python's or ours, text and bytes included; 0-d arrays are not.

    Parameters
    ----------
    element : object

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.isscalar(3.1), np.isscalar(np.array(3.1))
    (True, False)
    """
    return isinstance(element, nt.generic) or type(element) in ScalarType or isinstance(element, numbers.Number)


@set_module("numpy")
def binary_repr(num, width=None):
    """Binary digits of an integer; negative ones get a sign, or two's complement with `width`.

    ValueError where `width` doesn't suffice.

    Parameters
    ----------
    num : int
    width : int, optional
        The number of digits; negative numbers are in two's complement then.

    Returns
    -------
    str.

    Examples
    --------
    >>> import sharray as np
    >>> np.binary_repr(3), np.binary_repr(-3, width=5)
    ('11', '11101')
    """
    num = operator.index(num)
    if num < 0 and width is None:
        return f"-{-num:b}"
    needed = 1 + (-num - 1).bit_length() if num < 0 else num.bit_length() or 1
    if width is None:
        return f"{num:b}"
    if num and width < needed:
        raise ValueError(f"Insufficient bit width={width} provided for binwidth={needed}")
    if num < 0:
        num += 1 << width
    return f"{num:b}".zfill(width or 1)


@set_module("numpy")
def base_repr(number, base=2, padding=0):
    """The digits of an integer in `base` (2 to 36), with `padding` zeros before them.

    Parameters
    ----------
    number : int
    base : int, optional
        From 2 to 36.
    padding : int, optional
        How many zeros to put in front.

    Returns
    -------
    str.

    Examples
    --------
    >>> import sharray as np
    >>> np.base_repr(6, 5)
    '11'
    """
    if base > 36:
        raise ValueError("Bases greater than 36 not handled in base_repr.")
    if base < 2:
        raise ValueError("Bases less than 2 not handled in base_repr.")
    rest = abs(int(number))
    found = []
    while rest:
        rest, digit = divmod(rest, base)
        found.append("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit])
    found += "0" * padding
    if number < 0:
        found.append("-")
    return "".join(reversed(found)) or "0"


@finalize_array_function_like
@set_module("numpy")
def identity(n, dtype=None, *, like=None):
    """The n × n identity matrix.

    Parameters
    ----------
    n : int
        The number of rows and columns.
    dtype : dtype, optional
        float64 by default.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray, shape (n, n).

    Examples
    --------
    >>> import sharray as np
    >>> np.identity(2)
    array([[1., 0.],
           [0., 1.]])
    """
    if like is not None:
        return _identity_with_like(like, n, dtype=dtype)
    from ..lib._twodim_base_impl import eye

    return eye(n, dtype=dtype, like=like)


_identity_with_like = array_function_dispatch()(identity)


@dispatch_on("a, b, rtol, atol")
def allclose(a, b, rtol=1.0e-5, atol=1.0e-8, equal_nan=False):
    """Whether all elements are close in the sense of `isclose`.

    Parameters
    ----------
    a : array_like
    b : array_like
        What to compare with; broadcast with `a`.
    rtol : float or array_like, optional
        The difference allowed, relative to the magnitude of `b`.
    atol : float or array_like, optional
        The difference allowed in any case.
    equal_nan : bool, optional
        Whether NaN equals NaN.

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.allclose([1.0, 2.0], [1.0, 2.000001])
    True
    """
    res = all(isclose(a, b, rtol=rtol, atol=atol, equal_nan=equal_nan))
    return builtins.bool(res)


@dispatch_on("a, b, rtol, atol")
def isclose(a, b, rtol=1.0e-5, atol=1.0e-8, equal_nan=False):
    """Elementwise: whether ``abs(a - b) <= atol + rtol * abs(b)``.

    Infinities are close to themselves; NaN to NaN only with `equal_nan`. Not symmetric.

    Parameters
    ----------
    a : array_like
    b : array_like
        What to compare with; broadcast with `a`.
    rtol : float or array_like, optional
        The difference allowed, relative to the magnitude of `b`.
    atol : float or array_like, optional
        The difference allowed in any case.
    equal_nan : bool, optional
        Whether NaN equals NaN.

    Returns
    -------
    bool or ndarray of bool, of the broadcast shape.

    Examples
    --------
    >>> import sharray as np
    >>> np.isclose([1.0, 2.0], [1.0, 2.1])
    array([ True, False])
    """
    x, y, atol, rtol = (
        item if isinstance(item, (int, float, complex)) else asanyarray(item) for item in (a, b, atol, rtol)
    )
    # The smallest integer has no absolute value in its own dtype: work with floats.
    kind = getattr(y, "dtype", None)
    if kind is None:
        y = float(y) if isinstance(y, int) else y
    elif kind.kind not in "mM" and not issubdtype(kind, nt.inexact):
        y = asanyarray(y, dtype=result_type(kind, 1.0))

    with errstate(invalid="ignore"):
        within = less_equal(abs(x - y), atol + rtol * abs(y))
        result = (within & isfinite(y)) | (x == y)
        if equal_nan:
            result |= isnan(x) & isnan(y)
    if not _valid_tolerances(atol, rtol):
        warnings.warn(f"One of rtol or atol is not valid, atol: {atol}, rtol: {rtol}", RuntimeWarning, stacklevel=2)
    return result[()]


def _valid_tolerances(*tolerances):
    for tolerance in tolerances:
        if isinstance(tolerance, (int, float, complex)):
            if not isfinite(tolerance):
                return False
        elif not isfinite(tolerance).all():
            return False
    return True


_no_nan_types = {
    nt.bool,
    nt.int8,
    nt.int16,
    nt.int32,
    nt.int64,
    nt.longlong,
    nt.uint8,
    nt.uint16,
    nt.uint32,
    nt.uint64,
    nt.ulonglong,
}


def _dtype_cannot_hold_nan(dtype):
    return dtype.type in _no_nan_types


@dispatch_on("a1, a2")
def array_equal(a1, a2, equal_nan=False):
    """Whether both have the same shape and equal elements (with `equal_nan`, NaN equals NaN).

    Parameters
    ----------
    a1, a2 : array_like
    equal_nan : bool, optional
        Whether NaN equals NaN.

    Returns
    -------
    bool: False also for different shapes.

    Examples
    --------
    >>> import sharray as np
    >>> np.array_equal([1, 2], [1, 2])
    True
    """
    try:
        a1, a2 = asarray(a1), asarray(a2)
    except Exception:
        return False
    if a1.shape != a2.shape:
        return False
    if not equal_nan:
        return builtins.bool((asanyarray(a1 == a2)).all())
    if a1 is a2:
        return True
    if _dtype_cannot_hold_nan(a1.dtype) and _dtype_cannot_hold_nan(a2.dtype):
        return builtins.bool(asarray(a1 == a2).all())
    missing = isnan(a1)
    if not (missing == isnan(a2)).all():
        return False
    return builtins.bool((a1[~missing] == a2[~missing]).all())


@dispatch_on("a1, a2")
def array_equiv(a1, a2):
    """Whether both broadcast together and are equal everywhere.

    Parameters
    ----------
    a1, a2 : array_like

    Returns
    -------
    bool: False also for shapes that can't be broadcast.

    Examples
    --------
    >>> import sharray as np
    >>> np.array_equiv([1, 1], [[1], [1]])
    True
    """
    try:
        a1, a2 = asarray(a1), asarray(a2)
        broadcast(a1, a2)
    except Exception:
        return False
    return builtins.bool(asanyarray(a1 == a2).all())


@dispatch_on("x, dtype")
def astype(x, dtype, /, *, copy=True, device=None):
    """The array `x` cast to `dtype`; without `copy` the same array where nothing changes.

    TypeError unless `x` is an array or scalar of ours, ValueError for a device other than "cpu".

    Parameters
    ----------
    x : ndarray
        An array, not a sequence.
    dtype : dtype
        The new dtype.
    copy : bool, optional
        Whether to copy where the dtype fits already.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.astype(np.array([1, 2]), np.float64)
    array([1., 2.])
    """
    if not isinstance(x, (ndarray, nt.generic)):
        raise TypeError(f"Input should be a NumPy array or scalar. It is a {type(x)} instead.")
    if device is not None and device != "cpu":
        raise ValueError(f"Device not understood. Only \"cpu\" is allowed, but received: {device}")
    return x.astype(dtype, copy=copy)


from . import _asarray, _ufunc_config, arrayprint, fromnumeric, shape_base  # noqa: E402, I001
from ._asarray import *  # noqa: E402, F403
from ._ufunc_config import *  # noqa: E402, F403
from .arrayprint import *  # noqa: E402, F403
from .fromnumeric import *  # noqa: E402, F403
from .numerictypes import *  # noqa: E402, F403
from .umath import *  # noqa: E402, F403

__all__ = [
    "newaxis",
    "ndarray",
    "flatiter",
    "nditer",
    "nested_iters",
    "ufunc",
    "arange",
    "array",
    "asarray",
    "asanyarray",
    "ascontiguousarray",
    "asfortranarray",
    "zeros",
    "count_nonzero",
    "empty",
    "broadcast",
    "dtype",
    "fromstring",
    "fromfile",
    "frombuffer",
    "from_dlpack",
    "where",
    "argwhere",
    "copyto",
    "concatenate",
    "lexsort",
    "astype",
    "can_cast",
    "promote_types",
    "min_scalar_type",
    "result_type",
    "isfortran",
    "empty_like",
    "zeros_like",
    "ones_like",
    "correlate",
    "convolve",
    "inner",
    "dot",
    "outer",
    "vdot",
    "roll",
    "rollaxis",
    "moveaxis",
    "cross",
    "tensordot",
    "little_endian",
    "fromiter",
    "array_equal",
    "array_equiv",
    "indices",
    "fromfunction",
    "isclose",
    "isscalar",
    "binary_repr",
    "base_repr",
    "ones",
    "identity",
    "allclose",
    "putmask",
    "flatnonzero",
    "inf",
    "nan",
    "False_",
    "True_",
    "bitwise_not",
    "full",
    "full_like",
    "matmul",
    "vecdot",
    "shares_memory",
    "may_share_memory",
    "normalize_axis_index",
    *fromnumeric.__all__,
    *umath.__all__,
    *numerictypes.__all__,
    *arrayprint.__all__,
    *_asarray.__all__,
    *_ufunc_config.__all__,
]
__all__ = list(dict.fromkeys(__all__))
