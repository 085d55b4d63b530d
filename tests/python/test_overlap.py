"""Outputs that lie over inputs, or over themselves: what NumPy gives in the same process."""

import numpy
import pytest

import sharray


def over_itself(np, shape, strides, dtype=float):
    """A writable array whose elements share memory, counted up before."""
    return np.lib.stride_tricks.as_strided(np.arange(64).astype(dtype), shape, strides)


CASES = {
    "reduceat on its input": lambda np, a: np.add.reduceat(a, np.arange(len(a))[::-1], out=a),
    "reduceat on its indices": lambda np, a: np.add.reduceat(a, a[::-1], out=a),
    "reduction of one row to itself": lambda np, a: np.add.reduce(a[None], axis=0, keepdims=True, out=a[None]),
    "reduction with a start to itself": lambda np, a: np.add.reduce(
        a[None], axis=0, keepdims=True, out=a[None], initial=7
    ),
    "reduction to the first row": lambda np, a: np.add.reduce(
        a.reshape(2, -1), axis=0, keepdims=True, out=a.reshape(2, -1)[:1]
    ),
    "running sum to itself": lambda np, a: np.add.accumulate(a, out=a),
    "running sum, shifted": lambda np, a: np.add.accumulate(a[:-1], out=a[1:]),
    "sum, shifted": lambda np, a: np.add(a[:-1], 1, out=a[1:]),
    "sum, reversed": lambda np, a: np.add(a, 1, out=a[::-1]),
}


@pytest.mark.parametrize("dtype", ["i2", "i8", "f8", "c16"])
@pytest.mark.parametrize("case", CASES)
def test_results_over_inputs(case, dtype):
    if case == "reduceat on its indices" and dtype in ("f8", "c16"):
        dtype = "i4"
    outcomes = []
    for np in (numpy, sharray):
        a = np.arange(40).astype(dtype)
        result = CASES[case](np, a)
        outcomes.append((a.tolist(), result.tolist()))
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("shape, strides", [((5,), (0,)), ((3, 4), (0, 8)), ((3, 4), (8, 8)), ((2, 3), (8, 4))])
@pytest.mark.parametrize("mask", [True, [True, False, True, True, False]])
def test_the_last_write_counts(shape, strides, mask):
    outcomes = []
    for np in (numpy, sharray):
        dtype = "f4" if 4 in strides else "f8"
        out = over_itself(np, shape, strides, dtype)
        x = np.arange(out.size).reshape(shape).astype(dtype)
        where = mask if mask is True else np.resize(mask, shape)
        results = [np.add(x, 1, out=out, where=where).tolist(), np.sqrt(x, out=out).tolist()]
        if len(shape) == 1:
            results.append(np.add.accumulate(x, out=out).tolist())
        outcomes.append(results)
    assert outcomes[0] == outcomes[1]


def test_too_much_work_is_said():
    for np in (numpy, sharray):
        x = np.zeros(3)
        for function in (np.may_share_memory, np.shares_memory):
            with pytest.raises(OverflowError):
                function(x, x, max_work=10**100)


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("dtype", ["i2", "i8"])
def test_assignment_to_shared_elements_does_not_depend_on_the_source(order, dtype):
    outcomes = []
    for np in (numpy, sharray):
        memory = np.zeros(64, "i2")
        out = np.lib.stride_tricks.as_strided(memory, (7, 8), (1, 2))
        out[...] = (np.arange(56) * 7919 % 4000).reshape(7, 8).astype(dtype, order=order)
        outcomes.append(memory.tolist())
    assert outcomes[0] == outcomes[1]


def test_truth_of_objects_into_an_object():
    # NumPy 2.4 writes beyond its memory here.
    for function, wanted in ((sharray.any, True), (sharray.all, False)):
        out = sharray.array(0, "O")
        assert function(sharray.array([0, 3], "O"), axis=0, out=out) is out
        assert out[()] is wanted
