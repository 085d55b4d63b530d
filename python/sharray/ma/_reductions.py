"""Sums, means and the like of masked arrays: over the values that aren't masked.

A reduction fills masked values with what doesn't matter to it. Its result is masked
where all its values are; a whole array of masked values gives `masked`. `keepdims` is
handed on only if it is given, as not every array class knows it.
"""

import sharray as np
from sharray._core.numeric import normalize_axis_tuple

from .._globals import _NoValue
from . import _late as ma
from ._errors import MaskError
from ._masks import MaskType, all_masked, getmask, make_mask_none, mask_or, nomask


def given(**keywords):
    """The keywords that have a value."""
    return {name: value for name, value in keywords.items() if value is not _NoValue}


def set_mask_values(out, mask):
    """Write `mask` into the mask of a masked array `out`, which gets one if need be."""
    if getmask(out) is nomask:
        out._mask = make_mask_none(out.shape)
    out._mask.flat = mask


def refuse_lost_mask(out):
    """MaskError for an `out` that has no value that could stand for a masked one."""
    if out.dtype.kind in "biu":
        raise MaskError("Masked data information would be lost in one or more location.")


def _reduction(name, neutral, doc):
    """`sum` or `prod`: masked values are filled with `neutral`."""

    def method(self, axis=None, dtype=None, out=None, keepdims=_NoValue):
        keep = given(keepdims=keepdims)
        mask = all_masked(self._mask, axis, **keep)
        reduce = getattr(self.filled(neutral), name)
        if out is None:
            return self._reduced(reduce(axis, dtype=dtype, **keep), mask)
        reduce(axis, dtype=dtype, out=out, **keep)
        if isinstance(out, ma.MaskedArray):
            set_mask_values(out, mask)
        return out

    return _named(method, name, doc)


def _truth(name, neutral, doc):
    """`all` or `any`."""

    def method(self, axis=None, out=None, keepdims=_NoValue):
        keep = given(keepdims=keepdims)
        mask = all_masked(self._mask, axis, **keep)
        reduce = getattr(self.filled(neutral), name)
        if out is None:
            return self._reduced(reduce(axis=axis, **keep), mask)
        reduce(axis=axis, out=out, **keep)
        if isinstance(out, ma.MaskedArray) and (out.ndim or mask):
            out.__setmask__(mask)
        return out

    return _named(method, name, doc)


def _running(name, neutral, doc):
    """`cumsum` or `cumprod`: masked values are skipped and stay masked."""

    def method(self, axis=None, dtype=None, out=None):
        result = getattr(self.filled(neutral), name)(axis=axis, dtype=dtype, out=out)
        if out is None:
            result = result.view(type(self))
            result.__setmask__(self._mask)
            return result
        if isinstance(out, ma.MaskedArray):
            out.__setmask__(self.mask)
        return out

    return _named(method, name, doc)


def _named(method, name, doc):
    method.__name__ = name
    method.__qualname__ = f"MaskedArray.{name}"
    method.__doc__ = doc
    return method


_ALONG = """

        Along `axis` (None: over all elements; or several), into `out` if it is given.
        The result is masked where all its values are.

        >>> import sharray as np
        >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])
        >>> {example}
        """


def _doc(first, example):
    return first + _ALONG.format(example=example)


