//! Writing to elements by flat number or under a mask: put, putmask, place.

use sharray_base::interrupt::Meter;
use sharray_base::{Dims, Error, Result, View, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::compress::PIECE;
use sharray_kernels::copy::pick::Numbers;

use super::column::{self, Along, Picks};
use super::mask;
use super::plan::out_of_bounds;
use super::take::Mode;
use crate::assign::{Casting, copy_where, distinct};
use crate::scratch::{Scratch, apart, may_overlap};
use crate::walk::walk;

/// `values` as dense elements of the target's dtype, apart from its memory.
fn dense_values<'a>(values: View<'a>, target: View<'_>, keep: &'a mut Option<Scratch>) -> Result<View<'a>> {
    let fits = values.dtype().equivalent(target.dtype()) && values.is_c_contiguous();
    if fits && !may_overlap(values, target) {
        return Ok(values);
    }
    Ok(keep.insert(Scratch::cast(values, target.dtype())?).view())
}

/// `target.flat[indices] = values` (`indices` are `intp`), the values cast unsafely and repeated as often as needed.
///
/// # Errors
/// `Index` out of bounds in `Raise` mode (checked before anything is written), or for an empty target.
pub fn put(target: ViewMut<'_>, indices: View<'_>, values: View<'_>, mode: Mode) -> Result<()> {
    let total = target.len() as isize;
    if indices.is_empty() {
        return Ok(());
    }
    if total == 0 {
        return Err(Error::Index("cannot replace elements of an empty array".into()));
    }
    if values.is_empty() {
        return Ok(());
    }
    let (mut keep, mut keep_indices) = (None, None);
    let values = dense_values(values, *target, &mut keep)?;
    let indices = apart(indices, *target, &mut keep_indices)?;
    let transfer = Transfer::new(target.dtype(), target.dtype(), false)?;
    if let Some(stride) = flat_stride(&target)
        && transfer.is_plain_copy()
    {
        let along = Along { axis: 0, extent: total, stride };
        return put_run(target, indices, values, mode, along);
    }
    let (size, count) = (target.dtype().itemsize(), values.len());
    let dense = target.is_c_contiguous();
    each_index(indices, &mut |index| check_flat(mode, index, total).map(|_| ()))?;
    let mut used = 0;
    each_index(indices, &mut |index| {
        let place = check_flat(mode, index, total)?;
        let offset =
            if dense { place * size as isize } else { flat_offset(place, target.shape(), target.strides()) };
        // SAFETY: a checked element of the target and one of the values, which are apart.
        unsafe {
            transfer.run(values.data().add(used * size), 0, target.data().wrapping_offset(offset), 0, 1)
        }?;
        used = if used + 1 == count { 0 } else { used + 1 };
        Ok(())
    })
}

/// Bytes between elements of one flat number and the next, if they are the same everywhere.
fn flat_stride(target: &View<'_>) -> Option<isize> {
    match target.strides() {
        _ if target.is_c_contiguous() => Some(target.dtype().itemsize() as isize),
        [stride] => Some(*stride),
        _ => None,
    }
}

/// [`put`] where flat numbers are an axis, and bytes are copied: all values in turn, as often as there are numbers.
fn put_run(target: ViewMut<'_>, indices: View<'_>, values: View<'_>, mode: Mode, along: Along) -> Result<()> {
    let mut keep = Vec::new();
    let numbers = column::run_by(mode, indices, &mut keep)?;
    // SAFETY: the index array's numbers, or a copy of them.
    unsafe { along.check(numbers) }?;
    let bytes = target.dtype().itemsize();
    let (step, turn) = match values.len() {
        1 => (0, numbers.count),
        count => (bytes as isize, count),
    };
    (0..numbers.count).step_by(turn).try_for_each(|start| {
        let part = numbers.part(start, turn.min(numbers.count - start));
        // SAFETY: numbers lead to elements of the target; the dense values are as many as one turn, and apart from it.
        unsafe { Picks { along, numbers: part, step, bytes }.scatter(target.data(), values.data()) }
    })
}

fn check_flat(mode: Mode, index: isize, total: isize) -> Result<isize> {
    mode.place(index, total).ok_or_else(|| out_of_bounds(index, 0, total))
}

fn each_index(indices: View<'_>, act: &mut dyn FnMut(isize) -> Result<()>) -> Result<()> {
    walk(indices.shape(), &[(indices.data(), indices.strides())], &mut |p, s, n| {
        // SAFETY: elements of the `intp` array.
        (0..n as isize)
            .try_for_each(|i| act(unsafe { p[0].offset(i * s[0]).cast::<isize>().read_unaligned() }))
    })
}

/// Byte offset of the element of this flat number (C order).
pub(crate) fn flat_offset(mut number: isize, shape: &[isize], strides: &[isize]) -> isize {
    let mut offset = 0;
    for (&extent, &stride) in shape.iter().zip(strides).rev() {
        offset += number % extent * stride;
        number /= extent;
    }
    offset
}

