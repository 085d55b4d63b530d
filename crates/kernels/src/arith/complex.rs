//! Complex arithmetic. Products are the plain formula, quotients Smith's (R. L. Smith, "Algorithm 116: Complex
//! division", 1962), ordering is by real part, then imaginary part, as NumPy defines them.

use super::*;
use crate::compare::complex::{at_least, at_most};
use crate::element::Complex;
use crate::float::{Float, is_middling, middling_magnitude};
use crate::isa::ordinary::Ordinary;
use crate::isa::shell::{Binary, Ternary, Unary};
use crate::reduce::{self, pairwise};

/// Binary operations on complex numbers; `blocks` where they vectorise.
macro_rules! operations {
    ($($blocks:ident $name:ident($a:ident, $b:ident) = $value:expr;)*) => { $(
        impl<T: Float> Binary<Complex<T>> for $name {
            type Out = Complex<T>;
            const BLOCKS: bool = T::NATIVE && $blocks;
            #[inline(always)]
            fn apply($a: Complex<T>, $b: Complex<T>) -> Complex<T> { $value }
        }
    )* };
    (unary: $($name:ident($a:ident) = $value:expr;)*) => { $(
        impl<T: Float> Unary<Complex<T>> for $name {
            type Out = Complex<T>;
            const BLOCKS: bool = false;
            #[inline(always)]
            fn apply($a: Complex<T>) -> Complex<T> { $value }
        }
    )* };
}

const YES: bool = true;
const NO: bool = false;

operations! {
    YES Subtract(a, b) = Complex::new(a.re - b.re, a.im - b.im);
    YES Multiply(a, b) = multiply(a, b);
    NO Divide(a, b) = divide(a, b);
    NO Maximum(a, b) = if has_nan(a) || at_least(a, b) { a } else { b };
    NO Minimum(a, b) = if has_nan(a) || at_most(a, b) { a } else { b };
    NO Fmax(a, b) = if has_nan(b) || at_least(a, b) { a } else { b };
    NO Fmin(a, b) = if has_nan(b) || at_most(a, b) { a } else { b };
}

operations! { unary:
    Negative(a) = Complex::new(-a.re, -a.im);
    Positive(a) = a;
    Conjugate(a) = Complex::new(a.re, -a.im);
    Square(a) = multiply(a, a);
    Reciprocal(a) = reciprocal(a);
    Sign(a) = sign(a);
    OnesLike(_a) = Complex::new(T::one(), T::zero());
}

impl<T: Float> Binary<Complex<T>> for Add {
    type Out = Complex<T>;
    const BLOCKS: bool = T::NATIVE;
    #[inline(always)]
    fn apply(a: Complex<T>, b: Complex<T>) -> Complex<T> {
        Complex::new(a.re + b.re, a.im + b.im)
    }
    #[inline(always)]
    unsafe fn reduce(total: *mut u8, source: *const u8, n: isize, step: isize) -> bool {
        // SAFETY: the same contract.
        unsafe {
            let sum = pairwise::sum_complex::<T>((source, n, step));
            reduce::in_order(total, (source, 1.min(n), step), |a: Complex<T>, _: Complex<T>| {
                Self::apply(a, sum)
            })
        }
    }
}

impl<T: Float> Unary<Complex<T>> for Absolute {
    type Out = T;
    const BLOCKS: bool = size_of::<T>() == 4;
    #[inline(always)]
    fn apply(a: Complex<T>) -> T {
        T::magnitude(a.re, a.im)
    }
}

/// The magnitude as an operation of the shell of ordinary operands, whose second operand is none.
impl Binary<Complex<f64>, ()> for Absolute {
    type Out = f64;
    const BLOCKS: bool = false;
    #[inline(always)]
    fn apply(a: Complex<f64>, _: ()) -> f64 {
        f64::magnitude(a.re, a.im)
    }
}

impl Ordinary<Complex<f64>, ()> for Absolute {
    const BENIGN: (Complex<f64>, ()) = (Complex { re: 1.0, im: 0.0 }, ());
    const BLANK: f64 = 0.0;
    #[inline(always)]
    fn ordinary(a: Complex<f64>, _: ()) -> bool {
        is_middling(a.re.abs()) & is_middling(a.im.abs())
    }
    #[inline(always)]
    fn eval(a: Complex<f64>, _: ()) -> (f64, bool) {
        (middling_magnitude(a.re.abs(), a.im.abs()), true)
    }
}

impl<T: Float> Ternary<Complex<T>> for Clip {
    #[inline(always)]
    fn apply(a: Complex<T>, low: Complex<T>, high: Complex<T>) -> Complex<T> {
        let raised = if has_nan(a) || in_order(low, a) { a } else { low };
        if has_nan(raised) || in_order(raised, high) { raised } else { high }
    }
}

/// `a <= b` by real part, then imaginary part; unlike in comparisons, a NaN imaginary part counts only where it decides.
#[inline(always)]
fn in_order<T: Float>(a: Complex<T>, b: Complex<T>) -> bool {
    a.re < b.re || (a.re == b.re && a.im <= b.im)
}

#[inline(always)]
fn has_nan<T: Float>(a: Complex<T>) -> bool {
    a.re.is_nan() || a.im.is_nan()
}

/// `a · b`.
#[inline(always)]
pub fn multiply<T: Float>(a: Complex<T>, b: Complex<T>) -> Complex<T> {
    Complex::new(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
}

/// `a / b`, scaled by the larger part of `b` so that nothing overflows on the way.
#[inline]
pub fn divide<T: Float>(a: Complex<T>, b: Complex<T>) -> Complex<T> {
    let (re, im) = (b.re.abs(), b.im.abs());
    if re >= im {
        if re == T::zero() && im == T::zero() {
            return Complex::new((a.re / re).pinned(), a.im / re);
        }
        let ratio = (b.im / b.re).pinned();
        let scale = (T::one() / (b.re + b.im * ratio)).pinned();
        Complex::new((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale)
    } else {
        let ratio = (b.re / b.im).pinned();
        let scale = (T::one() / (b.im + b.re * ratio)).pinned();
        Complex::new((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale)
    }
}

#[inline]
fn reciprocal<T: Float>(a: Complex<T>) -> Complex<T> {
    if a.im.abs() <= a.re.abs() {
        let ratio = (a.im / a.re).pinned();
        let scale = a.re + a.im * ratio;
        Complex::new((T::one() / scale).pinned(), -ratio / scale)
    } else {
        let ratio = (a.re / a.im).pinned();
        let scale = a.re * ratio + a.im;
        Complex::new((ratio / scale).pinned(), -T::one() / scale)
    }
}

/// `a / |a|`: 0 for 0, NaN for NaN and for two infinite parts.
fn sign<T: Float>(a: Complex<T>) -> Complex<T> {
    let size = a.re.hypot(a.im);
    let (zero, one) = (T::zero(), T::one());
    if size.is_nan() {
        return Complex::new(size, size);
    }
    if size.is_infinite() {
        let nan = T::from_f64(f64::NAN);
        return match (a.re.is_infinite(), a.im.is_infinite()) {
            (true, false) => Complex::new(one.copysign(a.re), zero),
            (false, true) => Complex::new(zero, one.copysign(a.im)),
            _ => Complex::new(nan, nan),
        };
    }
    if size == zero {
        return Complex::new(zero, zero);
    }
    Complex::new((a.re / size).pinned(), a.im / size)
}
