"""pandas: a row for each constructor, read-only results, missing values, zones, categories."""

import sys

import matrix
import numpy
import pytest
from matrix import Absent, Route, at_numpy

import sharray as np

PACKAGES = ("pandas",)
pandas, pyarrow = matrix.wants("pandas", "pyarrow")

WORDS = """
`Series`, `Index` and `DataFrame(x, copy=False)` share. `Series(x)` shares too, past pandas' copy-on-write: pandas knows
how to protect NumPy's arrays from that, and no others. `DataFrame(x)` copies an object that has `__array__`, unless told
otherwise. What pandas hands out is read-only, and stays so.

pandas takes masks (`series[mask]`), `pandas.factorize` and `pandas.array` of times in nanoseconds from its own and
NumPy's arrays only: give it `numpy.asarray(x)`, which shares.
"""


def block(thing):
    """The memory of a Series or an Index as an array of NumPy's, without a copy; None where it is no such memory."""
    held = thing.array
    held = getattr(held, "_ndarray", getattr(held, "_data", held))
    return held if isinstance(held, numpy.ndarray) else None


def address(thing):
    held = block(thing)
    return None if held is None else at_numpy(held)


def read(thing):
    return thing.to_numpy()


def column(frame):
    return frame[frame.columns[0]]


def frame_block(frame):
    return numpy.asarray(frame._mgr.blocks[0].values).T


def read_frame(frame):
    found = frame.to_numpy()
    return found[:, 0] if found.shape[1] == 1 else found


def frame_address(frame):
    held = frame._mgr.blocks[0].values
    held = getattr(held, "_ndarray", held)
    return at_numpy(held) if isinstance(held, numpy.ndarray) else None


def why(case):
    if case.column in ("U", "StringDType"):
        return "dtype unsupported by pandas: texts become its own"
    if case.column == "S":
        return "dtype unsupported by pandas: objects instead"
    if case.dtype in ("M8[D]", "float16", "bfloat16") or case.column in ("bfloat16", "float8"):
        return "dtype unsupported by pandas"
    if case.layout == "misaligned":
        return "alignment"
    return "pandas copies by default"


def series(reference):
    if matrix.is_small(reference):
        raise Absent
    return pandas.Series(reference.tolist() if reference.dtype.kind == "T" else reference)


def index(reference):
    return pandas.Index(reference.tolist() if reference.dtype.kind == "T" else reference)


def frame(reference):
    return pandas.DataFrame({"a": series(reference)})


def nullable(reference):
    if reference.dtype.kind not in "biuf" or reference.dtype.itemsize > 8 or reference.dtype == "f2":
        raise Absent
    return pandas.array(
        reference,
        dtype=pandas.Series(reference).convert_dtypes(convert_floating=False).dtype
        if reference.dtype.kind == "b"
        else reference.dtype.name.replace("int", "Int").replace("uI", "UI").replace("float", "Float"),
    )


def arrow_backed(reference):
    if reference.dtype.kind not in "iufmM" or reference.dtype.itemsize > 8 or reference.dtype == "M8[D]":
        raise Absent
    return pandas.Series(pandas.arrays.ArrowExtensionArray(pyarrow.array(reference)))


def arrow_values(thing):
    return thing.array._pa_array.chunk(0)


