//! Histograms of equal bins: a value's bin by division, corrected against the edges.

use std::sync::Mutex;

use sharray_base::Result;
use sharray_kernels::search::Bins;

use crate::ufunc::Plan;

/// The edges of `count` equal bins from `low` to `high`; `None` unless each is above the one before.
pub fn uniform_edges(low: f64, high: f64, count: usize) -> Option<Vec<f64>> {
    let width = high - low;
    let step = width / count as f64;
    if !(width.is_finite() && step > 0.0 && low.is_finite()) {
        return None;
    }
    let mut edges: Vec<f64> = (0..count).map(|k| k as f64 * step + low).collect();
    edges.push(high);
    edges.is_sorted_by(|a, b| a < b).then_some(edges)
}

/// How many of a run's doubles lie in each bin between `edges`, which [`uniform_edges`] made; the last bin has its upper
/// edge too. What lies outside, and NaN, is not counted.
///
/// # Errors
/// Interruptions.
///
/// # Safety
/// The plan's elements, of one result, are readable doubles, aligned; `counts` has room for one number per bin.
pub unsafe fn uniform_counts(
    plan: &Plan,
    data: *const u8,
    edges: &[f64],
    counts: &mut [isize],
) -> Result<()> {
    debug_assert!(plan.results() == 1 && edges.len() == counts.len() + 1);
    let bins = Bins::new(edges);
    counts.fill(0);
    let address = data as usize;
    let total = Mutex::new(counts);
    plan.parts(|start, count| {
        let from = (address as *const u8).wrapping_offset(start * plan.step);
        let mut tables = vec![0u32; 2 * edges.len()];
        let (even, odd) = tables.split_at_mut(edges.len());
        // SAFETY: elements of the run.
        unsafe { bins.count(from, count as usize, plan.step, [&mut *even, &mut *odd]) };
        let mut total = total.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        for ((sum, a), b) in total.iter_mut().zip(even).zip(odd) {
            *sum += *a as isize + *b as isize;
        }
        Ok(())
    })
}
