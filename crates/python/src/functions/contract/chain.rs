//! Several operands, from left to right: each is contracted with what came of those before it.
//!
//! What two of them make keeps the labels that a later operand or the result needs. The last product gets the memory
//! order that visiting all operands at once would give.

use pyo3::prelude::*;
use sharray_base::dtype::Casting;
use sharray_base::layout::{Order, reshape};
use smallvec::SmallVec;

use super::pair::{Groups, memory_order, multiplied, multiplied_and_summed, spread};
use super::{AXES, Axes, Maybe, OPERANDS, Operand, Set};
use crate::coerce;
use crate::object::array::Array;

/// How one product comes about: labels summed, of both and kept, and of one operand only.
struct Step {
    inner: Axes<u8>,
    batch: Axes<u8>,
    rows: Axes<u8>,
    columns: Axes<u8>,
}

impl Step {
    /// `None` where a label is summed in one operand alone, or the product has too many axes.
    fn new(left: &[u8], right: &[u8], later: Set) -> Option<Step> {
        let both = Set::of(left)?.and(Set::of(right)?);
        let pick = |labels: &[u8], wanted: &dyn Fn(u8) -> bool| -> Axes<u8> {
            labels.iter().copied().filter(|label| wanted(*label)).collect()
        };
        let step = Step {
            inner: pick(left, &|label| both.has(label) && !later.has(label)),
            batch: pick(left, &|label| both.has(label) && later.has(label)),
            rows: pick(left, &|label| !both.has(label)),
            columns: pick(right, &|label| !both.has(label)),
        };
        let alone = step.rows.iter().chain(step.columns.iter());
        (alone.clone().all(|label| later.has(*label)) && alone.count() + step.batch.len() <= AXES)
            .then_some(step)
    }
    /// Labels of the product's axes.
    fn product(&self) -> Axes<u8> {
        self.batch.iter().chain(self.rows.iter()).chain(self.columns.iter()).copied().collect()
    }
    fn run<'py>(&self, left: &Operand<'_, 'py>, right: &Operand<'_, 'py>) -> PyResult<Bound<'py, PyAny>> {
        let labels = self.product();
        if self.inner.is_empty() {
            let pair = [left, right].map(|one| Operand { array: one.array, labels: one.labels });
            return multiplied(&pair, &labels);
        }
        let groups = Groups { batch: &self.batch, rows: &self.rows, columns: &self.columns, swapped: false };
        let product = multiplied_and_summed(left, right, &groups, &self.inner)?;
        spread(product, left, right, (&labels, &labels))
    }
}

/// One step for each operand but the first, and the labels that are summed on the way.
type Plan = (SmallVec<[Step; OPERANDS]>, SmallVec<[u8; AXES]>);

/// The steps for operands with these labels.
fn plan(operands: &[Operand<'_, '_>], result: &[u8]) -> Option<Plan> {
    let kept = Set::of(result)?;
    let mut made: Axes<u8> = operands.first()?.labels.iter().copied().collect();
    let mut summed = SmallVec::new();
    let steps = (1..operands.len()).map(|place| {
        let rest = operands[place + 1..]
            .iter()
            .try_fold(kept, |all, one| Some(Set(all.0 | Set::of(one.labels)?.0)))?;
        let step = Step::new(&made, operands[place].labels, rest)?;
        summed.extend(step.inner.iter().copied());
        made = step.product();
        Some(step)
    });
    let steps = steps.collect::<Option<_>>()?;
    (Set::of(&made)?.0 == kept.0).then_some((steps, summed))
}

/// True where every label has one extent, and none is 0.
fn agree(operands: &[Operand<'_, '_>]) -> bool {
    let extent = |one: &Operand<'_, '_>, label: u8| one.axis(label).map(|axis| axis.extent);
    operands.iter().enumerate().all(|(place, one)| {
        let fits = one.array.ndim() == one.labels.len() && !one.array.shape().contains(&0);
        let mut others = operands[..place].iter();
        fits && others.all(|other| {
            one.labels
                .iter()
                .all(|label| extent(other, *label).is_none_or(|known| Some(known) == extent(one, *label)))
        })
    })
}

/// `einsum` of three operands or more, all of one dtype.
///
/// # Errors
/// Those of the products.
pub(super) fn contract<'py>(operands: &[Operand<'_, 'py>], result: &[u8]) -> Maybe<'py> {
    let [first, second, others @ ..] = operands else { return Ok(None) };
    let num = first.array.dtype().num();
    if operands.iter().any(|one| one.array.dtype().num() != num) || !agree(operands) {
        return Ok(None);
    }
    let Some((steps, summed)) = plan(operands, result) else { return Ok(None) };
    let Some(memory) = memory_order(operands, result, &summed) else { return Ok(None) };
    let mut product = steps[0].run(first, second)?;
    for (done, (step, next)) in steps[1..].iter().zip(others).enumerate() {
        let array = coerce::asarray(&product)?;
        let labels = steps[done].product();
        product = step.run(&Operand { array: &array, labels: &labels }, next)?;
    }
    match Array::from_object(&product) {
        Some(array) => {
            let labels = steps[steps.len() - 1].product();
            turned(&Operand { array: &array, labels: &labels }, result, &memory).map(Some)
        }
        None => Ok(Some(product)),
    }
}

/// The product with its axes in the order of `result`, lying in memory in that of `memory`.
fn turned<'py>(product: &Operand<'_, 'py>, result: &[u8], memory: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    let view = product.seen(&product.axes(result))?;
    let order: Axes<usize> =
        memory.iter().filter_map(|label| result.iter().position(|own| own == label)).collect();
    let shape: Axes<isize> = view.shape().iter().copied().collect();
    let strides = reshape::strides_in_order(&shape, &order, view.dtype().itemsize());
    if *view.strides() == strides[..] {
        // The product is fresh: nobody else sees its axes.
        product.array.set_layout(&shape, &strides)?;
        return Ok(product.array.clone().into_object());
    }
    let own = coerce::like(&view, &view.descr(), Order::C, None)?;
    own.set_layout(&shape, &strides)?;
    coerce::copy_cast(&own, &view, Casting::No)?;
    Ok(own.into_object())
}
