"""Text functions on arrays of str and bytes in their older form, and `chararray`.

Comparisons here ignore trailing white space. New programs use `strings`.
"""

from .._core.defchararray import *
from .._core.defchararray import __all__ as _names

__all__ = list(_names)
