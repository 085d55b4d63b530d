"""Arrays as text: `repr`, `str`, and the options for both.

`_formatters` writes the elements; here they are laid out in brackets and lines,
large arrays shortened to their edges.
"""

import contextlib
import functools
import numbers
import operator
import sys
import warnings
from _thread import get_ident

from .._utils import set_module
from . import numerictypes as _nt
from ._formatters import (
    BoolFormat,
    ComplexFloatingFormat,
    DatetimeFormat,
    FloatingFormat,
    IntegerFormat,
    StructuredVoidFormat,
    SubArrayFormat,
    TimedeltaFormat,
    _TimelikeFormat,
    format_void_scalar,
    get_format_dict,
    get_format_function,
    none_or_positive,
    object_format,
    repr_format,
    str_format,
)
from .multiarray import array, concatenate, dragon4_positional, dragon4_scientific, dtype, ndarray
from .overrides import array_function_dispatch, dispatch_on
from .printoptions import format_options

__all__ = [
    "array2string",
    "array_str",
    "array_repr",
    "set_printoptions",
    "get_printoptions",
    "printoptions",
    "format_float_positional",
    "format_float_scientific",
]

# dtypes that Python's own numbers give, so that they go without saying
_typelessdata = [_nt.int_, _nt.float64, _nt.complex128, _nt.bool]

_LEGACY_NAMES = {"1.13": 113, "1.21": 121, "1.25": 125, "2.1": 201, "2.2": 202}
_FLOATMODES = ("fixed", "unique", "maxprec", "maxprec_equal")

_get_formatdict = get_format_dict
_get_format_function = get_format_function
_void_scalar_to_string = format_void_scalar
_object_format = object_format
_none_or_positive_arg = none_or_positive


def _legacy_number(legacy):
    if legacy is None or legacy is False:
        return legacy if legacy is None else sys.maxsize
    if legacy in _LEGACY_NAMES:
        return _LEGACY_NAMES[legacy]
    if legacy in _LEGACY_NAMES.values() or legacy == sys.maxsize:
        return legacy
    warnings.warn(
        "legacy printing option can currently only be '1.13', '1.21', '1.25', '2.1', '2.2' or `False`", stacklevel=5
    )
    return None


def _make_options_dict(
    precision=None,
    threshold=None,
    edgeitems=None,
    linewidth=None,
    suppress=None,
    nanstr=None,
    infstr=None,
    sign=None,
    formatter=None,
    floatmode=None,
    legacy=None,
    override_repr=None,
):
    """The options that are given, checked; TypeError or ValueError for bad ones."""
    options = {name: value for name, value in locals().items() if value is not None}
    if suppress is not None:
        options["suppress"] = bool(suppress)
    if floatmode is not None and floatmode not in _FLOATMODES:
        raise ValueError(f"floatmode option must be one of {', '.join(map(repr, _FLOATMODES))}, got {floatmode!r}")
    if sign not in (None, "-", "+", " "):
        raise ValueError(f"sign option must be one of ' ', '+', or '-', got {sign!r}")
    options.pop("legacy", None)
    number = _legacy_number(legacy)
    if number is not None:
        options["legacy"] = number
    if threshold is not None:
        if not isinstance(threshold, numbers.Number):
            raise TypeError("threshold must be numeric")
        if threshold != threshold:
            raise ValueError("threshold must be non-NAN, try sys.maxsize for untruncated representation")
    if precision is not None:
        try:
            options["precision"] = operator.index(precision)
        except TypeError as error:
            raise TypeError("precision must be an integer") from error
    return options


