//! Copies of bytes: whole blocks at once, transposes in tiles; both in pieces that let an interruption in between.

use sharray_base::threads::{self, GRAIN};
use sharray_base::{Result, View};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::{copy_2d, copy_line, copy_streaming, stream};

use crate::iterate::Nest;
use crate::iterate::scratch::Elements;

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
    copy_block(src, dst, dst.len() * dst.dtype().itemsize())?;
    Ok(true)
}

/// Bytes that are copied at once: those that stay in the second-level cache, where a second thread is no help.
const FEW: usize = 1 << 20;

/// An axis of a copy: extent, and the steps of target and source in bytes.
type Axis = (isize, isize, isize);

/// Copies few elements of two views that join to no more than two axes and lie apart, without setting up an iteration:
/// that is two thirds of the instructions of a transpose of 31 × 31 elements. Numbers that are cast and transposed are cast
/// first, in one run. Returns whether it did.
///
/// # Errors
/// What the cast reports.
pub(super) fn copy_few(dst: &View<'_>, src: &View<'_>, transfer: &Transfer) -> Result<bool> {
    let plain = transfer.is_plain_copy();
    let numbers = dst.dtype().num().is_number() && src.dtype().num().is_number();
    let size = dst.dtype().itemsize();
    if dst.len() * size > FEW || !(plain || numbers) || dst.shape() != src.shape() {
        return Ok(false);
    }
    let from_size = src.dtype().itemsize();
    let Some([inner, outer]) = joined(dst, src) else { return Ok(false) };
    // Elements to be cast that don't lie in the order of the target's memory, but side by side in the other.
    let turned = inner.1 == size as isize && outer.2 == from_size as isize && inner.2 == outer.0 * outer.2;
    if !plain && !turned {
        return Ok(false);
    }
    // No element of the target has two places, and none of its bytes is one of the source's.
    let reach = |axis: Axis| ((axis.0 - 1) * axis.1, (axis.0 - 1) * axis.2);
    let ((to, from), (to_outer, from_outer)) = (reach(inner), reach(outer));
    let nested = |a: Axis, reach: isize, b: Axis| {
        a.0 == 1
            || a.1.unsigned_abs() >= size && (b.0 == 1 || b.1.unsigned_abs() >= reach.unsigned_abs() + size)
    };
    if !nested(inner, to, outer) && !nested(outer, to_outer, inner) {
        return Ok(false);
    }
    let span = |data: *mut u8, a: isize, b: isize, size: usize| {
        let start = data as isize;
        (start + a.min(0) + b.min(0), start + a.max(0) + b.max(0) + size as isize)
    };
    let (written, read) =
        (span(dst.data(), to, to_outer, size), span(src.data(), from, from_outer, from_size));
    if written.0 < read.1 && read.0 < written.1 {
        return Ok(false);
    }
    let (rows, columns) = (outer.0 as usize, inner.0 as usize);
    if !plain {
        let cast = Elements::new(dst.dtype(), rows * columns)?;
        let step = size as isize;
        // SAFETY: the source's elements side by side (V3), and room for as many; then as below.
        unsafe {
            transfer.run(src.data(), from_size as isize, cast.data(), step, rows * columns)?;
            copy_2d(cast.data(), (step, outer.0 * step), dst.data(), (outer.1, inner.1), size, rows, columns);
        }
        return Ok(true);
    }
    // SAFETY: the elements of both views (V3), which lie apart.
    unsafe { copy_2d(src.data(), (outer.2, inner.2), dst.data(), (outer.1, inner.1), size, rows, columns) };
    Ok(true)
}

/// The axes of two views of one shape with those joined that both go through in one step, innermost first; `None` if
/// more than two are left.
fn joined(dst: &View<'_>, src: &View<'_>) -> Option<[Axis; 2]> {
    let mut axes = [(1, 0, 0); 2];
    let mut count = 0;
    for (axis, &extent) in dst.shape().iter().enumerate().rev().filter(|(_, n)| **n != 1) {
        let (to, from) = (dst.strides()[axis], src.strides()[axis]);
        if let Some((n, last_to, last_from)) = axes[..count].last_mut()
            && to == *n * *last_to
            && from == *n * *last_from
        {
            *n *= extent;
            continue;
        }
        *axes.get_mut(count)? = (extent, to, from);
        count += 1;
    }
    Some(axes)
}

