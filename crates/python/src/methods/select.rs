//! Methods that pick elements: take, put, choose, compress, repeat, nonzero; sorting and searching.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi::PyMethodDef;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyString, PyTuple};
use sharray_base::dtype::cast_rules::check_cast;
use sharray_base::layout::Order;
use sharray_base::{DType, TypeNum};
use sharray_core::assign::Casting;
use sharray_core::index::{self, Mode};

use super::layout::raveled;
use super::{given, this};
use crate::errors::OrRaise;
use crate::functions::product;
use crate::gate::Args;
use crate::object::array::Array;
use crate::object::number::{self, Op};
use crate::object::pick;
use crate::object::scalar;
use crate::object::subscript::as_intp;
use crate::object::ufunc::quick_reduce;
use crate::outputs::Outputs;
use crate::protocols::foreign;
use crate::{args, coerce, fp_report, method_def};

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Slf<'a, 'py> = &'a Bound<'py, PyAny>;

/// `mode=` of take, put and choose.
pub fn mode(value: Option<&Bound<'_, PyAny>>) -> PyResult<Mode> {
    let Some(value) = value.filter(|value| !value.is_none()) else { return Ok(Mode::Raise) };
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.to_cow()?;
        let named = [("raise", Mode::Raise), ("wrap", Mode::Wrap), ("clip", Mode::Clip)];
        return match named.into_iter().find(|(name, _)| text == *name) {
            Some((_, mode)) => Ok(mode),
            None => Err(PyValueError::new_err(format!(
                "clipmode must be one of 'clip', 'raise', or 'wrap' (got '{text}')"
            ))),
        };
    }
    if value.is_instance_of::<PyBool>() {
        return Err(PyTypeError::new_err("clipmode is one of 'clip', 'raise' and 'wrap', not a bool"));
    }
    match value.extract::<i64>().map_err(|_| PyTypeError::new_err("clipmode must be a string"))? {
        0 => Ok(Mode::Clip),
        1 => Ok(Mode::Wrap),
        2 => Ok(Mode::Raise),
        other => Err(PyValueError::new_err(format!("clipmode {other} is none of 0, 1, 2"))),
    }
}

/// Index arguments as `intp`; only safe or same-kind casts, as NumPy has it.
pub fn indices<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let array = coerce::asarray(object)?;
    if array.size() == 0 && Array::from_object(object).is_none() {
        return as_intp(&array, Casting::Unsafe);
    }
    as_intp(&array, Casting::SameKind)
}

/// Puts a fresh result into `out`, if one was given; 0-d results become scalars.
pub fn deliver<'py>(result: Array<'py>, out: Option<&Bound<'py, PyAny>>) -> Result<'py> {
    let Some(out) = out else {
        if result.ndim() == 0 {
            return scalar::from_element(result.py(), result.dtype(), result.data(), None);
        }
        return Ok(result.into_object());
    };
    let theirs = foreign::as_own(out)?;
    let target = Array::from_object(theirs.as_ref().unwrap_or(out))
        .ok_or_else(|| PyTypeError::new_err("return arrays must be of ArrayType"))?;
    target.view_mut("output array")?;
    if target.shape() != result.shape() {
        return Err(PyValueError::new_err(format!(
            "output array has wrong dimensions: {} where the result has {}",
            sharray_base::error::shape_text(target.shape()),
            sharray_base::error::shape_text(result.shape())
        )));
    }
    coerce::copy_cast(&target, &result, Casting::Unsafe)?;
    Ok(out.clone())
}

/// An `out` for picked elements is one that `source`'s dtype could safely stand in for, as NumPy asks it to be.
fn check_out(out: Option<&Bound<'_, PyAny>>, source: &Array<'_>) -> PyResult<()> {
    match out.and_then(Array::from_object) {
        Some(out) => check_cast(out.dtype(), source.dtype(), Casting::Safe).or_raise(out.py()),
        None => Ok(()),
    }
}

/// A fresh result as an array of the class that `like` has.
pub fn of_class<'py>(result: Array<'py>, like: &Array<'py>) -> Result<'py> {
    if like.is_exact() {
        return Ok(result.into_object());
    }
    let (shape, strides) = (result.shape().to_vec(), result.strides().to_vec());
    let (descr, class) = (result.descr(), like.get_type());
    // SAFETY: all of the fresh array's memory, which the new one keeps through it.
    let made = unsafe {
        Array::from_memory(
            result.py(),
            &descr,
            result.data(),
            &shape,
            &strides,
            true,
            Some(result.clone().into_object()),
            Some(&class),
        )?
    };
    crate::object::ndarray::finalize(&made, Some(like))?;
    Ok(made.into_object())
}

/// As [`deliver`], of the class that `like` has.
/// [`deliver`], as an array of the class that `like` has.
pub fn deliver_like<'py>(
    result: Array<'py>,
    out: Option<&Bound<'py, PyAny>>,
    like: &Array<'py>,
) -> Result<'py> {
    if out.is_some() || result.ndim() == 0 {
        return deliver(result, out);
    }
    of_class(result, like)
}

