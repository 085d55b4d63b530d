"""Discrete distributions: methods that `Generator` and `RandomState` share."""

import sharray as np

from .._engine import _random_sample

__all__ = ["DiscreteMethods"]


class DiscreteMethods:
    """Needs ``_stream``, the engine's stream, and ``_laws``, its distributions by name."""

    def binomial(self, n, p, size=None):
        """Numbers of successes in trials.

        Parameters
        ----------
        n : array_like of int
            Trials, not negative (ValueError).
        p : array_like of float
            Probability of success, in [0, 1] (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        int or ndarray of int64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).binomial(10, 0.5, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["binomial"], size, (n, p))

    def poisson(self, lam=1.0, size=None):
        """Poisson distributed numbers.

        Parameters
        ----------
        lam : array_like of float
            Expected number, not negative, below about 9.2e18 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        int or ndarray of int64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).poisson(5.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["poisson"], size, (lam,))

    def zipf(self, a, size=None):
        """Zipf (zeta) distributed numbers, from 1 on.

        Parameters
        ----------
        a : array_like of float
            Exponent, above 1 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        int or ndarray of int64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).zipf(2.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["zipf"], size, (a,))

    def geometric(self, p, size=None):
        """Numbers of trials up to the first success.

        Parameters
        ----------
        p : array_like of float
            Probability of success, in (0, 1] (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        int or ndarray of int64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).geometric(0.35, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["geometric"], size, (p,))

    def logseries(self, p, size=None):
        """Numbers of the logarithmic series distribution, from 1 on.

        Parameters
        ----------
        p : array_like of float
            Shape, in [0, 1) (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        int or ndarray of int64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).logseries(0.6, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["logseries"], size, (p,))

    def negative_binomial(self, n, p, size=None):
        """Numbers of failures before `n` successes.

        Parameters
        ----------
        n : array_like of float
            Successes, above 0 (ValueError).
        p : array_like of float
            Probability of success, in (0, 1] (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        int or ndarray of int64

        Raises
        ------
        ValueError
            Also if results could be beyond int64 (`Generator` only).

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).negative_binomial(5, 0.5, size=3).shape
        (3,)
        """
        if self._checks_rates:
            counts, chances = np.asarray(n, dtype=np.float64), np.asarray(p, dtype=np.float64)
            with np.errstate(all="ignore"):
                largest = (1 - chances) / chances * (counts + 10 * np.sqrt(counts))
            if np.any((counts > 0) & (chances > 0) & (largest > self._poisson_lam_max)):
                raise ValueError("n too large or p too small, see Generator.negative_binomial Notes")
        return _random_sample(self._stream, self._laws["negative_binomial"], size, (n, p))

    def hypergeometric(self, ngood, nbad, nsample, size=None):
        """Numbers of good things in samples drawn without replacement.

        Parameters
        ----------
        ngood, nbad, nsample : array_like of int
            How many good and bad things there are (below 10**9 each in `Generator`), and how many are drawn;
            ValueError for negative numbers and for samples larger than everything
            (in `RandomState` for empty ones, too).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        int or ndarray of int64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).hypergeometric(10, 5, 8, size=3).shape
        (3,)
        """
        good, bad, sample = (np.asarray(number) for number in (ngood, nbad, nsample))
        if self._checks_rates and (np.any(good >= 10**9) or np.any(bad >= 10**9)):
            raise ValueError(f"both ngood and nbad must be less than 1000000000: {ngood}, {nbad}")
        for name, number in (("ngood", good), ("nbad", bad), ("nsample", sample)):
            if np.any(number < 0):
                raise ValueError(f"{name} < 0: {number}")
        if not self._checks_rates and np.any(sample < 1):
            raise ValueError(f"nsample < 1: {nsample}")
        if np.any(good + bad < sample):
            raise ValueError(f"ngood + nbad < nsample: {ngood} + {nbad}, {nsample}")
        return _random_sample(self._stream, self._laws["hypergeometric"], size, (ngood, nbad, nsample))
