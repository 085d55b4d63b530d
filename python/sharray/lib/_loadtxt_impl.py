"""`loadtxt`: tables of text with one form of row, read by the compiled tokenizer."""

import contextlib
import operator
import os
import warnings

from .._core.fromnumeric import squeeze
from .._core.multiarray import concatenate, dtype as _dtype
from .._core.overrides import finalize_array_function_like
from .._core.shape_base import atleast_1d, atleast_2d
from .._engine import _load_from_filelike
from .._utils import set_module
from . import _datasource
from ._dispatch import array_function_dispatch
from ._progress import told

__all__ = ['loadtxt']


def _ensure_ndmin_ndarray_check_param(ndmin):
    """ValueError unless `ndmin` is 0, 1 or 2."""
    if ndmin not in (0, 1, 2):
        raise ValueError(f"Illegal value of ndmin keyword: {ndmin}")


def _ensure_ndmin_ndarray(a, *, ndmin):
    """`a` without axes of length 1, but with `ndmin` axes at least."""
    if a.ndim > ndmin:
        a = squeeze(a)
    if a.ndim < ndmin:
        if ndmin == 1:
            a = atleast_1d(a)
        elif ndmin == 2:
            a = atleast_2d(a).T
    return a


def _check_nonneg_int(value, name="argument"):
    try:
        operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer") from None
    if value < 0:
        raise ValueError(f"{name} must be nonnegative")


def _preprocess_comments(iterable, comments, encoding):
    """The lines of `iterable` up to whichever comment comes first."""
    for line in iterable:
        if isinstance(line, bytes):
            line = line.decode(encoding)
        for comment in comments:
            line = line.split(comment, 1)[0]
        yield line


def _as_text(value):
    """Bytes as text; everything else as it is."""
    return value.decode('latin1') if isinstance(value, bytes) else value


def _column_list(usecols):
    """`usecols` as a list of integers; TypeError for anything else."""
    if usecols is None:
        return None
    try:
        usecols = list(usecols)
    except TypeError:
        usecols = [usecols]
    for column in usecols:
        try:
            operator.index(column)
        except TypeError as error:
            raise TypeError(
                "usecols must be an int or a sequence of ints but it contains "
                f"at least one element of type {type(column).__name__}"
            ) from error
    return usecols


def _column_converters(converters, usecols):
    """`converters` without those of columns that aren't read; TypeError for what is no converter."""
    if converters is None or callable(converters):
        return converters
    if not isinstance(converters, dict):
        raise TypeError("converters must be a dictionary mapping columns to converter functions or a single callable.")
    if usecols is None:
        return converters

    def may_be_read(column):
        # Columns are the same if they are spelled the same: -1 is not the last one's other number. What is no integer
        # the engine refuses.
        return column in usecols or not isinstance(column, int)

    return {column: function for column, function in converters.items() if may_be_read(column)}


def _check_control_characters(delimiter, comment, quote):
    """TypeError for a control character that ends lines, or one that white space between fields makes ambiguous."""
    for role, character in (('delimiter', delimiter), ('comments', comment), ('quotechar', quote)):
        if character in ('\n', '\r'):
            raise TypeError(f"the control character `{role}` cannot be a newline, got {character!r}")
        if delimiter is None and isinstance(character, str) and character.isspace():
            raise TypeError(
                f"control characters are incompatible: `{role}` is {character!r}, and white space separates fields"
            )


def _comment_list(comment, delimiter, quote):
    """The comment for the tokenizer, and the list it can't deal with."""
    if comment is None:
        return None, None
    if isinstance(comment, (str, bytes)):
        comments = [_as_text(comment)]
    else:
        comments = [_as_text(one) for one in comment]
    if '' in comments:
        raise ValueError("comments cannot be an empty string. Use comments=None to disable comments.")
    if len(comments) == 0:
        return None, None
    if len(comments) == 1 and len(comments[0]) == 1:
        return comments[0], None
    if delimiter in comments:
        raise TypeError(f"Comment characters '{comments}' cannot include the delimiter '{delimiter}'")
    if quote is not None:
        raise ValueError(
            "when multiple comments or a multi-character comment is "
            "given, quotes are not supported.  In this case "
            "quotechar must be set to None."
        )
    return None, comments


def _open_table(fname, encoding):
    """What to read lines from, whether it is a file, its encoding, and what
    to close after."""
    if isinstance(fname, os.PathLike):
        fname = os.fspath(fname)
    if isinstance(fname, str):
        fh = told(_datasource.open(fname, 'rt', encoding=encoding), fname)
        if encoding is None:
            encoding = getattr(fh, 'encoding', 'latin1')
        return fh, True, encoding, contextlib.closing(fh)
    if encoding is None:
        encoding = getattr(fname, 'encoding', 'latin1')
    try:
        lines = iter(fname)
    except TypeError as error:
        raise ValueError(
            f"fname must be a string, filehandle, list of strings,\nor generator. Got {type(fname)} instead."
        ) from error
    return lines, False, encoding, contextlib.nullcontext()


@contextlib.contextmanager
def _naming(fname):
    """Errors of what the file holds name it, where it has a name."""
    try:
        yield
    except ValueError as error:
        if isinstance(fname, (str, os.PathLike)) and type(error) is ValueError:
            raise ValueError(f"{os.fspath(fname)}: {error}") from error.__cause__
        raise


def _width_is_open(dtype):
    """Whether the strings (or the unit) must be seen before the dtype is whole."""
    return (dtype.kind in 'SU' and dtype.itemsize == 0) or (
        dtype.kind in 'mM' and dtype in (_dtype('m8'), _dtype('M8'))
    )


