"""Arrow's C data interface with PyArrow on the other side: values, addresses and lifetimes, in both directions."""

import datetime
import gc
import pickle
import threading

import pytest

import sharray as np
from sharray.interop import Masked, from_arrow

pa = pytest.importorskip("pyarrow")

T = np.dtypes.StringDType


def address(x):
    return x.__array_interface__["data"][0]


def buffer_address(array, index=1):
    return array.buffers()[index].address


NUMBERS = "i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8".split()
TIMES = [f"{kind}8[{unit}]" for kind in "Mm" for unit in ("s", "ms", "us", "ns")]


@pytest.mark.parametrize("code", NUMBERS + TIMES + ["q", "Q"])
def test_shared_out(code):
    x = np.arange(5).astype(code)
    y = pa.array(x)
    assert buffer_address(y) == address(x)
    assert y.null_count == 0 and y.buffers()[0] is None
    # The other way, from where the first one came.
    z = from_arrow(y)
    assert address(z) == address(x) and not z.flags.writeable
    assert z.dtype == np.dtype(code) and (z == x).all()
    if x.dtype.kind in "iuf":
        x[2] = 77
        assert y[2].as_py() == 77 and z[2] == 77


@pytest.mark.parametrize(
    ("kind", "dtype"),
    [
        (pa.int8(), "i1"),
        (pa.uint64(), "u8"),
        (pa.float16(), "f2"),
        (pa.float64(), "f8"),
        (pa.timestamp("ns"), "M8[ns]"),
        (pa.timestamp("s"), "M8[s]"),
        (pa.duration("us"), "m8[us]"),
        (pa.date64(), "M8[ms]"),
        (pa.time64("ns"), "m8[ns]"),
        (pa.time64("us"), "m8[us]"),
    ],
)
def test_shared_in_at_offsets(kind, dtype):
    whole = pa.array([0, 1, None, 86400000, 4, None, 6], pa.int64()).cast(pa.int64())
    if pa.types.is_floating(kind) or pa.types.is_integer(kind):
        whole = pa.array([0, 1, None, 3, 4, None, 6], kind)
    else:
        whole = whole.view(kind)
    for part in (whole, whole[1:], whole[2:6], whole[3:5], whole[7:]):
        x = from_arrow(part, nulls="masked")
        assert x.values.dtype == np.dtype(dtype)
        assert x.mask.tolist() == [v is None for v in part.to_pylist()]
        if len(part):
            assert address(x.values) == buffer_address(part) + part.offset * x.values.itemsize
        if pa.types.is_floating(kind) or pa.types.is_integer(kind):
            assert x.tolist() == part.to_pylist()


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: np.array([True, False, True] * 7), [True, False, True] * 7),
        (lambda: np.arange(6)[::-1], [5, 4, 3, 2, 1, 0]),
        (lambda: np.arange(6)[::2], [0, 2, 4]),
        (lambda: np.arange(3).astype(">i4"), [0, 1, 2]),
        (lambda: np.arange(3).astype(">f8"), [0.0, 1.0, 2.0]),
        (lambda: np.array(["a", "bcd", "é∂"]), ["a", "bcd", "é∂"]),
        (lambda: np.array([b"a", b"bcd", b""]), [b"a", b"bcd", b""]),
        (lambda: np.array(["x" * 40, "", "é"], T()), ["x" * 40, "", "é"]),
        (lambda: np.array(["x", None, "y"], T(na_object=None)), ["x", None, "y"]),
        (lambda: np.arange(6.0).reshape(2, 3), [[0, 1, 2], [3, 4, 5]]),
        (lambda: np.arange(6.0).reshape(3, 2).T, [[0, 2, 4], [1, 3, 5]]),
        (lambda: np.arange(8).reshape(2, 2, 2), [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]),
        (lambda: np.array([b"ab", b"c\0"], "V2"), [b"ab", b"c\0"]),
        (lambda: np.frombuffer(b"x" + bytes(16), "u1")[1:].view("i8"), [0, 0]),
        (lambda: np.zeros(0), []),
        (lambda: np.zeros((3, 0)), [[], [], []]),
        (lambda: np.array(["x", None, "é" * 20], object), ["x", None, "é" * 20]),
        (lambda: np.array([b"x", None, b"y\0", b""], object), [b"x", None, b"y\0", b""]),
        (lambda: np.array([1, None, -3], object), [1, None, -3]),
        (lambda: np.array([1.5, None, 2], object), [1.5, None, 2.0]),
        (lambda: np.array([True, None], object), [True, None]),
        (lambda: np.array([np.int8(3), None], object), [3, None]),
        (lambda: np.array([datetime.datetime(2020, 1, 2, 3), None], object), [datetime.datetime(2020, 1, 2, 3), None]),
        (lambda: np.array([datetime.date(2020, 1, 2), None], object), [datetime.date(2020, 1, 2), None]),
        (lambda: np.array([datetime.timedelta(1), None], object), [datetime.timedelta(1), None]),
        (lambda: np.array([1, 2], object)[:0].astype("S3"), []),
    ],
)
def test_values_out(make, expected):
    x = make()
    y = pa.array(x)
    assert y.to_pylist() == expected
    y.validate(full=True)
    back = from_arrow(y, nulls="masked")
    assert back.tolist() == expected


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("2020-02-29", "D", pa.date32()),
        ("2020-03", "M", pa.date32()),
        ("1961", "Y", pa.date32()),
        ("2020-02-27", "W", pa.date32()),
        ("2020-02-29T05", "h", pa.timestamp("s")),
        ("2020-02-29T05:06", "m", pa.timestamp("s")),
        ("2020-02-29T05:06:00", "25s", pa.timestamp("s")),
        ("2020-02-29T05:06:00.5", "500ms", pa.timestamp("ms")),
    ],
)
def test_other_units_become_exact_ones(text, unit, kind):
    x = np.array([text, "NaT", "1969-12-31"], f"M8[{unit}]")
    y = pa.array(x)
    assert y.type == kind and y.null_count == 1
    back = from_arrow(y, nulls="masked")
    assert (back.values.astype(x.dtype) == x)[[0, 2]].all() and back.mask.tolist() == [False, True, False]


