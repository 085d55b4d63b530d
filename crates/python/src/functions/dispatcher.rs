//! The class of public functions that other array types may take over: C objects called by vectorcall, so that a call
//! whose arguments can't override costs no tuple, no dict and no question (design D4).

use std::mem::offset_of;
use std::ptr;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::overrides;
use super::shortcuts::Shortcut;
use crate::gate::{self, Args};
use crate::object::array::Array;
use crate::protocols::numpys;
use crate::{getset_def, method_def};

/// A public function: asks the dispatcher for the relevant arguments, then the first of them that overrides it.
#[repr(C)]
struct Dispatcher {
    ob_base: ffi::PyObject,
    vectorcall: Option<ffi::vectorcallfunc>,
    /// The short way for calls with plain arrays, which have no overrides.
    short: Option<Shortcut>,
    /// Returns the relevant arguments; null: the first argument is the reference (`like=`).
    relevant: *mut ffi::PyObject,
    implementation: *mut ffi::PyObject,
    dict: *mut ffi::PyObject,
    weakreflist: *mut ffi::PyObject,
}

static mut CLASS: ffi::PyTypeObject = {
    // SAFETY: an all-zero type object is the starting point CPython documents for static types.
    let mut class: ffi::PyTypeObject = unsafe { std::mem::zeroed() };
    class.tp_name = c"numpy._ArrayFunctionDispatcher".as_ptr();
    class.tp_basicsize = size_of::<Dispatcher>() as isize;
    class.tp_vectorcall_offset = offset_of!(Dispatcher, vectorcall) as isize;
    class.tp_dictoffset = offset_of!(Dispatcher, dict) as isize;
    class.tp_weaklistoffset = offset_of!(Dispatcher, weakreflist) as isize;
    class
};

fn type_object() -> *mut ffi::PyTypeObject {
    &raw mut CLASS
}

/// The C object; its parts stay as long as it lives.
fn raw<'a>(object: &'a Bound<'_, PyAny>) -> &'a Dispatcher {
    // SAFETY: an instance of the class: only its own slots call this.
    unsafe { &*object.as_ptr().cast::<Dispatcher>() }
}

unsafe extern "C" fn vectorcall(
    callable: *mut ffi::PyObject,
    values: *const *mut ffi::PyObject,
    nargsf: usize,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: called by the interpreter with its own arguments.
        let (slf, args) = unsafe {
            let count = ffi::PyVectorcall_NARGS(nargsf) as isize;
            (Bound::from_borrowed_ptr(py, callable), Args::from_raw(py, values, count, names))
        };
        let this = raw(&slf);
        if let Some(short) = this.short
            && let Some(result) = short(&args)?
        {
            return Ok(result);
        }
        let given = args.raw();
        if !this.relevant.is_null()
            && let Some(own) = own_arguments(py, given)?
        {
            let values: Vec<_> = own.iter().map(|object| object.as_ptr()).collect();
            // SAFETY: as many live objects as there were, under the same names.
            return unsafe {
                let args = Args::from_raw(py, values.as_ptr(), args.len() as isize, names);
                let shortly = this.short.map_or(Ok(None), |short| short(&args))?;
                let result = match shortly {
                    Some(result) => result,
                    None => {
                        let function = this.implementation;
                        let result = ffi::PyObject_Vectorcall(function, values.as_ptr(), args.len(), names);
                        Bound::from_owned_ptr_or_err(py, result)?
                    }
                };
                // Who gave an array to write to gets that back.
                let mut named = args.keywords().into_iter().zip(args.len()..);
                let out = named.find(|((name, _), _)| name.eq(pyo3::intern!(py, "out")).unwrap_or(false));
                Ok(match out {
                    Some((_, place)) if result.is(&own[place]) => Bound::from_borrowed_ptr(py, given[place]),
                    _ => result,
                })
            };
        }
        if !this.relevant.is_null()
            && !given.is_empty()
            && given.iter().all(|value| overrides::is_inert(*value))
        {
            // No argument holds anything that could override: nobody needs to be asked.
            // SAFETY: the arguments as they came; the function is held by the object, which the caller holds.
            return unsafe {
                let result = ffi::PyObject_Vectorcall(this.implementation, values, args.len(), names);
                Bound::from_owned_ptr_or_err(py, result)
            };
        }
        // SAFETY: both are held by the object; the first may be null.
        let (relevant, implementation) = unsafe {
            (
                Bound::from_borrowed_ptr_or_opt(py, this.relevant),
                Bound::from_borrowed_ptr(py, this.implementation),
            )
        };
        if relevant.is_none() && args.is_empty() {
            return Err(PyTypeError::new_err("the reference of `like=` must be the first argument"));
        }
        overrides::call(&slf, relevant.as_ref(), &implementation, &args.to_tuple()?, args.to_dict()?.as_ref())
    })
}

