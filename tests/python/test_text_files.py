"""Tables of text: what is written and read is what NumPy writes and reads."""

import io
import itertools

import numpy
import pytest

import sharray as np

RANDOM = numpy.random.default_rng(1)
NUMBERS = numpy.resize(
    numpy.concatenate(
        [
            RANDOM.standard_normal(60),
            10.0 ** RANDOM.integers(-300, 300, 60) * RANDOM.uniform(-10, 10, 60),
            RANDOM.integers(-(10**6), 10**6, 60) / 8,
            [0.0, -0.0, 1, -1, 9.9995, 99999.5, 999999.5, 1e5, 1e6, 1e15, 1e16, 1e17, 123456789, 1e-4, 1e-5, 5e-324],
            [1.7976931348623157e308, numpy.nan, numpy.inf, -numpy.inf, 0.5, 1.5, 2.5, 0.125, 1e22, 1e23, -2.5e-7],
            [123450000.0, 123550000.0, 2.0**53, 2.0**63, -(2.0**63)],
        ]
    ),
    (72, 3),
)
FORMATS = [
    "%" + "".join(parts)
    for parts in itertools.product(["", "-", "+", " ", "0", "-0"], ["", "12"], ["", ".0", ".3", ".18", ".19"], "eEfFgG")
] + ["%d", "%5i", "%-8d", "%+d", "%08d", "%s", "%r", "%x", "%.3d", "%#g", "%a"]


def written(module, array, **options):
    """The text, or the type of the error."""
    out = io.StringIO()
    try:
        module.savetxt(out, array, **options)
    except Exception as error:
        return type(error)
    return out.getvalue()


def check_written(array, **options):
    assert written(np, np.asarray(array), **options) == written(numpy, array, **options), options


@pytest.mark.parametrize("format", FORMATS)
def test_formats(format):
    whole = numpy.clip(numpy.nan_to_num(NUMBERS), -1e25, 1e25)
    check_written(whole if format[-1] in "dixr" else NUMBERS, fmt=format)
    check_written(numpy.arange(-6, 6).reshape(4, 3), fmt=format)


@pytest.mark.parametrize("dtype", [*"?bBhHiIlLqQefdgFD", "S3", "U3", "O", ">f8", ">i4"])
@pytest.mark.parametrize("shape", [(0, 3), (4,), (4, 3), (3, 0), (1, 1)])
def test_dtypes_and_shapes(dtype, shape):
    array = numpy.arange(numpy.prod(shape)).astype(dtype).reshape(shape)
    for options in (
        {},
        {"fmt": "%s"},
        {"fmt": "%d"},
        {"delimiter": ","},
        {"newline": "\r\n", "header": "a\nb", "footer": "c"},
    ):
        check_written(array, **options)
        check_written(array.T, **options)


def test_rows_of_several_formats():
    check_written(NUMBERS, fmt=["%d", "%.3f", "%s"][1:] + ["%g"])
    check_written(NUMBERS, fmt="%.1f: %g %% | %e")
    check_written(NUMBERS, fmt="%.1f %g")
    check_written(numpy.array([(1, 2.5)], dtype="i4,f8"), fmt="%d;%g")
    check_written(NUMBERS.ravel()[:40].view("c16").reshape(10, 2), fmt="%.2e")


def test_what_cannot_be_written_says_why():
    with pytest.raises(TypeError, match="Mismatch between array dtype"):
        np.savetxt(io.StringIO(), np.array([["a"]]), fmt="%d")


CELLS = ["1", "-2.5", "+3e5", "1e400", "nan", "-inf", "Infinity", "0x1", "1_0", "", " 7 ", "1e", ".5", "5.", "-", "1 2", '"4"',
         "1.7976931348623157e308", "4.9e-324", "123456789012345678901234567890", "99999999999999999999", "300", "-1", "x"]  # fmt: skip
LAYOUTS = [
    {"delimiter": ","},
    {"delimiter": None},
    {"delimiter": ",", "quotechar": '"'},
    {"delimiter": " "},
    {"delimiter": "\t"},
    {"delimiter": ",", "comments": "x"},
    {"delimiter": ",", "usecols": (1, 0)},
]


def read(module, text, **options):
    """The values, or the type of the error."""
    try:
        result = module.loadtxt(io.StringIO(text), ndmin=2, **options)
    except Exception as error:
        return type(error)
    return result.dtype.str, result.shape, result.tobytes()


@pytest.mark.filterwarnings("ignore:.*no data", "ignore:.*integer via a float", "ignore:.*parse")
@pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "u1", "i2", ">f8", "c16", "?"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_cells_read_as_numpy_reads_them(dtype, layout):
    """Each odd cell among plain ones, in the first row, in a later one and at the end, with both line ends."""
    mark = layout["delimiter"] or "  "
    plain = mark.join("123")
    differences = []
    for cell, place, end in itertools.product(CELLS, range(3), ["\n", "\r\n", " \n", "# c\n"]):
        cells = list("456")
        cells[place] = cell
        odd = mark.join(cells)
        for lines in ([odd, plain], [plain, plain, odd, plain], [plain, odd]):
            for last in (end, ""):
                text = end.join(lines) + last
                ours, theirs = read(np, text, dtype=dtype, **layout), read(numpy, text, dtype=dtype, **layout)
                if ours != theirs:
                    differences.append((text, ours, theirs))
    assert not differences, f"{len(differences)}: {differences[:3]}"


def test_errors_name_the_place():
    with pytest.raises(ValueError, match=r"could not convert string '4x' to float64 at row 1, column 2"):
        np.loadtxt(["1 2", "3 4x"])
    with pytest.raises(ValueError, match=r"changed from 2 to 3 at row 3"):
        np.loadtxt(["1 2", "3 4", "5 6 7"])


def test_errors_name_the_file(tmp_path):
    path = tmp_path / "table.txt"
    path.write_text("1 2\n3 four\n")
    with pytest.raises(ValueError, match=r"table.txt: could not convert string 'four' to float64 at row 1, column 2"):
        np.loadtxt(path)
    with pytest.raises(ValueError, match=r"table.txt: .*'four' to uint8 at row 1, column 2"):
        np.loadtxt(str(path), dtype="u1")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("ending", ["", ".gz", ".bz2", ".xz"])
@pytest.mark.parametrize("dtype", ["f8", "U"])
def test_large_files_tell_how_far_they_are_read(tmp_path, monkeypatch, ending, dtype):
    path = str(tmp_path / "table.txt") + ending
    array = np.arange(200_000.0).reshape(-1, 10)
    np.savetxt(path, array, fmt="%.3f")
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert np.loadtxt(path, dtype=dtype).shape == array.shape
    assert terminal.getvalue() == ""  # a small one
    monkeypatch.setattr(np.lib._progress, "SMALLEST", 1000)
    monkeypatch.setattr(np.lib._progress, "PAUSE", 0)
    assert np.loadtxt(path, dtype=dtype).shape == array.shape
    shown = terminal.getvalue().split("\r")
    assert all(" % read, about " in text for text in shown[1:-2]), shown
    assert len(shown) > 3
    assert not shown[-1].strip()  # wiped away in the end
    terminal = io.StringIO()
    monkeypatch.setattr("sys.stderr", terminal)
    np.loadtxt(path, dtype=dtype)
    assert terminal.getvalue() == ""  # no terminal
