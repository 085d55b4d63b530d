//! The module that classes of the engine say they are from. Beside the real NumPy it is `sharray`, so that pickles find
//! them again; under the name `numpy` it is `numpy`, as programs and their tests expect.

use std::ffi::{CStr, CString};

use pyo3::exceptions::PyValueError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyType;

use super::dtype_meta::classes;

/// Names the static classes of the engine `module.x` from now on.
#[pyfunction]
#[pyo3(pass_module)]
fn _name_classes(engine: &Bound<'_, PyModule>, module: &str) -> PyResult<()> {
    name_all(engine, module)
}

fn name_all(engine: &Bound<'_, PyModule>, module: &str) -> PyResult<()> {
    if module != "numpy" && module != "sharray" {
        return Err(PyValueError::new_err(format!(
            "classes are named after numpy or sharray, not {module:?}"
        )));
    }
    for value in engine.dict().values() {
        if let Ok(class) = value.cast::<PyType>() {
            rename(class.as_type_ptr(), module)?;
        }
    }
    for class in classes().builtin {
        rename(class.cast(), module)?;
    }
    Ok(())
}

/// Replaces what stands before the first point of a static class's name.
fn rename(class: *mut ffi::PyTypeObject, module: &str) -> PyResult<()> {
    // SAFETY: a live class; static classes keep their name as a C string that only its owner, the engine, replaces. Old
    // names are not freed, since `str` objects and other threads may be reading them.
    unsafe {
        if ffi::PyType_HasFeature(class, ffi::Py_TPFLAGS_HEAPTYPE) != 0 {
            return Ok(());
        }
        let name = CStr::from_ptr((*class).tp_name).to_string_lossy().into_owned();
        let Some(rest) = name.strip_prefix("numpy.").or_else(|| name.strip_prefix("sharray.")) else {
            return Ok(());
        };
        (*class).tp_name = CString::new(format!("{module}.{rest}"))?.into_raw();
        ffi::PyType_Modified(class);
    }
    Ok(())
}

/// Adds the function, and names the classes after the package.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let function = wrap_pyfunction!(_name_classes, module)?;
    module.add_function(function)?;
    name_all(module, "sharray")
}
