"""Masked arrays made by a condition on their values.

A masked value stays masked whatever the condition says.
"""

import sharray as np

from .._utils import set_module
from . import _ufuncs
from ._array import MaskedArray
from ._fill import filled
from ._masks import getmask, make_mask, make_mask_none, mask_or, nomask, shrink as shrink_mask

__all__ = [
    "fix_invalid",
    "masked_equal",
    "masked_greater",
    "masked_greater_equal",
    "masked_inside",
    "masked_invalid",
    "masked_less",
    "masked_less_equal",
    "masked_not_equal",
    "masked_object",
    "masked_outside",
    "masked_values",
    "masked_where",
]

in_core = set_module("numpy.ma.core")


@in_core
def masked_where(condition, a, copy=True):
    """`a` masked where `condition` is true (or masked).

    Without `copy` the data are shared, and a mask that `a` already has is changed.
    IndexError if the shapes differ.

    Parameters
    ----------
    condition : array_like of bool
        Where to mask.
    a : array_like
    copy : bool, optional
        Whether to copy the data.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.arange(3)
    >>> np.ma.masked_where(a > 1, a)
    masked_array(data=[0, 1, --],
                 mask=[False, False,  True],
           fill_value=999999)
    """
    condition = make_mask(condition, shrink=False)
    a = np.array(a, copy=copy, subok=True)
    if condition.shape and condition.shape != a.shape:
        raise IndexError(
            f"Inconsistent shape between the condition and the input (got {condition.shape} and {a.shape})"
        )
    had_mask = hasattr(a, "_mask")
    if had_mask:
        condition = mask_or(condition, a._mask)
    result = a.view(type(a) if had_mask else MaskedArray)
    result.mask = shrink_mask(condition)
    if not copy and had_mask and getmask(a) is nomask:
        # The argument is to be masked as well, but had no mask to change in place.
        a._mask = result._mask.view()
    return result


def _masked_by(name, words, data, shown):
    """`masked_greater` and its like, which compare with one value."""
    compare = getattr(_ufuncs, name)

    def function(x, value, copy=True):
        return masked_where(compare(x, value), x, copy=copy)

    function.__name__ = function.__qualname__ = f"masked_{name}"
    function.__doc__ = f"""`x` masked where it is {words} `value`.

    Parameters
    ----------
    x : array_like
    value : scalar or array_like
        What to compare with.
    copy : bool, optional
        Whether to copy the data.

    Returns
    -------
    MaskedArray; what is masked in `x` stays so.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.masked_{name}([1, 2, 3], 2)
    masked_array(data=[{shown}],
                 mask=[{data}],
           fill_value=999999)
    """
    return in_core(function)


masked_greater = _masked_by("greater", "greater than", "False, False,  True", "1, 2, --")
masked_greater_equal = _masked_by("greater_equal", "greater than or equal to", "False,  True,  True", "1, --, --")
masked_less = _masked_by("less", "less than", " True, False, False", "--, 2, 3")
masked_less_equal = _masked_by("less_equal", "less than or equal to", " True,  True, False", "--, --, 3")
masked_not_equal = _masked_by("not_equal", "not equal to", " True, False,  True", "--, 2, --")


@in_core
def masked_equal(x, value, copy=True):
    """`x` masked where it equals `value`, which becomes the fill value.

    For floats `masked_values` is better.

    Parameters
    ----------
    x : array_like
    value : scalar
        What to mask.
    copy : bool, optional
        Whether to copy the data.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.masked_equal([1, 2], 2)
    masked_array(data=[1, --],
                 mask=[False,  True],
           fill_value=2)
    """
    result = masked_where(_ufuncs.equal(x, value), x, copy=copy)
    result.fill_value = value
    return result


@in_core
def masked_inside(x, v1, v2, copy=True):
    """`x` masked in the closed interval between `v1` and `v2`, in either order.

    Parameters
    ----------
    x : array_like
    v1, v2 : scalar
        The ends, in any order.
    copy : bool, optional
        Whether to copy the data.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.masked_inside([1, 2, 3], 3, 2).mask
    array([False,  True,  True])
    """
    low, high = (v2, v1) if v2 < v1 else (v1, v2)
    values = filled(x)
    return masked_where((values >= low) & (values <= high), x, copy=copy)


