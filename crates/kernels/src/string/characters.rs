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
fn table() -> &'static Characters {
    REGISTERED.get().unwrap_or(&STANDARD)
}

/// What may be asked of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the tests of `Characters`, by name")]
pub enum Property {
    Alpha,
    Decimal,
    Digit,
    Numeric,
    Space,
    Lower,
    Upper,
    Title,
    /// A letter, or what stands for a number.
    Alphanumeric,
}

const PROPERTIES: [Property; 9] = [
    Property::Alpha,
    Property::Decimal,
    Property::Digit,
    Property::Numeric,
    Property::Space,
    Property::Lower,
    Property::Upper,
    Property::Title,
    Property::Alphanumeric,
];

/// Characters whose properties are remembered: those of the alphabets of Europe, the Near East and India.
const REMEMBERED: u32 = 0x1000;

/// A bit for each property of each of these.
static KNOWN: OnceLock<Box<[u16]>> = OnceLock::new();

/// Whether a character has a property.
#[inline]
pub fn has(code: u32, property: Property) -> bool {
    match known().get(code as usize) {
        Some(bits) => bits >> property as u16 & 1 != 0,
        None => ask(code, property),
    }
}

fn known() -> &'static [u16] {
    KNOWN.get_or_init(|| {
        let bits = |code| PROPERTIES.iter().fold(0, |bits, &p| bits | u16::from(ask(code, p)) << p as u16);
        (0..REMEMBERED).map(bits).collect()
    })
}

/// The answer of the tests in force.
fn ask(code: u32, property: Property) -> bool {
    let table = table();
    match property {
        Property::Alpha => (table.alpha)(code),
        Property::Decimal => (table.decimal)(code),
        Property::Digit => (table.digit)(code),
        Property::Numeric => (table.numeric)(code),
        Property::Space => (table.space)(code),
        Property::Lower => (table.lower)(code),
        Property::Upper => (table.upper)(code),
        Property::Title => (table.title)(code),
        Property::Alphanumeric => {
            (table.alpha)(code) || (table.decimal)(code) || (table.digit)(code) || (table.numeric)(code)
        }
    }
}

/// White space: what `strip` takes off. Of bytes, ASCII's six; of text, also ASCII's four separators and Unicode's.
#[inline]
pub fn is_space(code: u32, unicode: bool) -> bool {
    match code {
        0x20 | 0x09..=0x0d => true,
        0x1c..=0x1f => unicode,
        0..0x80 => false,
        _ => unicode && has(code, Property::Space),
    }
}
