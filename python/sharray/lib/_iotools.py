"""What readers of text tables need: splitting, naming, converting.

`LineSplitter` cuts lines, `NameValidator` makes field names, and
`StringConverter` turns strings to values of a type that it widens as it
meets strings that don't fit.
"""

import itertools

from .._core.multiarray import array, dtype as _dtype
from .._core.numerictypes import (
    bool_ as _bool,
    bytes_,
    complex128,
    complexfloating,
    datetime64,
    float64,
    floating,
    int64,
    int_,
    integer,
    issubdtype,
    longdouble,
    str_,
    uint64,
)
from .._utils import asbytes, asunicode


def _decode_line(line, encoding=None):
    """`line` as text: bytes are decoded, as Latin-1 unless told otherwise."""
    if type(line) is bytes:
        return line.decode('latin1' if encoding is None else encoding)
    return line


def _is_string_like(obj):
    """Whether `obj` can be joined to a string."""
    try:
        obj + ''
    except (TypeError, ValueError):
        return False
    return True


def _is_bytes_like(obj):
    """Whether `obj` can be joined to bytes."""
    try:
        obj + b''
    except (TypeError, ValueError):
        return False
    return True


def has_nested_fields(ndtype):
    """Whether a field of the structured dtype is structured itself.

    >>> np.lib._iotools.has_nested_fields(np.dtype([('a', 'i4')]))
    False
    """
    return any(ndtype[name].names is not None for name in ndtype.names or ())


def flatten_dtype(ndtype, flatten_base=False):
    """The dtypes of all fields, nested ones unfolded, as a list.

    A field with a shape counts once, or with `flatten_base` as often as it
    has elements.

    >>> np.lib._iotools.flatten_dtype(np.dtype([('a', 'i4'), ('b', 'f8', 2)]))
    [dtype('int32'), dtype('float64')]
    """
    names = ndtype.names
    if names is not None:
        fields = (ndtype.fields[name][0] for name in names)
        return [flat for field in fields for flat in flatten_dtype(field, flatten_base)]
    if flatten_base:
        count = 1
        for size in ndtype.shape:
            count *= size
        return [ndtype.base] * count
    return [ndtype.base]


class LineSplitter:
    """Callable that cuts a line into strings, without its comment.

    `delimiter` is a string, a field width, a sequence of field widths, or
    None for any white space. Fields are stripped if `autostrip`.

    >>> np.lib._iotools.LineSplitter(',')('1, 2 # no more')
    ['1', '2']
    """

    def __init__(self, delimiter=None, comments='#', autostrip=True, encoding=None):
        self.comments = _decode_line(comments)
        self.encoding = encoding
        delimiter = _decode_line(delimiter)
        if delimiter is None or isinstance(delimiter, str):
            self.delimiter = delimiter or None
            split = self._delimited_splitter
        elif hasattr(delimiter, '__iter__'):
            ends = list(itertools.accumulate(delimiter))
            self.delimiter = [slice(start, end) for start, end in zip([0, *ends], ends)]
            split = self._variablewidth_splitter
        elif int(delimiter):
            self.delimiter = int(delimiter)
            split = self._fixedwidth_splitter
        else:
            self.delimiter = None
            split = self._delimited_splitter
        self._handyman = self.autostrip(split) if autostrip else split

    def autostrip(self, method):
        """`method` with white space taken off every field it gives."""
        return lambda line: [field.strip() for field in method(line)]

    def _without_comment(self, line):
        return line if self.comments is None else line.split(self.comments)[0]

    def _delimited_splitter(self, line):
        line = self._without_comment(line).strip(" \r\n")
        return line.split(self.delimiter) if line else []

    def _fixedwidth_splitter(self, line):
        line = self._without_comment(line).strip("\r\n")
        width = self.delimiter
        return [line[i : i + width] for i in range(0, len(line), width)]

    def _variablewidth_splitter(self, line):
        line = self._without_comment(line)
        return [line[part] for part in self.delimiter] if line else []

    def __call__(self, line):
        return self._handyman(_decode_line(line, self.encoding))


