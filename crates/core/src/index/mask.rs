//! Boolean arrays: how many elements are true, and where.

use sharray_base::{Dims, Result, View, ViewMut};
use sharray_kernels::cast::Transfer;

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
pub fn indices(mask: View<'_>) -> Vec<Vec<isize>> {
    let count = count(mask);
    let mut result = vec![vec![0isize; count]; mask.ndim()];
    let mut slices: Vec<&mut [isize]> = result.iter_mut().map(|v| v.as_mut_slice()).collect();
    write_indices(mask, &mut slices);
    result
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
    let mut found = 0;
    for i in 0..n as isize {
        if found == out.len() {
            return;
        }
        out[found] = i;
        // SAFETY: by this function's contract.
        found += (unsafe { *data.offset(i * step) } != 0) as usize;
    }
    // Left over only when the mask changed meanwhile: valid indices all the same.
    out[found..].fill(0);
}

/// The indices of the true elements, axis by axis, into slices that have room for `count` of them.
fn scatter_indices(mask: View<'_>, out: &mut [&mut [isize]]) {
    let Some(last) = mask.ndim().checked_sub(1) else { return };
    let mut index = Dims::from_elem(0, mask.ndim());
    let (outer, inner) = mask.shape().split_at(last);
    let mut found = 0;
    let room = out[0].len();
    let mut rows = |p: *mut u8, index: &mut Dims| {
        for i in 0..inner[0] {
            // SAFETY: element `i` of a row of the mask (V3).
            if unsafe { *p.offset(i * mask.strides()[last]) } != 0 && found < room {
                out[..last].iter_mut().zip(index.iter()).for_each(|(o, &at)| o[found] = at);
                out[last][found] = i;
                found += 1;
            }
        }
    };
    each_index(outer, &mask.strides()[..last], mask.data(), &mut index, &mut rows);
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
        // SAFETY: the walk gives runs of the source's and the mask's elements; `out` has room for `room` elements.
        unsafe {
            let out = out.add(found * size);
            let room = room - found;
            found += match size {
                1 => compress_run::<1>(p, s, n, out, room),
                2 => compress_run::<2>(p, s, n, out, room),
                4 => compress_run::<4>(p, s, n, out, room),
                8 => compress_run::<8>(p, s, n, out, room),
                16 => compress_run::<16>(p, s, n, out, room),
                _ => compress_blocks(p, s, n, out, room, size),
            };
        }
        Ok(())
    });
    found
}

/// One run with elements of `N` bytes, without a branch per element: every element is written, the place moves on only
/// under a true mask.
///
/// # Safety
/// `p[0]`, `p[1]` with steps `s` are `n` elements and their mask; `out` has room for `room` elements.
unsafe fn compress_run<const N: usize>(
    p: &[*mut u8],
    s: &[isize],
    n: usize,
    out: *mut u8,
    room: usize,
) -> usize {
    let mut found = 0;
    let out = out.cast::<[u8; N]>();
    for i in 0..n as isize {
        if found == room {
            break;
        }
        // SAFETY: by this function's contract; `found < room`.
        unsafe {
            *out.add(found) = *p[0].offset(i * s[0]).cast::<[u8; N]>();
            found += (*p[1].offset(i * s[1]) != 0) as usize;
        }
    }
    found
}

/// # Safety
/// As for [`compress_run`], with elements of `size` bytes.
unsafe fn compress_blocks(
    p: &[*mut u8],
    s: &[isize],
    n: usize,
    out: *mut u8,
    room: usize,
    size: usize,
) -> usize {
    let mut found = 0;
    for i in 0..n as isize {
        // SAFETY: by this function's contract.
        unsafe {
            if *p[1].offset(i * s[1]) != 0 && found < room {
                std::ptr::copy_nonoverlapping(p[0].offset(i * s[0]), out.add(found * size), size);
                found += 1;
            }
        }
    }
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
        for i in 0..n as isize {
            // SAFETY: elements of the target and the mask (V3); `used` stays below the value's extent.
            unsafe {
                if *p[1].offset(i * s[1]) != 0 && used < room {
                    let (from, to) =
                        (value.data().wrapping_offset(used as isize * step), p[0].offset(i * s[0]));
                    match (plain, size) {
                        (true, 8) => to.cast::<u64>().write_unaligned(from.cast::<u64>().read_unaligned()),
                        (true, 4) => to.cast::<u32>().write_unaligned(from.cast::<u32>().read_unaligned()),
                        (true, _) => std::ptr::copy_nonoverlapping(from, to, size),
                        (false, _) => transfer.run(from, 0, to, 0, 1)?,
                    }
                    used += 1;
                }
            }
        }
        Ok(())
    })
}
