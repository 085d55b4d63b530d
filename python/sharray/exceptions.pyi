"""Exceptions and warnings that are more precise than Python's own.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
)

__all__ = [
    "AxisError",
    "ComplexWarning",
    "DTypePromotionError",
    "ModuleDeprecationWarning",
    "TooHardError",
    "VisibleDeprecationWarning",
]

class AxisError(builtins.ValueError, builtins.IndexError):
    def __init__(self, axis: Any, ndim: Any = None, msg_prefix: Any = None) -> None: ...
    def __str__(self) -> builtins.str: ...
    @property
    def axis(self) -> Any: ...
    @property
    def ndim(self) -> Any: ...

class ComplexWarning(builtins.RuntimeWarning): ...
class DTypePromotionError(builtins.TypeError): ...
class ModuleDeprecationWarning(builtins.DeprecationWarning): ...
class TooHardError(builtins.RuntimeError): ...
class VisibleDeprecationWarning(builtins.UserWarning): ...
