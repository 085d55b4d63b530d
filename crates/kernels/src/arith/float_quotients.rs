//! Floor quotients and remainders of floats at vector speed, exactly as the scalar forms in [`super::float`] give them.
//!
//! For operands in the middle of the exponents' range and ratios well below the precision, the rounded ratio's floor is
//! the true quotient or one more; a fused multiply-add gives the remainder with one rounding, which is exact unless
//! the scalar form rounds there too, and its sign tells which of the two it was.

use super::{FloorDivide, Fmod, Remainder};
use crate::isa::ordinary::Ordinary;

macro_rules! quotients {
    ($($t:ty, $bits:ty, $low:literal, $high:literal, $limit:literal;)*) => { $(
        impl Exact for $t {
            #[inline(always)]
            fn middling(self) -> bool {
                let magnitude = self.to_bits() << 1 >> 1;
                const LOW: $bits = ($low as $t).to_bits();
                const HIGH: $bits = ($high as $t).to_bits();
                magnitude.wrapping_sub(LOW) <= HIGH - LOW
            }
            #[inline(always)]
            fn is_zero(self) -> bool {
                self.to_bits() << 1 == 0
            }
            #[inline(always)]
            fn floored(self, b: $t) -> ($t, $t, bool) {
                let ratio = self / b;
                let quotient = ratio.floor();
                let rest = (-quotient).mul_add(b, self);
                let over = (rest != 0.0) & ((rest < 0.0) != (b < 0.0));
                let (one, back) = if over { (1.0, b) } else { (0.0, 0.0) };
                let (quotient, rest) = (quotient - one, rest + back);
                let rest = if rest == 0.0 { (0.0 as $t).copysign(b) } else { rest };
                (quotient, rest, ratio.abs() < $limit)
            }
            #[inline(always)]
            fn truncated(self, b: $t) -> ($t, bool) {
                let ratio = self / b;
                let rest = (-ratio.trunc()).mul_add(b, self);
                let over = (rest != 0.0) & ((rest < 0.0) != (self < 0.0));
                let rest = rest + if over { b.abs().copysign(self) } else { 0.0 };
                (if rest == 0.0 { (0.0 as $t).copysign(self) } else { rest }, ratio.abs() < $limit)
            }
        }
        impl Ordinary<$t> for FloorDivide {
            const BENIGN: ($t, $t) = (1.0, 1.0);
            const BLANK: $t = 0.0;
            const FUSED: bool = true;
            #[inline(always)]
            fn ordinary(a: $t, b: $t) -> bool { (a.middling() | a.is_zero()) & b.middling() }
            #[inline(always)]
            fn eval(a: $t, b: $t) -> ($t, bool) {
                let (quotient, _, good) = a.floored(b);
                (quotient, good)
            }
        }
        impl Ordinary<$t> for Remainder {
            const BENIGN: ($t, $t) = (1.0, 1.0);
            const BLANK: $t = 0.0;
            const FUSED: bool = true;
            #[inline(always)]
            fn ordinary(a: $t, b: $t) -> bool { (a.middling() | a.is_zero()) & b.middling() }
            #[inline(always)]
            fn eval(a: $t, b: $t) -> ($t, bool) {
                let (_, rest, good) = a.floored(b);
                (rest, good)
            }
        }
        impl Ordinary<$t> for Fmod {
            const BENIGN: ($t, $t) = (1.0, 1.0);
            const BLANK: $t = 0.0;
            const FUSED: bool = true;
            #[inline(always)]
            fn ordinary(a: $t, b: $t) -> bool { (a.middling() | a.is_zero()) & b.middling() }
            #[inline(always)]
            fn eval(a: $t, b: $t) -> ($t, bool) { a.truncated(b) }
        }
    )* };
}

/// A float whose quotients are found so.
trait Exact: Copy {
    /// Neither so large nor so small that a ratio or product of two could overflow or lose digits.
    fn middling(self) -> bool;
    /// Either zero.
    fn is_zero(self) -> bool;
    /// Quotient rounded down, the remainder with the sign of `b`, and whether they are right.
    fn floored(self, b: Self) -> (Self, Self, bool);
    /// The remainder with the sign of `self`, and whether it is right.
    fn truncated(self, b: Self) -> (Self, bool);
}

quotients! {
    f64, u64, 1e-140, 1e140, 1125899906842624.0;
    f32, u32, 1e-15, 1e15, 2097152.0;
}
