"""`chararray`, an array of text with a method for each of the older text functions, and what makes one.

Longer than other modules for its docstrings: each method is a call of the function of its name.
"""

from .._globals import PUBLIC_ROOT
from .._utils import set_module
from . import _char_functions as functions, numerictypes as nt
from .multiarray import array as narray, asarray as _asarray, ndarray


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

    Examples
    --------
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
        return functions.equal(self, other)

    def __ne__(self, other):
        return functions.not_equal(self, other)

    def __ge__(self, other):
        return functions.greater_equal(self, other)

    def __le__(self, other):
        return functions.less_equal(self, other)

    def __gt__(self, other):
        return functions.greater(self, other)

    def __lt__(self, other):
        return functions.less(self, other)

    __hash__ = None

    def __add__(self, other):
        return functions.add(self, other)

    def __radd__(self, other):
        return functions.add(other, self)

    def __mul__(self, i):
        return asarray(functions.multiply(self, i))

    def __rmul__(self, i):
        return asarray(functions.multiply(self, i))

    def __mod__(self, i):
        return asarray(functions.mod(self, i))

    def __rmod__(self, other):
        return NotImplemented

    def argsort(self, axis=-1, kind=None, order=None, *, stable=None):
        """The indices that sort the texts along an axis.

        Parameters
        ----------
        axis : int, optional
            The axis to sort along; None sorts the flattened array.
        kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
            Names of algorithms; only whether they are stable counts.
        order : None
            Fields to compare; ValueError, as a `chararray` has none.
        stable : bool, optional
            Whether equal texts keep their order; not together with `kind`.

        Returns
        -------
        ndarray of intp, of the array's shape.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["b", "c", "a"]).argsort()
        array([2, 0, 1])
        """
        return self.view(ndarray).argsort(axis, kind, order, stable=stable)

    def capitalize(self):
        """The texts with their first character in upper case and all others in lower case.

        Returns
        -------
        chararray of the same shape.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["oNE two"]).capitalize()
        chararray(['One two'], dtype='<U7')
        """
        return asarray(functions.capitalize(self))

    def center(self, width, fillchar=" "):
        """The texts in the middle of `width` characters, padded on both sides.

        Parameters
        ----------
        width : int or array_like of int
            The length of the results; longer texts are kept whole.
        fillchar : str or bytes, optional
            The character to pad with.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["ab", "c"]).center(4, "*")
        chararray(['*ab*', '*c**'], dtype='<U4')
        """
        return asarray(functions.center(self, width, fillchar))

    def count(self, sub, start=0, end=None):
        """How often `sub` occurs in each text; occurrences don't overlap.

        Parameters
        ----------
        sub : array_like of str or bytes
            What to look for.
        start, end : int or array_like of int, optional
            Only ``text[start:end]`` is searched.

        Returns
        -------
        ndarray of int.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["banana", "ant"]).count("an")
        array([2, 1])
        """
        return functions.count(self, sub, start, end)

    def decode(self, encoding=None, errors=None):
        r"""The bytes as str.

        Parameters
        ----------
        encoding : str, optional
            The name of a codec; by default UTF-8.
        errors : str, optional
            What to do with bytes that the codec does not know, as for `bytes.decode`.

        Returns
        -------
        ndarray of str, with the same shape.

        Raises
        ------
        UnicodeDecodeError
            For bytes that mean nothing in that encoding.
        AttributeError
            If the elements are str already.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array([b"caf\xc3\xa9"]).decode("utf-8")
        array(['café'], dtype='<U4')
        """
        return functions.decode(self, encoding, errors)

    def encode(self, encoding=None, errors=None):
        """The texts as bytes.

        Parameters
        ----------
        encoding : str, optional
            The name of a codec; by default UTF-8.
        errors : str, optional
            What to do with characters that the codec does not have, as for `str.encode`.

        Returns
        -------
        ndarray of bytes, with the same shape.

        Raises
        ------
        UnicodeEncodeError
            For a character that the encoding does not have.
        AttributeError
            If the elements are bytes already.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["one"], unicode=True).encode("ascii")
        array([b'one'], dtype='|S3')
        """
        return functions.encode(self, encoding, errors)

    def endswith(self, suffix, start=0, end=None):
        """Whether each text ends with `suffix`.

        Parameters
        ----------
        suffix : array_like of str or bytes
            The ending.
        start, end : int or array_like of int, optional
            Only ``text[start:end]`` counts.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["a.txt", "b.csv"]).endswith(".csv")
        array([False,  True])
        """
        return functions.endswith(self, suffix, start, end)

    def expandtabs(self, tabsize=8):
        """The texts with each tab replaced by spaces up to the next column.

        Parameters
        ----------
        tabsize : int or array_like of int, optional
            The number of characters from one column to the next.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["a" + chr(9) + "b"]).expandtabs(4)
        chararray(['a   b'], dtype='<U5')
        """
        return asarray(functions.expandtabs(self, tabsize))

    def find(self, sub, start=0, end=None):
        """Where `sub` first occurs in each text, -1 where it does not.

        Parameters
        ----------
        sub : array_like of str or bytes
            What to look for.
        start, end : int or array_like of int, optional
            Only ``text[start:end]`` is searched; places count from the text's start.

        Returns
        -------
        ndarray of int.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["banana", "kiwi"]).find("an")
        array([ 1, -1])
        """
        return functions.find(self, sub, start, end)

    def index(self, sub, start=0, end=None):
        """Where `sub` first occurs in each text.

        Parameters
        ----------
        sub : array_like of str or bytes
            What to look for.
        start, end : int or array_like of int, optional
            Only ``text[start:end]`` is searched; places count from the text's start.

        Returns
        -------
        ndarray of int.

        Raises
        ------
        ValueError
            If `sub` is missing in a text.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["banana", "ant"]).index("an")
        array([1, 0])
        """
        return functions.index(self, sub, start, end)

    def isalnum(self):
        """Whether each text is not empty and holds letters and digits only.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["a1", "a 1"]).isalnum()
        array([ True, False])
        """
        return functions.isalnum(self)

    def isalpha(self):
        """Whether each text is not empty and holds letters only.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["ab", "a1"]).isalpha()
        array([ True, False])
        """
        return functions.isalpha(self)

    def isdigit(self):
        """Whether each text is not empty and holds digits only, raised ones included.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["12", "1.2"]).isdigit()
        array([ True, False])
        """
        return functions.isdigit(self)

    def islower(self):
        """Whether each text has letters with a case, all of them lower.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["ab1", "Ab", "12"]).islower()
        array([ True, False, False])
        """
        return functions.islower(self)

    def isspace(self):
        """Whether each text is not empty and holds white space only.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array([" ", "a "]).isspace()
        array([ True, False])
        """
        return functions.isspace(self)

    def istitle(self):
        """Whether in each text every word begins with an upper case letter and goes on in lower case.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["One Two", "One two"]).istitle()
        array([ True, False])
        """
        return functions.istitle(self)

    def isupper(self):
        """Whether each text has letters with a case, all of them upper.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["AB1", "Ab", "12"]).isupper()
        array([ True, False, False])
        """
        return functions.isupper(self)

    def join(self, seq):
        """The characters of each element of `seq`, with this array's text between them.

        Parameters
        ----------
        seq : array_like of str or bytes
            The texts whose characters are taken apart; broadcast against this array.

        Returns
        -------
        ndarray of str or bytes.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["-", "."]).join(["abc", "de"])
        array(['a-b-c', 'd.e'], dtype='<U5')
        """
        return functions.join(self, seq)

    def ljust(self, width, fillchar=" "):
        """The texts at the start of `width` characters, padded behind.

        Parameters
        ----------
        width : int or array_like of int
            The length of the results; longer texts are kept whole.
        fillchar : str or bytes, optional
            The character to pad with.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["ab", "c"]).ljust(3, "*")
        chararray(['ab*', 'c**'], dtype='<U3')
        """
        return asarray(functions.ljust(self, width, fillchar))

    def lower(self):
        """The texts in lower case.

        Returns
        -------
        chararray of the same shape.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["Ab"]).lower()
        chararray(['ab'], dtype='<U2')
        """
        return asarray(functions.lower(self))

    def lstrip(self, chars=None):
        """The texts without the white space, or the characters, that they begin with.

        Parameters
        ----------
        chars : array_like of str or bytes, optional
            The set of characters to take away; white space by default.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array([" a", "xxb"]).lstrip(" x")
        chararray(['a', 'b'], dtype='<U3')
        """
        return functions.lstrip(self, chars)

    def partition(self, sep):
        """Each text cut in three at the first `sep`.

        Parameters
        ----------
        sep : array_like of str or bytes
            The separator; where it is missing, the text comes first and two empty ones behind it.

        Returns
        -------
        chararray with a new last axis of length 3: before, separator, behind.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["a=b=c"]).partition("=")
        chararray([['a', '=', 'b=c']], dtype='<U3')
        """
        return asarray(functions.partition(self, sep))

    def replace(self, old, new, count=None):
        """The texts with `old` replaced by `new`.

        Parameters
        ----------
        old, new : array_like of str or bytes
            What to replace, and by what.
        count : int or array_like of int, optional
            How many occurrences of a text to replace, from its start; all by default.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["banana"]).replace("an", "on", 1)
        chararray(['bonana'], dtype='<U6')
        """
        return functions.replace(self, old, new, count if count is not None else -1)

    def rfind(self, sub, start=0, end=None):
        """Where `sub` last occurs in each text, -1 where it does not.

        Parameters
        ----------
        sub : array_like of str or bytes
            What to look for.
        start, end : int or array_like of int, optional
            Only ``text[start:end]`` is searched; places count from the text's start.

        Returns
        -------
        ndarray of int.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["banana", "kiwi"]).rfind("an")
        array([ 3, -1])
        """
        return functions.rfind(self, sub, start, end)

    def rindex(self, sub, start=0, end=None):
        """Where `sub` last occurs in each text.

        Parameters
        ----------
        sub : array_like of str or bytes
            What to look for.
        start, end : int or array_like of int, optional
            Only ``text[start:end]`` is searched; places count from the text's start.

        Returns
        -------
        ndarray of int.

        Raises
        ------
        ValueError
            If `sub` is missing in a text.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["banana", "ant"]).rindex("an")
        array([3, 0])
        """
        return functions.rindex(self, sub, start, end)

    def rjust(self, width, fillchar=" "):
        """The texts at the end of `width` characters, padded in front.

        Parameters
        ----------
        width : int or array_like of int
            The length of the results; longer texts are kept whole.
        fillchar : str or bytes, optional
            The character to pad with.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["ab", "c"]).rjust(3, "*")
        chararray(['*ab', '**c'], dtype='<U3')
        """
        return asarray(functions.rjust(self, width, fillchar))

    def rpartition(self, sep):
        """Each text cut in three at the last `sep`.

        Parameters
        ----------
        sep : array_like of str or bytes
            The separator; where it is missing, two empty texts come first and the text behind them.

        Returns
        -------
        chararray with a new last axis of length 3: before, separator, behind.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["a=b=c"]).rpartition("=")
        chararray([['a=b', '=', 'c']], dtype='<U3')
        """
        return asarray(functions.rpartition(self, sep))

    def rsplit(self, sep=None, maxsplit=None):
        """The parts of each text between separators, as lists; the last separators are taken first.

        Parameters
        ----------
        sep : str or bytes, optional
            The separator; runs of white space by default.
        maxsplit : int, optional
            How many cuts to make at most, from the right; all by default.

        Returns
        -------
        ndarray of lists, with dtype object.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["a b c"]).rsplit(maxsplit=1)
        array([list(['a b', 'c'])], dtype=object)
        """
        return functions.rsplit(self, sep, maxsplit)

    def rstrip(self, chars=None):
        """The texts without the white space, or the characters, that they end with.

        Parameters
        ----------
        chars : array_like of str or bytes, optional
            The set of characters to take away; white space by default.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["abb", "cb"]).rstrip("b")
        chararray(['a', 'c'], dtype='<U3')
        """
        return functions.rstrip(self, chars)

    def split(self, sep=None, maxsplit=None):
        """The parts of each text between separators, as lists.

        Parameters
        ----------
        sep : str or bytes, optional
            The separator; runs of white space by default.
        maxsplit : int, optional
            How many cuts to make at most; all by default.

        Returns
        -------
        ndarray of lists, with dtype object.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["a b c"]).split(maxsplit=1)
        array([list(['a', 'b c'])], dtype=object)
        """
        return functions.split(self, sep, maxsplit)

    def splitlines(self, keepends=None):
        """The lines of each text, as lists.

        Parameters
        ----------
        keepends : bool, optional
            Whether lines keep the characters that end them.

        Returns
        -------
        ndarray of lists, with dtype object.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["one" + chr(10) + "two"]).splitlines()
        array([list(['one', 'two'])], dtype=object)
        """
        return functions.splitlines(self, keepends)

    def startswith(self, prefix, start=0, end=None):
        """Whether each text begins with `prefix`.

        Parameters
        ----------
        prefix : array_like of str or bytes
            The beginning.
        start, end : int or array_like of int, optional
            Only ``text[start:end]`` counts.

        Returns
        -------
        ndarray of bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["x1", "y1"]).startswith("x")
        array([ True, False])
        """
        return functions.startswith(self, prefix, start, end)

    def strip(self, chars=None):
        """The texts without the white space, or the characters, at both ends.

        Parameters
        ----------
        chars : array_like of str or bytes, optional
            The set of characters to take away; white space by default.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array([" a ", "xbx"]).strip(" x")
        chararray(['a', 'b'], dtype='<U3')
        """
        return functions.strip(self, chars)

    def swapcase(self):
        """The texts with upper case letters made lower and lower case ones made upper.

        Returns
        -------
        chararray of the same shape.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["Ab"]).swapcase()
        chararray(['aB'], dtype='<U2')
        """
        return asarray(functions.swapcase(self))

    def title(self):
        """The texts with the first letter of every word in upper case and all others in lower case.

        Returns
        -------
        chararray of the same shape.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["one TWO"]).title()
        chararray(['One Two'], dtype='<U7')
        """
        return asarray(functions.title(self))

    def translate(self, table, deletechars=None):
        """The texts with each character replaced by what a table says.

        Parameters
        ----------
        table : bytes, str or dict
            For bytes, the 256 bytes that take the places of 0 to 255; for str, what `str.translate` takes.
        deletechars : bytes, optional
            For bytes: what to take out first.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["cab"], unicode=True).translate({ord("a"): "o"})
        chararray(['cob'], dtype='<U3')
        >>> np.char.array([b"cab"]).translate(bytes(range(256)), b"a")
        chararray([b'cb'], dtype='|S3')
        """
        return asarray(functions.translate(self, table, deletechars))

    def upper(self):
        """The texts in upper case.

        Returns
        -------
        chararray of the same shape.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["Ab"]).upper()
        chararray(['AB'], dtype='<U2')
        """
        return asarray(functions.upper(self))

    def zfill(self, width):
        """Texts of numbers padded with zeros behind their sign.

        Parameters
        ----------
        width : int or array_like of int
            The length of the results; longer texts are kept whole.

        Returns
        -------
        chararray.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["-1", "20"]).zfill(4)
        chararray(['-001', '0020'], dtype='<U4')
        """
        return asarray(functions.zfill(self, width))

    def isnumeric(self):
        """Whether each text is not empty and holds numeric characters only, fractions included.

        Returns
        -------
        ndarray of bool.

        Raises
        ------
        TypeError
            If the elements are bytes.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["12", "a"], unicode=True).isnumeric()
        array([ True, False])
        """
        return functions.isnumeric(self)

    def isdecimal(self):
        """Whether each text is not empty and holds decimal digits only, no raised ones.

        Returns
        -------
        ndarray of bool.

        Raises
        ------
        TypeError
            If the elements are bytes.

        Examples
        --------
        >>> import sharray as np
        >>> np.char.array(["12", "1.2"], unicode=True).isdecimal()
        array([ True, False])
        """
        return functions.isdecimal(self)


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
