//! Numbers in texts of the plainest form, which need none of Python's `int` and `float`: ASCII digits with a sign, a point
//! and an exponent. Everything else (blanks, underscores, other scripts' digits, `nan`) is left to Python.

use pyo3::prelude::*;
use pyo3::types::PyString;

/// Most digits of an integer: as many nines fit into 63 bits.
const DIGITS: usize = 18;

fn ascii<'a>(object: &'a Bound<'_, PyAny>) -> Option<&'a str> {
    object.cast_exact::<PyString>().ok()?.to_str().ok().filter(|text| text.is_ascii())
}

/// The integer that a text spells with nothing but a sign and up to 18 digits.
pub fn whole(object: &Bound<'_, PyAny>) -> Option<i64> {
    let text = ascii(object)?.as_bytes();
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    if !(1..=DIGITS).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0, |value, digit| 10 * value + i64::from(digit - b'0'));
    Some(if negative { -value } else { value })
}

/// The nearest double of a text that begins and ends with a digit, a sign or a point and has digits, signs, points and an
/// exponent's `e` only.
pub fn real(object: &Bound<'_, PyAny>) -> Option<f64> {
    let text = ascii(object)?;
    let plain = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    // Rust's and Python's reading of these agree: both round correctly, and both refuse what is no number.
    if text.bytes().all(plain) { text.parse().ok() } else { None }
}
