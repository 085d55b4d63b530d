"""What the files in this folder share: routes between sharray and another library, and the cells measured on them.

A `Route` is one way in or out: one constructor of one library. `measure` sends an array of every dtype and every
layout over it and finds out, by address and by writing through one side, whether memory was shared, copied or refused.
Nothing about an outcome is written down beforehand but the reasons of copies: the page docs/interop-matrix.md is the
record, and `check_page` compares it with what is measured.
"""

import dataclasses
import difflib
import functools
import gc
import importlib
import importlib.metadata
import importlib.util
import json
import os
import re
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import ml_dtypes
import numpy
import pytest

import sharray as np

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "interop-matrix.md"

#: Columns of the first table: dtypes, each with the values that cross. The first and the last value differ.
_NUMBERS = [1, 2, 3, 5]
COLUMNS = {
    "bool": ["?"],
    "int": ["i1", "i2", "i4", "i8"],
    "uint": ["u1", "u2", "u4", "u8"],
    "float16": ["f2"],
    "float32/64": ["f4", "f8"],
    "longdouble": ["g"],
    "complex": ["c8", "c16"],
    "bfloat16": ["bfloat16"],
    "float8": ["float8_e4m3fn", "float8_e5m2"],
    "datetime64": ["M8[D]", "M8[s]", "M8[ms]", "M8[us]", "M8[ns]"],
    "timedelta64": ["m8[s]", "m8[ms]", "m8[us]", "m8[ns]"],
    "S": ["S4"],
    "U": ["U4"],
    "StringDType": ["T"],
    "structured": ["i4,f8"],
    "object": ["O"],
}
#: Columns of the second table: layouts of float64.
LAYOUTS = [
    "Fortran",
    "every second",
    "reversed",
    "size-1 strides",
    "empty",
    "0-d",
    "read-only",
    "big-endian",
    "misaligned",
]


class Absent(Exception):
    """The library has no such dtype or layout: there is nothing to measure."""

    @classmethod
    def now(cls):
        raise cls


@dataclasses.dataclass(frozen=True)
class Cell:
    """What was measured for one dtype or layout: outcome and reason."""

    outcome: str
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Case:
    """One dtype, or one layout of float64, for one route."""

    column: str
    dtype: str
    layout: str = ""
    ndim: int = 1

    def reference(self):
        """The values in an array of the real NumPy."""
        if self.layout:
            return numpy.asarray(memoryview(self.ours()))
        if self.dtype == "i4,f8":
            return numpy.array([(1, 1.5), (2, 2.5), (3, 3.5), (5, 5.5)], dtype="i4,f8")
        if self.dtype == "T":
            return numpy.array(["ab", "", "a text that is kept outside", "é"], dtype=numpy.dtypes.StringDType())
        if self.dtype == "O":
            return numpy.array(["ab", "c", "def", "é"], dtype=object)
        if self.dtype == "?":
            return numpy.array([True, False, True, False])
        if self.dtype in ("S4", "U4"):
            return numpy.array(["ab", "c", "defg", "h"], dtype=self.dtype)
        kind = getattr(ml_dtypes, self.dtype, self.dtype)
        return numpy.array(_NUMBERS, dtype="i8").astype(kind)

    def ours(self):
        """A fresh array of sharray with these values."""
        if self.layout:
            return _laid_out(self.layout, self.ndim)
        theirs = self.reference()
        if self.dtype == "T":
            return np.array(theirs.tolist(), dtype="T")
        return np.array(theirs, copy=True)