@set_module("numpy")
def set_printoptions(
    precision=None,
    threshold=None,
    edgeitems=None,
    linewidth=None,
    suppress=None,
    nanstr=None,
    infstr=None,
    formatter=None,
    sign=None,
    floatmode=None,
    *,
    legacy=None,
    override_repr=None,
):
    """Set how arrays are printed in this context; what is None stays.

    Parameters
    ----------
    precision : int
        Digits after the point (8).
    threshold : int
        Number of elements above which arrays are shortened (1000).
    edgeitems : int
        How many items at each edge remain then (3).
    linewidth : int
        Characters per line (75).
    suppress : bool
        No scientific notation for small numbers.
    nanstr, infstr : str
    formatter : dict of callables
        By kind: 'bool', 'int', 'float', 'complexfloat', 'datetime', 'timedelta', 'object',
        'numpystr', 'void', 'int_kind', 'float_kind', 'complex_kind', 'str_kind', 'all'. Reset by each call.
    sign : '-', '+' or ' '
    floatmode : 'fixed', 'unique', 'maxprec' or 'maxprec_equal'
    legacy : '1.13', '1.21', '1.25', '2.1', '2.2' or False
    override_repr : callable
        Takes an array, returns its repr.

    Returns
    -------
    None.

    Examples
    --------
    >>> import sharray as np
    >>> with np.printoptions(precision=2):
    ...     print(np.array([3.14159]))
    [3.14]
    """
    _set_printoptions(
        precision,
        threshold,
        edgeitems,
        linewidth,
        suppress,
        nanstr,
        infstr,
        formatter,
        sign,
        floatmode,
        legacy=legacy,
        override_repr=override_repr,
    )


def _set_printoptions(
    precision=None,
    threshold=None,
    edgeitems=None,
    linewidth=None,
    suppress=None,
    nanstr=None,
    infstr=None,
    formatter=None,
    sign=None,
    floatmode=None,
    *,
    legacy=None,
    override_repr=None,
):
    new = _make_options_dict(
        precision,
        threshold,
        edgeitems,
        linewidth,
        suppress,
        nanstr,
        infstr,
        sign,
        formatter,
        floatmode,
        legacy,
        override_repr,
    )
    # these two are not kept from call to call
    options = {**format_options.get(), "formatter": formatter, "override_repr": override_repr, **new}
    if options["legacy"] == 113:
        options["sign"] = "-"
    return format_options.set(options)


@set_module("numpy")
def get_printoptions():
    """The print options of this context, as a dict with the arguments of `set_printoptions`.

    Returns
    -------
    dict.

    Examples
    --------
    >>> import sharray as np
    >>> np.get_printoptions()["linewidth"]
    75
    """
    options = format_options.get().copy()
    names = {number: name for name, number in _LEGACY_NAMES.items()}
    options["legacy"] = names.get(options["legacy"], False)
    return options


def _get_legacy_print_mode():
    """The imitated version as a number, 113 for "1.13"."""
    return format_options.get()["legacy"]


@set_module("numpy")
@contextlib.contextmanager
def printoptions(*args, **kwargs):
    """Context manager with the arguments of `set_printoptions`; gives the options inside.

    Parameters
    ----------
    *args
        As for `set_printoptions`.
    **kwargs
        As for `set_printoptions`.

    Returns
    -------
    context manager that gives the options.

    Examples
    --------
    >>> import sharray as np
    >>> with np.printoptions(sign="+"):
    ...     print(np.array([1.0]))
    [+1.]
    """
    token = _set_printoptions(*args, **kwargs)
    try:
        yield get_printoptions()
    finally:
        format_options.reset(token)


def _leading_trailing(a, edgeitems, index=()):
    """Only the corners of `a`: what a shortened array shows, for the formatters."""
    axis = len(index)
    if axis == a.ndim:
        return a[index]
    if a.shape[axis] <= 2 * edgeitems:
        return _leading_trailing(a, edgeitems, (*index, slice(None)))
    parts = [
        _leading_trailing(a, edgeitems, (*index, edge))
        for edge in (slice(None, edgeitems), slice(-edgeitems, None) if edgeitems else slice(0, 0))
    ]
    return concatenate(parts, axis=axis)


