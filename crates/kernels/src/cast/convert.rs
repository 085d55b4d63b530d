//! One value of a real type to another, with NumPy's results on x86-64: integers wrap, floats truncate, what does not
//! fit gives the hardware's "integer indefinite" (the lowest value, and its low bits in narrower types) and reports
//! trouble.

use half::f16;
use sharray_base::fp_status::FpStatus;

use super::extended::F80;
use crate::float::{half_from_double, round_half};

/// What went wrong in a run of conversions, gathered without branches.
#[derive(Default)]
pub struct Trouble {
    /// A float did not fit the integer type.
    pub invalid: bool,
    /// A finite value became infinite.
    pub overflow: bool,
    /// A value lost digits to a subnormal or zero.
    pub underflow: bool,
}

impl Trouble {
    /// As floating-point status.
    pub fn status(&self) -> FpStatus {
        let mut status = FpStatus::empty();
        status.set(FpStatus::INVALID, self.invalid);
        status.set(FpStatus::OVERFLOW, self.overflow);
        status.set(FpStatus::UNDERFLOW, self.underflow);
        status
    }
}

/// A bool as it lies in memory; any byte but 0 is true.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Bool(pub u8);

/// A real type as casts see it.
pub trait Real: Copy + 'static {
    /// What its hardware flags are worth: for a float type, flags of a conversion *from* it are replaced by [`Trouble`].
    const IS_FLOAT: bool;
    /// True where loops over the type become vector instructions.
    const VECTORISES: bool;
}

/// Conversion of one value.
pub trait Convert<T>: Real {
    /// The value as a `T`.
    fn convert(self, trouble: &mut Trouble) -> T;

    /// True where some values make trouble. Loops then look through a block of values first, and convert it without
    /// further tests when all are plain: both loops vectorise, and no masked lane raises a flag.
    const CHECKED: bool = false;
    /// True for a value that makes no trouble.
    #[inline(always)]
    fn is_plain(self) -> bool {
        true
    }
    /// The conversion of a plain value.
    ///
    /// # Safety
    /// `self.is_plain()`.
    #[inline(always)]
    unsafe fn convert_plain(self) -> T {
        self.convert(&mut Trouble::default())
    }
}

macro_rules! real {
    ($($t:ty: $float:literal $vectorises:literal),*) => { $(impl Real for $t {
        const IS_FLOAT: bool = $float;
        const VECTORISES: bool = $vectorises;
    })* };
}
real!(Bool: false true, i8: false true, u8: false true, i16: false true, u16: false true, i32: false true,
      u32: false true, i64: false true, u64: false true, f16: true false, f32: true true, f64: true true,
      F80: true false);

/// `From => To, …` by a plain `as`.
macro_rules! by_as {
    ($($s:ty => $($t:ty),*;)*) => { $($(
        impl Convert<$t> for $s {
            #[inline(always)]
            fn convert(self, _: &mut Trouble) -> $t { self as $t }
        }
    )*)* };
}
by_as! {
    i8 => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64;
    u8 => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64;
    i16 => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64;
    u16 => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64;
    i32 => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64;
    u32 => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64;
    i64 => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64;
    u64 => i8, u8, i16, u16, i32, u32, i64, u64, f32, f64;
    f32 => f32, f64;
    f64 => f64;
}

/// Floats from here on round to infinity as half.
const HALF_LIMIT: f32 = 65520.0;

/// Bool, half and long double from the integers.
macro_rules! from_integer {
    ($($s:ty, $wide:ident $carrier:ty;)*) => { $(
        impl Convert<Bool> for $s {
            #[inline(always)]
            fn convert(self, _: &mut Trouble) -> Bool { Bool((self != 0) as u8) }
        }
        impl Convert<f16> for $s {
            #[inline(always)]
            fn convert(self, trouble: &mut Trouble) -> f16 { (self as f32).convert(trouble) }
            const CHECKED: bool = size_of::<$s>() > 1;
            #[inline(always)]
            fn is_plain(self) -> bool { (self as f32).abs() < HALF_LIMIT }
        }
        impl Convert<F80> for $s {
            #[inline(always)]
            fn convert(self, _: &mut Trouble) -> F80 { F80::$wide(self as $carrier) }
        }
        impl Convert<$s> for Bool {
            #[inline(always)]
            fn convert(self, _: &mut Trouble) -> $s { (self.0 != 0) as $s }
        }
    )* };
}
from_integer! {
    i8, from_i64 i64; u8, from_i64 i64; i16, from_i64 i64; u16, from_i64 i64;
    i32, from_i64 i64; u32, from_i64 i64; i64, from_i64 i64; u64, from_u64 u64;
}

/// Bool to the floats, through `u8`.
macro_rules! from_bool {
    ($($t:ty),*) => { $(
        impl Convert<$t> for Bool {
            #[inline(always)]
            fn convert(self, trouble: &mut Trouble) -> $t { ((self.0 != 0) as u8).convert(trouble) }
        }
    )* };
}
from_bool!(Bool, f16, f32, f64, F80);

