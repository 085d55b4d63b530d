r"""The ``.npy`` file format: one array, header first, then its raw bytes.

Layout (all integers little-endian)::

    6 bytes     magic: \x93NUMPY
    2 bytes     version: major, minor
    2 or 4      length of the header text (2 bytes in version 1.0)
    text        a Python literal: {'descr': ..., 'fortran_order': ..., 'shape': ...}
    spaces, \n  so that the data begin at a multiple of 64
    data        in C or Fortran order; a pickle for object arrays

Version 2.0 has room for long headers, 3.0 is UTF-8 where the others are
Latin-1. Headers are parsed as literals, never evaluated.
"""

import ast
import io
import math
import os
import pickle
import stat
import struct
import tokenize
import warnings

from .._core._small_floats import is_small_float
from .._core.multiarray import asarray, dtype as _dtype, ndarray
from .._engine import nditer
from .._utils import set_module
from ._utils_impl import drop_metadata

__all__ = []

MAGIC_PREFIX = b'\x93NUMPY'
MAGIC_LEN = len(MAGIC_PREFIX) + 2
# The data are aligned for vector instructions and memory maps.
ARRAY_ALIGN = 64
# Bytes written at a time.
BUFFER_SIZE = 2**18
EXPECTED_KEYS = {'descr', 'fortran_order', 'shape'}
# Room for the axis that grows, should a file be appended to in place.
GROWTH_AXIS_MAX_DIGITS = 21

_MAX_HEADER_SIZE = 10000

# Per version: how the length of the header is packed, and its text encoding.
_header_size_info = {
    (1, 0): ('<H', 'latin1'),
    (2, 0): ('<I', 'latin1'),
    (3, 0): ('<I', 'utf8'),
}


def _check_version(version):
    if version not in (*_header_size_info, None):
        raise ValueError(f"we only support format version (1,0), (2,0), and (3,0), not {version}")


@set_module('numpy.lib.format')
def magic(major, minor):
    """The first eight bytes of a file of this version. ValueError beyond 255.

    Parameters
    ----------
    major : int
        From 0 to 255.
    minor : int
        From 0 to 255.

    Returns
    -------
    bytes.

    Examples
    --------
    >>> np.lib.format.magic(1, 0)
    b'\\x93NUMPY\\x01\\x00'
    """
    for name, number in (('major', major), ('minor', minor)):
        if not 0 <= number <= 255:
            raise ValueError(f"{name} version must be 0 <= {name} < 256, got {number}")
    return MAGIC_PREFIX + bytes([major, minor])


@set_module('numpy.lib.format')
def read_magic(fp):
    """Read the first eight bytes: the version as ``(major, minor)``.

    ValueError if they are not those of a ``.npy`` file.

    Parameters
    ----------
    fp : file open for reading bytes

    Returns
    -------
    (int, int): the version.

    Examples
    --------
    >>> import io
    >>> np.lib.format.read_magic(io.BytesIO(np.lib.format.magic(2, 0)))
    (2, 0)
    """
    start = _read_bytes(fp, MAGIC_LEN, "magic string")
    if start[:-2] != MAGIC_PREFIX:
        raise ValueError(f"the magic string is not correct; expected {MAGIC_PREFIX!r}, got {start[:-2]!r}")
    return start[-2], start[-1]


@set_module('numpy.lib.format')
def dtype_to_descr(dtype):
    """The literal that stands for `dtype` in a header.

    Metadata is dropped with a UserWarning.

    Parameters
    ----------
    dtype : dtype

    Returns
    -------
    str, list or tuple.

    Examples
    --------
    >>> np.lib.format.dtype_to_descr(np.dtype('f8'))
    '<f8'
    """
    plain = drop_metadata(dtype)
    if plain is not dtype:
        warnings.warn(
            "metadata on a dtype is not saved to an npy/npz. Use another format (such as pickle) to store it.",
            UserWarning,
            stacklevel=2,
        )
    if plain.names is not None:
        return plain.descr
    if not _is_legacy(plain):
        warnings.warn(
            "Custom dtypes are saved as python objects using the "
            "pickle protocol. Loading requires allow_pickle=True to "
            "be set.",
            UserWarning,
            stacklevel=2,
        )
        return "|O"
    # The string of a dtype that NumPy lacks says no more than how many bytes it takes.
    return str(plain) if is_small_float(plain) else plain.str


