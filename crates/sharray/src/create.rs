//! New arrays: filled, counted off, or from Rust's own values.

use std::ops::Range;

use sharray_base::layout::c_strides;
use sharray_base::layout::reshape::infer_shape;
use sharray_base::{DType, Error, Result};
use sharray_core::assign::Casting;
use sharray_core::create;

use crate::Array;
use crate::dtypes::ToDType;
use crate::element::{Element, dtype_of};
use crate::operand::Input;
use crate::vectors;

impl Array {
    /// Zeros: 0, false, empty text, the epoch.
    ///
    /// # Errors
    /// `Value` for a negative extent or a size beyond the address space; `Memory`; `NotImplemented` for `object`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::zeros(&[2, 2], "int8")?.to_string(), "[[0 0]\n [0 0]]");
    /// assert!(matches!(Array::zeros(&[-1], "f8"), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn zeros(shape: &[isize], dtype: impl ToDType) -> Result<Array> {
        Array::dense(&dtype.to_dtype()?, shape, true)
    }
    /// Ones.
    ///
    /// # Errors
    /// As [`Array::zeros`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::ones(&[3], "f4")?.to_vec::<f32>()?, [1.0, 1.0, 1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn ones(shape: &[isize], dtype: impl ToDType) -> Result<Array> {
        Array::full_as(shape, 1, dtype)
    }
    /// One value in every place; its dtype is the value's, `int64` for counts.
    ///
    /// # Errors
    /// As [`Array::zeros`]; `Value` for an array that does not broadcast to the shape.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::full(&[2], 2.5)?.to_vec::<f64>()?, [2.5, 2.5]);
    /// let rows = Array::full(&[2, 2], &Array::from([1u8, 2]))?;
    /// assert_eq!(rows.to_vec::<u8>()?, [1, 2, 1, 2]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn full<'a>(shape: &[isize], value: impl Into<Input<'a>>) -> Result<Array> {
        let value = value.into();
        filled(shape, &value, &value.dtype())
    }
    /// One value in every place, cast to a dtype.
    ///
    /// # Errors
    /// As [`Array::full`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::full_as(&[2], 300, "uint8")?.to_vec::<u8>()?, [44, 44]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn full_as<'a>(shape: &[isize], value: impl Into<Input<'a>>, dtype: impl ToDType) -> Result<Array> {
        filled(shape, &value.into(), &dtype.to_dtype()?)
    }
    /// Evenly spaced numbers: `arange(n)`, `arange(start..stop)`, `arange((start..stop, step))` or
    /// `arange((start, stop, step))`; `int64` from integers, `float64` from floats.
    ///
    /// # Errors
    /// `ZeroDivision` for a step of 0; `Value` for a length that is no number or too large; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::arange(4)?.to_vec::<i64>()?, [0, 1, 2, 3]);
    /// assert_eq!(Array::arange((10, 0, -4))?.to_vec::<i64>()?, [10, 6, 2]);
    /// assert_eq!(Array::arange((0.0..1.0, 0.25))?.to_vec::<f64>()?, [0.0, 0.25, 0.5, 0.75]);
    /// assert!(matches!(Array::arange((0..1, 0)), Err(Error::ZeroDivision(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn arange(numbers: impl Into<Progression>) -> Result<Array> {
        match numbers.into() {
            Progression::Ints(start, stop, step) => integers(start, stop, step),
            Progression::Floats(start, stop, step) => {
                let n = create::arange_len(start, stop, step)?;
                let mut array = Array::dense(&dtype_of::<f64>(), &[n as isize], true)?;
                let slots = array.as_mut_slice::<f64>()?;
                slots.iter_mut().zip([start, start + step]).for_each(|(slot, value)| *slot = value);
                create::fill_sequence(array.view_mut()?)?;
                Ok(array)
            }
        }
    }
    /// `num` evenly spaced `float64` from `start` to `stop`, both included.
    ///
    /// # Errors
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::linspace(0.0, 1.0, 5)?.to_vec::<f64>()?, [0.0, 0.25, 0.5, 0.75, 1.0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn linspace(start: f64, stop: f64, num: usize) -> Result<Array> {
        let gaps = num.saturating_sub(1) as f64;
        let step = (stop - start) / gaps;
        // A step too small for a float: the parts of the way are taken first.
        let at = |i: usize| if step == 0.0 { i as f64 / gaps * (stop - start) } else { i as f64 * step };
        let mut array = Array::dense(&dtype_of::<f64>(), &[extent(num)?], true)?;
        let slots = array.as_mut_slice::<f64>()?;
        slots.iter_mut().enumerate().for_each(|(i, slot)| *slot = at(i) + start);
        match slots {
            [] => {}
            [only] => *only = start,
            [.., last] => *last = stop,
        }
        Ok(array)
    }
    /// A matrix of `rows` by `columns` zeros with ones on the diagonal `k` places right of the main one.
    ///
    /// # Errors
    /// As [`Array::zeros`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::eye(2, 3, 1, "i8")?.to_string(), "[[0 1 0]\n [0 0 1]]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn eye(rows: usize, columns: usize, k: isize, dtype: impl ToDType) -> Result<Array> {
        let mut array = Array::zeros(&[extent(rows)?, extent(columns)?], dtype)?;
        create::fill_diagonal(array.view_mut()?, k, Input::from(1).view())?;
        Ok(array)
    }

    /// A vector's elements in C order under a shape, one of whose extents may be -1. The vector's memory becomes the
    /// array's; nothing is copied.
    ///
    /// # Errors
    /// `Value` when the shape holds another number of elements.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from_vec(vec![1.0, 2.0, 3.0, 4.0], &[2, -1])?;
    /// assert_eq!(a.shape(), [2, 2]);
    /// assert!(matches!(Array::from_vec(vec![1, 2, 3], &[2, 2]), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_vec<T: Element>(values: Vec<T>, shape: &[isize]) -> Result<Array> {
        let shape = infer_shape(values.len(), shape)?;
        owning(values, &shape)
    }
    /// A copy of a slice's elements in C order under a shape, one of whose extents may be -1.
    ///
    /// # Errors
    /// As [`Array::from_vec`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let numbers = [1u16, 2, 3, 4, 5, 6];
    /// assert_eq!(Array::from_slice(&numbers, &[-1, 2])?.shape(), [3, 2]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_slice<T: Element>(values: &[T], shape: &[isize]) -> Result<Array> {
        Array::from_vec(values.to_vec(), shape)
    }
    /// Rows of equal length as a matrix.
    ///
    /// # Errors
    /// `Value` with the row whose length differs from the first's.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from_rows(&[vec![1, 2, 3], vec![4, 5, 6]])?;
    /// assert_eq!(a.shape(), [2, 3]);
    /// assert!(matches!(Array::from_rows(&[vec![1], vec![2, 3]]), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_rows<T: Element, R: AsRef<[T]>>(rows: &[R]) -> Result<Array> {
        let width = rows.first().map_or(0, |row| row.as_ref().len());
        if let Some((place, row)) = rows.iter().enumerate().find(|(_, row)| row.as_ref().len() != width) {
            let len = row.as_ref().len();
            return Err(Error::Value(format!("row {place} has {len} elements, the first has {width}")));
        }
        let values: Vec<T> = rows.iter().flat_map(|row| row.as_ref().iter().copied()).collect();
        owning(values, &[extent(rows.len())?, extent(width)?])
    }
}

