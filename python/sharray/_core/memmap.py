"""Arrays in files: `memmap`.

A file can be closed, or cut shorter by anyone, while arrays look at it. To touch
memory that is gone ends the process, so a `memmap` asks before each use: its
methods and indexing here, ufuncs and conversions in the engine (`_check_file`).
What can't be asked is a plain `ndarray` that looks at the same memory, and a file
that is cut in the very moment that it is read.
"""

import functools
import operator
import os
import sys
import weakref
from contextlib import nullcontext

from .._engine import _MappedFile
from .._utils import set_module
from .multiarray import dtype, may_share_memory, ndarray
from .numerictypes import uint8

__all__ = ["memmap"]


_MODES = {"readonly": "r", "copyonwrite": "c", "readwrite": "r+", "write": "w+"}


@set_module("numpy")
class memmap(ndarray):
    """An array whose elements lie in a file, read and written by the system's paging.

    Its attributes are `filename`, `offset` and `mode`; `flush()` writes changes to the file. `close()`, or the end of a
    ``with`` block, writes them and ends the use of the file: the array and its views raise ValueError from then on. A
    file that was truncated by others raises OSError where plain memory access would end the process.

    Parameters
    ----------
    filename : str, path or open binary file
    dtype : dtype
        Default uint8.
    mode : 'r+', 'r', 'w+' or 'c'
        Read and write, read only, create, or copy on write (changes stay in memory).
    offset : int
        In bytes from the start of the file.
    shape : int or sequence of int, optional
        Default: one dimension, to the end of the file. Needed for 'w+'.
    order : 'C' or 'F'

    Raises
    ------
    ValueError
        Unknown mode, 'w+' without a shape, a file that doesn't hold the shape.

    Examples
    --------
    >>> import sharray as np, tempfile
    >>> with tempfile.TemporaryFile() as file:
    ...     _ = file.write(bytes([1, 2, 3]))
    ...     _ = file.flush()
    ...     np.memmap(file, mode="r").tolist()
    [1, 2, 3]
    """

    __array_priority__ = -100.0
    _file = None

    def __new__(subtype, filename, dtype=uint8, mode="r+", offset=0, shape=None, order="C"):
        import mmap

        if mode not in _MODES.values():
            if mode not in _MODES:
                raise ValueError(f"mode must be one of {list(_MODES.values()) + list(_MODES)!r} (got {mode!r})")
            mode = _MODES[mode]
        if mode == "w+" and shape is None:
            raise ValueError("shape must be given if mode == 'w+'")

        if hasattr(filename, "read"):
            opened = nullcontext(filename)
        else:
            opened = open(os.fspath(filename), ("r" if mode == "c" else mode) + "b")
        with opened as file:
            file.seek(0, 2)
            length = file.tell()
            described = _describe(dtype)
            shape = _shape(shape, described, length, offset)
            needed = offset + described.itemsize * _product(shape)
            if mode in ("w+", "r+"):
                needed = max(needed, 1)  # nothing can't be mapped
                if length < needed:
                    file.seek(needed - 1, 0)
                    file.write(b"\0")
                    file.flush()
            access = {"c": mmap.ACCESS_COPY, "r": mmap.ACCESS_READ}.get(mode, mmap.ACCESS_WRITE)
            start = offset - offset % mmap.ALLOCATIONGRANULARITY
            size = needed - start
            if size == 0 and start > 0:
                # an empty array at a page's start: map the page before it
                size += mmap.ALLOCATIONGRANULARITY
                start -= mmap.ALLOCATIONGRANULARITY
            mapped = mmap.mmap(file.fileno(), size, access=access, offset=start)
            self = ndarray.__new__(subtype, shape, dtype=described, buffer=mapped, offset=offset - start, order=order)
            self._mmap = mapped
            self.offset = offset
            self.mode = mode
            self.filename = _name_of(filename, file)
            end = offset + described.itemsize * _product(shape)
            self._file = _MappedFile(mapped, file.fileno(), self.filename, end)
        return self

    def __array_finalize__(self, obj):
        file = getattr(obj, "_file", None)
        if file is None or not _share(self, obj):
            self._mmap = self._file = self.filename = self.offset = self.mode = None
        else:
            self._mmap, self._file = obj._mmap, file
            self.filename, self.offset, self.mode = obj.filename, obj.offset, obj.mode

    def _check_file(self):
        file = self._file
        if file is not None:
            file.check()

    def flush(self):
        """Write changes in memory to the file.

        Returns
        -------
        None.

        Examples
        --------
        >>> x = np.memmap("numbers.bin", dtype=np.int8, mode="w+", shape=3)
        >>> x.flush()
        """
        self._check_file()
        if self.base is not None and hasattr(self.base, "flush"):
            self.base.flush()
        elif self._mmap is not None and self.mode in ("r+", "w+"):
            self._mmap.flush()

    @property
    def closed(self):
        """Whether the file was closed."""
        return self._file is not None and self._file.closed

    def close(self):
        """Write changes to the file and end its use: later access to this array and its views raises ValueError.

        Memory that others may still look at (plain arrays made from this one, buffers, running operations) stays
        mapped until the last of them is gone, so that none of them ever faults. Twice is fine.

        Returns
        -------
        bool : True when the file is not mapped any more, False when that waits for others. It is certain at once where
        only variables of the caller hold this array.

        Raises
        ------
        OSError
            The file was truncated while it was mapped: there is nowhere to write to. It is closed nevertheless.

        Examples
        --------
        >>> x = np.memmap("numbers.bin", dtype=np.int8, mode="w+", shape=3)
        >>> x.close()
        True
        >>> x.closed
        True
        """
        return self._close(sys._getframe(1))

    def _close(self, frame):
        file = self._file
        if file is None:
            raise ValueError("this array is not in a file any more: only arrays that look at a file can be closed")
        if not file.closed:
            try:
                self.flush()
            finally:
                file.close()
                _unmap_if_last(self, frame)
        return file.mmap.closed

    def __enter__(self):
        self._check_file()
        return self

    @property
    def __exit__(self):
        # A bound method would hold the array, and so its memory, while it is closed.
        return functools.partial(_leave, weakref.ref(self))

    def __array_wrap__(self, arr, context=None, return_scalar=False):
        arr = super().__array_wrap__(arr, context)
        # A result that is not in the file is an ordinary array, or a scalar.
        if self is arr or type(self) is not memmap:
            return arr
        if return_scalar:
            return arr[()]
        return arr.view(ndarray)

    def __getitem__(self, index):
        file = self._file
        if file is not None:
            file.check()
        result = _get_item(self, index)
        if type(result) is memmap and result._mmap is None:
            return result.view(type=ndarray)
        return result

    def __repr__(self):
        return f"<closed memmap of {self._file.name}>" if self.closed else super().__repr__()

    def __str__(self):
        return repr(self) if self.closed else super().__str__()

    def __array_function__(self, function, types, args, kwargs):
        self._check_file()
        return super().__array_function__(function, types, args, kwargs)


