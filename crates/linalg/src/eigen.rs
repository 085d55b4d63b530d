//! Eigenvalues and eigenvectors of general matrices: faer's multishift QR iteration, looked over.
//!
//! For defective matrices faer's back-substitution may overflow, and its vectors are not of length 1. They are
//! normalised here, and every pair is checked: `‖A·v − λ·v‖` must be as small as rounding allows. Where one is not, the
//! answer is none, and the caller computes it in another way.

use faer::diag::DiagMut;
use faer::dyn_stack::MemStack;
use faer::linalg::evd::{ComputeEigenvectors, EvdParams, evd_cplx, evd_real, evd_scratch};
use faer::{Accum, Par, Spec};
use sharray_base::Result;

use crate::dense::{Dense, filled, matmul, scratch};
use crate::qr::length;
use crate::scalar::{Float, Scalar, c32, c64};
use crate::scale;
use crate::stack::Held;

/// Rounding units of the residual that a pair may have for each row.
const UNITS: f64 = 20.0;

/// Eigenvalues, and unit eigenvectors as columns where they are asked for.
pub type Pairs<C> = (Vec<C>, Option<Dense<C>>);

/// A type whose matrices have complex eigenvalues.
pub(crate) trait General: Held {
    /// The complex numbers of its precision.
    type Complex: Held + Scalar<Real = Self::Real>;
    /// The eigenvalues of a finite matrix of moderate magnitude, if they are found and hold.
    ///
    /// # Errors
    /// `OutOfMemory`.
    fn pairs(a: &Dense<Self>, vectors: bool) -> Result<Option<Pairs<Self::Complex>>>;
}

/// The eigenvalues of a matrix, in no particular order (conjugate pairs together, the one above the real axis first), and
/// its eigenvectors; none where they would not hold.
///
/// # Errors
/// `OutOfMemory`.
pub(crate) fn eig<T: General>(mut a: Dense<T>, vectors: bool) -> Result<Option<Pairs<T::Complex>>> {
    if !a.is_finite() {
        return Ok(None);
    }
    if a.columns() == 0 {
        return Ok(Some((Vec::new(), if vectors { Some(Dense::zeros(0, 0)?) } else { None })));
    }
    let factor = scale::balancing(&a);
    scale::multiply(&mut a, factor);
    let Some((mut values, columns)) = T::pairs(&a, vectors)? else { return Ok(None) };
    let divided = |x: T::Real| x / factor;
    values.iter_mut().for_each(|value| *value = T::Complex::new(divided(value.re()), divided(value.im())));
    Ok(Some((values, columns)))
}

macro_rules! real {
    ($type:ident, $complex:ident) => {
        impl General for $type {
            type Complex = $complex;
            fn pairs(a: &Dense<$type>, vectors: bool) -> Result<Option<Pairs<$complex>>> {
                let n = a.columns();
                let params: Spec<EvdParams, $type> = Spec::default();
                let (no, wanted) = (ComputeEigenvectors::No, computed(vectors));
                let mut memory = scratch(evd_scratch::<$type>(n, no, wanted, Par::Seq, params))?;
                let (mut re, mut im) = (filled(n, 0.0)?, filled(n, 0.0)?);
                let mut found = if vectors { Some(Dense::zeros(n, n)?) } else { None };
                let outcome = evd_real(
                    a.as_ref(),
                    DiagMut::from_slice_mut(&mut re),
                    DiagMut::from_slice_mut(&mut im),
                    None,
                    found.as_mut().map(Dense::as_mut),
                    Par::Seq,
                    MemStack::new(&mut memory),
                    params,
                );
                let mut values = filled(n, $complex::ZERO)?;
                for (i, place) in values.iter_mut().enumerate() {
                    *place = $complex::new(re[i], im[i]);
                }
                if outcome.is_err() || !paired(&values) {
                    return Ok(None);
                }
                match found {
                    None => Ok(Some((values, None))),
                    Some(found) => {
                        let columns = Dense::from_fn(n, n, |i, j| match im[j] {
                            0.0 => $complex::new(found[(i, j)], 0.0),
                            y if y > 0.0 => $complex::new(found[(i, j)], found[(i, j + 1)]),
                            _ => $complex::new(found[(i, j - 1)], -found[(i, j)]),
                        })?;
                        let wide = Dense::from_fn(n, n, |i, j| $complex::new(a[(i, j)], 0.0))?;
                        looked_over(&wide, values, columns)
                    }
                }
            }
        }
    };
}

