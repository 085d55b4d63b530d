"""Weighted averages, covariance and correlation."""

import warnings

from .._core.multiarray import (
    array,
    asanyarray,
    asarray,
    concatenate,
    dot,
    empty,
    result_type,
)
from .._core.numeric import normalize_axis_tuple
from .._core.umath import clip, multiply, sqrt, true_divide
from .._globals import _NoValue
from ._dispatch import array_function_dispatch
from ._stride_tricks_impl import broadcast_to

__all__ = ['average', 'cov', 'corrcoef']


def _weights_are_valid(weights, a, axis):
    """`weights` as an array that broadcasts against `a`.

    Weights of another shape than `a`'s must have the shape of the reduced
    axes, in the order of `axis`.
    """
    weights = asanyarray(weights)
    if weights.shape == a.shape:
        return weights
    if axis is None:
        raise TypeError(f"Axis must be specified when shapes of a and weights differ: {a.shape} and {weights.shape}.")
    if weights.shape != tuple(a.shape[i] for i in axis):
        raise ValueError(
            "Shape of weights must be consistent with shape of a along "
            f"specified axis: {weights.shape} for axes {axis} of {a.shape}."
        )
    # The weights' axes stand in the order of `axis`; sort them into a's.
    order = sorted(range(len(axis)), key=axis.__getitem__)
    shape = [a.shape[i] if i in axis else 1 for i in range(a.ndim)]
    return weights.transpose(order).reshape(shape)


def _average_dispatcher(a, axis=None, weights=None, returned=None, *, keepdims=None):
    return (a, weights)


def _weighted_mean(a, axis, weights, kwargs):
    """Weighted mean of `a` and the sum of the weights."""
    weights = _weights_are_valid(weights, a, axis)
    # Spans of time are integers here, too, which no floating-point type can hold: the promotion says so.
    if a.dtype.kind in 'bium':
        dtype = result_type(a.dtype, weights.dtype, 'f8')
    else:
        dtype = result_type(a.dtype, weights.dtype)
    total = weights.sum(axis=axis, dtype=dtype, **kwargs)
    if (asarray(total) == 0.0).any():
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    mean = multiply(a, weights, dtype=dtype).sum(axis, **kwargs) / total
    return mean, total


@array_function_dispatch(_average_dispatcher)
def average(a, axis=None, weights=None, returned=False, *, keepdims=_NoValue):
    """Mean of `a` over `axis` (an int, a tuple, or all), with weights.

    `weights` has `a`'s shape, or that of the reduced axes. With `returned`
    the answer is ``(average, sum_of_weights)``. TypeError or ValueError for
    weights of another shape, ZeroDivisionError if they add up to zero.

    Parameters
    ----------
    a : array_like
    axis : int or tuple of int, optional
        The axes to reduce; None takes all.
    weights : array_like, optional
        One for each element, or for each along `axis`; None weighs all alike.
    returned : bool, optional
        Whether to give the sum of the weights as well.
    keepdims : bool, optional
        Whether the axes that are reduced stay, with length 1.

    Returns
    -------
    scalar or ndarray, or with `returned` a pair.

    Examples
    --------
    >>> np.average([1., 2., 4.], weights=[1, 1, 2])
    np.float64(2.75)
    """
    a = asanyarray(a)
    if axis is not None:
        axis = normalize_axis_tuple(axis, a.ndim, argname="axis")
    kwargs = {} if keepdims is _NoValue else {'keepdims': keepdims}
    if weights is None:
        mean = a.mean(axis, **kwargs)
        as_array = asanyarray(mean)
        if returned or as_array.size == 0:
            # No averages have no number of elements: ZeroDivisionError.
            total = as_array.dtype.type(a.size / as_array.size)
    else:
        mean, total = _weighted_mean(a, axis, weights, kwargs)
    if not returned:
        return mean
    as_array = asanyarray(mean)
    if asarray(total).shape != as_array.shape:
        total = broadcast_to(total, as_array.shape, subok=True).copy()
    return mean, total


def _check_weights(name, weights, observations):
    """Refuse weights for `cov` that are not one non-negative number each."""
    if weights.ndim > 1:
        raise RuntimeError(f"cannot handle multidimensional {name}")
    if weights.shape[0] != observations:
        raise RuntimeError(f"incompatible numbers of samples and {name}: {observations} and {weights.shape[0]}")
    if (weights < 0).any():
        raise ValueError(f"{name} cannot be negative")


def _frequency_weights(fweights, observations):
    if fweights is None:
        return None
    given = fweights
    fweights = asarray(fweights, dtype=float)
    if not (fweights == fweights.round()).all():
        raise TypeError(f"fweights must be integer, got {given!r}")
    _check_weights('fweights', fweights, observations)
    return fweights


def _analytic_weights(aweights, observations):
    if aweights is None:
        return None
    aweights = asarray(aweights, dtype=float)
    _check_weights('aweights', aweights, observations)
    return aweights


