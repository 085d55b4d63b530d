//! The factor L of a positive definite matrix, `A = L·Lᴴ`: bands of columns, whose diagonal blocks faer factors.

use faer::dyn_stack::MemStack;
use faer::linalg::cholesky::llt::factor::{cholesky_in_place, cholesky_in_place_scratch};
use faer::linalg::matmul::triangular::{self, BlockStructure};
use faer::linalg::triangular_solve::solve_lower_triangular_in_place;
use faer::{Accum, MatMut, Par, Spec};
use sharray_base::{Result, interrupt};

use crate::dense::{Dense, by_columns, matmul, scratch};
use crate::scalar::{Float, Scalar};

/// Matrices of at most so many rows are factored by plain loops.
const SMALL: usize = 8;
/// Columns of a band of a large matrix.
const BAND: usize = 128;
/// Matrices up to this size are one band.
const ONE_BAND: usize = 256;

/// Replaces the lower triangle of `a` by the factor, and what is above it by zeros; false if `a` is not positive
/// definite. Only the lower triangle is read, and of the diagonal the real parts. NaN spreads, as LAPACK lets it.
///
/// # Errors
/// `OutOfMemory`, or an interruption.
pub fn factor<T: Scalar>(a: &mut Dense<T>) -> Result<bool> {
    let n = a.columns();
    for j in 0..n {
        a[(j, j)] = T::real(a[(j, j)].re());
    }
    let is_definite = if n <= SMALL || !a.is_finite() { small(a) } else { large(a)? };
    for j in 0..n {
        a.column_mut(j)[..j].fill(T::ZERO);
        a[(j, j)] = T::real(a[(j, j)].re());
    }
    Ok(is_definite)
}

/// Band by band. Leaves anything above the diagonal.
fn large<T: Scalar>(a: &mut Dense<T>) -> Result<bool> {
    let n = a.columns();
    let width = if n <= ONE_BAND { n } else { BAND };
    let mut memory = scratch(cholesky_in_place_scratch::<T>(width, Par::Seq, Spec::default()))?;
    let mut first = 0;
    while first < n {
        interrupt::poll()?;
        let width = width.min(n - first);
        let rest = a.as_mut().submatrix_mut(first, first, n - first, n - first);
        if !band(rest, width, MemStack::new(&mut memory))? {
            return Ok(false);
        }
        first += width;
    }
    Ok(true)
}

/// Factors the first columns, and takes their part off the others.
fn band<T: Scalar>(a: MatMut<'_, T>, width: usize, memory: &mut MemStack) -> Result<bool> {
    let (left, right) = a.split_at_col_mut(width);
    let (mut diagonal, mut below) = left.split_at_row_mut(width);
    if cholesky_in_place(diagonal.as_mut(), Default::default(), Par::Seq, memory, Spec::default()).is_err() {
        return Ok(false);
    }
    if below.nrows() == 0 {
        return Ok(true);
    }
    // X·Lᴴ = B is conj(L)·Xᵀ = Bᵀ.
    let cost = width * width * below.nrows();
    let triangle = diagonal.as_ref().conjugate();
    by_columns(below.as_mut().transpose_mut(), cost, |_, part| {
        solve_lower_triangular_in_place(triangle, part, Par::Seq);
        Ok(())
    })?;
    let below = below.as_ref();
    let rest = right.subrows_mut(width, below.nrows());
    let cost = below.nrows() * below.nrows() * width;
    by_columns(rest, cost, |first, part| {
        let columns = part.ncols();
        let (_, part) = part.split_at_row_mut(first);
        let (top, bottom) = part.split_at_row_mut(columns);
        let rows = below.subrows(first, columns);
        triangular::matmul(
            top,
            BlockStructure::TriangularLower,
            Accum::Add,
            rows,
            BlockStructure::Rectangular,
            rows.adjoint(),
            BlockStructure::Rectangular,
            -T::ONE,
            Par::Seq,
        );
        let others = below.subrows(first + columns, below.nrows() - first - columns);
        matmul(bottom, Accum::Add, others, rows.adjoint(), -T::ONE, Par::Seq);
        Ok(())
    })?;
    Ok(true)
}

fn small<T: Scalar>(a: &mut Dense<T>) -> bool {
    let n = a.columns();
    for k in 0..n {
        let pivot = a[(k, k)].re();
        if pivot <= <T::Real as Float>::ZERO {
            return false;
        }
        let root = pivot.sqrt();
        a[(k, k)] = T::real(root);
        for x in &mut a.column_mut(k)[k + 1..] {
            *x = T::new(x.re() / root, x.im() / root);
        }
        for j in k + 1..n {
            let (left, right) = a.two(k, j);
            let factor = left[j].adjoint();
            for (x, &known) in right[j..].iter_mut().zip(&left[j..]) {
                *x -= known * factor;
            }
            right[j] = T::real(right[j].re());
        }
    }
    true
}
