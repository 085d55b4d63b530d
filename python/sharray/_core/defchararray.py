"""The older text functions, and `chararray`, an array of text with text methods: NumPy's name of the module."""

from ._char_functions import *
from ._char_functions import __all__ as _functions
from ._chararray import array, asarray, chararray
from .multiarray import compare_chararrays

__all__ = [*_functions, "array", "asarray", "compare_chararrays", "chararray"]
