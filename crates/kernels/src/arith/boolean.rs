//! Arithmetic of truth values: sum is "or", product is "and".

use super::*;
use crate::element::Truth;
use crate::isa::shell::{Binary, Ternary, Unary};
use crate::reduce;

/// Binary operations on truth values.
macro_rules! truth {
    ($($name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        impl Binary<Truth> for $name {
            type Out = Truth;
            #[inline(always)]
            fn apply(a: Truth, b: Truth) -> Truth {
                let ($a, $b) = (a.get(), b.get());
                Truth::from($value)
            }
            #[inline(always)]
            unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
                // SAFETY: the same contract.
                unsafe { reduce::in_lanes::<Truth, { reduce::lanes::<Truth>() }>(total, (source, n, step), Self::apply) }
            }
        }
    )* };
}

truth! {
    Add(a, b) = a | b;
    Multiply(a, b) = a & b;
    Maximum(a, b) = a | b;
    Minimum(a, b) = a & b;
}

impl Unary<Truth> for Absolute {
    type Out = Truth;
    #[inline(always)]
    fn apply(a: Truth) -> Truth {
        Truth::from(a.get())
    }
}

impl Unary<Truth> for OnesLike {
    type Out = Truth;
    #[inline(always)]
    fn apply(_a: Truth) -> Truth {
        Truth(1)
    }
}

impl Ternary<Truth> for Clip {
    #[inline(always)]
    fn apply(a: Truth, low: Truth, high: Truth) -> Truth {
        Truth::from((a.get() | low.get()) & high.get())
    }
}
