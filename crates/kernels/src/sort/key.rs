//! [`Key`]: the total order each built-in type is sorted by. NaN and NaT come last, zeros of either sign are equal,
//! complex numbers go by real, then imaginary part with the NaN classes in the order R+Rj, R+NaNj, NaN+Rj, NaN+NaNj.

use std::cmp::Ordering;

use half::f16;

use crate::cast::F80;

/// A type with an order.
pub trait Key: Copy + 'static {
    /// True where `self` sorts before `other`.
    fn less(&self, other: &Self) -> bool;
    /// True for values that sort after all others (NaN, NaT), so that they can be set aside first.
    #[inline(always)]
    fn is_last(&self) -> bool {
        false
    }
    /// True for values that a search for the extremum stops at. All that are last, and for complex numbers those of
    /// which one part is NaN, which have an order among themselves.
    #[inline(always)]
    fn is_nan(&self) -> bool {
        self.is_last()
    }
    /// True if the type has values that `is_nan`.
    const HAS_NAN: bool = Self::HAS_LAST;
    /// `less` among values of which none `is_last`.
    #[inline(always)]
    fn less_ordinary(&self, other: &Self) -> bool {
        self.less(other)
    }
    /// True where comparing many at once pays: the compiler turns the comparison into vector instructions.
    const VECTORISES: bool = false;
    /// True if the type has values that are last.
    const HAS_LAST: bool = false;
    /// Where the value stands among all values of an 8- or 16-bit integer type.
    #[inline(always)]
    fn rank(self) -> usize {
        0
    }
    /// The value of that rank.
    #[inline(always)]
    fn of_rank(_: usize) -> Option<Self> {
        None
    }
    /// Number of values of an 8- or 16-bit integer type, else 0.
    const RANKS: usize = 0;

    /// The order as the standard library wants it.
    #[inline(always)]
    fn order(&self, other: &Self) -> Ordering {
        if self.less(other) {
            Ordering::Less
        } else if other.less(self) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
    /// [`Key::order`] among values of which none `is_last`.
    #[inline(always)]
    fn order_ordinary(&self, other: &Self) -> Ordering {
        if self.less_ordinary(other) {
            Ordering::Less
        } else if other.less_ordinary(self) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

macro_rules! integers {
    ($($t:ty),*) => { $(
        impl Key for $t {
            const VECTORISES: bool = true;
            #[inline(always)]
            fn less(&self, other: &Self) -> bool { self < other }
        }
    )* };
}
integers!(i32, u32, i64, u64);

macro_rules! narrow_integers {
    ($($t:ty)*) => { $(
        impl Key for $t {
            const VECTORISES: bool = true;
            #[inline(always)]
            fn less(&self, other: &Self) -> bool { self < other }
            const RANKS: usize = 1 << <$t>::BITS;
            #[inline(always)]
            fn rank(self) -> usize { (self as isize - <$t>::MIN as isize) as usize }
            #[inline(always)]
            fn of_rank(rank: usize) -> Option<Self> { Some((rank as isize + <$t>::MIN as isize) as $t) }
        }
    )* };
}
narrow_integers!(i8 u8 i16 u16);

macro_rules! floats {
    ($($t:ty),*) => { $(
        impl Key for $t {
            const HAS_LAST: bool = true;
            const VECTORISES: bool = size_of::<$t>() <= 8;
            #[inline(always)]
            fn less(&self, other: &Self) -> bool { self < other || (other.is_last() && !self.is_last()) }
            #[inline(always)]
            fn is_last(&self) -> bool { <$t>::is_nan(*self) }
            #[inline(always)]
            fn less_ordinary(&self, other: &Self) -> bool { self < other }
        }
    )* };
}
floats!(f32, f64, F80);

impl Key for f16 {
    const HAS_LAST: bool = true;
    #[inline(always)]
    fn less(&self, other: &Self) -> bool {
        if f16::is_nan(*self) || f16::is_nan(*other) {
            return !f16::is_nan(*self);
        }
        self.less_ordinary(other)
    }
    #[inline(always)]
    fn is_last(&self) -> bool {
        f16::is_nan(*self)
    }
    #[inline(always)]
    fn less_ordinary(&self, other: &Self) -> bool {
        half_key(*self) < half_key(*other)
    }
}

/// A signed integer in the order of the non-NaN halves, with both zeros at 0.
#[inline(always)]
fn half_key(value: f16) -> i16 {
    let magnitude = (value.to_bits() & 0x7fff) as i16;
    if value.is_sign_negative() { -magnitude } else { magnitude }
}

/// A complex number as it lies in memory.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Complex<P>(pub P, pub P);

impl<P: Key> Complex<P> {
    #[inline(always)]
    fn class(&self) -> u8 {
        2 * u8::from(self.0.is_last()) + u8::from(self.1.is_last())
    }
}

impl<P: Key> Key for Complex<P> {
    const HAS_NAN: bool = true;
    #[inline(always)]
    fn is_nan(&self) -> bool {
        self.class() != 0
    }
    #[inline(always)]
    fn less(&self, other: &Self) -> bool {
        let (own, others) = (self.class(), other.class());
        if own != others {
            return own < others;
        }
        let real_first = own < 2;
        if real_first && (self.0.less(&other.0) || other.0.less(&self.0)) {
            return self.0.less(&other.0);
        }
        own & 1 == 0 && self.1.less(&other.1)
    }
}

/// A datetime or timedelta; the lowest value is NaT.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Time(pub i64);

impl Key for Time {
    const HAS_LAST: bool = true;
    const VECTORISES: bool = true;
    #[inline(always)]
    fn less(&self, other: &Self) -> bool {
        // NaT, the lowest value, becomes the highest unsigned one.
        (self.0 as u64).wrapping_sub(i64::MIN as u64 + 1) < (other.0 as u64).wrapping_sub(i64::MIN as u64 + 1)
    }
    #[inline(always)]
    fn is_last(&self) -> bool {
        self.0 == i64::MIN
    }
    #[inline(always)]
    fn less_ordinary(&self, other: &Self) -> bool {
        self.0 < other.0
    }
}
