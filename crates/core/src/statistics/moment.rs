//! Means, variances and standard deviations; sums without NaN.
//!
//! A sum of one run follows the pairwise tree, by subtrees on several threads; elements that are converted are summed a
//! buffer's length at a time, one buffer after the other, as a reduction that casts does. Results side by side are
//! summed row by row. So a variance is that of `sum((a - mean(a))²) / (n - ddof)` done in separate steps, bit for bit.

use std::sync::atomic::{AtomicU64, Ordering};

use sharray_base::threads::{self, GRAIN};
use sharray_base::{Result, TypeNum};
use sharray_kernels::loop_abi::Rows;
use sharray_kernels::reduce::moments::{self, Moments};

use crate::iterate::BUFFER;
use crate::scratch::collected;
use crate::ufunc::Plan;
use crate::ufunc::reduce::plain::{middle, subtrees_of};

/// What to compute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Moment {
    /// Sum over count.
    Mean,
    /// Squared deviations from the mean, summed, over count less `ddof`; its root if asked for.
    Variance {
        /// What is taken from the count.
        ddof: f64,
        /// The standard deviation.
        root: bool,
    },
}

impl Moment {
    /// What the sum is divided by.
    pub fn degrees_of_freedom(self, n: isize) -> f64 {
        match self {
            Moment::Mean => n as f64,
            Moment::Variance { ddof, .. } => n as f64 - ddof,
        }
    }
}

/// Computes the moment of each reduction of the plan.
///
/// # Errors
/// Interruptions.
///
/// # Safety
/// The plan's elements are readable, aligned and of the type of `kernel`; `out` has room for its results, aligned and of
/// the kernel's type of totals, apart from the elements.
pub unsafe fn moment(
    kernel: &Moments,
    plan: &Plan,
    data: *mut u8,
    out: *mut u8,
    which: Moment,
) -> Result<()> {
    let (data, out) = (data as usize, out as usize);
    let (input, size) = (element_step(plan), kernel.total.row().itemsize as isize);
    plan.blocks(|place, column, columns| {
        let from = (data as *mut u8).wrapping_offset(place * plan.outer_step + column * input);
        let to = (out as *mut u8).wrapping_offset((place * plan.inner + column) * size);
        // SAFETY: a block of the plan, whose results are this block's alone.
        unsafe {
            if columns == 1 {
                let value = one(kernel, from, plan.n, plan.step, which)?;
                put(kernel.total, to, value);
                Ok(())
            } else {
                side_by_side(kernel, from, to, Rows { count: plan.n, step: plan.step }, columns, which)
            }
        }
    })
}

/// From one column to the next: they lie side by side.
fn element_step(plan: &Plan) -> isize {
    plan.step / plan.inner.max(1)
}

/// # Safety
/// `at` is an element of single or double precision.
unsafe fn put(total: TypeNum, at: *mut u8, value: f64) {
    // SAFETY: by the caller.
    unsafe {
        match total {
            TypeNum::Float => at.cast::<f32>().write(value as f32),
            _ => at.cast::<f64>().write(value),
        }
    }
}

/// # Safety
/// As for [`put`].
unsafe fn get(total: TypeNum, at: *const u8) -> f64 {
    // SAFETY: by the caller.
    unsafe {
        match total {
            TypeNum::Float => f64::from(at.cast::<f32>().read()),
            _ => at.cast::<f64>().read(),
        }
    }
}

fn rounded(total: TypeNum, value: f64) -> f64 {
    if total == TypeNum::Float { f64::from(value as f32) } else { value }
}

/// A result from its sum.
fn quotient(total: TypeNum, sum: f64, n: isize, which: Moment) -> f64 {
    let value = rounded(total, sum / which.degrees_of_freedom(n));
    match which {
        Moment::Variance { root: true, .. } => rounded(total, value.sqrt()),
        _ => value,
    }
}

/// # Safety
/// `n` elements of the kernel's type are readable at `from`, `step` apart.
unsafe fn one(kernel: &Moments, from: *mut u8, n: isize, step: isize, which: Moment) -> Result<f64> {
    let add = |a: f64, b: f64| rounded(kernel.total, a + b);
    let from = from as usize;
    let part = move |start: isize, count: isize| {
        // SAFETY: parts of the run.
        unsafe { (kernel.sum)((from as *const u8).wrapping_offset(start * step), count, step) }
    };
    let sum = match kernel.exact {
        Some((run, most)) if n <= most => exactly(n, move |start, count, total| {
            // SAFETY: parts of the run, and an accumulator.
            unsafe { run(total, (from as *const u8).wrapping_offset(start * step), count, step) }
        })?,
        _ if kernel.converts => by_buffers(n, part)?,
        _ => add(0.0, by_tree(n, part, add)?),
    };
    if which == Moment::Mean {
        return Ok(quotient(kernel.total, sum, n, which));
    }
    let mean = quotient(kernel.total, sum, n, Moment::Mean);
    let part = move |start: isize, count: isize| {
        // SAFETY: parts of the run.
        unsafe { (kernel.deviations)((from as *const u8).wrapping_offset(start * step), count, step, mean) }
    };
    Ok(quotient(kernel.total, add(0.0, by_tree(n, part, add)?), n, which))
}

