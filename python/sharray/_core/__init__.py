"""The heart of the package: arrays, dtypes, ufuncs, printing, and the functions on them.

Everything here stands on the compiled module; the public names are those of
`sharray` itself.
"""

import copyreg as _copyreg

from .. import _engine
from . import _stand_ins

_stand_ins.complete(_engine)

from . import _texts  # isort: skip

_texts.attach()

from . import multiarray, numerictypes, umath  # isort: skip
from . import numeric  # isort: skip
from . import _internal, _type_aliases, einsumfunc, fromnumeric, function_base, getlimits, shape_base
from . import _dtype, _dtype_ctypes, _exceptions, _methods, _multiarray_umath, arrayprint, overrides, records
from .einsumfunc import *
from .function_base import *
from .getlimits import *
from .memmap import *
from .numeric import *
from .numeric import absolute as abs
from .numeric import arccos as acos
from .numeric import arccosh as acosh
from .numeric import arcsin as asin
from .numeric import arcsinh as asinh
from .numeric import arctan as atan
from .numeric import arctan2 as atan2
from .numeric import arctanh as atanh
from .numeric import concatenate as concat
from .numeric import invert as bitwise_invert
from .numeric import left_shift as bitwise_left_shift
from .numeric import power as pow
from .numeric import right_shift as bitwise_right_shift
from .numeric import transpose as permute_dims
from .numerictypes import sctypeDict, sctypes
from .records import recarray, record
from .shape_base import *

from . import _numpys_dtypes, _pickles  # isort: skip

__all__ = [
    "abs",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atanh",
    "atan2",
    "bitwise_invert",
    "bitwise_left_shift",
    "bitwise_right_shift",
    "concat",
    "pow",
    "permute_dims",
    "memmap",
    "sctypeDict",
    "record",
    "recarray",
    *numeric.__all__,
    *function_base.__all__,
    *getlimits.__all__,
    *shape_base.__all__,
    *einsumfunc.__all__,
]


def _ufunc_reconstruct(module, name):
    """The ufunc `name` of `module`, for pickles that NumPy wrote before 2.0."""
    return getattr(__import__(module, fromlist=[name]), name)


def _ufunc_reduce(func):
    return func.__name__


def _DType_reconstruct(scalar_type):
    return type(multiarray.dtype(scalar_type))


def _DType_reduce(DType):
    """DType classes are pickled as "the class of this scalar type's dtype"."""
    if not DType._legacy or DType is multiarray.dtype:
        return DType.__name__
    return _DType_reconstruct, (DType.type,)


_copyreg.pickle(type(multiarray.dtype), _DType_reduce, _DType_reconstruct)


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester

        return PytestTester(__name__)
    if name in ("strings", "defchararray"):
        import importlib

        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
