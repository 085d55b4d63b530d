"""Arrays in files: closing, truncated files, modes, and files larger than memory."""

import copy
import errno
import os
import pickle
import subprocess
import sys
import textwrap

import numpy
import pytest

import sharray as np

SIZE = 3000  # more than two pages of int64


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "numbers.bin"
    np.arange(SIZE, dtype=np.int64).tofile(path)
    return path


def on_disk(path):
    return numpy.fromfile(path, dtype="i8")


# Everything that looks at the elements of an array, in one way or another.
USES = {
    "index": lambda m: m[0],
    "slice": lambda m: m[1:3],
    "write": lambda m: m.__setitem__(0, 1),
    "sum": lambda m: m.sum(),
    "np.sum": lambda m: np.sum(m),
    "operator": lambda m: m + 1,
    "reflected": lambda m: 1 + m,
    "in place": lambda m: m.__iadd__(1),
    "ufunc": lambda m: np.add(m, 1),
    "ufunc out": lambda m: np.negative(np.zeros(m.shape, m.dtype), out=m),
    "ufunc reduce": lambda m: np.add.reduce(m),
    "ufunc at": lambda m: np.add.at(m, 0, 1),
    "asarray": lambda m: np.asarray(m),
    "array": lambda m: np.array(m),
    "copy": lambda m: m.copy(),
    "copy.copy": lambda m: copy.copy(m),
    "astype": lambda m: m.astype("f4"),
    "sort": lambda m: m.sort(),
    "tolist": lambda m: m.tolist(),
    "iteration": lambda m: next(iter(m)),
    "contains": lambda m: 5 in m,
    "flat": lambda m: m.flat[0],
    "fill": lambda m: m.fill(1),
    "memoryview": lambda m: memoryview(m),
    "data": lambda m: m.data,
    "tobytes": lambda m: m.tobytes(),
    "pickle": lambda m: pickle.dumps(m),
    "real NumPy": lambda m: numpy.asarray(m),
    "real NumPy's ufunc": lambda m: numpy.add(m, 1),
    "array interface": lambda m: m.__array_interface__,
    "dlpack": lambda m: m.__dlpack__(),
    "concatenate": lambda m: np.concatenate([m, m]),
    "matmul": lambda m: m @ m,
    "where": lambda m: np.where(m, 1, 2),
    "flush": lambda m: m.flush(),
}


@pytest.mark.parametrize("use", USES.values(), ids=list(USES))
def test_after_closing_each_use_raises(path, use):
    m = np.memmap(path, dtype="i8", mode="r+")
    view = m[2:]
    m.close()
    for closed in (m, view):
        with pytest.raises(ValueError, match=r"memmap of '.*numbers.bin' is closed"):
            use(closed)
    assert on_disk(path).tolist() == list(range(SIZE))


@pytest.mark.parametrize("use", USES.values(), ids=list(USES))
def test_a_truncated_file_raises_and_does_not_fault(path, use):
    m = np.memmap(path, dtype="i8", mode="r+")
    view = m[2:]
    os.truncate(path, 100)
    for cut in (m, view):
        with pytest.raises(OSError, match="truncated to 100 bytes while it was mapped; the array needs 24000"):
            use(cut)
    os.truncate(path, SIZE * 8)
    assert m[-1] == 0  # there again, and empty


def test_closing_writes_and_unmaps(path):
    m = np.memmap(path, dtype="i8", mode="r+")
    m[0] = 7
    assert not m.closed
    done = m.close()
    assert done is True
    assert m.closed
    assert m._mmap.closed
    done = m.close()
    assert done is True  # twice is fine
    assert on_disk(path)[0] == 7
    assert "closed memmap" in repr(m)
    assert "closed memmap" in str(m)


def test_the_end_of_a_block_closes(path):
    with np.memmap(path, dtype="i8", mode="r+") as m:
        m[1] = 9
    assert m.closed
    assert m._mmap.closed
    assert on_disk(path)[1] == 9
    with pytest.raises(ValueError, match="is closed"), m:
        pass
    with pytest.raises(KeyError), np.memmap(path, dtype="i8") as m:
        raise KeyError
    assert m.closed


def holders():
    """Who may still look at the memory of a closed array: what they are, and what they then see."""
    yield "plain view", lambda m: np.asarray(m), lambda h: h[5]
    yield "plain view of a view", lambda m: np.asarray(m[1:]), lambda h: h[4]
    yield "memoryview", lambda m: memoryview(m), lambda h: h[5]
    yield "real NumPy", lambda m: numpy.asarray(m), lambda h: h[5]
    yield "flat iterator", lambda m: m.flat, lambda h: h[5]
    yield "nditer", lambda m: np.nditer(m), lambda h: list(h)[5]
    yield "list of it", lambda m: [m], lambda h: 5
    yield "dlpack", lambda m: np.from_dlpack(m), lambda h: h[5]