class NameValidator:
    """Makes strings usable as names of fields.

    Characters of `deletechars` go, spaces become `replace_space`, names of
    `excludelist` get an underscore, repeated names a number. `case_sensitive`
    is True, 'upper' (or False) or 'lower'.

    >>> np.lib._iotools.NameValidator()(['a b', 'a', 'a'])
    ('a_b', 'a', 'a_1')
    """

    defaultexcludelist = 'return', 'file', 'print'
    defaultdeletechars = frozenset(r"""~!@#$%^&*()-=+~\|]}[{';: /?.>,<""")

    def __init__(self, excludelist=None, deletechars=None, case_sensitive=None, replace_space='_'):
        self.excludelist = [*(excludelist or ()), *self.defaultexcludelist]
        delete = set(self.defaultdeletechars if deletechars is None else deletechars)
        delete.add('"')
        self.deletechars = delete
        self.case_converter = self._case_function(case_sensitive)
        self.replace_space = replace_space

    @staticmethod
    def _case_function(case_sensitive):
        if case_sensitive is None or case_sensitive is True:
            return lambda name: name
        if case_sensitive is False or case_sensitive.startswith('u'):
            return lambda name: name.upper()
        if case_sensitive.startswith('l'):
            return lambda name: name.lower()
        raise ValueError(f'unrecognized case_sensitive value {case_sensitive}.')

    def _clean(self, name, position, used, names, defaultfmt):
        """One name in its final form, unless it is taken."""
        name = self.case_converter(name).strip()
        if self.replace_space:
            name = name.replace(' ', self.replace_space)
        name = ''.join(c for c in name if c not in self.deletechars)
        if name == '':
            name = defaultfmt % next(position)
            while name in names:
                name = defaultfmt % next(position)
        elif name in self.excludelist:
            name += '_'
        return name

    def validate(self, names, defaultfmt="f%i", nbfields=None):
        """Valid, distinct names: `nbfields` of them, filled up by `defaultfmt`.

        None for no names of no given number.
        """
        if names is None:
            if nbfields is None:
                return None
            names = []
        if isinstance(names, str):
            names = [names]
        names = list(names)
        if nbfields is not None:
            names = names[:nbfields] + [''] * (nbfields - len(names))
        valid = []
        seen = {}
        position = itertools.count()
        for name in names:
            name = self._clean(name, position, valid, names, defaultfmt)
            times = seen.get(name, 0)
            valid.append(f"{name}_{times}" if times else name)
            seen[name] = times + 1
        return tuple(valid)

    def __call__(self, names, defaultfmt="f%i", nbfields=None):
        return self.validate(names, defaultfmt=defaultfmt, nbfields=nbfields)


def str2bool(value):
    """``'True'`` and ``'False'``, in any case, as booleans; else ValueError.

    >>> np.lib._iotools.str2bool('TRUE')
    True
    """
    answers = {'TRUE': True, 'FALSE': False}
    try:
        return answers[value.upper()]
    except KeyError:
        raise ValueError(f"Invalid boolean: {value!r}") from None


class ConverterError(Exception):
    """A string can't be converted to any type."""


class ConverterLockError(ConverterError):
    """A converter that must not change its type would have to."""


class ConversionWarning(UserWarning):
    """A row or a value could not be converted."""


def _integer_from(dtype):
    """The function that reads an integer of `dtype` from a string."""
    if issubclass(dtype.type, uint64):
        return uint64
    if issubclass(dtype.type, int64):
        return int64
    return lambda text: int(float(text))


