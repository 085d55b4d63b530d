"""Factorisations of dense matrices in array code, for small and middling sizes.

Every function takes arrays of float64 or complex128. `lu`, `cholesky` and `qr`
work on stacks at once; the eigenvalue and singular value routines take one
matrix. The methods are the plain ones: Gaussian elimination with partial
pivoting, Householder reflections, Jacobi rotations (slow and accurate), and the
shifted QR iteration on a Hessenberg matrix.
"""

import math

import sharray as np

from . import _tiny

_MOST_SWEEPS = 60


class Failure(Exception):
    """The method doesn't apply (singular, not positive definite) or didn't converge."""


def lu(a):
    """(packed factors, row order, sign of the order) of a stack of square matrices."""
    a = a.copy()
    n = a.shape[-1]
    order = np.empty(a.shape[:-1], dtype=np.intp)
    order[...] = np.arange(n)
    sign = np.ones(a.shape[:-2])
    for k in range(n):
        best = np.argmax(np.abs(a[..., k:, k]), axis=-1) + k
        sign = np.where(best != k, -sign, sign)
        _swap_rows(a, k, best)
        _swap_rows(order[..., np.newaxis], k, best)
        pivot = a[..., k : k + 1, k]
        safe = np.where(pivot == 0, 1, pivot)
        a[..., k + 1 :, k] /= safe
        a[..., k + 1 :, k + 1 :] -= a[..., k + 1 :, k, np.newaxis] * a[..., k, np.newaxis, k + 1 :]
    return a, order, sign


def _swap_rows(a, k, best):
    if best.ndim == 0:
        if best != k:
            a[[k, int(best)]] = a[[int(best), k]]
        return
    for index in np.argwhere(best != k):
        place = tuple(int(i) for i in index)
        other = int(best[place])
        a[(*place, [k, other])] = a[(*place, [other, k])]


def solve(a, b):
    """x with ``a @ x == b`` for stacks of matrices; Failure for singular ones."""
    factors, order, _ = lu(a)
    n = a.shape[-1]
    if n and (np.diagonal(factors, axis1=-2, axis2=-1) == 0).any():
        raise Failure("Singular matrix")
    lead = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    factors = np.broadcast_to(factors, lead + factors.shape[-2:])
    order = np.broadcast_to(order, lead + order.shape[-1:])
    x = np.array(np.broadcast_to(b, lead + b.shape[-2:]), dtype=np.result_type(a, b))
    x = np.take_along_axis(x, order[..., np.newaxis], axis=-2)
    for k in range(n):
        x[..., k + 1 :, :] -= factors[..., k + 1 :, k, np.newaxis] * x[..., k : k + 1, :]
    for k in range(n - 1, -1, -1):
        x[..., k, :] /= factors[..., k, k, np.newaxis]
        x[..., :k, :] -= factors[..., :k, k, np.newaxis] * x[..., k : k + 1, :]
    return x


def cholesky(a):
    """The lower triangular factor of a stack of positive definite matrices, or Failure."""
    n = a.shape[-1]
    factor = np.zeros_like(a)
    for k in range(n):
        row = factor[..., k, :k]
        pivot = a[..., k, k].real - (row * row.conj()).sum(-1).real
        if not (pivot > 0).all():
            raise Failure("Matrix is not positive definite")
        root = np.sqrt(pivot)
        factor[..., k, k] = root
        if k + 1 < n:
            rest = (factor[..., k + 1 :, :k] * row.conj()[..., np.newaxis, :]).sum(-1)
            factor[..., k + 1 :, k] = (a[..., k + 1 :, k] - rest) / root[..., np.newaxis]
    return factor


def _scale(a):
    """A power of two to divide by lest squares overflow or vanish; 1 for ordinary magnitudes, inf and nan."""
    largest = max(np.abs(a.real).max(initial=0.0).item(), np.abs(a.imag).max(initial=0.0).item())
    if largest == 0 or 1e-120 < largest < 1e120 or not math.isfinite(largest):
        return 1.0
    return math.ldexp(1.0, math.frexp(largest)[1] - 1)


def reflector(x):
    """(v, tau, beta): ``x - tau * v * (v^H x)`` is beta times the first unit vector; v[0] is 1."""
    scale = _scale(x)
    if scale != 1:
        v, tau, beta = reflector(x / scale)
        return v, tau, beta * scale
    alpha = x[0]
    rest = np.sqrt((np.abs(x[1:]) ** 2).sum())
    if rest == 0 and alpha.imag == 0:
        return x * 0, alpha * 0, alpha
    beta = -np.copysign(np.hypot(np.abs(alpha), rest), alpha.real)
    tau = (beta - alpha) / beta
    v = x / (alpha - beta)
    v[0] = 1
    return v, tau, beta


def qr_packed(a):
    """(R with the reflectors below it, taus), as LAPACK's geqrf packs them, of one matrix."""
    a = a.copy()
    m, n = a.shape
    taus = np.zeros(min(m, n), dtype=a.dtype)
    for k in range(min(m, n)):
        v, tau, beta = reflector(a[k:, k].copy())
        taus[k] = tau
        a[k:, k + 1 :] -= np.outer(v, np.conj(tau) * (v.conj() @ a[k:, k + 1 :]))
        a[k, k] = beta
        a[k + 1 :, k] = v[1:]
    return a, taus


