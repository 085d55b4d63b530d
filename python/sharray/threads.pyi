"""How many threads sharray's operations use.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

from typing import Any

__all__ = ["get", "limit", "set"]

def get() -> Any: ...

class limit:
    def __init__(self, n: Any) -> None: ...
    def __enter__(self) -> Any: ...
    def __exit__(self, *exception: Any) -> Any: ...

def set(n: Any) -> Any: ...
