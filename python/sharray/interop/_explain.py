"""`explain`: what an object is, who owns its memory, who else looks at it, and how it came."""

import math
import sys

from .. import _engine
from . import _picture
from ._log import TRACKED, class_name, made, recent
from ._scan import looking, names_near, reach, sight

__all__ = ["Explanation", "explain"]

#: What each state of a crossing outwards says, where it says something of the past.
_WORDS = {
    "released": "released: the consumer copied or dropped it",
    "untracked": "untracked: this protocol has no end-of-use signal",
}


class Explanation:
    """What `explain` found; its text is `str(explanation)`, its picture is drawn in a notebook and by `save`.

    Attributes
    ----------
    kind : str
        What the object is: module and name of its class.
    verdict : str
        "owner", "shared", "copied" or "unknown".
    protocol : str or None
        What hands the memory out or brought it in: "ndarray", "ndarray struct" (an array of NumPy's, whose C struct is
        read where it lies), "buffer", "dlpack", "__array_struct__",
        "__array_interface__", "__array__".
    owner : object or None
        Who keeps the memory alive.
    address : int or None
        The first element's address.
    nbytes : int or None
        Bytes of all elements.
    writable : bool or None
        Whether sharray may write through this protocol.
    block : tuple of int or None
        The lowest address of the owner's memory, and the one behind the highest.
    looking : list
        The other arrays, tensors and buffers that were found to look at that memory (see Notes of `explain`), each
        with `kind`, `name`, `protocol`, `dtype`, `shape`, `strides`, `address` and `writable`.
    held : list of Crossing
        Memory of the block that was handed out by protocols whose consumers have not let go.
    past : dict
        Counts of other crossings at these addresses, by protocol and state.
    """

    def __init__(self, kind, verdict, protocol, owner, array):
        self.kind = kind
        self.verdict = verdict
        self.protocol = protocol
        self.owner = owner
        self.layout = "" if array is None else _layout(array)
        self.nbytes = None if array is None else array.nbytes
        self.writable = None if array is None else array.flags.writeable
        self.address, self.block = (None, None) if array is None else _place(array, owner)
        self.looking, self.held, self.past, self.came = [], [], {}, None
        self._seen, self._owner_name = None, ""

    def _look_around(self, x, array, frame):
        """Finds who else looks at the block, and what crossed there."""
        low, high = self.block
        # A protocol's words for "memory of that object": views of it made by the interpreter.
        names = names_near(frame)
        self.held = _held(low, high)
        self._owner_name = names.get(id(self.owner), "")
        self.looking = [s for s in reach(low, high, skip=(x, array)) if s.object is not self.owner]
        claimed = {c.number: made.get(c.number) for c in self.held}
        for seen in self.looking:
            seen.crossings = tuple(c.number for c in _fitting(seen, self.held, claimed))
            way = _way(seen, [c for c in self.held if c.number in seen.crossings])
            seen.forget(_kind(seen.object), names.get(id(seen.object), ""), way)
        del claimed
        self._seen = sight(x) or sight(array)
        way = "owns" if self.verdict == "owner" else {"ndarray": "view"}.get(self.protocol, self.protocol)
        self._seen.forget(self.kind, names.get(id(x), ""), way)
        for crossing in recent():
            if not low <= crossing.address < high or crossing.verdict == "copied":
                continue
            if crossing.direction == "in":
                self.came = crossing
            elif crossing.state in _WORDS:
                key = (crossing.protocol, crossing.state)
                self.past[key] = self.past.get(key, 0) + 1

    def __str__(self):
        return "\n  ".join([self._first_line(), *self._more_lines()])

    __repr__ = __str__

    def _first_line(self):
        head = f"{self.kind}{self.layout}"
        if self.verdict == "unknown":
            return f"{head}: speaks no array protocol; sharray would read it element by element, which copies"
        where = f"{self.nbytes} bytes at {self.address:#x}, {'writable' if self.writable else 'read-only'}"
        if self.verdict == "owner":
            return f"{head}: owns its memory, {where}"
        if self.verdict == "copied":
            return f"{head}: copied, since {self.protocol} answered with fresh memory each time; {where}"
        return f"{head}: shared by {self.protocol}, owned by {_kind(self.owner)}; {where}"

    def _more_lines(self):
        if self.came is not None and self.verdict == "shared":
            yield f"came in from {self.came.other} by {self.came.protocol} (crossing {self.came.number})"
        for seen in self.looking:
            yield f"also looked at by {called(seen.kind, seen.name)}: {_facts(seen, self.block[0])}"
        for crossing in self.held:
            yield f"shared by {crossing.protocol}, still held by {self._holder(crossing)} (crossing {crossing.number})"
        for (protocol, state), count in self.past.items():
            yield f"handed out by {protocol}, {count} time{'s' * (count > 1)}, {_WORDS[state]}"

    def _holder(self, crossing):
        """Who holds what was handed out, as far as it can be told."""
        fits = [called(s.kind, s.name) for s in self.looking if crossing.number in s.crossings]
        if len(fits) == 1:
            return fits[0]
        if crossing.other:
            return crossing.other
        return f"one of {', '.join(fits)}" if fits else "an object that Python can't tell"

    def _owner_called(self):
        """The owner's class, and the variable that holds it."""
        return called(_kind(self.owner), self._owner_name)

    def _repr_svg_(self):
        return None if self.block is None else _picture.draw(self).svg()

    def _repr_html_(self):
        return _picture.html(str(self), self._repr_svg_())

    def save(self, path):
        """Write the picture of the memory to a file, whose ending says how: `.svg`, `.html` or `.png`.

        Parameters
        ----------
        path : str or path
            Where to. PNG needs matplotlib.

        Returns
        -------
        pathlib.Path
            The file.

        Raises
        ------
        ValueError
            For another ending, and where there is no memory to draw.
        ImportError
            For PNG without matplotlib.

        Examples
        --------
        >>> import sharray as np, tempfile, os
        >>> a = np.arange(6.0)
        >>> path = os.path.join(tempfile.mkdtemp(), "a.svg")
        >>> np.interop.explain(a).save(path).read_text()[:4]
        '<svg'
        """
        if self.block is None:
            raise ValueError(f"{self.kind} has no memory to draw: {self}")
        return _picture.save(path, self, str(self))


