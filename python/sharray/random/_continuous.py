"""Continuous distributions: methods that `Generator` and `RandomState` share."""

import sharray as np

from .._engine import _random_sample

__all__ = ["ContinuousMethods"]


class ContinuousMethods:
    """Needs ``_stream``, the engine's stream, and ``_laws``, its distributions by name."""

    def standard_cauchy(self, size=None):
        """Cauchy distributed numbers (Lorentzian) with mode 0.

        Parameters
        ----------
        size : None, int or tuple of int
            Shape of the result.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).standard_cauchy(size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["standard_cauchy"], size, ())

    def gamma(self, shape, scale=1.0, size=None):
        """Gamma distributed numbers.

        Parameters
        ----------
        shape : array_like of float
            Called k or alpha; not negative (ValueError).
        scale : array_like of float
            Called theta; not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).gamma(2.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["gamma"], size, (shape, scale))

    def beta(self, a, b, size=None):
        """Beta distributed numbers, in [0, 1].

        Parameters
        ----------
        a : array_like of float
            Alpha, above 0 (ValueError).
        b : array_like of float
            Beta, above 0 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).beta(2.0, 3.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["beta"], size, (a, b))

    def chisquare(self, df, size=None):
        """Chi-square distributed numbers: sums of squares of normal ones.

        Parameters
        ----------
        df : array_like of float
            Degrees of freedom, above 0 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).chisquare(4, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["chisquare"], size, (df,))

    def noncentral_chisquare(self, df, nonc, size=None):
        """Numbers of the noncentral chi-square distribution.

        Parameters
        ----------
        df : array_like of float
            Degrees of freedom, above 0 (ValueError).
        nonc : array_like of float
            Noncentrality, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).noncentral_chisquare(4, 1.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["noncentral_chisquare"], size, (df, nonc))

    def f(self, dfnum, dfden, size=None):
        """Numbers of Fisher's F distribution.

        Parameters
        ----------
        dfnum : array_like of float
            Degrees of freedom of the numerator, above 0 (ValueError).
        dfden : array_like of float
            Those of the denominator, above 0 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).f(4, 10, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["f"], size, (dfnum, dfden))

    def noncentral_f(self, dfnum, dfden, nonc, size=None):
        """Numbers of the noncentral F distribution.

        Parameters
        ----------
        dfnum : array_like of float
            Degrees of freedom of the numerator, above 0 (ValueError).
        dfden : array_like of float
            Those of the denominator, above 0 (ValueError).
        nonc : array_like of float
            Noncentrality, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).noncentral_f(4, 10, 1.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["noncentral_f"], size, (dfnum, dfden, nonc))

    def standard_t(self, df, size=None):
        """Numbers of Student's t distribution.

        Parameters
        ----------
        df : array_like of float
            Degrees of freedom, above 0 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).standard_t(5, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["standard_t"], size, (df,))

    def vonmises(self, mu, kappa, size=None):
        """Angles of the von Mises distribution, in [-pi, pi].

        Parameters
        ----------
        mu : array_like of float
            Mode.
        kappa : array_like of float
            Concentration, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).vonmises(0.0, 4.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["vonmises"], size, (mu, kappa))

    def pareto(self, a, size=None):
        """Numbers of the Pareto distribution of the second kind (Lomax), from 0 on.

        Parameters
        ----------
        a : array_like of float
            Shape, above 0 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).pareto(3.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["pareto"], size, (a,))

    def weibull(self, a, size=None):
        """Weibull distributed numbers with scale 1.

        Parameters
        ----------
        a : array_like of float
            Shape, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).weibull(1.5, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["weibull"], size, (a,))

    def power(self, a, size=None):
        """Numbers in [0, 1] with density ``a * x**(a - 1)``.

        Parameters
        ----------
        a : array_like of float
            Exponent and one, above 0 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).power(3.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["power"], size, (a,))

    def laplace(self, loc=0.0, scale=1.0, size=None):
        """Laplace (double exponential) distributed numbers.

        Parameters
        ----------
        loc : array_like of float
            Mean.
        scale : array_like of float
            Decay, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).laplace(0.0, 2.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["laplace"], size, (loc, scale))

    def gumbel(self, loc=0.0, scale=1.0, size=None):
        """Gumbel distributed numbers (extreme values of the first type).

        Parameters
        ----------
        loc : array_like of float
            Mode.
        scale : array_like of float
            Width, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).gumbel(0.0, 2.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["gumbel"], size, (loc, scale))

    def logistic(self, loc=0.0, scale=1.0, size=None):
        """Logistic distributed numbers.

        Parameters
        ----------
        loc : array_like of float
            Mean.
        scale : array_like of float
            Width, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).logistic(0.0, 2.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["logistic"], size, (loc, scale))

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        """Numbers whose logarithm is normally distributed.

        Parameters
        ----------
        mean : array_like of float
            Mean of the logarithm.
        sigma : array_like of float
            Deviation of the logarithm, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).lognormal(0.0, 0.5, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["lognormal"], size, (mean, sigma))

    def rayleigh(self, scale=1.0, size=None):
        """Rayleigh distributed numbers.

        Parameters
        ----------
        scale : array_like of float
            Mode, not negative (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).rayleigh(2.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["rayleigh"], size, (scale,))

    def wald(self, mean, scale, size=None):
        """Wald (inverse Gaussian) distributed numbers.

        Parameters
        ----------
        mean : array_like of float
            Mean, above 0 (ValueError).
        scale : array_like of float
            Called lambda, above 0 (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).wald(1.0, 3.0, size=3).shape
        (3,)
        """
        return _random_sample(self._stream, self._laws["wald"], size, (mean, scale))

    def triangular(self, left, mode, right, size=None):
        """Numbers with a density that rises from `left` to `mode` and falls to `right`.

        Parameters
        ----------
        left, mode, right : array_like of float
            In this order, the outer ones different (ValueError).
        size : None, int or tuple of int
            Shape of the result; None is that of the parameters together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).triangular(-3, 0, 8, size=3).shape
        (3,)
        """
        lefts, modes, rights = (np.asarray(corner, dtype=np.float64) for corner in (left, mode, right))
        if np.any(lefts > modes):
            raise ValueError(f"left > mode: {left}, {mode}")
        if np.any(modes > rights):
            raise ValueError(f"mode > right: {mode}, {right}")
        if np.any(lefts == rights):
            raise ValueError(f"left == right: {left}, {right}")
        return _random_sample(self._stream, self._laws["triangular"], size, (left, mode, right))
