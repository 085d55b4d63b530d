"""Structured arrays merged side by side, stacked, and joined by keys."""

from math import prod

from .._core.multiarray import (
    arange,
    asanyarray,
    asarray,
    concatenate,
    dtype as _dtype,
    lexsort,
    ndarray,
    promote_types,
    zeros,
)
from .._core.numerictypes import bool_ as _bool, intp, void
from ._recfields_impl import (
    _fix_output,
    _get_fieldspec,
    _is_masked,
    _keep_fields,
    _masked_module,
    _zip_dtype,
    array_function_dispatch,
    get_fieldstructure,
    recursive_fill_fields,
)


def _leaves(array):
    """The innermost fields as a list of arrays, in order."""
    names = array.dtype.names
    if names is None:
        return [array]
    return [leaf for name in names for leaf in _leaves(array[name])]


def _fill_rest(field, start, fill_value):
    """Write `fill_value` from record `start` on, in each innermost field."""
    for leaf in _leaves(field):
        if start < len(leaf):
            text = leaf.dtype.kind in 'SU'
            leaf[start:] = str(fill_value) if text else fill_value


def _fix_defaults(output, defaults=None):
    """Write `defaults` (by field name) where `output` is masked."""
    if not defaults:
        return output
    data, mask, fill_value = output.data, output.mask, output.fill_value
    for name, value in defaults.items():
        if name in output.dtype.names:
            fill_value[name] = value
            data[name][mask[name]] = value
    return output


def _merge_arrays_dispatcher(seqarrays, fill_value=None, flatten=None, usemask=None, asrecarray=None):
    return seqarrays


def _merge_single(array, flatten, usemask, asrecarray):
    """One array as records, or None if it must be flattened."""
    dtype = array.dtype
    if dtype.names is None:
        dtype = _dtype([('', dtype)])
    if flatten and _zip_dtype((array,), flatten=True) != dtype:
        return None
    array = array.ravel()
    if usemask:
        kind = _masked_module().MaskedArray
        if asrecarray:
            from ..ma.mrecords import MaskedRecords as kind
    elif asrecarray:
        from .._core.records import recarray as kind
    else:
        kind = ndarray
    return array.view(dtype=dtype, type=kind)


@array_function_dispatch(_merge_arrays_dispatcher)
def merge_arrays(seqarrays, fill_value=-1, flatten=False, usemask=False, asrecarray=False):
    """Arrays side by side as the fields of one structured array.

    Shorter ones are filled with `fill_value` (and masked with `usemask`).
    `flatten` unfolds nested fields.

    Parameters
    ----------
    seqarrays : sequence of ndarray
    fill_value : scalar, optional
        What missing values become.
    flatten : bool, optional
        Whether nested fields are put side by side.
    usemask : bool, optional
        Whether to give a masked array.
    asrecarray : bool, optional
        Whether to give a recarray.

    Returns
    -------
    ndarray, MaskedArray or recarray.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.merge_arrays((np.array([1, 2]), np.array([5.])))
    array([(1,  5.), (2, -1.)], dtype=[('f0', '<i8'), ('f1', '<f8')])
    """
    if not isinstance(seqarrays, (ndarray, void)) and len(seqarrays) == 1:
        seqarrays = asanyarray(seqarrays[0])
    if isinstance(seqarrays, (ndarray, void)):
        result = _merge_single(asanyarray(seqarrays), flatten, usemask, asrecarray)
        if result is not None:
            return result
        seqarrays = (seqarrays,)
    arrays = [asanyarray(a) for a in seqarrays]
    dtype = _zip_dtype(arrays, flatten=flatten)
    length = max(a.size for a in arrays)
    output = zeros(length, dtype=dtype)
    mask = None
    if usemask:
        ma = _masked_module()
        mask = zeros(length, dtype=ma.make_mask_descr(dtype))
    _put_side_by_side(arrays, output, mask, fill_value)
    if usemask:
        output = ma.array(output, mask=mask)
    return _fix_output(output, usemask=usemask, asrecarray=asrecarray)


