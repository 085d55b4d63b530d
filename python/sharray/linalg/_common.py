"""What the functions of `linalg` share: results, errors, checks, and how a stack of matrices is gone through."""

import functools
from typing import Any, NamedTuple

import sharray as np

from .._core.overrides import dispatch_on
from .._utils import set_module

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


def _makearray(a):
    array = np.asarray(a)
    return array, getattr(a, "__array_wrap__", array.__array_wrap__)


_REAL = {"F": np.dtype("f4"), "D": np.dtype("f8"), "f": np.dtype("f4"), "d": np.dtype("f8")}


def _common_type(*arrays):
    """The dtype to compute in; TypeError for dtypes that are no numbers here."""
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
    return np.dtype(
        {(True, False): "f4", (False, False): "f8", (True, True): "c8", (False, True): "c16"}[single, is_complex]
    )


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
        parts = function(a[index])
        for result, part in zip(results, parts if isinstance(parts, tuple) else (parts,), strict=True):
            result[index] = part
    return results
