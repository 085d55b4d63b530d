"""`MaskedArray`: an array and the mask that says which of its values don't count.

Here is what makes the object: construction, views, mask and fill value. What can be
done with it is in mixins by subject: `_indexing`, `_operators`, `_reductions`,
`_ordering`, `_shapes`, `_exchange`.

State, beside the data: `_mask` (`nomask` or an array of the same shape), `_sharedmask`
(another array may look at the mask), `_hardmask` (assignment can't unmask),
`_fill_value` (None or a 0-d array), `_baseclass` (the class of `data`), and `_optinfo`
(attributes of whatever the array came from), which `_basedict` is another name for.
"""

import warnings
from functools import reduce

import sharray as np

from .._utils import set_module
from . import _late as ma, _printing
from ._domains import ufunc_domain, ufunc_fills
from ._errors import MaskError
from ._exchange import ExchangeMixin
from ._fill import check_fill_value, fill_where, filled
from ._indexing import IndexingMixin
from ._masks import (
    MaskType,
    flatten_structured_array,
    getmask,
    getmaskarray,
    leaves,
    make_mask_descr,
    make_mask_none,
    mask_or,
    nomask,
    own_mask,
    record_mask,
    shrink,
)
from ._operators import OperatorMixin
from ._ordering import OrderingMixin
from ._reductions import ReductionMixin
from ._shapes import ShapeMixin

ndarray = np.ndarray


def _memory_order(array):
    if array.flags.c_contiguous:
        return "C"
    return "F" if array.flags.f_contiguous else "K"


