"""Random numbers: `RandomState` and its functions, with NumPy's legacy streams.

>>> import sharray as np
>>> float(np.random.RandomState(0).rand())
0.5488135039273248

The newer generators (`default_rng`, `Generator`, `PCG64`, …) are not built yet:
each is an AttributeError that says so.
"""

from . import mtrand
from .mtrand import (
    RandomState,
    bytes,
    choice,
    exponential,
    get_state,
    normal,
    permutation,
    rand,
    randint,
    randn,
    random,
    random_integers,
    random_sample,
    ranf,
    sample,
    seed,
    set_state,
    shuffle,
    standard_exponential,
    standard_normal,
    uniform,
)

__all__ = list(mtrand.__all__)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(
        f"sharray.random.{name} is not built yet: so far there is RandomState, with "
        "uniform, normal and exponential numbers, integers, shuffles and choices"
    )
