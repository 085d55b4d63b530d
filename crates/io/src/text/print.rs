//! Rows of numbers as text, by a format of C's `printf` as Python reads it: what `savetxt` writes.
//!
//! Known are `d i e E f F g G` with the flags `- + space 0`, a width and a precision. [`Row::parse`] declines all other
//! formats, and [`Row::print`] the few numbers that it can't print as Python does: then Python's `%` does the work.

use std::io::Write;

use super::decimal::{TENS, leading_digits, scaled};

/// More digits than any double has before and after its point.
const MOST_DIGITS: usize = 1100;

/// The format of a row.
#[derive(Debug, Clone)]
pub struct Row {
    pieces: Vec<Piece>,
    numbers: usize,
}

#[derive(Debug, Clone)]
enum Piece {
    Text(Vec<u8>),
    Number(Spec),
}

/// How one number is printed.
#[derive(Debug, Clone, Copy, Default)]
struct Spec {
    left: bool,
    plus: bool,
    space: bool,
    zeros: bool,
    width: usize,
    precision: Option<usize>,
    kind: u8,
}

/// Elements of 8 bytes each, row by row.
#[derive(Debug, Clone, Copy)]
pub enum Numbers<'a> {
    /// Doubles.
    Float(&'a [u8]),
    /// Signed integers.
    Int(&'a [u8]),
}

impl Row {
    /// `None` for a format that is not known here.
    pub fn parse(format: &str) -> Option<Row> {
        let mut row = Row { pieces: Vec::new(), numbers: 0 };
        let mut rest = format.as_bytes();
        while let Some(&first) = rest.first() {
            if first != b'%' {
                let end = rest.iter().position(|&b| b == b'%').unwrap_or(rest.len());
                row.pieces.push(Piece::Text(rest[..end].to_vec()));
                rest = &rest[end..];
            } else if rest.get(1) == Some(&b'%') {
                row.pieces.push(Piece::Text(b"%".to_vec()));
                rest = &rest[2..];
            } else {
                let (spec, after) = Spec::parse(&rest[1..])?;
                row.pieces.push(Piece::Number(spec));
                row.numbers += 1;
                rest = after;
            }
        }
        (row.numbers > 0).then_some(row)
    }

    /// Numbers that a row takes.
    pub fn numbers(&self) -> usize {
        self.numbers
    }

    /// Appends whole rows of numbers, each followed by `newline`; false when a number can't be printed here.
    pub fn print(&self, numbers: Numbers<'_>, newline: &str, out: &mut Vec<u8>) -> bool {
        let (Numbers::Float(bytes) | Numbers::Int(bytes)) = numbers;
        bytes.chunks_exact(8 * self.numbers).all(|row| {
            let mut elements = row.chunks_exact(8);
            let done = self.pieces.iter().all(|piece| match piece {
                Piece::Text(text) => {
                    out.extend_from_slice(text);
                    true
                }
                Piece::Number(spec) => {
                    let mut element = [0; 8];
                    element.copy_from_slice(elements.next().unwrap_or(&[0; 8]));
                    match numbers {
                        Numbers::Float(_) => spec.float(f64::from_ne_bytes(element), out),
                        Numbers::Int(_) => spec.int(i64::from_ne_bytes(element), out),
                    }
                    .is_some()
                }
            });
            out.extend_from_slice(newline.as_bytes());
            done
        })
    }
}

/// A small number at the start, and what follows.
fn small(text: &[u8]) -> Option<(usize, &[u8])> {
    let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits > 3 {
        return None;
    }
    let value = text[..digits].iter().fold(0, |value, digit| value * 10 + usize::from(digit - b'0'));
    Some((value, &text[digits..]))
}

impl Spec {
    fn parse(mut text: &[u8]) -> Option<(Spec, &[u8])> {
        let mut spec = Spec::default();
        loop {
            match text.first()? {
                b'-' => spec.left = true,
                b'+' => spec.plus = true,
                b' ' => spec.space = true,
                b'0' => spec.zeros = true,
                _ => break,
            }
            text = &text[1..];
        }
        (spec.width, text) = small(text)?;
        if let [b'.', after @ ..] = text {
            let (precision, after) = small(after)?;
            spec.precision = Some(precision);
            text = after;
        }
        spec.kind = *text.first()?;
        let integer = matches!(spec.kind, b'd' | b'i');
        let known = integer || matches!(spec.kind, b'e' | b'E' | b'f' | b'F' | b'g' | b'G');
        (known && !(integer && spec.precision.is_some())).then_some((spec, &text[1..]))
    }

    fn int(&self, value: i64, out: &mut Vec<u8>) -> Option<()> {
        if !matches!(self.kind, b'd' | b'i') {
            return self.float(value as f64, out);
        }
        let from = self.begin(value < 0, out);
        integer(value.unsigned_abs(), 1, out);
        self.pad(from, out);
        Some(())
    }

    fn float(&self, value: f64, out: &mut Vec<u8>) -> Option<()> {
        if matches!(self.kind, b'd' | b'i') {
            // Beyond this the integer has more bits than fit, or there is none.
            let fits = value.abs() < (1u64 << 63) as f64;
            return fits.then_some(()).and_then(|()| self.int(value as i64, out));
        }
        let from = self.begin(value.is_sign_negative() && !value.is_nan(), out);
        let precision = self.precision.unwrap_or(6);
        let size = value.abs();
        let start = out.len();
        match self.kind {
            _ if value.is_nan() => out.extend_from_slice(b"nan"),
            _ if value.is_infinite() => out.extend_from_slice(b"inf"),
            b'e' | b'E' => exponential(size, precision, out)?,
            b'f' | b'F' => fixed(size, precision, out)?,
            _ => general(size, precision.max(1), out)?,
        }
        if self.kind.is_ascii_uppercase() {
            out[start..].make_ascii_uppercase();
        }
        self.pad(from, out);
        Some(())
    }

    /// Writes the sign: where the number begins.
    fn begin(&self, negative: bool, out: &mut Vec<u8>) -> usize {
        let from = out.len();
        match (negative, self.plus, self.space) {
            (true, _, _) => out.push(b'-'),
            (_, true, _) => out.push(b'+'),
            (_, _, true) => out.push(b' '),
            _ => {}
        }
        from
    }

    /// Fills what was written since `from` up to the width.
    fn pad(&self, from: usize, out: &mut Vec<u8>) {
        let length = out.len() - from;
        let Some(missing) = self.width.checked_sub(length).filter(|&missing| missing > 0) else { return };
        let (place, filling) = match (self.left, self.zeros) {
            (true, _) => (out.len(), b' '),
            (_, true) => (from + matches!(out[from], b'-' | b'+' | b' ') as usize, b'0'),
            _ => (from, b' '),
        };
        out.splice(place..place, std::iter::repeat_n(filling, missing));
    }
}

/// The digits of a value, with zeros before them up to `least`.
fn integer(mut value: u64, least: usize, out: &mut Vec<u8>) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    while value > 0 {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.extend_from_slice(&digits[at.min(digits.len() - least.min(20))..]);
}

/// `d.ddd`, from digits as one integer.
fn pointed(digits: u64, decimals: usize, out: &mut Vec<u8>) {
    integer(digits / TENS[decimals], 1, out);
    if decimals > 0 {
        out.push(b'.');
        integer(digits % TENS[decimals], decimals, out);
    }
}

fn exponent(value: i32, out: &mut Vec<u8>) {
    out.extend_from_slice(if value < 0 { b"e-" } else { b"e+" });
    integer(value.unsigned_abs().into(), 2, out);
}

fn exponential(x: f64, precision: usize, out: &mut Vec<u8>) -> Option<()> {
    if precision < 19
        && let Some((digits, first)) = leading_digits(x, precision + 1)
    {
        pointed(digits, precision, out);
        exponent(first, out);
        return Some(());
    }
    let from = out.len();
    write!(out, "{x:.precision$e}").ok()?;
    // The standard library's exponents have no sign and no zero before.
    let mark = from + out[from..].iter().position(|&b| b == b'e')?;
    let power = std::str::from_utf8(&out[mark + 1..]).ok()?.parse().ok()?;
    out.truncate(mark);
    exponent(power, out);
    Some(())
}

fn fixed(x: f64, precision: usize, out: &mut Vec<u8>) -> Option<()> {
    if precision < 20
        && let Some(digits) = scaled(x, precision as i32)
    {
        pointed(digits, precision, out);
        return Some(());
    }
    (precision < MOST_DIGITS).then(|| write!(out, "{x:.precision$}").ok())?
}

fn general(x: f64, precision: usize, out: &mut Vec<u8>) -> Option<()> {
    let (mut digits, first) = leading_digits(x, Some(precision).filter(|&p| p <= 19)?)?;
    let mut count = precision;
    while count > 1 && digits % 10 == 0 {
        digits /= 10;
        count -= 1;
    }
    if first < -4 || first >= precision as i32 {
        pointed(digits, count - 1, out);
        exponent(first, out);
    } else if first < 0 {
        out.extend_from_slice(&b"0.0000"[..1 + first.unsigned_abs() as usize]);
        integer(digits, count, out);
    } else if first as usize + 1 >= count {
        integer(digits, 1, out);
        out.extend(std::iter::repeat_n(b'0', if digits == 0 { 0 } else { first as usize + 1 - count }));
    } else {
        pointed(digits, count - 1 - first as usize, out);
    }
    Some(())
}
