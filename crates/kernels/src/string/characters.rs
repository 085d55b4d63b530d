//! Properties of characters beyond ASCII. Unicode's tables come with a version, and `str` methods of one interpreter are
//! to agree with ours, so the Python crate registers the interpreter's own; without them (Rust programs) the standard
//! library answers, which has no notion of digits beyond decimal ones nor of title case.

use std::sync::OnceLock;

/// Tests of one code point.
pub struct Characters {
    /// A letter.
    pub alpha: fn(u32) -> bool,
    /// A decimal digit.
    pub decimal: fn(u32) -> bool,
    /// A digit, superscripts and the like included.
    pub digit: fn(u32) -> bool,
    /// Stands for a number.
    pub numeric: fn(u32) -> bool,
    /// White space.
    pub space: fn(u32) -> bool,
    /// A small letter.
    pub lower: fn(u32) -> bool,
    /// A capital letter.
    pub upper: fn(u32) -> bool,
    /// A letter in title case.
    pub title: fn(u32) -> bool,
}

static REGISTERED: OnceLock<Characters> = OnceLock::new();

/// Registers the tests; the first registration stands.
pub fn register(characters: Characters) {
    let _ = REGISTERED.set(characters);
}

fn of_std(code: u32, test: impl Fn(char) -> bool) -> bool {
    char::from_u32(code).is_some_and(test)
}

static STANDARD: Characters = Characters {
    alpha: |c| of_std(c, char::is_alphabetic),
    decimal: |c| of_std(c, |c| c.is_ascii_digit()),
    digit: |c| of_std(c, |c| c.is_ascii_digit()),
    numeric: |c| of_std(c, char::is_numeric),
    space: |c| of_std(c, |c| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)),
    lower: |c| of_std(c, char::is_lowercase),
    upper: |c| of_std(c, char::is_uppercase),
    title: |_| false,
};

/// The tests in force.
pub fn table() -> &'static Characters {
    REGISTERED.get().unwrap_or(&STANDARD)
}

/// White space: what `strip` takes off. Of bytes, ASCII's six; of text, also ASCII's four separators and Unicode's.
#[inline]
pub fn is_space(code: u32, unicode: bool) -> bool {
    match code {
        0x20 | 0x09..=0x0d => true,
        0x1c..=0x1f => unicode,
        0..0x80 => false,
        _ => unicode && (table().space)(code),
    }
}
