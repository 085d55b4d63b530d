"""The arguments at which each function is measured: bit patterns spread over all exponents, the interval in which the
function does its ordinary work, and the neighbourhoods of the points where algorithms fail: zeros, poles, ends of the
range, multiples of π/2 (among them those huge numbers that lie nearest to one).
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Function:
    """A function of ``arity`` arguments: where it does its ordinary work, and around which points it is delicate."""

    name: str
    arity: int = 1
    interval: tuple[float, float] = (-10.0, 10.0)
    points: tuple[float, ...] = (0.0, 1.0, -1.0)
    #: Name of the generator of further arguments, see :data:`EXTRA`.
    extra: str = ""
    #: Double precision only.
    double_only: bool = False
    #: Cancellation can take any number of digits: measured on few inputs against arithmetic of 60 digits.
    decimal: bool = False
    #: 1 for even functions, -1 for odd ones, 0 for the others.
    parity: int = 0


E = math.e
_UNIT = (0.0, 1.0, -1.0, 0.5, -0.5, math.sqrt(0.5), -math.sqrt(0.5))
_FUNCTIONS = (
    Function("exp", interval=(-104.0, 89.0), extra="exponent"),
    Function("exp2", interval=(-150.0, 128.0), extra="exponent2"),
    Function("expm1", interval=(-40.0, 89.0), extra="exponent"),
    Function("log", interval=(0.0, 10.0), points=(1.0, E, 0.5, 2.0)),
    Function("log2", interval=(0.0, 10.0), points=(1.0, E, 0.5, 2.0, 4.0)),
    Function("log10", interval=(0.0, 10.0), points=(1.0, E, 10.0, 100.0, 1000.0)),
    Function("log1p", interval=(-1.0, 10.0), points=(0.0, -1.0, 1.0, -0.5)),
    Function("sin", interval=(-1000.0, 1000.0), extra="quarters", parity=-1),
    Function("cos", interval=(-1000.0, 1000.0), extra="quarters", parity=1),
    Function("tan", interval=(-1000.0, 1000.0), extra="quarters", parity=-1),
    Function("arcsin", interval=(-1.0, 1.0), points=_UNIT, parity=-1),
    Function("arccos", interval=(-1.0, 1.0), points=_UNIT),
    Function("arctan", interval=(-5.0, 5.0), points=(0.0, 1.0, -1.0, 0.4142135623730951, 2.414213562373095), parity=-1),
    Function("sinh", interval=(-25.0, 25.0), extra="exponent", parity=-1),
    Function("cosh", interval=(-25.0, 25.0), extra="exponent", parity=1),
    Function("tanh", interval=(-20.0, 20.0), parity=-1),
    Function("arcsinh", interval=(-5.0, 5.0), parity=-1),
    Function("arccosh", interval=(1.0, 5.0), points=(1.0, 2.0)),
    Function("arctanh", interval=(-1.0, 1.0), parity=-1),
    Function("cbrt", interval=(-30.0, 30.0), points=(0.0, 1.0, -1.0, 8.0, 27.0, -64.0), parity=-1),
    Function("sqrt", interval=(0.0, 10.0)),
    Function("reciprocal", parity=-1),
    Function("square", parity=1),
    Function("deg2rad", interval=(-1000.0, 1000.0), parity=-1),
    Function("rad2deg", interval=(-1000.0, 1000.0), parity=-1),
    Function("arctan2", arity=2, extra="close"),
    Function("hypot", arity=2, extra="close"),
    Function("power", arity=2, extra="powers"),
    Function("float_power", arity=2, extra="powers", double_only=True),
    Function("logaddexp", arity=2, extra="sums", decimal=True),
    Function("logaddexp2", arity=2, extra="sums", decimal=True),
)

#: All functions by name.
FUNCTIONS = {function.name: function for function in _FUNCTIONS}

_BITS = {"e": np.uint16, "f": np.uint32, "d": np.uint64}


def values(function: Function, code: str, count: int, seed: int = 1) -> list[np.ndarray]:
    """The arguments, one array for each operand, of at least about ``count`` elements.

    ``code`` is the dtype's character, ``"e"``, ``"f"`` or ``"d"``. Half precision with one argument: all its numbers.
    """
    random = np.random.default_rng([seed, ord(code), *function.name.encode()])
    with np.errstate(all="ignore"):
        if function.arity == 1:
            parts = [special(code)]
            if code == "e":
                parts.append(np.arange(2**16, dtype=np.uint16).view("e"))
            else:
                parts += [patterns(random, code, count // 2), interval(random, function, code, count // 4)]
                parts.append(around(random, function.points, code, count // 4))
            if function.extra:
                parts += EXTRA[function.extra](random, code, count // 4)
            return [np.concatenate([part.astype(code) for part in parts])]
        first, second = np.meshgrid(special(code), special(code))
        pairs = [(first.ravel(), second.ravel())]
        pairs.append((patterns(random, code, count // 4), patterns(random, code, count // 4)))
        pairs += EXTRA[function.extra](random, code, count // 4)
        return [np.concatenate([pair[k].astype(code) for pair in pairs]) for k in (0, 1)]


def special(code: str) -> np.ndarray:
    """Zeros, small and large numbers, the ends of the range and of the normal numbers, infinities, NaN; both signs."""
    info = np.finfo(code)
    some = [0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 10.0, math.pi / 4, math.pi / 2, math.pi, E, math.inf, math.nan]
    some += [info.tiny, info.smallest_subnormal, info.max, info.eps, float(info.max) / 2, 1 - float(info.epsneg)]
    some += [1 + float(info.eps), float(info.tiny) * 2, float(info.tiny) / 2]
    positive = np.array(some, code)
    return np.concatenate([positive, -positive])


def patterns(random, code: str, count: int) -> np.ndarray:
    """Any bits: all exponents alike, subnormal numbers, infinities and NaNs included."""
    bits = _BITS[code]
    return random.integers(0, np.iinfo(bits).max, count, dtype=bits, endpoint=True).view(code)


def interval(random, function: Function, code: str, count: int) -> np.ndarray:
    """Evenly over the interval of ordinary work."""
    return random.uniform(*function.interval, count).astype(code)


def around(random, points, code: str, count: int) -> np.ndarray:
    """Each point's neighbours: within some ULP, and at distances of all magnitudes."""
    base = random.choice(np.array(points, code), count)
    near = base + base * (random.integers(-20, 20, count) * np.finfo(code).eps).astype(code)
    away = random.uniform(-1, 1, count) * 2.0 ** random.uniform(-float(-np.finfo(code).negep) - 12, 0, count)
    return np.where(random.integers(0, 4, count) == 0, near, (base + away).astype(code)).astype(code)


