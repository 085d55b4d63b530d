"""Polars: Series and DataFrames."""

import sys

import matrix
import numpy
from matrix import Absent, Route

import sharray as np

PACKAGES = ("polars",)
polars, _ = matrix.wants("polars", "pyarrow")


def address(series):
    """Where the values begin; None where they are bits or lie elsewhere."""
    if series.dtype == polars.Boolean or not (series.dtype.is_numeric() or series.dtype.is_temporal()):
        return None
    arrow = series.to_arrow()
    return arrow.buffers()[1].address + arrow.offset * (arrow.type.bit_width // 8)


def read(series):
    if series.dtype in (polars.String, polars.Object, polars.Binary, polars.Struct):
        values = series.to_list()
        return [tuple(x.values()) if isinstance(x, dict) else x for x in values]
    return series.to_numpy()


def why(case):
    if case.column == "bool":
        return "bit-packed: Polars keeps a bit for each truth value"
    if case.column in ("S", "U", "StringDType", "object"):
        return "Polars keeps texts in a form of its own"
    if case.column == "structured":
        return "Polars keeps a block for each field"
    return "Polars keeps memory of its own"


def make(reference):
    if reference.dtype.kind in "UTO":
        return polars.Series(reference.tolist(), dtype=polars.String)
    if reference.dtype.kind == "S":
        return polars.Series(reference.tolist(), dtype=polars.Binary)
    if reference.dtype.kind == "c" or matrix.is_small(reference) or reference.dtype == numpy.longdouble:
        raise Absent
    return polars.Series(reference)


_FIELDS = {"structured": "Polars' to_numpy makes one table of numbers of all fields"}
ROUTES = [
    Route("Series(x)", polars.Series, read, address, because=why),
    Route(
        "DataFrame({'a': x})",
        lambda x: polars.DataFrame({"a": x}),
        lambda f: read(f["a"]),
        lambda f: address(f["a"]),
        because=why,
    ),
    Route(
        "from_numpy(numpy.asarray(x))",
        lambda x: polars.from_numpy(numpy.asarray(x), ["a"]),
        lambda f: read(f["a"]),
        lambda f: address(f["a"]),
        because=why,
    ),
    Route("asarray(series)", np.asarray, read, address, make=make, skip=_FIELDS, because=why),
    Route(
        "asarray(series.to_numpy())",
        lambda s: np.asarray(s.to_numpy()),
        read,
        address,
        make=make,
        skip=_FIELDS,
        because=why,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_nulls_are_never_silent_numbers():
    series = polars.Series([1, None, 3])
    found = np.asarray(series)
    assert found.dtype == np.float64 and np.isnan(found[1])
