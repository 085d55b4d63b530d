//! The fast path: operands of one native number type that are dense in the same order, or scalars, or one-dimensional.
//! One call of the loop, nothing allocated, no table searched (design D4).

use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::layout::{Dims, Order, c_strides, f_strides};
use sharray_base::threads::{self, GRAIN};
use sharray_base::{DType, Result, TypeNum, View, ViewMut, fault};
use sharray_kernels::copy::{copy_streaming, stream};
use sharray_kernels::loop_abi::LoopFlags;
use sharray_kernels::table::Rule;

use super::super::{Operand, Ufunc, UfuncLoop};
use super::is_plain;
use crate::Provider;

macro_rules! natives {
    ($($index:literal)*) => { [$(DType::of(TYPES[$index].num)),*] };
}

/// Every type's dtype in native order, by number.
static NATIVE: [DType; TYPE_COUNT] =
    natives!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24);

/// The dtype of a type number in native order, for as long as the process lives.
pub fn native(num: TypeNum) -> &'static DType {
    &NATIVE[num as usize]
}

/// Operands the fast path takes: at most this many inputs, and one output.
const INPUTS: usize = 2;

/// A call that one run of the loop does.
pub(super) struct Plan<'a> {
    entry: &'a UfuncLoop,
    shape: &'a [isize],
    fortran: bool,
    count: isize,
    steps: [isize; INPUTS + 1],
}

/// The plan, when the call is simple enough.
pub(super) fn plan<'a>(
    ufunc: &'a Ufunc,
    inputs: &[Operand<'a>],
    outs: &[Option<ViewMut<'a>>],
    order: Order,
) -> Option<Plan<'a>> {
    if inputs.is_empty() || inputs.len() > INPUTS || ufunc.nout() != 1 {
        return None;
    }
    let num = inputs[0].view.dtype().num();
    if !inputs.iter().all(|i| i.view.dtype().num() == num && is_plain(i.view.dtype())) {
        return None;
    }
    let entry = ufunc.loop_of(num)?;
    // The common dtype of equal ones is theirs only where the rule promotes nothing.
    if ufunc.rule() == Rule::TrueDivide && num.is_integer() || !entry.types[inputs.len()].is_number() {
        return None;
    }
    let out = outs.first().copied().flatten();
    let shape = inputs.iter().map(|i| i.view.shape()).max_by_key(|s| s.len())?;
    let lines = shape.len() == 1;
    let fortran = !lines && inputs.iter().any(|i| i.view.ndim() > 1 && !i.view.is_c_contiguous());
    if fortran && order != Order::Keep || order == Order::F && shape.len() > 1 {
        return None;
    }
    let mut steps = [0; INPUTS + 1];
    let views = inputs.iter().map(|i| i.view).chain(out.map(|o| o.as_view()));
    for (operand, view) in views.enumerate() {
        steps[operand] = step(&view, shape, fortran, operand < inputs.len(), entry.flags)?;
    }
    let made = &NATIVE[entry.types[inputs.len()] as usize];
    match out {
        Some(out) if !accepts(&out, made, inputs) => return None,
        Some(_) => {}
        None => steps[inputs.len()] = made.itemsize() as isize,
    }
    let count = shape.iter().product();
    Some(Plan { entry, shape, fortran, count, steps })
}

/// The step of an operand over all elements as one run.
fn step(view: &View<'_>, shape: &[isize], fortran: bool, stretches: bool, flags: LoopFlags) -> Option<isize> {
    if !flags.contains(LoopFlags::ANY_ALIGNMENT) && !view.is_aligned() {
        return None;
    }
    if view.ndim() == 0 && stretches {
        return Some(0);
    }
    if view.shape() != shape {
        return None;
    }
    if let [step] = view.strides() {
        return Some(*step);
    }
    let dense = if fortran { view.is_f_contiguous() } else { view.is_c_contiguous() };
    dense.then_some(view.dtype().itemsize() as isize)
}

/// True when results of dtype `made` may go straight to `out`: same dtype, and apart from each input or exactly on it.
fn accepts(out: &ViewMut<'_>, made: &DType, inputs: &[Operand<'_>]) -> bool {
    if out.dtype().num() != made.num() || !is_plain(out.dtype()) {
        return false;
    }
    inputs.iter().all(|input| !crate::assign::needs_temporary(out, &input.view))
}

