//! Freed large blocks, kept for the next result of about their size: their pages are there already, and often still in
//! the processor's cache. Fresh memory costs a page fault per page, which for `a + b` is several times the arithmetic.
//!
//! The cache is bounded in bytes ([`set_bound`]; at first `SHARRAY_BLOCK_CACHE`, or an eighth of the machine's memory
//! and at most 256 MiB) and in blocks. What doesn't fit drives out the blocks that have lain longest. A block serves
//! requests down to four fifths of its size. It holds blocks of [`FROM`] bytes and more; smaller ones are C's
//! allocator's matter.

#[cfg(test)]
use std::ptr::NonNull;

use super::heap::{self, Block};
use crate::fork::Lock;

/// The smallest block that is kept.
pub const FROM: usize = 64 << 10;
/// The most blocks that are kept.
const SLOTS: usize = 128;
/// The bound when nobody sets one, on a machine with enough memory.
const DEFAULT_BOUND: usize = 256 << 20;

/// What the cache holds and did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Bytes it may hold.
    pub bound: usize,
    /// Bytes it holds.
    pub bytes: usize,
    /// Blocks it holds.
    pub blocks: usize,
    /// Requests that a kept block served.
    pub hits: u64,
    /// Requests of at least [`FROM`] bytes that no block served.
    pub misses: u64,
}

/// Blocks from the one that lies longest to the newest.
pub(crate) struct Cache {
    blocks: [Option<Block>; SLOTS],
    usage: Usage,
    ready: bool,
}

pub(crate) static CACHE: Lock<Cache> =
    Lock::new(Cache { blocks: [const { None }; SLOTS], usage: NOTHING, ready: false });
const NOTHING: Usage = Usage { bound: 0, bytes: 0, blocks: 0, hits: 0, misses: 0 };

impl Cache {
    /// The bound is read from the environment once.
    fn prepare(&mut self) {
        if !self.ready {
            self.ready = true;
            self.usage.bound = initial_bound();
        }
    }
    fn remove(&mut self, index: usize) -> Option<Block> {
        let block = self.blocks[index].take()?;
        let len = self.usage.blocks;
        self.blocks[index..len].rotate_left(1);
        self.usage.blocks -= 1;
        self.usage.bytes -= block.capacity;
        Some(block)
    }
    fn remove_oldest(&mut self) -> Option<Block> {
        if self.usage.blocks == 0 { None } else { self.remove(0) }
    }
    fn take(&mut self, len: usize) -> Option<Block> {
        self.prepare();
        // A quarter may be wasted, or as much as a fresh block would waste.
        let most = len.saturating_add(len / 4).max(heap::capacity_of(len));
        let fits = |block: &Block| (len..=most).contains(&block.capacity);
        let held = &self.blocks[..self.usage.blocks];
        let found = held.iter().rposition(|block| block.as_ref().is_some_and(fits));
        let block = found.and_then(|index| self.remove(index));
        *(if block.is_some() { &mut self.usage.hits } else { &mut self.usage.misses }) += 1;
        block
    }
    /// The oldest block, when there is no room for `bytes` more.
    fn surplus(&mut self, bytes: usize) -> Option<Block> {
        let full = self.usage.blocks == SLOTS && bytes > 0;
        if full || self.usage.bytes + bytes > self.usage.bound { self.remove_oldest() } else { None }
    }
    fn push(&mut self, block: Block) {
        self.usage.bytes += block.capacity;
        self.blocks[self.usage.blocks] = Some(block);
        self.usage.blocks += 1;
    }
}

/// A kept block of at least `len` bytes.
pub(super) fn take(len: usize) -> Option<Block> {
    CACHE.lock().take(len)
}

