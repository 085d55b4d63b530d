"""Sequences of sequences of …: `_NestedSequence`."""

from typing import Any, Protocol, TypeVar, runtime_checkable

_T_co = TypeVar("_T_co", covariant=True)


@runtime_checkable
class _NestedSequence(Protocol[_T_co]):
    """A sequence whose items are of a type, or again such sequences."""

    def __len__(self, /) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int, /) -> Any:
        raise NotImplementedError

    def __contains__(self, x: object, /) -> bool:
        raise NotImplementedError

    def __iter__(self, /) -> Any:
        raise NotImplementedError

    def __reversed__(self, /) -> Any:
        raise NotImplementedError

    def count(self, value: Any, /) -> int:
        """How often `value` occurs."""
        raise NotImplementedError

    def index(self, value: Any, /) -> int:
        """The first place of `value`."""
        raise NotImplementedError
