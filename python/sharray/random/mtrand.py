"""`RandomState`, NumPy's frozen legacy generator, number for number; and the functions that use a common one."""

import operator
import warnings

import sharray as np

from .._engine import _random_bytes, _random_order, _random_sample
from .._utils import set_module
from ._bounded_integers import draw_integers
from ._continuous import ContinuousMethods
from ._discrete import DiscreteMethods
from ._draws import Laws, stream_of
from ._mt19937 import MT19937 as _MT19937
from ._multivariate import MultivariateMethods
from ._orders import check_probabilities, sample_with_weights, shuffle_in_place
from ._uniform import UniformMethods

_LAWS = Laws("legacy_")
_LAWS["standard_normal"] = _LAWS["gauss"]

_CHOICE_WORDS = (
    "'p' must be 1-dimensional",
    "'a' and 'p' must have same size",
    "probabilities contain NaN",
    "probabilities are not non-negative",
    "probabilities do not sum to 1",
)


@set_module("numpy.random.mtrand")
class RandomState(UniformMethods, ContinuousMethods, DiscreteMethods, MultivariateMethods):
    """The legacy generator: a seed gives the same numbers for ever. New code should use `default_rng`.

    Parameters
    ----------
    seed : None, int, sequence of int, BitGenerator
        Integers of 32 bits; None takes entropy from the system. A bit generator is used as it is.

    Raises
    ------
    TypeError
        For seeds that are no integers.
    ValueError
        For seeds out of range.

    Examples
    --------
    >>> import sharray as np
    >>> float(np.random.RandomState(0).rand())
    0.5488135039273248
    """

    _poisson_lam_max = np.iinfo("l").max - np.sqrt(np.iinfo("l").max) * 10
    _laws = _LAWS
    _checks_rates = False
    _is_legacy = True

    def __init__(self, seed=None):
        if seed is None:
            bit_generator = _MT19937()
        elif hasattr(seed, "capsule"):
            if isinstance(seed, type):
                raise ValueError("Invalid bit generator. The bit generator must be instantized.")
            bit_generator = seed
        else:
            bit_generator = _MT19937()
            bit_generator._legacy_seeding(seed)
        self._use(bit_generator)

    def _use(self, bit_generator):
        self._stream = stream_of(bit_generator)
        self._bit_generator = bit_generator

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return f"{type(self).__name__}({type(self._bit_generator).__name__})"

    def __getstate__(self):
        return self.get_state(legacy=False)

    def __setstate__(self, state):
        self.set_state(state)

    def __reduce__(self):
        from . import _pickle

        # By getattr: inside of a class the name would be mangled.
        return getattr(_pickle, "__randomstate_ctor"), (self._bit_generator,), self.get_state(legacy=False)

    def seed(self, seed=None):
        """Start anew from a seed as `RandomState` takes it; TypeError over another generator than the Mersenne Twister.

        Parameters
        ----------
        seed : int or array_like of int, optional

        Returns
        -------
        None.

        Examples
        --------
        >>> draws = np.random.RandomState()
        >>> draws.seed(1)
        >>> draws.randint(10, size=3)
        array([5, 8, 9])
        """
        if not isinstance(self._bit_generator, _MT19937):
            raise TypeError("can only re-seed a MT19937 BitGenerator")
        self._bit_generator._legacy_seeding(seed)
        self._stream.gauss = None

    def get_state(self, legacy=True):
        """The state: a tuple (name, words, number used, whether a normal number is kept, that number), or a dict.

        Parameters
        ----------
        legacy : bool
            False gives a dict, as other bit generators than the Mersenne Twister always do (with a RuntimeWarning).

        Returns
        -------
        tuple or dict.

        Examples
        --------
        >>> np.random.RandomState(1).get_state()[0]
        'MT19937'
        """
        state = self._bit_generator.state
        if state["bit_generator"] != "MT19937" and legacy:
            warnings.warn(
                "get_state and legacy can only be used with the MT19937 BitGenerator. To silence this warning, set "
                "`legacy` to False.",
                RuntimeWarning,
                stacklevel=2,
            )
            legacy = False
        gauss = self._stream.gauss
        has_gauss, gauss = int(gauss is not None), gauss or 0.0
        if legacy:
            return state["bit_generator"], state["state"]["key"], state["state"]["pos"], has_gauss, gauss
        return {**state, "has_gauss": has_gauss, "gauss": gauss}

    def set_state(self, state):
        """Take a state that `get_state` gave; TypeError or ValueError for what is none.

        Parameters
        ----------
        state : tuple or dict
            What `get_state` gives.

        Returns
        -------
        None.

        Examples
        --------
        >>> draws = np.random.RandomState(1)
        >>> state = draws.get_state()
        >>> first = draws.random_sample()
        >>> draws.set_state(state)
        >>> draws.random_sample() == first
        True
        """
        if isinstance(state, dict):
            if "bit_generator" not in state or "state" not in state:
                raise ValueError("state dictionary is not valid.")
            taken = state
        elif isinstance(state, (tuple, list)):
            if state[0] != "MT19937":
                raise ValueError("set_state can only be used with legacy MT19937 state instances.")
            taken = {"bit_generator": state[0], "state": {"key": state[1], "pos": state[2]}}
            if len(state) > 3:
                taken.update(has_gauss=state[3], gauss=state[4])
        else:
            raise TypeError("state must be a dict or a tuple.")
        self._bit_generator.state = taken
        self._stream.gauss = float(taken.get("gauss", 0.0)) if taken.get("has_gauss", 0) else None

    def random_sample(self, size=None):
        """Uniform numbers in [0, 1).

        Parameters
        ----------
        size : None, int or tuple of int
            Shape of the result.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> import sharray as np
        >>> np.random.RandomState(0).random_sample()
        0.5488135039273248
        """
        return _random_sample(self._stream, _LAWS["random"], size, ())

    def random(self, size=None):
        """Another name of `random_sample`.

        Parameters
        ----------
        size : int or tuple of int, optional
            The shape of the result; None gives a single value, or that of the broadcast parameters.

        Returns
        -------
        float or ndarray of float.

        Examples
        --------
        >>> np.random.RandomState(1).random(2)
        array([0.417022  , 0.72032449])
        """
        return self.random_sample(size=size)

    def rand(self, *args):
        """Uniform numbers in [0, 1), the shape given as arguments.

        Parameters
        ----------
        *args : int
            The lengths of the axes.

        Returns
        -------
        float or ndarray of float.

        Examples
        --------
        >>> np.random.RandomState(1).rand(2)
        array([0.417022  , 0.72032449])
        """
        return self.random_sample(size=args) if args else self.random_sample()

    def standard_normal(self, size=None):
        """Normally distributed numbers with mean 0 and deviation 1; parameters and result as in `random_sample`.

        Parameters
        ----------
        size : int or tuple of int, optional
            The shape of the result; None gives a single value, or that of the broadcast parameters.

        Returns
        -------
        float or ndarray of float.

        Examples
        --------
        >>> np.random.RandomState(1).standard_normal(2)
        array([ 1.62434536, -0.61175641])
        """
        return _random_sample(self._stream, _LAWS["gauss"], size, ())

    def randn(self, *args):
        """Standard normal numbers, the shape given as arguments.

        Parameters
        ----------
        *args : int
            The lengths of the axes.

        Returns
        -------
        float or ndarray of float.

        Examples
        --------
        >>> np.random.RandomState(1).randn(2)
        array([ 1.62434536, -0.61175641])
        """
        return self.standard_normal(size=args) if args else self.standard_normal()

    def standard_exponential(self, size=None):
        """Exponentially distributed numbers with mean 1; parameters and result as in `random_sample`.

        Parameters
        ----------
        size : int or tuple of int, optional
            The shape of the result; None gives a single value, or that of the broadcast parameters.

        Returns
        -------
        float or ndarray of float.

        Examples
        --------
        >>> np.random.RandomState(1).standard_exponential(2)
        array([0.53960584, 1.27412525])
        """
        return _random_sample(self._stream, _LAWS["standard_exponential"], size, ())

    def standard_gamma(self, shape, size=None):
        """Gamma distributed numbers with scale 1 and a shape that is not negative (ValueError).

        Parameters
        ----------
        shape : array_like of float
            The shape of the distribution, not negative.
        size : int or tuple of int, optional
            The shape of the result; None gives a single value, or that of the broadcast parameters.

        Returns
        -------
        float or ndarray of float.

        Examples
        --------
        >>> np.random.RandomState(1).standard_gamma(2, size=2)
        array([4.76614202, 0.99507295])
        """
        return _random_sample(self._stream, _LAWS["standard_gamma"], size, (shape,))

    def multinomial(self, n, pvals, size=None):
        """Counts of outcomes in `n` trials.

        Parameters
        ----------
        n : int
            Trials, not negative (ValueError).
        pvals : sequence of float, length k
            Probabilities; all but the last sum to at most 1 (ValueError).
        size : None, int or tuple of int
            Shape of the samples.

        Returns
        -------
        ndarray of int64, shape (*size, k)

        Examples
        --------
        >>> import sharray as np
        >>> np.random.RandomState(0).multinomial(20, [0.5, 0.3, 0.2]).sum()
        np.int64(20)
        """
        if not hasattr(pvals, "__len__"):
            raise TypeError(f"pvals must be a 1-d sequence, not {pvals!r}")
        single = getattr(pvals, "dtype", None) == np.float32
        width = len(pvals)
        pvals = np.ascontiguousarray(pvals, dtype=np.float64)
        if pvals.ndim != 1:
            raise ValueError(f"pvals must be a 1-d sequence, not {pvals.ndim}-dimensional")
        shape = () if size is None else np.broadcast_shapes(size)
        return self._multinomial(np.asarray(int(n), dtype=np.int64), pvals, (*shape, width), single)

    def multivariate_normal(self, mean, cov, size=None, check_valid="warn", tol=1e-8):
        """Normally distributed vectors; see `Generator.multivariate_normal`, of which this is the 'svd' method.

        Parameters
        ----------
        mean : array_like, shape (n,)
        cov : array_like, shape (n, n)
            Symmetric and positive semidefinite.
        size : int or tuple of int, optional
            The shape of the result; None gives a single value, or that of the broadcast parameters.
        check_valid : {'warn', 'raise', 'ignore'}, optional
            What happens to another matrix.
        tol : float, optional
            The tolerance of that check.

        Returns
        -------
        ndarray; the last axis has length n.

        Examples
        --------
        >>> np.random.RandomState(1).multivariate_normal([0, 0], [[1, 0], [0, 1]]).shape
        (2,)
        """
        return self._normal_vectors(mean, cov, size, check_valid, tol, "svd")

    def uniform(self, low=0.0, high=1.0, size=None):
        """Uniform numbers from `low` to, usually without, `high`.

        Parameters
        ----------
        low, high : array_like of float
            Bounds; OverflowError if their distance isn't finite.
        size : None, int or tuple of int
            Shape of the result; None is that of the bounds together.

        Returns
        -------
        float or ndarray of float64

        Examples
        --------
        >>> import sharray as np
        >>> np.random.RandomState(0).uniform(-1, 1)
        0.0976270078546495
        """
        return self._uniform(low, high, size, False)

    def tomaxint(self, size=None):
        """Integers from 0 to the largest of the platform's C `long`; a Python int without `size`.

        Parameters
        ----------
        size : int or tuple of int, optional
            The shape of the result; None gives a single value, or that of the broadcast parameters.

        Returns
        -------
        int or ndarray of int.

        Examples
        --------
        >>> np.random.RandomState(1).tomaxint() >= 0
        True
        """
        words = draw_integers(self._stream, 0, 2**64, size, np.uint64, False, True, "tomaxint") >> np.uint64(1)
        return int(words) if size is None else words.astype(np.int64)

    def randint(self, low, high=None, size=None, dtype=int):
        """Integers from `low` up to, without, `high`.

        Parameters
        ----------
        low, high : array_like of int
            Bounds; with one argument it is the upper one, and 0 the lower.
        size : None, int or tuple of int
            Shape of the result; None is that of the bounds together.
        dtype : dtype
            An integer dtype or bool, in native byte order.

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
        >>> import sharray as np
        >>> np.random.RandomState(0).randint(0, 10, 3)
        array([5, 0, 3])
        """
        return draw_integers(self._stream, low, high, size, dtype, False, True, "randint")

    def random_integers(self, low, high=None, size=None):
        """Integers from `low` to `high`, both included (or from 1 to `low`). Deprecated in favour of `randint`.

        Parameters
        ----------
        low : int
            The least number; alone it is the greatest, and 1 the least.
        high : int, optional
            The greatest number.
        size : int or tuple of int, optional
            The shape of the result; None gives a single value, or that of the broadcast parameters.

        Returns
        -------
        int or ndarray of int.

        Examples
        --------
        >>> np.random.RandomState(1).random_integers(1, 6, size=3)
        array([6, 4, 5])
        """
        if high is None:
            advice, low, high = f"randint(1, {low} + 1)", 1, low
        else:
            advice = f"randint({low}, {high} + 1)"
        warnings.warn(f"This function is deprecated. Please call {advice} instead", DeprecationWarning, stacklevel=2)
        return self.randint(low, int(high) + 1, size=size, dtype="l")

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
        >>> import sharray as np
        >>> np.random.RandomState(0).bytes(2)
        b'\\xac\\n'
        """
        return _random_bytes(self._stream, max(operator.index(length), 0))

    def choice(self, a, size=None, replace=True, p=None):
        """Random elements of an array, or integers below `a`.

        Parameters
        ----------
        a : int or array_like, 1-d
            What to choose from.
        size : None, int or tuple of int
            Shape of the result.
        replace : bool
            False chooses each at most once.
        p : array_like of float, shape (n,), optional
            Probabilities, which sum to 1 within about 1e-8.

        Returns
        -------
        A scalar or an array of `a`'s dtype (int64 for an integer `a`).

        Raises
        ------
        ValueError
            If there is nothing to choose from, or not enough, or for probabilities that are none.

        Examples
        --------
        >>> import sharray as np
        >>> np.random.RandomState(0).choice(5, 3, replace=False)
        array([2, 0, 1])
        """
        population, pool = self._population(a)
        shape = () if size is None else np.broadcast_shapes(size)
        count = int(np.prod(shape, dtype=np.intp))
        if population == 0 and count > 0:
            raise ValueError(
                "'a' cannot be empty unless no samples are taken"
                if pool is not None
                else "a must be greater than 0 unless no samples are taken"
            )
        if p is not None:
            p = check_probabilities(p, population, _CHOICE_WORDS)
        if replace:
            places = self._places(population, p, size)
        elif count > population:
            raise ValueError(
                f"Cannot take a larger sample than population when 'replace=False': {count} of {population}"
            )
        elif p is not None:
            places = sample_with_weights(self.random_sample, p, count).reshape(shape)
        else:
            places = self.permutation(population)[:count].reshape(shape)
        if size is None and isinstance(places, np.ndarray):
            places = places.item(0)
        if pool is None:
            return places
        if size is not None and shape == ():
            # A 0-d array is asked for, not the scalar that indexing gives.
            result = np.empty((), dtype=pool.dtype)
            result[()] = pool[places]
            return result
        return pool[places]

    def _population(self, a):
        """How many things to choose from, and the array they are in (None for plain integers)."""
        pool = np.asarray(a)
        if pool.ndim > 1:
            raise ValueError(f"a must be 1-dimensional, not {pool.ndim}-dimensional")
        if pool.ndim == 1:
            return pool.shape[0], pool
        try:
            population = operator.index(pool.item())
        except TypeError as error:
            raise ValueError(f"a must be 1-dimensional or an integer, not {a!r}") from error
        if population < 0:
            raise ValueError(f"a must be greater than 0 unless no samples are taken, not {population}")
        return population, None

    def _places(self, population, p, size):
        if p is None:
            return self.randint(0, population, size=size)
        cdf = p.cumsum()
        cdf /= cdf[-1]
        return np.asarray(cdf.searchsorted(self.random_sample(size), side="right"))

    def shuffle(self, x):
        """Put the parts of an array (along its first axis) or of a list into random order, in place; returns None.

        Parameters
        ----------
        x : ndarray or mutable sequence
            What is reordered.

        Returns
        -------
        None.

        Examples
        --------
        >>> import sharray as np
        >>> cards = [1, 2, 3, 4]
        >>> np.random.RandomState(0).shuffle(cards)
        >>> cards
        [3, 4, 2, 1]
        """
        shuffle_in_place(self._stream, x, 0, True, 2)

    def permutation(self, x):
        """The parts of an array in random order, as a new array; or the integers below `x` if that is an integer.

        IndexError for what is neither.

        Parameters
        ----------
        x : int or array_like
            A number stands for ``arange(x)``.

        Returns
        -------
        ndarray, a copy.

        Examples
        --------
        >>> import sharray as np
        >>> np.random.RandomState(0).permutation(4)
        array([2, 3, 1, 0])
        """
        if isinstance(x, (int, np.integer)):
            order = np.arange(x, dtype=np.result_type(x, np.long))
            shuffle_in_place(self._stream, order, 0, True, 2)
            return order
        array = np.asarray(x)
        if array.ndim == 0:
            raise IndexError(f"x must be an integer or at least 1-dimensional, not {x!r}")
        return array[_random_order(self._stream, array.shape[0], True)]


_rand = RandomState()

beta = _rand.beta
binomial = _rand.binomial
bytes = _rand.bytes
chisquare = _rand.chisquare
choice = _rand.choice
dirichlet = _rand.dirichlet
exponential = _rand.exponential
f = _rand.f
gamma = _rand.gamma
geometric = _rand.geometric
get_state = _rand.get_state
gumbel = _rand.gumbel
hypergeometric = _rand.hypergeometric
laplace = _rand.laplace
logistic = _rand.logistic
lognormal = _rand.lognormal
logseries = _rand.logseries
multinomial = _rand.multinomial
multivariate_normal = _rand.multivariate_normal
negative_binomial = _rand.negative_binomial
noncentral_chisquare = _rand.noncentral_chisquare
noncentral_f = _rand.noncentral_f
normal = _rand.normal
pareto = _rand.pareto
permutation = _rand.permutation
poisson = _rand.poisson
power = _rand.power
rand = _rand.rand
randint = _rand.randint
randn = _rand.randn
random = _rand.random
random_integers = _rand.random_integers
random_sample = _rand.random_sample
rayleigh = _rand.rayleigh
set_state = _rand.set_state
shuffle = _rand.shuffle
standard_cauchy = _rand.standard_cauchy
standard_exponential = _rand.standard_exponential
standard_gamma = _rand.standard_gamma
standard_normal = _rand.standard_normal
standard_t = _rand.standard_t
triangular = _rand.triangular
uniform = _rand.uniform
vonmises = _rand.vonmises
wald = _rand.wald
weibull = _rand.weibull
zipf = _rand.zipf


@set_module("numpy.random")
def seed(seed=None):
    """Start the common generator anew; programs do better with a `Generator` of their own.

    Parameters
    ----------
    seed : int or array_like of int, optional
        As for `RandomState`; by default what the system gives.

    Returns
    -------
    None.

    Raises
    ------
    ValueError
        For numbers below 0 or above 2**32 - 1.

    Examples
    --------
    >>> import sharray as np
    >>> np.random.seed(0)
    >>> np.random.rand()
    0.5488135039273248
    """
    if isinstance(_rand._bit_generator, _MT19937):
        return _rand.seed(seed)
    _rand._bit_generator.state = type(_rand._bit_generator)(seed).state
    _rand._stream.gauss = None


@set_module("numpy.random")
def get_bit_generator():
    """The bit generator of the common `RandomState`."""
    return _rand._bit_generator


@set_module("numpy.random")
def set_bit_generator(bitgen):
    """Let the common `RandomState` draw from another bit generator; AttributeError for what is none."""
    if isinstance(bitgen, type):
        raise ValueError("Invalid bit generator. The bit generator must be instantized.")
    _rand._use(bitgen)


@set_module("numpy.random")
def ranf(*args, **kwargs):
    """Another name of `random_sample`.

    Parameters
    ----------
    *args, **kwargs
        `size`: int or tuple of int, the shape of the result.

    Returns
    -------
    float, or ndarray of float64, in the half-open interval from 0 to 1.

    Examples
    --------
    >>> import sharray as np
    >>> np.random.ranf(3).shape
    (3,)
    """
    return _rand.random_sample(*args, **kwargs)


@set_module("numpy.random")
def sample(*args, **kwargs):
    """Another name of `random_sample`.

    Parameters
    ----------
    *args, **kwargs
        `size`: int or tuple of int, the shape of the result.

    Returns
    -------
    float, or ndarray of float64, in the half-open interval from 0 to 1.

    Examples
    --------
    >>> import sharray as np
    >>> np.random.sample((2, 3)).shape
    (2, 3)
    """
    return _rand.random_sample(*args, **kwargs)


__all__ = [
    "RandomState",
    "get_bit_generator",
    "ranf",
    "sample",
    "seed",
    "set_bit_generator",
    "beta",
    "binomial",
    "bytes",
    "chisquare",
    "choice",
    "dirichlet",
    "exponential",
    "f",
    "gamma",
    "geometric",
    "get_state",
    "gumbel",
    "hypergeometric",
    "laplace",
    "logistic",
    "lognormal",
    "logseries",
    "multinomial",
    "multivariate_normal",
    "negative_binomial",
    "noncentral_chisquare",
    "noncentral_f",
    "normal",
    "pareto",
    "permutation",
    "poisson",
    "power",
    "rand",
    "randint",
    "randn",
    "random",
    "random_integers",
    "random_sample",
    "rayleigh",
    "set_state",
    "shuffle",
    "standard_cauchy",
    "standard_exponential",
    "standard_gamma",
    "standard_normal",
    "standard_t",
    "triangular",
    "uniform",
    "vonmises",
    "wald",
    "weibull",
    "zipf",
]
