//! Text to numbers, with the grammar of Python's `int`, `float` and `complex`: blanks around, a sign, single
//! underscores between digits, any script's decimal digits.

use std::borrow::Cow;

use sharray_base::{DType, Error, Kind, Result, TypeNum};

use super::digits::parse_extended;

/// Start of each run of ten decimal digits that Unicode knows outside ASCII, most used first.
const DIGIT_RUNS: [u32; 22] = [
    0xff10, 0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
    0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0x07c0, 0x1946, 0x19d0,
];

/// What Python counts as blank: Unicode white space and the four ASCII separators.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// The text without blanks around, in ASCII where that is possible.
fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_blank);
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let ascii = |c: char| {
        let code = u32::from(c);
        let run = DIGIT_RUNS.iter().find(|&&start| (start..start + 10).contains(&code));
        run.and_then(|start| char::from_digit(code - start, 10)).unwrap_or(c)
    };
    Cow::Owned(text.chars().map(ascii).collect())
}

/// Takes out single underscores between digits; `None` where one stands elsewhere.
fn without_underscores(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('_') {
        return Some(Cow::Borrowed(text));
    }
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let proper = (0..bytes.len()).all(|i| bytes[i] != b'_' || (i > 0 && digit(i - 1) && digit(i + 1)));
    proper.then(|| Cow::Owned(text.replace('_', "")))
}

/// Python's `int(text)`: `Ok(None)` when it is too large for 128 bits.
fn integer(text: &str) -> Option<Option<i128>> {
    let plain = plain(text);
    let (negative, digits) = match plain.as_bytes().first()? {
        b'-' => (true, &plain[1..]),
        b'+' => (false, &plain[1..]),
        _ => (false, &*plain),
    };
    let digits = without_underscores(digits)?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits
        .bytes()
        .try_fold(0i128, |value, digit| value.checked_mul(10)?.checked_add(i128::from(digit - b'0')));
    Some(magnitude.map(|m| if negative { -m } else { m }))
}

/// The integer of at most eighteen ASCII digits, perhaps behind a sign, before nulls alone.
#[inline]
pub(super) fn digits(mut codes: impl Iterator<Item = u32>) -> Option<i64> {
    let mut code = codes.next()?;
    let negative = code == u32::from(b'-');
    if negative || code == u32::from(b'+') {
        code = codes.next()?;
    }
    let (mut value, mut count) = (0i64, 0);
    loop {
        let digit = code.wrapping_sub(u32::from(b'0'));
        if digit > 9 {
            break;
        }
        if count == 18 {
            return None;
        }
        (value, count) = (value * 10 + i64::from(digit), count + 1);
        code = codes.next().unwrap_or(0);
    }
    let ends = count > 0 && code == 0 && codes.all(|code| code == 0);
    ends.then_some(if negative { -value } else { value })
}

/// The least and the largest integer that fit an integer dtype.
pub(super) fn fits(to: &DType) -> (i128, i128) {
    let bits = 8 * to.itemsize() as u32;
    match to.kind() {
        Kind::Int => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        _ => (0, (1i128 << bits) - 1),
    }
}

/// Python's `float(text)`.
pub fn float(text: &str) -> Option<f64> {
    let plain = plain(text);
    // Python's grammar is Rust's, but for underscores.
    without_underscores(&plain)?.parse().ok()
}

/// Python's `complex(text)`.
pub fn complex(text: &str) -> Option<(f64, f64)> {
    let plain = plain(text);
    let mut text = &*plain;
    if let Some(inner) = text.strip_prefix('(') {
        text = inner.strip_suffix(')')?.trim_matches(is_blank);
    }
    let text = without_underscores(text)?;
    let Some(rest) = text.strip_suffix(['j', 'J']) else { return Some((text.parse().ok()?, 0.0)) };
    let unit = |part: &str| match part {
        "" | "+" => Some(1.0),
        "-" => Some(-1.0),
        other => other.parse().ok(),
    };
    // The imaginary part starts at the last sign that is not an exponent's.
    let bytes = rest.as_bytes();
    let is_start = |i: &usize| matches!(bytes[*i], b'+' | b'-') && !matches!(bytes[*i - 1], b'e' | b'E');
    match (1..bytes.len()).rev().find(is_start) {
        Some(at) => Some((rest[..at].parse().ok()?, unit(&rest[at..])?)),
        None => Some((0.0, unit(rest)?)),
    }
}

