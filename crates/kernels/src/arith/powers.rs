//! Integer powers by vectors: small exponents take the same few multiplications for every element, instead of branches on
//! bits of exponents, which can't be foreseen. All others, and negative ones, are for the scalar form.

use super::Power;
use super::int::Int;
use crate::isa::ordinary::Ordinary;

macro_rules! powers {
    ($($type:ty)*) => { $(
        impl Ordinary<$type> for Power {
            const BENIGN: ($type, $type) = (0, 0);
            const BLANK: $type = 0;
            #[inline(always)]
            fn ordinary(_: $type, b: $type) -> bool {
                // The shift leaves the sign of a negative exponent.
                <$type as Int>::POWER_IN_BLOCKS || b >> EXPONENT_BITS == 0
            }
            #[inline(always)]
            fn eval(a: $type, b: $type) -> ($type, bool) {
                if <$type as Int>::POWER_IN_BLOCKS {
                    return (a.power(b), true);
                }
                let (mut result, mut factor) = (1 as $type, a);
                for bit in 0..EXPONENT_BITS {
                    result = result.wrapping_mul(if b >> bit & 1 != 0 { factor } else { 1 });
                    factor = factor.wrapping_mul(factor);
                }
                (result, true)
            }
        }
    )* };
}

/// Bits of a small exponent: more would make the usual ones (squares, cubes) dearer.
const EXPONENT_BITS: u32 = 4;

powers! { i8 i16 i32 i64 u8 u16 u32 u64 }
