"""The table of public functions: ``python -m tools.functions --write docs/functions.md``.

A row for each function, ufunc and class that the public modules show: where its work is done, in what state it is, and
the first line of its docstring. With ``--check`` nothing is written, and an old table is an error.
"""

import argparse
import inspect
import re
import sys
import warnings
from pathlib import Path

from tools.stubs import modules

#: What does not work as documented by NumPy, by qualified name.
STATES = {
    "show_runtime": "works; tells of sharray",
    "get_include": "works; there are no C headers",
    "lib.introspect.opt_func_info": "works; the engine keeps no account by function",
}
_SKIPPED = {"", "version", "ma.core", "matlib"}
_INTRODUCTION = """\
# Public functions

Made by `make functions`; not to be edited. *Engine*: written in Rust; *Python*: a routine over the engine's functions.
*Works* means: NumPy's names, parameters and results, but for what [differences.md](differences.md) tells and for what
`conformance/expected.toml` lists. Only functions and ufuncs are shown under the main namespace's name; aliases
stand beside the name they belong to.
"""


def table():
    """The page as text."""
    homes = modules.homes()
    parts = [_INTRODUCTION]
    for module in modules.MODULES:
        if module in _SKIPPED - {""}:
            continue
        rows = [_row(module, name, value, others) for name, value, others in _entries(module, homes)]
        if rows:
            title = f"sharray.{module}" if module else "sharray"
            head = "| name | work done in | state | |\n|---|---|---|---|"
            parts.append(f"## {title}\n{head}\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _entries(module, homes):
    """Name, object and other names of what is at home in the module."""
    loaded, found = modules.load(module), {}
    for name in modules.shown(module):
        value = getattr(loaded, name)
        home = homes.get(id(value))
        if home is None or home[0] != module or inspect.ismodule(value) or name == "test":
            continue
        found.setdefault(home[1], (value, []))
        if name != home[1]:
            found[home[1]][1].append(name)
    return [(name, value, others) for name, (value, others) in sorted(found.items())]


def _row(module, name, value, others):
    shown = ", ".join(f"`{one}`" for one in [name, *others])
    path = f"{module}.{name}" if module else name
    return f"| {shown} | {_place(value)} | {STATES.get(path, 'works')} | {_summary(value)} |"


def _place(value):
    work = getattr(value, "_implementation", value)
    is_python = inspect.isfunction(work) or isinstance(work, type) and work.__flags__ & (1 << 9)
    return "Python" if is_python else "engine"


def _summary(value):
    lines = (inspect.getdoc(value) or "").strip().splitlines()
    prose = [line for line in lines if line and not re.match(r"[\w.]+\(.*\)( -> .*)?$", line)]
    text = prose[0] if prose else ""
    return text.replace("|", "\\|")


def main():
    """Print, write or check the table."""
    parser = argparse.ArgumentParser(prog="python -m tools.functions", description=__doc__)
    parser.add_argument("--write", type=Path, help="the file to write")
    parser.add_argument("--check", type=Path, help="the file that must be up to date")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    text = table()
    if options.check:
        return int(options.check.read_text() != text and bool(print(f"{options.check} is old: make functions") or True))
    if options.write:
        options.write.write_text(text)
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
