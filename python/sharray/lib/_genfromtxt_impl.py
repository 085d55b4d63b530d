"""`genfromtxt`: tables of text with gaps, names and columns of many types.

Lines are cut to strings first; then every column finds its converter; then
the rows become an array. `_Table` carries the state from step to step.
"""

import contextlib
import itertools
import os
import warnings

from .._core.multiarray import array, dtype as _dtype
from .._core.numerictypes import bytes_, character, issubdtype, str_
from .._core.overrides import finalize_array_function_like
from .._utils import asbytes, set_module
from ..exceptions import VisibleDeprecationWarning
from . import _datasource
from ._dispatch import array_function_dispatch
from ._iotools import (
    ConversionWarning,
    ConverterError,
    ConverterLockError,
    LineSplitter,
    NameValidator,
    StringConverter,
    _decode_line,
    _is_string_like,
    easy_dtype,
    flatten_dtype,
    has_nested_fields,
)
from ._loadtxt_impl import _ensure_ndmin_ndarray, _ensure_ndmin_ndarray_check_param

__all__ = ['genfromtxt', 'recfromtxt', 'recfromcsv']

_DELETE = ''.join(sorted(NameValidator.defaultdeletechars))


def _text_list(value):
    """A list of texts from one, several, or comma-separated text."""
    if isinstance(value, bytes):
        value = value.decode('latin1')
    return value.split(',') if isinstance(value, str) else value


