"""The real NumPy's arrays and scalars beside sharray's, in either order of operands."""

import gc
import operator
import sys
import weakref

import numpy
import pytest

import sharray as np

OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.lt, operator.eq]
VALUES = [lambda m: m.arange(1.0, 4.0), lambda m: m.float64(2), lambda m: m.int64(3), lambda m: m.array(4, dtype="f4")]


def plain(x):
    return numpy.asarray(memoryview(x)) if isinstance(x, np.ndarray) else x


@pytest.mark.parametrize("op", OPERATORS, ids=lambda op: op.__name__)
@pytest.mark.parametrize("first", range(len(VALUES)))
@pytest.mark.parametrize("second", range(len(VALUES)))
def test_operators(op, first, second):
    expected = op(VALUES[first](numpy), VALUES[second](numpy))
    for left, right in ((numpy, np), (np, numpy)):
        found = op(VALUES[first](left), VALUES[second](right))
        assert numpy.array_equal(plain(found), expected)
        assert plain(found).dtype == expected.dtype


def test_results_are_sharrays():
    theirs, ours = numpy.arange(3.0), np.arange(3.0)
    for found in (theirs + ours, ours + theirs, numpy.float64(2) + ours, ours + numpy.float64(2), np.add(theirs, 1)):
        assert type(found) is np.ndarray


