"""Window functions, the Bessel function they need, and `sinc`.

Windows are symmetric 1-D float arrays of a given number of points. All are
evaluated on points that mirror each other exactly, so that the two halves
of a window are bitwise equal.
"""

import math

from .._core.getlimits import finfo
from .._core.multiarray import arange, array, asanyarray, asarray, where
from .._core.numeric import ones
from .._core.umath import absolute, cos, exp, less_equal, not_equal, pi, sin, sqrt
from .._utils import set_module
from ._dispatch import array_function_dispatch

__all__ = ['blackman', 'bartlett', 'hanning', 'hamming', 'kaiser', 'i0', 'sinc']


def _centred_points(M):
    """Odd- or even-spaced points from ``1 - M`` to ``M - 1`` in steps of 2.

    Gives ``(points, M)``, or ``(None, window)`` where ``M`` is so small that
    the window needs no formula.
    """
    # Joining M with a float gives the dtype of the window: float64 for
    # every integer, wider only for an M that is wider itself.
    M = array([0.0, M])[1]
    if M < 1:
        return None, array([], dtype=M.dtype)
    if M == 1:
        return None, ones(1, dtype=M.dtype)
    return arange(1 - M, M, 2), M


def _cosine_sum(M, *coefficients):
    """A window that is a sum of cosines: one coefficient per harmonic."""
    points, M = _centred_points(M)
    if points is None:
        return M
    angle = points * (pi / (M - 1))
    window = coefficients[0] + coefficients[1] * cos(angle)
    for harmonic, factor in enumerate(coefficients[2:], 2):
        window += factor * cos(harmonic * angle)
    return window


@set_module('numpy')
def blackman(M):
    """Blackman window of `M` points: three cosine terms, peak 1.

    Returns a 1-D float array of ``M`` values, empty for ``M < 1``.

    Parameters
    ----------
    M : int
        The number of points.

    Returns
    -------
    ndarray of float, shape (M,).

    Examples
    --------
    >>> np.blackman(3).round(3) + 0.0
    array([0., 1., 0.])
    """
    return _cosine_sum(M, 0.42, 0.5, 0.08)


@set_module('numpy')
def hanning(M):
    """Hann window of `M` points: a raised cosine that ends at zero.

    Returns a 1-D float array of ``M`` values, empty for ``M < 1``.

    Parameters
    ----------
    M : int
        The number of points.

    Returns
    -------
    ndarray of float, shape (M,).

    Examples
    --------
    >>> np.hanning(3)
    array([0., 1., 0.])
    """
    return _cosine_sum(M, 0.5, 0.5)


@set_module('numpy')
def hamming(M):
    """Hamming window of `M` points: a raised cosine that ends at 0.08.

    Returns a 1-D float array of ``M`` values, empty for ``M < 1``.

    Parameters
    ----------
    M : int
        The number of points.

    Returns
    -------
    ndarray of float, shape (M,).

    Examples
    --------
    >>> np.hamming(3)
    array([0.08, 1.  , 0.08])
    """
    return _cosine_sum(M, 0.54, 0.46)


@set_module('numpy')
def bartlett(M):
    """Triangular window of `M` points that ends at zero.

    Returns a 1-D float array of ``M`` values, empty for ``M < 1``.

    Parameters
    ----------
    M : int
        The number of points.

    Returns
    -------
    ndarray of float, shape (M,).

    Examples
    --------
    >>> np.bartlett(5)
    array([0. , 0.5, 1. , 0.5, 0. ])
    """
    points, M = _centred_points(M)
    if points is None:
        return M
    return 1 - absolute(points) / (M - 1)


@set_module('numpy')
def kaiser(M, beta):
    """Kaiser window of `M` points with shape parameter `beta`.

    ``beta = 0`` is a rectangle; larger values narrow the window. Returns a
    1-D float array of ``M`` values, empty for ``M < 1``.

    Parameters
    ----------
    M : int
        The number of points.
    beta : float
        The shape: 0 is a rectangle, larger ones are narrower.

    Returns
    -------
    ndarray of float, shape (M,).

    Examples
    --------
    >>> np.kaiser(3, 14).round(6)
    array([8.e-06, 1.e+00, 8.e-06])
    """
    _, M, beta = array([0.0, M, beta])
    if M == 1:
        return ones(1, dtype=M.dtype)
    points = arange(0, M)
    half = (M - 1) / 2.0
    return i0(beta * sqrt(1 - ((points - half) / half) ** 2.0)) / i0(beta)


# i0(x) is the sum of (x/2)^(2k) / k!^2. Every term is positive, so the sum
# loses nothing to cancellation; below this border 56 terms reach the last
# bit. Above it exp(x)/sqrt(2 pi x) times a short asymptotic series does.
_I0_BORDER = 20.0
_I0_SERIES = [1.0 / math.factorial(k) ** 2 for k in range(56)]


def _asymptotic_coefficients(count):
    """Coefficients a_k of i0's asymptotic series in 1/x, from their ratio."""
    coefficients = [1.0]
    for k in range(1, count):
        coefficients.append(coefficients[-1] * (2 * k - 1) ** 2 / (8 * k))
    return coefficients


_I0_ASYMPTOTIC = _asymptotic_coefficients(28)


def _horner(coefficients, x):
    """Polynomial with ascending `coefficients` at `x`."""
    total = coefficients[-1] * x
    for factor in reversed(coefficients[1:-1]):
        total += factor
        total *= x
    return total + coefficients[0]


def _i0_small(x):
    return _horner(_I0_SERIES, x * x / 4)


def _i0_large(x):
    # exp() may overflow one step before the quotient does, hence two halves.
    half = exp(x / 2)
    return half * (half * _horner(_I0_ASYMPTOTIC, 1 / x) / sqrt(2 * pi * x))


def _i0_dispatcher(x):
    return (x,)


@array_function_dispatch(_i0_dispatcher)
def i0(x):
    """Modified Bessel function of the first kind, order 0, elementwise.

    Takes real input of any shape; integers are computed as float64.
    TypeError for complex input.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    ndarray of float.

    Examples
    --------
    >>> np.i0(0.)
    array(1.)
    """
    from ._function_base_impl import piecewise

    x = asanyarray(x)
    kind = x.dtype.kind
    if kind == 'c':
        raise TypeError("i0 not supported for complex values")
    if kind != 'f':
        x = x.astype(float)
    x = absolute(x)
    return piecewise(x, [less_equal(x, _I0_BORDER)], [_i0_small, _i0_large])


def _sinc_dispatcher(x):
    return (x,)


@array_function_dispatch(_sinc_dispatcher)
def sinc(x):
    """Normalised sinc: ``sin(pi x) / (pi x)``, and 1 where `x` is 0.

    Any shape; integers are computed as float64.

    Parameters
    ----------
    x : array_like

    Returns
    -------
    ndarray or scalar of float.

    Examples
    --------
    >>> np.sinc([0, 0.5])
    array([1.        , 0.63661977])
    """
    x = asanyarray(x)
    # In place of 0 stands a number so small that its sine equals itself.
    tiny = finfo(x.dtype).eps if x.dtype.kind == 'f' else 1e-20
    angle = asarray(pi * where(not_equal(x, 0), x, tiny))
    return sin(angle) / angle
