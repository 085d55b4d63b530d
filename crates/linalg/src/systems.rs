//! Systems of equations and what goes with them: solutions, inverses, determinants, Cholesky and QR factors of stacks.
//!
//! Every function takes views whose leading axes agree (of the inputs: after broadcasting by the caller) and that
//! hold native numbers of one type. `lenient` says what becomes of a matrix that has no answer: NaN, or an error.

use std::sync::atomic::{AtomicBool, Ordering};

use sharray_base::fp_status::FpStatus;
use sharray_base::{Error, Result, View, ViewMut};

use crate::cholesky as method;
use crate::dense::Dense;
use crate::lu::Lu;
use crate::qr::Qr;
use crate::stack::{Held, Stack, each};

/// What becomes of a singular matrix.
fn without(lenient: bool, spoil: impl FnOnce()) -> Result<()> {
    if !lenient {
        return Err(Error::LinAlg("Singular matrix".into()));
    }
    spoil();
    Ok(())
}

/// Error for matrices that are not square, or don't fit one another.
pub(crate) fn shapes() -> Error {
    Error::Value("the matrices' extents do not fit".into())
}

/// `x` with `a · x = b`. Shapes (…, n, n), (…, n, k) and (…, n, k).
///
/// # Errors
/// `LinAlg` for a singular matrix unless `lenient`; `OutOfMemory`; `Type`; `Value` for shapes that don't fit.
pub fn solve(a: View<'_>, b: View<'_>, x: ViewMut<'_>, lenient: bool) -> Result<()> {
    by_numbers!(a, solve_of, a, b, x, lenient)
}

fn solve_of<T: Held>(a: View<'_>, b: View<'_>, x: ViewMut<'_>, lenient: bool) -> Result<()> {
    let (a, b, x) = (Stack::<T>::new(a, 2)?, Stack::<T>::new(b, 2)?, Stack::<T>::out(x, 2)?);
    let (n, k) = b.extents();
    if a.extents() != (n, n) || x.extents() != (n, k) || a.lead() != x.lead() || b.lead() != x.lead() {
        return Err(shapes());
    }
    each(x.lead(), n * n * (n + k), |index| {
        let lu = Lu::of(a.load(index)?)?;
        if lu.is_singular {
            return without(lenient, || x.spoil(index));
        }
        let mut known = b.load(index)?;
        lu.solve(&mut known)?;
        x.store(index, &known)
    })
}

/// The inverse. Shapes (…, n, n).
///
/// # Errors
/// As for [`solve`].
pub fn inv(a: View<'_>, out: ViewMut<'_>, lenient: bool) -> Result<()> {
    by_numbers!(a, inv_of, a, out, lenient)
}

fn inv_of<T: Held>(a: View<'_>, out: ViewMut<'_>, lenient: bool) -> Result<()> {
    let (a, out) = (Stack::<T>::new(a, 2)?, Stack::<T>::out(out, 2)?);
    let (n, columns) = a.extents();
    if columns != n || out.extents() != (n, n) || a.lead() != out.lead() {
        return Err(shapes());
    }
    each(out.lead(), 2 * n * n * n, |index| {
        let lu = Lu::of(a.load(index)?)?;
        if lu.is_singular {
            return without(lenient, || out.spoil(index));
        }
        let mut unit = Dense::unit(n, n)?;
        lu.solve(&mut unit)?;
        out.store(index, &unit)
    })
}

/// The determinant. Shapes (…, n, n) and (…). Gives what is to be reported: the overflow of one that is too large.
///
/// # Errors
/// `OutOfMemory`, `Type`, `Value`.
pub fn det(a: View<'_>, out: ViewMut<'_>) -> Result<FpStatus> {
    by_numbers!(a, det_of, a, out)
}

fn det_of<T: Held>(a: View<'_>, out: ViewMut<'_>) -> Result<FpStatus> {
    let (a, out) = (Stack::<T>::new(a, 2)?, Stack::<T>::out(out, 0)?);
    let (n, columns) = a.extents();
    if columns != n || a.lead() != out.lead() {
        return Err(shapes());
    }
    let overflow = AtomicBool::new(false);
    each(out.lead(), n * n * n, |index| {
        let lu = Lu::of(a.load(index)?)?;
        let value = lu.determinant();
        if !value.finite() && (0..n).all(|i| lu.packed[(i, i)].finite()) {
            overflow.store(true, Ordering::Relaxed);
        }
        out.store_slice(index, &[value]);
        Ok(())
    })?;
    Ok(if overflow.into_inner() { FpStatus::OVERFLOW } else { FpStatus::empty() })
}

/// The determinant's sign or phase, and the logarithm of its magnitude, a real number. Shapes (…, n, n), (…) and (…).
///
/// # Errors
/// As for [`det`].
pub fn slogdet(a: View<'_>, sign: ViewMut<'_>, log: ViewMut<'_>) -> Result<()> {
    by_numbers!(a, slogdet_of, a, sign, log)
}

