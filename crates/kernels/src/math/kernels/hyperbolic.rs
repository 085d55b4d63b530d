//! Hyperbolic functions and their inverses, composed of `e^x - 1` and `log(1 + x)` in pairs.

use sharray_base::fp_status::{self, FpStatus};

use super::exp::{exp_single, expm1_pair, expm1_single};
use super::log::{log1p_pair, log1p_single};
use super::pair::{Pair, product, sum};
use super::{double, single};
use crate::extended::Extended;
use crate::float::Float;

/// `m / (m + 2)` with `m = e^(2|x|) - 1`.
#[inline(always)]
fn tanh<const FMA: bool>(x: f64) -> f64 {
    let m = expm1_pair::<FMA>(2.0 * x.abs());
    m.divide::<FMA>(m + Pair::from(2.0)).value().copysign(x)
}

/// `(m + m / (m + 1)) / 2` with `m = e^|x| - 1`.
#[inline(always)]
fn sinh<const FMA: bool>(x: f64) -> f64 {
    let m = expm1_pair::<FMA>(x.abs());
    let second = m.divide::<FMA>(m + Pair::from(1.0));
    (0.5 * (m + second).value()).copysign(x)
}

/// `(p + 1/p) / 2` with `p = e^|x|`.
#[inline(always)]
fn cosh<const FMA: bool>(x: f64) -> f64 {
    let p = expm1_pair::<FMA>(x.abs()) + Pair::from(1.0);
    0.5 * (p + Pair::from(1.0).divide::<FMA>(p)).value()
}

/// `log(1 + (a + a² / (1 + √(1 + a²))))`, `a = |x|`.
#[inline(always)]
fn arcsinh<const FMA: bool>(x: f64) -> f64 {
    let a = x.abs();
    let square = product::<FMA>(a, a);
    let root = (square + Pair::from(1.0)).sqrt::<FMA>();
    let argument = Pair::from(a) + square.divide::<FMA>(root + Pair::from(1.0));
    log1p_pair::<FMA>(argument).copysign(x)
}

/// `log(1 + (t + √(x² - 1)))`, `t = x - 1`.
#[inline(always)]
fn arccosh<const FMA: bool>(x: f64) -> f64 {
    let root = (product::<FMA>(x, x) + Pair::from(-1.0)).sqrt::<FMA>();
    log1p_pair::<FMA>(sum(x, -1.0) + root)
}

/// `log(1 + 2a / (1 - a)) / 2`, `a = |x|`.
#[inline(always)]
fn arctanh<const FMA: bool>(x: f64) -> f64 {
    let a = x.abs();
    let ratio = Pair::from(2.0 * a).divide::<FMA>(sum(1.0, -a));
    (0.5 * log1p_pair::<FMA>(ratio)).copysign(x)
}

#[inline(always)]
fn tanh_single<const FMA: bool>(x: f64) -> f64 {
    let m = expm1_single::<FMA>(2.0 * x.abs());
    (m / (m + 2.0)).copysign(x)
}

#[inline(always)]
fn sinh_single<const FMA: bool>(x: f64) -> f64 {
    let m = expm1_single::<FMA>(x.abs());
    (0.5 * (m + m / (m + 1.0))).copysign(x)
}

#[inline(always)]
fn cosh_single<const FMA: bool>(x: f64) -> f64 {
    let p = exp_single::<FMA>(x);
    0.5 * (p + 1.0 / p)
}

#[inline(always)]
fn arcsinh_single<const FMA: bool>(x: f64) -> f64 {
    let a = x.abs();
    let square = a * a;
    log1p_single::<FMA>(a + square / (1.0 + (1.0 + square).sqrt())).copysign(x)
}

#[inline(always)]
fn arccosh_single<const FMA: bool>(x: f64) -> f64 {
    let t = x - 1.0;
    log1p_single::<FMA>(t + (t * (t + 2.0)).sqrt())
}

#[inline(always)]
fn arctanh_single<const FMA: bool>(x: f64) -> f64 {
    let a = x.abs();
    (0.5 * log1p_single::<FMA>(2.0 * a / (1.0 - a))).copysign(x)
}

/// Special arguments by extended precision: C's double functions are off by almost 2 ULP near the end of the range.
macro_rules! near_overflow {
    ($name:ident) => {
        |x| {
            if x.is_nan() || x.abs() <= 1.0 {
                return Float::$name(x);
            }
            let value = Extended::from_f64(x).$name().to_f64();
            if value.is_infinite() && x.is_finite() {
                fp_status::raise(FpStatus::OVERFLOW);
            }
            value
        }
    };
}

double! { /// Hyperbolic tangent
Tanh, benign 1.0, odd 22.0, |x| tanh::<FMA>(x), Float::tanh }
double! { /// Hyperbolic sine
Sinh, benign 1.0, odd 700.0, |x| sinh::<FMA>(x), near_overflow!(sinh) }
double! { /// Hyperbolic cosine
Cosh, benign 1.0, |x| x.abs() <= 700.0, |x| cosh::<FMA>(x), near_overflow!(cosh) }
double! { /// Inverse hyperbolic sine
Arcsinh, benign 1.0, odd 1e150, |x| arcsinh::<FMA>(x), Float::asinh }
double! { /// Inverse hyperbolic cosine
Arccosh, benign 2.0, |x| (x > 1.0) & (x <= 1e150), |x| arccosh::<FMA>(x), Float::acosh }
double! { /// Inverse hyperbolic tangent
Arctanh, benign 0.5, odd 1.0 - f64::EPSILON / 2.0, |x| arctanh::<FMA>(x), Float::atanh }
single! { /// Hyperbolic tangent
TanhSingle, benign 1.0, odd 20.0, |x| tanh_single::<FMA>(x), Float::tanh }
single! { /// Hyperbolic sine
SinhSingle, benign 1.0, odd 89.4, |x| sinh_single::<FMA>(x), Float::sinh }
single! { /// Hyperbolic cosine
CoshSingle, benign 1.0, |x| x.abs() <= 89.4, |x| cosh_single::<FMA>(x), Float::cosh }
single! { /// Inverse hyperbolic sine
ArcsinhSingle, benign 1.0, odd f32::MAX, |x| arcsinh_single::<FMA>(x), Float::asinh }
single! { /// Inverse hyperbolic cosine
ArccoshSingle, benign 2.0, |x| (x > 1.0) & (x <= f32::MAX), |x| arccosh_single::<FMA>(x), Float::acosh }
single! { /// Inverse hyperbolic tangent
ArctanhSingle, benign 0.5, odd 1.0 - f32::EPSILON / 2.0, |x| arctanh_single::<FMA>(x), Float::atanh }
