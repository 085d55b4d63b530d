"""Objects that lie on a CUDA device, or say so: an error that tells how to bring them to the host. No GPU is needed."""

import sys

import matrix
import pytest
from dlpack_structs import Legacy, Producer, Versioned

import sharray as np

PACKAGES = ()
WORDS = """
sharray works in the host's memory. An object whose `__cuda_array_interface__` or `__dlpack_device__` says that it lies
on another device is refused, with the way to bring it here (`.get()` of CuPy, `.cpu()` of torch). Nothing is copied
behind the caller's back.
"""
ROUTES = []
globals().update({name: one for name, one in matrix.tests(sys.modules[__name__]).items() if "page" in name})


class Cuda:
    """Claims memory on a CUDA device, as CuPy's and numba's arrays do."""

    __cuda_array_interface__ = {"shape": (3,), "typestr": "<f8", "data": (4096, False), "version": 3}


class CudaSequence(Cuda):
    """And is a sequence, which must not be read element by element."""

    def __len__(self):
        return 3

    def __getitem__(self, key):
        raise AssertionError("an element of a device array was read")


@pytest.mark.parametrize("kind", [2, 4, 8, 10])
@pytest.mark.parametrize("form", [Legacy, Versioned])
def test_devices_of_dlpack(kind, form):
    with pytest.raises((BufferError, RuntimeError)) as found:
        np.from_dlpack(Producer(form, device_type=kind))
    assert "host" in str(found.value)
    assert "device" in str(found.value)


@pytest.mark.parametrize("make", [Cuda, CudaSequence])
@pytest.mark.parametrize("take", [np.asarray, np.array, lambda x: np.asarray([x]), lambda x: np.zeros(3) + x])
def test_arrays_of_cuda(make, take):
    with pytest.raises(TypeError, match="__cuda_array_interface__") as found:
        take(make())
    assert ".get()" in str(found.value) and ".cpu()" in str(found.value)


def test_an_object_that_also_answers_on_the_host_is_taken():
    class Both(Cuda):
        def __array__(self, dtype=None, copy=None):
            return np.arange(3.0)

    assert np.asarray(Both()).tolist() == [0, 1, 2]
