"""Record arrays: structured arrays whose fields are attributes as well.

`recarray` is the array, `record` its scalar; `array` and the `from…` functions
build them from many things.
"""

import os
from collections import Counter
from contextlib import nullcontext

from .._utils import set_module
from . import numeric as sb, numerictypes as nt
from ._formatters import plain_void_dtype
from .arrayprint import _get_legacy_print_mode

__all__ = [
    "record",
    "recarray",
    "format_parser",
    "fromarrays",
    "fromrecords",
    "fromstring",
    "fromfile",
    "array",
    "find_duplicate",
]

ndarray = sb.ndarray

# The first letter of a byte order's many names.
_BYTE_ORDERS = {
    "b": ">",
    "l": "<",
    "n": "=",
    "B": ">",
    "L": "<",
    "N": "=",
    "S": "s",
    "s": "s",
    ">": ">",
    "<": "<",
    "=": "=",
    "|": "|",
    "I": "|",
    "i": "|",
}

numfmt = nt.sctypeDict


@set_module("numpy.rec")
def find_duplicate(list):
    """The items that occur more than once, in the order of their first appearance.

    Parameters
    ----------
    list : sequence

    Returns
    -------
    list.

    Examples
    --------
    >>> import sharray as np
    >>> np.rec.find_duplicate(["a", "b", "a"])
    ['a']
    """
    return [item for item, count in Counter(list).items() if count > 1]


@set_module("numpy.rec")
class format_parser:
    """Formats, names and titles as one structured dtype, in the attribute `dtype`.

    `formats` is a comma string or a list, `names` and `titles` too; missing names
    become f0, f1, …. `aligned` pads as C does, `byteorder` changes all fields.
    ValueError for duplicate names, NameError for names that are no text.

    Parameters
    ----------
    formats : str or list
        The dtypes of the fields.
    names : str or sequence of str
        Their names; 'f0' and so on where they are missing.
    titles : sequence of str
        Their titles.
    aligned : bool, optional
        Whether fields are padded as a C compiler does.
    byteorder : str, optional
        The fields' byte order.

    Examples
    --------
    >>> import sharray as np
    >>> np.rec.format_parser("f8, i4", "a, b", []).dtype
    dtype([('a', '<f8'), ('b', '<i4')])
    """

    def __init__(self, formats, names, titles, aligned=False, byteorder=None):
        self._parseFormats(formats, aligned)
        self._setfieldnames(names, titles)
        self._createdtype(byteorder)

    def _parseFormats(self, formats, aligned=False):
        if formats is None:
            raise ValueError("Need formats argument")
        if isinstance(formats, list):
            dtype = sb.dtype([(f"f{i}", one) for i, one in enumerate(formats)], aligned)
        else:
            dtype = sb.dtype(formats, aligned)
        if dtype.fields is None:
            dtype = sb.dtype([("f0", dtype)], aligned)
        self._f_formats = [dtype.fields[name][0] for name in dtype.names]
        self._offsets = [dtype.fields[name][1] for name in dtype.names]
        self._nfields = len(dtype.names)

    def _setfieldnames(self, names, titles):
        if names:
            if isinstance(names, str):
                names = names.split(",")
            elif not isinstance(names, (list, tuple)):
                raise NameError(f"illegal input names {names!r}")
            self._names = [name.strip() for name in names[: self._nfields]]
        else:
            self._names = []
        self._names += [f"f{i}" for i in range(len(self._names), self._nfields)]
        duplicates = find_duplicate(self._names)
        if duplicates:
            raise ValueError(f"Duplicate field names: {duplicates}")
        if isinstance(titles, str):
            titles = titles.split(",")
        self._titles = [title.strip() for title in (titles or [])[: self._nfields]]
        self._titles += [None] * (self._nfields - len(self._titles))

    def _createdtype(self, byteorder):
        dtype = sb.dtype(
            {"names": self._names, "formats": self._f_formats, "offsets": self._offsets, "titles": self._titles}
        )
        if byteorder is not None:
            dtype = dtype.newbyteorder(_BYTE_ORDERS[byteorder[0]])
        self.dtype = dtype


def _as_record_dtype(dtype):
    """`dtype` with `record` as its scalar type, if it has fields and plain void scalars."""
    if dtype.fields is not None and dtype.type is nt.void:
        return sb.dtype((record, dtype))
    return dtype


