"""Services for series of polynomials: checked coefficients, domains, trimming.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
)

from sharray import _typing as _t
from sharray.polynomial.polynomial import polytrim as trimcoef

__all__ = ["as_series", "format_float", "getdomain", "mapdomain", "mapparms", "trimcoef", "trimseq"]

def as_series(alist: Any, trim: builtins.bool = True) -> Any: ...
def format_float(x: _t.ArrayLike, parens: builtins.bool = False) -> Any: ...
def getdomain(x: _t.ArrayLike) -> Any: ...
def mapdomain(x: _t.ArrayLike, old: Any, new: Any) -> Any: ...
def mapparms(old: Any, new: Any) -> Any: ...
def trimseq(seq: Any) -> Any: ...