/// Bytes that one chunk copies.
const CHUNK: usize = 256 << 10;

/// Copies `bytes` dense bytes.
fn copy_block(src: &View<'_>, dst: &View<'_>, bytes: usize) -> Result<()> {
    let distance = (src.data() as usize).abs_diff(dst.data() as usize);
    if distance < bytes {
        // SAFETY: both are `bytes` dense bytes (V3); `copy` allows overlap.
        unsafe { std::ptr::copy(src.data(), dst.data(), bytes) };
        return Ok(());
    }
    if bytes < 2 * CHUNK {
        // SAFETY: as above, apart.
        unsafe { copy_line(src.data(), dst.data(), bytes) };
        return Ok(());
    }
    threads::run(bytes.div_ceil(CHUNK), |chunk| {
        let start = chunk * CHUNK;
        let count = CHUNK.min(bytes - start);
        // SAFETY: bytes `start .. start + count` of both, which lie apart.
        unsafe {
            let (from, to) = (src.data().add(start), dst.data().add(start));
            if bytes >= stream::FROM {
                copy_streaming(from, to, count);
            } else {
                copy_line(from, to, count);
            }
        }
        Ok(())
    })
}

/// Copies plane by plane, line by line, where there are few elements: then a visit of each line by itself costs more than
/// the line. Returns whether it did.
///
/// # Errors
/// An interruption.
pub(super) fn copy_lines(nest: &Nest, itemsize: usize) -> Result<bool> {
    if nest.axes.ndim() < 2 || nest.len() >= 2 * GRAIN {
        return Ok(false);
    }
    let (width, height) = (nest.axes.extents()[0] as usize, nest.axes.extents()[1] as usize);
    let (across, down) = (nest.axes.steps(0), nest.axes.steps(1));
    // What is repeated has no order of its own, and would pass for a transpose.
    if across[1] == 0 || down[1] == 0 {
        return Ok(false);
    }
    nest.run_outer(2, |at| {
        // SAFETY: a plane of the views the nest was made of (V3), which don't overlap, or are the same elements.
        unsafe { copy_2d(at[1], (down[1], across[1]), at[0], (down[0], across[0]), itemsize, height, width) };
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
    if nest.len() < 2 * GRAIN {
        nest.run_outer(2, |at| {
            // SAFETY: a plane of the views the nest was made of (V3), which don't overlap.
            unsafe {
                copy_2d(at[1], (down[1], across[1]), at[0], (down[0], across[0]), itemsize, height, width)
            };
            Ok(())
        })?;
        return Ok(true);
    }
    // Strips of whole tiles; a plane too small to be cut is one strip.
    let rows = (GRAIN / width).next_multiple_of(TILES).max(TILES);
    let strips = height.div_ceil(rows);
    let mut planes: Vec<Plane> = Vec::new();
    nest.run_outer(2, |at| {
        planes.push(Plane { dst: at[0], src: at[1] });
        Ok(())
    })?;
    // As many strips together as make a chunk.
    let all = planes.len() * strips;
    let group = (GRAIN / (width * rows.min(height))).max(1);
    threads::run(all.div_ceil(group), |chunk| {
        for strip in chunk * group..all.min((chunk + 1) * group) {
            let (plane, top) = (&planes[strip / strips], strip % strips * rows);
            let (count, top) = (rows.min(height - top), top as isize);
            let (src, dst) =
                (plane.src.wrapping_offset(top * down[1]), plane.dst.wrapping_offset(top * down[0]));
            // SAFETY: the strip's elements belong to the views the nest was made of (V3), which don't overlap.
            unsafe { copy_2d(src, (down[1], across[1]), dst, (down[0], across[0]), itemsize, count, width) };
        }
        Ok(())
    })?;
    Ok(true)
}

/// Rows of a strip are a multiple of this: of the tiles that `copy_2d` walks in.
const TILES: usize = 32;

/// Where a plane begins on both sides.
struct Plane {
    dst: *mut u8,
    src: *mut u8,
}

// SAFETY: addresses; strips of a plane are copied by one thread each.
unsafe impl Sync for Plane {}
