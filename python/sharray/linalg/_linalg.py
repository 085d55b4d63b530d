"""The functions of `linalg`.

Matrices stand in the last two axes; the axes before are a stack. float32 is
computed in float64 and rounded. The factorisations are in `_dense`.
"""

import functools
from typing import Any, NamedTuple

import sharray as np

from .._core.multiarray import normalize_axis_index
from .._core.numeric import normalize_axis_tuple
from .._core.overrides import dispatch_on
from .._globals import _NoValue
from .._utils import set_module
from . import _dense

__all__ = [
    "matrix_power",
    "solve",
    "tensorsolve",
    "tensorinv",
    "inv",
    "cholesky",
    "eigvals",
    "eigvalsh",
    "pinv",
    "slogdet",
    "det",
    "svd",
    "svdvals",
    "eig",
    "eigh",
    "lstsq",
    "norm",
    "qr",
    "cond",
    "matrix_rank",
    "LinAlgError",
    "multi_dot",
    "trace",
    "diagonal",
    "cross",
    "outer",
    "tensordot",
    "matmul",
    "matrix_transpose",
    "matrix_norm",
    "vector_norm",
    "vecdot",
]

_public = functools.partial(dispatch_on, module="numpy.linalg")


class EigResult(NamedTuple):
    """What `eig` returns."""

    eigenvalues: Any
    eigenvectors: Any


class EighResult(NamedTuple):
    """What `eigh` returns."""

    eigenvalues: Any
    eigenvectors: Any


class QRResult(NamedTuple):
    """What `qr` returns."""

    Q: Any
    R: Any


class SlogdetResult(NamedTuple):
    """What `slogdet` returns."""

    sign: Any
    logabsdet: Any


class SVDResult(NamedTuple):
    """What `svd` returns."""

    U: Any
    S: Any
    Vh: Any


@set_module("numpy.linalg")
class LinAlgError(ValueError):
    """A matrix that the operation is not defined for, or no convergence.

    >>> import sharray as np
    >>> try:
    ...     np.linalg.inv(np.zeros((2, 2)))
    ... except np.linalg.LinAlgError as error:
    ...     print(error)
    Singular matrix
    """


def _raising(function, *args):
    try:
        return function(*args)
    except _dense.Failure as failure:
        raise LinAlgError(str(failure)) from None


def _makearray(a):
    array = np.asarray(a)
    return array, getattr(a, "__array_wrap__", array.__array_wrap__)


_REAL = {"F": np.dtype("f4"), "D": np.dtype("f8"), "f": np.dtype("f4"), "d": np.dtype("f8")}


def _common_type(*arrays):
    """(dtype to compute in, dtype of the result); TypeError for dtypes that are no numbers here."""
    single, is_complex = True, False
    for one in arrays:
        kind = one.dtype.char
        if one.dtype.kind in "fc":
            if kind not in "fdFD":
                raise TypeError(f"array type {one.dtype.name} is unsupported in linalg")
            is_complex |= kind in "FD"
            single &= kind in "fF"
        elif one.dtype.kind in "biu":
            single = False
        else:
            raise TypeError(f"array type {one.dtype.name} is unsupported in linalg")
    result = np.dtype(
        {(True, False): "f4", (False, False): "f8", (True, True): "c8", (False, True): "c16"}[single, is_complex]
    )
    return np.dtype("c16" if is_complex else "f8"), result


def _assert_2d(*arrays):
    for one in arrays:
        if one.ndim != 2:
            raise LinAlgError(f"{one.ndim}-dimensional array given. Array must be two-dimensional")


def _assert_stacked_2d(*arrays):
    for one in arrays:
        if one.ndim < 2:
            raise LinAlgError(f"{one.ndim}-dimensional array given. Array must be at least two-dimensional")


def _assert_stacked_square(*arrays):
    _assert_stacked_2d(*arrays)
    for one in arrays:
        m, n = one.shape[-2:]
        if m != n:
            raise LinAlgError("Last 2 dimensions of the array must be square")


def _assert_finite(*arrays):
    for one in arrays:
        if not np.isfinite(one).all():
            raise LinAlgError("Array must not contain infs or NaNs")


