//! A dense copy of a view, for operands whose memory is about to be overwritten.

use sharray_base::layout::Dims;
use sharray_base::{DType, Result, View, ViewMut};
use sharray_kernels::cast::Transfer;

use super::{dense_like, run};
use crate::iterate::scratch::Elements;

/// The copy. Object references in it are its own.
pub struct Temporary {
    elements: Elements,
    shape: Dims,
    strides: Dims,
}

impl Temporary {
    /// Copies `view`, in its own memory order.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn of(view: View<'_>) -> Result<Temporary> {
        let temporary = Temporary::empty(view.dtype(), view.shape(), dense_like(&view))?;
        let transfer = Transfer::new(view.dtype(), view.dtype(), false)?;
        if !view.is_empty() {
            run(&temporary.view(), &view, &transfer)?;
        }
        Ok(temporary)
    }
    /// Room for elements laid out by dense `strides`. Object slots are null, others not set.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn empty(dtype: &DType, shape: &[isize], strides: Dims) -> Result<Temporary> {
        let count = shape.iter().product::<isize>() as usize;
        Ok(Temporary { elements: Elements::new(dtype, count)?, shape: shape.into(), strides })
    }
    /// The elements; valid while this is neither moved nor dropped.
    pub fn view(&self) -> View<'_> {
        let data = self.elements.data();
        // SAFETY: dense memory of that shape, owned by `self`.
        unsafe { View::new(data, self.elements.dtype(), &self.shape, &self.strides) }
    }
    /// The elements, writable.
    pub fn view_mut(&self) -> ViewMut<'_> {
        let view = self.view();
        // SAFETY: the memory is our own.
        unsafe { ViewMut::new(view) }
    }
}
