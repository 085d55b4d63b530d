"""Fill values: what stands for a masked value where the mask is left behind.

A fill value is by default a number that catches the eye. Minimum and maximum fill with
the value that can't win. Structured dtypes have a record of fill values.
"""

import sharray as np
from sharray._core.numerictypes import sctypeDict

from .._utils import set_module
from . import _late as ma
from ._masks import leaves

__all__ = [
    "check_fill_value",
    "common_fill_value",
    "default_fill_value",
    "default_filler",
    "filled",
    "get_fill_value",
    "max_filler",
    "maximum_fill_value",
    "min_filler",
    "minimum_fill_value",
    "set_fill_value",
]

in_core = set_module("numpy.ma.core")

_TIME_UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns", "ps", "fs", "as")

#: fill values by the dtype's kind, times by their dtype's text without the byte order
default_filler = {
    "b": True,
    "c": 1.0e20 + 0.0j,
    "f": 1.0e20,
    "i": 999999,
    "O": "?",
    "S": b"N/A",
    "T": "N/A",
    "u": 999999,
    "U": "N/A",
    "V": b"???",
}
for _unit in _TIME_UNITS:
    default_filler[f"M8[{_unit}]"] = np.datetime64("NaT", _unit)
    default_filler[f"m8[{_unit}]"] = np.timedelta64("NaT", _unit)


def _extremes(kind):
    """The lowest and the highest value of a scalar type; None where there is no order."""
    dtype = np.dtype(kind)
    if dtype.kind == "c":
        return complex(-np.inf, -np.inf), complex(np.inf, np.inf)
    if np.issubdtype(kind, np.floating):
        return -np.inf, np.inf
    if dtype.kind == "b":
        return 0, 1
    if dtype.kind in "mM":
        # The lowest integer means "not a time".
        limits = np.iinfo(np.int64)
        return limits.min + 1, limits.max
    if dtype.kind in "iu":
        limits = np.iinfo(kind)
        return limits.min, limits.max
    return None, None


_EXTREMES = {kind: _extremes(kind) for kind in set(sctypeDict.values())}
#: fill values that never are the maximum, by scalar type
max_filler = {kind: lowest for kind, (lowest, _) in _EXTREMES.items()}
#: fill values that never are the minimum, by scalar type
min_filler = {kind: highest for kind, (_, highest) in _EXTREMES.items()}


def _per_field(dtype, choose):
    """The fill value for `dtype`, where `choose` gives it for a dtype without fields."""
    if dtype.names is not None:
        record = np.zeros((), dtype=dtype)
        for name in dtype.names:
            # As an array it is cast, where a number too large for the field would be refused.
            record[name] = np.array(_per_field(dtype[name], choose))
        return record[()]
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return np.full(shape, _per_field(base, choose))
    return choose(dtype)


def _dtype_of(obj):
    if isinstance(obj, np.dtype):
        return obj
    return obj.dtype if hasattr(obj, "dtype") else np.asanyarray(obj).dtype


def _default_of(dtype):
    return default_filler.get(dtype.str[1:] if dtype.kind in "mM" else dtype.kind, "?")


@in_core
def default_fill_value(obj):
    """The fill value for an array, scalar or dtype, unless another one is set.

    Parameters
    ----------
    obj : ndarray, dtype or scalar

    Returns
    -------
    scalar.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.default_fill_value(np.dtype(float)), np.ma.default_fill_value(1)
    (1e+20, 999999)
    """
    return _per_field(_dtype_of(obj), _default_of)


def _extreme_of(obj, table, what):
    def choose(dtype):
        if dtype.type not in table:
            raise TypeError(f"Unsuitable type {dtype} for calculating {what}.")
        return table[dtype.type]

    return _per_field(_dtype_of(obj), choose)


@in_core
def minimum_fill_value(obj):
    """The highest value of the dtype of `obj`: masked values then never are the minimum.

    TypeError for dtypes without an order.

    Parameters
    ----------
    obj : ndarray, dtype or scalar

    Returns
    -------
    scalar.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.minimum_fill_value(np.int8())
    127
    """
    return _extreme_of(obj, min_filler, "minimum")


