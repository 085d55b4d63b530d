"""Every name a scalar type answers to.

`allTypes` maps names to types, abstract ones included; `sctypeDict` holds the
concrete ones, with the names of Python's types beside them; `sctypes` groups them
by kind. Built from one table of type characters.
"""

import struct

from . import multiarray as ma
from .multiarray import dtype

_ABSTRACT = (
    "number",
    "inexact",
    "floating",
    "complexfloating",
    "integer",
    "character",
    "flexible",
    "unsignedinteger",
    "generic",
    "signedinteger",
)


def _integer_char(chars, size):
    """The first of `chars` whose C integer has `size` bytes."""
    return next(char for char in chars if struct.calcsize(char) == size)


_CHARS = {
    "bool": "?",
    "float16": "e",
    "float32": "f",
    "float64": "d",
    "longdouble": "g",
    "complex64": "F",
    "complex128": "D",
    "clongdouble": "G",
    "bytes_": "S",
    "str_": "U",
    "void": "V",
    "object_": "O",
    "datetime64": "M",
    "timedelta64": "m",
    "int8": "b",
    "byte": "b",
    "uint8": "B",
    "ubyte": "B",
    "int16": "h",
    "short": "h",
    "uint16": "H",
    "ushort": "H",
    "int32": "i",
    "intc": "i",
    "uint32": "I",
    "uintc": "I",
    "int64": _integer_char("lq", 8),
    "long": "l",
    "uint64": _integer_char("LQ", 8),
    "ulong": "L",
    "longlong": "q",
    "ulonglong": "Q",
    "intp": "p",
    "uintp": "P",
}

_ALIASES = {
    "double": "float64",
    "cdouble": "complex128",
    "single": "float32",
    "csingle": "complex64",
    "half": "float16",
    "bool_": "bool",
    "int_": "intp",
    "uint": "uintp",
}

# Spelt by dtype("...") only; as attributes they would hide Python's own types.
_TEXT_ALIASES = {
    "float": "float64",
    "complex": "complex128",
    "object": "object_",
    "bytes": "bytes_",
    "a": "bytes_",
    "int": "int_",
    "str": "str_",
    "unicode": "str_",
}

sctypeDict = {name: dtype(char).type for name, char in _CHARS.items()}
sctypeDict.update((alias, sctypeDict[name]) for alias, name in _ALIASES.items())

# float128 and complex256 where longdouble has 16 bytes, float96 where it has 12
_extra_aliases = {}
for _name, _prefix in (("longdouble", "float"), ("clongdouble", "complex")):
    _extended = f"{_prefix}{dtype(sctypeDict[_name]).itemsize * 8}"
    if _extended not in sctypeDict:
        _extra_aliases[_extended] = _name
sctypeDict.update((alias, sctypeDict[name]) for alias, name in _extra_aliases.items())

allTypes = {name: getattr(ma, name) for name in _ABSTRACT} | sctypeDict
sctypeDict.update((alias, sctypeDict[name]) for alias, name in _TEXT_ALIASES.items())

c_names_dict = {
    name: dtype(char)
    for name, char in (
        ("BOOL", "?"),
        ("BYTE", "b"),
        ("UBYTE", "B"),
        ("SHORT", "h"),
        ("USHORT", "H"),
        ("INT", "i"),
        ("UINT", "I"),
        ("LONG", "l"),
        ("ULONG", "L"),
        ("LONGLONG", "q"),
        ("ULONGLONG", "Q"),
        ("HALF", "e"),
        ("FLOAT", "f"),
        ("DOUBLE", "d"),
        ("LONGDOUBLE", "g"),
        ("CFLOAT", "F"),
        ("CDOUBLE", "D"),
        ("CLONGDOUBLE", "G"),
        ("STRING", "S"),
        ("UNICODE", "U"),
        ("VOID", "V"),
        ("OBJECT", "O"),
        ("DATETIME", "M"),
        ("TIMEDELTA", "m"),
    )
}

sctypes = {
    group: [dtype(char).type for char in chars]
    for group, chars in (
        ("int", "bhilq"),
        ("uint", "BHILQ"),
        ("float", "efdg"),
        ("complex", "FDG"),
        ("others", "SUV?O"),
    )
}
for _group, _types in sctypes.items():
    sctypes[_group] = list(dict.fromkeys(_types))
