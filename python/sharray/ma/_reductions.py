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
from ._texts import AXIS, DTYPE, KEEPDIMS, OUT, text


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


_REDUCED = "MaskedArray or scalar, or `out` if it is given; masked where all values are."
_ARRAY = ">>> import sharray as np\n>>> x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])\n"


def _doc(first, examples, *parameters, returns=_REDUCED):
    return text(first, "\n".join(parameters), returns, _ARRAY + examples)


_SUM = _doc(
    "The sum of the values that aren't masked.",
    ">>> x.sum()\nnp.int64(8)\n>>> print(np.ma.sum(x, axis=0))\n[4 4]",
    *(AXIS, DTYPE, OUT, KEEPDIMS),
)
_PROD = _doc(
    "The product of the values that aren't masked.",
    ">>> x.prod()\nnp.int64(12)\n>>> print(np.ma.prod(x, axis=0))\n[3 4]",
    *(AXIS, DTYPE, OUT, KEEPDIMS),
)
_ALL = _doc(
    "Whether no value is false, masked ones aside.",
    ">>> (x > 0).all()\nnp.True_\n>>> print(np.ma.all(x > 2, axis=0))\n[False  True]",
    *(AXIS, OUT, KEEPDIMS),
)
_ANY = _doc(
    "Whether a value is true, masked ones aside.",
    ">>> (x > 3).any()\nnp.True_\n>>> print(np.ma.any(x == 2, axis=0))\n[False False]",
    *(AXIS, OUT, KEEPDIMS),
)
_LANE = "axis : int, optional\n    The axis to go along; None takes the flattened array."
_SKIPPED = "MaskedArray, masked as the array is; or `out` if it is given."
_CUMSUM = _doc(
    "The running sum; masked values count as zero and stay masked.",
    ">>> print(x.cumsum())\n[1 -- 4 8]\n>>> print(np.ma.cumsum(x, axis=0))\n[[1 --]\n [4 4]]",
    *(_LANE, DTYPE, OUT),
    returns=_SKIPPED,
)
_CUMPROD = _doc(
    "The running product; masked values count as one and stay masked.",
    ">>> print(x.cumprod())\n[1 -- 3 12]\n>>> print(np.ma.cumprod(x, axis=0))\n[[1 --]\n [3 4]]",
    *(_LANE, DTYPE, OUT),
    returns=_SKIPPED,
)


