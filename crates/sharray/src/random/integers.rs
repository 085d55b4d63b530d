//! Integers in a range, and bytes.

use std::ops::{Range, RangeInclusive};

use sharray_base::{DType, Error, Kind, Result, TypeNum, ViewMut};
use sharray_random::Source;
use sharray_random::bounded::Method;
use sharray_random::integers::{self, Slots, fill_each, fill_within};

use super::{Generator, Size, numbers, result_shape};
use crate::dtypes::ToDType;
use crate::{Array, Input};

/// Which integers may be drawn: a range of Rust's, `0..10` or `1..=6`.
///
/// ```
/// use sharray::prelude::*;
/// use sharray::random::default_rng;
/// assert_eq!(default_rng(42).integers(100u64..=100, 2)?.to_string(), "[100 100]");
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntegerRange {
    low: i128,
    last: i128,
}

/// Ranges of these integers.
macro_rules! ranges {
    ($($t:ty)*) => { $(
        impl From<Range<$t>> for IntegerRange {
            fn from(range: Range<$t>) -> IntegerRange {
                IntegerRange { low: range.start as i128, last: range.end as i128 - 1 }
            }
        }
        impl From<RangeInclusive<$t>> for IntegerRange {
            fn from(range: RangeInclusive<$t>) -> IntegerRange {
                IntegerRange { low: *range.start() as i128, last: *range.end() as i128 }
            }
        }
    )* };
}
ranges!(i32 i64 isize u32 u64 usize);

impl Generator {
    /// Integers of a range, each equally likely, in `int64`.
    ///
    /// # Errors
    /// `Value` for an empty range; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// assert_eq!(default_rng(42).integers(0..100, 3)?.to_vec::<i64>()?, [8, 77, 65]);
    /// assert!(matches!(default_rng(42).integers(1..1, 3), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn integers(&mut self, range: impl Into<IntegerRange>, size: impl Into<Size>) -> Result<Array> {
        self.integers_as(range, size, TypeNum::Long)
    }
    /// [`Generator::integers`] in another integer dtype, or bool. The dtype is part of the stream: narrow integers are made
    /// of fewer random bits.
    ///
    /// # Errors
    /// `Value` also for a range that leaves the dtype; `Type` for other dtypes.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// assert_eq!(default_rng(42).integers_as(0..256, 4, "u1")?.to_vec::<u8>()?, [136, 38, 217, 22]);
    /// assert!(matches!(default_rng(42).integers_as(0..256, 4, "i1"), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn integers_as(
        &mut self,
        range: impl Into<IntegerRange>,
        size: impl Into<Size>,
        dtype: impl ToDType,
    ) -> Result<Array> {
        let (range, Size(shape), dtype) = (range.into(), size.into(), dtype.to_dtype()?);
        let width = fitting_width(&dtype)?;
        let mut out = Array::dense(&dtype, &shape.unwrap_or_default(), true)?;
        if out.is_empty() {
            return Ok(out);
        }
        let (low, most) = range.checked(&dtype, width)?;
        let range = integers::Range { low, most, method: Method::Multiply };
        fill_within(&mut self.stream.bits, slots(out.view_mut()?, width), range);
        Ok(out)
    }
    /// Integers from `low` up to `high`, not included, which are numbers or arrays that broadcast together, in `int64`.
    ///
    /// # Errors
    /// `Value` for empty ranges and a size that the bounds don't broadcast to, `Broadcast` if they don't fit together, `Cast`
    /// for bounds that are no integers; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let drawn = default_rng(42).integers_between(0, array![10, 100, 1000], ())?;
    /// assert_eq!(drawn.to_vec::<i64>()?, [0, 77, 654]);
    /// let drawn = default_rng(42).integers_between(array![[0], [90]], 100, [2, 3])?;
    /// assert_eq!(drawn.to_vec::<i64>()?, [8, 77, 65, 94, 94, 98]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn integers_between<'a>(
        &mut self,
        low: impl Into<Input<'a>>,
        high: impl Into<Input<'a>>,
        size: impl Into<Size>,
    ) -> Result<Array> {
        self.integers_between_as(low, high, size, TypeNum::Long)
    }
    /// [`Generator::integers_between`] in another integer dtype, or bool, which is part of the stream.
    ///
    /// # Errors
    /// As [`Generator::integers_between`]; `Value` also for ranges that leave the dtype; `Type` for other dtypes.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// # use sharray::random::default_rng;
    /// let drawn = default_rng(42).integers_between_as(array![0, 100, 200], 256, (), "u1")?;
    /// assert_eq!(drawn.to_vec::<u8>()?, [136, 113, 244]);
    /// assert!(matches!(default_rng(42).integers_between_as(array![0, -1], 5, (), "u1"), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn integers_between_as<'a>(
        &mut self,
        low: impl Into<Input<'a>>,
        high: impl Into<Input<'a>>,
        size: impl Into<Size>,
        dtype: impl ToDType,
    ) -> Result<Array> {
        let (bounds, dtype) = ([whole(&low.into())?, whole(&high.into())?], dtype.to_dtype()?);
        let width = fitting_width(&dtype)?;
        let shape = result_shape(&size.into(), &bounds)?;
        let mut out = Array::dense(&dtype, &shape, true)?;
        let [lows, highs] = bounds;
        let range = |low: i128, high: i128| IntegerRange { low, last: high - 1 }.checked(&dtype, width);
        let single = lows.ndim() == 0 && highs.ndim() == 0;
        let (lows, highs) = (spread(&lows, &shape)?, spread(&highs, &shape)?);
        let ranges = lows.zip(highs).map(|(low, high)| range(low, high));
        let ranges = ranges.collect::<Result<Vec<(u64, u64)>>>()?;
        let Some(&(low, most)) = ranges.first() else { return Ok(out) };
        let slots = slots(out.view_mut()?, width);
        if single {
            // One range has the same stream, and a shorter way.
            fill_within(
                &mut self.stream.bits,
                slots,
                integers::Range { low, most, method: Method::Multiply },
            );
        } else {
            fill_each(&mut self.stream.bits, slots, &ranges, Method::Multiply);
        }
        Ok(out)
    }
    /// Random bytes.
    ///
    /// ```
    /// # use sharray::random::default_rng;
    /// assert_eq!(default_rng(42).bytes(5), [136, 38, 217, 22, 205]);
    /// ```
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        if bytes.is_empty() {
            // NumPy draws a word even then.
            self.stream.bits.next_u32();
        }
        let all = integers::Range { low: 0, most: u8::MAX.into(), method: Method::Multiply };
        fill_within(&mut self.stream.bits, Slots::W8(&mut bytes), all);
        bytes
    }
}

