//! The fast path: operands of one native number type that are dense in the same order, or scalars, or one-dimensional.
//! One stretch of the loop ([`Stretch`]), nothing allocated, no table searched (design D4).

use sharray_base::dtype::kind::{TYPE_COUNT, TYPES};
use sharray_base::fp_status::{self, FpStatus};
use sharray_base::layout::{Dims, Order, c_strides, f_strides};
use sharray_base::{DType, Result, TypeNum, View, ViewMut};
use sharray_kernels::loop_abi::LoopFlags;
use sharray_kernels::table::Rule;

use super::super::{Operand, Ufunc, UfuncLoop};
use super::is_plain;
use super::stretch::Stretch;
use crate::Provider;

macro_rules! natives {
    ($($index:literal)*) => { [$(DType::of(TYPES[$index].num)),*] };
}

/// Every type's dtype in native order, by number.
static NATIVE: [DType; TYPE_COUNT] =
    natives!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27);

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

/// True when results of dtype `made` may go straight to `out`: same dtype, no byte of two elements, and apart
/// from each input or exactly on it.
fn accepts(out: &ViewMut<'_>, made: &DType, inputs: &[Operand<'_>]) -> bool {
    if out.dtype().num() != made.num() || !is_plain(out.dtype()) {
        return false;
    }
    crate::assign::distinct(out)
        && inputs.iter().all(|input| !crate::assign::needs_temporary(out, &input.view))
}

impl Plan<'_> {
    /// Does it.
    pub(super) fn run(
        &self,
        inputs: &[Operand<'_>],
        outs: &[Option<ViewMut<'_>>],
        provider: &mut dyn Provider,
    ) -> Result<FpStatus> {
        let nin = inputs.len();
        let made = &NATIVE[self.entry.types[nin] as usize];
        let target = match outs.first().copied().flatten() {
            Some(out) => out.data(),
            None => {
                let order = if self.fortran { f_strides } else { c_strides };
                let strides: Dims = order(self.shape, made.itemsize());
                provider.provide(0, made, self.shape, &strides)?
            }
        };
        let mut at = [target; INPUTS + 1];
        at.iter_mut().zip(inputs).for_each(|(place, input)| *place = input.view.data());
        let UfuncLoop { code, data, flags, .. } = *self.entry;
        let size = made.itemsize() as isize;
        let stretch = Stretch::new(code, data, flags, &at[..=nin], &self.steps[..=nin], size, self.count);
        let quiet = flags.contains(LoopFlags::NO_FP_STATUS);
        if !quiet {
            fp_status::clear();
        }
        // SAFETY: operands of the loop's dtypes, `count` elements at these steps (V3); the output is apart from the
        // inputs or exactly on one.
        unsafe { stretch.run()? };
        Ok(if quiet { FpStatus::empty() } else { fp_status::read() })
    }
}
