"""Record arrays with a mask for each field of each record.

`MaskedRecords` (or `mrecarray`) is the class; the `from…` functions make such arrays
from columns, records and text files, `addfield` adds a column.
"""

import inspect
import warnings

import sharray as np
from sharray import ma

from .._utils import set_module
from ._indexing import with_ellipsis
from ._masks import record_mask
from .core import _check_fill_value

__all__ = ["MaskedRecords", "mrecarray", "fromarrays", "fromrecords", "fromtextfile", "addfield"]

in_mrecords = set_module("numpy.ma.mrecords")
_raw = np.ndarray.__getattribute__

#: names that no field of a record array with a mask may have
reserved_fields = ["_data", "_mask", "_fieldmask", "dtype"]


def _checknames(descr, names=None):
    """The dtype `descr` with other field names (a list, or text with commas); reserved ones are left out."""
    defaults = [f"f{number}" for number in range(len(descr))]
    if names is None:
        names = defaults
    elif isinstance(names, str):
        names = names.split(",")
    elif not isinstance(names, (tuple, list)):
        raise NameError(f"illegal input names {names!r}")
    names = [*names, *defaults[len(names) :]]
    fields = []
    for name, default, (old, kind, *_) in zip(names, defaults, descr.descr):
        if name in reserved_fields:
            name = default if old in reserved_fields else old
        fields.append((name, kind))
    return np.dtype(fields)


def _plain_flags(mask):
    """A structured mask as flags in a last axis."""
    return mask.view((bool, (len(mask.dtype),))) if mask.dtype.names else mask.view(bool)


def _field(dtype, name):
    """Dtype and offset of a field; AttributeError if there is none of that name."""
    try:
        return dtype.fields[name][:2]
    except (TypeError, KeyError) as error:
        raise AttributeError(f"record array has no attribute {name}") from error


