"""The limits of number dtypes: `finfo` for floating point, `iinfo` for integers."""

import math
import types
import warnings

from .._utils import set_module
from . import numerictypes as nt
from .multiarray import dtype as _dtype, ndarray
from .umath import ldexp

__all__ = ["finfo", "iinfo"]

# explicit mantissa bits, smallest normal exponent, exponent above the largest number, decimal digits
_FORMATS = {
    2: (10, -14, 16, 3),
    4: (23, -126, 128, 6),
    8: (52, -1022, 1024, 15),
    16: (63, -16382, 16384, 18),
    12: (63, -16382, 16384, 18),
}

# of those that NumPy lacks, by character, and what the exponents don't say: the largest number
_SMALL_FORMATS = {
    "E": (7, -126, 128, 2),
    "4": (3, -6, 9, 1),
    "5": (2, -14, 16, 1),
}
_SMALL_MAX = {"4": 448}

_TITLE = "Machine parameters for {}\n" + "-" * 63 + "\n"


def _real_dtype(described):
    kinds = {"F": "f", "D": "d", "G": "g"}
    return _dtype(kinds.get(described.char, described.type))


@set_module("numpy")
class finfo:
    """Limits of a floating-point dtype, or of an array's (of the parts, for complex ones).

    Attributes (numbers are scalars of the dtype): bits, dtype, eps, epsneg, iexp,
    machep, max, maxexp, min, minexp, negep, nexp, nmant, precision, resolution,
    smallest_normal, smallest_subnormal, tiny.

    Parameters
    ----------
    dtype : dtype or float
        A floating-point or complex dtype, or a number of one.

    Raises
    ------
    ValueError
        The dtype is no floating-point dtype.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.finfo(np.float64).eps)
    2.220446049250313e-16
    """

    _finfo_cache = {}
    __class_getitem__ = classmethod(types.GenericAlias)

    def __new__(cls, dtype):
        try:
            found = cls._finfo_cache.get(dtype)
        except TypeError:
            found = None
        if found is not None:
            return found
        if dtype is None:
            warnings.warn(
                "finfo() dtype cannot be None. This behavior will raise an error in the future. "
                "(Deprecated in NumPy 1.25)",
                DeprecationWarning,
                stacklevel=2,
            )
        described = cls._described(dtype)
        if not issubclass(described.type, nt.inexact):
            raise ValueError(f"data type {described.type!r} not inexact")
        real = _real_dtype(described)
        key = _dtype(real.type)
        if key not in cls._finfo_cache:
            made = object.__new__(cls)
            made._fill(key)
            cls._finfo_cache[key] = cls._finfo_cache[key.type] = made
        found = cls._finfo_cache[key]
        try:
            cls._finfo_cache[described.type] = found
        except TypeError:
            pass
        return found

    @staticmethod
    def _described(dtype):
        if isinstance(dtype, ndarray):
            return dtype.dtype
        try:
            return _dtype(dtype)
        except TypeError:
            return _dtype(type(dtype))

    def _fill(self, described):
        mantissa, lowest, highest, digits = _SMALL_FORMATS.get(described.char) or _FORMATS[described.itemsize]
        number = described.type
        self.dtype = described
        self.bits = 8 * described.itemsize
        self.nmant = mantissa
        self.minexp, self.maxexp = lowest, highest
        self.precision = digits
        self.machep, self.negep = -mantissa, -mantissa - 1
        self.iexp = self.nexp = math.ceil(math.log2(highest - lowest))
        one = number(1)
        self.eps = ldexp(one, self.machep)
        self.epsneg = ldexp(one, self.negep)
        largest = _SMALL_MAX.get(described.char)
        self.max = number(largest) if largest else ldexp(one - self.epsneg, highest)
        self.min = -self.max
        self.smallest_normal = ldexp(one, lowest)
        self.smallest_subnormal = ldexp(one, lowest - mantissa)
        self.resolution = number("1e-" + str(digits)) if described.char == "g" else number(10.0**-digits)
        self._radix = number(2)

    @property
    def tiny(self):
        """Another name for `smallest_normal`."""
        return self.smallest_normal

    def _text(self, value):
        return f"{float(value):.5e}" if self.dtype.char == "e" else str(value)

    def __str__(self):
        text = self._text
        return (
            _TITLE.format(self.dtype) + f"precision = {self.precision:3d}   resolution = {self.resolution!s}\n"
            f"machep = {self.machep:3d}   eps =        {text(self.eps)}\n"
            f"negep =  {self.negep:3d}   epsneg =     {text(self.epsneg)}\n"
            f"minexp = {self.minexp:3d}   tiny =       {text(self.tiny)}\n"
            f"maxexp = {self.maxexp:3d}   max =        {text(self.max)}\n"
            f"nexp =   {self.nexp:3d}   min =        -max\n"
            f"smallest_normal = {text(self.smallest_normal)}   "
            f"smallest_subnormal = {text(self.smallest_subnormal)}\n" + "-" * 63 + "\n"
        )

    def __repr__(self):
        return (
            f"{type(self).__name__}(resolution={self.resolution!s}, min=-{self._text(self.max)}, "
            f"max={self._text(self.max)}, dtype={self.dtype})"
        )


@set_module("numpy")
class iinfo:
    """Limits of an integer dtype, or of an array's: bits, dtype, max, min (Python ints).

    Parameters
    ----------
    int_type : dtype or int
        An integer dtype, or a number of one.

    Raises
    ------
    ValueError
        The dtype is no integer dtype.

    Examples
    --------
    >>> import sharray as np
    >>> np.iinfo(np.int8).max
    127
    """

    __class_getitem__ = classmethod(types.GenericAlias)

    def __init__(self, int_type):
        self.dtype = finfo._described(int_type)
        self.kind = self.dtype.kind
        self.bits = self.dtype.itemsize * 8
        self.key = f"{self.kind}{self.bits}"
        if self.kind not in "iu":
            raise ValueError(f"Invalid integer data type {self.kind!r}.")

    @property
    def min(self):
        """The smallest value."""
        return 0 if self.kind == "u" else -(1 << (self.bits - 1))

    @property
    def max(self):
        """The greatest value."""
        return (1 << self.bits) - 1 if self.kind == "u" else (1 << (self.bits - 1)) - 1

    def __str__(self):
        return _TITLE.format(self.dtype) + f"min = {self.min}\nmax = {self.max}\n" + "-" * 63 + "\n"

    def __repr__(self):
        return f"{type(self).__name__}(min={self.min}, max={self.max}, dtype={self.dtype})"
