//! Random orders.

use sharray_base::layout::normalize_axis;
use sharray_base::{Error, Result, TypeNum};
use sharray_random::bounded::Method;
use sharray_random::permute;

use super::Generator;
use crate::Array;
use crate::dtypes::ToDType;

impl Generator {
    /// The numbers below `count` in random order, in `int64`.
    ///
    /// # Errors
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// assert_eq!(default_rng(42).permutation(6)?.to_vec::<i64>()?, [3, 2, 5, 4, 1, 0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn permutation(&mut self, count: usize) -> Result<Array> {
        let mut order =
            Array::dense(&TypeNum::Long.to_dtype()?, &[isize::try_from(count).unwrap_or(isize::MAX)], true)?;
        let slots = order.as_mut_slice::<i64>()?;
        (0..).zip(&mut *slots).for_each(|(i, slot)| *slot = i);
        permute::shuffle(&mut self.stream.bits, slots, 1, Method::Mask);
        Ok(order)
    }
    /// The parts of an array along an axis in random order: NumPy's `permutation(array, axis)`.
    ///
    /// # Errors
    /// `Axis`; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let rows = Array::arange(8)?.reshape(&[4, 2])?;
    /// assert_eq!(default_rng(42).shuffled(&rows, 0)?.to_vec::<i64>()?, [6, 7, 4, 5, 2, 3, 0, 1]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn shuffled(&mut self, array: &Array, axis: isize) -> Result<Array> {
        let place = normalize_axis(axis, array.ndim())?;
        let order = self.permutation(array.shape()[place] as usize)?;
        array.take(&order, axis)
    }
    /// Puts the parts of an array along an axis into random order.
    ///
    /// # Errors
    /// As [`Generator::shuffled`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let mut cards = Array::arange(6)?;
    /// default_rng(42).shuffle(&mut cards, 0)?;
    /// assert_eq!(cards.to_vec::<i64>()?, [3, 2, 5, 4, 1, 0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn shuffle(&mut self, array: &mut Array, axis: isize) -> Result<()> {
        *array = self.shuffled(array, axis)?;
        Ok(())
    }
    /// An array's elements in random order: all of them (`None`), or those of each lane along an axis, every lane in an
    /// order of its own.
    ///
    /// # Errors
    /// `Axis`; `Value` for an array without axes; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let table = Array::arange(8)?.reshape(&[2, 4])?;
    /// assert_eq!(default_rng(42).permuted(&table, 1)?.to_vec::<i64>()?, [3, 2, 1, 0, 7, 6, 4, 5]);
    /// assert_eq!(default_rng(42).permuted(&table, None)?.shape(), [2, 4]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn permuted(&mut self, array: &Array, axis: impl Into<Option<isize>>) -> Result<Array> {
        if array.ndim() == 0 {
            return Err(Error::value("an array of one axis or more is needed, not of 0"));
        }
        let Some(axis) = axis.into() else { return self.permuted_whole(array) };
        let place = normalize_axis(axis, array.ndim())?;
        let lanes = array.transpose(&last_axis(place, array.ndim()))?.to_contiguous()?;
        let length = array.shape()[place] as usize;
        let mut order = Array::dense(&TypeNum::Long.to_dtype()?, &[lanes.len() as isize], true)?;
        let slots = order.as_mut_slice::<i64>()?;
        (0..).zip(&mut *slots).for_each(|(i, slot)| *slot = i);
        for lane in slots.chunks_exact_mut(length.max(1)) {
            permute::shuffle(&mut self.stream.bits, lane, 1, Method::Mask);
        }
        let shuffled = lanes.ravel()?.take(&order, 0)?.reshape(lanes.shape())?;
        shuffled.transpose(&from_last(place, array.ndim()))
    }
    /// All elements in random order, in the order that their memory has: rows first, or columns first.
    fn permuted_whole(&mut self, array: &Array) -> Result<Array> {
        if by_columns(array) {
            return Ok(self.permuted_whole(&array.t())?.t());
        }
        let order = self.permutation(array.len())?;
        array.ravel()?.take(&order, 0)?.reshape(array.shape())
    }
}

/// The axes with this one last.
fn last_axis(axis: usize, ndim: usize) -> Vec<isize> {
    (0..ndim).filter(|&other| other != axis).chain([axis]).map(|axis| axis as isize).collect()
}

/// The last axis brought back to its place.
fn from_last(axis: usize, ndim: usize) -> Vec<isize> {
    let last = ndim - 1;
    (0..axis).chain([last]).chain(axis..last).map(|axis| axis as isize).collect()
}

/// True when later axes have greater strides.
fn by_columns(array: &Array) -> bool {
    let axes = array.shape().iter().zip(array.strides()).filter(|(extent, _)| **extent > 1);
    let steps: Vec<isize> = axes.map(|(_, stride)| stride.abs()).collect();
    steps.len() > 1 && steps.is_sorted()
}