/// Arguments that nobody needs to be asked about, where arrays of the real NumPy are among them: these as ours.
fn own_arguments<'py>(
    py: Python<'py>,
    given: &[*mut ffi::PyObject],
) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
    // SAFETY: the caller's arguments, which live as long as the call.
    let values = || given.iter().map(|value| unsafe { Bound::from_borrowed_ptr(py, *value) });
    if !values().any(|value| numpys::is_plain(&value))
        || !values().all(|value| overrides::is_inert(value.as_ptr()) || numpys::is_plain(&value))
    {
        return Ok(None);
    }
    values()
        .map(|value| Ok(numpys::plain(&value)?.map_or(value, Array::into_object)))
        .collect::<PyResult<_>>()
        .map(Some)
}

unsafe extern "C" fn new(
    class: *mut ffi::PyTypeObject,
    args: *mut ffi::PyObject,
    kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: the interpreter passes a tuple, and a dict or null.
        let (args, named) = unsafe {
            let args: Bound<'_, PyAny> = Bound::from_borrowed_ptr(py, args);
            (args.cast_into_unchecked::<PyTuple>(), !kwargs.is_null() && ffi::PyDict_Size(kwargs) > 0)
        };
        if named || args.len() != 2 {
            return Err(PyTypeError::new_err(format!(
                "_ArrayFunctionDispatcher() takes exactly 2 positional arguments ({} given)",
                args.len()
            )));
        }
        let (relevant, implementation) = (args.get_item(0)?, args.get_item(1)?);
        // SAFETY: the fresh, zeroed object is filled before anyone sees it.
        unsafe {
            let object: *mut Dispatcher = ffi::PyType_GenericAlloc(class, 0).cast();
            if object.is_null() {
                return Err(PyErr::fetch(py));
            }
            (*object).vectorcall = Some(vectorcall);
            (*object).relevant = if relevant.is_none() { ptr::null_mut() } else { relevant.into_ptr() };
            (*object).implementation = implementation.into_ptr();
            Ok(Bound::from_owned_ptr(py, object.cast()))
        }
    })
}

unsafe extern "C" fn dealloc(slf: *mut ffi::PyObject) {
    let object: *mut Dispatcher = slf.cast();
    // SAFETY: the last reference is gone; each part is released once.
    unsafe {
        if !(*object).weakreflist.is_null() {
            ffi::PyObject_ClearWeakRefs(slf);
        }
        ffi::Py_CLEAR(&mut (*object).dict);
        ffi::Py_CLEAR(&mut (*object).relevant);
        ffi::Py_CLEAR(&mut (*object).implementation);
        if let Some(release) = (*ffi::Py_TYPE(slf)).tp_free {
            release(slf.cast());
        }
    }
}

unsafe extern "C" {
    /// A function and the object it is called on. (Part of CPython's API that `pyo3-ffi` leaves out.)
    fn PyMethod_New(function: *mut ffi::PyObject, object: *mut ffi::PyObject) -> *mut ffi::PyObject;
}

