//! DLPack's capsules: their names, what they hold, and their end.
//!
//! A capsule travels under a name that says which struct it holds. The consumer takes the struct by renaming the capsule;
//! one that nobody takes lets go of the struct when it dies itself. So each struct's deleter is called exactly once.

use std::ffi::{CStr, c_void};

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_interop::dlpack::abi::{Managed, ManagedVersioned};
use sharray_interop::dlpack::taken::Taken;

/// Which struct a capsule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `DLManagedTensorVersioned`.
    Versioned,
    /// `DLManagedTensor`.
    Legacy,
}

impl Form {
    /// Name of a capsule whose struct is there to be taken.
    pub(super) fn name(self) -> &'static CStr {
        match self {
            Form::Versioned => c"dltensor_versioned",
            Form::Legacy => c"dltensor",
        }
    }
    /// Name of a capsule whose struct was taken.
    pub(super) fn used_name(self) -> &'static CStr {
        match self {
            Form::Versioned => c"used_dltensor_versioned",
            Form::Legacy => c"used_dltensor",
        }
    }
    /// Name of the capsules that keep structs for our arrays.
    fn keeper_name(self) -> &'static CStr {
        match self {
            Form::Versioned => c"sharray_dltensor_versioned",
            Form::Legacy => c"sharray_dltensor",
        }
    }
}

/// Lets go of a managed struct, keeping the exception that is on its way, if there is one. What the deleter raises can't
/// be raised from here: it is reported.
unsafe fn let_go(managed: *mut c_void, form: Form) {
    // SAFETY: the GIL is held, as in every destructor of a capsule; the caller hands the struct over.
    unsafe {
        let (mut class, mut value, mut trace) = Default::default();
        ffi::PyErr_Fetch(&raw mut class, &raw mut value, &raw mut trace);
        drop(match form {
            Form::Versioned => Taken::versioned(managed.cast::<ManagedVersioned>()),
            Form::Legacy => Taken::legacy(managed.cast::<Managed>()),
        });
        if !ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_WriteUnraisable(std::ptr::null_mut());
        }
        ffi::PyErr_Restore(class, value, trace);
    }
}

/// Ends a capsule that still has the name `name`, and so its struct.
unsafe fn end(capsule: *mut ffi::PyObject, name: &CStr, form: Form) {
    // SAFETY: a dying capsule, by the caller.
    unsafe {
        if ffi::PyCapsule_IsValid(capsule, name.as_ptr()) != 0 {
            let_go(ffi::PyCapsule_GetPointer(capsule, name.as_ptr()), form);
        }
    }
}

unsafe extern "C" fn end_versioned(capsule: *mut ffi::PyObject) {
    // SAFETY: the destructor of capsules of that form.
    unsafe { end(capsule, Form::Versioned.name(), Form::Versioned) }
}

unsafe extern "C" fn end_legacy(capsule: *mut ffi::PyObject) {
    // SAFETY: as above.
    unsafe { end(capsule, Form::Legacy.name(), Form::Legacy) }
}

unsafe extern "C" fn end_versioned_keeper(capsule: *mut ffi::PyObject) {
    // SAFETY: as above.
    unsafe { end(capsule, Form::Versioned.keeper_name(), Form::Versioned) }
}

unsafe extern "C" fn end_legacy_keeper(capsule: *mut ffi::PyObject) {
    // SAFETY: as above.
    unsafe { end(capsule, Form::Legacy.keeper_name(), Form::Legacy) }
}

/// A capsule for a consumer.
///
/// # Errors
/// `MemoryError`; the struct is let go of then.
///
/// # Safety
/// `managed` is a struct of this form, handed over.
pub(super) unsafe fn for_consumer(
    py: Python<'_>,
    managed: *mut c_void,
    form: Form,
) -> PyResult<Bound<'_, PyAny>> {
    let end = match form {
        Form::Versioned => end_versioned,
        Form::Legacy => end_legacy,
    };
    // SAFETY: a struct, not null; the name lives for ever.
    let made = unsafe {
        Bound::from_owned_ptr_or_err(py, ffi::PyCapsule_New(managed, form.name().as_ptr(), Some(end)))
    };
    if made.is_err() {
        // SAFETY: no capsule has it.
        unsafe { let_go(managed, form) };
    }
    made
}

/// A capsule that keeps a consumed struct; it does not let go of it before [`arm`] is called.
///
/// # Errors
/// `MemoryError`.
pub(super) fn keeper(py: Python<'_>, managed: *mut c_void, form: Form) -> PyResult<Bound<'_, PyAny>> {
    // SAFETY: the pointer was a capsule's, so is not null; the name lives for ever.
    unsafe {
        Bound::from_owned_ptr_or_err(py, ffi::PyCapsule_New(managed, form.keeper_name().as_ptr(), None))
    }
}

/// From now on the keeper lets go of its struct when it dies.
///
/// # Safety
/// `keeper` comes from [`keeper`], and the struct is nobody else's any more.
pub(super) unsafe fn arm(keeper: &Bound<'_, PyAny>, form: Form) {
    let end = match form {
        Form::Versioned => end_versioned_keeper,
        Form::Legacy => end_legacy_keeper,
    };
    // SAFETY: a capsule, so that this can't fail.
    unsafe { ffi::PyCapsule_SetDestructor(keeper.as_ptr(), Some(end)) };
}
