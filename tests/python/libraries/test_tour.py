"""The tour of examples/sharing.py runs to its end, and leaves its pictures."""

import runpy
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "sharing.py"
LIBRARIES = ["pandas", "pyarrow", "torch", "matplotlib"]


def test_tour(tmp_path, monkeypatch, capsys):
    for library in LIBRARIES:
        pytest.importorskip(library)
    monkeypatch.setattr(sys, "argv", [str(EXAMPLE), "--out", str(tmp_path)])
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    told = capsys.readouterr().out
    assert told.count("checked: ") == 6
    assert "1 copied, 70080 bytes copied" in told
    assert {path.name for path in tmp_path.iterdir()} == {"noons.png", "memory.svg", "memory.png", "memory.html"}
