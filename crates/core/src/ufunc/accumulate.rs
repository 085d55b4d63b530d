//! Running reductions along an axis.

use sharray_base::fp_status::FpStatus;
use sharray_base::{DType, Error, Result, ViewMut};

use super::{Operand, Ufunc};
use crate::Provider;

/// All partial results of a reduction along `axis`: the output has the input's shape.
///
/// # Errors
/// As [`super::reduce`].
pub fn accumulate(
    ufunc: &Ufunc,
    input: Operand<'_>,
    axis: isize,
    dtype: Option<&DType>,
    out: Option<ViewMut<'_>>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    let _ = (ufunc, input, axis, dtype, out, provider);
    Err(Error::NotImplemented("accumulate".into()))
}

/// Reductions of the slices `indices[i]..indices[i + 1]` along `axis` (the single element `indices[i]` where that is
/// empty); the last slice ends with the axis.
///
/// # Errors
/// `Index` for an index outside the axis; else as [`super::reduce`].
pub fn reduceat(
    ufunc: &Ufunc,
    input: Operand<'_>,
    indices: &[isize],
    axis: isize,
    dtype: Option<&DType>,
    out: Option<ViewMut<'_>>,
    provider: &mut dyn Provider,
) -> Result<FpStatus> {
    let _ = (ufunc, input, indices, axis, dtype, out, provider);
    Err(Error::NotImplemented("reduceat".into()))
}
