"""The reference and the error.

The reference of double precision is NumPy's long double function (C's library, 64 bits of mantissa; beside MPFR, on
thirteen functions and their hard cases, it was off by at most 0.0012 ULP of double precision), that of single and half
precision its double-precision function; sums of powers, in which any number of digits cancel, are computed with Python's
decimal numbers. The error is the distance from the reference, which need not be a number of the precision measured, in
units of the last place of the reference.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass

import numpy as np

from .inputs import FUNCTIONS, Function, values

#: Precision measured -> precision of the reference.
WIDE = {"e": "d", "f": "d", "d": "g"}
#: Inputs of functions whose reference is decimal.
DECIMAL_COUNT = 20_000


@dataclass(frozen=True)
class Worst:
    """The largest error and the arguments where it stands."""

    error: float
    arguments: tuple[float, ...] = ()


#: What correctly rounded results are off by at most.
CORRECT = Worst(0.5)


def reference(function: Function, code: str, operands: list[np.ndarray]) -> np.ndarray:
    """The true values in the wider precision."""
    if function.decimal:
        return _decimal_sums(operands, function.name == "logaddexp2")
    with np.errstate(all="ignore"):
        return getattr(np, function.name)(*(operand.astype(WIDE[code]) for operand in operands))


def errors(result: np.ndarray, true: np.ndarray, least: np.ndarray | float = 0.0) -> np.ndarray:
    """Distance in ULP of each result, of the true value's or of ``least``'s where that is larger; infinite for NaN instead of a number, or the other way, and for zeros of the
    wrong sign. An overflow counts as the number that would follow the largest."""
    info = np.finfo(result.dtype)
    with np.errstate(all="ignore"):
        limit = true.dtype.type(2) ** int(info.maxexp)
        wide = np.where(np.isinf(result), np.copysign(limit, result), result.astype(true.dtype))
        bounded = np.clip(true, -limit, limit)
        _, exponent = np.frexp(np.maximum(np.abs(bounded), least))
        last = np.maximum(exponent - 1, int(info.minexp)) + int(info.machep)
        distance = np.abs(np.ldexp(wide - bounded, -last)).astype("d")
        nan = np.isnan(true)
        wrong = (np.isnan(result) != nan) | (
            (true == 0) & ~nan & ((result != 0) | (np.signbit(result) != np.signbit(true)))
        )
        distance[nan] = 0.0
    distance[wrong] = np.inf
    return distance


def worst(function: Function, result: np.ndarray, true: np.ndarray, operands: list[np.ndarray]) -> Worst:
    """The largest error of ``result`` and where it stands. Where any number of digits cancel, the error is in units of
    the larger operand."""
    least = np.maximum(*(np.abs(operand.astype(true.dtype)) for operand in operands)) if function.decimal else 0.0
    distance = errors(result, true, least)
    place = int(np.argmax(distance))
    return Worst(float(distance[place]), tuple(float(operand[place]) for operand in operands))


def worst_misrounded(function: Function, result: np.ndarray, true: np.ndarray, operands: list[np.ndarray]) -> Worst:
    """:func:`worst` of the results that are not the nearest number to the reference, the only ones that can be off by
    more than half a unit; :data:`CORRECT` when there is none. Most results are the nearest, so this is far quicker."""
    with np.errstate(all="ignore"):
        nearest = true.astype(result.dtype)
    unsigned = f"u{result.itemsize}"
    other = np.flatnonzero(result.view(unsigned) != nearest.view(unsigned))
    other = other[~(np.isnan(result[other]) & np.isnan(nearest[other]))]
    if not other.size:
        return CORRECT
    found = worst(function, result[other], true[other], [operand[other] for operand in operands])
    return max(CORRECT, found, key=lambda worst: worst.error)


def prepare(name: str, code: str, count: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Arguments of a function and its true values there."""
    function = FUNCTIONS[name]
    operands = values(function, code, min(count, DECIMAL_COUNT) if function.decimal else count)
    if function.decimal:
        keep = np.isfinite(operands[0]) & np.isfinite(operands[1])
        operands = [operand[keep] for operand in operands]
    return operands, reference(function, code, operands)


def numpys(name: str, operands: list[np.ndarray]) -> np.ndarray:
    """NumPy's own results."""
    with np.errstate(all="ignore"):
        return getattr(np, name)(*operands)


def _decimal_sums(operands: list[np.ndarray], binary: bool) -> np.ndarray:
    """``log(e^a + e^b)`` or the same with base 2, of finite operands, in 60 digits."""
    context = decimal.Context(prec=60, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)
    two = context.ln(decimal.Decimal(2))
    out = np.empty(operands[0].shape, "g")
    for i, (a, b) in enumerate(zip(*(operand.tolist() for operand in operands), strict=True)):
        high, low = decimal.Decimal(max(a, b)), decimal.Decimal(min(a, b))
        distance = context.subtract(low, high)
        if binary:
            distance = context.multiply(distance, two)
        # Beyond e^-140 the smaller adds nothing to sixty digits of the larger, unless that is 0.
        power = context.exp(distance) if distance > -100_000 else decimal.Decimal(0)
        added = context.ln(context.add(1, power)) if power > decimal.Decimal("1e-59") else power
        if binary:
            added = context.divide(added, two)
        total = context.add(high, added)
        out[i] = np.longdouble(str(total)) if total else np.longdouble(0.0)
    return out