def q_from_packed(packed, taus, columns):
    """The first `columns` columns of Q."""
    m = packed.shape[0]
    q = np.eye(m, columns, dtype=packed.dtype)
    for k in range(len(taus) - 1, -1, -1):
        v = packed[k:, k].copy()
        v[0] = 1
        q[k:] -= np.outer(v, taus[k] * (v.conj() @ q[k:]))
    return q


def _rounds(n):
    """Rounds of a tournament: disjoint pairs (p, q), p < q, that together are all pairs below `n`."""
    players = list(range(n + n % 2))
    half = len(players) // 2
    for _ in range(len(players) - 1):
        pairs = [(min(a, b), max(a, b)) for a, b in zip(players[:half], reversed(players[half:]), strict=True)]
        pairs = [pair for pair in pairs if pair[1] < n]
        yield np.array([p for p, _ in pairs]), np.array([q for _, q in pairs])
        players = [players[0], players[-1], *players[1:-1]]


def _rotations(app, aqq, apq, active):
    """(c, s, phase) of the rotations that make the off-diagonal elements zero; none where inactive."""
    size = np.where(active, np.abs(apq), 1.0)
    phase = np.where(active, apq / size, 1.0)
    theta = (aqq - app) / (2 * size)
    t = np.where(theta >= 0, 1.0, -1.0) / (np.abs(theta) + np.sqrt(theta * theta + 1))
    t = np.where(active, t, 0.0)
    c = 1 / np.sqrt(t * t + 1)
    return c, t * c, phase


def _turn_columns(matrix, p, q, c, s, phase):
    left, right = matrix[:, p], matrix[:, q]
    matrix[:, p] = c * left - (s * phase.conj()) * right
    matrix[:, q] = (s * phase) * left + c * right


def eigh(a):
    """(ascending eigenvalues, eigenvectors as columns) of one Hermitian matrix, by Jacobi rotations.

    The rotations of disjoint pairs are made together.
    """
    scale = _scale(a)
    a = a / scale
    n = a.shape[0]
    if n == 1:
        return np.diag(a).real * scale, np.ones((1, 1), dtype=a.dtype)
    vectors = np.eye(n, dtype=a.dtype)
    rounds = list(_rounds(n)) if n > 1 else []
    for _ in range(_MOST_SWEEPS):
        turned = False
        for p, q in rounds:
            app, aqq, apq = a[p, p].real, a[q, q].real, a[p, q]
            limit = 1e-16 * np.sqrt(np.abs(app * aqq)) + 1e-18 * np.abs(a).max()
            active = np.abs(apq) > limit
            if not active.any():
                continue
            turned = True
            c, s, phase = _rotations(app, aqq, apq, active)
            _turn_columns(vectors, p, q, c, s, phase)
            _turn_columns(a, p, q, c, s, phase)
            _turn_columns(a.T, p, q, c, s, phase.conj())
        if not turned:
            break
    values = np.diag(a).real
    order = np.argsort(values, kind="stable")
    return values[order] * scale, vectors[:, order]


def _orthogonalise(work, v):
    """Rotate the columns of `work`, and those of `v` with them, until they are orthogonal."""
    n = work.shape[1]
    rounds = list(_rounds(n)) if n > 1 else []
    for _ in range(_MOST_SWEEPS):
        turned = False
        for p, q in rounds:
            left, right = work[:, p], work[:, q]
            alpha, beta = (np.abs(left) ** 2).sum(0), (np.abs(right) ** 2).sum(0)
            gamma = (left.conj() * right).sum(0)
            active = np.abs(gamma) > 1e-15 * np.sqrt(alpha * beta) + 1e-300
            if not active.any():
                continue
            turned = True
            c, s, phase = _rotations(alpha, beta, gamma, active)
            _turn_columns(work, p, q, c, s, phase)
            _turn_columns(v, p, q, c, s, phase)
        if not turned:
            return


def svd(a):
    """(U, s descending, V^H) of one matrix with at least as many rows as columns (one-sided Jacobi)."""
    scale = np.abs(a).max().item() if a.size else 0.0
    if not np.isfinite(scale):
        raise Failure("SVD did not converge")
    work = a / scale if scale else a.copy()
    n = a.shape[1]
    v = np.eye(n, dtype=a.dtype)
    if 0 < n <= 2 and scale:
        columns, s, v = _tiny.svd(work)
        work, s, v = np.array(columns, dtype=a.dtype).T, np.array(s), np.array(v, dtype=a.dtype)
    else:
        _orthogonalise(work, v)
        s = np.sqrt((np.abs(work) ** 2).sum(0))
    order = np.argsort(-s, kind="stable")
    s, work, v = s[order], work[:, order], v[:, order]
    u = work / np.where(s == 0, 1, s)
    rank = int((s > s[0].item() * 1e-15).sum()) if n else 0
    if rank < n:
        u = _complete(u[:, :rank], n)
    return u, s * (scale if scale else 1.0), v.conj().T


