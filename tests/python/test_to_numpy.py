"""sharray's arrays as the real NumPy's own: what `__array__` answers, and `numpy.asarray` of every dtype."""

import gc
import subprocess
import sys
import weakref

import numpy
import pytest

import sharray as np

STRUCTURES = {
    "aligned": np.dtype("i1,f8,i2", align=True),
    "packed": np.dtype("i1,f8"),
    "packed, aligned by luck": np.dtype("f8,i1"),
    "gaps": np.dtype({"names": ["a", "b"], "formats": ["u1", ("f4", (2,))], "offsets": [3, 8], "itemsize": 24}),
    "overlapping": np.dtype({"names": ["a", "b"], "formats": ["i4", "i2"], "offsets": [0, 2]}),
    "out of order": np.dtype({"names": ["a", "b"], "formats": ["i4", "i2"], "offsets": [4, 0]}),
    "times": np.dtype("i4,M8[s]"),
    "nested": np.dtype([("p", np.dtype("f8,i1", align=True), (2,)), ("q", "i1")]),
    "nested, packed": np.dtype([("p", "f8,i1"), ("q", ">i2")]),
}
PLAIN = [
    "?",
    "i1",
    "u8",
    "f2",
    "f8",
    "g",
    "c16",
    ">f4",
    ">i8",
    "S3",
    "U2",
    ">U2",
    "M8[3s]",
    ">M8[D]",
    "m8[ns]",
    "V5",
    "O",
]


def at(array):
    return array.ctypes.data


@pytest.mark.parametrize("code", PLAIN)
def test_the_answer_is_numpys_view(code):
    a = np.zeros((3, 4), code)[::2, ::-1]
    found = a.__array__()
    assert type(found) is numpy.ndarray
    assert found.dtype == numpy.dtype(a.dtype)
    assert (at(found), found.strides, found.shape) == (at(a), a.strides, a.shape)
    assert found.flags.writeable
    a.flags.writeable = False
    assert not a.__array__().flags.writeable
    assert a.__array__(copy=True).flags.writeable


@pytest.mark.parametrize("name", STRUCTURES)
@pytest.mark.parametrize(
    "pick", [lambda a: a, lambda a: a[:1], lambda a: a[::-2], lambda a: a[1:1], lambda a: a[2, ...]]
)
@pytest.mark.parametrize("way", [numpy.asarray, lambda a: a.__array__()])
def test_structures_keep_every_place(name, pick, way):
    a = np.zeros(4, STRUCTURES[name])
    field = a.dtype.names[-1]
    part = pick(a)
    found = way(part)
    assert found.dtype == numpy.dtype(a.dtype)
    assert found.dtype.itemsize == a.dtype.itemsize
    if part.size:
        assert at(found) == at(part)
        found[field] = numpy.ones((), found.dtype[field].base)
        assert part[field].tolist() == found[field].tolist()
        assert a[field].any()


@pytest.mark.parametrize("name", STRUCTURES)
def test_records_keep_their_values(name):
    a = np.zeros(2, STRUCTURES[name])
    a.view("u1")[...] = np.arange(a.nbytes) % 2
    found = numpy.asarray(a[1])
    assert found.dtype == numpy.dtype(a.dtype)
    assert found.tobytes() == a[1].__array__().tobytes() == a[1].tobytes()


def test_objects_in_structures():
    a = np.zeros(3, "O,i4")
    found = numpy.asarray(a)
    found["f0"][1] = [1]
    assert a["f0"][1] == [1]


def test_titles_are_kept_by_the_method():
    a = np.zeros(2, {"names": ["a"], "formats": ["i4"], "titles": ["A"]})
    found = a.__array__()
    found["A"][1] = 3
    assert a["a"].tolist() == [0, 3]


@pytest.mark.parametrize("dtype", ["f4", numpy.dtype("f4"), np.float32, np.dtype("f4")])
def test_another_dtype_is_a_copy(dtype):
    a = np.arange(3.0)
    np.asarray(bytearray(1))
    before = np.interop.log()[-1].number
    assert a.__array__(dtype).dtype == numpy.float32
    last = np.interop.log()[-1]
    assert (last.reason, last.number) == ("dtype", before + 1)
    for copy in (None, False):
        assert at(a.__array__("f8", copy=copy)) == at(a)
    assert at(a.__array__(copy=True)) != at(a)
    with pytest.raises(ValueError, match="copy=False"):
        a.__array__(dtype, copy=False)
    with np.interop.no_copy(), pytest.raises(np.interop.CopyRefused):
        a.__array__(dtype)


@pytest.mark.parametrize(
    ("have", "wanted"), [("S3", "S"), ("U2", "U"), ("M8[s]", "M8"), ("m8[D]", "m8"), ("l", "q"), ("V3", "V")]
)
def test_the_open_end_of_a_dtype_is_the_arrays_own(have, wanted):
    a = np.zeros(2, have)
    assert at(a.__array__(wanted, copy=False)) == at(a)
    assert a.__array__(wanted).dtype == numpy.dtype(have)


def test_the_other_byte_order_is_told_apart():
    a = np.arange(3, dtype=">i4")
    assert a.__array__("<i4").tolist() == [0, 1, 2]
    assert np.interop.log()[-1].reason == "byte order"


