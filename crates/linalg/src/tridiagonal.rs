//! Reduction of Hermitian matrices to real tridiagonal form, `A = Q·T·Qᴴ`, from the lower triangle.
//!
//! ```text
//! for each panel of 32 columns, for each column k of it (what the panel has done so far is V·Wᴴ + W·Vᴴ, not yet taken off):
//!     column k brought up to date; what is below the diagonal reflected: v
//!     p = τ·A·v of what is left;  w = p − ½·τ·(pᴴ·v)·v
//! the rest of the matrix:  A − V·Wᴴ − W·Vᴴ, a product of matrices
//! ```
//! (As for `bidiagonal`.) The product `A·v` reads one triangle once; threads share its columns.

use faer::{Accum, MatRef, Par};
use sharray_base::{Result, interrupt};

use crate::bidiagonal::bands;
use crate::dense::{Dense, Start, filled, matmul};
use crate::qr::{Qr, reflector};
use crate::scalar::{Float, Scalar};
use crate::sweep;
use crate::team::{Team, lead};

/// Columns of a panel.
const PANEL: usize = 32;
/// Rows of a matrix from which several threads read it for one product.
const SHARED_FROM: usize = 256;
/// Bands that a triangle is cut into then.
const BANDS: usize = 4;

/// A matrix taken apart.
pub(crate) struct Tridiagonal<T: Scalar> {
    /// Q but for its first row and column, which are the unit matrix's.
    pub(crate) outer: Qr<T>,
    /// The diagonal of T.
    pub(crate) diagonal: Vec<T::Real>,
    /// What is below it.
    pub(crate) below: Vec<T::Real>,
}

impl<T: Scalar> Tridiagonal<T> {
    /// Takes a matrix apart, whose lower triangle is read.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub(crate) fn of(a: Dense<T>) -> Result<Tridiagonal<T>> {
        let n = a.columns();
        let less = n.saturating_sub(1);
        let zero = <T::Real as Float>::ZERO;
        let mut state = State {
            v: Dense::zeros(less, less)?,
            w: Dense::zeros(n, PANEL.min(n))?,
            parts: Dense::zeros(n, BANDS)?,
            small: filled(PANEL, T::ZERO)?,
            diagonal: filled(n, zero)?,
            below: filled(less, zero)?,
            taus: filled(less, T::ZERO)?,
            a,
        };
        let state = lead(n >= SHARED_FROM, move |team| {
            for first in (0..n).step_by(PANEL) {
                interrupt::poll()?;
                state.panel(first, PANEL.min(n - first), team);
            }
            Ok(state)
        })?;
        Ok(Tridiagonal {
            outer: Qr::reflecting(state.v, state.taus),
            diagonal: state.diagonal,
            below: state.below,
        })
    }
}

/// A reduction under way. The vectors v, whose first element belongs to row 1 of `a`, stand in the columns of `v`.
struct State<T: Scalar> {
    a: Dense<T>,
    v: Dense<T>,
    w: Dense<T>,
    parts: Dense<T>,
    small: Vec<T>,
    diagonal: Vec<T::Real>,
    below: Vec<T::Real>,
    taus: Vec<T>,
}

impl<T: Scalar> State<T> {
    fn panel(&mut self, first: usize, width: usize, team: &Team<'_>) {
        let n = self.a.columns();
        for k in first..first + width {
            self.column(first, k);
            if k + 1 < n {
                self.w(first, k, team);
            }
        }
        self.rest(first, width, team);
    }

    /// Brings column k up to date and reflects what is below the diagonal.
    fn column(&mut self, first: usize, k: usize) {
        let (n, done) = (self.a.columns(), k - first);
        let column = &mut self.a.column_mut(k)[k..];
        if done > 0 {
            let small = &mut self.small[..done];
            for (p, place) in small.iter_mut().enumerate() {
                *place = -self.w[(k, p)].adjoint();
            }
            sweep::combine(self.v.as_ref().submatrix(k - 1, first, n - k, done), small, column);
            for (p, place) in small.iter_mut().enumerate() {
                *place = -self.v[(k - 1, first + p)].adjoint();
            }
            sweep::combine(self.w.as_ref().submatrix(k, 0, n - k, done), small, column);
        }
        self.diagonal[k] = column[0].re();
        if k + 1 < n {
            let v = &mut self.v.column_mut(k)[k..];
            v.copy_from_slice(&column[1..]);
            (self.taus[k], self.below[k]) = reflector(v);
        }
    }

