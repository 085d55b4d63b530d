//! Reductions of plain memory over one axis, or over all of it: the short way for small arrays, and the fast one for
//! large ones.
//!
//! A [`Plan`] sees the elements as `outer × n × inner`, of which the middle axis is reduced; elements along the inner axis
//! lie side by side. A [`PlainFold`] is the code for it: a ufunc's loop with an accumulator of the elements' type, or
//! one of `kernels/reduce/special`. Large plans are cut in parts for several threads, by shape alone, so that results
//! don't depend on how many there are.

use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, Ordering};

use sharray_base::interrupt::in_pieces;
use sharray_base::threads::{self, GRAIN};
use sharray_base::{Result, TypeNum, fault};
use sharray_kernels::loop_abi::{Loop, LoopFlags, Rows};
use sharray_kernels::reduce::pairwise;
use sharray_kernels::reduce::special::{Special, special};
use sharray_kernels::table::Identity;

use super::super::Ufunc;
use super::parts::Grouping;

/// Elements as `outer × n × inner`; steps in bytes. Results are dense, in the order `outer × inner`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Reductions one after the other.
    pub outer: isize,
    /// Elements of each.
    pub n: isize,
    /// Reductions side by side.
    pub inner: isize,
    /// From one outer place to the next.
    pub outer_step: isize,
    /// From one reduced element to the next.
    pub step: isize,
}

impl Plan {
    /// All of a run.
    pub fn run(n: isize, step: isize) -> Plan {
        Plan { outer: 1, n, inner: 1, outer_step: 0, step }
    }
    /// Axis `axis` of dense elements in C order.
    pub fn dense(shape: &[isize], axis: usize, itemsize: usize) -> Plan {
        let (outer, inner): (isize, isize) =
            (shape[..axis].iter().product(), shape[axis + 1..].iter().product());
        let step = inner * itemsize as isize;
        Plan { outer, n: shape[axis], inner, outer_step: step * shape[axis], step }
    }
    /// Number of elements.
    pub fn len(&self) -> isize {
        self.outer * self.n * self.inner
    }
    /// True without elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Number of results.
    pub fn results(&self) -> isize {
        self.outer * self.inner
    }

    /// Calls `part(first element, elements)` for parts of the only run, on several threads where it is long.
    ///
    /// # Errors
    /// Those of `part`, and interruptions.
    pub fn parts(&self, part: impl Fn(isize, isize) -> Result<()> + Sync) -> Result<()> {
        debug_assert!(self.outer == 1 && self.inner == 1);
        if self.n < 2 * GRAIN as isize {
            return part(0, self.n);
        }
        threads::run((self.n as usize).div_ceil(GRAIN), |index| {
            let start = (index * GRAIN) as isize;
            part(start, (GRAIN as isize).min(self.n - start))
        })
    }

    /// Calls `work(outer place, first column, columns)` for blocks that make up the results, on several threads where
    /// the plan is large. Blocks of neighbouring results, and as few of them as there is work for.
    ///
    /// # Errors
    /// Those of `work`, and interruptions.
    pub fn blocks(&self, work: impl Fn(isize, isize, isize) -> Result<()> + Sync) -> Result<()> {
        let columns = if self.inner == 1 || self.outer >= MANY || self.len() < 2 * GRAIN as isize {
            self.inner
        } else {
            (GRAIN as isize / self.n).max(NEIGHBOURS).min(self.inner)
        };
        let across = (self.inner as usize).div_ceil(columns.max(1) as usize);
        let one = |block: usize| {
            let (place, column) = ((block / across) as isize, (block % across) as isize * columns);
            work(place, column, columns.min(self.inner - column))
        };
        let count = self.outer as usize * across;
        let grain = (GRAIN / (self.n * columns).max(1) as usize).max(1);
        if count == 1 || self.len() < 2 * GRAIN as isize {
            return (0..count).try_for_each(one);
        }
        threads::run(count.div_ceil(grain), |chunk| {
            (chunk * grain..count.min((chunk + 1) * grain)).try_for_each(one)
        })
    }
}