def _put_side_by_side(arrays, output, mask, fill_value):
    """Copy the arrays' innermost fields, in order, to those of `output`."""
    targets = iter(_leaves(output))
    mask_targets = iter(_leaves(mask)) if mask is not None else None
    for array in arrays:
        array = array.ravel()
        size = array.size
        masks = None
        if mask is not None:
            masks = iter(_leaves(_masked_module().getmaskarray(array)))
        for leaf in _leaves(array):
            target = next(targets)
            target[:size] = asarray(leaf)
            _fill_rest(target, size, fill_value)
            if mask is not None:
                target = next(mask_targets)
                target[:size] = next(masks)
                target[size:] = True


def _append_fields_dispatcher(base, names, data, dtypes=None, fill_value=None, usemask=None, asrecarray=None):
    yield base
    yield from data


def _named_columns(names, data, dtypes):
    """The new columns as arrays of one named field each."""
    if isinstance(names, (tuple, list)):
        if len(names) != len(data):
            raise ValueError(f"The number of arrays does not match the number of names: {len(data)} and {len(names)}")
    elif isinstance(names, str):
        names, data = [names], [data]
    columns = [asanyarray(a) for a in data]
    if dtypes is None:
        return [a.view([(name, a.dtype)]) for name, a in zip(names, columns)]
    if not isinstance(dtypes, (tuple, list)):
        dtypes = [dtypes]
    if len(columns) != len(dtypes):
        if len(dtypes) != 1:
            raise ValueError(
                f"The dtypes argument must be None, a dtype, or a list: {len(dtypes)} for {len(columns)} arrays."
            )
        dtypes = dtypes * len(columns)
    return [a.astype(dtype, copy=False).view([(name, dtype)]) for a, name, dtype in zip(columns, names, dtypes)]


@array_function_dispatch(_append_fields_dispatcher)
def append_fields(base, names, data, dtypes=None, fill_value=-1, usemask=True, asrecarray=False):
    """`base` with new fields: arrays `data` under `names`.

    Shorter columns are filled with `fill_value` (and masked with
    `usemask`). ValueError for unequal numbers of names and arrays.

    Parameters
    ----------
    base : ndarray
        A structured array.
    names : str or sequence of str
        The new fields' names.
    data : array_like or sequence of array_like
        Their values.
    dtypes : dtype or sequence of dtype, optional
        Their dtypes; those of the data by default.
    fill_value : scalar, optional
        What missing values become.
    usemask : bool, optional
        Whether to give a masked array.
    asrecarray : bool, optional
        Whether to give a recarray.

    Returns
    -------
    ndarray, MaskedArray or recarray.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.append_fields(np.ones(1, 'i4,i4'), 'c', [7], usemask=False)
    array([(1, 1, 7)], dtype=[('f0', '<i4'), ('f1', '<i4'), ('c', '<i8')])
    """
    columns = _named_columns(names, data, dtypes)
    base = merge_arrays(base, usemask=usemask, fill_value=fill_value)
    more = columns[0]
    if len(columns) > 1:
        more = merge_arrays(columns, flatten=True, usemask=usemask, fill_value=fill_value)
    dtype = _dtype(_get_fieldspec(base.dtype) + _get_fieldspec(more.dtype))
    length = max(len(base), len(more))
    if usemask:
        output = _masked_module().masked_all(length, dtype=dtype)
    else:
        output = zeros(length, dtype=dtype)
        for part in (base, more):
            for name in part.dtype.names:
                _fill_rest(output[name], len(part), fill_value)
    output = recursive_fill_fields(base, output)
    output = recursive_fill_fields(more, output)
    return _fix_output(output, usemask=usemask, asrecarray=asrecarray)


def _rec_append_dispatcher(base, names, data, dtypes=None):
    yield base
    yield from data


