//! Linear algebra on [`Array`]s of matrices in the last two axes: systems of equations, factors, eigenvalues, singular
//! values, least squares. Singles and complex singles are computed in singles, all else in doubles.
//!
//! ```
//! use sharray::linalg;
//! use sharray::prelude::*;
//!
//! # fn main() -> Result<()> {
//! let a = array![[4.0, 1.0], [1.0, 3.0]];
//! let x = linalg::solve(&a, &array![1.0, 2.0])?;
//! assert!(a.matmul(&x)?.all_close(&array![1.0, 2.0], 1e-14, 0.0)?);
//! let (values, vectors) = linalg::eigh(&a)?;
//! let back = (&vectors * &values).matmul(&vectors.t())?;
//! assert!(back.all_close(&a, 1e-14, 0.0)?);
//! # Ok(())
//! # }
//! ```
//!
//! Errors of all functions: `LinAlg` for matrices that are not square where they must be, and for those without an answer;
//! `Type` for dtypes that are no numbers here; `Value` for shapes that don't fit; `OutOfMemory`.

use sharray_base::layout::{broadcast_shapes, checked_len};
use sharray_base::{DType, Error, Result, TypeNum};
use sharray_linalg::numbers::{complex, real};
use sharray_linalg::spectra::FitInto;
use sharray_linalg::{spectra, systems};

use crate::Array;

/// What [`lstsq`] finds.
#[derive(Clone, Debug)]
pub struct LeastSquares {
    /// x, of shape (n,) or (n, k) as `b` has one axis or two.
    pub x: Array,
    /// The squared length of `b - a·x` for each column; none unless the rank is n and there are more rows.
    pub residuals: Option<Array>,
    /// How many singular values don't count as zero.
    pub rank: usize,
    /// The singular values, descending.
    pub singular_values: Array,
}

/// The numbers that matrices of these dtypes are computed in.
fn numbers(arrays: &[&Array]) -> Result<TypeNum> {
    sharray_linalg::numbers::common(arrays.iter().map(|array| array.dtype())).map_err(|place| {
        Error::Type(format!("array type {} is unsupported in linalg", arrays[place].dtype()))
    })
}

fn cast(array: &Array, numbers: TypeNum) -> Result<Array> {
    array.astype(DType::of(numbers))
}

/// One array of matrices in the numbers it is computed in; its leading extents, rows and columns.
struct Matrices {
    array: Array,
    numbers: TypeNum,
    lead: Vec<isize>,
    rows: isize,
    columns: isize,
}

impl Matrices {
    fn of(array: &Array) -> Result<Matrices> {
        Matrices::cast(array, numbers(&[array])?)
    }
    fn cast(array: &Array, numbers: TypeNum) -> Result<Matrices> {
        let [lead @ .., rows, columns] = array.shape() else {
            let axes = array.ndim();
            let text = format!("{axes}-dimensional array given. Array must be at least two-dimensional");
            return Err(Error::LinAlg(text));
        };
        let (lead, rows, columns) = (lead.to_vec(), *rows, *columns);
        Ok(Matrices { array: cast(array, numbers)?, numbers, lead, rows, columns })
    }
    fn square(self) -> Result<Matrices> {
        if self.rows == self.columns {
            return Ok(self);
        }
        Err(Error::LinAlg("Last 2 dimensions of the array must be square".into()))
    }
    /// A fresh array for results: the leading extents, and its own.
    fn fresh(&self, numbers: TypeNum, core: &[isize]) -> Result<Array> {
        fresh(numbers, &[&self.lead, core].concat())
    }
}

fn fresh(numbers: TypeNum, shape: &[isize]) -> Result<Array> {
    let dtype = DType::of(numbers);
    checked_len(shape, dtype.itemsize())?;
    Array::dense(&dtype, shape, false)
}

/// The x with `a·x = b`; `b` is one vector if it has one axis, else matrices whose leading axes are broadcast with those
/// of `a`. Shapes (…, n, n) and (n,) or (…, n, k).
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// let x = sharray::linalg::solve(&array![[2.0, 0.0], [0.0, 4.0]], &array![1.0, 1.0])?;
/// assert_eq!(x.to_string(), "[0.5  0.25]");
/// # Ok::<(), Error>(())
/// ```
pub fn solve(a: &Array, b: &Array) -> Result<Array> {
    let numbers = numbers(&[a, b])?;
    let a = Matrices::cast(a, numbers)?.square()?;
    if b.ndim() == 1 {
        let x = solve_stacks(&a, &cast(b, numbers)?.expand_dims(1)?)?;
        return x.squeeze(Some(&[-1]));
    }
    solve_stacks(&a, &cast(b, numbers)?)
}

