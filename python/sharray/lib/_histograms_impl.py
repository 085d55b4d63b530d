"""Histograms in one and more dimensions, and rules for the number of bins.

Equal bins are found by arithmetic and corrected against the edges, others
by binary search. Counting is `bincount`, in blocks that stay in cache.
"""

import math
import operator
import warnings

from .._core.function_base import linspace
from .._core.multiarray import (
    asarray,
    bincount,
    can_cast,
    concatenate,
    count_nonzero,
    dtype as _dtype,
    ravel_multi_index,
    result_type,
    zeros,
)
from .._core.numerictypes import intp
from .._core.shape_base import atleast_2d
from .._core.umath import absolute, isfinite, log2, subtract
from ._dispatch import array_function_dispatch

__all__ = ['histogram', 'histogramdd', 'histogram_bin_edges']

# Elements per block: a block and its indices stay in the cache.
_BLOCK = 65536

# The name `range` is an argument of the public functions.
_range = range


def _ptp(x):
    """Distance from the smallest to the largest value, without overflow."""
    return _unsigned_subtract(x.max(), x.min())


def _hist_bin_sqrt(x, range):
    """Width by the square root rule."""
    return _ptp(x) / math.sqrt(x.size)


def _hist_bin_sturges(x, range):
    """Width by Sturges' rule: for small sets of normal data."""
    return _ptp(x) / (math.log2(x.size) + 1.0)


def _hist_bin_rice(x, range):
    """Width by Rice's rule: twice the cube root of the size."""
    return _ptp(x) / (2.0 * x.size ** (1.0 / 3))


def _hist_bin_scott(x, range):
    """Width by Scott's rule: the best for normal data."""
    return (24.0 * math.pi**0.5 / x.size) ** (1.0 / 3.0) * x.std()


def _hist_bin_stone(x, range):
    """Width that minimises Stone's estimate of the squared error."""
    n = x.size
    spread = _ptp(x)
    if n <= 1 or spread == 0:
        return 0

    def loss(bins):
        share = histogram(x, bins=bins, range=range)[0] / n
        return (2 - (n + 1) * share.dot(share)) * bins / spread

    most = max(100, int(math.sqrt(n)))
    best = min(_range(1, most + 1), key=loss)
    if best == most:
        warnings.warn("The number of bins estimated may be suboptimal.", RuntimeWarning, stacklevel=3)
    return spread / best


def _hist_bin_doane(x, range):
    """Width by Doane's rule: Sturges' with regard to skewness."""
    n = x.size
    if n <= 2:
        return 0.0
    sigma = x.std()
    if not sigma > 0.0:
        return 0.0
    skew = (((x - x.mean()) / sigma) ** 3).mean()
    error = math.sqrt(6.0 * (n - 2) / ((n + 1.0) * (n + 3)))
    return _ptp(x) / (1.0 + math.log2(n) + log2(1.0 + absolute(skew) / error))


def _hist_bin_fd(x, range):
    """Width by Freedman and Diaconis: robust, from the quartiles."""
    from ._quantile_impl import percentile

    low, high = percentile(x, [25, 75])
    return 2.0 * (high - low) * x.size ** (-1.0 / 3.0)


def _hist_bin_auto(x, range):
    """The narrower of the widths by Freedman-Diaconis and by Sturges.

    The first is kept from more than twice as many bins as the square root
    rule's: few distinct values would ask for absurdly many.
    """
    width = max(_hist_bin_fd(x, range), _hist_bin_sqrt(x, range) / 2)
    return min(width, _hist_bin_sturges(x, range))


_hist_bin_selectors = {
    'stone': _hist_bin_stone,
    'auto': _hist_bin_auto,
    'doane': _hist_bin_doane,
    'fd': _hist_bin_fd,
    'rice': _hist_bin_rice,
    'scott': _hist_bin_scott,
    'sqrt': _hist_bin_sqrt,
    'sturges': _hist_bin_sturges,
}


def _ravel_and_check_weights(a, weights):
    """Both flat, and of one shape before; booleans become bytes."""
    a = asarray(a)
    if a.dtype.kind == 'b':
        warnings.warn(
            f"Converting input from {a.dtype} to <class 'numpy.uint8'> for compatibility.", RuntimeWarning, stacklevel=3
        )
        a = a.astype('u1')
    if weights is not None:
        weights = asarray(weights)
        if weights.shape != a.shape:
            raise ValueError(f'weights should have the same shape as a: {weights.shape} and {a.shape}.')
        weights = weights.ravel()
    return a.ravel(), weights


