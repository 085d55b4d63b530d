"""Series of polynomials: powers, Chebyshev, Legendre, Laguerre, Hermite.

Made by `make stubs` from the package and `tools/stubs`; not to be edited.
"""

# mypy: disable-error-code="override, misc, overload-overlap, overload-cannot-match, explicit-override"

from typing import Any

from sharray._pytesttester import PytestTester as _PytestTester
from sharray.polynomial import (
    chebyshev as chebyshev,
    hermite as hermite,
    hermite_e as hermite_e,
    laguerre as laguerre,
    legendre as legendre,
    polynomial as polynomial,
)
from sharray.polynomial.chebyshev import Chebyshev as Chebyshev
from sharray.polynomial.hermite import Hermite as Hermite
from sharray.polynomial.hermite_e import HermiteE as HermiteE
from sharray.polynomial.laguerre import Laguerre as Laguerre
from sharray.polynomial.legendre import Legendre as Legendre
from sharray.polynomial.polynomial import Polynomial as Polynomial

__all__ = [
    "Chebyshev",
    "Hermite",
    "HermiteE",
    "Laguerre",
    "Legendre",
    "Polynomial",
    "chebyshev",
    "hermite",
    "hermite_e",
    "laguerre",
    "legendre",
    "polynomial",
    "set_default_printstyle",
]

def set_default_printstyle(style: Any) -> Any: ...

test: _PytestTester
