"""Arrow structs that lie: errors, never a crash, and each struct released once."""

import ctypes
import random
import threading

import arrow_structs as c
import pytest

import sharray as np
from sharray.interop import from_arrow

I64 = (1).to_bytes(8, "little") + (2).to_bytes(8, "little")


@pytest.fixture(autouse=True)
def nothing_kept():
    yield
    c.forget()


def int64(**lies):
    return c.array(2, [None, I64], **lies)


def offsets(*values, size=4):
    return b"".join(value.to_bytes(size, "little", signed=True) for value in values)


def test_honest_structs():
    x = from_arrow(c.pair(c.schema(), int64()))
    assert x.tolist() == [1, 2] and c.released == ["Schema"]
    del x
    assert c.released == ["Schema", "Array"]
    text = c.pair(c.schema(b"u"), c.array(2, [None, offsets(0, 1, 3), b"abc"]))
    assert from_arrow(text).tolist() == ["a", "bc"]
    inner = c.pair(c.schema(b"+s", children=[c.schema(name=b"x")]), c.array(1, [None], children=[int64()], offset=1))
    assert from_arrow(inner).tolist() == [(2,)]


LONG_VIEW = (20).to_bytes(4, "little") + b"abcd"


@pytest.mark.parametrize(
    ("schema", "array", "words"),
    [
        ({}, {"length": 2, "buffers": [None, None]}, "null pointer where its values"),
        ({}, {"length": 2, "buffers": [None]}, "n_buffers = 1"),
        ({}, {"length": 2, "buffers": [None, I64, I64]}, "n_buffers = 3"),
        ({}, {"length": 2, "buffers": [None, I64], "n_buffers": -1}, "n_buffers = -1"),
        ({}, {"length": 2, "buffers": [None, I64], "buffers_null": True}, "null pointer to them"),
        ({}, {"length": -1, "buffers": [None, I64]}, "length = -1"),
        ({}, {"length": 2, "buffers": [None, I64], "offset": -1}, "offset = -1"),
        ({}, {"length": 2, "buffers": [None, I64], "null_count": -2}, "null_count = -2"),
        ({}, {"length": 2, "buffers": [None, I64], "null_count": 3}, "null_count = 3"),
        ({}, {"length": 2, "buffers": [None, I64], "null_count": 1}, "no bitmap"),
        ({}, {"length": 2**62, "buffers": [None, I64]}, "more than memory"),
        ({}, {"length": 2, "buffers": [None, I64], "offset": 2**63 - 1}, "more than memory"),
        ({}, {"length": 2, "buffers": [None, I64], "n_children": 1}, "n_children = 1"),
        ({}, {"length": 2, "buffers": [None, I64], "n_children": -1}, "n_children = -1"),
        ({}, {"length": 2, "buffers": [None, I64], "release": None}, "taken before"),
        ({"release": None}, {"length": 2, "buffers": [None, I64]}, "taken before"),
        ({"format": None}, {"length": 2, "buffers": [None, I64]}, "format is a null pointer"),
        ({"format": b"\xff\xfe"}, {"length": 2, "buffers": [None, I64]}, "no UTF-8"),
        ({"format": b"x" * 100_000}, {"length": 2, "buffers": [None, I64]}, "100000 bytes"),
        ({"n_children": 1}, {"length": 2, "buffers": [None, I64]}, "n_children = 1"),
        ({"format": b"+s", "n_children": -1}, {}, "n_children = -1"),
        ({"format": b"+s", "n_children": 2**40}, {}, "n_children = 1099511627776"),
        ({"format": b"+s", "n_children": 2}, {}, "null pointer to them"),
        ({"format": b"+w:2", "n_children": 0}, {}, "n_children = 0"),
        ({"format": b"+w:-2"}, {}, "no format"),
        ({"format": b"w:99999999999"}, {}, "no format"),
        ({"format": b"u"}, {"length": 2, "buffers": [None, offsets(0, 3, 1), b"abc"]}, "3 and 1 around element 1"),
        ({"format": b"u"}, {"length": 1, "buffers": [None, offsets(-4, 1), b"abc"]}, "-4 and 1"),
        ({"format": b"U"}, {"length": 1, "buffers": [None, offsets(0, -1, size=8), b"a"]}, "0 and -1"),
        ({"format": b"u"}, {"length": 1, "buffers": [None, offsets(0, 3), None]}, "null pointer where its bytes"),
        ({"format": b"u"}, {"length": 1, "buffers": [None, None, b"abc"]}, "null pointer where its values"),
        ({"format": b"u"}, {"length": 1, "buffers": [None, offsets(0, 2), b"\xff\xfe"]}, "no UTF-8"),
        ({"format": b"u"}, {"length": 1, "buffers": [None, offsets(0, 2)]}, "n_buffers = 2"),
        ({"format": b"vu"}, {"length": 1, "buffers": [None, LONG_VIEW + bytes(8)]}, "n_buffers = 2"),
        ({"format": b"vu"}, {"length": 1, "buffers": [None, LONG_VIEW + bytes(8), None]}, "not within its 0 buffers"),
        (
            {"format": b"vu"},
            {"length": 1, "buffers": [None, LONG_VIEW + bytes(8), b"abc", offsets(3, size=8)]},
            "20 bytes at 0 in buffer 0",
        ),
        (
            {"format": b"vz"},
            {"length": 1, "buffers": [None, offsets(-1, 0, 0, 0), b"abc", offsets(3, size=8)]},
            "-1 bytes",
        ),
        (
            {"format": b"vz"},
            {"length": 1, "buffers": [None, offsets(20, 0, -1, 0), b"abc", offsets(3, size=8)]},
            "buffer -1",
        ),
        ({"format": b"vz"}, {"length": 1, "buffers": [None, bytes(16), b"abc", None]}, "null pointer to their sizes"),
        ({"format": b"vz"}, {"length": 1, "buffers": [None, bytes(16), None, offsets(3, size=8)]}, "of 3 bytes"),
        ({"format": b"vz"}, {"length": 1, "buffers": [None, bytes(16), b"a", offsets(-3, size=8)]}, "of -3 bytes"),
    ],
)
def test_lies(schema, array, words):
    array = dict(array)
    no_buffers = array.pop("buffers_null", False)
    a_schema, an_array = c.schema(**schema), c.array(**array)
    if no_buffers:
        an_array.buffers = None
    with pytest.raises((ValueError, TypeError), match=words):
        from_arrow(c.pair(a_schema, an_array))
    assert c.released.count("Schema") <= 1 and c.released.count("Array") <= 1
    # What was not taken over is still the producer's.
    assert ("Array" in c.released) == (an_array.release is None and "release" not in array)


