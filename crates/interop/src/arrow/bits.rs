//! Bitmaps: one bit for each element, the lowest bit of a byte first.
//!
//! Unpacking looks a byte's eight up in a table of 2 KiB, which is done sooner than the result is written.

/// A bitmap's `len` bits from bit `start` on.
#[derive(Clone, Copy, Debug)]
pub struct Bits {
    bytes: *const u8,
    start: usize,
    len: usize,
}

/// The eight bits of every byte, a byte each, the lowest bit first in memory.
const SPREAD: [[u8; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut at = 0;
    while at < 256 * 8 {
        table[at / 8][at % 8] = ((at / 8) >> (at % 8) & 1) as u8;
        at += 1;
    }
    table
};

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

    /// 64 bits from bit `64 * index` on, which are all within.
    ///
    /// # Safety
    /// `64 * index + 64 <= len`.
    #[inline(always)]
    unsafe fn word(&self, index: usize) -> u64 {
        // SAFETY: the bits asked for are within; the ninth byte holds the last of them where the first eight do not.
        unsafe {
            let at = self.bytes.add(index * 8);
            let low = u64::from_le_bytes(at.cast::<[u8; 8]>().read_unaligned());
            if self.start == 0 {
                return low;
            }
            let high = u64::from(at.add(8).read());
            low >> self.start | high << (64 - self.start)
        }
    }

    /// How many bits are set.
    pub fn count(&self) -> usize {
        let whole = self.len / 64;
        // SAFETY: whole words of the bits.
        let most: usize = (0..whole).map(|index| unsafe { self.word(index) }.count_ones() as usize).sum();
        most + (whole * 64..self.len).filter(|index| self.get(*index)).count()
    }

    /// Writes one byte for each bit: 0 or 1, the other way round if `inverted`.
    ///
    /// # Safety
    /// `out` leads to `len` writable bytes, none of which is the bitmap's.
    pub unsafe fn unpack(&self, out: *mut u8, inverted: bool) {
        let flip = if inverted { u64::MAX } else { 0 };
        let whole = self.len / 64;
        for index in 0..whole {
            // SAFETY: by the contract; whole words of the bits become 64 bytes each.
            unsafe {
                let bytes = (self.word(index) ^ flip).to_le_bytes();
                let target = out.add(index * 64).cast::<[u8; 8]>();
                for (place, byte) in bytes.into_iter().enumerate() {
                    target.add(place).write_unaligned(SPREAD[usize::from(byte)]);
                }
            }
        }
        for index in whole * 64..self.len {
            // SAFETY: by the contract.
            unsafe { out.add(index).write(u8::from(self.get(index) != inverted)) };
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
