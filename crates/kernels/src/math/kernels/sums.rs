//! Logarithms of sums of powers: the larger operand, and what the smaller adds at its distance `d`, `log(1 + e^d)`. The
//! distance is exact, the power and its logarithm are in two parts. Where both parts cancel, the result is good to the last place of
//! the larger operand, not to its own.

use std::f64::consts::{LN_2, LOG2_E};

use super::exp::exp_pair;
use super::log::log1p_in_two;
use super::pair::{Pair, product, sum};
use super::two;
use crate::math::real;
use crate::math::vector::fma;

/// What rounding ln 2 and its inverse loses.
const LN_2_REST: f64 = 2.3190468138462996e-17;
const LOG2_E_REST: f64 = 2.0355273740931033e-17;
/// Further down a power counts only beside 0.
const FAR: f64 = -700.0;

/// `pair · (high + low)`.
#[inline(always)]
fn multiple<const FMA: bool>(pair: Pair, high: f64, low: f64) -> Pair {
    let leading = product::<FMA>(pair.high, high);
    Pair { high: leading.high, low: leading.low + fma::<FMA>(pair.high, low, pair.low * high) }
}

/// The logarithm with the base 2 or e; NaN for what is not finite, and where the smaller power is tiny and counts.
#[inline(always)]
fn logarithm<const FMA: bool, const BINARY: bool>(a: f64, b: f64) -> f64 {
    let (low, high) = if a > b { (b, a) } else { (a, b) };
    let distance = sum(low, -high);
    let far = distance.high <= FAR;
    let exponent =
        Pair { high: if far { FAR } else { distance.high }, low: if far { 0.0 } else { distance.low } };
    let exponent = if BINARY { multiple::<FMA>(exponent, LN_2, LN_2_REST) } else { exponent };
    let (power, scale) = exp_pair::<FMA>(exponent);
    let power = Pair { high: power.high * scale, low: power.low * scale };
    // Brought to a leading part that holds all but the last bits.
    let added = log1p_in_two::<FMA>(sum(power.high, power.low));
    let added = if BINARY { multiple::<FMA>(sum(added.high, added.low), LOG2_E, LOG2_E_REST) } else { added };
    // log2(1 + 1) is exact.
    let added = if BINARY & (distance.high == 0.0) { Pair::from(1.0) } else { added };
    let total = sum(high, added.high);
    let value = total.high + (total.low + added.low);
    let size = high.abs();
    if (size <= 1e300) & (low >= -1e300) & (!far | (size >= 1e-200)) { value } else { f64::NAN }
}

/// Where a single-precision result is 0 or normal.
#[inline(always)]
fn normal(value: f64) -> f64 {
    if (value.abs() >= f32::MIN_POSITIVE as f64) | (value == 0.0) { value } else { f64::NAN }
}

two! { /// `log(e^a + e^b)`
Logaddexp: f64, |a, b| logarithm::<FMA, false>(a, b), |_, _, v| !v.is_nan(), |v| !v.is_nan(), real::logaddexp }
two! { /// `log2(2^a + 2^b)`
Logaddexp2: f64, |a, b| logarithm::<FMA, true>(a, b), |_, _, v| !v.is_nan(), |v| !v.is_nan(), real::logaddexp2 }
two! { /// `log(e^a + e^b)`
LogaddexpSingle: f32, |a, b| normal(logarithm::<FMA, false>(a, b)), |_, _, v| !v.is_nan(), |v| !v.is_nan(), real::logaddexp }
two! { /// `log2(2^a + 2^b)`
Logaddexp2Single: f32, |a, b| normal(logarithm::<FMA, true>(a, b)), |_, _, v| !v.is_nan(), |v| !v.is_nan(), real::logaddexp2 }
