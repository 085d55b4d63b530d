//! The operations by ufunc name.

use std::ffi::{c_int, c_void};

use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;

use super::{Binary, Unary, each, load, store};
use crate::gate;

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type In<'a, 'py> = &'a Bound<'py, PyAny>;

macro_rules! by_ffi {
    ($($name:ident $function:ident;)*) => {$(
        fn $name<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
            gate::nested(a.py(), || {
                // SAFETY: live objects; a null result carries an exception.
                unsafe { Bound::from_owned_ptr_or_err(a.py(), ffi::$function(a.as_ptr(), b.as_ptr())) }
            })
        }
    )*};
}
by_ffi! {
    add PyNumber_Add; subtract PyNumber_Subtract; multiply PyNumber_Multiply; divide PyNumber_TrueDivide;
    floor_divide PyNumber_FloorDivide; remainder PyNumber_Remainder; left_shift PyNumber_Lshift;
    right_shift PyNumber_Rshift; bitwise_and PyNumber_And; bitwise_or PyNumber_Or; bitwise_xor PyNumber_Xor;
}

macro_rules! by_ffi_unary {
    ($($name:ident $function:ident;)*) => {$(
        fn $name(a: In<'_, '_>) -> PyResult<Py<PyAny>> {
            // SAFETY: a live object; a null result carries an exception.
            unsafe { Bound::from_owned_ptr_or_err(a.py(), ffi::$function(a.as_ptr())).map(Bound::unbind) }
        }
    )*};
}
by_ffi_unary! { neg PyNumber_Negative; pos PyNumber_Positive; abs PyNumber_Absolute; inv PyNumber_Invert; }

fn negative<'py>(a: In<'_, 'py>) -> Result<'py> {
    neg(a).map(|r| r.into_bound(a.py()))
}
fn positive<'py>(a: In<'_, 'py>) -> Result<'py> {
    pos(a).map(|r| r.into_bound(a.py()))
}
fn absolute<'py>(a: In<'_, 'py>) -> Result<'py> {
    abs(a).map(|r| r.into_bound(a.py()))
}
fn invert<'py>(a: In<'_, 'py>) -> Result<'py> {
    inv(a).map(|r| r.into_bound(a.py()))
}
fn power<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
    gate::nested(a.py(), || a.pow(b, a.py().None()))
}
fn square<'py>(a: In<'_, 'py>) -> Result<'py> {
    multiply(a, a)
}
fn one(py: Python<'_>) -> Bound<'_, PyAny> {
    // SAFETY: a small integer always exists.
    unsafe { Bound::from_owned_ptr(py, ffi::PyLong_FromLong(1)) }
}
fn reciprocal<'py>(a: In<'_, 'py>) -> Result<'py> {
    divide(&one(a.py()), a)
}
fn ones_like<'py>(a: In<'_, 'py>) -> Result<'py> {
    Ok(one(a.py()))
}
fn sign<'py>(a: In<'_, 'py>) -> Result<'py> {
    let py = a.py();
    let zero = 0i64.into_pyobject(py)?.into_any();
    for (op, value) in [(CompareOp::Lt, -1i64), (CompareOp::Gt, 1), (CompareOp::Eq, 0)] {
        if a.rich_compare(&zero, op)?.is_truthy()? {
            return Ok(value.into_pyobject(py)?.into_any());
        }
    }
    Err(PyTypeError::new_err("unorderable types for comparison"))
}
fn logical_and<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
    Ok(if a.is_truthy()? { b.clone() } else { a.clone() })
}
fn logical_or<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
    Ok(if a.is_truthy()? { a.clone() } else { b.clone() })
}
fn logical_not<'py>(a: In<'_, 'py>) -> Result<'py> {
    Ok(pyo3::types::PyBool::new(a.py(), !a.is_truthy()?).to_owned().into_any())
}
fn choose<'py>(a: In<'_, 'py>, b: In<'_, 'py>, op: CompareOp) -> Result<'py> {
    Ok(if a.rich_compare(b, op)?.is_truthy()? { a.clone() } else { b.clone() })
}
fn maximum<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
    choose(a, b, CompareOp::Ge)
}
fn minimum<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
    choose(a, b, CompareOp::Le)
}
fn of_math<'py>(name: &str, arguments: &[In<'_, 'py>]) -> Result<'py> {
    let py = arguments[0].py();
    py.import("math")?.getattr(name)?.call1(pyo3::types::PyTuple::new(py, arguments)?)
}
fn floor<'py>(a: In<'_, 'py>) -> Result<'py> {
    of_math("floor", &[a])
}
fn ceil<'py>(a: In<'_, 'py>) -> Result<'py> {
    of_math("ceil", &[a])
}
fn trunc<'py>(a: In<'_, 'py>) -> Result<'py> {
    of_math("trunc", &[a])
}
fn gcd<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
    match of_math("gcd", &[a, b]) {
        Err(error) if error.is_instance_of::<PyTypeError>(a.py()) => euclid(a, b),
        done => done,
    }
}
fn lcm<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
    // Two zeros have no divisor: Python says so.
    absolute(&multiply(&floor_divide(a, &gcd(a, b)?)?, b)?)
}
/// The greatest common divisor of whatever has a remainder and an absolute value, as decimals do.
fn euclid<'py>(a: In<'_, 'py>, b: In<'_, 'py>) -> Result<'py> {
    for x in [a, b] {
        if !of_math("isfinite", &[x])?.is_truthy()? {
            let text =
                format!("Can only find greatest common divisor of finite arguments, found {a:?} and {b:?}");
            return Err(PyValueError::new_err(text));
        }
    }
    let (mut a, mut b) = (a.clone(), b.clone());
    while b.is_truthy()? {
        a.py().check_signals()?;
        (a, b) = (b.clone(), remainder(&a, &b)?);
    }
    absolute(&a)
}

