"""The matrix of sharing: ``python -m tools.interop_matrix --write docs/interop-matrix.md``.

Runs the routes of every file under tests/python/libraries, each file in a process of its own, and writes down what
was shared, copied or refused. ``--only test_torch`` measures some files again and keeps the rest of the page.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "python" / "libraries"

#: Files in the page's order, with the titles of their sections.
FILES = {
    "test_to": "sharray's own: `to` and `from_arrow`",
    "test_stdlib": "Python's own",
    "test_numpy_rows": "NumPy",
    "test_pandas": "pandas",
    "test_pyarrow": "PyArrow",
    "test_polars": "Polars",
    "test_torch": "PyTorch",
    "test_tensorflow": "TensorFlow",
    "test_jax": "JAX",
    "test_cuda_claims": "CUDA devices",
    "test_sparse": "pydata/sparse and scipy.sparse",
    "test_scipy_sklearn": "SciPy and scikit-learn",
    "test_matplotlib": "matplotlib",
    "test_xarray": "xarray",
    "test_pint": "Pint",
    "test_dask": "Dask",
    "test_autograd": "autograd",
    "test_numba": "numba",
    "test_files": "Pillow, h5py, zarr, awkward, ml_dtypes, networkx",
}

INTRODUCTION = """\
# What is shared with whom

Made by `make interop-matrix` from the routes under `tests/python/libraries`; not to be edited. A test compares it with
what is measured.

Each row is one way between sharray and another library: **→** hands sharray's array out, **←** brings the library's
object in. Each cell was measured, not assumed: the address of the first element on both sides is compared, then a value
is written on one side and looked for on the other, and all values are compared.

| cell | means |
|---|---|
| shared | one memory: the same address, and what is written on one side is seen on the other |
| shared, read-only | one memory, which sharray may not write |
| copied | other memory; the note says why |
| refused | an error; the note has its type and first words |
| taken | accepted, and there are no elements to share |
| – | the library has no such dtype |
| not tried | the note says why |

Where the dtypes of a column differ, the cell names them. The second table of a section sends `float64` in awkward
layouts. *Read-only* tells what becomes of an array that must not be written: "shared, but writable there" means that the
other library has no such notion, and writing there writes into the array.
"""


def cell_text(cells, note):
    """One cell of a table, from `[(dtype, (outcome, reason))]`; `note` numbers a reason."""
    groups = {}
    for dtype, cell in cells:
        outcome, reason = (cell["outcome"], cell["reason"]) if isinstance(cell, dict) else (cell.outcome, cell.reason)
        groups.setdefault((outcome, reason), []).append(dtype)
    parts = []
    for (outcome, reason), dtypes in groups.items():
        mark = f" [{note(reason)}]" if reason else ""
        which = f" ({', '.join(dtypes)})" if len(groups) > 1 else ""
        parts.append(f"{outcome}{mark}{which}")
    return "; ".join(parts)


def section(title, rows, words=""):
    """The part of the page on one library: rows are `(name, outwards, {column: cells})`; words come first."""
    notes = []

    def note(reason):
        if reason not in notes:
            notes.append(reason)
        return notes.index(reason) + 1

    layouts = _layouts()
    first = [c for c in dict.fromkeys(c for _, _, table in rows for c in table) if c not in layouts]
    parts = [f"## {title}", *([words.strip()] if words else []), *([_table(rows, first, note)] if rows else [])]
    with_layouts = [row for row in rows if any(c in layouts for c in row[2])]
    if with_layouts:
        parts.append(_table(with_layouts, layouts, note))
    if notes:
        parts.append("\n".join(f"{i}. {_escape(text)}" for i, text in enumerate(notes, 1)))
    return "\n\n".join(parts) + "\n"


def _layouts():
    sys.path.insert(0, str(FOLDER))
    import matrix

    return matrix.LAYOUTS


def _escape(text):
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


def _table(rows, columns, note):
    head = "| way | " + " | ".join(columns) + " |\n|---" + "|---" * len(columns) + "|"
    lines = [head]
    for name, outwards, table in rows:
        cells = [cell_text(table[c], note) if c in table else "" for c in columns]
        lines.append(f"| {'→' if outwards else '←'} `{name}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def section_of(page, title):
    """The part of a page under a title."""
    for part in page.split("\n## ")[1:]:
        head, _, body = part.partition("\n")
        if head == title:
            return f"## {head}\n{body.rstrip()}\n"
    return ""


def probe(name):
    """Measures one file's routes in this process, and prints them."""
    for folder in (str(FOLDER), str(FOLDER.parent), str(ROOT)):
        sys.path.insert(0, folder)
    import importlib

    import matrix

    module = importlib.import_module(name)
    rows = []
    for route in module.ROUTES:
        table, wrong = matrix.measure(route)
        for one in wrong:
            print(f"WRONG: {name}: {route.name}: {one}", file=sys.stderr)
        plain = {c: [(d, {"outcome": x.outcome, "reason": x.reason}) for d, x in cells] for c, cells in table.items()}
        rows.append((route.name, route.make is None, plain))
    facts = {"versions": matrix.versions(*module.PACKAGES), "rows": rows, "words": getattr(module, "WORDS", "")}
    print("\n" + json.dumps(facts))


def page(names, only, old):
    """The whole page; files that are not in `only` (if that is not empty) keep what the old page says of them."""
    heads, sections = [], []
    for name in names:
        title = FILES[name]
        if only and name not in only:
            heads += [line for line in old.splitlines() if line.startswith(f"- {title}: ")]
            sections.append(section_of(old, title))
            continue
        facts = measured(name)
        if facts is None:
            raise SystemExit(f"{name} can't be measured: the page stays as it is")
        heads.append(f"- {title}: {facts['versions']}" if facts["versions"] else f"- {title}: no package")
        sections.append(section(title, facts["rows"], facts["words"]))
    versions = f"Measured on Python {sys.version_info.major}.{sys.version_info.minor} with\n\n" + "\n".join(heads)
    return "\n".join([INTRODUCTION, versions + "\n", *[one for one in sections if one]])


def measured(name):
    """What a process of its own finds for one file."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"}
    command = [sys.executable, "-m", "tools.interop_matrix", "--probe", name]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | quiet, capture_output=True, text=True)
    sys.stderr.write("".join(f"{line}\n" for line in done.stderr.splitlines() if line.startswith("WRONG")))
    if done.returncode:
        sys.stderr.write(f"{name}: {done.stderr[-3000:]}\n")
        return None
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", metavar="PAGE", help="the page to write; without it the page is printed")
    parser.add_argument("--only", nargs="*", default=[], help="files to measure again; the rest of the page stays")
    parser.add_argument("--probe", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.probe:
        return probe(options.probe)
    old = Path(options.write).read_text() if options.write and Path(options.write).exists() else ""
    text = page([name for name in FILES if (FOLDER / f"{name}.py").exists()], set(options.only), old)
    if options.write:
        Path(options.write).write_text(text)
    else:
        print(text)
    return None


if __name__ == "__main__":
    main()