def _each(a, function, *shapes):
    """`function` for each matrix of a stack: arrays of (core shape, dtype) as `shapes` say."""
    lead = a.shape[:-2]
    results = [np.empty(lead + tuple(shape), dtype=dtype) for shape, dtype in shapes]
    for index in np.ndindex(*lead):
        parts = _raising(function, a[index])
        for result, part in zip(results, parts if isinstance(parts, tuple) else (parts,), strict=True):
            result[index] = part
    return results


@_public("a, b")
def solve(a, b):
    """x with ``a @ x == b``: `b` is one vector (only if 1-d) or a stack of matrices.

    LinAlgError for singular or non-square matrices, ValueError for shapes that don't fit.

    >>> import sharray as np
    >>> np.linalg.solve([[2, 0], [0, 4]], [1, 1])
    array([0.5 , 0.25])
    """
    a, _ = _makearray(a)
    _assert_stacked_square(a)
    b, wrap = _makearray(b)
    work, result = _common_type(a, b)
    vector = b.ndim == 1
    right = b[:, np.newaxis] if vector else b
    if right.shape[-2] != a.shape[-1]:
        raise ValueError(
            f"solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc "
            f"signature (m,m),(m,n)->(m,n) (size {right.shape[-2]} is different from "
            f"{a.shape[-1]})"
        )
    x = _raising(_dense.solve, a.astype(work), right.astype(work)).astype(result, copy=False)
    return wrap(x[..., 0] if vector else x)


@_public("a, b")
def tensorsolve(a, b, axes=None):
    """x with ``tensordot(a, x, x.ndim) == b``; `axes` of `a` are moved to its end first.

    >>> import sharray as np
    >>> np.linalg.tensorsolve(np.eye(4).reshape(2, 2, 2, 2), np.ones((2, 2))).shape
    (2, 2)
    """
    a, wrap = _makearray(a)
    b = np.asarray(b)
    if axes is not None:
        kept = [i for i in range(a.ndim) if i not in axes]
        a = a.transpose(kept + list(axes))
    shape = a.shape[-(a.ndim - b.ndim) :]
    size = np.prod(shape, dtype=int)
    if a.size != size**2:
        raise LinAlgError("Input arrays must satisfy the requirement prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])")
    x = solve(a.reshape(size, size), b.ravel())
    return wrap(x.reshape(shape))


@_public("a")
def tensorinv(a, ind=2):
    """The inverse of `a` for `tensordot` over its first `ind` axes. ValueError unless `ind` > 0.

    >>> import sharray as np
    >>> np.linalg.tensorinv(np.eye(4).reshape(2, 2, 2, 2)).shape
    (2, 2, 2, 2)
    """
    a = np.asarray(a)
    if ind <= 0:
        raise ValueError("Invalid ind argument.")
    shape = a.shape[ind:] + a.shape[:ind]
    rows = int(np.prod(a.shape[ind:], dtype=int))
    return inv(a.reshape(rows, -1)).reshape(shape)


@_public("a")
def inv(a):
    """The inverse of square matrices; LinAlgError for singular ones.

    >>> import sharray as np
    >>> np.linalg.inv([[2, 0], [0, 4]])
    array([[0.5 , 0.  ],
           [0.  , 0.25]])
    """
    a, wrap = _makearray(a)
    _assert_stacked_square(a)
    work, result = _common_type(a)
    unit = np.eye(a.shape[-1], dtype=work)
    return wrap(_raising(_dense.solve, a.astype(work), unit).astype(result, copy=False))


@_public("a")
def matrix_power(a, n):
    """The matrix to the power of the integer `n`: repeated products, of the inverse if `n` < 0.

    >>> import sharray as np
    >>> np.linalg.matrix_power([[1, 1], [0, 1]], 3)
    array([[1, 3],
           [0, 1]])
    """
    import operator

    a = np.asanyarray(a)
    _assert_stacked_square(a)
    try:
        n = operator.index(n)
    except TypeError as error:
        raise TypeError("exponent must be an integer") from error
    multiply = np.dot if a.dtype == object else np.matmul
    if a.dtype == object and a.ndim != 2:
        raise NotImplementedError("matrix_power not supported for stacks of object arrays")
    if n == 0:
        result = np.empty_like(a)
        result[...] = np.eye(a.shape[-2], dtype=a.dtype)
        return result
    if n < 0:
        a, n = inv(a), -n
    result = None
    square = a
    while n:
        n, bit = divmod(n, 2)
        if bit:
            result = square if result is None else multiply(result, square)
        if n:
            square = multiply(square, square)
    return result


