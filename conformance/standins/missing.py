"""Functions that say what they wait for: NumPy's C interface."""

from collections.abc import Callable
from typing import Any


class NeedsCABI(NotImplementedError):
    """A compiled test helper was called that has no stand-in."""


def missing(name: str, why: str = "needs the C ABI") -> Callable[..., Any]:
    """A function called ``name`` that raises whenever it is called."""

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        raise NeedsCABI(f"{name}: {why}")

    stand_in.__name__ = stand_in.__qualname__ = name
    return stand_in


def missing_functions(names: str) -> dict[str, Callable[..., Any]]:
    """Such a function for each name in a text."""
    return {name: missing(name) for name in names.split()}
