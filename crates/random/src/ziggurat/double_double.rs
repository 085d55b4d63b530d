//! Numbers of about 32 decimal digits as unevaluated sums of two doubles (Dekker, Numer. Math. 18, 1971), for computing
//! tables: enough that every entry, rounded to a double, is the correctly rounded one. Not fast.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// `high + low`, with `low` below half a unit of `high`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wide {
    pub(super) high: f64,
    pub(super) low: f64,
}

/// The sum and its exact rounding error.
fn two_sum(a: f64, b: f64) -> Wide {
    let high = a + b;
    let part = high - a;
    Wide { high, low: (a - (high - part)) + (b - part) }
}

/// The product and its exact rounding error.
fn two_product(a: f64, b: f64) -> Wide {
    let split = |x: f64| {
        let scaled = x * 134217729.0;
        let upper = scaled - (scaled - x);
        (upper, x - upper)
    };
    let high = a * b;
    let ((a1, a2), (b1, b2)) = (split(a), split(b));
    Wide { high, low: ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2 }
}

impl From<f64> for Wide {
    fn from(high: f64) -> Self {
        Wide { high, low: 0.0 }
    }
}
impl Neg for Wide {
    type Output = Wide;
    fn neg(self) -> Wide {
        Wide { high: -self.high, low: -self.low }
    }
}
impl Add for Wide {
    type Output = Wide;
    fn add(self, other: Wide) -> Wide {
        let sum = two_sum(self.high, other.high);
        let rest = two_sum(self.low, other.low);
        let sum = two_sum(sum.high, sum.low + rest.high);
        two_sum(sum.high, sum.low + rest.low)
    }
}
impl Sub for Wide {
    type Output = Wide;
    fn sub(self, other: Wide) -> Wide {
        self + -other
    }
}
impl Mul for Wide {
    type Output = Wide;
    fn mul(self, other: Wide) -> Wide {
        let product = two_product(self.high, other.high);
        two_sum(product.high, product.low + (self.high * other.low + self.low * other.high))
    }
}
impl Div for Wide {
    type Output = Wide;
    fn div(self, other: Wide) -> Wide {
        let first = self.high / other.high;
        let rest = self - other * first.into();
        let second = rest.high / other.high;
        let rest = rest - other * second.into();
        two_sum(first, second) + (rest.high / other.high).into()
    }
}

impl Wide {
    /// The exponential: Taylor's series of a 512th part, squared nine times.
    pub(super) fn exp(self) -> Wide {
        let part = self / 512.0.into();
        let mut term = Wide::from(1.0);
        let mut sum = term;
        for n in 1..14 {
            term = term * part / f64::from(n).into();
            sum = sum + term;
        }
        (0..9).fold(sum, |power, _| power * power)
    }
    /// The natural logarithm: a double's, and two steps of Newton's method.
    pub(super) fn ln(self) -> Wide {
        let mut guess = Wide::from(self.high.ln());
        for _ in 0..2 {
            guess = guess + (self * (-guess).exp() - 1.0.into());
        }
        guess
    }
}

/// The logarithms of the first `count` factorials, correctly rounded.
pub(crate) fn log_factorials(count: u32) -> Vec<f64> {
    let logs = (0..count).map(|k| if k < 2 { Wide::from(0.0) } else { Wide::from(f64::from(k)).ln() });
    logs.scan(Wide::from(0.0), |sum, log| {
        *sum = *sum + log;
        Some(sum.high)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants() {
        let e = Wide::from(1.0).exp();
        assert_eq!(e.high, std::f64::consts::E);
        assert!((e.low - 1.4456468917292502e-16).abs() < 1e-28);
        let ln2 = Wide::from(2.0).ln();
        assert_eq!(ln2.high, std::f64::consts::LN_2);
        assert!((ln2.low - 2.3190468138462996e-17).abs() < 1e-28);
        let third = Wide::from(1.0) / 3.0.into();
        assert_eq!((third.high, third.low), (1.0 / 3.0, 1.850371707708594e-17));
    }
}