@in_mrecords
class MaskedRecords(ma.MaskedArray):
    """A record array whose fields, which are attributes as well, can be masked each.

    Parameters
    ----------
    shape : int or tuple of int
        The lengths of the axes.
    dtype : dtype, optional
        With the fields; or `formats` and what goes with it.
    buf : buffer, optional
        The memory to use instead of new one.
    offset : int, optional
        Where the first record is in `buf`, in bytes.
    strides : tuple of int, optional
        The steps between records in `buf`, in bytes.
    formats, names, titles, byteorder, aligned
        What makes a dtype, as for `recarray`.
    mask : array_like of bool, optional
        By records, or by fields, with the fields of the records.
    hard_mask, fill_value, keep_mask, copy
        As for `MaskedArray`.
    **options
        Not used.

    Examples
    --------
    >>> import sharray as np
    >>> from sharray.ma.mrecords import MaskedRecords, fromarrays
    >>> MaskedRecords((2,), dtype=[("a", int), ("b", float)]).shape
    (2,)
    >>> x = fromarrays([[1, 2], np.ma.array([3.0, 4.0], mask=[0, 1])], names="a, b")
    >>> print(x.b)
    [3.0 --]
    """

    def __new__(
        cls,
        shape,
        dtype=None,
        buf=None,
        offset=0,
        strides=None,
        formats=None,
        names=None,
        titles=None,
        byteorder=None,
        aligned=False,
        mask=ma.nomask,
        hard_mask=False,
        fill_value=None,
        keep_mask=True,
        copy=False,
        **options,
    ):
        self = np.recarray.__new__(
            cls,
            shape,
            dtype=dtype,
            buf=buf,
            offset=offset,
            strides=strides,
            formats=formats,
            names=names,
            titles=titles,
            byteorder=byteorder,
            aligned=aligned,
        )
        if mask is not ma.nomask and np.size(mask):
            self._take_given_mask(np.array(mask, copy=copy), keep_mask)
        elif not keep_mask:
            self._mask = (False,) * len(ma.make_mask_descr(self.dtype))
        return self

    def _take_given_mask(self, mask, keep_mask):
        if mask.shape != self.shape:
            if mask.size == 1:
                mask = np.resize(mask, self.shape)
            elif mask.size == self.size:
                mask = np.reshape(mask, self.shape)
            else:
                raise ma.MAError(f"Mask and data not compatible: data size is {self.size}, mask size is {mask.size}.")
        if not keep_mask:
            self.__setmask__(mask)
            self._sharedmask = True
            return
        kind = ma.make_mask_descr(self.dtype)
        self._mask = mask if mask.dtype == kind else record_mask(mask, kind)

    def __array_finalize__(self, obj):
        mask = getattr(obj, "_mask", None)
        if mask is None:
            mask = ma.make_mask_none(self.shape, dtype=_raw(self, "dtype"))
        state = self.__dict__
        state["_mask"] = mask
        self._update_from(obj)
        if state["_baseclass"] == np.ndarray:
            state["_baseclass"] = np.recarray

    # ---- data and mask

    @property
    def _data(self):
        """The data as a record array."""
        return np.ndarray.view(self, np.recarray)

    @property
    def _fieldmask(self):
        """The mask by fields."""
        return self._mask

    def __len__(self):
        # A record has the length of its fields.
        return len(self._data) if self.ndim else len(self.dtype)

    def harden_mask(self):
        """Make the mask hard: from now on assignment can't unmask.

        Returns
        -------
        None.

        Examples
        --------
        >>> import sharray as np
        >>> from sharray.ma.mrecords import fromarrays
        >>> x = fromarrays([np.ma.array([1, 2], mask=[0, 1])], names="a")
        >>> x.harden_mask()
        >>> x.hardmask
        True
        """
        self._hardmask = True

    def soften_mask(self):
        """Make the mask soft: from now on assignment unmasks.

        Returns
        -------
        None.

        Examples
        --------
        >>> import sharray as np
        >>> from sharray.ma.mrecords import fromarrays
        >>> x = fromarrays([np.ma.array([1, 2], mask=[0, 1])], names="a")
        >>> x.soften_mask()
        >>> x.hardmask
        False
        """
        self._hardmask = False

    # ---- fields as attributes

    def __getattribute__(self, attr):
        try:
            return object.__getattribute__(self, attr)
        except AttributeError:
            pass
        found = _field(_raw(self, "dtype"), attr)
        state = _raw(self, "__dict__")
        field = np.ndarray.view(self, state["_baseclass"]).getfield(*found)
        if field.dtype.names is not None:
            raise NotImplementedError("MaskedRecords is currently limited to simple records.")
        mask = state.get("_mask")
        if mask is not None:
            try:
                mask = mask[attr]
            except IndexError:
                # A mask by records, which serves for every field.
                pass
        if not field.shape and (mask is None or not _plain_flags(mask).any()):
            return field.item()
        return self._masked_field(field, mask, attr)

    def _masked_field(self, field, mask, name):
        field = field.view(ma.MaskedArray)
        field._baseclass = np.ndarray
        field._isfield = True
        field._mask = mask
        fill_value = self.__dict__.get("_fill_value")
        if fill_value is not None:
            try:
                field._fill_value = fill_value[name]
            except ValueError:
                # A fill value from before the fields had these names.
                field._fill_value = None
        return field

    def __setattr__(self, attr, val):
        if attr in ("mask", "fieldmask"):
            self.__setmask__(val)
            return
        if self._set_plain_attribute(attr, val):
            return
        kind, offset = _field(_raw(self, "dtype"), attr)
        state = object.__getattribute__(self, "__dict__")
        if val is ma.masked:
            fill_value = state["_fill_value"]
            data, mask = val if fill_value is None else fill_value[attr], True
        else:
            data, mask = ma.filled(val), ma.getmaskarray(val)
        _raw(self, "_data").setfield(data, kind, offset)
        state["_mask"][attr] = mask

    def _set_plain_attribute(self, name, value):
        """Set what isn't a field; whether that was all."""
        is_new = name not in object.__getattribute__(self, "__dict__")
        try:
            object.__setattr__(self, name, value)
        except Exception:
            # A property that can't be set, or not to this: fields come after it.
            known = _raw(self, "dtype").fields or {}, _raw(self, "_optinfo") or {}
            if not any(name in names for names in known):
                raise
            return False
        if name not in (_raw(self, "dtype").fields or {}):
            return True
        if not is_new:
            return False
        try:
            # The field is set in place of it.
            object.__delattr__(self, name)
        except Exception:
            return True
        return False

    # ---- items

    def __getitem__(self, indx):
        state = self.__dict__
        mask = _raw(self, "_mask")
        data = np.ndarray.view(self, state["_baseclass"])
        if not isinstance(indx, str):
            # A record, or a part of the records: with a mask of its own class.
            part = data[indx]
            if isinstance(part, np.void):
                # As an array without dimensions, which looks at the same memory.
                part = data[with_ellipsis(indx)]
            part = np.asarray(part).view(mrecarray)
            part._mask = np.asarray(mask[indx]).view(np.recarray)
            return part
        field = data[indx].view(ma.MaskedArray)
        field._mask = mask[indx]
        field._sharedmask = True
        if state["_fill_value"] is not None:
            field._fill_value = state["_fill_value"][indx]
        return ma.masked if not field.ndim and field._mask else field

    def __setitem__(self, indx, value):
        super().__setitem__(indx, value)
        if isinstance(indx, str):
            self._mask[indx] = ma.getmaskarray(value)

    # ---- text

    def __str__(self):
        columns = [getattr(self, name) for name in self.dtype.names]
        if self.size > 1:
            rows = [f"({','.join(str(value) for value in row)})" for row in zip(*columns)]
            return f"[{', '.join(rows)}]"
        return f"({', '.join(','.join(str(value) for value in row) for row in zip(columns))})"

    def __repr__(self):
        width = max(map(len, self.dtype.names)) + 4
        lines = [f"{name:>{width}} : {getattr(self, name)}" for name in self.dtype.names]
        last = f"{'    fill_value':>{width}} : {self.fill_value}"
        return "\n".join(["masked_records(", *lines, last, "              )"])

    # ---- views and copies

    def view(self, dtype=None, type=None):
        """The same memory as another dtype or class; the mask is a view as well.

        Parameters
        ----------
        dtype : dtype or subclass of ndarray, optional
            How to read the data. A new dtype drops the fill value.
        type : subclass of ndarray, optional
            The class of the result.

        Returns
        -------
        An array of the class asked for; a `MaskedArray` for a dtype without fields.

        Examples
        --------
        >>> import sharray as np
        >>> from sharray.ma.mrecords import fromarrays
        >>> x = fromarrays([[1, 2], [3, 4]], names="a, b")
        >>> type(x.view(np.recarray)).__name__
        'recarray'
        """
        wanted = [argument for argument in (dtype, type) if argument is not None]
        is_class = inspect.isclass(dtype) and issubclass(dtype, np.ndarray)
        if dtype is None or type is not None or is_class:
            output = np.ndarray.view(self, *wanted)
        else:
            output = self._view_as(np.dtype(dtype))
        if getattr(output, "_mask", ma.nomask) is not ma.nomask:
            output._mask = self._mask.view(ma.make_mask_descr(output.dtype), np.ndarray)
            output._mask.shape = output.shape
        return output

    def _view_as(self, dtype):
        if dtype.fields is None:
            # No records any more: the class below this one.
            output = np.ndarray.view(self, np.ndarray).view(dtype, self.__class__.__bases__[0])
            output._update_from(self)
        else:
            output = np.ndarray.view(self, dtype)
        output._fill_value = None
        return output

    def copy(self):
        """A copy of data and mask.

        Returns
        -------
        MaskedRecords.

        Examples
        --------
        >>> from sharray.ma.mrecords import fromarrays
        >>> x = fromarrays([[1, 2], [3, 4]], names="a, b")
        >>> print(x.copy())
        [(1,3), (2,4)]
        """
        copied = self._data.copy().view(type(self))
        copied._mask = self._mask.copy()
        return copied

    def tolist(self, fill_value=None):
        """The records as a list of Python values.

        Parameters
        ----------
        fill_value : scalar or tuple, optional
            What stands for masked values; None by default.

        Returns
        -------
        list of lists, or with a `fill_value` of tuples.

        Examples
        --------
        >>> import sharray as np
        >>> from sharray.ma.mrecords import fromarrays
        >>> x = fromarrays([[1, 2], np.ma.array([3, 4], mask=[0, 1])], names="a, b")
        >>> x.tolist(), x.tolist(fill_value=0)
        ([[1, 3], [2, None]], [(1, 3), (2, 0)])
        """
        if fill_value is not None:
            return self.filled(fill_value).tolist()
        result = np.array(self.filled().tolist(), dtype=object)
        result[np.array(self._mask.tolist())] = None
        return result.tolist()

    # ---- pickles

    def __getstate__(self):
        data, mask = self._data.tobytes(), self._mask.tobytes()
        return 1, self.shape, self.dtype, self.flags.fnc, data, mask, self._fill_value

    def __setstate__(self, state):
        _, shape, dtype, fortran, data, mask, fill_value = state
        np.ndarray.__setstate__(self, (shape, dtype, fortran, data))
        kind = np.dtype([(name, np.bool) for name in self.dtype.names])
        self.__dict__["_mask"].__setstate__((shape, kind, fortran, mask))
        self.fill_value = fill_value

    def __reduce__(self):
        return _mrreconstruct, (self.__class__, self._baseclass, (0,), "b"), self.__getstate__()