def _read_chunks(data, dtype, max_rows, skiplines, options):
    """Read rows as objects, chunk by chunk, each cast to the open dtype."""
    from . import _npyio_impl

    chunk_size = _npyio_impl._loadtxt_chunksize
    chunks = []
    while max_rows != 0:
        size = chunk_size if max_rows < 0 else min(chunk_size, max_rows)
        rows = _load_from_filelike(
            data,
            skiplines=skiplines,
            max_rows=size,
            dtype=_dtype(object),
            filelike=False,
            c_byte_converters=dtype.kind == 'S',
            # The size of a chunk is no wish of the caller's.
            tell_blank=max_rows >= 0 and not chunks,
            **options,
        )
        if chunks and len(rows) == 0:
            break
        # At once: strings take less room than objects.
        chunks.append(rows.astype(dtype))
        skiplines = 0
        if max_rows >= 0:
            max_rows -= size
        if len(rows) < size:
            break
    if not chunks:
        return None
    return chunks[0] if len(chunks) == 1 else concatenate(chunks, axis=0)


def _read(
    fname,
    *,
    delimiter=',',
    comment='#',
    quote='"',
    imaginary_unit='j',
    usecols=None,
    skiplines=0,
    max_rows=None,
    converters=None,
    ndmin=None,
    unpack=False,
    dtype=float,
    encoding=None,
):
    """Read a table of text: what `loadtxt` does after its defaults."""
    byte_converters = encoding == 'bytes'
    if byte_converters:
        encoding = None
    if dtype is None:
        raise TypeError("a dtype must be provided.")
    dtype = _dtype(dtype)
    usecols = _column_list(usecols)
    _ensure_ndmin_ndarray_check_param(ndmin)
    comment, comments = _comment_list(comment, delimiter, quote)
    _check_control_characters(delimiter, comment, quote)
    converters = _column_converters(converters, usecols)
    if len(imaginary_unit) != 1:
        raise ValueError(f'len(imaginary_unit) must be 1, is {len(imaginary_unit)}.')
    _check_nonneg_int(skiplines)
    if max_rows is None:
        max_rows = -1
    else:
        _check_nonneg_int(max_rows)

    data, filelike, encoding, to_close = _open_table(fname, encoding)
    with to_close, _naming(fname):
        if comments is not None:
            data = _preprocess_comments(iter(data), comments, encoding)
            filelike = False
        options = {
            'delimiter': delimiter,
            'comment': comment,
            'quote': quote,
            'imaginary_unit': imaginary_unit,
            'usecols': usecols,
            'converters': converters,
            'encoding': encoding,
            'byte_converters': byte_converters,
        }
        arr = None
        if _width_is_open(dtype):
            # A file read in pieces would lose what the tokenizer read ahead.
            arr = _read_chunks(iter(data), dtype, max_rows, skiplines, options)
        if arr is None:
            arr = _load_from_filelike(
                data, skiplines=skiplines, max_rows=max_rows, dtype=dtype, filelike=filelike, **options
            )

    if arr.shape and arr.shape[0] == 0:
        warnings.warn(f'loadtxt: input contained no data: "{fname}"', category=UserWarning, stacklevel=3)
    arr = _ensure_ndmin_ndarray(arr, ndmin=ndmin)
    if not unpack:
        return arr
    names = arr.dtype.names
    return arr.T if names is None else [arr[name] for name in names]


@finalize_array_function_like
@set_module('numpy')
def loadtxt(
    fname,
    dtype=float,
    comments='#',
    delimiter=None,
    converters=None,
    skiprows=0,
    usecols=None,
    unpack=False,
    ndmin=0,
    encoding=None,
    max_rows=None,
    *,
    quotechar=None,
    like=None,
):
    """Read a table of text whose rows all have the same columns.

    `fname` is a path (also of a compressed file), an open file, or any
    iterable of lines. Columns are split at white space or one `delimiter`;
    text after `comments` (a string, several, or None) and the first
    `skiprows` lines are skipped. `usecols` picks columns, `converters` maps
    columns to functions of a string, `max_rows` stops early, `quotechar`
    lets fields hold delimiters, `ndmin` (0, 1, 2) keeps axes of length 1,
    `unpack` gives columns. ValueError names the row and column that can't
    be read.

    Parameters
    ----------
    fname : str, path, open file or iterable of str
    dtype : dtype, optional
        The result's dtype; structured ones have a field for each column.
    comments : str or sequence of str, optional
        What begins a comment.
    delimiter : str, optional
        The character between values; None is any white space.
    converters : callable or dict of callables, optional
        What makes a value of a column's text; for all, or by column.
    skiprows : int, optional
        How many lines to skip first.
    usecols : int or sequence of int, optional
        Which columns to read.
    unpack : bool, optional
        Whether to transpose, so that columns can be assigned to names.
    ndmin : {0, 1, 2}, optional
        The least number of axes.
    encoding : str, optional
        Of the file.
    max_rows : int, optional
        How many lines of data to read at most.
    quotechar : str, optional
        The character that quotes values.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.loadtxt(['1 2', '3 4'])
    array([[1., 2.],
           [3., 4.]])
    """
    if like is not None:
        return _loadtxt_with_like(
            like,
            fname,
            dtype=dtype,
            comments=comments,
            delimiter=delimiter,
            converters=converters,
            skiprows=skiprows,
            usecols=usecols,
            unpack=unpack,
            ndmin=ndmin,
            encoding=encoding,
            max_rows=max_rows,
        )
    return _read(
        fname,
        dtype='f8' if dtype is None else dtype,
        comment=comments,
        delimiter=_as_text(delimiter),
        converters=converters,
        skiplines=skiprows,
        usecols=usecols,
        unpack=unpack,
        ndmin=ndmin,
        encoding=encoding,
        max_rows=max_rows,
        quote=quotechar,
    )


_loadtxt_with_like = array_function_dispatch()(loadtxt)