def _laid_out(layout, ndim):
    """Float64 in one of the layouts."""
    base = np.arange(1.0, 13.0).reshape(3, 4) if ndim == 2 else np.arange(1.0, 13.0)
    if layout == "Fortran":
        return np.asfortranarray(base)
    if layout == "every second":
        return base[..., ::2]
    if layout == "reversed":
        return base[..., ::-1]
    if layout == "size-1 strides":
        shape, strides = ((1, 4), (808, 8)) if ndim == 2 else ((1,), (808,))
        return np.lib.stride_tricks.as_strided(base, shape, strides, check_bounds=False)
    if layout == "empty":
        return np.zeros((0, 3) if ndim == 2 else 0)
    if layout == "0-d":
        return np.array(3.0)
    if layout == "read-only":
        base.flags.writeable = False
        return base
    if layout == "big-endian":
        return base.astype(">f8")
    fresh = np.frombuffer(bytearray(8 * base.size + 1), "f8", offset=1).reshape(base.shape)
    fresh[...] = base
    return fresh


@dataclasses.dataclass(frozen=True, eq=False)
class Route:
    """One way between sharray and another library.

    Attributes
    ----------
    name : str
        As the table shows it.
    cross : callable
        Takes the source and returns what comes out on the other side.
    read : callable
        Takes the other library's object and returns its values, as an array of NumPy's or a list.
    address : callable
        Takes the other library's object and returns where its first element lies, or None.
    make : callable or None
        For a way in: makes the other library's object of an array of NumPy's. None: a way out.
    because : str or callable
        Why memory is copied, where it is; a callable takes the case.
    writable : callable or None
        Whether the other library's object lets its memory be written.
    skip : dict
        Columns and layouts not tried, with the reason.
    faults : dict
        Columns and layouts that come out wrong, with whose defect that is.
    ndim : int
        Dimensions of the layouts that are tried; 0: none.
    lives : bool
        Whether lifetimes are tried, 10,000 repetitions among them.
    aligned : bool
        Whether what is sent out begins at a multiple of 64 bytes.
    """

    name: str
    cross: Callable
    read: Callable
    address: Callable
    make: Callable | None = None
    because: object = ""
    writable: Callable | None = None
    skip: dict = dataclasses.field(default_factory=dict)
    faults: dict = dataclasses.field(default_factory=dict)
    ndim: int = 0
    lives: bool = True
    aligned: bool = False

    def source(self, case):
        """What is sent."""
        if self.make is not None:
            return self.make(case.reference())
        movable = self.aligned and not case.layout and case.dtype not in "TO"
        return aligned(case.ours()) if movable else case.ours()


def aligned(array):
    """A copy on memory that begins at a multiple of 64 bytes, wherever the allocator would have put it."""
    block = np.zeros(array.nbytes + 64, "u1")
    start = -at(block) % 64
    fresh = block[start : start + array.nbytes].view(array.dtype)
    fresh[...] = array
    return fresh


def at(array):
    """Where an array of sharray's begins."""
    return array.ctypes.data


def at_numpy(array):
    """Where an array of NumPy's begins."""
    return array.__array_interface__["data"][0]


def cases(route):
    """Every case of a route, by column."""
    found = {column: [Case(column, dtype) for dtype in dtypes] for column, dtypes in COLUMNS.items()}
    if route.ndim:
        found.update({layout: [Case(layout, "f8", layout, route.ndim)] for layout in LAYOUTS})
    return found


def measure_one(route, case):
    """The cell of one case, and whether the values came out right."""
    if case.column in route.skip:
        return Cell("not tried", route.skip[case.column]), True
    try:
        source = route.source(case)
    except Exception:
        if route.make is None:
            raise
        return Cell("–"), True
    reference = case.reference()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = route.cross(source)
            theirs, ours = (result, source) if route.make is None else (source, result)
            found = route.read(theirs) if route.make is None else plain(ours)
    except Absent:
        return Cell("–"), True
    except Exception as error:
        return Cell("refused", words(error)), True
    if not same(found, reference):
        known = route.faults.get(case.column, "")
        return Cell("WRONG", known or f"{_short(found)} for {_short(reference)}"), bool(known)
    return _verdict(route, case, theirs, ours, found, reference), True


