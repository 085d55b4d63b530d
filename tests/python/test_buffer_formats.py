"""What arrays and scalars say of their elements through the buffer protocol: NumPy's format strings and strides."""

import struct

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")

PACKED = [("a", "i1"), ("b", "i4")]
DTYPES = {
    "packed": PACKED,
    "packed, aligned by luck": [("a", "i4"), ("b", "i1")],
    "another byte order": [("a", ">i4"), ("b", "i1"), ("c", "i4"), ("d", "f8")],
    "extended first": [("g", "g"), ("b", "i1")],
    "extended last": [("b", "i1"), ("g", "g"), ("G", "G"), ("i", "i4")],
    "objects": [("b", "O"), ("g", "l")],
    "objects out of place": [("b", "i1"), ("g", "O"), ("l", "l")],
    "text": [("s", "S3"), ("t", "S1"), ("u", "U2"), ("v", "V3"), ("l", "l"), ("b", "?")],
    "subarrays": [("x", PACKED, (2, 3)), ("y", [("q", "i2"), ("r", "i1")]), ("z", "i2", 2)],
    "gaps": {"names": ["a", "b"], "formats": ["i1", "i4"], "offsets": [4, 8], "itemsize": 20},
    "no fields": [],
    "complex and half": [("a", "c16"), ("h", "e")],
    "no bytes": [("a", "V0"), ("b", "i4")],
    "longs": [("l", "l"), ("L", "L"), ("q", "q"), ("Q", "Q"), ("b", "?"), ("m", "l")],
}


def dtypes(m, fields):
    yield m.dtype(fields)
    if isinstance(fields, list) and fields:
        yield m.dtype(fields, align=True)
        yield m.dtype([("pad", "i1"), ("inner", m.dtype(fields, align=True), (2,)), ("end", "f8")])


def samples(m, dtype):
    """Arrays and a scalar of a dtype, at several addresses and distances."""
    whole = m.zeros(3, dtype)
    yield from (whole, whole[:1], whole[::2], whole[:0], m.zeros((), dtype), m.zeros((2, 1), dtype), whole[0])


@pytest.mark.parametrize("name", DTYPES)
def test_structures(name):
    for ours, theirs in zip(dtypes(np, DTYPES[name]), dtypes(numpy, DTYPES[name])):
        for mine, expected in zip(samples(np, ours), samples(numpy, theirs)):
            if reads(memoryview(expected)) == theirs:
                assert memoryview(mine).format == memoryview(expected).format, (theirs, numpy.shape(expected))
            elif theirs.itemsize and theirs.names and "V0" not in str(theirs):
                # NumPy can't read what it writes; it can read this.
                assert reads(memoryview(mine)) == theirs, (memoryview(mine).format, theirs)


def reads(view):
    """The dtype that NumPy reads from a buffer, None if it can't."""
    try:
        return numpy.asarray(view).dtype
    except (RuntimeError, ValueError):
        return None


@pytest.mark.parametrize("offset", [0, 1, 2, 4])
@pytest.mark.parametrize("dtype", ["i4", ">i4", "l", "D", "g", "U1", "?", "S4", "V4"])
def test_addresses(dtype, offset):
    ours, theirs = (memoryview(m.zeros(200, "i1")[offset : offset + 64].view(dtype)).format for m in (np, numpy))
    assert ours == theirs


def test_distances():
    for step, count in ((6, 2), (6, 1), (8, 2), (-6, 2)):
        ours, theirs = (
            memoryview(m.lib.stride_tricks.as_strided(m.zeros(8, "i4")[4:], (count,), (step,))).format
            for m in (np, numpy)
        )
        assert ours == theirs, (step, count)


def test_no_format():
    for dtype in ("M8[s]", "m8", ">g"):
        for m in (np, numpy):
            with pytest.raises(ValueError, match="buffer"):
                memoryview(m.zeros(2, dtype))


@pytest.mark.parametrize("shape", [(0, 3), (3, 0, 2), (1, 4), (4, 1, 1), (1,), ()])
def test_strides_are_those_of_dense_arrays(shape):
    """Also along axes where the array itself may have any stride."""
    for order in "CF":
        ours, theirs = (memoryview(m.zeros(shape, order=order)) for m in (np, numpy))
        assert (ours.strides, ours.c_contiguous, ours.f_contiguous) == (
            theirs.strides,
            theirs.c_contiguous,
            theirs.f_contiguous,
        )
    ours, theirs = (memoryview(m.zeros((6, 5))[:1, ::5]) for m in (np, numpy))
    assert ours.strides == theirs.strides


def test_scalars():
    for make in (
        lambda m: m.void(b"abc"),
        lambda m: m.float64(2.5),
        lambda m: m.str_("ab"),
    ):
        ours, theirs = memoryview(make(np)), memoryview(make(numpy))
        assert (ours.format, ours.shape, ours.itemsize, ours.readonly, ours.nbytes) == (
            theirs.format,
            theirs.shape,
            theirs.itemsize,
            True,
            theirs.nbytes,
        )
        assert bytes(ours.cast("B") if ours.ndim else ours.tobytes()) == theirs.tobytes()


def test_scalars_of_times_are_no_bytes_to_numpy():
    for scalar in (np.datetime64(1, "s"), np.timedelta64(1, "ns")):
        with pytest.raises(BufferError, match="elsewhere"):
            memoryview(scalar)
        found = numpy.asarray(scalar)
        assert found.dtype == numpy.dtype(scalar.dtype.str)
        assert found.view("i8") == 1


def test_formats_of_plain_numbers_are_structs():
    for char in "bBhHiIlLqQefd?":
        assert memoryview(np.zeros(1, char)).format == char and struct.calcsize(char) == np.dtype(char).itemsize


@pytest.mark.parametrize("name", DTYPES)
def test_reading_what_is_written(name):
    """The same dtype as NumPy reads from its own; the array's where NumPy's format tells another."""
    for ours, theirs in zip(dtypes(np, DTYPES[name]), dtypes(numpy, DTYPES[name])):
        results = []
        for m, dtype in ((np, ours), (numpy, theirs)):
            try:
                results.append(m.asarray(memoryview(m.zeros(3, dtype))).dtype)
            except (RuntimeError, ValueError) as error:
                results.append(type(error))
        if results[1] == theirs:
            assert results[0].descr == results[1].descr, theirs
        elif "V0" not in str(theirs) and theirs.itemsize:
            assert results[0] == ours, theirs
