//! The reduction itself: of all the input, or of the parts that [`super::parts`] makes of it.

use sharray_base::error::shape_text;
use sharray_base::interrupt::{Meter, STRIDE, in_pieces};
use sharray_base::threads::GRAIN;
use sharray_base::{DType, Error, Result, View, ViewMut, fault};
use sharray_kernels::cast::Transfer;
use sharray_kernels::loop_abi::{LoopFlags, Rows};
use smallvec::SmallVec;

use super::super::Resolution;
use super::super::execute::operands::is_direct;
use super::super::execute::strided::Caller;
use super::parts::{Grouping, Parts};
use super::{Axes, ReduceOptions};
use crate::assign::{distinct, source, true_runs};
use crate::iterate::cut::Region;
use crate::iterate::scratch::Elements;
use crate::iterate::{BUFFER, Freedom, Nest, Source, chunks};

/// Folds `input` into `total`, whose memory is the loop's to work on. With `first`, each result starts from the first
/// element of its reduction.
pub(super) fn run(
    resolution: &Resolution,
    total: ViewMut<'_>,
    input: &View<'_>,
    axes: &Axes,
    options: &ReduceOptions<'_>,
    first: bool,
    grouping: Grouping,
) -> Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    let mut kept = total.strides().iter();
    let still = |axis: usize, kept: &mut std::slice::Iter<'_, isize>| match axes.is_reduced(axis) {
        true if options.keepdims => kept.next().map(|_| 0).unwrap_or(0),
        true => 0,
        false => kept.next().copied().unwrap_or(0),
    };
    let strides: SmallVec<[isize; 6]> = (0..input.ndim()).map(|axis| still(axis, &mut kept)).collect();
    let accumulator = Source { data: total.data(), shape: input.shape(), strides: &strides };
    let sources: SmallVec<[Source<'_>; 3]> =
        [accumulator, source(input)].into_iter().chain(options.mask.as_ref().map(source)).collect();
    let nest = Nest::new(input.shape(), &sources, Freedom::Forward)?;
    let dtypes: SmallVec<[&DType; 4]> = resolution.dtypes.iter().collect();
    let opening = Transfer::new(input.dtype(), total.dtype(), false)?;
    let work = Work { resolution, dtypes: &dtypes, input, total: total.dtype(), nest, opening, first };
    if work.nest.len() >= 2 * GRAIN && !distinct(&total) {
        return work.part(&mut work.fold()?, &work.nest.whole());
    }
    work.run(grouping)
}

/// Refuses a mask that does not broadcast with the input, even where nothing is reduced.
pub(super) fn check_mask(input: &View<'_>, mask: &View<'_>) -> Result<()> {
    if mask.ndim() > input.ndim() {
        return Err(Error::Value(
            "input operand has more dimensions than allowed by the axis remapping".into(),
        ));
    }
    let pairs = input.shape().iter().rev().zip(mask.shape().iter().rev());
    if pairs.into_iter().all(|(a, b)| a == b || *a == 1 || *b == 1) {
        return Ok(());
    }
    Err(Error::Value(format!(
        "operands could not be broadcast together with remapped shapes [original->remapped]: {} {}",
        shape_text(input.shape()),
        shape_text(mask.shape())
    )))
}

/// A reduction, ready to run.
pub(super) struct Work<'a> {
    pub(super) resolution: &'a Resolution,
    pub(super) dtypes: &'a [&'a DType],
    pub(super) input: &'a View<'a>,
    /// The accumulator's dtype.
    pub(super) total: &'a DType,
    /// Accumulator, input, and the mask if there is one.
    pub(super) nest: Nest,
    /// From an element of the input to a first accumulator.
    pub(super) opening: Transfer,
    pub(super) first: bool,
}