/// `target.flat[n] = values.flat[n % len]` where `mask.flat[n]` (bool); the values are cast unsafely.
///
/// # Errors
/// `Value` when the sizes of mask and target differ.
pub fn putmask(target: ViewMut<'_>, mask: View<'_>, values: View<'_>) -> Result<()> {
    if mask.len() != target.len() {
        return Err(Error::Value("putmask: mask and data must be the same size".into()));
    }
    if values.is_empty() {
        return Ok(());
    }
    // One value for each element, or one for all: an assignment under the mask.
    let paired = values.shape() == target.shape() || values.ndim() == 0;
    if paired && mask.shape() == target.shape() && distinct(&target) {
        return copy_where(target, values, mask, Casting::Unsafe);
    }
    masked(target, mask, values, |number, _, count| number % count)
}

/// The elements of `target` under `mask` (bool) become `values`' elements in turn, cast unsafely and repeated.
///
/// # Errors
/// `Value` when the sizes differ, or there are no values to insert.
pub fn place(target: ViewMut<'_>, mask: View<'_>, values: View<'_>) -> Result<()> {
    if mask.len() != target.len() {
        return Err(Error::Value("place: mask and data must be the same size".into()));
    }
    if values.is_empty() {
        return match mask::count(mask) {
            0 => Ok(()),
            _ => Err(Error::Value("Cannot insert from an empty array!".into())),
        };
    }
    place_plain(target, mask, values)
}

/// [`place`] where bytes are copied and the elements lie at one step; else the general way.
fn place_plain(target: ViewMut<'_>, mask: View<'_>, values: View<'_>) -> Result<()> {
    let plain = Transfer::new(target.dtype(), target.dtype(), false)?.is_plain_copy();
    let (Some(stride), true, true) = (flat_stride(&target), mask.is_c_contiguous(), plain) else {
        return masked(target, mask, values, |_, used, count| used % count);
    };
    let (mut keep, mut keep_mask) = (None, None);
    let values = dense_values(values, *target, &mut keep)?;
    let mask = apart(mask, *target, &mut keep_mask)?;
    let (size, count) = (target.dtype().itemsize(), values.len());
    let mut used = 0;
    let mut meter = Meter::default();
    mask::each_piece(mask.data(), 1, mask.len(), &mut |start, places| {
        meter.add(places.len() + PIECE / 8)?;
        let along = Along { axis: 0, extent: PIECE as isize, stride };
        let data = target.data().wrapping_offset(start as isize * stride);
        let mut done = 0;
        while done < places.len() {
            let turn = (count - used).min(places.len() - done);
            let numbers = Numbers::dense(&places[done..done + turn]);
            let picks = Picks { along, numbers, step: size as isize, bytes: size };
            // SAFETY: places of the piece's elements; `turn` values are left from `used`, apart from the target.
            unsafe { picks.scatter(data, values.data().add(used * size)) }?;
            done += turn;
            used = if used + turn == count { 0 } else { used + turn };
        }
        Ok(())
    })
}

/// Writes, under the mask, the value that `which(number of the element, number of values used, count)` names.
fn masked(
    target: ViewMut<'_>,
    mask: View<'_>,
    values: View<'_>,
    which: impl Fn(usize, usize, usize) -> usize,
) -> Result<()> {
    let (mut keep, mut keep_mask, mut keep_shape) = (None, None, None);
    let values = dense_values(values, *target, &mut keep)?;
    let mask = apart(mask, *target, &mut keep_mask)?;
    let mask_strides = same_shape_strides(mask, target.shape(), &mut keep_shape)?;
    let transfer = Transfer::new(target.dtype(), target.dtype(), false)?;
    let (size, count) = (target.dtype().itemsize(), values.len());
    let (mut number, mut used) = (0, 0);
    walk(
        target.shape(),
        &[(target.data(), target.strides()), (mask_strides.0, &mask_strides.1)],
        &mut |p, s, n| {
            for i in 0..n as isize {
                // SAFETY: elements of the mask, the target and the values, which are apart.
                unsafe {
                    if *p[1].offset(i * s[1]) != 0 {
                        let value = values.data().add(which(number, used, count) * size);
                        transfer.run(value, 0, p[0].offset(i * s[0]), 0, 1)?;
                        used += 1;
                    }
                }
                number += 1;
            }
            Ok(())
        },
    )
}

/// The mask's elements under the target's shape; the number of elements is the same.
fn same_shape_strides(
    mask: View<'_>,
    shape: &[isize],
    keep: &mut Option<Scratch>,
) -> Result<(*mut u8, Dims)> {
    let reshaped = |mask: View<'_>| {
        let order = sharray_base::layout::Order::C;
        sharray_base::layout::reshape::reshape_strides(mask.shape(), mask.strides(), shape, order, 1)
    };
    if let Some(strides) = reshaped(mask) {
        return Ok((mask.data(), strides));
    }
    let copy = keep.insert(Scratch::cast(mask, mask.dtype())?).view();
    Ok((copy.data(), sharray_base::layout::c_strides(shape, 1)))
}