@in_mrecords
def _mrreconstruct(subtype, baseclass, baseshape, basetype):
    """An empty array of class `subtype`, whose state a pickle sets next."""
    data = np.ndarray.__new__(baseclass, baseshape, basetype).view(subtype)
    mask = np.ndarray.__new__(np.ndarray, baseshape, "b1")
    return subtype.__new__(subtype, data, mask=mask, dtype=basetype)


mrecarray = MaskedRecords


# ---- from other things


@in_mrecords
def fromarrays(
    arraylist,
    dtype=None,
    shape=None,
    formats=None,
    names=None,
    titles=None,
    aligned=False,
    byteorder=None,
    fill_value=None,
):
    """Records from columns, with the masks of the columns.

    Parameters
    ----------
    arraylist : sequence of array_like
        The columns.
    dtype : dtype, optional
        With the fields; otherwise made of `formats` and what goes with it, or of the columns' dtypes.
    shape : int or tuple of int, optional
        The result's; that of the columns by default.
    formats : str or list of str, optional
        The dtypes of the fields.
    names : str or list of str, optional
        The names of the fields, in a text separated by commas; f0, f1, … by default.
    titles : list of str, optional
        Second names of the fields.
    aligned : bool, optional
        Whether fields are laid out as a C compiler does.
    byteorder : {'<', '>', '='}, optional
        The byte order of all fields.
    fill_value : tuple, optional
        A fill value for each field.

    Returns
    -------
    MaskedRecords.

    Raises
    ------
    ValueError
        For columns of unequal shape, or another number of them than of fields.

    Examples
    --------
    >>> import sharray as np
    >>> from sharray.ma.mrecords import fromarrays
    >>> print(fromarrays([[1, 2], np.ma.array([3.0, 4.0], mask=[0, 1])], names="a, b"))
    [(1,3.0), (2,--)]
    """
    masks = [np.atleast_1d(ma.getmaskarray(column)) for column in arraylist]
    result = np.rec.fromarrays(
        [ma.getdata(column) for column in arraylist],
        dtype=dtype,
        shape=shape,
        formats=formats,
        names=names,
        titles=titles,
        aligned=aligned,
        byteorder=byteorder,
    ).view(mrecarray)
    result._mask.flat = list(zip(*masks))
    if fill_value is not None:
        result.fill_value = fill_value
    return result


