"""Iteration over large arrays in blocks that fit a buffer."""

from .._core.numeric import asarray
from .._utils import set_module

__all__ = ['Arrayterator']


@set_module('numpy.lib')
class Arrayterator:
    """Gives an array (or anything sliced like one) block by block.

    Blocks are contiguous and have at most `buf_size` elements (None: all).
    Slicing gives a new iterator over part of the array, without reading it.

    Parameters
    ----------
    var : ndarray
    buf_size : int, optional
        The greatest number of elements of a block.

    Examples
    --------
    >>> blocks = np.lib.Arrayterator(np.arange(6).reshape(2, 3), 3)
    >>> [block.tolist() for block in blocks]
    [[[0, 1, 2]], [[3, 4, 5]]]
    """

    def __init__(self, var, buf_size=None):
        self.var = var
        self.buf_size = buf_size
        self.start = [0] * len(var.shape)
        self.stop = list(var.shape)
        self.step = [1] * len(var.shape)

    def __getattr__(self, attr):
        return getattr(self.var, attr)

    def __getitem__(self, index):
        """A new iterator over the part that `index`, relative to this, selects."""
        if not isinstance(index, tuple):
            index = (index,)
        ndim = len(self.var.shape)
        full = []
        for item in index:
            if item is Ellipsis:
                full += [slice(None)] * (ndim - len(index) + 1)
            elif isinstance(item, slice):
                full.append(item)
            else:
                full.append(slice(item, item + 1, 1))
        full += [slice(None)] * (ndim - len(full))
        part = self.__class__(self.var, self.buf_size)
        for i, item in enumerate(full):
            start, stop, step = self.start[i], self.stop[i], self.step[i]
            part.start[i] = start + (item.start or 0)
            part.step[i] = step * (item.step or 1)
            part.stop[i] = min(start + (stop - start if item.stop is None else item.stop), stop)
        return part

    def __array__(self, dtype=None, copy=None):
        """The selected part of the array, read at once."""
        return asarray(self.var[self._whole()]).__array__(dtype, copy=copy)

    def _whole(self):
        return tuple(map(slice, self.start, self.stop, self.step))

    @property
    def flat(self):
        """An iterator over the single elements."""
        for block in self:
            yield from block.flat

    @property
    def shape(self):
        """The shape of the selected part."""
        return tuple((stop - start - 1) // step + 1 for start, stop, step in zip(self.start, self.stop, self.step))

    def __iter__(self):
        if any(size <= 0 for size in self.shape):
            return
        start, stop, step = list(self.start), list(self.stop), list(self.step)
        ndim = len(start)
        while True:
            # As many whole rows of the last axes as the buffer holds; from
            # the first axis that does not fit on, one index at a time.
            room = self.buf_size or _product(self.shape)
            moving = 0
            for i in range(ndim - 1, -1, -1):
                if room == 0:
                    stop[i] = start[i] + 1
                elif room <= self.shape[i]:
                    stop[i] = start[i] + room * step[i]
                    moving = i
                else:
                    stop[i] = self.stop[i]
                stop[i] = min(stop[i], self.stop[i])
                room //= self.shape[i]
            yield self.var[tuple(map(slice, start, stop, step))]
            if not self._advance(start, stop, moving):
                return

    def _advance(self, start, stop, moving):
        """Move `start` behind the block just given; False at the end."""
        if not start:
            return False
        start[moving] = stop[moving]
        for i in range(moving, 0, -1):
            if start[i] >= self.stop[i]:
                start[i] = self.start[i]
                start[i - 1] += self.step[i - 1]
        return start[0] < self.stop[0]


def _product(sizes):
    total = 1
    for size in sizes:
        total *= size
    return total
