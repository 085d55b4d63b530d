"""Evenly spaced numbers, and docstrings for compiled objects."""

import functools
import operator
import types
import warnings

from . import numeric as _nx
from .multiarray import add_docstring
from .numeric import asanyarray, nan, ndim, result_type
from .overrides import array_function_dispatch, dispatch_on

__all__ = ["linspace", "logspace", "geomspace"]


def _linspace_dispatcher(start, stop, num=None, endpoint=None, retstep=None, dtype=None, axis=None, *, device=None):
    return (start, stop)


@array_function_dispatch(_linspace_dispatcher, module="numpy")
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    """`num` evenly spaced numbers from `start` to `stop`.

    Parameters
    ----------
    start, stop : array_like
        Broadcast together; their shape is the result's but for the new axis.
    num : int
        Length of the new axis.
    endpoint : bool
        Whether `stop` is the last number.
    retstep : bool
        Whether to return ``(numbers, step)``.
    dtype : dtype, optional
        Inferred as a floating-point dtype; integers are rounded down.
    axis : int
        Where the new axis stands.
    device : {'cpu', None}, optional
        Where the result is to be; there is only 'cpu'.

    Returns
    -------
    ndarray, or with `retstep` the pair of it and the distance.

    Raises
    ------
    ValueError
        `num` is negative.

    Examples
    --------
    >>> import sharray as np
    >>> np.linspace(0, 1, 3)
    array([0. , 0.5, 1. ])
    """
    num = operator.index(num)
    if num < 0:
        raise ValueError(f"Number of samples, {num}, must be non-negative.")
    div = num - 1 if endpoint else num
    if dtype is None and axis == 0 and type(start) in _PLAIN and type(stop) in _PLAIN:
        line = _plain_line(start, stop, num, div, device)
        if line is not None:
            return line if retstep else line[0]

    conv = _nx._array_converter(start, stop)
    start, stop = conv.as_arrays()
    inexact = conv.result_type(ensure_inexact=True)
    if dtype is None:
        dtype, integers = inexact, False
    else:
        integers = _nx.issubdtype(dtype, _nx.integer)

    delta = _nx.subtract(stop, start, dtype=type(inexact))
    y = _nx.arange(0, num, dtype=inexact, device=device)
    y = y.reshape((-1, *(1,) * ndim(delta)))
    if div > 0:
        step = delta / div
        in_place = _nx.isscalar(delta)
        # A step that underflowed to zero loses the numbers' order: divide last, then.
        if (step == 0) if in_place else _nx.asanyarray(step == 0).any():
            y /= div
            y = y * delta
        elif in_place:
            y *= step
        else:
            y = y * step
    else:
        step = nan
        y = y * delta

    y += start
    if endpoint and num > 1:
        y[-1, ...] = stop
    if axis != 0:
        y = _nx.moveaxis(y, 0, axis)
    if integers:
        _nx.floor(y, out=y)
    y = conv.wrap(y.astype(dtype, copy=False))
    return (y, step) if retstep else y


_PLAIN = (int, float)


def _plain_line(start, stop, num, div, device):
    """Numbers and step between two Python numbers, computed in the order of the general case; `None` where that has
    more to do (a step that underflows, numbers that are not finite or don't fit)."""
    if div <= 0 or not (abs(start) < 2**63 and abs(stop) < 2**63):
        return None
    start, stop = float(start), float(stop)
    step = (stop - start) / div
    if step == 0:
        return None
    y = _nx.arange(0, num, dtype=_nx.float64, device=device)
    y *= step
    y += start
    if div < num and num > 1:
        y[-1] = stop
    return y, _nx.float64(step)


def _logspace_dispatcher(start, stop, num=None, endpoint=None, base=None, dtype=None, axis=None):
    return (start, stop, base)


