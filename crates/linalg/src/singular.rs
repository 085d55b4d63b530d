//! Singular values and vectors: faer's divide and conquer on a matrix scaled by a power of two, looked over; one-sided
//! Jacobi rotations for tiny matrices, and where faer's answer does not hold.
//!
//! faer does not scale: squares vanish or overflow (measured: silently wrong values below about 2⁻⁵⁴⁰). And its divide
//! and conquer loses orthogonality for some matrices of small integers. So what it gives is looked over as for
//! eigenvectors (see `symmetric`), then tried again without divide and conquer.

use faer::diag::DiagMut;
use faer::dyn_stack::MemStack;
use faer::linalg::svd::{ComputeSvdVectors, SvdParams};
use faer::{Auto, Par, Spec};
use sharray_base::{Error, Result, interrupt};

use crate::bidiagonal::Bidiagonal;
use crate::dense::{Dense, filled, scratch};
use crate::qr::{Qr, length};
use crate::scalar::{Float, Scalar};
use crate::symmetric::Rotation;
use crate::{check, scale};

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
pub fn svd<T: Scalar>(mut a: Dense<T>, vectors: Vectors) -> Result<Svd<T>> {
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

fn scaled<T: Scalar>(a: &Dense<T>, vectors: Vectors) -> Result<Svd<T>> {
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
    for threshold in [None, Some(usize::MAX)] {
        interrupt::poll()?;
        if let Some(found) = by_faer(a, vectors, threshold)? {
            return Ok(found);
        }
    }
    rotated(a, vectors)
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

/// faer's answer, if it holds.
fn by_faer<T: Scalar>(a: &Dense<T>, vectors: Vectors, threshold: Option<usize>) -> Result<Option<Svd<T>>> {
    let (m, n) = (a.rows(), a.columns());
    let mut params = <SvdParams as Auto<T>>::auto();
    params.recursion_threshold = threshold.unwrap_or(params.recursion_threshold);
    let params: Spec<SvdParams, T> = params.into();
    let (wanted, columns) =
        if vectors == Vectors::Full { (ComputeSvdVectors::Full, m) } else { (ComputeSvdVectors::Thin, n) };
    let request = faer::linalg::svd::svd_scratch::<T>(m, n, wanted, wanted, Par::Seq, params);
    let mut memory = scratch(request)?;
    let mut values = filled(n, T::ZERO)?;
    let (mut u, mut v) = (Dense::zeros(m, columns)?, Dense::zeros(n, n)?);
    let outcome = faer::linalg::svd::svd(
        a.as_ref(),
        DiagMut::from_slice_mut(&mut values),
        Some(u.as_mut()),
        Some(v.as_mut()),
        Par::Seq,
        MemStack::new(&mut memory),
        params,
    );
    if outcome.is_err() {
        return Ok(None);
    }
    let mut s = filled(n, <T::Real as Float>::ZERO)?;
    s.iter_mut().zip(&values).for_each(|(place, value)| *place = value.re());
    let falls = s.windows(2).all(|pair| pair[0] >= pair[1]) && s.iter().all(|value| value.wide() >= 0.0);
    let holds = falls && check::triple(a, &u, &s, &v)?;
    Ok(holds.then_some(Svd { s, vectors: Some((u, v)) }))
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
