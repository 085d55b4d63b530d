"""Single elements with a mask: `masked`, and records some of whose fields are masked."""

import warnings

import sharray as np

from .._utils import set_module
from . import _late as ma, _printing
from ._array import MaskedArray
from ._masks import getmask, make_mask_descr, nomask


@set_module("numpy.ma.core")
class mvoid(MaskedArray):
    """One record of a structured masked array.

    Its fields are got and set by name or place; a masked one is `masked`.

    Parameters
    ----------
    data : tuple or void
        The values of the fields.
    mask : tuple of bool, optional
        A flag for each field.
    dtype : dtype
        With the fields.
    fill_value : tuple, optional
        What `filled` puts for masked fields.
    hardmask : bool, optional
        Whether assignment leaves masked fields masked.
    copy : bool, optional
        Whether to copy the data.
    subok : bool, optional
        Whether a subclass of ndarray passes through.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.array([(1, 2.0)], mask=[(0, 1)], dtype=[("a", int), ("b", float)])
    >>> x[0]["b"], len(x[0])
    (masked, 2)
    """

    def __new__(self, data, mask=nomask, dtype=None, fill_value=None, hardmask=False, copy=False, subok=True):
        record = np.array(data, copy=True if copy else None, subok=subok, dtype=dtype).view(self)
        record._hardmask = hardmask
        if mask is not nomask:
            record._mask = _record_mask(mask, dtype)
        if fill_value is not None:
            record.fill_value = fill_value
        return record

    @property
    def _data(self):
        # A scalar record, which looks at the array's memory.
        return super()._data[()]

    def __getitem__(self, indx):
        flag = nomask if self._mask is nomask else self._mask[indx]
        if isinstance(flag, np.ndarray):
            # A field that is a subarray, or several fields.
            return MaskedArray(
                data=self._data[indx], mask=flag, fill_value=self._fill_value[indx], hard_mask=self._hardmask
            )
        return ma.masked if flag else self._data[indx]

    def __setitem__(self, indx, value):
        self._data[indx] = value
        if self._hardmask:
            self._mask[indx] |= getmask(value)
        else:
            self._mask[indx] = getmask(value)

    def __str__(self):
        if self._mask is nomask:
            return str(self._data)
        # As a 0-d array: a scalar has no `astype` to other fields.
        return str(_printing.with_signs(super()._data, self._mask))

    __repr__ = __str__

    def _fields(self, masked):
        """The fields' values, `masked` for those with a mask."""
        if self._mask is nomask:
            return list(self._data)
        return [masked if flag else value for value, flag in zip(self._data, self._mask)]

    def __iter__(self):
        yield from self._fields(ma.masked)

    def __len__(self):
        return len(self._data)

    def filled(self, fill_value=None):
        """The record with fill values in the places of masked fields.

        Parameters
        ----------
        fill_value : scalar or tuple, optional
            What to put there; the record's own fill values by default.

        Returns
        -------
        void: a record without a mask.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([(1, 2.0)], mask=[(0, 1)], dtype=[("a", int), ("b", float)])
        >>> x[0].filled(-1).tolist()
        (1, -1.0)
        """
        return ma.asarray(self).filled(fill_value)[()]

    def tolist(self):
        """The fields as Python values, None for masked ones.

        Returns
        -------
        tuple.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([(1, 2.0)], mask=[(0, 1)], dtype=[("a", int), ("b", float)])
        >>> x[0].tolist()
        (1, None)
        """
        if self._mask is nomask:
            return self._data.tolist()
        return tuple(value if value is None else value.item() for value in self._fields(None))


def _record_mask(mask, dtype):
    if isinstance(mask, np.void):
        return mask
    try:
        return np.void(mask)
    except TypeError:
        return np.array(mask, dtype=make_mask_descr(dtype))[()]


@set_module("numpy.ma.core")
class MaskedConstant(MaskedArray):
    """The class of `masked`, of which there is one object only.

    It is what a masked element is; assigned, it masks. Arithmetic with it gives it
    again. Its attributes and its value can't be set.

    >>> import sharray as np
    >>> np.ma.array([1, 2], mask=[0, 1])[1] is np.ma.masked
    True
    """

    # One object for each class: a subclass has its own.
    __singleton = None

    @classmethod
    def __has_singleton(cls):
        return type(cls.__singleton) is cls

    def __new__(cls):
        if not cls.__has_singleton():
            data, mask = np.array(0.0), np.array(True)
            # A view of it must not give a way to change it.
            data.flags.writeable = False
            mask.flags.writeable = False
            cls.__singleton = MaskedArray(data, mask=mask).view(cls)
        return cls.__singleton

    def __array_finalize__(self, obj):
        if not self.__has_singleton():
            # The singleton itself is being made.
            super().__array_finalize__(obj)
        elif self is not self.__singleton:
            # Whatever is made from it is no constant.
            self.__class__ = MaskedArray
            MaskedArray.__array_finalize__(self, obj)

    def __array_wrap__(self, obj, context=None, return_scalar=False):
        return self.view(MaskedArray).__array_wrap__(obj, context)

    def __str__(self):
        return str(_printing.masked_print_option._display)

    def __repr__(self):
        if self is MaskedConstant.__singleton:
            return "masked"
        return object.__repr__(self)

    def __format__(self, format_spec):
        try:
            return object.__format__(self, format_spec)
        except TypeError:
            warnings.warn(
                "masked has no format: the format string is ignored now, and may be refused one day",
                FutureWarning,
                stacklevel=2,
            )
            return object.__format__(self, "")

    def __reduce__(self):
        return self.__class__, ()

    def __iop__(self, other):
        return self

    __iadd__ = __isub__ = __imul__ = __ifloordiv__ = __itruediv__ = __ipow__ = __iop__
    del __iop__

    def copy(self, *args, **kwargs):
        """The constant itself."""
        return self

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __setattr__(self, attr, value):
        if self.__has_singleton() and self is self.__singleton:
            raise AttributeError(f"attributes of {self!r} are not writeable")
        super().__setattr__(attr, value)


masked = masked_singleton = MaskedConstant()
