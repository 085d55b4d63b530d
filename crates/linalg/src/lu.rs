//! Gaussian elimination with partial pivoting: `P·A = L·U`, and what follows from it.
//!
//! ```text
//! factor(A):  narrow → column by column
//!             else     factor the left half · rows of the right half exchanged · its top solved with L ·
//!                      the product taken off its bottom · factor that bottom · rows of the left half exchanged
//! ```
//! The halving makes nearly all work products of matrices (Toledo 1997, "Locality of reference in LU decomposition with
//! partial pivoting"). The loop is our own since faer's divides by pivots of zero: here such a column is left as it is, as
//! LAPACK does, so that determinants of singular matrices are exact zeros and singularity is seen.

use faer::linalg::triangular_solve as solve_by;
use faer::{Accum, MatMut, MatRef, Par};
use sharray_base::{Result, interrupt};

use crate::dense::{Dense, by_columns, filled, matmul};
use crate::scalar::{Float, Scalar};

/// Matrices of at most so many columns are eliminated column by column.
const NARROW: usize = 8;
/// Systems of at most so many unknowns are solved by plain loops.
const SMALL: usize = 16;

/// A matrix taken apart.
pub struct Lu<T> {
    /// L below the diagonal (its own diagonal is all ones), U on and above it.
    pub packed: Dense<T>,
    /// Step i exchanged rows i and `pivots[i]`.
    pub pivots: Vec<usize>,
    /// Whether a pivot is exactly zero.
    pub is_singular: bool,
}

impl<T: Scalar> Lu<T> {
    /// Takes a square matrix apart.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub fn of(mut a: Dense<T>) -> Result<Lu<T>> {
        let n = a.columns();
        let mut pivots = filled(n, 0)?;
        if n <= NARROW {
            small(&mut a, &mut pivots);
        } else {
            factor(a.as_mut(), &mut pivots)?;
        }
        let is_singular = (0..n).any(|i| a[(i, i)] == T::ZERO);
        Ok(Lu { packed: a, pivots, is_singular })
    }

    /// Solves for all columns of `b`, in place. The matrix is not singular.
    ///
    /// # Errors
    /// An interruption.
    pub fn solve(&self, b: &mut Dense<T>) -> Result<()> {
        let n = self.pivots.len();
        if n <= SMALL {
            for j in 0..b.columns() {
                self.solve_column(b.column_mut(j));
            }
            return Ok(());
        }
        let cost = n * n * b.columns();
        by_columns(b.as_mut(), cost, |_, mut part| {
            exchange(part.as_mut(), &self.pivots);
            solve_by::solve_unit_lower_triangular_in_place(self.packed.as_ref(), part.as_mut(), Par::Seq);
            solve_by::solve_upper_triangular_in_place(self.packed.as_ref(), part, Par::Seq);
            Ok(())
        })
    }

    fn solve_column(&self, x: &mut [T]) {
        let n = self.pivots.len();
        for (i, &other) in self.pivots.iter().enumerate() {
            x.swap(i, other);
        }
        for k in 0..n {
            let known = x[k];
            for (place, &factor) in x[k + 1..].iter_mut().zip(&self.packed.column(k)[k + 1..]) {
                *place -= factor * known;
            }
        }
        for k in (0..n).rev() {
            let column = self.packed.column(k);
            let known = x[k].over(column[k]);
            x[k] = known;
            for (place, &factor) in x[..k].iter_mut().zip(column) {
                *place -= factor * known;
            }
        }
    }

    /// Whether the rows' order is odd.
    fn is_odd(&self) -> bool {
        self.pivots.iter().enumerate().filter(|&(i, &other)| i != other).count() % 2 == 1
    }

    /// The determinant. A power of two is kept apart: the product doesn't overflow on the way to a number that fits.
    pub fn determinant(&self) -> T {
        if self.is_singular {
            return T::ZERO;
        }
        let mut product = if self.is_odd() { -T::ONE } else { T::ONE };
        let mut exponent = 0i64;
        for i in 0..self.pivots.len() {
            let (factor, power) = split(self.packed[(i, i)]);
            let (next, more) = split(product * factor);
            product = next;
            exponent += power + more;
        }
        joined(product, exponent)
    }

    /// The determinant's direction and the logarithm of its magnitude.
    pub fn sign_and_log(&self) -> (T, T::Real) {
        let zero = <T::Real as Float>::ZERO;
        if self.is_singular {
            return (T::ZERO, -<T::Real as Float>::ONE / zero);
        }
        let mut sign = if self.is_odd() { -T::ONE } else { T::ONE };
        let mut log = zero;
        for i in 0..self.pivots.len() {
            let pivot = self.packed[(i, i)];
            let size = pivot.size();
            if T::COMPLEX {
                sign *= T::new(pivot.re() / size, pivot.im() / size);
            } else if pivot.re() < zero {
                sign = -sign;
            }
            log += size.ln();
        }
        (sign, log)
    }
}

