//! Reductions: sums, extremes, means and their relatives, over any axes.

use sharray_base::{DType, Dims, Error, Kind, Result, TypeNum};
use sharray_core::search;

use crate::Array;
use crate::operand::Input;
use crate::outputs::one;
use crate::ufunc::Known;

/// Over which axes a reduction goes: `()` for all, one number, or several in an array; negative ones count from the last.
///
/// ```
/// use sharray::prelude::*;
/// let a = Array::ones(&[2, 3, 4], "f8")?;
/// assert_eq!(a.sum(())?.shape(), []);
/// assert_eq!(a.sum(-1)?.shape(), [2, 3]);
/// assert_eq!(a.sum([0, 2])?.shape(), [3]);
/// assert_eq!(a.sum(Axes::from([0, 2]).keepdims())?.shape(), [1, 3, 1]);
/// assert!(matches!(a.sum(3), Err(Error::Axis { axis: 3, ndim: 3, .. })));
/// # Ok::<(), Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axes {
    list: Option<Dims>,
    keepdims: bool,
}

impl Axes {
    /// All axes, as `()`.
    pub const ALL: Axes = Axes { list: None, keepdims: false };

    /// Reduced axes stay, with extent 1, so that the result broadcasts against the array.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1.0, 3.0], [2.0, 2.0]]);
    /// let parts = &a / a.sum(Axes::from(1).keepdims())?;
    /// assert_eq!(parts.to_string(), "[[0.25 0.75]\n [0.5  0.5 ]]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn keepdims(self) -> Axes {
        Axes { keepdims: true, ..self }
    }
    pub(crate) fn list(&self) -> Option<&[isize]> {
        self.list.as_deref()
    }
    pub(crate) fn keeps(&self) -> bool {
        self.keepdims
    }
    /// How many elements each result is made of, for axes that a reduction has accepted.
    fn count(&self, shape: &[isize]) -> usize {
        let ndim = shape.len() as isize;
        let extent = |axis: &isize| shape.get(axis.rem_euclid(ndim.max(1)) as usize).copied().unwrap_or(1);
        match &self.list {
            None => shape.iter().product::<isize>() as usize,
            Some(list) => list.iter().map(extent).product::<isize>() as usize,
        }
    }
}

impl From<()> for Axes {
    fn from((): ()) -> Axes {
        Axes::ALL
    }
}

impl From<&[isize]> for Axes {
    fn from(axes: &[isize]) -> Axes {
        Axes { list: Some(Dims::from_slice(axes)), keepdims: false }
    }
}

impl From<isize> for Axes {
    fn from(axis: isize) -> Axes {
        [axis].into()
    }
}

impl From<i32> for Axes {
    fn from(axis: i32) -> Axes {
        [axis as isize].into()
    }
}

impl<const N: usize> From<[isize; N]> for Axes {
    fn from(axes: [isize; N]) -> Axes {
        axes[..].into()
    }
}

impl<const N: usize> From<[i32; N]> for Axes {
    fn from(axes: [i32; N]) -> Axes {
        axes.map(|axis| axis as isize).into()
    }
}

/// Reductions that are a ufunc's: name, ufunc, what it says, and an example.
macro_rules! reductions {
    ($($name:ident $ufunc:literal $about:literal $call:literal $shown:literal;)*) => {
        impl Array { $(
            #[doc = $about]
            ///
            /// # Errors
            /// `Axis`; `Type` or `NoLoop` for a dtype without such arithmetic; `Value` for nothing to reduce without an identity.
            ///
            /// ```
            /// # use sharray::prelude::*;
            /// let a = Array::from([[1, 5], [4, 2]]);
            #[doc = concat!("assert_eq!(", $call, ".to_string(), ", stringify!($shown), ");")]
            /// # Ok::<(), Error>(())
            /// ```
            pub fn $name(&self, axes: impl Into<Axes>) -> Result<Array> {
                static FUNC: Known = Known::new($ufunc);
                FUNC.get()?.reduce_in(self, &axes.into(), None)
            }
        )* }
    };
}
reductions! {
    sum "add" "Sums. Integers smaller than 64 bits are added as `int64` or `uint64`." "a.sum(0)?" "[5 7]";
    prod "multiply" "Products, with the dtypes of [`Array::sum`]." "a.prod(())?" "40";
    min "minimum" "The smallest elements; NaN wins." "a.min(1)?" "[1 2]";
    max "maximum" "The largest elements; NaN wins." "a.max(1)?" "[5 4]";
    any "logical_or" "Whether any element is true (not zero)." "a.greater(4)?.any(1)?" "[ True False]";
    all "logical_and" "Whether all elements are true (not zero)." "a.greater(1)?.all(1)?" "[False  True]";
}

static ADD: Known = Known::new("add");
static SUBTRACT: Known = Known::new("subtract");
static MULTIPLY: Known = Known::new("multiply");
static DIVIDE: Known = Known::new("divide");
static CONJUGATE: Known = Known::new("conjugate");
static SQRT: Known = Known::new("sqrt");

