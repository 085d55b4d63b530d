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

use faer::{Accum, MatMut, MatRef, Par};
use sharray_base::{Result, interrupt};

use crate::dense::{Dense, by_columns, filled, matmul};
use crate::scalar::{Float, Scalar};

/// Columns of a panel.
const PANEL: usize = 32;
/// Matrices of at most so many elements are reflected column by column, without panels.
const FEW: usize = 128;
/// Parts of a panel of at most so many elements are reflected in plain loops.
const SMALL: usize = 700;

/// A matrix taken apart.
pub struct Qr<T> {
    /// R on and above the diagonal, the reflections' vectors below it.
    pub packed: Dense<T>,
    /// The reflections' factors τ.
    pub taus: Vec<T>,
    /// The panels' matrices T, side by side; none for a matrix of few elements, or where they are made when they are needed.
    blocks: Option<Dense<T>>,
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
        if m * n <= FEW {
            for (i, tau) in taus.iter_mut().enumerate() {
                *tau = step(&mut a, i, n);
            }
            return Ok(Qr { packed: a, taus, blocks: None });
        }
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
        Ok(Qr { packed: a, taus, blocks: Some(blocks) })
    }

    /// The product of reflections whose vectors stand below the diagonal of `packed`.
    pub(crate) fn reflecting(packed: Dense<T>, taus: Vec<T>) -> Qr<T> {
        Qr { packed, taus, blocks: None }
    }

    /// Whether there are few elements.
    fn is_few(&self) -> bool {
        self.packed.rows() * self.packed.columns() <= FEW
    }

    /// The vectors of the panel that begins there, and its matrix T.
    fn panel(&self, first: usize) -> Result<(Dense<T>, Dense<T>)> {
        let width = PANEL.min(self.taus.len() - first);
        let vectors = vectors(&self.packed, first, width)?;
        let mut factor = Dense::zeros(width, width)?;
        match &self.blocks {
            Some(blocks) => {
                (0..width)
                    .for_each(|j| factor.column_mut(j).copy_from_slice(&blocks.column(first + j)[..width]));
            }
            None => block(vectors.as_ref(), &self.taus[first..first + width], &mut factor, 0)?,
        }
        Ok((vectors, factor))
    }

    /// The first `columns` columns of Q.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub fn q(&self, columns: usize) -> Result<Dense<T>> {
        let m = self.packed.rows();
        let k = self.taus.len();
        let mut q = Dense::unit(m, columns)?;
        if self.is_few() {
            self.reflect_each((0..k).rev(), &mut q, 0, |tau| tau);
            return Ok(q);
        }
        for first in (0..k).step_by(PANEL).rev() {
            interrupt::poll()?;
            let (vectors, factor) = self.panel(first)?;
            let part = q.as_mut().submatrix_mut(first, first, m - first, columns - first);
            apply(vectors.as_ref(), factor.as_ref(), part)?;
        }
        Ok(q)
    }

    /// `Q·c`, in place, of rows from `top` on: Q being bordered by a unit matrix.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub(crate) fn apply(&self, c: &mut Dense<T>, top: usize) -> Result<()> {
        let (m, k) = (self.packed.rows(), self.taus.len());
        let columns = c.columns();
        if self.is_few() {
            self.reflect_each((0..k).rev(), c, top, |tau| tau);
            return Ok(());
        }
        for first in (0..k).step_by(PANEL).rev() {
            interrupt::poll()?;
            let (vectors, factor) = self.panel(first)?;
            let part = c.as_mut().submatrix_mut(top + first, 0, m - first, columns);
            apply(vectors.as_ref(), factor.as_ref(), part)?;
        }
        Ok(())
    }

    /// `Qᴴ·c`, in place, of rows from `top` on.
    ///
    /// # Errors
    /// `OutOfMemory`, or an interruption.
    pub fn apply_adjoint(&self, c: &mut Dense<T>, top: usize) -> Result<()> {
        let (m, k) = (self.packed.rows(), self.taus.len());
        if self.is_few() {
            self.reflect_each(0..k, c, top, T::adjoint);
            return Ok(());
        }
        for first in (0..k).step_by(PANEL) {
            interrupt::poll()?;
            let (vectors, factor) = self.panel(first)?;
            let columns = c.columns();
            let part = c.as_mut().submatrix_mut(top + first, 0, m - first, columns);
            apply(vectors.as_ref(), factor.adjoint()?.as_ref(), part)?;
        }
        Ok(())
    }

    /// One reflection after the other; those of the unit matrix's columns, backwards, leave the ones to the left alone.
    fn reflect_each(
        &self,
        order: impl Iterator<Item = usize>,
        c: &mut Dense<T>,
        top: usize,
        turned: impl Fn(T) -> T,
    ) {
        for i in order {
            let tau = turned(self.taus[i]);
            for j in 0..c.columns() {
                reflect(
                    &self.packed.column(i)[i..],
                    tau,
                    &mut c.column_mut(j)[top + i..][..self.packed.rows() - i],
                );
            }
        }
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
        if (m - k) * (last - k - 1) <= SMALL {
            *tau = step(a, k, last);
        } else {
            let beta;
            (*tau, beta) = reflector(&mut a.column_mut(k)[k..]);
            let (v, c) = a.as_mut().get_mut(k.., k..last).split_at_col_mut(1);
            let products =
                MatMut::from_column_major_slice_mut(&mut products[..last - k - 1], 1, last - k - 1);
            rank_one(v.as_ref(), tau.adjoint(), c, products);
            a[(k, k)] = T::real(beta);
        }
    }
    Ok(())
}