def _kind(x):
    return class_name(type(x))


def _layout(array):
    order = (
        "C order"
        if array.flags.c_contiguous
        else "Fortran order"
        if array.flags.f_contiguous
        else f"strides {array.strides}"
    )
    return f" of {array.dtype.name} {array.shape}, {order}"


def _facts(seen, start):
    mode = "writable" if seen.writable else "read-only"
    return f"{seen.dtype} {tuple(seen.shape)}, strides {tuple(seen.strides)}, offset {seen.address - start}, {mode}"


def _place(array, owner):
    """The first element's address, and the bounds of the owner's memory."""
    address, low, high = _engine._memory_span(array)
    whole = None if owner is array else sight(owner)
    if whole is not None:
        # What an owner gives by another protocol may lie elsewhere (a DataFrame's columns, say).
        holds = whole.low <= low and high <= whole.high
        low, high = (whole.low, whole.high) if holds else (low, high)
    return address, (low, high)


def _held(low, high):
    """Crossings into `low` to `high` whose consumers have not let go, with what is known of the other side."""
    known = {crossing.number: crossing for crossing in recent()}
    from ._log import Crossing

    live = [Crossing._of(record, {record[0]}) for record in _engine._crossings_live()]
    return [known.get(c.number, c) for c in live if low <= c.address < high and c.protocol in TRACKED]


def called(kind, name):
    """A class, and the variable that holds the object, if one is known."""
    return f"{kind} '{name}'" if name else kind


#: By which tracked protocols libraries take memory of ours, the usual one first.
_WAYS = {"torch": ("dlpack", "buffer"), "pyarrow": ("arrow", "buffer")}


def _home(x):
    module = type(x).__module__
    return module.partition(".")[0] if isinstance(module, str) else ""


def _fitting(seen, held, claimed):
    """The crossings outwards by which an object may have come to its memory: exactly one, where `to` made the object.

    `claimed` has what `to` made of each crossing, as far as it lives.
    """
    for crossing in held:
        if claimed[crossing.number] is seen.object:
            return [crossing]
    home = _home(seen.object)
    fits = [
        c
        for c in held
        if claimed[c.number] is None
        and c.address == seen.address
        and c.protocol in _WAYS.get(home, ())
        and (c.other or home).startswith(home)
    ]
    size = math.prod(seen.shape) * seen.itemsize
    return [c for c in fits if (c.dtype, c.nbytes) == (seen.dtype, size)] or fits


