"""Python's own holders of memory: memoryview, array, bytes, ctypes, mmap, shared memory, pickles."""

import array
import ctypes
import mmap
import pickle
import struct
import sys
from multiprocessing import shared_memory

import matrix
import numpy
import pytest
from matrix import Absent, Route, at_numpy

import sharray as np

PACKAGES = ()
_ARRAY_CODES = {"i1": "b", "i2": "h", "i4": "i", "i8": "q", "u1": "B", "u2": "H", "u4": "I", "u8": "Q", "f4": "f"}
_ARRAY_CODES["f8"] = "d"
_C_TYPES = {
    "?": ctypes.c_bool,
    "i1": ctypes.c_int8,
    "i2": ctypes.c_int16,
    "i4": ctypes.c_int32,
    "i8": ctypes.c_int64,
    "u1": ctypes.c_uint8,
    "u2": ctypes.c_uint16,
    "u4": ctypes.c_uint32,
    "u8": ctypes.c_uint64,
    "f4": ctypes.c_float,
    "f8": ctypes.c_double,
    "g": ctypes.c_longdouble,
}


class Pair(ctypes.Structure):
    """The structure of the column *structured*."""

    _pack_ = 1
    _fields_ = [("f0", ctypes.c_int32), ("f1", ctypes.c_double)]


def code_of(reference):
    """A dtype as the tables of this file spell it."""
    return "i4,f8" if reference.dtype.names else reference.dtype.str.lstrip("<|=").replace("b1", "?")


def make_array(source, values=list):
    """An array.array of an array's elements."""
    code = _ARRAY_CODES.get(code_of(source))
    if code is None:
        raise Absent
    return array.array(code, values(source))


def make_ctypes(reference):
    code = "g" if reference.dtype == numpy.longdouble else code_of(reference)
    kind = Pair if code == "i4,f8" else _C_TYPES.get(code)
    if kind is None:
        raise Absent
    values = [tuple(x) if kind is Pair else (float(x) if code == "g" else x) for x in reference.tolist()]
    return (kind * len(values))(*values)


def read_ctypes(block):
    return [(x.f0, x.f1) if isinstance(x, Pair) else x for x in block]


def plain_memory(reference):
    """Only what lies in the array itself can go through bytes."""
    if reference.dtype.kind in "OT":
        raise Absent
    return reference.tobytes()


def into(holder):
    """A maker that puts the values' bytes into a holder of memory, together with the dtype."""

    def make(reference):
        block = plain_memory(reference)
        memory = holder(block)
        return memory, reference.dtype, len(block)

    return make


class Shared(shared_memory.SharedMemory):
    """A named block that goes away with the object."""

    def __init__(self, block):
        super().__init__(create=True, size=len(block))
        self.buf[: len(block)] = block

    def __del__(self):
        try:
            super().__del__()
        except BufferError:
            pass
        self.unlink()


def mapped(block):
    memory = mmap.mmap(-1, len(block))
    memory[:] = block
    return memory


def frombuffer(pair):
    memory, dtype, length = pair
    return np.frombuffer(memory, np.dtype(dtype), length // dtype.itemsize)


def read_pair(pair):
    memory, dtype, length = pair
    return numpy.frombuffer(bytes(memoryview(getattr(memory, "buf", memory))[:length]), dtype)


def address_of_pair(pair):
    return at_numpy(numpy.frombuffer(getattr(pair[0], "buf", pair[0]), "u1"))


def read_view(view):
    return numpy.asarray(view)


def pickled(copy):
    """Over a pickle of protocol 5 whose large parts stay outside."""

    def cross(source):
        parts = []
        text = pickle.dumps(source, protocol=5, buffer_callback=parts.append)
        return pickle.loads(text, buffers=[bytearray(p.raw()) for p in parts] if copy else parts)

    return cross


ROUTES = [
    Route(
        "memoryview(x)",
        memoryview,
        read_view,
        lambda view: at_numpy(numpy.asarray(view)),
        ndim=2,
        writable=lambda view: not view.readonly,
    ),
    Route(
        "asarray(memoryview)",
        np.asarray,
        read_view,
        lambda view: at_numpy(numpy.asarray(view)),
        make=memoryview,
        ndim=2,
    ),
    Route(
        "array.array(code, x)",
        lambda x: make_array(x, iter),
        numpy.asarray,
        lambda a: at_numpy(numpy.asarray(a)),
        because="array.array always keeps memory of its own",
    ),
    Route("asarray(array.array)", np.asarray, numpy.asarray, lambda a: a.buffer_info()[0], make=make_array),
    Route(
        "x.ctypes.data_as(POINTER(c_byte))",
        lambda x: (x, x.ctypes.data_as(ctypes.POINTER(ctypes.c_byte))),
        lambda pair: matrix.plain(pair[0]),
        lambda pair: ctypes.addressof(pair[1].contents),
        skip={"StringDType": "its texts lie elsewhere", "object": "its objects lie elsewhere"},
    ),
    Route("asarray(ctypes array)", np.asarray, read_ctypes, ctypes.addressof, make=make_ctypes),
    Route(
        "frombuffer(bytes)",
        frombuffer,
        read_pair,
        address_of_pair,
        make=into(bytes),
    ),
    Route("frombuffer(bytearray)", frombuffer, read_pair, address_of_pair, make=into(bytearray)),
    Route("frombuffer(mmap)", frombuffer, read_pair, address_of_pair, make=into(mapped)),
    Route(
        "frombuffer(shared_memory.buf)",
        lambda pair: frombuffer((pair[0].buf, *pair[1:])),
        read_pair,
        address_of_pair,
        make=into(Shared),
        lives=False,
    ),
    Route(
        "pickle 5, buffers outside",
        pickled(False),
        matrix.plain,
        lambda a: matrix.at(a),
        because="an array from a pickle owns its memory",
        ndim=2,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


@pytest.mark.parametrize("dtype", ["f8", "M8[s]", "?", "i4,f8", "bfloat16"])
def test_bytes_that_never_change(dtype):
    with pytest.raises(ValueError, match="read-only"):
        np.frombuffer(bytes(12 * 4), dtype)[0] = np.zeros(1, dtype)[0]


def test_structs_read_what_an_array_wrote():
    x = np.array([(1, 2.5), (3, 4.5)], dtype="<i4,<f8")
    assert list(struct.iter_unpack("<id", x)) == [(1, 2.5), (3, 4.5)]
    packed = bytearray(24)
    struct.pack_into("<id", np.frombuffer(packed, "u1"), 12, 7, 8.5)
    assert np.frombuffer(packed, "<i4,<f8")[1].item() == (7, 8.5)


def test_a_memory_map_is_not_closed_under_an_array():
    memory = mmap.mmap(-1, 64)
    x = np.frombuffer(memory, "f8")
    with pytest.raises(BufferError):
        memory.close()
    x[:] = 1.5
    del x
    assert memory[:8] == struct.pack("d", 1.5)
    memory.close()


def test_a_bytearray_does_not_grow_under_an_array():
    memory = bytearray(8)
    x = np.frombuffer(memory, "f8")
    with pytest.raises(BufferError):
        memory.append(0)
    del x
    memory.append(0)


def test_large_pickles_are_not_copied_on_the_way_out():
    x, parts = np.arange(100_000.0), []
    text = pickle.dumps(x, protocol=5, buffer_callback=parts.append)
    assert len(text) < 1000
    assert at_numpy(numpy.asarray(parts[0].raw())) == matrix.at(x)
