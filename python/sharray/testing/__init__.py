"""Assertions about arrays, and other help for tests.

>>> import sharray as np
>>> np.testing.assert_allclose([0.1 + 0.2], [0.3])
"""

from unittest import TestCase

from .._pytesttester import PytestTester as _PytestTester
from . import _private, overrides
from ._private import extbuild
from ._private.utils import *
from ._private.utils import _assert_valid_refcount as _assert_valid_refcount
from ._private.utils import _gen_alignment_data as _gen_alignment_data
from ._private.utils import __all__ as _names

__all__ = [*_names, "TestCase", "overrides"]

test = _PytestTester(__name__)
