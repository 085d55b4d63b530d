"""Who looks at a stretch of memory: arrays and tensors among the objects that Python's garbage collector can reach.

The collector knows containers; arrays are none, so they are found in what containers refer to, in the local variables
of running functions, and behind each other as bases. What only compiled code holds can't be found.
"""

import inspect
import sys
from contextlib import contextmanager

from .. import _engine

__all__ = ["Sight", "looking", "reach", "sight"]


@contextmanager
def looking():
    """What is done in here leaves no record."""
    _engine._crossings_look(True)
    try:
        yield
    finally:
        _engine._crossings_look(False)


class Sight:
    """One object's view of memory. It does not keep the object alive once `forget` was called.

    Attributes
    ----------
    kind, name : str
        The object's class, and a variable that holds it ("" if none was found).
    protocol : str
        By what it looks at the memory.
    address, low, high : int
        Its first element, its lowest byte, and the one behind its highest.
    crossings : tuple of int
        The crossings, still held, by which it may have come; one, if that is certain.
    dtype, shape, strides, itemsize, writable
        What it says of itself.
    """

    __slots__ = (
        "address", "crossings", "dtype", "high", "itemsize", "kind", "low", "name", "object", "protocol", "shape",
        "strides", "writable",
    )  # fmt: skip

    def __init__(self, seen, address, low, high, dtype, shape, strides, itemsize, writable):
        self.object = seen
        self.address, self.low, self.high = address, low, high
        self.dtype, self.shape, self.strides, self.itemsize = dtype, shape, strides, itemsize
        self.writable = writable
        self.kind, self.name, self.protocol, self.crossings = "", "", "", ()

    def forget(self, kind, name, protocol):
        """Keeps words in the place of the object."""
        self.kind, self.name, self.protocol, self.object = kind, name, protocol, None

    def __repr__(self):
        return f"<{self.kind} {self.name} {self.dtype} {tuple(self.shape)} by {self.protocol}>".replace("  ", " ")


def _span(address, shape, strides, itemsize):
    if 0 in shape:
        return address, address
    low = address + sum(s * (n - 1) for n, s in zip(shape, strides, strict=True) if s < 0)
    high = address + itemsize + sum(s * (n - 1) for n, s in zip(shape, strides, strict=True) if s > 0)
    return low, high


def _of_ours(a):
    address, low, high = _engine._memory_span(a)
    # The class's own attributes: a subclass may hide them.
    own = _engine.ndarray
    return Sight(
        a, address, low, high, str(own.dtype.__get__(a)), own.shape.__get__(a), own.strides.__get__(a),
        own.itemsize.__get__(a), own.flags.__get__(a).writeable,
    )  # fmt: skip


def _of_numpys(a):
    own = sys.modules["numpy"].ndarray
    shape, strides, itemsize = own.shape.__get__(a), own.strides.__get__(a), own.itemsize.__get__(a)
    address = own.__array_interface__.__get__(a)["data"][0]
    low, high = _span(address, shape, strides, itemsize)
    return Sight(
        a, address, low, high, str(own.dtype.__get__(a)), shape, strides, itemsize, own.flags.__get__(a).writeable
    )


def _of_buffer(view):
    with looking():
        seen = _of_ours(_engine.asarray(memoryview(view)))
    seen.object = view
    return seen


def _of_tensor(t):
    if t.device.type != "cpu" or str(t.layout) != "torch.strided":
        return None
    shape, size = tuple(t.shape), t.element_size()
    strides = tuple(s * size for s in t.stride())
    low, high = _span(t.data_ptr(), shape, strides, size)
    return Sight(t, t.data_ptr(), low, high, str(t.dtype).removeprefix("torch."), shape, strides, size, True)


def _of_arrow_buffer(b):
    return Sight(b, b.address, b.address, b.address + b.size, "bytes", (b.size,), (1,), 1, b.is_mutable)


def _of_arrow_array(a):
    return _of_arrow_buffer_of(a, [b for b in a.buffers() if b is not None])


def _of_arrow_buffer_of(array, buffers):
    if not buffers:
        return None
    seen = _of_arrow_buffer(buffers[-1])
    seen.object, seen.dtype, seen.shape, seen.strides, seen.writable = array, str(array.type), (len(array),), (), False
    return seen


