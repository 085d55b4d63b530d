"""The error for a compiled module that doesn't fit these Python files.

Python's own ImportError stops at the first missing name. Here the importing file
is read again and all names it lacks are listed at once.
"""

import ast
import pathlib

from .. import _engine


def missing_names_error(source_file):
    """An ImportError with every name that `source_file` imports from the engine in vain."""
    tree = ast.parse(pathlib.Path(source_file).read_text(encoding="utf-8"))
    wanted = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "_engine"
        for alias in node.names
    ]
    missing = [name for name in wanted if not hasattr(_engine, name)]
    return ImportError(
        f"the compiled module {_engine.__name__} ({getattr(_engine, '__file__', 'built in')}) lacks "
        f"{len(missing)} of the names that {source_file} needs: {', '.join(missing)}. "
        "It was probably built from another version of the sources: build it again."
    )
