//! Integer arithmetic: wraps around silently; division by zero gives 0 and raises the divide-by-zero flag, as does an
//! overflowing division the overflow flag.

use sharray_base::error::Error;
use sharray_base::fault;
use sharray_base::fp_status::{self, FpStatus};

use super::invariant::Invariant;
use super::*;
use crate::isa::shell::{Binary, BinaryPair, Ternary, Unary};
use crate::reduce;

#[cold]
#[inline(never)]
fn raise(status: FpStatus) {
    fp_status::raise(status);
}

#[cold]
#[inline(never)]
fn negative_exponent() {
    if !fault::is_set() {
        fault::set(Error::Value("Integers to negative integer powers are not allowed.".into()));
    }
}

/// What the operations need beyond the operators.
pub trait Int: crate::element::Element + Ord {
    /// Quotient rounded down, its overflow wrapped, 0 for division by zero; raises flags.
    fn floor_div(self, b: Self) -> Self;
    /// Remainder with the divisor's sign, 0 for division by zero; raises flags.
    fn floor_mod(self, b: Self) -> Self;
    /// C's remainder, 0 for division by zero; raises flags.
    fn c_mod(self, b: Self) -> Self;
    /// `1 / a`: 0 unless `a` is 1 or -1.
    fn reciprocal(self) -> Self;
    /// True when the power takes the same few steps for every exponent: then it is computed by blocks.
    const POWER_IN_BLOCKS: bool = size_of::<Self>() <= 2 && !Self::SIGNED;
    /// True for types with negative values.
    const SIGNED: bool;
    /// `a^b`, wrapped. Leaves a fault for a negative exponent.
    fn power(self, b: Self) -> Self;
    /// -1, 0 or 1.
    fn sign(self) -> Self;
    /// `|a|`, wrapped.
    fn magnitude(self) -> Self;
}

macro_rules! int_common {
    ($type:ty) => {
        const SIGNED: bool = <$type>::MIN != 0;
        #[inline(always)]
        fn c_mod(self, b: Self) -> Self {
            if b == 0 {
                raise(FpStatus::DIVIDE_BY_ZERO);
                return 0;
            }
            self.wrapping_rem(b)
        }
        #[inline(always)]
        #[allow(unused_comparisons, reason = "unsigned exponents are never negative")]
        fn power(self, b: Self) -> Self {
            if b < 0 {
                negative_exponent();
                return 0;
            }
            let (mut result, mut factor, mut rest): ($type, $type, $type) = (1, self, b);
            if <Self as Int>::POWER_IN_BLOCKS {
                for bit in 0..<$type>::BITS {
                    result = result.wrapping_mul(if b >> bit & 1 != 0 { factor } else { 1 });
                    factor = factor.wrapping_mul(factor);
                }
                return result;
            }
            while rest > 0 {
                if rest & 1 != 0 {
                    result = result.wrapping_mul(factor);
                }
                factor = factor.wrapping_mul(factor);
                rest >>= 1;
            }
            result
        }
    };
}

macro_rules! signed {
    ($($type:ty)*) => { $(
        impl Int for $type {
            #[inline(always)]
            fn floor_div(self, b: Self) -> Self {
                if b == 0 {
                    raise(FpStatus::DIVIDE_BY_ZERO);
                    return 0;
                }
                if b == -1 && self == <$type>::MIN {
                    raise(FpStatus::OVERFLOW);
                    return <$type>::MIN;
                }
                // Without a branch: the signs of random operands can't be foreseen.
                let (quotient, rest) = (self / b, self % b);
                quotient - (((self ^ b) < 0) & (rest != 0)) as $type
            }
            #[inline(always)]
            fn floor_mod(self, b: Self) -> Self {
                let rest = self.c_mod(b);
                rest + if (rest != 0) & ((rest ^ b) < 0) { b } else { 0 }
            }
            #[inline(always)]
            fn reciprocal(self) -> Self {
                match self {
                    1 | -1 => self,
                    0 => {
                        // As if 1.0 / 0.0 were converted: the lowest value where the hardware converts to the type.
                        raise(FpStatus::DIVIDE_BY_ZERO | FpStatus::INVALID);
                        if size_of::<$type>() < 4 { 0 } else { <$type>::MIN }
                    }
                    _ => 0,
                }
            }
            #[inline(always)]
            fn sign(self) -> Self {
                self.signum()
            }
            #[inline(always)]
            fn magnitude(self) -> Self {
                self.wrapping_abs()
            }
            int_common!($type);
        }
    )* };
}
macro_rules! unsigned {
    ($($type:ty)*) => { $(
        impl Int for $type {
            #[inline(always)]
            fn floor_div(self, b: Self) -> Self {
                if b == 0 {
                    raise(FpStatus::DIVIDE_BY_ZERO);
                    return 0;
                }
                self / b
            }
            #[inline(always)]
            fn floor_mod(self, b: Self) -> Self {
                self.c_mod(b)
            }
            #[inline(always)]
            fn reciprocal(self) -> Self {
                if self == 0 {
                    raise(FpStatus::DIVIDE_BY_ZERO | FpStatus::INVALID);
                }
                (self == 1) as $type
            }
            #[inline(always)]
            fn sign(self) -> Self {
                (self != 0) as $type
            }
            #[inline(always)]
            fn magnitude(self) -> Self {
                self
            }
            int_common!($type);
        }
    )* };
}
signed!(i8 i16 i32 i64);
unsigned!(u8 u16 u32 u64);

