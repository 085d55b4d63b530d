//! Sine, cosine, tangent of angles up to a million: the nearest multiple of π/2 is subtracted in four parts of 33 bits (products with
//! its number are exact), which leaves the angle within ±π/4 and its rounding error, good to 2^-150
//! (Cody and Waite). Larger angles go to C's library.

use std::f64::consts::FRAC_2_PI;

use super::{double, nearest, single};
use crate::math::vector::{fma, polynomial};

const HALF_PI: [f64; 4] = [
    f64::from_bits(0x3ff921fb54400000),
    f64::from_bits(0x3dd0b4611a600000),
    f64::from_bits(0x3ba3198a2e000000),
    f64::from_bits(0x397b839a252049c1),
];

const LIMIT: f64 = 1e6;

/// (-1)^n / (2n + 1)! from n = 9 down to 1.
const SINE: [f64; 9] = [
    -1.0 / 121645100408832000.0,
    1.0 / 355687428096000.0,
    -1.0 / 1307674368000.0,
    1.0 / 6227020800.0,
    -1.0 / 39916800.0,
    1.0 / 362880.0,
    -1.0 / 5040.0,
    1.0 / 120.0,
    -1.0 / 6.0,
];

/// (-1)^n / (2n)! from n = 9 down to 2.
const COSINE: [f64; 8] = [
    -1.0 / 6402373705728000.0,
    1.0 / 20922789888000.0,
    -1.0 / 87178291200.0,
    1.0 / 479001600.0,
    -1.0 / 3628800.0,
    1.0 / 40320.0,
    -1.0 / 720.0,
    1.0 / 24.0,
];

/// The angle within ±π/4, its error, and the quadrant in the low bits.
#[inline(always)]
fn reduce(x: f64) -> (f64, f64, u64) {
    let (k, quadrant) = nearest(x * FRAC_2_PI);
    let a = x - k * HALF_PI[0];
    let second = k * HALF_PI[1];
    let b = a - second;
    let lost = (a - b) - second;
    let third = k * HALF_PI[2];
    let c = b - third;
    let lost_third = (b - c) - third;
    let tail = (lost + lost_third) - k * HALF_PI[3];
    let r = c + tail;
    (r, (c - r) + tail, quadrant)
}

#[inline(always)]
fn sine<const FMA: bool>(r: f64, error: f64) -> f64 {
    let z = r * r;
    let cube = z * r;
    r + fma::<FMA>(cube, polynomial::<FMA, _>(z, SINE), error)
}

#[inline(always)]
fn cosine<const FMA: bool>(r: f64, error: f64) -> f64 {
    let z = r * r;
    let half = 0.5 * z;
    let w = 1.0 - half;
    let tail = fma::<FMA>(z * z, polynomial::<FMA, _>(z, COSINE), -(r * error));
    w + (((1.0 - w) - half) + tail)
}

/// Sine of the angle `turns` quarter turns on.
#[inline(always)]
fn circular<const FMA: bool>(x: f64, turns: u64) -> f64 {
    let (r, error, quadrant) = reduce(x);
    let quadrant = quadrant.wrapping_add(turns);
    let (s, c) = (sine::<FMA>(r, error), cosine::<FMA>(r, error));
    let value = if quadrant & 1 == 0 { s } else { c };
    f64::from_bits(value.to_bits() ^ (quadrant & 2) << 62)
}

/// -1/11! and so on: enough for single precision.
const SINE_SINGLE: [f64; 5] = [-1.0 / 39916800.0, 1.0 / 362880.0, -1.0 / 5040.0, 1.0 / 120.0, -1.0 / 6.0];
const COSINE_SINGLE: [f64; 5] = [-1.0 / 3628800.0, 1.0 / 40320.0, -1.0 / 720.0, 1.0 / 24.0, -0.5];

/// For single precision: two parts of π/2 and shorter polynomials do.
#[inline(always)]
fn circular_single<const FMA: bool>(x: f64, turns: u64) -> f64 {
    let (k, quadrant) = nearest(x * FRAC_2_PI);
    let r = fma::<FMA>(k, -HALF_PI[1], x - k * HALF_PI[0]);
    let quadrant = quadrant.wrapping_add(turns);
    let z = r * r;
    let s = fma::<FMA>(z * r, polynomial::<FMA, _>(z, SINE_SINGLE), r);
    let c = fma::<FMA>(z, polynomial::<FMA, _>(z, COSINE_SINGLE), 1.0);
    let value = if quadrant & 1 == 0 { s } else { c };
    f64::from_bits(value.to_bits() ^ (quadrant & 2) << 62)
}

/// Tangent for single precision: the quotient of two functions good to double.
#[inline(always)]
fn tangent_single<const FMA: bool>(x: f64) -> f64 {
    let (r, error, quadrant) = reduce(x);
    let (s, c) = (sine::<FMA>(r, error), cosine::<FMA>(r, error));
    if quadrant & 1 == 0 { s / c } else { -c / s }
}

double! { /// Sine
Sin, benign 1.0, |x| x.abs() <= LIMIT, |x| if x == 0.0 { x } else { circular::<FMA>(x, 0) }, sin }
double! { /// Cosine
Cos, benign 1.0, |x| x.abs() <= LIMIT, |x| circular::<FMA>(x, 1), cos }
single! { /// Sine
SinSingle, benign 1.0, |x| x.abs() <= 1e5,
|x| if x == 0.0 { x } else { circular_single::<FMA>(x, 0) }, sin }
single! { /// Cosine
CosSingle, benign 1.0, |x| x.abs() <= 1e5, |x| circular_single::<FMA>(x, 1), cos }
single! { /// Tangent
TanSingle, benign 1.0, |x| x.abs() <= LIMIT as f32,
|x| if x == 0.0 { x } else { tangent_single::<FMA>(x) }, tan }
