"""The text of a failed comparison."""

from ..._core.arrayprint import array_repr
from ..._core.multiarray import ndarray

_MOST_LINES = 3


def build_err_msg(
    arrays, err_msg, header="Items are not equal:", verbose=True, names=("ACTUAL", "DESIRED"), precision=8
):
    """Header, message and, with `verbose`, the first lines of each object's repr under its name.

    Parameters
    ----------
    arrays : sequence of object
        What to show.
    err_msg : str
        What is told first.
    header : str, optional
        The line above.
    verbose : bool, optional
        Whether to show the values.
    names : sequence of str, optional
        What the values are called.
    precision : int, optional
        Digits behind the point.

    Returns
    -------
    str.

    Examples
    --------
    >>> build_err_msg([1, 2], "there")
    '\\nItems are not equal: there\\n ACTUAL: 1\\n DESIRED: 2'
    """
    err_msg = str(err_msg)
    lines = ["\n" + header]
    if err_msg:
        if "\n" not in err_msg and len(err_msg) < 79 - len(header):
            lines = [lines[0] + " " + err_msg]
        else:
            lines.append(err_msg)
    if verbose:
        for name, one in zip(names, arrays, strict=False):
            lines.append(f" {name}: {_shortened(_shown(one, precision))}")
    return "\n".join(lines)


def _shown(value, precision):
    try:
        if isinstance(value, ndarray):
            return array_repr(value, precision=precision)
        return repr(value)
    except Exception as error:
        return f"[repr failed for <{type(value).__name__}>: {error}]"


def _shortened(text):
    rows = text.split("\n")
    if len(rows) <= _MOST_LINES:
        return text
    return "\n".join(rows[:_MOST_LINES]) + "..."
