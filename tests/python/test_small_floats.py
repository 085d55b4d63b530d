"""bfloat16 and the floats of one byte: names, casts, promotion, arithmetic, text, files; beside ml_dtypes."""

import copy
import io
import pickle
import subprocess
import sys
import warnings

import numpy
import pytest

import sharray as np

ml_dtypes = pytest.importorskip("ml_dtypes")

NAMES = ("bfloat16", "float8_e4m3fn", "float8_e5m2")
NUMBERS = "?bBhHiIlLqQefdgFDG"


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def theirs(name):
    return numpy.dtype(getattr(ml_dtypes, name))


def bits(array):
    """The bit patterns."""
    unsigned = f"u{array.dtype.itemsize}"
    return numpy.asarray(array.view(unsigned)).tolist()


def every(name):
    """Every value of the type, ours and theirs."""
    size = np.dtype(name).itemsize
    patterns = numpy.arange(256**size, dtype=f"u{size}")
    return np.asarray(patterns).view(name), patterns.view(theirs(name))


def probes(dtype):
    """Numbers of a wider type: random, halfway between neighbours, at every magnitude, special."""
    random = numpy.random.default_rng(5)
    scales = 10.0 ** random.uniform(-45, 45, 20_000)
    values = [
        random.standard_normal(20_000),
        random.standard_normal(20_000) * scales,
        random.uniform(-600, 600, 20_000),
        random.uniform(-70_000, 70_000, 20_000),
        numpy.arange(-70_000, 70_000, 7) / 8,
        numpy.array([0.0, -0.0, numpy.inf, -numpy.inf, numpy.nan, -numpy.nan, 448, 464, 480, 57344, 61440, 65536]),
    ]
    with numpy.errstate(all="ignore"):
        return numpy.concatenate(values).astype(dtype)


@pytest.fixture(autouse=True)
def quiet():
    with np.errstate(all="ignore"), numpy.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", np.exceptions.ComplexWarning)
        warnings.simplefilter("ignore", numpy.exceptions.ComplexWarning)
        yield


class TestNames:
    def test_attributes_are_those_of_ml_dtypes(self, name):
        dtype, known = np.dtype(name), theirs(name)
        assert dtype.name == str(dtype) == name
        assert (dtype.itemsize, dtype.alignment, dtype.char) == (known.itemsize, known.alignment, known.char)
        assert dtype.kind == "V" and dtype.num >= 256 and dtype.isbuiltin == 2
        assert dtype.str.endswith(f"V{dtype.itemsize}")
        assert repr(dtype) == f"dtype('{name}')"

    def test_every_way_to_the_dtype(self, name):
        dtype = np.dtype(name)
        scalar = getattr(np, name)
        ways = [scalar, scalar(1), dtype.type, getattr(np.dtypes, name), theirs(name)]
        for way in [*ways, getattr(ml_dtypes, name)]:
            found = np.dtype(way) if not hasattr(way, "dtype") or isinstance(way, type) else np.dtype(way.dtype)
            assert found == dtype and found is dtype
        assert np.ones(1, [("a", name)]).dtype["a"] == dtype
        # A dtype's class is any class to `dtype`, as those of NumPy's own dtypes are.
        assert np.dtype(type(dtype)) == np.dtype(object)

    def test_classes(self, name):
        scalar = getattr(np, name)
        assert issubclass(scalar, np.floating) and np.issubdtype(name, np.inexact)
        assert not issubclass(scalar, float)
        assert np.isdtype(np.dtype(name), "real floating")
        classes = {"bfloat16": "BFloat16DType", "float8_e4m3fn": "Float8E4M3FNDType", "float8_e5m2": "Float8E5M2DType"}
        assert type(np.dtype(name)) is getattr(np.dtypes, classes[name])

    def test_numpys_namespace_stays_as_it_is(self, name):
        assert name not in dir(np) and name not in np.__all__ and name not in np.sctypeDict
        code = f"import sharray; sharray.install_as_numpy(); import numpy; print(hasattr(numpy, {name!r}))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "False"

    @pytest.mark.parametrize("text", ["E", "4", "5", "f1", "E2", "e1"])
    def test_characters_are_no_spellings(self, text):
        with pytest.raises(TypeError):
            np.dtype(text)

    def test_numpys_sizes_still_mean_numpys_types(self):
        assert np.dtype("f2") == np.float16 and np.dtype("V2").type is np.void

    def test_byte_order(self):
        swapped = np.dtype(">bfloat16")
        assert swapped != np.dtype("bfloat16") and swapped.newbyteorder("=") == "bfloat16"
        assert repr(swapped) == "dtype('>bfloat16')" and eval(repr(swapped), {"dtype": np.dtype}) == swapped
        a = np.array([1, 2.5, -3], swapped)
        assert a.tolist() == [1, 2.5, -3] and (a + 1).dtype == "bfloat16"
        assert bits(a) == bits(np.array([1, 2.5, -3], "bfloat16").byteswap())
        assert np.dtype(">float8_e5m2") == "float8_e5m2"


