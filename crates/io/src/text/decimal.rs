//! Digits of a double, as many as asked for, correctly rounded (half to even): what `%.18e` and `%.6f` print.
//!
//! A double is `m * 2^e`; the digits wanted are the integer nearest to `m * 2^e * 10^k`. Powers of ten stand in a table as
//! 128 bits and an exponent, cut off below: so the product is known but for a small part of its 192 bits, and all that is
//! not within that part of a tie is decided. The rest (a few in 10^15, and ties where the power is not exact) is left to
//! the standard library, which computes with as many digits as it takes and is ten times slower.

use std::sync::OnceLock;

/// The power of ten at `i` of the table is `i - LEAST`.
const LEAST: i32 = 330;
/// And the greatest.
const MOST: i32 = 345;
/// 5^55 is the greatest that fits 128 bits.
const EXACT: i32 = 55;

/// `10^k` is at least `bits * 2^exponent`, and less than two units in the last place above it.
#[derive(Debug, Clone, Copy)]
struct Power {
    bits: u128,
    exponent: i32,
}

fn table() -> &'static [Power] {
    static TABLE: OnceLock<Vec<Power>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut powers: Vec<Power> = std::iter::successors(Some(Wide::one()), |wide| Some(wide.divided()))
            .take(LEAST as usize + 1)
            .map(|wide| wide.rounded())
            .collect();
        powers.reverse();
        powers.extend(
            std::iter::successors(Some(Wide::one()), |wide| Some(wide.multiplied()))
                .skip(1)
                .take(MOST as usize)
                .map(|wide| wide.rounded()),
        );
        powers
    })
}

/// 256 bits, the highest of them set, lowest limb first, times a power of two.
#[derive(Debug, Clone, Copy)]
struct Wide {
    limbs: [u64; 4],
    exponent: i32,
}

impl Wide {
    fn one() -> Wide {
        Wide { limbs: [0, 0, 0, 1 << 63], exponent: -255 }
    }

    /// Times ten, cut off below.
    fn multiplied(self) -> Wide {
        let mut carry = 0u128;
        let limbs = self.limbs.map(|limb| {
            carry += u128::from(limb) * 5;
            let low = carry as u64;
            carry >>= 64;
            low
        });
        // 5 times 2^255 or more does not fit: the carry is 2 to 4.
        let shift = 64 - (carry as u64).leading_zeros();
        let above = [limbs[1], limbs[2], limbs[3], carry as u64];
        let mut shifted = [0; 4];
        for place in 0..4 {
            shifted[place] = limbs[place] >> shift | above[place] << (64 - shift);
        }
        Wide { limbs: shifted, exponent: self.exponent + shift as i32 + 1 }
    }

    /// By ten, cut off below.
    fn divided(self) -> Wide {
        let mut rest = 0u128;
        let mut limbs = self.limbs;
        for limb in limbs.iter_mut().rev() {
            let whole = rest << 64 | u128::from(*limb);
            *limb = (whole / 5) as u64;
            rest = whole % 5;
        }
        let shift = limbs[3].leading_zeros();
        let mut shifted = [limbs[0] << shift; 4];
        for place in 1..4 {
            shifted[place] = limbs[place] << shift | limbs[place - 1] >> (64 - shift);
        }
        Wide { limbs: shifted, exponent: self.exponent - shift as i32 - 1 }
    }

    /// The upper half.
    fn rounded(self) -> Power {
        Power {
            bits: u128::from(self.limbs[3]) << 64 | u128::from(self.limbs[2]),
            exponent: self.exponent + 128,
        }
    }
}

