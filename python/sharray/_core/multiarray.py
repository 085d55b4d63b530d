"""Arrays, dtypes and the compiled functions on them, from the engine.

The functions that other array types may take over (`__array_function__`) get
their Python signature, docstring and dispatch here; all else is handed on as it
is. `_compiled(function, relevant)` turns a signature into the public function:
its body never runs, the engine's function does.
"""

import functools

from .._globals import PUBLIC_ROOT
from .._utils import public_module
from ._seam import missing_names_error
from .overrides import (
    ARRAY_FUNCTIONS,
    _ArrayFunctionDispatcher,
    _dispatcher_from_text,
    _lambda_text,
    _shorten,
    array_function_from_c_func_and_dispatcher as array_function_from_c_func_and_dispatcher,
)

try:
    from .. import _engine
    from .._engine import (
        StringDType,
        _array_converter,
        _discover_array_parameters,
        _flagdict,
        _get_castingimpl,
        _get_implementing_args,
        _get_madvise_hugepage,
        _monotonicity,
        _place,
        _reconstruct,
        _set_madvise_hugepage,
        _vec_string,
        add_docstring,
        arange,
        array,
        asanyarray,
        asarray,
        ascontiguousarray,
        asfortranarray,
        bincount,
        broadcast,
        busday_count,
        busday_offset,
        busdaycalendar,
        c_einsum,
        can_cast,
        character,
        compare_chararrays,
        complexfloating,
        concatenate,
        copyto,
        correlate,
        correlate2,
        count_nonzero,
        datetime_as_string,
        datetime_data,
        dot,
        dragon4_positional,
        dragon4_scientific,
        dtype,
        empty,
        empty_like,
        flagsobj,
        flatiter,
        flexible,
        floating,
        format_longfloat,
        from_dlpack,
        frombuffer,
        fromfile,
        fromiter,
        frompyfunc,
        fromstring,
        generic,
        get_handler_name,
        get_handler_version,
        inexact,
        inner,
        integer,
        interp,
        interp_complex,
        is_busday,
        lexsort,
        matmul,
        may_share_memory,
        min_scalar_type,
        ndarray,
        nditer,
        nested_iters,
        normalize_axis_index,
        number,
        packbits,
        promote_types,
        putmask,
        ravel_multi_index,
        result_type,
        scalar,
        shares_memory,
        signedinteger,
        tracemalloc_domain,
        unpackbits,
        unravel_index,
        unsignedinteger,
        vdot,
        vecdot,
        where,
        zeros,
    )
except ImportError:
    raise missing_names_error(__file__) from None

__all__ = [
    "ALLOW_THREADS",
    "BUFSIZE",
    "CLIP",
    "DATETIMEUNITS",
    "ITEM_HASOBJECT",
    "ITEM_IS_POINTER",
    "LIST_PICKLE",
    "MAXDIMS",
    "MAY_SHARE_BOUNDS",
    "MAY_SHARE_EXACT",
    "NEEDS_INIT",
    "NEEDS_PYAPI",
    "RAISE",
    "USE_GETITEM",
    "USE_SETITEM",
    "WRAP",
    "_flagdict",
    "from_dlpack",
    "_place",
    "_reconstruct",
    "_vec_string",
    "_monotonicity",
    "add_docstring",
    "arange",
    "array",
    "asarray",
    "asanyarray",
    "ascontiguousarray",
    "asfortranarray",
    "bincount",
    "broadcast",
    "busday_count",
    "busday_offset",
    "busdaycalendar",
    "can_cast",
    "compare_chararrays",
    "concatenate",
    "copyto",
    "correlate",
    "correlate2",
    "count_nonzero",
    "c_einsum",
    "datetime_as_string",
    "datetime_data",
    "dot",
    "dragon4_positional",
    "dragon4_scientific",
    "dtype",
    "empty",
    "empty_like",
    "error",
    "flagsobj",
    "flatiter",
    "format_longfloat",
    "frombuffer",
    "fromfile",
    "fromiter",
    "fromstring",
    "get_handler_name",
    "get_handler_version",
    "inner",
    "interp",
    "interp_complex",
    "is_busday",
    "lexsort",
    "matmul",
    "vecdot",
    "may_share_memory",
    "min_scalar_type",
    "ndarray",
    "nditer",
    "nested_iters",
    "normalize_axis_index",
    "packbits",
    "promote_types",
    "putmask",
    "ravel_multi_index",
    "result_type",
    "scalar",
    "shares_memory",
    "unpackbits",
    "unravel_index",
    "vdot",
    "where",
    "zeros",
]

