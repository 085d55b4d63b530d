//! `StringDType`: its constructor and attributes, and its elements as Python values.
//!
//! What stands for missing texts travels with the engine's dtype value as an opaque object; here it is looked into.

use std::sync::Arc;

use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyString, PyTuple};
use sharray_base::DType;
use sharray_base::dtype::{Metadata, MissingKind, MissingText, TextOptions};
use sharray_kernels::cast::variable::strict;
use sharray_kernels::string::packed;

use super::dtype;
use crate::errors::{LazyClass, OrRaise};
use crate::{gate, getset_def};

/// The object that stands for missing texts.
struct MissingObject(Py<PyAny>);

/// `StringDType(*, na_object=<none>, coerce=True)`.
///
/// # Errors
/// `TypeError` for other arguments.
pub fn construct<'py>(
    py: Python<'py>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    if !args.is_empty() {
        return Err(PyTypeError::new_err("StringDType() takes no positional arguments"));
    }
    let mut options = TextOptions::default();
    for (name, value) in kwargs.into_iter().flatten() {
        match &*name.extract::<String>()? {
            "na_object" if is_unset(&value)? => {}
            "na_object" => options.missing = Some(missing(&value)?),
            "coerce" => options.strict = !value.is_truthy()?,
            other => {
                return Err(PyTypeError::new_err(format!(
                    "'{other}' is an invalid keyword argument for StringDType()"
                )));
            }
        }
    }
    // Each dtype made by name is an object of its own, as NumPy's are.
    let object = dtype::new_object(py, DType::variable_text(options))?;
    // SAFETY: a fresh object owned by us.
    Ok(unsafe { Bound::from_owned_ptr(py, object.cast()) })
}

/// True for the value that stands for an argument that was not given.
fn is_unset(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static UNSET: LazyClass = LazyClass::new("sharray._globals", "_NoValue");
    Ok(UNSET.get(value.py())?.is(value))
}

/// How a missing text that `object` stands for behaves.
fn missing(object: &Bound<'_, PyAny>) -> PyResult<MissingText> {
    let own = object.as_ptr() as usize;
    let (kind, identity, name) = match object.cast::<PyString>() {
        Ok(text) => (MissingKind::Text, own, text.to_str()?.to_string()),
        Err(_) => {
            let answer = object.rich_compare(object, pyo3::basic::CompareOp::Ne)?;
            // What can't say whether it equals itself is like NaN too.
            match answer.is_truthy() {
                Ok(true) => (MissingKind::Nan, 0, object.repr()?.to_string()),
                Ok(false) => (MissingKind::Other, own, object.repr()?.to_string()),
                Err(_) => (MissingKind::Nan, own, object.repr()?.to_string()),
            }
        }
    };
    let holder: Arc<dyn std::any::Any + Send + Sync> = Arc::new(MissingObject(object.clone().unbind()));
    Ok(MissingText { object: Metadata(holder), name: name.into(), kind, identity })
}

/// The object that stands for missing texts of a dtype.
fn missing_object<'py>(py: Python<'py>, dtype: &DType) -> Option<Bound<'py, PyAny>> {
    let missing = dtype.text_options().missing.as_ref()?;
    missing.object.0.downcast_ref::<MissingObject>().map(|holder| holder.0.bind(py).clone())
}

/// The Python value of an element.
///
/// `source` must be a readable element of `dtype`.
pub fn get<'py>(py: Python<'py>, dtype: &DType, source: *const u8) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: by this function's contract; the text is copied before anything else runs.
    let Some(text) = (unsafe { packed::get(source) }) else {
        return Ok(missing_object(py, dtype).unwrap_or_else(|| PyString::new(py, "").into_any()));
    };
    // SAFETY: a readable run of bytes; invalid UTF-8 is an error.
    unsafe {
        let made = ffi::PyUnicode_DecodeUTF8(text.as_ptr().cast(), text.len() as isize, std::ptr::null());
        Bound::from_owned_ptr_or_err(py, made)
    }
}

/// Writes a Python value as an element.
///
/// `target` must be a writable element of `dtype`.
///
/// # Errors
/// `ValueError` for what is no text, where the dtype is strict; what writing the value as text raises.
pub fn set(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<()> {
    let py = object.py();
    if is_missing(object, dtype) {
        // SAFETY: by this function's contract.
        unsafe { packed::set_missing(target) };
        return Ok(());
    }
    let put = |text: &[u8]| {
        // SAFETY: by this function's contract.
        unsafe { packed::set(target, text) }.or_raise(py)
    };
    if let Ok(text) = object.cast::<PyString>() {
        return put(text.to_str()?.as_bytes());
    }
    if dtype.text_options().strict {
        return Err(crate::errors::to_python(py, strict()));
    }
    if object.is_instance_of::<PyBytes>() {
        let text = object.call_method1("decode", ("utf-8",))?;
        return put(text.cast::<PyString>()?.to_str()?.as_bytes());
    }
    put(object.str()?.to_str()?.as_bytes())
}

/// True for the object itself, and for any NaN where NaN is meant.
fn is_missing(object: &Bound<'_, PyAny>, dtype: &DType) -> bool {
    let Some(missing) = &dtype.text_options().missing else { return false };
    if missing.kind == MissingKind::Text {
        return object.cast::<PyString>().is_ok_and(|text| text.to_str().is_ok_and(|t| t == &*missing.name));
    }
    let own = missing_object(object.py(), dtype);
    if own.as_ref().is_some_and(|own| own.is(object)) {
        return true;
    }
    let is_nan = |object: &Bound<'_, PyAny>| {
        object.is_instance_of::<PyFloat>() && object.extract::<f64>().is_ok_and(f64::is_nan)
    };
    missing.kind == MissingKind::Nan && is_nan(object) && own.is_some_and(|own| is_nan(&own))
}

fn get_missing<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let none = || PyAttributeError::new_err("'numpy.dtypes.StringDType' object has no attribute 'na_object'");
    missing_object(slf.py(), dtype::value(slf)).ok_or_else(none)
}

fn get_coerce<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let lenient = !dtype::value(slf).text_options().strict;
    Ok(PyBool::new(slf.py(), lenient).to_owned().into_any())
}

/// The attributes that only this dtype class has.
pub fn attributes() -> *mut ffi::PyGetSetDef {
    let rows = vec![getset_def!("na_object", get_missing), getset_def!("coerce", get_coerce)];
    // SAFETY: a zeroed row ends the table.
    gate::leak_table(rows, unsafe { std::mem::zeroed() })
}

/// `StringDType.__reduce__`: `coerce` and, if there is one, what stands for missing texts.
///
/// # Errors
/// What importing the function raises.
pub fn reduce<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = slf.py();
    let make = py.import("sharray._core._internal")?.getattr("_convert_to_stringdtype_kwargs")?;
    let coerce = i64::from(!dtype::value(slf).text_options().strict);
    let arguments = match missing_object(py, dtype::value(slf)) {
        Some(object) => (coerce, object).into_pyobject(py)?,
        None => PyTuple::new(py, [coerce])?,
    };
    Ok((make, arguments).into_pyobject(py)?.into_any())
}
