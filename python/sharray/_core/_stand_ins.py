"""Names of the compiled module that the engine doesn't offer yet.

Some are written here in Python, for use until then; for the others there is an
object that raises NotImplementedError when it is called. `complete(engine)` fills in those of
these names, and no others, that the engine lacks: any further missing name stays an
ImportError. When the engine gains a name, its own takes over and the entry here goes.
"""

import importlib

# called, they say that they are missing
NOT_BUILT = "StringDType _unique_hash _get_castingimpl _load_from_filelike".split()


class NotBuilt:
    """Stands for a function that isn't there; calling it is a NotImplementedError."""

    def __init__(self, name):
        self.__name__ = self.__qualname__ = name

    def __call__(self, *args, **kwargs):
        raise NotImplementedError(f"sharray's engine does not have {self.__name__!r} yet")

    def __repr__(self):
        return f"<{self.__name__}, not built yet>"


class _NotBuiltType(type):
    """A class that can't be instantiated, so that `isinstance` with it is possible and false."""

    def __call__(cls, *args, **kwargs):
        raise NotImplementedError(f"sharray's engine does not have {cls.__name__!r} yet")


def _flag_numbers():
    numbers = {"C": 0x1, "F": 0x2, "O": 0x4, "A": 0x100, "W": 0x400, "X": 0x2000}
    names = {
        "C": ("C_CONTIGUOUS", "CONTIGUOUS"),
        "F": ("F_CONTIGUOUS", "FORTRAN"),
        "O": ("OWNDATA",),
        "A": ("ALIGNED",),
        "W": ("WRITEABLE",),
        "X": ("WRITEBACKIFCOPY",),
    }
    return numbers | {name: numbers[short] for short, long in names.items() for name in long}


# Functions of the compiled module that are written in Python, by module of this package.
_ELSEWHERE = {
    "_contract": ["c_einsum"],
    "_text_input": ["fromstring", "fromfile"],
    "_chararray_support": ["compare_chararrays", "_vec_string"],
}


def from_dlpack(x, /, *, device=None, copy=None):
    """DLPack's way in: an object without the protocol is refused as NumPy refuses it."""
    x.__dlpack__  # noqa: B018 - the AttributeError is the answer
    raise NotImplementedError("sharray's engine does not have 'from_dlpack' yet")


_IN_PYTHON = {
    "from_dlpack": from_dlpack,
    "_flagdict": _flag_numbers(),
    "typeinfo": {},
    "set_typeDict": lambda names: None,
    "set_datetimeparse_function": lambda function: None,
    "_add_newdoc_ufunc": lambda ufunc, text: None,
    "__cpu_baseline__": [],
    "__cpu_dispatch__": [],
    "__cpu_features__": {},
    "__cpu_targets_info__": {},
    "_blas_supports_fpe": lambda value=None: True,
}


def _late(module, name):
    """The function `name` of a module that is imported at the first call."""

    def call(*args, **kwargs):
        function = getattr(importlib.import_module(f"{__package__}.{module}"), name)
        return function(*args, **kwargs)

    call.__name__ = call.__qualname__ = name
    return call


def complete(engine):
    """Set the names of this module that `engine` lacks."""
    for name in NOT_BUILT:
        if not hasattr(engine, name):
            made = _NotBuiltType(name, (), {}) if name == "StringDType" else NotBuilt(name)
            setattr(engine, name, made)
    for module, names in _ELSEWHERE.items():
        for name in names:
            setattr(engine, name, _late(module, name))
    for name, value in _IN_PYTHON.items():
        if not hasattr(engine, name):
            setattr(engine, name, value)
    if not hasattr(engine, "_ones_like") and hasattr(engine, "ones_like"):
        engine._ones_like = engine.ones_like
