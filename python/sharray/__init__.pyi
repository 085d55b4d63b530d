"""sharray: NumPy's arrays, written in Rust, one memory shared by all.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import EllipsisType, ModuleType
from typing import (
    Any,
    ClassVar,
    Final,
    Generic,
    Literal,
    Self,
    SupportsIndex,
    TypeAlias,
    final,
    overload,
    type_check_only,
)

from sharray import (
    _typing as _t,
    char as char,
    ctypeslib as ctypeslib,
    dtypes as dtypes,
    exceptions as exceptions,
    fft as fft,
    interop as interop,
    lib as lib,
    linalg as linalg,
    ma as ma,
    matlib as matlib,
    matrixlib as matrixlib,
    polynomial as polynomial,
    random as random,
    rec as rec,
    strings as strings,
    testing as testing,
    threads as threads,
    typing as typing,
    version as version,
)
from sharray._pytesttester import PytestTester as _PytestTester
from sharray.lib import scimath as emath
from typing_extensions import TypeVar

__all__ = [
    "False_",
    "ScalarType",
    "True_",
    "__array_namespace_info__",
    "__version__",
    "abs",
    "absolute",
    "acos",
    "acosh",
    "add",
    "all",
    "allclose",
    "amax",
    "amin",
    "angle",
    "any",
    "append",
    "apply_along_axis",
    "apply_over_axes",
    "arange",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "argmax",
    "argmin",
    "argpartition",
    "argsort",
    "argwhere",
    "around",
    "array",
    "array2string",
    "array_equal",
    "array_equiv",
    "array_repr",
    "array_split",
    "array_str",
    "asanyarray",
    "asarray",
    "asarray_chkfinite",
    "ascontiguousarray",
    "asfortranarray",
    "asin",
    "asinh",
    "asmatrix",
    "astype",
    "atan",
    "atan2",
    "atanh",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "average",
    "bartlett",
    "base_repr",
    "binary_repr",
    "bincount",
    "bitwise_and",
    "bitwise_count",
    "bitwise_invert",
    "bitwise_left_shift",
    "bitwise_not",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "blackman",
    "block",
    "bmat",
    "bool",
    "bool_",
    "broadcast",
    "broadcast_arrays",
    "broadcast_shapes",
    "broadcast_to",
    "busday_count",
    "busday_offset",
    "busdaycalendar",
    "byte",
    "bytes_",
    "c_",
    "can_cast",
    "cbrt",
    "cdouble",
    "ceil",
    "char",
    "character",
    "choose",
    "clip",
    "clongdouble",
    "column_stack",
    "common_type",
    "complex128",
    "complex256",
    "complex64",
    "complexfloating",
    "compress",
    "concat",
    "concatenate",
    "conj",
    "conjugate",
    "convolve",
    "copy",
    "copysign",
    "copyto",
    "core",
    "corrcoef",
    "correlate",
    "cos",
    "cosh",
    "count_nonzero",
    "cov",
    "cross",
    "csingle",
    "ctypeslib",
    "cumprod",
    "cumsum",
    "cumulative_prod",
    "cumulative_sum",
    "datetime64",
    "datetime_as_string",
    "datetime_data",
    "deg2rad",
    "degrees",
    "delete",
    "diag",
    "diag_indices",
    "diag_indices_from",
    "diagflat",
    "diagonal",
    "diff",
    "digitize",
    "divide",
    "divmod",
    "dot",
    "double",
    "dsplit",
    "dstack",
    "dtype",
    "dtypes",
    "e",
    "ediff1d",
    "einsum",
    "einsum_path",
    "emath",
    "empty",
    "empty_like",
    "equal",
    "errstate",
    "euler_gamma",
    "exceptions",
    "exp",
    "exp2",
    "expand_dims",
    "expm1",
    "extract",
    "eye",
    "fabs",
    "fft",
    "fill_diagonal",
    "finfo",
    "fix",
    "flatiter",
    "flatnonzero",
    "flexible",
    "flip",
    "fliplr",
    "flipud",
    "float128",
    "float16",
    "float32",
    "float64",
    "float_power",
    "floating",
    "floor",
    "floor_divide",
    "fmax",
    "fmin",
    "fmod",
    "format_float_positional",
    "format_float_scientific",
    "frexp",
    "from_dlpack",
    "frombuffer",
    "fromfile",
    "fromfunction",
    "fromiter",
    "frompyfunc",
    "fromregex",
    "fromstring",
    "full",
    "full_like",
    "gcd",
    "generic",
    "genfromtxt",
    "geomspace",
    "get_include",
    "get_printoptions",
    "getbufsize",
    "geterr",
    "geterrcall",
    "gradient",
    "greater",
    "greater_equal",
    "half",
    "hamming",
    "hanning",
    "heaviside",
    "histogram",
    "histogram2d",
    "histogram_bin_edges",
    "histogramdd",
    "hsplit",
    "hstack",
    "hypot",
    "i0",
    "identity",
    "iinfo",
    "imag",
    "index_exp",
    "indices",
    "inexact",
    "inf",
    "info",
    "inner",
    "insert",
    "int16",
    "int32",
    "int64",
    "int8",
    "int_",
    "intc",
    "integer",
    "interp",
    "intersect1d",
    "intp",
    "invert",
    "is_busday",
    "isclose",
    "iscomplex",
    "iscomplexobj",
    "isdtype",
    "isfinite",
    "isfortran",
    "isin",
    "isinf",
    "isnan",
    "isnat",
    "isneginf",
    "isposinf",
    "isreal",
    "isrealobj",
    "isscalar",
    "issubdtype",
    "iterable",
    "ix_",
    "kaiser",
    "kron",
    "lcm",
    "ldexp",
    "left_shift",
    "less",
    "less_equal",
    "lexsort",
    "lib",
    "linalg",
    "linspace",
    "little_endian",
    "load",
    "loadtxt",
    "log",
    "log10",
    "log1p",
    "log2",
    "logaddexp",
    "logaddexp2",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "logspace",
    "long",
    "longdouble",
    "longlong",
    "ma",
    "mask_indices",
    "matmul",
    "matrix",
    "matrix_transpose",
    "matvec",
    "max",
    "maximum",
    "may_share_memory",
    "mean",
    "median",
    "memmap",
    "meshgrid",
    "mgrid",
    "min",
    "min_scalar_type",
    "minimum",
    "mintypecode",
    "mod",
    "modf",
    "moveaxis",
    "multiply",
    "nan",
    "nan_to_num",
    "nanargmax",
    "nanargmin",
    "nancumprod",
    "nancumsum",
    "nanmax",
    "nanmean",
    "nanmedian",
    "nanmin",
    "nanpercentile",
    "nanprod",
    "nanquantile",
    "nanstd",
    "nansum",
    "nanvar",
    "ndarray",
    "ndenumerate",
    "ndim",
    "ndindex",
    "nditer",
    "negative",
    "nested_iters",
    "newaxis",
    "nextafter",
    "nonzero",
    "not_equal",
    "number",
    "object_",
    "ogrid",
    "ones",
    "ones_like",
    "outer",
    "packbits",
    "pad",
    "partition",
    "percentile",
    "permute_dims",
    "pi",
    "piecewise",
    "place",
    "poly",
    "poly1d",
    "polyadd",
    "polyder",
    "polydiv",
    "polyfit",
    "polyint",
    "polymul",
    "polynomial",
    "polysub",
    "polyval",
    "positive",
    "pow",
    "power",
    "printoptions",
    "prod",
    "promote_types",
    "ptp",
    "put",
    "put_along_axis",
    "putmask",
    "quantile",
    "r_",
    "rad2deg",
    "radians",
    "random",
    "ravel",
    "ravel_multi_index",
    "real",
    "real_if_close",
    "rec",
    "recarray",
    "reciprocal",
    "record",
    "remainder",
    "repeat",
    "require",
    "reshape",
    "resize",
    "result_type",
    "right_shift",
    "rint",
    "roll",
    "rollaxis",
    "roots",
    "rot90",
    "round",
    "row_stack",
    "s_",
    "save",
    "savetxt",
    "savez",
    "savez_compressed",
    "sctypeDict",
    "searchsorted",
    "select",
    "set_printoptions",
    "setbufsize",
    "setdiff1d",
    "seterr",
    "seterrcall",
    "setxor1d",
    "shape",
    "shares_memory",
    "short",
    "show_config",
    "show_runtime",
    "sign",
    "signbit",
    "signedinteger",
    "sin",
    "sinc",
    "single",
    "sinh",
    "size",
    "sort",
    "sort_complex",
    "spacing",
    "split",
    "sqrt",
    "square",
    "squeeze",
    "stack",
    "std",
    "str_",
    "strings",
    "subtract",
    "sum",
    "swapaxes",
    "take",
    "take_along_axis",
    "tan",
    "tanh",
    "tensordot",
    "test",
    "testing",
    "tile",
    "timedelta64",
    "trace",
    "transpose",
    "trapezoid",
    "tri",
    "tril",
    "tril_indices",
    "tril_indices_from",
    "trim_zeros",
    "triu",
    "triu_indices",
    "triu_indices_from",
    "true_divide",
    "trunc",
    "typecodes",
    "typename",
    "typing",
    "ubyte",
    "ufunc",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintc",
    "uintp",
    "ulong",
    "ulonglong",
    "union1d",
    "unique",
    "unique_all",
    "unique_counts",
    "unique_inverse",
    "unique_values",
    "unpackbits",
    "unravel_index",
    "unsignedinteger",
    "unstack",
    "unwrap",
    "ushort",
    "vander",
    "var",
    "vdot",
    "vecdot",
    "vecmat",
    "vectorize",
    "void",
    "vsplit",
    "vstack",
    "where",
    "zeros",
    "zeros_like",
]

_dtype: TypeAlias = dtype[_ScalarT]
_BitsT_co = TypeVar("_BitsT_co", default=Any, covariant=True)
_Bits2T_co = TypeVar("_Bits2T_co", default=_BitsT_co, covariant=True)
_ItemT_co = TypeVar("_ItemT_co", default=Any, covariant=True)
_ScalarT = TypeVar("_ScalarT", bound=generic)
_ScalarT_co = TypeVar("_ScalarT_co", bound=generic, default=Any, covariant=True)
_ShapeT = TypeVar("_ShapeT", bound=_t._Shape)
_ShapeT_co = TypeVar("_ShapeT_co", bound=_t._Shape, default=_t._AnyShape, covariant=True)
_DTypeT = TypeVar("_DTypeT", bound=dtype[Any])
_DTypeT_co = TypeVar("_DTypeT_co", bound=dtype[Any], default=dtype[Any], covariant=True)
_ArrayT = TypeVar("_ArrayT", bound=ndarray[Any, Any])
_ArrayT_co = TypeVar("_ArrayT_co", bound=ndarray[Any, Any], default=ndarray[Any, Any], covariant=True)
_NumberT = TypeVar("_NumberT", bound=number)
_IntegerT = TypeVar("_IntegerT", bound=integer)
_InexactT = TypeVar("_InexactT", bound=inexact)
_FloatT = TypeVar("_FloatT", bound=floating)
_ComplexT = TypeVar("_ComplexT", bound=complexfloating)
_BitsetT = TypeVar("_BitsetT", bound=integer | bool)
_Basic: TypeAlias = SupportsIndex | slice[Any, Any, Any] | EllipsisType | None
_FloatScalar: TypeAlias = float | int
_OutT = TypeVar("_OutT", bound=ndarray[Any, Any])

@type_check_only
class _FloatUnary(ufunc):
    @overload
    def __call__(self, x: float, /) -> float64: ...
    @overload
    def __call__(self, x: ndarray[_ShapeT, dtype[_InexactT]], /) -> ndarray[_ShapeT, dtype[_InexactT]]: ...
    @overload
    def __call__(self, x: ndarray[_ShapeT, dtype[int64]], /) -> ndarray[_ShapeT, dtype[float64]]: ...
    @overload
    def __call__(self, x: _InexactT, /) -> _InexactT: ...
    @overload
    def __call__(self, x: Any, /, out: _OutT, **kwargs: Any) -> _OutT: ...
    @overload
    def __call__(self, x: Any, /, out: Any = None, **kwargs: Any) -> Any: ...

@type_check_only
class _SameUnary(ufunc):
    @overload
    def __call__(self, x: ndarray[_ShapeT, dtype[_NumberT]], /) -> ndarray[_ShapeT, dtype[_NumberT]]: ...
    @overload
    def __call__(self, x: _NumberT, /) -> _NumberT: ...
    @overload
    def __call__(self, x: Any, /, out: _OutT, **kwargs: Any) -> _OutT: ...
    @overload
    def __call__(self, x: Any, /, out: Any = None, **kwargs: Any) -> Any: ...

@type_check_only
class _Absolute(ufunc):
    @overload
    def __call__(self, x: ndarray[_ShapeT, dtype[complex128]], /) -> ndarray[_ShapeT, dtype[float64]]: ...
    @overload
    def __call__(self, x: ndarray[_ShapeT, dtype[complex64]], /) -> ndarray[_ShapeT, dtype[float32]]: ...
    @overload
    def __call__(self, x: ndarray[_ShapeT, dtype[_FloatT]], /) -> ndarray[_ShapeT, dtype[_FloatT]]: ...
    @overload
    def __call__(self, x: ndarray[_ShapeT, dtype[_IntegerT]], /) -> ndarray[_ShapeT, dtype[_IntegerT]]: ...
    @overload
    def __call__(self, x: Any, /, out: _OutT, **kwargs: Any) -> _OutT: ...
    @overload
    def __call__(self, x: Any, /, out: Any = None, **kwargs: Any) -> Any: ...

@type_check_only
class _TruthUnary(ufunc):
    @overload
    def __call__(self, x: ndarray[_ShapeT, dtype[Any]], /) -> ndarray[_ShapeT, dtype[bool]]: ...
    @overload
    def __call__(self, x: complex | generic, /) -> bool: ...
    @overload
    def __call__(self, x: Any, /, out: _OutT, **kwargs: Any) -> _OutT: ...
    @overload
    def __call__(self, x: Any, /, out: Any = None, **kwargs: Any) -> Any: ...

@type_check_only
class _SameBinary(ufunc):
    @overload
    def __call__(self, x1: ndarray[_ShapeT, dtype[_FloatT]], x2: float, /) -> ndarray[_ShapeT, dtype[_FloatT]]: ...
    @overload
    def __call__(self, x1: ndarray[_ShapeT, dtype[_IntegerT]], x2: int, /) -> ndarray[_ShapeT, dtype[_IntegerT]]: ...
    @overload
    def __call__(self, x1: float, x2: ndarray[_ShapeT, dtype[_FloatT]], /) -> ndarray[_ShapeT, dtype[_FloatT]]: ...
    @overload
    def __call__(self, x1: _t.NDArray[_NumberT], x2: _t.NDArray[_NumberT], /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __call__(self, x1: Any, x2: Any, /, out: _OutT, **kwargs: Any) -> _OutT: ...
    @overload
    def __call__(self, x1: Any, x2: Any, /, out: Any = None, **kwargs: Any) -> Any: ...

@type_check_only
class _FloatBinary(ufunc):
    @overload
    def __call__(self, x1: ndarray[_ShapeT, dtype[_FloatT]], x2: float, /) -> ndarray[_ShapeT, dtype[_FloatT]]: ...
    @overload
    def __call__(self, x1: float, x2: ndarray[_ShapeT, dtype[_FloatT]], /) -> ndarray[_ShapeT, dtype[_FloatT]]: ...
    @overload
    def __call__(self, x1: _t.NDArray[_InexactT], x2: _t.NDArray[_InexactT], /) -> _t.NDArray[_InexactT]: ...
    @overload
    def __call__(self, x1: Any, x2: Any, /, out: _OutT, **kwargs: Any) -> _OutT: ...
    @overload
    def __call__(self, x1: Any, x2: Any, /, out: Any = None, **kwargs: Any) -> Any: ...

@type_check_only
class _TruthBinary(ufunc):
    @overload
    def __call__(self, x1: ndarray[_ShapeT, dtype[Any]], x2: complex, /) -> ndarray[_ShapeT, dtype[bool]]: ...
    @overload
    def __call__(self, x1: ndarray[Any, Any], x2: ndarray[Any, Any], /) -> _t.NDArray[bool]: ...
    @overload
    def __call__(self, x1: Any, x2: Any, /, out: _OutT, **kwargs: Any) -> _OutT: ...
    @overload
    def __call__(self, x1: Any, x2: Any, /, out: Any = None, **kwargs: Any) -> Any: ...

class _CopyMode(enum.Enum):
    ALWAYS = True
    NEVER = False
    IF_NEEDED = 2
    def __bool__(self) -> builtins.bool: ...

False_: Final[bool]
ScalarType: tuple[Any, ...]
True_: Final[bool]
__array_api_version__: Final[str]

class __array_namespace_info__:
    def capabilities(self) -> Any: ...
    def default_device(self) -> Any: ...
    def default_dtypes(self, *, device: Any = None) -> Any: ...
    def devices(self) -> Any: ...
    def dtypes(self, *, device: Any = None, kind: Any = None) -> Any: ...

__version__: Final[str]
abs: _Absolute
absolute: _Absolute
acos: _FloatUnary
acosh: _FloatUnary
add: _SameBinary

@overload
def all(
    a: _t.ArrayLike, axis: None = None, out: None = None, keepdims: Literal[False] = ..., *, where: Any = ...
) -> bool: ...
@overload
def all(
    a: _t.ArrayLike, axis: _t._Axes = None, out: Any = None, keepdims: builtins.bool = ..., *, where: Any = ...
) -> Any: ...
def allclose(
    a: _t.ArrayLike, b: _t.ArrayLike, rtol: Any = 1e-05, atol: Any = 1e-08, equal_nan: builtins.bool = False
) -> builtins.bool: ...
def amax(
    a: _t.ArrayLike, axis: Any = None, out: Any = None, keepdims: Any = ..., initial: Any = ..., where: Any = ...
) -> Any: ...
def amin(
    a: _t.ArrayLike, axis: Any = None, out: Any = None, keepdims: Any = ..., initial: Any = ..., where: Any = ...
) -> Any: ...
def angle(z: _t.ArrayLike, deg: builtins.bool = False) -> Any: ...
@overload
def any(
    a: _t.ArrayLike, axis: None = None, out: None = None, keepdims: Literal[False] = ..., *, where: Any = ...
) -> bool: ...
@overload
def any(
    a: _t.ArrayLike, axis: _t._Axes = None, out: Any = None, keepdims: builtins.bool = ..., *, where: Any = ...
) -> Any: ...
def append(arr: _t.ArrayLike, values: _t.ArrayLike, axis: Any = None) -> _t._Array: ...
def apply_along_axis(func1d: _t._Function, axis: Any, arr: _t.ArrayLike, *args: Any, **kwargs: Any) -> _t._Array: ...
def apply_over_axes(func: _t._Function, a: _t.ArrayLike, axes: _t._Axes) -> _t._Array: ...
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

arccos: _FloatUnary
arccosh: _FloatUnary
arcsin: _FloatUnary
arcsinh: _FloatUnary
arctan: _FloatUnary
arctan2: _FloatBinary
arctanh: _FloatUnary

@overload
def argmax(a: _t.ArrayLike, axis: None = None, out: None = None, *, keepdims: Literal[False] = ...) -> intp: ...
@overload
def argmax(a: _t.ArrayLike, axis: _t._Axis = None, out: Any = None, *, keepdims: builtins.bool = ...) -> Any: ...
@overload
def argmin(a: _t.ArrayLike, axis: None = None, out: None = None, *, keepdims: Literal[False] = ...) -> intp: ...
@overload
def argmin(a: _t.ArrayLike, axis: _t._Axis = None, out: Any = None, *, keepdims: builtins.bool = ...) -> Any: ...
def argpartition(
    a: _t.ArrayLike, kth: Any, axis: Any = -1, kind: Any = "introselect", order: Any = None
) -> _t._Array: ...
def argsort(
    a: _t.ArrayLike,
    axis: Any = -1,
    kind: _t._SortKind | None = None,
    order: Any = None,
    *,
    stable: Any = None,
    descending: builtins.bool = False,
) -> _t._Array: ...
def argwhere(a: _t.ArrayLike) -> _t._Array: ...
def around(a: _t.ArrayLike, decimals: SupportsIndex = 0, out: Any = None) -> Any: ...
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
def array2string(
    a: _t.ArrayLike,
    max_line_width: Any = None,
    precision: Any = None,
    suppress_small: builtins.bool | None = None,
    separator: str = " ",
    prefix: str = "",
    *,
    formatter: Any = None,
    threshold: int | None = None,
    edgeitems: int | None = None,
    sign: Any = None,
    floatmode: Any = None,
    suffix: str = "",
    legacy: Any = None,
) -> str: ...
def array_equal(a1: Any, a2: Any, equal_nan: builtins.bool = False) -> builtins.bool: ...
def array_equiv(a1: Any, a2: Any) -> builtins.bool: ...
def array_repr(
    arr: _t.ArrayLike, max_line_width: Any = None, precision: Any = None, suppress_small: builtins.bool | None = None
) -> str: ...
def array_split(ary: _t.ArrayLike, indices_or_sections: Any, axis: Any = 0) -> list[_t._Array]: ...
def array_str(
    a: _t.ArrayLike, max_line_width: Any = None, precision: Any = None, suppress_small: builtins.bool | None = None
) -> str: ...
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
def asarray_chkfinite(a: _t.ArrayLike, dtype: _t.DTypeLike | None = None, order: Any = None) -> _t._Array: ...
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

asin: _FloatUnary
asinh: _FloatUnary

def asmatrix(data: Any, dtype: _t.DTypeLike | None = None) -> Any: ...
def astype(
    x: _t.ArrayLike, dtype: _t.DTypeLike | None, /, *, copy: builtins.bool = True, device: _t._Device | None = None
) -> _t._Array: ...

atan: _FloatUnary
atan2: _FloatBinary
atanh: _FloatUnary

def atleast_1d(*arys: Any) -> Any: ...
def atleast_2d(*arys: Any) -> Any: ...
def atleast_3d(*arys: Any) -> Any: ...
def average(
    a: _t.ArrayLike,
    axis: Any = None,
    weights: _t.ArrayLike | None = None,
    returned: builtins.bool = False,
    *,
    keepdims: Any = ...,
) -> Any: ...
def bartlett(M: _t.ArrayLike) -> _t._Array: ...
def base_repr(number: Any, base: Any = 2, padding: Any = 0) -> str: ...
def binary_repr(num: Any, width: Any = None) -> str: ...
def bincount(x: _t.ArrayLike, /, weights: _t.ArrayLike | None = None, minlength: Any = 0) -> _t._Array: ...

bitwise_and: ufunc
bitwise_count: ufunc
bitwise_invert: ufunc
bitwise_left_shift: ufunc
bitwise_not: ufunc
bitwise_or: ufunc
bitwise_right_shift: ufunc
bitwise_xor: ufunc

def blackman(M: _t.ArrayLike) -> _t._Array: ...
def block(arrays: Any) -> _t._Array: ...
def bmat(obj: Any, ldict: Any = None, gdict: Any = None) -> Any: ...

class bool(generic[builtins.bool]):
    def __new__(cls, value: object = ..., /) -> Self: ...
    __numpy_dtype__: Any

bool_ = bool

@final
class broadcast:
    def __new__(cls, *arrays: Any) -> Self: ...
    def __iter__(self, /) -> Any: ...
    def __next__(self, /) -> Any: ...
    @property
    def index(self) -> Any: ...
    @property
    def iters(self) -> Any: ...
    @property
    def nd(self) -> Any: ...
    @property
    def ndim(self) -> Any: ...
    @property
    def numiter(self) -> Any: ...
    def reset(self, /) -> Any: ...
    @property
    def shape(self) -> Any: ...
    @property
    def size(self) -> Any: ...

def broadcast_arrays(*args: Any, subok: builtins.bool = False) -> tuple[_t._Array, ...]: ...
def broadcast_shapes(*args: Any) -> tuple[int, ...]: ...
def broadcast_to(array: Any, shape: Any, subok: builtins.bool = False) -> _t._Array: ...
def busday_count(
    begindates: Any,
    enddates: Any,
    weekmask: Any = "1111100",
    holidays: Any = (),
    busdaycal: Any = None,
    out: Any = None,
) -> Any: ...
def busday_offset(
    dates: Any,
    offsets: Any,
    roll: Any = "raise",
    weekmask: Any = "1111100",
    holidays: Any = None,
    busdaycal: Any = None,
    out: Any = None,
) -> Any: ...

@final
class busdaycalendar:
    def __new__(cls, weekmask: Any = "1111100", holidays: Any = None) -> Self: ...
    @property
    def holidays(self) -> Any: ...
    @property
    def weekmask(self) -> Any: ...

byte = int8

class bytes_(character[bytes], bytes):
    def __new__(cls, value: Any = ..., /, *args: Any, **kwargs: Any) -> Self: ...
    __numpy_dtype__: Any
    def __repr__(self, /) -> builtins.str: ...
    def __str__(self, /) -> builtins.str: ...

c_: Any

def can_cast(from_: Any, to: Any, casting: _t._Casting = "safe") -> builtins.bool: ...

cbrt: _FloatUnary
cdouble = complex128
ceil: _SameUnary

class character(flexible[_ItemT_co], Generic[_ItemT_co]):
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...

def choose(a: _t.ArrayLike, choices: Any, out: Any = None, mode: Any = "raise") -> Any: ...
def clip(
    a: _t.ArrayLike,
    a_min: Any = ...,
    a_max: Any = ...,
    out: Any = None,
    *,
    min: Any = ...,
    max: Any = ...,
    **kwargs: Any,
) -> Any: ...

class clongdouble(complexfloating[_t._128Bit]):
    def __new__(cls, real: Any = 0, imag: Any = 0, /) -> Self: ...
    @property
    def real(self) -> longdouble: ...
    @property
    def imag(self) -> longdouble: ...
    def __abs__(self) -> longdouble: ...
    __numpy_dtype__: Any

def column_stack(tup: Any) -> _t._Array: ...
def common_type(*arrays: Any) -> Any: ...

class complex128(complexfloating[_t._64Bit], complex):
    def __new__(cls, real: Any = 0, imag: Any = 0, /) -> Self: ...
    @property
    def real(self) -> float64: ...
    @property
    def imag(self) -> float64: ...
    def __abs__(self) -> float64: ...
    __numpy_dtype__: Any
    def __repr__(self, /) -> builtins.str: ...
    def __str__(self, /) -> builtins.str: ...

complex256 = clongdouble

class complex64(complexfloating[_t._32Bit]):
    def __new__(cls, real: Any = 0, imag: Any = 0, /) -> Self: ...
    @property
    def real(self) -> float32: ...
    @property
    def imag(self) -> float32: ...
    def __abs__(self) -> float32: ...
    __numpy_dtype__: Any

class complexfloating(inexact[_BitsT_co, complex], Generic[_BitsT_co, _Bits2T_co]):
    @overload
    def __add__(self, other: complex | Self, /) -> Self: ...
    @overload
    def __add__(self, other: Any, /) -> Any: ...
    @overload
    def __radd__(self, other: complex | Self, /) -> Self: ...
    @overload
    def __radd__(self, other: Any, /) -> Any: ...
    @overload
    def __sub__(self, other: complex | Self, /) -> Self: ...
    @overload
    def __sub__(self, other: Any, /) -> Any: ...
    @overload
    def __rsub__(self, other: complex | Self, /) -> Self: ...
    @overload
    def __rsub__(self, other: Any, /) -> Any: ...
    @overload
    def __mul__(self, other: complex | Self, /) -> Self: ...
    @overload
    def __mul__(self, other: Any, /) -> Any: ...
    @overload
    def __rmul__(self, other: complex | Self, /) -> Self: ...
    @overload
    def __rmul__(self, other: Any, /) -> Any: ...
    @overload
    def __truediv__(self, other: complex | Self, /) -> Self: ...
    @overload
    def __truediv__(self, other: Any, /) -> Any: ...
    @overload
    def __rtruediv__(self, other: complex | Self, /) -> Self: ...
    @overload
    def __rtruediv__(self, other: Any, /) -> Any: ...
    @overload
    def __pow__(self, other: complex | Self, mod: None = None, /) -> Self: ...
    @overload
    def __pow__(self, other: Any, mod: None = None, /) -> Any: ...
    @overload
    def __rpow__(self, other: complex | Self, mod: None = None, /) -> Self: ...
    @overload
    def __rpow__(self, other: Any, mod: None = None, /) -> Any: ...
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...
    def __complex__(self, /) -> complex: ...

def compress(condition: _t.ArrayLike, a: _t.ArrayLike, axis: Any = None, out: Any = None) -> _t._Array: ...

concat = concatenate

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

conj: _SameUnary
conjugate: _SameUnary

def convolve(a: _t.ArrayLike, v: _t.ArrayLike, mode: Any = "full") -> _t._Array: ...
@overload
def copy(a: _ArrayT, order: _t._Order = "K", subok: builtins.bool = False) -> _ArrayT: ...
@overload
def copy(a: Any, order: _t._Order = "K", subok: builtins.bool = False) -> _t._Array: ...

copysign: _FloatBinary

def copyto(dst: Any, src: Any, casting: _t._Casting = "same_kind", where: builtins.bool = True) -> None: ...

core: ModuleType

def corrcoef(
    x: _t.ArrayLike, y: _t.ArrayLike | None = None, rowvar: builtins.bool = True, *, dtype: _t.DTypeLike | None = None
) -> _t._Array: ...
def correlate(a: _t.ArrayLike, v: _t.ArrayLike, mode: Any = "valid") -> _t._Array: ...

cos: _FloatUnary
cosh: _FloatUnary

def count_nonzero(a: _t.ArrayLike, axis: Any = None, *, keepdims: builtins.bool = False) -> Any: ...
def cov(
    m: _t.ArrayLike,
    y: _t.ArrayLike | None = None,
    rowvar: builtins.bool = True,
    bias: builtins.bool = False,
    ddof: Any = None,
    fweights: Any = None,
    aweights: Any = None,
    *,
    dtype: _t.DTypeLike | None = None,
) -> _t._Array: ...
def cross(
    a: _t.ArrayLike, b: _t.ArrayLike, axisa: Any = -1, axisb: Any = -1, axisc: Any = -1, axis: Any = None
) -> _t._Array: ...

csingle = complex64

def cumprod(a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
def cumsum(a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
def cumulative_prod(
    x: _t.ArrayLike,
    /,
    *,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    include_initial: builtins.bool = False,
) -> Any: ...
def cumulative_sum(
    x: _t.ArrayLike,
    /,
    *,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    include_initial: builtins.bool = False,
) -> Any: ...

class datetime64(generic[Any]):
    def __new__(cls, value: Any = None, /, *args: Any) -> Self: ...
    @overload
    def __sub__(self, other: datetime64 | date, /) -> timedelta64: ...
    @overload
    def __sub__(self, other: timedelta64 | timedelta | int | integer, /) -> datetime64: ...
    def __add__(self, other: timedelta64 | timedelta | int | integer, /) -> datetime64: ...
    __numpy_dtype__: Any

def datetime_as_string(
    arr: _t.ArrayLike, unit: Any = None, timezone: Any = "naive", casting: _t._Casting = "same_kind"
) -> Any: ...
def datetime_data(dtype: _t.DTypeLike | None, /) -> tuple[str, int]: ...

deg2rad: _FloatUnary
degrees: _FloatUnary

def delete(arr: _t.ArrayLike, obj: Any, axis: Any = None) -> _t._Array: ...
def diag(v: _t.ArrayLike, k: Any = 0) -> _t._Array: ...
def diag_indices(n: Any, ndim: Any = 2) -> tuple[_t._Array, ...]: ...
def diag_indices_from(arr: _t.ArrayLike) -> tuple[_t._Array, ...]: ...
def diagflat(v: _t.ArrayLike, k: Any = 0) -> _t._Array: ...
def diagonal(a: _t.ArrayLike, offset: SupportsIndex = 0, axis1: SupportsIndex = 0, axis2: SupportsIndex = 1) -> Any: ...
def diff(a: _t.ArrayLike, n: Any = 1, axis: Any = -1, prepend: Any = ..., append: Any = ...) -> _t._Array: ...
def digitize(x: _t.ArrayLike, bins: Any, right: builtins.bool = False) -> Any: ...

divide: _FloatBinary
divmod: ufunc

def dot(a: _t.ArrayLike, b: _t.ArrayLike, out: Any = None) -> Any: ...

double = float64

def dsplit(ary: _t.ArrayLike, indices_or_sections: Any) -> list[_t._Array]: ...
def dstack(tup: Any) -> _t._Array: ...

class dtype(Generic[_ScalarT_co]):
    names: tuple[builtins.str, ...] | None
    @overload
    def __new__(
        cls, dtype: _t._DTypeOf[_ScalarT], align: builtins.bool = False, copy: builtins.bool = False, **kwargs: Any
    ) -> dtype[_ScalarT]: ...
    @overload
    def __new__(
        cls, dtype: type[float] | None, align: builtins.bool = False, copy: builtins.bool = False, **kwargs: Any
    ) -> dtype[Any]: ...
    @overload
    def __new__(
        cls, dtype: Any, align: builtins.bool = False, copy: builtins.bool = False, **kwargs: Any
    ) -> dtype[Any]: ...
    @property
    def alignment(self) -> int: ...
    @property
    def base(self) -> dtype[Any]: ...
    @property
    def byteorder(self) -> Literal["=", "<", ">", "|"]: ...
    @property
    def char(self) -> builtins.str: ...
    @property
    def descr(self) -> list[Any]: ...
    @property
    def fields(self) -> Mapping[builtins.str, tuple[Any, ...]] | None: ...
    @property
    def flags(self) -> int: ...
    @property
    def hasobject(self) -> builtins.bool: ...
    @property
    def isalignedstruct(self) -> builtins.bool: ...
    @property
    def isbuiltin(self) -> int: ...
    @property
    def isnative(self) -> builtins.bool: ...
    @property
    def itemsize(self) -> int: ...
    @property
    def kind(self) -> Literal["b", "i", "u", "f", "c", "m", "M", "O", "S", "U", "V", "T"]: ...
    @property
    def metadata(self) -> Mapping[builtins.str, Any] | None: ...
    @property
    def name(self) -> builtins.str: ...
    @property
    def ndim(self) -> int: ...
    @property
    def num(self) -> int: ...
    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def str(self) -> builtins.str: ...
    @property
    def subdtype(self) -> tuple[dtype[Any], tuple[int, ...]] | None: ...
    @property
    def type(self) -> builtins.type[_ScalarT_co]: ...
    def newbyteorder(self, new_order: builtins.str = "S", /) -> Self: ...
    def __len__(self, /) -> int: ...
    def __hash__(self, /) -> int: ...
    def __eq__(self, other: object, /) -> builtins.bool: ...
    def __ne__(self, other: object, /) -> builtins.bool: ...
    def __lt__(self, other: Any, /) -> builtins.bool: ...
    def __le__(self, other: Any, /) -> builtins.bool: ...
    def __gt__(self, other: Any, /) -> builtins.bool: ...
    def __ge__(self, other: Any, /) -> builtins.bool: ...
    def __mul__(self, value: SupportsIndex, /) -> dtype[Any]: ...
    def __rmul__(self, value: SupportsIndex, /) -> dtype[Any]: ...
    def __getitem__(self, key: SupportsIndex | builtins.str | list[builtins.str], /) -> dtype[Any]: ...
    def __bool__(self, /) -> builtins.bool: ...
    __numpy_dtype__: Any
    def __reduce__(self) -> Any: ...
    def __repr__(self, /) -> builtins.str: ...
    def __setstate__(self, *args: Any, **kwargs: Any) -> Any: ...
    def __str__(self, /) -> builtins.str: ...

e: Final[float]

def ediff1d(ary: _t.ArrayLike, to_end: Any = None, to_begin: Any = None) -> _t._Array: ...
def einsum(*operands: Any, out: Any = None, optimize: builtins.bool = False, **kwargs: Any) -> Any: ...
def einsum_path(*operands: Any, optimize: Any = "greedy", einsum_call: builtins.bool = False) -> Any: ...
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

equal: _TruthBinary

class errstate:
    def __init__(
        self,
        *,
        call: Any = ...,
        all: Any = None,
        divide: Any = None,
        over: Any = None,
        under: Any = None,
        invalid: Any = None,
    ) -> None: ...
    def __call__(self, func: Any) -> Any: ...
    def __enter__(self) -> Any: ...
    def __exit__(self, *exc_details: Any) -> Any: ...

euler_gamma: Final[float]
exp: _FloatUnary
exp2: _FloatUnary

def expand_dims(a: _t.ArrayLike, axis: Any) -> _t._Array: ...

expm1: _FloatUnary

def extract(condition: _t.ArrayLike, arr: _t.ArrayLike) -> _t._Array: ...
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

fabs: ufunc

def fill_diagonal(a: _t.ArrayLike, val: Any, wrap: builtins.bool = False) -> None: ...

class finfo:
    def __new__(cls, dtype: _t.DTypeLike | None) -> Self: ...
    def __repr__(self) -> builtins.str: ...
    def __str__(self) -> builtins.str: ...
    @property
    def tiny(self) -> Any: ...

def fix(x: _t.ArrayLike, out: Any = None) -> Any: ...

@final
class flatiter(Generic[_ArrayT_co]):
    @property
    def base(self) -> _ArrayT_co: ...
    @property
    def coords(self) -> tuple[int, ...]: ...
    @property
    def index(self) -> int: ...
    def copy(self, /) -> ndarray[tuple[int], dtype[Any]]: ...
    def __iter__(self, /) -> Self: ...
    def __next__(self, /) -> Any: ...
    def __len__(self, /) -> int: ...
    def __getitem__(self, key: Any, /) -> Any: ...
    def __setitem__(self, key: Any, value: Any, /) -> None: ...
    def __array__(self, dtype: Any = None, /, *, copy: builtins.bool | None = None) -> _t._Array: ...
    def __delitem__(self, key: Any, /) -> None: ...
    def __eq__(self, value: Any, /) -> Any: ...
    def __ge__(self, value: Any, /) -> Any: ...
    def __gt__(self, value: Any, /) -> Any: ...
    __hash__: ClassVar[None]  # type: ignore[assignment, unused-ignore]
    def __le__(self, value: Any, /) -> Any: ...
    def __lt__(self, value: Any, /) -> Any: ...
    def __ne__(self, value: Any, /) -> Any: ...

def flatnonzero(a: _t.ArrayLike) -> _t._Array: ...

class flexible(generic[_ItemT_co], Generic[_ItemT_co]):
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...

def flip(m: _t.ArrayLike, axis: Any = None) -> _t._Array: ...
def fliplr(m: _t.ArrayLike) -> _t._Array: ...
def flipud(m: _t.ArrayLike) -> _t._Array: ...

float128 = longdouble

class float16(floating[_t._16Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def is_integer(self, /) -> builtins.bool: ...
    def as_integer_ratio(self, /) -> tuple[int, int]: ...
    __numpy_dtype__: Any

class float32(floating[_t._32Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def is_integer(self, /) -> builtins.bool: ...
    def as_integer_ratio(self, /) -> tuple[int, int]: ...
    __numpy_dtype__: Any

class float64(floating[_t._64Bit], float):
    @overload
    def __add__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __add__(self, other: Any, /) -> Any: ...
    @overload
    def __radd__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __radd__(self, other: Any, /) -> Any: ...
    @overload
    def __sub__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __sub__(self, other: Any, /) -> Any: ...
    @overload
    def __rsub__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __rsub__(self, other: Any, /) -> Any: ...
    @overload
    def __mul__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __mul__(self, other: Any, /) -> Any: ...
    @overload
    def __rmul__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __rmul__(self, other: Any, /) -> Any: ...
    @overload
    def __mod__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __mod__(self, other: Any, /) -> Any: ...
    @overload
    def __rmod__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __rmod__(self, other: Any, /) -> Any: ...
    @overload
    def __floordiv__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __floordiv__(self, other: Any, /) -> Any: ...
    @overload
    def __rfloordiv__(
        self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /
    ) -> float64: ...
    @overload
    def __rfloordiv__(self, other: Any, /) -> Any: ...
    @overload
    def __truediv__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __truediv__(self, other: Any, /) -> Any: ...
    @overload
    def __rtruediv__(self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, /) -> float64: ...
    @overload
    def __rtruediv__(self, other: Any, /) -> Any: ...
    @overload
    def __pow__(
        self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, mod: None = None, /
    ) -> float64: ...
    @overload
    def __pow__(self, other: Any, mod: None = None, /) -> Any: ...
    @overload
    def __rpow__(
        self, other: float | floating[_t._16Bit] | floating[_t._32Bit] | integer | bool, mod: None = None, /
    ) -> float64: ...
    @overload
    def __rpow__(self, other: Any, mod: None = None, /) -> Any: ...
    def __new__(cls, value: Any = 0, /) -> Self: ...
    @property
    def real(self) -> Self: ...
    @property
    def imag(self) -> Self: ...
    __numpy_dtype__: Any
    def __repr__(self, /) -> builtins.str: ...
    def __str__(self, /) -> builtins.str: ...
    def as_integer_ratio(self, /) -> Any: ...
    def is_integer(self, /) -> Any: ...

float_power: ufunc

class floating(inexact[_BitsT_co, float]):
    @overload
    def __add__(self, other: float | Self, /) -> Self: ...
    @overload
    def __add__(self, other: Any, /) -> Any: ...
    @overload
    def __radd__(self, other: float | Self, /) -> Self: ...
    @overload
    def __radd__(self, other: Any, /) -> Any: ...
    @overload
    def __sub__(self, other: float | Self, /) -> Self: ...
    @overload
    def __sub__(self, other: Any, /) -> Any: ...
    @overload
    def __rsub__(self, other: float | Self, /) -> Self: ...
    @overload
    def __rsub__(self, other: Any, /) -> Any: ...
    @overload
    def __mul__(self, other: float | Self, /) -> Self: ...
    @overload
    def __mul__(self, other: Any, /) -> Any: ...
    @overload
    def __rmul__(self, other: float | Self, /) -> Self: ...
    @overload
    def __rmul__(self, other: Any, /) -> Any: ...
    @overload
    def __mod__(self, other: float | Self, /) -> Self: ...
    @overload
    def __mod__(self, other: Any, /) -> Any: ...
    @overload
    def __rmod__(self, other: float | Self, /) -> Self: ...
    @overload
    def __rmod__(self, other: Any, /) -> Any: ...
    @overload
    def __floordiv__(self, other: float | Self, /) -> Self: ...
    @overload
    def __floordiv__(self, other: Any, /) -> Any: ...
    @overload
    def __rfloordiv__(self, other: float | Self, /) -> Self: ...
    @overload
    def __rfloordiv__(self, other: Any, /) -> Any: ...
    @overload
    def __truediv__(self, other: float | Self, /) -> Self: ...
    @overload
    def __truediv__(self, other: Any, /) -> Any: ...
    @overload
    def __rtruediv__(self, other: float | Self, /) -> Self: ...
    @overload
    def __rtruediv__(self, other: Any, /) -> Any: ...
    @overload
    def __pow__(self, other: float | Self, mod: None = None, /) -> Self: ...
    @overload
    def __pow__(self, other: Any, mod: None = None, /) -> Any: ...
    @overload
    def __rpow__(self, other: float | Self, mod: None = None, /) -> Self: ...
    @overload
    def __rpow__(self, other: Any, mod: None = None, /) -> Any: ...
    def __abs__(self) -> Self: ...
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...
    def __round__(self, *args: Any, **kwargs: Any) -> Any: ...

floor: _SameUnary
floor_divide: _SameBinary
fmax: _SameBinary
fmin: _SameBinary
fmod: _SameBinary

def format_float_positional(
    x: _t.ArrayLike,
    precision: Any = None,
    unique: builtins.bool = True,
    fractional: builtins.bool = True,
    trim: Any = "k",
    sign: builtins.bool = False,
    pad_left: Any = None,
    pad_right: Any = None,
    min_digits: Any = None,
) -> str: ...
def format_float_scientific(
    x: _t.ArrayLike,
    precision: Any = None,
    unique: builtins.bool = True,
    trim: Any = "k",
    sign: builtins.bool = False,
    pad_left: Any = None,
    exp_digits: Any = None,
    min_digits: Any = None,
) -> str: ...

frexp: ufunc

def from_dlpack(x: _t.ArrayLike, /, *, device: _t._Device | None = None, copy: Any = None) -> Any: ...
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
def fromfile(
    file: _t._File,
    dtype: _t.DTypeLike | None = None,
    count: Any = -1,
    sep: Any = "",
    offset: SupportsIndex = 0,
    *,
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...
def fromfunction(
    function: _t._Function,
    shape: Any,
    *,
    dtype: _t.DTypeLike | None = ...,
    like: _t._SupportsArray[Any] | None = None,
    **kwargs: Any,
) -> Any: ...
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
def frompyfunc(func: _t._Function, /, nin: Any, nout: Any, **kwargs: Any) -> Any: ...
def fromregex(file: _t._File, regexp: Any, dtype: _t.DTypeLike | None, encoding: Any = None) -> _t._Array: ...
def fromstring(
    string: Any,
    dtype: _t.DTypeLike | None = ...,
    count: Any = -1,
    *,
    sep: Any = "",
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...
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

gcd: ufunc

class generic(Generic[_ItemT_co]):
    @property
    def T(self) -> Self: ...
    @property
    def base(self) -> None: ...
    @property
    def data(self) -> memoryview: ...
    @property
    def device(self) -> Literal["cpu"]: ...
    @property
    def dtype(self) -> _dtype[Self]: ...
    @property
    def flags(self) -> Any: ...
    @property
    def flat(self) -> flatiter[ndarray[tuple[int], _dtype[Self]]]: ...
    @property
    def itemsize(self) -> int: ...
    @property
    def nbytes(self) -> int: ...
    @property
    def ndim(self) -> Literal[0]: ...
    @property
    def shape(self) -> tuple[()]: ...
    @property
    def size(self) -> Literal[1]: ...
    @property
    def strides(self) -> tuple[()]: ...
    @overload
    def item(self, /) -> _ItemT_co: ...
    @overload
    def item(self, index: SupportsIndex | tuple[SupportsIndex, ...], /) -> _ItemT_co: ...
    def tolist(self, /) -> _ItemT_co: ...
    def copy(self, /, order: _t._Order = "C") -> Self: ...
    @overload
    def astype(
        self,
        /,
        dtype: _t._DTypeOf[_ScalarT],
        order: _t._Order = "K",
        casting: _t._Casting = "unsafe",
        subok: builtins.bool = True,
        copy: builtins.bool = True,
    ) -> _ScalarT: ...
    @overload
    def astype(
        self,
        /,
        dtype: _t.DTypeLike | None,
        order: _t._Order = "K",
        casting: _t._Casting = "unsafe",
        subok: builtins.bool = True,
        copy: builtins.bool = True,
    ) -> Any: ...
    def __hash__(self) -> int: ...
    def __bool__(self) -> builtins.bool: ...
    def __eq__(self, other: Any, /) -> Any: ...
    def __ne__(self, other: Any, /) -> Any: ...
    def __lt__(self, other: Any, /) -> Any: ...
    def __le__(self, other: Any, /) -> Any: ...
    def __gt__(self, other: Any, /) -> Any: ...
    def __ge__(self, other: Any, /) -> Any: ...
    def __array__(self, dtype: _t.DTypeLike | None = None, /, *, copy: builtins.bool | None = None) -> _t._Array: ...
    def __int__(self) -> int: ...
    def __float__(self) -> float: ...
    def __neg__(self) -> Self: ...
    def __pos__(self) -> Self: ...
    def __abs__(self) -> Any: ...
    def __invert__(self) -> Self: ...
    def __add__(self, other: Any, /) -> Any: ...
    def __radd__(self, other: Any, /) -> Any: ...
    def __sub__(self, other: Any, /) -> Any: ...
    def __rsub__(self, other: Any, /) -> Any: ...
    def __mul__(self, other: Any, /) -> Any: ...
    def __rmul__(self, other: Any, /) -> Any: ...
    def __mod__(self, other: Any, /) -> Any: ...
    def __rmod__(self, other: Any, /) -> Any: ...
    def __floordiv__(self, other: Any, /) -> Any: ...
    def __rfloordiv__(self, other: Any, /) -> Any: ...
    def __truediv__(self, other: Any, /) -> Any: ...
    def __rtruediv__(self, other: Any, /) -> Any: ...
    def __pow__(self, other: Any, mod: None = None, /) -> Any: ...
    def __rpow__(self, other: Any, mod: None = None, /) -> Any: ...
    def __divmod__(self, other: Any, /) -> Any: ...
    def __rdivmod__(self, other: Any, /) -> Any: ...
    def __and__(self, other: Any, /) -> Any: ...
    def __rand__(self, other: Any, /) -> Any: ...
    def __or__(self, other: Any, /) -> Any: ...
    def __ror__(self, other: Any, /) -> Any: ...
    def __xor__(self, other: Any, /) -> Any: ...
    def __rxor__(self, other: Any, /) -> Any: ...
    def __lshift__(self, other: Any, /) -> Any: ...
    def __rlshift__(self, other: Any, /) -> Any: ...
    def __rshift__(self, other: Any, /) -> Any: ...
    def __rrshift__(self, other: Any, /) -> Any: ...
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...
    @property
    def __array_interface__(self) -> Any: ...
    def __array_namespace__(self, /, *, api_version: Any = None) -> Any: ...
    @property
    def __array_priority__(self) -> Any: ...
    @property
    def __array_struct__(self) -> Any: ...
    def __array_wrap__(self, array: Any, context: Any = None, return_scalar: builtins.bool = True, /) -> Any: ...
    def __copy__(self, /) -> Any: ...
    def __deepcopy__(self, memo: Any, /) -> Any: ...
    def __format__(self, spec: Any, /) -> Any: ...
    def __getitem__(self, key: Any, /) -> Any: ...
    def __reduce__(self, /) -> Any: ...
    def __repr__(self, /) -> builtins.str: ...
    def __setstate__(self, state: Any, /) -> Any: ...
    def __str__(self, /) -> builtins.str: ...
    def all(
        self, /, axis: Any = None, out: Any = None, keepdims: builtins.bool = False, *, where: builtins.bool = True
    ) -> Any: ...
    def any(
        self, /, axis: Any = None, out: Any = None, keepdims: builtins.bool = False, *, where: builtins.bool = True
    ) -> Any: ...
    def argmax(self, /, axis: Any = None, out: Any = None, *, keepdims: builtins.bool = False) -> Any: ...
    def argmin(self, /, axis: Any = None, out: Any = None, *, keepdims: builtins.bool = False) -> Any: ...
    def argsort(self, /, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any: ...
    def byteswap(self, /, inplace: builtins.bool = False) -> Any: ...
    def choose(self, /, choices: Any, out: Any = None, mode: Any = "raise") -> Any: ...
    def clip(self, /, min: Any = None, max: Any = None, out: Any = None, **kwargs: Any) -> Any: ...
    def compress(self, /, condition: Any, axis: Any = None, out: Any = None) -> Any: ...
    def conj(self, /) -> Any: ...
    def conjugate(self, /) -> Any: ...
    def cumprod(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def cumsum(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def diagonal(self, /, offset: Any = 0, axis1: SupportsIndex = 0, axis2: SupportsIndex = 1) -> Any: ...
    def dump(self, /, file: Any) -> Any: ...
    def dumps(self, /) -> Any: ...
    def fill(self, /, value: Any) -> Any: ...
    def flatten(self, /, order: _t._Order = "C") -> Any: ...
    def getfield(self, /, dtype: _t.DTypeLike | None, offset: Any = 0) -> Any: ...
    @property
    def imag(self) -> Any: ...
    def max(self, /, axis: Any = None, out: Any = None, **kwargs: Any) -> Any: ...
    def mean(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any) -> Any: ...
    def min(self, /, axis: Any = None, out: Any = None, **kwargs: Any) -> Any: ...
    def nonzero(self, /) -> Any: ...
    def prod(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any) -> Any: ...
    def put(self, indices: Any, values: Any, /, mode: Any = "raise") -> Any: ...
    def ravel(self, /, order: _t._Order = "C") -> Any: ...
    @property
    def real(self) -> Any: ...
    def repeat(self, repeats: Any, /, axis: Any = None) -> Any: ...
    def reshape(self, /, *shape: Any, order: _t._Order = "C", copy: Any = None) -> Any: ...
    def resize(self, /, *new_shape: Any, refcheck: builtins.bool = True) -> Any: ...
    def round(self, /, decimals: Any = 0, out: Any = None) -> Any: ...
    def searchsorted(self, v: Any, /, side: Any = "left", sorter: Any = None) -> Any: ...
    def setfield(self, val: Any, /, dtype: _t.DTypeLike | None, offset: Any = 0) -> Any: ...
    def setflags(self, /, *, write: Any = None, align: Any = None, uic: Any = None) -> Any: ...
    def sort(self, /, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any: ...
    def squeeze(self, /, axis: Any = None) -> Any: ...
    def std(
        self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, ddof: Any = 0, **kwargs: Any
    ) -> Any: ...
    def sum(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any) -> Any: ...
    def swapaxes(self, axis1: SupportsIndex, axis2: SupportsIndex, /) -> Any: ...
    def take(self, indices: Any, /, axis: Any = None, out: Any = None, mode: Any = "raise") -> Any: ...
    def to_device(self, device: Any, /, *, stream: Any = None) -> Any: ...
    def tobytes(self, /, order: _t._Order = "C") -> Any: ...
    def tofile(self, fid: Any, /, sep: Any = "", format: Any = "%s") -> Any: ...
    def trace(
        self,
        /,
        offset: Any = 0,
        axis1: SupportsIndex = 0,
        axis2: SupportsIndex = 1,
        dtype: _t.DTypeLike | None = None,
        out: Any = None,
    ) -> Any: ...
    def transpose(self, /, *axes: Any) -> Any: ...
    def var(
        self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, ddof: Any = 0, **kwargs: Any
    ) -> Any: ...
    def view(self, /, *args: Any, **kwargs: Any) -> Any: ...

def genfromtxt(
    fname: _t._File,
    dtype: _t.DTypeLike | None = ...,
    comments: Any = "#",
    delimiter: Any = None,
    skip_header: Any = 0,
    skip_footer: Any = 0,
    converters: Any = None,
    missing_values: Any = None,
    filling_values: Any = None,
    usecols: Any = None,
    names: Any = None,
    excludelist: Any = None,
    deletechars: Any = ...,
    replace_space: Any = "_",
    autostrip: builtins.bool = False,
    case_sensitive: builtins.bool = True,
    defaultfmt: Any = "f%i",
    unpack: builtins.bool | None = None,
    usemask: builtins.bool = False,
    loose: builtins.bool = True,
    invalid_raise: builtins.bool = True,
    max_rows: Any = None,
    encoding: Any = None,
    *,
    ndmin: SupportsIndex = 0,
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...
def geomspace(
    start: Any,
    stop: Any,
    num: Any = 50,
    endpoint: builtins.bool = True,
    dtype: _t.DTypeLike | None = None,
    axis: Any = 0,
) -> _t._Array: ...
def get_include() -> str: ...
def get_printoptions() -> dict[str, Any]: ...
def getbufsize() -> int: ...
def geterr() -> dict[str, Any]: ...
def geterrcall() -> Any: ...
def gradient(f: Any, *varargs: Any, axis: Any = None, edge_order: Any = 1) -> Any: ...

greater: _TruthBinary
greater_equal: _TruthBinary
half = float16

def hamming(M: _t.ArrayLike) -> _t._Array: ...
def hanning(M: _t.ArrayLike) -> _t._Array: ...

heaviside: ufunc

def histogram(
    a: _t.ArrayLike,
    bins: Any = 10,
    range: Any = None,
    density: builtins.bool | None = None,
    weights: _t.ArrayLike | None = None,
) -> tuple[_t._Array, _t._Array]: ...
def histogram2d(
    x: _t.ArrayLike,
    y: _t.ArrayLike,
    bins: Any = 10,
    range: Any = None,
    density: builtins.bool | None = None,
    weights: _t.ArrayLike | None = None,
) -> Any: ...
def histogram_bin_edges(
    a: _t.ArrayLike, bins: Any = 10, range: Any = None, weights: _t.ArrayLike | None = None
) -> _t._Array: ...
def histogramdd(
    sample: _t.ArrayLike,
    bins: Any = 10,
    range: Any = None,
    density: builtins.bool | None = None,
    weights: _t.ArrayLike | None = None,
) -> Any: ...
def hsplit(ary: _t.ArrayLike, indices_or_sections: Any) -> list[_t._Array]: ...
def hstack(tup: Any, *, dtype: _t.DTypeLike | None = None, casting: _t._Casting = "same_kind") -> _t._Array: ...

hypot: _FloatBinary

def i0(x: _t.ArrayLike) -> Any: ...
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

class iinfo:
    def __init__(self, int_type: Any) -> None: ...
    def __repr__(self) -> builtins.str: ...
    def __str__(self) -> builtins.str: ...
    @property
    def max(self) -> Any: ...
    @property
    def min(self) -> Any: ...

def imag(val: Any) -> Any: ...

index_exp: Any

def indices(dimensions: Any, dtype: _t.DTypeLike | None = ..., sparse: builtins.bool = False) -> _t._Array: ...

class inexact(number[_BitsT_co, _ItemT_co], Generic[_BitsT_co, _ItemT_co]):
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...

inf: Final[float]

def info(object: Any = None, maxwidth: Any = 76, output: Any = None, toplevel: Any = "numpy") -> None: ...
def inner(a: _t.ArrayLike, b: _t.ArrayLike, /) -> Any: ...
def insert(arr: _t.ArrayLike, obj: Any, values: _t.ArrayLike, axis: Any = None) -> _t._Array: ...
def install_as_numpy() -> None: ...

class int16(signedinteger[_t._16Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

class int32(signedinteger[_t._32Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

class int64(signedinteger[_t._64Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

class int8(signedinteger[_t._8Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

int_ = int64
intc = int32

class integer(number[_BitsT_co, int]):
    @property
    def numerator(self) -> Self: ...
    @property
    def denominator(self) -> Literal[1]: ...
    def is_integer(self, /) -> Literal[True]: ...
    @overload
    def __add__(self, other: int | Self, /) -> Self: ...
    @overload
    def __add__(self, other: Any, /) -> Any: ...
    @overload
    def __radd__(self, other: int | Self, /) -> Self: ...
    @overload
    def __radd__(self, other: Any, /) -> Any: ...
    @overload
    def __sub__(self, other: int | Self, /) -> Self: ...
    @overload
    def __sub__(self, other: Any, /) -> Any: ...
    @overload
    def __rsub__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rsub__(self, other: Any, /) -> Any: ...
    @overload
    def __mul__(self, other: int | Self, /) -> Self: ...
    @overload
    def __mul__(self, other: Any, /) -> Any: ...
    @overload
    def __rmul__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rmul__(self, other: Any, /) -> Any: ...
    @overload
    def __mod__(self, other: int | Self, /) -> Self: ...
    @overload
    def __mod__(self, other: Any, /) -> Any: ...
    @overload
    def __rmod__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rmod__(self, other: Any, /) -> Any: ...
    @overload
    def __floordiv__(self, other: int | Self, /) -> Self: ...
    @overload
    def __floordiv__(self, other: Any, /) -> Any: ...
    @overload
    def __rfloordiv__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rfloordiv__(self, other: Any, /) -> Any: ...
    @overload
    def __and__(self, other: int | Self, /) -> Self: ...
    @overload
    def __and__(self, other: Any, /) -> Any: ...
    @overload
    def __rand__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rand__(self, other: Any, /) -> Any: ...
    @overload
    def __or__(self, other: int | Self, /) -> Self: ...
    @overload
    def __or__(self, other: Any, /) -> Any: ...
    @overload
    def __ror__(self, other: int | Self, /) -> Self: ...
    @overload
    def __ror__(self, other: Any, /) -> Any: ...
    @overload
    def __xor__(self, other: int | Self, /) -> Self: ...
    @overload
    def __xor__(self, other: Any, /) -> Any: ...
    @overload
    def __rxor__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rxor__(self, other: Any, /) -> Any: ...
    @overload
    def __lshift__(self, other: int | Self, /) -> Self: ...
    @overload
    def __lshift__(self, other: Any, /) -> Any: ...
    @overload
    def __rlshift__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rlshift__(self, other: Any, /) -> Any: ...
    @overload
    def __rshift__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rshift__(self, other: Any, /) -> Any: ...
    @overload
    def __rrshift__(self, other: int | Self, /) -> Self: ...
    @overload
    def __rrshift__(self, other: Any, /) -> Any: ...
    @overload
    def __truediv__(self, other: int | Self, /) -> floating: ...
    @overload
    def __truediv__(self, other: Any, /) -> Any: ...
    @overload
    def __rtruediv__(self, other: int | Self, /) -> floating: ...
    @overload
    def __rtruediv__(self, other: Any, /) -> Any: ...
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...
    def __round__(self, *args: Any, **kwargs: Any) -> Any: ...

def interp(
    x: _t.ArrayLike, xp: _t.ArrayLike, fp: _t.ArrayLike, left: Any = None, right: Any = None, period: Any = None
) -> Any: ...
def intersect1d(
    ar1: _t.ArrayLike, ar2: _t.ArrayLike, assume_unique: builtins.bool = False, return_indices: builtins.bool = False
) -> _t._Array: ...

intp = int64
invert: ufunc

def is_busday(
    dates: Any, weekmask: Any = "1111100", holidays: Any = None, busdaycal: Any = None, out: Any = None
) -> Any: ...
def isclose(
    a: _t.ArrayLike, b: _t.ArrayLike, rtol: Any = 1e-05, atol: Any = 1e-08, equal_nan: builtins.bool = False
) -> Any: ...
def iscomplex(x: _t.ArrayLike) -> Any: ...
def iscomplexobj(x: _t.ArrayLike) -> builtins.bool: ...
def isdtype(dtype: _t.DTypeLike | None, kind: _t._SortKind | None) -> builtins.bool: ...

isfinite: _TruthUnary

def isfortran(a: _t.ArrayLike) -> builtins.bool: ...
def isin(
    element: _t.ArrayLike,
    test_elements: _t.ArrayLike,
    assume_unique: builtins.bool = False,
    invert: builtins.bool = False,
    *,
    kind: _t._SortKind | None = None,
) -> _t._Array: ...

isinf: _TruthUnary
isnan: _TruthUnary
isnat: _TruthUnary

def isneginf(x: _t.ArrayLike, out: Any = None) -> Any: ...
def isposinf(x: _t.ArrayLike, out: Any = None) -> Any: ...
def isreal(x: _t.ArrayLike) -> Any: ...
def isrealobj(x: _t.ArrayLike) -> builtins.bool: ...
def isscalar(element: _t.ArrayLike) -> builtins.bool: ...
def issubdtype(arg1: Any, arg2: Any) -> builtins.bool: ...
def iterable(y: _t.ArrayLike) -> builtins.bool: ...
def ix_(*args: Any) -> tuple[_t._Array, ...]: ...
def kaiser(M: _t.ArrayLike, beta: Any) -> _t._Array: ...
def kron(a: _t.ArrayLike, b: _t.ArrayLike) -> _t._Array: ...

lcm: ufunc
ldexp: ufunc
left_shift: ufunc
less: _TruthBinary
less_equal: _TruthBinary

def lexsort(keys: Any, axis: Any = -1) -> _t._Array: ...
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

little_endian: Final[builtins.bool]

def load(
    file: _t._File,
    mmap_mode: Any = None,
    allow_pickle: builtins.bool = False,
    fix_imports: builtins.bool = True,
    encoding: Any = "ASCII",
    *,
    max_header_size: Any = 10000,
) -> Any: ...
def loadtxt(
    fname: _t._File,
    dtype: _t.DTypeLike | None = ...,
    comments: Any = "#",
    delimiter: Any = None,
    converters: Any = None,
    skiprows: Any = 0,
    usecols: Any = None,
    unpack: builtins.bool = False,
    ndmin: SupportsIndex = 0,
    encoding: Any = None,
    max_rows: Any = None,
    *,
    quotechar: Any = None,
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...

log: _FloatUnary
log10: _FloatUnary
log1p: _FloatUnary
log2: _FloatUnary
logaddexp: _FloatBinary
logaddexp2: _FloatBinary
logical_and: _TruthBinary
logical_not: _TruthUnary
logical_or: _TruthBinary
logical_xor: _TruthBinary

def logspace(
    start: Any,
    stop: Any,
    num: Any = 50,
    endpoint: builtins.bool = True,
    base: Any = 10.0,
    dtype: _t.DTypeLike | None = None,
    axis: Any = 0,
) -> _t._Array: ...

long = int64

class longdouble(floating[_t._128Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def is_integer(self, /) -> builtins.bool: ...
    def as_integer_ratio(self, /) -> tuple[int, int]: ...
    __numpy_dtype__: Any

class longlong(signedinteger[_t._64Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

def mask_indices(n: Any, mask_func: Any, k: Any = 0) -> tuple[_t._Array, ...]: ...

matmul: ufunc

class matrix(ndarray):
    def __new__(cls, data: Any, dtype: _t.DTypeLike | None = None, copy: builtins.bool = True) -> Self: ...
    @property
    def A(self) -> Any: ...
    @property
    def A1(self) -> Any: ...
    @property
    def H(self) -> Any: ...
    @property
    def I(self) -> Any: ...
    @property
    def T(self) -> Any: ...
    def __array_finalize__(self, obj: Any) -> Any: ...
    __array_priority__: ClassVar[float]
    def __getitem__(self, index: Any) -> Any: ...
    def __imul__(self, other: Any) -> Any: ...
    def __ipow__(self, other: Any) -> Any: ...
    def __mul__(self, other: Any) -> Any: ...
    def __pow__(self, other: Any) -> Any: ...
    def __rmul__(self, other: Any) -> Any: ...
    def __rpow__(self, other: Any) -> Any: ...
    def all(self, axis: Any = None, out: Any = None) -> Any: ...
    def any(self, axis: Any = None, out: Any = None) -> Any: ...
    def argmax(self, axis: Any = None, out: Any = None) -> Any: ...
    def argmin(self, axis: Any = None, out: Any = None) -> Any: ...
    def flatten(self, order: _t._Order = "C") -> Any: ...
    def getA(self) -> Any: ...
    def getA1(self) -> Any: ...
    def getH(self) -> Any: ...
    def getI(self) -> Any: ...
    def getT(self) -> Any: ...
    def max(self, axis: Any = None, out: Any = None) -> Any: ...
    def mean(self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def min(self, axis: Any = None, out: Any = None) -> Any: ...
    def prod(self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def ptp(self, axis: Any = None, out: Any = None) -> Any: ...
    def ravel(self, order: _t._Order = "C") -> Any: ...
    def squeeze(self, axis: Any = None) -> Any: ...
    def std(self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, ddof: Any = 0) -> Any: ...
    def sum(self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def tolist(self) -> Any: ...
    def var(self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, ddof: Any = 0) -> Any: ...

def matrix_transpose(x: _t.ArrayLike, /) -> _t._Array: ...

matvec: ufunc

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

maximum: _SameBinary

def may_share_memory(a: _t.ArrayLike, b: _t.ArrayLike, /, max_work: Any = 0) -> builtins.bool: ...
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
def median(
    a: _t.ArrayLike,
    axis: Any = None,
    out: Any = None,
    overwrite_input: builtins.bool = False,
    keepdims: builtins.bool = False,
) -> Any: ...

class memmap(ndarray):
    def __new__(
        cls,
        filename: Any,
        dtype: _t.DTypeLike | None = ...,
        mode: Any = "r+",
        offset: Any = 0,
        shape: Any = None,
        order: _t._Order = "C",
    ) -> Self: ...
    def __array__(self, dtype: _t.DTypeLike | None = None, /, *, copy: Any = None) -> Any: ...
    def __array_finalize__(self, obj: Any) -> Any: ...
    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any: ...
    @property
    def __array_interface__(self) -> Any: ...
    @__array_interface__.setter
    def __array_interface__(self, value: Any, /) -> None: ...
    __array_priority__: ClassVar[float]
    @property
    def __array_struct__(self) -> Any: ...
    @__array_struct__.setter
    def __array_struct__(self, value: Any, /) -> None: ...
    def __array_wrap__(self, arr: Any, context: Any = None, return_scalar: builtins.bool = False) -> Any: ...
    def __bool__(self, /) -> builtins.bool: ...
    def __complex__(self, /) -> complex: ...
    def __contains__(self, key: Any, /) -> builtins.bool: ...
    def __copy__(self, /) -> Any: ...
    def __deepcopy__(self, memo: Any, /) -> Any: ...
    def __dlpack__(
        self, /, *, stream: Any = None, max_version: Any = None, dl_device: Any = None, copy: Any = None
    ) -> Any: ...
    def __enter__(self) -> Any: ...
    @property
    def __exit__(self) -> Any: ...
    def __float__(self, /) -> float: ...
    def __getitem__(self, index: Any) -> Any: ...
    def __index__(self, /) -> int: ...
    def __int__(self, /) -> int: ...
    def __iter__(self, /) -> Any: ...
    def __reduce__(self, /) -> Any: ...
    def __repr__(self) -> builtins.str: ...
    def __setitem__(self, key: Any, value: Any, /) -> None: ...
    def __str__(self) -> builtins.str: ...
    def all(
        self, /, axis: Any = None, out: Any = None, keepdims: builtins.bool = False, *, where: builtins.bool = True
    ) -> Any: ...
    def any(
        self, /, axis: Any = None, out: Any = None, keepdims: builtins.bool = False, *, where: builtins.bool = True
    ) -> Any: ...
    def argmax(self, /, axis: Any = None, out: Any = None, *, keepdims: builtins.bool = False) -> Any: ...
    def argmin(self, /, axis: Any = None, out: Any = None, *, keepdims: builtins.bool = False) -> Any: ...
    def argpartition(self, kth: Any, /, axis: Any = -1, kind: Any = "introselect", order: Any = None) -> Any: ...
    def argsort(self, /, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any: ...
    def astype(
        self,
        /,
        dtype: _t.DTypeLike | None,
        order: _t._Order = "K",
        casting: _t._Casting = "unsafe",
        subok: builtins.bool = True,
        copy: builtins.bool = True,
    ) -> Any: ...
    def byteswap(self, /, inplace: builtins.bool = False) -> Any: ...
    def choose(self, /, choices: Any, out: Any = None, mode: Any = "raise") -> Any: ...
    def clip(self, /, min: Any = None, max: Any = None, out: Any = None, **kwargs: Any) -> Any: ...
    def close(self) -> Any: ...
    @property
    def closed(self) -> Any: ...
    def compress(self, /, condition: Any, axis: Any = None, out: Any = None) -> Any: ...
    def copy(self, /, order: _t._Order = "C") -> Any: ...
    def cumprod(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def cumsum(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    @property
    def data(self) -> Any: ...
    @data.setter
    def data(self, value: Any, /) -> None: ...
    def diagonal(self, /, offset: Any = 0, axis1: SupportsIndex = 0, axis2: SupportsIndex = 1) -> Any: ...
    def dot(self, other: Any, /, out: Any = None) -> Any: ...
    def dump(self, /, file: Any) -> Any: ...
    def dumps(self, /) -> Any: ...
    def fill(self, /, value: Any) -> Any: ...
    @property
    def flat(self) -> Any: ...
    @flat.setter
    def flat(self, value: Any, /) -> None: ...
    def flatten(self, /, order: _t._Order = "C") -> Any: ...
    def flush(self) -> Any: ...
    def item(self, /, *args: Any) -> Any: ...
    def max(self, /, axis: Any = None, out: Any = None, **kwargs: Any) -> Any: ...
    def mean(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any) -> Any: ...
    def min(self, /, axis: Any = None, out: Any = None, **kwargs: Any) -> Any: ...
    def nonzero(self, /) -> Any: ...
    def partition(self, kth: Any, /, axis: Any = -1, kind: Any = "introselect", order: Any = None) -> Any: ...
    def prod(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any) -> Any: ...
    def put(self, indices: Any, values: Any, /, mode: Any = "raise") -> Any: ...
    def ravel(self, /, order: _t._Order = "C") -> Any: ...
    def repeat(self, repeats: Any, /, axis: Any = None) -> Any: ...
    def reshape(self, /, *shape: Any, order: _t._Order = "C", copy: Any = None) -> Any: ...
    def round(self, /, decimals: Any = 0, out: Any = None) -> Any: ...
    def searchsorted(self, v: Any, /, side: Any = "left", sorter: Any = None) -> Any: ...
    def sort(self, /, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any: ...
    def std(
        self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, ddof: Any = 0, **kwargs: Any
    ) -> Any: ...
    def sum(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any) -> Any: ...
    def take(self, indices: Any, /, axis: Any = None, out: Any = None, mode: Any = "raise") -> Any: ...
    def tobytes(self, /, order: _t._Order = "C") -> Any: ...
    def tofile(self, fid: Any, /, sep: Any = "", format: Any = "%s") -> Any: ...
    def tolist(self, /) -> Any: ...
    def trace(
        self,
        /,
        offset: Any = 0,
        axis1: SupportsIndex = 0,
        axis2: SupportsIndex = 1,
        dtype: _t.DTypeLike | None = None,
        out: Any = None,
    ) -> Any: ...
    def var(
        self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, ddof: Any = 0, **kwargs: Any
    ) -> Any: ...

def meshgrid(
    *xi: Any, copy: builtins.bool = True, sparse: builtins.bool = False, indexing: Any = "xy"
) -> tuple[_t._Array, ...]: ...

mgrid: Any

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
def min_scalar_type(a: _t.ArrayLike, /) -> dtype[Any]: ...

minimum: _SameBinary

def mintypecode(typechars: Any, typeset: Any = "GDFgdf", default: Any = "d") -> str: ...

mod: _SameBinary
modf: ufunc

def moveaxis(a: _t.ArrayLike, source: Any, destination: Any) -> _t._Array: ...

multiply: _SameBinary
nan: Final[float]

def nan_to_num(
    x: _t.ArrayLike, copy: builtins.bool = True, nan: Any = 0.0, posinf: Any = None, neginf: Any = None
) -> Any: ...
def nanargmax(a: _t.ArrayLike, axis: Any = None, out: Any = None, *, keepdims: Any = ...) -> Any: ...
def nanargmin(a: _t.ArrayLike, axis: Any = None, out: Any = None, *, keepdims: Any = ...) -> Any: ...
def nancumprod(a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
def nancumsum(a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
def nanmax(
    a: _t.ArrayLike, axis: Any = None, out: Any = None, keepdims: Any = ..., initial: Any = ..., where: Any = ...
) -> Any: ...
def nanmean(
    a: _t.ArrayLike,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    keepdims: Any = ...,
    *,
    where: Any = ...,
) -> Any: ...
def nanmedian(
    a: _t.ArrayLike, axis: Any = None, out: Any = None, overwrite_input: builtins.bool = False, keepdims: Any = ...
) -> Any: ...
def nanmin(
    a: _t.ArrayLike, axis: Any = None, out: Any = None, keepdims: Any = ..., initial: Any = ..., where: Any = ...
) -> Any: ...
def nanpercentile(
    a: _t.ArrayLike,
    q: _t.ArrayLike,
    axis: Any = None,
    out: Any = None,
    overwrite_input: builtins.bool = False,
    method: Any = "linear",
    keepdims: Any = ...,
    *,
    weights: _t.ArrayLike | None = None,
) -> Any: ...
def nanprod(
    a: _t.ArrayLike,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    keepdims: Any = ...,
    initial: Any = ...,
    where: Any = ...,
) -> Any: ...
def nanquantile(
    a: _t.ArrayLike,
    q: _t.ArrayLike,
    axis: Any = None,
    out: Any = None,
    overwrite_input: builtins.bool = False,
    method: Any = "linear",
    keepdims: Any = ...,
    *,
    weights: _t.ArrayLike | None = None,
) -> Any: ...
def nanstd(
    a: _t.ArrayLike,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    ddof: Any = 0,
    keepdims: Any = ...,
    *,
    where: Any = ...,
    mean: Any = ...,
    correction: Any = ...,
) -> Any: ...
def nansum(
    a: _t.ArrayLike,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    keepdims: Any = ...,
    initial: Any = ...,
    where: Any = ...,
) -> Any: ...
def nanvar(
    a: _t.ArrayLike,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    ddof: Any = 0,
    keepdims: Any = ...,
    *,
    where: Any = ...,
    mean: Any = ...,
    correction: Any = ...,
) -> Any: ...

class ndarray(Generic[_ShapeT_co, _DTypeT_co]):
    __hash__: ClassVar[None]  # type: ignore[assignment, unused-ignore]
    @overload
    def __new__(
        cls,
        shape: _t._ShapeLike,
        dtype: _t._DTypeOf[_ScalarT],
        buffer: Any = None,
        offset: SupportsIndex = 0,
        strides: _t._ShapeLike | None = None,
        order: _t._OrderCF = None,
    ) -> ndarray[Any, _dtype[_ScalarT]]: ...
    @overload
    def __new__(
        cls,
        shape: _t._ShapeLike,
        dtype: _t.DTypeLike | None = None,
        buffer: Any = None,
        offset: SupportsIndex = 0,
        strides: _t._ShapeLike | None = None,
        order: _t._OrderCF = None,
    ) -> Self: ...
    @property
    def T(self) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    @property
    def mT(self) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    @property
    def base(self) -> Any: ...
    @property
    def ctypes(self) -> Any: ...
    @property
    def data(self) -> memoryview: ...
    @property
    def device(self) -> Literal["cpu"]: ...
    @property
    def dtype(self) -> _DTypeT_co: ...
    @dtype.setter
    def dtype(self, value: _t.DTypeLike, /) -> None: ...
    @property
    def flags(self) -> Any: ...
    @property
    def flat(self) -> flatiter[Self]: ...
    @flat.setter
    def flat(self, value: _t.ArrayLike, /) -> None: ...
    @overload
    @property
    def imag(self: ndarray[_ShapeT, _dtype[complex128]]) -> ndarray[_ShapeT, _dtype[float64]]: ...
    @overload
    @property
    def imag(self: ndarray[_ShapeT, _dtype[complex64]]) -> ndarray[_ShapeT, _dtype[float32]]: ...
    @overload
    @property
    def imag(self) -> ndarray[_ShapeT_co, Any]: ...
    @imag.setter
    def imag(self, value: _t.ArrayLike, /) -> None: ...
    @property
    def itemsize(self) -> int: ...
    @property
    def nbytes(self) -> int: ...
    @property
    def ndim(self) -> int: ...
    @overload
    @property
    def real(self: ndarray[_ShapeT, _dtype[complex128]]) -> ndarray[_ShapeT, _dtype[float64]]: ...
    @overload
    @property
    def real(self: ndarray[_ShapeT, _dtype[complex64]]) -> ndarray[_ShapeT, _dtype[float32]]: ...
    @overload
    @property
    def real(self) -> ndarray[_ShapeT_co, Any]: ...
    @real.setter
    def real(self, value: _t.ArrayLike, /) -> None: ...
    @property
    def shape(self) -> _ShapeT_co: ...
    @shape.setter
    def shape(self, value: _t._ShapeLike, /) -> None: ...
    @property
    def size(self) -> int: ...
    @property
    def strides(self) -> tuple[int, ...]: ...
    @strides.setter
    def strides(self, value: _t._ShapeLike, /) -> None: ...
    @overload
    def astype(
        self,
        /,
        dtype: _t._DTypeOf[_ScalarT],
        order: _t._Order = "K",
        casting: _t._Casting = "unsafe",
        subok: builtins.bool = True,
        copy: builtins.bool | _CopyMode = True,
    ) -> ndarray[_ShapeT_co, _dtype[_ScalarT]]: ...
    @overload
    def astype(
        self,
        /,
        dtype: _t.DTypeLike | None,
        order: _t._Order = "K",
        casting: _t._Casting = "unsafe",
        subok: builtins.bool = True,
        copy: builtins.bool | _CopyMode = True,
    ) -> ndarray[_ShapeT_co, Any]: ...
    def byteswap(self, /, inplace: builtins.bool = False) -> Self: ...
    def copy(self, /, order: _t._Order = "C") -> Self: ...
    def fill(self, value: Any) -> None: ...
    def flatten(self, /, order: _t._Order = "C") -> ndarray[tuple[int], _DTypeT_co]: ...
    def ravel(self, /, order: _t._Order = "C") -> ndarray[tuple[int], _DTypeT_co]: ...
    def item(self, /, *args: Any) -> Any: ...
    def nonzero(self, /) -> tuple[ndarray[tuple[int], _dtype[intp]], ...]: ...
    @overload
    def reshape(
        self, shape: int, /, *, order: _t._Order = "C", copy: builtins.bool | None = None
    ) -> ndarray[tuple[int], _DTypeT_co]: ...
    @overload
    def reshape(
        self, shape: tuple[int, int], /, *, order: _t._Order = "C", copy: builtins.bool | None = None
    ) -> ndarray[tuple[int, int], _DTypeT_co]: ...
    @overload
    def reshape(
        self, shape: _t._ShapeLike, /, *, order: _t._Order = "C", copy: builtins.bool | None = None
    ) -> ndarray[_t._AnyShape, _DTypeT_co]: ...
    @overload
    def reshape(
        self, d0: SupportsIndex, d1: SupportsIndex, /, *, order: _t._Order = "C", copy: builtins.bool | None = None
    ) -> ndarray[tuple[int, int], _DTypeT_co]: ...
    @overload
    def reshape(
        self, /, *shape: SupportsIndex, order: _t._Order = "C", copy: builtins.bool | None = None
    ) -> ndarray[_t._AnyShape, _DTypeT_co]: ...
    def squeeze(self, /, axis: _t._Axes = None) -> ndarray[_t._AnyShape, _DTypeT_co]: ...
    def swapaxes(self, axis1: SupportsIndex, axis2: SupportsIndex, /) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    def transpose(self, /, *axes: Any) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    def diagonal(
        self, /, offset: SupportsIndex = 0, axis1: SupportsIndex = 0, axis2: SupportsIndex = 1
    ) -> ndarray[_t._AnyShape, _DTypeT_co]: ...
    def repeat(self, repeats: _t.ArrayLike, /, axis: _t._Axis = None) -> ndarray[_t._AnyShape, _DTypeT_co]: ...
    def sort(
        self,
        /,
        axis: SupportsIndex = -1,
        kind: _t._SortKind | None = None,
        order: str | Sequence[str] | None = None,
        *,
        stable: builtins.bool | None = None,
    ) -> None: ...
    def argsort(
        self,
        /,
        axis: _t._Axis = -1,
        kind: _t._SortKind | None = None,
        order: str | Sequence[str] | None = None,
        *,
        stable: builtins.bool | None = None,
    ) -> ndarray[_t._AnyShape, _dtype[intp]]: ...
    def tobytes(self, /, order: _t._Order = "C") -> bytes: ...
    def tolist(self, /) -> Any: ...
    @overload
    def view(self, /) -> Self: ...
    @overload
    def view(self, /, dtype: type[_ArrayT]) -> _ArrayT: ...
    @overload
    def view(self, /, dtype: _t._DTypeOf[_ScalarT]) -> _t.NDArray[_ScalarT]: ...
    @overload
    def view(self, /, dtype: Any = ..., type: Any = ...) -> Any: ...
    def __array__(
        self, dtype: _t.DTypeLike | None = None, /, *, copy: builtins.bool | None = None
    ) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    def __len__(self, /) -> int: ...
    def __contains__(self, key: Any, /) -> builtins.bool: ...
    def __iter__(self, /) -> Iterator[Any]: ...
    def __bool__(self, /) -> builtins.bool: ...
    def __int__(self, /) -> int: ...
    def __float__(self, /) -> float: ...
    def __complex__(self, /) -> complex: ...
    def __index__(self, /) -> int: ...
    def __copy__(self, /) -> Self: ...
    def __deepcopy__(self, memo: Any, /) -> Self: ...
    @overload
    def __getitem__(self, key: str, /) -> _t._Array: ...
    @overload
    def __getitem__(
        self, key: _t.NDArray[integer | bool] | list[int] | list[builtins.bool] | None, /
    ) -> ndarray[_t._AnyShape, _DTypeT_co]: ...
    @overload
    def __getitem__(self, key: list[str], /) -> ndarray[_ShapeT_co, _dtype[Any]]: ...
    @overload
    def __getitem__(
        self, key: slice[Any, Any, Any] | EllipsisType | tuple[slice[Any, Any, Any] | EllipsisType, ...], /
    ) -> ndarray[_t._AnyShape, _DTypeT_co]: ...
    @overload
    def __getitem__(self: ndarray[tuple[int], _dtype[_ScalarT]], key: SupportsIndex, /) -> _ScalarT: ...
    @overload
    def __getitem__(
        self: ndarray[tuple[int, int], _dtype[_ScalarT]], key: tuple[SupportsIndex, SupportsIndex], /
    ) -> _ScalarT: ...
    @overload
    def __getitem__(self: ndarray[tuple[int, int], _DTypeT], key: SupportsIndex, /) -> ndarray[tuple[int], _DTypeT]: ...
    @overload
    def __getitem__(self, key: Any, /) -> Any: ...
    def __setitem__(self, key: Any, value: Any, /) -> None: ...
    def __delitem__(self, key: Any, /) -> None: ...
    @overload
    def __lt__(
        self, other: _FloatScalar | complex | str | bytes | datetime | timedelta, /
    ) -> ndarray[_ShapeT_co, _dtype[bool]]: ...
    @overload
    def __lt__(self, other: Any, /) -> _t.NDArray[bool]: ...
    @overload
    def __le__(
        self, other: _FloatScalar | complex | str | bytes | datetime | timedelta, /
    ) -> ndarray[_ShapeT_co, _dtype[bool]]: ...
    @overload
    def __le__(self, other: Any, /) -> _t.NDArray[bool]: ...
    @overload
    def __gt__(
        self, other: _FloatScalar | complex | str | bytes | datetime | timedelta, /
    ) -> ndarray[_ShapeT_co, _dtype[bool]]: ...
    @overload
    def __gt__(self, other: Any, /) -> _t.NDArray[bool]: ...
    @overload
    def __ge__(
        self, other: _FloatScalar | complex | str | bytes | datetime | timedelta, /
    ) -> ndarray[_ShapeT_co, _dtype[bool]]: ...
    @overload
    def __ge__(self, other: Any, /) -> _t.NDArray[bool]: ...
    @overload
    def __eq__(
        self, other: _FloatScalar | complex | str | bytes | datetime | timedelta, /
    ) -> ndarray[_ShapeT_co, _dtype[bool]]: ...
    @overload
    def __eq__(self, other: Any, /) -> _t.NDArray[bool]: ...
    @overload
    def __ne__(
        self, other: _FloatScalar | complex | str | bytes | datetime | timedelta, /
    ) -> ndarray[_ShapeT_co, _dtype[bool]]: ...
    @overload
    def __ne__(self, other: Any, /) -> _t.NDArray[bool]: ...
    def __neg__(self, /) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    def __pos__(self, /) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    def __invert__(self, /) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    @overload
    def __abs__(self: ndarray[_ShapeT, _dtype[complex128]], /) -> ndarray[_ShapeT, _dtype[float64]]: ...
    @overload
    def __abs__(self: ndarray[_ShapeT, _dtype[complex64]], /) -> ndarray[_ShapeT, _dtype[float32]]: ...
    @overload
    def __abs__(self, /) -> ndarray[_ShapeT_co, _DTypeT_co]: ...
    @overload
    def __add__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __add__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __add__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __add__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __add__(self, other: Any, /) -> Any: ...
    @overload
    def __radd__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __radd__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __radd__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __radd__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __radd__(self, other: Any, /) -> Any: ...
    @overload
    def __sub__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __sub__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __sub__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __sub__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __sub__(self, other: Any, /) -> Any: ...
    @overload
    def __rsub__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __rsub__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __rsub__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rsub__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __rsub__(self, other: Any, /) -> Any: ...
    @overload
    def __mul__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __mul__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __mul__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __mul__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __mul__(self, other: Any, /) -> Any: ...
    @overload
    def __rmul__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __rmul__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __rmul__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rmul__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __rmul__(self, other: Any, /) -> Any: ...
    @overload
    def __pow__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, mod: None = None, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __pow__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, mod: None = None, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __pow__(
        self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, mod: None = None, /
    ) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __pow__(
        self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, mod: None = None, /
    ) -> _t.NDArray[_NumberT]: ...
    @overload
    def __pow__(self, other: Any, mod: None = None, /) -> Any: ...
    @overload
    def __rpow__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, mod: None = None, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __rpow__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, mod: None = None, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __rpow__(
        self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, mod: None = None, /
    ) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rpow__(
        self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, mod: None = None, /
    ) -> _t.NDArray[_NumberT]: ...
    @overload
    def __rpow__(self, other: Any, mod: None = None, /) -> Any: ...
    @overload
    def __mod__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __mod__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __mod__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __mod__(self, other: Any, /) -> Any: ...
    @overload
    def __rmod__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __rmod__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rmod__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __rmod__(self, other: Any, /) -> Any: ...
    @overload
    def __floordiv__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __floordiv__(
        self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /
    ) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __floordiv__(self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /) -> _t.NDArray[_NumberT]: ...
    @overload
    def __floordiv__(self, other: Any, /) -> Any: ...
    @overload
    def __rfloordiv__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __rfloordiv__(
        self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /
    ) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rfloordiv__(
        self: _t.NDArray[_NumberT], other: _t.NDArray[_NumberT] | _NumberT, /
    ) -> _t.NDArray[_NumberT]: ...
    @overload
    def __rfloordiv__(self, other: Any, /) -> Any: ...
    @overload
    def __truediv__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __truediv__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __truediv__(
        self: _t.NDArray[_InexactT], other: _t.NDArray[_InexactT] | _InexactT, /
    ) -> _t.NDArray[_InexactT]: ...
    @overload
    def __truediv__(
        self: ndarray[_ShapeT, _dtype[int64]], other: int | float, /
    ) -> ndarray[_ShapeT, _dtype[float64]]: ...
    @overload
    def __truediv__(self: _t.NDArray[int64], other: _t.NDArray[int64], /) -> _t.NDArray[float64]: ...
    @overload
    def __truediv__(self, other: Any, /) -> Any: ...
    @overload
    def __rtruediv__(
        self: ndarray[_ShapeT, _dtype[_FloatT]], other: _FloatScalar, /
    ) -> ndarray[_ShapeT, _dtype[_FloatT]]: ...
    @overload
    def __rtruediv__(
        self: ndarray[_ShapeT, _dtype[_ComplexT]], other: complex, /
    ) -> ndarray[_ShapeT, _dtype[_ComplexT]]: ...
    @overload
    def __rtruediv__(
        self: _t.NDArray[_InexactT], other: _t.NDArray[_InexactT] | _InexactT, /
    ) -> _t.NDArray[_InexactT]: ...
    @overload
    def __rtruediv__(
        self: ndarray[_ShapeT, _dtype[int64]], other: int | float, /
    ) -> ndarray[_ShapeT, _dtype[float64]]: ...
    @overload
    def __rtruediv__(self: _t.NDArray[int64], other: _t.NDArray[int64], /) -> _t.NDArray[float64]: ...
    @overload
    def __rtruediv__(self, other: Any, /) -> Any: ...
    @overload
    def __and__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __and__(self: ndarray[_ShapeT, _dtype[bool]], other: builtins.bool, /) -> ndarray[_ShapeT, _dtype[bool]]: ...
    @overload
    def __and__(self: _t.NDArray[_BitsetT], other: _t.NDArray[_BitsetT] | _BitsetT, /) -> _t.NDArray[_BitsetT]: ...
    @overload
    def __and__(self, other: Any, /) -> Any: ...
    @overload
    def __rand__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rand__(self: ndarray[_ShapeT, _dtype[bool]], other: builtins.bool, /) -> ndarray[_ShapeT, _dtype[bool]]: ...
    @overload
    def __rand__(self: _t.NDArray[_BitsetT], other: _t.NDArray[_BitsetT] | _BitsetT, /) -> _t.NDArray[_BitsetT]: ...
    @overload
    def __rand__(self, other: Any, /) -> Any: ...
    @overload
    def __or__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __or__(self: ndarray[_ShapeT, _dtype[bool]], other: builtins.bool, /) -> ndarray[_ShapeT, _dtype[bool]]: ...
    @overload
    def __or__(self: _t.NDArray[_BitsetT], other: _t.NDArray[_BitsetT] | _BitsetT, /) -> _t.NDArray[_BitsetT]: ...
    @overload
    def __or__(self, other: Any, /) -> Any: ...
    @overload
    def __ror__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __ror__(self: ndarray[_ShapeT, _dtype[bool]], other: builtins.bool, /) -> ndarray[_ShapeT, _dtype[bool]]: ...
    @overload
    def __ror__(self: _t.NDArray[_BitsetT], other: _t.NDArray[_BitsetT] | _BitsetT, /) -> _t.NDArray[_BitsetT]: ...
    @overload
    def __ror__(self, other: Any, /) -> Any: ...
    @overload
    def __xor__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __xor__(self: ndarray[_ShapeT, _dtype[bool]], other: builtins.bool, /) -> ndarray[_ShapeT, _dtype[bool]]: ...
    @overload
    def __xor__(self: _t.NDArray[_BitsetT], other: _t.NDArray[_BitsetT] | _BitsetT, /) -> _t.NDArray[_BitsetT]: ...
    @overload
    def __xor__(self, other: Any, /) -> Any: ...
    @overload
    def __rxor__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rxor__(self: ndarray[_ShapeT, _dtype[bool]], other: builtins.bool, /) -> ndarray[_ShapeT, _dtype[bool]]: ...
    @overload
    def __rxor__(self: _t.NDArray[_BitsetT], other: _t.NDArray[_BitsetT] | _BitsetT, /) -> _t.NDArray[_BitsetT]: ...
    @overload
    def __rxor__(self, other: Any, /) -> Any: ...
    @overload
    def __lshift__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __lshift__(
        self: _t.NDArray[_IntegerT], other: _t.NDArray[_IntegerT] | _IntegerT, /
    ) -> _t.NDArray[_IntegerT]: ...
    @overload
    def __lshift__(self, other: Any, /) -> Any: ...
    @overload
    def __rlshift__(
        self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /
    ) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rlshift__(
        self: _t.NDArray[_IntegerT], other: _t.NDArray[_IntegerT] | _IntegerT, /
    ) -> _t.NDArray[_IntegerT]: ...
    @overload
    def __rlshift__(self, other: Any, /) -> Any: ...
    @overload
    def __rshift__(self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rshift__(
        self: _t.NDArray[_IntegerT], other: _t.NDArray[_IntegerT] | _IntegerT, /
    ) -> _t.NDArray[_IntegerT]: ...
    @overload
    def __rshift__(self, other: Any, /) -> Any: ...
    @overload
    def __rrshift__(
        self: ndarray[_ShapeT, _dtype[_IntegerT]], other: int, /
    ) -> ndarray[_ShapeT, _dtype[_IntegerT]]: ...
    @overload
    def __rrshift__(
        self: _t.NDArray[_IntegerT], other: _t.NDArray[_IntegerT] | _IntegerT, /
    ) -> _t.NDArray[_IntegerT]: ...
    @overload
    def __rrshift__(self, other: Any, /) -> Any: ...
    def __matmul__(self, other: Any, /) -> Any: ...
    def __rmatmul__(self, other: Any, /) -> Any: ...
    def __divmod__(self, other: Any, /) -> Any: ...
    def __rdivmod__(self, other: Any, /) -> Any: ...
    def __iadd__(self, other: _t.ArrayLike, /) -> Self: ...
    def __isub__(self, other: _t.ArrayLike, /) -> Self: ...
    def __imul__(self, other: _t.ArrayLike, /) -> Self: ...
    def __itruediv__(self, other: _t.ArrayLike, /) -> Self: ...
    def __ifloordiv__(self, other: _t.ArrayLike, /) -> Self: ...
    def __imod__(self, other: _t.ArrayLike, /) -> Self: ...
    def __ipow__(self, other: _t.ArrayLike, /) -> Self: ...
    def __iand__(self, other: _t.ArrayLike, /) -> Self: ...
    def __ior__(self, other: _t.ArrayLike, /) -> Self: ...
    def __ixor__(self, other: _t.ArrayLike, /) -> Self: ...
    def __ilshift__(self, other: _t.ArrayLike, /) -> Self: ...
    def __irshift__(self, other: _t.ArrayLike, /) -> Self: ...
    def __imatmul__(self, other: _t.ArrayLike, /) -> Self: ...
    @overload
    def max(
        self: ndarray[Any, _dtype[_ScalarT]], /, axis: None = None, out: None = None, **kwargs: Any
    ) -> _ScalarT: ...
    @overload
    def max(self, /, axis: _t._Axes = None, out: Any = None, **kwargs: Any) -> Any: ...
    @overload
    def min(
        self: ndarray[Any, _dtype[_ScalarT]], /, axis: None = None, out: None = None, **kwargs: Any
    ) -> _ScalarT: ...
    @overload
    def min(self, /, axis: _t._Axes = None, out: Any = None, **kwargs: Any) -> Any: ...
    @overload
    def sum(
        self: ndarray[Any, _dtype[_InexactT]], /, axis: None = None, dtype: None = None, out: None = None, **kwargs: Any
    ) -> _InexactT: ...
    @overload
    def sum(
        self: ndarray[Any, _dtype[signedinteger]],
        /,
        axis: None = None,
        dtype: None = None,
        out: None = None,
        **kwargs: Any,
    ) -> int64: ...
    @overload
    def sum(
        self, /, axis: _t._Axes = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any
    ) -> Any: ...
    @overload
    def prod(
        self: ndarray[Any, _dtype[_InexactT]], /, axis: None = None, dtype: None = None, out: None = None, **kwargs: Any
    ) -> _InexactT: ...
    @overload
    def prod(
        self: ndarray[Any, _dtype[signedinteger]],
        /,
        axis: None = None,
        dtype: None = None,
        out: None = None,
        **kwargs: Any,
    ) -> int64: ...
    @overload
    def prod(
        self, /, axis: _t._Axes = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any
    ) -> Any: ...
    @overload
    def mean(
        self: ndarray[Any, _dtype[_InexactT]], /, axis: None = None, dtype: None = None, out: None = None, **kwargs: Any
    ) -> _InexactT: ...
    @overload
    def mean(
        self: ndarray[Any, _dtype[integer | bool]],
        /,
        axis: None = None,
        dtype: None = None,
        out: None = None,
        **kwargs: Any,
    ) -> float64: ...
    @overload
    def mean(
        self, /, axis: _t._Axes = None, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any
    ) -> Any: ...
    @overload
    def any(
        self, /, axis: None = None, out: None = None, keepdims: Literal[False] = False, *, where: Any = True
    ) -> bool: ...
    @overload
    def any(
        self, /, axis: _t._Axes = None, out: Any = None, keepdims: builtins.bool = False, *, where: Any = True
    ) -> Any: ...
    @overload
    def all(
        self, /, axis: None = None, out: None = None, keepdims: Literal[False] = False, *, where: Any = True
    ) -> bool: ...
    @overload
    def all(
        self, /, axis: _t._Axes = None, out: Any = None, keepdims: builtins.bool = False, *, where: Any = True
    ) -> Any: ...
    @overload
    def argmax(self, /, axis: None = None, out: None = None, *, keepdims: Literal[False] = False) -> intp: ...
    @overload
    def argmax(self, /, axis: _t._Axis = None, out: Any = None, *, keepdims: builtins.bool = False) -> Any: ...
    @overload
    def argmin(self, /, axis: None = None, out: None = None, *, keepdims: Literal[False] = False) -> intp: ...
    @overload
    def argmin(self, /, axis: _t._Axis = None, out: Any = None, *, keepdims: builtins.bool = False) -> Any: ...
    def __array_finalize__(self, obj: Any, /) -> Any: ...
    def __array_function__(self, /, func: Any, types: Any, args: Any, kwargs: Any) -> Any: ...
    @property
    def __array_interface__(self) -> Any: ...
    def __array_namespace__(self, /, *, api_version: Any = None) -> Any: ...
    @property
    def __array_priority__(self) -> Any: ...
    @property
    def __array_struct__(self) -> Any: ...
    def __array_ufunc__(self, ufunc: Any, method: Any, /, *inputs: Any, **kwargs: Any) -> Any: ...
    def __array_wrap__(self, array: Any, context: Any = None, return_scalar: builtins.bool = True, /) -> Any: ...
    def __arrow_c_array__(self, /, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self, /) -> Any: ...
    def __arrow_c_stream__(self, /, requested_schema: Any = None) -> Any: ...
    def __dlpack__(
        self, /, *, stream: Any = None, max_version: Any = None, dl_device: Any = None, copy: Any = None
    ) -> Any: ...
    def __dlpack_device__(self, /) -> Any: ...
    def __format__(self, spec: Any, /) -> Any: ...
    def __reduce__(self, /) -> Any: ...
    def __repr__(self, /) -> builtins.str: ...
    def __setstate__(self, state: Any, /) -> Any: ...
    def __str__(self, /) -> builtins.str: ...
    def argpartition(self, kth: Any, /, axis: Any = -1, kind: Any = "introselect", order: Any = None) -> Any: ...
    def choose(self, /, choices: Any, out: Any = None, mode: Any = "raise") -> Any: ...
    def clip(self, /, min: Any = None, max: Any = None, out: Any = None, **kwargs: Any) -> Any: ...
    def compress(self, /, condition: Any, axis: Any = None, out: Any = None) -> Any: ...
    def conj(self, /) -> Any: ...
    def conjugate(self, /) -> Any: ...
    def cumprod(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def cumsum(self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def dot(self, other: Any, /, out: Any = None) -> Any: ...
    def dump(self, /, file: Any) -> Any: ...
    def dumps(self, /) -> Any: ...
    def getfield(self, /, dtype: _t.DTypeLike | None, offset: Any = 0) -> Any: ...
    def partition(self, kth: Any, /, axis: Any = -1, kind: Any = "introselect", order: Any = None) -> Any: ...
    def put(self, indices: Any, values: Any, /, mode: Any = "raise") -> Any: ...
    def resize(self, /, *new_shape: Any, refcheck: builtins.bool = True) -> Any: ...
    def round(self, /, decimals: Any = 0, out: Any = None) -> Any: ...
    def searchsorted(self, v: Any, /, side: Any = "left", sorter: Any = None) -> Any: ...
    def setfield(self, val: Any, /, dtype: _t.DTypeLike | None, offset: Any = 0) -> Any: ...
    def setflags(self, /, *, write: Any = None, align: Any = None, uic: Any = None) -> Any: ...
    def std(
        self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, ddof: Any = 0, **kwargs: Any
    ) -> Any: ...
    def take(self, indices: Any, /, axis: Any = None, out: Any = None, mode: Any = "raise") -> Any: ...
    def to_device(self, device: Any, /, *, stream: Any = None) -> Any: ...
    def tofile(self, fid: Any, /, sep: Any = "", format: Any = "%s") -> Any: ...
    def trace(
        self,
        /,
        offset: Any = 0,
        axis1: SupportsIndex = 0,
        axis2: SupportsIndex = 1,
        dtype: _t.DTypeLike | None = None,
        out: Any = None,
    ) -> Any: ...
    def var(
        self, /, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, ddof: Any = 0, **kwargs: Any
    ) -> Any: ...

class ndenumerate:
    def __init__(self, arr: _t.ArrayLike) -> None: ...
    def __next__(self, /) -> tuple[tuple[int, ...], Any]: ...
    def __iter__(self) -> Self: ...

def ndim(a: _t.ArrayLike) -> int: ...

class ndindex:
    def __next__(self) -> tuple[int, ...]: ...
    def __iter__(self) -> Self: ...
    def __init__(self, *shape: Any) -> None: ...

class nditer:
    def __new__(
        cls,
        op: Any,
        flags: Any = None,
        op_flags: Any = None,
        op_dtypes: Any = None,
        order: _t._Order = "K",
        casting: _t._Casting = "safe",
        op_axes: Any = None,
        itershape: Any = None,
        buffersize: Any = 0,
    ) -> Self: ...
    def __copy__(self, /) -> Any: ...
    def __delitem__(self, key: Any, /) -> None: ...
    def __enter__(self, /) -> Any: ...
    def __exit__(self, /, *_details: Any) -> Any: ...
    def __getitem__(self, key: Any, /) -> Any: ...
    def __iter__(self, /) -> Any: ...
    def __len__(self, /) -> int: ...
    def __next__(self, /) -> Any: ...
    def __setitem__(self, key: Any, value: Any, /) -> None: ...
    def close(self, /) -> Any: ...
    def copy(self, /) -> Any: ...
    def debug_print(self, /) -> Any: ...
    @property
    def dtypes(self) -> Any: ...
    def enable_external_loop(self, /) -> Any: ...
    @property
    def finished(self) -> Any: ...
    @property
    def has_delayed_bufalloc(self) -> Any: ...
    @property
    def has_index(self) -> Any: ...
    @property
    def has_multi_index(self) -> Any: ...
    @property
    def index(self) -> Any: ...
    @property
    def iterationneedsapi(self) -> Any: ...
    @property
    def iterindex(self) -> Any: ...
    def iternext(self, /) -> Any: ...
    @property
    def iterrange(self) -> Any: ...
    @property
    def itersize(self) -> Any: ...
    @property
    def itviews(self) -> Any: ...
    @property
    def multi_index(self) -> Any: ...
    @property
    def ndim(self) -> Any: ...
    @property
    def nop(self) -> Any: ...
    @property
    def operands(self) -> Any: ...
    def remove_axis(self, i: Any, /) -> Any: ...
    def remove_multi_index(self, /) -> Any: ...
    def reset(self, /) -> Any: ...
    @property
    def shape(self) -> Any: ...
    @property
    def value(self) -> Any: ...

negative: _SameUnary

def nested_iters(
    op: Any,
    axes: _t._Axes,
    flags: Any = None,
    op_flags: Any = None,
    op_dtypes: Any = None,
    order: _t._Order = "K",
    casting: _t._Casting = "safe",
    buffersize: Any = 0,
) -> Any: ...

newaxis: None
nextafter: _FloatBinary

def nonzero(a: _t.ArrayLike) -> tuple[_t._Array, ...]: ...

not_equal: _TruthBinary

class number(generic[_ItemT_co], Generic[_BitsT_co, _ItemT_co]):
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...

class object_(generic[Any]):
    def __new__(cls, value: Any = None, /) -> Any: ...
    __numpy_dtype__: Any

ogrid: Any

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
def outer(a: _t.ArrayLike, b: _t.ArrayLike, out: Any = None) -> _t._Array: ...
def packbits(a: _t.ArrayLike, /, axis: Any = None, bitorder: Any = "big") -> _t._Array: ...
def pad(array: Any, pad_width: Any, mode: Any = "constant", **kwargs: Any) -> _t._Array: ...
def partition(a: _t.ArrayLike, kth: Any, axis: Any = -1, kind: Any = "introselect", order: Any = None) -> _t._Array: ...
def percentile(
    a: _t.ArrayLike,
    q: _t.ArrayLike,
    axis: Any = None,
    out: Any = None,
    overwrite_input: builtins.bool = False,
    method: Any = "linear",
    keepdims: builtins.bool = False,
    *,
    weights: _t.ArrayLike | None = None,
) -> Any: ...

permute_dims = transpose
pi: Final[float]

def piecewise(x: _t.ArrayLike, condlist: Any, funclist: Any, *args: Any, **kw: Any) -> _t._Array: ...
def place(arr: _t.ArrayLike, mask: Any, vals: Any) -> None: ...
def poly(seq_of_zeros: Any) -> _t._Array: ...

class poly1d:
    def __init__(self, c_or_r: Any, r: builtins.bool = False, variable: Any = None) -> None: ...
    def __add__(self, other: Any) -> Any: ...
    def __array__(self, t: Any = None, copy: Any = None) -> Any: ...
    def __call__(self, val: Any) -> Any: ...
    def __eq__(self, other: Any) -> Any: ...
    def __getitem__(self, val: Any) -> Any: ...
    __hash__: ClassVar[None]  # type: ignore[assignment, unused-ignore]
    def __iter__(self) -> Any: ...
    def __len__(self) -> int: ...
    def __mul__(self, other: Any) -> Any: ...
    def __ne__(self, other: Any) -> Any: ...
    def __neg__(self) -> Any: ...
    def __pos__(self) -> Any: ...
    def __pow__(self, val: Any) -> Any: ...
    def __radd__(self, other: Any) -> Any: ...
    def __repr__(self) -> builtins.str: ...
    def __rmul__(self, other: Any) -> Any: ...
    def __rsub__(self, other: Any) -> Any: ...
    def __rtruediv__(self, other: Any) -> Any: ...
    def __setitem__(self, key: Any, val: Any) -> None: ...
    def __str__(self) -> builtins.str: ...
    def __sub__(self, other: Any) -> Any: ...
    def __truediv__(self, other: Any) -> Any: ...
    @property
    def c(self) -> Any: ...
    @c.setter
    def c(self, value: Any, /) -> None: ...
    @property
    def coef(self) -> Any: ...
    @coef.setter
    def coef(self, value: Any, /) -> None: ...
    @property
    def coefficients(self) -> Any: ...
    @coefficients.setter
    def coefficients(self, value: Any, /) -> None: ...
    @property
    def coeffs(self) -> Any: ...
    @coeffs.setter
    def coeffs(self, value: Any, /) -> None: ...
    def deriv(self, m: Any = 1) -> Any: ...
    def integ(self, m: Any = 1, k: Any = 0) -> Any: ...
    @property
    def o(self) -> Any: ...
    @property
    def order(self) -> Any: ...
    @property
    def r(self) -> Any: ...
    @property
    def roots(self) -> Any: ...
    @property
    def variable(self) -> Any: ...

def polyadd(a1: Any, a2: Any) -> Any: ...
def polyder(p: _t.ArrayLike, m: Any = 1) -> Any: ...
def polydiv(u: Any, v: _t.ArrayLike) -> Any: ...
def polyfit(
    x: _t.ArrayLike,
    y: _t.ArrayLike,
    deg: Any,
    rcond: Any = None,
    full: builtins.bool = False,
    w: Any = None,
    cov: builtins.bool = False,
) -> Any: ...
def polyint(p: _t.ArrayLike, m: Any = 1, k: Any = None) -> Any: ...
def polymul(a1: Any, a2: Any) -> Any: ...
def polysub(a1: Any, a2: Any) -> Any: ...
def polyval(p: _t.ArrayLike, x: _t.ArrayLike) -> Any: ...

positive: _SameUnary
pow: ufunc
power: ufunc

def printoptions(*args: Any, **kwargs: Any) -> Any: ...
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
def promote_types(type1: Any, type2: Any, /) -> dtype[Any]: ...
def ptp(a: _t.ArrayLike, axis: Any = None, out: Any = None, keepdims: Any = ...) -> Any: ...
def put(a: _t.ArrayLike, ind: Any, v: _t.ArrayLike, mode: Any = "raise") -> None: ...
def put_along_axis(arr: _t.ArrayLike, indices: _t.ArrayLike, values: _t.ArrayLike, axis: Any) -> None: ...
def putmask(a: _t.ArrayLike, /, mask: Any, values: _t.ArrayLike) -> None: ...
def quantile(
    a: _t.ArrayLike,
    q: _t.ArrayLike,
    axis: Any = None,
    out: Any = None,
    overwrite_input: builtins.bool = False,
    method: Any = "linear",
    keepdims: builtins.bool = False,
    *,
    weights: _t.ArrayLike | None = None,
) -> Any: ...

r_: Any
rad2deg: _FloatUnary
radians: _FloatUnary

@overload
def ravel(a: _t._ArrayOf[_ScalarT], order: _t._Order = "C") -> ndarray[tuple[int], dtype[_ScalarT]]: ...
@overload
def ravel(a: _t.ArrayLike, order: _t._Order = "C") -> ndarray[tuple[int], dtype[Any]]: ...
def ravel_multi_index(multi_index: Any, dims: Any, mode: Any = "raise", order: _t._Order = "C") -> Any: ...
def real(val: Any) -> Any: ...
def real_if_close(a: _t.ArrayLike, tol: Any = 100) -> Any: ...

class recarray(ndarray):
    def __new__(
        cls,
        shape: Any,
        dtype: _t.DTypeLike | None = None,
        buf: Any = None,
        offset: Any = 0,
        strides: Any = None,
        formats: Any = None,
        names: Any = None,
        titles: Any = None,
        byteorder: Any = None,
        aligned: builtins.bool = False,
        order: _t._Order = "C",
    ) -> Self: ...
    def __array_finalize__(self, obj: Any) -> Any: ...
    def __getitem__(self, indx: Any) -> Any: ...
    def __repr__(self) -> builtins.str: ...
    def field(self, attr: Any, val: Any = None) -> Any: ...

reciprocal: _SameUnary

class record(void):
    def __new__(cls, length_or_data: Any, /, dtype: _t.DTypeLike | None = None) -> Self: ...
    def __getitem__(self, indx: Any) -> Any: ...
    def __repr__(self) -> builtins.str: ...
    def __str__(self) -> builtins.str: ...
    def pprint(self) -> Any: ...

remainder: _SameBinary

def repeat(a: _t.ArrayLike, repeats: _t.ArrayLike, axis: Any = None) -> _t._Array: ...
def require(
    a: _t.ArrayLike,
    dtype: _t.DTypeLike | None = None,
    requirements: Any = None,
    *,
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...
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
def resize(a: _t.ArrayLike, new_shape: Any) -> _t._Array: ...
def result_type(*arrays_and_dtypes: Any) -> dtype[Any]: ...

right_shift: ufunc
rint: _SameUnary

def roll(a: _t.ArrayLike, shift: Any, axis: Any = None) -> _t._Array: ...
def rollaxis(a: _t.ArrayLike, axis: Any, start: Any = 0) -> _t._Array: ...
def roots(p: _t.ArrayLike) -> _t._Array: ...
def rot90(m: _t.ArrayLike, k: Any = 1, axes: _t._Axes = ...) -> _t._Array: ...
def round(a: _t.ArrayLike, decimals: SupportsIndex = 0, out: Any = None) -> Any: ...
def row_stack(tup: Any, *, dtype: _t.DTypeLike | None = None, casting: _t._Casting = "same_kind") -> _t._Array: ...

s_: Any

def save(file: _t._File, arr: _t.ArrayLike, allow_pickle: builtins.bool = True) -> None: ...
def savetxt(
    fname: _t._File,
    X: Any,
    fmt: Any = "%.18e",
    delimiter: Any = " ",
    newline: Any = "\n",
    header: Any = "",
    footer: Any = "",
    comments: Any = "# ",
    encoding: Any = None,
) -> None: ...
def savez(file: _t._File, *args: Any, allow_pickle: builtins.bool = True, **kwds: Any) -> None: ...
def savez_compressed(file: _t._File, *args: Any, allow_pickle: builtins.bool = True, **kwds: Any) -> None: ...

sctypeDict: dict[Any, Any]

def searchsorted(a: _t.ArrayLike, v: _t.ArrayLike, side: _t._Side = "left", sorter: Any = None) -> Any: ...
def select(condlist: Any, choicelist: Any, default: Any = 0) -> _t._Array: ...
def set_printoptions(
    precision: Any = None,
    threshold: int | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    suppress: Any = None,
    nanstr: Any = None,
    infstr: Any = None,
    formatter: Any = None,
    sign: Any = None,
    floatmode: Any = None,
    *,
    legacy: Any = None,
    override_repr: Any = None,
) -> None: ...
def setbufsize(size: Any) -> int: ...
def setdiff1d(ar1: _t.ArrayLike, ar2: _t.ArrayLike, assume_unique: builtins.bool = False) -> _t._Array: ...
def seterr(
    all: Any = None, divide: Any = None, over: Any = None, under: Any = None, invalid: Any = None
) -> dict[str, Any]: ...
def seterrcall(func: _t._Function) -> Any: ...
def setxor1d(ar1: _t.ArrayLike, ar2: _t.ArrayLike, assume_unique: builtins.bool = False) -> _t._Array: ...
def shape(a: _t.ArrayLike) -> tuple[int, ...]: ...
def shares_memory(a: _t.ArrayLike, b: _t.ArrayLike, /, max_work: Any = -1) -> builtins.bool: ...

short = int16

def show_config(mode: Any = "stdout") -> None: ...
def show_runtime() -> None: ...

sign: _SameUnary
signbit: _TruthUnary

class signedinteger(integer[_BitsT_co]):
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...

sin: _FloatUnary

def sinc(x: _t.ArrayLike) -> Any: ...

single = float32
sinh: _FloatUnary

def size(a: _t.ArrayLike, axis: Any = None) -> Any: ...
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
def sort_complex(a: _t.ArrayLike) -> _t._Array: ...

spacing: _FloatUnary

def split(ary: _t.ArrayLike, indices_or_sections: Any, axis: Any = 0) -> list[_t._Array]: ...

sqrt: _FloatUnary
square: _SameUnary

def squeeze(a: _t.ArrayLike, axis: Any = None) -> _t._Array: ...
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
def std(
    a: _t.ArrayLike,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    ddof: Any = 0,
    keepdims: Any = ...,
    *,
    where: Any = ...,
    mean: Any = ...,
    correction: Any = ...,
) -> Any: ...

class str_(character[str], str):
    def __new__(cls, value: Any = ..., /, *args: Any, **kwargs: Any) -> Self: ...
    __numpy_dtype__: Any
    def __repr__(self, /) -> builtins.str: ...
    def __str__(self, /) -> builtins.str: ...

subtract: _SameBinary

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
def swapaxes(a: _t.ArrayLike, axis1: SupportsIndex, axis2: SupportsIndex) -> _t._Array: ...
def take(a: _t.ArrayLike, indices: _t.ArrayLike, axis: Any = None, out: Any = None, mode: Any = "raise") -> Any: ...
def take_along_axis(arr: _t.ArrayLike, indices: _t.ArrayLike, axis: Any = -1) -> _t._Array: ...

tan: _FloatUnary
tanh: _FloatUnary

def tensordot(a: _t.ArrayLike, b: _t.ArrayLike, axes: _t._Axes = 2) -> _t._Array: ...

test: _PytestTester

def tile(A: _t.ArrayLike, reps: Any) -> _t._Array: ...

class timedelta64(signedinteger[_t._64Bit]):
    def __new__(cls, value: Any = 0, /, *args: Any) -> Self: ...
    __numpy_dtype__: Any

def trace(
    a: _t.ArrayLike,
    offset: SupportsIndex = 0,
    axis1: SupportsIndex = 0,
    axis2: SupportsIndex = 1,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
) -> Any: ...
@overload
def transpose(a: _t._ArrayOf[_ScalarT], axes: Sequence[SupportsIndex] | None = None) -> _t.NDArray[_ScalarT]: ...
@overload
def transpose(a: _t.ArrayLike, axes: Sequence[SupportsIndex] | None = None) -> _t._Array: ...
def trapezoid(y: _t.ArrayLike, x: _t.ArrayLike | None = None, dx: Any = 1.0, axis: Any = -1) -> Any: ...
def tri(
    N: SupportsIndex,
    M: _t.ArrayLike | None = None,
    k: Any = 0,
    dtype: _t.DTypeLike | None = ...,
    *,
    like: _t._SupportsArray[Any] | None = None,
) -> _t._Array: ...
def tril(m: _t.ArrayLike, k: Any = 0) -> _t._Array: ...
def tril_indices(n: Any, k: Any = 0, m: _t.ArrayLike | None = None) -> tuple[_t._Array, ...]: ...
def tril_indices_from(arr: _t.ArrayLike, k: Any = 0) -> tuple[_t._Array, ...]: ...
def trim_zeros(filt: Any, trim: Any = "fb", axis: Any = None) -> _t._Array: ...
def triu(m: _t.ArrayLike, k: Any = 0) -> _t._Array: ...
def triu_indices(n: Any, k: Any = 0, m: _t.ArrayLike | None = None) -> tuple[_t._Array, ...]: ...
def triu_indices_from(arr: _t.ArrayLike, k: Any = 0) -> tuple[_t._Array, ...]: ...

true_divide: _FloatBinary
trunc: _SameUnary
typecodes: dict[Any, Any]

def typename(char: Any) -> str: ...

ubyte = uint8

@final
class ufunc:
    __name__: str
    __qualname__: str
    __doc__: str
    @property
    def identity(self) -> Any: ...
    @property
    def nargs(self) -> int: ...
    @property
    def nin(self) -> int: ...
    @property
    def nout(self) -> int: ...
    @property
    def ntypes(self) -> int: ...
    @property
    def signature(self) -> str | None: ...
    @property
    def types(self) -> list[str]: ...
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def __reduce__(self, /) -> Any: ...
    def __repr__(self, /) -> builtins.str: ...
    def __str__(self, /) -> builtins.str: ...
    def accumulate(self, array: Any, /, axis: Any = 0, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def at(self, a: Any, indices: Any, b: Any = None, /) -> Any: ...
    def outer(self, A: Any, B: Any, /, **kwargs: Any) -> Any: ...
    def reduce(
        self, array: Any, /, axis: Any = 0, dtype: _t.DTypeLike | None = None, out: Any = None, **kwargs: Any
    ) -> Any: ...
    def reduceat(
        self, array: Any, /, indices: Any, axis: Any = 0, dtype: _t.DTypeLike | None = None, out: Any = None
    ) -> Any: ...
    def resolve_dtypes(
        self,
        /,
        dtypes: Any,
        *,
        signature: Any = None,
        casting: _t._Casting | None = None,
        reduction: builtins.bool = False,
    ) -> Any: ...

uint = uint64

class uint16(unsignedinteger[_t._16Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

class uint32(unsignedinteger[_t._32Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

class uint64(unsignedinteger[_t._64Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

class uint8(unsignedinteger[_t._8Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

uintc = uint32
uintp = uint64
ulong = uint64

class ulonglong(unsignedinteger[_t._64Bit]):
    def __new__(cls, value: Any = 0, /) -> Self: ...
    def bit_count(self, /) -> int: ...
    def __index__(self, /) -> int: ...
    __numpy_dtype__: Any

def union1d(ar1: _t.ArrayLike, ar2: _t.ArrayLike) -> _t._Array: ...
def unique(
    ar: Any,
    return_index: builtins.bool = False,
    return_inverse: builtins.bool = False,
    return_counts: builtins.bool = False,
    axis: Any = None,
    *,
    equal_nan: builtins.bool = True,
    sorted: builtins.bool = True,
) -> Any: ...
def unique_all(x: _t.ArrayLike) -> Any: ...
def unique_counts(x: _t.ArrayLike) -> Any: ...
def unique_inverse(x: _t.ArrayLike) -> Any: ...
def unique_values(x: _t.ArrayLike) -> Any: ...
def unpackbits(a: _t.ArrayLike, /, axis: Any = None, count: Any = None, bitorder: Any = "big") -> _t._Array: ...
def unravel_index(indices: _t.ArrayLike, shape: Any, order: _t._Order = "C") -> tuple[_t._Array, ...]: ...

class unsignedinteger(integer[_BitsT_co]):
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...

def unstack(x: _t.ArrayLike, /, *, axis: Any = 0) -> tuple[_t._Array, ...]: ...
def unwrap(p: _t.ArrayLike, discont: Any = None, axis: Any = -1, *, period: Any = 6.283185307179586) -> Any: ...

ushort = uint16

def vander(x: _t.ArrayLike, N: SupportsIndex | None = None, increasing: builtins.bool = False) -> _t._Array: ...
def var(
    a: _t.ArrayLike,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    ddof: Any = 0,
    keepdims: Any = ...,
    *,
    where: Any = ...,
    mean: Any = ...,
    correction: Any = ...,
) -> Any: ...
def vdot(a: _t.ArrayLike, b: _t.ArrayLike, /) -> Any: ...

vecdot: ufunc
vecmat: ufunc

class vectorize:
    def __init__(
        self,
        pyfunc: Any = ...,
        otypes: Any = None,
        doc: Any = None,
        excluded: Any = None,
        cache: builtins.bool = False,
        signature: Any = None,
    ) -> None: ...
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

class void(flexible[Any]):
    def __new__(cls, length_or_data: Any, /, dtype: _t.DTypeLike | None = None) -> Self: ...
    def __getitem__(self, key: str | SupportsIndex | list[str], /) -> Any: ...
    def __setitem__(self, key: str | SupportsIndex | list[str], value: Any, /) -> None: ...
    def __delitem__(self, key: Any, /) -> None: ...
    def __len__(self, /) -> int: ...
    __numpy_dtype__: Any
    def getfield(self, *args: Any, **kwargs: Any) -> Any: ...
    def setfield(self, *args: Any, **kwargs: Any) -> Any: ...

def vsplit(ary: _t.ArrayLike, indices_or_sections: Any) -> list[_t._Array]: ...
def vstack(tup: Any, *, dtype: _t.DTypeLike | None = None, casting: _t._Casting = "same_kind") -> _t._Array: ...
@overload
def where(condition: _t.ArrayLike, /) -> tuple[ndarray[tuple[int], dtype[intp]], ...]: ...
@overload
def where(condition: _t.ArrayLike, x: _t.NDArray[_ScalarT], y: _t.NDArray[_ScalarT], /) -> _t.NDArray[_ScalarT]: ...
@overload
def where(condition: _t.ArrayLike, x: _t.ArrayLike, y: _t.ArrayLike, /) -> _t._Array: ...
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
