"""Text functions on arrays: each works on every element, with broadcasting.

Those that find, test or measure are ufuncs; those that make new text first work
out how long the results get, then let a ufunc write them.

Most of the room is docstrings with their examples: one chapter of the API, of
some fifty short functions that share their helpers.
"""

import builtins
import functools

from .._engine import (
    _ascii_capitalize,
    _ascii_lower,
    _ascii_swapcase,
    _ascii_title,
    _ascii_upper,
    _isascii,
    _text_room,
)
from .._globals import _NoValue
from .._utils import set_module
from .multiarray import _vec_string, asanyarray, asarray, dtype, empty_like, where
from .overrides import dispatch_on
from .umath import (
    _center,
    _expandtabs,
    _expandtabs_length,
    _ljust,
    _lstrip_chars,
    _lstrip_whitespace,
    _partition,
    _partition_index,
    _replace,
    _rjust,
    _rpartition,
    _rpartition_index,
    _rstrip_chars,
    _rstrip_whitespace,
    _slice,
    _strip_chars,
    _strip_whitespace,
    _zfill,
    add,
    count as _count_ufunc,
    endswith as _endswith_ufunc,
    equal,
    find as _find_ufunc,
    greater,
    greater_equal,
    index as _index_ufunc,
    isalnum,
    isalpha,
    isdecimal,
    isdigit,
    islower,
    isnan,
    isnumeric,
    isspace,
    istitle,
    isupper,
    less,
    less_equal,
    maximum,
    minimum,
    multiply as _multiply_ufunc,
    not_equal,
    rfind as _rfind_ufunc,
    rindex as _rindex_ufunc,
    startswith as _startswith_ufunc,
    str_len,
)

__all__ = [
    "equal",
    "not_equal",
    "less",
    "less_equal",
    "greater",
    "greater_equal",
    "add",
    "multiply",
    "isalpha",
    "isdigit",
    "isspace",
    "isalnum",
    "islower",
    "isupper",
    "istitle",
    "isdecimal",
    "isnumeric",
    "str_len",
    "find",
    "rfind",
    "index",
    "rindex",
    "count",
    "startswith",
    "endswith",
    "lstrip",
    "rstrip",
    "strip",
    "replace",
    "expandtabs",
    "center",
    "ljust",
    "rjust",
    "zfill",
    "partition",
    "rpartition",
    "slice",
    "upper",
    "lower",
    "swapcase",
    "capitalize",
    "title",
    "mod",
    "decode",
    "encode",
    "translate",
]

MAX = 2**63 - 1


def _text(a):
    """`a` as an array; TypeError unless it holds text."""
    a = asanyarray(a)
    if a.dtype.char not in "SUT":
        raise TypeError("string operation on non-string array")
    return a


def _is_vstring(*arrays):
    return any(one.dtype.char == "T" for one in arrays)


@functools.lru_cache(maxsize=256)
def _fixed(char, length):
    """The dtype of texts of at most `length` characters."""
    return dtype(f"{char}{builtins.max(length, 1)}")


def _largest(lengths):
    """The largest of some lengths; 0 of none."""
    return int(lengths.max()) if lengths.size else 0


def _longest(a):
    """The length of the longest text."""
    return _largest(str_len(a))


def _room(like, longest, shape):
    """An array for texts of `like`'s kind, of at most `longest` characters."""
    made = _text_room(like, longest, shape)
    return empty_like(like, dtype=_fixed(like.dtype.char, longest), shape=shape) if made is None else made


def _is_fixed(a, *texts):
    """Whether `a` is of fixed width and `texts` are Python's own of its kind, which ufuncs take as they are."""
    kind = _PYTHON.get(a.dtype.char)
    return kind is not None and builtins.all(type(text) is kind for text in texts)


_PYTHON = {"S": bytes, "U": str}


def _is_index(number):
    """Whether that is a Python integer that an index can be."""
    return type(number) is int and -MAX <= number <= MAX


