"""``dtype``: every spelling, printed forms, attributes and rules, side by side with the real NumPy."""

import copy
import ctypes
import itertools
import pickle

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")

NAMES = (
    "? b B h H i I l L q Q e f d g F D G O S U V M m p P n N i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 f16 c8 c16 c32 b1 >i4 <i4 "
    "|i4 =i4 >i1 >f8 >c16 >U4 U5 S5 V5 U0 S0 V0 O8 M8 m8 M8[ns] >M8[25s] m8[2h] datetime64[D] timedelta64[as] M8[2Y/3] "
    "M8[s/1000] int8 uint64 int uint intp uintp long ulong longlong ulonglong intc uintc short byte half "
    "single double longdouble csingle cdouble clongdouble float complex bool bool_ str str_ bytes bytes_ void object "
    "object_ float128 complex256 (2,3)f8 3i4 1i4 (1,)i4 ()i4 (0,)f8 <3i4 3<i4 i4,f4 i4, 3i4,(2,2)f8 S5,i4 M8[ns],>i4 "
    "3S (2,)3S 3S5 3U >3U 3>U 3V 1S (2,)S3 (2,3)3S S,3S 3S,i4 3V,i4 (2,)3i4 (2,)3i4,i4 3str"
).split()

NO_DTYPES = ("foo", "", "i3", "f1", "S-1", "<", "int0", "M8[", "M8[]", "M8[3]", "M8[-2s]", "i4 ", " i4", "?1", "float96",
             "(2,-1)i4", "(3,)(2,)f8", "(1,)S", "()S", "(2,)S", "S99999999999")  # fmt: skip

SPECS = [
    [("a", "i4"), ("b", "f8")],
    [("a", "i4"), ("b", ">f8"), ("c", "f8", (2,))],
    [(("Title", "a"), "i4"), ("b", "O")],
    [("", "i4"), ("", "f8")],
    [("a", [("b", "i4"), ("c", "f8")]), ("d", "O")],
    {"names": ["a", "b"], "formats": ["i4", "f8"], "offsets": [0, 8]},
    {"names": ["a", "b"], "formats": ["i4", "f8"], "offsets": [8, 0]},
    {"names": ["a", "b"], "formats": ["i4", "f8"], "titles": ["A", None], "itemsize": 20},
    {"a": ("i4", 0), "b": ("f8", 4, "T")},
    ("f8", (2, 3)),
    ("S", 5),
    ("S5", 2),
    ("i4", ()),
    [],
    float,
    int,
    bytes,
    object,
    memoryview,
    None,
]

BAD_SPECS = [
    [("a", "i4"), ("a", "i4")],
    [("a",)],
    [(1, "i4")],
    ["i4"],
    {"names": ["a"]},
    {"names": ["a"], "formats": ["i4"], "offsets": [-1]},
    {"names": ["a"], "formats": ["i4"], "itemsize": 2},
    {"names": ["a", "b"], "formats": ["O", "i4"], "offsets": [0, 4]},
    ("f8", -1),
    ("f8", True),
    ("f8", object),
    ("i4", "i8"),
    ("f8", 2.0),
    ("f8", 2**40),
    ("f8",),
    1,
    1.5,
]


def facts(module, spec, **options):
    """What a dtype says of itself, or the class of the error it raises."""
    try:
        made = module.dtype(spec, **options)
    except Exception as error:
        return type(error).__name__
    base = made.base
    return {
        "repr": repr(made),
        "str": str(made),
        "code": (made.str, made.name, made.kind, made.char, made.byteorder, made.num),
        "size": (made.itemsize, made.alignment, made.flags, made.ndim, made.shape, len(made)),
        # NumPy calls a time dtype built in or not by how it was spelled ('M', not 'M8').
        "truths": (made.hasobject, made.isnative, made.isalignedstruct, made.kind in "mM" or made.isbuiltin),
        "fields": (made.names, repr(made.fields), repr(made.subdtype), repr(base)),
        "state": repr(made.__reduce__()[2]),
    }


