"""The general functions of the public namespace.

Flipping and turning, choosing among alternatives, copying, meshes and bins
live here; larger subjects have modules of their own (`_quantile_impl`,
`_statistics_impl`, `_calculus_impl`, `_edit_impl`, `_windows_impl`,
`_vectorize_impl`) and are re-exported under this name.
"""

from .._core.fromnumeric import searchsorted, transpose
from .._core.multiarray import (
    _monotonicity,
    array,
    asanyarray,
    asarray,
    bincount,
    copyto,
    ndarray,
    result_type,
)
from .._core.numeric import full, normalize_axis_tuple, zeros_like
from .._core.numerictypes import bool_ as _bool, typecodes
from .._core.umath import isfinite
from .._utils import set_module
from ._calculus_impl import angle, diff, gradient, interp, trapezoid, unwrap
from ._dispatch import array_function_dispatch
from ._edit_impl import append, delete, extract, insert, place, trim_zeros
from ._quantile_impl import (
    _lerp,  # noqa: F401  (imported from here by tests)
    _ureduce,  # noqa: F401  (imported from here by masked arrays)
    median,
    percentile,
    quantile,
)
from ._statistics_impl import average, corrcoef, cov
from ._stride_tricks_impl import broadcast_arrays
from ._vectorize_impl import (
    _parse_gufunc_signature,  # noqa: F401  (imported from here by tests)
    vectorize,
)
from ._windows_impl import bartlett, blackman, hamming, hanning, i0, kaiser, sinc

__all__ = [
    'select',
    'piecewise',
    'trim_zeros',
    'copy',
    'iterable',
    'percentile',
    'diff',
    'gradient',
    'angle',
    'unwrap',
    'sort_complex',
    'flip',
    'rot90',
    'extract',
    'place',
    'vectorize',
    'asarray_chkfinite',
    'average',
    'bincount',
    'digitize',
    'cov',
    'corrcoef',
    'median',
    'sinc',
    'hamming',
    'hanning',
    'bartlett',
    'blackman',
    'kaiser',
    'trapezoid',
    'i0',
    'meshgrid',
    'delete',
    'insert',
    'append',
    'interp',
    'quantile',
]


def _rot90_dispatcher(m, k=None, axes=None):
    return (m,)


@array_function_dispatch(_rot90_dispatcher)
def rot90(m, k=1, axes=(0, 1)):
    """`m` turned by 90 degrees `k` times, from the first of `axes` to the second.

    A view. ValueError unless `axes` are two different axes of `m`.

    Parameters
    ----------
    m : array_like, at least 2-d
    k : int, optional
        How many quarter turns.
    axes : (int, int), optional
        The plane, turned from the first axis to the second.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> np.rot90([[1, 2], [3, 4]])
    array([[2, 4],
           [1, 3]])
    """
    axes = tuple(axes)
    if len(axes) != 2:
        raise ValueError(f"len(axes) must be 2, got axes={axes}.")
    m = asanyarray(m)
    ndim = m.ndim
    first, second = axes
    if first == second or abs(first - second) == ndim:
        raise ValueError(f"Axes must be different, got axes={axes}.")
    if not (-ndim <= first < ndim and -ndim <= second < ndim):
        raise ValueError(f"Axes={axes} out of range for array of ndim={ndim}.")
    k %= 4
    if k == 0:
        return m[:]
    if k == 2:
        return flip(flip(m, first), second)
    order = list(range(ndim))
    order[first], order[second] = order[second], order[first]
    if k == 1:
        return transpose(flip(m, second), order)
    return flip(transpose(m, order), second)


def _flip_dispatcher(m, axis=None):
    return (m,)


@array_function_dispatch(_flip_dispatcher)
def flip(m, axis=None):
    """`m` in reverse order along `axis` (an int, a tuple, or all): a view.

    Parameters
    ----------
    m : array_like
    axis : int or tuple of int, optional
        The axes to reverse; None reverses all.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> np.flip([1, 2, 3])
    array([3, 2, 1])
    """
    if not hasattr(m, 'ndim'):
        m = asarray(m)
    back = slice(None, None, -1)
    if axis is None:
        return m[(back,) * m.ndim]
    index = [slice(None)] * m.ndim
    for i in normalize_axis_tuple(axis, m.ndim):
        index[i] = back
    return m[tuple(index)]


@set_module('numpy')
def iterable(y):
    """Whether `y` can be iterated over; a 0-d array can't.

    Parameters
    ----------
    y : object

    Returns
    -------
    bool.

    Examples
    --------
    >>> np.iterable([1]), np.iterable(2)
    (True, False)
    """
    try:
        iter(y)
    except TypeError:
        return False
    return True


