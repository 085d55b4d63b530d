"""The stubs are those that `make stubs` writes, fit the package, and type programs in mypy's strict mode."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy")

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_they_are_up_to_date():
    run("tools.stubs", "--check")


@pytest.mark.timeout(300)
def test_they_fit_the_package():
    run("tools.stubs.check")


@pytest.mark.timeout(300)
def test_strictly_typed_programs(tmp_path):
    """`tests/typing/*.py` assert the types of expressions; nothing but the stubs is read for them."""
    from tools.stubs.check import copy_of_stubs

    copy_of_stubs(tmp_path)
    cases = sorted(str(path) for path in (ROOT / "tests/typing").glob("*.py"))
    cache = str(tmp_path / "cache")
    run("mypy", "--strict", "--warn-unused-ignores", "--cache-dir", cache, *cases, MYPYPATH=str(tmp_path))


@pytest.mark.parametrize("path", sorted((ROOT / "tests/typing").glob("*.py")), ids=lambda path: path.stem)
def test_typed_programs_run(path):
    """What the cases assert of types is true of the values: they run."""
    run(f"tests.typing.{path.stem}")
