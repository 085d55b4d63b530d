"""Sharing memory with other libraries, and a plain answer to "was that shared or copied?".

`explain(x)` says of any object what it is, who owns its memory, who else looks at it, and how it came: as text, and as
a picture of the memory. `plan(x, "torch")` says what crossing to a library would do, `to(x, "torch")` crosses with the
least work, `log()` lists the crossings that were, and `with no_copy():` makes an error of each copy at a border.
"""

from .._core._arrow_in import from_arrow
from .._core._arrow_masked import Masked
from ._explain import Explanation, explain
from ._log import Crossing, Log, log
from ._plan import Plan, plan
from ._reasons import REASONS
from ._to import to
from ._watch import CopyRefused, no_copy

__all__ = [
    "REASONS",
    "CopyRefused",
    "Crossing",
    "Explanation",
    "Log",
    "Masked",
    "Plan",
    "explain",
    "from_arrow",
    "log",
    "no_copy",
    "plan",
    "to",
]

for _public in (CopyRefused, Crossing, Explanation, Log, Plan, explain, log, no_copy, plan, to):
    _public.__module__ = __name__
del _public
