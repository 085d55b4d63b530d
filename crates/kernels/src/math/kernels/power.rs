//! Powers: `a^b = e^(b · log a)`, with the logarithm and its multiple in pairs, since an error of the exponent is multiplied
//! by up to 710. Negative bases, zeros and what over- or underflows are special.

use super::exp::{exp_pair, exp_single};
use super::log::{log_pair, log_plain};
use super::pair::{Pair, product};
use super::{two, within};
use crate::float::Float;
use crate::math::vector::fma;

#[inline(always)]
fn power<const FMA: bool>(a: f64, b: f64) -> f64 {
    let logarithm = log_pair::<FMA>(a);
    let exponent = product::<FMA>(b, logarithm.high);
    let low = fma::<FMA>(b, logarithm.low, exponent.low);
    let (value, scale) = exp_pair::<FMA>(Pair { high: exponent.high, low });
    let fine = within(a, f64::MIN_POSITIVE, f64::MAX) & (exponent.high.abs() <= 708.0);
    if fine { value.value() * scale } else { f64::NAN }
}

#[inline(always)]
fn power_single<const FMA: bool>(a: f64, b: f64) -> f64 {
    let exponent = b * log_plain::<FMA>(a);
    let fine = (a > 0.0) & (a <= f32::MAX as f64) & (exponent.abs() <= 87.0);
    if fine { exp_single::<FMA>(exponent) } else { f64::NAN }
}

two! { /// `a^b`
Power: f64, |a, b| power::<FMA>(a, b), |_, _, v| !v.is_nan(), |v| !v.is_nan(), Float::pow }
two! { /// `a^b`
PowerSingle: f32, |a, b| power_single::<FMA>(a, b), |_, _, v| !v.is_nan(), |v| !v.is_nan(), Float::pow }
