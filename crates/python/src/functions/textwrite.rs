//! `_format_rows`: tables of numbers as text, for `savetxt`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use sharray_base::{DType, TypeNum};
use sharray_io::text::print::{Numbers, Row};

use super::dtypes::cast;
use crate::object::array::Array;
use crate::object::layout::flag;

/// The rows of a two-dimensional array of float64 or int64 as one string, each by the format `row_format` of all its
/// columns and followed by `newline`; None where only Python's `%` knows how.
#[pyfunction]
fn _format_rows<'py>(
    array: &Bound<'py, PyAny>,
    row_format: &str,
    newline: &str,
) -> PyResult<Option<Bound<'py, PyString>>> {
    let py = array.py();
    let array = Array::given(array, "_format_rows")?;
    let num = array.dtype().num();
    let Some(row) = Row::parse(row_format) else { return Ok(None) };
    if array.ndim() != 2
        || array.shape()[1] as usize != row.numbers()
        || !matches!(num, TypeNum::Double | TypeNum::Long)
    {
        return Ok(None);
    }
    let native = cast(&array, &DType::of(num))?;
    if !native.has(flag::C_CONTIGUOUS) {
        return Err(PyValueError::new_err("the rows must lie one behind the other"));
    }
    let mut text = Vec::new();
    let printed = match native.size() {
        0 => true,
        _ => {
            // SAFETY: the array's elements lie dense from its data on (checked above), readable by V2, and stay while the
            // array is held; nobody writes to them, as the lock of the interpreter is held.
            let bytes = unsafe { std::slice::from_raw_parts(native.data(), native.size() * 8) };
            let numbers = if num == TypeNum::Double { Numbers::Float(bytes) } else { Numbers::Int(bytes) };
            row.print(numbers, newline, &mut text)
        }
    };
    if !printed {
        return Ok(None);
    }
    let text = std::str::from_utf8(&text).map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok(Some(PyString::new(py, text)))
}

/// Adds this file's function.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_format_rows, module)?)
}