def test_children_that_lie():
    def struct(child_schema, child_array, length=2, **lies):
        a_schema = c.schema(b"+s", children=[child_schema])
        return c.pair(a_schema, c.array(length, [None], children=[child_array], **lies))

    with pytest.raises(ValueError, match="parent needs 3 elements"):
        from_arrow(struct(c.schema(name=b"x"), int64(), 3))
    with pytest.raises(ValueError, match="parent needs 2 elements behind 1"):
        from_arrow(struct(c.schema(name=b"x"), int64(), 2, offset=1))
    with pytest.raises(ValueError, match="released before"):
        from_arrow(struct(c.schema(name=b"x"), int64(release=None)))
    with pytest.raises(ValueError, match="released before"):
        from_arrow(struct(c.schema(name=b"x", release=None), int64()))
    with pytest.raises(ValueError, match="null pointer as its child"):
        from_arrow(struct(c.schema(name=b"x"), None))
    with pytest.raises(ValueError, match="null pointer as its child"):
        from_arrow(struct(None, int64()))
    with pytest.raises(ValueError, match="column 'x'.*no format"):
        from_arrow(struct(c.schema(b"?", name=b"x"), int64()))
    with pytest.raises(ValueError, match="too many"):
        lists = c.schema(b"+w:2147483647", children=[c.schema(b"+w:2147483647", children=[c.schema()])])
        inner = c.array(2**31, [None], children=[int64()])
        from_arrow(c.pair(lists, c.array(2**40, [None], children=[inner])))


def test_dictionaries_that_lie():
    with pytest.raises(ValueError, match="null pointer as its dictionary"):
        from_arrow(c.pair(c.schema(dictionary=c.schema()), int64()))
    with pytest.raises(ValueError, match="which its schema has not"):
        from_arrow(c.pair(c.schema(), int64(dictionary=int64())))
    with pytest.raises(ValueError, match="only integers are codes"):
        from_arrow(c.pair(c.schema(b"g", dictionary=c.schema()), int64(dictionary=int64())))
    with pytest.raises(ValueError, match="code 2.*2 entries"):
        from_arrow(c.pair(c.schema(dictionary=c.schema()), int64(dictionary=int64())))
    negative = c.array(2, [None, offsets(-1, 0, size=8)], dictionary=int64())
    with pytest.raises(ValueError, match="code -1"):
        from_arrow(c.pair(c.schema(dictionary=c.schema()), negative))