class StringConverter:
    """Callable that turns a string to a value, of a type that can widen.

    `dtype_or_func` is a dtype, a function of a string, or None to begin with
    bool and widen by `upgrade`. Strings in `missing_values` (and the empty
    one) give `default`. ValueError for a string that does not fit.

    >>> convert = np.lib._iotools.StringConverter()
    >>> convert.upgrade('3')
    3
    >>> convert('')
    -1
    """

    _mapper = [
        (_bool, str2bool, False),
        (int_, int, -1),
    ]
    if _dtype(int_).itemsize < _dtype(int64).itemsize:
        _mapper.append((int64, int, -1))
    _mapper += [
        (float64, float, float('nan')),
        (complex128, complex, complex('nan')),
        (longdouble, longdouble, float('nan')),
        # For dtypes given by the caller: upgrades go through the first ones.
        (integer, int, -1),
        (floating, float, float('nan')),
        (complexfloating, complex, complex('nan')),
        # Last, as every string fits.
        (str_, asunicode, '???'),
        (bytes_, asbytes, '???'),
    ]

    @classmethod
    def _getdtype(cls, val):
        return array(val).dtype

    @classmethod
    def _getsubdtype(cls, val):
        return array(val).dtype.type

    @classmethod
    def _dtypeortype(cls, dtype):
        """The type of `dtype`; a datetime's unit would be lost, so it itself."""
        return dtype if dtype.type is datetime64 else dtype.type

    @classmethod
    def upgrade_mapper(cls, func, default=None):
        """Add a function, or a list of (type, function, default), to try."""
        if callable(func):
            cls._mapper.insert(-1, (cls._getsubdtype(default), func, default))
            return
        if not hasattr(func, '__iter__'):
            return
        if isinstance(func[0], (tuple, list)):
            cls._mapper.extend(func)
            return
        defaults = [None] * len(func) if default is None else list(default)
        for function, value in zip(func, defaults):
            cls._mapper.insert(-1, (cls._getsubdtype(value), function, value))

    @classmethod
    def _find_map_entry(cls, dtype):
        """Position and entry of the type itself, else of one that it is a kind of."""
        for i, entry in enumerate(cls._mapper):
            if dtype.type is entry[0]:
                return i, entry
        for i, entry in enumerate(cls._mapper):
            if issubdtype(dtype.type, entry[0]):
                return i, entry
        raise LookupError(dtype)

    def __init__(self, dtype_or_func=None, default=None, missing_values=None, locked=False):
        self._locked = bool(locked)
        if dtype_or_func is None:
            self.func = str2bool
            self._status = 0
            self.default = default or False
            dtype = _dtype('bool')
        else:
            dtype = self._start_from(dtype_or_func, default)
        if missing_values is None:
            self.missing_values = {''}
        else:
            if isinstance(missing_values, str):
                missing_values = missing_values.split(',')
            self.missing_values = {*missing_values, ''}
        self._callingfunction = self._strict_call
        self.type = self._dtypeortype(dtype)
        self._checked = False
        self._initial_default = default

    def _start_from(self, dtype_or_func, default):
        """Set function, status and default from what the caller gave."""
        try:
            self.func = None
            dtype = _dtype(dtype_or_func)
        except TypeError:
            if not callable(dtype_or_func):
                raise TypeError(
                    "The input argument `dtype` is neither a function "
                    f"nor a dtype (got '{type(dtype_or_func)}' "
                    "instead)"
                ) from None
            self.func = dtype_or_func
            # What it makes of a zero tells its type.
            if default is None:
                try:
                    default = self.func('0')
                except ValueError:
                    default = None
            dtype = self._getdtype(default)
        try:
            self._status, (_, func, own_default) = self._find_map_entry(dtype)
        except LookupError:
            # For objects: the text as bytes.
            self.default = default
            self._status, (_, func, _) = len(self._mapper) - 1, self._mapper[-1]
        else:
            self.default = own_default if default is None else default
        if self.func is None:
            self.func = func
        if self.func is int:
            self.func = _integer_from(dtype)
        return dtype

    def _loose_call(self, value):
        try:
            return self.func(value)
        except ValueError:
            return self.default

    def _strict_call(self, value):
        try:
            result = self.func(value)
            if self.func is int:
                # An integer of Python may be too large for the type.
                try:
                    array(value, dtype=self.type)
                except OverflowError:
                    raise ValueError from None
            return result
        except ValueError:
            if value.strip() in self.missing_values:
                if not self._status:
                    self._checked = False
                return self.default
            raise ValueError(f"Cannot convert string '{value}'") from None

    def __call__(self, value):
        return self._callingfunction(value)

    def _do_upgrade(self):
        """Go to the next wider type."""
        if self._locked:
            raise ConverterLockError("Converter is locked and cannot be upgraded")
        last = len(self._mapper)
        if self._status == last:
            raise ConverterError("Could not find a valid conversion function")
        if self._status < last - 1:
            self._status += 1
        kind, self.func, default = self._mapper[self._status]
        if kind in (integer, floating, complexfloating):
            # No type of its own: that of its values.
            kind = self._getdtype(default)
        self.type = self._dtypeortype(_dtype(kind))
        self.default = default if self._initial_default is None else self._initial_default

    def upgrade(self, value):
        """Widen the type until `value` can be converted; the converted value."""
        self._checked = True
        while True:
            try:
                return self._strict_call(value)
            except ValueError:
                self._do_upgrade()

    def iterupgrade(self, value):
        """Widen the type until every string of `value` can be converted."""
        self._checked = True
        if not hasattr(value, '__iter__'):
            value = (value,)
        while True:
            try:
                for item in value:
                    self._strict_call(item)
                return
            except ValueError:
                self._do_upgrade()

    def update(self, func, default=None, testing_value=None, missing_values='', locked=False):
        """Set the function, and with it type, default and missing values.

        The type is that of `default`, or of ``func(testing_value)``.
        """
        self.func = func
        self._locked = locked
        if default is not None:
            self.default = default
            sample = default
        else:
            try:
                sample = func(testing_value or '1')
            except (TypeError, ValueError):
                sample = None
        self.type = self._dtypeortype(self._getdtype(sample))
        if missing_values is None:
            self.missing_values = set()
        else:
            if not hasattr(missing_values, '__iter__') or isinstance(missing_values, str):
                missing_values = [missing_values]
            if not all(isinstance(value, str) for value in missing_values):
                raise TypeError(f"missing_values must be strings or unicode, got {missing_values!r}")
            self.missing_values.update(missing_values)


