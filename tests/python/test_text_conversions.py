"""Texts from lists and to lists, between the three dtypes, to integers, and in order: beside NumPy."""

import numpy
import pytest

import sharray as np

WORDS = ["ab", "", "b a", "a\0b", " x", "ba" * 12, "q" * 600, "q" * 599 + "p", "a", "é", "中文", "😀" * 20, "ÿ"]
ASCII = [word for word in WORDS if word.isascii()]


def variable(module, **options):
    return module.dtypes.StringDType(**options)


class TestLists:
    @pytest.mark.parametrize("make", [list, tuple])
    def test_of_texts(self, make):
        for dtype in (None, "U", "U3", "U700", ">U4"):
            one, other = numpy.array(make(WORDS), dtype=dtype), np.array(make(WORDS), dtype=dtype)
            assert one.dtype.str == other.dtype.str and one.tolist() == other.tolist()
            assert one.tobytes() == other.tobytes()

    @pytest.mark.parametrize("make", [list, tuple])
    def test_of_bytes(self, make):
        words = [word.encode() for word in WORDS] + [b"end\0"]
        for dtype in (None, "S", "S3", "S900"):
            one, other = numpy.array(make(words), dtype=dtype), np.array(make(words), dtype=dtype)
            assert one.dtype.str == other.dtype.str and one.tobytes() == other.tobytes()
            assert one.tolist() == other.tolist()

    def test_of_variable_width(self):
        array = np.array(WORDS, dtype=variable(np))
        assert array.tolist() == WORDS
        assert array[::-2].tolist() == WORDS[::-2]
        assert array[:12].reshape(3, 4).T.tolist() == numpy.array(WORDS[:12], dtype=object).reshape(3, 4).T.tolist()

    def test_of_nothing_wide(self):
        for words in ([""], ["", ""], [b""], ["\0"]):
            assert np.array(words).dtype.str == numpy.array(words).dtype.str
            assert np.array(words).tolist() == numpy.array(words).tolist()

    def test_of_mixed_things(self):
        class Text(str):
            pass

        for mixed in (["a", 1], ["a", b"b"], ["a", None], ["a", ["b"]], ["a", Text("bcd")], ["a", 1.5]):
            results = []
            for module in (numpy, np):
                try:
                    made = module.array(mixed)
                    results.append((made.dtype.str, made.tolist()))
                except (ValueError, TypeError) as error:
                    results.append(type(error).__name__)
            assert results[0] == results[1]

    def test_refusals(self):
        with pytest.raises((ValueError, UnicodeError)):
            np.array(["a", "\ud800"], dtype=variable(np))
        with pytest.raises(UnicodeError):
            np.array(["a", "é"], dtype="S")
        codes = np.array([97, 0x110000, 98, 99], dtype="u4").view("U2")
        with pytest.raises(ValueError, match="110000"):
            codes.tolist()

    def test_keywords(self):
        assert np.array(["a", "b"], ndmin=2).shape == (1, 2)
        assert np.array(["a", "b"], order="F").flags.f_contiguous
        with pytest.raises(ValueError):
            np.array(["a", "b"], copy=False)


