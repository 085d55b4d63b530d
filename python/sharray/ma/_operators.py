"""Python's operators on masked arrays.

They are made from tables: an operator and the masked function behind it.
"""

import operator
import warnings

import sharray as np

from . import _late as ma
from ._domains import _DomainSafeDivide, ufunc_fills
from ._errors import MaskError
from ._fill import check_fill_value
from ._masks import getmask, mask_or, nomask, own_mask
from ._ufuncs import getdata

_EQUALITY = (operator.eq, operator.ne)


def _left(name):
    def method(self, other):
        if self._delegate_binop(other):
            return NotImplemented
        return getattr(ma, name)(self, other)

    return method


def _right(name):
    def method(self, other):
        return getattr(ma, name)(other, self)

    return method


def _compared(compare):
    def method(self, other):
        return self._comparison(other, compare)

    return method


def _in_place(name, neutral):
    """`a op= b`: masked where either is; there `a` keeps its value, by way of a neutral `b`."""

    def method(self, other):
        flags = getmask(other)
        if flags is not nomask and (self._mask is not nomask or flags.any()):
            mask = own_mask(self)
            mask += flags
        values = getdata(other)
        values = np.where(self._mask, values.dtype.type(neutral), values)
        getattr(self._data, name)(values)
        return self

    return method


def _divided_in_place(name, function):
    """`a /= b`: masked also where the quotient isn't defined; there `a` keeps its value."""

    def method(self, other):
        values = getdata(other)
        undefined = _DomainSafeDivide()(self._data, values)
        flags = mask_or(getmask(other), undefined)
        if undefined.any():
            values = np.where(undefined, values.dtype.type(ufunc_fills[function][-1]), values)
        self._mask |= flags
        values = np.where(self._mask, values.dtype.type(1), values)
        getattr(self._data, name)(values)
        return self

    return method


class OperatorMixin:
    """The operators of `MaskedArray`."""

    def _delegate_binop(self, other):
        """Whether `other` should answer for `self op other`: as arrays decide it."""
        if isinstance(other, type(self)):
            return False
        array_ufunc = getattr(other, "__array_ufunc__", False)
        if array_ufunc is False:
            return self.__array_priority__ < getattr(other, "__array_priority__", -1000000)
        # A class that takes part in ufuncs is asked by the ufunc.
        return array_ufunc is None

    # ---- comparisons

    def _comparison(self, other, compare):
        """`compare` of the data, masked where either side is.

        Below the mask, equality means that both sides are masked.
        """
        theirs = getmask(other)
        mine = self.mask
        mask = mask_or(mine, theirs, copy=True)
        values = getdata(other)
        if mask.dtype.names is None:
            found = compare(self.data, values)
        elif compare not in _EQUALITY:
            return NotImplemented
        else:
            found, mask = self._compare_records(values, mask, compare)
            if theirs is nomask:
                theirs = np.zeros((), mine.dtype)
        if isinstance(found, (np.bool, bool)):
            return ma.masked if mask else found
        if mask is not nomask:
            if compare in _EQUALITY:
                found = np.where(mask, compare(mine, theirs), found)
            if mask.shape != found.shape:
                mask = np.broadcast_to(mask, found.shape).copy()
        return self._truths(found, mask)

    def _compare_records(self, values, mask, compare):
        """Records are compared by the fields that aren't masked; all fields masked is masked."""
        shape = np.broadcast(self, values).shape
        spread = np.broadcast_to(self, shape, subok=True)
        spread._mask = mask
        found = compare(spread.filled(values), values)
        return found, mask == np.ones((), mask.dtype)

    def _truths(self, found, mask):
        found = found.view(type(self))
        found._update_from(self)
        found._mask = mask
        if found._fill_value is not None:
            try:
                found._fill_value = check_fill_value(found._fill_value, np.bool)
            except (TypeError, ValueError):
                # A fill value that is no truth, of records or text.
                found._fill_value = check_fill_value(None, np.bool)
        return found

    # A class that defines equality loses its hash: arrays have none.
    __hash__ = None

    # ---- arithmetic

    def __pow__(self, other):
        if self._delegate_binop(other):
            return NotImplemented
        return ma.power(self, other)

    def __rpow__(self, other):
        return ma.power(other, self)

    def __ipow__(self, other):
        values = np.where(self._mask, getdata(other).dtype.type(1), getdata(other))
        with np.errstate(divide="ignore", invalid="ignore"):
            self._data.__ipow__(values)
        invalid = np.logical_not(np.isfinite(self._data))
        if invalid.any():
            if self._mask is nomask:
                self._mask = invalid
            else:
                self._mask |= invalid
            np.copyto(self._data, self.fill_value, where=invalid)
        self._mask = mask_or(self._mask, mask_or(getmask(other), invalid))
        return self

    # ---- to Python's numbers

    def __float__(self):
        if self.size > 1:
            raise TypeError("Only length-1 arrays can be converted to Python scalars")
        if self._mask:
            warnings.warn("Warning: converting a masked element to nan.", stacklevel=2)
            return np.nan
        return float(self.item())

    def __int__(self):
        if self.size > 1:
            raise TypeError("Only length-1 arrays can be converted to Python scalars")
        if self._mask:
            raise MaskError("Cannot convert masked element to a Python int.")
        return int(self.item())


_ARITHMETIC = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "truediv": "true_divide",
    "floordiv": "floor_divide",
}
_NEUTRAL = {"iadd": 0, "isub": 0, "imul": 1}
_DIVISIONS = {"ifloordiv": np.floor_divide, "itruediv": np.true_divide}


def _methods():
    for name, function in _ARITHMETIC.items():
        yield name, _left(function)
        yield f"r{name}", _right(function)
    for name in "eq ne le lt ge gt".split():
        yield name, _compared(getattr(operator, name))
    for name, neutral in _NEUTRAL.items():
        yield name, _in_place(f"__{name}__", neutral)
    for name, function in _DIVISIONS.items():
        yield name, _divided_in_place(f"__{name}__", function)


for _name, _method in _methods():
    _method.__name__ = f"__{_name}__"
    _method.__qualname__ = f"MaskedArray.__{_name}__"
    setattr(OperatorMixin, f"__{_name}__", _method)