@pytest.mark.parametrize("align", [False, True])
@pytest.mark.parametrize("spec", [*NAMES, *NO_DTYPES, *SPECS, *BAD_SPECS], ids=repr)
def test_says_what_numpys_says(spec, align):
    assert facts(np, spec, align=align) == facts(numpy, spec, align=align)


@pytest.mark.parametrize("spec", [*NAMES, *SPECS], ids=repr)
def test_pickles_and_copies(spec):
    made = np.dtype(spec)
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert again == made and hash(again) == hash(made) and repr(again) == repr(made)
    # The real NumPy's dtype is accepted wherever a dtype is.
    assert np.dtype(numpy.dtype(spec)) == made


NUMBERS = "? b B h H i I l L q Q e f d g F D G".split()
OTHERS = ["O", "S", "S3", "S20", "U", "U4", ">U4", "V", "V4", "V8", "M8", "M8[s]", "M8[2D]", "m8", "m8[s]", "m8[Y]",
          "m8[3M]", "i4,f4", "i8,f8", "(2,)i4", "(2,)f4", ">i4", ">f8"]  # fmt: skip
CASTINGS = ("no", "equiv", "safe", "same_kind", "unsafe")


def rules(module, a, b):
    """The common dtype of two and the casting rules that allow one to become the other."""
    a, b = module.dtype(a), module.dtype(b)
    try:
        common = repr(module.promote_types(a, b))
    except TypeError:
        common = "none"
    return common, [casting for casting in CASTINGS if module.can_cast(a, b, casting)]


@pytest.mark.parametrize("a", NUMBERS + OTHERS)
def test_promotion_and_casting(a):
    for b in NUMBERS + OTHERS:
        assert rules(np, a, b) == rules(numpy, a, b), b


def test_result_type_of_three_numbers():
    for three in itertools.product(NUMBERS, repeat=3):
        ours, theirs = (repr(m.result_type(*map(m.dtype, three))) for m in (np, numpy))
        assert ours == theirs, three


EXPRESSIONS = [
    "D['a'], D[0], D[-1], D[['a']]",
    "D['c']",
    "D[5]",
    "D[1.5]",
    "dtype('i4')['a']",
    "dtype('i4') * 3, 2 * dtype('f4')",
    "dtype('i4') * -1",
    "dtype('f8').newbyteorder(), dtype('>f8').newbyteorder('=')",
    "dtype('f8').newbyteorder('x')",
    "D.newbyteorder('>')",
    "dtype('f8') == 'f8', dtype('f8') == 'foo', dtype('f8') == None, dtype('q') == dtype('l')",
    "dtype('f8') < 'f16', dtype('f8') >= 'f4'",
    "dtype('f8') < 'foo'",
    "hash(dtype('q')) == hash(dtype('l'))",
    "dtype('i4') is dtype('int32')",
    "dtype('i4', metadata={'a': 1}).metadata",
    "dtype('i4', metadata=3)",
    "dtype()",
    "dtype('i4', foo=1)",
    "dtype[int].__args__",
    "setattr(D, 'names', ('x', 'y')), D.names, list(D.fields)",
    "setattr(D, 'names', ('x',))",
    "setattr(D, 'names', ('x', 'x'))",
    "setattr(D, 'names', ('x', 1))",
    "delattr(D, 'names')",
    "type(dtype('U'))(8), type(dtype('i4'))()",
    "type(dtype('V'))(8)",
    "type(dtype('i4'))._legacy, type(dtype('U'))._parametric, dtype._abstract",
    "dtype(Carrier())",
    "dtype((int, int)), dtype((float, int)), dtype(('i4', 'i4')), dtype('0S'), dtype('0S,i4')",
]


