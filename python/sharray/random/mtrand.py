"""`RandomState`: NumPy's frozen legacy generator, number for number, and its functions.

The stream and the transformations are those of NumPy's `RandomState`, so that a
seed gives the same numbers. A first set of distributions is there; others are
AttributeErrors.
"""

import math
import operator

import sharray as np

from .._utils import set_module
from ._mt19937 import MT19937Stream

__all__ = [
    "RandomState",
    "seed",
    "get_state",
    "set_state",
    "random_sample",
    "random",
    "ranf",
    "sample",
    "rand",
    "randn",
    "standard_normal",
    "normal",
    "uniform",
    "randint",
    "random_integers",
    "bytes",
    "shuffle",
    "permutation",
    "choice",
    "standard_exponential",
    "exponential",
]


def _shape(size):
    if size is None:
        return ()
    if hasattr(size, "__iter__"):
        return tuple(operator.index(length) for length in size)
    return (operator.index(size),)


def _count(shape):
    if any(length < 0 for length in shape):
        raise ValueError("negative dimensions are not allowed")
    return math.prod(shape)


_RANGES = {"bool": (0, 2)} | {
    f"{sign}int{bits}": (0, 2**bits) if sign else (-(2 ** (bits - 1)), 2 ** (bits - 1))
    for sign in ("", "u")
    for bits in (8, 16, 32, 64)
}


