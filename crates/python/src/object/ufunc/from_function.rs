//! `frompyfunc`, and documentation of ufuncs.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;
use sharray_base::MAX_OPERANDS;
use sharray_core::ufunc::Ufunc;
use sharray_kernels::table::{Identity, Rule};

use super::{attributes, is_ufunc, make};
use crate::errors::OrRaise;
use crate::object_loops::{PythonFunction, python_loop};

/// A ufunc that calls a Python function for each element and gives objects.
///
/// frompyfunc(func, /, nin, nout, *, identity=None): TypeError when func is not callable, ValueError for impossible
/// numbers of operands.
#[pyfunction]
#[pyo3(signature = (func, /, nin, nout, **kwargs))]
fn frompyfunc<'py>(
    func: &Bound<'py, PyAny>,
    nin: isize,
    nout: isize,
    kwargs: Option<&Bound<'py, pyo3::types::PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = func.py();
    if !func.is_callable() {
        return Err(PyTypeError::new_err("function must be callable"));
    }
    let (Ok(nin), Ok(nout)) = (usize::try_from(nin), usize::try_from(nout)) else {
        return Err(PyValueError::new_err(format!(
            "numbers of operands can't be negative: {nin} and {nout}"
        )));
    };
    if nin + nout > MAX_OPERANDS {
        return Err(PyValueError::new_err(format!(
            "Cannot construct a ufunc with more than {MAX_OPERANDS} operands (requested number were: inputs = {nin} and \
             outputs = {nout})"
        )));
    }
    let mut identity = None;
    for (name, value) in kwargs.into_iter().flatten() {
        if name.to_string() != "identity" {
            return Err(PyTypeError::new_err(format!(
                "frompyfunc() got an unexpected keyword argument '{name}'"
            )));
        }
        identity = Some(value);
    }
    let name = func.getattr_opt("__name__")?.map_or_else(|| "?".to_string(), |n| n.to_string());
    let rule = if identity.is_some() { Identity::Reorderable } else { Identity::None };
    // The keeper owns what the loop points to, and the ufunc owns the keeper.
    let function = Box::new(PythonFunction { function: func.clone().unbind(), nin, nout });
    let entry = python_loop(&function);
    let keeps = Bound::new(py, Keeper(function))?;
    let name = format!("{name} (vectorized)");
    let ufunc = Ufunc::new(&name, (nin, nout), rule, Rule::Standard, None, vec![entry]).or_raise(py)?;
    make(py, ufunc, identity.filter(|i| !i.is_none()), Some(keeps.into_any()))
}

#[pyclass(frozen)]
#[expect(dead_code, reason = "held for its owner's sake")]
struct Keeper(Box<PythonFunction>);

/// Sets the documentation of a ufunc that has none of its own.
#[pyfunction]
#[pyo3(signature = (ufunc, docstring, /))]
fn _add_newdoc_ufunc(ufunc: &Bound<'_, PyAny>, docstring: &Bound<'_, PyString>) -> PyResult<()> {
    if !is_ufunc(ufunc) {
        return Err(PyTypeError::new_err("the first argument must be a ufunc"));
    }
    attributes::set_body(ufunc, &docstring.to_string())
}

/// Adds this file's functions.
pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(frompyfunc, module)?)?;
    module.add_function(wrap_pyfunction!(_add_newdoc_ufunc, module)?)
}
