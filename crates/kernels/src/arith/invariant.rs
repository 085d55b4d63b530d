//! Floor division of many integers by one: a multiplication by a rounded-up reciprocal and a shift instead of a
//! division (Granlund and Montgomery, "Division by invariant integers using multiplication", 1994).
//!
//! With `N - 1` bits of numerator and `L = ⌈log2 d⌉`, `M = ⌊2^(N-1+L) / d⌋ + 1` is less than `2^N` and `⌊u·M / 2^(N-1+L)⌋ = ⌊u / d⌋`
//! exactly. A negative `x` goes through its complement: `⌊x / d⌋ = !⌊!x / d⌋`.

use crate::element::Element;

/// An integer that can be divided so.
pub trait Invariant: Element {
    /// A divisor prepared.
    type Reciprocal: Copy;
    /// Prepares a divisor; `None` for those that need care (0, 1, negative ones).
    fn prepare(divisor: Self) -> Option<Self::Reciprocal>;
    /// `⌊self / d⌋`.
    fn floor_by(self, reciprocal: Self::Reciprocal) -> Self;
}

macro_rules! invariant {
    ($($type:ty, $unsigned:ty, $wide:ty;)*) => { $(
        impl Invariant for $type {
            type Reciprocal = ($unsigned, u32);
            #[inline(always)]
            fn prepare(divisor: $type) -> Option<($unsigned, u32)> {
                if divisor < 2 {
                    return None;
                }
                let log = <$type>::BITS - (divisor - 1).leading_zeros();
                let power = <$type>::BITS - 1 + log;
                Some(((((1 as $wide) << power) / divisor as $wide + 1) as $unsigned, power))
            }
            #[inline(always)]
            fn floor_by(self, (factor, power): ($unsigned, u32)) -> $type {
                let sign = self >> (<$type>::BITS - 1);
                let quotient = (((self ^ sign) as $unsigned as $wide * factor as $wide) >> power) as $type;
                quotient ^ sign
            }
        }
    )* };
}

invariant! { i8, u8, u32; i16, u16, u32; i32, u32, u64; i64, u64, u128; }
