//! Bitmaps: one bit for each element, the lowest bit of a byte first.
//!
//! Unpacking spreads a byte over the eight of a word with one product: each byte of the word gets the whole byte, a mask
//! leaves bit `k` in byte `k`, and a carry makes it 0 or 1. There is no branch and no table.

/// A bitmap's `len` bits from bit `start` on.
#[derive(Clone, Copy, Debug)]
pub struct Bits {
    bytes: *const u8,
    start: usize,
    len: usize,
}

/// The eight bits of `byte`, a byte each, the lowest bit first in memory.
#[inline(always)]
fn spread(byte: u8) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let alone = (u64::from(byte).wrapping_mul(EACH)) & 0x8040_2010_0804_0201;
    // Adding 127 to a byte of 0 to 128 carries into its top bit if it is not 0, and never out of it.
    (alone.wrapping_add(0x7f * EACH) >> 7) & EACH
}

impl Bits {
    /// Bits of foreign memory.
    ///
    /// # Safety
    /// `bytes` leads to readable memory for `start + len` bits, for as long as the value is used.
    pub unsafe fn new(bytes: *const u8, start: usize, len: usize) -> Bits {
        // SAFETY: within the memory, by the contract.
        Bits { bytes: unsafe { bytes.add(start / 8) }, start: start % 8, len }
    }

    /// Number of bits.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bit `index`.
    ///
    /// # Panics
    /// If there is no such bit.
    pub fn get(&self, index: usize) -> bool {
        assert!(index < self.len, "bit {index} of {}", self.len);
        let at = self.start + index;
        // SAFETY: within the bits.
        unsafe { self.bytes.add(at / 8).read() >> (at % 8) & 1 != 0 }
    }

    /// Eight bits from bit `8 * index` on, which are all within.
    ///
    /// # Safety
    /// `8 * index + 8 <= len`.
    #[inline(always)]
    unsafe fn byte(&self, index: usize) -> u8 {
        // SAFETY: the bits asked for are within; the second byte holds the last of them where the first does not.
        unsafe {
            let low = self.bytes.add(index).read();
            if self.start == 0 {
                return low;
            }
            let high = self.bytes.add(index + 1).read();
            low >> self.start | high << (8 - self.start)
        }
    }

    /// How many bits are set.
    pub fn count(&self) -> usize {
        let whole = self.len / 8;
        // SAFETY: whole bytes of the bits.
        let most: usize = (0..whole).map(|index| unsafe { self.byte(index) }.count_ones() as usize).sum();
        most + (whole * 8..self.len).filter(|index| self.get(*index)).count()
    }

    /// Writes one byte for each bit: 0 or 1, the other way round if `inverted`.
    ///
    /// # Safety
    /// `out` leads to `len` writable bytes, none of which is the bitmap's.
    pub unsafe fn unpack(&self, out: *mut u8, inverted: bool) {
        let flip = if inverted { 0xff } else { 0 };
        let whole = self.len / 8;
        // SAFETY: by the contract; whole bytes of the bits become eight bytes each.
        unsafe {
            if self.start == 0 {
                for index in 0..whole {
                    let word = spread(self.bytes.add(index).read() ^ flip);
                    out.add(index * 8).cast::<[u8; 8]>().write_unaligned(word.to_le_bytes());
                }
            } else {
                for index in 0..whole {
                    let word = spread(self.byte(index) ^ flip);
                    out.add(index * 8).cast::<[u8; 8]>().write_unaligned(word.to_le_bytes());
                }
            }
            for index in whole * 8..self.len {
                out.add(index).write(u8::from(self.get(index) != inverted));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_bit_by_bit() {
        let bytes: Vec<u8> = (0..40u32).map(|k| (k * 37 + 11) as u8).collect();
        for start in 0..20 {
            for len in 0..(bytes.len() * 8 - start) {
                // SAFETY: within `bytes`.
                let bits = unsafe { Bits::new(bytes.as_ptr(), start, len) };
                let expected: Vec<u8> = (start..start + len).map(|k| bytes[k / 8] >> (k % 8) & 1).collect();
                assert_eq!(bits.count(), expected.iter().filter(|bit| **bit == 1).count());
                let mut out = vec![7; len];
                // SAFETY: as many bytes as bits.
                unsafe { bits.unpack(out.as_mut_ptr(), false) };
                assert_eq!(out, expected);
                // SAFETY: as above.
                unsafe { bits.unpack(out.as_mut_ptr(), true) };
                assert!(out.iter().zip(&expected).all(|(a, b)| a + b == 1));
            }
        }
    }
}
