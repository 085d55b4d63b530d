//! Long lanes of few different values: these are counted, and the lane is written anew. One reading and one writing pass,
//! where a quicksort of twenty values makes six of each.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use sharray_base::Result;
use sharray_base::threads::{self, GRAIN};

use super::vector::Plain;

/// More different values than this are not few: each costs a comparison of every element.
const MOST: usize = 32;
/// Elements looked at beforehand: most lanes of many values show more than [`MOST`] among them.
const SAMPLE: usize = 64;
/// Elements compared with one value after the other: as much as the first-level cache holds.
const BLOCK: usize = 1024;

/// Different values, and how many there are of each. Values differ whose bits do: zeros of both signs.
#[derive(Default)]
struct Census<T> {
    values: Vec<(T, usize)>,
}

impl<T: Plain> Census<T> {
    /// Counts `count` more of `value`; false if that is one value too many.
    fn add(&mut self, value: T, count: usize) -> bool {
        if let Some(known) = self.values.iter_mut().find(|known| known.0.is(value)) {
            known.1 += count;
            return true;
        }
        self.values.push((value, count));
        self.values.len() <= MOST
    }

    /// Counts a block; false if its values are too many.
    #[inline(always)]
    fn add_block(&mut self, block: &[T]) -> bool {
        let mut left = block.len();
        for (value, count) in &mut self.values {
            let found = value.count_in(block);
            *count += found;
            // Others may write the lane meanwhile: then no count is right, but none may lead astray.
            left = left.saturating_sub(found);
            if left == 0 {
                return true;
            }
        }
        let known = self.values.len();
        for value in block {
            let is_new = !self.values[..known].iter().any(|known| known.0.is(*value));
            if is_new && !self.add(*value, 1) {
                return false;
            }
        }
        true
    }
}

/// # Safety
/// On a machine with AVX2.
#[cfg_attr(target_arch = "x86_64", target_feature(enable = "avx2"))]
unsafe fn count<T: Plain>(lane: &[T], census: &mut Census<T>) -> bool {
    lane.chunks(BLOCK).all(|block| census.add_block(block))
}

/// Sorts a lane of few different values; gives false, and leaves the lane alone, if they are many.
///
/// # Errors
/// An interruption, which leaves the lane as it was.
///
/// # Safety
/// On a machine with AVX2.
pub(super) unsafe fn sort<T: Plain>(lane: &mut [T]) -> Result<bool> {
    let mut sample = Census { values: Vec::with_capacity(MOST + 1) };
    let step = (lane.len() / SAMPLE).max(1);
    if !lane.iter().step_by(step).all(|value| sample.add(*value, 0)) {
        return Ok(false);
    }
    let (many, whole) = (AtomicBool::new(false), Mutex::new(sample));
    threads::run(lane.len().div_ceil(GRAIN), |chunk| {
        if many.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mut census =
            Census { values: whole.lock().map_or_else(|_| Vec::new(), |whole| whole.values.clone()) };
        census.values.iter_mut().for_each(|value| value.1 = 0);
        let start = chunk * GRAIN;
        // SAFETY: by the contract.
        let few = unsafe { count(&lane[start..lane.len().min(start + GRAIN)], &mut census) };
        let added =
            whole.lock().is_ok_and(|mut whole| census.values.iter().all(|(value, n)| whole.add(*value, *n)));
        if !(few && added) {
            many.store(true, Ordering::Relaxed);
        }
        Ok(())
    })?;
    let Ok(census) = whole.into_inner() else { return Ok(false) };
    if many.into_inner() {
        return Ok(false);
    }
    write_sorted(lane, census);
    Ok(true)
}

/// The values in order, each as often as it was counted.
fn write_sorted<T: Plain>(lane: &mut [T], mut census: Census<T>) {
    census.values.sort_unstable_by(|a, b| a.0.ordering(&b.0).then(a.0.to_word().cmp(&b.0.to_word())));
    let mut rest = lane;
    for (value, count) in census.values {
        let count = count.min(rest.len());
        let (run, behind) = rest.split_at_mut(count);
        run.fill(value);
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa::{self, Level};

    /// The lane sorted by this module, if it took it.
    fn sorted<T: Plain>(mut lane: Vec<T>) -> Option<Vec<T>> {
        if isa::active() < Level::Avx2 {
            return None;
        }
        // SAFETY: AVX2 is there.
        unsafe { sort(&mut lane) }.expect("nobody interrupts").then_some(lane)
    }

    #[test]
    fn few_values_are_sorted() {
        for n in [1, 63, 1023, 1025, GRAIN - 1, GRAIN + 1, 3 * GRAIN + 7] {
            for different in [1, 2, 21, MOST] {
                let lane: Vec<f64> = (0..n).map(|i| ((i * 7919) % different) as f64 - 3.0).collect();
                let mut expected = lane.clone();
                expected.sort_by(f64::total_cmp);
                if isa::active() >= Level::Avx2 {
                    assert_eq!(sorted(lane), Some(expected), "{n} elements, {different} values");
                }
            }
        }
    }

    #[test]
    fn rare_values_are_found_and_zeros_keep_their_signs() {
        let mut lane = vec![1.5f32; 5 * GRAIN];
        lane[3 * GRAIN + 5] = -7.0;
        lane[4] = -0.0;
        lane[GRAIN] = 0.0;
        let Some(sorted) = sorted(lane) else { return };
        assert_eq!(sorted[0], -7.0);
        let signs = [sorted[1].is_sign_negative(), sorted[2].is_sign_negative()];
        assert!(signs == [true, false] || signs == [false, true], "{signs:?}");
        assert!(sorted[3..].iter().all(|value| *value == 1.5));
    }

    #[test]
    fn many_values_are_left_alone() {
        let many: Vec<i64> = (0..3 * GRAIN as i64).map(|i| i % (MOST as i64 + 1)).collect();
        assert_eq!(sorted(many), None);
        // Too many in one block that no sample meets.
        let mut hidden = vec![0i32; 4 * GRAIN];
        for (i, value) in hidden[GRAIN + 1..GRAIN + 2 + MOST].iter_mut().enumerate() {
            *value = i as i32;
        }
        assert_eq!(sorted(hidden), None);
    }
}
