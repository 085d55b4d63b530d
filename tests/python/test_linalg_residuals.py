"""Factors of matrices that are hard: they multiply back and are orthonormal within LAPACK's own bounds."""

import numpy
import pytest

import sharray as np

_RNG = numpy.random.default_rng(5)
KINDS = ["f", "d", "F", "D"]


def _whole_numbers(n):
    return numpy.fromfunction(lambda i, j: (31 * i + 17 * j) % 7, (n, n))


MATRICES = {
    "drawn": _RNG.standard_normal((40, 40)),
    "large": _RNG.standard_normal((270, 270)),
    "tall": _RNG.standard_normal((200, 30)),
    "wide": _RNG.standard_normal((30, 200)),
    "whole numbers": _whole_numbers(150),
    "hilbert": 1 / (numpy.arange(12)[:, None] + numpy.arange(12) + 1.0),
    "ones": numpy.ones((33, 33)),
    "zeros": numpy.zeros((9, 9)),
    "unit": numpy.eye(30),
    "nilpotent": numpy.eye(50, k=1),
    "of rank 1": numpy.outer(numpy.arange(50.0), numpy.arange(50.0)),
    "of rank 5": _RNG.standard_normal((140, 5)) @ _RNG.standard_normal((5, 140)),
    "graded": numpy.diag(10.0 ** -numpy.arange(16)) @ _RNG.standard_normal((16, 16)),
    "three diagonals": numpy.diag(numpy.ones(199), 1) + numpy.diag(numpy.ones(199), -1) + 2 * numpy.eye(200),
    "repeated values": numpy.kron(numpy.eye(40), numpy.ones((4, 4))),
    "repeated columns": numpy.repeat(_RNG.standard_normal((130, 10)), 13, axis=1),
    "no rows": numpy.zeros((0, 3)),
    "no columns": numpy.zeros((3, 0)),
    "huge": _RNG.standard_normal((30, 30)),
    "tiny": _RNG.standard_normal((30, 30)),
}


def _scale(name, kind):
    """Magnitude of the elements."""
    exponent = {"huge": 1, "tiny": -1}.get(name, 0)
    return 2.0 ** (exponent * (120 if kind in "fF" else 1000))


def _made(name, kind):
    """(ours, the same as complex128 of moderate size, its scale)."""
    values = MATRICES[name]
    if kind in "FD":
        values = values + 0.5j * values[::-1]
    scale = _scale(name, kind)
    plain = values.astype(kind)
    ours = np.asarray((plain * numpy.asarray(scale, dtype=plain.real.dtype)).astype(kind))
    return ours, plain.astype("D"), scale


def _foreign(array, scale=1.0):
    return numpy.asarray(array).astype("D") / scale


def _bound(matrix, kind):
    return 30 * max(*matrix.shape, 1) * float(numpy.finfo(kind).eps)


def _narrowed(values, kind):
    return (values if kind in "FD" else values.real).astype(kind)


def _orthonormal(q, bound):
    assert abs(q.conj().T @ q - numpy.eye(q.shape[1])).max(initial=0) <= bound


cases = pytest.mark.parametrize(("name", "kind"), [(name, kind) for name in MATRICES for kind in KINDS])


@cases
def test_qr(name, kind):
    ours, plain, scale = _made(name, kind)
    bound = _bound(plain, kind)
    for mode in ("reduced", "complete"):
        q, r = np.linalg.qr(ours, mode)
        assert q.dtype == ours.dtype and r.dtype == ours.dtype
        q, r = _foreign(q), _foreign(r, scale)
        assert abs(q @ r - plain).max(initial=0) <= bound * numpy.linalg.norm(plain)
        assert (numpy.tril(r, -1) == 0).all()
        _orthonormal(q, bound)
    assert numpy.array_equal(_foreign(np.linalg.qr(ours, "r")), _foreign(np.linalg.qr(ours)[1]))


