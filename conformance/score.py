"""Results against the reference: a score per test function.

A function's score is the fraction of its cases that pass; a file's, and the whole's, is the mean over functions.
Parametrised functions hold very different numbers of cases, so raw cases alone would flatter; they stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .reference import Reference
from .supervise import FileResult, Key

PASSING = ("passed", "xpassed")


@dataclass
class Score:
    """A score and the raw counts of cases beside it."""

    functions: int = 0
    total: float = 0.0  # sum over functions of the fraction that passes
    passed: int = 0
    failed: int = 0
    skipped: int = 0  # cases that do not count, because the real NumPy does not pass them here either

    @property
    def score(self) -> float:
        """The mean over functions; 0 if there are none."""
        return self.total / self.functions if self.functions else 0.0

    @property
    def cases(self) -> int:
        """All cases."""
        return self.passed + self.failed + self.skipped

    def __add__(self, other: Score) -> Score:
        return Score(
            self.functions + other.functions, self.total + other.total, self.passed + other.passed,
            self.failed + other.failed, self.skipped + other.skipped,
        )  # fmt: skip

    def as_json(self) -> dict[str, float | int]:
        """The form of the report."""
        return {
            "functions": self.functions, "score": round(self.score, 6), "passed": self.passed, "failed": self.failed,
            "skipped": self.skipped, "cases": self.cases,
        }  # fmt: skip


def passes(result: FileResult, key: Key) -> bool:
    """Whether a case passed."""
    outcome = result.outcomes.get(key)
    return outcome is not None and outcome.outcome in PASSING


def failing(reference: Reference, result: FileResult) -> set[Key]:
    """The cases of a file that count and do not pass, whatever the reason."""
    return {key for key in reference.counted(result.file) if not passes(result, key)}


def score_file(reference: Reference, result: FileResult) -> Score:
    """The score of one file."""
    file = result.file
    counted = reference.counted(file)
    failed = failing(reference, result)
    score = Score(passed=len(counted) - len(failed), failed=len(failed))
    score.skipped = sum(reference.cases[file].values()) - len(counted)
    for keys in by_function(counted).values():
        score.functions += 1
        score.total += sum(key not in failed for key in keys) / len(keys)
    return score


def by_function(keys: Iterable[Key]) -> dict[str, list[Key]]:
    """Cases grouped by their function."""
    groups: dict[str, list[Key]] = {}
    for key in keys:
        groups.setdefault(key[0], []).append(key)
    return groups
