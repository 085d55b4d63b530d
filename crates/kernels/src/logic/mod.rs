//! Logic on truth values of any number, and questions about one number: is it finite, not a number, negative.

mod classify;

pub use classify::{IsFinite, IsInf, IsNan, IsNat, SignBit};

use half::f16;

use crate::element::{Complex, Element, Truth, read, write};
use crate::extended::Extended;
use crate::float::Float;
use crate::isa::shell::{Binary, Unary};
use crate::reduce;

/// Both true
pub struct And;
/// At least one true
pub struct Or;
/// Exactly one true
pub struct Xor;
/// Not true
pub struct Not;

/// A type with a truth value: true unless zero.
pub trait Truthy: Element {
    /// True when the vector units test it.
    const VECTOR: bool = true;
    /// Its truth.
    fn truth(self) -> bool;
}

macro_rules! truthy {
    ($($type:ty, $vector:literal, $value:expr;)*) => { $(
        impl Truthy for $type {
            const VECTOR: bool = $vector;
            #[inline(always)]
            fn truth(self) -> bool { $value(self) }
        }
    )* };
}

truthy! {
    i8, true, |x| x != 0; u8, true, |x| x != 0; i16, true, |x| x != 0; u16, true, |x| x != 0;
    i32, true, |x| x != 0; u32, true, |x| x != 0; i64, true, |x| x != 0; u64, true, |x| x != 0;
    f32, true, |x| x != 0.0; f64, true, |x| x != 0.0;
    f16, true, |x: f16| x.to_bits() & 0x7fff != 0;
    Extended, false, |x| x != Extended::from_f64(0.0);
    Truth, true, |x: Truth| x.get();
}

impl<T: Float> Truthy for Complex<T> {
    const VECTOR: bool = false;
    #[inline(always)]
    fn truth(self) -> bool {
        self.re != T::zero() || self.im != T::zero()
    }
}

impl<T: Truthy> Unary<T> for Not {
    type Out = Truth;
    const BLOCKS: bool = T::VECTOR;
    #[inline(always)]
    fn apply(a: T) -> Truth {
        Truth::from(!a.truth())
    }
}

impl<T: Truthy> Binary<T> for Xor {
    type Out = Truth;
    const BLOCKS: bool = T::VECTOR;
    #[inline(always)]
    fn apply(a: T, b: T) -> Truth {
        Truth::from(a.truth() ^ b.truth())
    }
    #[inline(always)]
    unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
        let fold = |a: Truth, b: T| Truth::from(a.get() ^ b.truth());
        // SAFETY: the same contract.
        unsafe { reduce::in_order::<Truth, T>(total, (source, n, step), fold) }
    }
}

impl<T: Truthy> Binary<T> for And {
    type Out = Truth;
    const BLOCKS: bool = T::VECTOR;
    #[inline(always)]
    fn apply(a: T, b: T) -> Truth {
        Truth::from(a.truth() & b.truth())
    }
    #[inline(always)]
    unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
        // SAFETY: the same contract.
        unsafe { until::<T>(total, (source, n, step), false) }
    }
}

impl<T: Truthy> Binary<T> for Or {
    type Out = Truth;
    const BLOCKS: bool = T::VECTOR;
    #[inline(always)]
    fn apply(a: T, b: T) -> Truth {
        Truth::from(a.truth() | b.truth())
    }
    #[inline(always)]
    unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
        // SAFETY: the same contract.
        unsafe { until::<T>(total, (source, n, step), true) }
    }
}

/// Folds until a value of truth `decisive` decides the result: `and` stops at false, `or` at true.
///
/// # Safety
/// As for `Binary::reduce`.
#[inline(always)]
unsafe fn until<T: Truthy>(
    total: *mut u8,
    (source, n, step): (*const u8, isize, isize),
    decisive: bool,
) -> bool {
    // SAFETY: the same contract; only indices below `n` are read.
    let found = unsafe {
        read::<Truth>(total).get() == decisive
            || if step == size_of::<T>() as isize {
                match size_of::<T>() {
                    1 => reduce::some::<T, 256>(source, n, |x| x.truth() == decisive),
                    2 | 4 => reduce::some::<T, 64>(source, n, |x| x.truth() == decisive),
                    _ => reduce::some::<T, 32>(source, n, |x| x.truth() == decisive),
                }
            } else {
                (0..n).any(|i| read::<T>(source.offset(i * step)).truth() == decisive)
            }
    };
    // SAFETY: as above.
    unsafe { write(total, Truth::from(found == decisive)) };
    true
}