class TestCasts:
    @pytest.mark.parametrize("wide", ["f4", "f8", "f2", "g", "F", "D"])
    def test_to_wider_types(self, name, wide):
        own, known = every(name)
        got, expected = numpy.asarray(own.astype(wide)), known.astype(wide)
        numpy.testing.assert_array_equal(got, expected)
        numbers = ~numpy.isnan(expected)
        assert (numpy.signbit(got.real) == numpy.signbit(expected.real))[numbers].all()

    @pytest.mark.parametrize("wide", ["f4", "f8"])
    def test_from_wider_floats(self, name, wide):
        values = probes(wide)
        assert bits(np.asarray(values).astype(name)) == bits(values.astype(theirs(name)))
        strided = np.asarray(values)[::-3]
        assert bits(strided.astype(name)) == bits(values[::-3].astype(theirs(name)))

    @pytest.mark.parametrize("wide", ["f4", "f8"])
    def test_there_and_back(self, name, wide):
        own, known = every(name)
        assert bits(own.astype(wide).astype(name)) == bits(known.astype(wide).astype(theirs(name)))

    def test_from_half(self, name):
        halves = numpy.arange(65536, dtype="u2").view("f2")
        assert bits(np.asarray(halves).astype(name)) == bits(halves.astype("f4").astype(theirs(name)))

    @pytest.mark.parametrize("whole", ["?", "b", "B", "h", "H", "i", "I", "l", "L"])
    def test_integers(self, name, whole):
        info = numpy.iinfo(whole) if whole != "?" else None
        values = numpy.array([0, 1]) if info is None else numpy.linspace(info.min, info.max, 999).astype(whole)
        values = values.astype(whole)
        exact = numpy.array([float(int(v)) for v in values])
        small = numpy.abs(exact) < 2**53
        got = np.asarray(values).astype(name)
        assert bits(got[np.asarray(small)]) == bits(exact[small].astype(theirs(name)))
        back = np.array([0, 1, 1.75, 2.5, 100], name)
        assert numpy.asarray(back.astype(whole)).tolist() == numpy.array(back.tolist()).astype(whole).tolist()

    def test_integers_round_once(self):
        # Halfway between two bfloat16 but for a last digit, which float64 has no place for.
        assert np.array((1 << 62) + (1 << 54) + 1).astype("bfloat16") == 2.0**62 * (1 + 2**-7)
        assert np.array((1 << 62) + (1 << 54)).astype("bfloat16") == 2.0**62
        assert np.array([-(1 << 62) - (1 << 54) - 1]).astype("bfloat16")[0] == -(2.0**62) * (1 + 2**-7)
        assert np.array([2**64 - 1], "u8").astype("bfloat16")[0] == 2.0**64

    def test_doubles_round_once(self):
        value = 1 + 2.0**-8 + 2.0**-40
        assert float(np.float32(value)) == 1 + 2.0**-8
        for source in (np.array(value), np.array(value, "g"), np.array(value, "D"), np.array(value, object)):
            assert source.astype("bfloat16") == 1 + 2.0**-7
        assert np.bfloat16(value) == 1 + 2.0**-7
        tiny = np.array([1], "g") * 2.0**-60
        assert (np.array(1 + 2.0**-8, "g") + tiny).astype("bfloat16")[0] == 1 + 2.0**-7

    def test_beyond_the_largest(self):
        assert np.isnan(np.array([500.0, 1e300, np.inf]).astype("float8_e4m3fn")).all()
        assert np.isinf(np.array([65536.0, 1e300, -np.inf]).astype("float8_e5m2")).all()
        with np.errstate(over="raise"):
            np.array([np.inf]).astype("float8_e4m3fn")
            for value, name in ((500.0, "float8_e4m3fn"), (7e4, "float8_e5m2"), (3.4e38, "bfloat16")):
                with pytest.raises(FloatingPointError, match="overflow"):
                    np.array([value]).astype(name)
                with pytest.raises(FloatingPointError, match="overflow"):
                    np.dtype(name).type(value)

    def test_each_other(self, name):
        own, known = every(name)
        for other in set(NAMES) - {name}:
            assert bits(own.astype(other)) == bits(known.astype("f4").astype(theirs(other)))

    def test_text_objects_times(self, name):
        a = np.array([0.5, -2, 448], name)
        assert a.astype("U").tolist() == ["0.5", "-2.0", "448.0"]
        assert a.astype("S").astype(name).tolist() == a.tolist()
        assert a.astype(object).tolist() == a.tolist() and a.astype(object).astype(name).tolist() == a.tolist()
        assert np.array([3, 4], "m8[s]").astype(name).tolist() == [3, 4]

    def test_same_value(self, name):
        assert np.array([1, 2.5]).astype(name, casting="same_value").tolist() == [1, 2.5]
        for bad in ([1.00001], [1e39], [1001]):
            with pytest.raises(ValueError):
                np.array(bad).astype(name, casting="same_value")

    def test_structures(self, name):
        a = np.array([(1, 2), (3, 4)], [("a", "i4"), ("b", "f8")])
        assert a.astype([("a", name), ("b", name)]).tolist() == [(1, 2), (3, 4)]


