"""Functions on masked arrays: the methods as functions, and NumPy's that need care with masks.

Products and sums of products are in `_products`, those with conditions in
`_conditions`, ufuncs in `_ufuncs`.
"""

import inspect

import sharray as np

from .._globals import _NoValue
from .._utils import set_module
from ._array import MaskedArray
from ._creation import asanyarray, masked_array
from ._elements import masked
from ._errors import MaskError
from ._fill import filled
from ._masks import (
    getmask,
    getmaskarray,
    make_mask,
    make_mask_none,
    mask_or,
    nomask,
    shrink,
)
from ._ordering import default_argsort_axis
from ._reductions import given
from ._texts import text, with_parameter
from ._ufuncs import absolute, get_masked_subclass, getdata, less_equal

#: methods as functions, with which they share their names
_METHODS = (
    "all anom any argmax argmin count cumprod cumsum copy diagonal harden_mask ids mean nonzero prod product "
    "ravel repeat shrink_mask soften_mask std sum swapaxes trace var"
).split()

__all__ = [
    *_METHODS,
    "allclose",
    "allequal",
    "amax",
    "amin",
    "anomalies",
    "append",
    "argsort",
    "choose",
    "compress",
    "compressed",
    "concatenate",
    "diag",
    "diff",
    "expand_dims",
    "left_shift",
    "max",
    "min",
    "ndim",
    "power",
    "ptp",
    "put",
    "putmask",
    "reshape",
    "resize",
    "right_shift",
    "round",
    "round_",
    "shape",
    "size",
    "sort",
    "take",
    "transpose",
    "where",
]

in_core = set_module("numpy.ma.core")


# ---- methods as functions


def _from_method(name, array_at=0):
    """A function that calls method `name` of its argument number `array_at`."""
    method = getattr(MaskedArray, name)

    def function(*args, **kwargs):
        args = list(args)
        if len(args) <= array_at:
            if "a" not in kwargs:
                raise TypeError(f"{name}() missing required argument 'a'")
            a = kwargs.pop("a")
        else:
            a = args.pop(array_at)
        return getattr(asanyarray(a), name)(*args, **kwargs)

    signature = inspect.signature(method)
    parameters = list(signature.parameters.values())
    own = parameters.pop(0).replace(name="a")
    before = parameters[array_at - 1].name if array_at else None
    parameters.insert(array_at, own)
    # Positional-only parameters can't follow others.
    function.__signature__ = signature.replace(parameters=parameters)
    function.__name__ = function.__qualname__ = name
    function.__doc__ = with_parameter(method.__doc__, "a : array_like", before)
    return in_core(function)


globals().update((name, _from_method(name)) for name in _METHODS)
anomalies = anom  # noqa: F821
compress = _from_method("compress", array_at=1)


def _extreme(name):
    """`min`, `max` or `ptp` of anything: by its method, if that knows masks, else as a masked array."""

    def function(obj, axis=None, out=None, fill_value=None, keepdims=_NoValue):
        options = {"axis": axis, "out": out, "fill_value": fill_value, **given(keepdims=keepdims)}
        try:
            return getattr(obj, name)(**options)
        except (AttributeError, TypeError):
            return getattr(asanyarray(obj), name)(**options)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = with_parameter(getattr(MaskedArray, name).__doc__, "obj : array_like")
    return in_core(function)


min = _extreme("min")
max = _extreme("max")
ptp = _extreme("ptp")
amax, amin, expand_dims = np.amax, np.amin, np.expand_dims


def _of_data(name, doc):
    """`ndim`, `shape` or `size`: the mask doesn't matter."""
    plain = getattr(np, name)
    if name == "size":

        def function(obj, axis=None):
            return plain(getdata(obj), axis)
    else:

        def function(obj):
            return plain(getdata(obj))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    return in_core(function)


_ndim, _shape, _size = (
    f">>> import sharray as np\n>>> np.ma.{call}\n{result}"
    for call, result in (
        ("ndim(np.ma.array([[1, 2]], mask=[[0, 1]]))", "2"),
        ("shape(np.ma.array([[1, 2]], mask=[[0, 1]]))", "(1, 2)"),
        ("size(np.ma.array([[1, 2]], mask=[[0, 1]])), np.ma.size([[1, 2]], axis=0)", "(2, 1)"),
    )
)
_LENGTHS = "axis : int or tuple of int, optional\n    The axes whose lengths are multiplied; None takes all."
ndim = _of_data("ndim", text("The number of axes.", "obj : array_like", "int.", _ndim))
shape = _of_data("shape", text("The lengths of the axes.", "obj : array_like", "tuple of int.", _shape))
size = _of_data(
    "size",
    text("The number of elements, masked ones included.", f"obj : array_like\n{_LENGTHS}", "int.", _size),
)