def _get_outer_edges(a, range):
    """The first and the last edge, from `range` or the data."""
    if range is not None:
        first, last = range
        if first > last:
            raise ValueError('max must be larger than min in range parameter.')
        source = 'supplied'
    elif a.size == 0:
        return 0, 1
    else:
        first, last = a.min(), a.max()
        source = 'autodetected'
    if not (isfinite(first) and isfinite(last)):
        raise ValueError(f"{source} range of [{first}, {last}] is not finite")
    if first == last:
        # One value: a range of width 1 around it.
        first = first - 0.5
        last = last + 0.5
    return first, last


def _unsigned_subtract(a, b):
    """``a - b`` where ``a >= b``: signed integers give an unsigned result."""
    dtype = result_type(a, b)
    if dtype.kind == 'i':
        # Python integers are cast before, as unsigned types refuse them.
        return subtract(
            asarray(a, dtype=dtype), asarray(b, dtype=dtype), casting='unsafe', dtype=dtype.str.replace('i', 'u')
        )
    return subtract(a, b, dtype=dtype)


def _estimated_bins(a, name, range, weights):
    """The number of bins by a named rule."""
    if name not in _hist_bin_selectors:
        raise ValueError(f"{name!r} is not a valid estimator for `bins`")
    if weights is not None:
        raise TypeError("Automated estimation of the number of bins is not supported for weighted data")
    first, last = _get_outer_edges(a, range)
    if range is not None:
        inside = (a >= first) & (a <= last)
        if not inside.all():
            a = a[inside]
    if a.size == 0:
        return 1, first, last
    width = _hist_bin_selectors[name](a, (first, last))
    if not width:
        return 1, first, last
    if a.dtype.kind in 'iu' and width < 1:
        width = 1
    return int(math.ceil(_unsigned_subtract(last, first) / width)), first, last


def _checked_edges(bins):
    edges = asarray(bins)
    if edges.ndim != 1:
        raise ValueError(f'`bins` must be 1d, when an array, is {edges.ndim}d')
    if (edges[:-1] > edges[1:]).any():
        raise ValueError('`bins` must increase monotonically, when an array')
    return edges


def _get_bin_edges(a, bins, range, weights):
    """The edges, and ``(first, last, count)`` if all bins are equal, or None."""
    if isinstance(bins, str):
        count, first, last = _estimated_bins(a, bins, range, weights)
    elif getattr(bins, 'ndim', None) == 0 or not hasattr(bins, '__len__'):
        try:
            count = operator.index(bins)
        except TypeError as error:
            raise TypeError('`bins` must be an integer, a string, or an array') from error
        if count < 1:
            raise ValueError(f'`bins` must be positive, when an integer, got {count}')
        first, last = _get_outer_edges(a, range)
    else:
        return _checked_edges(bins), None
    dtype = result_type(first, last, a)
    if dtype.kind in 'bium':
        # Spans have no fractions: they are refused here.
        dtype = result_type(dtype, float)
    edges = linspace(first, last, count + 1, endpoint=True, dtype=dtype)
    if (edges[:-1] >= edges[1:]).any():
        raise ValueError(f'Too many bins for data range. Cannot create {count} finite-sized bins.')
    return edges, (first, last, count)


def _search_sorted_inclusive(a, v):
    """Places of the edges `v` in sorted `a`; the last edge closes its bin."""
    return concatenate((a.searchsorted(v[:-1], 'left'), a.searchsorted(v[-1:], 'right')))


def _histogram_bin_edges_dispatcher(a, bins=None, range=None, weights=None):
    return (a, bins, weights)


