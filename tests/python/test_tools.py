"""The check of the layers."""

import importlib.util
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "tools" / "check_layers.py"
spec = importlib.util.spec_from_file_location("check_layers", FILE)
check_layers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check_layers)

# crate, one of its dependencies, what must be said about it
EDGES = [
    ("sharray-kernels", "sharray-base", ""),
    ("sharray-python", "sharray-io", ""),
    ("sharray-python", "pyo3", ""),
    ("sharray-base", "half", ""),
    ("sharray-base", "sharray-kernels", "may not know sharray-kernels"),
    ("sharray-io", "sharray-interop", "may not know sharray-interop"),
    ("sharray-python", "sharray", "may not know sharray"),
    ("sharray-core", "pyo3", "only sharray-python may"),
    ("sharray-novel", "half", "has no layer"),
]


@pytest.mark.parametrize(("crate", "dependency", "words"), EDGES)
def test_edge(crate, dependency, words):
    faults = check_layers.faults_of({"name": crate, "dependencies": [{"name": dependency}]})
    assert bool(faults) == bool(words)
    assert words in " ".join(faults)
