//! How texts are made of code units: bytes, or code points. What is written over an [`Encoding`] holds for both.

use sharray_base::{Error, Result};

use super::lanes::Lanes;

/// Code units: what texts are compared and copied by.
pub trait Unit: Copy + Ord + Default + Send + Sync + 'static {
    /// Four bytes of memory full of such units.
    fn pattern(self) -> u32;
    /// True for one of the `count` units from the ASCII character `low` on.
    fn is_from(self, low: u8, count: u8) -> bool;
    /// The unit, or where `flips` is true the other one of a pair of ASCII letters.
    fn flipped(self, flips: bool) -> Self;
}
impl Unit for u8 {
    #[inline]
    fn pattern(self) -> u32 {
        u32::from_ne_bytes([self; 4])
    }
    #[inline(always)]
    fn is_from(self, low: u8, count: u8) -> bool {
        self.wrapping_sub(low) < count
    }
    #[inline(always)]
    fn flipped(self, flips: bool) -> u8 {
        self ^ u8::from(flips) << 5
    }
}
impl Unit for u32 {
    #[inline]
    fn pattern(self) -> u32 {
        self
    }
    #[inline(always)]
    fn is_from(self, low: u8, count: u8) -> bool {
        self.wrapping_sub(u32::from(low)) < u32::from(count)
    }
    #[inline(always)]
    fn flipped(self, flips: bool) -> u32 {
        self ^ u32::from(flips) << 5
    }
}

/// Where a result's text goes, piece by piece.
pub trait Sink<U: Unit> {
    /// Adds these units.
    fn put(&mut self, text: &[U]);
    /// Adds `text` and `fill`, which is one character, `front` times in front of it and `behind` times behind it.
    fn pad(&mut self, text: &[U], fill: &[U], front: usize, behind: usize) {
        self.repeat(fill, front);
        self.put(text);
        self.repeat(fill, behind);
    }
    /// Adds `text` that many times.
    fn repeat(&mut self, text: &[U], times: usize) {
        for _ in 0..times {
            self.put(text);
        }
    }
}

/// The units of one character.
#[derive(Clone, Copy)]
pub struct Character<U>([U; 4], usize);

impl<U: Unit> Character<U> {
    /// The character made of these units, at most four.
    pub fn new(units: &[U]) -> Character<U> {
        let mut all = [U::default(); 4];
        let count = units.len().min(4);
        all[..count].copy_from_slice(&units[..count]);
        Character(all, count)
    }
    /// Its units.
    pub fn as_slice(&self) -> &[U] {
        &self.0[..self.1]
    }
}

/// A way to write characters as code units.
pub trait Encoding: 'static {
    /// The code unit.
    type Unit: Lanes;
    /// True where characters beyond ASCII mean something: bytes are ASCII and nothing else.
    const UNICODE: bool;
    /// True when each character is one unit.
    const SINGLE: bool = true;

    /// The unit of an ASCII character.
    fn ascii(byte: u8) -> Self::Unit;
    /// The ASCII character that a unit is.
    fn as_ascii(unit: Self::Unit) -> Option<u8>;
    /// The units of a character.
    ///
    /// # Errors
    /// `Value` for a character that this encoding has not.
    fn encode(code: u32) -> Result<Character<Self::Unit>>;
    /// The one character of `text`, which another encoding wrote.
    ///
    /// # Errors
    /// As [`Encoding::encode`].
    fn recoded<F: Encoding>(text: &[F::Unit]) -> Result<Character<Self::Unit>> {
        Self::encode(F::first(text).0)
    }
    /// Which of sixteen units begin a character.
    ///
    /// # Safety
    /// Sixteen units at `at` are readable.
    #[inline(always)]
    unsafe fn starts(_at: *const Self::Unit) -> u64 {
        0xffff
    }
    /// Number of characters.
    fn length(text: &[Self::Unit]) -> usize {
        text.len()
    }
    /// Where character `index` begins, at most the text's length.
    fn seek(text: &[Self::Unit], index: usize) -> usize {
        index.min(text.len())
    }
    /// The first character and its number of units; `text` is not empty.
    fn first(text: &[Self::Unit]) -> (u32, usize);
    /// The last character and its number of units; `text` is not empty.
    fn last(text: &[Self::Unit]) -> (u32, usize);
}

/// `S`: bytes.
pub struct Bytes;

impl Encoding for Bytes {
    type Unit = u8;
    const UNICODE: bool = false;
    fn ascii(byte: u8) -> u8 {
        byte
    }
    #[inline]
    fn as_ascii(unit: u8) -> Option<u8> {
        (unit < 0x80).then_some(unit)
    }
    fn encode(code: u32) -> Result<Character<u8>> {
        match u8::try_from(code) {
            Ok(byte) if byte < 0x80 => Ok(Character::new(&[byte])),
            _ => Err(Error::Value(format!("character {code:#x} is not ASCII, as characters of bytes are"))),
        }
    }
    fn recoded<F: Encoding>(text: &[F::Unit]) -> Result<Character<u8>> {
        let code = F::first(text).0;
        if F::UNICODE { Self::encode(code) } else { Ok(Character::new(&[code as u8])) }
    }
    #[inline]
    fn first(text: &[u8]) -> (u32, usize) {
        (u32::from(text[0]), 1)
    }
    #[inline]
    fn last(text: &[u8]) -> (u32, usize) {
        (u32::from(text[text.len() - 1]), 1)
    }
}

/// `U`: code points, four bytes each.
pub struct Ucs4;

impl Encoding for Ucs4 {
    type Unit = u32;
    const UNICODE: bool = true;
    fn ascii(byte: u8) -> u32 {
        u32::from(byte)
    }
    #[inline]
    fn as_ascii(unit: u32) -> Option<u8> {
        u8::try_from(unit).ok().filter(u8::is_ascii)
    }
    fn encode(code: u32) -> Result<Character<u32>> {
        Ok(Character::new(&[code]))
    }
    #[inline]
    fn first(text: &[u32]) -> (u32, usize) {
        (text[0], 1)
    }
    #[inline]
    fn last(text: &[u32]) -> (u32, usize) {
        (text[text.len() - 1], 1)
    }
}
