//! Reduction to bidiagonal form, `A = Q·B·Pᴴ`, for matrices of at least as many rows as columns.
//!
//! ```text
//! for each panel of 32 columns, for each column i of it (what the panel has done so far is V·Yᴴ + X·Uᴴ, not yet taken off):
//!     column i brought up to date; reflected: v
//!     y = τ·Aᴴ·v of what is left; row i brought up to date, r; A·r
//!     r reflected: u, and x = τ·A·u, from A·r
//! the rest of the matrix:  A − V·Yᴴ − X·Uᴴ, a product of matrices
//! ```
//! (Dongarra, Sorensen and Hammarling 1989, "Block reduction of matrices to condensed forms".) Half of the work are the
//! products `Aᴴ·v` and `A·r`, which read all that is left of A, once for both of them (Howell, Demmel, Fulton, Hammarling and
//! Marmol 2008, "Cache efficient bidiagonalization using BLAS 2.5 operators"): memory limits them, and threads share them.

use faer::{Accum, MatMut, MatRef, Par};
use sharray_base::{Result, interrupt};

use crate::dense::{Dense, Start, filled, matmul, narrow, widened};
use crate::qr::{Qr, reflector};
use crate::scalar::{Float, Scalar};
use crate::sweep;
use crate::team::{Team, lead};
use crate::{chase, divide};

/// Columns of a panel.
const PANEL: usize = 32;
/// Elements of a matrix from which several threads read it for one product.
const SHARED_FROM: usize = 1 << 15;
/// Bands that a matrix is cut into then.
const BANDS: usize = 4;
/// Bytes of the columns that are read twice in a row: the nearest cache keeps them meanwhile.
const NEAR: usize = 1 << 15;
/// Most columns whose products with a vector are taken at once.
const MOST: usize = 64;

/// How far apart elements on the diagonal are that is called graded.
const GRADED: f64 = 1e6;

/// A matrix taken apart.
pub(crate) struct Bidiagonal<T: Scalar> {
    /// Q.
    pub(crate) left: Qr<T>,
    /// P but for its first row and column, which are the unit matrix's.
    pub(crate) right: Qr<T>,
    /// The diagonal of B.
    pub(crate) diagonal: Vec<T::Real>,
    /// What is above it.
    pub(crate) above: Vec<T::Real>,
}

impl<T: Scalar> Bidiagonal<T> {
    /// Takes a matrix apart that has at least as many rows as columns.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub(crate) fn of(a: Dense<T>) -> Result<Bidiagonal<T>> {
        let n = a.columns();
        let less = n.saturating_sub(1);
        let zero = <T::Real as Float>::ZERO;
        let mut state = State {
            u: Dense::zeros(less, less)?,
            x: Dense::zeros(a.rows(), PANEL.min(n))?,
            y: Dense::zeros(n, PANEL.min(n))?,
            row: Dense::zeros(n, 2)?,
            parts: Dense::zeros(a.rows(), BANDS)?,
            small: filled(PANEL, T::ZERO)?,
            diagonal: filled(n, zero)?,
            above: filled(less, zero)?,
            taus: filled(n, T::ZERO)?,
            right: filled(less, T::ZERO)?,
            a,
        };
        let is_large = state.a.rows() * n >= SHARED_FROM;
        let state = lead(is_large, move |team| {
            for first in (0..n).step_by(PANEL) {
                interrupt::poll()?;
                state.panel(first, PANEL.min(n - first), team);
            }
            Ok(state)
        })?;
        Ok(Bidiagonal {
            left: Qr::reflecting(state.a, state.taus),
            right: Qr::reflecting(state.u, state.right),
            diagonal: state.diagonal,
            above: state.above,
        })
    }

    /// The diagonal and what is above it, in double precision.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub(crate) fn wide(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        Ok((widened(&self.diagonal)?, widened(&self.above)?))
    }

    /// The singular values, descending; none without convergence. Where the diagonal is graded, small values may have
    /// digits that divide and conquer would lose.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub(crate) fn values(&self) -> Result<Option<Vec<T::Real>>> {
        let (mut d, mut e) = self.wide()?;
        let sizes = d.iter().map(|x| x.abs());
        let (least, most) = sizes.fold((f64::MAX, 0.0), |(least, most), x| (x.min(least), x.max(most)));
        let holds = if most > GRADED * least {
            chase::singular_values(&mut d, &mut e)?
        } else {
            divide::singular_values(&mut d, &mut e)?
        };
        Ok(if holds { Some(narrow(&d)?) } else { None })
    }
}

