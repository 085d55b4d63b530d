//! A large reduction in parts, for several threads, so that no result depends on how many there are.
//!
//! * Where results stay along some axis, that axis is cut: each result is made by one thread, in the order it is made in
//!   anyway.
//! * A reduction to one result is cut only where the order of its operations may be chosen ([`Grouping`]). Each part
//!   gets an accumulator of its own; these are folded at the end, in order. Parts depend on the shape alone. For
//!   floating-point sums they are the very subtrees of the pairwise sum (or the runs that are summed one after the
//!   other), so that the result is that of one uncut loop, bit for bit.
//! * Everything else is done in one piece.

use sharray_base::threads::{self, GRAIN};
use sharray_base::{DType, Kind, Result, TypeNum};
use sharray_kernels::reduce::pairwise;

use super::super::Ufunc;
use super::run::{Fold, Work};
use crate::iterate::BUFFER;
use crate::iterate::cut::{Cut, apart};
use crate::iterate::scratch::Elements;

/// In which order a reduction's operations may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    /// Only in the order of the elements.
    Fixed,
    /// In any: the result is the same.
    Any,
    /// As sums of a run are: by halves, in a tree that the run's length determines (`kernels/reduce/pairwise`).
    Pairwise,
}

impl Grouping {
    /// Of a ufunc that accumulates in `dtype`.
    pub(super) fn of(ufunc: &Ufunc, dtype: &DType) -> Grouping {
        use TypeNum::{CDouble, CFloat, Double, Float};
        let integer = matches!(dtype.kind(), Kind::Bool | Kind::Int | Kind::UInt);
        match ufunc.name() {
            "add" if matches!(dtype.num(), Float | Double | CFloat | CDouble) => Grouping::Pairwise,
            "add" | "multiply" if integer => Grouping::Any,
            "bitwise_and" | "bitwise_or" | "bitwise_xor" if integer => Grouping::Any,
            "logical_and" | "logical_or" if dtype.num() == TypeNum::Bool => Grouping::Any,
            "maximum" | "minimum" | "fmax" | "fmin" if integer || dtype.kind() == Kind::Float => {
                Grouping::Any
            }
            _ => Grouping::Fixed,
        }
    }
}

/// The parts of one reduction.
pub(super) enum Parts {
    /// One.
    Whole,
    /// Of `size` places each along an axis that stays.
    Along { axis: usize, size: isize },
    /// Chunks of the elements, each reduced from its own first element.
    Chunks(Cut),
    /// Subtrees of the pairwise sum of one run: where each begins, and its length.
    Subtrees(Vec<(isize, isize)>),
    /// Runs that are summed one after the other: inner runs, or the buffers of one run.
    Runs { runs: usize, length: isize },
}

/// The least extent of an axis that is worth cutting before all others.
const LONG: isize = 16;
/// Results side by side that a part has at least: fewer share lines of the processor's cache.
const NEIGHBOURS: isize = 512;
/// The largest subtree, in elements.
const SUBTREE: isize = 4 * GRAIN as isize;
/// The shortest run that is worth an accumulator of its own.
const RUN: isize = 256;

impl Parts {
    pub(super) fn choose(work: &Work<'_>, grouping: Grouping) -> Parts {
        let axes = &work.nest.axes;
        let operands = [work.input.dtype()].into_iter().chain(work.dtypes.iter().copied());
        let alike = work.dtypes.iter().all(|dtype| dtype.equivalent(work.total));
        if work.nest.len() < 2 * GRAIN || !alike || !apart(operands) {
            return Parts::Whole;
        }
        if (0..axes.ndim()).any(|axis| axes.steps(axis)[0] != 0) {
            return Parts::along(work);
        }
        let masked = axes.operands() > 2;
        let inner = axes.extents()[0];
        let casts = work.fold().is_ok_and(|fold| fold.casts());
        match grouping {
            Grouping::Any if !masked => Parts::Chunks(Cut::new(&work.nest, GRAIN)),
            Grouping::Pairwise if masked || work.first => Parts::Whole,
            Grouping::Pairwise if axes.ndim() == 1 && casts => {
                Parts::Runs { runs: (inner as usize).div_ceil(BUFFER as usize), length: BUFFER }
            }
            Grouping::Pairwise if axes.ndim() == 1 => {
                let mut subtrees = Vec::new();
                split(work.total, 0, inner, &mut |start, count| subtrees.push((start, count)));
                Parts::Subtrees(subtrees)
            }
            Grouping::Pairwise if inner >= RUN && (!casts || inner <= BUFFER) => {
                Parts::Runs { runs: work.nest.len() / inner as usize, length: inner }
            }
            _ => Parts::Whole,
        }
    }