impl IntegerRange {
    /// Its lowest integer, modulo 2⁶⁴, and how far the highest is above it, if the dtype has them all.
    fn checked(self, dtype: &DType, width: u32) -> Result<(u64, u64)> {
        let IntegerRange { low, last } = self;
        let signed = dtype.kind() == Kind::Int;
        let (least, most) =
            if signed { (-1 << (width - 1), (1 << (width - 1)) - 1) } else { (0, (1 << width) - 1) };
        if low > last || low < least || last > most {
            return Err(Error::Value(format!(
                "integers {low} to {last} of dtype {dtype}, which has {least} to {most}"
            )));
        }
        Ok((low as u64, (last - low) as u64))
    }
}

/// Bounds in `int64`, or in `uint64` if that is what they are.
fn whole(bounds: &Input<'_>) -> Result<Array> {
    let num = if bounds.view().dtype().kind() == Kind::UInt { TypeNum::ULong } else { TypeNum::Long };
    numbers(bounds, &DType::of(num))
}

/// Bounds for each element of a shape.
fn spread(bounds: &Array, shape: &[isize]) -> Result<impl Iterator<Item = i128> + use<>> {
    let bounds = bounds.broadcast_to(shape)?;
    let signed = bounds.dtype().kind() == Kind::Int;
    let (narrow, wide) = match signed {
        true => (Some(bounds.iter::<i64>()?), None),
        false => (None, Some(bounds.iter::<u64>()?)),
    };
    Ok(narrow.into_iter().flatten().map(i128::from).chain(wide.into_iter().flatten().map(i128::from)))
}

/// Bits of an integer dtype in native byte order; 1 for bool.
fn fitting_width(dtype: &DType) -> Result<u32> {
    let unfit = || Error::Type(format!("no random integers of dtype {dtype}"));
    width_of(dtype.num()).filter(|_| dtype.is_native()).ok_or_else(unfit)
}

/// Bits of an integer dtype; 1 for bool.
fn width_of(num: TypeNum) -> Option<u32> {
    Some(match num {
        TypeNum::Bool => 1,
        TypeNum::Byte | TypeNum::UByte => 8,
        TypeNum::Short | TypeNum::UShort => 16,
        TypeNum::Int | TypeNum::UInt => 32,
        TypeNum::LongLong | TypeNum::ULongLong => 64,
        TypeNum::Long | TypeNum::ULong => 8 * size_of::<std::ffi::c_long>() as u32,
        _ => return None,
    })
}

/// The elements of a new array of integers of this width.
fn slots(view: ViewMut<'_>, width: u32) -> Slots<'_> {
    let (data, n) = (view.data(), view.len());
    debug_assert!(view.is_c_contiguous() && view.is_aligned());
    // SAFETY: a dense array of our own making, aligned, of `n` elements of that width, borrowed exclusively (V3); a bool
    // gets 0 or 1.
    unsafe {
        match width {
            64 => Slots::W64(std::slice::from_raw_parts_mut(data.cast(), n)),
            32 => Slots::W32(std::slice::from_raw_parts_mut(data.cast(), n)),
            16 => Slots::W16(std::slice::from_raw_parts_mut(data.cast(), n)),
            8 => Slots::W8(std::slice::from_raw_parts_mut(data, n)),
            _ => Slots::W1(std::slice::from_raw_parts_mut(data, n)),
        }
    }
}
