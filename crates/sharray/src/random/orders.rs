//! Random orders.

use sharray_base::layout::normalize_axis;
use sharray_base::{Result, TypeNum};
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
}
