"""Text functions on arrays: each works on every element, with broadcasting.

Those that find, test or measure are ufuncs; those that make new text first work
out how long the results get, then let a ufunc write them.
"""

import builtins

from .._engine import (
    _ascii_capitalize,
    _ascii_lower,
    _ascii_swapcase,
    _ascii_title,
    _ascii_upper,
    _isascii,
)
from .._globals import _NoValue
from .._utils import set_module
from .multiarray import _vec_string, asanyarray, asarray, dtype, empty, empty_like
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


def _sized(like, length):
    """The fixed-width dtype of `like`'s kind for texts of at most `length`."""
    longest = int(length.max()) if getattr(length, "size", 1) else 0
    return dtype(f"{like.dtype.char}{builtins.max(longest, 1)}")


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
    a, i = asanyarray(a), asanyarray(i)
    if i.dtype.kind not in "iu" and not (i.dtype.kind == "b"):
        raise TypeError(f"unsupported type {i.dtype} for operand 'i'")
    i = maximum(i, 0).astype(dtype("n"), copy=False)
    if _is_vstring(a):
        return a * i
    lengths = str_len(a)
    if (lengths > MAX // maximum(i, 1)).any():
        raise OverflowError("Overflow encountered in string multiply")
    sizes = lengths * i
    out = empty_like(a, dtype=_sized(a, sizes), shape=sizes.shape)
    return _multiply_ufunc(a, i, out=out)


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
    out = empty_like(a, dtype=_sized(a, sizes), shape=sizes.shape)
    return _replace(a, old, new, times, out=out)


def _chosen(count, found):
    from .multiarray import where

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
    a, tabsize = asanyarray(a), asanyarray(tabsize)
    if tabsize.dtype.kind not in "iub":
        raise TypeError(f"unsupported type {tabsize.dtype} for operand 'tabsize'")
    if _is_vstring(a):
        if isnan(a).any():
            raise ValueError("Null values are not supported arguments for expandtabs")
        return _expandtabs(a, tabsize)
    sizes = _expandtabs_length(a, tabsize)
    out = empty_like(a, dtype=_sized(a, sizes), shape=sizes.shape)
    return _expandtabs(a, tabsize, out=out)


def _padded(ufunc, a, width, fillchar):
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
    from .fromnumeric import shape as shape_of

    full = _broadcast_shape(shape_of(sizes), fill.shape)
    out = empty_like(a, dtype=_sized(a, sizes), shape=full)
    return ufunc(a, width, fill, out=out)


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
    width = asanyarray(width)
    if width.dtype.kind not in "iu":
        raise TypeError(f"unsupported type {width.dtype} for operand 'width'")
    a = asanyarray(a)
    if _is_vstring(a):
        return _zfill(a, width)
    sizes = maximum(str_len(a), width)
    out = empty_like(a, dtype=_sized(a, sizes), shape=sizes.shape)
    return _zfill(a, width, out=out)


def _split_once(find_place, ufunc, by_index, a, sep):
    a = asanyarray(a)
    sep = asanyarray(sep, dtype=a.dtype) if _is_vstring(a) else asanyarray(sep)
    if _is_vstring(sep):
        return ufunc(asanyarray(a, dtype=sep.dtype), sep)
    sep = sep.astype(a.dtype.char if sep.dtype.char != a.dtype.char else sep.dtype, copy=False)
    place = find_place(a, sep, 0, MAX)
    total, separator = str_len(a), str_len(sep)
    missing = place < 0
    from .multiarray import where

    before = where(missing, total if find_place is _find_ufunc else 0, place)
    middle = where(missing, 0, separator)
    after = where(missing, 0 if find_place is _find_ufunc else total, total - place - separator)
    shape = _broadcast_shape(a.shape, sep.shape)
    out = tuple(empty_like(a, dtype=_sized(a, size), shape=shape) for size in (before, middle, after))
    return by_index(a, sep, place, out=out)


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
    step = asanyarray(1 if step is None else step)
    if step.dtype.kind not in "iu":
        raise TypeError(f"unsupported type {step.dtype} for operand 'step'")
    if (step == 0).any():
        raise ValueError("slice step cannot be zero")
    from .multiarray import where

    length = str_len(a) if start is None or stop is None else None
    if start is None:
        start = where(step < 0, length - 1 if length is not None else 0, 0)
    if stop is None:
        stop = where(step < 0, -length - 1 if length is not None else 0, MAX)
    return _slice(a, start, stop, step)


def _cased(a, method, of_ascii):
    """Each text with its case changed: ASCII by the ufunc `of_ascii`, what needs Unicode by `str`'s method."""
    a = asarray(a)
    if a.dtype.char not in "SUT" or not isinstance(getattr(a.dtype, "na_object", ""), str):
        # Single characters; missing texts, to which the method says what it says; what is no text is refused.
        return _vec_string(a, a.dtype, method)
    result = of_ascii(a, out=empty_like(a, order="C"))
    if a.dtype.char != "S" and (others := ~_isascii(a, out=...)).any():
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
    return _to_bytes_or_str_array(
        _vec_string(a, dtype("O"), "decode", _clean_args(encoding, errors)), dtype("U0").type("")
    )


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
