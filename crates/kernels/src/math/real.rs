//! Functions of a real variable, by C's mathematical library, and what composes them.

use std::f64::consts::{LN_2, LOG2_E, PI};

use sharray_base::fp_status::{self, FpStatus};

use crate::float::Float;
use crate::isa::shell::{Binary, Unary, UnaryPair};

/// Functions of one variable: `Name = method;`, with a word for whether vector units compute it.
macro_rules! unary {
    ($blocks:literal: $($(#[$doc:meta])* $name:ident = $method:ident;)*) => { $(
        $(#[$doc])*
        pub struct $name;
        impl<T: Float> Unary<T> for $name {
            type Out = T;
            const BLOCKS: bool = $blocks && T::NATIVE;
            #[inline(always)]
            fn apply(a: T) -> T { Float::$method(a) }
        }
    )* };
}

unary! { false:
    /// Cube root
    Cbrt = cbrt;
    /// `e^a`
    Exp = exp;
    /// `2^a`
    Exp2 = exp2;
    /// `e^a - 1`
    Expm1 = expm1;
    /// Natural logarithm
    Log = log;
    /// Logarithm to base 2
    Log2 = log2;
    /// Logarithm to base 10
    Log10 = log10;
    /// `log(1 + a)`
    Log1p = log1p;
    /// Sine
    Sin = sin;
    /// Cosine
    Cos = cos;
    /// Tangent
    Tan = tan;
    /// Inverse sine
    Arcsin = asin;
    /// Inverse cosine
    Arccos = acos;
    /// Inverse tangent
    Arctan = atan;
    /// Hyperbolic sine
    Sinh = sinh;
    /// Hyperbolic cosine
    Cosh = cosh;
    /// Hyperbolic tangent
    Tanh = tanh;
    /// Inverse hyperbolic sine
    Arcsinh = asinh;
    /// Inverse hyperbolic cosine
    Arccosh = acosh;
    /// Inverse hyperbolic tangent
    Arctanh = atanh;
}

unary! { true:
    /// Square root
    Sqrt = sqrt;
    /// Rounded down
    Floor = floor;
    /// Rounded up
    Ceil = ceil;
    /// Rounded towards zero
    Trunc = trunc;
    /// Rounded to the nearest, ties to even
    Rint = rint;
    /// Magnitude
    Fabs = abs;
}

/// Functions of two variables.
macro_rules! binary {
    ($($(#[$doc:meta])* $name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        $(#[$doc])*
        pub struct $name;
        impl<T: Float> Binary<T> for $name {
            type Out = T;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply($a: T, $b: T) -> T { $value }
        }
    )* };
}

binary! {
    /// Angle of the point `(b, a)`
    Arctan2(a, b) = a.atan2(b);
    /// `√(a² + b²)` without overflow on the way
    Hypot(a, b) = a.hypot(b);
    /// Magnitude of `a` with the sign of `b`
    Copysign(a, b) = a.copysign(b);
    /// The neighbour of `a` towards `b`
    Nextafter(a, b) = a.nextafter(b);
    /// `log(e^a + e^b)`
    Logaddexp(a, b) = T::shorten(logaddexp(a.widen(), b.widen()));
    /// `log2(2^a + 2^b)`
    Logaddexp2(a, b) = T::shorten(logaddexp2(a.widen(), b.widen()));
    /// 0 below 0, 1 above, `b` at 0
    Heaviside(a, b) = heaviside(a, b);
}

/// `value` where the type is at most double precision, else the value computed in the type's own precision.
#[inline(always)]
pub fn constant<T: Float>(value: f64, exact: impl Fn() -> T) -> T {
    if T::EXTENDED { exact() } else { T::from_f64(value) }
}

/// `log(e^a + e^b)`.
#[inline(always)]
pub fn logaddexp<T: Float>(a: T, b: T) -> T {
    let doubled = constant(LN_2, || T::from_f64(2.0).log());
    sum_of_powers(a, b, doubled, |x| x.exp().log1p())
}

/// `log2(2^a + 2^b)`.
#[inline(always)]
pub fn logaddexp2<T: Float>(a: T, b: T) -> T {
    let factor = constant(LOG2_E, || T::one() / T::from_f64(2.0).log());
    sum_of_powers(a, b, T::one(), |x| factor * x.exp2().log1p())
}

/// Logarithm of the sum of two powers: the larger, plus what the smaller adds at their distance (`<= 0`).
#[inline(always)]
fn sum_of_powers<T: Float>(a: T, b: T, doubled: T, added: impl Fn(T) -> T) -> T {
    if a == b {
        // Also two infinities of one sign, whose difference is none.
        return a + doubled;
    }
    let difference = a - b;
    if difference.is_nan() {
        difference
    } else {
        let (larger, distance) = if difference > T::zero() { (a, -difference) } else { (b, difference) };
        if larger == T::zero() {
            return added(distance);
        }
        // That the smaller underflows does not matter.
        fp_status::discarding(|| larger + added(distance))
    }
}

#[inline(always)]
fn heaviside<T: Float>(a: T, b: T) -> T {
    if a.is_nan() {
        a
    } else if a == T::zero() {
        b
    } else if a < T::zero() {
        T::zero()
    } else {
        T::one()
    }
}

/// Radians to degrees
pub struct Degrees;
/// Degrees to radians
pub struct Radians;
/// Distance to the next larger magnitude
pub struct Spacing;

/// π in the type's own precision: four times the angle of the diagonal.
#[inline(always)]
fn pi<T: Float>() -> T {
    constant(PI, || T::from_f64(4.0) * T::one().atan())
}

/// `a` times a factor, which for single precision is not rounded to it.
#[inline(always)]
fn scaled<T: Float>(a: T, double: f64, exact: impl Fn() -> T::Wide) -> T {
    if size_of::<T>() == 4 { T::from_f64(a.to_f64() * double) } else { T::shorten(a.widen() * exact()) }
}

impl<T: Float> Unary<T> for Degrees {
    type Out = T;
    const BLOCKS: bool = T::NATIVE;
    #[inline(always)]
    fn apply(a: T) -> T {
        scaled(a, 180.0 / PI, || T::Wide::from_f64(180.0) / pi())
    }
}

impl<T: Float> Unary<T> for Radians {
    type Out = T;
    const BLOCKS: bool = T::NATIVE;
    #[inline(always)]
    fn apply(a: T) -> T {
        scaled(a, PI / 180.0, || pi::<T::Wide>() / T::Wide::from_f64(180.0))
    }
}

impl<T: Float> Unary<T> for Spacing {
    type Out = T;
    const BLOCKS: bool = false;
    fn apply(a: T) -> T {
        spacing(a)
    }
}

/// Distance to the neighbour away from zero (in half precision: to the next larger number), positive at 0.
fn spacing<T: Float>(a: T) -> T {
    let infinity = T::from_f64(f64::INFINITY);
    let half = size_of::<T>() == 2;
    if a.is_infinite() {
        if half {
            fp_status::raise(FpStatus::INVALID);
        }
        return T::from_f64(f64::NAN);
    }
    if a.is_nan() {
        if half {
            fp_status::raise(FpStatus::INVALID);
        }
        return a;
    }
    let outwards = if half || a == T::zero() { infinity } else { infinity.copysign(a) };
    // Tiny results are exact, whatever C's nextafter raises.
    let (next, distance) = fp_status::discarding(|| {
        let next = a.nextafter(outwards);
        (next, next - a)
    });
    if next.is_infinite() {
        fp_status::raise(if T::EXTENDED { FpStatus::INVALID } else { FpStatus::OVERFLOW });
        return if T::EXTENDED { T::from_f64(f64::NAN) } else { distance };
    }
    distance
}

/// Fraction and whole part
pub struct Modf;
/// Mantissa and exponent
pub struct Frexp;
/// `a · 2^b`
pub struct Ldexp;

impl<T: Float> UnaryPair<T> for Modf {
    type First = T;
    type Second = T;
    #[inline(always)]
    fn apply(a: T) -> (T, T) {
        a.modf()
    }
}

impl<T: Float> UnaryPair<T> for Frexp {
    type First = T;
    type Second = i32;
    #[inline(always)]
    fn apply(a: T) -> (T, i32) {
        a.frexp()
    }
}

impl<T: Float> Binary<T, i32> for Ldexp {
    type Out = T;
    const BLOCKS: bool = false;
    #[inline(always)]
    fn apply(a: T, b: i32) -> T {
        a.ldexp(b)
    }
}

impl<T: Float> Binary<T, i64> for Ldexp {
    type Out = T;
    const BLOCKS: bool = false;
    #[inline(always)]
    fn apply(a: T, b: i64) -> T {
        // Any exponent beyond these over- or underflows all the same.
        a.ldexp(b.clamp(-100_000, 100_000) as i32)
    }
}