# Values of the C headers' constants that Python code has come to use.
ALLOW_THREADS = 1
BUFSIZE = 8192
CLIP, WRAP, RAISE = 0, 1, 2
ITEM_HASOBJECT, LIST_PICKLE, ITEM_IS_POINTER, NEEDS_INIT = 1, 2, 4, 8
NEEDS_PYAPI, USE_GETITEM, USE_SETITEM = 16, 32, 64
MAXDIMS = 64
MAY_SHARE_BOUNDS, MAY_SHARE_EXACT = 0, -1
DATETIMEUNITS = getattr(_engine, "DATETIMEUNITS", None)
_ARRAY_API = getattr(_engine, "_ARRAY_API", None)
error = Exception


def _get_ndarray_c_version():
    """The version of NumPy's C ABI whose layout the arrays have."""
    return 0x02000000


def _compiled(relevant):
    """Decorator: the engine's function of that name, with this signature and docstring."""

    def decorate(signature):
        name = signature.__name__
        dispatcher = _dispatcher_from_text(_lambda_text(signature, relevant))
        public_api = _ArrayFunctionDispatcher(dispatcher, getattr(_engine, name))
        public_api = functools.wraps(signature)(public_api)
        public_api.__module__ = PUBLIC_ROOT
        _shorten(public_api)
        ARRAY_FUNCTIONS.add(public_api)
        return public_api

    return decorate


def _told(text):
    """Decorator: the parameters of the function behind a public one, as compiled functions tell them.

    Public functions without it have a `__signature__`, which the engine makes when it is asked for.
    """

    def decorate(public_api):
        public_api.__wrapped__.__text_signature__ = text
        return public_api

    return decorate


for _function in (
    arange,
    array,
    asanyarray,
    asarray,
    ascontiguousarray,
    asfortranarray,
    empty,
    frombuffer,
    fromfile,
    fromiter,
    fromstring,
    from_dlpack,
    zeros,
):
    ARRAY_FUNCTIONS.add(_function)

for _function in (
    arange,
    array,
    asanyarray,
    asarray,
    ascontiguousarray,
    asfortranarray,
    empty,
    frombuffer,
    fromfile,
    fromiter,
    frompyfunc,
    fromstring,
    from_dlpack,
    interp,
    nested_iters,
    promote_types,
    zeros,
    datetime_data,
):
    try:
        _function.__module__ = public_module("numpy")
    except (AttributeError, TypeError):
        pass  # the engine named it already


@_told("(prototype, /, dtype=None, order='K', subok=True, shape=None, *, device=None)")
@_compiled("prototype")
def empty_like(prototype, /, dtype=None, order="K", subok=True, shape=None, *, device=None):
    """An uninitialised array with the shape and dtype of `prototype`, unless given.

    `order` 'K' follows the memory layout of `prototype`; `subok` keeps its subclass.

    Parameters
    ----------
    prototype : array_like
    dtype : dtype, optional
        Another dtype than that of the prototype.
    order : {'C', 'F', 'A', 'K'}, optional
        The order of the elements in memory: rows first, columns first, or as in the input.
    subok : bool, optional
        Whether a subclass of ndarray passes through.
    shape : int or tuple of int, optional
        Another shape than that of the prototype.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.

    Returns
    -------
    ndarray, not set.

    Examples
    --------
    >>> import sharray as np
    >>> np.empty_like([[1, 2], [3, 4]]).shape
    (2, 2)
    """


@_told("(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind')")
@_compiled("*arrays, out")
def concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting="same_kind"):
    """Join a sequence of arrays along an existing axis (None: flattened first).

    All shapes must agree except along `axis`. The result has the promoted dtype,
    or `dtype`; it is written to `out` if given. ValueError for an empty sequence
    or shapes that don't match, TypeError for `out` and `dtype` together.

    Parameters
    ----------
    arrays : sequence of array_like
        What to join.
    axis : int or None, optional
        The axis to join along; None flattens first.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.
    dtype : dtype, optional
        The result's dtype; otherwise the promoted one.
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
        Which casts are allowed.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.concatenate([[1, 2], [3]])
    array([1, 2, 3])
    """


