"""The hand-written parts of the main namespace's stub: classes and overloads, cut into named pieces."""

import ast
from pathlib import Path

FOLDER = Path(__file__).parent / "by_hand"
#: Order matters to the reader only; a stub may name what comes later.
FILES = ["scalars", "dtype", "array", "ufuncs", "iterate", "create", "shape", "reduce"]


def load():
    """(preamble, pieces): text of private statements, and by public name its text and (for a class) its members."""
    preamble, pieces = [], {}
    for name in FILES:
        text = (FOLDER / f"{name}.pyi").read_text()
        lines = text.splitlines()
        for node in ast.parse(text).body:
            start = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
            source = "\n".join(lines[start - 1 : node.end_lineno])
            public = _name(node)
            if public is None:
                preamble.append(source)
                continue
            before, members = pieces.get(public, ("", set()))
            pieces[public] = (f"{before}\n{source}".strip("\n"), members | _members(node))
    return preamble, pieces


def _name(node):
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        name = node.name
    elif isinstance(node, ast.Assign):
        name = node.targets[0].id
    elif isinstance(node, ast.AnnAssign):
        name = node.target.id
    else:
        return None
    return None if name.startswith("_") else name


def _members(node):
    if not isinstance(node, ast.ClassDef):
        return set()
    names = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
    return names | {one.target.id for one in node.body if isinstance(one, ast.AnnAssign)}