fn solve_stacks(a: &Matrices, b: &Array) -> Result<Array> {
    let [lead @ .., rows, columns] = b.shape() else {
        return Err(Error::value("solve takes a right side of one axis at least"));
    };
    let (rows, columns) = (*rows, *columns);
    if rows != a.rows {
        return Err(Error::Value(format!("a right side of {rows} rows for matrices of {}", a.rows)));
    }
    let lead = broadcast_shapes(&[&a.lead, lead])?;
    let left = a.array.broadcast_to(&[&lead, &[rows, rows][..]].concat())?;
    let shape = [&lead, &[rows, columns][..]].concat();
    let mut x = fresh(a.numbers, &shape)?;
    systems::solve(left.view(), b.broadcast_to(&shape)?.view(), x.view_mut()?, false)?;
    Ok(x)
}

/// The inverses. Shape (…, n, n).
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// let inverse = sharray::linalg::inv(&array![[2.0, 0.0], [0.0, 4.0]])?;
/// assert_eq!(inverse.to_string(), "[[0.5  0.  ]\n [0.   0.25]]");
/// assert!(matches!(sharray::linalg::inv(&array![[1.0, 1.0], [1.0, 1.0]]), Err(Error::LinAlg(_))));
/// # Ok::<(), Error>(())
/// ```
pub fn inv(a: &Array) -> Result<Array> {
    let a = Matrices::of(a)?.square()?;
    let mut out = a.fresh(a.numbers, &[a.rows, a.rows])?;
    systems::inv(a.array.view(), out.view_mut()?, false)?;
    Ok(out)
}

/// The determinants. Shapes (…, n, n) and (…).
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// assert_eq!(sharray::linalg::det(&array![[0, 2], [3, 0]])?.item::<f64>()?, -6.0);
/// # Ok::<(), Error>(())
/// ```
pub fn det(a: &Array) -> Result<Array> {
    let a = Matrices::of(a)?.square()?;
    let mut out = a.fresh(a.numbers, &[])?;
    systems::det(a.array.view(), out.view_mut()?)?;
    Ok(out)
}

/// The lower triangular L with `L·Lᴴ = a`; only the lower triangle of `a` is read. Shape (…, n, n).
///
/// # Errors
/// Those of the [module](self); `LinAlg` for matrices that are not positive definite.
///
/// ```
/// # use sharray::prelude::*;
/// let factor = sharray::linalg::cholesky(&array![[4.0, 2.0], [2.0, 5.0]])?;
/// assert_eq!(factor.to_string(), "[[2. 0.]\n [1. 2.]]");
/// # Ok::<(), Error>(())
/// ```
pub fn cholesky(a: &Array) -> Result<Array> {
    let a = Matrices::of(a)?.square()?;
    let mut out = a.fresh(a.numbers, &[a.rows, a.rows])?;
    systems::cholesky(a.array.view(), out.view_mut()?, false, false)?;
    Ok(out)
}

/// Orthonormal Q and upper triangular R with `Q·R = a`. Shapes (…, m, n), (…, m, k) and (…, k, n), k the lesser of m and n.
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// let a = array![[3.0, 1.0], [4.0, 2.0]];
/// let (q, r) = sharray::linalg::qr(&a)?;
/// assert!(q.matmul(&r)?.all_close(&a, 1e-14, 0.0)?);
/// # Ok::<(), Error>(())
/// ```
pub fn qr(a: &Array) -> Result<(Array, Array)> {
    let a = Matrices::of(a)?;
    let k = a.rows.min(a.columns);
    let (mut q, mut r) = (a.fresh(a.numbers, &[a.rows, k])?, a.fresh(a.numbers, &[k, a.columns])?);
    systems::qr(a.array.view(), Some(q.view_mut()?), r.view_mut()?)?;
    Ok((q, r))
}

