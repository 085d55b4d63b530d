"""Shape and strides from Python never lead out of the owner's memory: `as_strided`, `ndarray`, `strides`, interfaces."""

import warnings

import numpy
import pytest

import sharray
from sharray.lib.stride_tricks import as_strided, sliding_window_view

HUGE = 2**62

#: An owner of 12 numbers, a view into it, and layouts that leave its 96 bytes.
OUTSIDE = [
    ("a", (13,), (8,)),
    ("a", (2,), (96,)),
    ("a", (2,), (-8,)),
    ("a", (5,), (HUGE,)),
    ("a", (2, 2), (HUGE, HUGE)),
    ("a", (3,), (-HUGE,)),
    ("a", (12, 2), (8, 8)),
    ("a", (2,), (89,)),
    ("a[4:8]", (9,), (8,)),
    ("a[4:8]", (6,), (-8,)),
    ("a[::-1]", (2,), (8,)),
    ("a[::-1]", (13,), (-8,)),
    ("a.reshape(3, 4).T", (4, 3), (32, 8)),
    ("a[11:]", (1, 2), (0, 8)),
    ("np.frombuffer(bytearray(96))", (13,), (8,)),
    ("np.frombuffer(bytearray(96), offset=16)[:4]", (11,), (8,)),
    ("np.broadcast_to(np.float64(1), (3, 3))", (3, 3), (8, 0)),
    ("np.asarray(Claims(a[:4]))", (5,), (8,)),
]

INSIDE = [
    ("a", (12,), (8,)),
    ("a", (3, 2), (8, 8)),
    ("a", (100, 12), (0, 8)),
    ("a", (0, 5), (HUGE, HUGE)),
    ("a", (1,), (HUGE,)),
    ("a", (12,), (1,)),
    ("a[4:8]", (8,), (8,)),
    ("a[4:8]", (5,), (-8,)),
    ("a[::-1]", (12,), (-8,)),
    ("a[5:5]", (0,), (8,)),
    ("a.reshape(3, 4).T", (4, 3), (8, 32)),
    ("np.frombuffer(bytearray(96), offset=16)[:4]", (10,), (8,)),
    ("np.frombuffer(bytearray(96), offset=16)[:4]", (3,), (-8,)),
    ("np.broadcast_to(np.float64(1), (3, 3))", (7, 2), (0, 0)),
    ("np.asarray(Claims(a))[2:]", (3,), (-8,)),
]


class Claims:
    """An object whose interface says where its memory is."""

    def __init__(self, array):
        self.array = array
        self.__array_interface__ = array.__array_interface__


def make(np, expression):
    return eval(expression, {"np": np, "a": np.arange(12.0), "Claims": Claims})


@pytest.mark.parametrize(("expression", "shape", "strides"), OUTSIDE)
def test_as_strided_refuses_what_leaves_the_owner(expression, shape, strides):
    array = make(sharray, expression)
    before = array.copy()
    with pytest.raises(ValueError, match="memory|address"):
        as_strided(array, shape, strides)
    assert (array == before).all()


@pytest.mark.parametrize(("expression", "shape", "strides"), INSIDE)
def test_as_strided_within_the_owner(expression, shape, strides):
    ours = as_strided(make(sharray, expression), shape, strides)
    theirs = numpy.lib.stride_tricks.as_strided(make(numpy, expression), shape, strides)
    assert ours.shape == theirs.shape
    assert ours.strides == theirs.strides
    assert ours.flags.writeable == theirs.flags.writeable
    readable = "bytearray" in expression or 1 not in strides
    assert not readable or ours.tolist() == theirs.tolist()


def test_as_strided_unchecked():
    """With ``check_bounds=False`` the view is made; nobody looks into it here."""
    a = sharray.arange(12.0)
    wide = as_strided(a, (13,), (8,), check_bounds=False)
    assert wide.shape == (13,)
    assert wide.base is a
    # Not even then does an address overflow, or a product of extents.
    with pytest.raises(ValueError, match="address"):
        as_strided(a, (5,), (HUGE,), check_bounds=False)
    with pytest.raises(ValueError, match="too big|large"):
        as_strided(a, (HUGE, 8), (0, 0), check_bounds=False)
    # A window over such a view is a window over what it shows.
    assert sliding_window_view(wide, 13).shape == (1, 13)


