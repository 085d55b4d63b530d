"""Functions of NumPy's compiled module that sharray has in Python, set on the engine under NumPy's names."""

import importlib

# Functions by module of this package.
_ELSEWHERE = {
    "_contract": ["c_einsum"],
    "_chararray_support": ["_vec_string"],
}


def _compiled(signature):
    """Decorator: the function tells its parameters as compiled ones do."""

    def decorate(function):
        function.__text_signature__ = signature
        return function

    return decorate


def _blas_supports_fpe(value=None, /):
    """Whether matrix products report floating-point trouble. They are the engine's own loops, and do."""
    return True


def fromstring(string, dtype=float, count=-1, *, sep="", like=None):
    """Make a 1-D array from text, the items separated by `sep`.

    Parameters
    ----------
    string : str or bytes
    dtype : dtype_like, default float
    count : int, default -1
        Items to read; -1 reads all.
    sep : str
        What stands between items.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray, 1-d.

    Raises
    ------
    ValueError
        For an empty separator (binary mode is gone), or fewer items than `count`.

    Examples
    --------
    >>> import sharray as np
    >>> np.fromstring("1, 2, 3", dtype=int, sep=",")
    array([1, 2, 3])
    """
    from ._text_input import fromstring as work

    return work(string, dtype, count, sep=sep, like=like)


@_compiled("(file, dtype=None, count=-1, sep='', offset=0, *, like=None)")
def fromfile(file, dtype=None, count=-1, sep="", offset=0, *, like=None):
    """Make a 1-D array from a file's bytes, or from its separated text.

    Parameters
    ----------
    file : file object, str or path
    dtype : dtype_like, default float
    count : int, default -1
        Items to read; -1 reads all.
    sep : str, default ""
        What stands between items; empty for raw bytes.
    offset : int, default 0
        Bytes to skip from the current position; raw bytes only.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray, 1-d.

    Raises
    ------
    TypeError
        For an offset in text mode.
    ValueError
        For object dtypes and negative offsets.

    Examples
    --------
    >>> import sharray as np, tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "x.bin")
    >>> np.arange(3).tofile(path)
    >>> np.fromfile(path, dtype=int)
    array([0, 1, 2])
    """
    from ._text_input import fromfile as work

    return work(file, dtype, count, sep, offset, like=like)


@_compiled("(a1, a2, cmp, rstrip)")
def compare_chararrays(a1, a2, cmp, rstrip):
    """Compare two arrays of strings elementwise with the operator named by `cmp`.

    `rstrip` ignores white space at the ends of elements. Returns an array of bool; ValueError for
    other operators than the six comparisons, TypeError for other elements than strings.

    Parameters
    ----------
    a1, a2 : array_like of str or bytes
    cmp : {'<', '<=', '==', '>=', '>', '!='}
        How to compare.
    rstrip : bool
        Whether white space at the end counts for nothing.

    Returns
    -------
    ndarray of bool.

    Examples
    --------
    >>> import sharray as np
    >>> np.char.compare_chararrays(np.array(["a", "b "]), np.array(["b", "b"]), "==", True)
    array([False,  True])
    """
    from ._chararray_support import compare_chararrays as work

    return work(a1, a2, cmp, rstrip)


_IN_PYTHON = {
    "_blas_supports_fpe": _blas_supports_fpe,
    "fromstring": fromstring,
    "fromfile": fromfile,
    "compare_chararrays": compare_chararrays,
}


def _late(module, name):
    """The function `name` of a module that is imported at the first call."""
    found = None

    def call(*args, **kwargs):
        nonlocal found
        if found is None:
            found = getattr(importlib.import_module(f"{__package__}.{module}"), name)
        return found(*args, **kwargs)

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