real!(f32, c32);
real!(f64, c64);

macro_rules! complex {
    ($type:ident, $real:ident) => {
        impl General for $type {
            type Complex = $type;
            fn pairs(a: &Dense<$type>, vectors: bool) -> Result<Option<Pairs<$type>>> {
                let n = a.columns();
                let params: Spec<EvdParams, $type> = Spec::default();
                let (no, wanted) = (ComputeEigenvectors::No, computed(vectors));
                let mut memory = scratch(evd_scratch::<$type>(n, no, wanted, Par::Seq, params))?;
                let mut values = filled(n, $type::ZERO)?;
                let mut found = if vectors { Some(Dense::zeros(n, n)?) } else { None };
                let outcome = evd_cplx::<$real>(
                    a.as_ref(),
                    DiagMut::from_slice_mut(&mut values),
                    None,
                    found.as_mut().map(Dense::as_mut),
                    Par::Seq,
                    MemStack::new(&mut memory),
                    params,
                );
                if outcome.is_err() || !values.iter().all(|value| value.finite()) {
                    return Ok(None);
                }
                match found {
                    None => Ok(Some((values, None))),
                    Some(columns) => looked_over(a, values, columns),
                }
            }
        }
    };
}

complex!(c32, f32);
complex!(c64, f64);

fn computed(vectors: bool) -> ComputeEigenvectors {
    if vectors { ComputeEigenvectors::Yes } else { ComputeEigenvectors::No }
}

/// Whether eigenvalues of a real matrix are finite, and those off the real axis exact conjugate pairs, side by side.
fn paired<C: Scalar>(values: &[C]) -> bool {
    let zero = <C::Real as Float>::ZERO;
    let mut rest = values;
    loop {
        rest = match rest {
            [] => return true,
            [first, after @ ..] if first.finite() && first.im() == zero => after,
            [first, second, after @ ..]
                if first.finite() && first.im() > zero && *second == first.adjoint() =>
            {
                after
            }
            _ => return false,
        };
    }
}

/// The pairs with vectors of length 1, if all hold.
fn looked_over<C: Scalar>(a: &Dense<C>, values: Vec<C>, mut columns: Dense<C>) -> Result<Option<Pairs<C>>> {
    let n = values.len();
    for j in 0..n {
        normalise(columns.column_mut(j));
    }
    let mut image = Dense::zeros(n, n)?;
    matmul(image.as_mut(), Accum::Replace, a.as_ref(), columns.as_ref(), C::ONE, Par::Seq);
    let norm = (0..n).fold(0.0, |sum: f64, j| sum.hypot(length(a.column(j))));
    let limit = UNITS * n as f64 * <C::Real as Float>::EPSILON.wide() * norm;
    for (j, &value) in values.iter().enumerate() {
        let pairs = image.column(j).iter().zip(columns.column(j));
        let square: f64 = pairs.map(|(&y, &x)| (y - value * x).square().wide()).sum();
        // NaN does not hold either.
        if !matches!(square.sqrt().partial_cmp(&limit), Some(order) if order.is_le()) {
            return Ok(None);
        }
    }
    Ok(Some((values, Some(columns))))
}

/// Makes a vector's length 1 and its largest element real, as LAPACK does; vectors of reals stay real.
pub(crate) fn normalise<C: Scalar>(column: &mut [C]) {
    let whole = length(column);
    let zero = <C::Real as Float>::ZERO;
    let mut largest = C::ZERO;
    let mut most = zero;
    for &x in &*column {
        if x.square() > most {
            (largest, most) = (x, x.square());
        }
    }
    let is_real = column.iter().all(|x| x.im() == zero);
    let turn = if is_real || most == zero {
        C::ONE
    } else {
        let size = largest.size();
        C::new(largest.re() / size, -largest.im() / size)
    };
    for x in column.iter_mut() {
        let y = *x * turn;
        let part = |value: C::Real| <C::Real as Float>::of(value.wide() / whole);
        *x = C::new(part(y.re()), part(y.im()));
    }
}