def test_not_a_time_is_null():
    x = np.array([1, "NaT", 3], "m8[ns]")
    y = pa.array(x)
    assert buffer_address(y) == address(x) and y.null_count == 1 and not y[1].is_valid
    with pytest.raises(ValueError, match="1 null,.*nulls='masked'"):
        from_arrow(y)
    assert np.isnat(from_arrow(y, nulls="masked").filled("NaT"))[1]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("c8", "complex64.*real"),
        ("g", "float128|longdouble"),
        ("G", "complex256|longdouble"),
        ("M8[ps]", "finer than nanoseconds"),
        ("m8[Y]", "months or years"),
        ("m8", "without a unit"),
        ("bfloat16", "bfloat16.*float32"),
        ("float8_e5m2", "float8_e5m2"),
        ("float8_e4m3fn", "float8_e4m3fn.*float32"),
        ([("a", "i4"), ("z", "c16")], "field 'z'.*complex128"),
    ],
)
def test_refused_out(code, words):
    x = np.zeros(2, code)
    for ask in (x.__arrow_c_array__, x.__arrow_c_stream__, x.__arrow_c_schema__):
        with pytest.raises(TypeError, match=words):
            ask()


def test_refused_out_for_their_values():
    for values, words in (
        ([1, "a"], "int, str"),
        ([True, 2], "bool, int"),
        ([{}], "dict"),
        ([2**70], "int"),
        ([None], "nothing but None"),
        ([b"a", "a"], "bytes, str"),
    ):
        with pytest.raises(TypeError, match=words):
            np.array(values, object).__arrow_c_array__()
    with pytest.raises(TypeError, match="0-d"):
        np.array(1.0).__arrow_c_array__()
    with pytest.raises(ValueError, match="out of the range"):
        np.array([2**62], "M8[h]").__arrow_c_array__()
    with pytest.raises(ValueError, match="date32"):
        np.array([2**40], "M8[D]").__arrow_c_array__()
    with pytest.raises(ValueError, match="null character"):
        np.zeros(1, [("a\0b", "i4")]).__arrow_c_array__()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (pa.decimal128(10, 2), "decimal"),
        (pa.list_(pa.int32()), "list"),
        (pa.large_list(pa.int32()), "large_list"),
        (pa.map_(pa.string(), pa.int32()), "map"),
        (pa.dense_union([pa.field("a", pa.int32())]), "dense_union"),
        (pa.sparse_union([pa.field("a", pa.int32())]), "sparse_union"),
        (pa.run_end_encoded(pa.int32(), pa.int64()), "run_end_encoded"),
        (pa.month_day_nano_interval(), "month_day_nano_interval"),
        (pa.list_view(pa.int32()), "list_view"),
        (pa.struct([("x", pa.decimal128(10, 2))]), "column 'x'.*decimal"),
    ],
)
def test_refused_in(kind, name):
    with pytest.raises(TypeError, match=name):
        from_arrow(
            pa.array([], kind)
            if "union" not in name
            else pa.Array.from_buffers(
                kind, 0, [None] * (3 if "dense" in name else 2), children=[pa.array([], pa.int32())]
            )
        )


