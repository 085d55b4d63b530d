//! NumPy's arrays in Rust: one [`Array`] type of any dtype and any number of axes, with NumPy's promotion, broadcasting,
//! views, indexing, ufuncs, reductions, printed forms and files. No Python anywhere.
//!
//! ```
//! use sharray::prelude::*;
//!
//! # fn main() -> Result<()> {
//! let delays = array![[4.0, f64::NAN, 12.0], [0.0, 7.5, -3.0]];
//! let known = delays.is_finite()?;
//! assert_eq!(delays.get(s![&known])?.mean(())?.item::<f64>()?, 4.1);
//! println!("{}", &delays * 60);
//! // [[ 240.   nan  720.]
//! //  [   0.  450. -180.]]
//! # Ok(())
//! # }
//! ```
//!
//! # A tour
//!
//! **Making arrays.** From Rust's values ([`array!`], `Array::from`, [`Array::from_vec`], which takes a vector's memory
//! over, [`Array::from_rows`]), filled ([`Array::zeros`], [`Array::full`]) or counted off ([`Array::arange`],
//! [`Array::linspace`]). Dtypes are named by NumPy's spellings or by [`DType`] values; `dtype_of::<f32>()` is that of a Rust
//! type.
//!
//! ```
//! # use sharray::prelude::*;
//! let a = Array::arange((0.0..1.0, 0.25))?;
//! let b = Array::zeros(&[2, 4], "float32")?;
//! assert_eq!((a.dtype().to_string(), b.shape()), ("float64".to_string(), &[2, 4][..]));
//! # Ok::<(), Error>(())
//! ```
//!
//! **Indexing.** [`Array::get`] and [`Array::set`] take what [`s!`] lists: integers, ranges, ranges with a step in a tuple,
//! `Key::Ellipsis`, `Key::NewAxis`, masks and arrays of indices. Integers and ranges give views.
//!
//! ```
//! # use sharray::prelude::*;
//! let mut a = Array::arange(12)?.reshape(&[3, 4])?;
//! assert_eq!(a.get(s![1.., (.., -2)])?.to_string(), "[[ 7  5]\n [11  9]]"); // a[1:, ::-2]
//! a.set(s![&a.remainder(2)?.equal(1)?], 0)?; // a[a % 2 == 1] = 0
//! assert_eq!(a.to_string(), "[[ 0  0  2  0]\n [ 4  0  6  0]\n [ 8  0 10  0]]");
//! # Ok::<(), Error>(())
//! ```
//!
//! **Arrays are values.** Clones and views share memory until one of them is written to, which takes `&mut` and then copies
//! what others still look at. This is where the crate differs from NumPy, whose views write through: here a part of an array
//! is changed by [`Array::set`] on the whole, and no array changes behind its owner's back, on any thread.
//!
//! **Arithmetic.** Operators work on arrays and numbers, by reference or value; comparisons and functions are methods; every
//! ufunc is found by name with [`ufunc()`]. `f64`, `i32`, `i64` and sizes behave like Python's own numbers (NEP 50): they
//! take the dtype of the array beside them.
//!
//! ```
//! # use sharray::prelude::*;
//! let a = Array::from([1.0f32, 4.0, 9.0]);
//! let b = &a.sqrt()? * 2 + 0.5;
//! assert_eq!((b.dtype().to_string(), b.to_string()), ("float32".to_string(), "[2.5 4.5 6.5]".to_string()));
//! assert_eq!(ufunc("hypot")?.call((&b, 0.0))?.dtype(), b.dtype());
//! # Ok::<(), Error>(())
//! ```
//!
//! **Reductions** go over all axes `()`, one, or several; [`Axes::keepdims`] keeps them.
//!
//! ```
//! # use sharray::prelude::*;
//! let a = Array::arange(6)?.reshape(&[2, 3])?;
//! let centred = &a - a.mean(Axes::from(1).keepdims())?;
//! assert_eq!(centred.to_string(), "[[-1.  0.  1.]\n [-1.  0.  1.]]");
//! # Ok::<(), Error>(())
//! ```
//!
//! **Elements** come out as slices where they lie ([`Array::as_slice`]), as vectors ([`Array::to_vec`]), one by one
//! ([`Array::iter`], [`Array::at`], [`Array::item`]); the Rust type must be the dtype's.
//!
//! **Files.** [`Array::save`] and [`Array::load`] write and read `.npy`, [`Array::map`] maps it into memory;
//! [`Array::map_raw`] any file of elements; [`Array::load_table`] and [`Array::save_table`] read and write text; an `Archive`
//! (feature `npz`, on unless switched off) holds several arrays by name.
//!
//! **Random numbers** with NumPy's streams come from [`random::default_rng`].
//!
//! **Fourier transforms** are functions of the module [`fft`], **linear algebra** those of [`linalg`], **text** those of
//! [`strings`].
//!
//! **`ndarray`.** With the feature `ndarray`, arrays are exchanged with that crate where they lie: `Array::from`,
//! `Array::as_ndarray`, `Array::as_ndarray_mut`, `Array::into_ndarray`.
//!
//! **Errors** are values of [`Error`] that carry what was wrong: shapes, dtypes, axes. Nothing is changed when one is
//! returned. Only operators panic, as they have no other way: where shapes and dtypes are not known to fit, call
//! [`Array::add`] and its kind.
//!
//! ```
//! # use sharray::prelude::*;
//! let error = Array::zeros(&[3], "f8")?.add(&Array::zeros(&[2], "f8")?).unwrap_err();
//! assert!(matches!(error, Error::Broadcast { .. }));
//! assert!(error.to_string().contains("(3,) (2,)"));
//! # Ok::<(), Error>(())
//! ```

pub mod access;
#[cfg(feature = "npz")]
mod archive;
mod array;
mod create;
mod dtypes;
pub mod element;
pub mod fft;
mod files;
mod guess;
mod index;
mod join;
pub mod linalg;
mod math;
#[cfg(feature = "ndarray")]
mod ndarrays;
mod operand;
mod operators;
mod order;
mod outputs;
pub mod prelude;
pub mod random;
mod reduce;
mod shape;
pub mod strings;
mod tables;
mod text;
pub mod ufunc;
mod vectors;

pub use access::Elements;
#[cfg(feature = "npz")]
pub use archive::Archive;
pub use array::Array;
pub use create::Progression;
pub use dtypes::ToDType;
pub use element::{Complex, Element, Float8E4M3FN, Float8E5M2, Scalar, dtype_of};
pub use files::Access;
pub use guess::{GuessOptions, Names};
pub use half::{bf16, f16};
pub use index::Key;
pub use join::{broadcast_arrays, concatenate, select, stack};
pub use operand::{Input, Inputs};
pub use order::Side;
pub use reduce::Axes;
pub use sharray_base::dtype::{can_cast, promote, result_type};
pub use sharray_base::memory::Memory;
pub use sharray_base::{ByteOrder, DType, Error, Kind, Result, TypeNum, View, ViewMut};
pub use sharray_core::assign::Casting;
pub use sharray_io::text::Options as TableOptions;
pub use tables::TableFormat;
pub use ufunc::{Func, ufunc};

/// An array of the values in brackets, nested up to three deep; its dtype is that of their Rust type.
///
/// ```
/// use sharray::prelude::*;
/// assert_eq!(array![1, 2, 3].dtype().to_string(), "int32");
/// assert_eq!(array![[1.0, 2.0], [3.0, 4.0]].shape(), [2, 2]);
/// ```
#[macro_export]
macro_rules! array {
    ($($value:expr),* $(,)?) => { $crate::Array::from([$($value),*]) };
}
