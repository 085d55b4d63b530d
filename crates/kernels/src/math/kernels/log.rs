//! Logarithms of normal positive numbers: `x = 2^k · m` with `m` in `[√½, √2)`, and with `f = m - 1`, `s = f / (2 + f)`:
//! `log m = 2s + 2s³/3 + 2s⁵/5 + …`. Written as `f - (f²/2 - s·(f²/2 + R))`, `R = 2s²/3 + 2s⁴/5 + …`, the leading terms are exact.

use std::f64::consts::{LN_2, LOG2_E, LOG10_2, LOG10_E};

use super::pair::{Pair, product, sum};
use super::{ROUNDER, double, single, tiny_or, within};
use crate::float::Float;
use crate::math::vector::{fma, polynomial};

const LN_2_HIGH: f64 = f64::from_bits(0x3fe62e42fee00000);
const LN_2_LOW: f64 = f64::from_bits(0x3dea39ef35793c76);
const LOG2_E_HIGH: f64 = f64::from_bits(0x3ff7154765200000);
const LOG2_E_LOW: f64 = f64::from_bits(0x3de705fc2eefa200);
const LOG10_E_HIGH: f64 = f64::from_bits(0x3fdbcb7b15200000);
const LOG10_E_LOW: f64 = f64::from_bits(0x3dbb9438ca9aadd5);
const LOG10_2_HIGH: f64 = f64::from_bits(0x3fd3441350800000);
const LOG10_2_LOW: f64 = f64::from_bits(0x3ddf79fef311f12b);

/// What rounding 2/3 loses.
const TWO_THIRDS_LOW: f64 = 3.700743415417188e-17;

/// Bits of √½.
const ROOT_HALF: u64 = 0x3fe6a09e667f3bcd;

/// `(log((1 + s)/(1 - s))/s - 2) / s²` by powers of `s²`. Error 2^-58.5.
const ODD: [f64; 7] = [
    0.1479571498988399,
    0.15314076783721917,
    0.18183563188175214,
    0.22222198597183826,
    0.28571428742136756,
    0.3999999999941584,
    0.6666666666666734,
];

/// `k` and `m`.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    let bits = x.to_bits();
    // Biased exponent of x·√2, without a signed shift (AVX2 has none for 64 bits).
    let exponent = bits.wrapping_add(0x3ff0_0000_0000_0000 - ROOT_HALF) >> 52;
    let m = f64::from_bits(bits.wrapping_sub(exponent.wrapping_sub(1023) << 52));
    let k = f64::from_bits(exponent | ROUNDER.to_bits()) - (ROUNDER + 1023.0);
    (k, m)
}

/// `f²/2` and `s·(f²/2 + R)`, of which `log(1 + f) = f - (first - second)`.
#[inline(always)]
fn terms<const FMA: bool>(f: f64) -> (f64, f64) {
    let s = f / (2.0 + f);
    let z = s * s;
    let r = z * polynomial::<FMA, _>(z, ODD);
    let half_square = 0.5 * f * f;
    (half_square, s * (half_square + r))
}

#[inline(always)]
fn log<const FMA: bool>(x: f64) -> f64 {
    let (k, m) = split(x);
    let f = m - 1.0;
    let (half_square, rest) = terms::<FMA>(f);
    let low = fma::<FMA>(k, LN_2_LOW, rest);
    // f and k·ln 2 summed with the error of their rounding: |k·ln 2| is 0 or the larger.
    let high = k * LN_2_HIGH;
    let sum = high + f;
    let error = if k == 0.0 { 0.0 } else { (high - sum) + f };
    sum + ((low - half_square) + error)
}

/// `log(1 + f)` as a short leading part and the rest.
#[inline(always)]
fn in_two<const FMA: bool>(f: f64) -> (f64, f64) {
    let (half_square, rest) = terms::<FMA>(f);
    let high = f64::from_bits((f - half_square).to_bits() & !0xffff_ffff);
    (high, ((f - high) - half_square) + rest)
}

