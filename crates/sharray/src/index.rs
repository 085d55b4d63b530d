//! Indexing: integers, slices, new axes, masks and arrays of indices, to read and to write; and the functions that pick
//! elements.

use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use sharray_base::layout::c_strides;
use sharray_base::layout::reshape::Layout;
use sharray_base::{DType, Error, Kind, Result, TypeNum, ViewMut};
use sharray_core::assign::{self, Casting};
use sharray_core::index::{self, Mode, Plan};

use crate::Array;
use crate::operand::Input;
use crate::outputs::{many, one};

/// One entry of an index; the macro [`s!`](crate::s) makes a list of them from what stands between its brackets.
///
/// ```
/// use sharray::prelude::*;
/// let a = Array::arange(24)?.reshape(&[2, 3, 4])?;
/// for (keys, shape) in [
///     (s![0].to_vec(), vec![3, 4]),                       // a[0]
///     (s![.., 1].to_vec(), vec![2, 4]),                   // a[:, 1]
///     (s![Key::Ellipsis, -1].to_vec(), vec![2, 3]),       // a[..., -1]
///     (s![.., 1.., (.., -2)].to_vec(), vec![2, 2, 2]),    // a[:, 1:, ::-2]
///     (s![1, Key::NewAxis].to_vec(), vec![1, 3, 4]),      // a[1, None]
///     (s![.., [0, 2, 2, 1]].to_vec(), vec![2, 4, 4]),     // a[:, [0, 2, 2, 1]]
///     (s![&a.greater(20)?].to_vec(), vec![3]),            // a[a > 20]
/// ] {
///     assert_eq!(a.get(&keys)?.shape(), shape);
/// }
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone)]
pub enum Key {
    /// An integer, negative from the end: drops its axis.
    Int(isize),
    /// `start:stop:step`; `None` where nothing was written.
    Slice {
        /// First index.
        start: Option<isize>,
        /// Index to stop before.
        stop: Option<isize>,
        /// Distance, not 0; negative runs backwards.
        step: Option<isize>,
    },
    /// As many whole axes as are left over.
    Ellipsis,
    /// A new axis of extent 1.
    NewAxis,
    /// A mask (bool, over as many axes as it has) or an array of indices along one axis.
    Array(Array),
}

impl Key {
    /// A whole axis, `..`.
    pub const ALL: Key = Key::Slice { start: None, stop: None, step: None };

    fn slice(start: Option<isize>, stop: Option<isize>, step: Option<isize>) -> Key {
        Key::Slice { start, stop, step }
    }
}

impl From<RangeFull> for Key {
    fn from(_: RangeFull) -> Key {
        Key::ALL
    }
}

impl From<(RangeFull, isize)> for Key {
    fn from((_, step): (RangeFull, isize)) -> Key {
        Key::slice(None, None, Some(step))
    }
}

impl From<&Array> for Key {
    fn from(array: &Array) -> Key {
        Key::Array(array.clone())
    }
}

impl From<Array> for Key {
    fn from(array: Array) -> Key {
        Key::Array(array)
    }
}