ALONE = """sum prod max min any all ptp mean std var cumsum cumprod argmax argmin argsort sort round ravel squeeze
transpose nonzero trace diagonal nansum nanmean median copy real imag flip unique diff atleast_1d nan_to_num gradient
count_nonzero argwhere amax around ascontiguousarray array asarray zeros_like empty_like ones_like average sort_complex
triu tril linalg.norm isnan sin""".split()
CALLS = {
    **{name: lambda m, name=name: operator.attrgetter(name)(m)(numpy.arange(6.0).reshape(2, 3)) for name in ALONE},
    "take": lambda m: m.take(numpy.arange(3.0), [1]),
    "repeat": lambda m: m.repeat(numpy.arange(3.0), 2),
    "reshape": lambda m: m.reshape(numpy.arange(6.0), (2, 3)),
    "clip": lambda m: m.clip(numpy.arange(3.0), 1, 2),
    "searchsorted": lambda m: m.searchsorted(numpy.arange(3.0), 1.5),
    "insert": lambda m: m.insert(numpy.arange(3.0), 1, 2),
    "delete": lambda m: m.delete(numpy.arange(3.0), 1),
    "concatenate": lambda m: m.concatenate([numpy.arange(3.0), numpy.arange(2)]),
    "stack": lambda m: m.stack([numpy.arange(3.0), numpy.arange(3)]),
    "where": lambda m: m.where(numpy.arange(3) > 1, numpy.arange(3.0), 7),
    "dot": lambda m: m.dot(numpy.arange(3.0), numpy.arange(3.0)),
    "einsum": lambda m: m.einsum("ij->i", numpy.ones((2, 3))),
    "pad": lambda m: m.pad(numpy.arange(3.0), 1),
    "tile": lambda m: m.tile(numpy.arange(3.0), 2),
    "sum of a scalar": lambda m: m.sum(numpy.float64(3)),
    "round of a scalar": lambda m: m.round(numpy.float32(2.5)),
    "times": lambda m: m.sort(numpy.array(["2020", "2019"], "M8[s]")),
    "structures": lambda m: m.take(numpy.zeros(3, "i4,f8"), [1]),
    "objects": lambda m: m.sum(numpy.array([1, 2], object), keepdims=True),
    "by name": lambda m: m.sum(a=numpy.arange(6.0).reshape(2, 3), axis=numpy.int64(1)),
    "where by name": lambda m: m.sum([1, 2], where=numpy.array([True, False])),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_functions_of_sharrays_on_numpys_arrays(call):
    expected, found = call(numpy), call(np)
    for theirs, ours in zip(*((x if isinstance(x, tuple) else (x,)) for x in (expected, found)), strict=True):
        assert type(ours).__module__ == "sharray", type(ours)
        assert (type(ours).__name__, ours.dtype.str) == (type(theirs).__name__, theirs.dtype.str)
        assert ours.shape == theirs.shape
        if "empty" not in repr(call.__defaults__):
            assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("code", ["f8", ">i4", "M8[s]", "U3", "O"])
def test_what_is_written_to_numpys_array_stays(code):
    theirs = numpy.arange(3).astype(code)
    expected = theirs.copy()
    for module, target in ((numpy, expected), (np, theirs)):
        module.put(target, 1, target[2])
        module.copyto(target[:1], target[1:2])
    assert theirs.tolist() == expected.tolist()


OUTS = {
    "ufunc": lambda out: np.add(numpy.arange(2.0), 1, out=out),
    "ufunc, tuple": lambda out: np.add(np.arange(2.0), 1, out=(out,)),
    "ufunc, by position": lambda out: np.add(np.arange(2.0), 1, out),
    "reduce": lambda out: np.add.reduce([[0.0, 1.0], [1.0, 1.0]], axis=0, out=out),
    "accumulate": lambda out: np.add.accumulate([1.0, 1.0], out=out),
    "function": lambda out: np.sum(numpy.arange(2.0).reshape(1, 2) + 1, axis=0, out=out),
    "function, ours": lambda out: np.sum(np.array([[1.0, 2.0]]), axis=0, out=out),
    "function, objects": lambda out: np.sum(numpy.array([[1, 2]], object), axis=0, out=out),
    "mean": lambda out: np.mean(np.array([[1.0, 2.0]]), axis=0, out=out),
    "take": lambda out: np.take(numpy.arange(3.0), [1, 2], out=out),
    "method": lambda out: np.arange(3.0).take([1, 2], out=out),
    "clip": lambda out: np.clip([0.0, 3.0], 1, 2, out=out),
    "cumsum": lambda out: np.cumsum(np.ones(2), out=out),
    "median": lambda out: np.median(np.array([[1.0, 2.0]]), axis=0, out=out),
    "in place": lambda out: operator.iadd(out, np.array([1.0, 2.0])),
}


@pytest.mark.parametrize("call", OUTS.values(), ids=OUTS)
def test_out_may_be_numpys(call):
    theirs = numpy.zeros(2)
    assert call(theirs) is theirs
    assert theirs.tolist() == [1.0, 2.0]


def test_out_of_numpys_keeps_its_rules():
    with pytest.raises(TypeError, match="same_kind"):
        np.add(np.ones(2), 1.5, out=numpy.zeros(2, "i8"))
    with pytest.raises(ValueError, match="read-only"):
        np.add(np.ones(2), 1.5, out=numpy.broadcast_to(numpy.zeros(1), (2,)))
    first, second = numpy.zeros(2), numpy.zeros(2)
    results = np.modf(np.array([1.5, 2.25]), out=(first, second))
    assert (results[0] is first, results[1] is second) == (True, True)
    assert (first.tolist(), second.tolist()) == ([0.5, 0.25], [1.0, 2.0])


KEYS = {
    "integers": lambda a, n: a[numpy.array([2, 0])],
    "mask": lambda a, n: a[numpy.array([True, False, True, False])],
    "two": lambda a, n: a[numpy.array([0, 1]), numpy.array([1, 2])],
    "mixed": lambda a, n: a[1:, numpy.array([1, 2])],
    "one": lambda a, n: a[numpy.array(2)],
    "times": lambda a, n: a[numpy.array([1.0])],
    "wrong": lambda a, n: a[numpy.array([7])],
    "small": lambda a, n: a[numpy.array([1], "i1")],
    "swapped": lambda a, n: a[numpy.array([1], ">i4")],
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_numpys_arrays_as_keys(key):
    theirs = numpy.arange(12.0).reshape(4, 3)
    try:
        expected = key(theirs, numpy)
    except IndexError as error:
        with pytest.raises(IndexError) as found:
            key(np.asarray(theirs), np)
        assert str(found.value) == str(error)
    else:
        result = key(np.asarray(theirs), np)
        assert type(result) is np.ndarray and result.tolist() == expected.tolist()


def test_an_operand_that_overrides_sees_what_was_given():
    class Taker:
        def __array_function__(self, function, types, args, kwargs):
            return args

        def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
            return inputs

    theirs, taker = numpy.arange(2), Taker()
    assert np.append(theirs, taker)[0] is theirs
    assert np.add(theirs, taker)[0] is theirs


def test_each_use_of_numpys_array_is_one_crossing():
    theirs = numpy.arange(6.0)
    np.asarray(theirs)
    for use in (lambda: np.add(theirs, 1), lambda: np.sum(theirs), lambda: np.sort(theirs), lambda: np.pad(theirs, 1)):
        before = np.interop.log()[-1].number
        use()
        assert np.interop.log()[-1].number == before + 1


def test_numpys_functions_on_sharrays_arrays():
    theirs, ours = numpy.arange(3.0), np.arange(3.0)
    assert type(numpy.sin(ours)) is np.ndarray
    assert numpy.add.reduce(ours) == 3.0
    assert numpy.mean(ours) == 1.0
    joined = numpy.concatenate([theirs, ours])
    assert type(joined) is np.ndarray
    assert joined.tolist() == [0, 1, 2, 0, 1, 2]
    assert type(numpy.linalg.norm(ours)) is np.float64


@pytest.mark.parametrize(
    "call",
    [
        lambda one, other: numpy.append(one, other),
        lambda one, other: numpy.insert(one, 1, other),
        lambda one, other: numpy.interp(one, other, other),
        lambda one, other: numpy.where(one > 1, one, other),
        lambda one, other: numpy.searchsorted(one, other),
        lambda one, other: numpy.sum(one, where=other > 0),
        lambda one, other: numpy.take_along_axis(one, other.astype("i8"), 0),
        lambda one, other: numpy.setdiff1d(one, other[1:]),
        lambda one, other: numpy.stack([one, other]),
    ],
)
def test_numpys_functions_on_arrays_of_both(call):
    theirs, ours = numpy.arange(3.0), np.arange(3.0)
    expected = call(theirs, theirs)
    for found in (call(theirs, ours), call(ours, theirs), call(ours, ours)):
        assert type(found).__module__ == "sharray"
        assert found.tolist() == expected.tolist()


def test_dtypes_and_scalar_types():
    assert np.dtype(numpy.dtype("M8[ns]")) == np.dtype("M8[ns]")
    assert np.zeros(2, dtype=numpy.float32).dtype == np.float32


@pytest.mark.parametrize("code", ["f8", "i2", "?", "c16", "S3", "U2", "M8[D]", "m8[ns]", ">f4", "O", "i4,f8"])
def test_memory_is_shared_both_ways(code):
    theirs = numpy.zeros(3, dtype=code)
    ours = np.asarray(theirs)
    assert ours.__array_interface__["data"][0] == theirs.ctypes.data
    assert ours.dtype == np.dtype(numpy.dtype(code))
    back = numpy.asarray(ours)
    assert back.ctypes.data == theirs.ctypes.data
    assert back.dtype == theirs.dtype


LAYOUTS = {
    "transposed": lambda: numpy.arange(6.0).reshape(2, 3).T,
    "no axes": lambda: numpy.array(1.5),
    "no elements": lambda: numpy.zeros((0, 3)),
    "backwards": lambda: numpy.arange(5)[::-2],
    "repeated, read-only": lambda: numpy.broadcast_to(numpy.arange(3.0), (2, 3)),
    "forty axes": lambda: numpy.ones((1,) * 40),
    "read-only": lambda: numpy.diagonal(numpy.ones((3, 3))),
    "warned of": lambda: numpy.broadcast_arrays(numpy.zeros(3), numpy.zeros((2, 3)))[0],
    "swapped": lambda: numpy.arange(3, dtype=">i4"),
    "unaligned": lambda: numpy.frombuffer(bytearray(17), "u1")[1:].view("f8"),
    "metadata": lambda: numpy.zeros(3, numpy.dtype("f8", metadata={"unit": "m"})),
    "subclass": lambda: numpy.ma.zeros(3),
    **{f"type {code}": lambda code=code: numpy.zeros(3, code) for code in "?bBhHiIlLqQefdgFDG"},
}


@pytest.mark.parametrize("make", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.filterwarnings("ignore:Numpy has detected:DeprecationWarning", "ignore:.*broadcast.*:FutureWarning")
def test_numpys_arrays_as_they_lie(make):
    theirs = make()
    ours = np.asarray(theirs)
    assert ours.__array_interface__["data"][0] == theirs.__array_interface__["data"][0]
    assert (ours.shape, ours.strides, ours.dtype.str) == (theirs.shape, theirs.strides, theirs.dtype.str)
    assert ours.dtype.char == theirs.dtype.char
    assert ours.flags.aligned == theirs.flags.aligned
    assert not (ours.flags.writeable and not theirs.flags.writeable)
    assert ours.tolist() == theirs.tolist()


def test_numpys_array_lives_as_long_as_its_looker():
    theirs = numpy.arange(1000.0)
    before = sys.getrefcount(theirs)
    ours = np.asarray(theirs)[10:]
    assert sys.getrefcount(theirs) == before + 1
    with pytest.raises(ValueError, match="resize"):
        theirs.resize(10)
    weak, address = weakref.ref(theirs), theirs.ctypes.data
    del theirs
    gc.collect()
    assert weak() is not None and ours[0] == 10.0 and ours.__array_interface__["data"][0] == address + 80
    del ours
    assert weak() is None


def test_what_numpys_array_becomes_later_is_its_own_matter():
    theirs = numpy.arange(6.0)
    ours = np.asarray(theirs)
    theirs.shape, theirs.flags.writeable = (2, 3), False
    assert ours.shape == (6,) and ours.flags.writeable and not np.asarray(theirs).flags.writeable
    theirs.dtype = "u1"
    assert np.asarray(theirs).dtype == np.uint8 and ours.dtype == np.float64


def test_explain_names_owner_and_protocol():
    theirs = numpy.zeros(3)
    told = np.interop.explain(np.asarray(theirs))
    assert (told.verdict, told.protocol, told.owner is theirs, told.writable) == (
        "shared",
        "ndarray struct",
        True,
        True,
    )
    assert np.interop.explain(np.zeros(2)).verdict == "owner"
    assert np.interop.explain(b"abc").writable is False
    assert np.interop.explain(3).verdict == "unknown"


SCALARS = [
    numpy.datetime64("2020-01-01"),
    numpy.datetime64("NaT", "25us"),
    numpy.timedelta64(3, "s"),
    numpy.float16(2),
    numpy.longdouble(3),
    numpy.str_("abc"),
    numpy.bytes_(b"ab"),
    numpy.void(b"abc"),
    numpy.bool_(True),
    numpy.complex64(2),
    numpy.array([(1, 2.0)], "i4,f8")[0],
]


@pytest.mark.parametrize("scalar", SCALARS, ids=repr)
def test_numpys_scalars_keep_their_dtype(scalar):
    for made in (lambda m: m.array(scalar), lambda m: m.asarray([scalar, scalar]), lambda m: m.array([[scalar]])):
        expected, result = made(numpy), made(np)
        assert (str(result.dtype), result.shape) == (str(expected.dtype), expected.shape)
        assert str(result) == str(expected)


@pytest.mark.parametrize("reference", [numpy.zeros(3), numpy.zeros(3, ">f8"), numpy.zeros(2, "T")], ids=str)
def test_a_reference_of_numpys_is_no_argument(reference):
    given = []
    public = np._core.overrides._ArrayFunctionDispatcher(None, lambda *args: given.append(args))
    public(reference, 3)
    assert given == [(3,)]
    made = {
        "ones": np.ones(2, like=reference),
        "full": np.full(2, 1.0, like=reference),
        "array": np.array([1.0, 1.0], like=reference),
        "arange": np.arange(1.0, 3.0, like=reference),
        "fromiter": np.fromiter([1.0, 1.0], float, like=reference),
        "fromstring": np.fromstring("1 1", sep=" ", like=reference),
    }
    for name, found in made.items():
        assert type(found) is np.ndarray, name
        assert found.tolist() == ([1.0, 2.0] if name == "arange" else [1.0, 1.0]), name


def test_titles_of_structures_come_along():
    theirs = numpy.zeros((2, 3), [(("a title", "a"), "i4"), ("b", [(("inner", "c"), "f8")])])[:, ::2]
    ours = np.asarray(theirs)
    assert ours.dtype == np.dtype([(("a title", "a"), "i4"), ("b", [(("inner", "c"), "f8")])])
    assert ours.dtype.fields["a title"] == ours.dtype.fields["a"]
    assert ours.dtype["b"].fields["inner"][2] == "inner"
    ours["a title"][1, 1] = 7
    assert theirs["a"].tolist() == [[0, 0], [0, 7]] and ours.strides == theirs.strides