@_public("a")
def cholesky(a, /, *, upper=False):
    """The triangular L with ``L @ L.conj().T == a`` (`upper`: its adjoint); one triangle is read.

    LinAlgError unless positive definite.

    >>> import sharray as np
    >>> np.linalg.cholesky([[4.0, 2.0], [2.0, 5.0]])
    array([[2., 0.],
           [1., 2.]])
    """
    a, wrap = _makearray(a)
    _assert_stacked_square(a)
    work, result = _common_type(a)
    a = a.astype(work)
    if upper:
        a = np.swapaxes(a, -1, -2).conj()
    factor = _raising(_dense.cholesky, a)
    if upper:
        factor = np.swapaxes(factor, -1, -2).conj()
    return wrap(factor.astype(result, copy=False))


@_public("a")
def qr(a, mode="reduced"):
    """a == Q R with orthonormal columns in Q and R upper triangular.

    `mode`: 'reduced', 'complete', 'r' (R alone), 'raw' ((h, tau) as LAPACK packs them).

    >>> import sharray as np
    >>> Q, R = np.linalg.qr([[3.0, 1.0], [4.0, 2.0]])
    >>> np.allclose(Q @ R, [[3, 1], [4, 2]])
    True
    """
    if mode not in ("reduced", "complete", "r", "raw"):
        raise ValueError(f"Unrecognized mode '{mode}'")
    a, wrap = _makearray(a)
    _assert_stacked_2d(a)
    work, result = _common_type(a)
    m, n = a.shape[-2:]
    k = min(m, n)
    packed, taus = _each(a.astype(work), _dense.qr_packed, ((m, n), work), ((k,), work))
    if mode == "raw":
        return wrap(np.swapaxes(packed, -1, -2).astype(result, copy=False)), taus.astype(result, copy=False)
    if mode == "r":
        return wrap(np.triu(packed[..., :k, :]).astype(result, copy=False))
    columns = m if mode == "complete" else k
    q = np.empty((*a.shape[:-2], m, columns), dtype=work)
    for index in np.ndindex(*a.shape[:-2]):
        q[index] = _dense.q_from_packed(packed[index], taus[index], columns)
    r = np.triu(packed[..., :columns, :])
    return QRResult(wrap(q.astype(result, copy=False)), wrap(r.astype(result, copy=False)))


def _tidy_eigenvalues(values, vectors, scale):
    """For real matrices: conjugate pairs exactly so, and real values where the rest is rounding."""
    tolerance = 1e-14 * scale * max(len(values), 1)
    small = np.abs(values.imag) <= tolerance
    values = np.where(small, values.real + 0j, values)
    upper = [int(i) for i in np.flatnonzero(~small & (values.imag > 0))]
    lower = [int(i) for i in np.flatnonzero(~small & (values.imag < 0))]
    for i in upper:
        if not lower:
            break
        j = min(lower, key=lambda other: abs(values[other].item() - values[i].item().conjugate()))
        lower.remove(j)
        values[j] = values[i].conj()
        if vectors is not None:
            vectors[:, j] = vectors[:, i].conj()
    if vectors is not None:
        for i in np.flatnonzero(small):
            column = vectors[:, i]
            turn = column[np.argmax(np.abs(column))]
            column = (column / (turn / np.abs(turn))).real
            vectors[:, i] = column / np.sqrt((column**2).sum())
    return values, vectors


def _eigen(a, with_vectors):
    _assert_stacked_square(a)
    _assert_finite(a)
    work, result = _common_type(a)
    n = a.shape[-1]
    real = work.kind == "f"

    def one(matrix):
        values, vectors = _dense.eig(matrix, with_vectors)
        if real and n:
            values, vectors = _tidy_eigenvalues(values, vectors, np.abs(matrix).max().item())
        return (values, vectors) if with_vectors else values

    shapes = [((n,), np.complex128)] + ([((n, n), np.complex128)] if with_vectors else [])
    parts = _each(a.astype(work), one, *shapes)
    if real and (parts[0].imag == 0).all():
        return [part.real.astype(result, copy=False) for part in parts]
    kind = np.dtype("c8" if result.char in "fF" else "c16")
    return [part.astype(kind, copy=False) for part in parts]


