"""Rows and columns with masked values, and runs of values without."""

import itertools
import warnings

import sharray as np
from sharray.lib.array_utils import normalize_axis_tuple

from .._globals import _NoValue
from .._utils import set_module
from .core import array, asarray, getmask, getmaskarray, masked, nomask

__all__ = [
    "clump_masked",
    "clump_unmasked",
    "compress_cols",
    "compress_nd",
    "compress_rowcols",
    "compress_rows",
    "flatnotmasked_contiguous",
    "flatnotmasked_edges",
    "mask_cols",
    "mask_rowcols",
    "mask_rows",
    "notmasked_contiguous",
    "notmasked_edges",
]

in_extras = set_module("numpy.ma.extras")


def _need_2d(a, name):
    if a.ndim != 2:
        raise NotImplementedError(f"{name} works for 2D arrays only.")


# ---- drop, or mask, what has masked values


@in_extras
def compress_nd(x, axis=None):
    """A plain array without the slices along `axis` (one, several, None for all) that have masked values.

    Parameters
    ----------
    x : array_like
    axis : int or tuple of int, optional
        The axes along which slices are left out; None takes all.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.compress_nd(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]))
    array([[3]])
    """
    x = asarray(x)
    mask = getmask(x)
    axes = range(x.ndim) if axis is None else normalize_axis_tuple(axis, x.ndim)
    data = x._data
    if mask is nomask or not mask.any():
        return data
    if mask.all():
        return np.array([])
    for axis in axes:
        others = tuple(other for other in range(x.ndim) if other != axis)
        data = data[(slice(None),) * axis + (~mask.any(axis=others),)]
    return data


@in_extras
def compress_rowcols(x, axis=None):
    """A 2-d array without the rows (axis 0), columns (1) or both (None) that have masked values.

    NotImplementedError for other than two dimensions.

    Parameters
    ----------
    x : array_like, 2-d
    axis : int, optional
        0 for rows only, 1 for columns only; None for both.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.compress_rowcols(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]), 0)
    array([[3, 4]])
    """
    _need_2d(asarray(x), "compress_rowcols")
    return compress_nd(x, axis=axis)


@in_extras
def compress_rows(a):
    """A 2-d array without the rows that have masked values.

    Parameters
    ----------
    a : array_like, 2-d

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.compress_rows(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]))
    array([[3, 4]])
    """
    a = asarray(a)
    _need_2d(a, "compress_rows")
    return compress_rowcols(a, 0)


@in_extras
def compress_cols(a):
    """A 2-d array without the columns that have masked values.

    Parameters
    ----------
    a : array_like, 2-d

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.compress_cols(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]))
    array([[1],
           [3]])
    """
    a = asarray(a)
    _need_2d(a, "compress_cols")
    return compress_rowcols(a, 1)


@in_extras
def mask_rowcols(a, axis=None):
    """A 2-d array with the rows (axis 0), columns (1) or both (None) masked that have masked values.

    The mask is copied, the data are shared. NotImplementedError for other than two dimensions.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        0 for rows only, 1 for columns only; None for both.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.mask_rowcols(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]), 0))
    [[-- --]
     [3 4]]
    """
    a = array(a, subok=False)
    _need_2d(a, "mask_rowcols")
    mask = getmask(a)
    if mask is nomask or not mask.any():
        return a
    rows, columns = mask.nonzero()
    a._mask = a._mask.copy()
    if not axis:
        a[np.unique(rows)] = masked
    if axis in (None, 1, -1):
        a[:, np.unique(columns)] = masked
    return a


def _warn_of_axis(axis):
    if axis is not _NoValue:
        warnings.warn(
            "The axis argument has always been ignored, in future passing it will raise TypeError",
            DeprecationWarning,
            stacklevel=3,
        )


@in_extras
def mask_rows(a, axis=_NoValue):
    """A 2-d array with the rows masked that have masked values. `axis` is ignored, and deprecated.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        Not used.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.mask_rows(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])))
    [[-- --]
     [3 4]]
    """
    _warn_of_axis(axis)
    return mask_rowcols(a, 0)


@in_extras
def mask_cols(a, axis=_NoValue):
    """A 2-d array with the columns masked that have masked values. `axis` is ignored, and deprecated.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        Not used.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.mask_cols(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])))
    [[1 --]
     [3 --]]
    """
    _warn_of_axis(axis)
    return mask_rowcols(a, 1)


