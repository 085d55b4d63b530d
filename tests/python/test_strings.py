"""`numpy.strings` on fixed-width text beside the real NumPy: same values, same dtypes, same error types."""

import itertools

import numpy
import pytest

import sharray as np

TEXTS = [
    "",
    "a",
    "abc",
    "aXbXc",
    "  padded \t",
    "Title Case",
    "ALLCAPS 1",
    "12345",
    "-12",
    "+7",
    "tab\tand\nline\tx",
    "aaaaabaaaa",
    "nul\0in side\0 ",
    "mississippi" * 3,
]
BEYOND = ["déjà", "ΑΒγ", "①²", "\u2003 wide\u2003", "ǅ", "ß", "x\U0001f600y", "٣٤", "\x1ca\x1f"]
TESTS = "isalpha isdigit isspace isalnum islower isupper istitle".split()
CASES = "upper lower swapcase capitalize title".split()


def arrays(module):
    """The same texts as bytes, as text, and as swapped, strided text."""
    text = module.array(TEXTS + BEYOND)
    swapped = module.array(TEXTS + BEYOND).astype(text.dtype.newbyteorder())
    doubled = module.array(list(itertools.chain.from_iterable(zip(TEXTS, TEXTS, strict=True))))
    return {
        "bytes": module.array([t.encode() for t in TEXTS]),
        "text": text,
        "swapped": swapped,
        "strided": doubled[::-2],
    }


def outcome(call):
    """The result as plain values with dtypes, or the type of error."""
    try:
        result = call()
    except Exception as error:
        return type(error).__name__
    parts = result if isinstance(result, tuple) else (result,)
    return [(part.dtype.str, part.tolist()) for part in parts]


def check(name, *args, same=lambda outcome: outcome):
    """The function gives the same for each kind of text, as far as `same` looks."""
    ours, theirs = arrays(np), arrays(numpy)
    for kind in ours:
        fitted = [a.encode() if isinstance(a, str) and kind == "bytes" and a.isascii() else a for a in args]
        got = outcome(lambda: getattr(np.strings, name)(ours[kind], *fitted))  # noqa: B023
        expected = outcome(lambda: getattr(numpy.strings, name)(theirs[kind], *fitted))  # noqa: B023
        assert same(got) == same(expected), (kind, name, args)


@pytest.mark.parametrize("name", [*TESTS, *CASES, "isdecimal", "isnumeric", "str_len", "strip", "lstrip", "rstrip"])
def test_of_one_text(name):
    check(name)


@pytest.mark.parametrize("name", "find rfind count startswith endswith index rindex".split())
@pytest.mark.parametrize("wanted", ["", "a", "X", "ss", "issip", "aab", "zz", "é"])
def test_search(name, wanted):
    for start, end in [(0, None), (1, None), (-3, None), (0, 3), (2, -1), (5, 2), (100, None), (-100, 100), (0, -100)]:
        check(name, wanted, start, end)


@pytest.mark.parametrize("name", ["strip", "lstrip", "rstrip"])
@pytest.mark.parametrize("chars", ["", "a", "ab c", " \t", "i", "éd"])
def test_strip_characters(name, chars):
    check(name, chars)


@pytest.mark.parametrize(("old", "new"), [("a", "b"), ("a", "xyz"), ("ss", ""), ("", "-"), ("aa", "a"), ("zz", "é")])
@pytest.mark.parametrize("count", [-1, 0, 1, 2, 100])
def test_replace(old, new, count):
    check("replace", old, new, count)


@pytest.mark.parametrize("name", ["center", "ljust", "rjust"])
@pytest.mark.parametrize("width", [-1, 0, 1, 6, 9, 40])
@pytest.mark.parametrize("fill", [" ", "*"])
def test_pad(name, width, fill):
    check(name, width, fill)


@pytest.mark.parametrize("width", [-1, 0, 4, 9])
def test_zfill(width):
    check("zfill", width)


