"""The scalar types as names, and questions about them.

`issubdtype` and `isdtype` ask what a dtype is; `typecodes` and `ScalarType` list
what there is.
"""

import warnings

from .._utils import set_module
from . import multiarray as ma
from ._string_helpers import LOWER_TABLE, UPPER_TABLE, english_capitalize, english_lower, english_upper
from ._type_aliases import allTypes, sctypeDict, sctypes
from .multiarray import (
    busday_count,
    busday_offset,
    busdaycalendar,
    datetime_as_string,
    datetime_data,
    dtype,
    generic,
    is_busday,
    ndarray,
)

__all__ = [
    "ScalarType",
    "typecodes",
    "issubdtype",
    "datetime_data",
    "datetime_as_string",
    "busday_offset",
    "busday_count",
    "is_busday",
    "busdaycalendar",
    "isdtype",
    *allTypes,
]

globals().update(allTypes)

genericTypeRank = [
    "bool",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "float16",
    "float32",
    "float64",
    "float96",
    "float128",
    "complex64",
    "complex128",
    "complex192",
    "complex256",
    "object",
]

typeDict = sctypeDict

_PYTHON_SCALARS = [int, float, complex, bool, bytes, str, memoryview]


def _scalar_type_key(scalar_type):
    """Sorts scalar types by kind, then size."""
    described = dtype(scalar_type)
    return described.kind.lower(), described.itemsize


ScalarType = tuple(_PYTHON_SCALARS + sorted(dict.fromkeys(sctypeDict.values()), key=_scalar_type_key))

typecodes = {
    "Character": "c",
    "Integer": "bhilqnp",
    "UnsignedInteger": "BHILQNP",
    "Float": "efdg",
    "Complex": "FDG",
    "AllInteger": "bBhHiIlLqQnNpP",
    "AllFloat": "efdgFDG",
    "Datetime": "Mm",
    "All": "?bhilqnpBHILQNPefdgFDGSUVOMm",
}


@set_module("numpy")
def maximum_sctype(t):
    """The widest scalar type of the kind of `t` (deprecated); `t` itself where it is no type.

    >>> import warnings
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")
    ...     maximum_sctype("i2").__name__
    'longlong'
    """
    warnings.warn(
        "`maximum_sctype` is deprecated. Use an explicit dtype like int64 or float64 instead. "
        "(deprecated in NumPy 2.0)",
        DeprecationWarning,
        stacklevel=2,
    )
    scalar_type = obj2sctype(t)
    if scalar_type is None:
        return t
    for group, abstract in (
        ("int", "signedinteger"),
        ("uint", "unsignedinteger"),
        ("float", "floating"),
        ("complex", "complexfloating"),
    ):
        if issubclass(scalar_type, allTypes[abstract]):
            return sctypes[group][-1]
    return scalar_type


@set_module("numpy")
def issctype(rep):
    """Whether `rep` is a scalar type or a dtype (other than object).

    >>> import sharray as np
    >>> issctype(np.int32), issctype(1.5)
    (True, False)
    """
    if not isinstance(rep, (type, dtype)):
        return False
    found = obj2sctype(rep)
    return found is not None and found is not allTypes["object_"]


def obj2sctype(rep, default=None):
    """The scalar type that stands for `rep` (type, dtype, spelling, array), or `default`.

    >>> obj2sctype("f8").__name__
    'float64'
    """
    if isinstance(rep, type) and issubclass(rep, generic):
        return rep
    if isinstance(rep, ndarray):
        return rep.dtype.type
    try:
        return dtype(rep).type
    except Exception:
        return default


def issubclass_(arg1, arg2):
    """`issubclass`, with False where an argument is no class."""
    try:
        return issubclass(arg1, arg2)
    except TypeError:
        return False


def issubsctype(arg1, arg2):
    """Whether the scalar type of `arg1` is a subclass of that of `arg2`."""
    return issubclass(obj2sctype(arg1), obj2sctype(arg2))


