"""Public face of the functions that go complex where they must."""

from ._scimath_impl import (
    __all__,  # noqa: F401
    arccos,
    arcsin,
    arctanh,
    log,
    log2,
    log10,
    logn,
    power,
    sqrt,
)
