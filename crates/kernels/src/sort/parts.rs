//! Long lanes sorted on several threads: partitioned breadth first, all parts of a level at once, until there are enough
//! parts or they are short; then each part is sorted for itself. The parts depend on the lane alone, so the result is the
//! same for any number of threads.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use sharray_base::threads;
use sharray_base::{Error, Result};

use super::lanes::Lanes;
use super::quick::{bring_home, even_pivot, partition, quicksort};
use super::room::Room;

/// Parts that need not be split.
pub(super) const SHORT: usize = 1 << 14;
/// Levels of splitting: at most sixteen parts.
const LEVELS: u32 = 4;

/// A run of elements, beside runs of smaller and of greater ones.
#[derive(Clone, Copy)]
struct Part<T> {
    start: usize,
    len: usize,
    /// None is less.
    low: Option<T>,
    /// All are equal.
    done: bool,
}

impl<T> Part<T> {
    fn is_long(&self) -> bool {
        self.len >= 2 * SHORT && !self.done
    }
}

/// Where the elements are, and as much room.
struct Ground<T> {
    here: *mut T,
    other: *mut T,
}

// SAFETY: parts are disjoint, and each is one thread's at a time.
unsafe impl<T: Send> Sync for Ground<T> {}

impl<T> Ground<T> {
    /// A part's place on both sides.
    ///
    /// # Safety
    /// The part lies within the lane.
    unsafe fn part(&self, part: &Part<T>) -> (*mut T, *mut T) {
        // SAFETY: by the contract.
        unsafe { (self.here.add(part.start), self.other.add(part.start)) }
    }
}

/// Sorts; for machines with AVX2.
///
/// # Errors
/// `OutOfMemory`; an interruption, which leaves the lane as some permutation of what it was.
pub(super) fn sort<T: Lanes>(lane: &mut [T]) -> Result<()> {
    let n = lane.len();
    let scratch = Room::<T>::new(n)?;
    let mut ground = Ground { here: lane.as_mut_ptr(), other: scratch.ptr() };
    let mut parts = vec![Part { start: 0, len: n, low: None, done: false }];
    let mut home = true;
    for _ in 0..LEVELS {
        if !parts.iter().any(Part::is_long) {
            break;
        }
        match split(&ground, &parts) {
            Ok(split) => parts = split,
            Err(error) => {
                // SAFETY: a split only reads what it splits.
                unsafe { bring_home(ground.here, ground.other, n, home) };
                return Err(error);
            }
        }
        ground = Ground { here: ground.other, other: ground.here };
        home = !home;
    }
    finish(&ground, &parts, home)
}

/// Each long part in two, on the other side: what is smaller than a pivot, and the rest; or the equals of the smallest,
/// and the rest. Parts stay in order.
fn split<T: Lanes>(ground: &Ground<T>, parts: &[Part<T>]) -> Result<Vec<Part<T>>> {
    let halves: Vec<(AtomicUsize, AtomicBool)> = parts.iter().map(|_| Default::default()).collect();
    let pivots = parts.iter().map(|part| {
        // SAFETY: AVX2 is there; a long part has more than a thousand elements.
        part.is_long().then(|| unsafe { even_pivot(ground.part(part).0, part.len) })
    });
    let pivots: Vec<Option<T>> = pivots.collect();
    threads::run_at_once(parts.len(), |index| {
        let (part, (left, equal)) = (&parts[index], &halves[index]);
        // SAFETY: AVX2 is there; the parts are disjoint, and have room on both sides.
        unsafe {
            let (here, other) = ground.part(part);
            let Some(pivot) = pivots[index] else {
                bring_home(here, other, part.len, false);
                return Ok::<(), Error>(());
            };
            let mut count = 0;
            if part.low.is_none_or(|low| low.before(pivot)) {
                count = partition::<T, false>(here, part.len, other, pivot);
            }
            if count == 0 {
                count = partition::<T, true>(here, part.len, other, pivot);
                equal.store(true, Ordering::Relaxed);
            }
            left.store(count, Ordering::Relaxed);
        }
        Ok(())
    })?;
    let mut split = Vec::with_capacity(2 * parts.len());
    for ((part, pivot), (left, equal)) in parts.iter().zip(pivots).zip(halves) {
        let Some(pivot) = pivot else {
            split.push(*part);
            continue;
        };
        let left = left.into_inner();
        split.push(Part { len: left, done: equal.into_inner(), ..*part });
        let (start, len) = (part.start + left, part.len - left);
        split.push(Part { start, len, low: Some(pivot), done: false });
    }
    split.retain(|part| part.len > 0);
    Ok(split)
}

/// Sorts every part, so that it ends where it belongs.
fn finish<T: Lanes>(ground: &Ground<T>, parts: &[Part<T>], home: bool) -> Result<()> {
    let finished: Vec<AtomicBool> = parts.iter().map(|_| AtomicBool::new(false)).collect();
    let result = threads::run_at_once(parts.len(), |index| {
        let part = &parts[index];
        // SAFETY: AVX2 is there; the parts are disjoint, and have room on both sides.
        unsafe {
            let (here, other) = ground.part(part);
            if part.done {
                bring_home(here, other, part.len, home);
            } else {
                quicksort(here, other, part.len, home, part.low);
            }
        }
        finished[index].store(true, Ordering::Relaxed);
        Ok(())
    });
    if result.is_err() {
        for (part, finished) in parts.iter().zip(finished) {
            if !finished.into_inner() {
                // SAFETY: the part lies where it was before.
                unsafe {
                    let (here, other) = ground.part(part);
                    bring_home(here, other, part.len, home);
                }
            }
        }
    }
    result
}
