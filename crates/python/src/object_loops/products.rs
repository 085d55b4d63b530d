//! Matrix and vector products of objects: sums of products through Python's operators, in the order of the summed axis.

use std::ffi::c_void;

use pyo3::prelude::*;
use sharray_base::interrupt::Meter;
use sharray_kernels::loop_abi::Loop;

use super::{each, load, store};
use crate::errors::OrRaise;

/// A run of elements: the first, the step, how many.
#[derive(Clone, Copy)]
struct Run(*mut u8, isize);

/// `Σ a[i]·b[i]`; `None` when there is nothing to add.
///
/// # Safety
/// Both runs hold `n` readable object slots.
unsafe fn dot<'py>(
    py: Python<'py>,
    a: Run,
    b: Run,
    n: isize,
    conjugate: bool,
    meter: &mut Meter,
) -> PyResult<Bound<'py, PyAny>> {
    let mut sum: Option<Bound<'py, PyAny>> = None;
    for i in 0..n {
        meter.add(super::OBJECT).or_raise(py)?;
        // SAFETY: element `i` of both runs, by the callers' loop contracts.
        let (mut x, y) = unsafe { (load(py, a.0.offset(i * a.1)), load(py, b.0.offset(i * b.1))) };
        if conjugate {
            x = x.call_method0("conjugate")?;
        }
        let product = x.mul(y)?;
        sum = Some(match sum {
            None => product,
            Some(total) => total.add(product)?,
        });
    }
    Ok(sum.unwrap_or_else(|| py.None().into_bound(py)))
}

/// `Σ a[i]·b[i]` of two runs of objects, each given by its first element and the step.
///
/// # Errors
/// What the objects raise.
///
/// # Safety
/// Both runs hold `n` readable object slots.
pub unsafe fn sum_of_products<'py>(
    py: Python<'py>,
    a: (*mut u8, isize),
    b: (*mut u8, isize),
    n: isize,
) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: by the contract.
    unsafe { dot(py, Run(a.0, a.1), Run(b.0, b.1), n, false, &mut Meter::default()) }
}

/// The product behind a ufunc.
pub(super) fn code(name: &str) -> Option<Loop> {
    Some(match name {
        "matmul" => matmul,
        "vecdot" => vecdot,
        "matvec" => matvec,
        "vecmat" => vecmat,
        _ => return None,
    })
}

unsafe extern "C" fn matmul(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract of `(n?,k),(k,m?)->(n?,m?)`.
    unsafe {
        let (rows, inner, columns) = (*dims.add(1), *dims.add(2), *dims.add(3));
        let step = |i: usize| *steps.add(i);
        let mut meter = Meter::default();
        each(*dims, |py, l| {
            let at = |operand: usize| (*args.add(operand)).offset(l * step(operand));
            for (i, j) in (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j))) {
                let a = Run(at(0).offset(i * step(3)), step(4));
                let b = Run(at(1).offset(j * step(6)), step(5));
                let product = match inner {
                    // A matrix product of nothing is zero.
                    0 => pyo3::types::PyInt::new(py, 0).into_any(),
                    _ => dot(py, a, b, inner, false, &mut meter)?,
                };
                store(py, at(2).offset(i * step(7) + j * step(8)), product);
            }
            Ok(())
        });
    }
}

unsafe extern "C" fn vecdot(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract of `(n),(n)->()`.
    unsafe {
        let mut meter = Meter::default();
        each(*dims, |py, l| {
            let at = |operand: usize| (*args.add(operand)).offset(l * *steps.add(operand));
            let (a, b) = (Run(at(0), *steps.add(3)), Run(at(1), *steps.add(4)));
            store(py, at(2), dot(py, a, b, *dims.add(1), true, &mut meter)?);
            Ok(())
        });
    }
}

unsafe extern "C" fn matvec(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract of `(m,n),(n)->(m)`.
    unsafe {
        let mut meter = Meter::default();
        each(*dims, |py, l| {
            let at = |operand: usize| (*args.add(operand)).offset(l * *steps.add(operand));
            for i in 0..*dims.add(1) {
                let a = Run(at(0).offset(i * *steps.add(3)), *steps.add(4));
                let b = Run(at(1), *steps.add(5));
                store(py, at(2).offset(i * *steps.add(6)), dot(py, a, b, *dims.add(2), false, &mut meter)?);
            }
            Ok(())
        });
    }
}

unsafe extern "C" fn vecmat(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract of `(n),(n,m)->(m)`.
    unsafe {
        let mut meter = Meter::default();
        each(*dims, |py, l| {
            let at = |operand: usize| (*args.add(operand)).offset(l * *steps.add(operand));
            for j in 0..*dims.add(2) {
                let a = Run(at(0), *steps.add(3));
                let b = Run(at(1).offset(j * *steps.add(5)), *steps.add(4));
                store(py, at(2).offset(j * *steps.add(6)), dot(py, a, b, *dims.add(1), true, &mut meter)?);
            }
            Ok(())
        });
    }
}
