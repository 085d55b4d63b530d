//! Floating-point numbers laid out as text: NumPy's positional and scientific forms with all their options, and the
//! scalar's own form.

use sharray_base::{Error, Result};

use super::digits::{Class, Decimal, Float, Place, Width, rounded, unique};

/// What happens to zeros at the end, and to the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trim {
    /// `k`: zeros stay.
    Keep,
    /// `.`: zeros go, the point stays.
    Zeros,
    /// `0`: zeros go but one behind the point, which is added where missing.
    OneZero,
    /// `-`: zeros go, and a point without digits behind it.
    Point,
}

impl Trim {
    /// The mode of NumPy's letter.
    ///
    /// # Errors
    /// `Type` for another letter.
    pub fn from_char(letter: char) -> Result<Trim> {
        match letter {
            'k' => Ok(Trim::Keep),
            '.' => Ok(Trim::Zeros),
            '0' => Ok(Trim::OneZero),
            '-' => Ok(Trim::Point),
            _ => Err(Error::Type(format!("if supplied, trim must be 'k', '.', '0' or '-' found `{letter}`"))),
        }
    }
}

/// How a number is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// As few digits as tell the number apart, at most `precision`; otherwise `precision` digits of the exact value.
    pub unique: bool,
    /// Most digits, behind the point or in all.
    pub precision: Option<usize>,
    /// Fewest digits, in unique mode.
    pub min_digits: Option<usize>,
    /// Positional form: the two count digits behind the point, not all of them.
    pub fractional: bool,
    /// What happens to zeros at the end.
    pub trim: Trim,
    /// Write `+` as well.
    pub sign: bool,
    /// Pad with spaces to so many characters before the point.
    pub pad_left: Option<usize>,
    /// Pad with spaces to so many characters behind the point (positional form).
    pub pad_right: Option<usize>,
    /// Fewest digits of the exponent (scientific form), by default 2.
    pub exp_digits: Option<usize>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            unique: true,
            precision: None,
            min_digits: None,
            fractional: true,
            trim: Trim::Keep,
            sign: false,
            pad_left: None,
            pad_right: None,
            exp_digits: None,
        }
    }
}

impl Options {
    fn digits(&self, number: &Float, place: impl Fn(usize) -> Place) -> Result<Decimal> {
        if self.unique {
            let (most, least) = (self.precision.map(&place), self.min_digits.map(&place));
            return Ok(unique(number.class, number.width, most, least));
        }
        let precision = self.precision.ok_or_else(no_precision)?;
        Ok(rounded(number.class, number.width, place(precision)))
    }
    fn sign_of(&self, number: &Float) -> &'static str {
        match (number.negative, self.sign) {
            (true, _) => "-",
            (false, true) => "+",
            (false, false) => "",
        }
    }
    /// `nan`, `inf`, without padding; NaN has no sign.
    fn special(&self, number: &Float) -> Option<String> {
        match number.class {
            Class::Nan => Some("nan".into()),
            Class::Infinite => Some(format!("{}inf", self.sign_of(number))),
            _ => None,
        }
    }
    /// Zeros to append so that `have` digits behind the point become as many as are asked for.
    fn missing(&self, have: usize, wanted: Option<usize>) -> usize {
        let padded = self.trim == Trim::Keep;
        if padded { wanted.unwrap_or(0).saturating_sub(have) } else { 0 }
    }
    fn wanted_digits(&self) -> Option<usize> {
        if self.unique { self.min_digits } else { self.precision }
    }
    /// Finishes the digits behind the point: padding or trimming, and the point itself.
    fn fraction(&self, mut fraction: String, wanted: Option<usize>) -> String {
        fraction.extend(std::iter::repeat_n('0', self.missing(fraction.len(), wanted)));
        if self.trim != Trim::Keep {
            fraction.truncate(fraction.trim_end_matches('0').len());
        }
        match self.trim {
            Trim::OneZero if fraction.is_empty() => ".0".into(),
            Trim::Point if fraction.is_empty() => String::new(),
            _ => format!(".{fraction}"),
        }
    }
}

fn no_precision() -> Error {
    Error::Type("in non-unique mode `precision` must be supplied".into())
}

