"""The older text functions, of module `char`.

They are those of `strings` but for the comparisons, which ignore trailing
white space, and those that make lists or join.
"""

import functools

from .._utils import set_module
from . import strings
from .multiarray import asarray as _asarray, compare_chararrays
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