/// A reduction under way. The vectors v stand in the columns of `a`, with their ones on the diagonal; the vectors u, whose
/// first element belongs to column 1 of `a`, in those of `u`.
struct State<T: Scalar> {
    a: Dense<T>,
    u: Dense<T>,
    x: Dense<T>,
    y: Dense<T>,
    /// For y and a row.
    row: Dense<T>,
    /// Sums that bands make for A·r.
    parts: Dense<T>,
    small: Vec<T>,
    diagonal: Vec<T::Real>,
    above: Vec<T::Real>,
    taus: Vec<T>,
    right: Vec<T>,
}

impl<T: Scalar> State<T> {
    fn panel(&mut self, first: usize, width: usize, team: &Team<'_>) {
        let n = self.a.columns();
        for i in first..first + width {
            self.column(first, i);
            if i + 1 < n {
                self.rows(first, i, team);
            }
        }
        self.rest(first, width, team);
    }

    /// Brings column i up to date and reflects it.
    fn column(&mut self, first: usize, i: usize) {
        let done = i - first;
        let m = self.a.rows();
        let (left, right) = self.a.as_mut().split_at_col_mut(i);
        let column = &mut column_of(right)[i..];
        let v = left.as_ref().submatrix(i, first, m - i, done);
        for (k, place) in self.small[..done].iter_mut().enumerate() {
            *place = -self.y[(i, k)].adjoint();
        }
        sweep::combine(v, &self.small[..done], column);
        for (k, place) in self.small[..done].iter_mut().enumerate() {
            *place = -self.u[(i - 1, first + k)].adjoint();
        }
        sweep::combine(self.x.as_ref().submatrix(i, 0, m - i, done), &self.small[..done], column);
        (self.taus[i], self.diagonal[i]) = reflector(column);
    }

    /// `y = τ·Aᴴ·v`, of the columns right of i, and with it that row, brought up to date and reflected: u; then `x = τ·A·u`.
    ///
    /// With the row as it is before the reflection, r, one pass over A gives both: an element of r is known as soon as
    /// that of y is, while their column is at hand. u is `f·r + (1 − f·r₁)·e₁`, so that A·u follows from A·r.
    fn rows(&mut self, first: usize, i: usize, team: &Team<'_>) {
        let (m, n, done) = (self.a.rows(), self.a.columns(), i - first);
        let columns = n - i - 1;
        self.corrections(first, i);
        let tau = self.taus[i];
        let (y, row) = self.row.two(0, 1);
        let (y, row) = (&mut y[..columns], &mut row[..columns]);
        let right = self.a.as_ref().submatrix(i, i + 1, m - i, columns);
        fused(team, right, &self.a.column(i)[i..], tau, (&mut *y, &mut *row), &mut self.parts);
        self.y.column_mut(done)[i + 1..].copy_from_slice(y);
        let alpha = row[0];
        (self.right[i], self.above[i]) = reflector(row);
        self.u.column_mut(i)[i..].copy_from_slice(row);
        let x = &mut self.parts.column_mut(0)[..m - i - 1];
        let u = &self.u.column(i)[i..];
        let factor = T::ONE.over(alpha - T::real(self.above[i]));
        if self.right[i] != T::ZERO && factor.square().is_finite() {
            let first = T::ONE - factor * alpha;
            for (x, &a) in x.iter_mut().zip(&self.a.column(i + 1)[i + 1..]) {
                *x = factor * *x + first * a;
            }
        } else {
            x.fill(T::ZERO);
            sweep::combine(self.a.as_ref().submatrix(i + 1, i + 1, m - i - 1, columns), u, x);
        }
        self.x(first, i);
    }

