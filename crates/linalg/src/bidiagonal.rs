//! Reduction to bidiagonal form, `A = Q·B·Pᴴ`, for matrices of at least as many rows as columns.
//!
//! ```text
//! for each panel of 32 columns, for each column i of it (what the panel has done so far is V·Yᴴ + X·Uᴴ, not yet taken off):
//!     column i brought up to date; reflected: v, and y = τ·Aᴴ·v of what is left
//!     row i brought up to date;    reflected: u, and x = τ·A·u
//! the rest of the matrix:  A − V·Yᴴ − X·Uᴴ, a product of matrices
//! ```
//! (Dongarra, Sorensen and Hammarling 1989, "Block reduction of matrices to condensed forms".) Half of the work are the
//! products `Aᴴ·v` and `A·u`, which read all that is left of A: memory limits them, and threads share them.

use faer::{Accum, MatMut, MatRef, Par};
use sharray_base::{Result, interrupt};

use crate::dense::{Dense, Start, filled, matmul};
use crate::qr::{Qr, reflector};
use crate::scalar::{Float, Scalar};
use crate::sweep;
use crate::team::{Team, lead};

/// Columns of a panel.
const PANEL: usize = 32;
/// Elements of a matrix from which several threads read it for one product.
const SHARED_FROM: usize = 1 << 15;
/// Bands that a matrix is cut into then.
const BANDS: usize = 4;

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
            row: filled(a.rows().max(n), T::ZERO)?,
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
            left: Qr::reflecting(state.a, state.taus)?,
            right: Qr::reflecting(state.u, state.right)?,
            diagonal: state.diagonal,
            above: state.above,
        })
    }
}

/// A reduction under way. The vectors v stand in the columns of `a`, with their ones on the diagonal; the vectors u, whose
/// first element belongs to column 1 of `a`, in those of `u`.
struct State<T: Scalar> {
    a: Dense<T>,
    u: Dense<T>,
    x: Dense<T>,
    y: Dense<T>,
    row: Vec<T>,
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
            self.y(first, i, team);
            if i + 1 < n {
                self.row(first, i);
                self.x(first, i, team);
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

    /// `y = τ·Aᴴ·v`, of the columns right of i.
    fn y(&mut self, first: usize, i: usize, team: &Team<'_>) {
        let (m, n, done) = (self.a.rows(), self.a.columns(), i - first);
        let (rows, columns) = (m - i, n - i - 1);
        let v = &self.a.column(i)[i..];
        let y = &mut self.row[..columns];
        dots(team, self.a.as_ref().submatrix(i, i + 1, rows, columns), v, y);
        let small = &mut self.small[..done];
        sweep::dots(self.a.as_ref().submatrix(i, first, rows, done), v, small);
        small.iter_mut().for_each(|x| *x = -*x);
        sweep::combine(self.y.as_ref().submatrix(i + 1, 0, columns, done), small, y);
        sweep::dots(self.x.as_ref().submatrix(i, 0, rows, done), v, small);
        small.iter_mut().for_each(|x| *x = -*x);
        if columns > 0 {
            sweep::combine(self.u.as_ref().submatrix(i, first, columns, done), small, y);
        }
        let tau = self.taus[i];
        for (place, &y) in self.y.column_mut(done)[i + 1..].iter_mut().zip(&*y) {
            *place = tau * y;
        }
    }

    /// Brings what is right of the diagonal in row i up to date and reflects it.
    fn row(&mut self, first: usize, i: usize) {
        let (n, done) = (self.a.columns(), i - first);
        let columns = n - i - 1;
        let row = &mut self.row[..columns];
        for (j, place) in row.iter_mut().enumerate() {
            *place = self.a[(i, i + 1 + j)].adjoint();
        }
        let small = &mut self.small[..=done];
        for (k, place) in small.iter_mut().enumerate() {
            *place = -self.a[(i, first + k)].adjoint();
        }
        sweep::combine(self.y.as_ref().submatrix(i + 1, 0, columns, done + 1), small, row);
        let small = &mut self.small[..done];
        for (k, place) in small.iter_mut().enumerate() {
            *place = -self.x[(i, k)].adjoint();
        }
        sweep::combine(self.u.as_ref().submatrix(i, first, columns, done), small, row);
        (self.right[i], self.above[i]) = reflector(row);
        self.u.column_mut(i)[i..].copy_from_slice(row);
    }

    /// `x = τ·A·u`, of the rows below i.
    fn x(&mut self, first: usize, i: usize, team: &Team<'_>) {
        let (m, n, done) = (self.a.rows(), self.a.columns(), i - first);
        let (rows, columns) = (m - i - 1, n - i - 1);
        let u = &self.u.column(i)[i..];
        let x = &mut self.row[..rows];
        x.fill(T::ZERO);
        combine(team, self.a.as_ref().submatrix(i + 1, i + 1, rows, columns), u, x);
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

fn cut(extent: usize, elements: usize) -> (usize, usize) {
    let width = if elements < SHARED_FROM { extent } else { extent.div_ceil(BANDS).next_multiple_of(8) };
    (width, if width == 0 { 0 } else { extent.div_ceil(width) })
}

/// `out[j] = a[:, j]ᴴ · v`, columns being shared out.
fn dots<T: Scalar>(team: &Team<'_>, a: MatRef<'_, T>, v: &[T], out: &mut [T]) {
    let (width, count) = cut(a.ncols(), a.nrows() * a.ncols());
    let start = Start(out.as_mut_ptr());
    team.share(count, &|band| {
        let first = band * width;
        let columns = width.min(a.ncols() - first);
        // SAFETY: elements of `out`, which this function borrows; no two bands share one.
        let part = unsafe { std::slice::from_raw_parts_mut(start.at(first as isize), columns) };
        sweep::dots(a.subcols(first, columns), v, part);
    });
}

/// `y += a · x`, rows being shared out.
fn combine<T: Scalar>(team: &Team<'_>, a: MatRef<'_, T>, x: &[T], y: &mut [T]) {
    let (height, count) = cut(a.nrows(), a.nrows() * a.ncols());
    let start = Start(y.as_mut_ptr());
    team.share(count, &|band| {
        let first = band * height;
        let rows = height.min(a.nrows() - first);
        // SAFETY: elements of `y`, which this function borrows; no two bands share one.
        let part = unsafe { std::slice::from_raw_parts_mut(start.at(first as isize), rows) };
        sweep::combine(a.subrows(first, rows), x, part);
    });
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
