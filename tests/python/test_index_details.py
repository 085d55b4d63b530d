"""What NumPy does at the edges of indexing, joining and casting; each line runs on both libraries.

The last part of a line is an expression; representation, dtype and shape agree, or the type of the exception.
"""

import ctypes
import operator
import pickle
import weakref

import numpy
import pytest

import sharray

SETUP = """
import operator
class SequenceLike:
    def __index__(self):
        return 1
    def __len__(self):
        return 1
    def __getitem__(self, item):
        raise IndexError
class Fickle:
    def __init__(self, answers):
        self.answers = list(answers)
    def __bool__(self):
        return self.answers.pop(0)
class Loud(np.ndarray):
    @classmethod
    def make(cls, seen):
        self = np.zeros((3, 2)).view(cls)
        self.seen = seen
        return self
    def __getitem__(self, key):
        self.seen.append(key)
        return super().__getitem__(key)
a = np.arange(12.0).reshape(3, 4)
s = np.zeros(2, 'i4,i4')
"""

CASES = {
    "which index is found wrong first": """
a[0.0:]
a[0.0:, 0.0]
a[0.0, 0.0:]
a[0.0:, 1]
a[::0, 'x']
a[::0, 1]
a[:, 0.0:] = 1; a
""",
    "the number of index arrays": """
np.ones((1,) * 64)[(np.array([0]),) * 64]
np.ones((1,) * 64)[(np.array([0]),) * 63].shape
np.ones(1)[(True,) * 64]
np.ones(1)[(True,) * 63].shape
np.ones(2)[(True,) * 64].shape
np.ones(2)[(True,) * 65]
np.ones(1)[(True,) * 64] = 3; 1
""",
    "integer-like objects that claim to be sequences": """
a[SequenceLike()]
a[SequenceLike(), SequenceLike()]
s[SequenceLike()]
a[SequenceLike()] = 7; a
a.flat[SequenceLike()]
""",
    "characters": """
c = np.zeros((1, 5), 'c'); c[0] = np.str_('asdfg'); c
c = np.zeros((1, 5), 'c'); c[0] = 'as'; c
c = np.zeros((1, 5), 'c'); c[...] = 'asdfg'; c
c = np.zeros(3, 'S1'); c[...] = 'asdfg'; c
c = np.zeros(3, 'c'); c[1] = 'x'; c
""",
    "flat": """
a.flat[()] = 3; a
a.flat[...] = 3; a
a.flat[()]
""",
    "objects whose truth changes": """
np.nonzero(np.array([True, Fickle([0, 1])]))
np.nonzero(np.array([True, Fickle([1, 0])]))
np.nonzero(np.array([[True], [Fickle([1, 0])]]))
np.nonzero(np.array([True, Fickle([True, True, True])]))
""",
    "casts of dtypes": """
np.can_cast('i4', None)
np.can_cast(None, 'i4')
np.can_cast([('f0', 'i4,i4', (2,))], 'i4', 'unsafe')
np.can_cast([('f0', 'i4', (2,))], 'i4', 'unsafe')
np.can_cast([('f0', [('x', 'i4')])], 'i4', 'unsafe')
np.can_cast([('f0', [('x', 'i4'), ('y', 'i4')])], 'i4', 'unsafe')
np.can_cast([('f0', [('x', 'i4')])], 'V4', 'unsafe')
""",
    "like functions": """
np.empty_like(np.ones((2, 3), order='F'), shape=(4, 5, 6), order='A').flags.f_contiguous
np.empty_like(np.ones((2, 3), order='F'), shape=(4, 5), order='A').strides
np.empty_like(np.ones((2, 3)), shape=(4, 5), order='A').strides
np.empty_like(np.ones((2, 3)), shape=(4, 5, 6), order='A').strides
np.empty_like(np.ones(3), shape=(4, 5), order='A').strides
np.empty_like(np.ones((2, 3, 4)).swapaxes(0, 1), shape=(4, 5, 6), order='A').strides
np.empty_like(np.ones((2, 3, 4)).swapaxes(0, 1), shape=(4, 5, 6), order='K').strides
np.zeros_like(np.ones((2, 3), order='F'), shape=(4, 5), order='K').strides
""",
    "modes of correlations": """
np.correlate([1.0, 2], [2.0, 3], mode='full')
np.correlate([1.0, 2], [2.0, 3], mode='f')
np.correlate([1.0, 2], [2.0, 3], mode='Full')
np.correlate([1.0, 2], [2.0, 3], mode=-1)
np.correlate([1.0, 2], [2.0, 3], mode=3)
np.correlate([1.0, 2], [2.0, 3], mode=2)
np.correlate([1.0, 2], [2.0, 3], mode=True)
np.correlate([1.0, 2], [2.0, 3], mode=1.0)
np.convolve([1.0, 2], [2.0, 3], mode=None)
np.convolve([1.0, 2], [2.0, 3], mode=b'full')
np.correlate([1.0, 2], [2.0, 3])
""",
    "out of picked elements": """
a.compress([True, False, True], axis=0, out=np.zeros((2, 4), 'f4'))
a.compress([True, False, True], axis=0, out=np.zeros((2, 4), '>f8'))
a.compress([True, False, True], axis=0, out=np.zeros((2, 4), 'c16'))
a.take([0], axis=0, out=np.zeros((1, 4), 'i8'))
a.take([0], axis=0, out=np.zeros((1, 4), 'i4'))
a.take([0], axis=0, out=np.zeros((1, 4), 'c16'), mode='clip')
""",
    "joining": """
np.concatenate(([1], [1]), dtype='(2,)i')
np.concatenate(([1], [1]), dtype='(2,)i', axis=None)
operator.concat(a, a)
operator.concat(a, [1])
operator.concat([1], a)
operator.concat(1, a)
operator.iconcat(a, a)
""",
    "objects that hold arrays": """
x = np.array(0, object); x[()] = np.array(3); int(x), float(x)
x = np.array(0, object); x[()] = x; int(x)
x = np.array(0, object); x[()] = x; float(x)
x = np.empty((), object); x[()] = np.array([1, 2]); int(x)
complex(np.array('now', 'M8[s]'))
""",
    "the smallest numbers": """
bool(np.nextafter(np.longdouble(0), np.longdouble(1)))
bool(np.clongdouble(np.nextafter(np.longdouble(0), np.longdouble(1))))
bool(np.nextafter(np.float16(0), np.float16(1)))
bool(np.longdouble(-0.0)), bool(np.longdouble('nan')), bool(np.clongdouble(0))
np.linspace(0, np.nextafter(np.longdouble(0), np.longdouble(1)) * 5, 10, endpoint=False).astype(bool)
""",
    "titles": """
np.dtype([(('a', 'a'), 'i'), ('b', 'i')])
np.dtype([(('b', 'a'), 'i'), ('b', 'i')])
np.dtype([(('c', 'a'), 'i'), ('b', 'i')])
np.dtype({'names': ['a', 'b'], 'formats': ['i', 'i'], 'titles': ['x', 'b']})
""",
    "parts of subclasses": """
m = np.asmatrix(np.zeros((3, 2))); m[:, 1] = np.ones((3, 1)); m
m = np.asmatrix(np.zeros((3, 2))); m[:, 1] = np.ones(3); m
m = np.asmatrix(np.zeros((3, 2))); m[:, 1] = np.ones((2, 1)); m
m = np.asmatrix(np.zeros((3, 2))); m[:, 1] = [[1], [2], [3]]; m
m = np.asmatrix(np.zeros((3, 2))); m[1] = [1, 2]; m
m = np.asmatrix(np.zeros((3, 2))); m[...] = [1, 2]; m
r = []; r = Loud.make(r); r[:, 1] = 1; r.seen
r = []; r = Loud.make(r); r[1] = 1; r.seen
r = []; r = Loud.make(r); r[1, 1] = 1; r.seen
r = []; r = Loud.make(r); r[...] = 1; r.seen
r = []; r = Loud.make(r); r[[0, 1]] = 1; r.seen
m = np.asmatrix(a); m.flat[:2], type(m.flat[[1, 2]]).__name__, m.flat[3]
m = np.asmatrix(a); type(m.__array__()).__name__, m.__array__().base is m, m.tolist()
m = np.asmatrix(a); m[:, 1].base is m
np.matrix([1, 2], dtype=object) * 2
np.expand_dims(np.asmatrix(a), 1)
np.apply_along_axis(lambda row: row * 2, 1, np.asmatrix(a))
np.where(np.asmatrix(a) > 5)
np.nditer([np.asmatrix(a), np.zeros((1, 3, 4)), None], [], [['readonly'], ['readonly'], ['writeonly', 'allocate']])
np.broadcast_to(a, (True, 3, 4))
np.broadcast_to([1], True)
np.dtype(np.dtypes.Float64DType)
np.zeros(2, np.dtypes.Float32DType)
""",
    "classes": """
type('X', (np.flexible,), {})
type('X', (np.character,), {}).__mro__[1:3]
type('X', (np.void,), {})(3)
""",
    "versions of the standard": """
a.__array_namespace__(api_version=2024)
a.__array_namespace__(api_version='2025.12')
a.__array_namespace__(api_version=None) is np
""",
}