fn slogdet_of<T: Held<Real: Held>>(a: View<'_>, sign: ViewMut<'_>, log: ViewMut<'_>) -> Result<()> {
    let a = Stack::<T>::new(a, 2)?;
    let (sign, log) = (Stack::<T>::out(sign, 0)?, Stack::<T::Real>::out(log, 0)?);
    let (n, columns) = a.extents();
    if columns != n || a.lead() != sign.lead() || a.lead() != log.lead() {
        return Err(shapes());
    }
    each(sign.lead(), n * n * n, |index| {
        let (direction, logarithm) = Lu::of(a.load(index)?)?.sign_and_log();
        sign.store_slice(index, &[direction]);
        log.store_slice(index, &[logarithm]);
        Ok(())
    })
}

/// The lower triangular factor of positive definite matrices, or (`upper`) its adjoint, from that triangle alone. Shapes
/// (…, n, n).
///
/// # Errors
/// `LinAlg` for a matrix that is not positive definite unless `lenient`; `OutOfMemory`, `Type`, `Value`.
pub fn cholesky(a: View<'_>, out: ViewMut<'_>, upper: bool, lenient: bool) -> Result<()> {
    by_numbers!(a, cholesky_of, a, out, upper, lenient)
}

fn cholesky_of<T: Held>(a: View<'_>, out: ViewMut<'_>, upper: bool, lenient: bool) -> Result<()> {
    let (a, out) = (Stack::<T>::new(a, 2)?, Stack::<T>::out(out, 2)?);
    let (n, columns) = a.extents();
    if columns != n || out.extents() != (n, n) || a.lead() != out.lead() {
        return Err(shapes());
    }
    each(out.lead(), n * n * n, |index| {
        let mut matrix = if upper { a.load_adjoint(index)? } else { a.load(index)? };
        match (method::factor(&mut matrix)?, upper) {
            (true, false) => out.store(index, &matrix),
            (true, true) => out.store_adjoint(index, &matrix),
            (false, _) if lenient => {
                out.spoil(index);
                Ok(())
            }
            (false, _) => Err(Error::LinAlg("Matrix is not positive definite".into())),
        }
    })
}

/// Orthonormal Q and upper triangular R. Shapes (…, m, n), (…, m, k) and (…, k, n); k is the lesser of m and n, or m.
/// Without `q` R alone.
///
/// # Errors
/// `OutOfMemory`, `Type`, `Value`.
pub fn qr(a: View<'_>, q: Option<ViewMut<'_>>, r: ViewMut<'_>) -> Result<()> {
    by_numbers!(a, qr_of, a, q, r)
}

fn qr_of<T: Held>(a: View<'_>, q: Option<ViewMut<'_>>, r: ViewMut<'_>) -> Result<()> {
    let (a, r) = (Stack::<T>::new(a, 2)?, Stack::<T>::out(r, 2)?);
    let q = q.map(|q| Stack::<T>::out(q, 2)).transpose()?;
    let ((m, n), (rows, columns)) = (a.extents(), r.extents());
    let fits = q.is_none_or(|q| q.extents() == (m, rows) && q.lead() == a.lead());
    if columns != n || rows > m || rows < m.min(n) || a.lead() != r.lead() || !fits {
        return Err(shapes());
    }
    each(r.lead(), 2 * m * n * m.min(n), |index| {
        let qr = Qr::of(a.load(index)?)?;
        r.write(index, |i, j| if i <= j { qr.packed[(i, j)] } else { T::ZERO });
        if let Some(q) = q {
            q.store(index, &qr.q(rows)?)?;
        }
        Ok(())
    })
}

/// R with the reflections' vectors, transposed, and their factors τ, as LAPACK packs them. Shapes (…, m, n), (…, n, m)
/// and (…, k), k the lesser of m and n.
///
/// # Errors
/// As for [`qr`].
pub fn qr_raw(a: View<'_>, packed: ViewMut<'_>, taus: ViewMut<'_>) -> Result<()> {
    by_numbers!(a, qr_raw_of, a, packed, taus)
}

fn qr_raw_of<T: Held>(a: View<'_>, packed: ViewMut<'_>, taus: ViewMut<'_>) -> Result<()> {
    let a = Stack::<T>::new(a, 2)?;
    let (packed, taus) = (Stack::<T>::out(packed, 2)?, Stack::<T>::out(taus, 1)?);
    let (m, n) = a.extents();
    let fits = packed.extents() == (n, m) && taus.extents() == (m.min(n), 1);
    if !fits || a.lead() != packed.lead() || a.lead() != taus.lead() {
        return Err(shapes());
    }
    each(packed.lead(), 2 * m * n * m.min(n), |index| {
        let qr = Qr::of(a.load(index)?)?;
        packed.store_transposed(index, &qr.packed)?;
        taus.store_slice(index, &qr.taus);
        Ok(())
    })
}
