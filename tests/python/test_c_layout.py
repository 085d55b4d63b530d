"""Live objects read through NumPy's C layouts: fields at the offsets that NumPy's public headers give, and in the same
places in the real NumPy's own objects."""

import ctypes
import gc
import sys
import weakref

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")

LIBRARIES = pytest.mark.parametrize("m", [np, numpy], ids=["sharray", "numpy"])

C_CONTIGUOUS, F_CONTIGUOUS, OWNDATA, ALIGNED, WRITEABLE = 1, 2, 4, 0x100, 0x400
Axes = ctypes.c_ssize_t * 32
Pairs = (ctypes.c_ssize_t * 2) * 32


class Object(ctypes.Structure):
    _fields_ = [("refcount", ctypes.c_ssize_t), ("type", ctypes.c_void_p)]


class Ndarray(ctypes.Structure):
    _fields_ = [
        ("head", Object),
        ("data", ctypes.c_void_p),
        ("nd", ctypes.c_int),
        ("dimensions", ctypes.POINTER(ctypes.c_ssize_t)),
        ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
        ("base", ctypes.c_void_p),
        ("descr", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("weakreflist", ctypes.c_void_p),
        ("buffer_info", ctypes.c_void_p),
        ("mem_handler", ctypes.c_void_p),
    ]


class FlatIter(ctypes.Structure):
    _fields_ = [
        ("head", Object),
        ("nd_m1", ctypes.c_int),
        ("index", ctypes.c_ssize_t),
        ("size", ctypes.c_ssize_t),
        ("coordinates", Axes),
        ("dims_m1", Axes),
        ("strides", Axes),
        ("backstrides", Axes),
        ("factors", Axes),
        ("ao", ctypes.c_void_p),
        ("dataptr", ctypes.c_void_p),
        ("contiguous", ctypes.c_ubyte),
        ("bounds", Pairs),
        ("limits", Pairs),
        ("limits_sizes", Axes),
        ("translate", ctypes.c_void_p),
    ]


class MultiIter(ctypes.Structure):
    _fields_ = [
        ("head", Object),
        ("numiter", ctypes.c_int),
        ("size", ctypes.c_ssize_t),
        ("index", ctypes.c_ssize_t),
        ("nd", ctypes.c_int),
        ("dimensions", Axes),
        ("iters", ctypes.POINTER(FlatIter) * 64),
    ]


def fields(layout, obj):
    """The object's memory as a structure. The caller keeps the object."""
    return layout.from_address(id(obj))


def test_sizes():
    assert (ctypes.sizeof(Ndarray), ctypes.sizeof(FlatIter), ctypes.sizeof(MultiIter)) == (96, 2632, 816)
    assert np.flatiter.__basicsize__ == numpy.flatiter.__basicsize__ == ctypes.sizeof(FlatIter)
    assert np.broadcast.__basicsize__ == numpy.broadcast.__basicsize__ == ctypes.sizeof(MultiIter)
    # Ours are larger: small arrays lie in the object itself.
    assert np.ndarray.__basicsize__ >= ctypes.sizeof(Ndarray)


@LIBRARIES
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 0, 5), (1, 2, 1, 2, 1, 2, 1), (100, 100)])
def test_an_array(m, shape):
    a = m.ones(shape, "f4")
    f = fields(Ndarray, a)
    assert f.head.type == id(m.ndarray) and f.head.refcount == sys.getrefcount(a) - 1
    assert (f.nd, tuple(f.dimensions[: f.nd]), tuple(f.strides[: f.nd])) == (len(shape), a.shape, a.strides)
    assert f.data == a.ctypes.data and f.descr == id(a.dtype) and f.base is None
    wanted = C_CONTIGUOUS | OWNDATA | ALIGNED | WRITEABLE
    assert f.flags & ~F_CONTIGUOUS == wanted and bool(f.flags & F_CONTIGUOUS) == a.flags.f_contiguous
    assert f.mem_handler is not None


@LIBRARIES
def test_a_view_and_what_changes_in_place(m):
    a = m.arange(12).reshape(3, 4).copy()
    view = a[::-1, 1:]
    f = fields(Ndarray, view)
    assert f.base == id(a) and not f.flags & OWNDATA
    assert f.data == a.ctypes.data + 8 * 9 and tuple(f.strides[:2]) == (-32, 8)
    view.flags.writeable = False
    assert not f.flags & WRITEABLE
    assert f.weakreflist is None
    reference = weakref.ref(view)
    assert f.weakreflist == id(reference)
    assert f.buffer_info is None or m is numpy
    held = memoryview(view)
    assert f.buffer_info is not None
    held.release()
    a.shape = (2, 6)
    own = fields(Ndarray, a)
    assert tuple(own.dimensions[:2]) == (2, 6) and tuple(own.strides[:2]) == (48, 8)


@LIBRARIES
def test_what_c_writes_is_what_python_sees(m):
    a = m.arange(6)
    f = fields(Ndarray, a)
    f.flags &= ~WRITEABLE
    assert not a.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        a[0] = 1
    f.dimensions[0] = 4
    assert a.tolist() == [0, 1, 2, 3]
    f.dimensions[0], f.strides[0] = 3, 16
    assert a.tolist() == [0, 2, 4]
    f.dimensions[0], f.strides[0] = 6, 8


