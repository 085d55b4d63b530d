//! The memory of long texts: blocks that begin with a count of the elements whose texts they hold.
//!
//! An element knows how far its text lies behind the block's start, so no text is looked at to find its block: to count a
//! thousand copies, or to give back a thousand elements that lie side by side, takes a step for each block
//! ([`Counts`]).

use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicUsize, Ordering, fence};

use sharray_base::memory::heap;
use sharray_base::{Error, Result};

use super::{Bytes, LENGTHS, SHORT, SIZE, block, element_of, load, replace, short};
use crate::string::moves;

/// What a block begins with. Texts behind it begin at multiples of [`SIZE`].
#[repr(C, align(16))]
struct Header {
    elements: AtomicUsize,
}

const HEADER: usize = size_of::<Header>();
const _: () = assert!(HEADER == SIZE);

/// Bytes of the first block of a room, and of the largest: its texts' places have two bytes, and one text that stays keeps
/// all of it.
const FIRST: usize = 1 << 10;
const LARGEST: usize = 16 << 10;
/// Texts of more bytes are blocks of their own.
const APART: usize = 512;

/// What a block counts while a room fills it, so that it stays whatever happens to its elements meanwhile.
const OPEN: usize = 1 << 62;

/// Counts `times` more elements.
///
/// # Safety
/// Null, or a block that an element keeps alive.
#[inline]
pub(super) unsafe fn retain(block: *mut u8, times: usize) {
    if !block.is_null() {
        // SAFETY: by this function's contract.
        unsafe { (*block.cast::<Header>()).elements.fetch_add(times, Ordering::Relaxed) };
    }
}

/// Counts `times` elements less, and gives the block back after the last one.
///
/// # Safety
/// Null, or a block that so many elements have kept alive, which are no longer anywhere.
#[inline]
pub(super) unsafe fn release(block: *mut u8, times: usize) {
    let Some(block) = NonNull::new(block) else { return };
    // SAFETY: by this function's contract; the last one frees it, after all that others did with it.
    unsafe {
        if block.cast::<Header>().as_ref().elements.fetch_sub(times, Ordering::Release) == times {
            fence(Ordering::Acquire);
            heap::release(block);
        }
    }
}

/// A block of so many bytes, its count included.
fn allocate(bytes: usize, elements: usize) -> Result<NonNull<u8>> {
    let block = heap::allocate(bytes, false)?;
    // SAFETY: fresh memory of at least a header's size, aligned as the allocator aligns.
    unsafe { block.cast::<Header>().write(Header { elements: AtomicUsize::new(elements) }) };
    Ok(block)
}

/// Writes a text of more than [`SHORT`] bytes and the nulls behind it.
///
/// # Safety
/// The text's length, rounded up to a multiple of [`SIZE`], is writable at `start`, apart from the text.
#[inline]
unsafe fn write(text: &[u8], start: *mut u8, room: usize) {
    // SAFETY: by this function's contract.
    unsafe {
        start.add(room - SIZE).cast::<Bytes>().write_unaligned([0; SIZE]);
        if text.len() <= moves::SMALL {
            moves::copy_small(text.as_ptr(), start, text.len());
        } else {
            ptr::copy_nonoverlapping(text.as_ptr(), start, text.len());
        }
    }
}

/// The element of a text of more than [`SHORT`] bytes in a block of its own.
///
/// # Errors
/// `OutOfMemory`.
pub(super) fn alone(text: &[u8]) -> Result<Bytes> {
    debug_assert!(text.len() > SHORT);
    if text.len() as u64 > LENGTHS {
        return Err(Error::OutOfMemory { bytes: text.len() });
    }
    let room = text.len().next_multiple_of(SIZE);
    let block = allocate(HEADER + room, 1)?;
    // SAFETY: fresh memory with so much room behind the header.
    let start = unsafe { block.as_ptr().add(HEADER) };
    // SAFETY: as above.
    unsafe { write(text, start, room) };
    Ok(element_of(start, text.len(), HEADER))
}

/// Room for the texts of many elements that are written one after the other: blocks that each take many of them.
#[derive(Debug)]
pub struct Room {
    /// The block that is being filled.
    block: Option<NonNull<u8>>,
    /// Bytes of it, and those that are taken.
    size: usize,
    taken: usize,
    /// Elements with texts in it.
    given: usize,
}

impl Room {
    /// Room that takes no memory yet.
    pub const fn new() -> Room {
        Room { block: None, size: 0, taken: 0, given: 0 }
    }

    /// Puts `text` in place of the element at `at`; `text` may be the element's own.
    ///
    /// # Errors
    /// `OutOfMemory`; the element is unchanged then.
    ///
    /// # Safety
    /// A valid element lies at `at`, writable.
    #[inline]
    pub unsafe fn set(&mut self, at: *mut u8, text: &[u8]) -> Result<()> {
        let element = if text.len() <= SHORT { short(text) } else { self.long(text)? };
        // SAFETY: by this function's contract; `text` is not used any more.
        unsafe { replace(at, element) };
        Ok(())
    }

    #[inline]
    fn long(&mut self, text: &[u8]) -> Result<Bytes> {
        if text.len() > APART {
            return alone(text);
        }
        let room = text.len().next_multiple_of(SIZE);
        if self.size - self.taken < room {
            self.next()?;
        }
        let Some(block) = self.block else { return alone(text) };
        let place = self.taken;
        // SAFETY: so many bytes from there on are the block's, and nobody's yet.
        let start = unsafe { block.as_ptr().add(place) };
        // SAFETY: as above.
        unsafe { write(text, start, room) };
        self.taken += room;
        self.given += 1;
        Ok(element_of(start, text.len(), place))
    }