@_compiled("a, b")
def inner(a, b, /):
    """Sum of products over the last axes: shape ``a.shape[:-1] + b.shape[:-1]``.

    ValueError where the last axes differ in length.

    Parameters
    ----------
    a : array_like
    b : array_like
        Its last axis is as long as that of `a`.

    Returns
    -------
    ndarray or scalar.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.inner([1, 2, 3], [0, 1, 0]))
    2
    """


@_compiled("condition, x, y")
def where(condition, x=None, y=None, /):
    """Elements of `x` where `condition` is true, of `y` elsewhere, all broadcast together.

    With `condition` alone: the tuple of index arrays of its true elements.

    Parameters
    ----------
    condition : array_like of bool
    x : array_like, optional
        What to take where it holds.
    y : array_like, optional
        What to take elsewhere.

    Returns
    -------
    ndarray of the broadcast shape; a tuple of index arrays without `x` and `y`.

    Raises
    ------
    ValueError
        Only one of `x` and `y`.

    Examples
    --------
    >>> import sharray as np
    >>> np.where([True, False], [1, 2], [9, 8])
    array([1, 8])
    """


@_compiled("*keys")
def lexsort(keys, axis=-1):
    """Indices that sort by several keys; the last one is the primary key. Stable.

    `keys` is a sequence of arrays of equal shape; int64 indices of that shape come back.

    Parameters
    ----------
    keys : sequence of array_like, or ndarray
        What to sort by, the last first.
    axis : int, optional
        The axis to sort along.

    Returns
    -------
    ndarray of intp.

    Examples
    --------
    >>> import sharray as np
    >>> np.lexsort(([1, 0, 1], [2, 2, 1]))
    array([2, 1, 0])
    """


@_compiled("from_")
def can_cast(from_, to, casting="safe"):
    """Whether a cast between dtypes (or from a dtype-carrying object) obeys the rule `casting`.

    Python numbers as `from_` are a TypeError: their dtype depends on what they meet.

    Parameters
    ----------
    from_ : dtype or ndarray
        Where from.
    to : dtype
        Where to.
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
        The rule.

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.can_cast("i4", "f8"), np.can_cast("f8", "i4")
    (True, False)
    """


@_compiled("a")
def min_scalar_type(a, /):
    """The smallest dtype that can hold the scalar `a`; the dtype itself for arrays.

    Parameters
    ----------
    a : scalar or array_like
        The value of arrays does not count.

    Returns
    -------
    dtype.

    Examples
    --------
    >>> import sharray as np
    >>> np.min_scalar_type(10)
    dtype('uint8')
    """


@_compiled("*arrays_and_dtypes")
def result_type(*arrays_and_dtypes):
    """The dtype to which arrays, dtypes and Python scalars promote together.

    ValueError without arguments, DTypePromotionError where there is no common dtype.

    Parameters
    ----------
    *arrays_and_dtypes : array_like or dtype

    Returns
    -------
    dtype.

    Examples
    --------
    >>> import sharray as np
    >>> np.result_type(np.int8, "f4", 3)
    dtype('float32')
    """


@_compiled("a, b, out")
def dot(a, b, out=None):
    """Product over the last axis of `a` and the last but one of `b` (1-d: inner product).

    Scalars multiply. `out` must have the result's very dtype and shape and be C-contiguous.

    Parameters
    ----------
    a : array_like
    b : array_like
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray or scalar.

    Raises
    ------
    ValueError
        The lengths don't match, or `out` does not fit.

    Examples
    --------
    >>> import sharray as np
    >>> np.dot([[1, 0], [0, 2]], [3, 4])
    array([3, 8])
    """


@_compiled("a, b")
def vdot(a, b, /):
    """Inner product of the flattened arguments, the first one conjugated.

    Parameters
    ----------
    a : array_like
        Flattened; complex ones are conjugated.
    b : array_like
        Flattened.

    Returns
    -------
    scalar.

    Examples
    --------
    >>> import sharray as np
    >>> complex(np.vdot([1j], [1j]))
    (1+0j)
    """


