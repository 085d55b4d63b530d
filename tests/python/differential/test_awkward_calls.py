"""Calls that are easily got wrong, subject by subject: `awkward_calls.txt` has one a line, preparing lines before `;;`."""

import pathlib

import pytest

from .script import Case
from .test_differential import agree

LINES = pathlib.Path(__file__).with_name("awkward_calls.txt").read_text(encoding="utf-8").splitlines()
CALLS = [line for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("line", CALLS)
def test_call(line):
    *lines, call = line.split(";;")
    agree(Case(lines=lines, call=call))
