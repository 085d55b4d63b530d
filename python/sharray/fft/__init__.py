"""Discrete Fourier transforms.

>>> import sharray as np
>>> np.fft.rfft([1.0, 2.0, 3.0, 4.0])
array([10.+0.j, -2.+2.j, -2.+0.j])
"""

from . import _fft, _helper
from ._fft import (
    fft,
    fft2,
    fftn,
    hfft,
    ifft,
    ifft2,
    ifftn,
    ihfft,
    irfft,
    irfft2,
    irfftn,
    rfft,
    rfft2,
    rfftn,
)
from ._helper import fftfreq, fftshift, ifftshift, rfftfreq

__all__ = [*_fft.__all__, *_helper.__all__]


def __getattr__(name):
    if name == "test":
        from .._pytesttester import PytestTester

        return PytestTester(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
