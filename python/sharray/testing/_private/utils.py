"""All helpers for tests in one namespace."""

import sys
import unittest
from unittest.case import SkipTest

from ._compare import (
    _integer_repr as _integer_repr,
    assert_,
    assert_allclose,
    assert_almost_equal,
    assert_approx_equal,
    assert_array_almost_equal,
    assert_array_almost_equal_nulp,
    assert_array_compare,
    assert_array_equal,
    assert_array_less,
    assert_array_max_ulp,
    assert_equal,
    assert_string_equal,
    integer_repr as integer_repr,
    nulp_diff as nulp_diff,
    print_assert_equal,
)
from ._message import build_err_msg
from ._system import (
    BLAS_SUPPORTS_FPE,
    HAS_LAPACK64,
    HAS_REFCOUNT,
    IS_64BIT,
    IS_EDITABLE,
    IS_INSTALLED,
    IS_MUSL,
    IS_PYPY,
    IS_PYSTON,
    IS_WASM,
    NOGIL_BUILD,
    NUMPY_ROOT,
    _assert_valid_refcount as _assert_valid_refcount,
    _gen_alignment_data as _gen_alignment_data,
    _get_glibc_version as _get_glibc_version,
    _get_mem_available as _get_mem_available,
    _glibc_older_than as _glibc_older_than,
    _glibcver as _glibcver,
    _no_tracing as _no_tracing,
    _parse_size as _parse_size,
    check_free_memory as check_free_memory,
    check_support_sve,
    jiffies,
    measure,
    memusage,
    requires_memory as requires_memory,
    run_threaded,
    tempdir,
    temppath,
)
from ._warnings import (
    assert_no_gc_cycles,
    assert_no_warnings,
    assert_warns,
    break_cycles,
    clear_and_catch_warnings,
    suppress_warnings,
)

__all__ = [
    "assert_equal",
    "assert_almost_equal",
    "assert_approx_equal",
    "assert_array_equal",
    "assert_array_less",
    "assert_string_equal",
    "assert_array_almost_equal",
    "assert_raises",
    "build_err_msg",
    "decorate_methods",
    "jiffies",
    "memusage",
    "print_assert_equal",
    "rundocs",
    "runstring",
    "verbose",
    "measure",
    "assert_",
    "assert_array_almost_equal_nulp",
    "assert_raises_regex",
    "assert_array_max_ulp",
    "assert_warns",
    "assert_no_warnings",
    "assert_allclose",
    "IgnoreException",
    "clear_and_catch_warnings",
    "SkipTest",
    "KnownFailureException",
    "temppath",
    "tempdir",
    "IS_PYPY",
    "HAS_REFCOUNT",
    "IS_WASM",
    "suppress_warnings",
    "assert_array_compare",
    "assert_no_gc_cycles",
    "break_cycles",
    "HAS_LAPACK64",
    "IS_PYSTON",
    "IS_MUSL",
    "check_support_sve",
    "NOGIL_BUILD",
    "IS_EDITABLE",
    "IS_INSTALLED",
    "NUMPY_ROOT",
    "run_threaded",
    "IS_64BIT",
    "BLAS_SUPPORTS_FPE",
]

verbose = 0


class KnownFailureException(Exception):
    """A test that is known to fail.

    Examples
    --------
    >>> issubclass(KnownFailureException, Exception)
    True
    """


KnownFailureTest = KnownFailureException


class IgnoreException(Exception):
    """A failure that doesn't matter.

    Examples
    --------
    >>> issubclass(IgnoreException, Exception)
    True
    """


class _Dummy(unittest.TestCase):
    def nop(self):
        pass


_d = _Dummy("nop")


def assert_raises(*args, **kwargs):
    """AssertionError unless calling ``args[1](*args[2:], **kwargs)`` raises ``args[0]``.

    Without a function: a context manager, which keeps the exception.

    Parameters
    ----------
    *args
        The class of the exception, a function and its arguments; the class alone gives a context manager.
    **kwargs
        Keywords of the function.

    Returns
    -------
    None, or a context manager.

    Examples
    --------
    >>> assert_raises(ZeroDivisionError, lambda: 1 / 0)
    """
    __tracebackhide__ = True
    return _d.assertRaises(*args, **kwargs)


def assert_raises_regex(exception_class, expected_regexp, *args, **kwargs):
    """As `assert_raises`; the exception's text must also match the pattern.

    Parameters
    ----------
    exception_class : type or tuple of type
    expected_regexp : str
        What the message must match somewhere.
    *args
        A function and its arguments; nothing gives a context manager.
    **kwargs
        Its keywords.

    Returns
    -------
    None, or a context manager.

    Examples
    --------
    >>> assert_raises_regex(ValueError, "invalid", int, "x")
    """
    __tracebackhide__ = True
    return _d.assertRaisesRegex(exception_class, expected_regexp, *args, **kwargs)


def decorate_methods(cls, decorator, testmatch=None):
    """Replace methods of a class by decorated ones, in place.

    Parameters
    ----------
    cls : type
    decorator : callable
        Takes a function and gives another one.
    testmatch : str or pattern, optional
        What a method's name must match somewhere; by default that of a test. Names that begin
        with an underscore are left alone.

    Returns
    -------
    None.

    Examples
    --------
    >>> class Suite:
    ...     def test_one(self):
    ...         return 1
    >>> decorate_methods(Suite, staticmethod)
    >>> type(vars(Suite)["test_one"]).__name__
    'staticmethod'
    """
    import re
    from inspect import isfunction

    pattern = re.compile(r"(?:^|[\b_./-])[Tt]est" if testmatch is None else testmatch)
    for name, method in [pair for pair in vars(cls).items() if isfunction(pair[1])]:
        if pattern.search(name) and not name.startswith("_"):
            setattr(cls, name, decorator(method))


def rundocs(filename=None, raise_on_error=True):
    """Run the doctests in a file.

    Parameters
    ----------
    filename : str, optional
        By default the file of the caller.
    raise_on_error : bool, optional
        Whether a failure is an error, rather than printed.

    Returns
    -------
    None.

    Raises
    ------
    AssertionError
        With the report of what failed.

    Examples
    --------
    >>> with temppath(suffix=".py") as path:
    ...     with open(path, "w") as file:
    ...         _ = file.write("'''>>> 1 + 1" + chr(10) + "2'''")
    ...     rundocs(path)
    """
    import doctest
    import importlib.util
    import os

    if filename is None:
        filename = sys._getframe(1).f_globals["__file__"]
    name = os.path.splitext(os.path.basename(filename))[0]
    spec = importlib.util.spec_from_file_location(name, filename)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    messages = []
    runner = doctest.DocTestRunner(verbose=False)
    for test in doctest.DocTestFinder().find(module):
        runner.run(test, out=messages.append if raise_on_error else None)
    if runner.failures > 0 and raise_on_error:
        raise AssertionError("Some doctests failed:\n" + "\n".join(messages))


def runstring(astr, dict):
    """Execute source text.

    Parameters
    ----------
    astr : str
        The statements.
    dict : dict
        The namespace, where what they define goes as well.

    Returns
    -------
    None.

    Examples
    --------
    >>> names = {}
    >>> runstring("a = 1 + 1", names)
    >>> names["a"]
    2
    """
    exec(astr, dict)
