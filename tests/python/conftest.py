"""What all tests share: at the end, the number of rows of the interop matrix, and the names of missing libraries.

It stands here and not beside the matrix, since pytest's parallel runs read only the first folder's file where the end is told.
"""

import os
import sys

import pytest

#: Dispatched parts of NumPy that give other numbers than those for AVX2, some of them wrong.
UNSTEADY = ("X86_V4", "AVX512_ICL", "AVX512_SPR")
# Too late where a plugin has imported NumPy before: the Makefile sets it for the whole run.
os.environ.setdefault("NPY_DISABLE_CPU_FEATURES", " ".join(UNSTEADY))


def pytest_report_header():
    """Tells where NumPy compares by code that depends on the machine."""
    numpy = sys.modules.get("numpy")
    features = getattr(getattr(numpy, "_core", None), "_multiarray_umath", None)
    on = [name for name in UNSTEADY if getattr(features, "__cpu_features__", {}).get(name)]
    if on:
        return (
            f"NumPy runs its code for {', '.join(on)}, whose last digits differ: some comparisons will fail. "
            "Set NPY_DISABLE_CPU_FEATURES as `make python-test` does."
        )
    return None


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
