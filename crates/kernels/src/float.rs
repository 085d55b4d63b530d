//! [`Float`]: what the scalar operations need of a real floating-point type. `f32` and `f64` call C's mathematical
//! functions, `long double` the shim's, and half precision computes in `f32`.

use std::ops::{Add, Div, Mul, Neg, Sub};

use half::f16;
use sharray_base::fp_status::{self, FpStatus};

use crate::element::Element;
use crate::extended::Extended;

/// A real floating-point type.
pub trait Float:
    Element
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// True when the hardware's vector units compute with it.
    const NATIVE: bool = false;
    /// What functions of several steps compute in: single precision for half, else the type itself.
    type Wide: Float;
    /// The same value, in the type computed in.
    fn widen(self) -> Self::Wide;
    /// Rounded from the type computed in.
    fn shorten(wide: Self::Wide) -> Self;
    /// Rounded from double precision.
    fn from_f64(value: f64) -> Self;
    /// Rounded to double precision.
    fn to_f64(self) -> f64;
    /// Not a number.
    fn is_nan(self) -> bool;
    /// Either infinity.
    fn is_infinite(self) -> bool;
    /// True for -0.0 and NaNs with the sign bit too.
    fn is_sign_negative(self) -> bool;
    /// Mantissa in `[0.5, 1)` and exponent.
    fn frexp(self) -> (Self, i32);
    /// `self · 2^power`.
    fn ldexp(self, power: i32) -> Self;
    /// Fraction and whole part, both with the sign of the value.
    fn modf(self) -> (Self, Self);
    /// Magnitude of `self`, sign of `sign`.
    fn copysign(self, sign: Self) -> Self;
    /// The same value, out of the optimiser's sight: keeps a scalar division from being paired with others in a
    /// vector whose unused lanes would divide 0 by 0 and raise flags.
    #[inline(always)]
    fn pinned(self) -> Self {
        self
    }
    /// Neither infinite nor NaN.
    #[inline(always)]
    fn is_finite(self) -> bool {
        !self.is_nan() && !self.is_infinite()
    }
    /// `√(a² + b²)`.
    #[inline(always)]
    fn magnitude(a: Self, b: Self) -> Self {
        a.hypot(b)
    }
    /// 0.
    #[inline(always)]
    fn zero() -> Self {
        Self::from_f64(0.0)
    }
    /// 1.
    #[inline(always)]
    fn one() -> Self {
        Self::from_f64(1.0)
    }
    /// C's `cbrt`.
    fn cbrt(self) -> Self;
    /// C's `exp`.
    fn exp(self) -> Self;
    /// C's `exp2`.
    fn exp2(self) -> Self;
    /// C's `expm1`.
    fn expm1(self) -> Self;
    /// C's `log`.
    fn log(self) -> Self;
    /// C's `log2`.
    fn log2(self) -> Self;
    /// C's `log10`.
    fn log10(self) -> Self;
    /// C's `log1p`.
    fn log1p(self) -> Self;
    /// C's `sin`.
    fn sin(self) -> Self;
    /// C's `cos`.
    fn cos(self) -> Self;
    /// C's `tan`.
    fn tan(self) -> Self;
    /// C's `asin`.
    fn asin(self) -> Self;
    /// C's `acos`.
    fn acos(self) -> Self;
    /// C's `atan`.
    fn atan(self) -> Self;
    /// C's `sinh`.
    fn sinh(self) -> Self;
    /// C's `cosh`.
    fn cosh(self) -> Self;
    /// C's `tanh`.
    fn tanh(self) -> Self;
    /// C's `asinh`.
    fn asinh(self) -> Self;
    /// C's `acosh`.
    fn acosh(self) -> Self;
    /// C's `atanh`.
    fn atanh(self) -> Self;
    /// C's `sqrt`.
    fn sqrt(self) -> Self;
    /// C's `floor`.
    fn floor(self) -> Self;
    /// C's `ceil`.
    fn ceil(self) -> Self;
    /// C's `trunc`.
    fn trunc(self) -> Self;
    /// C's `rint`.
    fn rint(self) -> Self;
    /// C's `fabs`.
    fn abs(self) -> Self;
    /// C's `fmod`.
    fn fmod(self, b: Self) -> Self;
    /// C's `pow`.
    fn pow(self, b: Self) -> Self;
    /// C's `atan2`.
    fn atan2(self, b: Self) -> Self;
    /// C's `hypot`.
    fn hypot(self, b: Self) -> Self;
    /// C's `nextafter`.
    fn nextafter(self, b: Self) -> Self;
}

