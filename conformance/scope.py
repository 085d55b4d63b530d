"""Which of NumPy's test files belong to the yardstick.

The files are found in the installed wheel, without importing it. What is left out stands here with its reason.
"""

from __future__ import annotations

import importlib.util
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

#: Folders of the wheel whose ``tests`` count.
FOLDERS = (
    "_core", "lib", "linalg", "fft", "random", "ma", "polynomial", "matrixlib", "testing", "typing", ".",
)  # fmt: skip

#: Files of these folders that do not count, by pattern.
LEFT_OUT = {
    "_core/tests/test_simd*.py": "tests NumPy's internal vector intrinsics",
    "_core/tests/test_cpu_*.py": "tests NumPy's internal dispatch by processor",
    "_core/tests/test_cython.py": "compiles Cython",
    "_core/tests/test_limited_api.py": "compiles C and Cython",
    "_core/tests/test_mem_policy.py": "compiles C",
    "_core/tests/test_array_interface.py": "compiles C",
    "random/tests/test_extending.py": "compiles Cython and C",
    "typing/tests/test_typing.py": "runs a static type checker on NumPy's own stubs",
}

#: The part of the yardstick that has totals of its own.
MASKED_ARRAYS = "numpy/ma/*"


@cache
def wheel() -> Path:
    """The folder of the installed NumPy.

    Raises
    ------
    ModuleNotFoundError
        If no NumPy is installed beside sharray.
    """
    spec = importlib.util.find_spec("numpy")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the conformance run needs the real NumPy: pip install 'numpy==2.4.*'")
    return Path(spec.origin).parent


def version() -> str:
    """The version of the installed NumPy."""
    text = (wheel() / "version.py").read_text()
    line = next(line for line in text.splitlines() if line.startswith("version = "))
    return line.partition("=")[2].strip(" \"'")


def test_files() -> list[str]:
    """The files of the yardstick, as ``numpy/…/tests/test_….py``, sorted."""
    names = [
        path.relative_to(wheel()).as_posix()
        for folder in FOLDERS
        for path in sorted((wheel() / folder / "tests").glob("test_*.py"))
    ]
    return [f"numpy/{name}" for name in names if not any(fnmatch(name, pattern) for pattern in LEFT_OUT)]


def select(patterns: list[str]) -> list[str]:
    """The files whose name contains one of ``patterns``; all of them if there are none."""
    return [name for name in test_files() if not patterns or any(p in name for p in patterns)]


def is_masked(file: str) -> bool:
    """Whether the file belongs to ``numpy.ma``."""
    return fnmatch(file, MASKED_ARRAYS)
