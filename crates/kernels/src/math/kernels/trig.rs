//! Sine, cosine, tangent of angles up to a million: the nearest multiple of π/2 is subtracted in four parts of 33 bits (products with
//! its number are exact), which leaves the angle within ±π/4 and its rounding error, good to 2^-150
//! (Cody and Waite). Larger angles go to C's library.

use std::f64::consts::FRAC_2_PI;

use super::pair::{Pair, product};
use super::{double, nearest, single};
use crate::float::Float;
use crate::math::vector::{fma, polynomial};

const HALF_PI: [f64; 4] = [
    f64::from_bits(0x3ff921fb54400000),
    f64::from_bits(0x3dd0b4611a600000),
    f64::from_bits(0x3ba3198a2e000000),
    f64::from_bits(0x397b839a252049c1),
];

/// What the first two parts leave.
const HALF_PI_REST: f64 = f64::from_bits(0x3ba3198a2e037073);

pub(super) const LIMIT: f64 = 1e6;

/// `(sin(r)/r - 1) / r²` by powers of `r²`, `|r| <= π/4`. Error 2^-58.0.
const SINE: [f64; 6] = [
    1.5896838097629922e-10,
    -2.5050758892103236e-08,
    2.7557313697231145e-06,
    -0.00019841269829824317,
    0.008333333333322436,
    -0.16666666666666632,
];

/// `(cos(r) - 1 + r²/2) / r⁴`. Error 2^-64.2.
const COSINE: [f64; 6] = [
    -1.1359667245049903e-11,
    2.0875723646802775e-09,
    -2.7557314355092626e-07,
    2.4801587289491898e-05,
    -0.001388888888887414,
    0.0416666666666666,
];

/// The angle within ±π/4, its error, and the quadrant in the low bits.
#[inline(always)]
pub(super) fn reduce<const FMA: bool>(x: f64) -> (f64, f64, u64) {
    let (k, quadrant) = nearest(x * FRAC_2_PI);
    if FMA {
        // Products need not be short here: the third part is one with all its bits.
        let a = k.mul_add(-HALF_PI[0], x);
        let b = k.mul_add(-HALF_PI[1], a);
        let lost = k.mul_add(-HALF_PI[1], a - b);
        let c = k.mul_add(-HALF_PI_REST, b);
        let lost_third = k.mul_add(-HALF_PI_REST, b - c);
        let tail = lost + lost_third;
        let r = c + tail;
        return (r, (c - r) + tail, quadrant);
    }
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
    let (r, error, quadrant) = reduce::<FMA>(x);
    let quadrant = quadrant.wrapping_add(turns);
    let (s, c) = (sine::<FMA>(r, error), cosine::<FMA>(r, error));
    let value = if quadrant & 1 == 0 { s } else { c };
    f64::from_bits(value.to_bits() ^ (quadrant & 2) << 62)
}

/// The sine's for single precision. Error 2^-37.6.
const SINE_SINGLE: [f64; 4] =
    [2.7183108657927405e-06, -0.000198393348297316, 0.008333329386210678, -0.1666666664163485];

/// `(cos(r) - 1) / r²` for single precision. Error 2^-34.1.
const COSINE_SINGLE: [f64; 4] =
    [2.4390457153174706e-05, -0.0013886764015540469, 0.04166662333866109, -0.49999999725317645];

/// For single precision: two parts of π/2 and shorter polynomials do.
#[inline(always)]
pub(super) fn circular_single<const FMA: bool>(x: f64, turns: u64) -> f64 {
    let (k, quadrant) = nearest(x * FRAC_2_PI);
    let r = fma::<FMA>(k, -HALF_PI[1], x - k * HALF_PI[0]);
    let quadrant = quadrant.wrapping_add(turns);
    let z = r * r;
    let s = fma::<FMA>(z * r, polynomial::<FMA, _>(z, SINE_SINGLE), r);
    let c = fma::<FMA>(z, polynomial::<FMA, _>(z, COSINE_SINGLE), 1.0);
    let value = if quadrant & 1 == 0 { s } else { c };
    f64::from_bits(value.to_bits() ^ (quadrant & 2) << 62)
}

/// Sine and cosine of a reduced angle as pairs.
#[inline(always)]
pub(super) fn sine_and_cosine<const FMA: bool>(r: f64, error: f64) -> (Pair, Pair) {
    // What rounding r² and r³ loses, of which a sixth and a half belong to the tails.
    let (square, sixth) = (product::<FMA>(r, r), -1.0 / 6.0);
    let z = square.high;
    let cube = product::<FMA>(z, r);
    let lost = fma::<FMA>(square.low, r, cube.low);
    let tail = fma::<FMA>(cube.high, polynomial::<FMA, _>(z, SINE), fma::<FMA>(lost, sixth, error));
    let s = r + tail;
    let half = 0.5 * z;
    let w = 1.0 - half;
    let lost = fma::<FMA>(r, error, 0.5 * square.low);
    let rest = fma::<FMA>(z * z, polynomial::<FMA, _>(z, COSINE), -lost);
    let rest = ((1.0 - w) - half) + rest;
    let c = w + rest;
    (Pair { high: s, low: (r - s) + tail }, Pair { high: c, low: (w - c) + rest })
}

/// The quotient of both, with one division.
#[inline(always)]
fn tangent<const FMA: bool>(x: f64) -> f64 {
    let (r, error, quadrant) = reduce::<FMA>(x);
    let (s, c) = sine_and_cosine::<FMA>(r, error);
    let odd = quadrant & 1 != 0;
    let (above, below) = if odd { (c, s) } else { (s, c) };
    let value = above.divide::<FMA>(below).value();
    f64::from_bits(value.to_bits() ^ (quadrant & 1) << 63)
}

/// Tangent for single precision.
#[inline(always)]
fn tangent_single<const FMA: bool>(x: f64) -> f64 {
    let (k, quadrant) = nearest(x * FRAC_2_PI);
    let r = fma::<FMA>(k, -HALF_PI[1], x - k * HALF_PI[0]);
    let z = r * r;
    let s = fma::<FMA>(z * r, polynomial::<FMA, _>(z, SINE_SINGLE), r);
    let c = fma::<FMA>(z, polynomial::<FMA, _>(z, COSINE_SINGLE), 1.0);
    let (above, below) = if quadrant & 1 == 0 { (s, c) } else { (-c, s) };
    above / below
}

double! { /// Sine
Sin, benign 1.0, odd LIMIT, |x| if x == 0.0 { x } else { circular::<FMA>(x, 0) }, Float::sin }
double! { /// Cosine
Cos, benign 1.0, |x| x.abs() <= LIMIT, |x| circular::<FMA>(x, 1), Float::cos }
double! { /// Tangent
Tan, benign 1.0, odd LIMIT, |x| if x == 0.0 { x } else { tangent::<FMA>(x) }, Float::tan }
single! { /// Sine
SinSingle, benign 1.0, odd 1e5,
|x| if x == 0.0 { x } else { circular_single::<FMA>(x, 0) }, Float::sin }
single! { /// Cosine
CosSingle, benign 1.0, |x| x.abs() <= 1e5, |x| circular_single::<FMA>(x, 1), Float::cos }
single! { /// Tangent
TanSingle, benign 1.0, odd 1e5,
|x| if x == 0.0 { x } else { tangent_single::<FMA>(x) }, Float::tan }
