//! Solutions, inverses, determinants, Cholesky and QR factors.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sharray_base::fp_status::FpStatus;
use sharray_base::layout::{self, Dims};
use sharray_linalg::systems;

use super::operand::{
    self, array, cast, check_square, fresh, matrices, number_or_array, numbers, parted, real, run, squares,
};
use crate::errors::OrRaise;
use crate::fp_report;
use crate::object::array::Array;

type Object<'py> = Bound<'py, PyAny>;

/// The inverse of square matrices. `lenient`: NaN for singular ones instead of an error.
#[pyfunction]
#[pyo3(signature = (a, lenient = false, /))]
fn _linalg_inv<'py>(py: Python<'py>, a: &Object<'py>, lenient: bool) -> PyResult<Object<'py>> {
    let (a, numbers) = squares(a)?;
    let out = fresh(py, numbers, a.shape(), &[])?;
    let (from, to) = (a.view(), out.view_mut_unchecked());
    run(py, a.nbytes(), || systems::inv(from, to, lenient))?;
    Ok(out.into_object())
}

/// `x` with `a @ x == b`: `b` is one vector if it has one axis (or `vectors` says so), else a stack of matrices.
#[pyfunction]
#[pyo3(signature = (a, b, lenient = false, vectors = false, /))]
fn _linalg_solve<'py>(
    py: Python<'py>,
    a: &Object<'py>,
    b: &Object<'py>,
    lenient: bool,
    vectors: bool,
) -> PyResult<Object<'py>> {
    let (a, b) = (array(a)?, array(b)?);
    check_square(&a)?;
    let numbers = numbers(&[&a, &b])?;
    let (a, b) = (cast(a, numbers)?, cast(b, numbers)?);
    let core = if vectors || b.ndim() < 2 { 1 } else { 2 };
    let (lead, n, _) = parted(&a);
    let split = b.ndim().saturating_sub(core);
    let given = b.shape().get(split).copied().unwrap_or(-1);
    if given != n {
        return Err(mismatch(given, n));
    }
    let lead = layout::broadcast_shapes(&[lead, &b.shape()[..split]]).or_raise(py)?;
    let out = fresh(py, numbers, &lead, &b.shape()[split..])?;
    let mut layouts: [(Dims, Dims); 3] = Default::default();
    let [first, second, third] = &mut layouts;
    let views = (
        operand::broadcast(a.view(), &lead, 2, &mut first.0, &mut first.1),
        operand::broadcast(b.view(), &lead, core, &mut second.0, &mut second.1),
        operand::broadcast(out.view(), &lead, core, &mut third.0, &mut third.1),
    );
    if let (Some(a), Some(b), Some(x)) = views {
        // SAFETY: the fresh array's own elements, each at one index (`lead` is its own), which nobody else knows.
        let x = unsafe { sharray_base::ViewMut::new(x) };
        run(py, out.nbytes() + a.len() * 8, || systems::solve(a, b, x, lenient))?;
    }
    Ok(out.into_object())
}

#[cold]
fn mismatch(given: isize, n: isize) -> PyErr {
    PyValueError::new_err(format!(
        "solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) \
         (size {given} is different from {n})"
    ))
}

/// Determinants.
#[pyfunction]
fn _linalg_det<'py>(py: Python<'py>, a: &Object<'py>) -> PyResult<Object<'py>> {
    let (a, numbers) = squares(a)?;
    let (lead, ..) = parted(&a);
    let out = fresh(py, numbers, lead, &[])?;
    let (from, to) = (a.view(), out.view_mut_unchecked());
    let mut status = FpStatus::empty();
    run(py, a.nbytes(), || systems::det(from, to).map(|raised| status = raised))?;
    fp_report::report(py, status, "det")?;
    number_or_array(out)
}

/// Signs and logarithms of determinants.
#[pyfunction]
fn _linalg_slogdet<'py>(py: Python<'py>, a: &Object<'py>) -> PyResult<(Object<'py>, Object<'py>)> {
    let (a, numbers) = squares(a)?;
    let (lead, ..) = parted(&a);
    let (sign, log) = (fresh(py, numbers, lead, &[])?, fresh(py, real(numbers), lead, &[])?);
    let (from, first, second) = (a.view(), sign.view_mut_unchecked(), log.view_mut_unchecked());
    run(py, a.nbytes(), || systems::slogdet(from, first, second))?;
    Ok((number_or_array(sign)?, number_or_array(log)?))
}

/// Triangular factors of positive definite matrices. `lenient`: NaN for others instead of an error.
#[pyfunction]
#[pyo3(signature = (a, upper = false, lenient = false, /))]
fn _linalg_cholesky<'py>(
    py: Python<'py>,
    a: &Object<'py>,
    upper: bool,
    lenient: bool,
) -> PyResult<Object<'py>> {
    let (a, numbers) = squares(a)?;
    let out = fresh(py, numbers, a.shape(), &[])?;
    let (from, to) = (a.view(), out.view_mut_unchecked());
    run(py, a.nbytes(), || systems::cholesky(from, to, upper, lenient))?;
    Ok(out.into_object())
}

/// Q (or None, unless `with_q`) and R of least size, or with a square Q if `complete`.
#[pyfunction]
fn _linalg_qr<'py>(
    py: Python<'py>,
    a: &Object<'py>,
    with_q: bool,
    complete: bool,
) -> PyResult<(Option<Object<'py>>, Object<'py>)> {
    let (a, numbers) = matrices(a)?;
    let (lead, m, n) = parted(&a);
    let k = if complete { m } else { m.min(n) };
    let q = with_q.then(|| fresh(py, numbers, lead, &[m, k])).transpose()?;
    let r = fresh(py, numbers, lead, &[k, n])?;
    let (from, to) = (a.view(), r.view_mut_unchecked());
    let orthonormal = q.as_ref().map(Array::view_mut_unchecked);
    run(py, a.nbytes(), || systems::qr(from, orthonormal, to))?;
    Ok((q.map(Array::into_object), r.into_object()))
}

/// The packed factors, transposed, and the reflections' factors, as LAPACK leaves them.
#[pyfunction]
fn _linalg_qr_raw<'py>(py: Python<'py>, a: &Object<'py>) -> PyResult<(Object<'py>, Object<'py>)> {
    let (a, numbers) = matrices(a)?;
    let (lead, m, n) = parted(&a);
    let (packed, taus) = (fresh(py, numbers, lead, &[n, m])?, fresh(py, numbers, lead, &[m.min(n)])?);
    let (from, first, second) = (a.view(), packed.view_mut_unchecked(), taus.view_mut_unchecked());
    run(py, a.nbytes(), || systems::qr_raw(from, first, second))?;
    Ok((packed.into_object(), taus.into_object()))
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_linalg_inv, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_solve, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_det, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_slogdet, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_cholesky, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_qr, module)?)?;
    module.add_function(wrap_pyfunction!(_linalg_qr_raw, module)?)
}
