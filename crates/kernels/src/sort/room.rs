//! Scratch memory: large blocks come from the block cache, so that their pages need not be made anew each time.

use std::marker::PhantomData;
use std::ptr::NonNull;

use sharray_base::Result;
use sharray_base::memory::heap;

/// Room for some `T`, not initialised; freed on drop.
pub(super) struct Room<T> {
    block: NonNull<u8>,
    kind: PhantomData<T>,
}

impl<T: Copy> Room<T> {
    /// Room for `n` values.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub(super) fn new(n: usize) -> Result<Room<T>> {
        const { assert!(align_of::<T>() <= 16) };
        let block = heap::allocate(n.saturating_mul(size_of::<T>()).max(1), false)?;
        Ok(Room { block, kind: PhantomData })
    }
    /// Room for `n` values of zero bytes, which any `T` here takes for a value.
    ///
    /// # Errors
    /// `OutOfMemory`.
    ///
    /// # Safety
    /// Zero bytes are a `T`.
    pub(super) unsafe fn zeroed(n: usize) -> Result<Room<T>> {
        let room = Room::<T>::new(n)?;
        // SAFETY: so much room.
        unsafe { room.ptr().write_bytes(0, n) };
        Ok(room)
    }
    /// Where it is.
    pub(super) fn ptr(&self) -> *mut T {
        self.block.as_ptr().cast()
    }
}

impl<T> Drop for Room<T> {
    fn drop(&mut self) {
        // SAFETY: made by `heap::allocate` in `new`, dropped once.
        unsafe { heap::release(self.block) }
    }
}
