"""`RandomState` beside NumPy's: the same numbers from the same seed."""

import numpy
import pytest

import sharray as np

CALLS = [
    ("rand", (5,), {}),
    ("random_sample", ((2, 3),), {}),
    ("randn", (4,), {}),
    ("normal", (2, 3), {"size": 4}),
    ("uniform", (-1, 1), {"size": 4}),
    ("randint", (10,), {"size": 20}),
    ("randint", (0, 300), {"size": 3}),
    ("randint", (5,), {"dtype": "u1", "size": 7}),
    ("randint", (0, 2), {"dtype": bool, "size": 9}),
    ("randint", (0, 2**40), {"size": 3}),
    ("randint", (0, 2**32), {"size": 3, "dtype": "u4"}),
    ("permutation", (10,), {}),
    ("choice", (10, 5), {}),
    ("choice", (10, 5), {"replace": False}),
    ("choice", (4, 6), {"p": [0.1, 0.2, 0.3, 0.4]}),
    ("choice", (4, 3, False, [0.1, 0.2, 0.3, 0.4]), {}),
    ("bytes", (7,), {}),
    ("exponential", (2.0, 3), {}),
    ("tomaxint", (3,), {}),
]


@pytest.mark.parametrize("seed", [0, 1234, 2**32 - 1, [1, 2, 3]], ids=str)
def test_streams(seed):
    ours, theirs = np.random.RandomState(seed), numpy.random.RandomState(seed)
    for name, args, kwargs in CALLS:
        mine, reference = getattr(ours, name)(*args, **kwargs), getattr(theirs, name)(*args, **kwargs)
        if isinstance(reference, bytes):
            assert mine == reference
        else:
            assert mine.tolist() == reference.tolist(), name
            assert str(mine.dtype) == str(reference.dtype), name


def test_shuffle_and_state():
    ours, theirs = np.random.RandomState(3), numpy.random.RandomState(3)
    mine, reference = list(range(20)), list(range(20))
    ours.shuffle(mine)
    theirs.shuffle(reference)
    assert mine == reference
    state = ours.get_state()
    first = ours.randn(3).tolist()
    ours.set_state(state)
    assert ours.randn(3).tolist() == first


@pytest.mark.parametrize(
    "call",
    [
        lambda r: r.seed(-1),
        lambda r: r.seed(2**32),
        lambda r: r.randint(5, 5),
        lambda r: r.randint(300, dtype="u1"),
        lambda r: r.normal(scale=-1),
        lambda r: r.choice(3, 4, replace=False),
        lambda r: r.choice([], 1),
        lambda r: r.choice(2, p=[0.5, 0.6]),
    ],
)
def test_bad_arguments(call):
    for library in (np, numpy):
        with pytest.raises(ValueError):
            call(library.random.RandomState(0))


@pytest.mark.parametrize("seed", ["x", b"x", 1.5, "12", ["a"], -1, 2**32, 2**70, []])
def test_seeds_that_are_none(seed):
    with pytest.raises((TypeError, ValueError)) as expected:
        numpy.random.RandomState(seed)
    with pytest.raises(expected.type):
        np.random.RandomState(seed)


@pytest.mark.parametrize("seed", [True, 5, numpy.uint8(7), np.array(9), [3], [2**32 - 1, 0]])
def test_seeds_of_every_class(seed):
    ours, theirs = np.random.RandomState(seed), numpy.random.RandomState(seed)
    assert ours.random_sample(3).tolist() == theirs.random_sample(3).tolist()
