//! The order of complex numbers: by real part, then by imaginary part. A NaN imaginary part makes a pair unordered even
//! when the real parts differ.

use crate::element::Complex;
use crate::float::Float;

#[inline(always)]
fn comparable<T: Float>(a: Complex<T>, b: Complex<T>) -> bool {
    !a.im.is_nan() && !b.im.is_nan()
}

/// `a < b`.
#[inline(always)]
pub fn less<T: Float>(a: Complex<T>, b: Complex<T>) -> bool {
    (a.re < b.re && comparable(a, b)) || (a.re == b.re && a.im < b.im)
}

/// `a <= b`.
#[inline(always)]
pub fn at_most<T: Float>(a: Complex<T>, b: Complex<T>) -> bool {
    (a.re < b.re && comparable(a, b)) || (a.re == b.re && a.im <= b.im)
}

/// `a >= b`.
#[inline(always)]
pub fn at_least<T: Float>(a: Complex<T>, b: Complex<T>) -> bool {
    at_most(b, a)
}