/// So many outer places are shared out among threads as they are.
const MANY: isize = 16;
/// Columns of a block at least.
const NEIGHBOURS: isize = 512;

/// What folds.
#[derive(Clone, Copy)]
enum Code {
    /// A loop of one type.
    Loop(Loop, *mut c_void),
    /// Another accumulator.
    Special(Special),
}

/// The fold of one ufunc over elements of one type.
#[derive(Clone, Copy)]
pub struct PlainFold {
    code: Code,
    rows: bool,
    /// Type of the accumulator.
    pub total: TypeNum,
    input: isize,
    output: isize,
    /// What each result starts from; its first element without.
    start: Option<Element>,
    grouping: Grouping,
    /// Sums a run as one tree.
    whole: bool,
    /// Raises no floating-point flags.
    pub quiet: bool,
}

// SAFETY: a loop's `data` is safe to use from any thread (`UfuncLoop`).
unsafe impl Send for PlainFold {}
// SAFETY: as for `Send`.
unsafe impl Sync for PlainFold {}

/// Room for an element of a number type.
type Element = [u64; 4];

fn start(identity: Identity, num: TypeNum) -> Option<Option<Element>> {
    let one = match num {
        TypeNum::Double => 1f64.to_bits(),
        TypeNum::Float => u64::from(1f32.to_bits()),
        num if num.is_integer() || num == TypeNum::Bool => 1,
        _ => 0,
    };
    match identity {
        Identity::Reorderable => Some(None),
        Identity::Zero => Some(Some([0; 4])),
        Identity::One if one != 0 => Some(Some([one, 0, 0, 0])),
        _ => None,
    }
}

impl PlainFold {
    /// How `ufunc` reduces native elements of type `num`, if that is as simple as it must be here.
    pub fn of(ufunc: &Ufunc, num: TypeNum) -> Option<PlainFold> {
        if ufunc.nin() != 2 || ufunc.nout() != 1 || ufunc.core().is_some() || !num.is_number() {
            return None;
        }
        let input = num.row().itemsize as isize;
        if let Some(code) = special(ufunc.name(), num) {
            let start = Some([code.neutral as u64, 0, 0, 0]);
            let output = code.total.row().itemsize as isize;
            let (total, code) = (code.total, Code::Special(code));
            return Some(PlainFold {
                code,
                rows: true,
                total,
                input,
                output,
                start,
                grouping: Grouping::Any,
                whole: false,
                quiet: true,
            });
        }
        let entry = ufunc.loop_of(num)?;
        let refused = LoopFlags::NEEDS_GIL | LoopFlags::FALLIBLE | LoopFlags::WANTS_CONTEXT;
        if entry.flags.intersects(refused) || entry.types.iter().any(|t| *t != num) {
            return None;
        }
        Some(PlainFold {
            code: Code::Loop(entry.code, entry.data),
            rows: entry.flags.contains(LoopFlags::FOLDS_ROWS),
            total: num,
            input,
            output: input,
            start: start(ufunc.identity(), num)?,
            grouping: Grouping::of(ufunc, &sharray_base::DType::of(num)),
            whole: entry.flags.contains(LoopFlags::WHOLE_RUNS),
            quiet: entry.flags.contains(LoopFlags::NO_FP_STATUS),
        })
    }

    /// True when it can follow the plan.
    pub fn takes(&self, plan: &Plan) -> bool {
        !plan.is_empty() && (plan.inner == 1 || self.rows)
    }

    /// Reduces the elements at `data` into `out`.
    ///
    /// # Errors
    /// Interruptions.
    ///
    /// # Safety
    /// The plan's elements are readable, aligned and of this fold's type; `out` has room for its results, apart from
    /// the elements; [`PlainFold::takes`] holds.
    pub unsafe fn run(&self, plan: &Plan, data: *mut u8, out: *mut u8) -> Result<()> {
        debug_assert!(self.takes(plan));
        if plan.results() == 1 && plan.len() >= 2 * GRAIN as isize {
            // SAFETY: by the caller.
            return unsafe { self.run_long(plan.n, plan.step, data, out) };
        }
        let (data, out) = (data as usize, out as usize);
        plan.blocks(|place, column, columns| {
            let from = (data as *mut u8).wrapping_offset(place * plan.outer_step + column * self.input);
            let to = (out as *mut u8).wrapping_offset((place * plan.inner + column) * self.output);
            // SAFETY: a block of the plan, whose results are this block's alone.
            unsafe { self.block(from, to, (plan.n, plan.step), columns) }
        })
    }

