"""Which functions and ufuncs other array types can take over."""

from .._core import umath as _umath
from .._core.overrides import ARRAY_FUNCTIONS as _array_functions

_ufunc = type(_umath.sin)


def get_overridable_numpy_ufuncs():
    """The set of all ufuncs.

    Returns
    -------
    set of ufunc.

    Examples
    --------
    >>> import sharray as np
    >>> np.add in get_overridable_numpy_ufuncs()
    True
    """
    return {one for one in vars(_umath).values() if isinstance(one, _ufunc)}


def allows_array_ufunc_override(func):
    """Whether `func` obeys `__array_ufunc__`, that is, whether it is a ufunc.

    Parameters
    ----------
    func : callable

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> allows_array_ufunc_override(np.add)
    True
    """
    return isinstance(func, _ufunc)


def get_overridable_numpy_array_functions():
    """The set of all functions that obey `__array_function__`.

    Returns
    -------
    set of callable.

    Examples
    --------
    >>> import sharray as np
    >>> np.sum in get_overridable_numpy_array_functions()
    True
    """
    # what is imported late registers late
    from ..lib import recfunctions  # noqa: F401

    return _array_functions.copy()


def allows_array_function_override(func):
    """Whether `func` obeys `__array_function__`.

    Parameters
    ----------
    func : callable

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> allows_array_function_override(np.sum)
    True
    """
    return func in _array_functions