def _verdict(route, case, theirs, ours, found, reference):
    """Shared or copied, by address and by writing."""
    if case.layout == "empty":
        return Cell("taken", "nothing to share")
    where = route.address(theirs)
    seen = _is_seen(route, theirs, ours, reference)
    if where is not None and seen is not None:
        assert (where == at(ours)) == seen, f"{route.name}: {case}: addresses {where}, {at(ours)}, but seen: {seen}"
    becomes = _other_dtype(found, reference)
    if where == at(ours) if where is not None else seen:
        return Cell(_shared(route, case, theirs, ours), becomes)
    reason = route.because(case) if callable(route.because) else route.because
    return Cell("copied", "; ".join(filter(None, [reason, becomes])))


def _other_dtype(found, reference):
    """What to say of values that arrive in another dtype."""
    kind = getattr(found, "dtype", None)
    if kind is None or _spelled(kind) == _spelled(reference.dtype):
        return ""
    if is_small(reference) and kind.kind == "V":
        return "arrives as raw bytes: view them as the dtype of ml_dtypes"
    return f"arrives as {re.sub('[0-9]+$', '', kind.name) if kind.kind in 'US' else kind.name}"


def _spelled(dtype):
    return dtype.name if dtype.kind in "mMVf" else (dtype.kind, dtype.itemsize)


def _shared(route, case, theirs, ours):
    """How it is shared: whether who may only read still may only read."""
    if case.layout == "read-only" and route.make is None and route.writable is not None and route.writable(theirs):
        return "shared, but writable there"
    if case.layout != "read-only" and not ours.flags.writeable:
        return "shared, read-only"
    return "shared"


def _is_seen(route, theirs, ours, reference):
    """Whether what is written into the array of sharray's is seen on the other side; None where it can't be tried."""
    if not ours.flags.writeable or not ours.size:
        return None
    first = (0,) * ours.ndim
    before, other = reference[first], 77.0 if reference.size == 1 else reference[(-1,) * ours.ndim]
    try:
        ours[first] = other.item() if reference.dtype.names and reference.size > 1 else other
    except TypeError:
        return None
    changed = numpy.array(reference)
    changed[first] = other
    found = route.read(theirs)
    assert same(found, reference) or same(found, changed)
    return same(found, changed) and before != other


def plain(ours):
    """The values of an array of sharray's as an array of NumPy's, without the protocols under test."""
    if ours.dtype.name.startswith("void") and ours.dtype.names is None:
        found = numpy.frombuffer(ours.tobytes(), ours.dtype.str)
    elif ours.dtype.names is None and ours.dtype.kind == "V":
        found = numpy.array(ours.astype("f4").tolist(), "f4").astype(getattr(ml_dtypes, ours.dtype.name))
    elif ours.dtype.kind == "T":
        found = numpy.array(ours.tolist(), dtype=numpy.dtypes.StringDType())
    elif ours.dtype.kind in "mM":
        found = numpy.array(ours.view("i8").tolist(), "i8").view(ours.dtype.str)
    else:
        found = numpy.array(ours.tolist(), dtype=ours.dtype.descr if ours.dtype.names else ours.dtype.str)
    return found.reshape(ours.shape)


def same(found, reference):
    """Whether the values are equal; texts, times and numbers count by value, not by dtype."""
    if isinstance(found, list):
        fresh = numpy.empty(len(found), dtype=object)
        fresh[:] = found
        found = fresh
    found = numpy.asarray(found)
    if found.shape != reference.shape:
        return False
    if reference.dtype.names and found.dtype.kind == "V" and found.dtype.names is None:
        return found.tobytes() == reference.tobytes()
    if is_small(found) or is_small(reference):
        if found.dtype == object:
            try:
                return [float(x) for x in found.ravel()] == reference.astype("f4").ravel().tolist()
            except (TypeError, ValueError):
                return False
        if found.dtype.kind == "V" and found.dtype.itemsize == reference.dtype.itemsize:
            found = found.view(reference.dtype)
        found, reference = (x.astype("f4") if is_small(x) else x for x in (found, reference))
    if found.dtype == object or reference.dtype == object or reference.dtype.kind in "T":
        return [_bare(x) for x in found.ravel().tolist()] == [_bare(x) for x in reference.ravel().tolist()]
    try:
        return bool((found == reference).all())
    except (TypeError, ValueError):
        return False