/// The logarithm to another base, from `log(1 + f)` and the base's `1/ln` in two parts, plus `k` units of `unit` in two parts.
#[inline(always)]
fn to_base<const FMA: bool>(x: f64, factor: (f64, f64), unit: (f64, f64)) -> f64 {
    let (k, m) = split(x);
    let (high, low) = in_two::<FMA>(m - 1.0);
    let value = high * factor.0;
    let small = fma::<FMA>(low + high, factor.1, low * factor.0);
    let whole = k * unit.0;
    let sum = whole + value;
    let error = if k == 0.0 { 0.0 } else { (whole - sum) + value };
    sum + (fma::<FMA>(k, unit.1, small) + error)
}

/// `log(1 + x)`, from `log u` of the rounded `u = 1 + x` and the part that the rounding lost.
#[inline(always)]
pub(super) fn log1p_pair<const FMA: bool>(x: Pair) -> f64 {
    log1p_in_two::<FMA>(x).value()
}

/// The same as a leading part and the rest.
#[inline(always)]
pub(super) fn log1p_in_two<const FMA: bool>(x: Pair) -> Pair {
    let u = sum(1.0, x.high);
    let (k, m) = split(u.high);
    // Near 1, x itself is f, without a loss.
    let (f, lost) = if k == 0.0 { (x.high, x.low) } else { (m - 1.0, u.low + x.low) };
    let (half_square, rest) = terms::<FMA>(f);
    let low = fma::<FMA>(k, LN_2_LOW, rest + lost / u.high);
    let high = k * LN_2_HIGH;
    let sum = high + f;
    let error = if k == 0.0 { 0.0 } else { (high - sum) + f };
    Pair { high: sum, low: (low - half_square) + error }
}

/// The same for single precision. Error 2^-36.6.
const ODD_SINGLE: [f64; 4] =
    [0.23582179583901433, 0.28537308675604406, 0.4000033514625588, 0.6666666564597348];

/// `(log((1 + s)/(1 - s))/s - 2 - 2s²/3) / s⁴`. Error 2^-72.5.
const ODD_LONG: [f64; 8] = [
    0.1198873978394478,
    0.11674855242090887,
    0.13336315364956622,
    0.15384556932448554,
    0.18181818869265107,
    0.22222222217546514,
    0.2857142857144506,
    0.3999999999999998,
];

/// `log(1 + f)` for single precision.
#[inline(always)]
fn series_single<const FMA: bool>(f: f64) -> f64 {
    let s = f / (2.0 + f);
    let z = s * s;
    s * fma::<FMA>(z, polynomial::<FMA, _>(z, ODD_SINGLE), 2.0)
}

/// `log(1 + f) + k·ln 2` for single precision.
#[inline(always)]
fn compose_single<const FMA: bool>(k: f64, f: f64) -> f64 {
    fma::<FMA>(k, LN_2, series_single::<FMA>(f))
}

/// The logarithm to another base for single precision: `factor` is the base's `1/ln`, `unit` its logarithm of 2.
#[inline(always)]
fn to_base_single<const FMA: bool>(x: f64, factor: f64, unit: f64) -> f64 {
    let (k, m) = split(x);
    fma::<FMA>(k, unit, series_single::<FMA>(m - 1.0) * factor)
}