def _is_legacy(dtype):
    """Whether the dtype's string says all about it."""
    return getattr(type(dtype), '_legacy', True)


@set_module('numpy.lib.format')
def descr_to_dtype(descr):
    """The dtype that a header literal stands for.

    Parameters
    ----------
    descr : str, list or tuple
        What `dtype_to_descr` gives.

    Returns
    -------
    dtype.

    Examples
    --------
    >>> np.lib.format.descr_to_dtype([('a', '<i4')])
    dtype([('a', '<i4')])
    """
    if isinstance(descr, str):
        return _dtype(descr)
    if isinstance(descr, tuple):
        return _dtype((descr_to_dtype(descr[0]), descr[1]))
    names, titles, formats, offsets = [], [], [], []
    offset = 0
    for field in descr:
        name, spec, *shape = field
        dtype = descr_to_dtype((spec, *shape) if shape else spec)
        # Padding is written as a nameless void.
        if not (name == '' and dtype.type.__name__ == 'void' and dtype.names is None):
            title, name = name if isinstance(name, tuple) else (None, name)
            names.append(name)
            titles.append(title)
            formats.append(dtype)
            offsets.append(offset)
        offset += dtype.itemsize
    return _dtype({'names': names, 'formats': formats, 'titles': titles, 'offsets': offsets, 'itemsize': offset})


@set_module('numpy.lib.format')
def header_data_from_array_1_0(array):
    """The header of `array` as a dict.

    Parameters
    ----------
    array : ndarray

    Returns
    -------
    dict with 'descr', 'fortran_order' and 'shape'.

    Examples
    --------
    >>> np.lib.format.header_data_from_array_1_0(np.zeros(2))
    {'shape': (2,), 'fortran_order': False, 'descr': '<f8'}
    """
    flags = array.flags
    # Data that are in neither order are written in C order.
    return {
        'shape': array.shape,
        'fortran_order': bool(flags.f_contiguous and not flags.c_contiguous),
        'descr': dtype_to_descr(array.dtype),
    }


def _wrap_header(header, version):
    """Header text with magic, length and padding; ValueError if too long."""
    packing, encoding = _header_size_info[version]
    text = header.encode(encoding)
    length = len(text) + 1
    prefix = MAGIC_LEN + struct.calcsize(packing)
    padding = ARRAY_ALIGN - (prefix + length) % ARRAY_ALIGN
    try:
        size = struct.pack(packing, length + padding)
    except struct.error:
        raise ValueError(f"Header length {length} too big for version={version}") from None
    return magic(*version) + size + text + b' ' * padding + b'\n'


def _wrap_header_guess_version(header):
    """The header in the lowest version that can hold it."""
    try:
        return _wrap_header(header, (1, 0))
    except UnicodeEncodeError:
        pass
    except ValueError:
        wrapped = _wrap_header(header, (2, 0))
        warnings.warn("Stored array in format 2.0. It can only be read by NumPy >= 1.9", UserWarning, stacklevel=2)
        return wrapped
    wrapped = _wrap_header(header, (3, 0))
    warnings.warn("Stored array in format 3.0. It can only be read by NumPy >= 1.17", UserWarning, stacklevel=2)
    return wrapped


def _write_array_header(fp, d, version=None):
    """Write the header `d`; without a version, in the lowest possible one."""
    items = "".join(f"'{key}': {value!r}, " for key, value in sorted(d.items()))
    header = "{" + items + "}"
    shape = d['shape']
    if shape:
        growing = shape[-1 if d['fortran_order'] else 0]
        header += " " * (GROWTH_AXIS_MAX_DIGITS - len(repr(growing)))
    if version is None:
        fp.write(_wrap_header_guess_version(header))
    else:
        fp.write(_wrap_header(header, version))


