"""Stand-in for NumPy's compiled helper of the same name: a dtype of rational numbers made in C.

Registering a dtype needs the C ABI; the class exists so that tests that only mention it can be collected.
"""

from conformance.standins.missing import missing, missing_functions


class rational:
    """The rational number; making one raises."""

    __init__ = missing("rational")


globals().update(missing_functions("denominator gcd lcm matrix_multiply numerator test_add test_add_rationals"))