impl Plan<'_> {
    /// True for results that lie densely, in memory of their own, and are so large that the processor's cache can't keep
    /// them.
    fn streams(&self, at: &[*mut u8; INPUTS + 1]) -> bool {
        let (out, size) = (self.entry.types.len() - 1, self.out_size());
        self.steps[out] == size
            && self.count as usize >= stream::FROM / size as usize
            && at[..out].iter().all(|input| *input != at[out])
    }
    /// True when several threads may do it: no Python, and no place that is written twice.
    fn is_apart(&self) -> bool {
        let out = self.entry.types.len() - 1;
        !self.entry.flags.contains(LoopFlags::NEEDS_GIL) && self.steps[out].abs() >= self.out_size()
    }
    /// How many of many dense results lie before the first cache line that begins with one: once they are done, no store
    /// crosses a line (a tenth of the time of a sum of arrays that the second-level cache holds).
    fn before_line(&self, target: *mut u8) -> isize {
        const LINE: usize = 64;
        const MANY: isize = 2048;
        let step = self.steps[self.entry.types.len() - 1];
        let bytes = target.align_offset(LINE) as isize;
        let splits = self.count >= MANY && step == self.out_size() && bytes % step == 0;
        if splits { bytes / step } else { 0 }
    }
    fn out_size(&self) -> isize {
        let out = self.entry.types.len() - 1;
        NATIVE[self.entry.types[out] as usize].itemsize() as isize
    }
    /// Does it.
    pub(super) fn run(
        &self,
        inputs: &[Operand<'_>],
        outs: &[Option<ViewMut<'_>>],
        provider: &mut dyn Provider,
    ) -> Result<FpStatus> {
        let nin = inputs.len();
        let target = match outs.first().copied().flatten() {
            Some(out) => out.data(),
            None => {
                let dtype = &NATIVE[self.entry.types[nin] as usize];
                let order = if self.fortran { f_strides } else { c_strides };
                let strides: Dims = order(self.shape, dtype.itemsize());
                provider.provide(0, dtype, self.shape, &strides)?
            }
        };
        let mut at = [target; INPUTS + 1];
        at.iter_mut().zip(inputs).for_each(|(place, input)| *place = input.view.data());
        at[nin] = target;
        let quiet = self.entry.flags.contains(LoopFlags::NO_FP_STATUS);
        if !quiet {
            fp_status::clear();
        }
        let run = Run { plan: self, at, streams: self.streams(&at) };
        let head = self.before_line(target);
        run.part(0, head)?;
        let rest = self.count - head;
        if (rest as usize) < 2 * GRAIN || !self.is_apart() {
            run.part(head, rest)?;
        } else {
            let grain = GRAIN as isize;
            threads::run((rest as usize).div_ceil(GRAIN), |chunk| {
                let start = chunk as isize * grain;
                run.part(head + start, grain.min(rest - start))
            })?;
        }
        Ok(if quiet { FpStatus::empty() } else { fp_status::read() })
    }
}

/// Bytes of results that are made in a buffer before they are streamed to their place: it stays in the first-level cache.
const BUFFER: usize = 8 << 10;

#[repr(C, align(64))]
struct Buffer(std::mem::MaybeUninit<[u8; BUFFER]>);

/// A plan with its operands' addresses.
struct Run<'a> {
    plan: &'a Plan<'a>,
    at: [*mut u8; INPUTS + 1],
    streams: bool,
}

// SAFETY: addresses of operands, whose elements are worked on by one thread each.
unsafe impl Sync for Run<'_> {}

impl Run<'_> {
    /// As [`Run::call`], the results going past the processor's cache where that pays.
    fn part(&self, start: isize, count: isize) -> Result<()> {
        let out = self.plan.entry.types.len() - 1;
        if !self.streams {
            return self.call(&self.at, start, count, start);
        }
        let size = self.plan.steps[out];
        let room = BUFFER as isize / size;
        let mut buffer = Buffer(std::mem::MaybeUninit::uninit());
        let mut at = self.at;
        at[out] = buffer.0.as_mut_ptr().cast();
        for from in (start..start + count).step_by(room as usize) {
            let n = room.min(start + count - from);
            self.call(&at, from, n, 0)?;
            // SAFETY: `n` results in the buffer, which the loop has written; as many places in the output.
            unsafe {
                let target = self.at[out].offset(from * size);
                copy_streaming(at[out], target, (n * size) as usize);
            }
        }
        Ok(())
    }
    /// Calls the loop for `count` elements from `start` on; results go to element `to` and those behind it.
    fn call(&self, at: &[*mut u8; INPUTS + 1], start: isize, count: isize, to: isize) -> Result<()> {
        let Plan { entry, steps, .. } = self.plan;
        let (mut at, out) = (*at, entry.types.len() - 1);
        for (operand, (place, step)) in at.iter_mut().zip(steps).enumerate() {
            *place = place.wrapping_offset(if operand == out { to } else { start } * step);
        }
        if count > 0 {
            // SAFETY: operands of the loop's dtypes, `count` elements at these steps (V3); the output is apart from the
            // inputs or exactly on one.
            unsafe { (entry.code)(at.as_ptr(), &count, steps.as_ptr(), entry.data) };
        }
        if entry.flags.contains(LoopFlags::FALLIBLE) { fault::take() } else { Ok(()) }
    }
}
