//! `A = Q·R` by Householder reflections, with LAPACK's conventions: `H = 1 − τ·v·vᴴ`, v begins with 1, R has a real
//! diagonal whose sign is the opposite of what the reflection met.
//!
//! ```text
//! for each panel of 32 columns:  reflect column by column within the panel
//!                                T with  H₁·H₂·…·H₃₂ = 1 − V·T·Vᴴ
//!                                the columns to the right:  C − V·Tᴴ·(Vᴴ·C)
//! ```
//! (Schreiber and Van Loan 1989, "A storage-efficient WY representation".) faer's own factorisation has other
//! conventions for complex matrices, which mode "raw" would show.

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use sharray_base::{Result, interrupt};

use crate::dense::{Dense, by_columns, filled};
use crate::scalar::{Float, Scalar};

/// Columns of a panel.
const PANEL: usize = 32;
/// Parts of a panel of at most so many elements are reflected in plain loops.
const SMALL: usize = 700;

/// A matrix taken apart.
pub struct Qr<T> {
    /// R on and above the diagonal, the reflections' vectors below it.
    pub packed: Dense<T>,
    /// The reflections' factors τ.
    pub taus: Vec<T>,
    /// The panels' matrices T, side by side.
    blocks: Dense<T>,
}

impl<T: Scalar> Qr<T> {
    /// Takes a matrix apart.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub fn of(mut a: Dense<T>) -> Result<Qr<T>> {
        let (m, n) = (a.rows(), a.columns());
        let k = m.min(n);
        let mut taus = filled(k, T::ZERO)?;
        let mut blocks = Dense::zeros(PANEL.min(k), k)?;
        let mut first = 0;
        while first < k {
            interrupt::poll()?;
            let width = PANEL.min(k - first);
            panel(&mut a, first, &mut taus[first..first + width])?;
            let vectors = vectors(&a, first, width)?;
            block(vectors.as_ref(), &taus[first..first + width], &mut blocks, first)?;
            let right = a.as_mut().submatrix_mut(first, first + width, m - first, n - first - width);
            let factor = blocks.as_ref().submatrix(0, first, width, width);
            apply(vectors.as_ref(), factor.adjoint().to_owned().as_ref(), right)?;
            first += width;
        }
        Ok(Qr { packed: a, taus, blocks })
    }

    /// The first `columns` columns of Q.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub fn q(&self, columns: usize) -> Result<Dense<T>> {
        let m = self.packed.rows();
        let k = self.taus.len();
        let mut q = Dense::unit(m, columns)?;
        for first in (0..k).step_by(PANEL).rev() {
            interrupt::poll()?;
            let width = PANEL.min(k - first);
            let vectors = vectors(&self.packed, first, width)?;
            let factor = self.blocks.as_ref().submatrix(0, first, width, width);
            let part = q.as_mut().submatrix_mut(first, first, m - first, columns - first);
            apply(vectors.as_ref(), factor, part)?;
        }
        Ok(q)
    }

    /// `Qᴴ·c`, in place.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub fn apply_adjoint(&self, c: &mut Dense<T>) -> Result<()> {
        let (m, k) = (self.packed.rows(), self.taus.len());
        for first in (0..k).step_by(PANEL) {
            let width = PANEL.min(k - first);
            let vectors = vectors(&self.packed, first, width)?;
            let factor = self.blocks.as_ref().submatrix(0, first, width, width);
            let columns = c.columns();
            let part = c.as_mut().submatrix_mut(first, 0, m - first, columns);
            apply(vectors.as_ref(), factor.adjoint().to_owned().as_ref(), part)?;
        }
        Ok(())
    }

    /// The first `rows` rows of R.
    ///
    /// # Errors
    /// `OutOfMemory`.
    pub fn r(&self, rows: usize) -> Result<Dense<T>> {
        Dense::from_fn(rows, self.packed.columns(), |i, j| if i <= j { self.packed[(i, j)] } else { T::ZERO })
    }
}

/// Reflects the columns from `first` on, as many as there are places for factors.
fn panel<T: Scalar>(a: &mut Dense<T>, first: usize, taus: &mut [T]) -> Result<()> {
    let (m, last) = (a.rows(), first + taus.len());
    let mut products = filled(taus.len(), T::ZERO)?;
    for (k, tau) in (first..last).zip(taus) {
        let beta;
        (*tau, beta) = reflector(&mut a.column_mut(k)[k..]);
        if (m - k) * (last - k - 1) <= SMALL {
            for j in k + 1..last {
                let (v, c) = a.two(k, j);
                reflect(&v[k..], tau.adjoint(), &mut c[k..]);
            }
        } else {
            let (v, c) = a.as_mut().get_mut(k.., k..last).split_at_col_mut(1);
            let products =
                MatMut::from_column_major_slice_mut(&mut products[..last - k - 1], 1, last - k - 1);
            rank_one(v.as_ref(), tau.adjoint(), c, products);
        }
        a[(k, k)] = T::real(beta);
    }
    Ok(())
}

fn rank_one<T: Scalar>(v: MatRef<'_, T>, tau: T, mut c: MatMut<'_, T>, mut products: MatMut<'_, T>) {
    matmul(products.as_mut(), Accum::Replace, v.adjoint(), c.as_ref(), tau, Par::Seq);
    matmul(c.as_mut(), Accum::Add, v, products.as_ref(), -T::ONE, Par::Seq);
}