/// `log x` of a normal number, good to about 2^-65: the series' first two terms in pairs.
#[inline(always)]
pub(super) fn log_pair<const FMA: bool>(x: f64) -> Pair {
    let (k, m) = split(x);
    // s = (m - 1) / (m + 1); 1 is not below m by an exponent, so that the sum's error is exact.
    let (above, below) = (m - 1.0, m + 1.0);
    let below_low = m - (below - 1.0);
    let inverse = 1.0 / below;
    let s = above * inverse;
    let back = product::<FMA>(s, below);
    let s_low = (((above - back.high) - back.low) - s * below_low) * inverse;
    let z = product::<FMA>(s, s);
    let z_low = fma::<FMA>(s + s, s_low, z.low);
    let q = z.high * polynomial::<FMA, _>(z.high, ODD_LONG);
    let c = 2.0 / 3.0 + q;
    let c_low = ((2.0 / 3.0 - c) + q) + TWO_THIRDS_LOW;
    let w = product::<FMA>(z.high, c);
    let w_low = w.low + fma::<FMA>(z.high, c_low, z_low * c);
    let t = product::<FMA>(s, w.high);
    let t_low = t.low + fma::<FMA>(s, w_low, s_low * w.high);
    // Each leading part is 0 or the larger.
    let high = 2.0 * s + t.high;
    let low = ((2.0 * s - high) + t.high) + fma::<FMA>(2.0, s_low, t_low);
    let whole = k * LN_2_HIGH;
    let sum = whole + high;
    Pair { high: sum, low: ((whole - sum) + high) + fma::<FMA>(k, LN_2_LOW, low) }
}

/// `log x` in double, good enough for powers of single precision.
#[inline(always)]
pub(super) fn log_plain<const FMA: bool>(x: f64) -> f64 {
    let (k, m) = split(x);
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    fma::<FMA>(k, LN_2, s * fma::<FMA>(z, polynomial::<FMA, _>(z, ODD), 2.0))
}

#[inline(always)]
fn log_single<const FMA: bool>(x: f64) -> f64 {
    let (k, m) = split(x);
    compose_single::<FMA>(k, m - 1.0)
}

/// `log(1 + x)` for single precision.
#[inline(always)]
pub(super) fn log1p_single<const FMA: bool>(x: f64) -> f64 {
    let (k, m) = split(1.0 + x);
    compose_single::<FMA>(k, if k == 0.0 { x } else { m - 1.0 })
}

const NORMAL: f64 = f64::MIN_POSITIVE;

double! { /// Natural logarithm
Log, benign 1.0, |x| within(x, NORMAL, f64::MAX), |x| log::<FMA>(x), Float::log }
double! { /// Logarithm to base 2
Log2, benign 1.0, |x| within(x, NORMAL, f64::MAX),
|x| to_base::<FMA>(x, (LOG2_E_HIGH, LOG2_E_LOW), (1.0, 0.0)), Float::log2 }
double! { /// Logarithm to base 10
Log10, benign 1.0, |x| within(x, NORMAL, f64::MAX),
|x| to_base::<FMA>(x, (LOG10_E_HIGH, LOG10_E_LOW), (LOG10_2_HIGH, LOG10_2_LOW)), Float::log10 }
double! { /// `log(1 + x)`
Log1p, benign 1.0, |x| within(x, -0.99, 1e300) & ((x.abs() >= NORMAL) | (x == 0.0)),
|x| within(x, -0.99, 1e300) & (x.abs() >= NORMAL), |x| log1p_pair::<FMA>(Pair::from(x)).copysign(x), Float::log1p }
single! { /// Natural logarithm
LogSingle, benign 1.0, |x| (x > 0.0) & (x <= f32::MAX), |x| log_single::<FMA>(x), Float::log }
single! { /// Logarithm to base 2
Log2Single, benign 1.0, |x| (x > 0.0) & (x <= f32::MAX),
|x| to_base_single::<FMA>(x, LOG2_E, 1.0), Float::log2 }
single! { /// Logarithm to base 10
Log10Single, benign 1.0, |x| (x > 0.0) & (x <= f32::MAX),
|x| to_base_single::<FMA>(x, LOG10_E, LOG10_2), Float::log10 }
single! { /// `log(1 + x)`
Log1pSingle, benign 1.0, |x| within(x, -0.99, f32::MAX) & (!x.is_subnormal()),
|x| within(x, -0.99, f32::MAX) & (x.abs() >= f32::MIN_POSITIVE), |x| log1p_single::<FMA>(x).copysign(x),
|x| tiny_or(x, Float::log1p) }
