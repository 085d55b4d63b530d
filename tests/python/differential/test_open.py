"""Defects that are known: each is expected to fail, and must be struck off when it no longer does."""

import numpy
import pytest

import sharray

from .compare import compare
from .open_defects import DEFECTS
from .outcome import run
from .script import Case


@pytest.mark.xfail(strict=True, reason="an open defect: see open_defects.py")
@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.what)
def test_defect(defect):
    case = Case(call=defect.shown_by)
    assert compare(case, run(case, numpy), run(case, sharray)) == []
