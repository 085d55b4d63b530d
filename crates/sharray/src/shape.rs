//! The same elements under another shape: views wherever NumPy makes views.

use sharray_base::error::shape_text;
use sharray_base::layout::reshape::{self, Layout, infer_shape, reshape_strides};
use sharray_base::layout::{Order, broadcast_strides, c_strides, normalize_axis};
use sharray_base::{DType, Error, Kind, Result, TypeNum};

use crate::Array;

impl Array {
    /// Another shape for the same elements in C order; one extent may be -1. A view where the memory allows it, else a
    /// copy.
    ///
    /// # Errors
    /// `Value` when the shape holds another number of elements.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(6)?;
    /// let b = a.reshape(&[2, -1])?;
    /// assert!(b.shares_memory(&a));
    /// assert!(!b.t().reshape(&[6])?.shares_memory(&a)); // no strides say that
    /// assert!(matches!(a.reshape(&[4, 2]), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn reshape(&self, shape: &[isize]) -> Result<Array> {
        let shape = infer_shape(self.len(), shape)?;
        let size = self.dtype().itemsize();
        let view = |strides| Layout { offset: 0, shape: shape.clone(), strides };
        match reshape_strides(self.shape(), self.strides(), &shape, Order::C, size) {
            Some(strides) => Ok(self.with_layout(view(strides))),
            None => Ok(self.copy()?.with_layout(view(c_strides(&shape, size)))),
        }
    }
    /// All elements along one axis, in C order: a view where possible.
    ///
    /// # Errors
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([[1, 2], [3, 4]]).t().ravel()?.to_vec::<i32>()?, [1, 3, 2, 4]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn ravel(&self) -> Result<Array> {
        self.reshape(&[-1])
    }
    /// The axes in another order: axis `i` of the result is axis `axes[i]` of this array. A view.
    ///
    /// # Errors
    /// `Value` when `axes` is no permutation; `Axis`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::zeros(&[2, 3, 4], "f8")?;
    /// assert_eq!(a.transpose(&[1, 0, -1])?.shape(), [3, 2, 4]);
    /// assert!(matches!(a.transpose(&[0, 0, 1]), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn transpose(&self, axes: &[isize]) -> Result<Array> {
        Ok(self.with_layout(reshape::transpose(self.shape(), self.strides(), Some(axes))?))
    }
    /// The axes in reverse order. A view.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([[1, 2], [3, 4]]).t().to_string(), "[[1 3]\n [2 4]]");
    /// ```
    pub fn t(&self) -> Array {
        let backwards = |values: &[isize]| values.iter().rev().copied().collect();
        let (shape, strides) = (backwards(self.shape()), backwards(self.strides()));
        self.with_layout(Layout { offset: 0, shape, strides })
    }
    /// Two axes exchanged. A view.
    ///
    /// # Errors
    /// `Axis`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::zeros(&[2, 3, 4], "f8")?.swap_axes(0, -1)?.shape(), [4, 3, 2]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn swap_axes(&self, first: isize, second: isize) -> Result<Array> {
        Ok(self.with_layout(reshape::swap_axes(self.shape(), self.strides(), first, second)?))
    }
    /// Without axes of extent 1: all of them, or those named. A view.
    ///
    /// # Errors
    /// `Axis`; `Value` for a named axis of another extent.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::zeros(&[1, 3, 1], "f8")?;
    /// assert_eq!(a.squeeze(None)?.shape(), [3]);
    /// assert_eq!(a.squeeze(Some(&[0]))?.shape(), [3, 1]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn squeeze(&self, axes: Option<&[isize]>) -> Result<Array> {
        Ok(self.with_layout(reshape::squeeze(self.shape(), self.strides(), axes)?))
    }
    /// With a new axis of extent 1 at a place of the result. A view.
    ///
    /// # Errors
    /// `Axis`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::arange(3)?.expand_dims(-1)?.shape(), [3, 1]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn expand_dims(&self, axis: isize) -> Result<Array> {
        Ok(self.with_layout(reshape::expand_dims(self.shape(), self.strides(), &[axis])?))
    }
    /// Stretched to a shape: added axes, and axes of extent 1, repeat their elements. A view with strides of 0.
    ///
    /// # Errors
    /// `Value` when the array does not broadcast to the shape.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let row = Array::from([1.0, 2.0]);
    /// let rows = row.broadcast_to(&[3, 2])?;
    /// assert_eq!(rows.strides(), [0, 8]);
    /// assert!(matches!(row.broadcast_to(&[3]), Err(Error::Value(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn broadcast_to(&self, shape: &[isize]) -> Result<Array> {
        sharray_base::layout::checked_len(shape, self.dtype().itemsize())?;
        let strides = broadcast_strides(self.shape(), self.strides(), shape).ok_or_else(|| {
            let (from, to) = (shape_text(self.shape()), shape_text(shape));
            Error::Value(format!("an array of shape {from} does not broadcast to shape {to}"))
        })?;
        Ok(self.with_layout(Layout { offset: 0, shape: shape.into(), strides }))
    }
    /// An axis run backwards. A view.
    ///
    /// # Errors
    /// `Axis`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::arange(3)?.flip(0)?.to_vec::<i64>()?, [2, 1, 0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn flip(&self, axis: isize) -> Result<Array> {
        let axis = normalize_axis(axis, self.ndim())?;
        let mut layout = Layout::of(self.shape(), self.strides());
        layout.offset = layout.strides[axis] * (layout.shape[axis] - 1).max(0);
        layout.strides[axis] = -layout.strides[axis];
        Ok(self.with_layout(layout))
    }
    /// The diagonal of the first two axes, `offset` places right of the main one, as a last axis. A view.
    ///
    /// # Errors
    /// `Value` for fewer than two axes.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let a = Array::arange(9)?.reshape(&[3, 3])?;
    /// assert_eq!(a.diagonal(0)?.to_vec::<i64>()?, [0, 4, 8]);
    /// assert_eq!(a.diagonal(-1)?.to_vec::<i64>()?, [3, 7]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn diagonal(&self, offset: isize) -> Result<Array> {
        Ok(self.with_layout(reshape::diagonal(self.shape(), self.strides(), offset, 0, 1)?))
    }
    /// Real parts: a view of complex arrays, the array itself for others.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let z = Array::from([Complex::new(1.0, 2.0), Complex::new(3.0, 4.0)]);
    /// assert_eq!(z.real().to_vec::<f64>()?, [1.0, 3.0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn real(&self) -> Array {
        self.component(0).unwrap_or_else(|| self.clone())
    }
    /// Imaginary parts: a view of complex arrays, zeros for others.
    ///
    /// # Errors
    /// `Memory`.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// assert_eq!(Array::from([Complex::new(1.0, 2.0)]).imag()?.to_vec::<f64>()?, [2.0]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn imag(&self) -> Result<Array> {
        match self.component(1) {
            Some(view) => Ok(view),
            None => Array::zeros(self.shape(), self.dtype()),
        }
    }
    fn component(&self, which: isize) -> Option<Array> {
        let num = match self.dtype().num() {
            TypeNum::CFloat => TypeNum::Float,
            TypeNum::CDouble => TypeNum::Double,
            TypeNum::CLongDouble => TypeNum::LongDouble,
            _ => return None,
        };
        let dtype = DType::of(num).with_order(self.dtype().order());
        let offset = which * dtype.itemsize() as isize;
        Some(self.with_dtype(dtype, Layout { offset, ..Layout::of(self.shape(), self.strides()) }))
    }
    /// The same bytes as elements of another dtype of the same size. A view.
    ///
    /// # Errors
    /// `Type` for another size, or an object dtype.
    ///
    /// ```
    /// # use sharray::prelude::*;
    /// let bits = Array::from([1.0f32]).view_as("uint32")?;
    /// assert_eq!(bits.to_vec::<u32>()?, [0x3f80_0000]);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn view_as(&self, dtype: impl crate::ToDType) -> Result<Array> {
        let dtype = dtype.to_dtype()?;
        if dtype.itemsize() != self.dtype().itemsize()
            || dtype.holds_objects()
            || dtype.kind() == Kind::Object
        {
            return Err(Error::Type(format!("the bytes of {} can't be seen as {dtype}", self.dtype())));
        }
        Ok(self.with_dtype(dtype, Layout::of(self.shape(), self.strides())))
    }
}
