"""Arrays as the real NumPy's own, for who asks `__array__` where NumPy is loaded.

NumPy, and what is compiled for it, takes nothing but NumPy's own arrays from `__array__`. So where the module `numpy` is
loaded and is not sharray, the answer is NumPy's array on the same memory. Elements that NumPy keeps in another way
(`StringDType`) are copied.
"""

import sys

from .. import _engine
from ._numpys_dtypes import counterpart

__all__ = ["given"]


def given(array, dtype=None, copy=None):
    """What `array.__array__(dtype, copy=copy)` answers beside the real NumPy.

    Parameters
    ----------
    array : ndarray
        Of any class, shape and dtype.
    dtype : dtype-like, optional
        Another dtype, sharray's or NumPy's.
    copy : bool, optional
        True copies always, False never, None where it is needed.

    Returns
    -------
    numpy.ndarray
        Of the same shape; on the array's memory, which it keeps, unless it is a copy. It is read-only where the
        array is.
    str or None
        The reason of a copy.

    Raises
    ------
    ValueError
        If a copy is needed and `copy` is False.

    Examples
    --------
    >>> import numpy
    >>> import sharray as np
    >>> given(np.arange(3))  # NumPy's
    (array([0, 1, 2]), None)
    """
    numpy = sys.modules["numpy"]
    # Not by a method of the class, which may do anything.
    plain = array if type(array) is _engine.ndarray else _engine.ndarray.view(array, _engine.ndarray)
    own = counterpart(numpy, plain.dtype)
    wanted = own if dtype is None else _complete(numpy, numpy.dtype(dtype), own)
    reason = _reason(own, wanted, copy)
    if reason is not None:
        if copy is False:
            raise ValueError(
                f"an array of {plain.dtype} becomes NumPy's array of {wanted} only as a copy ({reason}), which copy=False "
                "forbids"
            )
        _engine._crossings_ask(plain, "__array__", reason)
    # The crossing is told as a whole, not what it takes.
    _engine._crossings_look(True)
    try:
        found = (_texts if own.kind == "T" else _looking)(numpy, plain, own)
    finally:
        _engine._crossings_look(False)
    return (numpy.array if copy else numpy.asarray)(found, wanted), reason


def _complete(numpy, wanted, own):
    """What is asked for; of text without a length and times without a unit the array's own."""
    if wanted.kind != own.kind:
        return wanted
    if wanted.kind in "mM":
        open_end = numpy.datetime_data(wanted)[0] == "generic"
    else:
        open_end = wanted.kind in "SUV" and wanted.itemsize == 0 and wanted.names is None
    return own if open_end else wanted


def _reason(own, wanted, copy):
    if copy:
        return "requested"
    if own == wanted:
        return "dtype" if own.kind == "T" else None
    return "byte order" if own.kind != "T" and own.newbyteorder() == wanted else "dtype"


def _texts(numpy, plain, own):
    return numpy.asarray(plain.astype(object)).astype(own)


def _looking(numpy, plain, own):
    """NumPy's array on the memory of a plain array, whose dtype is `own` to NumPy."""
    if plain.nbytes == 0:
        found = numpy.empty(plain.shape, own)
        found.flags.writeable = plain.flags.writeable
        return found
    found = numpy.asarray(plain)
    if found.dtype == own or own.hasobject:
        return found
    # A buffer's format tells neither titles nor bytes without a name.
    return numpy.asarray(plain.view(f"V{own.itemsize}")).view(own)
