"""`pad`: arrays with borders.

The result is allocated once and the input copied to its middle; then axis
by axis the two borders are filled, each from what the axes before have made.
Repeating modes are one rule: from a position outside of the axis to the
position inside that it shows.
"""

from .._core.fromnumeric import amax, amin, around, mean
from .._core.function_base import linspace
from .._core.multiarray import arange, asarray, empty
from .._core.numeric import moveaxis
from .._core.numerictypes import intp
from ._dispatch import array_function_dispatch
from ._index_tricks_impl import ndindex
from ._quantile_impl import median
from ._stride_tricks_impl import broadcast_to

__all__ = ['pad']


def _slice_at_axis(sl, axis):
    """An index that applies `sl` to one axis and keeps all others whole."""
    return (slice(None),) * axis + (sl,) + (...,)


def _as_pairs(x, ndim, as_index=False):
    """`x` broadcast to `ndim` pairs; with `as_index` as non-negative integers."""
    if x is None:
        return ((None, None),) * ndim
    if type(x) is int and (x >= 0 or not as_index):
        # By far the most common: no need of arrays.
        return ((x, x),) * ndim
    x = asarray(x)
    if as_index:
        x = around(x).astype(intp, copy=False)
        if x.size and x.min() < 0:
            raise ValueError(f"index can't contain negative values, got {x.min()}")
    if x.ndim > 2:
        raise ValueError(f"input operand has more dimensions than allowed by the axis remapping: {x.ndim}")
    try:
        return broadcast_to(x, (ndim, 2)).tolist()
    except ValueError as error:
        raise ValueError(f"operands could not be broadcast together: shape {x.shape} for {ndim} pairs") from error


class _Borders:
    """The result on its way: its middle is the input, its borders are open."""

    def __init__(self, array, pad_width, fill=None):
        shape = tuple(left + size + right for size, (left, right) in zip(array.shape, pad_width))
        self.sizes = array.shape
        self.pad_width = pad_width
        self.padded = empty(shape, dtype=array.dtype, order='F' if array.flags.fnc else 'C')
        if fill is not None:
            self.padded.fill(fill)
        self.middle = tuple(slice(left, left + size) for size, (left, _) in zip(array.shape, pad_width))
        self.padded[self.middle] = array

    def axes(self):
        """For each axis: its number, the part to fill, and both widths.

        Earlier axes are whole, later ones not yet there.
        """
        for axis, (left, right) in enumerate(self.pad_width):
            part = self.padded[(slice(None),) * (axis + 1) + self.middle[axis + 1 :]]
            yield axis, part, left, right

    def fill(self, part, axis, left_values, right_values):
        """Write both borders of one axis."""
        left, right = self.pad_width[axis]
        if left:
            part[_slice_at_axis(slice(None, left), axis)] = left_values
        if right:
            part[_slice_at_axis(slice(-right, None), axis)] = right_values

    def inner(self, part, axis):
        """The part without the borders of the axis."""
        return part[_slice_at_axis(self.middle[axis], axis)]


def _pad_constant(borders, constant_values=0):
    values = _as_pairs(constant_values, borders.padded.ndim)
    for axis, part, _, _ in borders.axes():
        borders.fill(part, axis, *values[axis])


def _pad_ramp(borders, end_values=0):
    values = _as_pairs(end_values, borders.padded.ndim)
    dtype = borders.padded.dtype
    for axis, part, left, right in borders.axes():
        inner = borders.inner(part, axis)
        first = inner[_slice_at_axis(0, axis)]
        last = inner[_slice_at_axis(-1, axis)]
        low, high = values[axis]

        def ramp(start, stop, count, axis=axis):
            return linspace(start, stop, count, endpoint=False, dtype=dtype, axis=axis)

        rising = ramp(low, first, left)
        falling = ramp(high, last, right)[_slice_at_axis(slice(None, None, -1), axis)]
        borders.fill(part, axis, rising, falling)


_STATISTICS = {'maximum': amax, 'minimum': amin, 'mean': mean, 'median': median}


