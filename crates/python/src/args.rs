//! Arguments as NumPy takes them: shapes, axes, orders, casting rules, booleans; each with NumPy's exceptions.

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PySequence, PyTuple};
use sharray_base::Dims;
use sharray_base::MAX_NDIM;
use sharray_base::TypeNum;
use sharray_base::layout::{Order, normalize_axis};
use sharray_core::assign::Casting;

use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::scalar;

/// An integer argument, through `__index__`.
pub fn index(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    // SAFETY: a live object; errors are fetched below.
    let value = unsafe { ffi::PyNumber_AsSsize_t(object.as_ptr(), ffi::PyExc_OverflowError) };
    if value == -1
        && let Some(error) = PyErr::take(object.py())
    {
        if error.is_instance_of::<PyOverflowError>(object.py()) {
            return Err(PyValueError::new_err("Maximum allowed dimension exceeded"));
        }
        return Err(error);
    }
    Ok(value)
}

/// True for truth values of Python and of ours, which count nothing.
fn is_truth(object: &Bound<'_, PyAny>) -> bool {
    object.is_instance_of::<PyBool>() || scalar::number_of(object) == Some(TypeNum::Bool)
}

/// An extent of a shape: an integer, and no truth value.
///
/// # Errors
/// `TypeError` for anything else.
pub fn extent(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    if is_truth(object) { Err(PyTypeError::new_err("an integer is required")) } else { index(object) }
}

/// A shape: an integer or a sequence of integers.
///
/// # Errors
/// `TypeError` for anything else, truth values included.
pub fn shape(object: &Bound<'_, PyAny>) -> PyResult<Dims> {
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return tuple.iter_borrowed().map(|item| extent(&item)).collect();
    }
    let counts = !is_truth(object) && object.getattr_opt(pyo3::intern!(object.py(), "__index__"))?.is_some();
    if counts && !is_sequence(object) {
        return Ok(Dims::from_slice(&[index(object)?]));
    }
    if !is_sequence(object) {
        return Err(PyTypeError::new_err(format!(
            "expected a sequence of integers or a single integer, got '{}'",
            object.repr()?
        )));
    }
    let sequence = object.cast::<PySequence>().map_err(PyErr::from);
    match sequence {
        Ok(sequence) => sequence.try_iter()?.map(|item| extent(&item?)).collect(),
        Err(_) => object.try_iter()?.map(|item| extent(&item?)).collect(),
    }
}

/// A shape of few plain integers, given one by one or as a tuple, read into `room`; `None` for others.
pub fn plain_shape<'a>(given: &[*mut ffi::PyObject], room: &'a mut [isize]) -> Option<&'a mut [isize]> {
    // SAFETY: live objects; a tuple's items stay while it lives; an `int` sets no error.
    unsafe {
        let items = match given {
            [one] if std::ptr::eq(ffi::Py_TYPE(*one), &raw mut ffi::PyTuple_Type) => {
                let tuple = one.cast::<ffi::PyTupleObject>();
                std::slice::from_raw_parts((*tuple).ob_item.as_ptr(), ffi::PyTuple_GET_SIZE(*one) as usize)
            }
            [] => return None,
            many => many,
        };
        let shape = room.get_mut(..items.len())?;
        for (place, item) in shape.iter_mut().zip(items) {
            let mut overflow = 0;
            if !std::ptr::eq(ffi::Py_TYPE(*item), &raw mut ffi::PyLong_Type) {
                return None;
            }
            *place = ffi::PyLong_AsLongLongAndOverflow(*item, &mut overflow) as isize;
            if overflow != 0 {
                return None;
            }
        }
        Some(shape)
    }
}

fn is_sequence(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: a live object.
    let sequence = unsafe { ffi::PySequence_Check(object.as_ptr()) != 0 };
    // A 0-d array or an array scalar passes `PySequence_Check` but stands for a number.
    sequence && Array::from_object(object).is_none_or(|array| array.ndim() > 0) && object.len().is_ok()
}

/// A shape from a method's variadic arguments: `reshape(2, 3)` or `reshape((2, 3))`.
pub fn shape_from(positional: &[Bound<'_, PyAny>]) -> PyResult<Dims> {
    match positional {
        [one] => shape(one),
        many => many.iter().map(extent).collect(),
    }
}

/// `order=`: `'C'`, `'F'`, `'A'`, `'K'` in either case, or `None` for `default`.
pub fn order(object: Option<&Bound<'_, PyAny>>, default: Order) -> PyResult<Order> {
    let Some(object) = object.filter(|o| !o.is_none()) else { return Ok(default) };
    let text: std::borrow::Cow<'_, str> = object.extract().map_err(|_| {
        PyTypeError::new_err(format!(
            "order must be str, not {}",
            object.get_type().name().map_or_else(|_| "?".into(), |n| n.to_string())
        ))
    })?;
    match &*text {
        "C" | "c" => Ok(Order::C),
        "F" | "f" => Ok(Order::F),
        "A" | "a" => Ok(Order::Any),
        "K" | "k" => Ok(Order::Keep),
        other => {
            Err(PyValueError::new_err(format!("order must be one of 'C', 'F', 'A', or 'K' (got '{other}')")))
        }
    }
}

