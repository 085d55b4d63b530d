"""NumPy's functions that join and split arrays, done to data and mask alike; `mr_`; functions along axes."""

import functools

import sharray as np
from sharray.lib._index_tricks_impl import AxisConcatenator
from sharray.lib.array_utils import normalize_axis_index

from .._utils import set_module
from . import core as ma
from ._texts import section, text
from .core import MAError, MaskedArray, getmaskarray, make_mask_descr, masked, masked_array

__all__ = [
    "apply_along_axis",
    "apply_over_axes",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "column_stack",
    "count_masked",
    "diagflat",
    "dstack",
    "hsplit",
    "hstack",
    "issequence",
    "masked_all",
    "masked_all_like",
    "mr_",
    "ndenumerate",
    "row_stack",
    "stack",
    "vstack",
]

in_extras = set_module("numpy.ma.extras")


@in_extras
def issequence(seq):
    """Whether `seq` is an array, a tuple or a list."""
    return isinstance(seq, (np.ndarray, tuple, list))


# ---- wholly masked, or counted


@in_extras
def count_masked(arr, axis=None):
    """How many values are masked, along `axis` or in all.

    Parameters
    ----------
    arr : array_like
    axis : int, optional
        The axis to count along; None counts all.

    Returns
    -------
    int or ndarray of int.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.ma.count_masked(np.ma.array([1, 2, 3], mask=[0, 1, 0])))
    1
    """
    return getmaskarray(arr).sum(axis)


@in_extras
def masked_all(shape, dtype=float):
    """A masked array of `shape` with all values masked.

    Parameters
    ----------
    shape : int or tuple of int
        The lengths of the axes.
    dtype : dtype, optional
        float64 by default.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.masked_all((2,)))
    [-- --]
    """
    return masked_array(np.empty(shape, dtype), mask=np.ones(shape, make_mask_descr(dtype)))


@in_extras
def masked_all_like(arr):
    """A masked array of the shape and dtype of `arr` with all values masked.

    Parameters
    ----------
    arr : ndarray

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.masked_all_like(np.zeros(2)))
    [-- --]
    """
    result = np.empty_like(arr).view(MaskedArray)
    result._mask = np.ones(result.shape, dtype=make_mask_descr(result.dtype))
    return result


# ---- NumPy's functions, done twice


def _of_one(function, a, *args, **kwargs):
    return masked_array(data=function(np.asarray(a), *args, **kwargs), mask=function(getmaskarray(a), *args, **kwargs))


def _of_sequence(function, arrays, *args, **kwargs):
    return masked_array(
        data=function(tuple(np.asarray(a) for a in arrays), *args, **kwargs),
        mask=function(tuple(getmaskarray(a) for a in arrays), *args, **kwargs),
    )


def _of_each(function, *arrays, **kwargs):
    results = tuple(_of_one(function, a, **kwargs) for a in arrays)
    return results[0] if len(results) == 1 else results


#: the summary, what comes back, and an example with an array `x`
_TEXTS = {
    "atleast_1d": ("Arrays, scalars as arrays of one axis.", "MaskedArray, or a tuple of several.")
    + ("print(np.ma.atleast_1d(3), np.ma.atleast_1d(x))", "[3] [1 --]"),
    "atleast_2d": ("Arrays with at least two axes: a new first one if need be.", "MaskedArray, or a tuple of several.")
    + ("print(np.ma.atleast_2d(x))", "[[1 --]]"),
    "atleast_3d": ("Arrays with at least three axes.", "MaskedArray, or a tuple of several.")
    + ("np.ma.atleast_3d(x).shape", "(1, 2, 1)"),
    "column_stack": ("Arrays side by side as columns of a matrix, masks along with them.", "MaskedArray, 2-d.")
    + ("print(np.ma.column_stack([x, [3, 4]]))", "[[1 3]\n [-- 4]]"),
    "diagflat": ("A matrix with the elements of an array on a diagonal, masks along with them.", "MaskedArray, 2-d.")
    + ("print(np.ma.diagflat(x))", "[[1 0]\n [0 --]]"),
    "dstack": ("Arrays joined along the third axis, masks along with them.", "MaskedArray, at least 3-d.")
    + ("print(np.ma.dstack([x, [3, 4]]))", "[[[1 3]\n  [-- 4]]]"),
    "hsplit": ("An array split along the second axis (the first of a 1-d one), and its mask.", "list of MaskedArray.")
    + ("print(*np.ma.hsplit(x, 2))", "[1] [--]"),
    "hstack": ("Arrays joined along the second axis (the first of 1-d ones), masks along with them.", "MaskedArray.")
    + ("print(np.ma.hstack([x, [3, 4]]))", "[1 -- 3 4]"),
    "stack": ("Arrays of one shape joined along a new axis, masks along with them.", "MaskedArray.")
    + ("print(np.ma.stack([x, [3, 4]]))", "[[1 --]\n [3 4]]"),
    "vstack": ("Arrays joined along the first axis, 1-d ones as rows, masks along with them.", "MaskedArray.")
    + ("print(np.ma.vstack([x, [3, 4]]))", "[[1 --]\n [3 4]]"),
}


