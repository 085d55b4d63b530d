//! Texts of variable width as words of eight bytes, for [`words::argsort`](super::words::argsort): the bytes of a text with
//! nulls behind them, and last its length, which orders texts that differ in nulls at the end alone.

use super::words::Words;
use crate::string::packed;

/// A lane of texts.
pub(super) struct Texts {
    ptr: *const u8,
    /// Words of bytes that the longest text has.
    words: usize,
}

impl Texts {
    /// The lane, if its texts have an order by their bytes: missing ones only where they come last.
    ///
    /// # Safety
    /// `ptr` is `n` valid elements of variable text, which stay as they are while this is used.
    pub(super) unsafe fn of(ptr: *const u8, n: usize, missing_last: bool) -> Option<Texts> {
        let mut longest = 0;
        for i in 0..n {
            // SAFETY: an element of the lane.
            match unsafe { packed::padded(ptr.add(i * packed::SIZE)) } {
                Some((_, length)) => longest = longest.max(length),
                None if missing_last => {}
                None => return None,
            }
        }
        Some(Texts { ptr, words: longest.div_ceil(8) })
    }

    fn word(&self, index: isize, depth: usize) -> u64 {
        // SAFETY: the indices are those of elements; a text can be read up to a multiple of sixteen bytes.
        unsafe {
            // No text in UTF-8 begins with such a byte, nor is one that long.
            let Some((start, length)) = packed::padded(self.ptr.offset(index * packed::SIZE as isize)) else {
                return u64::MAX;
            };
            if depth == self.words {
                return length as u64;
            }
            let Some(left) = length.checked_sub(8 * depth).filter(|left| *left > 0) else { return 0 };
            let word = u64::from_be(start.add(8 * depth).cast::<u64>().read_unaligned());
            if left < 8 { word & !(u64::MAX >> (8 * left)) } else { word }
        }
    }
}

impl Words for Texts {
    fn depth(&self) -> usize {
        self.words + 1
    }
    fn load(&self, depth: usize, order: &[isize], keys: &mut [u64]) {
        keys.iter_mut().zip(order).for_each(|(key, &index)| *key = self.word(index, depth));
    }
}