@_compiled("x, weights")
def bincount(x, /, weights=None, minlength=0):
    """How often each of 0, 1, 2, … occurs in the 1-d array of non-negative integers `x`.

    With `weights` (float64, same length) their sums instead. At least `minlength`
    entries. ValueError for negative entries.

    Parameters
    ----------
    x : array_like of int, 1-d
        Not negative.
    weights : array_like, optional
        The weight of each element.
    minlength : int, optional
        The least number of bins.

    Returns
    -------
    ndarray, 1-d: counts as intp, or sums of weights as float64.

    Examples
    --------
    >>> import sharray as np
    >>> np.bincount([0, 2, 2])
    array([1, 0, 2])
    """


@_compiled("multi_index")
def ravel_multi_index(multi_index, dims, mode="raise", order="C"):
    """Flat indices for a tuple of index arrays into an array of shape `dims`.

    `mode`, also as a tuple per axis: 'raise' (ValueError out of range), 'wrap', 'clip'.

    Parameters
    ----------
    multi_index : tuple of array_like of int
        The index along each axis.
    dims : tuple of int
        The shape that they belong to.
    mode : {'raise', 'wrap', 'clip'} or tuple of them, optional
        What happens to indices beyond the bounds: ValueError, counting round, or the nearest valid one.
    order : {'C', 'F'}, optional
        Rows first or columns first.

    Returns
    -------
    intp or ndarray of intp.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.ravel_multi_index((1, 2), (3, 4)))
    6
    """


@_compiled("indices")
def unravel_index(indices, shape, order="C"):
    """The tuple of index arrays for flat `indices` into an array of shape `shape`.

    ValueError for indices out of range.

    Parameters
    ----------
    indices : array_like of int
        Indices into the flattened array.
    shape : tuple of int
        Its shape.
    order : {'C', 'F'}, optional
        Rows first or columns first.

    Returns
    -------
    tuple of ndarray of intp, one for each axis.

    Examples
    --------
    >>> import sharray as np
    >>> [int(i) for i in np.unravel_index(6, (3, 4))]
    [1, 2]
    """


@_compiled("dst, src, where")
def copyto(dst, src, casting="same_kind", where=True):
    """Copy `src` into `dst`, broadcast, where the mask `where` is true.

    TypeError for a cast that `casting` forbids; overlapping memory is no problem.

    Parameters
    ----------
    dst : ndarray
        What is written to.
    src : array_like
        Broadcast to the shape of `dst`.
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
        Which casts are allowed.
    where : array_like of bool, optional
        Which elements to copy.

    Returns
    -------
    None.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.zeros(2)
    >>> np.copyto(a, 7)
    >>> a
    array([7., 7.])
    """


@_compiled("a, mask, values")
def putmask(a, /, mask, values):
    """Set ``a.flat[i] = values[i]`` where `mask` is true; short `values` repeat.

    Parameters
    ----------
    a : ndarray
        What is written to.
    mask : array_like of bool
        Where; of the size of `a`.
    values : array_like
        Repeated as often as needed.

    Returns
    -------
    None.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.arange(4)
    >>> np.putmask(a, a > 1, [-1, -2])
    >>> a
    array([ 0,  1, -1, -2])
    """


@_compiled("a")
def packbits(a, /, axis=None, bitorder="big"):
    """Eight booleans to a uint8, along `axis` (None: flattened), padded with zeros.

    Parameters
    ----------
    a : array_like of bool or int
        What is not zero gives a set bit.
    axis : int, optional
        The axis; None flattens first.
    bitorder : {'big', 'little'}, optional
        Whether the first bit is the highest or the lowest.

    Returns
    -------
    ndarray of uint8.

    Examples
    --------
    >>> import sharray as np
    >>> np.packbits([1, 0, 1])
    array([160], dtype=uint8)
    """


@_compiled("a")
def unpackbits(a, /, axis=None, count=None, bitorder="big"):
    """The bits of a uint8 array as zeros and ones; `count` cuts (negative: from the end).

    Parameters
    ----------
    a : ndarray of uint8
    axis : int, optional
        The axis; None flattens first.
    count : int, optional
        How many bits to give; a negative number leaves out so many.
    bitorder : {'big', 'little'}, optional
        Whether the first bit is the highest or the lowest.

    Returns
    -------
    ndarray of uint8.

    Examples
    --------
    >>> import sharray as np
    >>> np.unpackbits(np.array([160], dtype=np.uint8), count=3)
    array([1, 0, 1], dtype=uint8)
    """


