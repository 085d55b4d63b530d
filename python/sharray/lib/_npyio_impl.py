"""Reading and writing arrays: ``.npy``, ``.npz`` and text.

`loadtxt` lives in `_loadtxt_impl`, `genfromtxt` and its kin in
`_genfromtxt_impl`; both are re-exported.
"""

import contextlib
import os
import pickle
import re
import struct
import weakref
import zlib
from collections.abc import Mapping

from .._core.multiarray import (
    array,
    asanyarray,
    asarray,
    ascontiguousarray,
    dtype as _dtype,
    ndarray,
    packbits,
    unpackbits,
)
from .._core.shape_base import atleast_2d
from .._engine import _format_rows
from .._utils import asbytes, asunicode, set_module
from . import _datasource, _format_impl as format
from ._datasource import DataSource  # noqa: F401  (public through `npyio`)
from ._dispatch import array_function_dispatch
from ._format_impl import _MAX_HEADER_SIZE
from ._genfromtxt_impl import genfromtxt, recfromcsv, recfromtxt  # noqa: F401
from ._loadtxt_impl import loadtxt

__all__ = [
    'savetxt',
    'loadtxt',
    'genfromtxt',
    'load',
    'save',
    'savez',
    'savez_compressed',
    'packbits',
    'unpackbits',
    'fromregex',
]

# Rows per read where the width of strings is not known before: see `loadtxt`.
_loadtxt_chunksize = 50000


class BagObj:
    """Gives the items of an object as attributes.

    >>> np.lib.npyio.NpzFile is not None
    True
    """

    def __init__(self, obj):
        # A weak reference: the bag lives in the object it looks into.
        self._obj = weakref.proxy(obj)

    def __getattribute__(self, key):
        try:
            return object.__getattribute__(self, '_obj')[key]
        except KeyError:
            raise AttributeError(key) from None

    def __dir__(self):
        return list(object.__getattribute__(self, '_obj').keys())


def zipfile_factory(file, *args, **kwargs):
    """A `ZipFile` of a path or a file, with room for more than 4 GB.

    >>> import io
    >>> np.lib._npyio_impl.zipfile_factory(io.BytesIO(), mode='w').namelist()
    []
    """
    import zipfile

    if not hasattr(file, 'read'):
        file = os.fspath(file)
    kwargs['allowZip64'] = True
    return zipfile.ZipFile(file, *args, **kwargs)


def _refuse_overlaps(archive):
    """BadZipFile for members that share bytes: so a small archive could unfold to any size."""
    import zipfile

    end = 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise zipfile.BadZipFile(f"the member {info.filename!r} overlaps another one: this is no archive of arrays")
        # A local header takes 30 bytes and the name at least.
        end = info.header_offset + 30 + info.compress_size


# What one byte can become at most, by the format of deflated data.
_DEFLATE_RATIO = 1032


def _refuse_impossible(info):
    """ValueError for a member that claims to be larger than its bytes in the archive can make it."""
    import zipfile

    if info.flag_bits & 1:
        raise ValueError(f"the member {info.filename!r} of the archive is encrypted")
    most = {zipfile.ZIP_STORED: info.compress_size, zipfile.ZIP_DEFLATED: (info.compress_size + 1) * _DEFLATE_RATIO}
    if info.file_size > most.get(info.compress_type, info.file_size):
        raise ValueError(
            f"the member {info.filename!r} claims {info.file_size} bytes, which its {info.compress_size} bytes in the "
            "archive can't hold"
        )