    /// # Safety
    /// As for [`PlainFold::run`], of `columns` results side by side.
    unsafe fn block(
        &self,
        mut from: *mut u8,
        to: *mut u8,
        (mut n, step): (isize, isize),
        columns: isize,
    ) -> Result<()> {
        // SAFETY: by the caller.
        unsafe {
            match &self.start {
                Some(value) => {
                    for k in 0..columns {
                        let at = to.offset(k * self.output);
                        std::ptr::copy_nonoverlapping(value.as_ptr().cast(), at, self.output as usize);
                    }
                }
                None => {
                    std::ptr::copy_nonoverlapping(from, to, (columns * self.input) as usize);
                    (from, n) = (from.wrapping_offset(step), n - 1);
                }
            }
            if n == 0 {
                return Ok(());
            }
            if columns == 1 {
                self.fold(to, from, n, step)
            } else {
                self.fold_rows(to, from, columns, n, step)
            }
        }
    }

    /// # Safety
    /// `total` is an accumulator, `n` elements are at `from`, `step` apart.
    #[inline]
    unsafe fn fold(&self, total: *mut u8, from: *mut u8, n: isize, step: isize) -> Result<()> {
        if n > LONG && !self.whole {
            return in_pieces(n as usize, |start, count| {
                // SAFETY: a piece of the run.
                unsafe { self.fold(total, from.wrapping_offset(start as isize * step), count as isize, step) }
            });
        }
        // SAFETY: by the caller.
        unsafe {
            match &self.code {
                Code::Loop(code, data) => {
                    code([total, from, total].as_ptr(), &n, [0, step, 0].as_ptr(), *data);
                    if n > LONG { fault::take() } else { Ok(()) }
                }
                Code::Special(code) => {
                    (code.run)(total, from, n, step);
                    Ok(())
                }
            }
        }
    }

    /// # Safety
    /// `totals` has `columns` accumulators, `n` rows of as many elements are at `from`, `step` apart.
    unsafe fn fold_rows(
        &self,
        totals: *mut u8,
        from: *mut u8,
        columns: isize,
        n: isize,
        step: isize,
    ) -> Result<()> {
        let rows = Rows { count: n, step };
        // SAFETY: by the caller; the loop knows rows.
        unsafe {
            match &self.code {
                Code::Loop(code, _) => code(
                    [totals, from, totals].as_ptr(),
                    &columns,
                    [self.input; 3].as_ptr(),
                    (&raw const rows).cast_mut().cast(),
                ),
                Code::Special(code) => (code.rows)(totals, from, columns, rows),
            }
        }
        Ok(())
    }

    /// # Safety
    /// Both are accumulators.
    unsafe fn join(&self, total: *mut u8, part: *mut u8) -> Result<()> {
        // SAFETY: by the caller.
        unsafe {
            match &self.code {
                Code::Loop(..) => self.fold(total, part, 1, 0),
                Code::Special(code) => {
                    (code.join)(total, part);
                    Ok(())
                }
            }
        }
    }

    /// The loop of running reductions in type `total`, which may be another than that of the elements.
    pub fn can_scan(&self) -> bool {
        match &self.code {
            Code::Loop(..) => true,
            Code::Special(code) => code.widen.is_some(),
        }
    }

