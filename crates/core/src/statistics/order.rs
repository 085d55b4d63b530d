//! Medians and percentiles of plain memory: each reduction's elements are copied side by side and partitioned.
//!
//! NaN, which makes the result NaN, and results that are not finite are left to the general way, which knows what to
//! warn of.

use std::sync::atomic::{AtomicBool, Ordering};

use sharray_base::{DType, Error, Result, TypeNum};
use sharray_kernels::search::ExtremumLane;
use sharray_kernels::sort::SortLane;

use crate::ufunc::Plan;

/// The searches and partitions of one type of elements.
struct Lanes {
    num: TypeNum,
    size: usize,
    sort: SortLane,
    largest: ExtremumLane,
}

impl Lanes {
    fn new(num: TypeNum) -> Result<Lanes> {
        let dtype = DType::of(num);
        Ok(Lanes {
            num,
            size: dtype.itemsize(),
            sort: SortLane::new(&dtype)?,
            largest: ExtremumLane::new(&dtype, true)?,
        })
    }

    /// # Safety
    /// `lane` has an element at `index`, of a type for which [`has_order_statistics`] holds.
    unsafe fn value(&self, lane: *const u8, index: usize) -> f64 {
        let at = lane.wrapping_add(index * self.size);
        // SAFETY: by the caller.
        unsafe {
            match self.num {
                TypeNum::Double => at.cast::<f64>().read(),
                TypeNum::Float => f64::from(at.cast::<f32>().read()),
                TypeNum::Int => f64::from(at.cast::<i32>().read()),
                TypeNum::Short => f64::from(at.cast::<i16>().read()),
                TypeNum::UByte => f64::from(at.read()),
                _ => at.cast::<i64>().read() as f64,
            }
        }
    }

    /// # Safety
    /// As for [`Lanes::value`], of `n` elements.
    unsafe fn holds_nan(&self, lane: *const u8, n: usize) -> bool {
        // SAFETY: by the caller; the memory is aligned for any number.
        unsafe {
            match self.num {
                TypeNum::Double => any_nan(std::slice::from_raw_parts(lane.cast::<f64>(), n), |x| x.is_nan()),
                TypeNum::Float => any_nan(std::slice::from_raw_parts(lane.cast::<f32>(), n), |x| x.is_nan()),
                _ => false,
            }
        }
    }
}

/// Looks at all of a block before it asks, so that blocks are looked at by vectors.
fn any_nan<T: Copy>(values: &[T], is_nan: impl Fn(T) -> bool) -> bool {
    values.chunks(1024).any(|block| block.iter().fold(false, |found, x| found | is_nan(*x)))
}

/// True for types whose order statistics are found here.
pub fn has_order_statistics(num: TypeNum) -> bool {
    use TypeNum::{Double, Float, Int, Long, LongLong, Short, UByte};
    matches!(num, Double | Float | Int | Short | UByte | Long | LongLong)
}

/// Room for elements, aligned for any number.
struct Scratch(Vec<u64>);

impl Scratch {
    fn new(bytes: usize) -> Result<Scratch> {
        let mut room = Vec::new();
        room.try_reserve_exact(bytes / 8 + 1).map_err(|_| Error::OutOfMemory { bytes })?;
        Ok(Scratch(room))
    }
    fn at(&mut self) -> *mut u8 {
        self.0.as_mut_ptr().cast()
    }
}

/// Copies elements of 1, 2, 4 or 8 bytes from a step to density.
///
/// # Safety
/// `n` elements of `size` bytes at `from`, aligned and `step` apart; room for them at `to`.
unsafe fn gather(from: *const u8, (n, step): (usize, isize), to: *mut u8, size: usize) {
    unsafe fn each<T: Copy>(from: *const u8, (n, step): (usize, isize), to: *mut u8) {
        for i in 0..n {
            // SAFETY: by the caller.
            unsafe { to.cast::<T>().add(i).write(from.offset(i as isize * step).cast::<T>().read()) };
        }
    }
    // SAFETY: by the caller.
    unsafe {
        match size {
            _ if step == size as isize => std::ptr::copy_nonoverlapping(from, to, n * size),
            1 => each::<u8>(from, (n, step), to),
            2 => each::<u16>(from, (n, step), to),
            4 => each::<u32>(from, (n, step), to),
            _ => each::<u64>(from, (n, step), to),
        }
    }
}

