//! Inverse trigonometric functions. The arc tangent of a quotient is `k · π/4 ± atan t` with `|t| <= tan(π/8)`: the
//! smaller of the two magnitudes is divided by the larger, and beyond `tan(π/8)` the angle is taken from the diagonal by
//! `(a - b) / (a + b)`; one division in all. Inverse sine and cosine above ½ go by the half angle,
//! `asin x = π/2 - 2·asin √((1 - x)/2)` (Abramowitz and Stegun, 4.4.34 and 4.4.32). What rounding the quotient or the
//! root loses is carried along.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::pair::product;
use super::{double, single, two, underflowing};
use crate::float::Float;
use crate::math::vector::{fma, polynomial};

/// What rounding π/4 loses; π/4 itself ends in three zero bits, so that up to eight times it is exact.
const QUARTER_LOW: f64 = 3.061616997868383e-17;
/// tan(π/8)
const EIGHTH: f64 = 0.4142135623730951;
const SIGN: u64 = 1 << 63;

/// `(atan(t)/t - 1) / t²` by powers of `t²`, `|t| <= tan(π/8)`. Error 2^-59.5.
const ATAN: [f64; 11] = [
    -0.017922328484801252,
    0.03807837425903467,
    -0.050398479903508826,
    0.05848009562914857,
    -0.06663120487589103,
    0.07692061647645825,
    -0.09090897837121478,
    0.11111110786163789,
    -0.14285714280249065,
    0.19999999999954088,
    -0.333333333333332,
];

/// The same for single precision. Error 2^-35.4.
const ATAN_SINGLE: [f64; 6] = [
    0.04748552550942483,
    -0.08478583077184708,
    0.11045134579850377,
    -0.1428204629572147,
    0.1999990536997877,
    -0.3333333251704472,
];

/// `(asin(s)/s - 1) / s²` by powers of `s²`, `|s| <= ½`. Error 2^-59.8.
const ASIN: [f64; 13] = [
    0.03267047547843696,
    -0.02106649233723039,
    0.021755483920537798,
    0.0036864907801431234,
    0.01078557702955572,
    0.011397952182186191,
    0.013980939261618688,
    0.017351601982491503,
    0.022372215554080976,
    0.03038194268735691,
    0.044642857175045486,
    0.07499999999970336,
    0.16666666666666763,
];

/// The same for single precision. Error 2^-31.7.
const ASIN_SINGLE: [f64; 6] = [
    0.037562746563891136,
    0.014404771002521282,
    0.03181691754046296,
    0.04451581816245582,
    0.0750051034317771,
    0.16666659882321777,
];

/// `y / x` of magnitudes, brought to `t`: the numerator and the denominator of `t`, and `k` and the sign (as a bit)
/// of the angle's `k · π/4 ± atan t`.
#[inline(always)]
fn octant(y: f64, x: f64) -> (f64, f64, bool, f64, u64) {
    let (high, wide) = (y.abs(), x.abs());
    let swapped = high > wide;
    let (a, b) = if swapped { (wide, high) } else { (high, wide) };
    let steep = a > EIGHTH * b;
    let k = if steep { 1.0 } else { 0.0 };
    let k = if swapped { 2.0 - k } else { k };
    let k = if x.to_bits() & SIGN != 0 { 4.0 - k } else { k };
    let sign = if swapped { SIGN } else { 0 } ^ (x.to_bits() & SIGN);
    (a, b, steep, k, sign)
}

/// The angle of the point `(x, y)`, whose quotients neither over- nor underflow.
#[inline(always)]
fn angle<const FMA: bool>(y: f64, x: f64) -> f64 {
    let (a, b, steep, k, sign) = octant(y, x);
    let (difference, total) = (a - b, a + b);
    // Sums with the larger operand first lose exactly this.
    let (lost_above, lost_below) = (a - (difference + b), a - (total - b));
    let (above, below) = if steep { (difference, total) } else { (a, b) };
    let (above_low, below_low) = if steep { (lost_above, lost_below) } else { (0.0, 0.0) };
    let inverse = 1.0 / below;
    let t = above * inverse;
    let back = product::<FMA>(t, below);
    let t_low = (((above - back.high) - back.low) + (above_low - t * below_low)) * inverse;
    let z = t * t;
    let tail = fma::<FMA>(t * z, polynomial::<FMA, _>(z, ATAN), t_low);
    let (t, tail) = (f64::from_bits(t.to_bits() ^ sign), f64::from_bits(tail.to_bits() ^ sign));
    // k·π/4 is 0 or the larger.
    let high = k * FRAC_PI_4;
    let sum = high + t;
    let error = (high - sum) + t;
    (sum + (error + fma::<FMA>(k, QUARTER_LOW, tail))).copysign(y)
}

/// The same for single precision.
#[inline(always)]
fn angle_single<const FMA: bool>(y: f64, x: f64) -> f64 {
    let (a, b, steep, k, sign) = octant(y, x);
    let t = if steep { a - b } else { a } / if steep { a + b } else { b };
    let z = t * t;
    let arc = fma::<FMA>(t * z, polynomial::<FMA, _>(z, ATAN_SINGLE), t);
    fma::<FMA>(k, FRAC_PI_4, f64::from_bits(arc.to_bits() ^ sign)).copysign(y)
}

/// [`angle`] where both are of middling size or 0, but not both 0; else NaN.
#[inline(always)]
fn arctan2<const FMA: bool>(y: f64, x: f64) -> f64 {
    let (high, wide) = (y.abs(), x.abs());
    let (a, b) = if high > wide { (wide, high) } else { (high, wide) };
    let fine = (b <= 1e140) & ((a >= 1e-140) | (a == 0.0));
    if fine { angle::<FMA>(y, x) } else { f64::NAN }
}

