"""Masks: arrays of bool that are True where a value doesn't count.

No mask at all is `nomask`, so that arrays without masked values cost nothing. The mask
of a structured array has the same fields, each of bool (`make_mask_descr`). Here is all
that concerns masks alone; conditions that make masked arrays are in `_conditions`.
"""

import sharray as np

from .._utils import set_module
from . import _late as ma

__all__ = [
    "MaskType",
    "flatten_mask",
    "flatten_structured_array",
    "getmask",
    "getmaskarray",
    "is_mask",
    "is_masked",
    "make_mask",
    "make_mask_descr",
    "make_mask_none",
    "mask_or",
    "nomask",
]

MaskType = np.bool
nomask = MaskType(0)

in_core = set_module("numpy.ma.core")


# ---- fields


def leaves(first, *others):
    """The innermost fields of arrays with the same field names, side by side."""
    if first.dtype.names is None:
        yield (first, *others)
        return
    for name in first.dtype.names:
        yield from leaves(first[name], *(other[name] for other in others))


def _with_leaves(dtype, leaf):
    if dtype.names is not None:
        fields = []
        for name in dtype.names:
            kind, _, *title = dtype.fields[name]
            fields.append(((title[0], name) if title else name, _with_leaves(kind, leaf)))
        changed = np.dtype(fields)
    elif dtype.subdtype is not None:
        base, shape = dtype.subdtype
        changed = np.dtype((_with_leaves(base, leaf), shape))
    else:
        changed = leaf
    # The very object where nothing changes, so that `is` tells.
    return dtype if changed == dtype else changed


def with_leaves(dtype, leaf):
    """`dtype` with every innermost field's type replaced by `leaf`."""
    return _with_leaves(np.dtype(dtype), np.dtype(leaf))


@in_core
def make_mask_descr(ndtype):
    """The dtype of the mask of an array of `ndtype`: bool in every field.

    Parameters
    ----------
    ndtype : dtype

    Returns
    -------
    dtype.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.make_mask_descr([("a", "f8"), ("b", "i4")])
    dtype([('a', '?'), ('b', '?')])
    """
    return with_leaves(ndtype, MaskType)


def record_mask(flags, dtype):
    """A structured mask of `dtype` whose records are all True or all False."""
    return np.array([(flag,) * len(dtype) for flag in flags], dtype=dtype)


# ---- masks of arrays


@in_core
def getmask(a):
    """The mask of `a`, or `nomask` if it has none.

    Parameters
    ----------
    a : array_like

    Returns
    -------
    ndarray of bool, or `nomask`.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.getmask(np.ma.masked_equal([1, 2], 2))
    array([False,  True])
    """
    return getattr(a, "_mask", nomask)


@in_core
def getmaskarray(arr):
    """The mask of `arr` as an array of its shape, full of False if it has none.

    Parameters
    ----------
    arr : array_like

    Returns
    -------
    ndarray of bool, of the shape of `arr`.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.getmaskarray(np.ma.array([1, 2]))
    array([False, False])
    """
    mask = getmask(arr)
    if mask is nomask:
        mask = make_mask_none(np.shape(arr), getattr(arr, "dtype", None))
    return mask


@in_core
def is_mask(m):
    """Whether `m` is an array (or scalar) of bool, without fields.

    Parameters
    ----------
    m : object

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.is_mask(np.array([True])), np.ma.is_mask([True])
    (True, False)
    """
    return getattr(getattr(m, "dtype", None), "type", None) is MaskType


@in_core
def is_masked(x):
    """Whether `x` has any masked value.

    Parameters
    ----------
    x : object

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.is_masked(np.ma.array([1, 2], mask=[0, 1]))
    True
    """
    mask = getmask(x)
    return mask is not nomask and bool(mask.any())


def shrink(mask):
    """`nomask` in place of a mask without fields that is False everywhere."""
    if mask.dtype.names is None and not mask.any():
        return nomask
    return mask


@in_core
def make_mask(m, copy=False, shrink=True, dtype=MaskType):
    """A mask from anything like an array; what isn't zero is masked.

    With `shrink` a mask without True becomes `nomask`. Fields are kept where `dtype`
    has them; a structured `m` with a plain `dtype` masks everything.

    Parameters
    ----------
    m : array_like
        What is not zero is masked.
    copy : bool, optional
        Whether to copy a mask.
    shrink : bool, optional
        Whether a mask without a masked value becomes `nomask`.
    dtype : dtype, optional
        The mask's dtype.

    Returns
    -------
    ndarray of bool, or `nomask`.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.make_mask([0, 2])
    array([False,  True])
    """
    if m is nomask:
        return nomask
    dtype = make_mask_descr(dtype)
    if isinstance(m, np.ndarray) and m.dtype.fields and dtype == MaskType:
        return np.ones(m.shape, dtype=dtype)
    mask = np.array(ma.filled(m, True), copy=True if copy else None, dtype=dtype, subok=True)
    return _shrink_mask(mask) if shrink else mask