def is_small(array):
    return array.dtype.names is None and array.dtype.name in ("bfloat16", "float8_e4m3fn", "float8_e5m2")


def _bare(x):
    x = x.item() if isinstance(x, numpy.generic) else x
    return tuple(x.values()) if isinstance(x, dict) else x


def _short(x):
    return re.sub(r"\s+", " ", repr(x))[:120]


#: What in an error's words changes from dtype to dtype, or from run to run.
_VARIABLE = [
    (r"^\S+ \([\d, ]*\) to \w+: is refused: (\w[\w ]*?) \((.*)\)$", r"\1: \2"),
    (r"has nothing like [^\s,]+", "has nothing like it"),
    (r"0x[0-9a-f]+", "0x…"),
    (r"np\.\w+\(.*\) with type [\w.]+", "… with type sharray.…"),
    (r"(array's dtype is |dtype |numpy type |data type |DLPack spec: )\S+?([:,)]|$| )", r"\1…\2"),
    (r"\[(D|s|ms|us|ns)\]", "[…]"),
    (r"(Value|Argument) '\[.*?\]' (with|of)", r"\1 … \2"),
]


def words(error):
    """An error's type and first words, without what changes from dtype to dtype."""
    text = re.sub(r"\s+", " ", str(error)).strip()
    for pattern, instead in _VARIABLE:
        text = re.sub(pattern, instead, text)
    text = text if len(text) <= 140 else text[:140].rsplit(" ", 1)[0] + " …"
    return f"{type(error).__name__}: {text}"


@functools.cache
def measure(route):
    """All cells of a route: {column: [(dtype, Cell)]}, and the list of wrong values."""
    table, wrong = {}, []
    for column, tried in cases(route).items():
        table[column] = []
        for case in tried:
            cell, right = measure_one(route, case)
            table[column].append((case.dtype, cell))
            if not right:
                wrong.append(f"{column} {case.dtype}: {cell.reason}")
    return table, wrong


def check_cells(route):
    """No value came out wrong but those of known defects, and every copy has its reason."""
    table, wrong = measure(route)
    assert not wrong
    found = {column for column, cells in table.items() for _, cell in cells if cell.outcome == "WRONG"}
    assert found == set(route.faults), "known defects are gone"
    nameless = [(c, d) for c, cells in table.items() for d, cell in cells if cell == Cell("copied")]
    assert not nameless, "copied, and nobody said why"


#: Crossings of one row in the test of constant memory. Rows with a crossing slower than SLOW (seconds) make fewer, in the
#: same time, but no less than FEWEST.
REPETITIONS = 10_000
FEWEST = 500
SLOW = 100e-6
#: Threads that cross at once, and how often each.
THREADS, TIMES_EACH = 4, 50


def check_lifetimes(route, dtype="f8"):
    """Values hold when either side goes first, here or in another thread; threads may cross at once; memory is constant."""
    case = Case("float32/64", dtype)
    if dict(measure(route)[0][case.column])[dtype].outcome in ("refused", "not tried", "–", "WRONG"):
        return
    # The libraries themselves need not be looked through by each collection.
    gc.freeze()
    try:
        for ours_first in (True, False):
            for in_thread in (True, False):
                check_one_side_goes_first(route, case, ours_first, in_thread)
        check_threads(route, case)
        check_constant_memory(lambda: route.cross(large(route)))
    finally:
        gc.unfreeze()


def sides(route, case):
    """Their object and sharray's array, of one crossing."""
    source = route.source(case)
    result = route.cross(source)
    return (result, source) if route.make is None else (source, result)


def check_one_side_goes_first(route, case, ours_first, in_thread):
    """What is left still has its values when the other side is gone and its memory, were it free, is used again."""
    reference = case.reference()
    theirs, ours = sides(route, case)
    held, gone, look = (theirs, [ours], route.read) if ours_first else (ours, [theirs], plain)
    del theirs, ours
    if in_thread:
        thread = threading.Thread(target=gone.clear)
        thread.start()
        thread.join()
    gone.clear()
    gc.collect()
    junk = [bytearray(b"\xff" * reference.nbytes) for _ in range(50)]
    assert same(look(held), reference)
    del junk


