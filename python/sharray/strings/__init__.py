"""Text functions on arrays of str, bytes and StringDType.

>>> import sharray as np
>>> np.strings.str_len(["a", "bcd"])
array([1, 3])
"""

from .._core.strings import *
from .._core.strings import __all__ as _names

__all__ = list(_names)
