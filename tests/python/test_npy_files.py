"""`.npy` and `.npz` files: byte for byte what NumPy writes, read by either."""

import gzip
import io
import os
import pathlib
import zipfile

import numpy
import pytest

import sharray as np

DTYPES = [
    *"?bBhHiIlLqQefdgFDG",
    *(">i2", ">u4", ">f8", ">c16", "S1", "S7", "U1", ">U3", "V5", "M8[s]", ">m8[us]", "M8[25ns]", "M8"),
    [("a", "i4"), ("b", ">f8", (2, 3)), ("c", "S3")],
    [("x", [("y", "i1"), ("z", "f4")]), ("\xe9", "u2")],
    [("\u03b1\u4e2d", "i4")],
    {"names": ["a", "b"], "formats": ["i1", "f8"], "offsets": [3, 16], "itemsize": 40},
    numpy.dtype([("a", "i1"), ("b", "f8")], align=True),
    [(("title", "name"), "i4"), ("other", "f4")],
    [(f"field_with_a_long_name_{i}", "f8") for i in range(3000)],
    "O",
]
LAYOUTS = {
    "C": lambda a: a,
    "F": lambda a: a.copy("F"),
    "transposed": lambda a: a.T,
    "strided": lambda a: a[::2, ::-1],
    "one row": lambda a: a[:1],
    "row": lambda a: a[0],
    "element": lambda a: a[0, 0, ...],
    "empty": lambda a: a[:0],
    "no axis": lambda a: a.reshape(-1)[:1].reshape(()),
    "five axes": lambda a: a.reshape(2, 1, 3, 1, 2),
}


def same_in_sharray(array):
    if array.dtype.hasobject:
        return np.array(array.tolist(), dtype=object).reshape(array.shape)
    return np.asarray(array).view(np.dtype(array.dtype))  # a buffer knows no titles


LONG = {"max_header_size": 10**6, "allow_pickle": True}


def content(array):
    """The bytes of the elements, without the gaps of a structure: NumPy does not read those."""
    fields = array.dtype.names
    return [content(array[name]) for name in fields] if fields else array.tobytes()


def theirs_again(out):
    return io.BytesIO(out.getvalue())


def values(dtype):
    if dtype == "O":
        return numpy.array([None, 1, "a", 2.5, (1,), b"x"] * 2, dtype=object).reshape(4, 3)
    raw = numpy.arange(12 * numpy.dtype(dtype).itemsize, dtype="u1") % 2
    return raw.view(dtype).reshape(4, 3) if dtype != "?" else raw.view("?").reshape(4, 3)


@pytest.mark.filterwarnings("ignore:Stored array in format")
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=list(LAYOUTS))
@pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: str(d)[:40])
def test_written_as_numpy_writes(dtype, layout):
    theirs, ours = io.BytesIO(), io.BytesIO()
    array = layout(values(dtype))
    own = same_in_sharray(array)
    numpy.save(theirs, array)
    np.save(ours, own)
    has_gaps = "offsets" in str(array.dtype)
    in_pieces = not (array.flags.c_contiguous or array.flags.f_contiguous)
    # Pickles name their classes; what NumPy's buffers leave in gaps is arbitrary.
    if dtype != "O" and not (has_gaps and in_pieces):
        assert ours.getvalue() == theirs.getvalue()
    for out in (ours, theirs):
        for module in (np, numpy):
            out.seek(0)
            read = module.load(out, allow_pickle=dtype == "O", max_header_size=10**6)
            assert out.read() == b""
            assert (read.dtype, read.shape) == (numpy.load(theirs_again(theirs), **LONG).dtype, array.shape)
            if dtype == "O":
                assert read.tolist() == array.tolist()
            else:
                assert content(read) == content(array)


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0), None])
def test_versions(version):
    theirs, ours = io.BytesIO(), io.BytesIO()
    numpy.lib.format.write_array(theirs, numpy.arange(3), version=version)
    np.lib.format.write_array(ours, np.arange(3), version=version)
    assert ours.getvalue() == theirs.getvalue()


class Drops(io.RawIOBase):
    """A file that takes a few bytes at a time, and gives so."""

    def __init__(self, data=b""):
        self.data = bytearray(data)

    def writable(self):
        return True

    def readable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)

    def readinto(self, room):
        count = min(len(room), 7, len(self.data))
        room[:count] = self.data[:count]
        del self.data[:count]
        return count


