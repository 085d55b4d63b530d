"""The sharing report: explain, plan, to. Sharing is asserted by pointer."""

import datetime
import gc
import importlib.util

import numpy
import pytest

import sharray as np
from sharray import interop
from sharray.interop import CopyRefused, explain, log, plan, to

TARGETS = ["numpy", "pandas", "arrow", "polars", "torch", "jax", "tensorflow", "memoryview", "buffer", "dlpack"]
MODULES = {"arrow": "pyarrow", "memoryview": "sys", "buffer": "sys", "dlpack": "sys"}


def needs(target):
    if importlib.util.find_spec(MODULES.get(target, target)) is None:
        pytest.skip(f"{target} is not installed")


def values(x):
    """What a library's object holds, and where."""
    home = type(x).__module__.partition(".")[0]
    if home == "tensorflow":
        return x.numpy(), None
    if home == "jaxlib":
        return numpy.array(x), x.unsafe_buffer_pointer()
    if home == "torch":
        return numpy.asarray(x), x.data_ptr()
    if type(x).__name__ == "PyCapsule":
        seen = np.from_dlpack(type("Told", (), {"__dlpack__": lambda self, **_: x})())
        return numpy.array(seen), seen.ctypes.data
    if home in {"pyarrow", "polars"}:
        x = x.to_numpy(**({"zero_copy_only": False} if hasattr(x, "buffers") else {}))
    seen = numpy.asarray(x)
    return seen, seen.ctypes.data


def read_only(a):
    a.flags.writeable = False
    return a


#: Arrays that begin at a multiple of 64, as JAX and TensorFlow want.
def whole(dtype="f4", count=1 << 15):
    return np.arange(count, dtype=dtype)


