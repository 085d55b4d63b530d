"""Eigenvalues of matrices with one or two columns, in Python numbers.

Array code costs microseconds per operation, whatever the size: stacks of tiny
matrices would wait for nothing else.
"""

import cmath
import math

import sharray as np


def eig(a, vectors):
    """(eigenvalues, unit eigenvectors as columns or None) of a 1 × 1 or 2 × 2 matrix."""
    rows = a.tolist()
    largest = max(max(abs(x.real), abs(x.imag)) for row in rows for x in row)
    if largest and not 1e-100 < largest < 1e100:  # squares would overflow or vanish
        scale = math.ldexp(1.0, math.frexp(largest)[1] - 1)
        values, vectors = eig(np.array([[_divided(x, scale) for x in row] for row in rows]), vectors)
        return values * scale, vectors
    if len(rows) == 1:
        return np.array([complex(rows[0][0])]), np.array([[1.0 + 0j]]) if vectors else None
    (p, q), (r, s) = rows
    values = _eigenvalues(p, q, r, s)
    if not vectors:
        return np.array(values), None
    columns = [_eigenvector(p, q, r, s, value, place) for place, value in enumerate(values)]
    return np.array(values), np.array(columns).T


def _divided(x, scale):
    """Part by part: a complex quotient of subnormal numbers overflows."""
    return x / scale if type(x) is float else complex(x.real / scale, x.imag / scale)


def _eigenvalues(p, q, r, s):
    """In LAPACK's order: the one on the far side of the first diagonal element first; no difference of near values."""
    if q == 0:
        return [complex(s), complex(p)] if r else [complex(p), complex(s)]
    half = (p - s) / 2
    root = cmath.sqrt(half * half + q * r)
    if half.real < 0 and root.imag == 0:
        root = -root
    step = half + root
    if root.imag or step == 0:
        middle = (p + s) / 2
        return [middle + root, middle - root]
    return [complex(s + step), complex(s - q * r / step)]


def _eigenvector(p, q, r, s, value, place):
    first, second = (complex(q), value - p), (value - s, complex(r))
    best = first if abs(first[0]) + abs(first[1]) >= abs(second[0]) + abs(second[1]) else second
    length = math.hypot(abs(best[0]), abs(best[1]))
    if length == 0:  # a multiple of the unit matrix
        return [1 + 0j, 0j] if place == 0 else [0j, 1 + 0j]
    return [best[0] / length, best[1] / length]
