"""Frequencies of the bins, and moving the zero frequency to the middle."""

import sharray as np

from .._core.overrides import dispatch_on
from .._utils import set_module

__all__ = ["fftshift", "ifftshift", "fftfreq", "rfftfreq"]


def _shifted(x, axes, backwards):
    x = np.asarray(x)
    if axes is None:
        axes = tuple(range(x.ndim))
    elif isinstance(axes, (int, np.integer)):
        half = x.shape[axes] // 2
        return np.roll(x, -half if backwards else half, axes)
    halves = [x.shape[axis] // 2 for axis in axes]
    return np.roll(x, [-half for half in halves] if backwards else halves, axes)


@dispatch_on("x", module="numpy.fft")
def fftshift(x, axes=None):
    """The spectrum with the zero frequency in the middle of the axes (all by default).

    Parameters
    ----------
    x : array_like
    axes : int or sequence of int, optional
        The axes; None takes all.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.fftshift([0, 1, 2, -2, -1])
    array([-2, -1,  0,  1,  2])
    """
    return _shifted(x, axes, backwards=False)


@dispatch_on("x", module="numpy.fft")
def ifftshift(x, axes=None):
    """The reverse of `fftshift`.

    Parameters
    ----------
    x : array_like
    axes : int or sequence of int, optional
        The axes; None takes all.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.ifftshift([-2, -1, 0, 1, 2])
    array([ 0,  1,  2, -2, -1])
    """
    return _shifted(x, axes, backwards=True)


def _as_real(frequencies, dtype):
    if dtype is None:
        return frequencies
    dtype = np.dtype(dtype)
    if not np.isdtype(dtype, "real floating"):
        raise ValueError(f"frequencies are real floating-point numbers, and dtype is {dtype}")
    return frequencies.astype(dtype, copy=False)


@set_module("numpy.fft")
def fftfreq(n, d=1.0, device=None, *, dtype=None):
    """The frequencies of the bins of an `n`-point transform at sample distance `d`.

    ValueError unless `n` is an integer, and `dtype` (float64) real floating point.

    Parameters
    ----------
    n : int
        The length of the transform.
    d : float, optional
        The distance of samples.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.
    dtype : dtype, optional
        A real floating-point dtype of the result; float64 unless given.

    Returns
    -------
    ndarray of float, shape (n,).

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.fftfreq(4)
    array([ 0.  ,  0.25, -0.5 , -0.25])
    """
    if not isinstance(n, (int, np.integer)):
        raise ValueError("n should be an integer")
    half = (n - 1) // 2 + 1
    numbers = np.empty(n, int, device=device)
    numbers[:half] = np.arange(half)
    numbers[half:] = np.arange(-(n // 2), 0)
    return _as_real(numbers * (1.0 / (n * d)), dtype)


@set_module("numpy.fft")
def rfftfreq(n, d=1.0, device=None, *, dtype=None):
    """The frequencies of the bins of an `n`-point real transform at sample distance `d`.

    Parameters
    ----------
    n : int
        The length of the transform.
    d : float, optional
        The distance of samples.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.
    dtype : dtype, optional
        A real floating-point dtype of the result; float64 unless given.

    Returns
    -------
    ndarray of float, shape (n // 2 + 1,).

    Examples
    --------
    >>> import sharray as np
    >>> np.fft.rfftfreq(4)
    array([0.  , 0.25, 0.5 ])
    """
    if not isinstance(n, (int, np.integer)):
        raise ValueError("n should be an integer")
    return _as_real(np.arange(0, n // 2 + 1, dtype=int, device=device) * (1.0 / (n * d)), dtype)
