"""Versions: of the package itself, and of the NumPy whose behaviour it follows.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Final,
)

full_version: Final[str]
git_revision: Final[str]
release: Final[builtins.bool]
short_version: Final[str]
version: Final[str]
