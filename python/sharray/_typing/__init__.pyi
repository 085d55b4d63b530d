"""What annotations of array functions are made of."""

from collections.abc import Callable, Sequence
from os import PathLike
from typing import IO, Any, Literal, Protocol, SupportsIndex, TypeAlias, TypedDict, type_check_only

from typing_extensions import Buffer, TypeVar

import sharray as np

_ScalarT = TypeVar("_ScalarT", bound=np.generic)
_DTypeT_co = TypeVar("_DTypeT_co", bound=np.dtype[Any], covariant=True)
_T_co = TypeVar("_T_co", covariant=True)

_AnyShape: TypeAlias = tuple[Any, ...]
_Shape: TypeAlias = tuple[int, ...]
_ShapeLike: TypeAlias = SupportsIndex | Sequence[SupportsIndex]

@type_check_only
class _SupportsArray(Protocol[_DTypeT_co]):
    def __array__(self) -> np.ndarray[Any, _DTypeT_co]: ...

@type_check_only
class _SupportsDType(Protocol[_DTypeT_co]):
    @property
    def dtype(self) -> _DTypeT_co: ...

@type_check_only
class _NestedSequence(Protocol[_T_co]):
    def __len__(self, /) -> int: ...
    def __getitem__(self, index: int, /) -> _T_co | _NestedSequence[_T_co]: ...
    def __contains__(self, value: object, /) -> bool: ...
    def __reversed__(self, /) -> Any: ...
    def count(self, value: Any, /) -> int: ...
    def index(self, value: Any, /) -> int: ...

@type_check_only
class _DTypeDict(TypedDict, total=False):
    names: Sequence[str]
    formats: Sequence[Any]
    offsets: Sequence[int]
    titles: Sequence[Any]
    itemsize: int
    aligned: bool

NDArray: TypeAlias = np.ndarray[_AnyShape, np.dtype[_ScalarT]]
ArrayLike: TypeAlias = (
    Buffer
    | _SupportsArray[np.dtype[Any]]
    | _NestedSequence[_SupportsArray[np.dtype[Any]]]
    | complex
    | bytes
    | str
    | _NestedSequence[complex | bytes | str]
)
DTypeLike: TypeAlias = (
    type[Any] | np.dtype[Any] | str | _SupportsDType[np.dtype[Any]] | tuple[Any, Any] | list[Any] | _DTypeDict
)
_ArrayOf: TypeAlias = _SupportsArray[np.dtype[_ScalarT]] | _NestedSequence[_SupportsArray[np.dtype[_ScalarT]]]
_DTypeOf: TypeAlias = np.dtype[_ScalarT] | type[_ScalarT] | _SupportsDType[np.dtype[_ScalarT]]

class NBitBase: ...

_Array: TypeAlias = np.ndarray[_AnyShape, np.dtype[Any]]
_BoolLike: TypeAlias = bool | np.bool
_Axis: TypeAlias = SupportsIndex | None
_Axes: TypeAlias = SupportsIndex | Sequence[SupportsIndex] | None
_Order: TypeAlias = Literal["K", "A", "C", "F"] | None
_OrderCF: TypeAlias = Literal["C", "F"] | None
_Casting: TypeAlias = Literal["no", "equiv", "safe", "same_kind", "same_value", "unsafe"]
_ClipMode: TypeAlias = Literal["raise", "wrap", "clip"]
_SortKind: TypeAlias = Literal["quicksort", "mergesort", "heapsort", "stable", "Q", "M", "H", "S", "q", "m", "h", "s"]
_Side: TypeAlias = Literal["left", "right"]
_Device: TypeAlias = Literal["cpu"] | None
_Path: TypeAlias = str | PathLike[str]
_File: TypeAlias = str | PathLike[str] | IO[Any]
_Function: TypeAlias = Callable[..., Any]
_Pattern: TypeAlias = str | Any
_Seed: TypeAlias = int | Sequence[int] | _Array | None

class _128Bit(NBitBase): ...
class _64Bit(_128Bit): ...
class _32Bit(_64Bit): ...
class _16Bit(_32Bit): ...
class _8Bit(_16Bit): ...
