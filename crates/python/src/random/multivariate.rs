//! Distributions of several numbers at once: rows of a dense output array, one per sample.

use pyo3::exceptions::{PyMemoryError, PyValueError};
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_random::dist::{self, Version};
use sharray_random::legacy;

use super::bits::dense;
use super::stream::Stream;
use crate::object::array::Array;

fn columns(out: &Array<'_>) -> usize {
    out.shape().last().map_or(0, |&n| n as usize)
}

fn mismatch(what: &str) -> PyErr {
    PyValueError::new_err(format!("{what} does not fit the output"))
}

/// The elements of a dense array of 64-bit elements.
///
/// # Safety
/// `T` is the array's element type, nobody writes to it for `'a`, and it lives as long.
unsafe fn elements<'a, T>(array: &Array<'_>) -> &'a [T] {
    // SAFETY: dense and aligned, as `dense` has checked; by the contract otherwise.
    unsafe { std::slice::from_raw_parts(array.data().cast(), array.size()) }
}

/// The elements, writable.
///
/// # Safety
/// `T` is the array's element type, nobody else uses it for `'a`, and it lives as long.
unsafe fn elements_mut<'a, T>(array: &Array<'_>) -> &'a mut [T] {
    // SAFETY: dense, aligned and writable, as `dense` has checked; by the contract otherwise.
    unsafe { std::slice::from_raw_parts_mut(array.data().cast(), array.size()) }
}

/// Multinomial counts: row i of `out` from `n[i]` trials and row i of `pvals` (or the only row).
#[pyfunction]
fn _random_multinomial(
    stream: &Bound<'_, Stream>,
    n: &Bound<'_, PyAny>,
    pvals: &Bound<'_, PyAny>,
    out: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let (n, pvals) = (dense(n, TypeNum::Long)?, dense(pvals, TypeNum::Double)?);
    let out = dense(out, TypeNum::Long)?;
    let width = columns(&out);
    if width == 0 || out.size() == 0 {
        return Ok(());
    }
    let rows = out.size() / width;
    if n.size() != rows || (pvals.size() != width && pvals.size() != out.size()) {
        return Err(mismatch("n or pvals"));
    }
    // SAFETY: fresh or read-only arrays of the caller's, checked by `dense`, held to the end of this call.
    let (n, pvals, out): (&[i64], &[f64], &mut [i64]) =
        unsafe { (elements(&n), elements(&pvals), elements_mut(&out)) };
    stream.get().with(stream.py(), out.len(), move |stream| {
        for ((row, &n), i) in out.chunks_exact_mut(width).zip(n).zip(0..) {
            let p = if pvals.len() == width { pvals } else { &pvals[i * width..][..width] };
            dist::multinomial(n, p, row, |n, p| dist::binomial(&mut stream.bits, n, p, Version::New));
        }
    })
}

/// Dirichlet shares: each row of `out`.
#[pyfunction]
fn _random_dirichlet(
    stream: &Bound<'_, Stream>,
    alpha: &Bound<'_, PyAny>,
    out: &Bound<'_, PyAny>,
    is_legacy: bool,
) -> PyResult<()> {
    let (alpha, out) = (dense(alpha, TypeNum::Double)?, dense(out, TypeNum::Double)?);
    let width = columns(&out);
    if alpha.size() != width {
        return Err(mismatch("alpha"));
    }
    // SAFETY: as in `_random_multinomial`.
    let (alpha, out): (&[f64], &mut [f64]) = unsafe { (elements(&alpha), elements_mut(&out)) };
    stream.get().with(stream.py(), out.len(), move |stream| {
        for row in out.chunks_exact_mut(width.max(1)) {
            if is_legacy {
                legacy::dirichlet(stream, alpha, row);
            } else {
                dist::dirichlet(&mut stream.bits, alpha, row);
            }
        }
    })
}

/// Counts of colours in samples without replacement: each row of `out`; by shuffling everything if `by_count`.
#[pyfunction]
fn _random_colors(
    stream: &Bound<'_, Stream>,
    colors: &Bound<'_, PyAny>,
    sample: i64,
    out: &Bound<'_, PyAny>,
    by_count: bool,
) -> PyResult<()> {
    let (colors, out) = (dense(colors, TypeNum::Long)?, dense(out, TypeNum::Long)?);
    let width = columns(&out);
    // SAFETY: as in `_random_multinomial`.
    let (colors, out): (&[i64], &mut [i64]) = unsafe { (elements(&colors), elements_mut(&out)) };
    let total: i64 = colors.iter().sum();
    if colors.len() != width || colors.iter().any(|&n| n < 0) || sample < 0 || sample > total {
        return Err(mismatch("colors or nsample"));
    }
    let mut things = Vec::new();
    if by_count {
        things
            .try_reserve_exact(total as usize)
            .map_err(|_| PyMemoryError::new_err(format!("insufficient memory for {total} things")))?;
        for (color, &count) in colors.iter().enumerate() {
            things.extend(std::iter::repeat_n(color, count as usize));
        }
    }
    stream.get().with(stream.py(), out.len(), move |stream| {
        for row in out.chunks_exact_mut(width.max(1)) {
            if by_count {
                dist::shuffled_colors(&mut stream.bits, colors, sample, &mut things, row);
            } else {
                dist::multivariate_hypergeometric(&mut stream.bits, colors, sample, row);
            }
        }
    })
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(_random_multinomial, module)?)?;
    module.add_function(wrap_pyfunction!(_random_dirichlet, module)?)?;
    module.add_function(wrap_pyfunction!(_random_colors, module)?)
}
