"""Generalised ufuncs and ufuncs made of array functions, beside NumPy's own."""

import inspect
import itertools

import numpy
import numpy.linalg._umath_linalg as theirs
import pytest

import sharray as np
from sharray import _engine as engine
from sharray.linalg import _umath_linalg as ours

A = numpy.arange(24.0).reshape(2, 3, 4)
B = numpy.arange(24.0, 48.0).reshape(2, 3, 4)


def outcome(call):
    """A call's result as nested lists with shape and dtype, or the names of its error's classes."""
    try:
        result = call()
    except Exception as error:
        return tuple(c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins")[-3:]
    return [(r.shape, r.dtype.str, r.tolist()) for r in (result if isinstance(result, tuple) else (result,))]


def check(name, *operands, **keywords):
    """The same call of both libraries' ufunc `name` has the same outcome."""
    expected = outcome(lambda: getattr(numpy, name)(*operands, **keywords))
    given = [np.array(x) if isinstance(x, numpy.ndarray) else x for x in operands]
    found = outcome(lambda: getattr(np, name)(*given, **keywords))
    assert found == expected, (name, keywords)


@pytest.mark.parametrize(
    "keywords",
    [
        {},
        {"axis": 0},
        {"axis": -2},
        {"axis": 5},
        {"axis": 0, "keepdims": True},
        {"keepdims": True},
        {"axes": [0, 0]},
        {"axes": [(-1,), (-1,), ()]},
        {"axes": [(-1,), (-1,), (-1,)], "keepdims": True},
        {"axes": [0, 0, 2], "keepdims": True},
        {"axes": [0, 0], "keepdims": True},
        {"axes": [-1]},
        {"axes": -1},
        {"axes": [-1.0, -1.0]},
        {"axes": [None, 1]},
        {"axes": [-1, -1, -1]},
        {"axes": [-1, (-2, -1), ()]},
        {"axes": [0, 1]},
        {"axis": 0, "axes": [0, 0]},
    ],
    ids=str,
)
def test_axes_and_kept_dimensions(keywords):
    check("vecdot", A, B, **keywords)


def test_outputs_take_part_in_broadcasting():
    for shape in [(2, 3), (5, 2, 3), (1, 2, 3), (3,), (), (5, 4, 3)]:
        expected = outcome(lambda s=shape: numpy.vecdot(A, B, out=numpy.zeros(s)))
        assert outcome(lambda s=shape: np.vecdot(np.array(A), np.array(B), out=np.zeros(s))) == expected, shape


DECOMPOSITIONS = ["det", "slogdet", "inv", "cholesky_lo", "cholesky_up", "eigvalsh_lo", "eigvalsh_up", "svd"]


@pytest.mark.parametrize("name", [*DECOMPOSITIONS, "eig", "eigvals", "eigh_lo", "eigh_up", "svd_s", "svd_f"])
@pytest.mark.parametrize("char", "fdFD")
def test_linear_algebra(name, char):
    matrix = numpy.array([[4.0, 1, 0], [1, 3, 1], [0, 1, 5]])
    stack = numpy.stack([matrix, matrix + numpy.eye(3)]).astype(char)
    expected, found = getattr(theirs, name)(stack), getattr(ours, name)(np.array(stack))
    pairs = zip(found, expected, strict=True) if isinstance(expected, tuple) else [(found, expected)]
    for x, y in pairs:
        assert (x.shape, x.dtype.str) == (y.shape, y.dtype.str)
        if name in DECOMPOSITIONS:
            numpy.testing.assert_allclose(numpy.array(x.tolist()), y, rtol=2e-5)
    assert getattr(ours, name).signature.replace(" ", "") == getattr(theirs, name).signature.replace(" ", "")


def test_matrices_without_an_answer_are_nan():
    stack = np.stack([np.zeros((2, 2)), np.eye(2)])
    inverse = ours.inv(stack)
    assert np.isnan(inverse[0]).all() and (inverse[1] == np.eye(2)).all()
    assert ours.solve1(np.eye(3), [1, 2, 3]).tolist() == [1, 2, 3]


@pytest.mark.parametrize("signature", ["(i),(i)->()", "(3),(03)->(3)", "(n?,k),(k,m?)->(n?,m?)", "(),()->()"])
def test_core_dimensions(signature):
    import numpy._core._umath_tests as helper

    assert engine._core_dimensions(2, 1, signature) == helper.test_signature(2, 1, signature)


@pytest.mark.parametrize("bad", ["((i)),(i)->()", "(i),)i(->()", "(i),->()", "(i)->()", "(i),(i)"])
def test_malformed_signatures(bad):
    with pytest.raises(ValueError, match="signature"):
        engine._make_ufunc("f", 2, 1, [], signature=bad)


def test_a_size_that_a_function_completes():
    def sizes(known):
        m, n, p = known
        if p not in (-1, m * n):
            raise ValueError(f"p is {p}")
        return [m, n, m * n]

    def product(a, b):
        return (a[:, :, None] * b[:, None, :]).reshape(a.shape[0], -1)

    outer = engine._make_ufunc("outer", 2, 1, [("dd->d", product)], signature="(m),(n)->(p)", core_sizes=sizes)
    assert outer([1, 2], [3, 4, 5]).tolist() == [3, 4, 5, 6, 8, 10]
    assert outer(np.ones((4, 1, 2)), np.ones((3, 3))).shape == (4, 3, 6)
    with pytest.raises(ValueError, match="p is 5"):
        outer([1, 2], [3, 4, 5], out=np.zeros(5))


@pytest.mark.parametrize("types", ["dd", "d->d", "dd->dd", "d?->%"])
def test_bad_type_strings(types):
    with pytest.raises(ValueError, match="type string"):
        engine._make_ufunc("f", 2, 1, [(types, len)])


def test_functions_that_fail_or_give_nonsense():
    def raising(x):
        raise RuntimeError("not today")

    for function, error in [(raising, RuntimeError), (lambda x: x[:0], ValueError), (lambda x: "text", TypeError)]:
        made = engine._make_ufunc("f", 1, 1, [("d->d", function)])
        with pytest.raises(error):
            made(np.arange(3.0))
    two = engine._make_ufunc("f", 1, 2, [("d->dd", lambda x: x)])
    with pytest.raises(TypeError, match="tuple of 2"):
        two(np.arange(3.0))


def test_arrays_that_a_function_keeps():
    kept = []
    made = engine._make_ufunc("f", 1, 1, [("d->d", lambda x: kept.append(x) or x)])
    made(np.arange(3))
    made(np.ones(100000))
    assert kept[0].tolist() == [0, 1, 2]


NAMES = ["add", "sin", "frexp", "divmod", "matmul", "vecdot", "ldexp"]


@pytest.mark.parametrize("name", NAMES)
def test_signatures_for_inspect(name):
    def parameters(ufunc):
        found = inspect.signature(ufunc).parameters.values()
        return [(p.name, p.kind, "?" if "no value" in repr(p.default) else p.default) for p in found]

    assert parameters(getattr(np, name)) == parameters(getattr(numpy, name))


@pytest.mark.parametrize("method", ["reduce", "accumulate", "reduceat", "outer", "at", "resolve_dtypes"])
def test_signatures_of_methods(method):
    assert str(inspect.signature(getattr(np.ufunc, method))) == str(inspect.signature(getattr(numpy.ufunc, method)))


def test_every_ufunc_is_documented():
    for name in dir(numpy):
        if isinstance(getattr(numpy, name), numpy.ufunc):
            assert "\n\n" in getattr(np, name).__doc__, name


def test_casting_of_python_numbers():
    arrays = [numpy.ones(1, d) for d in ("f4", "f8", "i2", "F", "O", "?")]
    rules = ["no", "equiv", "safe", "same_kind", "unsafe"]
    for a, b, rule, name in itertools.product([*arrays, 3, 3.0], [3, 3.0, 3j], rules, ["add", "equal"]):
        check(name, a, b, casting=rule)


def test_in_place_at_positions_casts_unsafely():
    for char, value in itertools.product("bBhlqfd", [3.5, 2]):
        expected, found = numpy.arange(10).astype(char), np.arange(10).astype(char)
        numpy.power.at(expected, [1, 2, 3, 2], value)
        np.power.at(found, [1, 2, 3, 2], value)
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0, 5), (2, 0, 3)])
@pytest.mark.parametrize("axis", [0, 1, None])
def test_reductions_of_nothing(shape, axis):
    for name in ("add", "maximum", "true_divide"):
        expected = outcome(lambda n=name: getattr(numpy, n).reduce(numpy.zeros(shape), axis=axis))
        found = outcome(lambda n=name: getattr(np, n).reduce(np.zeros(shape), axis=axis))
        assert found == expected, name