# ---- edges and runs


@in_extras
def flatnotmasked_edges(a):
    """The first and the last place without a mask in the flattened array; None if all is masked.

    Parameters
    ----------
    a : array_like

    Returns
    -------
    ndarray of two indices, or None.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.flatnotmasked_edges(np.ma.array([1, 2, 3], mask=[1, 0, 0]))
    array([1, 2])
    """
    mask = getmask(a)
    if mask is nomask or not np.any(mask):
        return np.array([0, a.size - 1])
    free = np.flatnonzero(~mask)
    return free[[0, -1]] if len(free) else None


@in_extras
def notmasked_edges(a, axis=None):
    """The places of the first and the last value without a mask in every lane along `axis`.

    A list of two tuples of index arrays; without `axis` as `flatnotmasked_edges`.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis to go along; None takes the flattened array.

    Returns
    -------
    ndarray of two indices, or a list of two tuples of them.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.notmasked_edges(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]), 1)
    [(array([0, 1]), array([0, 0])), (array([0, 1]), array([0, 1]))]
    """
    a = asarray(a)
    if axis is None or a.ndim == 1:
        return flatnotmasked_edges(a)
    mask = getmaskarray(a)
    places = array(np.indices(a.shape), mask=np.asarray([mask] * a.ndim))
    return [
        tuple(getattr(places[dimension], extreme)(axis).compressed() for dimension in range(a.ndim))
        for extreme in ("min", "max")
    ]


@in_extras
def flatnotmasked_contiguous(a):
    """The runs of places without a mask in the flattened array, as slices.

    Parameters
    ----------
    a : array_like

    Returns
    -------
    list of slice.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.flatnotmasked_contiguous(np.ma.array([1, 2, 3], mask=[0, 1, 0]))
    [slice(0, 1, None), slice(2, 3, None)]
    """
    mask = getmask(a)
    if mask is nomask:
        return [slice(0, a.size)]
    runs = []
    start = 0
    for flag, group in itertools.groupby(map(bool, mask.ravel())):
        stop = start + len(list(group))
        if not flag:
            runs.append(slice(start, stop))
        start = stop
    return runs


@in_extras
def notmasked_contiguous(a, axis=None):
    """The runs of places without a mask, as slices: a list for each lane along `axis`.

    Without `axis` as `flatnotmasked_contiguous`. NotImplementedError for more than two dimensions.

    Parameters
    ----------
    a : array_like
    axis : int, optional
        The axis to go along; None takes the flattened array.

    Returns
    -------
    list of slice, or a list of such lists.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.notmasked_contiguous(np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]), 1)
    [[slice(0, 1, None)], [slice(0, 2, None)]]
    """
    a = asarray(a)
    if a.ndim > 2:
        raise NotImplementedError("Currently limited to at most 2D array.")
    if axis is None or a.ndim == 1:
        return flatnotmasked_contiguous(a)
    lanes = np.moveaxis(np.arange(a.size).reshape(a.shape), axis, -1)
    flat = a.ravel()
    return [flatnotmasked_contiguous(flat[lane]) for lane in lanes]


def _ezclump(mask):
    """The runs of True in `mask`, flattened, as slices."""
    flags = np.concatenate(([False], mask.ravel(), [False]))
    edges = np.flatnonzero(flags[1:] ^ flags[:-1]).tolist()
    return [slice(start, stop) for start, stop in zip(edges[::2], edges[1::2])]


@in_extras
def clump_unmasked(a):
    """The runs of values without a mask in a 1-d array, as slices.

    Parameters
    ----------
    a : array_like, 1-d

    Returns
    -------
    list of slice.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.clump_unmasked(np.ma.array([1, 2, 3], mask=[0, 1, 0]))
    [slice(0, 1, None), slice(2, 3, None)]
    """
    mask = getmask(a)
    return [slice(0, a.size)] if mask is nomask else _ezclump(~mask)


@in_extras
def clump_masked(a):
    """The runs of masked values in a 1-d array, as slices.

    Parameters
    ----------
    a : array_like, 1-d

    Returns
    -------
    list of slice.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.clump_masked(np.ma.array([1, 2, 3], mask=[0, 1, 0]))
    [slice(1, 2, None)]
    """
    mask = getmask(a)
    return [] if mask is nomask else _ezclump(mask)
