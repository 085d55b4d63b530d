//! Operations on bits: of integers, and of truth values where they have a meaning.

use crate::element::Truth;
use crate::isa::shell::{Binary, Unary};
use crate::reduce;

/// `a & b`
pub struct And;
/// `a | b`
pub struct Or;
/// `a ^ b`
pub struct Xor;
/// `!a`
pub struct Invert;
/// `a << b`
pub struct LeftShift;
/// `a >> b`
pub struct RightShift;
/// Number of ones in `|a|`
pub struct Count;

macro_rules! lanes {
    ($type:ty; $($name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        impl Binary<$type> for $name {
            type Out = $type;
            #[inline(always)]
            fn apply($a: $type, $b: $type) -> $type { $value }
            #[inline(always)]
            unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
                // SAFETY: the same contract.
                unsafe { reduce::in_lanes::<$type, { reduce::lanes::<$type>() }>(total, (source, n, step), Self::apply) }
            }
        }
    )* };
}

/// A shift by the width or more, or by a negative count, shifts everything out.
macro_rules! integers {
    ($($type:ty, $magnitude:expr, $emptied:expr;)*) => { $(
        lanes! { $type; And(a, b) = a & b; Or(a, b) = a | b; Xor(a, b) = a ^ b; }
        impl Unary<$type> for Invert {
            type Out = $type;
            #[inline(always)]
            fn apply(a: $type) -> $type { !a }
        }
        impl Unary<$type> for Count {
            type Out = u8;
            #[inline(always)]
            fn apply(a: $type) -> u8 { $magnitude(a).count_ones() as u8 }
        }
        impl Binary<$type> for LeftShift {
            type Out = $type;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type {
                let fits = (b as u64) < <$type>::BITS as u64;
                let shifted = a.wrapping_shl(b as u32);
                if fits { shifted } else { 0 }
            }
        }
        impl Binary<$type> for RightShift {
            type Out = $type;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type {
                let fits = (b as u64) < <$type>::BITS as u64;
                let shifted = a.wrapping_shr(b as u32);
                if fits { shifted } else { $emptied(a) }
            }
        }
    )* };
}

integers! {
    i8, i8::unsigned_abs, |a| a >> 7; i16, i16::unsigned_abs, |a| a >> 15;
    i32, i32::unsigned_abs, |a| a >> 31; i64, i64::unsigned_abs, |a| a >> 63;
    u8, |a: u8| a, |_| 0; u16, |a: u16| a, |_| 0; u32, |a: u32| a, |_| 0; u64, |a: u64| a, |_| 0;
}

lanes! { Truth;
    And(a, b) = Truth::from(a.get() & b.get());
    Or(a, b) = Truth::from(a.get() | b.get());
    Xor(a, b) = Truth::from(a.get() ^ b.get());
}

impl Unary<Truth> for Invert {
    type Out = Truth;
    #[inline(always)]
    fn apply(a: Truth) -> Truth {
        Truth::from(!a.get())
    }
}
