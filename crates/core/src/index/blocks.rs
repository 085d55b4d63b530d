//! Moving blocks of bytes to and from scattered places. The sizes of the built-in types get loops of their own.

/// Copies the block at each of `data + offsets` to `out`, `out + step`, ….
///
/// # Safety
/// Each block of `bytes` bytes is readable, each target writable; they don't overlap.
pub unsafe fn gather(data: *const u8, offsets: &[isize], out: *mut u8, step: isize, bytes: usize) {
    // SAFETY: handed on from the caller.
    unsafe {
        match bytes {
            0 => {}
            1 => each::<1>(offsets, |i, at| (data.offset(at), out.offset(i * step))),
            2 => each::<2>(offsets, |i, at| (data.offset(at), out.offset(i * step))),
            4 => each::<4>(offsets, |i, at| (data.offset(at), out.offset(i * step))),
            8 => each::<8>(offsets, |i, at| (data.offset(at), out.offset(i * step))),
            16 => each::<16>(offsets, |i, at| (data.offset(at), out.offset(i * step))),
            _ => {
                for (i, &at) in offsets.iter().enumerate() {
                    std::ptr::copy_nonoverlapping(data.offset(at), out.offset(i as isize * step), bytes);
                }
            }
        }
    }
}

/// Copies the blocks at `value`, `value + step`, … to each of `data + offsets`, in order.
///
/// # Safety
/// Each block of `bytes` bytes at `value` is readable, each target writable; they don't overlap.
pub unsafe fn scatter(data: *mut u8, offsets: &[isize], value: *const u8, step: isize, bytes: usize) {
    // SAFETY: handed on from the caller.
    unsafe {
        match bytes {
            0 => {}
            1 => each::<1>(offsets, |i, at| (value.offset(i * step), data.offset(at))),
            2 => each::<2>(offsets, |i, at| (value.offset(i * step), data.offset(at))),
            4 => each::<4>(offsets, |i, at| (value.offset(i * step), data.offset(at))),
            8 => each::<8>(offsets, |i, at| (value.offset(i * step), data.offset(at))),
            16 => each::<16>(offsets, |i, at| (value.offset(i * step), data.offset(at))),
            _ => {
                for (i, &at) in offsets.iter().enumerate() {
                    std::ptr::copy_nonoverlapping(value.offset(i as isize * step), data.offset(at), bytes);
                }
            }
        }
    }
}

/// # Safety
/// `ends` gives the addresses of `N` readable and `N` writable bytes for every offset.
#[inline(always)]
unsafe fn each<const N: usize>(offsets: &[isize], ends: impl Fn(isize, isize) -> (*const u8, *mut u8)) {
    for (i, &at) in offsets.iter().enumerate() {
        let (from, to) = ends(i as isize, at);
        // SAFETY: by this function's contract; arrays of bytes have no alignment.
        unsafe { *to.cast::<[u8; N]>() = *from.cast::<[u8; N]>() };
    }
}
