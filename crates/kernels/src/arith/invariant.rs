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
    ($($type:ty, $unsigned:ty, $wide:ty, $upper:ident;)*) => { $(
        impl Invariant for $type {
            type Reciprocal = ($unsigned, u32);
            #[inline(always)]
            fn prepare(divisor: $type) -> Option<($unsigned, u32)> {
                if divisor < 2 {
                    return None;
                }
                let log = <$type>::BITS - (divisor - 1).leading_zeros();
                let factor = ((1 as $wide) << (<$type>::BITS - 1 + log)) / divisor as $wide + 1;
                Some((factor as $unsigned, log - 1))
            }
            #[inline(always)]
            fn floor_by(self, (factor, shift): ($unsigned, u32)) -> $type {
                let sign = self >> (<$type>::BITS - 1);
                ($upper((self ^ sign) as $unsigned, factor) >> shift) as $type ^ sign
            }
        }
    )* };
}

/// The upper half of a product of two 64-bit numbers, from products of 32-bit ones: those vector units have.
#[inline(always)]
fn upper_64(a: u64, b: u64) -> u64 {
    const LOW: u64 = u32::MAX as u64;
    let (a_low, a_high, b_low, b_high) = (a & LOW, a >> 32, b & LOW, b >> 32);
    let cross = a_low * b_high;
    // At most (2^32 - 1)^2 + 2 * (2^32 - 1), which is below 2^64.
    let middle = a_high * b_low + (cross & LOW) + ((a_low * b_low) >> 32);
    a_high * b_high + (cross >> 32) + (middle >> 32)
}

macro_rules! upper_half {
    ($($name:ident, $type:ty, $wide:ty;)*) => { $(
        #[inline(always)]
        fn $name(a: $type, b: $type) -> $type {
            ((<$wide>::from(a) * <$wide>::from(b)) >> <$type>::BITS) as $type
        }
    )* };
}

upper_half! { upper_8, u8, u16; upper_16, u16, u32; upper_32, u32, u64; }

invariant! { i8, u8, u16, upper_8; i16, u16, u32, upper_16; i32, u32, u64, upper_32; i64, u64, u128, upper_64; }