    /// Running reductions along the plan's axis, into `out`, which has the elements' order. `long` is the fold of
    /// accumulators, for elements of another type.
    ///
    /// # Errors
    /// Interruptions.
    ///
    /// # Safety
    /// As for [`PlainFold::run`], but that `out` has room for as many results as there are elements, the elements lie in C
    /// order, and [`PlainFold::can_scan`] holds of this fold and `long`.
    pub unsafe fn scan(&self, long: &PlainFold, plan: &Plan, data: *mut u8, out: *mut u8) -> Result<()> {
        let (data, out) = (data as usize, out as usize);
        let Code::Loop(code, loop_data) = &long.code else { return Ok(()) };
        let (code, loop_data, size) = (*code, *loop_data as usize, self.output);
        let row = plan.inner * size;
        plan.blocks(|place, column, columns| {
            let from = (data as *mut u8).wrapping_offset(place * plan.outer_step + column * self.input);
            let to = (out as *mut u8).wrapping_offset(place * plan.n * row + column * size);
            let call = |a: *mut u8, b: *mut u8, c: *mut u8, n: isize, step: isize| {
                // SAFETY: elements of the operands; the output is the next row, or one element ahead.
                unsafe { code([a, b, c].as_ptr(), &n, [size, step, size].as_ptr(), loop_data as *mut c_void) }
            };
            // The second operand: the elements, or what they were converted to, in the results' places.
            // SAFETY: a block of the plan, whose results are this block's alone.
            let (source, step) = unsafe { self.first_results(from, to, plan, columns) };
            if plan.inner == 1 {
                return in_pieces(plan.n as usize - 1, |start, count| {
                    let at = |k: isize| to.wrapping_offset((start as isize + k) * size);
                    let next = source.wrapping_offset((start as isize + 1) * step);
                    call(at(0), next, at(1), count as isize, step);
                    Ok(())
                });
            }
            for k in 1..plan.n {
                let at = |k: isize| to.wrapping_offset(k * row);
                call(at(k - 1), source.wrapping_offset(k * step), at(k), columns, size);
            }
            Ok(())
        })
    }

    /// Writes the first results of a block of running reductions; for elements of another type all of them, converted.
    /// Gives where the elements to go on with lie, and their step.
    ///
    /// # Safety
    /// As for [`PlainFold::scan`].
    unsafe fn first_results(
        &self,
        from: *mut u8,
        to: *mut u8,
        plan: &Plan,
        columns: isize,
    ) -> (*mut u8, isize) {
        // SAFETY: by the caller.
        unsafe {
            match &self.code {
                Code::Special(Special { widen: Some(widen), .. }) => {
                    let row = plan.inner * self.output;
                    if plan.inner == 1 {
                        widen(to, from, plan.n, plan.step);
                    } else {
                        for k in 0..plan.n {
                            let from = from.wrapping_offset(k * plan.step);
                            widen(to.wrapping_offset(k * row), from, columns, self.input);
                        }
                    }
                    (to, row)
                }
                _ => {
                    std::ptr::copy_nonoverlapping(from, to, (columns * self.input) as usize);
                    (from, plan.step)
                }
            }
        }
    }

    /// One result of many elements, in parts.
    ///
    /// # Safety
    /// As for [`PlainFold::run`].
    unsafe fn run_long(&self, n: isize, step: isize, data: *mut u8, out: *mut u8) -> Result<()> {
        let from = |start: isize| data.wrapping_offset(start * step);
        let address = data as usize;
        match self.grouping {
            Grouping::Pairwise => {
                let mut subtrees = Vec::new();
                let complex = self.total != TypeNum::Float && self.total != TypeNum::Double;
                subtrees_of(n, complex, 0, &mut |start, count| subtrees.push((start, count)));
                let part = |part: usize, total: *mut u8| {
                    let (start, count) = subtrees[part];
                    let from = (address as *mut u8).wrapping_offset(start * step);
                    // SAFETY: the part's accumulator, which changes nothing it is added to; elements of the run.
                    unsafe {
                        negative_zero(total, self.total);
                        self.fold(total, from, count, step)
                    }
                };
                let mut partials = Partials::make(subtrees.len(), part)?;
                let root = self.climb(n, complex, &mut partials, &mut 0)?;
                // SAFETY: the result is 0 and then the root; all are accumulators.
                unsafe {
                    out.write_bytes(0, self.output as usize);
                    self.join(out, partials.at(root))
                }
            }
            Grouping::Any => {
                let piece = (PIECE / self.input).max(1);
                let decided = AtomicBool::new(false);
                let decisive = match &self.code {
                    Code::Special(code) => code.decisive,
                    Code::Loop(..) => None,
                };
                let part = |part: usize, total: *mut u8| {
                    let start = part as isize * piece;
                    let count = if decided.load(Ordering::Relaxed) { 1 } else { piece.min(n - start) };
                    let from = (address as *mut u8).wrapping_offset(start * step);
                    // SAFETY: the part's accumulator and elements; once the result is decided, it does not matter how
                    // many are looked at.
                    unsafe {
                        self.block(from, total, (count, step), 1)?;
                        if decisive == Some(*total) {
                            decided.store(true, Ordering::Relaxed);
                        }
                    }
                    Ok(())
                };
                let mut partials = Partials::make((n as usize).div_ceil(piece as usize), part)?;
                // SAFETY: all are accumulators; the result takes over that of the first part.
                unsafe {
                    std::ptr::copy_nonoverlapping(partials.at(0), out, self.output as usize);
                    (1..partials.0.len()).try_for_each(|part| self.join(out, partials.at(part)))
                }
            }
            // SAFETY: by the caller.
            Grouping::Fixed => unsafe { self.block(from(0), out, (n, step), 1) },
        }
    }

