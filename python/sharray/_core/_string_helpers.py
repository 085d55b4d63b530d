"""Upper and lower case of ASCII letters alone, whatever the locale says.

>>> english_upper("int8é")
'INT8é'
"""

import string

_LOWER = {ord(upper): lower for upper, lower in zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)}
_UPPER = {ord(lower): upper for upper, lower in zip(string.ascii_uppercase, string.ascii_lowercase, strict=True)}
LOWER_TABLE = tuple(chr(code).translate(_LOWER) for code in range(256))
UPPER_TABLE = tuple(chr(code).translate(_UPPER) for code in range(256))


def english_lower(s):
    """`s` with A–Z made lower case."""
    return s.translate(_LOWER)


def english_upper(s):
    """`s` with a–z made upper case."""
    return s.translate(_UPPER)


def english_capitalize(s):
    """`s` with its first character made upper case, if it is one of a–z."""
    return english_upper(s[:1]) + s[1:]
