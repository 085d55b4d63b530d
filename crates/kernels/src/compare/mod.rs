//! Comparisons, on every type that has an order. Raised flags mean nothing (an ordered comparison with NaN raises
//! INVALID in hardware), so the loops are flagged as raising none.

pub mod complex;
pub mod text;
pub mod variable;

use crate::element::{Complex, Time, Truth};
use crate::float::Float;
use crate::isa::shell::Binary;

/// `a < b`
pub struct Less;
/// `a <= b`
pub struct LessEqual;
/// `a > b`
pub struct Greater;
/// `a >= b`
pub struct GreaterEqual;
/// `a == b`
pub struct Equal;
/// `a != b`
pub struct NotEqual;

/// The six comparisons of one type from its operators, after `$get` brought both sides to values that have them.
macro_rules! compare {
    ($($type:ty, $get:expr;)*) => { $(
        compare!(@ $type, $get; Less(<) LessEqual(<=) Greater(>) GreaterEqual(>=) Equal(==) NotEqual(!=));
    )* };
    (@ $type:ty, $get:expr; $($name:ident($operator:tt))*) => { $(
        impl Binary<$type> for $name {
            type Out = Truth;
            #[inline(always)]
            fn apply(a: $type, b: $type) -> Truth {
                Truth::from($get(a) $operator $get(b))
            }
        }
    )* };
}

compare! {
    i8, |x| x; u8, |x| x; i16, |x| x; u16, |x| x; i32, |x| x; u32, |x| x; i64, |x| x; u64, |x| x;
    Truth, |x: Truth| x.get();
}

macro_rules! compare_float {
    ($($name:ident($operator:tt, $complex:expr))*) => { $(
        impl<T: Float> Binary<T> for $name {
            type Out = Truth;
            const BLOCKS: bool = T::NATIVE;
            #[inline(always)]
            fn apply(a: T, b: T) -> Truth {
                Truth::from(a $operator b)
            }
        }
        impl<T: Float> Binary<Complex<T>> for $name {
            type Out = Truth;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply(a: Complex<T>, b: Complex<T>) -> Truth {
                Truth::from($complex(a, b))
            }
        }
        impl Binary<Time> for $name {
            type Out = Truth;
            #[inline(always)]
            fn apply(a: Time, b: Time) -> Truth {
                // Not-a-time is unordered and unequal to everything, itself included.
                let valid = !a.is_nat() & !b.is_nat();
                let unordered = stringify!($operator).len() == 2 && stringify!($operator).as_bytes()[0] == b'!';
                Truth::from(if unordered { (a.0 != b.0) | !valid } else { (a.0 $operator b.0) & valid })
            }
        }
    )* };
}

compare_float! {
    Less(<, complex::less)
    LessEqual(<=, complex::at_most)
    Greater(>, |a, b| complex::less(b, a))
    GreaterEqual(>=, complex::at_least)
    Equal(==, |a: Complex<T>, b: Complex<T>| a.re == b.re && a.im == b.im)
    NotEqual(!=, |a: Complex<T>, b: Complex<T>| a.re != b.re || a.im != b.im)
}

/// Signed with unsigned 64-bit integers, exactly: a negative value is less than every unsigned one.
macro_rules! compare_mixed {
    ($($name:ident($operator:tt))*) => { $(
        impl Binary<i64, u64> for $name {
            type Out = Truth;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply(a: i64, b: u64) -> Truth {
                Truth::from((a as i128) $operator (b as i128))
            }
        }
        impl Binary<u64, i64> for $name {
            type Out = Truth;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply(a: u64, b: i64) -> Truth {
                Truth::from((a as i128) $operator (b as i128))
            }
        }
    )* };
}

compare_mixed! { Less(<) LessEqual(<=) Greater(>) GreaterEqual(>=) Equal(==) NotEqual(!=) }
