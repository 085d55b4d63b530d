"""How one element of an array is written: a formatter per kind of dtype.

A formatter is made from all the elements that will be shown (their common width
and number of digits come from them) and is then called with each element. The
digits themselves come from the engine's shortest-digits routines.

`legacy` is the imitated version, 113 for "1.13".
"""

from ._ufunc_config import errstate
from .multiarray import (
    array,
    datetime_as_string,
    datetime_data,
    dragon4_positional,
    dragon4_scientific,
    dtype as make_dtype,
)
from .numerictypes import (
    bool as bool_,
    bytes_,
    complexfloating,
    datetime64,
    floating,
    integer,
    object_,
    str_,
    timedelta64,
    void,
)
from .printoptions import format_options
from .umath import absolute, isfinite, isinf, isnat, signbit

_LEGACY_113 = 113
# Beyond these bounds a positional form would be long or lose digits to the eye.
_LARGEST_POSITIONAL = 1.0e8
_SMALLEST_POSITIONAL = 1.0e-4
_WIDEST_RATIO = 1000.0
_CUTOFFS = {"e": 1.0e3, "f": 1.0e6, "E": 1.0e6}


def none_or_positive(value, name):
    """-1 for None, as the engine spells "not given"; ValueError for negative numbers."""
    if value is None:
        return -1
    if value < 0:
        raise ValueError(f"{name} must be >= 0")
    return value


def _lengths(texts):
    return max(map(len, texts))


