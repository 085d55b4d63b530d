//! Products of a matrix with vectors that read it once, four columns at a time: what reductions to condensed form spend
//! their time with. The matrix comes from memory or the outer caches, so that reading it twice would cost twice.

use std::ops::Range;

use faer::MatRef;
use faer::traits::pulp::{Simd, WithSimd};
use faer::traits::{ComplexField, ComplexImpl, SimdArch};
use faer::utils::simd::SimdCtx;
use faer::{ColMut, ColRef, with_dim};
use sharray_kernels::element::array;

use crate::scalar::Scalar;

/// Columns that are read side by side.
const SIDE: usize = 4;

/// `out[j] = a[:, j]ᴴ · v`.
pub(crate) fn dots<T: Scalar>(a: MatRef<'_, T>, v: &[T], out: &mut [T]) {
    assert!(v.len() == a.nrows() && out.len() == a.ncols());
    Sweep::<T, true, false>::run(a, v.as_ptr(), std::ptr::null(), std::ptr::null_mut(), out.as_mut_ptr());
}

/// `y += a · x`.
pub(crate) fn combine<T: Scalar>(a: MatRef<'_, T>, x: &[T], y: &mut [T]) {
    assert!(y.len() == a.nrows() && x.len() == a.ncols());
    Sweep::<T, false, true>::run(a, std::ptr::null(), x.as_ptr(), y.as_mut_ptr(), std::ptr::null_mut());
}

/// The part of `y += A·x`, for a Hermitian A, that some columns of its lower triangle have: the elements below the
/// diagonal count twice. `x` and `y` are as long as A.
pub(crate) fn hermitian<T: Scalar>(a: MatRef<'_, T>, columns: Range<usize>, x: &[T], y: &mut [T]) {
    let n = a.nrows();
    assert!(a.ncols() == n && x.len() == n && y.len() == n && columns.end <= n);
    let mut first = columns.start;
    while first < columns.end {
        let wide = SIDE.min(columns.end - first);
        let below = first + wide;
        corner(a.submatrix(first, first, wide, wide), &x[first..below], &mut y[first..below]);
        let mut sums = [T::ZERO; SIDE];
        let (upper, lower) = y.split_at_mut(below);
        let part = a.submatrix(below, first, n - below, wide);
        let v = x[below..].as_ptr();
        Sweep::<T, true, true>::run(part, v, x[first..].as_ptr(), lower.as_mut_ptr(), sums.as_mut_ptr());
        for (place, sum) in upper[first..].iter_mut().zip(sums) {
            *place += sum;
        }
        first = below;
    }
}

/// `y += A·x` for a Hermitian matrix of at most [`SIDE`] rows, of which the lower triangle is read.
#[inline(always)]
fn corner<T: Scalar>(a: MatRef<'_, T>, x: &[T], y: &mut [T]) {
    let n = x.len().min(SIDE);
    let (mut from, mut sums) = ([T::ZERO; SIDE], [T::ZERO; SIDE]);
    from[..n].copy_from_slice(&x[..n]);
    for j in 0..n {
        sums[j] += from[j].times(a[(j, j)].re());
        for i in j + 1..n {
            let element = a[(i, j)];
            sums[i] += element * from[j];
            sums[j] += element.adjoint() * from[i];
        }
    }
    y.iter_mut().zip(sums).for_each(|(y, sum)| *y += sum);
}

/// One pass over a matrix. DOTS: `out[j] = a[:, j]ᴴ·v`. SUMS: `y += a·x`.
struct Sweep<T, const DOTS: bool, const SUMS: bool> {
    a: *const T,
    step: isize,
    rows: usize,
    columns: usize,
    v: *const T,
    x: *const T,
    y: *mut T,
    out: *mut T,
}