@in_core
def take(a, indices, axis=None, out=None, mode="raise"):
    """Elements by their places.

    Parameters
    ----------
    a : array_like
    indices : array_like of int
        The places; masked ones give masked elements.
    axis : int, optional
        The axis to take along; None takes from the flattened array.
    out : ndarray, optional
        Where the result goes; of the result's shape, and a dtype the result casts to.
    mode : {'raise', 'wrap', 'clip'}, optional
        What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

    Returns
    -------
    MaskedArray, or a single element.

    Raises
    ------
    IndexError
        For an index beyond the bounds, unless `mode` says else.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.array([1, 2, 3], mask=[0, 1, 0])
    >>> print(np.ma.take(x, [2, 1, 0]))
    [3 -- 1]
    """
    return masked_array(a).take(indices, axis=axis, out=out, mode=mode)


@in_core
def compressed(x):
    """The values that aren't masked, as a plain array of one dimension.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.compressed(np.ma.array([1, 2, 3], mask=[0, 1, 0]))
    array([1, 3])
    """
    return asanyarray(x).compressed()


# ---- sorting


@in_core
def argsort(a, axis=_NoValue, kind=None, order=None, endwith=True, fill_value=None, *, stable=None):
    """The indices that sort `a`, masked values last; see `MaskedArray.argsort`.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis; None flattens first.
    kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
        Names of algorithms; only whether they are stable counts.
    order : str or list of str, optional
        Fields to compare, of a structured array.
    endwith : bool, optional
        Whether masked values come last, instead of first.
    fill_value : scalar, optional
        What masked values count as; overrides `endwith`.
    stable : bool, optional
        Whether equal elements keep their order; not together with `kind`.

    Returns
    -------
    ndarray of intp.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.argsort(np.ma.array([3, 2, 1], mask=[0, 0, 1]))
    array([1, 0, 2])
    """
    a = np.asanyarray(a)
    if axis is _NoValue:
        axis = default_argsort_axis(a)
    options = {"axis": axis, "kind": kind, "order": order, "stable": None}
    if isinstance(a, MaskedArray):
        options.update(endwith=endwith, fill_value=fill_value)
    return a.argsort(**options)


@in_core
def sort(a, axis=-1, kind=None, order=None, endwith=True, fill_value=None, *, stable=None):
    """A sorted copy of `a`, masked values last; see `MaskedArray.sort`. None as `axis` flattens.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis; None flattens first.
    kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
        Names of algorithms; only whether they are stable counts.
    order : str or list of str, optional
        Fields to compare, of a structured array.
    endwith : bool, optional
        Whether masked values come last, instead of first.
    fill_value : scalar, optional
        What masked values count as; overrides `endwith`.
    stable : bool, optional
        Whether equal elements keep their order; not together with `kind`.

    Returns
    -------
    MaskedArray, a copy.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.sort(np.ma.array([3, 2, 1], mask=[0, 0, 1])))
    [2 3 --]
    """
    a = np.array(a, copy=True, subok=True)
    if axis is None:
        a = a.flatten()
        axis = 0
    options = {"axis": axis, "kind": kind, "order": order, "stable": stable}
    if isinstance(a, MaskedArray):
        options.update(endwith=endwith, fill_value=fill_value)
    a.sort(**options)
    return a


# ---- elementwise


@in_core
def power(a, b, third=None):
    """`a` to the power of `b`; masked also where the result isn't finite.

    MaskError for a third argument.

    Parameters
    ----------
    a : array_like
        The bases.
    b : array_like
        The exponents.
    third : None
        Not supported.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.power(np.ma.array([2.0, -1.0]), 0.5))
    [1.4142135623730951 --]
    """
    if third is not None:
        raise MaskError("3-argument power not supported.")
    mask = mask_or(getmask(a), getmask(b))
    base = getdata(a)
    with np.errstate(divide="ignore", invalid="ignore"):
        result = np.where(mask, base, np.power(base, getdata(b)))
    result = result.view(type(a) if isinstance(a, MaskedArray) else MaskedArray)
    result._update_from(a)
    invalid = np.logical_not(np.isfinite(result.view(np.ndarray)))
    if not result.ndim and (mask is not nomask or invalid):
        return masked
    if mask is not nomask:
        result._mask = np.logical_or(mask, invalid)
    if invalid.any():
        if result._mask is nomask:
            result._mask = invalid
        result._data[invalid] = result.fill_value
    return result


