//! `argmax` and `argmin` along an axis.

use sharray_base::layout::{c_strides, normalize_axis};
use sharray_base::{DType, Dims, Result, TypeNum, View};
use sharray_kernels::search::ExtremumLane;

use crate::Provider;
use crate::walk::each_lane;

/// Index of the largest (or smallest) element of each lane along `axis`, the first of equals; a NaN or NaT wins.
/// Output 0, `intp`, in C order, without the axis. No lane may be empty.
///
/// # Errors
/// `Axis`; `Type` for a dtype without order; what comparing objects raises.
pub fn extremum(source: View<'_>, axis: isize, largest: bool, provider: &mut dyn Provider) -> Result<()> {
    let axis = normalize_axis(axis, source.ndim())?;
    let finder = ExtremumLane::new(source.dtype(), largest)?;
    let (n, step) = (source.shape()[axis] as usize, source.strides()[axis]);
    let shape: Dims =
        source.shape().iter().enumerate().filter(|(i, _)| *i != axis).map(|(_, e)| *e).collect();
    let strides = c_strides(&shape, size_of::<isize>());
    let out = provider.provide(0, &DType::of(TypeNum::Long), &shape, &strides)?;
    if source.is_empty() {
        return Ok(());
    }
    let mut full = strides.clone();
    full.insert(axis, 0);
    let operands = [(source.data(), source.strides()), (out, &full[..])];
    each_lane(source.shape(), axis, &operands, &mut |lane| {
        // SAFETY: `n` elements of the source's lane, and one index of the output.
        unsafe {
            let found = finder.find(lane[0], step, n)?;
            lane[1].cast::<isize>().write(found as isize);
        }
        Ok(())
    })
}
