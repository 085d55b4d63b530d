"""What the machine runs: the loops and CPU levels behind the functions, and the memory kept for them.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

from typing import Any

__all__ = ["opt_func_info"]

def opt_func_info(func_name: Any = None, signature: Any = None) -> Any: ...
