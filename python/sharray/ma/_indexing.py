"""Getting and setting elements of masked arrays, and going through them one by one.

An element comes back as the value itself, as `masked`, or, for a record, as an `mvoid`.
A slice shares data and mask. Setting a value unmasks, setting `masked` masks; below a
hard mask nothing changes.
"""

import warnings

import sharray as np

from . import _late as ma
from ._errors import MaskError
from ._masks import (
    MaskType,
    getmask,
    getmaskarray,
    make_mask,
    make_mask_none,
    mask_or,
    nomask,
    own_mask,
)
from ._ufuncs import getdata


def _names_fields(index):
    """Whether an index is a field's name or a list of them."""
    if isinstance(index, list):
        return bool(index) and all(isinstance(name, str) for name in index)
    return isinstance(index, str)


def with_ellipsis(index):
    """An index that gives an array where `index` gives an element."""
    return (*index, ...) if isinstance(index, tuple) else (index, ...)


def _is_element(array, found, flags, index):
    """Whether `found`, taken from `array` with `index`, is one element rather than an array.

    That isn't plain for object arrays, whose elements may be arrays, nor for other
    classes, which may give 0-d arrays as elements; there the mask tells.
    """
    if flags is not nomask:
        return not isinstance(flags, np.ndarray)
    if not isinstance(found, np.ndarray):
        return True
    data = array.data
    if data.dtype.type is np.object_ and data.dtype is not found.dtype:
        return True
    if data.dtype.type is not np.object_ and type(data).__getitem__ == np.ndarray.__getitem__:
        return False
    return not isinstance(getmaskarray(array)[index], np.ndarray)


def _field_fill_value(fill, index):
    """The fill value of a field, of no dimension even where the field is a subarray."""
    fill = fill[index]
    if not isinstance(fill, np.ndarray):
        raise RuntimeError(f"the fill value of field {index!r} is no array but {fill!r}")
    if fill.ndim == 0:
        return fill
    if not (fill == fill.flat[0]).all():
        warnings.warn(
            f"Upon accessing multidimensional field {index!s}, need to keep dimensionality of fill_value at 0. "
            f"Discarding heterogeneous fill_value and setting all to {fill[0]!s}.",
            stacklevel=3,
        )
    return fill.flat[0:1].squeeze(axis=0)


