"""Names that lower modules need when they are called, not when they are loaded.

A mask function asks whether something is a `MaskedArray`, the class in turn is built
with mask functions. The lower module says `from . import _late as ma` and, inside its
functions, `ma.MaskedArray`: it is looked up in `core` the first time and kept.
"""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    from . import core

    value = globals()[name] = getattr(core, name)
    return value
