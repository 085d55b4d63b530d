"""Writing through a view of some fields leaves the others alone, beside NumPy."""

import operator

import pytest

np = pytest.importorskip("numpy")

import sharray as sh  # noqa: E402

REAL = np


def through(module, write):
    """A structured array after `write(array, other)`, as a list of tuples."""
    array, other = module.zeros(2, dtype="i4,i4,i4"), module.zeros(2, dtype="i4,i4,i4")
    array["f1"], array["f2"], other["f0"] = 7, 9, 1
    write(module, array, other)
    return array.tolist()


def set_item(key, value):
    return lambda module, a, b: a.__setitem__(key, value(b) if callable(value) else value)


WRITES = {
    "number": set_item(["f0"], -1),
    "tuple": set_item(["f0", "f2"], (5, 6)),
    "array": set_item(["f0", "f2"], lambda b: b[["f0", "f2"]]),
    "element": lambda m, a, b: a[["f0"]].__setitem__(1, (3,)),
    "slice": lambda m, a, b: a[["f0", "f2"]].__setitem__(slice(1), [(8, 8)]),
    "fill": lambda m, a, b: a[["f0"]].fill((4,)),
    "copyto": lambda m, a, b: m.copyto(a[["f0"]], b[["f0"]]),
    "copyto where": lambda m, a, b: m.copyto(a[["f0"]], b[["f0"]], where=[True, False]),
    "ellipsis": lambda m, a, b: a[["f0"]].__setitem__(..., b[["f0"]].copy()),
    "flat": lambda m, a, b: a[["f0"]].flat.__setitem__(0, (77,)),
    "mask": lambda m, a, b: a[["f0"]].__setitem__(m.array([True, False]), b[["f0"]][0]),
    "indices": lambda m, a, b: a[["f0"]].__setitem__([0, 1], b[["f0"]]),
    "strided": lambda m, a, b: a[["f0"]].__setitem__(slice(None, None, -1), b[["f0"]]),
}


@pytest.mark.parametrize("name", WRITES)
def test_other_fields_stay(name):
    assert through(sh, WRITES[name]) == through(np, WRITES[name])


def test_put_leaves_other_fields_alone():
    """NumPy writes leftovers into the other fields here."""
    result = through(sh, lambda m, a, b: m.put(a[["f0"]], [1], b[["f0"]][0]))
    assert result == [(0, 7, 9), (1, 7, 9)]


def test_bytes_of_no_field_are_zero_in_copies():
    aligned = sh.dtype("i1,i4", align=True)
    full = sh.zeros(300, dtype=aligned)
    full.view("u1")[:] = 255
    for copied in (full.copy(), full[::-1].copy(), full.astype(aligned), sh.concatenate([full, full])):
        assert set(copied.view("u1").reshape(-1, 8)[:, 1:4].ravel().tolist()) == {0}


def test_bytes_of_no_field_are_not_compared():
    aligned = sh.dtype([("a", "i1"), ("b", "i4"), ("c", "i2", (2,))], align=True)
    left = sh.arange(2 * aligned.itemsize, dtype="i1").view(aligned)
    right = left.copy()
    assert (left == right).tolist() == [True, True] and (left != right).tolist() == [False, False]
    right["c"][1, 0] += 1
    assert (left == right).tolist() == [True, False] and (left != right).tolist() == [False, True]


def structures():
    """Pairs of structured arrays that bytes say nothing of."""
    yield "floats", "f8,i4", lambda np, a, b: (a["f0"].__setitem__(0, np.nan), b["f0"].__setitem__(0, np.nan))
    yield "zeros", "f8,i4", lambda np, a, b: a["f0"].__setitem__(1, -0.0)
    yield "objects", "O,i4", lambda np, a, b: (a["f0"].__setitem__(0, [1]), b["f0"].__setitem__(0, [1]))
    yield "subarrays", [("f0", "f8", (2,))], lambda np, a, b: a["f0"].__setitem__((1, 1), np.nan)
    yield "nested", [("f0", [("z", "f8")])], lambda np, a, b: a["f0"]["z"].__setitem__(2, np.nan)
    yield "integers", "i4,u1", lambda np, a, b: a["f1"].__setitem__(2, 3)
    yield "nothing", [], lambda np, a, b: None


@pytest.mark.parametrize("name, dtype, change", list(structures()), ids=[name for name, _, _ in structures()])
def test_structures_are_compared_by_fields(name, dtype, change):
    outcomes = []
    for np in (REAL, sh):
        a, b = np.zeros(3, dtype), np.zeros(3, dtype)
        change(np, a, b)
        stretched = (a[:, None] == b).tolist(), (a == b[0]).tolist()
        outcomes.append(((a == b).tolist(), (a != b).tolist(), (a == a).tolist(), stretched))
    assert outcomes[0] == outcomes[1]


def test_structures_without_a_common_dtype_are_not_compared():
    for np in (REAL, sh):
        a = np.zeros(2, "i4,i4")
        assert (a == np.zeros(2, "i8,f4")).tolist() == [True, True]
        for other in (np.zeros(2, "i4,i4,i4"), np.zeros(2, [("a", "i4"), ("b", "i4")]), np.zeros(2, "V8")):
            with pytest.raises(TypeError, match="Cannot compare structured"):
                operator.eq(a, other)


def test_structures_of_a_subclass_are_compared_whatever_its_methods_give() -> None:
    wild = type("Wild", (sh.ndarray,), {"astype": lambda *_: "x", "reshape": lambda *_: 3})
    left = sh.zeros(3, "f8,i4").view(wild)
    with pytest.raises(TypeError, match=r"astype\(\) gave an object of .*str"):
        left == sh.zeros(3, "f4,i8")  # noqa: B015 (it raises)
