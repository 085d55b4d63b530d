//! Eigenvalues and singular values of stacks, and what rests on them. As in `systems`, views hold native numbers of one
//! type; real results are of the real type of the same precision.

use std::sync::atomic::{AtomicBool, Ordering};

use sharray_base::{Result, View, ViewMut};

use crate::eigen::{self, General};
use crate::least_squares;
use crate::scalar::c64;
use crate::schur;
use crate::singular::{self, Vectors};
use crate::stack::{Held, Stack, each};
use crate::symmetric;
use crate::systems::shapes;

/// Eigenvalues, ascending, of Hermitian matrices, and orthonormal eigenvectors as columns. Only the lower triangle is read,
/// or (`upper`) the upper one. Shapes (…, n, n), (…, n) and (…, n, n).
///
/// # Errors
/// `LinAlg` without convergence unless `lenient`; `OutOfMemory`, `Type`, `Value`.
pub fn eigh(
    a: View<'_>,
    values: ViewMut<'_>,
    vectors: Option<ViewMut<'_>>,
    upper: bool,
    lenient: bool,
) -> Result<()> {
    by_numbers!(a, eigh_of, a, values, vectors, (upper, lenient))
}

fn eigh_of<T: Held<Real: Held>>(
    a: View<'_>,
    values: ViewMut<'_>,
    vectors: Option<ViewMut<'_>>,
    (upper, lenient): (bool, bool),
) -> Result<()> {
    let (a, values) = (Stack::<T>::new(a, 2)?, Stack::<T::Real>::out(values, 1)?);
    let vectors = vectors.map(|vectors| Stack::<T>::out(vectors, 2)).transpose()?;
    let (n, columns) = a.extents();
    let fits = vectors.is_none_or(|v| v.extents() == (n, n) && v.lead() == a.lead());
    if columns != n || values.extents() != (n, 1) || a.lead() != values.lead() || !fits {
        return Err(shapes());
    }
    each(a.lead(), 10 * n * n * n, |index| {
        let matrix = if upper { a.load_adjoint(index)? } else { a.load(index)? };
        match symmetric::eigh(matrix, vectors.is_some()) {
            Ok((found, columns)) => {
                values.store_slice(index, &found);
                if let (Some(vectors), Some(columns)) = (vectors, columns) {
                    vectors.store(index, &columns)?;
                }
                Ok(())
            }
            Err(sharray_base::Error::LinAlg(_)) if lenient => {
                values.spoil(index);
                vectors.iter().for_each(|vectors| vectors.spoil(index));
                Ok(())
            }
            Err(error) => Err(error),
        }
    })
}

/// Singular values, descending, and singular vectors (U, and the adjoint of V). Shapes (…, m, n), (…, k), and (…, m, m) and
/// (…, n, n) or (…, m, k) and (…, k, n); k is the lesser of m and n.
///
/// # Errors
/// `LinAlg` for NaN and without convergence unless `lenient`; `OutOfMemory`, `Type`, `Value`.
pub fn svd(
    a: View<'_>,
    values: ViewMut<'_>,
    vectors: Option<(ViewMut<'_>, ViewMut<'_>)>,
    lenient: bool,
) -> Result<()> {
    by_numbers!(a, svd_of, a, values, vectors, lenient)
}

fn svd_of<T: Held<Real: Held>>(
    a: View<'_>,
    values: ViewMut<'_>,
    vectors: Option<(ViewMut<'_>, ViewMut<'_>)>,
    lenient: bool,
) -> Result<()> {
    let (a, values) = (Stack::<T>::new(a, 2)?, Stack::<T::Real>::out(values, 1)?);
    let vectors = match vectors {
        Some((u, vh)) => Some((Stack::<T>::out(u, 2)?, Stack::<T>::out(vh, 2)?)),
        None => None,
    };
    let (m, n) = a.extents();
    let k = m.min(n);
    let wanted = match vectors {
        None => Vectors::No,
        Some((u, vh)) if u.extents() == (m, k) && vh.extents() == (k, n) => Vectors::Reduced,
        Some((u, vh)) if u.extents() == (m, m) && vh.extents() == (n, n) => Vectors::Full,
        Some(_) => return Err(shapes()),
    };
    let fits = vectors.is_none_or(|(u, vh)| u.lead() == a.lead() && vh.lead() == a.lead());
    if values.extents() != (k, 1) || values.lead() != a.lead() || !fits {
        return Err(shapes());
    }
    each(a.lead(), 20 * m * n * k, |index| match singular::svd(a.load(index)?, wanted) {
        Ok(found) => {
            values.store_slice(index, &found.s);
            if let (Some((u, vh)), Some((left, right))) = (vectors, found.vectors) {
                u.store(index, &left)?;
                vh.store_adjoint(index, &right)?;
            }
            Ok(())
        }
        Err(sharray_base::Error::LinAlg(_)) if lenient => {
            values.spoil(index);
            if let Some((u, vh)) = vectors {
                u.spoil(index);
                vh.spoil(index);
            }
            Ok(())
        }
        Err(error) => Err(error),
    })
}

