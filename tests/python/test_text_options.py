"""The options of the functions that read and write text, beside NumPy's: values, dtypes and kinds of errors."""

import bz2
import gzip
import io
import itertools
import lzma
import warnings

import numpy
import pytest

import sharray as np


def outcome(module, call):
    """What a call gives, in a form that two modules can be compared in."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            result = call(module)
        except ValueError:
            return "error", "ValueError"
        except Exception as error:
            return "error", type(error).__name__
    kinds = sorted({warning.category.__name__ for warning in seen})
    results = result if isinstance(result, (list, tuple)) else [result]
    return [
        (
            type(one).__name__,
            str(one.dtype),
            one.shape,
            repr(one.tolist()),
            repr(getattr(one, "mask", numpy.False_).tolist()) if hasattr(one, "mask") else None,
        )
        for one in results
    ], kinds


def check(calls):
    """Each call, a function of a module, gives the same on both."""
    differences = [
        (name, ours, theirs) for name, call in calls if (ours := outcome(np, call)) != (theirs := outcome(numpy, call))
    ]
    assert not differences, f"{len(differences)}: " + "\n".join(map(str, differences[:8]))


def options(**choices):
    """All combinations of options of which each is left out in turn, two at a time."""
    single = [(name, value) for name, values in choices.items() for value in values]
    yield {}
    for name, value in single:
        yield {name: value}
    for (name, value), (other, more) in itertools.combinations(single, 2):
        if name != other:
            yield {name: value, other: more}


TABLES = {
    "plain": "1 2 3\n4 5 6\n7 8 9\n",
    "commas": "a,b,c\n1,2.5,x\n4,,y\n7,8,\n",
    "quotes": 'n;"x y";z\n1;"a;b";3\n2;"c""d";4\n',
    "comments": "# one\n1 2 3 # two\n% three\n4 5 6\n\n7 8 9\n",
    "missing": "1,N/A,3\n4,5,-999\n,8,9\n",
    "dates": "2024-01-01,1,True\n2024-02-30,2,False\n",
    "fixed": "  1  2  3\n  4  5 67\n890123  4\n",
    "complex": "1+2j,3j\n(4-5j),6\n",
    "ragged": "1,2,3\n4,5\n6,7,8,9\n",
    "header": "#name one, second_col ,third col!\n1,2,3\n4,5,6\n",
    "unicode": "ä,ö,1\nß,€,2\n",
    "single": "7\n",
    "nothing": "",
}


def double(text):
    return float(text or 0) * 2


LOADTXT = dict(
    dtype=["f8", "i8", "U5", "S3", "c16", "f4,i4,U2", "O"],
    comments=["%", None, ["#", "%"], ""],
    delimiter=[",", ";", " "],
    converters=[{0: double}, double, {-1: len}],
    skiprows=[1, 2, 10],
    usecols=[0, (2, 0), [-1], (5,)],
    unpack=[True],
    ndmin=[1, 2],
    max_rows=[0, 1, 2],
    quotechar=['"'],
)


@pytest.mark.parametrize("table", TABLES)
def test_loadtxt(table):
    text = TABLES[table]
    check((how, lambda module, how=how: module.loadtxt(io.StringIO(text), **how)) for how in options(**LOADTXT))


GENFROMTXT = dict(
    dtype=[None, "i8", "U5", "f8,i4,U3", [("p", "f8"), ("q", "i8")]],
    comments=["%", None],
    delimiter=[",", ";", 3, (3, 3, 4)],
    skip_header=[1, 2],
    skip_footer=[1, 2],
    converters=[{0: double}, {1: lambda text: len(text)}],
    missing_values=["N/A", {1: "N/A", 2: "-999"}, ["4", "5"]],
    filling_values=[-1, {1: 0.5}, (7, 8, 9)],
    usecols=[0, (2, 0), (-1,)],
    names=[True, "x,y,z", ["x", "y", "z"]],
    excludelist=[["a"]],
    deletechars=["!_"],
    replace_space=["-"],
    autostrip=[True],
    case_sensitive=["upper", "lower", False],
    defaultfmt=["c%02i"],
    unpack=[True],
    usemask=[True],
    loose=[False],
    invalid_raise=[False],
    max_rows=[1, 2],
    ndmin=[2],
)


def _is_lost_by_numpy(how, text):
    """NumPy makes named columns of text 0 characters wide, has an IndexError where the line with names is missing, and
    can't list an empty masked array without fields."""
    no_names = how.get("names") is True and len(text.splitlines()) <= how.get("skip_header", 0)
    no_fields = not text and how.get("usemask") and how.get("dtype", "f8") is None
    return "names" in how and how.get("dtype") == "U5" or no_names or no_fields


