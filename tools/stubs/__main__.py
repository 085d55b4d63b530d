"""`python -m tools.stubs`: writes the stubs; with `--check` says which are out of date, and fails if any is."""

import argparse
import inspect
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import sharray

from . import by_hand, modules, render

PACKAGE = Path(__file__).resolve().parents[2] / "python" / "sharray"
_HEADER = '''\
"""{title}

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import EllipsisType, ModuleType
from typing import Any, ClassVar, Final, Generic, Literal, Self, SupportsIndex, TypeAlias, final, overload, type_check_only

from typing_extensions import TypeVar

{imports}
from sharray import _typing as _t
from sharray._pytesttester import PytestTester as _PytestTester
'''


def stub(module, homes, pieces=None, preamble=()):
    """The text of the stub of a public module."""
    loaded = modules.load(module)
    title = (loaded.__doc__ or module).strip().splitlines()[0]
    parts, imports = [], ["import sharray as _np"] if module else []
    listed = getattr(loaded, "__all__", None)
    for name in modules.shown(module):
        if pieces and name in pieces:
            parts.append(_by_hand(name, getattr(loaded, name), pieces, homes, module))
        else:
            text = _named(name, getattr(loaded, name), homes, module)
            (imports if text.startswith("from ") else parts).append(text)
    head = _HEADER.format(title=title, imports="\n".join(sorted(imports)))
    if listed is not None:
        head += f"\n__all__ = {sorted(listed)!r}\n"
    return "\n".join([head, *preamble, *parts]) + "\n"


def _by_hand(name, value, pieces, homes, module):
    text, own = pieces[name]
    if not text.lstrip("@").startswith("class "):
        return text
    # What an ancestor has by hand is inherited, though the class may have it anew at run time.
    for ancestor in value.__mro__[1:]:
        own = own | pieces.get(ancestor.__name__, ("", set()))[1]
    header, body = render.class_(name, value, homes, module, own)
    if header.startswith("@final"):
        text = "@final\n" + text
    if body and text.endswith("): ...") and text.count("\n") == header.count("\n"):
        text = text.removesuffix(" ...")
    return "\n".join([text, *("    " + line for line in body)])


def _named(name, value, homes, module):
    """The statement that gives a public name."""
    if inspect.ismodule(value):
        package, _, own = value.__name__.rpartition(".")
        known = value.__name__.removeprefix("sharray.") in [*modules.MODULES, "typing"]
        return f"from {package} import {own} as {name}" if known else f"{name}: ModuleType"
    if name == "test":
        return "test: _PytestTester"
    if type(value).__name__ == "ufunc":
        return render.ufunc(name, value, "_np." if module else "")
    home = homes.get(id(value))
    if home and home != (module, name):
        place, own = home
        if place == module:
            return f"{name} = {own}"
        return f"from sharray{'.' + place if place else ''} import {own} as {name}"
    if isinstance(value, type):
        if home is None:
            return f"{name}: type[Any]"
        header, body = render.class_(name, value, homes, module)
        return "\n".join([header, *("    " + line for line in body)]) if body else f"{header} ..."
    if callable(value) and home and render.is_function(value):
        return render.function(name, value, "_np." if module else "")
    if callable(value):
        return f"{name}: Callable[..., Any]"
    return render.variable(name, value, homes, module)


def all_stubs():
    """Texts by path below the package."""
    homes = modules.homes()
    preamble, pieces = by_hand.load()
    found = {}
    for module in modules.MODULES:
        loaded = Path(modules.load(module).__file__)
        path = loaded.with_suffix(".pyi").relative_to(Path(sharray.__file__).parent)
        found[path] = stub(module, homes, *((pieces, preamble) if not module else ()))
    return found


def formatted(texts):
    """The texts as the formatter lays them out."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in texts.items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        ruff = [sys.executable, "-m", "ruff"]
        rules = ["--select", "F401,I", "--fix", "--quiet", "--config", "lint.isort.combine-as-imports=true"]
        subprocess.run([*ruff, "check", "--isolated", "--line-length", "120", *rules, "."], cwd=folder, check=True)
        style = ["--isolated", "--line-length", "120", "--quiet"]
        subprocess.run([*ruff, "format", *style, "."], cwd=folder, check=True)
        return {path: (Path(folder) / path).read_text() for path in texts}


def main():
    """Write or check."""
    parser = argparse.ArgumentParser(prog="python -m tools.stubs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a stub is out of date")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    old = []
    for path, text in formatted(all_stubs()).items():
        target = PACKAGE / path
        if not target.exists() or target.read_text() != text:
            old.append(str(path))
            if not options.check:
                target.write_text(text)
    print("\n".join(old) or "all stubs are up to date")
    return int(options.check and bool(old))


if __name__ == "__main__":
    sys.exit(main())