@in_core
def masked_outside(x, v1, v2, copy=True):
    """`x` masked outside the closed interval between `v1` and `v2`, in either order.

    Parameters
    ----------
    x : array_like
    v1, v2 : scalar
        The ends, in any order.
    copy : bool, optional
        Whether to copy the data.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.masked_outside([1, 2, 3], 3, 2).mask
    array([ True, False, False])
    """
    low, high = (v2, v1) if v2 < v1 else (v1, v2)
    values = filled(x)
    return masked_where((values < low) | (values > high), x, copy=copy)


@in_core
def masked_object(x, value, copy=True, shrink=True):
    """`x`, of objects, masked where an element equals `value`, which becomes the fill value.

    For numbers `masked_values` is better. With `shrink` no mask is kept if nothing is masked.

    Parameters
    ----------
    x : array_like
    value : object
        What to mask.
    copy : bool, optional
        Whether to copy the data.
    shrink : bool, optional
        Whether a mask without a masked value becomes `nomask`.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.masked_object(np.array(["egg", "ham"], dtype=object), "egg"))
    [-- 'ham']
    """
    if isinstance(x, MaskedArray):
        found, mask = np.equal(x._data, value), x._mask
    else:
        found, mask = np.equal(np.asarray(x), value), nomask
    mask = mask_or(mask, make_mask(found, shrink=shrink))
    return MaskedArray(x, mask=mask, copy=copy, fill_value=value)


@in_core
def masked_values(x, value, rtol=1e-5, atol=1e-8, copy=True, shrink=True):
    """`x` masked where it is close to `value`, which becomes the fill value.

    Floats are compared as `isclose` does, others exactly. With `shrink` no mask is kept
    if nothing is masked.

    Parameters
    ----------
    x : array_like
    value : float
        What to mask.
    rtol : float, optional
        The difference allowed, relative to `value`.
    atol : float, optional
        The difference allowed in any case.
    copy : bool, optional
        Whether to copy the data.
    shrink : bool, optional
        Whether a mask without a masked value becomes `nomask`.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.masked_values([1.0, 1.1, 2.0], 1.1))
    [1.0 -- 2.0]
    """
    values = filled(x, value)
    if np.issubdtype(values.dtype, np.floating):
        mask = np.isclose(values, value, atol=atol, rtol=rtol)
    else:
        mask = np.equal(values, value)
    result = MaskedArray(values, mask=mask, copy=copy, fill_value=value)
    return result.shrink_mask() if shrink else result


@in_core
def masked_invalid(a, copy=True):
    """`a` masked where it is nan or infinite; there always is a mask.

    Parameters
    ----------
    a : array_like
    copy : bool, optional
        Whether to copy the data.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> print(np.ma.masked_invalid([1.0, np.nan]))
    [1.0 --]
    """
    a = np.array(a, copy=None, subok=True)
    result = masked_where(~np.isfinite(a), a, copy=copy)
    if result._mask is nomask:
        result._mask = make_mask_none(result.shape, result.dtype)
    return result


@in_core
def fix_invalid(a, mask=nomask, copy=True, fill_value=None):
    """`a` masked where it is nan or infinite, with the fill value in place of those values.

    Parameters
    ----------
    a : array_like
    mask : array_like of bool, optional
        What is masked besides.
    copy : bool, optional
        Whether to leave `a` as it is.
    fill_value : scalar, optional
        What stands below the mask.

    Returns
    -------
    MaskedArray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.fix_invalid([1.0, np.nan]).data
    array([1.e+00, 1.e+20])
    """
    a = MaskedArray(a, copy=copy, mask=mask, subok=True)
    invalid = np.logical_not(np.isfinite(a._data))
    if invalid.any():
        a._mask |= invalid
        a._data[invalid] = a.fill_value if fill_value is None else fill_value
    return a