class FloatingFormat:
    """Floats: positional or scientific, aligned at the point.

    `precision` is the most digits after the point, `floatmode` how it is meant
    ('fixed', 'unique', 'maxprec', 'maxprec_equal'), `suppress` forbids the scientific
    form for small numbers, `sign` is '-', '+' or ' '.
    """

    def __init__(self, data, precision, floatmode, suppress_small, sign=False, *, legacy=None):
        if isinstance(sign, bool):
            sign = "+" if sign else "-"
        self._legacy = legacy
        if legacy <= _LEGACY_113 and data.shape != () and sign == "-":
            sign = " "
        self.floatmode = floatmode
        self.precision = None if floatmode == "unique" else precision
        self.precision = none_or_positive(self.precision, "precision")
        self.suppress_small = suppress_small
        self.sign = sign
        self.exp_format = False
        self.large_exponent = False
        self.fillFormat(data)

    def fillFormat(self, data):
        """Find the form, the digits and the widths that `data` needs."""
        finite = data[isfinite(data)]
        self.exp_format = self._wants_exponent(finite)
        if len(finite) == 0:
            self._set(0, 0, -1, ".", -1, unique=True)
        elif self.exp_format:
            self._fill_scientific(finite)
        else:
            self._fill_positional(finite)
        if self._legacy > _LEGACY_113 and self.sign == " " and not signbit(finite).any():
            self.pad_left += 1
        if data.size != finite.size:
            self._make_room_for_names(data)

    def _set(self, pad_left, pad_right, exp_size, trim, min_digits, unique):
        self.pad_left, self.pad_right = pad_left, pad_right
        self.exp_size, self.trim, self.min_digits, self.unique = exp_size, trim, min_digits, unique

    def _wants_exponent(self, finite):
        sizes = absolute(finite)
        sizes = sizes[sizes != 0]
        if len(sizes) == 0:
            return False
        largest, smallest = sizes.max(), sizes.min()
        with errstate(over="ignore"):
            if largest >= self._cutoff(sizes.dtype):
                return True
            if self.suppress_small:
                return False
            return bool(smallest < _SMALLEST_POSITIONAL or largest / smallest > _WIDEST_RATIO)

    def _cutoff(self, dtype):
        """Where the scientific form begins: before digits appear that the dtype doesn't hold."""
        if self._legacy <= 202:
            return _LARGEST_POSITIONAL
        return _CUTOFFS.get(dtype.char, _LARGEST_POSITIONAL)

    def _fill_scientific(self, finite):
        # with a fixed number of digits they are those of the exact value, not the shortest ones
        exact = self.floatmode == "fixed" or self._legacy <= _LEGACY_113
        texts = [
            dragon4_scientific(
                x, precision=self.precision, unique=not exact, trim="k" if exact else ".", sign=self.sign == "+"
            )
            for x in finite
        ]
        mantissas, _, exponents = zip(*(text.partition("e") for text in texts), strict=True)
        whole, fraction = zip(*(text.split(".") for text in mantissas), strict=True)
        exp_size = _lengths(exponents) - 1
        self.precision = _lengths(fraction)
        pad_left = 3 if self._legacy <= _LEGACY_113 else _lengths(whole)
        self._set(pad_left, exp_size + 2 + self.precision, exp_size, "k", self.precision, not exact)

    def _fill_positional(self, finite):
        exact = self.floatmode == "fixed"
        texts = [
            dragon4_positional(
                x,
                precision=self.precision,
                fractional=True,
                unique=not exact,
                trim="k" if exact else ".",
                sign=self.sign == "+",
            )
            for x in finite
        ]
        whole, fraction = zip(*(text.split(".") for text in texts), strict=True)
        if self._legacy <= _LEGACY_113:
            pad_left = 1 + _lengths([text.lstrip("-+") for text in whole])
        else:
            pad_left = _lengths(whole)
        pad_right = _lengths(fraction)
        if self.floatmode in ("fixed", "maxprec_equal"):
            self.precision = pad_right
            self._set(pad_left, pad_right, -1, "k", pad_right, not exact)
        else:
            self._set(pad_left, pad_right, -1, ".", 0, unique=True)

    def _make_room_for_names(self, data):
        options = format_options.get()
        signed = self.sign != "-" or bool((data[isinf(data)] < 0).any())
        right = self.pad_right + 1
        self.pad_left = max(self.pad_left, len(options["nanstr"]) - right, len(options["infstr"]) + signed - right)

    def __call__(self, x):
        if not isfinite(x):
            return self._name(x).rjust(self.pad_left + self.pad_right + 1)
        if self.exp_format:
            return dragon4_scientific(
                x,
                precision=self.precision,
                min_digits=self.min_digits,
                unique=self.unique,
                trim=self.trim,
                sign=self.sign == "+",
                pad_left=self.pad_left,
                exp_digits=self.exp_size,
            )
        return dragon4_positional(
            x,
            precision=self.precision,
            min_digits=self.min_digits,
            unique=self.unique,
            fractional=True,
            trim=self.trim,
            sign=self.sign == "+",
            pad_left=self.pad_left,
            pad_right=self.pad_right,
        )

    def _name(self, x):
        options = format_options.get()
        plus = "+" if self.sign == "+" else ""
        if x != x:
            return plus + options["nanstr"]
        return ("-" if x < 0 else plus) + options["infstr"]


class IntegerFormat:
    """Integers, right-aligned."""

    def __init__(self, data, sign="-"):
        width = 0
        if data.size:
            smallest = data.min()
            if sign == " " and smallest < 0:
                sign = "-"  # the column for the sign is there already
            width = max(len(f"{x:{sign}}") for x in (data.max(), smallest))
        self.format = f"{{:{sign}{width}}}"

    def __call__(self, x):
        return self.format.format(x)


class BoolFormat:
    """True and False, aligned unless there is one alone."""

    def __init__(self, data, **kwargs):
        self.truestr = " True" if data.shape != () else "True"

    def __call__(self, x):
        return self.truestr if x else "False"


class ComplexFloatingFormat:
    """Complex numbers: both parts as floats, the imaginary one signed and with a j."""

    def __init__(self, x, precision, floatmode, suppress_small, sign=False, *, legacy=None):
        if isinstance(sign, bool):
            sign = "+" if sign else "-"
        real_mode = imag_mode = floatmode
        if legacy <= _LEGACY_113:
            real_mode, imag_mode = "maxprec_equal", "maxprec"
        self.real_format = FloatingFormat(x.real, precision, real_mode, suppress_small, sign=sign, legacy=legacy)
        self.imag_format = FloatingFormat(x.imag, precision, imag_mode, suppress_small, sign="+", legacy=legacy)

    def __call__(self, x):
        imag = self.imag_format(x.imag)
        digits = imag.rstrip()
        return f"{self.real_format(x.real)}{digits}j{imag[len(digits) :]}"