@pytest.mark.parametrize(
    ("values", "kind", "dtype"),
    [
        ([True, None, False] * 5, pa.bool_(), "?"),
        (["a", None, "bé" * 20, ""], pa.string(), T()),
        (["a", None, "bé" * 20, ""], pa.large_string(), T()),
        (["a", None, "bé" * 20, ""], pa.string_view(), T()),
        ([b"a", None, b"bcd"], pa.binary(), "S3"),
        ([b"a", None, b"b" * 30], pa.binary_view(), "S30"),
        ([b"a\0", None], pa.large_binary(), "O"),
        ([b"ab", None, b"c\0"], pa.binary(2), "V2"),
        ([None, None], pa.null(), "?"),
        ([[1, 2], None, [3, None]], pa.list_(pa.int16(), 2), "i2"),
        ([[[1], [2]], [[3], [4]]], pa.list_(pa.list_(pa.int16(), 1), 2), "i2"),
    ],
)
def test_copied_in(values, kind, dtype):
    whole = pa.array(values, kind)
    for part in (whole, whole[1:], whole[1:2], whole[:0]):
        x = from_arrow(part, nulls="masked")
        assert x.dtype == np.dtype(dtype) or not len(part) or x.dtype.kind in "SO"
        expected = part.to_pylist()
        if kind == pa.list_(pa.int16(), 2):
            expected = [[None, None] if v is None else v for v in expected]
        assert x.tolist() == expected


def test_dates_and_times_in():
    days = pa.array([0, None, -1], pa.int32()).cast(pa.date32())
    assert from_arrow(days, nulls="masked").values.tolist()[::2] == days.to_pylist()[::2]
    times = pa.array([1, 2], pa.int32()).cast(pa.time32("ms"))
    assert (from_arrow(times) == np.array([1, 2], "m8[ms]")).all()


def test_time_zones_are_told_and_go_back():
    y = pa.array([1, None, 3], pa.timestamp("us", "Europe/Paris"))
    x = from_arrow(y, nulls="masked")
    assert x.timezone == "Europe/Paris" and x.dtype == np.dtype("M8[us]")
    assert pa.array(x) == y
    assert pa.array(x.values[:1]).type == y.type
    assert from_arrow(y.cast(pa.timestamp("us")), nulls="masked").timezone is None


def test_lists_of_one_length_are_shared():
    x = np.arange(24.0).reshape(4, 3, 2)
    y = pa.array(x)
    assert buffer_address(y.flatten().flatten()) == address(x)
    z = from_arrow(y[1:])
    assert address(z) == address(x) + 48 and z.shape == (3, 3, 2) and (z == x[1:]).all()


RECORDS = np.array(
    [(1, 2.5, "ab", [1, 2], "2020-01-01"), (2, -1.0, "c", [3, 4], "NaT")],
    [("i", "i4"), ("f", "f8"), ("t", "U5"), ("v", "u1", 2), ("d", "M8[s]")],
)


def test_structured_out():
    expected = {"i": [1, 2], "f": [2.5, -1.0], "t": ["ab", "c"], "v": [[1, 2], [3, 4]]}
    for made in (pa.table(RECORDS), pa.record_batch(RECORDS), pa.table({"x": RECORDS})["x"].combine_chunks().flatten()):
        if isinstance(made, list):
            made = dict(zip(RECORDS.dtype.names, made, strict=True))
            assert all(made[name].to_pylist() == values for name, values in expected.items())
        else:
            made = made.to_pydict()
            assert all(made[name] == values for name, values in expected.items())


