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


DEFECTS = [
    Defect("`floor_divide.at` of objects names other operations in warnings", "np.floor_divide.at(np.array([[1.0], [0.0]], 'g'), (), np.array([0], 'O'))", r"\.at\(", r"^warnings"),
    Defect("einsum of objects starts its sums from 0", "np.einsum('ij,jk->', np.array([[None]], 'O'), np.zeros((0, 1), 'O')[:1])", r"einsum", r".*"),
    Defect("running sums with their beginning, `out` having room for that alone", "np.cumulative_sum(np.array([3.7], 'f4'), out=np.array([3.75], 'f4'), include_initial=True)", r"cumulative_\w+\(.*include_initial", r"wrong size for the accumulation"),
    Defect("places among nothing of what can't be compared", "np.searchsorted(np.zeros(0, 'U5'), np.array('NaT', 'm8[ns]'))", r"searchsorted", r"error: TypeError: '<' not supported"),
    Defect("memory order of stacked products, the kind of an error of axes", "np.matmul(np.ones((1, 2, 3)), np.ones((1, 3, 2)), order='F').strides", r"np\.(matmul|matvec|vecmat|vecdot)\(", r"strides|CONTIGUOUS|error: AxisError|^result: \["),
    Defect("medians and moments of subclasses, with masks, of spans", "np.median(np.zeros((2, 1, 3), 'f2').view(Sub), axis=-2)", r"median|nanvar|nanstd", r"type Sub|strides|CONTIGUOUS|^warnings"),
    Defect("running sums of all elements in an `out` of more axes", "np.cumsum(np.array([[1.0], [2.0]]), out=np.zeros((2, 1), 'D'))", r"cum", r"wrong size for the accumulation"),
    Defect("operations by masks whose extents differ report lost imaginary parts before they are refused", "np.subtract.reduce(np.full((2, 3), 1j), axis=0, where=np.ones((2, 1), '?'), dtype='f4')", r"where=", r"^warnings: \[\('ComplexWarning'"),
]  # fmt: skip


def waits(case, found):
    """The open defect that explains all differences, or None."""
    for defect in DEFECTS:
        if re.search(defect.call, str(case)) and all(re.search(defect.line, line) for line in found):
            return defect.what
    return None