class ReductionMixin:
    """The reductions of `MaskedArray`."""

    def _reduced(self, result, mask):
        """A plain reduction's result with its mask: a masked array, a value, or `masked`."""
        if not getattr(result, "ndim", 0):
            return ma.masked if mask else result
        result = result.view(type(self))
        result.__setmask__(mask)
        return result

    all = _truth("all", True, _ALL)
    any = _truth("any", False, _ANY)
    sum = _reduction("sum", 0, _SUM)
    prod = _reduction("prod", 1, _PROD)
    product = prod
    cumsum = _running("cumsum", 0, _CUMSUM)
    cumprod = _running("cumprod", 1, _CUMPROD)

    # ---- counting

    def count(self, axis=None, keepdims=_NoValue):
        """How many values aren't masked.

        Parameters
        ----------
        axis : int or tuple of int, optional
            The axes to count along; None counts all elements.
        keepdims : bool, optional
            Whether axes that are counted stay, with length 1.

        Returns
        -------
        intp or ndarray of intp.

        Raises
        ------
        AxisError
            For an axis that the array doesn't have.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])
        >>> x.count()
        np.int64(3)
        >>> np.ma.count(x, axis=0)
        array([2, 1])
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
        """The mean of the values that aren't masked.

        Integers and bools are summed as float64, float16 as float32.

        Parameters
        ----------
        axis : int or tuple of int, optional
            The axes to reduce; None takes all elements.
        dtype : dtype, optional
            The dtype to compute in, and of the result.
        out : ndarray, optional
            Where the result goes; of the result's shape, and a dtype the result casts to.
        keepdims : bool, optional
            Whether axes that are reduced stay, with length 1.

        Returns
        -------
        MaskedArray or scalar, or `out` if it is given; masked where all values are.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])
        >>> float(x.mean())
        2.6666666666666665
        >>> print(np.ma.mean(x, axis=0))
        [2.0 4.0]
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
        """How far each value is from the mean.

        Parameters
        ----------
        axis : int, optional
            The axis to take means along; None takes the mean of all elements.
        dtype : dtype, optional
            The dtype to compute the mean in.

        Returns
        -------
        MaskedArray, masked as the array is.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([1, 2, 9, 3], mask=[0, 0, 1, 0])
        >>> print(x.anom())
        [-1.0 0.0 -- 1.0]
        >>> print(np.ma.anom([[1, 2], [3, 6]], axis=1))
        [[-0.5  0.5]
         [-1.5  1.5]]
        """
        mean = self.mean(axis, dtype)
        return self - (np.expand_dims(mean, axis) if axis else mean)

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=_NoValue, mean=_NoValue):
        """The mean square distance from the mean, of the values that aren't masked.

        The sum is divided by their number less `ddof`; where that isn't positive the result is
        masked.

        Parameters
        ----------
        axis : int or tuple of int, optional
            The axes to reduce; None takes all elements.
        dtype : dtype, optional
            The dtype to compute in.
        out : ndarray, optional
            Where the result goes; of the result's shape, and a dtype the result casts to.
        ddof : float, optional
            What is taken off the number of values.
        keepdims : bool, optional
            Whether axes that are reduced stay, with length 1.
        mean : array_like, optional
            The mean, if it is known, with its axes kept.

        Returns
        -------
        MaskedArray or scalar, or `out` if it is given.

        Raises
        ------
        MaskError
            For a plain `out` of integers that would have to show a masked result.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])
        >>> print(x.var(axis=0))
        [1. 0.]
        >>> print(np.ma.var(x, axis=0, ddof=1))
        [2.0 --]
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
        """The standard deviation of the values that aren't masked: the square root of their variance.

        Parameters
        ----------
        axis : int or tuple of int, optional
            The axes to reduce; None takes all elements.
        dtype : dtype, optional
            The dtype to compute in.
        out : ndarray, optional
            Where the result goes; of the result's shape, and a dtype the result casts to.
        ddof : float, optional
            What is taken off the number of values before the division.
        keepdims : bool, optional
            Whether axes that are reduced stay, with length 1.
        mean : array_like, optional
            The mean, if it is known, with its axes kept.

        Returns
        -------
        MaskedArray or scalar, or `out` if it is given; masked where too few values are left.

        Raises
        ------
        MaskError
            For a plain `out` of integers that would have to show a masked result.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])
        >>> print(x.std(axis=0))
        [1.0 0.0]
        >>> print(np.ma.std(x, axis=0, ddof=1))
        [1.4142135623730951 --]
        """
        result = self.var(axis, dtype, out, ddof, **given(keepdims=keepdims, mean=mean))
        if result is ma.masked:
            return result
        if out is None:
            return ma.sqrt(result)
        np.power(out, 0.5, out=out, casting="unsafe")
        return out

    def trace(self, offset=0, axis1=0, axis2=1, dtype=None, out=None):
        """The sum of a diagonal; masked values count as zero.

        Parameters
        ----------
        offset : int, optional
            Which diagonal: 0 the main one, above it positive, below negative.
        axis1, axis2 : int, optional
            The axes whose diagonals are summed, of an array with more than two.
        dtype : dtype, optional
            The result's dtype. Without it the sum is a float where there is a mask.
        out : ndarray, optional
            Where the result goes; of the result's shape, and a dtype the result casts to.

        Returns
        -------
        scalar or ndarray without the two axes.

        Raises
        ------
        ValueError
            For fewer than two axes.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[1, 0], [0, 0]])
        >>> float(x.trace()), float(np.ma.trace(x, offset=1))
        (4.0, 2.0)
        """
        if self._mask is nomask:
            return super().trace(offset=offset, axis1=axis1, axis2=axis2, out=out).astype(dtype)
        diagonal = self.diagonal(offset=offset, axis1=axis1, axis2=axis2)
        return diagonal.astype(dtype).filled(0).sum(axis=-1, out=out)

    def dot(self, b, out=None, strict=False):
        """The dot product with `b`, without terms that have a masked factor.

        Parameters
        ----------
        b : array_like
            The second factor.
        out : MaskedArray, optional
            Where the result goes; of the result's shape and dtype.
        strict : bool, optional
            Whether one masked term masks a sum.

        Returns
        -------
        MaskedArray, masked where all terms are; or `out` if it is given.

        Examples
        --------
        >>> import sharray as np
        >>> x = np.ma.array([[1, 2], [3, 4]], mask=[[1, 0], [0, 0]])
        >>> print(x.dot([[1, 0], [0, 1]]))
        [[0 2]
         [3 4]]
        """
        return ma.dot(self, b, out=out, strict=strict)

    def round(self, decimals=0, out=None):
        """Each value rounded to `decimals` places.

        Parameters
        ----------
        decimals : int, optional
            Places behind the point; negative ones are before it.
        out : ndarray, optional
            Where the result goes; of the result's shape, and a dtype the result casts to.

        Returns
        -------
        MaskedArray, masked as the array is; or `out` if it is given.

        Examples
        --------
        >>> import sharray as np
        >>> print(np.ma.array([1.25, 2.55], mask=[0, 1]).round(1))
        [1.2 --]
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
