"""Defects that the search found and that wait to be mended: it steps over them, and each has a strict expected failure.

Who mends one strikes its row; `test_open.py` fails until then if the row stays.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """What is wrong, a call that shows it, and the differences that it makes."""

    what: str
    shown_by: str
    call: str
    line: str


DEFECTS: list[Defect] = [
    Defect("the kind of the error where `axes` names axes of a dimension that is left out", "np.matmul(np.ones(3), np.ones((3, 1)), axes=[(-1, -2), (-2, -1), (-2, -1)])", r"np\.(matmul|matvec|vecmat|vecdot)\(", r"error: AxisError: \w+: operand .* core dimensions"),
]  # fmt: skip


def waits(case, found):
    """The open defect that explains all differences, or None."""
    for defect in DEFECTS:
        if re.search(defect.call, str(case)) and all(re.search(defect.line, line) for line in found):
            return defect.what
    return None