@array_function_dispatch(_logspace_dispatcher, module="numpy")
def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """`num` numbers from ``base**start`` to ``base**stop``, evenly spaced in the exponent.

    The arguments are those of `linspace`; `base` broadcasts with `start` and `stop`.

    Parameters
    ----------
    start : array_like
        The exponent of the first number.
    stop : array_like
        The exponent of the last.
    num : int, optional
        How many numbers.
    endpoint : bool, optional
        Whether the last is among them.
    base : array_like, optional
        The base of the powers.
    dtype : dtype, optional
        The result's dtype.
    axis : int, optional
        Where the new axis stands, if the arguments have axes.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.logspace(0, 2, 3)
    array([  1.,  10., 100.])
    """
    if not isinstance(base, (float, int)) and ndim(base):
        # The exponents' new axis must not meet an axis of the base.
        most = max(ndim(start), ndim(stop), ndim(base))
        start, stop, base = (_nx.array(a, copy=None, subok=True, ndmin=most) for a in (start, stop, base))
        base = base.reshape(_with_new_axis(base.shape, axis))
    exponents = linspace(start, stop, num=num, endpoint=endpoint, axis=axis)
    powers = _nx.power(base, exponents)
    return powers if dtype is None else powers.astype(dtype, copy=False)


def _with_new_axis(shape, axis):
    axis = _nx.normalize_axis_index(axis, len(shape) + 1)
    return (*shape[:axis], 1, *shape[axis:])


@dispatch_on("start, stop")
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """`num` numbers from `start` to `stop` with a constant ratio.

    Complex ends give a logarithmic spiral. The arguments are those of `linspace`.

    Parameters
    ----------
    start : array_like
        The first number.
    stop : array_like
        The last number.
    num : int, optional
        How many numbers.
    endpoint : bool, optional
        Whether `stop` is among them.
    dtype : dtype, optional
        The result's dtype.
    axis : int, optional
        Where the new axis stands, if start or stop have axes.

    Returns
    -------
    ndarray.

    Raises
    ------
    ValueError
        An end is zero.

    Examples
    --------
    >>> import sharray as np
    >>> np.geomspace(1, 8, 4)
    array([1., 2., 4., 8.])
    """
    start, stop = asanyarray(start), asanyarray(stop)
    if _nx.any(start == 0) or _nx.any(stop == 0):
        raise ValueError("Geometric sequence cannot include zero")
    common = result_type(start, stop, float(num), _nx.zeros((), dtype))
    if dtype is None:
        dtype = common
    else:
        dtype = _nx.dtype(dtype)
    start = start.astype(common, copy=True)
    stop = stop.astype(common, copy=True)

    # Everything is turned so that the sequence starts with a positive number: exact for
    # negative and imaginary ends.
    direction = _nx.sign(start)
    start /= direction
    stop = stop / direction
    result = logspace(_nx.log10(start), _nx.log10(stop), num=num, endpoint=endpoint, base=10.0, dtype=common)
    if num > 0:
        result[0] = start
        if num > 1 and endpoint:
            result[-1] = stop
    result *= direction
    if axis != 0:
        result = _nx.moveaxis(result, 0, axis)
    return result.astype(dtype, copy=False)


def _needs_add_docstring(obj):
    """Whether only the engine can set the docstring (compiled objects), not an assignment."""
    if isinstance(obj, (types.FunctionType, types.MethodType, property)):
        return False
    return not (isinstance(obj, type) and obj.__flags__ & (1 << 9))


def _add_docstring(obj, doc, warn_on_python):
    if warn_on_python and not _needs_add_docstring(obj):
        warnings.warn(
            f"add_newdoc was used on a pure-python object {obj}. Prefer to attach it directly to the source.",
            UserWarning,
            stacklevel=3,
        )
    try:
        add_docstring(obj, doc)
    except Exception:
        pass  # a docstring is never worth an error


def add_newdoc(place, obj, doc, warn_on_python=True):
    """Give a docstring to a compiled object, or to attributes of it.

    `place` is the module's name, `obj` the object's name in it; `doc` is the text, a
    pair (attribute, text), or a list of such pairs.

    Parameters
    ----------
    place : str
        The module's name.
    obj : str
        The object's name in it.
    doc : str, (str, str) or list of (str, str)
        The text, or names of attributes with their texts.
    warn_on_python : bool, optional
        Whether to warn of an object that is not compiled.

    Returns
    -------
    None.

    Examples
    --------
    >>> np.lib.add_newdoc("sharray", "ndarray", ("shape", "other words"), warn_on_python=False)  # has a text already
    """
    import importlib

    new = getattr(importlib.import_module(place), obj)
    if isinstance(doc, str):
        _add_docstring(new, doc.strip(), warn_on_python)
        return
    for attribute, text in [doc] if isinstance(doc, tuple) else doc:
        _add_docstring(functools.reduce(getattr, [attribute], new), text.strip(), warn_on_python)
