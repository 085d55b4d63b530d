"""`bincount`, `correlate`, `convolve`, beside the real NumPy: what they take, give, warn of and refuse."""

import decimal
import itertools
import warnings

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")


def outcome(action, m):
    """The result as text or the class of the error, and the classes of warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = repr(action(m))
        except Exception as error:
            result = type(error).__name__
    return result, [w.category.__name__ for w in caught]


COUNTED = {
    **{f"array of {char}": lambda m, char=char: m.array([1, 3, 1], char) for char in "?bBhHiIlLqQefdFOSUm"},
    **{f"nothing of {char}": lambda m, char=char: m.array([], char) for char in "?bQdO"},
    "swapped": lambda m: m.array([1, 2], ">u8"),
    "beyond int64": lambda m: m.array([1, 2**63], "u8"),
    "the largest": lambda m: m.array([2**64 - 1], "u8"),
    "negative": lambda m: m.array([-1]),
    "list": lambda m: [1, 2],
    "nothing": lambda m: [],
    "bools": lambda m: [True, False],
    "floats": lambda m: [0.5, 1.2],
    "texts": lambda m: ["0", "1"],
    "complex numbers": lambda m: [1j],
    "large": lambda m: [1, 2**63],
    "huge": lambda m: [1, 2**64],
    "scalars": lambda m: (m.uint64(1), m.uint64(2)),
    "a scalar": lambda m: m.uint64(3),
    "a number": lambda m: 3,
    "two axes": lambda m: m.array([[1]]),
    "nested": lambda m: [[1]],
    "a buffer": lambda m: memoryview(m.array([1, 2], "u8")),
    "an object with __array__": lambda m: type(
        "Own", (), {"__array__": lambda self, dtype=None, copy=None: m.array([1, 2], "u8")}
    )(),
}


@pytest.mark.parametrize("name", COUNTED)
def test_bincount(name):
    make = COUNTED[name]
    ours, theirs = (outcome(lambda m: m.bincount(make(m)), m) for m in (np, numpy))
    assert ours == theirs


@pytest.mark.parametrize("weights", ["[1, 2]", "[1j, 2]", "['1', '2']", "m.array([1, 2], 'O')", "m.array([1, 2], 'g')",
    "m.array([1, 2], 'i8')", "[[1, 2]]", "[1]", "1", "None"])  # fmt: skip
def test_weights(weights):
    ours, theirs = (outcome(lambda m: m.bincount([1, 2], eval(weights, {"m": m})), m) for m in (np, numpy))
    assert ours == theirs


@pytest.mark.parametrize("minlength", [0, 5, -1, None, 2.0, "1", True])
def test_minlength(minlength):
    for call in (
        lambda m: m.bincount([1, 2], minlength=minlength),
        lambda m: m.bincount([1, 2], None, minlength),
    ):
        assert outcome(call, np) == outcome(call, numpy)


@pytest.mark.parametrize("mode", ["valid", "same", "full"])
@pytest.mark.parametrize("function", ["correlate", "convolve"])
def test_correlation_of_objects(function, mode):
    values = {
        "integers": [2**70, -3, 5, 7, 11],
        "decimals": [decimal.Decimal(n) / 7 for n in range(1, 6)],
        "complex": [1 + 2j, 3 - 1j, 2j, 5, 1j],
    }
    for numbers, (n, k) in itertools.product(values.values(), [(5, 3), (3, 5), (5, 5), (1, 1), (5, 2), (2, 5), (4, 1)]):
        ours, theirs = (
            getattr(m, function)(m.array(numbers[:n], object), m.array(numbers[-k:], object)[::-1], mode)
            for m in (np, numpy)
        )
        assert ours.dtype == np.dtype("O") and ours.tolist() == theirs.tolist(), (numbers, n, k)


def test_correlation_refuses():
    class Own:
        def __mul__(self, other):
            raise KeyError("no products")

    for a, v in (([], [1]), ([1], []), ([Own()], [1])):
        with pytest.raises((KeyError, ValueError)):
            np.correlate(np.array(a, object), np.array(v, object))


@pytest.mark.parametrize("bins", [1, 100, 2048, 2049, 100_000])
@pytest.mark.parametrize("size", [1 << 17, (1 << 18) + 3, (1 << 19) + 1])
def test_bincount_of_many(size, bins):
    """Many numbers are counted in parts, few different ones by several threads."""
    numbers = numpy.random.default_rng(size).integers(0, bins, size)
    assert np.bincount(np.asarray(numbers)).tolist() == numpy.bincount(numbers).tolist()
    numbers[size // 2] = -1
    with pytest.raises(ValueError, match="negative"):
        np.bincount(np.asarray(numbers))
