"""MT19937: the Mersenne Twister."""

import operator

import sharray as np

from .._utils import set_module
from .bit_generator import BitGenerator, SeedSequence

__all__ = ["MT19937"]

_WORDS = 624


def _seed_words(seed):
    """A legacy seed: an int, or a list of ints; all of 32 bits."""
    array = np.asarray(seed)
    if array.ndim == 0:
        value = array.item()
        if not isinstance(value, int):
            raise TypeError(f"Cannot cast scalar from {array.dtype!r} to dtype('int64') according to the rule 'safe'")
        if not 0 <= value < 2**32:
            raise ValueError(f"Seed must be between 0 and 2**32 - 1, not {value}")
        return int(value)
    if array.size == 0:
        raise ValueError("Seed must be non-empty")
    if array.dtype.kind not in "iub":
        array = array.astype(np.int64, casting="safe")
    if array.ndim != 1:
        raise ValueError(f"Seed array must be 1-d, not {array.ndim}-d")
    words = [int(word) for word in array.tolist()]
    if any(not 0 <= word < 2**32 for word in words):
        raise ValueError("Seed must be between 0 and 2**32 - 1")
    return words


@set_module("numpy.random._mt19937")
class MT19937(BitGenerator):
    """The Mersenne Twister with 624 words of state, what `RandomState` uses.

    Parameters
    ----------
    seed : None, int, sequence of int, SeedSequence
        See `BitGenerator`.

    Examples
    --------
    >>> from sharray.random import Generator, MT19937
    >>> Generator(MT19937(2026)).random() < 1
    True
    """

    _kind = "MT19937"

    def _start(self, seed_seq):
        words = seed_seq.generate_state(_WORDS, np.uint32).tolist()
        # The lower bits of the first word are no part of the state; its upper one makes that not all zero.
        self._bits.set_words([0x80000000, *words[1:], _WORDS - 1])

    def _legacy_seeding(self, seed):
        """Start as the legacy generator does from an int or a sequence of ints of 32 bits; None is the system's entropy.

        ValueError for numbers out of range, TypeError for what is no integer.
        """
        if seed is None:
            seed_seq = SeedSequence()
            words = seed_seq.generate_state(_WORDS, np.uint32).tolist()
            self._bits.set_words([0x80000000, *words[1:], _WORDS])
            self._seed_seq = seed_seq
            return
        words = _seed_words(seed)
        if isinstance(words, int):
            self._bits.seed_int(words)
        else:
            self._bits.seed(words)
        self._seed_seq = None

    @property
    def state(self):
        """The state: a dict with the generator's name, 624 words (uint32), and how many of them are used up."""
        *words, used = self._bits.words()
        return {
            "bit_generator": type(self).__name__,
            "state": {"key": np.array(words, dtype=np.uint32), "pos": used},
        }

    @state.setter
    def state(self, value):
        if isinstance(value, tuple):
            if value[0] != "MT19937" or len(value) not in (3, 5):
                raise ValueError("state is not a legacy MT19937 state")
            value = {"bit_generator": value[0], "state": {"key": value[1], "pos": value[2]}}
        value = self._checked_state(value)
        words = np.asarray(value["state"]["key"]).tolist()
        if len(words) < _WORDS:
            raise IndexError(f"the state has {_WORDS} words, not {len(words)}")
        self._bits.set_words([*words[:_WORDS], int(value["state"]["pos"])])

    def jumped(self, jumps=1):
        """A new generator, as if `jumps` times 2**128 words had been drawn from this one.

        Parameters
        ----------
        jumps : int, optional
            How many times 2**128 draws.

        Returns
        -------
        MT19937.

        Examples
        --------
        >>> type(np.random.MT19937(1).jumped()).__name__
        'MT19937'
        """
        return self._jumped(operator.index(jumps))
