//! The shortest decimal digits that read back as the same float, and Python's layout of them. float32 and float64 have
//! a crate for it; for half and long double, precision is raised until the digits read back.

use std::ffi::{c_char, c_int};

use half::f16;

use crate::cast::F80;
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2, SmallFloat};

unsafe extern "C" {
    fn sharray_ld_digits(out: *mut c_char, room: usize, a: *const F80, precision: c_int) -> c_int;
    fn sharray_ld_parse(out: *mut F80, text: *const c_char) -> usize;
}

/// A finite number's digits: `0.d1d2d3… × 10^point`; no trailing zeros, at least one digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    digits: [u8; 40],
    len: usize,
    /// Where the decimal point stands, counted from the first digit.
    pub point: i32,
    /// True for a set sign bit.
    pub negative: bool,
}

impl Digits {
    /// The digits, as ASCII.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.digits[..self.len]).unwrap_or("0")
    }

    /// From a decimal text: digits with a point somewhere, then perhaps `e` and an exponent.
    fn from_text(text: &[u8], negative: bool) -> Digits {
        let mantissa = text.iter().position(|b| matches!(b, b'e' | b'E')).unwrap_or(text.len());
        let mut digits = Digits { digits: [0; 40], len: 0, point: 0, negative };
        let mut seen_point = false;
        for &byte in &text[..mantissa] {
            match byte {
                b'0' if digits.len == 0 => digits.point -= i32::from(seen_point),
                b'0'..=b'9' => {
                    if digits.len < digits.digits.len() {
                        digits.digits[digits.len] = byte;
                        digits.len += 1;
                    }
                    digits.point += i32::from(!seen_point);
                }
                b'-' | b'+' => {}
                _ => seen_point = true,
            }
        }
        let exponent =
            text.get(mantissa + 1..).and_then(|e| std::str::from_utf8(e).ok()?.parse::<i32>().ok());
        digits.point += exponent.unwrap_or(0);
        while digits.len > 1 && digits.digits[digits.len - 1] == b'0' {
            digits.len -= 1;
        }
        if digits.len == 0 {
            (digits.digits[0], digits.len, digits.point) = (b'0', 1, 1);
        }
        digits
    }

    /// Writes the number as Python's `repr` does, in the `scientific` form or the positional one. `keep_point`: whole
    /// numbers end in `.0`.
    fn write_python(&self, out: &mut String, keep_point: bool, scientific: bool) {
        if self.negative {
            out.push('-');
        }
        let (digits, exponent) = (self.as_str(), self.point - 1);
        if scientific {
            out.push_str(&digits[..1]);
            if digits.len() > 1 {
                out.push('.');
                out.push_str(&digits[1..]);
            }
            let sign = if exponent < 0 { '-' } else { '+' };
            out.push_str(&format!("e{sign}{:02}", exponent.unsigned_abs()));
        } else if self.point <= 0 {
            out.push_str("0.");
            out.extend(std::iter::repeat_n('0', self.point.unsigned_abs() as usize));
            out.push_str(digits);
        } else {
            let whole = self.point as usize;
            if digits.len() > whole {
                out.push_str(&digits[..whole]);
                out.push('.');
                out.push_str(&digits[whole..]);
            } else {
                out.push_str(digits);
                out.extend(std::iter::repeat_n('0', whole - digits.len()));
                out.push_str(if keep_point { ".0" } else { "" });
            }
        }
    }
}

/// A float type with shortest digits.
pub trait Shortest: Copy {
    /// The power of ten from which on numbers are written in the scientific form: the digits the type is sure to hold.
    const FAR: i32;
    /// True for NaN.
    fn is_nan(self) -> bool;
    /// True for either infinity.
    fn is_infinite(self) -> bool;
    /// The sign bit.
    fn is_negative(self) -> bool;
    /// The digits of a finite value.
    fn digits(self) -> Digits;

    /// Writes the value as Python does; `nan` has no sign.
    fn write(self, out: &mut String, keep_point: bool) {
        if self.is_nan() {
            out.push_str("nan");
        } else if self.is_infinite() {
            out.push_str(if self.is_negative() { "-inf" } else { "inf" });
        } else {
            let digits = self.digits();
            let exponent = digits.point - 1;
            let near =
                digits.as_str() == "0" || (-4..Self::FAR).contains(&exponent) && !self.is_below(exponent);
            digits.write_python(out, keep_point, !near);
        }
    }
    /// True where the value itself is smaller than 1e-4, which its shortest digits show.
    fn is_below(self, _exponent: i32) -> bool {
        false
    }
}

macro_rules! by_crate {
    ($($t:ty: $far:literal),*) => { $(
        impl Shortest for $t {
            const FAR: i32 = $far;
            fn is_below(self, exponent: i32) -> bool { exponent == -4 && f64::from(self).abs() < 1e-4 }
            fn is_nan(self) -> bool { <$t>::is_nan(self) }
            fn is_infinite(self) -> bool { <$t>::is_infinite(self) }
            fn is_negative(self) -> bool { self.is_sign_negative() }
            fn digits(self) -> Digits {
                let mut buffer = zmij::Buffer::new();
                Digits::from_text(buffer.format_finite(self).as_bytes(), self.is_sign_negative())
            }
        }
    )* };
}
by_crate!(f32: 6, f64: 16);

