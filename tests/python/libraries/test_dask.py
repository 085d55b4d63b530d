"""Dask: arrays whose chunks are sharray's, computed with threads and processes."""

import sys

import matrix
import numpy
import pytest

import sharray as np

PACKAGES = ("dask",)
WORDS = """
`dask.array.from_array(x, chunks=…, asarray=False)` makes chunks of sharray's arrays, which stay sharray's through
elementwise operations, reductions, joins and products, with the threaded and with the multiprocess scheduler (chunks
cross processes as pickles of protocol 5). Without `asarray=False` Dask keeps them too, as it does with every array that
has `__array_function__`.
"""
ROUTES = []
matrix.wants("dask")
globals().update({name: one for name, one in matrix.tests(sys.modules[__name__]).items() if "page" in name})

import dask.array  # noqa: E402

VALUES = numpy.random.default_rng(3).normal(size=(40, 30))
WORK = {
    "sum": lambda a: a.sum(),
    "mean of an axis": lambda a: a.mean(axis=0),
    "standard deviation": lambda a: a.std(axis=1),
    "elementwise": lambda a: (a * 2 + 1) ** 2,
    "ufunc": lambda a: numpy.sin(a),
    "product": lambda a: a @ a.T,
    "tensordot": lambda a: dask.array.tensordot(a, a, axes=([0], [0])),
    "join": lambda a: dask.array.concatenate([a, a]),
    "slices": lambda a: a[3:17:2, ::-1],
    "index": lambda a: a[[1, 5, 7]],
    "where": lambda a: dask.array.where(a > 0, a, 0),
    "extremes": lambda a: a.max(axis=0) - a.min(axis=0),
    "positions": lambda a: a.argmax(axis=1),
    "running sum": lambda a: a.cumsum(axis=0),
    "rechunk": lambda a: a.rechunk((7, 11)),
    "map_blocks": lambda a: a.map_blocks(lambda block: block * 3),
    "reshape": lambda a: a.reshape(-1),
    "histogram": lambda a: dask.array.histogram(a, bins=5, range=(-3, 3))[0],
}


def chunked(values):
    return dask.array.from_array(np.array(values), chunks=(10, 15), asarray=False)


@pytest.mark.parametrize("name", WORK)
def test_threads(name):
    found = WORK[name](chunked(VALUES)).compute(scheduler="threads")
    expected = WORK[name](dask.array.from_array(VALUES, chunks=(10, 15))).compute()
    assert isinstance(found, (np.ndarray, np.generic, float)), type(found)
    assert numpy.allclose(numpy.asarray(found), expected)


def test_chunks_are_ours():
    kinds = chunked(VALUES).map_blocks(lambda block: np.array([[isinstance(block, np.ndarray)]])).compute()
    assert numpy.asarray(kinds).all()


def test_processes():
    array = chunked(VALUES)
    found = ((array + 1).sum(axis=0)).compute(scheduler="processes", num_workers=2)
    assert isinstance(found, np.ndarray)
    assert numpy.allclose(numpy.asarray(found), (VALUES + 1).sum(axis=0))
