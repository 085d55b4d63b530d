//! Two operands, contracted by one matrix product, or multiplied.
//!
//! Labels fall into four groups: in both operands and kept (the batch), in both and summed (inner), and those of one
//! operand only (its rows, or columns). Each operand is seen with its axes in the order of its groups, and each group but
//! the batch as one axis: where the strides allow it that is a view, elsewhere a copy. `matmul` does the rest, and its
//! result needs no more than its axes split again.

use pyo3::prelude::*;
use sharray_base::Kind;
use sharray_base::layout::{Order, coalesce, reshape};
use smallvec::SmallVec;

use super::{AXES, Axes, Axis, Maybe, Operand, Set};
use crate::coerce;
use crate::methods::layout::reshaped;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::number::{self, Op};

/// Labels of the result, in groups.
pub(super) struct Groups<'a> {
    pub(super) batch: &'a [u8],
    pub(super) rows: &'a [u8],
    pub(super) columns: &'a [u8],
    /// True where the second operand's labels come first: the operands change places.
    pub(super) swapped: bool,
}

/// Cuts the result's labels into those of both operands, of the one and of the other; `None` where they are mixed.
fn grouped(result: &[u8], [a, b]: [Set; 2]) -> Option<Groups<'_>> {
    let cut = |rest: &[u8], set: Set| rest.iter().take_while(|label| set.has(**label)).count();
    let both = a.and(b);
    let (batch, rest) = result.split_at(cut(result, both));
    let swapped = rest.first().is_some_and(|label| b.has(*label));
    let (first, second) = if swapped { (b, a) } else { (a, b) };
    let (rows, columns) = rest.split_at(cut(rest, first.without(both)));
    (cut(columns, second.without(both)) == columns.len()).then_some(Groups { batch, rows, columns, swapped })
}

/// `einsum` of two operands, if it is one product.
///
/// # Errors
/// Those of the product.
pub(super) fn contract<'py>(operands: &[Operand<'_, 'py>; 2], result: &[u8], along_path: bool) -> Maybe<'py> {
    let [a, b] = operands;
    let fits = |one: &Operand<'_, '_>| {
        one.array.ndim() == one.labels.len() && !one.labels.is_empty() && !one.array.shape().contains(&0)
    };
    let sets = Set::of(a.labels).zip(Set::of(b.labels)).zip(Set::of(result));
    let Some(((in_a, in_b), kept)) = sets.filter(|_| fits(a) && fits(b)) else { return Ok(None) };
    let both = in_a.and(in_b);
    let known = Set(in_a.0 | in_b.0);
    let summed_alone = known.without(both).without(kept);
    if kept.without(known).0 | summed_alone.0 != 0 {
        return Ok(None);
    }
    let extent = |one: &Operand<'_, '_>, label| one.axis(label).map(|axis| axis.extent);
    if a.labels.iter().any(|label| both.has(*label) && extent(a, *label) != extent(b, *label)) {
        return Ok(None);
    }
    let inner = both.without(kept);
    if inner.0 == 0 {
        return multiplied(operands, result).map(Some);
    }
    let inner: Axes<u8> = a.labels.iter().copied().filter(|label| inner.has(*label)).collect();
    let by_tensordot =
        along_path && both.and(kept).0 == 0 && matches!(a.array.dtype().kind(), Kind::Float | Kind::Complex);
    let memory = if by_tensordot {
        // Made in C order, whatever the operands' is, and turned then.
        let apart = a.labels.iter().chain(b.labels).filter(|label| !both.has(**label));
        if !apart.eq(result.iter()) {
            return Ok(None);
        }
        result.iter().copied().collect()
    } else {
        let Some(memory) = memory_order(operands, result, &inner) else { return Ok(None) };
        memory
    };
    let Some(groups) = grouped(&memory, [in_a, in_b]) else { return Ok(None) };
    let (left, right) = if groups.swapped { (b, a) } else { (a, b) };
    let product = multiplied_and_summed(left, right, &groups, &inner)?;
    let result = spread(product, left, right, (result, &memory))?;
    // Along a path the result is an array, also of no axes.
    if along_path {
        coerce::asarray(&result).map(|array| Some(array.into_object()))
    } else {
        Ok(Some(result))
    }
}

type Line = SmallVec<[isize; 2 * AXES]>;

