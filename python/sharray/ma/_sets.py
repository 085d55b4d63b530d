"""Sets of values, with one masked element for all masked values; differences of neighbours."""

import sharray as np

from .._utils import set_module
from . import core as ma
from ._joining import hstack
from .core import MaskedArray

__all__ = ["ediff1d", "in1d", "intersect1d", "isin", "setdiff1d", "setxor1d", "union1d", "unique"]

in_extras = set_module("numpy.ma.extras")


@in_extras
def ediff1d(arr, to_end=None, to_begin=None):
    """The differences of neighbours in the flattened array, between `to_begin` and `to_end`.

    Parameters
    ----------
    arr : array_like
        Flattened.
    to_end : array_like, optional
        What to put behind the differences.
    to_begin : array_like, optional
        What to put before them.

    Returns
    -------
    MaskedArray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.ediff1d(np.ma.array([1, 2, 4, 7], mask=[1, 0, 0, 0])))
    [-- 2 3]
    """
    values = ma.asanyarray(arr).flat
    differences = values[1:] - values[:-1]
    parts = [part for part in (to_begin, differences, to_end) if part is not None]
    return differences if len(parts) == 1 else hstack(parts)


@in_extras
def unique(ar1, return_index=False, return_inverse=False):
    """The different values, sorted; masked ones count as one, at the end.

    On wish also the index of each value's first place, and for each element its value's place.

    Parameters
    ----------
    ar1 : array_like
        Flattened; masked values count as one.
    return_index : bool, optional
        Whether to give the index of the first of each as well.
    return_inverse : bool, optional
        Whether to give the indices that rebuild the array as well.

    Returns
    -------
    MaskedArray, or a tuple of it and what else is asked for.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.unique(np.ma.array([2, 1, 2, 3], mask=[0, 0, 0, 1])))
    [1 2 --]
    """
    found = np.unique(ar1, return_index=return_index, return_inverse=return_inverse)
    if isinstance(found, tuple):
        return (found[0].view(MaskedArray), *found[1:])
    return found.view(MaskedArray)


@in_extras
def intersect1d(ar1, ar2, assume_unique=False):
    """The values in both arrays, sorted; `assume_unique` if none occurs twice in either.

    Parameters
    ----------
    ar1, ar2 : array_like
        Flattened.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.

    Returns
    -------
    MaskedArray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.intersect1d(np.ma.array([1, 2, 3], mask=[0, 0, 1]), [2, 3]))
    [2]
    """
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    joined = ma.concatenate((ar1, ar2))
    joined.sort()
    return joined[:-1][joined[1:] == joined[:-1]]


@in_extras
def setxor1d(ar1, ar2, assume_unique=False):
    """The values in one of two arrays only, sorted.

    Parameters
    ----------
    ar1, ar2 : array_like
        Flattened.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.

    Returns
    -------
    MaskedArray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.setxor1d([1, 2], [2, 3]))
    [1 3]
    """
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    joined = ma.concatenate((ar1, ar2), axis=None)
    if joined.size == 0:
        return joined
    joined.sort()
    values = joined.filled()
    starts = ma.concatenate(([True], values[1:] != values[:-1], [True]))
    return joined[starts[1:] == starts[:-1]]


@in_extras
def in1d(ar1, ar2, assume_unique=False, invert=False):
    """For each element of the flattened `ar1` whether `ar2` has it, or, with `invert`, has it not.

    Parameters
    ----------
    ar1 : array_like
        What to look for; flattened.
    ar2 : array_like
        Where to look.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.
    invert : bool, optional
        Whether to tell what is not in.

    Returns
    -------
    MaskedArray of bool, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.in1d([1, 2], [2, 3]))
    [False  True]
    """
    places = slice(None)
    if not assume_unique:
        ar1, places = unique(ar1, return_inverse=True)
        ar2 = unique(ar2)
    joined = ma.concatenate((ar1, ar2))
    # Stable: what is in both stands side by side, that of `ar1` first.
    order = joined.argsort(kind="mergesort")
    ordered = joined[order]
    same = ordered[1:] != ordered[:-1] if invert else ordered[1:] == ordered[:-1]
    flags = ma.concatenate((same, [invert]))
    back = order.argsort(kind="mergesort")[: len(ar1)]
    return flags[back][places]


@in_extras
def isin(element, test_elements, assume_unique=False, invert=False):
    """For each element whether it is among `test_elements`, in the shape of `element`.

    Parameters
    ----------
    element : array_like
        What to look for.
    test_elements : array_like
        Where to look.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.
    invert : bool, optional
        Whether to tell what is not in.

    Returns
    -------
    MaskedArray of bool, of the shape of `element`.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.isin([[1, 2]], [2, 3]))
    [[False  True]]
    """
    element = ma.asarray(element)
    return in1d(element, test_elements, assume_unique=assume_unique, invert=invert).reshape(element.shape)


@in_extras
def union1d(ar1, ar2):
    """The values in either array, sorted.

    Parameters
    ----------
    ar1, ar2 : array_like
        Flattened.

    Returns
    -------
    MaskedArray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.union1d([1, 2], [2, 3]))
    [1 2 3]
    """
    return unique(ma.concatenate((ar1, ar2), axis=None))


@in_extras
def setdiff1d(ar1, ar2, assume_unique=False):
    """The values of `ar1` that `ar2` doesn't have, sorted (in their order with `assume_unique`).

    Parameters
    ----------
    ar1, ar2 : array_like
        Flattened.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.

    Returns
    -------
    MaskedArray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.setdiff1d([1, 2], [2, 3]))
    [1]
    """
    if assume_unique:
        ar1 = ma.asarray(ar1).ravel()
    else:
        ar1, ar2 = unique(ar1), unique(ar2)
    return ar1[in1d(ar1, ar2, assume_unique=True, invert=True)]
