"""The class `matrix`, kept for old programs; use two-dimensional arrays."""

from .._pytesttester import PytestTester as _PytestTester
from . import defmatrix
from .defmatrix import asmatrix, bmat, matrix

__all__ = ["matrix", "bmat", "asmatrix"]

test = _PytestTester(__name__)
