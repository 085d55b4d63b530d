//! Where fields end: sixteen bytes at a time are asked whether any of them may be more than text.

pub use blocks::{others, put_first, put_first_wide};

/// Bytes to keep of sixteen, by how many.
const KEPT: [[u8; 16]; 17] = {
    let mut kept = [[0; 16]; 17];
    let mut count = 0;
    while count < 17 {
        let mut place = 0;
        while place < count {
            kept[count][place] = 0xff;
            place += 1;
        }
        count += 1;
    }
    kept
};

/// Bytes that may mean something: all below a bound, all above ASCII, and up to three others.
#[derive(Debug, Clone, Copy)]
pub struct Candidates {
    /// The greatest below the bound.
    below: u8,
    others: [u8; 3],
}

impl Candidates {
    /// All bytes less than `below` (1 to 0x80), those of 0x80 and more, and `others`.
    pub fn new(below: u8, others: [Option<u8>; 3]) -> Candidates {
        // A byte above ASCII is one in any case.
        Candidates { below: below.clamp(1, 0x80) - 1, others: others.map(|byte| byte.unwrap_or(0xff)) }
    }

    /// A bit for each byte of `block` that is a candidate, the lowest for the first.
    #[inline(always)]
    pub fn within(&self, block: &[u8; 16]) -> u32 {
        blocks::candidates(block, self.below, self.others)
    }

    /// The first candidate at or behind `at`.
    #[inline]
    pub fn next(&self, text: &[u8], mut at: usize) -> Option<usize> {
        while let Some(block) = text.get(at..).and_then(|rest| rest.first_chunk()) {
            let found = self.within(block);
            if found != 0 {
                return Some(at + found.trailing_zeros() as usize);
            }
            at += 16;
        }
        let rest = text.get(at..)?;
        let mut block = [0; 16];
        block[..rest.len()].copy_from_slice(rest);
        let found = self.within(&block).trailing_zeros() as usize;
        (found < rest.len()).then_some(at + found)
    }
}

/// SSE2 belongs to every x86-64.
#[cfg(target_arch = "x86_64")]
mod blocks {
    use std::arch::x86_64::*;

    #[inline(always)]
    fn load(block: &[u8; 16]) -> __m128i {
        // SAFETY: 16 readable bytes.
        unsafe { _mm_loadu_si128(block.as_ptr().cast()) }
    }

    /// A bit for each byte that is no digit, the lowest for the first; bits above the sixteenth as if more followed.
    #[inline(always)]
    pub fn others(block: &[u8; 16]) -> u32 {
        // SAFETY: SSE2.
        unsafe {
            let values = _mm_xor_si128(load(block), _mm_set1_epi8(0x30));
            let digits = _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values);
            !(_mm_movemask_epi8(digits) as u32)
        }
    }

    /// Writes the first `count` (at most 16) bytes, and zeros behind them.
    ///
    /// # Safety
    /// 16 bytes at `target` are writable.
    #[inline(always)]
    pub unsafe fn put_first(block: &[u8; 16], count: usize, target: *mut u8) {
        let kept = load(&super::KEPT[count]);
        // SAFETY: SSE2; by this function's contract.
        unsafe { _mm_storeu_si128(target.cast(), _mm_and_si128(load(block), kept)) };
    }

    /// The same with each byte as a character of four.
    ///
    /// # Safety
    /// 64 bytes at `target` are writable.
    #[inline(always)]
    pub unsafe fn put_first_wide(block: &[u8; 16], count: usize, target: *mut u8) {
        let kept = load(&super::KEPT[count]);
        let target = target.cast::<__m128i>();
        // SAFETY: SSE2; four times 16 bytes by this function's contract.
        unsafe {
            let (bytes, zero) = (_mm_and_si128(load(block), kept), _mm_setzero_si128());
            let (low, high) = (_mm_unpacklo_epi8(bytes, zero), _mm_unpackhi_epi8(bytes, zero));
            _mm_storeu_si128(target, _mm_unpacklo_epi16(low, zero));
            _mm_storeu_si128(target.add(1), _mm_unpackhi_epi16(low, zero));
            _mm_storeu_si128(target.add(2), _mm_unpacklo_epi16(high, zero));
            _mm_storeu_si128(target.add(3), _mm_unpackhi_epi16(high, zero));
        }
    }

    #[inline(always)]
    pub fn candidates(block: &[u8; 16], below: u8, others: [u8; 3]) -> u32 {
        // SAFETY: SSE2.
        unsafe {
            let bytes = load(block);
            let equal = |byte: u8| _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte as i8));
            let low = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(below as i8)), bytes);
            let other = _mm_or_si128(_mm_or_si128(equal(others[0]), equal(others[1])), equal(others[2]));
            // The highest bit counts: that of bytes above ASCII is set.
            _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(bytes, low), other)) as u32
        }
    }
}

