"""Operators on small plain arrays and the scalars beside them, which take the shortest way to their loop: the same
arrays as NumPy's, to the byte and the flag, whatever is mixed, strided or too awkward for the short way."""

import itertools
import operator
import random
import warnings

import numpy
import pytest

import sharray as np

DTYPES = "?bBhHiIlLefdFD"
SCALARS = [2, 2.0, 1e300, 300, -1, True, 1 + 2j, 1e-50, 16777217]
OPERATORS = "add sub mul truediv floordiv mod pow lt eq and_ lshift iadd imul isub"
UNARY = "neg pos abs"
REDUCTIONS = "sum prod max min any all"


def layouts(module, dtype):
    """Arrays of one dtype in the layouts that a short way must tell apart."""
    x = module.array([0, 1, 2, 3, 5, 7]).astype(dtype)
    matrix = x.reshape(2, 3)
    read_only = x[:3].copy()
    read_only.flags.writeable = False
    repeated = module.lib.stride_tricks.as_strided(x, (3,), (0,))
    swapped = x[:3].astype(x.dtype.newbyteorder(">"))
    return [x[:3], x[::2], x[2::-1], x[:0], matrix, matrix.T, x[:1], x[4], read_only, repeated, swapped, matrix[:, :1]]


def operands(module):
    return [array for dtype in DTYPES for array in layouts(module, dtype)] + SCALARS


def outcome(call, *arguments):
    """All that can be seen of a result: class, dtype, layout, bytes, warnings; or the error's class."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = call(*arguments)
        except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
            return next(
                kind for kind in (TypeError, OverflowError, ZeroDivisionError, ValueError) if isinstance(error, kind)
            )
    seen = {str(w.message) for w in caught}
    if not isinstance(result, (numpy.ndarray, np.ndarray)):
        value = result.tobytes() if hasattr(result, "tobytes") else repr(result)
        return type(result).__name__, value, seen
    layout = result.strides if result.size > 1 else None
    flags = result.flags
    flags = (flags.c_contiguous, flags.f_contiguous, flags.writeable, flags.aligned)
    return result.dtype.str, result.shape, layout, flags, result.tobytes(), seen


@pytest.mark.parametrize("name", OPERATORS.split())
def test_binary_operators(name):
    call = getattr(operator, name)
    pairs = list(itertools.product(range(len(DTYPES) * 12 + len(SCALARS)), repeat=2))
    chosen = random.Random(name).sample(pairs, 1500)
    for left, right in chosen:
        # In-place operators write: each pair has operands of its own.
        theirs, ours = operands_of(numpy, left, right), operands_of(np, left, right)
        if not any(isinstance(o, numpy.ndarray) for o in theirs) or weak_overflow(*theirs):
            continue
        assert outcome(call, *ours) == outcome(call, *theirs), (name, theirs)


def operands_of(module, *places):
    found = []
    for place in places:
        index, layout = divmod(place, 12)
        found.append(
            layouts(module, DTYPES[index])[layout] if index < len(DTYPES) else SCALARS[place - 12 * len(DTYPES)]
        )
    return found


def weak_overflow(a, b):
    """True where a Python number leaves the range of a narrow float: the warning names the cast in NumPy."""
    kinds = [str(getattr(o, "dtype", "")) for o in (a, b)]
    narrow = any(kind.lstrip("<>") in ("float16", "float32", "complex64", "f2", "f4", "c8") for kind in kinds)
    return narrow and any(isinstance(o, (int, float)) and not hasattr(o, "dtype") and abs(o) > 65504 for o in (a, b))


@pytest.mark.parametrize("name", UNARY.split())
def test_unary_operators(name):
    call = getattr(operator, name)
    for ours, theirs in zip(operands(np), operands(numpy), strict=True):
        if hasattr(theirs, "dtype"):
            assert outcome(call, ours) == outcome(call, theirs), (name, theirs)


@pytest.mark.parametrize("name", REDUCTIONS.split())
def test_reductions_to_a_scalar(name):
    for ours, theirs in zip(operands(np), operands(numpy), strict=True):
        if hasattr(theirs, "dtype"):
            assert outcome(getattr(ours, name)) == outcome(getattr(theirs, name)), (name, theirs)
            function = (getattr(np, name), getattr(numpy, name))
            assert outcome(function[0], ours) == outcome(function[1], theirs), (name, theirs)


@pytest.mark.parametrize("dtype", ["f8", "i4", "?"])
def test_outputs_that_touch_their_inputs(dtype):
    def run(module, low, high, step):
        base = module.array([1, 0, 3, 1, 5, 0, 7, 8], dtype)
        target = base[low:high:step]
        return module.add(base[1:4], base[2:5], out=target), base

    for place in [(1, 4, 1), (0, 3, 1), (2, 5, 1), (3, 6, 1), (4, 1, -1), (5, 8, 1), (1, 7, 2)]:
        (ours, base), (theirs, expected) = run(np, *place), run(numpy, *place)
        assert base.tobytes() == expected.tobytes(), place
        assert ours.tobytes() == theirs.tobytes(), place


UFUNCS = (
    "add multiply divide floor_divide power hypot maximum less equal logical_and nextafter left_shift copysign fmod"
)


@pytest.mark.parametrize("name", UFUNCS.split())
def test_shapes_go_together(name):
    """Small operands of several types and shapes: broadcast, cast, in the order of the memory."""
    shapes = [(3,), (1, 3), (2, 1), (2, 3), (3, 1, 1), (2, 2, 3), (1,), (), (0, 3), (2, 1, 3)]
    for turn_of in range(400):
        made = []
        for module in (numpy, np):
            state = random.Random(f"{turn_of} {name}")
            pair = []
            for _side in range(2):
                shape, dtype = state.choice(shapes), state.choice(DTYPES)
                array = module.arange(1, 1 + int(numpy.prod(shape))).reshape(shape).astype(dtype)
                turn = state.choice([None, "T", "flip", "F"])
                if turn == "T":
                    array = array.T
                elif turn == "flip" and array.ndim:
                    array = array[..., ::-1]
                elif turn == "F":
                    array = module.asfortranarray(array)
                pair.append(array)
            made.append(pair)
        theirs, ours = made
        seen, expected = outcome(getattr(np, name), *ours), outcome(getattr(numpy, name), *theirs)
        assert without_unit_axes(seen) == without_unit_axes(expected), (name, theirs)


def without_unit_axes(seen):
    """An outcome without the strides of axes of one element, which mean nothing."""
    if isinstance(seen, type) or len(seen) < 6 or seen[2] is None:
        return seen
    return *seen[:2], [step for extent, step in zip(seen[1], seen[2], strict=True) if extent != 1], *seen[3:]


NUMBERS = [0, 1, -3, 7, 2.5, -0.5, 0.0, True, 300, 2**40, 1e-300, 1e300, 2 + 1j, float("nan"), float("inf")]
SCALAR_TYPES = "bool int8 uint8 int32 int64 uint64 float16 float32 float64 complex64 complex128 longlong".split()


def scalars(module):
    """NumPy scalars of all kinds, then Python's numbers."""
    made = []
    with numpy.errstate(all="ignore"), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for kind in SCALAR_TYPES:
            for value in [0, 1, 3, 100, 2.5, 1e30]:
                try:
                    made.append(getattr(module, kind)(value))
                except (OverflowError, TypeError):
                    made.append(getattr(module, kind)(5))
            made.append(module.array(3).astype(kind)[()] * module.array(-1).astype(kind)[()])
    extremes = [module.int64(-(2**63)), module.int64(2**63 - 1), module.float64("inf"), module.float64("nan")]
    extremes += [module.float64(5e-324), module.float64(-0.0), module.float64(1.7e308), module.float32(3e38)]
    return made + extremes + NUMBERS


