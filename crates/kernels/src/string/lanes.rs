//! Texts of up to [`MOST`] code units as sets of places: bit `i` of a set tells something of unit `i`.
//!
//! What takes a decision per unit in a loop over units costs a mispredicted branch or two per text, as texts differ in
//! length. Here sixteen units are compared at a time, the answers gathered as bits, and the decision taken on the
//! bits: lengths, tests and searches of a text then take no branch that depends on it.

use super::encoding::Unit;
use super::moves::copy_small;

#[cfg(not(target_arch = "x86_64"))]
use portable as arch;
#[cfg(target_arch = "x86_64")]
use x86 as arch;

pub use arch::Block;

/// Units that sets hold.
pub const MOST: usize = 64;
/// Units that are looked at together.
pub const BLOCK: usize = 16;

/// Code units that can be looked at sixteen at a time.
pub trait Lanes: Unit {
    /// Sixteen units, each as a byte: units beyond 255 as 255.
    ///
    /// # Safety
    /// Sixteen units at `at` are readable.
    unsafe fn block(at: *const Self) -> Block;
    /// Which of sixteen units are `unit`.
    ///
    /// # Safety
    /// As [`Lanes::block`].
    unsafe fn equal(at: *const Self, unit: Self) -> u32;
}

impl Lanes for u8 {
    #[inline(always)]
    unsafe fn block(at: *const u8) -> Block {
        // SAFETY: by the caller.
        unsafe { Block::of_bytes(at) }
    }
    #[inline(always)]
    unsafe fn equal(at: *const u8, unit: u8) -> u32 {
        // SAFETY: by the caller.
        unsafe { Block::of_bytes(at) }.is(unit)
    }
}

impl Lanes for u32 {
    #[inline(always)]
    unsafe fn block(at: *const u32) -> Block {
        // SAFETY: by the caller.
        unsafe { Block::of_codes(at) }
    }
    #[inline(always)]
    unsafe fn equal(at: *const u32, unit: u32) -> u32 {
        // SAFETY: by the caller.
        unsafe { arch::equal_codes(at, unit) }
    }
}

impl Block {
    /// Which are ASCII letters.
    #[inline(always)]
    pub fn letters(self) -> u32 {
        self.small_letters() | self.capitals()
    }
    /// Which are small ASCII letters.
    #[inline(always)]
    pub fn small_letters(self) -> u32 {
        self.within(b'a', b'z')
    }
    /// Which are capital ASCII letters.
    #[inline(always)]
    pub fn capitals(self) -> u32 {
        self.within(b'A', b'Z')
    }
    /// Which are ASCII digits.
    #[inline(always)]
    pub fn digits(self) -> u32 {
        self.within(b'0', b'9')
    }
    /// Which are ASCII white space; with `unicode` also the four separators.
    #[inline(always)]
    pub fn spaces(self, unicode: bool) -> u32 {
        let separators = if unicode { self.within(0x1c, 0x1f) } else { 0 };
        self.is(b' ') | self.within(0x09, 0x0d) | separators
    }
}

/// The set of all places below `length`, which is at most [`MOST`].
#[inline(always)]
pub fn below(length: usize) -> u64 {
    if length >= MOST { u64::MAX } else { (1 << length) - 1 }
}

/// Shows `look` all units, `1..=MOST` of them, sixteen at a time with the place of the first. The last sixteen may have
/// been seen before; fewer than sixteen come with nulls behind them.
///
/// # Safety
/// `units` units at `at` are readable.
#[inline(always)]
pub unsafe fn walk<U: Unit>(at: *const U, units: usize, mut look: impl FnMut(*const U, usize)) {
    debug_assert!((1..=MOST).contains(&units));
    if units < BLOCK {
        let mut part = [U::default(); BLOCK];
        // SAFETY: fewer units than the buffer has, readable by the caller.
        unsafe { copy_small(at.cast(), part.as_mut_ptr().cast(), units * size_of::<U>()) };
        return look(part.as_ptr(), 0);
    }
    let mut place = 0;
    while place + BLOCK <= units {
        look(at.wrapping_add(place), place);
        place += BLOCK;
    }
    if place < units {
        look(at.wrapping_add(units - BLOCK), units - BLOCK);
    }
}