@set_module('numpy.lib.format')
def write_array_header_1_0(fp, d):
    """Write the header `d` in version 1.0; ValueError if it is too long.

    Parameters
    ----------
    fp : file open for writing bytes
    d : dict
        What `header_data_from_array_1_0` gives.

    Returns
    -------
    None.

    Examples
    --------
    >>> import io
    >>> np.lib.format.write_array_header_1_0(
    ...     io.BytesIO(), np.lib.format.header_data_from_array_1_0(np.zeros(2)))
    """
    _write_array_header(fp, d, (1, 0))


@set_module('numpy.lib.format')
def write_array_header_2_0(fp, d):
    """Write the header `d` in version 2.0.

    Parameters
    ----------
    fp : file open for writing bytes
    d : dict
        What `header_data_from_array_1_0` gives.

    Returns
    -------
    None.

    Examples
    --------
    >>> import io
    >>> np.lib.format.write_array_header_2_0(
    ...     io.BytesIO(), np.lib.format.header_data_from_array_1_0(np.zeros(2)))
    """
    _write_array_header(fp, d, (2, 0))


@set_module('numpy.lib.format')
def read_array_header_1_0(fp, max_header_size=_MAX_HEADER_SIZE):
    """Read a header of version 1.0, after the magic: shape, order and dtype.

    Returns ``(shape, fortran_order, dtype)``. ValueError for a header that
    is malformed or longer than `max_header_size`.

    Parameters
    ----------
    fp : file open for reading bytes
    max_header_size : int, optional
        The greatest length of a header that is parsed.

    Returns
    -------
    (shape, fortran_order, dtype).

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.lib.format.write_array(fp, np.zeros(2))
    >>> _ = fp.seek(8)
    >>> np.lib.format.read_array_header_1_0(fp)
    ((2,), False, dtype('float64'))
    """
    return _read_array_header(fp, (1, 0), max_header_size)


@set_module('numpy.lib.format')
def read_array_header_2_0(fp, max_header_size=_MAX_HEADER_SIZE):
    """Read a header of version 2.0: see `read_array_header_1_0`.

    Parameters
    ----------
    fp : file open for reading bytes
    max_header_size : int, optional
        The greatest length of a header that is parsed.

    Returns
    -------
    (shape, fortran_order, dtype).

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.lib.format.write_array(fp, np.zeros(2), (2, 0))
    >>> _ = fp.seek(8)
    >>> np.lib.format.read_array_header_2_0(fp)
    ((2,), False, dtype('float64'))
    """
    return _read_array_header(fp, (2, 0), max_header_size)


def _filter_header(s):
    """Header text from Python 2 without the L behind long integers."""
    kept = []
    after_number = False
    for token in tokenize.generate_tokens(io.StringIO(s).readline):
        if not (after_number and token.type == tokenize.NAME and token.string == 'L'):
            kept.append(token)
        after_number = token.type == tokenize.NUMBER
    return tokenize.untokenize(kept)


def _parse_header(text, version):
    """Header text as a Python object."""
    try:
        return ast.literal_eval(text)
    except SyntaxError as error:
        if version > (2, 0):
            raise ValueError(f"Cannot parse header: {text!r}") from error
    except (ValueError, TypeError, MemoryError, RecursionError) as error:
        # The parser has its own words for what is nested too deep, or no literal.
        raise ValueError(f"Cannot parse header: {text!r}") from error
    try:
        header = ast.literal_eval(_filter_header(text))
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError, tokenize.TokenError) as error:
        raise ValueError(f"Cannot parse header: {text!r}") from error
    warnings.warn(
        "Reading `.npy` or `.npz` file required additional header parsing as it "
        "was created on Python 2. Save the file again to speed up loading and "
        "avoid this warning.",
        UserWarning,
        stacklevel=4,
    )
    return header