def scalar_outcome(call, *operands):
    """Class and value of the result, or the error; not-a-number has one form, two names of one type are one."""
    seen = outcome(call, *operands)
    if isinstance(seen, type):
        return seen
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = call(*operands)
    name = {"longlong": "int64", "ulonglong": "uint64"}.get(seen[0], seen[0])
    return name, "nan" if not isinstance(value, tuple) and value != value else seen[1]


SCALAR_OPERATORS = "add sub mul truediv floordiv mod pow lt le eq ne gt and_ or_ xor lshift rshift"


@pytest.mark.parametrize("name", SCALAR_OPERATORS.split())
def test_scalar_operators(name):
    call = getattr(operator, name)
    theirs, ours = scalars(numpy), scalars(np)
    plain = len(theirs) - len(NUMBERS)
    for left, right in itertools.product(range(len(theirs)), repeat=2):
        if left >= plain and right >= plain:
            continue
        expected = scalar_outcome(call, theirs[left], theirs[right])
        assert scalar_outcome(call, ours[left], ours[right]) == expected, (name, theirs[left], theirs[right])


STEPS = [None, 1, 2, -1, -2, 7, -7, 0, 2**62, -(2**62), 2**63, -(2**63), 2**70]
PLACES = [None, 0, 1, 3, 5, 6, 9, -1, -3, -6, -7, 2**62, -(2**62), 2**63 - 1, -(2**63), 2**70, -(2**70)]


@pytest.mark.parametrize("step", STEPS, ids=repr)
def test_slices(step):
    """Each slice is Python's own of a list, whatever its bounds."""
    values = list(range(6))
    array = np.arange(6)
    for start, stop in itertools.product(PLACES, repeat=2):
        if step == 0:
            with pytest.raises(ValueError, match="zero"):
                array[start:stop:step]
            continue
        part = array[start:stop:step]
        assert part.tolist() == values[start:stop:step], (start, stop)
        assert part.size == 0 or part.base is array


@pytest.mark.parametrize("mode", ["raise", "ignore", "warn"])
def test_scalars_obey_errstate(mode):
    cases = ["x / z", "b * b", "z / z", "i * i", "i // j", "t * t", "t / b", "-x", "x % z", "b + b", "m + m"]
    for case in cases:
        results = []
        for module in (numpy, np):
            f8, i8 = module.float64, module.int64
            names = dict(x=f8(1.5), z=f8(0), b=f8(1e308), t=f8(1e-308), i=i8(2**62), j=i8(0), m=module.float32(3e38))
            with module.errstate(all=mode), warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                try:
                    result = repr(eval(case, names))
                except FloatingPointError as error:
                    result = str(error)
            results.append((result, [str(w.message) for w in caught]))
        assert results[0] == results[1], case


