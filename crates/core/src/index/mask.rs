//! Boolean arrays: how many elements are true, and where.

use sharray_base::{Dims, Result, View, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::copy::compress::{Mask, PIECE, compress, true_places};
use sharray_kernels::copy::pick::{Axis, Lane, Numbers, scatter};

use crate::scratch::collected;
use crate::walk::{walk, walk_whole};

/// How many elements of a bool array are true.
pub fn count(mask: View<'_>) -> usize {
    let mut total = 0;
    let _ = walk_whole(mask.shape(), &[(mask.data(), mask.strides())], &mut |p, s, n| {
        // SAFETY: the walk gives runs of the mask's elements (V3); a bool is one byte.
        total += unsafe { count_run(p[0], s[0], n) };
        Ok(())
    });
    total
}

/// # Safety
/// `n` readable bytes lie at `data`, `step` bytes apart.
unsafe fn count_run(data: *const u8, step: isize, n: usize) -> usize {
    // SAFETY: by this function's contract.
    unsafe { sharray_kernels::search::truth::count_true(data, step, n) }
}

/// Indices of the true elements in C order: one vector per axis of the mask.
///
/// # Errors
/// `OutOfMemory`.
pub fn indices(mask: View<'_>) -> Result<Vec<Vec<isize>>> {
    let count = count(mask);
    let axis = |_| collected((0..count).map(|_| 0));
    let mut result: Vec<Vec<isize>> = (0..mask.ndim()).map(axis).collect::<Result<_>>()?;
    let mut slices: Vec<&mut [isize]> = result.iter_mut().map(|v| v.as_mut_slice()).collect();
    write_indices(mask, &mut slices);
    Ok(result)
}

/// Writes the indices of the true elements into one slice per axis, each with room for all of them.
pub(super) fn write_indices(mask: View<'_>, out: &mut [&mut [isize]]) {
    match out {
        [] => {}
        // SAFETY: the mask's own elements (V3).
        [only] => unsafe { places(mask.data(), mask.strides()[0], mask.shape()[0] as usize, only) },
        many => scatter_indices(mask, many),
    }
}

/// Writes the places of the true bytes among `n`; stops when `out` is full (the mask may change under us).
///
/// # Safety
/// `n` readable bytes lie at `data`, `step` bytes apart.
unsafe fn places(data: *const u8, step: isize, n: usize, out: &mut [isize]) {
    // SAFETY: by this function's contract; as many places are writable as `out` is long.
    let found = unsafe { true_places(Mask { data, step, count: n }, 0, out.as_mut_ptr(), out.len()) };
    // Left over only when the mask changed meanwhile: valid indices all the same.
    out[found..].fill(0);
}

/// Calls `act` with the start of each piece of the mask and the places of the true elements in it, counted from there.
///
/// # Errors
/// The first error of `act`.
pub(super) fn each_piece(
    data: *const u8,
    step: isize,
    n: usize,
    act: &mut dyn FnMut(usize, &[isize]) -> Result<()>,
) -> Result<()> {
    let mut places = [0isize; PIECE];
    for start in (0..n).step_by(PIECE) {
        let count = PIECE.min(n - start);
        let piece = Mask { data: data.wrapping_offset(start as isize * step), step, count };
        // SAFETY: the caller's mask, of which this is a part; there are no more places than elements.
        let found = unsafe { true_places(piece, 0, places.as_mut_ptr(), PIECE) };
        if found > 0 {
            act(start, &places[..found])?;
        }
    }
    Ok(())
}

/// The indices of the true elements, axis by axis, into slices that have room for `count` of them.
fn scatter_indices(mask: View<'_>, out: &mut [&mut [isize]]) {
    let Some(last) = mask.ndim().checked_sub(1) else { return };
    let mut index = Dims::from_elem(0, mask.ndim());
    let (outer, inner) = mask.shape().split_at(last);
    let mut done = 0;
    let room = out[0].len();
    let mut rows = |p: *mut u8, index: &mut Dims| {
        let row = Mask { data: p, step: mask.strides()[last], count: inner[0] as usize };
        // SAFETY: a row of the mask (V3); all slices are as long as the first, so that `room - done` places are left.
        let found = unsafe { true_places(row, 0, out[last].as_mut_ptr().add(done), room - done) };
        out[..last].iter_mut().zip(index.iter()).for_each(|(o, &at)| o[done..done + found].fill(at));
        done += found;
    };
    each_index(outer, &mask.strides()[..last], mask.data(), &mut index, &mut rows);
    // Left over only when the mask changed meanwhile.
    out.iter_mut().for_each(|o| o[done..].fill(0));
}

/// Calls `act` with the address of every index of `shape` in C order; `index` holds it.
fn each_index(
    shape: &[isize],
    strides: &[isize],
    data: *mut u8,
    index: &mut Dims,
    act: &mut dyn FnMut(*mut u8, &mut Dims),
) {
    if shape.contains(&0) {
        return;
    }
    let mut pointer = data;
    loop {
        act(pointer, index);
        let mut axis = shape.len();
        loop {
            if axis == 0 {
                return;
            }
            axis -= 1;
            index[axis] += 1;
            pointer = pointer.wrapping_offset(strides[axis]);
            if index[axis] < shape[axis] {
                break;
            }
            pointer = pointer.wrapping_offset(-shape[axis] * strides[axis]);
            index[axis] = 0;
        }
    }
}

/// Copies the bytes of `source`'s elements under `mask`, of the same shape, densely to `out`, at most `room` of them;
/// returns how many. References are not counted.
pub(super) fn compress_into(source: View<'_>, mask: View<'_>, out: *mut u8, room: usize) -> usize {
    let size = source.dtype().itemsize();
    let mut found = 0;
    let operands = [(source.data(), source.strides()), (mask.data(), mask.strides())];
    let _ = walk_whole(source.shape(), &operands, &mut |p, s, n| {
        let (mask, lane) = (Mask { data: p[1], step: s[1], count: n }, Lane { data: p[0], step: s[0] });
        // SAFETY: the walk gives runs of the source's and the mask's elements; `out` has room for `room` elements.
        found += unsafe { compress(mask, lane, size, out.add(found * size), room - found) };
        Ok(())
    });
    found
}

/// Assigns `value` (of the target's dtype; one element, or at least as many as there are true ones) to the elements of
/// `target` under `mask`, in C order.
pub(super) fn spread(target: ViewMut<'_>, mask: View<'_>, value: View<'_>) -> Result<()> {
    let (room, step) = match value.shape() {
        [n] if *n != 1 => (*n as usize, value.strides()[0]),
        _ => (usize::MAX, 0),
    };
    let transfer = Transfer::new(target.dtype(), target.dtype(), false)?;
    let plain = transfer.is_plain_copy();
    let size = target.dtype().itemsize();
    let mut used = 0;
    let operands = [(target.data(), target.strides()), (mask.data(), mask.strides())];
    walk(target.shape(), &operands, &mut |p, s, n| {
        each_piece(p[1], s[1], n, &mut |start, places| {
            let places = &places[..places.len().min(room - used)];
            let (from, to) = (
                value.data().wrapping_offset(used as isize * step),
                p[0].wrapping_offset(start as isize * s[0]),
            );
            used += places.len();
            // SAFETY: elements of the target, at places of the mask's piece, and of the value, which is apart from it;
            // `used` stays within the value's extent.
            unsafe {
                if plain {
                    let axis = Axis { data: to, stride: s[0], extent: PIECE as isize };
                    let placed = scatter(axis, Numbers::dense(places), Lane { data: from, step }, size);
                    debug_assert!(placed.is_ok());
                    return Ok(());
                }
                places.iter().enumerate().try_for_each(|(i, place)| {
                    transfer.run(from.wrapping_offset(i as isize * step), 0, to.offset(place * s[0]), 0, 1)
                })
            }
        })
    })
}