@_public("a")
def eigvals(a):
    """The eigenvalues of square matrices, in no particular order; real where all are.

    >>> import sharray as np
    >>> np.linalg.eigvals([[2.0, 0.0], [0.0, 3.0]])
    array([2., 3.])
    """
    a, wrap = _makearray(a)
    return _eigen(a, False)[0]


@_public("a")
def eig(a):
    """Eigenvalues and, as columns, unit eigenvectors of square matrices.

    >>> import sharray as np
    >>> np.linalg.eig([[2.0, 0.0], [0.0, 3.0]]).eigenvalues
    array([2., 3.])
    """
    a, wrap = _makearray(a)
    values, vectors = _eigen(a, True)
    return EigResult(values, wrap(vectors))


def _hermitian(a, UPLO):
    UPLO = UPLO.upper()
    if UPLO not in ("L", "U"):
        raise ValueError("UPLO argument must be 'L' or 'U'")
    _assert_stacked_square(a)
    work, result = _common_type(a)
    a = a.astype(work)
    triangle = np.tril(a, -1) if UPLO == "L" else np.triu(a, 1)
    middle = np.einsum("...ii->...i", a).real[..., np.newaxis] * np.eye(a.shape[-1])
    return triangle + np.swapaxes(triangle, -1, -2).conj() + middle, work, result


@_public("a")
def eigvalsh(a, UPLO="L"):
    """The eigenvalues of Hermitian matrices, ascending; only the lower ('U': upper) triangle is read.

    >>> import sharray as np
    >>> np.linalg.eigvalsh([[3.0, 0.0], [0.0, 2.0]])
    array([2., 3.])
    """
    a, _ = _makearray(a)
    a, _, result = _hermitian(a, UPLO)
    (values,) = _each(a, lambda m: _dense.eigh(m)[0], ((a.shape[-1],), np.float64))
    return values.astype(_REAL[result.char], copy=False)


@_public("a")
def eigh(a, UPLO="L"):
    """Eigenvalues, ascending, and orthonormal eigenvectors of Hermitian matrices.

    >>> import sharray as np
    >>> np.linalg.eigh([[3.0, 0.0], [0.0, 2.0]]).eigenvalues
    array([2., 3.])
    """
    a, wrap = _makearray(a)
    a, work, result = _hermitian(a, UPLO)
    n = a.shape[-1]
    values, vectors = _each(a, _dense.eigh, ((n,), np.float64), ((n, n), work))
    return EighResult(values.astype(_REAL[result.char], copy=False), wrap(vectors.astype(result, copy=False)))


@_public("a")
def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """a == U @ diag(S) @ Vh with S descending; without `compute_uv` S alone.

    With `full_matrices` U and Vh are square. `hermitian` promises that `a` is.

    >>> import sharray as np
    >>> np.linalg.svd([[3.0, 0.0], [0.0, 4.0]], compute_uv=False)
    array([4., 3.])
    """
    a, wrap = _makearray(a)
    _assert_stacked_2d(a)
    work, result = _common_type(a)
    if hermitian:
        a, _, _ = _hermitian(a, "L")
    m, n = a.shape[-2:]
    k = min(m, n)
    real = _REAL[result.char]
    a = a.astype(work)
    if not compute_uv:
        (s,) = _each(a, lambda one: _svd_one(one, False)[1], ((k,), np.float64))
        return s.astype(real, copy=False)
    rows, columns = (m, n) if full_matrices else (k, k)
    u, s, vh = _each(
        a, lambda one: _svd_one(one, full_matrices), ((m, rows), work), ((k,), np.float64), ((columns, n), work)
    )
    return SVDResult(
        wrap(u.astype(result, copy=False)), s.astype(real, copy=False), wrap(vh.astype(result, copy=False))
    )


def _svd_one(a, full):
    m, n = a.shape
    if m < n:
        u, s, vh = _svd_one(a.conj().T, full)
        return vh.conj().T, s, u.conj().T
    u, s, vh = _dense.svd(a)
    if full and m > n:
        u = _dense.complete_basis(u)
    return u, s, vh


@_public("x")
def svdvals(x, /):
    """The singular values, descending.

    >>> import sharray as np
    >>> np.linalg.svdvals([[3.0, 0.0], [0.0, 4.0]])
    array([4., 3.])
    """
    return svd(x, compute_uv=False, hermitian=False)


