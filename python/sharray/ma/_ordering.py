"""Sorting masked arrays and finding their extreme values.

Masked values are filled with the extreme of the dtype that keeps them out of the way:
sorted to the end (or, with `endwith=False`, to the start), never the minimum or maximum.
"""

import warnings

import sharray as np

from .._globals import _NoValue
from . import _late as ma
from ._errors import MaskedArrayFutureWarning
from ._fill import maximum_fill_value, minimum_fill_value
from ._masks import all_masked, nomask
from ._reductions import given, refuse_lost_mask, set_mask_values
from ._texts import AXIS, FILL_VALUE, KEEPDIMS, OUT, text


def default_argsort_axis(array, stacklevel=3):
    """The axis of `argsort` when none is given; it is going to change for more than one dimension."""
    if array.ndim <= 1:
        return -1
    warnings.warn(
        "In the future the default for argsort will be axis=-1, not the current None, to match its documentation "
        "and np.argsort. Explicitly pass -1 or None to silence this warning.",
        MaskedArrayFutureWarning,
        stacklevel=stacklevel,
    )
    return None


def _refuse_stable(stable):
    if stable:
        raise ValueError("`stable` parameter is not supported for masked arrays.")


_ARRAY = ">>> import sharray as np\n>>> x = np.ma.array([[5, 9], [3, 4], [4, 7]], mask=[[0, 1], [0, 0], [0, 0]])\n"


def _index_doc(which, name, places):
    return text(
        f"The index of the {which} value that isn't masked, the first of equal ones.",
        "axis : int, optional\n    The axis to search along; None takes the flattened array.\n"
        "fill_value : scalar, optional\n    What masked values count as; by default what is never found.\n"
        f"{OUT}\n{KEEPDIMS}",
        "intp or ndarray of intp, never masked; 0 where all values are masked.",
        f"{_ARRAY}>>> print(x.{name}(axis=0), np.ma.{name}(x[:, 0]))\n{places} {places[1]}",
    )


def _extreme_doc(which, name, value, values):
    return text(
        f"The {which} value that isn't masked.",
        f"{AXIS}\n{OUT}\n{FILL_VALUE}\n{KEEPDIMS}",
        "MaskedArray or scalar, or `out` if it is given; masked where all values are.",
        f"{_ARRAY}>>> print(x[1:].{name}(), np.ma.{name}(x, axis=0))\n{value} {values}",
        raises="MaskError\n    For a plain `out` of integers or bools, which couldn't show a masked result.",
    )


def _index_of(name, fill_of, doc):
    """`argmin` or `argmax`."""

    def method(self, axis=None, fill_value=None, out=None, *, keepdims=_NoValue):
        if fill_value is None:
            fill_value = fill_of(self._data)
        values = self.filled(fill_value).view(np.ndarray)
        keepdims = keepdims is not _NoValue and bool(keepdims)
        return getattr(values, name)(axis, out=out, keepdims=keepdims)

    method.__name__, method.__qualname__, method.__doc__ = name, f"MaskedArray.{name}", doc
    return method


def _extreme(name, fill_of, doc):
    """`min` or `max`."""

    def method(self, axis=None, out=None, fill_value=None, keepdims=_NoValue):
        keep = given(keepdims=keepdims)
        mask = all_masked(self._mask, axis, **keep)
        if fill_value is None:
            fill_value = fill_of(self)
        reduce = getattr(self.filled(fill_value), name)
        if out is None:
            return _reduced_extreme(self, reduce(axis=axis, **keep), mask)
        reduce(axis=axis, out=out, **keep)
        if isinstance(out, ma.MaskedArray):
            set_mask_values(out, mask)
        else:
            refuse_lost_mask(out)
            np.copyto(out, np.nan, where=mask)
        return out

    method.__name__, method.__qualname__, method.__doc__ = name, f"MaskedArray.{name}", doc
    return method


def _reduced_extreme(array, result, mask):
    result = array._reduced(result, mask)
    if result is not ma.masked and np.ndim(result) and np.ndim(mask):
        # Not the filler, which would look like a value.
        np.copyto(result, result.fill_value, where=mask)
    return result


