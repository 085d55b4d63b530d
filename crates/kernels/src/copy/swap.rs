//! Copies that reverse the bytes of each unit: one unit for a number, two for a complex number, one per character for
//! `U` text.

use crate::element::array;
use crate::isa::{self, Level};

/// Copies `n` elements of `size` bytes, reversing the bytes of each unit of `unit` bytes in them.
///
/// # Safety
/// As for [`super::Mover`], for elements of `size` bytes; `unit` divides `size`.
pub unsafe fn copy_swapped(
    src: *const u8,
    src_stride: isize,
    dst: *mut u8,
    dst_stride: isize,
    size: usize,
    unit: usize,
    n: usize,
) {
    debug_assert!(unit > 0 && size.is_multiple_of(unit));
    let dense = src_stride == size as isize && dst_stride == size as isize;
    // SAFETY: element `i` of either side is `size` bytes, `per_element` units; a dense run is seen as one element. The
    // level in force is one this machine has.
    unsafe {
        if size == unit && !dense {
            return strided(src, src_stride, dst, dst_stride, unit, n);
        }
        let (count, per_element) = if dense { (1, n * (size / unit)) } else { (n as isize, size / unit) };
        for i in 0..count {
            let (from, to) = (src.offset(i * src_stride), dst.offset(i * dst_stride));
            match isa::active() {
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 | Level::Avx512 if per_element >= 16 => units_avx2(from, to, unit, per_element),
                _ => units(from, to, unit, per_element),
            }
        }
    }
}

/// Numbers at any steps.
///
/// # Safety
/// As for [`copy_swapped`], for elements of one unit.
unsafe fn strided(src: *const u8, from: isize, dst: *mut u8, to: isize, unit: usize, n: usize) {
    // SAFETY: element `i` of either side starts `i` steps from its start; unaligned access.
    unsafe {
        macro_rules! each {
            ($t:ty) => {
                for i in 0..n as isize {
                    let value = src.offset(i * from).cast::<$t>().read_unaligned();
                    dst.offset(i * to).cast::<$t>().write_unaligned(value.swap_bytes());
                }
            };
        }
        match unit {
            2 => each!(u16),
            4 => each!(u32),
            8 => each!(u64),
            _ => (0..n as isize).for_each(|i| units(src.offset(i * from), dst.offset(i * to), unit, 1)),
        }
    }
}

/// # Safety
/// `src` and `dst` are `unit * count` bytes, readable and writable; equal or apart.
#[inline(always)]
unsafe fn units(src: *const u8, dst: *mut u8, unit: usize, count: usize) {
    // SAFETY: handed on from the caller.
    unsafe {
        match unit {
            1 => std::ptr::copy(src, dst, count),
            2 => each::<u16, 128>(src, dst, count, u16::swap_bytes),
            4 => each::<u32, 64>(src, dst, count, u32::swap_bytes),
            8 => each::<u64, 32>(src, dst, count, u64::swap_bytes),
            _ => (0..count).for_each(|i| reverse(src.add(i * unit), dst.add(i * unit), unit)),
        }
    }
}

/// # Safety
/// As for [`units`], on a machine with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn units_avx2(src: *const u8, dst: *mut u8, unit: usize, count: usize) {
    // SAFETY: handed on from the caller.
    unsafe { units(src, dst, unit, count) }
}

/// Swaps by blocks, each loaded whole before any of it is stored, so that nothing speaks against vectors; and no longer
/// than half the vector registers hold.
///
/// # Safety
/// As for [`units`].
#[inline(always)]
unsafe fn each<T: Copy, const BLOCK: usize>(
    src: *const u8,
    dst: *mut u8,
    count: usize,
    swap: impl Fn(T) -> T,
) {
    let (src, dst) = (src.cast::<T>(), dst.cast::<T>());
    let whole = if cfg!(debug_assertions) { 0 } else { count - count % BLOCK };
    for start in (0..whole).step_by(BLOCK) {
        // SAFETY: the block lies within both runs; unaligned access.
        unsafe {
            let block = src.add(start).cast::<[T; BLOCK]>().read_unaligned();
            let swapped: [T; BLOCK] = array(|i| swap(block[i]));
            dst.add(start).cast::<[T; BLOCK]>().write_unaligned(swapped);
        }
    }
    for i in whole..count {
        // SAFETY: unit `i` lies within both runs; unaligned access.
        unsafe { dst.add(i).write_unaligned(swap(src.add(i).read_unaligned())) };
    }
}

/// # Safety
/// As for [`units`], for one unit of at most 32 bytes.
unsafe fn reverse(src: *const u8, dst: *mut u8, unit: usize) {
    let mut bytes = [0u8; 32];
    debug_assert!(unit <= bytes.len());
    // SAFETY: `unit` bytes are readable at `src` and writable at `dst`, and fit the buffer.
    unsafe {
        std::ptr::copy_nonoverlapping(src, bytes.as_mut_ptr(), unit);
        bytes[..unit].reverse();
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), dst, unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_reversed() {
        for (size, unit) in [(2, 2), (4, 4), (8, 8), (8, 4), (16, 8), (16, 16), (12, 4), (32, 16), (1, 1)] {
            for (step, n) in [(1isize, 0usize), (1, 5), (2, 5), (-1, 5)] {
                let source: Vec<u8> = (0..size * 32).map(|i| i as u8).collect();
                let mut target = vec![0u8; size * 32 + 1];
                let start = size * 12;
                // SAFETY: five elements two steps apart stay within 32 elements around the 12th.
                unsafe {
                    let stride = step * size as isize;
                    let to = target.as_mut_ptr().add(start + 1);
                    copy_swapped(source.as_ptr().add(start), stride, to, stride, size, unit, n);
                }
                for i in 0..n as isize {
                    let at = (start as isize + i * step * size as isize) as usize;
                    let mut wanted = source[at..at + size].to_vec();
                    wanted.chunks_mut(unit).for_each(<[u8]>::reverse);
                    assert_eq!(target[at + 1..at + 1 + size], wanted, "size {size} unit {unit}");
                }
            }
        }
    }
}
