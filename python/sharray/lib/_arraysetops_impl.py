"""Sets as 1-D arrays: distinct elements, membership, and set algebra.

Everything rests on sorting: equal elements become neighbours, and searches
are binary. Small ranges of integers are answered from a table instead.
"""

from typing import NamedTuple

from .._core._small_floats import number_kind
from .._core.multiarray import (
    arange,
    array,
    asanyarray,
    asarray,
    can_cast,
    concatenate,
    empty,
    lexsort,
    ndarray,
    normalize_axis_index,
    zeros,
)
from .._core.numeric import moveaxis
from .._core.numerictypes import bool_ as _bool, intp
from .._core.umath import isnan, subtract
from ._dispatch import array_function_dispatch

__all__ = [
    'ediff1d',
    'intersect1d',
    'isin',
    'setdiff1d',
    'setxor1d',
    'union1d',
    'unique',
    'unique_all',
    'unique_counts',
    'unique_inverse',
    'unique_values',
]


def _ediff1d_dispatcher(ary, to_end=None, to_begin=None):
    return (ary, to_end, to_begin)


def _flat_edge(values, dtype, name):
    """`values` as 1-D; TypeError where they can't join an array of `dtype`."""
    values = asanyarray(values)
    if not can_cast(values, dtype, casting='same_kind'):
        raise TypeError(
            f"dtype of `{name}` must be compatible with input `ary` "
            f"under the `same_kind` rule: {values.dtype} and {dtype}."
        )
    return values.ravel()


@array_function_dispatch(_ediff1d_dispatcher)
def ediff1d(ary, to_end=None, to_begin=None):
    """Differences of neighbours in `ary`, read flat.

    `to_begin` and `to_end` (scalars or arrays) are put at the ends;
    TypeError if they don't cast to `ary`'s dtype by the same_kind rule.

    Parameters
    ----------
    ary : array_like
        Flattened.
    to_end : array_like, optional
        What to put behind the differences.
    to_begin : array_like, optional
        What to put before them.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.ediff1d([1, 2, 4], to_begin=-9)
    array([-9,  1,  2])
    """
    ary = asanyarray(ary).ravel()
    if to_begin is None and to_end is None:
        return ary[1:] - ary[:-1]
    dtype = ary.dtype
    begin = [] if to_begin is None else _flat_edge(to_begin, dtype, 'to_begin')
    end = [] if to_end is None else _flat_edge(to_end, dtype, 'to_end')
    inner = max(len(ary) - 1, 0)
    size = len(begin) + inner + len(end)
    result = ary.__array_wrap__(empty(size, dtype))
    if len(begin):
        result[: len(begin)] = begin
    if len(end):
        result[len(begin) + inner :] = end
    subtract(ary[1:], ary[:-1], result[len(begin) : len(begin) + inner])
    return result


def _unpack_tuple(x):
    """The only item of a tuple of one; other tuples as they are."""
    return x[0] if len(x) == 1 else x


def _unique_dispatcher(
    ar, return_index=None, return_inverse=None, return_counts=None, axis=None, *, equal_nan=None, sorted=None
):
    return (ar,)


@array_function_dispatch(_unique_dispatcher)
def unique(
    ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True
):
    """The distinct elements of `ar`, in order; or its distinct slices.

    With `axis`, whole slices along it are compared. On request the result
    is a tuple that goes on with: the indices of the first occurrences, the
    indices that rebuild `ar`, and the counts. Nans count as one unless
    ``equal_nan=False``. TypeError for object arrays with an axis.

    Parameters
    ----------
    ar : array_like
        Flattened, unless an axis is given.
    return_index : bool, optional
        Whether to give the index of the first of each as well.
    return_inverse : bool, optional
        Whether to give the indices that rebuild `ar` as well.
    return_counts : bool, optional
        Whether to give how often each occurs as well.
    axis : int, optional
        The axis whose slices are compared.
    equal_nan : bool, optional
        Whether NaN counts once.
    sorted : bool, optional
        Whether the result is sorted.

    Returns
    -------
    ndarray, or a tuple of it and what else is asked for.

    Examples
    --------
    >>> np.unique([3, 1, 3, 2], return_counts=True)
    (array([1, 2, 3]), array([1, 1, 2]))
    """
    ar = asanyarray(ar)
    if axis is None or ar.ndim == 1:
        if axis is not None:
            normalize_axis_index(axis, ar.ndim)
        return _unpack_tuple(
            _unique1d(
                ar,
                return_index,
                return_inverse,
                return_counts,
                equal_nan=equal_nan,
                inverse_shape=ar.shape,
                axis=axis,
                sorted=sorted,
            )
        )
    axis = normalize_axis_index(axis, ar.ndim)
    return _unpack_tuple(_unique_slices(ar, axis, return_index, return_inverse, return_counts))