@pytest.mark.parametrize("table", TABLES)
def test_genfromtxt(table):
    text = TABLES[table]
    pairs = [how for how in options(**GENFROMTXT) if len(how) < 2]
    pairs += [{"delimiter": ",", **how} for how in options(**GENFROMTXT) if "delimiter" not in how]
    pairs = [how for how in pairs if not _is_lost_by_numpy(how, text)]
    check((how, lambda module, how=how: module.genfromtxt(io.StringIO(text), **how)) for how in pairs)


def test_encodings_and_compressed_files(tmp_path):
    calls = []
    for ending, opener in [("", open), (".gz", gzip.open), (".bz2", bz2.open), (".xz", lzma.open)]:
        for encoding in ["utf-8", "latin1", "utf-16"]:
            path = str(tmp_path / f"{encoding}.txt{ending}")
            with opener(path, "wt", encoding=encoding) as file:
                file.write("ä,1\nöü,2\n")
            for name, given in itertools.product(["loadtxt", "genfromtxt"], [encoding, None, "ascii", "bytes"]):
                how = {"dtype": "U3,i4", "delimiter": ",", "encoding": given}
                calls.append(
                    (
                        (name, path, given),
                        lambda module, name=name, path=path, how=how: getattr(module, name)(path, **how),
                    )
                )
    check(calls)


def test_sources():
    lines = ["1 2", "3 4"]
    sources = [
        lambda: lines,
        lambda: iter(lines),
        lambda: [line.encode() for line in lines],
        lambda: io.BytesIO(b"1 2\n3 4\n"),
        lambda: io.StringIO("1 2\r\n3 4\r\n", newline=""),
        lambda: (line + "\n" for line in lines),
        lambda: 17,
        lambda: [1, 2],
        lambda: ['"a', 'b"'],
    ]
    check(
        ((name, place), lambda module, name=name, source=source: getattr(module, name)(source()))
        for name in ["loadtxt", "genfromtxt"]
        for place, source in enumerate(sources)
    )


QUOTED = [['"a', 'b"'], ['"a\n', 'b"'], ["1", '"a'], ["1", '"a\n'], ['"'], ['"', ""], ['"a', "b", 'c"d']]


def test_quotes_over_lines():
    how = {"dtype": "U9", "delimiter": ",", "quotechar": '"'}
    check((lines, lambda module, lines=lines: module.loadtxt(lines, **how)) for lines in QUOTED)


def test_fromregex(tmp_path):
    path = tmp_path / "text"
    path.write_text("1312 foo\n1534  bar\n444   qux ä\n", encoding="utf-8")
    plain = [("num", "i8"), ("key", "S3")]
    check(
        (how, lambda module, how=how: module.fromregex(path, *how[:2], **how[2]))
        for how in [
            (r"(\d+)\s+(...)", plain, {}),
            (rb"(\d+)\s+(...)", plain, {}),
            (r"(\d+)\s+(...)", [("num", "f4"), ("key", "U3")], {"encoding": "utf-8"}),
            (r"(\d+)", "i4", {}),
            (r"(\d+)", [("num", "i4")], {}),
            (r"(x+)", [("num", "i4")], {}),
            (r"(\d+)\s+(...)", "i8", {}),
            (r"(", plain, {}),
        ]
    )


