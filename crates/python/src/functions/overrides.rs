//! `__array_function__` (NEP 18): which arguments of a public function override it, and asking them in turn.

use std::ptr;

use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple, PyType};

use super::dispatcher;
use super::shortcuts;
use crate::object::array::Array;
use crate::object::{ndarray, scalar};
use crate::protocols::{foreign, numpys};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// How many distinct types may take part in one dispatch.
const MAX_TYPES: usize = 64;

/// `__array_function__` of an object whose type overrides it.
fn method_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let class = object.get_type();
    if is_plain(&class) || numpys::is_array(object) {
        return Ok(None);
    }
    match class.getattr_opt(pyo3::intern!(object.py(), "__array_function__"))? {
        Some(_) if foreign::is_numpys_own(object)? => Ok(None),
        Some(_) => {
            object.getattr(pyo3::intern!(object.py(), "__array_function__")).map(Some).or_else(|error| {
                if error.is_instance_of::<PyAttributeError>(object.py()) { Ok(None) } else { Err(error) }
            })
        }
        None => Ok(None),
    }
}

/// Builtin types never override.
fn is_plain(class: &Bound<'_, PyType>) -> bool {
    let raw = class.as_type_ptr();
    // SAFETY: comparing addresses of the interpreter's own static types.
    unsafe {
        [
            &raw mut ffi::PyLong_Type,
            &raw mut ffi::PyFloat_Type,
            &raw mut ffi::PyBool_Type,
            &raw mut ffi::PyComplex_Type,
            &raw mut ffi::PyList_Type,
            &raw mut ffi::PyTuple_Type,
            &raw mut ffi::PyDict_Type,
            &raw mut ffi::PyUnicode_Type,
            &raw mut ffi::PyBytes_Type,
            &raw mut ffi::PySlice_Type,
            ffi::Py_TYPE(ffi::Py_None()),
        ]
        .contains(&raw)
    }
}

/// Items of a list or tuple that are looked at one by one, to save its being handed on.
const ITEMS: usize = 64;

/// True for what neither overrides nor holds anything that does: plain arrays, single plain values, and short lists and
/// tuples of such.
pub(super) fn is_inert(object: *mut ffi::PyObject) -> bool {
    is_single(object) || items(object).is_some_and(|items| items.iter().all(|item| is_single(*item)))
}

/// The items of a short list or tuple, which stand as long as no Python code runs.
pub(super) fn items<'a>(object: *mut ffi::PyObject) -> Option<&'a [*mut ffi::PyObject]> {
    // SAFETY: a live object; the items are read at once, by this function's condition.
    unsafe {
        let class = ffi::Py_TYPE(object);
        let (count, items) = if ptr::eq(class, &raw mut ffi::PyList_Type) {
            (ffi::PyList_GET_SIZE(object) as usize, (*object.cast::<ffi::PyListObject>()).ob_item)
        } else if ptr::eq(class, &raw mut ffi::PyTuple_Type) {
            let items = (&raw mut (*object.cast::<ffi::PyTupleObject>()).ob_item).cast();
            (ffi::PyTuple_GET_SIZE(object) as usize, items)
        } else {
            return None;
        };
        match count {
            0 => Some(&[]),
            1..=ITEMS => Some(std::slice::from_raw_parts(items, count)),
            _ => None,
        }
    }
}

fn is_single(object: *mut ffi::PyObject) -> bool {
    // SAFETY: a live object; the classes are immortal.
    let class = unsafe { ffi::Py_TYPE(object) };
    if ptr::eq(class, ndarray::type_object()) {
        return true;
    }
    let known = [
        &raw mut ffi::PyLong_Type,
        &raw mut ffi::PyFloat_Type,
        &raw mut ffi::PyBool_Type,
        &raw mut ffi::PyUnicode_Type,
    ];
    // SAFETY: `None` is immortal.
    known.iter().any(|known| ptr::eq(*known, class))
        || ptr::eq(object, unsafe { ffi::Py_None() })
        || scalar::types::exact_number(class).is_some()
}

/// The relevant arguments that override, one per type, subclasses before their bases; with their methods.
fn implementing<'py>(relevant: &Bound<'py, PyAny>) -> PyResult<Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
    let mut found: Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)> = Vec::new();
    for argument in relevant.try_iter()? {
        let argument = argument?;
        let class = argument.get_type();
        if found.iter().any(|(known, _)| known.get_type().is(&class)) {
            continue;
        }
        let Some(method) = method_of(&argument)? else { continue };
        if found.len() == MAX_TYPES {
            return Err(PyTypeError::new_err(format!(
                "maximum number ({MAX_TYPES}) of distinct argument types implementing __array_function__ exceeded"
            )));
        }
        let mut place = found.len();
        for (index, (known, _)) in found.iter().enumerate() {
            if class.is_subclass(known.get_type().as_any())? {
                place = index;
                break;
            }
        }
        found.insert(place, (argument, method));
    }
    Ok(found)
}

fn is_exact_array(object: &Bound<'_, PyAny>) -> bool {
    Array::from_object(object).is_some_and(|array| array.is_exact())
}

