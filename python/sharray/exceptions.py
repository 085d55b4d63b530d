"""Exceptions and warnings that are more precise than Python's own.

>>> import sharray as np
>>> try:
...     np.zeros(3).sum(axis=5)
... except np.exceptions.AxisError as error:
...     print(error)
axis 5 is out of bounds for array of dimension 1
"""

__all__ = [
    "ComplexWarning",
    "VisibleDeprecationWarning",
    "ModuleDeprecationWarning",
    "TooHardError",
    "AxisError",
    "DTypePromotionError",
]


class ComplexWarning(RuntimeWarning):
    """An imaginary part is dropped by a cast to a real dtype.

    Examples
    --------
    >>> issubclass(np.exceptions.ComplexWarning, RuntimeWarning)
    True
    """


class ModuleDeprecationWarning(DeprecationWarning):
    """A whole module is on its way out.

    Examples
    --------
    >>> issubclass(np.exceptions.ModuleDeprecationWarning, DeprecationWarning)
    True
    """


class VisibleDeprecationWarning(UserWarning):
    """A deprecation that end users should see, not only developers.

    Examples
    --------
    >>> issubclass(np.exceptions.VisibleDeprecationWarning, UserWarning)
    True
    """


class RankWarning(RuntimeWarning):
    """A fit's matrix has less than full rank."""


class TooHardError(RuntimeError):
    """The allowed amount of work did not suffice for an exact answer (see `shares_memory`).

    Examples
    --------
    >>> issubclass(np.exceptions.TooHardError, RuntimeError)
    True
    """


class AxisError(ValueError, IndexError):
    """An axis that the array doesn't have.

    `AxisError(message)`, or `AxisError(axis, ndim, msg_prefix=None)`, which builds
    the message and keeps both numbers as attributes.

    Parameters
    ----------
    axis : int or str
        The axis, or a message of one's own.
    ndim : int, optional
        The number of axes there are.
    msg_prefix : str, optional
        What is put before the message.

    Examples
    --------
    >>> str(AxisError(2, 1))
    'axis 2 is out of bounds for array of dimension 1'
    """

    __slots__ = ("_msg", "axis", "ndim")

    def __init__(self, axis, ndim=None, msg_prefix=None):
        if ndim is None and msg_prefix is None:
            self._msg, self.axis = axis, None
        else:
            prefix = "" if msg_prefix is None else f"{msg_prefix}: "
            self._msg = f"{prefix}axis {axis} is out of bounds for array of dimension {ndim}"
            self.axis = axis
        self.ndim = ndim

    def __str__(self):
        return str(self._msg)


class DTypePromotionError(TypeError):
    """Two dtypes that have no common dtype.

    Examples
    --------
    >>> issubclass(np.exceptions.DTypePromotionError, TypeError)
    True
    """