@_public("x")
def cond(x, p=None):
    """The condition number: the norm times that of the inverse; `p` as in `norm` (None: 2).

    >>> import sharray as np
    >>> float(np.linalg.cond([[2.0, 0.0], [0.0, 1.0]]))
    2.0
    """
    x = np.asarray(x)
    if x.ndim >= 2 and 0 in x.shape[-2:]:
        raise LinAlgError("cond is not defined on empty arrays")
    if p is None or p in (2, -2):
        s = svd(x, compute_uv=False)
        with np.errstate(all="ignore"):
            result = s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    else:
        _assert_stacked_square(x)
        _, kind = _common_type(x)
        with np.errstate(all="ignore"):
            try:
                inverse = inv(x)
            except LinAlgError:
                inverse = np.full(x.shape, np.nan)
            result = norm(x, p, axis=(-2, -1)) * norm(inverse, p, axis=(-2, -1))
        result = result.astype(_REAL[kind.char], copy=False)
    result = np.asarray(result)
    missing = np.isnan(result) & ~np.isnan(x).any(axis=(-2, -1))
    if missing.any():
        if result.ndim:
            result[missing] = np.inf
        else:
            result[()] = np.inf
    return result[()] if result.ndim == 0 else result


@_public("A")
def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    """How many singular values exceed `tol`, or `rtol` times the largest (default: eps * max(shape)).

    >>> import sharray as np
    >>> int(np.linalg.matrix_rank([[1, 2], [2, 4]]))
    1
    """
    if rtol is not None and tol is not None:
        raise ValueError("`tol` and `rtol` can't be both set.")
    A = np.asarray(A)
    if A.ndim < 2:
        return int(not (A == 0).all())
    s = svd(A, compute_uv=False, hermitian=hermitian)
    if tol is None:
        factor = max(A.shape[-2:]) * np.finfo(s.dtype).eps if rtol is None else np.asarray(rtol)[..., np.newaxis]
        tol = s.max(axis=-1, keepdims=True, initial=0) * factor
    else:
        tol = np.asarray(tol)[..., np.newaxis]
    return np.count_nonzero(s > tol, axis=-1)


@_public("a")
def pinv(a, rcond=None, hermitian=False, *, rtol=_NoValue):
    """The pseudo-inverse; singular values up to `rcond` (or `rtol`) times the largest count as zero.

    >>> import sharray as np
    >>> np.linalg.pinv([[2.0, 0.0]])
    array([[0.5],
           [0. ]])
    """
    a, wrap = _makearray(a)
    if rcond is None:
        if rtol is _NoValue:
            rcond = 1e-15
        elif rtol is None:
            rcond = max(a.shape[-2:]) * np.finfo(a.dtype).eps
        else:
            rcond = rtol
    elif rtol is not _NoValue:
        raise ValueError("`rtol` and `rcond` can't be both set.")
    rcond = np.asarray(rcond)
    if a.ndim >= 2 and a.size == 0:
        m, n = a.shape[-2:]
        return wrap(np.empty((*a.shape[:-2], n, m), dtype=a.dtype))
    u, s, vh = svd(a.conjugate(), full_matrices=False, hermitian=hermitian)
    large = s > rcond[..., np.newaxis] * s.max(axis=-1, keepdims=True)
    inverse = np.divide(1, s, where=large, out=np.zeros_like(s))
    return wrap(np.matmul(np.swapaxes(vh, -1, -2), inverse[..., np.newaxis] * np.swapaxes(u, -1, -2)))


def _sign_and_log(a):
    factors, _, sign = _dense.lu(a)
    middle = np.einsum("...ii->...i", factors)
    size = np.abs(middle)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(size).sum(-1)
        directions = np.where(size == 0, 0, middle / np.where(size == 0, 1, size)).prod(-1)
    return sign * directions, np.where((size == 0).any(-1), -np.inf, logs)


@_public("a")
def slogdet(a):
    """The determinant's sign (or phase) and the logarithm of its magnitude.

    >>> import sharray as np
    >>> float(np.linalg.slogdet([[2.0, 0.0], [0.0, -1.0]]).sign)
    -1.0
    """
    a = np.asarray(a)
    _assert_stacked_square(a)
    work, result = _common_type(a)
    sign, logs = _sign_and_log(a.astype(work))
    return SlogdetResult(np.asarray(sign).astype(result)[()], np.asarray(logs).astype(_REAL[result.char])[()])


