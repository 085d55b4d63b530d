"""The compiled module under the name that NumPy gives its own.

Reads every attribute from the engine when asked, and the constants that NumPy's C
code holds from the Python modules that hold them here.
"""

from .. import _engine
from . import multiarray, umath


def __getattr__(name):
    for module in (_engine, multiarray, umath):
        try:
            return getattr(module, name)
        except AttributeError:
            continue
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*dir(_engine), *multiarray.__all__, *umath.__all__})


#: The angle of complex numbers as a ufunc.
_arg = _engine._make_ufunc(
    "_arg", 1, 1, [(types, lambda z: umath.arctan2(z.imag, z.real)) for types in ("F->f", "D->d", "G->g")]
)
