"""What a run tells: ``report.json``, the table in the terminal, and the words about each surprise."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from . import scope
from .expected import Verdict
from .reference import Reference
from .score import Score, failing
from .supervise import FileResult

REPORT = Path(__file__).parent / "report.json"

#: How many cases of one kind are printed in full.
SHOWN = 40


def totals(scores: dict[str, Score]) -> dict[str, Score]:
    """The scores of the whole, with and without ``numpy.ma``."""
    without = sum((s for file, s in scores.items() if not scope.is_masked(file)), Score())
    return {"total": sum(scores.values(), Score()), "total without numpy/ma": without}


def write_report(scores: dict[str, Score], path: Path = REPORT) -> None:
    """Write the scores of each file and of the whole."""
    rows = {**dict(sorted(scores.items())), **totals(scores)}
    path.write_text(json.dumps({name: score.as_json() for name, score in rows.items()}, indent=1) + "\n")


def table(scores: dict[str, Score]) -> str:
    """The scores as a table."""
    head = f"{'test file':<52}{'score':>8}{'functions':>11}{'passed':>9}{'failed':>9}{'skipped':>9}"
    rule = "─" * len(head)
    lines = [head, rule, *(row(name, score) for name, score in sorted(scores.items())), rule]
    return "\n".join([*lines, *(row(name, score) for name, score in totals(scores).items())])


def row(name: str, score: Score) -> str:
    """One line of the table."""
    counts = f"{score.functions:>11,}{score.passed:>9,}{score.failed:>9,}{score.skipped:>9,}"
    return f"{name.removeprefix('numpy/'):<52}{score.score:>8.1%}{counts}"


def describe_verdict(result: FileResult, verdict: Verdict) -> list[str]:
    """The surprises of one file, one per line."""
    lines = []
    for function, position in verdict.unexpected:
        outcome = result.outcomes.get((function, position))
        reason = (
            f"{outcome.outcome}: {outcome.message}" if outcome else f"did not run: {result.broken or 'no such case'}"
        )
        lines.append(f"UNEXPECTED  {result.file}::{function} case {position}: {reason}")
    lines += [f"STRIKE OFF  {result.file}::{function} case {position} passes" for function, position in verdict.passing]
    lines += [f"STRIKE OFF  {result.file}::{function}: all its cases pass" for function in verdict.passing_some]
    return lines


def causes(reference: Reference, results: dict[str, FileResult], most: int) -> str:
    """The most frequent first lines of failures, each with its number of test functions."""
    seen: Counter[str] = Counter()
    example: dict[str, str] = {}
    for file, result in results.items():
        by_message = set()
        for function, position in failing(reference, result):
            outcome = result.outcomes.get((function, position))
            by_message.add((function, outcome.message or outcome.outcome if outcome else result.broken))
        for function, message in by_message:
            seen[message] += 1
            example.setdefault(message, f"{file}::{function}")
    lines = [
        f"{count:6}  {message[:150]}\n        e.g. {example[message]}" for message, count in seen.most_common(most)
    ]
    return "\n".join(["functions  cause", *lines])
