"""Arrow's C data interface, outwards: which buffers stand for an array.

A column is a tuple `(format, name, length, nulls, buffers, children, dictionary)`, from which the engine makes Arrow's
structs: `format` is Arrow's format string, `buffers` holds the bitmap of what is there (or `None`) and then what the format
has, `children` are columns. Buffers are the arrays themselves wherever they lie densely in native byte order, for Arrow has
neither strides nor byte orders; anything else is copied into that form. What Arrow has no type for is refused by name.
"""

import datetime

from .. import _engine
from .._engine import array, asarray, can_cast, datetime_data, frombuffer, isnat, ndarray, packbits, zeros
from ._ufunc_config import errstate
from .numerictypes import bool_, datetime64, generic, timedelta64

__all__ = []

# Arrow's letter for each of the engine's codes for numbers.
_LETTERS = dict(zip("bBhHiIlLqQefd", "cCsSiIlLlLefg", strict=True))
_NUMBERS = {letter: code for code, letter in reversed(_LETTERS.items())}
_TICKS = {"s": "s", "ms": "m", "us": "u", "ns": "n"}
# The unit that holds each other one exactly; days are dates.
_EXACT = {"Y": "D", "M": "D", "W": "D", "D": "D", "h": "s", "m": "s", **{unit: unit for unit in _TICKS}}
_EXACT_SPANS = {"W": "s", "D": "s", "h": "s", "m": "s", **{unit: unit for unit in _TICKS}}
# The dtypes of Python's times.
_TIMES = {datetime.datetime: "M8[us]", datetime.date: "M8[D]", datetime.timedelta: "m8[us]"}
# What a consumer asks for that asks for nothing.
_PLAIN = ("", ())


def _array_of(x, requested=None):
    return _offer(_engine._arrow_offer, *_plain(x), requested)


def _stream_of(x, requested=None):
    return _offer(_engine._arrow_stream, *_plain(x), requested)


def _schema_of(x, requested=None):
    # No element is needed to tell the type, but of objects.
    x, mask = _plain(x[:0] if x.ndim and not x.dtype.hasobject else x)
    return _engine._arrow_schema(_Writer(x, watched=False).tree(mask, requested))


def _offer(how, values, mask, requested):
    """The capsules of values and what is missing among them; `how` is the engine's function that makes them."""
    writer = _Writer(values)
    return how(writer.tree(mask, requested), values, writer.reason)


def _plain(x):
    """An array of no subclass, and a masked one's mask."""
    if type(x) is ndarray:
        return x, None
    from ..ma import MaskedArray, getmaskarray

    mask = getmaskarray(x) if isinstance(x, MaskedArray) else None
    return asarray(x), mask


def _request(requested):
    """What a consumer asks for: a format, and what its children are asked for."""
    if requested is None:
        return _PLAIN
    try:
        return _engine._arrow_wanted(requested)
    except TypeError:
        # A type that arrays have no counterpart for: the consumer converts what it gets.
        if type(requested).__name__ != "PyCapsule":
            raise
    return _PLAIN


