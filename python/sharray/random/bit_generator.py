"""Seeds and the base class of bit generators.

`SeedSequence` turns any integers into well-mixed words of state and spawns children
whose streams are independent. `BitGenerator` is what `PCG64` and the others share.
"""

import abc
import re
from secrets import randbits

import sharray as np

from .._engine import _random_pool, _random_words, _RandomBits
from .._utils import set_module
from ._common import cffi_interface, ctypes_interface

__all__ = ["BitGenerator", "ISeedSequence", "ISpawnableSeedSequence", "SeedSequence", "SeedlessSeedSequence"]

_DECIMAL = re.compile(r"[0-9]+")
_MIN_POOL = 4


def _int_to_words(number):
    """The 32-bit words of a non-negative integer, lowest first; at least one."""
    if number < 0:
        raise ValueError(f"expected non-negative integer, not {number}")
    size = max(1, -(-number.bit_length() // 32))
    return [number >> 32 * place & 0xFFFFFFFF for place in range(size)]


def _text_to_int(text):
    if text.startswith("0x"):
        return int(text, 16)
    if _DECIMAL.fullmatch(text):
        return int(text)
    raise ValueError(f"unrecognized seed string {text!r}")


def _words_of(entropy):
    """Integers, texts of integers, or (nested) sequences of them as a list of 32-bit words."""
    if isinstance(entropy, np.ndarray) and entropy.dtype == np.uint32:
        return entropy.ravel().tolist()
    if isinstance(entropy, str):
        return _int_to_words(_text_to_int(entropy))
    if isinstance(entropy, (int, np.integer)):
        return _int_to_words(int(entropy))
    if isinstance(entropy, (float, np.inexact)):
        raise TypeError(f"seed must be integer, not {entropy!r}")
    if len(entropy) == 0:
        return []
    return [word for part in entropy for word in _words_of(part)]


def _coerce_to_uint32_array(x):
    """Entropy of any accepted form as a uint32 array of its words."""
    return np.array(_words_of(x), dtype=np.uint32)


@set_module("numpy.random.bit_generator")
class ISeedSequence(abc.ABC):
    """What a bit generator can be seeded from: anything with `generate_state`."""

    @abc.abstractmethod
    def generate_state(self, n_words, dtype=np.uint32):
        """`n_words` words of state, as an array of `dtype` (uint32 or uint64)."""


@set_module("numpy.random.bit_generator")
class ISpawnableSeedSequence(ISeedSequence):
    """A seed sequence that can make further ones."""

    @abc.abstractmethod
    def spawn(self, n_children):
        """A list of `n_children` seed sequences."""


@set_module("numpy.random.bit_generator")
class SeedlessSeedSequence:
    """Stands for the seed of a generator that was given a state and not a seed.

    It can't generate any state; spawning gives the same object again.
    """

    def generate_state(self, n_words, dtype=np.uint32):
        """Always a NotImplementedError."""
        raise NotImplementedError("seedless SeedSequences cannot generate state")

    def spawn(self, n_children):
        """The object itself, `n_children` times."""
        return [self] * n_children


ISpawnableSeedSequence.register(SeedlessSeedSequence)
SeedlessSequence = SeedlessSeedSequence


@set_module("numpy.random.bit_generator")
class SeedSequence:
    """Words of state from entropy of any quality.

    Parameters
    ----------
    entropy : None, int or sequence of int
        Non-negative; None takes 128 bits from the system.
    spawn_key : sequence of int
        Distinguishes children of one parent; `spawn` sets it.
    pool_size : int
        32-bit words that the entropy is mixed into, at least 4.
    n_children_spawned : int
        How many children there are already.

    Raises
    ------
    TypeError
        For entropy that is not made of integers.
    ValueError
        For negative integers or a smaller pool.

    Examples
    --------
    >>> from sharray.random import SeedSequence
    >>> parent = SeedSequence(2026)
    >>> parent.generate_state(2)
    array([2727543821, 2207150826], dtype=uint32)
    >>> [child.spawn_key for child in parent.spawn(2)]
    [(0,), (1,)]
    """

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=_MIN_POOL, n_children_spawned=0):
        if pool_size < _MIN_POOL:
            raise ValueError(f"The size of the entropy pool should be at least {_MIN_POOL}, not {pool_size}")
        if entropy is None:
            entropy = randbits(pool_size * 32)
        elif not isinstance(entropy, (int, np.integer, list, tuple, range, np.ndarray)):
            raise TypeError(f"SeedSequence expects int or sequence of ints for entropy not {entropy}")
        self.entropy = entropy
        self.spawn_key = tuple(spawn_key)
        self.pool_size = pool_size
        self.n_children_spawned = n_children_spawned
        self._pool = _random_pool(self._assembled(), pool_size)

    def _assembled(self):
        """Entropy and spawn key as one list of words; padded, so that the key never fills up the pool."""
        words, key = _words_of(self.entropy), _words_of(self.spawn_key)
        if key:
            words += [0] * (self.pool_size - len(words))
        return words + key

    def __repr__(self):
        lines = [f"    entropy={self.entropy!r},"]
        if self.spawn_key:
            lines.append(f"    spawn_key={self.spawn_key!r},")
        if self.pool_size != _MIN_POOL:
            lines.append(f"    pool_size={self.pool_size!r},")
        if self.n_children_spawned:
            lines.append(f"    n_children_spawned={self.n_children_spawned!r},")
        return "\n".join([f"{type(self).__name__}(", *lines, ")"])

    @property
    def state(self):
        """The arguments that make this object again, as a dict (default `pool_size` included)."""
        names = ["entropy", "spawn_key", "pool_size", "n_children_spawned"]
        return {name: getattr(self, name) for name in names if getattr(self, name) is not None}

    @property
    def pool(self):
        """The mixed entropy: a uint32 array of length `pool_size`."""
        return np.array(self._pool, dtype=np.uint32)

    def generate_state(self, n_words, dtype=np.uint32):
        """Words of state for a generator.

        Parameters
        ----------
        n_words : int
            How many.
        dtype : dtype
            uint32 or uint64; ValueError otherwise.

        Returns
        -------
        ndarray, shape (n_words,)

        Examples
        --------
        >>> np.random.SeedSequence(1).generate_state(2)
        array([1835504127, 1731038949], dtype=uint32)
        """
        wanted = np.dtype(dtype)
        if wanted == np.uint32:
            return np.array(_random_words(self._pool, n_words), dtype=np.uint32)
        if wanted != np.uint64:
            raise ValueError(f"only support uint32 or uint64, not {wanted}")
        halves = np.array(_random_words(self._pool, 2 * n_words), dtype="<u4")
        return halves.view("<u8").astype(np.uint64)

    def spawn(self, n_children):
        """A list of `n_children` new seed sequences, different from all spawned before.

        Parameters
        ----------
        n_children : int

        Returns
        -------
        list of SeedSequence.

        Examples
        --------
        >>> [one.spawn_key for one in np.random.SeedSequence(1).spawn(2)]
        [(0,), (1,)]
        """
        start = self.n_children_spawned
        self.n_children_spawned += n_children
        return [
            type(self)(self.entropy, spawn_key=(*self.spawn_key, place), pool_size=self.pool_size)
            for place in range(start, start + n_children)
        ]


ISpawnableSeedSequence.register(SeedSequence)


@set_module("numpy.random.bit_generator")
class BitGenerator:
    """A source of random bits, for `Generator` and `RandomState` to make numbers of.

    Not to be instantiated; `PCG64`, `PCG64DXSM`, `MT19937`, `Philox` and `SFC64` are.

    Parameters
    ----------
    seed : None, int, sequence of int, SeedSequence
        What `SeedSequence` takes, or an object with `generate_state`.

    Attributes
    ----------
    lock
        Held while numbers are drawn. Who uses the C functions takes it, with ``with``.

    Examples
    --------
    >>> import sharray as np
    >>> bits = np.random.PCG64(7)
    >>> isinstance(bits, np.random.BitGenerator), int(bits.random_raw())
    (True, 11530976094092348043)
    """

    #: The engine's name of the generator; a subclass says it.
    _kind = None

    def __init__(self, seed=None):
        if self._kind is None:
            raise NotImplementedError("BitGenerator is a base class and cannot be instantized")
        self._bits = _RandomBits(self._kind)
        self._ctypes = self._cffi = None
        if not isinstance(seed, ISeedSequence):
            seed = SeedSequence(seed)
        self._seed_seq = seed
        self._start(seed)

    @property
    def lock(self):
        """The lock that is held while numbers are drawn; a thread may take it more than once."""
        return self._bits.lock

    @property
    def seed_seq(self):
        """The seed sequence that the generator was started from."""
        return self._seed_seq

    @property
    def capsule(self):
        """A PyCapsule named "BitGenerator" that points to the generator's C functions."""
        return self._bits.capsule()

    @property
    def ctypes(self):
        """The C functions for `ctypes`: addresses, and functions that take the state."""
        if self._ctypes is None:
            self._ctypes = ctypes_interface(self._bits)
        return self._ctypes

    @property
    def cffi(self):
        """The C functions for `cffi`; ImportError without it."""
        if self._cffi is None:
            self._cffi = cffi_interface(self._bits)
        return self._cffi

    def __getstate__(self):
        return self.state, self._seed_seq

    def __setstate__(self, state_seed_seq):
        if isinstance(state_seed_seq, dict):
            self.state = state_seed_seq
            return
        self._seed_seq = state_seed_seq[1]
        self.state = state_seed_seq[0]

    def __reduce__(self):
        from . import _pickle

        # By getattr: inside of a class the name would be mangled.
        return getattr(_pickle, "__bit_generator_ctor"), (type(self),), (self.state, self._seed_seq)

    def random_raw(self, size=None, output=True):
        """Words as they come from the generator.

        Parameters
        ----------
        size : None, int or tuple of int
            The shape of the result.
        output : bool
            False draws and returns None, for timing.

        Returns
        -------
        int, or ndarray of uint64
            The Mersenne Twister's words have 32 bits.

        Examples
        --------
        >>> from sharray.random import PCG64
        >>> PCG64(2026).random_raw()
        3300764713747675562
        """
        if size is None:
            word = self._bits.raw()
            return word if output else None
        words = np.empty(size, dtype=np.uint64)
        self._bits.raw_fill(words)
        return words if output else None

    def spawn(self, n_children):
        """A list of `n_children` generators of this kind, seeded by `seed_seq`'s children.

        TypeError if the seed sequence can't spawn.

        Parameters
        ----------
        n_children : int

        Returns
        -------
        list of BitGenerator.

        Examples
        --------
        >>> len(np.random.PCG64(1).spawn(3))
        3
        """
        if not isinstance(self._seed_seq, ISpawnableSeedSequence):
            raise TypeError("The underlying SeedSequence does not implement spawning.")
        return [type(self)(seed=child) for child in self._seed_seq.spawn(n_children)]

    def _benchmark(self, cnt, method="uint64"):
        """Draws `cnt` words ("uint64") or doubles ("double") and drops them."""
        if method not in ("uint64", "double"):
            raise ValueError(f"method {method!r} is none of 'uint64', 'double'")
        self._bits.burn(cnt, method == "double")

    def _jumped(self, jumps):
        """A copy of this generator, `jumps` jumps ahead."""
        copy = type(self)()
        copy._bits.set_words(self._bits.words())
        copy._bits.jump(jumps)
        return copy

    def _checked_state(self, value):
        """The dict, if it is a state of this kind of generator."""
        if not isinstance(value, dict):
            raise TypeError(f"state must be a dict, not {type(value).__name__}")
        if value.get("bit_generator", "") != type(self).__name__:
            raise ValueError(f"state must be for a {type(self).__name__} PRNG")
        return value
