"""Masked arrays in another shape: data and mask are rearranged alike."""

import sharray as np

from . import _late as ma
from ._masks import nomask

_TWINS = {
    "copy": "A copy of data and mask.",
    "diagonal": "A diagonal of data and mask.",
    "flatten": "A copy of one dimension.",
    "repeat": "Each element, or each slice along an axis, repeated.",
    "squeeze": "Without the axes of length one.",
    "swapaxes": "A view with two axes exchanged.",
    "transpose": "A view with the axes in another order, by default reversed.",
}


def _twin(name, first_line):
    """A method that does to the mask what it does to the data."""

    def method(self, *args, **params):
        result = getattr(self._data, name)(*args, **params).view(type(self))
        result._update_from(self)
        if self._mask is not nomask:
            result._mask = getattr(self._mask, name)(*args, **params)
        return result

    method.__name__, method.__qualname__ = name, f"MaskedArray.{name}"
    method.__doc__ = f"{first_line}\n\n        Arguments as for `ndarray.{name}`, done to data and mask.\n        "
    return method


class ShapeMixin:
    """What rearranges a `MaskedArray`."""

    def ravel(self, order="C"):
        """The elements in one dimension, a view where possible.

        >>> import sharray as np
        >>> np.ma.array([[1, 2]], mask=[[0, 1]]).ravel()
        masked_array(data=[1, --],
                     mask=[False,  True],
               fill_value=999999)
        """
        if order in "kKaA":
            # Data and mask may lie differently in memory: the data decide for both.
            order = "F" if self._data.flags.fnc else "C"
        result = np.ndarray.ravel(self._data, order=order).view(type(self))
        result._update_from(self)
        result._mask = nomask
        if self._mask is not nomask:
            result._mask = np.ndarray.ravel(self._mask, order=order).reshape(result.shape)
        return result

    def reshape(self, *s, **kwargs):
        """The same elements in shape `s`, a view where possible; ValueError if they don't fit.

        >>> import sharray as np
        >>> np.ma.array([1, 2], mask=[0, 1]).reshape(2, 1).shape
        (2, 1)
        """
        result = self._data.reshape(*s, **kwargs).view(type(self))
        result._update_from(self)
        if self._mask is not nomask:
            result._mask = self._mask.reshape(*s, **kwargs)
        return result

    def resize(self, newshape, refcheck=True, order=False):
        """Always a ValueError: a masked array doesn't own its data. Use `ma.resize`."""
        raise ValueError(
            "A masked array does not own its data and therefore cannot be resized.\n"
            "Use the numpy.ma.resize function instead."
        )

    def compress(self, condition, axis=None, out=None):
        """The slices along `axis` (elements without one) where `condition` is true.

        Masked ones stay masked; `condition` is taken as a plain array.

        >>> import sharray as np
        >>> np.ma.array([1, 2, 3], mask=[0, 1, 0]).compress([True, True, False])
        masked_array(data=[1, --],
                     mask=[False,  True],
               fill_value=999999)
        """
        condition = np.asarray(condition)
        result = self._data.compress(condition, axis=axis, out=out).view(type(self))
        result._update_from(self)
        if self._mask is not nomask:
            result._mask = self._mask.compress(condition, axis=axis)
        return result

    copy = _twin("copy", _TWINS["copy"])
    diagonal = _twin("diagonal", _TWINS["diagonal"])
    flatten = _twin("flatten", _TWINS["flatten"])
    repeat = _twin("repeat", _TWINS["repeat"])
    squeeze = _twin("squeeze", _TWINS["squeeze"])
    swapaxes = _twin("swapaxes", _TWINS["swapaxes"])
    transpose = _twin("transpose", _TWINS["transpose"])

    @property
    def T(self):
        """A view with the axes reversed."""
        return self.transpose()

    @property
    def mT(self):
        """A view with the last two axes exchanged; ValueError for fewer than two."""
        if self.ndim < 2:
            raise ValueError("matrix transpose with ndim < 2 is undefined")
        if self._mask is nomask:
            return ma.MaskedArray(data=self._data.mT)
        return ma.MaskedArray(data=self.data.mT, mask=self.mask.mT)

    def _part(self, name):
        result = getattr(self._data, name).view(type(self))
        result.__setmask__(self._mask)
        return result

    @property
    def real(self):
        """The real part, a view of the data; the mask goes along."""
        return self._part("real")

    @property
    def imag(self):
        """The imaginary part, a view of complex data; the mask goes along."""
        return self._part("imag")

    get_real = real.fget
    get_imag = imag.fget
