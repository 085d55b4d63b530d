//! Operands of linear algebra: which numbers to compute in, casts to them, shapes that fit, and results.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sharray_base::layout::{self, Dims};
use sharray_base::{DType, Error, Result, TypeNum, View};
pub use sharray_linalg::numbers::{complex, real};

use crate::coerce;
use crate::errors::OrRaise;
use crate::gate;
use crate::object::array::Array;
use crate::object::dtype;

/// The numbers that matrices of these dtypes are computed in: single precision if all are, else double.
///
/// # Errors
/// `TypeError` for dtypes that are no numbers here.
pub fn numbers(arrays: &[&Array<'_>]) -> PyResult<TypeNum> {
    sharray_linalg::numbers::common(arrays.iter().map(|array| array.dtype()))
        .map_err(|place| unsupported(arrays[place]))
}

#[cold]
fn unsupported(array: &Array<'_>) -> PyErr {
    let name = array.descr().getattr("name").map_or_else(|_| "?".into(), |name| name.to_string());
    PyTypeError::new_err(format!("array type {name} is unsupported in linalg"))
}

/// An argument as an array.
///
/// # Errors
/// Those of `asarray`.
pub fn array<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    match Array::from_object(object) {
        Some(array) => Ok(array),
        None => coerce::asarray(object),
    }
}

/// The array itself if it holds such numbers in native byte order, else a copy that does.
///
/// # Errors
/// Those of the cast.
pub fn cast<'py>(array: Array<'py>, numbers: TypeNum) -> PyResult<Array<'py>> {
    if array.dtype().num() == numbers && array.dtype().is_native() {
        return Ok(array);
    }
    let plain = coerce::asarray(&array)?;
    let target = dtype::from_value(array.py(), &DType::of(numbers))?;
    Array::given(&plain.call_method1("astype", (target,))?, "astype")
}

/// One array of matrices, and the numbers it is computed in.
///
/// # Errors
/// `LinAlgError` for fewer than two axes; those of [`numbers`] and [`cast`].
pub fn matrices<'py>(object: &Bound<'py, PyAny>) -> PyResult<(Array<'py>, TypeNum)> {
    let array = array(object)?;
    check_stacked(&array)?;
    let numbers = numbers(&[&array])?;
    Ok((cast(array, numbers)?, numbers))
}

/// As [`matrices`], of square ones.
///
/// # Errors
/// As there; `LinAlgError` if they are not square.
pub fn squares<'py>(object: &Bound<'py, PyAny>) -> PyResult<(Array<'py>, TypeNum)> {
    let array = array(object)?;
    check_square(&array)?;
    let numbers = numbers(&[&array])?;
    Ok((cast(array, numbers)?, numbers))
}

fn check_stacked(array: &Array<'_>) -> PyResult<()> {
    if array.ndim() >= 2 {
        return Ok(());
    }
    let text = format!("{}-dimensional array given. Array must be at least two-dimensional", array.ndim());
    Err(Error::LinAlg(text)).or_raise(array.py())
}

/// Checks that the last two axes are equally long.
///
/// # Errors
/// `LinAlgError`.
pub fn check_square(array: &Array<'_>) -> PyResult<()> {
    check_stacked(array)?;
    match array.shape() {
        [.., rows, columns] if rows == columns => Ok(()),
        _ => Err(Error::LinAlg("Last 2 dimensions of the array must be square".into())).or_raise(array.py()),
    }
}

/// The extents of the axes before the matrices', and rows and columns.
pub fn parted<'a>(array: &'a Array<'_>) -> (&'a [isize], isize, isize) {
    match array.shape() {
        [lead @ .., rows, columns] => (lead, *rows, *columns),
        other => (other, 1, 1),
    }
}

/// A fresh array: the leading extents, and its own.
///
/// # Errors
/// `MemoryError`.
pub fn fresh<'py>(py: Python<'py>, numbers: TypeNum, lead: &[isize], core: &[isize]) -> PyResult<Array<'py>> {
    let shape: Dims = lead.iter().chain(core).copied().collect();
    let dtype = dtype::from_value(py, &DType::of(numbers))?;
    layout::checked_len(&shape, dtype::value(&dtype).itemsize()).or_raise(py)?;
    let strides = layout::c_strides(&shape, dtype::value(&dtype).itemsize());
    Array::allocate(py, &dtype, &shape, &strides, false, None)
}

/// An array, or the number it holds if it has no axes.
///
/// # Errors
/// None that is known of.
pub fn number_or_array(array: Array<'_>) -> PyResult<Bound<'_, PyAny>> {
    if array.ndim() > 0 {
        return Ok(array.into_object());
    }
    array.as_ref().get_item(PyTuple::empty(array.py()))
}

/// Runs work, without the GIL if there is much. What processors raise on the way means nothing.
///
/// # Errors
/// The engine's, as an exception.
pub fn run(py: Python<'_>, bytes: usize, work: impl FnOnce() -> Result<()> + Send) -> PyResult<()> {
    let work = || sharray_base::fp_status::discarding(work);
    gate::work(py, bytes, false, work).or_raise(py)
}

/// A view under leading axes that it is broadcast to, with two axes for a matrix: `shape` and `strides` hold the layout.
pub fn broadcast<'a>(
    view: View<'a>,
    lead: &[isize],
    core: usize,
    shape: &'a mut Dims,
    strides: &'a mut Dims,
) -> Option<View<'a>> {
    let own = view.ndim() - core;
    *strides = layout::broadcast_strides(&view.shape()[..own], &view.strides()[..own], lead)?;
    strides.extend_from_slice(&view.strides()[own..]);
    *shape = lead.iter().chain(&view.shape()[own..]).copied().collect();
    if core == 1 {
        shape.push(1);
        strides.push(0);
    }
    // SAFETY: the view's elements, some of them at several indices (V1–V3 hold).
    Some(unsafe { view.with_layout(view.data(), shape, strides) })
}
