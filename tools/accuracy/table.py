"""What was measured, as lines and as the page docs/accuracy.md."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .measure import DECIMAL_COUNT, Worst

TYPES = {"e": "float16", "f": "float32", "d": "float64"}

HEAD = """# Accuracy of the mathematical functions

The largest error found, in units of the last place (ULP) of the true value; 0.5 is the least that rounding allows, 1.0
what sharray promises. `∞` means NaN, an infinity or a zero of the wrong sign instead of the true value.

Made by `make accuracy` (`python -m tools.accuracy --write docs/accuracy.md`), beside NumPy {numpy} on the same inputs and
machine; never edited by hand. `tests/python/test_accuracy.py` holds the bound in every run of the tests.

*Inputs*: about {count:,} for each function and precision (half precision with one argument: all 65,536), half of them any
bit patterns, which are spread evenly over the exponents; the others in the interval of ordinary work and around zeros,
poles and the ends of the range; for trigonometric functions near multiples of π/2, those huge numbers among them that
lie nearest to one; for powers, results over the whole range and near its ends, bases near 1 with huge exponents. Sums of
powers (`logaddexp`), in which any number of digits can cancel: {decimal:,}, and the error in units of the larger operand. `tools/accuracy/inputs.py` has the details.

*Reference*: for float64 the C library's long double function, for float32 and float16 its double one; for sums of powers
decimal arithmetic of 60 digits.

`python -m tools.accuracy --all` goes through all 2³² single-precision numbers (hours).

"""


@dataclass(frozen=True)
class Row:
    """What was found for one function in one precision."""

    name: str
    code: str
    count: int
    #: By instruction-set level.
    ours: dict[str, Worst]
    theirs: Worst


def number(error: float) -> str:
    """An error as the page shows it: rounded up, so that no bound is promised too low."""
    if np.isinf(error):
        return "∞"
    return f"{np.ceil(error * 1000) / 1000:.3f}" if error < 1000 else f"{error:.1e}"


def line(row: Row) -> str:
    """A row as the terminal shows it."""
    parts = [f"{row.name:12} {TYPES[row.code]:8} {row.count:9,}"]
    parts += [f"{level} {number(found.error)} at {found.arguments}" for level, found in row.ours.items()]
    parts.append(f"NumPy {number(row.theirs.error)}")
    return "  ".join(parts)


def page(rows: list[Row], levels: list[str], count: int) -> str:
    """The whole page."""
    head = HEAD.format(numpy=np.__version__, count=count, decimal=DECIMAL_COUNT)
    titles = ["function", "dtype", *(f"sharray ({level})" for level in levels), "NumPy"]
    lines = ["| " + " | ".join(titles) + " |", "|---|---|" + "--:|" * (len(levels) + 1)]
    for row in rows:
        cells = [f"`{row.name}`", TYPES[row.code]]
        cells += [number(row.ours[level].error) for level in levels] + [number(row.theirs.error)]
        lines.append("| " + " | ".join(cells) + " |")
    return head + "\n".join(lines) + "\n"