impl Shortest for f16 {
    const FAR: i32 = 3;
    fn is_nan(self) -> bool {
        f16::is_nan(self)
    }
    fn is_infinite(self) -> bool {
        f16::is_infinite(self)
    }
    fn is_negative(self) -> bool {
        self.is_sign_negative()
    }
    fn digits(self) -> Digits {
        // Five digits tell all halves apart. What too few of them round to may be too large for a half.
        let value = self.to_f64().abs();
        let mut texts = (0..5).map(|precision| format!("{value:.precision$e}"));
        let same = |text: &String| text.parse::<f64>().is_ok_and(|v| f16::from_f64(v).to_f64() == value);
        let found = sharray_base::fp_status::discarding(|| texts.find(same));
        let text = found.unwrap_or_else(|| format!("{value:e}"));
        Digits::from_text(text.as_bytes(), self.is_sign_negative())
    }
}

// Exactly, up to six digits, which tell all of them apart: the shortest would show 448 as 450, and 1.25 as 1.2.
macro_rules! small_floats {
    ($($t:ty),*) => { $(
        impl Shortest for $t {
            const FAR: i32 = 6;
            fn is_nan(self) -> bool { SmallFloat::is_nan(self) }
            fn is_infinite(self) -> bool { SmallFloat::is_infinite(self) }
            fn is_negative(self) -> bool { SmallFloat::is_negative(self) }
            fn digits(self) -> Digits {
                let text = format!("{:.5e}", self.widen().abs());
                Digits::from_text(text.as_bytes(), SmallFloat::is_negative(self))
            }
        }
    )* };
}
small_floats!(BFloat16, Float8E4M3FN, Float8E5M2);

impl Shortest for F80 {
    const FAR: i32 = 16;
    fn is_nan(self) -> bool {
        F80::is_nan(self)
    }
    fn is_infinite(self) -> bool {
        F80::is_infinite(self)
    }
    fn is_negative(self) -> bool {
        self.parts().negative
    }
    fn digits(self) -> Digits {
        let mut text = [0u8; 64];
        for precision in 14..=21 {
            // SAFETY: C writes at most 64 bytes with a null, and reads up to that null; the value is a long double.
            let (length, same) = unsafe {
                let length = sharray_ld_digits(text.as_mut_ptr().cast(), text.len(), &self, precision);
                let mut back = F80::ZERO;
                sharray_ld_parse(&mut back, text.as_ptr().cast());
                let magnitude = |value: F80| (value.parts().exponent, value.parts().significand);
                (length, magnitude(back) == magnitude(self))
            };
            if same || precision == 21 {
                let length = usize::try_from(length).unwrap_or(0).min(text.len() - 1);
                return Digits::from_text(&text[..length], self.parts().negative);
            }
        }
        Digits::from_text(b"0", false)
    }
}

/// Reads a long double, all of the text; blanks may precede it.
pub fn parse_extended(text: &str) -> Option<F80> {
    let terminated = std::ffi::CString::new(text).ok()?;
    let mut value = F80::ZERO;
    // SAFETY: a null-terminated text and room for one long double.
    let used = unsafe { sharray_ld_parse(&mut value, terminated.as_ptr()) };
    (used > 0 && used == text.len()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python(value: impl Shortest) -> String {
        let mut out = String::new();
        value.write(&mut out, true);
        out
    }

    #[test]
    fn layouts() {
        for (value, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (2_045_276_158_298_417.3, "2045276158298417.2"),
            (-1234.5, "-1234.5"),
            (100000.0, "100000.0"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(python(value), text);
        }
        assert_eq!(python(0.1f32), "0.1");
        assert_eq!(python(f32::MAX), "3.4028235e+38");
        assert_eq!(python(f16::from_f32(0.1)), "0.1");
        assert_eq!(python(123456.7f32), "123456.7");
        assert_eq!(python(1234567f32), "1.234567e+06");
        assert_eq!(python(1e-4f32), "1e-04");
        assert_eq!(python(1.5e-4f32), "0.00015");
        assert_eq!(python(f16::from_f32(999.5)), "999.5");
        assert_eq!(python(f16::from_f32(1000.0)), "1e+03");
        assert_eq!(python(f16::MAX), "6.55e+04");
        assert_eq!(python(f16::from_bits(1)), "6e-08");
        assert_eq!(python(f16::from_f32(-0.0)), "-0.0");
        assert_eq!(python(BFloat16::round(0.1)), "0.100098");
        assert_eq!(python(BFloat16::round(-3.39e38)), "-3.38953e+38");
        assert_eq!(python(Float8E4M3FN(0x7e)), "448.0");
        assert_eq!(python(Float8E4M3FN(0xff)), "nan");
        assert_eq!(python(Float8E5M2(0x80)), "-0.0");
        assert_eq!(python(Float8E5M2(0xfc)), "-inf");
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn extended_layouts() {
        assert_eq!(python(F80::from_f64(0.1)), "0.10000000000000000555");
        assert_eq!(python(F80::from_f64(1e-5)), "1.0000000000000000818e-05");
        assert_eq!(python(F80::from_f64(5e-324)), "4.940656458412465442e-324");
        assert_eq!(python(F80::from_f64(-100000.0)), "-100000.0");
        assert_eq!(python(F80::from_f64(f64::INFINITY)), "inf");
        let tenth = parse_extended("0.1").unwrap();
        assert_eq!(python(tenth), "0.1");
        assert_eq!(parse_extended("0.1x"), None);
        assert_eq!(parse_extended(""), None);
    }
}
