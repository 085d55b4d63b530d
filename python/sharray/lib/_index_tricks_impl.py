"""Objects and functions that build arrays and indices.

`mgrid`, `ogrid`, `r_`, `c_`, `s_` and `index_exp` are used by indexing
them; `ndindex` and `ndenumerate` iterate; the rest are functions.
"""

import itertools
import math
import operator

from .._core.function_base import linspace
from .._core.multiarray import (
    arange,
    array,
    asanyarray,
    asarray,
    concatenate,
    ndarray,
    ravel_multi_index,
    result_type,
    unravel_index,
)
from .._core.numeric import ScalarType
from .._core.numerictypes import complexfloating, intp
from .._utils import set_module
from ._dispatch import array_function_dispatch

__all__ = [
    'ravel_multi_index',
    'unravel_index',
    'mgrid',
    'ogrid',
    'r_',
    'c_',
    's_',
    'index_exp',
    'ix_',
    'ndenumerate',
    'ndindex',
    'fill_diagonal',
    'diag_indices',
    'diag_indices_from',
]


def _ix__dispatcher(*args):
    return args


@array_function_dispatch(_ix__dispatcher)
def ix_(*args):
    """1-D sequences as index arrays that select their cross product.

    A boolean sequence counts as the indices of its true entries. Returns a
    tuple; the i-th array extends along axis i. ValueError for input that is
    not 1-D.

    Parameters
    ----------
    *args : array_like of int or bool, 1-d

    Returns
    -------
    tuple of ndarray that broadcast to the grid.

    Examples
    --------
    >>> np.arange(12).reshape(3, 4)[np.ix_([0, 2], [1, 3])]
    array([[ 1,  3],
           [ 9, 11]])
    """
    result = []
    for axis, sequence in enumerate(args):
        if not isinstance(sequence, ndarray):
            sequence = asarray(sequence)
            if sequence.size == 0:
                # An empty list would be float, which can't index.
                sequence = sequence.astype(intp)
        if sequence.ndim != 1:
            raise ValueError(f"Cross index must be 1 dimensional, argument {axis} has {sequence.ndim} dimensions")
        if sequence.dtype.kind == 'b':
            (sequence,) = sequence.nonzero()
        shape = [1] * len(args)
        shape[axis] = sequence.size
        result.append(sequence.reshape(shape))
    return tuple(result)


# A step of these types is a number of points.
_COMPLEX = (complex, complexfloating)


def _grid_points(key):
    """Start, step, number of points of a slice, and its values for the dtype.

    An imaginary step is a number of points, both ends included.
    """
    start = 0 if key.start is None else key.start
    step = 1 if key.step is None else key.step
    if isinstance(step, _COMPLEX):
        size = abs(step)
        count = int(size)
        step = (key.stop - start) / float(count - 1) if count != 1 else 1
        return start, step, count, (start, key.stop, size)
    count = math.ceil((key.stop - start) / step)
    return start, step, count, (start, key.stop, step)


class nd_grid:
    """Grids from slices: dense (`mgrid`) or open, one axis each (`ogrid`).

    A slice ``start:stop:step`` gives the points of `arange`; with an
    imaginary step ``nj`` it gives n points from start to stop inclusive.
    """

    __slots__ = ('sparse',)

    def __init__(self, sparse=False):
        self.sparse = sparse

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            return self._one_axis(key)
        axes = [_grid_points(part) for part in key]
        values = [value for axis in axes for value in axis[3]]
        dtype = result_type(*values) if values else intp
        coordinates = []
        for start, step, count, _ in axes:
            if count < 0:
                raise ValueError(
                    f"negative dimensions are not allowed: slice from {start} in steps of {step} has {count}"
                )
            points = arange(count, dtype=dtype)
            if start != 0 or step != 1:
                points = (points * step + start).astype(dtype, copy=False)
            coordinates.append(points)
        return self._spread(coordinates, dtype)

    @staticmethod
    def _one_axis(key):
        if isinstance(key.step, _COMPLEX):
            start, step, count, values = _grid_points(key)
            return arange(0, count, 1, dtype=result_type(*values)) * step + start
        return arange(key.start or 0, key.stop, key.step)

    def _spread(self, coordinates, dtype):
        ndim = len(coordinates)
        if not self.sparse:
            shape = tuple(len(points) for points in coordinates)
            dense = ndarray((ndim, *shape), dtype=dtype)
        grids = []
        for i, points in enumerate(coordinates):
            shape = [1] * ndim
            shape[i] = -1
            points = points.reshape(shape)
            if self.sparse:
                grids.append(points)
            else:
                dense[i] = points
        return tuple(grids) if self.sparse else dense


