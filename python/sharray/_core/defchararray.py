"""The older text functions, and `chararray`, an array of text with text methods.

The functions are those of `strings` but for the comparisons, which ignore trailing
white space, and those that make lists or join.
"""

import functools

from .._globals import PUBLIC_ROOT
from .._utils import set_module
from . import numerictypes as nt, strings
from .multiarray import array as narray, asarray as _asarray, compare_chararrays, ndarray
from .overrides import dispatch_on
from .strings import (
    _join,
    _rsplit,
    _split,
    _splitlines,
    add,
    capitalize,
    center,
    count,
    decode,
    encode,
    endswith,
    expandtabs,
    find,
    index,
    isalnum,
    isalpha,
    isdecimal,
    isdigit,
    islower,
    isnumeric,
    isspace,
    istitle,
    isupper,
    ljust,
    lower,
    lstrip,
    mod,
    replace,
    rfind,
    rindex,
    rjust,
    rstrip,
    startswith,
    str_len,
    strip,
    swapcase,
    title,
    translate,
    upper,
    zfill,
)

__all__ = [
    "equal",
    "not_equal",
    "greater_equal",
    "less_equal",
    "greater",
    "less",
    "str_len",
    "add",
    "multiply",
    "mod",
    "capitalize",
    "center",
    "count",
    "decode",
    "encode",
    "endswith",
    "expandtabs",
    "find",
    "index",
    "isalnum",
    "isalpha",
    "isdigit",
    "islower",
    "isspace",
    "istitle",
    "isupper",
    "join",
    "ljust",
    "lower",
    "lstrip",
    "partition",
    "replace",
    "rfind",
    "rindex",
    "rjust",
    "rpartition",
    "rsplit",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "translate",
    "upper",
    "zfill",
    "isnumeric",
    "isdecimal",
    "array",
    "asarray",
    "compare_chararrays",
    "chararray",
]

_public = functools.partial(dispatch_on, module="numpy.char")


@_public("x1, x2")
def equal(x1, x2):
    """Elementwise: whether `x1` is equal to `x2`, trailing white space left out.

    Parameters
    ----------
    x1, x2 : array_like of str or bytes

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.equal(["a "], ["a"])
    array([ True])
    """
    return compare_chararrays(_text_array(x1), _text_array(x2), "==", True)


@_public("x1, x2")
def not_equal(x1, x2):
    """Elementwise: whether `x1` differs from `x2`, trailing white space left out.

    Parameters
    ----------
    x1, x2 : array_like of str or bytes

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.not_equal(["a "], ["a"])
    array([False])
    """
    return compare_chararrays(_text_array(x1), _text_array(x2), "!=", True)


@_public("x1, x2")
def greater_equal(x1, x2):
    """Elementwise: whether `x1` is at least `x2`, trailing white space left out.

    Parameters
    ----------
    x1, x2 : array_like of str or bytes

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.greater_equal(["a "], ["a"])
    array([ True])
    """
    return compare_chararrays(_text_array(x1), _text_array(x2), ">=", True)


@_public("x1, x2")
def less_equal(x1, x2):
    """Elementwise: whether `x1` is at most `x2`, trailing white space left out.

    Parameters
    ----------
    x1, x2 : array_like of str or bytes

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.less_equal(["a "], ["a"])
    array([ True])
    """
    return compare_chararrays(_text_array(x1), _text_array(x2), "<=", True)


@_public("x1, x2")
def greater(x1, x2):
    """Elementwise: whether `x1` is greater than `x2`, trailing white space left out.

    Parameters
    ----------
    x1, x2 : array_like of str or bytes

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.greater(["a "], ["a"])
    array([False])
    """
    return compare_chararrays(_text_array(x1), _text_array(x2), ">", True)


@_public("x1, x2")
def less(x1, x2):
    """Elementwise: whether `x1` is less than `x2`, trailing white space left out.

    Parameters
    ----------
    x1, x2 : array_like of str or bytes

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.less(["a "], ["a"])
    array([False])
    """
    return compare_chararrays(_text_array(x1), _text_array(x2), "<", True)


def _text_array(a):
    """`a` as an array of text, a plain one."""
    return _asarray(a)


@set_module("numpy.char")
def multiply(a, i):
    """Each text repeated `i` times; ValueError unless `i` holds integers.

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
    >>> np.char.multiply(["a"], 2)
    array(['aa'], dtype='<U2')
    """
    try:
        return strings.multiply(a, i)
    except TypeError:
        raise ValueError("Can only multiply by integers") from None