/// Operations of two objects.
pub(super) fn binary(name: &str) -> Option<Binary> {
    Some(match name {
        "add" => add,
        "subtract" => subtract,
        "multiply" => multiply,
        "divide" => divide,
        "floor_divide" => floor_divide,
        "remainder" => remainder,
        "power" => power,
        "left_shift" => left_shift,
        "right_shift" => right_shift,
        "bitwise_and" => bitwise_and,
        "bitwise_or" => bitwise_or,
        "bitwise_xor" => bitwise_xor,
        "logical_and" => logical_and,
        "logical_or" => logical_or,
        "maximum" | "fmax" => maximum,
        "minimum" | "fmin" => minimum,
        "gcd" => gcd,
        "lcm" => lcm,
        _ => return None,
    })
}

/// Operations of one object.
pub(super) fn unary(name: &str) -> Option<Unary> {
    Some(match name {
        "negative" => negative,
        "positive" => positive,
        "absolute" => absolute,
        "invert" => invert,
        "square" => square,
        "reciprocal" => reciprocal,
        "_ones_like" => ones_like,
        "sign" => sign,
        "logical_not" => logical_not,
        "floor" => floor,
        "ceil" => ceil,
        "trunc" => trunc,
        _ => return None,
    })
}

/// An operation that is a method of its first object.
pub(super) struct Method {
    name: &'static str,
    /// How many objects it takes.
    pub(super) inputs: usize,
}

static METHODS: [Method; 34] = {
    const fn of(name: &'static str, inputs: usize) -> Method {
        Method { name, inputs }
    }
    [
        of("sin", 1),
        of("cos", 1),
        of("tan", 1),
        of("arcsin", 1),
        of("arccos", 1),
        of("arctan", 1),
        of("sinh", 1),
        of("cosh", 1),
        of("tanh", 1),
        of("arcsinh", 1),
        of("arccosh", 1),
        of("arctanh", 1),
        of("exp", 1),
        of("exp2", 1),
        of("expm1", 1),
        of("log", 1),
        of("log2", 1),
        of("log10", 1),
        of("log1p", 1),
        of("sqrt", 1),
        of("cbrt", 1),
        of("fabs", 1),
        of("rint", 1),
        of("degrees", 1),
        of("radians", 1),
        of("rad2deg", 1),
        of("deg2rad", 1),
        of("conjugate", 1),
        of("bit_count", 1),
        of("arctan2", 2),
        of("hypot", 2),
        of("fmod", 2),
        of("float_power", 2),
        of("logical_xor", 2),
    ]
};

