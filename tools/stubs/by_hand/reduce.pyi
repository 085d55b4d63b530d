# Reductions: to one element without `axis`.

@overload
def max(
    a: ndarray[Any, dtype[_ScalarT]],
    axis: None = None,
    out: None = None,
    keepdims: Literal[False] = ...,
    initial: Any = ...,
    where: Any = ...,
) -> _ScalarT: ...
@overload
def max(
    a: ndarray[Any, dtype[_ScalarT]],
    axis: None = None,
    out: None = None,
    *,
    keepdims: Literal[True],
    initial: Any = ...,
    where: Any = ...,
) -> _t.NDArray[_ScalarT]: ...
@overload
def max(
    a: _t.ArrayLike,
    axis: _t._Axes = None,
    out: _OutT = ...,
    keepdims: builtins.bool = ...,
    initial: Any = ...,
    where: Any = ...,
) -> Any: ...
@overload
def min(
    a: ndarray[Any, dtype[_ScalarT]],
    axis: None = None,
    out: None = None,
    keepdims: Literal[False] = ...,
    initial: Any = ...,
    where: Any = ...,
) -> _ScalarT: ...
@overload
def min(
    a: ndarray[Any, dtype[_ScalarT]],
    axis: None = None,
    out: None = None,
    *,
    keepdims: Literal[True],
    initial: Any = ...,
    where: Any = ...,
) -> _t.NDArray[_ScalarT]: ...
@overload
def min(
    a: _t.ArrayLike,
    axis: _t._Axes = None,
    out: _OutT = ...,
    keepdims: builtins.bool = ...,
    initial: Any = ...,
    where: Any = ...,
) -> Any: ...
@overload
def sum(
    a: ndarray[Any, dtype[_InexactT]],
    axis: None = None,
    dtype: None = None,
    out: None = None,
    keepdims: Literal[False] = ...,
    initial: Any = ...,
    where: Any = ...,
) -> _InexactT: ...
@overload
def sum(
    a: ndarray[Any, dtype[signedinteger]],
    axis: None = None,
    dtype: None = None,
    out: None = None,
    keepdims: Literal[False] = ...,
    initial: Any = ...,
    where: Any = ...,
) -> int64: ...
@overload
def sum(
    a: _t.ArrayLike,
    axis: None = None,
    *,
    dtype: _t._DTypeOf[_ScalarT],
    out: None = None,
    keepdims: Literal[False] = ...,
    initial: Any = ...,
    where: Any = ...,
) -> _ScalarT: ...
@overload
def sum(
    a: _t.ArrayLike,
    axis: _t._Axes = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    keepdims: builtins.bool = ...,
    initial: Any = ...,
    where: Any = ...,
) -> Any: ...
@overload
def prod(
    a: ndarray[Any, dtype[_InexactT]],
    axis: None = None,
    dtype: None = None,
    out: None = None,
    keepdims: Literal[False] = ...,
    initial: Any = ...,
    where: Any = ...,
) -> _InexactT: ...
@overload
def prod(
    a: ndarray[Any, dtype[signedinteger]],
    axis: None = None,
    dtype: None = None,
    out: None = None,
    keepdims: Literal[False] = ...,
    initial: Any = ...,
    where: Any = ...,
) -> int64: ...
@overload
def prod(
    a: _t.ArrayLike,
    axis: None = None,
    *,
    dtype: _t._DTypeOf[_ScalarT],
    out: None = None,
    keepdims: Literal[False] = ...,
    initial: Any = ...,
    where: Any = ...,
) -> _ScalarT: ...
@overload
def prod(
    a: _t.ArrayLike,
    axis: _t._Axes = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    keepdims: builtins.bool = ...,
    initial: Any = ...,
    where: Any = ...,
) -> Any: ...
@overload
def mean(
    a: ndarray[Any, dtype[_InexactT]],
    axis: None = None,
    dtype: None = None,
    out: None = None,
    keepdims: Literal[False] = ...,
    *,
    where: Any = ...,
) -> _InexactT: ...
@overload
def mean(
    a: ndarray[Any, dtype[integer | bool]],
    axis: None = None,
    dtype: None = None,
    out: None = None,
    keepdims: Literal[False] = ...,
    *,
    where: Any = ...,
) -> float64: ...
@overload
def mean(
    a: _t.ArrayLike,
    axis: _t._Axes = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    keepdims: builtins.bool = ...,
    *,
    where: Any = ...,
) -> Any: ...
@overload
def any(
    a: _t.ArrayLike, axis: None = None, out: None = None, keepdims: Literal[False] = ..., *, where: Any = ...
) -> bool: ...
@overload
def any(
    a: _t.ArrayLike, axis: _t._Axes = None, out: Any = None, keepdims: builtins.bool = ..., *, where: Any = ...
) -> Any: ...
@overload
def all(
    a: _t.ArrayLike, axis: None = None, out: None = None, keepdims: Literal[False] = ..., *, where: Any = ...
) -> bool: ...
@overload
def all(
    a: _t.ArrayLike, axis: _t._Axes = None, out: Any = None, keepdims: builtins.bool = ..., *, where: Any = ...
) -> Any: ...
@overload
def argmax(a: _t.ArrayLike, axis: None = None, out: None = None, *, keepdims: Literal[False] = ...) -> intp: ...
@overload
def argmax(a: _t.ArrayLike, axis: _t._Axis = None, out: Any = None, *, keepdims: builtins.bool = ...) -> Any: ...
@overload
def argmin(a: _t.ArrayLike, axis: None = None, out: None = None, *, keepdims: Literal[False] = ...) -> intp: ...
@overload
def argmin(a: _t.ArrayLike, axis: _t._Axis = None, out: Any = None, *, keepdims: builtins.bool = ...) -> Any: ...
