"""JAX on the CPU: its arrays never change, and so are read-only here."""

import os
import sys

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import matrix
import numpy
import pytest
from matrix import Absent, Route

import sharray as np

PACKAGES = ("jax", "jaxlib")
(jax,) = matrix.wants("jax")

jax.config.update("jax_enable_x64", True)
numbers = jax.numpy


def read(array):
    """The values as they are now: what `numpy.asarray` finds first is remembered by JAX."""
    try:
        return numpy.from_dlpack(array)
    except (BufferError, RuntimeError):
        return numpy.asarray(array)


def address(array):
    return array.unsafe_buffer_pointer()


def make(reference):
    if reference.dtype.kind not in "?biufc" and not matrix.is_small(reference) or reference.dtype.itemsize > 16:
        raise Absent
    if reference.dtype == numpy.longdouble:
        raise Absent
    return numbers.asarray(reference, copy=True)


def why(case):
    return "JAX shares by DLPack alone"


WORDS = """
JAX's functions take JAX's and NumPy's arrays: hand sharray's over by `jax.numpy.from_dlpack(x)` first. It shares
what begins at a multiple of 64 bytes, as large arrays do and small ones by chance, and copies the rest. JAX's arrays never
change, and so sharray's views of them are read-only.
"""
ROUTES = [
    Route("jax.numpy.from_dlpack(x)", numbers.from_dlpack, read, address, because=why, aligned=True),
    Route("jax.numpy.asarray(x)", numbers.asarray, read, address, because=why, ndim=2),
    Route("jax.numpy.array(x)", numbers.array, read, address, because="requested: `array` copies", ndim=2),
    Route("jax.device_put(x)", jax.device_put, read, address, because=why),
    Route("asarray(array)", np.asarray, read, address, make=make),
    Route("from_dlpack(array)", np.from_dlpack, read, address, make=make),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_what_jax_gives_is_read_only():
    for take in (np.asarray, np.from_dlpack):
        found = take(numbers.arange(3.0))
        with pytest.raises(ValueError, match="read-only"):
            found[0] = 1


def test_jax_functions_take_arrays_made_jaxs():
    x = np.linspace(0.0, 1.0, 5)
    theirs = numbers.asarray(x)
    assert numpy.allclose(numbers.sin(theirs), numpy.sin(numpy.asarray(x)))
    assert numpy.allclose(jax.jit(lambda v: v * 2)(theirs), numpy.asarray(x) * 2)
    assert jax.grad(lambda v: (v**2).sum())(theirs).tolist() == (2 * x).tolist()
    with pytest.raises(TypeError, match="not a valid JAX type"):
        jax.jit(lambda v: v * 2)(x)