class _Table:
    """A table of text on its way to an array; the options are attributes."""

    def __init__(self, **options):
        self.__dict__.update(options)
        self.byte_converters = self.encoding == 'bytes'
        if self.byte_converters:
            self.encoding = None
        self.split = LineSplitter(
            delimiter=self.delimiter, comments=self.comments, autostrip=self.autostrip, encoding=self.encoding
        )
        self.naming = {
            'excludelist': self.excludelist,
            'deletechars': self.deletechars,
            'case_sensitive': self.case_sensitive,
            'replace_space': self.replace_space,
        }
        self.validate = NameValidator(**self.naming)
        self.comments = _decode_line(self.comments)

    def read(self, lines):
        """The rows of the iterator `lines`, and all that says how to read them."""
        self._read_first_line(lines)
        self._settle_columns()
        self._settle_names_and_dtype()
        self._settle_missing()
        self._settle_filling()
        self._make_converters()
        self._read_rows(lines)
        if self.dtype is None:
            self._widen_converters()
        self._report_invalid()
        if self.skip_footer > 0:
            self.rows = self.rows[: -self.skip_footer]
            self.masks = self.masks[: -self.skip_footer]

    # The first line, columns and names.

    def _read_first_line(self, lines):
        """The first line with anything in it: names, or data."""
        self.first_values = []
        self.first_line = ''
        try:
            for _ in range(self.skip_header):
                next(lines)
            while not self.first_values:
                line = _decode_line(next(lines), self.encoding)
                if self.names is True and self.comments is not None and self.comments in line:
                    # The line of names may be a comment.
                    line = ''.join(line.split(self.comments)[1:])
                self.first_line = line
                self.first_values = self.split(line)
        except StopIteration:
            self.first_line, self.first_values = '', []
            warnings.warn(f'genfromtxt: Empty input file: "{self.fname}"', stacklevel=5)
        if self.names is True and self.first_values and self.comments is not None:
            if self.first_values[0].strip() in self.comments:
                del self.first_values[0]

    def _settle_columns(self):
        usecols = self.usecols
        if usecols is not None:
            usecols = _text_list(usecols)
            try:
                usecols = list(usecols)
            except TypeError:
                usecols = [usecols]
            usecols = [col.strip() if isinstance(col, str) else col for col in usecols]
        self.usecols = usecols
        self.columns = len(usecols or self.first_values)

    def _settle_names_and_dtype(self):
        names = self.names
        if names is True:
            names = self.validate([name.strip() for name in self.first_values])
            # The line is used up.
            self.first_line = ''
        elif _is_string_like(names):
            names = self.validate([name.strip() for name in names.split(',')])
        elif names:
            names = self.validate(names)
        if self.dtype is not None:
            self.dtype = easy_dtype(self.dtype, defaultfmt=self.defaultfmt, names=names, **self.naming)
        self.names = None if names is None else list(names)
        if self.usecols:
            self._pick_columns()
        elif names is not None and self.dtype is not None:
            self.names = list(self.dtype.names)

    def _pick_columns(self):
        """Columns as non-negative integers, and names and dtype of just them."""
        usecols = self.usecols
        for i, col in enumerate(usecols):
            if _is_string_like(col):
                usecols[i] = self.names.index(col)
            elif col < 0:
                usecols[i] = col + len(self.first_values)
        if self.dtype is not None and len(self.dtype) > self.columns:
            descr = self.dtype.descr
            self.dtype = _dtype([descr[i] for i in usecols])
            self.names = list(self.dtype.names)
        elif self.names is not None and len(self.names) > self.columns:
            self.names = [self.names[i] for i in usecols]

    def _column_of(self, key):
        """The place of a column given by name or number, or None."""
        if _is_string_like(key):
            try:
                return self.names.index(key)
            except (ValueError, AttributeError):
                return None
        if self.usecols:
            return self.usecols.index(key) if key in self.usecols else key
        return key

    # Missing values and what fills them.

    def _settle_missing(self):
        """For each column the strings that mean no value."""
        given = self.missing_values or ()
        if isinstance(given, bytes):
            given = given.decode('latin1')
        missing = [[''] for _ in range(self.columns)]
        if isinstance(given, dict):
            for key, value in given.items():
                values = [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]
                if key is None:
                    for entry in missing:
                        entry.extend(values)
                    continue
                column = self._column_of(key)
                if column is not None:
                    missing[column].extend(values)
        elif isinstance(given, (list, tuple)):
            for value, entry in zip(given, missing):
                if str(value) not in entry:
                    entry.append(str(value))
        else:
            values = given.split(',') if isinstance(given, str) else [str(given)]
            for entry in missing:
                entry.extend(values)
        self.missing = missing

    def _settle_filling(self):
        """For each column what stands in for a missing value, or None."""
        given = self.filling_values
        given = [] if given is None else given
        filling = [None] * self.columns
        if isinstance(given, dict):
            for key, value in given.items():
                column = self._column_of(key)
                if column is not None:
                    filling[column] = value
        elif isinstance(given, (list, tuple)):
            filling[: len(given)] = given[: self.columns]
        else:
            filling = [given] * self.columns
        self.filling = filling

    # Converters.

    def _make_converters(self):
        pairs = list(zip(self.missing, self.filling))
        if self.dtype is None:
            self.converters_ = [StringConverter(None, missing_values=miss, default=fill) for miss, fill in pairs]
        else:
            self.flat_dtype = flatten_dtype(self.dtype, flatten_base=True)
            dtypes = self.flat_dtype if len(self.flat_dtype) > 1 else [self.dtype] * len(pairs)
            self.converters_ = [
                StringConverter(dtype, locked=True, missing_values=miss, default=fill)
                for dtype, (miss, fill) in zip(dtypes, pairs)
            ]
        self._take_user_converters()

    def _take_user_converters(self):
        self.user_converters = {}
        for key, function in (self.converters or {}).items():
            column = self._user_column(key)
            if column is None:
                continue
            testing_value = (
                self.first_values[key]
                if self.first_line and not _is_string_like(key)
                else self.first_values[column]
                if self.first_line
                else None
            )
            if function is bytes:
                function = asbytes
            elif self.byte_converters:
                function = _called_with_bytes(function)
            self.converters_[column].update(
                function,
                locked=True,
                testing_value=testing_value,
                default=self.filling[column],
                missing_values=self.missing[column],
            )
            self.user_converters[column] = function

    def _user_column(self, key):
        """The place of the column of a user's converter, or None if not read."""
        if _is_string_like(key):
            try:
                return self.names.index(key)
            except ValueError:
                return None
        if self.usecols:
            return self.usecols.index(key) if key in self.usecols else None
        return key

    # Rows.

    def _read_rows(self, lines):
        """Cut the lines; rows of another length are noted, not kept."""
        self.rows, self.masks, self.invalid = [], [], []
        usecols = self.usecols
        for i, line in enumerate(itertools.chain([self.first_line], lines)):
            values = self.split(line)
            count = len(values)
            if count == 0:
                continue
            if usecols:
                try:
                    values = [values[col] for col in usecols]
                except IndexError:
                    self.invalid.append((i + self.skip_header + 1, count))
                    continue
            elif count != self.columns:
                self.invalid.append((i + self.skip_header + 1, count))
                continue
            self.rows.append(tuple(values))
            if self.usemask:
                self.masks.append(tuple(value.strip() in miss for value, miss in zip(values, self.missing)))
            if len(self.rows) == self.max_rows:
                break

    def _widen_converters(self):
        """Let each column find the narrowest type that holds all its values."""
        for i, converter in enumerate(self.converters_):
            column = [row[i] for row in self.rows]
            try:
                converter.iterupgrade(column)
            except ConverterLockError:
                message = f"Converter #{i} is locked and cannot be upgraded: "
                for j, value in enumerate(column):
                    try:
                        converter.upgrade(value)
                    except (ConverterError, ValueError):
                        line = j + 1 + self.skip_header
                        raise ConverterError(f"{message}(occurred line #{line} for value '{value}')") from None

    def _report_invalid(self):
        """Raise or warn of rows with another number of columns."""
        invalid = self.invalid
        if not invalid:
            return
        if self.skip_footer > 0:
            # Those in the footer are skipped, not wrong.
            end = len(self.rows) + self.skip_header + len(invalid) - self.skip_footer
            kept = [entry for entry in invalid if entry[0] <= end]
            self.skip_footer -= len(invalid) - len(kept)
            invalid = kept
        lines = [f"    Line #{line} (got {count} columns instead of {self.columns})" for line, count in invalid]
        if not lines:
            return
        message = "\n".join(["Some errors were detected !", *lines])
        if self.invalid_raise:
            raise ValueError(message)
        warnings.warn(message, ConversionWarning, stacklevel=5)

    # The array.

    def convert(self):
        """The rows as an array, and their mask (None if not asked for)."""
        columns = []
        for i, converter in enumerate(self.converters_):
            call = converter._loose_call if self.loose else converter._strict_call
            columns.append([call(row[i]) for row in self.rows])
        self.data = list(zip(*columns))
        if self.dtype is None:
            output, mask = self._found_types()
        else:
            output, mask = self._given_types()
        if self.usemask and output.dtype.names:
            for name, converter in zip(output.dtype.names, self.converters_):
                for text in converter.missing_values:
                    if text != '':
                        mask[name] |= output[name] == converter(text)
        return output, mask

    def _encode_columns(self, types):
        """Text columns as bytes, if they can be and nobody named an encoding."""
        texts = {i for i, kind in enumerate(types) if kind == str_}
        if not (self.byte_converters and texts):
            return
        warnings.warn(
            "Reading unicode strings without specifying the encoding argument is "
            "deprecated. Set the encoding, use None for the system default.",
            VisibleDeprecationWarning,
            stacklevel=5,
        )
        try:
            self.data = [
                tuple(value.encode('latin1') if i in texts else value for i, value in enumerate(row))
                for row in self.data
            ]
        except UnicodeEncodeError:
            return
        for i in texts:
            types[i] = bytes_

    def _found_types(self):
        """An array of the types that the columns turned out to have."""
        types = [converter.type for converter in self.converters_]
        self._encode_columns(types)
        sized = [
            (kind, max(len(row[i]) for row in self.data)) if issubdtype(kind, character) else kind
            for i, kind in enumerate(types)
        ]
        # A column of nothing but missing values goes with any type.
        seen = [i for i, converter in enumerate(self.converters_) if converter._checked]
        if self.names is None and len({types[i] for i in seen}) == 1:
            # One type for all, as wide as its widest text: no structure needed.
            dtype = _dtype(max((sized[i] for i in seen), key=_width))
            mask_dtype = bool
        else:
            names = self.names or [self.defaultfmt % i for i in range(len(sized))]
            dtype = _dtype([(name, kind) for name, kind in zip(names, sized)])
            mask_dtype = [(name, bool) for name in names[: len(sized)]]
        output = array(self.data, dtype=dtype)
        mask = array(self.masks, dtype=mask_dtype) if self.usemask else None
        return output, mask

    def _given_types(self):
        """An array of the dtype that the caller gave."""
        dtype = self.dtype
        if self.names and dtype.names is not None:
            dtype.names = self.names
        if len(self.flat_dtype) > 1:
            return self._structured(dtype)
        mask = None
        if self.user_converters:
            dtype = self._dtype_with_user_converters(dtype)
        output = array(self.data, dtype=dtype)
        if self.usemask:
            mask_dtype = [(name, bool) for name in dtype.names] if dtype.names else bool
            mask = array(self.masks, dtype=mask_dtype)
        return output, mask

    def _structured(self, dtype):
        if any(flat.char == 'O' for flat in self.flat_dtype):
            if has_nested_fields(dtype):
                raise NotImplementedError("Nested fields involving objects are not supported...")
            output = array(self.data, dtype=dtype)
        else:
            # Flat first: nesting is only another view of the same bytes.
            flat = array(self.data, dtype=[('', t) for t in self.flat_dtype])
            output = flat.view(dtype)
        if not self.usemask:
            return output, None
        from ..ma import make_mask_descr

        mask = array(self.masks, dtype=_dtype([('', bool) for _ in self.flat_dtype]))
        return output, mask.view(make_mask_descr(dtype))

    def _dtype_with_user_converters(self, dtype):
        """`dtype`, structured if the user's functions give another type."""
        uniform = True
        descr = []
        for i, kind in enumerate(converter.type for converter in self.converters_):
            if i not in self.user_converters:
                descr.append(('', dtype))
                continue
            uniform = uniform and kind == dtype.type
            if issubdtype(kind, character):
                kind = (kind, max(len(row[i]) for row in self.data))
            descr.append(('', kind))
        if uniform:
            return dtype
        return _dtype(descr) if len(descr) > 1 else _dtype(descr[0][1])


