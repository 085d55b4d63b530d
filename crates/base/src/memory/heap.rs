//! Blocks from the system's allocator. Zeroed blocks come from `calloc`, so that large ones are the system's zero
//! pages and cost nothing until touched.

use std::ptr::NonNull;

use crate::error::{Error, Result};

/// A block of at least `len` bytes (at least one), aligned for every dtype.
///
/// # Errors
/// `OutOfMemory` when the system refuses.
pub fn allocate(len: usize, zeroed: bool) -> Result<NonNull<u8>> {
    let size = len.max(1);
    // SAFETY: plain calls with a non-zero size; the result is checked for null below.
    let block = unsafe { if zeroed { libc::calloc(size, 1) } else { libc::malloc(size) } };
    NonNull::new(block.cast()).ok_or(Error::OutOfMemory { bytes: len })
}

/// Gives a block back.
///
/// # Safety
/// `block` came from [`allocate`] (or C's `malloc`) and is not used afterwards.
pub unsafe fn release(block: NonNull<u8>) {
    // SAFETY: the caller hands over a block of C's allocator.
    unsafe { libc::free(block.as_ptr().cast()) }
}