@set_module("numpy.random")
class RandomState:
    """A source of random numbers, reproducible from a seed.

    Parameters
    ----------
    seed : None, int or sequence of int
        32-bit words; None takes entropy from the system.

    >>> import sharray as np
    >>> float(np.random.RandomState(0).rand())
    0.5488135039273248
    """

    def __init__(self, seed=None):
        self._stream = MT19937Stream(seed)
        self._gauss = None

    def __repr__(self):
        return f"{self} at 0x{id(self):X}"

    def __str__(self):
        return "RandomState(MT19937)"

    def __reduce__(self):
        return _restored, (self.get_state(legacy=False),)

    def seed(self, seed=None):
        """Restart the stream from `seed`."""
        self._stream.seed(seed)
        self._gauss = None

    def get_state(self, legacy=True):
        """The state: a tuple, or with ``legacy=False`` a dict."""
        words, position = self._stream.get_words()
        key = np.array(words, dtype=np.uint32)
        has_gauss, gauss = int(self._gauss is not None), self._gauss or 0.0
        if legacy:
            return "MT19937", key, position, has_gauss, gauss
        return {
            "bit_generator": "MT19937",
            "state": {"key": key, "pos": position},
            "has_gauss": has_gauss,
            "gauss": gauss,
        }

    def set_state(self, state):
        """Take a state that `get_state` gave; ValueError for another generator's."""
        if isinstance(state, dict):
            name, key, position = state["bit_generator"], state["state"]["key"], state["state"]["pos"]
            has_gauss, gauss = state.get("has_gauss", 0), state.get("gauss", 0.0)
        elif isinstance(state, (tuple, list)):
            name, key, position, *rest = state
            has_gauss, gauss = rest if len(rest) == 2 else (0, 0.0)
        else:
            raise TypeError("state must be a dict or a tuple.")
        if name != "MT19937":
            raise ValueError("set_state can only be used with legacy MT19937 state instances.")
        key = np.asarray(key)
        if key.shape != (624,):
            raise ValueError(f"the state has 624 words, not {key.shape}")
        self._stream.set_words([int(word) for word in key.tolist()], int(position))
        self._gauss = float(gauss) if has_gauss else None

    def random_sample(self, size=None):
        """Uniform numbers in [0, 1): a float, or an array of shape `size`."""
        if size is None:
            return self._stream.double()
        shape = _shape(size)
        return self._stream.doubles(_count(shape)).reshape(shape)

    def random(self, size=None):
        """Another name for `random_sample`."""
        return self.random_sample(size=size)

    def rand(self, *args):
        """Uniform numbers in [0, 1), the shape given as arguments."""
        return self.random_sample(size=args) if args else self.random_sample()

    def tomaxint(self, size=None):
        """Integers from 0 to the largest of the platform."""
        shape = _shape(size)
        words = self._stream.words(2 * max(_count(shape), 0 if size is not None else 1)).astype(np.uint64)
        values = ((words[0::2] << np.uint64(32) | words[1::2]) >> np.uint64(1)).astype(np.int64)
        return int(values[0]) if size is None else values.reshape(shape)

    def bytes(self, length):
        """That many random bytes."""
        words = self._stream.words(-(-length // 4))
        return words.astype("<u4").tobytes()[:length]

    def _next_gauss(self):
        """Marsaglia's polar method; it gives two numbers, the second is kept."""
        if self._gauss is not None:
            value, self._gauss = self._gauss, None
            return value
        double = self._stream.double
        while True:
            x = 2.0 * double() - 1.0
            y = 2.0 * double() - 1.0
            square = x * x + y * y
            if 0.0 < square < 1.0:
                break
        factor = math.sqrt(-2.0 * math.log(square) / square)
        self._gauss = factor * x
        return factor * y

    def standard_normal(self, size=None):
        """Normally distributed numbers with mean 0 and deviation 1."""
        if size is None:
            return self._next_gauss()
        shape = _shape(size)
        return np.array([self._next_gauss() for _ in range(_count(shape))], dtype=np.float64).reshape(shape)

    def randn(self, *args):
        """Standard normal numbers, the shape given as arguments."""
        return self.standard_normal(size=args) if args else self.standard_normal()

    def _draw(self, size, *parameters):
        """(shape or None, broadcast parameters) for a distribution with array parameters."""
        arrays = [np.asarray(one, dtype=np.float64) for one in parameters]
        common = np.broadcast_shapes(*(one.shape for one in arrays))
        if size is None:
            return (None if common == () else common), arrays
        shape = _shape(size)
        if np.broadcast_shapes(shape, common) != shape:
            raise ValueError(f"Output size {shape} is not compatible with broadcast dimensions of inputs {common}.")
        return shape, arrays

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Normally distributed numbers; ValueError for a negative `scale`."""
        shape, (loc, scale) = self._draw(size, loc, scale)
        if (np.signbit(scale) & (scale != 0)).any():
            raise ValueError("scale < 0")
        if shape is None:
            return float(loc) + float(scale) * self._next_gauss()
        return loc + scale * self.standard_normal(shape)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Uniform numbers from `low` to `high`; OverflowError for a range that isn't finite."""
        shape, (low, high) = self._draw(size, low, high)
        extent = high - low
        if not np.isfinite(extent).all():
            raise OverflowError("Range exceeds valid bounds")
        if shape is None:
            return float(low) + float(extent) * self._stream.double()
        return low + extent * self.random_sample(shape)

    def standard_exponential(self, size=None):
        """Exponentially distributed numbers with mean 1."""
        if size is None:
            return -math.log1p(-self._stream.double())
        return np.array([-math.log1p(-u) for u in self.random_sample(size).ravel().tolist()]).reshape(_shape(size))

    def exponential(self, scale=1.0, size=None):
        """Exponentially distributed numbers with mean `scale`."""
        shape, (scale,) = self._draw(size, scale)
        if (scale < 0).any():
            raise ValueError("scale < 0")
        value = self.standard_exponential(shape)
        return float(scale) * value if shape is None else scale * value

    def randint(self, low, high=None, size=None, dtype=int):
        """Integers from `low` up to, without, `high` (or from 0 to `low`), of an integer dtype.

        ValueError for an empty range or one beyond the dtype, TypeError for other dtypes.

        >>> import sharray as np
        >>> np.random.RandomState(0).randint(0, 10, 3)
        array([5, 0, 3])
        """
        if high is None:
            low, high = 0, low
        wanted = np.dtype(dtype)
        if not wanted.isnative:
            raise ValueError("Providing a dtype with a non-native byteorder is not supported.")
        name = wanted.newbyteorder("=").name
        if name not in _RANGES:
            raise TypeError(f"Unsupported dtype {wanted!r} for randint")
        lows, highs = np.asarray(low), np.asarray(high)
        if lows.ndim or highs.ndim:
            return self._randint_arrays(lows, highs, size, wanted, name)
        first, last = _whole(low, "low"), _whole(high, "high") - 1
        shape = _shape(size)
        values = self._integers(first, last, _count(shape), name, empty=0 in shape)
        if size is not None:
            return np.array(values, dtype=wanted).reshape(shape)
        return dtype(values[0]) if dtype in (int, bool) else wanted.type(values[0])

    def _randint_arrays(self, lows, highs, size, wanted, name):
        shape = np.broadcast_shapes(lows.shape, highs.shape) if size is None else _shape(size)
        first = np.broadcast_to(lows, shape).ravel().tolist()
        last = np.broadcast_to(highs, shape).ravel().tolist()
        values = [self._integers(int(a), math.ceil(b) - 1, 1, name)[0] for a, b in zip(first, last, strict=True)]
        return np.array(values, dtype=wanted).reshape(shape)

    def _integers(self, first, last, count, name, empty=False):
        bottom, top = _RANGES[name]
        if not empty or first < bottom or last >= top:
            if first < bottom:
                raise ValueError(f"low is out of bounds for {name}")
            if last >= top:
                raise ValueError(f"high is out of bounds for {name}")
            if first > last and not empty:
                raise ValueError("low >= high")
        extent = last - first
        if extent == 0 or count == 0:
            return [first] * count
        bits = {"bool": 1, "int8": 8, "uint8": 8, "int16": 16, "uint16": 16}.get(name)
        if bits is None:
            return [first + value for value in self._wide(extent, count)]
        return [first + value for value in self._narrow(extent, count, bits)]

    def _wide(self, extent, count):
        if extent == 0xFFFFFFFF:
            return self._stream.words(count).tolist()
        draw = self._stream.up_to
        return [draw(extent) for _ in range(count)]

    def _narrow(self, extent, count, bits):
        """Several small integers are cut from one word, from its low end."""
        mask = (1 << extent.bit_length()) - 1
        found, word, left = [], 0, 0
        while len(found) < count:
            if left == 0:
                word, left = self._stream.word(), 32 // bits
            value = word & ((1 << bits) - 1) & mask
            word, left = word >> bits, left - 1
            if value <= extent:
                found.append(value)
        return found

    def random_integers(self, low, high=None, size=None):
        """As `randint` with `high` included (deprecated)."""
        import warnings

        if high is None:
            low, high = 1, low
        warnings.warn(
            f"This function is deprecated. Please call randint({low}, {high} + 1) instead",
            DeprecationWarning,
            stacklevel=2,
        )
        return self.randint(low, int(high) + 1, size=size, dtype="l")

    def shuffle(self, x):
        """Reorder a sequence or the first axis of an array at random, in place."""
        if isinstance(x, np.ndarray):
            if x.ndim == 0:
                raise TypeError("Untyped value of 0-d array: nothing to shuffle")
            order = np.array(self._order(len(x)), dtype=np.intp)
            if x.size:
                x[...] = x[order]
            return
        if not hasattr(x, "__setitem__"):
            raise TypeError(f"{type(x).__name__!r} object can't be shuffled in place")
        for i in range(len(x) - 1, 0, -1):
            j = self._stream.up_to(i)
            x[i], x[j] = x[j], x[i]

    def _order(self, n):
        order = list(range(n))
        for i in range(n - 1, 0, -1):
            j = self._stream.up_to(i)
            order[i], order[j] = order[j], order[i]
        return order

    def permutation(self, x):
        """The integers below `x`, or the array `x` along its first axis, in random order (a copy).

        >>> import sharray as np
        >>> sorted(np.random.RandomState(1).permutation(4).tolist())
        [0, 1, 2, 3]
        """
        if isinstance(x, (int, np.integer)):
            return np.array(self._order(int(x)), dtype=np.int64)
        array = np.asarray(x)
        if array.ndim < 1:
            raise IndexError("x must be an integer or at least 1-dimensional")
        return array[np.array(self._order(len(array)), dtype=np.intp)]

    def choice(self, a, size=None, replace=True, p=None):
        """Random elements of the 1-d array `a` (an integer: of its range), with probabilities `p`.

        ValueError for bad probabilities, or more elements than there are without `replace`.
        """
        array = np.asarray(a)
        if array.ndim == 0:
            try:
                population = operator.index(array.item())
            except TypeError as error:
                raise ValueError("a must be 1-dimensional or an integer") from error
            if population <= 0 and _count(_shape(size)) != 0:
                raise ValueError("a must be greater than 0 unless no samples are taken")
        elif array.ndim != 1:
            raise ValueError("a must be 1-dimensional")
        else:
            population = len(array)
            if population == 0 and _count(_shape(size)) != 0:
                raise ValueError("'a' cannot be empty unless no samples are taken")
        if p is not None:
            p = _probabilities(p, population)
        index = self._choose(population, _shape(size), replace, p)
        if size is None:
            index = int(index.item(0))
            return index if array.ndim == 0 else array[index]
        return index.reshape(_shape(size)) if array.ndim == 0 else array[index.reshape(_shape(size))]

    def _choose(self, population, shape, replace, p):
        count = _count(shape)
        if replace:
            if p is None:
                return np.asarray(self.randint(0, population, size=count), dtype=np.int64)
            cumulative = p.cumsum()
            cumulative = cumulative / cumulative[-1]
            return np.asarray(cumulative.searchsorted(self.random_sample(count), side="right"))
        if count > population:
            raise ValueError("Cannot take a larger sample than population when 'replace=False'")
        if p is None:
            return self.permutation(population)[:count]
        return self._choose_weighted(p, count)

    def _choose_weighted(self, p, count):
        if np.count_nonzero(p > 0) < count:
            raise ValueError("Fewer non-zero entries in p than size")
        found = np.zeros(count, dtype=np.int64)
        done, p = 0, p.copy()
        while done < count:
            x = self.rand(count - done)
            if done > 0:
                p[found[:done]] = 0
            cumulative = np.cumsum(p)
            cumulative = cumulative / cumulative[-1]
            new = cumulative.searchsorted(x, side="right")
            _, first = np.unique(new, return_index=True)
            first.sort()
            new = new.take(first)
            found[done : done + new.size] = new
            done += new.size
        return found


def _whole(value, name):
    """An integer bound; floats are cut off, NaN and texts are errors."""
    value = np.asarray(value).item()
    if isinstance(value, float):
        if value != value or value in (math.inf, -math.inf):
            raise OverflowError(f"{name} is no integer: {value}")
        return int(value)
    return operator.index(value)


def _probabilities(p, population):
    p = np.asarray(p, dtype=np.float64)
    if p.ndim != 1:
        raise ValueError("'p' must be 1-dimensional")
    if p.size != population:
        raise ValueError("'a' and 'p' must have same size")
    if np.isnan(p).any():
        raise ValueError("probabilities contain NaN")
    if (p < 0).any():
        raise ValueError("probabilities are not non-negative")
    if abs(math.fsum(p.tolist()) - 1.0) > 1.5e-8:
        raise ValueError("probabilities do not sum to 1")
    return p


def _restored(state):
    made = RandomState(0)
    made.set_state(state)
    return made


_rand = RandomState()

seed = _rand.seed
get_state = _rand.get_state
set_state = _rand.set_state
random_sample = _rand.random_sample
random = _rand.random
rand = _rand.rand
randn = _rand.randn
standard_normal = _rand.standard_normal
normal = _rand.normal
uniform = _rand.uniform
randint = _rand.randint
random_integers = _rand.random_integers
bytes = _rand.bytes
shuffle = _rand.shuffle
permutation = _rand.permutation
choice = _rand.choice
standard_exponential = _rand.standard_exponential
exponential = _rand.exponential
ranf = sample = random_sample
