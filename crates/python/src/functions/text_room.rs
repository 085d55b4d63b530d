//! Room for texts of fixed width that a ufunc is about to write: an array that nobody clears first.

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::{DType, TypeNum};

use crate::object::array::Array;
use crate::object::dtype;

/// A fresh array of texts of at most `longest` characters, of the kind of `like`, with one axis; `None` where `like` is no
/// plain array of text of fixed width, the shape has not one axis, or the texts get too long.
#[pyfunction]
fn _text_room<'py>(
    like: &Bound<'py, PyAny>,
    longest: usize,
    shape: &Bound<'py, PyTuple>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = like.py();
    let Some(like) = Array::from_object(like).filter(Array::is_exact) else { return Ok(None) };
    let num = like.dtype().num();
    let unit = match num {
        TypeNum::String => 1,
        TypeNum::Unicode => 4,
        _ => return Ok(None),
    };
    let size = longest.max(1).checked_mul(unit).filter(|size| i32::try_from(*size).is_ok());
    let (Some(size), 1) = (size, shape.len()) else { return Ok(None) };
    let count = shape.get_item(0)?.extract::<usize>()?;
    if count.checked_mul(size).is_none_or(|bytes| bytes > isize::MAX as usize) {
        return Ok(None);
    }
    let descr = dtype::from_value(py, &DType::flexible(num, size))?;
    let made = Array::dense(py, descr.as_ptr().cast(), &[count as isize], count)?;
    Ok(Some(made.into_object()))
}

/// Adds this file's function.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_text_room, module)?)
}
