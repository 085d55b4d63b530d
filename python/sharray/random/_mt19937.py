"""The bit stream of the Mersenne Twister MT19937, seeded as NumPy's legacy generator is.

Python's own `random.Random` is the same generator: it holds the state here and
gives 32-bit words in C's speed. Only the seeding differs and is done here.
"""

import random as _random

import sharray as np

_WORDS = 624


def _state_from_int(seed):
    """The state that Knuth's linear generator spreads from one 32-bit seed."""
    state = [seed & 0xFFFFFFFF]
    for place in range(1, _WORDS):
        previous = state[-1]
        state.append((1812433253 * (previous ^ (previous >> 30)) + place) & 0xFFFFFFFF)
    return state


def _state_from_words(key):
    """The state for a sequence of 32-bit words (the generator's `init_by_array`)."""
    state = _state_from_int(19650218)
    i, j = 1, 0
    for _ in range(max(_WORDS, len(key))):
        previous = state[i - 1]
        state[i] = ((state[i] ^ ((previous ^ (previous >> 30)) * 1664525)) + key[j] + j) & 0xFFFFFFFF
        i, j = i + 1, (j + 1) % len(key)
        if i >= _WORDS:
            state[0], i = state[-1], 1
    for _ in range(_WORDS - 1):
        previous = state[i - 1]
        state[i] = ((state[i] ^ ((previous ^ (previous >> 30)) * 1566083941)) - i) & 0xFFFFFFFF
        i += 1
        if i >= _WORDS:
            state[0], i = state[-1], 1
    state[0] = 0x80000000
    return state


class MT19937Stream:
    """Words and doubles from the Mersenne Twister.

    >>> MT19937Stream(0).word()
    2357136044
    """

    def __init__(self, seed=None):
        self._random = _random.Random()
        self.seed(seed)

    def seed(self, seed=None):
        """Restart; None takes entropy from the system.

        ValueError for seeds outside of 32 bits, TypeError for what is no integer.
        """
        if seed is None:
            self._random.seed()
            return
        if isinstance(seed, (int, np.integer)) or (hasattr(seed, "squeeze") and np.ndim(seed) == 0):
            value = seed.__index__()
            if not 0 <= value < 2**32:
                raise ValueError("Seed must be between 0 and 2**32 - 1")
            self.set_words(_state_from_int(value), _WORDS)
            return
        if not hasattr(seed, "__len__"):
            raise TypeError(f"Cannot cast {type(seed).__name__} seed to an integer")
        if len(seed) == 0:
            raise ValueError("Seed must be non-empty")
        words = np.asarray(seed)
        if words.ndim != 1:
            raise ValueError("Seed array must be 1-d")
        words = [word.__index__() for word in words.tolist()]
        if any(not 0 <= word < 2**32 for word in words):
            raise ValueError("Seed must be between 0 and 2**32 - 1")
        self.set_words(_state_from_words(words), _WORDS)

    def set_words(self, words, position):
        """Take a state: 624 words, and how many of them are used up."""
        self._random.setstate((3, (*words, position), None))

    def get_words(self):
        """(words, position): the state."""
        *words, position = self._random.getstate()[1]
        return words, position

    def word(self):
        """The next 32 bits."""
        return self._random.getrandbits(32)

    def double(self):
        """The next number in [0, 1), with 53 random bits."""
        return self._random.random()

    def words(self, count):
        """The next `count` words as a uint32 array."""
        if count == 0:
            return np.empty(0, dtype=np.uint32)
        data = self._random.getrandbits(32 * count).to_bytes(4 * count, "little")
        return np.frombuffer(data, dtype="<u4")

    def doubles(self, count):
        """The next `count` numbers in [0, 1) as a float64 array."""
        words = self.words(2 * count)
        high = (words[0::2] >> 5).astype(np.float64)
        low = (words[1::2] >> 6).astype(np.float64)
        return (high * 67108864.0 + low) / 9007199254740992.0

    def up_to(self, most):
        """An integer from 0 to `most`, by masking and rejecting."""
        if most == 0:
            return 0
        mask = (1 << most.bit_length()) - 1
        if most <= 0xFFFFFFFF:
            while True:
                value = self._random.getrandbits(32) & mask
                if value <= most:
                    return value
        while True:
            value = (self._random.getrandbits(32) << 32 | self._random.getrandbits(32)) & mask
            if value <= most:
                return value
