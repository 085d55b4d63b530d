"""`Generator` and `default_rng`."""

import operator

import sharray as np

from .._engine import (
    _random_bytes,
    _random_choose,
    _random_order,
    _random_sample,
    _random_shuffle_rows,
)
from .._utils import set_module
from ._bounded_integers import draw_integers
from ._common import checked_out
from ._continuous import ContinuousMethods
from ._discrete import DiscreteMethods
from ._draws import Laws, stream_of
from ._multivariate import MultivariateMethods
from ._orders import check_probabilities, sample_with_weights, shuffle_in_place
from ._pcg64 import PCG64
from ._uniform import UniformMethods
from .bit_generator import BitGenerator

__all__ = ["Generator", "default_rng"]

_LAWS = Laws()

_CHOICE_WORDS = (
    "p must be 1-dimensional",
    "a and p must have same size",
    "Probabilities contain NaN",
    "Probabilities are not non-negative",
    "Probabilities do not sum to 1. See Notes section of docstring for more information.",
)


@set_module("numpy.random._generator")
class Generator(UniformMethods, ContinuousMethods, DiscreteMethods, MultivariateMethods):
    """Random numbers of many distributions, from a bit generator.

    Parameters
    ----------
    bit_generator : BitGenerator
        Or any object with a capsule of NumPy's `bitgen_t`.

    Raises
    ------
    ValueError
        For a class in place of an instance.

    Examples
    --------
    >>> from sharray.random import Generator, PCG64
    >>> Generator(PCG64(2026)).integers(10, size=5)
    array([8, 1, 0, 6, 3])
    """

    _poisson_lam_max = np.iinfo("l").max - np.sqrt(np.iinfo("l").max) * 10
    _laws = _LAWS
    _checks_rates = True
    _is_legacy = False

    def __init__(self, bit_generator):
        if isinstance(bit_generator, type):
            raise ValueError("Invalid bit generator. The bit generator must be instantiated.")
        self._stream = stream_of(bit_generator)
        self._bit_generator = bit_generator

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return f"{type(self).__name__}({type(self._bit_generator).__name__})"

    def __getstate__(self):
        return None

    def __setstate__(self, bit_gen):
        if isinstance(bit_gen, dict):
            self._bit_generator.state = bit_gen

    def __reduce__(self):
        from . import _pickle

        # By getattr: inside of a class the name would be mangled.
        return getattr(_pickle, "__generator_ctor"), (self._bit_generator,), None

    @property
    def bit_generator(self):
        """The bit generator the numbers come from."""
        return self._bit_generator

    def spawn(self, n_children):
        """A list of `n_children` generators with independent streams.

        TypeError if the bit generator's seed sequence can't spawn.

        Parameters
        ----------
        n_children : int

        Returns
        -------
        list of Generator.

        Examples
        --------
        >>> [type(one).__name__ for one in np.random.default_rng(1).spawn(2)]
        ['Generator', 'Generator']
        """
        return [type(self)(child) for child in self._bit_generator.spawn(n_children)]

    def _draw(self, name, size, dtype, out, parameters=()):
        """Numbers of a distribution that comes in float64 and float32."""
        wanted = np.dtype(dtype)
        if wanted == np.float32:
            law = self._laws[name + "_f"]
        elif wanted == np.float64:
            law = self._laws[name]
        else:
            raise TypeError(f"Unsupported dtype {wanted!r} for {name.removesuffix('_inv')}")
        if out is not None:
            checked_out(out, wanted, size)
        return _random_sample(self._stream, law, size, parameters, out)

    def random(self, size=None, dtype=np.float64, out=None):
        """Uniform numbers in [0, 1).

        Parameters
        ----------
        size : None, int or tuple of int
            Shape of the result.
        dtype : dtype
            float64 or float32, in native byte order (TypeError otherwise).
        out : ndarray, optional
            A dense array of that dtype to fill; of shape `size` (ValueError otherwise).

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).random()
        0.17893481367543618
        """
        if out is None and (dtype is np.float64 or dtype is float):
            return _random_sample(self._stream, _LAWS["random"], size, ())
        return self._draw("random", size, dtype, out)

    def standard_normal(self, size=None, dtype=np.float64, out=None):
        """Normally distributed numbers with mean 0 and deviation 1.

        Parameters and result are those of `random`.

        Parameters
        ----------
        size : int or tuple of int, optional
            The shape of the result; None gives a single value, or that of the broadcast parameters.
        dtype : dtype, optional
            float64 or float32.
        out : ndarray, optional
            Where the result goes.

        Returns
        -------
        float or ndarray of float.

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).standard_normal()
        -0.7931224751578991
        """
        if out is None and (dtype is np.float64 or dtype is float):
            return _random_sample(self._stream, _LAWS["standard_normal"], size, ())
        return self._draw("standard_normal", size, dtype, out)

    def standard_exponential(self, size=None, dtype=np.float64, method="zig", out=None):
        """Exponentially distributed numbers with mean 1.

        Parameters
        ----------
        size, dtype, out
            As in `random`.
        method : {'zig', 'inv'}
            The ziggurat method, or inversion of the distribution function.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).standard_exponential() > 0
        True
        """
        name = "standard_exponential" if method == "zig" else "standard_exponential_inv"
        return self._draw(name, size, dtype, out)

    def standard_gamma(self, shape, size=None, dtype=np.float64, out=None):
        """Gamma distributed numbers with scale 1.

        Parameters
        ----------
        shape : array_like of float
            Not negative (ValueError).
        size, dtype, out
            As in `random`.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).standard_gamma(3.0, size=2, dtype="f4").dtype
        dtype('float32')
        """
        if out is not None and np.ndim(shape) > 0 and not getattr(out, "flags", np.empty(0).flags).c_contiguous:
            raise ValueError("Supplied output array must be contiguous, writable, aligned, and in machine byte-order.")
        return self._draw("standard_gamma", size, dtype, out, (shape,))

    def multinomial(self, n, pvals, size=None):
        """Counts of outcomes in `n` trials.

        Parameters
        ----------
        n : array_like of int
            Trials, not negative (ValueError).
        pvals : array_like of float, shape (…, k)
            Probabilities; all but the last of each row sum to at most 1 (ValueError).
        size : None, int or tuple of int
            Shape of the samples, which the parameters' must broadcast to.

        Returns
        -------
        ndarray of int64, shape (*size, k)

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).multinomial(20, [0.5, 0.3, 0.2]).sum()
        np.int64(20)
        """
        pvals = np.asarray(pvals)
        if pvals.ndim == 0 or pvals.shape[-1] == 0:
            raise ValueError(
                "pvals must have at least 1 dimension and the last dimension of pvals must be greater than 0."
            )
        single = pvals.dtype.kind == "f" and pvals.dtype.itemsize < 8
        pvals = np.ascontiguousarray(pvals, dtype=np.float64)
        n = np.asarray(n).astype(np.int64)
        shape = np.broadcast_shapes(n.shape, pvals.shape[:-1])
        if size is not None:
            wanted = np.broadcast_shapes(size)
            if np.broadcast_shapes(wanted, shape) != wanted:
                raise ValueError(f"Output size {wanted} is not compatible with broadcast dimensions of inputs {shape}.")
            shape = wanted
        return self._multinomial(n, pvals, (*shape, pvals.shape[-1]), single)

    def multivariate_hypergeometric(self, colors, nsample, size=None, method="marginals"):
        """Counts of colours in samples drawn without replacement.

        Parameters
        ----------
        colors : sequence of int
            How many things there are of each colour.
        nsample : int
            How many are drawn, at most all (ValueError).
        size : None, int or tuple of int
            Shape of the samples.
        method : {'marginals', 'count'}
            A hypergeometric number per colour (fewer than 10**9 things), or a shuffle of all things.

        Returns
        -------
        ndarray of int64, shape (*size, len(colors))

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).multivariate_hypergeometric([16, 8, 4], 6).sum()
        np.int64(6)
        """
        return self._colors(colors, nsample, size, method)

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8, *, method="svd"):
        """Normally distributed vectors.

        Parameters
        ----------
        mean : array_like of float, shape (k,)
        cov : array_like of float, shape (k, k)
            Symmetric and positive-semidefinite.
        size : None, int or tuple of int
            Shape of the samples.
        check_valid : {'warn', 'raise', 'ignore'}
            What to do about another `cov`.
        tol : float
            Tolerance of that check.
        method : {'svd', 'eigh', 'cholesky'}
            How to factor `cov`.

        Returns
        -------
        ndarray of float64, shape (*size, k)

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], size=3).shape
        (3, 2)
        """
        return self._normal_vectors(mean, cov, size, check_valid, tol, method)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Uniform numbers from `low` to, usually without, `high`.

        Parameters
        ----------
        low, high : array_like of float
            Bounds; ValueError if `high` is below `low`, OverflowError if their distance isn't finite.
        size : None, int or tuple of int
            Shape of the result; None is that of the bounds together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).uniform(-1, 1)
        -0.6421303726491276
        """
        return self._uniform(low, high, size, True)

    def integers(self, low, high=None, size=None, dtype=np.int64, endpoint=False):
        """Integers from `low` up to `high`, each equally likely.

        Parameters
        ----------
        low, high : array_like of int
            Bounds; with one argument it is the upper one, and 0 the lower.
        size : None, int or tuple of int
            Shape of the result; None is that of the bounds together.
        dtype : dtype
            An integer dtype or bool, in native byte order.
        endpoint : bool
            True includes `high`.

        Returns
        -------
        int or ndarray of `dtype`

        Raises
        ------
        ValueError
            For an empty range, or one beyond the dtype.
        TypeError
            For other dtypes.

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).integers(1, 6, size=5, endpoint=True)
        array([6, 2, 1, 4, 3])
        """
        return draw_integers(self._stream, low, high, size, dtype, endpoint, False, "integers")

    def bytes(self, length):
        """`length` random bytes.

        Parameters
        ----------
        length : int
            How many.

        Returns
        -------
        bytes.

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> len(default_rng(2026).bytes(10))
        10
        """
        return _random_bytes(self._stream, max(operator.index(length), 0))

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Random parts of an array, or integers below `a`.

        Parameters
        ----------
        a : int or array_like
            What to choose from: `a`'s parts along `axis`, or the integers from 0 to ``a - 1``.
        size : None, int or tuple of int
            How many; the shape replaces the chosen axis.
        replace : bool
            False chooses each at most once.
        p : array_like of float, shape (n,), optional
            Probabilities, which sum to 1 within about 1e-8; all the same if left out.
        axis : int
        shuffle : bool
            False leaves what is chosen without replacement in no particular order, which is faster.

        Returns
        -------
        A scalar or an array of `a`'s dtype (int64 for an integer `a`).

        Raises
        ------
        ValueError
            If there is nothing to choose from, or not enough, or for probabilities that are none.

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> default_rng(2026).choice(5, 3, replace=False).shape
        (3,)
        """
        if type(a) is int and a > 0 and replace and p is None:
            places = self.integers(0, a, size=size)
            return int(places) if size is None else places
        population, pool = self._population(a, axis)
        shape = () if size is None else np.broadcast_shapes(size)
        count = int(np.prod(shape, dtype=np.intp))
        if population == 0 and count > 0:
            raise ValueError(
                "a cannot be empty unless no samples are taken"
                if pool is not None
                else "a must be a positive integer unless no samples are taken"
            )
        if p is not None:
            p = check_probabilities(p, population, _CHOICE_WORDS)
        if replace:
            places = self._places(population, p, size)
        elif count > population:
            raise ValueError(
                f"Cannot take a larger sample than population when replace is False: {count} of {population}"
            )
        elif p is not None:
            places = sample_with_weights(self.random, p, count).reshape(shape)
        else:
            places = _random_choose(self._stream, population, count, bool(shuffle)).reshape(shape)
        if size is None:
            places = int(places) if replace else places.item(0)
        if pool is None:
            return places
        if size is not None and shape == () and pool.ndim == 1:
            # A 0-d array is asked for, not the scalar that indexing gives.
            result = np.empty((), dtype=pool.dtype)
            result[()] = pool[places]
            return result
        return pool[(slice(None),) * (axis % pool.ndim) + (places,)]

    def _population(self, a, axis):
        """How many things to choose from, and the array they are in (None for plain integers)."""
        pool = np.asarray(a)
        if pool.ndim > 0:
            return pool.shape[axis], pool
        try:
            population = operator.index(pool.item())
        except TypeError as error:
            raise ValueError(f"a must be a sequence or an integer, not {type(a)}") from error
        if population < 0:
            raise ValueError("a must be a positive integer unless no samples are taken")
        return population, None

    def _places(self, population, p, size):
        if p is None:
            return self.integers(0, population, size=size, dtype=np.int64)
        cdf = p.cumsum()
        cdf /= cdf[-1]
        return np.asarray(cdf.searchsorted(self.random(size), side="right"), dtype=np.int64)

    def shuffle(self, x, axis=0):
        """Put the parts of an array (or of a list) into random order, in place; returns None.

        Parameters
        ----------
        x : ndarray or mutable sequence
        axis : int
            Which parts; another than 0 is for arrays only.

        Returns
        -------
        None.

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> cards = [1, 2, 3, 4]
        >>> default_rng(2026).shuffle(cards)
        >>> sorted(cards)
        [1, 2, 3, 4]
        """
        shuffle_in_place(self._stream, x, axis, True, 2)

    def permutation(self, x, axis=0):
        """The parts of an array in random order, as a new array; or the integers below `x` if that is an integer.

        Parameters
        ----------
        x : int or array_like
        axis : int

        Returns
        -------
        ndarray

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> sorted(default_rng(2026).permutation(4).tolist())
        [0, 1, 2, 3]
        """
        if type(x) is int and 0 <= x < 2**63:
            return _random_order(self._stream, x, True)
        if isinstance(x, (int, np.integer)):
            order = np.arange(x)
            shuffle_in_place(self._stream, order, 0, True, 2)
            return order
        array = np.asarray(x)
        axis = np.lib.array_utils.normalize_axis_index(axis, array.ndim)
        order = _random_order(self._stream, array.shape[axis], True)
        return array[(slice(None),) * axis + (order,)]

    def permuted(self, x, *, axis=None, out=None):
        """Elements in random order; along an axis, each lane by itself.

        Parameters
        ----------
        x : array_like
        axis : None or int
            None shuffles all elements together.
        out : ndarray, optional
            Where to put the result, of `x`'s shape; may be `x` itself.

        Returns
        -------
        ndarray of `x`'s shape

        Examples
        --------
        >>> from sharray.random import default_rng
        >>> import sharray as np
        >>> default_rng(2026).permuted(np.arange(6).reshape(2, 3), axis=1).sum(axis=1)
        array([ 3, 12])
        """
        x = np.asarray(x)
        if x.ndim == 0:
            raise TypeError("len() of unsized object")
        if out is not None:
            if not isinstance(out, np.ndarray):
                raise TypeError("out must be a numpy array")
            if out.shape != x.shape:
                raise ValueError(f"out must have the same shape as x: {out.shape}, {x.shape}")
            if not out.flags.writeable:
                raise ValueError("out is read-only")
        if axis is None:
            order = _random_order(self._stream, x.size, True)
            # Elements are shuffled in the order of the result's memory.
            flags = (x.copy(order="K") if out is None else out).flags
            layout = "F" if flags.f_contiguous and not flags.c_contiguous else "C"
            result = x.ravel(layout)[order].reshape(x.shape, order=layout)
        else:
            axis = np.lib.array_utils.normalize_axis_index(axis, x.ndim)
            lanes = np.moveaxis(x, axis, -1)
            order = np.empty(lanes.shape, dtype=np.intp)
            order[...] = np.arange(x.shape[axis])
            if order.size:
                _random_shuffle_rows(self._stream, order, x.shape[axis])
            result = np.take_along_axis(x, np.moveaxis(order, -1, axis), axis)
        if out is None:
            return result.astype(x.dtype, order="K", copy=False)
        np.copyto(out, result, casting="safe")
        return out


@set_module("numpy.random")
def default_rng(seed=None):
    """A `Generator` over `PCG64`.

    Parameters
    ----------
    seed : None, int, sequence of int, SeedSequence, BitGenerator, Generator, RandomState
        None takes entropy from the system; a bit generator is wrapped, a `Generator` returned as it is, and a
        `RandomState`'s bit generator shared.

    Returns
    -------
    Generator

    Examples
    --------
    >>> import sharray as np
    >>> np.random.default_rng(42).integers(100, size=3)
    array([ 8, 77, 65])
    """
    from .mtrand import RandomState

    if isinstance(seed, BitGenerator):
        return Generator(seed)
    if isinstance(seed, Generator):
        return seed
    if isinstance(seed, RandomState):
        return Generator(seed._bit_generator)
    return Generator(PCG64(seed))
