//! Assignment where a mask is true.

use sharray_base::interrupt::Meter;
use sharray_base::layout::broadcast_shapes;
use sharray_base::{Error, Result, TypeNum, View, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::blend;
use sharray_kernels::copy::compress::{Mask, PIECE, true_places};
use sharray_kernels::copy::pick::{self, Axis, Lane, Numbers};

use super::{Casting, Temporary, check_broadcast, needs_temporary, source, stripped};
use crate::iterate::scratch::Elements;
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
    let size = src.dtype().itemsize();
    if transfer.is_plain_copy() && blend::has_size(size) {
        return nest.run(|at, n, steps| {
            // SAFETY: `n` elements of one size and their mask (V3), whose bytes are copied as they are.
            unsafe { blend::blend([at[0], at[1], at[2]], [steps[0], steps[1], steps[2]], n as usize, size) };
            Ok(())
        });
    }
    if src.dtype().num().is_number() && dst.dtype().num().is_number() {
        let lanes = Lanes::new(&src, &dst)?;
        return nest.run(|at, n, steps| lanes.run(&transfer, at, n as usize, steps));
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

/// Room for the numbers under a piece of a mask, as they are and cast.
struct Lanes {
    given: Elements,
    cast: Elements,
    sizes: [usize; 2],
}

impl Lanes {
    fn new(src: &View<'_>, dst: &View<'_>) -> Result<Lanes> {
        Ok(Lanes {
            given: Elements::new(src.dtype(), PIECE)?,
            cast: Elements::new(dst.dtype(), PIECE)?,
            sizes: [src.dtype().itemsize(), dst.dtype().itemsize()],
        })
    }

    /// Casts the numbers of a run that lie under its mask, and no others: a piece at a time is put side by side, cast, and
    /// taken to its places.
    fn run(&self, transfer: &Transfer, at: &[*mut u8], n: usize, steps: &[isize]) -> Result<()> {
        let [size, cast_size] = self.sizes;
        let mut places = [0isize; PIECE];
        for start in (0..n).step_by(PIECE) {
            let count = PIECE.min(n - start);
            let part = |op: usize| at[op].wrapping_offset(start as isize * steps[op]);
            let mask = Mask { data: part(2), step: steps[2], count };
            // SAFETY: elements of the run (V3) and of the buffers, which hold a piece; places are those of the mask.
            unsafe {
                let found = true_places(mask, 0, places.as_mut_ptr(), PIECE);
                let numbers = Numbers::dense(&places[..found]);
                let source = Axis { data: part(1), stride: steps[1], extent: count as isize };
                let target = Axis { data: part(0), stride: steps[0], extent: count as isize };
                let given = Lane { data: self.given.data(), step: size as isize };
                let cast = Lane { data: self.cast.data(), step: cast_size as isize };
                let gathered = pick::gather(source, numbers, given, size);
                transfer.run(given.data, given.step, cast.data, cast.step, found)?;
                let placed = pick::scatter(target, numbers, cast, cast_size);
                debug_assert!(gathered.is_ok() && placed.is_ok());
            }
        }
        Ok(())
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