/// [`angle_single`] where both are finite and the result is 0 or normal; else NaN.
#[inline(always)]
fn arctan2_single<const FMA: bool>(y: f64, x: f64) -> f64 {
    let value = angle_single::<FMA>(y, x);
    let fine = (x.abs() <= f32::MAX as f64) & (y.abs() <= f32::MAX as f64);
    let normal = (value.abs() >= f32::MIN_POSITIVE as f64) | (y == 0.0);
    if fine & normal { value } else { f64::NAN }
}

/// Beyond this an arc tangent is π/2.
const STEEPEST: f64 = 1e30;

#[inline(always)]
fn bounded(x: f64) -> f64 {
    if x.abs() < STEEPEST { x } else { STEEPEST.copysign(x) }
}

/// `s` and what follows it in `asin(s) = s + tail` for `s = |x|`, or above ½ for `s = √((1 - |x|)/2)`.
#[inline(always)]
fn half_angle<const FMA: bool>(x: f64) -> (f64, f64, bool) {
    let a = x.abs();
    let steep = a > 0.5;
    let half = 0.5 * (1.0 - a);
    let z = if steep { half } else { a * a };
    let root = half.sqrt();
    let back = product::<FMA>(root, root);
    // The root of 0 loses nothing.
    let lost = ((half - back.high) - back.low) * (0.5 / if root > 1e-9 { root } else { 1.0 });
    let (s, s_low) = if steep { (root, lost) } else { (a, 0.0) };
    (s, fma::<FMA>(s * z, polynomial::<FMA, _>(z, ASIN), s_low), steep)
}

#[inline(always)]
fn arcsin<const FMA: bool>(x: f64) -> f64 {
    let (s, tail, steep) = half_angle::<FMA>(x);
    // π/2 - 2(s + tail): the difference of the first two is not exact.
    let high = FRAC_PI_2 - 2.0 * s;
    let error = (FRAC_PI_2 - high) - 2.0 * s;
    let above = high + (error + fma::<FMA>(-2.0, tail, 2.0 * QUARTER_LOW));
    if steep { above } else { s + tail }.copysign(x)
}

#[inline(always)]
fn arccos<const FMA: bool>(x: f64) -> f64 {
    let (s, tail, steep) = half_angle::<FMA>(x);
    let sign = x.to_bits() & SIGN;
    // Up to ½: π/2 ∓ (s + tail). Above: 2(s + tail), below -½: π - 2(s + tail).
    let (signed, signed_tail) = (f64::from_bits(s.to_bits() ^ sign), f64::from_bits(tail.to_bits() ^ sign));
    let twice = if steep { 2.0 } else { -1.0 };
    let base = if sign != 0 { 4.0 } else { 0.0 };
    let k = if steep { base } else { 2.0 };
    let high = k * FRAC_PI_4;
    let sum = high + twice * signed;
    let error = (high - sum) + twice * signed;
    sum + (error + fma::<FMA>(k, QUARTER_LOW, twice * signed_tail))
}

#[inline(always)]
fn half_angle_single<const FMA: bool>(x: f64) -> (f64, bool) {
    let a = x.abs();
    let steep = a > 0.5;
    let half = 0.5 * (1.0 - a);
    let (s, z) = if steep { (half.sqrt(), half) } else { (a, a * a) };
    (fma::<FMA>(s * z, polynomial::<FMA, _>(z, ASIN_SINGLE), s), steep)
}

#[inline(always)]
fn arcsin_single<const FMA: bool>(x: f64) -> f64 {
    let (arc, steep) = half_angle_single::<FMA>(x);
    if steep { FRAC_PI_2 - 2.0 * arc } else { arc }.copysign(x)
}

#[inline(always)]
fn arccos_single<const FMA: bool>(x: f64) -> f64 {
    let (arc, steep) = half_angle_single::<FMA>(x);
    let signed = arc.copysign(x);
    let below = if x < 0.0 { PI } else { 0.0 };
    if steep { below + 2.0 * signed } else { FRAC_PI_2 - signed }
}

double! { /// Inverse sine
Arcsin, benign 0.5, odd 1.0, |x| arcsin::<FMA>(x), Float::asin }
double! { /// Inverse cosine
Arccos, benign 0.5, |x| x.abs() <= 1.0, |x| arccos::<FMA>(x), Float::acos }
double! { /// Inverse tangent
Arctan, benign 0.5, odd f64::INFINITY, |x| angle::<FMA>(bounded(x), 1.0), Float::atan }
single! { /// Inverse sine
ArcsinSingle, benign 0.5, odd 1.0, |x| arcsin_single::<FMA>(x), Float::asin }
single! { /// Inverse cosine
ArccosSingle, benign 0.5, |x| x.abs() <= 1.0, |x| arccos_single::<FMA>(x), Float::acos }
single! { /// Inverse tangent
ArctanSingle, benign 0.5, odd f32::INFINITY, |x| angle_single::<FMA>(bounded(x), 1.0), Float::atan }
two! { /// Angle of a point
Arctan2: f64, |y, x| arctan2::<FMA>(y, x), |_, _, v| !v.is_nan(), |v| !v.is_nan(), Float::atan2 }
two! { /// Angle of a point
Arctan2Single: f32, |y, x| arctan2_single::<FMA>(y, x), |_, _, v| !v.is_nan(), |v| !v.is_nan(),
|y, x| {
    let value = Float::atan2(y, x);
    underflowing(value);
    value
} }
