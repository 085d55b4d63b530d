"""Each library in a process of its own."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
for folder in (HERE, HERE.parent, ROOT):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

#: Run by test_each_library.py, one process each: they load threads, or runtimes that do not like each other.
#: A file that the command line names is run where it is.
collect_ignore = [path.name for path in HERE.glob("test_*.py") if path.name != "test_each_library.py"]
