"""The class `matrix`, kept for old programs; use two-dimensional arrays."""

from . import defmatrix
from .defmatrix import asmatrix, bmat, matrix

__all__ = ["matrix", "bmat", "asmatrix"]
