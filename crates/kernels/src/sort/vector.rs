//! Quicksort and quickselect of 32- and 64-bit signed integers whose partition step works on whole AVX2 vectors.
//!
//! ```text
//! for each vector v of the lane:
//!     mask := which elements belong left of the pivot
//!     store v's left elements, moved together, at the left's end      (behind the read position: overwrites nothing)
//!     store v's right elements, moved together, at the scratch's end
//! copy the scratch behind the left
//! ```
//! AVX2 can't compress a vector, so a table turns each mask into a permutation. The step keeps the order within both
//! sides. Compared with the in-place scheme of two pointers it writes half the elements twice, but streams, and needs no
//! care at the ends. Other types are mapped to integers of the same order before ([`super::key::Key`]).

use sharray_base::Result;
use sharray_base::interrupt::{STRIDE, poll};

use super::parts;
use super::typed::room;
use crate::isa::{self, Level};

/// True when the level in force has these kernels.
pub(super) fn is_available() -> bool {
    cfg!(target_arch = "x86_64") && isa::active() >= Level::Avx2
}

/// Below this, lanes are left to the standard library.
const SMALL: usize = 64;

/// Elements of scratch memory that the partition needs beyond the lane's length.
pub(super) const BEYOND: usize = 16;

/// Levels of recursion before bad luck with pivots is answered by the standard library's sort.
pub(super) fn depth_limit(n: usize) -> u32 {
    2 * (usize::BITS - n.leading_zeros())
}

/// Room for a side of the partition and one vector beyond.
fn scratch<T>(n: usize) -> Result<Vec<T>> {
    room::<T>(n + BEYOND)
}

/// Sorts.
///
/// # Errors
/// `OutOfMemory`; an interruption, which leaves the lane as some permutation of what it was.
pub(super) fn sort_i32(lane: &mut [i32]) -> Result<()> {
    sort(lane)
}

/// Sorts.
///
/// # Errors
/// `OutOfMemory`; an interruption, which leaves the lane as some permutation of what it was.
pub(super) fn sort_i64(lane: &mut [i64]) -> Result<()> {
    sort(lane)
}

fn sort<T: Vectors>(lane: &mut [T]) -> Result<()> {
    if lane.len() >= 2 * parts::SHORT {
        return parts::sort(lane);
    }
    let mut scratch = scratch::<T>(lane.len())?;
    quicksort(lane, scratch.as_mut_ptr(), depth_limit(lane.len()))
}

/// Puts every element of `kths`, sorted and below the length, where sorting would put it.
///
/// # Errors
/// `OutOfMemory`; an interruption, which leaves the lane as some permutation of what it was.
pub(super) fn select<T: Vectors>(lane: &mut [T], kths: &[usize]) -> Result<()> {
    let mut scratch = scratch::<T>(lane.len())?;
    select_range(lane, 0, kths, scratch.as_mut_ptr(), depth_limit(lane.len()))
}

/// Sorts keys, and indices with them; equal keys keep the order of their indices, which rise at first.
///
/// # Errors
/// `OutOfMemory`; an interruption, which leaves the lane as some permutation of what it was.
pub(super) fn sort_pairs(keys: &mut [i64], indices: &mut [i64]) -> Result<()> {
    debug_assert_eq!(keys.len(), indices.len());
    let (mut key_scratch, mut index_scratch) = (scratch::<i64>(keys.len())?, scratch::<i64>(keys.len())?);
    let room = (key_scratch.as_mut_ptr(), index_scratch.as_mut_ptr());
    quicksort_pairs(keys, indices, room, depth_limit(keys.len()))
}

/// The middle of nine elements spread over the lane.
pub(super) fn pivot<T: Copy + Ord>(lane: &[T]) -> T {
    let step = lane.len() / 9;
    let mut sample: [T; 9] = std::array::from_fn(|i| lane[i * step + (i * 7919) % step.max(1)]);
    sample.sort_unstable();
    sample[4]
}

pub(super) fn quicksort<T: Vectors>(mut lane: &mut [T], scratch: *mut T, mut depth: u32) -> Result<()> {
    while lane.len() > SMALL {
        if depth == 0 {
            break;
        }
        look_up(lane.len())?;
        depth -= 1;
        let pivot = pivot(lane);
        let left = partition::<T, false>(lane, scratch, pivot);
        if left == 0 {
            // The pivot is the smallest: all its equals are in place after one more step.
            let equal = partition::<T, true>(lane, scratch, pivot);
            lane = &mut lane[equal..];
            continue;
        }
        let (low, high) = lane.split_at_mut(left);
        if low.len() < high.len() {
            quicksort(low, scratch, depth)?;
            lane = high;
        } else {
            quicksort(high, scratch, depth)?;
            lane = low;
        }
    }
    lane.sort_unstable();
    Ok(())
}