def _unique_slices(ar, axis, return_index, return_inverse, return_counts):
    """Distinct slices along `axis`, in lexicographic order."""
    if ar.dtype.hasobject:
        raise TypeError(f"The axis argument to unique is not supported for dtype {ar.dtype}")
    # Slices are compared as bytes: a subclass is not kept.
    slices = moveaxis(asarray(ar), axis, 0)
    count = slices.shape[0]
    width = slices.size // count if count else 0
    rows = slices.reshape(count, width)
    columns = _sort_keys(rows)
    if columns:
        # The last key of lexsort counts most.
        order = lexsort(columns[::-1])
        starts = zeros(count, dtype=_bool)
        starts[:1] = True
        for column in columns:
            column = column[order]
            starts[1:] |= column[1:] != column[:-1]
    else:
        # Slices without elements are all equal.
        order = arange(count)
        starts = order == 0
    first = order[starts]
    result = [moveaxis(slices[first], 0, axis)]
    result += _unique_extras(order, starts, return_index, return_inverse, return_counts)
    return tuple(result)


def _sort_keys(rows):
    """The columns of a 2-D array; for structured ones, field by field."""
    if rows.dtype.names is not None:
        return [
            key
            for j in range(rows.shape[1])
            for name in rows.dtype.names
            for key in _sort_keys(rows[:, j : j + 1][name].reshape(len(rows), -1))
        ]
    return [rows[:, j] for j in range(rows.shape[1])]


def _unique_extras(order, starts, return_index, return_inverse, return_counts):
    """Indices, inverse and counts, from the order and the starts of runs."""
    extras = []
    if return_index:
        extras.append(order[starts])
    if return_inverse:
        inverse = empty(starts.shape, dtype=intp)
        inverse[order] = starts.cumsum() - 1
        extras.append(inverse)
    if return_counts:
        extras.append(_run_lengths(starts))
    return extras


def _run_lengths(starts):
    borders = concatenate((starts.nonzero()[0], [starts.size]))
    return borders[1:] - borders[:-1]


def _run_starts(ordered, equal_nan):
    """Where each run of equal elements begins in a sorted 1-D array."""
    starts = empty(ordered.shape, dtype=_bool)
    starts[:1] = True
    size = ordered.shape[0]
    if equal_nan and size > 0 and number_kind(ordered.dtype) in 'cfmM' and isnan(ordered[-1]):
        # Nans stand last: they form one run.
        if ordered.dtype.kind == 'c':
            first_nan = isnan(ordered).searchsorted(True, side='left')
        else:
            first_nan = ordered.searchsorted(ordered[-1], side='left')
        if first_nan > 0:
            # With the operator, for which masked elements are equal whatever lies below the mask.
            starts[1:first_nan] = ordered[1:first_nan] != ordered[: first_nan - 1]
        starts[first_nan] = True
        starts[first_nan + 1 :] = False
    else:
        starts[1:] = ordered[1:] != ordered[:-1]
    return starts


