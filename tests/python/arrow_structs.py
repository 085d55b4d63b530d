"""Arrow's C structs by ctypes, for tests that need ones which no honest library would make."""

import ctypes

P = ctypes.POINTER
Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class Schema(ctypes.Structure):
    """`ArrowSchema`."""


Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", P(P(Schema))),
    ("dictionary", P(Schema)),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
]


class Array(ctypes.Structure):
    """`ArrowArray`."""


Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", P(ctypes.c_void_p)),
    ("children", P(P(Array))),
    ("dictionary", P(Array)),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
]


class Stream(ctypes.Structure):
    """`ArrowArrayStream`."""

    _fields_ = [
        ("get_schema", ctypes.c_void_p),
        ("get_next", ctypes.c_void_p),
        ("get_last_error", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    ]


_new = ctypes.pythonapi.PyCapsule_New
_new.restype = ctypes.py_object
_new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]

# What the structs point to; they live as long as the process.
_kept = []
released = []


def _release(kind):
    """A callback that counts, and marks the struct as the interface wants it."""

    @Release
    def callback(address):
        kind.from_address(address).release = None
        released.append(kind.__name__)

    _kept.append(callback)
    return ctypes.cast(callback, ctypes.c_void_p).value


_RELEASES = {kind: _release(kind) for kind in (Schema, Array, Stream)}


def _pointers(kind, items):
    if items is None:
        return None
    made = (P(kind) * max(len(items), 1))(*[None if item is None else ctypes.pointer(item) for item in items])
    _kept.append(made)
    return ctypes.cast(made, P(P(kind)))


def schema(format=b"l", name=b"", children=(), dictionary=None, **lies):
    """A schema that can be released; `lies` replace its fields."""
    made = Schema(format=format, name=name, n_children=len(children or ()), release=_RELEASES[Schema])
    if children:
        made.children = _pointers(Schema, children)
    if dictionary is not None:
        made.dictionary = ctypes.pointer(dictionary)
    for field, value in lies.items():
        setattr(made, field, value)
    _kept.append(made)
    return made


def array(length=0, buffers=(), children=(), dictionary=None, **lies):
    """An array that can be released; buffers are bytes, addresses or None."""
    made = Array(length=length, n_buffers=len(buffers), n_children=len(children or ()), release=_RELEASES[Array])
    addresses = []
    for buffer in buffers:
        if isinstance(buffer, bytes):
            buffer = ctypes.create_string_buffer(buffer, max(len(buffer), 1))
            _kept.append(buffer)
            buffer = ctypes.addressof(buffer)
        addresses.append(buffer)
    table = (ctypes.c_void_p * max(len(addresses), 1))(*addresses)
    _kept.append(table)
    made.buffers = ctypes.cast(table, P(ctypes.c_void_p))
    if children:
        made.children = _pointers(Array, children)
    if dictionary is not None:
        made.dictionary = ctypes.pointer(dictionary)
    for field, value in lies.items():
        setattr(made, field, value)
    _kept.append(made)
    return made


def capsule(struct, name):
    """A capsule without a destructor."""
    text = ctypes.create_string_buffer(name) if name is not None else None
    _kept.extend([struct, text])
    return _new(ctypes.addressof(struct), text, None)


def pair(a_schema, an_array):
    """The two capsules of `__arrow_c_array__`."""
    return capsule(a_schema, b"arrow_schema"), capsule(an_array, b"arrow_array")


def forget():
    """Lets go of what the structs point to."""
    del _kept[3:], released[:]