    /// Along the outermost axis that stays, if it is long enough, else the longest one.
    fn along(work: &Work<'_>) -> Parts {
        let axes = &work.nest.axes;
        let stays = |axis: &usize| axes.steps(*axis)[0] != 0;
        let extent =
            |axis: usize| if axis == 0 { axes.extents()[0] / NEIGHBOURS } else { axes.extents()[axis] };
        let outermost = (0..axes.ndim()).rev().filter(stays).find(|axis| extent(*axis) >= LONG);
        let longest = || (0..axes.ndim()).filter(stays).max_by_key(|axis| extent(*axis));
        let Some(axis) = outermost.or_else(longest).filter(|axis| extent(*axis) > 1) else {
            return Parts::Whole;
        };
        let whole = axes.extents()[axis];
        let elements_per_place = work.nest.len() as isize / whole;
        let least = if axis == 0 { NEIGHBOURS } else { 1 };
        Parts::Along { axis, size: (GRAIN as isize / elements_per_place).max(least) }
    }

    pub(super) fn run(&self, work: &Work<'_>) -> Result<()> {
        match self {
            Parts::Whole => work.part(&mut work.fold()?, &work.nest.whole()),
            Parts::Along { axis, size } => along(work, *axis, *size),
            Parts::Chunks(cut) => chunks(work, cut),
            Parts::Subtrees(subtrees) => trees(work, subtrees),
            Parts::Runs { runs, length } => in_turn(work, *runs, *length),
        }
    }
}

fn along(work: &Work<'_>, axis: usize, size: isize) -> Result<()> {
    let extent = work.nest.axes.extents()[axis];
    let parts = (extent as usize).div_ceil(size as usize);
    threads::run_with(
        parts,
        || work.fold(),
        |fold, part| {
            let from = part as isize * size;
            work.part(fold, &work.nest.region(axis, from, size.min(extent - from)))
        },
    )
}

/// Accumulators of parts.
struct Partials {
    elements: Elements,
    size: usize,
    data: *mut u8,
}

// SAFETY: each accumulator is one part's until all are done.
unsafe impl Sync for Partials {}

impl Partials {
    fn new(dtype: &DType, count: usize) -> Result<Box<Partials>> {
        let elements = Elements::new(dtype, count)?;
        let mut partials =
            Box::new(Partials { elements, size: dtype.itemsize(), data: std::ptr::null_mut() });
        // Boxed, so that the elements stay where they are.
        partials.data = partials.elements.data();
        Ok(partials)
    }
    fn at(&self, index: usize) -> *mut u8 {
        self.data.wrapping_add(index * self.size)
    }
}

/// Folds accumulators `parts` into the one at `total`, in order.
fn join(
    fold: &mut Fold<'_>,
    total: *mut u8,
    partials: &Partials,
    parts: std::ops::Range<usize>,
) -> Result<()> {
    parts.into_iter().try_for_each(|part| fold.join(total, partials.at(part)))
}

fn chunks(work: &Work<'_>, cut: &Cut) -> Result<()> {
    let (nest, count) = (&work.nest, cut.chunks());
    let partials = Partials::new(work.total, count)?;
    let reduce = |fold: &mut Fold<'_>, chunk: usize| {
        let (total, mut fresh) = (partials.at(chunk), true);
        nest.run_chunk(cut, chunk, |_, at, n, steps| {
            let (mut source, mut n) = (at[1], n);
            if std::mem::take(&mut fresh) {
                // SAFETY: the chunk's first element (V3), and this part's accumulator.
                unsafe { work.opening.run(source, steps[1], total, 0, 1)? };
                (source, n) = (source.wrapping_offset(steps[1]), n - 1);
            }
            if n == 0 { Ok(()) } else { fold.run((total, 0), (source, steps[1]), n) }
        })
    };
    threads::run_with(count, || work.fold(), reduce)?;
    let (total, mut from) = (nest.start[0], 0);
    if work.first {
        // SAFETY: the accumulator takes over that of the first part; both are elements of its dtype.
        unsafe { std::ptr::copy_nonoverlapping(partials.at(0), total, partials.size) };
        from = 1;
    }
    join(&mut work.fold()?, total, &partials, from..count)
}

