//! [`Key`]: the total order each built-in type is sorted by. NaN and NaT come last, zeros of either sign are equal,
//! complex numbers go by real, then imaginary part with the NaN classes in the order R+Rj, R+NaNj, NaN+Rj, NaN+NaNj.

use std::cmp::Ordering;

use half::f16;

use crate::cast::F80;
use crate::small_float::{BFloat16, Float8E4M3FN, Float8E5M2, SmallFloat};

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
    /// Bytes of [`Key::to_signed`]'s range, or 0 for a type without it.
    const KEY_BYTES: usize = 0;
    /// A signed integer of [`Key::KEY_BYTES`] in the order of the values of which none `is_last`; zeros of either sign
    /// give neighbours, the negative one first.
    #[inline(always)]
    fn to_signed(self) -> i64 {
        0
    }
    /// The value that [`Key::to_signed`] turned into `key`.
    #[inline(always)]
    fn of_signed(_key: i64) -> Option<Self> {
        None
    }
    /// True if the type has two zeros that are equal.
    const HAS_ZEROS: bool = false;
    /// True for either zero of a type that has two.
    #[inline(always)]
    fn is_zero(&self) -> bool {
        false
    }
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

    /// Words that compared one after the other give the order; 0 where there is no such way.
    const WORDS: usize = 0;
    /// Word number `place`.
    #[inline(always)]
    fn word(&self, _place: usize) -> u64 {
        0
    }

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

/// Integers, each with its bijection to signed ones and that one's inverse.
macro_rules! integers {
    ($($t:ty, $bytes:literal, |$v:ident| $to:expr, |$k:ident| $of:expr $(, $ranks:literal)?;)*) => { $(
        impl Key for $t {
            const VECTORISES: bool = true;
            #[inline(always)]
            fn less(&self, other: &Self) -> bool { self < other }
            const KEY_BYTES: usize = $bytes;
            #[inline(always)]
            fn to_signed(self) -> i64 { let $v = self; $to }
            #[inline(always)]
            fn of_signed($k: i64) -> Option<Self> { Some($of) }
            $(
                const RANKS: usize = $ranks;
                #[inline(always)]
                fn rank(self) -> usize { (self as isize - <$t>::MIN as isize) as usize }
                #[inline(always)]
                fn of_rank(rank: usize) -> Option<Self> { Some((rank as isize + <$t>::MIN as isize) as $t) }
            )?
        }
    )* };
}
integers! {
    i8, 1, |v| i64::from(v), |k| k as i8, 256;
    u8, 1, |v| i64::from(v), |k| k as u8, 256;
    i16, 2, |v| i64::from(v), |k| k as i16, 65536;
    u16, 2, |v| i64::from(v), |k| k as u16, 65536;
    i32, 4, |v| i64::from(v), |k| k as i32;
    u32, 4, |v| i64::from((v ^ 1 << 31) as i32), |k| k as u32 ^ 1 << 31;
    i64, 8, |v| v, |k| k;
    u64, 8, |v| (v ^ 1 << 63) as i64, |k| k as u64 ^ 1 << 63;
}

/// Floats, each with the signed integer of its width: the bits as they are, those of negative values reversed below the
/// sign, which is its own inverse.
macro_rules! floats {
    ($($t:ty, $bits:ty, $twin:ty;)*) => { $(
        impl Key for $t {
            const HAS_LAST: bool = true;
            const VECTORISES: bool = size_of::<$t>() > 2;
            #[inline(always)]
            fn less(&self, other: &Self) -> bool { self < other || (other.is_last() && !self.is_last()) }
            #[inline(always)]
            fn is_last(&self) -> bool { <$t>::is_nan(*self) }
            #[inline(always)]
            fn less_ordinary(&self, other: &Self) -> bool { self < other }
            const KEY_BYTES: usize = size_of::<$t>();
            #[inline(always)]
            fn to_signed(self) -> i64 {
                let bits = self.to_bits() as $twin;
                i64::from(bits ^ (bits >> (<$bits>::BITS - 1)) & <$twin>::MAX)
            }
            #[inline(always)]
            fn of_signed(key: i64) -> Option<Self> {
                let bits = key as $twin;
                Some(<$t>::from_bits((bits ^ (bits >> (<$bits>::BITS - 1)) & <$twin>::MAX) as $bits))
            }
            const HAS_ZEROS: bool = true;
            #[inline(always)]
            fn is_zero(&self) -> bool { self.to_bits() << 1 == 0 }
        }
    )* };
}
floats!(f16, u16, i16; f32, u32, i32; f64, u64, i64;);

/// Small floats, compared in single precision. Lanes of them are sorted there too (`super::widened`).
macro_rules! small_floats {
    ($($t:ty),*) => { $(
        impl Key for $t {
            const HAS_LAST: bool = true;
            #[inline(always)]
            fn less(&self, other: &Self) -> bool { self.widen().less(&other.widen()) }
            #[inline(always)]
            fn is_last(&self) -> bool { SmallFloat::is_nan(*self) }
            #[inline(always)]
            fn less_ordinary(&self, other: &Self) -> bool { self.widen() < other.widen() }
        }
    )* };
}
small_floats!(BFloat16, Float8E4M3FN, Float8E5M2);

impl Key for F80 {
    const HAS_LAST: bool = true;
    #[inline(always)]
    fn less(&self, other: &Self) -> bool {
        self < other || (other.is_last() && !self.is_last())
    }
    #[inline(always)]
    fn is_last(&self) -> bool {
        F80::is_nan(*self)
    }
    #[inline(always)]
    fn less_ordinary(&self, other: &Self) -> bool {
        self < other
    }
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
    // The class, and the parts: two of four bytes share a word.
    const WORDS: usize = match P::KEY_BYTES {
        4 => 2,
        8 => 3,
        _ => 0,
    };
    #[inline(always)]
    fn word(&self, place: usize) -> u64 {
        let (real, imaginary) = (part_word(self.0), part_word(self.1));
        match place {
            0 => u64::from(self.class()),
            1 if P::KEY_BYTES == 4 => upper(real) | upper(imaginary) >> 32,
            1 => real,
            _ => imaginary,
        }
    }
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

/// A 32-bit part's word as the upper half of a word.
#[inline(always)]
fn upper(word: u64) -> u64 {
    word.wrapping_add(1 << 31) << 32
}

/// A part's place among all values as an unsigned number; both zeros are one, and so are all NaN.
#[inline(always)]
fn part_word<P: Key>(part: P) -> u64 {
    if part.is_last() || part.is_zero() {
        return 1 << 63;
    }
    part.to_signed() as u64 ^ 1 << 63
}

/// A datetime or timedelta; the lowest value is NaT.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Time(pub i64);

impl Key for Time {
    const KEY_BYTES: usize = 8;
    #[inline(always)]
    fn to_signed(self) -> i64 {
        self.0
    }
    #[inline(always)]
    fn of_signed(key: i64) -> Option<Self> {
        Some(Time(key))
    }
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
