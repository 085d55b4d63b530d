"""Start workers, watch them, and carry on where one crashes or hangs.

A worker writes each case's start before it runs it. When a worker dies, the case that had started and not ended is
the one that killed it; when the log stands still for too long, the case that runs hangs and the worker is ended.
Either way the next worker goes on behind that case, so a crash costs one case and not a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from .worker import Job

#: Seconds a single case may take before it counts as hanging, and a file's collection likewise.
CASE_LIMIT = 300.0
COLLECTION_LIMIT = 120.0

#: After so many crashes and hangs a file is given up; its remaining cases count as crashed.
MOST_RESTARTS, MOST_HANGS = 25, 3

Key = tuple[str, int]  # test function, position of the case


@dataclass
class Outcome:
    """What became of one case."""

    outcome: str  # passed, xpassed, xfailed, skipped, failed, crashed, hung
    message: str = ""
    seconds: float = 0.0


@dataclass
class FileResult:
    """What became of one file."""

    file: str
    collected: list[tuple[str, int, bool]] = field(default_factory=list)  # function, position, skipped by mark
    outcomes: dict[Key, Outcome] = field(default_factory=dict)
    broken: str = ""  # why the file could not be collected
    borrowed: list[str] = field(default_factory=list)
    incidents: list[str] = field(default_factory=list)  # crashes and hangs, in words
    seconds: float = 0.0


@dataclass
class Attempt:
    """One worker's log, as far as it got."""

    lines: list[dict]
    status: int | None  # None: ended because it hung
    errors: str  # tail of its stderr

    @property
    def running(self) -> Key | None:
        """The case that had started and not ended."""
        started = [line["start"] for line in self.lines if "start" in line]
        ended = {tuple(line["end"]) for line in self.lines if "end" in line}
        return next(((c[1], c[2]) for c in reversed(started) if tuple(c) not in ended), None)


def run_file(subject: str, wheel: Path, file: str, only: Iterable[Key] | None = None) -> FileResult:
    """Run one file in as many processes as its crashes ask for."""
    began = time.perf_counter()
    result = FileResult(file)
    wanted = None if only is None else [[file, *key] for key in only]
    for _ in range(MOST_RESTARTS):
        done = [[file, *key] for key in result.outcomes]
        attempt = run_worker(Job(subject, str(wheel), [file], log="", only=wanted, done=done))
        absorb(result, attempt)
        if attempt.status == 0 or not note_incident(result, attempt):
            break
        if sum(outcome.outcome == "hung" for outcome in result.outcomes.values()) >= MOST_HANGS:
            give_up(result)
            break
    else:
        give_up(result)
    result.seconds = time.perf_counter() - began
    return result


def give_up(result: FileResult) -> None:
    """Leave the rest of a file that crashed or hung too often."""
    result.incidents.append(f"{result.file}: given up after {len(result.incidents)} crashes and hangs")
    for function, position, _ in result.collected:
        result.outcomes.setdefault((function, position), Outcome("crashed", "given up: too many crashes before it"))


def absorb(result: FileResult, attempt: Attempt) -> None:
    """Take over what a worker recorded."""
    for line in attempt.lines:
        if "collected" in line:
            result.collected = [(f, p, skip) for _, f, p, skip in line["collected"]]
        elif "end" in line:
            _, function, position = line["end"]
            result.outcomes[function, position] = Outcome(line["outcome"], line["message"], line["seconds"])
        elif "broken" in line:
            result.broken = line["message"] or "collection failed"
        elif "borrowed" in line:
            result.borrowed = line["borrowed"]


def note_incident(result: FileResult, attempt: Attempt) -> bool:
    """Record a crash or hang; return whether another worker can go on behind it."""
    kind = "hung" if attempt.status is None else "crashed"
    message = kind if attempt.status is None else f"crashed with status {attempt.status}"
    case = attempt.running
    if case is None:
        result.incidents.append(f"{result.file}: {message} outside a test: {attempt.errors[-400:]}")
        result.broken = result.broken or message
        return False
    result.outcomes[case] = Outcome(kind, message)
    result.incidents.append(f"{result.file}::{case[0]} case {case[1]}: {message}")
    return True


def run_worker(job: Job) -> Attempt:
    """Run one worker to its end, or end it when its log stands still."""
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        home = Path(folder)
        job.log = str(home / "log.jsonl")
        Path(job.log).touch()
        job.save(home / "job.json")
        with (home / "stderr").open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, "-X", "faulthandler", "-m", "conformance.worker", str(home / "job.json")],
                cwd=folder, env=environment(), stdin=subprocess.DEVNULL, stdout=errors, stderr=errors,
                start_new_session=True,
            )  # fmt: skip
            status = watch(process, Path(job.log))
        lines = read_log(Path(job.log))
        return Attempt(lines, status, (home / "stderr").read_text(errors="replace")[-4000:])


def environment() -> dict[str, str]:
    """A worker's environment: the same everywhere, whatever the caller has set."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "SHARRAY_AS", "HYPOTHESIS"))}
    root = str(Path(__file__).parent.parent)
    inherited = [variables["PYTHONPATH"]] if variables.get("PYTHONPATH") else []
    variables["PYTHONPATH"] = os.pathsep.join([root, *inherited])
    variables |= {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    # Plugins of pytest that happen to be installed may be compiled against NumPy, and no test needs one.
    variables["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return variables


def watch(process: subprocess.Popen, log: Path) -> int | None:
    """Wait for the process; None if it had to be ended because its log stood still."""
    size, since = -1, time.monotonic()
    while True:
        try:
            return process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            now = log.stat().st_size
        if now != size:
            size, since = now, time.monotonic()
        limit = CASE_LIMIT if size > 0 else COLLECTION_LIMIT
        if time.monotonic() - since > limit:
            process.kill()
            process.wait()
            return None


def read_log(log: Path) -> list[dict]:
    """The complete lines of a log."""
    lines = []
    for text in log.read_bytes().split(b"\n"):
        try:
            lines.append(json.loads(text))
        except ValueError:
            continue
    return lines


def run_files(
    subject: str,
    wheel: Path,
    files: dict[str, Iterable[Key] | None],
    jobs: int,
    tell: Callable[[FileResult], None],
) -> dict[str, FileResult]:
    """Run many files, ``jobs`` at a time, in the order given; ``tell`` hears of each file that is done."""

    def run_one(item: tuple[str, Iterable[Key] | None]) -> FileResult:
        result = run_file(subject, wheel, *item)
        tell(result)
        return result

    with ThreadPoolExecutor(jobs) as pool:
        return {result.file: result for result in pool.map(run_one, files.items())}
