//! Shape and stride arithmetic, on plain integers: contiguity, sizes, broadcasting, reshaping, overlap. Every product
//! is checked; nothing here touches memory.
//!
//! Invariants, cited as L1… elsewhere:
//! * L1. Extents are `>= 0`; at most [`crate::MAX_NDIM`] of them.
//! * L2. The product of the non-zero extents times the itemsize fits an `isize` (so an offset can't overflow).
//! * L3. Strides are in bytes and may be negative or zero. Strides of axes of extent 0 or 1 carry no meaning.
#![forbid(unsafe_code)]

pub mod coalesce;
pub mod overlap;
pub mod reshape;

use smallvec::SmallVec;

use crate::error::{Error, Result};

/// Extents or strides of an array: inline up to six axes.
pub type Dims = SmallVec<[isize; 6]>;

/// In which order new memory is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Last axis fastest.
    C,
    /// First axis fastest.
    F,
    /// Fortran if the source is Fortran contiguous and not C contiguous, else C.
    Any,
    /// As close to the source's memory order as possible.
    Keep,
}

/// Number of elements of `shape`, checked against L1 and L2 for elements of `itemsize` bytes.
///
/// # Errors
/// `Value` for a negative extent, too many axes, or a size beyond the address space.
#[inline]
pub fn checked_len(shape: &[isize], itemsize: usize) -> Result<usize> {
    // Few short axes of small elements, which nothing can be wrong with: the commonest case.
    let short = |shape: &[isize]| shape.iter().all(|n| (0..1 << 12).contains(n));
    if shape.len() <= 4 && itemsize < 1 << 12 && short(shape) {
        return Ok(shape.iter().fold(1, |product, n| product * *n as usize));
    }
    checked_len_of_any(shape, itemsize)
}

fn checked_len_of_any(shape: &[isize], itemsize: usize) -> Result<usize> {
    if shape.len() > crate::MAX_NDIM {
        return Err(Error::Value(format!(
            "maximum supported dimension for an ndarray is currently {}, found {}",
            crate::MAX_NDIM,
            shape.len()
        )));
    }
    if let Some(negative) = shape.iter().find(|&&n| n < 0) {
        return Err(Error::Value(format!(
            "negative dimensions are not allowed: {negative} in {}",
            crate::error::shape_text(shape)
        )));
    }
    let too_big = || {
        Error::Value(format!(
            "array is too big: shape {} of {itemsize}-byte elements is larger than the maximum possible size",
            crate::error::shape_text(shape)
        ))
    };
    let start = isize::try_from(itemsize.max(1)).map_err(|_| too_big())?;
    let product = shape.iter().filter(|&&n| n != 0).try_fold(start, |p, &n| p.checked_mul(n));
    product.ok_or_else(too_big)?;
    Ok(shape.iter().product::<isize>() as usize)
}

/// Strides of dense memory in C order.
pub fn c_strides(shape: &[isize], itemsize: usize) -> Dims {
    let mut strides = Dims::from_elem(0, shape.len());
    let mut step = itemsize as isize;
    for (stride, &extent) in strides.iter_mut().zip(shape).rev() {
        *stride = step;
        step *= extent.max(1);
    }
    strides
}

/// Strides of dense memory in Fortran order.
pub fn f_strides(shape: &[isize], itemsize: usize) -> Dims {
    let mut strides = Dims::from_elem(0, shape.len());
    let mut step = itemsize as isize;
    for (stride, &extent) in strides.iter_mut().zip(shape) {
        *stride = step;
        step *= extent.max(1);
    }
    strides
}

/// True when the elements lie densely in C order. Axes of extent 1 don't matter (L3); an empty array is contiguous.
#[inline]
pub fn is_c_contiguous(shape: &[isize], strides: &[isize], itemsize: usize) -> bool {
    let axes = shape.len().min(strides.len());
    is_dense((0..axes).rev().map(|axis| (shape[axis], strides[axis])), itemsize) || shape.contains(&0)
}

/// True when the elements lie densely in Fortran order.
#[inline]
pub fn is_f_contiguous(shape: &[isize], strides: &[isize], itemsize: usize) -> bool {
    let axes = shape.len().min(strides.len());
    is_dense((0..axes).map(|axis| (shape[axis], strides[axis])), itemsize) || shape.contains(&0)
}

#[inline(always)]
fn is_dense(axes: impl Iterator<Item = (isize, isize)>, itemsize: usize) -> bool {
    let mut step = itemsize as isize;
    for (extent, stride) in axes {
        if extent != 1 && stride != step {
            return false;
        }
        step *= extent;
    }
    true
}

/// True when every element's address is a multiple of `alignment` (a power of two).
#[inline]
pub fn is_aligned(data: usize, shape: &[isize], strides: &[isize], alignment: usize) -> bool {
    if alignment <= 1 || shape.contains(&0) {
        return true;
    }
    let bits =
        shape.iter().zip(strides).filter(|(n, _)| **n > 1).fold(data, |bits, (_, s)| bits | *s as usize);
    bits & (alignment - 1) == 0
}