def test_structured_in():
    table = pa.table(RECORDS)
    x = from_arrow(table, nulls="masked")
    assert x.dtype.names == RECORDS.dtype.names and x.values["v"].shape == (2, 2)
    assert x.mask["d"].tolist() == [False, True] and x.null_count == 1
    assert x[1][4] is None and x[0].item()[:2] == (1, 2.5)
    with pytest.raises(ValueError, match="'d': 1"):
        from_arrow(table)
    columns = from_arrow(table, columns=True, nulls="mask")
    assert list(columns) == list(RECORDS.dtype.names)
    assert address(columns["f"][0]) == buffer_address(table["f"].chunk(0))
    outer = pa.StructArray.from_arrays([pa.array([1, 2])], ["a"], mask=pa.array([False, True]))
    assert from_arrow(outer, nulls="masked").tolist() == [(1,), (None,)]
    assert from_arrow(outer, nulls="masked", columns=True)["a"].tolist() == [1, None]
    with pytest.raises(ValueError, match="name 'a'"):
        from_arrow(pa.StructArray.from_arrays([pa.array([1]), pa.array([2])], ["a", "a"]))


NESTED = pa.array(
    [{"a": {"b": 1, "c": None}, "d": [1, 2]}, {"a": None, "d": [None, 3]}, None],
    pa.struct([("a", pa.struct([("b", pa.int32()), ("c", pa.string())])), ("d", pa.list_(pa.int8(), 2))]),
)


def test_nested():
    x = from_arrow(NESTED, nulls="masked")
    rows = [((1, None), [1, 2]), ((None, None), [None, 3]), ((None, None), [None, None])]
    assert x.tolist() == rows and from_arrow(NESTED[1:], nulls="masked").tolist() == rows[1:]
    assert x[0][0] == (1, None) and x[1][1].tolist() == [None, 3]
    with pytest.raises(ValueError, match="8 nulls.*'a': 5, 'd': 3"):
        from_arrow(NESTED)
    back = pa.array(x).to_pylist()
    assert back[0] == NESTED.to_pylist()[0] and back[1]["d"] == [None, 3]
    lists = pa.array([[{"x": 1}, {"x": None}], None], pa.list_(pa.struct([("x", pa.int64())]), 2))
    assert from_arrow(lists, nulls="masked").tolist() == [[(1,), (None,)], [(None,), (None,)]]
    codes = pa.DictionaryArray.from_arrays(
        pa.array([0, None, 1]), pa.array([[1, 2], [None, 3]], pa.list_(pa.int8(), 2))
    )
    assert from_arrow(codes, nulls="masked").tolist() == [[1, 2], [None, None], [None, 3]]
    texts = pa.array([{"q": ["a", "bcd"]}], pa.struct([("q", pa.list_(pa.string(), 2))]))
    assert from_arrow(texts).dtype == np.dtype([("q", "U3", 2)])
    assert from_arrow(pa.array([{"q": "a\0", "r": b"b\0"}])).tolist() == [("a\0", b"b\0")]
    assert from_arrow(pa.table({})).dtype.names == () and from_arrow(pa.table({}), columns=True) == {}
    assert from_arrow(pa.table({"a": pa.array([], pa.int64())})).shape == (0,)
    zoned = pa.table({"t": pa.array([1], pa.timestamp("us", "Asia/Tokyo"))})
    assert pa.table(from_arrow(zoned)).schema == zoned.schema


def test_chunks():
    one = pa.chunked_array([pa.array([1, 2, 3])])
    assert address(from_arrow(one)) == buffer_address(one.chunk(0))
    several = pa.chunked_array([[1, 2], [], [None, 4]], pa.int64())
    x = from_arrow(several, nulls="masked")
    assert x.tolist() == [1, 2, None, 4]
    with pytest.raises(ValueError, match="several chunks"):
        from_arrow(several, nulls="masked", copy=False)
    assert from_arrow(pa.chunked_array([], pa.timestamp("ms", "UTC"))).dtype.metadata == {"timezone": "UTC"}
    zoned = pa.chunked_array([[1], [2]], pa.timestamp("ms", "UTC"))
    assert from_arrow(zoned).dtype.metadata == {"timezone": "UTC"}
    wide = pa.chunked_array([[b"a"], [b"abc"], [b"x\0"]], pa.binary())
    assert from_arrow(wide).tolist() == [b"a", b"abc", b"x\0"]
    table = pa.concat_tables([pa.table({"a": [1]}), pa.table({"a": [None]}, schema=pa.schema([("a", pa.int64())]))])
    assert from_arrow(table, nulls="masked").tolist() == [(1,), (None,)]


