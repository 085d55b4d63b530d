"""The buffer protocol's format strings (PEP 3118) as dtypes.

A format is a sequence of items: byte order ('@', '=', '<', '>', '!', '^'), shape
in parentheses, repeat count, a type code or "T{…}" for a structure, and a name
between colons. '@' aligns items as C does, '^' has native sizes unaligned. Bit
fields and pointers have no dtype (NotImplementedError).
"""

import re
import sys

from .multiarray import dtype

_NATIVE = {
    "?": "?",
    "c": "S1",
    "b": "b",
    "B": "B",
    "h": "h",
    "H": "H",
    "i": "i",
    "I": "I",
    "l": "l",
    "L": "L",
    "q": "q",
    "Q": "Q",
    "e": "e",
    "f": "f",
    "d": "d",
    "g": "g",
    "Zf": "F",
    "Zd": "D",
    "Zg": "G",
    "s": "S",
    "w": "U",
    "O": "O",
    "x": "V",
}
_STANDARD = _NATIVE | {"h": "i2", "H": "u2", "i": "i4", "I": "u4", "l": "i4", "L": "u4", "q": "i8", "Q": "u8"}
_UNREPRESENTABLE = {"u": "UCS-2 strings", "&": "pointers", "t": "bitfields", "X": "function pointers"}
_SIZED = ("s", "w", "x")
_CODE = re.compile(r"Z?[a-zA-Z?&]")


class _Stream:
    """The text and how far it is read."""

    def __init__(self, text):
        self.text = text
        self.byteorder = "@"

    def __bool__(self):
        return bool(self.text)

    @property
    def next(self):
        return self.text[:1]

    def take(self, count):
        taken, self.text = self.text[:count], self.text[count:]
        return taken

    def take_until(self, mark):
        taken, _, self.text = self.text.partition(mark)
        return taken

    def take_digits(self):
        digits = re.match(r"[0-9]*", self.text)[0]
        return int(self.take(len(digits))) if digits else None


def _dtype_from_pep3118(spec):
    """The dtype for a format string.

    ValueError for an unknown code, NotImplementedError for what no dtype can hold.
    """
    return _read_items(_Stream(spec), inner=False)[0]


def _read_items(stream, inner):
    """(dtype, alignment) for the items up to the end, or up to "}" inside a structure."""
    names, formats, offsets = [], [], []
    end, common_alignment, alone = 0, 1, None
    padded = False
    while stream:
        if stream.next == "}":
            stream.take(1)
            break
        value, alignment, is_padding = _read_item(stream)
        if stream.byteorder == "@":
            end += -end % alignment
            common_alignment = _lcm(alignment, common_alignment)
        name = _read_name(stream)
        if is_padding and name is None:
            padded = True
        else:
            alone = value if name is None and not names and end == 0 else None
            names.append(name)
            formats.append(value)
            offsets.append(end)
        end += value.itemsize

    if inner or stream.byteorder == "@":
        if stream.byteorder == "@":
            end += -end % common_alignment
    if alone is not None and not padded and not inner and len(names) == 1:
        return alone, common_alignment
    return _structure(names, formats, offsets, end), common_alignment


def _structure(names, formats, offsets, size):
    taken = {name for name in names if name is not None}
    filled, counter = [], 0
    for name in names:
        if name is None:
            while f"f{counter}" in taken:
                counter += 1
            name = f"f{counter}"
            taken.add(name)
        elif filled.count(name):
            raise RuntimeError(f"duplicate field name '{name}' in PEP3118 format")
        filled.append(name)
    return dtype({"names": filled, "formats": formats, "offsets": offsets, "itemsize": size})


def _read_item(stream):
    shape = None
    if stream.next == "(":
        stream.take(1)
        shape = tuple(map(int, filter(str.strip, stream.take_until(")").split(","))))
    if stream.next in ("@", "=", "<", ">", "^", "!"):
        order = stream.take(1)
        stream.byteorder = ">" if order == "!" else order
    native = stream.byteorder in ("@", "^")
    table = _NATIVE if native else _STANDARD
    count = stream.take_digits()
    count = 1 if count is None else count

    is_padding = False
    if stream.text.startswith("T{"):
        stream.take(2)
        value, alignment = _read_items(stream, inner=True)
    else:
        match = _CODE.match(stream.text)
        code = stream.take(len(match[0])) if match else ""
        if code in _UNREPRESENTABLE:
            raise NotImplementedError(f"Unrepresentable PEP 3118 data type {code!r} ({_UNREPRESENTABLE[code]})")
        if code not in table:
            raise ValueError(f"Unknown PEP 3118 data type specifier {code + stream.text!r}")
        text = table[code]
        if code in _SIZED:
            text, count = f"{text}{count}", 1
        value = dtype(text)
        alignment = 1 if code == "x" else value.alignment
        is_padding = code == "x"
        if not native and stream.byteorder != "=":
            value = value.newbyteorder(stream.byteorder)
        elif stream.byteorder == "=":
            value = value.newbyteorder("<" if sys.byteorder == "little" else ">")
    if count != 1:
        value = dtype((value, (count,)))
    if shape is not None:
        value = dtype((value, shape))
    return value, alignment, is_padding


def _read_name(stream):
    if stream.next != ":":
        return None
    stream.take(1)
    return stream.take_until(":")


def _lcm(a, b):
    import math

    return math.lcm(a, b)
