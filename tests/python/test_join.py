"""Values put into arrays and chosen from them, for every pair of dtypes, beside the real NumPy: which casts are made,
which are refused; and Python numbers, which yield to the dtypes of arrays."""

import itertools
import warnings

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")

DTYPES = (
    *"?bBhHiIlLqQefdgFDGOSUVm",
    ">i4",
    ">f8",
    ">U2",
    "S3",
    "U3",
    "V3",
    "M8[s]",
    "M8[D]",
    "m8[s]",
    "m8[D]",
    "i4,f4",
    "i4,i4",
)
NUMBERS = [True, 5, 300, 1.5, 1j, "x", b"x", 2**70, float("nan"), None]


def sample(m, dtype):
    """Three elements: one, zero, one."""
    if dtype[0] == "V":
        return m.zeros(3, dtype if len(dtype) > 1 else "V4")
    return m.ones(3, dtype) if "," in dtype else m.array([1, 0, 1]).astype(dtype)


def outcome(action, m, *operands):
    """The result or the kind of error, and the warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = action(m, *operands)
            text = (str(result.dtype), result.tolist())
        except Exception as error:
            text = type(error).__name__
    return text, sorted(str(w.message) for w in caught)


def putmask(m, target, values):
    m.putmask(target, [True, False, True], values)
    return target


def place(m, target, values):
    m.place(target, [True, False, True], values)
    return target


def put(m, target, values):
    m.put(target, [0, 2], values)
    return target


def copyto(m, target, values):
    m.copyto(target, values, where=[True, False, True])
    return target


def choose(m, first, second):
    return m.choose([0, 1, 0], [first, second])


def where(m, first, second):
    return m.where([True, False, True], first, second)


def concatenate(m, first, second):
    return m.concatenate([first, second])


ACTIONS = [putmask, place, put, copyto, choose, where, concatenate]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
@pytest.mark.parametrize("first", DTYPES)
def test_pairs(action, first):
    for second in DTYPES:
        if action in (put, copyto, choose, where, concatenate) and first != second:
            if {first[0], second[0]} & {"V"} or "," in first + second:
                continue  # bytes and fields as other elements: the classes of refusals differ
        if action is put and (first, second[0]) == ("m", "m") or action is choose and {first, second} == {"l", "q"}:
            continue  # units given up; the same numbers under another name
        if action in (putmask, place) and (first, second[:2]) == ("m", "m8"):
            continue  # as for put
        ours, theirs = (outcome(action, m, sample(m, first), sample(m, second)) for m in (np, numpy))
        assert ours == theirs, second


@pytest.mark.parametrize("action", [putmask, place], ids=lambda action: action.__name__)
def test_arrays_are_cast_safely_and_lists_element_by_element(action):
    for m in (np, numpy):
        with pytest.raises(TypeError, match="according to the rule 'safe'"):
            action(m, m.zeros(3, "i4"), m.array([1.5, 2.5]))
        assert action(m, m.zeros(3, "i4"), [1.5, 2.5]).tolist() == ([1, 0, 1] if action is putmask else [1, 0, 2])
        assert action(m, m.zeros(3, "f8"), m.array([1, 2], "f4")).tolist() in ([1, 0, 1], [1, 0, 2])


@pytest.mark.parametrize("value", NUMBERS, ids=repr)
def test_values(value):
    for action, first in itertools.product((putmask, place), "?bBilLefdOSU"):
        given = value if action is putmask else [value]
        ours, theirs = (outcome(action, m, sample(m, first), given) for m in (np, numpy))
        assert repr(ours) == repr(theirs), (action, first)


WEAK = """
m.concatenate([m.float32(1), 1.], axis=None)
m.concatenate([m.array([1], 'f4'), 1.], axis=None)
m.concatenate([m.array([1], 'f4'), [1.]], axis=None)
m.concatenate([m.array([1], 'i1'), 1000], axis=None)
m.hstack([m.array([1], 'f4'), 1.])
m.append(m.array([1], 'f4'), 1.)
m.stack([m.float32(1), 1.])
m.choose(1, [m.float32(1), 1.])
m.choose(0, [m.float32(1), 1.])
m.choose([1, 0], [m.array([1], 'i1'), 1])
m.choose([1, 0], [m.array([1], 'i1'), 1000])
m.choose([1, 0], [m.array([1], 'i1'), 1.])
m.choose([1, 0], [m.array([1], 'f4'), 1j])
m.choose([1, 0], [1, 2.])
m.choose([1, 0], [True, 2])
m.where([1, 0], m.float32(1), 1.)
m.where([1, 0], m.int8(1), 1)
m.where([1, 0], m.int8(1), 1000)
m.where([1, 0], True, m.int8(1))
m.where([1, 0], 1j, m.float32(1))
m.where([1, 0], 2**63, m.int8(1))
m.where([1, 0], 2**63, 1)
m.select([[True, False]], [m.array([1, 2], 'i1')], 3)
m.select([[True, False]], [m.array([1, 2], 'f4')], 3.)
m.select([[True, False]], [m.array([1, 2], 'i1')], 3000)
m.select([[True, False]], [m.float32(1)], 3.)
m.piecewise(m.array([1], 'f4'), [[True]], [1.])
m.full_like(m.array([1], 'f4'), 1.)
"""


@pytest.mark.parametrize("expression", WEAK.strip().splitlines())
def test_python_numbers_yield(expression):
    ours, theirs = (outcome(lambda m: eval(expression, {"m": m}), m) for m in (np, numpy))
    assert ours == theirs