/// C's mathematical library.
mod c {
    unsafe extern "C" {
        pub safe fn cbrt(a: f64) -> f64;
        pub safe fn cbrtf(a: f32) -> f32;
        pub safe fn exp(a: f64) -> f64;
        pub safe fn expf(a: f32) -> f32;
        pub safe fn exp2(a: f64) -> f64;
        pub safe fn exp2f(a: f32) -> f32;
        pub safe fn expm1(a: f64) -> f64;
        pub safe fn expm1f(a: f32) -> f32;
        pub safe fn log(a: f64) -> f64;
        pub safe fn logf(a: f32) -> f32;
        pub safe fn log2(a: f64) -> f64;
        pub safe fn log2f(a: f32) -> f32;
        pub safe fn log10(a: f64) -> f64;
        pub safe fn log10f(a: f32) -> f32;
        pub safe fn log1p(a: f64) -> f64;
        pub safe fn log1pf(a: f32) -> f32;
        pub safe fn sin(a: f64) -> f64;
        pub safe fn sinf(a: f32) -> f32;
        pub safe fn cos(a: f64) -> f64;
        pub safe fn cosf(a: f32) -> f32;
        pub safe fn tan(a: f64) -> f64;
        pub safe fn tanf(a: f32) -> f32;
        pub safe fn asin(a: f64) -> f64;
        pub safe fn asinf(a: f32) -> f32;
        pub safe fn acos(a: f64) -> f64;
        pub safe fn acosf(a: f32) -> f32;
        pub safe fn atan(a: f64) -> f64;
        pub safe fn atanf(a: f32) -> f32;
        pub safe fn sinh(a: f64) -> f64;
        pub safe fn sinhf(a: f32) -> f32;
        pub safe fn cosh(a: f64) -> f64;
        pub safe fn coshf(a: f32) -> f32;
        pub safe fn tanh(a: f64) -> f64;
        pub safe fn tanhf(a: f32) -> f32;
        pub safe fn asinh(a: f64) -> f64;
        pub safe fn asinhf(a: f32) -> f32;
        pub safe fn acosh(a: f64) -> f64;
        pub safe fn acoshf(a: f32) -> f32;
        pub safe fn atanh(a: f64) -> f64;
        pub safe fn atanhf(a: f32) -> f32;
        pub safe fn fmod(a: f64, b: f64) -> f64;
        pub safe fn fmodf(a: f32, b: f32) -> f32;
        pub safe fn pow(a: f64, b: f64) -> f64;
        pub safe fn powf(a: f32, b: f32) -> f32;
        pub safe fn atan2(a: f64, b: f64) -> f64;
        pub safe fn atan2f(a: f32, b: f32) -> f32;
        pub safe fn hypot(a: f64, b: f64) -> f64;
        pub safe fn hypotf(a: f32, b: f32) -> f32;
        pub safe fn nextafter(a: f64, b: f64) -> f64;
        pub safe fn nextafterf(a: f32, b: f32) -> f32;
        pub fn frexp(a: f64, power: *mut i32) -> f64;
        pub fn frexpf(a: f32, power: *mut i32) -> f32;
        pub safe fn ldexp(a: f64, power: i32) -> f64;
        pub safe fn ldexpf(a: f32, power: i32) -> f32;
    }
}