def _shift(name, words):
    plain = getattr(np, name)

    def function(a, n):
        mask = getmask(a)
        if mask is nomask:
            return masked_array(plain(filled(a), n))
        return masked_array(plain(filled(a, 0), n), mask=mask)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"""The bits of integers shifted {words}.

    Parameters
    ----------
    a : array_like of int
    n : array_like of int
        By how many places.

    Returns
    -------
    MaskedArray, masked as `a` is.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.{name}(np.ma.array([4, 8], mask=[0, 1]), 1))
    [{plain(4, 1)} --]
    """
    return in_core(function)


left_shift = _shift("left_shift", "to the left")
right_shift = _shift("right_shift", "to the right")


@in_core
def round_(a, decimals=0, out=None):
    """`a` rounded to `decimals` places; masked as `a` is.

    Parameters
    ----------
    a : array_like
    decimals : int, optional
        Places behind the point; negative ones before it.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.round(np.ma.array([1.25, 2.0], mask=[0, 1]), 1))
    [1.2 --]
    """
    if out is None:
        return np.round(a, decimals, out)
    np.round(getdata(a), decimals, out)
    if hasattr(out, "_mask"):
        out._mask = getmask(a)
    return out


round = round_


# ---- joining, reshaping


@in_core
def concatenate(arrays, axis=0):
    """Arrays joined along an existing `axis` (None: all flattened), masks along with them.

    Parameters
    ----------
    arrays : sequence of array_like
    axis : int, optional
        The axis to join along.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.concatenate([np.ma.array([1, 2], mask=[0, 1]), [3]]))
    [1 -- 3]
    """
    data = np.concatenate([getdata(a) for a in arrays], axis)
    result = data.view(get_masked_subclass(*arrays))
    # With the builtin names shadowed by functions of this module.
    if [a for a in arrays if getmask(a) is not nomask]:
        mask = np.concatenate([getmaskarray(a) for a in arrays], axis)
        result._mask = shrink(mask.reshape(data.shape))
    return result


@in_core
def append(a, b, axis=None):
    """`b` behind `a` along `axis`, by default both flattened.

    Parameters
    ----------
    a : array_like
    b : array_like
        What to put behind it.
    axis : int, optional
        The axis to extend; None flattens both.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.append(np.ma.array([1, 2], mask=[0, 1]), [3]))
    [1 -- 3]
    """
    return concatenate([a, b], axis)


@in_core
def diag(v, k=0):
    """The diagonal number `k` of a 2-d array, or a 2-d array with `v` as that diagonal.

    Parameters
    ----------
    v : array_like, 1-d or 2-d
    k : int, optional
        The diagonal: 0 the main one, above it positive, below negative.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.diag(np.ma.array([[1, 2], [3, 4]], mask=[[0, 0], [0, 1]])))
    [1 --]
    """
    result = np.diag(v, k).view(MaskedArray)
    if getmask(v) is not nomask:
        result._mask = np.diag(v._mask, k)
    return result


@in_core
def transpose(a, axes=None):
    """A view of `a` with its axes in the order `axes`, by default reversed.

    Parameters
    ----------
    a : array_like
    axes : sequence of int, optional
        The old axes in their new order; None reverses them.

    Returns
    -------
    MaskedArray, a view.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.transpose(np.ma.ones((2, 3))).shape
    (3, 2)
    """
    try:
        return a.transpose(axes)
    except AttributeError:
        return np.asarray(a).transpose(axes).view(MaskedArray)


@in_core
def reshape(a, new_shape, order="C"):
    """The elements of `a` in another shape; see `MaskedArray.reshape`.

    Parameters
    ----------
    a : array_like
    new_shape : int or tuple of int
    order : {'C', 'F', 'A'}, optional
        In which order elements are taken and laid.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.reshape(np.ma.ones(6), (2, 3)).shape
    (2, 3)
    """
    try:
        return a.reshape(new_shape, order=order)
    except AttributeError:
        return np.asarray(a).reshape(new_shape, order=order).view(MaskedArray)