/// As a class attribute it is a method.
unsafe extern "C" fn bind(
    slf: *mut ffi::PyObject,
    instance: *mut ffi::PyObject,
    _owner: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: live objects from the interpreter; `None` is immortal.
    unsafe {
        if instance.is_null() || ptr::eq(instance, ffi::Py_None()) {
            ffi::Py_INCREF(slf);
            slf
        } else {
            PyMethod_New(slf, instance)
        }
    }
}

unsafe extern "C" fn repr(slf: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: a live object of the class.
    unsafe { ffi::PyObject_Repr((*slf.cast::<Dispatcher>()).implementation) }
}

fn implementation<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: held by the object.
    Ok(unsafe { Bound::from_borrowed_ptr(slf.py(), raw(slf).implementation) })
}

/// Parameters of functions that are compiled, for `inspect`.
fn signature<'py>(slf: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static SIGNATURE: crate::errors::LazyClass =
        crate::errors::LazyClass::new("sharray._core.overrides", "_signature_of");
    SIGNATURE.get(slf.py())?.call1((slf,))
}

/// A pickle names the function.
fn reduce<'py>(slf: &Bound<'py, PyAny>, _args: Args<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
    slf.getattr("__qualname__")
}

/// Gives a public function a short way.
///
/// # Errors
/// `TypeError` for what is none.
pub(super) fn shorten(function: &Bound<'_, PyAny>, short: Option<Shortcut>) -> PyResult<()> {
    // SAFETY: an object of exactly the class is one of ours; the field is written with the GIL held, no reference to it
    // being kept.
    unsafe {
        if !ptr::eq(ffi::Py_TYPE(function.as_ptr()), type_object()) {
            return Err(PyTypeError::new_err("only public functions have short ways"));
        }
        (*function.as_ptr().cast::<Dispatcher>()).short = short;
    }
    Ok(())
}

/// Makes the class and adds it to the module.
pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let class = type_object();
    // SAFETY: module start runs under the GIL; nobody uses the class before it is ready.
    unsafe {
        if (*class).tp_flags & ffi::Py_TPFLAGS_READY == 0 {
            (*class).tp_flags = (ffi::Py_TPFLAGS_DEFAULT
                | ffi::Py_TPFLAGS_HAVE_VECTORCALL
                | ffi::Py_TPFLAGS_METHOD_DESCRIPTOR) as _;
            (*class).tp_doc = c"A public function that asks its arguments for `__array_function__`.".as_ptr();
            (*class).tp_new = Some(new);
            (*class).tp_dealloc = Some(dealloc);
            (*class).tp_call = Some(ffi::PyVectorcall_Call);
            (*class).tp_descr_get = Some(bind);
            (*class).tp_repr = Some(repr);
            // SAFETY: an all-zero row ends a table.
            (*class).tp_getset = gate::leak_table(
                vec![
                    getset_def!("_implementation", implementation),
                    getset_def!("__signature__", signature),
                    dict_row(),
                ],
                std::mem::zeroed(),
            );
            (*class).tp_methods =
                gate::leak_table(vec![method_def!("__reduce__", reduce)], std::mem::zeroed());
            if ffi::PyType_Ready(class) != 0 {
                return Err(PyErr::fetch(module.py()));
            }
        }
        let class: Bound<'_, PyAny> = Bound::from_borrowed_ptr(module.py(), class.cast());
        module.add("_ArrayFunctionDispatcher", class)
    }
}

/// `__dict__`, which holds name and text of the function.
fn dict_row() -> ffi::PyGetSetDef {
    ffi::PyGetSetDef {
        name: c"__dict__".as_ptr(),
        get: Some(ffi::PyObject_GenericGetDict),
        set: Some(ffi::PyObject_GenericSetDict),
        doc: ptr::null(),
        closure: ptr::null_mut(),
    }
}
