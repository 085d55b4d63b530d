"""Functions for structured arrays: fields added, dropped, renamed, joined.

Work on fields is in `_recfields_impl`, on several arrays in `_recjoin_impl`.
"""

from ._recfields_impl import (
    _get_fieldspec,  # noqa: F401  (imported from here by tests)
    _zip_descr,  # noqa: F401
    _zip_dtype,  # noqa: F401
    apply_along_fields,
    assign_fields_by_name,
    drop_fields,
    flatten_descr,
    get_fieldstructure,
    get_names,
    get_names_flat,
    rec_drop_fields,
    recursive_fill_fields,
    rename_fields,
    repack_fields,
    require_fields,
    structured_to_unstructured,
    unstructured_to_structured,
)
from ._recjoin_impl import (
    append_fields,
    find_duplicates,
    join_by,
    merge_arrays,
    rec_append_fields,
    rec_join,
    stack_arrays,
)

__all__ = [
    'append_fields',
    'apply_along_fields',
    'assign_fields_by_name',
    'drop_fields',
    'find_duplicates',
    'flatten_descr',
    'get_fieldstructure',
    'get_names',
    'get_names_flat',
    'join_by',
    'merge_arrays',
    'rec_append_fields',
    'rec_drop_fields',
    'rec_join',
    'recursive_fill_fields',
    'rename_fields',
    'repack_fields',
    'require_fields',
    'stack_arrays',
    'structured_to_unstructured',
    'unstructured_to_structured',
]
