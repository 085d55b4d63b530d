"""What the machine runs: the loops and CPU levels behind the functions, and the memory kept for them."""

import re

__all__ = ['opt_func_info']


def opt_func_info(func_name=None, signature=None):
    """CPU levels per function and signature, those in use and those available.

    Both arguments are regular expressions that filter functions and their
    signatures. Returns a dict by function name of dicts by signature: an empty one, since
    the engine chooses one level for the whole process (``sharray.show_config`` tells it)
    and keeps no account by function.

    Parameters
    ----------
    func_name : str, optional
        A pattern for names of functions.
    signature : str, optional
        A pattern for their signatures.

    Returns
    -------
    dict.

    Examples
    --------
    >>> np.lib.introspect.opt_func_info('^add$')
    {}
    """
    for pattern in (func_name, signature):
        if pattern is not None:
            re.compile(pattern)
    return {}


def block_cache():
    """Bound and use of the cache of freed large blocks.

    Blocks of 64 KiB and more that arrays give back are kept for later arrays, up to a
    bound: ``SHARRAY_BLOCK_CACHE`` in the environment (bytes, or with K, M or G behind
    the number), else an eighth of the machine's memory and at most 256 MiB.

    Returns
    -------
    dict
        ``bound`` and ``bytes`` held, ``blocks`` held, ``hits`` and ``misses`` so far.

    >>> usage = np.lib.introspect.block_cache()
    >>> usage["bytes"] <= usage["bound"]
    True
    """
    from .. import _engine

    return _engine._block_cache()


def set_block_cache(bound):
    """Let the cache of freed large blocks hold up to `bound` bytes; return the old bound.

    What it holds beyond goes back to the system at once; 0 empties it and keeps nothing.

    Raises
    ------
    ValueError
        If `bound` is negative, or more than the machine can address.
    TypeError
        If `bound` is not an integer.

    >>> old = np.lib.introspect.set_block_cache(1 << 20)
    >>> np.lib.introspect.set_block_cache(old)
    1048576
    """
    from .. import _engine

    return _engine._set_block_cache(bound)