@in_core
def maximum_fill_value(obj):
    """The lowest value of the dtype of `obj`: masked values then never are the maximum.

    TypeError for dtypes without an order.

    Parameters
    ----------
    obj : ndarray, dtype or scalar

    Returns
    -------
    scalar.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.maximum_fill_value(np.int8())
    -128
    """
    return _extreme_of(obj, max_filler, "maximum")


def _record_of(values, dtype):
    """A tuple of fill values for the fields of `dtype`; `values` are repeated to fit."""
    record = []
    for value, name in zip(np.resize(values, len(dtype.names)), dtype.names):
        field = dtype[name]
        if field.subdtype is not None:
            field = field.subdtype[0]
        if field.names is not None:
            record.append(_record_of(value, field))
        else:
            record.append(np.array(value, dtype=field).item())
    return tuple(record)


def _checked_record(value, dtype):
    if not isinstance(value, (np.ndarray, np.void)):
        return np.array(_record_of(np.asarray(value, dtype=object), dtype), dtype=dtype)
    try:
        return np.asarray(value, dtype=dtype)
    except ValueError as error:
        raise ValueError(f"Unable to transform {value} to dtype {dtype}") from error


def check_fill_value(fill_value, ndtype):
    """`fill_value` as an array of `ndtype`; None gives the default.

    ValueError or TypeError if it can't be one.
    """
    dtype = np.dtype(ndtype)
    if fill_value is None:
        value = default_fill_value(dtype)
        # The default of small unsigned integers doesn't fit them; it stays visible, as a wide one.
        return np.array(np.uint(value) if dtype.kind == "u" else value)
    if dtype.names is not None:
        return np.array(_checked_record(fill_value, dtype))
    if isinstance(fill_value, str) and dtype.char not in "OSTVU":
        raise TypeError(f"Cannot set fill value of string with array of dtype {dtype}")
    try:
        return np.array(np.asarray(fill_value, dtype=dtype))
    except (OverflowError, ValueError) as error:
        raise TypeError(f"Cannot convert fill_value {fill_value} to dtype {dtype}") from error


@in_core
def set_fill_value(a, fill_value):
    """Set the fill value of a masked array in place; other objects are left alone.

    Parameters
    ----------
    a : MaskedArray
    fill_value : scalar

    Returns
    -------
    None.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.ma.array([1, 2], mask=[0, 1])
    >>> np.ma.set_fill_value(a, -1)
    >>> a.filled()
    array([ 1, -1])
    """
    if isinstance(a, ma.MaskedArray):
        a.set_fill_value(fill_value)


@in_core
def get_fill_value(a):
    """The fill value of a masked array, the default one for anything else."""
    return a.fill_value if isinstance(a, ma.MaskedArray) else default_fill_value(a)


@in_core
def common_fill_value(a, b):
    """The fill value that `a` and `b` share, None if they differ.

    Parameters
    ----------
    a, b : array_like

    Returns
    -------
    scalar, or None.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.ma.common_fill_value(np.ma.array([1.0]), np.ma.array([2.0])))
    1e+20
    """
    mine, other = get_fill_value(a), get_fill_value(b)
    return mine if mine == other else None


@in_core
def filled(a, fill_value=None):
    """`a` as a plain array, with `fill_value` (by default its own) for masked values.

    What has nothing masked comes back as it is, or as an array.

    Parameters
    ----------
    a : array_like
    fill_value : scalar, optional
        What masked values become; the array's own by default.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.filled(np.ma.array([1, 2], mask=[0, 1]), 0)
    array([1, 0])
    """
    if hasattr(a, "filled"):
        return a.filled(fill_value)
    if isinstance(a, np.ndarray):
        return a
    return np.array(a, "O") if isinstance(a, dict) else np.array(a)


def fill_where(data, mask, fill_value):
    """Write `fill_value` into `data` where `mask` is True, field by field."""
    for field, flags, value in leaves(data, mask, fill_value):
        np.copyto(field, value, where=flags)