class _Writer:
    """Makes an array's column; `reason` tells why something was copied for it, and is None if nothing was."""

    def __init__(self, source, watched=True):
        self.source = source
        self.watched = watched
        self.reason = None

    def copying(self, reason):
        """Called before each copy: a block that forbids copies hears of it."""
        if self.reason is None:
            if self.watched:
                _engine._arrow_copying(self.source, reason)
            self.reason = reason

    def tree(self, mask, requested):
        if self.source.ndim == 0:
            raise TypeError(
                "Arrow's arrays have one axis, and the array has none (0-d): hand over x.reshape(1), or x.item()"
            )
        return self.column(self.source, "", _request(requested), mask)

    def column(self, x, name, wanted, mask):
        if x.ndim > 1:
            return self.list(x, name, wanted, mask)
        if x.dtype.names is not None:
            return self.struct(x, name, wanted, mask)
        maker = _MAKERS.get(x.dtype.char)
        if maker is None:
            raise TypeError(f"Arrow has no type for dtype {x.dtype}: {_ADVICE[x.dtype.char]}")
        return maker(self, x, name, wanted[0], mask)

    def list(self, x, name, wanted, mask):
        """All axes but the first, as lists of one length."""
        size = x.shape[1]
        flat = (len(x) * size, *x.shape[2:])
        inner = wanted[1][0] if wanted[0].startswith("+w:") else _PLAIN
        if not x.flags.c_contiguous:
            self.copying(_stride_reason(x))
        child = self.column(x.reshape(flat), "item", inner, None if mask is None else mask.reshape(flat))
        return f"+w:{size}", name, len(x), 0, (None,), (child,), None

    def struct(self, x, name, wanted, mask):
        names = x.dtype.names
        asked = wanted[1] if wanted[0] == "+s" and len(wanted[1]) == len(names) else (_PLAIN,) * len(names)
        children = []
        for field, inner in zip(names, asked, strict=True):
            part = mask
            if mask is not None:
                part = mask[field] if mask.dtype.names is not None else _spread(mask, x[field].shape)
            try:
                children.append(self.column(x[field], field, inner, part))
            except (TypeError, ValueError) as error:
                error.args = (f"field {field!r}: {error}",)
                raise
        return "+s", name, len(x), 0, (None,), tuple(children), None

    def dense(self, x):
        """The array itself, if it lies densely, aligned and in native byte order; else a copy that does."""
        if not x.dtype.isnative:
            self.copying("byte order")
        elif not x.flags.c_contiguous:
            self.copying(_stride_reason(x))
        elif x.flags.aligned:
            return x
        else:
            self.copying("alignment")
        return x.astype(x.dtype.newbyteorder("="), order="C")

    def bools(self, x, name, wanted, mask):
        if wanted in _NUMBERS:
            self.copying("dtype")
            return self.numbers(x.astype(_NUMBERS[wanted]), name, wanted, mask)
        self.copying("bit-packed")
        return _leaf("b", name, x, mask, packbits(x, bitorder="little"))

    def numbers(self, x, name, wanted, mask):
        letter = _LETTERS[x.dtype.char]
        if wanted in _NUMBERS and wanted != letter:
            other = _exactly(x, _NUMBERS[wanted])
            if other is not None:
                self.copying("dtype")
                x, letter = other, wanted
        return _leaf(letter, name, x, mask, self.dense(x))

    def times(self, x, name, wanted, mask):
        kind = x.dtype.kind
        unit, _count = datetime_data(x.dtype)
        own = (_EXACT if kind == "M" else _EXACT_SPANS).get(unit)
        if own is None:
            raise TypeError(_no_unit(x.dtype, unit))
        target = _asked_unit(kind, wanted)
        other = None if target is None else self.in_unit(x, target)
        if other is None or not _fits_format(other, wanted):
            target, wanted = own, wanted if target == own and wanted[:2] == "ts" else ""
            other = self.in_unit(x, own)
        if other is None:
            raise ValueError(
                f"some times of dtype {x.dtype} are out of the range of {kind}8[{own}], in which Arrow would hold them:"
                " hand over x.view('int64'), and tell the unit apart"
            )
        missing = isnat(other)
        if mask is not None:
            missing |= mask
        if target == "D" or wanted in ("tts", "ttm"):
            self.copying("dtype")
            return _leaf(wanted or "tdD", name, x, missing, _narrow(other, missing))
        if kind == "M":
            zone = (x.dtype.metadata or {}).get("timezone") or wanted[4:]
            letter = wanted if wanted == "tdm" else f"ts{_TICKS[target]}:{zone}"
        else:
            letter = wanted or f"tD{_TICKS[target]}"
        return _leaf(letter, name, other, missing, self.dense(other))

    def in_unit(self, x, target):
        """The same times in another unit; `None` where some are none of that unit, or out of its range."""
        if datetime_data(x.dtype) == (target, 1):
            return x
        try:
            other = x.astype(f"{x.dtype.kind}8[{target}]")
            same = (other.astype(x.dtype) == x) | isnat(x)
        except OverflowError:
            return None
        if not same.all():
            return None
        # A conversion that was in vain is none.
        self.copying("dtype")
        return other

    def texts(self, x, name, wanted, mask):
        text = "z" if x.dtype.kind == "S" else "u"
        self.copying("dtype")
        if x.dtype.kind == "U":
            x = x.astype(_engine.StringDType())
        elif wanted in ("u", "U"):
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

    def objects(self, x, name, _wanted, mask):
        """Objects that are all of a kind that a dtype holds; None is null."""
        items = x.tolist()
        if mask is not None:
            items = [None if absent else item for item, absent in zip(items, mask.tolist(), strict=True)]
        missing = array([item is None for item in items], bool_)
        there = [item for item in items if item is not None]
        self.copying("objects")
        if there and all(isinstance(item, bytes) for item in there):
            lengths = array([0, *(0 if item is None else len(item) for item in items)], "int64")
            data = frombuffer(b"".join(there), "uint8")
            return _leaf("Z", name, items, missing, lengths.cumsum(), data)
        found = _of_one_kind(there)
        if found is None:
            names = ", ".join(sorted({type(item).__name__ for item in there})[:5]) or "nothing but None"
            raise TypeError(
                f"Arrow has no type for dtype object with elements of several kinds, or of none it knows (here: {names}):"
                f" {_ADVICE['O']}"
            )
        values = zeros(len(items), found.dtype)
        values[~missing] = found
        # What is NaT among the objects is null, as in any other array.
        return self.column(values, name, _PLAIN, missing)

    def void(self, x, name, wanted, mask):
        return _leaf(f"w:{x.dtype.itemsize}", name, x, mask, self.dense(x))


