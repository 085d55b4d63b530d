"""Series of polynomials: powers, Chebyshev, Legendre, Laguerre, Hermite.

>>> import sharray as np
>>> np.polynomial.Polynomial([1, 2])(3.0)
np.float64(7.0)

Each family has a class, and a module of functions on coefficients.
"""

from .._pytesttester import PytestTester as _PytestTester
from . import chebyshev, hermite, hermite_e, laguerre, legendre, polynomial, polyutils
from ._polybase import ABCPolyBase as _ABCPolyBase
from .chebyshev import Chebyshev
from .hermite import Hermite
from .hermite_e import HermiteE
from .laguerre import Laguerre
from .legendre import Legendre
from .polynomial import Polynomial

__all__ = [
    "set_default_printstyle",
    "polynomial",
    "Polynomial",
    "chebyshev",
    "Chebyshev",
    "legendre",
    "Legendre",
    "hermite",
    "Hermite",
    "hermite_e",
    "HermiteE",
    "laguerre",
    "Laguerre",
]


def set_default_printstyle(style):
    """Whether `str` of a series uses 'unicode' or 'ascii'; ValueError for other words.

    Parameters
    ----------
    style : {'unicode', 'ascii'}

    Returns
    -------
    None.

    Examples
    --------
    >>> import sharray as np
    >>> np.polynomial.set_default_printstyle("ascii")
    >>> print(np.polynomial.Polynomial([1, 2, 3]))
    1.0 + 2.0 x + 3.0 x**2
    >>> np.polynomial.set_default_printstyle("unicode")
    """
    if style not in ("unicode", "ascii"):
        raise ValueError(f"Unsupported format string '{style}'. Valid options are 'ascii' and 'unicode'")
    _ABCPolyBase._use_unicode = style == "unicode"


test = _PytestTester(__name__)
