//! Up to 128 elements of 4 bytes, or 64 of 8, sorted in vectors.
//!
//! ```text
//! rows := the elements, a vector each; what is missing is filled up with the greatest value
//! sort every column by a sorting network whose comparators work on whole rows
//! merge neighbouring columns, read downwards one after the other, into pairs, fours, eights (bitonic merges)
//! write the columns one after the other
//! ```
//! The columns' network for sixteen rows is Green's, of 60 comparators (Knuth, The Art of Computer Programming 3,
//! 5.3.4). Merges begin with the mirrored comparison, so that all runs rise.

use std::arch::x86_64::*;

use super::lanes::Lanes;

/// Rows of the largest network.
const ROWS: usize = 16;
/// The most elements that [`sort_few`] takes, of four bytes; of eight bytes half of it.
pub(super) const MOST: usize = 128;

/// The most elements of a type that [`sort_few`] takes.
pub(super) const fn most<T: Lanes>() -> usize {
    ROWS * T::LANES
}

/// Compares and exchanges the named pairs of rows.
macro_rules! comparators {
    ($t:ty, $rows:ident: $($i:literal $j:literal),*) => {{ $(
        ($rows[$i], $rows[$j]) = <$t>::order($rows[$i], $rows[$j]);
    )* }};
}

/// Sorts the columns.
///
/// # Safety
/// AVX2. There are 4, 8 or 16 rows.
#[inline(always)]
unsafe fn sort_columns<T: Lanes, const R: usize>(v: &mut [__m256i; R]) {
    // SAFETY: by the contract.
    unsafe {
        match R {
            4 => comparators!(T, v: 0 1, 2 3, 0 2, 1 3, 1 2),
            8 => {
                comparators!(T, v: 0 1, 2 3, 4 5, 6 7, 0 2, 1 3, 4 6, 5 7, 1 2, 5 6, 0 4, 3 7, 1 5, 2 6, 1 4, 3 6, 2 4, 3 5, 3 4)
            }
            _ => comparators!(T, v:
                0 1, 2 3, 4 5, 6 7, 8 9, 10 11, 12 13, 14 15, 0 2, 1 3, 4 6, 5 7, 8 10, 9 11, 12 14, 13 15,
                0 4, 1 5, 2 6, 3 7, 8 12, 9 13, 10 14, 11 15, 0 8, 1 9, 2 10, 3 11, 4 12, 5 13, 6 14, 7 15,
                1 2, 3 12, 13 14, 7 11, 4 8, 5 10, 6 9, 1 4, 7 13, 2 8, 11 14, 2 4, 5 6, 9 10, 11 13, 3 8, 7 12,
                6 8, 10 12, 3 5, 7 9, 3 4, 5 6, 7 8, 9 10, 11 12, 6 7, 8 9),
        }
    }
}

/// Compares rows `D` apart.
///
/// # Safety
/// As for [`sort_columns`].
#[inline(always)]
unsafe fn level<T: Lanes, const R: usize, const D: usize>(v: &mut [__m256i; R]) {
    for i in 0..R {
        if i & D == 0 && D < R {
            // SAFETY: by the contract.
            (v[i], v[i + D]) = unsafe { T::order(v[i], v[i + D]) };
        }
    }
}

/// Compares elements of a row `APART` places apart.
///
/// # Safety
/// As for [`sort_columns`].
#[inline(always)]
unsafe fn across<T: Lanes, const R: usize, const APART: usize>(v: &mut [__m256i; R]) {
    for row in v.iter_mut() {
        // SAFETY: by the contract.
        unsafe {
            let (low, high) = T::order_own(*row, T::swap::<APART>(*row));
            *row = T::mix::<APART>(low, high);
        }
    }
}

