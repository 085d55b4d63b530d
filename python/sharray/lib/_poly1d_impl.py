"""`poly1d`: a polynomial of one variable as an object.

The arithmetic is that of the functions in `_polynomial_impl`, which are
imported when they are needed, as they know this class.
"""

import re
import warnings

from .._core.multiarray import array, asarray, concatenate, zeros
from .._core.numeric import isscalar
from .._core.shape_base import atleast_1d
from .._core.umath import logical_or
from .._utils import set_module
from ._edit_impl import trim_zeros

__all__ = ['poly1d']

_POWER = re.compile(r'\*\*(\d+)')


def _raise_power(astr, wrap=70):
    """Text with ``x**2`` as two lines, exponents above; wrapped at `wrap`."""
    *parts, rest = re.split(_POWER, astr)
    bases, powers = parts[::2], parts[1::2]
    lines = []
    upper, lower = ' ', ''
    for base, power in zip(bases, powers):
        if len(lower) + len(base) + len(power) > wrap:
            lines.append(f"{upper}\n{lower}\n")
            upper, lower = ' ', ''
        lower += base
        # The exponent stands above the gap after the variable.
        upper = upper.ljust(len(lower)) + power
        lower += ' ' * (len(power) - 1)
    return ''.join(lines) + f"{upper}\n{lower}" + rest


def _short(number):
    text = f"{number:.4g}"
    return text.removesuffix('.0000')


def _coefficient_text(coefficient):
    if not coefficient.imag:
        return _short(coefficient.real)
    if coefficient.real == 0:
        return f"{_short(coefficient.imag)}j"
    return f"({_short(coefficient.real)} + {_short(coefficient.imag)}j)"


def _poly():
    from . import _polynomial_impl

    return _polynomial_impl