/// The median of each reduction of the plan. False when one of them is not finite: `out` then means nothing.
///
/// # Errors
/// `OutOfMemory`; interruptions.
///
/// # Safety
/// The plan's elements are readable, aligned and of type `num`, for which [`has_order_statistics`] holds; `out` has room
/// for its results: singles of singles, else doubles.
pub unsafe fn medians(num: TypeNum, plan: &Plan, data: *mut u8, out: *mut u8) -> Result<bool> {
    let lanes = Lanes::new(num)?;
    let finite = AtomicBool::new(true);
    let (data, out, n) = (data as usize, out as usize, plan.n as usize);
    plan.blocks(|place, column, columns| {
        let mut scratch = Scratch::new(n * lanes.size)?;
        for k in column..column + columns {
            let from = (data as *const u8).wrapping_offset(place * plan.outer_step + k * lanes.size as isize);
            // SAFETY: a reduction's elements, and the result of it.
            unsafe {
                gather(from, (n, plan.step), scratch.at(), lanes.size);
                let value = median(&lanes, scratch.at(), n)?;
                if !value.is_some_and(f64::is_finite) {
                    finite.store(false, Ordering::Relaxed);
                    return Ok(());
                }
                let index = (place * plan.inner + k) as usize;
                match num {
                    TypeNum::Float => (out as *mut f32).add(index).write(value.unwrap_or(0.0) as f32),
                    _ => (out as *mut f64).add(index).write(value.unwrap_or(0.0)),
                }
            }
        }
        Ok(())
    })?;
    Ok(finite.into_inner())
}

/// The median of a lane, which is reordered; `None` with a NaN.
///
/// # Safety
/// `n >= 1` aligned elements of the lanes' type, which nobody else uses.
unsafe fn median(lanes: &Lanes, lane: *mut u8, n: usize) -> Result<Option<f64>> {
    let half = n / 2;
    // SAFETY: by the caller; after the partition nothing before `half` is larger than what stands there.
    unsafe {
        if lanes.holds_nan(lane, n) {
            return Ok(None);
        }
        lanes.sort.partition(lane, n, &[half])?;
        let upper = lanes.value(lane, half);
        if n % 2 == 1 {
            return Ok(Some(upper));
        }
        let below = lanes.largest.find(lane, lanes.size as isize, half)?;
        let sum = lanes.value(lane, below) + upper;
        // Singles are added in single precision.
        let sum = if lanes.num == TypeNum::Float { f64::from(sum as f32) } else { sum };
        Ok(Some(sum / 2.0))
    }
}

/// The quantiles `at` (0 to 1 each) of a run, by linear interpolation between neighbours. `None` when a NaN is among the
/// elements or a result is not finite.
///
/// # Errors
/// `OutOfMemory`; interruptions.
///
/// # Safety
/// As for [`medians`], of a plan with one result and at least one element.
pub unsafe fn quantiles(num: TypeNum, plan: &Plan, data: *const u8, at: &[f64]) -> Result<Option<Vec<f64>>> {
    let lanes = Lanes::new(num)?;
    let n = plan.n as usize;
    let mut scratch = Scratch::new(n * lanes.size)?;
    let lane = scratch.at();
    // SAFETY: the elements, and room for them.
    unsafe {
        gather(data, (n, plan.step), lane, lanes.size);
        if lanes.holds_nan(lane, n) {
            return Ok(None);
        }
    }
    let places: Vec<(usize, f64)> = at
        .iter()
        .map(|quantile| {
            let position = (n - 1) as f64 * quantile;
            let below = position.floor();
            ((below as usize).min(n - 1), position - below)
        })
        .collect();
    let mut kths: Vec<usize> =
        places.iter().flat_map(|(below, _)| [*below, (below + 1).min(n - 1)]).collect();
    kths.sort_unstable();
    kths.dedup();
    // SAFETY: the scratch's elements, at places below `n`.
    unsafe {
        lanes.sort.partition(lane, n, &kths)?;
        let each = |(below, t): &(usize, f64)| between(&lanes, lane, (*below, (below + 1).min(n - 1)), *t);
        let found: Vec<f64> = places.iter().map(each).collect();
        Ok(found.iter().all(|value| value.is_finite()).then_some(found))
    }
}

/// From the nearer of both ends on, so that it is exact at both; the span is one of the elements' type.
///
/// # Safety
/// The lane has elements at both places.
unsafe fn between(lanes: &Lanes, lane: *const u8, (below, above): (usize, usize), t: f64) -> f64 {
    // SAFETY: by the caller.
    unsafe {
        let (a, b) = (lanes.value(lane, below), lanes.value(lane, above));
        let span = match lanes.num {
            TypeNum::Float => f64::from(b as f32 - a as f32),
            TypeNum::Int => f64::from((b as i32).wrapping_sub(a as i32)),
            TypeNum::Short => f64::from((b as i16).wrapping_sub(a as i16)),
            TypeNum::Long | TypeNum::LongLong => {
                let at = |index: usize| lane.cast::<i64>().add(index).read();
                at(above).wrapping_sub(at(below)) as f64
            }
            _ => b - a,
        };
        if t >= 0.5 { b - span * (1.0 - t) } else { a + span * t }
    }
}