class TestPromotion:
    def test_with_numbers(self, name):
        """As the sum of arrays is promoted with ml_dtypes."""
        for char in NUMBERS:
            expected = (numpy.ones(1, theirs(name)) + numpy.ones(1, char)).dtype.name
            for pair in ((name, char), (char, name)):
                assert np.promote_types(*pair).name == expected
                assert (np.ones(1, pair[0]) + np.ones(1, pair[1])).dtype.name == expected
                assert (np.dtype(pair[0]).type(1) + np.dtype(pair[1]).type(1)).dtype.name == expected

    def test_with_each_other(self):
        for a in NAMES:
            for b in NAMES:
                expected = a if a == b else "float32"
                assert np.promote_types(a, b).name == np.result_type(a, b).name == expected

    def test_python_numbers_are_weak(self, name):
        for number in (True, 2, 2.5, 10**30):
            assert (np.ones(2, name) + number).dtype == (number + np.ones(2, name)).dtype == name
            assert type(getattr(np, name)(1) * number) is getattr(np, name)
        assert (np.ones(2, name) + 1j).dtype == "complex64"
        # They are rounded as the array's elements were.
        assert (np.array([0.1], name) == 0.1).all() and getattr(np, name)(0.1) == 0.1

    @pytest.mark.parametrize("rule", ["no", "equiv", "safe", "same_kind", "unsafe"])
    def test_can_cast(self, name, rule):
        for char in NUMBERS:
            for pair in ((name, char), (char, name)):
                known = [theirs(n) if n in NAMES else numpy.dtype(n) for n in pair]
                expected = numpy.can_cast(*known, rule)
                kinds = (known[0].kind + known[1].kind).replace("V", "f")
                if rule == "same_kind" and kinds in ("ff", "fc", "cf"):
                    expected = kinds != "cf"  # theirs depends on what NumPy makes of the kind 'V'
                assert np.can_cast(*pair, rule) == expected, pair

    def test_refusals(self, name):
        for other in ("M8[s]", "V3"):
            with pytest.raises(TypeError):
                np.promote_types(name, other)
        with pytest.raises(TypeError):
            np.bitwise_and(np.ones(1, name), np.ones(1, name))


UNARY = (
    "negative positive absolute fabs sign rint floor ceil trunc sqrt square reciprocal cbrt exp exp2 expm1 log log2 "
    "log10 log1p sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh degrees radians conjugate"
).split()
BINARY = (
    "add subtract multiply divide floor_divide remainder fmod maximum minimum fmax fmin copysign hypot arctan2 "
    "logaddexp logaddexp2 heaviside power"
).split()
QUESTIONS = "isnan isinf isfinite signbit logical_not".split()
COMPARISONS = "equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor".split()


def in_single(function, *operands):
    """What single precision gives, rounded to the type of the operands."""
    return function(*[a.astype("f4") for a in operands]).astype(operands[0].dtype)


