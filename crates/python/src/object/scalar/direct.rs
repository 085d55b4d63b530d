//! Arithmetic and comparison of the commonest scalars without any detour: `float64`, `int64` and `float32` beside one of
//! their own or a Python number. Whether an operation raises a floating-point flag is told from operands and result; what
//! would raise one, or is of other types, is declined and goes the general way (`arith`, `compare`), which reports it.

use std::ffi::c_int;
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use sharray_base::TypeNum;
use sharray_base::dtype::parse::POINTER_INT as WORD;
use sharray_kernels::arith::float::divmod;

use super::arith::Op;
use super::element::{from_native, made_bool, value};
use super::types;

type Pointer = *mut ffi::PyObject;

/// Two operands as what they are computed in.
enum Pair {
    Double(f64, f64),
    Long(i64, i64),
    Float(f32, f32),
    Complex([f64; 2], [f64; 2]),
}

const _: () = assert!(size_of::<isize>() == 8, "`int64` is the integer that Python's own become");

/// Integers up to this are exact as float64.
const EXACT: u64 = 1 << 53;

#[inline(always)]
fn is_class(class: *mut ffi::PyTypeObject, num: TypeNum) -> bool {
    ptr::eq(class, types::class(num))
}

/// A Python integer of a machine word.
#[inline(always)]
fn word(object: Pointer) -> Option<i64> {
    let mut overflow = 0;
    // SAFETY: a live integer; no error is set for one.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object, &mut overflow) };
    (overflow == 0).then_some(value)
}

/// A Python number as a float64, exactly.
#[inline(always)]
fn double_of(object: Pointer, class: *mut ffi::PyTypeObject) -> Option<f64> {
    if ptr::eq(class, &raw mut ffi::PyFloat_Type) {
        // SAFETY: a live float.
        return Some(unsafe { ffi::PyFloat_AS_DOUBLE(object) });
    }
    if !ptr::eq(class, &raw mut ffi::PyLong_Type) {
        return None;
    }
    exact(word(object)?)
}

/// A Python number as a float32 that neither overflows nor underflows.
fn single_of(object: Pointer, class: *mut ffi::PyTypeObject) -> Option<f32> {
    let wide = double_of(object, class)?;
    let narrow = wide as f32;
    let exact = ptr::eq(class, &raw mut ffi::PyFloat_Type) || f64::from(narrow) == wide;
    (exact && (wide == 0.0 || narrow.is_normal())).then_some(narrow)
}

#[inline(always)]
fn pair(a: Pointer, b: Pointer) -> Option<Pair> {
    use TypeNum::{CDouble, Double, Float};
    // SAFETY: live objects; values are read as what their exact classes hold.
    unsafe {
        let (x, y) = (ffi::Py_TYPE(a), ffi::Py_TYPE(b));
        Some(match (types::exact_number(x), types::exact_number(y)) {
            (Some(Double), Some(Double)) => Pair::Double(value(a), value(b)),
            (Some(Double), None) => Pair::Double(value(a), double_of(b, y)?),
            (None, Some(Double)) => Pair::Double(double_of(a, x)?, value(b)),
            (Some(WORD), Some(WORD)) => Pair::Long(value(a), value(b)),
            (Some(WORD), None) if ptr::eq(y, &raw mut ffi::PyLong_Type) => Pair::Long(value(a), word(b)?),
            (None, Some(WORD)) if ptr::eq(x, &raw mut ffi::PyLong_Type) => Pair::Long(word(a)?, value(b)),
            (Some(WORD), None) => Pair::Double(exact(value(a))?, double_of(b, y)?),
            (None, Some(WORD)) => Pair::Double(double_of(a, x)?, exact(value(b))?),
            (Some(Float), Some(Float)) => Pair::Float(value(a), value(b)),
            (Some(Float), None) => Pair::Float(value(a), single_of(b, y)?),
            (None, Some(Float)) => Pair::Float(single_of(a, x)?, value(b)),
            (Some(CDouble), Some(CDouble)) => Pair::Complex(value(a), value(b)),
            _ => return None,
        })
    }
}

/// An integer as a float64, exactly.
fn exact(value: i64) -> Option<f64> {
    (value.unsigned_abs() <= EXACT).then_some(value as f64)
}

macro_rules! real_operation {
    ($name:ident, $type:ty) => {
        /// The result, where no flag is raised: sums can't underflow, and a normal product or quotient has not.
        #[inline(always)]
        fn $name(op: Op, x: $type, y: $type) -> Option<$type> {
            let (result, exact) = match op {
                Op::Add => (x + y, true),
                Op::Subtract => (x - y, true),
                Op::Multiply => (x * y, x == 0.0 || y == 0.0),
                Op::Divide if y != 0.0 => (x / y, x == 0.0),
                _ => return None,
            };
            (result.is_finite() && (exact || result.abs() > <$type>::MIN_POSITIVE)).then_some(result)
        }
    };
}
real_operation!(double, f64);
real_operation!(single, f32);

