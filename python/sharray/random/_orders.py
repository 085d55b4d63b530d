"""Shuffles and permutations of arrays, for `Generator` and `RandomState`."""

import warnings
from collections.abc import Sequence

import sharray as np

from .._engine import _random_order, _random_partners, _random_shuffle

__all__ = ["check_probabilities", "sample_with_weights", "shuffle_in_place"]


def shuffle_in_place(stream, x, axis, masked, level):
    """Put the parts of `x` along `axis` into random order.

    `x` is an array, or with axis 0 a mutable sequence. TypeError for what has no length, AxisError for an axis that is
    not there, ValueError for a read-only array, NotImplementedError for another axis of a sequence.
    """
    if isinstance(x, np.ndarray):
        if x.ndim == 0:
            raise TypeError("len() of unsized object")
        axis = np.lib.array_utils.normalize_axis_index(axis, x.ndim)
        if not x.flags.writeable:
            raise ValueError("array is read-only")
        if x.size == 0 and x.shape[axis] == 0:
            return
        if type(x) is np.ndarray and _random_shuffle(stream, x, masked):
            return
        lanes = x if axis == 0 else np.swapaxes(x, 0, axis)
        order = _random_order(stream, lanes.shape[0], masked)
        lanes[...] = lanes[order]
        return
    if axis != 0:
        raise NotImplementedError("Axis argument is only supported on ndarray objects")
    length = len(x)
    if not isinstance(x, Sequence):
        warnings.warn(
            f"you are shuffling a '{type(x).__name__}' object which is not a subclass of 'Sequence'; `shuffle` is not "
            "guaranteed to behave correctly. E.g., non-numpy array/tensor objects with view semantics may contain "
            "duplicates after shuffling.",
            UserWarning,
            stacklevel=level + 1,
        )
    places = range(length - 1, 0, -1)
    for i, j in zip(places, _random_partners(stream, length, masked), strict=True):
        x[i], x[j] = x[j], x[i]


def check_probabilities(p, population, words):
    """The probabilities as a float64 array, checked; `words` are the messages, without the values.

    ValueError unless there is one for each of `population` things, none is negative or NaN, and they sum to 1 within
    the square root of the precision of what was given.
    """
    shape_text, size_text, nan_text, negative_text, sum_text = words
    given = np.asarray(p)
    tolerance = np.sqrt(np.finfo(np.float64).eps)
    if given.dtype.kind == "f":
        tolerance = max(tolerance, np.sqrt(np.finfo(given.dtype).eps))
    p = np.asarray(p, dtype=np.float64)
    if p.ndim != 1:
        raise ValueError(f"{shape_text}, not {p.ndim}-dimensional")
    if p.size != population:
        raise ValueError(f"{size_text}: {population} and {p.size}")
    if np.isnan(p).any():
        raise ValueError(nan_text)
    if (p < 0).any():
        raise ValueError(negative_text)
    total = _compensated_sum(p)
    if abs(total - 1.0) > tolerance:
        raise ValueError(sum_text)
    return p


def _compensated_sum(values):
    """Kahan's sum."""
    total = rest = 0.0
    for value in values.tolist():
        part = value - rest
        larger = total + part
        rest = (larger - total) - part
        total = larger
    return total


def sample_with_weights(random, p, size):
    """`size` different places, drawn one after another with weights `p`, as an intp array.

    `random` draws uniform numbers. ValueError if too few weights are positive.
    """
    if np.count_nonzero(p > 0) < size:
        raise ValueError("Fewer non-zero entries in p than size")
    p = p.copy()
    found = np.zeros(size, dtype=np.intp)
    known = 0
    while known < size:
        x = random(size - known)
        if known > 0:
            p[found[:known]] = 0
        cdf = np.cumsum(p)
        cdf /= cdf[-1]
        new = cdf.searchsorted(x, side="right")
        _, first = np.unique(new, return_index=True)
        first.sort()
        new = new.take(first)
        found[known : known + new.size] = new
        known += new.size
    return found
