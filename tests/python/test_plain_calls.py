"""Operators on small plain arrays and the scalars beside them, which take the shortest way to their loop: the same
arrays as NumPy's, to the byte and the flag, whatever is mixed, strided or too awkward for the short way."""

import itertools
import operator
import random
import warnings

import numpy
import pytest

import sharray as np

DTYPES = "?bBhHiIlLefdFD"
SCALARS = [2, 2.0, 1e300, 300, -1, True, 1 + 2j, 1e-50, 16777217]
OPERATORS = "add sub mul truediv floordiv mod pow lt eq and_ lshift iadd imul isub"
UNARY = "neg pos abs"
REDUCTIONS = "sum prod max min any all"


def layouts(module, dtype):
    """Arrays of one dtype in the layouts that a short way must tell apart."""
    x = module.array([0, 1, 2, 3, 5, 7]).astype(dtype)
    matrix = x.reshape(2, 3)
    read_only = x[:3].copy()
    read_only.flags.writeable = False
    repeated = module.lib.stride_tricks.as_strided(x, (3,), (0,))
    swapped = x[:3].astype(x.dtype.newbyteorder(">"))
    return [x[:3], x[::2], x[2::-1], x[:0], matrix, matrix.T, x[:1], x[4], read_only, repeated, swapped, matrix[:, :1]]


def operands(module):
    return [array for dtype in DTYPES for array in layouts(module, dtype)] + SCALARS


def outcome(call, *arguments):
    """All that can be seen of a result: class, dtype, layout, bytes, warnings; or the error's class."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = call(*arguments)
        except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
            return next(
                kind for kind in (TypeError, OverflowError, ZeroDivisionError, ValueError) if isinstance(error, kind)
            )
    seen = {str(w.message) for w in caught}
    if not isinstance(result, (numpy.ndarray, np.ndarray)):
        value = result.tobytes() if hasattr(result, "tobytes") else repr(result)
        return type(result).__name__, value, seen
    layout = result.strides if result.size > 1 else None
    flags = result.flags
    flags = (flags.c_contiguous, flags.f_contiguous, flags.writeable, flags.aligned)
    return result.dtype.str, result.shape, layout, flags, result.tobytes(), seen


@pytest.mark.parametrize("name", OPERATORS.split())
def test_binary_operators(name):
    call = getattr(operator, name)
    pairs = list(itertools.product(range(len(DTYPES) * 12 + len(SCALARS)), repeat=2))
    chosen = random.Random(name).sample(pairs, 1500)
    for left, right in chosen:
        # In-place operators write: each pair has operands of its own.
        theirs, ours = operands_of(numpy, left, right), operands_of(np, left, right)
        if not any(isinstance(o, numpy.ndarray) for o in theirs) or weak_overflow(*theirs):
            continue
        assert outcome(call, *ours) == outcome(call, *theirs), (name, theirs)


def operands_of(module, *places):
    found = []
    for place in places:
        index, layout = divmod(place, 12)
        found.append(
            layouts(module, DTYPES[index])[layout] if index < len(DTYPES) else SCALARS[place - 12 * len(DTYPES)]
        )
    return found


def weak_overflow(a, b):
    """True where a Python number leaves the range of a narrow float: the warning names the cast in NumPy."""
    kinds = [str(getattr(o, "dtype", "")) for o in (a, b)]
    narrow = any(kind.lstrip("<>") in ("float16", "float32", "complex64", "f2", "f4", "c8") for kind in kinds)
    return narrow and any(isinstance(o, (int, float)) and not hasattr(o, "dtype") and abs(o) > 65504 for o in (a, b))


@pytest.mark.parametrize("name", UNARY.split())
def test_unary_operators(name):
    call = getattr(operator, name)
    for ours, theirs in zip(operands(np), operands(numpy), strict=True):
        if hasattr(theirs, "dtype"):
            assert outcome(call, ours) == outcome(call, theirs), (name, theirs)


@pytest.mark.parametrize("name", REDUCTIONS.split())
def test_reductions_to_a_scalar(name):
    for ours, theirs in zip(operands(np), operands(numpy), strict=True):
        if hasattr(theirs, "dtype"):
            assert outcome(getattr(ours, name)) == outcome(getattr(theirs, name)), (name, theirs)
            function = (getattr(np, name), getattr(numpy, name))
            assert outcome(function[0], ours) == outcome(function[1], theirs), (name, theirs)


@pytest.mark.parametrize("dtype", ["f8", "i4", "?"])
def test_outputs_that_touch_their_inputs(dtype):
    def run(module, low, high, step):
        base = module.array([1, 0, 3, 1, 5, 0, 7, 8], dtype)
        target = base[low:high:step]
        return module.add(base[1:4], base[2:5], out=target), base

    for place in [(1, 4, 1), (0, 3, 1), (2, 5, 1), (3, 6, 1), (4, 1, -1), (5, 8, 1), (1, 7, 2)]:
        (ours, base), (theirs, expected) = run(np, *place), run(numpy, *place)
        assert base.tobytes() == expected.tobytes(), place
        assert ours.tobytes() == theirs.tobytes(), place
