"""What happens on floating-point errors and how large the buffers are: per context, with `errstate`."""

import functools

from .._engine import _extobj_contextvar, _get_extobj_dict, _make_extobj
from .._utils import set_module

__all__ = ["seterr", "geterr", "setbufsize", "getbufsize", "seterrcall", "geterrcall", "errstate"]

_ERRORS = ("divide", "over", "under", "invalid")


@set_module("numpy")
def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    """Set how floating-point errors are handled; returns the old settings as `geterr` does.

    Each argument is 'ignore', 'warn', 'raise', 'call', 'print' or 'log'; None leaves
    the setting, `all` sets the four at once. ValueError for other words.

    Parameters
    ----------
    all : {'ignore', 'warn', 'raise', 'call', 'print', 'log'}, optional
        The answer to all four errors that are not given on their own.
    divide : str, optional
        To division by zero.
    over : str, optional
        To overflow.
    under : str, optional
        To underflow.
    invalid : str, optional
        To results that are no number.

    Returns
    -------
    dict: the former answers.

    Examples
    --------
    >>> import sharray as np
    >>> old = np.seterr(divide="ignore")
    >>> np.geterr()["divide"]
    'ignore'
    >>> _ = np.seterr(**old)
    """
    old = geterr()
    _extobj_contextvar.set(_make_extobj(all=all, divide=divide, over=over, under=under, invalid=invalid))
    return old


@set_module("numpy")
def geterr():
    """The handling of floating-point errors: a dict with divide, over, under, invalid.

    Returns
    -------
    dict of str.

    Examples
    --------
    >>> import sharray as np
    >>> sorted(np.geterr())
    ['divide', 'invalid', 'over', 'under']
    """
    state = _get_extobj_dict()
    return {name: state[name] for name in _ERRORS}


@set_module("numpy")
def setbufsize(size):
    """Set the ufuncs' buffer size in elements; returns the old one.

    ValueError unless `size` is positive and a multiple of 16 within bounds.

    Parameters
    ----------
    size : int
        The number of elements.

    Returns
    -------
    int: the former number.

    Examples
    --------
    >>> import sharray as np
    >>> old = np.setbufsize(4096)
    >>> np.setbufsize(old)
    4096
    """
    if size < 0:
        raise ValueError("buffer size must be non-negative")
    old = _get_extobj_dict()["bufsize"]
    _extobj_contextvar.set(_make_extobj(bufsize=size))
    return old


@set_module("numpy")
def getbufsize():
    """The ufuncs' buffer size in elements.

    Returns
    -------
    int.

    Examples
    --------
    >>> import sharray as np
    >>> np.getbufsize()
    8192
    """
    return _get_extobj_dict()["bufsize"]


@set_module("numpy")
def seterrcall(func):
    """Set the function or log object that the modes 'call' and 'log' use; returns the old one.

    `func(kind, flag)` is called, or `func.write(text)`; None unsets it. ValueError
    for objects that are neither.

    Parameters
    ----------
    func : callable, object with a method `write`, or None
        What 'call' and 'log' use.

    Returns
    -------
    The former one.

    Examples
    --------
    >>> import sharray as np
    >>> np.seterrcall(print) is None
    True
    >>> np.seterrcall(None) is print
    True
    """
    old = geterrcall()
    _extobj_contextvar.set(_make_extobj(call=func))
    return old


@set_module("numpy")
def geterrcall():
    """The function or log object for floating-point errors, or None.

    Returns
    -------
    callable, object with a method `write`, or None.

    Examples
    --------
    >>> import sharray as np
    >>> np.geterrcall() is None
    True
    """
    return _get_extobj_dict()["call"]


class _unspecified:
    pass


_Unspecified = _unspecified()


@set_module("numpy")
class errstate:
    """Context manager, and decorator, that changes the error handling for a while.

    Takes `seterr`'s arguments and `call` as in `seterrcall`. One instance can be
    entered once; as a decorator it can be used any number of times.

    Parameters
    ----------
    call : callable or object with a method `write`, optional
        What 'call' and 'log' use.
    all : {'ignore', 'warn', 'raise', 'call', 'print', 'log'}, optional
        The answer to all four errors that are not given on their own.
    divide : str, optional
        To division by zero.
    over : str, optional
        To overflow.
    under : str, optional
        To underflow.
    invalid : str, optional
        To results that are no number.

    Examples
    --------
    >>> import sharray as np
    >>> with np.errstate(divide="ignore"):
    ...     np.array([1.0]) / 0
    array([inf])
    """

    __slots__ = ("_all", "_call", "_divide", "_invalid", "_over", "_token", "_under")

    def __init__(self, *, call=_Unspecified, all=None, divide=None, over=None, under=None, invalid=None):
        self._token = None
        self._call = call
        self._all = all
        self._divide = divide
        self._over = over
        self._under = under
        self._invalid = invalid

    def _settings(self):
        settings = {
            "all": self._all,
            "divide": self._divide,
            "over": self._over,
            "under": self._under,
            "invalid": self._invalid,
        }
        if self._call is not _Unspecified:
            settings["call"] = self._call
        return settings

    def __enter__(self):
        if self._token is not None:
            raise TypeError("Cannot enter `np.errstate` twice.")
        self._token = _extobj_contextvar.set(_make_extobj(**self._settings()))

    def __exit__(self, *exc_details):
        _extobj_contextvar.reset(self._token)

    def __call__(self, func):
        settings = self._settings()

        @functools.wraps(func)
        def inner(*args, **kwargs):
            token = _extobj_contextvar.set(_make_extobj(**settings))
            try:
                return func(*args, **kwargs)
            finally:
                _extobj_contextvar.reset(token)

        return inner