def test_conversions_of_scalars():
    for theirs, ours in zip(scalars(numpy), scalars(np), strict=True):
        for call in (bool, float, int, abs, operator.neg, operator.pos, hash):
            if call is hash and theirs != theirs:
                continue
            assert outcome(call, ours) == outcome(call, theirs), (call, theirs)


KEYS = [
    1, -1, 5, slice(1, 3), slice(None, None, 2), slice(None, None, -1), slice(5, 1), ..., None, (), (0, 1), (-1, -1),
    (slice(None), 1), (1, slice(None, None, -2)), (None, 1), (..., 0), (0, ...), (..., None), (0, None, 1),
    (0, 1, 2), (slice(None), slice(None), slice(None)), (..., ...), slice(0, 5, 0), (0, slice(10, 20)), 2**70,
    slice(2**70), slice(-(2**70), 2**70, 3), True, (True, 0), [0, 1], "x", 1.5, slice(1.5), (0, 1, 2, 3),
]  # fmt: skip


@pytest.mark.parametrize("key", KEYS, ids=repr)
@pytest.mark.parametrize("shape", [(6,), (3, 4), (2, 3, 4), (), (0, 3)], ids=repr)
@pytest.mark.parametrize("dtype", ["f8", "i4", "?", ">f4", "O", "S3", "M8[s]"])
def test_keys(key, shape, dtype):
    def made(module):
        return module.arange(int(numpy.prod(shape))).reshape(shape).astype(dtype)

    def read(array):
        return array[key]

    def place(array):
        try:
            part = array[key]
        except (IndexError, TypeError, ValueError):
            return None
        if not hasattr(part, "strides") or not isinstance(part, (numpy.ndarray, np.ndarray)) or part.base is None:
            return None
        if part.size == 0:
            return True
        return part.__array_interface__["data"][0] - array.__array_interface__["data"][0]

    if shape == () and isinstance(key, slice):
        # Of two mistakes either may be named.
        with pytest.raises((IndexError, TypeError, ValueError)):
            read(made(np))
        return
    theirs, ours = made(numpy), made(np)
    if dtype == "O":
        assert repr(place(ours)) == repr(place(theirs))
        return
    assert index_outcome(read, ours) == index_outcome(read, theirs)
    assert place(ours) == place(theirs)
    if dtype in ("f8", "i4", "?", ">f4"):
        for value in (1, 2.5, True, numpy.float32(3)):

            def write(array, value=value):
                array[key] = value
                return array

            assert index_outcome(write, made(np)) == index_outcome(write, made(numpy)), value


def index_outcome(call, *arguments):
    """As `outcome`, an `IndexError` being an outcome too."""
    try:
        return outcome(call, *arguments)
    except IndexError:
        return IndexError


PICKS = [
    "a[k]", "a[-k]", "a[k[::-1]]", "a[k[::2]]", "a[k[:0]]", "a[k + 100]", "a[[0, 2]]", "a[[0, -7]]", "a[[True, False]]", "a[[]]",
    "a[k.astype('i4')]", "a[k.astype('u8')]", "a[k.astype('>i8')]", "a[k.reshape(1, 3)]", "a[k,]", "a[::2][k[:2]]", "a[::-1][k]",
    "a[p]", "a[::2][p[:3]]", "a[p[::-1]]", "a[p[:2]]", "a[p & False]", "a[p | True]", "a[p.reshape(2, 3)]", "a[p,]", "m[m > 2]", "m.T[m.T > 2]",
    "m.T[(m > 2).T]", "m[p[:2]]", "m[:, ::2][m[:, ::2] > 1]", "m[k[:2] % 2]", "m[k % 2, k]", "m[k % 2, 1]", "m[1, k]", "m[[0, 1], [1, 0]]",
    "m[0, [0, 1, 2]]", "m[k % 2, None]", "m.T[k]", "m[[[0, 1]]]", "m[[0, 1]]", "m[k % 2, -1]", "m[k % 2, 3]",
    "a[np.int64(1)]", "a[k[1]]", "a[np.array(1)]", "m[[0, 2]]", "s[k]", "s[s == s]", "x[k]", "x.real[k]", "w[k]", "o[k]", "e[e == 1]", "e[k]",
    "a.take(k)", "a.take([0, -1])", "a.take([6])", "a.take(2)", "m.take(k)", "a.take(k, mode='clip')", "a.take(k + 3, mode='wrap')", "a.take(k[:0])",
    "np.take(a, k)", "np.take(a, [[0, 1]])", "np.take(m, k % 2, 0)", "np.take(m, k, axis=1)",
]  # fmt: skip