/// The method behind a ufunc.
pub(super) fn method(name: &str) -> Option<&'static Method> {
    let wanted = if name == "bitwise_count" { "bit_count" } else { name };
    METHODS.iter().find(|m| m.name == wanted && wanted != "float_power")
}

fn bound_method<'py>(object: In<'_, 'py>, name: &str, position: isize) -> Result<'py> {
    let found = object.getattr_opt(name)?.filter(|m| m.is_callable());
    match found {
        Some(method) => Ok(method),
        None => Err(PyTypeError::new_err(format!(
            "loop of ufunc does not support argument {position} of type {} which has no callable {name} method",
            object.get_type().name()?
        ))),
    }
}

pub(super) unsafe extern "C" fn call_method(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the loop contract; `data` is the method this loop was registered with.
    unsafe {
        let method = &*data.cast::<Method>();
        each(*dims, |py, i| {
            let object = load(py, (*args).offset(i * *steps));
            let result = bound_method(&object, method.name, i)?.call0()?;
            store(py, (*args.add(1)).offset(i * *steps.add(1)), result);
            Ok(())
        });
    }
}

pub(super) unsafe extern "C" fn call_method2(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the loop contract; `data` is the method this loop was registered with.
    unsafe {
        let method = &*data.cast::<Method>();
        each(*dims, |py, i| {
            let object = load(py, (*args).offset(i * *steps));
            let other = load(py, (*args.add(1)).offset(i * *steps.add(1)));
            let result = object.call_method1(method.name, (other,))?;
            store(py, (*args.add(2)).offset(i * *steps.add(2)), result);
            Ok(())
        });
    }
}

/// A comparison operator.
pub(super) struct Comparison(c_int);

/// The operator behind a ufunc.
pub(super) fn comparison(name: &str) -> Option<&'static Comparison> {
    Some(match name {
        "less" => &Comparison(ffi::Py_LT),
        "less_equal" => &Comparison(ffi::Py_LE),
        "equal" => &Comparison(ffi::Py_EQ),
        "not_equal" => &Comparison(ffi::Py_NE),
        "greater" => &Comparison(ffi::Py_GT),
        "greater_equal" => &Comparison(ffi::Py_GE),
        _ => return None,
    })
}

fn compared<'py>(a: In<'_, 'py>, b: In<'_, 'py>, op: &Comparison) -> Result<'py> {
    gate::nested(a.py(), || {
        // SAFETY: live objects; a null result carries an exception.
        unsafe {
            Bound::from_owned_ptr_or_err(a.py(), ffi::PyObject_RichCompare(a.as_ptr(), b.as_ptr(), op.0))
        }
    })
}

pub(super) unsafe extern "C" fn compare(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the loop contract; `data` is the operator this loop was registered with.
    unsafe {
        let op = &*data.cast::<Comparison>();
        each(*dims, |py, i| {
            let a = load(py, (*args).offset(i * *steps));
            let b = load(py, (*args.add(1)).offset(i * *steps.add(1)));
            store(py, (*args.add(2)).offset(i * *steps.add(2)), compared(&a, &b, op)?);
            Ok(())
        });
    }
}

pub(super) unsafe extern "C" fn compare_to_bool(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    // SAFETY: the loop contract; `data` is the operator this loop was registered with.
    unsafe {
        let op = &*data.cast::<Comparison>();
        each(*dims, |py, i| {
            let a = load(py, (*args).offset(i * *steps));
            let b = load(py, (*args.add(1)).offset(i * *steps.add(1)));
            let result = compared(&a, &b, op)?.is_truthy()?;
            (*args.add(2)).offset(i * *steps.add(2)).write(result as u8);
            Ok(())
        });
    }
}

pub(super) unsafe extern "C" fn clip(
    args: *const *mut u8,
    dims: *const isize,
    steps: *const isize,
    _data: *mut c_void,
) {
    // SAFETY: the loop contract for three inputs and one output.
    unsafe {
        each(*dims, |py, i| {
            let at = |operand: usize| (*args.add(operand)).offset(i * *steps.add(operand));
            let raised = maximum(&load(py, at(0)), &load(py, at(1)))?;
            store(py, at(3), minimum(&raised, &load(py, at(2)))?);
            Ok(())
        });
    }
}
