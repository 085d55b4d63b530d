//! The class of the package's own module. `np.exp` is looked up at each call, and CPython remembers a module's names only
//! if the module has no `__getattr__`, as ours has (submodules imported when used, advice for removed names): the
//! look-up then costs about as much as a small array's arithmetic. This class remembers them instead.
//!
//! A remembered name is valid while the module's dict has the version it had: CPython gives every dict a new,
//! process-wide unique number whenever anything in it changes. That number exists up to Python 3.11 as a documented
//! promise (PEP 509); later versions get a plain module.

use std::ffi::{c_int, c_void};
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyString, PyType};

use crate::gate;

/// How many names are remembered.
const PLACES: usize = 512;

/// A name's value in the dict of a version. The name is held; the dict of that version holds the value.
#[derive(Clone, Copy)]
struct Known {
    name: *mut ffi::PyObject,
    value: *mut ffi::PyObject,
    version: u64,
}

static mut KNOWN: [Known; PLACES] =
    [Known { name: ptr::null_mut(), value: ptr::null_mut(), version: 0 }; PLACES];

/// What a dict begins with, up to Python 3.11.
#[repr(C)]
struct DictHead {
    ob_base: ffi::PyObject,
    used: isize,
    version: u64,
}

/// # Safety
/// A live module, or an instance of a class derived from it.
#[inline(always)]
unsafe fn dict_of(module: *mut ffi::PyObject) -> *mut DictHead {
    // SAFETY: modules have a pointer to their dict there.
    unsafe { module.byte_offset(ffi::PyModule_Type.tp_dictoffset).cast::<*mut DictHead>().read() }
}

unsafe extern "C" fn get_attribute(
    module: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: called by the interpreter, which holds the GIL, with live objects; a value of the dict's present version
    // is alive. Names are compared by identity: one that is held keeps its address to itself.
    unsafe {
        let place = ((name as usize >> 4) ^ (name as usize >> 13)) % PLACES;
        let known = (&raw mut KNOWN).cast::<Known>().add(place);
        let dict = dict_of(module);
        if (*known).name == name && !dict.is_null() && (*known).version == (*dict).version {
            ffi::Py_INCREF((*known).value);
            return (*known).value;
        }
        look_up(module, name, known)
    }
}

/// As modules do, and remembers what stands in the dict.
///
/// # Safety
/// As for [`dict_of`]; a live name, and a place in the table.
#[inline(never)]
unsafe fn look_up(
    module: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
    known: *mut Known,
) -> *mut ffi::PyObject {
    // SAFETY: as for the caller.
    unsafe {
        let general = ffi::PyModule_Type.tp_getattro.unwrap_or(ffi::PyObject_GenericGetAttr);
        let found = general(module, name);
        let dict = dict_of(module);
        if found.is_null() || dict.is_null() || !is_public(name) {
            return found;
        }
        // What `__getattr__` made is not remembered.
        let value = ffi::PyDict_GetItemWithError(dict.cast(), name);
        if value == found {
            ffi::Py_INCREF(name);
            let old = known.replace(Known { name, value, version: (*dict).version });
            ffi::Py_XDECREF(old.name);
        } else if value.is_null() {
            ffi::PyErr_Clear();
        }
        found
    }
}

/// True for names that no class of modules has an attribute of.
///
/// # Safety
/// A live object.
unsafe fn is_public(name: *mut ffi::PyObject) -> bool {
    // SAFETY: a live object.
    unsafe {
        let py = Python::assume_attached();
        let exact = ptr::eq(ffi::Py_TYPE(name), &raw mut ffi::PyUnicode_Type);
        let name = Bound::from_borrowed_ptr(py, name).cast_into_unchecked::<PyString>();
        exact && name.to_str().is_ok_and(|name| !name.starts_with('_'))
    }
}

/// Pickled by its name.
unsafe extern "C" fn reduce(module: *mut ffi::PyObject, _unused: *mut ffi::PyObject) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: a live module.
        let module: Bound<'_, PyAny> = unsafe { Bound::from_borrowed_ptr(py, module) };
        let import = py.import("importlib")?.getattr("import_module")?;
        Ok((import, (module.getattr("__name__")?,)).into_pyobject(py)?.into_any())
    })
}

fn make_class(py: Python<'_>) -> PyResult<Bound<'_, PyType>> {
    let row = |name: &'static std::ffi::CStr, function: ffi::PyCFunction| ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunction: function },
        ml_flags: ffi::METH_NOARGS,
        ml_doc: c"A module is pickled by its name.".as_ptr(),
    };
    // SAFETY: an all-zero row ends a table.
    let methods = Box::leak(Box::new([row(c"__reduce__", reduce), unsafe { std::mem::zeroed() }]));
    let slot = |slot: c_int, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(ffi::Py_tp_getattro, get_attribute as *mut c_void),
        slot(ffi::Py_tp_methods, methods.as_mut_ptr().cast()),
        slot(
            ffi::Py_tp_doc,
            c"The module of a package whose names are looked up quickly.".as_ptr().cast_mut().cast(),
        ),
        slot(0, ptr::null_mut()),
    ];
    let mut spec = ffi::PyType_Spec {
        name: c"sharray._engine.Namespace".as_ptr(),
        basicsize: 0,
        itemsize: 0,
        flags: (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_BASETYPE) as u32,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: the parts of the spec live through the call; the name and the methods for ever.
    unsafe {
        let base = (&raw mut ffi::PyModule_Type).cast::<ffi::PyObject>();
        let made = ffi::PyType_FromSpecWithBases(&mut spec, base);
        Bound::from_owned_ptr_or_err(py, made).map(|class| class.cast_into_unchecked())
    }
}

/// Lets a module's names be looked up quickly, where this Python has what that needs. The module remains one, of a class
/// derived from Python's.
#[pyfunction]
fn _look_up_quickly(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    if py.version_info() >= (3, 12) {
        return Ok(());
    }
    module.setattr("__class__", make_class(py)?)
}

/// Adds the function to the engine's module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_look_up_quickly, module)?)
}
