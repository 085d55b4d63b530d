"""Elementary functions that go complex where the real ones have no answer.

Input is looked at as a whole: if any element lies outside of the real
domain, the result is complex for all.
"""

from .._core import umath
from .._core.multiarray import asarray
from ._dispatch import array_function_dispatch
from ._type_check_impl import isreal

__all__ = [
    'sqrt',
    'log',
    'log2',
    'logn',
    'log10',
    'power',
    'arccos',
    'arcsin',
    'arctanh',
]

_MODULE = 'numpy.lib.scimath'

# Types whose values complex64 holds as exactly as float32 would.
_SINGLE = 'fbhBHF'


def _tocomplex(arr):
    """`arr` as complex: single for narrow types, double for all others."""
    char = arr.dtype.char
    if char in _SINGLE:
        return arr.astype('F')
    return arr.astype('G' if char in 'gG' else 'D')


def _fix_real_lt_zero(x):
    """`x`, as complex if an element is a negative real."""
    x = asarray(x)
    if (isreal(x) & (x < 0)).any():
        return _tocomplex(x)
    return x


def _fix_int_lt_zero(x):
    """`x`, as float if an element is negative: powers of it may be fractions."""
    x = asarray(x)
    if (isreal(x) & (x < 0)).any():
        return x * 1.0
    return x


def _fix_real_abs_gt_1(x):
    """`x`, as complex if an element is a real beyond 1 or -1."""
    x = asarray(x)
    if (isreal(x) & (abs(x) > 1)).any():
        return _tocomplex(x)
    return x


def _unary_dispatcher(x):
    return (x,)


@array_function_dispatch(_unary_dispatcher, module=_MODULE)
def sqrt(x):
    """Square root, complex for negative numbers.

    Parameters
    ----------
    x : array_like of numbers

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> np.emath.sqrt([-1, 4])
    array([0.+1.j, 2.+0.j])
    """
    return umath.sqrt(_fix_real_lt_zero(x))


@array_function_dispatch(_unary_dispatcher, module=_MODULE)
def log(x):
    """Natural logarithm, complex for negative numbers.

    Parameters
    ----------
    x : array_like of numbers

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> np.emath.log(-1)
    np.complex128(3.141592653589793j)
    """
    return umath.log(_fix_real_lt_zero(x))


@array_function_dispatch(_unary_dispatcher, module=_MODULE)
def log10(x):
    """Logarithm to base 10, complex for negative numbers.

    Parameters
    ----------
    x : array_like of numbers

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> np.emath.log10(100.)
    np.float64(2.0)
    """
    return umath.log10(_fix_real_lt_zero(x))


def _logn_dispatcher(n, x):
    return (n, x)


@array_function_dispatch(_logn_dispatcher, module=_MODULE)
def logn(n, x):
    """Logarithm of `x` to base `n`, complex if either is negative.

    Parameters
    ----------
    n : array_like of numbers
        The base.
    x : array_like of numbers

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> np.emath.logn(2, [4, 8])
    array([2., 3.])
    """
    return umath.log(_fix_real_lt_zero(x)) / umath.log(_fix_real_lt_zero(n))


@array_function_dispatch(_unary_dispatcher, module=_MODULE)
def log2(x):
    """Logarithm to base 2, complex for negative numbers.

    Parameters
    ----------
    x : array_like of numbers

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> np.emath.log2(8)
    np.float64(3.0)
    """
    return umath.log2(_fix_real_lt_zero(x))


def _power_dispatcher(x, p):
    return (x, p)


@array_function_dispatch(_power_dispatcher, module=_MODULE)
def power(x, p):
    """`x` to the power `p`, complex for negative `x`, float for negative `p`.

    Parameters
    ----------
    x : array_like of numbers
        The bases.
    p : array_like of numbers
        The exponents.

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> np.emath.power(2, [2, -1])
    array([4. , 0.5])
    """
    return umath.power(_fix_real_lt_zero(x), _fix_int_lt_zero(p))


@array_function_dispatch(_unary_dispatcher, module=_MODULE)
def arccos(x):
    """Inverse cosine, complex beyond -1 and 1.

    Parameters
    ----------
    x : array_like of numbers

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> np.emath.arccos(1)
    np.float64(0.0)
    """
    return umath.arccos(_fix_real_abs_gt_1(x))


@array_function_dispatch(_unary_dispatcher, module=_MODULE)
def arcsin(x):
    """Inverse sine, complex beyond -1 and 1.

    Parameters
    ----------
    x : array_like of numbers

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> np.emath.arcsin(0)
    np.float64(0.0)
    """
    return umath.arcsin(_fix_real_abs_gt_1(x))


@array_function_dispatch(_unary_dispatcher, module=_MODULE)
def arctanh(x):
    """Inverse hyperbolic tangent, complex beyond -1 and 1.

    Parameters
    ----------
    x : array_like of numbers

    Returns
    -------
    scalar or ndarray, complex where a real one can't hold the result.

    Examples
    --------
    >>> float(np.emath.arctanh(0.5).round(6))
    0.549306
    """
    return umath.arctanh(_fix_real_abs_gt_1(x))
