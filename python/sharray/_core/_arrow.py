"""Arrow's C data interface, outwards: which buffers stand for an array.

A column is a tuple `(format, name, length, nulls, buffers, children, dictionary)`, from which the engine makes Arrow's
structs: `format` is Arrow's format string, `buffers` holds the bitmap of what is there (or `None`) and then what the format
has, `children` are columns. Buffers are the arrays themselves wherever they lie densely in native byte order, for Arrow has
neither strides nor byte orders; anything else is copied into that form. What Arrow has no type for is refused by name.
"""

from .. import _engine
from .._engine import asarray, can_cast, datetime_data, dtype, isnat, ndarray, packbits
from .numerictypes import bool_
from ._ufunc_config import errstate

__all__ = []

# Arrow's letter for each of the engine's codes for numbers.
_LETTERS = dict(zip("bBhHiIlLqQefd", "cCsSiIlLlLefg", strict=True))
_NUMBERS = {letter: code for code, letter in reversed(_LETTERS.items())}
_TICKS = {"s": "s", "ms": "m", "us": "u", "ns": "n"}
# The unit that holds each other one exactly; days are dates.
_EXACT = {"Y": "D", "M": "D", "W": "D", "D": "D", "h": "s", "m": "s", **{unit: unit for unit in _TICKS}}
_EXACT_SPANS = {"W": "s", "D": "s", "h": "s", "m": "s", **{unit: unit for unit in _TICKS}}
_PLAIN = ("", ())


def _array_of(x, requested=None):
    return _engine._arrow_offer(_tree(x, requested))


def _stream_of(x, requested=None):
    return _engine._arrow_stream(_tree(x, requested))


def _schema_of(x, requested=None):
    return _engine._arrow_schema(_tree(x[:0] if x.ndim else x, requested))


def _tree(x, requested):
    """The column of any array, masked ones with their masks."""
    mask = None
    if type(x) is not ndarray:
        from ..ma import MaskedArray, getmaskarray

        if isinstance(x, MaskedArray):
            mask = getmaskarray(x)
        x = asarray(x)
    return _masked_tree(x, mask, requested)


def _masked_tree(values, mask, requested):
    """The column of values and what is missing among them."""
    if values.ndim == 0:
        raise TypeError(
            "Arrow's arrays have one axis, and the array has none (0-d): hand over x.reshape(1), or x.item()"
        )
    wanted = _PLAIN
    if requested is not None:
        try:
            wanted = _engine._arrow_wanted(requested)
        except TypeError:
            # A type that arrays have no counterpart for: the consumer converts what it gets.
            if type(requested).__name__ != "PyCapsule":
                raise
    return _column(values, "", wanted, mask)


def _column(x, name, wanted, mask):
    if x.ndim > 1:
        return _list(x, name, wanted, mask)
    if x.dtype.names is not None:
        return _struct(x, name, wanted, mask)
    return _MAKERS.get(x.dtype.kind, _refuse)(x, name, wanted[0], mask)


def _list(x, name, wanted, mask):
    """All axes but the first, as lists of one length."""
    size = x.shape[1]
    flat = (len(x) * size, *x.shape[2:])
    inner = wanted[1][0] if wanted[0].startswith("+w:") else _PLAIN
    child = _column(x.reshape(flat), "item", inner, None if mask is None else mask.reshape(flat))
    return f"+w:{size}", name, len(x), 0, (None,), (child,), None


def _struct(x, name, wanted, mask):
    names = x.dtype.names
    asked = wanted[1] if wanted[0] == "+s" and len(wanted[1]) == len(names) else (_PLAIN,) * len(names)
    children = []
    for field, inner in zip(names, asked, strict=True):
        part = mask
        if mask is not None:
            part = mask[field] if mask.dtype.names is not None else _spread(mask, x[field].shape)
        try:
            children.append(_column(x[field], field, inner, part))
        except (TypeError, ValueError) as error:
            raise type(error)(f"field {field!r}: {error}") from None
    return "+s", name, len(x), 0, (None,), tuple(children), None


def _spread(mask, shape):
    """A mask of elements, for all that each holds."""
    return mask.reshape(mask.shape + (1,) * (len(shape) - 1)) | _engine.zeros(shape, bool_)


def _dense(x, into=None):
    """The array itself, if it lies densely, aligned and in native byte order; else a copy that does."""
    into = (x.dtype if into is None else dtype(into)).newbyteorder("=")
    x = asarray(x, into, order="C")
    return x if x.flags.aligned else x.copy()


def _validity(mask):
    """Number of nulls, and the bitmap of what is there; `None` where that is everything."""
    if mask is None:
        return 0, None
    nulls = int(mask.sum())
    return (nulls, packbits(~mask, bitorder="little")) if nulls else (0, None)


def _leaf(letter, name, x, mask, *buffers):
    nulls, bitmap = _validity(mask)
    return letter, name, len(x), nulls, (bitmap, *buffers), (), None


def _bools(x, name, wanted, mask):
    if wanted in _NUMBERS:
        return _numbers(x.astype(_NUMBERS[wanted]), name, wanted, mask)
    return _leaf("b", name, x, mask, packbits(_dense(x), bitorder="little"))


