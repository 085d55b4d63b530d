//! Quicksort and quickselect whose partition step works on whole vectors, from one buffer into another:
//!
//! ```text
//! for each vector v of the lane:
//!     mask := which elements belong left of the pivot
//!     permute v: its left elements first, then the others
//!     store v at the target's left end, and once more so that it ends at the target's right end
//!     move the ends by the numbers of left and other elements
//! ```
//! What is stored too much lies between the two ends and is overwritten later. The buffers change roles at every step; the
//! last one, a sorting network, writes to where the elements belong ("home"), so that no step copies anything back.
//! Compared with a partition in place this needs as much memory again, but no branch that depends on data.
//!
//! Many equal elements cost nothing more than others: right of a pivot nothing is less than it, so when the same pivot is
//! drawn there again, the step splits off all its equals at once.

use std::arch::x86_64::*;

use super::lanes::Lanes;
use super::network::{MOST, most, sort_few, sort_rows};
use super::vector::Plain;

/// Levels of recursion before bad luck with pivots is answered by the standard library's sort.
pub(super) fn depth_limit(n: usize) -> u32 {
    2 * (usize::BITS - n.leading_zeros())
}

/// Moves the elements less than the pivot (or not greater, if `EQUAL`) to the front of the target, the others to its end,
/// and gives the number of the former.
///
/// # Safety
/// AVX2; `n` elements readable at `from` and writable at `to`, which do not overlap.
#[target_feature(enable = "avx2,popcnt")]
pub(super) unsafe fn partition<T: Lanes, const EQUAL: bool>(
    from: *const T,
    n: usize,
    to: *mut T,
    pivot: T,
) -> usize {
    let (mut i, mut left, mut right) = (0, 0, n);
    // SAFETY: between `left` and `right` there is always room for what is still to be read: two vectors in the first
    // loop, so that the two stores neither leave it nor touch what the other one keeps; one element in the second.
    unsafe {
        let pivots = pivot.splat();
        while i + 2 * T::LANES <= n {
            let values = _mm256_loadu_si256(from.add(i).cast());
            let mask = T::left::<EQUAL>(values, pivots);
            let parted = T::gather_left(values, mask);
            _mm256_storeu_si256(to.add(left).cast(), parted);
            _mm256_storeu_si256(to.add(right - T::LANES).cast(), parted);
            let count = mask.count_ones() as usize;
            left += count;
            right -= T::LANES - count;
            i += T::LANES;
        }
        for i in i..n {
            let value = *from.add(i);
            let goes_left = if EQUAL { !pivot.before(value) } else { value.before(pivot) };
            *to.add(left) = value;
            *to.add(right - 1) = value;
            left += usize::from(goes_left);
            right -= usize::from(!goes_left);
        }
    }
    left
}

/// Lanes this long are worth a large sample.
const LONG: usize = 4096;

/// An element of a sorted sample: the one of rank `rank(size)` among so many.
///
/// # Safety
/// AVX2; `n > most::<T>()` readable elements.
#[target_feature(enable = "avx2,popcnt")]
unsafe fn sampled<T: Lanes>(lane: *const T, n: usize, rank: impl FnOnce(usize) -> usize) -> T {
    let mut sample = std::mem::MaybeUninit::<[T; MOST]>::uninit();
    let at = sample.as_mut_ptr().cast::<T>();
    // SAFETY: all places are within the lane: more than sixteen vectors. The sample is that much at most, and the rank
    // is held below its size.
    unsafe {
        let size = if n < LONG {
            let vector = |i: usize| _mm256_loadu_si256(lane.add((2 * i + 1) * n / 8 - T::LANES / 2).cast());
            sort_rows::<T, 4>([vector(0), vector(1), vector(2), vector(3)], at);
            4 * T::LANES
        } else {
            let step = n / most::<T>();
            for i in 0..most::<T>() {
                at.add(i).write(*lane.add(i * step + (i * 7919) % step));
            }
            sort_few(at, at, most::<T>());
            most::<T>()
        };
        *at.add(rank(size).min(size - 1))
    }
}

/// About the median.
///
/// # Safety
/// As for [`sampled`].
#[target_feature(enable = "avx2,popcnt")]
unsafe fn pivot<T: Lanes>(lane: *const T, n: usize) -> T {
    // SAFETY: by the contract.
    unsafe { sampled(lane, n, |size| size / 2) }
}

/// The median of a large sample: splits evenly, for parts that threads take.
///
/// # Safety
/// As for [`sampled`], with at least 1024 elements.
#[target_feature(enable = "avx2,popcnt")]
pub(super) unsafe fn even_pivot<T: Lanes>(lane: *const T, n: usize) -> T {
    const SIZE: usize = 1024;
    let (mut sample, mut other) = ([T::TOP; SIZE], [T::TOP; SIZE]);
    let step = n / SIZE;
    // SAFETY: all places are within the lane.
    unsafe {
        for (i, place) in sample.iter_mut().enumerate() {
            *place = *lane.add(i * step + (i * 7919) % step);
        }
        quicksort(sample.as_mut_ptr(), other.as_mut_ptr(), SIZE, true, None);
    }
    sample[SIZE / 2]
}

