//! Eigenvalues and eigenvectors by our own shifted QR iteration, where faer's answer does not hold: for defective
//! matrices above all. Slower, in double precision throughout, with a back-substitution that does not overflow.
//!
//! ```text
//! H, Q ← A reduced by reflections
//! until all below the diagonal is negligible:  σ ← eigenvalue of the last 2 × 2 block; H − σ = G·R; H ← R·G + σ; Q ← Q·G
//! for each diagonal element λ:  x with (H − λ)·x = 0 from below, scaled down when it grows; v ← Q·x / |Q·x|
//! ```

use faer::{Accum, Par};
use sharray_base::{Error, Result, interrupt};

use crate::dense::{Dense, filled, matmul};
use crate::eigen::{Pairs, normalise};
use crate::qr::{reflect, reflector};
use crate::scalar::{Scalar, c64};
use crate::scale;

/// Iterations for each eigenvalue, and after how many without success a shift is made at random.
const MOST: usize = 60;
const EXCEPTIONAL: usize = 10;
/// Iterations after which what is negligible beside the whole matrix counts as zero: still as good as rounding allows for
/// the matrix as a whole, and blocks of nothing but noise come to an end.
const PATIENT: usize = 20;
/// Magnitude from which a vector is scaled down.
const LARGE: f64 = 1e100;

/// All eigenvalues, and unit eigenvectors as columns.
///
/// # Errors
/// `LinAlg` for infinities, NaN and without convergence; `OutOfMemory`; an interruption.
pub fn eig(mut a: Dense<c64>) -> Result<Pairs<c64>> {
    if !a.is_finite() {
        return Err(Error::LinAlg("Array must not contain infs or NaNs".into()));
    }
    let factor = scale::balancing(&a);
    scale::multiply(&mut a, factor);
    let n = a.columns();
    let mut q = Dense::unit(n, n)?;
    reduce(&mut a, &mut q)?;
    iterate(&mut a, &mut q)?;
    let mut values = filled(n, c64::ZERO)?;
    values.iter_mut().enumerate().for_each(|(i, place)| *place = a[(i, i)]);
    let x = from_below(&a)?;
    let mut vectors = Dense::zeros(n, n)?;
    matmul(vectors.as_mut(), Accum::Replace, q.as_ref(), x.as_ref(), c64::ONE, Par::Seq);
    (0..n).for_each(|j| normalise(vectors.column_mut(j)));
    values.iter_mut().for_each(|value| *value = c64::new(value.re / factor, value.im / factor));
    Ok((values, Some(vectors)))
}

/// Makes all but one diagonal below the main one zero, by reflections.
fn reduce(h: &mut Dense<c64>, q: &mut Dense<c64>) -> Result<()> {
    let n = h.columns();
    for k in 0..n.saturating_sub(2) {
        interrupt::poll()?;
        let mut v = filled(n - k - 1, c64::ZERO)?;
        v.copy_from_slice(&h.column(k)[k + 1..]);
        let (tau, beta) = reflector(&mut v);
        let column = h.column_mut(k);
        column[k + 1] = c64::new(beta, 0.0);
        column[k + 2..].fill(c64::ZERO);
        for j in k + 1..n {
            reflect(&v, tau.adjoint(), &mut h.column_mut(j)[k + 1..]);
        }
        reflect_rows(h, &v, tau, k + 1)?;
        reflect_rows(q, &v, tau, k + 1)?;
    }
    Ok(())
}

/// `M·(1 − τ·v·vᴴ)` for the columns from `first` on.
fn reflect_rows(m: &mut Dense<c64>, v: &[c64], tau: c64, first: usize) -> Result<()> {
    let mut sums = filled(m.rows(), c64::ZERO)?;
    for (j, &factor) in v.iter().enumerate() {
        for (sum, &x) in sums.iter_mut().zip(m.column(first + j)) {
            *sum += x * factor;
        }
    }
    for (j, &factor) in v.iter().enumerate() {
        let factor = tau * factor.adjoint();
        for (x, &sum) in m.column_mut(first + j).iter_mut().zip(&sums) {
            *x -= sum * factor;
        }
    }
    Ok(())
}