@pytest.mark.parametrize(("make", "look"), [h[1:] for h in holders()], ids=[h[0] for h in holders()])
def test_who_still_looks_never_faults(path, make, look):
    m = np.memmap(path, dtype="i8", mode="r")
    holder = make(m)
    done = m.close()
    assert done is False
    mapping = m._mmap
    assert not mapping.closed
    assert look(holder) == 5
    with pytest.raises(ValueError, match="is closed"):
        m[5]


def test_held_elsewhere_or_by_several_names(path):
    def inner(m):
        return m.close()

    m = np.memmap(path, dtype="i8", mode="r")
    done = inner(m)
    assert done is False  # the outer variable is not the caller's
    del m
    m = other = np.memmap(path, dtype="i8", mode="r")
    done = m.close()
    assert done is True
    assert other.closed


def test_only_arrays_in_files_close(path):
    m = np.memmap(path, dtype="i8")
    with pytest.raises(ValueError, match="not in a file"):
        np.memmap.close(m.copy())


@pytest.mark.parametrize("mode", ["r", "r+", "c", "w+"])
@pytest.mark.parametrize("offset", [0, 8, 4096, 4104])
def test_modes_and_offsets(path, mode, offset):
    before = on_disk(path)
    shape = (3, 5)
    m = np.memmap(path, dtype="i8", mode=mode, offset=offset, shape=shape, order="F")
    assert (m.mode, m.offset, m.shape) == (mode, offset, shape)
    assert m.flags.writeable == (mode != "r")
    start = offset // 8
    expected = before[start : start + 15] if mode != "w+" else numpy.zeros(15, "i8")
    assert np.array_equal(m, expected.reshape(5, 3).T)
    if mode == "r":
        with pytest.raises(ValueError, match="read-only"):
            m[0, 0] = -1
    else:
        m[2, 4] = -1
    m.flush()
    m.close()
    after = on_disk(path)
    changed = before.copy() if mode != "w+" else numpy.zeros(start + 15, "i8")
    if mode in ("r+", "w+"):
        changed[start + 14] = -1
    assert after.tolist() == changed.tolist()


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"mode": "r", "shape": SIZE + 1}, ValueError, "length is greater"),
        ({"mode": "x"}, ValueError, "mode must be"),
        ({"mode": "w+"}, ValueError, "shape"),
        ({"mode": "r", "dtype": "S7"}, ValueError, "multiple"),
    ],
)
def test_refusals(path, options, error, words):
    with pytest.raises(error, match=words):
        np.memmap(path, **{"dtype": "i8", **options})
    assert on_disk(path).tolist() == list(range(SIZE))


LARGE = """
    import os, sys
    import sharray as np
    path, size = sys.argv[1], 20 * 2**30
    count, step = size // 8, 2**24
    def anonymous():
        lines = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
        return int(lines["RssAnon"].split()[0])
    with np.memmap(path, dtype="f8", mode="w+", shape=(count,)) as m:
        piece = m[count // 2 : count // 2 + 1000]
        piece += 1
        m[::2**26] = 2
        del piece
        total, most = 0.0, 0
        for start in range(0, count, step):
            total += float(m[start : start + step].sum())
            most = max(most, anonymous())
        block = m[step : 2 * step]
        np.multiply(block[: 2**20], 3, out=block[: 2**20])
        del block
    assert total == 1000 + 2 * (count // 2**26) - (count // 2 % 2**26 == 0), total
    assert m.closed
    # What the system keeps of the file is its cache: only memory without a file is the program's own.
    print(max(most, anonymous()), os.stat(path).st_blocks * 512)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="resident memory is read from /proc")
def test_twenty_gigabytes_in_bounded_memory(tmp_path):
    path = tmp_path / "large.bin"
    with open(path, "wb") as file:
        try:
            file.truncate(20 * 2**30)
        except OSError as error:
            if error.errno in (errno.EFBIG, errno.ENOSPC, errno.EINVAL):
                pytest.skip(f"the file system holds no sparse file of 20 GB: {error}")
            raise
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LARGE), str(path)],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    anonymous, stored = map(int, done.stdout.split())
    assert anonymous < 300 * 1024, f"{anonymous} kB"
    assert stored < 2**30