class ReductionMixin:
    """The reductions of `MaskedArray`."""

    def _reduced(self, result, mask):
        """A plain reduction's result with its mask: a masked array, a value, or `masked`."""
        if not getattr(result, "ndim", 0):
            return ma.masked if mask else result
        result = result.view(type(self))
        result.__setmask__(mask)
        return result

    all = _truth("all", True, _doc("Whether no value is false, masked ones aside.", "x.all()\n        np.True_"))
    any = _truth("any", False, _doc("Whether a value is true, masked ones aside.", "x.any()\n        np.True_"))
    sum = _reduction("sum", 0, _doc("The sum of the values that aren't masked.", "x.sum()\n        np.int64(8)"))
    prod = _reduction(
        "prod", 1, _doc("The product of the values that aren't masked.", "x.prod()\n        np.int64(12)")
    )
    product = prod
    cumsum = _running(
        "cumsum", 0, "The running sum along `axis` (of all elements without one); masked values count as zero."
    )
    cumprod = _running(
        "cumprod", 1, "The running product along `axis` (of all elements without one); masked values count as one."
    )

    # ---- counting

    def count(self, axis=None, keepdims=_NoValue):
        """How many values aren't masked, along `axis` or in all.

        AxisError for an axis that the array doesn't have.

        >>> import sharray as np
        >>> np.ma.array([1, 2, 3], mask=[0, 1, 0]).count()
        np.int64(2)
        """
        keep = given(keepdims=keepdims)
        mask = self._mask
        if isinstance(self.data, np.matrix):
            # A matrix keeps two dimensions: counted as a matrix.
            if mask is nomask:
                mask = np.zeros(self.shape, dtype=MaskType)
            mask = mask.view(type(self.data))
        if mask is nomask:
            return self._count_all(axis, keepdims is not _NoValue and keepdims)
        if self is ma.masked:
            return 0
        if axis is None and not keep and mask.dtype.names is None:
            return np.intp(mask.size - np.count_nonzero(mask))
        return (~mask).sum(axis=axis, dtype=np.intp, **keep)

    def _count_all(self, axis, keepdims):
        if self.shape == ():
            if axis not in (None, 0):
                raise np.exceptions.AxisError(axis=axis, ndim=self.ndim)
            return 1
        if axis is None:
            return np.array(self.size, dtype=np.intp, ndmin=self.ndim) if keepdims else self.size
        axes = normalize_axis_tuple(axis, self.ndim)
        number = 1
        shape = []
        for place, length in enumerate(self.shape):
            if place not in axes:
                shape.append(length)
                continue
            number *= length
            if keepdims:
                shape.append(1)
        return np.full(shape, number, dtype=np.intp)

    # ---- mean and spread

    def mean(self, axis=None, dtype=None, out=None, keepdims=_NoValue):
        """The mean of the values that aren't masked, along `axis` or of all.

        Integers and bools are summed as float64, float16 as float32.

        >>> import sharray as np
        >>> np.ma.array([1, 2, 6], mask=[0, 1, 0]).mean()
        np.float64(3.5)
        """
        keep = given(keepdims=keepdims)
        if self._mask is nomask:
            result = super().mean(axis=axis, dtype=dtype, **keep)[()]
        else:
            result = self._masked_mean(axis, dtype, keep)
        if out is None:
            return result
        out.flat = result
        if isinstance(out, ma.MaskedArray):
            set_mask_values(out, getmask(result))
        return out

    def _masked_mean(self, axis, dtype, keep):
        halves = False
        if dtype is None:
            if issubclass(self.dtype.type, (np.integer, np.bool)):
                dtype = np.dtype("f8")
            elif issubclass(self.dtype.type, np.float16):
                dtype = np.dtype("f4")
                halves = True
        total = self.sum(axis=axis, dtype=dtype, **keep)
        number = self.count(axis=axis, **keep)
        if np.ndim(number) == 0 and number == 0:
            return ma.masked
        mean = total * 1.0 / number
        return mean.astype(self.dtype) if halves else mean

    def anom(self, axis=None, dtype=None):
        """How far each value is from the mean along `axis`, or of all.

        >>> import sharray as np
        >>> np.ma.array([1, 2, 3]).anom()
        masked_array(data=[-1.,  0.,  1.],
                     mask=False,
               fill_value=1e+20)
        """
        mean = self.mean(axis, dtype)
        return self - (np.expand_dims(mean, axis) if axis else mean)

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, mean=_NoValue):
        """The mean square distance from the mean, of the values that aren't masked.

        The sum is divided by their number less `ddof`; where that isn't positive the
        result is masked. `mean` may be given if it is known (with its dimensions kept).
        MaskError for a masked result and an integer `out`.

        >>> import sharray as np
        >>> np.ma.array([1, 2, 3], mask=[0, 1, 0]).var()
        np.float64(1.0)
        """
        keep = given(keepdims=keepdims)
        if self._mask is nomask:
            result = super().var(axis=axis, dtype=dtype, out=out, ddof=ddof, **keep, **given(mean=mean))[()]
            if out is None:
                return result
            if isinstance(out, ma.MaskedArray):
                out.__setmask__(nomask)
            return out
        number = self.count(axis=axis, **keep) - ddof
        squares = self._square_distances(self.mean(axis, dtype, keepdims=True) if mean is _NoValue else mean)
        result = ma.divide(squares.sum(axis, **keep), number)
        if result.ndim:
            result = result.view(type(self))
            result._mask = mask_or(self._mask.all(axis, **keep), number <= 0)
            result._update_from(self)
        elif getmask(result):
            return ma.masked if out is None else _masked_into(out)
        if out is None:
            return result
        out.flat = result
        if isinstance(out, ma.MaskedArray):
            out.__setmask__(getmask(result))
        return out

    def _square_distances(self, mean):
        distance = self - mean
        if np.iscomplexobj(self):
            return np.absolute(distance) ** 2
        distance *= distance
        return distance

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, mean=_NoValue):
        """The square root of `var`, with the same arguments.

        >>> import sharray as np
        >>> np.ma.array([1, 2, 3], mask=[0, 1, 0]).std()
        np.float64(1.0)
        """
        result = self.var(axis, dtype, out, ddof, **given(keepdims=keepdims))
        if result is ma.masked:
            return result
        if out is None:
            return ma.sqrt(result)
        np.power(out, 0.5, out=out, casting="unsafe")
        return out

    def trace(self, offset=0, axis1=0, axis2=1, dtype=None, out=None):
        """The sum of a diagonal; masked values count as zero. With a mask it is a float, unless `dtype` says else.

        >>> import sharray as np
        >>> np.ma.array([[1, 2], [3, 4]], mask=[[1, 0], [0, 0]]).trace()
        np.float64(4.0)
        """
        if self._mask is nomask:
            return super().trace(offset=offset, axis1=axis1, axis2=axis2, out=out).astype(dtype)
        diagonal = self.diagonal(offset=offset, axis1=axis1, axis2=axis2)
        return diagonal.astype(dtype).filled(0).sum(axis=-1, out=out)

    def dot(self, b, out=None, strict=False):
        """The dot product with `b`; see `ma.dot`."""
        return ma.dot(self, b, out=out, strict=strict)

    def round(self, decimals=0, out=None):
        """Each value rounded to `decimals` places; negative ones are before the point.

        >>> import sharray as np
        >>> np.ma.array([1.25, 2.55], mask=[0, 1]).round(1)
        masked_array(data=[1.2, --],
                     mask=[False,  True],
               fill_value=1e+20)
        """
        result = self._data.round(decimals=decimals, out=out)
        if out is not None:
            if isinstance(out, ma.MaskedArray):
                out.__setmask__(self._mask)
            return out
        if not getattr(result, "ndim", 0):
            return ma.masked if self._mask else result
        result = result.view(type(self))
        result._mask = self._mask
        result._update_from(self)
        return result


def _masked_into(out):
    """Write a masked value into `out`: masked, or nan."""
    if isinstance(out, ma.MaskedArray):
        out.flat = 0
        out.__setmask__(True)
    else:
        refuse_lost_mask(out)
        out.flat = np.nan
    return out