impl Work<'_> {
    fn run(&self, grouping: Grouping) -> Result<()> {
        match Parts::choose(self, grouping) {
            Parts::Whole => self.whole(),
            parts => parts.run(self),
        }
    }
    fn whole(&self) -> Result<()> {
        let mut fold = self.fold()?;
        if fold.takes_rows(&self.nest) {
            return rows(&self.nest, &mut fold, self.first.then_some(&self.opening));
        }
        self.part(&mut fold, &self.nest.whole())
    }
    pub(super) fn fold(&self) -> Result<Fold<'_>> {
        Fold::new(self.resolution, self.dtypes, self.input)
    }
    /// Reduces what a region of the nest visits, which holds whole reductions.
    pub(super) fn part(&self, fold: &mut Fold<'_>, region: &Region<'_>) -> Result<()> {
        region.run(|at, index, n, steps| {
            let resumes = |axis: usize| index[axis] != 0 && self.nest.axes.steps(axis)[0] == 0;
            if !self.first || (1..index.len()).any(resumes) {
                return masked(fold, at, n, steps);
            }
            // The first visit of these results: their first elements are copied, the rest is folded.
            let copied = if steps[0] == 0 { 1 } else { n };
            // SAFETY: elements of input and accumulator (V3), which don't overlap.
            unsafe { self.opening.run(at[1], steps[1], at[0], steps[0], copied as usize)? };
            if copied == n {
                return Ok(());
            }
            masked(fold, &[at[0], at[1].wrapping_offset(steps[1])], n - 1, &steps[..2])
        })
    }
}

/// Dense rows, folded into dense rows of results: many rows in one call of the loop. With `opening`, each result starts
/// from its first element.
fn rows(nest: &Nest, fold: &mut Fold<'_>, opening: Option<&Transfer>) -> Result<()> {
    let (n, count) = (nest.axes.extents()[0], nest.axes.extents()[1]);
    let (size, step) = (nest.axes.steps(0)[1], nest.axes.steps(1)[1]);
    nest.run_planes(|at, index| {
        let begins = (2..index.len()).all(|axis| index[axis] == 0 || nest.axes.steps(axis)[0] != 0);
        let Some(opening) = opening.filter(|_| begins) else {
            return fold.rows((at[0], at[1]), n, Rows { count, step });
        };
        // SAFETY: elements of input and accumulator (V3), which don't overlap.
        unsafe { opening.run(at[1], size, at[0], size, n as usize)? };
        fold.rows((at[0], at[1].wrapping_offset(step)), n, Rows { count: count - 1, step })
    })
}

/// Folds an inner run, or the parts of it where the mask is true.
fn masked(fold: &mut Fold<'_>, at: &[*mut u8], n: isize, steps: &[isize]) -> Result<()> {
    let (Some(mask), Some(mask_step)) = (at.get(2), steps.get(2)) else {
        return fold.run((at[0], steps[0]), (at[1], steps[1]), n);
    };
    // SAFETY: the mask's elements are readable bytes (V3).
    let holds = |i: isize| unsafe { *mask.wrapping_offset(i * mask_step) } != 0;
    true_runs(n, holds, |start, count| {
        let place = |operand: usize| at[operand].wrapping_offset(start * steps[operand]);
        fold.run((place(0), steps[0]), (place(1), steps[1]), count)
    })
}

/// `acc = op(acc, x)` over a run, the input cast on the way where it must be.
pub(in crate::ufunc) struct Fold<'a> {
    caller: Caller<'a>,
    cast: Option<(Elements, Transfer)>,
    itemsize: isize,
    rows: bool,
    whole: bool,
    meter: Meter,
}

impl Fold<'_> {
    /// True when the input is cast, a buffer's length at a time.
    pub(super) fn casts(&self) -> bool {
        self.cast.is_some()
    }
    /// `total = op(total, part)` for two accumulators.
    pub(super) fn join(&mut self, total: *mut u8, part: *mut u8) -> Result<()> {
        // SAFETY: both are elements of the accumulator's dtype, which parts are only made for where it is that of both
        // operands.
        unsafe { self.caller.call(&[total, part, total], &[1], &[0, 0, 0]) }
    }
}

