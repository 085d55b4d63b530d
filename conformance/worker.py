"""One process of the yardstick: runs test files on the real NumPy or on sharray and records what happens.

``python -m conformance.worker JOB.json``; ``supervise`` writes the job and reads the log. The exit status is 0 when
the process came to its end, whatever the tests said.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: Address space of a worker, so that a test that asks for too much gets a MemoryError and not the whole machine.
ADDRESS_SPACE = 16 << 30

#: What NumPy's tests may take for granted; those that need more skip themselves, on NumPy and on sharray alike.
AVAILABLE_MEMORY = "1 GB"


@dataclass
class Job:
    """What a worker has to do."""

    subject: str  # "numpy" or "sharray"
    wheel: str
    files: list[str]
    log: str
    collect_only: bool = False
    only: list[list] | None = None  # cases to run; None: all
    done: list[list] = field(default_factory=list)  # cases not to run again

    def save(self, path: Path) -> None:
        """Write the job to ``path``."""
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def load(cls, path: Path) -> Job:
        """Read the job from ``path``."""
        return cls(**json.loads(path.read_text()))


def main(job: Job) -> int:
    """Run the job in this process."""
    die_with_parent()
    limit_memory()
    wheel = Path(job.wheel)
    if job.subject == "sharray":
        from conformance.substitute import substitute

        substitute(wheel)
    run_pytest(job, wheel)
    if job.subject == "sharray":
        report_borrowed(job, wheel)
    return 0


def die_with_parent() -> None:
    """Ask the system to end this process when the one that started it ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def limit_memory() -> None:
    """Bound what the tests can ask for."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = ADDRESS_SPACE if hard == resource.RLIM_INFINITY else min(ADDRESS_SPACE, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    os.environ["NPY_AVAILABLE_MEM"] = AVAILABLE_MEMORY


def run_pytest(job: Job, wheel: Path) -> None:
    """Hand the files to pytest, with nothing of the caller's configuration."""
    import pytest

    from conformance.recorder import Recorder

    only = None if job.only is None else {tuple(case) for case in job.only}
    done = {tuple(case) for case in job.done}
    recorder = Recorder(Path(job.log), wheel, lambda case: case not in done and (only is None or case in only))
    paths = [str(wheel.parent / file) for file in job.files]
    options = ["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:timeout"]
    options += ["-c", os.devnull, "--rootdir", str(wheel.parent), "--confcutdir", str(Path(paths[0]).parent)]
    options += ["-p", "numpy.conftest", "--tb=short"]
    options += ["--collect-only"] if job.collect_only else []
    pytest.main([*options, *paths], plugins=[recorder])


def report_borrowed(job: Job, wheel: Path) -> None:
    """Add the modules that came from the wheel although they may not to the log."""
    from conformance.substitute import borrowed

    with open(job.log, "a") as log:
        log.write(json.dumps({"borrowed": borrowed(wheel)}) + "\n")


if __name__ == "__main__":
    sys.exit(main(Job.load(Path(sys.argv[1]))))
