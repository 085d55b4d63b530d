//! The short way of `einsum`: two plain arrays of one dtype of numbers, contracted by one matrix product, or multiplied.
//!
//! Labels fall into four groups: in both operands and kept (the batch), in both and summed (inner), and those of one
//! operand only (its rows, or columns). Each operand is seen with its axes in the order of its groups, and each group but
//! the batch as one axis: where the strides allow it that is a view, elsewhere a copy. `matmul` does the rest, and its
//! result needs no more than its axes split again.
//!
//! What is not like that is declined before anything has happened, and goes to `sharray._core._contract`: labels that
//! occur twice in an operand, or are summed alone, ellipses, extents of 1 that stretch, results whose axes mix those of both
//! operands, and whatever is an error.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString};
use sharray_base::Kind;
use sharray_base::layout::{self, Order, coalesce, reshape};

use crate::coerce;
use crate::gate::Args;
use crate::methods::layout::reshaped;
use crate::object::array::Array;
use crate::object::layout::flag;
use crate::object::number::{self, Op};

type Maybe<'py> = PyResult<Option<Bound<'py, PyAny>>>;

/// Most axes of an operand, and of the result.
const AXES: usize = 8;
type Axes<T> = Few<T, { 2 * AXES }>;

/// A short list on the stack, that costs nothing to make: of as many items as two operands have axes.
#[derive(Clone, Copy)]
struct Few<T, const N: usize> {
    items: [T; N],
    len: usize,
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    fn push(&mut self, item: T) {
        self.items[self.len] = item;
        self.len += 1;
    }
    fn insert(&mut self, at: usize, item: T) {
        self.push(item);
        self.items[at..self.len].rotate_right(1);
    }
}
impl<T: Copy + Default, const N: usize> Default for Few<T, N> {
    #[inline(always)]
    fn default() -> Self {
        Few { items: [T::default(); N], len: 0 }
    }
}
impl<T, const N: usize> std::ops::Deref for Few<T, N> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        &self.items[..self.len]
    }
}
impl<T, const N: usize> std::ops::DerefMut for Few<T, N> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items[..self.len]
    }
}
impl<T: Copy + Default, const N: usize> Extend<T> for Few<T, N> {
    #[inline(always)]
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}
impl<T: Copy + Default, const N: usize> FromIterator<T> for Few<T, N> {
    #[inline(always)]
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut list = Few::default();
        list.extend(items);
        list
    }
}

/// An axis as an operand has it.
#[derive(Clone, Copy, Default)]
struct Axis {
    extent: isize,
    stride: isize,
}

/// Text without blanks, cut into the labels of two operands and of the result.
struct Labels {
    operands: [Axes<u8>; 2],
    result: Axes<u8>,
}

/// A set of labels, which are ASCII letters.
#[derive(Clone, Copy, Default)]
struct Set(u64);

impl Set {
    /// The labels, if none stands twice.
    fn of(labels: &[u8]) -> Option<Set> {
        labels
            .iter()
            .try_fold(Set(0), |set, label| (!set.has(*label)).then_some(Set(set.0 | Set::bit(*label))))
    }
    fn bit(label: u8) -> u64 {
        1 << (label - b'A')
    }
    fn has(self, label: u8) -> bool {
        self.0 & Set::bit(label) != 0
    }
    fn and(self, other: Set) -> Set {
        Set(self.0 & other.0)
    }
    fn without(self, other: Set) -> Set {
        Set(self.0 & !other.0)
    }
}

/// Reads subscripts of two operands; `None` for all others, right or wrong.
fn read(text: &str) -> Option<Labels> {
    let mut operands: [Axes<u8>; 2] = Default::default();
    let mut result = None::<Axes<u8>>;
    let mut place = 0;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b' ' => {}
            b',' if place == 0 && result.is_none() => place = 1,
            b'-' if result.is_none() && bytes.next() == Some(b'>') => result = Some(Axes::default()),
            letter if letter.is_ascii_alphabetic() => {
                let target = result.as_mut().unwrap_or(&mut operands[place]);
                if target.len() == AXES {
                    return None;
                }
                target.push(letter);
            }
            _ => return None,
        }
    }
    if place == 0 {
        return None;
    }
    let result = result.unwrap_or_else(|| once(&operands));
    (result.len() <= AXES).then_some(Labels { operands, result })
}

/// The labels that occur once, in alphabetical order: the result's, where they are not given.
fn once([a, b]: &[Axes<u8>; 2]) -> Axes<u8> {
    let alone = |own: &[u8], other: &[u8]| -> Axes<u8> {
        own.iter().copied().filter(|label| !other.contains(label)).collect()
    };
    let mut labels = alone(a, b);
    labels.extend(alone(b, a).iter().copied());
    labels.sort_unstable();
    labels
}