def test_kinds_of_files(tmp_path):
    array = np.arange(3000.0)
    whole = io.BytesIO()
    np.save(whole, array)
    for name in ("plain", pathlib.Path("path"), "with.npy"):
        path = tmp_path / name
        np.save(path if isinstance(name, pathlib.Path) else str(path), array)
        written = path if str(path).endswith(".npy") else pathlib.Path(f"{path}.npy")
        assert written.read_bytes() == whole.getvalue()
        assert np.array_equal(np.load(written), array)
    with open(tmp_path / "open", "w+b") as file:
        file.write(b"before")
        np.save(file, array)
        np.save(file, array[:2])
        file.seek(6)
        assert np.array_equal(np.load(file), array)
        assert np.array_equal(np.load(file), array[:2])
    with gzip.open(tmp_path / "packed", "wb") as file:
        np.save(file, array)
    with gzip.open(tmp_path / "packed") as file:
        assert np.array_equal(np.load(file), array)
    drops = Drops()
    np.save(drops, array)
    assert bytes(drops.data) == whole.getvalue()
    assert np.array_equal(np.lib.format.read_array(Drops(whole.getvalue())), array)
    ends = os.pipe()
    with os.fdopen(ends[1], "wb") as file:
        np.lib.format.write_array(file, array[:100])
    with os.fdopen(ends[0], "rb") as file:
        assert np.array_equal(np.lib.format.read_array(file), array[:100])


@pytest.mark.parametrize("mode", ["r", "r+", "c"])
def test_mapped(tmp_path, mode):
    array = numpy.arange(12, dtype=">i4").reshape(3, 4).T
    numpy.save(tmp_path / "a.npy", array)
    mapped = np.load(tmp_path / "a.npy", mmap_mode=mode)
    assert isinstance(mapped, np.memmap)
    assert mapped.mode == mode
    assert mapped.flags.f_contiguous
    assert mapped.tolist() == array.tolist()
    if mode != "r":
        mapped[0, 0] = -5
        mapped.flush()
        assert np.load(tmp_path / "a.npy")[0, 0] == (-5 if mode == "r+" else 0)
    with np.load(tmp_path / "a.npy", mmap_mode=mode) as again:
        assert again.shape == (4, 3)
    assert again.closed


@pytest.mark.parametrize("save", ["savez", "savez_compressed"])
def test_archives(tmp_path, save):
    arrays = {"a": numpy.arange(5), "b/c": numpy.ones((2, 2), order="F"), "\xe9": numpy.array("text")}
    getattr(numpy, save)(tmp_path / "theirs.npz", numpy.zeros(2), **arrays)
    getattr(np, save)(tmp_path / "ours.npz", np.zeros(2), **{k: np.asarray(v) for k, v in arrays.items()})
    with zipfile.ZipFile(tmp_path / "theirs.npz") as theirs, zipfile.ZipFile(tmp_path / "ours.npz") as ours:
        assert ours.namelist() == theirs.namelist()
        for one, other in zip(ours.infolist(), theirs.infolist(), strict=True):
            same = ("compress_type", "flag_bits", "create_version", "extract_version", "external_attr", "CRC")
            assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
            assert ours.read(one) == theirs.read(other)
    for name in ("ours.npz", "theirs.npz"):
        for module in (np, numpy):
            with module.load(tmp_path / name) as archive:
                assert sorted(archive.files) == sorted([*arrays, "arr_0"])
                assert all(archive[k].tolist() == v.tolist() for k, v in arrays.items())


def test_archives_are_lazy(tmp_path):
    path = tmp_path / "a.npz"
    np.savez(path, good=np.arange(3), bad=np.arange(1000))
    content = bytearray(path.read_bytes())
    at = content.index(b"bad.npy") + 300
    content[at] ^= 255
    path.write_bytes(content)
    with np.load(path) as archive:
        assert archive["good"].tolist() == [0, 1, 2]
        with pytest.raises(zipfile.BadZipFile, match="CRC"):
            archive["bad"]


def test_objects_only_when_allowed(tmp_path):
    path = tmp_path / "o.npy"
    with pytest.raises(ValueError, match="Object arrays cannot be saved"):
        np.save(path, np.array([None]), allow_pickle=False)
    np.save(path, np.array([None, {}]))
    with pytest.raises(ValueError, match="Object arrays cannot be loaded"):
        np.load(path)
    with pytest.raises(ValueError, match="Python objects"):
        np.load(path, mmap_mode="r")
    assert np.load(path, allow_pickle=True).tolist() == [None, {}]


def test_headers_have_a_greatest_length(tmp_path):
    path = tmp_path / "a.npy"
    np.save(path, np.zeros(1))
    with pytest.raises(ValueError, match="max_header_size"):
        np.load(path, max_header_size=50)
    with pytest.raises(ValueError, match="max_header_size"):
        np.load(path, max_header_size=50, mmap_mode="r")
    assert np.load(path, max_header_size=50, allow_pickle=True).tolist() == [0]
