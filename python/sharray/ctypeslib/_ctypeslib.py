"""The functions of `ctypeslib`."""

import ctypes
import os

from .. import _core as _numpy
from .._core._internal import _getintp_ctype
from .._core.multiarray import _flagdict, asarray, dtype as _dtype, flagsobj, frombuffer
from .._utils import set_module

__all__ = ["load_library", "ndpointer", "c_intp", "as_ctypes", "as_array", "as_ctypes_type"]

c_intp = _getintp_ctype()
c_void_p = ctypes.c_void_p


@set_module("numpy.ctypeslib")
def load_library(libname, loader_path):
    """The shared library `libname` from a directory (or that of a file), as a ctypes library.

    Without an extension, the platform's ones are tried. OSError if there is none.

    Parameters
    ----------
    libname : str or path
        The name, with or without its ending.
    loader_path : str or path
        The folder, or a file in it.

    Returns
    -------
    ctypes.CDLL.

    Examples
    --------
    >>> np.ctypeslib.load_library("no_such_library", ".")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
        ...
    OSError: no file found
    """
    libname, loader_path = os.fsdecode(libname), os.fsdecode(loader_path)
    base, extension = os.path.splitext(libname)
    if extension:
        names = [libname]
    else:
        import sys
        import sysconfig

        usual = {"win32": ".dll", "cygwin": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
        names = list(dict.fromkeys([base + sysconfig.get_config_var("EXT_SUFFIX"), base + ".so", base + usual]))
    folder = os.path.abspath(loader_path)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    for name in names:
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return ctypes.cdll[path]
    raise OSError("no file with expected extension")


def _flags_number(names):
    number = 0
    for name in names:
        number |= _flagdict[name]
    return number


class _ndptr(c_void_p):
    """A pointer to an array's memory, for `argtypes` and `restype`; made by `ndpointer`."""

    @classmethod
    def from_param(cls, obj):
        """The ctypes object for an array argument; TypeError where it isn't as promised."""
        from .._core.multiarray import ndarray

        if not isinstance(obj, ndarray):
            raise TypeError("argument must be an ndarray")
        if cls._dtype_ is not None and obj.dtype != cls._dtype_:
            raise TypeError(f"array must have data type {cls._dtype_}")
        if cls._ndim_ is not None and obj.ndim != cls._ndim_:
            raise TypeError(f"array must have {cls._ndim_} dimension(s)")
        if cls._shape_ is not None and obj.shape != cls._shape_:
            raise TypeError(f"array must have shape {cls._shape_}")
        if cls._flags_ is not None and (obj.flags.num & cls._flags_) != cls._flags_:
            raise TypeError(f"array must have flags {_flag_names(cls._flags_)}")
        return obj.ctypes


class _concrete_ndptr(_ndptr):
    """An `_ndptr` of known dtype and shape, which can be turned into an array."""

    def _check_retval_(self):
        """ctypes calls this on a returned pointer."""
        return self.contents

    @property
    def contents(self):
        """The array at that address, sharing its memory."""
        full = _dtype((self._dtype_, self._shape_))
        buffer = ctypes.cast(self, ctypes.POINTER(ctypes.c_char * full.itemsize)).contents
        return frombuffer(buffer, dtype=full).squeeze(axis=0)


def _flag_names(number):
    return [
        name
        for name in ("C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED", "WRITEBACKIFCOPY")
        if _flagdict[name] & number
    ]


_pointer_type_cache = {}


@set_module("numpy.ctypeslib")
def ndpointer(dtype=None, ndim=None, shape=None, flags=None):
    """A type for `argtypes` that takes arrays of the given dtype, dimensions, shape and flags.

    TypeError at the call for other arrays.

    Parameters
    ----------
    dtype : dtype, optional
        What arrays must have; anything when missing.
    ndim : int, optional
        The number of axes they must have.
    shape : tuple of int, optional
        The shape they must have.
    flags : str, int or sequence of str, optional
        The flags that must be set.

    Returns
    -------
    type, for the `argtypes` of a C function.

    Examples
    --------
    >>> import sharray as np
    >>> np.ctypeslib.ndpointer(dtype=np.float64, ndim=1).__name__
    'ndpointer_<f8_1d'
    """
    if dtype is not None:
        dtype = _dtype(dtype)
    number, names = None, None
    if flags is not None:
        if isinstance(flags, str):
            names = flags.split(",")
        elif isinstance(flags, (int, _numpy.integer)):
            names = _flag_names(flags)
        elif isinstance(flags, flagsobj):
            names = _flag_names(flags.num)
        else:
            try:
                names = [name.strip().upper() for name in flags]
            except Exception as error:
                raise TypeError("invalid flags specification") from error
        names = [name.strip().upper() for name in names]
        number = _flags_number(names)
    if shape is not None:
        try:
            shape = tuple(shape)
        except TypeError:
            shape = (shape,)

    key = (dtype, ndim, shape, number)
    if key in _pointer_type_cache:
        return _pointer_type_cache[key]
    name = "any" if dtype is None else str(id(dtype)) if dtype.names is not None else dtype.str
    if ndim is not None:
        name += f"_{ndim}d"
    if shape is not None:
        name += "_" + "x".join(str(length) for length in shape)
    if number is not None:
        name += "_" + "_".join(names)
    base = _concrete_ndptr if dtype is not None and shape is not None else _ndptr
    made = type(f"ndpointer_{name}", (base,), {"_dtype_": dtype, "_shape_": shape, "_ndim_": ndim, "_flags_": number})
    _pointer_type_cache[key] = made
    return made


def _ctype_ndarray(element_type, shape):
    for length in shape[::-1]:
        element_type = length * element_type
        element_type.__module__ = None  # keeps ctypes from naming this module
    return element_type


def _scalar_types():
    ct = ctypes
    simple = [
        ct.c_byte,
        ct.c_short,
        ct.c_int,
        ct.c_long,
        ct.c_longlong,
        ct.c_ubyte,
        ct.c_ushort,
        ct.c_uint,
        ct.c_ulong,
        ct.c_ulonglong,
        ct.c_float,
        ct.c_double,
        ct.c_bool,
    ]
    return {_dtype(one): one for one in simple}


_scalar_type_map = _scalar_types()


def _from_scalar(dtype):
    native = dtype.newbyteorder("S") if not dtype.isnative else dtype
    swapped = not dtype.isnative
    try:
        found = _scalar_type_map[native.newbyteorder("=")]
    except KeyError:
        raise NotImplementedError(f"Converting {dtype!r} to a ctypes type") from None
    if dtype.byteorder == "|":
        return found
    if not swapped:
        return found
    return found.__ctype_be__ if dtype.str[0] == ">" else found.__ctype_le__


def _from_structured(dtype):
    fields = []
    for name in dtype.names:
        field, offset = dtype.fields[name][:2]
        fields.append((offset, name, as_ctypes_type(field)))
    fields.sort(key=lambda one: one[0])
    if len(fields) > 1 and all(offset == 0 for offset, _, _ in fields):
        return _from_union(dtype, fields)
    members, end = [], 0
    for offset, name, kind in fields:
        if offset < end:
            raise NotImplementedError("Overlapping fields")
        if offset > end:
            members.append(("", ctypes.c_char * (offset - end)))
        members.append((name, kind))
        end = offset + ctypes.sizeof(kind)
    if dtype.itemsize > end:
        members.append(("", ctypes.c_char * (dtype.itemsize - end)))
    return type("struct", (ctypes.Structure,), {"_fields_": members, "_pack_": 1, "__module__": None})


def _from_union(dtype, fields):
    size = max(ctypes.sizeof(kind) for _, _, kind in fields)
    members = [(name, kind) for _, name, kind in fields]
    if dtype.itemsize != size:
        members.append(("", ctypes.c_char * dtype.itemsize))
    return type("union", (ctypes.Union,), {"_fields_": members, "_pack_": 1, "__module__": None})


@set_module("numpy.ctypeslib")
def as_ctypes_type(dtype):
    """The ctypes type with the memory layout of `dtype`; NotImplementedError where there is none.

    Parameters
    ----------
    dtype : dtype

    Returns
    -------
    ctypes type.

    Examples
    --------
    >>> import sharray as np, ctypes
    >>> np.ctypeslib.as_ctypes_type("f8") is ctypes.c_double
    True
    """
    dtype = _dtype(dtype)
    if dtype.fields is not None:
        return _from_structured(dtype)
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return _ctype_ndarray(as_ctypes_type(base), shape)
    return _from_scalar(dtype)


@set_module("numpy.ctypeslib")
def as_array(obj, shape=None):
    """An array on the memory of a ctypes array, or of a pointer with the given shape.

    TypeError for a pointer without a shape.

    Parameters
    ----------
    obj : ctypes array or pointer
    shape : tuple of int, optional
        Needed for pointers.

    Returns
    -------
    ndarray on the same memory.

    Examples
    --------
    >>> import sharray as np, ctypes
    >>> np.ctypeslib.as_array((ctypes.c_int * 2)(1, 2))
    array([1, 2], dtype=int32)
    """
    if isinstance(obj, ctypes._Pointer):
        if shape is None:
            raise TypeError('as_array() requires a shape argument when called on a pointer')
        obj = ctypes.cast(obj, ctypes.POINTER(_ctype_ndarray(obj._type_, shape))).contents
    return asarray(obj)


@set_module("numpy.ctypeslib")
def as_ctypes(obj):
    """A ctypes object on the memory of an array.

    TypeError for strided arrays and read-only ones.

    Parameters
    ----------
    obj : ndarray

    Returns
    -------
    ctypes object on the same memory.

    Examples
    --------
    >>> import sharray as np
    >>> np.ctypeslib.as_ctypes(np.array([1.5]))[0]
    1.5
    """
    interface = obj.__array_interface__
    if interface["strides"]:
        raise TypeError("strided arrays not supported")
    if interface["version"] != 3:
        raise TypeError("only __array_interface__ version 3 supported")
    address, readonly = interface["data"]
    if readonly:
        raise TypeError("readonly arrays unsupported")
    kind = _ctype_ndarray(
        as_ctypes_type(interface["typestr"] if obj.dtype.names is None else obj.dtype), interface["shape"]
    )
    result = kind.from_address(address)
    result.__keep = obj
    return result
