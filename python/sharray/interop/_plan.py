"""`plan`: what crossing to a library would do, before a byte moves."""

import sys

from .. import _engine
from ._log import class_name
from ._scan import looking
from ._targets import find

__all__ = ["Plan", "plan"]


class Plan:
    """What crossing would do; its text is `str(plan)`.

    Attributes
    ----------
    target : str
        The library.
    verdict : str
        "share", "copy" or "refuse".
    protocol : str
        By what the memory would be handed over.
    reasons : tuple of str
        Why it would be copied or refused: names of docs/sharing.md, the weightiest first.
    details : tuple of str
        The values behind each reason.
    nbytes : int or None
        Bytes that would be shared or copied, where they are known.
    installed : bool
        Whether the library is there.
    """

    def __init__(self, what, target, verdict, protocol, why, nbytes, installed):
        self.what, self.target, self.verdict, self.protocol = what, target, verdict, protocol
        self.reasons = tuple(reason for reason, _ in why)
        self.details = tuple(detail for _, detail in why)
        self.nbytes, self.installed = nbytes, installed

    def __str__(self):
        size = "" if self.nbytes is None else f" {self.nbytes} bytes"
        words = {"share": f"shares{size} by {self.protocol}", "copy": f"copies{size}", "refuse": "is refused"}
        why = "; ".join(f"{reason} ({detail})" if detail else reason for reason, detail in self._why())
        missing = "" if self.installed else f"; {self.target} is not installed"
        return f"{self.what} to {self.target}: {words[self.verdict]}{': ' + why if why else ''}{missing}"

    __repr__ = __str__

    def _why(self):
        return zip(self.reasons, self.details, strict=True)


def plan(x, target):
    """Tell what `to(x, target)` would do, before a byte moves.

    Parameters
    ----------
    x : object
        An array, or anything that speaks a protocol of arrays.
    target : str
        "numpy", "pandas", "arrow", "polars", "torch", "jax", "tensorflow", "memoryview", "buffer" (C order), "dlpack".

    Returns
    -------
    Plan
        Share, copy or refuse, with reasons and bytes.

    Raises
    ------
    ValueError
        For an unknown target.

    Examples
    --------
    >>> import sharray as np
    >>> a = np.arange(6.0)
    >>> np.interop.plan(a, "memoryview").verdict
    'share'
    >>> np.interop.plan(a[::-1], "dlpack").verdict
    'share'
    >>> p = np.interop.plan(a[::-1], "torch")
    >>> p.verdict, p.reasons, p.details
    ('copy', ('negative stride',), ('stride -8 along axis 0',))
    """
    with looking():
        array, came = taken(x, look_only=True)
        return plan_of(x, array, came, target)


def plan_of(x, array, came, target):
    """The plan for an object that became `array` (None: can't be had without copying), for the reasons `came`."""
    name, row = find(target)
    if array is None:
        verdict = "refuse" if came[0][0] == "device" else "copy"
        return Plan(class_name(type(x)), name, verdict, row.way(None), came, _size_of(x), row.installed)
    what = f"{array.dtype.name} {array.shape}"
    protocol = row.way(array)
    refused = _refusals(array, row, name)
    if refused:
        return Plan(what, name, "refuse", protocol, refused, array.nbytes, row.installed)
    why = came + needs(array, row)
    return Plan(what, name, "copy" if why else "share", protocol, why, array.nbytes, row.installed)


def _size_of(x):
    """What an object says of its bytes, if it says anything sensible."""
    try:
        nbytes = x.nbytes
        return nbytes if type(nbytes) is int and nbytes >= 0 else None
    except Exception:
        return None


def _refusals(array, row, name):
    if not row.takes(array.dtype):
        reason = "objects" if array.dtype.hasobject and array.dtype.kind != "T" else "dtype"
        narrowed = name == "jax" and row.takes_wide(array.dtype)
        advice = ", unless jax_enable_x64 is on" if narrowed else ""
        return [(reason, f"{name} has nothing like {array.dtype.name}{advice}")]
    if name == "arrow" and array.ndim > 1 and array.dtype.kind not in "iuf":
        return [("dtype", f"Arrow's tensors hold no {array.dtype.name}")]
    if array.dtype.hasobject and array.dtype.kind != "T" and row.strides != "any":
        return [("objects", f"{name} takes no Python objects")]
    if not row.least_axes <= array.ndim <= row.most_axes:
        bounds = f"{row.least_axes} to {row.most_axes}"
        return [("dtype", f"{name} takes arrays of {bounds} axes, and this one has {array.ndim}")]
    return []


