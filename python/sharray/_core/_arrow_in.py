"""Arrow's C data interface, inwards: `from_arrow`.

The engine checks Arrow's structs and gives a column as a tuple `(kind, name, length, parameter, values, nulls, mask,
children, dictionary)` of arrays that lie in Arrow's memory where that can be. Here columns become arrays: lists of one
length get axes, structs become structured arrays, codes what they stand for, and chunks one array.
"""

from .. import _engine
from .._engine import array, concatenate, dtype, empty, zeros
from ._arrow_masked import Masked, null_count
from .numerictypes import bool_
from .umath import str_len

__all__ = ["from_arrow"]


def from_arrow(x, *, nulls="error", copy=None, dictionary="decode", columns=False):
    """Make an array of an Arrow column, in its own memory wherever the layouts agree.

    Parameters
    ----------
    x : object
        What speaks the Arrow PyCapsule protocol (`__arrow_c_array__` or `__arrow_c_stream__`): arrays, chunked arrays,
        record batches and tables of PyArrow, series and frames of Polars and pandas, and so on; also what has only
        `__arrow_array__`, as pandas' extension arrays, and a pair of capsules.
    nulls : {"error", "masked", "mask"}, optional
        What becomes of nulls, which an array has no place for. "error" refuses them; "masked" gives a `Masked`, the values
        and what is missing together; "mask" gives the pair `(values, mask)`, where `mask` is true for what is missing. With
        these two the result's type is the same whether or not there are nulls. Values under a mask mean nothing.
    copy : bool, optional
        True for values of one's own, which may be written; False to refuse what can't be shared; by default memory is shared
        if it can be, and the array is read-only then, as Arrow's memory is.
    dictionary : {"decode", "codes"}, optional
        Of dictionary-encoded columns: the values, or the pair `(codes, categories)`.
    columns : bool, optional
        Of structs, record batches and tables: a dict with the result for each column, which can be shared, in place of one
        structured array, which is a copy.

    Returns
    -------
    ndarray, Masked, tuple or dict
        One-dimensional but for lists of one length, each nesting of which is an axis more. A structured array has a mask with
        the same fields.

    Raises
    ------
    TypeError
        `x` speaks no Arrow, or has a type without a counterpart: decimals, lists of varying length, maps, unions,
        run-ends, intervals.
    ValueError
        There are nulls and `nulls` is "error"; a copy is needed and `copy` is False; Arrow's structs contradict themselves.

    See Also
    --------
    Masked : Values and what is missing among them.

    Notes
    -----
    Shared where they lie: numbers, `timestamp` and `date64` (datetime64), `duration` and `time64` (timedelta64; times of the
    day are spans since midnight), `fixed_size_binary` (`V`), and lists of these. Copied: `bool` (bits become bytes), texts
    (`StringDType`), binaries (`S`; `bytes` objects where a null byte at an end would be lost or padding would take most of the
    memory), `date32` (datetime64[D]), `time32`, decoded dictionaries, structs as structured arrays (their texts as `U`), and
    several chunks.
    A column of type `null` has no values; with `nulls` other than "error" they are all False.

    Timestamps with a time zone are in UTC, and the zone's name is in the dtype: ``values.dtype.metadata["timezone"]``. An array
    of that dtype goes back to Arrow with its zone.

    Examples
    --------
    >>> import sharray as np
    >>> x = np.arange(3.0)
    >>> y = np.interop.from_arrow(x)
    >>> y, np.shares_memory(x, y), y.flags.writeable
    (array([0., 1., 2.]), True, False)
    >>> column = np.interop.Masked(np.array([1, 2, 3]), np.array([False, True, False]))
    >>> np.interop.from_arrow(column, nulls="masked").filled(0)
    array([1, 0, 3])
    """
    _one_of("nulls", nulls, ("error", "masked", "mask"))
    _one_of("dictionary", dictionary, ("decode", "codes"))
    chunks = _chunks(x)
    if columns and chunks[0][0] == "struct":
        return _columns(x, chunks, nulls, copy, dictionary)
    return _result(x, chunks, nulls, copy, dictionary)


def _one_of(name, value, words):
    if value not in words:
        raise ValueError(f"{name}={value!r}: one of {', '.join(map(repr, words))} is expected")


def _chunks(x):
    """The columns that an object hands over, one at least."""
    pair = x
    if not isinstance(x, tuple):
        if isinstance(x, type):
            raise TypeError(f"a class, {x!r}, is no Arrow column: an instance is expected")
        if hasattr(x, "__arrow_c_array__"):
            pair = x.__arrow_c_array__()
        elif hasattr(x, "__arrow_c_stream__"):
            return _engine._arrow_drain(x.__arrow_c_stream__())
        elif hasattr(x, "__arrow_array__"):
            return _chunks(x.__arrow_array__())
        elif hasattr(x, "__arrow_c_device_array__"):
            raise TypeError(
                f"an object of {type(x)} hands its column over on its device only: bring it to the host first, as by x.to_arrow()"
            )
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise TypeError(
            f"an object of {type(x)} is no Arrow column: one with __arrow_c_array__ or __arrow_c_stream__ is expected"
        )
    return [_engine._arrow_take(*pair)]