fn extent(n: usize) -> Result<isize> {
    isize::try_from(n).map_err(|_| Error::Value(format!("an extent of {n} is too large")))
}

fn filled(shape: &[isize], value: &Input<'_>, dtype: &DType) -> Result<Array> {
    let mut array = Array::dense(dtype, shape, false)?;
    array.receive(value.view(), Casting::Unsafe)?;
    Ok(array)
}

fn integers(start: i64, stop: i64, step: i64) -> Result<Array> {
    if step == 0 {
        return Err(Error::ZeroDivision("division by zero: arange() with a step of 0".into()));
    }
    let (way, step_wide) = (i128::from(stop) - i128::from(start), i128::from(step));
    let n = ((way + step_wide - step_wide.signum()) / step_wide).max(0);
    let n = isize::try_from(n).map_err(|_| Error::Value("Maximum allowed size exceeded".into()))?;
    let mut array = Array::dense(&dtype_of::<i64>(), &[n], true)?;
    let slots = array.as_mut_slice::<i64>()?;
    slots
        .iter_mut()
        .enumerate()
        .for_each(|(i, slot)| *slot = start.wrapping_add(step.wrapping_mul(i as i64)));
    Ok(array)
}

/// What [`Array::arange`] counts off: `n`, `start..stop`, `(start..stop, step)` or `(start, stop, step)`.
///
/// ```
/// # use sharray::prelude::*;
/// let odd: sharray::Progression = (1..8, 2).into();
/// assert_eq!(Array::arange(odd)?.to_vec::<i64>()?, [1, 3, 5, 7]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Progression {
    /// Start, stop and step of integers.
    Ints(i64, i64, i64),
    /// Start, stop and step of floats.
    Floats(f64, f64, f64),
}

