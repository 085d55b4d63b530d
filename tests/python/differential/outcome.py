"""Run a case on one module, and keep all that can be seen of what it did."""

import warnings
from dataclasses import dataclass, field

from .script import names


@dataclass
class Outcome:
    """The result or the exception, the warnings, and the operands as they are afterwards."""

    module: object
    result: object = None
    error: BaseException | None = None
    warnings: list = field(default_factory=list)
    operands: dict = field(default_factory=dict)
    #: An exception in the lines that prepare the operands.
    spoilt: BaseException | None = None


def advice_left_out(warning):
    """The warning's text; of a deprecation only the subject, as what to do instead is said in words of our own."""
    words = str(warning.message).split()
    return " ".join(words[:5] if issubclass(warning.category, DeprecationWarning) else words)


def run(case, np):
    """The outcome of `case` with `np` as its module."""
    space = names(np)
    own = set(space)
    out = Outcome(np)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec("\n".join(case.lines), space)
        except Exception as error:
            out.spoilt = error
            return out
    out.operands = {k: v for k, v in space.items() if k not in own and not k.startswith("__")}
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            out.result = eval(case.call, space)
        except Exception as error:
            out.error = error
    out.warnings = sorted({(w.category.__name__, advice_left_out(w)) for w in seen})
    return out