def _pad_statistic(borders, mode, stat_length=None):
    statistic = _STATISTICS[mode]
    lengths = _as_pairs(stat_length, borders.padded.ndim, as_index=True)
    for axis, part, _, _ in borders.axes():
        inner = borders.inner(part, axis)
        size = borders.sizes[axis]
        values = []
        for length, from_end in zip(lengths[axis], (False, True)):
            length = size if length is None else min(length, size)
            if length == 0 and mode in ('maximum', 'minimum'):
                raise ValueError("stat_length of 0 yields no value for padding")
            ends = slice(size - length, None) if from_end else slice(None, length)
            value = statistic(inner[_slice_at_axis(ends, axis)], axis=axis, keepdims=True)
            if inner.dtype.kind in 'iu':
                value = around(value)
            values.append(value)
        borders.fill(part, axis, *values)


def _pad_by_index(borders, source, near):
    """Fill with copies: ``source(positions, size)`` says of which elements.

    ``near(size, left, right)`` gives the slices that those are for both
    borders, if they are slices: much quicker than index arrays.
    """
    for axis, part, left, right in borders.axes():
        size = borders.sizes[axis]
        inner = borders.inner(part, axis)
        slices = near(size, left, right)
        if slices is not None:
            borders.fill(part, axis, *(inner[_slice_at_axis(one, axis)] for one in slices))
            continue

        def copies(start, stop, axis=axis, size=size, inner=inner):
            return inner.take(source(arange(start, stop), size), axis=axis)

        borders.fill(part, axis, copies(-left, 0), copies(size, size + right))


def _edge_source(positions, size):
    return positions.clip(0, size - 1)


def _edge_slices(size, left, right):
    return slice(0, 1), slice(size - 1, size)


def _wrap_source(positions, size):
    return positions % size


def _wrap_slices(size, left, right):
    return (slice(size - left, size), slice(0, right)) if left <= size >= right else None


def _backwards(first, count):
    """The slice of so many elements from the first one down."""
    return slice(first, first - count if first >= count else None, -1)


def _symmetric_slices(size, left, right):
    return (_backwards(left - 1, left), _backwards(size - 1, right)) if 0 < left <= size >= right > 0 else None


def _reflect_slices(size, left, right):
    return (_backwards(left, left), _backwards(size - 2, right)) if 0 < left < size > right > 0 else None


def _symmetric_source(positions, size):
    """The mirror stands between the last element and its image."""
    folded = positions % (2 * size)
    return folded.clip(None, 2 * size - 1 - folded)


def _reflect_source(positions, size):
    """The mirror stands on the last element."""
    if size == 1:
        return positions * 0
    folded = positions % (2 * size - 2)
    return folded.clip(None, 2 * size - 2 - folded)


def _pad_mirror(borders, mode, reflect_type='even'):
    if reflect_type != 'odd':
        if mode == 'symmetric':
            _pad_by_index(borders, _symmetric_source, _symmetric_slices)
        else:
            _pad_by_index(borders, _reflect_source, _reflect_slices)
        return
    for axis, part, left, right in borders.axes():
        size = borders.sizes[axis]
        inner = borders.inner(part, axis)
        borders.fill(
            part,
            axis,
            _odd_mirror(inner, axis, size, mode, -left, 0),
            _odd_mirror(inner, axis, size, mode, size, size + right),
        )


def _odd_mirror(inner, axis, size, mode, start, stop):
    """Values at positions ``start ... stop``, mirrored about the end points.

    One mirror turns v to 2 end - v, two shift by 2 (last - first). So in the
    m-th period the values are ``v(r) + m d`` for even m, and
    ``2 last - v(mirrored r) + (m - 1) d`` for odd m, with d = last - first.
    """
    period = size if mode == 'symmetric' else size - 1
    positions = arange(start, stop)
    if period == 0:
        return inner.take(positions * 0, axis=axis)
    turns, rest = positions // period, positions % period
    odd = turns % 2 == 1
    rest[odd] = size - 1 - rest[odd]
    shape = [1] * inner.ndim
    shape[axis] = -1
    first = inner[_slice_at_axis(slice(0, 1), axis)]
    last = inner[_slice_at_axis(slice(-1, None), axis)]
    dtype = inner.dtype
    shift = (turns - odd).astype(dtype).reshape(shape) * (last - first)
    values = inner.take(rest, axis=axis)
    at_odd = _slice_at_axis(odd, axis)
    values[at_odd] = 2 * last - values[at_odd]
    return (values + shift).astype(dtype, copy=False)


