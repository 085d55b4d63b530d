//! Vectorised functions, one family a file. Double precision is within 1 ULP of the true value; single precision is computed in
//! double and rounded once, so that it is nearly always the nearest number.
//!
//! Coefficients are Taylor's: one or two terms more than a minimax polynomial would need, and each
//! can be checked by eye.

pub mod exp;
pub mod hyperbolic;
pub mod log;
pub mod pair;
pub mod trig;

/// 1.5 · 2^52: adding it rounds to an integer, which then stands in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// The nearest integer to `x` (`|x| < 2^31`), as a float and in the low bits of an integer.
#[inline(always)]
fn nearest(x: f64) -> (f64, u64) {
    let shifted = x + ROUNDER;
    (shifted - ROUNDER, shifted.to_bits())
}

/// Declares a single-precision kernel computed in double precision.
macro_rules! single {
    ($(#[$doc:meta])* $name:ident, benign $benign:literal, |$a:ident| $ordinary:expr, |$x:ident| $eval:expr, $special:ident) => {
        $(#[$doc])*
        pub struct $name;
        impl crate::math::vector::Kernel for $name {
            type Value = f32;
            const BENIGN: f32 = $benign;
            #[inline(always)]
            fn ordinary($a: f32) -> bool { $ordinary }
            #[inline(always)]
            fn eval<const FMA: bool>($x: f32) -> f32 {
                let $x = $x as f64;
                let value: f64 = $eval;
                value as f32
            }
            fn special(x: f32) -> f32 { crate::float::Float::$special(x) }
        }
    };
}

/// Declares a double-precision kernel.
macro_rules! double {
    ($(#[$doc:meta])* $name:ident, benign $benign:literal, |$a:ident| $ordinary:expr, |$x:ident| $eval:expr, $special:ident) => {
        $(#[$doc])*
        pub struct $name;
        impl crate::math::vector::Kernel for $name {
            type Value = f64;
            const BENIGN: f64 = $benign;
            #[inline(always)]
            fn ordinary($a: f64) -> bool { $ordinary }
            #[inline(always)]
            fn eval<const FMA: bool>($x: f64) -> f64 { $eval }
            fn special(x: f64) -> f64 { crate::float::Float::$special(x) }
        }
    };
}
use {double, single};