@in_mrecords
def fromrecords(
    reclist,
    dtype=None,
    shape=None,
    formats=None,
    names=None,
    titles=None,
    aligned=False,
    byteorder=None,
    fill_value=None,
    mask=ma.nomask,
):
    """Records from a list of tuples or a structured array.

    Parameters
    ----------
    reclist : sequence of tuple, or ndarray with fields
        The records; what a masked array masks stays masked.
    dtype : dtype, optional
        With the fields; otherwise made of `formats` and what goes with it, or found.
    shape : int or tuple of int, optional
        The result's; by default one axis.
    formats : str or list of str, optional
        The dtypes of the fields.
    names : str or list of str, optional
        The names of the fields, in a text separated by commas; f0, f1, … by default.
    titles : list of str, optional
        Second names of the fields.
    aligned : bool, optional
        Whether fields are laid out as a C compiler does.
    byteorder : {'<', '>', '='}, optional
        The byte order of all fields.
    fill_value : tuple, optional
        A fill value for each field.
    mask : array_like of bool, optional
        By records, by fields in a second axis, or with the fields of the records.

    Returns
    -------
    MaskedRecords.

    Examples
    --------
    >>> from sharray.ma.mrecords import fromrecords
    >>> print(fromrecords([(1, 2.0), (3, 4.0)], names="a, b", mask=[0, 1]))
    [(1,2.0), (--,--)]
    """
    own_mask = getattr(reclist, "_mask", None)
    if isinstance(reclist, np.ndarray):
        if isinstance(reclist, ma.MaskedArray):
            reclist = reclist.filled().view(np.ndarray)
        dtype = reclist.dtype if dtype is None else dtype
        reclist = reclist.tolist()
    result = np.rec.fromrecords(
        reclist,
        dtype=dtype,
        shape=shape,
        formats=formats,
        names=names,
        titles=titles,
        aligned=aligned,
        byteorder=byteorder,
    ).view(mrecarray)
    if fill_value is not None:
        result.fill_value = fill_value
    if mask is not ma.nomask:
        mask = np.asarray(mask)
        if mask.dtype.names:
            result._mask.flat = mask
        elif mask.ndim == 2:
            result._mask.flat = [tuple(row) for row in mask]
        else:
            result.__setmask__(mask)
    if own_mask is not None:
        result._mask[:] = own_mask
    return result