class IndexingMixin:
    """The indexing part of `MaskedArray`."""

    def __getitem__(self, indx):
        found = self.data[indx]
        flags = nomask if self._mask is nomask else self._mask[indx]
        if _is_element(self, found, flags, indx):
            if isinstance(found, np.void):
                # As an array without dimensions, which looks at the same memory.
                found = self.data[with_ellipsis(indx)]
                return ma.mvoid(found, mask=flags, hardmask=self._hardmask)
            return self._element(found, flags)
        part = found.view(type(self))
        part._update_from(self)
        if _names_fields(indx):
            if self._fill_value is not None:
                part._fill_value = _field_fill_value(self._fill_value, indx)
            part._isfield = True
        if flags is not nomask:
            part._mask = flags.reshape(part.shape)
            part._sharedmask = True
        return part

    def _element(self, value, flag):
        if self.dtype.type is np.object_ and isinstance(value, np.ndarray) and value is not ma.masked:
            # An array within an object array: `masked` would lose its shape.
            return ma.MaskedArray(value, mask=True) if flag else value
        return ma.masked if flag else value

    @np.errstate(over="ignore", invalid="ignore")
    def __setitem__(self, indx, value):
        if self is ma.masked:
            raise MaskError("Cannot alter the masked element.")
        if isinstance(indx, str):
            self._data[indx] = value
            own_mask(self)[indx] = getmask(value)
        elif value is ma.masked:
            own_mask(self)[indx] = self._flag(True)
        else:
            self._set_values(indx, value)

    def _flag(self, flag):
        """One flag for each field of an element."""
        return flag if self.dtype.names is None else (flag,) * len(self.dtype.names)

    def _set_values(self, indx, value):
        data, mask = self._data, self._mask
        values, flags = getattr(value, "_data", value), getmask(value)
        if flags is nomask and self.dtype.names is not None:
            flags = self._flag(False)
        if mask is nomask:
            data[indx] = values
            if flags is not nomask:
                own_mask(self)[indx] = flags
        elif not self._hardmask:
            if isinstance(indx, ma.MaskedArray) and not isinstance(value, ma.MaskedArray):
                # As NumPy: a masked index leaves the mask as it is.
                data[indx.data] = values
            else:
                data[indx] = values
                mask[indx] = flags
        elif hasattr(indx, "dtype") and indx.dtype == MaskType:
            data[indx * np.logical_not(mask)] = values
        else:
            self._set_below_hard_mask(indx, values, flags)

    def _set_below_hard_mask(self, indx, values, flags):
        if self.dtype.names is not None:
            raise NotImplementedError("Flexible 'hard' masks are not yet supported.")
        flags = mask_or(self._mask[indx], flags, copy=True)
        part = self._data[indx]
        if part.size > 1:
            np.copyto(part, values, where=~flags)
        elif flags is nomask:
            part = values
        self._data[indx] = part
        self._mask[indx] = flags

    @property
    def flat(self):
        """An iterator over all elements, which can be indexed and assigned to.

        >>> import sharray as np
        >>> list(np.ma.array([1, 2], mask=[0, 1]).flat)
        [np.int64(1), masked]
        """
        return MaskedIterator(self)

    @flat.setter
    def flat(self, value):
        self.ravel()[:] = value

    def put(self, indices, values, mode="raise"):
        """Set elements by their places in the flattened array, in place.

        Parameters
        ----------
        indices : array_like of int
            The places.
        values : array_like
            What to put there, masked where it is; repeated if there are too few.
        mode : {'raise', 'wrap', 'clip'}, optional
            What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

        Returns
        -------
        None.

        Raises
        ------
        IndexError
            For an index beyond the bounds, unless `mode` says else.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2, 3], mask=[0, 1, 0])
        >>> x.put([1, 2], np.ma.array([9, 0], mask=[0, 1]))
        >>> print(x)
        [1 9 --]
        """
        if self._hardmask and self._mask is not nomask:
            free = ~self._mask[indices]
            indices = np.array(indices, copy=None)
            values = np.array(values, copy=None, subok=True)
            values.resize(indices.shape)
            indices, values = indices[free], values[free]
        self._data.put(indices, values, mode=mode)
        flags = getmask(values)
        if self._mask is nomask and flags is nomask:
            return
        mask = getmaskarray(self)
        mask.put(indices, flags, mode=mode)
        self._mask = make_mask(mask, copy=False, shrink=True)

    def take(self, indices, axis=None, out=None, mode="raise"):
        """Elements by their places.

        Parameters
        ----------
        indices : array_like of int
            The places; masked ones give masked elements.
        axis : int, optional
            The axis to take along; None takes from the flattened array.
        out : ndarray, optional
            Where the result goes; of the result's shape, and a dtype the result casts to.
        mode : {'raise', 'wrap', 'clip'}, optional
            What happens to indices beyond the bounds: IndexError, counting round, or the nearest valid one.

        Returns
        -------
        MaskedArray, or a single element.

        Raises
        ------
        IndexError
            For an index beyond the bounds, unless `mode` says else.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2, 3], mask=[0, 1, 0])
        >>> print(x.take([2, 1, 0]))
        [3 -- 1]
        """
        masked_places = getmask(indices)
        if masked_places is not nomask:
            indices = indices.filled(0)
        if out is None:
            out = self._data.take(indices, axis=axis, mode=mode)[...].view(type(self))
        else:
            np.take(self._data, indices, axis=axis, mode=mode, out=out)
        if isinstance(out, ma.MaskedArray):
            flags = masked_places
            if self._mask is not nomask:
                flags = self._mask.take(indices, axis=axis, mode=mode)
                flags |= masked_places
            out.__setmask__(flags)
        # A 0-d array becomes its element.
        return out[()]

    def nonzero(self):
        """The indices of the elements that are neither zero nor masked.

        Returns
        -------
        tuple of ndarray of intp, one for each axis.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 0, 2, 3], mask=[0, 0, 1, 0])
        >>> x.nonzero(), np.ma.nonzero(x)
        ((array([0, 3]),), (array([0, 3]),))
        """
        return np.asarray(self.filled(0)).nonzero()


class MaskedIterator:
    """Goes through data and mask together; what `MaskedArray.flat` gives.

    It can be indexed and assigned to like a masked array of one dimension.
    """

    def __init__(self, ma):
        self.ma = ma
        self.dataiter = ma._data.flat
        self.maskiter = None if ma._mask is nomask else ma._mask.flat

    def __iter__(self):
        return self

    def __getitem__(self, indx):
        result = self.dataiter[indx]
        if isinstance(result, np.ndarray):
            # By way of the data's class, which may decide the shape as matrices do.
            result = result.view(self.ma._baseclass).view(type(self.ma))
        if self.maskiter is None:
            return result
        flags = self.maskiter[indx]
        if isinstance(flags, np.ndarray):
            flags.shape = result.shape
            result._mask = flags
            return result
        return self._element(result, flags)

    def __setitem__(self, index, value):
        self.dataiter[index] = getdata(value)
        if self.maskiter is not None:
            self.maskiter[index] = getmaskarray(value)

    def __next__(self):
        value = next(self.dataiter)
        return value if self.maskiter is None else self._element(value, next(self.maskiter))

    def _element(self, value, flag):
        if isinstance(flag, np.void):
            return ma.mvoid(value, mask=flag, hardmask=self.ma._hardmask)
        return ma.masked if flag else value