def _unique1d(
    ar,
    return_index=False,
    return_inverse=False,
    return_counts=False,
    *,
    equal_nan=True,
    inverse_shape=None,
    axis=None,
    sorted=True,
):
    """Distinct elements of `ar`, read flat, and the extras asked for."""
    ar = asanyarray(ar).flatten()
    if ar.ndim != 1:
        # A matrix stays 2-D.
        ar = asarray(ar).reshape(-1)
    if ar.dtype.kind == 'T' and not sorted and not (return_index or return_inverse or return_counts):
        return (_unique_strings(ar, equal_nan),)
    if return_index or return_inverse:
        # Only a stable sort puts the first occurrence first.
        order = ar.argsort(kind='mergesort' if return_index else 'quicksort')
        ordered = ar[order]
    else:
        ar.sort()
        order, ordered = None, ar
    starts = _run_starts(ordered, equal_nan)
    result = [ordered[starts]]
    if order is None:
        if return_counts:
            result.append(_run_lengths(starts))
        return tuple(result)
    extras = _unique_extras(order, starts, return_index, return_inverse, return_counts)
    if return_inverse and inverse_shape is not None:
        place = 1 if return_index else 0
        extras[place] = extras[place].reshape(inverse_shape)
    return (*result, *extras)


def _unique_strings(ar, equal_nan):
    """Distinct variable-width strings, in order of appearance.

    By hash, because missing values can't always be put in order.
    """
    missing = getattr(ar.dtype, 'na_object', None)
    strings, gaps = {}, 0
    for item in ar.tolist():
        if item is missing or item != item:
            gaps += 1
        else:
            strings[item] = None
    kept = [*strings] + [missing] * (min(gaps, 1) if equal_nan else gaps)
    return array(kept, dtype=ar.dtype)


class UniqueAllResult(NamedTuple):
    """What `unique_all` gives."""

    values: ndarray
    indices: ndarray
    inverse_indices: ndarray
    counts: ndarray


class UniqueCountsResult(NamedTuple):
    """What `unique_counts` gives."""

    values: ndarray
    counts: ndarray


class UniqueInverseResult(NamedTuple):
    """What `unique_inverse` gives."""

    values: ndarray
    inverse_indices: ndarray


def _unique_x_dispatcher(x, /):
    return (x,)


@array_function_dispatch(_unique_x_dispatcher)
def unique_all(x):
    """Distinct elements with first indices, inverse and counts; nans differ.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    named tuple (values, indices, inverse_indices, counts).

    Examples
    --------
    >>> np.unique_all([1, 1, 2]).counts
    array([2, 1])
    """
    return UniqueAllResult(*unique(x, return_index=True, return_inverse=True, return_counts=True, equal_nan=False))


@array_function_dispatch(_unique_x_dispatcher)
def unique_counts(x):
    """Distinct elements and their counts; nans differ from each other.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    named tuple (values, counts).

    Examples
    --------
    >>> np.unique_counts([1, 1, 2]).values
    array([1, 2])
    """
    return UniqueCountsResult(*unique(x, return_counts=True, equal_nan=False))


@array_function_dispatch(_unique_x_dispatcher)
def unique_inverse(x):
    """Distinct elements and the indices that rebuild `x`; nans differ.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    named tuple (values, inverse_indices).

    Examples
    --------
    >>> np.unique_inverse([5, 5, 7]).inverse_indices
    array([0, 0, 1])
    """
    return UniqueInverseResult(*unique(x, return_inverse=True, equal_nan=False))


@array_function_dispatch(_unique_x_dispatcher)
def unique_values(x):
    """Distinct elements, in no promised order; nans differ from each other.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.sort(np.unique_values([2, 1, 1]))
    array([1, 2])
    """
    return unique(x, equal_nan=False, sorted=False)


def _intersect1d_dispatcher(ar1, ar2, assume_unique=None, return_indices=None):
    return (ar1, ar2)


