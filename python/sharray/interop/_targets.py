"""What the libraries take: a table. `plan` and `to` read it.

A library that is not in the table is a row away: its capabilities, one function that crosses, and one that says where
the result lies.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

__all__ = ["TARGETS", "Target", "find"]

_INTS = frozenset({"int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"})
_FLOATS = frozenset({"float16", "float32", "float64"})
_COMPLEX = frozenset({"complex64", "complex128"})
_SMALL = frozenset({"bfloat16", "float8_e4m3fn", "float8_e5m2"})
_NUMBERS = frozenset({"bool"}) | _INTS | _FLOATS | _COMPLEX
#: Units of datetime64 and timedelta64 that pandas and Arrow have too.
_UNITS = ("[s]", "[ms]", "[us]", "[ns]")


def _of_dlpack(dtype):
    return dtype.name in _NUMBERS or dtype.name in _SMALL


def _of_pandas(dtype):
    return dtype.name in _NUMBERS or dtype.kind in "OMmUST"


def _of_arrow(dtype):
    if dtype.names is not None:
        return all(_of_arrow(dtype[name]) for name in dtype.names)
    known_time = dtype.kind in "Mm" and dtype.name.endswith(_UNITS)
    return dtype.name in _NUMBERS - _COMPLEX or known_time or dtype.name == "datetime64[D]" or dtype.kind in "UST"


def _of_numpy(dtype):
    # NumPy has small floats by a package of their own.
    return find_spec("ml_dtypes") is not None if dtype.name in _SMALL else dtype.kind in "biufcOSUMmTV"


def _of_buffer(dtype):
    return dtype.kind in "?biufcOSU" or (dtype.kind == "V" and dtype.name not in _SMALL)


def _of_jax(dtype):
    # Without x64, JAX makes 32 bits of 64 and says nothing.
    wide = (dtype.itemsize == 8 and dtype.kind in "iuf") or dtype.name == "complex128"
    return _of_dlpack(dtype) and not (wide and find_spec("jax") and not import_module("jax").config.jax_enable_x64)


def _of_tensorflow(dtype):
    # TensorFlow's DLPack knows no small floats but bfloat16.
    return _of_dlpack(dtype) and not dtype.name.startswith("float8")


def _numpy(array):
    if array.dtype.name in _SMALL:
        import_module("ml_dtypes")
    return import_module("numpy").asarray(array)


def _pandas(array):
    pandas = import_module("pandas")
    values = _numpy(array)
    return pandas.Series(values, copy=False) if values.ndim == 1 else pandas.DataFrame(values, copy=False)


def _arrow(array):
    pa = import_module("pyarrow")
    return pa.array(array) if array.ndim == 1 else pa.Tensor.from_numpy(_numpy(array))


def _polars(array):
    polars = import_module("polars")
    if array.ndim == 1 and find_spec("pyarrow"):
        return polars.from_arrow(_arrow(array))
    return polars.Series(_numpy(array)) if array.ndim == 1 else polars.from_numpy(_numpy(array))


def _torch(array):
    return import_module("torch").from_dlpack(array)


def _jax(array):
    return import_module("jax.numpy").from_dlpack(array)


def _tensorflow(array):
    return import_module("tensorflow").experimental.dlpack.from_dlpack(array.__dlpack__())


def _where_numpy(x):
    return x.__array_interface__["data"][0]


def _where_pandas(x):
    return _where_numpy(x.to_numpy())


def _where_arrow(x):
    if not hasattr(x, "buffers"):
        return _where_numpy(x.to_numpy())
    # What has no one width (texts), less than a byte (booleans), or parts (structures) was made anew.
    primitive = import_module("pyarrow").types.is_primitive(x.type) and x.type.bit_width >= 8
    return x.buffers()[-1].address + x.offset * (x.type.bit_width // 8) if primitive else 0


class _Told:
    """A capsule that was got already, for those who ask an object for one."""

    def __init__(self, capsule):
        self.capsule = capsule

    def __dlpack__(self, **_):
        return self.capsule


def _where_tensorflow(x):
    from .. import _engine

    capsule = import_module("tensorflow").experimental.dlpack.to_dlpack(x)
    return _engine._memory_span(_engine.from_dlpack(_Told(capsule)))[0]


def _where_polars(x):
    # A series of strings or booleans is not memory like ours, and has no such view.
    return _where_numpy(x.to_numpy(allow_copy=True))


def _where_memory(x):
    from .. import _engine

    return _engine._memory_span(_engine.asarray(x))[0]


def _numpy_extra(array):
    return ("dtype", "NumPy keeps the texts of StringDType in a place of its own") if array.dtype.kind == "T" else None


def _pandas_extra(array):
    if array.dtype.kind in "UST" or (array.dtype.kind in "Mm" and not array.dtype.name.endswith(_UNITS)):
        return "dtype", f"{array.dtype.name} becomes a dtype of pandas' own"
    return None


def _arrow_extra(array):
    kind = array.dtype.kind
    if array.dtype.name == "bool" and array.ndim == 1:
        return "bit-packed", "Arrow packs eight booleans into a byte"
    if kind in "UST":
        return "dtype", f"Arrow keeps texts in a form of its own, {array.dtype.name} in another"
    if array.dtype.name == "datetime64[D]":
        return "dtype", "Arrow keeps days in 32 bits"
    if array.dtype.names is not None:
        return "non-contiguous", "Arrow keeps each field by itself"
    # NaT is told by a bitmap beside the values, which stay where they are.
    return None


def _polars_extra(array):
    if array.ndim == 2:
        return "non-contiguous", "Polars keeps each column by itself"
    if array.dtype.kind in "Mm" and array.dtype.name.endswith("[s]"):
        return "dtype", f"{array.dtype.name} becomes milliseconds"
    return _arrow_extra(array)


def _aligned_extra(array):
    """What XLA's libraries copy themselves: memory that does not begin at a multiple of 64."""
    from .. import _engine

    address = _engine._memory_span(array)[0]
    return ("alignment", f"address {address:#x} is no multiple of 64") if address % 64 and array.nbytes else None


