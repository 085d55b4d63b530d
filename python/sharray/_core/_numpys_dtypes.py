"""What sharray's dtypes and scalar types are to the real NumPy, where both are loaded (`__numpy_dtype__`).

NumPy asks what is given as a dtype for this attribute before anything else; without it `numpy.zeros(3,
dtype=sharray.float32)` would be an array of objects. Where NumPy is not loaded, or its name means sharray, there is no
such attribute.
"""

import sys

from .. import _engine
from . import multiarray as mu
from .numerictypes import sctypeDict

_SMALL_FLOATS = ("bfloat16", "float8_e4m3fn", "float8_e5m2")


class _NumpysDtype:
    """A dtype's, a scalar class's or a scalar's counterpart among NumPy's dtypes."""

    def __get__(self, instance, owner=None):
        numpy = sys.modules.get("numpy")
        if numpy is None or getattr(numpy, "dtype", mu.dtype) is mu.dtype:
            raise AttributeError("__numpy_dtype__")
        if isinstance(instance, mu.dtype):
            return counterpart(numpy, instance)
        return counterpart(numpy, mu.dtype(owner) if instance is None else instance.dtype)


def counterpart(numpy, dtype):
    """The dtype as the real NumPy's; small floats are those of `ml_dtypes` if that is loaded, else raw bytes.

    Parameters
    ----------
    numpy : module
        The real NumPy.
    dtype : dtype
        Of sharray's.

    Returns
    -------
    numpy.dtype
    """
    if dtype.names is not None:
        return _structure(numpy, dtype)
    if dtype.subdtype is not None:
        element, shape = dtype.subdtype
        return numpy.dtype((counterpart(numpy, element), shape))
    if dtype.name in _SMALL_FLOATS:
        taught = getattr(sys.modules.get("ml_dtypes"), dtype.name, dtype.str)
        return numpy.dtype(taught).newbyteorder(dtype.byteorder)
    if dtype.kind == "T":
        options = {"coerce": dtype.coerce}
        if hasattr(dtype, "na_object"):
            options["na_object"] = dtype.na_object
        return numpy.dtypes.StringDType(**options)
    # One letter tells `long` from `longlong`, which are of one size.
    spelled = dtype.char if dtype.isbuiltin == 1 and dtype.kind in "biufc" else dtype.str
    return numpy.dtype(spelled)


def _structure(numpy, dtype):
    fields = [dtype.fields[name] for name in dtype.names]
    described = {
        "names": list(dtype.names),
        "formats": [counterpart(numpy, field[0]) for field in fields],
        "offsets": [field[1] for field in fields],
        "itemsize": dtype.itemsize,
    }
    if any(len(field) > 2 for field in fields):
        described["titles"] = [field[2] if len(field) > 2 else None for field in fields]
    return numpy.dtype(described, align=dtype.isalignedstruct)


def _install():
    attribute = _NumpysDtype()
    for kind in {mu.dtype, *sctypeDict.values(), *(mu.dtype(name).type for name in _SMALL_FLOATS)}:
        _engine._teach(kind, "__numpy_dtype__", attribute)


_install()
