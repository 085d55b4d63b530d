"""Stand-in for NumPy's compiled helper of the same name.

A few helpers work, because what they ask can be asked without NumPy's C interface: the processor's control word, the
buffer and the sequence protocol, and questions about memory overlap, which the engine answers. All others raise.
"""

import ctypes
import ctypes.util
import sys

from conformance.standins.missing import missing, missing_functions

# --- the processor ---------------------------------------------------------------------------------------------------

_libm = ctypes.CDLL(ctypes.util.find_library("m") or None)
_environment = ctypes.create_string_buffer(256)


def get_fpu_mode():
    """The control word of the floating-point unit (x86), without its status; 0 on other machines."""
    _libm.fegetenv(_environment)
    return int.from_bytes(_environment.raw[:2], sys.byteorder) if _is_x86() else 0


def _is_x86():
    import platform

    return platform.machine() in ("x86_64", "AMD64", "i686")


# --- the buffer protocol ---------------------------------------------------------------------------------------------


class _Buffer(ctypes.Structure):
    """C's ``Py_buffer``."""

    _fields_ = [
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.c_void_p),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.POINTER(ctypes.c_ssize_t)),
        ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
        ("suboffsets", ctypes.POINTER(ctypes.c_ssize_t)),
        ("internal", ctypes.c_void_p),
    ]


_SIMPLE, _WRITABLE, _FORMAT, _ND = 0, 0x0001, 0x0004, 0x0008
_STRIDES = 0x0010 | _ND
_REQUESTS = {
    "SIMPLE": _SIMPLE,
    "WRITABLE": _WRITABLE,
    "STRIDES": _STRIDES,
    "ND": _ND,
    "C_CONTIGUOUS": 0x0020 | _STRIDES,
    "F_CONTIGUOUS": 0x0040 | _STRIDES,
    "ANY_CONTIGUOUS": 0x0080 | _STRIDES,
    "INDIRECT": 0x0100 | _STRIDES,
    "FORMAT": _FORMAT,
    "STRIDED": _STRIDES | _WRITABLE,
    "STRIDED_RO": _STRIDES,
    "RECORDS": _STRIDES | _WRITABLE | _FORMAT,
    "RECORDS_RO": _STRIDES | _FORMAT,
    "FULL": 0x0100 | _STRIDES | _WRITABLE | _FORMAT,
    "FULL_RO": 0x0100 | _STRIDES | _FORMAT,
    "CONTIG": _ND | _WRITABLE,
    "CONTIG_RO": _ND,
}

_get_buffer = ctypes.pythonapi.PyObject_GetBuffer
_get_buffer.argtypes = [ctypes.py_object, ctypes.POINTER(_Buffer), ctypes.c_int]
_release_buffer = ctypes.pythonapi.PyBuffer_Release
_release_buffer.argtypes = [ctypes.POINTER(_Buffer)]


def get_buffer_info(obj, flags):
    """Shape and strides of the buffer that ``obj`` gives for a request of these flags; None where it gives none."""
    request = 0
    for flag in flags:
        if flag not in _REQUESTS:
            raise ValueError(f"unknown buffer flag {flag!r}")
        request |= _REQUESTS[flag]
    view = _Buffer()
    _get_buffer(obj, ctypes.byref(view), request)
    try:
        return tuple(tuple(part[: view.ndim]) if part else None for part in (view.shape, view.strides))
    finally:
        _release_buffer(ctypes.byref(view))


# --- the sequence protocol -------------------------------------------------------------------------------------------

_get_item = ctypes.pythonapi.PySequence_GetItem
_get_item.argtypes = [ctypes.py_object, ctypes.c_ssize_t]
_get_item.restype = ctypes.py_object
_set_item = ctypes.pythonapi.PySequence_SetItem
_set_item.argtypes = [ctypes.py_object, ctypes.c_ssize_t, ctypes.py_object]
_delete_item = ctypes.pythonapi.PySequence_DelItem
_delete_item.argtypes = [ctypes.py_object, ctypes.c_ssize_t]


def array_indexing(mode, array, index, *value):
    """Python's C functions for items of a sequence: 0 gets one, 1 sets one, or deletes it where no value is given."""
    if mode == 0:
        return _get_item(array, index)
    if value:
        return _set_item(array, index, *value)
    return _delete_item(array, index)


# --- memory overlap: the engine's own answers ------------------------------------------------------------------------


def internal_overlap(array, max_work=-1):
    """Whether two elements of ``array`` share memory, as the engine tells."""
    return _from_engine("_internal_overlap")(array, max_work)


def solve_diophantine(A, U, b, max_work=-1, simplify=0, require_ub_nontrivial=0):  # noqa: N803 - NumPy's names
    """A solution of ``sum(A * x) == b`` with ``0 <= x <= U``, as the engine finds it; None if there is none.

    With `require_ub_nontrivial` one for half of ``sum(A * U)`` that is not ``U / 2``. The engine puts terms together
    itself, so `simplify` changes nothing; how long it may search can't be bounded here.
    """
    if max_work != -1:
        missing("solve_diophantine", "the engine's search for a solution has no bound")()
    found = _from_engine("_solve_bounded")(list(A), list(U), b, bool(require_ub_nontrivial))
    return None if found is None else tuple(found)


def _from_engine(name):
    from sharray import _engine

    return getattr(_engine, name, None) or missing(name, "the engine does not show this function yet")


# --- what needs NumPy's C interface ----------------------------------------------------------------------------------

globals().update(
    missing_functions(
        "IsPythonScalar argparse_example_function corrupt_or_fix_bufferinfo create_custom_field_dtype "
        "extint_add_128 extint_ceildiv_128_64 extint_divmod_128_64 extint_floordiv_128_64 extint_gt_128 "
        "extint_mul_64_64 extint_neg_128 extint_safe_binop extint_shl_128 extint_shr_128 extint_sub_128 extint_to_128 "
        "extint_to_64 format_float_OSprintf_g fromstring_null_term_c_api get_all_cast_information "
        "get_c_wrapping_array get_struct_alignments identityhash_tester incref_elide incref_elide_l "
        "npy_abuse_writebackifcopy npy_cabs npy_cabsf npy_cabsl npy_carg npy_cargf npy_cargl npy_char_deprecation "
        "npy_cosh npy_coshf npy_coshl npy_create_writebackifcopy npy_discard npy_ensurenocopy npy_import_entry_point "
        "npy_log10 npy_log10f npy_log10l npy_resolve npy_sinh npy_sinhf npy_sinhl npy_tan npy_tanf npy_tanh npy_tanhf "
        "npy_tanhl npy_tanl run_byteorder_converter run_casting_converter run_clipmode_converter run_intp_converter "
        "run_order_converter run_scalar_intp_converter run_scalar_intp_from_sequence run_searchside_converter "
        "run_selectkind_converter run_sortkind_converter test_as_c_array test_nditer_too_large "
        "test_neighborhood_iterator test_neighborhood_iterator_oob threaded_argparse_example_function"
    )
)
