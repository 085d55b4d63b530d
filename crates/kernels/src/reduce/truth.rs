//! Whether any or all of a dense run of words have a bit set: the search behind `any`, `all` and the first true element,
//! block by block, so that it ends soon after the find; and how many have one.

use crate::isa::{self, Level};
use crate::loop_abi::Rows;

/// A word that is tested for bits.
pub trait Word: Copy + 'static {
    /// All bits.
    const ALL: Self;
    /// True if the word has a bit of `mask`.
    fn has(self, mask: Self) -> bool;
}
macro_rules! words {
    ($($t:ty)*) => { $(impl Word for $t {
        const ALL: $t = <$t>::MAX;
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
            Level::Avx2 | Level::Avx512 if n * size_of::<W>() >= 32 => avx2::some::<W, SET>(source, n, mask),
            _ => one_by_one::<W, SET>(source, n, mask),
        }
    }
}

/// How many of `n` words have a bit of `mask`; `None` where there is no special code for that.
///
/// # Safety
/// As for [`some`].
pub unsafe fn count<W: Word>(source: *const u8, n: usize, mask: W) -> Option<usize> {
    match isa::active() {
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 | Level::Avx512 if size_of::<W>() != 2 => {
            // SAFETY: handed on from the caller; the level in force is one this machine has.
            Some(unsafe { avx2::count::<W>(source, n, mask) })
        }
        _ => None,
    }
}

/// For each of `n` columns of dense rows: joins to its bool whether one word of the column has a bit of `mask` (`SET`:
/// by "or"), or has none of them (otherwise: such a word makes the bool false). Gives how many columns were done.
///
/// # Safety
/// `totals` has `n` bools; each of the rows has `n` words side by side, which are readable.
pub unsafe fn rows<W: Word, const SET: bool>(
    totals: *mut u8,
    source: *const u8,
    n: isize,
    rows: Rows,
    mask: W,
) -> isize {
    match isa::active() {
        // SAFETY: handed on from the caller; the level in force is one this machine has.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 | Level::Avx512 => unsafe { avx2::rows::<W, SET>(totals, source, n, rows, mask) },
        _ => 0,
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
    use crate::loop_abi::Rows;

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

    /// Vectors whose counters are summed before one of a byte could overflow.
    const ROUNDS: usize = 248;

    /// # Safety
    /// As for [`super::some`], on a machine with AVX2; not of two-byte words.
    #[target_feature(enable = "avx2,popcnt")]
    pub(super) unsafe fn count<W: Word>(source: *const u8, n: usize, mask: W) -> usize {
        let bytes = n * size_of::<W>();
        let (mut zeros, mut at) = (0, 0);
        // SAFETY: vectors are read only while they lie within the run.
        unsafe {
            let wide = splat(mask);
            let clear = |at: usize| {
                let words = _mm256_loadu_si256(source.add(at).cast());
                answer::<W, false>(_mm256_and_si256(words, wide))
            };
            while at + 4 * VECTOR <= bytes {
                let end = bytes.min(at + ROUNDS * 4 * VECTOR);
                let mut counters = [_mm256_setzero_si256(); 4];
                while at + 4 * VECTOR <= end {
                    for (k, counter) in counters.iter_mut().enumerate() {
                        *counter = less::<W>(*counter, clear(at + k * VECTOR));
                    }
                    at += 4 * VECTOR;
                }
                for counter in counters {
                    zeros += sum::<W>(counter);
                }
            }
            let done = at / size_of::<W>();
            let set = (done..n).filter(|&i| source.cast::<W>().add(i).read_unaligned().has(mask)).count();
            done - zeros + set
        }
    }

    /// # Safety
    /// As for [`super::rows`], on a machine with AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn rows<W: Word, const SET: bool>(
        totals: *mut u8,
        source: *const u8,
        n: isize,
        rows: Rows,
        mask: W,
    ) -> isize {
        let per_vector = (VECTOR / size_of::<W>()) as isize;
        if n < per_vector {
            return 0;
        }
        let mut i = 0;
        // SAFETY: by the caller; blocks lie within the rows. The last may overlap the one before: joining twice
        // changes nothing.
        unsafe {
            while i + 4 * per_vector <= n {
                columns::<W, SET, 4>(totals, source, i, rows, mask);
                i += 4 * per_vector;
            }
            while i < n {
                columns::<W, SET, 1>(totals, source, i.min(n - per_vector), rows, mask);
                i += per_vector;
            }
        }
        n
    }

    /// The columns of `V` vectors from column `i` on.
    ///
    /// # Safety
    /// As for [`super::rows`].
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn columns<W: Word, const SET: bool, const V: usize>(
        totals: *mut u8,
        source: *const u8,
        i: isize,
        rows: Rows,
        mask: W,
    ) {
        let wide = splat(mask);
        let first = source.wrapping_offset(i * size_of::<W>() as isize);
        let mut found = [_mm256_setzero_si256(); V];
        // SAFETY: by the caller.
        unsafe {
            for row in 0..rows.count {
                let at = first.offset(row * rows.step);
                for (k, found) in found.iter_mut().enumerate() {
                    let words = _mm256_loadu_si256(at.add(k * VECTOR).cast());
                    let words = _mm256_and_si256(words, wide);
                    *found = _mm256_or_si256(*found, answer::<W, SET>(words));
                }
            }
            let words: *const W = found.as_ptr().cast();
            for k in 0..V * VECTOR / size_of::<W>() {
                let total = totals.offset(i).add(k);
                let (old, found) = (*total != 0, words.add(k).read().has(W::ALL));
                *total = u8::from(if SET { old | found } else { old & !found });
            }
        }
    }

    /// Counters less the answers, which are -1 where they hold.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn less<W: Word>(counters: __m256i, answers: __m256i) -> __m256i {
        match size_of::<W>() {
            1 => _mm256_sub_epi8(counters, answers),
            4 => _mm256_sub_epi32(counters, answers),
            _ => _mm256_sub_epi64(counters, answers),
        }
    }

    /// Sum of the counters of a vector.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn sum<W: Word>(counters: __m256i) -> usize {
        let words = match size_of::<W>() {
            1 => _mm256_sad_epu8(counters, _mm256_setzero_si256()),
            _ => counters,
        };
        let mut parts = [0u32; 8];
        // SAFETY: room for one vector.
        unsafe { _mm256_storeu_si256(parts.as_mut_ptr().cast(), words) };
        // Counts are small, so the upper halves of long counters are 0.
        parts.iter().map(|part| *part as usize).sum()
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