def _variables(m, y, rowvar, dtype):
    """The observations as a 2-D array: one row per variable."""
    x = array(m, ndmin=2, dtype=dtype)
    if not rowvar and m.ndim != 1:
        x = x.T
    if x.shape[0] == 0:
        return x
    if y is not None:
        y = array(y, copy=None, ndmin=2, dtype=dtype)
        if not rowvar and y.shape[0] != 1:
            y = y.T
        x = concatenate((x, y), axis=0)
    return x


def _degrees_of_freedom(x, weights, weight_sum, ddof, aweights):
    """What the sum of products is divided by."""
    if weights is None:
        return x.shape[1] - ddof
    if ddof == 0:
        return weight_sum
    if aweights is None:
        return weight_sum - ddof
    return weight_sum - ddof * (weights * aweights).sum() / weight_sum


def _cov_dispatcher(m, y=None, rowvar=None, bias=None, ddof=None, fweights=None, aweights=None, *, dtype=None):
    return (m, y, fweights, aweights)


@array_function_dispatch(_cov_dispatcher)
def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    """Covariance matrix of variables: rows of `m` (columns if not `rowvar`).

    `y` adds variables. The divisor is the number of observations less
    `ddof` (1, or 0 with `bias`), counted by `fweights` (whole repeats) and
    `aweights` (importance). Returns ``(variables, variables)``, 0-d for one.
    ValueError, TypeError or RuntimeError for input that doesn't fit.

    Parameters
    ----------
    m : array_like, 1-d or 2-d
        Variables, and their observations.
    y : array_like, optional
        More variables of the same form.
    rowvar : bool, optional
        Whether a row is a variable; else a column is.
    bias : bool, optional
        Whether to divide by the number of observations, not by one less.
    ddof : int, optional
        What is subtracted from that number; overrides `bias`.
    fweights : array_like of int, optional
        How often each observation counts.
    aweights : array_like, optional
        The weight of each observation.
    dtype : dtype, optional
        To compute in; float64 at least by default.

    Returns
    -------
    ndarray, shape (variables, variables), or without axes for one variable.

    Examples
    --------
    >>> np.cov([[0, 1, 2], [2, 1, 0]])
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    if ddof is not None and ddof != int(ddof):
        raise ValueError(f"ddof must be integer, got {ddof!r}")
    m = asarray(m)
    if m.ndim > 2:
        raise ValueError("m has more than 2 dimensions")
    if y is not None:
        y = asarray(y)
        if y.ndim > 2:
            raise ValueError("y has more than 2 dimensions")
    if dtype is None:
        dtype = result_type(m, 'f8') if y is None else result_type(m, y, 'f8')
    x = _variables(m, y, rowvar, dtype)
    if x.shape[0] == 0:
        return empty((0, 0), dtype=dtype)
    if ddof is None:
        ddof = 0 if bias else 1

    observations = x.shape[1]
    fweights = _frequency_weights(fweights, observations)
    aweights = _analytic_weights(aweights, observations)
    weights = aweights if fweights is None else fweights
    if fweights is not None and aweights is not None:
        weights = fweights * aweights
    mean, weight_sum = average(x, axis=1, weights=weights, returned=True)
    divisor = _degrees_of_freedom(x, weights, weight_sum[0], ddof, aweights)
    if divisor <= 0:
        warnings.warn("Degrees of freedom <= 0 for slice", RuntimeWarning, stacklevel=2)
        divisor = 0.0

    x -= mean[:, None]
    weighted = x.T if weights is None else (x * weights).T
    # The method gives real data back as they are: no copy before the product.
    products = dot(x, weighted.conj())
    products *= true_divide(1, divisor)
    return products.squeeze()


def _corrcoef_dispatcher(x, y=None, rowvar=None, *, dtype=None):
    return (x, y)


@array_function_dispatch(_corrcoef_dispatcher)
def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    """Pearson correlation of variables: rows of `x` (columns if not `rowvar`).

    `y` adds variables. Returns ``(variables, variables)`` with entries
    clipped to [-1, 1], a scalar for one variable.

    Parameters
    ----------
    x : array_like, 1-d or 2-d
        Variables, and their observations.
    y : array_like, optional
        More variables of the same form.
    rowvar : bool, optional
        Whether a row is a variable; else a column is.
    dtype : dtype, optional
        To compute in; float64 at least by default.

    Returns
    -------
    ndarray, shape (variables, variables), or a scalar for one variable.

    Examples
    --------
    >>> np.corrcoef([[0, 1, 2], [2, 1, 0]])
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    c = cov(x, y, rowvar, dtype=dtype)
    if c.ndim == 0:
        # 1, or nan where the variance says so.
        return c / c
    deviations = sqrt(c.diagonal().real)
    c /= deviations[:, None]
    c /= deviations[None, :]
    clip(c.real, -1, 1, out=c.real)
    if c.dtype.kind == 'c':
        clip(c.imag, -1, 1, out=c.imag)
    return c