class record(nt.void):
    """One element of a record array: a structured scalar with its fields as attributes.

    Parameters
    ----------
    length_or_data : tuple, bytes or int
        The values of the fields.
    dtype : dtype, optional
        The structured dtype.

    Examples
    --------
    >>> np.rec.array([(1, 2.5)], names="n,x")[0].x
    np.float64(2.5)
    """

    __name__ = "record"
    __module__ = set_module("numpy")(lambda: None).__module__

    def __repr__(self):
        if _get_legacy_print_mode() <= 113:
            return self.__str__()
        return super().__repr__()

    def __str__(self):
        if _get_legacy_print_mode() <= 113:
            return str(self.item())
        return super().__str__()

    def __getattribute__(self, attr):
        if attr in ("setfield", "getfield", "dtype"):
            return nt.void.__getattribute__(self, attr)
        try:
            return nt.void.__getattribute__(self, attr)
        except AttributeError:
            pass
        fields = nt.void.__getattribute__(self, "dtype").fields
        found = fields.get(attr) if fields else None
        if found is None:
            raise AttributeError(f"'record' object has no attribute '{attr}'")
        return _as_records(self.getfield(*found[:2]))

    def __setattr__(self, attr, val):
        if attr in ("setfield", "getfield", "dtype"):
            raise AttributeError(f"Cannot set '{attr}' attribute")
        found = (nt.void.__getattribute__(self, "dtype").fields or {}).get(attr)
        if found:
            return self.setfield(val, *found[:2])
        if getattr(self, attr, None):
            return nt.void.__setattr__(self, attr, val)
        raise AttributeError(f"'record' object has no attribute '{attr}'")

    def __getitem__(self, indx):
        value = nt.void.__getitem__(self, indx)
        if isinstance(value, nt.void) and value.dtype.names is not None:
            return value.view((self.__class__, value.dtype))
        return value

    def pprint(self):
        """The fields with their names, one per line.

        Returns
        -------
        str.

        Examples
        --------
        >>> print(np.rec.array([(1, 2.5)], names="n,x")[0].pprint())
        n: 1
        x: 2.5
        """
        names = self.dtype.names
        width = max(map(len, names))
        return "\n".join(f"{name:>{width}}: {getattr(self, name)}" for name in names)


def _as_records(value):
    """A field's value; a structured scalar as a record."""
    try:
        names = value.dtype.names
    except AttributeError:
        return value
    if names is not None and isinstance(value, nt.void):
        return value.view((record, value.dtype))
    return value


