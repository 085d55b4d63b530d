"""sharray: NumPy's arrays, written in Rust, one memory shared by all.

`import sharray as np` gives NumPy's namespace: the same names, signatures, rules
of promotion, errors and printed forms. Beyond it there are `interop` (sharing
memory with other libraries), `threads`, and `install_as_numpy`.

>>> import sharray as np
>>> np.arange(6).reshape(2, 3).sum(axis=0)
array([3, 5, 7])

Submodules that not every program needs (`linalg`, `fft`, `random`, `testing`, …)
are imported when first used.
"""

import importlib as _importlib
import sys as _sys

from . import __config__, _engine, _removed, version
from ._globals import _CopyMode, _NoValue
from .version import sharray_version as __version__
from ._core import (
    False_, ScalarType, True_, abs, absolute, acos, acosh, add, all, allclose, amax, amin, any, arange,
    arccos, arccosh, arcsin, arcsinh, arctan, arctan2, arctanh, argmax, argmin, argpartition, argsort,
    argwhere, around, array, array2string, array_equal, array_equiv, array_repr, array_str, asanyarray,
    asarray, ascontiguousarray, asfortranarray, asin, asinh, astype, atan, atan2, atanh, atleast_1d,
    atleast_2d, atleast_3d, base_repr, binary_repr, bitwise_and, bitwise_count, bitwise_invert,
    bitwise_left_shift, bitwise_not, bitwise_or, bitwise_right_shift, bitwise_xor, block, bool, bool_,
    broadcast, busday_count, busday_offset, busdaycalendar, byte, bytes_, can_cast, cbrt, cdouble, ceil,
    character, choose, clip, clongdouble, complex128, complex256, complex64, complexfloating, compress,
    concat, concatenate, conj, conjugate, convolve, copysign, copyto, correlate, cos, cosh,
    count_nonzero, cross, csingle, cumprod, cumsum, cumulative_prod, cumulative_sum, datetime64,
    datetime_as_string, datetime_data, deg2rad, degrees, diagonal, divide, divmod, dot, double, dtype, e,
    einsum, einsum_path, empty, empty_like, equal, errstate, euler_gamma, exp, exp2, expm1, fabs, finfo,
    flatiter, flatnonzero, flexible, float128, float16, float32, float64, float_power, floating, floor,
    floor_divide, fmax, fmin, fmod, format_float_positional, format_float_scientific, frexp, from_dlpack,
    frombuffer, fromfile, fromfunction, fromiter, frompyfunc, fromstring, full, full_like, gcd, generic,
    geomspace, get_printoptions, getbufsize, geterr, geterrcall, greater, greater_equal, half, heaviside,
    hstack, hypot, identity, iinfo, indices, inexact, inf, inner, int16, int32, int64, int8, int_, intc,
    integer, intp, invert, is_busday, isclose, isdtype, isfinite, isfortran, isinf, isnan, isnat,
    isscalar, issubdtype, lcm, ldexp, left_shift, less, less_equal, lexsort, linspace, little_endian,
    log, log10, log1p, log2, logaddexp, logaddexp2, logical_and, logical_not, logical_or, logical_xor,
    logspace, long, longdouble, longlong, matmul, matrix_transpose, matvec, max, maximum,
    may_share_memory, mean, memmap, min, min_scalar_type, minimum, mod, modf, moveaxis, multiply, nan,
    ndarray, ndim, nditer, negative, nested_iters, newaxis, nextafter, nonzero, not_equal, number,
    object_, ones, ones_like, outer, partition, permute_dims, pi, positive, pow, power, printoptions,
    prod, promote_types, ptp, put, putmask, rad2deg, radians, ravel, recarray, reciprocal, record,
    remainder, repeat, require, reshape, resize, result_type, right_shift, rint, roll, rollaxis, round,
    sctypeDict, searchsorted, set_printoptions, setbufsize, seterr, seterrcall, shape, shares_memory,
    short, sign, signbit, signedinteger, sin, single, sinh, size, sort, spacing, sqrt, square, squeeze,
    stack, std, str_, subtract, sum, swapaxes, take, tan, tanh, tensordot, timedelta64, trace, transpose,
    true_divide, trunc, typecodes, ubyte, ufunc, uint, uint16, uint32, uint64, uint8, uintc, uintp,
    ulong, ulonglong, unsignedinteger, unstack, ushort, var, vdot, vecdot, vecmat, void, vstack, where,
    zeros, zeros_like,
)
from .lib._arraypad_impl import (
    pad,
)
from .lib._arraysetops_impl import (
    ediff1d, intersect1d, isin, setdiff1d, setxor1d, union1d, unique, unique_all, unique_counts,
    unique_inverse, unique_values,
)
from .lib._function_base_impl import (
    angle, append, asarray_chkfinite, average, bartlett, bincount, blackman, copy, corrcoef, cov, delete,
    diff, digitize, extract, flip, gradient, hamming, hanning, i0, insert, interp, iterable, kaiser,
    median, meshgrid, percentile, piecewise, place, quantile, rot90, select, sinc, sort_complex,
    trapezoid, trim_zeros, unwrap, vectorize,
)
from .lib._histograms_impl import (
    histogram, histogram_bin_edges, histogramdd,
)
from .lib._index_tricks_impl import (
    c_, diag_indices, diag_indices_from, fill_diagonal, index_exp, ix_, mgrid, ndenumerate, ndindex,
    ogrid, r_, ravel_multi_index, s_, unravel_index,
)
from .lib._nanfunctions_impl import (
    nanargmax, nanargmin, nancumprod, nancumsum, nanmax, nanmean, nanmedian, nanmin, nanpercentile,
    nanprod, nanquantile, nanstd, nansum, nanvar,
)
from .lib._npyio_impl import (
    fromregex, genfromtxt, load, loadtxt, packbits, save, savetxt, savez, savez_compressed, unpackbits,
)
from .lib._polynomial_impl import (
    poly, poly1d, polyadd, polyder, polydiv, polyfit, polyint, polymul, polysub, polyval, roots,
)
from .lib._shape_base_impl import (
    apply_along_axis, apply_over_axes, array_split, column_stack, dsplit, dstack, expand_dims, hsplit,
    kron, put_along_axis, row_stack, split, take_along_axis, tile, vsplit,
)
from .lib._stride_tricks_impl import (
    broadcast_arrays, broadcast_shapes, broadcast_to,
)
from .lib._twodim_base_impl import (
    diag, diagflat, eye, fliplr, flipud, histogram2d, mask_indices, tri, tril, tril_indices,
    tril_indices_from, triu, triu_indices, triu_indices_from, vander,
)
from .lib._type_check_impl import (
    common_type, imag, iscomplex, iscomplexobj, isreal, isrealobj, mintypecode, nan_to_num, real,
    real_if_close, typename,
)
from .lib._ufunclike_impl import (
    fix, isneginf, isposinf,
)
from .lib._utils_impl import (
    get_include, info, show_runtime,
)
from . import exceptions, lib, matrixlib  # isort: skip
from ._alias import install_as_numpy
from ._array_api_info import __array_namespace_info__
from .__config__ import show_config
from ._removed import FORMER as __former_attrs__
from ._removed import REMOVED as __expired_attributes__
from .lib import scimath as emath
from .matrixlib import asmatrix, bmat, matrix