/// `Float` for a type that Rust has: `name = C function` for one and two operands.
macro_rules! native {
    ($type:ty, $magnitude:ident, $frexp:ident, $ldexp:ident, [$($one:ident = $c_one:ident)*], [$($two:ident = $c_two:ident)*]) => {
        impl Float for $type {
            const NATIVE: bool = true;
            type Wide = $type;
            #[inline(always)]
            fn magnitude(a: $type, b: $type) -> $type {
                $magnitude(a, b)
            }
            #[inline(always)]
            fn widen(self) -> $type {
                self
            }
            #[inline(always)]
            fn shorten(wide: $type) -> $type {
                wide
            }
            #[inline(always)]
            fn from_f64(value: f64) -> Self {
                value as $type
            }
            #[inline(always)]
            fn pinned(self) -> Self {
                #[cfg(target_arch = "x86_64")]
                {
                    let mut value = self;
                    // SAFETY: no instruction at all.
                    unsafe { std::arch::asm!("/* {0} */", inout(xmm_reg) value, options(pure, nomem, nostack, preserves_flags)) };
                    value
                }
                #[cfg(not(target_arch = "x86_64"))]
                std::hint::black_box(self)
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                self as f64
            }
            #[inline(always)]
            fn is_nan(self) -> bool {
                self != self
            }
            #[inline(always)]
            fn is_infinite(self) -> bool {
                <$type>::is_infinite(self)
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                <$type>::is_finite(self)
            }
            #[inline(always)]
            fn is_sign_negative(self) -> bool {
                <$type>::is_sign_negative(self)
            }
            #[inline(always)]
            fn frexp(self) -> (Self, i32) {
                let mut power = 0;
                // SAFETY: the function writes one integer. It leaves it alone, or garbage, for inf and NaN.
                let mantissa = unsafe { c::$frexp(self, &mut power) };
                (mantissa, if self.is_finite() { power } else { 0 })
            }
            #[inline(always)]
            fn ldexp(self, power: i32) -> Self {
                c::$ldexp(self, power)
            }
            #[inline(always)]
            fn modf(self) -> (Self, Self) {
                let whole = self.trunc();
                let fraction = if self.is_infinite() { 0.0 } else { self - whole };
                (fraction.copysign(self), whole)
            }
            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                <$type>::copysign(self, sign)
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                <$type>::sqrt(self)
            }
            #[inline(always)]
            fn floor(self) -> Self {
                <$type>::floor(self)
            }
            #[inline(always)]
            fn ceil(self) -> Self {
                <$type>::ceil(self)
            }
            #[inline(always)]
            fn trunc(self) -> Self {
                <$type>::trunc(self)
            }
            #[inline(always)]
            fn rint(self) -> Self {
                <$type>::round_ties_even(self)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                <$type>::abs(self)
            }
            $(
                #[inline(always)]
                fn $one(self) -> Self {
                    c::$c_one(self)
                }
            )*
            $(
                #[inline(always)]
                fn $two(self, b: Self) -> Self {
                    c::$c_two(self, b)
                }
            )*
        }
    };
}

native!(f64, magnitude_double, frexp, ldexp, [
    cbrt = cbrt exp = exp exp2 = exp2 expm1 = expm1 log = log log2 = log2
    log10 = log10 log1p = log1p sin = sin cos = cos tan = tan asin = asin
    acos = acos atan = atan sinh = sinh cosh = cosh tanh = tanh asinh = asinh
    acosh = acosh atanh = atanh
], [
    fmod = fmod pow = pow atan2 = atan2 hypot = hypot nextafter = nextafter
]);
native!(f32, magnitude_single, frexpf, ldexpf, [
    cbrt = cbrtf exp = expf exp2 = exp2f expm1 = expm1f log = logf log2 = log2f
    log10 = log10f log1p = log1pf sin = sinf cos = cosf tan = tanf asin = asinf
    acos = acosf atan = atanf sinh = sinhf cosh = coshf tanh = tanhf asinh = asinhf
    acosh = acoshf atanh = atanhf
], [
    fmod = fmodf pow = powf atan2 = atan2f hypot = hypotf nextafter = nextafterf
]);

/// In double precision nothing over- or underflows on the way.
#[inline(always)]
fn magnitude_single(a: f32, b: f32) -> f32 {
    let (x, y) = (a as f64, b as f64);
    let root = (x * x + y * y).sqrt();
    if root.is_nan() && (a.is_infinite() || b.is_infinite()) { f32::INFINITY } else { root as f32 }
}

/// The squares of middling numbers, exact but for the last bits; C's function for the rest.
#[inline(always)]
fn magnitude_double(a: f64, b: f64) -> f64 {
    let (a, b) = (a.abs(), b.abs());
    if is_middling(a) && is_middling(b) { middling_magnitude(a, b) } else { c::hypot(a, b) }
}