/// U, the singular values s (descending) and Vᴴ with `U·S·Vᴴ = a`. Shapes (…, m, n), (…, m, k), (…, k) and (…, k, n), k the
/// lesser of m and n.
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// let a = array![[3.0, 1.0], [4.0, 2.0], [0.0, 5.0]];
/// let (u, s, vh) = sharray::linalg::svd(&a)?;
/// assert!((&u * &s).matmul(&vh)?.all_close(&a, 1e-14, 1e-14)?);
/// # Ok::<(), Error>(())
/// ```
pub fn svd(a: &Array) -> Result<(Array, Array, Array)> {
    let a = Matrices::of(a)?;
    let k = a.rows.min(a.columns);
    let mut s = a.fresh(real(a.numbers), &[k])?;
    let (mut u, mut vh) = (a.fresh(a.numbers, &[a.rows, k])?, a.fresh(a.numbers, &[k, a.columns])?);
    spectra::svd(a.array.view(), s.view_mut()?, Some((u.view_mut()?, vh.view_mut()?)), false)?;
    Ok((u, s, vh))
}

/// The singular values, descending. Shapes (…, m, n) and (…, k), k the lesser of m and n.
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// assert_eq!(sharray::linalg::svdvals(&array![[3.0, 0.0], [0.0, -4.0]])?.to_string(), "[4. 3.]");
/// # Ok::<(), Error>(())
/// ```
pub fn svdvals(a: &Array) -> Result<Array> {
    let a = Matrices::of(a)?;
    let mut s = a.fresh(real(a.numbers), &[a.rows.min(a.columns)])?;
    spectra::svd(a.array.view(), s.view_mut()?, None, false)?;
    Ok(s)
}

/// The eigenvalues, ascending, and orthonormal eigenvectors, as columns, of Hermitian matrices, of which the lower triangle
/// is read. Shapes (…, n, n), (…, n) and (…, n, n).
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// let (values, vectors) = sharray::linalg::eigh(&array![[3.0, 0.0], [0.0, 2.0]])?;
/// assert_eq!(values.to_string(), "[2. 3.]");
/// assert_eq!(vectors.abs()?.to_string(), "[[0. 1.]\n [1. 0.]]");
/// # Ok::<(), Error>(())
/// ```
pub fn eigh(a: &Array) -> Result<(Array, Array)> {
    let a = Matrices::of(a)?.square()?;
    let mut values = a.fresh(real(a.numbers), &[a.rows])?;
    let mut vectors = a.fresh(a.numbers, &[a.rows, a.rows])?;
    spectra::eigh(a.array.view(), values.view_mut()?, Some(vectors.view_mut()?), false, false)?;
    Ok((values, vectors))
}

/// The eigenvalues alone, as [`eigh`] finds them.
///
/// # Errors
/// Those of the [module](self).
///
/// ```
/// # use sharray::prelude::*;
/// assert_eq!(sharray::linalg::eigvalsh(&array![[3.0, 0.0], [0.0, 2.0]])?.to_string(), "[2. 3.]");
/// # Ok::<(), Error>(())
/// ```
pub fn eigvalsh(a: &Array) -> Result<Array> {
    let a = Matrices::of(a)?.square()?;
    let mut values = a.fresh(real(a.numbers), &[a.rows])?;
    spectra::eigh(a.array.view(), values.view_mut()?, None, false, false)?;
    Ok(values)
}

/// The eigenvalues, in no particular order, and unit eigenvectors, as columns, of general matrices: complex, also where all
/// imaginary parts are zero. Shapes (…, n, n), (…, n) and (…, n, n).
///
/// # Errors
/// Those of the [module](self); `LinAlg` for infinities and NaN.
///
/// ```
/// # use sharray::prelude::*;
/// let (values, _) = sharray::linalg::eig(&array![[0.0, 1.0], [-1.0, 0.0]])?;
/// assert!(values.real().all_close(&array![0.0, 0.0], 0.0, 1e-15)?);
/// assert!(values.imag()?.abs()?.all_close(&array![1.0, 1.0], 1e-15, 0.0)?);
/// # Ok::<(), Error>(())
/// ```
pub fn eig(a: &Array) -> Result<(Array, Array)> {
    let a = Matrices::of(a)?.square()?;
    let kind = complex(a.numbers);
    let (mut values, mut vectors) = (a.fresh(kind, &[a.rows])?, a.fresh(kind, &[a.rows, a.rows])?);
    if spectra::eig(a.array.view(), values.view_mut()?, Some(vectors.view_mut()?))? {
        return Ok((values, vectors));
    }
    let wide = TypeNum::CDouble;
    let (mut values, mut vectors) = (a.fresh(wide, &[a.rows])?, a.fresh(wide, &[a.rows, a.rows])?);
    spectra::eig_slowly(cast(&a.array, wide)?.view(), values.view_mut()?, vectors.view_mut()?)?;
    Ok((cast(&values, kind)?, cast(&vectors, kind)?))
}