    /// What the panel has done so far means for y, before it is multiplied by τ, and for the row.
    fn corrections(&mut self, first: usize, i: usize) {
        let (m, n, done) = (self.a.rows(), self.a.columns(), i - first);
        let (rows, columns) = (m - i, n - i - 1);
        let (y, row) = self.row.two(0, 1);
        let (y, row) = (&mut y[..columns], &mut row[..columns]);
        y.fill(T::ZERO);
        for (j, place) in row.iter_mut().enumerate() {
            *place = self.a[(i, i + 1 + j)].adjoint();
        }
        if done == 0 {
            return;
        }
        let v = &self.a.column(i)[i..];
        let small = &mut self.small[..done];
        let before = self.y.as_ref().submatrix(i + 1, 0, columns, done);
        sweep::dots(self.a.as_ref().submatrix(i, first, rows, done), v, small);
        small.iter_mut().for_each(|x| *x = -*x);
        sweep::combine(before, small, y);
        for (k, place) in small.iter_mut().enumerate() {
            *place = -self.a[(i, first + k)].adjoint();
        }
        sweep::combine(before, small, row);
        let before = self.u.as_ref().submatrix(i, first, columns, done);
        sweep::dots(self.x.as_ref().submatrix(i, 0, rows, done), v, small);
        small.iter_mut().for_each(|x| *x = -*x);
        sweep::combine(before, small, y);
        for (k, place) in small.iter_mut().enumerate() {
            *place = -self.x[(i, k)].adjoint();
        }
        sweep::combine(before, small, row);
    }

    /// `x = τ·A·u`, of the rows below i, from A·u without what the panel has done so far.
    fn x(&mut self, first: usize, i: usize) {
        let (m, n, done) = (self.a.rows(), self.a.columns(), i - first);
        let (rows, columns) = (m - i - 1, n - i - 1);
        let u = &self.u.column(i)[i..];
        let x = &mut self.parts.column_mut(0)[..rows];
        let small = &mut self.small[..=done];
        sweep::dots(self.y.as_ref().submatrix(i + 1, 0, columns, done + 1), u, small);
        small.iter_mut().for_each(|x| *x = -*x);
        sweep::combine(self.a.as_ref().submatrix(i + 1, first, rows, done + 1), small, x);
        let small = &mut self.small[..done];
        sweep::dots(self.u.as_ref().submatrix(i, first, columns, done), u, small);
        small.iter_mut().for_each(|x| *x = -*x);
        sweep::combine(self.x.as_ref().submatrix(i + 1, 0, rows, done), small, x);
        let tau = self.right[i];
        for (place, &x) in self.x.column_mut(done)[i + 1..].iter_mut().zip(&*x) {
            *place = tau * x;
        }
    }

    /// What the panel means for the matrix right of it and below.
    fn rest(&mut self, first: usize, width: usize, team: &Team<'_>) {
        let (m, n, next) = (self.a.rows(), self.a.columns(), first + width);
        if next == n {
            return;
        }
        let (left, right) = self.a.as_mut().split_at_col_mut(next);
        let v = left.as_ref().submatrix(next, first, m - next, width);
        let x = self.x.as_ref().submatrix(next, 0, m - next, width);
        let y = self.y.as_ref().submatrix(next, 0, n - next, width);
        let u = self.u.as_ref().submatrix(next - 1, first, n - next, width);
        bands(team, right.subrows_mut(next, m - next), |first, mut part| {
            let count = part.ncols();
            let (y, u) = (y.subrows(first, count), u.subrows(first, count));
            matmul(part.as_mut(), Accum::Add, v, y.adjoint(), -T::ONE, Par::Seq);
            matmul(part, Accum::Add, x, u.adjoint(), -T::ONE, Par::Seq);
        });
    }
}