/// True for 0 and numbers whose squares neither overflow nor lose digits. Compared as integers, which raises no flag
/// for NaN.
#[inline(always)]
pub fn is_middling(x: f64) -> bool {
    const LOW: u64 = 1e-140f64.to_bits();
    const HIGH: u64 = 1e140f64.to_bits();
    (x.to_bits() == 0) | (x.to_bits().wrapping_sub(LOW) <= HIGH - LOW)
}

/// `√(a² + b²)` of numbers that [`is_middling`]: the upper half of each has an exact square.
#[inline(always)]
pub fn middling_magnitude(a: f64, b: f64) -> f64 {
    let upper = |x: f64| f64::from_bits(x.to_bits() & !0x7ff_ffff);
    let (a1, b1) = (upper(a), upper(b));
    let rest = (a + a1) * (a - a1) + (b + b1) * (b - b1);
    (a1 * a1 + b1 * b1 + rest).sqrt()
}

/// `Float` for `long double`, by the shim's methods of the same names.
macro_rules! shimmed {
    ([$($one:ident)*], [$($two:ident)*]) => {
        impl Float for Extended {
            type Wide = Extended;
            #[inline(always)]
            fn widen(self) -> Extended {
                self
            }
            #[inline(always)]
            fn shorten(wide: Extended) -> Extended {
                wide
            }
            #[inline(always)]
            fn from_f64(value: f64) -> Self {
                Extended::from_f64(value)
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                Extended::to_f64(self)
            }
            #[inline(always)]
            fn is_nan(self) -> bool {
                Extended::is_nan(self)
            }
            #[inline(always)]
            fn is_infinite(self) -> bool {
                Extended::is_infinite(self)
            }
            #[inline(always)]
            fn is_sign_negative(self) -> bool {
                Extended::is_sign_negative(self)
            }
            #[inline(always)]
            fn frexp(self) -> (Self, i32) {
                Extended::frexp(self)
            }
            #[inline(always)]
            fn ldexp(self, power: i32) -> Self {
                Extended::ldexp(self, power)
            }
            #[inline(always)]
            fn modf(self) -> (Self, Self) {
                Extended::modf(self)
            }
            $(
                #[inline(always)]
                fn $one(self) -> Self {
                    Extended::$one(self)
                }
            )*
            $(
                #[inline(always)]
                fn $two(self, b: Self) -> Self {
                    Extended::$two(self, b)
                }
            )*
        }
    };
}

shimmed!([
    cbrt exp exp2 expm1 log log2 log10 log1p sin cos
    tan asin acos atan sinh cosh tanh asinh acosh atanh
    sqrt floor ceil trunc rint abs
], [copysign fmod pow atan2 hypot nextafter
]);

