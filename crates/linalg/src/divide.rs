//! Singular values and vectors of real upper bidiagonal matrices, by divide and conquer.
//!
//! ```text
//! decomposed(B), B having a column more than rows where it is an upper half, which is zero after all:
//!     few rows → that column rotated away, sweeps (`chase`)
//!     else       a row between two halves taken out; both decomposed, then merged (`merge`): B = U·M·Vᵀ, where the
//!                middle row in terms of the halves' right vectors, z, is M's first row, above their values as its diagonal
//! ```
//! (Gu and Eisenstat 1995, "A divide-and-conquer algorithm for the bidiagonal SVD".) An upper half's right vector of the
//! value zero, and a lower half's, make one that z sees and one that is left over.

use sharray_base::{Result, interrupt};

use crate::chase::{self, Told};
use crate::dense::{Dense, filled};
use crate::iterate::rotation;
use crate::merge::{Columns, Merge, ascending, both};
use crate::scalar::{Float, Scalar};
use crate::scale::{exponent, times_power};

/// Matrices of at most so many rows are iterated.
const FEW: usize = 32;

/// Both sides' singular vectors as columns, and the places where each value's stand.
pub(crate) struct Vectors<R> {
    pub(crate) left: Dense<R>,
    pub(crate) right: Dense<R>,
    pub(crate) order: Vec<usize>,
}

/// Makes the diagonal the singular values, descending; with vectors. None without convergence.
///
/// # Errors
/// `OutOfMemory`, or an interruption.
pub(crate) fn decompose<R: Scalar + Float>(d: &mut [f64], e: &mut [f64]) -> Result<Option<Vectors<R>>> {
    let n = d.len();
    let (mut u, mut v) = (Dense::zeros(n, n)?, Dense::zeros(n, n)?);
    let left = Columns { matrix: u.as_mut(), ends: false };
    let right = Columns { matrix: v.as_mut(), ends: false };
    if !solve(d, e, Some(left), right)? {
        return Ok(None);
    }
    let mut order = ascending(d)?;
    order.reverse();
    d.sort_by(|x, y| y.total_cmp(x));
    Ok(Some(Vectors { left: u, right: v, order }))
}

/// The singular values alone, descending; false without convergence.
///
/// # Errors
/// `OutOfMemory`, or an interruption.
pub(crate) fn singular_values(d: &mut [f64], e: &mut [f64]) -> Result<bool> {
    let mut ends = Dense::<f64>::zeros(2, d.len())?;
    let holds = solve(d, e, None, Columns { matrix: ends.as_mut(), ends: true })?;
    d.sort_by(|x, y| y.total_cmp(x));
    Ok(holds)
}

/// With the greatest element made about 1: squares are taken of them.
fn solve<R: Scalar + Float>(
    d: &mut [f64],
    e: &mut [f64],
    left: Option<Columns<'_, R>>,
    right: Columns<'_, R>,
) -> Result<bool> {
    let greatest = d.iter().chain(&*e).fold(0.0, |most: f64, x| most.max(x.abs()));
    if d.is_empty() || !d.iter().chain(&*e).all(|x| x.is_finite()) {
        return Ok(d.is_empty());
    }
    let power = if greatest == 0.0 { 0 } else { exponent(greatest) };
    d.iter_mut().chain(&mut *e).for_each(|x| *x = times_power(*x, -power));
    let holds = part(d, e, left, right)?;
    d.iter_mut().for_each(|x| *x = times_power(*x, power));
    Ok(holds)
}

