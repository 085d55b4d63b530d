"""Stand-in for NumPy's compiled helper of the same name: ufuncs and gufuncs made for tests.

They are ufuncs of the engine, whose loops are the array functions here: choice of the loop, broadcasting, core
dimensions, ``axes``, ``out`` and errors are the engine's. What is left raises: it tests C code of NumPy's own.
"""

import sharray as np
from conformance.standins.missing import missing_functions
from sharray._engine import _add_newdoc_ufunc, _core_dimensions, _make_ufunc

globals().update(missing_functions("test_dispatch"))


def make(name, nin, nout, function, types, signature=None, doc=None, core_sizes=None):
    """A ufunc with the same function for each type string."""
    loops = [(text, function) for text in types.split()]
    ufunc = _make_ufunc(name, nin, nout, loops, signature=signature, core_sizes=core_sizes)
    if doc is not None:
        _add_newdoc_ufunc(ufunc, doc)
    return ufunc


def inner(a, b):
    """Sums of products over the last axis."""
    return (a * b).sum(-1)


def weighted(a, b, weight):
    """Sums of weighted products over the last axis."""
    return (a * b * weight).sum(-1)


def product(a, b):
    """Matrix products of stacks."""
    return (a[..., :, :, np.newaxis] * b[..., np.newaxis, :, :]).sum(-2)


def cross(a, b):
    """Cross products of vectors of three."""
    return a[:, [1, 2, 0]] * b[:, [2, 0, 1]] - a[:, [2, 0, 1]] * b[:, [1, 2, 0]]


def distances(points):
    """Euclidean distances of each pair of points."""
    first, second = np.triu_indices(points.shape[1], 1)
    return np.sqrt(((points[:, first] - points[:, second]) ** 2).sum(-1))


def convolution(a, b):
    """Full convolution of each pair of rows."""
    result = np.zeros((a.shape[0], a.shape[1] + b.shape[1] - 1))
    for shift in range(a.shape[1]):
        result[:, shift : shift + b.shape[1]] += a[:, shift, np.newaxis] * b
    return result


def convolution_sizes(sizes):
    """The length of a full convolution."""
    m, n, p = sizes
    if m == n == 0:
        raise ValueError("conv1d_full: both inputs have core dimension 0; the function requires one that is not empty")
    if p not in (-1, m + n - 1):
        raise ValueError(
            f"conv1d_full: the core dimension p of the output, {p}, does not equal m + n - 1 = {m + n - 1}"
        )
    return [m, n, m + n - 1]


def fail(*operands):
    """Raise whatever comes."""
    raise RuntimeError("How unexpected :)!")


inner1d = make("inner1d", 2, 1, inner, "ll->l dd->d", "(i),(i)->()", "Sums of products over the last axis.")
inner1d_no_doc = make("inner1d_no_doc", 2, 1, inner, "ll->l dd->d", "(i),(i)->()")
innerwt = make("innerwt", 3, 1, weighted, "lll->l ddd->d", "(i),(i),(i)->()", "Sums of weighted products.")
matrix_multiply = make(
    "matrix_multiply", 2, 1, product, "ll->l ff->f dd->d", "(m,n),(n,p)->(m,p)", "Products of matrices."
)
matmul = make("matmul", 2, 1, product, "ll->l ff->f dd->d", "(m?,n),(n,p?)->(m?,p?)", "Products, vectors included.")
cross1d = make("cross1d", 2, 1, cross, "ll->l dd->d", "(3),(3)->(3)", "Cross products.")
euclidean_pdist = make("euclidean_pdist", 1, 1, distances, "f->f d->d", "(n,d)->(p)", "Distances of all pairs.")
cumsum = make("cumsum", 1, 1, lambda a: a.cumsum(-1), "l->l d->d", "(i)->(i)", "Running sums.")
conv1d_full = make(
    "conv1d_full", 2, 1, convolution, "dd->d", "(m),(n)->(p)", "Full convolutions.", core_sizes=convolution_sizes
)
indexed_negative = make("indexed_negative", 1, 1, np.negative, "l->l d->d")
always_error = make("always_error", 2, 1, fail, "dd->d", doc="Raises.")
always_error_gufunc = make("always_error_gufunc", 2, 1, fail, "dd->d", "(i),()->()", "Raises.")
always_error_unary = make("always_error_unary", 1, 1, fail, "d->d", doc="Raises.")
_pickleable_module_global_ufunc = make("_pickleable_module_global.ufunc", 1, 1, fail, "d->d", doc="Pickled by name.")

test_signature = _core_dimensions
