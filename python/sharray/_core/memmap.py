"""Arrays in files: `memmap`."""

import operator
import os
from contextlib import nullcontext

from .._utils import set_module
from .multiarray import dtype, ndarray
from .numerictypes import uint8

__all__ = ["memmap"]

_MODES = {"readonly": "r", "copyonwrite": "c", "readwrite": "r+", "write": "w+"}


@set_module("numpy")
class memmap(ndarray):
    """An array whose elements lie in a file, read and written by the system's paging.

    Its attributes are `filename`, `offset` and `mode`; `flush()` writes changes to the file.

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
        return self

    def __array_finalize__(self, obj):
        from .multiarray import may_share_memory

        shares = hasattr(obj, "_mmap") and may_share_memory(self, obj)
        for name in ("_mmap", "filename", "offset", "mode"):
            setattr(self, name, getattr(obj, name) if shares else None)

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
        if self.base is not None and hasattr(self.base, "flush"):
            self.base.flush()

    def __array_wrap__(self, arr, context=None, return_scalar=False):
        arr = super().__array_wrap__(arr, context)
        # A result that is not in the file is an ordinary array, or a scalar.
        if self is arr or type(self) is not memmap:
            return arr
        if return_scalar:
            return arr[()]
        return arr.view(ndarray)

    def __getitem__(self, index):
        result = super().__getitem__(index)
        if type(result) is memmap and result._mmap is None:
            return result.view(type=ndarray)
        return result


_describe = dtype


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