@set_module('numpy')
def asarray_chkfinite(a, dtype=None, order=None):
    """`a` as an array; ValueError if it holds an inf or a nan.

    Parameters
    ----------
    a : array_like
    dtype : dtype, optional
        The result's dtype.
    order : {'C', 'F', 'A', 'K'}, optional
        The order of the elements in memory: rows first, columns first, or as in the input.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.asarray_chkfinite([1, 2])
    array([1, 2])
    """
    a = asarray(a, dtype=dtype, order=order)
    if a.dtype.char in typecodes['AllFloat'] and not isfinite(a).all():
        raise ValueError("array must not contain infs or NaNs")
    return a


def _piecewise_dispatcher(x, condlist, funclist, *args, **kw):
    yield x
    if isinstance(condlist, (list, tuple)):
        yield from condlist
    else:
        yield condlist


def _condition_rows(x, condlist):
    """`condlist` as a boolean array with one row per condition."""
    single = (
        isinstance(condlist, bool)
        or not iterable(condlist)
        or (not isinstance(condlist[0], (list, tuple)) and not hasattr(condlist[0], '__array__') and x.ndim != 0)
        or (hasattr(condlist[0], 'ndim') and condlist[0].ndim == 0 and x.ndim != 0)
    )
    return asarray([condlist] if single else condlist, dtype=bool)


@array_function_dispatch(_piecewise_dispatcher)
def piecewise(x, condlist, funclist, *args, **kw):
    """Evaluate ``funclist[i]`` on the elements of `x` where ``condlist[i]`` holds.

    An entry of `funclist` is a function of an array (called with `args` and
    `kw`) or a constant; one entry more than conditions is the value
    elsewhere, which is 0 by default. The last true condition wins. The
    result has `x`'s shape and dtype. ValueError for another number of
    functions.

    Parameters
    ----------
    x : array_like
    condlist : list of array_like of bool
        Where each function applies; the last one that holds counts.
    funclist : list of callable or scalar
        One more than conditions gives the value elsewhere.
    *args
        Handed to the functions.
    **kw
        Handed to the functions.

    Returns
    -------
    ndarray of the shape and dtype of `x`; 0 where no condition holds.

    Examples
    --------
    >>> np.piecewise([-1., 4.], [[False, True]], [np.sqrt, 0])
    array([0., 2.])
    """
    x = asanyarray(x)
    funcs = list(funclist)
    conditions = _condition_rows(x, condlist)
    n = len(conditions)
    if len(funcs) == n + 1:
        elsewhere = ~conditions.any(axis=0, keepdims=True)
        conditions = array([*conditions, elsewhere[0]])
    elif len(funcs) != n:
        raise ValueError(f"with {n} condition(s), either {n} or {n + 1} functions are expected, got {len(funcs)}")
    result = zeros_like(x)
    for condition, func in zip(conditions, funcs):
        if not callable(func):
            result[condition] = func
            continue
        chosen = x[condition]
        if chosen.size > 0:
            result[condition] = func(chosen, *args, **kw)
    return result


def _select_dispatcher(condlist, choicelist, default=None):
    yield from condlist
    yield from choicelist


def _weak_or_array(value):
    """A Python number stays one, so that it does not widen the result."""
    return value if type(value) in (int, float, complex) else asarray(value)


@array_function_dispatch(_select_dispatcher)
def select(condlist, choicelist, default=0):
    """Per element, the choice that goes with the first true condition.

    Conditions (boolean arrays), choices and `default` broadcast together.
    ValueError for lists of unequal length or none, TypeError for a
    condition that is not boolean or choices without a common dtype.

    Parameters
    ----------
    condlist : list of array_like of bool
        The first one that holds counts.
    choicelist : list of array_like
        What to take where.
    default : scalar, optional
        What to take where none holds.

    Returns
    -------
    ndarray of the broadcast shape.

    Examples
    --------
    >>> x = np.arange(5)
    >>> np.select([x < 2, x > 3], [x, x * 10], -1)
    array([ 0,  1, -1, -1, 40])
    """
    if len(condlist) != len(choicelist):
        raise ValueError(
            f"list of cases must be same length as list of conditions: {len(choicelist)} and {len(condlist)}"
        )
    if len(condlist) == 0:
        raise ValueError("select with an empty condition list is not possible")
    choices = [_weak_or_array(choice) for choice in choicelist]
    choices.append(_weak_or_array(default))
    try:
        dtype = result_type(*choices)
    except TypeError as error:
        raise TypeError(f"Choicelist and default value do not have a common dtype: {error}") from None
    alike = getattr(choices[-1], 'ndim', 0) == 0 and all(
        type(one) is ndarray and one.shape == condlist[0].shape for one in (*condlist, *choices[:-1])
    )
    if alike:
        # Nothing needs to be stretched but the default, which `full` does.
        conditions = condlist
        choices[-1] = asarray(choices[-1])
    else:
        conditions = broadcast_arrays(*condlist)
        choices = broadcast_arrays(*choices)
    for i, condition in enumerate(conditions):
        if condition.dtype.type is not _bool:
            raise TypeError(f"invalid entry {i} in condlist: should be boolean ndarray, is {condition.dtype}")
    if alike or choices[0].ndim == 0:
        shape = conditions[0].shape
    else:
        shape = broadcast_arrays(conditions[0], choices[0])[0].shape
    result = full(shape, choices[-1], dtype)
    # Backwards, so that the first true condition writes last.
    for choice, condition in zip(choices[-2::-1], conditions[::-1]):
        copyto(result, choice, where=condition)
    return result


