//! What a consumer of an array's buffer holds, in the place of the array: its end is the end of the use.
//!
//! `ndarray` itself has no `bf_releasebuffer` slot, since CPython's own parsers (`y#`, `s*`) would refuse arrays that had
//! one. A memoryview gets the array all the same: users look at its `obj`, and the garbage collector knows where
//! memoryviews are.

use std::ffi::{c_int, c_void};
use std::mem::size_of;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use super::{Protocol, Ticket, handed_out, told};
use crate::object::array::Array;

#[repr(C)]
struct Lease {
    ob_base: ffi::PyObject,
    array: *mut ffi::PyObject,
    ticket: *mut c_void,
}

unsafe extern "C" fn dealloc(slf: *mut ffi::PyObject) {
    // SAFETY: a dying lease; it holds its array, its ticket and (as instances of heap types do) its class.
    unsafe {
        let lease: *mut Lease = slf.cast();
        let (array, class) = ((*lease).array, ffi::Py_TYPE(slf));
        drop(Ticket::from_raw((*lease).ticket));
        ffi::PyObject_Free(slf.cast());
        ffi::Py_DECREF(class.cast());
        ffi::Py_DECREF(array);
    }
}

/// The array's own buffer, for those who ask a lease.
unsafe extern "C" fn get_buffer(slf: *mut ffi::PyObject, view: *mut ffi::Py_buffer, flags: c_int) -> c_int {
    // SAFETY: a live lease, which holds its array.
    unsafe { ffi::PyObject_GetBuffer((*slf.cast::<Lease>()).array, view, flags) }
}

fn class(py: Python<'_>) -> PyResult<*mut ffi::PyTypeObject> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = CLASS.get_or_try_init(py, || {
        let slot = |slot: c_int, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
        let mut slots = [
            slot(ffi::Py_tp_dealloc, dealloc as *mut c_void),
            slot(ffi::Py_bf_getbuffer, get_buffer as *mut c_void),
            slot(
                ffi::Py_tp_doc,
                c"Held by whoever uses an array's buffer, for as long as they do.".as_ptr().cast_mut().cast(),
            ),
            slot(0, ptr::null_mut()),
        ];
        let mut spec = ffi::PyType_Spec {
            name: c"sharray._engine.Lease".as_ptr(),
            basicsize: size_of::<Lease>() as c_int,
            itemsize: 0,
            flags: (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION) as _,
            slots: slots.as_mut_ptr(),
        };
        // SAFETY: the parts of the spec live through the call; the name for ever.
        unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyType_FromSpec(&mut spec)).map(Bound::unbind) }
    })?;
    Ok(class.as_ptr().cast())
}

/// What a new buffer of `array` names as its exporter, a new reference. `flags` tell a memoryview from others.
///
/// # Errors
/// `MemoryError`.
pub fn exporter(array: &Array<'_>, flags: c_int) -> PyResult<*mut ffi::PyObject> {
    if flags == ffi::PyBUF_FULL_RO {
        told(array, Protocol::MemoryView, None);
        return Ok(array.clone().into_object().into_ptr());
    }
    // SAFETY: a heap type of plain instances; both fields are set at once.
    unsafe {
        let made = ffi::PyType_GenericAlloc(class(array.py())?, 0);
        if made.is_null() {
            return Err(PyErr::fetch(array.py()));
        }
        let lease: *mut Lease = made.cast();
        (*lease).array = array.clone().into_object().into_ptr();
        (*lease).ticket = handed_out(array, Protocol::Buffer, None).into_raw();
        Ok(made)
    }
}
