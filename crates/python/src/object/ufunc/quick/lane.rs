//! The shortest calls of all: one small dense array, two of one shape, or one float, given by position to a loop of
//! their own types. They are served before the gate, since nothing here can panic; everything is declined that allocates,
//! casts, may fail in the loop, or has not been looked up before.

use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::{TypeNum, fp_status};

use super::operand::{AXES, Operand, Value};
use super::route::{CODE_BITS, Route, WEAK_FLOAT, strong};
use crate::object::array::Array;
use crate::object::layout::{INLINE_BYTES, flag};
use crate::object::scalar::layout::VALUE_OFFSET;
use crate::object::scalar::{from_number, types};
use crate::object::ufunc::engine;
use crate::object::ufunc::fields::UfuncObject;
use crate::object::{dtype, ndarray};
use crate::{fp_report, gate};

/// Calls `ufunc` on `count` inputs at `values`, if the call is that short; null with an exception set when it failed.
///
/// # Safety
/// A live ufunc and live objects; the GIL is held.
#[inline]
pub(in crate::object::ufunc) unsafe fn call(
    ufunc: *mut UfuncObject,
    values: *const *mut ffi::PyObject,
    count: usize,
) -> Option<*mut ffi::PyObject> {
    // SAFETY: by the contract; `quick` is set when a ufunc is made, and owned by it.
    unsafe {
        if count == 0 || count > 2 || count != (*(*ufunc).quick).inputs {
            return None;
        }
        let first = *values;
        if ptr::eq(ffi::Py_TYPE(first), ndarray::type_object()) {
            return arrays(ufunc, first, (count == 2).then(|| *values.add(1)));
        }
        if count == 1 { float(ufunc, first) } else { None }
    }
}

/// A loop that takes operands of these types as they are and gives one result, if it is known already.
///
/// # Safety
/// A live ufunc. The route stands until Python code runs.
#[inline(always)]
unsafe fn known<'a>(ufunc: *mut UfuncObject, key: u32) -> Option<&'a Route> {
    // SAFETY: by the contract.
    let quick = unsafe { &*(*ufunc).quick };
    let route = quick.routes.peek(key)?;
    (!route.fallible && route.second.is_none()).then_some(route)
}

/// An array of at least one axis whose elements lie at one step.
#[inline(always)]
fn lined(object: *mut ffi::PyObject) -> Option<Operand> {
    let array = Operand::of_array(object)?;
    (array.nd == 1 || array.nd > 1 && array.flags & flag::C_CONTIGUOUS != 0).then_some(array)
}

/// # Safety
/// As for [`call`]; `first` is a plain array.
#[inline(always)]
unsafe fn arrays(
    ufunc: *mut UfuncObject,
    first: *mut ffi::PyObject,
    second: Option<*mut ffi::PyObject>,
) -> Option<*mut ffi::PyObject> {
    // SAFETY: by the contract; a shape has at most `AXES` extents; the loop gets as many elements of its types as each
    // operand has, and the result is a fresh array of that many.
    unsafe {
        let a = lined(first)?;
        let (mut key, mut b) = (a.code, a);
        if let Some(second) = second {
            if !ptr::eq(ffi::Py_TYPE(second), ndarray::type_object()) {
                return None;
            }
            b = lined(second)?;
            key |= b.code << CODE_BITS;
            if b.nd != a.nd || (0..a.nd.min(AXES)).any(|axis| *a.dims.add(axis) != *b.dims.add(axis)) {
                return None;
            }
        }
        let route = known(ufunc, key)?;
        let code = route.code?;
        let [x, y, _] = &route.inputs;
        if x.cast.is_some() || second.is_some() && y.cast.is_some() {
            return None;
        }
        let shape = std::slice::from_raw_parts(a.dims, a.nd);
        let count = shape.iter().fold(1isize, |count, extent| count.wrapping_mul(*extent));
        if !(1..=(INLINE_BYTES as isize / route.out_size)).contains(&count) {
            return None;
        }
        let step = |operand: &Operand, size| if operand.nd == 1 { *operand.strides } else { size };
        let py = Python::assume_attached();
        let made = match Array::dense(py, dtype::singleton(route.out), shape, count as usize) {
            Ok(made) => made,
            Err(error) => {
                error.restore(py);
                return Some(ptr::null_mut());
            }
        };
        if !route.quiet {
            fp_status::clear();
        }
        let (at, steps) = if second.is_some() {
            ([a.data, b.data, made.data()], [step(&a, x.size), step(&b, y.size), route.out_size])
        } else {
            ([a.data, made.data(), ptr::null_mut()], [step(&a, x.size), route.out_size, 0])
        };
        code(at.as_ptr(), &count, steps.as_ptr(), route.data);
        Some(reported(ufunc, route.quiet, made.into_object().into_ptr()))
    }
}

/// A `float64` or a Python float, computed as `float64`.
///
/// # Safety
/// As for [`call`].
#[inline(always)]
unsafe fn float(ufunc: *mut UfuncObject, object: *mut ffi::PyObject) -> Option<*mut ffi::PyObject> {
    // SAFETY: by the contract; both classes have the value at one place; a room holds one element of any number's type.
    unsafe {
        let class = ffi::Py_TYPE(object);
        let key = if ptr::eq(class, types::class(TypeNum::Double)) {
            strong(TypeNum::Double)
        } else if ptr::eq(class, &raw mut ffi::PyFloat_Type) {
            WEAK_FLOAT
        } else {
            return None;
        };
        let route = known(ufunc, key)?;
        let code = route.code?;
        if route.inputs[0].num != TypeNum::Double {
            return None;
        }
        let mut room = Value::default();
        if !route.quiet {
            fp_status::clear();
        }
        let at = [object.cast::<u8>().add(VALUE_OFFSET), (&raw mut room).cast()];
        code(at.as_ptr(), &1, [0, 0].as_ptr(), route.data);
        let (quiet, py) = (route.quiet, Python::assume_attached());
        let made = match from_number(py, route.out, (&raw const room).cast()) {
            Ok(made) => made.into_ptr(),
            Err(error) => {
                error.restore(py);
                return Some(ptr::null_mut());
            }
        };
        Some(reported(ufunc, quiet, made))
    }
}

/// The result, once the flags that its loop raised are reported.
///
/// # Safety
/// As for [`call`]; `made` is a reference that is handed on.
#[inline(always)]
unsafe fn reported(ufunc: *mut UfuncObject, quiet: bool, made: *mut ffi::PyObject) -> *mut ffi::PyObject {
    if quiet || fp_status::read().is_empty() {
        return made;
    }
    // SAFETY: handed on.
    unsafe { report(ufunc, made) }
}

/// # Safety
/// As for [`reported`].
#[cold]
#[inline(never)]
unsafe fn report(ufunc: *mut UfuncObject, made: *mut ffi::PyObject) -> *mut ffi::PyObject {
    let status = fp_status::read();
    gate::object(|py| {
        // SAFETY: a live ufunc; a reference of the caller's.
        let (slf, made) =
            unsafe { (Bound::<PyAny>::from_borrowed_ptr(py, ufunc.cast()), Bound::from_owned_ptr(py, made)) };
        fp_report::report(py, status, engine(&slf).name())?;
        Ok(made)
    })
}
