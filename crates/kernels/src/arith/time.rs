//! Arithmetic of `datetime64` and `timedelta64` whose ticks are already in one unit. Not-a-time (NaT) comes out wherever
//! it goes in; counts wrap around silently, like integers.

use std::hint::black_box;

use sharray_base::fp_status::{self, FpStatus};

use super::*;
use crate::element::Time;
use crate::isa::shell::{Binary, BinaryPair, Ternary, Unary};
use crate::reduce;

const NAT: i64 = i64::MIN;

/// `$value` unless an operand is NaT.
macro_rules! binary {
    ($($name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        impl Binary<Time> for $name {
            type Out = Time;
            #[inline(always)]
            fn apply(a: Time, b: Time) -> Time {
                let ($a, $b) = (a.0, b.0);
                let value = $value;
                if a.is_nat() | b.is_nat() { Time::NAT } else { Time(value) }
            }
            #[inline(always)]
            unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
                // SAFETY: the same contract.
                unsafe { reduce::in_order::<Time, Time>(total, (source, n, step), Self::apply) }
            }
        }
    )* };
}

binary! {
    Add(a, b) = a.wrapping_add(b);
    Subtract(a, b) = a.wrapping_sub(b);
    Maximum(a, b) = a.max(b);
    Minimum(a, b) = a.min(b);
}

/// The extreme that ignores NaT unless both are.
macro_rules! ignoring {
    ($($name:ident = $choose:ident;)*) => { $(
        impl Binary<Time> for $name {
            type Out = Time;
            #[inline(always)]
            fn apply(a: Time, b: Time) -> Time {
                if a.is_nat() {
                    b
                } else if b.is_nat() {
                    a
                } else {
                    Time(a.0.$choose(b.0))
                }
            }
        }
    )* };
}
ignoring! { Fmax = max; Fmin = min; }

macro_rules! unary {
    ($($name:ident($a:ident) = $value:expr;)*) => { $(
        impl Unary<Time> for $name {
            type Out = Time;
            #[inline(always)]
            fn apply(a: Time) -> Time {
                let $a = a.0;
                Time(if $a == NAT { NAT } else { $value })
            }
        }
    )* };
}

unary! {
    Negative(a) = a.wrapping_neg();
    Positive(a) = a;
    Absolute(a) = a.wrapping_abs();
}

/// NaT counts as negative here.
impl Unary<Time> for Sign {
    type Out = Time;
    #[inline(always)]
    fn apply(a: Time) -> Time {
        Time(a.0.signum())
    }
}

impl Unary<Time> for OnesLike {
    type Out = Time;
    #[inline(always)]
    fn apply(_a: Time) -> Time {
        Time(1)
    }
}

impl Ternary<Time> for Clip {
    #[inline(always)]
    fn apply(a: Time, low: Time, high: Time) -> Time {
        Minimum::apply(Maximum::apply(a, low), high)
    }
}

/// NaT, with the flag of a division by zero where that is one reason.
fn by_zero(zero: bool) -> Time {
    if zero {
        fp_status::raise(FpStatus::DIVIDE_BY_ZERO);
    }
    Time::NAT
}

/// A float result as a count of ticks: truncated, NaT when it is none; INVALID when it is finite but does not fit.
#[inline]
fn ticks(value: f64) -> Time {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if value.abs() < LIMIT {
        // The barrier keeps the conversion of other values, and its flag, from being computed ahead of the test.
        return Time(black_box(value) as i64);
    }
    if value.is_finite() && value != -LIMIT {
        fp_status::raise(FpStatus::INVALID);
    }
    Time::NAT
}

/// Ratio of two spans, NaN if either is NaT.
#[inline]
fn ratio(a: Time, b: Time) -> f64 {
    if a.is_nat() || b.is_nat() {
        return f64::NAN;
    }
    // The barrier keeps NaT's quotient, and its flags, from being computed ahead of the test.
    black_box(a.0 as f64) / b.0 as f64
}

/// Operations with a number on one side.
macro_rules! scaled {
    ($($name:ident<$a:ty, $b:ty>($x:ident, $y:ident) -> $out:ty = $value:expr;)*) => { $(
        impl Binary<$a, $b> for $name {
            type Out = $out;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply($x: $a, $y: $b) -> $out { $value }
        }
    )* };
}

scaled! {
    Multiply<Time, i64>(a, b) -> Time = if a.is_nat() { a } else { Time(a.0.wrapping_mul(b)) };
    Multiply<i64, Time>(a, b) -> Time = if b.is_nat() { b } else { Time(b.0.wrapping_mul(a)) };
    Multiply<Time, f64>(a, b) -> Time = if a.is_nat() { a } else { ticks(a.0 as f64 * b) };
    Multiply<f64, Time>(a, b) -> Time = if b.is_nat() { b } else { ticks(a * b.0 as f64) };
    Divide<Time, i64>(a, b) -> Time = if a.is_nat() || b == 0 {
        by_zero(b == 0)
    } else {
        Time(a.0.wrapping_div(b))
    };
    Divide<Time, f64>(a, b) -> Time = if a.is_nat() { a } else { ticks(a.0 as f64 / b) };
    Divide<Time, Time>(a, b) -> f64 = ratio(a, b);
    FloorDivide<Time, i64>(a, b) -> Time = if a.is_nat() || b == 0 {
        by_zero(b == 0)
    } else {
        Time(a.0.wrapping_div(b))
    };
    FloorDivide<Time, f64>(a, b) -> Time = if a.is_nat() {
        a
    } else if b == 0.0 {
        fp_status::raise(if a.0 == 0 { FpStatus::INVALID } else { FpStatus::DIVIDE_BY_ZERO });
        Time::NAT
    } else {
        ticks(a.0 as f64 / b)
    };
    FloorDivide<Time, Time>(a, b) -> i64 = divmod(a, b).0;
    Remainder<Time, Time>(a, b) -> Time = if a.is_nat() || b.is_nat() { Time::NAT } else { divmod(a, b).1 };
}

fn floor(a: i64, b: i64) -> i64 {
    let quotient = a.wrapping_div(b);
    if (a < 0) != (b < 0) && quotient.wrapping_mul(b) != a { quotient - 1 } else { quotient }
}

/// Floor quotient and remainder of two spans.
fn divmod(a: Time, b: Time) -> (i64, Time) {
    if a.is_nat() || b.is_nat() {
        fp_status::raise(FpStatus::INVALID);
        return (0, Time::NAT);
    }
    if b.0 == 0 {
        fp_status::raise(FpStatus::DIVIDE_BY_ZERO);
        return (0, Time::NAT);
    }
    let quotient = floor(a.0, b.0);
    (quotient, Time(a.0.wrapping_sub(quotient.wrapping_mul(b.0))))
}

impl BinaryPair<Time> for Divmod {
    type First = i64;
    type Second = Time;
    #[inline(always)]
    fn apply(a: Time, b: Time) -> (i64, Time) {
        divmod(a, b)
    }
}
