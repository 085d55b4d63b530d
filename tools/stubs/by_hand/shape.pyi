# Shapes, joining and choosing: the dtype stays.

@overload
def concatenate(
    arrays: Sequence[_t._ArrayOf[_ScalarT]] | ndarray[Any, dtype[_ScalarT]],
    /,
    axis: _t._Axis = 0,
    out: None = None,
    *,
    dtype: None = None,
    casting: _t._Casting = "same_kind",
) -> _t.NDArray[_ScalarT]: ...
@overload
def concatenate(
    arrays: Any,
    /,
    axis: _t._Axis = 0,
    out: None = None,
    *,
    dtype: _t._DTypeOf[_ScalarT],
    casting: _t._Casting = "same_kind",
) -> _t.NDArray[_ScalarT]: ...
@overload
def concatenate(
    arrays: Any,
    /,
    axis: _t._Axis = 0,
    out: Any = None,
    *,
    dtype: _t.DTypeLike | None = None,
    casting: _t._Casting = "same_kind",
) -> Any: ...
@overload
def where(condition: _t.ArrayLike, /) -> tuple[ndarray[tuple[int], dtype[intp]], ...]: ...
@overload
def where(condition: _t.ArrayLike, x: _t.NDArray[_ScalarT], y: _t.NDArray[_ScalarT], /) -> _t.NDArray[_ScalarT]: ...
@overload
def where(condition: _t.ArrayLike, x: _t.ArrayLike, y: _t.ArrayLike, /) -> _t._Array: ...
@overload
def reshape(
    a: _t._ArrayOf[_ScalarT],
    /,
    shape: tuple[int, int],
    order: _t._Order = "C",
    *,
    copy: builtins.bool | None = None,
) -> ndarray[tuple[int, int], dtype[_ScalarT]]: ...
@overload
def reshape(
    a: _t._ArrayOf[_ScalarT], /, shape: SupportsIndex, order: _t._Order = "C", *, copy: builtins.bool | None = None
) -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def reshape(
    a: _t._ArrayOf[_ScalarT], /, shape: _t._ShapeLike, order: _t._Order = "C", *, copy: builtins.bool | None = None
) -> _t.NDArray[_ScalarT]: ...
@overload
def reshape(
    a: _t.ArrayLike, /, shape: _t._ShapeLike, order: _t._Order = "C", *, copy: builtins.bool | None = None
) -> _t._Array: ...
@overload
def stack(
    arrays: Sequence[_t._ArrayOf[_ScalarT]],
    axis: SupportsIndex = 0,
    out: None = None,
    *,
    dtype: None = None,
    casting: _t._Casting = "same_kind",
) -> _t.NDArray[_ScalarT]: ...
@overload
def stack(
    arrays: Sequence[_t.ArrayLike],
    axis: SupportsIndex = 0,
    out: Any = None,
    *,
    dtype: _t.DTypeLike | None = None,
    casting: _t._Casting = "same_kind",
) -> Any: ...
@overload
def ravel(a: _t._ArrayOf[_ScalarT], order: _t._Order = "C") -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def ravel(a: _t.ArrayLike, order: _t._Order = "C") -> ndarray[tuple[int], dtype[Any]]: ...
@overload
def sort(
    a: ndarray[_ShapeT, _DTypeT],
    axis: SupportsIndex = -1,
    kind: _t._SortKind | None = None,
    order: str | Sequence[str] | None = None,
    *,
    stable: builtins.bool | None = None,
    descending: builtins.bool = False,
) -> ndarray[_ShapeT, _DTypeT]: ...
@overload
def sort(
    a: _t.ArrayLike,
    axis: _t._Axis = -1,
    kind: _t._SortKind | None = None,
    order: str | Sequence[str] | None = None,
    *,
    stable: builtins.bool | None = None,
    descending: builtins.bool = False,
) -> _t._Array: ...
@overload
def transpose(a: _t._ArrayOf[_ScalarT], axes: Sequence[SupportsIndex] | None = None) -> _t.NDArray[_ScalarT]: ...
@overload
def transpose(a: _t.ArrayLike, axes: Sequence[SupportsIndex] | None = None) -> _t._Array: ...
