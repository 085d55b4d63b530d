"""The real NumPy: arrays by every protocol, scalars, memory maps, masked arrays, and its functions on sharray's arrays."""

import sys

import matrix
import ml_dtypes
import numpy
import pytest
from matrix import Route, at_numpy

import sharray as np

PACKAGES = ("numpy",)


def same_array(array):
    return array


class Only:
    """An object that shows one protocol of an array's and hides the others."""

    def __init__(self, array, name):
        self.array, self.name = array, name

    def __getattr__(self, name):
        if name != self.name:
            raise AttributeError(name)
        return getattr(self.array, name)


class OnlyDLPack:
    """An object with DLPack's two methods."""

    def __init__(self, array):
        self.array = array

    def __dlpack__(self, **options):
        return self.array.__dlpack__(**options)

    def __dlpack_device__(self):
        return self.array.__dlpack_device__()


class OnlyArray:
    """An object with `__array__`."""

    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        return self.array.__array__() if dtype is None else self.array.astype(dtype)


def inside(wrapped):
    return wrapped.array


def masked(reference):
    return numpy.ma.masked_array(reference, mask=numpy.zeros(reference.shape, bool))


def out(name, cross, **more):
    return Route(name, cross, same_array, at_numpy, ndim=2, writable=lambda a: a.flags.writeable, **more)


def back(name, cross, make=same_array, read=same_array, **more):
    return Route(name, cross, read, lambda x: at_numpy(read(x)), make=make, ndim=2, **more)


def only(name):
    """NumPy's array of an object that shows nothing but the attribute of that name."""

    def cross(x):
        getattr(x, name)
        return numpy.asarray(Only(x, name))

    return cross


def why_as_array(case):
    return "texts of StringDType lie outside the array, with owners of their own" if case.dtype == "T" else ""


ROUTES = [
    out("numpy.asarray(x)", numpy.asarray, because=why_as_array),
    out("numpy.asarray(x, copy=False)", lambda x: numpy.asarray(x, copy=False)),
    out("numpy.array(x)", numpy.array, because="requested: `array` copies"),
    out("numpy.asarray by __array_interface__", only("__array_interface__")),
    out("numpy.asarray by __array_struct__", only("__array_struct__")),
    out(
        "numpy.asarray of an object whose __array__ gives x",
        lambda x: numpy.asarray(OnlyArray(x)),
        because=why_as_array,
    ),
    out("numpy.from_dlpack(x)", numpy.from_dlpack),
    back("asarray(array)", np.asarray, because=why_as_array),
    back("asarray(array, copy=False)", lambda a: np.asarray(a, copy=False)),
    back("array(array)", np.array, because="requested: `array` copies"),
    back("asarray by __array_interface__", np.asarray, lambda a: Only(a, "__array_interface__"), inside),
    back("asarray by __array_struct__", np.asarray, lambda a: Only(a, "__array_struct__"), inside),
    back("asarray by __array__", np.asarray, OnlyArray, inside, because=why_as_array),
    back("from_dlpack(array)", np.from_dlpack),
    back("from_dlpack by __dlpack__ alone", np.from_dlpack, OnlyDLPack, inside),
    back("asarray(masked_array)", np.asarray, masked, lambda m: m.data, because=why_as_array),
]
globals().update(matrix.tests(sys.modules[__name__]))


@pytest.mark.parametrize("code", ["?", "i1", "u8", "f2", "f8", "g", "c16", "U2", "M8[D]", "m8[ns]", "f8,f8"])
def test_scalars_become_values(code):
    theirs = numpy.ones(1, dtype=code)[0]
    ours = np.asarray(theirs)
    assert ours.shape == ()
    assert matrix.same(matrix.plain(ours), numpy.asarray(theirs))
    ours = np.ones(1, dtype=code)[0]
    assert matrix.same(numpy.asarray(ours), numpy.asarray(theirs))


def test_numpy_reads_a_scalar_of_bytes_as_a_number():
    """NumPy's own trap with every subclass of `bytes`: it asks `int()`. Arrays of bytes come out right."""

    class Bytes(bytes):
        pass

    scalar = np.array([b"12"])[0]
    assert numpy.asarray(scalar).dtype == numpy.asarray(Bytes(b"12")).dtype == numpy.int8
    assert numpy.asarray(np.asarray(scalar)) == b"12"


