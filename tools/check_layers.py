"""Prove that the crates depend on one another one way only, from ``cargo metadata``.

base ← kernels ← core ← {io, interop, linalg, fft, random} ← {sharray, python}. A crate may use the crates of lower
layers; crates of one layer do not know each other; only ``python`` may know PyO3. Development dependencies count too,
except that a test may always use a lower layer. A crate that has no layer is an error: it must be given one here.
"""

from __future__ import annotations

import json
import subprocess
import sys

#: Layers from the bottom up.
LAYERS = (
    ("sharray-base",),
    ("sharray-kernels",),
    ("sharray-core",),
    ("sharray-io", "sharray-interop", "sharray-linalg", "sharray-fft", "sharray-random"),
    ("sharray", "sharray-python"),
)

#: Libraries that one crate alone may use.
RESERVED = {"pyo3": "sharray-python", "pyo3-ffi": "sharray-python"}

LEVEL = {crate: level for level, crates in enumerate(LAYERS) for crate in crates}


def main() -> int:
    """Check the workspace that the current directory lies in; return the exit status."""
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps", "--locked"]
    packages = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["packages"]
    faults = [fault for package in packages for fault in faults_of(package)]
    for fault in faults:
        print(f"layers: {fault}", file=sys.stderr)
    edges = sum(len(package["dependencies"]) for package in packages)
    print(f"layers: {len(packages)} crates, {edges} dependencies, {len(faults)} faults")
    return int(bool(faults))


def faults_of(package: dict) -> list[str]:
    """What is wrong with one crate's dependencies, in words."""
    crate = package["name"]
    if crate not in LEVEL:
        return [f"{crate} has no layer; give it one in tools/check_layers.py and in ARCHITECTURE.md"]
    faults = []
    for dependency in package["dependencies"]:
        name = dependency["name"]
        if name in LEVEL and LEVEL[name] >= LEVEL[crate]:
            faults.append(f"{crate} (layer {LEVEL[crate]}) may not know {name} (layer {LEVEL[name]})")
        if name in RESERVED and crate != RESERVED[name]:
            faults.append(f"{crate} may not know {name}: only {RESERVED[name]} may")
    return faults


if __name__ == "__main__":
    sys.exit(main())
