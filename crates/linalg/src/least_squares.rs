//! Least squares: the x of least length among those that make `|b − A·x|` least.
//!
//! ```text
//! A = Q·B·Pᴴ, B bidiagonal (of A's adjoint if A is wide); for far more rows than columns of the R of A's QR factors
//! s ← singular values of B; rank ← how many are above the cut-off
//! full rank: B·y = Qᴴ·b, x = P·y          else: x = V·S⁻¹·Uᴴ·b with the first singular values and vectors
//! ```
//! All but the triangular system, which is bidiagonal, are orthogonal transformations: with full rank the vectors of
//! the singular value decomposition, most of its cost, would change nothing.

use faer::{Accum, MatRef, Par};
use sharray_base::Result;

use crate::bidiagonal::Bidiagonal;
use crate::dense::{Dense, filled, matmul};
use crate::qr::Qr;
use crate::scalar::{Float, Scalar};
use crate::scale;
use crate::singular::{self, Vectors};

/// What `lstsq` finds.
pub(crate) struct Fit<T: Scalar> {
    /// x, for each column of b.
    pub(crate) x: Dense<T>,
    /// The squared lengths of `b − A·x`, if A has full rank and more rows than columns.
    pub(crate) residuals: Vec<T::Real>,
    /// How many singular values are above the cut-off.
    pub(crate) rank: usize,
    /// The singular values, descending.
    pub(crate) s: Vec<T::Real>,
}

/// Fits. Singular values up to `cut` times the largest count as zero.
///
/// # Errors
/// `LinAlg` for infinities, NaN and without convergence; `OutOfMemory`; an interruption.
pub(crate) fn fit<T: Scalar<Real: Scalar>>(mut a: Dense<T>, b: Dense<T>, cut: f64) -> Result<Fit<T>> {
    if !a.is_finite() {
        return Err(singular::diverged());
    }
    let factor = scale::balancing(&a);
    scale::multiply(&mut a, factor);
    let quick = if a.rows().min(a.columns()) > 0 { full_rank(&a, &b, cut)? } else { None };
    let mut found = match quick {
        Some(found) => found,
        None => of_any_rank(a, b, cut)?,
    };
    found.s.iter_mut().for_each(|value| *value /= factor);
    scale::multiply(&mut found.x, factor);
    Ok(found)
}

/// How many singular values are above the cut-off.
fn rank<R: Float>(s: &[R], cut: f64) -> usize {
    let limit = s.first().map_or(0.0, |most| most.wide() * cut);
    s.iter().filter(|value| value.wide() > limit).count()
}

/// The answer if the rank is full.
fn full_rank<T: Scalar>(a: &Dense<T>, b: &Dense<T>, cut: f64) -> Result<Option<Fit<T>>> {
    let is_wide = a.rows() < a.columns();
    let a = if is_wide { a.adjoint()? } else { a.copy()? };
    let (m, n) = (a.rows(), a.columns());
    let (outer, reduced) = if singular::is_tall(&a) {
        let factors = Qr::of(a)?;
        let r = factors.r(n)?;
        (Some(factors), Bidiagonal::of(r)?)
    } else {
        (None, Bidiagonal::of(a)?)
    };
    let Some(s) = reduced.values()? else { return Ok(None) };
    if rank(&s, cut) < n {
        return Ok(None);
    }
    let mut work = Dense::zeros(m.max(b.rows()), b.columns())?;
    for j in 0..b.columns() {
        work.column_mut(j)[..b.rows()].copy_from_slice(b.column(j));
    }
    if is_wide {
        reduced.right.apply_adjoint(&mut work, 1)?;
        reduced.solve_adjoint(&mut work);
        reduced.left.apply(&mut work, 0)?;
        if let Some(outer) = &outer {
            outer.apply(&mut work, 0)?;
        }
        return Ok(Some(Fit { x: work, residuals: Vec::new(), rank: n, s }));
    }
    if let Some(outer) = &outer {
        outer.apply_adjoint(&mut work, 0)?;
    }
    reduced.left.apply_adjoint(&mut work, 0)?;
    let mut residuals = filled(if m > n { b.columns() } else { 0 }, <T::Real as Float>::ZERO)?;
    for (j, place) in residuals.iter_mut().enumerate() {
        *place = T::Real::of(work.column(j)[n..].iter().map(|x| x.square().wide()).sum());
    }
    reduced.solve(&mut work);
    let mut x = Dense::from_fn(n, b.columns(), |i, j| work[(i, j)])?;
    reduced.right.apply(&mut x, 1)?;
    Ok(Some(Fit { x, residuals, rank: n, s }))
}

impl<T: Scalar> Bidiagonal<T> {
    /// `B⁻¹·c`, of the first rows, in place.
    fn solve(&self, c: &mut Dense<T>) {
        for j in 0..c.columns() {
            let c = c.column_mut(j);
            let mut next = T::ZERO;
            for (i, &pivot) in self.diagonal.iter().enumerate().rev() {
                let known = self.above.get(i).map_or(T::ZERO, |&above| next.times(above));
                next = quotient(c[i] - known, pivot);
                c[i] = next;
            }
        }
    }
    /// `B⁻ᴴ·c`, of the first rows, in place.
    fn solve_adjoint(&self, c: &mut Dense<T>) {
        for j in 0..c.columns() {
            let c = c.column_mut(j);
            let mut last = T::ZERO;
            for (i, &pivot) in self.diagonal.iter().enumerate() {
                let known = if i > 0 { last.times(self.above[i - 1]) } else { T::ZERO };
                last = quotient(c[i] - known, pivot);
                c[i] = last;
            }
        }
    }
}

