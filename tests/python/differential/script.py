"""Cases as text, and the names that their lines may use."""

import datetime
import fractions
import operator
from dataclasses import dataclass, field

from .tolerance import EXACT, Tolerance

NAN = float("nan")
INF = float("inf")


@dataclass
class Case:
    """A call, the lines that prepare its operands, and how near its numbers must be."""

    lines: list = field(default_factory=list)
    call: str = "None"
    tolerance: Tolerance = EXACT
    #: Whether strides of the result are part of the comparison.
    strides: bool = True

    def name(self):
        """A fresh name for an operand."""
        return "abcdefghijklmn"[len({line.split(" = ")[0] for line in self.lines if " = " in line and line[1] == " "})]

    def put(self, expression):
        """Bind `expression` to a fresh name, and return the name."""
        name = self.name()
        self.lines.append(f"{name} = {expression}")
        return name

    def __str__(self):
        return "\n".join([*self.lines, self.call])


def unaligned(np, a):
    """A copy of `a` whose elements lie on odd addresses."""
    if a.dtype.hasobject:
        return a.copy()
    memory = bytearray(a.nbytes + 1)
    out = np.ndarray(a.shape, a.dtype, buffer=memory, offset=1)
    out[...] = a
    return out


def readonly(a):
    """`a` itself, which can't be written any more."""
    a.flags.writeable = False
    return a


def spread(np, a):
    """A copy of `a` every second element of whose memory, along each axis, is something else."""
    out = np.zeros([2 * n for n in a.shape], a.dtype)[tuple(slice(None, None, 2) for _ in a.shape)]
    out[...] = a
    return out


def reverse(np, a):
    """A copy of `a` with negative strides along each axis."""
    back = (slice(None, None, -1),) * a.ndim
    return a[back].copy()[back] if a.ndim else a.copy()


def fortran(np, a):
    """A copy of `a` in Fortran's order."""
    return a.T.copy().T


def swapped(np, a):
    """A copy of `a` in the other byte order."""
    return a.astype(a.dtype.newbyteorder())


def names(np):
    """The names that lines may use, for one of the two modules."""

    class Sub(np.ndarray):
        pass

    return {
        "np": np, "nan": NAN, "inf": INF, "Sub": Sub, "operator": operator, "Fraction": fractions.Fraction,
        "datetime": datetime, "as_strided": np.lib.stride_tricks.as_strided, "readonly": readonly,
        "unaligned": lambda a: unaligned(np, a), "spread": lambda a: spread(np, a), "reverse": lambda a: reverse(np, a),
        "fortran": lambda a: fortran(np, a), "swapped": lambda a: swapped(np, a),
    }  # fmt: skip