_TIMES = {"datetime64": "pandas looks at times of nanoseconds in arrays that are not NumPy's as at integers"}
_ZERO = {"0-d": "pandas takes an array without axes, which is not NumPy's, for an object"}
_EMPTY = {"empty": "pandas forgets the columns of an empty array that is not NumPy's"}
ROUTES = [
    Route(
        "Series(x)",
        pandas.Series,
        read,
        address,
        because=why,
        writable=lambda s: block(s).flags.writeable,
        ndim=1,
        faults=_ZERO,
    ),
    Route(
        "Series(x, copy=False)",
        lambda x: pandas.Series(x, copy=False),
        read,
        address,
        because=why,
        writable=lambda s: block(s).flags.writeable,
        ndim=1,
        faults=_ZERO,
    ),
    Route("DataFrame(x)", pandas.DataFrame, read_frame, frame_address, because=why, faults=_EMPTY, ndim=2),
    Route(
        "DataFrame(x, copy=False)",
        lambda x: pandas.DataFrame(x, copy=False),
        read_frame,
        frame_address,
        because=why,
        ndim=2,
        faults=_EMPTY,
    ),
    Route("DataFrame({'a': x})", lambda x: pandas.DataFrame({"a": x}), read_frame, frame_address, because=why),
    Route("Index(x)", pandas.Index, read, address, because=why),
    Route("pandas.array(x)", lambda x: pandas.Series(pandas.array(x)), read, address, because=why, faults=_TIMES),
    Route(
        "pandas.array(x, copy=False)",
        lambda x: pandas.Series(pandas.array(x, copy=False)),
        read,
        address,
        because=why,
        faults=_TIMES,
    ),
    Route(
        "to_datetime(x)",
        lambda x: pandas.Series(pandas.to_datetime(x)),
        read,
        address,
        because=why,
        skip={c: "not for times" for c in matrix.COLUMNS if c != "datetime64"},
        lives=False,
    ),
    Route(
        "Categorical(x)",
        lambda x: pandas.Series(pandas.Categorical(x)),
        read,
        lambda s: None,
        because="pandas keeps codes and categories",
        lives=False,
        faults=_TIMES,
    ),
    Route("asarray(Series)", np.asarray, read, address, make=series, because=why),
    Route("asarray(Series.to_numpy())", lambda s: np.asarray(s.to_numpy()), read, address, make=series, because=why),
    Route("asarray(Index)", np.asarray, read, address, make=index, because=why),
    Route("asarray(DataFrame)", lambda f: np.asarray(f)[:, 0], read_frame, frame_address, make=frame, because=why),
    Route(
        "asarray(nullable array)",
        np.asarray,
        lambda a: a.to_numpy(),
        lambda a: at_numpy(a._data),
        make=nullable,
        because="pandas' masked arrays answer with a copy",
    ),
    Route(
        "asarray(Arrow-backed Series)",
        np.asarray,
        lambda s: arrow_values(s).to_numpy(),
        lambda s: arrow_values(s).buffers()[1].address,
        make=arrow_backed,
        because="pandas' Arrow arrays answer with a copy",
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_results_of_pandas_stay_read_only():
    found = np.asarray(pandas.Series([1.0, 2.0]))
    assert not found.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 9


def test_times_with_zones_arrive_as_objects_or_as_utc():
    zoned = pandas.Series(pandas.date_range("2026-03-29", periods=3, freq="h", tz="Europe/Berlin"))
    assert np.asarray(zoned).dtype == object
    instants = np.asarray(zoned.dt.tz_convert("UTC").dt.tz_localize(None))
    assert instants.dtype.kind == "M"
    assert instants[0] == np.datetime64("2026-03-28T23:00")


def test_missing_values_need_a_choice():
    nullable_integers = pandas.array([1, None, 3], dtype="Int64")
    # What pandas itself answers: floats with NaN. The parts say more.
    assert np.isnan(np.asarray(nullable_integers)[1])
    values, mask = np.asarray(nullable_integers._data), np.asarray(nullable_integers._mask)
    assert np.ma.masked_array(values, mask).sum() == 4
    floats = nullable_integers.to_numpy("f8", na_value=float("nan"))
    assert np.isnan(np.asarray(floats)[1])


def test_categories_arrive_as_their_values():
    codes = pandas.Categorical(["b", "a", "b"])
    assert np.asarray(codes).tolist() == ["b", "a", "b"]
    assert np.asarray(codes.codes).dtype == np.int8


def test_arithmetic_between_the_two():
    ours, theirs = np.array([1.0, 2.0, 3.0]), pandas.Series([10.0, 20.0, 30.0])
    for found in (theirs + ours, ours + theirs):
        assert isinstance(found, pandas.Series)
        assert found.tolist() == [11, 22, 33]
    assert np.sqrt(theirs).tolist() == pytest.approx(numpy.sqrt(theirs.to_numpy()).tolist())
    assert theirs[numpy.asarray(np.array([True, False, True]))].tolist() == [10, 30]
    with pytest.raises(KeyError):  # pandas knows no masks but its own and NumPy's
        theirs[np.array([True, False, True])]
    assert theirs.iloc[np.array([2, 0])].tolist() == [30, 10]


def test_methods_take_arrays():
    frame = pandas.DataFrame({"a": np.array([3, 1, 2]), "b": np.array(["x", "y", "x"])})
    assert frame.groupby("b")["a"].sum().to_dict() == {"x": 5, "y": 1}
    assert frame["a"].isin(np.array([1, 2])).tolist() == [False, True, True]
    frame["c"] = np.array(["2026-01-01", "2026-01-02", "2026-01-03"], "M8[s]")
    assert frame["c"].dtype == "M8[s]"
    assert pandas.cut(np.array([1.0, 5.0]), np.array([0.0, 2.0, 6.0])).codes.tolist() == [0, 1]
    assert pandas.factorize(numpy.asarray(np.array([5, 7, 5])))[0].tolist() == [0, 1, 0]
    with pytest.raises(TypeError, match="factorize requires"):
        pandas.factorize(np.array([5, 7, 5]))
