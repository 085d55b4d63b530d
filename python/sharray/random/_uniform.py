"""Uniform, normal and exponential numbers: methods that `Generator` and `RandomState` share."""

import sharray as np

from .._engine import _random_sample

__all__ = ["UniformMethods"]


class UniformMethods:
    """Needs ``_stream``, the engine's stream, and ``_laws``, its distributions by name."""

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normally distributed (Gaussian) numbers.

        Parameters
        ----------
        loc : array_like of float
            Mean.
        scale : array_like of float
            Standard deviation, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).normal(10, 0.1)
        9.92068775248421
        """
        return _random_sample(self._stream, self._laws["normal"], size, (loc, scale))

    def exponential(self, scale=1.0, size=None):
        """Exponentially distributed numbers, with density ``exp(-x / scale) / scale``.

        Parameters
        ----------
        scale : array_like of float
            Mean, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameter.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).exponential([1, 1000]).shape
        (2,)
        """
        return _random_sample(self._stream, self._laws["exponential"], size, (scale,))

    def _uniform(self, low, high, size, ordered):
        """Uniform numbers; an extent that isn't finite is an OverflowError, with `ordered` a negative one a ValueError."""
        if type(low) is float and type(high) is float or _plain(low) and _plain(high):
            low = float(low)
            extent = float(high) - low
            finite, negative = extent - extent == 0, ordered and (extent < 0 or str(extent) == "-0.0")
        else:
            low, high = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
            with np.errstate(all="ignore"):
                extent = high - low
            finite = np.isfinite(extent).all()
            negative = ordered and (np.signbit(extent) & ~np.isnan(extent)).any()
        if not finite:
            raise OverflowError(
                f"high - low range exceeds valid bounds: {low} to {high}"
                if ordered
                else f"Range exceeds valid bounds: {low} to {high}"
            )
        if negative:
            raise ValueError(f"high - low < 0: {low} to {high}")
        return _random_sample(self._stream, self._laws["uniform"], size, (low, extent))


def _plain(value):
    return isinstance(value, (int, float)) or np.ndim(value) == 0
