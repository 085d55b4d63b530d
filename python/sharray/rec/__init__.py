"""Record arrays: structured arrays whose fields are attributes as well.

>>> import sharray as np
>>> np.rec.array([(1, 2.5)], names="a, b").b
array([2.5])
"""

from .._core.records import (
    array,
    find_duplicate,
    format_parser,
    fromarrays,
    fromfile,
    fromrecords,
    fromstring,
    recarray,
    record,
)

__all__ = [
    "record",
    "recarray",
    "format_parser",
    "fromarrays",
    "fromrecords",
    "fromstring",
    "fromfile",
    "array",
    "find_duplicate",
]