@set_module("numpy.rec")
class recarray(ndarray):
    """A structured array whose fields can be read and set as attributes.

    Parameters
    ----------
    shape : int or tuple
    dtype : dtype, or formats, names, titles, byteorder, aligned as in `format_parser`
    buf : buffer, optional
        Memory to use, from `offset` on with `strides`; else it is not initialised.
    offset : int, optional
        Where in the buffer the first record is, in bytes.
    strides : tuple of int, optional
        Bytes from a record to its neighbour along each axis.
    formats : str or list, optional
        The dtypes of the fields, where there is no `dtype`.
    names : str or sequence of str, optional
        Their names.
    titles : sequence of str, optional
        Their titles.
    byteorder : str, optional
        Their byte order.
    aligned : bool, optional
        Whether fields are padded as a C compiler does.
    order : 'C' or 'F'

    Examples
    --------
    >>> import sharray as np
    >>> np.rec.array([(1, 2.0)], names="a, b").b
    array([2.])
    """

    def __new__(
        subtype,
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
        order="C",
    ):
        if dtype is not None:
            described = sb.dtype(dtype)
        else:
            described = format_parser(formats, names, titles, aligned, byteorder).dtype
        described = sb.dtype((record, described)) if described.names is not None else described
        if buf is None:
            return ndarray.__new__(subtype, shape, described, order=order)
        return ndarray.__new__(subtype, shape, described, buffer=buf, offset=offset, strides=strides, order=order)

    def __array_finalize__(self, obj):
        if self.dtype.type is not record and self.dtype.names is not None:
            self.dtype = self.dtype  # turns the scalars into records

    def __getattribute__(self, attr):
        try:
            return object.__getattribute__(self, attr)
        except AttributeError:
            pass
        fields = ndarray.__getattribute__(self, "dtype").fields
        try:
            found = fields[attr][:2]
        except (TypeError, KeyError) as error:
            raise AttributeError(f"recarray has no attribute {attr}") from error
        return self._presented(self.getfield(*found))

    def _presented(self, field):
        """A field: nested records stay record arrays, other fields are plain arrays."""
        if field.dtype.names is not None:
            if issubclass(field.dtype.type, nt.void):
                return field.view(dtype=(self.dtype.type, field.dtype))
            return field
        return field.view(ndarray)

    def __setattr__(self, attr, val):
        if attr == "dtype" and issubclass(val.type, nt.void) and val.names is not None:
            val = sb.dtype((record, val))
        is_new = attr not in self.__dict__
        try:
            result = object.__setattr__(self, attr, val)
        except Exception:
            if attr not in (ndarray.__getattribute__(self, "dtype").fields or {}):
                raise
        else:
            fields = ndarray.__getattribute__(self, "dtype").fields or {}
            if attr not in fields:
                return result
            if is_new:
                # It was set as an attribute for want of a better: a field has precedence.
                try:
                    object.__delattr__(self, attr)
                except Exception:
                    return result
        try:
            found = fields_of(self)[attr][:2]
        except (TypeError, KeyError) as error:
            raise AttributeError(f"record array has no attribute {attr}") from error
        return self.setfield(val, *found)

    def __getitem__(self, indx):
        part = super().__getitem__(indx)
        if not isinstance(part, ndarray):
            return part
        if part.dtype.names is None:
            return part.view(type=ndarray)
        part = part.view(type(self))
        if issubclass(part.dtype.type, nt.void):
            return part.view(dtype=(self.dtype.type, part.dtype))
        return part

    def __repr__(self):
        described = self.dtype
        if described.type is record or not issubclass(described.type, nt.void):
            if described.type is record:
                described = plain_void_dtype(described)
            prefix, form = "rec.array(", "rec.array(%s,%sdtype=%s)"
        else:
            prefix, form = "array(", "array(%s,%sdtype=%s).view(numpy.recarray)"
        if self.size > 0 or self.shape == (0,):
            text = sb.array2string(self, separator=", ", prefix=prefix, suffix=",")
        else:
            text = f"[], shape={self.shape!r}"
        gap = "\n" + " " * len(prefix)
        if _get_legacy_print_mode() <= 113:
            gap = " " + gap
        return form % (text, gap, described)

    def field(self, attr, val=None):
        """The field `attr` (name or number); with `val`, set it.

        Parameters
        ----------
        attr : str or int
            The field's name or number.
        val : array_like, optional
            What to set the field to.

        Returns
        -------
        ndarray, or None where it is set.

        Examples
        --------
        >>> np.rec.array([(1, 2.5)], names="n,x").field("x")
        array([2.5])
        """
        if isinstance(attr, int):
            attr = ndarray.__getattribute__(self, "dtype").names[attr]
        found = fields_of(self)[attr][:2]
        if val is not None:
            return self.setfield(val, *found)
        field = self.getfield(*found)
        return field if field.dtype.fields else field.view(ndarray)


def fields_of(array):
    """The fields of the array's dtype."""
    return ndarray.__getattribute__(array, "dtype").fields


def _described(dtype, formats, names, titles, aligned, byteorder):
    if dtype is not None:
        return sb.dtype(dtype)
    return format_parser(formats, names, titles, aligned, byteorder).dtype


@set_module("numpy.rec")
def fromarrays(arrayList, dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False, byteorder=None):
    """A record array with one field for each array of the list.

    ValueError where their shapes differ or their number isn't that of the fields.

    Parameters
    ----------
    arrayList : sequence of array_like
        One for each field.
    dtype : dtype, optional
        The records' dtype.
    shape : tuple of int, optional
        That of the first array by default.
    formats : str or list, optional
        The dtypes of the fields, where there is no `dtype`.
    names : str or sequence of str, optional
        Their names.
    titles : sequence of str, optional
        Their titles.
    aligned : bool, optional
        Whether fields are padded as a C compiler does.
    byteorder : str, optional
        The fields' byte order.

    Returns
    -------
    recarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.rec.fromarrays([[1, 2], [3.0, 4.0]], names="a, b").a
    array([1, 2])
    """
    arrayList = [sb.asarray(one) for one in arrayList]
    if shape is None:
        shape = arrayList[0].shape
    elif isinstance(shape, int):
        shape = (shape,)
    if formats is None and dtype is None:
        formats = [one.dtype for one in arrayList]
    described = _described(dtype, formats, names, titles, aligned, byteorder)
    if len(described) != len(arrayList):
        raise ValueError("mismatch between the number of fields and the number of arrays")
    inner = len(described[0].shape)
    shape = shape[: len(shape) - inner] if inner else shape
    result = recarray(shape, described)
    for place, (name, one) in enumerate(zip(described.names, arrayList, strict=True)):
        inner = described[place].ndim
        if one.shape[: one.ndim - inner] != shape:
            raise ValueError(f"array-shape mismatch in array {place} (\"{name}\")")
        result[name] = one
    return result


