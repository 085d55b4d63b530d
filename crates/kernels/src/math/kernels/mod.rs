//! Vectorised functions, one family a file. Double precision is within 1 ULP of the true value; single precision is computed in
//! double and rounded once, so that it is nearly always the nearest number.
//!
//! Coefficients are minimax, by Remez's exchange in 160-bit arithmetic, with the error relative to the whole function;
//! beside each list stands the largest error.

pub mod angle;
pub mod complex;
pub mod exp;
pub mod hyperbolic;
pub mod log;
pub mod pair;
pub mod power;
pub mod root;
pub mod sums;
pub mod trig;

use sharray_base::fp_status::{self, FpStatus};

/// 1.5 · 2^52: adding it rounds to an integer, which then stands in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// The nearest integer to `x` (`|x| < 2^31`), as a float and in the low bits of an integer.
#[inline(always)]
fn nearest(x: f64) -> (f64, u64) {
    let shifted = x + ROUNDER;
    (shifted - ROUNDER, shifted.to_bits())
}

/// `low <= x <= high` without a branch, which would keep a loop from being vectorised.
#[inline(always)]
fn within<T: PartialOrd>(x: T, low: T, high: T) -> bool {
    (x >= low) & (x <= high)
}

/// Declares a kernel of one single-precision argument, computed in double precision; so is what is special, and then
/// rounded, which raises the flags of a result too large or too small.
///
/// `odd limit` instead of what is ordinary: a function that is about its argument near 0. Its ordinary arguments are 0 and
/// normal numbers up to the limit; at others the result underflows.
macro_rules! single {
    ($(#[$doc:meta])* $name:ident, benign $benign:literal, odd $limit:expr, |$x:ident| $eval:expr, $special:expr) => {
        single! { $(#[$doc])* $name, benign $benign,
            |x| (x.abs() <= $limit) & ((x.abs() >= f32::MIN_POSITIVE) | (x == 0.0)),
            |x| crate::math::kernels::within(x.abs(), f32::MIN_POSITIVE, $limit), |$x| $eval,
            |x| crate::math::kernels::tiny_or(x, $special) }
    };
    ($(#[$doc:meta])* $name:ident, benign $benign:literal, |$a:ident| $ordinary:expr, |$x:ident| $eval:expr, $special:expr) => {
        single! { $(#[$doc])* $name, benign $benign, |$a| $ordinary, |$a| $ordinary, |$x| $eval, $special }
    };
    ($(#[$doc:meta])* $name:ident, benign $benign:literal, |$a:ident| $ordinary:expr, |$b:ident| $plain:expr,
        |$x:ident| $eval:expr, $special:expr) => {
        $(#[$doc])*
        pub struct $name;
        impl crate::math::vector::Kernel for $name {
            type A = f32;
            type B = ();
            type Out = f32;
            const BENIGN: (f32, ()) = ($benign, ());
            #[inline(always)]
            fn eval<const FMA: bool>($x: f32, _: ()) -> f32 {
                let $x = $x as f64;
                let value: f64 = $eval;
                value as f32
            }
            #[inline(always)]
            fn computed($a: f32, _: (), _: f32) -> bool { $ordinary }
            #[inline(always)]
            fn plainly($b: f32, _: (), _: f32) -> bool { $plain }
            fn special(x: f32, _: ()) -> f32 {
                let special: fn(f64) -> f64 = $special;
                special(x as f64) as f32
            }
        }
    };
}

/// `special` of a single-precision number, which is about the number where that is tiny.
fn tiny_or(x: f64, special: fn(f64) -> f64) -> f64 {
    underflowing(x);
    special(x)
}

/// Raises underflow for what is subnormal in single precision, where double precision does not show that it is
/// inexact. Integers are compared: comparing numbers with NaN may raise a flag.
fn underflowing(x: f64) {
    let magnitude = x.abs().to_bits();
    if magnitude != 0 && magnitude < (f32::MIN_POSITIVE as f64).to_bits() {
        fp_status::raise(FpStatus::UNDERFLOW);
    }
}

/// Declares a kernel of one double-precision argument. `odd limit` as for single precision.
macro_rules! double {
    ($(#[$doc:meta])* $name:ident, benign $benign:literal, odd $limit:expr, |$x:ident| $eval:expr, $special:expr) => {
        double! { $(#[$doc])* $name, benign $benign,
            |x| (x.abs() <= $limit) & ((x.abs() >= f64::MIN_POSITIVE) | (x == 0.0)),
            |x| crate::math::kernels::within(x.abs(), f64::MIN_POSITIVE, $limit), |$x| $eval, $special }
    };
    ($(#[$doc:meta])* $name:ident, benign $benign:literal, |$a:ident| $ordinary:expr, |$x:ident| $eval:expr, $special:expr) => {
        double! { $(#[$doc])* $name, benign $benign, |$a| $ordinary, |$a| $ordinary, |$x| $eval, $special }
    };
    ($(#[$doc:meta])* $name:ident, benign $benign:literal, |$a:ident| $ordinary:expr, |$b:ident| $plain:expr,
        |$x:ident| $eval:expr, $special:expr) => {
        $(#[$doc])*
        pub struct $name;
        impl crate::math::vector::Kernel for $name {
            type A = f64;
            type B = ();
            type Out = f64;
            const BENIGN: (f64, ()) = ($benign, ());
            #[inline(always)]
            fn eval<const FMA: bool>($x: f64, _: ()) -> f64 { $eval }
            #[inline(always)]
            fn computed($a: f64, _: (), _: f64) -> bool { $ordinary }
            #[inline(always)]
            fn plainly($b: f64, _: (), _: f64) -> bool { $plain }
            fn special(x: f64, _: ()) -> f64 {
                let special: fn(f64) -> f64 = $special;
                special(x)
            }
        }
    };
}

/// Declares a kernel of two arguments of one type, computed in double precision;
/// single precision's special results are computed in double and rounded.
macro_rules! two {
    ($(#[$doc:meta])* $name:ident: $type:ty, |$a:ident, $b:ident| $eval:expr,
        |$x:pat_param, $y:pat_param, $value:ident| $computed:expr, |$plain:ident| $plainly:expr, $special:expr) => {
        $(#[$doc])*
        pub struct $name;
        impl crate::math::vector::Kernel for $name {
            type A = $type;
            type B = $type;
            type Out = $type;
            const BENIGN: ($type, $type) = (1.0, 1.0);
            #[inline(always)]
            fn eval<const FMA: bool>($a: $type, $b: $type) -> $type {
                let ($a, $b) = ($a as f64, $b as f64);
                let value: f64 = $eval;
                value as $type
            }
            #[inline(always)]
            fn computed($x: $type, $y: $type, $value: $type) -> bool { $computed }
            #[inline(always)]
            fn plainly(_: $type, _: $type, $plain: $type) -> bool { $plainly }
            fn special(a: $type, b: $type) -> $type {
                let special: fn(f64, f64) -> f64 = $special;
                special(a as f64, b as f64) as $type
            }
        }
    };
}
use {double, single, two};
