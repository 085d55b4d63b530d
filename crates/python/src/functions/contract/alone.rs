//! One operand: its axes in another order, its diagonals, and sums over what is left.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use sharray_base::TypeNum;

use super::{Axes, Axis, Maybe, Operand, Set};
use crate::object::array::Array;
use crate::object::number::{self, Op};
use crate::object::ufunc::quick_reduce;

/// `einsum` of one operand, if it is a view, or a sum of one whose result has at most one axis (so that there is no order
/// of memory to choose).
///
/// # Errors
/// Those of the sum.
pub(super) fn contract<'py>(operand: &Operand<'_, 'py>, result: &[u8]) -> Maybe<'py> {
    let array = operand.array;
    let Some(kept) = Set::of(result) else { return Ok(None) };
    if array.ndim() != operand.labels.len() || array.shape().contains(&0) {
        return Ok(None);
    }
    let mut labels: Axes<u8> = result.iter().copied().collect();
    for label in operand.labels {
        if !labels.contains(label) {
            labels.push(*label);
        }
    }
    let axes: Option<Axes<Axis>> = labels.iter().map(|label| diagonal(operand, *label)).collect();
    let Some(axes) = axes else { return Ok(None) };
    let summed = labels.iter().filter(|label| !kept.has(**label)).count();
    if summed > 0 && (result.len() > 1 || !array.dtype().is_plain_number()) {
        return Ok(None);
    }
    let shape: Axes<isize> = axes.iter().map(|axis| axis.extent).collect();
    let strides: Axes<isize> = axes.iter().map(|axis| axis.stride).collect();
    // SAFETY: each step of a label goes along all axes of that label at once: the array's own elements.
    let view = unsafe {
        match array.plain_view(array.data(), &shape, &strides) {
            Some(view) => view,
            None => array.sub_view(&array.descr(), array.data(), &shape, &strides)?,
        }
    };
    match summed {
        0 if shape.is_empty() => Ok(None),
        0 => Ok(Some(view.into_object())),
        _ => sum(view, result.len()).map(Some),
    }
}

/// The one axis along all of the operand's axes with a label; `None` for a label without axes, or axes of several lengths.
fn diagonal(operand: &Operand<'_, '_>, label: u8) -> Option<Axis> {
    let shape = operand.array.shape().iter().zip(operand.array.strides());
    let mut own = operand.labels.iter().zip(shape).filter(|(own, _)| **own == label).map(|(_, axis)| axis);
    let (extent, first) = own.next()?;
    own.try_fold(*first, |stride, (other, step)| (other == extent).then_some(stride + step))
        .map(|stride| Axis { extent: *extent, stride })
}

/// The sum over all axes but the first `kept`, at most one, in the array's own dtype.
fn sum<'py>(view: Array<'py>, kept: usize) -> PyResult<Bound<'py, PyAny>> {
    let (py, ndim) = (view.py(), view.ndim());
    let add = number::ufunc(py, Op::Add)?;
    let num = view.dtype().num();
    // Of these the sum has the dtype of its terms.
    let same = matches!(
        num,
        TypeNum::Double
            | TypeNum::Float
            | TypeNum::CDouble
            | TypeNum::CFloat
            | TypeNum::Long
            | TypeNum::ULong
    );
    if same && (kept == 0 || ndim == kept + 1) {
        let axis = (kept > 0).then_some(kept as isize);
        if let Some(total) = quick_reduce::reduce(&add, view.as_any(), axis, false)? {
            return Ok(total);
        }
    }
    let keywords = PyDict::new(py);
    let op = if num == TypeNum::Bool { number::ufunc(py, Op::LogicalOr)? } else { add };
    keywords.set_item("axis", PyTuple::new(py, kept..ndim)?)?;
    keywords.set_item("dtype", view.descr())?;
    op.getattr(pyo3::intern!(py, "reduce"))?.call((view.into_object(),), Some(&keywords))
}