/// Single precision from half, without branches: the exponent is scaled by a multiplication, which also normalises
/// subnormal numbers.
#[inline(always)]
pub fn widen_half(half: f16) -> f32 {
    let bits = half.to_bits() as u32;
    // 2^112 is the difference of the exponents' biases.
    let scaled = f32::from_bits((bits & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    let special = if bits & 0x7c00 == 0x7c00 { 0x7f80_0000 } else { 0 };
    f32::from_bits(scaled.to_bits() | special | (bits & 0x8000) << 16)
}

/// Rounded to the nearest half precision number, ties to even.
#[inline(always)]
pub fn round_half(value: f32) -> f16 {
    let bits = value.to_bits();
    let (sign, magnitude) = ((bits >> 16) as u16 & 0x8000, bits & 0x7fff_ffff);
    let rounded = if magnitude >= 0x4780_0000 {
        // 2^16 and above, infinity, NaN.
        if magnitude > 0x7f80_0000 { 0x7e00 | (magnitude >> 13) as u16 & 0x1ff } else { 0x7c00 }
    } else if magnitude < 0x3880_0000 {
        // Below 2^-14: adding ½ rounds to the subnormal numbers' step and leaves them in the low bits.
        ((f32::from_bits(magnitude) + 0.5).to_bits() - 0.5f32.to_bits()) as u16
    } else {
        // A carry may run into the exponent, up to infinity: that is the rounded number.
        ((magnitude - 0x3800_0000 + 0xfff + (magnitude >> 13 & 1)) >> 13) as u16
    };
    f16::from_bits(sign | rounded)
}

/// Rounded once from double precision.
#[inline(always)]
pub fn round_half_double(value: f64) -> f16 {
    round_half(round_odd(value))
}

/// The single precision number rounded to odd, which keeps the knowledge that digits were lost in its last bit: rounded
/// further, it gives what one rounding gives (Boldo and Melquiond, "When double rounding is odd", 2005).
#[inline(always)]
pub fn round_odd(value: f64) -> f32 {
    let nearest = value as f32;
    let (back, bits) = (f64::from(nearest), nearest.to_bits());
    // Comparisons of magnitudes as integers raise no flag for NaN, which stays as it is.
    let (magnitude, there) = (value.to_bits() << 1, back.to_bits() << 1);
    let truncated = bits - (there > magnitude) as u32;
    let odd = truncated | (there != magnitude) as u32;
    if back.is_nan() { nearest } else { f32::from_bits(odd) }
}

/// Half precision from single, with the exceptions of the rounding raised whether the hardware converts or software.
#[inline(always)]
pub fn narrow(value: f32) -> f16 {
    let result = round_half(value);
    let magnitude = result.to_bits() & 0x7fff;
    if magnitude == 0x7c00 && value.is_finite() {
        fp_status::raise(FpStatus::OVERFLOW);
    } else if magnitude < 0x0400 && widen_half(result) != value && !value.is_nan() {
        fp_status::raise(FpStatus::UNDERFLOW);
    }
    result
}

/// `Float` for half precision, computed in single.
macro_rules! by_single {
    ([$($one:ident)*], [$($two:ident)*]) => {
        impl Float for f16 {
            type Wide = f32;
            #[inline(always)]
            fn widen(self) -> f32 {
                widen_half(self)
            }
            #[inline(always)]
            fn shorten(wide: f32) -> f16 {
                narrow(wide)
            }
            #[inline(always)]
            fn from_f64(value: f64) -> Self {
                round_half_double(value)
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                f16::to_f64(self)
            }
            #[inline(always)]
            fn is_nan(self) -> bool {
                self.to_bits() & 0x7fff > 0x7c00
            }
            #[inline(always)]
            fn is_infinite(self) -> bool {
                self.to_bits() & 0x7fff == 0x7c00
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                self.to_bits() & 0x7c00 != 0x7c00
            }
            #[inline(always)]
            fn is_sign_negative(self) -> bool {
                self.to_bits() & 0x8000 != 0
            }
            #[inline(always)]
            fn frexp(self) -> (Self, i32) {
                let (mantissa, power) = widen_half(self).frexp();
                (narrow(mantissa), power)
            }
            #[inline(always)]
            fn ldexp(self, power: i32) -> Self {
                narrow(widen_half(self).ldexp(power))
            }
            #[inline(always)]
            fn modf(self) -> (Self, Self) {
                let (fraction, whole) = widen_half(self).modf();
                (narrow(fraction), narrow(whole))
            }
            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                f16::from_bits(self.to_bits() & 0x7fff | sign.to_bits() & 0x8000)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                f16::from_bits(self.to_bits() & 0x7fff)
            }
            #[inline(always)]
            fn nextafter(self, b: Self) -> Self {
                half_nextafter(self, b)
            }
            $(
                #[inline(always)]
                fn $one(self) -> Self {
                    narrow(Float::$one(widen_half(self)))
                }
            )*
            $(
                #[inline(always)]
                fn $two(self, b: Self) -> Self {
                    narrow(Float::$two(widen_half(self), widen_half(b)))
                }
            )*
        }
    };
}

by_single!([
    cbrt exp exp2 expm1 log log2 log10 log1p sin cos
    tan asin acos atan sinh cosh tanh asinh acosh atanh
    sqrt floor ceil trunc rint
], [fmod pow atan2 hypot
]);

/// The neighbour of `a` towards `b`.
fn half_nextafter(a: f16, b: f16) -> f16 {
    let (x, y) = (widen_half(a), widen_half(b));
    if x.is_nan() || y.is_nan() {
        return f16::NAN;
    }
    let bits = a.to_bits();
    let next = if x == y {
        return b;
    } else if x == 0.0 {
        f16::from_bits(b.to_bits() & 0x8000 | 1)
    } else if (x < y) == (x > 0.0) {
        f16::from_bits(bits + 1)
    } else {
        f16::from_bits(bits - 1)
    };
    if next.is_infinite() && Float::is_finite(a) {
        fp_status::raise(FpStatus::OVERFLOW);
    }
    next
}