@set_module('numpy.lib.npyio')
class NpzFile(Mapping):
    """The arrays of a ``.npz`` archive by name, each read when it is asked for.

    A mapping and a context manager; the names of ``.npy`` members go with or
    without the ending, other members are given as bytes. `f` has the arrays
    as attributes. Close it, or use ``with``.

    Parameters
    ----------
    fid : file open for reading bytes
    own_fid : bool, optional
        Whether to close it in the end.
    allow_pickle : bool, optional
        Whether objects may be stored as pickles.
    pickle_kwargs : dict, optional
        What pickles are loaded with.
    max_header_size : int, optional
        The greatest length of a header that is parsed.

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.savez(fp, a=np.arange(2))
    >>> _ = fp.seek(0)
    >>> with np.load(fp) as archive:
    ...     archive['a']
    array([0, 1])
    """

    # Before __init__ has run, and after close().
    zip = None
    fid = None
    _MAX_REPR_ARRAY_COUNT = 5

    def __init__(self, fid, own_fid=False, allow_pickle=False, pickle_kwargs=None, *, max_header_size=_MAX_HEADER_SIZE):
        try:
            archive = zipfile_factory(fid)
        except (NotImplementedError, struct.error) as error:
            raise ValueError(f"the archive is damaged: {error}") from error
        _refuse_overlaps(archive)
        members = archive.namelist()
        self.files = [name.removesuffix('.npy') for name in members]
        # A member's own name wins over another's without its ending.
        self._members = dict(zip(self.files, members))
        self._members.update((name, name) for name in members)
        self.allow_pickle = allow_pickle
        self.max_header_size = max_header_size
        self.pickle_kwargs = pickle_kwargs
        self.zip = archive
        self.f = BagObj(self)
        if own_fid:
            self.fid = fid

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.close()

    def close(self):
        """Close the archive, and the file if it was opened here.

        Returns
        -------
        None.

        Examples
        --------
        >>> np.savez("some.npz", a=[1, 2])
        >>> archive = np.load("some.npz")
        >>> archive.close()
        """
        if self.zip is not None:
            self.zip.close()
            self.zip = None
        if self.fid is not None:
            self.fid.close()
            self.fid = None
        self.f = None

    def __del__(self):
        self.close()

    def __iter__(self):
        return iter(self.files)

    def __len__(self):
        return len(self.files)

    def __getitem__(self, key):
        try:
            member = self._members[key]
        except KeyError:
            raise KeyError(f"{key} is not a file in the archive") from None
        info = self.zip.getinfo(member)
        _refuse_impossible(info)
        try:
            with self.zip.open(info) as data:
                start = data.read(len(format.MAGIC_PREFIX))
                data.seek(0)
                if start != format.MAGIC_PREFIX:
                    return data.read()
                return format._read_array(
                    data, info.file_size, self.allow_pickle, self.pickle_kwargs, self.max_header_size
                )
        except (EOFError, zlib.error, NotImplementedError, struct.error) as error:
            raise ValueError(f"the member {member!r} of the archive is damaged: {error}") from error

    def __contains__(self, key):
        return key in self._members

    def __repr__(self):
        if isinstance(self.fid, str):
            name = self.fid
        else:
            name = getattr(self.fid, 'name', 'object')
        shown = ', '.join(self.files[: self._MAX_REPR_ARRAY_COUNT])
        if len(self.files) > self._MAX_REPR_ARRAY_COUNT:
            shown += '...'
        return f"NpzFile {name!r} with keys: {shown}"

    # Mapping's methods, named here so that they show in the documentation.

    def get(self, key, default=None, /):
        """The array of this name, or `default`.

        Parameters
        ----------
        key : str
            The name of an array.
        default : object, optional
            What is given where it is missing.

        Returns
        -------
        ndarray, or the default.

        Examples
        --------
        >>> np.savez("some.npz", a=[1, 2])
        >>> with np.load("some.npz") as archive:
        ...     archive.get("a"), archive.get("b")
        (array([1, 2]), None)
        """
        return Mapping.get(self, key, default)

    def items(self):
        """A view of the pairs of name and array.

        Returns
        -------
        ItemsView: names and arrays, loaded as they are given.

        Examples
        --------
        >>> np.savez("some.npz", a=[1, 2])
        >>> with np.load("some.npz") as archive:
        ...     list(archive.items())
        [('a', array([1, 2]))]
        """
        return Mapping.items(self)

    def keys(self):
        """A view of the names.

        Returns
        -------
        KeysView of str.

        Examples
        --------
        >>> np.savez("some.npz", a=[1, 2])
        >>> with np.load("some.npz") as archive:
        ...     list(archive.keys())
        ['a']
        """
        return Mapping.keys(self)

    def values(self):
        """A view of the arrays.

        Returns
        -------
        ValuesView of ndarray, loaded as they are given.

        Examples
        --------
        >>> np.savez("some.npz", a=[1, 2])
        >>> with np.load("some.npz") as archive:
        ...     list(archive.values())
        [array([1, 2])]
        """
        return Mapping.values(self)