/// Polls before lanes that take a while.
#[inline]
fn look_up(n: usize) -> Result<()> {
    if n > STRIDE / 4 { poll() } else { Ok(()) }
}

/// `lane` starts at position `start` of the whole.
fn select_range<T: Vectors>(
    mut lane: &mut [T],
    mut start: usize,
    mut kths: &[usize],
    scratch: *mut T,
    mut depth: u32,
) -> Result<()> {
    while let (Some(_), true, true) = (kths.first(), lane.len() > SMALL, depth > 0) {
        depth -= 1;
        look_up(lane.len())?;
        let pivot = pivot(lane);
        let mut left = partition::<T, false>(lane, scratch, pivot);
        let equal = left == 0;
        if equal {
            left = partition::<T, true>(lane, scratch, pivot);
        }
        let split = kths.partition_point(|&kth| kth < start + left);
        let (low, high) = lane.split_at_mut(left);
        if split > 0 && !equal {
            select_range(low, start, &kths[..split], scratch, depth)?;
        }
        (lane, start, kths) = (high, start + left, &kths[split..]);
    }
    if !kths.is_empty() {
        lane.sort_unstable();
    }
    Ok(())
}

fn quicksort_pairs(
    mut keys: &mut [i64],
    mut indices: &mut [i64],
    scratch: (*mut i64, *mut i64),
    mut depth: u32,
) -> Result<()> {
    while keys.len() > SMALL && depth > 0 {
        depth -= 1;
        look_up(keys.len())?;
        let pivot = pivot(keys);
        let mut left = partition_pairs::<false>(keys, indices, scratch, pivot);
        let equal = left == 0;
        if equal {
            left = partition_pairs::<true>(keys, indices, scratch, pivot);
        }
        let (low, high) = keys.split_at_mut(left);
        let (low_indices, high_indices) = indices.split_at_mut(left);
        if equal {
            (keys, indices) = (high, high_indices);
        } else if low.len() < high.len() {
            quicksort_pairs(low, low_indices, scratch, depth)?;
            (keys, indices) = (high, high_indices);
        } else {
            quicksort_pairs(high, high_indices, scratch, depth)?;
            (keys, indices) = (low, low_indices);
        }
    }
    if keys.len() <= SMALL {
        let mut pairs = [(0i64, 0i64); SMALL];
        let pairs = &mut pairs[..keys.len()];
        pairs.iter_mut().zip(keys.iter().zip(indices.iter())).for_each(|(pair, (k, i))| *pair = (*k, *i));
        sort_few_pairs(pairs, keys, indices);
    } else {
        let mut pairs: Vec<(i64, i64)> = keys.iter().copied().zip(indices.iter().copied()).collect();
        sort_few_pairs(&mut pairs, keys, indices);
    }
    Ok(())
}

fn sort_few_pairs(pairs: &mut [(i64, i64)], keys: &mut [i64], indices: &mut [i64]) {
    pairs.sort_unstable();
    for (pair, (key, index)) in pairs.iter().zip(keys.iter_mut().zip(indices)) {
        (*key, *index) = *pair;
    }
}

/// Moves the elements less than the pivot (or not greater, if `EQUAL`) to the front and gives their number.
pub(super) fn partition<T: Vectors, const EQUAL: bool>(lane: &mut [T], scratch: *mut T, pivot: T) -> usize {
    debug_assert!(is_available());
    // SAFETY: only reached at a level with AVX2; the scratch has room for the lane and a vector.
    unsafe { T::partition::<EQUAL>(lane.as_mut_ptr(), lane.len(), scratch, pivot) }
}

/// As [`partition`], the indices moving with their keys.
fn partition_pairs<const EQUAL: bool>(
    keys: &mut [i64],
    indices: &mut [i64],
    scratch: (*mut i64, *mut i64),
    pivot: i64,
) -> usize {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: only reached at a level with AVX2; both scratches have room for the lane and a vector.
    unsafe {
        avx2::partition_pairs::<EQUAL>(keys.as_mut_ptr(), indices.as_mut_ptr(), keys.len(), scratch, pivot)
    }
    #[cfg(not(target_arch = "x86_64"))]
    unreachable_partition(keys, indices, scratch, pivot)
}

