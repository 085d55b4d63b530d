"""Run the same file on two array libraries, step by step, and compare times and results.

The file says ``import sharray as np``. It is loaded a second time as another module whose ``np`` is NumPy: the same
functions, another library.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy

#: A step shorter than this is repeated, at most so often; the shortest time counts.
SHORT, REPEATS = 0.2, 5

#: Relative difference that sums in another order may make: of float64, and of anything narrower.
TOLERANCE = {8: 1e-9, 16: 1e-9, 4: 1e-5}


@dataclass
class Run:
    """One library's pass through the program."""

    name: str
    titles: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    results: list[Any] = field(default_factory=list)
    result: Any = None

    def step(self, title: str, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call the function, keep its time and its result."""
        best, result = timed(function, arguments)
        spent, repeats = best, 1
        while spent < SHORT and repeats < REPEATS:
            again, result = timed(function, arguments)
            best, spent, repeats = min(best, again), spent + again, repeats + 1
        self.titles.append(title)
        self.seconds.append(best)
        self.results.append(result)
        print(f"  {self.name:<8} {title:<24}{1000 * best:>10.1f} ms", flush=True)
        return result


def timed(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[float, Any]:
    """Seconds and result of one call."""
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def run_both(file: str, program: Callable[[ModuleType, Callable[..., Any]], Any]) -> tuple[Run, Run]:
    """Run the program with the file's own ``np``, then with NumPy as ``np``."""
    runs = []
    for name, library in (("sharray", None), ("NumPy", numpy)):
        module = load(file, f"flights_on_{name.lower()}")
        if library is not None:
            module.np = library
        run = Run(name)
        run.result = program(module, run.step)
        runs.append(run)
    return runs[0], runs[1]


def load(file: str, name: str) -> ModuleType:
    """Load a Python file as a module of this name."""
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def compare(ours: Run, theirs: Run) -> None:
    """Stop with an error if a result of a step differs."""
    for title, a, b in zip(ours.titles, ours.results, theirs.results, strict=True):
        difference = find_difference(a, b)
        if difference:
            raise SystemExit(f"step {title!r}: {difference}")
    print(f"\nall {len(ours.titles)} steps give the same results on both")


def find_difference(a: Any, b: Any, where: str = "the result") -> str:
    """Where and how two results differ; empty if they do not."""
    if isinstance(b, dict):
        if list(a) != list(b):
            return f"{where} has the entries {list(a)}, not {list(b)}"
        return next(filter(None, (find_difference(a[k], b[k], f"{where}[{k!r}]") for k in b)), "")
    a, b = numpy.asarray(a), numpy.asarray(b)
    if a.dtype != b.dtype or a.shape != b.shape:
        return f"{where} is {a.dtype} {a.shape}, not {b.dtype} {b.shape}"
    if b.dtype.names:
        return next(filter(None, (find_difference(a[n], b[n], f"{where}[{n!r}]") for n in b.dtype.names)), "")
    if b.dtype.kind in "fc":
        same = numpy.isclose(a, b, rtol=TOLERANCE[b.dtype.itemsize], atol=1e-12, equal_nan=True)
    else:
        same = a == b
    if numpy.all(same):
        return ""
    place = tuple(int(i) for i in numpy.argwhere(~same)[0])
    return f"{where} differs at {place}: {a[place]!r}, not {b[place]!r}"


def table(ours: Run, theirs: Run) -> str:
    """Each step's time on both, and the ratio."""
    lines = [f"{'step':<26}{ours.name:>12}{theirs.name:>12}{'speed':>10}"]
    rows = list(zip(ours.titles, ours.seconds, theirs.seconds, strict=True))
    rows.append(("together", sum(ours.seconds), sum(theirs.seconds)))
    for title, mine, other in rows:
        lines.append(f"{title:<26}{1000 * mine:>9.1f} ms{1000 * other:>9.1f} ms{other / mine:>9.2f}×")
    return "\n".join(lines)


def data_folder(package: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the package {package} is not installed; `make run` installs it")
    return Path(spec.origin).parent
