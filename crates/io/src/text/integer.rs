//! Integers of decimal digits, eight at once where there are bytes enough to look at.
//!
//! Digits are counted, and their values added up, within a register: how many there are is hardly branched on, which is
//! what a loop over digits loses its time with.

use super::decimal::TENS;
use super::scan::others;

/// The integer at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// Its sign is a minus.
    pub negative: bool,
    /// Without its sign.
    pub magnitude: u64,
    /// Bytes of sign and digits.
    pub used: usize,
}

impl Parsed {
    /// As a signed integer; `None` beyond its range.
    #[inline(always)]
    pub fn signed(self) -> Option<i64> {
        match i64::try_from(self.magnitude) {
            // Signs are nothing to guess: no branch.
            Ok(magnitude) => {
                let sign = -i64::from(self.negative);
                Some((magnitude ^ sign) - sign)
            }
            Err(_) => 0i64.checked_sub_unsigned(self.magnitude).filter(|_| self.negative),
        }
    }
    /// As an unsigned integer; of those with a minus only -0 is one.
    #[inline(always)]
    pub fn unsigned(self) -> Option<u64> {
        (!self.negative || self.magnitude == 0).then_some(self.magnitude)
    }
}

/// The integer at the start of `text`; `None` where there are no digits, or more than 64 bits of them.
#[inline(always)]
pub fn leading(text: &[u8]) -> Option<Parsed> {
    let Some(block) = text.first_chunk() else { return long(text) };
    match short(block) {
        Short::Known(parsed) => Some(parsed),
        Short::Nothing => None,
        Short::Open => long(text),
    }
}

enum Short {
    Known(Parsed),
    /// No integer.
    Nothing,
    /// There may be more digits.
    Open,
}

/// The integer at the start of a block.
///
/// Where it ends is found before anything else is known of it: the next field waits for that.
#[inline(always)]
fn short(block: &[u8; 17]) -> Short {
    let Some(first) = block.first_chunk() else { return Short::Open };
    let others = others(first);
    let negative = block[0] == b'-';
    let sign = usize::from(negative | (block[0] == b'+'));
    let used = (others & !(sign as u32)).trailing_zeros() as usize;
    if used >= 16 {
        return Short::Open;
    }
    let Some(&digits) = block[sign..].first_chunk::<16>() else { return Short::Open };
    let (low, high) = halves(digits);
    let magnitude = match used - sign {
        0 => return Short::Nothing,
        count @ 1..=8 => eight(low << (64 - 8 * count)),
        count => eight(low) * TENS[count - 8] + eight(high << (128 - 8 * count)),
    };
    Short::Known(Parsed { negative, magnitude, used })
}

/// Digits as their values, the first in the lowest byte. To put the last ones to the end is to shift zeros in before the
/// first.
#[inline(always)]
fn halves(digits: [u8; 16]) -> (u64, u64) {
    let values = u128::from_le_bytes(digits) ^ (u128::MAX / 0xff * 0x30);
    (values as u64, (values >> 64) as u64)
}

/// The number of eight digits, one to a byte, the lowest byte first.
#[inline(always)]
fn eight(digits: u64) -> u64 {
    // By twos, each in the lower byte of a pair; then all four pairs by their powers of 100 at once.
    let pairs = digits * 10 + (digits >> 8);
    let outer = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(100 + (1_000_000 << 32));
    let inner = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(1 + (10_000 << 32));
    outer.wrapping_add(inner) >> 32
}

/// As [`leading`], digit by digit.
#[cold]
fn long(text: &[u8]) -> Option<Parsed> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let (mut magnitude, mut used) = (0u64, sign);
    for byte in text[sign..].iter().take_while(|byte| byte.is_ascii_digit()) {
        magnitude = magnitude.checked_mul(10)?.checked_add((byte - b'0').into())?;
        used += 1;
    }
    let negative = text.first() == Some(&b'-');
    (used > sign).then_some(Parsed { negative, magnitude, used })
}

/// The integer that `text` is, from its first byte to its last.
pub fn whole(text: &[u8]) -> Option<Parsed> {
    leading(text).filter(|parsed| parsed.used == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the standard library says of the sign and digits at the start.
    fn expected(text: &[u8]) -> Option<Parsed> {
        let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
        let count = text[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = std::str::from_utf8(&text[sign..sign + count]).unwrap();
        let magnitude = digits.parse().ok()?;
        Some(Parsed { negative: text[0] == b'-', magnitude, used: sign + count })
    }

    #[test]
    fn as_the_standard_library() {
        let numbers = [
            "0",
            "7",
            "10",
            "007",
            "99999999",
            "100000000",
            "123456789012345",
            "1234567890123456",
            "18446744073709551615",
            "18446744073709551616",
            "99999999999999999999",
            "00000000000000000000000000000001",
            "",
        ];
        for number in numbers {
            for sign in ["", "+", "-", "+-", " "] {
                for rest in
                    ["", " 5", ",", "x234567890123456789", "/", ":", "\u{e9}", "\0", "\n99999999999999999"]
                {
                    let text = format!("{sign}{number}{rest}");
                    assert_eq!(leading(text.as_bytes()), expected(text.as_bytes()), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn every_byte_ends_digits_but_digits() {
        for byte in 0..=u8::MAX {
            for place in 0..16 {
                let mut text = *b"98765432109876543210";
                text[place] = byte;
                assert_eq!(leading(&text), expected(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn limits() {
        let signed = |text: &str| whole(text.as_bytes()).and_then(Parsed::signed);
        assert_eq!(signed("9223372036854775807"), Some(i64::MAX));
        assert_eq!(signed("9223372036854775808"), None);
        assert_eq!(signed("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(signed("-9223372036854775809"), None);
        assert_eq!(signed("1 "), None);
        let unsigned = |text: &str| whole(text.as_bytes()).and_then(Parsed::unsigned);
        assert_eq!(unsigned("18446744073709551615"), Some(u64::MAX));
        assert_eq!((unsigned("-0"), unsigned("-1"), unsigned("+3")), (Some(0), None, Some(3)));
    }
}
