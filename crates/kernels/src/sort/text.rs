//! Bytes and text of fixed width as words of eight bytes: as many characters to a word as the largest code allows.

use sharray_base::Result;

use super::room::Room;
use super::vector;
use super::words::{Words, argsort};

/// The shape of elements of text.
#[derive(Clone, Copy)]
pub(super) struct Text {
    /// Characters of an element.
    pub(super) len: usize,
    /// Bytes of a character: one, or four (UCS-4).
    pub(super) unit: usize,
    /// Whether the characters' bytes are in the other order.
    pub(super) swapped: bool,
}

/// Elements of text in memory.
struct Lane {
    ptr: *const u8,
    text: Text,
    /// Bits of a character in a word.
    bits: u32,
}

impl Text {
    /// Bytes of an element.
    fn size(self) -> usize {
        self.len * self.unit
    }

    /// # Safety
    /// `ptr` is `n` aligned, readable elements.
    unsafe fn lane(self, ptr: *const u8, n: usize) -> Lane {
        let bits = if self.unit == 1 {
            8
        } else {
            // SAFETY: so many aligned units.
            let units = unsafe { std::slice::from_raw_parts(ptr.cast::<u32>(), n * self.len) };
            let all = units.iter().fold(0, |all, unit| all | unit);
            match if self.swapped { all.swap_bytes() } else { all } {
                0..0x100 => 8,
                0x100..0x1_0000 => 16,
                _ => 32,
            }
        };
        Lane { ptr, text: self, bits }
    }

    /// Sorts `n` elements in place.
    ///
    /// # Errors
    /// `OutOfMemory`; an interruption.
    ///
    /// # Safety
    /// `ptr` is `n` aligned elements, readable and writable by nobody else.
    pub(super) unsafe fn sort(self, ptr: *mut u8, n: usize) -> Result<()> {
        let size = self.size();
        // SAFETY: by the contract; the rooms are as long as the lane.
        unsafe {
            let lane = self.lane(ptr, n);
            if lane.depth() == 1 && n > 8 {
                return lane.sort_single(ptr, n);
            }
            let (order, sorted) = (Room::<isize>::zeroed(n)?, Room::<u8>::new(n * size)?);
            let order = std::slice::from_raw_parts_mut(order.ptr(), n);
            order.iter_mut().zip(0..).for_each(|(slot, index)| *slot = index);
            argsort(&lane, order, 0)?;
            gather(ptr, size, order, sorted.ptr());
            std::ptr::copy_nonoverlapping(sorted.ptr(), ptr, n * size);
        }
        Ok(())
    }

    /// Sorts indices, stably.
    ///
    /// # Errors
    /// As [`Text::sort`].
    ///
    /// # Safety
    /// `ptr` is as many aligned, readable elements as there are indices.
    pub(super) unsafe fn argsort(self, ptr: *const u8, order: &mut [isize]) -> Result<()> {
        order.iter_mut().zip(0..).for_each(|(slot, index)| *slot = index);
        // SAFETY: by the contract.
        let lane = unsafe { self.lane(ptr, order.len()) };
        argsort(&lane, order, 0)
    }
}

/// Copies the elements in the given order.
///
/// # Safety
/// The indices are those of elements of so many bytes at `from`; room for as many at `to`.
pub(super) unsafe fn gather(from: *const u8, size: usize, order: &[isize], to: *mut u8) {
    // SAFETY: by the contract. Constant sizes make the copies single moves.
    unsafe {
        match size {
            4 => each::<4>(from, order, to),
            8 => each::<8>(from, order, to),
            16 => each::<16>(from, order, to),
            32 => each::<32>(from, order, to),
            _ => {
                for (i, &index) in order.iter().enumerate() {
                    let from = from.offset(index * size as isize);
                    std::ptr::copy_nonoverlapping(from, to.add(i * size), size);
                }
            }
        }
    }
}

