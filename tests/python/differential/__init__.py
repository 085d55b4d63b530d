"""Random calls on NumPy and on sharray, in one process: the same text is run on both and what comes out is compared.

A case is a few lines of Python (`script.Case`) whose `np` is one module or the other. Families of cases (`families/`)
write them with a `random.Random`, which is a plain generator in `explore.py` and hypothesis' own in the tests, so that
failures shrink. `outcome.py` runs a case, `compare.py` tells two outcomes apart, `excuses.py` names the differences that
docs/differences.md explains.
"""
