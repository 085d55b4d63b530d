//! Floats that are smaller than NumPy's: `bfloat16`, and the two of one byte. Here are their bits, the single precision
//! numbers they stand for, and rounding to them, all without branches, so that loops over them vectorise.
//!
//! ```text
//!                  sign  exponent  fraction  bias   largest   beyond it    smallest   NaN
//! bfloat16            1         8         7   127   3.39e38   infinity     9.2e-41    exponent all ones
//! float8_e5m2         1         5         2    15     57344   infinity     1.5e-5     exponent all ones
//! float8_e4m3fn       1         4         3     7       448   NaN          0.00195    all ones
//! ```
//!
//! Arithmetic is not here: the ufuncs' loops for `float32` do it, between casts (`core/ufunc/resolve/narrow.rs`). What
//! rounds to a neighbour of a value rather than a value is: [`SmallFloat::next_towards`] and
//! [`SmallFloat::spacing`].

use sharray_base::TypeNum;
use sharray_base::fp_status::{self, FpStatus};

use crate::element::{Element, read, write};
use crate::float::{round_odd, widen_half};

/// A small float.
pub trait SmallFloat: Element + PartialEq {
    /// Bits of the exponent.
    const EXPONENT: u32;
    /// Bits of the fraction.
    const FRACTION: u32;
    /// Magnitude bits of the first value beyond the largest number: infinity, or NaN where there is none.
    const BEYOND: u32;
    /// Magnitude bits of NaN as casts make it.
    const NAN: u32;
    /// The bits.
    fn bits(self) -> u32;
    /// Of those bits.
    fn of_bits(bits: u32) -> Self;
    /// The same value in single precision; a NaN's payload is kept as far as there is one.
    fn widen(self) -> f32;

    /// What the sign bit is.
    const SIGN: u32 = 1 << (Self::EXPONENT + Self::FRACTION);
    /// The difference of the exponents' biases: 2 to this power scales between the formats.
    const SCALE: u32 = 127 - ((1 << (Self::EXPONENT - 1)) - 1);
    /// Single precision bits of the smallest normal number.
    const SMALLEST: u32 = (Self::SCALE + 1) << 23;
    /// Single precision bits of the smallest magnitude that rounds beyond the largest number.
    const LIMIT: u32 = {
        // Halfway between the largest number, of `BEYOND - 1`, and what would follow it; that is rounded to the even one.
        let halfway = (Self::SCALE << 23) + ((2 * Self::BEYOND - 1) << (22 - Self::FRACTION));
        if Self::BEYOND % 2 == 0 { halfway } else { halfway + 1 }
    };

