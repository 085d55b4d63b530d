"""Ufuncs on masked arrays: the plain ufunc on the data, and a mask beside it.

A result is masked where an argument is, and where the function isn't defined
(`_domains`). The data below the mask are those of the first argument where the dtype
allows it, so that unmasking brings back something known. The functions themselves are
made from the tables at the end.
"""

import inspect
import warnings

import sharray as np
from sharray._core import umath

from .._globals import _NoValue
from .._utils import set_module
from . import _late as ma
from ._domains import (
    _DomainCheckInterval,
    _DomainGreater,
    _DomainGreaterEqual,
    _DomainSafeDivide,
    _DomainTan,
    ufunc_domain,
    ufunc_fills,
)
from ._errors import MaskedArrayFutureWarning
from ._fill import filled, maximum_fill_value, minimum_fill_value
from ._masks import either_mask, getmask, getmaskarray, make_mask, nomask


@set_module("numpy.ma.core")
def getdata(a, subok=True):
    """The data of a masked array, or `a` as an array; with `subok=False` never a subclass.

    Parameters
    ----------
    a : array_like
    subok : bool, optional
        Whether a subclass of ndarray passes through.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> import sharray as np
    >>> np.ma.getdata(np.ma.array([1, 2], mask=[0, 1]))
    array([1, 2])
    """
    try:
        data = a._data
    except AttributeError:
        data = np.array(a, copy=None, subok=subok)
    return data if subok else data.view(np.ndarray)


@set_module("numpy.ma.core")
def get_masked_subclass(*arrays):
    """The class of a result of `arrays`: the youngest subclass of the first masked class."""
    chosen = type(arrays[0])
    if not issubclass(chosen, ma.MaskedArray):
        chosen = ma.MaskedArray
    for array in arrays[1:]:
        if issubclass(type(array), chosen):
            chosen = type(array)
    # Nothing but `masked` itself is a constant.
    return ma.MaskedArray if chosen.__name__ == "MaskedConstant" else chosen


def _attributes_from(result, *arguments):
    """Let the first masked argument hand its attributes to `result`."""
    for argument in arguments:
        if isinstance(argument, ma.MaskedArray):
            result._update_from(argument)
            return


def _keep_data(result, data, mask):
    """Below the mask leave `data`, if the result's dtype can hold them."""
    try:
        np.copyto(result, data, casting="unsafe", where=mask)
    except Exception:
        # Any dtype may refuse in its own way; what then lies below the mask is nobody's business.
        return


_OPERANDS = {
    1: "a : array_like\n    The operand.\n",
    2: "a, b : array_like\n    The operands, broadcast to one shape.\n",
}


def _documentation(ufunc, operands):
    """The docstring of a function that heeds masks, from that of the plain one."""
    plain = inspect.cleandoc(ufunc.__doc__ or "")
    form, _, text = plain.partition("\n\n")
    summary = (text if form.startswith(f"{ufunc.__name__}(") else form).partition("\n\n")[0]
    examples = plain.partition("Examples\n--------\n")[2]
    return (
        f"{summary}\n\nWhere an operand is masked, or outside of the domain, the result is masked.\n\n"
        f"Parameters\n----------\n{_OPERANDS[operands]}*args, **kwargs\n    Handed to the function for plain arrays.\n\n"
        f"Returns\n-------\nMaskedArray, or a scalar or `masked` where there are no axes.\n\n"
        f"Examples\n--------\n{examples}"
    ).removesuffix("Examples\n--------\n")


class _MaskedUFunc:
    """A ufunc (or a function like one) that heeds masks."""

    operands = 1

    def __init__(self, ufunc):
        self.f = ufunc
        self.__doc__ = _documentation(ufunc, self.operands)
        self.__name__ = ufunc.__name__
        self.__qualname__ = ufunc.__qualname__

    def __str__(self):
        return f"Masked version of {self.f}"

    def _compute(self, *args, **kwargs):
        # What is wrong under a mask is no reason for a warning.
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.f(*args, **kwargs)


@set_module("numpy.ma.core")
class _MaskedUnaryOperation(_MaskedUFunc):
    """A function of one argument, defined on `domain`; `fill` is an argument it can always take."""

    def __init__(self, mufunc, fill=0, domain=None):
        super().__init__(mufunc)
        self.fill = fill
        self.domain = domain
        ufunc_domain[mufunc] = domain
        ufunc_fills[mufunc] = fill

    def _mask_for(self, a, data, result):
        if self.domain is None:
            return getmask(a)
        mask = ~np.isfinite(result)
        mask |= self.domain(data)
        mask |= getmask(a)
        return mask

    def __call__(self, a, *args, **kwargs):
        data = getdata(a)
        result = self._compute(data, *args, **kwargs)
        mask = self._mask_for(a, data, result)
        if not result.ndim:
            return ma.masked if mask else result
        if mask is not nomask:
            try:
                np.copyto(result, data, where=mask)
            except TypeError:
                # The result's dtype can't hold the argument: the computed values stay.
                pass
        result = result.view(get_masked_subclass(a))
        result._mask = mask
        result._update_from(a)
        return result


