//! Registers of complex numbers, for the sums of `lanes`.

use rustfft::num_complex::Complex;

use crate::cache::Real;

/// A register of [`Vector::LEN`] complex numbers: re, im, re, im, …
///
/// # Safety
/// All operations: the processor has the instructions of the register's kind. [`Vector::load`] and [`Vector::store`]: there
/// are `LEN` numbers at the address; nothing is asked of its alignment beyond a number's own.
pub trait Vector: Copy {
    /// The numbers' precision.
    type Real: Real;
    /// Complex numbers in a register.
    const LEN: usize;
    /// Reads neighbours.
    unsafe fn load(from: *const Complex<Self::Real>) -> Self;
    /// Writes neighbours.
    unsafe fn store(self, to: *mut Complex<Self::Real>);
    /// One real number in all places, those of imaginary parts too.
    unsafe fn splat(value: Self::Real) -> Self;
    /// `self + other`.
    unsafe fn plus(self, other: Self) -> Self;
    /// `self - other`.
    unsafe fn minus(self, other: Self) -> Self;
    /// `self + x · factor`, place by place.
    unsafe fn plus_product(self, x: Self, factor: Self) -> Self;
    /// `self + i · other`.
    unsafe fn plus_i(self, other: Self) -> Self;
    /// `self - i · other`.
    unsafe fn minus_i(self, other: Self) -> Self;
    /// The product of complex numbers.
    unsafe fn times(self, other: Self) -> Self;
}

/// Two numbers without instructions of their own, wherever there is nothing better.
#[derive(Debug, Clone, Copy)]
pub struct Plain<T>([Complex<T>; 2]);

impl<T: Real> Plain<T> {
    #[inline(always)]
    fn with(self, other: Self, one: impl Fn(Complex<T>, Complex<T>) -> Complex<T>) -> Self {
        Plain([one(self.0[0], other.0[0]), one(self.0[1], other.0[1])])
    }
}

impl<T: Real> Vector for Plain<T> {
    type Real = T;
    const LEN: usize = 2;
    #[inline(always)]
    unsafe fn load(from: *const Complex<T>) -> Self {
        // SAFETY: by the trait's contract.
        Plain(unsafe { from.cast::<[Complex<T>; 2]>().read() })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut Complex<T>) {
        // SAFETY: by the trait's contract.
        unsafe { to.cast::<[Complex<T>; 2]>().write(self.0) }
    }
    #[inline(always)]
    unsafe fn splat(value: T) -> Self {
        Plain([Complex::new(value, value); 2])
    }
    #[inline(always)]
    unsafe fn plus(self, other: Self) -> Self {
        self.with(other, |x, y| x + y)
    }
    #[inline(always)]
    unsafe fn minus(self, other: Self) -> Self {
        self.with(other, |x, y| x - y)
    }
    #[inline(always)]
    unsafe fn plus_product(self, x: Self, factor: Self) -> Self {
        let products = x.with(factor, |x, y| Complex::new(x.re * y.re, x.im * y.im));
        self.with(products, |x, y| x + y)
    }
    #[inline(always)]
    unsafe fn plus_i(self, other: Self) -> Self {
        self.with(other, |x, y| Complex::new(x.re - y.im, x.im + y.re))
    }
    #[inline(always)]
    unsafe fn minus_i(self, other: Self) -> Self {
        self.with(other, |x, y| Complex::new(x.re + y.im, x.im - y.re))
    }
    #[inline(always)]
    unsafe fn times(self, other: Self) -> Self {
        self.with(other, |x, y| x * y)
    }
}