@set_module("numpy.char")
def partition(a, sep):
    """The text before the first `sep`, `sep` and the rest, along a new last axis of length 3.

    Parameters
    ----------
    a : array_like of str or bytes
    sep : array_like of str or bytes
        The separator.

    Returns
    -------
    ndarray with a new last axis of length 3: before, separator, behind.

    Examples
    --------
    >>> np.char.partition(["a=b"], "=")
    array([['a', '=', 'b']], dtype='<U1')
    """
    from .shape_base import stack

    return stack(strings.partition(a, sep), axis=-1)


@set_module("numpy.char")
def rpartition(a, sep):
    """As `partition`, at the last `sep`.

    Parameters
    ----------
    a : array_like of str or bytes
    sep : array_like of str or bytes
        The separator.

    Returns
    -------
    ndarray with a new last axis of length 3: before, separator, behind.

    Examples
    --------
    >>> np.char.rpartition(["a=b=c"], "=")
    array([['a=b', '=', 'c']], dtype='<U3')
    """
    from .shape_base import stack

    return stack(strings.rpartition(a, sep), axis=-1)


@_public("sep, seq")
def join(sep, seq):
    """The characters of each element of `seq` with `sep` between them.

    Parameters
    ----------
    sep : array_like of str or bytes
        The separators.
    seq : array_like of str or bytes
        The text whose characters are joined.

    Returns
    -------
    ndarray of str or bytes.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.join("-", ["abc"])
    array(['a-b-c'], dtype='<U5')
    """
    return _join(sep, seq)


@_public("a")
def split(a, sep=None, maxsplit=None):
    """Each element's parts as lists, in an object array.

    Parameters
    ----------
    a : array_like of str or bytes
    sep : str or bytes, optional
        The separator; white space by default.
    maxsplit : int, optional
        How often to split at most.

    Returns
    -------
    ndarray of lists.

    Examples
    --------
    >>> np.char.split(["a b c"], maxsplit=1)
    array([list(['a', 'b c'])], dtype=object)
    """
    return _split(a, sep, maxsplit)


@_public("a")
def rsplit(a, sep=None, maxsplit=None):
    """As `split`, counted from the right.

    Parameters
    ----------
    a : array_like of str or bytes
    sep : str or bytes, optional
        The separator; white space by default.
    maxsplit : int, optional
        How often to split at most, from the right.

    Returns
    -------
    ndarray of lists.

    Examples
    --------
    >>> np.char.rsplit(["a b c"], maxsplit=1)
    array([list(['a b', 'c'])], dtype=object)
    """
    return _rsplit(a, sep, maxsplit)


@_public("a")
def splitlines(a, keepends=None):
    """Each element's lines as lists, in an object array.

    Parameters
    ----------
    a : array_like of str or bytes
    keepends : bool, optional
        Whether lines keep their ends.

    Returns
    -------
    ndarray of lists.

    Examples
    --------
    >>> np.char.splitlines(["a" + chr(10) + "b"])
    array([list(['a', 'b'])], dtype=object)
    """
    return _splitlines(a, keepends)


