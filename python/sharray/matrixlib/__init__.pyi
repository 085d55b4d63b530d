"""The class `matrix`, kept for old programs; use two-dimensional arrays.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

from sharray import asmatrix as asmatrix, bmat as bmat, matrix as matrix
from sharray._pytesttester import PytestTester as _PytestTester

__all__ = ["asmatrix", "bmat", "matrix"]

test: _PytestTester
