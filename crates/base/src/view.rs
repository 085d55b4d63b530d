//! Borrowed views: what every operation of the engine takes (design D1). A view is a pointer, a dtype, a shape and
//! strides in bytes; it owns nothing.
//!
//! Invariants, cited as V1… elsewhere:
//! * V1. `shape.len() == strides.len() <= MAX_NDIM`, and every extent is `>= 0`.
//! * V2. The product of the extents, and that product times the itemsize, fit an `isize`.
//! * V3. Every element address `data + Σ index·stride .. + itemsize` is readable for the view's lifetime (writable
//!   for [`ViewMut`]). Elements need not be aligned, distinct, or in native byte order.

use crate::dtype::DType;
use crate::layout;

/// A readable view of array memory.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    data: *mut u8,
    dtype: &'a DType,
    shape: &'a [isize],
    strides: &'a [isize],
}

// SAFETY: a view is a description; moving it to another thread moves no ownership. Who shares one across threads keeps
// V3 and orders the accesses, as for `&[T]`.
unsafe impl Send for View<'_> {}
// SAFETY: as for `Send`; a view has no interior state.
unsafe impl Sync for View<'_> {}

impl<'a> View<'a> {
    /// A view of foreign memory.
    ///
    /// # Safety
    /// V1–V3 hold for the lifetime `'a`.
    #[inline]
    pub unsafe fn new(data: *mut u8, dtype: &'a DType, shape: &'a [isize], strides: &'a [isize]) -> Self {
        debug_assert_eq!(shape.len(), strides.len());
        View { data, dtype, shape, strides }
    }

    /// A view of one element.
    ///
    /// # Safety
    /// `data` points to `dtype.itemsize()` readable bytes for `'a`.
    #[inline]
    pub unsafe fn scalar(data: *mut u8, dtype: &'a DType) -> Self {
        View { data, dtype, shape: &[], strides: &[] }
    }

    /// Address of the element at index 0 of every axis.
    #[inline]
    pub fn data(&self) -> *mut u8 {
        self.data
    }
    /// The elements' dtype.
    #[inline]
    pub fn dtype(&self) -> &'a DType {
        self.dtype
    }
    /// Extents.
    #[inline]
    pub fn shape(&self) -> &'a [isize] {
        self.shape
    }
    /// Strides in bytes.
    #[inline]
    pub fn strides(&self) -> &'a [isize] {
        self.strides
    }
    /// Number of axes.
    #[inline]
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }
    /// Number of elements.
    #[inline]
    pub fn len(&self) -> usize {
        self.shape.iter().product::<isize>() as usize
    }
    /// True when there is no element.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.shape.contains(&0)
    }
    /// True when every element lies on its dtype's alignment.
    #[inline]
    pub fn is_aligned(&self) -> bool {
        layout::is_aligned(self.data as usize, self.shape, self.strides, self.dtype.alignment())
    }
    /// True when the elements lie densely in C order.
    #[inline]
    pub fn is_c_contiguous(&self) -> bool {
        layout::is_c_contiguous(self.shape, self.strides, self.dtype.itemsize())
    }
    /// True when the elements lie densely in Fortran order.
    #[inline]
    pub fn is_f_contiguous(&self) -> bool {
        layout::is_f_contiguous(self.shape, self.strides, self.dtype.itemsize())
    }
    /// The same memory under another layout.
    ///
    /// # Safety
    /// V1–V3 hold for the new description.
    #[inline]
    pub unsafe fn with_layout<'b>(self, data: *mut u8, shape: &'b [isize], strides: &'b [isize]) -> View<'b>
    where
        'a: 'b,
    {
        View { data, dtype: self.dtype, shape, strides }
    }
    /// The same memory with another dtype.
    ///
    /// # Safety
    /// V1–V3 hold for the new description.
    pub unsafe fn with_dtype(self, dtype: &'a DType) -> View<'a> {
        View { dtype, ..self }
    }
}

/// A writable view. It may alias other views: kernels and core handle overlap.
#[derive(Clone, Copy, Debug)]
pub struct ViewMut<'a>(View<'a>);

impl<'a> ViewMut<'a> {
    /// Makes a view writable.
    ///
    /// # Safety
    /// The memory is writable for `'a` (V3), and nobody holds a Rust reference into it.
    #[inline]
    pub unsafe fn new(view: View<'a>) -> Self {
        ViewMut(view)
    }
    /// The same memory, readable.
    #[inline]
    pub fn as_view(&self) -> View<'a> {
        self.0
    }
}

impl<'a> std::ops::Deref for ViewMut<'a> {
    type Target = View<'a>;
    fn deref(&self) -> &View<'a> {
        &self.0
    }
}