@cases
def test_svd(name, kind):
    ours, plain, scale = _made(name, kind)
    bound = _bound(plain, kind)
    norm = numpy.linalg.norm(plain) if plain.size else 0
    for full in (False, True):
        u, s, vh = np.linalg.svd(ours, full_matrices=full)
        assert u.dtype == ours.dtype and s.dtype == ours.real.dtype and vh.dtype == ours.dtype
        u, s, vh = _foreign(u), _foreign(s, scale).real, _foreign(vh)
        k = len(s)
        assert abs((u[:, :k] * s) @ vh[:k] - plain).max(initial=0) <= bound * norm
        assert (s >= 0).all() and (s[:-1] >= s[1:]).all()
        _orthonormal(u, bound)
        _orthonormal(vh.conj().T, bound)
    values = _foreign(np.linalg.svdvals(ours), scale).real
    assert abs(values - numpy.linalg.svd(plain, compute_uv=False)).max(initial=0) <= bound * norm


@cases
@pytest.mark.parametrize("half", ["L", "U"])
def test_eigh(name, kind, half):
    ours, plain, scale = _made(name, kind)
    if plain.shape[0] != plain.shape[1]:
        return
    hermitian = _narrowed(plain + plain.conj().T, kind)
    given = numpy.tril(hermitian) if half == "L" else numpy.triu(hermitian)
    ours = np.asarray((given * numpy.asarray(scale / 4, dtype=given.real.dtype)).astype(kind))
    plain, bound = hermitian.astype("D"), _bound(hermitian, kind)
    norm = numpy.linalg.norm(plain)
    values, vectors = np.linalg.eigh(ours, half)
    assert values.dtype == ours.real.dtype and vectors.dtype == ours.dtype
    w, v = _foreign(values, scale / 4).real, _foreign(vectors)
    assert abs(plain @ v - v * w).max(initial=0) <= bound * norm
    assert (w[:-1] <= w[1:]).all()
    _orthonormal(v, bound)
    alone = _foreign(np.linalg.eigvalsh(ours, half), scale / 4).real
    assert abs(alone - numpy.linalg.eigvalsh(plain)).max(initial=0) <= bound * norm


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [1, 2, 3, 4, 8, 9, 17, 40, 100, 300])
def test_systems(n, kind):
    values = _RNG.standard_normal((n, n)) + (1j * _RNG.standard_normal((n, n)) if kind in "FD" else 0)
    plain = values.astype(kind)
    ours, wide, eps = np.asarray(plain), plain.astype("D"), float(numpy.finfo(kind).eps)
    right = _RNG.standard_normal((n, 3)).astype(kind)
    x = np.linalg.solve(ours, np.asarray(right))
    assert x.dtype == ours.dtype
    norm = numpy.linalg.norm(wide)
    size = numpy.linalg.norm(_foreign(x))
    assert numpy.linalg.norm(wide @ _foreign(x) - right) <= 30 * n * eps * norm * size
    inverse = _foreign(np.linalg.inv(ours))
    assert numpy.linalg.norm(wide @ inverse - numpy.eye(n)) <= 30 * n * eps * norm * numpy.linalg.norm(inverse)
    condition = norm * numpy.linalg.norm(inverse)
    sign, log = np.linalg.slogdet(ours)
    direction, logarithm = numpy.linalg.slogdet(wide)
    assert abs(complex(sign) - direction) <= 30 * n * eps * condition
    assert abs(float(log) - logarithm) <= 30 * n * eps * condition
    positive = _narrowed(wide @ wide.conj().T + numpy.eye(n), kind)
    for upper in (False, True):
        factor = _foreign(np.linalg.cholesky(np.asarray(positive), upper=upper))
        factor = factor.conj().T if upper else factor
        assert (numpy.triu(factor, 1) == 0).all() and (numpy.diagonal(factor).imag == 0).all()
        assert numpy.linalg.norm(factor @ factor.conj().T - positive) <= 30 * n * eps * numpy.linalg.norm(positive)


@pytest.mark.parametrize(
    "call", [np.linalg.inv, np.linalg.det, np.linalg.svdvals, np.linalg.cholesky, np.linalg.eigvalsh]
)
def test_layouts(call):
    """Order, negative strides, byte order, alignment and integers: the same numbers, the same result."""
    values = _RNG.integers(-3, 3, (2, 6, 6))
    values = values @ values.swapaxes(-1, -2) + 20 * numpy.eye(6, dtype="i8")
    plain = np.asarray(values.astype("d"))
    expected = numpy.asarray(call(plain))
    odd = np.zeros(plain.nbytes + 1, "u1")[1:].view("d").reshape(plain.shape)
    odd[...] = plain
    for other in (
        np.asfortranarray(plain),
        np.ascontiguousarray(plain[:, ::-1, ::-1])[:, ::-1, ::-1],
        plain.astype(">f8"),
        np.asarray(values),
        np.asarray(values.astype("i2")),
        odd,
        np.stack([plain, plain])[1],
    ):
        assert numpy.array_equal(numpy.asarray(call(other)), expected)


