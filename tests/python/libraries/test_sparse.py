"""Sparse arrays: their overrides win, and what is dense shares memory."""

import sys

import matrix
import numpy
import pytest
from matrix import Route, at_numpy

import sharray as np

PACKAGES = ("sparse", "scipy")
sparse, _ = matrix.wants("sparse", "scipy")
import scipy.sparse  # noqa: E402

SKIP = {
    c: "sparse arrays hold numbers"
    for c in ("datetime64", "timedelta64", "S", "U", "StringDType", "structured", "object")
}
SKIP |= dict.fromkeys(["bfloat16", "float8", "float16", "longdouble"], "scipy.sparse has no such dtype")


def csr(values):
    count = len(values)
    return scipy.sparse.csr_array((values, numpy.arange(count), numpy.array([0, count])), shape=(1, count))


WORDS = """
sparse's arrays are asked before sharray's do anything, and decide; they answer to NumPy's own arrays alone, so that
operators between the two raise `TypeError`: write `numpy.asarray(x) * sparse_array`, which shares. SciPy's sparse arrays
take sharray's in operators and products. What is dense (`data`, `toarray()`, `todense()`) is shared.
"""
ROUTES = [
    Route(
        "scipy.sparse.csr_array((x, …))",
        csr,
        lambda s: s.data,
        lambda s: at_numpy(s.data),
        skip=SKIP,
        because="SciPy's choice",
    ),
    Route(
        "asarray(csr_array.data)",
        lambda s: np.asarray(s.data),
        lambda s: s.data,
        lambda s: at_numpy(s.data),
        make=csr,
        skip=SKIP,
    ),
    Route(
        "asarray(csr_array.toarray())",
        lambda pair: np.asarray(pair[1]),
        lambda pair: pair[1],
        lambda pair: at_numpy(pair[1]),
        make=lambda r: (csr(r), csr(r).toarray().reshape(-1)),
        skip=SKIP,
    ),
    Route(
        "sparse.COO(x)",
        sparse.COO,
        lambda s: s.todense(),
        lambda s: None,
        because="only what is not zero is kept",
        skip=SKIP,
        lives=False,
    ),
    Route(
        "asarray(sparse.COO.todense())",
        lambda pair: np.asarray(pair[1]),
        lambda pair: pair[1],
        lambda pair: at_numpy(pair[1]),
        make=lambda r: (sparse.COO(r), sparse.COO(r).todense()),
        skip=SKIP,
    ),
]
globals().update(matrix.tests(sys.modules[__name__]))


def test_overrides_of_sparse_win():
    """They are asked, and they decide: sparse answers to NumPy's own arrays and scalars alone."""
    ours, theirs = np.eye(3), sparse.COO(numpy.eye(3))
    for left, right in ((ours, theirs), (theirs, ours)):
        with pytest.raises(TypeError):
            left * right
    for found in (numpy.asarray(ours) * theirs, theirs * numpy.asarray(ours)):
        assert isinstance(found, sparse.SparseArray)
        assert numpy.array_equal(found.todense(), numpy.eye(3))


def test_scipys_sparse_arrays_answer_operators():
    ours, theirs = np.arange(3.0), scipy.sparse.csr_array(numpy.diag([1.0, 2.0, 3.0]))
    assert (theirs @ ours).tolist() == [0, 2, 6]
    assert (ours @ theirs).tolist() == [0, 2, 6]
    assert (theirs * ours).toarray().tolist() == numpy.diag([0.0, 2.0, 6.0]).tolist()


def test_sparse_is_never_silently_one_object():
    with pytest.raises((RuntimeError, TypeError, ValueError), match="dense|sparse|auto"):
        np.asarray(sparse.COO(numpy.eye(3)))