@array_function_dispatch(_histogram_bin_edges_dispatcher)
def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges that `histogram` would use: see there for the arguments.

    Parameters
    ----------
    a : array_like
        Flattened.
    bins : int, sequence or str, optional
        The number of bins of equal width, their edges, or the name of a rule to choose them.
    range : (float, float), optional
        Lower and upper end of the bins; by default those of the data.
    weights : array_like, optional
        Not used by the rules.

    Returns
    -------
    ndarray of float, 1-d.

    Examples
    --------
    >>> np.histogram_bin_edges([0, 1, 4], bins=2)
    array([0., 2., 4.])
    """
    a, weights = _ravel_and_check_weights(a, weights)
    return _get_bin_edges(a, bins, range, weights)[0]


def _histogram_dispatcher(a, bins=None, range=None, density=None, weights=None):
    return (a, bins, weights)


@array_function_dispatch(_histogram_dispatcher)
def histogram(a, bins=10, range=None, density=None, weights=None):
    """Count the values of `a`, read flat, that fall into each bin.

    `bins` is the number of equal bins over `range` (the data's by default),
    the name of a rule ('auto', 'fd', 'doane', 'scott', 'stone', 'rice',
    'sturges', 'sqrt'), or a 1-D array of edges. The last bin includes its
    right edge, the others don't; values outside are not counted. `weights`
    (of `a`'s shape) are summed; `density` scales to an integral of 1.
    Returns ``(counts, edges)``. ValueError for bad bins, ranges or weights.

    Parameters
    ----------
    a : array_like
        Flattened.
    bins : int, sequence or str, optional
        The number of bins of equal width, their edges, or the name of a rule to choose them.
    range : (float, float), optional
        Lower and upper end of the bins; by default those of the data.
    density : bool, optional
        Whether to give densities, whose integral is 1, instead of counts.
    weights : array_like, optional
        What each element adds to its bin.

    Returns
    -------
    (ndarray of counts, ndarray of edges): one edge more than bins.

    Examples
    --------
    >>> np.histogram([1, 2, 1], bins=[0, 1, 2, 3])
    (array([0, 2, 1]), array([0, 1, 2, 3]))
    """
    a, weights = _ravel_and_check_weights(a, weights)
    edges, uniform = _get_bin_edges(a, bins, range, weights)
    simple = weights is None or can_cast(weights.dtype, 'f8') or can_cast(weights.dtype, 'c16')
    if not simple:
        counts = _count_by_cumsum(a, edges, weights)
    elif uniform is None:
        counts = _count_blocks(a, weights, len(edges) - 1, _Search(edges))
    else:
        counts = _count_blocks(a, weights, uniform[2], _Arithmetic(edges, *uniform))
    if density:
        widths = (edges[1:] - edges[:-1]).astype(float)
        return counts / widths / counts.sum(), edges
    return counts, edges


class _Arithmetic:
    """Bin numbers by division: for equal bins."""

    def __init__(self, edges, first, last, count):
        self.edges = edges
        self.first, self.last, self.count = first, last, count
        self.width = _unsigned_subtract(last, first)

    def __call__(self, values):
        """Which values are inside (None: all), and their bins."""
        inside = values >= self.first
        inside &= values <= self.last
        if inside.all():
            inside = None
        else:
            values = values[inside]
        # The dtype of the edges, so that both round alike.
        values = values.astype(self.edges.dtype, copy=False)
        exact = _unsigned_subtract(values, self.first) / self.width * self.count
        bins = exact.astype(intp)
        bins[bins == self.count] -= 1
        # Division may miss by one: the edges decide.
        bins[values < self.edges[bins]] -= 1
        above = (values >= self.edges[bins + 1]) & (bins != self.count - 1)
        bins[above] += 1
        return inside, bins


class _Search:
    """Bin numbers by binary search: for any edges."""

    def __init__(self, edges):
        self.edges = edges

    def __call__(self, values):
        """Which values are inside (None: all), and their bins."""
        count = len(self.edges) - 1
        if count < 0:
            return zeros(values.shape, dtype=bool), zeros(0, dtype=intp)
        bins = self.edges.searchsorted(values, 'right') - 1
        bins[values == self.edges[-1]] = count - 1
        inside = (bins >= 0) & (bins < count)
        if inside.all():
            return None, bins
        return inside, bins[inside]

    def counts(self, values):
        """How many values are in each bin: the places are counted, and those outside left out."""
        count = len(self.edges) - 1
        if count < 1:
            return zeros(0, dtype=intp)
        places = self.edges.searchsorted(values, 'right')
        found = bincount(places, minlength=count + 2)[1 : count + 1]
        # The last edge belongs to the last bin. NaN as the last edge is behind all else.
        last = self.edges[-1]
        found[-1] += count_nonzero(values == last if last == last else values != values)
        return found


def _count_blocks(a, weights, count, find):
    """Counts, or sums of weights, block by block."""
    total = zeros(max(count, 0), dtype=intp if weights is None else weights.dtype)
    for start in _range(0, len(a), _BLOCK):
        block = slice(start, start + _BLOCK)
        if weights is None and isinstance(find, _Search):
            total += find.counts(a[block]).astype(intp, copy=False)
            continue
        inside, bins = find(a[block])
        if weights is None:
            total += bincount(bins, minlength=count).astype(intp, copy=False)
            continue
        part = weights[block] if inside is None else weights[block][inside]
        if total.dtype.kind == 'c':
            total.real += bincount(bins, weights=part.real, minlength=count)
            total.imag += bincount(bins, weights=part.imag, minlength=count)
        else:
            total += bincount(bins, weights=part, minlength=count).astype(total.dtype, copy=False)
    return total


def _count_by_cumsum(a, edges, weights):
    """Sums of weights that only know addition: objects, long doubles."""
    order = a.argsort()
    running = concatenate((zeros(1, dtype=weights.dtype), weights[order].cumsum()))
    at_edges = running[_search_sorted_inclusive(a[order], edges)]
    return at_edges[1:] - at_edges[:-1]


def _histogramdd_dispatcher(sample, bins=None, range=None, density=None, weights=None):
    if hasattr(sample, 'shape'):
        yield sample
    else:
        yield from sample
    # `bins` may be a number, which has no overrides and can't be iterated.
    try:
        yield from bins
    except TypeError:
        pass
    yield weights


def _axis_edges(i, values, bins, range):
    """The edges along axis `i` of a multidimensional histogram."""
    ndim = getattr(bins, 'ndim', None)
    if ndim is None:
        bins_array = asarray(bins)
        ndim = bins_array.ndim
    if ndim == 0:
        if bins < 1:
            raise ValueError(f'`bins[{i}]` must be positive, when an integer, got {bins}')
        first, last = _get_outer_edges(values, range)
        try:
            count = operator.index(bins)
        except TypeError as error:
            raise TypeError(f"`bins[{i}]` must be an integer, when a scalar") from error
        return linspace(first, last, count + 1)
    if ndim != 1:
        raise ValueError(f'`bins[{i}]` must be a scalar or 1d array, is {ndim}d')
    edges = asarray(bins)
    if (edges[:-1] > edges[1:]).any():
        raise ValueError(f'`bins[{i}]` must be monotonically increasing, when an array')
    return edges


@array_function_dispatch(_histogramdd_dispatcher)
def histogramdd(sample, bins=10, range=None, density=None, weights=None):
    """Count points that fall into each cell of a multidimensional grid.

    `sample` is an ``(N, D)`` array, or D sequences of N coordinates. `bins`
    is a number, or a number or array of edges per axis; `range` has a pair
    or None per axis; `weights` one number per point; `density` scales to an
    integral of 1. Returns ``(H, edges)``: a D-dimensional float array and a
    list. ValueError for arguments that don't fit.

    Parameters
    ----------
    sample : array_like, shape (n, d), or d sequences of n
        The points.
    bins : int or sequence, optional
        The number of bins or the edges, for all axes or each.
    range : sequence of pairs of float, optional
        Lower and upper end for each axis.
    density : bool, optional
        Whether to give densities, whose integral is 1, instead of counts.
    weights : array_like, optional
        What each point adds to its bin.

    Returns
    -------
    (ndarray of counts, tuple of ndarray of edges).

    Examples
    --------
    >>> np.histogramdd(np.array([[0., 1.], [1., 0.], [1., 1.]]), bins=2)[0]
    array([[0., 1.],
           [1., 1.]])
    """
    try:
        points, ndim = sample.shape
    except (AttributeError, ValueError):
        # One sequence per axis.
        sample = atleast_2d(sample).T
        points, ndim = sample.shape
    if weights is not None:
        weights = asarray(weights)
    try:
        if len(bins) != ndim:
            raise ValueError(
                f'The dimension of bins must be equal to the dimension of the sample x: {len(bins)} and {ndim}.'
            )
    except TypeError:
        bins = ndim * [bins]
    if range is None:
        range = (None,) * ndim
    elif len(range) != ndim:
        raise ValueError(f'range argument must have one entry per dimension: {len(range)} for {ndim}')

    edges = [_axis_edges(i, sample[:, i], bins[i], range[i]) for i in _range(ndim)]
    counts = _count_cells(sample, edges, weights)
    if density:
        total = counts.sum()
        for i in _range(ndim):
            shape = [1] * ndim
            shape[i] = -1
            counts = counts / (edges[i][1:] - edges[i][:-1]).reshape(shape)
        counts /= total
    return counts, edges


def _count_cells(sample, edges, weights):
    """Counts, or sums of weights, in the cells between the edges, as float."""
    # One cell more at either end of each axis, for what lies outside.
    shape = [len(e) + 1 for e in edges]
    cells = []
    for i, axis_edges in enumerate(edges):
        values = sample[:, i]
        cell = axis_edges.searchsorted(values, side='right')
        cell[values == axis_edges[-1]] -= 1
        cells.append(cell)
    flat = ravel_multi_index(tuple(cells), shape)
    counts = bincount(flat, weights, minlength=math.prod(shape)).reshape(shape)
    counts = counts.astype(float, casting='safe')
    return counts[(slice(1, -1),) * len(edges)]
