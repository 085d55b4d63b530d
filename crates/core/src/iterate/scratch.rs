//! Scratch memory for buffered operation: a little inline, more from the heap; aligned for every dtype.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::ptr::NonNull;

use sharray_base::memory::heap;
use sharray_base::{DType, Result};

/// Bytes kept inline.
const INLINE: usize = 256;

#[repr(C, align(64))]
struct Inline([MaybeUninit<u8>; INLINE]);

/// A block of scratch memory.
pub struct Scratch {
    inline: UnsafeCell<Inline>,
    heap: Option<NonNull<u8>>,
}

impl Scratch {
    /// At least `len` bytes. Moving the value moves inline bytes: ask for [`Scratch::data`] where it stays.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn new(len: usize, zeroed: bool) -> Result<Scratch> {
        let heap = if len > INLINE { Some(heap::allocate(len, zeroed)?) } else { None };
        let mut scratch = Scratch { inline: UnsafeCell::new(Inline([MaybeUninit::uninit(); INLINE])), heap };
        if zeroed {
            scratch.inline = UnsafeCell::new(Inline([MaybeUninit::new(0); INLINE]));
        }
        Ok(scratch)
    }
    /// The first byte; valid until the scratch is moved or dropped.
    pub fn data(&self) -> *mut u8 {
        self.heap.map_or(self.inline.get().cast(), NonNull::as_ptr)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(block) = self.heap {
            // SAFETY: allocated in `new`, released once.
            unsafe { heap::release(block) }
        }
    }
}

/// Scratch for elements of a dtype. Object slots start null, and what they hold at the end is released.
pub struct Elements {
    memory: Scratch,
    dtype: DType,
    count: usize,
}

impl Elements {
    /// Room for `count` elements.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn new(dtype: &DType, count: usize) -> Result<Elements> {
        let memory = Scratch::new(count * dtype.itemsize(), dtype.holds_objects())?;
        Ok(Elements { memory, dtype: dtype.clone(), count })
    }
    /// The first element; valid until this is moved or dropped.
    pub fn data(&self) -> *mut u8 {
        self.memory.data()
    }
    /// The elements' dtype.
    pub fn dtype(&self) -> &DType {
        &self.dtype
    }
}

impl Drop for Elements {
    fn drop(&mut self) {
        if self.dtype.holds_objects() {
            let data = self.memory.data();
            // SAFETY: `count` elements live here; their slots are null or hold references that are ours. Who works with
            // objects holds the GIL.
            let _ = unsafe { release(data, &self.dtype, self.count) };
        }
    }
}

/// Releases the references in `count` dense elements.
///
/// # Safety
/// The elements are writable, their object slots null or owned; the GIL is held.
unsafe fn release(data: *mut u8, dtype: &DType, count: usize) -> Result<()> {
    // SAFETY: by the caller.
    unsafe { sharray_kernels::copy::release_elements(data, dtype.itemsize() as isize, count, dtype) }
}
