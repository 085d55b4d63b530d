"""Types for annotations: `ArrayLike`, `DTypeLike`, `NDArray`.

>>> import sharray as np
>>> sorted(np.typing.__all__)
['ArrayLike', 'DTypeLike', 'NBitBase', 'NDArray']
"""

from .._typing import ArrayLike, DTypeLike, NBitBase, NDArray

__all__ = ["ArrayLike", "DTypeLike", "NBitBase", "NDArray"]


def __dir__():
    return sorted(__all__)


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester

        return PytestTester(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
