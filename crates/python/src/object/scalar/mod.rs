//! Scalars: what indexing returns and what assignment takes. Classes (`types`) with NumPy's layouts (`layout`), made from
//! elements (`element`) and stored to them (`store`), built by calling them (`construct`), with arithmetic (`arith`),
//! comparison (`compare`), text (`text`), attributes and methods (`members`), and what is special about structures
//! (`void`) and times (`time`).

use std::ffi::{c_long, c_void};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use sharray_base::{ByteOrder, DType, Error, Result, TypeNum};
use sharray_kernels::object::{Hooks, register};

mod arith;
mod compare;
mod construct;
mod digits;
mod direct;
mod element;
mod free_list;
pub mod layout;
mod members;
mod store;
mod text;
mod time;
pub mod types;
pub(crate) mod void;

pub use element::{from_element, from_element_as, from_number, number_at, to_python};
pub use store::{cast_element, to_element};
pub use text::legacy;
pub use time::time_dtype_of;

/// True for instances of `numpy.generic`.
pub fn is_scalar(object: &Bound<'_, PyAny>) -> bool {
    types::number_of(object.as_ptr()).is_some()
}

/// The dtype of a NumPy scalar; `None` for other objects.
pub fn dtype_of(object: &Bound<'_, PyAny>) -> Option<DType> {
    types::number_of(object.as_ptr()).map(|num| element::dtype_of_scalar(object, num))
}

/// The type number of a NumPy scalar; `None` for other objects.
pub fn number_of(object: &Bound<'_, PyAny>) -> Option<TypeNum> {
    types::number_of(object.as_ptr())
}

/// The type number of an instance of exactly a scalar class.
#[inline]
pub fn exact_number_of(object: &Bound<'_, PyAny>) -> Option<TypeNum> {
    // SAFETY: a live object has a class.
    types::exact_number(unsafe { ffi::Py_TYPE(object.as_ptr()) })
}

/// Calls `with` on a scalar's dtype and the bytes of its value, native and aligned.
pub fn with_bytes<R>(object: &Bound<'_, PyAny>, with: impl FnOnce(&DType, *const u8) -> R) -> Option<R> {
    types::number_of(object.as_ptr()).map(|num| element::with_bytes(object, num, with))
}

static ENGINE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();

/// A function or class of the engine's own module.
pub(crate) fn engine<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let module = ENGINE
        .get(py)
        .ok_or_else(|| pyo3::exceptions::PyRuntimeError::new_err("the engine is not loaded"))?;
    module.bind(py).getattr(name)
}

/// The scalar as a 0-d array.
pub(crate) fn as_array<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    engine(object.py(), "asarray")?.call1((object,))
}

unsafe fn retain(object: *mut c_void) {
    // SAFETY: a live object, the GIL is held (hook contract).
    unsafe { ffi::Py_INCREF(object.cast()) }
}

unsafe fn release(object: *mut c_void) {
    // SAFETY: an owned reference, the GIL is held (hook contract).
    unsafe { ffi::Py_DECREF(object.cast()) }
}

/// Runs `body` with the GIL, which the caller of a hook holds; a Python exception is left set.
fn hook<R>(body: impl FnOnce(Python<'_>) -> PyResult<R>) -> Result<R> {
    // SAFETY: hooks are called with the GIL held.
    let py = unsafe { Python::assume_attached() };
    body(py).map_err(|error| {
        error.restore(py);
        Error::PythonSet
    })
}

/// What dtypes hold Python's own numbers as they are, in the machine's byte order.
fn own(dtype: &DType) -> TypeNum {
    if dtype.order() == ByteOrder::Swapped { TypeNum::Void } else { dtype.num() }
}

/// Writes one of Python's own numbers as an element of the dtype that holds it as it is; false for anything else.
///
/// # Safety
/// `object` is live or null, `target` a writable element of `dtype`; the GIL is held.
unsafe fn set_own(object: *mut ffi::PyObject, dtype: &DType, target: *mut u8) -> bool {
    // SAFETY: by the contract; an exact integer sets no error.
    unsafe {
        match own(dtype) {
            _ if object.is_null() => false,
            TypeNum::Double if ffi::PyFloat_CheckExact(object) != 0 => {
                target.cast::<f64>().write_unaligned(ffi::PyFloat_AS_DOUBLE(object));
                true
            }
            TypeNum::Long | TypeNum::LongLong
                if size_of::<c_long>() == 8 && ffi::PyLong_CheckExact(object) != 0 =>
            {
                let mut overflow = 0;
                let value = ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow);
                if overflow == 0 {
                    target.cast::<i64>().write_unaligned(value);
                }
                overflow == 0
            }
            _ => false,
        }
    }
}

unsafe fn get(dtype: &DType, source: *const u8) -> Result<*mut c_void> {
    // SAFETY: a readable element (hook contract); the GIL is held.
    let plain = unsafe {
        match own(dtype) {
            TypeNum::Double => ffi::PyFloat_FromDouble(source.cast::<f64>().read_unaligned()),
            TypeNum::LongLong => ffi::PyLong_FromLongLong(source.cast::<i64>().read_unaligned()),
            TypeNum::Long => ffi::PyLong_FromLong(source.cast::<c_long>().read_unaligned()),
            _ => return get_any(dtype, source),
        }
    };
    // Without memory an exception is set.
    if plain.is_null() { Err(Error::PythonSet) } else { Ok(plain.cast()) }
}

fn get_any(dtype: &DType, source: *const u8) -> Result<*mut c_void> {
    // Python's own values, as `tolist` and object arrays hold them.
    hook(|py| element::to_python(py, dtype, source, None).map(|value| value.into_ptr().cast()))
}

unsafe fn set(object: *mut c_void, dtype: &DType, target: *mut u8) -> Result<()> {
    // SAFETY: by the hook contract.
    if unsafe { set_own(object.cast(), dtype, target) } {
        return Ok(());
    }
    hook(|py| {
        // SAFETY: a live object, or null which counts as `None`.
        let object = unsafe { Bound::from_borrowed_ptr_or_opt(py, object.cast()) };
        to_element(&object.unwrap_or_else(|| py.None().into_bound(py)), dtype, target)
    })
}

unsafe fn truth(object: *mut c_void) -> Result<bool> {
    hook(|py| {
        // SAFETY: a live object (hook contract).
        unsafe { Bound::<PyAny>::from_borrowed_ptr(py, object.cast()) }.is_truthy()
    })
}

unsafe fn less(a: *mut c_void, b: *mut c_void) -> Result<bool> {
    hook(|py| {
        // SAFETY: live objects (hook contract).
        let (a, b) = unsafe {
            (Bound::<PyAny>::from_borrowed_ptr(py, a.cast()), Bound::<PyAny>::from_borrowed_ptr(py, b.cast()))
        };
        a.lt(b)
    })
}

/// Makes the classes, adds them and the pickle function `scalar` to the module, and registers the object hooks.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    types::make(py)?;
    types::add_to(module)?;
    let _ = ENGINE.set(py, module.clone().unbind());
    module.add_function(wrap_pyfunction!(construct::scalar, module)?)?;
    register(Hooks { retain, release, get, set, truth, less });
    Ok(())
}