@in_core
def resize(x, new_shape):
    """A masked array of `new_shape`, whatever its size: `x` and its mask repeated or cut.

    Parameters
    ----------
    x : array_like
    new_shape : int or tuple of int

    Returns
    -------
    MaskedArray, a copy.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.resize(np.ma.array([1, 2], mask=[0, 1]), (3,)))
    [1 -- 1]
    """
    mask = getmask(x)
    result = np.resize(x, new_shape).view(get_masked_subclass(x))
    if result.ndim:
        result._mask = mask if mask is nomask else np.resize(mask, new_shape)
    return result


def _edge(value, a, axis):
    """`value` to put before or behind `a`: a scalar is repeated along the other axes."""
    value = asanyarray(value)
    if value.ndim:
        return value
    lengths = list(a.shape)
    lengths[axis] = 1
    return np.broadcast_to(value, tuple(lengths))


@in_core
def diff(a, /, n=1, axis=-1, prepend=_NoValue, append=_NoValue):
    """The differences of neighbours along `axis`, `n` times over; masked where either is.

    `prepend` and `append` are put before and behind `a` first. ValueError for a
    negative `n` and for arrays without dimension.

    Parameters
    ----------
    a : array_like
    n : int, optional
        How often to take differences.
    axis : int, optional
        The axis to work along.
    prepend : array_like, optional
        What to put in front first.
    append : array_like, optional
        What to put behind first.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.diff(np.ma.array([1, 2, 4, 7], mask=[1, 0, 0, 0])))
    [-- 2 3]
    """
    if n == 0:
        return a
    if n < 0:
        raise ValueError(f"order must be non-negative but got {n!r}")
    a = asanyarray(a)
    if a.ndim == 0:
        raise ValueError("diff requires input that is at least one dimensional")
    before = [] if prepend is _NoValue else [_edge(prepend, a, axis)]
    behind = [] if append is _NoValue else [_edge(append, a, axis)]
    if before or behind:
        a = concatenate([*before, a, *behind], axis)
    return np.diff(a, n, axis)


# ---- putting and choosing


@in_core
def put(a, indices, values, mode="raise"):
    """Set elements by their places in the flattened array, in place.

    Parameters
    ----------
    a : MaskedArray or ndarray
        What is written to.
    indices : array_like of int
        The places.
    values : array_like
        What to put there, masked where it is; repeated if there are too few.
    mode : {'raise', 'wrap', 'clip'}, optional
        What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

    Returns
    -------
    None.

    Raises
    ------
    IndexError
        For an index beyond the bounds, unless `mode` says else.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.array([1, 2, 3], mask=[0, 1, 0])
    >>> np.ma.put(x, [1, 2], np.ma.array([9, 0], mask=[0, 1]))
    >>> print(x)
    [1 9 --]
    """
    try:
        return a.put(indices, values, mode=mode)
    except AttributeError:
        return np.asarray(a).put(indices, values, mode=mode)


@in_core
def putmask(a, mask, values):
    """Set elements of `a` where `mask` is true, values and masks; `a` itself changes.

    Parameters
    ----------
    a : MaskedArray
        What is written to.
    mask : array_like of bool
        Where.
    values : array_like

    Returns
    -------
    None.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.array([1, 2, 3], mask=[0, 1, 0])
    >>> np.ma.putmask(x, [True, True, False], 9)
    >>> print(x)
    [9 9 3]
    """
    if not isinstance(a, MaskedArray):
        a = a.view(MaskedArray)
    flags = getmask(values)
    if getmask(a) is nomask:
        if flags is not nomask:
            a._sharedmask = True
            a._mask = make_mask_none(a.shape, a.dtype)
            np.copyto(a._mask, flags, where=mask)
    elif not a._hardmask:
        np.copyto(a._mask, getmaskarray(values), where=mask)
    elif flags is not nomask:
        joined = a._mask.copy()
        np.copyto(joined, flags, where=mask)
        a.mask |= joined
    np.copyto(a._data, getdata(values), where=mask)


def _typed_as(value, other):
    """Data and mask of `value`; `masked` takes the dtype of `other`, lest it make it float."""
    if value is masked and other is not masked:
        dtype = getdata(other).dtype
        return np.zeros((), dtype=dtype), np.ones((), dtype=getmaskarray(other).dtype)
    return getdata(value), getmaskarray(value)


