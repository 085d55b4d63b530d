"""What docs/thread-safety.md says of arrays that several Python threads use at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy
import pytest

import sharray as np

SIZE = 1 << 20
WORKERS = 4


def together(*functions, times=20):
    """Each function `times` times in a thread of its own, all at once; their results by function."""
    start = threading.Barrier(len(functions))

    def repeat(function):
        start.wait()
        return [function() for _ in range(times)]

    with ThreadPoolExecutor(len(functions)) as pool:
        return [one.result() for one in [pool.submit(repeat, function) for function in functions]]


def test_readers_of_one_array():
    a = np.arange(SIZE, dtype="f8")
    operations = [lambda: a.sum(), lambda: (a * 2)[-1], lambda: np.sort(a)[0], lambda: a[::2].mean()]
    expected = [operation() for operation in operations]
    for values, value in zip(together(*operations), expected):
        assert values == [value] * len(values)


def test_writers_of_separate_parts():
    a = np.zeros(WORKERS * SIZE)
    parts = np.split(a, WORKERS)

    def add(part):
        return lambda: np.add(part, 1, out=part) is part

    together(*[add(part) for part in parts], times=10)
    assert (a == 10).all()


def test_a_reader_beside_a_writer_sees_whole_elements():
    """Values of before or after, element by element; never half of an element, never other memory."""
    a = np.zeros(SIZE)
    patterns = [1.2345678901234567e300, -9.876543210987654e-300]
    states = iter(patterns * 10)
    lock = threading.Lock()

    def write():
        with lock:
            value = next(states)
        a.fill(value)

    def read():
        return set(np.unique(a.copy()).tolist())

    seen = together(write, read, read)[1:]
    assert set().union(*seen[0], *seen[1]) <= {0.0, *patterns}


def test_a_new_shape_does_not_disturb_operations():
    a = np.ones(SIZE)
    shapes = iter([(SIZE,), (1024, -1), (2, SIZE // 2)] * 40)

    def reshape():
        a.shape = next(shapes)

    for totals in together(reshape, a.sum, lambda: np.add(a, 1).size, times=60)[1:]:
        assert set(totals) == {float(SIZE)}


def test_resize_in_place_is_refused_while_an_operation_runs():
    """An operation holds its operands, and `resize` asks who else holds the array."""
    a = np.ones(SIZE)
    other = a
    with pytest.raises(ValueError, match="resize"):
        a.resize(2 * SIZE)
    assert other.size == SIZE


def test_one_generator_for_several_threads():
    """Draws wait for each other: no number is given twice, and none is lost."""
    shared, alone = np.random.default_rng(7), np.random.default_rng(7)
    drawn = together(*[lambda: shared.random(1000)] * WORKERS)
    numbers = np.sort(np.concatenate([np.concatenate(one) for one in drawn]))
    assert np.array_equal(numbers, np.sort(alone.random(numbers.size)))


def test_errstate_and_printoptions_belong_to_their_thread():
    inside, done = threading.Event(), threading.Event()

    def strict():
        with np.errstate(all="raise"), np.printoptions(precision=1):
            inside.set()
            done.wait()

    thread = threading.Thread(target=strict)
    thread.start()
    inside.wait()
    assert np.geterr()["divide"] == "warn" and np.get_printoptions()["precision"] == 8
    done.set()
    thread.join()


def test_a_limit_of_threads_belongs_to_its_thread():
    usual = np.threads.get()
    with np.threads.limit(usual + 1), ThreadPoolExecutor(1) as pool:
        assert np.threads.get() == usual + 1
        assert pool.submit(np.threads.get).result() == usual


def test_long_work_lets_other_threads_run():
    """The lock of the interpreter is released: another thread counts on while a sort runs."""
    a = np.random.default_rng(1).random(1 << 22)
    counted, stop = [], threading.Event()

    def count():
        while not stop.is_set():
            counted.append(None)

    thread = threading.Thread(target=count)
    thread.start()
    before = len(counted)
    np.sort(a)
    after = len(counted)
    stop.set()
    thread.join()
    assert after > before


def test_numpy_and_sharray_share_an_array_between_threads():
    a = numpy.arange(SIZE, dtype="f8")
    b = np.asarray(a)
    assert b.__array_interface__["data"] == a.__array_interface__["data"]
    ours, theirs = together(b.sum, a.sum)
    assert set(ours) | set(theirs) == {float(a.sum())}
