//! Assignment where a mask is true.

use sharray_base::interrupt::Meter;
use sharray_base::layout::broadcast_shapes;
use sharray_base::{Error, Result, TypeNum, View, ViewMut};
use sharray_kernels::cast::Transfer;

use super::{Casting, Temporary, check_broadcast, needs_temporary, source, stripped};
use crate::iterate::{Freedom, Nest};
use sharray_base::dtype::cast_rules::check_cast;

/// As [`super::copy`], but only where `mask` (bool, broadcast to `dst`'s shape) is true.
///
/// # Errors
/// As [`super::copy`]; `Type` when `mask` is not bool.
pub fn copy_where(dst: ViewMut<'_>, src: View<'_>, mask: View<'_>, casting: Casting) -> Result<()> {
    if mask.dtype().num() != TypeNum::Bool {
        return Err(Error::Type(format!("a mask must be of dtype bool, not {}", mask.dtype())));
    }
    check_cast(src.dtype(), dst.dtype(), casting)?;
    let shape = stripped(src.shape(), dst.ndim());
    check_broadcast(src.shape(), shape, dst.shape())?;
    if broadcast_shapes(&[mask.shape(), dst.shape()])?.as_slice() != dst.shape() {
        check_broadcast(mask.shape(), mask.shape(), dst.shape())?;
    }
    if dst.is_empty() {
        return Ok(());
    }
    // SAFETY: leading axes of extent 1 left out.
    let src = unsafe { src.with_layout(src.data(), shape, &src.strides()[src.ndim() - shape.len()..]) };
    let source_copy = needs_temporary(&dst, &src).then(|| Temporary::of(src)).transpose()?;
    let mask_copy = needs_temporary(&dst, &mask).then(|| Temporary::of(mask)).transpose()?;
    let src = source_copy.as_ref().map_or(src, |t| t.view());
    let mask = mask_copy.as_ref().map_or(mask, |t| t.view());
    let transfer = Transfer::new(src.dtype(), dst.dtype(), false)?;
    let nest = Nest::new(dst.shape(), &[source(&dst), source(&src), source(&mask)], Freedom::Any)?;
    nest.run(|at, n, steps| {
        let place = |op: usize, i: isize| at[op].wrapping_offset(i * steps[op]);
        let copy = |i, count: isize| {
            // SAFETY: elements `i .. i + count` of the inner run belong to the views (V3), which don't overlap.
            unsafe { transfer.run(place(1, i), steps[1], place(0, i), steps[0], count as usize) }
        };
        match steps[2] {
            // SAFETY: `n` bytes of the mask, dense (V3).
            1 => true_runs_of(unsafe { std::slice::from_raw_parts(at[2], n as usize) }, copy),
            // SAFETY: a byte of the mask (V3).
            _ => true_runs(n, |i| unsafe { *place(2, i) } != 0, copy),
        }
    })
}

/// [`true_runs`] of a dense mask, which passes over eight false elements at once.
fn true_runs_of(mask: &[u8], mut act: impl FnMut(isize, isize) -> Result<()>) -> Result<()> {
    let mut i = 0;
    while i < mask.len() {
        if mask[i] == 0 {
            let nothing = mask.get(i..i + 8).is_some_and(|bytes| bytes == [0; 8]);
            i += if nothing { 8 } else { 1 };
            continue;
        }
        let start = i;
        while i < mask.len() && mask[i] != 0 {
            i += 1;
        }
        act(start as isize, (i - start) as isize)?;
    }
    Ok(())
}

/// Calls `act(start, count)` for each longest run of `0..n` on which `holds`.
///
/// # Errors
/// The first error of `act`.
pub fn true_runs(
    n: isize,
    holds: impl Fn(isize) -> bool,
    mut act: impl FnMut(isize, isize) -> Result<()>,
) -> Result<()> {
    let mut meter = Meter::default();
    let mut i = 0;
    while i < n {
        if !holds(i) {
            i += 1;
            continue;
        }
        let start = i;
        while i < n && holds(i) {
            i += 1;
        }
        act(start, i - start)?;
        meter.add((i - start) as usize + 1)?;
    }
    Ok(())
}
