"""What NumPy does at the edges of arrays: in-place products, resizing, sequences, foreign objects, comparisons.

An expression (or a few lines whose last one is an expression) is evaluated on both libraries; results agree in
representation, dtype and shape, exceptions in type and, where a fragment is given, in text.
"""

import copy
import ctypes
import inspect
import io
import os
import pickle
import subprocess
import sys

import numpy
import pytest

import sharray

SETUP = """
class Fields:
    def __init__(self, **interface):
        self.__array_interface__ = interface
    def __float__(self):
        return 0.5
class Copied:
    def __array__(self, dtype=None, copy=None):
        return np.zeros(3) if copy else np.ones(3)
class Plain:
    def __array__(self, dtype=None):
        return np.arange(3)
class Keys:
    def __len__(self):
        return 1
    def __getitem__(self, key):
        raise KeyError(key)
s = np.zeros(3, [('a', 'i1')])
"""

CASES = {
    "in-place product": """
a = np.ones((5, 2)); a @= np.full((2, 2), 2.0); a
a = np.arange(3.0); a @= np.eye(3) * 2; a
a = np.ones((2, 3, 3)); a @= np.eye(3); a
a = np.ones(3); a @= np.ones(3); a | at least two dimensions
a = np.ones((3, 3)); a @= np.ones(3); a | at least two dimensions
a = np.ones((3, 3)); a @= np.ones((3, 1)); a | mismatch in its core dimension
a = np.ones((3, 3)); a @= np.ones((2, 3, 3)); a
a = np.ones((2, 2), int); a @= np.ones((2, 2)); a | same_kind
""",
    "powers": """
np.zeros(2, 'i4,i4') ** 2 | 'square' not supported
np.zeros(2, 'm8[s]') ** 2 | 'square' not supported
np.array([2, 3], object) ** 2
np.array([True, False]) ** 2
np.array(['a']) ** 2.0 | 'power' not supported
""",
    "resize": """
a = np.eye(3); a.resize((5, 5)); a
a = np.eye(3); a.resize(3); a
a = np.eye(3); b = a; a.resize(3); a | reference
a = np.eye(3); a.resize(2, 3, 3); a
a = np.zeros(10, 'S0')[:0]; a.resize(25); a.shape
a = np.ones(2, [('k', object, 2)]); a.resize(4); a.tolist()
a = np.eye(3); a.resize(2, refcheck='hi'); a
a = np.zeros(3, 'u4,O'); a.resize(5); a.tolist()
""",
    "arange": """
np.arange(start=4) | requires stop
np.arange(start=1, stop=3)
np.arange(stop=3)
np.arange(2, dtype='S3') | not supported for inputs with DType
np.arange(2, dtype='5i') | not supported for inputs with DType
np.arange('a', 'b') | not supported for inputs with DType
np.arange(0, 10, np.inf)
np.arange(0, -10, np.inf)
np.arange(0, 10, -np.inf)
np.arange(np.float32(0.1), np.float32(0.33), np.float32(0.1))
np.arange(np.int8(0), np.int8(3), np.int8(1))
np.arange(np.float16(2), np.float16(4))
""",
    "interface": """
np.array(Fields(typestr='f8'))
np.array([Fields(typestr='f8')] * 2)
np.array(Fields(typestr='f8', shape=(1, 1)))
np.array(Fields(typestr='f8', shape=(0,)))
np.array(Fields(typestr='f8', shape=(2,))) | cannot coerce scalar
np.array(Fields(typestr='f8', shape=None)) | must be a tuple
np.array(Fields(typestr='f8', strides=(2,))) | mismatch in length of strides
np.array(Fields(typestr='f8', strides=16)) | must be a tuple
np.array(Fields(typestr='f8', data=None)) | Missing __array_interface__ shape
np.asarray(Fields(typestr='f8', shape=(0, 1), data=(0, True))).flags.owndata
np.asarray(Fields(typestr='(0,)f8,', shape=(1, 3), data=(0, True))).shape
np.asarray(Fields(typestr='f8', shape=(1, 1), data=(0, True))) | data is NULL
np.asarray(Fields(typestr='f8', shape=(1,) * 70, data=(0, True))) | dimensions must be within
a = np.arange(3); a.flags._warn_on_write = True; a.__array_interface__['data'][1]
""",
    "copies of foreign arrays": """
np.array(Copied(), copy=True)
np.array(Copied())
np.array(Copied(), copy=False)
np.array([Copied()], copy=True)
np.array(Copied(), copy=True, order='F')
np.array(Plain(), copy=True)
np.array(Plain(), copy=False) | Unable to avoid copy
np.array([Keys()]).shape
a = np.array([1], 'i,i'); np.asarray(a[0]).base is None
a = np.array([1], 'i,i'); np.asarray(a[0], dtype=a.dtype).base is None
""",
    "buffers": """
np.frombuffer(b'12345678').base
np.ndarray(2, 'i2', b'1234').base
np.ndarray(0, 'O', b'').shape
np.ndarray(3, 'i2', b'1234') | too small
np.ndarray(3, 'i2', b'1234', strides=(2,)) | incompatible
np.ndarray(1, 'i2', b'1234', offset=9) | too small
""",
    "fresh objects": """
np.empty(2, object)
np.empty(2, 'O,O').tolist()
np.empty(2, 'O,(3,)O')['f1'].shape
np.ndarray(2, object)
np.empty_like(np.zeros(2, object))
np.zeros(2, object)
""",
    "comparisons of voids": """
np.zeros(2, 'V7') == np.zeros(2, 'V8')
np.zeros(2, 'V7') != np.zeros(2, 'V8')
s == np.zeros(3)
np.zeros(3) != s
s == np.zeros(3, [(('title', 'a'), 'i1')])
s == np.zeros(3, [('a', 'f8')])
""",
    "open dtypes": """
np.array([b'1234', b'1234'], dtype='V')
np.array([b'1234', b'12345'], dtype='V')
np.array([b'1234', b'12345'], dtype='O').astype('V')
np.array([np.array(1, 'i,i'), np.array(2, 'i,i')], dtype='V')
np.array([np.array(1, 'i,i'), np.array(2, 'i,i,i')], dtype='V')
""",
    "methods": """
np.ones(3, object).any(dtype=object, keepdims=True).dtype
np.ones(3).all(dtype=float)
np.ones(3, 'S').conj() | cannot conjugate non-numeric
np.ones(3, 'M8[s]').conjugate() | cannot conjugate non-numeric
complex(np.array('1+1j'))
complex(np.array(2.5))
np.round(np.arange(12).reshape(3, 4).T).flags.f_contiguous
np.arange(4).choose([0] * 64) | at most 64 array objects
np.zeros((1,) * 40, int).choose([0, 1]) | 32 dimensions
np.where(True, None, None)
np.where([True, False], None, [1, 2])
np.where([True], None)
np.dot(np.array([2], 'm8[s]'), np.array([3], 'm8[s]'))
np.dot(np.full((2, 2), 2, 'm8[s]'), np.full((2, 2), 3, 'm8[s]'))
a = np.arange(6.0).reshape(2, 3); a[:, ::2].flat.__array__().flags.writeable
np.zeros((2, 2)).flat.__array__().flags.writeable
np.reshape(np.ones((2, 2)), (True, -1))
np.zeros(True)
np.zeros([True, 2])
""",
    "flat indices": """
np.unravel_index([], (10, 3)) | the provided empty sequence was
np.unravel_index(np.array([]), (10, 3)) | only int indices permitted
np.unravel_index(np.array([], int), (10, 3))
np.ravel_multi_index(([], []), (10, 3)) | the provided empty sequence was
np.unravel_index([1], ()) | out of bounds
np.unravel_index([0], ()) | 0d array
np.unravel_index(0, ())
""",
    "einsum": """
np.einsum('i->', np.arange(4, dtype=object))
np.einsum('ij->i', np.arange(4, dtype=object).reshape(2, 2))
np.einsum('i->', np.arange(4, dtype=object), dtype=object, casting='unsafe')
np.einsum('ij,jk->ik', np.ones((2, 3), order='F'), np.ones((3, 4), order='F'), order='a').flags.f_contiguous
np.einsum('ij,jk->ik', np.ones((2, 3)), np.ones((3, 4)), order='A').flags.c_contiguous
np.einsum('', 0, out='test') | must be an array
np.einsum('i', [1], order='W') | order
""",
    "grids": """
np.mgrid[np.float32(0.1):np.float32(0.33):np.float32(0.1)]
""",
}


