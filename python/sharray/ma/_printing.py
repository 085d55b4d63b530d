"""How masked arrays are written: `--` where a value is masked.

The data are cast to objects, so that the sign fits among values of any dtype, and then
printed like any array.
"""

import sharray as np
from sharray._core import arrayprint

from ._masks import leaves, nomask, with_leaves

__all__ = ["masked_print_option"]


class _MaskedPrintOption:
    """The sign that stands for masked values, and whether it is used at all.

    >>> import sharray as np
    >>> np.ma.masked_print_option.display()
    '--'
    """

    def __init__(self, display):
        self._display = display
        self._enabled = True

    def display(self):
        """The sign."""
        return self._display

    def set_display(self, s):
        """Print `s` for masked values from now on."""
        self._display = s

    def enabled(self):
        """Whether the sign is used; else fill values are printed."""
        return self._enabled

    def enable(self, shrink=1):
        """Use the sign, or, with a false argument, print fill values."""
        self._enabled = shrink

    def __str__(self):
        return str(self._display)

    __repr__ = __str__


masked_print_option = _MaskedPrintOption("--")


def with_signs(data, mask):
    """`data` as objects, with the print option for masked values."""
    shown = data.astype(with_leaves(data.dtype, "O"))
    for field, flags in leaves(shown, mask):
        np.copyto(field, masked_print_option, where=flags)
    return shown


def _without_middle(array, axis, width):
    half = width // 2
    first, _, last = np.split(array, (half, -half), axis=axis)
    return np.concatenate((first, last), axis=axis)


def printable(array):
    """What is printed in place of a masked array: a plain one with signs or fill values."""
    if not masked_print_option.enabled():
        return array.filled(array.fill_value)
    data, mask = array._data, array._mask
    if mask is nomask:
        return data
    # Casting to objects is slow; of a long axis only the ends will be seen.
    width = array._print_width if array.ndim > 1 else array._print_width_1d
    for axis in range(array.ndim):
        if data.shape[axis] > width:
            data, mask = (_without_middle(part, axis, width) for part in (data, mask))
    return with_signs(data, mask)


def _fill_value_text(array):
    shown = array.fill_value
    fill = array._fill_value
    if fill.dtype.kind in "SU" and array.dtype.kind == fill.dtype.kind:
        # As a plain string: the scalar's own repr names its class.
        return repr(shown.item())
    if fill.dtype == array.dtype and array.dtype != object:
        return str(shown)
    return repr(shown)


def _class_name(array):
    return "array" if array._baseclass is np.ndarray else array._baseclass.__name__


def representation(array):
    """The text of `repr`: data, mask, fill value, and the dtype where the data don't show it."""
    if arrayprint._get_legacy_print_mode() <= 113:
        return _legacy_representation(array)
    start = f"masked_{_class_name(array)}("
    with_dtype = not arrayprint.dtype_is_implied(array.dtype) or np.all(array.mask) or array.size == 0
    keys = ["data", "mask", "fill_value"] + ["dtype"] * bool(with_dtype)
    if all(length == 1 for length in array.shape[:-1]):
        # One row: it begins behind the name, the keys end in one column.
        column = len(start) + len("data")
        indents = [start] + [" " * max(2, column - len(key)) for key in keys[1:]]
        start = ""
    else:
        indents = ["  "] * len(keys)
        start += "\n"

    def text(key, indent):
        if key == "fill_value":
            return _fill_value_text(array)
        if key == "dtype":
            return arrayprint.dtype_short_repr(array.dtype)
        values = printable(array) if key == "data" else array._mask
        return arrayprint.array2string(values, separator=", ", prefix=f"{indent}{key}=", suffix=",")

    lines = (f"{indent}{key}={text(key, indent)}" for key, indent in zip(keys, indents))
    return start + ",\n".join(lines) + ")"


def _legacy_representation(array):
    """The form of NumPy 1.13: keys aligned at their equals signs."""
    name = _class_name(array)
    margin = " " * len(name)
    gap = "\n " if array.ndim > 1 else " "
    entries = [("data", str(array)), ("mask", str(array._mask)), ("fill_value", str(array.fill_value))]
    if array.dtype.names:
        entries.append(("dtype", str(array.dtype)))
    lines = []
    for place, (key, value) in enumerate(entries):
        head = f"masked_{name}(data" if place == 0 else f"{margin}{key:>12}"
        lines.append(f"{head} ={gap if key in ('data', 'mask') else ' '}{value}")
    return ",\n".join(lines) + ")\n"