def _reads_as(kind, text):
    try:
        kind(text)
    except (ValueError, TypeError):
        return False
    return True


def _guessvartypes(arr):
    """For each element of a row of text (the first of several) the dtype of the simplest number it can be read as."""
    arr = np.asarray(arr)
    if arr.ndim > 2:
        raise ValueError("The array should be 2D at most!")
    row = arr[0] if arr.ndim == 2 else arr
    return [
        np.dtype(next((kind for kind in (int, float, complex) if _reads_as(kind, text)), arr.dtype)) for text in row
    ]


@in_mrecords
def openfile(fname):
    """A text file that is open for reading: `fname` itself, or the file of that name.

    FileNotFoundError if there is none, NotImplementedError for a binary one.
    """
    if hasattr(fname, "readline"):
        return fname
    try:
        file = open(fname)
    except FileNotFoundError as error:
        raise FileNotFoundError(f"No such file: '{fname}'") from error
    if file.readline()[:2] != "\\x":
        file.seek(0)
        return file
    file.close()
    raise NotImplementedError(f"'{fname}' is a binary file")


def _read_names(file, delimiter, comment):
    """The words of the first line that has several of them, less comments."""
    for line in iter(file.readline, ""):
        names = line[: line.find(comment)].strip().split(delimiter)
        if len(names) > 1:
            return names
    raise ValueError("the file has no line with the names of several fields")