LAYOUTS = {
    "plain": lambda: whole(),
    "backwards": lambda: whole()[::-1],
    "big-endian": lambda: whole(">f4"),
    "steps": lambda: whole()[::2],
    "square": lambda: whole().reshape(256, 128),
    "Fortran": lambda: whole().reshape(256, 128).T,
    "read-only": lambda: read_only(whole()),
    "integers": lambda: whole("i4"),
    "odd strides": lambda: np.zeros(1 << 12, "f4,i2")["f0"],
}
#: Reasons for which each target copies a layout; what is not here is shared.
COPIES = {
    "backwards": {t: "negative stride" for t in ("arrow", "polars", "torch", "jax", "tensorflow", "buffer")},
    "big-endian": {t: "byte order" for t in ("pandas", "arrow", "polars", "torch", "jax", "tensorflow", "dlpack")},
    "steps": {t: "non-contiguous" for t in ("arrow", "polars", "jax", "tensorflow", "buffer")},
    "square": {},
    "Fortran": {t: "non-contiguous" for t in ("arrow", "polars", "jax", "tensorflow", "buffer")},
    "read-only": {t: "read-only" for t in ("torch", "jax", "tensorflow")},
    "odd strides": {
        **{t: "non-contiguous" for t in ("arrow", "polars", "jax", "tensorflow", "buffer")},
        **{t: "alignment" for t in ("torch", "dlpack")},
    },
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_to_does_what_was_planned(layout, target):
    needs(target)
    if (layout, target) in {("square", "polars"), ("Fortran", "polars")}:
        pytest.skip("Polars makes frames of columns, by its own rules")
    a = LAYOUTS[layout]()
    expected = numpy.array(a)
    reason = COPIES.get(layout, {}).get(target)
    planned = plan(a, target)
    assert planned.verdict == ("copy" if reason else "share"), planned
    assert planned.reasons[:1] == ((reason,) if reason else ())
    result = to(a, target)
    assert (log()[-1].verdict, log()[-1].reason) == (("copied", reason) if reason else ("shared", None))
    held, address = values(result)
    assert numpy.array_equal(held, expected)
    if address is not None:
        assert (address == a.ctypes.data) == (reason is None)
    if reason:
        with pytest.raises(CopyRefused, match=reason):
            to(a, target, copy=False)
        with interop.no_copy(), pytest.raises(CopyRefused, match=reason):
            to(a, target)


@pytest.mark.parametrize("target", ["numpy", "pandas", "torch", "memoryview"])
def test_shared_memory_is_written_from_both_sides(target):
    needs(target)
    a = np.zeros(4)
    result = to(a, target, copy=False)
    a[1] = 5
    assert list(values(result)[0]) == [0, 5, 0, 0]
    copied = to(a, target, copy=True)
    a[1] = 7
    assert list(values(copied)[0]) == [0, 5, 0, 0]
    assert log()[-2].reason == "requested" or log()[-1].reason == "requested"


REFUSED = {
    "text": (lambda: np.array(["a"]), ["torch", "jax", "tensorflow", "dlpack"]),
    "times": (lambda: np.array(["2020"], "M8[s]"), ["torch", "jax", "tensorflow", "dlpack", "memoryview", "buffer"]),
    "objects": (lambda: np.array([None]), ["torch", "arrow", "buffer"]),
    "complex": (lambda: np.ones(2, "c16"), ["arrow"]),
    "records": (lambda: np.zeros(2, "i4,f8"), ["torch", "pandas"]),
    "records of complex": (lambda: np.zeros(2, "i4,c8"), ["arrow", "polars"]),
    "tables of texts": (lambda: np.array([["a"]]), ["arrow"]),
    "bfloat16": (lambda: np.ones(2, "bfloat16"), ["pandas", "arrow", "memoryview"]),
    "three axes": (lambda: np.ones((2, 2, 2)), ["pandas"]),
    "no axes": (lambda: np.ones(()), ["pandas", "arrow"]),
}


@pytest.mark.parametrize("make, targets", REFUSED.values(), ids=REFUSED)
def test_what_a_library_lacks_is_refused(make, targets):
    for target in targets:
        needs(target)
        assert plan(make(), target).verdict == "refuse"
        with pytest.raises(TypeError, match=f"to {target}: is refused: (dtype|objects)"):
            to(make(), target)


def test_numpy_has_small_floats_by_another_package(monkeypatch):
    ml_dtypes, small = pytest.importorskip("ml_dtypes"), np.ones(2, "bfloat16")
    assert to(small, "numpy").dtype == ml_dtypes.bfloat16 and log()[-1].verdict == "shared"
    monkeypatch.setattr(np.interop._targets, "find_spec", lambda name: None)
    assert plan(small, "numpy").verdict == "refuse"


def test_texts_of_their_own_become_numpys():
    texts = np.array(["ab", "c"], "T")
    found = to(texts, "numpy")
    assert (found.dtype.kind, found.tolist()) == ("T", ["ab", "c"])
    crossing = log()[-1]
    assert (crossing.verdict, crossing.reason, crossing.protocol) == ("copied", "dtype", "__array__")
    with pytest.raises(np.interop.CopyRefused, match="StringDType"):
        to(texts, "numpy", copy=False)


def test_what_a_library_converts_is_a_copy_of_its_own():
    pytest.importorskip("pyarrow")
    assert to(np.array([True, False]), "arrow").to_pylist() == [True, False]
    assert log()[-1].reason == "bit-packed"
    assert to(np.array(["ab", "c"]), "arrow").to_pylist() == ["ab", "c"]
    assert log()[-1].reason == "dtype"
    times = np.array(["2020", "NaT"], "M8[s]")
    assert to(times, "arrow", copy=False).null_count == 1


@pytest.mark.parametrize("copy", [None, True])
@pytest.mark.parametrize(
    "make, expected",
    [
        (lambda: np.array([(1, 2.5)], "i4,f8"), [{"f0": 1, "f1": 2.5}]),
        (lambda: np.array(["ab", ""], "T"), ["ab", ""]),
        (lambda: np.array([b"ab", b"c"]), [b"ab", b"c"]),
        (lambda: np.array(["2026-11-22"], "M8[D]"), [datetime.date(2026, 11, 22)]),
    ],
)
@pytest.mark.parametrize("target", ["arrow", "polars"])
def test_what_arrow_keeps_in_a_form_of_its_own(make, expected, target, copy):
    needs(target)
    assert plan(make(), target).verdict == "copy"
    found = to(make(), target, copy=copy)
    assert (found.to_pylist() if target == "arrow" else found.to_list()) == expected
    assert log()[-1].verdict == "copied"
    with pytest.raises(CopyRefused):
        to(make(), target, copy=False)


def test_times_reach_pandas():
    pytest.importorskip("pandas")
    times = np.array(["2020-01-01", "NaT"], "M8[ns]")
    series = to(times, "pandas", copy=False)
    assert str(series.dtype) == "datetime64[ns]" and series.isna().tolist() == [False, True]


def test_tensors_are_made_right():
    torch = pytest.importorskip("torch")
    t = torch.ones(3, requires_grad=True)
    assert to(t, "numpy").ctypes.data == t.data_ptr()
    c = torch.tensor([1 + 2j]).conj()
    assert plan(c, "numpy").verdict == "copy"
    assert to(c, "numpy").tolist() == [1 - 2j]
    with pytest.raises(CopyRefused):
        to(c, "numpy", copy=False)
    b = torch.ones(2, dtype=torch.bfloat16)
    assert to(b, "torch").data_ptr() == b.data_ptr()


def test_foreign_objects_cross():
    n = numpy.arange(3)
    assert to(bytearray(b"ab"), "numpy").tolist() == [97, 98]
    assert to(n, "memoryview").tolist() == [0, 1, 2]
    assert plan([1, 2], "numpy").reasons == ("several pieces",)
    assert to([1, 2], "numpy").tolist() == [1, 2]
    with pytest.raises(CopyRefused, match="several pieces"):
        to([1, 2], "numpy", copy=False)


def test_unknown_targets_are_named():
    for name in ("torhc", None, 3, b"torch"):
        with pytest.raises(ValueError, match="known are numpy, pandas"):
            plan(np.zeros(1), name)


def test_a_missing_library_is_named(monkeypatch):
    from sharray.interop import _targets

    monkeypatch.setattr(_targets, "find_spec", lambda name: None)
    monkeypatch.delitem(__import__("sys").modules, "polars", raising=False)
    assert str(plan(np.zeros(1), "polars")).endswith("polars is not installed")
    with pytest.raises(ImportError, match="pip install polars"):
        to(np.zeros(1), "polars")


# -- explain


def lookers(x):
    return sorted((s.kind, s.protocol) for s in explain(x).looking)


def test_other_arrays_are_found_wherever_they_are_held():
    a = np.arange(12.0)
    view = a[2:5]
    deep = {"list": [{"plain": a[::-1]}], "tuple": ((a[1:],),)}
    theirs = numpy.asarray(a)
    found = lookers(a)
    assert found == [("numpy.ndarray", "buffer")] + [("sharray.ndarray", "view")] * 3
    names = {s.name for s in explain(a).looking}
    assert {"view", "theirs"} <= names
    assert [s for s in explain(view).looking if s.name == "theirs"]
    del view, deep, theirs
    assert lookers(a) == []


def test_consumers_are_told_until_they_let_go():
    torch = pytest.importorskip("torch")
    # Crossings are told by address, which an array that is gone may have had.
    log(clear=True)
    a = np.arange(4.0)
    t = torch.from_dlpack(a)
    assert "shared by dlpack, still held by torch.Tensor 't'" in str(explain(a))
    assert [c.protocol for c in explain(a).held] == ["dlpack"]
    del t
    told = str(explain(a))
    assert "still held" not in told and "dlpack, 1 time, released: the consumer copied or dropped it" in told
    assert a.__array_interface__["version"] == 3
    assert "untracked: this protocol has no end-of-use signal" in str(explain(a))


def test_looking_leaves_no_record_and_keeps_nothing_alive():
    a = np.arange(4.0)
    view = a[1:]
    before = log()[-1:]
    told = explain(a)
    assert log()[-1:] == before
    import weakref

    gone = weakref.ref(view)
    del view
    gc.collect()
    assert gone() is None
    assert told.looking[0].kind == "sharray.ndarray"


def test_memory_that_came_in_tells_how():
    theirs = numpy.arange(3)
    a = np.asarray(theirs)
    told = explain(a)
    assert (told.verdict, told.protocol, told.owner is theirs) == ("shared", "ndarray struct", True)
    assert told.came.other == "numpy.ndarray"
    assert told.block == (theirs.ctypes.data, theirs.ctypes.data + theirs.nbytes)
    part = np.asarray(theirs[1:])
    assert explain(part).block == told.block


def test_tensors_are_explained():
    torch = pytest.importorskip("torch")
    a = np.from_dlpack(torch.ones(3))
    assert explain(a).protocol == "dlpack"


PLANNED = {
    "buffer": {"buffer", "memoryview"},
    "__array_struct__": {"__array_struct__"},
    "arrow": {"arrow"},
    "dlpack": {"dlpack"},
    "memoryview": {"memoryview"},
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    "make", [lambda: whole(), lambda: whole().reshape(256, 128), lambda: whole("i8").view("M8[ms]")]
)
def test_the_planned_protocol_is_the_one_recorded(make, target):
    needs(target)
    a = make()
    planned = plan(a, target)
    if planned.verdict == "refuse":
        return
    log(clear=True)
    to(a, target)
    assert [c.protocol for c in log()][-1] in PLANNED[planned.protocol]


def test_tensors_at_one_address_are_told_apart_by_their_crossings():
    torch = pytest.importorskip("torch")
    a = np.arange(5.0)
    handed = to(a, "torch")
    bytewise = torch.frombuffer(a, dtype=torch.float64)
    found = {s.name: s for s in explain(a).looking}
    assert (found["handed"].protocol, found["bytewise"].protocol) == ("dlpack", "buffer")
    asked = torch.from_dlpack(a)
    told = explain(a)
    found = {s.name: s for s in told.looking}
    assert found["handed"].protocol == "dlpack"
    # Neither the buffer protocol nor DLPack names who asked: both crossings are told for both.
    first, second = (c.number for c in told.held if c.number not in found["handed"].crossings)
    both = f"buffer (crossing {first}) or dlpack (crossing {second})"
    assert found["asked"].protocol == found["bytewise"].protocol == both
    assert "still held by torch.Tensor 'handed'" in str(told)
    assert "still held by one of torch.Tensor" in str(told)
    del asked, handed, bytewise, found
    assert explain(a).held == []


def test_what_took_its_way_by_arrow_is_no_tensor():
    torch, pyarrow = pytest.importorskip("torch"), pytest.importorskip("pyarrow")
    a = np.arange(5.0)
    tensor, column = torch.from_dlpack(a), pyarrow.array(a)
    found = {s.name: s.protocol for s in explain(a).looking}
    assert (found["tensor"], found["column"]) == ("dlpack", "arrow")
    del tensor, column


def test_the_search_sees_through_containers_that_are_not_tracked():
    a = np.arange(12.0)

    def by_default(x=(a[1:],), *, y=(a[2:],)):
        return x, y

    by_default.kept = (a[3:],)
    held = [((((a[4:],),),),)]
    method = a[5:].sum
    closed = (lambda inner: lambda: inner)(a[6:])
    generator = (inner for inner in [a[7:]])
    found = sorted(s.address - a.ctypes.data for s in explain(a).looking)
    assert found == [8 * i for i in range(1, 8)]
    del by_default, held, method, closed, generator


@pytest.mark.parametrize("ending", ["svg", "html", "png"])
def test_pictures_are_saved(ending, tmp_path):
    if ending == "png":
        pytest.importorskip("matplotlib")
    a = np.arange(6)
    b = a[::-2]
    path = tmp_path / f"a.{ending}"
    explain(a).save(path)
    begin = {"svg": b"<svg", "html": b"<!DOCTYPE html>", "png": b"\x89PNG"}[ending]
    assert path.read_bytes().startswith(begin)
    if ending == "svg":
        from xml.etree import ElementTree

        words = " ".join(ElementTree.fromstring(path.read_text()).itertext())
        for expected in ("48 bytes, owned by", "sharray.ndarray 'b'", "strides (-16,)", "view", hex(a.ctypes.data)):
            assert expected in words
    del b


def test_pictures_of_odd_things():
    for a in (
        np.zeros(0),
        np.zeros((3, 0)),
        np.zeros(()),
        np.zeros(1 << 20, "u1"),
        np.zeros(5)[::-1],
        np.ones((2, 3, 4)).T,
    ):
        assert explain(a)._repr_svg_().startswith("<svg")
        assert "<pre" in explain(a)._repr_html_()
    assert explain(3)._repr_svg_() is None
    assert "int" in explain(3)._repr_html_()
    with pytest.raises(ValueError, match="no memory"):
        explain(3).save("x.svg")
    with pytest.raises(ValueError, match="svg, .html or .png"):
        explain(np.zeros(1)).save("x.pdf")


def raising(name):
    def broken(self, *_, **__):
        raise RuntimeError("broken")

    return type("Broken", (), {name: property(broken)})()


class Liar:
    __class__ = np.ndarray


class Mute:
    def __getattribute__(self, name):
        raise RuntimeError(name)


class Strange(type):
    def __getattribute__(cls, name):
        raise RuntimeError(name)


def interface(**changes):
    found = dict(numpy.arange(3.0).__array_interface__, **changes)
    return type("ByDict", (), {"__array_interface__": found})()


ODD = [
    *map(raising, ("__array__", "__array_interface__", "__array_struct__", "__dlpack__", "nbytes", "dtype", "shape")),
    *(interface(**{key: None}) for key in ("shape", "typestr", "data", "version")),
    interface(shape=(-1,)), interface(strides=(1, 2, 3)), interface(typestr="nonsense"), interface(data=(0, False)),
    Liar(), Mute(), Strange("Strange", (), {})(), Strange("Strange", (), {}),
    int, numpy.ndarray, np.ndarray, object(), None, ..., NotImplemented, "text", "", b"", (), [], {}, [[1], [2, 3]], [object()],
    memoryview(b"abc")[::-1], memoryview(b""), range(3), iter([1]), len, numpy.float64(1), np.float64(1), np.datetime64("2020"),
    numpy.array([None, 3], dtype=object), np.array([None, [1]], dtype=object), np.zeros(2, "i4,O"), np.array(["a"], "T"),
    numpy.ma.masked_array([1, 2], [0, 1]), np.zeros((0, 3)), numpy.zeros(3, "M8[D]"), 10**400, 1j, lambda: 3,
]  # fmt: skip


@pytest.mark.parametrize("place", range(len(ODD)))
def test_odd_objects_are_explained(place):
    x = ODD[place]
    assert isinstance(str(explain(x)), str)
    explain(x)._repr_html_()
    for target in TARGETS:
        if importlib.util.find_spec(MODULES.get(target, target)):
            assert plan(x, target).verdict in {"share", "copy", "refuse"}


def test_a_released_memoryview_is_explained():
    view = memoryview(bytearray(8))
    a = np.arange(8, dtype="u1")
    mine = memoryview(a)
    mine.release()
    view.release()
    assert explain(view).verdict == "unknown"
    assert lookers(a) == []
    gc.collect()