def _check_load_arguments(mmap_mode, encoding):
    if encoding not in ('ASCII', 'latin1', 'bytes'):
        # Others would corrupt what they read.
        raise ValueError(f"encoding must be 'ASCII', 'latin1', or 'bytes', not {encoding!r}")


@set_module('numpy')
def load(
    file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, max_header_size=_MAX_HEADER_SIZE
):
    """Read a ``.npy``, ``.npz`` or pickle file: a path or an open file.

    Gives an array, an `NpzFile` (close it) or the pickled object. A `.npy`
    file is mapped with `mmap_mode` ('r', 'r+', 'w+', 'c'). Pickles can run
    any code: they need `allow_pickle`; `fix_imports` and `encoding` are for
    those of Python 2. EOFError for an empty file, ValueError for pickled
    data not allowed or a malformed file, UnpicklingError if it is nothing of
    the kind.

    Parameters
    ----------
    file : str, path or file open for reading bytes
    mmap_mode : {None, 'r', 'r+', 'w+', 'c'}, optional
        How to map the file into memory; None reads it.
    allow_pickle : bool, optional
        Whether objects may be stored as pickles.
    fix_imports : bool, optional
        Whether pickles of Python 2 have their names mapped.
    encoding : {'ASCII', 'latin1', 'bytes'}, optional
        Of strings in pickles of Python 2.
    max_header_size : int, optional
        The greatest length of a header that is parsed.

    Returns
    -------
    ndarray, an `NpzFile` of an archive, or what a pickle holds.

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.save(fp, np.arange(3))
    >>> _ = fp.seek(0)
    >>> np.load(fp)
    array([0, 1, 2])
    """
    _check_load_arguments(mmap_mode, encoding)
    pickle_kwargs = {'encoding': encoding, 'fix_imports': fix_imports}
    with contextlib.ExitStack() as stack:
        if hasattr(file, 'read'):
            fid = file
            own_fid = False
        else:
            fid = stack.enter_context(open(os.fspath(file), 'rb'))
            own_fid = True
        start = fid.read(len(format.MAGIC_PREFIX))
        if not start:
            raise EOFError("No data left in file")
        # Back by what was read: the file may have begun before.
        fid.seek(-len(start), 1)
        # A zip archive, or an empty one.
        if start.startswith((b'PK\x03\x04', b'PK\x05\x06')):
            # From here on the archive closes the file.
            stack.pop_all()
            return NpzFile(
                fid,
                own_fid=own_fid,
                allow_pickle=allow_pickle,
                pickle_kwargs=pickle_kwargs,
                max_header_size=max_header_size,
            )
        if start == format.MAGIC_PREFIX:
            if mmap_mode:
                if allow_pickle:
                    max_header_size = 2**64
                return format.open_memmap(file, mode=mmap_mode, max_header_size=max_header_size)
            return format.read_array(
                fid, allow_pickle=allow_pickle, pickle_kwargs=pickle_kwargs, max_header_size=max_header_size
            )
        return _load_pickle(file, fid, allow_pickle, pickle_kwargs)


