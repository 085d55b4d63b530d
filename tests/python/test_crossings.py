"""Records of crossings: what each protocol leaves, who still holds memory, and what it costs in memory."""

import array
import asyncio
import gc
import hashlib
import threading
import tracemalloc

import numpy
import pytest

import sharray as np
from sharray import _engine
from sharray.interop import REASONS, CopyRefused, log, no_copy

torch = pytest.importorskip("torch")


@pytest.fixture(autouse=True)
def _fresh():
    gc.collect()
    log(clear=True)


def crossed(work):
    """What one piece of work left: direction, protocol, verdict, reason of each crossing."""
    before = _engine._crossings_count()[0]
    kept = work()
    found = [(c.direction, c.protocol, c.verdict, c.reason) for c in log() if c.number > before]
    del kept
    return found


class ByDict:
    def __init__(self, source):
        self.__array_interface__ = source.__array_interface__
        self.source = source


class ByStruct:
    def __init__(self, source):
        self.__array_struct__ = source.__array_struct__
        self.source = source


class ByMethod:
    def __init__(self, source):
        self.source = source

    def __array__(self, dtype=None, copy=None):
        return self.source.copy() if copy else self.source


THEIRS = numpy.arange(6.0)
INWARDS = {
    "numpy": (lambda: np.asarray(THEIRS), ("ndarray struct", "shared", None)),
    "numpy, swapped": (lambda: np.asarray(THEIRS.astype(">f8")), ("buffer", "shared", None)),
    "bytearray": (lambda: np.asarray(bytearray(4)), ("buffer", "shared", None)),
    "array": (lambda: np.asarray(array.array("d", [1])), ("buffer", "shared", None)),
    "frombuffer": (lambda: np.frombuffer(b"12345678"), ("buffer", "shared", None)),
    "dict": (lambda: np.asarray(ByDict(THEIRS)), ("__array_interface__", "shared", None)),
    "struct": (lambda: np.asarray(ByStruct(THEIRS)), ("__array_struct__", "shared", None)),
    "method": (lambda: np.asarray(ByMethod(THEIRS)), ("__array__", "shared", None)),
    "method, copying": (lambda: np.array(ByMethod(THEIRS)), ("__array__", "copied", "requested")),
    "dlpack": (lambda: np.from_dlpack(torch.ones(2)), ("dlpack", "shared", None)),
    "dlpack, copying": (lambda: np.from_dlpack(THEIRS, copy=True), ("dlpack", "copied", "requested")),
    "requested": (lambda: np.array(THEIRS), ("ndarray struct", "copied", "requested")),
    "order": (lambda: np.asarray(THEIRS.reshape(2, 3).T, order="C"), ("ndarray struct", "copied", "non-contiguous")),
    "backwards": (lambda: np.asarray(THEIRS[::-1], order="C"), ("ndarray struct", "copied", "negative stride")),
    "swapped": (lambda: np.asarray(THEIRS.astype(">f8"), dtype="f8"), ("buffer", "copied", "byte order")),
    "dtype": (lambda: np.asarray(THEIRS, dtype="f4"), ("ndarray struct", "copied", "dtype")),
    "objects": (lambda: np.asarray(THEIRS, dtype=object), ("ndarray struct", "copied", "objects")),
    "list": (lambda: np.asarray([THEIRS]), ("ndarray struct", "copied", "several pieces")),
}


@pytest.mark.parametrize("work, expected", INWARDS.values(), ids=INWARDS)
def test_inwards(work, expected):
    assert ("in", *expected) in crossed(work)


OURS = np.arange(6.0)
OUTWARDS = {
    "memoryview": (lambda: memoryview(OURS), ("memoryview", "shared", None)),
    "numpy": (lambda: numpy.asarray(OURS), ("memoryview", "shared", None)),
    "buffer": (lambda: hashlib.sha1(OURS), ("buffer", "shared", None)),
    "dict": (lambda: OURS.__array_interface__, ("__array_interface__", "shared", None)),
    "struct": (lambda: OURS.__array_struct__, ("__array_struct__", "shared", None)),
    "method": (lambda: OURS.__array__(), ("__array__", "shared", None)),
    "method, cast": (lambda: OURS.__array__("f4"), ("__array__", "copied", "dtype")),
    "dlpack": (lambda: torch.from_dlpack(OURS), ("dlpack", "shared", None)),
    "dlpack, copying": (lambda: OURS.__dlpack__(copy=True), ("dlpack", "copied", "requested")),
}


@pytest.mark.parametrize("work, expected", OUTWARDS.values(), ids=OUTWARDS)
def test_outwards(work, expected):
    assert ("out", *expected) in crossed(work)


def test_values_and_arithmetic_are_no_crossings():
    a = np.arange(3)
    assert (
        crossed(lambda: (np.asarray([1, 2]), np.asarray(3.0), a + a, a.sum(), np.float64(2) * 3, numpy.float64(1) + a))
        == []
    )


def test_a_record_tells_the_facts():
    theirs = numpy.arange(6, dtype=">i4")[::-2]
    theirs.flags.writeable = False
    np.asarray(theirs)
    c = log()[-1]
    assert (c.other, c.dtype, c.nbytes, c.address) == ("numpy.ndarray", ">i4", 12, theirs.ctypes.data)
    assert (c.read_only, c.native, c.aligned, c.layout) == (True, False, True, "negative stride (-8 along axis 0)")


