//! Documentation given to compiled objects afterwards: `add_docstring`, `_add_newdoc_ufunc`, and `_describe` for the tables
//! of `sharray._core._texts`; and what else the compiled module says of itself: the processor's features, the numbers of
//! flags.

use std::ffi::{CStr, CString, c_char};
use std::ptr;

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyType};

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

/// Where an object of ours keeps its docstring, functions of the module included.
fn place_of_text(object: &Bound<'_, PyAny>) -> Option<*mut *const c_char> {
    let address = object.as_ptr();
    // SAFETY: a built-in function has that layout. Its definition lies in memory that can be written: PyO3 keeps them in
    // statics with interior mutability, and the others are leaked boxes.
    unsafe {
        if ffi::PyCFunction_CheckExact(address) != 0 {
            let definition = (*address.cast::<ffi::PyCFunctionObject>()).m_ml;
            return Some(&raw mut (*definition).ml_doc);
        }
    }
    slot(object)
}

/// Replaces what an object's docstring says, below the signature that it may begin with.
fn describe(object: &Bound<'_, PyAny>, text: &str) -> PyResult<()> {
    if ufunc::replace_documentation(object, text) {
        return Ok(());
    }
    // SAFETY: a live object.
    let is_function = unsafe { ffi::PyCFunction_CheckExact(object.as_ptr()) != 0 };
    if is_function && !is_ours(object)? {
        return Err(PyTypeError::new_err("Cannot set a docstring for that object"));
    }
    let Some(place) = place_of_text(object) else { return object.setattr("__doc__", text) };
    // SAFETY: the place is live as long as the object; a docstring is null or zero-terminated.
    let old = unsafe { if (*place).is_null() { &[][..] } else { CStr::from_ptr(*place).to_bytes() } };
    let head = end_of_signature(old).unwrap_or(0);
    let whole = CString::new([&old[..head], text.as_bytes()].concat())
        .map_err(|_| PyValueError::new_err("a docstring can't hold a NUL character"))?;
    // SAFETY: as above; the text is kept for ever, as the object's definition is.
    unsafe { *place = whole.into_raw() };
    match object.cast::<PyType>() {
        Ok(class) => describe_in_dict(class, text),
        Err(_) => Ok(()),
    }
}

/// Puts a class's docstring into its dict too, where classes of our own metaclass look; not over an attribute of the
/// instances.
fn describe_in_dict(class: &Bound<'_, PyType>, text: &str) -> PyResult<()> {
    let address = class.as_type_ptr();
    // SAFETY: a class of ours, made ready, has a dict, which is changed under the GIL and told of.
    unsafe {
        let dict = Bound::from_borrowed_ptr(class.py(), (*address).tp_dict);
        if dict.get_item("__doc__").is_ok_and(|known| known.is_instance_of::<PyString>()) {
            dict.set_item("__doc__", text)?;
            ffi::PyType_Modified(address);
        }
    }
    Ok(())
}

/// Where the signature at a docstring's beginning ends, as CPython marks it.
fn end_of_signature(text: &[u8]) -> Option<usize> {
    const MARK: &[u8] = b"\n--\n\n";
    text.windows(MARK.len()).position(|part| part == MARK).map(|start| start + MARK.len())
}

/// Puts an attribute that is written in Python into a class of the engine, which takes none by assignment.
///
/// Raises TypeError for a class that is not the engine's own, and for a name that it has already.
#[pyfunction]
#[pyo3(signature = (class, name, value, /))]
fn _teach(class: &Bound<'_, PyType>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
    if !is_ours(class)? || class.getattr("__dict__")?.contains(name)? {
        return Err(PyTypeError::new_err(format!("the attribute {name} can't be given to {class}")));
    }
    let address = class.as_type_ptr();
    // SAFETY: a class of ours, made ready, has a dict, which is changed under the GIL and told of.
    unsafe {
        Bound::from_borrowed_ptr(class.py(), (*address).tp_dict).set_item(name, value)?;
        ffi::PyType_Modified(address);
    }
    Ok(())
}

/// Gives docstrings to what a class or a module of the engine holds, by name; the empty name is the owner itself.
///
/// Raises KeyError (of a class) or AttributeError (of a module) for a name that is not there, TypeError for what is not
/// the engine's own.
#[pyfunction]
#[pyo3(signature = (owner, texts, /))]
fn _describe(owner: &Bound<'_, PyAny>, texts: &Bound<'_, PyDict>) -> PyResult<()> {
    let is_class = owner.is_instance_of::<PyType>();
    if is_class && !is_ours(owner)? {
        return Err(PyTypeError::new_err("Cannot set a docstring for that object"));
    }
    let held = if is_class { Some(owner.getattr("__dict__")?) } else { None };
    for (name, text) in texts {
        let (name, text) = (name.cast_into::<PyString>()?, text.cast_into::<PyString>()?);
        let object = match &held {
            _ if name.len()? == 0 => owner.clone(),
            Some(held) => held.get_item(&name)?,
            None => owner.getattr(&name)?,
        };
        describe(&object, text.to_str()?)?;
    }
    Ok(())
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
    module.add_function(wrap_pyfunction!(_describe, module)?)?;
    module.add_function(wrap_pyfunction!(_teach, module)?)?;
    module.add_function(wrap_pyfunction!(_add_newdoc_ufunc, module)?)
}
