"""PyTorch's CPU tensors. Strides that are negative never reach it by DLPack: torch 2.13 aborts the process."""

import subprocess
import sys

import matrix
import numpy
import pytest
from matrix import Absent, Route

import sharray as np

PACKAGES = ("torch",)
(torch,) = matrix.wants("torch")

WORDS = """
Three functions take sharray's arrays as what they are: `torch.from_dlpack(x)` and `torch.as_tensor(x)` share, and
`torch.tensor(x)` copies. Three others do not:

- **`torch.asarray(x)` gives wrong numbers.** torch 2.13 knows its own tensors, NumPy's own arrays and DLPack capsules
  there; it takes any other object that has the buffer protocol for a buffer of bytes, asks for no format, and reads the
  bytes as `float32` numbers in one row: three `float64` ones become six wrong numbers. It looks at no attribute of the
  object before, so that an array can't answer otherwise. `array.array` and `memoryview` fare the same. Later versions
  read the format. **Use `torch.as_tensor(x)`**, or `torch.asarray(x.__dlpack__())`.
- `torch.frombuffer(x, dtype=…)` reads bytes, as it says, and must be told the dtype.
- `torch.from_numpy(x)` takes NumPy's own type alone.

**A negative stride** must not reach torch 2.13 by DLPack: it ends the process by an uncaught C++ exception. Copy first:
`torch.from_dlpack(x.copy())`. A tensor has no notion of read-only memory: a tensor on a read-only array can write into it.
"""
_ABORTS = {"reversed": "torch 2.13 ends the process: copy first, `x.copy()`"}

_KINDS = {"bfloat16": "bfloat16", "float8_e4m3fn": "float8_e4m3fn", "float8_e5m2": "float8_e5m2"}


def read(tensor):
    """A tensor's values as an array of NumPy's, also of dtypes that `Tensor.numpy` refuses."""
    import ml_dtypes

    tensor = tensor.detach().resolve_conj().resolve_neg()
    name = str(tensor.dtype).removeprefix("torch.")
    if name in _KINDS:
        return tensor.to(torch.float32).numpy().astype(getattr(ml_dtypes, name))
    return tensor.numpy()


def make(reference):
    if matrix.is_small(reference):
        return torch.tensor(reference.astype("f4").tolist(), dtype=getattr(torch, reference.dtype.name))
    if reference.dtype.kind not in "?biufc" or reference.dtype == numpy.longdouble or reference.dtype.itemsize > 16:
        raise Absent
    return torch.from_numpy(reference.copy())


def address(tensor):
    return tensor.data_ptr()


def writable(tensor):
    return True


_WRONG = "torch reads the bytes as float32: see above"
_TRAPPED = dict.fromkeys(
    ["bool", "int", "uint", "float16", "float32/64", "S", "complex", "longdouble", "U", "structured", "object"], _WRONG
)
_MISREAD = dict.fromkeys(["Fortran", "size-1 strides", "0-d", "read-only", "big-endian", "misaligned"], _WRONG)
ROUTES = [
    Route("torch.from_dlpack(x)", torch.from_dlpack, read, address, writable=writable, skip=_ABORTS, ndim=2),
    Route("torch.as_tensor(x)", torch.as_tensor, read, address, writable=writable, skip=_ABORTS, ndim=2),
    Route("torch.tensor(x)", torch.tensor, read, address, because="requested: `tensor` copies", skip=_ABORTS, ndim=2),
    Route(
        "torch.asarray(x.__dlpack__())",
        lambda x: torch.asarray(x.__dlpack__()),
        read,
        address,
        writable=writable,
        skip=_ABORTS,
        ndim=2,
    ),
    Route(
        "torch.asarray(x)", torch.asarray, read, address, faults=_TRAPPED | _MISREAD, skip=_ABORTS, ndim=2, lives=False
    ),
    Route("torch.from_numpy(x)", torch.from_numpy, read, address),
    Route(
        "torch.from_numpy(numpy.asarray(x))",
        lambda x: torch.from_numpy(numpy.asarray(x)),
        read,
        address,
        writable=writable,
        ndim=2,
    ),
    Route("from_dlpack(tensor)", np.from_dlpack, read, address, make=make),
    Route(
        "asarray(tensor)",
        np.asarray,
        read,
        address,
        make=make,
        because="torch has no protocol for it but DLPack: use from_dlpack",
    ),
    Route("asarray(tensor.numpy())", lambda t: np.asarray(t.numpy()), read, address, make=make),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_negative_strides_end_the_process_of_torch():
    """Why they are never tried in this process; where torch has learnt to refuse them, the page must say so."""
    text = "import sharray as np, torch; torch.from_dlpack(np.arange(3.0)[::-1])"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
    assert done.returncode < 0
    assert "Error" in done.stderr


def test_tensors_that_want_gradients_are_refused_with_advice():
    tensor = torch.ones(3, requires_grad=True)
    for take in (np.from_dlpack, np.asarray):
        with pytest.raises((BufferError, RuntimeError), match="detach|require"):
            take(tensor)
    assert matrix.at(np.from_dlpack(tensor.detach())) == tensor.data_ptr()


def test_bits_of_conjugation_and_sign():
    conjugated = torch.tensor([1 + 2j, 3 - 4j]).conj()
    with pytest.raises((BufferError, RuntimeError), match="conj"):
        np.from_dlpack(conjugated)
    assert np.from_dlpack(conjugated.resolve_conj()).tolist() == [1 - 2j, 3 + 4j]
    negated = torch.tensor([1 + 2j]).conj().imag
    assert negated.is_neg()
    with pytest.raises(BufferError, match="resolve_neg"):
        np.from_dlpack(negated)
    assert np.from_dlpack(negated.resolve_neg()).tolist() == [-2.0]


def test_gradients_flow_behind_the_border():
    x = np.arange(3.0)
    tensor = torch.from_dlpack(x).requires_grad_()
    (tensor**2).sum().backward()
    assert np.from_dlpack(tensor.grad).tolist() == [0, 2, 4]


def test_views_of_tensors_keep_their_strides():
    tensor = torch.arange(12.0).reshape(3, 4).T[1:, ::2]
    found = np.from_dlpack(tensor)
    assert found.strides == tuple(4 * s for s in tensor.stride())
    assert found.tolist() == tensor.tolist()
    assert np.from_dlpack(torch.zeros(0, 3)).shape == (0, 3)
    assert np.from_dlpack(torch.tensor(2.5)).item() == 2.5


def test_operators_between_the_two():
    x, tensor = np.arange(3.0), torch.ones(3, dtype=torch.float64)
    assert (torch.as_tensor(x) + tensor).tolist() == [1, 2, 3]
    assert (x + np.from_dlpack(tensor)).tolist() == [1, 2, 3]
