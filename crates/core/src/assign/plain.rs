//! Copies of bytes: whole blocks at once, transposes in tiles.

use sharray_base::View;
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::copy_2d;

use crate::iterate::Nest;

/// Copies in one block when both views are dense in the same order and the bytes stay as they are. Overlap is fine.
/// Returns whether it did.
pub(super) fn copy_dense(dst: &View<'_>, src: &View<'_>, transfer: &Transfer) -> bool {
    let same_order = || {
        (dst.is_c_contiguous() && src.is_c_contiguous()) || (dst.is_f_contiguous() && src.is_f_contiguous())
    };
    if !transfer.is_plain_copy() || dst.shape() != src.shape() || !same_order() {
        return false;
    }
    // SAFETY: both cover `len` dense elements of one itemsize (V3); `copy` allows overlap.
    unsafe { std::ptr::copy(src.data(), dst.data(), dst.len() * dst.dtype().itemsize()) };
    true
}

/// Copies plane by plane in tiles, when the two operands of `nest` (target, source) want different axes innermost.
/// Returns whether it did.
pub(super) fn copy_tiled(nest: &mut Nest, itemsize: usize) -> bool {
    let innermost = |nest: &Nest, operand: usize| {
        (0..nest.axes.ndim()).min_by_key(|axis| match nest.axes.steps(*axis)[operand].unsigned_abs() {
            0 => usize::MAX,
            step => step,
        })
    };
    let (Some(rows), Some(columns)) = (innermost(nest, 1), innermost(nest, 0)) else { return false };
    if rows == columns {
        return false;
    }
    nest.axes.to_front(rows);
    let columns = if columns < rows { columns + 1 } else { columns };
    nest.axes.to_front(columns);
    let (width, height) = (nest.axes.extents()[0] as usize, nest.axes.extents()[1] as usize);
    let (across, down) = (nest.axes.steps(0), nest.axes.steps(1));
    let planes = nest.run_outer(2, |at| {
        // SAFETY: the plane's elements belong to the views the nest was made of (V3), which don't overlap.
        unsafe { copy_2d(at[1], (down[1], across[1]), at[0], (down[0], across[0]), itemsize, height, width) };
        Ok(())
    });
    planes.is_ok()
}
