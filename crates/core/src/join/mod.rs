//! Joining arrays along an axis.

use sharray_base::layout::{checked_len, normalize_axis};
use sharray_base::{DType, Dims, Error, Result, View, ViewMut};
use sharray_kernels::copy::release_elements;

use crate::Provider;
use crate::assign::{self, Casting};
use crate::iterate::{Source, keep_order_strides};

/// `arrays` one after the other along `axis`, or flattened for `None`, cast to `dtype`: output 0, in the memory order
/// the arrays have in common.
///
/// # Errors
/// `Value` for no arrays, arrays without axes (unless flattened) or shapes that don't fit; `Axis`; `Cast`.
pub fn concatenate(
    arrays: &[View<'_>],
    axis: Option<isize>,
    dtype: &DType,
    casting: Casting,
    provider: &mut dyn Provider,
) -> Result<()> {
    let (shape, axis) = joined_shape(arrays, axis)?;
    arrays.iter().try_for_each(|a| sharray_base::dtype::cast_rules::check_cast(a.dtype(), dtype, casting))?;
    let count = checked_len(&shape, dtype.itemsize())?;
    let strides = match axis {
        _ if shape.len() == 1 => Dims::from_elem(dtype.itemsize() as isize, 1),
        _ => {
            // Strides along an axis of one place say nothing of the order.
            let meant = |a: &View<'_>| -> Dims {
                a.shape().iter().zip(a.strides()).map(|(n, s)| if *n == 1 { 0 } else { *s }).collect()
            };
            let strides: Vec<Dims> = arrays.iter().map(meant).collect();
            let sources: Vec<Source<'_>> = arrays
                .iter()
                .zip(&strides)
                .map(|(a, strides)| Source { data: a.data(), shape: &shape, strides })
                .collect();
            keep_order_strides(&shape, &sources, dtype.itemsize())
        }
    };
    let out = provider.provide(0, dtype, &shape, &strides)?;
    // SAFETY: the provider gave memory for exactly this dense layout.
    let target = unsafe { ViewMut::new(View::new(out, dtype, &shape, &strides)) };
    let result = fill(target, arrays, axis, casting);
    if result.is_err() {
        // SAFETY: dense elements; object slots are null or were written by now.
        unsafe { release_elements(out, dtype.itemsize() as isize, count, dtype) }?;
    }
    result
}

/// As [`concatenate`], into memory of the caller's.
///
/// # Errors
/// As [`concatenate`]; `Value` when `out` has another shape.
pub fn concatenate_into(
    arrays: &[View<'_>],
    axis: Option<isize>,
    out: ViewMut<'_>,
    casting: Casting,
) -> Result<()> {
    let (shape, axis) = joined_shape(arrays, axis)?;
    if out.ndim() != shape.len() {
        return Err(Error::Value("Output array has wrong dimensionality".into()));
    }
    if out.shape() != shape.as_slice() {
        return Err(Error::Value("Output array is the wrong shape".into()));
    }
    fill(out, arrays, axis, casting)
}

/// Refuses arrays whose shapes can't be joined along `axis`.
///
/// # Errors
/// `Value`; `Axis`.
pub fn check(arrays: &[View<'_>], axis: Option<isize>) -> Result<()> {
    joined_shape(arrays, axis).map(|_| ())
}

fn joined_shape(arrays: &[View<'_>], axis: Option<isize>) -> Result<(Dims, Option<usize>)> {
    let Some(first) = arrays.first() else {
        return Err(Error::Value("need at least one array to concatenate".into()));
    };
    let Some(axis) = axis else {
        let total = arrays.iter().map(|a| a.len() as isize).try_fold(0isize, isize::checked_add);
        let total = total.ok_or_else(|| Error::Value("array is too big".into()))?;
        return Ok((Dims::from_elem(total, 1), None));
    };
    if first.ndim() == 0 {
        return Err(Error::Value("zero-dimensional arrays cannot be concatenated".into()));
    }
    let axis = normalize_axis(axis, first.ndim())?;
    let mut shape = Dims::from_slice(first.shape());
    for (position, array) in arrays.iter().enumerate().skip(1) {
        check_shape(first.shape(), axis, position, array.shape())?;
        let sum = shape[axis].checked_add(array.shape()[axis]);
        shape[axis] = sum.ok_or_else(|| Error::Value("array is too big".into()))?;
    }
    Ok((shape, Some(axis)))
}

fn check_shape(first: &[isize], axis: usize, position: usize, shape: &[isize]) -> Result<()> {
    if shape.len() != first.len() {
        return Err(Error::Value(format!(
            "all the input arrays must have same number of dimensions, but the array at index 0 has {} dimension(s) and \
             the array at index {position} has {} dimension(s)",
            first.len(),
            shape.len()
        )));
    }
    match (0..first.len()).find(|&other| other != axis && shape[other] != first[other]) {
        None => Ok(()),
        Some(other) => Err(Error::Value(format!(
            "all the input array dimensions except for the concatenation axis must match exactly, but along dimension \
             {other}, the array at index 0 has size {} and the array at index {position} has size {}",
            first[other], shape[other]
        ))),
    }
}

/// Copies each array to its part of `target`.
fn fill(target: ViewMut<'_>, arrays: &[View<'_>], axis: Option<usize>, casting: Casting) -> Result<()> {
    let step = target.strides()[axis.unwrap_or(0)];
    let mut data = target.data();
    for array in arrays {
        let count = axis.map_or(array.len() as isize, |axis| array.shape()[axis]);
        let dense;
        let (shape, strides) = match axis {
            Some(_) => (array.shape(), target.strides()),
            None => {
                dense = flat_strides(array.shape(), step);
                (array.shape(), &dense[..])
            }
        };
        // SAFETY: this array's part of the target, which the checked shapes lay side by side.
        let part = unsafe { ViewMut::new(target.with_layout(data, shape, strides)) };
        assign::copy(part, *array, casting)?;
        data = data.wrapping_offset(count * step);
    }
    Ok(())
}

/// Strides under which a run of elements, `step` apart, has `shape` in C order.
fn flat_strides(shape: &[isize], step: isize) -> Dims {
    let mut strides = sharray_base::layout::c_strides(shape, 1);
    strides.iter_mut().for_each(|s| *s *= step);
    strides
}
