"""Functions of NumPy's compiled module that sharray has in Python, set on the engine under NumPy's names."""

import importlib

# Functions by module of this package.
_ELSEWHERE = {
    "_contract": ["c_einsum"],
    "_text_input": ["fromstring", "fromfile"],
    "_chararray_support": ["compare_chararrays", "_vec_string"],
}


def from_dlpack(x, /, *, device=None, copy=None):
    """DLPack's way in: an object without the protocol is refused as NumPy refuses it."""
    x.__dlpack__  # noqa: B018 - the AttributeError is the answer
    raise NotImplementedError("sharray's engine does not have 'from_dlpack' yet")


def _blas_supports_fpe(value=None, /):
    """Whether matrix products report floating-point trouble. They are the engine's own loops, and do."""
    return True


_IN_PYTHON = {"from_dlpack": from_dlpack, "_blas_supports_fpe": _blas_supports_fpe}


def _late(module, name):
    """The function `name` of a module that is imported at the first call."""

    def call(*args, **kwargs):
        function = getattr(importlib.import_module(f"{__package__}.{module}"), name)
        return function(*args, **kwargs)

    call.__name__ = call.__qualname__ = name
    return call


def complete(engine):
    """Set the names of this module that `engine` lacks."""
    for module, names in _ELSEWHERE.items():
        for name in names:
            setattr(engine, name, _late(module, name))
    for name, value in _IN_PYTHON.items():
        if not hasattr(engine, name):
            setattr(engine, name, value)
    if not hasattr(engine, "_ones_like") and hasattr(engine, "ones_like"):
        engine._ones_like = engine.ones_like