__array_api_version__ = "2024.12"
__numpy_version__ = version.version

#: Submodules that are attributes without an import statement.
__numpy_submodules__ = {
    "char", "core", "ctypeslib", "dtypes", "exceptions", "fft", "lib", "linalg", "ma", "polynomial", "random",
    "rec", "strings", "test", "testing", "typing",
}
_LAZY = __numpy_submodules__ - {"test"} | {"interop", "matlib", "threads"}
#: Scalar classes that NumPy lacks: attributes, but in no list of names, as NumPy's namespace is what is listed.
_SMALL_FLOATS = {"bfloat16", "float8_e4m3fn", "float8_e5m2"}
__future_scalars__ = {"str", "bytes", "object"}


def __getattr__(name):
    if name in _LAZY:
        return _importlib.import_module(f".{name}", __name__)
    if name in _SMALL_FLOATS:
        return getattr(_importlib.import_module(".dtypes", __name__), name)
    if name == "test":
        from ._pytesttester import PytestTester

        return PytestTester(__name__)
    if name == "chararray":
        import warnings

        warnings.warn(
            "`np.chararray` is deprecated: use an array of dtype `U` or `S`, or `np.char.chararray`.",
            DeprecationWarning,
            stacklevel=2,
        )
        return _importlib.import_module(".char", __name__).chararray
    raise AttributeError(_removed.explain_missing(name), name=name, obj=_importlib.import_module(__name__))


__all__ = [
    name for name in dir()
    if not name.startswith("_") and name not in ("matrixlib", "version", "install_as_numpy")
] + sorted(__numpy_submodules__ - {"lib", "exceptions"}) + ["__version__", "__array_namespace_info__"]


def __dir__():
    hidden = {"matrixlib", "matlib", "tests", "conftest", "version"}
    return sorted((set(globals()) | __numpy_submodules__ | {"interop", "threads"}) - hidden)


_engine._look_up_quickly(_sys.modules[__name__])
