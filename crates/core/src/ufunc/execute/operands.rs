//! Preparing operands: inputs that lie where outputs are written are copied first, scalars of another dtype are cast
//! once, Python integers are checked against the loop's dtype.

use sharray_base::fp_status::{self, FpStatus};
use sharray_base::layout::overlap::Extent;
use sharray_base::layout::{Dims, c_strides};
use sharray_base::{DType, Error, Kind, Result, TypeNum, View, ViewMut};
use sharray_kernels::cast::Transfer;
use sharray_kernels::loop_abi::LoopFlags;
use smallvec::SmallVec;

use super::super::{Operand, Resolution, Weak};
use crate::assign::{self, Casting, Temporary, needs_temporary};

/// Inputs as the loop will read them, but for casts of arrays.
pub(in crate::ufunc) struct Prepared<'a> {
    inputs: SmallVec<[Input<'a>; 4]>,
    mask: Option<Input<'a>>,
    raised: FpStatus,
}

enum Input<'a> {
    Given(View<'a>),
    Copied(Box<Temporary>),
}

impl<'a> Prepared<'a> {
    /// Prepares the inputs of a call whose given outputs are `outs`.
    pub(in crate::ufunc) fn new(
        resolution: &Resolution,
        inputs: &[Operand<'a>],
        outs: &[Option<ViewMut<'_>>],
        mask: Option<View<'a>>,
        shape: &[isize],
    ) -> Result<Prepared<'a>> {
        let guard = |view: View<'a>| -> Result<Input<'a>> {
            let apart = resolution.flags.contains(LoopFlags::APART);
            let overlaps = outs
                .iter()
                .flatten()
                .any(|out| needs_temporary(out, &view) || apart && shares_bounds(out, &view));
            if !overlaps {
                return Ok(Input::Given(view));
            }
            Ok(Input::Copied(Box::new(Temporary::of(view)?)))
        };
        let (mut prepared, mut raised) = (SmallVec::new(), FpStatus::empty());
        for (index, (operand, dtype)) in inputs.iter().zip(&resolution.dtypes).enumerate() {
            let view = operand.view;
            check_integer(operand, dtype)?;
            if shape.contains(&0) {
                check_large(operand, dtype)?;
            }
            if resolution.narrow.is_none() && is_converted(operand, dtype) && !is_direct(&view, dtype) {
                let (scalar, status) = fp_status::told(|| cast_scalar(&view, dtype));
                if status.contains(FpStatus::OVERFLOW) {
                    raised = FpStatus::TOO_LARGE;
                }
                prepared.push(Input::Copied(Box::new(scalar?)));
                continue;
            }
            if let Some(copy) = through_outer(resolution, index, &view)? {
                prepared.push(Input::Copied(Box::new(copy)));
                continue;
            }
            // One element of another dtype: cast here, once.
            if view.ndim() == 0 && !shape.contains(&0) && !is_direct(&view, dtype) {
                prepared.push(Input::Copied(Box::new(cast_scalar(&view, dtype)?)));
            } else {
                prepared.push(guard(view)?);
            }
        }
        Ok(Prepared { inputs: prepared, mask: mask.map(guard).transpose()?, raised })
    }
    /// The inputs.
    pub(in crate::ufunc) fn views(&self) -> SmallVec<[View<'_>; 4]> {
        self.inputs.iter().map(Input::view).collect()
    }
    /// What the conversion of Python numbers raised.
    pub(in crate::ufunc) fn raised(&self) -> FpStatus {
        self.raised
    }
    /// The mask.
    pub(in crate::ufunc) fn mask(&self) -> Option<View<'_>> {
        self.mask.as_ref().map(Input::view)
    }
}

impl Input<'_> {
    fn view(&self) -> View<'_> {
        match self {
            Input::Given(view) => *view,
            Input::Copied(copy) => copy.view(),
        }
    }
}

fn shares_bounds(out: &View<'_>, view: &View<'_>) -> bool {
    Extent::from(*out).bounds_overlap(&Extent::from(*view))
}

