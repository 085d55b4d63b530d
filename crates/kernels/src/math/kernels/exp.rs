//! Exponentials: `e^x = 2^k · e^r` with `k` the nearest integer to `x / ln 2` and `|r| <= ln(2)/2`; `ln 2` is subtracted in two
//! parts, the first so short that `k` times it is exact.

use super::pair::{Pair, sum};
use super::{double, nearest, single};
use crate::math::vector::{fma, polynomial};

const LOG2_E: f64 = std::f64::consts::LOG2_E;
const LN_2_HIGH: f64 = f64::from_bits(0x3fe62e42fee00000);
const LN_2_LOW: f64 = f64::from_bits(0x3dea39ef35793c76);

/// 1/n! from 13 down to 2.
const FACTORS: [f64; 12] = [
    1.0 / 6227020800.0,
    1.0 / 479001600.0,
    1.0 / 39916800.0,
    1.0 / 3628800.0,
    1.0 / 362880.0,
    1.0 / 40320.0,
    1.0 / 5040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
];

/// 1/n! from 8 down to 2: enough for single precision.
const FEWER_FACTORS: [f64; 7] =
    [1.0 / 40320.0, 1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5];

/// 2^k from the low bits of an integer, `-1022 <= k <= 1023`.
#[inline(always)]
fn power_of_two(k: u64) -> f64 {
    f64::from_bits(k.wrapping_add(1023) << 52)
}

/// `r`, its rounding error, and the bits of `k`.
#[inline(always)]
fn reduce<const FMA: bool>(x: f64) -> (f64, f64, u64) {
    let (k, bits) = nearest(x * LOG2_E);
    let high = fma::<FMA>(k, -LN_2_HIGH, x);
    let low = k * LN_2_LOW;
    let r = high - low;
    (r, (high - r) - low, bits)
}

#[inline(always)]
fn exp<const FMA: bool>(x: f64) -> f64 {
    let (r, error, k) = reduce::<FMA>(x);
    let tail = fma::<FMA>(r * r, polynomial::<FMA, _>(r, FACTORS), error);
    (1.0 + (r + tail)) * power_of_two(k)
}

#[inline(always)]
fn exp2<const FMA: bool>(x: f64) -> f64 {
    let (k, bits) = nearest(x);
    // |x - k| <= 1/2 exactly; its product with ln 2 in two parts, of which 21 bits times 32 are exact.
    let t = x - k;
    let head = f64::from_bits(t.to_bits() & !0xffff_ffff);
    let high = head * LN_2_HIGH;
    let low = fma::<FMA>(t - head, LN_2_HIGH, t * LN_2_LOW);
    let r = high + low;
    let error = (high - r) + low;
    let tail = fma::<FMA>(r * r, polynomial::<FMA, _>(r, FACTORS), error);
    (1.0 + (r + tail)) * power_of_two(bits)
}

/// For single precision: no correction needed.
#[inline(always)]
pub(super) fn exp_single<const FMA: bool>(x: f64) -> f64 {
    let (k, bits) = nearest(x * LOG2_E);
    let r = fma::<FMA>(k, -std::f64::consts::LN_2, x);
    fma::<FMA>(r * r, polynomial::<FMA, _>(r, FEWER_FACTORS), 1.0 + r) * power_of_two(bits)
}

#[inline(always)]
fn exp2_single<const FMA: bool>(x: f64) -> f64 {
    let (k, bits) = nearest(x);
    let r = (x - k) * std::f64::consts::LN_2;
    fma::<FMA>(r * r, polynomial::<FMA, _>(r, FEWER_FACTORS), 1.0 + r) * power_of_two(bits)
}

/// `e^x - 1` for single precision.
#[inline(always)]
pub(super) fn expm1_single<const FMA: bool>(x: f64) -> f64 {
    let (k, bits) = nearest(x * LOG2_E);
    let r = fma::<FMA>(k, -std::f64::consts::LN_2, x);
    let p = fma::<FMA>(r * r, polynomial::<FMA, _>(r, FEWER_FACTORS), r);
    let scale = power_of_two(bits);
    fma::<FMA>(scale, p, scale - 1.0)
}

/// `e^x - 1`: `2^k · p + (2^k - 1)` with `p = e^r - 1`.
#[inline(always)]
pub(super) fn expm1_pair<const FMA: bool>(x: f64) -> Pair {
    let (r, error, k) = reduce::<FMA>(x);
    // p = r + tail; the derivative of e^r carries the error of r.
    let tail = fma::<FMA>(r * r, polynomial::<FMA, _>(r, FACTORS), fma::<FMA>(error, r, error));
    let scale = power_of_two(k);
    // 2^k - 1 and what its rounding loses when k is beyond 53.
    let base = scale - 1.0;
    let lost = (scale - base) - 1.0;
    let leading = sum(base, scale * r);
    let rest = fma::<FMA>(scale, tail, leading.low) + lost;
    let high = leading.high + rest;
    Pair { high, low: (leading.high - high) + rest }
}

#[inline(always)]
fn expm1<const FMA: bool>(x: f64) -> f64 {
    // The sign of x, also of its zeros.
    expm1_pair::<FMA>(x).high.copysign(x)
}

double! { /// `e^x`
Exp, benign 1.0, |x| x.abs() <= 708.0, |x| exp::<FMA>(x), exp }
double! { /// `2^x`
Exp2, benign 1.0, |x| x.abs() <= 1022.0, |x| exp2::<FMA>(x), exp2 }
double! { /// `e^x - 1`
Expm1, benign 1.0, |x| x.abs() <= 700.0, |x| expm1::<FMA>(x), expm1 }
single! { /// `e^x`
ExpSingle, benign 1.0, |x| x.abs() <= 87.0, |x| exp_single::<FMA>(x), exp }
single! { /// `2^x`
Exp2Single, benign 1.0, |x| x.abs() <= 126.0, |x| exp2_single::<FMA>(x), exp2 }
single! { /// `e^x - 1`
Expm1Single, benign 1.0, |x| x.abs() <= 87.0, |x| expm1_single::<FMA>(x).copysign(x), expm1 }