def exponents(random, code: str, count: int) -> list[np.ndarray]:
    """Arguments of exponentials: their whole range, and its ends."""
    info = np.finfo(code)
    low, high = math.log(info.smallest_subnormal), math.log(info.max)
    ends = (low, high, math.log(info.tiny), -low, high + math.log(2), -high, low - math.log(2))
    return [random.uniform(low - 1, high + 1, count), around(random, ends, code, count // 8)]


def exponents2(random, code: str, count: int) -> list[np.ndarray]:
    """The same for the base 2."""
    return [part / math.log(2) for part in exponents(random, code, count)]


def quarters(random, code: str, count: int) -> list[np.ndarray]:
    """Angles near multiples of π/2, small and huge."""
    k = np.concatenate([random.integers(-4000, 4000, count // 2), random.integers(-(10**7), 10**7, count // 2)])
    near = (k.astype("g") * (np.arctan(np.longdouble(1)) * 2)).astype(code)
    near = near + near * (random.integers(-3, 4, near.size) * np.finfo(code).eps).astype(code)
    mantissa, low, high = {"e": (11, -14, 15), "f": (24, -24, 127), "d": (53, -53, 1023)}[code]
    huge = np.array(nearest_quarters(mantissa, low, high)).astype(code)
    large = random.uniform(1, 2, count // 4) * 2.0 ** random.uniform(10, high - 1, count // 4)
    return [near, huge, -huge, large]


@functools.cache
def nearest_quarters(mantissa: int, low: int, high: int) -> tuple[float, ...]:
    """For each exponent the numbers of ``mantissa`` bits that lie nearest to a multiple of π/2: denominators of the
    convergents of ``2^e · 2/π`` (W. Kahan, "Minimizing q·m - n", 1983)."""
    bits = 2600
    pi = _pi(bits)
    found = []
    for exponent in range(low, high - mantissa + 1):
        # 2^exponent / (π/2) as a quotient of integers.
        top, bottom = 1 << bits + 1 + max(exponent, 0), pi << max(-exponent, 0)
        before, now = 0, 1
        while bottom and now.bit_length() <= mantissa:
            quotient, rest = divmod(top, bottom)
            found.append(math.ldexp(now, exponent))
            before, now = now, quotient * now + before
            top, bottom = bottom, rest
            if len(found) > 10**6:
                break
    return tuple(found)


def _pi(bits: int) -> int:
    """π · 2^bits, by Machin's formula."""
    one = 1 << bits + 20

    def arctan_inverse(n: int) -> int:
        total = term = one // n
        k, sign = 3, -1
        while term:
            term //= n * n
            total += sign * (term // k)
            k, sign = k + 2, -sign
        return total

    return 4 * (4 * arctan_inverse(5) - arctan_inverse(239)) >> 20


def close(random, code: str, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Pairs of like magnitude at all exponents, pairs near equality, ordinary pairs."""
    first = patterns(random, code, count)
    ratio = random.uniform(-1, 1, count) * 2.0 ** random.uniform(-30, 30, count)
    pairs = [(first, first * ratio.astype(code)), (first, first * (1 + 2.0 ** random.uniform(-60, 0, count)))]
    pairs.append((random.standard_normal(count), random.standard_normal(count)))
    return pairs


def powers(random, code: str, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Bases of all exponents whose power lies within the range, bases near 1 with huge exponents, results near
    overflow and underflow, small whole exponents, ordinary pairs."""
    info = np.finfo(code)
    low, high = math.log(info.smallest_subnormal) - 1, math.log(info.max) + 1
    anything = np.abs(patterns(random, code, count))
    near_one = (1 + random.choice([-1, 1], count) * 2.0 ** random.uniform(info.machep, -1, count)).astype(code)
    ordinary = random.uniform(0, 20, count)
    ends = np.array([low + 1, high - 1, math.log(info.tiny)])
    wanted = random.uniform(low, high, count)
    edge = random.choice(ends, count) * (1 + 2.0 ** random.uniform(-50, -8, count) * random.choice([-1, 1], count))

    def exponent_for(base, logarithm):
        return logarithm / np.log(base.astype("g"))

    whole = random.integers(-40, 40, count // 4)
    any_base = patterns(random, code, count // 4)
    return [
        (anything, exponent_for(anything, wanted)),
        (near_one, exponent_for(near_one, wanted)),
        (near_one, exponent_for(near_one, edge)),
        (ordinary, random.uniform(-10, 10, count)),
        (any_base, whole),
        (random.uniform(-9, 9, count // 4), whole),
    ]


def sums(random, code: str, count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Operands at all distances, and pairs whose powers add up to about 1, so that the result is near 0."""
    first = random.uniform(-50, 50, count)
    small = random.uniform(-3, 0, count)
    with np.errstate(all="ignore"):
        natural, binary = np.log1p(-np.exp(small)), np.log2(1 - np.exp2(small))
    distance = random.uniform(-1, 1, count) * 2.0 ** random.uniform(-30, 6, count)
    return [(first, first + distance), (small, natural), (small, binary)]


#: Generators of further arguments.
EXTRA = {
    "exponent": exponents,
    "exponent2": exponents2,
    "quarters": quarters,
    "close": close,
    "powers": powers,
    "sums": sums,
}
