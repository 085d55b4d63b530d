//! Eigenvalues, singular values, least squares.

use pyo3::prelude::*;
use sharray_linalg::spectra;

use super::operand::{fresh, matrices, parted, real, run, squares};
use crate::object::array::Array;

type Object<'py> = Bound<'py, PyAny>;

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

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_linalg_eigh, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_svd, module)?)
}
