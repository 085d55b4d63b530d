"""The machine under test: platform, memory, temporary files, threads, reference counts."""

import contextlib
import os
import platform
import re
import sys
import sysconfig
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from pathlib import Path
from tempfile import mkdtemp, mkstemp

from ..._core.multiarray import arange, empty
from ..._core.numerictypes import float32

IS_WASM = platform.machine() in ("wasm32", "wasm64")
IS_PYPY = sys.implementation.name == "pypy"
IS_PYSTON = hasattr(sys, "pyston_version_info")
HAS_REFCOUNT = getattr(sys, "getrefcount", None) is not None and not IS_PYSTON
BLAS_SUPPORTS_FPE = True
HAS_LAPACK64 = True
IS_MUSL = "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or "")
NOGIL_BUILD = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
IS_64BIT = sys.maxsize > 2**32
IS_INSTALLED = True
IS_EDITABLE = False
NUMPY_ROOT = Path(__file__).parents[2]


def _get_glibc_version():
    """The C library's version as text, "0.0" where it isn't glibc."""
    name, version = platform.libc_ver(sys.executable)
    return version if name == "glibc" else "0.0"


_glibcver = _get_glibc_version()


def _glibc_older_than(version):
    """Whether the C library is glibc and older than `version`."""

    def key(text):
        return tuple(int(part) for part in re.findall(r"\d+", text))

    return _glibcver != "0.0" and key(_glibcver) < key(version)


def memusage(_proc_pid_stat=None):
    """The memory that the process has mapped.

    Parameters
    ----------
    _proc_pid_stat : str, optional
        The file to read instead of the process's own in /proc.

    Returns
    -------
    int: bytes; None where the system doesn't tell.

    Examples
    --------
    >>> memusage() is None or memusage() > 0
    True
    """
    try:
        with open(_proc_pid_stat or f"/proc/{os.getpid()}/stat") as file:
            return int(file.readline().split()[22])
    except Exception:
        return None


_jiffies_start = []


def jiffies(_proc_pid_stat=None, _load_time=None):
    """The time that the process has spent in its own code.

    Parameters
    ----------
    _proc_pid_stat : str, optional
        The file to read instead of the process's own in /proc.
    _load_time : list of float, optional
        Holds the time of the first call, from which it is counted where the system doesn't tell.

    Returns
    -------
    int: hundredths of a second.

    Examples
    --------
    >>> jiffies() >= 0
    True
    """
    import time

    load_time = _jiffies_start if _load_time is None else _load_time
    if not load_time:
        load_time.append(time.time())
    try:
        with open(_proc_pid_stat or f"/proc/{os.getpid()}/stat") as file:
            return int(file.readline().split()[13])
    except Exception:
        return int(100 * (time.time() - load_time[0]))


def _parse_size(size_str):
    """Bytes from "10 MB" (decimal units, or binary ones with an i); ValueError otherwise."""
    scales = {
        "": 1,
        "b": 1,
        "k": 1000,
        "m": 1000**2,
        "g": 1000**3,
        "t": 1000**4,
        "kb": 1000,
        "mb": 1000**2,
        "gb": 1000**3,
        "tb": 1000**4,
        "kib": 1024,
        "mib": 1024**2,
        "gib": 1024**3,
        "tib": 1024**4,
    }
    match = re.match(r"^\s*(\d+|\d+\.\d+)\s*([a-z]*)\s*$", size_str, re.IGNORECASE)
    if match is None or match[2].lower() not in scales:
        raise ValueError(f"value {size_str!r} not a valid size")
    return int(float(match[1]) * scales[match[2].lower()])


def _get_mem_available():
    """Free memory in bytes, or None if unknown."""
    try:
        with open("/proc/meminfo") as file:
            found = {line.split()[0].strip(":").lower(): int(line.split()[1]) * 1024 for line in file}
    except OSError:
        return None
    if "memavailable" in found:
        return found["memavailable"]
    return found["memfree"] + found["cached"]