@array_function_dispatch(_intersect1d_dispatcher)
def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """Elements found in both arrays, distinct and in order.

    `assume_unique` skips the search for repeats. With `return_indices` the
    indices of the first occurrences in both (flat) arrays follow.

    Parameters
    ----------
    ar1, ar2 : array_like
        Flattened.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.
    return_indices : bool, optional
        Whether to give the first indices of the common elements as well.

    Returns
    -------
    ndarray, 1-d, sorted; with `return_indices` three of them.

    Examples
    --------
    >>> np.intersect1d([1, 3, 4, 3], [3, 1, 2])
    array([1, 3])
    """
    ar1, ar2 = asanyarray(ar1), asanyarray(ar2)
    if assume_unique:
        ar1, ar2 = ar1.ravel(), ar2.ravel()
    elif return_indices:
        ar1, index1 = unique(ar1, return_index=True)
        ar2, index2 = unique(ar2, return_index=True)
    else:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = concatenate((ar1, ar2))
    if not return_indices:
        both.sort()
        return both[:-1][both[1:] == both[:-1]]
    # Of two equal neighbours a stable sort puts the one from ar1 first.
    order = both.argsort(kind='mergesort')
    both = both[order]
    pair = both[1:] == both[:-1]
    at1 = order[:-1][pair]
    at2 = order[1:][pair] - ar1.size
    if not assume_unique:
        at1, at2 = index1[at1], index2[at2]
    return both[:-1][pair], at1, at2


def _setxor1d_dispatcher(ar1, ar2, assume_unique=None):
    return (ar1, ar2)


@array_function_dispatch(_setxor1d_dispatcher)
def setxor1d(ar1, ar2, assume_unique=False):
    """Elements found in just one of the arrays, distinct and in order.

    Parameters
    ----------
    ar1, ar2 : array_like
        Flattened.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.

    Returns
    -------
    ndarray, 1-d, sorted.

    Examples
    --------
    >>> np.setxor1d([1, 2, 3], [2, 5])
    array([1, 3, 5])
    """
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = concatenate((ar1, ar2), axis=None)
    if both.size == 0:
        return both
    both.sort()
    border = concatenate(([True], both[1:] != both[:-1], [True]))
    return both[border[1:] & border[:-1]]


def _isin(ar1, ar2, assume_unique=False, invert=False, *, kind=None):
    """For each element of `ar1`, read flat, whether it is in `ar2`."""
    ar1 = asarray(ar1).ravel()
    ar2 = asarray(ar2)
    # An object array is flattened without looking into its objects.
    ar2 = ar2.ravel()
    if kind not in (None, 'sort', 'table'):
        raise ValueError(f"Invalid kind: '{kind}'. Please use None, 'sort' or 'table'.")
    if ar1.dtype.kind in 'biu' and ar2.dtype.kind in 'biu':
        found = _isin_table(ar1, ar2, kind)
    elif kind == 'table':
        raise ValueError(
            "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind."
        )
    else:
        found = None
    if found is None:
        few = len(ar2) < 10 * len(ar1) ** 0.145
        if few or ar1.dtype.hasobject or ar2.dtype.hasobject:
            found = _isin_one_by_one(ar1, ar2)
        elif ar1.dtype.kind in 'SU' and ar1.dtype.kind == ar2.dtype.kind and ar1.size:
            found = _isin_texts(ar1, ar2)
        else:
            found = _isin_sorted(ar1, ar2)
    return ~found if invert else found


def _isin_table(ar1, ar2, kind):
    """Membership by a table over the range of `ar2`; None if that is too large."""
    if ar2.size == 0:
        return zeros(ar1.shape, dtype=_bool)
    if ar1.size == 0:
        return zeros(0, dtype=_bool)
    if ar1.dtype.kind == 'b':
        ar1 = ar1.astype('u1')
    if ar2.dtype.kind == 'b':
        ar2 = ar2.astype('u1')
    # Python integers: no difference overflows.
    low, high = int(ar2.min()), int(ar2.max())
    span = high - low
    if kind != 'table' and span > 6 * (ar1.size + ar2.size):
        return None
    largest = (1 << 8 * ar2.dtype.itemsize - (ar2.dtype.kind == 'i')) - 1
    if span > largest or not _offsets_fit(low, high):
        if kind == 'table':
            raise RuntimeError(
                "You have specified kind='table', but the range of values in "
                "`ar2` or `ar1` exceed the maximum integer of the datatype. "
                "Please set `kind` to None or 'sort'."
            )
        return None
    table = zeros(span + 1, dtype=_bool)
    table[_offsets(ar2, low)] = True
    inside = (ar1 >= low) & (ar1 <= high)
    found = zeros(ar1.shape, dtype=_bool)
    found[inside] = table[_offsets(ar1[inside], low)]
    return found


