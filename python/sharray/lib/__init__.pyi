"""The composed routines: what arrays do beyond single loops.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

import builtins
from typing import (
    Any,
    ClassVar,
    Final,
)

from sharray import _typing as _t
from sharray._pytesttester import PytestTester as _PytestTester
from sharray.lib import (
    array_utils as array_utils,
    format as format,
    introspect as introspect,
    mixins as mixins,
    npyio as npyio,
    scimath as scimath,
    stride_tricks as stride_tricks,
)

__all__ = [
    "Arrayterator",
    "NumpyVersion",
    "add_docstring",
    "add_newdoc",
    "array_utils",
    "format",
    "introspect",
    "mixins",
    "npyio",
    "scimath",
    "stride_tricks",
    "tracemalloc_domain",
]

class Arrayterator:
    def __init__(self, var: Any, buf_size: Any = None) -> None: ...
    def __array__(self, dtype: _t.DTypeLike | None = None, copy: Any = None) -> Any: ...
    def __getattr__(self, attr: Any) -> Any: ...
    def __getitem__(self, index: Any) -> Any: ...
    def __iter__(self) -> Any: ...
    @property
    def flat(self) -> Any: ...
    @property
    def shape(self) -> Any: ...

class NumpyVersion:
    def __init__(self, vstring: Any) -> None: ...
    def __eq__(self, other: Any) -> Any: ...
    def __ge__(self, other: Any) -> Any: ...
    def __gt__(self, other: Any) -> Any: ...
    __hash__: ClassVar[None]  # type: ignore[assignment, unused-ignore]
    def __le__(self, other: Any) -> Any: ...
    def __lt__(self, other: Any) -> Any: ...
    def __ne__(self, other: Any) -> Any: ...
    def __repr__(self) -> builtins.str: ...

def add_docstring(obj: Any, docstring: Any, /) -> Any: ...
def add_newdoc(place: Any, obj: Any, doc: Any, warn_on_python: builtins.bool = True) -> Any: ...

test: _PytestTester
tracemalloc_domain: Final[int]
