//! Documentation given to compiled objects afterwards: `add_docstring`, `_add_newdoc_ufunc`; and what else the compiled
//! module says of itself: the processor's features, the numbers of flags.

use std::ffi::{CStr, CString, c_char};
use std::ptr;

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::object::layout::flag;
use crate::object::ufunc;

/// The beginning of the descriptors that stand for methods and attributes of C types, with the definition they are made
/// from. CPython has kept it so in all of 3.x.
#[repr(C)]
struct Descriptor {
    ob_base: ffi::PyObject,
    class: *mut ffi::PyTypeObject,
    name: *mut ffi::PyObject,
    qualname: *mut ffi::PyObject,
    definition: *mut std::ffi::c_void,
}

/// Where a compiled object keeps its docstring; `None` for objects that have no such place.
fn slot(object: &Bound<'_, PyAny>) -> Option<*mut *const c_char> {
    let (class, address) = (object.get_type_ptr(), object.as_ptr());
    let is = |wanted: *mut ffi::PyTypeObject| ptr::eq(class, wanted);
    // SAFETY: each object is of the class that its layout belongs to; definitions outlive their descriptors.
    unsafe {
        if ffi::PyType_Check(address) != 0 {
            let class: *mut ffi::PyTypeObject = address.cast();
            return (ffi::PyType_HasFeature(class, ffi::Py_TPFLAGS_HEAPTYPE) == 0)
                .then(|| &raw mut (*class).tp_doc);
        }
        if is(&raw mut ffi::PyMethodDescr_Type) {
            let method: *mut ffi::PyMethodDef = (*address.cast::<Descriptor>()).definition.cast();
            return Some(&raw mut (*method).ml_doc);
        }
        if is(&raw mut ffi::PyGetSetDescr_Type) {
            let attribute: *mut ffi::PyGetSetDef = (*address.cast::<Descriptor>()).definition.cast();
            return Some(&raw mut (*attribute).doc);
        }
    }
    None
}

/// True for objects of the engine's own static types, whose definitions lie in memory that can be written.
fn is_ours(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let class = match object.getattr_opt("__objclass__")? {
        Some(class) => class,
        None => object.clone(),
    };
    let module: String = class.getattr("__module__")?.extract()?;
    let package = module.split('.').next().unwrap_or_default();
    Ok(package == "sharray" || package == "numpy")
}

/// Gives a docstring to a compiled object that has none: a static type, or a method or attribute of one; other objects
/// get it by assignment. The same text again changes nothing.
///
/// Raises RuntimeError when there is another docstring already, TypeError for objects that can't have one.
#[pyfunction]
#[pyo3(signature = (obj, docstring, /))]
fn add_docstring(obj: &Bound<'_, PyAny>, docstring: &Bound<'_, PyAny>) -> PyResult<()> {
    let text = docstring
        .cast::<PyString>()
        .map_err(|_| PyTypeError::new_err("a docstring is text"))?
        .to_string_lossy();
    let taken = || {
        let name = obj.repr().map_or_else(|_| "the object".into(), |name| name.to_string());
        PyRuntimeError::new_err(format!("{name} already has a different docstring"))
    };
    let Some(place) = slot(obj) else { return by_assignment(obj, docstring, taken) };
    // SAFETY: the place is live as long as the object; a docstring is null or zero-terminated.
    unsafe {
        if !(*place).is_null() {
            let known = CStr::from_ptr(*place).to_bytes() == text.as_bytes();
            return if known { Ok(()) } else { Err(taken()) };
        }
        if !is_ours(obj)? {
            return Err(PyTypeError::new_err("Cannot set a docstring for that object"));
        }
        let text = CString::new(text.as_bytes())
            .map_err(|_| PyValueError::new_err("a docstring can't hold a NUL character"))?;
        // Kept for ever, as the object's definition is.
        *place = text.into_raw();
    }
    Ok(())
}

fn by_assignment(
    object: &Bound<'_, PyAny>,
    text: &Bound<'_, PyAny>,
    taken: impl FnOnce() -> PyErr,
) -> PyResult<()> {
    match object.getattr_opt("__doc__")?.filter(|doc| !doc.is_none()) {
        Some(known) if known.eq(text)? => Ok(()),
        Some(_) => Err(taken()),
        None => object
            .setattr("__doc__", text)
            .map_err(|_| PyTypeError::new_err("Cannot set a docstring for that object")),
    }
}

/// Gives a ufunc that has none the documentation below its call's form.
///
/// Raises ValueError when it has one, TypeError for what is no ufunc.
#[pyfunction]
#[pyo3(signature = (ufunc, new_docstring, /))]
fn _add_newdoc_ufunc(ufunc: &Bound<'_, PyAny>, new_docstring: &str) -> PyResult<()> {
    ufunc::add_documentation(ufunc, new_docstring)
}

/// What this machine's processor can do, by the names NumPy has for it.
fn cpu_features(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let features = PyDict::new(py);
    #[cfg(target_arch = "x86_64")]
    {
        macro_rules! ask {
            ($($name:literal $feature:tt)*) => { $( features.set_item($name, is_x86_feature_detected!($feature))?; )* };
        }
        ask! {
            "SSE" "sse" "SSE2" "sse2" "SSE3" "sse3" "SSSE3" "ssse3" "SSE41" "sse4.1" "POPCNT" "popcnt" "SSE42" "sse4.2"
            "AVX" "avx" "F16C" "f16c" "FMA3" "fma" "AVX2" "avx2" "MOVBE" "movbe" "BMI" "bmi1" "BMI2" "bmi2"
            "LZCNT" "lzcnt" "AVX512F" "avx512f" "AVX512CD" "avx512cd" "AVX512VL" "avx512vl" "AVX512BW" "avx512bw"
            "AVX512DQ" "avx512dq"
        }
    }
    Ok(features)
}

/// NumPy's names of an array's flags, long and short, and their numbers.
fn flag_numbers(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let numbers = PyDict::new(py);
    for (names, number) in [
        (&["OWNDATA", "O"][..], flag::OWNDATA),
        (&["FORTRAN", "F", "F_CONTIGUOUS"], flag::F_CONTIGUOUS),
        (&["CONTIGUOUS", "C", "C_CONTIGUOUS"], flag::C_CONTIGUOUS),
        (&["ALIGNED", "A"], flag::ALIGNED),
        (&["WRITEBACKIFCOPY", "X"], flag::WRITEBACKIFCOPY),
        (&["WRITEABLE", "W"], flag::WRITEABLE),
    ] {
        for name in names {
            numbers.set_item(name, number)?;
        }
    }
    Ok(numbers)
}

/// Adds this file's functions and tables.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("_flagdict", flag_numbers(py)?)?;
    module.add("__cpu_features__", cpu_features(py)?)?;
    module.add_function(wrap_pyfunction!(add_docstring, module)?)?;
    module.add_function(wrap_pyfunction!(_add_newdoc_ufunc, module)?)
}