def _read_array_header(fp, version, max_header_size=_MAX_HEADER_SIZE):
    """Read and check a header: ``(shape, fortran_order, dtype)``."""
    info = _header_size_info.get(version)
    if info is None:
        raise ValueError(f"Invalid version {version!r}")
    packing, encoding = info
    size = _read_bytes(fp, struct.calcsize(packing), "array header length")
    (length,) = struct.unpack(packing, size)
    text = _read_bytes(fp, length, "array header").decode(encoding)
    if len(text) > max_header_size:
        raise ValueError(
            f"Header info length ({len(text)}) is large and may not be safe to "
            "load securely. Raise `max_header_size`, or pass `allow_pickle=True` "
            "for a file that is fully trusted."
        )
    header = _parse_header(text, version)
    if not isinstance(header, dict):
        raise ValueError(f"Header is not a dictionary: {header!r}")
    if header.keys() != EXPECTED_KEYS:
        raise ValueError(f"Header does not contain the correct keys: {sorted(map(str, header))}")
    return _checked_header(header)


def _checked_header(header):
    shape, order = header['shape'], header['fortran_order']
    if not (isinstance(shape, tuple) and all(isinstance(n, int) and 0 <= n < 2**63 for n in shape)):
        raise ValueError(f"shape is not valid: {shape!r}")
    if not isinstance(order, bool):
        raise ValueError(f"fortran_order is not a valid bool: {order!r}")
    try:
        dtype = descr_to_dtype(header['descr'])
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError, SyntaxError) as error:
        raise ValueError(f"descr is not a valid dtype descriptor: {header['descr']!r}") from error
    return shape, order, dtype


@set_module('numpy.lib.format')
def write_array(fp, array, version=None, allow_pickle=True, pickle_kwargs=None):
    """Write `array` with its header to the binary file `fp`.

    Object arrays are pickled; ValueError for them without `allow_pickle`,
    or for a version that can't hold the header.

    Parameters
    ----------
    fp : file open for writing bytes
    array : ndarray
    version : (int, int), optional
        The format; None takes the oldest that fits.
    allow_pickle : bool, optional
        Whether objects may be stored as pickles.
    pickle_kwargs : dict, optional
        What pickles are written with.

    Returns
    -------
    None.

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.lib.format.write_array(fp, np.zeros(2))
    >>> len(fp.getvalue())
    144
    """
    _check_version(version)
    _write_array_header(fp, header_data_from_array_1_0(array), version)
    if array.dtype.hasobject or not _is_legacy(array.dtype):
        if not allow_pickle:
            if array.dtype.hasobject:
                raise ValueError("Object arrays cannot be saved when allow_pickle=False")
            raise ValueError(f"User-defined dtypes cannot be saved when allow_pickle=False: {array.dtype}")
        pickle.dump(array, fp, protocol=4, **(pickle_kwargs or {}))
    elif array.size and array.itemsize:
        _write_data(fp, array)


def _raw_bytes(array):
    """The memory of a contiguous array as 1-D bytes."""
    return array.reshape(-1).view('u1')


def _to_next_page(fp):
    """How many bytes the file's position is before a page's start."""
    try:
        return -fp.tell() % 4096
    except OSError:
        # A pipe has no position.
        return 0