class chararray(ndarray):
    """An array of str or bytes with text methods; trailing white space doesn't count.

    Parameters
    ----------
    shape : tuple
    itemsize : int
        Characters per element.
    unicode : bool
        Whether the elements are str rather than bytes.
    buffer, offset, strides, order
        As for `ndarray`.

    >>> import sharray as np
    >>> np.char.array(["a", "b"]) + "x"
    chararray(['ax', 'bx'], dtype='<U2')
    """

    __module__ = PUBLIC_ROOT + ".char"

    def __new__(subtype, shape, itemsize=1, unicode=False, buffer=None, offset=0, strides=None, order="C"):
        kind = nt.str_ if unicode else nt.bytes_
        filler = None
        if isinstance(buffer, str):
            # text has no buffer interface: it is assigned afterwards
            filler, buffer = buffer, None
        described = (kind, int(itemsize))
        if buffer is None:
            self = ndarray.__new__(subtype, shape, described, order=order)
        else:
            self = ndarray.__new__(
                subtype, shape, described, buffer=buffer, offset=offset, strides=strides, order=order
            )
        if filler is not None:
            self[...] = filler
        return self

    def __array_wrap__(self, arr, context=None, return_scalar=False):
        if arr.dtype.char in "SUbc":
            return arr.view(type(self))
        return arr

    def __array_finalize__(self, obj):
        if self.dtype.char not in "VSUbc":
            raise ValueError("Can only create a chararray from string data.")

    def __getitem__(self, obj):
        value = ndarray.__getitem__(self, obj)
        return value.rstrip() if isinstance(value, nt.character) else value

    def __eq__(self, other):
        return equal(self, other)

    def __ne__(self, other):
        return not_equal(self, other)

    def __ge__(self, other):
        return greater_equal(self, other)

    def __le__(self, other):
        return less_equal(self, other)

    def __gt__(self, other):
        return greater(self, other)

    def __lt__(self, other):
        return less(self, other)

    __hash__ = None

    def __add__(self, other):
        return add(self, other)

    def __radd__(self, other):
        return add(other, self)

    def __mul__(self, i):
        return asarray(multiply(self, i))

    def __rmul__(self, i):
        return asarray(multiply(self, i))

    def __mod__(self, i):
        return asarray(mod(self, i))

    def __rmod__(self, other):
        return NotImplemented

    def argsort(self, axis=-1, kind=None, order=None, *, stable=None):
        """The indices that would sort the texts."""
        return self.view(ndarray).argsort(axis, kind, order, stable=stable)

    def capitalize(self):
        """`char.capitalize` of the elements."""
        return asarray(capitalize(self))

    def center(self, width, fillchar=" "):
        """`char.center` of the elements."""
        return asarray(center(self, width, fillchar))

    def count(self, sub, start=0, end=None):
        """`char.count` of the elements."""
        return count(self, sub, start, end)

    def decode(self, encoding=None, errors=None):
        """`char.decode` of the elements."""
        return decode(self, encoding, errors)

    def encode(self, encoding=None, errors=None):
        """`char.encode` of the elements."""
        return encode(self, encoding, errors)

    def endswith(self, suffix, start=0, end=None):
        """`char.endswith` of the elements."""
        return endswith(self, suffix, start, end)

    def expandtabs(self, tabsize=8):
        """`char.expandtabs` of the elements."""
        return asarray(expandtabs(self, tabsize))

    def find(self, sub, start=0, end=None):
        """`char.find` of the elements."""
        return find(self, sub, start, end)

    def index(self, sub, start=0, end=None):
        """`char.index` of the elements."""
        return index(self, sub, start, end)

    def isalnum(self):
        """`char.isalnum` of the elements."""
        return isalnum(self)

    def isalpha(self):
        """`char.isalpha` of the elements."""
        return isalpha(self)

    def isdigit(self):
        """`char.isdigit` of the elements."""
        return isdigit(self)

    def islower(self):
        """`char.islower` of the elements."""
        return islower(self)

    def isspace(self):
        """`char.isspace` of the elements."""
        return isspace(self)

    def istitle(self):
        """`char.istitle` of the elements."""
        return istitle(self)

    def isupper(self):
        """`char.isupper` of the elements."""
        return isupper(self)

    def join(self, seq):
        """`char.join` of the elements."""
        return join(self, seq)

    def ljust(self, width, fillchar=" "):
        """`char.ljust` of the elements."""
        return asarray(ljust(self, width, fillchar))

    def lower(self):
        """`char.lower` of the elements."""
        return asarray(lower(self))

    def lstrip(self, chars=None):
        """`char.lstrip` of the elements."""
        return lstrip(self, chars)

    def partition(self, sep):
        """`char.partition` of the elements."""
        return asarray(partition(self, sep))

    def replace(self, old, new, count=None):
        """`char.replace` of the elements."""
        return replace(self, old, new, count if count is not None else -1)

    def rfind(self, sub, start=0, end=None):
        """`char.rfind` of the elements."""
        return rfind(self, sub, start, end)

    def rindex(self, sub, start=0, end=None):
        """`char.rindex` of the elements."""
        return rindex(self, sub, start, end)

    def rjust(self, width, fillchar=" "):
        """`char.rjust` of the elements."""
        return asarray(rjust(self, width, fillchar))

    def rpartition(self, sep):
        """`char.rpartition` of the elements."""
        return asarray(rpartition(self, sep))

    def rsplit(self, sep=None, maxsplit=None):
        """`char.rsplit` of the elements."""
        return rsplit(self, sep, maxsplit)

    def rstrip(self, chars=None):
        """`char.rstrip` of the elements."""
        return rstrip(self, chars)

    def split(self, sep=None, maxsplit=None):
        """`char.split` of the elements."""
        return split(self, sep, maxsplit)

    def splitlines(self, keepends=None):
        """`char.splitlines` of the elements."""
        return splitlines(self, keepends)

    def startswith(self, prefix, start=0, end=None):
        """`char.startswith` of the elements."""
        return startswith(self, prefix, start, end)

    def strip(self, chars=None):
        """`char.strip` of the elements."""
        return strip(self, chars)

    def swapcase(self):
        """`char.swapcase` of the elements."""
        return asarray(swapcase(self))

    def title(self):
        """`char.title` of the elements."""
        return asarray(title(self))

    def translate(self, table, deletechars=None):
        """`char.translate` of the elements."""
        return asarray(translate(self, table, deletechars))

    def upper(self):
        """`char.upper` of the elements."""
        return asarray(upper(self))

    def zfill(self, width):
        """`char.zfill` of the elements."""
        return asarray(zfill(self, width))

    def isnumeric(self):
        """`char.isnumeric` of the elements."""
        return isnumeric(self)

    def isdecimal(self):
        """`char.isdecimal` of the elements."""
        return isdecimal(self)