/// An operand: the array, and its axes by label.
struct Operand<'a, 'py> {
    array: &'a Array<'py>,
    labels: &'a [u8],
}

impl<'py> Operand<'_, 'py> {
    fn axis(&self, label: u8) -> Option<Axis> {
        let at = self.labels.iter().position(|own| *own == label)?;
        Some(Axis { extent: *self.array.shape().get(at)?, stride: *self.array.strides().get(at)? })
    }
    /// The axes of labels that are this operand's.
    fn axes(&self, labels: &[u8]) -> Axes<Axis> {
        labels.iter().filter_map(|label| self.axis(*label)).collect()
    }
    /// The array with the batch's axes, then each group of `groups` as one axis; none for a group without labels.
    fn grouped(&self, batch: &[u8], groups: [&[u8]; 2]) -> PyResult<Array<'py>> {
        let mut axes = self.axes(batch);
        let parts = groups.iter().filter(|labels| !labels.is_empty());
        let mut whole = axes;
        if parts.clone().all(|labels| joined(&self.axes(labels)).map(|axis| whole.push(axis)).is_some()) {
            return self.seen(&whole);
        }
        // No view: the axes in order, copied densely, and joined then.
        groups.iter().for_each(|labels| axes.extend(self.axes(labels).iter().copied()));
        let view = self.seen(&axes)?;
        let dense = coerce::like(&view, &view.descr(), Order::C, None)?;
        coerce::copy_cast(&dense, &view, sharray_base::dtype::Casting::No)?;
        let mut shape: Axes<isize> = axes[..batch.len()].iter().map(|axis| axis.extent).collect();
        shape.extend(parts.map(|labels| self.axes(labels).iter().map(|axis| axis.extent).product::<isize>()));
        dense.set_layout(&shape, &layout::c_strides(&shape, dense.dtype().itemsize()))?;
        Ok(dense)
    }
    /// The array with these axes, which lead through its own elements.
    fn seen(&self, axes: &[Axis]) -> PyResult<Array<'py>> {
        let shape: Axes<isize> = axes.iter().map(|axis| axis.extent).collect();
        let strides: Axes<isize> = axes.iter().map(|axis| axis.stride).collect();
        if shape[..] == *self.array.shape() && strides[..] == *self.array.strides() {
            return Ok(self.array.clone());
        }
        // SAFETY: axes of the array itself, some of them joined, new ones without length: its own elements.
        unsafe {
            match self.array.plain_view(self.array.data(), &shape, &strides) {
                Some(view) => Ok(view),
                None => self.array.sub_view(&self.array.descr(), self.array.data(), &shape, &strides),
            }
        }
    }
}

/// Neighbouring axes as one, where one stride leads through all their elements.
fn joined(axes: &[Axis]) -> Option<Axis> {
    let mut long = axes.iter().rev().filter(|axis| axis.extent != 1);
    let Some(mut all) = long.next().copied() else { return axes.last().copied() };
    for axis in long {
        if axis.stride != all.stride.checked_mul(all.extent)? {
            return None;
        }
        all.extent *= axis.extent;
    }
    Some(all)
}

/// Labels of the result, in groups.
struct Groups<'a> {
    batch: &'a [u8],
    rows: &'a [u8],
    columns: &'a [u8],
    /// True where the second operand's labels come first: the operands change places.
    swapped: bool,
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

/// Whether `optimize=` was given, as a plain bool; `None` for any other keyword or value.
fn along_path(args: &Args<'_, '_>) -> Option<bool> {
    if !args.has_keywords() {
        return Some(false);
    }
    let named = args.raw().len() == 4 && args.only_keyword(pyo3::intern!(args.py(), "optimize"));
    named.then(|| args.value(3).cast_exact::<PyBool>().ok().map(|value| value.is_true()))?
}

/// `einsum(text, a, b)`, with `optimize=` perhaps.
///
/// # Errors
/// Those of the product.
pub(super) fn einsum<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if args.len() != 3 {
        return Ok(None);
    }
    let Some(along_path) = along_path(args) else { return Ok(None) };
    let text = args.at(0);
    let Some(labels) = text.cast_exact::<PyString>().ok().and_then(|text| read(text.to_str().ok()?)) else {
        return Ok(None);
    };
    let plain = |at: usize| {
        Array::from_object(&args.at(at)).filter(|array| array.is_exact() && array.dtype().is_plain_number())
    };
    let (Some(a), Some(b)) = (plain(1), plain(2)) else { return Ok(None) };
    if a.dtype().num() != b.dtype().num() {
        return Ok(None);
    }
    let [first, second] = &labels.operands;
    let operands = [Operand { array: &a, labels: first }, Operand { array: &b, labels: second }];
    contract(&operands, &labels, along_path)
}

