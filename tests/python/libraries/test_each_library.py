"""Every file of this folder, each in a process of its own: what the interop matrix says is measured there.

The processes come out of a pytest inside; `pytest tests/python/libraries/test_torch.py` runs one of them in the open.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(path.name for path in HERE.glob("test_*.py") if path.name != Path(__file__).name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.timeout(300)
def test_library(name, record_property, tmp_path):
    facts = tmp_path / "facts.json"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rs",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        str(HERE / name),
    ]
    environment = {
        "PYTEST_ADDOPTS": "",
        "SHARRAY_INTEROP_FACTS": str(facts),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "JAX_PLATFORMS": "cpu",
    }
    done = subprocess.run(
        command, cwd=HERE.parents[2], env=os.environ | environment, capture_output=True, text=True, timeout=280
    )
    found = json.loads(facts.read_text()) if facts.exists() else {"rows": 0, "missing": []}
    record_property("interop_rows", found["rows"])
    record_property("interop_missing", found["missing"])
    assert done.returncode in (0, 5), done.stdout[-6000:] + done.stderr[-2000:]
    if done.returncode == 5:
        pytest.skip(f"not installed: {', '.join(found['missing'])}")