_describe = dtype
_get_item = ndarray.__getitem__


def _share(array, other):
    """Whether the arrays, one made from the other, have memory in common. Views have one owner."""
    owner = array.base
    if owner is not None and (owner is other or owner is other.base):
        return array.size > 0 and other.size > 0
    return may_share_memory(array, other)


def _leave(reference, kind, error, trace):
    """The end of a ``with`` block."""
    array = reference()
    if array is None:
        return
    try:
        array._close(sys._getframe(1))
    except OSError:
        # The error of the block says more.
        if error is None:
            raise


def _unmap_if_last(array, frame):
    """Unmap the file of `array` if it is certain that nothing else looks at its memory.

    Everything that does holds a reference to the array. So it is certain where each reference is accounted for: one in
    each of the three calls down to here, one that the count itself needs, and the caller's variables.
    """
    count = sys.getrefcount(array) - 4
    if type(array.base) is not memoryview or sys.version_info >= (3, 14):
        # A view; and later versions of Python don't count each reference.
        return
    names = frame.f_locals
    if type(names) is not dict or count != sum(value is array for value in list(names.values())):
        return
    file = array._file
    ndarray.__setstate__(array, (1, (0,), array.dtype, False, b""))
    try:
        file.mmap.close()
    except BufferError:
        # Somebody made a buffer of the mapping itself: it goes with that.
        pass


def _guarded(name):
    """The method `name` of `ndarray`, behind a look at the file."""
    method = getattr(ndarray, name)

    @functools.wraps(method)
    def guarded(self, *args, **kwargs):
        self._check_file()
        return method(self, *args, **kwargs)

    guarded.__qualname__ = f"memmap.{name}"
    return guarded


def _guarded_attribute(name):
    """The attribute `name` of `ndarray`, behind a look at the file."""
    attribute = getattr(ndarray, name)

    def get(self):
        self._check_file()
        return attribute.__get__(self)

    def put(self, value):
        self._check_file()
        attribute.__set__(self, value)

    return property(get, put, doc=attribute.__doc__)


# What touches the elements without asking in the engine.
_METHODS = (
    "all any argmax argmin argpartition argsort astype byteswap choose clip compress copy cumprod cumsum diagonal dot "
    "dump dumps fill item max mean min nonzero partition prod put repeat round searchsorted sort std sum take tobytes "
    "tofile tolist trace var flatten ravel reshape __setitem__ __contains__ __bool__ __float__ __int__ __index__ __complex__ __copy__ "
    "__deepcopy__ __reduce__ __reduce_ex__ __array__ __dlpack__ __iter__"
).split()
for _name in _METHODS:
    setattr(memmap, _name, _guarded(_name))
for _name in ("flat", "data", "__array_interface__", "__array_struct__"):
    setattr(memmap, _name, _guarded_attribute(_name))
del _name


def _name_of(filename, file):
    if isinstance(filename, os.PathLike):
        return filename.resolve() if hasattr(filename, "resolve") else os.path.abspath(os.fspath(filename))
    name = getattr(file, "name", None)
    return os.path.abspath(name) if isinstance(name, str) else None


def _product(shape):
    size = 1
    for length in shape:
        size *= length
    return size


def _shape(shape, described, length, offset):
    if shape is None:
        room = length - offset
        if room % described.itemsize:
            raise ValueError("Size of available data is not a multiple of the data-type size.")
        return (room // described.itemsize,)
    try:
        return (operator.index(shape),)
    except TypeError:
        return tuple(operator.index(length) for length in shape)