impl<T: Scalar, const DOTS: bool, const SUMS: bool> Sweep<T, DOTS, SUMS> {
    /// Of the pointers those that are used are to as many elements as the matrix has rows (`v`, `y`) or columns (`x`, `out`).
    fn run(a: MatRef<'_, T>, v: *const T, x: *const T, y: *mut T, out: *mut T) {
        assert!(a.row_stride() == 1 || a.nrows() < 2);
        let (rows, columns) = (a.nrows(), a.ncols());
        let (a, step) = (a.as_ptr(), a.col_stride());
        Self { a, step, rows, columns, v, x, y, out }.dispatch();
    }
    fn dispatch(self) {
        if const { T::IS_NATIVE_C32 } {
            <ComplexImpl<f32> as ComplexField>::Arch::default().dispatch(self.cast::<ComplexImpl<f32>>());
        } else if const { T::IS_NATIVE_C64 } {
            <ComplexImpl<f64> as ComplexField>::Arch::default().dispatch(self.cast::<ComplexImpl<f64>>());
        } else {
            T::Arch::default().dispatch(self);
        }
    }
    /// The same numbers as faer's type for their vectors, which is a transparent wrapper.
    fn cast<U>(self) -> Sweep<U, DOTS, SUMS> {
        let Sweep { a, step, rows, columns, v, x, y, out } = self;
        Sweep { a: a.cast(), step, rows, columns, v: v.cast(), x: x.cast(), y: y.cast(), out: out.cast() }
    }
}

impl<T: ComplexField, const DOTS: bool, const SUMS: bool> WithSimd for Sweep<T, DOTS, SUMS> {
    type Output = ();
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let ctx = T::simd_ctx(simd);
        let mut j = 0;
        while j + SIDE <= self.columns {
            self.some::<S, SIDE>(ctx, j);
            j += SIDE;
        }
        while j < self.columns {
            self.some::<S, 1>(ctx, j);
            j += 1;
        }
    }
}

impl<T: ComplexField, const DOTS: bool, const SUMS: bool> Sweep<T, DOTS, SUMS> {
    /// The columns `j..j + N`.
    #[inline(always)]
    fn some<S: Simd, const N: usize>(&self, ctx: T::SimdCtx<S>, j: usize) {
        with_dim!(rows, self.rows);
        let simd = SimdCtx::<T, S>::new(ctx, rows);
        // SAFETY: a column of the matrix that `run` was given, whose elements lie one after the other.
        let column = |start: *const T| unsafe {
            ColRef::from_raw_parts(start, rows, 1isize).try_as_col_major().unwrap_unchecked()
        };
        let a: [_; N] = array(|c| column(self.a.wrapping_offset((j + c) as isize * self.step)));
        let zero = simd.zero();
        let mut sums = [zero; N];
        let mut x = [zero; N];
        if SUMS {
            for (c, x) in x.iter_mut().enumerate() {
                // SAFETY: `x` is as long as the matrix has columns.
                *x = simd.splat(unsafe { &*self.x.add(j + c) });
            }
        }
        let v = column(if DOTS { self.v } else { self.a });
        // Never written otherwise.
        let y = if SUMS { self.y } else { self.a.cast_mut() };
        // SAFETY: `y` is as long as the matrix has rows, and nobody else has it meanwhile.
        let mut y =
            unsafe { ColMut::from_raw_parts_mut(y, rows, 1isize).try_as_col_major_mut().unwrap_unchecked() };
        faer::simd_iter!(for i in [simd.indices()] {
            let mut sum = if SUMS { simd.read(y.as_ref(), i) } else { zero };
            let by = if DOTS { simd.read(v, i) } else { zero };
            for c in 0..N {
                let element = simd.read(a[c], i);
                if SUMS {
                    sum = simd.mul_add(element, x[c], sum);
                }
                if DOTS {
                    sums[c] = simd.conj_mul_add(element, by, sums[c]);
                }
            }
            if SUMS {
                simd.write(y.as_mut(), i, sum);
            }
        });
        if DOTS {
            for (c, &sum) in sums.iter().enumerate() {
                // SAFETY: `out` is as long as the matrix has columns, and nobody else has it meanwhile.
                unsafe { *self.out.add(j + c) = simd.reduce_sum(sum) };
            }
        }
    }
}