def _copy_dispatcher(a, order=None, subok=None):
    return (a,)


@array_function_dispatch(_copy_dispatcher)
def copy(a, order='K', subok=False):
    """A copy of `a` as an array; a subclass is kept only with `subok`.

    Parameters
    ----------
    a : array_like
    order : {'K', 'A', 'C', 'F'}, optional
        The order in memory.
    subok : bool, optional
        Whether a subclass of ndarray passes through.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.copy([1, 2])
    array([1, 2])
    """
    return array(a, order=order, subok=subok, copy=True)


def _sort_complex(a):
    return (a,)


@array_function_dispatch(_sort_complex)
def sort_complex(a):
    """A sorted copy of `a` as complex, by real and then imaginary parts.

    Parameters
    ----------
    a : array_like

    Returns
    -------
    ndarray of complex, sorted along the last axis.

    Examples
    --------
    >>> np.sort_complex([2, 1])
    array([1.+0.j, 2.+0.j])
    """
    result = array(a, copy=True)
    result.sort()
    if result.dtype.kind == 'c':
        return result
    char = result.dtype.char
    if char in 'bhBH':
        return result.astype('F')
    return result.astype('G' if char == 'g' else 'D')


def _meshgrid_dispatcher(*xi, copy=None, sparse=None, indexing=None):
    return xi


@array_function_dispatch(_meshgrid_dispatcher)
def meshgrid(*xi, copy=True, sparse=False, indexing='xy'):
    """Coordinate arrays of the grid spanned by 1-D arrays, as a tuple.

    With ``indexing='xy'`` the first two axes are swapped, as in pictures;
    ``'ij'`` keeps the order. `sparse` leaves axes of length 1 in place of
    repeated values; without `copy` the results are read-only views.

    Parameters
    ----------
    *xi : array_like, 1-d
        The coordinates along each axis.
    copy : bool, optional
        Whether the results are copies, instead of views that repeat their memory.
    sparse : bool, optional
        Whether results have length 1 along the other axes, and broadcast.
    indexing : {'xy', 'ij'}, optional
        Whether the first coordinate runs along the second axis, or along the first.

    Returns
    -------
    tuple of ndarray.

    Examples
    --------
    >>> x, y = np.meshgrid([1, 2, 3], [4, 5])
    >>> x
    array([[1, 2, 3],
           [1, 2, 3]])
    """
    if indexing not in ('xy', 'ij'):
        raise ValueError(f"Valid values for `indexing` are 'xy' and 'ij', got {indexing!r}.")
    ndim = len(xi)
    places = list(range(ndim))
    if indexing == 'xy' and ndim > 1:
        places[:2] = 1, 0
    grids = []
    for place_, x in zip(places, xi):
        shape = [1] * ndim
        shape[place_] = -1
        grids.append(asanyarray(x).reshape(shape))
    if not sparse:
        grids = broadcast_arrays(*grids, subok=True)
    if copy:
        grids = [grid.copy() for grid in grids]
    return tuple(grids)


def _digitize_dispatcher(x, bins, right=None):
    return (x, bins)


@array_function_dispatch(_digitize_dispatcher)
def digitize(x, bins, right=False):
    """Index of the bin each value of `x` falls into.

    `bins` is 1-D and monotonic; increasing bins give ``i`` with
    ``bins[i-1] <= x < bins[i]`` (with `right`: ``<  <=``), decreasing ones
    the mirror image; 0 and ``len(bins)`` lie outside. ValueError for bins
    that are not monotonic, TypeError for complex `x`.

    Parameters
    ----------
    x : array_like
    bins : array_like, 1-d
        The edges, rising or falling.
    right : bool, optional
        Whether the right edge belongs to a bin, instead of the left one.

    Returns
    -------
    intp or ndarray of intp, of the shape of `x`.

    Examples
    --------
    >>> np.digitize([0.2, 6.4, 3.0], [0.0, 1.0, 2.5, 4.0])
    array([1, 4, 3])
    """
    x = asarray(x)
    bins = asarray(bins)
    if x.dtype.kind == 'c':
        raise TypeError("x may not be complex")
    if bins.dtype.kind == 'c':
        raise TypeError("bins may not be complex")
    direction = _monotonicity(bins)
    if direction == 0:
        raise ValueError("bins must be monotonically increasing or decreasing")
    # searchsorted's side is the other way round from `right`.
    side = 'left' if right else 'right'
    if direction == -1:
        return len(bins) - searchsorted(bins[::-1], x, side=side)
    return searchsorted(bins, x, side=side)