/// A number as one of moderate magnitude and a power of two. Zeros, infinities and NaN are their own.
fn split<T: Scalar>(value: T) -> (T, i64) {
    let (re, im) = (value.re().wide(), value.im().wide());
    let size = re.abs().max(im.abs());
    if size == 0.0 || !size.is_finite() || (1e-3..1e3).contains(&size) {
        return (value, 0);
    }
    let exponent = i64::from(crate::scale::exponent(size));
    (T::new(scaled(re, -exponent), scaled(im, -exponent)), exponent)
}

fn joined<T: Scalar>(value: T, exponent: i64) -> T {
    T::new(scaled(value.re().wide(), exponent), scaled(value.im().wide(), exponent))
}

/// `value · 2^exponent` as a number of the type; rounded once.
fn scaled<R: Float>(value: f64, exponent: i64) -> R {
    R::of(crate::scale::times_power(value, exponent.clamp(-5000, 5000) as i32))
}

/// Elimination column by column in plain loops.
fn small<T: Scalar>(a: &mut Dense<T>, pivots: &mut [usize]) {
    let n = pivots.len();
    for k in 0..n {
        let pivot = largest(a.column(k), k);
        pivots[k] = pivot;
        if a[(pivot, k)] == T::ZERO {
            continue;
        }
        if pivot != k {
            for j in 0..n {
                a.column_mut(j).swap(k, pivot);
            }
        }
        divide_below(a.column_mut(k), k);
        for j in k + 1..n {
            let (left, right) = a.two(k, j);
            take_off(right, left, k);
        }
    }
}

/// Where the largest of `column[k..]` stands; NaN is never larger.
#[inline]
fn largest<T: Scalar>(column: &[T], k: usize) -> usize {
    let (mut best, mut most) = (k, column[k].size1());
    for (i, x) in column.iter().enumerate().skip(k + 1) {
        if x.size1() > most {
            (best, most) = (i, x.size1());
        }
    }
    best
}

/// Divides what is below the pivot by it: by a product with the reciprocal, unless that overflows.
#[inline]
fn divide_below<T: Scalar>(column: &mut [T], k: usize) {
    let pivot = column[k];
    if pivot.size1() >= <T::Real as Float>::TINY {
        let reciprocal = T::ONE.over(pivot);
        column[k + 1..].iter_mut().for_each(|x| *x *= reciprocal);
    } else {
        column[k + 1..].iter_mut().for_each(|x| *x = x.over(pivot));
    }
}

#[inline]
fn take_off<T: Scalar>(column: &mut [T], factors: &[T], k: usize) {
    let top = column[k];
    for (x, &factor) in column[k + 1..].iter_mut().zip(&factors[k + 1..]) {
        *x -= factor * top;
    }
}

/// Elimination of at least as many rows as columns, by halves.
fn factor<T: Scalar>(mut a: MatMut<'_, T>, pivots: &mut [usize]) -> Result<()> {
    let n = a.ncols();
    if n <= NARROW {
        narrow(a, pivots);
        return Ok(());
    }
    interrupt::poll()?;
    let half = if n <= 2 * NARROW { NARROW } else { (n / 2).next_multiple_of(NARROW) };
    let (upper, lower) = pivots.split_at_mut(half);
    factor(a.as_mut().subcols_mut(0, half), upper)?;
    let (left, right) = a.as_mut().split_at_col_mut(half);
    let (top, bottom) = left.as_ref().split_at_row(half);
    let cost = a_cost(bottom, right.ncols());
    by_columns(right, cost, |_, part| {
        update(top, bottom, part, upper);
        Ok(())
    })?;
    let rows = a.nrows() - half;
    let (left, right) = a.split_at_col_mut(half);
    factor(right.subrows_mut(half, rows), lower)?;
    exchange(left.subrows_mut(half, rows), lower);
    lower.iter_mut().for_each(|place| *place += half);
    Ok(())
}

