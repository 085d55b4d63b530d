//! `tensordot`: the axes to sum over are named by number, and become labels.

use pyo3::prelude::*;
use pyo3::types::{PyInt, PyList, PyTuple};

use super::pair::{Groups, multiplied_and_summed, spread};
use super::{AXES, Axes, Maybe, Operand, alike};
use crate::args::plain_shape;
use crate::coerce;
use crate::fp_report;
use crate::gate::Args;
use crate::object::array::Array;

/// `tensordot(a, b, axes)` of two plain arrays of one dtype, whose axes go together.
///
/// # Errors
/// Those of the product.
pub(in crate::functions) fn tensordot<'py>(args: &Args<'_, 'py>) -> Maybe<'py> {
    let given = match args.raw().len() {
        2 => None,
        3 if args.len() == 3 || args.only_keyword(pyo3::intern!(args.py(), "axes")) => Some(args.value(2)),
        _ => return Ok(None),
    };
    if args.len() < 2 {
        return Ok(None);
    }
    let Some([a, b]) = alike(args, [0, 1]) else { return Ok(None) };
    if [&a, &b].iter().any(|array| array.ndim() > AXES || array.shape().contains(&0)) {
        return Ok(None);
    }
    let summed = match given {
        None => counted(2, &a, &b),
        Some(axes) => match axes.cast_exact::<PyInt>() {
            Ok(count) => count.extract().ok().and_then(|count| counted(count, &a, &b)),
            Err(_) => listed(&axes, &a, &b),
        },
    };
    let Some(summed) = summed else { return Ok(None) };
    let labels_of_a: Axes<u8> = (0..a.ndim()).map(|axis| b'A' + axis as u8).collect();
    let mut labels_of_b: Axes<u8> = (0..b.ndim()).map(|axis| b'a' + axis as u8).collect();
    let mut inner = Axes::<u8>::default();
    for (i, j) in summed.iter().copied() {
        if a.shape()[i] != b.shape()[j] || inner.contains(&labels_of_a[i]) || labels_of_b[j] < b'a' {
            return Ok(None);
        }
        labels_of_b[j] = labels_of_a[i];
        inner.push(labels_of_a[i]);
    }
    let kept = |labels: &[u8]| -> Axes<u8> {
        labels.iter().copied().filter(|label| !inner.contains(label)).collect()
    };
    let (rows, columns) = (kept(&labels_of_a), kept(&labels_of_b));
    let mut result = rows;
    result.extend(columns.iter().copied());
    let left = Operand { array: &a, labels: &labels_of_a };
    let right = Operand { array: &b, labels: &labels_of_b };
    let groups = Groups { batch: &[], rows: &rows, columns: &columns, swapped: false };
    let product = fp_report::named("dot", || multiplied_and_summed(&left, &right, &groups, &inner))?;
    let product = spread(product, &left, &right, (&result, &result))?;
    coerce::asarray(&product).map(|array| Some(array.into_object()))
}

/// Pairs of axes: the last `count` of `a` with the first of `b`.
fn counted(count: usize, a: &Array<'_>, b: &Array<'_>) -> Option<Axes<(usize, usize)>> {
    if count == 0 || count > a.ndim().min(b.ndim()) {
        return None;
    }
    Some((0..count).map(|axis| (a.ndim() - count + axis, axis)).collect())
}

/// Pairs of axes as two lists of plain integers, or two integers, name them.
fn listed(axes: &Bound<'_, PyAny>, a: &Array<'_>, b: &Array<'_>) -> Option<Axes<(usize, usize)>> {
    let [first, second] = items(axes)?;
    let (mut room_a, mut room_b) = ([0; AXES], [0; AXES]);
    let (first, second) = (numbers(&first, &mut room_a)?, numbers(&second, &mut room_b)?);
    if first.is_empty() || first.len() != second.len() {
        return None;
    }
    let axis = |number: isize, ndim: usize| {
        let number = if number < 0 { number + ndim as isize } else { number };
        (0..ndim as isize).contains(&number).then_some(number as usize)
    };
    let mut pairs = Axes::default();
    for (i, j) in first.iter().zip(second.iter()) {
        pairs.push((axis(*i, a.ndim())?, axis(*j, b.ndim())?));
    }
    Some(pairs)
}

/// The two items of a tuple or list.
fn items<'py>(pair: &Bound<'py, PyAny>) -> Option<[Bound<'py, PyAny>; 2]> {
    if let Ok(tuple) = pair.cast_exact::<PyTuple>() {
        return (tuple.len() == 2).then(|| Some([tuple.get_item(0).ok()?, tuple.get_item(1).ok()?]))?;
    }
    let list = pair.cast_exact::<PyList>().ok().filter(|list| list.len() == 2)?;
    Some([list.get_item(0).ok()?, list.get_item(1).ok()?])
}

/// Plain integers: one, or a tuple or list of them.
fn numbers<'a>(object: &Bound<'_, PyAny>, room: &'a mut [isize]) -> Option<&'a mut [isize]> {
    if let Ok(list) = object.cast_exact::<PyList>() {
        let tuple = list.to_tuple();
        return plain_shape(&[tuple.as_ptr()], room);
    }
    plain_shape(&[object.as_ptr()], room)
}