/// Sum over the pairwise tree: `part(start, count)` sums a subtree.
fn by_tree(
    n: isize,
    part: impl Fn(isize, isize) -> f64 + Sync,
    add: impl Fn(f64, f64) -> f64 + Copy,
) -> Result<f64> {
    if n < 2 * GRAIN as isize {
        return Ok(part(0, n));
    }
    let mut subtrees = Vec::new();
    subtrees_of(n, false, 0, &mut |start, count| subtrees.push((start, count)));
    let sums = in_parts(subtrees.len(), |index| part(subtrees[index].0, subtrees[index].1))?;
    Ok(climb(n, &mut { sums }, add))
}

/// The sum of a subtree of `n` elements from those of its leaves, which come in order.
fn climb(n: isize, leaves: &mut impl Iterator<Item = f64>, add: impl Fn(f64, f64) -> f64 + Copy) -> f64 {
    match middle(n, false) {
        None => leaves.next().unwrap_or(-0.0),
        Some(left) => {
            let first = climb(left, leaves, add);
            add(first, climb(n - left, leaves, add))
        }
    }
}

/// Sum of converted elements, a buffer's length at a time.
fn by_buffers(n: isize, part: impl Fn(isize, isize) -> f64 + Sync) -> Result<f64> {
    let one = |index: usize| {
        let start = index as isize * BUFFER;
        part(start, BUFFER.min(n - start))
    };
    let count = (n as usize).div_ceil(BUFFER as usize);
    if count == 1 {
        return Ok(0.0 + one(0));
    }
    Ok(in_parts(count, one)?.fold(0.0, |sum, next| sum + next))
}

/// Elements of a part of a sum in integers.
const PART: isize = 1 << 16;

/// Sum in integers: `part(start, count, total)` adds a part to a total.
fn exactly(n: isize, part: impl Fn(isize, isize, *mut u8) + Sync) -> Result<f64> {
    let one = |index: usize| {
        let (start, mut total) = (index as isize * PART, 0i64);
        part(start, PART.min(n - start), (&raw mut total).cast());
        total as f64
    };
    match (n as usize).div_ceil(PART as usize) {
        1 => Ok(one(0)),
        count => Ok(in_parts(count, one)?.sum()),
    }
}

/// What `part` gives for each index, on several threads.
fn in_parts(count: usize, part: impl Fn(usize) -> f64 + Sync) -> Result<impl Iterator<Item = f64>> {
    let sums: Vec<AtomicU64> = collected((0..count).map(|_| AtomicU64::new(0)))?;
    threads::run(count, |index| {
        sums[index].store(part(index).to_bits(), Ordering::Relaxed);
        Ok(())
    })?;
    Ok(sums.into_iter().map(|sum| f64::from_bits(sum.into_inner())))
}

/// Several results side by side.
///
/// # Safety
/// `to` has room for `columns` totals; each row has as many elements.
unsafe fn side_by_side(
    kernel: &Moments,
    from: *mut u8,
    to: *mut u8,
    rows: Rows,
    columns: isize,
    which: Moment,
) -> Result<()> {
    let size = kernel.total.row().itemsize as isize;
    let each = |how: Moment| {
        for k in 0..columns {
            let at = to.wrapping_offset(k * size);
            // SAFETY: column `k` of the totals.
            unsafe { put(kernel.total, at, quotient(kernel.total, get(kernel.total, at), rows.count, how)) };
        }
    };
    // SAFETY: by the caller; zero bytes are zeros.
    unsafe {
        to.write_bytes(0, (columns * size) as usize);
        (kernel.add_rows)(to, from, columns, rows);
        if which == Moment::Mean {
            each(which);
            return Ok(());
        }
        each(Moment::Mean);
        let mut means = vec![0u64; (columns * size) as usize / 8 + 1];
        std::ptr::copy_nonoverlapping(to, means.as_mut_ptr().cast::<u8>(), (columns * size) as usize);
        to.write_bytes(0, (columns * size) as usize);
        (kernel.deviation_rows)(to, means.as_ptr().cast(), from, columns, rows);
        each(which);
    }
    Ok(())
}

/// Sum of each reduction of the plan, NaN counted as 0, of singles or doubles.
///
/// # Errors
/// Interruptions.
///
/// # Safety
/// As for [`moment`], the elements and results being of type `num`, single or double precision, and the plan of one column.
pub unsafe fn known_sum(num: TypeNum, plan: &Plan, data: *mut u8, out: *mut u8) -> Result<()> {
    debug_assert!(plan.inner == 1 && matches!(num, TypeNum::Float | TypeNum::Double));
    let (data, out) = (data as usize, out as usize);
    let size = num.row().itemsize as isize;
    let add = |a: f64, b: f64| rounded(num, a + b);
    plan.blocks(|place, _, _| {
        let from = data.wrapping_add_signed(place * plan.outer_step);
        let part = move |start: isize, count: isize| {
            let at = (from as *const u8).wrapping_offset(start * plan.step);
            // SAFETY: parts of the run.
            unsafe {
                match num {
                    TypeNum::Float => moments::known_sum::<f32>(at, count, plan.step),
                    _ => moments::known_sum::<f64>(at, count, plan.step),
                }
            }
        };
        let sum = add(0.0, by_tree(plan.n, part, add)?);
        // SAFETY: the result of this place.
        unsafe { put(num, (out as *mut u8).wrapping_offset(place * size), sum) };
        Ok(())
    })
}
