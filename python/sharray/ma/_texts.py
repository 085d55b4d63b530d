"""Docstrings of functions that tables make: put together from those of the functions they stand for."""

import inspect
import re

OUT = "out : ndarray, optional\n    Where the result goes; of the result's shape, and a dtype the result casts to."
KEEPDIMS = "keepdims : bool, optional\n    Whether axes that are reduced stay, with length 1."
AXIS = "axis : int or tuple of int, optional\n    The axes to reduce; None takes all elements."
DTYPE = "dtype : dtype, optional\n    The dtype to compute in, and of the result."
FILL_VALUE = "fill_value : scalar, optional\n    What masked values count as; by default what never is the result."

#: what functions that make arrays take beside NumPy's parameters
MORE = """fill_value : scalar, optional
    What `filled` puts for masked values; by default by the dtype.
hardmask : bool, optional
    Whether assignment leaves masked values masked."""


def text(summary, parameters, returns, examples, raises=None):
    """A docstring of these parts; `examples` are lines of a session."""
    parts = [summary, _section("Parameters", parameters) if parameters else None, _section("Returns", returns)]
    parts += [_section("Raises", raises) if raises else None, _section("Examples", examples)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(title, body):
    return f"{title}\n{'-' * len(title)}\n{body}"


def section(docstring, title):
    """The body of a section of a docstring, without its indentation; None if there is none."""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=\n\n\S[^\n]*\n---|\Z)", inspect.cleandoc(docstring or ""), re.M | re.S)
    return found[1].rstrip() if found else None


def with_parameter(docstring, entry, behind=None):
    """A docstring with one parameter more: the first, or the one behind the parameter of that name."""
    docstring = inspect.cleandoc(docstring)
    body = section(docstring, "Parameters")
    if body is None:
        head, title, rest = docstring.partition("\n\nReturns\n-------\n")
        return f"{head}\n\n{_section('Parameters', entry)}{title}{rest}"
    entries = re.split(r"\n(?=\S)", body)
    at = 1 + [one.partition(" : ")[0] for one in entries].index(behind) if behind else 0
    return docstring.replace(body, "\n".join([*entries[:at], entry, *entries[at:]]), 1)
