"""Array methods that are written in Python, where the engine looks them up by name.

The reductions forward to the ufuncs; `mean`, `var`, `std`, `ptp` and `clip` do
work of their own. All take the array first and follow the methods' signatures.
"""

import operator
import os
import pickle
import warnings
from contextlib import nullcontext

from .._globals import _NoValue
from . import multiarray as mu, numerictypes as nt, umath as um
from ._small_floats import is_small_float, number_kind
from .multiarray import asanyarray

bitwise_count = um.bitwise_count

_INTEGER_OR_BOOL = (nt.integer, nt.bool)


def _amax(a, axis=None, out=None, keepdims=False, initial=_NoValue, where=True):
    return um.maximum.reduce(a, axis, None, out, keepdims, initial, where)


def _amin(a, axis=None, out=None, keepdims=False, initial=_NoValue, where=True):
    return um.minimum.reduce(a, axis, None, out, keepdims, initial, where)


def _sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=_NoValue, where=True):
    return um.add.reduce(a, axis, dtype, out, keepdims, initial, where)


def _prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=_NoValue, where=True):
    return um.multiply.reduce(a, axis, dtype, out, keepdims, initial, where)


def _any(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    dtype = nt.bool if dtype is None else dtype
    if where is True:
        return um.logical_or.reduce(a, axis, dtype, out, keepdims)
    return um.logical_or.reduce(a, axis, dtype, out, keepdims, where=where)


def _all(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    dtype = nt.bool if dtype is None else dtype
    if where is True:
        return um.logical_and.reduce(a, axis, dtype, out, keepdims)
    return um.logical_and.reduce(a, axis, dtype, out, keepdims, where=where)


def _count_reduce_items(arr, axis, keepdims=False, where=True):
    """How many elements each result of a reduction stems from: an intp, or an array with a mask."""
    if where is True:
        if axis is None:
            axis = range(arr.ndim)
        elif not isinstance(axis, tuple):
            axis = (axis,)
        count = 1
        for one in axis:
            count *= arr.shape[mu.normalize_axis_index(one, arr.ndim)]
        return nt.intp(count)
    from ..lib._stride_tricks_impl import broadcast_to

    return um.add.reduce(broadcast_to(where, arr.shape), axis=axis, dtype=nt.intp, keepdims=keepdims)


def _clip(a, min=None, max=None, out=None, **kwargs):
    """Limit values; with one limit (or none) it is a maximum or minimum (or a copy)."""
    if a.dtype.kind in "iu":
        # A Python integer beyond the dtype's range can't limit anything.
        bounds = None
        if type(min) is int:
            bounds = _integer_range(a.dtype)
            min = None if min <= bounds[0] else min
        if type(max) is int:
            bounds = bounds or _integer_range(a.dtype)
            max = None if max >= bounds[1] else max
    if min is None and max is None:
        return um.positive(a, out=out, **kwargs)
    if min is None:
        return um.minimum(a, max, out=out, **kwargs)
    if max is None:
        return um.maximum(a, min, out=out, **kwargs)
    return um.clip(a, min, max, out=out, **kwargs)


def _integer_range(dtype):
    bits = 8 * dtype.itemsize
    if dtype.kind == "u":
        return 0, (1 << bits) - 1
    return -(1 << (bits - 1)), (1 << (bits - 1)) - 1


def _divide_by_count(total, count):
    """`total / count` in place where `total` is an array, keeping a scalar's type."""
    if isinstance(total, mu.ndarray):
        return um.true_divide(total, count, out=total, casting="unsafe", subok=False)
    if hasattr(total, "dtype"):
        return total.dtype.type(total / count)
    return total / count


def _mean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    arr = asanyarray(a)
    count = _count_reduce_items(arr, axis, keepdims=keepdims, where=where)
    if count == 0 if where is True else um.equal(count, 0).any(axis=None):
        warnings.warn("Mean of empty slice", RuntimeWarning, stacklevel=2)
    narrow = False
    if dtype is None:
        if arr.dtype.kind in "iub":
            dtype = mu.dtype("f8")
        elif issubclass(arr.dtype.type, nt.float16) or is_small_float(arr.dtype):
            dtype, narrow = mu.dtype("f4"), True
    total = um.add.reduce(arr, axis, dtype, out, keepdims, where=where)
    if isinstance(total, mu.ndarray):
        result = _divide_by_count(total, count)
        return arr.dtype.type(result) if narrow and out is None else result
    if hasattr(total, "dtype"):
        return (arr.dtype.type if narrow else total.dtype.type)(total / count)
    return total / count


def _var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
    arr = asanyarray(a)
    if dtype is None and is_small_float(arr.dtype):
        # in single precision throughout, rounded once
        wide = _var(arr, axis, mu.dtype("f4"), out, ddof, keepdims, where=where, mean=mean)
        return wide if out is not None else arr.dtype.type(wide)
    count = _count_reduce_items(arr, axis, keepdims=keepdims, where=where)
    if ddof >= count if where is True else um.less_equal(count, ddof).any(axis=None):
        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=2)
    if dtype is None and issubclass(arr.dtype.type, _INTEGER_OR_BOOL):
        dtype = mu.dtype("f8")
    if mean is None:
        mean = um.add.reduce(arr, axis, dtype, keepdims=True, where=where)
        # Of objects it is the sum itself, which need not be an array.
        divisor = count if where is True or not getattr(mean, "ndim", 0) else _kept_dims(count, mean)
        mean = _divide_by_count(mean, divisor)
    squares = _squared_deviation(asanyarray(arr - mean))
    total = um.add.reduce(squares, axis, dtype, out, keepdims=keepdims, where=where)
    return _divide_by_count(total, um.maximum(count - ddof, 0))


def _kept_dims(count, like):
    return count if getattr(count, "ndim", 0) == like.ndim else count.reshape(like.shape)


def _squared_deviation(x):
    kind = number_kind(x.dtype)
    if kind in "biufm":
        return um.square(x, out=x) if kind == "f" else um.square(x)
    if kind == "c":
        return um.square(x.real) + um.square(x.imag)
    return um.multiply(x, um.conjugate(x)).real


def _std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
    arr = asanyarray(a)
    if dtype is None and is_small_float(arr.dtype):
        wide = _std(arr, axis, mu.dtype("f4"), out, ddof, keepdims, where=where, mean=mean)
        return wide if out is not None else arr.dtype.type(wide)
    result = _var(a, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where, mean=mean)
    if isinstance(result, mu.ndarray):
        return um.sqrt(result, out=result)
    if hasattr(result, "dtype"):
        return result.dtype.type(um.sqrt(result))
    return um.sqrt(result)


def _ptp(a, axis=None, out=None, keepdims=False):
    return um.subtract(_amax(a, axis, out, keepdims), _amin(a, axis, None, keepdims), out)


def _round(a, decimals=0, out=None):
    """Halves to even at a decimal place, by scaling, rounding and scaling back."""
    kind = a.dtype.kind
    decimals = operator.index(decimals)
    if not -(2**31) <= decimals < 2**31:
        raise OverflowError(f"decimals={decimals} needs more than the 32 bits of a signed integer")
    if out is not None and out.size != a.size:
        raise ValueError(f"invalid output shape {out.shape}: the rounded array has shape {a.shape}")
    if kind == "c":
        return _round_parts(a, decimals, out)
    if kind in "iu" and decimals >= 0:
        if out is None:
            return a.copy("K")[()]
        out[...] = a
        return out
    if decimals == 0:
        return um.rint(a, out=out)
    result = out
    if out is None:
        result = mu.empty(a.shape, "f8" if kind in "iu" else a.dtype, order="F" if a.flags.fnc else "C")
    scale = _power_of_ten(abs(decimals))
    up, down = (um.multiply, um.true_divide) if decimals > 0 else (um.true_divide, um.multiply)
    up(a, scale, out=result)
    um.rint(result, out=result)
    down(result, scale, out=result)
    if out is not None:
        return out
    return result.astype(a.dtype)[()] if kind in "iu" else result[()]


def _round_parts(a, decimals, out):
    if out is None:
        result = mu.empty_like(a)
    elif out.dtype.kind == "c":
        result = out
    else:
        raise TypeError(f"an array of {out.dtype} does not have imaginary part to set, which rounded {a.dtype} has")
    result.real = _round(a.real, decimals)
    result.imag = _round(a.imag, decimals)
    return result if out is not None else result[()]


def _power_of_ten(exponent):
    """A float64; exact up to 10**22, beyond that product by product, infinite from 10**309 on."""
    power = 10.0 ** min(exponent, 22)
    for _ in range(22, min(exponent, 400)):
        power *= 10.0
    return power


def _tofile(a, fid, sep="", format="%s"):
    """Write the elements to a file (path or open file): raw bytes, or as text apart by `sep`."""
    if hasattr(fid, "write"):
        return _write_elements(a, fid, sep, format)
    with open(os.fspath(fid), "wb") as stream:
        return _write_elements(a, stream, sep, format)


def _is_plain_memory(a):
    """Whether the elements lie one behind the other, so that they can be written from where they are."""
    return type(a) is mu.ndarray and a.flags.c_contiguous and a.nbytes > 0


def _write_elements(a, stream, sep, format):
    from ._text_input import duplicate

    if sep == "":
        if a.dtype.hasobject:
            raise OSError("cannot write object arrays to a file in binary mode")
        data = a.reshape(-1).view("u1").data if _is_plain_memory(a) else a.tobytes()
    else:
        items = a.reshape(-1).tolist()
        data = sep.join(str(one) if format in ("", "%s") else format % one for one in items).encode("latin1")
    # The bytes go below the Python file, from where that stands, and it goes on behind them: so text files take them too.
    descriptor = duplicate(stream)
    try:
        seekable = stream.seekable()
        if seekable:
            os.lseek(descriptor, stream.tell(), os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if seekable:
            stream.seek(os.lseek(descriptor, 0, os.SEEK_CUR))
    finally:
        os.close(descriptor)


def _dump(self, file, protocol=2):
    target = nullcontext(file) if hasattr(file, "write") else open(os.fspath(file), "wb")
    with target as stream:
        pickle.dump(self, stream, protocol=protocol)


def _dumps(self, protocol=2):
    return pickle.dumps(self, protocol=protocol)


def _bitwise_count(a, out=None, *, where=True, casting="same_kind", order="K", dtype=None, subok=True):
    return um.bitwise_count(a, out, where=where, casting=casting, order=order, dtype=dtype, subok=subok)
