"""Fields of structured arrays: names, layouts, dropping, renaming, reshaping."""

from .._core.multiarray import (
    asarray,
    can_cast,
    copyto,
    dtype as _dtype,
    empty,
    ndarray,
    result_type,
)
from .._utils import set_module
from ._dispatch import array_function_dispatch as _dispatch
from ._stride_tricks_impl import as_strided

_MODULE = 'numpy.lib.recfunctions'


def array_function_dispatch(dispatcher):
    """The dispatch decorator for the functions of this public module."""
    return _dispatch(dispatcher, module=_MODULE)


def _is_masked(array):
    """Whether this is a masked array, found out without importing them."""
    return any(cls.__name__ == 'MaskedArray' for cls in type(array).__mro__)


def _masked_module():
    from .. import ma

    return ma


def _get_fieldspec(dtype):
    """The fields as ``[(name, dtype), ...]``, a title paired with its name."""
    if dtype.names is None:
        return [('', dtype)]
    fields = ((name, dtype.fields[name]) for name in dtype.names)
    return [(name if len(field) == 2 else (field[2], name), field[0]) for name, field in fields]


@set_module(_MODULE)
def get_names(adtype):
    """Names of the fields as a tuple; a nested field is (name, names).

    Parameters
    ----------
    adtype : dtype

    Returns
    -------
    tuple of str, nested as the fields are.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.get_names(np.dtype([('a', 'i4'), ('b', [('c', 'i4')])]))
    ('a', ('b', ('c',)))
    """
    return tuple((name, get_names(adtype[name])) if adtype[name].names is not None else name for name in adtype.names)


@set_module(_MODULE)
def get_names_flat(adtype):
    """Names of all fields, those of nested ones behind their parent.

    Parameters
    ----------
    adtype : dtype

    Returns
    -------
    tuple of str.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.get_names_flat(np.dtype([('a', 'i4'), ('b', [('c', 'i4')])]))
    ('a', 'b', 'c')
    """
    names = []
    for name in adtype.names:
        names.append(name)
        if adtype[name].names is not None:
            names.extend(get_names_flat(adtype[name]))
    return tuple(names)


@set_module(_MODULE)
def flatten_descr(ndtype):
    """The innermost fields as a tuple of (name, dtype).

    Parameters
    ----------
    ndtype : dtype

    Returns
    -------
    tuple of (str, dtype).

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.flatten_descr(np.dtype([('a', [('b', 'i4')])]))
    (('b', dtype('int32')),)
    """
    if ndtype.names is None:
        return (('', ndtype),)
    flat = []
    for field in ndtype.names:
        dtype = ndtype.fields[field][0]
        if dtype.names is not None:
            flat.extend(flatten_descr(dtype))
        else:
            flat.append((field, dtype))
    return tuple(flat)


def _zip_dtype(seqarrays, flatten=False):
    """The dtype of arrays put side by side."""
    fields = []
    for a in seqarrays:
        if flatten:
            fields.extend(flatten_descr(a.dtype))
        elif a.dtype.names is not None and len(a.dtype.names) <= 1:
            # A single field needs no structure around it.
            fields.extend(_get_fieldspec(a.dtype))
        else:
            fields.append(('', a.dtype))
    return _dtype(fields)


def _zip_descr(seqarrays, flatten=False):
    return _zip_dtype(seqarrays, flatten=flatten).descr


@set_module(_MODULE)
def get_fieldstructure(adtype, lastname=None, parents=None):
    """For each field name the list of the fields that contain it.

    Parameters
    ----------
    adtype : dtype
    lastname : str, optional
        The field above, when called for inner ones.
    parents : dict, optional
        What is filled.

    Returns
    -------
    dict of list of str.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.get_fieldstructure(np.dtype([('a', [('b', 'i4')])]))
    {'a': [], 'b': ['a']}
    """
    parents = {} if parents is None else parents
    outer = [] if lastname is None else parents.get(lastname, []) + [lastname]
    for name in adtype.names:
        parents[name] = list(outer)
        if adtype[name].names is not None:
            get_fieldstructure(adtype[name], name, parents)
    return parents


def _recursive_fill_dispatcher(input, output):
    return (input, output)


@array_function_dispatch(_recursive_fill_dispatcher)
def recursive_fill_fields(input, output):
    """Copy the fields of `input` to those of `output` of the same names.

    `output` may be longer; it is returned.

    Parameters
    ----------
    input : ndarray
        A structured array.
    output : ndarray
        What is written to.

    Returns
    -------
    ndarray: `output`.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.recursive_fill_fields(np.ones(1, 'i4,i4'), np.zeros(2, 'i4,i4'))
    array([(1, 1), (0, 0)], dtype=[('f0', '<i4'), ('f1', '<i4')])
    """
    available = input.dtype.names
    for field in output.dtype.names:
        if field not in available:
            continue
        values = input[field]
        if values.dtype.names is not None:
            recursive_fill_fields(values, output[field])
        else:
            output[field][: len(values)] = values
    return output