class _TimelikeFormat:
    """What datetimes and timedeltas share: a common width, and NaT."""

    def __init__(self, data):
        present = data[~isnat(data)]
        width = 0
        if len(present):
            width = max(len(self._format_non_nat(present.max())), len(self._format_non_nat(present.min())))
        if len(present) < data.size:
            width = max(width, 5)
        self._format = f"%{width}s"
        self._nat = "'NaT'".rjust(width)

    def _format_non_nat(self, x):
        raise NotImplementedError

    def __call__(self, x):
        return self._nat if isnat(x) else self._format % self._format_non_nat(x)


class DatetimeFormat(_TimelikeFormat):
    """Datetimes as quoted ISO 8601 text."""

    def __init__(self, x, unit=None, timezone=None, casting="same_kind", legacy=False):
        if unit is None:
            unit = datetime_data(x.dtype)[0] if x.dtype.kind == "M" else "s"
        self.timezone = "naive" if timezone is None else timezone
        self.unit = unit
        self.casting = casting
        self.legacy = legacy
        super().__init__(x)

    def _format_non_nat(self, x):
        text = datetime_as_string(x, unit=self.unit, timezone=self.timezone, casting=self.casting)
        return f"'{text}'"

    def __call__(self, x):
        if self.legacy <= _LEGACY_113:
            return self._format_non_nat(x)
        return super().__call__(x)


class TimedeltaFormat(_TimelikeFormat):
    """Timedeltas as the number of their unit."""

    def _format_non_nat(self, x):
        return str(x.astype("i8"))


def object_format(o):
    """An element of an object array; lists say what they are, so as not to look like dimensions."""
    return f"list({o!r})" if type(o) is list else f"{o!r}"


def repr_format(x):
    """`repr` of text; of the Python object for our own string scalars."""
    if isinstance(x, (str_, bytes_)):
        return repr(x.item())
    return repr(x)


def str_format(x):
    """`str` of text; of the Python object for our own string scalars."""
    if isinstance(x, (str_, bytes_)):
        return str(x.item())
    return str(x)


class SubArrayFormat:
    """A subarray field: its elements in brackets, summarised like an array's."""

    def __init__(self, format_function, **options):
        self.format_function = format_function
        self.threshold = options["threshold"]
        self.edge_items = options["edgeitems"]

    def __call__(self, a):
        self.summary_insert = "..." if a.size > self.threshold else ""
        return self.format_array(a)

    def format_array(self, a):
        """The text of `a`, of any number of dimensions."""
        # Elements of object arrays are no arrays, nor scalars that know their dimensions.
        if getattr(a, "ndim", 0) == 0:
            return self.format_function(a)
        edge = self.edge_items
        if self.summary_insert and a.shape[0] > 2 * edge:
            items = [self.format_array(x) for x in a[:edge]]
            items.append(self.summary_insert)
            items += [self.format_array(x) for x in a[-edge:]]
        else:
            items = [self.format_array(x) for x in a]
        return "[" + ", ".join(items) + "]"


class StructuredVoidFormat:
    """A record: its fields in parentheses, as a tuple."""

    def __init__(self, format_functions):
        self.format_functions = format_functions

    @classmethod
    def from_data(cls, data, **options):
        """A formatter per field, made from the field's elements."""
        functions = []
        for name in data.dtype.names:
            function = get_format_function(data[name], **options)
            if data.dtype[name].shape != ():
                function = SubArrayFormat(function, **options)
            functions.append(function)
        return cls(functions)

    def __call__(self, x):
        texts = [function(field) for field, function in zip(x, self.format_functions, strict=True)]
        return f"({texts[0]},)" if len(texts) == 1 else f"({', '.join(texts)})"


