//! Memory of small number scalars: released ones wait for reuse (design D4). All numbers of up to eight bytes have
//! objects of one size, so that one list serves them all.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;

use super::layout::ValueScalar;
use super::types;

/// How many released objects are kept: those of a list of a thousand come back when the next one is made.
const KEPT: usize = 1024;

struct FreeList {
    objects: [*mut ffi::PyObject; KEPT],
    len: usize,
}

static mut FREE: FreeList = FreeList { objects: [ptr::null_mut(); KEPT], len: 0 };

/// True for classes whose instances this list keeps.
pub(super) fn serves(num: TypeNum) -> bool {
    num.is_number() && num.row().itemsize <= size_of::<u64>()
}

/// A scalar of exactly the class of a number, whose value is still to be written.
#[inline(always)]
pub(super) fn new_number(py: Python<'_>, num: TypeNum) -> PyResult<Bound<'_, PyAny>> {
    let class = types::class(num);
    // SAFETY: the list is touched with the GIL held only; what lies in it are whole allocations of the size that all the
    // classes it serves have. Static classes need no reference from their instances.
    unsafe {
        let free = &raw mut FREE;
        if (*class).tp_basicsize == size_of::<ValueScalar<u64>>() as isize {
            let object = if (*free).len > 0 {
                (*free).len -= 1;
                (*free).objects[(*free).len]
            } else {
                let fresh: *mut ffi::PyObject = ffi::PyObject_Malloc(size_of::<ValueScalar<u64>>()).cast();
                if fresh.is_null() {
                    return Err(pyo3::exceptions::PyMemoryError::new_err(()));
                }
                fresh
            };
            // What `PyObject_Init` does for a static type.
            ((*object).ob_refcnt, (*object).ob_type) = (1, class);
            return Ok(Bound::from_owned_ptr(py, object));
        }
        Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(class, 0))
    }
}

/// `tp_dealloc` of the classes that the list serves, and of classes derived from them.
pub(super) unsafe extern "C" fn dealloc(object: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone; an object of exactly such a class is an allocation of that one size.
    unsafe {
        let class = ffi::Py_TYPE(object);
        let free = &raw mut FREE;
        if (*free).len < KEPT && types::exact_number(class).is_some() {
            (*free).objects[(*free).len] = object;
            (*free).len += 1;
        } else if let Some(release) = (*class).tp_free {
            release(object.cast());
        }
    }
}