/// Keeps `block`, or returns it when it is too large to be kept. Older blocks go back to the system, except for one that
/// was born as zero pages: most of those are never touched and worth nothing to the next one.
pub(super) fn keep(block: Block) -> Option<Block> {
    loop {
        let mut cache = CACHE.lock();
        cache.prepare();
        let fits = cache.usage.bytes + block.capacity <= cache.usage.bound && cache.usage.blocks < SLOTS;
        if fits {
            cache.push(block);
            return None;
        }
        if block.born_zero || block.capacity > cache.usage.bound {
            return Some(block);
        }
        let old = cache.surplus(block.capacity);
        // The system is slow to take memory back: not under the lock.
        drop(cache);
        old?.give_back();
    }
}

/// What the cache holds and did so far.
pub fn usage() -> Usage {
    let mut cache = CACHE.lock();
    cache.prepare();
    cache.usage
}

/// Sets the bound in bytes; 0 keeps nothing. Blocks beyond it go back to the system at once. Returns the old bound.
pub fn set_bound(bytes: usize) -> usize {
    let old = {
        let mut cache = CACHE.lock();
        cache.prepare();
        std::mem::replace(&mut cache.usage.bound, bytes)
    };
    while let Some(block) = { CACHE.lock().surplus(0) } {
        block.give_back();
    }
    old
}

/// Gives everything that is kept back to the system.
pub fn clear() {
    while let Some(block) = { CACHE.lock().remove_oldest() } {
        block.give_back();
    }
}

fn initial_bound() -> usize {
    let wanted = std::env::var("SHARRAY_BLOCK_CACHE").ok();
    wanted.and_then(|text| parse_bytes(&text)).unwrap_or_else(|| DEFAULT_BOUND.min(machine_memory() / 8))
}

fn machine_memory() -> usize {
    // SAFETY: plain queries.
    let (pages, size) = unsafe { (libc::sysconf(libc::_SC_PHYS_PAGES), libc::sysconf(libc::_SC_PAGESIZE)) };
    usize::try_from(pages).unwrap_or(0).saturating_mul(usize::try_from(size).unwrap_or(0))
}

/// A number of bytes as people write it: `1048576`, `64K`, `512M`, `2G`. `None` for anything else.
pub fn parse_bytes(text: &str) -> Option<usize> {
    let text = text.trim();
    let (digits, unit) = match text.chars().last()?.to_ascii_uppercase() {
        'K' => (&text[..text.len() - 1], 1 << 10),
        'M' => (&text[..text.len() - 1], 1 << 20),
        'G' => (&text[..text.len() - 1], 1 << 30),
        _ => (text, 1usize),
    };
    digits.trim().parse::<usize>().ok()?.checked_mul(unit)
}

/// For a test: the block that begins at `data`, if it is kept.
#[cfg(test)]
pub(super) fn holds(data: NonNull<u8>) -> bool {
    let cache = CACHE.lock();
    cache.blocks.iter().flatten().any(|block| block.data == data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_freed_block_was_made_for_takes_it_again() {
        for len in [FROM, 1 << 20, (4 << 20) + 1, 4_400_000, 100 << 20] {
            let mut cache = Cache {
                blocks: [const { None }; SLOTS],
                usage: Usage { bound: DEFAULT_BOUND, ..NOTHING },
                ready: true,
            };
            let capacity = heap::capacity_of(len);
            cache.push(Block::hollow(capacity));
            assert!(cache.take(2 * capacity).is_none() && cache.take(len / 2).is_none(), "{len}");
            assert!(cache.take(len).is_some_and(|block| block.capacity == capacity), "{len}");
        }
    }

    #[test]
    fn sizes_in_words() {
        for (text, bytes) in [
            ("0", Some(0)),
            (" 12 ", Some(12)),
            ("64K", Some(64 << 10)),
            ("3 m", Some(3 << 20)),
            ("2G", Some(2 << 30)),
            ("", None),
            ("K", None),
            ("-1", None),
            ("1T", None),
            ("99999999999999999999", None),
            ("18446744073709551615G", None),
        ] {
            assert_eq!(parse_bytes(text), bytes, "{text:?}");
        }
    }
}
