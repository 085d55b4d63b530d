//! Between flat indices and one index per axis.

use sharray_base::layout::{Order, broadcast_shapes, broadcast_strides, c_strides, checked_len};
use sharray_base::{DType, Dims, Error, Result, TypeNum, View};

use super::take::Mode;
use crate::Provider;
use crate::walk::walk;

const SIZE: usize = size_of::<isize>();

/// Flat indices from one `intp` array per axis, broadcast together, for an array of shape `dims`; one mode per axis.
///
/// # Errors
/// `Value` for a wrong number of arrays, an index out of bounds in `Raise` mode (negative ones included) or dims whose
/// product overflows; `Broadcast`.
pub fn ravel_multi_index(
    indices: &[View<'_>],
    dims: &[isize],
    modes: &[Mode],
    order: Order,
    provider: &mut dyn Provider,
) -> Result<()> {
    if indices.len() != dims.len() || modes.len() != dims.len() {
        return Err(Error::Value(format!(
            "parameter multi_index must be a sequence of length {}",
            dims.len()
        )));
    }
    let weights = weights(dims, order).ok_or_else(|| {
        Error::Value(
            "invalid dims: array size defined by dims is larger than the maximum possible size.".into(),
        )
    })?;
    let shapes: Vec<&[isize]> = indices.iter().map(|view| view.shape()).collect();
    let shape = broadcast_shapes(&shapes)?;
    let count = checked_len(&shape, SIZE)?;
    let out_strides = c_strides(&shape, SIZE);
    let out = provider.provide(0, &DType::of(TypeNum::Long), &shape, &out_strides)?;
    if count > 0 && dims.contains(&0) {
        return Err(Error::Value("cannot unravel if shape has zero entries (is empty).".into()));
    }
    let strides: Vec<Dims> = indices
        .iter()
        .map(|v| broadcast_strides(v.shape(), v.strides(), &shape).unwrap_or_default())
        .collect();
    let mut operands: Vec<(*mut u8, &[isize])> = vec![(out, &out_strides)];
    operands.extend(indices.iter().zip(&strides).map(|(view, strides)| (view.data(), &strides[..])));
    walk(&shape, &operands, &mut |p, s, n| {
        for i in 0..n as isize {
            let mut number = 0;
            for axis in 0..dims.len() {
                // SAFETY: elements of the axis's `intp` array.
                let index = unsafe { p[axis + 1].offset(i * s[axis + 1]).cast::<isize>().read_unaligned() };
                let refused = modes[axis] == Mode::Raise && index < 0;
                let place = if refused { None } else { modes[axis].place(index, dims[axis]) };
                let place = place.ok_or_else(|| Error::Value("invalid entry in coordinates array".into()))?;
                number += place * weights[axis];
            }
            // SAFETY: an element of the output.
            unsafe { p[0].offset(i * s[0]).cast::<isize>().write_unaligned(number) };
        }
        Ok(())
    })
}

/// How much one step along each axis adds to a flat index; `None` when the size overflows.
fn weights(dims: &[isize], order: Order) -> Option<Dims> {
    let mut weights = Dims::from_elem(1, dims.len());
    let mut total = 1isize;
    let mut visit = |axis: usize| {
        weights[axis] = total;
        total = total.checked_mul(dims[axis])?;
        Some(())
    };
    match order {
        Order::F => (0..dims.len()).try_for_each(&mut visit)?,
        _ => (0..dims.len()).rev().try_for_each(&mut visit)?,
    }
    Some(weights)
}

/// Flat `intp` indices split: output `i` holds the index along axis `i`, in the shape of `indices`.
///
/// # Errors
/// `Value` out of bounds, or dims whose product overflows.
pub fn unravel_index(
    indices: View<'_>,
    dims: &[isize],
    order: Order,
    provider: &mut dyn Provider,
) -> Result<()> {
    let total = dims.iter().try_fold(1isize, |p, &n| p.checked_mul(n)).ok_or_else(|| {
        Error::Value(
            "dimensions are too large; arrays and shapes with a total size greater than 'intp' are not supported."
                .into(),
        )
    })?;
    if dims.is_empty() && indices.ndim() > 0 {
        return Err(Error::Value("multiple indices are not supported for 0d arrays".into()));
    }
    check_flat(indices, total)?;
    let strides = c_strides(indices.shape(), SIZE);
    let mut operands: Vec<(*mut u8, &[isize])> = vec![(indices.data(), indices.strides())];
    for axis in 0..dims.len() {
        let out = provider.provide(axis, &DType::of(TypeNum::Long), indices.shape(), &strides)?;
        operands.push((out, &strides));
    }
    let axes: Vec<usize> =
        if order == Order::F { (0..dims.len()).collect() } else { (0..dims.len()).rev().collect() };
    walk(indices.shape(), &operands, &mut |p, s, n| {
        for i in 0..n as isize {
            // SAFETY: elements of the indices and the outputs.
            unsafe {
                let mut number = p[0].offset(i * s[0]).cast::<isize>().read_unaligned();
                for &axis in &axes {
                    let extent = dims[axis].max(1);
                    p[axis + 1].offset(i * s[axis + 1]).cast::<isize>().write_unaligned(number % extent);
                    number /= extent;
                }
            }
        }
        Ok(())
    })
}

fn check_flat(indices: View<'_>, total: isize) -> Result<()> {
    walk(indices.shape(), &[(indices.data(), indices.strides())], &mut |p, s, n| {
        for i in 0..n as isize {
            // SAFETY: elements of the `intp` array.
            let index = unsafe { p[0].offset(i * s[0]).cast::<isize>().read_unaligned() };
            if !(0..total).contains(&index) {
                return Err(Error::Value(format!(
                    "index {index} is out of bounds for array with size {total}"
                )));
            }
        }
        Ok(())
    })
}