/// The first column of a matrix that lies by columns.
fn column_of<T: Scalar>(a: MatMut<'_, T>) -> &mut [T] {
    match a.col_mut(0).try_as_col_major_mut() {
        Some(column) => column.as_slice_mut(),
        None => &mut [],
    }
}

/// `y ← τ·(Aᴴ·v + y)` and `row ← row − y`, and into the first of `parts` A·row, but for A's first row; `y` and `row` being as
/// long as A has columns, which are shared out.
fn fused<T: Scalar>(
    team: &Team<'_>,
    a: MatRef<'_, T>,
    v: &[T],
    tau: T,
    (y, row): (&mut [T], &mut [T]),
    parts: &mut Dense<T>,
) {
    let (rows, columns) = (a.nrows(), a.ncols());
    assert!(y.len() == columns && row.len() == columns && parts.rows() + 1 >= rows);
    let count = if rows * columns < SHARED_FROM { 1 } else { BANDS };
    let width = columns.div_ceil(count).next_multiple_of(4);
    let side = (NEAR / (rows * size_of::<T>())).max(1).next_multiple_of(4);
    let step = parts.as_ref().col_stride();
    let start = (Start(y.as_mut_ptr()), Start(row.as_mut_ptr()), Start(parts.as_mut().as_ptr_mut()));
    team.share(count, &|band| {
        // SAFETY: the column `band` of `parts`, which is long enough and which this function borrows.
        let sums = unsafe { std::slice::from_raw_parts_mut(start.2.at(band as isize * step), rows - 1) };
        sums.fill(T::ZERO);
        let end = columns.min((band + 1) * width);
        for first in (band * width..end).step_by(side) {
            let some = side.min(end - first);
            // SAFETY: elements of `y` and `row`, which this function borrows; no two bands share one.
            let (y, row) = unsafe {
                let (y, row) = (start.0.at(first as isize), start.1.at(first as isize));
                (std::slice::from_raw_parts_mut(y, some), std::slice::from_raw_parts_mut(row, some))
            };
            let a = a.subcols(first, some);
            let mut products = [T::ZERO; MOST];
            for (from, y) in (0..some).step_by(MOST).zip(y.chunks_mut(MOST)) {
                let products = &mut products[..y.len()];
                sweep::dots(a.subcols(from, y.len()), v, products);
                y.iter_mut().zip(products).for_each(|(y, product)| *y = tau * (*product + *y));
            }
            row.iter_mut().zip(y).for_each(|(row, y)| *row -= *y);
            sweep::combine(a.subrows(1, rows - 1), row, sums);
        }
    });
    for band in 1..count {
        let (whole, part) = parts.two(0, band);
        whole[..rows - 1].iter_mut().zip(&*part).for_each(|(sum, &x)| *sum += x);
    }
}

/// Does `work(first column, columns)` for bands of a matrix's columns.
pub(crate) fn bands<T: Scalar>(
    team: &Team<'_>,
    a: MatMut<'_, T>,
    work: impl Fn(usize, MatMut<'_, T>) + Sync,
) {
    let (rows, columns, down, step) = (a.nrows(), a.ncols(), a.row_stride(), a.col_stride());
    let width = if rows * columns < SHARED_FROM { columns } else { columns.div_ceil(8).next_multiple_of(16) };
    let start = Start(a.as_ptr_mut());
    team.share(columns.div_ceil(width.max(1)), &|band| {
        let first = band * width;
        let count = width.min(columns - first);
        // SAFETY: columns `first..first + count` of `a`, which this function borrows; no two bands share one.
        let part =
            unsafe { MatMut::from_raw_parts_mut(start.at(first as isize * step), rows, count, down, step) };
        work(first, part);
    });
}
