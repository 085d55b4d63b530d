//! Singular values and vectors: reduced to bidiagonal form, divided and conquered, looked over as eigenvectors are (see
//! `symmetric`); one-sided Jacobi rotations for tiny matrices, and where that answer does not hold.

use faer::Par;
use sharray_base::{Error, Result, interrupt};

use crate::bidiagonal::Bidiagonal;
use crate::dense::{Dense, arranged, filled, narrow};
use crate::qr::{Qr, length};
use crate::scalar::{Float, Scalar};
use crate::symmetric::Rotation;
use crate::{check, divide, scale};

/// Matrices of at most so many rows or columns are rotated.
const SMALL: usize = 4;
/// Sweeps of rotations.
const SWEEPS: usize = 60;

/// Which vectors are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vectors {
    /// None.
    No,
    /// As many as values.
    Reduced,
    /// Whole bases: U and V are square.
    Full,
}

/// `A = U·S·Vᴴ`.
pub struct Svd<T: Scalar> {
    /// The singular values, descending.
    pub s: Vec<T::Real>,
    /// U and V (not its adjoint), as columns.
    pub vectors: Option<(Dense<T>, Dense<T>)>,
}

/// The singular values of a matrix, and vectors.
///
/// # Errors
/// `LinAlg` for NaN, or if there is no convergence; `OutOfMemory`; an interruption.
pub fn svd<T: Scalar<Real: Scalar>>(mut a: Dense<T>, vectors: Vectors) -> Result<Svd<T>> {
    if !a.is_finite() {
        return if a.holds_nan() { Err(diverged()) } else { unknown(&a, vectors) };
    }
    if a.rows() < a.columns() {
        let turned = svd(a.adjoint()?, vectors)?;
        return Ok(Svd { s: turned.s, vectors: turned.vectors.map(|(u, v)| (v, u)) });
    }
    let factor = scale::balancing(&a);
    scale::multiply(&mut a, factor);
    let mut found = scaled(&a, vectors)?;
    found.s.iter_mut().for_each(|value| *value /= factor);
    Ok(found)
}

/// What LAPACK gives for infinities, most times: NaN.
fn unknown<T: Scalar>(a: &Dense<T>, vectors: Vectors) -> Result<Svd<T>> {
    let (m, n) = (a.rows(), a.columns());
    let nan = <T::Real as Float>::NAN;
    let square = |size, columns| Dense::from_fn(size, columns, |_, _| T::new(nan, nan));
    let k = m.min(n);
    let vectors = match vectors {
        Vectors::No => None,
        Vectors::Reduced => Some((square(m, k)?, square(n, k)?)),
        Vectors::Full => Some((square(m, m)?, square(n, n)?)),
    };
    Ok(Svd { s: filled(k, nan)?, vectors })
}

pub(crate) fn diverged() -> Error {
    Error::LinAlg("SVD did not converge".into())
}

fn scaled<T: Scalar<Real: Scalar>>(a: &Dense<T>, vectors: Vectors) -> Result<Svd<T>> {
    if a.columns() <= SMALL {
        return rotated(a, vectors);
    }
    if vectors == Vectors::No {
        let values = values(a)?.filter(|s| check::squares(a, s));
        return match values {
            Some(s) => Ok(Svd { s, vectors: None }),
            None => rotated(a, vectors),
        };
    }
    match reduced(a, vectors)? {
        Some(found) if check::triple(a, &found)? => Ok(found),
        _ => rotated(a, vectors),
    }
}

/// The values alone.
fn values<T: Scalar>(a: &Dense<T>) -> Result<Option<Vec<T::Real>>> {
    if is_tall(a) {
        return Bidiagonal::of(Qr::of(a.copy()?)?.r(a.columns())?)?.values();
    }
    Bidiagonal::of(a.copy()?)?.values()
}

/// Whether a matrix has so many more rows than columns that it is worth while to work on the R of its QR factors.
pub(crate) fn is_tall<T: Scalar>(a: &Dense<T>) -> bool {
    a.rows() as f64 > 1.6 * a.columns() as f64
}

/// By the bidiagonal form; none without convergence.
fn reduced<T: Scalar<Real: Scalar>>(a: &Dense<T>, vectors: Vectors) -> Result<Option<Svd<T>>> {
    let (m, n) = (a.rows(), a.columns());
    let outer = if is_tall(a) { Some(Qr::of(a.copy()?)?) } else { None };
    let reduced = match &outer {
        Some(outer) => Bidiagonal::of(outer.r(n)?)?,
        None => Bidiagonal::of(a.copy()?)?,
    };
    let (mut d, mut e) = reduced.wide()?;
    let Some(inner) = divide::decompose::<T::Real>(&mut d, &mut e)? else { return Ok(None) };
    let divide::Vectors { left, right, order } = inner;
    let mut v = arranged(&right, &order, n, n)?;
    drop(right);
    reduced.right.apply(&mut v, 1)?;
    let mut u = arranged(&left, &order, m, if vectors == Vectors::Full { m } else { n })?;
    drop(left);
    reduced.left.apply(&mut u, 0)?;
    if let Some(outer) = &outer {
        outer.apply(&mut u, 0)?;
    }
    Ok(Some(Svd { s: narrow(&d)?, vectors: Some((u, v)) }))
}