/// The axis counted from the front.
///
/// # Errors
/// `Axis` when it is not in `-ndim..ndim`.
pub fn normalize_axis(axis: isize, ndim: usize) -> Result<usize> {
    let wanted = if axis < 0 { axis + ndim as isize } else { axis };
    usize::try_from(wanted).ok().filter(|&a| a < ndim).ok_or(Error::Axis { axis, ndim, prefix: None })
}

/// The shape that operands of these shapes broadcast to.
///
/// # Errors
/// `Broadcast` when an axis has two extents other than 1.
pub fn broadcast_shapes(shapes: &[&[isize]]) -> Result<Dims> {
    let ndim = shapes.iter().map(|s| s.len()).max().unwrap_or(0);
    let mut result = Dims::from_elem(1, ndim);
    for shape in shapes {
        for (out, &extent) in result[ndim - shape.len()..].iter_mut().zip(*shape) {
            if *out == 1 {
                *out = extent;
            } else if extent != 1 && extent != *out {
                return Err(Error::Broadcast {
                    shapes: shapes.iter().map(|s| Dims::from_slice(s)).collect(),
                });
            }
        }
    }
    Ok(result)
}

/// Strides that make an array of `shape` look like one of `target`: 0 along stretched and added axes. `None` when it
/// does not broadcast.
pub fn broadcast_strides(shape: &[isize], strides: &[isize], target: &[isize]) -> Option<Dims> {
    let added = target.len().checked_sub(shape.len())?;
    let mut result = Dims::from_elem(0, target.len());
    for axis in 0..shape.len() {
        if shape[axis] == target[added + axis] {
            result[added + axis] = strides[axis];
        } else if shape[axis] != 1 {
            return None;
        }
    }
    Some(result)
}

/// First and one-past-last byte offset, relative to the data pointer, that the elements cover; `(0, 0)` when empty.
pub fn byte_bounds(shape: &[isize], strides: &[isize], itemsize: usize) -> (isize, isize) {
    if shape.contains(&0) {
        return (0, 0);
    }
    let (mut low, mut high) = (0, 0);
    for (&extent, &stride) in shape.iter().zip(strides) {
        let reach = (extent - 1) * stride;
        if reach < 0 { low += reach } else { high += reach }
    }
    (low, high + itemsize as isize)
}

/// As [`byte_bounds`], for shape and strides that nobody has checked; `None` when the bounds leave `isize`.
pub fn checked_byte_bounds(shape: &[isize], strides: &[isize], itemsize: usize) -> Option<(isize, isize)> {
    if shape.contains(&0) {
        return Some((0, 0));
    }
    let (mut low, mut high) = (0isize, 0isize);
    for (&extent, &stride) in shape.iter().zip(strides) {
        let reach = extent.checked_sub(1)?.checked_mul(stride)?;
        let end = if reach < 0 { &mut low } else { &mut high };
        *end = end.checked_add(reach)?;
    }
    Some((low, high.checked_add_unsigned(itemsize)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_checked() {
        assert_eq!(checked_byte_bounds(&[3, 2], &[8, -16], 8), Some((-16, 24)));
        assert_eq!(checked_byte_bounds(&[0, 9], &[isize::MAX, isize::MAX], 8), Some((0, 0)));
        assert_eq!(checked_byte_bounds(&[5], &[1 << 62], 8), None);
        assert_eq!(checked_byte_bounds(&[2, 2], &[isize::MAX, isize::MAX], 8), None);
        assert_eq!(checked_byte_bounds(&[2], &[isize::MAX], 8), None);
    }

    #[test]
    fn products_are_checked() {
        assert_eq!(checked_len(&[2, 3], 8), Ok(6));
        assert_eq!(checked_len(&[], 8), Ok(1));
        assert_eq!(checked_len(&[0, isize::MAX], 1), Ok(0));
        assert!(matches!(checked_len(&[0, isize::MAX, 2], 1), Err(Error::Value(_))));
        assert!(matches!(checked_len(&[-1], 8), Err(Error::Value(_))));
        assert!(matches!(checked_len(&[1; 65], 8), Err(Error::Value(_))));
    }

    #[test]
    fn broadcasting() {
        assert_eq!(broadcast_shapes(&[&[3, 1], &[4]]).unwrap().as_slice(), [3, 4]);
        assert_eq!(broadcast_shapes(&[&[0], &[1]]).unwrap().as_slice(), [0]);
        assert!(broadcast_shapes(&[&[3], &[4]]).is_err());
        assert_eq!(broadcast_strides(&[3, 1], &[8, 8], &[2, 3, 4]).unwrap().as_slice(), [0, 8, 0]);
    }

    #[test]
    fn contiguity() {
        assert!(is_c_contiguous(&[2, 3], &[24, 8], 8) && !is_f_contiguous(&[2, 3], &[24, 8], 8));
        assert!(is_f_contiguous(&[2, 1], &[8, 999], 8) && is_c_contiguous(&[2, 1], &[8, 999], 8));
        assert_eq!(byte_bounds(&[3, 2], &[-16, 8], 8), (-32, 16));
    }
}
