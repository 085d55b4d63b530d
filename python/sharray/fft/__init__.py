"""Discrete Fourier transforms.

>>> import sharray as np
>>> np.fft.rfft([1.0, 2.0, 3.0, 4.0])
array([10.+0.j, -2.+2.j, -2.+0.j])
"""

from .._pytesttester import PytestTester as _PytestTester
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

test = _PytestTester(__name__)
del _PytestTester
