//! Texts of variable width: UTF-8 in elements of 16 bytes, `StringDType`'s.
//!
//! The last byte says what an element is, as NumPy's does:
//!
//! | | bytes 0–14 | byte 15 |
//! |---|---|---|
//! | short | up to 15 bytes of text | [`SET`], and the length in the low four bits |
//! | long | address of the text (8), length (5), place in its block (2) | [`SET`] and [`LONG`] |
//! | missing | zeros | [`SET`] and [`MISSING`] |
//! | all zeros | | the empty text: fresh memory is valid |
//!
//! Behind a long text there are nulls up to a multiple of sixteen bytes, so that texts can be read by sixteens. Long texts
//! lie in blocks ([`blocks`]) that count the elements they are in, so that a copy of an element is one more count, texts
//! never change while somebody reads them, and memory goes back when the last element of its block does. A text that is
//! written alone has a block of its own; who writes many fills blocks of some thousand bytes ([`Room`]). (One arena per
//! array, where overwritten texts stay until the array goes, was the alternative; and blocks of one text each, which cost
//! more to make and to give back than most texts do to write.)

use std::cmp::Ordering;

use super::moves;
use sharray_base::Result;

pub mod blocks;
pub use blocks::{Counts, Room};

/// Bytes an element takes.
pub const SIZE: usize = 16;
/// Bytes of text an element holds itself.
pub const SHORT: usize = 15;
/// The element was written.
pub const SET: u8 = 0x40;
/// The text is a block.
pub const LONG: u8 = 0x10;
/// There is no text.
pub const MISSING: u8 = 0x80;

/// An element's bytes.
type Bytes = [u8; SIZE];

/// # Safety
/// An element lies at `at`, at any alignment.
#[inline]
unsafe fn load(at: *const u8) -> Bytes {
    // SAFETY: by this function's contract.
    unsafe { at.cast::<Bytes>().read_unaligned() }
}

/// Where the text of a long element lies, and its length; `None` for other elements.
#[inline]
fn long(element: &Bytes) -> Option<(*const u8, usize)> {
    let (address, rest) = halves(element);
    (rest >> 56 & u64::from(LONG) != 0).then_some((address as usize as *const u8, (rest & LENGTHS) as usize))
}

/// The two halves of an element as numbers.
#[inline]
fn halves(element: &Bytes) -> (u64, u64) {
    let whole = u128::from_le_bytes(*element);
    (whole as u64, (whole >> 64) as u64)
}

/// Lengths of texts are below this; they have five bytes.
const LENGTHS: u64 = (1 << 40) - 1;

/// The element of a text of that length at an address, `place` bytes behind the start of its block.
#[inline]
fn element_of(text: *const u8, length: usize, place: usize) -> Bytes {
    let rest = length as u64 | (place as u64 / SIZE as u64) << 40 | u64::from(SET | LONG) << 56;
    (text as usize as u128 | u128::from(rest) << 64).to_le_bytes()
}

/// The start of the block of a long element; null for other elements.
#[inline]
fn block(element: &Bytes) -> *mut u8 {
    let (address, rest) = halves(element);
    if rest >> 56 & u64::from(LONG) == 0 {
        return std::ptr::null_mut();
    }
    let place = (rest >> 40 & 0xffff) as usize * SIZE;
    (address as usize as *mut u8).wrapping_sub(place)
}

/// The text of the element at `at`; `None` for a missing one.
///
/// # Safety
/// A valid element lies at `at`, and is not written while the text is used.
#[inline]
pub unsafe fn get<'a>(at: *const u8) -> Option<&'a [u8]> {
    // SAFETY: by this function's contract; a block holds the text behind its header.
    unsafe {
        let kind = *at.add(SHORT);
        if kind & (MISSING | LONG) == 0 {
            return Some(std::slice::from_raw_parts(at, usize::from(kind & 0x0f)));
        }
        let (start, length) = long(&load(at))?;
        Some(std::slice::from_raw_parts(start, length))
    }
}

/// Address and length of the text of the element at `at`; `None` for a missing one. Up to the next multiple of sixteen
/// bytes can be read.
///
/// # Safety
/// As [`get`].
#[inline]
pub unsafe fn padded(at: *const u8) -> Option<(*const u8, usize)> {
    // SAFETY: by this function's contract; an element has sixteen bytes, and blocks have so many as was said.
    unsafe {
        let kind = *at.add(SHORT);
        if kind & (MISSING | LONG) == 0 {
            return Some((at, usize::from(kind & 0x0f)));
        }
        long(&load(at))
    }
}

/// The order of the texts of two elements, by bytes; `None` where one is missing.
///
/// # Safety
/// As [`get`], for both.
#[inline]
pub unsafe fn order(a: *const u8, b: *const u8) -> Option<Ordering> {
    // SAFETY: by this function's contract.
    unsafe {
        let (a, b) = (padded(a)?, padded(b)?);
        let (first, second) = (beginning(a), beginning(b));
        if first != second {
            return Some(first.cmp(&second));
        }
        Some(std::slice::from_raw_parts(a.0, a.1).cmp(std::slice::from_raw_parts(b.0, b.1)))
    }
}

/// The first eight bytes of a text with nulls behind it, as a number: where two differ, so do the texts in that sense.
///
/// # Safety
/// What [`padded`] gave.
#[inline]
unsafe fn beginning((start, length): (*const u8, usize)) -> u64 {
    // SAFETY: by the caller: an element has sixteen bytes, and long texts have more than eight.
    let word = u64::from_be_bytes(unsafe { start.cast::<[u8; 8]>().read_unaligned() });
    if length < 8 { word & !(u64::MAX >> (8 * length)) } else { word }
}