/// `From` a stop, a range, a range with a step, and start, stop and step.
macro_rules! progressions {
    ($($t:ty: $variant:ident, $convert:expr;)*) => { $(
        impl From<$t> for Progression {
            fn from(stop: $t) -> Progression {
                (0 as $t..stop).into()
            }
        }
        impl From<Range<$t>> for Progression {
            fn from(range: Range<$t>) -> Progression {
                (range, 1 as $t).into()
            }
        }
        impl From<(Range<$t>, $t)> for Progression {
            fn from((range, step): (Range<$t>, $t)) -> Progression {
                (range.start, range.end, step).into()
            }
        }
        impl From<($t, $t, $t)> for Progression {
            fn from((start, stop, step): ($t, $t, $t)) -> Progression {
                let convert = $convert;
                Progression::$variant(convert(start), convert(stop), convert(step))
            }
        }
    )* };
}
progressions! {
    i32: Ints, i64::from;
    i64: Ints, |n| n;
    isize: Ints, |n| n as i64;
    usize: Ints, |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    f64: Floats, |x| x;
}

/// An array of the vector's memory; `shape` holds as many elements.
fn owning<T: Element>(values: Vec<T>, shape: &[isize]) -> Result<Array> {
    let strides = c_strides(shape, size_of::<T>());
    vectors::adopt(values, shape, &strides, 0)
}

/// For conversions that can't fail: the shape holds exactly the elements.
fn whole<T: Element>(values: Vec<T>, shape: &[isize]) -> Array {
    owning(values, shape).unwrap_or_else(|error| unreachable!("a vector as an array: {error}"))
}

impl<T: Element> From<Vec<T>> for Array {
    /// A 1-D array of the vector's memory.
    fn from(values: Vec<T>) -> Array {
        let n = values.len() as isize;
        whole(values, &[n])
    }
}

impl<T: Element> From<&[T]> for Array {
    /// A 1-D copy.
    fn from(values: &[T]) -> Array {
        values.to_vec().into()
    }
}

impl<T: Element> From<T> for Array {
    /// An array without axes.
    fn from(value: T) -> Array {
        whole(vec![value], &[])
    }
}

impl<T: Element, const N: usize> From<[T; N]> for Array {
    /// A 1-D array.
    fn from(values: [T; N]) -> Array {
        Vec::from(values).into()
    }
}

impl<T: Element, const M: usize, const N: usize> From<[[T; N]; M]> for Array {
    /// A matrix.
    fn from(rows: [[T; N]; M]) -> Array {
        whole(rows.into_iter().flatten().collect(), &[M as isize, N as isize])
    }
}

impl<T: Element, const L: usize, const M: usize, const N: usize> From<[[[T; N]; M]; L]> for Array {
    /// An array of three axes.
    fn from(planes: [[[T; N]; M]; L]) -> Array {
        let values = planes.into_iter().flatten().flatten().collect();
        whole(values, &[L as isize, M as isize, N as isize])
    }
}

impl<T: Element> FromIterator<T> for Array {
    /// A 1-D array of what the iterator yields.
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Array {
        values.into_iter().collect::<Vec<T>>().into()
    }
}