class Carrier:
    """Something that names a dtype."""

    dtype = None


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_behaves_as_numpys(expression):
    results = []
    for module in (np, numpy):
        Carrier.dtype = module.dtype(">i2")
        names = {"dtype": module.dtype, "D": module.dtype([("a", "i4"), ("b", "f8", (2,))]), "Carrier": Carrier}
        try:
            results.append(repr(eval(expression, names)))
        except Exception as error:
            results.append(type(error).__name__)
    assert results[0] == results[1]


def test_ctypes():
    class Pair(ctypes.Structure):
        _fields_ = [("a", ctypes.c_byte), ("b", ctypes.c_double)]

    for kind in (ctypes.c_int, ctypes.c_int * 3, Pair, ctypes.c_longdouble, ctypes.c_int.__ctype_be__):
        assert repr(np.dtype(kind)) == repr(numpy.dtype(kind))
    with pytest.raises(TypeError):
        np.dtype(ctypes.POINTER(ctypes.c_int))


# NumPy 2's published descriptor: name, offset, C type.
DESCRIPTOR = [
    ("typeobj", 16, ctypes.c_void_p),
    ("kind", 24, ctypes.c_char),
    ("char", 25, ctypes.c_char),
    ("byteorder", 26, ctypes.c_char),
    ("num", 28, ctypes.c_int),
    ("flags", 32, ctypes.c_uint64),
    ("itemsize", 40, ctypes.c_ssize_t),
    ("alignment", 48, ctypes.c_ssize_t),
]


@pytest.mark.parametrize("spec", ["f8", ">i4", "U5", "M8[s]", "i4,f8", "(2,)i4"])
def test_fields_lie_where_numpys_lie(spec):
    made = np.dtype(spec)
    read = {name: kind.from_address(id(made) + offset).value for name, offset, kind in DESCRIPTOR}
    assert read["typeobj"] == id(made.type)
    assert {read[n] for n in ("kind", "char", "byteorder")} == {
        getattr(made, n).encode() for n in ("kind", "char", "byteorder")
    }
    for name in ("num", "flags", "itemsize", "alignment"):
        assert read[name] == getattr(made, name)
    subarray = ctypes.c_void_p.from_address(id(made) + 88).value
    if made.subdtype:
        assert ctypes.c_void_p.from_address(subarray).value == id(made.base)
    else:
        assert subarray is None
    names = ctypes.c_void_p.from_address(id(made) + 104).value
    assert names == (id(made.names) if made.names else None)


def test_a_copy_of_a_spelling_is_an_object_of_its_own():
    for text in ("f8", ">f8", "V8", "M8[s]", "S3"):
        kept, copied = np.dtype(text), np.dtype(text, False, True)
        assert copied == kept and copied is not kept and copied is not np.dtype(text)
    for dtype in (np.dtype(">f8"), np.dtype("i4,f8"), np.dtype("M8[ms]"), np.dtype("U5")):
        spelled = [np.dtype(text).str for text in ("V12", "M8", ">f8", "f8", "U5")]
        assert pickle.loads(pickle.dumps(dtype)) == dtype
        assert spelled == [np.dtype(text).str for text in ("V12", "M8", ">f8", "f8", "U5")]


#: Code that makes the dtype `whole` of `part`, and where the very object is found again.
PARTS = [
    ("np.dtype([('a', 'i4'), ('b', part)])", "whole['b']"),
    ("np.dtype([('a', 'i4'), ('b', part)])", "whole[1]"),
    ("np.dtype([('a', 'i4'), (('T', 'b'), part)])", "whole.fields['T'][0]"),
    ("np.dtype({'names': ['x', 'y'], 'formats': ['O', part]})", "whole['y']"),
    ("np.dtype({'x': (part, 8), 'y': ('i4', 0)})", "whole['x']"),
    ("np.dtype([('b', part)], align=True)", "whole['b']"),
]