def _columns(x, chunks, nulls, copy, dictionary):
    """Each child of a struct by itself; what is missing in the struct is missing in each."""
    names = [child[1] for child in chunks[0][7]]
    _check_names(names)
    found = {}
    for index, name in enumerate(names):
        parts = [_child(chunk, index) for chunk in chunks]
        found[name] = _result(x, parts, nulls, copy, dictionary, name)
    return found


def _check_names(names):
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"several columns have the name {twice[0]!r}: rename them first")


def _child(chunk, index):
    child, mask = chunk[7][index], chunk[6]
    if mask is None:
        return child
    own = mask if child[6] is None else mask | child[6]
    return (*child[:5], int(own.sum()), own, *child[7:])


def _result(x, chunks, nulls, copy, dictionary, name=None):
    """What a column becomes; `x` is who handed it over."""
    reader = _Reader(dictionary == "codes")
    codes = reader.categorical(chunks)
    if codes is not None:
        parts, categories = codes
    else:
        parts, categories = [reader.read(chunk) for chunk in chunks], None
    values, mask = _joined(parts, reader)
    if copy is False and reader.reasons:
        raise ValueError(
            f"copy=False, and {_column_text(name)} can't be shared: {'; '.join(dict.fromkeys(words for _kind, words in reader.reasons))}"
        )
    if nulls == "error":
        _refuse_nulls(mask, name)
    if copy and not reader.reasons and not values.flags.writeable:
        values = values.copy()
        reader.reasons.append(("requested", "copy=True"))
    _engine._arrow_came_in(x, values, reader.reasons[0][0] if reader.reasons else None)
    if nulls != "error":
        mask = _no_mask(values) if mask is None else mask
        values = Masked(values, mask) if nulls == "masked" else (values, mask)
    return values if categories is None else (values, categories)


def _column_text(name):
    return "the column" if name is None else f"column {name!r}"


def _refuse_nulls(mask, name):
    if mask is None:
        return
    per_field = {field: null_count(mask[field]) for field in mask.dtype.names or ()}
    count = null_count(mask)
    if not count:
        return
    where = ", ".join(f"{field!r}: {n}" for field, n in per_field.items() if n)
    raise ValueError(
        f"{_column_text(name)} has {count} null{'s' * (count != 1)}{f' ({where})' if where else ''}, which an array has no place"
        " for: take values and mask together by nulls='masked', or side by side by nulls='mask'"
    )


def _mask_dtype(kind):
    """The dtype of a mask: of a structure, one with the same fields."""
    if kind.names is None:
        if kind.subdtype is not None:
            return dtype((_mask_dtype(kind.subdtype[0]), kind.subdtype[1]))
        return dtype(bool_)
    return dtype([(name, _mask_dtype(kind.fields[name][0])) for name in kind.names])


def _no_mask(values):
    return zeros(values.shape, _mask_dtype(values.dtype))


def _joined(parts, reader):
    """Several chunks as one."""
    if len(parts) > 1:
        # Chunks without elements add nothing, and one that is left can be shared.
        parts = [part for part in parts if len(part[0])] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    reader.reasons.append(("several pieces", f"several chunks ({len(parts)})"))
    values = concatenate([part[0] for part in parts])
    if parts[0][0].dtype.metadata:
        values = values.view(parts[0][0].dtype)
    if all(part[1] is None for part in parts):
        return values, None
    return values, concatenate([_no_mask(v) if m is None else m for v, m in parts])


