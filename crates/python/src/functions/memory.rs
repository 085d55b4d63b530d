//! Questions about memory, and small helpers of the Python layer.

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyType;
use sharray_base::Error;
use sharray_base::error::shape_text;
use sharray_base::layout::overlap::{self, Extent, Overlap, Term};
use sharray_base::layout::{self, Order, normalize_axis};

use crate::coerce;
use crate::errors::{LazyClass, OrRaise};
use crate::object::array::Array;
use crate::object::dtype;
use crate::object::extent;
use crate::object::handler::TITLE;
use crate::{args, object};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

fn overlapping(
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
    max_work: Option<&Bound<'_, PyAny>>,
    default: i64,
) -> PyResult<bool> {
    static TOO_HARD: LazyClass = LazyClass::new("sharray.exceptions", "TooHardError");
    let py = a.py();
    // Anything but an array is converted, which makes a fresh copy: it shares nothing, but is checked as NumPy checks it.
    let (a, b) = (coerce::asarray(a)?, coerce::asarray(b)?);
    let work = match max_work.filter(|w| !w.is_none()) {
        None => default,
        Some(work) => work.extract()?,
    };
    if work < -1 {
        return Err(PyValueError::new_err("Invalid value for max_work"));
    }
    let bound = if work == -1 { None } else { Some(work as u64) };
    let (left, right) = (Extent::from(a.view()), Extent::from(b.view()));
    match left.overlap(&right, bound) {
        Overlap::No => Ok(false),
        Overlap::Yes => Ok(true),
        Overlap::TooHard if default == 0 => Ok(true),
        Overlap::TooHard => Err(PyErr::from_value(TOO_HARD.get(py)?.call1(("Exceeded max_work",))?)),
    }
}

#[pyfunction]
#[pyo3(signature = (a, b, /, max_work=None))]
fn may_share_memory(
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
    max_work: Option<&Bound<'_, PyAny>>,
) -> PyResult<bool> {
    overlapping(a, b, max_work, 0)
}

#[pyfunction]
#[pyo3(signature = (a, b, /, max_work=None))]
fn shares_memory(
    a: &Bound<'_, PyAny>,
    b: &Bound<'_, PyAny>,
    max_work: Option<&Bound<'_, PyAny>>,
) -> PyResult<bool> {
    overlapping(a, b, max_work, -1)
}

/// Whether two elements of the array share memory, found in at most `max_work` steps (-1: as many as it takes); true
/// where that was too hard.
#[pyfunction]
#[pyo3(signature = (array, max_work=-1))]
fn _internal_overlap(array: &Bound<'_, PyAny>, max_work: i64) -> PyResult<bool> {
    let array = coerce::asarray(array)?;
    let found = Extent::from(array.view()).internal_overlap(u64::try_from(max_work).ok());
    Ok(found != Overlap::No)
}

/// A view of `x`'s memory from its first element on, with any shape and strides; with `check_bounds` none that leaves
/// the memory of `x`'s owner.
#[pyfunction]
#[pyo3(signature = (x, shape, strides, check_bounds))]
fn _as_strided<'py>(
    x: &Bound<'py, PyAny>,
    shape: &Bound<'py, PyAny>,
    strides: &Bound<'py, PyAny>,
    check_bounds: bool,
) -> Result<'py> {
    let array = Array::given(x, "x")?;
    let (shape, strides) = (args::shape(shape)?, args::shape(strides)?);
    if shape.len() != strides.len() {
        return Err(PyValueError::new_err(format!(
            "mismatch in length of strides ({}) and shape ({})",
            strides.len(),
            shape.len()
        )));
    }
    let itemsize = array.dtype().itemsize();
    layout::checked_len(&shape, itemsize).or_raise(x.py())?;
    layout::checked_byte_bounds(&shape, &strides, itemsize)
        .ok_or_else(|| PyValueError::new_err("the strides lead out of the address space"))?;
    if check_bounds && !extent::holds(&array, array.data(), &shape, &strides, itemsize) {
        return Err(PyValueError::new_err(format!(
            "shape {} with strides {} leaves the memory of the array, whose shape is {} and strides {}; \
             check_bounds=False makes the view all the same",
            shape_text(&shape),
            shape_text(&strides),
            shape_text(array.shape()),
            shape_text(array.strides())
        )));
    }
    // SAFETY: within the owner's memory, or the caller takes the answer for it.
    Ok(unsafe { array.sub_view_as(&array.descr(), array.data(), &shape, &strides, None)? }.into_object())
}

