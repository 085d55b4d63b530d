//! Comparison and hashes of scalars. Hashes are those of the equal Python values.

use std::cmp::Ordering;
use std::ffi::c_int;

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyComplex, PyFloat, PyInt, PyTuple};
use sharray_base::dtype::promote::promote_numbers;
use sharray_base::{Kind, TypeNum};

use super::arith::{Operand, classify, is_quick, narrowed, read_int, read_real};
use super::element::{self, bool_scalar, value};
use super::{as_array, direct, store, time, types};
use crate::gate;

type Object<'py> = Bound<'py, PyAny>;

fn holds(op: c_int, ordering: Option<Ordering>) -> bool {
    match (op, ordering) {
        (ffi::Py_NE, None) => true,
        (_, None) => false,
        (ffi::Py_EQ, Some(o)) => o.is_eq(),
        (ffi::Py_NE, Some(o)) => o.is_ne(),
        (ffi::Py_LT, Some(o)) => o.is_lt(),
        (ffi::Py_LE, Some(o)) => o.is_le(),
        (ffi::Py_GT, Some(o)) => o.is_gt(),
        (_, Some(o)) => o.is_ge(),
    }
}

pub(super) fn new_bool<'py>(py: Python<'py>, truth: bool) -> PyResult<Object<'py>> {
    bool_scalar(py, truth)
}

pub(super) unsafe extern "C" fn richcompare(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    op: c_int,
) -> *mut ffi::PyObject {
    if let Some(result) = direct::compare(a, b, op) {
        return result;
    }
    gate::object(|py| match quick(py, a, b)? {
        Some(ordering) => new_bool(py, holds(op, ordering)),
        None => through_array(py, a, b, op),
    })
}

/// The order of two numbers that can be compared here; the inner `None` says that they have no order (NaN).
fn quick(py: Python<'_>, a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> PyResult<Option<Option<Ordering>>> {
    let (x, y) = (classify(a), classify(b));
    let whole = |kind: Operand| match kind {
        Operand::Strong(num) => num.is_integer() || num == TypeNum::Bool,
        Operand::WeakInt => true,
        _ => false,
    };
    if whole(x) && whole(y) {
        return compare_whole(py, (a, x), (b, y)).map(|o| Some(Some(o)));
    }
    let num = match (x, y) {
        (Operand::Strong(m), Operand::Strong(n)) => promote_numbers(m, n),
        (Operand::Strong(m), Operand::WeakFloat | Operand::WeakInt)
        | (Operand::WeakFloat | Operand::WeakInt, Operand::Strong(m)) => match m.kind() {
            Kind::Float => Some(m),
            Kind::Bool | Kind::Int | Kind::UInt => Some(TypeNum::Double),
            _ => None,
        },
        _ => None,
    };
    let Some(num) = num.filter(|n| is_quick(*n)) else {
        return Ok(None);
    };
    // SAFETY: operands are live and classified.
    let (p, q) = unsafe { (read_real(py, a, x), read_real(py, b, y)) };
    // An integer beyond every double is compared by the array's rules.
    let (Ok(p), Ok(q)) = (p, q) else { return Ok(None) };
    Ok(Some(narrowed(py, num, p)?.partial_cmp(&narrowed(py, num, q)?)))
}

/// Integers of any size, exactly.
fn compare_whole(
    py: Python<'_>,
    (a, x): (*mut ffi::PyObject, Operand),
    (b, y): (*mut ffi::PyObject, Operand),
) -> PyResult<Ordering> {
    let read = |object: *mut ffi::PyObject, kind: Operand| -> PyResult<Result<i128, bool>> {
        if let Operand::Strong(num) = kind {
            // SAFETY: classified as such.
            return Ok(Ok(unsafe { read_int(object, num) }));
        }
        // SAFETY: a live Python integer.
        let whole: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        match store::wide(&whole.clone().cast_into::<PyInt>()?) {
            Some(number) => Ok(Ok(number)),
            None => Ok(Err(whole.lt(0)?)),
        }
    };
    Ok(match (read(a, x)?, read(b, y)?) {
        (Ok(p), Ok(q)) => p.cmp(&q),
        (Err(negative), _) => {
            if negative {
                Ordering::Less
            } else {
                Ordering::Greater
            }
        }
        (_, Err(negative)) => {
            if negative {
                Ordering::Greater
            } else {
                Ordering::Less
            }
        }
    })
}

/// What scalars answer for `__array_priority__`.
const SCALAR_PRIORITY: f64 = -1_000_000.0;