def _write_data(fp, array):
    """Write the elements of `array` in the order its header says."""
    flags = array.flags
    if flags.c_contiguous or flags.f_contiguous:
        ordered = array if flags.c_contiguous else array.T
        if isfileobj(fp) and type(array).tofile is not ndarray.tofile:
            # A class with more than its bytes to write, or a reason not to.
            ordered.tofile(fp)
            return
        raw = _raw_bytes(asarray(ordered))
        if isfileobj(fp):
            # What is left begins at a page of the file: the system writes whole pages twice as fast.
            head = min(_to_next_page(fp), raw.size)
            fp.write(raw[:head].data)
            fp.write(raw[head:].data)
            return
        # Other writers may keep what they get, or know only bytes.
        for start in range(0, raw.size, BUFFER_SIZE):
            fp.write(raw[start : start + BUFFER_SIZE].tobytes())
        return
    items = max(BUFFER_SIZE // array.itemsize, 1)
    for chunk in nditer(array, flags=['external_loop', 'buffered', 'zerosize_ok'], buffersize=items, order='C'):
        fp.write(chunk.tobytes('C'))


@set_module('numpy.lib.format')
def read_array(fp, allow_pickle=False, pickle_kwargs=None, *, max_header_size=_MAX_HEADER_SIZE):
    """Read one array from the binary file `fp`.

    ValueError for a file that is malformed, too short, or needs
    `allow_pickle`. A pickle can run any code: allow it for trusted files.

    Parameters
    ----------
    fp : file open for reading bytes
    allow_pickle : bool, optional
        Whether objects may be stored as pickles.
    pickle_kwargs : dict, optional
        What pickles are loaded with.
    max_header_size : int, optional
        The greatest length of a header that is parsed.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import io
    >>> fp = io.BytesIO()
    >>> np.lib.format.write_array(fp, np.arange(3))
    >>> _ = fp.seek(0)
    >>> np.lib.format.read_array(fp)
    array([0, 1, 2])
    """
    return _read_array(fp, None, allow_pickle, pickle_kwargs, max_header_size)


def _read_array(fp, size, allow_pickle, pickle_kwargs, max_header_size):
    """`read_array` from a file of at most `size` bytes, if that is known."""
    if allow_pickle:
        # Who trusts pickles trusts headers.
        max_header_size = 2**64
    version = read_magic(fp)
    _check_version(version)
    shape, fortran_order, dtype = _read_array_header(fp, version, max_header_size=max_header_size)
    if dtype.hasobject:
        return _read_pickled(fp, shape, allow_pickle, pickle_kwargs or {})
    left = _bytes_left(fp) if size is None else size - fp.tell()
    array = _read_data(fp, shape, dtype, left)
    if fortran_order:
        array.shape = shape[::-1]
        return array.transpose()
    array.shape = shape
    return array


def _read_pickled(fp, shape, allow_pickle, pickle_kwargs):
    if not allow_pickle:
        raise ValueError("Object arrays cannot be loaded when allow_pickle=False")
    try:
        array = pickle.load(fp, **pickle_kwargs)
    except UnicodeError as error:
        raise UnicodeError(
            f"Unpickling a python object failed: {error!r}\nYou may need to pass the encoding= option to numpy.load"
        ) from error
    if array.shape != shape:
        array.shape = shape
    return array


def _bytes_left(fp):
    """How many bytes a file of the system, or in memory, still has; None for streams, which don't know."""
    if type(fp) is io.BytesIO:
        return len(fp.getbuffer()) - fp.tell()
    if not isfileobj(fp):
        return None
    try:
        info = os.fstat(fp.fileno())
        # Files that the system makes up as they are read have no size.
        return info.st_size - fp.tell() if stat.S_ISREG(info.st_mode) and info.st_size else None
    except OSError:
        return None


# What is asked of a stream before it has shown that it holds as much.
_STREAM_START = 2**26


def _read_data(fp, shape, dtype, left):
    """The elements as a 1-D array, read right into its memory.

    No memory is asked for that the bytes which are there don't fill: `left`, or what a stream gave so far.
    """
    count = math.prod(shape)
    size = dtype.itemsize
    if left is not None and left < count * size:
        raise _too_short(shape, count, max(left, 0) // size)
    first = count if left is not None or size == 0 else min(count, max(_STREAM_START // size, 1))
    array, got = ndarray(first, dtype=dtype), 0
    while True:
        if array.size and size:
            raw = memoryview(_raw_bytes(array))
            got += _read_into(fp, raw[got:])
            if got < len(raw):
                raise _too_short(shape, count, got // size)
        if len(array) == count:
            return array
        longer = ndarray(min(count, 2 * len(array)), dtype=dtype)
        longer[: len(array)] = array
        array = longer


def _too_short(shape, count, got):
    return ValueError(
        f"Failed to read all data for array. Expected {shape} = {count} elements, could only read {got} elements. "
        "(file seems not fully written?)"
    )


def _read_into(fp, raw):
    """Fill `raw` from `fp`; how many bytes there were."""
    readinto = getattr(fp, 'readinto', None)
    if getattr(type(fp), 'readinto', None) is io.BufferedIOBase.readinto:
        # It would read everything at once and copy it; a member of an archive also puts that together from pieces.
        readinto = None
    got = 0
    while got < len(raw):
        if readinto is not None:
            n = readinto(raw[got:])
        else:
            data = fp.read(min(len(raw) - got, BUFFER_SIZE))
            n = len(data)
            raw[got : got + n] = data
        if not n:
            break
        got += n
    return got


@set_module('numpy.lib.format')
def open_memmap(
    filename, mode='r+', dtype=None, shape=None, fortran_order=False, version=None, *, max_header_size=_MAX_HEADER_SIZE
):
    """Map a ``.npy`` file into memory, as a `memmap`.

    A mode with ``'w'`` makes a new file of `dtype`, `shape` and order; the
    others ('r', 'r+', 'c') take these from the file. ValueError for an
    invalid mode, a malformed file, or objects, which can't be mapped.

    Parameters
    ----------
    filename : str or path
    mode : {'r+', 'r', 'w+', 'c'}, optional
        Read and write, read, make anew, or write to memory only.
    dtype : dtype, optional
        Of a new file; float64 by default.
    shape : tuple of int, optional
        Of a new file, which needs it.
    fortran_order : bool, optional
        Whether columns come first in a new file.
    version : (int, int), optional
        The format of a new file; None takes the oldest that fits.
    max_header_size : int, optional
        The greatest length of a header that is parsed.

    Returns
    -------
    memmap.

    Examples
    --------
    >>> import os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, 'a.npy')
    ...     np.save(path, np.arange(3))
    ...     a = np.lib.format.open_memmap(path, mode='r')
    ...     int(a[2])
    2
    """
    from .._core.memmap import memmap

    if isfileobj(filename):
        raise ValueError("Filename must be a string or a path-like object. Memmap cannot use existing file handles.")
    path = os.fspath(filename)
    if 'w' in mode:
        _check_version(version)
        dtype = _mappable(_dtype(dtype))
        header = {'descr': dtype_to_descr(dtype), 'fortran_order': fortran_order, 'shape': shape}
        with open(path, mode + 'b') as fp:
            _write_array_header(fp, header, version)
            offset = fp.tell()
    else:
        with open(path, 'rb') as fp:
            version = read_magic(fp)
            _check_version(version)
            shape, fortran_order, dtype = _read_array_header(fp, version, max_header_size=max_header_size)
            offset = fp.tell()
        _mappable(dtype)
    if mode == 'w+':
        # The file is there now, with its header.
        mode = 'r+'
    return memmap(filename, dtype=dtype, shape=shape, order='F' if fortran_order else 'C', mode=mode, offset=offset)


def _mappable(dtype):
    if dtype.hasobject:
        raise ValueError(f"Array can't be memory-mapped: Python objects in dtype {dtype}.")
    return dtype


def _read_bytes(fp, size, error_template="ran out of data"):
    """Exactly `size` bytes; ValueError if the file ends before."""
    parts, missing = [], size
    while missing:
        # Streams may give less than they are asked for.
        part = fp.read(min(missing, BUFFER_SIZE))
        if not part:
            break
        parts.append(part)
        missing -= len(part)
    data = parts[0] if len(parts) == 1 else b''.join(parts)
    if missing:
        raise ValueError(f"EOF: reading {error_template}, expected {size} bytes got {len(data)}")
    return data


@set_module('numpy.lib.format')
def isfileobj(f):
    """Whether `f` is a file of the operating system, opened for bytes.

    Parameters
    ----------
    f : object

    Returns
    -------
    bool.

    Examples
    --------
    >>> import io
    >>> np.lib.format.isfileobj(io.BytesIO())
    False
    """
    if not isinstance(f, (io.FileIO, io.BufferedReader, io.BufferedWriter)):
        return False
    try:
        # A wrapper around something else has no descriptor.
        f.fileno()
    except OSError:
        return False
    return True
