"""`interop.to` for every target, and `interop.from_arrow` with its counterpart: what sharray's own functions do."""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

import matrix
import numpy
import pytest
from dlpack_structs import Legacy, Producer, Versioned, peek
from matrix import Absent, Route, at_numpy

import sharray as np

PACKAGES = ("numpy", "pandas", "pyarrow", "polars", "torch", "jax", "tensorflow-cpu")
_, pandas, pyarrow, polars, torch, jax, tensorflow = matrix.wants(
    "numpy", "pandas", "pyarrow", "polars", "torch", "jax", "tensorflow"
)

from tensorflow.experimental import dlpack  # noqa: E402

jax.config.update("jax_enable_x64", True)

WORDS = """
`to` makes right what a library can't take, by one copy, and refuses what it lacks. `from_arrow` reads what speaks Arrow's
protocol; `__arrow_c_array__` is the way back.

`to` refuses objects on a CUDA device, as `asarray` does, and says how to bring them to the host.
"""


def why(case):
    """The reason that `log` has for the newest copy."""
    copies = [c for c in np.interop.log() if c.verdict == "copied"]
    return copies[-1].reason if copies else ""


def to(target):
    """A way out to one target, which begins a new log."""

    def cross(x):
        np.interop.log(clear=True)
        return np.interop.to(x, target)

    return cross


def read_pandas(thing):
    return thing.to_numpy()


def block(thing):
    held = thing._mgr.blocks[0].values if isinstance(thing, pandas.DataFrame) else thing.array
    held = getattr(held, "_ndarray", held)
    return held if isinstance(held, numpy.ndarray) else None


def address_pandas(thing):
    held = block(thing)
    return None if held is None else min(at_numpy(held), at_numpy(held.T))


def writable_pandas(thing):
    return block(thing).flags.writeable


def read_arrow(array):
    if isinstance(array, pyarrow.Tensor):
        return array.to_numpy()
    kind = array.type
    if pyarrow.types.is_primitive(kind) and not pyarrow.types.is_boolean(kind):
        return array.to_numpy(zero_copy_only=False)
    return [tuple(x.values()) if isinstance(x, dict) else x for x in array.to_pylist()]