@set_module("numpy.rec")
def fromrecords(recList, dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False, byteorder=None):
    """A record array from a list of records (tuples); without a dtype each field's is found.

    Parameters
    ----------
    recList : sequence of tuple
        The records.
    dtype : dtype, optional
        The records' dtype.
    shape : tuple of int, optional
        By default 1-d.
    formats : str or list, optional
        The dtypes of the fields, where there is no `dtype`.
    names : str or sequence of str, optional
        Their names.
    titles : sequence of str, optional
        Their titles.
    aligned : bool, optional
        Whether fields are padded as a C compiler does.
    byteorder : str, optional
        The fields' byte order.

    Returns
    -------
    recarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.rec.fromrecords([(1, "a"), (2, "bc")], names="x, y").y
    array(['a', 'bc'], dtype='<U2')
    """
    if formats is None and dtype is None:
        table = sb.array(recList, dtype=object)
        columns = [sb.array(table[..., i].tolist()) for i in range(table.shape[-1])]
        return fromarrays(
            columns, formats=formats, shape=shape, names=names, titles=titles, aligned=aligned, byteorder=byteorder
        )
    described = sb.dtype((record, _described(dtype, formats, names, titles, aligned, byteorder)))
    try:
        result = sb.array(recList, dtype=described)
    except (TypeError, ValueError):
        return _from_lists(recList, described, shape)
    if shape is not None and result.shape != shape:
        result.shape = shape
    return result.view(recarray)


def _from_lists(records, described, shape):
    import warnings

    if shape is None:
        shape = len(records)
    shape = (shape,) if isinstance(shape, int) else shape
    if len(shape) > 1:
        raise ValueError("Can only deal with 1-d array.")
    result = recarray(shape, described)
    for place in range(result.size):
        result[place] = tuple(records[place])
    warnings.warn(
        "fromrecords expected a list of tuples, may have received a list of lists instead. "
        "In the future that will raise an error",
        FutureWarning,
        stacklevel=3,
    )
    return result


def _without_zero(shape):
    """None, which means "as many as there are", also for 0 and (0,), with a warning."""
    if shape == 0 or shape == (0,):
        import warnings

        warnings.warn(
            "Passing `shape=0` to have the shape be inferred is deprecated, and in future will be "
            "equivalent to `shape=(0,)`. To infer the shape and suppress this warning, pass "
            "`shape=None` instead.",
            FutureWarning,
            stacklevel=3,
        )
        return None
    return shape


@set_module("numpy.rec")
def fromstring(
    datastring, dtype=None, shape=None, offset=0, formats=None, names=None, titles=None, aligned=False, byteorder=None
):
    """A read-only record array on the memory of bytes; `shape` None: as many as they hold.

    TypeError without a dtype or formats.

    Parameters
    ----------
    datastring : bytes-like
        Not copied.
    dtype : dtype, optional
        The records' dtype.
    shape : int or tuple of int, optional
        By default as many as there are.
    offset : int, optional
        Where to begin, in bytes.
    formats : str or list, optional
        The dtypes of the fields, where there is no `dtype`.
    names : str or sequence of str, optional
        Their names.
    titles : sequence of str, optional
        Their titles.
    aligned : bool, optional
        Whether fields are padded as a C compiler does.
    byteorder : str, optional
        The fields' byte order.

    Returns
    -------
    recarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.rec.fromstring(bytes(4), formats="i2, i2").tolist()
    [(0, 0)]
    """
    if dtype is None and formats is None:
        raise TypeError("fromstring() needs a 'dtype' or 'formats' argument")
    described = _described(dtype, formats, names, titles, aligned, byteorder)
    shape = _without_zero(shape)
    if shape in (None, -1):
        shape = (len(datastring) - offset) // described.itemsize
    return recarray(shape, described, buf=datastring, offset=offset)


def get_remaining_size(fd):
    """The number of bytes from the place of `fd` to the end of the file."""
    here = fd.tell()
    try:
        fd.seek(0, 2)
        return fd.tell() - here
    finally:
        fd.seek(here, 0)


