"""Stand-in for NumPy's compiled helper of the same name: a ufunc made in C that writes to its input."""

import sharray as np


def inplace_add(a, b):
    """Add ``b`` to ``a`` in place; where ``a`` is stretched, its elements take every addition."""
    walk = np.nditer([a, b], flags=["reduce_ok", "zerosize_ok"], op_flags=[["readwrite"], ["readonly"]])
    with walk:
        for target, value in walk:
            target[...] = target + value
