//! Whether a decomposition holds: cheap looks at results that might be wrong without a word.

use faer::{Accum, MatRef, Par};
use sharray_base::Result;

use crate::dense::{Dense, matmul};
use crate::scalar::{Float, Scalar};
use crate::singular::Svd;
use crate::sweep;

/// Rounding units that a residual may have for each row; results that hold are far below.
const UNITS: f64 = 20.0;
/// Random vectors that are tried together.
const TRIED: usize = 2;

/// Whether `a·V = V·Λ` and V has orthonormal columns.
pub(crate) fn pairs<T: Scalar>(a: &Dense<T>, values: &[T::Real], vectors: &Dense<T>) -> Result<bool> {
    let n = values.len();
    let x = random::<T>(n)?;
    let turned = product(vectors.as_ref(), &x)?;
    let image = product(a.as_ref(), &turned)?;
    let scaled = Dense::from_fn(n, TRIED, |i, j| x[(i, j)].times(values[i]))?;
    let expected = product(vectors.as_ref(), &scaled)?;
    let norm = frobenius(a);
    Ok(near(&image, &expected, norm, n) && orthonormal(vectors)?)
}

/// Whether the columns are orthonormal.
pub(crate) fn orthonormal<T: Scalar>(vectors: &Dense<T>) -> Result<bool> {
    let x = random::<T>(vectors.columns())?;
    let turned = product(vectors.as_ref(), &x)?;
    let mut back = Dense::zeros(vectors.columns(), TRIED)?;
    (0..TRIED).for_each(|j| sweep::dots(vectors.as_ref(), turned.column(j), back.column_mut(j)));
    Ok(near(&back, &x, <T::Real as Float>::ONE, vectors.rows()))
}

/// Whether `a = U·S·Vᴴ`, the columns of U and V being orthonormal.
pub(crate) fn triple<T: Scalar>(a: &Dense<T>, found: &Svd<T>) -> Result<bool> {
    let Svd { s, vectors: Some((u, v)) } = found else { return Ok(false) };
    let k = s.len();
    let x = random::<T>(k)?;
    let part = |of: &Dense<T>, x: &Dense<T>| product(of.as_ref().subcols(0, k), x);
    let image = product(a.as_ref(), &part(v, &x)?)?;
    let scaled = Dense::from_fn(k, TRIED, |i, j| x[(i, j)].times(s[i]))?;
    let expected = part(u, &scaled)?;
    let holds = near(&image, &expected, frobenius(a), a.rows().max(a.columns()));
    Ok(holds && orthonormal(u)? && orthonormal(v)?)
}

/// Whether eigenvalues of a Hermitian matrix have its trace and its sum of squares.
pub(crate) fn sums<T: Scalar>(a: &Dense<T>, values: &[T::Real]) -> bool {
    let n = values.len();
    let trace: f64 = (0..n).map(|i| a[(i, i)].re().wide()).sum();
    let sum: f64 = values.iter().map(|value| value.wide()).sum();
    let norm = frobenius(a).wide();
    (trace - sum).abs() <= bound::<T>(n) * norm * (n as f64).sqrt() && have_length(values, norm, n)
}

/// Whether the sum of the values' squares is that of the elements: so it is for singular values, and for eigenvalues of
/// Hermitian matrices.
pub(crate) fn squares<T: Scalar>(a: &Dense<T>, values: &[T::Real]) -> bool {
    have_length(values, frobenius(a).wide(), a.rows().max(a.columns()))
}

fn have_length<R: Float>(values: &[R], norm: f64, n: usize) -> bool {
    let sum: f64 = values.iter().map(|value| value.wide() * value.wide()).sum();
    let finite = values.iter().all(|value| Float::is_finite(*value));
    finite && (sum.sqrt() - norm).abs() <= UNITS * n as f64 * R::EPSILON.wide() * norm
}

fn bound<T: Scalar>(n: usize) -> f64 {
    UNITS * n as f64 * <T::Real as Float>::EPSILON.wide()
}

fn product<T: Scalar>(a: MatRef<'_, T>, x: &Dense<T>) -> Result<Dense<T>> {
    let mut made = Dense::zeros(a.nrows(), x.columns())?;
    matmul(made.as_mut(), Accum::Replace, a, x.as_ref(), T::ONE, Par::Seq);
    Ok(made)
}

fn near<T: Scalar>(found: &Dense<T>, expected: &Dense<T>, norm: T::Real, n: usize) -> bool {
    // The tried vectors' elements are about 1: their length is about √n.
    let limit = bound::<T>(n) * norm.wide() * (n as f64).sqrt() + f64::from(f32::MIN_POSITIVE).powi(2);
    (0..found.columns()).all(|j| {
        let square: f64 =
            found.column(j).iter().zip(expected.column(j)).map(|(&x, &y)| (x - y).square().wide()).sum();
        square.sqrt() <= limit
    })
}

/// The root of the sum of all elements' squares; the matrix has been scaled.
fn frobenius<T: Scalar>(a: &Dense<T>) -> T::Real {
    let mut sum = 0.0;
    for j in 0..a.columns() {
        // In eight sums that a processor adds up side by side.
        let mut sums = [<T::Real as Float>::ZERO; 8];
        for part in a.column(j).chunks(8) {
            sums.iter_mut().zip(part).for_each(|(sum, x)| *sum += x.square());
        }
        sum += sums.iter().map(|sum| sum.wide()).sum::<f64>();
    }
    T::Real::of(sum.sqrt())
}

/// Vectors of elements between −1 and 1, the same ones at each call.
fn random<T: Scalar>(n: usize) -> Result<Dense<T>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        T::Real::of((state >> 11) as f64 / (1u64 << 52) as f64 - 1.0)
    };
    let mut made = Dense::zeros(n, TRIED)?;
    for j in 0..TRIED {
        made.column_mut(j).iter_mut().for_each(|x| *x = T::new(next(), next()));
    }
    Ok(made)
}
