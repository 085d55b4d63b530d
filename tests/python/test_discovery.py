"""From nested values to arrays: the shape and dtype found, and what becomes of objects, side by side with NumPy."""

import warnings

import pytest

import sharray as np

numpy = pytest.importorskip("numpy")

CASES = [
    lambda m: m.array([[1, 2], [3]], dtype=object),
    lambda m: m.array([m.datetime64("2020-01-01"), "abc"]),
    lambda m: m.array([m.datetime64("2020-01-01"), 1]),
    lambda m: m.array([m.timedelta64(3, "s"), 1.5]),
    lambda m: m.array([m.timedelta64(3, "s"), True]),
    lambda m: m.array([m.datetime64("2020-01-01"), m.timedelta64(3, "s")]),
    lambda m: m.array([1, "a"]),
    lambda m: m.array("string", dtype="c"),
    lambda m: m.array(["ab", "cd"], dtype="c"),
    lambda m: m.array([], dtype="V"),
    lambda m: m.array([], dtype="S"),
    lambda m: m.array(m.array([""] * 3, dtype=object), dtype="S"),
    lambda m: m.array([""] * 3, dtype=object).astype("S"),
    lambda m: m.array([1, 2], dtype=type(m.dtype("f4"))),
    lambda m: m.array(["a", "bcd"], dtype=type(m.dtype("U"))),
    lambda m: m.array(m.arange(4).reshape(2, 2), dtype="(2,)i4"),
    lambda m: m.array([((0, 1), (1, 2)), ((2,),)], dtype="(2,2)f4"),
    lambda m: m.array(["1", "2"], dtype="2i"),
    lambda m: m.array(m.float64(300), dtype="i1"),
    lambda m: m.array([m.float64("nan")], dtype="i4"),
    lambda m: m.array([m.timedelta64(3, "s")], dtype="i4"),
    lambda m: m.arange("1969", 18, 3, dtype="M8"),
    lambda m: m.arange(m.datetime64("2000-01-01"), m.timedelta64(30, "h")).shape,
    lambda m: m.arange(m.datetime64("2000-01-01"), m.timedelta64(3, "M")),
    lambda m: m.copyto(m.arange(3), 3.0, casting="safe"),
    lambda m: m.copyto(m.arange(3, dtype="u1"), 3, casting="equiv"),
    lambda m: m.copyto(m.arange(3), 2**80, casting="safe"),
]


def outcome(call, module):
    """The array as text with its dtype, or the class of the error."""
    try:
        result = call(module)
        return repr(result), str(getattr(result, "dtype", ""))
    except Exception as error:
        return type(error).__name__


@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore")
def test_as_numpy_finds_it(case):
    ours, theirs = outcome(case, np), outcome(case, numpy)
    promotion = {"DTypePromotionError": "TypeError"}
    assert promotion.get(ours, ours) == promotion.get(theirs, theirs)


def test_objects_keep_what_they_were_given():
    class Arraylike:
        def __array__(self, dtype=None, copy=None):
            return np.arange(4).reshape(2, 2)

    for given in (Arraylike(), memoryview(np.arange(4)), np.array(0.0)):
        place = np.zeros(1, dtype=object)
        place[:] = [given]
        assert place[0] is given
    ragged = Arraylike()
    assert np.array([ragged, [ragged]], dtype=object)[0] is ragged


def test_lists_that_change_are_noticed():
    growing = []

    class Adding(list):
        def __len__(self):
            growing.append([1, 2])
            return super().__len__()

    growing.append(Adding([1, 2]))
    with pytest.raises(RuntimeError):
        np.array(growing)


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_fatal_errors_of_a_length_are_passed_on(error):
    class Sequence:
        def __len__(self):
            raise error

        def __getitem__(self, _):
            return 1

    with pytest.raises(error):
        np.array(Sequence())


NUMERALS = (
    "1 -1 +5 1_0 00012 -0 127 128 -128 -129 255 256 1.5 1. .5 +.5 1e5 1E5 1e+5 5e-1 1e400 -1e-400 nan inf 0.1 1e e5 . + - "
    "--1 1- 1+1 abc 999999999999999999 -999999999999999999 ٣ 123456789.123456789"
).split() + ["", " 7", "7 "]


@pytest.mark.parametrize("dtype", "? i1 i4 i8 u1 u8 f2 f4 f8 g c16".split())
def test_numbers_in_texts(dtype):
    def outcome(lib, text, make):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                made = make(lib, text)
            except (ValueError, OverflowError) as error:
                return type(error), str(error)
        return str(made.tolist()), [(w.category, str(w.message)) for w in told]

    def assigned(lib, text):
        made = lib.zeros(1, dtype)
        made[0] = text
        return made

    for text in NUMERALS:
        for make in (lambda lib, text: lib.array([text], dtype), assigned):
            assert outcome(np, text, make) == outcome(numpy, text, make), text