#[cfg(not(target_arch = "x86_64"))]
fn unreachable_partition(_: &mut [i64], _: &mut [i64], _: (*mut i64, *mut i64), _: i64) -> usize {
    // `is_available` is false here, so nobody calls; 0 would only mean "nothing less".
    0
}

/// A type whose vectors can be partitioned.
pub(super) trait Vectors: Copy + Ord + Send + 'static {
    /// Partitions; see [`partition`].
    ///
    /// # Safety
    /// AVX2 is there; `n` elements at `lane`, room for `n` and a vector more at `scratch`.
    unsafe fn partition<const EQUAL: bool>(
        lane: *mut Self,
        n: usize,
        scratch: *mut Self,
        pivot: Self,
    ) -> usize;
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    /// For each mask of eight elements, where the elements come from when the masked ones move to the front.
    static EIGHT: [[u8; 8]; 256] = table();
    /// The same for four elements of two halves each.
    static FOUR: [[u32; 8]; 16] = {
        let mut four = [[0; 8]; 16];
        let mut mask = 0;
        while mask < 16 {
            let eight = table_row(mask | 0xf0);
            let mut i = 0;
            while i < 4 {
                four[mask][2 * i] = 2 * eight[i] as u32;
                four[mask][2 * i + 1] = 2 * eight[i] as u32 + 1;
                i += 1;
            }
            // What is not masked lies behind and is overwritten by the next store.
            mask += 1;
        }
        four
    };

    const fn table_row(mask: usize) -> [u8; 8] {
        let mut row = [0; 8];
        let (mut i, mut next) = (0, 0);
        while i < 8 {
            if mask >> i & 1 == 1 {
                row[next] = i as u8;
                next += 1;
            }
            i += 1;
        }
        row
    }

    const fn table() -> [[u8; 8]; 256] {
        let mut rows = [[0; 8]; 256];
        let mut mask = 0;
        while mask < 256 {
            rows[mask] = table_row(mask);
            mask += 1;
        }
        rows
    }

    /// Which of four elements go left.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn left_of_four<const EQUAL: bool>(values: __m256i, pivot: __m256i) -> usize {
        let greater =
            if EQUAL { _mm256_cmpgt_epi64(values, pivot) } else { _mm256_cmpgt_epi64(pivot, values) };
        let mask = _mm256_movemask_pd(_mm256_castsi256_pd(greater)) as usize;
        if EQUAL { mask ^ 15 } else { mask }
    }

    /// Which of eight elements go left.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn left_of_eight<const EQUAL: bool>(values: __m256i, pivot: __m256i) -> usize {
        let greater =
            if EQUAL { _mm256_cmpgt_epi32(values, pivot) } else { _mm256_cmpgt_epi32(pivot, values) };
        let mask = _mm256_movemask_ps(_mm256_castsi256_ps(greater)) as usize;
        if EQUAL { mask ^ 255 } else { mask }
    }

    /// Stores the masked elements of four together; the rest of the vector is undefined afterwards.
    ///
    /// # Safety
    /// Four writable elements at `to`.
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn store_four(to: *mut i64, values: __m256i, mask: usize) {
        // SAFETY: a row is 32 bytes; by this function's contract.
        unsafe {
            let from = _mm256_loadu_si256(FOUR[mask & 15].as_ptr().cast());
            _mm256_storeu_si256(to.cast(), _mm256_permutevar8x32_epi32(values, from));
        }
    }

    /// Stores the masked elements of eight together.
    ///
    /// # Safety
    /// Eight writable elements at `to`.
    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn store_eight(to: *mut i32, values: __m256i, mask: usize) {
        // SAFETY: a row is eight bytes; by this function's contract.
        unsafe {
            let from = _mm256_cvtepu8_epi32(_mm_loadl_epi64(EIGHT[mask & 255].as_ptr().cast()));
            _mm256_storeu_si256(to.cast(), _mm256_permutevar8x32_epi32(values, from));
        }
    }

    /// # Safety
    /// As for [`super::Vectors::partition`].
    #[target_feature(enable = "avx2,popcnt")]
    pub(super) unsafe fn partition_i64<const EQUAL: bool>(
        lane: *mut i64,
        n: usize,
        scratch: *mut i64,
        pivot: i64,
    ) -> usize {
        let (mut left, mut right, mut i) = (0, 0, 0);
        let pivots = _mm256_set1_epi64x(pivot);
        // SAFETY: `left <= i` and `right <= i`, so a vector stored at either ends before `i + 4`, which was read.
        unsafe {
            while i + 4 <= n {
                let values = _mm256_loadu_si256(lane.add(i).cast());
                let mask = left_of_four::<EQUAL>(values, pivots);
                let count = mask.count_ones() as usize;
                store_four(lane.add(left), values, mask);
                store_four(scratch.add(right), values, mask ^ 15);
                left += count;
                right += 4 - count;
                i += 4;
            }
            for i in i..n {
                let value = *lane.add(i);
                let goes_left = if EQUAL { value <= pivot } else { value < pivot };
                *lane.add(left) = value;
                *scratch.add(right) = value;
                left += usize::from(goes_left);
                right += usize::from(!goes_left);
            }
            std::ptr::copy_nonoverlapping(scratch, lane.add(left), right);
        }
        left
    }

    /// # Safety
    /// As for [`super::Vectors::partition`].
    #[target_feature(enable = "avx2,popcnt")]
    pub(super) unsafe fn partition_i32<const EQUAL: bool>(
        lane: *mut i32,
        n: usize,
        scratch: *mut i32,
        pivot: i32,
    ) -> usize {
        let (mut left, mut right, mut i) = (0, 0, 0);
        let pivots = _mm256_set1_epi32(pivot);
        // SAFETY: as in `partition_i64`, with eight elements a vector.
        unsafe {
            while i + 8 <= n {
                let values = _mm256_loadu_si256(lane.add(i).cast());
                let mask = left_of_eight::<EQUAL>(values, pivots);
                let count = mask.count_ones() as usize;
                store_eight(lane.add(left), values, mask);
                store_eight(scratch.add(right), values, mask ^ 255);
                left += count;
                right += 8 - count;
                i += 8;
            }
            for i in i..n {
                let value = *lane.add(i);
                let goes_left = if EQUAL { value <= pivot } else { value < pivot };
                *lane.add(left) = value;
                *scratch.add(right) = value;
                left += usize::from(goes_left);
                right += usize::from(!goes_left);
            }
            std::ptr::copy_nonoverlapping(scratch, lane.add(left), right);
        }
        left
    }

    /// # Safety
    /// AVX2 is there; `n` keys and indices, and room for `n` and a vector more at both scratches.
    #[target_feature(enable = "avx2,popcnt")]
    pub(super) unsafe fn partition_pairs<const EQUAL: bool>(
        keys: *mut i64,
        indices: *mut i64,
        n: usize,
        (key_scratch, index_scratch): (*mut i64, *mut i64),
        pivot: i64,
    ) -> usize {
        let (mut left, mut right, mut i) = (0, 0, 0);
        let pivots = _mm256_set1_epi64x(pivot);
        // SAFETY: as in `partition_i64`.
        unsafe {
            while i + 4 <= n {
                let values = _mm256_loadu_si256(keys.add(i).cast());
                let moved = _mm256_loadu_si256(indices.add(i).cast());
                let mask = left_of_four::<EQUAL>(values, pivots);
                let count = mask.count_ones() as usize;
                store_four(keys.add(left), values, mask);
                store_four(indices.add(left), moved, mask);
                store_four(key_scratch.add(right), values, mask ^ 15);
                store_four(index_scratch.add(right), moved, mask ^ 15);
                left += count;
                right += 4 - count;
                i += 4;
            }
            for i in i..n {
                let (value, moved) = (*keys.add(i), *indices.add(i));
                let goes_left = if EQUAL { value <= pivot } else { value < pivot };
                (*keys.add(left), *indices.add(left)) = (value, moved);
                (*key_scratch.add(right), *index_scratch.add(right)) = (value, moved);
                left += usize::from(goes_left);
                right += usize::from(!goes_left);
            }
            std::ptr::copy_nonoverlapping(key_scratch, keys.add(left), right);
            std::ptr::copy_nonoverlapping(index_scratch, indices.add(left), right);
        }
        left
    }
}

macro_rules! vectors {
    ($($t:ty, $partition:ident;)*) => { $(
        impl Vectors for $t {
            unsafe fn partition<const EQUAL: bool>(lane: *mut $t, n: usize, scratch: *mut $t, pivot: $t) -> usize {
                #[cfg(target_arch = "x86_64")]
                // SAFETY: handed on from the caller.
                unsafe {
                    avx2::$partition::<EQUAL>(lane, n, scratch, pivot)
                }
                #[cfg(not(target_arch = "x86_64"))]
                {
                    let _ = (lane, n, scratch, pivot);
                    0
                }
            }
        }
    )* };
}
vectors!(i32, partition_i32; i64, partition_i64;);