@set_module("numpy.ma.core")
class _MaskedBinaryOperation(_MaskedUFunc):
    """A function of two arguments, defined everywhere; `fillx` and `filly` don't change a reduction."""

    operands = 2

    def __init__(self, mbfunc, fillx=0, filly=0):
        super().__init__(mbfunc)
        self.fillx = fillx
        self.filly = filly
        ufunc_domain[mbfunc] = None
        ufunc_fills[mbfunc] = (fillx, filly)

    def __call__(self, a, b, *args, **kwargs):
        data = getdata(a)
        result = self._compute(data, getdata(b), *args, **kwargs)
        mask = either_mask(a, b)
        if not result.ndim:
            return ma.masked if mask else result
        if mask is not nomask and mask.any():
            _keep_data(result, data, mask)
        result = result.view(get_masked_subclass(a, b))
        result._mask = mask
        _attributes_from(result, a, b)
        return result

    def reduce(self, target, axis=0, dtype=None):
        """An array reduced along an axis without its masked values.

        Parameters
        ----------
        target : array_like
        axis : int or tuple of int, optional
            The axes to reduce; None takes all elements.
        dtype : dtype, optional
            The dtype to compute in, for an array with a mask.

        Returns
        -------
        MaskedArray or scalar; masked where all values are.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[1, 0], [3, 4]], mask=[[0, 1], [0, 0]])
        >>> print(np.ma.alltrue(x), np.ma.sometrue(x), np.ma.add.reduce(x))
        [True True] [True True] [4 4]
        """
        mask = getmask(target)
        values = filled(target, self.filly)
        if values.shape == ():
            values = values.reshape(1)
            if mask is not nomask:
                mask = make_mask(mask, copy=True)
                mask.shape = (1,)
        if mask is nomask:
            result = self.f.reduce(values, axis)
        else:
            result = self.f.reduce(values, axis, dtype=dtype)
            mask = np.logical_and.reduce(mask, axis)
        if not result.shape:
            return ma.masked if mask else result
        result = result.view(get_masked_subclass(target))
        result._mask = mask
        return result

    def outer(self, a, b):
        """The function of every pair of an element of `a` and one of `b`."""
        data = getdata(a)
        result = self.f.outer(data, getdata(b))
        mask = _outer_mask(a, b)
        if not mask.ndim and mask:
            return ma.masked
        if mask is not nomask:
            _keep_data(result, data.reshape(data.shape + (1,) * (result.ndim - data.ndim)), mask)
        if not result.shape:
            return result
        result = result.view(get_masked_subclass(a, b))
        result._mask = mask
        return result

    def accumulate(self, target, axis=0):
        """The running results along `axis`, masked values left out; nothing is masked."""
        result = self.f.accumulate(filled(target, self.filly), axis)
        return result.view(get_masked_subclass(target))


def _outer_mask(a, b):
    if getmask(a) is nomask and getmask(b) is nomask:
        return nomask
    return np.logical_or.outer(getmaskarray(a), getmaskarray(b))


@set_module("numpy.ma.core")
class _DomainedBinaryOperation(_MaskedUFunc):
    """A function of two arguments that isn't defined everywhere."""

    operands = 2

    def __init__(self, dbfunc, domain, fillx=0, filly=0):
        super().__init__(dbfunc)
        self.domain = domain
        self.fillx = fillx
        self.filly = filly
        ufunc_domain[dbfunc] = domain
        ufunc_fills[dbfunc] = (fillx, filly)

    def _mask_for(self, a, b, result):
        mask = ~np.isfinite(result)
        mask |= getmask(a)
        mask |= getmask(b)
        domain = ufunc_domain.get(self.f)
        if domain is not None:
            mask |= domain(getdata(a), getdata(b))
        return mask

    def __call__(self, a, b, *args, **kwargs):
        data = getdata(a)
        result = self._compute(data, getdata(b), *args, **kwargs)
        mask = self._mask_for(a, b, result)
        if not mask.ndim:
            return ma.masked if mask else result
        _keep_safe_data(result, data, mask)
        result = result.view(get_masked_subclass(a, b))
        result._mask = mask
        _attributes_from(result, a, b)
        return result


def _keep_safe_data(result, data, mask):
    """Below the mask leave `data` if that is a safe cast, else zero."""
    try:
        np.copyto(result, 0, casting="unsafe", where=mask)
        below = np.multiply(mask, data)
        if np.can_cast(below.dtype, result.dtype, casting="safe"):
            result += below
    except Exception:
        # As in `_keep_data`: not every dtype has a zero or a sum.
        return