def _load_pickle(file, fid, allow_pickle, pickle_kwargs):
    if not allow_pickle:
        raise ValueError("Cannot load file containing pickled data when allow_pickle=False")
    try:
        return pickle.load(fid, **pickle_kwargs)
    except Exception as error:
        raise pickle.UnpicklingError(f"Failed to interpret file {file!r} as a pickle") from error


def _save_dispatcher(file, arr, allow_pickle=None):
    return (arr,)


@array_function_dispatch(_save_dispatcher)
def save(file, arr, allow_pickle=True):
    """Write an array to a ``.npy`` file.

    `file` is a path (the ending is added if missing) or an open binary file.
    ValueError for objects without `allow_pickle`.

    Parameters
    ----------
    file : str, path or file open for writing bytes
        Names get '.npy' behind them where it is missing.
    arr : array_like
    allow_pickle : bool, optional
        Whether objects may be stored as pickles.

    Returns
    -------
    None.

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.save(fp, np.arange(3))
    """
    if hasattr(file, 'write'):
        context = contextlib.nullcontext(file)
    else:
        file = os.fspath(file)
        if not file.endswith('.npy'):
            file += '.npy'
        context = open(file, 'wb')
    with context as fid:
        format.write_array(fid, asanyarray(arr), allow_pickle=allow_pickle, pickle_kwargs={'fix_imports': True})


def _savez_dispatcher(file, *args, allow_pickle=True, **kwds):
    yield from args
    yield from kwds.values()


@array_function_dispatch(_savez_dispatcher)
def savez(file, *args, allow_pickle=True, **kwds):
    """Write arrays to an uncompressed ``.npz`` archive.

    Arrays given by keyword keep that name, the others become ``arr_0``,
    ``arr_1`` and so on; ValueError where both ask for one name.

    Parameters
    ----------
    file : str, path or file open for writing bytes
        Names get '.npz' behind them where it is missing.
    *args : array_like
        Stored as 'arr_0', 'arr_1' and so on.
    allow_pickle : bool, optional
        Whether objects may be stored as pickles.
    **kwds : array_like
        Stored by name.

    Returns
    -------
    None.

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.savez(fp, x=np.arange(3))
    """
    _savez(file, args, kwds, False, allow_pickle=allow_pickle)


@array_function_dispatch(_savez_dispatcher)
def savez_compressed(file, *args, allow_pickle=True, **kwds):
    """Write arrays to a compressed ``.npz`` archive: see `savez`.

    Parameters
    ----------
    file : str, path or file open for writing bytes
        Names get '.npz' behind them where it is missing.
    *args : array_like
        Stored as 'arr_0', 'arr_1' and so on.
    allow_pickle : bool, optional
        Whether objects may be stored as pickles.
    **kwds : array_like
        Stored by name.

    Returns
    -------
    None.

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.savez_compressed(fp, x=np.arange(3))
    """
    _savez(file, args, kwds, True, allow_pickle=allow_pickle)


def _savez(file, args, kwds, compress, allow_pickle=True, pickle_kwargs=None):
    """Write a ``.npz`` archive."""
    import zipfile

    if not hasattr(file, 'write'):
        file = os.fspath(file)
        if not file.endswith('.npz'):
            file += '.npz'
    arrays = dict(kwds)
    for i, value in enumerate(args):
        name = f'arr_{i}'
        if name in arrays:
            raise ValueError(f"Cannot use un-named variables and keyword {name}")
        arrays[name] = value
    compression = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile_factory(file, mode='w', compression=compression) as archive:
        for name, value in arrays.items():
            # The size of a member is not known before it is written.
            with archive.open(name + '.npy', 'w', force_zip64=True) as member:
                format.write_array(member, asanyarray(value), allow_pickle=allow_pickle, pickle_kwargs=pickle_kwargs)


def _savetxt_dispatcher(
    fname, X, fmt=None, delimiter=None, newline=None, header=None, footer=None, comments=None, encoding=None
):
    return (X,)