/// Operations of every integer type: `binary Name(a, b) = expression;`, with `lanes` when a fold may be reordered.
macro_rules! operations {
    (@each $type:ty; { $($rest:tt)* }) => { operations!(@ $type; $($rest)*); };
    (@ $type:ty; lanes $name:ident($a:ident, $b:ident) = $value:expr; $($rest:tt)*) => {
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
        operations!(@ $type; $($rest)*);
    };
    (@ $type:ty; fast $name:ident($a:ident, $b:ident) = $value:expr; $($rest:tt)*) => {
        impl Binary<$type> for $name {
            type Out = $type;
            #[inline(always)]
            fn apply($a: $type, $b: $type) -> $type { $value }
        }
        operations!(@ $type; $($rest)*);
    };
    (@ $type:ty; slow $name:ident($a:ident, $b:ident) = $value:expr; $($rest:tt)*) => {
        impl Binary<$type> for $name {
            type Out = $type;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply($a: $type, $b: $type) -> $type { $value }
        }
        operations!(@ $type; $($rest)*);
    };
    (@ $type:ty; unary $name:ident($a:ident) = $value:expr; $($rest:tt)*) => {
        impl Unary<$type> for $name {
            type Out = $type;
            #[inline(always)]
            fn apply($a: $type) -> $type { $value }
        }
        operations!(@ $type; $($rest)*);
    };
    (@ $type:ty;) => {
        impl Binary<$type> for Power {
            type Out = $type;
            const BLOCKS: bool = <$type as Int>::POWER_IN_BLOCKS;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type { a.power(b) }
        }
        impl Ternary<$type> for Clip {
            #[inline(always)]
            fn apply(a: $type, low: $type, high: $type) -> $type { a.max(low).min(high) }
        }
        impl BinaryPair<$type> for Divmod {
            type First = $type;
            type Second = $type;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> ($type, $type) {
                (a.floor_div(b), if b == 0 { 0 } else { a.floor_mod(b) })
            }
        }
    };
    ($($type:ty)*; $list:tt) => { $(operations!(@each $type; $list);)* };
}

operations! { i8 u8 i16 u16 i32 u32 i64 u64; {
    lanes Add(a, b) = a.wrapping_add(b);
    fast Subtract(a, b) = a.wrapping_sub(b);
    lanes Multiply(a, b) = a.wrapping_mul(b);
    slow Fmod(a, b) = a.c_mod(b);
    lanes Maximum(a, b) = a.max(b);
    lanes Minimum(a, b) = a.min(b);
    unary Negative(a) = a.wrapping_neg();
    unary Positive(a) = a;
    unary Absolute(a) = a.magnitude();
    unary Sign(a) = Int::sign(a);
    unary Conjugate(a) = a;
    unary Reciprocal(a) = a.reciprocal();
    unary Square(a) = a.wrapping_mul(a);
    unary OnesLike(_a) = 1;
} }

/// Floor division and remainder of signed types, by a reciprocal when the divisor is the same for all.
macro_rules! by_reciprocal {
    ($($type:ty)*) => { $(
        impl Binary<$type> for FloorDivide {
            type Out = $type;
            const BLOCKS: bool = false;
            const SCALARS: bool = true;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type { a.floor_div(b) }
            #[inline(always)]
            fn with_scalar(b: $type) -> Option<impl Fn($type) -> $type> {
                let reciprocal = <$type>::prepare(b)?;
                Some(move |a: $type| a.floor_by(reciprocal))
            }
        }
        impl Binary<$type> for Remainder {
            type Out = $type;
            const BLOCKS: bool = false;
            const SCALARS: bool = true;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type { a.floor_mod(b) }
            #[inline(always)]
            fn with_scalar(b: $type) -> Option<impl Fn($type) -> $type> {
                let reciprocal = <$type>::prepare(b)?;
                Some(move |a: $type| a.wrapping_sub(a.floor_by(reciprocal).wrapping_mul(b)))
            }
        }
    )* };
}
by_reciprocal!(i8 i16 i32 i64);

macro_rules! by_division {
    ($($type:ty)*) => { $(
        impl Binary<$type> for FloorDivide {
            type Out = $type;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type { a.floor_div(b) }
        }
        impl Binary<$type> for Remainder {
            type Out = $type;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type { a.floor_mod(b) }
        }
    )* };
}
by_division!(u8 u16 u32 u64);
