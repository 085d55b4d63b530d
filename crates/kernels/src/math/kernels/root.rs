//! Cube roots and hypotenuses.
//!
//! The cube root comes from its inverse `z ≈ x^(-1/3)`, which needs no division: a first `z` from a third of the
//! exponent (W. Kahan, "Computing a real cube root", 1991), two steps of the series
//! `z · (1 - e)^(-1/3) = z · (1 + e/3 + 2e²/9 + 14e³/81 + …)` with `e = 1 - x·z³`, then `x·z²`, corrected once with its cube in
//! two parts.

use super::pair::product;
use super::{ROUNDER, double, single, two, within};
use crate::element::Complex;
use crate::float::Float;
use crate::math::vector::{Kernel, fma, polynomial};

/// Coefficients of the series from `e³` down.
const SERIES: [f64; 3] = [14.0 / 81.0, 2.0 / 9.0, 1.0 / 3.0];
/// Upper halves of the bits of `x^(-1/3)` are about this less a third of those of `x`.
const UPPER: f64 = 1_430_194_685.0;

/// One step of the series.
#[inline(always)]
fn improved<const FMA: bool, const N: usize>(a: f64, z: f64, series: [f64; N]) -> f64 {
    // In this order nothing over- or underflows.
    let e = fma::<FMA>(-(a * z) * z, z, 1.0);
    fma::<FMA>(z * e, polynomial::<FMA, _>(e, series), z)
}

/// `a^(-1/3)` good to 2^-16, of a positive number.
#[inline(always)]
fn inverse_root<const FMA: bool>(a: f64) -> f64 {
    let upper = f64::from_bits(a.to_bits() >> 32 | ROUNDER.to_bits()) - ROUNDER;
    let third = fma::<FMA>(upper, -1.0 / 3.0, UPPER + ROUNDER);
    improved::<FMA, _>(a, f64::from_bits(third.to_bits() << 32), SERIES)
}

#[inline(always)]
fn cbrt<const FMA: bool>(x: f64) -> f64 {
    let a = x.abs();
    let z = improved::<FMA, _>(a, inverse_root::<FMA>(a), SERIES);
    let y = a * z * z;
    // y³ in two parts.
    let square = product::<FMA>(y, y);
    let cube = product::<FMA>(square.high, y);
    let rest = (a - cube.high) - fma::<FMA>(square.low, y, cube.low);
    fma::<FMA>(rest * (1.0 / 3.0), z * z, y).copysign(x)
}

#[inline(always)]
fn cbrt_single<const FMA: bool>(x: f64) -> f64 {
    let a = x.abs();
    let z = improved::<FMA, _>(a, inverse_root::<FMA>(a), [SERIES[1], SERIES[2]]);
    (a * z * z).copysign(x)
}

/// `√(a² + b²)`. The squares are summed with what their rounding loses. What underflows of the smaller does not matter.
#[inline(always)]
fn hypot<const FMA: bool>(a: f64, b: f64) -> f64 {
    let (a, b) = (a.abs(), b.abs());
    let (low, high) = (if a > b { b } else { a }, if a > b { a } else { b });
    let first = product::<FMA>(high, high);
    if FMA {
        let sum = low.mul_add(low, first.high);
        let error = low.mul_add(low, first.high - sum);
        return (sum + (error + first.low)).sqrt();
    }
    let second = product::<FMA>(low, low);
    let sum = first.high + second.high;
    let error = (first.high - sum) + second.high;
    (sum + (error + (first.low + second.low))).sqrt()
}

/// True where no square over- or underflows that matters.
#[inline(always)]
fn middling(a: f64, b: f64, root: f64) -> bool {
    within(root, 1e-140, 1e140) | ((a == 0.0) & (b == 0.0))
}

#[inline(always)]
fn hypot_single<const FMA: bool>(a: f64, b: f64) -> f64 {
    fma::<FMA>(a, a, b * b).sqrt()
}

/// True where the result is 0 or normal.
#[inline(always)]
fn normal(a: f32, b: f32, root: f32) -> bool {
    within(root, f32::MIN_POSITIVE, f32::MAX) | ((a == 0.0) & (b == 0.0))
}

/// C's function, silent about NaN.
fn longer(a: f64, b: f64) -> f64 {
    if a.is_infinite() || b.is_infinite() {
        f64::INFINITY
    } else if a.is_nan() || b.is_nan() {
        f64::NAN
    } else {
        Float::hypot(a, b)
    }
}

double! { /// Cube root
Cbrt, benign 1.0, |x| (x == 0.0) | within(x.abs(), 1e-280, 1e300), |x| within(x.abs(), 1e-280, 1e300), |x| cbrt::<FMA>(x), |x| if x.is_nan() { x } else { Float::cbrt(x) } }
single! { /// Cube root
CbrtSingle, benign 1.0, |x| x.abs() <= f32::MAX, |x| cbrt_single::<FMA>(x), Float::cbrt }
two! { /// `√(a² + b²)`
Hypot: f64, |a, b| hypot::<FMA>(a, b), |a, b, v| middling(a, b, v), |v| within(v, 1e-140, 1e140), longer }
two! { /// `√(a² + b²)`
HypotSingle: f32, |a, b| hypot_single::<FMA>(a, b), |a, b, v| normal(a, b, v), |v| within(v, f32::MIN_POSITIVE, f32::MAX), longer }

/// Magnitudes of complex numbers, by a kernel of two parts.
pub struct Magnitude<K>(K);

impl<T: Float, K: Kernel<A = T, B = T, Out = T>> Kernel for Magnitude<K> {
    type A = Complex<T>;
    type B = ();
    type Out = T;
    const BENIGN: (Complex<T>, ()) = (Complex { re: K::BENIGN.0, im: K::BENIGN.1 }, ());
    #[inline(always)]
    fn eval<const FMA: bool>(a: Complex<T>, _: ()) -> T {
        K::eval::<FMA>(a.re, a.im)
    }
    #[inline(always)]
    fn computed(a: Complex<T>, _: (), value: T) -> bool {
        K::computed(a.re, a.im, value)
    }
    #[inline(always)]
    fn plainly(a: Complex<T>, _: (), value: T) -> bool {
        K::plainly(a.re, a.im, value)
    }
    fn special(a: Complex<T>, _: ()) -> T {
        K::special(a.re, a.im)
    }
}
