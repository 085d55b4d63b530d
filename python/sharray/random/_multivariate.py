"""Distributions of several numbers at once: methods that `Generator` and `RandomState` share."""

import operator
import warnings

import sharray as np

from .._engine import _random_colors, _random_dirichlet, _random_multinomial
from ._bounded_integers import spread

__all__ = ["MultivariateMethods"]


def _rows(size, width):
    """The shape of samples of `width` numbers each."""
    return (*(() if size is None else np.broadcast_shapes(size)), width)


class MultivariateMethods:
    """Needs ``_stream``, the engine's stream, ``standard_normal``, and ``_is_legacy``."""

    def _multinomial(self, n, pvals, shape, single):
        """Counts from numbers of trials (int64, of shape ``shape[:-1]``) and probabilities of shape (…, k), given in `single` precision or not."""
        if np.any(n < 0):
            raise ValueError(f"n < 0: {n}")
        if np.any(~((pvals >= 0) & (pvals <= 1))):
            raise ValueError("pvals < 0, pvals > 1 or pvals contains NaNs")
        if pvals.size and np.any(pvals[..., :-1].sum(axis=-1) > 1.0 + 1e-12):
            raise ValueError(
                "sum(pvals[:-1].astype(np.float64)) > 1.0. The pvals array is cast to 64-bit floating point before "
                "its sum is checked."
                if single
                else "sum(pvals[:-1]) > 1.0"
            )
        out = np.zeros(shape, dtype=np.int64)
        rows = spread(pvals, shape if pvals.ndim > 1 else pvals.shape)
        _random_multinomial(self._stream, spread(n, shape[:-1]), rows, out)
        return out

    def dirichlet(self, alpha, size=None):
        """Shares that sum to 1, Dirichlet distributed.

        Parameters
        ----------
        alpha : sequence of float, length k
            Not negative (above 0 in `RandomState`; ValueError).
        size : None, int or tuple of int
            Shape of the samples; each has k numbers.

        Returns
        -------
        ndarray of float64, shape (*size, k)

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).dirichlet([1.0, 2.0], size=3).shape
        (3, 2)
        """
        width = len(alpha)
        alpha = np.array(alpha, dtype=np.float64)
        if alpha.ndim != 1:
            raise ValueError(f"alpha must be 1-dimensional, not {alpha.ndim}-dimensional")
        if self._is_legacy and np.any(alpha <= 0):
            raise ValueError("alpha <= 0")
        if np.any(alpha < 0):
            raise ValueError("alpha < 0")
        out = np.zeros(_rows(size, width), dtype=np.float64)
        if width:
            _random_dirichlet(self._stream, alpha, out, self._is_legacy)
        return out

    def _normal_vectors(self, mean, cov, size, check_valid, tol, method):
        """Normally distributed vectors; the factor of the covariance by `method`."""
        if check_valid not in ("warn", "raise", "ignore"):
            raise ValueError(f"check_valid must equal 'warn', 'raise', or 'ignore', not {check_valid!r}")
        if method not in ("eigh", "svd", "cholesky"):
            raise ValueError(f"method must be one of {{'eigh', 'svd', 'cholesky'}}, not {method!r}")
        mean, cov = np.array(mean), np.array(cov)
        if mean.dtype.kind == "c" or cov.dtype.kind == "c":
            raise TypeError("mean and cov must not be complex")
        cov = cov.astype(np.float64)
        if mean.ndim != 1:
            raise ValueError(f"mean must be 1 dimensional, not {mean.ndim}")
        if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
            raise ValueError(f"cov must be 2 dimensional and square, not of shape {cov.shape}")
        if mean.shape[0] != cov.shape[0]:
            raise ValueError(f"mean and cov must have same length: {mean.shape[0]}, {cov.shape[0]}")
        shape = _rows(size, mean.shape[0])
        x = self.standard_normal(shape).reshape(-1, mean.shape[0])
        factor, valid = _factor(cov, method, tol, check_valid != "ignore")
        if not valid:
            text = "covariance is not symmetric positive-semidefinite."
            if check_valid == "raise":
                raise ValueError(text)
            warnings.warn(text, RuntimeWarning, stacklevel=3)
        x = np.dot(x, factor) if self._is_legacy else mean + x @ factor
        if self._is_legacy:
            x += mean
        return x.reshape(shape)

    def _colors(self, colors, nsample, size, method):
        """Counts of colours, `Generator.multivariate_hypergeometric`."""
        if method not in ("count", "marginals"):
            raise ValueError(f'method must be "count" or "marginals", not {method!r}.')
        try:
            nsample = operator.index(nsample)
        except TypeError as error:
            raise ValueError(f"nsample must be an integer, not {nsample!r}") from error
        if nsample < 0:
            raise ValueError(f"nsample must be nonnegative, not {nsample}.")
        most = np.iinfo(np.int64).max
        array = np.asarray(colors)
        fits = array.size == 0 or array.dtype.kind in "iub" and 0 <= array.min() and int(array.max()) <= most
        if array.ndim != 1 or not fits:
            raise ValueError(
                "colors must be a one-dimensional sequence of nonnegative integers not exceeding " + f"{most}."
            )
        colors = np.array(array, dtype=np.int64)
        total = sum(colors.tolist())
        if method == "marginals" and total >= 10**9:
            raise ValueError('When method is "marginals", sum(colors) must be less than 1000000000.')
        if total > (most if method == "marginals" else most // 8):
            raise ValueError(f"sum(colors) must not exceed the maximum value of a 64 bit signed integer ({most})")
        if nsample > total:
            raise ValueError(f"nsample > sum(colors): {nsample} > {total}")
        out = np.zeros(_rows(size, colors.size), dtype=np.int64)
        if out.size and nsample:
            _random_colors(self._stream, colors, nsample, out, method == "count")
        return out


def _factor(cov, method, tol, check):
    """A matrix F with ``F.T @ F`` the covariance, and whether that is a valid one."""
    if method == "cholesky":
        return np.linalg.cholesky(cov).T, True
    if method == "eigh":
        values, vectors = np.linalg.eigh(cov)
        valid = not check or not np.any(values < -tol)
        return (vectors * np.sqrt(np.abs(values))).T, valid
    _, values, rows = np.linalg.svd(cov)
    valid = not check or np.allclose(np.dot(rows.T * values, rows), cov, rtol=tol, atol=tol)
    return np.sqrt(values)[:, None] * rows, valid
