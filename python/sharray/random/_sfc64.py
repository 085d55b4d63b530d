"""SFC64: a small fast chaotic generator."""

import sharray as np

from .._utils import set_module
from ._pcg64 import _integers
from .bit_generator import BitGenerator

__all__ = ["SFC64"]


@set_module("numpy.random._sfc64")
class SFC64(BitGenerator):
    """The fastest of the generators, with 256 bits of state of which 64 are a counter.

    Parameters
    ----------
    seed : None, int, sequence of int, SeedSequence
        See `BitGenerator`.

    Examples
    --------
    >>> from sharray.random import Generator, SFC64
    >>> Generator(SFC64(2026)).random() < 1
    True
    """

    _kind = "SFC64"

    def _start(self, seed_seq):
        self._bits.seed(_integers(seed_seq, 3))

    @property
    def state(self):
        """The state: a dict with the generator's name, four words (uint64), and the kept 32-bit half."""
        *words, has, half = self._bits.words()
        return {
            "bit_generator": type(self).__name__,
            "state": {"state": np.array(words, dtype=np.uint64)},
            "has_uint32": has,
            "uinteger": half,
        }

    @state.setter
    def state(self, value):
        value = self._checked_state(value)
        words = np.asarray(value["state"]["state"], dtype=np.uint64).tolist()
        self._bits.set_words([*words, int(value["has_uint32"]), int(value["uinteger"])])