/// Asks the overriding arguments in turn.
fn dispatch<'py>(
    public: &Bound<'py, PyAny>,
    implementation: &Bound<'py, PyAny>,
    found: &[(Bound<'py, PyAny>, Bound<'py, PyAny>)],
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> Result<'py> {
    let py = public.py();
    let types = PyTuple::new(py, found.iter().map(|(argument, _)| argument.get_type()))?;
    let keywords = kwargs.cloned().unwrap_or_else(|| PyDict::new(py));
    for (argument, method) in found {
        let result = if is_exact_array(argument) {
            let base = ndarray::class(py);
            let all_arrays = found.iter().all(|(other, _)| other.is_instance(base.as_any()).unwrap_or(false));
            if all_arrays { implementation.call(args, kwargs)? } else { py.NotImplemented().into_bound(py) }
        } else {
            method.call1((public, &types, args, &keywords))?
        };
        if !result.is(py.NotImplemented().bind(py)) {
            return Ok(result);
        }
    }
    let name = public.getattr("__name__").map_or_else(|_| "?".into(), |n| n.to_string());
    let module = public.getattr("__module__").map_or_else(|_| "numpy".into(), |n| n.to_string());
    let classes = PyList::new(py, found.iter().map(|(argument, _)| argument.get_type()))?;
    Err(PyTypeError::new_err(format!(
        "no implementation found for '{module}.{name}' on types that implement __array_function__: {classes}"
    )))
}

/// An argument as the implementation gets it: what is the real NumPy's as ours, so that results are ours (design D10).
fn own_value(value: Bound<'_, PyAny>) -> Result<'_> {
    if is_inert(value.as_ptr()) {
        return Ok(value);
    }
    Ok(foreign::as_own(&value)?.unwrap_or(value))
}

fn own_values<'py>(args: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(args.py(), args.iter().map(own_value).collect::<PyResult<Vec<_>>>()?)
}

fn own_named<'py>(kwargs: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyDict>> {
    let own = PyDict::new(kwargs.py());
    for (name, value) in kwargs {
        own.set_item(name, own_value(value)?)?;
    }
    Ok(own)
}

/// A call whose arguments may override: they are asked. Without a function that names the `relevant` ones, the first
/// argument is the reference (`like=`), which the implementation does not see; an array of the real NumPy stands there
/// for a plain one.
///
/// # Errors
/// `TypeError` where nobody serves the call; what the functions raise.
pub(super) fn call<'py>(
    public: &Bound<'py, PyAny>,
    relevant: Option<&Bound<'py, PyAny>>,
    implementation: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> Result<'py> {
    let py = public.py();
    let (named, args) = match relevant {
        Some(relevant) => {
            let named = relevant.call(args, kwargs);
            (named.map_err(|error| own_name(error, relevant, implementation))?, args.clone())
        }
        None => {
            let (reference, rest) = (args.get_item(0)?, args.get_slice(1, args.len()));
            if foreign::is_numpys_array(&reference)? {
                return implementation.call(rest, kwargs);
            }
            (PyTuple::new(py, [reference])?.into_any(), rest)
        }
    };
    let found = implementing(&named)?;
    if found.iter().all(|(argument, _)| is_exact_array(argument)) && relevant.is_some() {
        let (args, own) = (own_values(&args)?, kwargs.map(own_named).transpose()?);
        let result = implementation.call(args, own.as_ref())?;
        let out = |named: Option<&Bound<'py, PyDict>>| match named {
            Some(named) => named.get_item(pyo3::intern!(py, "out")),
            None => Ok(None),
        };
        return Ok(match (out(kwargs)?, out(own.as_ref())?) {
            (Some(given), Some(own)) if result.is(&own) => given,
            _ => result,
        });
    }
    if found.is_empty() {
        return Err(PyTypeError::new_err(
            "The `like` argument must be an array-like that implements the `__array_function__` protocol.",
        ));
    }
    dispatch(public, implementation, &found, &args, kwargs)
}

/// A wrong call is the public function's, not its dispatcher's: the message names the former.
fn own_name(error: PyErr, relevant: &Bound<'_, PyAny>, implementation: &Bound<'_, PyAny>) -> PyErr {
    let py = relevant.py();
    if !error.is_instance_of::<PyTypeError>(py) {
        return error;
    }
    let text = error.value(py).to_string();
    let qualified =
        |function: &Bound<'_, PyAny>| function.getattr("__qualname__").map(|name| name.to_string());
    let Ok(name) = qualified(implementation) else { return error };
    match text.split_once("() ") {
        Some((head, tail)) if qualified(relevant).is_ok_and(|own| own == head) => {
            PyTypeError::new_err(format!("{name}() {tail}"))
        }
        _ => error,
    }
}

/// The arguments that override `__array_function__`, in the order they are asked.
#[pyfunction]
fn _get_implementing_args<'py>(relevant_args: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    let found = implementing(relevant_args)?;
    PyList::new(relevant_args.py(), found.into_iter().map(|(argument, _)| argument))
}

/// What is the real NumPy's as sharray's, all else as it is.
#[pyfunction]
fn _as_own(value: Bound<'_, PyAny>) -> Result<'_> {
    own_value(value)
}

/// True for the real NumPy's own arrays, not subclasses.
#[pyfunction]
fn _is_numpys_array(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    foreign::is_numpys_array(object)
}

/// Gives a public function the short way that there is for its name, and the function back.
#[pyfunction]
fn _shorten<'py>(function: &Bound<'py, PyAny>) -> Result<'py> {
    let name = function.getattr(pyo3::intern!(function.py(), "__name__"))?.to_string();
    dispatcher::shorten(function, shortcuts::of(&name))?;
    Ok(function.clone())
}

/// Adds this file's functions and the class.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    dispatcher::add_to(module)?;
    module.add_function(wrap_pyfunction!(_as_own, module)?)?;
    module.add_function(wrap_pyfunction!(_is_numpys_array, module)?)?;
    module.add_function(wrap_pyfunction!(_shorten, module)?)?;
    module.add_function(wrap_pyfunction!(_get_implementing_args, module)?)
}
