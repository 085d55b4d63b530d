"""`Masked`: values, and what is missing among them.

What comes out of Arrow with nulls. It is no array, so that nothing computes with a value that is not there unseen: one takes
`values` and `mask`, fills what is missing, or goes on with a masked array.
"""

from .. import _engine
from .._engine import array, asarray
from .numerictypes import bool_

__all__ = ["Masked"]


class Masked:
    """Values, and a mask that is true where there is none.

    Parameters
    ----------
    values : array_like
        The values, of any dtype and shape; those under the mask mean nothing. An array is kept as it is.
    mask : array_like of bool
        True where the value is missing; of the shape of `values`. With a structured array it may have the same fields.

    Attributes
    ----------
    values : ndarray
        The values.
    mask : ndarray
        What is missing.

    Raises
    ------
    ValueError
        The shapes differ.

    See Also
    --------
    from_arrow : Makes one of an Arrow column with nulls.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.interop.Masked(np.array([1, 2, 3]), np.array([False, True, False]))
    >>> x
    Masked([1, null, 3], dtype=int64, 1 null)
    >>> x.filled(-1)
    array([ 1, -1,  3])
    >>> x[0], x[1], len(x)
    (np.int64(1), None, 3)
    """

    __slots__ = ("_mask", "_values")
    # Nothing is computed with values that are not there: NumPy's operators leave it to Python's.
    __array_ufunc__ = None

    def __init__(self, values, mask):
        values, mask = asarray(values), asarray(mask)
        if mask.dtype.names is None:
            mask = asarray(mask, bool_)
        elif mask.dtype.names != values.dtype.names:
            raise ValueError(f"a mask with fields {mask.dtype.names} for values of dtype {values.dtype}")
        if values.shape != mask.shape:
            raise ValueError(
                f"values of shape {values.shape} and a mask of shape {mask.shape}: one for each value is expected"
            )
        self._values, self._mask = values, mask

    @property
    def values(self):
        """The values; those under the mask mean nothing."""
        return self._values

    @property
    def mask(self):
        """An array that is true where there is no value."""
        return self._mask

    @property
    def dtype(self):
        """The values' dtype."""
        return self.values.dtype

    @property
    def shape(self):
        """The values' shape."""
        return self.values.shape

    @property
    def null_count(self):
        """How many values are missing; of a structured array, in all its fields."""
        return null_count(self.mask)

    @property
    def timezone(self):
        """Name of the time zone that a column of timestamps came with, or None; the values are in UTC."""
        return (self.values.dtype.metadata or {}).get("timezone")

    def filled(self, value):
        """Make an array with a value in place of what is missing.

        Parameters
        ----------
        value : scalar
            Stands for what is missing; of the values' dtype, or fit to become one. Of a structured array it stands for what is
            missing in each field, unless it is a tuple or dict with a value for each.

        Returns
        -------
        ndarray
            A copy.

        Examples
        --------
        >>> import sharray as np
        >>> np.interop.Masked([1.0, 0.0], [False, True]).filled(np.nan)
        array([ 1., nan])
        """
        out = array(self.values, copy=True)
        _fill(out, self.mask, value)
        return out

    def to_ma(self):
        """Make a masked array (`sharray.ma`) of the same memory.

        Returns
        -------
        MaskedArray
            On the same values and mask.

        Examples
        --------
        >>> import sharray as np
        >>> np.interop.Masked([1.0, 2.0], [False, True]).to_ma().sum()
        np.float64(1.0)
        """
        from ..ma import MaskedArray

        return MaskedArray(self.values, mask=self.mask, copy=False, keep_mask=False)

    def __len__(self):
        return len(self.values)

    def __getitem__(self, key):
        values, mask = self.values[key], self.mask[key]
        if isinstance(values, _engine.ndarray):
            return Masked(values, mask)
        return _item(values, mask)

    def __iter__(self):
        return (self[index] for index in range(len(self)))

    def tolist(self):
        """Make a list of Python values, None for what is missing.

        Returns
        -------
        list
            Nested as deep as there are axes; of structured arrays, of tuples.

        Examples
        --------
        >>> import sharray as np
        >>> np.interop.Masked([1, 2], [False, True]).tolist()
        [1, None]
        """
        return _paired(self.values.tolist(), self.mask.tolist(), self.values.ndim)

    def __array__(self, dtype=None, *, copy=None):
        if self.null_count:
            raise ValueError(f"{self.null_count} of the values are null: fill them first, x.filled(value)")
        return array(self.values, copy=None).__array__(dtype, copy=copy)

    def __arrow_c_array__(self, requested_schema=None):
        from . import _arrow

        return _arrow._offer(_engine._arrow_offer, self.values, self.mask, requested_schema)

    def __arrow_c_stream__(self, requested_schema=None):
        from . import _arrow

        return _arrow._offer(_engine._arrow_stream, self.values, self.mask, requested_schema)

    def __arrow_c_schema__(self):
        from . import _arrow

        return _arrow._schema_of(self.values)

    def __reduce__(self):
        return Masked, (self.values, self.mask)

    def __repr__(self):
        few = self.values.ndim == 1 and len(self) <= 20
        shown = self if few or self.values.ndim != 1 else None
        if self.values.ndim == 1 and shown is None:
            head, tail = (self[part].tolist() for part in (slice(3), slice(-3, None)))
            text = ", ".join([*map(_word, head), "…", *map(_word, tail)])
        elif self.values.ndim == 1:
            text = ", ".join(map(_word, self.tolist()))
        else:
            text = f"shape={self.shape}"
        body = f"[{text}]" if self.values.ndim == 1 else text
        count = self.null_count
        return f"Masked({body}, dtype={self.dtype}, {count} null{'s' * (count != 1)})"


def _word(value):
    return "null" if value is None else repr(value)


def null_count(mask):
    """How many elements of a mask are true, of all its fields."""
    if mask.dtype.names is None:
        return int(mask.sum())
    return sum(null_count(mask[name]) for name in mask.dtype.names)


def _fill(values, mask, value):
    if mask.dtype.names is None:
        values[mask] = value
        return
    for index, name in enumerate(mask.dtype.names):
        one = value[name] if isinstance(value, dict) else value[index] if isinstance(value, tuple) else value
        _fill(values[name], mask[name], one)


def _item(value, mask):
    """A scalar, or None; of a record, a tuple with None for the fields that are missing."""
    if isinstance(value, _engine.ndarray):
        return Masked(value, mask) if mask.any() else value
    if mask.dtype.names is None:
        return None if mask else value
    if not null_count(asarray(mask)):
        return value
    return tuple(_item(value[name], mask[name]) for name in mask.dtype.names)


def _paired(values, mask, ndim):
    if isinstance(mask, _engine.ndarray):
        # A field that is an array itself.
        values, mask = values.tolist(), mask.tolist()
    if ndim:
        return [_paired(v, m, ndim - 1) for v, m in zip(values, mask, strict=True)]
    if isinstance(mask, tuple):
        return tuple(_paired(v, m, 0) for v, m in zip(values, mask, strict=True))
    if isinstance(mask, list):
        return [_paired(v, m, 0) for v, m in zip(values, mask, strict=True)]
    return None if mask else values