def _way(seen, fitting):
    """By which protocol an object got at memory of ours: certain if all crossings that fit agree."""
    home = _home(seen.object)
    if issubclass(type(seen.object), _engine.ndarray):
        return "view"
    if home not in _WAYS:
        return "buffer"
    ways = {c.protocol for c in fitting}
    if len(ways) > 1:
        return " or ".join(f"{c.protocol} (crossing {c.number})" for c in fitting)
    return ways.pop() if ways else _WAYS[home][0]


def _root(array):
    """The last link of the chain of bases; a chain that does not end is cut."""
    owner = array
    for _ in range(1000):
        base = owner.obj if type(owner) is memoryview else _base(owner)
        if base is None:
            break
        owner = base
    return owner


def _base(x):
    """What an array of ours or of the real NumPy has its memory from."""
    for module in ("sharray._engine", "numpy"):
        cls = getattr(sys.modules.get(module), "ndarray", None)
        if isinstance(cls, type) and issubclass(type(x), cls):
            return cls.base.__get__(x)
    return None


def _way_in(array):
    """The protocol by which an array got at foreign memory: told by the first foreign link of the chain of bases."""
    link = array
    while isinstance(link, _engine.ndarray) and link.base is not None:
        link = link.base
    if type(link) is memoryview or isinstance(link, (bytes, bytearray)):
        return "buffer"
    if type(link) is getattr(sys.modules.get("numpy"), "ndarray", None) and link.dtype.kind in "?biufc":
        return "ndarray struct"
    if type(link).__name__ == "PyCapsule":
        return "dlpack" if "dltensor" in repr(link) else "arrow"
    try:
        memoryview(link)
    except Exception:
        found = type(link).__dict__.get("__array_interface__") or hasattr(type(link), "__array_interface__")
        return "__array_interface__" if found else "a protocol without end-of-use signal"
    return "buffer"


def explain(x):
    """Tell what an object is, who owns its memory, who else looks at it, and how sharray would get at it.

    Parameters
    ----------
    x : object
        An array of sharray's, or anything else.

    Returns
    -------
    Explanation
        Its text tells; its attributes hold the facts; a notebook, or `.save("x.svg")`, shows the memory.

    Notes
    -----
    Looking costs no copy where a protocol shares, and leaves no record. An `__array__` method is called twice: two
    answers at one address are shared memory, at two addresses copies.

    Arrays of sharray's and NumPy's, memoryviews, tensors and Arrow's buffers that look at the same bytes are found if
    Python's garbage collector reaches them or a variable of a running function holds them; what only compiled code
    holds is known as a consumer that has not let go (buffers, DLPack, Arrow), or not at all (the array interface).
    Crossings are told by address: memory that was freed and used again keeps the story of both.

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
    with looking():
        own = issubclass(type(x), _engine.ndarray)
        found, array = _explain_own(x) if own else _explain_foreign(x)
        if array is not None:
            found._look_around(x, array, sys._getframe(1))
    return found


def _explain_own(array):
    owner = _root(array)
    if owner is array or owner is None:
        return Explanation(_kind(array), "owner", None, array, array), array
    protocol = "ndarray" if isinstance(owner, _engine.ndarray) else _way_in(array)
    return Explanation(_kind(array), "shared", protocol, owner, array), array


def _has(x, name):
    """Whether an object has an attribute; one that can't be asked has none."""
    try:
        return getattr(x, name, None) is not None
    except Exception:
        return False


def _explain_foreign(x):
    unknown = Explanation(_kind(x), "unknown", None, None, None), None
    if issubclass(type(x), type) or type(x) in {str, int, float, complex, bool, list, tuple, dict, set, type(None)}:
        return unknown
    for protocol in ("buffer", "__array_struct__", "__array_interface__"):
        try:
            if protocol == "buffer":
                memoryview(x).release()
            elif not _has(x, protocol):
                continue
            # Text of bytes is one value as an array, but memory as a buffer.
            seen = _engine.frombuffer(x, "u1") if issubclass(type(x), (bytes, bytearray)) else _engine.asarray(x)
        except Exception:
            continue
        owner = _root(seen) if seen.base is not None else x
        verdict = "shared" if seen.base is not None else "copied"
        protocol = _way_in(seen) if seen.base is x else protocol
        return Explanation(_kind(x), verdict, protocol, owner, seen), seen
    if not _has(x, "__array__"):
        return unknown
    try:
        first, second = _engine.asarray(x), _engine.asarray(x)
        same = _engine.shares_memory(first, second) if first.size else first.base is not None
    except Exception:
        return unknown
    owner = _root(first)
    owner = x if owner is first else owner
    return Explanation(_kind(x), "shared" if same else "copied", "__array__", owner, first), first
