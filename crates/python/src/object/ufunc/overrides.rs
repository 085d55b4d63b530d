//! `__array_ufunc__` (NEP 13): operands of other types may take a call over.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use super::arguments::is_plain;
use crate::object::{ndarray, scalar};
use crate::protocols::{foreign, numpys};

/// The override of an operand: the bound-less function of its type, unless it is ndarray's own.
fn override_of<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if is_plain(object) || scalar::is_scalar(object) || numpys::is_array(object) {
        return Ok(None);
    }
    let py = object.py();
    let name = pyo3::intern!(py, "__array_ufunc__");
    let Some(found) = object.get_type().getattr_opt(name)? else { return Ok(None) };
    static OWN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let own = OWN.get_or_try_init(py, || ndarray::class(py).getattr(name).map(Bound::unbind))?;
    if found.is(own.bind(py)) {
        crate::object::mapped::check(object)?;
    }
    if found.is(own.bind(py)) || foreign::is_numpys_own(object)? {
        return Ok(None);
    }
    Ok(Some(found))
}

/// Asks the operands that override, in order: left to right, subclasses before their bases. `None` when nobody does.
///
/// `inputs` are the method's positional arguments, `outs` the outputs; `keywords` are normalised: outputs in a tuple.
pub(super) fn dispatch<'py>(
    ufunc: &Bound<'py, PyAny>,
    method: &str,
    inputs: &[Bound<'py, PyAny>],
    outs: &[Bound<'py, PyAny>],
    arguments: &[Bound<'py, PyAny>],
    keywords: impl FnOnce() -> PyResult<Bound<'py, PyDict>>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let mut found: Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)> = Vec::new();
    for object in inputs.iter().chain(outs) {
        if found.iter().any(|(known, _)| known.get_type().is(object.get_type())) {
            continue;
        }
        let Some(function) = override_of(object)? else { continue };
        if function.is_none() {
            return Err(PyTypeError::new_err(format!(
                "operand '{}' does not support ufuncs (__array_ufunc__=None)",
                object.get_type().name()?
            )));
        }
        found.push((object.clone(), function));
    }
    if found.is_empty() {
        return Ok(None);
    }
    let py = ufunc.py();
    let keywords = keywords()?;
    let mut waiting = found;
    let mut asked = Vec::new();
    while !waiting.is_empty() {
        let next = next_in_order(&waiting)?;
        let (object, function) = waiting.remove(next);
        let head = [object.clone(), ufunc.clone(), method.into_pyobject(py)?.into_any()];
        let all = PyTuple::new(py, head.iter().chain(arguments).collect::<Vec<_>>())?;
        let result = function.call(all, Some(&keywords))?;
        if !result.is(py.NotImplemented().bind(py)) {
            return Ok(Some(result));
        }
        asked.push(object);
    }
    Err(refused(ufunc, method, arguments, &keywords, inputs, outs)?)
}

/// The first operand of which no other waiting one is a subclass instance.
fn next_in_order(waiting: &[(Bound<'_, PyAny>, Bound<'_, PyAny>)]) -> PyResult<usize> {
    for (index, (object, _)) in waiting.iter().enumerate() {
        let class = object.get_type();
        let mut later = waiting[index + 1..].iter();
        if !later.any(|(other, _)| other.get_type().is_subclass(class.as_any()).unwrap_or(false)) {
            return Ok(index);
        }
    }
    Ok(0)
}

fn refused(
    ufunc: &Bound<'_, PyAny>,
    method: &str,
    arguments: &[Bound<'_, PyAny>],
    keywords: &Bound<'_, PyDict>,
    inputs: &[Bound<'_, PyAny>],
    outs: &[Bound<'_, PyAny>],
) -> PyResult<PyErr> {
    let mut parts = vec![ufunc.repr()?.to_string(), format!("'{method}'")];
    for argument in arguments {
        parts.push(argument.repr()?.to_string());
    }
    for (name, value) in keywords.iter() {
        parts.push(format!("{name}={}", value.repr()?));
    }
    let mut types = Vec::new();
    for object in inputs.iter().chain(outs) {
        types.push(format!("'{}'", object.get_type().name()?));
    }
    Ok(PyTypeError::new_err(format!(
        "operand type(s) all returned NotImplemented from __array_ufunc__({}): {}",
        parts.join(", "),
        types.join(", ")
    )))
}