    /// The bits without the sign.
    #[inline(always)]
    fn magnitude(self) -> u32 {
        self.bits() & (Self::SIGN - 1)
    }
    /// Not a number.
    #[inline(always)]
    fn is_nan(self) -> bool {
        let numbers_end = if Self::NAN == Self::BEYOND { Self::NAN } else { Self::BEYOND + 1 };
        self.magnitude() >= numbers_end
    }
    /// Neither infinite nor NaN.
    #[inline(always)]
    fn is_finite(self) -> bool {
        self.magnitude() < Self::BEYOND
    }
    /// Either infinity.
    #[inline(always)]
    fn is_infinite(self) -> bool {
        !self.is_finite() && !self.is_nan()
    }
    /// True for a set sign bit.
    #[inline(always)]
    fn is_negative(self) -> bool {
        self.bits() & Self::SIGN != 0
    }
    /// The nearest, ties to even.
    #[inline(always)]
    fn round(value: f32) -> Self {
        let bits = value.to_bits();
        let magnitude = bits & 0x7fff_ffff;
        let shift = 23 - Self::FRACTION;
        // A carry may run into the exponent, up to what is beyond the largest number: that is the rounded number.
        let even = magnitude >> shift & 1;
        let normal = magnitude
            .wrapping_sub(Self::SCALE << 23)
            .wrapping_add((1 << (shift - 1)) - 1 + even)
            .wrapping_shr(shift)
            .min(Self::BEYOND);
        // Adding a power of two rounds to the subnormal numbers' step and leaves them in the low bits. Where the
        // exponents agree, subnormal numbers need no such thing.
        let step = f32::from_bits((Self::SCALE + 24 - Self::FRACTION) << 23);
        let tiny =
            (f32::from_bits(magnitude.min(Self::SMALLEST)) + step).to_bits().wrapping_sub(step.to_bits());
        let number = if Self::SCALE > 0 && magnitude < Self::SMALLEST { tiny } else { normal };
        let rounded = if magnitude > 0x7f80_0000 { Self::NAN } else { number };
        Self::of_bits((bits >> (32 - 1 - Self::EXPONENT - Self::FRACTION)) & Self::SIGN | rounded)
    }
    /// Rounded once from double precision, by way of the single precision number rounded to odd.
    #[inline(always)]
    fn round_double(value: f64) -> Self {
        Self::round(round_odd(value))
    }
    /// The neighbour towards `other`.
    fn next_towards(self, other: Self) -> Self {
        let (x, y) = (self.widen(), other.widen());
        if x.is_nan() || y.is_nan() {
            return Self::of_bits(Self::NAN);
        }
        if x == y {
            return other;
        }
        if x == 0.0 {
            return Self::of_bits(other.bits() & Self::SIGN | 1);
        }
        let next = if (x < y) == (x > 0.0) { self.bits() + 1 } else { self.bits() - 1 };
        let next = Self::of_bits(next);
        if self.is_finite() && !next.is_finite() {
            fp_status::raise(FpStatus::OVERFLOW);
        }
        next
    }
    /// The distance to the next number away from zero, with the sign of the value; NaN for what is not finite.
    fn spacing(self) -> Self {
        let value = self.widen();
        if !self.is_finite() {
            return Self::of_bits(Self::NAN);
        }
        // Powers of two, of which the smallest is the step of the subnormal numbers.
        let exponent =
            ((self.magnitude() >> Self::FRACTION).max(1) + Self::SCALE) as i32 - Self::FRACTION as i32;
        let step = if exponent > 0 { (exponent as u32) << 23 } else { 1 << (22 + exponent) };
        let step = f32::from_bits(step);
        Self::round(step.copysign(value))
    }
}

/// `struct Name(bits); exponent, fraction, beyond, NaN; widening`.
macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident $bits:ty; $exponent:literal $fraction:literal $beyond:literal $nan:literal; $widen:path;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        #[repr(transparent)]
        pub struct $name(pub $bits);

        impl Element for $name {}
        impl From<f32> for $name {
            #[inline]
            fn from(value: f32) -> $name {
                $name::round(value)
            }
        }
        impl From<$name> for f32 {
            #[inline]
            fn from(value: $name) -> f32 {
                value.widen()
            }
        }
        impl PartialEq for $name {
            #[inline(always)]
            fn eq(&self, other: &Self) -> bool {
                self.widen() == other.widen()
            }
        }
        impl PartialOrd for $name {
            #[inline(always)]
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                self.widen().partial_cmp(&other.widen())
            }
        }
        impl SmallFloat for $name {
            const EXPONENT: u32 = $exponent;
            const FRACTION: u32 = $fraction;
            const BEYOND: u32 = $beyond;
            const NAN: u32 = $nan;
            #[inline(always)]
            fn bits(self) -> u32 {
                u32::from(self.0)
            }
            #[inline(always)]
            fn of_bits(bits: u32) -> Self {
                $name(bits as $bits)
            }
            #[inline(always)]
            fn widen(self) -> f32 {
                $widen(self.0)
            }
        }
    )* };
}
formats! {
    /// The upper half of a `float32`.
    BFloat16 u16; 8 7 0x7f80 0x7fc0; widen_brain;
    /// Four bits of exponent, three of fraction, no infinity, one NaN of each sign.
    Float8E4M3FN u8; 4 3 0x7f 0x7f; widen_e4m3fn;
    /// Five bits of exponent, two of fraction: the upper half of a `float16`.
    Float8E5M2 u8; 5 2 0x7c 0x7e; widen_e5m2;
}