@set_module("numpy.ma")
class MaskedArray(IndexingMixin, OperatorMixin, ReductionMixin, OrderingMixin, ShapeMixin, ExchangeMixin, ndarray):
    """An array some of whose values are masked: they take no part in what is computed.

    Parameters
    ----------
    data : anything like an array
        A masked array brings its mask along.
    dtype, copy, order, ndmin
        As for `array`.
    mask : nomask, bool or anything like an array
        True where a value is masked; of the shape of `data`, or with a single element.
    fill_value : scalar
        What `filled` puts for masked values; by default by the dtype.
    keep_mask : bool
        Whether the mask of `data` is joined with `mask`, or replaced by it.
    hard_mask : bool
        Whether assignment leaves masked values masked.
    shrink : bool
        Whether an empty mask may be dropped.
    subok : bool
        Whether a subclass of `MaskedArray` stays one.

    Returns
    -------
    MaskedArray.

    Raises
    ------
    MaskError
        For a mask of another size than the data.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.ma.MaskedArray([1, 2, 3], mask=[0, 1, 0])
    >>> x
    masked_array(data=[1, --, 3],
                 mask=[False,  True, False],
           fill_value=999999)
    >>> float(x.mean())
    2.0
    """

    __array_priority__ = 15
    _defaultmask = nomask
    _defaulthardmask = False
    _baseclass = ndarray

    # Of a longer axis only the ends are printed, whatever the print options say.
    _print_width = 100
    _print_width_1d = 1500

    # ---- construction

    def __new__(
        cls,
        data=None,
        mask=nomask,
        dtype=None,
        copy=False,
        subok=True,
        ndmin=0,
        fill_value=None,
        keep_mask=True,
        hard_mask=None,
        shrink=True,
        order=None,
    ):
        copy = True if copy else None
        values = np.array(data, dtype=dtype, copy=copy, order=order, subok=True, ndmin=ndmin)
        baseclass = getattr(data, "_baseclass", type(values))
        if isinstance(data, MaskedArray) and data.shape != values.shape:
            # `ndmin` changed the shape: the mask must not change the argument's.
            copy = True
        keep_class = isinstance(data, cls) and subok and not isinstance(data, ma.MaskedConstant)
        self = ndarray.view(values, type(data) if keep_class else cls)
        if hasattr(data, "_mask") and not isinstance(data, ndarray):
            self._mask = data._mask
        if mask is nomask:
            self._take_mask_of(data, copy, keep_mask, shrink)
        else:
            self._take_mask(mask, copy, keep_mask)
        if fill_value is None:
            fill_value = getattr(data, "_fill_value", None)
        if fill_value is not None:
            self._fill_value = check_fill_value(fill_value, self.dtype)
        self._hardmask = getattr(data, "_hardmask", False) if hard_mask is None else hard_mask
        self._baseclass = baseclass
        return self

    def _take_mask_of(self, data, copy, keep_mask, shrink):
        """The mask of a new array when none is given: that of its data, or of their elements."""
        if not keep_mask:
            self._mask = nomask if shrink else make_mask_none(self.shape, self.dtype)
        elif isinstance(data, (tuple, list)):
            self._take_masks_of_elements(data)
        else:
            self._sharedmask = not copy
            if copy:
                self._mask = self._mask.copy()
                if getmask(data) is not nomask and data._mask.shape != data.shape:
                    data._mask.shape = data.shape

    def _take_masks_of_elements(self, data):
        kind = make_mask_descr(self.dtype)
        try:
            masks = [getmaskarray(np.asanyarray(element, dtype=self.dtype)) for element in data]
            mask = np.array(masks, dtype=kind)
        except (ValueError, TypeError):
            # Elements of unequal shape, or that are no arrays: none of them is masked.
            return
        if kind == MaskType and mask.any():
            self._mask = mask
            self._sharedmask = False

    def _mask_as_array(self, mask, copy):
        """A given mask with the dtype for this array."""
        kind = make_mask_descr(self.dtype)
        if mask is None:
            mask = False
        if kind == MaskType and (mask is True or mask is False):
            return np.full(self.shape, mask, dtype=kind)
        try:
            return np.array(mask, copy=copy, dtype=kind)
        except TypeError:
            # One flag for a whole record.
            return record_mask(mask, kind)

    def _take_mask(self, mask, copy, keep_mask):
        mask = self._mask_as_array(mask, copy)
        if mask.shape != self.shape:
            if mask.size == 1:
                mask = np.resize(mask, self.shape)
            elif mask.size == self.size:
                mask = np.reshape(mask, self.shape)
            else:
                raise MaskError(f"Mask and data not compatible: data size is {self.size}, mask size is {mask.size}.")
            copy = True
        if self._mask is nomask or not keep_mask:
            self._mask = mask
            self._sharedmask = not copy
            return
        if self.dtype.names is None:
            self._mask = np.logical_or(mask, self._mask)
        else:
            for mine, given in leaves(self._mask, mask):
                mine |= given
        self._sharedmask = False

    def _update_from(self, obj):
        """Take over what describes `obj` beside data and mask."""
        baseclass = type(obj) if isinstance(obj, ndarray) else ndarray
        extra = dict(getattr(obj, "_optinfo", {}))
        extra.update(getattr(obj, "_basedict", {}))
        if not isinstance(obj, MaskedArray):
            extra.update(getattr(obj, "__dict__", {}))
        state = self.__dict__
        state.update(
            _fill_value=getattr(obj, "_fill_value", None),
            _hardmask=getattr(obj, "_hardmask", False),
            _sharedmask=getattr(obj, "_sharedmask", False),
            _isfield=getattr(obj, "_isfield", False),
            _baseclass=getattr(obj, "_baseclass", baseclass),
            _optinfo=extra,
            _basedict=extra,
        )
        state.update(extra)

    def _mask_from(self, obj):
        """The mask for an array just made from `obj`: a view for the same data, else a copy."""
        if not isinstance(obj, ndarray):
            return nomask
        mask = getmask(obj) if obj.dtype.names is None else getmaskarray(obj)
        if mask is nomask:
            return nomask
        if obj.ctypes.data == self.ctypes.data:
            return mask.view()
        kind = mask.dtype if self.dtype == obj.dtype else make_mask_descr(self.dtype)
        return mask.astype(kind, _memory_order(self))

    def __array_finalize__(self, obj):
        self._update_from(obj)
        self._mask = self._mask_from(obj)
        if self._mask is not nomask:
            try:
                self._mask.shape = self.shape
            except ValueError:
                # A slice or a broadcast: whoever makes it sets the mask.
                self._mask = nomask
            except (TypeError, AttributeError):
                # The mask of an `mvoid` is a scalar, which has no shape to set.
                pass
        if self._fill_value is not None:
            self._fill_value = check_fill_value(self._fill_value, self.dtype)
        elif self.dtype.names is not None:
            self._fill_value = check_fill_value(None, self.dtype)

    # ---- results of plain ufuncs

    def __array_wrap__(self, obj, context=None, return_scalar=False):
        if obj is self:
            result = obj
        else:
            result = obj.view(type(self))
            result._update_from(self)
        if context is None:
            return result
        function, arguments, _ = context
        arguments = arguments[: function.nin]
        result._mask = result._mask.copy()
        mask = reduce(mask_or, map(getmaskarray, arguments))
        outside = _outside_domain(function, arguments)
        if outside is not None and outside.any():
            np.copyto(result, _fill_outside(function, self), where=outside)
            mask = outside if mask is nomask else mask | outside
        if result is not self and result.shape == () and mask:
            return ma.masked
        result._mask = mask
        result._sharedmask = False
        return result

    # ---- views

    def view(self, dtype=None, type=None, fill_value=None):
        """The same memory as another dtype or class; the mask is a view as well.

        Parameters
        ----------
        dtype : dtype or subclass of ndarray, optional
            How to read the data. A new dtype drops the fill value, unless `fill_value` gives one.
        type : subclass of ndarray, optional
            The class of the result.
        fill_value : scalar, optional
            The fill value of the result.

        Returns
        -------
        An array of the class asked for, by default of this one.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1, 2], mask=[0, 1]).view(np.ndarray)
        array([1, 2])
        """
        wanted = [argument for argument in (dtype, type) if argument is not None]
        output = ndarray.view(self, *wanted)
        same_dtype = dtype is None or (type is None and _is_array_class(dtype))
        if getmask(output) is not nomask:
            output._mask = output._mask.view()
        if getattr(output, "_fill_value", None) is not None:
            if fill_value is not None:
                output.fill_value = fill_value
            elif not same_dtype:
                output._fill_value = None
        return output

    @property
    def dtype(self):
        """The dtype of the data; setting it gives the mask the fields it needs."""
        return super().dtype

    @dtype.setter
    def dtype(self, dtype):
        ndarray.dtype.__set__(self, dtype)
        if self._mask is not nomask:
            self._mask = self._mask.view(make_mask_descr(dtype), ndarray)
            try:
                self._mask.shape = self.shape
            except (AttributeError, TypeError):
                # A scalar mask, as in `__array_finalize__`.
                pass

    @property
    def shape(self):
        """The shape of data and mask."""
        return super().shape

    @shape.setter
    def shape(self, shape):
        ndarray.shape.__set__(self, shape)
        if getmask(self) is not nomask:
            self._mask.shape = self.shape

    @property
    def baseclass(self):
        """The class of `data`."""
        return self._baseclass

    def _get_data(self):
        """The data below the mask, as a view of class `baseclass`.

        >>> import sharray as np
        >>> np.ma.array([1, 2], mask=[0, 1]).data
        array([1, 2])
        """
        return ndarray.view(self, self._baseclass)

    _data = property(fget=_get_data)
    data = property(fget=_get_data, doc=_get_data.__doc__)

    # ---- the mask

    def __setmask__(self, mask, copy=False):
        """Set the mask in place: it keeps its memory, so arrays that share it see the change."""
        if mask is ma.masked:
            mask = True
        if self._mask is nomask and mask is nomask:
            return
        current = own_mask(self)
        if self.dtype.names is not None:
            mask = self._record_flags(mask, current.dtype, copy)
        if self._hardmask:
            if self.dtype.names is None:
                current |= mask
            else:
                for name in self.dtype.names:
                    current[name] |= mask[name]
        elif isinstance(mask, (int, float, np.bool, np.number)) or np.shape(mask) == current.shape:
            current[...] = mask
        else:
            # As many flags in another shape, or fewer, which are repeated.
            current.flat = mask
        if current.shape:
            current.shape = self.shape

    @staticmethod
    def _record_flags(mask, kind, copy):
        """`mask` as a structured array of `kind`; one flag stands for a whole record."""
        mask = np.asarray(mask)
        if mask.ndim == 0:
            if mask.dtype.kind == "b":
                return np.array((mask.item(),) * len(kind), dtype=kind)
            return mask.astype(kind)
        try:
            return np.array(mask, copy=True if copy else None, dtype=kind)
        except TypeError:
            return record_mask(mask, kind)

    _set_mask = __setmask__

    @property
    def mask(self):
        """A view of the mask. Setting it changes the mask in place, also for arrays that share it."""
        return self._mask.view()

    @mask.setter
    def mask(self, value):
        self.__setmask__(value)

    @property
    def recordmask(self):
        """The mask by records: a record is masked if all its fields are. It can't be set."""
        mask = self._mask.view(ndarray)
        if mask.dtype.names is None:
            return mask
        return np.all(flatten_structured_array(mask), axis=-1)

    @recordmask.setter
    def recordmask(self, mask):
        raise NotImplementedError("Coming soon: setting the mask per records!")

    def harden_mask(self):
        """Make the mask hard: from now on assignment can't unmask.

        Returns
        -------
        The array itself.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2], mask=[0, 1]).harden_mask()
        >>> x[:] = 7
        >>> print(x, np.ma.harden_mask(x) is x)
        [7 --] True
        """
        self._hardmask = True
        return self

    def soften_mask(self):
        """Make the mask soft: from now on assignment unmasks.

        Returns
        -------
        The array itself.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2], mask=[0, 1], hard_mask=True).soften_mask()
        >>> x[:] = 7
        >>> print(x, np.ma.soften_mask(x) is x)
        [7 7] True
        """
        self._hardmask = False
        return self

    @property
    def hardmask(self):
        """Whether assignment leaves masked values masked."""
        return self._hardmask

    def unshare_mask(self):
        """Copy the mask if another array may share it.

        Returns
        -------
        The array itself.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2], mask=[0, 1])
        >>> part = x[:1].unshare_mask()
        >>> part.mask = True
        >>> print(part, x)
        [--] [1 --]
        """
        if self._sharedmask:
            self._mask = self._mask.copy()
            self._sharedmask = False
        return self

    @property
    def sharedmask(self):
        """Whether another array may share the mask."""
        return self._sharedmask

    def shrink_mask(self):
        """Drop a mask that is False everywhere: there is no mask then.

        Returns
        -------
        The array itself.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2], mask=[0, 0])
        >>> x.shrink_mask().mask is np.ma.nomask
        True
        """
        self._mask = shrink(self._mask)
        return self

    # ---- the fill value

    @property
    def fill_value(self):
        """What `filled` puts for masked values; None sets the default of the dtype.

        Returns
        -------
        scalar of the array's dtype.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1.0]).fill_value
        np.float64(1e+20)
        """
        if self._fill_value is None:
            self._fill_value = check_fill_value(None, self.dtype)
        # A 0-d array, so that it can be set in place; handed out as a scalar.
        if isinstance(self._fill_value, ndarray):
            return self._fill_value[()]
        return self._fill_value

    @fill_value.setter
    def fill_value(self, value=None):
        """Set the fill value, also of arrays that share it.

        Parameters
        ----------
        value : scalar, optional
            Cast to the array's dtype; None sets the default of the dtype.

        Returns
        -------
        None.

        Raises
        ------
        TypeError
            For a value that the dtype can't hold.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2], mask=[0, 1])
        >>> x.set_fill_value(-1)
        >>> x.filled()
        array([ 1, -1])
        """
        target = check_fill_value(value, self.dtype)
        if target.ndim != 0:
            warnings.warn(
                "a fill value of several elements is deprecated: give a scalar here, or the array to `filled`",
                DeprecationWarning,
                stacklevel=2,
            )
        if self._fill_value is None:
            self._fill_value = target
        else:
            # In place: views share the fill value.
            self._fill_value[()] = target

    get_fill_value = fill_value.fget
    set_fill_value = fill_value.fset

    def filled(self, fill_value=None):
        """The data with `fill_value` in the places of masked values.

        Parameters
        ----------
        fill_value : scalar or array_like, optional
            What to put there; the array's own fill value by default.

        Returns
        -------
        ndarray: a copy, or the data themselves if nothing is masked.

        Raises
        ------
        TypeError
            For a fill value that the dtype can't hold.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1, 2], mask=[0, 1]).filled(-1)
        array([ 1, -1])
        """
        mask = self._mask
        if mask is nomask:
            return self._data
        if fill_value is None:
            fill_value = self.fill_value
        else:
            fill_value = check_fill_value(fill_value, self.dtype)
        if self is ma.masked_singleton:
            return np.asanyarray(fill_value)
        if mask.dtype.names is not None:
            result = self._data.copy("K")
            fill_where(result, mask, fill_value)
            return result
        return self._filled_plain(mask, fill_value) if mask.any() else self._data

    def _filled_plain(self, mask, fill_value):
        result = self._data.copy("K")
        try:
            np.copyto(result, fill_value, where=mask)
        except (TypeError, AttributeError):
            # A fill value of another kind than the data: objects hold both.
            return np.choose(mask, (result.astype(object), np.array(fill_value, dtype=object)))
        except IndexError:
            if self._data.shape:
                raise
            return np.array(fill_value, dtype=self.dtype) if mask else self._data
        return result

    def compressed(self):
        """The values that aren't masked.

        Returns
        -------
        ndarray, 1-d; a matrix keeps its one row.

        Examples
        --------
        >>> import sharray as np
        >>> np.ma.array([1, 2, 3], mask=[0, 1, 0]).compressed()
        array([1, 3])
        """
        data = ndarray.ravel(self._data)
        if self._mask is nomask:
            return data
        # The last axis is the only one, but for a matrix, which stays a single row.
        return data.compress(np.logical_not(ndarray.ravel(self._mask)), axis=-1)

    # ---- text

    def _insert_masked_print(self):
        return _printing.printable(self)

    def __str__(self):
        return str(self._insert_masked_print())

    def __repr__(self):
        return _printing.representation(self)


def _is_array_class(kind):
    return isinstance(kind, type) and issubclass(kind, ndarray)


def _outside_domain(function, arguments):
    """Where `arguments` are outside the domain of `function`; None if it has none."""
    domain = ufunc_domain.get(function)
    if domain is None:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        # A masked argument gives a masked answer: outside.
        return filled(domain(*arguments).astype(bool, copy=False), True)


def _fill_outside(function, array):
    if function not in ufunc_fills:
        return array.fill_value
    fills = ufunc_fills[function]
    return fills[-1] if isinstance(fills, tuple) else fills