/// The array, or a 1-D view or copy of it when no axis is given; with the axis to use.
pub fn along<'py>(array: &Array<'py>, axis: Option<Bound<'py, PyAny>>) -> PyResult<(Array<'py>, isize)> {
    match given(axis) {
        Some(axis) => {
            let axis = args::plain_axis(&axis)?;
            // A scalar has no axis, but is taken for one of length 1 along its first or last.
            if array.ndim() == 0 && matches!(axis, 0 | -1) {
                return Ok((raveled(array, Order::C)?, 0));
            }
            Ok((array.clone(), axis))
        }
        None => {
            let flat = raveled(array, Order::C)?;
            // A class may keep more axes, as `matrix` does: its elements lie along the last.
            let last = flat.ndim() as isize - 1;
            Ok((flat, last))
        }
    }
}

pub(crate) fn take<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    if let Some(indices) = call.only()
        && let Some(taken) = pick::take(&this(slf), &indices)?
    {
        return Ok(taken.into_object());
    }
    let [picked, axis, out, how] = call.parse("take", &["indices", "axis", "out", "mode"], 1, 4)?;
    let py = slf.py();
    let (source, axis) = along(&this(slf), axis)?;
    let picked = indices(&picked.unwrap_or_else(|| py.None().into_bound(py)))?;
    check_out(out.as_ref(), &source)?;
    let mode = mode(how.as_ref())?;
    let mut outputs = Outputs::new(py, Some(source.descr()));
    index::take(source.view(), picked.view(), axis, mode, &mut outputs).or_raise(py)?;
    deliver_like(outputs.take(0)?, given(out).as_ref(), &this(slf))
}

fn put<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [places, values, how] = call.parse("put", &["indices", "values", "mode"], 2, 3)?;
    let py = slf.py();
    let array = this(slf);
    let none = || py.None().into_bound(py);
    let places = indices(&places.unwrap_or_else(none))?;
    let values = coerce::for_assignment(&values.unwrap_or_else(none), &array)?;
    let mode = mode(how.as_ref())?;
    let target = array.view_mut("put: output array")?;
    fp_report::casting(py, values.dtype(), array.dtype(), || {
        index::put(target, places.view(), values.view(), mode)
    })?;
    Ok(none())
}

/// NumPy's limits of `choose`: operands, and axes.
const MOST_OPERANDS: usize = 64;
const MOST_AXES: usize = 32;

fn choose<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let mut out = None;
    let mut how = None;
    for (name, value) in call.keywords() {
        match &*name.extract::<String>()? {
            "out" => out = given(Some(value)),
            "mode" => how = Some(value),
            other => {
                return Err(PyTypeError::new_err(format!(
                    "choose() got an unexpected keyword argument '{other}'"
                )));
            }
        }
    }
    let py = slf.py();
    let positional = call.positional();
    let choices = match &positional[..] {
        [only] => coerce::items(only)?,
        many => many.to_vec(),
    };
    if choices.len() + 1 > MOST_OPERANDS {
        return Err(PyValueError::new_err(format!(
            "Need at least 0 and at most {MOST_OPERANDS} array objects, not {} choices and what chooses",
            choices.len()
        )));
    }
    let objects = choices;
    let choices: Vec<Array<'py>> = objects.iter().map(coerce::asarray).collect::<PyResult<_>>()?;
    let common = crate::functions::join::common_with_weak(py, &objects, &choices)?;
    let as_common = |(object, choice): (&Bound<'py, PyAny>, &Array<'py>)| {
        if crate::functions::dtypes::weak_kind(object).is_none() {
            check_cast(choice.dtype(), &common, Casting::Safe).or_raise(py)?;
        }
        crate::functions::dtypes::cast(choice, &common)
    };
    let choices: Vec<Array<'py>> = objects.iter().zip(&choices).map(as_common).collect::<PyResult<_>>()?;
    let picked = indices(slf)?;
    if let Some(deep) = choices.iter().chain([&picked]).find(|array| array.ndim() > MOST_AXES) {
        return Err(pyo3::exceptions::PyRuntimeError::new_err(format!(
            "choose works on at most {MOST_AXES} dimensions but the array has {}",
            deep.ndim()
        )));
    }
    let views: Vec<_> = choices.iter().map(|c| c.view()).collect();
    let mut outputs = Outputs::new(py, None);
    index::choose(picked.view(), &views, mode(how.as_ref())?, &mut outputs).or_raise(py)?;
    deliver_like(outputs.take(0)?, out.as_ref(), &this(slf))
}