fn through_array<'py>(
    py: Python<'py>,
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    op: c_int,
) -> PyResult<Object<'py>> {
    // SAFETY: live objects, the first a scalar.
    let (a, b): (Object<'_>, Object<'_>) =
        unsafe { (Bound::from_borrowed_ptr(py, a), Bound::from_borrowed_ptr(py, b)) };
    if b.is_none() && (op == ffi::Py_EQ || op == ffi::Py_NE) {
        return Ok(py.NotImplemented().into_bound(py));
    }
    if let Some(ordering) = time::compare(&a, &b)? {
        return new_bool(py, holds(op, ordering));
    }
    if types::number_of(b.as_ptr()).is_none()
        && b.get_type().getattr_opt("__array_ufunc__")?.is_some_and(|u| u.is_none())
    {
        return Ok(py.NotImplemented().into_bound(py));
    }
    if super::arith::never_ends(&a, &b)? {
        return Ok(py.NotImplemented().into_bound(py));
    }
    // An object that no array takes apart and that wants to be served first gets its turn.
    let foreign =
        types::number_of(b.as_ptr()).is_none() && crate::object::array::Array::from_object(&b).is_none();
    if foreign
        && let Some(priority) = b.get_type().getattr_opt("__array_priority__")?
        && b.get_type().getattr_opt("__array_ufunc__")?.is_none()
        && priority.extract::<f64>().is_ok_and(|p| p > SCALAR_PRIORITY)
    {
        return Ok(py.NotImplemented().into_bound(py));
    }
    let array = as_array(&a)?;
    // SAFETY: live objects.
    unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyObject_RichCompare(array.as_ptr(), b.as_ptr(), op)) }
}

/// `str_` and `bytes_` compare as Python's do.
pub(super) unsafe extern "C" fn text_richcompare(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    op: c_int,
) -> *mut ffi::PyObject {
    gate::object(|py| {
        // SAFETY: live objects, the first an instance of `str` or `bytes`; those types' slots are not null.
        let compared: Object<'_> = unsafe {
            let base = if ffi::PyUnicode_Check(a) != 0 {
                &raw mut ffi::PyUnicode_Type
            } else {
                &raw mut ffi::PyBytes_Type
            };
            let Some(compare) = (*base).tp_richcompare else { return Ok(py.NotImplemented().into_bound(py)) };
            Bound::from_owned_ptr_or_err(py, compare(a, b, op))?
        };
        if compared.is(py.NotImplemented().bind(py)) {
            // SAFETY: a live object.
            let other: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, b) };
            if crate::object::dtype::is_dtype(&other) || !other.hasattr("__array_ufunc__")? {
                return Ok(compared);
            }
            return through_array(py, a, b, op);
        }
        Ok(compared)
    })
}

pub(super) unsafe extern "C" fn text_hash(object: *mut ffi::PyObject) -> ffi::Py_hash_t {
    // SAFETY: a live instance of `str` or `bytes`; those types' slots are not null.
    unsafe {
        let base = if ffi::PyUnicode_Check(object) != 0 {
            &raw mut ffi::PyUnicode_Type
        } else {
            &raw mut ffi::PyBytes_Type
        };
        match (*base).tp_hash {
            Some(hash) => hash(object),
            None => -1,
        }
    }
}

pub(super) unsafe extern "C" fn hash(object: *mut ffi::PyObject) -> ffi::Py_hash_t {
    // SAFETY: a live object; a `float64` is a `float`, whose hash is its own.
    unsafe {
        if std::ptr::eq(ffi::Py_TYPE(object), types::class(TypeNum::Double))
            && let Some(hash) = ffi::PyFloat_Type.tp_hash
        {
            return hash(object);
        }
    }
    gate::enter(-1, |py| {
        // SAFETY: a live scalar.
        let scalar: Object<'_> = unsafe { Bound::from_borrowed_ptr(py, object) };
        let Some(num) = types::number_of(object) else { return Ok(0) };
        hash_of(&scalar, num)
    })
}

fn hash_of(scalar: &Object<'_>, num: TypeNum) -> PyResult<ffi::Py_hash_t> {
    let py = scalar.py();
    let object = scalar.as_ptr();
    // NaN is equal to nothing: its hash is its identity's, as in Python.
    let identity = || (object as usize).rotate_right(4) as ffi::Py_hash_t;
    match num.kind() {
        // SAFETY: a scalar of this type.
        Kind::Bool | Kind::Int | Kind::UInt => unsafe { read_int(object, num) }.into_pyobject(py)?.hash(),
        Kind::Float => {
            // SAFETY: a scalar of this type.
            let number = unsafe { read_real(py, object, Operand::Strong(num))? };
            if number.is_nan() { Ok(identity()) } else { PyFloat::new(py, number).hash() }
        }
        Kind::Complex => {
            let parts = element::with_bytes(scalar, num, super::text::parts);
            if parts.iter().any(|p| p.is_nan()) {
                Ok(identity())
            } else {
                PyComplex::from_doubles(py, parts[0], parts[1]).hash()
            }
        }
        // SAFETY: a scalar of this type.
        Kind::Datetime | Kind::Timedelta => time::hash(scalar, unsafe { value::<i64>(object) }),
        Kind::Void => hash_void(scalar),
        _ => Ok(identity()),
    }
}

/// A structure hashes as the tuple of its fields does, while it can't be changed.
fn hash_void(scalar: &Object<'_>) -> PyResult<ffi::Py_hash_t> {
    let flags = {
        let raw: *mut super::layout::VoidScalar = scalar.as_ptr().cast();
        // SAFETY: a void scalar.
        unsafe { (*raw).flags }
    };
    if flags & crate::object::layout::flag::WRITEABLE != 0 {
        return Err(PyTypeError::new_err("unhashable type: 'writeable void-scalar'"));
    }
    let items: Vec<Object<'_>> = scalar.try_iter()?.collect::<PyResult<_>>()?;
    PyTuple::new(scalar.py(), items)?.hash()
}
