"""Calls that are refused: the exception is NumPy's, raised before anything is warned of or changed."""

from __future__ import annotations

import itertools
import warnings

import numpy
import pytest

import sharray

MAKE = {
    "text": lambda m: "a",
    "bytes": lambda m: b"a",
    "complex": lambda m: 1j,
    "float": lambda m: 1.5,
    "bool": lambda m: True,
    "int": lambda m: 3,
    "complex array": lambda m: m.ones(2, "c8"),
    "float array": lambda m: m.ones(2, "f4"),
    "time": lambda m: m.datetime64("2020"),
    "span": lambda m: m.timedelta64(3, "s"),
}
UFUNCS = sorted(
    {
        ufunc.__name__: ufunc
        for name in dir(numpy)
        if isinstance(ufunc := getattr(numpy, name), numpy.ufunc) and ufunc.signature is None
    }
)


def outcome(ufunc, operands):
    """The exception's class and the text up to the ufunc's operands; None for a result."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ufunc(*operands)
        except Exception as error:
            return type(error).__name__, str(error).partition(" with signature")[0].partition(" input")[0]
    return None


def is_known(name, kinds):
    """Where NumPy's choice of words has a reason of its own: the two kinds of text, or text and times, in one call."""
    if name in {"equal", "not_equal"}:
        return kinds == {"time", "span"}
    mixed = kinds == {"text", "bytes"} or ({"text", "bytes"} & kinds and {"time", "span"} & kinds)
    return bool(mixed) and name in {"add", "multiply", "subtract"}


@pytest.mark.parametrize("name", UFUNCS)
def test_operands_that_a_ufunc_refuses(name):
    refused = 0
    for kinds in itertools.product(MAKE, repeat=getattr(numpy, name).nin):
        expected, found = (outcome(getattr(m, name), [MAKE[kind](m) for kind in kinds]) for m in (numpy, sharray))
        if is_known(name, set(kinds)):
            assert (expected is None) == (found is None), kinds
        else:
            assert found == expected, kinds
        refused += expected is not None
    assert refused or name in {"logical_not", "logical_and", "logical_or", "logical_xor", "isfinite"}, name


CALLS = {
    "copyto, mask": lambda m, a: m.copyto(a, m.ones(3) * 1j, where=[True, False], casting="unsafe"),
    "copyto, cast": lambda m, a: m.copyto(a, m.ones(3) * 1j, where=[True, False, True]),
    "putmask": lambda m, a: m.putmask(a, [True, False], m.ones(3) * 1j),
    "place": lambda m, a: m.place(a, [True, False], m.ones(3) * 1j),
    "take, bool as mode": lambda m, a: m.take(a, [0, 5], mode=True),
    "average of spans": lambda m, a: m.average(m.array([1, 2], "m8[s]"), weights=[1, 2]),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_nothing_happens_before_the_refusal(call):
    kinds = []
    for module in (numpy, sharray):
        array = module.zeros(3)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises((TypeError, ValueError)) as found:
                call(module, array)
        assert array.tolist() == [0, 0, 0]
        kinds.append(found.type.__name__)
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("values", [[numpy.nan], [[numpy.nan, 1.0], [numpy.nan, numpy.nan]]])
@pytest.mark.parametrize("make", ["array", "list"])
def test_the_warning_of_nothing_but_nan(values, make):
    texts = []
    for module in (numpy, sharray):
        with pytest.warns(RuntimeWarning) as caught:
            module.nanmax(module.array(values) if make == "array" else values, axis=-1)
        texts.append([str(one.message) for one in caught])
    assert texts[0] == texts[1]


@pytest.mark.filterwarnings("ignore:Arrays of 2-dimensional:DeprecationWarning")
def test_cross_of_the_plane_is_an_array():
    for module in (numpy, sharray):
        assert type(module.cross([1, 2], [3, 5])) is module.ndarray
        assert module.cross([1, 2], [3, 5]).tolist() == -1
