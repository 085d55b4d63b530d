"""Factorisations and eigenvalues."""

import warnings

import sharray as np

from .._engine import (
    _linalg_cholesky,
    _linalg_eig,
    _linalg_eig_slowly,
    _linalg_eigh,
    _linalg_qr,
    _linalg_qr_raw,
    _linalg_svd,
    ndarray,
)
from . import _tiny
from ._common import (
    EighResult,
    EigResult,
    LinAlgError,
    QRResult,
    SVDResult,
    _assert_finite,
    _assert_stacked_square,
    _common_type,
    _each,
    _makearray,
    _public,
)


@_public("a")
def cholesky(a, /, *, upper=False):
    """The triangular L with ``L @ L.conj().T == a`` (`upper`: its adjoint); one triangle is read.

    LinAlgError unless positive definite.

    Parameters
    ----------
    a : array_like, shape (..., n, n)
        Hermitian and positive definite; only one triangle is read.
    upper : bool, optional
        Whether to give the upper factor, instead of the lower.

    Returns
    -------
    ndarray, shape (..., n, n).

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.cholesky([[4.0, 2.0], [2.0, 5.0]])
    array([[2., 0.],
           [1., 2.]])
    """
    if type(a) is ndarray:
        return _linalg_cholesky(a, bool(upper))
    a, wrap = _makearray(a)
    return wrap(_linalg_cholesky(a, bool(upper)))


_DOUBLE = {"f": "d", "F": "D"}


def _narrow_and_small(a):
    """Whether matrices are of single precision and so small that double precision costs no more."""
    return a.dtype.char in _DOUBLE and a.ndim >= 2 and a.shape[-2] * a.shape[-1] <= 128


@_public("a")
def qr(a, mode="reduced"):
    """a == Q R with orthonormal columns in Q and R upper triangular.

    `mode`: 'reduced', 'complete', 'r' (R alone), 'raw' ((h, tau) as LAPACK packs them). Deprecated: 'full' for 'reduced',
    and 'economic' for h alone, not transposed.

    Parameters
    ----------
    a : array_like, shape (..., m, n)
    mode : {'reduced', 'complete', 'r', 'raw'}, optional
        Factors of the least size, with a square Q, R alone, or as LAPACK leaves them.

    Returns
    -------
    named tuple (Q, R); an array with mode 'r', (h, tau) with 'raw'.

    Examples
    --------
    >>> import sharray as np
    >>> Q, R = np.linalg.qr([[3.0, 1.0], [4.0, 2.0]])
    >>> np.allclose(Q @ R, [[3, 1], [4, 2]])
    True
    """
    mode = _qr_mode(mode)
    a, wrap = _makearray(a)
    if mode in ("raw", "economic"):
        packed, taus = _linalg_qr_raw(a)
        return (wrap(packed), taus) if mode == "raw" else wrap(packed.mT.copy())
    narrow = _narrow_and_small(a)
    q, r = _linalg_qr(a.astype(_DOUBLE[a.dtype.char]) if narrow else a, mode != "r", mode == "complete")
    if narrow:
        q, r = None if q is None else q.astype(a.dtype.char), r.astype(a.dtype.char)
    return wrap(r) if q is None else QRResult(wrap(q), wrap(r))


def _qr_mode(mode):
    """The mode's name, with a warning for those that NumPy deprecated in 2013."""
    if mode in ("f", "full"):
        warnings.warn("mode 'full' of qr is deprecated: it is 'reduced'.", DeprecationWarning, stacklevel=3)
        return "reduced"
    if mode in ("e", "economic"):
        warnings.warn("mode 'economic' of qr is deprecated; 'raw' gives the same.", DeprecationWarning, stacklevel=3)
        return "economic"
    if mode not in ("reduced", "complete", "r", "raw"):
        raise ValueError(f"Unrecognized mode '{mode}'")
    return mode


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


def _by_other_means(matrix):
    """In complex numbers, whose iteration takes other shifts; then by the method that is slower and holds."""
    return _linalg_eig(matrix.astype("D"), True) or _linalg_eig_slowly(matrix)


