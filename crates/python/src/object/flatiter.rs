//! `ndarray.flat`: the elements in C order, whatever the layout.

use pyo3::exceptions::PyNotImplementedError;
use pyo3::prelude::*;

use super::array::Array;

/// An iterator over an array's elements.
pub fn over<'py>(_array: &Array<'py>) -> PyResult<Bound<'py, PyAny>> {
    Err(PyNotImplementedError::new_err("ndarray.flat"))
}