/// Makes `h` upper triangular.
fn iterate(h: &mut Dense<c64>, q: &mut Dense<c64>) -> Result<()> {
    let n = h.columns();
    let norm = h.greatest();
    let (mut high, mut tries) = (n.saturating_sub(1), 0);
    while high > 0 {
        interrupt::poll()?;
        let floor = if tries >= PATIENT { norm } else { 0.0 };
        let low = start_of_block(h, high, norm, floor);
        if low == high {
            (high, tries) = (high - 1, 0);
            continue;
        }
        tries += 1;
        if tries > MOST {
            return Err(Error::LinAlg("Eigenvalues did not converge".into()));
        }
        let shift = if tries % EXCEPTIONAL == 0 {
            h[(high, high)] + c64::new(h[(high, high - 1)].size(), 0.0)
        } else {
            shift(h, high)
        };
        step(h, q, (low, high), shift)?;
    }
    Ok(())
}

/// Where the block that ends at `high` begins; what is negligible before it becomes zero.
fn start_of_block(h: &mut Dense<c64>, high: usize, norm: f64, floor: f64) -> usize {
    for low in (1..=high).rev() {
        let sum = h[(low, low)].size1() + h[(low - 1, low - 1)].size1();
        let size = if sum == 0.0 { norm } else { sum.max(floor) };
        if h[(low, low - 1)].size1() <= f64::EPSILON * size {
            h[(low, low - 1)] = c64::ZERO;
            return low;
        }
    }
    0
}

/// The eigenvalue of the last 2 × 2 block that is nearer to its last element.
fn shift(h: &Dense<c64>, high: usize) -> c64 {
    let (a, b) = (h[(high - 1, high - 1)], h[(high - 1, high)]);
    let (c, d) = (h[(high, high - 1)], h[(high, high)]);
    let half = (a - d) * 0.5;
    let root = (half * half + b * c).sqrt();
    let (first, second) = (half + root, half - root);
    d + if first.square() < second.square() { first } else { second }
}

/// One step on the block `low..=high`: rotations from the left column by column, then those from the right.
fn step(h: &mut Dense<c64>, q: &mut Dense<c64>, (low, high): (usize, usize), shift: c64) -> Result<()> {
    let n = h.columns();
    (low..=high).for_each(|k| h[(k, k)] -= shift);
    let mut turns: Vec<(c64, c64)> = Vec::new();
    turns.try_reserve(high - low).map_err(|_| Error::OutOfMemory { bytes: 32 * (high - low) })?;
    for j in low..n {
        let column = h.column_mut(j);
        for (k, &(c, s)) in (low..).zip(&turns) {
            let (x, y) = (column[k], column[k + 1]);
            column[k] = c.adjoint() * x + s.adjoint() * y;
            column[k + 1] = c * y - s * x;
        }
        if j < high {
            let (x, y) = (column[j], column[j + 1]);
            let length = x.size().hypot(y.size());
            let (c, s) = if length == 0.0 { (c64::ONE, c64::ZERO) } else { (x / length, y / length) };
            (column[j], column[j + 1]) = (c64::new(length, 0.0), c64::ZERO);
            turns.push((c, s));
        }
    }
    for (k, &(c, s)) in (low..).zip(&turns) {
        let rows = (k + 2).min(high + 1);
        turn_columns(h, k, rows, c, s);
        turn_columns(q, k, n, c, s);
    }
    (low..=high).for_each(|k| h[(k, k)] += shift);
    Ok(())
}

fn turn_columns(m: &mut Dense<c64>, k: usize, rows: usize, c: c64, s: c64) {
    let (left, right) = m.two(k, k + 1);
    for (x, y) in left[..rows].iter_mut().zip(right) {
        (*x, *y) = (c * *x + s * *y, c.adjoint() * *y - s.adjoint() * *x);
    }
}

/// The triangle's own eigenvectors, of any length, as columns.
fn from_below(t: &Dense<c64>) -> Result<Dense<c64>> {
    let n = t.columns();
    let least = f64::MIN_POSITIVE * (n as f64 / f64::EPSILON);
    let mut vectors = Dense::zeros(n, n)?;
    for k in 0..n {
        interrupt::poll()?;
        let value = t[(k, k)];
        let smallest = (f64::EPSILON * value.size1()).max(least);
        let x = &mut vectors.column_mut(k)[..=k];
        x.iter_mut().zip(t.column(k)).for_each(|(x, &factor)| *x = -factor);
        x[k] = c64::ONE;
        for i in (0..k).rev() {
            let gap = t[(i, i)] - value;
            let gap = if gap.size1() < smallest { c64::new(smallest, 0.0) } else { gap };
            x[i] = x[i].over(gap);
            let size = x[i].size1();
            if size > LARGE {
                x.iter_mut().for_each(|x| *x = c64::new(x.re / size, x.im / size));
            }
            let known = x[i];
            for (x, &factor) in x[..i].iter_mut().zip(t.column(i)) {
                *x -= factor * known;
            }
        }
    }
    Ok(vectors)
}