def picked_from(module):
    a = module.array([0.5, 1, 2, 3, 5, 7])
    return {
        "np": module,
        "a": a,
        "m": module.array([[1, 2, 3], [4, 5, 6]]),
        "k": module.array([2, 0, 1]),
        "p": a > 1.5,
        "s": module.array(["a", "bc", "d"]),
        "x": module.array([1 + 2j, 3, 4j]),
        "w": a.astype(">f8"),
        "o": module.array([None, 1, "x"], dtype=object),
        "e": module.array([1, 2, 1], dtype=module.dtype("i4", metadata={"unit": "m"})),
    }


@pytest.mark.parametrize("text", PICKS)
def test_picks(text):
    """Index arrays and masks, plain ones and those beside them: read, and written with all kinds of values."""

    def read(module):
        names = picked_from(module)
        seen = index_outcome(lambda: eval(text, names))
        if seen == "|O" or not isinstance(seen, type) and seen[0] == "|O":
            return repr(eval(text, names))
        if isinstance(seen, type):
            return seen
        result = eval(text, names)
        return (
            seen,
            getattr(result, "base", None) is None,
            (result.dtype.metadata if hasattr(result, "dtype") else None),
        )

    assert read(np) == read(numpy)
    if "]" not in text or "(" in text.partition("[")[0]:
        return
    for value in (
        "7",
        "2.5",
        "True",
        "a[:3]",
        "a[3:]",
        "a[0]",
        "m[0].copy()",
        "k",
        "[1, 2]",
        "np.float32(3)",
        "1j",
        "a[::-1][:3]",
        "'x'",
        "k[:1]",
    ):

        def write(module, value=value):
            names = picked_from(module)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    exec(f"{text} = {value}", names)
                except (IndexError, TypeError, ValueError) as error:
                    return next(kind for kind in (IndexError, TypeError, ValueError) if isinstance(error, kind))
            return [repr(names[name]) for name in "amkpsxwo"]

        assert write(np) == write(numpy), value