# `make_mask` and `mask_or` have a parameter of the name `shrink`.
_shrink_mask = shrink


@in_core
def make_mask_none(newshape, dtype=None):
    """A mask of shape `newshape` that is False everywhere, with the fields of `dtype`.

    Parameters
    ----------
    newshape : tuple of int
    dtype : dtype, optional
        Of the data.

    Returns
    -------
    ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.make_mask_none((2,))
    array([False, False])
    """
    return np.zeros(newshape, dtype=MaskType if dtype is None else make_mask_descr(dtype))


@in_core
def mask_or(m1, m2, copy=False, shrink=True):
    """True where either mask is, field by field; either may be `nomask`.

    ValueError for masks of different dtypes.

    Parameters
    ----------
    m1, m2 : array_like of bool
    copy : bool, optional
        Whether to copy where one is `nomask`.
    shrink : bool, optional
        Whether a mask without a masked value becomes `nomask`.

    Returns
    -------
    ndarray of bool, or `nomask`.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.mask_or(np.array([True, False]), np.array([False, False]))
    array([ True, False])
    """
    for absent, other in ((m1, m2), (m2, m1)):
        if absent is nomask or absent is False:
            return make_mask(other, copy=copy, shrink=shrink, dtype=getattr(other, "dtype", MaskType))
    if m1 is m2 and is_mask(m1):
        return _shrink_mask(m1) if shrink else m1
    kinds = [getattr(m, "dtype", None) for m in (m1, m2)]
    if kinds[0] != kinds[1]:
        raise ValueError(f"Incompatible dtypes '{kinds[0]}'<>'{kinds[1]}'")
    if kinds[0] is None or kinds[0].names is None:
        return make_mask(np.logical_or(m1, m2), copy=copy, shrink=shrink)
    joined = np.empty(np.broadcast(m1, m2).shape, kinds[0])
    for one, other, out in leaves(m1, m2, joined):
        np.logical_or(one, other, out)
    return joined


def either_mask(a, b):
    """Where `a` or `b` is masked; `nomask` if neither has a mask."""
    if getmask(a) is nomask and getmask(b) is nomask:
        return nomask
    return np.logical_or(getmaskarray(a), getmaskarray(b))


def own_mask(array):
    """The mask of a masked array, which gets one if it has none."""
    if array._mask is nomask:
        array._mask = make_mask_none(array.shape, array.dtype)
    return array._mask


def all_masked(mask, axis, **keepdims):
    """Where all values along `axis` are masked; `nomask` without a mask."""
    return mask if mask is nomask else mask.all(axis=axis, **keepdims)


def _atoms(values):
    """What nested sequences hold in the end, in order."""
    for value in values:
        if hasattr(value, "__iter__") and not isinstance(value, (str, bytes)):
            yield from _atoms(value)
        else:
            yield value


@in_core
def flatten_mask(mask):
    """All flags of a mask, those of fields included, as one row.

    Parameters
    ----------
    mask : array_like of bool
        Of a structured array too.

    Returns
    -------
    ndarray of bool, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.flatten_mask(np.array([(True, False)], dtype="?,?"))
    array([ True, False])
    """
    mask = np.asarray(mask)
    if mask.dtype.names is not None:
        flags = [flatten_mask(mask[name]) for name in mask.dtype.names]
    else:
        flags = mask if mask.ndim else [mask[()]]
    return np.array(list(_atoms(flags)), dtype=bool)


@in_core
def flatten_structured_array(a):
    """The fields of a structured array as columns of a plain one; masks go along.

    Shape (n,) becomes (n, number of innermost fields).

    Parameters
    ----------
    a : ndarray
        A structured array.

    Returns
    -------
    ndarray or MaskedArray, whose last axis holds the fields.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.flatten_structured_array(np.array([(1, 2.0)], dtype="i4,f8"))
    array([[1., 2.]])
    """
    a = np.asanyarray(a)
    rows = a.ravel()

    def table(records):
        return np.array([tuple(_atoms(record.item())) for record in records])

    if isinstance(rows, ma.MaskedArray):
        flat = table(rows._data).view(ma.MaskedArray)
        flat._mask = table(getmaskarray(rows))
    else:
        flat = table(rows)
    if a.ndim > 1:
        flat.shape = a.shape + flat.shape[1:]
    return flat