class TestCasts:
    @pytest.mark.parametrize("width", [1, 3, 16, 700])
    def test_variable_to_fixed_and_back(self, width):
        one = numpy.array(WORDS, dtype=variable(numpy)).astype(f"U{width}")
        other = np.array(WORDS, dtype=variable(np)).astype(f"U{width}")
        assert one.tolist() == other.tolist()
        assert other.astype(variable(np)).tolist() == one.astype(variable(numpy)).tolist()
        one = numpy.array(ASCII, dtype=variable(numpy)).astype(f"S{width}")
        other = np.array(ASCII, dtype=variable(np)).astype(f"S{width}")
        assert one.tolist() == other.tolist()
        assert other.astype(variable(np)).tolist() == one.astype(variable(numpy)).tolist()

    def test_what_is_no_ascii(self):
        with pytest.raises(UnicodeError):
            np.array(["a", "é"], dtype=variable(np)).astype("S4")
        with pytest.raises(UnicodeError):
            np.array([b"a", b"\xff"]).astype(variable(np))

    def test_missing(self):
        texts = np.array(["a", None, "c" * 30], dtype=variable(np, na_object=None))
        theirs = numpy.array(["a", None, "c" * 30], dtype=variable(numpy, na_object=None))
        assert texts.astype("U8").tolist() == theirs.astype("U8").tolist()
        assert texts.copy().tolist() == ["a", None, "c" * 30]
        assert texts.astype(variable(np)).tolist() == theirs.astype(variable(numpy)).tolist()

    @pytest.mark.parametrize("dtype", ["i1", "u1", "i4", "i8", "u8", ">i8", ">u2", "f4", "f8"])
    def test_to_numbers(self, dtype):
        spelled = ["0", "-0", "+7", "007", "12", " 5 ", "1_0", "127"]
        for words in (
            spelled,
            [*spelled, "-1"],
            [*spelled, "300"],
            [*spelled, "123456789012345678901"],
            ["1.5"],
            ["x"],
        ):
            for make in (
                lambda m, words=words: m.array(words),
                lambda m, words=words: m.array(words).astype("S"),
                lambda m, words=words: m.array(words, dtype=variable(m)),
            ):
                results = []
                for module in (numpy, np):
                    try:
                        # NumPy's own casts from variable width miss the byte order.
                        wanted = numpy.dtype(dtype).newbyteorder("=").str if module is numpy else dtype
                        results.append(make(module).astype(wanted).tolist())
                    except (ValueError, OverflowError):
                        results.append("refused")
                assert results[0] == results[1]

    def test_copies_outlive_what_they_were_made_of(self):
        words = [f"{k}" * 20 for k in range(2000)]
        texts = np.array(words, dtype=variable(np))
        some = texts[::7].copy()
        texts[:] = "other" * 10
        del texts
        assert some.tolist() == words[::7]
        some[1:] = some[:-1]
        assert some.tolist() == [words[0], *words[::7][:-1]]


class TestOrder:
    WORDS = ["b", "a", "a\0", "", "\0", "ab" * 9, "ab" * 8, "ab" * 9 + "\0", "é", "a" * 15, "a" * 16, "中", "a"]

    def test_sorts(self):
        texts = np.array(self.WORDS * 5, dtype=variable(np))
        expected = sorted(self.WORDS * 5)
        assert np.sort(texts).tolist() == expected
        order = np.argsort(texts, kind="stable")
        assert order.tolist() == sorted(range(len(texts)), key=(self.WORDS * 5).__getitem__)
        texts.sort()
        assert texts.tolist() == expected

    def test_missing_come_last(self):
        texts = np.array([*self.WORDS, np.nan, "zz", np.nan], dtype=variable(np, na_object=np.nan))
        made = np.sort(texts).tolist()
        assert made[:-2] == sorted([*self.WORDS, "zz"])
        assert all(one != one for one in made[-2:])

    def test_missing_that_is_a_text(self):
        texts = np.array(["c", "a", "b"], dtype=variable(np, na_object="b"))
        assert np.sort(texts).tolist() == ["a", "b", "c"]

    def test_missing_without_order(self):
        texts = np.array(["c", None, "b"] * 9, dtype=variable(np, na_object=None))
        with pytest.raises(ValueError, match="null"):
            np.sort(texts)


class TestMembership:
    @pytest.mark.parametrize("kind", "US")
    def test_as_numpys(self, kind):
        random = numpy.random.default_rng(3)
        words = numpy.array([str(k) for k in random.integers(0, 300, 400)]).astype(kind)
        others = numpy.array([str(k) for k in random.integers(0, 500, 300)]).astype(kind + "9")
        for a, b in ((words, others), (others, words), (words[:0], others), (words, others[:0]), (words, words)):
            for invert in (False, True):
                expected = numpy.isin(a, b, invert=invert).tolist()
                assert np.isin(np.asarray(a), np.asarray(b), invert=invert).tolist() == expected