def test_as_strided_arguments():
    a = sharray.arange(12.0)
    with pytest.raises(ValueError, match="length"):
        as_strided(a, (3,), (8, 8))
    with pytest.raises(ValueError, match="negative|positive"):
        as_strided(a, (-3,), (8,))
    with pytest.raises(TypeError):
        as_strided(a, (3,), (8,), False, True, False)
    with pytest.raises(TypeError):
        as_strided(a, (True,), (8,))
    assert as_strided([1, 2, 3], (2,), (16,)).tolist() == [1, 3]
    assert as_strided(a, strides=(0,)).tolist() == [0.0] * 12
    assert not as_strided(a, (3,), (8,), writeable=False).flags.writeable


def test_as_strided_keeps_dtype_and_class():
    dtype = sharray.dtype([("a", "i4"), ("b", "O")], metadata={"unit": "m"})
    a = sharray.zeros(4, dtype)
    assert as_strided(a, (2,), (2 * a.itemsize,)).dtype is a.dtype

    class Own(sharray.ndarray):
        pass

    own = sharray.arange(4).view(Own)
    assert type(as_strided(own, (2,), (8,), subok=True)) is Own
    assert type(as_strided(own, (2,), (8,))) is sharray.ndarray


@pytest.mark.parametrize("expression", sorted({row[0] for row in OUTSIDE} - {"a[11:]"}))
def test_strides_setter(expression):
    array = make(sharray, expression)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = (array.shape, array.strides)
        for wild in (HUGE, -HUGE, 2**63 - 1, -(2**63), 97):
            with pytest.raises(ValueError, match="strides"):
                array.strides = (wild,) * array.ndim
            assert (array.shape, array.strides) == before
        array.strides = (0,) * array.ndim


BUFFERS = {
    "too many elements": "np.ndarray((13,), buffer=bytearray(96))",
    "past the end": "np.ndarray((2,), buffer=bytearray(96), strides=(96,))",
    "before the start": "np.ndarray((2,), buffer=bytearray(96), strides=(-8,))",
    "offset and strides": "np.ndarray((2,), buffer=bytearray(96), offset=88, strides=(8,))",
    "negative offset": "np.ndarray((2,), buffer=bytearray(96), offset=-8)",
    "huge offset": "np.ndarray((2,), buffer=bytearray(96), offset=2**63 - 1)",
    "strides that overflow": "np.ndarray((5,), buffer=bytearray(96), strides=(2**62,))",
    "extents that overflow": "np.ndarray((2**62, 8), buffer=bytearray(96))",
    "strides without a buffer": "np.ndarray((3,), strides=(16,))",
    "overflow without a buffer": "np.ndarray((5,), strides=(2**62,))",
}


@pytest.mark.parametrize("code", BUFFERS.values(), ids=BUFFERS)
def test_ndarray_on_a_buffer(code):
    with pytest.raises((ValueError, TypeError)):
        eval(code, {"np": sharray})


INTERFACES = {
    "strides that overflow": {"shape": (5,), "strides": (HUGE,)},
    "strides past the end": {"shape": (2,), "strides": (96,)},
    "offset past the end": {"shape": (1,), "offset": 96},
    "offset that overflows": {"shape": (2,), "offset": 2**63 - 1},
    "negative offset": {"shape": (1,), "offset": -8},
    "extents that overflow": {"shape": (HUGE, 8)},
    "negative extent": {"shape": (-1,)},
}


@pytest.mark.parametrize("change", INTERFACES.values(), ids=INTERFACES)
def test_interface_on_a_buffer(change):
    class Foreign:
        __array_interface__ = {"version": 3, "typestr": "<f8", "data": bytearray(96), **change}

    with pytest.raises((ValueError, TypeError)):
        sharray.asarray(Foreign())


@pytest.mark.parametrize("shape", [None, (0, 3), (0,), (5, 0), (2, 2), (3,), ()])
def test_omitted_strides(shape):
    for made in (lambda m: m.zeros((3, 4)), lambda m: m.zeros((3, 0)), lambda m: m.zeros((2, 3), order="F")):
        try:
            expected = numpy.lib.stride_tricks.as_strided(made(numpy), shape).strides
        except ValueError:
            with pytest.raises(ValueError):
                sharray.lib.stride_tricks.as_strided(made(sharray), shape)
            continue
        if 0 in made(numpy).shape and shape is not None and 0 not in shape:
            continue  # NumPy looks beyond the memory
        assert sharray.lib.stride_tricks.as_strided(made(sharray), shape).strides == expected