/// `From` an integer, lists of them, and ranges with and without a step, which is of the type behind the arrow. An inclusive range
/// to -1 ends with the axis.
macro_rules! keys {
    ($($t:ty => $step:ty;)*) => { $(
        impl From<$t> for Key {
            fn from(index: $t) -> Key {
                Key::Int(whole(index))
            }
        }
        impl From<($t, $t, $step)> for Key {
            fn from((start, stop, step): ($t, $t, $step)) -> Key {
                Key::slice(Some(whole(start)), Some(whole(stop)), Some(whole(step)))
            }
        }
        impl From<Vec<$t>> for Key {
            fn from(indices: Vec<$t>) -> Key {
                Key::Array(indices.into())
            }
        }
        impl<const N: usize> From<[$t; N]> for Key {
            fn from(indices: [$t; N]) -> Key {
                Key::Array(indices.into())
            }
        }
        ranges! { $step:
            Range<$t>, |r| (Some(whole(r.start)), Some(whole(r.end)));
            RangeFrom<$t>, |r| (Some(whole(r.start)), None);
            RangeTo<$t>, |r| (None, Some(whole(r.end)));
            RangeInclusive<$t>, |r| (Some(whole(*r.start())), after(whole(*r.end())));
            RangeToInclusive<$t>, |r| (None, after(whole(r.end)));
        }
    )* };
}
macro_rules! ranges {
    ($step:ty: $($range:ty, $bounds:expr;)*) => { $(
        impl From<$range> for Key {
            fn from(range: $range) -> Key {
                let bounds: fn($range) -> (Option<isize>, Option<isize>) = $bounds;
                let (start, stop) = bounds(range);
                Key::slice(start, stop, None)
            }
        }
        impl From<($range, $step)> for Key {
            fn from((range, step): ($range, $step)) -> Key {
                let bounds: fn($range) -> (Option<isize>, Option<isize>) = $bounds;
                let (start, stop) = bounds(range);
                Key::slice(start, stop, Some(whole(step)))
            }
        }
    )* };
}
// Whole literals without a type are `i32`, steps as well as bounds.
keys! {
    i32 => i32;
    i64 => isize;
    isize => isize;
    usize => isize;
}

/// An index as `isize`; one too large for it is out of every array's bounds anyway.
fn whole<T: TryInto<isize>>(index: T) -> isize {
    index.try_into().unwrap_or(isize::MAX)
}

/// Where a range that includes `last` stops.
fn after(last: isize) -> Option<isize> {
    if last == -1 { None } else { Some(last.saturating_add(1)) }
}

/// An index: a list of [`Key`]s from integers, ranges, ranges with a step in a tuple, `(start, stop, step)`, arrays,
/// `Key::Ellipsis` and `Key::NewAxis`.
///
/// ```
/// use sharray::prelude::*;
/// let a = Array::arange(10)?;
/// assert_eq!(a.get(s![2..-2])?.to_string(), "[2 3 4 5 6 7]");
/// assert_eq!(a.get(s![(.., -3)])?.to_string(), "[9 6 3 0]");
/// assert_eq!(a.get(s![(1..6, 2)])?.to_string(), "[1 3 5]");
/// assert_eq!(a.get(s![(8, 2, -2)])?.to_string(), "[8 6 4]"); // start, stop, step
/// # Ok::<(), Error>(())
/// ```
#[macro_export]
macro_rules! s {
    ($($key:expr),* $(,)?) => { &[$($crate::Key::from($key)),*][..] };
}

/// Conversions that the engine's keys need: masks told from indices, indices as `intp`.
fn prepared(keys: &[Key]) -> Result<Vec<Key>> {
    keys.iter()
        .map(|key| match key {
            Key::Array(array) => match array.dtype().kind() {
                Kind::Bool => Ok(key.clone()),
                Kind::Int | Kind::UInt if array.ndim() == 0 => {
                    Ok(Key::Int(array.astype(intp())?.item::<isize>()?))
                }
                Kind::Int | Kind::UInt => Ok(Key::Array(array.astype(intp())?)),
                _ => Err(Error::Index(format!(
                    "arrays used as indices must be of integer (or boolean) type, not {}",
                    array.dtype()
                ))),
            },
            other => Ok(other.clone()),
        })
        .collect()
}

/// The dtype of indices.
pub(crate) fn intp() -> DType {
    DType::of(TypeNum::Long)
}

