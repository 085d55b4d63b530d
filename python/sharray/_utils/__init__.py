"""Small helpers without arrays: naming of public objects, text conversion, renamed keywords."""

import functools
import warnings

from .._globals import PUBLIC_ROOT
from ._convertions import asbytes, asunicode

__all__ = ["asbytes", "asunicode", "set_module"]


def public_module(name):
    """The `__module__` text for the public NumPy module `name` ("numpy.fft" -> "sharray.fft")."""
    if name == "numpy" or name.startswith("numpy."):
        return PUBLIC_ROOT + name[len("numpy") :]
    return name


def set_module(module):
    """Decorator that says in which public module a function or class lives.

    `module` is spelt with NumPy's name; None leaves the object as it is.

    >>> set_module("numpy.fft")(lambda: 0).__module__
    'sharray.fft'
    """

    def decorate(obj):
        if module is not None:
            obj.__module__ = public_module(module)
        return obj

    return decorate


def _rename_parameter(old_names, new_names, dep_version=None):
    """Decorator for functions whose keywords changed: the old ones still work.

    With `dep_version` the use of an old keyword warns (DeprecationWarning). Both
    the old and the new keyword in one call is a TypeError.
    """
    renames = dict(zip(old_names, new_names, strict=True))

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for old in renames.keys() & kwargs.keys():
                new = renames[old]
                if dep_version:
                    warnings.warn(
                        f"Use of keyword argument `{old}` is deprecated and replaced by `{new}`. "
                        f"Support for `{old}` will be removed in NumPy {dep_version}.",
                        DeprecationWarning,
                        stacklevel=2,
                    )
                if new in kwargs:
                    raise TypeError(f"{function.__name__}() got multiple values for argument '{new}'")
                kwargs[new] = kwargs.pop(old)
            return function(*args, **kwargs)

        return wrapper

    return decorate