@set_module("numpy.rec")
def fromfile(
    fd, dtype=None, shape=None, offset=0, formats=None, names=None, titles=None, aligned=False, byteorder=None
):
    """A record array read from a file (path or open binary file); one length may be -1.

    TypeError without a dtype or formats, ValueError or OSError where the file is too short.

    Parameters
    ----------
    fd : str, path or file open for reading bytes
    dtype : dtype, optional
        The records' dtype.
    shape : int or tuple of int, optional
        By default as many as there are.
    offset : int, optional
        Where to begin, in bytes.
    formats : str or list, optional
        The dtypes of the fields, where there is no `dtype`.
    names : str or sequence of str, optional
        Their names.
    titles : sequence of str, optional
        Their titles.
    aligned : bool, optional
        Whether fields are padded as a C compiler does.
    byteorder : str, optional
        The fields' byte order.

    Returns
    -------
    recarray.

    Examples
    --------
    >>> import sharray as np, io, tempfile
    >>> with tempfile.TemporaryFile() as file:
    ...     _ = file.write(bytes(4))
    ...     _ = file.seek(0)
    ...     np.rec.fromfile(file, formats="i2").shape
    (2,)
    """
    if dtype is None and formats is None:
        raise TypeError("fromfile() needs a 'dtype' or 'formats' argument")
    shape = _without_zero(shape)
    shape = (-1,) if shape is None else (shape,) if isinstance(shape, int) else tuple(shape)
    with nullcontext(fd) if hasattr(fd, "readinto") else open(os.fspath(fd), "rb") as file:
        if offset > 0:
            file.seek(offset, 1)
        available = get_remaining_size(file)
        described = _described(dtype, formats, names, titles, aligned, byteorder)
        count = sb.array(shape).prod(dtype=nt.intp)
        if count < 0:
            known = -count * described.itemsize
            shape = tuple(available // int(known) if length == -1 else length for length in shape)
            count = sb.array(shape).prod(dtype=nt.intp)
        needed = int(count) * described.itemsize
        if needed > available:
            raise ValueError("Not enough bytes left in file for specified shape and type.")
        result = recarray(shape, described)
        if file.readinto(result.data) != needed:
            raise OSError("Didn't read as many bytes as expected")
    return result


@set_module("numpy.rec")
def array(
    obj,
    dtype=None,
    shape=None,
    offset=0,
    strides=None,
    formats=None,
    names=None,
    titles=None,
    aligned=False,
    byteorder=None,
    copy=True,
):
    """A record array from records, arrays, bytes, a file, another record array, or nothing.

    ValueError where a dtype is needed and none is given, or for other objects.

    Parameters
    ----------
    obj : array_like, list of tuple, bytes, file or str
        What to make records of; a str is a file's name.
    dtype : dtype, optional
        The records' dtype.
    shape : int or tuple of int, optional
    offset : int, optional
        Where to begin, in bytes.
    strides : tuple of int, optional
        Bytes from a record to its neighbour along each axis.
    formats : str or list, optional
        The dtypes of the fields, where there is no `dtype`.
    names : str or sequence of str, optional
        Their names.
    titles : sequence of str, optional
        Their titles.
    aligned : bool, optional
        Whether fields are padded as a C compiler does.
    byteorder : str, optional
        The fields' byte order.
    copy : bool, optional
        Whether to copy an array.

    Returns
    -------
    recarray.

    Examples
    --------
    >>> import sharray as np
    >>> np.rec.array([(1, 2.5)], names="a, b").a
    array([1])
    """
    if (isinstance(obj, (type(None), str)) or hasattr(obj, "readinto")) and formats is None and dtype is None:
        raise ValueError("Must define formats (or dtype) if object is None, string, or an open file")
    layout = {}
    if dtype is not None:
        dtype = sb.dtype(dtype)
    elif formats is not None:
        dtype = format_parser(formats, names, titles, aligned, byteorder).dtype
    else:
        layout = {"formats": formats, "names": names, "titles": titles, "aligned": aligned, "byteorder": byteorder}

    if obj is None:
        if shape is None:
            raise ValueError("Must define a shape if obj is None")
        return recarray(shape, dtype, buf=obj, offset=offset, strides=strides)
    if isinstance(obj, bytes):
        return fromstring(obj, dtype, shape=shape, offset=offset, **layout)
    if isinstance(obj, (list, tuple)):
        build = fromrecords if isinstance(obj[0], (tuple, list)) else fromarrays
        return build(obj, dtype=dtype, shape=shape, **layout)
    if isinstance(obj, recarray):
        result = obj.view(dtype) if dtype is not None and obj.dtype != dtype else obj
        return result.copy() if copy else result
    if hasattr(obj, "readinto"):
        return fromfile(obj, dtype=dtype, shape=shape, offset=offset)
    if isinstance(obj, ndarray):
        result = obj.view(dtype) if dtype is not None and obj.dtype != dtype else obj
        return (result.copy() if copy else result).view(recarray)
    return _from_interface(obj, dtype)


def _from_interface(obj, dtype):
    if not isinstance(getattr(obj, "__array_interface__", None), dict):
        raise ValueError("Unknown input type")
    result = sb.array(obj)
    if dtype is not None and result.dtype != dtype:
        result = result.view(dtype)
    return result.view(recarray)


_deprecate_shape_0_as_None = _without_zero
