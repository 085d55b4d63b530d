"""Files that lie, or were damaged: clean errors, no memory for what isn't there."""

import gzip
import io
import os
import struct
import subprocess
import sys
import textwrap
import zipfile

import numpy
import pytest

import sharray as np


def npy(header, data=b"", version=(1, 0)):
    text = header.encode("latin1")
    length = struct.pack("<H" if version == (1, 0) else "<I", len(text))
    return b"\x93NUMPY" + bytes(version) + length + text + data


def header(descr="'<f8'", shape="(3,)", order="False"):
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}}}"


LIES = {
    "a quintillion elements": npy(header(shape="(10**18,)".replace("10**18", str(10**18)))),
    "a terabyte": npy(header(shape=f"({2**37},)"), b"12345678"),
    "more than there are addresses": npy(header(shape=f"({2**62}, {2**62})")),
    "more than an integer holds": npy(header(shape=f"({10**300},)")),
    "negative": npy(header(shape="(-1,)")),
    "wide text": npy(header(descr="'<U500000000'")),
    "wide structure": npy(header(descr="[('a', 'V2000000000'), ('b', 'V2000000000')]")),
    "subarray": npy(header(descr="('<f8', (100000000,))")),
    "nested too deep": npy("(" * 5000),
    "dictionary of lists": npy("{[]: 1}"),
    "no literal": npy("__import__('os').system('true')"),
    "long header": npy(" " * 20000 + header(), version=(2, 0)),
    "header of 4 GB": b"\x93NUMPY\x02\x00\xff\xff\xff\xff{",
    "no dictionary": npy("[1, 2]"),
    "descr of numbers": npy(header(descr="[1, 2]")),
    "descr of nothing": npy(header(descr="''")),
    "unknown version": npy(header(), version=(9, 9)),
    "objects": npy(header(descr="'|O'"), b"cos\nsystem\n(S'true'\ntR."),
    "nothing but the magic": b"\x93NUMPY",
}


@pytest.mark.parametrize("content", LIES.values(), ids=list(LIES))
@pytest.mark.parametrize("kind", ["memory", "file", "stream", "archive"])
def test_lies_are_refused_at_once(tmp_path, content, kind):
    path = tmp_path / "lie"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="."):
        if kind == "memory":
            np.load(io.BytesIO(content))
        elif kind == "file":
            np.load(path)
        elif kind == "stream":
            compressed = io.BytesIO(gzip.compress(content))
            np.load(gzip.GzipFile(fileobj=compressed))
        else:
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("a.npy", content)
            with np.load(path) as archive:
                if not isinstance(archive["a"], np.ndarray):
                    raise ValueError("no array, but its bytes")


def test_mapped_lies(tmp_path):
    path = tmp_path / "lie.npy"
    path.write_bytes(npy(header(shape=f"({10**15},)")))
    with pytest.raises(ValueError, match="greater than file size"):
        np.load(path, mmap_mode="r")


def test_longer_streams_are_read_whole(monkeypatch):
    monkeypatch.setattr(np.lib._format_impl, "_STREAM_START", 100)
    for shape in [(1000,), (13, 77), (0, 5), (1,)]:
        array = np.arange(numpy.prod(shape)).reshape(shape).T
        out = io.BytesIO()
        np.save(out, array)
        stream = gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(out.getvalue())))
        assert np.array_equal(np.load(stream), array)


