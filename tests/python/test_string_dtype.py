"""`StringDType` beside the real NumPy: storage, missing texts, casts, comparison, order, functions.

Where docs/differences.md says that they differ, the calls below leave out the missing text.
"""

import pickle

import numpy
import pytest

import sharray as np

TEXTS = ["", "a", "fifteen bytes..", "sixteen bytes...", "déjà vu " * 9, "€😀", "x" * 5000, "-12", "Title Case"]
OPTIONS = {
    "plain": {},
    "nan": {"na_object": float("nan")},
    "text": {"na_object": "NA"},
    "none": {"na_object": None},
    "strict": {"coerce": False},
    "strict nan": {"na_object": float("nan"), "coerce": False},
}


def made(module, option="plain", texts=TEXTS):
    """An array of the texts, with a missing one where the option has such."""
    dtype = module.dtypes.StringDType(**OPTIONS[option])
    extra = [OPTIONS[option]["na_object"]] if "na_object" in OPTIONS[option] else []
    return module.array(texts + extra, dtype=dtype)


def outcome(call):
    """The result as printed values with its dtype's name, or the type of error."""
    try:
        result = call()
    except Exception as error:
        return type(error).__name__
    parts = result if isinstance(result, tuple) else (result,)
    return [
        (str(getattr(part, "dtype", type(part).__name__)), repr(part.tolist() if hasattr(part, "tolist") else part))
        for part in parts
    ]


def check(call):
    assert outcome(lambda: call(np)) == outcome(lambda: call(numpy))


@pytest.mark.parametrize("option", OPTIONS)
def test_dtype_itself(option):
    ours, theirs = (m.dtypes.StringDType(**OPTIONS[option]) for m in (np, numpy))
    for name in ["kind", "char", "num", "itemsize", "alignment", "name", "str", "hasobject", "flags", "coerce", "type"]:
        assert getattr(ours, name) == getattr(theirs, name), name
    assert repr(ours) == repr(theirs) and str(ours) == str(theirs)
    assert hasattr(ours, "na_object") == hasattr(theirs, "na_object")
    again = pickle.loads(pickle.dumps(ours))
    assert again == ours and hash(again) == hash(ours)


def test_dtypes_differ_by_their_options():
    dtypes = [np.dtypes.StringDType(**options) for options in OPTIONS.values()]
    for i, one in enumerate(dtypes):
        assert [one == other for other in dtypes] == [i == j for j in range(len(dtypes))]


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize(
    "call",
    [
        lambda m, a: a,
        lambda m, a: a[::-2],
        lambda m, a: a[1:3].copy(),
        lambda m, a: a[[3, 3, 0]],
        lambda m, a: a[m.arange(len(a)) % 2 == 0],
        lambda m, a: m.concatenate([a, a]),
        lambda m, a: m.where(m.arange(len(a)) > 2, a, a[::-1]),
        lambda m, a: a.reshape(-1, 1).repeat(2, axis=1),
        lambda m, a: m.empty_like(a),
        lambda m, a: m.zeros(3, a.dtype),
        lambda m, a: a.astype(object),
        lambda m, a: a[:7].astype("U20"),
        lambda m, a: a[:2].astype("S3"),
        lambda m, a: a[:9].astype(bool),
        lambda m, a: a[7:8].astype(int),
        lambda m, a: a[7:8].astype(float),
        lambda m, a: a == a,
        lambda m, a: a[:9] != "a",
        lambda m, a: a < a[::-1],
        lambda m, a: a >= m.array(["b"]),
        lambda m, a: m.sort(a),
        lambda m, a: m.argsort(a, kind="stable"),
        lambda m, a: m.unique(a[:5]),
        lambda m, a: a[:5].argmax(),
        lambda m, a: m.nonzero(a[:9]),
        lambda m, a: m.isnan(a),
        lambda m, a: a + a,
        lambda m, a: a + "tail",
        lambda m, a: m.array("head", a.dtype) + a,
        lambda m, a: a[:6] * 3,
        lambda m, a: m.strings.multiply(a[:6], 2),
        lambda m, a: m.strings.str_len(a),
        lambda m, a: m.strings.find(a, "e"),
        lambda m, a: m.strings.rfind(a, "é", 2),
        lambda m, a: m.strings.count(a, "x"),
        lambda m, a: m.strings.startswith(a, "d"),
        lambda m, a: m.strings.endswith(a, "e"),
        lambda m, a: m.strings.isalpha(a),
        lambda m, a: m.strings.isnumeric(a),
        lambda m, a: m.strings.istitle(a),
        lambda m, a: m.strings.strip(a, "d. "),
        lambda m, a: m.strings.rstrip(a),
        lambda m, a: m.strings.replace(a, "e", "€€"),
        lambda m, a: m.strings.center(a[:6], 20, "*"),
        lambda m, a: m.strings.ljust(a[:6], 20, "é"),
        lambda m, a: m.strings.zfill(a[:9], 6),
        lambda m, a: m.strings.expandtabs(a[:9], 4),
        lambda m, a: m.strings.partition(a[:9], m.array("e", a.dtype)),
        lambda m, a: m.strings.rpartition(a[:9], m.array("é", a.dtype)),
        lambda m, a: m.strings.upper(a[:6]),
        lambda m, a: m.strings.slice(a[:6], 1, -1),
        lambda m, a: m.maximum(a, a[::-1]),
        lambda m, a: a[:4].sum(),
        lambda m, a: m.add.accumulate(a[:4]),
        lambda m, a: m.add.reduce(a[:6].reshape(3, 2), axis=0),
        lambda m, a: m.add.reduce(a[:6].reshape(3, 2), axis=1),
        lambda m, a: m.maximum.reduce(a[:8].reshape(4, 2), axis=0),
        lambda m, a: m.add.accumulate(a[:6].reshape(3, 2), axis=0),
    ],
)
def test_of_an_array(option, call):
    check(lambda m: call(m, made(m, option)))


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("value", ["new", "n" * 40, 1, 2.5, None, float("nan"), b"bytes", True, ["no", "sequence"]])
def test_assignment(option, value):
    def assign(m):
        a = made(m, option)
        a[1] = value
        a[3:5] = a[1]
        return a

    check(assign)


