//! [`Buffer`]: memory of a matrix. Large blocks come from the engine's cache of freed ones, so that methods that need several
//! matrices for a moment don't have the system clear fresh pages each time.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

use sharray_base::memory::heap;
use sharray_base::{Error, Result};

/// A slice that owns its memory.
///
/// B1. `start` is from [`heap::allocate`], aligned for `T`, and begins `length` elements, all of them written.
pub(crate) struct Buffer<T> {
    start: NonNull<T>,
    length: usize,
    kind: PhantomData<T>,
}

// SAFETY: it owns its elements alone, as a vector does.
unsafe impl<T: Send> Send for Buffer<T> {}
// SAFETY: likewise.
unsafe impl<T: Sync> Sync for Buffer<T> {}

impl<T: Copy> Buffer<T> {
    /// A buffer of `length` copies.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub(crate) fn filled(length: usize, value: T) -> Result<Buffer<T>> {
        // SAFETY: as many elements as there is place for.
        unsafe {
            Self::made(length, |start| {
                (0..length).for_each(|i| start.add(i).write(value));
                Ok(())
            })
        }
    }
    /// A copy.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub(crate) fn copy(&self) -> Result<Buffer<T>> {
        // SAFETY: as many elements as both have place for, in memory of their own (B1).
        unsafe {
            Self::made(self.length, |start| {
                start.copy_from_nonoverlapping(self.start.as_ptr(), self.length);
                Ok(())
            })
        }
    }
    /// A buffer whose elements `write` writes.
    ///
    /// # Safety
    /// If it reports no error, it has written all of them.
    ///
    /// # Errors
    /// `OutOfMemory`, and what `write` reports.
    pub(crate) unsafe fn made(length: usize, write: impl FnOnce(*mut T) -> Result<()>) -> Result<Buffer<T>> {
        // Blocks are aligned to 16 bytes at least.
        const { assert!(align_of::<T>() <= 16) };
        let bytes = length.checked_mul(size_of::<T>()).filter(|&bytes| isize::try_from(bytes).is_ok());
        let Some(bytes) = bytes else { return Err(Error::OutOfMemory { bytes: usize::MAX }) };
        let start = heap::allocate(bytes, false)?.cast();
        // Owned before it is written, so that an error gives it back.
        let made = Buffer { start, length, kind: PhantomData };
        write(start.as_ptr())?;
        Ok(made)
    }
}

impl<T> Deref for Buffer<T> {
    type Target = [T];
    #[inline(always)]
    fn deref(&self) -> &[T] {
        // SAFETY: by B1.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.length) }
    }
}

impl<T> DerefMut for Buffer<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: by B1, and the borrow is the only one.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.length) }
    }
}

impl<T> Drop for Buffer<T> {
    fn drop(&mut self) {
        // SAFETY: the block is ours (B1), and elements need no dropping: they were `Copy` when they were written.
        unsafe { heap::release(self.start.cast()) };
    }
}

impl<T> std::fmt::Debug for Buffer<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} elements", self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_written() {
        for length in [0, 1, 5, 10_000] {
            let mut made = Buffer::filled(length, 2.5f64).unwrap();
            assert!(made.len() == length && made.iter().all(|&x| x == 2.5));
            made.fill(1.0);
            let copy = made.copy().unwrap();
            drop(made);
            assert!(copy.len() == length && copy.iter().all(|&x| x == 1.0));
        }
        assert!(Buffer::filled(usize::MAX / 2, 0.0f64).is_err());
    }
}
