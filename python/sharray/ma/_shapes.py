"""Masked arrays in another shape: data and mask are rearranged alike."""

import sharray as np

from . import _late as ma
from ._masks import nomask
from ._texts import text

_X = "x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])"

#: methods done to data and mask: the summary, what the positional parameters are, what comes back, and an example
_TWINS = {
    "copy": (
        "A copy of data and mask.",
        "The order in memory: 'C', 'F', 'A' or 'K'.",
        "MaskedArray, a copy.",
        (_X, "print(x.copy(), np.ma.copy(x)[0])", "[[1 --]\n [3 4]] [1 --]"),
    ),
    "diagonal": (
        "A diagonal of data and mask.",
        "`offset`, `axis1`, `axis2`: which diagonal, and the axes that it runs through.",
        "MaskedArray with the diagonals along a new last axis, a view.",
        (_X, "print(x.diagonal(), np.ma.diagonal(x, 1))", "[1 4] [--]"),
    ),
    "flatten": (
        "A copy of one dimension.",
        "The order in which elements are taken: 'C', 'F', 'A' or 'K'.",
        "MaskedArray, 1-d, a copy.",
        (_X, "print(x.flatten())", "[1 -- 3 4]"),
    ),
    "repeat": (
        "Each element, or each slice along an axis, repeated.",
        "`repeats`, `axis`: how often, one number or one for each; and the axis, None for the flattened array.",
        "MaskedArray, a copy.",
        (_X, "print(x.repeat(2), np.ma.repeat(x, 2, axis=1)[0])", "[1 1 -- -- 3 3 4 4] [1 1 -- --]"),
    ),
    "squeeze": (
        "The array without axes of length one.",
        "`axis`: which of them to leave out; all by default.",
        "MaskedArray, a view.",
        (_X, "print(x[:1].squeeze())", "[1 --]"),
    ),
    "swapaxes": (
        "The array with two axes exchanged.",
        "`axis1`, `axis2`: the axes.",
        "MaskedArray, a view.",
        (_X, "print(x.swapaxes(0, 1), np.ma.swapaxes(x, 0, 1)[1])", "[[1 3]\n [-- 4]] [-- 4]"),
    ),
    "transpose": (
        "The array with its axes in another order.",
        "The axes in their new order, as a tuple or one by one; reversed by default.",
        "MaskedArray, a view.",
        (_X, "print(x.transpose())", "[[1 3]\n [-- 4]]"),
    ),
}


def _twin(name):
    """A method that does to the mask what it does to the data."""

    def method(self, *args, **params):
        result = getattr(self._data, name)(*args, **params).view(type(self))
        result._update_from(self)
        if self._mask is not nomask:
            result._mask = getattr(self._mask, name)(*args, **params)
        return result

    method.__name__, method.__qualname__ = name, f"MaskedArray.{name}"
    summary, parameters, returns, (start, call, result) = _TWINS[name]
    method.__doc__ = text(
        summary,
        f"*args\n    {parameters}\n**params\n    The same by name, as for `ndarray.{name}`.",
        returns,
        f">>> import sharray as np\n>>> {start}\n>>> {call}\n{result}",
    )
    return method


class ShapeMixin:
    """What rearranges a `MaskedArray`."""

    def ravel(self, order="C"):
        """The elements in one dimension, masks along with them.

        Parameters
        ----------
        order : {'C', 'F', 'A', 'K'}, optional
            In which order elements are taken: rows first, columns first, or as they lie in memory.

        Returns
        -------
        MaskedArray, 1-d; a view where possible.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])
        >>> print(x.ravel(), np.ma.ravel(x, order="F"))
        [1 -- 3 4] [1 3 -- 4]
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
        """The same elements in another shape.

        Parameters
        ----------
        *s : int or tuple of int
            The new shape; one length may be -1 and is found then.
        **kwargs
            `order`: {'C', 'F'}, in which order elements are taken and laid.

        Returns
        -------
        MaskedArray, a view where possible.

        Raises
        ------
        ValueError
            If the elements don't fit the shape.

        Examples
        --------
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
        """Not supported: a masked array doesn't own its data. Use `ma.resize`.

        Parameters
        ----------
        newshape, refcheck, order
            Not used.

        Returns
        -------
        Nothing.

        Raises
        ------
        ValueError
            Always.

        Examples
        --------
        >>> import sharray as np
        >>> print(np.ma.resize(np.ma.array([1, 2], mask=[0, 1]), (3,)))
        [1 -- 1]
        """
        raise ValueError(
            "A masked array does not own its data and therefore cannot be resized.\n"
            "Use the numpy.ma.resize function instead."
        )

    def compress(self, condition, axis=None, out=None):
        """The slices along an axis where a condition is true; masked elements stay masked.

        Parameters
        ----------
        condition : array_like of bool, 1-d
            Which to keep; a mask of its own doesn't count.
        axis : int, optional
            The axis to go along; None takes the flattened array.
        out : ndarray, optional
            Where the data go; of the result's shape, and a dtype the result casts to.

        Returns
        -------
        MaskedArray.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2, 3], mask=[0, 1, 0])
        >>> print(x.compress([True, True, False]), np.ma.compress([False, True, True], x))
        [1 --] [-- 3]
        """
        condition = np.asarray(condition)
        result = self._data.compress(condition, axis=axis, out=out).view(type(self))
        result._update_from(self)
        if self._mask is not nomask:
            result._mask = self._mask.compress(condition, axis=axis)
        return result

    copy = _twin("copy")
    diagonal = _twin("diagonal")
    flatten = _twin("flatten")
    repeat = _twin("repeat")
    squeeze = _twin("squeeze")
    swapaxes = _twin("swapaxes")
    transpose = _twin("transpose")

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
        """The real part, a view of the data; the mask goes along.

        Returns
        -------
        MaskedArray.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1 + 2j, 3], mask=[0, 1]).get_real().data
        array([1., 3.])
        """
        return self._part("real")

    @property
    def imag(self):
        """The imaginary part, a view of complex data; the mask goes along.

        Returns
        -------
        MaskedArray.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1 + 2j, 3], mask=[0, 1]).get_imag().data
        array([2., 0.])
        """
        return self._part("imag")

    get_real = real.fget
    get_imag = imag.fget