def test_warning_of_where_without_out():
    mask = np.array([True, False])
    with pytest.warns(UserWarning, match="'where' used without 'out'"):
        np.add(np.ones(2), 1, where=mask)
    np.add(np.ones(2), 1, where=mask, out=None)
    assert np.add([1, 2], 1, where=[[0, 1], [1, 0]], out=np.zeros((2, 2))).tolist() == [[0, 3], [2, 0]]


TEXTS = [["a", "bc", ""], ["é", "x" * 40, "z"]]


@pytest.mark.parametrize("kind", ["U", "S"])
def test_text_is_joined(kind):
    for one, other in itertools.product(TEXTS, TEXTS):
        x = numpy.char.encode(one, "utf8") if kind == "S" else numpy.array(one)
        y = numpy.char.encode(other, "utf8") if kind == "S" else numpy.array(other)
        expected = numpy.add(x[::-1], y[:, None])
        found = np.add(np.array(x)[::-1], np.array(y)[:, None])
        assert (found.dtype.str, found.tolist()) == (expected.dtype.str, expected.tolist())


def test_the_loop_itself():
    dtypes, capsule = np.negative._resolve_dtypes_and_context((np.dtype("i4"), np.dtype("i4")))
    assert dtypes == (np.dtype("i4"), np.dtype("i4"))
    for bad in (1, (1, 2, 3), (1, "2")):
        with pytest.raises(TypeError, match="fixed_strides"):
            np.negative._get_strided_loop(capsule, fixed_strides=bad)
    with pytest.raises(TypeError, match="incompatible context"):
        np.add._get_strided_loop(capsule)
    with pytest.raises(ValueError, match="PyCapsule"):
        np.negative._get_strided_loop("no capsule")
    np.negative._get_strided_loop(capsule)
    with pytest.raises(TypeError):
        np.negative._get_strided_loop(capsule)


@pytest.mark.parametrize("flag", ["true", 1, 0, None, 1.0, np.True_])
def test_keepdims_is_a_bool(flag):
    with pytest.raises(TypeError, match="'keepdims' must be a boolean"):
        np.vecdot([1.0, 2], [3, 4], keepdims=flag)
    with pytest.raises(TypeError, match="'subok' must be a boolean"):
        np.add([1.0, 2], [3, 4], subok=flag)


def test_keepdims_of_reductions_is_a_whole_number():
    for flag in ("true", None, 1.0, np.True_):
        for call in (np.add.reduce, np.sum, np.any, np.mean, np.array([1.0]).max):
            arguments = () if getattr(call, "__self__", None) is not None and call.__name__ == "max" else ([1.0, 2],)
            with pytest.raises(TypeError):
                call(*arguments, keepdims=flag)
    assert np.add.reduce([1.0, 2], keepdims=2).shape == np.sum([1.0, 2], keepdims=np.int8(1)).shape == (1,)
    assert np.add.reduce([1.0, 2], keepdims=0).shape == ()
