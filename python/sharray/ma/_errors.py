"""Exceptions and warnings of masked arrays."""

from .._utils import set_module

__all__ = ["MAError", "MaskError", "MaskedArrayFutureWarning"]


@set_module("numpy.ma.core")
class MaskedArrayFutureWarning(FutureWarning):
    """A default of masked arrays that is going to change.

    Examples
    --------
    >>> issubclass(MaskedArrayFutureWarning, FutureWarning)
    True
    """


@set_module("numpy.ma.core")
class MAError(Exception):
    """Base of the errors that only masked arrays have.

    Examples
    --------
    >>> import sharray as np
    >>> issubclass(np.ma.MaskError, np.ma.MAError)
    True
    """


@set_module("numpy.ma.core")
class MaskError(MAError):
    """A mask that doesn't fit its data, or a masked value where none may be.

    Examples
    --------
    >>> import sharray as np
    >>> try:
    ...     np.ma.array([1, 2, 3], mask=[0, 1])
    ... except np.ma.MaskError as error:
    ...     print(error)
    Mask and data not compatible: data size is 3, mask size is 2.
    """
