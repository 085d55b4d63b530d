"""Masked arrays: arrays with values that are missing or not to be trusted.

A masked array is an array and a mask, which is True where a value doesn't count.
Functions of this module, and methods and operators of `MaskedArray`, leave such values
out: sums and means are of the others, and what is computed from a masked value is
masked.

>>> import sharray as np
>>> x = np.ma.array([1, 2, 3, -1], mask=[0, 0, 0, 1])
>>> float(x.mean())
2.0
>>> np.ma.masked_less(x, 2)
masked_array(data=[--, 2, 3, --],
             mask=[ True, False, False,  True],
       fill_value=999999)
"""

from . import core, extras
from .core import *
from .extras import *

__all__ = ["core", "extras", *core.__all__, *extras.__all__]


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester

        return PytestTester(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
