"""Short calls of ufuncs on text beside NumPy: operands of every kind that the short way takes, and of those it declines."""

# ruff: noqa: B023 - functions are called where they are made

import numpy
import pytest

import sharray as np

WORDS = ["ab", "", "b a", "aba", " x ", "a\0b", "b", "ba" * 12]
KINDS = "SUT"


def array(module, kind, values=WORDS):
    if kind == "T":
        return module.array(values, dtype=module.dtypes.StringDType())
    made = module.array(values)
    return made.astype("S") if kind == "S" else made


def text(kind, value):
    return value.encode() if kind == "S" else value


def both(function):
    """What the function gives of each module, or the class of its error."""
    answers = []
    for module in (numpy, np):
        try:
            result = function(module)
            dtype = getattr(result, "dtype", None)
            answers.append((numpy.asarray(result).tolist(), str(dtype), numpy.shape(result)))
        except (TypeError, ValueError, OverflowError) as error:
            answers.append(type(error).__name__)
    assert answers[0] == answers[1]
    return answers[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["equal", "not_equal", "less", "greater_equal"])
class TestComparisons:
    @pytest.mark.parametrize("other", ["ab", "", "b", "\0", "ab\0", "é", "a" * 40, "\ud800"])
    def test_beside_a_text(self, kind, name, other):
        if kind == "S" and not other.isascii():
            pytest.skip("no bytes")
        if kind == "T" and other == "\ud800":
            pytest.skip("NumPy raises another exception")
        both(lambda m: getattr(m, name)(array(m, kind), text(kind, other)))
        both(lambda m: getattr(m, name)(text(kind, other), array(m, kind)))

    def test_of_shapes(self, kind, name):
        function = lambda m: getattr(m, name)  # noqa: E731
        both(lambda m: function(m)(array(m, kind), array(m, kind)[::-1]))
        both(lambda m: function(m)(array(m, kind), array(m, kind)[:1]))
        both(lambda m: function(m)(array(m, kind)[:1], array(m, kind)))
        both(lambda m: function(m)(array(m, kind)[:1], array(m, kind)[:1]))
        both(lambda m: function(m)(array(m, kind)[:0], array(m, kind)[:1]))
        both(lambda m: function(m)(array(m, kind)[:3], array(m, kind)[:2]))
        both(lambda m: function(m)(array(m, kind).reshape(2, 4), array(m, kind)[2:6]))
        both(lambda m: function(m)(array(m, kind).reshape(2, 4).T, array(m, kind).reshape(2, 4).T))
        both(lambda m: function(m)(array(m, kind).reshape(2, 4), array(m, kind)[2:3]))
        both(lambda m: function(m)(array(m, kind)[0:1].reshape(()), array(m, kind)[1:2].reshape(())))

    def test_of_other_kinds(self, kind, name):
        for other in KINDS:
            both(lambda m, other=other: getattr(m, name)(array(m, kind), array(m, other)))
        both(lambda m: getattr(m, name)(array(m, kind), 3))
        both(lambda m: getattr(m, name)(array(m, kind), True))


@pytest.mark.parametrize("kind", KINDS)
class TestFunctions:
    def test_searches(self, kind):
        for name in ("find", "rfind", "count", "startswith", "endswith"):
            for wanted in ("a", "", "b", "a\0", "ba"):
                for start, end in ((0, None), (1, 3), (-2, 2**62), (2**63, None)):
                    both(lambda m: getattr(m.strings, name)(array(m, kind), text(kind, wanted), start, end))
            both(lambda m: getattr(m.strings, name)(array(m, kind), text(kind, "a"), m.arange(8)))
            both(lambda m: getattr(m.strings, name)(array(m, kind), text(kind, "a"), m.arange(8, dtype="i4")))
            both(lambda m: getattr(m.strings, name)(array(m, kind), text(kind, "a"), 0.5))

    def test_index_of_what_is_not_there(self, kind):
        assert both(lambda m: m.strings.index(array(m, kind), text(kind, "q"))) == "ValueError"

    def test_sums(self, kind):
        for other in ("", "xy", "x\0"):
            both(lambda m: m.strings.add(array(m, kind), text(kind, other)))
            both(lambda m: m.strings.add(text(kind, other), array(m, kind)))
        both(lambda m: m.strings.add(array(m, kind), array(m, kind)[::-1]))
        both(lambda m: m.strings.add(array(m, kind), array(m, kind)[1:2]))

    def test_strips_and_tests(self, kind):
        both(lambda m: m.strings.strip(array(m, kind)))
        both(lambda m: m.strings.strip(array(m, kind), text(kind, "ab")))
        both(lambda m: m.strings.strip(text(kind, " ab "), array(m, kind)))
        for name in ("isalpha", "isspace", "isupper", "str_len"):
            both(lambda m: getattr(m.strings, name)(array(m, kind)))
            both(lambda m: getattr(m.strings, name)(array(m, kind)[::3]))

    def test_products(self, kind):
        if kind == "T":
            both(lambda m: array(m, kind) * 3)
            both(lambda m: 2 * array(m, kind))
            both(lambda m: array(m, kind) * m.arange(8))
        for times in (0, -1, 2, 2**70):
            if times < 2**63:
                both(lambda m: m.strings.multiply(array(m, kind), times))


