"""Exceptions and warnings of masked arrays."""

from .._utils import set_module

__all__ = ["MAError", "MaskError", "MaskedArrayFutureWarning"]


@set_module("numpy.ma.core")
class MaskedArrayFutureWarning(FutureWarning):
    """A default of masked arrays that is going to change."""


@set_module("numpy.ma.core")
class MAError(Exception):
    """Base of the errors that only masked arrays have."""


@set_module("numpy.ma.core")
class MaskError(MAError):
    """A mask that doesn't fit its data, or a masked value where none may be."""
