//! `__array_function__` (NEP 18): the public functions as objects that let other array types take over.

use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple, PyType};

use super::shortcuts::{self, Shortcut};
use crate::object::array::Array;
use crate::object::{ndarray, scalar};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// How many distinct types may take part in one dispatch.
const MAX_TYPES: usize = 64;

/// A public function: asks the dispatcher for the relevant arguments, then the first of them that overrides it.
#[pyclass(name = "_ArrayFunctionDispatcher", module = "numpy", dict, weakref)]
pub struct Dispatcher {
    /// Returns the relevant arguments; without one, the first argument is the reference (`like=`).
    relevant: Option<Py<PyAny>>,
    implementation: Py<PyAny>,
    /// The short way for calls with plain arrays, which have no overrides.
    short: Option<Shortcut>,
}

/// `__array_function__` of an object whose type overrides it.
fn method_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let class = object.get_type();
    if is_plain(&class) {
        return Ok(None);
    }
    match class.getattr_opt(pyo3::intern!(object.py(), "__array_function__"))? {
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

/// True for what neither overrides nor holds anything that does: plain arrays and single plain values.
fn is_inert(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: a live object; the classes are immortal.
    let class = unsafe { ffi::Py_TYPE(object.as_ptr()) };
    let known = [
        ndarray::type_object(),
        &raw mut ffi::PyFloat_Type,
        &raw mut ffi::PyLong_Type,
        &raw mut ffi::PyBool_Type,
        &raw mut ffi::PyUnicode_Type,
    ];
    known.iter().any(|known| std::ptr::eq(*known, class))
        || object.is_none()
        || scalar::exact_number_of(object).is_some()
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

#[pymethods]
impl Dispatcher {
    #[new]
    #[pyo3(signature = (dispatcher, implementation, /))]
    fn new(dispatcher: Option<Py<PyAny>>, implementation: Py<PyAny>) -> Dispatcher {
        Dispatcher { relevant: dispatcher, implementation, short: None }
    }

    #[pyo3(signature = (*args, **kwargs))]
    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> Result<'py> {
        let py = slf.py();
        let this = slf.borrow();
        if let Some(short) = this.short
            && let Some(result) = short(args, kwargs)?
        {
            return Ok(result);
        }
        let inert = |object: &Bound<'py, PyAny>| is_inert(object);
        if this.relevant.is_some()
            && !(args.is_empty() && kwargs.is_none())
            && args.iter_borrowed().all(|value| inert(&value))
            && kwargs.is_none_or(|kwargs| kwargs.iter().all(|(_, value)| inert(&value)))
        {
            // No argument holds anything that could override: nobody needs to be asked.
            return this.implementation.bind(py).call(args, kwargs);
        }
        let implementation = this.implementation.bind(py).clone();
        let (relevant, args) = match &this.relevant {
            Some(relevant) => {
                let found = relevant.bind(py).call(args, kwargs).map_err(|error| own_name(error, slf))?;
                (found, args.clone())
            }
            None => {
                let rest = args.get_slice(1, args.len());
                (PyTuple::new(py, [args.get_item(0)?])?.into_any(), rest)
            }
        };
        drop(this);
        let found = implementing(&relevant)?;
        if found.iter().all(|(argument, _)| is_exact_array(argument)) && slf.borrow().relevant.is_some() {
            return implementation.call(args, kwargs);
        }
        if found.is_empty() {
            return Err(PyTypeError::new_err(
                "The `like` argument must be an array-like that implements the `__array_function__` protocol.",
            ));
        }
        dispatch(slf.as_any(), &implementation, &found, &args, kwargs)
    }

    #[getter]
    fn _implementation(&self, py: Python<'_>) -> Py<PyAny> {
        self.implementation.clone_ref(py)
    }

    fn __get__<'py>(
        slf: &Bound<'py, Self>,
        instance: Option<&Bound<'py, PyAny>>,
        _owner: Option<&Bound<'py, PyAny>>,
    ) -> Result<'py> {
        let Some(instance) = instance.filter(|i| !i.is_none()) else { return Ok(slf.clone().into_any()) };
        slf.py().import("types")?.getattr("MethodType")?.call1((slf, instance))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Ok(slf.borrow().implementation.bind(slf.py()).repr()?.to_string())
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Ok(slf.getattr("__qualname__")?.to_string())
    }
}

/// A wrong call is the public function's, not its dispatcher's: the message names the former.
fn own_name(error: PyErr, slf: &Bound<'_, Dispatcher>) -> PyErr {
    let py = slf.py();
    if !error.is_instance_of::<PyTypeError>(py) {
        return error;
    }
    let text = error.value(py).to_string();
    let this = slf.borrow();
    let qualified =
        |function: &Py<PyAny>| function.bind(py).getattr("__qualname__").map(|name| name.to_string());
    let dispatcher = this.relevant.as_ref().and_then(|relevant| qualified(relevant).ok());
    let Ok(name) = qualified(&this.implementation) else { return error };
    match text.split_once("() ") {
        Some((head, tail)) if Some(head) == dispatcher.as_deref() => {
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

/// Gives a public function the short way that there is for its name, and the function back.
#[pyfunction]
fn _shorten<'py>(function: &Bound<'py, Dispatcher>) -> Result<'py> {
    let name = function.getattr(pyo3::intern!(function.py(), "__name__"))?.to_string();
    function.borrow_mut().short = shortcuts::of(&name);
    Ok(function.clone().into_any())
}

/// Adds this file's class and functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Dispatcher>()?;
    module.add_function(wrap_pyfunction!(_shorten, module)?)?;
    module.add_function(wrap_pyfunction!(_get_implementing_args, module)?)
}