    /// The vector w that belongs to v.
    fn w(&mut self, first: usize, k: usize, team: &Team<'_>) {
        let (n, done, tau) = (self.a.columns(), k - first, self.taus[k]);
        let rows = n - k - 1;
        let v = &self.v.column(k)[k..];
        hermitian(team, self.a.as_ref().submatrix(k + 1, k + 1, rows, rows), v, &mut self.parts);
        let p = &mut self.parts.column_mut(0)[..rows];
        let (before, w) = (self.v.as_ref().submatrix(k, first, rows, done), self.w.as_ref());
        let w = w.submatrix(k + 1, 0, rows, done);
        let small = &mut self.small[..done];
        sweep::dots(w, v, small);
        small.iter_mut().for_each(|x| *x = -*x);
        sweep::combine(before, small, p);
        sweep::dots(before, v, small);
        small.iter_mut().for_each(|x| *x = -*x);
        sweep::combine(w, small, p);
        let mut inner = [T::ZERO];
        sweep::dots(MatRef::from_column_major_slice(p, rows, 1), v, &mut inner);
        // p is still without τ here.
        let along = inner[0].times(tau.square() * <T::Real as Float>::of(-0.5));
        for ((place, &p), &v) in self.w.column_mut(done)[k + 1..].iter_mut().zip(&*p).zip(v) {
            *place = tau * p + along * v;
        }
    }

    /// What the panel means for the matrix right of it and below.
    fn rest(&mut self, first: usize, width: usize, team: &Team<'_>) {
        let (n, next) = (self.a.columns(), first + width);
        if next == n {
            return;
        }
        let rows = n - next;
        let a = self.a.as_mut().submatrix_mut(next, next, rows, rows);
        let v = self.v.as_ref().submatrix(next - 1, first, rows, width);
        let w = self.w.as_ref().submatrix(next, 0, rows, width);
        bands(team, a, |first, part| {
            let (count, height) = (part.ncols(), rows - first);
            let mut part = part.subrows_mut(first, height);
            let (top_v, top_w) = (v.subrows(first, count), w.subrows(first, count));
            let (v, w) = (v.subrows(first, height), w.subrows(first, height));
            matmul(part.as_mut(), Accum::Add, v, top_w.adjoint(), -T::ONE, Par::Seq);
            matmul(part, Accum::Add, w, top_v.adjoint(), -T::ONE, Par::Seq);
        });
    }
}

/// `A·x` into the first column of `parts`, the columns of A's lower triangle being shared out.
fn hermitian<T: Scalar>(team: &Team<'_>, a: MatRef<'_, T>, x: &[T], parts: &mut Dense<T>) {
    let n = a.nrows();
    let count = if n < SHARED_FROM { 1 } else { BANDS };
    // Equal areas of the triangle.
    let edge = |band: usize| {
        let share = 1.0 - (1.0 - band as f64 / count as f64).sqrt();
        if band == count { n } else { (share * n as f64) as usize / 4 * 4 }
    };
    let step = parts.as_ref().col_stride();
    let start = Start(parts.as_mut().as_ptr_mut());
    team.share(count, &|band| {
        // SAFETY: the column `band` of `parts`, which is at least n long and which this function borrows.
        let sums = unsafe { std::slice::from_raw_parts_mut(start.at(band as isize * step), n) };
        let columns = edge(band)..edge(band + 1);
        sums[columns.start..].fill(T::ZERO);
        sweep::hermitian(a, columns, x, sums);
    });
    for band in 1..count {
        let (whole, part) = parts.two(0, band);
        let above = edge(band);
        for (sum, &x) in whole[above..n].iter_mut().zip(&part[above..n]) {
            *sum += x;
        }
    }
}