def _twice(name, apply):
    """NumPy's function `name`, which `apply` calls for the data and for the mask."""
    function = getattr(np, name)

    def twice(*args, **kwargs):
        return apply(function, *args, **kwargs)

    functools.update_wrapper(twice, function, assigned=("__name__", "__qualname__"), updated=())
    summary, returns, call, result = _TEXTS[name]
    plain = function.__doc__
    example = f">>> import sharray as np\n>>> x = np.ma.array([1, 2], mask=[0, 1])\n>>> {call}\n{result}"
    twice.__doc__ = text(summary, section(plain, "Parameters"), returns, example, section(plain, "Raises"))
    return in_extras(twice)


atleast_1d = _twice("atleast_1d", _of_each)
atleast_2d = _twice("atleast_2d", _of_each)
atleast_3d = _twice("atleast_3d", _of_each)
vstack = row_stack = _twice("vstack", _of_sequence)
hstack = _twice("hstack", _of_sequence)
column_stack = _twice("column_stack", _of_sequence)
dstack = _twice("dstack", _of_sequence)
stack = _twice("stack", _of_sequence)
hsplit = _twice("hsplit", _of_one)
diagflat = _twice("diagflat", _of_one)


# ---- a function along axes


def _is_scalar_result(result):
    if np.isscalar(result):
        return True
    try:
        len(result)
    except TypeError:
        return True
    return False


@in_extras
def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """`func1d` of every lane along `axis`; its results stand in place of the lane.

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
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])
    >>> print(np.ma.apply_along_axis(np.ma.sum, 1, x))
    [1 7]
    """
    arr = ma.array(arr, copy=False, subok=True)
    axis = normalize_axis_index(axis, arr.ndim)
    others = arr.shape[:axis] + arr.shape[axis + 1 :]

    def call(place):
        return func1d(arr[place[:axis] + (slice(None),) + place[axis:]], *args, **kwargs)

    first = call((0,) * len(others))
    if _is_scalar_result(first):
        inner = ()
    else:
        inner = ma.array(first, copy=False, subok=True).shape
    # Of objects until all results, and with them the dtype, are known.
    found = ma.zeros(others[:axis] + inner + others[axis:], object)
    dtypes = []
    for number, place in enumerate(np.ndindex(others)):
        result = call(place) if number else first
        found[place[:axis] + (slice(None),) * len(inner) + place[axis:]] = result
        dtypes.append(ma.asarray(result).dtype)
    result = ma.asarray(found, dtype=max(dtypes))
    result.fill_value = ma.default_fill_value(result)
    return result


@in_extras
def apply_over_axes(func, a, axes):
    """`func(a, axis)` for one axis after the other, their number of dimensions kept.

    ValueError if `func` gives another number of dimensions than that or one less.

    Parameters
    ----------
    func : callable
        Called as ``func(array, axis)``.
    a : array_like
    axes : int or sequence of int
        The axes, one after the other.

    Returns
    -------
    MaskedArray with as many axes as `a`.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.arange(4).reshape(2, 2)
    >>> print(np.ma.apply_over_axes(np.ma.sum, x, [0, 1]))
    [[6]]
    """
    values = ma.asarray(a)
    for axis in np.atleast_1d(axes).tolist():
        axis = axis + np.ndim(a) if axis < 0 else axis
        result = func(values, axis)
        if result.ndim != values.ndim:
            result = ma.expand_dims(result, axis)
        if result.ndim != values.ndim:
            raise ValueError("function is not returning an array of the correct shape")
        values = result
    return values


@in_extras
def ndenumerate(a, compressed=True):
    """Index tuples and values, without the masked ones; with `compressed=False` those as `masked`.

    Parameters
    ----------
    a : array_like
    compressed : bool, optional
        Whether masked values are left out.

    Returns
    -------
    iterator over (index, value).

    Examples
    --------
    >>> import sharray as np
    >>> [(place, int(value)) for place, value in np.ma.ndenumerate(np.ma.array([1, 2], mask=[0, 1]))]
    [((0,), 1)]
    """
    for (place, value), flag in zip(np.ndenumerate(a), getmaskarray(a).flat):
        if not flag:
            yield place, value
        elif not compressed:
            yield place, masked


# ---- mr_


@in_extras
class MAxisConcatenator(AxisConcatenator):
    """Joins what stands between brackets to a masked array; see `mr_`."""

    __slots__ = ()

    concatenate = staticmethod(ma.concatenate)

    @classmethod
    def makemat(cls, arr):
        """A masked matrix."""
        return ma.array(super().makemat(arr.data, copy=False), mask=arr.mask)

    def __getitem__(self, key):
        # A string would be parsed as a matrix, which can't hold masked values.
        if isinstance(key, str):
            raise MAError("Unavailable for masked array.")
        return super().__getitem__(key)


@in_extras
class mr_class(MAxisConcatenator):
    """The class of `mr_`: `r_` for masked arrays.

    >>> import sharray as np
    >>> print(np.ma.mr_[np.ma.array([1, 2], mask=[0, 1]), 3])
    [1 -- 3]
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(0)


mr_ = mr_class()