/// By rotations of columns until all are orthogonal to one another: slow for large matrices, and as accurate as can be.
fn rotated<T: Scalar>(a: &Dense<T>, vectors: Vectors) -> Result<Svd<T>> {
    let (m, n) = (a.rows(), a.columns());
    let tall = m > 2 * n && n > SMALL;
    let factors = if tall { Some(Qr::of(a.copy()?)?) } else { None };
    let mut work = match &factors {
        Some(factors) => factors.r(n)?,
        None => a.copy()?,
    };
    let mut v = if vectors == Vectors::No { None } else { Some(Dense::unit(n, n)?) };
    orthogonalise(&mut work, v.as_mut())?;
    let mut lengths = filled(n, (0.0, 0))?;
    lengths.iter_mut().enumerate().for_each(|(j, place)| *place = (length(work.column(j)), j));
    lengths.sort_by(|x, y| y.0.total_cmp(&x.0));
    let mut s = filled(n, <T::Real as Float>::ZERO)?;
    s.iter_mut().zip(&lengths).for_each(|(place, &(value, _))| *place = T::Real::of(value));
    let Some(v) = v else { return Ok(Svd { s, vectors: None }) };
    let v = Dense::from_fn(n, n, |i, j| v[(i, lengths[j].1)])?;
    let u = Dense::from_fn(work.rows(), n, |i, j| {
        let (length, from) = lengths[j];
        let x = work[(i, from)];
        if length == 0.0 { T::ZERO } else { quotient(x, length) }
    })?;
    let greatest = lengths.first().map_or(0.0, |&(length, _)| length);
    let limit = greatest * <T::Real as Float>::EPSILON.wide();
    let rank = lengths.iter().filter(|(length, _)| *length > limit).count();
    let u = completed(u, rank, n)?;
    let u = match &factors {
        Some(factors) => expanded(factors, &u, m)?,
        None => u,
    };
    let u = if vectors == Vectors::Full { completed(u, n, m)? } else { u };
    Ok(Svd { s, vectors: Some((u, v)) })
}

fn quotient<T: Scalar>(x: T, length: f64) -> T {
    T::new(T::Real::of(x.re().wide() / length), T::Real::of(x.im().wide() / length))
}

/// `Q·u`, Q being that of the factors.
fn expanded<T: Scalar>(factors: &Qr<T>, u: &Dense<T>, rows: usize) -> Result<Dense<T>> {
    let q = factors.q(u.rows())?;
    let mut made = Dense::zeros(rows, u.columns())?;
    let accum = faer::Accum::Replace;
    crate::dense::matmul(made.as_mut(), accum, q.as_ref(), u.as_ref(), T::ONE, Par::Seq);
    Ok(made)
}

/// The first `keep` columns of `u`, and orthonormal ones up to `columns`.
fn completed<T: Scalar>(u: Dense<T>, keep: usize, columns: usize) -> Result<Dense<T>> {
    if keep == columns && u.columns() == columns {
        return Ok(u);
    }
    let kept = Dense::from_fn(u.rows(), keep, |i, j| u[(i, j)])?;
    let basis = Qr::of(kept)?.q(columns)?;
    Dense::from_fn(u.rows(), columns, |i, j| if j < keep { u[(i, j)] } else { basis[(i, j)] })
}

/// Rotates the columns of `work`, and those of `v` with them, until they are orthogonal.
fn orthogonalise<T: Scalar>(work: &mut Dense<T>, mut v: Option<&mut Dense<T>>) -> Result<()> {
    let n = work.columns();
    let limit = <T::Real as Float>::EPSILON;
    let negligible = <T::Real as Float>::TINY / <T::Real as Float>::EPSILON;
    for _ in 0..SWEEPS {
        interrupt::poll()?;
        let mut turned = false;
        for p in 0..n {
            for q in p + 1..n {
                let (left, right) = work.two(p, q);
                let (alpha, beta, gamma) = products(left, right);
                let size = gamma.size();
                if size <= limit * (alpha.sqrt() * beta.sqrt()) || size <= negligible {
                    continue;
                }
                turned = true;
                let rotation = Rotation::of(alpha, beta, gamma);
                rotation.turn(left, right);
                if let Some(v) = v.as_deref_mut() {
                    let (left, right) = v.two(p, q);
                    rotation.turn(left, right);
                }
            }
        }
        if !turned {
            return Ok(());
        }
    }
    Err(diverged())
}

/// Squares of two columns' lengths, and their inner product.
fn products<T: Scalar>(left: &[T], right: &[T]) -> (T::Real, T::Real, T) {
    let zero = <T::Real as Float>::ZERO;
    let (mut alpha, mut beta, mut gamma) = (zero, zero, T::ZERO);
    for (&x, &y) in left.iter().zip(right) {
        alpha += x.square();
        beta += y.square();
        gamma += x.adjoint() * y;
    }
    (alpha, beta, gamma)
}