def _fix_output(output, usemask=True, asrecarray=False):
    """`output` with or without mask, as records or not."""
    masked = _is_masked(output)
    if masked and not usemask:
        output = _masked_module().filled(output)
        masked = False
    if asrecarray:
        if masked:
            from ..ma.mrecords import MaskedRecords

            return output.view(MaskedRecords)
        from .._core.records import recarray

        return output.view(recarray)
    return output


def _empty_like_kind(base, shape, dtype):
    """Room for records: masked throughout if `base` is a masked array."""
    if _is_masked(base):
        return _masked_module().masked_all(shape, dtype=dtype)
    return empty(shape, dtype=dtype)


def _drop_fields_dispatcher(base, drop_names, usemask=None, asrecarray=None):
    return (base,)


def _without(dtype, names):
    """The field list of `dtype` without `names`, at any depth."""
    kept = []
    for name in dtype.names:
        if name in names:
            continue
        inner = dtype[name]
        if inner.names is None:
            kept.append((name, inner))
            continue
        fields = _without(inner, names)
        # A field that has lost all its own goes too.
        if fields:
            kept.append((name, fields))
    return kept


@array_function_dispatch(_drop_fields_dispatcher)
def drop_fields(base, drop_names, usemask=True, asrecarray=False):
    """A copy of `base` without the fields `drop_names` (one, or several).

    Parameters
    ----------
    base : ndarray
        A structured array.
    drop_names : str or sequence of str
    usemask : bool, optional
        Whether to give a masked array.
    asrecarray : bool, optional
        Whether to give a recarray.

    Returns
    -------
    ndarray, MaskedArray or recarray; None where no field is left.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.drop_fields(np.ones(1, 'i4,f8'), 'f0')
    array([(1.,)], dtype=[('f1', '<f8')])
    """
    names = {drop_names} if isinstance(drop_names, str) else set(drop_names)
    output = _empty_like_kind(base, base.shape, _dtype(_without(base.dtype, names)))
    output = recursive_fill_fields(base, output)
    return _fix_output(output, usemask=usemask, asrecarray=asrecarray)


def _keep_fields(base, keep_names, usemask=True, asrecarray=False):
    """A copy of `base` with only the fields `keep_names`, in that order."""
    dtype = _dtype([(name, base.dtype[name]) for name in keep_names])
    output = recursive_fill_fields(base, _empty_like_kind(base, base.shape, dtype))
    return _fix_output(output, usemask=usemask, asrecarray=asrecarray)


def _rec_drop_dispatcher(base, drop_names):
    return (base,)


@array_function_dispatch(_rec_drop_dispatcher)
def rec_drop_fields(base, drop_names):
    """`drop_fields` with a record array as result.

    Parameters
    ----------
    base : ndarray
        A structured array.
    drop_names : str or sequence of str

    Returns
    -------
    recarray.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.rec_drop_fields(np.ones(1, 'i4,f8'), 'f0').f1
    array([1.])
    """
    return drop_fields(base, drop_names, usemask=False, asrecarray=True)


def _rename_dispatcher(base, namemapper):
    return (base,)


def _renamed(dtype, mapping):
    fields = []
    for name in dtype.names:
        new = mapping.get(name, name)
        inner = dtype[name]
        fields.append((new, _renamed(inner, mapping) if inner.names is not None else inner))
    return fields


@array_function_dispatch(_rename_dispatcher)
def rename_fields(base, namemapper):
    """A view of `base` with fields renamed by the dict `namemapper`.

    Parameters
    ----------
    base : ndarray
        A structured array.
    namemapper : dict of str
        New names by old ones.

    Returns
    -------
    ndarray, a view.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.rename_fields(np.ones(1, 'i4,f8'), {'f0': 'a'}).dtype.names
    ('a', 'f1')
    """
    return base.view(_renamed(base.dtype, namemapper))


def _repack_dispatcher(a, align=None, recurse=None):
    return (a,)


@array_function_dispatch(_repack_dispatcher)
def repack_fields(a, align=False, recurse=False):
    """An array or a dtype with its fields laid out anew, without gaps.

    With `align` the gaps are a C compiler's; `recurse` reaches nested
    fields. The array is copied only if the layout differs.

    Parameters
    ----------
    a : ndarray or dtype
    align : bool, optional
        Whether fields are padded as a C compiler does.
    recurse : bool, optional
        Whether nested structures are repacked too.

    Returns
    -------
    ndarray or dtype.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.repack_fields(np.dtype('u1,f8', align=True)).itemsize
    9
    """
    if not isinstance(a, _dtype):
        return a.astype(repack_fields(a.dtype, align=align, recurse=recurse), copy=False)
    if a.names is None:
        return a
    fields = []
    for name in a.names:
        inner, _, *title = a.fields[name]
        if recurse:
            inner = repack_fields(inner, align=align, recurse=True)
        fields.append(((title[0], name) if title else name, inner))
    return _dtype((a.type, _dtype(fields, align=align)))