def _width(kind):
    return kind[1] if isinstance(kind, tuple) else 0


def _called_with_bytes(function):
    """`function`, given bytes where it would get text."""

    def call(value):
        return function(value if isinstance(value, bytes) else value.encode('latin1'))

    return call


def _open_lines(fname, encoding):
    """The lines of a path, a file or an iterable, in a context that closes."""
    if isinstance(fname, os.PathLike):
        fname = os.fspath(fname)
    if isinstance(fname, str):
        fid = _datasource.open(fname, 'rt', encoding=encoding)
        return fid, contextlib.closing(fid)
    return fname, contextlib.nullcontext(fname)


def _check_arguments(max_rows, skip_footer, converters, ndmin):
    _ensure_ndmin_ndarray_check_param(ndmin)
    if max_rows is not None:
        if skip_footer:
            raise ValueError("The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.")
        if max_rows < 1:
            raise ValueError(f"'max_rows' must be at least 1, got {max_rows}.")
    if converters is not None and not isinstance(converters, dict):
        raise TypeError(
            f"The input argument 'converter' should be a valid dictionary (got '{type(converters)}' instead)"
        )


@finalize_array_function_like
@set_module('numpy')
def genfromtxt(
    fname,
    dtype=float,
    comments='#',
    delimiter=None,
    skip_header=0,
    skip_footer=0,
    converters=None,
    missing_values=None,
    filling_values=None,
    usecols=None,
    names=None,
    excludelist=None,
    deletechars=_DELETE,
    replace_space='_',
    autostrip=False,
    case_sensitive=True,
    defaultfmt="f%i",
    unpack=None,
    usemask=False,
    loose=True,
    invalid_raise=True,
    max_rows=None,
    encoding=None,
    *,
    ndmin=0,
    like=None,
):
    """Read a table of text with missing values, names or columns of many types.

    `fname` is a path (also of a compressed file), an open file or an
    iterable of lines. With ``dtype=None`` every column finds its own type.
    `names` is a list, a comma-separated string, or True for the first line.
    `missing_values` and `filling_values` are given for all, per column, or
    by a dict; `usemask` gives a masked array. `converters` maps columns to
    functions of a string. Rows with another number of columns raise
    ValueError, or warn with ``invalid_raise=False``.

    Parameters
    ----------
    fname : str, path, open file or iterable of str
    dtype : dtype, optional
        The result's dtype; None finds one for each column.
    comments : str, optional
        What begins a comment.
    delimiter : str, int or sequence of int, optional
        The text between values, or the width of columns; None is any white space.
    skip_header : int, optional
        How many lines to skip first.
    skip_footer : int, optional
        How many to skip at the end.
    converters : dict of callables, optional
        What makes a value of a column's text.
    missing_values : str, sequence or dict, optional
        What stands for a missing value.
    filling_values : scalar, sequence or dict, optional
        What a missing value becomes.
    usecols : sequence of int or str, optional
        Which columns to read.
    names : True, str or sequence of str, optional
        The fields' names; True reads them from the first line.
    excludelist : sequence of str, optional
        Names that get an underscore behind them.
    deletechars : str, optional
        What is removed from names.
    replace_space : str, optional
        What blanks in names become.
    autostrip : bool, optional
        Whether blanks around values are removed.
    case_sensitive : bool or {'upper', 'lower'}, optional
        Whether names keep their case, or which they get.
    defaultfmt : str, optional
        The pattern of names that are missing.
    unpack : bool, optional
        Whether to transpose, so that columns can be assigned to names.
    usemask : bool, optional
        Whether to give a masked array.
    loose : bool, optional
        Whether values that can't be read are filled instead of raising ValueError.
    invalid_raise : bool, optional
        Whether lines of another length raise ValueError, or are left out with a warning.
    max_rows : int, optional
        How many lines to read at most.
    encoding : str, optional
        Of the file.
    ndmin : {0, 1, 2}, optional
        The least number of axes.
    like : array_like, optional
        An object whose type may make the result instead, by its `__array_function__`.

    Returns
    -------
    ndarray, or MaskedArray with `usemask`.

    Examples
    --------
    >>> np.genfromtxt(['1,a', '2,b'], delimiter=',', dtype=None)
    array([(1, 'a'), (2, 'b')], dtype=[('f0', '<i8'), ('f1', '<U1')])
    """
    if like is not None:
        return _genfromtxt_with_like(
            like,
            fname,
            dtype=dtype,
            comments=comments,
            delimiter=delimiter,
            skip_header=skip_header,
            skip_footer=skip_footer,
            converters=converters,
            missing_values=missing_values,
            filling_values=filling_values,
            usecols=usecols,
            names=names,
            excludelist=excludelist,
            deletechars=deletechars,
            replace_space=replace_space,
            autostrip=autostrip,
            case_sensitive=case_sensitive,
            defaultfmt=defaultfmt,
            unpack=unpack,
            usemask=usemask,
            loose=loose,
            invalid_raise=invalid_raise,
            max_rows=max_rows,
            encoding=encoding,
            ndmin=ndmin,
        )
    _check_arguments(max_rows, skip_footer, converters, ndmin)
    table = _Table(
        fname=fname,
        dtype=dtype,
        comments=comments,
        delimiter=delimiter,
        skip_header=skip_header,
        skip_footer=skip_footer,
        converters=converters,
        missing_values=missing_values,
        filling_values=filling_values,
        usecols=usecols,
        names=names,
        excludelist=excludelist,
        deletechars=deletechars,
        replace_space=replace_space,
        autostrip=autostrip,
        case_sensitive=case_sensitive,
        defaultfmt=defaultfmt,
        usemask=usemask,
        loose=loose,
        invalid_raise=invalid_raise,
        max_rows=max_rows,
        encoding=encoding,
    )
    lines, to_close = _open_lines(fname, table.encoding)
    with to_close:
        try:
            lines = iter(lines)
        except TypeError as error:
            raise TypeError(
                "fname must be a string, a filehandle, a sequence of "
                "strings,\nor an iterator of strings. Got "
                f"{type(fname)} instead."
            ) from error
        table.read(lines)
    output, mask = table.convert()
    return _finish(output, mask, usemask, ndmin, unpack)