CALLS = [
    "np.array([1, 2, 3])", "np.array([1.5, 2])", "np.array((True, False))", "np.array([1, True])", "np.array([])",
    "np.array([1, 2**63])", "np.array([2**64, 1])", "np.array(5)", "np.array(2.5)", "np.array(True)", "np.array([1], ndmin=3)",
    "np.array([1, 2], dtype=float)", "np.array([1.5], dtype=int)", "np.array([1, 2], dtype='u1')", "np.array([300], dtype='u1')",
    "np.asarray(np.float32(2))", "np.asarray([1, None, 2])", "np.array([[1, 2], [3, 4]])", "np.array(2**70)",
    "np.asarray((1.0, 2))", "np.array([1, 2], order='F')", "np.array([1, 2], copy=None)", "np.array([-1, 5]).dtype",
    "np.zeros(3)", "np.zeros((2, 3))", "np.zeros(3, dtype='f4')", "np.zeros(3, 'i2')", "np.zeros((2, 3), order='F')",
    "np.zeros(0)", "np.zeros(())", "np.zeros(3, dtype='U3')", "np.zeros(2, dtype='>i4')", "np.zeros(3, None)", "np.zeros(-1)",
    "np.zeros((2, -1))", "np.zeros(100)", "np.zeros([2, 2])", "np.empty((0, 3))", "np.zeros(2.0)",
    "np.ones(3)", "np.ones((2, 2), int)", "np.ones(2, dtype='U2')", "np.full(3, 7)", "np.full(3, 7.5)", "np.full((2, 2), 7, 'u1')",
    "np.full(3, 300, 'u1')", "np.full(2, [1, 2])", "np.full(2, 2.7, int)", "np.full(3, True)", "np.full(2, 'ab')",
    "np.full(2, 1 + 2j)", "np.full((2, 3), 1, order='F')", "np.full(2, np.float32(1))", "np.full(200, 3)",
    "np.full(2, -1, 'u1')", "np.full(2, None)", "np.full(2, 5, 'f4')",
    "np.arange(5)", "np.arange(1, 5)", "np.arange(5, 1, -2)", "np.arange(0, 10, 3)", "np.arange(0)", "np.arange(-3)", "np.arange(5.0)",
    "np.arange(1, 2, 0.25)", "np.arange(3, 3)", "np.arange(1, 10, -1)", "np.arange(True)", "np.arange(5, dtype='f4')",
    "np.arange(10, 0, -3)", "np.arange(0, 5, 0)", "np.arange(-5, 5, 4)",
    "a.reshape(3, 2)", "a.reshape(-1)", "a.reshape((2, -1))", "a.reshape(4, 2)", "a.reshape(-1, -1)", "a.reshape(-1, 4)",
    "a.reshape(6, 1, 1)", "a.reshape(())", "a[::2].reshape(3, 1)", "m.T.reshape(6)", "a.reshape(0, 3)", "a[:0].reshape(0, 3)",
    "a.reshape([3, 2])", "a.reshape(3, 2, order='F')", "a.reshape(None)", "a[:1].reshape(())", "a.reshape(2.0, 3)",
    "m.T", "a.T", "m.T.T", "t.T", "a.copy()", "m.T.copy()", "a[::-2].copy()", "m.copy('F')", "a.flatten()", "m.T.flatten()", "a.ravel()",
    "a.astype('f4')", "a.astype(float)", "a.astype(int)", "m.T.astype('f4')", "a[::2].astype('i8')", "a.astype('>f8')",
    "a.astype('>f8').astype('<f8')", "a.astype('>f8').astype('i4')", "a.astype('c8')", "a.astype('c16').astype('f8')", "(a * 1e300).astype('f4')",
    "(a / 0).astype('i8')", "a.astype('f2')", "a.astype('?')", "a.astype('i1', casting='safe')", "a.astype('f8', copy=False) is a",
    "a.astype(np.float32, order='F')", "t.T.astype('i2')", "a.astype('U5')", "a.astype('O')", "a.astype('M8[s]')", "a.astype('longdouble')",
    "a.clip(1, 3)", "a.clip(None, 3)", "a.clip(1)", "i.clip(-1000, 3)", "i.astype('u1').clip(-5, 300)", "np.clip(a, 1, 3)", "np.clip(a, a, 3)",
    "np.clip(a, 3, 1)", "a.clip(min=2)", "np.clip(a, 1, 3, out=a)", "np.clip(i, 1.5, 3)", "a.clip(float('nan'), 3)", "m.clip([1], [[2], [3]])",
    "np.clip(3, 1, 2)", "np.where(a > 2, a, -a)", "np.where(a > 2, a, i)", "np.where(m > 2, m, m.T.reshape(2, 3))", "np.where(a > 2, 1.0, 0)",
    "np.where(a[::2] > 2, a[::2], a[:3])", "np.where(a, a, a)", "np.where(a > 2, a, a[:2])", "np.where(a > 2)", "np.where(m > 2, m, a)",
    "np.add(a, i, out=a)", "np.add(a, 1, a)", "np.add(i, 1.5, out=i)", "np.add(a, a[::-1], out=a)", "np.add(a[1:], a[:-1], out=a[1:])",
    "np.add(a, 1, where=a > 2, out=a)", "np.add(m, 1, out=m.T)", "np.add(m, a[:3], out=m)", "np.sqrt(i)", "np.sqrt(-1.0)", "np.sqrt(2)", "np.sin(True)",
    "np.add(1, 2)", "np.add(1, 2.5)", "np.add(True, True)", "np.subtract(True, True)", "np.add(2**63, 1)", "np.negative(np.uint8(1))",
    "np.power(i, -1)", "np.power(2, -1)", "np.power(i, 2)", "np.maximum(np.float32(1), 2)", "np.add(np.array(1), np.array(2))",
    "np.add(np.array(1), [1])", "np.hypot(3, 4)", "np.less(i, 2**70)", "np.equal(i.astype('u8'), -1)", "np.logical_and(a, 0)", "np.fmod(i, 0)",
    "np.add(a, 1, dtype='f4')", "np.add(a, 1, casting='no')", "np.add('a', 1)", "np.floor_divide(i, 0)", "np.add(np.float16(1), 2.0)",
    "np.add(a, np.array(3, 'f4'))", "np.add(np.array(3.0), np.array(2, 'i4'), out=np.zeros(()))", "np.add(a, None)", "np.left_shift(1.5, 1)",
    "np.ldexp(a, i)", "np.isnan(np.float64(1))", "np.signbit(-0.0)", "np.conjugate(1j)", "np.absolute(3 + 4j)", "np.sign(np.int8(-3))",
]  # fmt: skip