/// Python's words for a text that is no number: the text as `repr` shows it.
fn quoted(text: &str, bytes: bool) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(if bytes { "b" } else { "" });
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if u32::from(c) < 0x20 || u32::from(c) == 0x7f || (bytes && !c.is_ascii()) => {
                out.push_str(&format!("\\x{:02x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// A number read from text, as a native value of one of the types that casts go on from.
pub(super) enum Value {
    Int(i64),
    UInt(u64),
    Float(f64),
    Extended(crate::cast::F80),
    Complex(f64, f64),
}

/// Reads `text` (from bytes if `bytes`) as a value for `to`.
///
/// # Errors
/// `Value` where it is no such number, `Overflow` where an integer does not fit `to`.
pub(super) fn number(text: &str, bytes: bool, to: &DType) -> Result<Value> {
    let no_float = || Error::Value(format!("could not convert string to float: {}", quoted(text, bytes)));
    match to.kind() {
        Kind::Int | Kind::UInt => fitting(text, bytes, to),
        Kind::Complex => {
            let (real, imaginary) =
                complex(text).ok_or_else(|| Error::Value("complex() arg is a malformed string".into()))?;
            Ok(Value::Complex(real, imaginary))
        }
        _ if to.num() == TypeNum::LongDouble => {
            let value = parse_extended(text).map(Value::Extended);
            value.ok_or_else(|| Error::Value(format!("invalid literal for long double: {text}")))
        }
        _ => float(text).map(Value::Float).ok_or_else(no_float),
    }
}

fn fitting(text: &str, bytes: bool, to: &DType) -> Result<Value> {
    let malformed =
        || Error::Value(format!("invalid literal for int() with base 10: {}", quoted(text, bytes)));
    let value = integer(text).ok_or_else(malformed)?;
    let value = value.filter(|v| (i128::from(i64::MIN)..=i128::from(u64::MAX)).contains(v));
    let value = value.ok_or_else(|| Error::Overflow("Python int too large to convert to C long".into()))?;
    let (low, high) = fits(to);
    if value < low || value > high {
        return Err(if to.kind() == Kind::Int && to.itemsize() == 8 {
            Error::Overflow("Python int too large to convert to C long".into())
        } else {
            Error::Overflow(format!("Python integer {value} out of bounds for {}", to.num().row().name))
        });
    }
    Ok(i64::try_from(value).map_or(Value::UInt(value as u64), Value::Int))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_digits() {
        let read = |text: &str| digits(text.chars().map(u32::from));
        for text in ["0", "7", "-12", "+12", "007", "123456789012345678", "-999999999999999999", "5\0\0"] {
            assert_eq!(read(text), text.trim_end_matches('\0').parse().ok(), "{text:?}");
        }
        for text in
            ["", "-", "+", "\0", " 1", "1 ", "1_0", "1.0", "--1", "1234567890123456789", "1\x002", "٣"]
        {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn integers() {
        for (text, value) in [
            ("5", Some(5)),
            (" +1_000 \n", Some(1000)),
            ("-7", Some(-7)),
            ("５٣", Some(53)),
            ("", None),
            ("1__0", None),
            ("_1", None),
            ("1_", None),
            ("1.5", None),
            ("0x10", None),
            ("1 2", None),
            ("+", None),
        ] {
            assert_eq!(integer(text), value.map(Some), "{text:?}");
        }
        assert_eq!(integer(&"9".repeat(60)), Some(None));
    }

    #[test]
    fn floats_and_complex() {
        for (text, value) in [
            ("1.5", Some(1.5)),
            (" -inf ", Some(f64::NEG_INFINITY)),
            ("Infinity", Some(f64::INFINITY)),
            ("1_0.2_5e1_0", Some(10.25e10)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("1e400", Some(f64::INFINITY)),
            ("", None),
            ("1e", None),
            ("1_.5", None),
            ("0x10", None),
            ("infinit", None),
        ] {
            assert_eq!(float(text), value, "{text:?}");
        }
        assert!(float("+nan").is_some_and(f64::is_nan));
        for (text, value) in [
            ("1+2j", Some((1.0, 2.0))),
            (" ( 1-2e-3J ) ", Some((1.0, -0.002))),
            ("3", Some((3.0, 0.0))),
            ("-j", Some((0.0, -1.0))),
            ("1e5-j", Some((1e5, -1.0))),
            ("1e-5j", Some((0.0, 1e-5))),
            ("inf+infj", Some((f64::INFINITY, f64::INFINITY))),
            ("1+2", None),
            ("(1+2j", None),
            ("1 + 2j", None),
            ("", None),
        ] {
            assert_eq!(complex(text), value, "{text:?}");
        }
    }

    #[test]
    fn refusals() {
        for (text, bytes, char, expected) in [
            ("x", false, b'd', "could not convert string to float: 'x'"),
            ("it's\n", false, b'l', "invalid literal for int() with base 10: \"it's\\n\""),
            ("aÿ", true, b'l', "invalid literal for int() with base 10: b'a\\xff'"),
            ("300", false, b'b', "Python integer 300 out of bounds for int8"),
            ("-1", false, b'L', "Python integer -1 out of bounds for uint64"),
            ("99999999999999999999", false, b'b', "Python int too large to convert to C long"),
            ("9223372036854775808", false, b'l', "Python int too large to convert to C long"),
        ] {
            let to = DType::of(TypeNum::from_char(char).unwrap());
            let error = number(text, bytes, &to).err().unwrap();
            assert_eq!(error.to_string(), expected);
        }
    }
}