def test_memory_maps(tmp_path):
    path = tmp_path / "numbers"
    theirs = numpy.memmap(path, "f8", "w+", shape=10)
    ours = np.asarray(theirs)
    assert matrix.at(ours) == at_numpy(theirs)
    ours[3] = 7
    del theirs
    ours[4] = 8
    assert numpy.fromfile(path)[3:5].tolist() == [7, 8]
    ours = np.memmap(path, "f8", "r+", shape=10)
    theirs = numpy.asarray(ours)
    assert at_numpy(theirs) == matrix.at(ours)
    theirs[5] = 9
    del ours
    theirs.flat[6] = 10
    assert numpy.fromfile(path)[5:7].tolist() == [9, 10]


def test_masks_cross_beside_the_values():
    theirs = numpy.ma.masked_array([1.0, 2.0, 3.0], mask=[False, True, False])
    ours = np.ma.masked_array(np.asarray(theirs.data), mask=np.asarray(theirs.mask))
    assert matrix.at(ours.data) == at_numpy(theirs.data)
    assert ours.sum() == 4.0
    assert numpy.ma.masked_array(numpy.asarray(ours.data), mask=numpy.asarray(ours.mask)).sum() == 4.0


def test_nested_structures_keep_their_offsets():
    kind = numpy.dtype({"names": ["a", "b"], "formats": ["u1", ("f4", (2,))], "offsets": [3, 8], "itemsize": 24})
    theirs = numpy.zeros(3, kind)
    ours = np.asarray(theirs)
    assert ours.dtype == np.dtype(kind)
    ours["b"][1] = [2.5, 3.5]
    assert theirs["b"].tolist() == [[0, 0], [2.5, 3.5], [0, 0]]
    assert numpy.asarray(ours).dtype == kind


DTYPES = ["?", "i1", "q", "f2", "f4", "g", "c8", "S3", "U2", "M8[3s]", "m8", "V5", "T", "O", "f8,i2", ">f4", "2f4"]


@pytest.mark.parametrize("spelled", DTYPES)
def test_our_dtypes_are_dtypes_to_numpy(spelled):
    expected = numpy.dtypes.StringDType() if spelled == "T" else numpy.dtype(spelled)
    found = numpy.dtype(np.dtype(spelled))
    assert found == expected
    assert type(found) is type(expected)
    assert numpy.zeros(2, np.dtype(spelled)).dtype == numpy.zeros(2, expected).dtype


@pytest.mark.parametrize("name", ["bool", "int8", "longlong", "float16", "float64", "complex64", "str_", "bytes_"])
def test_our_scalar_types_are_dtypes_to_numpy(name):
    assert numpy.dtype(getattr(np, name)) == numpy.dtype(getattr(numpy, name))
    assert numpy.zeros(2, "f4").astype(getattr(np, name)).dtype.type is getattr(numpy, name)


def test_small_floats_are_dtypes_of_ml_dtypes_to_numpy():
    assert numpy.dtype(np.bfloat16) == numpy.dtype(np.dtype("bfloat16")) == ml_dtypes.bfloat16


def test_structures_keep_their_offsets_and_titles():
    spelled = {"names": ["a", "b"], "formats": ["u1", ">f4"], "offsets": [3, 8], "titles": ["A", None], "itemsize": 24}
    assert numpy.dtype(np.dtype(spelled)) == numpy.dtype(spelled)
    assert numpy.dtype(np.dtype("i1,f8", align=True)).isalignedstruct


NUMPY_FUNCTIONS = ["sum", "mean", "sort", "cumsum", "argsort", "unique", "diff", "ptp", "median", "std"]


@pytest.mark.parametrize("name", NUMPY_FUNCTIONS)
def test_numpys_functions_come_to_us(name):
    values = [3.0, 1.0, 2.0, 1.0]
    found = getattr(numpy, name)(np.array(values))
    assert type(found).__module__.startswith(("sharray", "numpy"))
    assert isinstance(found, (np.ndarray, np.generic))
    assert numpy.allclose(numpy.asarray(found), getattr(numpy, name)(numpy.array(values)))
