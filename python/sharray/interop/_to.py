"""`to`: crosses to a library with the least work, and knows for certain what it did."""

from .. import _engine
from ._log import made
from ._plan import plan_of, taken
from ._scan import looking
from ._targets import find
from ._watch import CopyRefused

__all__ = ["to"]


def to(x, target, copy=None):
    """Hand an array to a library: shared where that is possible, else by one copy that makes everything right.

    What the library can't take (negative strides, foreign byte orders, memory that it could write to though it is
    read-only) is made right by a copy; a dtype that it lacks is refused, never replaced. The result's address is
    compared with the array's, so that `log()` tells for certain whether it was shared.

    Parameters
    ----------
    x : object
        An array of sharray's, or anything that `asarray` or `from_dlpack` takes.
    target : str
        "numpy", "pandas" (a Series, or a DataFrame of two axes), "arrow" (an Array, or a Tensor of more axes),
        "polars", "torch", "jax", "tensorflow", "memoryview", "buffer" (C order), "dlpack" (a capsule).
    copy : bool, optional
        True copies always, False never; None where needed.

    Returns
    -------
    object
        The library's own.

    Raises
    ------
    CopyRefused
        A `BufferError` and a `ValueError`: where `copy=False`, or a block of `no_copy`, and a copy is needed.
    TypeError
        For dtypes and numbers of axes that the library lacks.
    ValueError
        For an unknown target.
    ImportError
        For a library that is not installed.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.arange(3)
    >>> np.interop.to(a, "memoryview").tolist()
    [0, 1, 2]
    >>> np.interop.to(a[::2], "buffer", copy=False)
    Traceback (most recent call last):
        ...
    sharray.interop.CopyRefused: int64 (2,) to buffer: copies 16 bytes: non-contiguous (strides (16,)); copy=False
    """
    name, row = find(target)
    if not row.installed:
        raise ImportError(f"{row.module} is not installed: pip install {row.module}")
    # Objects that are brought in by a copy only are refused before it is made.
    array, came = taken(x, look_only=copy is False)
    planned = plan_of(x, array, came, name)
    if planned.verdict == "refuse":
        raise TypeError(str(planned))
    why = planned.reasons[0] if planned.reasons else "requested" if copy else None
    if copy is False and why is not None:
        raise CopyRefused(f"{planned}; copy=False", why, planned.nbytes or 0)
    extra = row.extra(array)
    result, why = _crossed(array, row, why, by_library=extra is not None and planned.reasons == extra[:1])
    if why == "other side" and copy is False:
        raise CopyRefused(
            f"{planned.what} to {name}: {name} copied all the same, and did not say why; copy=False", why, array.nbytes
        )
    return result


def _crossed(array, row, why, by_library):
    """The library's object, and why it is a copy if it is one. The crossing is told under its name."""
    since, protocol = _engine._crossings_count()[0], row.way(array)
    if why is not None:
        _engine._crossings_ask(array, protocol, why)
    if why is None or by_library:
        result = row.cross(array)
        moved = _moved(array, result, row)
        why = (why or "other side") if moved else None
    else:
        with looking():
            result = row.cross(_fresh(array))
    number = _engine._crossings_tell(array, since, type(result), protocol, why)
    if why is None and type(result).__weakrefoffset__:
        made[number] = result
    return result, why


def _moved(array, result, row):
    """Whether the result's memory is another; taken for ours where that can't be asked (a capsule, Polars)."""
    if row.where is None or array.nbytes == 0:
        return False
    with looking():
        return row.where(result) != _engine._memory_span(array)[0]


def _fresh(array):
    """A copy that every library can take: native, in C order, aligned and writable."""
    plain = _engine.asarray(array)
    return plain.astype(plain.dtype.newbyteorder("="), order="C", copy=True)