def check_same(got, expected):
    assert got.dtype == expected.dtype
    nan = np.isnan(expected)
    assert (np.isnan(got) == nan).all()
    assert bits(got[~nan]) == bits(expected[~nan])


def pairs(name):
    random = np.random.default_rng(3)
    own, _ = every(name)
    if own.size > 256:
        return random.choice(own, 5001), random.choice(own, 5001)
    return np.repeat(own, 256), np.tile(own, 256)


class TestUfuncs:
    @pytest.mark.parametrize("function", UNARY)
    def test_unary(self, name, function):
        own, _ = every(name)
        function = getattr(np, function)
        check_same(function(own), in_single(function, own))

    @pytest.mark.parametrize("function", BINARY)
    def test_binary(self, name, function):
        a, b = pairs(name)
        function = getattr(np, function)
        check_same(function(a, b), in_single(function, a, b))

    @pytest.mark.parametrize("function", ["add", "subtract", "multiply", "divide", "maximum", "minimum", "copysign"])
    def test_beside_ml_dtypes(self, name, function):
        a, b = pairs(name)
        views = [numpy.asarray(x.view(f"u{x.itemsize}")).view(theirs(name)) for x in (a, b)]
        got, expected = getattr(np, function)(a, b), getattr(numpy, function)(*views)
        numpy.testing.assert_array_equal(numpy.asarray(got.astype("f4")), expected.astype("f4"))

    @pytest.mark.parametrize("function", QUESTIONS)
    def test_questions(self, name, function):
        own, _ = every(name)
        got, expected = getattr(np, function)(own), getattr(np, function)(own.astype("f4"))
        assert got.dtype == bool and (got == expected).all()

    @pytest.mark.parametrize("function", COMPARISONS)
    def test_comparisons(self, name, function):
        a, b = pairs(name)
        got, expected = getattr(np, function)(a, b), getattr(np, function)(a.astype("f4"), b.astype("f4"))
        assert got.dtype == bool and (got == expected).all()

    def test_several_results(self, name):
        a = np.array([3.5, -2.5, 0.75, 7], name)
        for function in (np.modf, lambda x: np.divmod(x, np.array(2, name))):
            for got, expected in zip(function(a), function(a.astype("f8")), strict=True):
                assert got.dtype == name and got.tolist() == expected.tolist()
        mantissa, power = np.frexp(a)
        assert mantissa.dtype == name and power.dtype == "i4" and np.ldexp(mantissa, power).tolist() == a.tolist()
        assert np.ldexp(mantissa, power).dtype == name

    def test_neighbours(self, name):
        own, known = every(name)
        for target in (0, 1, -3):
            got, expected = np.nextafter(own, own.dtype.type(target)), numpy.nextafter(known, known.dtype.type(target))
            numpy.testing.assert_array_equal(numpy.asarray(got.astype("f4")), expected.astype("f4"))
        finite = np.isfinite(own)
        one = np.array(1, name)
        assert np.spacing(one) == np.finfo(name).eps and np.spacing(-one) == -np.finfo(name).eps
        assert (np.spacing(own[finite]).astype("f4") != 0).all()

    def test_out_where_dtype(self, name):
        a = np.array([1, 2, 3], name)
        out = np.zeros(3, name)
        assert np.add(a, 1, out=out, where=[True, False, True]) is out and out.tolist() == [2, 0, 4]
        assert np.add(a, a, out=np.zeros(3)).dtype == "f8"
        assert np.add(np.ones(3), np.ones(3), dtype=name).dtype == name
        with pytest.raises(TypeError):
            np.add(np.ones(3), np.ones(3), dtype=name, casting="safe")
        a += 0.5
        assert a.dtype == name and a.tolist() == [1.5, 2.5, 3.5]
        assert np.add.resolve_dtypes((np.dtype(name), float, None)) == (np.dtype(name),) * 3
        np.add.at(a, [0, 0], 1)
        assert a.tolist()[0] == 3.5

    def test_awkward_layouts(self, name):
        base = np.arange(24, dtype=name).reshape(4, 6)
        for a in (base.T, base[::-1, ::2], base[:, 1], base[:0], np.broadcast_to(base[0], (3, 6))):
            assert (a * 2).tolist() == (a.astype("f8") * 2).tolist()
        records = np.zeros(3, [("pad", "u1"), ("x", name)])
        records["x"] = [1, 2, 3]
        assert (records["x"] + 1).tolist() == [2, 3, 4]

    def test_overflow_is_told(self, name):
        largest = np.finfo(name).max
        with np.errstate(over="raise"), pytest.raises(FloatingPointError):
            np.array([largest]) * np.array([largest])
        with np.errstate(over="raise"), pytest.raises(FloatingPointError):
            largest * largest

    def test_types_lists_stay_numpys(self):
        assert all(set("E45").isdisjoint(entry) for entry in np.add.types)
        assert np.nextafter.types == numpy.nextafter.types and np.spacing.types == numpy.spacing.types