@pytest.mark.parametrize("kind", KINDS)
class TestOutputs:
    def test_fresh_truth_values(self, kind):
        def compare(m, make):
            out = make(m)
            assert m.equal(array(m, kind), text(kind, "ab"), out=out) is out
            return out

        both(lambda m: compare(m, lambda m: m.zeros(8, bool)))
        both(lambda m: compare(m, lambda m: m.zeros(16, bool)[::2]))
        both(lambda m: compare(m, lambda m: m.zeros(8, "f8")))
        both(lambda m: compare(m, lambda m: m.zeros(7, bool)))
        both(lambda m: compare(m, lambda m: m.zeros((2, 8), bool)))

    def test_read_only(self, kind):
        for module in (numpy, np):
            out = module.zeros(8, bool)
            out.flags.writeable = False
            with pytest.raises(ValueError, match="read-only"):
                module.equal(array(module, kind), text(kind, "ab"), out=out)
            assert not out.any()

    def test_on_an_input(self, kind):
        def change(m, step):
            a = array(m, kind)
            return m.add(a[::step], a[::step], out=a)

        if kind != "T":
            both(lambda m: change(m, 1))
            both(lambda m: change(m, -1))
        else:
            # NumPy reads texts that it has written over already.
            assert change(np, 1).tolist() == [word * 2 for word in WORDS]
            assert change(np, -1).tolist() == [word * 2 for word in WORDS[::-1]]

    def test_of_other_widths(self, kind):
        def add(m, dtype):
            out = m.empty(8, dtype)
            out[...] = text("S" if dtype[0] == "S" else "U", "zz")
            return m.add(array(m, kind), array(m, kind), out=out)

        for dtype in ("S3", "U3", "S64", "U48", "U96"):
            both(lambda m: add(m, dtype))


class TestMissing:
    @pytest.mark.parametrize("missing", [None, numpy.nan, "gone"])
    def test_beside_texts(self, missing):
        def make(m):
            return m.array(["a", missing, "gone", "b" * 20], dtype=m.dtypes.StringDType(na_object=missing))

        def values(m, function):
            result = function(make(m))
            return [None if type(v) is float else v for v in result.tolist()]

        for function in (
            lambda a: a == "a",
            lambda a: a + "gone",
            lambda a: a < "b",
            lambda a: a + a,
        ):
            answers = []
            for module in (numpy, np):
                try:
                    answers.append(values(module, function))
                except (TypeError, ValueError) as error:
                    answers.append(type(error).__name__)
            assert answers[0] == answers[1]

    def test_two_kinds_of_missing_do_not_mix(self):
        for module in (numpy, np):
            one = module.array(["a"], dtype=module.dtypes.StringDType(na_object=None))
            other = module.array(["a"], dtype=module.dtypes.StringDType(na_object="x"))
            with pytest.raises(TypeError):
                one + other

    def test_long_texts_are_released(self):
        a = np.array(["q" * 100, "b"], dtype=np.dtypes.StringDType())
        for _ in range(1000):
            assert (a == "q" * 100).tolist() == [True, False]
            assert (a + "r" * 50)[1] == "b" + "r" * 50