def outcome(np, text):
    """Representation, dtype and shape of what the lines give; for an error its type and text."""
    *lines, last = text.split("; ")
    names = {"np": np}
    try:
        exec(SETUP, names)
        for line in lines:
            exec(line, names)
        result = eval(last, names)
    except Exception as error:
        return next(c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins"), str(error)
    dtype = getattr(result, "dtype", None)
    return repr(result).replace("sharray", "numpy"), str(dtype), getattr(result, "shape", None)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("text", [line for group in CASES.values() for line in group.strip().splitlines()])
def test_as_numpy(text):
    text, _, fragment = text.partition(" | ")
    ours, theirs = outcome(sharray, text), outcome(numpy, text)
    if len(theirs) == 2:
        assert ours[0] == theirs[0], ours
        assert fragment in theirs[1]
        assert fragment in ours[1]
    else:
        assert ours == theirs


class OwnUfunc:
    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        return ufunc.__name__


@pytest.mark.parametrize("scalar", [sharray.longdouble(1), sharray.clongdouble(1), sharray.float64(1)])
def test_scalar_beside_an_object_with_ufuncs_of_its_own(scalar):
    assert scalar + OwnUfunc() == OwnUfunc() + scalar == "add"


@pytest.mark.parametrize("dtype", ["half", "double", "longdouble"])
@pytest.mark.parametrize("shape", [(2,), (1, 2)])
def test_trouble_in_dot_is_called_so(dtype, shape):
    a = sharray.ones(2, dtype).reshape(shape)
    b = sharray.array([-sharray.inf, sharray.inf], dtype).reshape(shape[::-1])
    with sharray.errstate(invalid="raise"):
        with pytest.raises(FloatingPointError, match="invalid value encountered in dot"):
            sharray.dot(a, b)
        with pytest.raises(FloatingPointError, match="invalid value encountered in matmul"):
            sharray.matmul(a, b)


def test_ctypes_and_odd_formats():
    class Pair(ctypes.Structure):
        _fields_ = [("a", ctypes.c_uint8), ("b", ctypes.c_uint32)]

    pair = Pair(1, 2)
    with pytest.warns(RuntimeWarning, match="ctypes"):
        array = sharray.asarray(pair)
    pair.a = 3
    assert array["a"] == 3 and array["b"] == 2
    with pytest.raises(ValueError, match="PEP 3118") as info:
        sharray.array((ctypes.c_wchar * 4)())
    assert isinstance(info.value.__cause__, NotImplementedError)


def test_writes_through_a_field_of_a_record():
    records = sharray.rec.fromrecords([([1.0, 2.0], 1)], dtype=[("a", "f4", 2), ("b", "i4")])
    records[0].a[1] = 5
    assert records[0]["a"].tolist() == [1, 5]


def test_files_at_the_edge(tmp_path):
    array = sharray.array([1.5, 2.0])
    with pytest.raises(OSError):
        array.tofile(io.BytesIO())
    path = tmp_path / "text"
    with open(path, "w") as file:
        file.write("x")
        array.tofile(file, sep=",", format="%.2f")
        file.write("y")
    assert path.read_text() == "x1.50,2.00y"
    assert sharray.fromstring("nan(foo) 1", sep=" ").tolist()[1] == 1
    for call in (lambda: sharray.fromstring("1,2", "(2,)i", sep=","), lambda: sharray.fromstring(b"1234")):
        with pytest.raises(ValueError):
            call()
    with open(os.devnull, "rb") as file, pytest.raises(ValueError, match="Cannot read into object array"):
        sharray.fromfile(file, object)


PICKLES = """
import sharray
sharray.install_as_numpy()
import pickle
import numpy as np
head = b"\\x80\\x02cnumpy.core._internal\\n_reconstruct\\nq\\x01cnumpy\\nndarray\\nq\\x02K\\x00\\x85U\\x01b\\x87Rq\\x03(K\\x01K\\x02\\x85"
state = b"cnumpy\\ndtype\\nq\\x04U\\x02i1K\\x00K\\x01\\x87Rq\\x05(K\\x01U\\x01|NNJ\\xff\\xff\\xff\\xffJ\\xff\\xff\\xff\\xfftb\\x89U\\x02\\x01\\x02tb."
print(pickle.loads(head + state, encoding="latin1").tolist())
a = np.arange(6, dtype=">i4")
print(pickle.loads(pickle.dumps(a, 2)).dtype, pickle.loads(pickle.dumps(a[::2], 5)).tolist())
buffers = []
turned = np.arange(24).reshape(2, 3, 4).transpose(1, 0, 2)
data = pickle.dumps(turned, 5, buffer_callback=buffers.append)
print(len(buffers), (pickle.loads(data, buffers=buffers) == turned).all())
"""


def test_pickles():
    run = subprocess.run([sys.executable, "-c", PICKLES], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:3] == ["[1, 2]", "int32 [0, 2, 4]", "1 True"]
    copied = copy.deepcopy(pickle.loads(pickle.dumps(sharray.arange(3))))
    assert copied.tolist() == [0, 1, 2]


def test_signatures():
    assert str(inspect.signature(sharray.where)) == "(condition, x=None, y=None, /)"
    assert sharray.where.__signature__ == inspect.signature(sharray.where)
    assert not hasattr(sharray.concatenate, "__signature__")
    assert sharray.concatenate.__wrapped__.__text_signature__.startswith("(arrays, /")
    assert list(inspect.signature(sharray.arange).parameters)[0] == "start_or_stop"
    assert list(inspect.signature(sharray.flatiter.copy).parameters)[0] == "self"
    for function in (sharray.fromfile, sharray.from_dlpack, sharray.char.compare_chararrays):
        assert function.__text_signature__ and not hasattr(function, "__signature__")
    assert "protocol" in inspect.signature(sharray.ndarray.__reduce_ex__).parameters


def test_finalize_is_the_class_s_own():
    class Odd(sharray.ndarray):
        @property
        def __array_finalize__(self):
            raise RuntimeError("asked the instance")

    with pytest.raises(TypeError, match="not callable"):
        sharray.arange(3).view(Odd)


def test_size_of_counts_axes():
    a = sharray.ones(100)
    assert sys.getsizeof(a) < sys.getsizeof(a.reshape(100, 1, 1).copy())


@pytest.mark.parametrize("dtype", [[], ["i8"], ["f8"]])
@pytest.mark.parametrize("copy", [None, True, False])
def test_the_array_of_a_subclass_is_plain(dtype, copy):
    same = dtype != ["f8"]
    for module in (numpy, sharray):
        array = module.matrix([[1, 2]], dtype="i8")
        if copy is False and not same:
            with pytest.raises(ValueError):
                array.__array__(*dtype, copy=copy)
            continue
        found = array.__array__(*dtype, copy=copy)
        # Beside NumPy both answer with NumPy's array.
        assert type(found) is numpy.ndarray
        assert (found.ctypes.data == array.ctypes.data) == (same and not copy)
        assert array.getA().tolist() == array.tolist() == [[1, 2]]
