"""Masked arrays as lists, bytes, records and pickles."""

from copy import deepcopy

import sharray as np

from .._utils import set_module
from . import _late as ma
from ._masks import getmaskarray, make_mask_descr, nomask


class ExchangeMixin:
    """What turns a `MaskedArray` into something else and back."""

    def ids(self):
        """The addresses in memory of the data and of the mask.

        Returns
        -------
        tuple of two ints; without a mask the second is the address of `nomask`.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2], mask=[0, 1])
        >>> x.ids()[0] == x.data.ctypes.data, np.ma.ids(x) == x.ids()
        (True, True)
        """
        if self._mask is nomask:
            return self.ctypes.data, id(nomask)
        return self.ctypes.data, self._mask.ctypes.data

    def iscontiguous(self):
        """Whether the data lie in row-major order without gaps.

        Returns
        -------
        bool.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.zeros((2, 3))
        >>> x.iscontiguous(), x.T.iscontiguous()
        (True, False)
        """
        return self.flags["CONTIGUOUS"]

    def tolist(self, fill_value=None):
        """Nested lists of Python values.

        Parameters
        ----------
        fill_value : scalar, optional
            What stands for masked values; None by default.

        Returns
        -------
        list, or a single value for an array without axes.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1, 2], mask=[0, 1]).tolist()
        [1, None]
        """
        mask = self._mask
        if mask is nomask:
            return self._data.tolist()
        if fill_value is not None:
            return self.filled(fill_value).tolist()
        if self.dtype.names is not None:
            objects = self._data.astype([(name, object) for name in self.dtype.names])
            for name in self.dtype.names:
                objects[name][mask[name]] = None
        else:
            objects = np.array(self._data.ravel(), dtype=object)
            objects[mask.ravel()] = None
            objects.shape = self.shape
        return objects.tolist()

    def tobytes(self, fill_value=None, order="C"):
        r"""The bytes of the data, with the fill value in the places of masked values.

        Parameters
        ----------
        fill_value : scalar, optional
            What to put there; the array's own fill value by default.
        order : {'C', 'F', 'A'}, optional
            In which order elements are taken: rows first, columns first, or as they lie in memory.

        Returns
        -------
        bytes.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1, 2], mask=[0, 1], dtype=np.uint8).tobytes(fill_value=255)
        b'\x01\xff'
        """
        return self.filled(fill_value).tobytes(order=order)

    def tofile(self, fid, sep="", format="%s"):
        """Not supported. Save `toflex()`, or `filled()`.

        Parameters
        ----------
        fid, sep, format
            Not used.

        Returns
        -------
        Nothing.

        Raises
        ------
        NotImplementedError
            Always.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2], mask=[0, 1])
        >>> np.save("x.npy", x.toflex())
        >>> print(np.ma.fromflex(np.load("x.npy")))
        [1 --]
        """
        raise NotImplementedError("MaskedArray.tofile() not implemented yet.")

    def toflex(self):
        """A structured array with the fields `_data` and `_mask`; `ma.fromflex` reads it back.

        Returns
        -------
        ndarray of the same shape.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1, 2], mask=[0, 1]).toflex().dtype.names
        ('_data', '_mask')
        """
        record = np.ndarray(shape=self.shape, dtype=[("_data", self.dtype), ("_mask", self._mask.dtype)])
        record["_data"] = self._data
        record["_mask"] = self._mask
        return record

    torecords = toflex

    # ---- pickles and copies

    def __getstate__(self):
        state = super().__reduce__()[2]
        mask = getmaskarray(self).tobytes("CF"[self.flags.fnc])
        return (*state, mask, self._fill_value)

    def __setstate__(self, state):
        _, shape, dtype, fortran, data, mask, fill_value = state
        super().__setstate__((shape, dtype, fortran, data))
        self._mask.__setstate__((shape, make_mask_descr(dtype), fortran, mask))
        self.fill_value = fill_value

    def __reduce__(self):
        return _mareconstruct, (self.__class__, self._baseclass, (0,), "b"), self.__getstate__()

    def __deepcopy__(self, memo=None):
        copied = ma.MaskedArray.__new__(type(self), self, copy=True)
        memo = {} if memo is None else memo
        memo[id(self)] = copied
        for name, value in self.__dict__.items():
            copied.__dict__[name] = deepcopy(value, memo)
        if self.dtype.hasobject:
            copied._data[...] = deepcopy(copied._data)
        return copied


@set_module("numpy.ma.core")
def _mareconstruct(subtype, baseclass, baseshape, basetype):
    """An empty masked array of class `subtype`, whose state a pickle sets next."""
    data = np.ndarray.__new__(baseclass, baseshape, basetype)
    mask = np.ndarray.__new__(np.ndarray, baseshape, make_mask_descr(basetype))
    return subtype.__new__(subtype, data, mask=mask, dtype=basetype)
