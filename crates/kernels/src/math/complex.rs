//! Functions of a complex variable: C's, through the shim (`shim/complex.c`), and those composed of them.

use std::f64::consts::{LN_2, LOG2_E, LOG10_E};

use sharray_base::fp_status::{self, FpStatus};

use super::real::*;
use crate::arith::Power;
use crate::arith::complex::{divide, multiply};
use crate::element::{Complex, Element};
use crate::extended::Extended;
use crate::float::Float;
use crate::isa::shell::{Binary, Unary};

/// A complex type with C's functions.
pub trait ComplexMath: Element {
    /// C's `csqrt`.
    fn sqrt(self) -> Self;
    /// C's `cexp`.
    fn exp(self) -> Self;
    /// C's `clog`.
    fn log(self) -> Self;
    /// C's `csin`.
    fn sin(self) -> Self;
    /// C's `ccos`.
    fn cos(self) -> Self;
    /// C's `ctan`.
    fn tan(self) -> Self;
    /// C's `casin`.
    fn asin(self) -> Self;
    /// C's `cacos`.
    fn acos(self) -> Self;
    /// C's `catan`.
    fn atan(self) -> Self;
    /// C's `csinh`.
    fn sinh(self) -> Self;
    /// C's `ccosh`.
    fn cosh(self) -> Self;
    /// C's `ctanh`.
    fn tanh(self) -> Self;
    /// C's `casinh`.
    fn asinh(self) -> Self;
    /// C's `cacosh`.
    fn acosh(self) -> Self;
    /// C's `catanh`.
    fn atanh(self) -> Self;
    /// C's `cpow`.
    fn pow(self, b: Self) -> Self;
}

macro_rules! shim {
    ($type:ty, $pow:ident; $($name:ident = $symbol:ident)*) => {
        const _: () = {
            unsafe extern "C" {
                $(fn $symbol(out: *mut $type, a: *const $type);)*
                fn $pow(out: *mut $type, a: *const $type, b: *const $type);
            }
            impl ComplexMath for $type {
                $(
                    #[inline]
                    fn $name(self) -> Self {
                        let mut out = self;
                        // SAFETY: both point to aligned values of the C type.
                        unsafe { $symbol(&mut out, &self) };
                        out
                    }
                )*
                #[inline]
                fn pow(self, b: Self) -> Self {
                    let mut out = self;
                    // SAFETY: all point to aligned values of the C type.
                    unsafe { $pow(&mut out, &self, &b) };
                    out
                }
            }
        };
    };
}

shim! { Complex<f32>, sharray_cf_pow;
    sqrt = sharray_cf_sqrt exp = sharray_cf_exp log = sharray_cf_log sin = sharray_cf_sin
    cos = sharray_cf_cos tan = sharray_cf_tan asin = sharray_cf_asin acos = sharray_cf_acos
    atan = sharray_cf_atan sinh = sharray_cf_sinh cosh = sharray_cf_cosh tanh = sharray_cf_tanh
    asinh = sharray_cf_asinh acosh = sharray_cf_acosh atanh = sharray_cf_atanh
}
shim! { Complex<f64>, sharray_cd_pow;
    sqrt = sharray_cd_sqrt exp = sharray_cd_exp log = sharray_cd_log sin = sharray_cd_sin
    cos = sharray_cd_cos tan = sharray_cd_tan asin = sharray_cd_asin acos = sharray_cd_acos
    atan = sharray_cd_atan sinh = sharray_cd_sinh cosh = sharray_cd_cosh tanh = sharray_cd_tanh
    asinh = sharray_cd_asinh acosh = sharray_cd_acosh atanh = sharray_cd_atanh
}
shim! { Complex<Extended>, sharray_cl_pow;
    sqrt = sharray_cl_sqrt exp = sharray_cl_exp log = sharray_cl_log sin = sharray_cl_sin
    cos = sharray_cl_cos tan = sharray_cl_tan asin = sharray_cl_asin acos = sharray_cl_acos
    atan = sharray_cl_atan sinh = sharray_cl_sinh cosh = sharray_cl_cosh tanh = sharray_cl_tanh
    asinh = sharray_cl_asinh acosh = sharray_cl_acosh atanh = sharray_cl_atanh
}

macro_rules! unary {
    ($($name:ident($a:ident) = $value:expr;)*) => { $(
        impl<T: Float> Unary<Complex<T>> for $name
        where
            Complex<T>: ComplexMath,
        {
            type Out = Complex<T>;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply($a: Complex<T>) -> Complex<T> { $value }
        }
    )* };
}