class TestReductions:
    def test_sums_round_once(self, name):
        a = np.full(3000, 0.1, name)
        expected = np.asarray(a.astype("f4").sum()).astype(name)
        assert a.sum() == expected and type(a.sum()) is a.dtype.type
        b = np.full((30, 100), 0.1, name)
        for axis in (None, 0, 1, (0, 1)):
            check_same(np.asarray(b.sum(axis)), np.asarray(b.astype("f4").sum(axis)).astype(name))
        check_same(a[:200].cumsum(), a[:200].astype("f4").cumsum().astype(name))
        check_same(np.add.reduceat(a, [0, 10, 500]), np.add.reduceat(a.astype("f4"), [0, 10, 500]).astype(name))

    @pytest.mark.parametrize("function", ["min", "max", "prod", "mean", "var", "std", "any", "all", "argmin", "argmax"])
    def test_others(self, name, function):
        random = np.random.default_rng(1)
        a = random.uniform(0.5, 1.5, (7, 9)).astype(name)
        for axis in (None, 0, 1):
            got, wide = getattr(a, function)(axis), getattr(a.astype("f4"), function)(axis)
            own = wide.dtype == np.float32
            check = np.asarray(wide).astype(name) if own else np.asarray(wide)
            assert np.asarray(got).dtype == check.dtype and (np.asarray(got) == check).all()

    def test_nan_functions(self, name):
        a = np.array([1, np.nan, 3], name)
        assert np.isnan(a.max()) and np.isnan(a.sum()) and a.argmax() == 1
        assert (np.nanmax(a), np.nansum(a), np.nanmean(a), np.nanmedian(a)) == (3, 4, 2, 2)
        assert np.median(a[::2]) == 2 and np.isnan(np.median(a)) and np.quantile(a[::2], 0.5) == 2
        assert np.count_nonzero(np.array([0, -0.0, 1, np.nan], name)) == 2

    def test_with_arguments(self, name):
        a = np.array([1, 2, 3, 4], name)
        assert a.sum(initial=10) == 20 and a.sum(where=[True, False, False, True]) == 5
        assert a.sum(dtype="f8").dtype == "f8" and np.ones(3).sum(dtype=name).dtype == name
        assert np.zeros(0, name).sum() == 0
        with pytest.raises(ValueError):
            np.zeros(0, name).max()

    def test_threads_change_nothing(self):
        a = np.random.default_rng(2).random(1 << 20).astype("bfloat16")
        with np.threads.limit(1):
            alone = (a.sum(), bits(a * a))
        assert alone == (a.sum(), bits(a * a))


class TestOrder:
    def test_sorts(self, name):
        random = np.random.default_rng(4)
        a = random.choice(every(name)[0], 2000)
        wide = a.astype("f4")
        for kind in ("quicksort", "stable"):
            got = np.sort(a, kind=kind)
            assert np.array_equal(got.astype("f4"), np.sort(wide, kind=kind), equal_nan=True)
        assert np.argsort(a, kind="stable").tolist() == np.argsort(wide, kind="stable").tolist()
        assert np.lexsort((a,)).tolist() == np.lexsort((wide,)).tolist()
        split = np.partition(a, 700)
        assert np.array_equal(split[700:701].astype("f4"), np.sort(wide)[700:701], equal_nan=True)
        assert np.array_equal(a[np.argpartition(a, 7)][7:8].astype("f4"), np.sort(wide)[7:8], equal_nan=True)
        rows = a.reshape(40, 50)
        assert np.array_equal(np.sort(rows, 0).astype("f4"), np.sort(wide.reshape(40, 50), 0), equal_nan=True)
        assert np.argmax(rows, 0).tolist() == np.argmax(wide.reshape(40, 50), 0).tolist()
        assert np.unique(a).size == np.unique(wide).size

    def test_swapped(self):
        a = np.array([3, np.nan, -1, 2], ">bfloat16")
        assert np.sort(a)[:3].tolist() == [-1, 2, 3] and a.argmin() == 1 and np.argsort(a).tolist() == [2, 3, 0, 1]

    def test_searches(self, name):
        a = np.array([1, 2, 3, np.nan], name)
        assert np.searchsorted(a, np.array([0, 2, 5, np.nan], name)).tolist() == [0, 1, 3, 3]
        assert np.searchsorted(a, np.array([2], name), "right").tolist() == [2]
        assert np.nonzero(np.array([0, 1, -0.0, np.nan], name))[0].tolist() == [1, 3]


