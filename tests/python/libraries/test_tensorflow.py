"""TensorFlow's eager tensors."""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import matrix
import numpy
import pytest
from dlpack_structs import Legacy, peek
from matrix import Absent, Route

import sharray as np

PACKAGES = ("tensorflow-cpu",)
(tensorflow,) = matrix.wants("tensorflow")

from tensorflow.experimental import dlpack  # noqa: E402


class Utf8(bytes):
    """A text of TensorFlow's, which is UTF-8: equal to that text, and to these bytes."""

    __hash__ = bytes.__hash__

    def __eq__(self, other):
        return self.decode() == other if isinstance(other, str) else bytes.__eq__(self, other)


def read(tensor):
    found = tensor.numpy()
    return [Utf8(text) for text in found.tolist()] if found.dtype == object else found


def address(tensor):
    """Where the values begin, as the struct of its DLPack capsule says; None for texts, which end the process there."""
    if tensor.dtype == tensorflow.string:
        return None
    try:
        capsule = dlpack.to_dlpack(tensor)
    except tensorflow.errors.InvalidArgumentError:
        return None
    return peek(capsule, Legacy).tensor.data


def make(reference):
    if reference.dtype.kind in "mMVg" and not matrix.is_small(reference) or reference.dtype == numpy.longdouble:
        raise Absent
    if reference.dtype.kind in "TUO":
        raise Absent
    if reference.dtype.kind == "S":
        return tensorflow.constant(reference.tolist())
    return tensorflow.constant(reference)


def from_dlpack(x):
    return dlpack.from_dlpack(x.__dlpack__())


_WHY = "TensorFlow copies what is no DLPack capsule"
_ABORTS = {"S": "TensorFlow 2.21 ends the process when texts are asked for by DLPack"}
ROUTES = [
    Route(
        "convert_to_tensor(x)",
        tensorflow.convert_to_tensor,
        read,
        address,
        because="TensorFlow shares numbers in C order at a multiple of 64 bytes, and copies the rest",
        ndim=2,
        aligned=True,
        skip=dict.fromkeys(["size-1 strides", "read-only", "0-d"], "depends on where the memory lies"),
    ),
    Route("constant(x)", tensorflow.constant, read, address, because=_WHY),
    Route(
        "dlpack.from_dlpack(x.__dlpack__())",
        from_dlpack,
        read,
        address,
        because=_WHY,
        ndim=2,
        skip={"read-only": "needs a versioned capsule"},
    ),
    Route("asarray(tensor)", np.asarray, read, address, make=make, because="TensorFlow hands out texts as objects"),
    Route(
        "from_dlpack(tensor)",
        np.from_dlpack,
        read,
        address,
        make=make,
        because="TensorFlow makes new memory for the capsule",
        skip=_ABORTS,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_functions_take_numpys_views():
    x = np.arange(6.0).reshape(2, 3)
    assert tensorflow.reduce_sum(x).numpy() == 15
    assert numpy.array_equal(tensorflow.matmul(x, x.T).numpy(), numpy.asarray(x @ x.T))
    view = numpy.asarray(x)
    assert tensorflow.reduce_sum(view).numpy() == 15


def test_variables_are_read():
    variable = tensorflow.Variable([1.0, 2.0])
    assert np.asarray(variable).tolist() == [1, 2]


def test_graph_tensors_are_refused():
    @tensorflow.function
    def inside(tensor):
        with pytest.raises(Exception, match="[Ss]ymbolic|NumPy|numpy"):
            np.asarray(tensor)
        return tensor

    inside(tensorflow.constant([1.0]))
