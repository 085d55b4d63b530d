//! Numbers as unevaluated sums of two: a leading part and what its rounding lost (Dekker 1971, Knuth). A few steps in pairs keep functions that
//! are composed of others within 1 ULP.

use std::ops::{Add, Neg};

/// `high + low`, `|low|` at most about half an ULP of `high`.
#[derive(Clone, Copy)]
pub struct Pair {
    /// Leading part.
    pub high: f64,
    /// The rest.
    pub low: f64,
}

/// `a · b` and its rounding error.
#[inline(always)]
pub fn product<const FMA: bool>(a: f64, b: f64) -> Pair {
    let high = a * b;
    if FMA {
        return Pair { high, low: a.mul_add(b, -high) };
    }
    // Halves of 26 bits, whose products are exact.
    let split = |x: f64| {
        let head = f64::from_bits(x.to_bits() & !0x7ff_ffff);
        (head, x - head)
    };
    let ((a1, a2), (b1, b2)) = (split(a), split(b));
    let low = (a1 * b1 - high) + a1 * b2 + a2 * b1 + a2 * b2;
    Pair { high, low }
}

/// `a + b` and its rounding error, whichever is larger.
#[inline(always)]
pub fn sum(a: f64, b: f64) -> Pair {
    let high = a + b;
    let other = high - a;
    Pair { high, low: (a - (high - other)) + (b - other) }
}

impl From<f64> for Pair {
    #[inline(always)]
    fn from(high: f64) -> Pair {
        Pair { high, low: 0.0 }
    }
}

impl Add for Pair {
    type Output = Pair;
    #[inline(always)]
    fn add(self, other: Pair) -> Pair {
        let leading = sum(self.high, other.high);
        let rest = leading.low + (self.low + other.low);
        let high = leading.high + rest;
        Pair { high, low: (leading.high - high) + rest }
    }
}

impl Neg for Pair {
    type Output = Pair;
    #[inline(always)]
    fn neg(self) -> Pair {
        Pair { high: -self.high, low: -self.low }
    }
}

impl Pair {
    /// The nearest single number.
    #[inline(always)]
    pub fn value(self) -> f64 {
        self.high + self.low
    }
    /// `self / other`, with one division. `1 / other` must be a normal number.
    #[inline(always)]
    pub fn divide<const FMA: bool>(self, other: Pair) -> Pair {
        let inverse = 1.0 / other.high;
        let high = self.high * inverse;
        let back = product::<FMA>(high, other.high);
        let rest = ((self.high - back.high) - back.low) + self.low - high * other.low;
        Pair { high, low: rest * inverse }
    }
    /// Square root of a positive pair.
    #[inline(always)]
    pub fn sqrt<const FMA: bool>(self) -> Pair {
        let high = self.high.sqrt();
        let back = product::<FMA>(high, high);
        let rest = ((self.high - back.high) - back.low) + self.low;
        Pair { high, low: rest / (2.0 * high) }
    }
}
