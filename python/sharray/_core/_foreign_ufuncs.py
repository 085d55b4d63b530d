"""Ufuncs that are not sharray's, called with sharray's arrays: NumPy's own, and those compiled for NumPy by others."""

import sys

from .. import _engine

#: Ufuncs of the real NumPy that were asked for, by identity, and the engine's.
_KNOWN = {}


def ours(ufunc):
    """The engine's ufunc that is to sharray what `ufunc` is to the real NumPy; None for all others.

    A name alone does not tell: `scipy.special` and numba's users have functions of the same names.
    """
    known = _KNOWN.get(id(ufunc))
    if known is not None:
        return known[1]
    name = ufunc.__name__
    for module in (sys.modules.get("numpy"), sys.modules.get("numpy._core.umath"), sys.modules.get("numpy.strings")):
        if getattr(module, name, None) is ufunc:
            own = getattr(_engine, name, None)
            if not isinstance(own, _engine.ufunc):
                return None
            _KNOWN[id(ufunc)] = (ufunc, own)
            return own
    return None


def on_views(ufunc, method, inputs, keywords):
    """Calls a ufunc that is compiled for the real NumPy on NumPy's views of sharray's arrays.

    Parameters
    ----------
    ufunc : numpy.ufunc
    method : str
        "__call__", "reduce", …
    inputs : tuple
    keywords : dict or None
        With `out` as a tuple, as NEP 13 has it.

    Returns
    -------
    ndarray, scalar or tuple of these
        What was given as `out`, else sharray's arrays on the memory of the results. NotImplemented for what is no ufunc
        of the real NumPy.
    """
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(ufunc, getattr(numpy, "ufunc", ())):
        return NotImplemented

    def theirs(x):
        return numpy.asarray(x) if isinstance(x, _engine.ndarray) else x

    options = {name: theirs(value) for name, value in (keywords or {}).items()}
    outputs = options.pop("out", None)
    if outputs is not None:
        options["out"] = tuple(map(theirs, outputs))
    result = getattr(ufunc, method)(*map(theirs, inputs), **options)
    if outputs is None:
        return tuple(map(_ours, result)) if isinstance(result, tuple) else _ours(result)
    if not isinstance(result, tuple):
        return outputs[0] if outputs[0] is not None else _ours(result)
    return tuple(_ours(one) if given is None else given for one, given in zip(result, outputs, strict=True))


def _ours(result):
    array = _engine.asarray(result)
    return array if array.ndim else array[()]