def _recursive_guard(fillvalue="..."):
    """Decorator: a call for an object that is being printed already gives `fillvalue`."""

    def decorate(function):
        running = set()

        @functools.wraps(function)
        def wrapper(self, *args, **kwargs):
            key = id(self), get_ident()
            if key in running:
                return fillvalue
            running.add(key)
            try:
                return function(self, *args, **kwargs)
            finally:
                running.discard(key)

        return wrapper

    return decorate


@_recursive_guard()
def _array2string(a, options, separator=" ", prefix=""):
    data = ndarray.view(a, ndarray) if isinstance(a, ndarray) else array(a)
    shown, summary = data, ""
    if a.shape == ():
        a = data  # a subclass may make more of its only element than that element
    if a.size > options["threshold"]:
        shown, summary = _leading_trailing(data, options["edgeitems"]), "..."
    format_function = get_format_function(shown, **options)
    layout = _Layout(a, format_function, separator, options, summary)
    return layout.text(" " * (len(prefix) + 1))


def _array2string_dispatcher(
    a,
    max_line_width=None,
    precision=None,
    suppress_small=None,
    separator=None,
    prefix=None,
    *,
    formatter=None,
    threshold=None,
    edgeitems=None,
    sign=None,
    floatmode=None,
    suffix=None,
    legacy=None,
):
    return (a,)


def _array2string_impl(
    a,
    max_line_width=None,
    precision=None,
    suppress_small=None,
    separator=" ",
    prefix="",
    *,
    formatter=None,
    threshold=None,
    edgeitems=None,
    sign=None,
    floatmode=None,
    suffix="",
    legacy=None,
):
    given = _make_options_dict(
        precision, threshold, edgeitems, max_line_width, suppress_small, None, None, sign, formatter, floatmode, legacy
    )
    options = {**format_options.get(), **given}
    if options["legacy"] <= 113:
        if a.shape == () and a.dtype.names is None:
            return repr(a.item())
    else:
        options["linewidth"] -= len(suffix)
    if a.size == 0:
        return "[]"
    return _array2string(a, options, separator, prefix)


@array_function_dispatch(_array2string_dispatcher, module="numpy")
def array2string(
    a,
    max_line_width=None,
    precision=None,
    suppress_small=None,
    separator=" ",
    prefix="",
    *,
    formatter=None,
    threshold=None,
    edgeitems=None,
    sign=None,
    floatmode=None,
    suffix="",
    legacy=None,
):
    """The text of an array; options as in `set_printoptions`, for this call alone.

    `separator` stands between elements; `prefix` and `suffix` are not printed, room is
    left for them.

    Parameters
    ----------
    a : array_like
    max_line_width : int, optional
        Where lines are broken; 75 by default.
    precision : int, optional
        Digits behind the point.
    suppress_small : bool, optional
        Whether numbers near zero are printed as zero.
    separator : str, optional
        What stands between elements.
    prefix : str, optional
        Text before the array, whose width following lines are indented by.
    formatter : dict of callables, optional
        By kind of element ('bool', 'int', 'float', 'all', …): what writes one.
    threshold : int, optional
        Number of elements above which the middle is left out.
    edgeitems : int, optional
        How many elements stay at each end then.
    sign : {'-', '+', ' '}, optional
        The sign of numbers that are not negative: none, a plus, a space.
    floatmode : {'maxprec', 'fixed', 'unique', 'maxprec_equal'}, optional
        How many digits floats get.
    suffix : str, optional
        Text behind the array, whose width is kept free.
    legacy : str or False, optional
        An older NumPy's manner, such as '1.13'.

    Returns
    -------
    str.

    Examples
    --------
    >>> import sharray as np
    >>> np.array2string(np.array([1.5, 2.25]), separator=", ")
    '[1.5 , 2.25]'
    """
    return _array2string_impl(
        a,
        max_line_width,
        precision,
        suppress_small,
        separator,
        prefix,
        formatter=formatter,
        threshold=threshold,
        edgeitems=edgeitems,
        sign=sign,
        floatmode=floatmode,
        suffix=suffix,
        legacy=legacy,
    )


