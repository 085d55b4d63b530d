"""`require`: an array with given properties of its memory, copied only where needed."""

from .multiarray import array, asanyarray
from .overrides import array_function_dispatch, finalize_array_function_like, set_module

__all__ = ["require"]

_FLAG_NAMES = {
    "C": "C",
    "C_CONTIGUOUS": "C",
    "CONTIGUOUS": "C",
    "F": "F",
    "F_CONTIGUOUS": "F",
    "FORTRAN": "F",
    "A": "A",
    "ALIGNED": "A",
    "W": "W",
    "WRITEABLE": "W",
    "O": "O",
    "OWNDATA": "O",
    "E": "E",
    "ENSUREARRAY": "E",
}


@finalize_array_function_like
@set_module("numpy")
def require(a, dtype=None, requirements=None, *, like=None):
    """`a` as an array of `dtype` that fulfils `requirements`.

    Parameters
    ----------
    a : array_like
    dtype : dtype, optional
    requirements : str or sequence of str
        'C', 'F' (contiguous), 'A' (aligned), 'W' (writeable), 'O' (owns its memory),
        'E' (a plain ndarray, no subclass), or the flags' long names.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray.

    Raises
    ------
    KeyError
        An unknown requirement.
    ValueError
        Both 'C' and 'F'.

    Examples
    --------
    >>> import sharray as np
    >>> np.require([1, 2], "f4", ["C", "W"]).flags.writeable
    True
    """
    if like is not None:
        return _require_with_like(like, a, dtype=dtype, requirements=requirements)
    if not requirements:
        return asanyarray(a, dtype=dtype)
    wanted = {_FLAG_NAMES[name.upper()] for name in requirements}
    subok = "E" not in wanted
    wanted.discard("E")
    if wanted >= {"C", "F"}:
        raise ValueError("Cannot specify both \"C\" and \"F\" order")
    order = "F" if "F" in wanted else "C" if "C" in wanted else "A"
    wanted -= {"C", "F"}
    result = array(a, dtype=dtype, order=order, copy=None, subok=subok)
    if any(not result.flags[name] for name in wanted):
        return result.copy(order)
    return result


_require_with_like = array_function_dispatch()(require)
