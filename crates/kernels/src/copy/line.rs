//! Copies of dense bytes from some kilobytes up, in plain loads and stores.
//!
//! For these lengths the C library's `memmove` uses `rep movsb`, which on AMD's Zen 3 and 4 falls to a third of its speed
//! where the target lies a little behind the source within a page of 4 KiB: as the rows of a padded or rolled array do.

/// From here on loads and stores are used. Shorter ones the library does the same way.
const FROM: usize = 1 << 11;

/// Copies `bytes` bytes.
///
/// # Safety
/// They are readable at `src` and writable at `dst`; the two don't overlap, or are the same.
#[inline]
pub unsafe fn copy_line(src: *const u8, dst: *mut u8, bytes: usize) {
    // SAFETY: by the contract; `copy` allows equal ranges; the level in force is one this machine has.
    unsafe {
        if bytes < FROM {
            return std::ptr::copy(src, dst, bytes);
        }
        #[cfg(target_arch = "x86_64")]
        if crate::isa::active() >= crate::isa::Level::Avx2 {
            return vectors::copy(src, dst, bytes);
        }
        std::ptr::copy(src, dst, bytes);
    }
}

#[cfg(target_arch = "x86_64")]
mod vectors {
    use std::arch::x86_64::*;

    /// Bytes of a register, and of a round of four of them.
    const WIDE: usize = 32;
    const ROUND: usize = 4 * WIDE;

    /// # Safety
    /// As for [`super::copy_line`], for at least two rounds, on a machine with AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn copy(src: *const u8, dst: *mut u8, bytes: usize) {
        // SAFETY: places within both sides. What is copied twice is the same both times, as the sides are apart or the same.
        unsafe {
            _mm256_storeu_si256(dst.cast(), _mm256_loadu_si256(src.cast()));
            // Stores on whole registers: one that crosses lines costs two.
            let mut at = WIDE - dst as usize % WIDE;
            while at + ROUND <= bytes {
                round(src.add(at), dst.add(at));
                at += ROUND;
            }
            round(src.add(bytes - ROUND), dst.add(bytes - ROUND));
        }
    }

    /// # Safety
    /// A round's bytes are readable and writable.
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn round(src: *const u8, dst: *mut u8) {
        // SAFETY: by the contract.
        unsafe {
            let load = |i: usize| _mm256_loadu_si256(src.add(i * WIDE).cast());
            let (a, b, c, d) = (load(0), load(1), load(2), load(3));
            _mm256_storeu_si256(dst.cast(), a);
            _mm256_storeu_si256(dst.add(WIDE).cast(), b);
            _mm256_storeu_si256(dst.add(2 * WIDE).cast(), c);
            _mm256_storeu_si256(dst.add(3 * WIDE).cast(), d);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_and_place() {
        let source: Vec<u8> = (0..3 * FROM).map(|i| (i * 7 + i / 256) as u8).collect();
        for bytes in [0, 1, 31, FROM - 1, FROM, FROM + 1, FROM + 31, FROM + 127, FROM + 128, 2 * FROM + 77] {
            for (from, to) in [(0, 0), (1, 0), (0, 1), (5, 31), (32, 33)] {
                let mut target = vec![0u8; 3 * FROM];
                // SAFETY: within both vectors.
                unsafe { copy_line(source.as_ptr().add(from), target.as_mut_ptr().add(to), bytes) };
                assert_eq!(target[to..to + bytes], source[from..from + bytes]);
                assert!(target[..to].iter().chain(&target[to + bytes..]).all(|byte| *byte == 0));
            }
        }
    }

    #[test]
    fn onto_itself() {
        let mut bytes: Vec<u8> = (0..FROM + 99).map(|i| (i * 7 + i / 256) as u8).collect();
        let before = bytes.clone();
        // SAFETY: the vector's own bytes.
        unsafe { copy_line(bytes.as_ptr(), bytes.as_mut_ptr(), before.len()) };
        assert_eq!(bytes, before);
    }
}
