"""`ABCPolyBase`: what all classes of series share.

A subclass names its family's functions (`_add`, `_mul`, `_val`, …), its `domain`,
`window` and `basis_name`.
"""

import abc
import numbers
import os
from collections.abc import Callable

import sharray as np

from . import polyutils as pu

__all__ = ["ABCPolyBase"]


class ABCPolyBase(abc.ABC):
    """A series with domain, window and symbol: arithmetic, calculus, fitting, printing."""

    __hash__ = None
    __array_ufunc__ = None

    maxpower = 100

    _superscript_mapping = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
    _subscript_mapping = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
    # some terminals of Windows can't show the digits above
    _use_unicode = os.name != "nt"

    @property
    def symbol(self):
        """The name of the variable in printed forms."""
        return self._symbol

    @property
    @abc.abstractmethod
    def domain(self):
        """The interval that is mapped to the window."""

    @property
    @abc.abstractmethod
    def window(self):
        """The interval in which the series is evaluated."""

    @property
    @abc.abstractmethod
    def basis_name(self):
        """The letter of the basis, None for powers."""

    @staticmethod
    @abc.abstractmethod
    def _add(c1, c2): ...

    @staticmethod
    @abc.abstractmethod
    def _sub(c1, c2): ...

    @staticmethod
    @abc.abstractmethod
    def _mul(c1, c2): ...

    @staticmethod
    @abc.abstractmethod
    def _div(c1, c2): ...

    @staticmethod
    @abc.abstractmethod
    def _pow(c, pow, maxpower=None): ...

    @staticmethod
    @abc.abstractmethod
    def _val(x, c): ...

    @staticmethod
    @abc.abstractmethod
    def _int(c, m, k, lbnd, scl): ...

    @staticmethod
    @abc.abstractmethod
    def _der(c, m, scl): ...

    @staticmethod
    @abc.abstractmethod
    def _fit(x, y, deg, rcond, full): ...

    @staticmethod
    @abc.abstractmethod
    def _line(off, scl): ...

    @staticmethod
    @abc.abstractmethod
    def _roots(c): ...

    @staticmethod
    @abc.abstractmethod
    def _fromroots(r): ...

    def has_samecoef(self, other):
        """Whether the coefficients are equal, in number too.

        Parameters
        ----------
        other : series

        Returns
        -------
        bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2]).has_samecoef(np.polynomial.Polynomial([1, 2, 0]))
        False
        """
        return len(self.coef) == len(other.coef) and bool(np.all(self.coef == other.coef))

    def has_samedomain(self, other):
        """Whether the domains are equal.

        Parameters
        ----------
        other : series

        Returns
        -------
        bool.

        Examples
        --------
        >>> import sharray as np
        >>> a = np.polynomial.Polynomial([1, 2])
        >>> a.has_samedomain(np.polynomial.Polynomial([1, 2], domain=[0, 1]))
        False
        """
        return bool(np.all(self.domain == other.domain))

    def has_samewindow(self, other):
        """Whether the windows are equal.

        Parameters
        ----------
        other : series

        Returns
        -------
        bool.

        Examples
        --------
        >>> import sharray as np
        >>> a = np.polynomial.Polynomial([1, 2])
        >>> a.has_samewindow(np.polynomial.Polynomial([1, 2], window=[0, 1]))
        False
        """
        return bool(np.all(self.window == other.window))

    def has_sametype(self, other):
        """Whether `other` is of the same class.

        Parameters
        ----------
        other : object

        Returns
        -------
        bool.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2]).has_sametype(np.polynomial.Chebyshev([1, 2]))
        False
        """
        return isinstance(other, self.__class__)

    def _get_coefficients(self, other):
        """The coefficients of another operand; TypeError or ValueError if it doesn't fit."""
        if not isinstance(other, ABCPolyBase):
            return other
        if not isinstance(other, self.__class__):
            raise TypeError("Polynomial types differ")
        if not np.all(self.domain == other.domain):
            raise TypeError("Domains differ")
        if not np.all(self.window == other.window):
            raise TypeError("Windows differ")
        if self.symbol != other.symbol:
            raise ValueError("Polynomial symbols differ")
        return other.coef

    def __init__(self, coef, domain=None, window=None, symbol="x"):
        [self.coef] = pu.as_series([coef], trim=False)
        for name, value in (("domain", domain), ("window", window)):
            if value is not None:
                [value] = pu.as_series([value], trim=False)
                if len(value) != 2:
                    raise ValueError(f"{name.capitalize()} has wrong number of elements.")
                setattr(self, name, value)
        try:
            if not symbol.isidentifier():
                raise ValueError("Symbol string must be a valid Python identifier")
        except AttributeError:
            raise TypeError("Symbol must be a non-empty string") from None
        self._symbol = symbol

    def __repr__(self):
        coef, domain, window = (repr(one)[6:-1] for one in (self.coef, self.domain, self.window))
        return f"{type(self).__name__}({coef}, domain={domain}, window={window}, symbol='{self.symbol}')"

    def __format__(self, fmt_str):
        if fmt_str == "":
            return self.__str__()
        if fmt_str not in ("ascii", "unicode"):
            raise ValueError(
                f"Unsupported format string '{fmt_str}' passed to {self.__class__}.__format__. "
                "Valid options are 'ascii' and 'unicode'"
            )
        return self._generate_string(self._str_term_ascii if fmt_str == "ascii" else self._str_term_unicode)

    def __str__(self):
        return self._generate_string(self._str_term_unicode if self._use_unicode else self._str_term_ascii)

    def _generate_string(self, term_method):
        """The terms with signs between them, in lines no longer than the print option."""
        linewidth = np.get_printoptions().get("linewidth", 75)
        if linewidth < 1:
            linewidth = 1
        out = pu.format_float(self.coef[0])
        offset, scale = self.mapparms()
        scaled_symbol, needs_parens = self._format_term(pu.format_float, offset, scale)
        if needs_parens:
            scaled_symbol = f"({scaled_symbol})"
        for place, coef in enumerate(self.coef[1:]):
            out += " "
            power = str(place + 1)
            try:
                positive = coef >= 0
            except TypeError:
                positive = None  # complex numbers, objects
            if positive is None or positive or coef != coef:
                text = f"+ {pu.format_float(coef, parens=True)}"
            else:
                text = f"- {pu.format_float(-coef, parens=True)}"
            text += term_method(power, scaled_symbol)
            line = len(out.split("\n")[-1]) + len(text)
            if place < len(self.coef[1:]) - 1:
                line += 2  # room for the sign of the next term
            out += text.replace(" ", "\n", 1) if line >= linewidth else text
        return out

    @classmethod
    def _str_term_unicode(cls, i, arg_str):
        if cls.basis_name is None:
            raise NotImplementedError(
                "Subclasses must define either a basis_name, or override _str_term_unicode(i, arg_str)"
            )
        return f"·{cls.basis_name}{i.translate(cls._subscript_mapping)}({arg_str})"

    @classmethod
    def _str_term_ascii(cls, i, arg_str):
        if cls.basis_name is None:
            raise NotImplementedError(
                "Subclasses must define either a basis_name, or override _str_term_ascii(i, arg_str)"
            )
        return f" {cls.basis_name}_{i}({arg_str})"

    @classmethod
    def _repr_latex_term(cls, i, arg_str, needs_parens):
        if cls.basis_name is None:
            raise NotImplementedError(
                "Subclasses must define either a basis name, or override _repr_latex_term(i, arg_str, needs_parens)"
            )
        return f"{{{cls.basis_name}}}_{{{i}}}({arg_str})"

    @staticmethod
    def _repr_latex_scalar(x, parens=False):
        return rf"\text{{{pu.format_float(x, parens=parens)}}}"

    def _format_term(self, scalar_format: Callable, off: float, scale: float):
        """The mapped variable, and whether it needs parentheses."""
        if off == 0 and scale == 1:
            return self.symbol, False
        if scale == 1:
            return f"{scalar_format(off)} + {self.symbol}", True
        if off == 0:
            return f"{scalar_format(scale)}{self.symbol}", True
        return f"{scalar_format(off)} + {scalar_format(scale)}{self.symbol}", True

    def _repr_latex_(self):
        offset, scale = self.mapparms()
        term, needs_parens = self._format_term(self._repr_latex_scalar, offset, scale)
        parts = []
        for place, coef in enumerate(self.coef):
            if place == 0:
                coef_text = self._repr_latex_scalar(coef)
            elif not isinstance(coef, numbers.Real):
                coef_text = f" + ({self._repr_latex_scalar(coef)})"
            elif coef >= 0:
                coef_text = f" + {self._repr_latex_scalar(coef, parens=True)}"
            else:
                coef_text = f" - {self._repr_latex_scalar(-coef, parens=True)}"
            basis = self._repr_latex_term(place, term, needs_parens)
            part = coef_text if basis == "1" else rf"{coef_text}\,{basis}"
            parts.append(rf"\color{{LightGray}}{{{part}}}" if coef == 0 else part)
        return rf"${self.symbol} \mapsto {''.join(parts) if parts else '0'}$"

    def __getstate__(self):
        state = self.__dict__.copy()
        state["coef"] = self.coef.copy()
        state["domain"] = self.domain.copy()
        state["window"] = self.window.copy()
        state["symbol"] = self.symbol
        return state

    def __setstate__(self, dict):
        self.__dict__ = dict

    def __call__(self, arg):
        arg = pu.mapdomain(arg, self.domain, self.window)
        return self._val(arg, self.coef)

    def __iter__(self):
        return iter(self.coef)

    def __len__(self):
        return len(self.coef)

    def _same(self, coef):
        return self.__class__(coef, self.domain, self.window, self.symbol)

    def __neg__(self):
        return self._same(-self.coef)

    def __pos__(self):
        return self

    def _combined(self, operation, *operands):
        """NotImplemented where an operand can't be understood as coefficients."""
        try:
            coef = operation(*operands)
        except ZeroDivisionError:
            raise
        except Exception:
            return NotImplemented
        return self._same(coef)

    def __add__(self, other):
        return self._combined(self._add, self.coef, self._get_coefficients(other))

    def __sub__(self, other):
        return self._combined(self._sub, self.coef, self._get_coefficients(other))

    def __mul__(self, other):
        return self._combined(self._mul, self.coef, self._get_coefficients(other))

    def __truediv__(self, other):
        # only division by numbers gives a series again
        if not isinstance(other, numbers.Number) or isinstance(other, bool):
            raise TypeError(f"unsupported types for true division: '{type(self)}', '{type(other)}'")
        return self.__floordiv__(other)

    def __floordiv__(self, other):
        result = self.__divmod__(other)
        return result if result is NotImplemented else result[0]

    def __mod__(self, other):
        result = self.__divmod__(other)
        return result if result is NotImplemented else result[1]

    def __divmod__(self, other):
        other = self._get_coefficients(other)
        try:
            quotient, remainder = self._div(self.coef, other)
        except ZeroDivisionError:
            raise
        except Exception:
            return NotImplemented
        return self._same(quotient), self._same(remainder)

    def __pow__(self, other):
        return self._same(self._pow(self.coef, other, maxpower=self.maxpower))

    def __radd__(self, other):
        return self._combined(self._add, other, self.coef)

    def __rsub__(self, other):
        return self._combined(self._sub, other, self.coef)

    def __rmul__(self, other):
        return self._combined(self._mul, other, self.coef)

    def __rtruediv__(self, other):
        return NotImplemented

    def __rfloordiv__(self, other):
        result = self.__rdivmod__(other)
        return result if result is NotImplemented else result[0]

    def __rmod__(self, other):
        result = self.__rdivmod__(other)
        return result if result is NotImplemented else result[1]

    def __rdivmod__(self, other):
        try:
            quotient, remainder = self._div(other, self.coef)
        except ZeroDivisionError:
            raise
        except Exception:
            return NotImplemented
        return self._same(quotient), self._same(remainder)

    def __eq__(self, other):
        return (
            isinstance(other, self.__class__)
            and np.all(self.domain == other.domain)
            and np.all(self.window == other.window)
            and self.coef.shape == other.coef.shape
            and np.all(self.coef == other.coef)
            and self.symbol == other.symbol
        )

    def __ne__(self, other):
        return not self.__eq__(other)

    def copy(self):
        """A copy of the series.

        Returns
        -------
        series of the same class.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2]).copy().coef
        array([1., 2.])
        """
        return self._same(self.coef)

    def degree(self):
        """The number of coefficients less one, zeros counted.

        Returns
        -------
        int.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2, 0]).degree()
        2
        """
        return len(self) - 1

    def cutdeg(self, deg):
        """The series without terms of higher degrees.

        Parameters
        ----------
        deg : int
            The highest degree that stays.

        Returns
        -------
        series of the same class.

        Raises
        ------
        ValueError
            For a negative degree, or one that is no integer.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2, 3]).cutdeg(1).coef
        array([1., 2.])
        """
        return self.truncate(deg + 1)

    def trim(self, tol=0):
        """The series without its last coefficients as long as they are small.

        Parameters
        ----------
        tol : float, optional
            The magnitude up to which a coefficient is small.

        Returns
        -------
        series of the same class, with one coefficient at least.

        Raises
        ------
        ValueError
            For a negative `tol`.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2, 1e-9, 0]).trim(1e-6).coef
        array([1., 2.])
        """
        return self._same(pu.trimcoef(self.coef, tol))

    def truncate(self, size):
        """The series with its first coefficients alone.

        Parameters
        ----------
        size : int
            How many stay.

        Returns
        -------
        series of the same class.

        Raises
        ------
        ValueError
            Unless `size` is a positive integer.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2, 3]).truncate(2).coef
        array([1., 2.])
        """
        count = int(size)
        if count != size or count < 1:
            raise ValueError("size must be a positive integer")
        return self._same(self.coef if count >= len(self.coef) else self.coef[:count])

    def convert(self, domain=None, kind=None, window=None):
        """The same function as a series of another class, or with another domain and window.

        Parameters
        ----------
        domain : array_like of two numbers, optional
            The result's domain; that of its class by default.
        kind : class, optional
            The class of the result; by default this one.
        window : array_like of two numbers, optional
            The result's window; that of its class by default.

        Returns
        -------
        series of class `kind`.

        Examples
        --------
        >>> import sharray as np
        >>> p = np.polynomial.Polynomial([0, 0, 1])
        >>> p.convert(kind=np.polynomial.Chebyshev).coef
        array([0.5, 0. , 0.5])
        """
        kind = self.__class__ if kind is None else kind
        domain = kind.domain if domain is None else domain
        window = kind.window if window is None else window
        return self(kind.identity(domain, window=window, symbol=self.symbol))

    def mapparms(self):
        """The map from the domain to the window: ``offset + scale * x``.

        Returns
        -------
        tuple of two numbers, (offset, scale).

        Examples
        --------
        >>> import sharray as np
        >>> offset, scale = np.polynomial.Polynomial([1, 2], domain=[0, 4]).mapparms()
        >>> float(offset), float(scale)
        (-1.0, 0.5)
        """
        return pu.mapparms(self.domain, self.window)

    def integ(self, m=1, k=[], lbnd=None):  # noqa: B006 - the signature is NumPy's
        """An integral of the series.

        Parameters
        ----------
        m : int, optional
            How often to integrate.
        k : array_like, optional
            The value of each integral at `lbnd`; zeros by default.
        lbnd : number, optional
            Where the integrals have those values; 0 by default.

        Returns
        -------
        series of the same class.

        Raises
        ------
        ValueError
            For a negative `m`, or more values than integrals.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2]).integ(k=[5]).coef
        array([5., 1., 1.])
        """
        offset, scale = self.mapparms()
        lbnd = 0 if lbnd is None else offset + scale * lbnd
        return self._same(self._int(self.coef, m, k, lbnd, 1.0 / scale))

    def deriv(self, m=1):
        """A derivative of the series.

        Parameters
        ----------
        m : int, optional
            Which one.

        Returns
        -------
        series of the same class.

        Raises
        ------
        ValueError
            For a negative `m`.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([1, 2, 3]).deriv().coef
        array([2., 6.])
        """
        _, scale = self.mapparms()
        return self._same(self._der(self.coef, m, scale))

    def roots(self):
        """Where the series is zero, complex zeros included.

        Multiple roots, and those far outside of the domain, are found less exactly.

        Returns
        -------
        ndarray of float64 or complex128, 1-d, as many as the degree, sorted.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial([2, -3, 1]).roots()
        array([1., 2.])
        """
        return pu.mapdomain(self._roots(self.coef), self.window, self.domain)

    def linspace(self, n=100, domain=None):
        """Evenly spaced points of the domain, and the values of the series there.

        Parameters
        ----------
        n : int, optional
            The number of points.
        domain : array_like of two numbers, optional
            The first and the last point; by default those of the domain.

        Returns
        -------
        tuple of two ndarray, (x, y), each 1-d of length `n`.

        Examples
        --------
        >>> import sharray as np
        >>> x, y = np.polynomial.Polynomial([0, 1, 1]).linspace(3)
        >>> x, y
        (array([-1.,  0.,  1.]), array([0., 0., 2.]))
        """
        domain = self.domain if domain is None else domain
        x = np.linspace(domain[0], domain[1], n)
        return x, self(x)

    @classmethod
    def fit(cls, x, y, deg, domain=None, rcond=None, full=False, w=None, window=None, symbol="x"):
        """The series that comes nearest to given points, by least squares.

        Parameters
        ----------
        x, y : array_like, 1-d
            The points.
        deg : int or array_like of int
            The degree; or the degrees of the terms to use.
        domain : array_like of two numbers, optional
            The result's domain: by default the extent of `x`; an empty list means that of the class.
        rcond : float, optional
            Singular values smaller than this part of the largest one are left out.
        full : bool, optional
            Whether to give more than the series.
        w : array_like, 1-d, optional
            A weight for each point, which multiplies its distance before that is squared.
        window : array_like of two numbers, optional
            The result's window; that of the class by default.
        symbol : str, optional
            The name of the variable in printed forms.

        Returns
        -------
        series of this class; with `full` a tuple of it and the list of squared residuals, rank, singular
        values and `rcond`.

        Raises
        ------
        ValueError
            For a negative degree, and for points without an extent: none, or in several dimensions.
        TypeError
            For arrays of unequal lengths.

        Examples
        --------
        >>> import sharray as np
        >>> p = np.polynomial.Polynomial.fit([0, 1, 2], [1, 3, 7], 2)
        >>> np.round(p.convert().coef, 6)
        array([1., 1., 1.])
        """
        if domain is None:
            domain = pu.getdomain(x)
            if domain[0] == domain[1]:
                domain = domain + np.array([-1, 1])
        elif isinstance(domain, list) and len(domain) == 0:
            domain = cls.domain
        window = cls.window if window is None else window
        inside = pu.mapdomain(x, domain, window)
        result = cls._fit(inside, y, deg, w=w, rcond=rcond, full=full)
        if full:
            coef, status = result
            return cls(coef, domain=domain, window=window, symbol=symbol), status
        return cls(result, domain=domain, window=window, symbol=symbol)

    @classmethod
    def fromroots(cls, roots, domain=[], window=None, symbol="x"):  # noqa: B006 - the signature is NumPy's
        """The series with given roots, whose highest term as a polynomial in x has the factor 1.

        Parameters
        ----------
        roots : array_like, 1-d
        domain : array_like of two numbers, optional
            The result's domain: that of the class by default; None takes the extent of the roots.
        window : array_like of two numbers, optional
            The result's window; that of the class by default.
        symbol : str, optional
            The name of the variable in printed forms.

        Returns
        -------
        series of this class.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial.fromroots([1, 2]).coef
        array([ 2., -3.,  1.])
        """
        [roots] = pu.as_series([roots], trim=False)
        if domain is None:
            domain = pu.getdomain(roots)
        elif isinstance(domain, list) and len(domain) == 0:
            domain = cls.domain
        window = cls.window if window is None else window
        offset, scale = pu.mapparms(domain, window)
        coef = cls._fromroots(offset + scale * roots) / scale ** len(roots)
        return cls(coef, domain=domain, window=window, symbol=symbol)

    @classmethod
    def identity(cls, domain=None, window=None, symbol="x"):
        """The series with the value x at every x.

        Parameters
        ----------
        domain : array_like of two numbers, optional
            The result's domain; that of the class by default.
        window : array_like of two numbers, optional
            The result's window; that of the class by default.
        symbol : str, optional
            The name of the variable in printed forms.

        Returns
        -------
        series of this class.

        Examples
        --------
        >>> import sharray as np
        >>> float(np.polynomial.Polynomial.identity(domain=[0, 4])(3))
        3.0
        """
        domain = cls.domain if domain is None else domain
        window = cls.window if window is None else window
        offset, scale = pu.mapparms(window, domain)
        return cls(cls._line(offset, scale), domain, window, symbol)

    @classmethod
    def basis(cls, deg, domain=None, window=None, symbol="x"):
        """The basis polynomial of one degree.

        Parameters
        ----------
        deg : int
        domain : array_like of two numbers, optional
            The result's domain; that of the class by default.
        window : array_like of two numbers, optional
            The result's window; that of the class by default.
        symbol : str, optional
            The name of the variable in printed forms.

        Returns
        -------
        series of this class, whose last coefficient is 1 and all others 0.

        Raises
        ------
        ValueError
            For a negative degree, or one that is no integer.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial.basis(2).coef
        array([0., 0., 1.])
        """
        domain = cls.domain if domain is None else domain
        window = cls.window if window is None else window
        degree = int(deg)
        if degree != deg or degree < 0:
            raise ValueError("deg must be non-negative integer")
        return cls([0] * degree + [1], domain, window, symbol)

    @classmethod
    def cast(cls, series, domain=None, window=None):
        """A series of any class as one of this class.

        Parameters
        ----------
        series : series
        domain : array_like of two numbers, optional
            The result's domain; that of the class by default.
        window : array_like of two numbers, optional
            The result's window; that of the class by default.

        Returns
        -------
        series of this class.

        Examples
        --------
        >>> import sharray as np
        >>> np.polynomial.Polynomial.cast(np.polynomial.Chebyshev([0, 0, 1])).coef
        array([-1.,  0.,  2.])
        """
        domain = cls.domain if domain is None else domain
        window = cls.window if window is None else window
        return series.convert(domain, cls, window)
