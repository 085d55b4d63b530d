//! Eigenvalues, singular values, least squares.

use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_linalg::spectra::{self, FitInto};

use super::operand::{cast, complex, fresh, matrices, parted, real, run, squares};
use crate::object::array::Array;

type Object<'py> = Bound<'py, PyAny>;
/// Values, and vectors where they are asked for.
type Pairs<'py> = (Object<'py>, Option<Object<'py>>);

/// Eigenvalues of Hermitian matrices, and their vectors (None unless asked for).
#[pyfunction]
#[pyo3(signature = (a, upper, vectors, lenient = false, /))]
fn _linalg_eigh<'py>(
    py: Python<'py>,
    a: &Object<'py>,
    upper: bool,
    vectors: bool,
    lenient: bool,
) -> PyResult<(Object<'py>, Option<Object<'py>>)> {
    let (a, numbers) = squares(a)?;
    let (lead, n, _) = parted(&a);
    let values = fresh(py, real(numbers), lead, &[n])?;
    let columns = vectors.then(|| fresh(py, numbers, a.shape(), &[])).transpose()?;
    let (from, to) = (a.view(), values.view_mut_unchecked());
    let out = columns.as_ref().map(Array::view_mut_unchecked);
    run(py, 8 * a.nbytes(), || spectra::eigh(from, to, out, upper, lenient))?;
    Ok((values.into_object(), columns.map(Array::into_object)))
}

/// U, singular values and the adjoint of V; without `vectors` None in their places.
#[pyfunction]
#[pyo3(signature = (a, vectors, full, lenient = false, /))]
fn _linalg_svd<'py>(
    py: Python<'py>,
    a: &Object<'py>,
    vectors: bool,
    full: bool,
    lenient: bool,
) -> PyResult<(Option<Object<'py>>, Object<'py>, Option<Object<'py>>)> {
    let (a, numbers) = matrices(a)?;
    let (lead, m, n) = parted(&a);
    let k = m.min(n);
    let values = fresh(py, real(numbers), lead, &[k])?;
    let (rows, columns) = if full { (m, n) } else { (k, k) };
    let u = vectors.then(|| fresh(py, numbers, lead, &[m, rows])).transpose()?;
    let vh = vectors.then(|| fresh(py, numbers, lead, &[columns, n])).transpose()?;
    let (from, to) = (a.view(), values.view_mut_unchecked());
    let out = u.as_ref().zip(vh.as_ref()).map(|(u, vh)| (u.view_mut_unchecked(), vh.view_mut_unchecked()));
    run(py, 8 * a.nbytes(), || spectra::svd(from, to, out, lenient))?;
    Ok((u.map(Array::into_object), values.into_object(), vh.map(Array::into_object)))
}

/// Complex eigenvalues of general matrices, and their vectors (None unless asked for); None if the engine has no answer
/// that holds for some of the matrices.
#[pyfunction]
fn _linalg_eig<'py>(py: Python<'py>, a: &Object<'py>, vectors: bool) -> PyResult<Option<Pairs<'py>>> {
    let (a, numbers) = squares(a)?;
    let (lead, n, _) = parted(&a);
    let values = fresh(py, complex(numbers), lead, &[n])?;
    let columns = vectors.then(|| fresh(py, complex(numbers), a.shape(), &[])).transpose()?;
    let (from, to) = (a.view(), values.view_mut_unchecked());
    let out = columns.as_ref().map(Array::view_mut_unchecked);
    let mut holds = false;
    run(py, 8 * a.nbytes(), || spectra::eig(from, to, out).map(|found| holds = found))?;
    Ok(holds.then(|| (values.into_object(), columns.map(Array::into_object))))
}

/// Eigenvalues and eigenvectors of complex128 by the slower method, which holds for defective matrices too.
#[pyfunction]
fn _linalg_eig_slowly<'py>(py: Python<'py>, a: &Object<'py>) -> PyResult<(Object<'py>, Object<'py>)> {
    let (a, _) = squares(a)?;
    let a = cast(a, TypeNum::CDouble)?;
    let (lead, n, _) = parted(&a);
    let values = fresh(py, TypeNum::CDouble, lead, &[n])?;
    let vectors = fresh(py, TypeNum::CDouble, a.shape(), &[])?;
    let (from, first, second) = (a.view(), values.view_mut_unchecked(), vectors.view_mut_unchecked());
    run(py, 8 * a.nbytes(), || spectra::eig_slowly(from, first, second))?;
    Ok((values.into_object(), vectors.into_object()))
}

/// x, squared residuals (which mean something only at full rank), rank and singular values. The arguments are arrays of two
/// axes with as many rows each, of one type of numbers.
#[pyfunction]
fn _linalg_lstsq<'py>(
    py: Python<'py>,
    a: &Object<'py>,
    b: &Object<'py>,
    cut: f64,
) -> PyResult<(Object<'py>, Object<'py>, usize, Object<'py>)> {
    let ((a, numbers), (b, _)) = (matrices(a)?, matrices(b)?);
    let b = cast(b, numbers)?;
    let ((_, m, n), (_, _, k)) = (parted(&a), parted(&b));
    let x = fresh(py, numbers, &[], &[n, k])?;
    let (residuals, s) = (fresh(py, real(numbers), &[], &[k])?, fresh(py, real(numbers), &[], &[m.min(n)])?);
    let (from, known) = (a.view(), b.view());
    let out = FitInto {
        x: x.view_mut_unchecked(),
        residuals: residuals.view_mut_unchecked(),
        s: s.view_mut_unchecked(),
    };
    let mut rank = 0;
    run(py, 8 * a.nbytes(), || spectra::lstsq(from, known, cut, out).map(|found| rank = found))?;
    Ok((x.into_object(), residuals.into_object(), rank, s.into_object()))
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_linalg_eig, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_eig_slowly, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_eigh, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_lstsq, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_svd, module)?)
}