def needs(array, row):
    """Why an array can't be handed to a target as it lies: `(reason, values)`, weightiest first."""
    found = []
    steps = [(axis, s) for axis, (n, s) in enumerate(zip(array.shape, array.strides, strict=True)) if n > 1]
    if not row.swapped and not array.dtype.isnative:
        found.append(("byte order", array.dtype.str if array.dtype.names is None else "a field's"))
    backwards = next(((axis, s) for axis, s in steps if s < 0), None)
    if backwards and row.strides != "any":
        found.append(("negative stride", f"stride {backwards[1]} along axis {backwards[0]}"))
    elif row.strides == "dense" and not array.flags.c_contiguous:
        found.append(("non-contiguous", f"strides {array.strides}"))
    size = array.dtype.itemsize or 1
    if not row.odd_strides and (not array.flags.aligned or any(s % size for _, s in steps)):
        found.append(("alignment", f"strides {array.strides}, elements of {size} bytes"))
    if not row.read_only and not array.flags.writeable:
        found.append(("read-only", f"{row.module} could write to it"))
    extra = row.extra(array)
    return found + ([extra] if extra else [])


def taken(x, look_only=False):
    """An object as an array of ours, and the reasons for which that copied it, or would: `(array or None, reasons)`.

    Raises
    ------
    TypeError
        For what can't become an array (unless only looked at).
    """
    if issubclass(type(x), _engine.ndarray):
        return x, []
    torch = sys.modules.get("torch")
    if torch is not None and issubclass(type(x), torch.Tensor):
        return _tensor(x, look_only)
    try:
        return _engine.asarray(x, copy=False), []
    except Exception as error:
        elsewhere = _device(x)
        if elsewhere:
            return None, [("device", elsewhere)]
        if _has(x, "__dlpack__") and not any(_has(x, name) for name in _READ_BY_ASARRAY):
            return _by_dlpack(x, look_only)
        plain = type(x) in {list, tuple, int, float, complex, bool, str}
        reason = ("several pieces", class_name(type(x))) if plain else ("other side", _first_line(error))
        return (None, [reason]) if look_only else (_engine.asarray(x), [reason])


def _by_dlpack(x, look_only):
    try:
        return _engine.from_dlpack(x), []
    except Exception as error:
        if not look_only:
            raise
        return None, [("other side", _first_line(error))]


#: What `asarray` looks for in an object that has no buffer.
_READ_BY_ASARRAY = ("__array_struct__", "__array_interface__", "__array__", "__arrow_c_array__", "__arrow_c_stream__")
#: DLPack's numbers of devices.
_DEVICES = {2: "CUDA", 3: "CUDA", 4: "OpenCL", 7: "Vulkan", 8: "Metal", 9: "VPI", 10: "ROCm", 11: "ROCm", 13: "CUDA"}
_ADVICE = "bring it to the host first, by x.get() (CuPy), x.cpu() (PyTorch) or x.copy_to_host() (numba)"


def _has(x, name):
    try:
        return getattr(x, name, None) is not None
    except Exception:
        return False


def _device(x):
    """On which device an object says that it lies, with the way to bring it here; empty for the host."""
    if _has(x, "__cuda_array_interface__"):
        return f"its memory lies on a CUDA device (__cuda_array_interface__): {_ADVICE}"
    try:
        kind, number = x.__dlpack_device__()
        kind, number = int(kind), int(number)
    except Exception:
        return ""
    name = f"{_DEVICES[kind]} device {number}" if kind in _DEVICES else f"device {number} of DLPack's kind {kind}"
    return "" if kind == 1 else f"its memory lies on {name} (__dlpack_device__): {_ADVICE}"


def _first_line(error):
    try:
        return str(error).partition("\n")[0][:120]
    except Exception:
        return type(error).__name__


def _tensor(x, look_only):
    """A tensor of PyTorch: what keeps it from sharing is undone, by a copy where it must be."""
    if x.device.type != "cpu":
        return None, [("device", f"its memory lies on {x.device}: bring it to the host first, by x.cpu()")]
    if str(x.layout) != "torch.strided":
        reason = [("non-contiguous", str(x.layout))]
        return (None, reason) if look_only else (_engine.from_dlpack(x.detach().to_dense()), reason)
    pending = x.is_conj() or x.is_neg()
    reason = [("requested", "a conjugate or negative that was put off is computed")] if pending else []
    if pending and look_only:
        return None, reason
    return _engine.from_dlpack(x.detach().resolve_conj().resolve_neg()), reason
