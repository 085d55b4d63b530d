//! The type `numpy.ufunc`: objects with NumPy's C layout around the engine's ufuncs.
//!
//! * `fields`: the layout. `attributes`: `nin`, `types`, `__doc__`, …
//! * `call`: calling one; `quick`: the same for small plain arrays. `arguments`: inputs, outputs, keywords. `methods`: `reduce` and its kin.
//! * `overrides`: `__array_ufunc__`. `wrap`: `__array_wrap__`, scalars.
//! * `from_function`: `frompyfunc`. `from_loops`: ufuncs of array functions. `names`: second names, constants, text.

mod arguments;
mod attributes;
mod call;
mod docs;
pub mod fields;
mod from_function;
mod from_loops;
mod low_level;
mod methods;
mod names;
mod overrides;
pub(crate) mod quick;
pub(crate) mod quick_reduce;
mod types;
mod wrap;

use std::ffi::{CString, c_int};
use std::mem::offset_of;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_core::ufunc::Ufunc;
use sharray_kernels::definitions::definitions;
use sharray_kernels::table::Identity;

use crate::errors::OrRaise;
use crate::object_loops;
pub(crate) use arguments::is_plain;
use fields::{UfuncFields, UfuncObject};

static mut UFUNC: ffi::PyTypeObject = {
    // SAFETY: an all-zero type object is the starting point CPython documents for static types.
    let mut class: ffi::PyTypeObject = unsafe { std::mem::zeroed() };
    class.tp_name = c"numpy.ufunc".as_ptr();
    class.tp_basicsize = size_of::<UfuncObject>() as isize;
    class.tp_vectorcall_offset = offset_of!(UfuncFields, vectorcall) as isize;
    class.tp_dictoffset = offset_of!(UfuncFields, dict) as isize;
    class
};

/// The class `ufunc`, immortal.
pub fn type_object() -> *mut ffi::PyTypeObject {
    &raw mut UFUNC
}

/// Gives a ufunc that has none the documentation below its call's form.
///
/// # Errors
/// `TypeError` for what is no ufunc; `ValueError` when it is documented.
pub fn add_documentation(object: &Bound<'_, PyAny>, text: &str) -> PyResult<()> {
    if !is_ufunc(object) {
        return Err(pyo3::exceptions::PyTypeError::new_err("documentation of a ufunc is added to a ufunc"));
    }
    attributes::set_body(object, text)
}

/// Gives a ufunc other documentation below its call's form; false for what is no ufunc.
pub fn replace_documentation(object: &Bound<'_, PyAny>, text: &str) -> bool {
    let is = is_ufunc(object);
    if is {
        attributes::put_body(object, text);
    }
    is
}

/// True for ufuncs.
pub fn is_ufunc(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: both are live objects.
    unsafe { ffi::PyObject_TypeCheck(object.as_ptr(), type_object()) != 0 }
}

/// The C object behind a ufunc.
fn raw<'a>(object: &'a Bound<'_, PyAny>) -> &'a UfuncObject {
    debug_assert!(is_ufunc(object));
    // SAFETY: a live ufunc, whose fields don't change but for `dict`.
    unsafe { &*object.as_ptr().cast::<UfuncObject>() }
}

/// The engine's ufunc of a ufunc object.
pub fn engine<'a>(object: &'a Bound<'_, PyAny>) -> &'a Ufunc {
    // SAFETY: set when the object was made, owned by it.
    unsafe { &*raw(object).engine }
}

/// A ufunc object around an engine ufunc.
pub fn make<'py>(
    py: Python<'py>,
    ufunc: Ufunc,
    identity: Option<Bound<'py, PyAny>>,
    keeps: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let name = CString::new(ufunc.name()).unwrap_or_default().into_raw();
    let listed = attributes::listed(&ufunc);
    let types: Vec<u8> = listed.iter().flat_map(|l| l.types.iter().map(|t| *t as u8)).collect();
    // SAFETY: the fresh, zeroed object is filled before anyone sees it. Name and types live as long as the process:
    // compiled code may hold on to them.
    unsafe {
        let object: *mut UfuncObject = ffi::PyType_GenericAlloc(type_object(), 0).cast();
        if object.is_null() {
            return Err(PyErr::fetch(py));
        }
        let fields = &mut (*object).fields;
        (fields.nin, fields.nout) = (ufunc.nin() as c_int, ufunc.nout() as c_int);
        fields.nargs = ufunc.nargs() as c_int;
        fields.ntypes = listed.len() as c_int;
        fields.name = name;
        fields.types = Vec::leak(types).as_ptr().cast();
        fields.identity = match ufunc.identity() {
            Identity::Zero => 0,
            Identity::One => 1,
            Identity::MinusOne => 2,
            Identity::None => -1,
            Identity::Reorderable => -2,
            Identity::MinusInfinity => -3,
        };
        fields.identity_value = identity.map_or(ptr::null_mut(), Bound::into_ptr);
        fields.obj = keeps.map_or(ptr::null_mut(), Bound::into_ptr);
        fields.core_enabled = ufunc.core().is_some() as c_int;
        if let Some(core) = ufunc.core() {
            fields.core_num_dim_ix = core.dims.len() as c_int;
            fields.core_signature = CString::new(&*core.text).unwrap_or_default().into_raw();
        }
        fields.vectorcall = Some(call::vectorcall);
        (*object).only_objects = ufunc.loops().iter().all(|l| l.types.contains(&TypeNum::Object));
        (*object).quick = Box::into_raw(Box::new(quick::Quick::new(&ufunc)));
        (*object).engine = Box::into_raw(Box::new(ufunc));
        Ok(Bound::from_owned_ptr(py, object.cast()))
    }
}