/// [`Vector`] for a register of x86: its instructions, and what swaps the parts of each number, doubles the real parts and
/// doubles the imaginary ones.
#[cfg(target_arch = "x86_64")]
macro_rules! register {
    (
        $name:ident of $len:literal $real:ty: $load:ident $store:ident $splat:ident $add:ident $sub:ident $mul:ident
        $fmadd:ident $fmaddsub:ident $fmsubadd:ident
        |$x:ident| $swapped:expr, $real_parts:expr, $imaginary_parts:expr
    ) => {
        // SAFETY, of all blocks: by the trait's contract.
        impl Vector for $name {
            type Real = $real;
            const LEN: usize = $len;
            #[inline(always)]
            unsafe fn load(from: *const Complex<$real>) -> Self {
                // SAFETY: see above.
                unsafe { $load(from.cast()) }
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut Complex<$real>) {
                // SAFETY: see above.
                unsafe { $store(to.cast(), self) }
            }
            #[inline(always)]
            unsafe fn splat(value: $real) -> Self {
                // SAFETY: see above.
                unsafe { $splat(value) }
            }
            #[inline(always)]
            unsafe fn plus(self, other: Self) -> Self {
                // SAFETY: see above.
                unsafe { $add(self, other) }
            }
            #[inline(always)]
            unsafe fn minus(self, other: Self) -> Self {
                // SAFETY: see above.
                unsafe { $sub(self, other) }
            }
            #[inline(always)]
            unsafe fn plus_product(self, x: Self, factor: Self) -> Self {
                // SAFETY: see above.
                unsafe { $fmadd(x, factor, self) }
            }
            #[inline(always)]
            unsafe fn plus_i(self, $x: Self) -> Self {
                // SAFETY: see above.
                unsafe { $fmaddsub(self, $splat(1.0), $swapped) }
            }
            #[inline(always)]
            unsafe fn minus_i(self, $x: Self) -> Self {
                // SAFETY: see above.
                unsafe { $fmsubadd(self, $splat(1.0), $swapped) }
            }
            #[inline(always)]
            unsafe fn times(self, $x: Self) -> Self {
                // SAFETY: see above.
                unsafe {
                    let (real, imaginary) = ($real_parts, $imaginary_parts);
                    let $x = self;
                    $fmaddsub(self, real, $mul($swapped, imaginary))
                }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{Complex, Vector};

    register!(
        __m256d of 2 f64: _mm256_loadu_pd _mm256_storeu_pd _mm256_set1_pd _mm256_add_pd _mm256_sub_pd _mm256_mul_pd
        _mm256_fmadd_pd _mm256_fmaddsub_pd _mm256_fmsubadd_pd
        |x| _mm256_permute_pd::<0b0101>(x), _mm256_movedup_pd(x), _mm256_permute_pd::<0b1111>(x)
    );
    register!(
        __m512d of 4 f64: _mm512_loadu_pd _mm512_storeu_pd _mm512_set1_pd _mm512_add_pd _mm512_sub_pd _mm512_mul_pd
        _mm512_fmadd_pd _mm512_fmaddsub_pd _mm512_fmsubadd_pd
        |x| _mm512_permute_pd::<0b0101_0101>(x), _mm512_movedup_pd(x), _mm512_permute_pd::<0b1111_1111>(x)
    );
    register!(
        __m256 of 4 f32: _mm256_loadu_ps _mm256_storeu_ps _mm256_set1_ps _mm256_add_ps _mm256_sub_ps _mm256_mul_ps
        _mm256_fmadd_ps _mm256_fmaddsub_ps _mm256_fmsubadd_ps
        |x| _mm256_permute_ps::<0b10_11_00_01>(x), _mm256_moveldup_ps(x), _mm256_movehdup_ps(x)
    );
    register!(
        __m512 of 8 f32: _mm512_loadu_ps _mm512_storeu_ps _mm512_set1_ps _mm512_add_ps _mm512_sub_ps _mm512_mul_ps
        _mm512_fmadd_ps _mm512_fmaddsub_ps _mm512_fmsubadd_ps
        |x| _mm512_permute_ps::<0b10_11_00_01>(x), _mm512_moveldup_ps(x), _mm512_movehdup_ps(x)
    );
}
