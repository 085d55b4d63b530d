"""Masked arrays: arrays with values that are missing or not to be trusted.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from collections.abc import Callable
from typing import (
    Any,
    ClassVar,
    Self,
    SupportsIndex,
)

import sharray as _np
from sharray import (
    _typing as _t,
    amax as amax,
    amin as amin,
    bool as MaskType,
    bool as bool_,
    expand_dims as expand_dims,
)
from sharray._pytesttester import PytestTester as _PytestTester
from sharray.ma import core as core, extras as extras

__all__ = [
    "MAError",
    "MaskError",
    "MaskType",
    "MaskedArray",
    "abs",
    "absolute",
    "add",
    "all",
    "allclose",
    "allequal",
    "alltrue",
    "amax",
    "amin",
    "angle",
    "anom",
    "anomalies",
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
    "argsort",
    "around",
    "array",
    "asanyarray",
    "asarray",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "average",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "bool_",
    "ceil",
    "choose",
    "clip",
    "clump_masked",
    "clump_unmasked",
    "column_stack",
    "common_fill_value",
    "compress",
    "compress_cols",
    "compress_nd",
    "compress_rowcols",
    "compress_rows",
    "compressed",
    "concatenate",
    "conjugate",
    "convolve",
    "copy",
    "core",
    "corrcoef",
    "correlate",
    "cos",
    "cosh",
    "count",
    "count_masked",
    "cov",
    "cumprod",
    "cumsum",
    "default_fill_value",
    "diag",
    "diagflat",
    "diagonal",
    "diff",
    "divide",
    "dot",
    "dstack",
    "ediff1d",
    "empty",
    "empty_like",
    "equal",
    "exp",
    "expand_dims",
    "extras",
    "fabs",
    "filled",
    "fix_invalid",
    "flatnotmasked_contiguous",
    "flatnotmasked_edges",
    "flatten_mask",
    "flatten_structured_array",
    "floor",
    "floor_divide",
    "fmod",
    "frombuffer",
    "fromflex",
    "fromfunction",
    "getdata",
    "getmask",
    "getmaskarray",
    "greater",
    "greater_equal",
    "harden_mask",
    "hsplit",
    "hstack",
    "hypot",
    "identity",
    "ids",
    "in1d",
    "indices",
    "inner",
    "innerproduct",
    "intersect1d",
    "isMA",
    "isMaskedArray",
    "is_mask",
    "is_masked",
    "isarray",
    "isin",
    "left_shift",
    "less",
    "less_equal",
    "log",
    "log10",
    "log2",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "make_mask",
    "make_mask_descr",
    "make_mask_none",
    "mask_cols",
    "mask_or",
    "mask_rowcols",
    "mask_rows",
    "masked",
    "masked_all",
    "masked_all_like",
    "masked_array",
    "masked_equal",
    "masked_greater",
    "masked_greater_equal",
    "masked_inside",
    "masked_invalid",
    "masked_less",
    "masked_less_equal",
    "masked_not_equal",
    "masked_object",
    "masked_outside",
    "masked_print_option",
    "masked_singleton",
    "masked_values",
    "masked_where",
    "max",
    "maximum",
    "maximum_fill_value",
    "mean",
    "median",
    "min",
    "minimum",
    "minimum_fill_value",
    "mod",
    "mr_",
    "multiply",
    "mvoid",
    "ndenumerate",
    "ndim",
    "negative",
    "nomask",
    "nonzero",
    "not_equal",
    "notmasked_contiguous",
    "notmasked_edges",
    "ones",
    "ones_like",
    "outer",
    "outerproduct",
    "polyfit",
    "power",
    "prod",
    "product",
    "ptp",
    "put",
    "putmask",
    "ravel",
    "remainder",
    "repeat",
    "reshape",
    "resize",
    "right_shift",
    "round",
    "round_",
    "row_stack",
    "set_fill_value",
    "setdiff1d",
    "setxor1d",
    "shape",
    "sin",
    "sinh",
    "size",
    "soften_mask",
    "sometrue",
    "sort",
    "sqrt",
    "squeeze",
    "stack",
    "std",
    "subtract",
    "sum",
    "swapaxes",
    "take",
    "tan",
    "tanh",
    "trace",
    "transpose",
    "true_divide",
    "union1d",
    "unique",
    "vander",
    "var",
    "vstack",
    "where",
    "zeros",
    "zeros_like",
]

class MAError(builtins.Exception): ...
class MaskError(MAError): ...

class MaskedArray(_np.ndarray):
    def __new__(
        cls,
        data: Any = None,
        mask: Any = ...,
        dtype: _t.DTypeLike | None = None,
        copy: builtins.bool = False,
        subok: builtins.bool = True,
        ndmin: Any = 0,
        fill_value: Any = None,
        keep_mask: builtins.bool = True,
        hard_mask: Any = None,
        shrink: builtins.bool = True,
        order: Any = None,
    ) -> Self: ...
    @property
    def T(self) -> Any: ...
    def __add__(self, other: Any) -> Any: ...
    def __array_finalize__(self, obj: Any) -> Any: ...
    __array_priority__: ClassVar[int]
    def __array_wrap__(self, obj: Any, context: Any = None, return_scalar: builtins.bool = False) -> Any: ...
    def __deepcopy__(self, memo: Any = None) -> Any: ...
    def __eq__(self, other: Any) -> Any: ...
    def __float__(self) -> float: ...
    def __floordiv__(self, other: Any) -> Any: ...
    def __ge__(self, other: Any) -> Any: ...
    def __getitem__(self, indx: Any) -> Any: ...
    def __gt__(self, other: Any) -> Any: ...
    __hash__: ClassVar[None]  # type: ignore[assignment, unused-ignore]
    def __iadd__(self, other: Any) -> Any: ...
    def __ifloordiv__(self, other: Any) -> Any: ...
    def __imul__(self, other: Any) -> Any: ...
    def __int__(self) -> int: ...
    def __ipow__(self, other: Any) -> Any: ...
    def __isub__(self, other: Any) -> Any: ...
    def __itruediv__(self, other: Any) -> Any: ...
    def __le__(self, other: Any) -> Any: ...
    def __lt__(self, other: Any) -> Any: ...
    def __mul__(self, other: Any) -> Any: ...
    def __ne__(self, other: Any) -> Any: ...
    def __pow__(self, other: Any) -> Any: ...
    def __radd__(self, other: Any) -> Any: ...
    def __reduce__(self) -> Any: ...
    def __repr__(self) -> builtins.str: ...
    def __rfloordiv__(self, other: Any) -> Any: ...
    def __rmul__(self, other: Any) -> Any: ...
    def __rpow__(self, other: Any) -> Any: ...
    def __rsub__(self, other: Any) -> Any: ...
    def __rtruediv__(self, other: Any) -> Any: ...
    def __setitem__(self, indx: Any, value: Any) -> None: ...
    def __setmask__(self, mask: Any, copy: builtins.bool = False) -> Any: ...
    def __setstate__(self, state: Any) -> Any: ...
    def __str__(self) -> builtins.str: ...
    def __sub__(self, other: Any) -> Any: ...
    def __truediv__(self, other: Any) -> Any: ...
    def all(self, axis: Any = None, out: Any = None, keepdims: Any = ...) -> Any: ...
    def anom(self, axis: Any = None, dtype: _t.DTypeLike | None = None) -> Any: ...
    def any(self, axis: Any = None, out: Any = None, keepdims: Any = ...) -> Any: ...
    def argmax(self, axis: Any = None, fill_value: Any = None, out: Any = None, *, keepdims: Any = ...) -> Any: ...
    def argmin(self, axis: Any = None, fill_value: Any = None, out: Any = None, *, keepdims: Any = ...) -> Any: ...
    def argpartition(self, *args: Any, **kwargs: Any) -> Any: ...
    def argsort(
        self,
        axis: Any = ...,
        kind: Any = None,
        order: Any = None,
        endwith: builtins.bool = True,
        fill_value: Any = None,
        *,
        stable: builtins.bool = False,
    ) -> Any: ...
    @property
    def baseclass(self) -> Any: ...
    def compress(self, condition: Any, axis: Any = None, out: Any = None) -> Any: ...
    def compressed(self) -> Any: ...
    def copy(self, *args: Any, **params: Any) -> Any: ...
    def count(self, axis: Any = None, keepdims: Any = ...) -> Any: ...
    def cumprod(self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    def cumsum(self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
    @property
    def data(self) -> Any: ...
    def diagonal(self, *args: Any, **params: Any) -> Any: ...
    def dot(self, b: Any, out: Any = None, strict: builtins.bool = False) -> Any: ...
    @property
    def dtype(self) -> Any: ...
    @dtype.setter
    def dtype(self, value: Any, /) -> None: ...
    @property
    def fill_value(self) -> Any: ...
    @fill_value.setter
    def fill_value(self, value: Any, /) -> None: ...
    def filled(self, fill_value: Any = None) -> Any: ...
    @property
    def flat(self) -> Any: ...
    @flat.setter
    def flat(self, value: Any, /) -> None: ...
    def flatten(self, *args: Any, **params: Any) -> Any: ...
    def get_fill_value(self) -> Any: ...
    def get_imag(self) -> Any: ...
    def get_real(self) -> Any: ...
    def harden_mask(self) -> Any: ...
    @property
    def hardmask(self) -> Any: ...
    def ids(self) -> Any: ...
    @property
    def imag(self) -> Any: ...
    def iscontiguous(self) -> Any: ...
    @property
    def mT(self) -> Any: ...
    @property
    def mask(self) -> Any: ...
    @mask.setter
    def mask(self, value: Any, /) -> None: ...
    def max(self, axis: Any = None, out: Any = None, fill_value: Any = None, keepdims: Any = ...) -> Any: ...
    def mean(
        self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, keepdims: Any = ...
    ) -> Any: ...
    def min(self, axis: Any = None, out: Any = None, fill_value: Any = None, keepdims: Any = ...) -> Any: ...
    def nonzero(self) -> Any: ...
    def partition(self, *args: Any, **kwargs: Any) -> Any: ...
    def prod(
        self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, keepdims: Any = ...
    ) -> Any: ...
    def product(
        self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, keepdims: Any = ...
    ) -> Any: ...
    def ptp(
        self, axis: Any = None, out: Any = None, fill_value: Any = None, keepdims: builtins.bool = False
    ) -> Any: ...
    def put(self, indices: Any, values: Any, mode: Any = "raise") -> Any: ...
    def ravel(self, order: _t._Order = "C") -> Any: ...
    @property
    def real(self) -> Any: ...
    @property
    def recordmask(self) -> Any: ...
    @recordmask.setter
    def recordmask(self, value: Any, /) -> None: ...
    def repeat(self, *args: Any, **params: Any) -> Any: ...
    def reshape(self, *s: Any, **kwargs: Any) -> Any: ...
    def resize(self, newshape: Any, refcheck: builtins.bool = True, order: Any = False) -> Any: ...
    def round(self, decimals: Any = 0, out: Any = None) -> Any: ...
    def set_fill_value(self, value: Any = None) -> Any: ...
    @property
    def shape(self) -> Any: ...
    @shape.setter
    def shape(self, value: Any, /) -> None: ...
    @property
    def sharedmask(self) -> Any: ...
    def shrink_mask(self) -> Any: ...
    def soften_mask(self) -> Any: ...
    def sort(
        self,
        axis: Any = -1,
        kind: Any = None,
        order: Any = None,
        endwith: builtins.bool = True,
        fill_value: Any = None,
        *,
        stable: builtins.bool = False,
    ) -> Any: ...
    def squeeze(self, *args: Any, **params: Any) -> Any: ...
    def std(
        self,
        axis: Any = None,
        dtype: _t.DTypeLike | None = None,
        out: Any = None,
        ddof: Any = 0,
        keepdims: Any = ...,
        mean: Any = ...,
    ) -> Any: ...
    def sum(self, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, keepdims: Any = ...) -> Any: ...
    def swapaxes(self, *args: Any, **params: Any) -> Any: ...
    def take(self, indices: Any, axis: Any = None, out: Any = None, mode: Any = "raise") -> Any: ...
    def tobytes(self, fill_value: Any = None, order: _t._Order = "C") -> Any: ...
    def tofile(self, fid: Any, sep: Any = "", format: Any = "%s") -> Any: ...
    def toflex(self) -> Any: ...
    def tolist(self, fill_value: Any = None) -> Any: ...
    def torecords(self) -> Any: ...
    def trace(
        self,
        offset: Any = 0,
        axis1: SupportsIndex = 0,
        axis2: SupportsIndex = 1,
        dtype: _t.DTypeLike | None = None,
        out: Any = None,
    ) -> Any: ...
    def transpose(self, *args: Any, **params: Any) -> Any: ...
    def unshare_mask(self) -> Any: ...
    def var(
        self,
        axis: Any = None,
        dtype: _t.DTypeLike | None = None,
        out: Any = None,
        ddof: Any = 0,
        keepdims: Any = ...,
        mean: Any = ...,
    ) -> Any: ...
    def view(self, dtype: _t.DTypeLike | None = None, type: Any = None, fill_value: Any = None) -> Any: ...

abs = absolute
absolute: Callable[..., Any]
add: Callable[..., Any]

def all(a: _t.ArrayLike, axis: Any = None, out: Any = None, keepdims: Any = ...) -> Any: ...
def allclose(
    a: _t.ArrayLike, b: _t.ArrayLike, masked_equal: builtins.bool = True, rtol: Any = 1e-05, atol: Any = 1e-08
) -> builtins.bool: ...
def allequal(a: _t.ArrayLike, b: _t.ArrayLike, fill_value: builtins.bool = True) -> Any: ...
def alltrue(target: Any, axis: Any = 0, dtype: _t.DTypeLike | None = None) -> Any: ...

angle: Callable[..., Any]

def anom(a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None) -> Any: ...

anomalies = anom

def any(a: _t.ArrayLike, axis: Any = None, out: Any = None, keepdims: Any = ...) -> Any: ...
def append(a: _t.ArrayLike, b: _t.ArrayLike, axis: Any = None) -> _t._Array: ...
def apply_along_axis(func1d: _t._Function, axis: Any, arr: _t.ArrayLike, *args: Any, **kwargs: Any) -> _t._Array: ...
def apply_over_axes(func: _t._Function, a: _t.ArrayLike, axes: _t._Axes) -> _t._Array: ...
def arange(
    start_or_stop: Any,
    /,
    stop: Any = None,
    step: Any = 1,
    *,
    dtype: _t.DTypeLike | None = None,
    device: _t._Device | None = None,
    like: _t._SupportsArray[Any] | None = None,
    fill_value: Any = None,
    hardmask: builtins.bool = False,
) -> Any: ...

arccos: Callable[..., Any]
arccosh: Callable[..., Any]
arcsin: Callable[..., Any]
arcsinh: Callable[..., Any]
arctan: Callable[..., Any]
arctan2: Callable[..., Any]
arctanh: Callable[..., Any]

def argmax(
    a: _t.ArrayLike, axis: Any = None, fill_value: Any = None, out: Any = None, *, keepdims: Any = ...
) -> Any: ...
def argmin(
    a: _t.ArrayLike, axis: Any = None, fill_value: Any = None, out: Any = None, *, keepdims: Any = ...
) -> Any: ...
def argsort(
    a: _t.ArrayLike,
    axis: Any = ...,
    kind: _t._SortKind | None = None,
    order: Any = None,
    endwith: builtins.bool = True,
    fill_value: Any = None,
    *,
    stable: Any = None,
) -> _t._Array: ...

around: Callable[..., Any]

def array(
    data: Any,
    dtype: _t.DTypeLike | None = None,
    copy: builtins.bool = False,
    order: Any = None,
    mask: Any = ...,
    fill_value: Any = None,
    keep_mask: builtins.bool = True,
    hard_mask: builtins.bool = False,
    shrink: builtins.bool = True,
    subok: builtins.bool = True,
    ndmin: SupportsIndex = 0,
) -> Any: ...
def asanyarray(a: _t.ArrayLike, dtype: _t.DTypeLike | None = None, order: Any = None) -> Any: ...
def asarray(a: _t.ArrayLike, dtype: _t.DTypeLike | None = None, order: Any = None) -> Any: ...
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

bitwise_and: Callable[..., Any]
bitwise_or: Callable[..., Any]
bitwise_xor: Callable[..., Any]
ceil: Callable[..., Any]

def choose(indices: _t.ArrayLike, choices: Any, out: Any = None, mode: Any = "raise") -> Any: ...
def clip(
    a: _t.ArrayLike,
    a_min: Any = ...,
    a_max: Any = ...,
    out: Any = None,
    *,
    min: Any = ...,
    max: Any = ...,
    fill_value: Any = None,
    hardmask: builtins.bool = False,
    **kwargs: Any,
) -> Any: ...
def clump_masked(a: _t.ArrayLike) -> Any: ...
def clump_unmasked(a: _t.ArrayLike) -> Any: ...
def column_stack(tup: Any) -> _t._Array: ...
def common_fill_value(a: _t.ArrayLike, b: _t.ArrayLike) -> Any: ...
def compress(condition: _t.ArrayLike, a: _t.ArrayLike, axis: Any = None, out: Any = None) -> _t._Array: ...
def compress_cols(a: _t.ArrayLike) -> Any: ...
def compress_nd(x: _t.ArrayLike, axis: Any = None) -> Any: ...
def compress_rowcols(x: _t.ArrayLike, axis: Any = None) -> Any: ...
def compress_rows(a: _t.ArrayLike) -> Any: ...
def compressed(x: _t.ArrayLike) -> Any: ...
def concatenate(arrays: Any, axis: Any = 0) -> Any: ...

conjugate: Callable[..., Any]

def convolve(
    a: _t.ArrayLike, v: _t.ArrayLike, mode: Any = "full", propagate_mask: builtins.bool = True
) -> _t._Array: ...
def copy(a: _t.ArrayLike, *args: Any, **params: Any) -> Any: ...
def corrcoef(
    x: _t.ArrayLike, y: _t.ArrayLike | None = None, rowvar: builtins.bool = True, allow_masked: builtins.bool = True
) -> _t._Array: ...
def correlate(
    a: _t.ArrayLike, v: _t.ArrayLike, mode: Any = "valid", propagate_mask: builtins.bool = True
) -> _t._Array: ...

cos: Callable[..., Any]
cosh: Callable[..., Any]

def count(a: _t.ArrayLike, axis: Any = None, keepdims: Any = ...) -> Any: ...
def count_masked(arr: _t.ArrayLike, axis: Any = None) -> Any: ...
def cov(
    x: _t.ArrayLike,
    y: _t.ArrayLike | None = None,
    rowvar: builtins.bool = True,
    bias: builtins.bool = False,
    allow_masked: builtins.bool = True,
    ddof: Any = None,
) -> _t._Array: ...
def cumprod(a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
def cumsum(a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None) -> Any: ...
def default_fill_value(obj: Any) -> Any: ...
def diag(v: _t.ArrayLike, k: Any = 0) -> _t._Array: ...
def diagflat(v: _t.ArrayLike, k: Any = 0) -> _t._Array: ...
def diagonal(a: _t.ArrayLike, *args: Any, **params: Any) -> Any: ...
def diff(a: _t.ArrayLike, /, n: Any = 1, axis: Any = -1, prepend: Any = ..., append: Any = ...) -> _t._Array: ...

divide: Callable[..., Any]

def dot(a: _t.ArrayLike, b: _t.ArrayLike, strict: builtins.bool = False, out: Any = None) -> Any: ...
def dstack(tup: Any) -> _t._Array: ...
def ediff1d(arr: _t.ArrayLike, to_end: Any = None, to_begin: Any = None) -> _t._Array: ...
def empty(
    shape: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "C",
    *,
    device: _t._Device | None = None,
    like: _t._SupportsArray[Any] | None = None,
    fill_value: Any = None,
    hardmask: builtins.bool = False,
) -> Any: ...
def empty_like(
    prototype: Any,
    /,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: Any = None,
    *,
    device: _t._Device | None = None,
) -> Any: ...

equal: Callable[..., Any]
exp: Callable[..., Any]
fabs: Callable[..., Any]

def filled(a: _t.ArrayLike, fill_value: Any = None) -> Any: ...
def fix_invalid(a: _t.ArrayLike, mask: Any = ..., copy: builtins.bool = True, fill_value: Any = None) -> Any: ...
def flatnotmasked_contiguous(a: _t.ArrayLike) -> Any: ...
def flatnotmasked_edges(a: _t.ArrayLike) -> Any: ...
def flatten_mask(mask: Any) -> Any: ...
def flatten_structured_array(a: _t.ArrayLike) -> Any: ...

floor: Callable[..., Any]
floor_divide: Callable[..., Any]
fmod: Callable[..., Any]

def frombuffer(
    buffer: Any,
    dtype: _t.DTypeLike | None = None,
    count: Any = -1,
    offset: SupportsIndex = 0,
    *,
    like: _t._SupportsArray[Any] | None = None,
) -> Any: ...
def fromflex(fxarray: Any) -> Any: ...
def fromfunction(
    function: _t._Function,
    shape: Any,
    *,
    dtype: _t.DTypeLike | None = ...,
    like: _t._SupportsArray[Any] | None = None,
    **kwargs: Any,
) -> Any: ...
def getdata(a: _t.ArrayLike, subok: builtins.bool = True) -> Any: ...
def getmask(a: _t.ArrayLike) -> Any: ...
def getmaskarray(arr: _t.ArrayLike) -> Any: ...

greater: Callable[..., Any]
greater_equal: Callable[..., Any]

def harden_mask(a: _t.ArrayLike) -> Any: ...
def hsplit(ary: _t.ArrayLike, indices_or_sections: Any) -> list[_t._Array]: ...
def hstack(tup: Any, *, dtype: _t.DTypeLike | None = None, casting: _t._Casting = "same_kind") -> _t._Array: ...

hypot: Callable[..., Any]

def identity(
    n: Any,
    dtype: _t.DTypeLike | None = None,
    *,
    like: _t._SupportsArray[Any] | None = None,
    fill_value: Any = None,
    hardmask: builtins.bool = False,
) -> Any: ...
def ids(a: _t.ArrayLike) -> Any: ...
def in1d(
    ar1: _t.ArrayLike, ar2: _t.ArrayLike, assume_unique: builtins.bool = False, invert: builtins.bool = False
) -> Any: ...
def indices(
    dimensions: Any,
    dtype: _t.DTypeLike | None = ...,
    sparse: builtins.bool = False,
    *,
    fill_value: Any = None,
    hardmask: builtins.bool = False,
) -> _t._Array: ...
def inner(a: _t.ArrayLike, b: _t.ArrayLike) -> Any: ...

innerproduct = inner

def intersect1d(ar1: _t.ArrayLike, ar2: _t.ArrayLike, assume_unique: builtins.bool = False) -> _t._Array: ...

isMA = isMaskedArray

def isMaskedArray(x: _t.ArrayLike) -> Any: ...
def is_mask(m: _t.ArrayLike) -> Any: ...
def is_masked(x: _t.ArrayLike) -> Any: ...

isarray = isMaskedArray

def isin(
    element: _t.ArrayLike,
    test_elements: _t.ArrayLike,
    assume_unique: builtins.bool = False,
    invert: builtins.bool = False,
) -> _t._Array: ...
def left_shift(a: _t.ArrayLike, n: Any) -> Any: ...

less: Callable[..., Any]
less_equal: Callable[..., Any]
log: Callable[..., Any]
log10: Callable[..., Any]
log2: Callable[..., Any]
logical_and: Callable[..., Any]
logical_not: Callable[..., Any]
logical_or: Callable[..., Any]
logical_xor: Callable[..., Any]

def make_mask(
    m: _t.ArrayLike, copy: builtins.bool = False, shrink: builtins.bool = True, dtype: _t.DTypeLike | None = ...
) -> Any: ...
def make_mask_descr(ndtype: Any) -> Any: ...
def make_mask_none(newshape: Any, dtype: _t.DTypeLike | None = None) -> Any: ...
def mask_cols(a: _t.ArrayLike, axis: Any = ...) -> Any: ...
def mask_or(m1: Any, m2: Any, copy: builtins.bool = False, shrink: builtins.bool = True) -> Any: ...
def mask_rowcols(a: _t.ArrayLike, axis: Any = None) -> Any: ...
def mask_rows(a: _t.ArrayLike, axis: Any = ...) -> Any: ...

masked: Any

def masked_all(shape: Any, dtype: _t.DTypeLike | None = ...) -> Any: ...
def masked_all_like(arr: _t.ArrayLike) -> Any: ...

masked_array = MaskedArray

def masked_equal(x: _t.ArrayLike, value: Any, copy: builtins.bool = True) -> Any: ...
def masked_greater(x: _t.ArrayLike, value: Any, copy: builtins.bool = True) -> Any: ...
def masked_greater_equal(x: _t.ArrayLike, value: Any, copy: builtins.bool = True) -> Any: ...
def masked_inside(x: _t.ArrayLike, v1: Any, v2: Any, copy: builtins.bool = True) -> Any: ...
def masked_invalid(a: _t.ArrayLike, copy: builtins.bool = True) -> Any: ...
def masked_less(x: _t.ArrayLike, value: Any, copy: builtins.bool = True) -> Any: ...
def masked_less_equal(x: _t.ArrayLike, value: Any, copy: builtins.bool = True) -> Any: ...
def masked_not_equal(x: _t.ArrayLike, value: Any, copy: builtins.bool = True) -> Any: ...
def masked_object(x: _t.ArrayLike, value: Any, copy: builtins.bool = True, shrink: builtins.bool = True) -> Any: ...
def masked_outside(x: _t.ArrayLike, v1: Any, v2: Any, copy: builtins.bool = True) -> Any: ...

masked_print_option: Any
masked_singleton: Any

def masked_values(
    x: _t.ArrayLike,
    value: Any,
    rtol: Any = 1e-05,
    atol: Any = 1e-08,
    copy: builtins.bool = True,
    shrink: builtins.bool = True,
) -> Any: ...
def masked_where(condition: _t.ArrayLike, a: _t.ArrayLike, copy: builtins.bool = True) -> Any: ...
def max(obj: Any, axis: Any = None, out: Any = None, fill_value: Any = None, keepdims: Any = ...) -> Any: ...

maximum: Callable[..., Any]

def maximum_fill_value(obj: Any) -> Any: ...
def mean(
    a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, keepdims: Any = ...
) -> Any: ...
def median(
    a: _t.ArrayLike,
    axis: Any = None,
    out: Any = None,
    overwrite_input: builtins.bool = False,
    keepdims: builtins.bool = False,
) -> Any: ...
def min(obj: Any, axis: Any = None, out: Any = None, fill_value: Any = None, keepdims: Any = ...) -> Any: ...

minimum: Callable[..., Any]

def minimum_fill_value(obj: Any) -> Any: ...

mod = remainder
mr_: Any
multiply: Callable[..., Any]

class mvoid(MaskedArray):
    def __new__(
        cls,
        data: Any,
        mask: Any = ...,
        dtype: _t.DTypeLike | None = None,
        fill_value: Any = None,
        hardmask: builtins.bool = False,
        copy: builtins.bool = False,
        subok: builtins.bool = True,
    ) -> Self: ...
    def __getitem__(self, indx: Any) -> Any: ...
    def __iter__(self) -> Any: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> builtins.str: ...
    def __setitem__(self, indx: Any, value: Any) -> None: ...
    def __str__(self) -> builtins.str: ...
    def filled(self, fill_value: Any = None) -> Any: ...
    def tolist(self) -> Any: ...

def ndenumerate(a: _t.ArrayLike, compressed: builtins.bool = True) -> Any: ...
def ndim(obj: Any) -> int: ...

negative: Callable[..., Any]
nomask: _np.bool

def nonzero(a: _t.ArrayLike) -> tuple[_t._Array, ...]: ...

not_equal: Callable[..., Any]

def notmasked_contiguous(a: _t.ArrayLike, axis: Any = None) -> Any: ...
def notmasked_edges(a: _t.ArrayLike, axis: Any = None) -> Any: ...
def ones(
    shape: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "C",
    *,
    device: _t._Device | None = None,
    like: _t._SupportsArray[Any] | None = None,
    fill_value: Any = None,
    hardmask: builtins.bool = False,
) -> Any: ...
def ones_like(
    a: _t.ArrayLike,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: Any = None,
    *,
    device: _t._Device | None = None,
) -> Any: ...
def outer(a: _t.ArrayLike, b: _t.ArrayLike) -> _t._Array: ...

outerproduct = outer

def polyfit(
    x: _t.ArrayLike,
    y: _t.ArrayLike,
    deg: Any,
    rcond: Any = None,
    full: builtins.bool = False,
    w: Any = None,
    cov: builtins.bool = False,
) -> Any: ...
def power(a: _t.ArrayLike, b: _t.ArrayLike, third: Any = None) -> Any: ...
def prod(
    a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, keepdims: Any = ...
) -> Any: ...
def product(
    a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, keepdims: Any = ...
) -> Any: ...
def ptp(obj: Any, axis: Any = None, out: Any = None, fill_value: Any = None, keepdims: Any = ...) -> Any: ...
def put(a: _t.ArrayLike, indices: _t.ArrayLike, values: _t.ArrayLike, mode: Any = "raise") -> None: ...
def putmask(a: _t.ArrayLike, mask: Any, values: _t.ArrayLike) -> None: ...
def ravel(a: _t.ArrayLike, order: _t._Order = "C") -> Any: ...

remainder: Callable[..., Any]

def repeat(a: _t.ArrayLike, *args: Any, **params: Any) -> _t._Array: ...
def reshape(a: _t.ArrayLike, new_shape: Any, order: _t._Order = "C") -> Any: ...
def resize(x: _t.ArrayLike, new_shape: Any) -> _t._Array: ...
def right_shift(a: _t.ArrayLike, n: Any) -> Any: ...

round = round_

def round_(a: _t.ArrayLike, decimals: SupportsIndex = 0, out: Any = None) -> Any: ...

row_stack = vstack

def set_fill_value(a: _t.ArrayLike, fill_value: Any) -> Any: ...
def setdiff1d(ar1: _t.ArrayLike, ar2: _t.ArrayLike, assume_unique: builtins.bool = False) -> _t._Array: ...
def setxor1d(ar1: _t.ArrayLike, ar2: _t.ArrayLike, assume_unique: builtins.bool = False) -> _t._Array: ...
def shape(obj: Any) -> tuple[int, ...]: ...

sin: Callable[..., Any]
sinh: Callable[..., Any]

def size(obj: Any, axis: Any = None) -> Any: ...
def soften_mask(a: _t.ArrayLike) -> Any: ...
def sometrue(target: Any, axis: Any = 0, dtype: _t.DTypeLike | None = None) -> Any: ...
def sort(
    a: _t.ArrayLike,
    axis: Any = -1,
    kind: _t._SortKind | None = None,
    order: Any = None,
    endwith: builtins.bool = True,
    fill_value: Any = None,
    *,
    stable: Any = None,
) -> Any: ...

sqrt: Callable[..., Any]

def squeeze(
    a: _t.ArrayLike, axis: Any = None, *, fill_value: Any = None, hardmask: builtins.bool = False
) -> _t._Array: ...
def stack(
    arrays: Any,
    axis: Any = 0,
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
    mean: Any = ...,
) -> Any: ...

subtract: Callable[..., Any]

def sum(
    a: _t.ArrayLike, axis: Any = None, dtype: _t.DTypeLike | None = None, out: Any = None, keepdims: Any = ...
) -> Any: ...
def swapaxes(a: _t.ArrayLike, *args: Any, **params: Any) -> _t._Array: ...
def take(a: _t.ArrayLike, indices: _t.ArrayLike, axis: Any = None, out: Any = None, mode: Any = "raise") -> Any: ...

tan: Callable[..., Any]
tanh: Callable[..., Any]
test: _PytestTester

def trace(
    a: _t.ArrayLike,
    offset: SupportsIndex = 0,
    axis1: SupportsIndex = 0,
    axis2: SupportsIndex = 1,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
) -> Any: ...
def transpose(a: _t.ArrayLike, axes: _t._Axes | None = None) -> Any: ...

true_divide = divide

def union1d(ar1: _t.ArrayLike, ar2: _t.ArrayLike) -> _t._Array: ...
def unique(ar1: _t.ArrayLike, return_index: builtins.bool = False, return_inverse: builtins.bool = False) -> Any: ...
def vander(x: _t.ArrayLike, n: Any = None) -> _t._Array: ...
def var(
    a: _t.ArrayLike,
    axis: Any = None,
    dtype: _t.DTypeLike | None = None,
    out: Any = None,
    ddof: Any = 0,
    keepdims: Any = ...,
    mean: Any = ...,
) -> Any: ...
def vstack(tup: Any, *, dtype: _t.DTypeLike | None = None, casting: _t._Casting = "same_kind") -> _t._Array: ...
def where(condition: _t.ArrayLike, x: Any = ..., y: Any = ...) -> Any: ...
def zeros(
    shape: Any,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "C",
    *,
    device: _t._Device | None = None,
    like: _t._SupportsArray[Any] | None = None,
    fill_value: Any = None,
    hardmask: builtins.bool = False,
) -> Any: ...
def zeros_like(
    a: _t.ArrayLike,
    dtype: _t.DTypeLike | None = None,
    order: _t._Order = "K",
    subok: builtins.bool = True,
    shape: Any = None,
    *,
    device: _t._Device | None = None,
) -> Any: ...
