"""Pickles of arrays, scalars and dtypes while NumPy's names don't mean sharray.

The engine's types carry NumPy's names, and its `__reduce__` refers to them. Pickle
checks that a name leads back to the very object: that holds where `numpy` is an
alias of sharray, and nowhere else. In all other processes the reducers here refer
to the functions of this module, by sharray's name; `install_as_numpy` changes over.
"""

import copyreg
import pickle
import sys

from .. import _engine
from . import multiarray as mu
from .numerictypes import sctypeDict


def _array(dtype, shape, fortran, data):
    """An array from the bytes of its elements (a list of them for objects)."""
    if isinstance(data, list):
        result = mu.empty(shape, dtype=dtype)
        for place, item in enumerate(data):
            result.flat[place] = item
        return result
    flat = mu.frombuffer(bytearray(data), dtype=dtype) if data else mu.empty(0, dtype=dtype)
    if 0 in shape or dtype.itemsize == 0:
        return mu.zeros(shape, dtype=dtype)
    return flat.reshape(shape, order="F" if fortran else "C")


def _reduce_array(array):
    fortran = array.flags.fnc
    if array.dtype.hasobject:
        if array.dtype.names is not None:
            return array.__reduce__()
        return _array, (array.dtype, array.shape, False, array.reshape(-1).tolist())
    if fortran or array.flags.c_contiguous:
        return _array_on, (array.dtype, array.shape, fortran, _Elements(array))
    return _array, (array.dtype, array.shape, fortran, array.tobytes())


class _Elements:
    """The elements of a contiguous array: protocol 5 may leave them where they are (PEP 574)."""

    def __init__(self, array):
        self.array = array

    def __reduce_ex__(self, protocol):
        array = self.array
        if protocol < 5 or not array.nbytes:
            return _itself, (array.tobytes("A"),)
        return _itself, (pickle.PickleBuffer(array.reshape(-1, order="A").view("u1")),)


def _itself(data):
    """What was pickled: bytes, or the buffer that was handed over beside the pickle."""
    return data


def _array_on(dtype, shape, fortran, data):
    """An array on memory that came beside a pickle, or was read for it alone; on a copy of bytes, which never change."""
    if not len(memoryview(data)):
        return mu.zeros(shape, dtype=dtype)
    memory = bytearray(data) if isinstance(data, bytes) else data
    return mu.frombuffer(memory, dtype=dtype).reshape(shape, order="F" if fortran else "C")


def _scalar(dtype, data):
    """A scalar from its bytes."""
    return mu.scalar(dtype, data)


def _reduce_scalar(value):
    if value.dtype.hasobject:
        return value.__reduce__()
    return _scalar, (value.dtype, value.tobytes())


def _dtype(description, align, copy):
    """The dtype from what `__reduce__` gives; its state follows."""
    return mu.dtype(description, align, copy)


def _reduce_dtype(described):
    reduced = described.__reduce__()
    description, *rest = reduced[1]
    if isinstance(description, type) and description.__module__.split(".")[0] == "numpy":
        description = "V" if described.names is not None else described.str
    return (_dtype, (description, *rest), *reduced[2:])


def _ufunc(name):
    """The engine's ufunc of that name."""
    return getattr(_engine, name)


def _reduce_ufunc(ufunc):
    name = ufunc.__name__
    return (_ufunc, (name,)) if getattr(_engine, name, None) is ufunc else name


def _reducers():
    yield mu.ndarray, _reduce_array
    yield _engine.ufunc, _reduce_ufunc
    for scalar_type in set(sctypeDict.values()) - {sctypeDict["object_"]}:
        yield scalar_type, _reduce_scalar
    for char in "?bBhHiIlLqQefdgFDGSUVOMm":
        yield type(mu.dtype(char)), _reduce_dtype


def _name_functions(core):
    for function in (mu._reconstruct, mu.scalar):
        try:
            function.__module__ = f"{core}.multiarray"
        except (AttributeError, TypeError):
            pass  # the engine decided on a name of its own
    # Not loaded yet when this module is, and then under its own name anyway.
    numeric = sys.modules.get(f"{__package__}.numeric")
    if numeric is not None:
        numeric._frombuffer.__module__ = f"{core}.numeric"


def use_own_names():
    """Pickle by sharray's names: for processes in which `numpy` is another library, or none."""
    for kind, reducer in _reducers():
        copyreg.pickle(kind, reducer)
    _name_functions(__package__)


def use_public_names():
    """Pickle as the engine does, by NumPy's names: for processes in which they mean sharray."""
    for kind, reducer in _reducers():
        if copyreg.dispatch_table.get(kind) is reducer:
            del copyreg.dispatch_table[kind]
    _name_functions("numpy._core")


use_own_names()