/// Truncation of a float to the machine's integers: `method(limits)`, the value below `$low` (or not above it, where
/// the type has no value between) and from `$high` on being out of range.
macro_rules! float_to_integer {
    ($($s:ty => $t:ty, $machine:ty, $indefinite:expr, |$v:ident| $fits:expr;)*) => { $(
        impl Convert<$t> for $s {
            #[inline(always)]
            fn convert(self, trouble: &mut Trouble) -> $t {
                let $v = self;
                let fits = $fits;
                trouble.invalid |= !fits;
                // SAFETY: `fits` says that the truncated value lies in the machine type.
                let whole: $machine = if fits { unsafe { $v.to_int_unchecked() } } else { $indefinite };
                whole as $t
            }
            const CHECKED: bool = true;
            #[inline(always)]
            fn is_plain(self) -> bool {
                let $v = self;
                $fits
            }
            #[inline(always)]
            unsafe fn convert_plain(self) -> $t {
                // SAFETY: a plain value's truncated one lies in the machine type.
                let whole: $machine = unsafe { self.to_int_unchecked() };
                whole as $t
            }
        }
    )* };
}
const TWO_31: f64 = 2147483648.0;
const TWO_32: f64 = 4294967296.0;
const TWO_63: f64 = 9223372036854775808.0;
const TWO_64: f64 = 18446744073709551616.0;
float_to_integer! {
    f64 => i8, i32, i32::MIN, |v| (v > -TWO_31 - 1.0) & (v < TWO_31);
    f64 => u8, i32, i32::MIN, |v| (v > -TWO_31 - 1.0) & (v < TWO_31);
    f64 => i16, i32, i32::MIN, |v| (v > -TWO_31 - 1.0) & (v < TWO_31);
    f64 => u16, i32, i32::MIN, |v| (v > -TWO_31 - 1.0) & (v < TWO_31);
    f64 => i32, i32, i32::MIN, |v| (v > -TWO_31 - 1.0) & (v < TWO_31);
    f64 => i64, i64, i64::MIN, |v| (-TWO_63..TWO_63).contains(&v);
    f32 => i8, i32, i32::MIN, |v| (v >= -TWO_31 as f32) & (v < TWO_31 as f32);
    f32 => u8, i32, i32::MIN, |v| (v >= -TWO_31 as f32) & (v < TWO_31 as f32);
    f32 => i16, i32, i32::MIN, |v| (v >= -TWO_31 as f32) & (v < TWO_31 as f32);
    f32 => u16, i32, i32::MIN, |v| (v >= -TWO_31 as f32) & (v < TWO_31 as f32);
    f32 => i32, i32, i32::MIN, |v| (v >= -TWO_31 as f32) & (v < TWO_31 as f32);
    f32 => i64, i64, i64::MIN, |v| (v >= -TWO_63 as f32) & (v < TWO_63 as f32);
}

/// Floats to the unsigned types as wide as the machine's signed ones: the upper half is shifted down, converted and
/// shifted up again, negative values wrap, and what fits neither gives the pattern compilers give.
macro_rules! float_to_unsigned {
    ($($s:ty => $t:ty, $signed:ty, $half:expr, $full:expr;)*) => { $(
        impl Convert<$t> for $s {
            #[inline(always)]
            fn convert(self, trouble: &mut Trouble) -> $t {
                let (half, full) = ($half as $s, $full as $s);
                let upper = self >= half;
                let lowered = if upper { self - half } else { self };
                let fits = self >= -half && self < full;
                trouble.invalid |= !fits;
                // SAFETY: below `half` the value itself, from there to `full` the value less `half` lies in the
                // signed type.
                let whole = if fits { unsafe { lowered.to_int_unchecked::<$signed>() } } else { <$signed>::MIN };
                (whole as $t) ^ ((upper as $t) << (<$t>::BITS - 1))
            }
            const CHECKED: bool = true;
            #[inline(always)]
            fn is_plain(self) -> bool { (self >= 0.0) & (self < $half as $s) }
            #[inline(always)]
            unsafe fn convert_plain(self) -> $t {
                // SAFETY: a plain value's truncated one lies in the upper half of the signed type.
                unsafe { self.to_int_unchecked::<$signed>() as $t }
            }
        }
    )* };
}
float_to_unsigned! {
    f64 => u32, i32, TWO_31, TWO_32;
    f64 => u64, i64, TWO_63, TWO_64;
    f32 => u32, i32, TWO_31, TWO_32;
    f32 => u64, i64, TWO_63, TWO_64;
}

macro_rules! float_to_bool {
    ($($s:ty),*) => { $(
        impl Convert<Bool> for $s {
            #[inline(always)]
            fn convert(self, _: &mut Trouble) -> Bool { Bool((self != 0.0) as u8) }
        }
    )* };
}
float_to_bool!(f32, f64);

