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
    if transfer.is_plain_copy()
        && let Some(blend) = blend_of(src.dtype().itemsize())
    {
        return nest.run(|at, n, steps| {
            // SAFETY: `n` elements of one size and their mask (V3), whose bytes are copied as they are.
            unsafe { blend([at[0], at[1], at[2]], [steps[0], steps[1], steps[2]], n as usize) };
            Ok(())
        });
    }
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

/// Copies the elements under a mask: target, source and mask, their steps, and how many there are.
type Blend = unsafe fn([*mut u8; 3], [isize; 3], usize);

/// The copy for elements of so many bytes, if there is one without a branch per element.
fn blend_of(size: usize) -> Option<Blend> {
    match size {
        1 => Some(blend::<u8>),
        2 => Some(blend::<u16>),
        4 => Some(blend::<u32>),
        8 => Some(blend::<u64>),
        16 => Some(blend::<u128>),
        _ => None,
    }
}

/// Elements that are looked at together: where the mask says the same of all, nothing or everything is copied.
const BLOCK: usize = 32;

/// # Safety
/// `n` elements of the size of `T` at the first two places, readable and the first writable, and `n` bytes at the third,
/// at these steps.
unsafe fn blend<T: Copy>(at: [*mut u8; 3], steps: [isize; 3], n: usize) {
    let size = size_of::<T>() as isize;
    let element = |op: usize, i: usize| at[op].wrapping_offset(i as isize * steps[op]);
    let dense = steps[2] == 1 && steps[0] == size && (steps[1] == size || steps[1] == 0);
    let mut i = 0;
    // SAFETY: elements below `n`, by the contract. Each is read before it is written, and by itself.
    unsafe {
        while dense && i + BLOCK <= n {
            let mask = element(2, i).cast::<[u8; BLOCK]>().read();
            if mask != [0; BLOCK] {
                let to = element(0, i).cast::<[T; BLOCK]>();
                let from = match steps[1] {
                    0 => [at[1].cast::<T>().read_unaligned(); BLOCK],
                    _ => element(1, i).cast::<[T; BLOCK]>().read_unaligned(),
                };
                let old = to.read_unaligned();
                to.write_unaligned(std::array::from_fn(|k| if mask[k] != 0 { from[k] } else { old[k] }));
            }
            i += BLOCK;
        }
        for i in i..n {
            let (to, from) = (element(0, i).cast::<T>(), element(1, i).cast::<T>());
            if *element(2, i) != 0 {
                to.write_unaligned(from.read_unaligned());
            }
        }
    }
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
