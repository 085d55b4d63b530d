"""Functions that behave like ufuncs: rounding toward zero, signed infinities."""

from .._core.umath import isinf, logical_and, logical_not, signbit, trunc
from ._dispatch import array_function_dispatch

__all__ = ['fix', 'isneginf', 'isposinf']


def _dispatcher(x, out=None):
    return (x, out)


@array_function_dispatch(_dispatcher)
def fix(x, out=None):
    """`x` rounded toward zero, elementwise: any shape, `out` of that shape.

    Parameters
    ----------
    x : array_like
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    ndarray or scalar, of the dtype of `x`.

    Examples
    --------
    >>> np.fix([2.7, -2.7])
    array([ 2., -2.])
    """
    return trunc(x, out=out)


def _infinite_with_sign(x, out, sign_of, name):
    infinite = isinf(x)
    try:
        sign = sign_of(x)
    except TypeError as error:
        dtype = getattr(x, 'dtype', type(x).__name__)
        raise TypeError(
            f'This operation is not supported for {dtype} values because it would be ambiguous ({name}).'
        ) from error
    return logical_and(infinite, sign, out)


@array_function_dispatch(_dispatcher)
def isposinf(x, out=None):
    """Whether each element is positive infinity: bool, `x`'s shape.

    TypeError for complex and datetime input.

    Parameters
    ----------
    x : array_like
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> np.isposinf([-np.inf, 0., np.inf])
    array([False, False,  True])
    """
    return _infinite_with_sign(x, out, lambda v: logical_not(signbit(v)), 'isposinf')


@array_function_dispatch(_dispatcher)
def isneginf(x, out=None):
    """Whether each element is negative infinity: bool, `x`'s shape.

    TypeError for complex and datetime input.

    Parameters
    ----------
    x : array_like
    out : ndarray, optional
        Where the result goes; it must have the result's shape, and a dtype the result casts to.

    Returns
    -------
    bool or ndarray of bool.

    Examples
    --------
    >>> np.isneginf([-np.inf, 0., np.inf])
    array([ True, False, False])
    """
    return _infinite_with_sign(x, out, signbit, 'isneginf')
