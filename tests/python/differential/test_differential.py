"""Random calls on NumPy and sharray, family by family, with hypothesis: failures are shrunk and print as a script.

`DIFFERENTIAL_EXAMPLES=5000 pytest tests/python/differential` runs that many fresh cases of each family.
"""

import os
import random
import zlib

import numpy
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st

import sharray

from .compare import compare
from .excuses import excuse
from .families import FAMILIES
from .outcome import run

MORE = os.environ.get("DIFFERENTIAL_EXAMPLES")
#: Cases of each family that are always the same, and those that hypothesis chooses (and shrinks where they fail).
FIXED, CHOSEN = 460, 16
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much]


def agree(case):
    """Fails with the case and its differences unless both modules do the same."""
    found = compare(case, run(case, numpy), run(case, sharray))
    if found and excuse(case, found) is None:
        told = "\n".join(f"  {line}" for line in found[:6])
        pytest.fail(f"NumPy | sharray differ on\n\n{case}\n\n{told}\n", pytrace=False)


@pytest.mark.parametrize("family", FAMILIES)
def test_fixed_cases(family):
    for number in range(FIXED):
        agree(FAMILIES[family](random.Random(number)))


@pytest.mark.parametrize("family", FAMILIES)
def test_chosen_cases(family):
    make = FAMILIES[family]

    @settings(
        max_examples=int(MORE or CHOSEN),
        phases=[Phase.generate, Phase.shrink],
        database=None,
        deadline=None,
        suppress_health_check=QUIET,
    )
    @given(st.randoms(note_method_calls=False, use_true_random=False))
    def search(source):
        agree(make(source))

    # The same cases in each run, unless fresh ones are asked for.
    fixed = seed(zlib.crc32(family.encode()))
    search() if MORE else fixed(search)()