fn reflect<T: Scalar>(v: &[T], tau: T, c: &mut [T]) {
    let factor = tau * product(v, c);
    for (c, &v) in c.iter_mut().zip(v) {
        *c -= v * factor;
    }
}

/// `vᴴ·c`, in four sums that a processor adds up side by side.
fn product<T: Scalar>(v: &[T], c: &[T]) -> T {
    let mut sums = [T::ZERO; 4];
    let (left, right) = (v.chunks_exact(4), c.chunks_exact(4));
    let rest = left.remainder().iter().zip(right.remainder());
    let rest = rest.fold(T::ZERO, |sum, (v, &c)| sum + v.adjoint() * c);
    for (v, c) in left.zip(right) {
        for i in 0..4 {
            sums[i] += v[i].adjoint() * c[i];
        }
    }
    sums.into_iter().fold(rest, |sum, part| sum + part)
}

/// The reflection that turns `x` into β times the first unit vector: `x` becomes its vector, which begins with 1. Returns
/// (τ, β).
pub(crate) fn reflector<T: Scalar>(x: &mut [T]) -> (T, T::Real) {
    let Some((&alpha, rest)) = x.split_first() else { return (T::ZERO, <T::Real as Float>::ZERO) };
    let rest = length(rest);
    let zero = <T::Real as Float>::ZERO;
    if rest == zero && alpha.im() == zero {
        x[0] = T::ONE;
        return (T::ZERO, alpha.re());
    }
    let beta = -alpha.size().hypot(rest).copysign(alpha.re());
    if beta.abs() < <T::Real as Float>::TINY / <T::Real as Float>::EPSILON {
        // Far below: as LAPACK, scaled up by a power of two and back.
        let up = <T::Real as Float>::ONE / <T::Real as Float>::EPSILON;
        x.iter_mut().for_each(|x| *x = x.times(up));
        let (tau, beta) = if beta == zero { (T::ZERO, beta) } else { reflector(x) };
        return (tau, beta / up);
    }
    let tau = T::new((beta - alpha.re()) / beta, -alpha.im() / beta);
    let factor = T::ONE.over(alpha - T::real(beta));
    x[1..].iter_mut().for_each(|x| *x *= factor);
    x[0] = T::ONE;
    (tau, beta)
}

/// A vector's Euclidean length, without overflow or underflow on the way.
pub(crate) fn length<T: Scalar>(x: &[T]) -> T::Real {
    let zero = <T::Real as Float>::ZERO;
    let sum = x.iter().fold(zero, |sum, x| sum + x.square());
    if sum.is_finite() && sum > <T::Real as Float>::TINY / <T::Real as Float>::EPSILON {
        return sum.sqrt();
    }
    let most = x.iter().fold(zero, |most, x| if x.size1() > most { x.size1() } else { most });
    if most == zero || !most.is_finite() {
        return sum;
    }
    let part = |value: T::Real| value / most;
    let sum = x.iter().fold(zero, |sum, x| sum + T::new(part(x.re()), part(x.im())).square());
    most * sum.sqrt()
}

/// The vectors of a panel's reflections, with their ones and zeros.
fn vectors<T: Scalar>(packed: &Dense<T>, first: usize, width: usize) -> Result<Dense<T>> {
    let mut made = Dense::zeros(packed.rows() - first, width)?;
    for j in 0..width {
        made.column_mut(j)[j + 1..].copy_from_slice(&packed.column(first + j)[first + j + 1..]);
        made[(j, j)] = T::ONE;
    }
    Ok(made)
}

/// The matrix T of a panel, into the columns of `blocks` from `first` on.
fn block<T: Scalar>(v: MatRef<'_, T>, taus: &[T], blocks: &mut Dense<T>, first: usize) -> Result<()> {
    let width = taus.len();
    let mut products = Dense::zeros(width, width)?;
    matmul(products.as_mut(), Accum::Replace, v.adjoint(), v, T::ONE, Par::Seq);
    for (j, &tau) in taus.iter().enumerate() {
        for i in 0..j {
            let sum = (i..j).fold(T::ZERO, |sum, l| sum + blocks[(i, first + l)] * products[(l, j)]);
            blocks[(i, first + j)] = -tau * sum;
        }
        blocks[(j, first + j)] = tau;
    }
    Ok(())
}

/// `C − V·F·(Vᴴ·C)`, in place.
fn apply<T: Scalar>(v: MatRef<'_, T>, factor: MatRef<'_, T>, c: MatMut<'_, T>) -> Result<()> {
    if c.ncols() == 0 {
        return Ok(());
    }
    let cost = 2 * v.nrows() * v.ncols() * c.ncols();
    by_columns(c, cost, |_, mut part| {
        let mut products = Dense::zeros(v.ncols(), part.ncols())?;
        let mut turned = Dense::zeros(v.ncols(), part.ncols())?;
        matmul(products.as_mut(), Accum::Replace, v.adjoint(), part.as_ref(), T::ONE, Par::Seq);
        matmul(turned.as_mut(), Accum::Replace, factor, products.as_ref(), T::ONE, Par::Seq);
        matmul(part.as_mut(), Accum::Add, v, turned.as_ref(), -T::ONE, Par::Seq);
        Ok(())
    })
}