def archive_of(data=bytes(1000), compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("a.npy", npy(header(descr="'u1'", shape=f"({len(data)},)"), data))
        archive.writestr("b.npy", npy(header(descr="'u1'", shape=f"({len(data)},)"), data))
    return bytearray(out.getvalue())


def patch_directory(content, place, format, value):
    """Changes a field of the first entry in the archive's directory."""
    struct.pack_into(format, content, content.index(b"PK\x01\x02") + place, value)
    return content


def test_members_that_cannot_be_that_large():
    content = patch_directory(archive_of(), 24, "<I", 2**31)
    with np.load(io.BytesIO(content)) as archive, pytest.raises(ValueError, match="claims 2147483648 bytes"):
        archive["a"]


def test_members_that_overlap():
    content = archive_of()
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    struct.pack_into("<I", content, second + 42, 0)
    with pytest.raises(zipfile.BadZipFile, match="overlaps"):
        np.load(io.BytesIO(content))


def test_encrypted_members():
    content = patch_directory(archive_of(), 8, "<H", 1)
    with np.load(io.BytesIO(content)) as archive, pytest.raises(ValueError, match="encrypted"):
        archive["a"]


def test_names_are_keys_and_never_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ["../up.npy", "/etc/root.npy", "c:\\x.npy"]:
            archive.writestr(name, npy(header(descr="'u1'"), b"abc"))
    out.seek(0)
    with np.load(out) as archive:
        assert [archive[name].tolist() for name in archive] == [[97, 98, 99]] * 3
    assert os.listdir(tmp_path) == []


MUTATIONS = """
    import gzip, io, random, resource, sys, warnings, zipfile, pickle
    import sharray as np
    warnings.simplefilter("ignore")
    # What a damaged file may raise.
    CLEAN = (ValueError, EOFError, OSError, KeyError, zipfile.BadZipFile, pickle.UnpicklingError)

    def arrays():
        yield np.arange(30.0).reshape(5, 6)
        yield np.asfortranarray(np.arange(6, dtype=">i2").reshape(2, 3))
        yield np.array([("ab", 1, 2.5)], dtype=[("s", "U3"), ("i", "<i4"), ("f", "<f8", (2,))])
        yield np.array(["2020-01-01", "2021-01-01"], dtype="M8[D]")
        yield np.zeros((0, 3), "S5")

    def npys():
        for array in arrays():
            out = io.BytesIO(); np.save(out, array); yield out.getvalue()

    def npzs():
        for save in (np.savez, np.savez_compressed):
            out = io.BytesIO(); save(out, *arrays()); yield out.getvalue()

    def texts():
        yield b"1 2 3\\n4 5 6\\n7.5e3 nan -inf\\n"
        yield b'# comment\\na,b\\n"1,5",2\\n3,4\\n'
        yield "\\u00e9;\\u4e2d\\n1;2\\n".encode()

    def load(data):
        loaded = np.load(io.BytesIO(data))
        if not isinstance(loaded, np.ndarray):
            with loaded:
                for name in loaded:
                    loaded[name]

    def text(data):
        how = random.randrange(4)
        delimiter = random.choice([",", ";", None])
        if how == 0:
            np.loadtxt(io.BytesIO(data), delimiter=delimiter, encoding="utf8")
        elif how == 1:
            np.loadtxt(io.BytesIO(data), delimiter=delimiter, quotechar='"', dtype="U4,f8", encoding="latin1")
        elif how == 2:
            np.genfromtxt(io.BytesIO(data), delimiter=delimiter, dtype=None, names=True, encoding="latin1")
        else:
            np.fromstring(data.decode("latin1"), sep=" ")

    BYTES = [0, 1, 0x7f, 0x80, 0xff, *b"0123456789-+(){}[]'<>|,:;LOUVS\\n"]

    def mutated(data):
        data = bytearray(data)
        for _ in range(random.choice([1, 1, 2, 5])):
            how, at = random.randrange(5), random.randrange(len(data) + 1)
            if how == 0 and data:
                data[min(at, len(data) - 1)] = random.choice(BYTES)
            elif how == 1:
                data[at:at] = bytes(random.choices(BYTES, k=random.randrange(1, 9)))
            elif how == 2:
                del data[at : at + random.randrange(1, 9)]
            elif how == 3:
                del data[at:]
            elif data:
                data[min(at, len(data) - 1)] ^= 1 << random.randrange(8)
        return bytes(data)

    seeds = [(load, data) for data in npys()] * 2 + [(load, data) for data in npzs()] * 2 + [(text, data) for data in texts()] * 2
    for read, data in seeds * 3:  # what is loaded late counts too
        try:
            read(data)
        except CLEAN:
            pass
    # So much and no more: memory for what a file only claims is an error that is not clean.
    used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 2**28,) * 2)
    random.seed(int(sys.argv[1]))
    refused = 0
    for round in range(int(sys.argv[2])):
        read, data = seeds[round % len(seeds)]
        data = mutated(data)
        try:
            read(data)
        except CLEAN:
            refused += 1
        except BaseException as error:
            print("NOT CLEAN", round, read.__name__, type(error).__name__, error, data)
            raise
    print("refused", refused)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory in use is read from /proc")
def test_ten_thousand_mutated_files():
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MUTATIONS), "1", "10000"],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, (done.stdout[-1000:], done.stderr[-3000:])
    assert int(done.stdout.split()[-1]) > 4000