class MGridClass(nd_grid):
    """Dense grids: ``mgrid[0:2, 0:3]`` has shape ``(2, 2, 3)``.

    One array comes back, whose first axis counts the slices: ``mgrid[a, b][0]`` holds the
    points of ``a`` along its first axis, ``mgrid[a, b][1]`` those of ``b`` along its second. A
    single slice gives the points alone. `ogrid` gives the same grids without repeating the
    points along the other axes.

    >>> np.mgrid[0:2, 0:3][1]
    array([[0, 1, 2],
           [0, 1, 2]])
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(sparse=False)


mgrid = MGridClass()


class OGridClass(nd_grid):
    """Open grids: ``ogrid[0:2, 0:3]`` is a tuple of shapes (2, 1) and (1, 3).

    >>> np.ogrid[0:2, 0:3][1]
    array([[0, 1, 2]])
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(sparse=True)


ogrid = OGridClass()


class AxisConcatenator:
    """Joins what it is indexed with along an axis: the class of `r_`, `c_`.

    Slices become ranges, scalars one element. A string first sets
    ``'axis,ndmin,trans1d'``, or asks for a matrix with ``'r'`` or ``'c'``.
    """

    __slots__ = ('axis', 'matrix', 'ndmin', 'trans1d')

    concatenate = staticmethod(concatenate)

    @staticmethod
    def makemat(*args, **kwargs):
        """A matrix (class `numpy.matrix`) of the given data."""
        from ..matrixlib.defmatrix import matrix

        return matrix(*args, **kwargs)

    def __init__(self, axis=0, matrix=False, ndmin=1, trans1d=-1):
        self.axis = axis
        self.matrix = matrix
        self.ndmin = ndmin
        self.trans1d = trans1d

    def __getitem__(self, key):
        if isinstance(key, str):
            return self._block_matrix(key)
        if not isinstance(key, tuple):
            key = (key,)
        settings = _Settings(self.axis, self.matrix, self.ndmin, self.trans1d)
        if key and isinstance(key[0], str):
            settings.read(key[0])
            key = key[1:]
        if any(isinstance(item, str) for item in key):
            raise ValueError("special directives must be the first entry.")
        return self._join([_Piece(item, settings) for item in key], settings)

    @staticmethod
    def _block_matrix(text):
        import sys

        from ..matrixlib.defmatrix import bmat

        caller = sys._getframe(2)
        return bmat(text, caller.f_globals, caller.f_locals)

    def _join(self, pieces, settings):
        dtype = (
            result_type(*(piece.for_dtype for piece in pieces))
            if any(piece.scalar for piece in pieces) and pieces
            else None
        )
        arrays = []
        for piece in pieces:
            values = piece.values
            if piece.scalar:
                values = array(values, copy=None, subok=True, dtype=dtype, ndmin=settings.ndmin)
            elif dtype is not None:
                values = values.astype(dtype, copy=False)
            arrays.append(values)
        joined = self.concatenate(tuple(arrays), axis=settings.axis)
        if settings.matrix:
            was_1d = joined.ndim == 1
            joined = self.makemat(joined)
            if settings.column and was_1d:
                joined = joined.T
        return joined

    def __len__(self):
        return 0


class _Settings:
    """What the leading string of `r_[...]` can change."""

    def __init__(self, axis, matrix, ndmin, trans1d):
        self.axis, self.matrix = axis, matrix
        self.ndmin, self.trans1d = ndmin, trans1d
        self.column = False

    def read(self, text):
        if text in ('r', 'c'):
            self.matrix = True
            self.column = text == 'c'
            return
        try:
            if ',' not in text:
                self.axis = int(text)
                return
            numbers = [int(part) for part in text.split(',')]
            self.axis, self.ndmin = numbers[:2]
            if len(numbers) == 3:
                self.trans1d = numbers[2]
        except ValueError as error:
            raise ValueError(f"unknown special directive {text!r}") from error


class _Piece:
    """One item of `r_[...]` as an array, and what it says about the dtype."""

    def __init__(self, item, settings):
        self.scalar = False
        if isinstance(item, slice):
            self.values = self._from_slice(item, settings)
        elif type(item) in ScalarType:
            self.scalar = True
            self.values = item
        else:
            self.values = self._from_array(item, settings)
        # Python numbers join weakly: they do not widen an array's dtype.
        self.for_dtype = self.values if self.scalar else self.values.dtype

    @staticmethod
    def _from_slice(item, settings):
        start = 0 if item.start is None else item.start
        step = 1 if item.step is None else item.step
        if isinstance(step, _COMPLEX):
            values = linspace(start, item.stop, num=int(abs(step)))
        else:
            values = arange(start, item.stop, step)
        if settings.ndmin > 1:
            values = array(values, copy=None, ndmin=settings.ndmin)
            if settings.trans1d != -1:
                values = values.swapaxes(-1, settings.trans1d)
        return values

    @staticmethod
    def _from_array(item, settings):
        given = asanyarray(item).ndim
        values = array(item, copy=None, subok=True, ndmin=settings.ndmin)
        trans1d = settings.trans1d
        if trans1d != -1 and given < settings.ndmin:
            # The item's own axes go to trans1d and after, the new around.
            added = settings.ndmin - given
            if trans1d < 0:
                trans1d += added + 1
            order = list(range(settings.ndmin))
            axes = order[:trans1d] + order[added:] + order[trans1d:added]
            values = values.transpose(axes)
        return values


