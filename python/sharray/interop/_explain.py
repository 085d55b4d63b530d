"""Sharing memory with other libraries, and a plain answer to "was that shared or copied?".

`explain(x)` says of any object what it is, who owns its memory, and which protocol
hands that memory out, without copying a byte of it.
"""

from .. import _engine

__all__ = ["Explanation", "explain"]


class Explanation:
    """What `explain` found; its text is `str(explanation)`.

    Attributes
    ----------
    kind : str
        What the object is: module and name of its class.
    verdict : str
        "owner", "shared", "copied" or "unknown".
    protocol : str or None
        What hands the memory out or brought it in: "ndarray", "buffer", "__array_struct__",
        "__array_interface__", "__array__".
    owner : object or None
        Who keeps the memory alive.
    address : int or None
        The first element's address.
    nbytes : int or None
        Bytes of all elements.
    writable : bool or None
        Whether sharray may write through this protocol.
    """

    def __init__(self, kind, verdict, protocol, owner, array):
        self.kind = kind
        self.verdict = verdict
        self.protocol = protocol
        self.owner = owner
        self.address = None if array is None else array.__array_interface__["data"][0]
        self.nbytes = None if array is None else array.nbytes
        self.writable = None if array is None else array.flags.writeable
        self.layout = "" if array is None else _layout(array)

    def __str__(self):
        head = f"{self.kind}{self.layout}"
        if self.verdict == "unknown":
            return f"{head}: speaks no array protocol; sharray would read it element by element, which copies"
        where = f"{self.nbytes} bytes at {self.address:#x}, {'writable' if self.writable else 'read-only'}"
        if self.verdict == "owner":
            return f"{head}: owns its memory, {where}"
        if self.verdict == "copied":
            return f"{head}: copied, since {self.protocol} answered with fresh memory each time; {where}"
        return f"{head}: shared by {self.protocol}, owned by {_kind(self.owner)}; {where}"

    __repr__ = __str__


def _kind(x):
    cls = type(x)
    return cls.__name__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def _layout(array):
    order = (
        "C order"
        if array.flags.c_contiguous
        else "Fortran order"
        if array.flags.f_contiguous
        else f"strides {array.strides}"
    )
    return f" of {array.dtype.name} {array.shape}, {order}"


def _root(array):
    """The last link of the chain of bases."""
    owner = array
    while isinstance(owner, _engine.ndarray) and owner.base is not None:
        owner = owner.base
    return owner.obj if isinstance(owner, memoryview) else owner


def _way_in(owner):
    """The protocol by which an array got at foreign memory."""
    try:
        memoryview(owner)
    except TypeError:
        return (
            "__array_interface__" if hasattr(owner, "__array_interface__") else "a protocol without end-of-use signal"
        )
    return "buffer"


def explain(x):
    """Tell what an object is, who owns its memory, and how sharray would get at it.

    Parameters
    ----------
    x : object
        An array of sharray's, or anything else.

    Returns
    -------
    Explanation
        Its text is one line; its attributes hold the facts.

    Notes
    -----
    Looking costs no copy where a protocol shares. An `__array__` method is called twice: two answers at
    one address are shared memory, at two addresses copies.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.zeros(3)
    >>> np.interop.explain(a).verdict
    'owner'
    >>> np.interop.explain(a[1:]).protocol
    'ndarray'
    >>> np.interop.explain(bytearray(8)).protocol
    'buffer'
    """
    if isinstance(x, _engine.ndarray):
        return _explain_own(x)
    return _explain_foreign(x)


def _explain_own(array):
    owner = _root(array)
    if owner is array or owner is None:
        return Explanation(_kind(array), "owner", None, array, array)
    protocol = "ndarray" if isinstance(owner, _engine.ndarray) else _way_in(owner)
    return Explanation(_kind(array), "shared", protocol, owner, array)


def _explain_foreign(x):
    if isinstance(x, (str, int, float, complex, bool, list, tuple, dict, set, type(None))):
        return Explanation(_kind(x), "unknown", None, None, None)
    for protocol, probe in (("buffer", memoryview), ("__array_struct__", None), ("__array_interface__", None)):
        try:
            if probe is not None:
                probe(x)
            elif isinstance(x, type) or getattr(x, protocol, None) is None:
                continue
            # Text of bytes is one value as an array, but memory as a buffer.
            seen = _engine.frombuffer(x, "u1") if isinstance(x, (bytes, bytearray)) else _engine.asarray(x)
        except (TypeError, ValueError, BufferError):
            continue
        owner = _root(seen) if seen.base is not None else x
        return Explanation(_kind(x), "shared" if seen.base is not None else "copied", protocol, owner, seen)
    if not hasattr(x, "__array__") or isinstance(x, type):
        return Explanation(_kind(x), "unknown", None, None, None)
    first, second = _engine.asarray(x), _engine.asarray(x)
    same = _engine.shares_memory(first, second) if first.size else first.base is not None
    owner = _root(first)
    return Explanation(_kind(x), "shared" if same else "copied", "__array__", x if owner is first else owner, first)
