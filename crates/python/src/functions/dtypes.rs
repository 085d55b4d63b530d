//! Questions about dtypes: `result_type`, `promote_types`, `can_cast`, `min_scalar_type`.

use pyo3::prelude::*;
use sharray_base::DType;
use sharray_base::dtype::promote;
use sharray_base::layout::Order;
use sharray_core::assign::Casting;

use crate::coerce;
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::dtype;

/// The dtype all arrays promote to.
pub fn common(py: Python<'_>, arrays: &[Array<'_>]) -> PyResult<DType> {
    let dtypes: Vec<&DType> = arrays.iter().map(|a| a.dtype()).collect();
    promote::result_type(&dtypes, None).or_raise(py)
}

/// The array in another dtype, itself if it has it.
pub fn cast<'py>(array: &Array<'py>, wanted: &DType) -> PyResult<Array<'py>> {
    if array.dtype() == wanted {
        return Ok(array.clone());
    }
    let descr = dtype::from_value(array.py(), wanted)?;
    let result = coerce::like(array, &descr, Order::Keep, None)?;
    coerce::copy_cast(&result, array, Casting::Unsafe)?;
    Ok(result)
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let _ = module;
    Ok(())
}