class TestProducts:
    def test_products(self, name):
        a, b = np.arange(6, dtype=name).reshape(2, 3), np.arange(6, dtype=name).reshape(3, 2)
        for function in (np.matmul, np.dot, lambda x, y: np.einsum("ij,jk", x, y), lambda x, y: np.tensordot(x, y, 1)):
            got = function(a, b)
            check_same(got, (a.astype("f8") @ b.astype("f8")).astype(name))
        assert np.inner(a[0], a[1]) == 14 and np.vdot(a[0], a[1]).dtype == name
        out = np.zeros((2, 2), "f4")
        assert np.matmul(a, b, out=out).tolist() == [[10, 13], [28, 40]]
        long = np.full(1000, 0.1, name)
        assert np.vecdot(long, long) == np.asarray(np.vecdot(long.astype("f4"), long.astype("f4"))).astype(name)

    def test_composed(self, name):
        a = np.array([1, 2, 4], name)
        for got in (np.diff(a), np.convolve(a, a), np.linspace(0, 1, 5, dtype=name), np.clip(a, 1, 2), np.round(a)):
            assert got.dtype == name
        assert np.linspace(0, 1, 5, dtype=name).tolist() == [0, 0.25, 0.5, 0.75, 1]
        assert np.arange(0, 4, 0.5, dtype=name).tolist() == [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]
        assert np.where([True, False, True], a, 0).dtype == name
        assert np.isclose(a, a).all() and np.allclose(a, a) and np.array_equal(a, a)


