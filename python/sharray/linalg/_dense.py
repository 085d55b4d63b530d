"""Eigenvalues of general matrices in array code: the shifted QR iteration on a Hessenberg matrix.

Takes one matrix of float64 or complex128.
"""

import math

import sharray as np

from . import _tiny


class Failure(Exception):
    """The method doesn't apply (singular, not positive definite) or didn't converge."""


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