class _Layout:
    """Brackets, separators and line breaks around the elements of one array."""

    def __init__(self, a, format_function, separator, options, summary):
        self.a = a
        self.format_function = format_function
        self.separator = separator
        self.width = options["linewidth"]
        self.edge = options["edgeitems"]
        self.old = options["legacy"] <= 113
        self.summary = summary

    def text(self, indent):
        return self._part((), indent, self.width)

    def _part(self, index, indent, width):
        left = self.a.ndim - len(index)
        if left == 0:
            return self.format_function(self.a[index])
        inner_width = width if self.old else width - 1
        items = self._places(self.a.shape[len(index)])
        write = self._row if left == 1 else self._block
        body = write(index, items, indent, width, inner_width, left)
        return "[" + body[len(indent) :] + "]"

    def _places(self, length):
        """Indices to show; None for the place of the dots."""
        if self.summary and 2 * self.edge < length:
            return [*range(self.edge), None, *range(-self.edge, 0)]
        return list(range(length))

    def _row(self, index, items, indent, width, inner_width, left):
        """Elements side by side, lines broken at the width."""
        gap = len(self.separator.rstrip())
        room = width - (gap if self.old else max(gap, 1))
        lines = _Lines(indent, self.old)
        for count, item in enumerate(items):
            last = count == len(items) - 1
            if item is None:
                lines.add(self.summary, room)
                lines.line += "" if last else ", " if self.old else self.separator
                continue
            if last and self.old:
                room = width
            word = self._part((*index, item), indent + " ", inner_width)
            lines.add_block(word, room)
            lines.line += "" if last else self.separator
        return lines.done + lines.line

    def _block(self, index, items, indent, width, inner_width, left):
        """Subarrays below each other, more empty lines the more dimensions they have."""
        line_end = self.separator.rstrip() + "\n" * (left - 1)
        text = ""
        for count, item in enumerate(items):
            if item is None:
                text += indent + self.summary
                end = ", \n" if self.old else line_end
            else:
                text += indent + self._part((*index, item), indent + " ", inner_width)
                end = line_end
            if count < len(items) - 1:
                text += end
        return text


class _Lines:
    """Finished lines and the one being filled."""

    def __init__(self, indent, old):
        self.indent = indent
        self.old = old
        self.done = ""
        self.line = indent

    def _break(self):
        self.done += self.line.rstrip() + "\n"
        self.line = self.indent

    def add(self, word, room):
        fits = len(self.line) + len(word) <= room
        if not fits and (self.old or len(self.line) > len(self.indent)):
            self._break()
        self.line += word

    def add_block(self, word, room):
        """A word that may have several lines (arrays in an object array)."""
        rows = word.splitlines()
        if len(rows) <= 1 or self.old:
            self.add(word, room)
            return
        widest = max(map(len, rows))
        if len(self.line) + widest > room and len(self.line) > len(self.indent):
            self._break()
        start = " " * len(self.line)
        self.line += rows[0]
        for row in rows[1:]:
            self.done += self.line.rstrip() + "\n"
            self.line = start + row
        self.line += " " * (widest - len(rows[-1]))


def _formatArray(a, format_function, line_width, next_line_prefix, separator, edge_items, summary_insert, legacy):
    options = {"linewidth": line_width, "edgeitems": edge_items, "legacy": legacy}
    return _Layout(a, format_function, separator, options, summary_insert).text(next_line_prefix)


