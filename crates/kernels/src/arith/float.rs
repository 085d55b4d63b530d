//! Real floating-point arithmetic, half precision and `long double` included.

use half::f16;

use super::*;
use crate::element::{Element, read, write};
use crate::float::{Float, narrow};
use crate::isa::shell::{Binary, BinaryPair, Ternary, Unary};
use crate::reduce::{self, pairwise};

/// Operations of every real type.
macro_rules! operations {
    (binary: $($(@$slow:ident)? $name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        impl<T: Float> Binary<T> for $name {
            type Out = T;
            const BLOCKS: bool = T::NATIVE $(&& $slow)?;
            #[inline(always)]
            fn apply($a: T, $b: T) -> T { $value }
        }
    )* };
    (ordered: $($name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        impl<T: Float> Binary<T> for $name {
            type Out = T;
            const BLOCKS: bool = T::NATIVE;
            #[inline(always)]
            fn apply($a: T, $b: T) -> T { $value }
            #[inline(always)]
            unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
                // SAFETY: the same contract. Which of several equal values (0.0, -0.0) stays is left open.
                unsafe {
                    if cfg!(debug_assertions) && T::NATIVE {
                        reduce::in_lanes::<T, 4>(total, (source, n, step), Self::apply)
                    } else if T::NATIVE && size_of::<T>() == 4 {
                        reduce::in_lanes::<T, 32>(total, (source, n, step), Self::apply)
                    } else if T::NATIVE {
                        reduce::in_lanes::<T, 16>(total, (source, n, step), Self::apply)
                    } else {
                        reduce::in_order::<T, T>(total, (source, n, step), Self::apply)
                    }
                }
            }
        }
    )* };
    (unary: $($name:ident($a:ident) = $value:expr;)*) => { $(
        impl<T: Float> Unary<T> for $name {
            type Out = T;
            const BLOCKS: bool = T::NATIVE;
            #[inline(always)]
            fn apply($a: T) -> T { $value }
        }
    )* };
}

const NO: bool = false;

operations! { binary:
    @NO FloorDivide(a, b) = T::shorten(floor_divide(a.widen(), b.widen()));
    @NO Remainder(a, b) = T::shorten(remainder(a.widen(), b.widen()));
    @NO Fmod(a, b) = a.fmod(b);
    @NO Power(a, b) = a.pow(b);
}

/// The extremes in which a NaN comes before all: `$better` is one vector instruction, which gives `b` where either is NaN.
macro_rules! extremes {
    ($($name:ident: $operator:tt;)*) => { $(
        impl<T: Float> Binary<T> for $name {
            type Out = T;
            const BLOCKS: bool = T::NATIVE;
            #[inline(always)]
            fn apply(a: T, b: T) -> T {
                let better = if a $operator b { a } else { b };
                if a.is_nan() { a } else { better }
            }
            #[inline(always)]
            unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
                let run = (source, n, step);
                let better = |a: T, b: T| if a $operator b { a } else { b };
                // SAFETY: the same contract. Which of several equal values (0.0, -0.0) stays is left open.
                unsafe {
                    macro_rules! fold {
                        ($mask:ty, $lanes:literal) => {{
                            let unordered =
                                |x: T, found: $mask| found | (x.is_nan() as $mask).wrapping_neg();
                            reduce::extreme::<T, $mask, $lanes>(total, run, better, unordered, Self::apply)
                        }};
                    }
                    match size_of::<T>() {
                        _ if !T::NATIVE => reduce::in_order::<T, T>(total, run, Self::apply),
                        // Few lanes where nothing is vectorised.
                        _ if cfg!(debug_assertions) => fold!(u64, 4),
                        4 => fold!(u32, 32),
                        _ => fold!(u64, 16),
                    }
                }
            }
        }
    )* };
}
extremes! { Maximum: >; Minimum: <; }

operations! { ordered:
    Fmax(a, b) = if a >= b || b.is_nan() { a } else { b };
    Fmin(a, b) = if a <= b || b.is_nan() { a } else { b };
}

operations! { unary:
    Negative(a) = -a;
    Positive(a) = a;
    Absolute(a) = a.abs();
    Sign(a) = sign(a);
    Conjugate(a) = a;
    Reciprocal(a) = T::shorten(T::Wide::one() / a.widen());
    Square(a) = T::shorten(a.widen() * a.widen());
    OnesLike(_a) = T::one();
}

impl<T: Float + Summed> Binary<T> for Add {
    type Out = T;
    const BLOCKS: bool = T::NATIVE;
    #[inline(always)]
    fn apply(a: T, b: T) -> T {
        T::shorten(a.widen() + b.widen())
    }
    #[inline(always)]
    unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
        // SAFETY: the same contract.
        unsafe {
            reduce::in_order(total, (source, 1.min(n), step), |a: T, _: T| T::sum_into(a, source, n, step))
        }
    }
}

