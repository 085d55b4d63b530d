"""PyArrow: arrays, chunked arrays, tables, tensors, buffers."""

import sys

import matrix
import numpy
import pytest
from matrix import Absent, Route, at_numpy

import sharray as np

PACKAGES = ("pyarrow",)
(pyarrow,) = matrix.wants("pyarrow")


def values_of(array):
    return array.buffers()[1].address + array.offset * (array.type.bit_width // 8)


def address(array):
    """Where the values begin; None where they are bits or lie elsewhere."""
    kind = array.type
    if pyarrow.types.is_boolean(kind) or not (pyarrow.types.is_primitive(kind)):
        return None
    return values_of(array)


def read(array):
    kind = array.type
    if pyarrow.types.is_primitive(kind) and not pyarrow.types.is_boolean(kind):
        return array.to_numpy(zero_copy_only=False)
    return [tuple(x.values()) if isinstance(x, dict) else x for x in array.to_pylist()]


def why(case):
    if case.column == "bool":
        return "bit-packed: Arrow keeps a bit for each truth value"
    if case.column in ("S", "U", "StringDType", "object"):
        return "Arrow keeps texts in a form of its own"
    if case.column == "structured":
        return "Arrow keeps a block for each field"
    return "pyarrow.array copies what is no array of NumPy's"


def make(reference):
    if reference.dtype.names:
        return pyarrow.array([dict(zip(("f0", "f1"), x, strict=True)) for x in reference.tolist()])
    if reference.dtype.kind in "UTOS":
        return pyarrow.array(reference.tolist())
    if matrix.is_small(reference):
        raise Absent
    return pyarrow.array(reference)


def read_tensor(tensor):
    return tensor.to_numpy()


ROUTES = [
    Route("array(x)", pyarrow.array, read, address, because=why),
    Route("array(numpy.asarray(x))", lambda x: pyarrow.array(numpy.asarray(x)), read, address, because=why),
    Route(
        "Array.from_buffers(…, py_buffer(x))",
        lambda x: pyarrow.Array.from_buffers(
            pyarrow.from_numpy_dtype(x.dtype.str), x.size, [None, pyarrow.py_buffer(x)]
        ),
        read,
        address,
        skip={
            "bool": "Arrow's bits are not bytes",
            **dict.fromkeys(
                ["S", "U", "StringDType", "structured", "object"], "Arrow keeps texts, structures and objects otherwise"
            ),
            **dict.fromkeys(["longdouble", "complex", "bfloat16", "float8"], "Arrow has no such type"),
        },
    ),
    Route(
        "Tensor.from_numpy(numpy.asarray(x))",
        lambda x: pyarrow.Tensor.from_numpy(numpy.asarray(x)),
        read_tensor,
        lambda t: at_numpy(t.to_numpy()),
        because=why,
        ndim=2,
        faults={"big-endian": "a defect of PyArrow, with NumPy's arrays too: its tensors forget the byte order"},
    ),
    Route(
        "table({'a': x})",
        lambda x: pyarrow.table({"a": x}),
        lambda t: read(t["a"].chunk(0)),
        lambda t: address(t["a"].chunk(0)),
        because=why,
    ),
    Route("asarray(array)", np.asarray, read, address, make=make, because=why),
    Route("from_dlpack(array)", np.from_dlpack, read, address, make=make, because=why),
    Route(
        "asarray(chunked array)",
        np.asarray,
        lambda c: read(c.chunk(0)),
        lambda c: address(c.chunk(0)),
        make=lambda r: pyarrow.chunked_array([make(r)]),
        because=lambda case: (
            why(case)
            if case.column in ("bool", "S", "U", "StringDType", "object", "structured")
            else "PyArrow joins the chunks"
        ),
    ),
    Route(
        "frombuffer(buffer)",
        lambda pair: np.frombuffer(pair[0], pair[1]),
        lambda pair: numpy.frombuffer(pair[0], pair[1]),
        lambda pair: pair[0].address,
        make=lambda r: (pyarrow.py_buffer(r.tobytes()), r.dtype) if r.dtype.kind not in "OT" else Absent.now(),
    ),
    Route(
        "asarray(tensor)",
        np.asarray,
        read_tensor,
        lambda t: at_numpy(t.to_numpy()),
        make=pyarrow.Tensor.from_numpy,
        skip={"big-endian": "PyArrow has no such tensors"},
        because=why,
        ndim=2,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_nulls_are_no_values():
    found = np.asarray(pyarrow.array([1, None, 3]))
    assert found.dtype == np.float64 and np.isnan(found[1])
    with pytest.raises(Exception, match="[Nn]ull"):
        np.from_dlpack(pyarrow.array([1, None, 3]))