    /// Joins the subtrees' sums up the tree; gives the number of the partial that holds the whole sum.
    fn climb(&self, n: isize, complex: bool, partials: &mut Partials, next: &mut usize) -> Result<usize> {
        let Some(left) = middle(n, complex) else {
            *next += 1;
            return Ok(*next - 1);
        };
        let first = self.climb(left, complex, partials, next)?;
        let second = self.climb(n - left, complex, partials, next)?;
        let (a, b) = (partials.at(first), partials.at(second));
        // SAFETY: two accumulators.
        unsafe { self.join(a, b)? };
        Ok(first)
    }
}

/// Bytes of a part of a long run whose order is free.
const PIECE: isize = 1 << 17;
/// Runs beyond this may leave a fault when they are interrupted.
const LONG: isize = sharray_base::interrupt::STRIDE as isize;
/// The largest subtree of a pairwise sum that is summed in one piece.
const SUBTREE: isize = 4 * GRAIN as isize;

/// Where a run of `n` is split into two subtrees, unless it is small enough.
pub(crate) fn middle(n: isize, complex: bool) -> Option<isize> {
    if n <= SUBTREE { None } else { pairwise::split(n, complex) }
}

/// The subtrees of a pairwise sum of `n`, in order.
pub(crate) fn subtrees_of(n: isize, complex: bool, start: isize, leaf: &mut dyn FnMut(isize, isize)) {
    let Some(left) = middle(n, complex) else { return leaf(start, n) };
    subtrees_of(left, complex, start, leaf);
    subtrees_of(n - left, complex, start + left, leaf);
}

/// -0.0, or both parts of it.
///
/// # Safety
/// `total` is an element of type `num`: a float or complex number of 4-byte or 8-byte parts.
unsafe fn negative_zero(total: *mut u8, num: TypeNum) {
    // SAFETY: by the caller.
    unsafe {
        match num {
            TypeNum::Float => total.cast::<f32>().write_unaligned(-0.0),
            TypeNum::Double => total.cast::<f64>().write_unaligned(-0.0),
            TypeNum::CFloat => total.cast::<[f32; 2]>().write_unaligned([-0.0; 2]),
            _ => total.cast::<[f64; 2]>().write_unaligned([-0.0; 2]),
        }
    }
}

/// Accumulators of parts.
struct Partials(Vec<Element>);

impl Partials {
    /// Makes each part's, on several threads.
    fn make(count: usize, part: impl Fn(usize, *mut u8) -> Result<()> + Sync) -> Result<Partials> {
        let mut all = Partials(vec![Element::default(); count]);
        let first = all.0.as_mut_ptr() as usize;
        threads::run(count, |index| part(index, (first as *mut Element).wrapping_add(index).cast()))?;
        Ok(all)
    }
    fn at(&mut self, index: usize) -> *mut u8 {
        (&raw mut self.0[index]).cast()
    }
}
