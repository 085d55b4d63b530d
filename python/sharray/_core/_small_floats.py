"""The floats that NumPy lacks (bfloat16, those of one byte), to code that asks for a dtype's kind.

Their `dtype.kind` is 'V', as `ml_dtypes` has it: to those who only know NumPy's kinds and
sizes they are raw bytes, not float16. Within the package they are floats.
"""

_NUMBERS = frozenset((256, 257, 258))


def is_small_float(dtype):
    """Whether `dtype` is one of them.

    >>> import sharray as np
    >>> is_small_float(np.dtype("bfloat16")), is_small_float(np.dtype("f2"))
    (True, False)
    """
    return dtype.num in _NUMBERS


def number_kind(dtype):
    """`dtype.kind`, but 'f' for a float that NumPy lacks.

    >>> import sharray as np
    >>> number_kind(np.dtype("bfloat16")), number_kind(np.dtype("V2"))
    ('f', 'V')
    """
    return "f" if dtype.num in _NUMBERS else dtype.kind