@set_module('numpy')
class poly1d:
    """A polynomial from its coefficients, highest power first, or its zeros.

    `c_or_r` are coefficients, or zeros if `r`; `variable` is the letter to
    print. Callable, with arithmetic; ``p[k]`` is the coefficient of the k-th
    power. ValueError unless the coefficients are 1-D.

    Parameters
    ----------
    c_or_r : array_like
        Coefficients, the highest power first, or roots.
    r : bool, optional
        Whether they are roots.
    variable : str, optional
        The variable's name in print.

    Examples
    --------
    >>> p = np.poly1d([1, 2, 3])
    >>> p(2)
    np.int64(11)
    >>> p * [1, 0]
    poly1d([1, 2, 3, 0])
    """

    __hash__ = None

    def __init__(self, c_or_r, r=False, variable=None):
        if isinstance(c_or_r, poly1d):
            self._variable = c_or_r._variable
            self._coeffs = c_or_r._coeffs
            more = c_or_r.__dict__.keys() - self.__dict__.keys()
            if more:
                warnings.warn(
                    "In the future extra properties will not be copied "
                    f"across when constructing one poly1d from another: "
                    f"{sorted(more)}",
                    FutureWarning,
                    stacklevel=2,
                )
                self.__dict__.update(c_or_r.__dict__)
            if variable is not None:
                self._variable = variable
            return
        if r:
            c_or_r = _poly().poly(c_or_r)
        coefficients = atleast_1d(c_or_r)
        if coefficients.ndim > 1:
            raise ValueError(f"Polynomial must be 1d only, got {coefficients.ndim} dimensions.")
        coefficients = trim_zeros(coefficients, trim='f')
        if len(coefficients) == 0:
            coefficients = array([0], dtype=coefficients.dtype)
        self._coeffs = coefficients
        self._variable = 'x' if variable is None else variable

    # The coefficients stand in the instance under their public name, for
    # subclasses and pickles; the property in the class comes first.

    @property
    def _coeffs(self):
        return self.__dict__['coeffs']

    @_coeffs.setter
    def _coeffs(self, coefficients):
        self.__dict__['coeffs'] = coefficients

    @property
    def coeffs(self):
        """The coefficients, highest power first."""
        return self._coeffs

    @coeffs.setter
    def coeffs(self, value):
        # In-place operators assign what they got.
        if value is not self._coeffs:
            raise AttributeError("Cannot set attribute")

    @property
    def variable(self):
        """The name of the variable in print."""
        return self._variable

    @property
    def order(self):
        """The degree."""
        return len(self._coeffs) - 1

    @property
    def roots(self):
        """The zeros."""
        return _poly().roots(self._coeffs)

    r = roots
    c = coef = coefficients = coeffs
    o = order

    def __array__(self, t=None, copy=None):
        return asarray(self.coeffs).__array__(t, copy=copy)

    def __repr__(self):
        return f"poly1d({repr(self.coeffs)[6:-1]})"

    def __len__(self):
        return self.order

    def __str__(self):
        name = self.variable
        coefficients = self.coeffs[logical_or.accumulate(self.coeffs != 0)]
        degree = len(coefficients) - 1
        text = "0"
        for k, coefficient in enumerate(coefficients):
            term = self._term(_coefficient_text(coefficient), degree - k, k == 0, name)
            if k == 0:
                text = term
            elif term.startswith('-'):
                text += f" - {term[1:]}"
            elif term:
                text += f" + {term}"
        return _raise_power(text)

    @staticmethod
    def _term(factor, power, alone, name):
        """One summand as text, empty for a zero one that can be left out."""
        if factor == '0':
            return '0' if power == 0 and alone else ''
        if power == 0:
            return factor
        if power == 1:
            return f"{factor} {name}"
        return f"{factor} {name}**{power}"

    def __call__(self, val):
        return _poly().polyval(self.coeffs, val)

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __pos__(self):
        return self

    def __mul__(self, other):
        if isscalar(other):
            return poly1d(self.coeffs * other)
        return poly1d(_poly().polymul(self.coeffs, poly1d(other).coeffs))

    def __rmul__(self, other):
        if isscalar(other):
            return poly1d(other * self.coeffs)
        return poly1d(_poly().polymul(poly1d(other).coeffs, self.coeffs))

    def __add__(self, other):
        return poly1d(_poly().polyadd(self.coeffs, poly1d(other).coeffs))

    __radd__ = __add__

    def __pow__(self, val):
        if not isscalar(val) or int(val) != val or val < 0:
            raise ValueError(f"Power to non-negative integers only, got {val!r}.")
        result = array([1])
        for _ in range(int(val)):
            result = _poly().polymul(self.coeffs, result)
        return poly1d(result)

    def __sub__(self, other):
        return poly1d(_poly().polysub(self.coeffs, poly1d(other).coeffs))

    def __rsub__(self, other):
        return poly1d(_poly().polysub(poly1d(other).coeffs, self.coeffs))

    def __truediv__(self, other):
        if isscalar(other):
            return poly1d(self.coeffs / other)
        return _poly().polydiv(self, poly1d(other))

    def __rtruediv__(self, other):
        if isscalar(other):
            return poly1d(other / self.coeffs)
        return _poly().polydiv(poly1d(other), self)

    def __eq__(self, other):
        if not isinstance(other, poly1d):
            return NotImplemented
        if self.coeffs.shape != other.coeffs.shape:
            return False
        return (self.coeffs == other.coeffs).all()

    def __ne__(self, other):
        if not isinstance(other, poly1d):
            return NotImplemented
        return not self.__eq__(other)

    def __getitem__(self, val):
        index = self.order - val
        if val > self.order or val < 0:
            return self.coeffs.dtype.type(0)
        return self.coeffs[index]

    def __setitem__(self, key, val):
        if key < 0:
            raise ValueError(f"Does not support negative powers: {key}.")
        missing = key - self.order
        if missing > 0:
            self._coeffs = concatenate((zeros(missing, self.coeffs.dtype), self.coeffs))
        self._coeffs[self.order - key] = val

    def __iter__(self):
        return iter(self.coeffs)

    def integ(self, m=1, k=0):
        """The `m`-th antiderivative: see `polyint`.

        Parameters
        ----------
        m : int, optional
            How often to integrate.
        k : scalar or sequence, optional
            The constants of integration.

        Returns
        -------
        poly1d.

        Examples
        --------
        >>> np.poly1d([2, 2]).integ(k=5)
        poly1d([1., 2., 5.])
        """
        return poly1d(_poly().polyint(self.coeffs, m=m, k=k))

    def deriv(self, m=1):
        """The `m`-th derivative: see `polyder`.

        Parameters
        ----------
        m : int, optional
            How often to differentiate.

        Returns
        -------
        poly1d.

        Examples
        --------
        >>> np.poly1d([1, 2, 3]).deriv()
        poly1d([2, 2])
        """
        return poly1d(_poly().polyder(self.coeffs, m=m))