@pytest.mark.parametrize("part", [">i4", "S5", [("x", "i4")], "M8[s]", ("i4", (2,)), "c"], ids=str)
def test_a_dtype_keeps_the_objects_it_was_made_of(part):
    for (code, place), module in itertools.product(PARTS, (np, numpy)):
        names = {"np": module, "part": module.dtype(part)}
        names["whole"] = eval(code, names)
        assert eval(f"{place} is part", names), (code, module)


ABSTRACT = (
    "generic number integer signedinteger unsignedinteger inexact floating complexfloating flexible character"
).split()


@pytest.mark.parametrize("name", ABSTRACT)
def test_abstract_classes_are_no_dtypes(name):
    for module in (np, numpy):
        abstract = getattr(module, name)
        # NumPy lets nobody derive from `flexible`.
        derived = [] if name == "flexible" else [type("Derived", (abstract,), {})]
        for kind in (abstract, *derived):
            for call in (module.dtype, lambda k, m=module: m.array([1], k), lambda k, m=module: m.result_type(k)):
                with pytest.raises(TypeError, match="to a dtype"):
                    call(kind)


UNITS = "1000ms 1000us 1000000us 1000as 2000ms 2s s ms us ns ps fs as 60s m 24h D 7D W 12M Y".split()


@pytest.mark.parametrize("kind", "mM")
def test_units_that_are_one(kind):
    for a, b in itertools.product(UNITS, UNITS):
        (x, y), (p, q) = ([m.dtype(f"{kind}8[{u}]") for u in (a, b)] for m in (np, numpy))
        # NumPy's answer depends on which one is asked.
        assert (x == y) == (p == q or q == p), (a, b)
        assert x != y or hash(x) == hash(y), (a, b)


#: Calls with a truth value where a number belongs.
COUNTED = [
    "a.item({})", "a.item({}, 0)", "a.item((0, {}))", "a.transpose({}, 0)", "a.transpose((0, {}))", "np.concatenate((a, a), {})",
    "a.sum({})", "a.sum(({},))", "a.max(axis={})", "a.mean({})", "a.all({})", "a.take(0, {})", "a.argmax({})", "a.argsort({})",
    "a.repeat(1, {})", "a.reshape({}, 4)", "a.reshape(({}, 4))", "np.add.reduce(a, {})",
    "np.add.accumulate(a, {})", "np.add.reduceat(a, [0], {})", "a.squeeze({})", "a.squeeze(({},))", "a.compress([1], {})",
    "a.argpartition(1, {})", "np.count_nonzero(a, {})", "np.packbits(a.astype('u1'), {})", "np.zeros({})", "np.zeros(({}, 2))",
    "np.ones([{}])", "np.full({}, 3)", "np.eye({})", "np.vecdot(a, a, axis={})", "np.matmul(a, a, axes=[({}, 0)] * 3)",
    "np.unravel_index(1, ({}, 2))", "np.bincount([1], minlength={})", "np.ndarray({})",
    "a.swapaxes({}, 0)", "a.sort({})", "a.diagonal({})", "a.trace({})", "np.expand_dims(a, {})", "np.stack((a, a), {})",
    "np.roll(a, 1, {})", "np.moveaxis(a, {}, 0)", "np.lexsort(a[0], {})",
]  # fmt: skip


@pytest.mark.parametrize("call", COUNTED)
@pytest.mark.parametrize("truth", ["True", "np.True_"])
def test_truth_values_where_numbers_belong(call, truth):
    def outcome(module):
        names = {"np": module, "a": module.arange(4).reshape(2, 2)}
        try:
            return str(eval(call.format(truth), names))
        except Exception as error:
            return type(error).__name__, str(error).replace("numpy.", "sharray.")

    assert outcome(np) == outcome(numpy)


@pytest.mark.parametrize(
    "spelling", ["(200000000000000040,2,2)U2", "(2147483647,2)u1", "(65536,32768)u1", "(0,2147483648)u1"]
)
def test_subarrays_beyond_a_c_int(spelling):
    for lib in (np, numpy):
        with pytest.raises(ValueError, match="C int"):
            lib.dtype(spelling)
