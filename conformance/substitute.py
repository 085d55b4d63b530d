"""Make ``numpy`` mean sharray for the test files of the wheel, and prove that nothing else came from there.

The names resolve as ``sharray.install_as_numpy()`` makes them; on top of that, for tests alone,

* ``numpy.conftest`` and every ``numpy.….tests.…`` come from the wheel;
* NumPy's compiled test helpers are the stand-ins of ``conformance.standins``.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from conformance.reference import CACHE

#: What may come from the wheel: test packages with their helpers, and the configuration of the test run.
FROM_WHEEL = re.compile(r"numpy(\.\w+)*\.tests(\.\w+)*|numpy\.conftest")

#: Compiled helpers of the wheel, each with a stand-in of the same name, under the name that ``numpy._core`` really has.
STAND_INS = re.compile(r"sharray\._core\.(_\w+_tests)")


class TestFileFinder:
    """Finds NumPy's test modules in the wheel and its compiled helpers among the stand-ins."""

    def __init__(self, wheel: Path) -> None:
        self.wheel = wheel

    def find_spec(self, fullname: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """The spec of a test module or of a stand-in; None for every other name."""
        if FROM_WHEEL.fullmatch(fullname):
            return self._from_wheel(fullname)
        stand_in = STAND_INS.fullmatch(fullname)
        if stand_in is None:
            return None
        return importlib.util.spec_from_file_location(
            fullname, Path(__file__).parent / "standins" / f"{stand_in.group(1)}.py"
        )

    def _from_wheel(self, fullname: str) -> ModuleSpec | None:
        base = self.wheel.joinpath(*fullname.split(".")[1:])
        if base.is_dir():
            return folder_spec(fullname, base)
        file = base.with_suffix(".py")
        return importlib.util.spec_from_file_location(fullname, file) if file.is_file() else None


def folder_spec(fullname: str, folder: Path) -> ModuleSpec | None:
    """The spec of a package; most of NumPy's test folders have no ``__init__.py``."""
    init = folder / "__init__.py"
    if init.exists():
        return importlib.util.spec_from_file_location(fullname, init, submodule_search_locations=[str(folder)])
    spec = ModuleSpec(fullname, None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    return spec


def substitute(wheel: Path) -> None:
    """Resolve ``numpy`` to sharray in this process, for NumPy's tests."""
    import sharray

    sharray.install_as_numpy()
    sys.meta_path.insert(0, TestFileFinder(wheel))
    lend_libraries()


def lend_libraries() -> None:
    """Give the names of NumPy's compiled modules, which its tests of ``ctypeslib`` load, to libraries of ours.

    The engine stands for ``_multiarray_umath``, and a function or two in C for ``_multiarray_tests``; they lie side by
    side in the cache. Without a C compiler those tests fail.
    """
    from sharray import _engine
    from sharray._core import _multiarray_umath

    folder = CACHE / "libraries"
    folder.mkdir(parents=True, exist_ok=True)
    names = {
        stem: folder / (stem + sysconfig.get_config_var("EXT_SUFFIX"))
        for stem in ("_multiarray_umath", "_multiarray_tests")
    }
    if not names["_multiarray_tests"].exists():
        made = folder / f"made-{os.getpid()}.so"
        source = Path(__file__).parent / "standins" / "library.c"
        command = [os.environ.get("CC", "cc"), "-shared", "-fPIC", "-o", str(made), str(source)]
        try:
            subprocess.run(command, check=True)
        except (OSError, subprocess.CalledProcessError):
            return
        made.replace(names["_multiarray_tests"])
    link = folder / f"link-{os.getpid()}"
    link.symlink_to(Path(_engine.__file__).resolve())
    link.replace(names["_multiarray_umath"])
    _multiarray_umath.__file__ = str(names["_multiarray_umath"])
    importlib.import_module("numpy._core._multiarray_tests").__file__ = str(names["_multiarray_tests"])


def borrowed(wheel: Path) -> list[str]:
    """Modules and libraries that this process loaded from the wheel although it may not."""
    found = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and wheel in Path(file).parents and not FROM_WHEEL.fullmatch(_name_of(Path(file), wheel)):
            found.append(f"{name} ({file})")
    return sorted(found) + _mapped_libraries(wheel)


def _name_of(file: Path, wheel: Path) -> str:
    parts = file.relative_to(wheel).with_suffix("").parts
    return ".".join(("numpy", *parts)).removesuffix(".__init__")


def _mapped_libraries(wheel: Path) -> list[str]:
    """Compiled libraries of the wheel in this process's memory, as the system tells (Linux)."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return []
    paths = {line.split(maxsplit=5)[-1] for line in maps.read_text().splitlines() if ".so" in line}
    homes = (f"{wheel}/", f"{wheel}.libs/")
    return sorted(f"library {path}" for path in paths if path.startswith(homes))