MADE = [
    "t.squeeze()",
    "t.squeeze(1)",
    "m.squeeze() is m",
    "np.array([[1]]).squeeze()",
    "t.transpose(2, 0, 1)",
    "t.transpose(-1, 0, 1)",
    "t.transpose(0, 0, 1)",
    "t.transpose(0, 1)",
    "t.transpose((1, 0, 2))",
    "t.transpose([1, 0, 2])",
    "m.transpose()",
    "a.transpose(0)",
    "a.transpose(None)",
    "m.transpose(1, 2)",
    "m.ravel()",
    "m.T.ravel()",
    "m.ravel('F')",
    "a[::2].ravel()",
    "(a > 2).nonzero()[0]",
    "(a > 2)[::-2].nonzero()[0]",
    "(a[:0] > 1).nonzero()[0]",
    "(m > 2).nonzero()[0].copy()",
    "np.where(a > 2)[0]",
    "np.where(i)[0]",
    "type((a > 2).nonzero()) is tuple",
    "len(np.where(a > 2))",
    "t.ravel().base is t",
    "m.T.base is m",
    "m.transpose(1, 0).base is m",
    "t.squeeze().base is t",
    "m.T.copy()",
    "m.T[::-1].copy()",
    "np.array(m.T, order='C')",
    "t.T.copy('C')",
    "m.astype('i2').T.copy()",
    "m.T.flatten()",
    "np.broadcast_to(a, (2, 6)).copy()",
    "np.copyto(m, m.T.copy().reshape(2, 3))",
    "np.unique(i)",
    "np.unique(i[::-1])",
    "np.unique(a)",
    "np.unique([3, 1, 3])",
    "np.unique(np.array([3, 1, 3, 2, 1]))",
    "np.unique(np.array([1.0, float('nan'), 1, float('nan')]))",
    "np.unique(np.array([0.0, -0.0, 1]))",
    "np.unique(a > 1)",
    "np.unique(m)",
    "np.unique(i % 2, return_counts=True)[1]",
    "np.unique(np.array([], 'i4'))",
    "np.unique(i.astype('u1')[::-2])",
    "np.unique(a.astype('f2'))",
    "np.unique(np.array([1, 2]).astype('>i4'))",
    "np.array([[1, 2], [3, 4]])", "np.array([[1, 2.5], (3, 4)])", "np.array(([1], [True]))", "np.array([[1, 2], [3]])", "np.array([[], []])", "np.array([[1], 2])",
    "np.array([[[1]], [[2]]])", "np.array([[1, 2]], ndmin=3)", "np.array([[1, 2], [3, 4]], order='F')", "np.array([[True, False]])", "np.array([[1, None]])",
    "np.asarray([[1, 2], [3, 4]], 'f4')", "np.array([[1, 2**63], [0, 0]])", "np.array([[1.5, 2], [3, 4]], dtype=int)", "np.array([[1, 2], [3, 4]], copy=False)",
    "np.array([[1, 2], [3, 4]], ndmax=2)", "np.array([[1, 2], ['a', 'b']])", "np.array([(1, 2), (3, 4)], dtype='i4')", "np.array([(1, 2)], dtype='i4,f8')",
    "np.array([1.5, 2], np.float32)", "np.array([1e50], np.float32)", "np.array([1e-50], np.float32)", "np.array([0.0, -0.0], np.float32)", "np.array([2**60], 'f4')",
    "np.array([float('nan'), float('inf')], np.float32)", "np.array([1, -1], np.int32)", "np.array([2**31], np.int32)", "np.array([1, 255], np.uint8)",
    "np.array([-1], np.uint8)", "np.array([1.5], np.int32)", "np.array([True], np.int32)", "np.array([1, 2], bool)", "np.array([1, 2], complex)", "np.array([1, 2], int)",
    "np.array([1, 2], float)", "np.array([1, 2], object).dtype", "np.array([1, 2], dtype=a.dtype)", "np.array([1, 2], dtype=np.dtype('>f8'))", "np.array([1], np.longlong)",
    "np.array(5, np.float32)", "np.array(a, float) is a", "np.array([1], None)", "np.array([1], 'x')", "np.array([1], np.str_)",
    "np.asarray(a, float) is a", "np.asarray(a, np.float64) is a", "np.asarray(a, dtype=a.dtype) is a", "np.asarray(a, int) is a", "np.asarray(a, 'f4')",
    "np.asanyarray(a, dtype=np.float64) is a", "np.asarray(a.astype('>f8'), float)", "np.asarray([1, 2], dtype=np.float64)", "np.asarray(2, np.int8)",
    "np.arange(0.0, 1.0, 0.25)", "np.arange(0, 1, 0.1)", "np.arange(3.0)", "np.arange(0.5, 3)", "np.arange(1.0, 0.0, -0.3)", "np.arange(1.0, 0.0)", "np.arange(0.0, 1.0, 0.0)",
    "np.arange(0.0, float('inf'))", "np.arange(0.0, float('nan'))", "np.arange(0, 1, 1e-3)", "np.arange(2**60, 2**60 + 2, 1.0)", "np.arange(0.0, 0.5)", "np.arange(0.1, 0.4, 0.1)",
    "np.arange(-0.0, 2)", "np.arange(0.0)", "np.arange(1e300, 2e300, 1e299)", "np.arange(0, 10, 3.0)", "np.arange(0, np.float64(2), 0.5)", "np.arange(5, 0.0, -2)",
    "np.broadcast_to(a, (2, 6))", "np.broadcast_to(a, 6)", "np.broadcast_to(a, (6,))", "np.broadcast_to(m, (2, 2, 3))", "np.broadcast_to(a[:1], (3,))", "np.broadcast_to(a, (2, 3))",
    "np.broadcast_to(a, (0, 6))", "np.broadcast_to(m[:, :1], (2, 5))", "np.broadcast_to(m.T, (1, 3, 2))", "np.broadcast_to(a, ())", "np.broadcast_to(np.array(1.0), (2, 2))",
    "np.broadcast_to(a, (-1, 6))", "np.broadcast_to(a, [2, 6])", "np.broadcast_to(a, (2, 6)).base is a", "np.broadcast_to(a[::2], (2, 3)).base is a", "np.broadcast_to(t, (2, 4, 3))",
    "a.item(1)", "a.item(-1)", "a.item((1,))", "a.item()", "m.item(1, 2)", "m.item(4)", "i.item(2)", "a.item(1.0)", "(a > 1).item(2)", "a[:1].item()",
    "a[::2].item(1)", "a.tolist()", "m.T.tolist()", "i[::-1].tolist()", "(a > 1).tolist()", "a.astype('f4').tolist()", "a[:0].tolist()", "np.array(3).tolist()", "t.tolist()",
    "a.astype('>f8').tolist()", "(m > 2).tolist()", "a.astype('c8').tolist()", "a.astype('u8').tolist()", "(len(a), len(t), a.size, t.size, t.ndim, t.shape, np.array(1).shape)",
    "len(np.array(1))", "a.dtype is np.dtype('f8')", "np.zeros((0, 3)).size", "[x for x in a]", "[x.base is m for x in m]", "list(i)",
]  # fmt: skip