/// Begins to merge: each element of the first half of a group of columns with its mirror image in the second half.
///
/// # Safety
/// As for [`sort_columns`].
#[inline(always)]
unsafe fn mirrored<T: Lanes, const R: usize, const GROUP: usize, const HALF: usize>(v: &mut [__m256i; R]) {
    for i in 0..R / 2 {
        // SAFETY: by the contract.
        unsafe {
            let (low, high) = T::order(v[i], T::mirror::<GROUP>(v[R - 1 - i]));
            v[i] = T::mix::<HALF>(low, high);
            v[R - 1 - i] = T::mirror::<GROUP>(T::mix::<HALF>(high, low));
        }
    }
}

/// Ends a merge, within columns.
///
/// # Safety
/// As for [`sort_columns`].
#[inline(always)]
unsafe fn downwards<T: Lanes, const R: usize>(v: &mut [__m256i; R]) {
    // SAFETY: by the contract.
    unsafe {
        level::<T, R, 8>(v);
        level::<T, R, 4>(v);
        level::<T, R, 2>(v);
        level::<T, R, 1>(v);
    }
}

/// Sorts the elements of some rows and writes them to `to`.
///
/// # Safety
/// AVX2; 4, 8 or 16 rows, and room for them.
#[inline(always)]
pub(super) unsafe fn sort_rows<T: Lanes, const R: usize>(mut v: [__m256i; R], to: *mut T) {
    // SAFETY: by the contract.
    unsafe {
        sort_columns::<T, R>(&mut v);
        mirrored::<T, R, 2, 1>(&mut v);
        downwards::<T, R>(&mut v);
        mirrored::<T, R, 4, 2>(&mut v);
        across::<T, R, 1>(&mut v);
        downwards::<T, R>(&mut v);
        if T::LANES == 8 {
            mirrored::<T, R, 8, 4>(&mut v);
            across::<T, R, 2>(&mut v);
            across::<T, R, 1>(&mut v);
            downwards::<T, R>(&mut v);
        }
        for i in (0..R).step_by(4) {
            T::store_columns([v[i], v[i + 1], v[i + 2], v[i + 3]], to.add(i), R);
        }
    }
}

/// Sorts the elements of `R` rows at `from` and writes them to `to`.
///
/// # Safety
/// As for [`sort_rows`]; `R` vectors readable.
#[inline(always)]
unsafe fn sort_at<T: Lanes, const R: usize>(from: *const T, to: *mut T) {
    // SAFETY: by the contract.
    unsafe {
        let mut v = [_mm256_setzero_si256(); R];
        for (i, row) in v.iter_mut().enumerate() {
            *row = _mm256_loadu_si256(from.add(i * T::LANES).cast());
        }
        sort_rows::<T, R>(v, to);
    }
}

/// Sorts `n` elements, at most [`most`], from one place to another or the same.
///
/// # Safety
/// AVX2; `n` elements readable at `from` and writable at `to`.
#[target_feature(enable = "avx2,popcnt")]
pub(super) unsafe fn sort_few<T: Lanes>(from: *const T, to: *mut T, n: usize) {
    debug_assert!(n <= most::<T>());
    // SAFETY: by the contract; the buffer holds the largest network's elements.
    unsafe {
        if n == most::<T>() {
            return sort_at::<T, 16>(from, to);
        }
        let mut buffer = std::mem::MaybeUninit::<[T; MOST]>::uninit();
        let at = buffer.as_mut_ptr().cast::<T>();
        let rows = if n <= 4 * T::LANES {
            4
        } else if n <= 8 * T::LANES {
            8
        } else {
            16
        };
        let top = T::TOP.splat();
        for i in n / T::LANES..rows {
            _mm256_storeu_si256(at.add(i * T::LANES).cast(), top);
        }
        std::ptr::copy_nonoverlapping(from, at, n);
        match rows {
            4 => sort_at::<T, 4>(at, at),
            8 => sort_at::<T, 8>(at, at),
            _ => sort_at::<T, 16>(at, at),
        }
        std::ptr::copy_nonoverlapping(at, to, n);
    }
}
