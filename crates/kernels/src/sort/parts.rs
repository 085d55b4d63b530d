//! Long lanes of integers sorted on several threads: partitioned breadth first, all parts of a level at once, until
//! there are enough parts or they are short; then each part is sorted for itself. Equal integers can't be told apart, so
//! the result is that of any other sort.

use std::sync::atomic::{AtomicUsize, Ordering};

use sharray_base::threads;
use sharray_base::{Error, Result};

use super::typed::room;
use super::vector::{BEYOND, Vectors, depth_limit, partition, pivot, quicksort};

/// Parts that need not be split.
pub(super) const SHORT: usize = 1 << 16;
/// Levels of splitting: at most sixteen parts.
const LEVELS: u32 = 4;

/// A part: its first element, and its length.
type Part = (usize, usize);

/// A lane and scratch memory for all parts at once.
struct Ground<T> {
    lane: *mut T,
    scratch: *mut T,
}

// SAFETY: parts are disjoint, and each is one thread's at a time, with scratch memory of its own.
unsafe impl<T: Send> Sync for Ground<T> {}

impl<T> Ground<T> {
    /// The elements of part number `index`, and its scratch memory.
    ///
    /// # Safety
    /// The part lies within the lane and belongs to the caller alone; `index` counts the parts before it.
    #[expect(clippy::mut_from_ref, reason = "parts are disjoint; see the contract")]
    unsafe fn part(&self, index: usize, (start, len): Part) -> (&mut [T], *mut T) {
        // SAFETY: by the contract. Scratch of parts with smaller numbers ends before `start + index * BEYOND`.
        unsafe {
            let lane = std::slice::from_raw_parts_mut(self.lane.add(start), len);
            (lane, self.scratch.add(start + index * BEYOND))
        }
    }
}

/// Sorts.
///
/// # Errors
/// `OutOfMemory`; an interruption, which leaves the lane as some permutation of what it was.
pub(super) fn sort<T: Vectors>(lane: &mut [T]) -> Result<()> {
    let mut scratch = room::<T>(lane.len() + (BEYOND << LEVELS))?;
    let ground = Ground { lane: lane.as_mut_ptr(), scratch: scratch.as_mut_ptr() };
    let mut parts: Vec<Part> = vec![(0, lane.len())];
    for _ in 0..LEVELS {
        if parts.iter().all(|part| part.1 < 2 * SHORT) {
            break;
        }
        parts = split(&ground, &parts)?;
    }
    threads::run_at_once(parts.len(), |index| {
        // SAFETY: the parts are disjoint, and in order.
        let (part, scratch) = unsafe { ground.part(index, parts[index]) };
        quicksort(part, scratch, depth_limit(part.len()))
    })
}

/// Each long part in two: what is smaller than a pivot, and the rest. Parts stay in order.
fn split<T: Vectors>(ground: &Ground<T>, parts: &[Part]) -> Result<Vec<Part>> {
    let lefts: Vec<AtomicUsize> = parts.iter().map(|_| AtomicUsize::new(0)).collect();
    threads::run_at_once(parts.len(), |index| {
        if parts[index].1 >= 2 * SHORT {
            // SAFETY: the parts are disjoint, and in order.
            let (part, scratch) = unsafe { ground.part(index, parts[index]) };
            let pivot = pivot(part);
            lefts[index].store(partition::<T, false>(part, scratch, pivot), Ordering::Relaxed);
        }
        Ok::<(), Error>(())
    })?;
    let halves = parts.iter().zip(lefts).flat_map(|(&(start, len), left)| {
        let left = left.into_inner();
        [(start, left), (start + left, len - left)]
    });
    Ok(halves.filter(|part| part.1 > 0).collect())
}
