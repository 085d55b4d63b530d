//! The short way of `einsum`: one plain array of numbers ([`alone`]), two of one dtype ([`pair`]), or some more, from left
//! to right ([`chain`]); and that of
//! `tensordot`, by the same means ([`axes`]).
//!
//! What is not simple is declined before anything has happened, and goes to `sharray._core._contract`: labels that occur
//! twice in one of several operands, or are summed alone there, ellipses, extents of 1 that stretch, results whose axes mix
//! those of both operands, and whatever is an error.

mod alone;
mod axes;
mod chain;
mod pair;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString};
use sharray_base::layout::{self, Order};
use smallvec::SmallVec;

use crate::coerce;
use crate::gate::Args;
use crate::object::array::Array;

pub(super) use axes::tensordot;

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

/// Most operands.
const OPERANDS: usize = 6;

/// Text without blanks, cut into the labels of each operand and of the result.
struct Labels {
    operands: Few<Axes<u8>, OPERANDS>,
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

/// Reads subscripts of a few operands; `None` for all others, right or wrong.
fn read(text: &str) -> Option<Labels> {
    let mut operands = Few::<Axes<u8>, OPERANDS>::default();
    operands.push(Axes::default());
    let mut result = None::<Axes<u8>>;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b' ' => {}
            b',' if operands.len() < OPERANDS && result.is_none() => operands.push(Axes::default()),
            b'-' if result.is_none() && bytes.next() == Some(b'>') => result = Some(Axes::default()),
            letter if letter.is_ascii_alphabetic() => {
                let target = result.as_mut().or(operands.last_mut())?;
                if target.len() == AXES {
                    return None;
                }
                target.push(letter);
            }
            _ => return None,
        }
    }
    let result = result.unwrap_or_else(|| once(&operands));
    (result.len() <= AXES).then_some(Labels { operands, result })
}

/// The labels that occur once, in alphabetical order: the result's, where they are not given.
fn once(operands: &[Axes<u8>]) -> Axes<u8> {
    let all = || operands.iter().flat_map(|labels| labels.iter().copied());
    let mut labels: Axes<u8> = all().filter(|label| all().filter(|own| own == label).count() == 1).collect();
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

/// An argument that is a plain array of numbers.
fn plain<'py>(args: &Args<'_, 'py>, place: usize) -> Option<Array<'py>> {
    Array::from_object(&args.at(place)).filter(|array| array.is_exact() && array.dtype().is_plain_number())
}

/// Two arguments that are plain arrays of one dtype of numbers.
fn alike<'py>(args: &Args<'_, 'py>, places: [usize; 2]) -> Option<[Array<'py>; 2]> {
    let [a, b] = places.map(|place| plain(args, place));
    a.zip(b).filter(|(a, b)| a.dtype().num() == b.dtype().num()).map(<[_; 2]>::from)
}

/// Whether `optimize=` was given, as a plain bool; `None` for any other keyword or value.
fn along_path(args: &Args<'_, '_>) -> Option<bool> {
    if !args.has_keywords() {
        return Some(false);
    }
    let last = args.len();
    let named = args.raw().len() == last + 1 && args.only_keyword(pyo3::intern!(args.py(), "optimize"));
    named.then(|| args.value(last).cast_exact::<PyBool>().ok().map(|value| value.is_true()))?
}

/// `einsum(text, a)`, `einsum(text, a, b)` and so on, with `optimize=` perhaps.
///
/// # Errors
/// Those of the product, or of the sum.
pub(super) fn einsum<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    if !(2..=1 + OPERANDS).contains(&args.len()) {
        return Ok(None);
    }
    let Some(along_path) = along_path(args) else { return Ok(None) };
    let text = args.at(0);
    let labels = text.cast_exact::<PyString>().ok().and_then(|text| read(text.to_str().ok()?));
    let Some(labels) = labels.filter(|labels| labels.operands.len() + 1 == args.len()) else {
        return Ok(None);
    };
    match &labels.operands[..] {
        [own] => {
            let array = Array::from_object(&args.at(1));
            let array =
                array.filter(|array| array.is_exact() && array.dtype().is_bare_number() && !along_path);
            array.map_or(Ok(None), |array| {
                alone::contract(&Operand { array: &array, labels: own }, &labels.result)
            })
        }
        [first, second] => {
            let Some([a, b]) = alike(args, [1, 2]) else { return Ok(None) };
            let operands = [Operand { array: &a, labels: first }, Operand { array: &b, labels: second }];
            pair::contract(&operands, &labels.result, along_path)
        }
        _ if along_path => Ok(None),
        several => {
            let arrays: Option<SmallVec<[_; OPERANDS]>> = (1..args.len()).map(|at| plain(args, at)).collect();
            let Some(arrays) = arrays else { return Ok(None) };
            let operands: SmallVec<[_; OPERANDS]> =
                arrays.iter().zip(several).map(|(array, labels)| Operand { array, labels }).collect();
            chain::contract(&operands, &labels.result)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        let part = |labels: &[u8]| String::from_utf8_lossy(labels).into_owned();
        read(text).map(|l| {
            let operands: Vec<_> = l.operands.iter().map(|labels| part(labels)).collect();
            format!("{} -> {}", operands.join(" "), part(&l.result))
        })
    }

    #[test]
    fn subscripts() {
        for (text, expected) in [
            ("ij,jk->ik", Some("ij jk -> ik")),
            (" i j , j k -> k i ", Some("ij jk -> ki")),
            ("ij,jk", Some("ij jk -> ik")),
            ("ab,cA", Some("ab cA -> Aabc")),
            ("i,i->", Some("i i -> ")),
            ("i,i", Some("i i -> ")),
            ("ij", Some("ij -> ij")),
            ("iji", Some("iji -> j")),
            ("ii->i", Some("ii -> i")),
            ("ij,jk,kl", Some("ij jk kl -> il")),
            ("a,b,c,d,e,f,g", None),
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
