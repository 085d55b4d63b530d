//! Questions about one number. Integers and bools are always finite.

use crate::element::{Complex, Time, Truth};
use crate::float::Float;
use crate::isa::shell::Unary;

/// Not a number (or not a time)
pub struct IsNan;
/// Not a time
pub struct IsNat;
/// Infinite
pub struct IsInf;
/// Neither infinite nor NaN
pub struct IsFinite;
/// The sign bit is set
pub struct SignBit;

macro_rules! float {
    ($($name:ident($a:ident) = $value:expr, $parts:tt;)*) => { $(
        impl<T: Float> Unary<T> for $name {
            type Out = Truth;
            const BLOCKS: bool = T::NATIVE || size_of::<T>() == 2;
            #[inline(always)]
            fn apply($a: T) -> Truth { Truth::from($value) }
        }
        impl<T: Float> Unary<Complex<T>> for $name {
            type Out = Truth;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply(z: Complex<T>) -> Truth {
                let of = |$a: T| $value;
                Truth::from(of(z.re) $parts of(z.im))
            }
        }
    )* };
}
float! {
    IsNan(a) = a.is_nan(), |;
    IsInf(a) = a.is_infinite(), |;
    IsFinite(a) = a.is_finite(), &;
    SignBit(a) = a.is_sign_negative(), |;
}

macro_rules! constant {
    ($($type:ty)*) => { $(
        constant!(@ $type, IsNan, false);
        constant!(@ $type, IsInf, false);
        constant!(@ $type, IsFinite, true);
    )* };
    (@ $type:ty, $name:ident, $value:literal) => {
        impl Unary<$type> for $name {
            type Out = Truth;
            #[inline(always)]
            fn apply(_a: $type) -> Truth { Truth::from($value) }
        }
    };
}
constant!(Truth i8 u8 i16 u16 i32 u32 i64 u64);

macro_rules! time {
    ($($name:ident($a:ident) = $value:expr;)*) => { $(
        impl Unary<Time> for $name {
            type Out = Truth;
            #[inline(always)]
            fn apply($a: Time) -> Truth { Truth::from($value) }
        }
    )* };
}
time! {
    IsNan(a) = a.is_nat();
    IsNat(a) = a.is_nat();
    IsInf(_a) = false;
    IsFinite(a) = !a.is_nat();
}
