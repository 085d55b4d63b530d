"""Random numbers with NumPy's streams: a seed gives the same numbers, to the last bit.

`default_rng` makes a `Generator`; its methods draw from many distributions. Bit
generators (`PCG64`, `PCG64DXSM`, `MT19937`, `Philox`, `SFC64`) give the bits,
`SeedSequence` their seeds. `RandomState`, and the functions here that draw from a
common one, are the frozen legacy generator.

>>> import sharray as np
>>> np.random.default_rng(42).integers(100, size=3)
array([ 8, 77, 65])
>>> float(np.random.RandomState(0).rand())
0.5488135039273248
"""

from .._pytesttester import PytestTester as _PytestTester
from . import _bounded_integers, _common, _pickle, bit_generator, mtrand
from ._generator import Generator, default_rng
from ._mt19937 import MT19937
from ._pcg64 import PCG64, PCG64DXSM
from ._philox import Philox
from ._sfc64 import SFC64
from .bit_generator import BitGenerator, SeedSequence
from .mtrand import (
    RandomState,
    beta,
    binomial,
    bytes,
    chisquare,
    choice,
    dirichlet,
    exponential,
    f,
    gamma,
    geometric,
    get_bit_generator,
    get_state,
    gumbel,
    hypergeometric,
    laplace,
    logistic,
    lognormal,
    logseries,
    multinomial,
    multivariate_normal,
    negative_binomial,
    noncentral_chisquare,
    noncentral_f,
    normal,
    pareto,
    permutation,
    poisson,
    power,
    rand,
    randint,
    randn,
    random,
    random_integers,
    random_sample,
    ranf,
    rayleigh,
    sample,
    seed,
    set_bit_generator,
    set_state,
    shuffle,
    standard_cauchy,
    standard_exponential,
    standard_gamma,
    standard_normal,
    standard_t,
    triangular,
    uniform,
    vonmises,
    wald,
    weibull,
    zipf,
)

__all__ = [
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
    "ranf",
    "rayleigh",
    "sample",
    "seed",
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
    "Generator",
    "RandomState",
    "SeedSequence",
    "MT19937",
    "Philox",
    "PCG64",
    "PCG64DXSM",
    "SFC64",
    "default_rng",
    "BitGenerator",
]


def __RandomState_ctor():  # noqa: N807 - old pickles name it so
    """A `RandomState` whose state a pickle is about to set."""
    return RandomState(seed=0)


test = _PytestTester(__name__)