#[inline(always)]
fn widen_brain(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

#[inline(always)]
fn widen_e5m2(bits: u8) -> f32 {
    widen_half(half::f16::from_bits(u16::from(bits) << 8))
}

#[inline(always)]
fn widen_e4m3fn(bits: u8) -> f32 {
    let bits = u32::from(bits);
    // 2^120 is the difference of the exponents' biases; the multiplication normalises subnormal numbers too.
    let scaled = f32::from_bits((bits & 0x7f) << 20) * f32::from_bits(0x7b80_0000);
    let special = if bits & 0x7f == 0x7f { 0x7fc0_0000 } else { 0 };
    f32::from_bits(scaled.to_bits() | special | (bits & 0x80) << 24)
}

/// The value of a small float's bits, in single precision; of other types 0.
pub fn value(num: TypeNum, bits: u16) -> f32 {
    match num {
        TypeNum::BFloat16 => BFloat16(bits).widen(),
        TypeNum::Float8E4M3FN => Float8E4M3FN(bits as u8).widen(),
        TypeNum::Float8E5M2 => Float8E5M2(bits as u8).widen(),
        _ => 0.0,
    }
}

/// The bits of the small float of that type that is nearest to a value.
pub fn nearest_bits(num: TypeNum, value: f64) -> u16 {
    match num {
        TypeNum::BFloat16 => BFloat16::round_double(value).0,
        TypeNum::Float8E4M3FN => Float8E4M3FN::round_double(value).0.into(),
        TypeNum::Float8E5M2 => Float8E5M2::round_double(value).0.into(),
        _ => 0,
    }
}

/// What rounding a value to the small float of that type raises.
pub fn rounding_status(num: TypeNum, value: f64) -> FpStatus {
    let result = self::value(num, nearest_bits(num, value));
    let mut status = FpStatus::empty();
    status.set(FpStatus::OVERFLOW, value.is_finite() && !result.is_finite());
    status
}

/// The loop of `nextafter`.
///
/// # Safety
/// As for [`crate::loop_abi::Loop`], with two operands and a result of `F`.
pub unsafe extern "C" fn next_loop<F: SmallFloat>(
    args: *const *mut u8,
    dimensions: *const isize,
    steps: *const isize,
    _: *mut std::ffi::c_void,
) {
    // SAFETY: three operands of `n` elements each, by this function's contract.
    unsafe {
        let at = |operand: usize, i: isize| (*args.add(operand)).offset(i * *steps.add(operand));
        for i in 0..*dimensions {
            write(at(2, i), read::<F>(at(0, i)).next_towards(read::<F>(at(1, i))));
        }
    }
}

/// The loop of `spacing`.
///
/// # Safety
/// As for [`crate::loop_abi::Loop`], with an operand and a result of `F`.
pub unsafe extern "C" fn spacing_loop<F: SmallFloat>(
    args: *const *mut u8,
    dimensions: *const isize,
    steps: *const isize,
    _: *mut std::ffi::c_void,
) {
    // SAFETY: two operands of `n` elements each, by this function's contract.
    unsafe {
        let at = |operand: usize, i: isize| (*args.add(operand)).offset(i * *steps.add(operand));
        for i in 0..*dimensions {
            write(at(1, i), read::<F>(at(0, i)).spacing());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all<F: SmallFloat>() -> impl Iterator<Item = F> {
        (0..2 * F::SIGN).map(F::of_bits)
    }

    /// The nearest value, found by looking at all of them; the even one of two.
    fn nearest<F: SmallFloat>(value: f64) -> F {
        // What would follow the largest number stands for what is beyond it.
        let largest = f64::from(F::of_bits(F::BEYOND - 1).widen());
        let before = f64::from(F::of_bits(F::BEYOND - 2).widen());
        let place = |bits: u32| {
            if bits == F::BEYOND { largest + (largest - before) } else { f64::from(F::of_bits(bits).widen()) }
        };
        let (mut low, mut high) = (0, F::BEYOND);
        let size = value.abs();
        while high - low > 1 {
            let middle = (low + high) / 2;
            if place(middle) <= size { low = middle } else { high = middle }
        }
        let (down, up) = (size - place(low), place(high) - size);
        let bits =
            if size >= place(F::BEYOND) || up < down || up == down && high % 2 == 0 { high } else { low };
        F::of_bits(bits | if value.is_sign_negative() { F::SIGN } else { 0 })
    }

    fn check<F: SmallFloat + std::fmt::Debug>() {
        let mut before: Option<f64> = None;
        for value in all::<F>() {
            let wide = value.widen();
            assert_eq!(wide.is_nan(), value.is_nan(), "{value:?}");
            assert_eq!(wide.is_infinite(), value.is_infinite(), "{value:?}");
            let same = if value.is_nan() { F::of_bits(value.bits() & F::SIGN | F::NAN) } else { value };
            assert_eq!(F::round(wide).bits(), same.bits(), "{value:?}");
            assert_eq!(F::round_double(wide.into()).bits(), same.bits(), "{value:?}");
            let wide = f64::from(wide);
            if !value.is_finite() {
                continue;
            }
            let last = if wide == 0.0 { None } else { before };
            let middle = last.map(|last| (last + wide) / 2.0);
            for near in [Some(wide), middle].into_iter().flatten() {
                for probe in [near, near.next_up(), near.next_down()] {
                    assert_eq!(F::round_double(probe).bits(), nearest::<F>(probe).bits(), "{probe:e}");
                    let single = probe as f32;
                    assert_eq!(F::round(single).bits(), nearest::<F>(single.into()).bits(), "{single:e}");
                }
            }
            before = Some(wide);
        }
        let limit = f32::from_bits(F::LIMIT);
        assert!(!F::round(limit).is_finite() && F::round(limit.next_down()).is_finite());
        for huge in [f32::MAX, f32::INFINITY] {
            assert_eq!(F::round(huge).magnitude(), F::BEYOND);
            assert_eq!(F::round_double(f64::from(huge) * 1e200).magnitude(), F::BEYOND);
        }
        assert_eq!(F::round_double(-1e-300).bits(), F::SIGN);
        assert_eq!(F::round(-f32::NAN).magnitude(), F::NAN);
    }

    #[test]
    fn rounding_is_to_the_nearest() {
        check::<BFloat16>();
        check::<Float8E4M3FN>();
        check::<Float8E5M2>();
    }

    #[test]
    fn doubles_round_once() {
        // Halfway between two bfloat16 but for a digit that single precision loses.
        let above = 1.0 + 2f64.powi(-8) + 2f64.powi(-40);
        assert_eq!(BFloat16::round_double(above).0, 0x3f81);
        assert_eq!(BFloat16::round(above as f32).0, 0x3f80);
    }

    #[test]
    fn neighbours() {
        fn check<F: SmallFloat + std::fmt::Debug>() {
            for value in all::<F>().filter(|v| v.is_finite()) {
                let up = value.next_towards(F::of_bits(F::BEYOND - 1));
                let away = F::of_bits(value.bits() + 1);
                let gap = (away.widen() - value.widen()).abs();
                if away.is_finite() {
                    assert_eq!(value.spacing().widen().abs(), gap, "{value:?}");
                    assert_eq!(value.spacing().is_negative(), value.is_negative());
                }
                if value.magnitude() != F::BEYOND - 1 {
                    assert!(up.widen() > value.widen(), "{value:?}");
                    assert_eq!(up.next_towards(value).widen(), value.widen());
                }
            }
        }
        check::<BFloat16>();
        check::<Float8E4M3FN>();
        check::<Float8E5M2>();
    }
}
