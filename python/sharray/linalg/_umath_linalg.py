"""Linear algebra as generalised ufuncs: what `sharray.linalg` does, with broadcasting, ``axes`` and ``out``.

Each works on the last two axes (or one, where the signature says so) of its operands. Unlike the functions of
`sharray.linalg`, they don't raise when a matrix has no answer: its elements are NaN.

>>> import sharray as np
>>> from sharray.linalg import _umath_linalg
>>> _umath_linalg.det(np.eye(3) * 2)
np.float64(8.0)
>>> _umath_linalg.solve.signature
'(m,m),(m,n)->(m,n)'
"""

from .._core import numeric
from .._engine import _add_newdoc_ufunc, _make_ufunc
from . import _linalg

#: False: sizes of matrices are not limited by a library's integers.
_ilp64 = False


def _each(function, arrays):
    """`function` of stacks, or of one matrix at a time where one of them has no answer."""
    try:
        return function(*arrays)
    except _linalg.LinAlgError:
        pass
    good, found = [], {}
    for index in range(arrays[0].shape[0]):
        try:
            found[index] = function(*(a[index] for a in arrays))
            good.append(index)
        except _linalg.LinAlgError:
            continue
    return found, good


def _on_stacks(function, shapes):
    """An array function of stacks: NaN where `function` has no answer. `shapes` gives the outputs' core shapes."""

    def loop(*arrays):
        result = _each(function, arrays)
        if not (isinstance(result, tuple) and len(result) == 2 and isinstance(result[0], dict)):
            return tuple(result) if isinstance(result, tuple) else result
        found, good = result
        outputs = []
        for number, shape in enumerate(shapes(*(a.shape[1:] for a in arrays))):
            parts = {i: (v[number] if isinstance(v, tuple) else v) for i, v in found.items()}
            dtype = numeric.asarray(parts[good[0]]).dtype if good else arrays[0].dtype
            output = numeric.full(arrays[0].shape[:1] + shape, float("nan"), dtype=dtype)
            for index, value in parts.items():
                output[index] = value
            outputs.append(output)
        return outputs[0] if len(outputs) == 1 else tuple(outputs)

    return loop


def _make(name, signature, types, function, shapes, doc):
    inputs, outputs = signature.split("->")
    nin, nout = inputs.count("("), outputs.count("(")
    loop = _on_stacks(function, shapes)
    ufunc = _make_ufunc(name, nin, nout, [(text, loop) for text in types.split()], signature=signature)
    _add_newdoc_ufunc(ufunc, doc)
    return ufunc


def _least(sizes):
    """The core size p of singular values: the smaller one of a matrix's two."""
    return [sizes[0], sizes[1], min(sizes[:2])]


def _make_svd(name, signature, types, function, doc):
    nout = signature.split("->")[1].count("(")
    loops = [(text, function) for text in types.split()]
    ufunc = _make_ufunc(name, 1, nout, loops, signature=signature, core_sizes=_least)
    _add_newdoc_ufunc(ufunc, doc)
    return ufunc


def _hermitian(function, half):
    """A decomposition that looks at one half of each matrix."""

    def of_half(a):
        result = function(a, UPLO=half)
        return tuple(result) if isinstance(result, tuple) else result

    return of_half


def _square(shape):
    return (shape,)


def _values(shape):
    return (shape[:1],)


def _values_and_vectors(shape):
    return shape[:1], shape


def _eig(a):
    """Eigenvalues and eigenvectors, always complex."""
    values, vectors = _linalg.eig(a)
    return values + 0j, vectors + 0j


_REAL_AND_COMPLEX = "f->f d->d F->F D->D"
_SOLVING = "ff->f dd->d FF->F DD->D"
_TO_REAL = "f->f d->d F->f D->d"

det = _make("det", "(m,m)->()", _REAL_AND_COMPLEX, _linalg.det, lambda a: ((),), "Determinants.")
slogdet = _make(
    "slogdet",
    "(m,m)->(),()",
    "f->ff d->dd F->Ff D->Dd",
    lambda a: tuple(_linalg.slogdet(a)),
    lambda a: ((), ()),
    "Signs and logarithms of the determinants.",
)
inv = _make("inv", "(m,m)->(m,m)", _REAL_AND_COMPLEX, _linalg.inv, _square, "Inverse matrices.")
solve = _make("solve", "(m,m),(m,n)->(m,n)", _SOLVING, _linalg.solve, lambda a, b: (b,), "Solutions x of a @ x == b.")
solve1 = _make(
    "solve1",
    "(m,m),(m)->(m)",
    _SOLVING,
    lambda a, b: _linalg.solve(a, b[..., None])[..., 0],
    lambda a, b: (b,),
    "Solutions x of a @ x == b for vectors b.",
)
cholesky_lo = _make(
    "cholesky_lo", "(m,m)->(m,m)", _REAL_AND_COMPLEX, _linalg.cholesky, _square, "Lower triangular factors."
)
cholesky_up = _make(
    "cholesky_up",
    "(m,m)->(m,m)",
    _REAL_AND_COMPLEX,
    lambda a: _linalg.cholesky(a, upper=True),
    _square,
    "Upper triangular factors.",
)
eig = _make(
    "eig", "(m,m)->(m),(m,m)", "f->FF d->DD D->DD", _eig, _values_and_vectors, "Eigenvalues and right eigenvectors."
)
eigvals = _make("eigvals", "(m,m)->(m)", "f->F d->D D->D", lambda a: _linalg.eigvals(a) + 0j, _values, "Eigenvalues.")
eigh_lo, eigh_up = (
    _make(
        f"eigh_{name}",
        "(m,m)->(m),(m,m)",
        "f->ff d->dd F->fF D->dD",
        _hermitian(_linalg.eigh, half),
        _values_and_vectors,
        f"Eigenvalues and eigenvectors of the Hermitian matrices whose half {half} is given.",
    )
    for name, half in (("lo", "L"), ("up", "U"))
)
eigvalsh_lo, eigvalsh_up = (
    _make(
        f"eigvalsh_{name}",
        "(m,m)->(m)",
        _TO_REAL,
        _hermitian(_linalg.eigvalsh, half),
        _values,
        f"Eigenvalues of the Hermitian matrices whose half {half} is given.",
    )
    for name, half in (("lo", "L"), ("up", "U"))
)
svd = _make_svd("svd", "(m,n)->(p)", _TO_REAL, _linalg.svdvals, "Singular values, largest first.")
svd_s = _make_svd(
    "svd_s",
    "(m,n)->(m,p),(p),(p,n)",
    "f->fff d->ddd F->FfF D->DdD",
    lambda a: tuple(_linalg.svd(a, full_matrices=False)),
    "Singular value decompositions with as many vectors as values.",
)
svd_f = _make_svd(
    "svd_f",
    "(m,n)->(m,m),(p),(n,n)",
    "f->fff d->ddd F->FfF D->DdD",
    lambda a: tuple(_linalg.svd(a, full_matrices=True)),
    "Singular value decompositions with square matrices of vectors.",
)
