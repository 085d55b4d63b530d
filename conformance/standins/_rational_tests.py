"""Stand-in for NumPy's compiled helper of the same name: a dtype of rational numbers made in C.

Registering a dtype needs the C ABI, so there is no such dtype here: a ``rational`` is a Python object, and arrays of
them are arrays of objects, as its ``dtype`` says. It can be made, compared, printed and turned into a Python number;
it has no arithmetic, and tests that need any, or the dtype, fail.
"""

from math import gcd as _gcd

from conformance.standins.missing import missing_functions


class rational:
    """A rational number in lowest terms, with a positive denominator."""

    __slots__ = ("d", "n")

    def __init__(self, numerator=0, denominator=1):
        if denominator == 0:
            raise ZeroDivisionError("denominator is zero")
        divisor = _gcd(numerator, denominator) * (1 if denominator > 0 else -1)
        self.n, self.d = numerator // divisor, denominator // divisor

    @property
    def dtype(self):
        """The dtype of arrays of these objects."""
        import sharray

        return sharray.dtype(object)

    def __repr__(self):
        return f"rational({self.n})" if self.d == 1 else f"rational({self.n},{self.d})"

    def __str__(self):
        return f"{self.n}" if self.d == 1 else f"{self.n}/{self.d}"

    def __eq__(self, other):
        if isinstance(other, int):
            other = rational(other)
        return (self.n, self.d) == (other.n, other.d) if isinstance(other, rational) else NotImplemented

    def __hash__(self):
        return hash((self.n, self.d))

    def __float__(self):
        return self.n / self.d

    def __int__(self):
        return self.n // self.d


globals().update(missing_functions("denominator gcd lcm matrix_multiply numerator test_add test_add_rationals"))
