"""Products of masked arrays. Masked values count as zero, and so drop out of the sums."""

import sharray as np
from sharray._core.numeric import normalize_axis_tuple

from .._utils import set_module
from ._array import MaskedArray
from ._creation import array, masked_array
from ._fill import filled
from ._masks import MaskType, getmask, getmaskarray, make_mask, nomask
from ._ufuncs import get_masked_subclass, getdata

__all__ = ["convolve", "correlate", "dot", "inner", "innerproduct", "outer", "outerproduct"]

in_core = set_module("numpy.ma.core")


def _mask_propagate(a, axis):
    """`a` with every lane along `axis` masked that has a masked value."""
    a = array(a, subok=False)
    mask = getmask(a)
    if mask is nomask or not mask.any() or axis is None:
        return a
    a._mask = a._mask.copy()
    for one in normalize_axis_tuple(axis, a.ndim):
        a._mask |= mask.any(axis=one, keepdims=True)
    return a


@in_core
def dot(a, b, strict=False, out=None):
    """The dot product; an element is masked if all its terms are, with `strict` if any is.

    `out` is a masked array of the result's shape and dtype.

    Parameters
    ----------
    a, b : array_like
    strict : bool, optional
        Whether one masked term masks a sum; otherwise it counts as 0.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    MaskedArray or scalar.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.ma.array([[1, 2], [3, 4]], mask=[[1, 0], [0, 0]])
    >>> print(np.ma.dot(a, [[1, 0], [0, 1]]))
    [[0 2]
     [3 4]]
    >>> print(np.ma.dot(a, [[1, 0], [0, 1]], strict=True))
    [[-- --]
     [3 4]]
    """
    if strict is True and np.ndim(a) != 0 and np.ndim(b) != 0:
        a = _mask_propagate(a, np.ndim(a) - 1)
        b = _mask_propagate(b, np.ndim(b) - (1 if np.ndim(b) == 1 else 2))
    counts_a, counts_b = ~getmaskarray(a), ~getmaskarray(b)
    if out is None:
        data = np.asanyarray(np.dot(filled(a, 0), filled(b, 0)))
        result = data.view(get_masked_subclass(a, b))
        result.__setmask__(~np.dot(counts_a, counts_b))
        return result
    data = np.dot(filled(a, 0), filled(b, 0), out._data)
    if out.mask.shape != data.shape:
        out._mask = np.empty(data.shape, MaskType)
    np.dot(counts_a, counts_b, out._mask)
    np.logical_not(out._mask, out._mask)
    return out


@in_core
def inner(a, b):
    """The inner product over the last axes; masked values count as zero, nothing is masked.

    Parameters
    ----------
    a, b : array_like

    Returns
    -------
    MaskedArray or scalar.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.ma.inner(np.ma.array([1, 2], mask=[0, 1]), [3, 4]))
    3
    """
    a, b = (filled(x, 0) for x in (a, b))
    a, b = (x if x.ndim else x.reshape(1) for x in (a, b))
    result = np.inner(a, b)
    return result.view(MaskedArray) if np.ndim(result) else result


@in_core
def outer(a, b):
    """The product of every element of `a` with every one of `b`; masked where either is.

    Parameters
    ----------
    a, b : array_like
        Flattened.

    Returns
    -------
    MaskedArray, 2-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.outer(np.ma.array([1, 2], mask=[0, 1]), [3, 4]))
    [[3 4]
     [-- --]]
    """
    data = np.outer(filled(a, 0).ravel(), filled(b, 0).ravel())
    if getmask(a) is nomask and getmask(b) is nomask:
        return masked_array(data)
    mask = 1 - np.outer(1 - getmaskarray(a), 1 - getmaskarray(b))
    return masked_array(data, mask=make_mask(mask, copy=False))


innerproduct = inner
outerproduct = outer


def _slide(function, a, v, mode, propagate_mask):
    """`function` (correlate or convolve) on data and masks."""
    flags_a, flags_v = getmaskarray(a), getmaskarray(v)
    if propagate_mask:
        # Masked as soon as one term is.
        mask = function(flags_a, np.ones(np.shape(v), dtype=bool), mode=mode)
        mask = mask | function(np.ones(np.shape(a), dtype=bool), flags_v, mode=mode)
        data = function(getdata(a), getdata(v), mode=mode)
    else:
        mask = ~function(~flags_a, ~flags_v, mode=mode)
        data = function(filled(a, 0), filled(v, 0), mode=mode)
    return masked_array(data, mask=mask)


@in_core
def correlate(a, v, mode="valid", propagate_mask=True):
    """The cross-correlation of two sequences; `mode` as for `numpy.correlate`.

    A value is masked if any of its terms is, without `propagate_mask` only if all are.

    Parameters
    ----------
    a, v : array_like, 1-d
    mode : {'valid', 'same', 'full'}, optional
        Complete overlaps only, as many as the longer input has elements, or all.
    propagate_mask : bool, optional
        Whether one masked term masks a sum; otherwise it is left out.

    Returns
    -------
    MaskedArray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.correlate(np.ma.array([1, 2, 3], mask=[1, 0, 0]), [1, 1]))
    [-- 5]
    """
    return _slide(np.correlate, a, v, mode, propagate_mask)


@in_core
def convolve(a, v, mode="full", propagate_mask=True):
    """The convolution of two sequences; `mode` as for `numpy.convolve`.

    A value is masked if any of its terms is, without `propagate_mask` only if all are.

    Parameters
    ----------
    a, v : array_like, 1-d
    mode : {'full', 'valid', 'same'}, optional
        All overlaps, complete ones only, or as many as the longer input has elements.
    propagate_mask : bool, optional
        Whether one masked term masks a sum; otherwise it is left out.

    Returns
    -------
    MaskedArray, 1-d.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.convolve(np.ma.array([1, 2, 3], mask=[1, 0, 0]), [1, 1], "valid"))
    [-- 5]
    """
    return _slide(np.convolve, a, v, mode, propagate_mask)
