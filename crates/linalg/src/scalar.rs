//! The four types of numbers that matrices are computed in, and what the methods ask of them.

use faer::traits::{ComplexField, RealField};
pub use faer::{c32, c64};

/// A real number: float32 or float64.
pub trait Float: RealField + Copy + PartialOrd {
    /// The distance from 1 to the next number.
    const EPSILON: Self;
    /// The least positive normal number.
    const TINY: Self;
    /// The largest finite number.
    const LARGEST: Self;
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// Not a number.
    const NAN: Self;
    /// The nearest number.
    fn of(value: f64) -> Self;
    /// The same number, as float64.
    fn wide(self) -> f64;
    /// Magnitude.
    fn abs(self) -> Self;
    /// Square root.
    fn sqrt(self) -> Self;
    /// Length of a vector of two elements, without overflow on the way.
    fn hypot(self, other: Self) -> Self;
    /// Neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// Natural logarithm.
    fn ln(self) -> Self;
    /// The magnitude with another number's sign.
    fn copysign(self, sign: Self) -> Self;
}

macro_rules! float {
    ($type:ident) => {
        impl Float for $type {
            const EPSILON: Self = $type::EPSILON;
            const TINY: Self = $type::MIN_POSITIVE;
            const LARGEST: Self = $type::MAX;
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const NAN: Self = $type::NAN;
            #[inline(always)]
            fn of(value: f64) -> Self {
                value as $type
            }
            #[inline(always)]
            fn wide(self) -> f64 {
                f64::from(self)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                $type::abs(self)
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                $type::sqrt(self)
            }
            #[inline(always)]
            fn hypot(self, other: Self) -> Self {
                $type::hypot(self, other)
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                $type::is_finite(self)
            }
            #[inline(always)]
            fn ln(self) -> Self {
                $type::ln(self)
            }
            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                $type::copysign(self, sign)
            }
        }
    };
}

float!(f32);
float!(f64);

/// An element of a matrix: a real or a complex number.
pub trait Scalar: ComplexField<Real: Float> + Copy {
    /// Whether it has an imaginary part.
    const COMPLEX: bool;
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// A number from its parts; the imaginary part is dropped by real types.
    fn new(re: Self::Real, im: Self::Real) -> Self;
    /// Real part.
    fn re(self) -> Self::Real;
    /// Imaginary part.
    fn im(self) -> Self::Real;
    /// Complex conjugate.
    fn adjoint(self) -> Self;
    /// Magnitude, without overflow on the way.
    fn size(self) -> Self::Real;
    /// Sum of the parts' magnitudes: what LAPACK chooses pivots by.
    #[inline(always)]
    fn size1(self) -> Self::Real {
        self.re().abs() + self.im().abs()
    }
    /// Sum of the parts' squares.
    #[inline(always)]
    fn square(self) -> Self::Real {
        self.re() * self.re() + self.im() * self.im()
    }
    /// A real number as this type.
    #[inline(always)]
    fn real(value: Self::Real) -> Self {
        Self::new(value, <Self::Real as Float>::ZERO)
    }
    /// Times a real number.
    #[inline(always)]
    fn times(self, factor: Self::Real) -> Self {
        Self::new(self.re() * factor, self.im() * factor)
    }
    /// Quotient, without overflow on the way.
    fn over(self, divisor: Self) -> Self;
    /// Neither part infinite nor NaN.
    #[inline(always)]
    fn finite(self) -> bool {
        self.re().is_finite() && self.im().is_finite()
    }
}

macro_rules! real {
    ($type:ident) => {
        impl Scalar for $type {
            const COMPLEX: bool = false;
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            #[inline(always)]
            fn new(re: $type, _: $type) -> Self {
                re
            }
            #[inline(always)]
            fn re(self) -> $type {
                self
            }
            #[inline(always)]
            fn im(self) -> $type {
                0.0
            }
            #[inline(always)]
            fn adjoint(self) -> Self {
                self
            }
            #[inline(always)]
            fn size(self) -> $type {
                self.abs()
            }
            #[inline(always)]
            fn over(self, divisor: Self) -> Self {
                self / divisor
            }
        }
    };
}

real!(f32);
real!(f64);

macro_rules! complex {
    ($type:ident, $real:ident) => {
        impl Scalar for $type {
            const COMPLEX: bool = true;
            const ZERO: Self = $type { re: 0.0, im: 0.0 };
            const ONE: Self = $type { re: 1.0, im: 0.0 };
            #[inline(always)]
            fn new(re: $real, im: $real) -> Self {
                $type { re, im }
            }
            #[inline(always)]
            fn re(self) -> $real {
                self.re
            }
            #[inline(always)]
            fn im(self) -> $real {
                self.im
            }
            #[inline(always)]
            fn adjoint(self) -> Self {
                $type { re: self.re, im: -self.im }
            }
            #[inline(always)]
            fn size(self) -> $real {
                $real::hypot(self.re, self.im)
            }
            /// Smith's method: the larger part of the divisor is divided by.
            #[inline]
            fn over(self, divisor: Self) -> Self {
                let (a, b, c, d) = (self.re, self.im, divisor.re, divisor.im);
                if c.abs() >= d.abs() {
                    let ratio = d / c;
                    let whole = c + d * ratio;
                    $type { re: (a + b * ratio) / whole, im: (b - a * ratio) / whole }
                } else {
                    let ratio = c / d;
                    let whole = c * ratio + d;
                    $type { re: (a * ratio + b) / whole, im: (b * ratio - a) / whole }
                }
            }
        }
    };
}

complex!(c32, f32);
complex!(c64, f64);
