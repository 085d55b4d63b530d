"""Masked arrays: the class and the functions that NumPy has in `numpy.ma.core`.

The code is in modules by subject, this one brings their names together.
"""

import inspect
import re

from sharray import bool_

from ._array import MaskedArray
from ._conditions import *
from ._creation import *
from ._domains import (
    _DomainCheckInterval,
    _DomainGreater,
    _DomainGreaterEqual,
    _DomainSafeDivide,
    _DomainTan,
    ufunc_domain,
    ufunc_fills,
)
from ._elements import MaskedConstant, masked, masked_singleton, mvoid
from ._errors import MAError, MaskedArrayFutureWarning, MaskError
from ._exchange import _mareconstruct
from ._fill import *
from ._fill import check_fill_value as _check_fill_value
from ._functions import *
from ._indexing import MaskedIterator
from ._masks import *
from ._masks import with_leaves as _replace_dtype_fields
from ._printing import masked_print_option
from ._products import *
from ._products import _mask_propagate
from ._ufuncs import *
from ._ufuncs import (
    _DomainedBinaryOperation,
    _extrema_operation,
    _MaskedBinaryOperation,
    _MaskedUFunc,
    _MaskedUnaryOperation,
    get_masked_subclass,
    getdata,
)

__all__ = [
    "abs",
    "absolute",
    "add",
    "all",
    "allclose",
    "allequal",
    "alltrue",
    "amax",
    "amin",
    "angle",
    "anom",
    "anomalies",
    "any",
    "append",
    "arange",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "argmax",
    "argmin",
    "argsort",
    "around",
    "array",
    "asanyarray",
    "asarray",
    "bitwise_and",
    "bitwise_or",
    "bitwise_xor",
    "bool_",
    "ceil",
    "choose",
    "clip",
    "common_fill_value",
    "compress",
    "compressed",
    "concatenate",
    "conjugate",
    "convolve",
    "copy",
    "correlate",
    "cos",
    "cosh",
    "count",
    "cumprod",
    "cumsum",
    "default_fill_value",
    "diag",
    "diagonal",
    "diff",
    "divide",
    "empty",
    "empty_like",
    "equal",
    "exp",
    "expand_dims",
    "fabs",
    "filled",
    "fix_invalid",
    "flatten_mask",
    "flatten_structured_array",
    "floor",
    "floor_divide",
    "fmod",
    "frombuffer",
    "fromflex",
    "fromfunction",
    "getdata",
    "getmask",
    "getmaskarray",
    "greater",
    "greater_equal",
    "harden_mask",
    "hypot",
    "identity",
    "ids",
    "indices",
    "inner",
    "innerproduct",
    "is_mask",
    "is_masked",
    "isarray",
    "isMA",
    "isMaskedArray",
    "left_shift",
    "less",
    "less_equal",
    "log",
    "log10",
    "log2",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "MAError",
    "make_mask",
    "make_mask_descr",
    "make_mask_none",
    "mask_or",
    "masked",
    "masked_array",
    "masked_equal",
    "masked_greater",
    "masked_greater_equal",
    "masked_inside",
    "masked_invalid",
    "masked_less",
    "masked_less_equal",
    "masked_not_equal",
    "masked_object",
    "masked_outside",
    "masked_print_option",
    "masked_singleton",
    "masked_values",
    "masked_where",
    "MaskedArray",
    "MaskError",
    "MaskType",
    "max",
    "maximum",
    "maximum_fill_value",
    "mean",
    "min",
    "minimum",
    "minimum_fill_value",
    "mod",
    "multiply",
    "mvoid",
    "ndim",
    "negative",
    "nomask",
    "nonzero",
    "not_equal",
    "ones",
    "ones_like",
    "outer",
    "outerproduct",
    "power",
    "prod",
    "product",
    "ptp",
    "put",
    "putmask",
    "ravel",
    "remainder",
    "repeat",
    "reshape",
    "resize",
    "right_shift",
    "round",
    "round_",
    "set_fill_value",
    "shape",
    "sin",
    "sinh",
    "size",
    "soften_mask",
    "sometrue",
    "sort",
    "sqrt",
    "squeeze",
    "std",
    "subtract",
    "sum",
    "swapaxes",
    "take",
    "tan",
    "tanh",
    "trace",
    "transpose",
    "true_divide",
    "var",
    "where",
    "zeros",
    "zeros_like",
]

get_data = getdata
get_mask = getmask


def doc_note(initialdoc, note):
    """A docstring with `note` as the first of its Notes; None for no docstring.

    >>> from sharray.ma.core import doc_note
    >>> print(doc_note("First line.", "Masked values are zero."))
    First line.
    <BLANKLINE>
    Notes
    -----
    Masked values are zero.
    <BLANKLINE>
    """
    if initialdoc is None:
        return None
    if note is None:
        return initialdoc
    before, *behind = re.split(r"\n\s*?Notes\n\s*?-----", inspect.cleandoc(initialdoc))
    return "".join([before, f"\n\nNotes\n-----\n{inspect.cleandoc(note)}\n", *behind])