#[cfg(any(not(target_arch = "x86_64"), test))]
mod plain {
    fn bits(block: &[u8; 16], is: impl Fn(u8) -> bool) -> u32 {
        block.iter().enumerate().fold(0, |bits, (place, &byte)| bits | u32::from(is(byte)) << place)
    }

    /// A bit for each byte that is no digit, the lowest for the first; bits above the sixteenth as if more followed.
    pub fn others(block: &[u8; 16]) -> u32 {
        bits(block, |byte| !byte.is_ascii_digit()) | !0xffff
    }

    /// Writes the first `count` (at most 16) bytes, and zeros behind them.
    ///
    /// # Safety
    /// 16 bytes at `target` are writable.
    pub unsafe fn put_first(block: &[u8; 16], count: usize, target: *mut u8) {
        let kept = u128::from_le_bytes(*block) & u128::from_le_bytes(super::KEPT[count]);
        // SAFETY: by this function's contract.
        unsafe { target.cast::<[u8; 16]>().write_unaligned(kept.to_le_bytes()) };
    }

    /// The same with each byte as a character of four.
    ///
    /// # Safety
    /// 64 bytes at `target` are writable.
    pub unsafe fn put_first_wide(block: &[u8; 16], count: usize, target: *mut u8) {
        for (place, (byte, kept)) in block.iter().zip(super::KEPT[count]).enumerate() {
            // SAFETY: by this function's contract.
            unsafe { target.cast::<u32>().add(place).write_unaligned((byte & kept).into()) };
        }
    }

    pub fn candidates(block: &[u8; 16], below: u8, others: [u8; 3]) -> u32 {
        bits(block, |byte| byte <= below || byte >= 0x80 || others.contains(&byte))
    }
}
#[cfg(not(target_arch = "x86_64"))]
use plain as blocks;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first() {
        let candidates = Candidates::new(0x21, [Some(b'#'), None, Some(b',')]);
        let is = |byte: u8| !(0x21..0x80).contains(&byte) || byte == b'#' || byte == b',';
        for first in 0..=u8::MAX {
            for second in [b'a', b'"', b'$', b'!', b'\n', 0x7f, 0x80] {
                for place in [0, 1, 7, 8, 14, 15, 16, 31, 33] {
                    let mut text = [b'x'; 35];
                    (text[place], text[place + 1]) = (first, second);
                    let expected = text.iter().position(|&byte| is(byte));
                    assert_eq!(candidates.next(&text, 0), expected, "{first} and {second} at {place}");
                }
            }
        }
        for block in [*b"0123456789 a/:-+", [b'0'; 16], [0xb0; 16]] {
            assert_eq!(others(&block), plain::others(&block));
            assert_eq!(candidates.within(&block), plain::candidates(&block, 0x20, [b'#', 0xff, b',']));
        }
        assert_eq!(candidates.next(b"abc", 0), None);
        assert_eq!(candidates.next(b"a c", 4), None);
        assert_eq!(candidates.next(b"", 0), None);
    }

    #[test]
    fn writes_the_first_bytes() {
        let block = b"0123456789abcdef";
        for count in 0..=16 {
            let expected: Vec<u8> = (0..16).map(|i| if i < count { block[i] } else { 0 }).collect();
            let wide: Vec<u8> = expected.iter().flat_map(|&byte| u32::from(byte).to_ne_bytes()).collect();
            let (mut bytes, mut characters) = ([0xA5; 17], [0xA5; 65]);
            let (mut also, mut wide_also) = ([0xA5; 17], [0xA5; 65]);
            // SAFETY: 16 and 64 bytes and one more.
            unsafe {
                put_first(block, count, bytes.as_mut_ptr());
                put_first_wide(block, count, characters.as_mut_ptr());
                plain::put_first(block, count, also.as_mut_ptr());
                plain::put_first_wide(block, count, wide_also.as_mut_ptr());
            }
            assert_eq!((&bytes[..16], bytes[16]), (&expected[..], 0xA5));
            assert_eq!((&characters[..64], characters[64]), (&wide[..], 0xA5));
            assert_eq!((also, wide_also), (bytes, characters));
        }
    }
}