def test_broadcast_systems():
    a, b = _RNG.standard_normal((3, 1, 4, 4)), _RNG.standard_normal((2, 4, 5))
    ours = np.linalg.solve(np.asarray(a), np.asarray(b))
    assert numpy.allclose(numpy.asarray(ours), numpy.linalg.solve(a, b), atol=1e-10)


def test_exact_answers():
    singular = np.asarray([[1.0, 2.0], [2.0, 4.0]])
    assert np.linalg.det(singular) == 0 and np.linalg.slogdet(singular).logabsdet == -np.inf
    spread = np.diag([1e200, 1e200, 1e-200, 1e-200])
    assert np.linalg.det(spread) == pytest.approx(1.0)
    with pytest.warns(RuntimeWarning, match="overflow encountered in det"):
        assert np.linalg.det(np.diag([1e200, 1e200])) == np.inf
    assert np.isnan(np.linalg.solve(np.asarray([[numpy.nan, 1.0], [1.0, 2.0]]), np.ones(2))).any()
    with pytest.raises(np.linalg.LinAlgError, match="SVD did not converge"):
        np.linalg.svd(np.full((3, 3), numpy.nan))


def test_raw_factors():
    for kind in "dD":
        values = _RNG.standard_normal((50, 40)) + (1j * _RNG.standard_normal((50, 40)) if kind == "D" else 0)
        for mine, theirs in zip(np.linalg.qr(np.asarray(values), "raw"), numpy.linalg.qr(values, "raw"), strict=True):
            assert numpy.allclose(numpy.asarray(mine), theirs, atol=1e-11)


def test_condition_numbers_of_stacks_that_are_singular_in_part():
    stack = _RNG.standard_normal((2, 3, 4, 4))
    stack[0, 1] = 0
    stack[1, 2, 0] = stack[1, 2, 1]
    for p in (None, 1, 2, "fro", -1, -2, numpy.inf):
        mine, theirs = (numpy.asarray(lib.linalg.cond(lib.asarray(stack), p)) for lib in (np, numpy))
        assert mine[0, 1] == theirs[0, 1] == numpy.inf
        regular = numpy.ones((2, 3), bool)
        regular[0, 1] = regular[1, 2] = False
        assert numpy.isfinite(mine[regular]).all() and numpy.allclose(mine[regular], theirs[regular])


@pytest.mark.parametrize(("old", "new"), [("full", "reduced"), ("f", "reduced"), ("economic", "raw"), ("e", "raw")])
def test_deprecated_modes_of_qr(old, new):
    values = np.asarray(_RNG.standard_normal((5, 3)))
    with pytest.warns(DeprecationWarning, match="of qr is deprecated"):
        found = np.linalg.qr(values, old)
    expected = np.linalg.qr(values, new)
    if new == "raw":
        assert np.array_equal(found, expected[0].T)
    else:
        assert np.array_equal(found.Q, expected.Q) and np.array_equal(found.R, expected.R)