def test_a_schema_that_leads_back_to_itself():
    loop = c.schema(b"+s", n_children=1)
    loop.children = c._pointers(c.Schema, [loop])
    outer = c.schema(b"+s", children=[loop])
    with pytest.raises(ValueError, match="deeper than"):
        from_arrow(c.pair(outer, c.array(0, [None])))
    # What a capsule gave is marked as taken, and so is the loop's beginning.
    with pytest.raises(ValueError, match="released before"):
        from_arrow(c.pair(loop, c.array(0, [None])))


def test_null_bits_that_were_not_counted():
    # null_count says 0, the bitmap does not: nulls never come in unseen.
    with pytest.raises(ValueError, match="1 null"):
        from_arrow(c.pair(c.schema(), c.array(2, [b"\x01", I64], null_count=0)))


@pytest.mark.parametrize(
    "given",
    [
        lambda: (c.capsule(c.schema(), b"arrow_scheme"), c.capsule(int64(), b"arrow_array")),
        lambda: (c.capsule(c.schema(), b"arrow_schema"), c.capsule(int64(), b"dltensor")),
        lambda: (c.capsule(c.schema(), None), c.capsule(int64(), b"arrow_array")),
        lambda: (c.capsule(int64(), b"arrow_array"), c.capsule(c.schema(), b"arrow_schema")),
        lambda: (c.capsule(c.schema(), b"arrow_schema"), None),
        lambda: (1, 2),
        lambda: c.pair(c.schema(), int64()) + (3,),
    ],
)
def test_wrong_capsules(given):
    with pytest.raises((ValueError, TypeError), match="capsule|Arrow"):
        from_arrow(given())
    assert "Array" not in c.released


def test_answers_that_are_no_capsules():
    class Wrong:
        def __init__(self, answer):
            self.answer = answer

        def __arrow_c_array__(self, requested_schema=None):
            return self.answer

    class WrongStream(Wrong):
        __arrow_c_array__ = property()

        def __arrow_c_stream__(self, requested_schema=None):
            return self.answer

    for answer in (None, 1, (), (1, 2), [1, 2]):
        for made in (Wrong(answer), WrongStream(answer)):
            with pytest.raises((TypeError, ValueError)):
                from_arrow(made)
            with pytest.raises((TypeError, ValueError)):
                np.asarray(made)


def test_capsules_are_taken_once():
    given = np.arange(3).__arrow_c_array__()
    assert from_arrow(given).tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="taken before"):
        from_arrow(given)
    schema, _array = np.arange(3).__arrow_c_array__()
    with pytest.raises(ValueError, match="taken before"):
        from_arrow((schema, given[1]))


def test_requests_that_lie():
    x = np.arange(3)
    for request in (1, "l", c.capsule(c.schema(), b"arrow_array")):
        with pytest.raises((TypeError, ValueError)):
            x.__arrow_c_array__(request)
    with pytest.raises(ValueError, match="no format"):
        x.__arrow_c_array__(c.capsule(c.schema(b"?"), b"arrow_schema"))
    # Of types that arrays have no counterpart for nothing is given but what there is.
    assert from_arrow(x.__arrow_c_array__(c.capsule(c.schema(b"d:10,2"), b"arrow_schema"))).tolist() == [0, 1, 2]
    assert c.released == []


