"""How the methods of `Generator` and `RandomState` reach the engine's distributions."""

from .._engine import _RandomDistribution, _RandomStream
from .bit_generator import BitGenerator

__all__ = ["Laws", "stream_of"]


class Laws(dict):
    """The engine's distributions by name, looked up when first used; names under a prefix come first.

    >>> "gamma" in Laws()
    False
    """

    def __init__(self, prefix=""):
        super().__init__()
        self._prefix = prefix

    def __missing__(self, name):
        try:
            law = _RandomDistribution(self._prefix + name)
        except ValueError:
            law = _RandomDistribution(name)
        self[name] = law
        return law


def stream_of(bit_generator):
    """The engine's stream over a bit generator of ours, or any object with a capsule named "BitGenerator".

    AttributeError without a capsule, ValueError for another one.
    """
    if isinstance(bit_generator, BitGenerator):
        return _RandomStream(bit_generator._bits)
    return _RandomStream(bit_generator.capsule, getattr(bit_generator, "lock", None))
