"""Integers in a range: which values there are, for scalars and arrays of bounds; the engine draws them."""

import operator
import warnings

import sharray as np

from .._engine import _random_between, _random_integers

__all__ = ["draw_integers"]

#: The lowest value, and one above the highest, of each integer dtype.
_RANGES = {np.dtype(bool): (0, 2)}
_RANGES |= {np.dtype(code): (np.iinfo(code).min, np.iinfo(code).max + 1) for code in "bBhHiIlLqQ"}


def draw_integers(stream, low, high, size, dtype, closed, masked, name):
    """Integers from `low` up to `high` (included if `closed`) from a stream of the engine.

    Parameters
    ----------
    low, high : array_like of int
        Bounds; with `high` None they are 0 and `low`. Fractions are cut off.
    size : None, int or tuple of int
    dtype : dtype
        A native integer dtype or bool.
    masked : bool
        The legacy generator's method.
    name : str
        What was called, for messages.

    Returns
    -------
    A scalar of `dtype` (a Python number for `int` and `bool` themselves), or an array of shape `size`, or of the
    bounds' common shape.

    Raises
    ------
    ValueError
        For an empty range, one beyond the dtype, and foreign byte order (DeprecationWarning for the legacy generator).
    TypeError
        For other dtypes.
    """
    drawn = _random_between(stream, low, high, size, dtype, bool(closed), masked)
    if drawn is not None:
        return drawn
    if high is None:
        low, high = 0, low
    wanted = np.dtype(dtype)
    if not wanted.isnative:
        wanted = _native(wanted, masked)
    if wanted not in _RANGES:
        raise TypeError(f"Unsupported dtype {wanted!r} for {name}")
    if _is_scalar(low) and _is_scalar(high):
        result = _draw_one_range(stream, _number(low), _number(high), size, wanted, closed, masked)
    else:
        result = _draw_ranges(stream, low, high, size, wanted, closed, masked)
    if size is None and dtype in (bool, int) and np.ndim(result) == 0:
        return dtype(result)
    return result


def _native(dtype, is_legacy):
    """The dtype in native byte order, with a warning, for the legacy generator; ValueError for the other."""
    text = (
        "Providing a dtype with a non-native byteorder is not supported. "
        "If you require platform-independent byteorder, call byteswap when required."
    )
    if not is_legacy:
        raise ValueError(text)
    warnings.warn(f"{text} {dtype!r} is taken for its native kind.", DeprecationWarning, stacklevel=4)
    return dtype.newbyteorder("=")


def _draws_any(size):
    return size is None or 0 not in np.broadcast_shapes(size)


def _is_scalar(bound):
    return isinstance(bound, (int, float)) or np.ndim(bound) == 0 or np.size(bound) == 1 and np.ndim(bound) == 0


def _number(bound):
    """A bound as a Python integer."""
    try:
        return operator.index(bound)
    except TypeError:
        return int(bound)


def _check(low, last, closed, wanted):
    """Raise unless ``low..last`` is a range of the dtype."""
    least, end = _RANGES[wanted]
    if low < least:
        raise ValueError(f"low is out of bounds for {wanted.name}")
    if last >= end:
        raise ValueError(f"high is out of bounds for {wanted.name}")
    if low > last:
        raise _no_integers(low == 0, last + (not closed), closed)


def _no_integers(is_from_zero, high, closed):
    """The error for ranges that hold nothing; it names the bound that was given."""
    relation = ("high < 0" if closed else "high <= 0") if is_from_zero else ("low > high" if closed else "low >= high")
    return ValueError(f"{relation}: high is {high}")


def _draw_one_range(stream, low, high, size, wanted, closed, masked):
    if size is not None and 0 in np.broadcast_shapes(size):
        return np.empty(size, dtype=wanted)
    last = high if closed else high - 1
    _check(low, last, closed, wanted)
    out = np.empty(() if size is None else size, dtype=wanted)
    _random_integers(stream, out, low % 2**64, last - low, masked)
    return out[()] if size is None else out


def _draw_ranges(stream, low, high, size, wanted, closed, masked):
    lows, lasts = _whole(low), _whole(high)
    shape = np.broadcast_shapes(lows.shape, lasts.shape)
    if size is not None:
        wanted_shape = np.broadcast_shapes(size)
        if np.broadcast_shapes(wanted_shape, shape) != wanted_shape:
            raise ValueError(
                f"Output size {wanted_shape} is not compatible with broadcast dimensions of inputs {shape}."
            )
        shape = wanted_shape
    out = np.empty(shape, dtype=wanted)
    if out.size == 0:
        return out
    if not closed:
        lasts = np.asarray(lasts - 1, dtype=lasts.dtype)
    _check_arrays(lows, lasts, closed, wanted)
    starts = _modulo(lows)
    # Unsigned arithmetic modulo 2**64 gives the extents, whatever the signs are.
    extents = _modulo(lasts) - starts
    _random_integers(stream, out, spread(starts, shape), spread(extents, shape), masked)
    return out


def spread(values, shape):
    """A dense array of this shape that the values are stretched to."""
    full = np.empty(shape, dtype=values.dtype)
    full[...] = values
    return full


def _whole(bounds):
    """Bounds as an array of int64, or of Python integers where that may not be enough."""
    array = np.asarray(bounds)
    if array.dtype.kind in "ib":
        # One less than the least bound must still be there: it is checked, not drawn.
        array = array.astype(np.int64)
        return array if array.size == 0 or array.min() > np.iinfo(np.int64).min else array.astype(object)
    if array.dtype.kind == "u" and array.size and array.max() < 2**63:
        return array.astype(np.int64)
    flat = [_number(bound) for bound in array.ravel().tolist()]
    whole = np.empty(array.shape, dtype=object)
    whole.reshape(-1)[:] = flat
    return whole


def _modulo(bounds):
    if bounds.dtype == object:
        flat = [bound % 2**64 for bound in bounds.ravel().tolist()]
        return np.array(flat, dtype=np.uint64).reshape(bounds.shape)
    return bounds.astype(np.uint64)


def _any(truth):
    """True if any comparison of (object) arrays was; those of 0-d ones are plain bools."""
    return bool(np.any(np.asarray(truth, dtype=bool)))


def _check_arrays(lows, lasts, closed, wanted):
    least, end = _RANGES[wanted]
    if _any(lows < least):
        raise ValueError(f"low is out of bounds for {wanted.name}")
    if _any(lasts >= end):
        raise ValueError(f"high is out of bounds for {wanted.name}")
    if _any(lows > lasts):
        raise _no_integers(not _any(lows), lasts.min() + (not closed), closed)