def held(a):
    address = a.__array_interface__["data"][0]
    return [c for c in map(tuple, _engine._crossings_live()) if c[6] == address]


TRACKED = {
    "dlpack": lambda a: torch.from_dlpack(a),
    "capsule that nobody takes": lambda a: a.__dlpack__(max_version=(1, 0)),
    "buffer": lambda a: torch.frombuffer(a, dtype=torch.float64),
    "buffer of a view": lambda a: torch.frombuffer(a[:2], dtype=torch.float64),
}


@pytest.mark.parametrize("hand_out", TRACKED.values(), ids=TRACKED)
def test_consumers_are_held_until_they_let_go(hand_out):
    a = np.arange(4.0)
    consumers = [hand_out(a) for _ in range(3)]
    assert len(held(a)) == 3
    consumers.pop()
    assert len(held(a)) == 2
    consumers.clear()
    assert held(a) == []


def test_a_consumer_outlives_its_array():
    a = np.arange(4.0)
    t = torch.frombuffer(a, dtype=torch.float64)
    address = t.data_ptr()
    del a
    gc.collect()
    t[0] = 7
    assert t.tolist() == [7, 1, 2, 3]
    assert [c[6] for c in _engine._crossings_live()] == [address]


def test_consumers_let_go_in_other_threads():
    a = np.arange(4.0)

    def work():
        for _ in range(200):
            torch.from_dlpack(a), hashlib.sha1(a), np.asarray(THEIRS), memoryview(a)

    threads = [threading.Thread(target=work) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert held(a) == []
    assert log().crossings >= 4 * 800


def test_ten_thousand_crossings_take_no_more_memory():
    a = np.arange(4.0)

    def work(count):
        for _ in range(count):
            torch.from_dlpack(a), hashlib.sha1(a), np.asarray(THEIRS), np.asarray(ByDict(THEIRS)), numpy.asarray(a)

    work(1000)
    gc.collect()
    tracemalloc.start()
    before, references = tracemalloc.get_traced_memory()[0], __import__("sys").getrefcount(a)
    work(10_000)
    gc.collect()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert after - before < 20_000
    assert __import__("sys").getrefcount(a) == references
    found = log()
    assert len(found) == 4096
    assert found.crossings >= 55_000


def test_numbers_go_on_where_records_are_forgotten():
    np.asarray(THEIRS)
    last = log(clear=True)[-1].number
    assert len(log()) == 0
    np.asarray(THEIRS)
    assert [c.number for c in log()] == [last + 1]


def test_classes_are_held_by_no_more_than_the_records():
    import weakref

    class Local(ByDict):
        pass

    np.asarray(Local(THEIRS))
    gone = weakref.ref(Local)
    del Local
    log(clear=True)
    gc.collect()
    assert gone() is None


def test_the_reasons_are_those_of_the_engine():
    assert list(REASONS) == _engine._crossings_reasons()


def test_a_log_is_a_table():
    np.asarray(THEIRS[::-1], order="C")
    text = str(log())
    assert "negative stride (stride -8 along axis 0)" in text
    assert text.endswith("1 crossings, 1 copied, 48 bytes copied; 0 still held")


def test_no_copy_refuses_copies_only():
    with no_copy():
        np.asarray(THEIRS)
        np.asarray([1, 2])
        np.arange(3).copy()
        np.from_dlpack(torch.ones(2))


REFUSED = {
    "requested": lambda: np.array(THEIRS),
    "dtype": lambda: np.asarray(THEIRS, dtype="f4"),
    "byte order": lambda: np.asarray(THEIRS.astype(">f8"), dtype="f8"),
    "non-contiguous": lambda: np.asarray(THEIRS[::2], order="C"),
    "requested ": lambda: OURS.__dlpack__(copy=True),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_no_copy_names_the_reason(reason):
    with no_copy(), pytest.raises(CopyRefused, match=reason.strip()) as caught:
        REFUSED[reason]()
    assert caught.value.reason == reason.strip()
    assert isinstance(caught.value, BufferError) and isinstance(caught.value, ValueError)
    REFUSED[reason]()


def test_no_copy_has_a_limit():
    with no_copy(limit=48):
        np.array(THEIRS)
        with no_copy(limit=47), pytest.raises(CopyRefused, match="48 bytes"):
            np.array(THEIRS)
        np.array(THEIRS)


def test_no_copy_counts_in_its_thread_and_task():
    done = []
    with no_copy():
        thread = threading.Thread(target=lambda: done.append(np.array(THEIRS)))
        thread.start()
        thread.join()
    assert len(done) == 1

    async def strict():
        with no_copy():
            await asyncio.sleep(0.01)
            with pytest.raises(CopyRefused):
                np.array(THEIRS)

    async def free():
        await asyncio.sleep(0.005)
        return np.array(THEIRS)

    async def both():
        return await asyncio.gather(strict(), free())

    assert asyncio.run(both())[1].tolist() == THEIRS.tolist()
