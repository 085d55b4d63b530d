"""What arithmetic of scalars reports: which trouble, and under which name; beside the real NumPy."""

import itertools
import sys
import warnings

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")


SCALARS = {
    "bool": [0, 1],
    **dict.fromkeys(("int8", "uint8", "int64", "uint64", "longlong"), [0, 1, 100]),
    **dict.fromkeys(("float16", "float32", "float64", "longdouble"), [0, 1, -2.5, 6e4, float("inf")]),
    **dict.fromkeys(("complex64", "complex128", "clongdouble"), [0, 1, -2.5]),
}
OPERATORS = ["+", "-", "*", "/", "//", "%", "**"]


def reported(m, left, operator, right):
    """What an operation gives, and what it is reported under."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = repr(eval(f"a {operator} b", {"a": left(m), "b": right(m)}))
        except (TypeError, ValueError, ArithmeticError) as error:
            result = type(error).__name__
    return result, sorted(str(w.message) for w in caught)


def operands():
    """Name and maker of each operand."""
    for name, values in SCALARS.items():
        for value in values:
            yield f"{name}({value})", lambda m, name=name, value=value: getattr(m, name)(value)


@pytest.mark.parametrize("operator", OPERATORS)
def test_trouble_is_reported_under_the_name_of_who_computes(operator):
    """`scalar divide` where one operand has the type both are computed in, `divide` where the ufunc does it."""
    python = [(repr(number), lambda m, number=number: number) for number in (0, 1, 100, 0.0, 2.5, True, False, 0j)]
    pairs = [*itertools.product(operands(), operands())]
    pairs += [*itertools.product(operands(), python), *itertools.product(python, operands())]
    for (left_name, left), (right_name, right) in pairs:
        if operator == "%" and "float16" in left_name + right_name:
            continue  # NumPy divides on the way to a remainder in half precision, and tells of that too
        ours, theirs = (reported(m, left, operator, right) for m in (np, numpy))
        assert ours == theirs, (left_name, operator, right_name)


def test_names_in_reports_of_divmod_and_of_handlers():
    for make in (
        lambda m: divmod(m.int8(5), m.int8(0)),
        lambda m: divmod(m.float64(5), m.float64(0)),
        lambda m: divmod(m.longdouble(5), m.longdouble(0)),
    ):
        ours, theirs = (reported(m, make, "is", lambda m: None)[1] for m in (np, numpy))
        assert ours == theirs
    # A handler computes under names of its own.
    seen = []
    with np.errstate(all="call", call=lambda kind, flag: seen.append(kind)):
        assert np.isinf(np.complex64(1e30) * np.complex64(1e30))
        np.array([1.0]) / 0
    assert seen == ["overflow", "divide by zero"]
    with pytest.raises(FloatingPointError, match="encountered in scalar multiply"), np.errstate(all="raise"):
        np.complex64(1e30) * np.complex64(1e30)
    with pytest.raises(FloatingPointError, match="encountered in multiply"), np.errstate(all="raise"):
        np.array([1e30], "F") * np.complex64(1e30)


@pytest.mark.parametrize("legacy", [False, "2.2", "2.1", "1.25", "1.21"])
def test_numbers_in_older_ways_of_printing(legacy):
    for name, number in [("half", 65504), ("half", 1000), ("single", 1e15), ("single", 1e16), ("single", 123456789),
        ("csingle", 1e8 + 1e7j), ("csingle", 1e16), ("double", 1e15), ("half", 2.5), ("single", 1e-5)]:  # fmt: skip
        texts = []
        for m in (np, numpy):
            with m.printoptions(legacy=legacy):
                texts.append(str(getattr(m, name)(number)))
        assert texts[0] == texts[1], (name, number)


def test_integers_beyond_extended_numbers():
    """The limit is Python's own, on the digits of integers that become text."""
    limit = sys.get_int_max_str_digits()
    try:
        for digits in (4300, 0):
            sys.set_int_max_str_digits(digits)
            for power in (4000, 4500, 5500):
                for operator in ("+", "<", "*"):
                    ours, theirs = (
                        reported(m, lambda m: m.longdouble(1), operator, lambda m, power=power: 10**power)
                        for m in (np, numpy)
                    )
                    assert ours == theirs, (digits, power, operator)
    finally:
        sys.set_int_max_str_digits(limit)
