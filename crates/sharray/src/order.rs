//! Sorting, and searching in what is sorted.

use sharray_base::dtype::result_type;
use sharray_base::{Kind, Result, TypeNum};
use sharray_core::search;
use sharray_core::sorting::{self, SortKind};

use crate::Array;
use crate::join::concatenate;
use crate::outputs::one;
pub use sharray_core::search::Side;

impl Array {
    /// Sorts along an axis, in place; NaN and NaT come last.
    ///
    /// # Errors
    /// `Axis`; `Type` for a dtype without order.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut a = Array::from([[3, 1], [2, 5]]);
    /// a.sort(0)?;
    /// assert_eq!(a.to_string(), "[[2 1]\n [3 5]]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn sort(&mut self, axis: isize) -> Result<()> {
        sorting::sort(self.view_mut()?, axis, SortKind::Quick)
    }
    /// A sorted copy.
    ///
    /// # Errors
    /// As [`Array::sort`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([2.0, f64::NAN, 1.0]).sorted(-1)?.to_string(), "[ 1.  2. nan]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn sorted(&self, axis: isize) -> Result<Array> {
        let mut copy = self.copy()?;
        copy.sort(axis)?;
        Ok(copy)
    }
    /// The places that sort along an axis; equal elements keep their order.
    ///
    /// # Errors
    /// As [`Array::sort`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([30, 10, 20]).argsort(0)?.to_vec::<i64>()?, [1, 2, 0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn argsort(&self, axis: isize) -> Result<Array> {
        one(|out| sorting::argsort(self.view(), axis, SortKind::Stable, out))
    }
    /// Reorders along an axis so that the elements at the places `kth` stand where sorting would put them, with smaller
    /// ones before and larger ones behind.
    ///
    /// # Errors
    /// As [`Array::sort`]; `Value` for a place out of bounds.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut a = Array::from([7, 1, 5, 3, 9]);
    /// a.partition(&[2], 0)?;
    /// assert_eq!(a.at::<i32>(&[2])?, 5);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn partition(&mut self, kth: &[isize], axis: isize) -> Result<()> {
        sorting::partition(self.view_mut()?, kth, axis)
    }
    /// Where `keys` would be inserted into this sorted 1-D array: before equal elements (`Side::Left`) or behind them.
    ///
    /// # Errors
    /// `Value` when this array is not 1-D; `Type` for a dtype without order; `Promotion`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([10, 20, 20, 30]);
    /// let keys = Array::from([20, 35]);
    /// assert_eq!(a.searchsorted(&keys, Side::Left)?.to_vec::<i64>()?, [1, 4]);
    /// assert_eq!(a.searchsorted(&keys, Side::Right)?.to_vec::<i64>()?, [3, 4]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn searchsorted(&self, keys: &Array, side: Side) -> Result<Array> {
        let dtype = result_type(&[self.dtype(), keys.dtype()], None)?;
        let (sorted, keys) = (self.as_dtype(&dtype)?, keys.as_dtype(&dtype)?);
        one(|out| search::searchsorted(sorted.view(), keys.view(), side, None, out))
    }
    fn as_dtype(&self, dtype: &sharray_base::DType) -> Result<Array> {
        if self.dtype().equivalent(dtype) { Ok(self.clone()) } else { self.astype(dtype) }
    }
    /// The distinct elements, sorted; NaNs count as one, and so do NaTs.
    ///
    /// # Errors
    /// `Type` for a dtype without order.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([3, 1, 3, 2, 1]).unique()?.to_vec::<i32>()?, [1, 2, 3]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn unique(&self) -> Result<Array> {
        let sorted = self.ravel()?.sorted(0)?;
        if sorted.len() < 2 {
            return Ok(sorted);
        }
        let (before, after) = (sorted.get(crate::s![..-1])?, sorted.get(crate::s![1..])?);
        let mut new = after.not_equal(&before)?;
        if matches!(sorted.dtype().kind(), Kind::Float | Kind::Complex | Kind::Datetime | Kind::Timedelta) {
            // NaN and NaT differ from themselves, but one is enough.
            new &= !(before.not_equal(&before)? & after.not_equal(&after)?);
        }
        let first = Array::full_as(&[1], true, TypeNum::Bool)?;
        let keep = concatenate(&[&first, &new], 0)?;
        sorted.get(crate::s![&keep])
    }
}