@pytest.mark.parametrize("size", [-1, 0, 1, 3, 8])
def test_expandtabs(size):
    # NumPy makes results of `U` wider than they need be; ours are as wide as the longest.
    check("expandtabs", size, same=lambda outcome: outcome[0][1])


@pytest.mark.parametrize("name", ["partition", "rpartition"])
@pytest.mark.parametrize("separator", ["a", "X", "ss", "nothing", ""])
def test_partition(name, separator):
    # A part that is empty everywhere has width 1, as an array made by `empty` has.
    values = lambda outcome: outcome if isinstance(outcome, str) else [part[1] for part in outcome]  # noqa: E731
    check(name, separator, same=values)


@pytest.mark.parametrize("bounds", [(2,), (1, 3), (None, None, -1), (-3, None), (5, 1, -2), (0, 100, 3), (None, -1)])
def test_slice(bounds):
    check("slice", *bounds)


@pytest.mark.parametrize("times", [-1, 0, 1, 3])
def test_multiply(times):
    check("multiply", times)


def test_add_is_as_wide_as_both():
    check("add", "tail")
    for first, second in [("S3", "S5"), ("U3", ">U5"), ("S0", "S2")]:
        ours, theirs = (m.add(m.zeros(2, first), m.zeros(2, second)) for m in (np, numpy))
        assert ours.dtype.str == theirs.dtype.str


@pytest.mark.parametrize(
    "call",
    [
        lambda m: m.add(m.array(["a"]), m.array([b"a"])),
        lambda m: m.add(m.array(["a"]), 1),
        lambda m: m.multiply(m.array(["a"]), 2),
        lambda m: m.multiply(m.array(["a"]), 2.0),
        lambda m: m.strings.multiply(m.array(["abc"]), 2**62),
        lambda m: m.strings.str_len(m.array([1])),
        lambda m: m.strings.find(m.array(["a"]), b"a"),
        lambda m: m.strings.find(m.array(["a"]), "a", 0.5),
        lambda m: m.strings.isdecimal(m.array([b"1"])),
        lambda m: m.strings.center(m.array(["a"]), 5, "ab"),
        lambda m: m.strings.center(m.array(["a"]), 5.5),
        lambda m: m.strings.slice(m.array(["a"]), 0, 1, 0),
        lambda m: m.add.reduce(m.array(["a", "b"])),
    ],
)
def test_refused_with_the_same_error(call):
    assert outcome(lambda: call(np)) == outcome(lambda: call(numpy)) != []


@pytest.mark.parametrize(
    "name, arguments",
    [
        ("replace", ("a", "b")),
        ("center", (4,)),
        ("ljust", (4,)),
        ("rjust", (4,)),
        ("zfill", (4,)),
        ("expandtabs", ()),
        ("multiply", (2,)),
        ("partition", ("a",)),
        ("strip", ()),
        ("lower", ()),
        ("slice", (1,)),
    ],
)
def test_class_of_results(name, arguments):
    def kept(m):
        kind = type("Texts", (m.ndarray,), {})
        made = getattr(m.strings, name)(m.array(["ab", "cd"]).view(kind), *arguments)
        return isinstance(made[0] if isinstance(made, tuple) else made, kind)

    assert kept(np) == kept(numpy)


def test_results_may_go_where_operands_lie():
    ours = np.array([" ab ", "  cd"])
    np.strings.strip(ours)  # warm
    from sharray._core.umath import _strip_whitespace

    _strip_whitespace(ours, out=ours)
    assert ours.tolist() == ["ab", "cd"]
    overlapping = np.array(["  a", " b", "c  "])
    _strip_whitespace(overlapping[:-1], out=overlapping[1:])
    assert overlapping.tolist() == ["  a", "a", "b"]


@pytest.mark.parametrize("operator", "equal not_equal less less_equal greater greater_equal".split())
def test_comparison(operator):
    ours, theirs = arrays(np), arrays(numpy)
    for kind in ours:
        pair = (a[kind] for a in (ours, theirs))
        a, b = pair
        assert getattr(np, operator)(a[:, None], a).tolist() == getattr(numpy, operator)(b[:, None], b).tolist()
