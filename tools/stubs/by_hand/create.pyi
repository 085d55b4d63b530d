# Making arrays: the dtype of the result is that of `dtype`, or of the array given.

class _CopyMode(enum.Enum):
    ALWAYS = True
    NEVER = False
    IF_NEEDED = 2
    def __bool__(self) -> builtins.bool: ...

@overload
def array(
    object: _ArrayT,
    dtype: None = None,
    *,
    copy: builtins.bool | _CopyMode | None = True,
    order: _t._Order = "K",
    subok: Literal[True],
    ndmin: Literal[0] = 0,
    ndmax: int = 0,
    like: _t._SupportsArray[Any] | None = None,
) -> _ArrayT: ...
@overload
def array(
    object: ndarray[_ShapeT, _DTypeT],
    dtype: None = None,
    *,
    copy: builtins.bool | _CopyMode | None = True,
    order: _t._Order = "K",
    subok: Literal[False] = False,
    ndmin: Literal[0] = 0,
    ndmax: int = 0,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, _DTypeT]: ...
@overload
def array(
    object: _t._ArrayOf[_ScalarT],
    dtype: None = None,
    *,
    copy: builtins.bool | _CopyMode | None = True,
    order: _t._Order = "K",
    subok: builtins.bool = False,
    ndmin: int = 0,
    ndmax: int = 0,
    like: _t._SupportsArray[Any] | None = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def array(
    object: Any,
    dtype: _t._DTypeOf[_ScalarT],
    *,
    copy: builtins.bool | _CopyMode | None = True,
    order: _t._Order = "K",
    subok: builtins.bool = False,
    ndmin: int = 0,
    ndmax: int = 0,
    like: _t._SupportsArray[Any] | None = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def array(
    object: Any,
    dtype: _t.DTypeLike | None = None,
    *,
    copy: builtins.bool | _CopyMode | None = True,
    order: _t._Order = "K",
    subok: builtins.bool = False,
    ndmin: int = 0,
    ndmax: int = 0,
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...
@overload
def asarray(
    a: ndarray[_ShapeT, _DTypeT],
    dtype: None = None,
    order: _t._Order = None,
    *,
    device: _t._Device = None,
    copy: builtins.bool | None = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, _DTypeT]: ...
@overload
def asarray(
    a: _t._ArrayOf[_ScalarT],
    dtype: None = None,
    order: _t._Order = None,
    *,
    device: _t._Device = None,
    copy: builtins.bool | None = None,
    like: _t._SupportsArray[Any] | None = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def asarray(
    a: Any,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._Order = None,
    *,
    device: _t._Device = None,
    copy: builtins.bool | None = None,
    like: _t._SupportsArray[Any] | None = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def asarray(
    a: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = None,
    *,
    device: _t._Device = None,
    copy: builtins.bool | None = None,
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...
@overload
def asanyarray(
    a: _ArrayT,
    dtype: None = None,
    order: _t._Order = None,
    *,
    device: _t._Device = None,
    copy: builtins.bool | None = None,
    like: _t._SupportsArray[Any] | None = None,
) -> _ArrayT: ...
@overload
def asanyarray(
    a: _t._ArrayOf[_ScalarT],
    dtype: None = None,
    order: _t._Order = None,
    *,
    device: _t._Device = None,
    copy: builtins.bool | None = None,
    like: _t._SupportsArray[Any] | None = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def asanyarray(
    a: Any,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._Order = None,
    *,
    device: _t._Device = None,
    copy: builtins.bool | None = None,
    like: _t._SupportsArray[Any] | None = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def asanyarray(
    a: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = None,
    *,
    device: _t._Device = None,
    copy: builtins.bool | None = None,
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...
@overload
def ascontiguousarray(
    a: ndarray[_ShapeT, _DTypeT], dtype: None = None, *, like: _t._SupportsArray[Any] | None = None
) -> ndarray[_ShapeT, _DTypeT]: ...
@overload
def ascontiguousarray(
    a: _t._ArrayOf[_ScalarT], dtype: None = None, *, like: _t._SupportsArray[Any] | None = None
) -> _t.NDArray[_ScalarT]: ...
@overload
def ascontiguousarray(
    a: Any, dtype: _t._DTypeOf[_ScalarT], *, like: _t._SupportsArray[Any] | None = None
) -> _t.NDArray[_ScalarT]: ...
@overload
def ascontiguousarray(
    a: Any, dtype: _t.DTypeLike | None = None, *, like: _t._SupportsArray[Any] | None = None
) -> _t._Array: ...
@overload
def asfortranarray(
    a: ndarray[_ShapeT, _DTypeT], dtype: None = None, *, like: _t._SupportsArray[Any] | None = None
) -> ndarray[_ShapeT, _DTypeT]: ...
@overload
def asfortranarray(
    a: _t._ArrayOf[_ScalarT], dtype: None = None, *, like: _t._SupportsArray[Any] | None = None
) -> _t.NDArray[_ScalarT]: ...
@overload
def asfortranarray(
    a: Any, dtype: _t._DTypeOf[_ScalarT], *, like: _t._SupportsArray[Any] | None = None
) -> _t.NDArray[_ScalarT]: ...
@overload
def asfortranarray(
    a: Any, dtype: _t.DTypeLike | None = None, *, like: _t._SupportsArray[Any] | None = None
) -> _t._Array: ...
@overload
def empty(
    shape: SupportsIndex,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[float64]]: ...
@overload
def empty(
    shape: SupportsIndex,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def empty(
    shape: SupportsIndex,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def empty(
    shape: _ShapeT,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[float64]]: ...
@overload
def empty(
    shape: _ShapeT,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[_ScalarT]]: ...
@overload
def empty(
    shape: _ShapeT,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[Any]]: ...
@overload
def empty(
    shape: _t._ShapeLike,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[float64]]: ...
@overload
def empty(
    shape: _t._ShapeLike,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[_ScalarT]]: ...
@overload
def empty(
    shape: _t._ShapeLike,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[Any]]: ...
@overload
def zeros(
    shape: SupportsIndex,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[float64]]: ...
@overload
def zeros(
    shape: SupportsIndex,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def zeros(
    shape: SupportsIndex,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def zeros(
    shape: _ShapeT,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[float64]]: ...
@overload
def zeros(
    shape: _ShapeT,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[_ScalarT]]: ...
@overload
def zeros(
    shape: _ShapeT,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[Any]]: ...
@overload
def zeros(
    shape: _t._ShapeLike,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[float64]]: ...
@overload
def zeros(
    shape: _t._ShapeLike,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[_ScalarT]]: ...
@overload
def zeros(
    shape: _t._ShapeLike,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[Any]]: ...
@overload
def ones(
    shape: SupportsIndex,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[float64]]: ...
@overload
def ones(
    shape: SupportsIndex,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def ones(
    shape: SupportsIndex,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def ones(
    shape: _ShapeT,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[float64]]: ...
@overload
def ones(
    shape: _ShapeT,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[_ScalarT]]: ...
@overload
def ones(
    shape: _ShapeT,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[Any]]: ...
@overload
def ones(
    shape: _t._ShapeLike,
    dtype: None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[float64]]: ...
@overload
def ones(
    shape: _t._ShapeLike,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[_ScalarT]]: ...
@overload
def ones(
    shape: _t._ShapeLike,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[Any]]: ...
@overload
def full(
    shape: SupportsIndex,
    fill_value: Any,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def full(
    shape: SupportsIndex,
    fill_value: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def full(
    shape: _ShapeT,
    fill_value: Any,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[_ScalarT]]: ...
@overload
def full(
    shape: _ShapeT,
    fill_value: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_ShapeT, dtype[Any]]: ...
@overload
def full(
    shape: _t._ShapeLike,
    fill_value: Any,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[_ScalarT]]: ...
@overload
def full(
    shape: _t._ShapeLike,
    fill_value: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[_t._AnyShape, dtype[Any]]: ...
@overload
def empty_like(
    prototype: _ArrayT,
    /,
    dtype: None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: None = None,
    *,
    device: _t._Device = None,
) -> _ArrayT: ...
@overload
def empty_like(
    prototype: _t._ArrayOf[_ScalarT],
    /,
    dtype: None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def empty_like(
    prototype: Any,
    /,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def empty_like(
    prototype: Any,
    /,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t._Array: ...
@overload
def zeros_like(
    a: _ArrayT,
    dtype: None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: None = None,
    *,
    device: _t._Device = None,
) -> _ArrayT: ...
@overload
def zeros_like(
    a: _t._ArrayOf[_ScalarT],
    dtype: None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def zeros_like(
    a: Any,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def zeros_like(
    a: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t._Array: ...
@overload
def ones_like(
    a: _ArrayT,
    dtype: None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: None = None,
    *,
    device: _t._Device = None,
) -> _ArrayT: ...
@overload
def ones_like(
    a: _t._ArrayOf[_ScalarT],
    dtype: None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def ones_like(
    a: Any,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def ones_like(
    a: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t._Array: ...
@overload
def full_like(
    a: _ArrayT,
    fill_value: Any,
    dtype: None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: None = None,
    *,
    device: _t._Device = None,
) -> _ArrayT: ...
@overload
def full_like(
    a: _t._ArrayOf[_ScalarT],
    fill_value: Any,
    dtype: None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def full_like(
    a: Any,
    fill_value: Any,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def full_like(
    a: Any,
    fill_value: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: _t._ShapeLike | None = None,
    *,
    device: _t._Device = None,
) -> _t._Array: ...
@overload
def arange(
    start_or_stop: int,
    /,
    stop: int | None = None,
    step: int | None = 1,
    *,
    dtype: None = None,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[int64]]: ...
@overload
def arange(
    start_or_stop: float,
    /,
    stop: float | None = None,
    step: float | None = 1,
    *,
    dtype: None = None,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def arange(
    start_or_stop: Any,
    /,
    stop: Any = None,
    step: Any = 1,
    *,
    dtype: _t._DTypeOf[_ScalarT],
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def arange(
    start_or_stop: Any,
    /,
    stop: Any = None,
    step: Any = 1,
    *,
    dtype: _t.DTypeLike | None = None,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def linspace(
    start: float,
    stop: float,
    num: SupportsIndex = 50,
    endpoint: builtins.bool = True,
    retstep: Literal[False] = False,
    dtype: None = None,
    axis: SupportsIndex = 0,
    *,
    device: _t._Device = None,
) -> ndarray[tuple[int], dtype[float64]]: ...
@overload
def linspace(
    start: _t.ArrayLike,
    stop: _t.ArrayLike,
    num: SupportsIndex = 50,
    endpoint: builtins.bool = True,
    retstep: Literal[False] = False,
    *,
    dtype: _t._DTypeOf[_ScalarT],
    axis: SupportsIndex = 0,
    device: _t._Device = None,
) -> _t.NDArray[_ScalarT]: ...
@overload
def linspace(
    start: _t.ArrayLike,
    stop: _t.ArrayLike,
    num: SupportsIndex = 50,
    endpoint: builtins.bool = True,
    retstep: Literal[False] = False,
    dtype: _t.DTypeLike | None = None,
    axis: SupportsIndex = 0,
    *,
    device: _t._Device = None,
) -> _t._Array: ...
@overload
def linspace(
    start: _t.ArrayLike,
    stop: _t.ArrayLike,
    num: SupportsIndex = 50,
    endpoint: builtins.bool = True,
    *,
    retstep: Literal[True],
    dtype: _t.DTypeLike | None = None,
    axis: SupportsIndex = 0,
    device: _t._Device = None,
) -> tuple[_t._Array, Any]: ...
@overload
def eye(
    N: int,
    M: int | None = None,
    k: int = 0,
    dtype: type[float] = ...,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int, int], dtype[float64]]: ...
@overload
def eye(
    N: int,
    M: int | None = None,
    k: int = 0,
    *,
    dtype: _t._DTypeOf[_ScalarT],
    order: _t._OrderCF = "C",
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int, int], dtype[_ScalarT]]: ...
@overload
def eye(
    N: int,
    M: int | None = None,
    k: int = 0,
    dtype: _t.DTypeLike | None = ...,
    order: _t._OrderCF = "C",
    *,
    device: _t._Device = None,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int, int], dtype[Any]]: ...
@overload
def identity(
    n: int, dtype: None = None, *, like: _t._SupportsArray[Any] | None = None
) -> ndarray[tuple[int, int], dtype[float64]]: ...
@overload
def identity(
    n: int, dtype: _t._DTypeOf[_ScalarT], *, like: _t._SupportsArray[Any] | None = None
) -> ndarray[tuple[int, int], dtype[_ScalarT]]: ...
@overload
def identity(
    n: int, dtype: _t.DTypeLike | None = None, *, like: _t._SupportsArray[Any] | None = None
) -> ndarray[tuple[int, int], dtype[Any]]: ...
@overload
def frombuffer(
    buffer: Any,
    dtype: None = None,
    count: SupportsIndex = -1,
    offset: SupportsIndex = 0,
    *,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[float64]]: ...
@overload
def frombuffer(
    buffer: Any,
    dtype: _t._DTypeOf[_ScalarT],
    count: SupportsIndex = -1,
    offset: SupportsIndex = 0,
    *,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def frombuffer(
    buffer: Any,
    dtype: _t.DTypeLike | None = None,
    count: SupportsIndex = -1,
    offset: SupportsIndex = 0,
    *,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def fromiter(
    iter: Iterable[Any],
    dtype: _t._DTypeOf[_ScalarT],
    count: SupportsIndex = -1,
    *,
    like: _t._SupportsArray[Any] | None = None,
) -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def fromiter(
    iter: Iterable[Any], dtype: _t.DTypeLike, count: SupportsIndex = -1, *, like: _t._SupportsArray[Any] | None = None
) -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def copy(a: _ArrayT, order: _t._Order = "K", subok: builtins.bool = False) -> _ArrayT: ...
@overload
def copy(a: Any, order: _t._Order = "K", subok: builtins.bool = False) -> _t._Array: ...
