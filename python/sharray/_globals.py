"""Marks and switches that the whole package shares.

`PUBLIC_ROOT` is the package name that public functions and classes carry as
`__module__`; it has to be an importable name that leads back to the very same
object, or pickling a function by reference would fail.
"""

import enum

__all__ = ["_CopyMode", "_NoValue"]

# A second `_NoValue` would not be the one that default arguments hold.
if "_is_loaded" in globals():
    raise RuntimeError(f"{__name__} cannot be loaded again: its marks are compared by identity")
_is_loaded = True

PUBLIC_ROOT = "sharray"


class _CopyMode(enum.Enum):
    """How `array(..., copy=)` treats the memory it is given.

    >>> bool(_CopyMode.ALWAYS)
    True
    """

    ALWAYS = True
    NEVER = False
    IF_NEEDED = 2

    def __bool__(self):
        if self is _CopyMode.IF_NEEDED:
            raise ValueError(f"{self} is neither True nor False.")
        return self is _CopyMode.ALWAYS


_CopyMode.__module__ = PUBLIC_ROOT


class _NoValueType:
    """The type of `_NoValue`, which stands for "this argument was not given".

    There is one instance, also across copies and pickles, so that `is` decides.
    """

    __slots__ = ()
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __repr__(self):
        return "<no value>"

    def __reduce__(self):
        return (type(self), ())


_NoValue = _NoValueType()