/// The number of units, `1..=MOST`, without the nulls at the end.
///
/// # Safety
/// `units` units at `at` are readable.
#[inline(always)]
pub unsafe fn length<U: Lanes>(at: *const U, units: usize) -> usize {
    let mut zeros = 0u64;
    let mut seen = 0u64;
    // SAFETY: by the caller; `walk` shows sixteen readable units.
    unsafe {
        walk(at, units, |part, place| {
            zeros |= u64::from(U::equal(part, U::default())) << place;
            seen |= 0xffff << place;
        });
    }
    highest(!zeros & seen)
}

/// One more than the highest place of the set; 0 for the empty set.
#[inline(always)]
pub fn highest(set: u64) -> usize {
    (u64::BITS - set.leading_zeros()) as usize
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    /// Sixteen units as bytes.
    #[derive(Clone, Copy)]
    pub struct Block(__m128i);

    // SSE2 is part of x86-64, so its intrinsics are safe to call there; only loads want more.
    impl Block {
        /// # Safety
        /// Sixteen bytes at `at` are readable.
        #[inline(always)]
        pub(super) unsafe fn of_bytes(at: *const u8) -> Block {
            // SAFETY: by the caller; an unaligned load.
            Block(unsafe { _mm_loadu_si128(at.cast()) })
        }
        /// # Safety
        /// Sixteen code points at `at` are readable.
        #[inline(always)]
        pub(super) unsafe fn of_codes(at: *const u32) -> Block {
            // SAFETY: by the caller; unaligned loads.
            let four = |i: usize| unsafe { brought_to_bytes(_mm_loadu_si128(at.add(4 * i).cast())) };
            // SAFETY: SSE2.
            unsafe {
                Block(_mm_packus_epi16(_mm_packs_epi32(four(0), four(1)), _mm_packs_epi32(four(2), four(3))))
            }
        }
        /// Which are `byte`.
        #[inline(always)]
        pub fn is(self, byte: u8) -> u32 {
            // SAFETY: SSE2.
            unsafe { _mm_movemask_epi8(_mm_cmpeq_epi8(self.0, _mm_set1_epi8(byte as i8))) as u32 }
        }
        /// Which lie from `low` to `high`.
        #[inline(always)]
        pub fn within(self, low: u8, high: u8) -> u32 {
            // SAFETY: SSE2.
            unsafe {
                let above = _mm_sub_epi8(self.0, _mm_set1_epi8(low as i8));
                let most = _mm_min_epu8(above, _mm_set1_epi8((high - low) as i8));
                _mm_movemask_epi8(_mm_cmpeq_epi8(most, above)) as u32
            }
        }
        /// Which are beyond ASCII.
        #[inline(always)]
        pub fn beyond(self) -> u32 {
            // SAFETY: SSE2.
            unsafe { _mm_movemask_epi8(self.0) as u32 }
        }
    }

    /// Code points beyond 255 as 255.
    #[inline(always)]
    unsafe fn brought_to_bytes(codes: __m128i) -> __m128i {
        // SAFETY: SSE2.
        unsafe {
            let small = _mm_cmpeq_epi32(_mm_srli_epi32(codes, 8), _mm_setzero_si128());
            _mm_and_si128(_mm_or_si128(codes, _mm_xor_si128(small, _mm_set1_epi32(-1))), _mm_set1_epi32(0xff))
        }
    }

    /// # Safety
    /// Sixteen code points at `at` are readable.
    #[inline(always)]
    pub(super) unsafe fn equal_codes(at: *const u32, code: u32) -> u32 {
        // SAFETY: by the caller; unaligned loads; SSE2.
        unsafe {
            let wanted = _mm_set1_epi32(code as i32);
            let four = |i: usize| _mm_cmpeq_epi32(_mm_loadu_si128(at.add(4 * i).cast()), wanted);
            let all = _mm_packs_epi16(_mm_packs_epi32(four(0), four(1)), _mm_packs_epi32(four(2), four(3)));
            _mm_movemask_epi8(all) as u32
        }
    }
}

/// The same without intrinsics. On x86-64 only the tests use it.
#[cfg(any(test, not(target_arch = "x86_64")))]
mod portable {
    #![cfg_attr(test, allow(dead_code))]

    /// Sixteen units as bytes.
    #[derive(Clone, Copy)]
    pub struct Block([u8; 16]);

