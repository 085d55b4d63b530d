"""`no_copy`: blocks in which a copy at a border is an error."""

from contextlib import contextmanager
from contextvars import ContextVar

from .. import _engine
from ._log import Crossing
from ._reasons import REASONS

__all__ = ["CopyRefused", "no_copy"]


class CopyRefused(BufferError, ValueError):
    """A copy would have been needed where none is allowed.

    Attributes
    ----------
    reason : str
        One of the reasons in docs/sharing.md.
    nbytes : int
        Bytes that would have been copied.
    """

    def __init__(self, message, reason=None, nbytes=0):
        super().__init__(message)
        self.reason = reason
        self.nbytes = nbytes


_limit = ContextVar("sharray_no_copy", default=None)


def _asked(record):
    limit = _limit.get()
    crossing = Crossing._of(record)
    if limit is None or crossing.nbytes <= limit:
        return
    side = "from" if crossing.direction == "in" else "to"
    other = crossing.other or "another library"
    by = f" by {crossing.protocol}" if crossing.direction == "out" else ""
    values = f" ({crossing.detail})" if crossing.detail else ""
    raise CopyRefused(
        f"{crossing.nbytes} bytes {side} {other}{by} would be copied where no_copy(limit={limit}) allows none: "
        f"{crossing.reason}{values}: {REASONS[crossing.reason]}",
        crossing.reason,
        crossing.nbytes,
    )


@contextmanager
def no_copy(limit=0):
    """A block in which each copy that sharray would make at a border is an error, and is not made.

    It counts in this thread or task only, as context variables do. What other libraries copy on their own is not
    seen; nor are copies that are no crossing (`a.copy()`, arithmetic), nor values (numbers, lists).

    Parameters
    ----------
    limit : int, optional
        Bytes that a copy may have all the same. The inner one of two blocks counts.

    Returns
    -------
    context manager
        For a `with` statement.

    Raises
    ------
    CopyRefused
        From within the block, naming reason and values; it is a `BufferError` and a `ValueError`.

    Examples
    --------
    >>> import sharray as np
    >>> memory = bytearray(16)
    >>> with np.interop.no_copy():
    ...     a = np.asarray(memory)
    >>> with np.interop.no_copy():
    ...     b = np.array(memory)
    Traceback (most recent call last):
        ...
    sharray.interop.CopyRefused: 16 bytes from bytearray would be copied where no_copy(limit=0) allows none: \
requested: the caller asked for a copy
    """
    token = _limit.set(int(limit))
    _engine._crossings_watch(_asked)
    try:
        yield
    finally:
        _engine._crossings_unwatch()
        _limit.reset(token)
