//! Capsules of the Arrow C data interface: their names, what they hold, and their end.
//!
//! A capsule owns the box that its struct lies in. A consumer moves the struct out and marks the one in the capsule as let
//! go of; one that nobody moved is let go of when the capsule dies. So each release callback is called exactly once.

use std::ffi::{CStr, c_void};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use sharray_interop::arrow::abi::{ArrowArray, ArrowArrayStream, ArrowSchema};
use sharray_interop::arrow::taken::{Releasable, Taken};

/// A struct that travels in capsules of a name of its own.
pub(super) trait Travels: Releasable {
    /// The capsules' name.
    const NAME: &'static CStr;
}

impl Travels for ArrowSchema {
    const NAME: &'static CStr = c"arrow_schema";
}
impl Travels for ArrowArray {
    const NAME: &'static CStr = c"arrow_array";
}
impl Travels for ArrowArrayStream {
    const NAME: &'static CStr = c"arrow_array_stream";
}

/// Name of the capsules that keep foreign arrays for ours.
const KEEPER: &CStr = c"sharray_arrow_array";

/// Runs `body`, keeping the exception that is on its way, if there is one. What a callback raises can't be raised from a
/// destructor: it is reported.
///
/// # Safety
/// The GIL is held.
unsafe fn aside(body: impl FnOnce()) {
    // SAFETY: by the contract.
    unsafe {
        let (mut class, mut value, mut trace) = Default::default();
        ffi::PyErr_Fetch(&raw mut class, &raw mut value, &raw mut trace);
        body();
        if !ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_WriteUnraisable(std::ptr::null_mut());
        }
        ffi::PyErr_Restore(class, value, trace);
    }
}

unsafe extern "C" fn end_struct<T: Travels>(capsule: *mut ffi::PyObject) {
    // SAFETY: a dying capsule of ours, which holds a box; the GIL is held.
    unsafe {
        let at = ffi::PyCapsule_GetPointer(capsule, T::NAME.as_ptr()).cast::<T>();
        aside(|| {
            if !at.is_null() {
                T::release(at);
                drop(Box::from_raw(at));
            }
        });
    }
}

unsafe extern "C" fn end_keeper(capsule: *mut ffi::PyObject) {
    // SAFETY: as above.
    unsafe {
        let at = ffi::PyCapsule_GetPointer(capsule, KEEPER.as_ptr()).cast::<Taken<ArrowArray>>();
        aside(|| {
            if !at.is_null() {
                drop(Box::from_raw(at));
            }
        });
    }
}

/// A capsule around a pointer to a box.
unsafe fn around<'py>(
    py: Python<'py>,
    at: *mut c_void,
    name: &'static CStr,
    end: unsafe extern "C" fn(*mut ffi::PyObject),
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: not null; the name lives for ever.
    unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyCapsule_New(at, name.as_ptr(), Some(end))) }
}

/// A capsule for a consumer.
///
/// # Errors
/// `MemoryError`; the struct is let go of then.
pub(super) fn for_consumer<T: Travels>(py: Python<'_>, made: T) -> PyResult<Bound<'_, PyAny>> {
    let at = Box::into_raw(Box::new(made));
    // SAFETY: a fresh box, which the capsule owns, or nobody if there is none.
    unsafe {
        around(py, at.cast(), T::NAME, end_struct::<T>).inspect_err(|_| {
            T::release(at);
            drop(Box::from_raw(at));
        })
    }
}

/// A capsule that keeps a foreign array until it dies.
///
/// # Errors
/// `MemoryError`; the array is let go of then.
pub(super) fn keeper(py: Python<'_>, array: Taken<ArrowArray>) -> PyResult<Bound<'_, PyAny>> {
    let at = Box::into_raw(Box::new(array));
    // SAFETY: as above.
    unsafe { around(py, at.cast(), KEEPER, end_keeper).inspect_err(|_| drop(Box::from_raw(at))) }
}

/// Address of the struct in a capsule of its name.
///
/// # Errors
/// `TypeError` for what is no capsule, `ValueError` for one of another name.
pub(super) fn open<T: Travels>(capsule: &Bound<'_, PyAny>) -> PyResult<*mut T> {
    let raw = capsule.as_ptr();
    // SAFETY: a live object; the name of a capsule is null or text that lives as long.
    unsafe {
        if ffi::PyCapsule_CheckExact(raw) == 0 {
            return Err(PyTypeError::new_err(format!(
                "an object of {} was given where a capsule with the name {:?} was expected",
                capsule.get_type(),
                T::NAME
            )));
        }
        if ffi::PyCapsule_IsValid(raw, T::NAME.as_ptr()) == 0 {
            let name = ffi::PyCapsule_GetName(raw);
            let name = if name.is_null() { c"NULL" } else { CStr::from_ptr(name) };
            return Err(PyValueError::new_err(format!(
                "a capsule with the name {name:?} was given where one with the name {:?} was expected",
                T::NAME
            )));
        }
        Ok(ffi::PyCapsule_GetPointer(raw, T::NAME.as_ptr()).cast())
    }
}

/// The struct in a capsule, which is ours from now on.
///
/// # Errors
/// As for [`open`]; `ValueError` for a struct that was taken before.
pub(super) fn take<T: Travels>(capsule: &Bound<'_, PyAny>) -> PyResult<Taken<T>> {
    let at = open::<T>(capsule)?;
    // SAFETY: the capsule holds what its name says, by the protocol; moving the struct out makes it ours.
    unsafe { Taken::from(at) }.ok_or_else(|| {
        PyValueError::new_err(format!(
            "the capsule with the name {:?} was taken before, and can be taken once only",
            T::NAME
        ))
    })
}
