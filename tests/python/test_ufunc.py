"""Ufuncs of the engine against NumPy's, in one process."""

import pickle
import warnings

import numpy
import pytest

import sharray as np
from sharray import _engine as engine

DTYPES = ["?", "i1", "u1", "i2", "u4", "i8", "u8", "f2", "f4", "f8", "F", "D", ">i4", ">f8"]
UNARY = [
    "negative",
    "absolute",
    "sign",
    "square",
    "sqrt",
    "exp",
    "sin",
    "floor",
    "isnan",
    "logical_not",
    "invert",
    "conjugate",
    "reciprocal",
    "signbit",
]
BINARY = [
    "add",
    "subtract",
    "multiply",
    "divide",
    "floor_divide",
    "remainder",
    "power",
    "less",
    "equal",
    "maximum",
    "logical_and",
    "bitwise_or",
    "left_shift",
    "arctan2",
    "hypot",
    "copysign",
]


def operand(module, dtype, shape=(3,)):
    count = 1
    for extent in shape:
        count *= extent
    return module.array([i % 4 + 1 for i in range(count)], dtype=dtype).reshape(shape)


def outcome(call):
    """The result's dtype, shape and values, or the type of its exception (a TypeError stays one)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = call()
        except (TypeError, ValueError, OverflowError) as error:
            return "TypeError" if isinstance(error, TypeError) else type(error).__name__
    return result.dtype.str, result.shape, result.tolist()


@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("dtype", DTYPES)
def test_unary(name, dtype):
    expected = outcome(lambda: getattr(numpy, name)(operand(numpy, dtype)))
    found = outcome(lambda: getattr(engine, name)(operand(engine, dtype)))
    assert found == close(expected, found)


@pytest.mark.parametrize("name", BINARY)
@pytest.mark.parametrize("left", DTYPES)
def test_binary(name, left):
    for right in DTYPES:
        expected = outcome(
            lambda right=right: getattr(numpy, name)(operand(numpy, left), operand(numpy, right, (2, 1)))
        )
        found = outcome(
            lambda right=right: getattr(engine, name)(operand(engine, left), operand(engine, right, (2, 1)))
        )
        assert found == close(expected, found), (left, right)


def close(expected, found):
    """`found` where it agrees with `expected` within a few units in the last place."""
    if isinstance(expected, str) or isinstance(found, str) or expected[:2] != found[:2]:
        return expected
    eps = 5e-3 if expected[0].endswith("f2") else 2e-6 if expected[0] in ("<f4", "<c8") else 1e-14
    return found if numpy.allclose(found[2], expected[2], rtol=eps, atol=0, equal_nan=True) else expected


@pytest.mark.parametrize("scalar", [2, 2.5, 2j, True, -1, 300, 2**40, 2**63, 2**70])
@pytest.mark.parametrize("name", ["add", "multiply", "less", "equal", "divide"])
def test_python_scalars(name, scalar):
    for dtype in DTYPES:
        expected = outcome(lambda dtype=dtype: getattr(numpy, name)(operand(numpy, dtype), scalar))
        found = outcome(lambda dtype=dtype: getattr(engine, name)(operand(engine, dtype), scalar))
        assert found == close(expected, found), dtype


def test_scalars_come_back():
    assert engine.less(3, 2**70) and engine.less(-1, 2**63) and not engine.equal(2**64, 1)
    assert type(engine.add(engine.array(1.5), 2)) is np.float64
    assert type(engine.add(1, 2)) is np.int64
    assert isinstance(engine.add(1, 2, out=...), engine.ndarray)
    quotient, remainder = engine.divmod(7, 2)
    assert (quotient, remainder) == (3, 1)


def test_outputs_masks_and_keywords():
    a, out = engine.arange(4.0), engine.zeros(4)
    assert engine.add(a, 1, out) is out and out.tolist() == [1, 2, 3, 4]
    assert engine.add(a, 1, out=(out,)) is out
    engine.add(a, 10, out=out, where=engine.array([True, False, True, False]))
    assert out.tolist() == [10, 2, 12, 4]
    assert engine.add(a, 1, dtype="f4").dtype == "f4"
    assert engine.add(a, 1, signature="ff->f", casting="unsafe").dtype == "f4"
    assert engine.add(np.ones((2, 3)), 1, order="F").flags.f_contiguous
    for bad in (dict(out=engine.zeros(3)), dict(casting="none"), dict(order="Z"), dict(out=(out, out))):
        with pytest.raises(ValueError):
            engine.add(a, 1, **bad)
    for bad in (
        dict(nothing=1),
        dict(out=3),
        dict(out=engine.zeros(4, int)),
        dict(dtype="f4", signature="ff->f"),
        dict(where=a),
    ):
        with pytest.raises(TypeError):
            engine.add(a, 1, **bad)
    with pytest.raises(TypeError):
        engine.add(a)
    with pytest.raises(TypeError, match="only select the general DType"):
        engine.add(a, 1, dtype=">f8")
    with pytest.raises(TypeError, match="not supported for the input types"):
        engine.left_shift(a, 1)
    with pytest.raises(TypeError, match="cannot use operands with types"):
        engine.add(engine.array([1], "m8[s]"), 2.5)
    with pytest.raises(TypeError, match="boolean subtract"):
        engine.subtract(engine.array([True]), engine.array([True]))
    with pytest.raises(ValueError, match="could not be broadcast"):
        engine.add(np.ones(2), np.ones(3))


@pytest.mark.parametrize("axis", [None, 0, 1, -1, (0, 2), ()])
@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("dtype", ["?", "i1", "u4", "f4", "f8", "D", ">i4"])
def test_reduce(axis, keepdims, dtype):
    for name in ("add", "multiply", "maximum", "logical_or"):
        expected = getattr(numpy, name).reduce(operand(numpy, dtype, (2, 3, 4)), axis=axis, keepdims=keepdims)
        found = getattr(engine, name).reduce(operand(engine, dtype, (2, 3, 4)), axis=axis, keepdims=keepdims)
        assert (found.dtype.str, found.shape, found.tolist()) == (expected.dtype.str, expected.shape, expected.tolist())


def test_a_class_of_dtypes_chooses_the_loop():
    for module in (np, numpy):
        found = module.subtract(3, 3, dtype=module.dtypes.Float64DType)
        assert repr(found) == "np.float64(0.0)"
    assert repr(np.linspace(3, 3, retstep=True)[1]) == "np.float64(0.0)"


def test_pairwise_sums_are_numpys():
    values = numpy.random.default_rng(1).standard_normal((300, 70))
    ours = engine.array(values)
    for axis in (None, 0, 1):
        assert engine.add.reduce(ours, axis=axis).tolist() == numpy.add.reduce(values, axis=axis).tolist()
    small = values.astype("f4")
    assert engine.add.reduce(engine.array(small), axis=None, dtype="f8") == numpy.add.reduce(
        small, axis=None, dtype="f8"
    )


def test_reduce_details():
    a = engine.array([[1.0, 2.0], [3.0, 4.0]])
    assert engine.add.reduce(a, axis=None, initial=10) == 20
    assert engine.add.reduce(a, axis=1, where=engine.array([True, False])).tolist() == [1, 3]
    assert engine.maximum.reduce(a, axis=None, initial=9, where=a > 5) == 9
    assert engine.add.reduce(engine.array([])) == 0
    with pytest.raises(ValueError, match="has no identity"):
        engine.maximum.reduce(engine.array([]))
    with pytest.raises(ValueError, match="not reorderable"):
        engine.subtract.reduce(a, axis=(0, 1))
    with pytest.raises(np.exceptions.AxisError):
        engine.add.reduce(a, axis=2)
    assert engine.add.accumulate(a, axis=1).tolist() == [[1, 3], [3, 7]]
    assert engine.add.reduceat(engine.arange(8), [0, 4, 1, 5]).tolist() == [6, 4, 10, 18]
    assert engine.multiply.outer([1, 2], [[3], [4]]).tolist() == [[[3], [4]], [[6], [8]]]


def test_at():
    a = engine.zeros(4)
    engine.add.at(a, [0, 0, 2, -1], 1)
    assert a.tolist() == [2, 0, 1, 1]
    b = engine.zeros((2, 3), int)
    engine.add.at(b, (slice(None), [0, 0]), [[1, 2], [3, 4]])
    assert b.tolist() == [[3, 0, 0], [7, 0, 0]]
    engine.negative.at(a, [0])
    assert a.tolist() == [-2, 0, 1, 1]
    with pytest.raises(IndexError):
        engine.add.at(a, [4], 1)
    engine.add.at(b, [0], 1.5)
    assert b.tolist() == [[4, 1, 1], [7, 0, 0]]


def test_matmul():
    a, b = numpy.arange(24.0).reshape(2, 3, 4), numpy.arange(20.0).reshape(4, 5)
    assert engine.matmul(engine.array(a), engine.array(b)).tolist() == (a @ b).tolist()
    assert engine.matmul(engine.arange(3), engine.arange(3)) == 5
    with pytest.raises(ValueError, match="mismatch in its core dimension"):
        engine.matmul(np.ones((2, 3)), np.ones((2, 3)))
    assert engine.vecdot(engine.array(a), engine.arange(4.0), axis=-1).tolist() == (a @ numpy.arange(4.0)).tolist()


def test_overrides():
    class Taker:
        def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
            return ufunc, method, inputs, kwargs

    class Never:
        __array_ufunc__ = None

    taker, out = Taker(), engine.zeros(2)
    assert engine.add(out, taker) == (engine.add, "__call__", (out, taker), {})
    assert engine.add.reduce(taker, axis=1)[1:] == ("reduce", (taker,), {"axis": 1})
    assert engine.add(out, out, out=taker)[3] == {"out": (taker,)}
    with pytest.raises(TypeError, match="does not support ufuncs"):
        engine.add(out, Never())


def test_subclasses_are_wrapped():
    class Sub(engine.ndarray):
        def __array_wrap__(self, array, context=None, return_scalar=False):
            self.seen = context and context[0]
            return array.view(Sub)

    a = engine.arange(3.0).view(Sub)
    result = engine.add(a, 1)
    assert type(result) is Sub and a.seen is engine.add
    assert type(engine.add(a, 1, subok=False)) is engine.ndarray


def test_errstate():
    a = engine.array([1.0, 0.0])
    with pytest.warns(RuntimeWarning, match="divide by zero encountered in divide"):
        engine.divide(1.0, a)
    with pytest.warns(RuntimeWarning, match="invalid value encountered in sqrt"):
        engine.sqrt(-a)
    token = engine._extobj_contextvar.set(engine._make_extobj(all="raise"))
    try:
        with pytest.raises(FloatingPointError, match="overflow encountered in multiply"):
            engine.multiply(engine.array([1e308]), 10)
    finally:
        engine._extobj_contextvar.reset(token)
    calls = []
    token = engine._extobj_contextvar.set(engine._make_extobj(all="call", call=lambda *given: calls.append(given)))
    try:
        engine.divide(a, 0.0)
    finally:
        engine._extobj_contextvar.reset(token)
    assert [kind for kind, _ in calls] == ["divide by zero", "invalid value"]
    assert engine._get_extobj_dict()["over"] == "warn"
    with pytest.raises(ValueError):
        engine._make_extobj(all="maybe")


def test_objects_and_frompyfunc():
    from fractions import Fraction

    a = engine.array([Fraction(1, 2), Fraction(1, 3)], dtype=object)
    assert (a + a).tolist() == [Fraction(1), Fraction(2, 3)]
    assert engine.less(a, Fraction(2, 5)).tolist() == [False, True]
    assert engine.add.reduce(a) == Fraction(5, 6)
    assert engine.multiply(a, 6).dtype == object
    double = engine.frompyfunc(lambda x, y: (x + y, x * y), 2, 2)
    total, product = double(engine.arange(3), 2)
    assert total.tolist() == [2, 3, 4] and product.tolist() == [0, 2, 4]
    with pytest.raises(ZeroDivisionError):
        engine.frompyfunc(lambda x: 1 // x, 1, 1)(engine.arange(2))
    with pytest.raises(TypeError):
        engine.sin(engine.array([None], dtype=object))


def test_attributes():
    add = engine.add
    assert (add.nin, add.nout, add.nargs, add.identity, add.signature) == (2, 1, 3, 0, None)
    assert "dd->d" in add.types and add.ntypes == len(add.types)
    assert repr(add) == "<ufunc 'add'>" and add.__name__ == "add"
    assert engine.matmul.signature == "(n?,k),(k,m?)->(n?,m?)"
    assert add.__doc__.startswith("add(x1, x2, /, out=None, *, where=True, casting='same_kind', order='K'")
    assert add.resolve_dtypes((np.dtype("i4"), float, None)) == (np.dtype("f8"),) * 3
    assert pickle.loads(pickle.dumps(add)) is add


@pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "i4", "u8", "u4", "q", "Q", "i2", "u1", "c16", ">f8"])
@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "maximum"])
def test_at_repeated_positions(name, dtype):
    rng = numpy.random.default_rng(7)
    for shape, places in [((7,), (50,)), ((7,), (5, 6)), ((4, 5), (30,))]:
        for step in (1, -1, 2):
            start = rng.integers(0, 9, (14, *shape[1:])).astype(dtype)
            index = rng.integers(-shape[0], shape[0], places)
            values = rng.integers(0, 9, places + shape[1:]).astype(dtype)
            for value in (values, values[:1], 3):
                theirs, ours = start.copy()[::step][: shape[0]], np.array(start)[::step][: shape[0]]
                getattr(numpy, name).at(theirs, index, value)
                getattr(np, name).at(ours, np.asarray(index), value if isinstance(value, int) else np.asarray(value))
                assert ours.tolist() == theirs.tolist(), (shape, places, step)


def test_at_reports_and_overlaps():
    for module in (numpy, np):
        target = module.array([1e308, 1.0])
        with pytest.warns(RuntimeWarning, match="overflow encountered in add"):
            module.add.at(target, [0, 0, 1], 1e308)
        assert target.tolist() == [float("inf"), 1e308]
        shifted = module.arange(5.0)
        module.add.at(shifted, [0, 1, 2, 3], shifted[1:])
        assert shifted.tolist() == [1.0, 3.0, 5.0, 7.0, 4.0]
        with pytest.raises(IndexError):
            module.add.at(target, [0, 5], 1.0)
        assert target[0] == float("inf")


@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"])
def test_powers_of_integers(dtype):
    """Small exponents go by vectors, others one by one: blocks of either, and of both."""
    random = numpy.random.default_rng(3)
    info = numpy.iinfo(dtype)
    for size in (1, 7, 8, 63, 64, 65, 200):
        base = random.integers(info.min, info.max, size, dtype, endpoint=True)
        for most in (2, 15, 16, 40, min(info.max, 300)):
            exponent = random.integers(0, most, size, endpoint=True).astype(dtype)
            assert (np.asarray(base) ** np.asarray(exponent)).tobytes() == (base**exponent).tobytes(), (size, most)
            assert (np.asarray(base)[::-1] ** exponent[0]).tolist() == (base[::-1] ** exponent[0]).tolist()
    if info.min < 0:
        exponent[size // 2] = -1
        with pytest.raises(ValueError, match="negative integer power"):
            np.asarray(base) ** np.asarray(exponent)


TOO_LARGE = {
    "array": lambda m: m.ones(3, "f4") * 1e300,
    "half": lambda m: 1e6 + m.ones(3, "f2"),
    "scalar": lambda m: m.float32(1) * 1e300,
    "no axes": lambda m: m.ones((), "f4") * 1e300,
    "no elements": lambda m: m.ones(0, "f4") * 1e300,
    "gaps": lambda m: m.ones((3, 3), "f2")[::2] * 1e6,
    "many": lambda m: m.ones(100_000, "f4") * 1e300,
    "comparison": lambda m: m.ones(3, "f4") < 1e300,
    "complex": lambda m: m.ones(3, "F") * 1e300j,
    "in place": lambda m: m.ones(3, "f4").__imul__(1e300),
    "clip": lambda m: m.clip(m.ones(2, "f4"), 0, 1e300),
    "power": lambda m: m.power(m.ones(2, "f4"), 1e300),
    "initial": lambda m: m.add.reduce(m.ones(2, "f4"), initial=1e300),
    "too small": lambda m: m.ones(3, "f4") * 1e-300,
    "overflow of its own": lambda m: m.full(3, 3e38, "f4") * 10.0,
    "at": lambda m: m.add.at(m.full(2, 3e38, "f4"), [0, 0], 3e38),
}


@pytest.mark.parametrize("case", TOO_LARGE)
def test_python_numbers_are_converted_first(case):
    """A number too large for the type it is computed in overflows in its conversion, not in the operation."""
    told = []
    for module in (numpy, np):
        with warnings.catch_warnings(record=True) as caught, module.errstate(all="warn"):
            warnings.simplefilter("always")
            result = TOO_LARGE[case](module)
        told.append((repr(result), [str(w.message) for w in caught]))
    assert told[0] == told[1]


@pytest.mark.parametrize("number", [5, 300, 2.5, 1e300, 2j, 10**30, True])
@pytest.mark.parametrize("dtype", ["?", "i1", "u8", "f4", "F"])
def test_outer_takes_numbers_as_arrays(dtype, number):
    for operands in (lambda a: (a, number), lambda a: (number, a)):
        expected = numpy.multiply.outer(*operands(numpy.ones(2, dtype)))
        result = np.multiply.outer(*operands(np.ones(2, dtype)))
        assert (result.dtype.str, result.tolist()) == (expected.dtype.str, expected.tolist())