def _get_fields_and_offsets(dt, offset=0):
    """The innermost fields as ``[(base dtype, element count, offset), ...]``."""
    leaves = []
    for name in dt.names:
        inner, at = dt.fields[name][:2]
        at += offset
        count = 1
        # A sub-array may hold sub-arrays.
        while inner.subdtype is not None:
            inner, shape = inner.subdtype
            for size in shape:
                count *= size
        if inner.names is None:
            leaves.append((inner, count, at))
            continue
        for i in range(count):
            leaves.extend(_get_fields_and_offsets(inner, at + i * inner.itemsize))
    return leaves


def _common_stride(leaves, itemsize):
    """The step in bytes from element to element, or None if it varies."""
    places = []
    for _, count, offset in leaves:
        run = [offset + i * itemsize for i in range(count)]
        places.extend(run)
    steps = {b - a for a, b in zip(places, places[1:])}
    if not steps:
        return itemsize
    step = steps.pop()
    if steps or step % itemsize:
        return None
    # Backwards only as a whole: sub-arrays run forwards.
    return None if step < 0 and any(count > 1 for _, count, _ in leaves) else step


def _flat_view(arr, leaves):
    """A view with one field for each of `leaves`: f0, f1, ..."""
    return arr.view(
        _dtype(
            {
                'names': [f'f{i}' for i in range(len(leaves))],
                'formats': [(base, (count,)) for base, count, _ in leaves],
                'offsets': [offset for _, _, offset in leaves],
                'itemsize': arr.dtype.itemsize,
            }
        )
    )


def _checked_cast(source, target, casting):
    if not can_cast(source, target, casting=casting):
        raise TypeError(f"Cannot cast array data from {source} to {target} according to the rule {casting!r}")


def _structured_to_unstructured_dispatcher(arr, dtype=None, copy=None, casting=None):
    return (arr,)


@array_function_dispatch(_structured_to_unstructured_dispatcher)
def structured_to_unstructured(arr, dtype=None, copy=False, casting='unsafe'):
    """The fields of `arr` side by side along a new last axis.

    Of their common dtype unless `dtype` is given. A view if all fields have
    that dtype and lie at equal distances, unless `copy`. ValueError for an
    array without fields.

    Parameters
    ----------
    arr : ndarray
        A structured array.
    dtype : dtype, optional
        Of the result; the promoted one of the fields by default.
    copy : bool, optional
        Whether to copy where a view would do.
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
        Which casts are allowed.

    Returns
    -------
    ndarray with one more axis, along which the fields are.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.structured_to_unstructured(np.ones(2, 'i4,f8'))
    array([[1., 1.],
           [1., 1.]])
    """
    if arr.dtype.names is None:
        raise ValueError('arr must be a structured array')
    leaves = _get_fields_and_offsets(arr.dtype)
    if not leaves:
        if dtype is None:
            raise ValueError("arr has no fields. Unable to guess dtype")
        raise NotImplementedError("arr has no fields. Unsupported")
    if dtype is None:
        dtype = result_type(*(base for base, _, _ in leaves))
    else:
        dtype = _dtype(dtype)
    plain = asarray(arr)
    flat = _flat_view(plain, leaves)
    total = sum(count for _, count, _ in leaves)
    step = None
    if not copy and all(base == dtype for base, _, _ in leaves):
        step = _common_stride(leaves, dtype.itemsize)
    if step is not None:
        first = flat['f0'][..., 0]
        result = as_strided(first, plain.shape + (total,), plain.strides + (step,))
    else:
        result = empty(plain.shape + (total,), dtype)
        end = 0
        for i, (base, count, _) in enumerate(leaves):
            _checked_cast(base, dtype, casting)
            start, end = end, end + count
            copyto(result[..., start:end], flat[f'f{i}'], casting=casting)
    return result if type(arr) is ndarray else _rewrapped(arr, result)


def _rewrapped(arr, result):
    """`result` as an instance of `arr`'s class."""
    view = result.view(type(arr))
    if view.__array_finalize__ is not None:
        view.__array_finalize__(arr)
    return view


def _unstructured_to_structured_dispatcher(arr, dtype=None, names=None, align=None, copy=None, casting=None):
    return (arr,)


def _target_dtype(arr, dtype, names, align, count):
    """The structured dtype that the caller described."""
    if dtype is None:
        names = names or [f'f{i}' for i in range(count)]
        return _dtype([(name, arr.dtype) for name in names], align=align)
    if names is not None:
        raise ValueError("don't supply both dtype and names")
    dtype = _dtype(dtype)
    if align and not dtype.isalignedstruct:
        raise ValueError("align was True but dtype is not aligned")
    return dtype