@set_module("numpy")
def format_float_scientific(
    x, precision=None, unique=True, trim="k", sign=False, pad_left=None, exp_digits=None, min_digits=None
):
    """A number in scientific notation.

    `unique`: the fewest digits that tell it from its neighbours, at most `precision`;
    otherwise exactly `precision`. `trim`: what to do with trailing zeros ('k' keep,
    '.' trim, '0' keep one, '-' trim with the point).

    Parameters
    ----------
    x : float
    precision : int, optional
        The greatest number of digits behind the point; None takes what is needed.
    unique : bool, optional
        Whether to write the fewest digits that tell the number from its neighbours.
    trim : {'k', '.', '0', '-'}, optional
        What happens to zeros at the end: keep, drop, drop but one, drop with the point.
    sign : bool, optional
        Whether numbers that are not negative get a plus.
    pad_left : int, optional
        The least width before the point.
    exp_digits : int, optional
        The least number of digits of the exponent.
    min_digits : int, optional
        The least number of digits behind the point.

    Returns
    -------
    str.

    Examples
    --------
    >>> import sharray as np
    >>> np.format_float_scientific(1234.5)
    '1.2345e+03'
    """
    precision = none_or_positive(precision, "precision")
    pad_left = none_or_positive(pad_left, "pad_left")
    exp_digits = none_or_positive(exp_digits, "exp_digits")
    min_digits = none_or_positive(min_digits, "min_digits")
    if min_digits > 0 and precision > 0 and min_digits > precision:
        raise ValueError("min_digits must be less than or equal to precision")
    return dragon4_scientific(
        x,
        precision=precision,
        unique=unique,
        trim=trim,
        sign=sign,
        pad_left=pad_left,
        exp_digits=exp_digits,
        min_digits=min_digits,
    )


@set_module("numpy")
def format_float_positional(
    x,
    precision=None,
    unique=True,
    fractional=True,
    trim="k",
    sign=False,
    pad_left=None,
    pad_right=None,
    min_digits=None,
):
    """A number in positional notation; arguments as in `format_float_scientific`.

    `fractional`: whether `precision` counts the digits after the point or all significant ones.

    Parameters
    ----------
    x : float
    precision : int, optional
        The greatest number of digits behind the point; None takes what is needed.
    unique : bool, optional
        Whether to write the fewest digits that tell the number from its neighbours.
    fractional : bool, optional
        Whether digits are counted behind the point, instead of all.
    trim : {'k', '.', '0', '-'}, optional
        What happens to zeros at the end: keep, drop, drop but one, drop with the point.
    sign : bool, optional
        Whether numbers that are not negative get a plus.
    pad_left : int, optional
        The least width before the point.
    pad_right : int, optional
        The least width behind the point.
    min_digits : int, optional
        The least number of digits behind the point.

    Returns
    -------
    str.

    Examples
    --------
    >>> import sharray as np
    >>> np.format_float_positional(1e-5)
    '0.00001'
    """
    precision = none_or_positive(precision, "precision")
    pad_left = none_or_positive(pad_left, "pad_left")
    pad_right = none_or_positive(pad_right, "pad_right")
    min_digits = none_or_positive(min_digits, "min_digits")
    if not fractional and precision == 0:
        raise ValueError("precision must be greater than 0 if fractional=False")
    if min_digits > 0 and precision > 0 and min_digits > precision:
        raise ValueError("min_digits must be less than or equal to precision")
    return dragon4_positional(
        x,
        precision=precision,
        unique=unique,
        fractional=fractional,
        trim=trim,
        sign=sign,
        pad_left=pad_left,
        pad_right=pad_right,
        min_digits=min_digits,
    )


def dtype_is_implied(dtype):
    """Whether `repr` may leave the dtype out because Python's own numbers would give it.

    >>> import sharray as np
    >>> dtype_is_implied(np.dtype("f8")), dtype_is_implied(np.dtype("f4"))
    (True, False)
    """
    dtype = _as_dtype(dtype)
    if _get_legacy_print_mode() <= 113 and dtype.type == _nt.bool:
        return False
    if dtype.names is not None or not dtype.isnative:
        return False
    return dtype.type in _typelessdata


_as_dtype = dtype