def test_dictionaries():
    y = pa.array(["b", None, "a", "b"]).dictionary_encode()
    assert from_arrow(y, nulls="masked").tolist() == ["b", None, "a", "b"]
    codes, categories = from_arrow(y, nulls="masked", dictionary="codes")
    assert codes.tolist() == [0, None, 1, 0] and categories.tolist() == ["b", "a"]
    codes, categories = from_arrow(y.drop_null(), dictionary="codes", copy=False)
    assert address(codes) == buffer_address(y.drop_null().indices) or codes.tolist() == [0, 1, 0]
    several = pa.chunked_array([pa.array(["x", "y"]).dictionary_encode(), pa.array(["y", "z"]).dictionary_encode()])
    codes, categories = from_arrow(several, dictionary="codes")
    assert categories[codes].tolist() == ["x", "y", "y", "z"] and len(categories) == 3
    empty = pa.DictionaryArray.from_arrays(pa.array([None], pa.int8()), pa.array([], pa.int64()))
    assert from_arrow(empty, nulls="masked").tolist() == [None]
    holes = pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int8()), pa.array([7, None], pa.int64()))
    assert from_arrow(holes, nulls="masked").tolist() == [7, None]
    wrong = pa.DictionaryArray.from_arrays(pa.array([0, 5], pa.int8()), pa.array([7]), safe=False)
    with pytest.raises(ValueError, match="code 5"):
        from_arrow(wrong)


def test_nulls_are_the_callers_choice():
    y = pa.array([1.0, None, None])
    with pytest.raises(ValueError, match="2 nulls.*'masked'.*'mask'"):
        from_arrow(y)
    values, mask = from_arrow(y, nulls="mask")
    assert address(values) == buffer_address(y) and mask.tolist() == [False, True, True]
    values, mask = from_arrow(pa.array([1.0]), nulls="mask")
    assert mask.tolist() == [False]
    for keywords in ({"nulls": "nan"}, {"dictionary": None}):
        with pytest.raises(ValueError, match="is expected"):
            from_arrow(y, **keywords)


def test_copy():
    y = pa.array([1, 2])
    x = from_arrow(y, copy=True)
    assert x.flags.writeable and address(x) != buffer_address(y)
    with pytest.raises(ValueError, match="bits become bytes"):
        from_arrow(pa.array([True]), copy=False)
    assert from_arrow(pa.array([True])).flags.writeable


def test_masked_arrays_keep_their_masks():
    x = np.ma.array([1, 2, 3], mask=[0, 1, 0])
    assert pa.array(x).to_pylist() == [1, None, 3]
    assert from_arrow(x, nulls="masked").to_ma().tolist() == [1, None, 3]
    records = np.ma.array([(1, 2), (3, 4)], mask=[(0, 1), (0, 0)], dtype=[("a", "i4"), ("b", "i4")])
    assert pa.array(records).to_pylist() == [{"a": 1, "b": None}, {"a": 3, "b": 4}]


