//! The engine's own blocks. Each knows its size, and where it came from, by a header in front of its data: so it can be
//! given back by its address alone, however the array that held it was reshaped meanwhile.
//!
//! | bytes | from | on release |
//! |---|---|---|
//! | below 64 KiB | C's allocator | to C's allocator |
//! | 64 KiB up to 4 MiB | the block cache, else C's allocator | to the block cache |
//! | 4 MiB and more | the block cache, else the system, in huge pages | to the block cache |
//!
//! Zeroed blocks of 1 MiB and more are always fresh zero pages, which cost nothing until touched.

use std::ptr::NonNull;

use super::{block_cache, mapped};
use crate::error::{Error, Result};

/// Blocks of this size and more are mapped.
const MAPPED_FROM: usize = 4 << 20;
/// Zeroed blocks of this size and more are fresh. Clearing a smaller one, which the cache of the processor holds, is
/// cheaper than the faults of fresh pages.
const FRESH_ZEROS_FROM: usize = 1 << 20;
/// Data of blocks of this size and more begins on a line of the processor's cache.
const ALIGNED_FROM: usize = 1 << 10;
const LINE: usize = 64;

/// What stands in the bytes before the data. Capacities are multiples of [`UNIT`], which leaves two bits for
/// [`BORN_ZERO`] and [`MAPPED`].
#[repr(C)]
struct Header {
    origin: NonNull<u8>,
    capacity: usize,
}
const UNIT: usize = 4;
/// Made as zero pages of the system.
const BORN_ZERO: usize = 1;
/// From the system, not from C's allocator.
const MAPPED: usize = 2;
const HEADER: usize = size_of::<Header>();
const _: () = assert!(HEADER == 16, "data behind a header is aligned as malloc aligns");

/// A block that nobody uses, with what its header says.
pub(crate) struct Block {
    pub(crate) data: NonNull<u8>,
    pub(crate) capacity: usize,
    pub(crate) born_zero: bool,
    mapped: bool,
    origin: NonNull<u8>,
}

// SAFETY: a block is memory that any thread may use or free.
unsafe impl Send for Block {}

impl Block {
    /// # Safety
    /// `data` came from [`allocate`].
    unsafe fn at(data: NonNull<u8>) -> Block {
        // SAFETY: `allocate` wrote the header right before the data.
        let header = unsafe { data.cast::<Header>().sub(1).read() };
        let has = |bit: usize| header.capacity & bit != 0;
        let capacity = header.capacity & !(UNIT - 1);
        Block { data, capacity, born_zero: has(BORN_ZERO), mapped: has(MAPPED), origin: header.origin }
    }
    /// Writes the header.
    fn sealed(self) -> NonNull<u8> {
        let bit = |holds: bool, bit: usize| if holds { bit } else { 0 };
        let capacity = self.capacity | bit(self.born_zero, BORN_ZERO) | bit(self.mapped, MAPPED);
        // SAFETY: every way to make a block leaves room for the header before its data.
        unsafe { self.data.cast::<Header>().sub(1).write(Header { origin: self.origin, capacity }) };
        self.data
    }
    /// To where it came from.
    pub(crate) fn give_back(self) {
        // SAFETY: the block is ours alone, and knows how it was made.
        unsafe {
            if self.mapped {
                mapped::unmap(self.origin, self.data, self.capacity);
            } else {
                libc::free(self.origin.as_ptr().cast());
            }
        }
    }
    /// A fresh block of C's allocator.
    fn small(len: usize, zeroed: bool) -> Option<Block> {
        let capacity = len.checked_next_multiple_of(UNIT)?.max(UNIT);
        let spare = if len >= ALIGNED_FROM { LINE } else { 0 };
        let total = capacity.checked_add(HEADER + spare)?;
        // Of what is small, `calloc` takes no recycled block of the thread's own list, and clears what it finds: three
        // times the cost of clearing a block of `malloc`.
        let fresh_zeros = zeroed && len >= block_cache::FROM;
        // SAFETY: plain calls with a non-zero size.
        let origin = unsafe { if fresh_zeros { libc::calloc(total, 1) } else { libc::malloc(total) } };
        let origin = NonNull::new(origin.cast::<u8>())?;
        if zeroed && !fresh_zeros {
            // SAFETY: the block is ours, and that long.
            unsafe { origin.write_bytes(0, total) };
        }
        // SAFETY: at most `spare` bytes more than the header are skipped.
        let data = unsafe {
            let first = origin.add(HEADER);
            if spare > 0 { first.add(first.align_offset(LINE)) } else { first }
        };
        Some(Block { data, capacity, born_zero: false, mapped: false, origin })
    }
    /// A fresh block of the system.
    fn large(len: usize, born_zero: bool) -> Option<Block> {
        let capacity = mapped::rounded(len)?;
        let (origin, data) = mapped::map(capacity)?;
        Some(Block { data, capacity, born_zero, mapped: true, origin })
    }
}

