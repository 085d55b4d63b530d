"""Philox: a generator that enciphers a counter."""

import operator

import sharray as np

from .._utils import set_module
from ._pcg64 import _integers
from .bit_generator import BitGenerator, SeedlessSeedSequence

__all__ = ["Philox"]

_MASK = 2**64 - 1


def _words(value, name, count):
    """An integer, or a sequence of `count` words lowest first, as such a list."""
    if hasattr(value, "__len__") and np.ndim(value) > 0:
        words = [operator.index(word) for word in np.asarray(value).tolist()]
        if len(words) != count:
            raise ValueError(f"{name} must have {count} elements when using array form, not {len(words)}")
        if any(not 0 <= word <= _MASK for word in words):
            raise ValueError(f"{name}'s elements must be between 0 and 2**64 - 1")
        return words
    number = operator.index(value)
    if not 0 <= number < 2 ** (64 * count):
        raise ValueError(f"{name} must be positive and less than 2**{64 * count}.")
    return [number >> 64 * place & _MASK for place in range(count)]


@set_module("numpy.random._philox")
class Philox(BitGenerator):
    """Philox 4x64 with ten rounds: any place of its stream can be reached at once.

    Parameters
    ----------
    seed : None, int, sequence of int, SeedSequence
        See `BitGenerator`. Not together with `key`.
    counter : None, int or 4 words
        Where the stream starts, less than 2**256; 0 if None.
    key : None, int or 2 words
        Which stream, less than 2**128; from the seed if None.

    Raises
    ------
    ValueError
        For a seed together with a key, and for numbers out of range.

    Examples
    --------
    >>> from sharray.random import Generator, Philox
    >>> Generator(Philox(key=1)).random() == Generator(Philox(key=1)).random()
    True
    """

    _kind = "Philox"

    def __init__(self, seed=None, counter=None, key=None):
        if seed is not None and key is not None:
            raise ValueError("seed and key cannot be both used")
        super().__init__(seed)
        start = [0, 0, 0, 0] if counter is None else _words(counter, "counter", 4)
        if key is not None:
            self._seed_seq = SeedlessSeedSequence()
            self._bits.seed([*_words(key, "key", 2), *start])
        else:
            self._bits.seed([*self._bits.words()[4:6], *start])

    def _start(self, seed_seq):
        self._bits.seed(_integers(seed_seq, 2))

    @property
    def state(self):
        """The state: a dict with the generator's name, counter and key, the block being given out, the kept half."""
        words = self._bits.words()
        return {
            "bit_generator": type(self).__name__,
            "state": {
                "counter": np.array(words[:4], dtype=np.uint64),
                "key": np.array(words[4:6], dtype=np.uint64),
            },
            "buffer": np.array(words[6:10], dtype=np.uint64),
            "buffer_pos": words[10],
            "has_uint32": words[11],
            "uinteger": words[12],
        }

    @state.setter
    def state(self, value):
        value = self._checked_state(value)
        parts = value["state"]["counter"], value["state"]["key"], value["buffer"]
        words = [int(word) for part in parts for word in part]
        names = "buffer_pos", "has_uint32", "uinteger"
        self._bits.set_words([*words, *(int(value[name]) for name in names)])

    def advance(self, delta):
        """Go `delta` blocks of four words ahead (backwards if negative); returns the generator itself.

        Parameters
        ----------
        delta : int
            How many draws of blocks.

        Returns
        -------
        Philox: the generator itself.

        Examples
        --------
        >>> bits = np.random.Philox(1)
        >>> bits.advance(10) is bits
        True
        """
        delta = operator.index(delta) % 2**256
        self._bits.advance([delta >> 64 * place & _MASK for place in range(4)])
        return self

    def jumped(self, jumps=1):
        """A new generator, as if `jumps` times 2**128 blocks had been drawn from this one.

        Parameters
        ----------
        jumps : int, optional
            How many times 2**128 draws.

        Returns
        -------
        Philox.

        Examples
        --------
        >>> type(np.random.Philox(1).jumped()).__name__
        'Philox'
        """
        copy = type(self)()
        copy._bits.set_words(self._bits.words())
        return copy.advance(operator.index(jumps) << 128)