class _TextOrBytes:
    """Writes text to a file of either kind: the first write finds out which."""

    def __init__(self, fh, encoding):
        self.fh = fh
        self.encoding = encoding
        self.write = self._first_write

    def close(self):
        self.fh.close()

    def _write_bytes(self, text):
        self.fh.write(text.encode(self.encoding))

    def _first_write(self, text):
        try:
            self.fh.write(text)
            self.write = self.fh.write
        except TypeError:
            self._write_bytes(text)
            self.write = self._write_bytes


def _open_for_text(fname, encoding):
    """`fname` to write text to, and whether it must be closed after."""
    if isinstance(fname, os.PathLike):
        fname = os.fspath(fname)
    if isinstance(fname, str):
        # The data source knows how to compress but opens only what exists.
        open(fname, 'w').close()
        return _datasource.open(fname, 'wt', encoding=encoding), True
    if hasattr(fname, 'write'):
        return _TextOrBytes(fname, encoding or 'latin1'), False
    raise ValueError(f'fname must be a string or file handle, is {type(fname)}')


def _row_format(fmt, columns, is_complex, delimiter):
    """The format of a whole row, from one or several."""
    if type(fmt) in (list, tuple):
        if len(fmt) != columns:
            raise AttributeError(f'fmt has wrong shape.  {fmt!s}')
        return delimiter.join(fmt)
    if not isinstance(fmt, str):
        raise ValueError(f'invalid fmt: {fmt!r}')
    count = fmt.count('%')
    if count == 1:
        one = f' ({fmt}+{fmt}j)' if is_complex else fmt
        return delimiter.join([one] * columns)
    if count != (2 * columns if is_complex else columns):
        raise ValueError(f'fmt has wrong number of % formats:  {fmt}')
    return fmt


def _rows_of(X, is_complex, row_format):
    """The rows as tuples of what the format gets."""
    if is_complex:
        for row in X:
            yield tuple(part for number in row for part in (number.real, number.imag))
    elif X.dtype.names is None and X.dtype.char in 'dlq' and not re.search(r'%[^%a-zA-Z]*[ra]', row_format):
        # As Python numbers, which print the same (but for their `repr`) and are made faster.
        for start in range(0, len(X), 4096):
            yield from map(tuple, X[start : start + 4096].tolist())
    else:
        yield from map(tuple, X)


@array_function_dispatch(_savetxt_dispatcher)
def savetxt(fname, X, fmt='%.18e', delimiter=' ', newline='\n', header='', footer='', comments='# ', encoding=None):
    """Write a 1-D or 2-D array as text, a line per row.

    `fmt` is one format for every number, a sequence with one per column, or
    the format of the row. A file name that ends in ``.gz``, ``.bz2`` or
    ``.xz`` is compressed. `header` and `footer` stand behind `comments`.
    ValueError for other shapes or formats, TypeError for data that don't
    fit the format.

    Parameters
    ----------
    fname : str, path or open file
        Names that end in '.gz' are compressed.
    X : array_like, 1-d or 2-d
    fmt : str or sequence of str, optional
        How each value becomes text.
    delimiter : str, optional
        What stands between columns.
    newline : str, optional
        What ends lines.
    header : str, optional
        Text at the beginning, as a comment.
    footer : str, optional
        Text at the end, as a comment.
    comments : str, optional
        What begins a comment.
    encoding : str, optional
        Of the file.

    Returns
    -------
    None.

    Examples
    --------
    >>> import io
    >>> fp = io.StringIO()
    >>> np.savetxt(fp, [[1, 2], [3, 4]], fmt='%d', delimiter=',')
    >>> fp.getvalue()
    '1,2\\n3,4\\n'
    """
    if isinstance(fmt, bytes):
        fmt = asunicode(fmt)
    delimiter = asunicode(delimiter)
    fh, own_fh = _open_for_text(fname, encoding)
    try:
        X = asarray(X)
        if X.ndim == 0 or X.ndim > 2:
            raise ValueError(f"Expected 1D or 2D array, got {X.ndim}D array instead")
        if X.ndim == 1:
            if X.dtype.names is None:
                X = atleast_2d(X).T
                columns = 1
            else:
                columns = len(X.dtype.names)
        else:
            columns = X.shape[1]
        is_complex = X.dtype.kind == 'c'
        row_format = _row_format(fmt, columns, is_complex, delimiter)
        if header:
            header = header.replace('\n', '\n' + comments)
            fh.write(comments + header + newline)
        _write_rows(fh, X, row_format, newline, is_complex)
        if footer:
            footer = footer.replace('\n', '\n' + comments)
            fh.write(comments + footer + newline)
    finally:
        if own_fh:
            fh.close()