    /// Begins the next block.
    #[cold]
    #[inline(never)]
    fn next(&mut self) -> Result<()> {
        let size = (2 * self.size).clamp(FIRST, LARGEST);
        let block = allocate(size, OPEN)?;
        self.close();
        *self = Room { block: Some(block), size, taken: HEADER, given: 0 };
        Ok(())
    }

    /// Leaves the block to its elements.
    fn close(&mut self) {
        if let Some(block) = self.block.take() {
            // SAFETY: the block counts what this room held it open with, and one for each element that was given.
            unsafe { release(block.as_ptr(), OPEN - self.given) };
        }
    }
}

impl Default for Room {
    fn default() -> Room {
        Room::new()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.close();
    }
}

// SAFETY: the block is its own but for the texts that it has given away, which nobody writes any more.
unsafe impl Send for Room {}

/// Elements that are copied and given up, counted block by block: what lies side by side mostly has one block.
#[derive(Debug)]
pub struct Counts {
    more: (*mut u8, usize),
    less: (*mut u8, usize),
}

impl Counts {
    /// Nothing counted.
    pub const fn new() -> Counts {
        Counts { more: (ptr::null_mut(), 0), less: (ptr::null_mut(), 0) }
    }

    /// Counts a copy of the element at `at`.
    ///
    /// # Safety
    /// A valid element lies at `at`, and stays until it is counted as given up here, or until this is dropped.
    #[inline]
    pub unsafe fn retain(&mut self, at: *const u8) {
        // SAFETY: by this function's contract.
        let block = unsafe { block(&load(at)) };
        if block.is_null() {
            return;
        }
        if self.more.0 != block {
            self.add();
            self.more.0 = block;
        }
        self.more.1 += 1;
    }

    /// Gives up the element at `at`, which is nowhere from now on: another is written there.
    ///
    /// # Safety
    /// A valid element lies at `at`.
    #[inline]
    pub unsafe fn release(&mut self, at: *const u8) {
        // SAFETY: by this function's contract.
        let block = unsafe { block(&load(at)) };
        if block.is_null() {
            return;
        }
        if self.less.0 != block {
            self.flush();
            self.less.0 = block;
        }
        self.less.1 += 1;
    }

    fn add(&mut self) {
        let (block, times) = std::mem::replace(&mut self.more, (ptr::null_mut(), 0));
        // SAFETY: the elements that were copied keep the block alive, or are among those still to be given up.
        unsafe { retain(block, times) };
    }

    /// Tells the blocks; copies first, which may be of elements that are given up.
    pub fn flush(&mut self) {
        self.add();
        let (block, times) = std::mem::replace(&mut self.less, (ptr::null_mut(), 0));
        // SAFETY: so many elements of the block are nowhere any more.
        unsafe { release(block, times) };
    }
}

impl Default for Counts {
    fn default() -> Counts {
        Counts::new()
    }
}

impl Drop for Counts {
    fn drop(&mut self) {
        self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Element;
    use super::*;

    fn text(size: usize) -> Vec<u8> {
        (0..size).map(|k| b'a' + (k % 26) as u8).collect()
    }

    #[test]
    fn a_room_gives_texts_of_every_size_and_its_blocks_outlive_it() {
        let mut elements: Vec<Element> = Vec::new();
        {
            let mut room = Room::new();
            for size in (0..600).chain([5000, 70_000]) {
                let mut element = Element([0; SIZE]);
                // SAFETY: a valid element.
                unsafe { room.set(element.at(), &text(size)).unwrap() };
                elements.push(element);
            }
        }
        for (element, size) in elements.iter().zip((0..600).chain([5000, 70_000])) {
            assert_eq!(element.text(), Some(&text(size)[..]));
        }
        // In any order.
        while elements.len() > 1 {
            elements.swap_remove(elements.len() / 3);
        }
        let last = elements[0].text().unwrap();
        assert_eq!(last, text(last.len()));
    }

    #[test]
    fn elements_may_go_while_their_block_is_filled() {
        let mut room = Room::new();
        let mut element = Element([0; SIZE]);
        for round in 0..1000 {
            // SAFETY: a valid element.
            unsafe { room.set(element.at(), &text(16 + round % 100)).unwrap() };
            assert_eq!(element.text(), Some(&text(16 + round % 100)[..]));
        }
    }

    #[test]
    fn copies_are_counted_before_what_they_replace() {
        let mut room = Room::new();
        let mut all: Vec<Element> = (0..50).map(|_| Element([0; SIZE])).collect();
        for (k, element) in all.iter_mut().enumerate() {
            // SAFETY: a valid element.
            unsafe { room.set(element.at(), &text(16 + k)).unwrap() };
        }
        drop(room);
        {
            // Each takes the next one's text, so that the first one's goes.
            let mut counts = Counts::new();
            for k in 0..49 {
                // SAFETY: valid elements, the second of which is written over the first.
                unsafe {
                    counts.retain(all[k + 1].0.as_ptr());
                    counts.release(all[k].0.as_ptr());
                    all[k].0 = all[k + 1].0;
                }
            }
        }
        for (k, element) in all.iter().enumerate() {
            assert_eq!(element.text(), Some(&text(16 + (k + 1).min(49))[..]));
        }
    }
}
