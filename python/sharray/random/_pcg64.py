"""PCG64 and PCG64DXSM: permuted congruential generators with 128 bits of state."""

import operator

from .._utils import set_module
from .bit_generator import BitGenerator

__all__ = ["PCG64", "PCG64DXSM"]

_MASK = 2**64 - 1


class _Congruential(BitGenerator):
    """What both versions share."""

    def _start(self, seed_seq):
        self._bits.seed(_integers(seed_seq, 4))

    @property
    def state(self):
        """The state: a dict with the generator's name, `state` and `inc` (128 bits), and the kept 32-bit half."""
        high, low, inc_high, inc_low, has, half = self._bits.words()
        return {
            "bit_generator": type(self).__name__,
            "state": {"state": high << 64 | low, "inc": inc_high << 64 | inc_low},
            "has_uint32": has,
            "uinteger": half,
        }

    @state.setter
    def state(self, value):
        value = self._checked_state(value)
        words = [
            part for name in ("state", "inc") for part in divmod(operator.index(value["state"][name]) % 2**128, 2**64)
        ]
        self._bits.set_words([*words, int(value["has_uint32"]), int(value["uinteger"])])

    def advance(self, delta):
        """Go some numbers ahead without drawing them.

        Parameters
        ----------
        delta : int
            How many 64-bit numbers; negative goes back. Counted modulo 2**128.

        Returns
        -------
        The generator itself.

        Examples
        --------
        >>> from sharray.random import PCG64
        >>> ahead, walked = PCG64(1).advance(1000), PCG64(1)
        >>> _ = walked.random_raw(1000)
        >>> ahead.random_raw() == walked.random_raw()
        True
        """
        delta = operator.index(delta) % 2**128
        self._bits.advance([delta & _MASK, delta >> 64, 0, 0])
        return self

    def jumped(self, jumps=1):
        """A new generator far ahead in the same stream: each jump is as about 0.6 · 2**128 draws.

        Parameters
        ----------
        jumps : int, optional
            How many jumps.

        Returns
        -------
        A bit generator of the same class; this one stays where it is.

        Examples
        --------
        >>> from sharray.random import PCG64
        >>> first = PCG64(1)
        >>> second = first.jumped()
        >>> first.random_raw() == second.random_raw()
        False
        """
        copy = type(self)()
        copy._bits.set_words(self._bits.words())
        return copy.advance(_JUMP * operator.index(jumps))


#: The golden section of 2**128.
_JUMP = 0x9E3779B97F4A7C15F39CC0605CEDC835


def _integers(seed_seq, count):
    """64-bit words of a seed sequence as a list."""
    return seed_seq.generate_state(count, "uint64").tolist()


@set_module("numpy.random._pcg64")
class PCG64(_Congruential):
    """PCG64 with the XSL-RR output function, what `default_rng` uses.

    Parameters
    ----------
    seed : None, int, sequence of int, SeedSequence
        See `BitGenerator`.

    Examples
    --------
    >>> from sharray.random import Generator, PCG64
    >>> Generator(PCG64(2026)).integers(10, size=5)
    array([8, 1, 0, 6, 3])
    """

    _kind = "PCG64"


@set_module("numpy.random._pcg64")
class PCG64DXSM(_Congruential):
    """PCG64 with the stronger DXSM output function, better for very many streams side by side.

    Parameters
    ----------
    seed : None, int, sequence of int, SeedSequence
        See `BitGenerator`.

    Examples
    --------
    >>> from sharray.random import Generator, PCG64DXSM
    >>> Generator(PCG64DXSM(2026)).random() < 1
    True
    """

    _kind = "PCG64DXSM"
