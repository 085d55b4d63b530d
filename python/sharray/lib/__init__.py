"""The composed routines: what arrays do beyond single loops.

Most functions belong to the top-level namespace; here are the modules
`array_utils`, `format`, `introspect`, `mixins`, `npyio`, `recfunctions`,
`scimath`, `stride_tricks` and a few classes. Modules with a leading
underscore are private.
"""

from .._core.function_base import add_newdoc
from .._engine import add_docstring, tracemalloc_domain
from .._pytesttester import PytestTester
from . import (
    _arraypad_impl,
    _arraysetops_impl,
    _arrayterator_impl,
    _function_base_impl,
    _histograms_impl,
    _index_tricks_impl,
    _nanfunctions_impl,
    _npyio_impl,
    _polynomial_impl,
    _shape_base_impl,
    _stride_tricks_impl,
    _twodim_base_impl,
    _type_check_impl,
    _ufunclike_impl,
    _utils_impl,
    _version,
    array_utils,
    format,
    introspect,
    mixins,
    npyio,
    scimath,
    stride_tricks,
)
from ._arrayterator_impl import Arrayterator
from ._version import NumpyVersion

__all__ = [
    "Arrayterator",
    "add_docstring",
    "add_newdoc",
    "array_utils",
    "format",
    "introspect",
    "mixins",
    "NumpyVersion",
    "npyio",
    "scimath",
    "stride_tricks",
    "tracemalloc_domain",
]

add_newdoc.__module__ = "numpy.lib"

test = PytestTester(__name__)
del PytestTester

# Names that NumPy 2 took away, and what to say of them.
_GONE_MODULES = {
    "histograms",
    "type_check",
    "nanfunctions",
    "function_base",
    "arraypad",
    "arraysetops",
    "ufunclike",
    "utils",
    "twodim_base",
    "shape_base",
    "polynomial",
    "index_tricks",
}


def __getattr__(attr):
    if attr == "math":
        import math
        import warnings

        warnings.warn(
            "`np.lib.math` is a deprecated alias for the standard library `math` module",
            DeprecationWarning,
            stacklevel=2,
        )
        return math
    if attr == "emath":
        raise AttributeError("numpy.lib.emath is gone: use numpy.emath", name=None)
    if attr in _GONE_MODULES:
        raise AttributeError(
            f"numpy.lib.{attr} is now private. Its public functions are in the main namespace.", name=None
        )
    if attr == "arrayterator":
        raise AttributeError("numpy.lib.arrayterator is now private: use numpy.lib.Arrayterator.", name=None)
    raise AttributeError(f"module {__name__!r} has no attribute {attr!r}")