impl<'a> Fold<'a> {
    /// For elements of `input`, whose memory is read as `resolution` wants it.
    pub(in crate::ufunc) fn new(
        resolution: &'a Resolution,
        dtypes: &'a [&'a DType],
        input: &View<'_>,
    ) -> Result<Fold<'a>> {
        let wanted = &resolution.dtypes[1];
        let cast = if is_direct(input, wanted) {
            None
        } else {
            let count = (input.len() as isize).min(BUFFER);
            Some((Elements::new(wanted, count as usize)?, Transfer::new(input.dtype(), wanted, false)?))
        };
        Ok(Fold {
            caller: Caller::new(resolution, dtypes),
            cast,
            itemsize: wanted.itemsize() as isize,
            rows: resolution.flags.contains(LoopFlags::FOLDS_ROWS),
            whole: resolution.flags.contains(LoopFlags::WHOLE_RUNS),
            meter: Meter::default(),
        })
    }

    /// True when the loop can be given the inner two axes of accumulator and input (and no mask) as rows: dense ones, with
    /// the accumulator's standing still from one to the next.
    fn takes_rows(&self, nest: &Nest) -> bool {
        let (axes, size) = (&nest.axes, self.itemsize);
        self.rows
            && self.cast.is_none()
            && axes.operands() == 2
            && axes.ndim() >= 2
            && *axes.steps(0) == [size, size]
            && axes.steps(1)[0] == 0
    }

    /// Folds `rows` of `n` elements from `source` on into the row at `total`; see [`Fold::takes_rows`].
    fn rows(&mut self, (total, source): (*mut u8, *mut u8), n: isize, rows: Rows) -> Result<()> {
        let piece = (STRIDE as isize / n).max(1);
        for (start, count) in chunks(rows.count, piece) {
            self.meter.add((count * n) as usize)?;
            let at = [total, source.wrapping_offset(start * rows.step), total];
            let piece = Rows { count, ..rows };
            // SAFETY: dense rows in views of the loop's dtypes, which don't overlap.
            unsafe { self.caller.call_rows(&at, n, &piece)? };
        }
        Ok(())
    }

    /// Folds elements that are of the loop's dtype already, a long run in pieces, unless the loop wants it whole.
    fn direct(
        &self,
        (total, step): (*mut u8, isize),
        (source, source_step): (*mut u8, isize),
        n: isize,
    ) -> Result<()> {
        let steps = [step, source_step, step];
        if self.whole && step == 0 {
            // SAFETY: the caller's runs lie in views of the loop's dtypes.
            unsafe { self.caller.call(&[total, source, total], &[n], &steps)? };
            return if n > STRIDE as isize { fault::take() } else { Ok(()) };
        }
        in_pieces(n as usize, |start, count| {
            let total = total.wrapping_offset(start as isize * step);
            let source = source.wrapping_offset(start as isize * source_step);
            // SAFETY: as above.
            unsafe { self.caller.call(&[total, source, total], &[count as isize], &steps) }
        })
    }

    /// Folds `n` elements from `source` into the accumulator at `total` (pointer and step each).
    pub(in crate::ufunc) fn run(
        &mut self,
        (total, step): (*mut u8, isize),
        (source, source_step): (*mut u8, isize),
        n: isize,
    ) -> Result<()> {
        let Some((buffer, transfer)) = &self.cast else {
            return self.direct((total, step), (source, source_step), n);
        };
        for (start, count) in chunks(n, BUFFER) {
            self.meter.add(count as usize)?;
            let (total, data) = (total.wrapping_offset(start * step), buffer.data());
            // SAFETY: `count` elements of the input; the buffer holds as many.
            unsafe {
                let from = source.wrapping_offset(start * source_step);
                transfer.run(from, source_step, data, self.itemsize, count as usize)?;
                self.caller.call(&[total, data, total], &[count], &[step, self.itemsize, step])?;
            }
        }
        Ok(())
    }
}
