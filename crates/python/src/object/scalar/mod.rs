//! Scalars: what indexing returns and what assignment takes.

use pyo3::prelude::*;
use sharray_base::{DType, TypeNum};

/// The scalar object of an element of `dtype` at `source` (any alignment and byte order). `base` is the array the
/// element lies in, which scalars that look at memory (void) keep.
pub fn from_element<'py>(
    py: Python<'py>,
    dtype: &DType,
    source: *const u8,
    _base: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: the caller passes a readable element of `dtype`.
    unsafe {
        match dtype.num() {
            TypeNum::Double => Ok(source.cast::<f64>().read_unaligned().into_pyobject(py)?.into_any()),
            TypeNum::Long => Ok(source.cast::<i64>().read_unaligned().into_pyobject(py)?.into_any()),
            _ => Ok(py.None().into_bound(py)),
        }
    }
}

/// Writes a Python value as an element of `dtype` at `target`.
pub fn to_element(object: &Bound<'_, PyAny>, dtype: &DType, target: *mut u8) -> PyResult<()> {
    // SAFETY: the caller passes a writable element of `dtype`.
    unsafe {
        match dtype.num() {
            TypeNum::Double => target.cast::<f64>().write_unaligned(object.extract()?),
            TypeNum::Long => target.cast::<i64>().write_unaligned(object.extract()?),
            _ => {}
        }
    }
    Ok(())
}

/// True for instances of `numpy.generic`.
pub fn is_scalar(_object: &Bound<'_, PyAny>) -> bool {
    false
}

/// The dtype of a NumPy scalar.
pub fn dtype_of(_object: &Bound<'_, PyAny>) -> Option<DType> {
    None
}

/// The time dtype a value (text, `datetime`, integer) has on its own.
pub fn time_dtype_of(_object: &Bound<'_, PyAny>, num: TypeNum) -> PyResult<DType> {
    Ok(DType::of(num))
}

/// The plain Python value of an element (`item`, `tolist`): `int`, `float`, `str`, …; a NumPy scalar where Python has none.
pub fn to_python<'py>(
    py: Python<'py>,
    dtype: &DType,
    source: *const u8,
    base: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    from_element(py, dtype, source, base)
}