def dtype_short_repr(dtype):
    """A dtype as Python that is evaluated to it where the scalar types' names are known.

    >>> import sharray as np
    >>> dtype_short_repr(np.dtype("f4")), dtype_short_repr(np.dtype("U3"))
    ('float32', "'<U3'")
    """
    if type(dtype).__repr__ is not _as_dtype.__repr__:
        return repr(dtype)
    if dtype.names is not None or dtype.char == "T":
        return str(dtype)
    if issubclass(dtype.type, _nt.flexible):
        return f"'{dtype!s}'"
    name = dtype.name
    if not dtype.isnative:
        return f"'{dtype!s}'"
    if name and not (name[0].isalpha() and name.isalnum()):
        return repr(name)
    return name


def _array_repr_implementation(
    arr, max_line_width=None, precision=None, suppress_small=None, array2string=_array2string_impl
):
    options = format_options.get()
    if options["override_repr"] is not None:
        return options["override_repr"](arr)
    legacy = options["legacy"]
    if max_line_width is None:
        max_line_width = options["linewidth"]
    prefix = ("array" if type(arr) is ndarray else type(arr).__name__) + "("
    if legacy <= 113 and arr.shape == () and not arr.dtype.names:
        text = repr(arr.item())
    else:
        text = array2string(arr, max_line_width, precision, suppress_small, ", ", prefix, suffix=")")

    extras = []
    if (arr.size == 0 and arr.shape != (0,)) or (legacy > 210 and arr.size > options["threshold"]):
        extras.append(f"shape={arr.shape}")
    if not dtype_is_implied(arr.dtype) or arr.size == 0:
        extras.append(f"dtype={dtype_short_repr(arr.dtype)}")
    if not extras:
        return f"{prefix}{text})"

    text = f"{prefix}{text},"
    tail = ", ".join(extras) + ")"
    spacer = " "
    if legacy <= 113:
        wraps = issubclass(arr.dtype.type, _nt.flexible)
    else:
        wraps = len(text) - (text.rfind("\n") + 1) + len(tail) + 1 > max_line_width
    if wraps:
        spacer = "\n" + " " * len(prefix)
    return text + spacer + tail


def _default_array_repr(arr):
    return _array_repr_implementation(arr)


@dispatch_on("arr")
def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    """The text that `repr` gives an array: ``array(…)`` with the dtype where needed.

    Parameters
    ----------
    arr : ndarray
    max_line_width : int, optional
        Where lines are broken; 75 by default.
    precision : int, optional
        Digits behind the point.
    suppress_small : bool, optional
        Whether numbers near zero are printed as zero.

    Returns
    -------
    str.

    Examples
    --------
    >>> import sharray as np
    >>> np.array_repr(np.array([1, 2], dtype="i2"))
    'array([1, 2], dtype=int16)'
    """
    return _array_repr_implementation(arr, max_line_width, precision, suppress_small)


@_recursive_guard()
def _guarded_repr_or_str(v):
    return repr(v) if isinstance(v, bytes) else str(v)


def _array_str_implementation(
    a, max_line_width=None, precision=None, suppress_small=None, array2string=_array2string_impl
):
    if _get_legacy_print_mode() <= 113 and a.shape == () and not a.dtype.names:
        return str(a.item())
    if a.shape == ():
        # what a scalar prints; `()` turns a 0-d array into one
        return _guarded_repr_or_str(ndarray.__getitem__(a, ()))
    return array2string(a, max_line_width, precision, suppress_small, " ", "")


def _default_array_str(arr):
    return _array_str_implementation(arr)


@dispatch_on("a")
def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    """The text that `str` gives an array.

    Parameters
    ----------
    a : array_like
    max_line_width : int, optional
        Where lines are broken; 75 by default.
    precision : int, optional
        Digits behind the point.
    suppress_small : bool, optional
        Whether numbers near zero are printed as zero.

    Returns
    -------
    str.

    Examples
    --------
    >>> import sharray as np
    >>> np.array_str(np.array([1.5, 2]))
    '[1.5 2. ]'
    """
    return _array_str_implementation(a, max_line_width, precision, suppress_small)