class OrderingMixin:
    """Sorting and extremes of `MaskedArray`."""

    def argsort(self, axis=_NoValue, kind=None, order=None, endwith=True, fill_value=None, *, stable=False):
        """The indices that sort the array, masked values last.

        Parameters
        ----------
        axis : int, optional
            The axis to sort along; None sorts the flattened array. Without it the last axis of an array
            with one, and the flattened array, with a warning, of any other.
        kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
            Names of algorithms; only whether they are stable counts.
        order : str or list of str, optional
            Fields to compare, of a structured array.
        endwith : bool, optional
            Whether masked values come last, instead of first.
        fill_value : scalar, optional
            What masked values count as; overrides `endwith`.
        stable : bool, optional
            Only False.

        Returns
        -------
        ndarray of intp.

        Raises
        ------
        ValueError
            If `stable` is true: give `kind`.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([3, 2, 1], mask=[0, 0, 1]).argsort()
        array([1, 0, 2])
        """
        _refuse_stable(stable)
        if axis is _NoValue:
            axis = default_argsort_axis(self)
        if fill_value is None:
            fill_value = self._sorting_fill(endwith)
        return self.filled(fill_value).argsort(axis=axis, kind=kind, order=order)

    def _sorting_fill(self, endwith):
        if not endwith:
            return maximum_fill_value(self)
        # Nan sorts behind infinity.
        return np.nan if np.issubdtype(self.dtype, np.floating) else minimum_fill_value(self)

    def sort(self, axis=-1, kind=None, order=None, endwith=True, fill_value=None, *, stable=False):
        """Sort in place, masked values last.

        Parameters
        ----------
        axis : int, optional
            The axis to sort along.
        kind : {'quicksort', 'heapsort', 'stable', 'mergesort'}, optional
            Names of algorithms; only whether they are stable counts.
        order : str or list of str, optional
            Fields to compare, of a structured array.
        endwith : bool, optional
            Whether masked values come last, instead of first.
        fill_value : scalar, optional
            What masked values count as; overrides `endwith`.
        stable : bool, optional
            Only False.

        Returns
        -------
        None.

        Raises
        ------
        ValueError
            If `stable` is true: give `kind`.

        Examples
        --------
        >>> import sharray as np
        >>> a = np.ma.array([3, 2, 1], mask=[0, 0, 1])
        >>> a.sort()
        >>> print(a)
        [2 3 --]
        """
        _refuse_stable(stable)
        if self._mask is nomask:
            np.ndarray.sort(self, axis=axis, kind=kind, order=order)
            return
        if self is ma.masked:
            return
        places = self.argsort(axis=axis, kind=kind, order=order, fill_value=fill_value, endwith=endwith)
        self[...] = np.take_along_axis(self, places, axis=axis)

    argmin = _index_of("argmin", minimum_fill_value, _index_doc("smallest", "argmin", "[1 1]"))
    argmax = _index_of("argmax", maximum_fill_value, _index_doc("largest", "argmax", "[0 2]"))
    min = _extreme("min", minimum_fill_value, _extreme_doc("smallest", "min", "3", "[3 4]"))
    max = _extreme("max", maximum_fill_value, _extreme_doc("largest", "max", "7", "[5 7]"))

    def ptp(self, axis=None, out=None, fill_value=None, keepdims=False):
        """The largest value less the smallest, masked ones aside.

        Parameters
        ----------
        axis : int or tuple of int, optional
            The axes to reduce; None takes all elements.
        out : ndarray, optional
            Where the result goes; of the result's shape, and a dtype the result casts to.
        fill_value : scalar, optional
            What masked values count as; by default what never is the result.
        keepdims : bool, optional
            Whether axes that are reduced stay, with length 1.

        Returns
        -------
        MaskedArray or scalar, or `out` if it is given; masked where all values are.

        Raises
        ------
        MaskError
            For a plain `out` of integers or bools, which couldn't show a masked result.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[5, 9], [3, 4]], mask=[[0, 1], [0, 0]])
        >>> print(x.ptp(), np.ma.ptp(x, axis=0))
        2 [2 0]
        """
        options = {"axis": axis, "fill_value": fill_value, "keepdims": keepdims}
        if out is None:
            result = self.max(**options)
            result -= self.min(**options)
            return result
        out.flat = self.max(out=out, **options)
        np.subtract(out, self.min(**options), out=out, casting="unsafe")
        return out

    def partition(self, *args, **kwargs):
        """Partition the data in place as arrays do; the mask is ignored, with a warning.

        Parameters
        ----------
        *args, **kwargs
            As for `ndarray.partition`.

        Returns
        -------
        None.

        Examples
        --------
        >>> import sharray as np
        >>> import warnings
        >>> x = np.ma.array([3, 1, 2])
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("ignore")
        ...     x.partition(1)
        >>> int(x[1])
        2
        """
        warnings.warn(f"Warning: 'partition' will ignore the 'mask' of the {self.__class__.__name__}.", stacklevel=2)
        return super().partition(*args, **kwargs)

    def argpartition(self, *args, **kwargs):
        """The indices that partition the data; the mask is ignored, with a warning.

        Parameters
        ----------
        *args, **kwargs
            As for `ndarray.argpartition`.

        Returns
        -------
        ndarray of intp.

        Examples
        --------
        >>> import sharray as np
        >>> import warnings
        >>> with warnings.catch_warnings():
        ...     warnings.simplefilter("ignore")
        ...     np.ma.array([3, 1, 2]).argpartition(1)[1]
        np.int64(2)
        """
        warnings.warn(f"Warning: 'argpartition' will ignore the 'mask' of the {self.__class__.__name__}.", stacklevel=2)
        return super().argpartition(*args, **kwargs)