@array_function_dispatch(_rec_append_dispatcher)
def rec_append_fields(base, names, data, dtypes=None):
    """`append_fields` with a record array as result.

    Parameters
    ----------
    base : ndarray
        A structured array.
    names : str or sequence of str
        The new fields' names.
    data : array_like or sequence of array_like
        Their values.
    dtypes : dtype or sequence of dtype, optional
        Their dtypes.

    Returns
    -------
    recarray.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.rec_append_fields(np.ones(1, 'i4,i4'), 'c', [7]).c
    array([7])
    """
    return append_fields(base, names, data=data, dtypes=dtypes, asrecarray=True, usemask=False)


def _stack_arrays_dispatcher(arrays, defaults=None, usemask=None, asrecarray=None, autoconvert=None):
    return arrays


def _stacked_fields(arrays, autoconvert):
    """The fields of all arrays, in order of appearance; TypeError for a clash."""
    fields = {}
    for a in arrays:
        for name, dtype in _get_fieldspec(a.dtype):
            known = fields.get(name)
            if known is None or known == dtype:
                fields[name] = dtype
            elif autoconvert:
                fields[name] = promote_types(known, dtype)
            else:
                raise TypeError(f"Incompatible type '{known}' <> '{dtype}' for field {name!r}")
    return list(fields.items())


@array_function_dispatch(_stack_arrays_dispatcher)
def stack_arrays(arrays, defaults=None, usemask=True, asrecarray=False, autoconvert=False):
    """Arrays one below the other, fields matched by name.

    Fields that an array lacks are masked, or get `defaults` (a dict).
    `autoconvert` allows fields of different types. TypeError otherwise.

    Parameters
    ----------
    arrays : sequence of ndarray
    defaults : dict, optional
        By field: what missing values become.
    usemask : bool, optional
        Whether to give a masked array.
    asrecarray : bool, optional
        Whether to give a recarray.
    autoconvert : bool, optional
        Whether a field's dtype is promoted where it differs.

    Returns
    -------
    ndarray, MaskedArray or recarray.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.stack_arrays((np.array([1]), np.array([2])), usemask=False)
    array([1, 2])
    """
    if isinstance(arrays, ndarray):
        return arrays
    if len(arrays) == 1:
        return arrays[0]
    arrays = [asanyarray(a).ravel() for a in arrays]
    fields = _stacked_fields(arrays, autoconvert)
    ma = _masked_module() if usemask or any(map(_is_masked, arrays)) else None
    if len(fields) == 1:
        output = (ma.concatenate if ma else concatenate)(arrays)
        return _fix_output(output, usemask=usemask, asrecarray=asrecarray)
    length = sum(len(a) for a in arrays)
    ma = ma or _masked_module()
    output = ma.masked_all((length,), _dtype(fields))
    start = 0
    seen = []
    for a in arrays:
        part = slice(start, start + len(a))
        start = part.stop
        if a.dtype.names is None:
            # Its nameless field was named by its place.
            output[f'f{len(seen)}'][part] = a
            continue
        for name in a.dtype.names:
            output[name][part] = a[name]
            if name not in seen:
                seen.append(name)
    return _fix_output(_fix_defaults(output, defaults), usemask=usemask, asrecarray=asrecarray)


def _columns(array):
    """The elements of all innermost fields as 1-D arrays, one per element."""
    return [column for leaf in _leaves(array) for column in leaf.reshape(len(leaf), prod(leaf.shape[1:])).T]


def _groups(array):
    """For each record the number of its group of equal ones, in sorted order,
    and the order itself."""
    columns = [asarray(column) for column in _columns(array)]
    order = lexsort(columns[::-1])
    starts = zeros(len(order), dtype=_bool)
    for column in columns:
        column = column[order]
        starts[1:] |= column[1:] != column[:-1]
    group = zeros(len(order), dtype=intp)
    group[order] = starts.cumsum()
    return group, order


def _find_duplicates_dispatcher(a, key=None, ignoremask=None, return_index=None):
    return (a,)