@_public("a")
def det(a):
    """The determinant of square matrices.

    >>> import sharray as np
    >>> float(np.linalg.det([[2.0, 0.0], [0.0, 3.0]]))
    6.0
    """
    a = np.asarray(a)
    _assert_stacked_square(a)
    work, result = _common_type(a)
    factors, _, sign = _dense.lu(a.astype(work))
    value = sign * np.einsum("...ii->...i", factors).prod(-1)
    return np.asarray(value).astype(result)[()]


@_public("a, b")
def lstsq(a, b, rcond=None):
    """(x, residuals, rank, singular values): x makes the norm of ``b - a @ x`` smallest.

    Singular values up to `rcond` times the largest count as zero (None: eps * max(shape), -1: eps).
    `residuals` is empty unless the rank is full and there are more rows than columns.

    >>> import sharray as np
    >>> np.linalg.lstsq([[1.0], [1.0]], [1.0, 3.0])[0]
    array([2.])
    """
    a, _ = _makearray(a)
    b, wrap = _makearray(b)
    vector = b.ndim == 1
    if vector:
        b = b[:, np.newaxis]
    _assert_2d(a, b)
    m, n = a.shape
    if m != b.shape[0]:
        raise LinAlgError("Incompatible dimensions")
    work, result = _common_type(a, b)
    real = _REAL[result.char]
    eps = np.finfo(real).eps
    if rcond is None:
        rcond = eps * max(n, m)
    elif rcond == -1:
        rcond = eps
    a, b = a.astype(work), b.astype(work)
    u, s, vh = _raising(_svd_one, a, False) if min(m, n) else (np.zeros((m, 0)), np.zeros(0), np.zeros((0, n)))
    rank = int((s > rcond * (s[0] if len(s) else 0)).sum())
    x = vh[:rank].conj().T @ ((u[:, :rank].conj().T @ b) / s[:rank, np.newaxis])
    residuals = (np.abs(b - a @ x) ** 2).sum(0) if rank == n and m > n else np.array([])
    x = x.astype(result, copy=False)
    return (
        wrap(x[:, 0] if vector else x),
        wrap(residuals.astype(real, copy=False)),
        np.int32(rank),
        s.astype(real, copy=False),
    )


def _multi_svd_norm(x, row_axis, col_axis, op, initial=None):
    moved = np.moveaxis(x, (row_axis, col_axis), (-2, -1))
    values = svd(moved, compute_uv=False)
    return op(values, axis=-1) if initial is None else op(values, axis=-1, initial=initial)


def _vector_norm(x, ord, axis, keepdims):
    if ord == np.inf:
        return np.abs(x).max(axis=axis, keepdims=keepdims, initial=0)
    if ord == -np.inf:
        return np.abs(x).min(axis=axis, keepdims=keepdims)
    if ord == 0:
        return (x != 0).astype(x.real.dtype).sum(axis=axis, keepdims=keepdims)
    if ord == 1:
        return np.abs(x).sum(axis=axis, keepdims=keepdims)
    if ord is None or ord == 2:
        squares = (x.conj() * x).real
        return np.sqrt(squares.sum(axis=axis, keepdims=keepdims))
    if isinstance(ord, str):
        raise ValueError(f"Invalid norm order '{ord}' for vectors")
    powers = np.abs(x) ** ord
    total = np.add.reduce(powers, axis=axis, keepdims=keepdims)
    return total ** (np.reciprocal(ord, dtype=total.dtype) if total.dtype.kind == "f" else 1.0 / ord)


def _matrix_norm(x, ord, axis, keepdims):
    rows, columns = (normalize_axis_index(one, x.ndim) for one in axis)
    if rows == columns:
        raise ValueError("Duplicate axes given.")
    after_rows = columns - 1 if columns > rows else columns
    after_columns = rows - 1 if rows > columns else rows
    if ord == 2:
        result = _multi_svd_norm(x, rows, columns, np.max, 0)
    elif ord == -2:
        result = _multi_svd_norm(x, rows, columns, np.min)
    elif ord == 1:
        result = np.abs(x).sum(axis=rows).max(axis=after_rows, initial=0)
    elif ord == np.inf:
        result = np.abs(x).sum(axis=columns).max(axis=after_columns, initial=0)
    elif ord == -1:
        result = np.abs(x).sum(axis=rows).min(axis=after_rows)
    elif ord == -np.inf:
        result = np.abs(x).sum(axis=columns).min(axis=after_columns)
    elif ord in (None, "fro", "f"):
        result = np.sqrt((x.conj() * x).real.sum(axis=axis))
    elif ord == "nuc":
        result = _multi_svd_norm(x, rows, columns, np.sum, 0)
    else:
        raise ValueError("Invalid norm order for matrices.")
    if keepdims:
        shape = list(x.shape)
        shape[axis[0]] = shape[axis[1]] = 1
        result = np.asarray(result).reshape(shape)
    return result


