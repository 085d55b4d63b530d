"""Arrays as HTML tables, for notebooks.

One- and two-dimensional arrays become a grid of elements, structured ones a column
for each field; the elements read as `str` prints them. Of long axes the ends are
shown. Other arrays are shown as text below a line that tells shape and dtype.
"""

from html import escape

from ._formatters import get_format_function
from .arrayprint import array2string
from .multiarray import ndarray
from .printoptions import format_options

#: Rows and columns shown of longer axes, half of them from each end.
ROWS, COLUMNS = 20, 20
#: Characters shown of one element.
LONGEST = 100


def table(a):
    """The array as HTML, or None for a subclass that prints itself in its own way.

    Parameters
    ----------
    a : ndarray
        Any shape and dtype.

    Returns
    -------
    str or None

    Examples
    --------
    >>> import sharray as np
    >>> from sharray._core._html import table
    >>> text = table(np.arange(3))
    >>> text.count("<td"), "shape (3,), int64" in text
    (3, True)
    """
    if type(a).__str__ is not ndarray.__str__:
        return None
    a = a.view(ndarray)
    if a.size == 0 or a.ndim not in (1, 2) or (a.dtype.names == () and a.ndim == 1):
        body = f"<pre>{escape(array2string(a) if a.ndim else str(a))}</pre>"
    elif a.dtype.names and a.ndim == 1:
        body = _records(a)
    else:
        body = _grid(a)
    return f"<div>{body}<small>shape {a.shape}, {escape(_named(a.dtype))}</small></div>"


def _named(dtype):
    return str(dtype) if dtype.names is None else f"{len(dtype.names)} fields"


def _shown(length, limit):
    """Indices to show of an axis, with None where some are left out."""
    if length <= limit:
        return list(range(length))
    half = limit // 2
    return [*range(half), None, *range(length - half, length)]


def _grid(a):
    rows = a.reshape(1, -1) if a.ndim == 1 else a
    across, down = _shown(rows.shape[1], COLUMNS), _shown(rows.shape[0], ROWS)
    kept = rows[[i for i in down if i is not None]][:, [j for j in across if j is not None]]
    form = _formatter(kept)
    lines = [_row([_mark(j) for j in across], "th", "" if a.ndim == 2 else None)]
    for i in down:
        cells = ["…" if i is None or j is None else form(rows[i, j]) for j in across]
        lines.append(_row(cells, "td", _mark(i) if a.ndim == 2 else None))
    return f"<table>{''.join(lines)}</table>"


def _records(a):
    names, down = _shown(len(a.dtype.names), COLUMNS), _shown(len(a), ROWS)
    labels = [None if j is None else a.dtype.names[j] for j in names]
    kept = a[[i for i in down if i is not None]]
    forms = {label: _formatter(kept[label]) for label in labels if label is not None}
    lines = [_row(["…" if label is None else label for label in labels], "th", "")]
    for i in down:
        cells = ["…" if i is None or label is None else forms[label](a[label][i]) for label in labels]
        lines.append(_row(cells, "td", _mark(i)))
    return f"<table>{''.join(lines)}</table>"


def _formatter(data):
    """A function that gives the text of an element as `str` prints it among `data`."""
    options = format_options.get()
    # A field that is a subarray gives an array for each record.
    form = get_format_function(data, **options)
    return lambda element: array2string(element) if isinstance(element, ndarray) and element.ndim else form(element)


def _mark(index):
    return "…" if index is None else str(index)


def _row(cells, tag, label):
    head = "" if label is None else f"<th>{escape(label)}</th>"
    return f"<tr>{head}{''.join(_cell(text, tag) for text in cells)}</tr>"


def _cell(text, tag):
    text = str(text).strip()
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    return f'<{tag} style="text-align: right">{escape(text)}</{tag}>'