JOINS = [
    "np.concatenate([a, i])", "np.concatenate([a, a])", "np.concatenate((a, a[::-1]))", "np.concatenate([a[:0], a])", "np.concatenate([a[:0]])",
    "np.concatenate([m, m], 1)", "np.concatenate([m, m], axis=-1)", "np.concatenate([m, m[:1]])", "np.concatenate([m, m[:, :2]])",
    "np.concatenate([m.T, m.T])", "np.concatenate([m, m], None)", "np.concatenate([m, m], axis=2)", "np.concatenate([a, m])", "np.concatenate([])",
    "np.concatenate([t, t], 1)", "np.concatenate([t, t], 2)", "np.concatenate([m, m], dtype='f4')", "np.concatenate([a, [1]])", "np.concatenate(m)",
    "np.stack([a, a])", "np.stack([a, a], 1)", "np.stack([m, m], -1)", "np.stack([m, m], axis=1)", "np.stack([a, a[:3]])", "np.stack([a, i])",
    "np.stack([m.T, m.T])", "np.stack([])", "np.stack([a, a], 2)", "np.stack([a, a], -2)", "np.stack([a[:0], a[:0]])", "np.stack([t, t], 3)",
    "np.vstack([a, a])", "np.vstack([a, m])", "np.vstack([m, m])", "np.vstack([a[:3], m])", "np.vstack([a[::-1], a])", "np.vstack(a)", "np.vstack([1, 2])",
    "np.hstack([a, a[:2]])", "np.hstack([m, m])", "np.hstack([t, t])", "np.hstack([m.T, m.T])", "np.hstack([1, 2])", "np.hstack([a, m])",
    "np.squeeze(t)", "np.squeeze(t, 1)", "np.squeeze(t, axis=0)", "np.squeeze(a) is a", "np.ravel(m)", "np.ravel(m.T)", "np.ravel(m, 'F')",
    "np.ravel(m, order='K')", "np.ravel(m, 'x')", "np.transpose(m)", "np.transpose(t, (2, 0, 1))", "np.transpose(t, [0, 2, 1])", "np.transpose(m, (0, 0))",
    "np.transpose(m, axes=(1, 0))", "np.swapaxes(t, 0, 2)", "np.swapaxes(m, 0, 5)", "np.swapaxes(m, 0)", "np.reshape(a, (2, 3))", "np.reshape(a, -1)",
    "np.reshape(a, (4, 2))", "np.reshape(m.T, 6)", "np.reshape(a, (2, 3), 'F')", "np.reshape(a, (2, 3), copy=True)", "np.reshape(a, None)",
    "np.expand_dims(a, 0)", "np.expand_dims(m, -1)", "np.expand_dims(m, 1)", "np.expand_dims(a, 3)", "np.expand_dims(m.T, (0, 2))", "np.expand_dims(m.T, 1)",
    "np.atleast_1d(a) is a", "np.atleast_1d(2)", "np.atleast_1d(a, m)", "np.atleast_2d(a)", "np.atleast_2d(m) is m", "np.atleast_2d(a[::2])",
    "np.copy(a)", "np.copy(m.T)", "np.copy(a[::-1])", "np.copy(m, order='C')", "np.nonzero(a)", "np.nonzero(m)[1].copy()", "np.nonzero(np.array(1))",
    "np.sort(a[::-1])", "np.sort(m.T)", "np.sort(m, 0)", "np.sort(m, axis=None)", "np.sort(m, axis=2)", "np.sort(a, kind='stable')", "np.sort(a, stable=True)",
    "np.sort(a, kind='x')", "np.argsort(a[::-1])", "np.argsort(m, 0)", "np.argsort(m, axis=None)", "np.argsort(a, kind='stable')", "np.argsort(m, 3)",
    "np.searchsorted(a, 2.5)", "np.searchsorted(a, a)", "np.searchsorted(a, 2, side='right')", "np.searchsorted(a, 2, 'right')", "np.searchsorted(m, 1)",
    "np.zeros_like(a)", "np.zeros_like(m.T)", "np.zeros_like(a[::-1])", "np.zeros_like(i, dtype='f4')", "np.zeros_like(t)", "np.ones_like(i)",
    "np.ones_like(a > 2)", "np.ones_like(a.astype('f2'))", "np.ones_like(a.astype('c8'))", "np.ones_like(m, shape=(2, 2))", "np.empty_like(m).shape",
    "np.empty_like(m.T).strides", "np.full_like(a, 2)", "np.full_like(i, 2.7)", "np.full_like(i, 2)", "np.full_like(a, True)", "np.full_like(a > 2, 5)",
    "np.full_like(a, [1] * 6)", "np.full_like(i.astype('u1'), 300)", "np.full_like(a, None)", "np.full_like(a, np.float32(1.1))",
    "np.outer(a, a)", "np.outer(a, i)", "np.outer(a[::2], a[::-1])", "np.outer(m, a)", "np.outer(a, 2)", "np.outer(a[:0], a)", "np.outer(a, a, out=np.zeros((6, 6)))",
    "np.dot(a, a)", "np.dot(a, i)", "np.dot(m, a[:3])", "np.dot(a[:2], m)", "np.dot(m, m.T)", "np.dot(m, m)", "np.dot(a, 2)", "np.dot(t, a[:3])", "a.dot(a)",
    "m.T.dot(m)", "np.dot(m, m.T, np.zeros((2, 2)))", "np.dot(a > 1, a > 2)", "np.dot(i.astype('i2'), i.astype('i2'))", "np.dot(a[:0], a[:0])",
    "a @ a", "m @ m.T", "m.T @ m", "m @ a[:3]", "a[::3] @ m", "a[::2] @ a[::-2]", "m @ m", "a @ 2", "m.astype('c8') @ m.T.astype('c8')", "(m > 1) @ (m.T > 2)",
    "m.astype('f2') @ a[:3].astype('f2')", "m.astype('u1') @ m.T.astype('u1')", "m[:, :0] @ m[:, :0].T", "t @ m.T", "(a * 1e308) @ a", "(m * 1e300) @ (m.T * 1e300)",
    "np.matmul(m, m.T, out=np.zeros((2, 2)))", "np.matmul(a, a, dtype='f4')", "m[:, ::2] @ m[:, ::2].T", "m.T[::-1] @ m", "np.inner(a, a)", "np.vdot(a, a)",
]  # fmt: skip