/// `123.456`.
///
/// # Errors
/// `Type` when not unique and without a precision.
pub fn positional(number: &Float, options: &Options) -> Result<String> {
    if !options.unique && options.precision.is_none() {
        return Err(no_precision());
    }
    if let Some(text) = options.special(number) {
        return Ok(text);
    }
    let place = |n| if options.fractional { Place::Fraction(n) } else { Place::Total(n) };
    let Decimal { digits, exponent } = options.digits(number, place)?;
    let (whole, fraction) = split(&digits, exponent);
    let wanted = options.wanted_digits();
    let wanted = if options.fractional { wanted } else { wanted.map(|n| n.saturating_sub(whole.len())) };
    let shown = options.fraction(fraction, wanted);
    let head = format!("{}{whole}", options.sign_of(number));
    let behind = shown.strip_prefix('.').unwrap_or("").len();
    let mut text = " ".repeat(options.pad_left.unwrap_or(0).saturating_sub(head.len()));
    text += &head;
    text += &shown;
    if let Some(pad) = options.pad_right {
        // Where the point was trimmed, its place is kept too.
        let point = (shown.is_empty() && options.trim == Trim::Point) as usize;
        text.extend(std::iter::repeat_n(' ', pad.saturating_sub(behind) + point));
    }
    Ok(text)
}

/// Digits before and behind the point.
fn split(digits: &[u8], exponent: i32) -> (String, String) {
    let text: String = digits.iter().map(|d| (b'0' + d) as char).collect();
    if exponent < 0 {
        let zeros = "0".repeat((-exponent - 1) as usize);
        return ("0".into(), zeros + &text);
    }
    let whole = exponent as usize + 1;
    if text.len() <= whole {
        let zeros = "0".repeat(whole - text.len());
        return (text + &zeros, String::new());
    }
    let (before, behind) = text.split_at(whole);
    (before.into(), behind.into())
}

/// `1.23456e+02`.
///
/// # Errors
/// `Type` when not unique and without a precision.
pub fn scientific(number: &Float, options: &Options) -> Result<String> {
    if !options.unique && options.precision.is_none() {
        return Err(no_precision());
    }
    if let Some(text) = options.special(number) {
        return Ok(text);
    }
    let Decimal { digits, exponent } = options.digits(number, |n| Place::Total(n + 1))?;
    let fraction: String = digits[1..].iter().map(|d| (b'0' + d) as char).collect();
    let head = format!("{}{}", options.sign_of(number), digits[0]);
    let mut text = " ".repeat(options.pad_left.unwrap_or(0).saturating_sub(head.len()));
    text += &head;
    text += &options.fraction(fraction, options.wanted_digits());
    let sign = if exponent < 0 { '-' } else { '+' };
    text.push('e');
    text.push(sign);
    // More than five digits of an exponent are never written.
    let least = options.exp_digits.unwrap_or(2).min(5);
    let power = exponent.unsigned_abs();
    if least > 0 || power > 0 {
        text += &format!("{power:0least$}");
    }
    Ok(text)
}

/// A scalar's own form: the shortest digits, positional where the size of the number allows it for its width.
/// `float64` is written as Python writes it.
pub fn scalar(number: &Float) -> String {
    formed(number, Trim::OneZero, false)
}

/// `(1+2j)`, or `2j` when the real part is a positive zero.
pub fn complex_scalar(real: &Float, imaginary: &Float) -> String {
    let second = formed(imaginary, Trim::Point, !real.is_zero() || real.negative);
    if real.is_zero() && !real.negative {
        return format!("{second}j");
    }
    let second = if imaginary.is_nan() { "+nan".into() } else { second };
    format!("({}{second}j)", formed(real, Trim::Point, false))
}

fn formed(number: &Float, trim: Trim, sign: bool) -> String {
    let options = Options { trim, sign, ..Options::default() };
    let positional_size = number.is_zero() || !number.is_finite() || fits_positional(number);
    let text = if positional_size {
        positional(number, &options)
    } else {
        scientific(number, &Options { trim: Trim::Point, ..options })
    };
    text.unwrap_or_default()
}

/// From 1e-4 to below the power of ten up to which the width's digits count.
fn fits_positional(number: &Float) -> bool {
    let Class::Finite(_) = number.class else { return true };
    let least = match number.width {
        Width::Half | Width::Small | Width::Single => number.magnitude() >= 1e-4,
        _ => number.first_place() >= -4,
    };
    let limit = match number.width {
        Width::Half => 3,
        Width::Small | Width::Single => 6,
        Width::Double | Width::Extended => 16,
    };
    least && number.first_place() < limit
}
