"""`_vec_string` and `compare_chararrays`: string methods and comparisons, element by element."""

from .. import _engine
from .._engine import asanyarray, asarray, broadcast, fromiter, ndarray
from ..lib._stride_tricks_impl import broadcast_to


def _vec_string(a, type, method, args=(), /):
    """Call a method of `str` or `bytes` on each element; `args` are broadcast with the array."""
    a = asanyarray(a)
    if a.dtype.kind in "UT":
        function = getattr(str, method)
    elif a.dtype.kind == "S":
        function = getattr(bytes, method)
    else:
        raise TypeError("string operation on non-string array")
    operands = [asarray(a), *map(asarray, args)]
    shape = broadcast(*operands).shape
    columns = [broadcast_to(operand, shape).ravel().tolist() for operand in operands]
    values, wanted = list(map(function, *columns)), _engine.dtype(type)
    if wanted.kind == "O":
        # Lists are elements here, not axes.
        result = fromiter(values, wanted, len(values))
    else:
        if wanted.kind not in "SUT" and any(isinstance(value, (str, bytes)) for value in values):
            raise TypeError(f"the method {method!r} gives text, which is not put into an array of {wanted}")
        result = asarray(values, wanted)
    return result.reshape(shape)


_COMPARISONS = {
    "==": "equal",
    "!=": "not_equal",
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
}


def compare_chararrays(a1, a2, cmp, rstrip):
    """Compare two arrays of strings elementwise with the operator named by `cmp`.

    `rstrip` ignores white space at the ends of elements.
    """
    a1, a2 = asanyarray(a1), asanyarray(a2)
    if not isinstance(cmp, str) or cmp not in _COMPARISONS:
        raise ValueError("comparison must be '==', '!=', '<', '>', '<=', '>='")
    for array in (a1, a2):
        if array.dtype.kind not in "SU":
            raise TypeError("comparison of non-string arrays")
    if a1.dtype.char != a2.dtype.char:
        a1, a2 = (array.astype("U") for array in (a1, a2))
    if rstrip:
        a1, a2 = (_engine._rstrip_whitespace(array, out=...) for array in (a1, a2))
    a1, a2 = (array.view(ndarray) for array in (a1, a2))
    return getattr(_engine, _COMPARISONS[cmp])(a1, a2, out=...)