@dataclass(frozen=True)
class Target:
    """What one library takes, and how to cross to it."""

    #: The module to import; empty for what is Python's own.
    module: str
    protocol: str
    #: Whether it has a dtype, byte order aside.
    takes: Callable[[Any], bool]
    #: "any", "positive", or "dense" (C order).
    strides: str
    #: Foreign byte orders; read-only memory; strides that are no multiples of the element's size, unaligned elements.
    swapped: bool
    read_only: bool
    odd_strides: bool
    cross: Callable[[Any], Any]
    #: The address of the result's first element.
    where: Callable[[Any], int] | None
    most_axes: int = 64
    least_axes: int = 0
    #: Another reason for a copy, which the library makes itself: `(reason, values)` or None.
    extra: Callable[[Any], Any] = lambda array: None

    def takes_wide(self, dtype):
        """Whether only its width keeps a dtype from being taken."""
        return _of_dlpack(dtype) and not self.takes(dtype)

    def way(self, array):
        """The protocol that hands an array over, as the record of the crossing will name it (None: not known yet)."""
        by_columns = self.protocol == "arrow" and array is not None and array.ndim != 1
        without_arrow = self.module == "polars" and not find_spec("pyarrow")
        protocol = "buffer" if by_columns or without_arrow else self.protocol
        if protocol != "buffer" or array is None:
            return protocol
        if array.dtype.kind == "T":
            return "__array__"
        without_format = array.dtype.kind in "Mm" or array.dtype.name in _SMALL
        return "__array_struct__" if without_format else protocol

    @property
    def installed(self):
        try:
            return not self.module or self.module in sys.modules or find_spec(self.module) is not None
        except (ImportError, ValueError):
            return False


# fmt: off
TARGETS = {
    #                    module        protocol      takes       strides     swapped read_only odd    cross        where
    "numpy":      Target("numpy",      "buffer",     _of_numpy,  "any",      True,  True,  True,  _numpy,      _where_numpy, 64, 0, _numpy_extra),
    "pandas":     Target("pandas",     "buffer",     _of_pandas, "any",      False, True,  True,  _pandas,     _where_pandas, 2, 1, _pandas_extra),
    "arrow":      Target("pyarrow",    "arrow",      _of_arrow,  "dense",    False, True,  False, _arrow,      _where_arrow, 64, 1, _arrow_extra),
    "polars":     Target("polars",     "arrow",      _of_arrow,  "dense",    False, True,  False, _polars,     _where_polars, 2, 1, _polars_extra),
    "torch":      Target("torch",      "dlpack",     _of_dlpack,    "positive", False, False, False, _torch,      lambda x: x.data_ptr()),
    "jax":        Target("jax",        "dlpack",     _of_jax,    "dense",    False, False, False, _jax,        lambda x: x.unsafe_buffer_pointer(), 64, 0, _aligned_extra),
    "tensorflow": Target("tensorflow", "dlpack",     _of_tensorflow, "dense",    False, False, False, _tensorflow, _where_tensorflow, 64, 0, _aligned_extra),
    "memoryview": Target("",           "memoryview", _of_buffer, "any",      True,  True,  True,  memoryview,  _where_memory),
    "buffer":     Target("",           "memoryview", _of_buffer, "dense",    True,  True,  True,  memoryview,  _where_memory),
    "dlpack":     Target("",           "dlpack",     _of_dlpack,    "any",      False, True,  False,
                         lambda array: array.__dlpack__(max_version=(1, 0)), None),
}
# fmt: on
#: Other names of the same.
_ALIASES = {"pyarrow": "arrow", "pytorch": "torch", "tf": "tensorflow"}


def find(name):
    """The target of that name, and its proper name.

    Raises
    ------
    ValueError
        For another name, with all that there are.
    """
    if isinstance(name, str):
        name = _ALIASES.get(name, name)
        if name in TARGETS:
            return name, TARGETS[name]
    raise ValueError(f"no target has the name {name!r}: known are {', '.join(TARGETS)}")
