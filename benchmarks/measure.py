"""Take the times of one case on both rivals, round by round in turn, so that a noisy moment meets both."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy

from .catalogue import Case, namespace

#: A round repeats the statement for about so many seconds.
ROUND = 0.004

#: Longest wait for a rival's threads before a round, in steps of a thousandth of a second.
PATIENCE = 300

#: So many steps without work in a row are enough.
QUIET = 8

#: Results are compared at sizes up to this.
COMPARED = 100_000


@dataclass
class Timing:
    """What one case took at one size."""

    group: str
    name: str
    size: int
    numpy: float = math.nan  # seconds per run, median of the rounds
    sharray: float = math.nan
    trouble: str = ""  # why there is no time, or what is wrong with the result

    @property
    def ratio(self) -> float:
        """NumPy's time over sharray's: above 1, sharray is faster."""
        return self.numpy / self.sharray


def measure(case: Case, size: int, sharray: ModuleType, rounds: int) -> Timing:
    """Time a case at one size. What fails on sharray is told in the timing, never left out."""
    timing = Timing(case.group, case.name, size)
    theirs = prepare(case, size, numpy)
    try:
        ours = prepare(case, size, sharray)
        ours(1)
    except Exception as error:  # whatever a case raises is its result
        timing.trouble = f"missing: {type(error).__name__}: {error}"[:200]
        timing.numpy = statistics.median(repeat(theirs, rounds))
        return timing
    timing.trouble = compare(case, size, sharray)
    counts = [repetitions(run) for run in (theirs, ours)]
    times: tuple[list[float], list[float]] = ([], [])
    gc.disable()
    try:
        for _ in range(rounds):
            for run, count, taken in zip((theirs, ours), counts, times, strict=True):
                settle()
                # Not timed: the wait has let caches, clocks and threads of both rivals go cold.
                run(count // 4 + 1)
                taken.append(run(count) / count)
    finally:
        gc.enable()
    timing.numpy, timing.sharray = map(statistics.median, times)
    return timing


def prepare(case: Case, size: int, rival: ModuleType) -> Callable[[int], float]:
    """A function that runs the statement so many times and returns the seconds it took."""
    names = namespace(rival, size)
    exec(case.setup, names)
    names["clock"] = time.perf_counter
    body = f"def run(count):\n start = clock()\n for _ in range(count): {case.statement}\n return clock() - start"
    for name in [n for n in names if n.isidentifier()]:
        if name in case.statement and name not in ("np", "n"):
            body = body.replace("def run(count", f"def run(count, {name}={name}", 1)
    exec(body, names)
    return names["run"]


def settle() -> None:
    """Wait until no thread of this process computes: a library's helpers may go on looking for work long after a call,
    on a core that the other rival needs. One quiet moment proves nothing, as another process may have had the core."""
    quiet = 0
    for _ in range(PATIENCE):
        before = time.process_time()
        time.sleep(0.001)
        quiet = quiet + 1 if time.process_time() - before < 0.0005 else 0
        if quiet == QUIET:
            return


def repetitions(run: Callable[[int], float]) -> int:
    """How often to run the statement so that a round is long enough to time."""
    count = 1
    while (taken := run(count)) < ROUND / 4 and count < 1_000_000:
        count *= 4
    return max(1, round(count * ROUND / max(taken, 1e-9))) if taken < ROUND else count


def repeat(run: Callable[[int], float], rounds: int) -> list[float]:
    """The seconds per run of each round."""
    count = repetitions(run)
    return [run(count) / count for _ in range(rounds)]


def compare(case: Case, size: int, sharray: ModuleType) -> str:
    """What is wrong with sharray's result, beside NumPy's; empty if nothing is, or if nothing can be told."""
    if size > COMPARED:
        return ""
    try:
        code = compile(case.statement, case.name, "eval")
    except SyntaxError:
        return ""
    results: list[Any] = []
    for rival in (numpy, sharray):
        names = namespace(rival, size)
        exec(case.setup, names)
        names["result"] = eval(code, names)
        results.append(eval(case.promise, names))
    return difference(*results)


def difference(theirs: Any, ours: Any) -> str:
    """How two results differ, in words."""
    if isinstance(theirs, tuple):
        return next(filter(None, (difference(*pair) for pair in zip(theirs, ours, strict=True))), "")
    theirs, ours = numpy.asarray(theirs), numpy.asarray(ours)
    if theirs.dtype != ours.dtype or theirs.shape != ours.shape:
        return f"differs: {ours.dtype}{ours.shape}, not {theirs.dtype}{theirs.shape}"
    if theirs.dtype.kind in "fc":
        # Of transforms and sums the largest elements tell how large rounding errors may be.
        tolerance = 1e-3 if numpy.finfo(theirs.dtype).bits < 64 else 1e-9
        same = numpy.allclose(theirs, ours, rtol=tolerance, atol=tolerance, equal_nan=True)
    else:
        same = numpy.array_equal(theirs, ours)
    return "" if same else "differs: other values"