/// Sorts `n` elements at `here`, with as much room at `other`. They end `here` if that is their `home`, else there.
/// None is less than `low`.
///
/// # Safety
/// AVX2; both places are `n` elements, readable and writable by nobody else.
#[target_feature(enable = "avx2,popcnt")]
pub(super) unsafe fn quicksort<T: Lanes>(here: *mut T, other: *mut T, n: usize, home: bool, low: Option<T>) {
    // SAFETY: by the contract.
    unsafe { sort_part(here, other, n, home, low, depth_limit(n)) }
}

/// As [`quicksort`], for so many levels more.
///
/// # Safety
/// As for [`quicksort`].
#[target_feature(enable = "avx2,popcnt")]
unsafe fn sort_part<T: Lanes>(
    mut here: *mut T,
    mut other: *mut T,
    mut n: usize,
    mut home: bool,
    mut low: Option<T>,
    mut depth: u32,
) {
    // SAFETY: by the contract; a partition leaves its parts within the room of the lane.
    unsafe {
        let mut smallest = None;
        while n > most::<T>() {
            if depth == 0 {
                return sort_slowly(here, other, n, home);
            }
            depth -= 1;
            let pivot = smallest.take().unwrap_or_else(|| pivot(here, n));
            let equal = low.is_some_and(|low| !low.before(pivot));
            let left = if equal {
                partition::<T, true>(here, n, other, pivot)
            } else {
                partition::<T, false>(here, n, other, pivot)
            };
            (here, other, home) = (other, here, !home);
            if equal {
                bring_home(here, other, left, home);
                (here, other, n) = (here.add(left), other.add(left), n - left);
            } else if left == 0 {
                (low, smallest) = (Some(pivot), Some(pivot));
            } else if left < n - left {
                sort_part(here, other, left, home, low, depth);
                (here, other, n) = (here.add(left), other.add(left), n - left);
                low = Some(pivot);
            } else {
                sort_part(here.add(left), other.add(left), n - left, home, Some(pivot), depth);
                n = left;
            }
        }
        sort_few(here, if home { here } else { other }, n);
    }
}

/// Copies elements to where they belong, if they are not there.
///
/// # Safety
/// As for [`quicksort`].
pub(super) unsafe fn bring_home<T: Plain>(here: *mut T, other: *mut T, n: usize, home: bool) {
    if !home {
        // SAFETY: by the contract.
        unsafe { std::ptr::copy_nonoverlapping(here, other, n) };
    }
}

/// The way out for lanes that defeat the choice of pivots.
///
/// # Safety
/// As for [`quicksort`].
#[cold]
unsafe fn sort_slowly<T: Plain>(here: *mut T, other: *mut T, n: usize, home: bool) {
    // SAFETY: by the contract.
    unsafe {
        std::slice::from_raw_parts_mut(here, n).sort_unstable_by(T::ordering);
        bring_home(here, other, n, home);
    }
}

/// Puts every element of `kths`, sorted places from `start` on, where sorting would put it.
///
/// # Safety
/// As for [`quicksort`]; the places lie within the lane, whose first element is at place `start`.
#[target_feature(enable = "avx2,popcnt")]
pub(super) unsafe fn select<T: Lanes>(
    mut here: *mut T,
    mut other: *mut T,
    mut n: usize,
    mut home: bool,
    (mut start, mut kths): (usize, &[usize]),
    mut depth: u32,
) {
    // SAFETY: by the contract; a partition leaves its parts within the room of the lane.
    unsafe {
        let mut low: Option<T> = None;
        while n > most::<T>() && !kths.is_empty() {
            if depth == 0 {
                return sort_slowly(here, other, n, home);
            }
            depth -= 1;
            let mut pivot = near(here, n, kths[kths.len() / 2] - start);
            let mut equal = low.is_some_and(|low| !low.before(pivot));
            if let (true, Some(low)) = (equal, low) {
                pivot = low;
            }
            let mut left = if equal { 0 } else { partition::<T, false>(here, n, other, pivot) };
            if left == 0 {
                equal = true;
                left = partition::<T, true>(here, n, other, pivot);
            }
            (here, other, home) = (other, here, !home);
            let split = kths.partition_point(|&kth| kth < start + left);
            if equal || split == 0 {
                bring_home(here, other, left, home);
            } else if split == kths.len() {
                bring_home(here.add(left), other.add(left), n - left, home);
                n = left;
                continue;
            } else {
                select(here, other, left, home, (start, &kths[..split]), depth);
            }
            (here, other, n) = (here.add(left), other.add(left), n - left);
            (start, kths, low) = (start + left, &kths[split..], Some(pivot));
        }
        if kths.is_empty() {
            bring_home(here, other, n, home);
        } else {
            sort_few(here, if home { here } else { other }, n);
        }
    }
}

/// A pivot a little on the far side of place `kth`, so that the place likely falls in the smaller part.
///
/// # Safety
/// As for [`sampled`].
#[target_feature(enable = "avx2,popcnt")]
unsafe fn near<T: Lanes>(lane: *const T, n: usize, kth: usize) -> T {
    // SAFETY: by the contract.
    unsafe {
        sampled(lane, n, |size| {
            let place = (kth as u128 * size as u128 / n as u128) as usize;
            let margin = if n < LONG { 0 } else { size / 16 + 1 };
            if place <= size / 2 { place + margin } else { place.saturating_sub(margin) }
        })
    }
}
