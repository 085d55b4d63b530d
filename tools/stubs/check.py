"""`python -m tools.stubs.check`: compares the stubs with the package (mypy's stubtest), but for what `ALLOWED` explains."""

import re
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

from mypy import options as mypy_options, stubtest

from . import modules
from .__main__ import PACKAGE

#: Reasons by what a complaint looks like: object and message.
ALLOWED = {
    r"\S+\.__class_getitem__ is not present in stub": "the stub's class is generic instead",
    r"\S+ is a disjoint base at runtime": "how instances lie in memory is no promise",
    r"sharray\.dtypes\.\w+\.__new__ is inconsistent": "the parameters shown at run time are those of `dtype`",
    r"sharray\.dtype(s\.\w+)? is inconsistent, metaclass": "the class of dtype classes is private",
    r"sharray\.dtype cannot be subclassed": "the classes in `dtypes` are subclasses; a program can't make others",
    r"sharray\.flexible cannot be subclassed": "ours are; a program can derive from those",
    r"sharray\.dtype\.type is inconsistent": "an attribute of each class that instances have as well",
    r"sharray\.(polynomial\.\S+|lib\.npyio\.NpzFile) is inconsistent, metaclass": "abstract base classes are not told",
    r'\S+\.__new__ is inconsistent, stub parameter "cls" differs': "the name of the class is no keyword",
    r"sharray\.(record\.__name__|ufunc\.__signature__) is not present in stub": "what `inspect` looks for",
}


def copy_of_stubs(folder):
    """The stubs alone, without the package's sources, below `folder`: what a type checker may read."""
    for path in PACKAGE.rglob("*.pyi"):
        target = Path(folder) / "sharray" / path.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    shutil.copy(PACKAGE / "py.typed", Path(folder) / "sharray")


def complaints():
    """What stubtest finds and nothing allows, and the allowed patterns that nothing matched."""
    names = ["sharray" + (f".{one}" if one else "") for one in [*modules.MODULES, "typing"]]
    options = mypy_options.Options()
    options.incremental = False
    found, unused = [], set(ALLOWED)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        copy_of_stubs(folder)
        options.mypy_path = [folder]
        stubtest.build_stubs(names, options, find_submodules=False)
        for name in names:
            for error in stubtest.test_module(name):
                text = error.get_description(concise=True)
                reasons = [pattern for pattern in ALLOWED if re.match(pattern, text)]
                unused -= set(reasons)
                if not reasons:
                    found.append(text)
    return found, sorted(unused)


def main():
    """Print what differs."""
    found, unused = complaints()
    print("\n".join(found + [f"nothing matches {pattern!r}" for pattern in unused]) or "the stubs fit the package")
    return int(bool(found or unused))


if __name__ == "__main__":
    sys.exit(main())