/// What least squares need to write their results: x, squared residuals and singular values.
pub struct FitInto<'a> {
    /// Shape (n, k).
    pub x: ViewMut<'a>,
    /// Shape (k), real. Written only where there are residuals.
    pub residuals: ViewMut<'a>,
    /// Shape (min(m, n)), real.
    pub s: ViewMut<'a>,
}

/// The x of least length that makes `|b − a·x|` least, for one matrix of shape (m, n) and `b` of shape (m, k).
/// Singular values up to `cut` times the largest count as zero; returns how many don't. The residuals are written
/// if that is n, and m > n.
///
/// # Errors
/// `LinAlg` for infinities, NaN and without convergence; `OutOfMemory`, `Type`, `Value`.
pub fn lstsq(a: View<'_>, b: View<'_>, cut: f64, out: FitInto<'_>) -> Result<usize> {
    by_numbers!(a, lstsq_of, a, b, cut, out)
}

fn lstsq_of<T: Held<Real: Held>>(a: View<'_>, b: View<'_>, cut: f64, out: FitInto<'_>) -> Result<usize> {
    let (a, b, x) = (Stack::<T>::new(a, 2)?, Stack::<T>::new(b, 2)?, Stack::<T>::out(out.x, 2)?);
    let residuals = Stack::<T::Real>::out(out.residuals, 1)?;
    let s = Stack::<T::Real>::out(out.s, 1)?;
    let ((m, n), (rows, k)) = (a.extents(), b.extents());
    let fits =
        rows == m && x.extents() == (n, k) && residuals.extents() == (k, 1) && s.extents() == (m.min(n), 1);
    if !fits || [a.lead(), b.lead(), x.lead()].iter().any(|lead| !lead.is_empty()) {
        return Err(shapes());
    }
    let found = least_squares::fit(a.load(0)?, b.load(0)?, cut)?;
    x.store(0, &found.x)?;
    s.store_slice(0, &found.s);
    if found.residuals.len() == k {
        residuals.store_slice(0, &found.residuals);
    }
    Ok(found.rank)
}

/// Eigenvalues and unit eigenvectors of general matrices, complex in any case. Shapes (…, n, n), (…, n) and (…, n, n).
/// False if some matrix has no answer that holds: then what was written means nothing.
///
/// # Errors
/// `OutOfMemory`, `Type`, `Value`.
pub fn eig(a: View<'_>, values: ViewMut<'_>, vectors: Option<ViewMut<'_>>) -> Result<bool> {
    by_numbers!(a, eig_of, a, values, vectors)
}

fn eig_of<T: General>(a: View<'_>, values: ViewMut<'_>, vectors: Option<ViewMut<'_>>) -> Result<bool> {
    let (a, values) = (Stack::<T>::new(a, 2)?, Stack::<T::Complex>::out(values, 1)?);
    let vectors = vectors.map(|vectors| Stack::<T::Complex>::out(vectors, 2)).transpose()?;
    let (n, columns) = a.extents();
    let fits = vectors.is_none_or(|v| v.extents() == (n, n) && v.lead() == a.lead());
    if columns != n || values.extents() != (n, 1) || a.lead() != values.lead() || !fits {
        return Err(shapes());
    }
    let holds = AtomicBool::new(true);
    each(a.lead(), 25 * n * n * n, |index| {
        match eigen::eig(a.load(index)?, vectors.is_some())? {
            Some((found, columns)) => {
                values.store_slice(index, &found);
                if let (Some(vectors), Some(columns)) = (vectors, columns) {
                    vectors.store(index, &columns)?;
                }
            }
            None => holds.store(false, Ordering::Relaxed),
        }
        Ok(())
    })?;
    Ok(holds.into_inner())
}

/// As [`eig`], of complex128 alone, by the method that holds for defective matrices too. Always with vectors.
///
/// # Errors
/// `LinAlg` without convergence; `OutOfMemory`, `Type`, `Value`.
pub fn eig_slowly(a: View<'_>, values: ViewMut<'_>, vectors: ViewMut<'_>) -> Result<()> {
    let (a, values) = (Stack::<c64>::new(a, 2)?, Stack::<c64>::out(values, 1)?);
    let vectors = Stack::<c64>::out(vectors, 2)?;
    let (n, columns) = a.extents();
    let fits = vectors.extents() == (n, n) && values.extents() == (n, 1) && columns == n;
    if !fits || a.lead() != values.lead() || a.lead() != vectors.lead() {
        return Err(shapes());
    }
    each(a.lead(), 100 * n * n * n, |index| {
        let (found, columns) = schur::eig(a.load(index)?)?;
        values.store_slice(index, &found);
        columns.iter().try_for_each(|columns| vectors.store(index, columns))?;
        Ok(())
    })
}
