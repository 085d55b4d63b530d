//! Sorting by a comparison that may fail or lie (Python's `<` promises no order). A merge sort of indices: the
//! standard library's sorts may panic on an inconsistent order, this one gives some permutation.

use sharray_base::Result;
use sharray_base::interrupt::Meter;

use super::typed::room;

/// Runs up to this length are sorted by insertion before they are merged.
const RUN: usize = 16;

/// What a comparison (of objects, say) costs, in elements of cheap work.
const COMPARISON: usize = 16;

/// Sorts `order` stably by `less` on its entries.
///
/// # Errors
/// The first error of `less` (`order` then is still a permutation of what it was), or `OutOfMemory`.
pub(super) fn merge_sort(order: &mut [isize], less: &dyn Fn(isize, isize) -> Result<bool>) -> Result<()> {
    let n = order.len();
    let mut meter = Meter::default();
    for start in (0..n).step_by(RUN) {
        meter.add(RUN * COMPARISON)?;
        insertion(&mut order[start..n.min(start + RUN)], less)?;
    }
    let mut scratch = room::<isize>(n)?;
    let mut width = RUN;
    while width < n {
        for start in (0..n).step_by(2 * width) {
            let end = n.min(start + 2 * width);
            if start + width < end {
                merge(&mut order[start..end], width, &mut scratch, less, &mut meter)?;
            }
        }
        width *= 2;
    }
    Ok(())
}

fn insertion(run: &mut [isize], less: &dyn Fn(isize, isize) -> Result<bool>) -> Result<()> {
    for end in 1..run.len() {
        let mut at = end;
        while at > 0 && less(run[at], run[at - 1])? {
            run.swap(at, at - 1);
            at -= 1;
        }
    }
    Ok(())
}

/// Merges `run[..middle]` and `run[middle..]`, both sorted, from a copy of the whole, so that an error leaves the run
/// as it was.
fn merge(
    run: &mut [isize],
    middle: usize,
    scratch: &mut Vec<isize>,
    less: &dyn Fn(isize, isize) -> Result<bool>,
    meter: &mut Meter,
) -> Result<()> {
    meter.add(COMPARISON)?;
    if !less(run[middle], run[middle - 1])? {
        return Ok(());
    }
    scratch.clear();
    let (mut left, mut right) = (0, middle);
    while left < middle && right < run.len() {
        meter.add(COMPARISON)?;
        if less(run[right], run[left])? {
            scratch.push(run[right]);
            right += 1;
        } else {
            scratch.push(run[left]);
            left += 1;
        }
    }
    scratch.extend_from_slice(&run[left..middle]);
    scratch.extend_from_slice(&run[right..]);
    run.copy_from_slice(scratch);
    Ok(())
}
