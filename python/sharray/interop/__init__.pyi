"""Sharing memory with other libraries, and a plain answer to "was that shared or copied?".

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
)

from sharray import _typing as _t

__all__ = ["Explanation", "explain"]

class Explanation:
    def __init__(self, kind: Any, verdict: Any, protocol: Any, owner: Any, array: Any) -> None: ...
    def __repr__(self) -> builtins.str: ...
    def __str__(self) -> builtins.str: ...

def explain(x: _t.ArrayLike) -> Any: ...
