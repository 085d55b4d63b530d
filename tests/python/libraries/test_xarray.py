"""xarray: labelled arrays with sharray inside."""

import sys

import matrix
import numpy
import pytest
from matrix import Route

import sharray as np

PACKAGES = ("xarray",)
(xarray,) = matrix.wants("xarray")

WORDS = """
sharray's arrays have `__array_ufunc__`, `__array_function__` and the array API's namespace: xarray keeps them as they
are (a *duck array*), and its operations call sharray's functions.
What may have to fill values in (`where` without `other`) refuses them: it asks for a dtype of NumPy's own class.
"""


def inside(labelled):
    assert isinstance(labelled.data, np.ndarray)
    return matrix.plain(labelled.data)


def address(labelled):
    return matrix.at(labelled.data)


ROUTES = [
    Route("Variable(dims, x)", lambda x: xarray.Variable([f"d{i}" for i in range(x.ndim)], x), inside, address, ndim=2),
    Route("DataArray(x)", xarray.DataArray, inside, address, ndim=2),
    Route(
        "Dataset({'a': (dims, x)})",
        lambda x: xarray.Dataset({"a": (["d"], x)}),
        lambda d: inside(d["a"]),
        lambda d: address(d["a"]),
    ),
    Route(
        "asarray(DataArray of NumPy's)",
        np.asarray,
        lambda d: d.values,
        lambda d: matrix.at_numpy(d.values),
        make=xarray.DataArray,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_operations_keep_sharray_inside():
    x = xarray.DataArray(np.arange(6.0).reshape(2, 3), dims=["a", "b"], coords={"a": [10, 20]})
    for found in (
        x + 1,
        x * x,
        x.sum("b"),
        x.mean("a"),
        x.sel(a=10),
        x.isel(b=[0, 2]),
        x.T,
        numpy.sqrt(x),
    ):
        assert isinstance(found.data, np.ndarray), found
    assert x.sum("b").data.tolist() == [3, 12]
    assert x.stack(c=["a", "b"]).shape == (6,)
    # What may have to fill in asks for a dtype of NumPy's own class.
    with pytest.raises(TypeError, match="numpy dtype"):
        x.where(x > 2)


def test_results_are_those_of_numpy():
    values = numpy.random.default_rng(1).normal(size=(4, 5))
    ours, theirs = (xarray.DataArray(m.asarray(values), dims=["a", "b"]) for m in (np, numpy))
    for name in ("sum", "mean", "std", "max", "argmin", "cumsum", "prod"):
        found, expected = getattr(ours, name)("a"), getattr(theirs, name)("a")
        assert numpy.allclose(numpy.asarray(found.data), expected.data), name