def _pad_function(array, pad_width, function, kwargs):
    """Let the caller's function fill the borders of every 1-D slice."""
    padded = _Borders(array, pad_width, fill=0).padded
    for axis in range(padded.ndim):
        rows = moveaxis(padded, axis, -1)
        for index in ndindex(rows.shape[:-1]):
            function(rows[index], pad_width[axis], axis, kwargs)
    return padded


_ALLOWED = {
    'empty': (),
    'edge': (),
    'wrap': (),
    'constant': ('constant_values',),
    'linear_ramp': ('end_values',),
    'maximum': ('stat_length',),
    'mean': ('stat_length',),
    'median': ('stat_length',),
    'minimum': ('stat_length',),
    'reflect': ('reflect_type',),
    'symmetric': ('reflect_type',),
}


def _check_mode(mode, kwargs):
    if not isinstance(mode, str) or mode not in _ALLOWED:
        raise ValueError(f"mode '{mode}' is not supported")
    unsupported = set(kwargs).difference(_ALLOWED[mode])
    if unsupported:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {unsupported}")


def _checked_width(pad_width, ndim):
    """`pad_width` as one pair of integers per axis."""
    if isinstance(pad_width, dict):
        pairs = [(0, 0)] * ndim
        for axis, width in pad_width.items():
            pairs[axis] = width if isinstance(width, tuple) else (width, width)
        pad_width = pairs
    if type(pad_width) is int:
        return _as_pairs(pad_width, ndim, as_index=True)
    pad_width = asarray(pad_width)
    if pad_width.dtype.kind not in 'iu':
        raise TypeError('`pad_width` must be of integral type.')
    return _as_pairs(pad_width, ndim, as_index=True)


def _pad_dispatcher(array, pad_width, mode=None, **kwargs):
    return (array,)


@array_function_dispatch(_pad_dispatcher)
def pad(array, pad_width, mode='constant', **kwargs):
    """`array` with borders of `pad_width` elements.

    `pad_width` is an integer, a pair (before, after), one pair per axis, or
    a dict from axis to either. `mode` is 'constant' (`constant_values`),
    'edge', 'linear_ramp' (`end_values`), 'maximum', 'mean', 'median',
    'minimum' (`stat_length`), 'reflect', 'symmetric' (`reflect_type` 'even'
    or 'odd'), 'wrap', 'empty', or a function that fills the ends of a 1-D
    array in place: ``function(vector, pair, axis, kwargs)``. ValueError for
    negative widths, unknown modes or keywords, or an empty axis that can't
    be extended; TypeError for widths that are no integers.

    Parameters
    ----------
    array : array_like
    pad_width : int, sequence or dict
        How many elements before and behind each axis.
    mode : str or callable, optional
        'constant', 'edge', 'linear_ramp', 'maximum', 'mean', 'median', 'minimum', 'reflect', 'symmetric', 'wrap',
    'empty', or a function.
    **kwargs
        Of the mode: `constant_values`, `end_values`, `stat_length`, `reflect_type`.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> np.pad([1, 2, 3], 2, 'reflect')
    array([3, 2, 1, 2, 3, 2, 1])
    """
    array = asarray(array)
    pad_width = _checked_width(pad_width, array.ndim)
    if callable(mode):
        return _pad_function(array, pad_width, mode, kwargs)
    _check_mode(mode, kwargs)
    borders = _Borders(array, pad_width)
    if mode == 'constant':
        _pad_constant(borders, **kwargs)
    elif mode == 'empty':
        pass
    elif array.size == 0:
        _check_empty(array, pad_width)
    elif mode == 'edge':
        _pad_by_index(borders, _edge_source, _edge_slices)
    elif mode == 'wrap':
        _pad_by_index(borders, _wrap_source, _wrap_slices)
    elif mode == 'linear_ramp':
        _pad_ramp(borders, **kwargs)
    elif mode in _STATISTICS:
        _pad_statistic(borders, mode, **kwargs)
    else:
        _pad_mirror(borders, mode, **kwargs)
    return borders.padded


def _check_empty(array, pad_width):
    """Without elements there is nothing to fill a border with."""
    for axis, (size, width) in enumerate(zip(array.shape, pad_width)):
        if size == 0 and any(width):
            raise ValueError(f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'")