/// Starts a sum that changes nothing it is added to: -0.0, or both parts of it.
///
/// # Safety
/// `total` is an element of `dtype`, a float or complex number of 4-byte or 8-byte parts.
unsafe fn start_sum(total: *mut u8, dtype: &DType) {
    let part = if matches!(dtype.num(), TypeNum::Float | TypeNum::CFloat) { 4 } else { 8 };
    for at in (0..dtype.itemsize()).step_by(part) {
        // SAFETY: part of the element.
        unsafe {
            let place = total.add(at);
            if part == 4 {
                place.cast::<f32>().write_unaligned(-0.0);
            } else {
                place.cast::<f64>().write_unaligned(-0.0);
            }
        }
    }
}

fn in_turn(work: &Work<'_>, runs: usize, length: isize) -> Result<()> {
    let nest = &work.nest;
    let partials = Partials::new(work.total, runs)?;
    let one_run = nest.axes.ndim() == 1;
    let cut = if one_run { Cut::new(nest, length as usize) } else { Cut::rows(nest, GRAIN) };
    let sum = |fold: &mut Fold<'_>, chunk: usize| {
        nest.run_chunk(&cut, chunk, |row, at, n, steps| {
            let total = partials.at(if one_run { chunk } else { row });
            // SAFETY: this run's accumulator.
            unsafe { start_sum(total, work.total) };
            fold.run((total, 0), (at[1], steps[1]), n)
        })
    };
    threads::run_with(cut.chunks(), || work.fold(), sum)?;
    join(&mut work.fold()?, nest.start[0], &partials, 0..runs)
}

/// Where a run of `count` elements is split into subtrees; `None` when it is one of them.
fn middle(dtype: &DType, count: isize) -> Option<isize> {
    if count <= SUBTREE { None } else { pairwise::split(count, dtype.kind() == Kind::Complex) }
}

/// Calls `leaf` with the subtrees of at most [`SUBTREE`] elements, in order.
fn split(dtype: &DType, start: isize, count: isize, leaf: &mut dyn FnMut(isize, isize)) {
    let Some(left) = middle(dtype, count) else { return leaf(start, count) };
    split(dtype, start, left, leaf);
    split(dtype, start + left, count - left, leaf);
}

/// Adds the subtrees' sums up the tree, taking them in order; the sum ends in the first of them, which is returned.
fn climb(
    work: &Work<'_>,
    fold: &mut Fold<'_>,
    partials: &Partials,
    count: isize,
    next: &mut usize,
) -> Result<usize> {
    let Some(left) = middle(work.total, count) else {
        *next += 1;
        return Ok(*next - 1);
    };
    let first = climb(work, fold, partials, left, next)?;
    let second = climb(work, fold, partials, count - left, next)?;
    fold.join(partials.at(first), partials.at(second))?;
    Ok(first)
}

fn trees(work: &Work<'_>, subtrees: &[(isize, isize)]) -> Result<()> {
    let nest = &work.nest;
    let partials = Partials::new(work.total, subtrees.len())?;
    let (source, step) = (nest.start[1] as usize, nest.axes.steps(0)[1]);
    let sum = |fold: &mut Fold<'_>, part: usize| {
        let (start, count) = subtrees[part];
        // SAFETY: this subtree's accumulator.
        unsafe { start_sum(partials.at(part), work.total) };
        fold.run((partials.at(part), 0), ((source as *mut u8).wrapping_offset(start * step), step), count)
    };
    threads::run_with(subtrees.len(), || work.fold(), sum)?;
    let mut fold = work.fold()?;
    let root = climb(work, &mut fold, &partials, nest.axes.extents()[0], &mut 0)?;
    fold.join(nest.start[0], partials.at(root))
}