class TestScalars:
    def test_are_numbers(self, name):
        scalar = getattr(np, name)
        x = scalar(1.5)
        assert (float(x), int(x), complex(x), bool(x), bool(scalar(0))) == (1.5, 1, 1.5, True, False)
        assert hash(x) == hash(1.5) and x == 1.5 and x < 2 and x != scalar(1)
        assert x.item() == 1.5 and type(x.item()) is float and x.is_integer() is False
        assert x.as_integer_ratio() == (3, 2) and f"{x:.3f}" == "1.500" and x.dtype == name
        assert scalar("2.5") == 2.5 and scalar(np.float64(3)) == 3 and scalar() == 0
        for bad in ("abc", [1, 2j], 1j):
            with pytest.raises((TypeError, ValueError)):
                scalar(bad)

    @pytest.mark.parametrize("operator", ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow"])
    def test_arithmetic_is_the_arrays(self, name, operator):
        import operator as operators

        apply = getattr(operators, operator)
        scalar = getattr(np, name)
        for a in (0.1, 1.5, -7, 96):
            for b in (3, 0.75, -2):
                got = apply(scalar(a), scalar(b))
                assert type(got) is scalar
                check_same(np.asarray(got), np.asarray(apply(np.array([a], name), np.array([b], name))[0]))

    def test_text(self, name):
        """Up to six digits of the exact value, as ml_dtypes writes them; and they read back."""
        own, known = every(name)
        for x, y in zip(own[::7], known[::7], strict=True):
            text = str(x)
            assert text == "nan" or getattr(np, name)(text).tobytes() == x.tobytes()
            assert repr(x) == f"np.{name}({text})"
            assert text.removesuffix(".0") == str(y)

    def test_text_of_arrays(self, name):
        a = np.array([1, 0.5, -2, 448, np.nan], name)
        shown = repr(a)
        back = eval(shown, {"array": np.array, "nan": np.nan, "bfloat16": np.bfloat16})
        assert bits(back) == bits(a) and back.dtype == name
        assert str(a) == "[  1.    0.5  -2.  448.    nan]"
        own = every(name)[0][:: 1 if a.itemsize == 1 else 251]
        with np.printoptions(threshold=10**6):
            names = {"array": np.array, "nan": np.nan, "inf": np.inf, "bfloat16": np.bfloat16}
            back = eval(repr(own), names)
        check_same(back, own)


class TestLimits:
    FIELDS = "bits eps epsneg iexp machep max maxexp min minexp negep nexp nmant precision smallest_normal tiny"

    @pytest.mark.parametrize("field", [*FIELDS.split(), "smallest_subnormal"])
    def test_finfo_is_that_of_ml_dtypes(self, name, field):
        got, expected = getattr(np.finfo(name), field), getattr(ml_dtypes.finfo(name), field)
        assert float(got) == float(expected)

    def test_finfo(self, name):
        info = np.finfo(name)
        assert info.dtype == name and info is np.finfo(getattr(np, name)) and name in str(info)
        assert np.nextafter(info.max, np.array(0, name)) < info.max
        with pytest.raises(ValueError):
            np.iinfo(name)


class TestKeeping:
    @pytest.mark.parametrize("protocol", range(2, 6))
    def test_pickles(self, name, protocol):
        for dtype in (np.dtype(name), np.dtype(name).newbyteorder(">"), np.dtype([("a", name)])):
            assert pickle.loads(pickle.dumps(dtype, protocol)) == dtype
        a = np.array([1, -0.0, np.nan, 3.5], name)
        assert bits(pickle.loads(pickle.dumps(a, protocol))) == bits(a)
        for x in a:
            back = pickle.loads(pickle.dumps(x, protocol))
            assert type(back) is type(x) and back.tobytes() == x.tobytes()
        assert pickle.loads(pickle.dumps(a.dtype.type, protocol)) is a.dtype.type

    def test_copies(self, name):
        a = np.array([1, 2], name)
        for made in (copy.copy(a), copy.deepcopy(a), a.copy(), copy.copy(a[0]), np.array(a)):
            assert made.dtype == name

    def test_npy_names_the_dtype(self, name):
        for dtype in (name, np.dtype(name).newbyteorder(">"), [("a", name), ("b", "i4")]):
            a = np.zeros(3, dtype)
            file = io.BytesIO()
            np.save(file, a)
            back = np.load(io.BytesIO(file.getvalue()))
            assert back.dtype == a.dtype and back.tobytes() == a.tobytes()
        assert name.encode() in file.getvalue()
        file = io.BytesIO()
        np.savez(file, x=np.ones(2, name))
        assert np.load(io.BytesIO(file.getvalue()))["x"].dtype == name

    def test_bytes_and_text_files(self, name):
        a = np.array([1, 2.5], name)
        assert np.frombuffer(a.tobytes(), name).tolist() == [1, 2.5]
        assert np.loadtxt(io.StringIO("1 2.5"), dtype=name).dtype == name
        assert np.fromstring("1 2.5", dtype=name, sep=" ").tolist() == [1, 2.5]


class TestSharing:
    def test_buffers_can_not_name_them(self, name):
        with pytest.raises(ValueError, match="cannot include dtype"):
            memoryview(np.ones(2, name))
        with pytest.raises(ValueError, match="cannot include dtype"):
            memoryview(getattr(np, name)(1))

    def test_arrays_of_ml_dtypes_are_shared(self, name):
        known = numpy.arange(12).reshape(3, 4).astype(theirs(name))
        for foreign in (known, known.T, known[::-1, ::2], known[1]):
            own = np.asarray(foreign)
            assert own.dtype == name and own.tolist() == foreign.astype("f8").tolist()
            assert own.__array_interface__["data"] == foreign.__array_interface__["data"]
        own = np.asarray(known)
        own[0, 0] = 5
        assert float(known[0, 0]) == 5
        assert (np.ones(4, name) + known[0]).dtype == name

    def test_scalars_of_ml_dtypes(self, name):
        x = theirs(name).type(1.5)
        assert np.asarray(x).dtype == name and np.asarray(x) == 1.5
        assert (np.ones(2, name) + x).dtype == name

    def test_numpy_sees_those_of_ml_dtypes(self, name):
        a = np.array([1, 2.5], name)
        for seen in (numpy.asarray(a), a.__array__(), numpy.asarray(a[::-1])[::-1]):
            assert seen.dtype == theirs(name)
            assert seen.ctypes.data == a.ctypes.data
            assert seen.astype("f8").tolist() == [1, 2.5]
        assert numpy.asarray(a[0]).dtype == theirs(name)
        assert numpy.asarray(a, "f4").tolist() == [1, 2.5]
        a.flags.writeable = False
        assert not numpy.asarray(a).flags.writeable
