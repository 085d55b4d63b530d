//! Small floats (`bfloat16`, those of one byte) have no loops of their own: they are computed by the loops of `float32`,
//! between casts, and the results rounded once. That keeps the table of loops as it is, makes every ufunc take them, and
//! lets reductions run in single precision throughout. All that is left to say is which small float results become.

use sharray_base::dtype::result_type;
use sharray_base::{DType, TypeNum};
use smallvec::SmallVec;

use super::Input;
use crate::ufunc::{Ufunc, UfuncLoop};

/// The loop whose inputs are all of a type, or of `float32` in its place.
pub(super) fn loop_of(ufunc: &Ufunc, num: TypeNum) -> Option<&UfuncLoop> {
    let wider = || num.is_small_float().then(|| ufunc.loop_of(TypeNum::Float)).flatten();
    ufunc.loop_of(num).or_else(wider)
}

/// The dtypes that were asked for, small floats replaced by `float32` where the ufunc has no loop of theirs.
pub(super) fn widened(ufunc: &Ufunc, signature: &[Option<DType>]) -> SmallVec<[Option<DType>; 4]> {
    let wide = |dtype: &DType| {
        let small = dtype.num().is_small_float() && ufunc.loop_of(dtype.num()).is_none();
        if small { DType::of(TypeNum::Float) } else { dtype.clone() }
    };
    signature.iter().map(|dtype| dtype.as_ref().map(wide)).collect()
}

/// The small float that the loop's results of `float32` become: the one asked for, else the common dtype of the inputs
/// that the loop takes as `float32`, if that is one.
pub(super) fn result(
    entry: &UfuncLoop,
    inputs: &[Input<'_>],
    signature: &[Option<DType>],
) -> Option<TypeNum> {
    let asked = |operand: usize| signature.get(operand).and_then(Option::as_ref);
    let small = |num: &TypeNum| num.is_small_float();
    if !entry.types.contains(&TypeNum::Float) {
        return None;
    }
    let outputs = (inputs.len()..entry.types.len()).filter_map(asked);
    if let Some(num) = outputs.map(DType::num).next() {
        return Some(num).filter(small);
    }
    let taken = |operand: &usize| entry.types[*operand] == TypeNum::Float;
    let places = (0..inputs.len()).filter(taken);
    let is_weak = |operand: usize| asked(operand).is_none() && inputs[operand].weak.is_some();
    let strong: SmallVec<[&DType; 4]> = places
        .clone()
        .filter(|operand| !is_weak(*operand))
        .map(|operand| asked(operand).unwrap_or(inputs[operand].dtype))
        .collect();
    if !strong.iter().any(|dtype| dtype.num().is_small_float()) {
        return None;
    }
    let weak = places.filter(|operand| is_weak(*operand)).filter_map(|operand| inputs[operand].weak).max();
    result_type(&strong, weak).ok().map(|dtype| dtype.num()).filter(small)
}