unary! {
    Sqrt(a) = a.sqrt();
    Exp(a) = a.exp();
    Exp2(a) = scale(a, constant(LN_2, || T::from_f64(2.0).log())).exp();
    Expm1(a) = expm1(a);
    Log(a) = a.log();
    Log2(a) = scale(a.log(), constant(LOG2_E, || T::one() / T::from_f64(2.0).log()));
    Log10(a) = scale(a.log(), constant(LOG10_E, || T::one() / T::from_f64(10.0).log()));
    Log1p(a) = log1p(a);
    Sin(a) = a.sin();
    Cos(a) = a.cos();
    Tan(a) = a.tan();
    Arcsin(a) = a.asin();
    Arccos(a) = a.acos();
    Arctan(a) = a.atan();
    Sinh(a) = a.sinh();
    Cosh(a) = a.cosh();
    Tanh(a) = a.tanh();
    Arcsinh(a) = a.asinh();
    Arccosh(a) = a.acosh();
    Arctanh(a) = a.atanh();
}

impl<T: Float> Unary<Complex<T>> for Rint {
    type Out = Complex<T>;
    const BLOCKS: bool = false;
    #[inline(always)]
    fn apply(a: Complex<T>) -> Complex<T> {
        Complex::new(a.re.rint(), a.im.rint())
    }
}

#[inline(always)]
fn scale<T: Float>(a: Complex<T>, factor: T) -> Complex<T> {
    Complex::new(a.re * factor, a.im * factor)
}

/// `e^a - 1` without the cancellation near 0: `cos b - 1` is `-2 sin²(b/2)`. At infinity as C's Annex G has `cexp`.
fn expm1<T: Float>(a: Complex<T>) -> Complex<T> {
    if a.im == T::zero() {
        return Complex::new(a.re.expm1(), a.im);
    }
    if a.re.is_infinite() && !a.im.is_finite() {
        // The size is sure where the angle is not; what vanishes has none.
        let im = if a.re < T::zero() { T::zero() } else { T::from_f64(f64::NAN) };
        return Complex::new(a.re.expm1(), im);
    }
    let half = (a.im / T::from_f64(2.0)).sin();
    let re = a.re.expm1() * a.im.cos() - T::from_f64(2.0) * half * half;
    Complex::new(re, a.re.exp() * a.im.sin())
}

/// `log(1 + a)`.
fn log1p<T: Float>(a: Complex<T>) -> Complex<T> {
    let re = a.re + T::one();
    Complex::new(re.hypot(a.im).log(), a.im.atan2(re))
}

impl<T: Float> Binary<Complex<T>> for Power
where
    Complex<T>: ComplexMath,
{
    type Out = Complex<T>;
    const BLOCKS: bool = false;
    #[inline(always)]
    fn apply(a: Complex<T>, b: Complex<T>) -> Complex<T> {
        power(a, b)
    }
}

/// `a^b`. Small whole exponents multiply, so that Gaussian integers stay exact.
fn power<T: Float>(a: Complex<T>, b: Complex<T>) -> Complex<T>
where
    Complex<T>: ComplexMath,
{
    let (zero, one) = (T::zero(), T::one());
    if b.re == zero && b.im == zero {
        return Complex::new(one, zero);
    }
    if a.re == zero && a.im == zero {
        if b.re > zero {
            return Complex::new(zero, zero);
        }
        fp_status::raise(FpStatus::INVALID);
        let nan = T::from_f64(f64::NAN);
        return Complex::new(nan, nan);
    }
    let exponent = b.re.to_f64();
    if b.im == zero && exponent.trunc() == exponent && exponent.abs() < 100.0 {
        return whole_power(a, exponent as i32);
    }
    a.pow(b)
}

fn whole_power<T: Float>(a: Complex<T>, exponent: i32) -> Complex<T> {
    let one = Complex::new(T::one(), T::zero());
    match exponent {
        1 => return a,
        2 => return multiply(a, a),
        3 => return multiply(a, multiply(a, a)),
        _ => {}
    }
    let (mut result, mut factor, mut rest) = (one, a, exponent.unsigned_abs());
    loop {
        if rest & 1 != 0 {
            result = multiply(result, factor);
        }
        rest >>= 1;
        if rest == 0 {
            break;
        }
        factor = multiply(factor, factor);
    }
    if exponent < 0 { divide(one, result) } else { result }
}
