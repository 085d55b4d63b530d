//! Texts of variable width as a store: UTF-8 in packed elements, some of which may be missing.

use sharray_base::dtype::{MissingKind, MissingText};
use sharray_base::{DType, Error, Result};

use super::encoding::{Character, Encoding, Sink};
use super::lanes::{self, Lanes};
use super::moves;
use super::packed;
use super::store::{Read, Store, Write};

/// UTF-8.
pub struct Utf8;

/// Number of bytes of the character that begins with this one.
#[inline]
fn width(byte: u8) -> usize {
    match byte {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

impl Encoding for Utf8 {
    type Unit = u8;
    const UNICODE: bool = true;
    const SINGLE: bool = false;
    fn ascii(byte: u8) -> u8 {
        byte
    }
    #[inline]
    fn as_ascii(unit: u8) -> Option<u8> {
        (unit < 0x80).then_some(unit)
    }
    fn encode(code: u32) -> Result<Character<u8>> {
        let invalid = || Error::Value(format!("code {code:#x} is no character"));
        let mut room = [0; 4];
        Ok(Character::new(char::from_u32(code).ok_or_else(invalid)?.encode_utf8(&mut room).as_bytes()))
    }
    #[inline(always)]
    unsafe fn starts(at: *const u8) -> u64 {
        // SAFETY: by the caller.
        u64::from(!unsafe { u8::block(at) }.within(0x80, 0xbf) & 0xffff)
    }
    fn length(text: &[u8]) -> usize {
        // Every byte but those that continue a character.
        let (words, rest) = text.as_chunks::<8>();
        let behind = |word: u64| (word >> 7 & !(word >> 6) & 0x0101_0101_0101_0101).count_ones() as usize;
        let more: usize = words.iter().map(|word| behind(u64::from_ne_bytes(*word))).sum();
        text.len() - more - rest.iter().filter(|&&byte| byte & 0xc0 == 0x80).count()
    }
    fn seek(text: &[u8], index: usize) -> usize {
        let mut at = 0;
        for _ in 0..index {
            if at >= text.len() {
                break;
            }
            at += width(text[at]);
        }
        at.min(text.len())
    }
    #[inline]
    fn first(text: &[u8]) -> (u32, usize) {
        let size = width(text[0]).min(text.len());
        if size == 1 {
            return (u32::from(text[0]), 1);
        }
        let lead = u32::from(text[0]) & (0x7f >> size);
        (text[1..size].iter().fold(lead, |code, &byte| code << 6 | u32::from(byte & 0x3f)), size)
    }
    fn last(text: &[u8]) -> (u32, usize) {
        let start = text.iter().rposition(|&byte| byte & 0xc0 != 0x80).unwrap_or(text.len() - 1);
        (Self::first(&text[start..]).0, text.len() - start)
    }
}

/// A text in the making.
#[derive(Default)]
pub struct Buffer(Vec<u8>);

impl Sink<u8> for Buffer {
    #[inline]
    fn put(&mut self, text: &[u8]) {
        let (length, size) = (self.0.len(), text.len());
        if size > moves::SMALL || self.0.capacity() - length < size {
            return self.0.extend_from_slice(text);
        }
        // SAFETY: there is room for so many bytes behind the text, which are part of it once they are written.
        unsafe {
            moves::copy_small(text.as_ptr(), self.0.as_mut_ptr().add(length), size);
            self.0.set_len(length + size);
        }
    }
    fn repeat(&mut self, text: &[u8], times: usize) {
        match text {
            [byte] => self.0.resize(self.0.len() + times, *byte),
            _ => (0..times).for_each(|_| self.put(text)),
        }
    }
}

/// Packed elements.
pub struct Variable;

/// What is known of missing texts.
pub struct Missing<'a>(Option<&'a MissingText>);

/// Writes by way of a buffer, so that a result may take an operand's place.
pub struct Writing {
    buffer: Buffer,
    room: packed::Room,
}

impl Store for Variable {
    type Code = Utf8;
    type Reader<'a> = Missing<'a>;
    type Writer<'a> = Writing;
    const FIXED: bool = false;
    fn reader(dtype: &DType) -> Result<Missing<'_>> {
        Ok(Missing(dtype.text_options().missing.as_ref()))
    }
    fn writer(_: &DType, _: bool) -> Result<Writing> {
        Ok(Writing { buffer: Buffer::default(), room: packed::Room::new() })
    }
}

impl<'a> Read<'a, u8> for Missing<'a> {
    #[inline]
    unsafe fn get(&self, at: *const u8) -> Option<&'a [u8]> {
        // SAFETY: by the contract. A missing text that is a text stands for itself.
        unsafe { packed::get(at) }.or_else(|| {
            self.0.filter(|missing| missing.kind == MissingKind::Text).map(|missing| missing.name.as_bytes())
        })
    }
    #[inline(always)]
    unsafe fn walk(&self, at: *const u8, mut look: impl FnMut(*const u8, usize)) -> Option<usize> {
        // SAFETY: by the contract. All sixteens that begin within a text can be read.
        let (start, length) = unsafe { packed::padded(at) }.filter(|(_, length)| *length <= lanes::MOST)?;
        let mut place = 0;
        while place < length {
            look(start.wrapping_add(place), place);
            place += lanes::BLOCK;
        }
        Some(length)
    }
    fn undefined(&self, name: &str) -> Error {
        let text = match name {
            "str_len" => "The length of a null string is undefined".into(),
            "add" => "Cannot add null that is not a nan-like value".into(),
            "multiply" => return Error::Type("Cannot multiply null that is not a nan-like value".into()),
            "zfill" => {
                return Error::Type("Cannot zfill null string that is not a nan-like value".into());
            }
            "expandtabs" => "Null values are not supported arguments for expandtabs".into(),
            "strip" => "Can only strip null values that are strings or NaN-like values".into(),
            "isalpha" | "isdigit" | "isspace" | "isalnum" | "islower" | "isupper" | "istitle"
            | "isdecimal" | "isnumeric" => {
                format!("Cannot use the {name} function with a null that is not a nan-like value")
            }
            _ => format!("'{name}' not supported for null values that are not strings."),
        };
        Error::Value(text)
    }
    fn missing_spreads(&self) -> bool {
        self.0.is_none_or(|missing| missing.kind == MissingKind::Nan)
    }
}

impl Write<u8> for Writing {
    type Sink = Buffer;
    unsafe fn write(&mut self, at: *mut u8, fill: impl FnOnce(&mut Buffer) -> Result<()>) -> Result<()> {
        self.buffer.0.clear();
        fill(&mut self.buffer)?;
        // SAFETY: an element, by the contract.
        unsafe { self.room.set(at, &self.buffer.0) }
    }
    unsafe fn write_missing(&mut self, at: *mut u8) -> Result<()> {
        // SAFETY: an element, by the contract.
        unsafe { packed::set_missing(at) };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_any_width() {
        let text = "aé€😀z";
        let bytes = text.as_bytes();
        assert_eq!(Utf8::length(bytes), 5);
        for (index, (at, c)) in text.char_indices().enumerate() {
            assert_eq!(Utf8::seek(bytes, index), at);
            assert_eq!(Utf8::first(&bytes[at..]), (u32::from(c), c.len_utf8()));
            assert_eq!(Utf8::last(&bytes[..at + c.len_utf8()]), (u32::from(c), c.len_utf8()));
            assert_eq!(Utf8::encode(u32::from(c)).unwrap().as_slice(), c.to_string().as_bytes());
        }
        assert_eq!(Utf8::seek(bytes, 99), bytes.len());
    }
}