fn compress<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [condition, axis, out] = call.parse("compress", &["condition", "axis", "out"], 1, 3)?;
    let py = slf.py();
    let (source, axis) = along(&this(slf), axis)?;
    let condition = coerce::asarray(&condition.unwrap_or_else(|| py.None().into_bound(py)))?;
    if condition.ndim() != 1 {
        return Err(PyValueError::new_err("condition must be a 1-d array"));
    }
    let condition = crate::functions::dtypes::cast(&condition, &DType::of(TypeNum::Bool))?;
    check_out(out.as_ref(), &source)?;
    let mut outputs = Outputs::new(py, Some(source.descr()));
    index::compress(condition.view(), source.view(), axis, &mut outputs).or_raise(py)?;
    deliver_like(outputs.take(0)?, given(out).as_ref(), &this(slf))
}

fn repeat<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let [counts, axis] = call.parse("repeat", &["repeats", "axis"], 1, 2)?;
    let py = slf.py();
    let (source, axis) = along(&this(slf), axis)?;
    // Numbers in a list are made whole, an array of others is refused.
    let intp = crate::object::dtype::from_value(py, &DType::of(TypeNum::Long))?;
    let counts = coerce::unforced(&counts.unwrap_or_else(|| py.None().into_bound(py)), &intp)?;
    let mut outputs = Outputs::new(py, Some(source.descr()));
    index::repeat(source.view(), counts.view(), axis, &mut outputs).or_raise(py)?;
    of_class(outputs.take(0)?, &this(slf))
}

pub(crate) fn nonzero<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let py = slf.py();
    let array = this(slf);
    if call.raw().is_empty()
        && let Some(found) = pick::nonzero(&array)?
    {
        return Ok(found);
    }
    let [] = call.parse("nonzero", &[], 0, 0)?;
    if array.ndim() == 0 {
        return Err(PyValueError::new_err(
            "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead. If the context of \
             this error is of the form `arr[nonzero(cond)]`, just use `arr[cond]`.",
        ));
    }
    let mut outputs = Outputs::new(py, None);
    index::nonzero(array.view(), &mut outputs).or_raise(py)?;
    let found: Vec<_> =
        (0..array.ndim()).map(|axis| outputs.take(axis).map(Array::into_object)).collect::<PyResult<_>>()?;
    Ok(PyTuple::new(py, found)?.into_any())
}

/// The sum of a plain matrix's diagonal, if it is of a number that is summed in its own type.
fn plain_trace<'py>(array: &Array<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let ([rows, columns], [down, along]) = (array.shape(), array.strides()) else { return Ok(None) };
    if !array.is_exact() {
        return Ok(None);
    }
    // SAFETY: steps along both axes at once, as many as both have: the array's own elements.
    let diagonal = unsafe { array.plain_view(array.data(), &[*rows.min(columns)], &[down + along]) };
    let Some(diagonal) = diagonal else { return Ok(None) };
    quick_reduce::reduce(&number::ufunc(array.py(), Op::Add)?, diagonal.as_any(), None, false)
}

pub(crate) fn trace<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    if call.raw().is_empty()
        && let Some(total) = plain_trace(&this(slf))?
    {
        return Ok(total);
    }
    let [offset, axis1, axis2, dtype, out] =
        call.parse("trace", &["offset", "axis1", "axis2", "dtype", "out"], 0, 5)?;
    let py = slf.py();
    let none = || py.None().into_bound(py);
    let number = |v: Option<Bound<'py, PyAny>>, default: isize| match v {
        Some(v) => Ok(v),
        None => default.into_pyobject(py).map(Bound::into_any),
    };
    let diagonal =
        slf.call_method1("diagonal", (number(offset, 0)?, number(axis1, 0)?, number(axis2, 1)?))?;
    let alone = given(out.clone()).is_none() && Array::given(&diagonal, "diagonal")?.ndim() == 1;
    let total = diagonal.call_method1("sum", (-1, dtype.unwrap_or_else(none), out.unwrap_or_else(none)))?;
    // One total is a scalar, whatever the array's class.
    match Array::from_object(&total).filter(|array| alone && array.ndim() == 0) {
        Some(array) => coerce::asarray(array.as_ref())?.get_item(PyTuple::empty(py)),
        None => Ok(total),
    }
}

fn dot<'py>(slf: Slf<'_, 'py>, call: Args<'_, 'py>) -> Result<'py> {
    let py = slf.py();
    if let Some(other) = call.only()
        && let Some(result) = product::short_dot(slf, &other, None)?
    {
        return Ok(result);
    }
    let [other, out] = call.parse("dot", &["b", "out"], 1, 2)?;
    let none = || py.None().into_bound(py);
    let function = py.import("sharray._engine")?.getattr("dot")?;
    function.call1((slf, other.unwrap_or_else(none), out.unwrap_or_else(none)))
}

/// This file's methods.
pub fn rows() -> Vec<PyMethodDef> {
    vec![
        method_def!("take", take),
        method_def!("put", put),
        method_def!("choose", choose),
        method_def!("compress", compress),
        method_def!("repeat", repeat),
        method_def!("nonzero", nonzero),
        method_def!("trace", trace),
        method_def!("dot", dot),
    ]
}