fn quotient<T: Scalar>(x: T, by: T::Real) -> T {
    T::new(x.re() / by, x.im() / by)
}

/// By the singular vectors.
fn of_any_rank<T: Scalar<Real: Scalar>>(a: Dense<T>, b: Dense<T>, cut: f64) -> Result<Fit<T>> {
    let (m, n) = (a.rows(), a.columns());
    let copy = a.copy()?;
    let found = singular::svd(a, Vectors::Reduced)?;
    let Some((u, v)) = found.vectors else { return Err(singular::diverged()) };
    let rank = rank(&found.s, cut);
    let columns = b.columns();
    let mut y = Dense::zeros(rank, columns)?;
    product(&mut y, u.as_ref().subcols(0, rank).adjoint().to_owned().as_ref(), b.as_ref());
    for j in 0..columns {
        for (y, &value) in y.column_mut(j).iter_mut().zip(&found.s) {
            *y = quotient(*y, value);
        }
    }
    let mut x = Dense::zeros(n, columns)?;
    product(&mut x, v.as_ref().subcols(0, rank), y.as_ref());
    let mut residuals = filled(if rank == n && m > n { columns } else { 0 }, <T::Real as Float>::ZERO)?;
    if !residuals.is_empty() {
        let mut image = Dense::zeros(m, columns)?;
        product(&mut image, copy.as_ref(), x.as_ref());
        for (j, place) in residuals.iter_mut().enumerate() {
            let pairs = b.column(j).iter().zip(image.column(j));
            *place = T::Real::of(pairs.map(|(&b, &ax)| (b - ax).square().wide()).sum());
        }
    }
    Ok(Fit { x, residuals, rank, s: found.s })
}

fn product<T: Scalar>(to: &mut Dense<T>, a: MatRef<'_, T>, b: MatRef<'_, T>) {
    matmul(to.as_mut(), Accum::Replace, a, b, T::ONE, Par::Seq);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(i: usize, j: usize) -> f64 {
        ((i * 37 + j * 91 + i * i * j * 13 + i * j * j * 7) % 101) as f64 / 50.0 - 1.0
    }

    /// The residual is orthogonal to the columns, and x to what A takes to zero, if that is known.
    fn check(a: &Dense<f64>, b: &Dense<f64>, rank: usize) {
        let found = fit(a.copy().unwrap(), b.copy().unwrap(), 1e-12).unwrap();
        assert_eq!(found.rank, rank);
        let (m, n) = (a.rows(), a.columns());
        for j in 0..b.columns() {
            let rest: Vec<f64> = (0..m)
                .map(|i| b[(i, j)] - (0..n).map(|k| a[(i, k)] * found.x[(k, j)]).sum::<f64>())
                .collect();
            let square: f64 = rest.iter().map(|x| x * x).sum();
            for k in 0..n {
                let product: f64 = rest.iter().zip(a.column(k)).map(|(x, y)| x * y).sum();
                assert!(product.abs() < 1e-9 * (1.0 + square), "{m} {n} {product:e}");
            }
            if rank == n && m > n {
                assert!((found.residuals[j] - square).abs() < 1e-10 * (1.0 + square));
            } else {
                assert!(found.residuals.is_empty());
            }
        }
    }

    #[test]
    fn residuals_are_orthogonal() {
        for (m, n) in [(1, 1), (5, 3), (9, 9), (40, 30), (200, 40), (70, 69), (150, 150)] {
            let a = Dense::from_fn(m, n, noise).unwrap();
            let b = Dense::from_fn(m, 2, |i, j| noise(i + 3, j + 50)).unwrap();
            let s = singular::svd(a.copy().unwrap(), Vectors::No).unwrap().s;
            check(&a, &b, rank(&s, 1e-12));
        }
    }

    #[test]
    fn wide_systems_have_the_shortest_solution() {
        for (m, n) in [(1, 4), (20, 25), (30, 200)] {
            let a = Dense::from_fn(m, n, noise).unwrap();
            let b = Dense::from_fn(m, 1, |i, _| noise(i, 8)).unwrap();
            let quick = fit(a.copy().unwrap(), b.copy().unwrap(), 1e-12).unwrap();
            let slow = of_any_rank(a, b, 1e-12).unwrap();
            assert_eq!(quick.rank, slow.rank);
            for i in 0..n {
                assert!((quick.x[(i, 0)] - slow.x[(i, 0)]).abs() < 1e-10, "{m} {n} {i}");
            }
        }
    }

    #[test]
    fn lost_rank_is_seen() {
        let a = Dense::from_fn(40, 10, |i, j| noise(i, j % 5)).unwrap();
        let b = Dense::from_fn(40, 1, |i, _| noise(i, 77)).unwrap();
        check(&a, &b, 5);
        let found = fit(a, b, 1e-12).unwrap();
        // Equal columns share equally.
        for k in 0..5 {
            assert!((found.x[(k, 0)] - found.x[(k + 5, 0)]).abs() < 1e-10);
        }
    }
}
