"""Types for annotations: `ArrayLike`, `DTypeLike`, `NDArray`."""

from sharray._pytesttester import PytestTester as _PytestTester
from sharray._typing import ArrayLike, DTypeLike, NBitBase, NDArray

__all__ = ["ArrayLike", "DTypeLike", "NBitBase", "NDArray"]

test: _PytestTester