def test_memory_lives_as_long_as_the_view():
    a = np.arange(1000.0)
    gone = weakref.ref(a)
    found = a.__array__()
    del a
    gc.collect()
    assert gone() is not None
    assert found.sum() == 499500
    del found
    gc.collect()
    assert gone() is None


def test_subclasses_answer_with_their_memory():
    for a in (np.matrix([[1, 2]]), np.ma.masked_array([1, 2], [0, 1]), np.rec.array([(1, 2.0)])):
        found = a.__array__()
        assert type(found) is numpy.ndarray
        assert at(found) == a.ctypes.data


def test_a_hostile_view_changes_nothing():
    class Sub(np.ndarray):
        def view(self, *_):
            raise RuntimeError

    a = np.zeros(3).view(np.ndarray)
    assert at(np.ndarray.view(a, Sub).__array__()) == at(a)


TEXTS = [
    (np.dtypes.StringDType(), ["a", "", "longer than what fits into sixteen bytes", "ü€"]),
    (np.dtypes.StringDType(coerce=False), ["a", "b"]),
    (np.dtypes.StringDType(na_object=None), ["a", None]),
    (np.dtypes.StringDType(na_object=float("nan")), ["a", float("nan")]),
    (np.dtypes.StringDType(na_object="missing", coerce=False), ["a", "missing"]),
]


@pytest.mark.parametrize(("dtype", "texts"), TEXTS)
@pytest.mark.parametrize("way", [numpy.asarray, lambda a: a.__array__(), lambda a: a.__array__(copy=True)])
def test_texts_become_numpys_own(dtype, texts, way):
    a = np.array(texts, dtype)
    found = way(a)
    assert found.dtype == numpy.dtype(a.dtype)
    assert isinstance(found.dtype, numpy.dtypes.StringDType)
    assert found.dtype.coerce == dtype.coerce
    if hasattr(dtype, "na_object"):
        assert found.dtype.na_object is dtype.na_object
    assert str(found.tolist()) == str(a.tolist())
    found[0] = "changed"
    assert a[0] == "a"


def test_texts_are_reported_as_a_copy():
    a = np.array([["a"], ["b"]], "T")
    numpy.asarray(a)
    last = np.interop.log()[-1]
    assert (last.protocol, last.reason) == ("__array__", "dtype")
    with pytest.raises(ValueError, match="copy"):
        numpy.asarray(a, copy=False)
    with pytest.raises(ValueError, match="copy"):
        a.__array__(copy=False)
    assert numpy.asarray(a, "U5").tolist() == [["a"], ["b"]]
    assert numpy.asarray(a[::-1, 0]).tolist() == ["b", "a"]
    assert numpy.asarray(a[:0]).shape == (0, 1)
    for name in ("__array_interface__", "__array_struct__"):
        assert not hasattr(a, name)


@pytest.mark.parametrize(
    "make", [lambda: np.arange(6).flat, lambda: np.poly1d([1, 2]), lambda: np.lib.Arrayterator(np.arange(4))]
)
def test_what_holds_an_array_answers_too(make):
    thing = make()
    assert type(thing.__array__()) is numpy.ndarray
    assert numpy.asarray(thing).tolist() == np.asarray(thing).tolist()
    assert numpy.asarray(thing, "f4").dtype == numpy.float32


def test_iterators_over_other_layouts_copy():
    a = np.arange(6).reshape(2, 3).T
    assert not a.flat.__array__().flags.writeable
    with pytest.raises(ValueError):
        a.flat.__array__(copy=False)


SCALARS = [
    np.float32(2),
    np.int8(3),
    np.bool_(True),
    np.datetime64("2020-01-01"),
    np.timedelta64(3, "s"),
    np.longdouble(2),
]


@pytest.mark.parametrize("scalar", SCALARS, ids=repr)
def test_scalars(scalar):
    for found in (numpy.asarray(scalar), scalar.__array__()):
        assert type(found) is numpy.ndarray
        assert found.dtype == numpy.dtype(scalar.dtype)
        assert found.item() == scalar.item()


def test_many_views_keep_no_memory():
    a = np.zeros(3, "i1,f8")
    for _ in range(2000):
        a.__array__()
        numpy.asarray(a)
    counts = sys.getrefcount(a)
    for _ in range(2000):
        a.__array__()
    assert sys.getrefcount(a) == counts


ALONE = """
import sharray as np
a = np.arange(3.0)
assert a.__array__() is a and type(a.__array__("f4")) is np.ndarray
assert type(np.float64(2).__array__()) is np.ndarray and type(a.flat.__array__()) is np.ndarray
assert type(np.matrix([[1]]).__array__()) is np.ndarray
b = np.zeros(2, "bfloat16")
import numpy
assert type(a.__array__()) is numpy.ndarray
assert numpy.asarray(b).dtype == "V2" and b.__array__().dtype == "V2"
assert numpy.asarray(b).ctypes.data == b.ctypes.data
"""

NAMED = """
import sharray
sharray.install_as_numpy()
import numpy
a = numpy.arange(3.0)
assert a.__array__() is a
assert type(a) is sharray.ndarray
"""


@pytest.mark.parametrize("program", [ALONE, NAMED])
def test_without_numpy_the_answer_is_ours(program):
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
