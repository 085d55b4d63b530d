"""Constructors that pickles of bit generators, `Generator` and `RandomState` name."""

from .._utils import set_module
from ._generator import Generator
from ._mt19937 import MT19937
from ._pcg64 import PCG64, PCG64DXSM
from ._philox import Philox
from ._sfc64 import SFC64
from .bit_generator import BitGenerator
from .mtrand import RandomState

BitGenerators = {kind.__name__: kind for kind in (MT19937, PCG64, PCG64DXSM, Philox, SFC64)}


@set_module("numpy.random._pickle")
def __bit_generator_ctor(bit_generator="MT19937"):
    """An instance of a bit generator's class, given as such or by name (ValueError for unknown names)."""
    if isinstance(bit_generator, type):
        return bit_generator()
    if bit_generator not in BitGenerators:
        raise ValueError(f"{bit_generator} is not a known BitGenerator module.")
    return BitGenerators[bit_generator]()


@set_module("numpy.random._pickle")
def __generator_ctor(bit_generator_name="MT19937", bit_generator_ctor=__bit_generator_ctor):
    """A `Generator` over a bit generator, or over a fresh one of that name (as older pickles have it)."""
    if isinstance(bit_generator_name, BitGenerator):
        return Generator(bit_generator_name)
    return Generator(bit_generator_ctor(bit_generator_name))


@set_module("numpy.random._pickle")
def __randomstate_ctor(bit_generator_name="MT19937", bit_generator_ctor=__bit_generator_ctor):
    """A `RandomState` over a bit generator, or over a fresh one of that name (as older pickles have it)."""
    if isinstance(bit_generator_name, BitGenerator):
        return RandomState(bit_generator_name)
    return RandomState(bit_generator_ctor(bit_generator_name))