@_public("x")
def norm(x, ord=None, axis=None, keepdims=False):
    """The norm of vectors (along one axis) or matrices (along two).

    Parameters
    ----------
    x : array_like
        Flattened where neither `axis` nor `ord` is given.
    ord : None, number, inf, -inf, 'fro' or 'nuc'
        None is the root of the sum of squares. For matrices 1 and inf are the largest
        column and row sum, 2 the largest singular value, negative ones the smallest.
    axis : int or pair of int, optional
    keepdims : bool

    Raises
    ------
    ValueError
        An order or number of axes that has no norm.

    >>> import sharray as np
    >>> float(np.linalg.norm([3, 4]))
    5.0
    """
    x = np.asarray(x)
    if not issubclass(x.dtype.type, (np.inexact, np.object_)):
        x = x.astype(float)
    if axis is None:
        ndim = x.ndim
        if ord is None or (ord in ("f", "fro") and ndim == 2) or (ord == 2 and ndim == 1):
            x = x.ravel(order="K")
            squares = x.real.dot(x.real) + x.imag.dot(x.imag) if x.dtype.kind == "c" else x.dot(x)
            result = np.sqrt(squares)
            return result.reshape(ndim * [1]) if keepdims else result
        axis = tuple(range(ndim))
    elif not isinstance(axis, tuple):
        try:
            axis = (int(axis),)
        except Exception as error:
            raise TypeError("'axis' must be None, an integer or a tuple of integers") from error
    if len(axis) == 1:
        if ord in ("f", "fro", "nuc"):
            raise ValueError(f"Invalid norm order '{ord}' for vectors")
        return _vector_norm(x, ord, axis, keepdims)
    if len(axis) == 2:
        return _matrix_norm(x, ord, axis, keepdims)
    raise ValueError("Improper number of dimensions to norm.")


@_public("*arrays, out")
def multi_dot(arrays, *, out=None):
    """The product of several matrices in the order that costs least; the ends may be vectors.

    >>> import sharray as np
    >>> np.linalg.multi_dot([[1, 2], [[1, 0], [0, 1]], [3, 4]])
    np.int64(11)
    """
    n = len(arrays)
    if n < 2:
        raise ValueError("Expecting at least two arrays.")
    if n == 2:
        return np.dot(arrays[0], arrays[1], out=out)
    arrays = [np.asanyarray(one) for one in arrays]
    first_ndim, last_ndim = arrays[0].ndim, arrays[-1].ndim
    if first_ndim == 1:
        arrays[0] = np.atleast_2d(arrays[0])
    if last_ndim == 1:
        arrays[-1] = np.atleast_2d(arrays[-1]).T
    _assert_2d(*arrays)
    splits = _multi_dot_matrix_chain_order(arrays)
    result = _multi_dot(arrays, splits, 0, n - 1, out=out)
    if first_ndim == 1 and last_ndim == 1:
        return result[0, 0]
    return result.ravel() if 1 in (first_ndim, last_ndim) else result


def _multi_dot_three(A, B, C, out=None):
    """A @ B @ C, bracketed the cheaper way."""
    left = A.shape[0] * B.shape[0] * B.shape[1] + A.shape[0] * B.shape[1] * C.shape[1]
    right = B.shape[0] * B.shape[1] * C.shape[1] + A.shape[0] * B.shape[0] * C.shape[1]
    if left < right:
        return np.dot(np.dot(A, B), C, out=out)
    return np.dot(A, np.dot(B, C), out=out)


def _multi_dot_matrix_chain_order(arrays, return_costs=False):
    """Where to split each part of the product, by dynamic programming (and the costs)."""
    n = len(arrays)
    p = [one.shape[0] for one in arrays] + [arrays[-1].shape[1]]
    costs = np.zeros((n, n), dtype=np.double)
    splits = np.empty((n, n), dtype=np.intp)
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            choices = [costs[i, k] + costs[k + 1, j] + p[i] * p[k + 1] * p[j + 1] for k in range(i, j)]
            best = min(range(len(choices)), key=choices.__getitem__)
            costs[i, j], splits[i, j] = choices[best], i + best
    return (splits, costs) if return_costs else splits