@array_function_dispatch(_find_duplicates_dispatcher)
def find_duplicates(a, key=None, ignoremask=True, return_index=False):
    """The records of `a` that occur more than once, compared by the field `key`.

    By all fields unless given. Masked records are left out, or equal each
    other without `ignoremask`. With `return_index` their indices follow.

    Parameters
    ----------
    a : MaskedArray
        A structured array.
    key : str, optional
        The field to compare; None compares records.
    ignoremask : bool, optional
        Whether masked values are left out.
    return_index : bool, optional
        Whether to give the indices as well.

    Returns
    -------
    MaskedArray, or a pair of it and indices.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> rfn.find_duplicates(np.array([1, 2, 1]).view([('a', 'i8')]))
    array([(1,), (1,)], dtype=[('a', '<i8')])
    """
    a = asanyarray(a).ravel()
    base = a
    if key:
        for field in get_fieldstructure(a.dtype)[key]:
            base = base[field]
        base = base[key]
    kept = arange(len(a))
    if _is_masked(base):
        if ignoremask:
            kept = kept[~asarray(base.recordmask)]
        base = base.filled()
    group, order = _groups(base[kept])
    members = zeros(len(kept) + 1, dtype=intp)
    for number in group.tolist():
        members[number] += 1
    order = order[members[group[order]] > 1]
    index = kept[order]
    return (a[index], index) if return_index else a[index]


def _join_by_dispatcher(
    key, r1, r2, jointype=None, r1postfix=None, r2postfix=None, defaults=None, usemask=None, asrecarray=None
):
    return (r1, r2)


def _check_join(key, r1, r2, jointype, r1postfix, r2postfix):
    if jointype not in ('inner', 'outer', 'leftouter'):
        raise ValueError(
            f"The 'jointype' argument should be in 'inner', 'outer' or 'leftouter' (got '{jointype}' instead)"
        )
    if len(set(key)) != len(key):
        repeated = next(name for i, name in enumerate(key) if name in key[:i])
        raise ValueError(f"duplicate join key {repeated!r}")
    for name in key:
        for label, r in (('r1', r1), ('r2', r2)):
            if name not in r.dtype.names:
                raise ValueError(f'{label} does not have key field {name!r}')
    both = (set(r1.dtype.names) & set(r2.dtype.names)) - set(key)
    if both and not (r1postfix or r2postfix):
        raise ValueError(f"r1 and r2 contain common names, r1postfix and r2postfix can't both be empty: {sorted(both)}")


def _joined_fields(key1, r1, r2, r1postfix, r2postfix):
    """The fields of the result: keys, those of r1 and of r2, by their new names.

    A field of both comes as two, one after the other.
    """
    r2_fields = dict(_get_fieldspec(r2.dtype))
    fields = [
        (name, promote_types(dtype, r2_fields[name]) if dtype.subdtype is None else dtype)
        for name, dtype in _get_fieldspec(r1.dtype)
        if name in key1
    ]
    for name, dtype in _get_fieldspec(r1.dtype):
        if name in key1:
            continue
        if name in r2_fields:
            fields.append((name + r1postfix, dtype))
            fields.append((name + r2postfix, r2_fields[name]))
        else:
            fields.append((name, dtype))
    r1_names = r1.dtype.names
    fields += [(name, dtype) for name, dtype in r2_fields.items() if name not in r1_names]
    return fields


def _matching(key1, r1, r2):
    """Indices of the records of both that go together, and of those that don't."""
    keys = [concatenate(pair) for pair in zip(_columns(_keep_fields(r1, key1)), _columns(_keep_fields(r2, key1)))]
    order = lexsort(keys[::-1])
    starts = zeros(len(order), dtype=_bool)
    for column in keys:
        column = column[order]
        starts[1:] |= column[1:] != column[:-1]
    group = starts.cumsum()
    n1 = len(r1)
    in_r1 = order < n1
    has = [zeros(len(order) + 1, dtype=_bool) for _ in range(2)]
    has[0][group[in_r1]] = True
    has[1][group[~in_r1]] = True
    common = (has[0] & has[1])[group]
    return (order[common & in_r1], order[common & ~in_r1] - n1, order[~common & in_r1], order[~common & ~in_r1] - n1)