@LIBRARIES
def test_a_flat_iterator(m):
    a = m.arange(6, dtype="i4").reshape(2, 3).T
    it = a.flat
    f = fields(FlatIter, it)
    assert (f.nd_m1, f.index, f.size, f.ao, f.dataptr, f.contiguous) == (1, 0, 6, id(a), a.ctypes.data, 0)
    assert (f.dims_m1[:2], f.strides[:2], f.backstrides[:2], f.factors[:2]) == ([2, 1], [4, 12], [8, 12], [2, 1])
    assert [tuple(pair) for pair in f.bounds[:2]] == [(0, 2), (0, 1)] or m is np
    assert [tuple(pair) for pair in f.limits[:2]] == [(0, 2), (0, 1)] and f.limits_sizes[:2] == [3, 2]
    next(it), next(it), next(it)
    assert (f.index, f.coordinates[:2], f.dataptr) == (3, [1, 1], a.ctypes.data + 16)
    dense = m.arange(3).flat
    assert fields(FlatIter, dense).contiguous == 1


@LIBRARIES
def test_a_broadcast(m):
    x, y = m.arange(3), m.arange(2.0).reshape(2, 1)
    it = m.broadcast(x, y)
    f = fields(MultiIter, it)
    assert (f.numiter, f.size, f.index, f.nd, f.dimensions[:2]) == (2, 6, 0, 2, [2, 3])
    flats = it.iters
    assert [ctypes.addressof(f.iters[i].contents) for i in range(2)] == [id(flat) for flat in flats]
    assert all(type(flat) is m.flatiter for flat in flats)
    # NumPy leaves the places of absent operands as they were allocated.
    assert m is numpy or not f.iters[2]
    first, second = f.iters[0].contents, f.iters[1].contents
    assert (first.ao, second.ao) == (id(x), id(y))
    assert flats[0].base is x and flats[1].base is y
    for flat, strides, backstrides in ((first, [0, 8], [0, 16]), (second, [8, 0], [8, 0])):
        assert (flat.nd_m1, flat.size, flat.dims_m1[:2]) == (1, 6, [1, 2])
        assert (flat.strides[:2], flat.backstrides[:2], flat.factors[:2]) == (strides, backstrides, [3, 1])
    for _ in range(4):
        next(it)
    assert (f.index, first.index, second.dataptr) == (4, 4, y.ctypes.data + 8)
    # Compiled code steps the iterators by itself.
    f.index = first.index = second.index = 0
    first.dataptr, second.dataptr = x.ctypes.data, y.ctypes.data
    first.coordinates[:2] = second.coordinates[:2] = [0, 0]
    assert list(it) == [(i, j) for j in range(2) for i in range(3)]
    it.reset()
    assert (f.index, first.index, first.dataptr, first.coordinates[:2]) == (0, 0, x.ctypes.data, [0, 0])


@LIBRARIES
def test_broadcast_in_python(m):
    it = m.broadcast(m.ones((4, 1)), 5, m.zeros(3))
    assert (it.shape, it.size, it.nd, it.ndim, it.numiter, it.index) == ((4, 3), 12, 2, 2, 3, 0)
    assert m.broadcast(it, m.ones((2, 1, 1))).shape == (2, 4, 3)
    assert (m.broadcast().shape, list(m.broadcast()), list(m.broadcast(1))) == ((), [()], [(1,)])
    assert m.broadcast(m.ones((3, 1)), m.arange(4)).iters[1][7] == 3
    assert list(m.broadcast(m.ones((3, 0)), 1)) == []
    with pytest.raises(ValueError, match="keyword arguments"):
        m.broadcast(1, subok=True)
    with pytest.raises(ValueError, match="at most 64"):
        m.broadcast(*range(65))
    with pytest.raises(RuntimeError, match="32 dimensions"):
        m.broadcast(m.ones((1,) * 33))
    with pytest.raises(ValueError, match="arg 0 with shape \\(3,\\) and arg 1 with shape \\(2,\\)"):
        m.broadcast(m.ones(3), m.ones(2))
    with pytest.raises(ValueError, match="too large"):
        m.broadcast(numpy_like(m, (2**40, 1)), numpy_like(m, (2**40,)))
    with pytest.raises(TypeError):
        type("Own", (m.broadcast,), {})
    with pytest.raises(AttributeError):
        it.index = 3


def numpy_like(m, shape):
    """An array of that shape without that much memory."""
    return m.broadcast_to(m.zeros(1), shape)


@LIBRARIES
def test_broadcast_holds_what_it_walks_over(m):
    a = m.arange(3, dtype=object)
    before = sys.getrefcount(a)
    it = m.broadcast(a, a[:1])
    assert sys.getrefcount(a) > before
    for _ in range(5):
        list(it)
        it.reset()
    del it
    gc.collect()
    assert sys.getrefcount(a) == before