def _complete(u, columns):
    """`u` with orthonormal columns added, up to `columns`."""
    m, have = u.shape
    packed, taus = qr_packed(np.concatenate([u, np.eye(m, dtype=u.dtype)], axis=1))
    q = q_from_packed(packed, taus, m)
    result = np.empty((m, columns), dtype=u.dtype)
    result[:, :have] = u
    result[:, have:] = q[:, have:columns]
    return result


def complete_basis(u):
    """A square unitary matrix that begins with the columns of `u`."""
    return _complete(u, u.shape[0])


def schur(a):
    """(T upper triangular, Q unitary) with ``a == Q @ T @ Q^H``, of one complex matrix."""
    h = a.astype(np.complex128)
    n = h.shape[0]
    q = np.eye(n, dtype=h.dtype)
    for k in range(n - 2):
        v, tau, _ = reflector(h[k + 1 :, k].copy())
        h[k + 1 :] -= np.outer(v, np.conj(tau) * (v.conj() @ h[k + 1 :]))
        h[:, k + 1 :] -= np.outer(h[:, k + 1 :] @ v, tau * v.conj())
        q[:, k + 1 :] -= np.outer(q[:, k + 1 :] @ v, tau * v.conj())
        h[k + 2 :, k] = 0
    high, tries = n - 1, 0
    while high > 0:
        low = _deflate(h, high)
        if low == high:
            high, tries = high - 1, 0
            continue
        tries += 1
        if tries > 30 * max(10, n):
            raise Failure("Eigenvalues did not converge")
        _qr_step(h, q, low, high, exceptional=tries % 10 == 0)
    return np.triu(h), q


def _deflate(h, high):
    """The start of the unreduced block that ends at `high`; small subdiagonals become zero."""
    low = high
    while low > 0:
        size = abs(h[low, low].item()) + abs(h[low - 1, low - 1].item())
        size = size or np.abs(h).max().item()
        if abs(h[low, low - 1].item()) <= 2.3e-16 * size:
            h[low, low - 1] = 0
            break
        low -= 1
    return low


def _shift(h, high):
    """The eigenvalue of the last 2 × 2 block that is nearer to its last element."""
    a, b, c, d = (h[i, j].item() for i, j in ((high - 1, high - 1), (high - 1, high), (high, high - 1), (high, high)))
    half = (a - d) / 2
    root = (half * half + b * c) ** 0.5
    first, second = (a + d) / 2 + root, (a + d) / 2 - root
    return first if abs(first - d) < abs(second - d) else second


def _qr_step(h, q, low, high, exceptional):
    shift = h[high, high].item() + abs(h[high, high - 1].item()) if exceptional else _shift(h, high)
    for k in range(low, high + 1):
        h[k, k] -= shift
    turns = []
    for k in range(low, high):
        x, y = h[k, k].item(), h[k + 1, k].item()
        length = (abs(x) ** 2 + abs(y) ** 2) ** 0.5
        c, s = (x / length, y / length) if length else (1.0, 0.0)
        turns.append((c, s))
        top, bottom = h[k, k:].copy(), h[k + 1, k:].copy()
        h[k, k:] = np.conj(c) * top + np.conj(s) * bottom
        h[k + 1, k:] = -s * top + c * bottom
    for k, (c, s) in zip(range(low, high), turns, strict=True):
        end = min(k + 2, high) + 1
        for matrix, rows in ((h, end), (q, q.shape[0])):
            left, right = matrix[:rows, k].copy(), matrix[:rows, k + 1].copy()
            matrix[:rows, k] = c * left + s * right
            matrix[:rows, k + 1] = -np.conj(s) * left + np.conj(c) * right
    for k in range(low, high + 1):
        h[k, k] += shift


def eig(a, vectors=True):
    """(eigenvalues, unit eigenvectors as columns or None) of one matrix, complex."""
    n = a.shape[0]
    if not np.isfinite(a).all():
        raise Failure("Array must not contain infs or NaNs")
    scale = _scale(a)
    if scale != 1:
        values, vectors = eig(a / scale, vectors)
        return values * scale, vectors
    if 0 < n <= 2:
        return _tiny.eig(a, vectors)
    triangle, q = schur(a)
    values = np.diag(triangle).copy()
    if not vectors:
        return values, None
    smallest = 2.3e-16 * max(np.abs(triangle).max().item() if n else 0.0, 1e-290)
    result = np.zeros((n, n), dtype=np.complex128)
    for k in range(n):
        x = np.zeros(n, dtype=np.complex128)
        x[k] = 1
        for i in range(k - 1, -1, -1):
            gap = triangle[i, i].item() - values[k].item()
            if abs(gap) < smallest:
                gap = smallest
            x[i] = -(triangle[i, i + 1 : k + 1] @ x[i + 1 : k + 1]).item() / gap
        x = q @ x
        result[:, k] = x / np.sqrt((np.abs(x) ** 2).sum())
    return values, result