/// Division with a remainder, which is exact, and powers.
fn other_double(op: Op, x: f64, y: f64) -> Option<f64> {
    let divides = x.is_finite() && y.is_finite() && y != 0.0;
    match op {
        Op::FloorDivide if divides => Some(divmod(x, y).0).filter(|quotient| quotient.is_finite()),
        Op::Remainder if divides => Some(divmod(x, y).1),
        // A power that is normal has neither overflowed nor underflowed.
        Op::Power => Some(x.powf(y)).filter(|power| power.is_normal()),
        _ => None,
    }
}

#[inline(always)]
fn long(op: Op, x: i64, y: i64) -> Option<i64> {
    match op {
        Op::Add => x.checked_add(y),
        Op::Subtract => x.checked_sub(y),
        Op::Multiply => x.checked_mul(y),
        Op::FloorDivide => {
            let (quotient, rest) = (x.checked_div(y)?, x.checked_rem(y)?);
            Some(if rest != 0 && (rest < 0) != (y < 0) { quotient - 1 } else { quotient })
        }
        Op::Remainder => {
            let rest = x.checked_rem(y)?;
            Some(if rest != 0 && (rest < 0) != (y < 0) { rest + y } else { rest })
        }
        Op::And => Some(x & y),
        Op::Or => Some(x | y),
        Op::Xor => Some(x ^ y),
        // Powers wrap around silently, as in arrays.
        Op::Power => Some(x.wrapping_pow(u32::try_from(y).ok()?)),
        Op::LeftShift if (0..64).contains(&y) => Some(x << y),
        Op::RightShift if (0..64).contains(&y) => Some(x >> y),
        _ => None,
    }
}

fn complex(op: Op, [a, b]: [f64; 2], [c, d]: [f64; 2]) -> Option<[f64; 2]> {
    let parts = match op {
        Op::Add => [a + c, b + d],
        Op::Subtract => [a - c, b - d],
        Op::Multiply => {
            let product = |x, y| double(Op::Multiply, x, y);
            [product(a, c)? - product(b, d)?, product(a, d)? + product(b, c)?]
        }
        _ => return None,
    };
    parts.iter().all(|p| p.is_finite()).then_some(parts)
}

/// A `float64` beside another, or beside a Python float: by far the commonest pair.
#[inline(always)]
fn doubles(a: Pointer, b: Pointer) -> Option<(f64, f64)> {
    let double = types::class(TypeNum::Double);
    let float = &raw mut ffi::PyFloat_Type;
    // SAFETY: live objects; both classes have the value at one place, which the layout asserts.
    unsafe {
        let (x, y) = (ffi::Py_TYPE(a), ffi::Py_TYPE(b));
        let fits = ptr::eq(x, double) && (ptr::eq(y, double) || ptr::eq(y, float))
            || ptr::eq(x, float) && ptr::eq(y, double);
        fits.then(|| (ffi::PyFloat_AS_DOUBLE(a), ffi::PyFloat_AS_DOUBLE(b)))
    }
}

/// An `int64` beside another, or beside a Python integer of its size.
#[inline(always)]
fn longs(a: Pointer, b: Pointer) -> Option<(i64, i64)> {
    let long = types::class(WORD);
    let int = &raw mut ffi::PyLong_Type;
    // SAFETY: live objects; values are read as what their exact classes hold.
    unsafe {
        let (x, y) = (ffi::Py_TYPE(a), ffi::Py_TYPE(b));
        if ptr::eq(x, long) {
            if ptr::eq(y, long) {
                return Some((value(a), value(b)));
            }
            return if ptr::eq(y, int) { Some((value(a), word(b)?)) } else { None };
        }
        if ptr::eq(x, int) && ptr::eq(y, long) { Some((word(a)?, value(b))) } else { None }
    }
}

/// `a op b`, if it is simple enough; null with an exception set when there is no memory.
#[inline(always)]
pub(super) fn binary(py: Python<'_>, a: Pointer, b: Pointer, op: Op) -> Option<Pointer> {
    if matches!(op, Op::Add | Op::Subtract | Op::Multiply | Op::Divide)
        && let Some((x, y)) = doubles(a, b)
        && let Some(result) = double(op, x, y)
    {
        return Some(handed(py, from_native(py, TypeNum::Double, result)));
    }
    if !matches!(op, Op::Divide | Op::DivMod | Op::Power)
        && let Some((x, y)) = longs(a, b)
        && let Some(result) = long(op, x, y)
    {
        return Some(handed(py, from_native(py, WORD, result)));
    }
    binary_of_others(py, a, b, op)
}

