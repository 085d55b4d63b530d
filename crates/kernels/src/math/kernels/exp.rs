//! Exponentials: `e^x = 2^k · e^r` with `k` the nearest integer to `x / ln 2` and `|r| <= ln(2)/2`; `ln 2` is subtracted in two
//! parts, the first so short that `k` times it is exact.

use super::pair::{Pair, sum};
use super::{double, nearest, single};
use crate::float::Float;
use crate::math::vector::{fma, polynomial};

const LOG2_E: f64 = std::f64::consts::LOG2_E;
const LN_2_HIGH: f64 = f64::from_bits(0x3fe62e42fee00000);
const LN_2_LOW: f64 = f64::from_bits(0x3dea39ef35793c76);

/// `(e^r - 1 - r) / r²` for `|r| <= ln(2)/2`. Error 2^-58.0.
const EXP: [f64; 10] = [
    2.511759472301822e-08,
    2.7631223947235193e-07,
    2.755721718989342e-06,
    2.4801490113036515e-05,
    0.00019841269916334118,
    0.0013888888946833968,
    0.008333333333307711,
    0.04166666666651621,
    0.166666666666667,
    0.5000000000000012,
];

/// The same with one term more, for small results and for pairs. Error 2^-64.0.
const EXP_LONG: [f64; 11] = [
    2.0926913059764243e-09,
    2.5112208939447806e-08,
    2.755723345399744e-07,
    2.7557234332950846e-06,
    2.4801587373643513e-05,
    0.0001984126989695227,
    0.0013888888888858475,
    0.008333333333316787,
    0.04166666666666673,
    0.16666666666666682,
    0.5,
];

/// The same for single precision. Error 2^-34.3.
const EXP_SINGLE: [f64; 6] = [
    0.0001991838327052252,
    0.0013946039404629307,
    0.008333264375750923,
    0.04166627051619368,
    0.16666666860470855,
    0.5000000077676436,
];

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

/// `1 + (r + tail)`, `|r| < 1`, with the error of the first sum.
#[inline(always)]
fn sum_with_one(r: f64, tail: f64) -> f64 {
    let high = 1.0 + r;
    high + (((1.0 - high) + r) + tail)
}

/// `e^(high + low)` for `|high| <= 708`, `low` small beside it, as a pair and a power of two to multiply by.
#[inline(always)]
pub(super) fn exp_pair<const FMA: bool>(x: Pair) -> (Pair, f64) {
    let (k, bits) = nearest(x.high * LOG2_E);
    let high = fma::<FMA>(k, -LN_2_HIGH, x.high);
    let low = fma::<FMA>(k, LN_2_LOW, -x.low);
    let r = high - low;
    let error = (high - r) - low;
    let tail = fma::<FMA>(r * r, polynomial::<FMA, _>(r, EXP_LONG), error);
    let leading = 1.0 + r;
    let rest = ((1.0 - leading) + r) + tail;
    (Pair { high: leading, low: rest }, power_of_two(bits))
}

#[inline(always)]
fn exp<const FMA: bool>(x: f64) -> f64 {
    let (r, error, k) = reduce::<FMA>(x);
    let tail = fma::<FMA>(r * r, polynomial::<FMA, _>(r, EXP), error);
    sum_with_one(r, tail) * power_of_two(k)
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
    let tail = fma::<FMA>(r * r, polynomial::<FMA, _>(r, EXP), error);
    sum_with_one(r, tail) * power_of_two(bits)
}

/// For single precision: no correction needed.
#[inline(always)]
pub(super) fn exp_single<const FMA: bool>(x: f64) -> f64 {
    let (k, bits) = nearest(x * LOG2_E);
    let r = fma::<FMA>(k, -std::f64::consts::LN_2, x);
    fma::<FMA>(r * r, polynomial::<FMA, _>(r, EXP_SINGLE), 1.0 + r) * power_of_two(bits)
}

#[inline(always)]
fn exp2_single<const FMA: bool>(x: f64) -> f64 {
    let (k, bits) = nearest(x);
    let r = (x - k) * std::f64::consts::LN_2;
    fma::<FMA>(r * r, polynomial::<FMA, _>(r, EXP_SINGLE), 1.0 + r) * power_of_two(bits)
}

/// `e^x - 1` for single precision.
#[inline(always)]
pub(super) fn expm1_single<const FMA: bool>(x: f64) -> f64 {
    let (k, bits) = nearest(x * LOG2_E);
    let r = fma::<FMA>(k, -std::f64::consts::LN_2, x);
    let p = fma::<FMA>(r * r, polynomial::<FMA, _>(r, EXP_SINGLE), r);
    let scale = power_of_two(bits);
    fma::<FMA>(scale, p, scale - 1.0)
}

/// `e^x - 1`: `2^k · p + (2^k - 1)` with `p = e^r - 1`.
#[inline(always)]
pub(super) fn expm1_pair<const FMA: bool>(x: f64) -> Pair {
    let (r, error, k) = reduce::<FMA>(x);
    // p = r + tail; the derivative of e^r carries the error of r.
    let tail = fma::<FMA>(r * r, polynomial::<FMA, _>(r, EXP_LONG), fma::<FMA>(error, r, error));
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
Exp, benign 1.0, |x| x.abs() <= 708.0, |x| exp::<FMA>(x), Float::exp }
double! { /// `2^x`
Exp2, benign 1.0, |x| x.abs() <= 1022.0, |x| exp2::<FMA>(x), Float::exp2 }
double! { /// `e^x - 1`
Expm1, benign 1.0, odd 700.0, |x| expm1::<FMA>(x), Float::expm1 }
single! { /// `e^x`
ExpSingle, benign 1.0, |x| x.abs() <= 87.0, |x| exp_single::<FMA>(x), Float::exp }
single! { /// `2^x`
Exp2Single, benign 1.0, |x| x.abs() <= 126.0, |x| exp2_single::<FMA>(x), Float::exp2 }
single! { /// `e^x - 1`
Expm1Single, benign 1.0, odd 87.0, |x| expm1_single::<FMA>(x).copysign(x), Float::expm1 }