/// Counts one more element for each of `times` copies of the element at `at`.
///
/// # Safety
/// A valid element lies at `at`.
pub unsafe fn retain(at: *const u8, times: usize) {
    // SAFETY: by this function's contract; the element keeps its block alive.
    unsafe { blocks::retain(block(&load(at)), times) }
}

/// Makes the element at `at` the empty text, and gives its block back when it was the last one.
///
/// # Safety
/// A valid element lies at `at`, writable.
pub unsafe fn release(at: *mut u8) {
    // SAFETY: by this function's contract.
    unsafe { replace(at, [0; SIZE]) }
}

/// Puts `text` in place of the element at `at`; `text` may be the element's own. Who writes many texts has a [`Room`].
///
/// # Errors
/// `OutOfMemory`; the element is unchanged then.
///
/// # Safety
/// A valid element lies at `at`, writable.
pub unsafe fn set(at: *mut u8, text: &[u8]) -> Result<()> {
    let element = if text.len() <= SHORT { short(text) } else { blocks::alone(text)? };
    // SAFETY: by this function's contract; `text` is not used any more.
    unsafe { replace(at, element) };
    Ok(())
}

/// The element of a text of at most [`SHORT`] bytes.
#[inline]
fn short(text: &[u8]) -> Bytes {
    let mut element = [0u8; SIZE];
    // SAFETY: at most fifteen of sixteen bytes.
    unsafe { moves::copy_small(text.as_ptr(), element.as_mut_ptr(), text.len()) };
    element[SHORT] = SET | text.len() as u8;
    element
}

/// Makes the element at `at` missing.
///
/// # Safety
/// A valid element lies at `at`, writable.
pub unsafe fn set_missing(at: *mut u8) {
    let mut element = [0u8; SIZE];
    element[SHORT] = SET | MISSING;
    // SAFETY: by this function's contract.
    unsafe { replace(at, element) };
}

/// # Safety
/// A valid element lies at `at`, writable.
unsafe fn replace(at: *mut u8, element: Bytes) {
    // SAFETY: by this function's contract; the old element is nowhere when its block is given back.
    unsafe {
        let old = block(&load(at));
        at.cast::<Bytes>().write_unaligned(element);
        blocks::release(old, 1);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An element on its own.
    pub(super) struct Element(pub(super) [u8; SIZE]);
    impl Drop for Element {
        fn drop(&mut self) {
            // SAFETY: a valid element.
            unsafe { release(self.0.as_mut_ptr()) }
        }
    }
    impl Element {
        pub(super) fn text(&self) -> Option<&[u8]> {
            // SAFETY: a valid element, borrowed.
            unsafe { get(self.0.as_ptr()) }
        }
        pub(super) fn at(&mut self) -> *mut u8 {
            self.0.as_mut_ptr()
        }
    }

    #[test]
    fn keeps_what_was_set() {
        let mut element = Element([0; SIZE]);
        assert_eq!(element.text(), Some(&b""[..]));
        for size in [1, 15, 16, 17, 1000, 3, 0, 70_000] {
            let text = vec![b'x'; size];
            // SAFETY: a valid element.
            unsafe { set(element.at(), &text).unwrap() };
            assert_eq!(element.text(), Some(&text[..]));
        }
        // SAFETY: a valid element.
        unsafe { set_missing(element.at()) };
        assert_eq!(element.text(), None);
    }

    #[test]
    fn order_is_that_of_bytes() {
        let texts: [&[u8]; 12] = [
            b"",
            b"\0",
            b"a",
            b"a\0",
            b"a\0b",
            b"ab",
            b"abcdefgh",
            b"abcdefgh\0",
            b"abcdefgi",
            b"abcdefghijklmnop",
            b"abcdefghijklmnoq",
            b"\xff",
        ];
        for (one, other) in texts.iter().flat_map(|one| texts.iter().map(move |other| (one, other))) {
            let (mut a, mut b) = (Element([0; SIZE]), Element([0; SIZE]));
            // SAFETY: valid elements.
            unsafe {
                set(a.at(), one).unwrap();
                set(b.at(), other).unwrap();
                assert_eq!(order(a.at(), b.at()), Some(one.cmp(other)));
                set_missing(b.at());
                assert_eq!(order(a.at(), b.at()), None);
            }
        }
    }

    #[test]
    fn copies_share_a_block_and_outlive_each_other() {
        let mut first = Element([0; SIZE]);
        let text = [b'y'; 40];
        // SAFETY: valid elements; the copy is counted.
        unsafe {
            set(first.at(), &text).unwrap();
            retain(first.at(), 1);
            let second = Element(first.0);
            set(first.at(), b"other").unwrap();
            assert_eq!(second.text(), Some(&text[..]));
            assert_eq!(first.text(), Some(&b"other"[..]));
        }
    }

    #[test]
    fn a_text_may_replace_itself() {
        let mut element = Element([0; SIZE]);
        // SAFETY: a valid element; the tail is read before the old block goes.
        unsafe {
            set(element.at(), &[b'z'; 50]).unwrap();
            let tail = &get(element.at()).unwrap()[20..];
            set(element.at(), tail).unwrap();
        }
        assert_eq!(element.text(), Some(&[b'z'; 30][..]));
    }
}
