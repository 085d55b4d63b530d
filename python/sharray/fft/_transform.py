"""The discrete Fourier transform of the last axis, in array code.

Lengths with small factors are split (Cooley and Tukey): the columns are
transformed, turned by twiddle factors, and combined by a small matrix. A length
with a large prime factor becomes a convolution of a power-of-two length
(Bluestein). Roots of unity come from exact integer exponents.
"""

import functools
import math

import sharray as np

# Up to this length the transform is a product with the matrix of roots.
_DIRECT = 8


def roots(exponents, n, sign):
    """``exp(sign * 2j * pi * exponents / n)`` for integer exponents, reduced first."""
    # within a quarter turn the angle is small, and multiples of a quarter turn come out exact
    quarter, rest = np.divmod(4 * (exponents % n), n)
    angles = rest * (np.pi / 2 / n)
    cosine, sine = np.cos(angles), np.sin(angles)
    result = np.empty(angles.shape, dtype=np.complex128)
    result.real = np.choose(quarter, [cosine, -sine, -cosine, sine])
    result.imag = np.choose(quarter, [sine, cosine, -sine, -cosine]) * sign
    return result


@functools.lru_cache(maxsize=64)
def _matrix(n, sign):
    k = np.arange(n)
    return roots(k[:, np.newaxis] * k, n, sign)


@functools.lru_cache(maxsize=64)
def _twiddles(p, m, sign):
    return roots(np.arange(p)[:, np.newaxis] * np.arange(m), p * m, sign)


def _small_factor(n):
    """The largest divisor of `n` up to the direct length, 1 if there is none."""
    return next((p for p in range(min(_DIRECT, n), 1, -1) if n % p == 0), 1)


def transform(x, sign):
    """Sums ``x[j] exp(sign 2πi jk / n)`` over the last axis, complex128, not normalised."""
    n = x.shape[-1]
    if n == 1:
        return x.astype(np.complex128)
    if n <= _DIRECT:
        return np.matmul(x, _matrix(n, sign))
    p = _small_factor(n)
    if p == 1:
        return _bluestein(x, sign)
    m = n // p
    columns = np.swapaxes(x.reshape(x.shape[:-1] + (m, p)), -1, -2)
    parts = transform(columns, sign) * _twiddles(p, m, sign)
    return np.matmul(_matrix(p, sign), parts).reshape(x.shape)


@functools.lru_cache(maxsize=16)
def _chirp(n, sign):
    """(chirp, transformed kernel, padded length) of Bluestein's convolution."""
    j = np.arange(n)
    chirp = roots(j * j, 2 * n, sign)
    length = 1 << math.ceil(math.log2(2 * n - 1))
    kernel = np.zeros(length, dtype=np.complex128)
    kernel[:n] = chirp.conj()
    kernel[length - n + 1 :] = chirp[:0:-1].conj()
    return chirp, transform(kernel, -1), length


def _bluestein(x, sign):
    n = x.shape[-1]
    chirp, kernel, length = _chirp(n, sign)
    padded = np.zeros(x.shape[:-1] + (length,), dtype=np.complex128)
    padded[..., :n] = x * chirp
    product = transform(transform(padded, -1) * kernel, 1) / length
    return product[..., :n] * chirp
