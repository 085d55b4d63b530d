"""How near two numbers must be: bit for bit, within units in the last place, or within the rounding of a sum."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tolerance:
    """`ulps` for each number; `relative` to the largest finite magnitude among operands and results, for sums."""

    ulps: int = 0
    #: Complex results are compared by their distance, in units of the last place of their magnitude.
    joint: bool = False
    #: In units of the results' epsilon, times the largest magnitude in sight.
    relative: float = 0.0
    #: Whether 0.0 and -0.0 differ.
    signed_zeros: bool = True


EXACT = Tolerance()