_KIND_ALIASES = {
    "int_kind": ("int",),
    "float_kind": ("float", "longfloat"),
    "complex_kind": ("complexfloat", "longcomplexfloat"),
    "str_kind": ("numpystr",),
}


def get_format_dict(data, *, precision, floatmode, suppress, sign, legacy, formatter, **kwargs):
    """A function for each kind that makes its formatter; the user's `formatter` replaces some."""

    def floats():
        return FloatingFormat(data, precision, floatmode, suppress, sign, legacy=legacy)

    def complexes():
        return ComplexFloatingFormat(data, precision, floatmode, suppress, sign, legacy=legacy)

    makers = {
        "bool": lambda: BoolFormat(data),
        "int": lambda: IntegerFormat(data, sign),
        "float": floats,
        "longfloat": floats,
        "complexfloat": complexes,
        "longcomplexfloat": complexes,
        "datetime": lambda: DatetimeFormat(data, legacy=legacy),
        "timedelta": lambda: TimedeltaFormat(data),
        "object": lambda: object_format,
        "void": lambda: str_format,
        "numpystr": lambda: repr_format,
    }
    given = {key: function for key, function in (formatter or {}).items() if function is not None}
    if "all" in given:
        makers.update((key, lambda: given["all"]) for key in makers)
    for alias, keys in _KIND_ALIASES.items():
        if alias in given:
            makers.update((key, lambda alias=alias: given[alias]) for key in keys)
    makers.update((key, lambda key=key: given[key]) for key in makers if key in given)
    return makers


def get_format_function(data, **options):
    """The formatter for the elements of `data`."""
    dtype = data.dtype
    kind = dtype.type
    makers = get_format_dict(data, **options)
    if kind is None:
        return makers["numpystr"]()
    if issubclass(kind, bool_):
        return makers["bool"]()
    if issubclass(kind, integer):
        return makers["timedelta" if issubclass(kind, timedelta64) else "int"]()
    if issubclass(kind, floating):
        return makers["longfloat" if dtype.char == "g" else "float"]()
    if issubclass(kind, complexfloating):
        return makers["longcomplexfloat" if dtype.char == "G" else "complexfloat"]()
    if issubclass(kind, (str_, bytes_)):
        return makers["numpystr"]()
    if issubclass(kind, datetime64):
        return makers["datetime"]()
    if issubclass(kind, object_):
        return makers["object"]()
    if issubclass(kind, void):
        if dtype.names is not None:
            return StructuredVoidFormat.from_data(data, **options)
        return makers["void"]()
    return makers["numpystr"]()


def plain_void_dtype(dtype):
    """The structured dtype with plain void scalars, whatever its scalar type is."""
    plain = make_dtype((void, dtype))
    if plain.type is void:
        return plain
    fields = [dtype.fields[name] for name in dtype.names]
    return make_dtype(
        {
            "names": list(dtype.names),
            "formats": [field[0] for field in fields],
            "offsets": [field[1] for field in fields],
            "itemsize": dtype.itemsize,
            "titles": [field[2] if len(field) > 2 else None for field in fields],
        },
        align=dtype.isalignedstruct,
    )


def format_void_scalar(x, is_repr=True):
    """`str` or `repr` of a structured scalar."""
    options = format_options.get().copy()
    if options["legacy"] <= 125:
        return StructuredVoidFormat.from_data(array(x), **options)(x)
    # Floats in a scalar show all their digits, as a float scalar does.
    options["formatter"] = {"float_kind": str, **(options["formatter"] or {})}
    text = StructuredVoidFormat.from_data(array(x), **options)(x)
    if not is_repr:
        return text
    cls = type(x)
    root, dot, rest = cls.__module__.partition(".")
    module = ("np" if root in ("numpy", "sharray") else root) + dot + rest
    return f"{module}.{cls.__name__}({text}, dtype={plain_void_dtype(x.dtype)!s})"
