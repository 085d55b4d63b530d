"""`np.array`: how deep it looks into nested sequences, beside the real NumPy."""

import inspect

import numpy
import pytest

import sharray


def outcome(np, expression):
    """What an expression gives, in a form that compares; for errors their type."""
    try:
        result = eval(expression, {"np": np})
    except Exception as error:
        return type(error)
    return repr(result), result.shape


@pytest.mark.parametrize(
    "arguments",
    [
        "[[1, 2], [3, 4]], ndmax=1, dtype=object",
        "[[1, 2], [3, 4]], ndmax=1",
        "[[1, 2], [3, 4]], ndmax=2",
        "[[1, 2], [3, 4]], ndmax=0",
        "[[1, 2], [3, 4]], ndmax=0, dtype=object",
        "[[1, 2], [3, 4]], ndmax=-1",
        "[[1, 2], [3, 4]], ndmax=65",
        "[[1, 2], [3, 4]], ndmax=None",
        "[[1, 2], [3, 4]], ndmin=3, ndmax=2",
        "[[1, 2], [3, 4]], ndmin=1, ndmax=2",
        "[[[1]], [[2]]], ndmax=2, dtype=object",
        "[[1, 2], [3]], ndmax=1, dtype=object",
        "[[]], ndmax=1, dtype=object",
        "[np.ones((2, 2))], ndmax=1, dtype=object",
        "[np.ones((2, 2))], ndmax=2",
        "np.ones((2, 2)), ndmax=1",
        "np.ones((2, 2)), ndmax=1, dtype=object",
        "['ab', 'cd'], ndmax=1",
        "[[(1, 2)]], dtype='i4,i4', ndmax=2",
        "[np.array(1), np.array(2)], ndmax=1",
    ],
)
def test_ndmax(arguments):
    expression = f"np.array({arguments})"
    assert outcome(sharray, expression) == outcome(numpy, expression)


NAMED = ["array", "empty", "zeros", "arange", "frombuffer", "fromiter", "nested_iters", "concatenate", "full", "ones"]


@pytest.mark.parametrize("name", NAMED)
def test_signatures_that_are_shown(name):
    def shown(module):
        return str(inspect.signature(getattr(module, name))).replace("numpy.", "").replace("sharray.", "")

    assert shown(sharray) == shown(numpy)
