//! The plans that were used last. Planning takes some ten times as long as a transform (30 ms at 2^20), so plans are kept:
//! no more than [`MOST`], and no more than [`BYTES`] of them, for each precision.
//!
//! The lock is held for a look at the list only, never while a plan is made or dropped; forks wait for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustfft::FftNum;
use sharray_base::Result;
use sharray_base::fork::{self, Lock};

use crate::plan::{Plan, Step};
#[cfg(target_arch = "x86_64")]
use crate::vector::Vector;

/// Most plans that are kept.
const MOST: usize = 32;
/// Most bytes of plans that are kept, by [`Plan::bytes`]'s estimate.
const BYTES: usize = 128 << 20;

struct Entry<T> {
    step: Step,
    n: usize,
    bytes: usize,
    used: u64,
    plan: Arc<Plan<T>>,
}

/// Plans, and the count of uses that tells which was used last.
pub struct Cache<T> {
    entries: [Option<Entry<T>>; MOST],
    clock: u64,
}

impl<T> Cache<T> {
    /// Without plans.
    pub const fn new() -> Cache<T> {
        Cache { entries: [const { None }; MOST], clock: 0 }
    }
    fn find(&mut self, step: Step, n: usize) -> Option<Arc<Plan<T>>> {
        self.clock += 1;
        let found = self.entries.iter_mut().flatten().find(|entry| entry.n == n && entry.step == step)?;
        found.used = self.clock;
        Some(found.plan.clone())
    }
    fn bytes(&self) -> usize {
        self.entries.iter().flatten().map(|entry| entry.bytes).sum()
    }
    /// Takes out the plan that was not used for longest, if another of `bytes` would be too much.
    fn make_room(&mut self, bytes: usize) -> Option<Entry<T>> {
        let full = self.entries.iter().all(Option::is_some);
        if !full && self.bytes() + bytes <= BYTES {
            return None;
        }
        let oldest = self.entries.iter_mut().filter(|place| place.is_some());
        oldest.min_by_key(|place| place.as_ref().map(|entry| entry.used))?.take()
    }
    fn keep(&mut self, entry: Entry<T>) {
        if let Some(free) = self.entries.iter_mut().find(|place| place.is_none()) {
            *free = Some(entry);
        }
    }
}

/// A precision that is computed in.
pub trait Real: FftNum + Default {
    /// Its plans.
    fn cache() -> &'static Lock<Cache<Self>>;
    /// The nearest value.
    fn of(value: f64) -> Self;
    /// A register of AVX2.
    #[cfg(target_arch = "x86_64")]
    type Register256: Vector<Real = Self>;
    /// A register of AVX-512.
    #[cfg(target_arch = "x86_64")]
    type Register512: Vector<Real = Self>;
}

impl Real for f32 {
    #[cfg(target_arch = "x86_64")]
    type Register256 = std::arch::x86_64::__m256;
    #[cfg(target_arch = "x86_64")]
    type Register512 = std::arch::x86_64::__m512;
    fn cache() -> &'static Lock<Cache<f32>> {
        static CACHE: Lock<Cache<f32>> = Lock::new(Cache::new());
        &CACHE
    }
    fn of(value: f64) -> f32 {
        value as f32
    }
}

impl Real for f64 {
    #[cfg(target_arch = "x86_64")]
    type Register256 = std::arch::x86_64::__m256d;
    #[cfg(target_arch = "x86_64")]
    type Register512 = std::arch::x86_64::__m512d;
    fn cache() -> &'static Lock<Cache<f64>> {
        static CACHE: Lock<Cache<f64>> = Lock::new(Cache::new());
        &CACHE
    }
    fn of(value: f64) -> f64 {
        value
    }
}

/// Makes the locks of this crate known to forks. Call it once at start-up, before there are threads; more calls do nothing.
pub fn install() {
    static DONE: AtomicBool = AtomicBool::new(false);
    if !DONE.swap(true, Ordering::AcqRel) {
        fork::watch(f32::cache());
        fork::watch(f64::cache());
    }
}

/// The plan of a step for a length: one that was kept, or a new one.
///
/// # Errors
/// As [`Plan::new`].
pub fn plan<T: Real>(step: Step, n: usize) -> Result<Arc<Plan<T>>> {
    if let Some(plan) = T::cache().lock().find(step, n) {
        return Ok(plan);
    }
    let plan = Arc::new(Plan::new(step, n)?);
    let bytes = plan.bytes();
    if bytes <= BYTES {
        // What goes is dropped when nobody waits for the lock.
        let mut gone = Vec::new();
        let mut cache = T::cache().lock();
        // Another thread may have made the same plan meanwhile; then there are two for a while.
        while let Some(entry) = cache.make_room(bytes) {
            gone.push(entry);
        }
        let used = cache.clock;
        cache.keep(Entry { step, n, bytes, used, plan: plan.clone() });
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count() -> usize {
        f32::cache().lock().entries.iter().flatten().count()
    }

    #[test]
    fn bounded_by_number_and_bytes() {
        for n in 1..=3 * MOST {
            plan::<f32>(Step::Forward, n).unwrap();
            assert!(count() <= MOST);
        }
        let last = plan::<f32>(Step::Forward, 3 * MOST).unwrap();
        assert!(Arc::ptr_eq(&last, &plan(Step::Forward, 3 * MOST).unwrap()), "kept");
        for n in 0..6 {
            plan::<f32>(Step::Split, (1 << 20) + 2 * n).unwrap();
            assert!(f32::cache().lock().bytes() <= BYTES);
        }
    }
}