/// Reflects column `k` and those behind it up to `last`, in plain loops; gives τ.
fn step<T: Scalar>(a: &mut Dense<T>, k: usize, last: usize) -> T {
    let (tau, beta) = reflector(&mut a.column_mut(k)[k..]);
    for j in k + 1..last {
        let (v, c) = a.two(k, j);
        reflect(&v[k..], tau.adjoint(), &mut c[k..]);
    }
    a[(k, k)] = T::real(beta);
    tau
}

fn rank_one<T: Scalar>(v: MatRef<'_, T>, tau: T, mut c: MatMut<'_, T>, mut products: MatMut<'_, T>) {
    matmul(products.as_mut(), Accum::Replace, v.adjoint(), c.as_ref(), tau, Par::Seq);
    matmul(c.as_mut(), Accum::Add, v, products.as_ref(), -T::ONE, Par::Seq);
}

/// `c − v·τ·(vᴴ·c)`; v begins with 1, whatever stands there.
pub(crate) fn reflect<T: Scalar>(v: &[T], tau: T, c: &mut [T]) {
    let ([_, v @ ..], [top, c @ ..]) = (v, c) else { return };
    let factor = tau * (*top + product(v, c));
    *top -= factor;
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
/// (τ, β). Lengths are taken in double precision, as are τ and β.
pub(crate) fn reflector<T: Scalar>(x: &mut [T]) -> (T, T::Real) {
    let Some((&alpha, rest)) = x.split_first() else { return (T::ZERO, <T::Real as Float>::ZERO) };
    let rest = length(rest);
    reflected(alpha, rest, x)
}

fn reflected<T: Scalar>(alpha: T, rest: f64, x: &mut [T]) -> (T, T::Real) {
    if rest == 0.0 && alpha.im() == <T::Real as Float>::ZERO {
        x[0] = T::ONE;
        return (T::ZERO, alpha.re());
    }
    let (re, im) = (alpha.re().wide(), alpha.im().wide());
    let beta = -re.hypot(im).hypot(rest).copysign(re);
    if beta.abs() < f64::MIN_POSITIVE / f64::EPSILON {
        // Far below: scaled up by a power of two and back, as LAPACK does.
        let up = <T::Real as Float>::ONE / <T::Real as Float>::EPSILON;
        x.iter_mut().for_each(|x| *x = x.times(up));
        let (tau, beta) = if beta == 0.0 { (T::ZERO, <T::Real as Float>::ZERO) } else { reflector(x) };
        return (tau, beta / up);
    }
    let tau = T::new(T::Real::of((beta - re) / beta), T::Real::of(-im / beta));
    let (down, turn) = (re - beta, -im);
    // 1 / (α − β), scaled lest its square overflow.
    let unit = down.abs().max(turn.abs());
    let square = (down / unit).powi(2) + (turn / unit).powi(2);
    let (re, im) = (down / unit / square / unit, turn / unit / square / unit);
    if T::Real::of(re.abs().max(im.abs())).is_finite() {
        let factor = T::new(T::Real::of(re), T::Real::of(im));
        x[1..].iter_mut().for_each(|x| *x *= factor);
    } else {
        // Subnormal numbers of single precision.
        for x in &mut x[1..] {
            let (a, b) = (x.re().wide(), x.im().wide());
            *x = T::new(T::Real::of(a * re - b * im), T::Real::of(a * im + b * re));
        }
    }
    x[0] = T::ONE;
    (tau, T::Real::of(beta))
}

/// A vector's Euclidean length in double precision, without overflow or underflow on the way.
pub(crate) fn length<T: Scalar>(x: &[T]) -> f64 {
    let square = |x: &T, by: f64| (x.re().wide() * by).powi(2) + (x.im().wide() * by).powi(2);
    // In four sums that a processor adds up side by side.
    let mut sums = [0.0; 4];
    let parts = x.chunks_exact(4);
    let rest = parts.remainder().iter().fold(0.0, |sum, x| sum + square(x, 1.0));
    for part in parts {
        sums.iter_mut().zip(part).for_each(|(sum, x)| *sum += square(x, 1.0));
    }
    let sum = (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest;
    if sum.is_finite() && sum > f64::MIN_POSITIVE / f64::EPSILON {
        return sum.sqrt();
    }
    let most = x.iter().fold(0.0, |most, x| x.size1().wide().max(most));
    if most == 0.0 || !most.is_finite() {
        return sum;
    }
    let by = crate::scale::times_power(1.0, -crate::scale::exponent(most).clamp(-1000, 1000));
    x.iter().fold(0.0, |sum, x| sum + square(x, by)).sqrt() / by
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