def _eigen(a, with_vectors):
    _assert_stacked_square(a)
    _assert_finite(a)
    found = _linalg_eig(a, with_vectors) if a.shape[-1] > 2 else None
    if found is not None:
        values, vectors = found
        if a.dtype.kind != "c" and (values.imag == 0).all():
            values, vectors = values.real.copy(), vectors.real.copy() if with_vectors else None
        return [values, vectors]
    # Tiny matrices, and those for which the quick method has no answer that holds.
    result = _common_type(a)
    work = np.dtype("c16" if result.kind == "c" else "f8")
    n = a.shape[-1]
    real = work.kind == "f"

    def one(matrix):
        values, vectors = _tiny.eig(matrix, with_vectors) if 0 < n <= 2 else _by_other_means(matrix)
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

    Parameters
    ----------
    a : array_like, shape (..., n, n)

    Returns
    -------
    ndarray, shape (..., n).

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.eigvals([[2.0, 0.0], [0.0, 3.0]])
    array([2., 3.])
    """
    a, wrap = _makearray(a)
    return _eigen(a, False)[0]


@_public("a")
def eig(a):
    """Eigenvalues and, as columns, unit eigenvectors of square matrices.

    Parameters
    ----------
    a : array_like, shape (..., n, n)

    Returns
    -------
    named tuple (eigenvalues, eigenvectors), of shapes (..., n) and (..., n, n); column i belongs to value i.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.eig([[2.0, 0.0], [0.0, 3.0]]).eigenvalues
    array([2., 3.])
    """
    a, wrap = _makearray(a)
    values, vectors = _eigen(a, True)
    return EigResult(values, wrap(vectors))


def _upper(UPLO):
    UPLO = UPLO.upper()
    if UPLO not in ("L", "U"):
        raise ValueError("UPLO argument must be 'L' or 'U'")
    return UPLO == "U"


def _from_lower(a):
    """The Hermitian matrices of these lower triangles."""
    _assert_stacked_square(a)
    lower = np.tril(a, -1)
    middle = np.einsum("...ii->...i", a).real[..., np.newaxis] * np.eye(a.shape[-1], dtype=a.real.dtype)
    return lower + np.swapaxes(lower, -1, -2).conj() + middle


@_public("a")
def eigvalsh(a, UPLO="L"):
    """The eigenvalues of Hermitian matrices, ascending; only the lower ('U': upper) triangle is read.

    Parameters
    ----------
    a : array_like, shape (..., n, n)
        Hermitian; only one triangle is read.
    UPLO : {'L', 'U'}, optional
        Which triangle.

    Returns
    -------
    ndarray of float, shape (..., n), rising.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.eigvalsh([[3.0, 0.0], [0.0, 2.0]])
    array([2., 3.])
    """
    return _linalg_eigh(a, _upper(UPLO), False)[0]


@_public("a")
def eigh(a, UPLO="L"):
    """Eigenvalues, ascending, and orthonormal eigenvectors of Hermitian matrices.

    Parameters
    ----------
    a : array_like, shape (..., n, n)
        Hermitian; only one triangle is read.
    UPLO : {'L', 'U'}, optional
        Which triangle.

    Returns
    -------
    named tuple (eigenvalues, eigenvectors), of shapes (..., n), rising, and (..., n, n).

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.eigh([[3.0, 0.0], [0.0, 2.0]]).eigenvalues
    array([2., 3.])
    """
    if type(a) is ndarray:
        return EighResult(*_linalg_eigh(a, _upper(UPLO), True))
    a, wrap = _makearray(a)
    values, vectors = _linalg_eigh(a, _upper(UPLO), True)
    return EighResult(values, wrap(vectors))


@_public("a")
def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """a == U @ diag(S) @ Vh with S descending; without `compute_uv` S alone.

    With `full_matrices` U and Vh are square. `hermitian` promises that `a` is.

    Parameters
    ----------
    a : array_like, shape (..., m, n)
    full_matrices : bool, optional
        Whether U and Vh are square.
    compute_uv : bool, optional
        Whether to compute them at all.
    hermitian : bool, optional
        Whether `a` is Hermitian, which saves work.

    Returns
    -------
    named tuple (U, S, Vh), or S alone; S falls.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.svd([[3.0, 0.0], [0.0, 4.0]], compute_uv=False)
    array([4., 3.])
    """
    a, wrap = _makearray(a)
    if hermitian:
        a = _from_lower(a)
    u, s, vh = _linalg_svd(a, bool(compute_uv), bool(full_matrices))
    return SVDResult(wrap(u), s, wrap(vh)) if compute_uv else s


@_public("x")
def svdvals(x, /):
    """The singular values, descending.

    Parameters
    ----------
    x : array_like, shape (..., m, n)

    Returns
    -------
    ndarray of float, falling along the last axis.

    Examples
    --------
    >>> import sharray as np
    >>> np.linalg.svdvals([[3.0, 0.0], [0.0, 4.0]])
    array([4., 3.])
    """
    return svd(x, compute_uv=False, hermitian=False)