class _Reader:
    """Columns as arrays; `reasons` tells why some are copies."""

    def __init__(self, codes=False):
        self.codes = codes
        self.reasons = []

    def read(self, node):
        """Values, and a mask or `None`."""
        kind, _name, _length, parameter, values, _nulls, mask, _children, dictionary = node
        if dictionary is not None:
            return self._decoded(node)
        special = getattr(self, f"_{kind}", None)
        if special is not None:
            return special(node)
        if kind in _COPIED:
            self.reasons.append(("bit-packed" if kind == "bool" else "dtype", _COPIED[kind]))
        elif kind == "timestamp":
            unit, zone = parameter
            values = values.view(dtype(f"M8[{unit}]", metadata={"timezone": zone}) if zone else f"M8[{unit}]")
        elif kind == "date64":
            values = values.view("M8[ms]")
        elif kind == "duration":
            values = values.view(f"m8[{parameter}]")
        return values, mask

    def _null(self, node):
        nothing = zeros(node[2], bool_)
        return nothing, ~nothing if node[2] else None

    def _date32(self, node):
        self.reasons.append(("dtype", "dates of 32 bits become datetime64"))
        return node[4].astype("M8[D]"), node[6]

    def _time(self, node):
        values = node[4]
        if values.dtype.itemsize == 4:
            self.reasons.append(("dtype", "times of 32 bits become timedelta64"))
            return values.astype(f"m8[{node[3]}]"), node[6]
        return values.view(f"m8[{node[3]}]"), node[6]

    def _fixed_size_list(self, node):
        length, size, outer = node[2], node[3], node[6]
        values, mask = self.read(node[7][0])
        shape = (length, size, *values.shape[1:])
        values = values.reshape(shape)
        mask = None if mask is None else mask.reshape(shape)
        return values, _covered(values, mask, outer)

    def _struct(self, node):
        names = [child[1] or f"f{index}" for index, child in enumerate(node[7])]
        _check_names(names)
        self.reasons.append(("several pieces", "columns become the fields of a structured array"))
        fields = [_as_field(*self.read(child)) for child in node[7]]
        values = empty(node[2], [(n, v.dtype, v.shape[1:]) for n, (v, _m) in zip(names, fields, strict=True)])
        for name, (part, _mask) in zip(names, fields, strict=True):
            values[name] = part
        if all(mask is None for _v, mask in fields):
            return values, _covered(values, None, node[6])
        mask = _no_mask(values)
        for name, (_v, part) in zip(names, fields, strict=True):
            if part is not None:
                mask[name] = part
        return values, _covered(values, mask, node[6])

    def _decoded(self, node):
        """What the codes of a column stand for."""
        self.reasons.append(("dtype", "codes become what they stand for"))
        codes, mask = self._codes(node)
        values, missing = self.read(node[8])
        if not len(values):
            return zeros((len(codes), *values.shape[1:]), values.dtype), mask
        found = values[codes]
        if missing is not None:
            absent = missing[codes]
            mask = absent if mask is None else _covered(found, absent, mask)
        elif mask is not None:
            mask = _covered(found, None, mask)
        return found, mask

    def _codes(self, node):
        """The codes, checked, with 0 where there is none."""
        codes, mask, size = node[4], node[6], node[8][2]
        if mask is not None:
            codes = _engine.where(mask, zeros((), codes.dtype), codes)
        there = codes if mask is None else codes[~mask]
        if there.size and (there.min() < 0 or there.max() >= size):
            bad = there.min() if there.min() < 0 else there.max()
            raise ValueError(f"a dictionary-encoded Arrow column has code {bad}, and its dictionary {size} entries")
        return codes, mask

    def categorical(self, chunks):
        """Codes of every chunk and the categories that they all are of; `None` if nobody asked for codes."""
        if not self.codes or chunks[0][8] is None:
            return None
        categories = [_Reader().read(chunk[8]) for chunk in chunks]
        for _values, missing in categories:
            _refuse_nulls(missing, "dictionary")
        categories = [values for values, _missing in categories]
        parts = [self._codes(chunk) for chunk in chunks]
        first = categories[0]
        if all(_same(first, other) for other in categories[1:]):
            return parts, first
        return self._unified(parts, categories)

    def _unified(self, parts, categories):
        """Chunks with dictionaries of their own get one for all, in order of appearance."""
        places, moved = {}, []
        for (codes, mask), values in zip(parts, categories, strict=True):
            new = [places.setdefault(value, len(places)) for value in values.tolist()]
            table = array(new or [0], "int64")
            moved.append((table[codes], mask))
        self.reasons.append(("several pieces", "chunks with dictionaries of their own get one for all"))
        merged = concatenate(categories)
        order = {}
        for index, value in enumerate(merged.tolist()):
            order.setdefault(value, index)
        return moved, merged[list(order.values())]


_COPIED = {
    "bool": "bits become bytes",
    "utf8": "texts become StringDType",
    "utf8_view": "texts become StringDType",
    "binary": "binaries become elements of one width",
    "binary_view": "binaries become elements of one width",
}


def _as_field(values, mask):
    """Texts of variable width are no fields: they become `U` of the longest, or objects where that loses something."""
    if values.dtype.kind == "T":
        fixed = values.astype(f"U{max(int(str_len(values).max(initial=1)), 1)}")
        values = fixed if (fixed.astype(values.dtype) == values).all() else values.astype(object)
    return values, mask


def _same(a, b):
    return a is b or a.dtype == b.dtype and a.shape == b.shape and bool((a == b).all())


def _covered(values, mask, outer):
    """A mask of elements, with all of them missing where what holds them is."""
    if outer is None:
        return mask
    if mask is None:
        mask = _no_mask(values)
    elif not mask.flags.writeable or mask.base is not None:
        mask = mask.copy()
    mask[outer] = True if mask.dtype.names is None else _all_true(mask.dtype)
    return mask


def _all_true(kind):
    full = zeros((), kind)
    for name in kind.names:
        field = kind.fields[name][0]
        base = field.subdtype[0] if field.subdtype else field
        full[name] = True if base.names is None else _all_true(base)
    return full
