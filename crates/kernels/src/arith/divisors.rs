//! Greatest common divisor and least common multiple, of magnitudes.

use crate::isa::shell::Binary;

/// Greatest common divisor
pub struct Gcd;
/// Least common multiple
pub struct Lcm;

macro_rules! divisors {
    ($($type:ty, $unsigned:ty, $magnitude:expr;)*) => { $(
        impl Binary<$type> for Gcd {
            type Out = $type;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type {
                let (mut a, mut b): ($unsigned, $unsigned) = ($magnitude(a), $magnitude(b));
                while a != 0 {
                    (a, b) = (b % a, a);
                }
                b as $type
            }
        }
        impl Binary<$type> for Lcm {
            type Out = $type;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> $type {
                let gcd = <Gcd as Binary<$type>>::apply(a, b) as $unsigned;
                let (a, b): ($unsigned, $unsigned) = ($magnitude(a), $magnitude(b));
                if gcd == 0 { 0 } else { (a / gcd).wrapping_mul(b) as $type }
            }
        }
    )* };
}

divisors! {
    i8, u8, i8::unsigned_abs; i16, u16, i16::unsigned_abs; i32, u32, i32::unsigned_abs; i64, u64, i64::unsigned_abs;
    u8, u8, |x| x; u16, u16, |x| x; u32, u32, |x| x; u64, u64, |x| x;
}
