"""A pytest plugin that writes what happens to a file, one JSON line at a time, so that a crash loses nothing.

Lines (``f`` is a test function as ``Class::function``, ``p`` the position of a case among the function's cases):

* ``{"collected": [[file, f, p, skip], …]}``: what the file offers; ``skip`` says that a mark skips the case;
* ``{"start": [file, f, p]}`` and ``{"end": [file, f, p], "outcome": …, "message": …, "seconds": …}``;
* ``{"broken": file, "message": …}``: a file that could not be collected.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.skipping import evaluate_skip_marks

Case = tuple[str, str, int]

#: The worst stage of a test decides: set-up, call, tear-down.
SEVERITY = ("passed", "xpassed", "xfailed", "skipped", "failed")


def function_of(item: pytest.Item) -> str:
    """``Class::function``, without a case's parameters."""
    classes = [node.name for node in item.listchain() if isinstance(node, pytest.Class)]
    return "::".join([*classes, getattr(item, "originalname", None) or item.name.split("[", 1)[0]])


class Recorder:
    """Records collection and outcomes; ``wanted`` decides which of the cases run."""

    def __init__(self, log: Path, wheel: Path, wanted: Callable[[Case], bool]) -> None:
        self.descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self.wheel = wheel
        self.wanted = wanted
        self.cases: dict[pytest.Item, Case] = {}
        self.outcome = "passed"
        self.message = ""

    def write(self, line: dict[str, Any]) -> None:
        """Append one line; it is in the file when this returns."""
        os.write(self.descriptor, (json.dumps(line) + "\n").encode())

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that can't be collected."""
        if report.failed:
            self.write({"broken": report.nodeid, "message": last_line(str(report.longrepr))})

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Note what was collected and keep the cases that are wanted."""
        without_shrinking()
        seen: Counter[tuple[str, str]] = Counter()
        rows = []
        for item in items:
            file = "numpy/" + Path(item.path).relative_to(self.wheel).as_posix()
            function = function_of(item)
            self.cases[item] = (file, function, seen[file, function])
            seen[file, function] += 1
            rows.append([*self.cases[item], skipped_by_mark(item)])
        self.write({"collected": rows})
        items[:] = [item for item in items if self.wanted(self.cases[item])]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note start and end of a case."""
        case = list(self.cases[item])
        self.outcome, self.message = "passed", ""
        began = time.perf_counter()
        self.write({"start": case})
        result = yield
        seconds = round(time.perf_counter() - began, 3)
        self.write({"end": case, "outcome": self.outcome, "message": self.message, "seconds": seconds})
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the worst outcome of a case's stages."""
        outcome: str = report.outcome
        if hasattr(report, "wasxfail"):
            outcome = "xfailed" if report.skipped else "xpassed"
        if SEVERITY.index(outcome) > SEVERITY.index(self.outcome):
            self.outcome, self.message = outcome, message_of(report)


def skipped_by_mark(item: pytest.Item) -> bool:
    """Whether a skip mark applies; a mark whose condition can't be evaluated does not."""
    try:
        return evaluate_skip_marks(item) is not None
    except pytest.fail.Exception:
        return False


def message_of(report: pytest.TestReport) -> str:
    """The first line of what went wrong."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is not None:
        return crash.message.strip().split("\n", 1)[0][:300]
    return last_line(str(report.longrepr))


def last_line(text: str) -> str:
    """The last line of ``text`` that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (lines[-1] if lines else "")[:300]


def without_shrinking() -> None:
    """Let hypothesis report the first failing example: looking for a smaller one takes minutes and changes no verdict."""
    from hypothesis import Phase, settings

    phases = [Phase.explicit, Phase.reuse, Phase.generate]
    settings.register_profile("conformance", parent=settings(), phases=phases)
    settings.load_profile("conformance")
