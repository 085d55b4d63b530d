"""Masked arrays beside NumPy's: the same statements, compared by class, text, dtype, mask and fill value."""

import copy
import importlib
import operator
import pickle
import warnings

import numpy
import pytest

import sharray as np
from sharray.ma import mrecords

# data, mask, dtype
ARRAYS = {
    "int": ([3, 1, 2, 5, 4, 0], [0, 1, 0, 0, 1, 0], "i4"),
    "float": ([3.0, -1, 2.5, 5, 7, 0], [0, 1, 0, 0, 0, 0], "f8"),
    "half": ([3, 1, 2, 5, 4, 0], [0, 1, 0, 0, 1, 0], "f2"),
    "free": ([3, 1, 2, 5, 4, 0], None, "i8"),
    "lost": ([1, 2, 3, 4, 5, 6], [1] * 6, "f4"),
    "table": ([[3, 1, 2], [5, 4, 0]], [[0, 1, 0], [1, 1, 1]], "i8"),
    "complex": ([1 + 2j, 3, 4j, 1, 2, -1], [0, 1, 0, 0, 0, 1], "c16"),
    "bool": ([1, 0, 1, 1, 0, 1], [0, 1, 0, 0, 1, 0], "?"),
    "byte": ([3, 1, 2, 5, 4, 0], [0, 1, 0, 0, 1, 0], "u1"),
    "text": (["a", "bb", "c", "d", "e", "f"], [0, 1, 0, 0, 1, 0], "U2"),
    "object": ([3, "x", None, 5, 4, 0], [0, 1, 0, 0, 1, 0], "O"),
    "date": (["2001-01-01", "2001-01-02", "NaT", "2001-01-01"], [0, 1, 0, 0], "M8[D]"),
    "scalar": (3.5, True, "f8"),
    "empty": ([], [], "f8"),
    "record": ([(1, 2.0), (3, 4.0), (5, 6.0)], [(0, 1), (0, 0), (1, 1)], [("a", "i4"), ("b", "f8")]),
}
NUMBERS = ["int", "float", "half", "free", "lost", "table", "complex", "bool", "byte", "scalar", "empty"]

REDUCTIONS = "all any sum prod mean var std min max ptp count cumsum cumprod argmax argmin argsort anom".split()
KEYWORDS = [{}, {"axis": 0}, {"axis": -1}, {"axis": 1}, {"axis": 0, "keepdims": True}, {"keepdims": True}, {"axis": 3}]
PARTS = (
    "compressed copy filled flatten ravel tolist tobytes toflex nonzero squeeze view sort shrink_mask harden_mask T "
    "real imag mask data fill_value recordmask hardmask sharedmask __repr__ __str__ __float__ __int__ __len__ __neg__"
).split()
INDICES = [0, -1, [0, 1], slice(0, 2), ..., (), (0, 1), None, "a", ["b"], (..., 0), 10]
VALUES = [9, "masked", (1, 2), None, "z", "array"]
UNARY = (
    "exp conjugate sin sqrt log tan arcsin arctanh negative floor logical_not around absolute angle "
    "fix_invalid masked_invalid unique ediff1d diff median average cov masked_all_like count_masked compress_rowcols "
    "mask_rows mask_cols flatnotmasked_edges flatnotmasked_contiguous notmasked_edges atleast_2d diagflat "
    "getmaskarray default_fill_value minimum_fill_value maximum_fill_value make_mask sort compressed"
).split()
BINARY = (
    "add multiply divide floor_divide remainder fmod equal less maximum minimum power allequal outer dot "
    "append union1d intersect1d setdiff1d isin masked_equal masked_greater hypot arctan2"
).split()
OPERATORS = "add sub mul truediv floordiv mod pow eq ne lt ge iadd isub imul itruediv ifloordiv ipow".split()
#: further operands: a masked value, plain ones
OTHERS = {
    "masked": lambda np: np.ma.masked,
    "two": lambda np: 2,
    "zero": lambda np: 0,
    "plain": lambda np: np.arange(6),
}


def make(np, name):
    data, mask, dtype = ARRAYS[name]
    return np.ma.array(data, dtype=dtype) if mask is None else np.ma.array(data, mask=mask, dtype=dtype)


def operand(np, name):
    return OTHERS[name](np) if name in OTHERS else make(np, name)


def described(result):
    """All that two results must share, in plain values."""
    if isinstance(result, (tuple, list)):
        return [described(item) for item in result]
    marks = [getattr(result, mark, None) for mark in ("dtype", "shape", "_mask", "_fill_value", "_hardmask")]
    return type(result).__name__, repr(result), *map(str, marks)