fn contract<'py>(operands: &[Operand<'_, 'py>; 2], labels: &Labels, along_path: bool) -> Maybe<'py> {
    let [a, b] = operands;
    let fits = |one: &Operand<'_, '_>| {
        one.array.ndim() == one.labels.len() && !one.labels.is_empty() && !one.array.shape().contains(&0)
    };
    let sets = Set::of(a.labels).zip(Set::of(b.labels)).zip(Set::of(&labels.result));
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
        return multiplied(operands, &labels.result);
    }
    let inner: Axes<u8> = a.labels.iter().copied().filter(|label| inner.has(*label)).collect();
    let by_tensordot =
        along_path && both.and(kept).0 == 0 && matches!(a.array.dtype().kind(), Kind::Float | Kind::Complex);
    let memory = if by_tensordot {
        // Made in C order, whatever the operands' is, and turned then.
        let apart = a.labels.iter().chain(b.labels).filter(|label| !both.has(**label));
        if !apart.eq(labels.result.iter()) {
            return Ok(None);
        }
        labels.result
    } else {
        let Some(memory) = memory_order(operands, &labels.result, &inner) else { return Ok(None) };
        memory
    };
    let Some(groups) = grouped(&memory, [in_a, in_b]) else { return Ok(None) };
    let (left, right) = if groups.swapped { (b, a) } else { (a, b) };
    let product = multiplied_and_summed(left, right, &groups, &inner)?;
    let result = spread(product, left, right, (&labels.result, &memory))?;
    // Along a path the result is an array, also of no axes.
    if along_path {
        coerce::asarray(&result).map(|array| Some(array.into_object()))
    } else {
        Ok(Some(result))
    }
}

/// The result's labels, the slowest in memory first: the order in which the general way visits the elements.
fn memory_order(operands: &[Operand<'_, '_>; 2], result: &[u8], inner: &[u8]) -> Option<Axes<u8>> {
    let visited: Axes<u8> = result.iter().chain(inner).copied().collect();
    let list = |operand: &Operand<'_, '_>| {
        let axis = |label: &u8| operand.axis(*label).unwrap_or(Axis { extent: 1, stride: 0 });
        let axes: Axes<Axis> = visited.iter().map(axis).collect();
        let shape: Axes<isize> = axes.iter().map(|axis| axis.extent).collect();
        (shape, axes.iter().map(|axis| axis.stride).collect::<Axes<isize>>())
    };
    let [one, two] = operands.each_ref().map(list);
    let shape: Axes<isize> = one.0.iter().zip(two.0.iter()).map(|(a, b)| *a.max(b)).collect();
    let both = [(&one.0[..], &one.1[..]), (&two.0[..], &two.1[..])];
    let mut axes = coalesce::Axes::broadcast(&shape, both.into_iter())?;
    axes.sort();
    Some(axes.origin().iter().rev().filter_map(|axis| result.get(*axis as usize)).copied().collect())
}

/// The matrix product of two operands: the batch's axes, then one for the rows and one for the columns.
fn multiplied_and_summed<'py>(
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
fn spread<'py>(
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
fn multiplied<'py>([a, b]: &[Operand<'_, 'py>; 2], result: &[u8]) -> Maybe<'py> {
    let along = |one: &Operand<'_, 'py>| {
        let axes: Axes<Axis> =
            result.iter().map(|label| one.axis(*label).unwrap_or(Axis { extent: 1, stride: 0 })).collect();
        one.seen(&axes)
    };
    let (one, two) = (along(a)?, along(b)?);
    number::call(a.array.py(), Op::Multiply, &[one.as_ptr(), two.as_ptr()]).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let part = |labels: &[u8]| String::from_utf8_lossy(labels).into_owned();
        read(text).map(|l| format!("{} {} {}", part(&l.operands[0]), part(&l.operands[1]), part(&l.result)))
    }

    #[test]
    fn subscripts() {
        for (text, expected) in [
            ("ij,jk->ik", Some("ij jk ik")),
            (" i j , j k -> k i ", Some("ij jk ki")),
            ("ij,jk", Some("ij jk ik")),
            ("ab,cA", Some("ab cA Aabc")),
            ("i,i->", Some("i i ")),
            ("i,i", Some("i i ")),
            ("ij", None),
            ("i,j,k", None),
            ("i...,i", None),
            ("i,i->->", None),
            ("i,i-", None),
            ("é,i", None),
            ("abcdefghi,a", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }
}
