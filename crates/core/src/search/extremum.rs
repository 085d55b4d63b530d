//! `argmax` and `argmin` along an axis.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use sharray_base::layout::{c_strides, normalize_axis};
use sharray_base::threads::{self, GRAIN};
use sharray_base::{DType, Dims, Result, TypeNum, View};
use sharray_kernels::loop_abi::Rows;
use sharray_kernels::search::ExtremumLane;

use crate::Provider;
use crate::scratch::collected;
use crate::ufunc::Plan;
use crate::walk::spread_lanes;

/// Index of the largest (or smallest) element of each lane along `axis`, the first of equals; a NaN or NaT wins.
/// Output 0, `intp`, in C order, without the axis. No lane may be empty.
///
/// # Errors
/// `Axis`; `Type` for a dtype without order; what comparing objects raises.
pub fn extremum(source: View<'_>, axis: isize, largest: bool, provider: &mut dyn Provider) -> Result<()> {
    let axis = normalize_axis(axis, source.ndim())?;
    let finder = ExtremumLane::new(source.dtype(), largest)?;
    let (n, step) = (source.shape()[axis] as usize, source.strides()[axis]);
    let shape: Dims =
        source.shape().iter().enumerate().filter(|(i, _)| *i != axis).map(|(_, e)| *e).collect();
    let strides = c_strides(&shape, size_of::<isize>());
    let out = provider.provide(0, &DType::of(TypeNum::Long), &shape, &strides)?;
    if source.is_empty() {
        return Ok(());
    }
    let mut full = strides.clone();
    full.insert(axis, 0);
    let operands = [(source.data(), source.strides()), (out, &full[..])];
    let apart = !finder.needs_gil();
    spread_lanes(
        source.shape(),
        axis,
        &operands,
        apart,
        || Ok(()),
        |(), lane| {
            let found =
                if apart { long(&finder, lane[0], step, n) } else { short(&finder, lane[0], step, n) };
            // SAFETY: one index of the output.
            unsafe { lane[1].cast::<isize>().write(found? as isize) };
            Ok(())
        },
    )
}

/// As [`extremum`], of plain memory: the place of each reduction's extremum, written to `out`. False, and nothing done,
/// where the general way is better.
///
/// # Errors
/// Interruptions.
///
/// # Safety
/// The plan's elements are readable, aligned and native numbers of type `num`; it has some; `out` has room for as many indices
/// as it has results.
pub unsafe fn extremum_places(
    num: TypeNum,
    plan: &Plan,
    data: *mut u8,
    out: *mut isize,
    largest: bool,
) -> Result<bool> {
    let finder = ExtremumLane::new(&DType::of(num), largest)?;
    let size = num.row().itemsize as isize;
    if plan.results() == 1 {
        let (n, step) = (plan.n as usize, plan.step);
        // The first bool that decides ends the search.
        let place =
            if num == TypeNum::Bool { short(&finder, data, step, n)? } else { long(&finder, data, step, n)? };
        // SAFETY: the only result.
        unsafe { out.write(place as isize) };
        return Ok(true);
    }
    let (data, out) = (data as usize, out as usize);
    let declined = AtomicUsize::new(0);
    plan.blocks(|place, column, columns| {
        let from = (data as *mut u8).wrapping_offset(place * plan.outer_step + column * size);
        let to = (out as *mut isize).wrapping_offset(place * plan.inner + column);
        // SAFETY: a block of the plan, whose results are this block's alone.
        unsafe {
            if columns == 1 {
                to.write(short(&finder, from, plan.step, plan.n as usize)? as isize);
                return Ok(());
            }
            let rows = Rows { count: plan.n, step: plan.step };
            if finder.find_in_rows(num, from, columns as usize, rows, to).is_none() {
                declined.store(1, Relaxed);
            }
        }
        Ok(())
    })?;
    Ok(declined.into_inner() == 0)
}

fn short(finder: &ExtremumLane, lane: *mut u8, step: isize, n: usize) -> Result<usize> {
    if n == 1 {
        // Nothing to compare with: an object need not have an order.
        return Ok(0);
    }
    // SAFETY: `n` elements of the source's lane (V3).
    unsafe { finder.find(lane, step, n) }
}

/// A long lane piece by piece; of the pieces' extrema the first that no later one beats is the lane's, a NaN before all.
fn long(finder: &ExtremumLane, lane: *mut u8, step: isize, n: usize) -> Result<usize> {
    if n < 2 * GRAIN {
        return short(finder, lane, step, n);
    }
    let found: Vec<AtomicUsize> = collected((0..n.div_ceil(GRAIN)).map(|_| AtomicUsize::new(0)))?;
    let start = lane as usize;
    threads::run(found.len(), |piece| {
        let from = piece * GRAIN;
        let data = (start as *mut u8).wrapping_offset(from as isize * step);
        found[piece].store(from + short(finder, data, step, GRAIN.min(n - from))?, Relaxed);
        Ok(())
    })?;
    let mut best = found[0].load(Relaxed);
    for next in &found[1..] {
        let next = next.load(Relaxed);
        let data = lane.wrapping_offset(best as isize * step);
        // Two elements of the lane, as far apart as they are: the later one must win to count.
        if short(finder, data, (next - best) as isize * step, 2)? == 1 {
            best = next;
        }
    }
    Ok(best)
}