@pytest.mark.parametrize("source", ["U5", "S3", "i4", "f8", "?", "c16", "M8[s]", "O"])
def test_cast_from(source):
    check(lambda m: m.array([1, 0, 12]).astype(source).astype(m.dtypes.StringDType()))


@pytest.mark.parametrize("target", ["i4", "u1", "f4", "f8", "?", "M8[D]", "U4", "S4", "O", "U"])
@pytest.mark.parametrize("texts", [["1", "0"], ["2020-01-01", "NaT"], ["x", ""], ["1.5", "nan"]])
def test_cast_to(target, texts):
    check(lambda m: m.array(texts, dtype="T").astype(target))


@pytest.mark.parametrize(
    "call",
    [
        lambda m: m.dtype([("a", m.dtypes.StringDType())]),
        lambda m: made(m).view("i8"),
        lambda m: memoryview(made(m)),
        lambda m: m.frombuffer(b"0" * 16, dtype=m.dtypes.StringDType()),
        lambda m: m.array(["a"], dtype=m.dtypes.StringDType()) + m.array([b"a"]),
        lambda m: m.array([1], dtype=m.dtypes.StringDType(coerce=False)),
        lambda m: made(m, "nan") + made(m, "none"),
        lambda m: m.dtypes.StringDType(1),
        lambda m: m.dtypes.StringDType(size=3),
    ],
)
def test_refused(call):
    check(call)


def test_copies_are_independent():
    a = made(np)
    view, copy = a[:], a.copy()
    a[:] = "overwritten, and longer than an element"
    assert view.tolist() == a.tolist()
    assert copy.tolist() == TEXTS


@pytest.mark.parametrize("option", OPTIONS)
def test_pickle(option):
    a = made(np, option)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(a, protocol))
        assert again.dtype == a.dtype and repr(again.tolist()) == repr(a.tolist())


def test_printing():
    for option in OPTIONS:
        check(lambda m: repr(made(m, option, ["a", "b c"])))  # noqa: B023


def test_missing_texts_where_numpy_differs():
    a = made(np, "nan", ["a"])
    assert (a != "a").tolist() == [False, True]
    assert repr(("head" + a).tolist()) == "['heada', nan]"
    assert np.array(["1.5"], dtype="T").astype(complex).tolist() == [1.5 + 0j]


