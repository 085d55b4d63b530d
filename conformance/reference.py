"""The denominator: what NumPy's test files collect on the real NumPy, in a process of its own.

Two facts are needed, and both are kept in ``.cache/conformance`` per version of NumPy and Python:

* the cases of each file, by test function and position;
* of the cases that did not simply pass or fail on sharray (skipped, or expected to fail): whether the real NumPy
  passes them. What NumPy itself skips or expects to fail on this machine tells nothing and does not count.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from . import scope
from .supervise import FileResult, Key, run_files, run_worker
from .worker import Job

CACHE = Path(__file__).parent.parent / ".cache" / "conformance"


@dataclass
class Reference:
    """The cases of each file on the real NumPy."""

    cases: dict[str, dict[str, int]]  # file -> function -> number of cases
    exempt: dict[str, set[Key]] = field(default_factory=dict)  # cases that do not count
    checked: dict[str, set[Key]] = field(default_factory=dict)  # cases run on the real NumPy, to see

    def keys(self, file: str) -> list[Key]:
        """The cases of a file."""
        return [(f, p) for f, n in self.cases[file].items() for p in range(n)]

    def counted(self, file: str) -> list[Key]:
        """The cases of a file that count."""
        exempt = self.exempt.get(file, set())
        return [key for key in self.keys(file) if key not in exempt]

    def save(self) -> None:
        """Keep the facts for the next run."""
        CACHE.mkdir(parents=True, exist_ok=True)
        text = {
            "cases": self.cases,
            "exempt": {file: sorted(keys) for file, keys in self.exempt.items()},
            "checked": {file: sorted(keys) for file, keys in self.checked.items()},
        }
        cache_file().write_text(json.dumps(text))


def cache_file() -> Path:
    """Where the facts about this NumPy on this Python are kept."""
    return CACHE / f"numpy-{scope.version()}-{sys.implementation.cache_tag}.json"


def load() -> Reference:
    """The reference, from the cache or made anew.

    Raises
    ------
    RuntimeError
        If the real NumPy could not collect its own tests.
    """
    try:
        text = json.loads(cache_file().read_text())
    except (OSError, ValueError):
        return collect()
    if set(text["cases"]) != set(scope.test_files()):
        return collect()
    keys = {
        name: {file: {(f, p) for f, p in rows} for file, rows in text[name].items()} for name in ("exempt", "checked")
    }
    return Reference(text["cases"], keys["exempt"], keys["checked"])


def collect() -> Reference:
    """Ask the real NumPy what its test files hold."""
    files = scope.test_files()
    print(f"collecting {len(files)} test files on NumPy {scope.version()} …", flush=True)
    attempt = run_worker(Job("numpy", str(scope.wheel()), files, log="", collect_only=True))
    rows = next((line["collected"] for line in attempt.lines if "collected" in line), None)
    broken = [line for line in attempt.lines if "broken" in line]
    if rows is None or broken:
        raise RuntimeError(f"NumPy could not collect its own tests: {broken or attempt.errors}")
    cases: dict[str, Counter[str]] = {file: Counter() for file in files}
    reference = Reference({})
    for file, function, position, skip in rows:
        cases[file][function] += 1
        if skip:
            reference.exempt.setdefault(file, set()).add((function, position))
    reference.cases = {file: dict(count) for file, count in cases.items()}
    reference.save()
    return reference


def settle(reference: Reference, results: dict[str, FileResult], jobs: int) -> None:
    """Run on the real NumPy what was skipped or expected to fail on sharray, and exempt what it does not pass."""
    unknown = {file: unsettled(reference, result) for file, result in results.items()}
    unknown = {file: keys for file, keys in unknown.items() if keys}
    if not unknown:
        return
    count = sum(map(len, unknown.values()))
    print(f"running {count} skipped cases of {len(unknown)} files on NumPy {scope.version()} …", flush=True)
    answers = run_files("numpy", scope.wheel(), unknown, jobs, tell=lambda result: None)
    for file, keys in unknown.items():
        answered = answers[file].outcomes
        reference.checked.setdefault(file, set()).update(keys)
        failing = {key for key in keys if key not in answered or answered[key].outcome not in ("passed", "xpassed")}
        reference.exempt.setdefault(file, set()).update(failing)
    reference.save()


def unsettled(reference: Reference, result: FileResult) -> list[Key]:
    """Cases of one file about which only the real NumPy can tell whether they count."""
    known = reference.checked.get(result.file, set()) | reference.exempt.get(result.file, set())
    open_cases = set(reference.keys(result.file)) - known
    return sorted(
        k for k in open_cases if k in result.outcomes and result.outcomes[k].outcome in ("skipped", "xfailed")
    )
