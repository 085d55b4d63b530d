"""DLPack's structs by ctypes, and producers made by hand: for the tests of DLPack."""

import ctypes


class Tensor(ctypes.Structure):
    """`DLTensor`."""

    _fields_ = [
        ("data", ctypes.c_void_p),
        ("device_type", ctypes.c_int32),
        ("device_id", ctypes.c_int32),
        ("ndim", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    ]


class Legacy(ctypes.Structure):
    """`DLManagedTensor`."""

    _fields_ = [("tensor", Tensor), ("context", ctypes.c_void_p), ("deleter", ctypes.c_void_p)]
    title = b"dltensor"


class Versioned(ctypes.Structure):
    """`DLManagedTensorVersioned`."""

    _fields_ = [
        ("major", ctypes.c_uint32),
        ("minor", ctypes.c_uint32),
        ("context", ctypes.c_void_p),
        ("deleter", ctypes.c_void_p),
        ("flags", ctypes.c_uint64),
        ("tensor", Tensor),
    ]
    title = b"dltensor_versioned"


IS_COPIED = 2
DELETER = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
new_capsule = ctypes.pythonapi.PyCapsule_New
new_capsule.restype, new_capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
capsule_pointer = ctypes.pythonapi.PyCapsule_GetPointer
capsule_pointer.restype, capsule_pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
capsule_name = ctypes.pythonapi.PyCapsule_GetName
capsule_name.restype, capsule_name.argtypes = ctypes.c_char_p, [ctypes.py_object]


class Producer:
    """An object with a struct made by hand: `fields` of the tensor, `flags`, `major`, the capsule's `name`."""

    def __init__(
        self, form=Versioned, *, shape=(3,), strides=None, flags=0, major=1, minor=0, name=None, nothing=(), **fields
    ):
        self.memory = (ctypes.c_double * 16)(*range(16))
        self.deleted = 0
        self.managed = form()
        tensor = self.managed.tensor
        tensor.data = ctypes.addressof(self.memory)
        tensor.device_type, tensor.ndim = 1, len(shape)
        tensor.code, tensor.bits, tensor.lanes = 2, 64, 1
        self.shape = (ctypes.c_int64 * max(len(shape), 1))(*shape)
        tensor.shape = ctypes.cast(self.shape, ctypes.POINTER(ctypes.c_int64))
        if strides is not None:
            self.strides = (ctypes.c_int64 * max(len(strides), 1))(*strides)
            tensor.strides = ctypes.cast(self.strides, ctypes.POINTER(ctypes.c_int64))
        for field, value in fields.items():
            setattr(tensor, field, value)
        for field in nothing:
            setattr(tensor, field, None)
        if form is Versioned:
            self.managed.flags, self.managed.major, self.managed.minor = flags, major, minor
        self.deleter = DELETER(self.delete)
        self.managed.deleter = ctypes.cast(self.deleter, ctypes.c_void_p)
        self.name = form.title if name is None else name
        self.capsule = new_capsule(ctypes.addressof(self.managed), self.name, None)
        self.asked = []

    def delete(self, _managed):
        self.deleted += 1

    def __dlpack__(self, **keywords):
        self.asked.append(keywords)
        return self.capsule

    def __dlpack_device__(self):
        return (1, 0)


class Given:
    """An object whose `__dlpack__` gives what it was made of."""

    def __init__(self, given):
        self.given = given

    def __dlpack__(self, **_keywords):
        return self.given


class Old:
    """A producer from before the keywords."""

    def __init__(self, array):
        self.array = array

    def __dlpack__(self, stream=None):
        return self.array.__dlpack__(stream=stream)


def peek(capsule, form):
    """The struct in a capsule that nobody took."""
    return form.from_address(capsule_pointer(capsule, form.title))


def address(array):
    return array.__array_interface__["data"][0]