@set_module("numpy.ma.core")
class _extrema_operation(_MaskedUFunc):
    """`maximum` and `minimum`: a masked value never wins a reduction."""

    operands = 2

    def __init__(self, ufunc, compare, fill_value):
        super().__init__(ufunc)
        self.compare = compare
        self.fill_value_func = fill_value

    def __call__(self, a, b):
        return ma.where(self.compare(a, b), a, b)

    def _reduce_axis(self, target, axis):
        if axis is not _NoValue:
            return {"axis": axis}
        if target.ndim <= 1:
            return {}
        name = self.__name__
        warnings.warn(
            f"In the future the default for ma.{name}.reduce will be axis=0, not the current None, to match "
            f"np.{name}.reduce. Explicitly pass 0 or None to silence this warning.",
            MaskedArrayFutureWarning,
            stacklevel=3,
        )
        return {"axis": None}

    def reduce(self, target, axis=_NoValue):
        """The extreme value along `axis`; masked where all values are."""
        target = np.array(target, copy=None, subok=True)
        where = self._reduce_axis(target, axis)
        mask = getmask(target)
        if mask is nomask:
            return self.f.reduce(target, **where)
        values = target.filled(self.fill_value_func(target)).view(type(target))
        result = self.f.reduce(values, **where)
        mask = np.logical_and.reduce(mask, **where)
        if hasattr(result, "_mask"):
            result._mask = mask
            return result
        return ma.masked if mask else result

    def outer(self, a, b):
        """The extreme of every pair of an element of `a` and one of `b`."""
        result = self.f.outer(filled(a), filled(b))
        if not isinstance(result, ma.MaskedArray):
            result = result.view(ma.MaskedArray)
        result._mask = _outer_mask(a, b)
        return result


#: the function for a name where it isn't the ufunc of that name
_PLAIN = {"angle": np.angle, "around": np.around}

#: one argument: names; and where it matters the fill value and the domain
_UNARY = (
    "exp conjugate sin cos arctan arcsinh sinh cosh tanh absolute angle fabs negative floor ceil around logical_not"
).split()
_UNARY_ON_DOMAIN = {
    "sqrt": (0.0, _DomainGreaterEqual(0.0)),
    "log": (1.0, _DomainGreater(0.0)),
    "log2": (1.0, _DomainGreater(0.0)),
    "log10": (1.0, _DomainGreater(0.0)),
    "tan": (0.0, _DomainTan(1e-35)),
    "arcsin": (0.0, _DomainCheckInterval(-1.0, 1.0)),
    "arccos": (0.0, _DomainCheckInterval(-1.0, 1.0)),
    "arccosh": (1.0, _DomainGreaterEqual(1.0)),
    "arctanh": (0.0, _DomainCheckInterval(-1.0 + 1e-15, 1.0 - 1e-15)),
}

#: two arguments: the fill values of both
_BINARY = {
    "add": (0, 0),
    "subtract": (0, 0),
    "multiply": (1, 1),
    "arctan2": (0.0, 1.0),
    "hypot": (0, 0),
    **dict.fromkeys("logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor".split(), (0, 0)),
}
_COMPARISONS = "equal not_equal less_equal greater_equal less greater".split()
_DIVISIONS = "divide floor_divide remainder fmod".split()


def _make():
    """(name, masked function) for every row of the tables."""
    for name in _UNARY:
        yield name, _MaskedUnaryOperation(_PLAIN.get(name) or getattr(umath, name))
    for name, (fill, domain) in _UNARY_ON_DOMAIN.items():
        yield name, _MaskedUnaryOperation(getattr(umath, name), fill, domain)
    for name, fills in _BINARY.items():
        yield name, _MaskedBinaryOperation(getattr(umath, name), *fills)
    for name in _COMPARISONS:
        compare = _MaskedBinaryOperation(getattr(umath, name))
        # A comparison's results are no arguments for it.
        compare.reduce = None
        yield name, compare
    for name in _DIVISIONS:
        yield name, _DomainedBinaryOperation(getattr(umath, name), _DomainSafeDivide(), 0, 1)


globals().update(_make())

abs = absolute  # noqa: F821
true_divide = divide  # noqa: F821
mod = remainder  # noqa: F821
alltrue = _MaskedBinaryOperation(umath.logical_and, 1, 1).reduce
sometrue = logical_or.reduce  # noqa: F821
maximum = _extrema_operation(umath.maximum, greater, maximum_fill_value)  # noqa: F821
minimum = _extrema_operation(umath.minimum, less, minimum_fill_value)  # noqa: F821

__all__ = [
    *_UNARY,
    *_UNARY_ON_DOMAIN,
    *_BINARY,
    *_COMPARISONS,
    *_DIVISIONS,
    *"abs alltrue maximum minimum mod sometrue true_divide".split(),
]
