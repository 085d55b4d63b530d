"""dtypes for the types of the module ctypes.

>>> import ctypes, sharray as np
>>> np.dtype(ctypes.c_int16 * 3)
dtype(('<i2', (3,)))
"""

import ctypes

from .multiarray import dtype


def dtype_from_ctypes_type(t):
    """The dtype with the memory layout of the ctypes type `t`.

    TypeError for pointers and bit fields, NotImplementedError for other classes.
    """
    import _ctypes

    if issubclass(t, _ctypes.Array):
        return dtype((dtype_from_ctypes_type(t._type_), (t._length_,)))
    if issubclass(t, _ctypes._Pointer):
        raise TypeError("ctypes pointers have no dtype equivalent")
    if issubclass(t, _ctypes.Structure):
        return _from_structure(t)
    if issubclass(t, _ctypes.Union):
        return _from_fields(t, [0] * len(t._fields_))
    if isinstance(getattr(t, "_type_", None), str):
        return _from_scalar(t)
    raise NotImplementedError(f"Unknown ctypes type {t.__name__}")


def _from_scalar(t):
    # both byte orders of a type have an attribute for the other one
    if getattr(t, "__ctype_be__", None) is t:
        return dtype(">" + t._type_)
    if getattr(t, "__ctype_le__", None) is t:
        return dtype("<" + t._type_)
    return dtype(t._type_)


def _from_fields(t, offsets):
    fields = [(name, dtype_from_ctypes_type(kind)) for name, kind, *_ in t._fields_]
    return dtype(
        {
            "names": [name for name, _ in fields],
            "formats": [kind for _, kind in fields],
            "offsets": offsets,
            "itemsize": ctypes.sizeof(t),
        }
    )


def _from_structure(t):
    if any(len(field) > 2 for field in t._fields_):
        raise TypeError("ctypes bitfields have no dtype equivalent")
    if hasattr(t, "_pack_"):
        offsets, end = [], 0
        for _, kind in t._fields_:
            size = ctypes.alignment(kind)
            end += -end % min(t._pack_, size)
            offsets.append(end)
            end += ctypes.sizeof(kind)
        return _from_fields(t, offsets)
    return dtype([(name, dtype_from_ctypes_type(kind)) for name, kind in t._fields_], align=True)
