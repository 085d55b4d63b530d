"""`fromstring` and `fromfile`: numbers from separated text, elements from raw bytes.

A separator matches itself; white space in it, and around it, matches any run of
white space, none included. A separator of white space alone needs at least one.
"""

import io
import operator
import os
import re

from .. import _engine
from .._engine import frombuffer, ndarray

_NUMBER = re.compile(
    rb"[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|nan(?:\(\w*\))?|inf(?:inity)?)"
    rb"(?:[+-](?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[jJ]|[jJ])?",
    re.IGNORECASE,
)
_WORD = re.compile(rb"\S+")


def _separator(sep):
    """A pattern for what stands between two items."""
    sep = sep.encode() if isinstance(sep, str) else sep
    core = sep.strip()
    if not core:
        return re.compile(rb"\s+")
    parts = [re.escape(part) for part in core.split()]
    return re.compile(rb"\s*" + rb"\s*".join(parts) + rb"\s*")


def _items(data, dtype, sep, count):
    """Text items from `data`; and whether all of it was understood."""
    between = _separator(sep)
    item = _WORD if dtype.kind in "SUO" else _NUMBER
    position = len(data) - len(data.lstrip())
    found = []
    while position < len(data) and (count < 0 or len(found) < count):
        match = item.match(data, position)
        if match is None:
            return found, False
        found.append(match.group())
        position = match.end()
        gap = between.match(data, position)
        if gap is None:
            return found, not data[position:].strip()
        position = gap.end()
    return found, True


_PAYLOAD = re.compile(r"(?<=nan)\(\w*\)", re.IGNORECASE)


def _convert(texts, dtype):
    result = _engine.empty(len(texts), dtype=dtype)
    for index, text in enumerate(texts):
        # Python's numbers don't read what C lets a NaN say about itself.
        text = _PAYLOAD.sub("", text.decode("latin1"))
        if dtype.kind in "iu":
            try:
                value = int(text, 0) if text[:2].lower() == "0x" else int(text)
            except ValueError:
                value = int(float(text))
        elif dtype.kind == "b":
            value = bool(float(text))
        elif dtype.char == "g":
            # The engine reads the text itself, in full precision.
            value = text
        elif dtype.kind in "fc":
            value = complex(text) if dtype.kind == "c" else float(text)
        else:
            value = text
        result[index] = value
    return result


def _refuse_unmatched():
    raise ValueError("string or file could not be read to its end due to unmatched data")


def _refuse_subarray(dtype):
    if dtype.subdtype is not None:
        raise ValueError(f"numbers from text have no subarrays: can't read {dtype}")


_WHITE = bytes.maketrans(b" \t\v\f\r", b"\n" * 5)
# What only the engine's reader of tables takes for white space, or for the end of a text.
_ODD = re.compile(rb"[\x00\x1c-\x1f\x80-\xff]")


def _plain_numbers(data, dtype, count, sep):
    """The numbers of a text of nothing else, by the engine's reader of tables; None where it can't read all of them.

    Each number gets a line of its own; a separator with nothing before or behind it shows by the number of lines.
    """
    mark = (sep.encode() if isinstance(sep, str) else sep).strip()
    if dtype.char not in "bBhHiIlLqQfd" or len(mark) > 1 or (mark and count >= 0) or _ODD.search(data):
        return None
    if mark and (mark.isalnum() or mark in b"+-._"):
        return None
    lines = data.translate(_WHITE)
    wanted = lines.count(mark) + 1 if mark else None
    lines = (lines.replace(mark, b"\n") if mark else lines).decode("ascii")
    options = {"dtype": dtype, "delimiter": None, "comment": None, "quote": None}
    options |= {"max_rows": count, "tell_blank": False}
    try:
        numbers = _engine._load_from_filelike(io.StringIO(lines), filelike=True, **options).reshape(-1)
    except ValueError:
        return None
    return numbers if len(numbers) == (wanted or max(count, len(numbers), 1)) else None