/// `casting=`, or `default`.
pub fn casting(object: Option<&Bound<'_, PyAny>>, default: Casting) -> PyResult<Casting> {
    let Some(object) = object else { return Ok(default) };
    let text: std::borrow::Cow<'_, str> =
        object.extract().map_err(|_| PyTypeError::new_err("casting must be a string"))?;
    match &*text {
        "no" => Ok(Casting::No),
        "equiv" => Ok(Casting::Equiv),
        "safe" => Ok(Casting::Safe),
        "same_kind" => Ok(Casting::SameKind),
        "unsafe" => Ok(Casting::Unsafe),
        other => Err(PyValueError::new_err(format!(
            "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', or 'same_value' (got '{other}')"
        ))),
    }
}

/// `axis=` of functions that take one axis or `None`.
pub fn axis(object: Option<&Bound<'_, PyAny>>, ndim: usize) -> PyResult<Option<usize>> {
    let Some(object) = object.filter(|o| !o.is_none()) else { return Ok(None) };
    let axis = plain_axis(object)?;
    normalize_axis(axis, ndim).or_raise(object.py()).map(Some)
}

/// An axis as an integer, not yet checked against the number of axes.
pub fn axis_number(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    // SAFETY: a live object; errors are fetched by `?` below.
    let value = unsafe { ffi::PyNumber_AsSsize_t(object.as_ptr(), ffi::PyExc_OverflowError) };
    match PyErr::take(object.py()) {
        Some(error) if value == -1 => Err(error),
        _ => Ok(value),
    }
}

/// As [`axis_number`], but truth values are none.
///
/// # Errors
/// `TypeError` for what is no integer.
pub fn whole_number(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    if is_truth(object) { Err(PyTypeError::new_err("an integer is required")) } else { axis_number(object) }
}

/// As [`whole_number`], where one axis is asked for.
///
/// # Errors
/// `TypeError` for what is no integer.
pub fn plain_axis(object: &Bound<'_, PyAny>) -> PyResult<isize> {
    if is_truth(object) {
        return Err(PyTypeError::new_err("an integer is required for the axis"));
    }
    axis_number(object)
}

/// `axis=` of reductions: `None` (all), an integer, or a tuple; as a mask over the axes.
pub fn axes(object: Option<&Bound<'_, PyAny>>, ndim: usize) -> PyResult<[bool; MAX_NDIM]> {
    let mut mask = [false; MAX_NDIM];
    let Some(object) = object.filter(|o| !o.is_none()) else {
        mask[..ndim].fill(true);
        return Ok(mask);
    };
    let py = object.py();
    if let Ok(tuple) = object.cast::<PyTuple>() {
        for item in tuple.iter() {
            let axis = normalize_axis(whole_number(&item)?, ndim).or_raise(py)?;
            if std::mem::replace(&mut mask[axis], true) {
                return Err(PyValueError::new_err(format!("duplicate value in 'axis': {axis}")));
            }
        }
        return Ok(mask);
    }
    let axis = whole_number(object)?;
    // NumPy lets a 0-d array be reduced over axis 0 or -1.
    if ndim == 0 && (axis == 0 || axis == -1) {
        return Ok(mask);
    }
    mask[normalize_axis(axis, ndim).or_raise(py)?] = true;
    Ok(mask)
}

/// A flag that NumPy reads as an integer: `keepdims=` of reductions.
///
/// # Errors
/// `TypeError` for what is no integer, NumPy's bools included.
pub fn whole_flag(object: Option<&Bound<'_, PyAny>>, default: bool) -> PyResult<bool> {
    let Some(object) = object else { return Ok(default) };
    if let Ok(flag) = object.cast_exact::<pyo3::types::PyBool>() {
        return Ok(flag.is_true());
    }
    Ok(axis_number(object)? != 0)
}

/// A flag that is a Python bool and nothing else: `keepdims=` and `subok=` of ufuncs.
///
/// # Errors
/// `TypeError` for anything else.
pub fn strict_flag(object: Option<&Bound<'_, PyAny>>, name: &str, default: bool) -> PyResult<bool> {
    let Some(object) = object else { return Ok(default) };
    match object.cast_exact::<pyo3::types::PyBool>() {
        Ok(flag) => Ok(flag.is_true()),
        Err(_) => Err(PyTypeError::new_err(format!("'{name}' must be a boolean"))),
    }
}

/// The truth of an optional flag argument.
pub fn truth(object: Option<&Bound<'_, PyAny>>, default: bool) -> PyResult<bool> {
    object.map_or(Ok(default), |o| o.is_truthy())
}
