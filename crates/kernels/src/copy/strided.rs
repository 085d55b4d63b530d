//! Plain copies of fixed-size elements. Dense runs are one `memcpy`; elements of 1, 2, 4, 8 and 16 bytes move through
//! registers; a source step of 0 fills.

use super::{Mover, copy_line};

/// Copies `n` elements of `size` bytes.
///
/// # Safety
/// As for [`Mover`], for elements of `size` bytes.
pub unsafe fn copy_strided(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    size: usize,
    n: usize,
) {
    if src_stride == size as isize && dst_stride == size as isize {
        // SAFETY: both runs are dense, so `n * size` bytes belong to the elements; they are apart or the same.
        return unsafe { copy_line(src, dst, n * size) };
    }
    // SAFETY: handed on from the caller.
    unsafe {
        match mover(size) {
            Some(mover) => mover(src, src_stride, dst, dst_stride, n),
            None => any_size(src, src_stride, dst, dst_stride, size, n),
        }
    }
}

/// The copy loop of elements of this size, if it has one of its own.
pub fn mover(size: usize) -> Option<Mover> {
    Some(match size {
        1 => fixed::<u8>,
        2 => fixed::<u16>,
        4 => fixed::<u32>,
        8 => fixed::<u64>,
        16 => fixed::<u128>,
        _ => return None,
    })
}

/// # Safety
/// As for [`Mover`], for elements of type `T`.
unsafe fn fixed<T: Copy>(src: *const u8, src_stride: isize, dst: *mut u8, dst_stride: isize, n: usize) {
    let size = size_of::<T>() as isize;
    // SAFETY: element `i` of either side starts `i` steps from its start (the contract of `Mover`); dense runs of `T`
    // are contiguous, and reads and writes are unaligned.
    unsafe {
        if src_stride == 0 {
            let value = src.cast::<T>().read_unaligned();
            if dst_stride == size {
                return fill(value, dst.cast(), n);
            }
            for i in 0..n as isize {
                dst.offset(i * dst_stride).cast::<T>().write_unaligned(value);
            }
        } else if dst_stride == size {
            for i in 0..n as isize {
                dst.cast::<T>()
                    .offset(i)
                    .write_unaligned(src.offset(i * src_stride).cast::<T>().read_unaligned());
            }
        } else {
            for i in 0..n as isize {
                let value = src.offset(i * src_stride).cast::<T>().read_unaligned();
                dst.offset(i * dst_stride).cast::<T>().write_unaligned(value);
            }
        }
    }
}

/// Elements that [`fill`] writes one by one: they stay in the first-level cache while the rest is copied from them, in the
/// widest moves that the machine has.
const PATTERN: usize = 256;

/// Writes `value` to `n` elements side by side.
///
/// # Safety
/// They are writable.
unsafe fn fill<T: Copy>(value: T, dst: *mut T, n: usize) {
    let first = n.min(PATTERN);
    // SAFETY: elements below `n`; what is copied has been written, and lies before where it goes.
    unsafe {
        for i in 0..first {
            dst.add(i).write_unaligned(value);
        }
        for start in (first..n).step_by(PATTERN) {
            let count = PATTERN.min(n - start) * size_of::<T>();
            std::ptr::copy_nonoverlapping(dst.cast::<u8>(), dst.add(start).cast::<u8>(), count);
        }
    }
}

/// # Safety
/// As for [`Mover`], for elements of `size` bytes.
unsafe fn any_size(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    size: usize,
    n: usize,
) {
    for i in 0..n as isize {
        // SAFETY: element `i` of either side is `size` bytes; `copy` allows the two to be the same element.
        unsafe { std::ptr::copy(src.offset(i * src_stride), dst.offset(i * dst_stride), size) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_and_step() {
        for size in [1usize, 2, 3, 4, 5, 8, 12, 16, 24] {
            for (src_factor, dst_factor) in
                [(1, 1), (2, 1), (1, 2), (-1, 1), (1, -1), (-2, -3), (0, 1), (0, 2)]
            {
                for n in [0usize, 1, 2, 7, 33, PATTERN + 1, 3 * PATTERN - 1] {
                    check(size, src_factor * size as isize, dst_factor * size as isize, n);
                }
            }
        }
    }

    fn check(size: usize, src_stride: isize, dst_stride: isize, n: usize) {
        let span = 4 * size * (n + 1);
        let source: Vec<u8> = (0..2 * span + 1).map(|i| (i * 7 + 3) as u8).collect();
        let mut target = vec![0u8; 2 * span + 1];
        let start = span + 1;
        // SAFETY: the steps reach at most 3 elements either way, within the span.
        unsafe {
            copy_strided(
                source.as_ptr().add(start),
                src_stride,
                target.as_mut_ptr().add(start),
                dst_stride,
                size,
                n,
            );
        }
        let mut expected = vec![0u8; 2 * span + 1];
        for i in 0..n as isize {
            let from = (start as isize + i * src_stride) as usize;
            let to = (start as isize + i * dst_stride) as usize;
            expected[to..to + size].copy_from_slice(&source[from..from + size]);
        }
        assert_eq!(target, expected, "size {size}, strides {src_stride} {dst_stride}, n {n}");
    }
}