def _of_one_kind(items):
    """An array of objects that are all texts, numbers or times; `None` for others."""
    kinds = {type(item) for item in items}
    if kinds and all(issubclass(kind, str) for kind in kinds):
        return array(items, _engine.StringDType())
    if len(kinds) == 1 and (unit := _TIMES.get(*kinds)):
        return None if any(getattr(item, "tzinfo", None) for item in items) else array(items, unit)
    numbers = all(issubclass(kind, (int, float, generic)) for kind in kinds)
    alone = kinds & {bool, bool_, datetime64, timedelta64}
    if not kinds or not numbers or alone and len(kinds) > 1:
        return None
    found = array(items)
    return found if found.dtype.kind in "biufMm" and found.ndim == 1 else None


def _stride_reason(x):
    return (
        "negative stride" if any(s < 0 for s, n in zip(x.strides, x.shape, strict=True) if n > 1) else "non-contiguous"
    )


def _spread(mask, shape):
    """A mask of elements, for all that each holds."""
    return mask.reshape(mask.shape + (1,) * (len(shape) - 1)) | zeros(shape, bool_)


def _leaf(letter, name, x, mask, *buffers):
    """A column without children: the number of nulls, and the bitmap of what is there if there are any."""
    nulls = 0 if mask is None else int(mask.sum())
    bitmap = packbits(~mask, bitorder="little") if nulls else None
    return letter, name, len(x), nulls, (bitmap, *buffers), (), None


def _exactly(x, into):
    """The same numbers in another dtype, floats rounded to it; `None` where some are not the same."""
    if can_cast(x.dtype, into, "same_kind" if x.dtype.kind == "f" else "safe"):
        return x.astype(into)
    with errstate(all="ignore"):
        other = x.astype(into)
        same = other.astype(x.dtype) == x
    if x.dtype.kind == "f":
        same |= (x != x) & (other != other)
    return other if same.all() else None


def _asked_unit(kind, wanted):
    """The unit of times that a format asks for; `None` for formats of something else."""
    if kind == "M" and wanted in ("tdD", "tdm"):
        return "D" if wanted == "tdD" else "ms"
    if wanted[:2] not in (("ts",) if kind == "M" else ("tD", "tt")):
        return None
    return next((unit for unit, letter in _TICKS.items() if letter == wanted[2:3]), None)


def _fits_format(times, wanted):
    """Whether dates are whole days, and times of the day within one."""
    if wanted == "tdm":
        return ((times == times.astype("M8[D]")) | isnat(times)).all()
    if wanted[:2] == "tt":
        return (isnat(times) | (times >= timedelta64(0, "s")) & (times < timedelta64(1, "D"))).all()
    return True


def _narrow(times, missing):
    """Times as numbers of 32 bits."""
    numbers = times.astype("int64")
    few = numbers.astype("int32")
    if not ((few == numbers) | missing).all():
        raise ValueError(
            "some dates lie outside the range of Arrow's date32, about 5.8 million years around 1970: hand over"
            " x.astype('datetime64[s]')"
        )
    return few


def _no_unit(kind, unit):
    if unit == "generic":
        return f"Arrow has no times without a unit ({kind}): give them one first, x.astype('{kind.kind}8[ns]')"
    if unit in ("Y", "M"):
        return f"Arrow has no durations in months or years ({kind}), whose lengths vary: convert them first, to days"
    return f"Arrow has no unit finer than nanoseconds ({kind}): round first, x.astype('{kind.kind}8[ns]')"


_ADVICE = {
    "F": "hand over its parts, x.real and x.imag",
    "D": "hand over its parts, x.real and x.imag",
    "G": "hand over its parts, x.real and x.imag",
    "O": "convert it first, to a dtype of numbers or by x.astype(np.dtypes.StringDType()) to texts",
    "g": "convert it first, x.astype('float64')",
}
for _char in "E45":
    _ADVICE[_char] = "convert it first, x.astype('float32'), or hand over its bytes, x.view('uint8')"

_MAKERS = {
    "?": _Writer.bools,
    **dict.fromkeys(_LETTERS, _Writer.numbers),
    **dict.fromkeys("Mm", _Writer.times),
    **dict.fromkeys("ScUT", _Writer.texts),
    "V": _Writer.void,
    "O": _Writer.objects,
}


def _as_array(x, copy=None):
    """What `asarray` makes of an object that speaks Arrow's protocol only."""
    from ._arrow_in import from_arrow

    return from_arrow(x, copy=copy)