def test_streams_that_lie():
    class Given:
        def __init__(self, stream):
            self.capsule = c.capsule(stream, b"arrow_array_stream")

        def __arrow_c_stream__(self, requested_schema=None):
            return self.capsule

    release = c._RELEASES[c.Stream]
    with pytest.raises(ValueError, match="get_schema is a null pointer"):
        from_arrow(Given(c.Stream(release=release)))
    assert c.released == ["Stream"]
    with pytest.raises(ValueError, match="taken before"):
        from_arrow(Given(c.Stream()))
    call = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)

    def stream(get_schema, get_next):
        kept = [call(get_schema), call(get_next)]
        c._kept.extend(kept)
        first, second = (ctypes.cast(function, ctypes.c_void_p).value for function in kept)
        made = c.Stream(get_schema=first, get_next=second, release=release)
        c._kept.append(made)
        return made

    def fill(struct):
        def body(_stream, out):
            ctypes.memmove(out, ctypes.addressof(struct), ctypes.sizeof(struct))
            return 0

        return body

    with pytest.raises(ValueError, match="error 5: no reason given"):
        from_arrow(Given(stream(lambda _s, _o: 5, lambda _s, _o: 0)))
    with pytest.raises(ValueError, match="released before"):
        from_arrow(Given(stream(lambda _s, _o: 0, lambda _s, _o: 0)))
    with pytest.raises(ValueError, match="get_next failed with error 22"):
        from_arrow(Given(stream(fill(c.schema()), lambda _s, _o: 22)))
    assert from_arrow(Given(stream(fill(c.schema()), lambda _s, _o: 0))).tolist() == []


def test_each_struct_is_released_once():
    for _ in range(10_000):
        assert from_arrow(c.pair(c.schema(), int64()))[1] == 2
        assert sorted(c.released) == ["Array", "Schema"]
        c.forget()


def test_ours_are_released_without_the_lock_and_from_any_thread():
    gone = []

    class Owner:
        def __init__(self, memory):
            self.memory, self.__array_interface__ = memory, memory.__array_interface__

        def __del__(self):
            gone.append(threading.get_ident())

    get = ctypes.pythonapi.PyCapsule_GetPointer
    get.restype, get.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    x = np.asarray(Owner(np.arange(12.0)))
    for make in (lambda a: a, lambda a: a[::2], lambda a: a.reshape(3, 4), lambda a: a.view("f8,f8")):
        capsules = make(x).__arrow_c_array__()
        moved = c.Array()
        source = get(capsules[1], b"arrow_array")
        ctypes.memmove(ctypes.addressof(moved), source, ctypes.sizeof(moved))
        c.Array.from_address(source).release = None
        del capsules
        # A function of `ctypes` runs without the interpreter's lock.
        thread = threading.Thread(target=c.Release(moved.release), args=(ctypes.addressof(moved),))
        thread.start()
        thread.join()
        assert moved.release is None and not gone
    last = x.__arrow_c_array__()
    del x
    assert not gone
    moved, source = c.Array(), get(last[1], b"arrow_array")
    ctypes.memmove(ctypes.addressof(moved), source, ctypes.sizeof(moved))
    c.Array.from_address(source).release = None
    thread = threading.Thread(target=c.Release(moved.release), args=(ctypes.addressof(moved),))
    thread.start()
    thread.join()
    assert len(gone) == 1 and gone[0] != threading.get_ident()


def test_ten_thousand_formats():
    rng = random.Random(5)
    letters = "nbcCsSiIlLefgzZuUvwd+t:;,0123456789DmMsun-_ \té\\'\"%{}"
    starts = ["", "+w:", "w:", "ts", "tss:", "d:", "+ud:", "+", "t", "v"]
    told = 0
    for _ in range(10_000):
        text = rng.choice(starts) + "".join(rng.choices(letters, k=rng.randrange(8)))
        made = c.schema(text.encode() if rng.random() < 0.9 else bytes(rng.randrange(1, 256) for _ in range(6)))
        try:
            from_arrow(c.pair(made, c.array(0, [None, b"", b""][: rng.randrange(4)])), nulls="masked")
        except (ValueError, TypeError):
            told += 1
        c.forget()
    assert told > 8000


def test_ten_thousand_numbers():
    """Counts at random: only what can't be told from the structs is trusted, which here is nothing to read."""
    rng = random.Random(6)
    odd = [0, 1, -1, 2, 3, 2**62, 2**63 - 1, -(2**63)]
    for _ in range(10_000):
        lies = {name: rng.choice(odd) for name in rng.sample(["length", "null_count", "offset", "n_children"], 2)}
        form = rng.choice([b"l", b"b", b"u", b"vu", b"w:3", b"n", b"+s", b"+w:2", b"tdD"])
        an_array = c.array(lies.pop("length", 0), [None, None, None][: rng.randrange(4)], **lies)
        try:
            from_arrow(c.pair(c.schema(form), an_array), nulls="masked")
        except (ValueError, TypeError, MemoryError):
            pass
        c.forget()