def test_masked():
    x = Masked(np.arange(4.0), [False, True, False, True])
    assert (len(x), x.shape, x.dtype, x.null_count) == (4, (4,), np.dtype("f8"), 2)
    assert x[0] == 0 and x[1] is None and x[-1] is None and x[1:3].tolist() == [None, 2.0] and list(x) == x.tolist()
    assert repr(x) == "Masked([0.0, null, 2.0, null], dtype=float64, 2 nulls)"
    assert repr(Masked(np.arange(100), np.zeros(100, bool))).count("…") == 1
    assert "shape=(2, 2)" in repr(Masked(np.zeros((2, 2)), np.zeros((2, 2), bool)))
    assert x.filled(-1).tolist() == [0, -1, 2, -1] and x.values[1] == 1
    assert np.ma.is_masked(x.to_ma()) and np.shares_memory(x.to_ma().data, x.values)
    with pytest.raises(ValueError, match="2 of the values are null"):
        np.asarray(x)
    with pytest.raises(TypeError):
        np.arange(4.0) + x
    assert np.asarray(x[::2]).tolist() == [0, 2]
    assert pickle.loads(pickle.dumps(x)).tolist() == x.tolist()
    with pytest.raises(ValueError, match="shape"):
        Masked([1, 2], [True])
    y = pa.array(x)
    assert y.to_pylist() == [0, None, 2, None] and buffer_address(y) == address(x.values)
    assert pa.chunked_array(x).to_pylist() == y.to_pylist()
    two = Masked(np.arange(4).reshape(2, 2), [[True, False], [False, False]])
    assert pa.array(two).to_pylist() == [[None, 1], [2, 3]]
    assert two.tolist() == [[None, 1], [2, 3]] and two[0].tolist() == [None, 1]
    records = Masked(np.zeros(2, "i4,f4"), np.array([(0, 1), (0, 0)], "?,?"))
    assert records.filled(9).tolist() == [(0, 9.0), (0, 0.0)] and records.filled((7, 8)).tolist()[0] == (0, 8.0)


@pytest.mark.parametrize(
    ("x", "kind"),
    [
        (np.arange(3), pa.float64()),
        (np.arange(3), pa.int8()),
        (np.arange(3.0), pa.int64()),
        (np.array([True, False]), pa.int32()),
        (np.array(["a", "b"]), pa.string()),
        (np.array(["a", "b"]), pa.large_string()),
        (np.array([b"a", b"b"]), pa.binary()),
        (np.array([b"a", b"b"]), pa.string()),
        (np.arange(3).astype("M8[s]"), pa.timestamp("ns")),
        (np.arange(3).astype("m8[h]"), pa.duration("ms")),
        (np.arange(3.0) / 3, pa.float32()),
        (np.arange(3).astype("M8[D]"), pa.timestamp("us")),
        (np.arange(3).astype("M8[D]"), pa.date64()),
        (np.arange(3).astype("M8[D]").astype("M8[ns]"), pa.date32()),
        (np.arange(3).astype("M8[ms]"), pa.timestamp("ms", "UTC")),
        (np.arange(3).astype("M8[ms]"), pa.timestamp("us", "Asia/Tokyo")),
        (np.arange(3).astype("m8[s]"), pa.time32("ms")),
        (np.arange(3).astype("m8[ms]"), pa.time64("us")),
        (np.arange(4).reshape(2, 2), pa.list_(pa.field("item", pa.float64()), 2)),
    ],
)
def test_requested_schemas(x, kind):
    y = pa.array(x, kind)
    assert y.type == kind
    assert len(y) == len(x)
    y.validate(full=True)
    back = from_arrow(y)
    assert np.allclose(back, x) if x.dtype.kind == "f" else (back.astype(x.dtype) == x).all()


@pytest.mark.parametrize(
    ("x", "kind", "given"),
    [
        (np.array([0.5]), pa.int32(), pa.float64()),
        (np.array([300]), pa.int8(), pa.int64()),
        (np.array([1], "M8[ns]"), pa.timestamp("s"), pa.timestamp("ns")),
        (np.array([1], "M8[s]"), pa.date32(), pa.timestamp("s")),
        (np.array([1], "M8[s]"), pa.date64(), pa.timestamp("s")),
        (np.array([2**62], "M8[s]"), pa.timestamp("ns"), pa.timestamp("s")),
        (np.array([-1], "m8[s]"), pa.time32("s"), pa.duration("s")),
        (np.array([1], "m8[s]"), pa.timestamp("s"), pa.duration("s")),
        (np.array(["a"]), pa.int32(), pa.large_string()),
        (np.array([1]), pa.decimal128(10, 2), pa.int64()),
        (np.array([b"\xff"]), pa.string(), pa.large_binary()),
    ],
)
def test_requests_that_would_change_values(x, kind, given):
    schema, array = x.__arrow_c_array__(kind.__arrow_c_schema__())
    assert pa.Array._import_from_c_capsule(schema, array).type == given


