//! Copies of bytes: whole blocks at once, transposes in tiles; both in pieces that let an interruption in between.

use sharray_base::interrupt::{STRIDE, in_pieces, poll};
use sharray_base::{Result, View};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::copy_2d;

use crate::iterate::Nest;

/// Rows of a tile, or a multiple of them.
const TILE: usize = 64;

/// Copies in one block when both views are dense in the same order and the bytes stay as they are. Overlap is fine.
/// Returns whether it did.
///
/// # Errors
/// An interruption.
pub(super) fn copy_dense(dst: &View<'_>, src: &View<'_>, transfer: &Transfer) -> Result<bool> {
    let same_order = || {
        (dst.is_c_contiguous() && src.is_c_contiguous()) || (dst.is_f_contiguous() && src.is_f_contiguous())
    };
    if !transfer.is_plain_copy() || dst.shape() != src.shape() || !same_order() {
        return Ok(false);
    }
    let bytes = dst.len() * dst.dtype().itemsize();
    if src.data().addr().abs_diff(dst.data().addr()) < bytes {
        // SAFETY: both cover `len` dense elements of one itemsize (V3); `copy` allows overlap.
        unsafe { std::ptr::copy(src.data(), dst.data(), bytes) };
        return Ok(true);
    }
    // Pieces are counted in stretches of 64 bytes.
    in_pieces(bytes.div_ceil(64), |start, count| {
        let (from, count) = (start * 64, (count * 64).min(bytes - start * 64));
        // SAFETY: both cover `bytes` bytes (V3), which were found apart.
        unsafe { std::ptr::copy_nonoverlapping(src.data().add(from), dst.data().add(from), count) };
        Ok(())
    })?;
    Ok(true)
}

/// Copies plane by plane in tiles, when the two operands of `nest` (target, source) want different axes innermost.
/// Returns whether it did.
///
/// # Errors
/// An interruption.
pub(super) fn copy_tiled(nest: &mut Nest, itemsize: usize) -> Result<bool> {
    let innermost = |nest: &Nest, operand: usize| {
        (0..nest.axes.ndim()).min_by_key(|axis| match nest.axes.steps(*axis)[operand].unsigned_abs() {
            0 => usize::MAX,
            step => step,
        })
    };
    let (Some(rows), Some(columns)) = (innermost(nest, 1), innermost(nest, 0)) else { return Ok(false) };
    if rows == columns {
        return Ok(false);
    }
    nest.axes.to_front(rows);
    let columns = if columns < rows { columns + 1 } else { columns };
    nest.axes.to_front(columns);
    let (width, height) = (nest.axes.extents()[0] as usize, nest.axes.extents()[1] as usize);
    let (across, down) = (nest.axes.steps(0), nest.axes.steps(1));
    // As many rows at once as make a stretch of work, but whole tiles.
    let rows = (STRIDE / width.max(1)).next_multiple_of(TILE).max(TILE);
    nest.run_outer(2, |at| {
        (0..height).step_by(rows).try_for_each(|row| {
            if row > 0 {
                poll()?;
            }
            let (from, to) = (
                at[1].wrapping_offset(row as isize * down[1]),
                at[0].wrapping_offset(row as isize * down[0]),
            );
            let count = rows.min(height - row);
            // SAFETY: the plane's elements belong to the views the nest was made of (V3), which don't overlap.
            unsafe { copy_2d(from, (down[1], across[1]), to, (down[0], across[0]), itemsize, count, width) };
            Ok(())
        })
    })?;
    Ok(true)
}