def easy_dtype(ndtype, names=None, defaultfmt="f%i", **validationargs):
    """A dtype from anything that describes one, with `names` for its fields.

    Accepts also a sequence of dtypes. Missing names are made by
    `defaultfmt`; `validationargs` go to `NameValidator`.

    >>> np.lib._iotools.easy_dtype('i4, f8', names='a, b')
    dtype([('a', '<i4'), ('b', '<f8')])
    """
    try:
        ndtype = _dtype(ndtype)
    except (TypeError, ValueError):
        # A pair of types is taken for a type and a shape, which it isn't.
        return _dtype_of_sequence(ndtype, names, defaultfmt, validationargs)
    if names is None:
        if ndtype.names is not None:
            # Names that the dtype made up itself follow the format, too.
            made_up = ndtype.names == tuple(f"f{i}" for i in range(len(ndtype.names)))
            given = [''] * len(ndtype.names) if made_up and defaultfmt != "f%i" else ndtype.names
            ndtype.names = NameValidator(**validationargs)(given, defaultfmt=defaultfmt)
        return ndtype
    validate = NameValidator(**validationargs)
    if isinstance(names, str):
        names = names.split(',')
    if ndtype.names is None:
        # One dtype for every field.
        names = validate(names, nbfields=len(names), defaultfmt=defaultfmt)
        return _dtype([(name, ndtype) for name in names])
    ndtype.names = validate(names, nbfields=len(ndtype.names), defaultfmt=defaultfmt)
    return ndtype


def _dtype_of_sequence(dtypes, names, defaultfmt, validationargs):
    validate = NameValidator(**validationargs)
    if isinstance(names, str):
        names = names.split(',')
    names = validate(names, nbfields=len(dtypes), defaultfmt=defaultfmt)
    return _dtype(list(zip(names, dtypes)))