def address_arrow(array):
    if isinstance(array, pyarrow.Tensor):
        return at_numpy(array.to_numpy())
    kind = array.type
    if pyarrow.types.is_boolean(kind) or not pyarrow.types.is_primitive(kind):
        return None
    return array.buffers()[1].address + array.offset * (kind.bit_width // 8)


def read_polars(thing):
    if isinstance(thing, polars.DataFrame):
        return thing.to_numpy()
    if thing.dtype in (polars.String, polars.Binary, polars.Struct):
        return [tuple(x.values()) if isinstance(x, dict) else x for x in thing.to_list()]
    return thing.to_numpy()


def address_polars(thing):
    if isinstance(thing, polars.DataFrame):
        return address_arrow(thing.get_columns()[0].to_arrow())
    return address_arrow(thing.to_arrow())


def read_torch(tensor):
    name = str(tensor.dtype).removeprefix("torch.")
    if name in ("bfloat16", "float8_e4m3fn", "float8_e5m2"):
        import ml_dtypes

        return tensor.to(torch.float32).numpy().astype(getattr(ml_dtypes, name))
    return tensor.numpy()


def read_jax(array):
    try:
        return numpy.from_dlpack(array)
    except (BufferError, RuntimeError):
        return numpy.asarray(array)


def address_tensorflow(tensor):
    return peek(dlpack.to_dlpack(tensor), Legacy).tensor.data


def address_view(view):
    return at_numpy(numpy.asarray(view))


class Told:
    """A capsule in an object, for who takes objects."""

    def __init__(self, capsule):
        self.capsule = capsule

    def __dlpack__(self, **_):
        return self.capsule


def through_a_capsule(x):
    return np.from_dlpack(Told(to("dlpack")(x)))


def make_arrow(reference):
    if reference.dtype.names:
        return pyarrow.array([dict(zip(("f0", "f1"), x, strict=True)) for x in reference.tolist()])
    if reference.dtype.kind in "UTOS":
        return pyarrow.array(reference.tolist())
    if matrix.is_small(reference) or reference.dtype.kind == "c" or reference.dtype == numpy.longdouble:
        raise Absent
    return pyarrow.array(reference)


def why_arrow(case):
    if case.column == "bool":
        return "bit-packed"
    if case.dtype == "M8[D]":
        return "dtype: Arrow keeps days in 32 bits"
    if case.column in ("S", "U", "StringDType", "object"):
        return "dtype: Arrow keeps texts in a form of its own"
    if case.column == "structured":
        return "several pieces: Arrow keeps a block for each field"
    return {"every second": "non-contiguous", "reversed": "negative stride", "misaligned": "alignment"}.get(
        case.layout, "byte order" if case.layout == "big-endian" else "non-contiguous"
    )


class Offered:
    """What an array offers by Arrow's protocol, taken in again."""

    def __init__(self, x):
        self.capsules = x.__arrow_c_array__()

    def __arrow_c_array__(self, requested_schema=None):
        return self.capsules


def round_trip(x):
    return np.interop.from_arrow(Offered(x))


def route(target, read, address, **more):
    return Route(f"interop.to(x, '{target}')", to(target), read, address, because=why, **more)


ROUTES = [
    route("numpy", numpy.asarray, at_numpy, ndim=2, writable=lambda a: a.flags.writeable),
    route("pandas", read_pandas, address_pandas, ndim=2, writable=writable_pandas),
    route("arrow", read_arrow, address_arrow, ndim=1),
    route("polars", read_polars, address_polars, ndim=1),
    route("torch", read_torch, lambda t: t.data_ptr(), ndim=2),
    route("jax", read_jax, lambda a: a.unsafe_buffer_pointer(), aligned=True),
    route("tensorflow", lambda t: t.numpy(), address_tensorflow, aligned=True),
    route("memoryview", numpy.asarray, address_view, ndim=2, writable=lambda v: not v.readonly),
    route("buffer", numpy.asarray, address_view, ndim=2, writable=lambda v: not v.readonly),
    Route(
        "interop.to(x, 'dlpack')",
        through_a_capsule,
        matrix.plain,
        matrix.at,
        because=why,
        ndim=2,
        writable=lambda a: a.flags.writeable,
    ),
    Route("x.__arrow_c_array__()", round_trip, matrix.plain, matrix.at, because=why_arrow, ndim=1),
    Route(
        "interop.from_arrow(array)",
        np.interop.from_arrow,
        read_arrow,
        address_arrow,
        make=make_arrow,
        because=why_arrow,
    ),
    Route(
        "interop.from_arrow(chunked array)",
        np.interop.from_arrow,
        lambda c: read_arrow(c.chunk(0)),
        lambda c: address_arrow(c.chunk(0)),
        make=lambda r: pyarrow.chunked_array([make_arrow(r)]),
        because=why_arrow,
    ),
    Route(
        "interop.from_arrow(series of Polars)",
        np.interop.from_arrow,
        lambda s: read_arrow(s.to_arrow()),
        lambda s: address_arrow(s.to_arrow()),
        make=lambda r: polars.from_arrow(make_arrow(r)),
        because=why_arrow,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


class Cuda:
    """Claims memory on a CUDA device, as CuPy's and numba's arrays do."""

    __cuda_array_interface__ = {"shape": (3,), "typestr": "<f8", "data": (4096, False), "version": 3}


class Claims(Producer):
    """Has DLPack alone, and says that it lies on a CUDA device."""

    def __dlpack_device__(self):
        return (2, 0)

    def __dlpack__(self, **keywords):
        raise AssertionError("a capsule was asked of a device array")


TARGETS = ["numpy", "pandas", "arrow", "polars", "torch", "jax", "tensorflow", "memoryview", "buffer", "dlpack"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("make", [Cuda, Claims, lambda: torch.ones(3, device="meta")])
def test_what_lies_on_a_device_is_refused_with_advice(make, target):
    for copy in (None, False, True):
        with pytest.raises(TypeError, match="device|meta") as found:
            np.interop.to(make(), target, copy=copy)
        assert "host" in str(found.value) and ".cpu()" in str(found.value)
    planned = np.interop.plan(make(), target)
    assert (planned.verdict, planned.reasons) == ("refuse", ("device",))


@pytest.mark.parametrize("form", [Legacy, Versioned])
def test_a_struct_that_says_so_is_refused_too(form):
    with pytest.raises((BufferError, RuntimeError), match="device") as found:
        np.interop.to(Producer(form, device_type=2), "numpy")
    assert "host" in str(found.value)


def test_what_speaks_dlpack_alone_is_taken_by_it():
    producer = Producer(Versioned)
    found = np.interop.to(producer, "memoryview")
    assert found.tolist() == [0, 1, 2]
    producer.memory[0] = 7
    assert found[0] == 7
    del found
    assert producer.deleted == 1


@pytest.mark.parametrize("dtype", ["M8[D]", "U3", "T", "i4,f8", "?"])
def test_tables_of_what_arrow_keeps_otherwise_are_refused(dtype):
    x = np.zeros((2, 2), dtype)
    assert np.interop.plan(x, "arrow").verdict == "refuse"
    with pytest.raises(TypeError, match="tensors hold no"):
        np.interop.to(x, "arrow")
