//! [`Memory`]: a block of bytes and the owner that knows how to let go of it. Clones share the block; the last one
//! drops the owner.

use std::any::Any;
use std::fmt;
use std::ptr::NonNull;
use std::sync::Arc;

use super::heap;
use crate::error::Result;

/// Shared ownership of `len` bytes at `data`.
#[derive(Clone)]
pub struct Memory {
    data: NonNull<u8>,
    len: usize,
    writable: bool,
    owner: Arc<dyn Any + Send + Sync>,
}

// SAFETY: the bytes are reached only through unsafe view constructors, whose callers order the accesses; the owner is
// Send + Sync itself.
unsafe impl Send for Memory {}
// SAFETY: as for `Send`.
unsafe impl Sync for Memory {}

struct HeapBlock(NonNull<u8>);
// SAFETY: a heap block may be freed from any thread.
unsafe impl Send for HeapBlock {}
// SAFETY: it offers nothing to share.
unsafe impl Sync for HeapBlock {}

impl Drop for HeapBlock {
    fn drop(&mut self) {
        // SAFETY: made by `heap::allocate` in `Memory::heap`, dropped once.
        unsafe { heap::release(self.0) }
    }
}

impl Memory {
    /// A fresh block of `len` bytes.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn heap(len: usize, zeroed: bool) -> Result<Memory> {
        let data = heap::allocate(len, zeroed)?;
        Ok(Memory { data, len, writable: true, owner: Arc::new(HeapBlock(data)) })
    }
    /// Memory that `owner` keeps alive (a memory map, a foreign library's block).
    ///
    /// # Safety
    /// `data .. data + len` stays readable, and writable if `writable`, until `owner` is dropped.
    pub unsafe fn owned_by<O: Any + Send + Sync>(
        data: NonNull<u8>,
        len: usize,
        writable: bool,
        owner: O,
    ) -> Memory {
        Memory { data, len, writable, owner: Arc::new(owner) }
    }
    /// The first byte.
    pub fn data(&self) -> *mut u8 {
        self.data.as_ptr()
    }
    /// Number of bytes.
    pub fn len(&self) -> usize {
        self.len
    }
    /// True for a block without bytes.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// True when it may be written.
    pub fn is_writable(&self) -> bool {
        self.writable
    }
    /// The owner, for those who know its type.
    pub fn owner(&self) -> &(dyn Any + Send + Sync) {
        &*self.owner
    }
    /// The owner itself, if it is an `O` and nobody else shares the block; else the memory again.
    pub fn into_owner<O: Any + Send + Sync>(self) -> std::result::Result<O, Memory> {
        let Memory { data, len, writable, owner } = self;
        let again = |owner| Memory { data, len, writable, owner };
        match owner.downcast::<O>() {
            Ok(owner) => Arc::try_unwrap(owner).map_err(|owner| again(owner)),
            Err(owner) => Err(again(owner)),
        }
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memory {{ {:p}, {} bytes, writable: {} }}", self.data, self.len, self.writable)
    }
}