fn a_cost<T>(bottom: MatRef<'_, T>, columns: usize) -> usize {
    bottom.nrows() * bottom.ncols() * columns
}

/// What the elimination of the left half's columns means for columns of the right half.
fn update<T: Scalar>(top: MatRef<'_, T>, bottom: MatRef<'_, T>, mut part: MatMut<'_, T>, pivots: &[usize]) {
    exchange(part.as_mut(), pivots);
    let (mut above, below) = part.split_at_row_mut(pivots.len());
    solve_by::solve_unit_lower_triangular_in_place(top, above.as_mut(), Par::Seq);
    matmul(below, Accum::Add, bottom, above.as_ref(), -T::ONE, Par::Seq);
}

/// Exchanges row i with row `pivots[i]`, in order.
fn exchange<T: Scalar>(mut a: MatMut<'_, T>, pivots: &[usize]) {
    for j in 0..a.ncols() {
        let Some(column) = a.as_mut().col_mut(j).try_as_col_major_mut() else { continue };
        let column = column.as_slice_mut();
        for (i, &other) in pivots.iter().enumerate() {
            if i != other {
                column.swap(i, other);
            }
        }
    }
}

/// As [`small`], of a part of a matrix.
fn narrow<T: Scalar>(mut a: MatMut<'_, T>, pivots: &mut [usize]) {
    let n = a.ncols();
    for (k, place) in pivots.iter_mut().enumerate() {
        let pivot = largest(slice(a.as_mut(), k), k);
        *place = pivot;
        if slice(a.as_mut(), k)[pivot] == T::ZERO {
            continue;
        }
        if pivot != k {
            (0..n).for_each(|j| slice(a.as_mut(), j).swap(k, pivot));
        }
        divide_below(slice(a.as_mut(), k), k);
        let (left, mut right) = a.as_mut().split_at_col_mut(k + 1);
        let factors: &[T] = slice(left, k);
        for j in 0..n - k - 1 {
            take_off(slice(right.as_mut(), j), factors, k);
        }
    }
}

/// A column of a matrix that lies by columns.
fn slice<T: Scalar>(a: MatMut<'_, T>, j: usize) -> &mut [T] {
    match a.col_mut(j).try_as_col_major_mut() {
        Some(column) => column.as_slice_mut(),
        None => &mut [],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A matrix without structure.
    fn drawn(n: usize) -> Dense<f64> {
        Dense::from_fn(n, n, |i, j| (((i * 37 + j * 91 + i * j * 13) % 101) as f64) / 50.0 - 1.0).unwrap()
    }

    #[test]
    fn solutions_multiply_back() {
        for n in [1, 2, 8, 9, 16, 17, 40, 130] {
            let a = drawn(n);
            let mut x = Dense::unit(n, n).unwrap();
            let lu = Lu::of(a.copy().unwrap()).unwrap();
            if lu.is_singular {
                continue;
            }
            lu.solve(&mut x).unwrap();
            for i in 0..n {
                for j in 0..n {
                    let sum: f64 = (0..n).map(|k| a[(i, k)] * x[(k, j)]).sum();
                    let bound = 1e-12 * n as f64 * (1.0 + x.greatest());
                    assert!((sum - f64::from(u8::from(i == j))).abs() < bound, "{n} {i} {j} {sum}");
                }
            }
        }
    }

    #[test]
    fn singular_matrices_are_seen_and_have_determinant_zero() {
        for n in [2, 9, 40] {
            let lu = Lu::of(Dense::from_fn(n, n, |_, j| j as f64).unwrap()).unwrap();
            assert!(lu.is_singular);
            assert_eq!(lu.determinant(), 0.0);
        }
    }

    #[test]
    fn determinants_do_not_overflow_on_the_way() {
        let diagonal = [1e300, 1e300, 1e-300, 1e-300];
        let a = Dense::from_fn(4, 4, |i, j| if i == j { diagonal[i] } else { 0.0 }).unwrap();
        assert!((Lu::of(a).unwrap().determinant() - 1.0).abs() < 1e-14);
        let tiny = Dense::from_fn(2, 2, |i, j| if i == j { 1e-160 } else { 0.0 }).unwrap();
        assert_eq!(Lu::of(tiny).unwrap().determinant(), 1e-160 * 1e-160);
    }
}
