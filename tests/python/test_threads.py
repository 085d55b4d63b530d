"""Threads: results are bit for bit the same for any number of them; limits; use from several Python threads.

Every operation here is large enough to be cut in chunks. Lengths are odd, so that chunks and vectors have tails.
"""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy
import pytest

import sharray as np

THREADS = [1, 2, 3, 8]
SHAPES = [(300_007,), (300, 1111), (5, 7, 9001), (50_003, 3), (3, 50_003)]
DTYPES = ["f8", "f4", "f2", "c16", "c8", "i8", "i4", "i2", "u1", "?"]

LAYOUTS = {
    "dense": lambda a: a,
    "transposed": lambda a: a.T,
    "every other": lambda a: a[..., ::2],
    "reversed": lambda a: a[::-1],
}

REDUCTIONS = {
    f"{name} over {axis}": (lambda a, name=name, axis=axis: getattr(a, name)(axis=axis))
    for name in ["sum", "prod", "min", "max", "any", "all", "argmax", "argmin"]
    for axis in [None, 0, -1]
}
OTHERS = {
    "mean": lambda a: a.mean(),
    "sum as complex128": lambda a: a.sum(dtype="c16"),
    "sum where": lambda a: np.add.reduce(a, axis=None, where=a.astype(bool)),
    "count_nonzero": np.count_nonzero,
    "cumsum": lambda a: a.cumsum(),
    "cumsum over 0": lambda a: a.cumsum(axis=0),
    "cumprod over -1": lambda a: a.cumprod(axis=-1),
    "sort": lambda a: np.sort(a, axis=None),
    "sort over 0": lambda a: np.sort(a, axis=0),
    "argsort": lambda a: np.argsort(a, axis=-1, kind="stable"),
    "partition": lambda a: np.partition(a, a.shape[-1] // 2, axis=-1),
    "add": lambda a: a + a,
    "add one row": lambda a: a + a[:1],
    "multiply by a scalar": lambda a: a * 2.5,
    "add in place": lambda a: np.add(a, a, out=a.copy()),
    "add where": lambda a: np.add(a, a, out=np.zeros(a.shape, (a + a).dtype), where=a.astype(bool)),
    "equal": lambda a: a == a[:1],
    "sin": lambda a: np.sin(a.astype("c16" if a.dtype.kind == "c" else "f8")),
    "copy": lambda a: a.copy(),
    "cast": lambda a: a.astype("c8" if a.dtype.kind == "c" else "f4"),
    "cast to swapped bytes": lambda a: a.astype(">c16" if a.dtype.kind == "c" else ">f8"),
    "fill": lambda a: np.full(a.shape, 3, dtype=a.dtype),
}


def source(dtype, shape):
    random = numpy.random.default_rng(7)
    values = random.normal(size=shape) * 50
    if dtype.startswith("c"):
        values = values + 1j * random.normal(size=shape)
    values.ravel()[::1009] = 0
    with numpy.errstate(invalid="ignore"):
        return np.array(values.astype(dtype))


def same_for_all(operation, operand):
    """The bytes of the result with each number of threads, which must be equal; returns the result."""
    results = []
    for threads in THREADS:
        with np.threads.limit(threads), np.errstate(all="ignore"):
            results.append(np.asarray(operation(operand)))
    for threads, result in zip(THREADS[1:], results[1:], strict=True):
        assert result.tobytes() == results[0].tobytes(), f"{threads} threads"
    return results[0]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_reductions(dtype, shape):
    for layout, arrange in LAYOUTS.items():
        operand = arrange(source(dtype, shape))
        for name, operation in REDUCTIONS.items():
            if dtype.startswith("c") and name.startswith("arg"):
                continue
            try:
                same_for_all(operation, operand)
            except AssertionError as error:
                raise AssertionError(f"{name}, {layout}: {error}") from None


@pytest.mark.parametrize("name", OTHERS)
def test_other_operations(name):
    for dtype, shape in [("f8", (300_007,)), ("f4", (300, 1111)), ("c16", (50_003, 3)), ("i4", (5, 7, 9001))]:
        for arrange in LAYOUTS.values():
            same_for_all(OTHERS[name], arrange(source(dtype, shape)))


@pytest.mark.parametrize("dtype", ["f8", "f4", "c16", "c8"])
@pytest.mark.parametrize("n", [32_768, 65_537, 131_071, 300_007, 1_000_003])
def test_sums_are_those_of_one_pairwise_sum(dtype, n):
    """A sum in parts takes the subtrees of the whole sum's tree, so it equals NumPy's."""
    values = source(dtype, n)
    assert same_for_all(lambda a: a.sum(), values).tobytes() == numpy.asarray(values).sum().tobytes()


@pytest.mark.parametrize("name", ["divide", "invalid", "over", "under"])
@pytest.mark.parametrize("place", [0, 150_000, 300_006])
def test_one_warning_wherever_it_arises(name, place):
    operand = np.ones(300_007)
    operand[place] = {"divide": 0, "invalid": -1, "over": 1e300, "under": 1e-300}[name]
    operation = {
        "divide": lambda: 1 / operand,
        "invalid": lambda: np.sqrt(operand),
        "over": lambda: operand * operand,
        "under": lambda: operand * operand,
    }[name]
    for threads in THREADS:
        with np.threads.limit(threads), np.errstate(all="ignore", **{name: "raise"}), pytest.raises(FloatingPointError):
            operation()


def test_memory_written_twice_is_written_in_order():
    twice = np.lib.stride_tricks.as_strided(np.zeros(1), (200_000,), (0,))
    for threads in THREADS:
        with np.threads.limit(threads):
            np.add(np.arange(200_000.0), 0, out=twice)
            assert twice[0] == 199_999
            twice[...] = np.arange(200_000.0) * 2
            assert twice[0] == 399_998


def test_limits():
    before = np.threads.get()
    with np.threads.limit(3) as n:
        assert n == np.threads.get() == 3
        with np.threads.limit(1):
            assert np.threads.get() == 1
            seen = []
            other = threading.Thread(target=lambda: seen.append(np.threads.get()))
            other.start()
            other.join()
            assert seen == [before], "another thread is not concerned"
        assert np.threads.get() == 3
        np.threads.set(5)
        assert np.threads.get() == 3
    assert np.threads.get() == 5
    np.threads.set(before)


@pytest.mark.parametrize("bad", [0, -1, 257, 2**70])
def test_numbers_out_of_range(bad):
    before = np.threads.get()
    for act in [np.threads.set, np.threads.limit]:
        with pytest.raises(ValueError, match=str(bad)):
            act(bad)
    assert np.threads.get() == before


def test_what_is_no_number():
    for act in [np.threads.set, np.threads.limit]:
        with pytest.raises(TypeError):
            act(1.5)


@pytest.mark.parametrize(
    ("environment", "threads"),
    [
        ({"SHARRAY_NUM_THREADS": "3"}, 3),
        ({"OMP_NUM_THREADS": "4,2"}, 4),
        ({"SHARRAY_NUM_THREADS": "2", "OMP_NUM_THREADS": "4"}, 2),
        ({"SHARRAY_NUM_THREADS": "none", "OMP_NUM_THREADS": "4"}, 4),
        ({"SHARRAY_NUM_THREADS": "0"}, len(os.sched_getaffinity(0))),
    ],
)
def test_environment(environment, threads):
    clean = {k: v for k, v in os.environ.items() if k not in ("SHARRAY_NUM_THREADS", "OMP_NUM_THREADS")}
    program = "import sharray; print(sharray.threads.get())"
    done = subprocess.run([sys.executable, "-c", program], env=clean | environment, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == (str(threads), "")


def test_many_python_threads_at_once():
    operand = source("f8", (300_007,))
    expected = (operand.sum().tobytes(), np.sort(operand).tobytes(), (operand * 2 + operand).tobytes())

    def work(_):
        return operand.sum().tobytes(), np.sort(operand).tobytes(), (operand * 2 + operand).tobytes()

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(work, range(24))) == {expected}


def test_objects_and_python_functions_stay_in_their_thread():
    names = set()

    def seen(x):
        names.add(threading.current_thread().name)
        return x

    np.frompyfunc(seen, 1, 1)(np.arange(100_000))
    assert names == {threading.current_thread().name}
    assert np.arange(100_000).astype(object).sum() == 4_999_950_000