@in_mrecords
def fromtextfile(fname, delimiter=None, commentchar="#", missingchar="", varnames=None, vartypes=None):
    """Records from a text file whose first line has the names of the fields.

    Parameters
    ----------
    fname : str, path or open text file
    delimiter : str, optional
        What separates the fields; white space by default.
    commentchar : str, optional
        Lines that begin with it are left out, and so is what follows it in the line with the names.
    missingchar : str, optional
        The text of a missing value, which is masked. The field's dtype must be able to read it all the same.
    varnames : sequence of str, optional
        Names of the fields instead of those in the file.
    vartypes : sequence of dtype, optional
        A dtype for each field; otherwise guessed from the first record.

    Returns
    -------
    MaskedRecords, 1-d.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If no line has names of several fields, or a text can't be read as its field's dtype.
    NotImplementedError
        For a binary file.

    Examples
    --------
    >>> import io
    >>> from sharray.ma.mrecords import fromtextfile
    >>> lines = chr(10).join(["length,weight", "1,2.5", "3,nan"])
    >>> x = fromtextfile(io.StringIO(lines), delimiter=",", missingchar="nan")
    >>> print(x)
    [(1,2.5), (3,--)]
    """
    with openfile(fname) as file:
        names = _read_names(file, delimiter, commentchar)
        rows = [line.strip().split(delimiter) for line in file if line[0] != commentchar and len(line) > 1]
    table = ma.masked_array(rows)
    kinds = _column_types(vartypes, table)
    missing = table.T == missingchar
    columns = [
        ma.masked_array(column, mask=mask, dtype=kind, fill_value=ma.default_fill_value(kind))
        for column, mask, kind in zip(table.T, missing, kinds)
    ]
    return fromarrays(columns, dtype=list(zip(names if varnames is None else varnames, kinds)))


def _column_types(given, table):
    if given is None:
        return _guessvartypes(table[0])
    kinds = [np.dtype(kind) for kind in given]
    fields = table.shape[1]
    if len(kinds) == fields:
        return kinds
    warnings.warn(f"Attempting to {len(kinds)} dtypes for {fields} fields! Reverting to default.", stacklevel=3)
    return _guessvartypes(table[0])


def _with_field(records, dtype, name, values):
    """`records` in a record array of `dtype`, which has one more field, `name`, of `values`."""
    result = np.recarray(records.shape, dtype)
    for kind, offset, *_ in records.dtype.fields.values():
        result.setfield(records.getfield(kind, offset), kind, offset)
    result.setfield(values, *result.dtype.fields[name][:2])
    return result


@in_mrecords
def addfield(mrecord, newfield, newfieldname=None):
    """A copy of records with one field more.

    Parameters
    ----------
    mrecord : MaskedRecords
    newfield : array_like
        The new column, with a value for each record; its mask goes along.
    newfieldname : str, optional
        By default "f" and the number of the field.

    Returns
    -------
    MaskedRecords.

    Examples
    --------
    >>> import sharray as np
    >>> from sharray.ma.mrecords import addfield, fromarrays
    >>> addfield(fromarrays([[1, 2]], names="a"), np.ma.array([3, 4])).dtype.names
    ('a', 'f1')
    """
    data, mask = mrecord._data, mrecord._mask
    if newfieldname is None or newfieldname in reserved_fields:
        newfieldname = f"f{len(data.dtype)}"
    newfield = ma.array(newfield)
    dtype = np.dtype([*data.dtype.descr, (newfieldname, newfield.dtype)])
    result = _with_field(data, dtype, newfieldname, newfield._data).view(MaskedRecords)
    mask_dtype = np.dtype([(name, np.bool) for name in dtype.names])
    result._mask = _with_field(mask, mask_dtype, newfieldname, ma.getmaskarray(newfield))
    return result
