//! `long double` (x87 extended precision on x86-64), which Rust has no type for: a 16-byte value whose operations are
//! the C shim's (`shim/extended.c`). Slow beside native floats, exact to the platform's own results.

use std::cmp::Ordering;
use std::ffi::c_int;
use std::ops::{Add, Div, Mul, Neg, Sub};

use sharray_base::fp_status;

use crate::element::Element;

/// A `long double` in memory. Padding bytes carry no meaning.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(16))]
pub struct Extended(pub [u8; 16]);

impl Element for Extended {
    const EXTENDED: bool = true;
}

/// Declares the shim's functions of one signature and gives each a safe method.
macro_rules! shim {
    (unary: $($name:ident = $symbol:ident)*) => {
        unsafe extern "C" { $(fn $symbol(out: *mut Extended, a: *const Extended);)* }
        impl Extended { $(
            /// C's function of this name.
            #[inline]
            pub fn $name(self) -> Extended {
                let mut out = self;
                // SAFETY: both point to aligned values of the C type.
                unsafe { $symbol(&mut out, &self) };
                out
            }
        )* }
    };
    (binary: $($name:ident = $symbol:ident)*) => {
        unsafe extern "C" { $(fn $symbol(out: *mut Extended, a: *const Extended, b: *const Extended);)* }
        impl Extended { $(
            /// C's function of this name.
            #[inline]
            pub fn $name(self, b: Extended) -> Extended {
                let mut out = self;
                // SAFETY: all point to aligned values of the C type.
                unsafe { $symbol(&mut out, &self, &b) };
                out
            }
        )* }
    };
    (test: $($name:ident = $symbol:ident)*) => {
        unsafe extern "C" { $(fn $symbol(a: *const Extended) -> c_int;)* }
        impl Extended { $(
            /// C's predicate of this name.
            #[inline]
            pub fn $name(self) -> bool {
                // SAFETY: points to an aligned value of the C type.
                unsafe { $symbol(&self) != 0 }
            }
        )* }
    };
}

shim! { unary:
    neg_ = sharray_ld_neg abs = sharray_ld_abs sqrt = sharray_ld_sqrt cbrt = sharray_ld_cbrt exp = sharray_ld_exp
    exp2 = sharray_ld_exp2 expm1 = sharray_ld_expm1 log = sharray_ld_log log2 = sharray_ld_log2
    log10 = sharray_ld_log10 log1p = sharray_ld_log1p sin = sharray_ld_sin cos = sharray_ld_cos tan = sharray_ld_tan
    asin = sharray_ld_asin acos = sharray_ld_acos atan = sharray_ld_atan sinh = sharray_ld_sinh cosh = sharray_ld_cosh
    tanh = sharray_ld_tanh asinh = sharray_ld_asinh acosh = sharray_ld_acosh atanh = sharray_ld_atanh
    floor = sharray_ld_floor ceil = sharray_ld_ceil trunc = sharray_ld_trunc rint = sharray_ld_rint
}
shim! { binary:
    add_ = sharray_ld_add sub_ = sharray_ld_sub mul_ = sharray_ld_mul div_ = sharray_ld_div fmod = sharray_ld_fmod
    pow = sharray_ld_pow atan2 = sharray_ld_atan2 hypot = sharray_ld_hypot copysign = sharray_ld_copysign
    nextafter = sharray_ld_nextafter
}
shim! { test: is_nan = sharray_ld_isnan is_infinite = sharray_ld_isinf is_sign_negative = sharray_ld_signbit }

unsafe extern "C" {
    fn sharray_ld_lt(a: *const Extended, b: *const Extended) -> c_int;
    fn sharray_ld_le(a: *const Extended, b: *const Extended) -> c_int;
    fn sharray_ld_eq(a: *const Extended, b: *const Extended) -> c_int;
    fn sharray_ld_from_f64(out: *mut Extended, a: f64);
    fn sharray_ld_to_f64(a: *const Extended) -> f64;
    fn sharray_ld_from_i64(out: *mut Extended, a: i64);
    fn sharray_ld_from_u64(out: *mut Extended, a: u64);
    fn sharray_ld_ldexp(out: *mut Extended, a: *const Extended, power: c_int);
    fn sharray_ld_frexp(out: *mut Extended, a: *const Extended, power: *mut c_int);
    fn sharray_ld_modf(fraction: *mut Extended, a: *const Extended, whole: *mut Extended);
}

impl Extended {
    const BLANK: Extended = Extended([0; 16]);

    /// Exactly `a`.
    #[inline]
    pub fn from_f64(a: f64) -> Extended {
        let mut out = Extended::BLANK;
        // SAFETY: writes one value of the C type.
        unsafe { sharray_ld_from_f64(&mut out, a) };
        out
    }
    /// Exactly `a`.
    #[inline]
    pub fn from_i64(a: i64) -> Extended {
        let mut out = Extended::BLANK;
        // SAFETY: writes one value of the C type.
        unsafe { sharray_ld_from_i64(&mut out, a) };
        out
    }
    /// Exactly `a`.
    #[inline]
    pub fn from_u64(a: u64) -> Extended {
        let mut out = Extended::BLANK;
        // SAFETY: writes one value of the C type.
        unsafe { sharray_ld_from_u64(&mut out, a) };
        out
    }
    /// Rounded to double precision.
    #[inline]
    pub fn to_f64(self) -> f64 {
        // SAFETY: reads one value of the C type.
        unsafe { sharray_ld_to_f64(&self) }
    }
    /// `self · 2^power`.
    #[inline]
    pub fn ldexp(self, power: i32) -> Extended {
        let mut out = self;
        // SAFETY: both point to values of the C type.
        unsafe { sharray_ld_ldexp(&mut out, &self, power) };
        out
    }
    /// Mantissa in `[0.5, 1)` and exponent.
    #[inline]
    pub fn frexp(self) -> (Extended, i32) {
        let (mut out, mut power) = (self, 0);
        // SAFETY: all point to values of the C types.
        unsafe { sharray_ld_frexp(&mut out, &self, &mut power) };
        (out, power)
    }
    /// Fraction and whole part, both with the sign of the value.
    #[inline]
    pub fn modf(self) -> (Extended, Extended) {
        let (mut fraction, mut whole) = (self, self);
        // SAFETY: all point to values of the C type.
        unsafe { sharray_ld_modf(&mut fraction, &self, &mut whole) };
        (fraction, whole)
    }
}

