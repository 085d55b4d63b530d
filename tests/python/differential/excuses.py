"""The differences that docs/differences.md explains, in one table: nothing else is excused."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Excuse:
    """A difference that is meant: where it shows, how it reads, and why."""

    reason: str
    #: A pattern that the call must match.
    call: str
    #: A pattern that each line of the difference must match.
    line: str


EXCUSES = [
    Excuse(
        "a floating-point warning of a cast inside a call names the operation, where NumPy names the cast or the operation "
        "by the operands' size",
        ".",
        r"^warnings renamed$",
    ),
    Excuse(
        "whether operations with NaN among their operands report `invalid` is left open, as NumPy's loops differ among themselves",
        ".",
        r"^warnings of NaN$|at \(.*nan.*nan",
    ),
    Excuse(
        "`reduceat` keeps its operand's memory order, as the other methods do",
        r"\.reduceat\(",
        r"^result: (strides|C_CONTIGUOUS|F_CONTIGUOUS)|^warnings",
    ),
    Excuse(
        "of a positive and a negative zero, minimum and maximum are either",
        r"(max|min)",
        r"(at \(.*(float\d*|longdouble|longdouble)\('?-?0(\.0)?'?\) \| .*\('?-?0(\.0)?'?\)|^warnings)",
    ),
    Excuse("`ufunc.at` refuses to write to read-only arrays", r"\.at\(", r"^error: .* \| ValueError: array is read-only|^error: ValueError: operand array with iterator write flag"),
    Excuse("means of timedeltas weigh and divide them as numbers", r"average\(", r"^error: (ValueError: Could not convert object|DTypePromotion).* None: None"),
    Excuse(
        "infinite complex products are C's in stretches of any length",
        r"multiply|\*|prod",
        r"(complex(128|64)\(|^warnings)",
    ),
    Excuse("an exception in a loop is itself the error", r".", r"error: SystemError: .* returned a result with an exception set"),
    Excuse("timedeltas can be padded with their extremes and means", r"np\.pad\(", r"ufunc 'rint'"),
    Excuse("characters out of range are a ValueError", r".", r"^error: SystemError: invalid maximum character"),
    Excuse("equal NaN that `unique` keeps apart are numbered in their order", r"unique", r"at \("),
    Excuse("text is repeated by number scalars", r"operator\.i?mul", r"'out' kwarg is necessary when using the string multiply"),
    Excuse(
        "floats that an unsigned integer can't hold become what C makes of them, in stretches of any length and whatever they are written to",
        r"(out=|dtype=)",
        r"at \([\d, ]*\): np\.u?int|^warnings|at \([\d, ]*\): np\.u?longlong",
    ),
    Excuse("what `overwrite_input` leaves behind is nobody's promise", r"overwrite_input=True", r"^operand |is read-only|no values"),
    Excuse(
        "`nonzero` gives contiguous arrays, where NumPy gives columns of one table",
        r"nonzero|where\(|argwhere|unravel_index",
        r"^result: (\[\d+\] )?(strides|C_CONTIGUOUS|F_CONTIGUOUS)",
    ),
    Excuse("an `out` of a running reduction has the shape of its operand", r"cum|accumulate", r"wrong size for the accumulation"),
    Excuse("a call that is refused does not report lost imaginary parts first", r"reduce\(.*where=", r"^warnings: \[\('ComplexWarning', '[^']*'\)\] \| \[\]$"),
    Excuse("Python's operators on objects report for themselves in `ufunc.at`", r"\.at\(.*'O'", r"^warnings: .*encountered in at"),
]  # fmt: skip


def renamed(line):
    """The warnings of a line of differences with the operations' names left out, if they differ in nothing else."""
    left, right = line.removeprefix("warnings: ").split(" | ")
    bare = re.compile(r"(encountered in )(?!scalar)\w+")
    x, y = (sorted(set(eval(bare.sub(r"\1", side)))) for side in (left, right))
    return x == y


def of_nan(case, line):
    """True if NaN is in sight and the warnings of a line of differences differ in `invalid` alone."""
    seen = [w for side in line.removeprefix("warnings: ").split(" | ") for w in eval(side)]
    left, right = (
        {w for w in eval(side) if "invalid" not in w[1]} for side in line.removeprefix("warnings: ").split(" | ")
    )
    return left == right and ("nan" in str(case) or "inf" in str(case)) and any("invalid" in w[1] for w in seen)


def read(case, line):
    """A line of differences, or what its warnings come to."""
    if line.startswith("warnings: "):
        return "warnings renamed" if renamed(line) else "warnings of NaN" if of_nan(case, line) else line
    return line


def excuse(case, found):
    """The reason why a difference is meant, or None."""
    found = [read(case, line) for line in found]
    for one in EXCUSES:
        if re.search(one.call, case.call) and all(re.search(one.line, line) for line in found):
            return one.reason
    return None
