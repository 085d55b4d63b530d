//! Vectors of Rust's as the memory of arrays, and back, without a copy.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use sharray_base::Result;
use sharray_base::memory::Memory;

use crate::Array;
use crate::element::{Element, dtype_of};

/// A vector that keeps an array's memory alive. It is taken apart, so that no reference of its own claims the elements.
pub(crate) struct VecOwner<T> {
    data: NonNull<T>,
    len: usize,
    capacity: usize,
}
// SAFETY: the vector's elements may be dropped on any thread, and nothing is reached through the owner.
unsafe impl<T: Send> Send for VecOwner<T> {}
// SAFETY: as for `Send`.
unsafe impl<T: Send> Sync for VecOwner<T> {}

impl<T> VecOwner<T> {
    fn of(values: Vec<T>) -> VecOwner<T> {
        let mut values = ManuallyDrop::new(values);
        let data = NonNull::new(values.as_mut_ptr()).unwrap_or(NonNull::dangling());
        VecOwner { data, len: values.len(), capacity: values.capacity() }
    }
    /// The vector again.
    #[cfg(feature = "ndarray")]
    pub(crate) fn into_vec(self) -> Vec<T> {
        let parts = ManuallyDrop::new(self);
        // SAFETY: the parts of a vector that was taken apart, put together once, as `drop` is not run.
        unsafe { Vec::from_raw_parts(parts.data.as_ptr(), parts.len, parts.capacity) }
    }
}

impl<T> Drop for VecOwner<T> {
    fn drop(&mut self) {
        // SAFETY: the parts of a vector that was taken apart, put together once.
        drop(unsafe { Vec::from_raw_parts(self.data.as_ptr(), self.len, self.capacity) });
    }
}

/// An array of a vector's memory: `strides` in bytes, `offset` that of its first element.
pub(crate) fn adopt<T: Element>(
    values: Vec<T>,
    shape: &[isize],
    strides: &[isize],
    offset: usize,
) -> Result<Array> {
    let owner = VecOwner::of(values);
    let (data, bytes) = (owner.data, owner.len * size_of::<T>());
    // SAFETY: the owner keeps the vector's memory until it is dropped; nobody else knows of it, and it is set.
    unsafe {
        let memory = Memory::owned_by(data.cast(), bytes, true, owner);
        Array::from_memory(memory, dtype_of::<T>(), shape, strides, offset)
    }
}