/// The integer nearest to `x * 10^k`, ties to even. `None` where it is not below 2^64, or too near to a tie.
pub fn scaled(x: f64, k: i32) -> Option<u64> {
    let (mantissa, exponent) = parts(x);
    if mantissa == 0 {
        return Some(0);
    }
    let power = *table().get(usize::try_from(k + LEAST).ok()?)?;
    let low = u128::from(mantissa) * u128::from(power.bits as u64);
    let high = u128::from(mantissa) * (power.bits >> 64) + (low >> 64);
    // The product is `high` (128 bits) and the low 64 bits of `low`; the point stands `shift` bits from its end.
    let shift = -(exponent + power.exponent);
    if shift >= 194 {
        // Less than a quarter.
        return Some(0);
    }
    let bits = u32::try_from(shift - 64).ok().filter(|bits| (64..=128).contains(bits))?;
    let whole = if bits == 128 { 0 } else { (high >> bits) as u64 };
    let fraction = if bits == 128 { high } else { high & ((1 << bits) - 1) };
    let half = 1u128 << (bits - 1);
    let up = if (0..=EXACT).contains(&k) {
        match (fraction.cmp(&half), low as u64) {
            (std::cmp::Ordering::Equal, 0) => whole & 1 == 1,
            (order, _) => order.is_ge(),
        }
    } else if fraction >= half {
        true
    } else {
        // What the power lacks is less than three units here.
        (half - fraction > 3).then_some(false)?
    };
    whole.checked_add(up.into())
}

/// A positive double's mantissa, its highest bit set, and exponent.
fn parts(x: f64) -> (u64, i32) {
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) =
        if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    if mantissa == 0 {
        return (0, 0);
    }
    let shift = mantissa.leading_zeros();
    (mantissa << shift, exponent - shift as i32)
}

/// 10^n for n up to 19.
pub const TENS: [u64; 20] = {
    let mut tens = [1; 20];
    let mut n = 1;
    while n < 20 {
        tens[n] = tens[n - 1] * 10;
        n += 1;
    }
    tens
};

/// The `count` (1 to 19) first digits of a positive, finite `x`, rounded, as one integer, and the decimal exponent of the
/// first of them. `None` where [`scaled`] does not know.
pub fn leading_digits(x: f64, count: usize) -> Option<(u64, i32)> {
    if x == 0.0 {
        return Some((0, 0));
    }
    let (_, exponent) = parts(x);
    // x is in [2^(e+63), 2^(e+64)): at most one too great.
    let mut first = (((i64::from(exponent) + 64) * 1_292_913_986) >> 32) as i32;
    let mut digits = scaled(x, count as i32 - 1 - first)?;
    let limit = *TENS.get(count)?;
    if digits <= TENS[count - 1] {
        // Too great, unless the power of ten is what x is, or rounds up to.
        let more = scaled(x, count as i32 - first)?;
        if more < limit {
            (digits, first) = (more, first - 1);
        }
    }
    match digits {
        // Nines that were rounded up.
        _ if digits == limit => Some((TENS[count - 1], first + 1)),
        _ if digits > limit || digits < TENS[count - 1] => None,
        _ => Some((digits, first)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(state: &mut u64) -> u64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    #[test]
    fn digits_are_those_of_the_standard_library() {
        let mut state = 88_172_645_463_325_252;
        let mut known = 0;
        for round in 0..40_000 {
            let bits = random(&mut state) & !(1 << 63);
            let x = match round % 4 {
                0 => f64::from_bits(bits),
                1 => (bits >> 11) as f64 / 1024.0,
                2 => (bits >> 40) as f64 / 8.0,
                _ => (bits >> 11) as f64 / (1u64 << 53) as f64,
            };
            if !x.is_finite() {
                continue;
            }
            for count in [1, 2, 4, 7, 16, 17, 18, 19] {
                let Some((digits, first)) = leading_digits(x, count) else { continue };
                known += 1;
                let text = format!("{x:.*e}", count - 1);
                let (mantissa, exponent) = text.split_once('e').unwrap();
                let expected: u64 = mantissa.replace('.', "").parse().unwrap();
                assert_eq!((digits, first), (expected, exponent.parse().unwrap()), "{x:e} to {count} digits");
            }
            if let Some(value) = scaled(x, 6) {
                assert_eq!(
                    value.to_string(),
                    format!("{x:.6}").replace('.', "").trim_start_matches('0').to_owned()
                        + if value == 0 { "0" } else { "" },
                    "{x:e}"
                );
            }
        }
        assert!(known > 300_000, "{known}");
    }

    #[test]
    fn ties_go_to_even() {
        for (x, k, expected) in
            [(0.5, 0, 0), (1.5, 0, 2), (2.5, 0, 2), (0.125, 2, 12), (0.375, 2, 38), (4.5, 0, 4)]
        {
            assert_eq!(scaled(x, k), Some(expected), "{x} by 10^{k}");
        }
        assert_eq!(scaled(1e30, 0), None);
        assert_eq!(scaled(5e-324, 0), Some(0));
    }
}
