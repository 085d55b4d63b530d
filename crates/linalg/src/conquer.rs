//! Eigenvalues and eigenvectors of real symmetric tridiagonal matrices, by divide and conquer.
//!
//! ```text
//! decomposed(T):  few rows → iterated (`iterate`), more where no vectors are wanted
//!                 else T = [T₁ 0; 0 T₂] + ρ·u·uᵀ, u = (0 … 0 1 ±1 0 … 0); both halves decomposed, then merged (`merge`):
//!                 Q·(D + ρ·z·zᵀ)·Qᵀ with z = Qᵀ·u
//! ```

use faer::MatMut;
use sharray_base::{Result, interrupt};

use crate::dense::{Dense, filled};
use crate::iterate;
use crate::merge::{Columns, Merge, ascending, both};
use crate::scalar::{Float, Scalar};
use crate::scale::{exponent, times_power};

/// Matrices of at most so many rows are iterated.
const FEW: usize = 32;
/// Matrices of at most so many rows are iterated where the eigenvalues alone are wanted, those of more than a few without
/// rotations.
const FEW_VALUES: usize = 200;

/// Eigenvalues, ascending, and eigenvectors as columns, with the places where each value's stands; none without convergence.
/// `e` is below the diagonal.
///
/// # Errors
/// `OutOfMemory`, or an interruption.
pub(crate) fn decompose<R: Scalar + Float>(
    d: &mut [f64],
    e: &mut [f64],
) -> Result<Option<(Dense<R>, Vec<usize>)>> {
    let n = d.len();
    let mut q = Dense::zeros(n, n)?;
    if !solve::<R>(d, e, q.as_mut(), false)? {
        return Ok(None);
    }
    let order = ascending(d)?;
    d.sort_by(f64::total_cmp);
    Ok(Some((q, order)))
}

/// The eigenvalues alone, ascending; false without convergence.
///
/// # Errors
/// `OutOfMemory`, or an interruption.
pub(crate) fn eigenvalues(d: &mut [f64], e: &mut [f64]) -> Result<bool> {
    let holds = if (FEW + 1..=FEW_VALUES).contains(&d.len()) {
        iterated(d, e)?
    } else {
        let mut ends = Dense::<f64>::zeros(2, d.len())?;
        solve(d, e, ends.as_mut(), true)?
    };
    d.sort_by(f64::total_cmp);
    Ok(holds)
}

/// Without rotations, with the greatest element made about 1.
fn iterated(d: &mut [f64], e: &mut [f64]) -> Result<bool> {
    let greatest = d.iter().chain(&*e).fold(0.0, |most: f64, x| most.max(x.abs()));
    if !d.iter().chain(&*e).all(|x| x.is_finite()) {
        return Ok(false);
    }
    let power = if greatest == 0.0 { 0 } else { exponent(greatest) };
    d.iter_mut().for_each(|x| *x = times_power(*x, -power));
    e.iter_mut().for_each(|x| *x = times_power(*x, -power).powi(2));
    let holds = iterate::values(d, e)?;
    d.iter_mut().for_each(|x| *x = times_power(*x, power));
    Ok(holds)
}

fn solve<R: Scalar + Float>(d: &mut [f64], e: &mut [f64], q: MatMut<'_, R>, ends: bool) -> Result<bool> {
    let is_finite = d.iter().chain(&*e).all(|x| x.is_finite());
    Ok(is_finite && (d.is_empty() || part(d, e, Columns { matrix: q, ends })?))
}

/// Eigenvalues, in no order, and vectors of a part of the matrix; `q` is zero before. False without convergence.
fn part<R: Scalar + Float>(d: &mut [f64], e: &mut [f64], mut q: Columns<'_, R>) -> Result<bool> {
    let n = d.len();
    if n <= FEW {
        q.set_unit();
        return iterate::eigenvalues(d, e, |k, c, s| q.turn(k, k + 1, c, s));
    }
    interrupt::poll()?;
    let half = n / 2;
    let rho = e[half - 1];
    d[half - 1] -= rho.abs();
    d[half] -= rho.abs();
    let (upper, lower) = d.split_at_mut(half);
    let (left, right) = e.split_at_mut(half - 1);
    let (top, bottom) = q.halves(half);
    let parts = [(upper, left, top), (lower, &mut right[1..], bottom)];
    if !both(n, parts, |(d, e, q)| part(d, e, q))? {
        return Ok(false);
    }
    let mut z = filled(n, 0.0)?;
    q.border(half, &mut z);
    let root = std::f64::consts::FRAC_1_SQRT_2;
    z[..half].iter_mut().for_each(|z| *z *= root);
    z[half..].iter_mut().for_each(|z| *z *= if rho < 0.0 { -root } else { root });
    Merge { d, z: &mut z, rho: 2.0 * rho.abs(), half, squares: false }.run(&mut q, None)
}
