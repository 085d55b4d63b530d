//! Functions of a real variable, by C's mathematical library, and what composes them.

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
    Logaddexp(a, b) = logaddexp(a, b, T::from_f64(2.0).log(), T::exp, T::log1p);
    /// `log2(2^a + 2^b)`
    Logaddexp2(a, b) = logaddexp(a, b, T::one(), T::exp2, |x| x.log1p() / T::from_f64(2.0).log());
    /// 0 below 0, 1 above, `b` at 0
    Heaviside(a, b) = heaviside(a, b);
}

#[inline(always)]
fn logaddexp<T: Float>(a: T, b: T, doubled: T, power: impl Fn(T) -> T, log1p: impl Fn(T) -> T) -> T {
    if a == b {
        // Also two infinities of one sign, whose difference is none.
        return a + doubled;
    }
    let difference = a - b;
    if difference > T::zero() {
        a + log1p(power(-difference))
    } else if difference <= T::zero() {
        b + log1p(power(difference))
    } else {
        difference
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

#[inline(always)]
fn pi<T: Float>() -> T {
    // Four times the angle of the diagonal: π in the type's own precision.
    if T::NATIVE { T::from_f64(std::f64::consts::PI) } else { T::from_f64(4.0) * T::one().atan() }
}

impl<T: Float> Unary<T> for Degrees {
    type Out = T;
    const BLOCKS: bool = T::NATIVE;
    #[inline(always)]
    fn apply(a: T) -> T {
        a * (T::from_f64(180.0) / pi())
    }
}

impl<T: Float> Unary<T> for Radians {
    type Out = T;
    const BLOCKS: bool = T::NATIVE;
    #[inline(always)]
    fn apply(a: T) -> T {
        a * (pi::<T>() / T::from_f64(180.0))
    }
}

impl<T: Float> Unary<T> for Spacing {
    type Out = T;
    const BLOCKS: bool = false;
    #[inline(always)]
    fn apply(a: T) -> T {
        let outwards = T::from_f64(f64::INFINITY).copysign(a);
        if a.is_infinite() { T::from_f64(f64::NAN) } else { a.nextafter(outwards) - a }
    }
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