def test_streams_and_schemas():
    x = np.arange(5.0)
    assert pa.chunked_array(x).chunk(0).buffers()[1].address == address(x)
    assert pa.field(x).type == pa.float64()
    assert pa.schema(RECORDS).names == list(RECORDS.dtype.names)
    reader = pa.RecordBatchReader.from_stream(RECORDS)
    assert reader.schema.names == list(RECORDS.dtype.names)
    assert reader.read_all().num_rows == 2

    def fail():
        yield pa.record_batch({"a": [1]})
        raise KeyError("the producer's own words")

    schema = pa.schema([("a", pa.int64())])
    with pytest.raises(ValueError, match="get_next failed.*the producer's own words"):
        from_arrow(pa.RecordBatchReader.from_batches(schema, fail()))


class Only:
    """An object that speaks Arrow and nothing else."""

    def __init__(self, given, name):
        setattr(self, name, getattr(given, name))


def test_asarray_takes_arrow_last():
    y = pa.array([1, 2, 3])
    assert np.asarray(y).tolist() == [1, 2, 3]

    class Both:
        def __array__(self, dtype=None, copy=None):
            return np.zeros(2)

        def __arrow_c_array__(self, requested_schema=None):
            raise AssertionError("__array__ comes first")

    assert np.asarray(Both()).tolist() == [0, 0]
    for name, given in (("__arrow_c_array__", y), ("__arrow_c_stream__", pa.chunked_array([y]))):
        x = np.asarray(Only(given, name))
        assert address(x) == buffer_address(y)
        assert np.array(Only(given, name)).flags.writeable
        assert np.asarray(Only(given, name), "f4").dtype == "f4"
        assert np.add(Only(given, name), np.arange(3)).tolist() == [1, 3, 5]
    with pytest.raises(ValueError, match="1 null"):
        np.asarray(Only(pa.array([1, None]), "__arrow_c_array__"))
    with pytest.raises(ValueError):
        np.array(Only(pa.array([True]), "__arrow_c_array__"), copy=False)


@pytest.mark.parametrize("x", [1, "text", [1, 2], None, (), (1, 2), int, {}, np.int64(1)])
def test_no_arrow(x):
    with pytest.raises(TypeError):
        from_arrow(x)


def test_release_is_once_and_not_before_the_last_user():
    gone = []

    class Owner:
        def __init__(self, memory):
            self.__array_interface__ = np.asarray(memory).__array_interface__
            self.memory = memory

        def __del__(self):
            gone.append(1)

    x = np.asarray(Owner(np.arange(1000.0)))
    y = pa.array(x)
    z = from_arrow(y[10:20])
    del x, y
    gc.collect()
    assert not gone and z[0] == 10
    del z
    gc.collect()
    assert gone == [1]
    # Capsules that nobody takes, and streams read in part.
    x = np.asarray(Owner(np.arange(10.0)))
    capsules = [x.__arrow_c_array__(), x.__arrow_c_stream__(), x.__arrow_c_schema__()]
    del x
    gc.collect()
    assert gone == [1]
    del capsules
    assert gone == [1, 1]
    # The last user is another thread's.
    x = np.asarray(Owner(np.arange(10.0)))
    held = [pa.array(x)]
    del x
    thread = threading.Thread(target=held.clear)
    thread.start()
    thread.join()
    assert gone == [1, 1, 1]


def test_children_outlive_their_parents():
    table = pa.table(RECORDS)
    x = table["f"]
    del table
    gc.collect()
    assert x.to_pylist() == [2.5, -1.0]
    columns = from_arrow(pa.table({"a": np.arange(3), "b": np.arange(3.0)}), columns=True)
    b = columns["b"]
    del columns
    gc.collect()
    assert b.tolist() == [0, 1, 2]


def test_ten_thousand_times_in_constant_memory():
    import resource

    x, records = np.arange(2000.0), np.zeros(300, "i4,S3,M8[s]")

    def round_trips(count):
        for _ in range(count):
            from_arrow(pa.array(x))
            from_arrow(pa.chunked_array(x), nulls="masked")
            x.__arrow_c_stream__()
        for _ in range(count // 10):
            from_arrow(pa.array(records))

    round_trips(1000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    round_trips(10_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8000


def test_threads():
    x = np.arange(1000)
    wrong = []

    def work():
        for _ in range(200):
            if from_arrow(pa.array(x))[-1] != 999:
                wrong.append(1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not wrong