/// True when a loop for `dtype` can read or write the view's memory as it is.
pub(in crate::ufunc) fn is_direct(view: &View<'_>, dtype: &DType) -> bool {
    let own = view.dtype();
    (own.num() == dtype.num() && own.num().is_number() && own.is_native() || own.equivalent(dtype))
        && view.is_aligned()
}

/// A copy in the loop's dtype of an input that the small float it becomes for the caller may round.
pub(in crate::ufunc) fn through_outer(
    resolution: &Resolution,
    operand: usize,
    view: &View<'_>,
) -> Result<Option<Temporary>> {
    let (inner, outer) = (&resolution.dtypes[operand], resolution.outer(operand));
    if resolution.narrow.is_none() || inner.num() == outer.num() || view.dtype().num() == outer.num() {
        return Ok(None);
    }
    let copy = |dtype: &DType, from: View<'_>| -> Result<Temporary> {
        let strides = c_strides(from.shape(), dtype.itemsize());
        let copy = Temporary::empty(dtype, from.shape(), strides)?;
        assign::copy(copy.view_mut(), from, Casting::Unsafe)?;
        Ok(copy)
    };
    let rounded = copy(outer, *view)?;
    copy(inner, rounded.view()).map(Some)
}

/// True for a Python float or complex number beside arrays of floats: it is converted before anything is computed, and
/// what that raises is not the loop's.
fn is_converted(operand: &Operand<'_>, dtype: &DType) -> bool {
    matches!(operand.weak, Some(Weak::Float | Weak::Complex))
        && matches!(dtype.kind(), Kind::Float | Kind::Complex)
}

fn cast_scalar(view: &View<'_>, dtype: &DType) -> Result<Temporary> {
    let scalar = Temporary::empty(dtype, &[], Dims::new())?;
    let transfer = Transfer::new(view.dtype(), dtype, false)?;
    // SAFETY: one element on both sides, in different memory.
    unsafe { transfer.run(view.data(), 0, scalar.view().data(), 0, 1)? };
    Ok(scalar)
}

/// Refuses a Python integer that the loop's integer dtype can't hold.
pub(in crate::ufunc) fn check_integer(operand: &Operand<'_>, dtype: &DType) -> Result<()> {
    if operand.weak != Some(Weak::Int) || operand.view.dtype().num() == dtype.num() {
        return Ok(());
    }
    if matches!(dtype.kind(), Kind::Datetime | Kind::Timedelta) && !integer_fits(&operand.view, dtype) {
        return Err(Error::Overflow("int too big to convert".into()));
    }
    if !dtype.num().is_integer() {
        return Ok(());
    }
    if operand.view.dtype().kind() == Kind::Object || integer_fits(&operand.view, dtype) {
        return Ok(());
    }
    let value = integer(&operand.view).unwrap_or_default();
    Err(Error::Overflow(format!("Python integer {value} out of bounds for {dtype}")))
}

/// Refuses a Python integer beyond 64 bits, which only an object holds, where no cast of it would be tried.
fn check_large(operand: &Operand<'_>, dtype: &DType) -> Result<()> {
    let large = operand.weak == Some(Weak::Int) && operand.view.dtype().kind() == Kind::Object;
    if large && dtype.num().is_integer() {
        return Err(Error::Overflow(format!(
            "Python integer of more than 64 bits out of bounds for {dtype}"
        )));
    }
    Ok(())
}

/// True when the integer at `view` is in the range of an integer dtype.
pub(in crate::ufunc) fn integer_fits(view: &View<'_>, dtype: &DType) -> bool {
    let bits = 8 * dtype.itemsize() as u32;
    let (low, high) = match dtype.kind() {
        Kind::UInt => (0, (1i128 << bits) - 1),
        _ => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
    };
    integer(view).is_some_and(|value| low <= value && value <= high)
}

/// The value of a `long` or `ulong` scalar.
fn integer(view: &View<'_>) -> Option<i128> {
    // SAFETY: an 8-byte element (V3), at any alignment.
    let bits = || unsafe { view.data().cast::<i64>().read_unaligned() };
    match view.dtype().num().canonical() {
        num if num == TypeNum::LongLong.canonical() => Some(bits() as i128),
        num if num == TypeNum::ULongLong.canonical() => Some(bits() as u64 as i128),
        _ => None,
    }
}
