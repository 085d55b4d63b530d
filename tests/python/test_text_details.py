"""Tables of text at the edges: complex numbers as other programs write them, nulls, lines without data."""

import io
import warnings

import numpy
import pytest

import sharray


def read(np, text, **options):
    """Values and warnings of a table, or the type of the error."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            found = np.loadtxt(text() if callable(text) else text, **options)
        except ValueError as error:
            return type(error).__name__
    return found.tolist(), [str(warning.message)[:60] for warning in told]


@pytest.mark.parametrize(
    "field", ["1+-2j", "(1+-2j)", "1++2j", "1--2j", "1-+2j", "1+-+2j", "+-2j", "1+-", "1+-j", "1-2j"]
)
@pytest.mark.parametrize("dtype", ["F", "D"])
def test_signs_of_imaginary_parts(field, dtype):
    assert read(sharray, [field], dtype=dtype) == read(numpy, [field], dtype=dtype)


@pytest.mark.parametrize("dtype", [*"bBhHiIlLqQefdFD?"])
def test_nulls_are_no_padding_of_numbers(dtype):
    assert read(sharray, ["1\0"], dtype=dtype) == "ValueError"


BLANK = {
    "a line end": ["1,2\n", "\n", "3,4\n"],
    "nothing": ["1,2", "", "3,4"],
    "a file": lambda: io.StringIO("1,2\n\n\n3,4"),
    "a comment": ["1,2", "# c", "3,4"],
    "none": ["1,2", "3,4"],
    "after the rows": ["1,2", "3,4", "", "5,6"],
}


@pytest.mark.parametrize("text", BLANK.values(), ids=BLANK)
@pytest.mark.parametrize("rows", [None, 1, 2, 5])
@pytest.mark.parametrize("skip", [0, 1])
@pytest.mark.parametrize("dtype", ["f8", "U"])
def test_lines_without_data_are_no_rows(text, rows, skip, dtype):
    """With ``max_rows`` the first of them is told, once."""
    options = {"delimiter": ",", "max_rows": rows, "skiprows": skip, "dtype": dtype}
    (found, told), (wanted, expected) = read(sharray, text, **options), read(numpy, text, **options)
    assert found == wanted
    if rows is not None:  # NumPy reads tables of open text by chunks, and tells of those too
        assert told == expected


def test_the_warning_points_at_the_caller():
    with pytest.warns(UserWarning, match="Input line 2 contained no data") as told:
        sharray.loadtxt(["1", "", "2"], max_rows=2)
    assert told[0].filename == __file__