def check_threads(route, case):
    """Threads that cross at once, each dropping both sides in turns, and one that collects garbage meanwhile."""
    reference, faults, done = case.reference(), [], threading.Event()

    def crossing(odd):
        try:
            for i in range(TIMES_EACH):
                theirs, ours = sides(route, case)
                if (i + odd) % 2:
                    del theirs
                    assert same(plain(ours), reference)
                else:
                    del ours
                    assert same(route.read(theirs), reference)
        except BaseException as error:
            faults.append(error)

    def collecting():
        while not done.wait(0.01):
            gc.collect(1)

    threads = [threading.Thread(target=crossing, args=(i,)) for i in range(THREADS)]
    collector = threading.Thread(target=collecting)
    for thread in (collector, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    collector.join()
    assert not faults, faults[0]


def large(route):
    """A thousand numbers to send: 8 kB."""
    values = numpy.arange(1000.0)
    return np.array(values) if route.make is None else route.make(values)


def check_constant_memory(step, repetitions=REPETITIONS, bound=16 << 20):
    """Repeating a step that moves 8 kB does not make the process grow: 10,000 would be seen by 80 MB.

    Where a step is slow, fewer are made, and the bound is as much lower, but for the noise of the allocator.
    """
    begun, tried = time.perf_counter(), 20
    for _ in range(tried):
        step()
    each = (time.perf_counter() - begun) / tried
    fewer = max(FEWEST, int(repetitions * min(1.0, SLOW / each)))
    bound = max(bound * fewer // repetitions, 3 << 20)
    for _ in range(fewer // 10):
        step()
    gc.collect()
    before = resident()
    for _ in range(fewer):
        step()
    gc.collect()
    grown = resident() - before
    assert grown < bound, f"{grown} bytes more after {fewer} crossings"


def resident():
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if os.path.exists("/proc/self/statm") else 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def versions(*names):
    """The libraries with their versions, as the page shows them."""
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def check_page(module):
    """The committed page has what is measured."""
    from tools import interop_matrix

    title = interop_matrix.FILES[module.__name__]
    rows = [(route.name, route.make is None, measure(route)[0]) for route in module.ROUTES]
    found = interop_matrix.section(title, rows, getattr(module, "WORDS", ""))
    page = interop_matrix.section_of(PAGE.read_text(), title)
    changes = "\n".join(
        difflib.unified_diff(page.splitlines(), found.splitlines(), "page", "measured", n=0, lineterm="")
    )
    assert page == found, f"the page is old: make interop-matrix\n{changes}"


def wants(*names):
    """Imports libraries; without one of them the whole file is skipped, and its name is told at the end."""
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    _FACTS["missing"] += missing
    _tell()
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}", allow_module_level=True)
    return [importlib.import_module(name) for name in names]


def count(routes):
    """Tells how many rows a file measures."""
    _FACTS["rows"] += len(routes)
    _tell()


_FACTS = {"rows": 0, "missing": []}


def _tell():
    if "SHARRAY_INTEROP_FACTS" in os.environ:
        Path(os.environ["SHARRAY_INTEROP_FACTS"]).write_text(json.dumps(_FACTS))


def tests(module):
    """The tests that every file with routes has, for `globals().update(…)`."""
    routes = module.ROUTES
    count(routes)

    @pytest.mark.parametrize("route", routes, ids=lambda route: route.name)
    def test_cells(route):
        check_cells(route)

    living = [route for route in routes if route.lives]

    @pytest.mark.parametrize("route", living, ids=lambda route: route.name)
    def test_lifetimes(route):
        check_lifetimes(route)

    def test_the_page_agrees():
        check_page(module)

    return {"test_cells": test_cells, "test_lifetimes": test_lifetimes, "test_the_page_agrees": test_the_page_agrees}
