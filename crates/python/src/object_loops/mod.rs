//! Loops on Python objects: what each ufunc does to elements of object dtype, through Python's own operators. They are
//! registered behind the built-in loops, so that the engine calls them like any other.
//!
//! An element is one pointer that the array owns; null counts as `None`. Loops run with the GIL held and leave a fault
//! when Python raises.

mod functions;
mod operators;
mod products;

use std::ffi::c_void;

use pyo3::ffi::PyObject;
use pyo3::prelude::*;
use sharray_base::interrupt::Meter;
use sharray_base::{TypeNum, fault};
use sharray_core::ufunc::UfuncLoop;
use sharray_kernels::loop_abi::{Loop, LoopFlags};

pub use functions::{PythonFunction, python_loop};
pub use products::sum_of_products as dot;

/// What an operation on an object costs, in elements of cheap work.
const OBJECT: usize = 64;

/// Flags of every object loop.
pub const FLAGS: LoopFlags = LoopFlags::NEEDS_GIL
    .union(LoopFlags::FALLIBLE)
    .union(LoopFlags::NO_FP_STATUS)
    .union(LoopFlags::ANY_ALIGNMENT);

/// An operation of one object. Returns a new reference.
pub type Unary = for<'py> fn(&Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>;
/// An operation of two objects.
pub type Binary = for<'py> fn(&Bound<'py, PyAny>, &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>>;

/// The object loops of the ufunc of this name, in NumPy's order.
pub fn loops(name: &str) -> Vec<UfuncLoop> {
    if let Some(operation) = operators::comparison(name) {
        let data = operation as *const operators::Comparison as *mut c_void;
        return vec![
            make(&[TypeNum::Object, TypeNum::Object, TypeNum::Bool], operators::compare_to_bool, data),
            make(&[TypeNum::Object; 3], operators::compare, data),
        ];
    }
    if let Some(operation) = operators::binary(name) {
        return vec![make(&[TypeNum::Object; 3], binary_loop, operation as *const () as *mut c_void)];
    }
    if let Some(operation) = operators::unary(name) {
        return vec![make(&[TypeNum::Object; 2], unary_loop, operation as *const () as *mut c_void)];
    }
    if let Some(method) = operators::method(name) {
        let data = (method as *const operators::Method).cast_mut().cast();
        return vec![if method.inputs == 1 {
            make(&[TypeNum::Object; 2], operators::call_method, data)
        } else {
            make(&[TypeNum::Object; 3], operators::call_method2, data)
        }];
    }
    match name {
        "clip" => vec![make(&[TypeNum::Object; 4], operators::clip, std::ptr::null_mut())],
        other => products::code(other)
            .map(|code| vec![make(&[TypeNum::Object; 3], code, std::ptr::null_mut())])
            .unwrap_or_default(),
    }
}

fn make(types: &[TypeNum], code: Loop, data: *mut c_void) -> UfuncLoop {
    UfuncLoop { types: types.iter().copied().collect(), code, flags: FLAGS, data }
}

/// The object in a slot; `None` for null.
///
/// # Safety
/// `at` is a readable object slot.
pub(crate) unsafe fn load<'py>(py: Python<'py>, at: *const u8) -> Bound<'py, PyAny> {
    // SAFETY: by the contract; the array owns the reference for as long as it is borrowed here, and we take one more.
    unsafe {
        let object = at.cast::<*mut PyObject>().read_unaligned();
        if object.is_null() { py.None().into_bound(py) } else { Bound::from_borrowed_ptr(py, object) }
    }
}

/// Puts an object into a slot and gives back what was there.
///
/// # Safety
/// `at` is a writable object slot holding a reference or null.
pub(crate) unsafe fn store(py: Python<'_>, at: *mut u8, value: Bound<'_, PyAny>) {
    // SAFETY: by the contract. The slot is whole before the old object's finaliser may look at it.
    unsafe {
        let slot = at.cast::<*mut PyObject>();
        let old = slot.read_unaligned();
        slot.write_unaligned(value.into_ptr());
        drop(Bound::from_owned_ptr_or_opt(py, old));
    }
}

/// Runs `body` for each index of a loop; an exception becomes the fault and ends the loop.
pub(crate) fn each(n: isize, mut body: impl FnMut(Python<'_>, isize) -> PyResult<()>) {
    // Loops flagged NEEDS_GIL are called with it; attaching again is cheap.
    Python::attach(|py| {
        let mut meter = Meter::default();
        for i in 0..n {
            if let Err(error) = meter.add(OBJECT) {
                fault::set(error);
                return;
            }
            if let Err(error) = body(py, i) {
                fault::set(crate::errors::to_engine(py, error));
                return;
            }
        }
    });
}

unsafe extern "C" fn unary_loop(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the loop contract; `data` is the `Unary` this loop was registered with.
    unsafe {
        let operation: Unary = std::mem::transmute(data);
        each(*dims, |py, i| {
            let result = operation(&load(py, (*args).offset(i * *steps)))?;
            store(py, (*args.add(1)).offset(i * *steps.add(1)), result);
            Ok(())
        });
    }
}

unsafe extern "C" fn binary_loop(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the loop contract; `data` is the `Binary` this loop was registered with.
    unsafe {
        let operation: Binary = std::mem::transmute(data);
        each(*dims, |py, i| {
            let a = load(py, (*args).offset(i * *steps));
            let b = load(py, (*args.add(1)).offset(i * *steps.add(1)));
            store(py, (*args.add(2)).offset(i * *steps.add(2)), operation(&a, &b)?);
            Ok(())
        });
    }
}