class _PreprocessDTypeError(Exception):
    pass


def _preprocess_dtype(spec):
    """The scalar type for a dtype or scalar type; raises for everything else."""
    if isinstance(spec, dtype):
        return spec.type
    if isinstance(spec, ndarray) or spec not in allTypes.values():
        raise _PreprocessDTypeError
    return spec


def _kinds():
    numeric = (allTypes["integer"], allTypes["inexact"])
    return {
        "bool": (allTypes["bool"],),
        "signed integer": (allTypes["signedinteger"],),
        "unsigned integer": (allTypes["unsignedinteger"],),
        "integral": (allTypes["integer"],),
        "real floating": (allTypes["floating"],),
        "complex floating": (allTypes["complexfloating"],),
        "numeric": numeric,
    }


@set_module("numpy")
def isdtype(dtype, kind):
    """Whether `dtype` is of the kind `kind`: a dtype, a word, or a tuple of these.

    The words are those of the array API standard: 'bool', 'signed integer',
    'unsigned integer', 'integral', 'real floating', 'complex floating', 'numeric'.

    Parameters
    ----------
    dtype : dtype
    kind : dtype, str, or tuple of them
        A dtype or the name of a kind: 'bool', 'signed integer', 'unsigned integer', 'integral', 'real floating',
    'complex floating', 'numeric'.

    Returns
    -------
    bool.

    Raises
    ------
    TypeError
        `dtype` is no dtype or scalar type, or `kind` holds something else.
    ValueError
        An unknown word.

    Examples
    --------
    >>> import sharray as np
    >>> np.isdtype(np.float32, "real floating")
    True
    """
    try:
        scalar_type = _preprocess_dtype(dtype)
    except _PreprocessDTypeError:
        raise TypeError(f"dtype argument must be a NumPy dtype, but it is a {type(dtype)}.") from None
    known = _kinds()
    accepted = []
    for item in kind if isinstance(kind, tuple) else (kind,):
        if isinstance(item, str):
            if item not in known:
                raise ValueError(f"kind argument is a string, but {item!r} is not a known kind name.")
            accepted += known[item]
            continue
        try:
            accepted.append(_preprocess_dtype(item))
        except _PreprocessDTypeError:
            raise TypeError(
                f"kind argument must be comprised of NumPy dtypes or strings only, but is a {type(kind)}."
            ) from None
    return issubclass(scalar_type, tuple(accepted))


@set_module("numpy")
def issubdtype(arg1, arg2):
    """Whether `arg1` is lower than or equal to `arg2` in the hierarchy of scalar types.

    Both may be dtypes, their spellings or scalar types (also abstract ones).

    Parameters
    ----------
    arg1, arg2 : dtype or type

    Returns
    -------
    bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.issubdtype("f4", np.floating), np.issubdtype(np.int64, np.floating)
    (True, False)
    """
    if not issubclass_(arg1, generic):
        arg1 = dtype(arg1).type
    if not issubclass_(arg2, generic):
        arg2 = dtype(arg2).type
    return issubclass(arg1, arg2)


@set_module("numpy")
def sctype2char(sctype):
    """The type character of a scalar type (or of what `obj2sctype` turns into one).

    ValueError for what has no scalar type, KeyError for abstract types.

    >>> sctype2char(float)
    'd'
    """
    scalar_type = obj2sctype(sctype)
    if scalar_type is None:
        raise ValueError("unrecognized type")
    if scalar_type not in sctypeDict.values():
        raise KeyError(scalar_type)
    return dtype(scalar_type).char


def _register_types():
    """Make the scalar types members of Python's numeric tower."""
    import numbers

    numbers.Integral.register(ma.integer)
    numbers.Complex.register(ma.inexact)
    numbers.Real.register(ma.floating)
    numbers.Number.register(ma.number)


_register_types()