@array_function_dispatch(_join_by_dispatcher)
def join_by(key, r1, r2, jointype='inner', r1postfix='1', r2postfix='2', defaults=None, usemask=True, asrecarray=False):
    """Join two structured arrays on the field(s) `key`, unique in each.

    `jointype` is 'inner' (keys in both), 'outer' (in either) or 'leftouter'
    (in `r1`). Other fields of both get the postfixes. What one lacks is
    masked, or gets `defaults`. ValueError for bad keys or names.

    Parameters
    ----------
    key : str or sequence of str
        The fields to compare.
    r1, r2 : ndarray
        Structured arrays.
    jointype : {'inner', 'outer', 'leftouter'}, optional
        Keys of both, of either, or all of the first.
    r1postfix : str, optional
        What names of `r1` get that both have.
    r2postfix : str, optional
        What those of `r2` get.
    defaults : dict, optional
        By field: what missing values become.
    usemask : bool, optional
        Whether to give a masked array.
    asrecarray : bool, optional
        Whether to give a recarray.

    Returns
    -------
    ndarray, MaskedArray or recarray, sorted by the keys.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> a = np.array([(1, 10)], [('k', 'i8'), ('x', 'i8')])
    >>> b = np.array([(1, 20)], [('k', 'i8'), ('y', 'i8')])
    >>> rfn.join_by('k', a, b, usemask=False)
    array([(1, 10, 20)], dtype=[('k', '<i8'), ('x', '<i8'), ('y', '<i8')])
    """
    key = (key,) if isinstance(key, str) else tuple(key)
    _check_join(key, r1, r2, jointype, r1postfix, r2postfix)
    r1, r2 = r1.ravel(), r2.ravel()
    key1 = [name for name in r1.dtype.names if name in key]
    at1, at2, only1, only2 = _matching(key1, r1, r2)
    if jointype == 'inner':
        only1 = only1[:0]
    if jointype != 'outer':
        only2 = only2[:0]
    common, n1, n2 = len(at1), len(only1), len(only2)

    dtype = _dtype(_joined_fields(key1, r1, r2, r1postfix, r2postfix))
    output = _masked_module().masked_all((common + n1 + n2,), dtype=dtype)
    for r, other, postfix, at, only, start in (
        (r1, r2, r1postfix, at1, only1, common),
        (r2, r1, r2postfix, at2, only2, common + n1),
    ):
        for name in r.dtype.names:
            shared = name in other.dtype.names and name not in key
            column = output[name + postfix if shared else name]
            column[:common] = r[name][at]
            column[start : start + len(only)] = r[name][only]
    order = lexsort([asarray(c) for c in _columns(output[list(key)])][::-1])
    return _fix_output(_fix_defaults(output[order], defaults), usemask=usemask, asrecarray=asrecarray)


def _rec_join_dispatcher(key, r1, r2, jointype=None, r1postfix=None, r2postfix=None, defaults=None):
    return (r1, r2)


@array_function_dispatch(_rec_join_dispatcher)
def rec_join(key, r1, r2, jointype='inner', r1postfix='1', r2postfix='2', defaults=None):
    """`join_by` with a record array as result.

    Parameters
    ----------
    key : str or sequence of str
        The fields to compare.
    r1, r2 : ndarray
        Structured arrays.
    jointype : {'inner', 'outer', 'leftouter'}, optional
        Keys of both, of either, or all of the first.
    r1postfix : str, optional
        What names of `r1` get that both have.
    r2postfix : str, optional
        What those of `r2` get.
    defaults : dict, optional
        By field: what missing values become.

    Returns
    -------
    recarray.

    Examples
    --------
    >>> from sharray.lib import recfunctions as rfn
    >>> a = np.array([(1, 10)], [('k', 'i8'), ('x', 'i8')])
    >>> rfn.rec_join('k', a, a).x1
    array([10])
    """
    return join_by(
        key,
        r1,
        r2,
        jointype=jointype,
        r1postfix=r1postfix,
        r2postfix=r2postfix,
        defaults=defaults,
        usemask=False,
        asrecarray=True,
    )