LOGIC = """
m.logical_and(a, b), m.logical_or(a, b), m.logical_xor(a, b)
m.logical_or(a, True), m.logical_or(a, m.array([True, False])), m.logical_or(a, m.array(['', 'c']))
m.logical_and.reduce(a), m.logical_or.reduce(a), m.logical_xor.reduce(a), m.logical_or.accumulate(a)
m.any(a), m.all(a), a.any(axis=0), a.all(axis=0, keepdims=True), b.all()
m.logical_not(a)
m.clip(a, 'b', 'd')
m.clip(a, b, b)
a.clip('b', 'd')
m.maximum(a, 'b')
m.maximum(a, b), m.minimum(a, b), a.max(), b.min()
m.maximum(m.array(['a']), m.array(['b']))
m.maximum(m.array([1.0]), m.array(['b']))
m.array(['a', 'b']).max()
m.fmax(a, b)
m.zeros(2, [('a', 'T')])
m.dtype([('a', m.dtypes.StringDType())])
"""


@pytest.mark.parametrize("expression", LOGIC.strip().splitlines())
def test_truth_and_order_beside_numpy(expression):
    numpy = pytest.importorskip("numpy")
    results = []
    for m in (np, numpy):
        try:
            names = {"m": m, "a": m.array(["", "c"], "T"), "b": m.array(["x", "y"], "T")}
            results.append(repr(eval(expression, names)))
        except Exception as error:
            results.append([base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"])
    assert results[0] == results[1]


class Ambiguous:
    """Says of nothing whether it equals it, as pandas' NA."""

    def __eq__(self, other):
        return self

    __ne__ = __eq__
    __hash__ = None

    def __bool__(self):
        raise TypeError("neither true nor false")

    def __repr__(self):
        return "<NA>"


MARKERS = {"NA": Ambiguous(), "nan": float("nan"), "none": None, "text": "NA", "unset": ...}
WITH_MARKERS = """
a == b
a[:1] + b[:1]
a.astype(b.dtype)
a.astype(b.dtype, casting="safe")
m.maximum(a[:1], b[:1])
m.nonzero(a)
a.astype(bool)
a * 2
m.isnan(a)
m.strings.strip(a)
m.strings.expandtabs(a)
m.strings.zfill(a, 5)
m.strings.upper(a[:1])
m.array(["NaT", "2020"], "M8[s]").astype(a.dtype)
m.strings.center(m.array(["x", "yz"]), 6, a[:1])
m.strings.ljust(a[:1], 6, "é")
""".strip().splitlines()


def with_marker(m, marker):
    if marker is ...:
        return m.array(["a", ""], dtype=m.dtypes.StringDType(na_object=m._NoValue))
    return m.array(["a", "", marker], dtype=m.dtypes.StringDType(na_object=marker))


@pytest.mark.parametrize("text", WITH_MARKERS)
@pytest.mark.parametrize("first", MARKERS)
@pytest.mark.parametrize("second", MARKERS)
def test_markers_of_missing_texts(text, first, second):
    results = []
    for m in (np, numpy):
        a, b = (with_marker(m, MARKERS[one]) for one in (first, second))
        results.append(outcome(lambda: eval(text, {"m": m, "a": a, "b": b})))  # noqa: B023
    assert results[0] == results[1]


def test_a_resized_array_has_empty_texts():
    texts = np.array(["a", "b" * 40], "T")
    texts.resize(4)
    assert texts.tolist() == ["a", "b" * 40, "", ""]


@pytest.mark.parametrize(
    "call",
    [
        lambda lib, t: lib.add("3", 6, dtype=t),
        lambda lib, t: lib.add(lib.asarray(["3"]), lib.asarray([6]), dtype=t),
        lambda lib, t: lib.add(b"a", "b", dtype=t),
        lambda lib, t: lib.multiply("3", lib.int64(6), dtype=t),
        lambda lib, t: lib.add(lib.asarray(["a"], dtype=t()), "b", signature=(None, "U", None)),
        lambda lib, t: lib.add(lib.asarray(["a"], dtype=t()), "b", signature=("U", "U", None), casting="unsafe"),
        lambda lib, t: lib.add("a", "b", signature=("U", "U", t)),
        lambda lib, t: lib.add("a", lib.asarray(["b"]), dtype=t),
        lambda lib, t: lib.add(lib.asarray(["a"], dtype=t()), "b", signature=(t, None, None)),
        lambda lib, t: lib.multiply(lib.asarray(["a"], dtype=t()), 3, dtype=t),
        lambda lib, t: lib.multiply.reduce(lib.asarray([2, 3]), initial="ab", dtype=t),
    ],
)
def test_fixed_dtypes_of_ufuncs(call):
    def outcome(lib):
        try:
            result = lib.asarray(call(lib, lib.dtypes.StringDType))
        except TypeError as error:
            return "did not contain a loop" in str(error), "cannot cast dtype StringDType()" in str(error)
        return str(result.dtype), result.tolist()

    assert outcome(np) == outcome(numpy)
