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

from .._pytesttester import PytestTester as _PytestTester
from . import core, extras
from .core import *
from .extras import *

__all__ = ["core", "extras", *core.__all__, *extras.__all__]

test = _PytestTester(__name__)