def outcome(statement, np):
    """What `statement(np)` gives, or the built-in class of its exception."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return described(statement(np))
    except Exception as error:
        return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")


def check(statement):
    """`statement` gives the same on sharray as on NumPy."""
    assert outcome(statement, np) == outcome(statement, numpy)


# Left to the engine: the truth of objects as a bool.
@pytest.mark.parametrize("name", [name for name in ARRAYS if name != "object"])
@pytest.mark.parametrize("method", REDUCTIONS)
def test_reductions(name, method):
    for keywords in KEYWORDS:
        check(lambda np: getattr(make(np, name), method)(**keywords))  # noqa: B023


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize("part", PARTS)
def test_parts(name, part):
    def statement(np):
        array = make(np, name)
        found = getattr(array, part)
        return [found() if callable(found) else found, array]

    check(statement)


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize("index", INDICES, ids=str)
def test_items(name, index):
    check(lambda np: make(np, name)[index])


@pytest.mark.parametrize("name", ["float", "table", "free", "date", "record", "text", "scalar"])
@pytest.mark.parametrize("index", [0, [0, 1], slice(0, 2), ..., "a"], ids=str)
@pytest.mark.parametrize("value", [9, "masked", None, "array"], ids=str)
def test_assignment(name, index, value):
    def statement(np, hard):
        array = make(np, name)
        if hard:
            array.harden_mask()
        given = {"masked": np.ma.masked, "array": np.ma.array([7, 8], mask=[0, 1])}
        array[index] = given.get(value, value) if isinstance(value, str) else value
        return array

    check(lambda np: statement(np, False))
    check(lambda np: statement(np, True))


# The last bit of a function's value may differ.
EXACT = [name for name in UNARY if name not in ("exp", "sin", "tan", "arcsin", "arctanh", "angle")]


@pytest.mark.parametrize("name", ["int", "float", "free", "lost", "table", "bool", "byte", "date", "empty"])
@pytest.mark.parametrize("function", EXACT)
def test_functions_of_one(name, function):
    check(lambda np: getattr(np.ma, function)(make(np, name)))


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("function", ["exp", "sin", "tan", "arcsin", "arctanh", "log", "sqrt"])
def test_domains(name, function):
    """Masks are the same, values but for rounding."""
    mine, reference = (outcome_pair(np, name, function) for np in (np, numpy))
    assert mine[0] == reference[0]
    numpy.testing.assert_allclose(mine[1], reference[1], rtol=1e-2 if name == "half" else 1e-6)


def outcome_pair(np, name, function):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = getattr(np.ma, function)(make(np, name))
    values = numpy.array(np.ma.filled(result, 1).tolist() if result is not np.ma.masked else 1)
    return np.ma.getmaskarray(result).tolist(), values


@pytest.mark.parametrize("name", ["int", "float", "table", "free", "bool", "byte", "scalar"])
@pytest.mark.parametrize("other", ["int", "float", "lost", "table", *OTHERS])
def test_functions_of_two(name, other):
    for function in BINARY:
        check(lambda np: getattr(np.ma, function)(make(np, name), operand(np, other)))  # noqa: B023
    for function in OPERATORS:
        check(lambda np: getattr(operator, function)(make(np, name), operand(np, other)))  # noqa: B023
        if not function.startswith("i"):
            check(lambda np: getattr(operator, function)(operand(np, other), make(np, name)))  # noqa: B023


@pytest.mark.parametrize("name", ARRAYS)
def test_pickles_and_copies(name):
    for protocol in range(2, 6):
        check(lambda np: pickle.loads(pickle.dumps(make(np, name), protocol)))  # noqa: B023
    for duplicate in (copy.copy, copy.deepcopy):
        check(lambda np: duplicate(make(np, name)))  # noqa: B023


def test_masked_is_one():
    assert pickle.loads(pickle.dumps(np.ma.masked)) is np.ma.masked
    assert copy.deepcopy(np.ma.masked) is np.ma.masked
    assert np.ma.array([1, 2], mask=[0, 1])[1] is np.ma.masked
    assert np.ma.masked + 1 is np.ma.masked
    with pytest.raises(AttributeError, match="not writeable"):
        np.ma.masked.shape = (1,)
    with pytest.raises(np.ma.MaskError):
        np.ma.masked[()] = 1


def test_records_look_at_their_array():
    array = make(np, "record")
    array[1]["a"] = 7
    array[0]["b"] = 8
    assert array.tolist() == [(1, 8.0), (7, 4.0), (None, None)]
    records = mrecords.fromarrays([[1, 2], np.ma.array([3.0, 4.0], mask=[0, 1])], names="a, b")
    records[0]["a"] = 5
    assert records.a.tolist() == [5, 2] and records.b.tolist() == [3.0, None]


def test_saving_a_mask_is_refused(tmp_path):
    with pytest.raises(NotImplementedError):
        np.save(tmp_path / "masked.npy", make(np, "int"))


@pytest.mark.parametrize("module", ["", ".core", ".extras", ".mrecords", ".testutils"])
def test_names(module):
    mine, reference = (importlib.import_module(f"{name}.ma{module}") for name in ("sharray", "numpy"))
    assert sorted(set(reference.__all__)) == sorted(set(mine.__all__))
    for name in reference.__all__:
        assert type(getattr(mine, name)).__name__ == type(getattr(reference, name)).__name__


def test_methods():
    reference = set(vars(numpy.ma.MaskedArray)) - {"_module_source"}
    assert not reference - set(dir(np.ma.MaskedArray))