def _numbers(x, name, wanted, mask):
    letter = _LETTERS.get(x.dtype.char)
    if letter is None:
        return _refuse(x, name, wanted, mask)
    if wanted in _NUMBERS and wanted != letter:
        other = _exactly(x, _NUMBERS[wanted])
        if other is not None:
            x, letter = other, wanted
    return _leaf(letter, name, x, mask, _dense(x))


def _exactly(x, into):
    """The same numbers in another dtype; `None` where some are not the same."""
    if can_cast(x.dtype, into, "safe"):
        return x.astype(into)
    with errstate(all="ignore"):
        other = x.astype(into)
        same = other.astype(x.dtype) == x
    if x.dtype.kind == "f":
        same |= (x != x) & (other != other)
    return other if same.all() else None


def _times(x, name, wanted, mask):
    kind = x.dtype.kind
    unit, count = datetime_data(x.dtype)
    target = (_EXACT if kind == "M" else _EXACT_SPANS).get(unit)
    if target is None:
        raise TypeError(_no_unit(x.dtype, unit))
    asked = {"ts": "M", "tD": "m"}.get(wanted[:2]) == kind and wanted[2:3]
    for unit_asked, letter in _TICKS.items():
        if asked == letter:
            target = unit_asked
    other = x
    if (unit, count) != (target, 1):
        other = _same_times(x, f"{kind}8[{target}]")
        if other is None:
            raise ValueError(
                f"some times of dtype {x.dtype} lie outside the range of {kind}8[{target}], in which Arrow would hold them:"
                " hand over x.view('int64'), and tell the unit apart"
            )
    missing = isnat(other)
    if mask is not None:
        missing |= mask
    if target == "D":
        return _dates(other, name, missing)
    zone = (x.dtype.metadata or {}).get("timezone", "") if kind == "M" else ""
    letter = f"ts{_TICKS[target]}:{zone}" if kind == "M" else f"tD{_TICKS[target]}"
    return _leaf(letter, name, other, missing, _dense(other))


def _same_times(x, into):
    """The same times in another unit; `None` where some are out of its range."""
    try:
        other = x.astype(into)
        same = (other.astype(x.dtype) == x) | isnat(x)
    except OverflowError:
        return None
    return other if same.all() else None


def _dates(x, name, missing):
    days = _dense(x).view("int64")
    few = days.astype("int32")
    if not ((few == days) | missing).all():
        raise ValueError(
            "some dates lie outside the range of Arrow's date32, about 5.8 million years around 1970: hand over"
            " x.astype('datetime64[s]')"
        )
    return _leaf("tdD", name, x, missing, few)


def _no_unit(kind, unit):
    if unit == "generic":
        return f"Arrow has no times without a unit ({kind}): give them one first, x.astype('{kind.kind}8[ns]')"
    if unit in ("Y", "M"):
        return f"Arrow has no durations in months or years ({kind}), whose lengths vary: convert them first, x.astype('m8[D]')"
    return f"Arrow has no unit finer than nanoseconds ({kind}): round first, x.astype('{kind.kind}8[ns]')"


def _texts(x, name, wanted, mask):
    text = "u"
    if x.dtype.kind == "U":
        x = x.astype(_engine.StringDType())
    elif x.dtype.kind == "S":
        text = "z"
        if wanted in ("u", "U"):
            try:
                x, text = x.astype(_engine.StringDType()), "u"
            except ValueError:
                pass
    ends, data, missing = _engine._arrow_lay_out(x)
    if missing is not None:
        mask = missing if mask is None else mask | missing
    if wanted == text and ends[-1] < 2**31:
        return _leaf(text, name, x, mask, ends.astype("int32"), data)
    return _leaf(text.upper(), name, x, mask, ends, data)


def _void(x, name, wanted, mask):
    if x.dtype.char != "V":
        return _refuse(x, name, wanted, mask)
    return _leaf(f"w:{x.dtype.itemsize}", name, x, mask, _dense(x))


_ADVICE = {
    "c": "hand over its parts, x.real and x.imag",
    "O": "convert it first, to a dtype of numbers or by x.astype(np.dtypes.StringDType()) to texts",
    "f": "convert it first, x.astype('float64')",
    "V": "convert it first, x.astype('float32'), or hand over its bytes, x.view('uint8')",
}


def _refuse(x, _name, _wanted, _mask):
    raise TypeError(
        f"Arrow has no type for dtype {x.dtype}: {_ADVICE.get(x.dtype.kind, 'hand over its bytes, as uint8')}"
    )


_MAKERS = {
    "b": _bools,
    "i": _numbers,
    "u": _numbers,
    "f": _numbers,
    "M": _times,
    "m": _times,
    "S": _texts,
    "U": _texts,
    "T": _texts,
    "V": _void,
}


def _as_array(x, copy=None):
    """What `asarray` makes of an object that speaks Arrow's protocol only."""
    from ._arrow_in import from_arrow

    return from_arrow(x, copy=copy)
