//! Equality of structures that have bytes of no field: field by field, since those bytes mean nothing.

use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use super::array::Array;

/// `left == right` for two structured arrays of one dtype with gaps; `None` for other operands.
///
/// # Errors
/// What the comparison of a field raises; shapes that don't go together.
pub(super) fn equal<'py>(
    left: &Bound<'py, PyAny>,
    right: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (Some(a), Some(b)) = (Array::from_object(left), Array::from_object(right)) else { return Ok(None) };
    let dtype = a.dtype();
    if !dtype.has_gaps() || !dtype.equivalent(b.dtype()) {
        return Ok(None);
    }
    let Some(structure) = dtype.as_structure() else { return Ok(None) };
    let mut all: Option<Bound<'py, PyAny>> = None;
    for field in &structure.fields {
        let name = &*field.name;
        let mut same = left.get_item(name)?.rich_compare(right.get_item(name)?, CompareOp::Eq)?;
        let inner = field.dtype.flattened().map_or(0, |(_, shape)| shape.len() as isize);
        if inner > 0 {
            same = same.call_method1("all", (PyTuple::new(left.py(), -inner..0)?,))?;
        }
        all = Some(match all {
            None => same,
            Some(before) => before.bitand(same)?,
        });
    }
    Ok(all)
}
