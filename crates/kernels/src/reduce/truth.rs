//! Whether any or all of a dense run of words have a bit set: the search behind `any`, `all` and the first true element,
//! block by block, so that it ends soon after the find.

use crate::isa::{self, Level};

/// A word that is tested for bits.
pub trait Word: Copy + 'static {
    /// True if the word has a bit of `mask`.
    fn has(self, mask: Self) -> bool;
}
macro_rules! words {
    ($($t:ty)*) => { $(impl Word for $t {
        #[inline(always)]
        fn has(self, mask: $t) -> bool { self & mask != 0 }
    })* };
}
words!(u8 u16 u32 u64);

/// True if one of `n` words has a bit of `mask` (`SET`), or has none of them (otherwise).
///
/// # Safety
/// `n` words are readable at `source`, at any alignment.
pub unsafe fn some<W: Word, const SET: bool>(source: *const u8, n: usize, mask: W) -> bool {
    // SAFETY: handed on from the caller; the level in force is one this machine has.
    unsafe {
        match isa::active() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 if n * size_of::<W>() >= 32 => avx2::some::<W, SET>(source, n, mask),
            _ => one_by_one::<W, SET>(source, n, mask),
        }
    }
}

/// # Safety
/// As for [`some`].
unsafe fn one_by_one<W: Word, const SET: bool>(source: *const u8, n: usize, mask: W) -> bool {
    // SAFETY: word `i` of the run.
    (0..n).any(|i| unsafe { source.cast::<W>().add(i).read_unaligned() }.has(mask) == SET)
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use super::Word;

    /// Bytes of a vector, and of a block after which the answer is looked at.
    const VECTOR: usize = 32;
    const BLOCK: usize = 8 * VECTOR;

    /// # Safety
    /// As for [`super::some`]; the run is a vector long at least, and the machine has AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn some<W: Word, const SET: bool>(source: *const u8, n: usize, mask: W) -> bool {
        let bytes = n * size_of::<W>();
        // SAFETY: vectors are read only while they lie within the run; the last may overlap the one before it.
        unsafe {
            let mask = splat(mask);
            let mut at = 0;
            while at + BLOCK <= bytes {
                let mut found = _mm256_setzero_si256();
                for k in 0..BLOCK / VECTOR {
                    let words = _mm256_loadu_si256(source.add(at + k * VECTOR).cast());
                    found = _mm256_or_si256(found, answer::<W, SET>(_mm256_and_si256(words, mask)));
                }
                if _mm256_testz_si256(found, found) == 0 {
                    return true;
                }
                at += BLOCK;
            }
            while at < bytes {
                let words = _mm256_loadu_si256(source.add(at.min(bytes - VECTOR)).cast());
                let found = answer::<W, SET>(_mm256_and_si256(words, mask));
                if _mm256_testz_si256(found, found) == 0 {
                    return true;
                }
                at += VECTOR;
            }
        }
        false
    }

    /// Some bit set where a word answers the question.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn answer<W: Word, const SET: bool>(words: __m256i) -> __m256i {
        let zero = _mm256_setzero_si256();
        match size_of::<W>() {
            _ if SET => words,
            1 => _mm256_cmpeq_epi8(words, zero),
            2 => _mm256_cmpeq_epi16(words, zero),
            4 => _mm256_cmpeq_epi32(words, zero),
            _ => _mm256_cmpeq_epi64(words, zero),
        }
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    fn splat<W: Word>(mask: W) -> __m256i {
        let words = [mask; VECTOR];
        // SAFETY: the array is at least a vector long.
        unsafe { _mm256_loadu_si256((&raw const words).cast()) }
    }
}