@in_core
def where(condition, x=_NoValue, y=_NoValue):
    """Elements of `x` where `condition` is true, of `y` elsewhere; masked where they or it are.

    With the condition alone: where it is true, as `nonzero`. ValueError for one of `x`
    and `y` without the other.

    Parameters
    ----------
    condition : array_like of bool
    x : array_like, optional
        What to take where it holds.
    y : array_like, optional
        What to take elsewhere.

    Returns
    -------
    MaskedArray; a tuple of index arrays without `x` and `y`.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.where(np.ma.array([True, False, True], mask=[0, 0, 1]), 1, 2))
    [1 2 --]
    """
    absent = (x is _NoValue) + (y is _NoValue)
    if absent == 1:
        raise ValueError("Must provide both 'x' and 'y' or neither.")
    if absent == 2:
        return nonzero(condition)  # noqa: F821
    chosen = filled(condition, False)
    x_data, x_mask = _typed_as(x, y)
    y_data, y_mask = _typed_as(y, x)
    mask = np.where(chosen, x_mask, y_mask)
    mask = np.where(getmaskarray(condition), np.ones((), dtype=mask.dtype), mask)
    return masked_array(np.where(chosen, x_data, y_data), mask=shrink(mask))


@in_core
def choose(indices, choices, out=None, mode="raise"):
    """For each element of `indices` that element of that choice; masked where either is.

    Parameters
    ----------
    indices : array_like of int
        The numbers of the choices.
    choices : sequence of array_like
        The arrays to choose from.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    mode : {'raise', 'wrap', 'clip'}, optional
        What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.choose([1, 0], [np.ma.array([1, 2], mask=[0, 1]), [3, 4]]))
    [3 --]
    """
    places = filled(indices, 0)
    data = [True if choice is masked else filled(choice) for choice in choices]
    masks = [True if choice is masked else getmask(choice) for choice in choices]
    mask = mask_or(np.choose(places, masks, mode=mode), getmask(indices))
    mask = make_mask(mask, copy=False, shrink=True)
    result = np.choose(places, data, mode=mode, out=out)
    if out is None:
        result = result.view(MaskedArray)
    if isinstance(result, MaskedArray):
        result.__setmask__(mask)
    return result


# ---- are they alike?


@in_core
def allequal(a, b, fill_value=True):
    """Whether all elements are equal; masked ones count as equal, or, without `fill_value`, as unequal.

    Parameters
    ----------
    a, b : array_like
    fill_value : bool, optional
        Whether masked values count as equal.

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.allequal(np.ma.array([1, 2], mask=[0, 1]), [1, 3])
    np.True_
    """
    mask = mask_or(getmask(a), getmask(b))
    if mask is not nomask and not fill_value:
        return False
    same = np.equal(getdata(a), getdata(b))
    if mask is nomask:
        return same.all()
    return masked_array(same, mask=mask, copy=False).filled(True).all(None)


@in_core
def allclose(a, b, masked_equal=True, rtol=1e-5, atol=1e-8):
    """Whether all elements are close, as for `numpy.allclose`; masked ones count as `masked_equal`.

    Parameters
    ----------
    a, b : array_like
    masked_equal : bool, optional
        Whether masked values count as equal.
    rtol : float or array_like, optional
        The difference allowed, relative to the magnitude of `b`.
    atol : float or array_like, optional
        The difference allowed in any case.

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.allclose(np.ma.array([1.0, 2.0], mask=[0, 1]), [1.0, 3.0])
    np.True_
    """
    x = masked_array(a, copy=False)
    y = masked_array(b, copy=False)
    if y.dtype.kind != "m":
        # The smallest integer has no absolute value.
        inexact = np.result_type(y, 1.0)
        if y.dtype != inexact:
            y = masked_array(y, dtype=inexact, copy=False)
    mask = mask_or(getmask(x), getmask(y))
    infinite = np.isinf(masked_array(x, copy=False, mask=mask)).filled(False)
    if not np.all(infinite == filled(np.isinf(y), False)):
        return False
    if np.any(infinite):
        if not np.all(filled(x[infinite] == y[infinite], masked_equal)):
            return False
        x, y = x[~infinite], y[~infinite]
    close = less_equal(absolute(x - y), atol + rtol * absolute(y))
    return np.all(filled(close, masked_equal))