/// A block of at least `len` bytes (at least one), aligned for every dtype.
///
/// # Errors
/// `OutOfMemory` when the system refuses.
pub fn allocate(len: usize, zeroed: bool) -> Result<NonNull<u8>> {
    let block = if len < block_cache::FROM { Block::small(len, zeroed) } else { cacheable(len, zeroed) };
    block.map(Block::sealed).ok_or(Error::OutOfMemory { bytes: len })
}

fn cacheable(len: usize, zeroed: bool) -> Option<Block> {
    if !(zeroed && len >= FRESH_ZEROS_FROM)
        && let Some(block) = block_cache::take(len)
    {
        if zeroed {
            // SAFETY: the block is ours, and at least `len` bytes.
            unsafe { block.data.write_bytes(0, len) };
        }
        return Some(Block { born_zero: false, ..block });
    }
    let fresh = || if len >= MAPPED_FROM { Block::large(len, zeroed) } else { Block::small(len, zeroed) };
    fresh().or_else(|| {
        // What the cache keeps may be what is missing.
        block_cache::clear();
        fresh()
    })
}

/// Gives a block back.
///
/// # Safety
/// `block` came from [`allocate`] and is not used afterwards.
pub unsafe fn release(block: NonNull<u8>) {
    // SAFETY: by the contract.
    let block = unsafe { Block::at(block) };
    let unwanted = if block.capacity < block_cache::FROM { Some(block) } else { block_cache::keep(block) };
    if let Some(block) = unwanted {
        block.give_back();
    }
}

/// How many bytes a block holds: what was asked for, or a little more.
///
/// # Safety
/// `block` came from [`allocate`].
pub unsafe fn capacity(block: NonNull<u8>) -> usize {
    // SAFETY: by the contract.
    unsafe { Block::at(block) }.capacity
}

#[cfg(test)]
impl Block {
    /// One without memory, for tests of lists of blocks.
    pub(super) fn hollow(capacity: usize) -> Block {
        let nowhere = NonNull::dangling();
        Block { data: nowhere, capacity, born_zero: false, mapped: true, origin: nowhere }
    }
}

/// The capacity of a fresh block of so many bytes, but for what the system's own rounding adds.
pub(super) fn capacity_of(len: usize) -> usize {
    if len >= MAPPED_FROM { mapped::rounded(len).unwrap_or(len) } else { len }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_know_their_size() {
        for len in [0, 1, 3, 1023, 1024, 65_535, 65_536, 1 << 20, (4 << 20) - 1, 4 << 20, (4 << 20) + 1] {
            for zeroed in [false, true] {
                let block = allocate(len, zeroed).unwrap();
                let alignment = if len >= 1024 { 64 } else { 16 };
                assert!((block.as_ptr() as usize).is_multiple_of(alignment), "{len}");
                // SAFETY: the block is ours and holds `len` bytes.
                unsafe {
                    assert!((len..=len + len / 4 + mapped::HUGE_PAGE).contains(&capacity(block)));
                    let bytes = std::slice::from_raw_parts_mut(block.as_ptr(), len);
                    assert!(!zeroed || bytes.iter().all(|b| *b == 0));
                    bytes.fill(7);
                    release(block);
                }
            }
        }
    }

    // One test for the cache: it is one for the process, and tests run side by side. What others free meanwhile can
    // only add to it.
    #[test]
    fn freed_blocks_serve_again_within_the_bound() {
        let old = block_cache::set_bound(64 << 20);
        let size = 20 << 20;
        let block = allocate(size, false).unwrap();
        // SAFETY: blocks are released once each, and not used afterwards.
        unsafe {
            block.write_bytes(9, size);
            release(block);
            assert!(block_cache::holds(block));
            let again = allocate(size - 100, false).unwrap();
            assert_eq!(again, block, "the freed block serves");
            let zeroed = allocate(size, true).unwrap();
            assert!(std::slice::from_raw_parts(zeroed.as_ptr(), size).iter().all(|b| *b == 0));
            release(again);
            release(zeroed);
            let others: Vec<_> = (0..5).map(|_| allocate(17 << 20, false).unwrap()).collect();
            others.into_iter().for_each(|block| release(block));
        }
        assert!(block_cache::usage().bytes <= 64 << 20);
        block_cache::set_bound(0);
        assert_eq!(block_cache::usage().bytes, 0);
        block_cache::set_bound(old);
    }

    #[test]
    fn refusals_are_errors() {
        for len in [usize::MAX, isize::MAX as usize, 1 << 60] {
            for zeroed in [false, true] {
                assert!(matches!(allocate(len, zeroed), Err(Error::OutOfMemory { bytes }) if bytes == len));
            }
        }
    }
}