def _to_bytes_or_str_array(result, output_dtype_like):
    """An object array of texts as an array of text; an empty one keeps the dtype."""
    output_dtype_like = asarray(output_dtype_like)
    result = asarray(result, dtype=object) if not hasattr(result, "size") else result
    if result.size == 0:
        return result.astype(output_dtype_like.dtype)
    if _is_vstring(output_dtype_like):
        return result.astype(output_dtype_like.dtype)
    values = asarray(result.tolist())
    if isinstance(output_dtype_like.dtype, type(values.dtype)):
        return values.astype(type(output_dtype_like.dtype)(_length(values)))
    return values.astype(output_dtype_like.dtype.char)


def _length(values):
    return values.dtype.itemsize // (4 if values.dtype.char == "U" else 1)


def _clean_args(*args):
    """The arguments up to the first that is None."""
    kept = []
    for one in args:
        if one is None:
            break
        kept.append(one)
    return kept


@dispatch_on("a", module="numpy.strings")
def multiply(a, i):
    """Each text repeated `i` times (none for negative numbers).

    TypeError for other than integers, OverflowError for results that get too long.

    Parameters
    ----------
    a : array_like of str or bytes
    i : array_like of int
        How often; negative numbers count as 0.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.multiply(["a", "b"], [1, 2])
    array(['a', 'bb'], dtype='<U2')
    """
    a = asanyarray(a)
    if _is_index(i):
        i = builtins.max(i, 0)
        if _is_vstring(a):
            return a * i
        if _is_fixed(a):
            longest = _longest(a)
            if longest > MAX // builtins.max(i, 1):
                raise OverflowError("Overflow encountered in string multiply")
            return _multiply_ufunc(a, i, out=_room(a, longest * i, a.shape))
    i = asanyarray(i)
    if i.dtype.kind not in "iu" and not (i.dtype.kind == "b"):
        raise TypeError(f"unsupported type {i.dtype} for operand 'i'")
    i = maximum(i, 0).astype(dtype("n"), copy=False)
    if _is_vstring(a):
        return a * i
    lengths = str_len(a)
    if (lengths > MAX // maximum(i, 1)).any():
        raise OverflowError("Overflow encountered in string multiply")
    sizes = lengths * i
    return _multiply_ufunc(a, i, out=_room(a, _largest(sizes), sizes.shape))


@dispatch_on("a, values", module="numpy.strings")
def mod(a, values):
    """Python's ``a % values`` for each element.

    Parameters
    ----------
    a : array_like of str or bytes
        Patterns, as of Python's ``%``.
    values : array_like
        What to put in.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.mod(["%d %%"], [3])
    array(['3 %'], dtype='<U3')
    """
    return _to_bytes_or_str_array(_vec_string(a, dtype("O"), "__mod__", (values,)), a)


@set_module("numpy.strings")
def find(a, sub, start=0, end=None):
    """The lowest index of `sub` within ``a[start:end]``, -1 where it isn't.

    Parameters
    ----------
    a : array_like of str or bytes
    sub : array_like of str or bytes
        What to look for.
    start, end : array_like of int, optional
        Where to look, as in a slice.

    Returns
    -------
    int or ndarray of int; -1 where it is not found.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.find(["abc"], "c")
    array([2])
    """
    return _find_ufunc(a, sub, start, MAX if end is None else end)


@set_module("numpy.strings")
def rfind(a, sub, start=0, end=None):
    """The highest index of `sub` within ``a[start:end]``, -1 where it isn't.

    Parameters
    ----------
    a : array_like of str or bytes
    sub : array_like of str or bytes
        What to look for.
    start, end : array_like of int, optional
        Where to look, as in a slice.

    Returns
    -------
    int or ndarray of int; -1 where it is not found.

    Examples
    --------
    >>> np.strings.rfind(["abab", "b"], "ab")
    array([ 2, -1])
    """
    return _rfind_ufunc(a, sub, start, MAX if end is None else end)


@set_module("numpy.strings")
def index(a, sub, start=0, end=None):
    """As `find`; ValueError where `sub` isn't found.

    Parameters
    ----------
    a : array_like of str or bytes
    sub : array_like of str or bytes
        What to look for.
    start, end : array_like of int, optional
        Where to look, as in a slice.

    Returns
    -------
    int or ndarray of int.

    Examples
    --------
    >>> np.strings.index(["abab", "ba"], "b")
    array([1, 0])
    """
    return _index_ufunc(a, sub, start, MAX if end is None else end)


@set_module("numpy.strings")
def rindex(a, sub, start=0, end=None):
    """As `rfind`; ValueError where `sub` isn't found.

    Parameters
    ----------
    a : array_like of str or bytes
    sub : array_like of str or bytes
        What to look for.
    start, end : array_like of int, optional
        Where to look, as in a slice.

    Returns
    -------
    int or ndarray of int.

    Examples
    --------
    >>> np.strings.rindex(["abab", "ba"], "b")
    array([3, 0])
    """
    return _rindex_ufunc(a, sub, start, MAX if end is None else end)


@set_module("numpy.strings")
def count(a, sub, start=0, end=None):
    """How often `sub` occurs in ``a[start:end]``, without overlaps.

    Parameters
    ----------
    a : array_like of str or bytes
    sub : array_like of str or bytes
        What to look for.
    start, end : array_like of int, optional
        Where to look, as in a slice.

    Returns
    -------
    int or ndarray of int.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.count(["aXa"], "a")
    array([2])
    """
    return _count_ufunc(a, sub, start, MAX if end is None else end)


@set_module("numpy.strings")
def startswith(a, prefix, start=0, end=None):
    """Whether ``a[start:end]`` begins with `prefix`.

    Parameters
    ----------
    a : array_like of str or bytes
    prefix : array_like of str or bytes
    start, end : array_like of int, optional
        Where to look, as in a slice.

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> np.strings.startswith(["ab", "ba"], "a")
    array([ True, False])
    """
    return _startswith_ufunc(a, prefix, start, MAX if end is None else end)


@set_module("numpy.strings")
def endswith(a, suffix, start=0, end=None):
    """Whether ``a[start:end]`` ends with `suffix`.

    Parameters
    ----------
    a : array_like of str or bytes
    suffix : array_like of str or bytes
    start, end : array_like of int, optional
        Where to look, as in a slice.

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> np.strings.endswith(["ab", "ba"], "a")
    array([False,  True])
    """
    return _endswith_ufunc(a, suffix, start, MAX if end is None else end)


@set_module("numpy.strings")
def lstrip(a, chars=None):
    """Each text without the leading characters in `chars` (None: white space).

    Parameters
    ----------
    a : array_like of str or bytes
    chars : array_like of str or bytes, optional
        The characters to remove; white space by default.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> np.strings.lstrip(["  a ", "xb"])
    array(['a ', 'xb'], dtype='<U4')
    """
    return _lstrip_whitespace(a) if chars is None else _lstrip_chars(a, chars)


@set_module("numpy.strings")
def rstrip(a, chars=None):
    """Each text without the trailing characters in `chars` (None: white space).

    Parameters
    ----------
    a : array_like of str or bytes
    chars : array_like of str or bytes, optional
        The characters to remove; white space by default.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> np.strings.rstrip(["  a ", "bx"], "x")
    array(['  a ', 'b'], dtype='<U4')
    """
    return _rstrip_whitespace(a) if chars is None else _rstrip_chars(a, chars)


@set_module("numpy.strings")
def strip(a, chars=None):
    """Each text without the characters in `chars` (None: white space) at both ends.

    Parameters
    ----------
    a : array_like of str or bytes
    chars : array_like of str or bytes, optional
        The characters to remove; white space by default.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.strip([" a "])
    array(['a'], dtype='<U3')
    """
    return _strip_whitespace(a) if chars is None else _strip_chars(a, chars)


@dispatch_on("a, old, new", module="numpy.strings")
def replace(a, old, new, count=-1):
    """Each text with `old` replaced by `new`, at most `count` times (-1: everywhere).

    Parameters
    ----------
    a : array_like of str or bytes
    old : array_like of str or bytes
        What to look for.
    new : array_like of str or bytes
        What to put there.
    count : array_like of int, optional
        How often at most; -1 always.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.replace(["aa"], "a", "bc")
    array(['bcbc'], dtype='<U4')
    """
    a = asanyarray(a)
    if _is_index(count) and _is_fixed(a, old, new):
        return _replace_texts(a, old, new, count)
    count = asanyarray(count)
    if count.dtype.kind not in "iu":
        raise TypeError(f"unsupported type {count.dtype} for operand 'count'")
    old = asanyarray(old, dtype=getattr(old, "dtype", a.dtype) if not _is_vstring(a) else a.dtype)
    new = asanyarray(new, dtype=getattr(new, "dtype", a.dtype) if not _is_vstring(a) else a.dtype)
    if _is_vstring(a, old, new):
        return _replace(a, old, new, count)
    found = _count_ufunc(a, old, 0, MAX)
    times = _chosen(count, found)
    old, new = (
        asanyarray(one).astype(one.dtype if one.dtype.char == a.dtype.char else a.dtype.char) for one in (old, new)
    )
    sizes = str_len(a) + times * (str_len(new) - str_len(old))
    return _replace(a, old, new, times, out=_room(a, _largest(sizes), sizes.shape))


def _replace_texts(a, old, new, count):
    """`replace` of one text by another, the same for all; both are taken as texts of the dtype of `a`."""
    width = _length(a)
    old, new = old[:width], new[:width]
    times = _count_ufunc(a, old, 0, MAX)
    if count >= 0:
        times = minimum(times, count)
    more = _shown(new) - _shown(old)
    lengths = str_len(a)
    longest = _largest(lengths + times * more if more else lengths)
    return _replace(a, old, new, times, out=_room(a, longest, a.shape))


def _shown(text):
    """The length of a Python text as that of an element, where nulls at the end don't count."""
    return len(text.rstrip("\0" if type(text) is str else b"\0"))


def _chosen(count, found):
    return where(count < 0, found, where(found < count, found, count))


@dispatch_on("a", module="numpy.strings")
def expandtabs(a, tabsize=8):
    """Each text with tabs replaced by blanks up to the next multiple of `tabsize`.

    Parameters
    ----------
    a : array_like of str or bytes
    tabsize : array_like of int, optional
        The distance of tab stops.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> np.strings.expandtabs(["a" + chr(9) + "b"], 4).tolist()
    ['a   b']
    """
    a = asanyarray(a)
    if not _is_index(tabsize):
        tabsize = asanyarray(tabsize)
        if tabsize.dtype.kind not in "iub":
            raise TypeError(f"unsupported type {tabsize.dtype} for operand 'tabsize'")
    if _is_vstring(a):
        if isnan(a).any():
            raise ValueError("Null values are not supported arguments for expandtabs")
        return _expandtabs(a, tabsize)
    sizes = _expandtabs_length(a, tabsize)
    return _expandtabs(a, tabsize, out=_room(a, _largest(sizes), sizes.shape))


def _padded(ufunc, a, width, fillchar):
    if _is_index(width) and type(fillchar) is str and len(fillchar) == 1 and "\0" < fillchar < "\x80":
        a = asanyarray(a)
        if _is_vstring(a):
            return ufunc(a, width, fillchar)
        if _is_fixed(a):
            fill = fillchar if a.dtype.char == "U" else fillchar.encode()
            return ufunc(a, width, fill, out=_room(a, _widened(a, width), a.shape))
    width = asanyarray(width)
    if width.dtype.kind not in "iu":
        raise TypeError(f"unsupported type {width.dtype} for operand 'width'")
    a, fill = asanyarray(a), asanyarray(fillchar)
    if (str_len(fill) != 1).any():
        raise TypeError("The fill character must be exactly one character long")
    if _is_vstring(a, fill):
        return ufunc(a, width, fill)
    if fill.dtype.char != a.dtype.char:
        fill = fill.astype(a.dtype.char)
    sizes = maximum(str_len(a), width)
    full = _broadcast_shape(sizes.shape, fill.shape)
    return ufunc(a, width, fill, out=_room(a, _largest(sizes), full))


def _widened(a, width):
    """The length of the longest text of `a` once none is shorter than `width`."""
    if not a.size:
        return 0
    return width if width >= _length(a) else builtins.max(width, _longest(a))


def _broadcast_shape(*shapes):
    from ..lib._stride_tricks_impl import broadcast_shapes

    return broadcast_shapes(*shapes)


@dispatch_on("a", module="numpy.strings")
def center(a, width, fillchar=" "):
    """Each text in the middle of `width` characters.

    TypeError unless `fillchar` is one character.

    Parameters
    ----------
    a : array_like of str or bytes
    width : array_like of int
        The least length.
    fillchar : array_like of str or bytes, optional
        The character to fill with.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.center(["a"], 3, "-")
    array(['-a-'], dtype='<U3')
    """
    return _padded(_center, a, width, fillchar)


@dispatch_on("a", module="numpy.strings")
def ljust(a, width, fillchar=" "):
    """Each text at the left of `width` characters.

    Parameters
    ----------
    a : array_like of str or bytes
    width : array_like of int
        The least length.
    fillchar : array_like of str or bytes, optional
        The character to fill with.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> np.strings.ljust(["ab", "c"], 3, "-")
    array(['ab-', 'c--'], dtype='<U3')
    """
    return _padded(_ljust, a, width, fillchar)


@dispatch_on("a", module="numpy.strings")
def rjust(a, width, fillchar=" "):
    """Each text at the right of `width` characters.

    Parameters
    ----------
    a : array_like of str or bytes
    width : array_like of int
        The least length.
    fillchar : array_like of str or bytes, optional
        The character to fill with.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> np.strings.rjust(["ab", "c"], 3, "-")
    array(['-ab', '--c'], dtype='<U3')
    """
    return _padded(_rjust, a, width, fillchar)


@dispatch_on("a", module="numpy.strings")
def zfill(a, width):
    """Each number's text filled with zeros to `width`, behind its sign.

    Parameters
    ----------
    a : array_like of str or bytes
    width : array_like of int
        The least length.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.zfill(["-3"], 4)
    array(['-003'], dtype='<U4')
    """
    a = asanyarray(a)
    if _is_index(width) and _is_fixed(a):
        return _zfill(a, width, out=_room(a, _widened(a, width), a.shape))
    if not _is_index(width):
        width = asanyarray(width)
        if width.dtype.kind not in "iu":
            raise TypeError(f"unsupported type {width.dtype} for operand 'width'")
    if _is_vstring(a):
        return _zfill(a, width)
    sizes = maximum(str_len(a), width)
    return _zfill(a, width, out=_room(a, _largest(sizes), sizes.shape))


def _split_once(find_place, ufunc, by_index, a, sep):
    a = asanyarray(a)
    if _is_fixed(a, sep):
        length, shape = _shown(sep), a.shape
    else:
        sep = asanyarray(sep, dtype=a.dtype) if _is_vstring(a) else asanyarray(sep)
        if _is_vstring(sep):
            return ufunc(asanyarray(a, dtype=sep.dtype), sep)
        sep = sep.astype(a.dtype.char if sep.dtype.char != a.dtype.char else sep.dtype, copy=False)
        length, shape = str_len(sep), _broadcast_shape(a.shape, sep.shape)
    place, total = find_place(a, sep, 0, MAX), str_len(a)
    found = place >= 0
    # Where the separator isn't, all of the text is before it, or behind it if it was looked for from the end.
    first = find_place is _find_ufunc
    before = maximum(place, total * ~found if first else 0)
    behind = (total - place - length) * found if first else total - (place + length) * found
    longest = (_largest(before), _largest(length * found), _largest(behind))
    return by_index(a, sep, place, out=tuple(_room(a, one, shape) for one in longest))


@dispatch_on("a", module="numpy.strings")
def partition(a, sep):
    """Three arrays: the text before the first `sep`, `sep`, and the rest.

    Where `sep` isn't, the whole text and two empty ones. ValueError for an empty `sep`.

    Parameters
    ----------
    a : array_like of str or bytes
    sep : array_like of str or bytes
        The separator.

    Returns
    -------
    tuple of three ndarray: before, separator, behind.

    Examples
    --------
    >>> np.strings.partition(["a=b", "c"], "=")
    (array(['a', 'c'], dtype='<U1'), array(['=', ''], dtype='<U1'), array(['b', ''], dtype='<U1'))
    """
    return _split_once(_find_ufunc, _partition, _partition_index, a, sep)


@dispatch_on("a", module="numpy.strings")
def rpartition(a, sep):
    """As `partition`, at the last `sep`; where it isn't, two empty texts and the whole.

    Parameters
    ----------
    a : array_like of str or bytes
    sep : array_like of str or bytes
        The separator.

    Returns
    -------
    tuple of three ndarray: before, separator, behind.

    Examples
    --------
    >>> np.strings.rpartition(["a=b=c", "d"], "=")
    (array(['a=b', ''], dtype='<U3'), array(['=', ''], dtype='<U1'), array(['c', 'd'], dtype='<U1'))
    """
    return _split_once(_rfind_ufunc, _rpartition, _rpartition_index, a, sep)


@set_module("numpy.strings")
def slice(a, start=None, stop=_NoValue, step=None, /):
    """Each text cut as by ``text[start:stop:step]``; one argument alone is `stop`.

    Parameters
    ----------
    a : array_like of str or bytes
    start : array_like of int, optional
        As in a slice; alone it is the end.
    stop : array_like of int, optional
    step : array_like of int, optional

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.slice(["hello"], 1, 3)
    array(['el'], dtype='<U5')
    """
    if stop is _NoValue:
        start, stop = None, start
    a = asanyarray(a)
    if (step is None or _is_index(step) and step > 0) and builtins.all(
        one is None or _is_index(one) for one in (start, stop)
    ):
        return _slice(a, start or 0, MAX if stop is None else stop, step or 1)
    step = asanyarray(1 if step is None else step)
    if step.dtype.kind not in "iu":
        raise TypeError(f"unsupported type {step.dtype} for operand 'step'")
    if (step == 0).any():
        raise ValueError("slice step cannot be zero")
    length = str_len(a) if start is None or stop is None else None
    if start is None:
        start = where(step < 0, length - 1 if length is not None else 0, 0)
    if stop is None:
        stop = where(step < 0, -length - 1 if length is not None else 0, MAX)
    return _slice(a, start, stop, step)


def _cased(a, method, of_ascii):
    """Each text with its case changed: ASCII by the ufunc `of_ascii`, what needs Unicode by `str`'s method."""
    a = asarray(a)
    kind = a.dtype.char
    if kind not in "SUT" or kind == "T" and not isinstance(getattr(a.dtype, "na_object", ""), str):
        # Single characters; missing texts, to which the method says what it says; what is no text is refused.
        return _vec_string(a, a.dtype, method)
    result = of_ascii(a) if a.ndim == 1 and a.dtype.isnative else of_ascii(a, out=empty_like(a, order="C"))
    if kind != "S" and not _isascii(a).all():
        others = ~_isascii(a, out=...)
        result[others] = _vec_string(a[others], a.dtype, method)
    return result


@dispatch_on("a", module="numpy.strings")
def upper(a):
    """Each text in upper case.

    Parameters
    ----------
    a : array_like of str or bytes

    Returns
    -------
    ndarray of the dtype of `a`.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.upper(["ab"])
    array(['AB'], dtype='<U2')
    """
    return _cased(a, "upper", _ascii_upper)


@dispatch_on("a", module="numpy.strings")
def lower(a):
    """Each text in lower case.

    Parameters
    ----------
    a : array_like of str or bytes

    Returns
    -------
    ndarray of the dtype of `a`.

    Examples
    --------
    >>> np.strings.lower(["Ab", "CD"])
    array(['ab', 'cd'], dtype='<U2')
    """
    return _cased(a, "lower", _ascii_lower)


@dispatch_on("a", module="numpy.strings")
def swapcase(a):
    """Each text with upper and lower case exchanged.

    Parameters
    ----------
    a : array_like of str or bytes

    Returns
    -------
    ndarray of the dtype of `a`.

    Examples
    --------
    >>> np.strings.swapcase(["Ab", "cD"])
    array(['aB', 'Cd'], dtype='<U2')
    """
    return _cased(a, "swapcase", _ascii_swapcase)


@dispatch_on("a", module="numpy.strings")
def capitalize(a):
    """Each text with a capital first letter and the rest in lower case.

    Parameters
    ----------
    a : array_like of str or bytes

    Returns
    -------
    ndarray of the dtype of `a`.

    Examples
    --------
    >>> np.strings.capitalize(["ab cd", "EF"])
    array(['Ab cd', 'Ef'], dtype='<U5')
    """
    return _cased(a, "capitalize", _ascii_capitalize)


@dispatch_on("a", module="numpy.strings")
def title(a):
    """Each text with a capital letter at the start of each word.

    Parameters
    ----------
    a : array_like of str or bytes

    Returns
    -------
    ndarray of the dtype of `a`.

    Examples
    --------
    >>> np.strings.title(["ab cd"])
    array(['Ab Cd'], dtype='<U5')
    """
    return _cased(a, "title", _ascii_title)


@dispatch_on("a", module="numpy.strings")
def decode(a, encoding=None, errors=None):
    """Bytes decoded to text.

    Parameters
    ----------
    a : array_like of bytes
    encoding : str, optional
        UTF-8 by default.
    errors : str, optional
        As of `bytes.decode`.

    Returns
    -------
    ndarray of str.

    Examples
    --------
    >>> import sharray as np
    >>> np.strings.decode([b"ab"], "ascii")
    array(['ab'], dtype='<U2')
    """
    a = asarray(a)
    if _is_ascii(a, "S", encoding):
        return a.astype(_fixed("U", _longest(a)))
    return _to_bytes_or_str_array(
        _vec_string(a, dtype("O"), "decode", _clean_args(encoding, errors)), dtype("U0").type("")
    )


def _is_ascii(a, kind, encoding):
    """Whether `a` is text of that kind, some of it and all ASCII, whose bytes are what that encoding makes of them."""
    known = encoding is None or encoding in ("utf-8", "UTF-8", "utf8", "ascii", "latin-1", "latin1")
    return known and a.dtype.char == kind and a.ndim > 0 and a.size > 0 and bool(_isascii(a).all())


@dispatch_on("a", module="numpy.strings")
def encode(a, encoding=None, errors=None):
    """Text encoded to bytes.

    Parameters
    ----------
    a : array_like of str
    encoding : str, optional
        UTF-8 by default.
    errors : str, optional
        As of `str.encode`.

    Returns
    -------
    ndarray of bytes.

    Examples
    --------
    >>> np.strings.encode(["ab", "c"])
    array([b'ab', b'c'], dtype='|S2')
    """
    a = asarray(a)
    if _is_ascii(a, "U", encoding):
        return a.astype(_fixed("S", _longest(a)))
    return _to_bytes_or_str_array(
        _vec_string(a, dtype("O"), "encode", _clean_args(encoding, errors)), dtype("S0").type(b"")
    )


@dispatch_on("a", module="numpy.strings")
def translate(a, table, deletechars=None):
    """Each text with its characters mapped by `table` (as Python's `translate`), `deletechars` dropped.

    Parameters
    ----------
    a : array_like of str or bytes
    table : str, dict or bytes
        As of `str.translate`, or 256 bytes.
    deletechars : str, optional
        Characters to remove, of bytes only.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> np.strings.translate(["abc"], {97: "x"})
    array(['xbc'], dtype='<U3')
    """
    a = asarray(a)
    if issubclass(a.dtype.type, dtype("U").type):
        return _vec_string(a, a.dtype, "translate", (table,))
    return _vec_string(a, a.dtype, "translate", [table, *_clean_args(deletechars)])


def _join(sep, seq):
    """The characters of each element with `sep` between them."""
    return _to_bytes_or_str_array(_vec_string(sep, dtype("O"), "join", (seq,)), seq)


def _split(a, sep=None, maxsplit=None):
    """Each element's words, as lists."""
    return _vec_string(a, dtype("O"), "split", [sep, *_clean_args(maxsplit)])


def _rsplit(a, sep=None, maxsplit=None):
    """Each element's words, counted from the right, as lists."""
    return _vec_string(a, dtype("O"), "rsplit", [sep, *_clean_args(maxsplit)])


def _splitlines(a, keepends=None):
    """Each element's lines, as lists."""
    return _vec_string(a, dtype("O"), "splitlines", _clean_args(keepends))