# Numbers formatted at a time.
_SAVETXT_BLOCK = 1 << 15


def _plain_numbers(rows):
    """`rows` as a two-dimensional array of float64 or int64 that print the same; None where there is none."""
    if rows.ndim != 2 or type(rows) is not ndarray:
        return None
    char = rows.dtype.char
    if char in 'FD':
        rows = ascontiguousarray(rows).view('f4' if char == 'F' else 'f8')
    elif char not in 'bBhHiIlqefd':
        return None
    return ascontiguousarray(rows, dtype='f8' if rows.dtype.kind == 'f' else 'i8')


def _format_block(rows, row_format, newline, is_complex):
    """The lines of a block of rows."""
    numbers = _plain_numbers(rows)
    text = None if numbers is None else _format_rows(numbers, row_format, newline)
    if text is not None:
        return text.replace('+-', '-') if is_complex else text
    lines = []
    for row in _rows_of(rows, is_complex, row_format):
        try:
            line = row_format % row + newline
        except TypeError as error:
            raise TypeError(
                f"Mismatch between array dtype ('{rows.dtype}') and format specifier ('{row_format}')"
            ) from error
        lines.append(line.replace('+-', '-') if is_complex else line)
    return ''.join(lines)


def _write_rows(fh, X, row_format, newline, is_complex):
    columns = X.shape[1] if X.ndim == 2 else 1
    step = max(1, _SAVETXT_BLOCK // max(columns, 1))
    for start in range(0, len(X), step):
        fh.write(_format_block(X[start : start + step], row_format, newline, is_complex))


@set_module('numpy')
def fromregex(file, regexp, dtype, encoding=None):
    """A structured array of the groups that `regexp` finds in a text file.

    Each match is a record, each group a field. TypeError unless `dtype` is
    structured.

    Parameters
    ----------
    file : str, path or open file
    regexp : str, bytes or compiled pattern
        Its groups are the fields.
    dtype : dtype
        A structured dtype with a field for each group.
    encoding : str, optional
        Of the file.

    Returns
    -------
    ndarray, 1-d, of that dtype.

    Examples
    --------
    >>> import io
    >>> np.fromregex(io.StringIO('1 a, 2 b'), r'(\\d) (\\w)', 'i4, U1')
    array([(1, 'a'), (2, 'b')], dtype=[('f0', '<i4'), ('f1', '<U1')])
    """
    own_fh = False
    if not hasattr(file, 'read'):
        file = _datasource.open(os.fspath(file), 'rt', encoding=encoding)
        own_fh = True
    try:
        dtype = _dtype(dtype) if not isinstance(dtype, _dtype) else dtype
        if dtype.names is None:
            raise TypeError(f'dtype must be a structured datatype, got {dtype}')
        content = file.read()
        if isinstance(content, bytes) and isinstance(regexp, str):
            regexp = asbytes(regexp)
        if not hasattr(regexp, 'match'):
            regexp = re.compile(regexp)
        found = regexp.findall(content)
        if found and not isinstance(found[0], tuple):
            # With one group the matches are no tuples.
            output = array(found, dtype=dtype[dtype.names[0]])
            output.dtype = dtype
            return output
        return array(found, dtype=dtype)
    finally:
        if own_fh:
            file.close()