@set_module("numpy.char")
def array(obj, itemsize=None, copy=True, unicode=None, order=None):
    """A `chararray` of the texts in `obj`, or of what `str` makes of its elements.

    `itemsize` fixes the width, `unicode` the kind (None: as found).

    Parameters
    ----------
    obj : array_like of str or bytes
    itemsize : int, optional
        Characters of an element; as many as needed by default.
    copy : bool, optional
        Whether to copy an array.
    unicode : bool, optional
        Whether elements are str rather than bytes; by default as the input.
    order : {'C', 'F', 'A'}, optional
        The order in memory.

    Returns
    -------
    chararray.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.array(["a", "bc"])
    chararray(['a', 'bc'], dtype='<U2')
    """
    if isinstance(obj, (bytes, str)):
        return _from_one_text(obj, itemsize, unicode, order)
    if isinstance(obj, (list, tuple)):
        obj = _asarray(obj)
    if isinstance(obj, ndarray) and issubclass(obj.dtype.type, nt.character):
        return _from_text_array(obj, itemsize, copy, unicode, order)
    if isinstance(obj, ndarray) and issubclass(obj.dtype.type, nt.object_) and itemsize is None:
        # the list finds its own width
        obj = obj.tolist()
    kind = nt.str_ if unicode else nt.bytes_
    if itemsize is None:
        made = narray(obj, dtype=kind, order=order, subok=True, copy=True if copy else None)
    else:
        made = narray(obj, dtype=(kind, itemsize), order=order, subok=True, copy=True if copy else None)
    return made.view(chararray)


def _from_one_text(obj, itemsize, unicode, order):
    if unicode is None:
        unicode = isinstance(obj, str)
    length = len(obj) if itemsize is None else itemsize
    if unicode != isinstance(obj, str):
        obj = obj.decode("ascii") if unicode else obj.encode("ascii")
    return (
        _asarray(obj)
        .astype((nt.str_ if unicode else nt.bytes_, max(int(length), 1)), order=order or "K")
        .reshape(1)[:]
        .view(chararray)
    )


def _from_text_array(obj, itemsize, copy, unicode, order):
    is_str = issubclass(obj.dtype.type, nt.str_)
    if not isinstance(obj, chararray):
        obj = obj.view(chararray)
    if itemsize is None:
        itemsize = obj.itemsize // (4 if is_str else 1)
    if unicode is None:
        unicode = is_str
    kind = nt.str_ if unicode else nt.bytes_
    if order is not None:
        obj = _asarray(obj, order=order).view(chararray)
    if copy or itemsize != obj.itemsize // (4 if is_str else 1) or unicode != is_str:
        obj = obj.astype((kind, int(itemsize)))
    return obj


@set_module("numpy.char")
def asarray(obj, itemsize=None, unicode=None, order=None):
    """As `array`, without a copy where none is needed.

    Parameters
    ----------
    obj : array_like of str or bytes
    itemsize : int, optional
        Characters of an element; as many as needed by default.
    unicode : bool, optional
        Whether elements are str rather than bytes; by default as the input.
    order : {'C', 'F'}, optional
        The order in memory.

    Returns
    -------
    chararray; no copy where the input fits.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.asarray(["a"])
    chararray(['a'], dtype='<U1')
    """
    return array(obj, itemsize, copy=False, unicode=unicode, order=order)