@array_function_dispatch(_unstructured_to_structured_dispatcher)
def unstructured_to_structured(arr, dtype=None, names=None, align=False, copy=False, casting='unsafe'):
    """The last axis of `arr` as the fields of a structured dtype.

    Fields come from `dtype`, or from `names` and `arr`'s own dtype. A view
    if the memory allows it, unless `copy`. ValueError if the axis has
    another length than the dtype has elements.

    Parameters
    ----------
    arr : ndarray
        Its last axis becomes fields.
    dtype : dtype, optional
        The structured dtype.
    names : sequence of str, optional
        The fields' names, where there is no `dtype`.
    align : bool, optional
        Whether fields are padded as a C compiler does.
    copy : bool, optional
        Whether to copy where a view would do.
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, optional
        Which casts are allowed.

    Returns
    -------
    ndarray with one axis less.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.unstructured_to_structured(np.ones((1, 2)), names=['a', 'b'])
    array([(1., 1.)], dtype=[('a', '<f8'), ('b', '<f8')])
    """
    if arr.shape == ():
        raise ValueError('arr must have at least one dimension')
    count = arr.shape[-1]
    if count == 0:
        raise NotImplementedError("last axis with size 0 is not supported")
    dtype = _target_dtype(arr, dtype, names, align, count)
    leaves = _get_fields_and_offsets(dtype)
    total = sum(n for _, n, _ in leaves)
    if total != count:
        raise ValueError(
            'The length of the last dimension of arr must be equal to '
            f'the number of fields in dtype: {count} and {total}'
        )
    itemsize = arr.dtype.itemsize
    matching = (
        not copy
        and all(base == arr.dtype for base, _, _ in leaves)
        and dtype.itemsize == count * itemsize
        and _common_stride(leaves, itemsize) == itemsize
    )
    if matching and (arr.strides[-1] == itemsize or count == 1):
        return arr.view(dtype)[..., 0]
    result = empty(arr.shape[:-1], dtype)
    flat = _flat_view(result, leaves)
    end = 0
    for i, (base, n, _) in enumerate(leaves):
        _checked_cast(arr.dtype, base, casting)
        start, end = end, end + n
        copyto(flat[f'f{i}'], arr[..., start:end], casting=casting)
    return result


def _apply_along_fields_dispatcher(func, arr):
    return (arr,)


@array_function_dispatch(_apply_along_fields_dispatcher)
def apply_along_fields(func, arr):
    """Apply a reduction such as `mean` across the fields of each record.

    Parameters
    ----------
    func : callable
        Called as ``func(array, axis=-1)``.
    arr : ndarray
        A structured array.

    Returns
    -------
    ndarray.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.apply_along_fields(np.sum, np.ones(2, 'i4,f8'))
    array([2., 2.])
    """
    return func(structured_to_unstructured(arr), axis=-1)


def _assign_dispatcher(dst, src, zero_unassigned=None):
    return dst, src


@array_function_dispatch(_assign_dispatcher)
def assign_fields_by_name(dst, src, zero_unassigned=True):
    """Assign `src` to `dst` field by field, by name, at any depth.

    Fields that `src` lacks become 0, or stay without `zero_unassigned`.

    Parameters
    ----------
    dst : ndarray
        What is written to.
    src : ndarray
        A structured array.
    zero_unassigned : bool, optional
        Whether fields that `src` lacks become zero.

    Returns
    -------
    None.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> a = np.ones(1, [('a', 'i4'), ('b', 'i4')])
    >>> rfn.assign_fields_by_name(a, np.array([(7,)], [('b', 'i4')]))
    >>> a
    array([(0, 7)], dtype=[('a', '<i4'), ('b', '<i4')])
    """
    if dst.dtype.names is None:
        dst[...] = src
        return
    for name in dst.dtype.names:
        if name in src.dtype.names:
            assign_fields_by_name(dst[name], src[name], zero_unassigned)
        elif zero_unassigned:
            dst[name] = 0


def _require_dispatcher(array, required_dtype):
    return (array,)


@array_function_dispatch(_require_dispatcher)
def require_fields(array, required_dtype):
    """A copy of `array` with the fields of another dtype, matched by name.

    Parameters
    ----------
    array : ndarray
        A structured array.
    required_dtype : dtype

    Returns
    -------
    ndarray of that dtype.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.require_fields(np.ones(1, 'i4,f8'), [('f1', 'f4')])
    array([(1.,)], dtype=[('f1', '<f4')])
    """
    result = empty(array.shape, dtype=required_dtype)
    assign_fields_by_name(result, array)
    return result
