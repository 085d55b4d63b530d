//! Integer quotients and remainders by the floating-point unit, which divides several numbers at once and sooner than
//! the integer unit divides one. Numbers of up to 16 bits divide in single precision, of 32 bits in double: the rounded
//! quotient is then never above the next integer. Of 64 bits those below 2^51 do, where the rounded quotient may reach
//! an integer it should not; the remainder's sign tells.
//!
//! Division by zero and the one overflow are for the scalar form, which raises flags.

use super::int::Int;
use super::{FloorDivide, Fmod, Remainder};
use crate::isa::ordinary::Ordinary;

/// A type that the floating-point unit divides.
trait Divided: Int {
    /// 1, the benign divisor.
    const ONE: Self;
    /// False for zero divisors, the overflowing quotient and numbers that are too large.
    fn divides(self, b: Self) -> bool;
    /// Quotient rounded towards zero and the remainder with the sign of `self`.
    fn truncated(self, b: Self) -> (Self, Self);
    /// Quotient rounded down and the remainder with the sign of `b`.
    fn floored(self, b: Self) -> (Self, Self);
}

macro_rules! narrow_signed {
    ($($t:ty, $float:ty, $machine:ty;)*) => { $(
        impl Divided for $t {
            const ONE: $t = 1;
            #[inline(always)]
            fn divides(self, b: $t) -> bool {
                (b != 0) & ((b != -1) | (self != <$t>::MIN))
            }
            #[inline(always)]
            fn truncated(self, b: $t) -> ($t, $t) {
                let ratio = <$float>::from(self) / <$float>::from(b);
                // SAFETY: the divisor is not zero, so the quotient of the two is finite and no larger than `self`.
                let quotient = unsafe { ratio.to_int_unchecked::<$machine>() } as $t;
                (quotient, self.wrapping_sub(quotient.wrapping_mul(b)))
            }
            #[inline(always)]
            fn floored(self, b: $t) -> ($t, $t) {
                let (quotient, rest) = self.truncated(b);
                let lower = (rest != 0) & ((rest ^ b) < 0);
                (quotient.wrapping_sub(lower as $t), rest.wrapping_add(if lower { b } else { 0 }))
            }
        }
    )* };
}
narrow_signed! { i8, f32, i32; i16, f32, i32; i32, f64, i32; }

macro_rules! narrow_unsigned {
    ($($t:ty, |$ratio:ident: $float:ty| $quotient:expr;)*) => { $(
        impl Divided for $t {
            const ONE: $t = 1;
            #[inline(always)]
            fn divides(self, b: $t) -> bool {
                b != 0
            }
            #[inline(always)]
            fn truncated(self, b: $t) -> ($t, $t) {
                let $ratio = <$float>::from(self) / <$float>::from(b);
                let quotient: $t = $quotient;
                (quotient, self.wrapping_sub(quotient.wrapping_mul(b)))
            }
            #[inline(always)]
            fn floored(self, b: $t) -> ($t, $t) {
                self.truncated(b)
            }
        }
    )* };
}
narrow_unsigned! {
    // SAFETY: the divisor is not zero, so the quotient is finite and fits.
    u8, |ratio: f32| unsafe { ratio.to_int_unchecked::<i32>() } as u8;
    // SAFETY: as above.
    u16, |ratio: f32| unsafe { ratio.to_int_unchecked::<i32>() } as u16;
    // 2^52 and an integer below it leave the integer in the low bits.
    u32, |ratio: f64| (ratio.trunc() + 4503599627370496.0).to_bits() as u32;
}

/// 2^52 + 2^51: added to it, integers from -2^51 to 2^51 lie in the low bits of the sum.
const MAGIC: f64 = 6755399441055744.0;

/// An integer of magnitude up to 2^51 as a float.
#[inline(always)]
fn to_float(value: i64) -> f64 {
    f64::from_bits((value as u64).wrapping_add(MAGIC.to_bits())) - MAGIC
}

/// An integral float of magnitude up to 2^51 as an integer.
#[inline(always)]
fn to_integer(value: f64) -> i64 {
    (value + MAGIC).to_bits().wrapping_sub(MAGIC.to_bits()) as i64
}

/// Floor quotient and remainder of two integers of less than 2^51: products and differences are exact.
#[inline(always)]
fn floor_wide(a: i64, b: i64) -> (i64, i64) {
    let (x, y) = (to_float(a), to_float(b));
    let quotient = (x / y).floor();
    let rest = x - quotient * y;
    // Of the wrong sign when the rounded ratio had reached the next integer.
    let over = (rest != 0.0) & ((rest < 0.0) != (y < 0.0));
    let (one, back) = if over { (1.0, y) } else { (0.0, 0.0) };
    (to_integer(quotient - one), to_integer(rest + back))
}

const LIMIT: i64 = 1 << 51;

impl Divided for i64 {
    const ONE: i64 = 1;
    #[inline(always)]
    fn divides(self, b: i64) -> bool {
        let small = |v: i64| (v.wrapping_add(LIMIT - 1) as u64) < 2 * LIMIT as u64 - 1;
        small(self) & small(b) & (b != 0)
    }
    #[inline(always)]
    fn truncated(self, b: i64) -> (i64, i64) {
        let (quotient, rest) = floor_wide(self, b);
        let upper = (rest != 0) & ((rest ^ self) < 0);
        (quotient + upper as i64, rest - if upper { b } else { 0 })
    }
    #[inline(always)]
    fn floored(self, b: i64) -> (i64, i64) {
        floor_wide(self, b)
    }
}

impl Divided for u64 {
    const ONE: u64 = 1;
    #[inline(always)]
    fn divides(self, b: u64) -> bool {
        (self < LIMIT as u64) & (b < LIMIT as u64) & (b != 0)
    }
    #[inline(always)]
    fn truncated(self, b: u64) -> (u64, u64) {
        let (quotient, rest) = floor_wide(self as i64, b as i64);
        (quotient as u64, rest as u64)
    }
    #[inline(always)]
    fn floored(self, b: u64) -> (u64, u64) {
        self.truncated(b)
    }
}

macro_rules! operations {
    ($($name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        operations!(@ $name, |$a, $b| $value; i8 u8 i16 u16 i32 u32 i64 u64);
    )* };
    (@ $name:ident, |$a:ident, $b:ident| $value:expr; $($t:ty)*) => { $(
        impl Ordinary<$t> for $name {
            const BENIGN: ($t, $t) = (<$t as Divided>::ONE, <$t as Divided>::ONE);
            const BLANK: $t = 0;
            #[inline(always)]
            fn ordinary(a: $t, b: $t) -> bool {
                a.divides(b)
            }
            #[inline(always)]
            fn eval($a: $t, $b: $t) -> ($t, bool) {
                ($value, true)
            }
        }
    )* };
}

operations! {
    FloorDivide(a, b) = a.floored(b).0;
    Remainder(a, b) = a.floored(b).1;
    Fmod(a, b) = a.truncated(b).1;
}
