"""Functions of text beside NumPy, on texts of many widths: what is done sixteen units at a time, and what is left over."""

import numpy
import pytest

import sharray as np

WIDTHS = [1, 2, 3, 5, 8, 15, 16, 17, 20, 31, 32, 33, 48, 63, 64, 65, 100]
ALPHABETS = {
    "ascii": "abcxyzABCXYZ 019\t\n-+ee",
    "latin": "abÿéßAZ 0²\x1c\x85\xa0",
    "wide": "aεΣǅ中😀 \u20000٣\u00bd\u2028",
    "letters": "abcdefgABC",
    "digits": "0123456789",
}
COUNT = 60

TESTS = ["isalpha", "isdigit", "isalnum", "isspace", "islower", "isupper", "istitle", "isdecimal", "isnumeric"]
CASES = ["upper", "lower", "swapcase", "capitalize", "title", "strip", "lstrip", "rstrip"]


def texts(kind, alphabet, width, seed=0):
    """Texts of every length up to the width, with nulls within some, some of one character alone."""
    random = numpy.random.default_rng(seed + width)
    letters = [c for c in ALPHABETS[alphabet] if kind != "S" or ord(c) < 256]
    made = []
    for i in range(COUNT):
        length = int(random.integers(0, width + 1))
        text = [letters[k] for k in random.integers(0, len(letters), length)]
        if i % 7 == 3 and length > 2:
            text[length // 2] = "\0"
        if i % 11 == 5:
            text = [letters[0]] * length
        made.append("".join(text))
    if kind == "S":
        return numpy.array([text.encode("latin-1") for text in made], dtype=f"S{width}")
    if kind == "T":
        return numpy.array(made, dtype=numpy.dtypes.StringDType())
    return numpy.array(made, dtype=f"U{width}")


def ours(array):
    """The same elements as an array of sharray, in memory laid out alike."""
    if array.dtype.char == "T":
        return np.array(array.tolist(), dtype=np.dtypes.StringDType()).reshape(array.shape)
    shared = np.asarray(array)
    assert (shared.strides == array.strides or array.size == 0) and shared.dtype.str == array.dtype.str
    return shared


def text(kind, value):
    return value.encode("latin-1") if kind == "S" else value


def check(statement, *arrays, **names):
    """The statement gives the same on both, or fails on both."""
    results = []
    for rival, operands in ((numpy, arrays), (np, [ours(a) for a in arrays])):
        try:
            result = eval(statement, {"np": rival, "a": operands[0], "b": operands[-1], **names})
            results.append(
                [numpy.asarray(one).tolist() for one in (result if isinstance(result, tuple) else (result,))]
            )
        except (ValueError, TypeError) as error:
            results.append(type(error).__name__)
    assert results[0] == results[1], statement


def layouts(array):
    """The array, every other element of it, backwards, of the other byte order, and not aligned."""
    yield array
    yield array[::2]
    yield array[::-1]
    yield array[:6].reshape(2, 3)
    if array.dtype.char == "U":
        yield array.astype(array.dtype.newbyteorder())
        memory = numpy.zeros(array.nbytes + 1, "u1")
        shifted = memory[1:].view(array.dtype)
        shifted[...] = array
        yield shifted


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("alphabet", ALPHABETS)
@pytest.mark.parametrize("kind", "SUT")
class TestBesideNumPy:
    def test_lengths_and_tests(self, kind, alphabet, width):
        for array in layouts(texts(kind, alphabet, width)):
            check("np.strings.str_len(a)", array)
            for name in TESTS[: 7 if kind == "S" else 9]:
                check(f"np.strings.{name}(a)", array)

    def test_changes(self, kind, alphabet, width):
        for array in layouts(texts(kind, alphabet, width)):
            for name in CASES:
                check(f"np.strings.{name}(a)", array)
            check("np.strings.strip(a, chars)", array, chars=text(kind, ALPHABETS["ascii"][:4]))
            if kind != "T" or alphabet in ("ascii", "letters", "digits"):
                # Of characters beyond ASCII in a StringDType NumPy takes bytes for characters.
                check("np.strings.strip(a, b)", array, array[..., ::-1])

    def test_searches(self, kind, alphabet, width):
        letters = [c for c in ALPHABETS[alphabet] if kind != "S" or ord(c) < 256]
        wanted = [letters[0], letters[0] * 2, letters[0] * 3, "".join(letters[:2]), letters[-1], "", "a" * 80, "\0"]
        for array in layouts(texts(kind, alphabet, width)):
            for name in ("find", "rfind", "count", "startswith", "endswith", "index"):
                for one in wanted if name != "index" else wanted[:1] + [""]:
                    check(f"np.strings.{name}(a, w)", array, w=text(kind, one))
                for start, end in ((0, 5), (2, None), (-3, -1), (0, 200)):
                    check(f"np.strings.{name}(a, w, s, e)", array, w=text(kind, letters[0]), s=start, e=end)
            check("np.strings.find(a, b)", array, array[..., ::-1])
            check("np.strings.count(a, b)", array, array)

    def test_new_texts(self, kind, alphabet, width):
        letters = [c for c in ALPHABETS[alphabet] if kind != "S" or ord(c) < 128]
        for array in layouts(texts(kind, alphabet, width)):
            check("np.strings.add(a, b)", array, array[..., ::-1])
            check("np.strings.multiply(a, 3)", array)
            for name in ("center", "ljust", "rjust"):
                for size in (0, 7, width + 20):
                    check(f"np.strings.{name}(a, {size}, w)", array, w=text(kind, letters[-1]))
            # Of an empty text NumPy looks at the memory behind it for a sign.
            check("np.strings.zfill(a[np.strings.str_len(a) > 0], 30)", array)
            check("np.strings.replace(a, o, n)", array, o=text(kind, letters[0]), n=text(kind, letters[1] * 3))
            check("np.strings.replace(a, o, n, 1)", array, o=text(kind, letters[0] * 2), n=text(kind, ""))
            check("np.strings.slice(a, 1, 20, 2)", array)
            check("np.strings.slice(a, -3, None)", array)
            blank = numpy.array(text(kind, letters[0]), dtype=array.dtype)
            check("np.strings.partition(a, b)", array, blank)
            check("np.strings.rpartition(a, b)", array, blank)

    def test_comparisons(self, kind, alphabet, width):
        one = texts(kind, alphabet, width)
        other = one.copy()
        other[::3] = one[::-1][::3]
        for left, right in zip(layouts(one), layouts(other), strict=True):
            for operator in ("==", "!=", "<", "<=", ">", ">="):
                check(f"a {operator} b", left, right)
            if kind != "T":
                check("a == b", left, right.astype(f"{kind}{width + 3}"))
                check("a < b", left, right.astype(f"{kind}{width + 3}"))


@pytest.mark.parametrize("dtype", ["S0", "U0", "S3", "U3"])
def test_nothing_to_do(dtype):
    for shape in ((0,), (3,), (2, 0)):
        array = numpy.zeros(shape, dtype)
        for name in ("str_len", "isalpha", "isspace", "upper", "title", "strip"):
            check(f"np.strings.{name}(a)", array)
        check("np.strings.find(a, a)", array)
        check("a == b", array, array)
        check("np.strings.add(a, b)", array, array)


def test_surrogates_and_codes_beyond_unicode():
    codes = numpy.array([[0xD800, 0x61, 0], [0xDFFF, 0, 0], [0x61, 0x10FFFF, 0x62]], dtype="u4")
    array = codes.view("U3").ravel()
    for statement in ("str_len(a)", "isalpha(a)", "isspace(a)", "find(a, 'a')", "count(a, '\\ud800')"):
        assert (
            eval(f"np.strings.{statement}", {"np": np, "a": ours(array)}).tolist()
            == eval(f"np.strings.{statement}", {"np": numpy, "a": array}).tolist()
        )


def test_missing_texts():
    for missing in (numpy.nan, None):
        theirs = numpy.array(
            ["abc", missing, "long enough to lie elsewhere"], numpy.dtypes.StringDType(na_object=missing)
        )
        own = np.array(theirs.tolist(), np.dtypes.StringDType(na_object=missing))
        for name in ("isalpha", "str_len", "upper"):
            results = []
            for rival, array in ((numpy, theirs), (np, own)):
                try:
                    results.append(repr(getattr(rival.strings, name)(array).tolist()))
                except (ValueError, TypeError) as error:
                    results.append(type(error).__name__)
            assert results[0] == results[1]
