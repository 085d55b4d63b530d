"""Arrays as notebooks show them: tables cut to a sensible size, the elements as `str` prints them."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

import sharray as np
from sharray._core._html import COLUMNS, ROWS, table


def cells(html):
    """The texts of a table by row, header cells included."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.S)
    return [[unescape(text) for text in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)] for row in rows]


def check_well_formed(html):
    opened = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            opened.append(tag)

        def handle_endtag(self, tag):
            assert opened.pop() == tag

    Reader().feed(html)
    assert not opened


@pytest.mark.parametrize(
    "a, expected",
    [
        (np.array([1, 20, 3]), [["0", "1", "2"], ["1", "20", "3"]]),
        (np.array([1.0, 0.25]), [["0", "1"], ["1.", "0.25"]]),
        (np.array([[True], [False]]), [["", "0"], ["0", "True"], ["1", "False"]]),
        (np.array([1 + 2j]), [["0"], ["1.+2.j"]]),
        (np.array(["a", "<b>"]), [["0", "1"], ["'a'", "'<b>'"]]),
        (np.array(["2026-01-02"], dtype="M8[D]"), [["0"], ["'2026-01-02'"]]),
        (np.array([None, "x"], dtype=object), [["0", "1"], ["None", "'x'"]]),
        (np.array([(1, 2.5), (3, 0.5)], dtype="i4,f8"), [["", "f0", "f1"], ["0", "1", "2.5"], ["1", "3", "0.5"]]),
        (np.array([[(1, 2.5)]], dtype="i4,f8"), [["", "0"], ["0", "(1, 2.5)"]]),
        (np.array([(1, [2, 3])], dtype=[("a", "i4"), ("b", "i4", 2)]), [["", "a", "b"], ["0", "1", "[2 3]"]]),
    ],
)
def test_elements(a, expected):
    html = table(a)
    check_well_formed(html)
    assert cells(html) == expected


def test_print_options_count():
    with np.printoptions(precision=2):
        assert cells(table(np.array([1 / 3])))[1] == ["0.33"]


@pytest.mark.parametrize("shape", [(10**6,), (1000, 1000), (3, 10**5), (10**5, 3)])
def test_large_ones_are_cut(shape):
    a = np.arange(np.prod(shape)).reshape(shape)
    html = table(a)
    check_well_formed(html)
    assert len(html) < 60_000
    found = cells(html)
    assert len(found) <= ROWS + 2 and len(found[0]) <= COLUMNS + 2
    assert "…" in html and str(a.flat[-1]) in html and str(a.shape) in html


def test_long_elements_and_names_are_cut_and_escaped():
    a = np.array(["<script>" + "x" * 500])
    assert "<script>" not in table(a) and len(table(a)) < 500
    named = np.zeros(2, dtype=[("<i>", "i4"), ("b&c", "f8")])
    assert cells(table(named))[0] == ["", "<i>", "b&c"] and "<i>" not in table(named)
    many = np.zeros(1, dtype=[(f"n{i}", "i1") for i in range(100)])
    assert len(cells(table(many))[0]) == COLUMNS + 2


@pytest.mark.parametrize(
    "a", [np.array(5), np.zeros((2, 2, 2)), np.zeros((0, 3)), np.zeros(0), np.array((1, 2), "i,i")]
)
def test_other_shapes_are_text_with_a_summary(a):
    html = table(a)
    check_well_formed(html)
    assert "<table" not in html and f"shape {a.shape}" in unescape(html)
    assert str(a) in unescape(html)


def test_subclasses():
    class Plain(np.ndarray):
        pass

    assert table(np.arange(3).view(Plain)) == table(np.arange(3))
    assert table(np.ma.array([1, 2], mask=[True, False])) is None
    assert "<table" in table(np.rec.array([(1, 2.0)], dtype="i4,f8"))


def test_the_method():
    assert np.arange(3)._repr_html_() == table(np.arange(3))
    with pytest.raises(TypeError):
        np.arange(3)._repr_html_(1)