def _finish(output, mask, usemask, ndmin, unpack):
    """Mask, number of axes and columns as the caller wants them."""
    if usemask:
        from ..ma import MaskedArray

        output = output.view(MaskedArray)
        output._mask = mask
    output = _ensure_ndmin_ndarray(output, ndmin=ndmin)
    if not unpack:
        return output
    names = output.dtype.names
    if names is None:
        return output.T
    if len(names) == 1:
        return output[names[0]]
    return [output[name] for name in names]


_genfromtxt_with_like = array_function_dispatch()(genfromtxt)


def _as_records(output, usemask):
    if usemask:
        from ..ma.mrecords import MaskedRecords

        return output.view(MaskedRecords)
    from .._core.records import recarray

    return output.view(recarray)


def recfromtxt(fname, **kwargs):
    """Deprecated: `genfromtxt` with ``dtype=None``, as a record array.

    >>> callable(np.lib._npyio_impl.recfromtxt)
    True
    """
    warnings.warn("`recfromtxt` is deprecated, use `numpy.genfromtxt` instead.", DeprecationWarning, stacklevel=2)
    kwargs.setdefault('dtype', None)
    usemask = kwargs.get('usemask', False)
    return _as_records(genfromtxt(fname, **kwargs), usemask)


def recfromcsv(fname, **kwargs):
    """Deprecated: `genfromtxt` for comma-separated values, as a record array.

    >>> callable(np.lib._npyio_impl.recfromcsv)
    True
    """
    warnings.warn(
        "`recfromcsv` is deprecated, use `numpy.genfromtxt` with comma "
        "as `delimiter` instead. (deprecated in NumPy 2.0)",
        DeprecationWarning,
        stacklevel=2,
    )
    kwargs.setdefault('case_sensitive', 'lower')
    kwargs.setdefault('names', True)
    kwargs.setdefault('delimiter', ',')
    kwargs.setdefault('dtype', None)
    usemask = kwargs.get('usemask', False)
    return _as_records(genfromtxt(fname, **kwargs), usemask)