def check_free_memory(free_bytes):
    """None if that much memory is free, else the reason to skip a test."""
    from_environment = os.environ.get("NPY_AVAILABLE_MEM")
    if from_environment is not None:
        try:
            available = _parse_size(from_environment)
        except ValueError as error:
            raise ValueError(f"Invalid environment variable NPY_AVAILABLE_MEM: {error}") from None
        message = (
            f"{free_bytes / 1e9} GB memory required, but environment variable NPY_AVAILABLE_MEM={from_environment} set"
        )
    else:
        available = _get_mem_available()
        if available is None:
            return (
                "Could not determine available memory; set NPY_AVAILABLE_MEM environment variable "
                "(e.g. NPY_AVAILABLE_MEM=16GB) to run the test."
            )
        message = f"{free_bytes / 1e9} GB memory required, but {available / 1e9} GB available"
    return message if available < free_bytes else None


def requires_memory(free_bytes):
    """Decorator: skip the test unless that much memory is free; a MemoryError is an expected failure."""
    import pytest

    def decorate(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            reason = check_free_memory(free_bytes)
            if reason is not None:
                pytest.skip(reason)
            try:
                return func(*args, **kwargs)
            except MemoryError:
                pytest.xfail("MemoryError raised")

        return wrapper

    return decorate


def _no_tracing(func):
    """Decorator: tracing (of a debugger or of coverage) is off during the call."""
    if not hasattr(sys, "gettrace"):
        return func

    @wraps(func)
    def wrapper(*args, **kwargs):
        tracer = sys.gettrace()
        try:
            sys.settrace(None)
            return func(*args, **kwargs)
        finally:
            sys.settrace(tracer)

    return wrapper


@contextlib.contextmanager
def tempdir(*args, **kwargs):
    """A context with a new directory, which is removed at the end with all that is in it.

    Parameters
    ----------
    *args, **kwargs
        As for `tempfile.mkdtemp`: suffix, prefix and where.

    Yields
    ------
    str: the path.

    Examples
    --------
    >>> import os
    >>> with tempdir() as folder:
    ...     os.path.isdir(folder)
    True
    >>> os.path.exists(folder)
    False
    """
    import shutil

    path = mkdtemp(*args, **kwargs)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextlib.contextmanager
def temppath(*args, **kwargs):
    """A context with a new closed file, which is removed at the end.

    Parameters
    ----------
    *args, **kwargs
        As for `tempfile.mkstemp`: suffix, prefix and where.

    Yields
    ------
    str: the path.

    Examples
    --------
    >>> import sharray as np
    >>> with temppath(suffix=".npy") as path:
    ...     np.save(path, [1, 2])
    ...     np.load(path)
    array([1, 2])
    """
    handle, path = mkstemp(*args, **kwargs)
    os.close(handle)
    try:
        yield path
    finally:
        os.remove(path)


def measure(code_str, times=1, label=None):
    """Seconds to run source text `times` times in the caller's namespace.

    Parameters
    ----------
    code_str : str
        The code to run.
    times : int, optional
        How often.
    label : str, optional
        The name of the code in tracebacks.

    Returns
    -------
    float: seconds.

    Examples
    --------
    >>> measure("1 + 1", times=2) >= 0
    True
    """
    frame = sys._getframe(1)
    code = compile(code_str, f"Test name: {label} ", "exec")
    start = jiffies()
    for _ in range(times):
        exec(code, frame.f_globals, frame.f_locals)
    return 0.01 * (jiffies() - start)


def check_support_sve(__cache=[]):  # noqa: B006 - the default is the cache
    """Whether the processor has ARM's scalable vectors.

    Parameters
    ----------
    __cache : list, optional
        Holds the answer once it is known.

    Returns
    -------
    bool.

    Examples
    --------
    >>> check_support_sve([False])
    False
    """
    if not __cache:
        try:
            __cache.append("sve" in Path("/proc/cpuinfo").read_text())
        except OSError:
            __cache.append(False)
    return __cache[0]


def _assert_valid_refcount(op):
    """True if using the ufunc `op` on objects leaves their reference counts alone."""
    if not HAS_REFCOUNT:
        return True
    import gc

    b = arange(100 * 100).reshape(100, 100)
    same = b
    one = 1
    gc.disable()
    try:
        before = sys.getrefcount(one)
        for _ in range(15):
            result = op(b, same)
        assert sys.getrefcount(one) >= before
    finally:
        gc.enable()
    del result
    return None


def _gen_alignment_data(dtype=float32, type="binary", max_size=24):
    """Arrays at all offsets, lengths and aliasings, for tests of vectorised loops.

    Yields (out, in, text) for `type` 'unary', (out, in1, in2, text) for 'binary'.
    """
    form = "unary offset=(%d, %d), size=%d, dtype=%r, %s"
    form2 = "binary offset=(%d, %d, %d), size=%d, dtype=%r, %s"
    for o in range(3):
        for s in range(o + 2, max(o + 3, max_size)):

            def fresh(s=s):
                return arange(s, dtype=dtype)

            out = empty((s,), dtype=dtype)[o:]
            if type == "unary":
                data = fresh()[o:]
                yield out, data, form % (o, o, s, dtype, "out of place")
                yield data, data, form % (o, o, s, dtype, "in place")
                yield out[1:], fresh()[o:][:-1], form % (o + 1, o, s - 1, dtype, "out of place")
                yield out[:-1], fresh()[o:][1:], form % (o, o + 1, s - 1, dtype, "out of place")
                yield data[:-1], data[1:], form % (o, o + 1, s - 1, dtype, "aliased")
                yield data[1:], data[:-1], form % (o + 1, o, s - 1, dtype, "aliased")
            if type == "binary":
                one, two = fresh()[o:], fresh()[o:]
                yield out, one, two, form2 % (o, o, o, s, dtype, "out of place")
                yield one, one, two, form2 % (o, o, o, s, dtype, "in place1")
                yield two, fresh()[o:], two, form2 % (o, o, o, s, dtype, "in place2")
                yield out[1:], fresh()[o:][:-1], fresh()[o:][:-1], form2 % (o + 1, o, o, s - 1, dtype, "out of place")
                yield out[:-1], fresh()[o:][1:], fresh()[o:][:-1], form2 % (o, o + 1, o, s - 1, dtype, "out of place")
                yield out[:-1], fresh()[o:][:-1], fresh()[o:][1:], form2 % (o, o, o + 1, s - 1, dtype, "out of place")
                a, b = fresh()[o:], fresh()[o:]
                yield a[1:], a[:-1], b[:-1], form2 % (o + 1, o, o, s - 1, dtype, "aliased")
                yield a[:-1], a[1:], b[:-1], form2 % (o, o + 1, o, s - 1, dtype, "aliased")
                yield a[:-1], a[:-1], b[1:], form2 % (o, o, o + 1, s - 1, dtype, "aliased")


def run_threaded(func, max_workers=8, pass_count=False, pass_barrier=False, outer_iterations=1, prepare_args=None):
    """Run a function in several threads at once; an exception in one is raised here.

    Parameters
    ----------
    func : callable
        Gets what `prepare_args` returns, then the barrier, then its number, as far as asked for.
    max_workers : int, optional
        The number of threads.
    pass_count : bool, optional
        Whether each call gets its number, from 0.
    pass_barrier : bool, optional
        Whether each call gets a `threading.Barrier`, to start together.
    outer_iterations : int, optional
        How often to do all of it.
    prepare_args : callable, optional
        Gives a list of arguments; called once each time.

    Returns
    -------
    None.

    Examples
    --------
    >>> found = []
    >>> run_threaded(found.append, max_workers=3, pass_count=True)
    >>> sorted(found)
    [0, 1, 2]
    """
    for _ in range(outer_iterations):
        with ThreadPoolExecutor(max_workers=max_workers) as pool:
            extra = [] if prepare_args is None else prepare_args()
            barrier = threading.Barrier(max_workers) if pass_barrier else None
            futures = []
            try:
                for number in range(max_workers):
                    arguments = [*extra, *([barrier] if pass_barrier else []), *([number] if pass_count else [])]
                    futures.append(pool.submit(func, *arguments))
            finally:
                if len(futures) < max_workers and barrier is not None:
                    barrier.abort()
            for future in futures:
                future.result()