def _offsets(values, low):
    """``values - low`` as indices; none of the values is below `low`."""
    if low >= 1 << 63:
        # Too large for intp, but then the values are unsigned as well.
        return (values.astype('u8') - low).astype(intp)
    return values.astype(intp) - low


def _offsets_fit(low, high):
    """Whether offsets of the values within the range can be computed."""
    return low >= 1 << 63 or high < 1 << 63


def _isin_one_by_one(ar1, ar2):
    """Membership by one comparison for each element of `ar2`."""
    found = zeros(len(ar1), dtype=_bool)
    for i in range(len(ar2)):
        # A slice, not an element: an object may itself be a sequence.
        found |= asarray(ar1 == ar2[i : i + 1], dtype=_bool)
    return found


def _isin_texts(ar1, ar2):
    """Membership by a sort of both together, which compares fewer texts than a search for each."""
    whole = concatenate((ar2, ar1))
    order = whole.argsort(kind='stable')
    whole = whole[order]
    begins = empty(len(whole), dtype=_bool)
    begins[0] = True
    begins[1:] = whole[1:] != whole[:-1]
    # Of equal texts those of `ar2` come first.
    among = (order[begins] < len(ar2))[begins.cumsum() - 1]
    found = empty(len(whole), dtype=_bool)
    found[order] = among
    return found[len(ar2) :]


def _isin_sorted(ar1, ar2):
    """Membership by binary search in the sorted `ar2`."""
    ordered = ar2.copy()
    ordered.sort()
    at = ordered.searchsorted(ar1)
    at[at == len(ordered)] = 0
    return ordered[at] == ar1


def _isin_dispatcher(element, test_elements, assume_unique=None, invert=None, *, kind=None):
    return (element, test_elements)


@array_function_dispatch(_isin_dispatcher)
def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    """For each element, whether it is among `test_elements`: bool, same shape.

    `invert` asks for the opposite. `kind` is 'sort', 'table' (integers;
    memory in proportion to their range) or None for the better choice.
    ValueError for another kind, RuntimeError where a table would overflow.

    Parameters
    ----------
    element : array_like
        What to look for.
    test_elements : array_like
        Where to look; flattened.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.
    invert : bool, optional
        Whether to tell what is not in.
    kind : {None, 'sort', 'table'}, optional
        How to look; None chooses.

    Returns
    -------
    ndarray of bool, of the shape of `element`.

    Examples
    --------
    >>> np.isin([[0, 2], [4, 6]], [1, 2, 4])
    array([[False,  True],
           [ True, False]])
    """
    element = asarray(element)
    return _isin(element, test_elements, assume_unique=assume_unique, invert=invert, kind=kind).reshape(element.shape)


def _union1d_dispatcher(ar1, ar2):
    return (ar1, ar2)


@array_function_dispatch(_union1d_dispatcher)
def union1d(ar1, ar2):
    """Elements found in either array, distinct and in order.

    Parameters
    ----------
    ar1, ar2 : array_like
        Flattened.

    Returns
    -------
    ndarray, 1-d, sorted.

    Examples
    --------
    >>> np.union1d([-1, 0], [0, 2])
    array([-1,  0,  2])
    """
    return unique(concatenate((ar1, ar2), axis=None))


def _setdiff1d_dispatcher(ar1, ar2, assume_unique=None):
    return (ar1, ar2)


@array_function_dispatch(_setdiff1d_dispatcher)
def setdiff1d(ar1, ar2, assume_unique=False):
    """Elements of `ar1` that are not in `ar2`, distinct and in order.

    With `assume_unique` they stay in `ar1`'s order.

    Parameters
    ----------
    ar1, ar2 : array_like
        Flattened.
    assume_unique : bool, optional
        Whether the inputs are known to hold no element twice, which saves work.

    Returns
    -------
    ndarray, 1-d.

    Examples
    --------
    >>> np.setdiff1d([1, 2, 3, 2], [2])
    array([1, 3])
    """
    if assume_unique:
        ar1 = asarray(ar1).ravel()
    else:
        ar1 = unique(ar1)
        ar2 = unique(ar2)
    return ar1[_isin(ar1, ar2, assume_unique=True, invert=True)]
