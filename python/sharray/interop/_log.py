"""The crossings that happened: `log()`."""

from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from .. import _engine
from ._reasons import detail

__all__ = ["Crossing", "Log", "log"]

#: What `to` made, by the crossing's number, for as long as it lives and can be referred to weakly.
made = WeakValueDictionary()

#: Protocols whose consumers say when they are done.
TRACKED = frozenset({"buffer", "dlpack", "arrow"})


@dataclass(frozen=True, slots=True, match_args=False)
class Crossing:
    """One crossing of memory at a border of sharray's.

    Attributes
    ----------
    number : int
        Counts from 1 through the process's life.
    direction : str
        "in" or "out".
    protocol : str
        "buffer", "memoryview", "__array_struct__", "__array_interface__", "__array__", "dlpack" or "arrow".
    other : str or None
        The other side's class; None where it can't be known.
    verdict : str
        "shared" or "copied".
    reason : str or None
        Why it was copied: one of the names in docs/sharing.md.
    detail : str
        The values behind the reason.
    nbytes : int
        Bytes of all elements.
    address : int
        Where the first element lies (of a copy: lay).
    dtype, layout : str
        What lies there, and how.
    read_only, native, aligned : bool
        Whether writing is ruled out; whether the byte order is the machine's; whether elements are aligned.
    """

    number: int
    direction: str
    protocol: str
    other: str | None
    verdict: str
    reason: str | None
    detail: str
    nbytes: int
    address: int
    dtype: str
    layout: str
    read_only: bool
    native: bool
    aligned: bool
    state: str = field(default="", compare=False)

    @classmethod
    def _of(cls, record, live=frozenset()):
        (number, out, protocol, other, reason, nbytes, address, read_only) = record[:8]
        (aligned, native, layout, axis, stride, _ndim, dtype, became) = record[8:]
        return cls(
            number=number,
            direction="out" if out else "in",
            protocol=protocol,
            other=None if other is None else class_name(other),
            verdict="shared" if reason is None else "copied",
            reason=reason,
            detail="" if reason is None else detail(reason, dtype, became, axis, stride),
            nbytes=nbytes,
            address=address,
            dtype=dtype,
            layout=layout if not stride else f"{layout} ({stride} along axis {axis})",
            read_only=read_only,
            native=native,
            aligned=aligned,
            state="" if reason is not None else _state(number, out, protocol, live),
        )

    def __str__(self):
        way = "from" if self.direction == "in" else "to"
        verdict = self.verdict if self.reason is None else f"{self.verdict}: {self.reason}"
        why = f" ({self.detail})" if self.detail else ""
        state = f"; {self.state}" if self.state else ""
        return f"{self.number}: {self.dtype}, {self.nbytes} bytes {way} {self.other or 'unknown'} by {self.protocol}, {verdict}{why}{state}"


def _state(number, out, protocol, live):
    if not out:
        return ""
    if protocol in TRACKED:
        return "still held" if number in live else "released"
    return "by memoryview" if protocol == "memoryview" else "untracked"


def class_name(cls):
    """A class's module and name; what misbehaves is named as far as it can be."""
    try:
        module, name = cls.__module__, cls.__qualname__
        return str(name) if module == "builtins" else f"{module}.{name}"
    except Exception:
        return type.__repr__(cls)


class Log:
    """Crossings, oldest first, as `log` found them; `str` makes a table of them.

    Attributes
    ----------
    crossings, copies, bytes_copied : int
        Counted over all crossings since the last clearing, those that are no longer listed included.
    held : int
        Consumers of buffers, DLPack and Arrow structs that have not let go.
    """

    def __init__(self, records, crossings, copies, bytes_copied, held):
        self._records = records
        self.crossings, self.copies, self.bytes_copied, self.held = crossings, copies, bytes_copied, held

    def __getitem__(self, index):
        return self._records[index]

    def __len__(self):
        return len(self._records)

    def __iter__(self):
        return iter(self._records)

    def __str__(self):
        head = ("no", "way", "other side", "protocol", "dtype", "bytes", "verdict", "reason", "since")
        rows = [head, *map(_row, self._records[-SHOWN:])]
        widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        hidden = self.crossings - min(len(self), SHOWN)
        if hidden:
            lines.insert(1, f"… {hidden} older ones")
        lines.append(
            f"{self.crossings} crossings, {self.copies} copied, {self.bytes_copied} bytes copied; {self.held} still held"
        )
        return "\n".join(lines)

    __repr__ = __str__


#: Rows that the table of a log shows at most.
SHOWN = 60


def _row(c):
    why = f"{c.reason} ({c.detail})" if c.detail else c.reason or ""
    way = "in" if c.direction == "in" else "out"
    return (str(c.number), way, c.other or "?", c.protocol, c.dtype, str(c.nbytes), c.verdict, why, c.state)


def recent(since=0):
    """The crossings after number `since` that are still known."""
    live = frozenset(record[0] for record in _engine._crossings_live())
    return [Crossing._of(record, live) for record in _engine._crossings(since)]


def log(*, clear=False):
    """The crossings of memory at sharray's borders: which way, by which protocol, shared or copied and why.

    The newest 4096 are kept; counts go on. Numbers, lists and scalars are values, not memory, and cross no border.

    Parameters
    ----------
    clear : bool, optional
        Forget them afterwards. Who still holds memory stays known.

    Returns
    -------
    Log
        A sequence of `Crossing`, oldest first; its text is a table.

    Examples
    --------
    >>> import sharray as np
    >>> _ = np.interop.log(clear=True)
    >>> a = np.frombuffer(bytearray(16))
    >>> b = np.asarray(bytearray(4), dtype=">i2")
    >>> [(c.other, c.protocol, c.verdict, c.reason) for c in np.interop.log()]
    [('bytearray', 'buffer', 'shared', None), ('bytearray', 'buffer', 'copied', 'dtype')]
    >>> np.interop.log(clear=True).bytes_copied
    8
    """
    records = recent()
    _, crossings, copies, bytes_copied, held = _engine._crossings_count()
    if clear:
        _engine._crossings_clear()
    return Log(records, crossings, copies, bytes_copied, held)
