"""What all tests share: at the end, the number of rows of the interop matrix, and the names of missing libraries.

It stands here and not beside the matrix, since pytest's parallel runs read only the first folder's file where the end is told.
"""

import pytest


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