def _from_text(data, dtype, count, sep):
    if dtype.hasobject:
        raise ValueError("Cannot create an object array from a string")
    _refuse_subarray(dtype)
    plain = _plain_numbers(data, dtype, count, sep)
    if plain is not None:
        return plain
    texts, complete = _items(data, dtype, sep, count)
    if not complete:
        _refuse_unmatched()
    if 0 <= len(texts) < count:
        raise ValueError(f"string is smaller than requested size: {len(texts)} of {count} items")
    return _convert(texts, dtype)


def fromstring(string, dtype=float, count=-1, *, sep="", like=None):
    """The work of the public `fromstring`."""
    if like is not None and type(like) is not ndarray:
        from .overrides import _dispatch_like

        made = _dispatch_like("fromstring", like, (string,), {"dtype": dtype, "count": count, "sep": sep})
        if made is not NotImplemented:
            return made
    if sep == "":
        raise ValueError("The binary mode of fromstring is removed, use frombuffer instead")
    if isinstance(string, str):
        try:
            data = string.encode("ascii")
        except UnicodeEncodeError:
            data = string.encode("utf-8")
    else:
        data = bytes(string)
    return _from_text(data, _engine.dtype(dtype), count, sep)


def fromfile(file, dtype=None, count=-1, sep="", offset=0, *, like=None):
    """The work of the public `fromfile`."""
    if like is not None and type(like) is not ndarray:
        from .overrides import _dispatch_like

        made = _dispatch_like("fromfile", like, (file,), {"dtype": dtype, "count": count, "sep": sep, "offset": offset})
        if made is not NotImplemented:
            return made
    if sep and offset:
        raise TypeError("'offset' argument only permitted for binary files")
    dtype = _engine.dtype(float if dtype is None else dtype)
    if isinstance(file, (str, bytes, os.PathLike)):
        with open(file, "rb") as opened:
            return _read(opened, dtype, count, sep, offset)
    return _read(file, dtype, count, sep, offset)


def _read(file, dtype, count, sep, offset):
    if sep:
        return _read_text(file, dtype, count, sep)
    if dtype.hasobject:
        raise ValueError("Cannot read into object array")
    if dtype.itemsize == 0:
        raise ValueError("The elements are 0-sized.")
    # The descriptor is read below the file object's own buffer, from where that stands.
    descriptor = duplicate(file)
    try:
        size = os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)
    start = file.tell() + offset
    available = size - start
    seekable = file.seekable()
    if count < 0:
        if seekable:
            if available <= -dtype.itemsize:
                raise ValueError(f"the offset {offset} lies beyond the end of the file, {-available} bytes")
            count = max(available, 0) // dtype.itemsize
        else:
            data = file.read()
            count = len(data) // dtype.itemsize
            return frombuffer(data, dtype=dtype, count=count).copy()
    elif seekable:
        count = min(count, max(available, 0) // dtype.itemsize)
    result = _engine.empty(count, dtype=dtype)
    file.seek(start)
    got = 0
    if result.nbytes:
        target = memoryview(result.reshape(-1).view("u1") if result.dtype.itemsize else result)
        while got < len(target):
            read = file.readinto(target[got:]) if hasattr(file, "readinto") else None
            if not read:
                break
            got += read
    file.seek(start + got)
    return result if got == result.nbytes else result[: got // dtype.itemsize].copy()


def duplicate(file):
    """A second descriptor of an open file, whose own buffer has been written out; the caller closes it.

    OSError for a file that the system knows nothing of, such as `io.BytesIO`.
    """
    file.flush()
    descriptor = operator.index(os.dup(file.fileno()))
    if not 0 <= descriptor < 1 << 31:
        raise OSError(f"os.dup() gave {descriptor}, which is no file descriptor")
    return descriptor


def _read_text(file, dtype, count, sep):
    _refuse_subarray(dtype)
    data = file.read()
    if isinstance(data, str):
        data = data.encode("latin1")
    plain = None if dtype.hasobject else _plain_numbers(data, dtype, count, sep)
    if plain is not None:
        return plain
    texts, complete = _items(data, dtype, sep, count)
    if not complete:
        _refuse_unmatched()
    return _convert(texts, dtype)
