//! Arrays of the crate `ndarray`: to and from [`Array`], where their elements lie.
//!
//! | | memory |
//! |---|---|
//! | [`Array::as_ndarray`] | shared, for any strides |
//! | [`Array::as_ndarray_mut`] | shared, once it is this array's alone: what others look at is copied first |
//! | `Array::from(array)` of an owned one | taken over, never copied, for any strides |
//! | `Array::from(&array)` of a view or a borrowed one | copied: an [`Array`] owns its memory |
//! | [`Array::into_ndarray`] | handed over if it was a vector of Rust's (or an owned array of `ndarray`), whole, dense and nobody else's; else copied |

use ndarray::{
    ArrayBase, ArrayD, ArrayView, ArrayViewD, ArrayViewMutD, Axis, Data, Dimension, IxDyn, ShapeBuilder,
};
use sharray_base::{Dims, Error, Result, View};

use crate::Array;
use crate::access::check_bytes;
use crate::element::Element;
use crate::vectors::{self, VecOwner};

/// A layout as `ndarray` takes it: strides in elements, none of them negative.
struct Placed<T> {
    first: *mut T,
    shape: Vec<usize>,
    strides: Vec<usize>,
    /// Axes that are to be turned round.
    reversed: Vec<usize>,
}

impl<T: Element> Placed<T> {
    fn of(view: &View<'_>) -> Result<Placed<T>> {
        let shape: Vec<usize> = view.shape().iter().map(|&n| n as usize).collect();
        if view.is_empty() {
            let strides = vec![0; shape.len()];
            return Ok(Placed { first: std::ptr::dangling_mut(), shape, strides, reversed: Vec::new() });
        }
        let (mut first, mut strides, mut reversed) = (view.data(), Vec::new(), Vec::new());
        for (axis, (&n, &stride)) in view.shape().iter().zip(view.strides()).enumerate() {
            // An axis of one element has no stride that counts.
            let stride = if n == 1 { 0 } else { stride };
            if stride % size_of::<T>() as isize != 0 {
                return Err(Error::Value(format!(
                    "elements {stride} bytes apart are no array of ndarray's; copy makes one"
                )));
            }
            if stride < 0 {
                first = first.wrapping_offset(stride * (n - 1));
                reversed.push(axis);
            }
            strides.push(stride.unsigned_abs() / size_of::<T>());
        }
        Ok(Placed { first: first.cast(), shape, strides, reversed })
    }
}

