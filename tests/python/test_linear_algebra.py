"""Decompositions and solvers: they multiply back, and agree with NumPy."""

import numpy
import pytest

import sharray as np

_RNG = numpy.random.default_rng(11)
SIZES = [1, 2, 3, 6]


def matrix(n, m=None, kind="f8", stack=()):
    """(ours, NumPy's) of a random matrix."""
    values = _RNG.standard_normal((*stack, n, m or n))
    if kind == "c16":
        values = values + 1j * _RNG.standard_normal(values.shape)
    return np.array(values.tolist(), dtype=kind), values.astype(kind)


def close(mine, reference):
    """Equal but for rounding."""
    assert numpy.allclose(numpy.array(mine.tolist()), reference, atol=1e-9)


@pytest.mark.parametrize("kind", ["f8", "c16"])
@pytest.mark.parametrize("n", SIZES)
def test_square(n, kind):
    ours, theirs = matrix(n, kind=kind, stack=(2,))
    close(np.linalg.inv(ours), numpy.linalg.inv(theirs))
    close(np.linalg.det(ours), numpy.linalg.det(theirs))
    close(np.linalg.solve(ours, ours), numpy.broadcast_to(numpy.eye(n), theirs.shape))
    positive, reference = ours @ ours.conj().swapaxes(-1, -2), theirs @ theirs.conj().swapaxes(-1, -2)
    close(np.linalg.cholesky(positive), numpy.linalg.cholesky(reference))
    close(np.linalg.eigvalsh(positive), numpy.linalg.eigvalsh(reference))
    values, vectors = np.linalg.eig(ours)
    close(ours @ vectors, numpy.array((vectors * values[:, np.newaxis, :]).tolist()))


@pytest.mark.parametrize("shape", [(3, 2), (2, 3), (5, 5)])
def test_rectangular(shape):
    ours, theirs = matrix(*shape)
    u, s, vh = np.linalg.svd(ours, full_matrices=False)
    close((u * s) @ vh, theirs)
    close(s, numpy.linalg.svd(theirs, compute_uv=False))
    q, r = np.linalg.qr(ours)
    close(q @ r, theirs)
    close(np.linalg.pinv(ours), numpy.linalg.pinv(theirs))
    close(np.linalg.lstsq(ours, ours[:, 0])[0], numpy.linalg.lstsq(theirs, theirs[:, 0])[0])


@pytest.mark.parametrize("kind", ["f8", "c16"])
@pytest.mark.parametrize("size", [1e-300, 1e-160, 1e160, 1e300])
@pytest.mark.parametrize("n", [2, 5])
def test_huge_and_tiny_elements(n, size, kind):
    """Squares of the elements overflow or vanish: the factors are right all the same."""
    drawn = numpy.random.default_rng(n).standard_normal((2, n, n))
    plain = np.array(drawn[0] + 1j * drawn[1] if kind == "c16" else drawn[0]) + np.eye(n)
    for a, (left, right) in (
        (plain, np.linalg.qr(plain * size)),
        (plain + plain.conj().T, _both_sides(np.linalg.eigh((plain + plain.conj().T) * size))),
        (plain, _both_sides(np.linalg.eig(plain * size))),
    ):
        assert abs(left @ (right / size) - a).max() < 1e-13


def _both_sides(found):
    """Eigenvectors times eigenvalues, and the inverse of the eigenvectors."""
    return found.eigenvectors, found.eigenvalues[:, None] * np.linalg.inv(found.eigenvectors)


@pytest.mark.parametrize("ord", [None, "fro", "nuc", 1, -1, 2, -2, numpy.inf, -numpy.inf])
def test_matrix_norms(ord):
    ours, theirs = matrix(3, 4)
    assert float(np.linalg.norm(ours, ord)) == pytest.approx(float(numpy.linalg.norm(theirs, ord)))


@pytest.mark.parametrize(
    "call",
    [
        lambda m: m.inv([[1.0, 2.0], [2.0, 4.0]]),
        lambda m: m.cholesky([[-1.0]]),
        lambda m: m.inv([1.0]),
        lambda m: m.det([[1.0, 2.0]]),
        lambda m: m.eigvals([[float("nan")]]),
    ],
)
def test_errors(call):
    for library in (np.linalg, numpy.linalg):
        with pytest.raises(library.LinAlgError):
            call(library)


@pytest.mark.parametrize("magnitude", [5e-324, 1e-310, 1e-200, 1e200, 1e308])
@pytest.mark.parametrize("dtype", ["f8", "c16"])
def test_eigenvalues_of_tiny_matrices_of_extreme_numbers(magnitude, dtype):
    turn = 1j if dtype == "c16" else 1
    assert np.linalg.eigvals(np.array([[magnitude * turn]], dtype)).tolist() == [magnitude * turn]
    values, vectors = np.linalg.eig(np.array([[magnitude * turn, 0], [0, 0]], dtype))
    assert sorted(values.tolist(), key=abs) == [0, magnitude * turn]
    assert np.abs(vectors).tolist() in ([[1, 0], [0, 1]], [[0, 1], [1, 0]])