/// Singular values, in no order, and vectors of a part of the matrix; both matrices of vectors are zero before. False
/// without convergence. If there are as many elements above the diagonal as on it, V has a column more: its last.
fn part<R: Scalar + Float>(
    d: &mut [f64],
    e: &mut [f64],
    mut left: Option<Columns<'_, R>>,
    mut right: Columns<'_, R>,
) -> Result<bool> {
    let n = d.len();
    if n <= FEW {
        return iterated(d, e, left, right);
    }
    interrupt::poll()?;
    let (middle, half) = (n / 2, n / 2 + 1);
    let (diagonal, above) = (d[middle], e[middle]);
    {
        let (upper, lower) = d.split_at_mut(middle);
        let (first, second) = e.split_at_mut(middle);
        let (top, bottom) = right.halves(half);
        let (mut left_top, left_bottom) = match left.as_mut().map(|left| left.halves(half)) {
            Some((top, bottom)) => (Some(top), Some(bottom)),
            None => (None, None),
        };
        let left_top = left_top.as_mut().map(|left| left.halves(middle).0);
        let parts = [(upper, first, left_top, top), (&mut lower[1..], &mut second[1..], left_bottom, bottom)];
        if !both(n, parts, |(d, e, left, right)| part(d, e, left, right))? {
            return Ok(false);
        }
    }
    let columns = right.matrix.ncols();
    let mut z = filled(columns, 0.0)?;
    right.border(half, &mut z);
    z[..half].iter_mut().for_each(|z| *z *= diagonal);
    z[half..].iter_mut().for_each(|z| *z *= above);
    if columns > n {
        let (c, s, length) = rotation(z[middle], z[n]);
        right.turn(middle, n, c, s);
        z[middle] = length;
    }
    if let Some(left) = &mut left {
        left.matrix[(middle, middle)] = <R as Float>::ONE;
    }
    Merge { d, z: &mut z[..n], rho: 1.0, half, squares: true }.run(&mut right, left)
}

/// By sweeps.
fn iterated<R: Scalar + Float>(
    d: &mut [f64],
    e: &mut [f64],
    mut left: Option<Columns<'_, R>>,
    mut right: Columns<'_, R>,
) -> Result<bool> {
    let n = d.len();
    right.set_unit();
    if let Some(left) = &mut left {
        left.set_unit();
    }
    if e.len() == n {
        // Row by row from below, the element in the last column goes into the diagonal.
        let mut extra = e[n - 1];
        for k in (0..n).rev() {
            let (c, s, length) = rotation(d[k], extra);
            d[k] = length;
            right.turn(k, n, c, s);
            if k > 0 {
                (e[k - 1], extra) = (c * e[k - 1], -s * e[k - 1]);
            }
        }
    }
    let mut vectors = Both { left, right, swapped: filled(n, false)? };
    let holds = chase::diagonalise(d, &mut e[..n - 1], &mut vectors)?;
    for (j, d) in d.iter_mut().enumerate() {
        if *d < 0.0 {
            *d = -*d;
            vectors.right.negate(j);
        }
    }
    Ok(holds)
}

/// Both sides' vectors. Where a block was transposed, what is done to its rows is done to the right ones.
struct Both<'a, R> {
    left: Option<Columns<'a, R>>,
    right: Columns<'a, R>,
    swapped: Vec<bool>,
}

impl<R: Scalar + Float> Both<'_, R> {
    fn turn(&mut self, is_right: bool, k: usize, c: f64, s: f64) {
        if is_right {
            self.right.turn(k, k + 1, c, s);
        } else if let Some(left) = &mut self.left {
            left.turn(k, k + 1, c, s);
        }
    }
}

impl<R: Scalar + Float> Told for Both<'_, R> {
    const LISTENS: bool = true;
    fn columns(&mut self, k: usize, c: f64, s: f64) {
        self.turn(!self.swapped[k], k, c, s);
    }
    fn rows(&mut self, k: usize, c: f64, s: f64) {
        self.turn(self.swapped[k], k, c, s);
    }
    fn turned(&mut self, first: usize, end: usize) {
        self.right.reverse(first, end);
        if let Some(left) = &mut self.left {
            left.reverse(first, end);
        }
        self.swapped[first..end].iter_mut().for_each(|swapped| *swapped = !*swapped);
    }
}
