//! [`Input`]: what arithmetic takes beside an array: another array, or a single value.

use sharray_base::dtype::Weak;
use sharray_base::{DType, View};
use sharray_core::ufunc::Operand;

use crate::Array;
use crate::element::{Element, Scalar};

/// An operand: an array, borrowed or not, or a single value. Functions take `impl Into<Input>`, so that `&array`,
/// `array` and `2.0` all serve.
///
/// ```
/// use sharray::prelude::*;
/// let a = Array::from([1.0, 5.0]);
/// assert_eq!(a.maximum(3.0)?.to_vec::<f64>()?, [3.0, 5.0]);
/// assert_eq!(a.maximum(&a)?.to_vec::<f64>()?, [1.0, 5.0]);
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone)]
pub enum Input<'a> {
    /// An array.
    Borrowed(&'a Array),
    /// An array of one's own.
    Owned(Array),
    /// A value.
    Scalar(Scalar),
}

impl Input<'_> {
    pub(crate) fn view(&self) -> View<'_> {
        match self {
            Input::Borrowed(array) => array.view(),
            Input::Owned(array) => array.view(),
            Input::Scalar(scalar) => scalar.view(),
        }
    }
    pub(crate) fn weak(&self) -> Option<Weak> {
        match self {
            Input::Scalar(scalar) => scalar.weak(),
            _ => None,
        }
    }
    pub(crate) fn operand(&self) -> Operand<'_> {
        Operand { view: self.view(), weak: self.weak() }
    }
    /// The dtype it has by itself.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Input::from(1).dtype().to_string(), "int64");
    /// assert_eq!(Input::from(1u8).dtype().to_string(), "uint8");
    /// ```
    pub fn dtype(&self) -> DType {
        self.weak().map_or_else(|| self.view().dtype().clone(), Weak::default_dtype)
    }
}

impl<'a> From<&'a Array> for Input<'a> {
    fn from(array: &'a Array) -> Input<'a> {
        Input::Borrowed(array)
    }
}

impl From<Array> for Input<'_> {
    fn from(array: Array) -> Self {
        Input::Owned(array)
    }
}

impl<T: Element> From<T> for Input<'_> {
    fn from(value: T) -> Self {
        Input::Scalar(value.scalar())
    }
}

/// The operands of a ufunc: a tuple of one to four, or a slice of [`Input`]s.
///
/// ```
/// use sharray::prelude::*;
/// let clip = ufunc("clip")?;
/// assert_eq!(clip.call((&Array::arange(5)?, 1, 3))?.to_vec::<i64>()?, [1, 1, 2, 3, 3]);
/// # Ok::<(), Error>(())
/// ```
pub trait Inputs {
    /// Hands the operands to `act`.
    fn with<R>(self, act: impl FnOnce(&[Input<'_>]) -> R) -> R;
}

impl Inputs for &[Input<'_>] {
    fn with<R>(self, act: impl FnOnce(&[Input<'_>]) -> R) -> R {
        act(self)
    }
}

/// Tuples whose members are operands.
macro_rules! tuples {
    ($($name:ident $place:tt),*) => {
        impl<'x, $($name: Into<Input<'x>>),*> Inputs for ($($name,)*) {
            fn with<R>(self, act: impl FnOnce(&[Input<'_>]) -> R) -> R {
                act(&[$(self.$place.into()),*])
            }
        }
    };
}
tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
