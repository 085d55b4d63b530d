"""Small helpers for authors of array libraries."""

from .._core.multiarray import asarray, normalize_axis_index
from .._core.numeric import normalize_axis_tuple
from .._utils import set_module

__all__ = ['byte_bounds', 'normalize_axis_tuple', 'normalize_axis_index']


@set_module('numpy.lib.array_utils')
def byte_bounds(a):
    """First address of `a`'s elements, and the address just past the last.

    `a` is an array or has an `__array_interface__`.

    Parameters
    ----------
    a : ndarray

    Returns
    -------
    (int, int): the first address and the one behind the last.

    Examples
    --------
    >>> low, high = np.lib.array_utils.byte_bounds(np.zeros(3))
    >>> high - low
    24
    """
    interface = a.__array_interface__
    low = high = interface['data'][0]
    itemsize = asarray(a).dtype.itemsize
    strides = interface['strides']
    if strides is None:
        return low, low + a.size * itemsize
    for size, stride in zip(interface['shape'], strides):
        reach = (size - 1) * stride
        if reach < 0:
            low += reach
        else:
            high += reach
    return low, high + itemsize