/// An `x` for each of `coefficients`, from 0 to its bound, with the sum of the products `total`; `None` if there is none.
/// With `off_centre` a solution for half the greatest sum in which not all are half their bounds. What the questions
/// about shared memory come down to.
#[pyfunction]
#[pyo3(signature = (coefficients, bounds, total, off_centre=false))]
fn _solve_bounded(
    coefficients: Vec<i64>,
    bounds: Vec<i64>,
    total: i64,
    off_centre: bool,
) -> PyResult<Option<Vec<i128>>> {
    let pairs = coefficients.iter().zip(&bounds);
    if coefficients.len() != bounds.len() || pairs.clone().any(|(a, n)| *a <= 0 || *n < 0) {
        return Err(PyValueError::new_err(
            "coefficients are positive, and each has a bound that is not negative",
        ));
    }
    let terms: Vec<Term> = pairs.map(|(a, n)| Term { a: *a as i128, n: *n as i128 }).collect();
    terms
        .iter()
        .try_fold(0i128, |sum, t| sum.checked_add(t.a * t.n))
        .filter(|sum| *sum < i128::MAX / 4)
        .ok_or_else(|| PyOverflowError::new_err("the sum of the products is too large"))?;
    if !off_centre {
        return Ok(overlap::solution(&terms, total as i128));
    }
    if bounds.iter().any(|n| n % 2 != 0) {
        return Err(PyValueError::new_err("a middle asks for even bounds"));
    }
    Ok(overlap::off_centre(&terms))
}

#[pyfunction]
#[pyo3(signature = (axis, ndim, msg_prefix=None))]
fn normalize_axis_index(axis: &Bound<'_, PyAny>, ndim: isize, msg_prefix: Option<String>) -> PyResult<usize> {
    let py = axis.py();
    let axis = args::axis_number(axis)?;
    normalize_axis(axis, ndim.max(0) as usize).map_err(|error| match (error, msg_prefix) {
        (Error::Axis { axis, ndim, .. }, Some(prefix)) => {
            static AXIS_ERROR: LazyClass = LazyClass::new("sharray.exceptions", "AxisError");
            let made = AXIS_ERROR.get(py).and_then(|class| class.call1((axis, ndim, prefix)));
            made.map_or_else(|e| e, PyErr::from_value)
        }
        (error, _) => crate::errors::to_python(py, error),
    })
}

/// The empty array that a pickle's state is set on.
#[pyfunction]
#[pyo3(signature = (subtype, shape, dtype, /))]
fn _reconstruct<'py>(
    subtype: &Bound<'py, PyType>,
    shape: &Bound<'py, PyAny>,
    dtype: &Bound<'py, PyAny>,
) -> Result<'py> {
    let py = subtype.py();
    let descr = dtype::coerce(dtype)?;
    if !subtype.is_subclass(object::ndarray::class(py).as_any())? {
        return Err(PyTypeError::new_err("_reconstruct: First argument must be a sub-type of ndarray"));
    }
    let shape = args::shape(shape)?;
    Ok(Array::build(py, &descr, &shape, Order::C, false, Some(subtype))?.into_object())
}

#[pyfunction]
#[pyo3(signature = (a=None, /))]
fn get_handler_name(a: Option<&Bound<'_, PyAny>>) -> PyResult<Option<&'static str>> {
    let Some(a) = a else { return Ok(Some(TITLE)) };
    let array = Array::from_object(a)
        .ok_or_else(|| PyValueError::new_err("if supplied, argument must be an ndarray"))?;
    Ok((!array.fields().mem_handler.is_null()).then_some(TITLE))
}

#[pyfunction]
#[pyo3(signature = (a=None, /))]
fn get_handler_version(a: Option<&Bound<'_, PyAny>>) -> PyResult<Option<i32>> {
    Ok(get_handler_name(a)?.map(|_| 1))
}

#[pyfunction]
#[pyo3(signature = (obj, dtype=None))]
fn _discover_array_parameters<'py>(
    obj: &Bound<'py, PyAny>,
    dtype: Option<&Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
    let py = obj.py();
    let wanted = dtype.filter(|d| !d.is_none()).map(crate::object::dtype::coerce).transpose()?;
    match Array::from_object(obj) {
        Some(array) => {
            let descr = wanted.map_or(Ok(array.descr()), |w| coerce::adapt_flexible(&w, &array))?;
            Ok((descr, array.getattr("shape")?))
        }
        None => {
            let found = coerce::discover(obj, wanted.as_ref(), sharray_base::MAX_NDIM)?;
            Ok((found.descr.clone(), pyo3::types::PyTuple::new(py, &found.shape)?.into_any()))
        }
    }
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(may_share_memory, module)?)?;
    module.add_function(wrap_pyfunction!(shares_memory, module)?)?;
    module.add_function(wrap_pyfunction!(_internal_overlap, module)?)?;
    module.add_function(wrap_pyfunction!(_solve_bounded, module)?)?;
    module.add_function(wrap_pyfunction!(_as_strided, module)?)?;
    module.add_function(wrap_pyfunction!(normalize_axis_index, module)?)?;
    module.add_function(wrap_pyfunction!(_reconstruct, module)?)?;
    module.add_function(wrap_pyfunction!(get_handler_name, module)?)?;
    module.add_function(wrap_pyfunction!(get_handler_version, module)?)?;
    module.add_function(wrap_pyfunction!(_discover_array_parameters, module)?)?;
    module.add("tracemalloc_domain", 389_047)?;
    Ok(())
}