impl Array {
    /// Arithmetic means: of integers as `float64`, of `float16` by way of `float32`. Of nothing: NaN.
    ///
    /// # Errors
    /// `Axis`; `Type` or `NoLoop` for a dtype without such arithmetic.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1, 2], [3, 5]]);
    /// assert_eq!(a.mean(())?.item::<f64>()?, 2.75);
    /// assert_eq!(a.mean(1)?.to_vec::<f64>()?, [1.5, 4.0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn mean(&self, axes: impl Into<Axes>) -> Result<Array> {
        self.narrowed(self.mean_in(&axes.into())?)
    }
    /// Variances: the mean squared distance from the mean, over `n - ddof` instead of `n` elements. Real for complex
    /// numbers.
    ///
    /// # Errors
    /// As [`Array::mean`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([1.0, 2.0, 3.0, 4.0]);
    /// assert_eq!(a.var((), 0)?.item::<f64>()?, 1.25);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn var(&self, axes: impl Into<Axes>, ddof: usize) -> Result<Array> {
        self.narrowed(self.var_in(&axes.into(), ddof)?)
    }
    /// Standard deviations: the square roots of [`Array::var`].
    ///
    /// # Errors
    /// As [`Array::mean`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([1.0, 3.0]).std((), 0)?.item::<f64>()?, 1.0);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn std(&self, axes: impl Into<Axes>, ddof: usize) -> Result<Array> {
        self.narrowed(SQRT.unary(self.var_in(&axes.into(), ddof)?.into())?)
    }
    /// The dtype means are computed in, where it is not the array's.
    fn mean_dtype(&self) -> Option<DType> {
        match self.dtype().kind() {
            Kind::Bool | Kind::Int | Kind::UInt => Some(DType::of(TypeNum::Double)),
            _ if self.computes_wider() => Some(DType::of(TypeNum::Float)),
            _ => None,
        }
    }
    fn mean_in(&self, axes: &Axes) -> Result<Array> {
        let sum = ADD.get()?.reduce_in(self, axes, self.mean_dtype().as_ref())?;
        DIVIDE.binary(sum.into(), axes.count(self.shape()).into())
    }
    fn var_in(&self, axes: &Axes, ddof: usize) -> Result<Array> {
        let mean = self.mean_in(&axes.clone().keepdims())?;
        let off = SUBTRACT.binary(self.into(), mean.into())?;
        let squares = if off.dtype().kind() == Kind::Complex {
            let conjugate = CONJUGATE.unary(Input::from(&off))?;
            MULTIPLY.binary(off.into(), conjugate.into())?.real()
        } else {
            MULTIPLY.binary(Input::from(&off), Input::from(&off))?
        };
        let sum = ADD.get()?.reduce_in(&squares, axes, None)?;
        DIVIDE.binary(sum.into(), axes.count(self.shape()).saturating_sub(ddof).into())
    }
    /// `float16` and smaller floats: their means are computed in `float32`.
    fn computes_wider(&self) -> bool {
        self.dtype().num() == TypeNum::Half || self.dtype().num().is_small_float()
    }
    /// Results of such arrays go back to their dtype.
    fn narrowed(&self, result: Array) -> Result<Array> {
        if self.computes_wider() { result.astype(self.dtype().num()) } else { Ok(result) }
    }

    /// Places of the smallest elements along an axis, or in the flattened array; the first of equals, NaN wins.
    ///
    /// # Errors
    /// `Axis`; `Value` for nothing to look at; `Type` for a dtype without order.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[3, 1], [0, 7]]);
    /// assert_eq!(a.argmin(None)?.item::<i64>()?, 2);
    /// assert_eq!(a.argmin(1)?.to_vec::<i64>()?, [1, 0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn argmin(&self, axis: impl Into<Option<isize>>) -> Result<Array> {
        self.extremum("argmin", axis.into(), false)
    }
    /// Places of the largest elements, as [`Array::argmin`].
    ///
    /// # Errors
    /// As [`Array::argmin`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([1.0, 5.0, 5.0]).argmax(0)?.item::<i64>()?, 1);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn argmax(&self, axis: impl Into<Option<isize>>) -> Result<Array> {
        self.extremum("argmax", axis.into(), true)
    }
    fn extremum(&self, name: &str, axis: Option<isize>, largest: bool) -> Result<Array> {
        let (source, axis) = self.along(axis)?;
        let place = sharray_base::layout::normalize_axis(axis, source.ndim())?;
        if source.shape()[place] == 0 && !self.shape().iter().enumerate().any(|(i, n)| i != place && *n == 0)
        {
            return Err(Error::Value(format!("attempt to get {name} of an empty sequence")));
        }
        one(|out| search::extremum(source.view(), axis, largest, out))
    }
    /// The array and the axis, or the flattened array and its only one.
    fn along(&self, axis: Option<isize>) -> Result<(Array, isize)> {
        match axis {
            Some(axis) if self.ndim() > 0 => Ok((self.clone(), axis)),
            Some(axis @ (0 | -1)) => Ok((self.ravel()?, axis)),
            Some(axis) => Err(Error::Axis { axis, ndim: 0, prefix: None }),
            None => Ok((self.ravel()?, 0)),
        }
    }
    /// Running sums along an axis, or of the flattened array.
    ///
    /// # Errors
    /// `Axis`; `Type` or `NoLoop` for a dtype without such arithmetic.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::from([[1, 2], [3, 4]]);
    /// assert_eq!(a.cumsum(None)?.to_vec::<i64>()?, [1, 3, 6, 10]);
    /// assert_eq!(a.cumsum(0)?.to_string(), "[[1 2]\n [4 6]]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn cumsum(&self, axis: impl Into<Option<isize>>) -> Result<Array> {
        let (source, axis) = self.along(axis.into())?;
        ADD.get()?.accumulate(&source, axis)
    }
    /// Running products, as [`Array::cumsum`].
    ///
    /// # Errors
    /// As [`Array::cumsum`].
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([1, 2, 3, 4]).cumprod(0)?.to_vec::<i64>()?, [1, 2, 6, 24]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn cumprod(&self, axis: impl Into<Option<isize>>) -> Result<Array> {
        let (source, axis) = self.along(axis.into())?;
        MULTIPLY.get()?.accumulate(&source, axis)
    }
}
