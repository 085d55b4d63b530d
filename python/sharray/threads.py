"""How many threads sharray's operations use.

Large operations use all processors the process may run on, unless told otherwise:
by the environment variable ``SHARRAY_NUM_THREADS``, else ``OMP_NUM_THREADS``, by
`set`, or within a block by `limit`. Small operations never leave the calling thread,
and neither do those on Python objects. Results are bit for bit the same for any number.

>>> import sharray
>>> with sharray.threads.limit(1):
...     sharray.threads.get()
1
"""

from . import _engine

__all__ = ["get", "limit", "set"]


def get():
    """Number of threads that an operation started by this thread may use, itself included.

    Returns
    -------
    int.

    Examples
    --------
    >>> import sharray
    >>> sharray.threads.get() >= 1
    True
    """
    return _engine._threads_get()


def set(n):
    """Let operations of this process use up to `n` threads.

    `n` is from 1 to 256; more than there are processors is allowed, and of no use.
    A thread that is inside a `limit` block keeps that limit.

    Parameters
    ----------
    n : int
        The greatest number of threads.

    Returns
    -------
    None.

    Raises
    ------
    ValueError
        If `n` is out of range.
    TypeError
        If `n` is not an integer.

    Examples
    --------
    >>> import sharray
    >>> sharray.threads.set(sharray.threads.get())
    """
    _engine._threads_set(n)


class limit:
    """Context manager: operations that this thread starts in the block use up to `n` threads.

    Other threads are not concerned. Blocks may be nested; the innermost one holds. The
    limit is the thread's, not the task's: don't suspend a coroutine inside the block.

    Parameters
    ----------
    n : int
        The greatest number of threads.

    Raises
    ------
    ValueError
        If `n` is not from 1 to 256.
    TypeError
        If `n` is not an integer.

    Examples
    --------
    >>> import sharray
    >>> with sharray.threads.limit(2) as n:
    ...     n, sharray.threads.get()
    (2, 2)
    """

    def __init__(self, n):
        # checked where it is written, not where the block begins
        held = _engine._threads_limit_here(n)
        _engine._threads_limit_here(held)
        self.n = n
        self._held = []

    def __enter__(self):
        """Set the limit; the block gets `n`."""
        self._held.append(_engine._threads_limit_here(self.n))
        return self.n

    def __exit__(self, *exception):
        """Let what held before hold again."""
        _engine._threads_limit_here(self._held.pop())
        return False