#: Libraries' classes, by module and name, and how their memory is read. A subclass is read as its base.
_READERS = (
    ("sharray._engine", "ndarray", _of_ours),
    ("numpy", "ndarray", _of_numpys),
    ("builtins", "memoryview", _of_buffer),
    ("builtins", "bytes", _of_buffer),
    ("builtins", "bytearray", _of_buffer),
    ("array", "array", _of_buffer),
    ("mmap", "mmap", _of_buffer),
    ("torch", "Tensor", _of_tensor),
    ("pyarrow", "Buffer", _of_arrow_buffer),
    ("pyarrow", "Array", _of_arrow_array),
)


def _readers():
    """The classes that are loaded, with their readers, and what remembers them by exact class."""
    found = []
    for module, name, reader in _READERS:
        cls = getattr(sys.modules.get(module), name, None)
        if isinstance(cls, type) and not (module == "numpy" and cls is _engine.ndarray):
            found.append((cls, reader))
    return found


def sight(x):
    """How `x` lies in memory, or None."""
    # `type(x)` and not `isinstance`, which asks `__class__`: that may be a lie.
    for cls, reader in _readers():
        if issubclass(type(x), cls):
            try:
                return reader(x)
            except Exception:
                return None
    return None


def reach(low, high, skip=()):
    """The sights of all known arrays, tensors and buffers that share a byte with `low` to `high`, by address."""
    if low >= high:
        return []
    # Bytes are held by the thousand, and look at no memory but their own.
    readers = [(cls, reader) for cls, reader in _readers() if cls is not bytes]
    left_out, found = {id(x) for x in skip}, {}
    for x in _candidates(readers, low, high):
        if id(x) in left_out or id(x) in found:
            continue
        try:
            seen = next(reader for cls, reader in readers if issubclass(type(x), cls))(x)
        except Exception:
            continue
        if seen is not None and seen.low < high and seen.high > low:
            found[id(x)] = seen
    hidden = {id(_base_of(s.object)) for s in found.values()} | {id(_base_of(x)) for x in skip}
    # An interpreter's view between an array and its memory says nothing that the array does not.
    kept = [s for s in found.values() if type(s.object) is not memoryview or id(s.object) not in hidden]
    return sorted(kept, key=lambda s: (s.address, -(s.high - s.low)))


def _base_of(x):
    return getattr(x, "base", None) if type(x).__name__ in {"ndarray", "memmap"} else None


def _candidates(readers, low, high):
    """Objects of the readers' classes, however often: from containers, variables of running functions, and bases.

    The engine goes through the containers, and leaves arrays out that don't look at `low` to `high`.
    """
    classes = [(cls, _has_numpys_fields(cls)) for cls, _ in readers]
    waiting = _engine._memory_reach(classes, _local_values(), low, high)
    while waiting:
        x = waiting.pop()
        yield x
        base = _base_of(x)
        base = x.obj if type(x) is memoryview and _is_open(x) else base
        if base is not None and any(issubclass(type(base), cls) for cls, _ in readers):
            waiting.append(base)


def _has_numpys_fields(cls):
    """Whether instances begin with the fields of NumPy 2's arrays, which the engine can read."""
    return cls is _engine.ndarray or (
        cls.__module__ == "numpy" and str(getattr(sys.modules["numpy"], "__version__", "")).startswith("2.")
    )


def _is_open(view):
    try:
        return view.obj is not None
    except ValueError:
        return False


def _local_values():
    """The values of local variables of running functions, in all threads."""
    values = []
    for frame in sys._current_frames().values():
        while frame is not None:
            values += [value for _, value in _variables(frame)]
            frame = frame.f_back
    return values


def _variables(frame):
    """Names and values of a frame's variables; of the report's own frames none."""
    if str(frame.f_globals.get("__name__", "")).startswith(_HOME):
        return []
    variables = frame.f_locals
    found = list(variables.items())
    # A snapshot that nobody but the frame has would keep the values alive until the function returns.
    if frame.f_code.co_flags & inspect.CO_OPTIMIZED and type(variables) is dict and sys.getrefcount(variables) <= 3:
        variables.clear()
    return found


#: The package of these modules.
_HOME = __name__.rpartition(".")[0]


def names_near(frame):
    """Names of variables, by the identity of what they hold: of a frame, its module and its callers, nearest first."""
    names = {}
    while frame is not None:
        for name, value in _variables(frame):
            if not name.startswith(("_", "@")):
                names.setdefault(id(value), name)
        frame = frame.f_back
    return names
