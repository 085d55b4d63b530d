"""A process that computes on one instruction-set level. The level is chosen once, at the import of sharray, hence the
process; questions and answers are pickles on its standard input and output."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]


class Worker:
    """sharray on the level ``level``, for ``with``."""

    def __init__(self, level: str) -> None:
        self.level = level

    def __enter__(self) -> Worker:
        environment = {**os.environ, "SHARRAY_ISA": self.level}
        command = [sys.executable, "-c", "from tools.accuracy.worker import serve; serve()"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(self, *trouble: object) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def ask(self, task: str, *parameters: object) -> object:
        """The answer of one of the tasks below."""
        pickle.dump((task, parameters), self.process.stdin, protocol=5)
        self.process.stdin.flush()
        return pickle.load(self.process.stdout)

    def compute(self, name: str, operands: list[np.ndarray]) -> np.ndarray:
        """The function's results, warnings ignored."""
        return self.ask("compute", name, operands)


def available() -> list[str]:
    """The levels that this machine has, from the lowest."""
    with Worker("baseline") as worker:
        return worker.ask("levels")


def serve() -> None:
    """Answer questions until the input ends."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            task, parameters = pickle.load(source)
        except EOFError:
            return
        pickle.dump(TASKS[task](*parameters), target, protocol=5)
        target.flush()


def _levels() -> list[str]:
    from sharray import _engine

    return list(_engine._isa_levels()[1])


def _compute(name: str, operands: list[np.ndarray]) -> np.ndarray:
    import sharray

    with sharray.errstate(all="ignore"):
        return np.asarray(getattr(sharray, name)(*(sharray.asarray(operand) for operand in operands)))


def _lanes(name: str, operands: list[np.ndarray]) -> list[str]:
    """Where a value's result depends on its place: pieces of 1 to 17 elements at any place, and reversed and strided
    ones, against one call on the whole."""
    import sharray

    function = getattr(sharray, name)
    with sharray.errstate(all="ignore"):
        whole = _bits(function(*(sharray.asarray(operand) for operand in operands)))
        trouble = []
        for length in range(1, 18):
            for start in range(0, whole.size - length, 5):
                for step, stop in ((1, start + length), (3, start + 3 * length)):
                    pieces = [sharray.asarray(operand[start:stop:step]) for operand in operands]
                    if not np.array_equal(_bits(function(*pieces)), whole[start:stop:step]):
                        trouble.append(f"{name}: [{start}:{stop}:{step}]")
        backwards = _bits(function(*(sharray.asarray(operand[::-1]) for operand in operands)))
        if not np.array_equal(backwards, whole[::-1]):
            trouble.append(f"{name}: reversed")
    return trouble


def _bits(result: object) -> np.ndarray:
    """The bits of the results, all NaNs alike."""
    result = np.asarray(result).copy()
    result[np.isnan(result)] = np.nan
    return result.view(f"u{result.itemsize}")


def _flags(name: str, values: list[list[np.ndarray]], benign: list[np.ndarray]) -> list[list[str]]:
    import sharray

    return flags_of(sharray, name, values, benign, FLAG_LENGTHS)


#: Lengths of the runs in which one value among benign ones is looked for flags: all tails, and whole blocks with tails.
FLAG_LENGTHS = (*range(1, 18), 64, 67, 129)


def flags_of(module, name: str, values: list, benign: list, lengths: tuple[int, ...]) -> list[list[str]]:
    """For each value (a list of one element arrays, one for each operand) the kinds of floating-point errors that
    ``module.name`` reports for it alone and, first and last, among benign ones, in runs of each length. One kind of
    answer is the rule; several are several answers, each a string."""
    function = getattr(module, name)
    kinds: set[str] = set()
    answers = []
    with module.errstate(all="call", call=lambda kind, _: kinds.add(kind)):
        for value in values:
            found = set()
            for length in lengths:
                for place in {0, length - 1}:
                    operands = [np.full(length, quiet) for quiet in benign]
                    for operand, element in zip(operands, value, strict=True):
                        operand[place] = element
                    arguments = [module.asarray(operand) for operand in operands]
                    kinds.clear()
                    function(*arguments)
                    found.add(", ".join(sorted(kinds)))
            answers.append(sorted(found))
    return answers


TASKS = {"levels": _levels, "compute": _compute, "lanes": _lanes, "flags": _flags}