@pytest.mark.parametrize("text", CALLS + JOINS + MADE)
def test_calls(text):
    """Creation, shapes, casts and ufuncs in their plain forms, and the forms next to them."""

    def run(module):
        a = module.array([0.0, 1, 2, 3, 5, 7])
        i = module.array([0, 1, 2, 3, 5, 7])
        t = module.array([[[1, 2, 3]], [[4, 5, 6]]])
        names = {"np": module, "a": a, "i": i, "m": a.reshape(2, 3).copy(), "t": t}
        seen = outcome(lambda: eval(text, names))
        if not isinstance(seen, type) and seen[0] == "|O":
            return "objects", repr(eval(text, names))
        return without_unit_axes(seen)

    assert run(np) == run(numpy)


TWO = "divmod modf frexp"


@pytest.mark.parametrize("name", TWO.split())
def test_two_outputs(name):
    """Both results of ufuncs that have two, for arrays of all layouts, for scalars and for mixtures."""
    values = operands(np), operands(numpy)
    seconds = [(3, 3), (np.float32(0.5), numpy.float32(0.5)), (np.arange(3), numpy.arange(3)), (0, 0)]
    for ours, theirs in zip(*values, strict=True):
        for mine, other in seconds if name == "divmod" else [(None, None)]:
            if name == "divmod" and not hasattr(theirs, "dtype") and not hasattr(other, "dtype"):
                continue
            rest, their_rest = (() if mine is None else (mine,)), (() if other is None else (other,))
            if weak_overflow(theirs, other):
                continue
            for part in (0, 1):

                def call(function, *arguments, part=part):
                    return function(*arguments)[part]

                seen = outcome(call, getattr(np, name), ours, *rest)
                assert seen == outcome(call, getattr(numpy, name), theirs, *their_rest), (name, theirs, other)


def test_copies_are_apart():
    a = np.array([1.0, 2, 3])
    for b in (a.copy(), np.array(a), a.astype("f8"), a.flatten(), +a):
        b[0] = 9
        assert a[0] == 1 and b.base is None and b.flags.owndata
    assert np.asarray(a) is a and np.asanyarray(a) is a
    assert np.asarray(a[1:]).base is a and a[1:][1:].base is a and a.reshape(3, 1).base is a


def test_subclasses_and_overrides_are_asked():
    class Sub(np.ndarray):
        def __array_finalize__(self, obj):
            self.seen = obj

    s = np.array([1.0, 2, 3]).view(Sub)
    for result in (s + 1, s[1:], s.T, s.reshape(3, 1), s.astype("f4"), s.copy(), np.sin(s), s[None], s.clip(0, 1)):
        assert type(result) is Sub and result.seen is not None
    assert type(s[1]) is np.float64 and type(np.asarray(s)) is np.ndarray and np.asanyarray(s) is s

    class Wants:
        def __array_ufunc__(self, *args, **kwargs):
            return "ufunc"

        def __array_function__(self, *args, **kwargs):
            return "function"

    w, a = Wants(), np.array([1.0])
    assert np.add(a, w) == np.add(1.0, w) == np.add(a, a, out=w) == np.float64(1) + w == "ufunc"
    assert np.clip(a, w, 1) == np.where(a > 0, w, a) == np.concatenate([a, w]) == np.stack((a, w)) == "function"
    assert np.zeros(1, like=w) == np.array(1, like=w) == "function"
