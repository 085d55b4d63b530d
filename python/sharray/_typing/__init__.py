"""What annotations of array functions are made of."""

# The subscripts below are names of scalar types, and the unions are values, not annotations.
# ruff: noqa: F821, UP007

from typing import Any, Protocol, TypeAlias, TypeVar, Union, final, runtime_checkable

from .._core.multiarray import dtype, ndarray
from .._core.numerictypes import allTypes as _types
from .._utils import set_module
from ._nested import _NestedSequence as _NestedSequence

_ScalarT = TypeVar("_ScalarT", bound=_types["generic"])

_Shape: TypeAlias = tuple[int, ...]
_AnyShape: TypeAlias = tuple[Any, ...]
_ShapeLike: TypeAlias = int | tuple[int, ...] | list[int]


@runtime_checkable
class _SupportsArray(Protocol):
    """Has `__array__`."""

    def __array__(self) -> ndarray: ...


@runtime_checkable
class _SupportsArrayFunc(Protocol):
    """Has `__array_function__`."""

    def __array_function__(self, func, types, args, kwargs) -> object: ...


@runtime_checkable
class _SupportsDType(Protocol):
    """Has `dtype`."""

    @property
    def dtype(self) -> dtype: ...


@runtime_checkable
class _Buffer(Protocol):
    def __buffer__(self, flags: int, /) -> memoryview: ...


_HasDType = _SupportsDType

NDArray: TypeAlias = ndarray[_AnyShape, dtype[_ScalarT]]
ArrayLike: TypeAlias = (
    _Buffer
    | _SupportsArray
    | _NestedSequence[_SupportsArray]
    | complex
    | bytes
    | str
    | _NestedSequence[complex | bytes | str]
)
DTypeLike: TypeAlias = Union[type, dtype, str, _SupportsDType, tuple[Any, Any], list[Any], dict[str, Any], None]


@final
@set_module("numpy.typing")
class NBitBase:
    """The root of the precisions (deprecated: use scalar types as bounds of type variables).

    Examples
    --------
    >>> import sharray.typing
    >>> sharray.typing.NBitBase.__name__
    'NBitBase'
    """

    def __init_subclass__(cls):
        allowed = {"NBitBase", "_128Bit", "_96Bit", "_64Bit", "_32Bit", "_16Bit", "_8Bit"}
        if cls.__name__ not in allowed:
            raise TypeError('cannot inherit from final class "NBitBase"')
        super().__init_subclass__()


class _128Bit(NBitBase):
    pass


class _96Bit(_128Bit):
    pass


class _64Bit(_96Bit):
    pass


class _32Bit(_64Bit):
    pass


class _16Bit(_32Bit):
    pass


class _8Bit(_16Bit):
    pass


_NBitByte, _NBitShort, _NBitIntC, _NBitIntP = _8Bit, _16Bit, _32Bit, _64Bit
_NBitInt, _NBitLong, _NBitLongLong = _NBitIntP, _64Bit, _64Bit
_NBitHalf, _NBitSingle, _NBitDouble, _NBitLongDouble = _16Bit, _32Bit, _64Bit, _128Bit

_BoolLike_co = Union[bool, _types["bool"]]
_UIntLike_co = Union[_BoolLike_co, _types["unsignedinteger"]]
_IntLike_co = Union[int, _types["integer"], _types["bool"]]
_FloatLike_co = Union[float, _types["floating"], _types["integer"], _types["bool"]]
_ComplexLike_co = Union[complex, _types["number"], _types["bool"]]
_NumberLike_co = _ComplexLike_co
_TD64Like_co = Union[_IntLike_co, _types["timedelta64"]]
_VoidLike_co = Union[tuple[Any, ...], _types["void"]]
_CharLike_co = Union[str, bytes]
_ScalarLike_co = Union[complex, str, bytes, _types["generic"]]

_ArrayLike: TypeAlias = _SupportsArray | _NestedSequence[_SupportsArray]