/// Prepared keys as the engine takes them.
fn engine_keys(keys: &[Key]) -> Result<Vec<index::Key<'_>>> {
    keys.iter()
        .map(|key| {
            Ok(match key {
                Key::Int(i) => index::Key::Int(*i),
                Key::Slice { start, stop, step } => {
                    index::Key::Slice { start: *start, stop: *stop, step: *step }
                }
                Key::Ellipsis => index::Key::Ellipsis,
                Key::NewAxis => index::Key::NewAxis,
                Key::Array(mask) if mask.dtype().kind() == Kind::Bool && mask.ndim() == 0 => {
                    index::Key::Bool0d(mask.item()?)
                }
                Key::Array(mask) if mask.dtype().kind() == Kind::Bool => index::Key::Mask(mask.view()),
                Key::Array(indices) => index::Key::Array(indices.view()),
            })
        })
        .collect()
}

impl Array {
    /// `self[keys]`, by NumPy's rules: a view for integers, slices and new axes, a copy where an array is among the keys.
    ///
    /// # Errors
    /// `Index` for too many keys, an integer or index out of bounds, a mask of another shape; `Value` for a step of 0.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(a.get(s![.., -1])?.to_vec::<i32>()?, [3, 6]);
    /// assert_eq!(a.get(s![[1, 0, 1], 0])?.to_vec::<i32>()?, [4, 1, 4]);
    /// assert_eq!(a.get(s![&a.greater(3)?])?.to_vec::<i32>()?, [4, 5, 6]);
    /// assert!(matches!(a.get(s![2]), Err(Error::Index(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn get(&self, keys: &[Key]) -> Result<Array> {
        let keys = prepared(keys)?;
        match index::plan(self.shape(), self.strides(), &engine_keys(&keys)?)? {
            Plan::Basic(layout) => Ok(self.with_layout(layout)),
            Plan::Fancy(plan) => one(|out| index::get(self.view(), &plan, out)),
        }
    }
    /// [`Array::get`] that is a view in any case.
    ///
    /// # Errors
    /// `Index` also for an array among the keys.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(5)?;
    /// assert!(a.slice(s![1..3])?.shares_memory(&a));
    /// assert!(matches!(a.slice(s![[0, 1]]), Err(Error::Index(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn slice(&self, keys: &[Key]) -> Result<Array> {
        if keys.iter().any(|key| matches!(key, Key::Array(_))) {
            return Err(Error::Index("an index array picks copies, not a view".into()));
        }
        self.get(keys)
    }
    /// `self[keys] = value`, broadcast and cast to this array's dtype by any cast.
    ///
    /// # Errors
    /// As [`Array::get`]; `Value` when `value` does not broadcast to the place.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut a = Array::zeros(&[2, 3], "i4")?;
    /// a.set(s![.., 1], 7)?;
    /// a.set(s![0], &Array::from([1, 2, 3]))?;
    /// a.set(s![&a.equal(0)?], -1)?;
    /// assert_eq!(a.to_string(), "[[ 1  2  3]\n [-1  7 -1]]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn set<'a>(&mut self, keys: &[Key], value: impl Into<Input<'a>>) -> Result<()> {
        self.set_input(keys, &value.into())
    }
    fn set_input(&mut self, keys: &[Key], value: &Input<'_>) -> Result<()> {
        let keys = prepared(keys)?;
        let target = self.view_mut()?;
        match index::plan(target.shape(), target.strides(), &engine_keys(&keys)?)? {
            Plan::Fancy(plan) => index::set(target, &plan, value.view()),
            Plan::Basic(layout) => assign::copy(part(&target, &layout), value.view(), Casting::Unsafe),
        }
    }
    /// Sets every element.
    ///
    /// # Errors
    /// `Value` when `value` does not broadcast to this array's shape.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut a = Array::zeros(&[2], "f8")?;
    /// a.fill(1.5)?;
    /// assert_eq!(a.to_vec::<f64>()?, [1.5, 1.5]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn fill<'a>(&mut self, value: impl Into<Input<'a>>) -> Result<()> {
        self.set_input(&[Key::Ellipsis], &value.into())
    }
    /// A field of a structured dtype, as a view. A subarray field's axes come last.
    ///
    /// # Errors
    /// `Key` when there is no such field.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let points = Array::zeros(&[2], "i4, 3f8")?;
    /// assert_eq!(points.field("f0")?.dtype().to_string(), "int32");
    /// assert_eq!(points.field("f1")?.shape(), [2, 3]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn field(&self, name: &str) -> Result<Array> {
        let (dtype, layout) = self.field_layout(name)?;
        Ok(self.with_dtype(dtype, layout))
    }
    fn field_layout(&self, name: &str) -> Result<(DType, Layout)> {
        let field = self.dtype().field(name);
        let field =
            field.ok_or_else(|| Error::Key(format!("no field of name {name:?} in {}", self.dtype())))?;
        let mut layout = Layout { offset: field.offset as isize, ..Layout::of(self.shape(), self.strides()) };
        let Some((base, shape)) = field.dtype.flattened() else { return Ok((field.dtype.clone(), layout)) };
        layout.shape.extend_from_slice(&shape);
        layout.strides.extend_from_slice(&c_strides(&shape, base.itemsize()));
        Ok((base.clone(), layout))
    }
    /// Sets a field of a structured dtype.
    ///
    /// # Errors
    /// As [`Array::field`] and [`Array::fill`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let mut points = Array::zeros(&[2], "i4, f8")?;
    /// points.set_field("f1", &Array::from([0.5, 1.5]))?;
    /// assert_eq!(points.to_string(), "[(0, 0.5) (0, 1.5)]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn set_field<'a>(&mut self, name: &str, value: impl Into<Input<'a>>) -> Result<()> {
        let value = value.into();
        self.view_mut()?; // the layout is that of memory of our own
        let (dtype, layout) = self.field_layout(name)?;
        let target = self.view_mut()?;
        let place = part(&target, &layout);
        // SAFETY: the field lies within each element, as its dtype says.
        let place = unsafe { ViewMut::new(place.as_view().with_dtype(&dtype)) };
        assign::copy(place, value.view(), Casting::Unsafe)
    }
    /// The slices at some places of an axis; negative places count from the end.
    ///
    /// # Errors
    /// `Axis`; `Index` for a place out of bounds; `Cast` for indices that are no integers.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1, 2, 3], [4, 5, 6]]);
    /// assert_eq!(a.take(&Array::from([2, 0]), 1)?.to_string(), "[[3 1]\n [6 4]]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn take(&self, indices: &Array, axis: isize) -> Result<Array> {
        let indices = indices.astype_with(intp(), Casting::SameKind)?;
        one(|out| index::take(self.view(), indices.view(), axis, Mode::Raise, out))
    }
    /// Each slice of an axis repeated `count` times.
    ///
    /// # Errors
    /// `Axis`; `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([1, 2]).repeat(2, 0)?.to_vec::<i32>()?, [1, 1, 2, 2]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn repeat(&self, count: usize, axis: isize) -> Result<Array> {
        let counts = Array::from([count]).astype(intp())?;
        one(|out| index::repeat(self.view(), counts.view(), axis, out))
    }
    /// Indices of the elements that are not zero (false, empty), one array per axis.
    ///
    /// # Errors
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let found = Array::from([[0, 7], [8, 0]]).nonzero()?;
    /// assert_eq!(found[0].to_vec::<i64>()?, [0, 1]);
    /// assert_eq!(found[1].to_vec::<i64>()?, [1, 0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn nonzero(&self) -> Result<Vec<Array>> {
        many(|out| index::nonzero(self.view(), out))
    }
    /// How many elements are not zero.
    ///
    /// # Errors
    /// None for the dtypes there are.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::arange(5)?.count_nonzero()?, 4);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn count_nonzero(&self) -> Result<usize> {
        index::count_nonzero(self.view())
    }
}

/// A part of a writable array.
fn part<'a>(target: &ViewMut<'a>, layout: &'a Layout) -> ViewMut<'a> {
    let data = target.data().wrapping_offset(layout.offset);
    // SAFETY: the layout was made for this array and names elements of it.
    unsafe { ViewMut::new(target.with_layout(data, &layout.shape, &layout.strides)) }
}
