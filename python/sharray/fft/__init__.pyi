"""Discrete Fourier transforms.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

from typing import Any

from sharray import _typing as _t
from sharray._pytesttester import PytestTester as _PytestTester

__all__ = [
    "fft",
    "fft2",
    "fftfreq",
    "fftn",
    "fftshift",
    "hfft",
    "ifft",
    "ifft2",
    "ifftn",
    "ifftshift",
    "ihfft",
    "irfft",
    "irfft2",
    "irfftn",
    "rfft",
    "rfft2",
    "rfftfreq",
    "rfftn",
]

def fft(a: _t.ArrayLike, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> _t._Array: ...
def fft2(a: _t.ArrayLike, s: Any = None, axes: _t._Axes = ..., norm: Any = None, out: Any = None) -> _t._Array: ...
def fftfreq(
    n: Any, d: Any = 1.0, device: _t._Device | None = None, *, dtype: _t.DTypeLike | None = None
) -> _t._Array: ...
def fftn(
    a: _t.ArrayLike, s: Any = None, axes: _t._Axes | None = None, norm: Any = None, out: Any = None
) -> _t._Array: ...
def fftshift(x: _t.ArrayLike, axes: _t._Axes | None = None) -> _t._Array: ...
def hfft(a: _t.ArrayLike, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> _t._Array: ...
def ifft(a: _t.ArrayLike, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> _t._Array: ...
def ifft2(a: _t.ArrayLike, s: Any = None, axes: _t._Axes = ..., norm: Any = None, out: Any = None) -> _t._Array: ...
def ifftn(
    a: _t.ArrayLike, s: Any = None, axes: _t._Axes | None = None, norm: Any = None, out: Any = None
) -> _t._Array: ...
def ifftshift(x: _t.ArrayLike, axes: _t._Axes | None = None) -> _t._Array: ...
def ihfft(a: _t.ArrayLike, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> _t._Array: ...
def irfft(a: _t.ArrayLike, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> _t._Array: ...
def irfft2(a: _t.ArrayLike, s: Any = None, axes: _t._Axes = ..., norm: Any = None, out: Any = None) -> _t._Array: ...
def irfftn(
    a: _t.ArrayLike, s: Any = None, axes: _t._Axes | None = None, norm: Any = None, out: Any = None
) -> _t._Array: ...
def rfft(a: _t.ArrayLike, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> _t._Array: ...
def rfft2(a: _t.ArrayLike, s: Any = None, axes: _t._Axes = ..., norm: Any = None, out: Any = None) -> _t._Array: ...
def rfftfreq(
    n: Any, d: Any = 1.0, device: _t._Device | None = None, *, dtype: _t.DTypeLike | None = None
) -> _t._Array: ...
def rfftn(
    a: _t.ArrayLike, s: Any = None, axes: _t._Axes | None = None, norm: Any = None, out: Any = None
) -> _t._Array: ...

test: _PytestTester
