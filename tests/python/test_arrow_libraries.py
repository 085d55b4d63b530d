"""Arrow's C data interface with Polars and pandas, and the records that crossings leave."""

import gc

import pytest

import sharray as np
from sharray import _engine, interop
from sharray.interop import Masked, from_arrow

pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")
pd = pytest.importorskip("pandas")


def address(x):
    return x.__array_interface__["data"][0]


def polars_address(series):
    return series.to_arrow().buffers()[1].address


@pytest.mark.parametrize("code", ["i1", "u2", "i4", "f4", "f8", "M8[ns]", "M8[us]", "m8[ms]"])
def test_polars_shares(code):
    x = np.arange(5).astype(code)
    for series in (pl.Series(x), pl.Series("name", x), pl.from_arrow(x)):
        assert len(series) == 5
        assert polars_address(series) == address(x)
    back = from_arrow(pl.Series(x))
    assert address(back) == address(x) and back.dtype == x.dtype and (back == x).all()


def test_polars_outlives_the_array_and_the_other_way():
    series = pl.Series(np.arange(100_000.0))
    gc.collect()
    assert series.sum() == 4999950000.0
    x = from_arrow(pl.Series(range(100_000)))
    gc.collect()
    assert x.sum() == 4999950000


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (pl.Series([1, None, 3]), [1, None, 3]),
        (pl.Series(["a", None, "é" * 30]), ["a", None, "é" * 30]),
        (pl.Series([b"a", None, b"b\0"]), [b"a", None, b"b\0"]),
        (pl.Series([True, None, False]), [True, None, False]),
        (pl.Series(["x", "y", None, "x"], dtype=pl.Categorical), ["x", "y", None, "x"]),
        (pl.Series([[1, 2], [3, 4]], dtype=pl.Array(pl.Int32, 2)), [[1, 2], [3, 4]]),
        (pl.Series([{"a": 1, "b": "x"}, {"a": None, "b": "y"}]), [(1, "x"), (None, "y")]),
        (pl.Series([], dtype=pl.Float64), []),
        (pl.Series([None, None]), [None, None]),
    ],
)
def test_from_polars(series, expected):
    assert from_arrow(series, nulls="masked").tolist() == expected
    back = pl.Series(from_arrow(series, nulls="masked"))
    assert len(back) == len(expected)


def test_polars_frames():
    frame = pl.DataFrame({"a": [1, 2], "b": ["x", "y"], "c": [1.5, None]})
    x = from_arrow(frame, nulls="masked")
    assert x.tolist() == [(1, "x", 1.5), (2, "y", None)]
    columns = from_arrow(frame, columns=True, nulls="masked")
    assert columns["c"].tolist() == [1.5, None] and columns["b"].values.dtype == np.dtypes.StringDType()
    assert address(columns["a"].values) == polars_address(frame["a"])
    records = np.array([(1, 2.5, "ab")], [("a", "i4"), ("b", "f8"), ("t", "U3")])
    assert pl.DataFrame(records).rows() == [(1, 2.5, "ab")]
    with pytest.raises(TypeError, match="'list'|type (large_)?list"):
        from_arrow(pl.Series([[1], [2, 3]]))
    with pytest.raises(TypeError, match="decimal"):
        from_arrow(pl.Series([1], dtype=pl.Decimal(10, 2)))


def test_pandas():
    x = np.arange(4.0)
    series = pd.Series.from_arrow(x)
    assert series.tolist() == [0, 1, 2, 3]
    assert pd.DataFrame.from_arrow(np.zeros(2, "i4,f8")).shape == (2, 2)
    column = pd.Series([1, None, 3], dtype="int64[pyarrow]")
    extension = column.array
    for given in (column, extension, pd.Series([1, None, 3], dtype="Int64"), pd.array([1, None, 3])):
        assert from_arrow(given, nulls="masked").tolist() == [1, None, 3]
        with pytest.raises(ValueError, match="1 null"):
            from_arrow(given)
    texts = pd.Series(["a", None], dtype="string[pyarrow]")
    assert from_arrow(texts, nulls="masked").tolist() == ["a", None]
    frame = pd.DataFrame({"a": [1, 2], "b": [1.5, 2.5]})
    assert from_arrow(frame).tolist() == [(1, 1.5), (2, 2.5)]
    zoned = pd.Series(pd.date_range("2020", periods=2, tz="Europe/Paris"))
    assert from_arrow(zoned, nulls="masked").timezone == "Europe/Paris"
    codes, categories = from_arrow(pd.Series(pd.Categorical(["b", "a", "b"])), dictionary="codes")
    assert categories[codes].tolist() == ["b", "a", "b"]


def newest(call):
    """The records that a call leaves."""
    before = _engine._crossings_count()[0]
    held = call()
    found = _engine._crossings(before)
    del held
    return found


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: pa.array(np.arange(3)), None),
        (lambda: pa.chunked_array(np.arange(3)), None),
        (lambda: pa.array(np.arange(3)[::-1]), "negative stride"),
        (lambda: pa.array(np.arange(6)[::2]), "non-contiguous"),
        (lambda: pa.array(np.arange(3).astype(">i4")), "byte order"),
        (lambda: pa.array(np.array([True])), "bit-packed"),
        (lambda: pa.array(np.array(["a"])), "dtype"),
        (lambda: pa.array(np.arange(3).astype("M8[D]")), "dtype"),
        (lambda: pa.array(np.zeros(2, "i4,f8")), "non-contiguous"),
        (lambda: from_arrow(pa.array([1, 2])), None),
        (lambda: from_arrow(pa.array([True])), "bit-packed"),
        (lambda: from_arrow(pa.array(["a"])), "dtype"),
        (lambda: from_arrow(pa.chunked_array([[1], [2]])), "several pieces"),
        (lambda: from_arrow(pa.array([1]), copy=True), "requested"),
    ],
)
def test_each_crossing_leaves_a_record(call, words):
    records = [record for record in newest(call) if "arrow" in map(str, record)]
    assert len(records) == 1, records
    reasons = set(_engine._crossings_reasons())
    found = [
        part for part in records[0] if isinstance(part, str) and part in reasons - {"negative stride", "non-contiguous"}
    ]
    if words is None:
        assert not found
    else:
        assert words in records[0]


def test_consumers_are_known_until_they_let_go():
    x = np.arange(1000)
    before = len(_engine._crossings_live())
    held = [pa.array(x), pa.chunked_array(x), pa.table(np.zeros(3, "i4,f8"))["f1"]]
    assert len(_engine._crossings_live()) == before + 3
    del held
    gc.collect()
    assert len(_engine._crossings_live()) == before


def test_copies_can_be_forbidden():
    with interop.no_copy():
        pa.array(np.arange(3))
        from_arrow(pa.array([1, 2]))
        for call in (
            lambda: np.arange(6)[::2].__arrow_c_array__(),
            lambda: np.array(["a"]).__arrow_c_stream__(),
            lambda: from_arrow(pa.array([True])),
            lambda: from_arrow(pa.chunked_array([[1], [2]])),
        ):
            with pytest.raises(interop.CopyRefused):
                call()
        np.arange(6)[::2].__arrow_c_schema__()


def test_masked_goes_everywhere():
    x = Masked(np.arange(3), [False, True, False])
    assert pl.Series(x).to_list() == [0, None, 2]
    assert pd.Series.from_arrow(x).isna().tolist() == [False, True, False]