/// # Safety
/// As for [`gather`].
unsafe fn each<const SIZE: usize>(from: *const u8, order: &[isize], to: *mut u8) {
    for (i, &index) in order.iter().enumerate() {
        // SAFETY: by the contract.
        unsafe { to.cast::<[u8; SIZE]>().add(i).write(from.cast::<[u8; SIZE]>().offset(index).read()) };
    }
}

impl Lane {
    /// Characters to a word.
    fn chars(&self) -> usize {
        (u64::BITS / self.bits) as usize
    }

    /// Character number `at` of an element.
    ///
    /// # Safety
    /// It has so many.
    #[inline(always)]
    unsafe fn unit(&self, element: *const u8, at: usize) -> u64 {
        // SAFETY: by the contract; units are aligned.
        unsafe {
            if self.text.unit == 1 {
                return u64::from(*element.add(at));
            }
            let unit = element.cast::<u32>().add(at).read();
            u64::from(if self.text.swapped { unit.swap_bytes() } else { unit })
        }
    }

    /// A word of an element; what is beyond its end is zeros.
    ///
    /// # Safety
    /// The element is one of the lane's, and has such a word.
    #[inline(always)]
    unsafe fn word(&self, element: *const u8, depth: usize) -> u64 {
        let chars = self.chars();
        let from = depth * chars;
        let count = chars.min(self.text.len - from);
        // SAFETY: `count` characters are left.
        unsafe {
            if self.text.unit == 1 && count == 8 {
                return u64::from_be(element.add(from).cast::<u64>().read_unaligned());
            }
            let units = (from..from + count).fold(0, |word, at| word << self.bits | self.unit(element, at));
            // All bits of a word, if a single character takes them, are no shift at all.
            units << (self.bits * (chars - count) as u32)
        }
    }

    /// Sorts elements of a word each: the words themselves are sorted, and written back.
    ///
    /// # Errors
    /// As [`Text::sort`].
    ///
    /// # Safety
    /// As for [`Text::sort`]; `ptr` is the lane's.
    unsafe fn sort_single(&self, ptr: *mut u8, n: usize) -> Result<()> {
        let size = self.text.size();
        // SAFETY: by the contract; each element has one word.
        unsafe {
            let words = Room::<i64>::zeroed(n)?;
            let words = std::slice::from_raw_parts_mut(words.ptr(), n);
            for (i, word) in words.iter_mut().enumerate() {
                *word = (self.word(ptr.add(i * size), 0) ^ 1 << 63) as i64;
            }
            vector::sort(words)?;
            for (i, word) in words.iter().enumerate() {
                self.write(ptr.add(i * size), *word as u64 ^ 1 << 63);
            }
        }
        Ok(())
    }

    /// Writes an element of one word.
    ///
    /// # Safety
    /// It is writable.
    #[inline(always)]
    unsafe fn write(&self, element: *mut u8, word: u64) {
        let mask = u64::MAX >> (u64::BITS - self.bits);
        for at in 0..self.text.len {
            let unit = (word >> (u64::BITS - self.bits * (at as u32 + 1))) & mask;
            // SAFETY: the element has so many characters.
            unsafe {
                if self.text.unit == 1 {
                    *element.add(at) = unit as u8;
                } else {
                    let unit = unit as u32;
                    element.cast::<u32>().add(at).write(if self.text.swapped {
                        unit.swap_bytes()
                    } else {
                        unit
                    });
                }
            }
        }
    }
}

impl Words for Lane {
    fn depth(&self) -> usize {
        self.text.len.div_ceil(self.chars())
    }
    fn load(&self, depth: usize, order: &[isize], keys: &mut [u64]) {
        let size = self.text.size() as isize;
        for (key, &index) in keys.iter_mut().zip(order) {
            // SAFETY: the indices are those of elements, which have so many words.
            *key = unsafe { self.word(self.ptr.offset(index * size), depth) };
        }
    }
}