#[inline(never)]
fn binary_of_others(py: Python<'_>, a: Pointer, b: Pointer, op: Op) -> Option<Pointer> {
    let made = match pair(a, b)? {
        Pair::Double(x, y) => {
            from_native(py, TypeNum::Double, double(op, x, y).or_else(|| other_double(op, x, y))?)
        }
        // Each side is exact as a float64, or the quotient would be rounded twice.
        Pair::Long(x, y) if op == Op::Divide => {
            from_native(py, TypeNum::Double, double(op, exact(x)?, exact(y)?)?)
        }
        Pair::Long(x, y) => from_native(py, WORD, long(op, x, y)?),
        Pair::Float(x, y) => from_native(py, TypeNum::Float, single(op, x, y)?),
        Pair::Complex(x, y) => from_native(py, TypeNum::CDouble, complex(op, x, y)?),
    };
    Some(handed(py, made))
}

#[inline(always)]
fn handed(py: Python<'_>, made: PyResult<Bound<'_, PyAny>>) -> Pointer {
    match made {
        Ok(made) => made.into_ptr(),
        Err(error) => {
            error.restore(py);
            ptr::null_mut()
        }
    }
}

#[inline(always)]
fn holds<T: PartialOrd>(op: c_int, x: T, y: T) -> bool {
    match op {
        ffi::Py_LT => x < y,
        ffi::Py_LE => x <= y,
        ffi::Py_EQ => x == y,
        ffi::Py_NE => x != y,
        ffi::Py_GT => x > y,
        _ => x >= y,
    }
}

/// `a < b` and its kin, if it is simple enough.
#[inline(always)]
pub(super) fn compare(a: Pointer, b: Pointer, op: c_int) -> Option<Pointer> {
    if let Some((x, y)) = doubles(a, b) {
        return made_bool(holds(op, x, y));
    }
    if let Some((x, y)) = longs(a, b) {
        return made_bool(holds(op, x, y));
    }
    compare_others(a, b, op)
}

#[inline(never)]
fn compare_others(a: Pointer, b: Pointer, op: c_int) -> Option<Pointer> {
    let truth = match pair(a, b)? {
        Pair::Double(x, y) => holds(op, x, y),
        Pair::Long(x, y) => holds(op, x, y),
        Pair::Float(x, y) => holds(op, x, y),
        Pair::Complex(..) => return None,
    };
    made_bool(truth)
}

/// The truth of a number of one of the exact classes above, or of a bool.
#[inline(always)]
pub(super) fn truth(object: Pointer) -> Option<bool> {
    // SAFETY: a live object; the value is read as what its exact class holds.
    unsafe {
        match types::exact_number(ffi::Py_TYPE(object))? {
            TypeNum::Double => Some(value::<f64>(object) != 0.0),
            TypeNum::Float => Some(value::<f32>(object) != 0.0),
            WORD => Some(value::<i64>(object) != 0),
            TypeNum::Bool => Some(value::<u8>(object) != 0),
            _ => None,
        }
    }
}

/// `-x` and `abs(x)` of the exact classes above.
#[inline(always)]
pub(super) fn unary(
    py: Python<'_>,
    object: Pointer,
    double: fn(f64) -> f64,
    long: fn(i64) -> Option<i64>,
) -> Option<Pointer> {
    // SAFETY: as in `truth`.
    let made = unsafe {
        match types::exact_number(ffi::Py_TYPE(object))? {
            TypeNum::Double => from_native(py, TypeNum::Double, double(value::<f64>(object))),
            WORD => from_native(py, WORD, long(value::<i64>(object))?),
            _ => return None,
        }
    };
    Some(handed(py, made))
}

/// `float(x)`: null with an exception set when there is no memory.
#[inline(always)]
pub(super) fn to_float(object: Pointer) -> Option<Pointer> {
    // SAFETY: as in `truth`; the GIL is held.
    unsafe {
        if is_class(ffi::Py_TYPE(object), TypeNum::Double) {
            return Some(ffi::PyFloat_FromDouble(value::<f64>(object)));
        }
        match types::exact_number(ffi::Py_TYPE(object))? {
            TypeNum::Float => Some(ffi::PyFloat_FromDouble(f64::from(value::<f32>(object)))),
            WORD => Some(ffi::PyFloat_FromDouble(value::<i64>(object) as f64)),
            _ => None,
        }
    }
}

/// `int(x)` and `operator.index(x)` of an `int64`.
#[inline(always)]
pub(super) fn to_int(object: Pointer) -> Option<Pointer> {
    // SAFETY: as in `to_float`.
    unsafe {
        let long = is_class(ffi::Py_TYPE(object), WORD);
        long.then(|| ffi::PyLong_FromLongLong(value::<i64>(object)))
    }
}

/// `float64(x)` of a Python float and `int64(x)` of an integer that fits.
#[inline(always)]
pub(super) fn construct(py: Python<'_>, num: TypeNum, argument: Pointer) -> Option<Pointer> {
    // SAFETY: a live object.
    let class = unsafe { ffi::Py_TYPE(argument) };
    let made = match num {
        TypeNum::Double => from_native(py, num, double_of(argument, class)?),
        TypeNum::Float => from_native(py, num, single_of(argument, class)?),
        WORD if ptr::eq(class, &raw mut ffi::PyLong_Type) => from_native(py, num, word(argument)?),
        _ => return None,
    };
    Some(handed(py, made))
}