impl Convert<f32> for f64 {
    #[inline(always)]
    fn convert(self, trouble: &mut Trouble) -> f32 {
        let result = self as f32;
        trouble.overflow |= result.is_infinite() & self.is_finite();
        trouble.underflow |=
            (result.abs() < f32::MIN_POSITIVE) & (f64::from(result) != self) & !self.is_nan();
        result
    }
}

/// Half's own checks, given the finished result and the value it came from.
#[inline(always)]
fn note_half(result: f16, source: f64, trouble: &mut Trouble) {
    let magnitude = result.to_bits() & 0x7fff;
    trouble.overflow |= magnitude == 0x7c00 && source.is_finite();
    trouble.underflow |= magnitude < 0x0400 && f64::from(result) != source;
}
impl Convert<f16> for f32 {
    #[inline(always)]
    fn convert(self, trouble: &mut Trouble) -> f16 {
        let result = round_half(self);
        note_half(result, f64::from(self), trouble);
        result
    }
}
impl Convert<f16> for f64 {
    #[inline(always)]
    fn convert(self, trouble: &mut Trouble) -> f16 {
        let result = half_from_double(self);
        note_half(result, self, trouble);
        result
    }
}
impl Convert<F80> for f32 {
    #[inline(always)]
    fn convert(self, _: &mut Trouble) -> F80 {
        F80::from_f64(f64::from(self))
    }
}
impl Convert<F80> for f64 {
    #[inline(always)]
    fn convert(self, _: &mut Trouble) -> F80 {
        F80::from_f64(self)
    }
}

/// Half goes through float32, which holds all its values.
macro_rules! from_half {
    ($($t:ty),*) => { $(
        impl Convert<$t> for f16 {
            #[inline(always)]
            fn convert(self, trouble: &mut Trouble) -> $t { self.to_f32().convert(trouble) }
        }
    )* };
}
from_half!(Bool, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64, F80);
impl Convert<f16> for f16 {
    #[inline(always)]
    fn convert(self, _: &mut Trouble) -> f16 {
        self
    }
}

impl Convert<F80> for F80 {
    #[inline(always)]
    fn convert(self, _: &mut Trouble) -> F80 {
        self
    }
}
impl Convert<Bool> for F80 {
    #[inline(always)]
    fn convert(self, _: &mut Trouble) -> Bool {
        Bool(!self.is_zero() as u8)
    }
}
impl Convert<f64> for F80 {
    #[inline(always)]
    fn convert(self, trouble: &mut Trouble) -> f64 {
        let result = self.to_f64();
        trouble.overflow |= result.is_infinite() && !self.is_infinite();
        trouble.underflow |=
            result.abs() < f64::MIN_POSITIVE && F80::from_f64(result) != self && !self.is_nan();
        result
    }
}
impl Convert<f32> for F80 {
    #[inline(always)]
    fn convert(self, trouble: &mut Trouble) -> f32 {
        let result = self.to_f32();
        let wide = F80::from_f64(f64::from(result));
        trouble.overflow |= result.is_infinite() && !self.is_infinite();
        trouble.underflow |= result.abs() < f32::MIN_POSITIVE && wide != self && !self.is_nan();
        result
    }
}
impl Convert<f16> for F80 {
    #[inline(always)]
    fn convert(self, trouble: &mut Trouble) -> f16 {
        let middle: f64 = self.convert(trouble);
        middle.convert(trouble)
    }
}

/// x87 stores integers of 16, 32 and 64 bits; narrower and unsigned types take the low bits of the next wider one.
macro_rules! extended_to_integer {
    ($($t:ty, $machine:ty;)*) => { $(
        impl Convert<$t> for F80 {
            #[inline(always)]
            fn convert(self, trouble: &mut Trouble) -> $t {
                let fitting = self.truncate().and_then(|v| <$machine>::try_from(v).ok());
                trouble.invalid |= fitting.is_none();
                fitting.unwrap_or(<$machine>::MIN) as $t
            }
        }
    )* };
}
extended_to_integer! {
    i8, i16; u8, i16; i16, i16; u16, i32; i32, i32; u32, i64; i64, i64;
}
impl Convert<u64> for F80 {
    #[inline(always)]
    fn convert(self, trouble: &mut Trouble) -> u64 {
        let whole = self.truncate();
        let fitting = whole.filter(|&v| v >= i128::from(i64::MIN) && v <= i128::from(u64::MAX));
        trouble.invalid |= fitting.is_none();
        let upper = whole.map_or(self.is_infinite() && !self.parts().negative, |v| v >= 1 << 63)
            || (whole.is_none() && !self.is_nan() && !self.parts().negative);
        fitting.map_or(if upper { 0 } else { 1 << 63 }, |v| v as u64)
    }
}
