"""Each library in a process of its own, and at the end the number of rows and the names of missing libraries."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
for folder in (HERE, HERE.parent, ROOT):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

#: Run by test_each_library.py, one process each: they load threads, or runtimes that do not like each other.
#: A file that the command line names is run where it is.
collect_ignore = [path.name for path in HERE.glob("test_*.py") if path.name != "test_each_library.py"]


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter):
    """How many rows of the matrix were measured, and which libraries were missing."""
    rows, missing = 0, set()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call" or getattr(report, "skipped", False):
                facts = dict(getattr(report, "user_properties", ()))
                rows += facts.get("interop_rows", 0)
                missing.update(facts.get("interop_missing", ()))
    if rows or missing:
        absent = ", ".join(sorted(missing)) or "none"
        terminalreporter.write_line(f"interop matrix: {rows} rows measured; missing libraries: {absent}")