unsafe extern "C" fn dealloc(slf: *mut ffi::PyObject) {
    let object: *mut UfuncObject = slf.cast();
    // SAFETY: the last reference is gone; each owned part is released once.
    unsafe {
        let fields = &mut (*object).fields;
        ffi::Py_CLEAR(&mut fields.dict);
        ffi::Py_CLEAR(&mut fields.identity_value);
        if !(*object).engine.is_null() {
            drop(Box::from_raw((*object).engine));
            drop(Box::from_raw((*object).quick));
        }
        // What the loops point to goes last.
        ffi::Py_CLEAR(&mut fields.obj);
        if let Some(release) = (*ffi::Py_TYPE(slf)).tp_free {
            release(slf.cast());
        }
    }
}

fn ready(py: Python<'_>) -> PyResult<()> {
    let class = type_object();
    // SAFETY: module start runs under the GIL; nobody uses the class before it is ready.
    unsafe {
        if (*class).tp_flags & ffi::Py_TPFLAGS_READY != 0 {
            return Ok(());
        }
        (*class).tp_flags = (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_HAVE_VECTORCALL) as _;
        (*class).tp_doc = c"A function that works on arrays element by element.".as_ptr();
        (*class).tp_dealloc = Some(dealloc);
        (*class).tp_call = Some(ffi::PyVectorcall_Call);
        (*class).tp_repr = Some(attributes::repr);
        (*class).tp_str = Some(attributes::repr);
        (*class).tp_getset = attributes::table();
        (*class).tp_methods = methods::table();
        if ffi::PyType_Ready(class) != 0 {
            return Err(PyErr::fetch(py));
        }
    }
    Ok(())
}

/// The value of `ufunc.identity`.
fn identity_value<'py>(py: Python<'py>, ufunc: &Ufunc) -> PyResult<Option<Bound<'py, PyAny>>> {
    let text = matches!(ufunc.rule(), sharray_kernels::table::Rule::Text(_));
    let truth = matches!(ufunc.name(), "logical_and" | "logical_or" | "logical_xor")
        || text && ufunc.loops().iter().all(|l| l.types.last() == Some(&TypeNum::Bool));
    Ok(Some(match ufunc.identity() {
        Identity::None | Identity::Reorderable => return Ok(None),
        Identity::Zero if truth => pyo3::types::PyBool::new(py, false).to_owned().into_any(),
        Identity::One if truth => pyo3::types::PyBool::new(py, true).to_owned().into_any(),
        Identity::Zero => 0i64.into_pyobject(py)?.into_any(),
        Identity::One => 1i64.into_pyobject(py)?.into_any(),
        Identity::MinusOne => (-1i64).into_pyobject(py)?.into_any(),
        Identity::MinusInfinity => f64::NEG_INFINITY.into_pyobject(py)?.into_any(),
    }))
}

/// Makes the class and every built-in ufunc and adds them to the module.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    ready(py)?;
    // SAFETY: an immortal class.
    module.add("ufunc", unsafe { Bound::from_borrowed_ptr(py, type_object().cast()) })?;
    for definition in definitions() {
        let ufunc = Ufunc::from_definition(definition, object_loops::loops(definition.name)).or_raise(py)?;
        let identity = identity_value(py, &ufunc)?;
        let made = make(py, ufunc, identity, None)?;
        attributes::to_dict(&made, "__module__", Some(pyo3::types::PyString::new(py, "numpy").as_any()))?;
        let name = pyo3::types::PyString::new(py, definition.name);
        attributes::to_dict(&made, "__qualname__", Some(name.as_any()))?;
        attributes::set_body(&made, docs::of(definition.name))?;
        module.add(definition.name, made)?;
    }
    names::add_to(module)?;
    from_function::add_to(module)?;
    from_loops::add_to(module)
}