impl Array {
    /// Refuses what can't be seen as elements of type `T` where they lie.
    fn presentable<T: Element>(&self) -> Result<()> {
        self.expect::<T>()?;
        let view = self.view();
        if !(self.dtype().is_native() && view.is_aligned()) {
            return Err(Error::Value(format!(
                "elements of {} are not aligned or in another byte order; to_contiguous makes an array whose are",
                self.dtype()
            )));
        }
        self.presentable_bytes::<T>()
    }
    /// Refuses another dtype, and bool bytes that are none.
    fn presentable_bytes<T: Element>(&self) -> Result<()> {
        self.expect::<T>()?;
        if T::PICKY {
            // A dense copy has the same bytes.
            return if self.is_c_contiguous() {
                check_bytes::<T>(&self.view())
            } else {
                check_bytes::<T>(&self.copy()?.view())
            };
        }
        Ok(())
    }
    /// A view of the crate `ndarray` on the same memory.
    ///
    /// # Errors
    /// `Type` when the dtype is not `T`'s; `Value` when elements are not aligned, in another byte order, or apart by what is
    /// no multiple of their size (fields of structures).
    ///
    /// ```
    /// use sharray::prelude::*;
    /// let a = Array::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    /// let turned = a.get(s![.., (.., -1)])?;
    /// let view = turned.as_ndarray::<f64>()?;
    /// assert_eq!(view, ndarray::array![[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]].into_dyn());
    /// assert_eq!(std::ptr::from_ref(&view[[0, 2]]).cast(), a.view().data().cast_const());
    /// # Ok::<(), Error>(())
    /// ```
    pub fn as_ndarray<T: Element>(&self) -> Result<ArrayViewD<'_, T>> {
        self.presentable::<T>()?;
        let placed = Placed::<T>::of(&self.view())?;
        let shape = IxDyn(&placed.shape).strides(IxDyn(&placed.strides));
        // SAFETY: the elements of the array's own view (V1-V3), aligned, native and values of `T`, from the lowest on along
        // every axis; while `self` is borrowed nobody writes to them.
        let mut view: ArrayViewD<'_, T> = unsafe { ArrayView::from_shape_ptr(shape, placed.first) };
        placed.reversed.into_iter().for_each(|axis| view.invert_axis(Axis(axis)));
        Ok(view)
    }
    /// The same, to write to. Memory that others look at, or that is read-only, is copied first.
    ///
    /// # Errors
    /// As [`Array::as_ndarray`]; `Memory`.
    ///
    /// ```
    /// use sharray::prelude::*;
    /// let mut a = Array::zeros(&[2, 2], "f8")?;
    /// a.as_ndarray_mut::<f64>()?[[1, 0]] = 7.0;
    /// assert_eq!(a.to_string(), "[[0. 0.]\n [7. 0.]]");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn as_ndarray_mut<T: Element>(&mut self) -> Result<ArrayViewMutD<'_, T>> {
        self.presentable::<T>()?;
        let placed = Placed::<T>::of(&*self.view_mut()?)?;
        let shape = IxDyn(&placed.shape).strides(IxDyn(&placed.strides));
        // SAFETY: as in `as_ndarray`; the memory is writable and this array's alone, which is borrowed exclusively, and no
        // two elements overlap (`view_mut`).
        let mut view = unsafe { ArrayViewMutD::from_shape_ptr(shape, placed.first) };
        placed.reversed.into_iter().for_each(|axis| view.invert_axis(Axis(axis)));
        Ok(view)
    }
    /// An owned array of the crate `ndarray`: of the same memory if that was a vector's, dense and whole, and nobody else
    /// looks at it; else a copy.
    ///
    /// # Errors
    /// `Type` when the dtype is not `T`'s; `Value` for bool bytes that are neither 0 nor 1; `Memory`.
    ///
    /// ```
    /// use sharray::prelude::*;
    /// let a = Array::from(vec![1.0, 2.0, 3.0, 4.0]).reshape(&[2, 2])?;
    /// let address = a.view().data().cast_const();
    /// let owned = a.into_ndarray::<f64>()?;
    /// assert_eq!(owned, ndarray::array![[1.0, 2.0], [3.0, 4.0]].into_dyn());
    /// assert_eq!(owned.as_ptr().cast(), address);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn into_ndarray<T: Element>(self) -> Result<ArrayD<T>> {
        self.presentable_bytes::<T>()?;
        let shape: Vec<usize> = self.shape().iter().map(|&n| n as usize).collect();
        let (c_order, f_order) = (self.is_c_contiguous(), self.is_f_contiguous());
        let whole = self.dtype().is_native() && (c_order || f_order) && self.nbytes() == self.memory().len();
        let given = if whole { self.into_owner::<VecOwner<T>>() } else { Err(self) };
        match given {
            Ok(owner) => ArrayD::from_shape_vec(IxDyn(&shape).set_f(!c_order), owner.into_vec()),
            Err(array) => ArrayD::from_shape_vec(IxDyn(&shape), array.to_vec()?),
        }
        .map_err(|error| Error::Runtime(format!("an array for ndarray: {error}")))
    }
}

impl<T: Element, D: Dimension> From<ndarray::Array<T, D>> for Array {
    /// An array of the other one's memory, whatever its strides are; nothing is copied.
    ///
    /// ```
    /// use sharray::prelude::*;
    /// let rows = ndarray::array![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]];
    /// let address = rows.as_ptr().cast();
    /// let columns = Array::from(rows.reversed_axes());
    /// assert_eq!((columns.shape(), columns.view().data().cast_const()), (&[2, 3][..], address));
    /// ```
    fn from(array: ndarray::Array<T, D>) -> Array {
        let shape: Dims = array.shape().iter().map(|&n| n as isize).collect();
        let strides: Dims = array.strides().iter().map(|&step| step * size_of::<T>() as isize).collect();
        let (values, offset) = array.into_raw_vec_and_offset();
        let adopted = vectors::adopt(values, &shape, &strides, offset.unwrap_or(0) * size_of::<T>());
        adopted.unwrap_or_else(|error| unreachable!("an array of ndarray's lies in its vector: {error}"))
    }
}

impl<T: Element, S: Data<Elem = T>, D: Dimension> From<&ArrayBase<S, D>> for Array {
    /// A copy in C order: an [`Array`] owns its memory.
    ///
    /// ```
    /// use sharray::prelude::*;
    /// let rows = ndarray::array![[1, 2], [3, 4]];
    /// assert_eq!(Array::from(&rows.t()).to_string(), "[[1 3]\n [2 4]]");
    /// ```
    fn from(array: &ArrayBase<S, D>) -> Array {
        let dense = ndarray::Array::from_shape_vec(array.raw_dim(), array.iter().copied().collect());
        dense.unwrap_or_else(|error| unreachable!("a vector of all elements: {error}")).into()
    }
}