/// The result's labels, the slowest in memory first: the order in which the general way visits the elements.
pub(super) fn memory_order(operands: &[Operand<'_, '_>], result: &[u8], inner: &[u8]) -> Option<Axes<u8>> {
    let visited: SmallVec<[u8; 2 * AXES]> = result.iter().chain(inner).copied().collect();
    let list = |operand: &Operand<'_, '_>| {
        let axis = |label: &u8| operand.axis(*label).unwrap_or(Axis { extent: 1, stride: 0 });
        let axes = visited.iter().map(axis).map(|axis| (axis.extent, axis.stride));
        axes.unzip::<_, _, Line, Line>()
    };
    let lists: SmallVec<[_; 2]> = operands.iter().map(list).collect();
    let mut shape: Line = SmallVec::from_elem(1, visited.len());
    for (extents, _) in &lists {
        shape.iter_mut().zip(extents).for_each(|(all, own)| *all = (*all).max(*own));
    }
    let views = lists.iter().map(|(extents, strides)| (&extents[..], &strides[..]));
    let mut axes = coalesce::Axes::broadcast(&shape, views)?;
    axes.sort();
    Some(axes.origin().iter().rev().filter_map(|axis| result.get(*axis as usize)).copied().collect())
}

/// The matrix product of two operands: the batch's axes, then one for the rows and one for the columns.
pub(super) fn multiplied_and_summed<'py>(
    left: &Operand<'_, 'py>,
    right: &Operand<'_, 'py>,
    groups: &Groups<'_>,
    inner: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    let one = left.grouped(groups.batch, [groups.rows, inner])?;
    let two = right.grouped(groups.batch, [inner, groups.columns])?;
    let stacked = !groups.batch.is_empty();
    // In a stack a vector must say that it is one row, or one column.
    let one = if stacked && groups.rows.is_empty() { with_axis(&one, groups.batch.len())? } else { one };
    let two = if stacked && groups.columns.is_empty() { with_axis(&two, two.ndim())? } else { two };
    number::call(left.array.py(), Op::Matmul, &[one.as_ptr(), two.as_ptr()])
}

/// The product with its axes split into the labels' of `memory`, which come in the order of `result`.
pub(super) fn spread<'py>(
    product: Bound<'py, PyAny>,
    left: &Operand<'_, 'py>,
    right: &Operand<'_, 'py>,
    (result, memory): (&[u8], &[u8]),
) -> PyResult<Bound<'py, PyAny>> {
    let Some(array) = Array::from_object(&product) else { return Ok(product) };
    let extents = |labels: &[u8]| -> Axes<isize> {
        let axis = |label: &u8| left.axis(*label).or_else(|| right.axis(*label));
        labels.iter().filter_map(axis).map(|axis| axis.extent).collect()
    };
    let shape = extents(result);
    if result == memory && shape[..] == *array.shape() {
        return Ok(product);
    }
    let dense = match array.has(flag::C_CONTIGUOUS) {
        true => array,
        false => coerce::asarray(&reshaped(&array, &extents(memory), Order::C, Some(true))?)?,
    };
    let order: Axes<usize> =
        memory.iter().filter_map(|label| result.iter().position(|own| own == label)).collect();
    dense.set_layout(&shape, &reshape::strides_in_order(&shape, &order, dense.dtype().itemsize()))?;
    Ok(dense.into_object())
}

/// The array with a new axis of extent 1 before axis `at`.
fn with_axis<'py>(array: &Array<'py>, at: usize) -> PyResult<Array<'py>> {
    let list = |items: &[isize]| -> Axes<isize> { items.iter().copied().collect() };
    let (mut shape, mut strides) = (list(array.shape()), list(array.strides()));
    shape.insert(at, 1);
    strides.insert(at, 0);
    // SAFETY: the array's own elements.
    unsafe { array.sub_view(&array.descr(), array.data(), &shape, &strides) }
}

/// Nothing is summed: the product of the operands, each stretched along the other's axes.
pub(super) fn multiplied<'py>([a, b]: &[Operand<'_, 'py>; 2], result: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let along = |one: &Operand<'_, 'py>| {
        let axes: Axes<Axis> =
            result.iter().map(|label| one.axis(*label).unwrap_or(Axis { extent: 1, stride: 0 })).collect();
        one.seen(&axes)
    };
    let (one, two) = (along(a)?, along(b)?);
    number::call(a.array.py(), Op::Multiply, &[one.as_ptr(), two.as_ptr()])
}