impl PartialEq for Extended {
    #[inline]
    fn eq(&self, other: &Extended) -> bool {
        // SAFETY: both point to values of the C type.
        unsafe { sharray_ld_eq(self, other) != 0 }
    }
}

impl PartialOrd for Extended {
    fn partial_cmp(&self, other: &Extended) -> Option<Ordering> {
        match (self <= other, other <= self) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Less),
            (false, true) => Some(Ordering::Greater),
            (false, false) => None,
        }
    }
    #[inline]
    fn lt(&self, other: &Extended) -> bool {
        // SAFETY: both point to values of the C type.
        unsafe { sharray_ld_lt(self, other) != 0 }
    }
    #[inline]
    fn le(&self, other: &Extended) -> bool {
        // SAFETY: both point to values of the C type.
        unsafe { sharray_ld_le(self, other) != 0 }
    }
    #[inline]
    fn gt(&self, other: &Extended) -> bool {
        other < self
    }
    #[inline]
    fn ge(&self, other: &Extended) -> bool {
        other <= self
    }
}

impl Add for Extended {
    type Output = Extended;
    #[inline]
    fn add(self, b: Extended) -> Extended {
        self.add_(b)
    }
}
impl Sub for Extended {
    type Output = Extended;
    #[inline]
    fn sub(self, b: Extended) -> Extended {
        self.sub_(b)
    }
}
impl Mul for Extended {
    type Output = Extended;
    #[inline]
    fn mul(self, b: Extended) -> Extended {
        self.mul_(b)
    }
}
impl Div for Extended {
    type Output = Extended;
    #[inline]
    fn div(self, b: Extended) -> Extended {
        self.div_(b)
    }
}
impl Neg for Extended {
    type Output = Extended;
    #[inline]
    fn neg(self) -> Extended {
        self.neg_()
    }
}

/// Loops of the four operations, written in C.
pub mod loops {
    use std::ffi::c_void;

    use super::with_status;

    macro_rules! loops {
        ($($(#[$doc:meta])* $name:ident = $symbol:ident;)*) => {
            unsafe extern "C" {
                $(fn $symbol(args: *const *mut u8, dims: *const isize, steps: *const isize, data: *mut c_void);)*
            }
            $(
                $(#[$doc])*
                ///
                /// # Safety
                /// The loop contract: three operands of `long double`.
                pub unsafe extern "C" fn $name(args: *const *mut u8, dims: *const isize, steps: *const isize, data: *mut c_void) {
                    // SAFETY: the caller keeps the contract.
                    with_status(|| unsafe { $symbol(args, dims, steps, data) });
                }
            )*
        };
    }

    loops! {
        /// Subtraction
        subtract = sharray_ld_loop_sub;
        /// Multiplication
        multiply = sharray_ld_loop_mul;
        /// Division
        divide = sharray_ld_loop_div;
    }

    unsafe extern "C" {
        /// Addition, without the pairwise reduction and without passing on the flags.
        fn sharray_ld_loop_add(
            args: *const *mut u8,
            dims: *const isize,
            steps: *const isize,
            data: *mut c_void,
        );
    }

    /// Addition; sums go to the pairwise loop.
    ///
    /// # Safety
    /// The loop contract: three operands of `long double`.
    pub unsafe extern "C" fn add(
        args: *const *mut u8,
        dims: *const isize,
        steps: *const isize,
        data: *mut c_void,
    ) {
        // SAFETY: the caller keeps the contract.
        unsafe {
            if *args == *args.add(2) && *steps == 0 && *steps.add(2) == 0 {
                let sum =
                    crate::isa::shell::binary::<crate::arith::Add, super::Extended, super::Extended>()[0];
                return sum(args, dims, steps, data);
            }
            with_status(|| sharray_ld_loop_add(args, dims, steps, data));
        }
    }
}

/// Runs a loop on the x87 unit and passes its exception flags on to where [`fp_status`] reads them.
#[cfg(target_arch = "x86_64")]
pub fn with_status(work: impl FnOnce()) {
    use fp_status::FpStatus;
    use std::arch::asm;
    // SAFETY: clears the x87 exception flags; the register stack is untouched.
    unsafe { asm!("fnclex", options(nostack)) };
    work();
    let word: u16;
    // SAFETY: reads the x87 status word.
    unsafe { asm!("fnstsw ax", out("ax") word, options(nostack)) };
    let pairs = [
        (1, FpStatus::INVALID),
        (4, FpStatus::DIVIDE_BY_ZERO),
        (8, FpStatus::OVERFLOW),
        (16, FpStatus::UNDERFLOW),
    ];
    fp_status::raise(pairs.iter().filter(|(bit, _)| word & bit != 0).map(|(_, flag)| *flag).collect());
}

/// Runs a loop on `long double`.
#[cfg(not(target_arch = "x86_64"))]
pub fn with_status(work: impl FnOnce()) {
    work();
}
