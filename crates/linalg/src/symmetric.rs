//! Eigenvalues and eigenvectors of Hermitian matrices: reduced to tridiagonal form, divided and conquered, looked over;
//! Jacobi rotations for tiny matrices, and where that answer does not hold.
//!
//! What is wrong silently would be worse than what is slow: a random vector x tells, in products of matrices and vectors
//! alone, whether `A·(V·x) = V·(Λ·x)` and `Vᴴ·(V·x) = x`. An error anywhere in V shows in nearly every x.

use sharray_base::{Error, Result, interrupt};

use crate::dense::{Dense, arranged, filled, narrow, widened};
use crate::scalar::{Float, Scalar};
use crate::tridiagonal::Tridiagonal;
use crate::{check, conquer, scale};

/// Matrices of at most so many rows are rotated.
const SMALL: usize = 4;
/// Sweeps of rotations; quadratic convergence needs about ten at most.
const SWEEPS: usize = 60;

/// Eigenvalues and, where they are asked for, eigenvectors.
pub type Found<T> = (Vec<<T as faer::traits::ComplexField>::Real>, Option<Dense<T>>);

/// Eigenvalues with eigenvectors.
type Pairs<T> = (Vec<<T as faer::traits::ComplexField>::Real>, Dense<T>);

/// Eigenvalues, ascending, and eigenvectors as columns where they are asked for. Only the lower triangle is read.
///
/// # Errors
/// `LinAlg` if there is no convergence; `OutOfMemory`; an interruption.
pub fn eigh<T: Scalar<Real: Scalar>>(mut a: Dense<T>, vectors: bool) -> Result<Found<T>> {
    let n = a.columns();
    for j in 0..n {
        a[(j, j)] = T::real(a[(j, j)].re());
        for i in j + 1..n {
            a[(j, i)] = a[(i, j)].adjoint();
        }
    }
    if !a.is_finite() {
        return Err(Error::LinAlg("Eigenvalues did not converge".into()));
    }
    let factor = scale::balancing(&a);
    scale::multiply(&mut a, factor);
    let (mut values, vectors) = scaled(a, vectors)?;
    values.iter_mut().for_each(|value| *value /= factor);
    Ok((values, vectors))
}

fn scaled<T: Scalar<Real: Scalar>>(a: Dense<T>, vectors: bool) -> Result<Found<T>> {
    let n = a.columns();
    if n <= SMALL {
        return rotated(a, vectors);
    }
    let reduced = Tridiagonal::of(a.copy()?)?;
    if !vectors {
        return match reduced.values()?.filter(|values| check::sums(&a, values)) {
            Some(values) => Ok((values, None)),
            None => rotated(a, false),
        };
    }
    match reduced.pairs()? {
        Some((values, found)) if check::pairs(&a, &values, &found)? => Ok((values, Some(found))),
        _ => rotated(a, true),
    }
}

impl<T: Scalar<Real: Scalar>> Tridiagonal<T> {
    /// The diagonal and what is below it, in double precision.
    fn wide(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        Ok((widened(&self.diagonal)?, widened(&self.below)?))
    }
    /// The eigenvalues, ascending; none without convergence.
    pub(crate) fn values(&self) -> Result<Option<Vec<T::Real>>> {
        let (mut d, mut e) = self.wide()?;
        if !conquer::eigenvalues(&mut d, &mut e)? {
            return Ok(None);
        }
        Ok(Some(narrow(&d)?))
    }
    /// The eigenvalues, ascending, and the eigenvectors; none without convergence.
    fn pairs(&self) -> Result<Option<Pairs<T>>> {
        let n = self.diagonal.len();
        let (mut d, mut e) = self.wide()?;
        let Some((inner, order)) = conquer::decompose::<T::Real>(&mut d, &mut e)? else { return Ok(None) };
        let mut found = arranged(&inner, &order, n, n)?;
        drop(inner);
        self.outer.apply(&mut found, 1)?;
        Ok(Some((narrow(&d)?, found)))
    }
}