/// Operations that fold a run of halves in single precision, rounded at its end.
macro_rules! folding_wide {
    ($($name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        impl<T: Float> Binary<T> for $name {
            type Out = T;
            const BLOCKS: bool = T::NATIVE;
            #[inline(always)]
            fn apply($a: T, $b: T) -> T {
                let ($a, $b) = ($a.widen(), $b.widen());
                T::shorten($value)
            }
            #[inline(always)]
            unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
                // SAFETY: the same contract.
                unsafe {
                    let mut $a = read::<T>(total).widen();
                    for i in 0..n {
                        let $b = read::<T>(source.offset(i * step)).widen();
                        $a = $value;
                    }
                    write(total, T::shorten($a));
                }
                true
            }
        }
    )* };
}
folding_wide! {
    Subtract(a, b) = a - b;
    Multiply(a, b) = a * b;
    Divide(a, b) = a / b;
}

/// How a type is summed.
pub trait Summed: Element {
    /// `total` plus the pairwise sum of `n` elements.
    ///
    /// # Safety
    /// `source` has `n` readable elements at `step`.
    unsafe fn sum_into(total: Self, source: *const u8, n: isize, step: isize) -> Self;
}

macro_rules! summed {
    ($($type:ty)*) => { $(
        impl Summed for $type {
            #[inline(always)]
            unsafe fn sum_into(total: Self, source: *const u8, n: isize, step: isize) -> Self {
                // SAFETY: the same contract.
                total + unsafe { pairwise::sum::<$type, $type>((source, n, step), |x| x) }
            }
        }
    )* };
}
summed!(f32 f64 crate::extended::Extended);

impl Summed for f16 {
    /// In single precision, rounded once.
    #[inline(always)]
    unsafe fn sum_into(total: Self, source: *const u8, n: isize, step: isize) -> Self {
        // SAFETY: the same contract.
        narrow(
            total.to_f32()
                + unsafe { pairwise::sum::<f16, f32>((source, n, step), crate::float::widen_half) },
        )
    }
}

#[inline(always)]
fn sign<T: Float>(a: T) -> T {
    if a > T::zero() {
        T::one()
    } else if a < T::zero() {
        -T::one()
    } else if a == T::zero() {
        T::zero()
    } else {
        a
    }
}

/// Floor quotient and remainder with the divisor's sign, as Python defines them for floats: the quotient is exact
/// where the remainder makes it so, and zeros carry the sign of the true value.
#[inline]
pub fn divmod<T: Float>(a: T, b: T) -> (T, T) {
    let zero = T::zero();
    let rest = a.fmod(b);
    if b == zero {
        return (a / b, rest);
    }
    if rest.is_nan() {
        // Ordered comparisons below would raise INVALID for a quiet NaN.
        return (rest, rest);
    }
    let mut quotient = (a - rest) / b;
    let rest = if rest == zero {
        zero.copysign(b)
    } else if (b < zero) != (rest < zero) {
        quotient = quotient - T::one();
        rest + b
    } else {
        rest
    };
    if quotient == zero {
        return (zero.copysign(a / b), rest);
    }
    let floor = quotient.floor();
    let nearest = if quotient - floor > T::from_f64(0.5) { floor + T::one() } else { floor };
    (nearest, rest)
}

/// The quotient rounded down, as [`divmod`] has it, without the flags of the remainder of a division by zero.
#[inline]
pub fn floor_divide<T: Float>(a: T, b: T) -> T {
    if b == T::zero() { a / b } else { divmod(a, b).0 }
}

#[inline]
fn remainder<T: Float>(a: T, b: T) -> T {
    let rest = a.fmod(b);
    if b == T::zero() || rest.is_nan() {
        rest
    } else if rest == T::zero() {
        rest.copysign(b)
    } else if (b < T::zero()) != (rest < T::zero()) {
        rest + b
    } else {
        rest
    }
}

impl<T: Float> BinaryPair<T> for Divmod {
    type First = T;
    type Second = T;
    #[inline(always)]
    fn apply(a: T, b: T) -> (T, T) {
        let (quotient, rest) = divmod(a.widen(), b.widen());
        (T::shorten(quotient), T::shorten(rest))
    }
}

impl<T: Float> Ternary<T> for Clip {
    #[inline(always)]
    fn apply(a: T, low: T, high: T) -> T {
        Minimum::apply(Maximum::apply(a, low), high)
    }
    /// Between two numbers: one instruction each, which let a NaN pass.
    #[inline(always)]
    fn with_scalars(low: T, high: T) -> Option<impl Fn(T) -> T> {
        let plain = T::NATIVE && !low.is_nan() && !high.is_nan();
        plain.then_some(move |a: T| {
            let raised = if low > a { low } else { a };
            if high < raised { high } else { raised }
        })
    }
}