def _multi_dot(arrays, order, i, j, out=None):
    if i == j:
        return arrays[i]
    k = int(order[i, j])
    return np.dot(_multi_dot(arrays, order, i, k), _multi_dot(arrays, order, k + 1, j), out=out)


@_public("x")
def diagonal(x, /, *, offset=0):
    """The diagonals of matrices.

    >>> import sharray as np
    >>> np.linalg.diagonal([[1, 2], [3, 4]])
    array([1, 4])
    """
    return np.diagonal(x, offset, axis1=-2, axis2=-1)


@_public("x")
def trace(x, /, *, offset=0, dtype=None):
    """The sums of the diagonals of matrices.

    >>> import sharray as np
    >>> int(np.linalg.trace([[1, 2], [3, 4]]))
    5
    """
    return np.trace(x, offset, axis1=-2, axis2=-1, dtype=dtype)


@_public("x1, x2")
def cross(x1, x2, /, *, axis=-1):
    """The vector product along an axis of length 3; ValueError for other lengths.

    >>> import sharray as np
    >>> np.linalg.cross([1, 0, 0], [0, 1, 0])
    array([0, 0, 1])
    """
    x1, x2 = np.asanyarray(x1), np.asanyarray(x2)
    if x1.shape[axis] != 3 or x2.shape[axis] != 3:
        raise ValueError(
            "Both input arrays must be (arrays of) 3-dimensional vectors, but they are "
            f"{x1.shape[axis]} and {x2.shape[axis]} dimensional instead."
        )
    return np.cross(x1, x2, axis=axis)


@_public("x1, x2")
def outer(x1, x2, /):
    """All products of two vectors; ValueError unless both are 1-d.

    >>> import sharray as np
    >>> np.linalg.outer([1, 2], [3])
    array([[3],
           [6]])
    """
    x1, x2 = np.asanyarray(x1), np.asanyarray(x2)
    if x1.ndim != 1 or x2.ndim != 1:
        raise ValueError(
            f"Input arrays must be one-dimensional, but they are x1.ndim={x1.ndim!r} and x2.ndim={x2.ndim!r}."
        )
    return np.outer(x1, x2)


@_public("x1, x2")
def tensordot(x1, x2, /, *, axes=2):
    """`sharray.tensordot`, under the standard's name."""
    return np.tensordot(x1, x2, axes=axes)


@_public("x1, x2")
def matmul(x1, x2, /):
    """`sharray.matmul`, under the standard's name."""
    return np.matmul(x1, x2)


@_public("x")
def matrix_transpose(x, /):
    """`sharray.matrix_transpose`, under the standard's name."""
    return np.matrix_transpose(x)


@_public("x")
def matrix_norm(x, /, *, keepdims=False, ord="fro"):
    """`norm` over the last two axes.

    >>> import sharray as np
    >>> float(np.linalg.matrix_norm([[3, 0], [0, 4]]))
    5.0
    """
    x = np.asanyarray(x)
    return norm(x, axis=(-2, -1), keepdims=keepdims, ord=ord)


@_public("x")
def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    """`norm` of vectors; over all axes without `axis`, which may name several.

    >>> import sharray as np
    >>> float(np.linalg.vector_norm([3, 4]))
    5.0
    """
    x = np.asanyarray(x)
    shape = list(x.shape)
    if axis is None:
        x, place = x.ravel(), 0
    elif isinstance(axis, tuple):
        axes = normalize_axis_tuple(axis, x.ndim)
        rest = tuple(i for i in range(x.ndim) if i not in axes)
        x = np.transpose(x, axes + rest).reshape(-1, *(x.shape[i] for i in rest))
        place = 0
    else:
        place = axis
    result = norm(x, axis=place, ord=ord)
    if keepdims:
        for one in normalize_axis_tuple(range(len(shape)) if axis is None else axis, len(shape)):
            shape[one] = 1
        result = np.asarray(result).reshape(shape)
    return result


@_public("x1, x2")
def vecdot(x1, x2, /, *, axis=-1):
    """`sharray.vecdot`, under the standard's name."""
    return np.vecdot(x1, x2, axis=axis)
