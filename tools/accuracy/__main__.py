"""``python -m tools.accuracy``: measure, print, write the page."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from . import table
from .inputs import FUNCTIONS, Function
from .measure import CORRECT, WIDE, numpys, prepare, reference, worst, worst_misrounded
from .worker import Worker, available

#: Inputs handled at a time when all are measured.
CHUNK = 2**22


def main() -> int:
    """Measure what the command line names; return 1 when a function of sharray is over 1 ULP."""
    parser = argparse.ArgumentParser(prog="python -m tools.accuracy", description=__doc__)
    parser.add_argument("--functions", nargs="+", choices=[*FUNCTIONS], default=[*FUNCTIONS], metavar="NAME")
    parser.add_argument("--types", nargs="+", choices=["e", "f", "d"], default=["e", "f", "d"])
    parser.add_argument("--levels", nargs="+", help="instruction-set levels (default: all that the machine has)")
    parser.add_argument("--count", type=int, default=1_000_000, help="inputs of each function and precision")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table to FILE")
    parser.add_argument("--all", action="store_true", help="all 2^32 single-precision inputs (hours)")
    options = parser.parse_args()
    levels = options.levels or available()
    if options.all:
        names = [name for name in options.functions if FUNCTIONS[name].arity == 1]
        return max([every_single(name, levels) for name in names], default=0)
    rows = []
    for name in options.functions:
        for code in options.types:
            if code == "d" or not FUNCTIONS[name].double_only:
                rows.append(row(name, code, levels, options.count))
                print(table.line(rows[-1]), flush=True)
    if options.write:
        options.write.write_text(table.page(rows, levels, options.count))
    return int(any(ours.error > 1 for found in rows for ours in found.ours.values()))


def row(name: str, code: str, levels: list[str], count: int) -> table.Row:
    """The largest errors of one function in one precision."""
    operands, true = prepare(name, code, count)
    ours = {}
    for level in levels:
        with Worker(level) as worker:
            ours[level] = worst(FUNCTIONS[name], worker.compute(name, operands), true, operands)
    theirs = worst(FUNCTIONS[name], numpys(name, operands), true, operands)
    return table.Row(name, code, true.size, ours, theirs)


def singles(function: Function) -> Iterator[tuple[float, list[np.ndarray], np.ndarray]]:
    """All single-precision numbers in parts, each with the true values and the share that is done after it. Those of the
    negative numbers follow from the others' where the function is even or odd."""
    for start in range(0, 2**31, CHUNK):
        positive = np.arange(start, start + CHUNK, dtype=np.uint32).view("f")
        true = reference(function, "f", [positive])
        yield (2 * start + CHUNK) / 2**32, [positive], true
        mirrored = true * function.parity if function.parity else reference(function, "f", [-positive])
        yield (start + CHUNK) / 2**31, [-positive], mirrored


def every_single(name: str, levels: list[str]) -> int:
    """Measure all single-precision inputs, with progress; return 1 when one is over 1 ULP."""
    largest, begin = dict.fromkeys(levels, CORRECT), time.monotonic()
    with ExitStack() as stack:
        workers = {level: stack.enter_context(Worker(level)) for level in levels}
        for done, operands, true in singles(FUNCTIONS[name]):
            for level, worker in workers.items():
                found = worst_misrounded(FUNCTIONS[name], worker.compute(name, operands), true, operands)
                largest[level] = max(largest[level], found, key=lambda worst: worst.error)
            left = (time.monotonic() - begin) * (1 / done - 1)
            sys.stderr.write(f"\r{name}: {done:6.1%}, {left / 60:.0f} min left ")
    sys.stderr.write("\n")
    for level, found in largest.items():
        place = f" at {found.arguments[0]!r}" if found.arguments else ""
        print(f"{name} {level}: max {found.error:.4f} ULP of the {WIDE['f']} reference{place}", flush=True)
    return int(any(worst.error > 1 for worst in largest.values()))


if __name__ == "__main__":
    sys.exit(main())
