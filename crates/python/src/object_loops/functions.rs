//! Loops that call a Python function for each element: what `frompyfunc` makes.

use std::ffi::c_void;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::TypeNum;
use sharray_core::ufunc::UfuncLoop;

use super::{FLAGS, each, load, store};

/// A function with its arity.
pub struct PythonFunction {
    /// The callable.
    pub function: Py<PyAny>,
    /// Number of inputs.
    pub nin: usize,
    /// Number of outputs.
    pub nout: usize,
}

/// The loop of a function. The function must outlive every use of the loop.
pub fn python_loop(function: &PythonFunction) -> UfuncLoop {
    let types = std::iter::repeat_n(TypeNum::Object, function.nin + function.nout).collect();
    let data = (function as *const PythonFunction).cast_mut().cast();
    UfuncLoop { types, code: call, flags: FLAGS, data }
}

unsafe extern "C" fn call(args: *const *mut u8, dims: *const isize, steps: *const isize, data: *mut c_void) {
    // SAFETY: the loop contract; `data` is the function this loop was made for.
    unsafe {
        let PythonFunction { function, nin, nout } = &*data.cast::<PythonFunction>();
        each(*dims, |py, i| {
            let at = |operand: usize| (*args.add(operand)).offset(i * *steps.add(operand));
            let arguments = PyTuple::new(py, (0..*nin).map(|operand| load(py, at(operand))))?;
            let result = function.bind(py).call1(arguments)?;
            match nout {
                0 => {}
                1 => store(py, at(*nin), result),
                _ => spread(&result, *nout, |k, value| store(py, at(*nin + k), value))?,
            }
            Ok(())
        });
    }
}

/// Several results come as a tuple.
fn spread<'py>(
    result: &Bound<'py, PyAny>,
    nout: usize,
    mut put: impl FnMut(usize, Bound<'py, PyAny>),
) -> PyResult<()> {
    let count = result.len().unwrap_or(1);
    let values = result.cast::<PyTuple>().ok().filter(|t| t.len() == nout);
    let Some(values) = values else {
        return Err(PyValueError::new_err(format!("the function must return {nout} values, got {count}")));
    };
    values.iter().enumerate().for_each(|(k, value)| put(k, value));
    Ok(())
}