def outcome(np, text):
    """Representation, dtype and shape of what the line gives; for an error its type."""
    *lines, last = text.split("; ")
    names = {"np": np}
    try:
        exec(SETUP, names)
        for line in lines:
            exec(line, names)
        result = eval(last, names)
    except Exception as error:
        return next(c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins")
    text = repr(result).replace("sharray", "numpy")
    return text, str(getattr(result, "dtype", None)), getattr(result, "shape", None)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("text", [line for group in CASES.values() for line in group.strip().splitlines()])
def test_as_numpy(text):
    assert outcome(sharray, text) == outcome(numpy, text)


KINDS = ["O", "i8", "f8", "S8", "V8", "V", "S", "U", "U2", "M8[s]", "i4,i4"]
KINDS += [[("a", "i4"), ("b", "i4")], [("a", "O")], [("a", "i8")], [("a", "O"), ("b", "V0")]]


@pytest.mark.parametrize("base", KINDS, ids=str)
@pytest.mark.parametrize("other", KINDS, ids=str)
def test_pairs_of_dtypes(base, other):
    """``dtype((base, other))``: the fields of the second on the class of the first."""
    if base in ("S", "U") and isinstance(other, list) and other[0][1] == "O":
        with pytest.raises(ValueError, match="object dtype"):  # NumPy makes texts of pointers of these
            sharray.dtype((base, other))
        return

    def made(np):
        try:
            dtype = np.dtype((base, other))
        except (ValueError, TypeError) as error:
            return type(error)
        return repr(dtype), dtype.type.__name__, dtype.names, dtype.itemsize

    assert made(sharray) == made(numpy)


CHARS = ["?", "b", "l", "Q", "d", "G", "S", "U", "V", "S3", "S100", "U3", "U100", "V3", "O", "M8[s]", "i,i"]


@pytest.mark.parametrize("first", CHARS)
@pytest.mark.parametrize("second", CHARS)
@pytest.mark.parametrize("swapped", [False, True])
def test_metadata_of_common_dtypes(first, second, swapped):
    """What is as wide as the first text keeps its metadata; everything else has none."""

    def common(np):
        one, two = np.dtype(first, metadata={1: 1}), np.dtype(second, metadata={2: 2})
        one = one.newbyteorder() if swapped else one
        try:
            found = np.promote_types(one, two)
        except TypeError:
            return None
        keeps = found.names is None and one.kind in "SUV" and found == one.newbyteorder("=")
        return str(found), found.metadata if keeps else None, found is one

    assert common(sharray) == common(numpy)


def test_sequence_protocol_of_c():
    """Python's C functions for sequences add the length to a negative index themselves, once."""
    get, put = ctypes.pythonapi.PySequence_GetItem, ctypes.pythonapi.PySequence_SetItem
    get.argtypes, get.restype = [ctypes.py_object, ctypes.c_ssize_t], ctypes.py_object
    put.argtypes = [ctypes.py_object, ctypes.c_ssize_t, ctypes.py_object]
    a = sharray.arange(10)
    assert get(a, -10) == 0
    put(a, -1, 42)
    assert a[9] == 42
    for index in (10, -11):
        with pytest.raises(IndexError, match=str(index)):
            get(a, index)
        with pytest.raises(IndexError, match=str(index)):
            put(a, index, 0)
    with pytest.raises(IndexError):
        put(sharray.ones(()), 0, 1)


def test_sums_are_still_sums():
    """Refusing to be joined does not touch ``+``."""
    a = sharray.arange(3)
    assert operator.add(a, [1, 2, 3]).tolist() == [1, 3, 5]
    assert operator.add([1, 2, 3], a).tolist() == [1, 3, 5]
    assert sum([a, a]).tolist() == [0, 2, 4]


def test_scalars_of_numbers_from_pickles_are_no_panic():
    for dtype in ("f8", "i4", "V3", "S2", "?"):
        dtype = sharray.dtype(dtype)
        value = sharray._core.multiarray.scalar(dtype, b"\1" * dtype.itemsize)
        assert pickle.loads(pickle.dumps(value)) == value
    assert sharray._core.multiarray.scalar(sharray.dtype("f8")) == 0


FUNCTIONS = """concatenate((x,y)) stack((y,x)) where(x>0,y,x) dot(x,y) isin(y,x) append(x,y) array_equal(x,y) allclose(y,x)
interp(x,y,y) shares_memory(x,y) may_share_memory(y,x) union1d(x,y) outer(y,x) cross(x,y) copyto(x,y) kron(y,x)""".split()


@pytest.mark.parametrize("call", FUNCTIONS)
def test_arrays_of_numpy_are_plain_operands_of_functions(call):
    """In either order, of every function; what comes out is ours."""
    theirs = numpy.array([3.0, 1.0, 2.0])
    names = {"x": sharray.array([1.0, 2.0, 3.0]), "y": theirs}
    expected = eval(f"np.{call}", {"np": numpy, "x": numpy.array([1.0, 2.0, 3.0]), "y": theirs})
    found = eval(f"np.{call}", {"np": sharray, **names})
    assert not type(found).__module__.startswith("numpy")
    numpy.testing.assert_array_equal(numpy.asarray(found), expected)


def test_memory_shared_with_numpy_is_seen():
    theirs = numpy.arange(10)
    ours = sharray.asarray(theirs)
    assert sharray.shares_memory(ours, theirs)
    assert sharray.shares_memory(theirs, ours[3:])
    assert not sharray.shares_memory(ours[:3], theirs[5:])


def test_subclasses_of_numpy_arrays_keep_their_overrides():
    class Own(numpy.ndarray):
        def __array_function__(self, function, types, args, kwargs):
            return function.__name__

    own = numpy.zeros(3).view(Own)
    assert sharray.concatenate((sharray.zeros(3), own)) == "concatenate"


def test_a_pointer_to_an_array_holds_it_and_no_cycle():
    for dtype in ("f8", "O"):
        array = sharray.zeros(3, dtype)
        seen = weakref.ref(array)
        pointers = [array.ctypes.data_as(ctypes.c_void_p), array.ctypes._as_parameter_]
        del array
        assert seen() is not None
        del pointers
        assert seen() is None
