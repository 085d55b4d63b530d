"""Sharing memory with other libraries, and a plain answer to "was that shared or copied?".

`explain(x)` says of any object what it is, who owns its memory, and which protocol
hands that memory out, without copying a byte of it.
"""

from .._core._arrow_in import from_arrow
from .._core._arrow_masked import Masked
from ._explain import Explanation, explain

__all__ = ["Explanation", "Masked", "explain", "from_arrow"]