    fn set(of: impl Fn(usize) -> bool) -> u32 {
        (0..16).fold(0, |set, i| set | u32::from(of(i)) << i)
    }

    impl Block {
        /// # Safety
        /// Sixteen bytes at `at` are readable.
        #[inline(always)]
        pub(super) unsafe fn of_bytes(at: *const u8) -> Block {
            // SAFETY: by the caller.
            Block(unsafe { at.cast::<[u8; 16]>().read_unaligned() })
        }
        /// # Safety
        /// Sixteen code points at `at` are readable.
        #[inline(always)]
        pub(super) unsafe fn of_codes(at: *const u32) -> Block {
            // SAFETY: by the caller.
            Block(unsafe { at.cast::<[u32; 16]>().read_unaligned() }.map(|code| code.min(0xff) as u8))
        }
        /// Which are `byte`.
        #[inline(always)]
        pub fn is(self, byte: u8) -> u32 {
            set(|i| self.0[i] == byte)
        }
        /// Which lie from `low` to `high`.
        #[inline(always)]
        pub fn within(self, low: u8, high: u8) -> u32 {
            set(|i| (low..=high).contains(&self.0[i]))
        }
        /// Which are beyond ASCII.
        #[inline(always)]
        pub fn beyond(self) -> u32 {
            set(|i| self.0[i] >= 0x80)
        }
    }

    /// # Safety
    /// Sixteen code points at `at` are readable.
    #[inline(always)]
    pub(super) unsafe fn equal_codes(at: *const u32, code: u32) -> u32 {
        // SAFETY: by the caller.
        let codes = unsafe { at.cast::<[u32; 16]>().read_unaligned() };
        set(|i| codes[i] == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_at_every_width() {
        for units in 1..=MOST {
            for length in 0..=units {
                // A null within does not end a text.
                let mut text = vec![0u8; units];
                (0..length)
                    .for_each(|i| text[i] = if i + 1 < length && i % 3 == 1 { 0 } else { 0x80 + i as u8 });
                let wide: Vec<u32> = text.iter().map(|&b| u32::from(b) << 8).collect();
                // SAFETY: so many units.
                unsafe {
                    assert_eq!(super::length(text.as_ptr(), units), length);
                    assert_eq!(super::length(wide.as_ptr(), units), length);
                }
            }
        }
    }

    #[test]
    fn blocks_answer_as_the_portable_ones() {
        let codes = [0, 1, 9, 0x1c, 0x20, 0x2f, b'0', b'9', b'A', b'Z', b'a', b'z', b'{', 0x7f, 0x80, 0xff];
        let wide: [u32; 16] = std::array::from_fn(|i| match i {
            0 => 0,
            1 => 0x100,
            2 => 0x8000_0000,
            3 => u32::MAX,
            4 => 0x1_0041,
            _ => u32::from(codes[i]),
        });
        // SAFETY: sixteen units each.
        unsafe {
            for (one, other) in [
                (Block::of_bytes(codes.as_ptr()), portable::Block::of_bytes(codes.as_ptr())),
                (Block::of_codes(wide.as_ptr()), portable::Block::of_codes(wide.as_ptr())),
            ] {
                assert_eq!(one.beyond(), other.beyond());
                for low in 0..=255u8 {
                    assert_eq!(one.is(low), other.is(low));
                    assert_eq!(
                        one.within(low, low.saturating_add(25)),
                        other.within(low, low.saturating_add(25))
                    );
                }
            }
            for code in wide {
                assert_eq!(u32::equal(wide.as_ptr(), code), portable::equal_codes(wide.as_ptr(), code));
            }
        }
    }

    #[test]
    fn walks_show_each_unit_at_its_place() {
        for units in 1..=MOST {
            let text: Vec<u32> = (1..=units as u32).collect();
            let mut seen = vec![0; MOST];
            let look = |part: *const u32, place: usize| {
                // SAFETY: sixteen units, or fewer with nulls behind.
                (0..BLOCK).for_each(|i| unsafe { seen[place + i] = *part.add(i) });
            };
            // SAFETY: so many units.
            unsafe { walk(text.as_ptr(), units, look) };
            assert_eq!(seen[..units], text[..]);
            assert!(seen[units..].iter().all(|unit| *unit == 0));
        }
    }
}