@_compiled("a, b")
def shares_memory(a, b, /, max_work=-1):
    """Whether the arrays have a byte in common; exact, unless `max_work` bounds the search.

    Raises TooHardError when `max_work` does not suffice.

    Parameters
    ----------
    a, b : ndarray
    max_work : int, optional
        How many candidates to try at most; None or -1 searches until it is known.

    Returns
    -------
    bool.

    Raises
    ------
    sharray.exceptions.TooHardError
        `max_work` is used up.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.arange(4)
    >>> np.shares_memory(a[::2], a[1::2])
    False
    """


@_compiled("a, b")
def may_share_memory(a, b, /, max_work=0):
    """Whether the arrays' extents in memory overlap (a quick test that can be wrongly true).

    Parameters
    ----------
    a, b : ndarray
    max_work : int, optional
        How much to search; 0 compares the bounds of the memory only, -1 searches until it is known.

    Returns
    -------
    bool: True may be wrong, False is certain.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.arange(4)
    >>> np.may_share_memory(a[::2], a[1::2])
    True
    """


@_compiled("dates, weekmask, holidays, out")
def is_busday(dates, weekmask="1111100", holidays=None, busdaycal=None, out=None):
    """Whether each date is a working day, as booleans.

    Parameters
    ----------
    dates : array_like of datetime64[D]
    weekmask : str or array_like of bool, optional
        Which days of the week are worked, from Monday; '1111100' by default.
    holidays : array_like of datetime64[D], optional
        Days not worked besides.
    busdaycal : busdaycalendar, optional
        Both of these in one; not together with them.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> bool(np.is_busday("2013-01-05"))
    False
    """


@_compiled("dates, offsets, weekmask, holidays, out")
def busday_offset(dates, offsets, roll="raise", weekmask="1111100", holidays=None, busdaycal=None, out=None):
    """Dates moved by a number of working days; `roll` says what to do with other days first.

    Parameters
    ----------
    dates : array_like of datetime64[D]
    offsets : array_like of int
        How many working days to go.
    roll : str, optional
        What a day off becomes first: 'raise', 'nat', 'forward' or 'following', 'backward' or 'preceding',
    'modifiedfollowing', 'modifiedpreceding'.
    weekmask : str or array_like of bool, optional
        Which days of the week are worked, from Monday; '1111100' by default.
    holidays : array_like of datetime64[D], optional
        Days not worked besides.
    busdaycal : busdaycalendar, optional
        Both of these in one; not together with them.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    datetime64 or ndarray of datetime64[D].

    Examples
    --------
    >>> import sharray as np
    >>> str(np.busday_offset("2013-01-04", 1))
    '2013-01-07'
    """


@_compiled("begindates, enddates, weekmask, holidays, out")
def busday_count(begindates, enddates, weekmask="1111100", holidays=(), busdaycal=None, out=None):
    """How many working days lie from `begindates` up to, without, `enddates`.

    Parameters
    ----------
    begindates : array_like of datetime64[D]
        The first days.
    enddates : array_like of datetime64[D]
        The days behind the last.
    weekmask : str or array_like of bool, optional
        Which days of the week are worked, from Monday; '1111100' by default.
    holidays : array_like of datetime64[D], optional
        Days not worked besides.
    busdaycal : busdaycalendar, optional
        Both of these in one; not together with them.
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    int or ndarray of int.

    Examples
    --------
    >>> import sharray as np
    >>> int(np.busday_count("2013-01-01", "2013-01-08"))
    5
    """


@_compiled("arr")
def datetime_as_string(arr, unit=None, timezone="naive", casting="same_kind"):
    """ISO 8601 texts of a datetime64 array, to `unit` ('auto': as many digits as needed).

    Parameters
    ----------
    arr : array_like of datetime64
    unit : str, optional
        The precision; 'auto' takes the coarsest that loses nothing, None the dtype's.
    timezone : {'naive', 'UTC', 'local'} or tzinfo, optional
        The time zone to show.
    casting : str, optional
        Which changes of the unit are allowed.

    Returns
    -------
    ndarray of str.

    Examples
    --------
    >>> import sharray as np
    >>> str(np.datetime_as_string(np.datetime64("2013-01-01T05"), unit="m"))
    '2013-01-01T05:00'
    """