/// By Jacobi's rotations in rows: slow for large matrices, and as accurate as can be.
fn rotated<T: Scalar>(mut a: Dense<T>, vectors: bool) -> Result<Found<T>> {
    let n = a.columns();
    let mut v = if vectors { Some(Dense::unit(n, n)?) } else { None };
    let limit = <T::Real as Float>::EPSILON * <T::Real as Float>::of(0.25);
    let negligible = a.greatest() * <T::Real as Float>::EPSILON * <T::Real as Float>::EPSILON;
    for _ in 0..SWEEPS {
        interrupt::poll()?;
        let mut turned = false;
        for p in 0..n {
            for q in p + 1..n {
                let between = (a[(p, p)].re().abs() * a[(q, q)].re().abs()).sqrt();
                let size = a[(p, q)].size();
                if size > limit * between && size > negligible {
                    turned = true;
                    turn(&mut a, v.as_mut(), p, q);
                }
            }
        }
        if !turned {
            return sorted(&a, v);
        }
    }
    Err(Error::LinAlg("Eigenvalues did not converge".into()))
}

/// Makes the element (p, q) zero.
fn turn<T: Scalar>(a: &mut Dense<T>, v: Option<&mut Dense<T>>, p: usize, q: usize) {
    let rotation = Rotation::of(a[(p, p)].re(), a[(q, q)].re(), a[(p, q)]);
    let (first, second) = (a[(p, p)].re(), a[(q, q)].re());
    let step = rotation.tangent * a[(p, q)].size();
    let (left, right) = a.two(p, q);
    rotation.turn(left, right);
    for j in 0..a.columns() {
        a[(p, j)] = a[(j, p)].adjoint();
        a[(q, j)] = a[(j, q)].adjoint();
    }
    a[(p, p)] = T::real(first - step);
    a[(q, q)] = T::real(second + step);
    a[(p, q)] = T::ZERO;
    a[(q, p)] = T::ZERO;
    if let Some(v) = v {
        let (left, right) = v.two(p, q);
        rotation.turn(left, right);
    }
}

/// A rotation of two columns, after a turn of the second one's phase.
pub(crate) struct Rotation<T: Scalar> {
    cosine: T::Real,
    sine: T,
    /// The tangent of the angle.
    pub tangent: T::Real,
}

impl<T: Scalar> Rotation<T> {
    /// The one that makes `between` zero in the Hermitian matrix with `first` and `second` on the diagonal.
    pub(crate) fn of(first: T::Real, second: T::Real, between: T) -> Rotation<T> {
        let one = <T::Real as Float>::ONE;
        let size = between.size();
        let phase = T::new(between.re() / size, between.im() / size);
        let theta = (second - first) / (size + size);
        let tangent = if theta.is_finite() {
            one.copysign(theta) / (theta.abs() + theta.hypot(one))
        } else {
            <T::Real as Float>::ZERO
        };
        let cosine = one / tangent.hypot(one);
        Rotation { cosine, sine: phase.times(tangent * cosine), tangent }
    }
    /// Turns two columns.
    #[inline]
    pub(crate) fn turn(&self, left: &mut [T], right: &mut [T]) {
        let (c, s) = (self.cosine, self.sine);
        let back = s.adjoint();
        for (x, y) in left.iter_mut().zip(right) {
            (*x, *y) = (x.times(c) - back * *y, s * *x + y.times(c));
        }
    }
}

fn sorted<T: Scalar>(a: &Dense<T>, v: Option<Dense<T>>) -> Result<Found<T>> {
    let n = a.columns();
    let mut order = filled(n, 0)?;
    order.iter_mut().enumerate().for_each(|(i, place)| *place = i);
    order.sort_by(|&i, &j| a[(i, i)].re().wide().total_cmp(&a[(j, j)].re().wide()));
    let mut values = filled(n, <T::Real as Float>::ZERO)?;
    values.iter_mut().zip(&order).for_each(|(place, &i)| *place = a[(i, i)].re());
    let vectors = match v {
        Some(v) => Some(Dense::from_fn(n, n, |i, j| v[(i, order[j])])?),
        None => None,
    };
    Ok((values, vectors))
}