/// The eigenvalues alone, as [`eig`] finds them.
///
/// # Errors
/// Those of [`eig`].
///
/// ```
/// # use sharray::prelude::*;
/// let values = sharray::linalg::eigvals(&array![[2.0, 1.0], [0.0, 2.0]])?;
/// assert!(values.real().all_close(&array![2.0, 2.0], 1e-7, 0.0)?);
/// # Ok::<(), Error>(())
/// ```
pub fn eigvals(a: &Array) -> Result<Array> {
    let square = Matrices::of(a)?.square()?;
    let mut values = square.fresh(complex(square.numbers), &[square.rows])?;
    if spectra::eig(square.array.view(), values.view_mut()?, None)? {
        return Ok(values);
    }
    Ok(eig(a)?.0)
}

/// The x of least length that makes `|b - a·x|` least; singular values up to `cut` times the largest count as zero (by
/// default: the rounding unit times the greater extent). Shapes (m, n), and (m,) or (m, k).
///
/// # Errors
/// Those of the [module](self); `LinAlg` for infinities and NaN.
///
/// ```
/// # use sharray::prelude::*;
/// let days = array![[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]];
/// let line = sharray::linalg::lstsq(&days, &array![1.0, 3.0, 5.0], None)?;
/// assert!(line.x.all_close(&array![1.0, 2.0], 1e-14, 0.0)?);
/// assert_eq!((line.rank, line.singular_values.len()), (2, 2));
/// # Ok::<(), Error>(())
/// ```
pub fn lstsq(a: &Array, b: &Array, cut: Option<f64>) -> Result<LeastSquares> {
    let kind = numbers(&[a, b])?;
    let a = Matrices::cast(a, kind)?;
    let is_vector = b.ndim() == 1;
    let b = cast(b, kind)?;
    let b = if is_vector { b.expand_dims(1)? } else { b };
    let (&[rows, k], true) = (b.shape(), a.lead.is_empty()) else {
        return Err(Error::LinAlg("least squares take one matrix, and one or two axes to fit".into()));
    };
    if rows != a.rows {
        return Err(Error::LinAlg("Incompatible dimensions".into()));
    }
    let unit = if real(kind) == TypeNum::Float { f64::from(f32::EPSILON) } else { f64::EPSILON };
    let cut = cut.unwrap_or(unit * a.rows.max(a.columns) as f64);
    let mut x = fresh(kind, &[a.columns, k])?;
    let mut residuals = fresh(real(kind), &[k])?;
    let mut s = fresh(real(kind), &[a.rows.min(a.columns)])?;
    let out = FitInto { x: x.view_mut()?, residuals: residuals.view_mut()?, s: s.view_mut()? };
    let rank = spectra::lstsq(a.array.view(), b.view(), cut, out)?;
    let residuals = (rank as isize == a.columns && a.rows > a.columns).then_some(residuals);
    let x = if is_vector { x.squeeze(Some(&[-1]))? } else { x };
    Ok(LeastSquares { x, residuals, rank, singular_values: s })
}

/// The Euclidean length of all elements taken together: of a matrix its Frobenius norm. In double precision for integers.
///
/// # Errors
/// `Type` for dtypes without magnitudes.
///
/// ```
/// # use sharray::prelude::*;
/// assert_eq!(sharray::linalg::norm(&array![[3.0, 0.0], [0.0, 4.0]])?, 5.0);
/// assert_eq!(sharray::linalg::norm(&array![3e300, 4e300])?, 5e300);
/// # Ok::<(), Error>(())
/// ```
pub fn norm(a: &Array) -> Result<f64> {
    let sizes = a.ravel()?.abs()?.astype("float64")?.to_vec::<f64>()?;
    let most = sizes.iter().fold(0.0, |most: f64, size| if size.is_nan() { *size } else { most.max(*size) });
    if most == 0.0 || !most.is_finite() {
        return Ok(sizes.iter().fold(most, |most, size| if size.is_nan() { *size } else { most }));
    }
    // By a power of two, which rounds nothing.
    let unit = f64::from_bits(most.to_bits() & (0x7ff << 52)).max(f64::MIN_POSITIVE);
    Ok(sizes.iter().map(|size| (size / unit).powi(2)).sum::<f64>().sqrt() * unit)
}