def test_results_do_not_depend_on_threads():
    values = np.asarray(_RNG.standard_normal((400, 400)))
    positive = values @ values.T
    calls = (
        np.linalg.inv,
        np.linalg.slogdet,
        np.linalg.svdvals,
        lambda a: np.linalg.qr(a)[0],
        lambda a: np.linalg.eigh(a)[1],
        np.linalg.eigvalsh,
        lambda a: np.linalg.lstsq(a, a[:, :3])[0],
    )
    for call in calls:
        with np.threads.limit(1):
            alone = numpy.asarray(call(values))
        assert numpy.array_equal(alone, numpy.asarray(call(values)))
    with np.threads.limit(1):
        alone = numpy.asarray(np.linalg.cholesky(positive))
    assert numpy.array_equal(alone, numpy.asarray(np.linalg.cholesky(positive)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", MATRICES)
def test_lstsq(name, kind):
    """Rank and singular values are NumPy's; the residual is orthogonal to the columns, and as short as NumPy's."""
    ours, plain, scale = _made(name, kind)
    m, n = plain.shape
    known = _RNG.standard_normal((m, 2))
    known = (known + 1j * known[::-1] if kind in "FD" else known).astype(kind)
    found, residuals, rank, values = np.linalg.lstsq(ours, np.asarray(known))
    expected = numpy.linalg.lstsq((plain if kind in "FD" else plain.real).astype(kind), known)
    unit = numpy.finfo(kind).eps
    limit = 30 * unit * max(m, n, 1)
    largest = expected[3].max(initial=0.0)
    assert numpy.abs(_foreign(values, scale) - expected[3]).max(initial=0.0) <= limit * largest
    if name in ("hilbert", "graded", "whole numbers", "three diagonals") or rank != expected[2]:
        # Values near the cut-off may fall on either side of it.
        near = numpy.abs(expected[3] - unit * max(m, n) * largest) <= limit * largest
        assert rank == expected[2] or near.any()
        return
    assert found.dtype.char == kind and found.shape == (n, 2)
    x = _foreign(found) * scale
    rest = known - plain @ x
    size = numpy.linalg.norm(plain)
    condition = largest / max(expected[3][: int(rank)].min(initial=largest), 1e-300) if rank else 1
    bound = limit * condition * size * (1 + numpy.linalg.norm(x) * size + numpy.linalg.norm(known))
    assert numpy.abs(plain.conj().T @ rest).max(initial=0.0) <= bound
    assert numpy.linalg.norm(x) <= numpy.linalg.norm(expected[0]) * (1 + limit * condition**2) + limit
    assert residuals.shape == expected[1].shape
    if residuals.size:
        assert numpy.abs(numpy.asarray(residuals) - expected[1]).max() <= limit * condition * (1 + expected[1].max())


DEFECTIVE = {
    "nilpotent, skipping": numpy.eye(100, k=1) + numpy.eye(100, k=3),
    "nilpotent, lower": numpy.eye(40, k=-1),
    "one block of Jordan": numpy.eye(40, k=1) + 2 * numpy.eye(40),
    "lower triangle of ones": numpy.tril(numpy.ones((30, 30))),
    "cyclic": numpy.roll(numpy.eye(64), 1, axis=0),
    "companion": numpy.eye(20, k=-1) + numpy.outer(numpy.eye(20)[0], _RNG.standard_normal(20)),
}
MATRICES.update(DEFECTIVE)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", MATRICES)
def test_eig(name, kind):
    """Each pair holds, vectors have length 1, and real matrices have values in conjugate pairs."""
    ours, plain, scale = _made(name, kind)
    if plain.shape[0] != plain.shape[1]:
        return
    bound = _bound(plain, kind) * numpy.linalg.norm(plain)
    values, vectors = np.linalg.eig(ours)
    assert values.dtype == vectors.dtype and values.dtype in (ours.dtype, ours.dtype.char.upper())
    w, v = _foreign(values, scale), _foreign(vectors)
    assert abs(plain @ v - v * w).max() <= bound
    assert abs(numpy.linalg.norm(v, axis=0) - 1).max() <= 100 * float(numpy.finfo(kind).eps)
    if kind in "fd":
        assert sorted(w.tolist(), key=_place) == sorted(w.conj().tolist(), key=_place)
    if name == "drawn":
        alone = _foreign(np.linalg.eigvals(ours), scale)
        near = abs(alone[:, None] - numpy.linalg.eigvals(plain)).min(axis=1)
        assert near.max() <= 100 * bound


def _place(value):
    return value.real, value.imag


def test_eig_of_stacks():
    values = _RNG.standard_normal((5, 6, 6))
    w, v = np.linalg.eig(np.asarray(values))
    assert numpy.allclose(values @ _foreign(v), _foreign(v) * _foreign(w)[:, None, :], atol=1e-12)
    mixed = np.asarray(numpy.stack([numpy.eye(6, k=1), values[0]]))
    w, v = np.linalg.eig(mixed)
    assert numpy.allclose(numpy.asarray(mixed) @ _foreign(v), _foreign(v) * _foreign(w)[:, None, :], atol=1e-12)