class RClass(AxisConcatenator):
    """Joins along the first axis: ``r_[1:4, 0]``.

    >>> np.r_[1:4, 0, [5, 6]]
    array([1, 2, 3, 0, 5, 6])
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(0)


r_ = RClass()


class CClass(AxisConcatenator):
    """Joins 1-D input as columns, and all else along the last axis.

    >>> np.c_[[1, 2], [3, 4]]
    array([[1, 3],
           [2, 4]])
    """

    __slots__ = ()

    def __init__(self):
        super().__init__(-1, ndmin=2, trans1d=0)


c_ = CClass()


@set_module('numpy')
class ndenumerate:
    """Iterator over ``(index tuple, element)`` of an array.

    Parameters
    ----------
    arr : array_like

    Examples
    --------
    >>> list(np.ndenumerate([5, 6]))
    [((0,), np.int64(5)), ((1,), np.int64(6))]
    """

    def __init__(self, arr):
        self.iter = asarray(arr).flat

    def __next__(self):
        return self.iter.coords, next(self.iter)

    def __iter__(self):
        return self


@set_module('numpy')
class ndindex:
    """Iterator over all index tuples of a shape, last axis fastest.

    The shape is given as integers or as one tuple. ValueError for negative
    sizes, TypeError for sizes that are no integers.

    Parameters
    ----------
    *shape : int or tuple of int
        The lengths of the axes.

    Examples
    --------
    >>> list(np.ndindex(2, 2))
    [(0, 0), (0, 1), (1, 0), (1, 1)]
    """

    def __init__(self, *shape):
        if len(shape) == 1 and isinstance(shape[0], tuple):
            shape = shape[0]
        sizes = [operator.index(size) for size in shape]
        if min(sizes, default=0) < 0:
            raise ValueError(f"negative dimensions are not allowed: {tuple(sizes)}")
        self._iter = itertools.product(*map(range, sizes))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._iter)


class IndexExpression:
    """Gives back the index it is indexed with: the class of `s_`, `index_exp`.

    >>> np.s_[2::2]
    slice(2, None, 2)
    """

    __slots__ = ('maketuple',)

    def __init__(self, maketuple):
        self.maketuple = maketuple

    def __getitem__(self, item):
        if self.maketuple and not isinstance(item, tuple):
            return (item,)
        return item


index_exp = IndexExpression(maketuple=True)
s_ = IndexExpression(maketuple=False)


def _fill_diagonal_dispatcher(a, val, wrap=None):
    return (a,)


@array_function_dispatch(_fill_diagonal_dispatcher)
def fill_diagonal(a, val, wrap=False):
    """Write `val` (repeated as needed) on the main diagonal of `a`, in place.

    `a` is at least 2-D; beyond two dimensions all sizes must be equal, else
    ValueError. With `wrap` the diagonal of a tall matrix starts again
    below, after a row between.

    Parameters
    ----------
    a : ndarray, at least 2-d
        What is written to.
    val : array_like
        Repeated along the diagonal.
    wrap : bool, optional
        Whether the diagonal begins anew in tall matrices.

    Returns
    -------
    None.

    Examples
    --------
    >>> a = np.zeros((2, 2), int)
    >>> np.fill_diagonal(a, [1, 2])
    >>> a
    array([[1, 0],
           [0, 2]])
    """
    if a.ndim < 2:
        raise ValueError(f"array must be at least 2-d, is {a.ndim}-d")
    end = None
    if a.ndim == 2:
        columns = a.shape[1]
        step = columns + 1
        if not wrap:
            end = columns * columns
    else:
        if len(set(a.shape)) > 1:
            raise ValueError(f"All dimensions of input must be of equal length, got {a.shape}")
        step = sum(a.shape[0] ** i for i in range(a.ndim))
    a.flat[:end:step] = val


@set_module('numpy')
def diag_indices(n, ndim=2):
    """Indices of the main diagonal of an array of `ndim` axes of size `n`.

    Parameters
    ----------
    n : int
        The length of each axis.
    ndim : int, optional
        The number of axes.

    Returns
    -------
    tuple of ndarray of int.

    Examples
    --------
    >>> np.diag_indices(3)
    (array([0, 1, 2]), array([0, 1, 2]))
    """
    return (arange(n),) * ndim


def _diag_indices_from(arr):
    return (arr,)


@array_function_dispatch(_diag_indices_from)
def diag_indices_from(arr):
    """Indices of the main diagonal of `arr`, at least 2-D with equal sizes.

    ValueError otherwise.

    Parameters
    ----------
    arr : ndarray, at least 2-d
        All axes of the same length.

    Returns
    -------
    tuple of ndarray of int.

    Examples
    --------
    >>> np.diag_indices_from(np.zeros((2, 2)))
    (array([0, 1]), array([0, 1]))
    """
    if not arr.ndim >= 2:
        raise ValueError(f"input array must be at least 2-d, is {arr.ndim}-d")
    if len(set(arr.shape)) > 1:
        raise ValueError(f"All dimensions of input must be of equal length, got {arr.shape}")
    return diag_indices(arr.shape[0], arr.ndim)
