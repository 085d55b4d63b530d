//! Stretches of arithmetic sequences: element `i` is `first + i · step`, each computed from its index, so that nothing
//! adds up.

use crate::element::array;
use crate::isa::{self, Level};

const BLOCK: usize = 16;

/// A type with sequences that vector units compute.
pub trait Sequence: Copy + 'static {
    /// Elements `i .. i + BLOCK`.
    fn block(first: Self, step: Self, i: usize) -> [Self; BLOCK];
}

impl Sequence for i64 {
    #[inline(always)]
    fn block(first: i64, step: i64, i: usize) -> [i64; BLOCK] {
        let start = first.wrapping_add(step.wrapping_mul(i as i64));
        array(|k| start.wrapping_add(step.wrapping_mul(k as i64)))
    }
}

impl Sequence for f64 {
    #[inline(always)]
    fn block(first: f64, step: f64, i: usize) -> [f64; BLOCK] {
        // Whole numbers below 2^53, which are exact.
        let index = i as f64;
        array(|k| first + (index + k as f64) * step)
    }
}

impl Sequence for f32 {
    #[inline(always)]
    fn block(first: f32, step: f32, i: usize) -> [f32; BLOCK] {
        // Indices below 2^31 become vectors by signed conversion.
        if i + BLOCK < 1 << 31 {
            return array(|k| first + (i as i32 + k as i32) as f32 * step);
        }
        array(|k| first + (i + k) as f32 * step)
    }
}

/// # Safety
/// As for [`fill`].
#[inline(always)]
unsafe fn fill_blocks<T: Sequence>(out: *mut T, first: T, step: T, start: usize, n: usize) {
    let mut i = 0;
    // SAFETY: blocks lie within the `n` elements; of the last, as much is written as does.
    unsafe {
        while i + BLOCK <= n {
            out.add(i).cast::<[T; BLOCK]>().write_unaligned(T::block(first, step, start + i));
            i += BLOCK;
        }
        let rest = T::block(first, step, start + i);
        for (k, value) in rest[..n - i].iter().enumerate() {
            out.add(i + k).write_unaligned(*value);
        }
    }
}

/// # Safety
/// As for [`fill`], on a machine with AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn fill_avx2<T: Sequence>(out: *mut T, first: T, step: T, start: usize, n: usize) {
    // SAFETY: handed on from the caller.
    unsafe { fill_blocks(out, first, step, start, n) }
}

/// Writes elements `start .. start + n` of the sequence to `out`.
///
/// # Safety
/// `n` elements are writable at `out`, at any alignment.
pub unsafe fn fill<T: Sequence>(out: *mut T, first: T, step: T, start: usize, n: usize) {
    // SAFETY: handed on from the caller; the level in force is one this machine has.
    unsafe {
        match isa::active() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 | Level::Avx512 => fill_avx2(out, first, step, start, n),
            _ => fill_blocks(out, first, step, start, n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches() {
        for n in 0..70 {
            let (mut whole, mut real, mut single) = (vec![0i64; n], vec![0f64; n], vec![0f32; n]);
            // SAFETY: `n` elements each.
            unsafe {
                fill(whole.as_mut_ptr(), i64::MAX - 5, -3, 7, n);
                fill(real.as_mut_ptr(), 0.1, 0.3, 7, n);
                fill(single.as_mut_ptr(), 0.1, 0.3, 7, n);
            }
            for i in 0..n {
                assert_eq!(whole[i], (i64::MAX - 5).wrapping_sub(3 * (i as i64 + 7)));
                assert_eq!(real[i], 0.1 + (i + 7) as f64 * 0.3);
                assert_eq!(single[i], 0.1 + (i + 7) as f32 * 0.3);
            }
        }
    }
}