def test_savetxt():
    arrays = [
        lambda m: m.arange(6.0).reshape(2, 3) / 7,
        lambda m: m.arange(3),
        lambda m: m.array([1 + 2j, -3.5j]),
        lambda m: m.array([["a", "bc"], ["ä", ""]]),
        lambda m: m.array([(1, 2.5, "x")], dtype="i4,f8,U2"),
        lambda m: m.array(7.0),
        lambda m: m.zeros((2, 0)),
        lambda m: m.array([True, False]),
        lambda m: m.array([2**63, 1], dtype="u8"),
        lambda m: m.zeros((1, 2, 3)),
    ]
    how = options(
        fmt=["%d", "%.3f", "%s", "%10.2e", ["%d", "%.1f", "%s"], "%d|%.1f|%s", " (%.2e%+.2ej)", "%q", 5],
        delimiter=[",", "%"],
        newline=["\r\n", ""],
        header=["one\ntwo", "ä"],
        footer=["end"],
        comments=["//", ""],
        encoding=["latin1", "utf-8"],
    )

    def text(module, array, how):
        out = io.BytesIO()
        module.savetxt(out, array(module), **how)
        return module.frombuffer(out.getvalue(), dtype="u1")

    check(
        ((place, how), lambda module, array=array, how=how: text(module, array, how))
        for how in how
        for place, array in enumerate(arrays)
    )


# Not white space alone, of which NumPy makes a number -1.
SEPARATED = ["1,2,3", "1 2 3", " 1 , 2,3 ", "1,2,3,", "1,,2", "1;2", "", "1.5,0x10,nan", "1,x", "1 ,2", "1\n2\t3"]


def test_fromstring_and_fromfile_of_text(tmp_path):
    calls = []
    for place, text in enumerate(SEPARATED):
        path = tmp_path / f"{place}.txt"
        path.write_text(text)
        for dtype, sep, count in itertools.product(
            ["f8", "i4", "u1", "c16", "f4"], [",", " ", ", ", ";"], [-1, 0, 2, 9]
        ):
            how = {"dtype": dtype, "sep": sep, "count": count}
            # NumPy fills up with whatever was in memory; here that is an error.
            if count < 2:
                calls.append(((text, how), lambda module, text=text, how=how: module.fromstring(text, **how)))
            # In files NumPy knows no hexadecimal numbers.
            if "x" not in text:
                calls.append(((path, text, how), lambda module, path=path, how=how: module.fromfile(path, **how)))
    check(calls)


def test_tofile_and_fromfile(tmp_path):
    path = tmp_path / "raw"

    def there_and_back(module, array, write, read):
        array(module).tofile(path, **write)
        return [module.frombuffer(path.read_bytes(), dtype="u1"), module.fromfile(path, **read)]

    arrays = [
        lambda m: m.arange(6).reshape(2, 3),
        lambda m: m.arange(6.0).reshape(2, 3).T / 3,
        lambda m: m.arange(6, dtype=">i2")[::-2],
        lambda m: m.array(2.5),
        lambda m: m.zeros(0),
        lambda m: m.array(["a", "bc"]),
        lambda m: m.array([True, False]),
        lambda m: m.array([None]),
    ]
    writes = [{}, {"sep": ","}, {"sep": " ", "format": "%.2f"}, {"sep": "\n", "format": "%s"}, {"sep": ","}]
    reads = [
        {},
        {"dtype": "i2"},
        {"count": 1},
        {"offset": 8},
        {"offset": 3, "dtype": "u1"},
        {"sep": ","},
        {"offset": -1},
    ]
    check(
        (
            (place, write, read),
            lambda module, array=array, write=write, read=read: there_and_back(module, array, write, read),
        )
        for place, array in enumerate(arrays)
        for write in writes
        for read in reads
    )
