//! Arrays from sequences and raw bytes: `arange`, `frombuffer`, `fromiter`, `fromstring`, `fromfile`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyComplex, PyDict};
use sharray_base::dtype::promote;
use sharray_base::interrupt::Meter;
use sharray_base::layout::Order;
use sharray_base::{DType, Kind, TypeNum};
use sharray_core::create;

use super::dtypes::weak_kind;
use crate::coerce;
use crate::crossings;
use crate::errors::OrRaise;
use crate::object::array::Array;
use crate::object::{dtype, scalar};
use crate::protocols::buffer;

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

fn some<'a, 'py>(value: Given<'a, 'py>) -> Given<'a, 'py> {
    value.filter(|v| !v.is_none())
}

/// `like=` through the dispatcher of the Python layer.
fn by_like<'py>(
    name: &str,
    like: Given<'_, 'py>,
    positional: &[&Bound<'py, PyAny>],
    keywords: &[(&str, Given<'_, 'py>)],
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(like) = some(like).filter(|l| Array::from_object(l).is_none_or(|a| !a.is_exact())) else {
        return Ok(None);
    };
    let py = like.py();
    let dict = PyDict::new(py);
    for (key, value) in keywords {
        if let Some(value) = value {
            dict.set_item(key, value)?;
        }
    }
    let positional = pyo3::types::PyTuple::new(py, positional.iter().copied())?;
    let dispatch = py.import("sharray._core.overrides")?.getattr("_dispatch_like")?;
    let result = dispatch.call1((name, like, positional, dict))?;
    Ok((!result.is(py.NotImplemented().bind(py))).then_some(result))
}

/// Numbers from `start` up to but not including `stop`, `step` apart; with one argument from 0 to it.
///
/// Returns a 1-d array of ceil((stop - start) / step) elements, of the dtype that the numbers have in common unless
/// `dtype` is given; datetimes and timedeltas too. Raises `ZeroDivisionError` for a step of 0 and `ValueError` for a
/// result that is too large. For steps that are no integers `linspace` is safer: its length does not hang on rounding.
///
/// >>> np.arange(2, 9, 3)
/// array([2, 5, 8])
#[pyfunction]
#[pyo3(
    signature = (start=None, stop=None, step=None, dtype=None, *, device=None, like=None),
    text_signature = "(start_or_stop, /, stop=None, step=1, *, dtype=None, device=None, like=None)"
)]
fn arange<'py>(
    py: Python<'py>,
    start: Given<'_, 'py>,
    stop: Given<'_, 'py>,
    step: Given<'_, 'py>,
    dtype: Given<'_, 'py>,
    device: Given<'_, 'py>,
    like: Given<'_, 'py>,
) -> Result<'py> {
    if let Some(device) = some(device)
        && device.extract::<String>().ok().as_deref() != Some("cpu")
    {
        return Err(PyValueError::new_err(format!(
            "Device not understood. Only \"cpu\" is allowed, but received: {device}"
        )));
    }
    let positional: Vec<&Bound<'py, PyAny>> = [start, stop, step].into_iter().flatten().collect();
    if let Some(made) = by_like("arange", like, &positional, &[("dtype", dtype)])? {
        return Ok(made);
    }
    let zero = 0i64.into_pyobject(py)?.into_any();
    let one = 1i64.into_pyobject(py)?.into_any();
    let (first, last) = match (some(start), some(stop)) {
        (None, None) => return Err(PyTypeError::new_err("arange() requires stop to be specified.")),
        (Some(only), None) => (None, only.clone()),
        (start, Some(stop)) => (start.cloned(), stop.clone()),
    };
    let explicit_start = first.is_some();
    let first = first.unwrap_or_else(|| zero.clone());
    let step = some(step).cloned().unwrap_or_else(|| one.clone());
    let wanted = match some(dtype) {
        Some(wanted) => Some(dtype::value(&dtype::coerce(wanted)?).clone()),
        None => None,
    };
    let given: Vec<&Bound<'py, PyAny>> =
        if explicit_start { vec![&first, &last, &step] } else { vec![&last, &step] };
    let element = match &wanted {
        Some(wanted) => wanted.clone(),
        None => match time_kind(&given)? {
            Some(num) => DType::of(num),
            None => sequence_dtype(py, &given)?,
        },
    };
    if matches!(element.kind(), Kind::Datetime | Kind::Timedelta) {
        return times(py, explicit_start.then_some(&first), &last, &step, &element);
    }
    if element.num().is_flexible() {
        return Err(unsupported(py, &element)?);
    }
    if wanted.is_some()
        && element.kind() != Kind::Complex
        && given.iter().any(|value| value.is_instance_of::<PyComplex>())
    {
        return Err(PyTypeError::new_err("must be real number, not complex"));
    }
    let count = length(&first, &last, &step)?;
    let native = element.to_native();
    let result = Array::new(py, &native, &[count as isize], Order::C)?;
    let itemsize = native.itemsize();
    if count > 0 {
        scalar::to_element(&first, &native, result.data())?;
    }
    if count > 1 {
        // SAFETY: at least two elements.
        let second = unsafe { result.data().add(itemsize) };
        scalar::to_element(&first.add(&step)?, &native, second)?;
    }
    if native.num() == TypeNum::Object {
        for index in 2..count {
            let value = first.add(step.mul(index)?)?;
            // SAFETY: within the fresh array.
            scalar::to_element(&value, &native, unsafe { result.data().add(index * itemsize) })?;
        }
    } else {
        create::fill_sequence(result.view_mut_unchecked()).or_raise(py)?;
    }
    if native == element {
        return Ok(result.into_object());
    }
    Ok(super::dtypes::cast(&result, &element)?.into_object())
}

/// The error for a dtype that has no sequences.
fn unsupported(py: Python<'_>, element: &DType) -> PyResult<PyErr> {
    let class = dtype::from_value(py, element)?.get_type();
    Ok(PyTypeError::new_err(format!("arange() not supported for inputs with DType {class}.")))
}

/// Points in time if a bound is one, else spans if anything is; `None` without times.
fn time_kind(given: &[&Bound<'_, PyAny>]) -> PyResult<Option<TypeNum>> {
    let mut found = None;
    for object in given {
        if weak_kind(object).is_some() {
            continue;
        }
        match coerce::asarray(object)?.dtype().num() {
            TypeNum::Datetime => return Ok(Some(TypeNum::Datetime)),
            TypeNum::Timedelta => found = Some(TypeNum::Timedelta),
            _ => {}
        }
    }
    Ok(found)
}

/// The dtype that the bounds and the step promote to.
fn sequence_dtype(py: Python<'_>, given: &[&Bound<'_, PyAny>]) -> PyResult<DType> {
    // Counting begins with a whole number, whatever the bounds are.
    let mut strong = vec![DType::of(TypeNum::Long)];
    let mut weak = None;
    for object in given {
        match weak_kind(object) {
            Some(kind) => {
                weak = weak.max(Some(kind));
                if kind == promote::Weak::Int {
                    strong.push(coerce::asarray(object)?.dtype().clone());
                }
            }
            None => strong.push(coerce::asarray(object)?.dtype().clone()),
        }
    }
    if let Some(text) = strong.iter().find(|dtype| dtype.num().is_flexible()) {
        return Err(unsupported(py, text)?);
    }
    let views: Vec<&DType> = strong.iter().collect();
    let found = promote::result_type(&views, weak).or_raise(py)?;
    Ok(found)
}

/// Number of elements: `ceil((stop - start) / step)`, exactly for integers.
fn length(first: &Bound<'_, PyAny>, last: &Bound<'_, PyAny>, step: &Bound<'_, PyAny>) -> PyResult<usize> {
    let py = first.py();
    if step.is_instance_of::<pyo3::types::PyInt>() && step.eq(0)? {
        return Err(pyo3::exceptions::PyZeroDivisionError::new_err("division by zero"));
    }
    if let (Ok(a), Ok(b), Ok(s)) = (first.extract::<i128>(), last.extract::<i128>(), step.extract::<i128>()) {
        let distance = b - a;
        let count = if s == 0 { 0 } else { (distance + s - s.signum()).div_euclid(s).max(0) };
        let count = if s < 0 { ((-distance) + (-s) - 1).div_euclid(-s).max(0) } else { count };
        return usize::try_from(count)
            .ok()
            .filter(|c| isize::try_from(*c).is_ok())
            .ok_or_else(|| PyValueError::new_err("Maximum allowed size exceeded"));
    }
    let distance = last.sub(first)?;
    let quotient = distance.div(step)?;
    let real = |part: &Bound<'_, PyAny>| part.extract::<f64>();
    let len = match real(&quotient) {
        // A step too long to tell from infinity still leaves the start.
        Ok(value) if value == 0.0 && real(&distance).is_ok_and(|d| d != 0.0) => {
            value.is_sign_positive() as usize
        }
        Ok(value) => create::arange_len(0.0, value, 1.0).or_raise(py)?,
        Err(_) => {
            let (re, im) = (real(&quotient.getattr("real")?)?, real(&quotient.getattr("imag")?)?);
            create::arange_len(0.0, re, 1.0).or_raise(py)?.min(create::arange_len(0.0, im, 1.0).or_raise(py)?)
        }
    };
    Ok(len)
}

/// `arange` of times: both bounds and the step in one unit.
fn times<'py>(
    py: Python<'py>,
    first: Option<&Bound<'py, PyAny>>,
    last: &Bound<'py, PyAny>,
    step: &Bound<'py, PyAny>,
    element: &DType,
) -> Result<'py> {
    let is_date = element.kind() == Kind::Datetime;
    if is_date && first.is_none() {
        return Err(PyValueError::new_err(
            "arange requires both a start and a stop for NumPy datetime64 ranges",
        ));
    }
    // The unit is that of bounds and step together.
    let mut unit = element.to_native();
    if coerce::asarray(step)?.dtype().kind() == Kind::Datetime {
        return Err(PyValueError::new_err("cannot use a datetime as a step in arange"));
    }
    for object in first.into_iter().chain([last, step]) {
        let array = coerce::asarray(object)?;
        let own = match array.dtype().kind() {
            Kind::Datetime | Kind::Timedelta => array.dtype().clone(),
            Kind::Unicode | Kind::Bytes if is_date => scalar::time_dtype_of(object, TypeNum::Datetime)?,
            _ => continue,
        };
        // Spans of years and months have no length in days, points have.
        let strict = own.kind() == Kind::Timedelta;
        let common = promote::common_unit(unit.time_unit(), own.time_unit(), strict).or_raise(py)?;
        unit = DType::time(element.num(), common);
    }
    let span = DType::time(TypeNum::Timedelta, unit.time_unit());
    let number = |object: &Bound<'py, PyAny>, as_dtype: &DType| -> PyResult<i64> {
        let descr = dtype::from_value(py, as_dtype)?;
        let request = coerce::Request { dtype: Some(descr), ..Default::default() };
        let array = coerce::from_any(object, &request)?;
        if array.size() != 1 {
            return Err(PyValueError::new_err("arange takes scalars"));
        }
        // SAFETY: one element of eight bytes.
        Ok(unsafe { array.data().cast::<i64>().read_unaligned() })
    };
    let start = first.map_or(Ok(0), |f| number(f, &unit))?;
    // Text says a date; numbers and spans count from the start.
    let stop_is_span = !matches!(
        coerce::asarray(last)?.dtype().kind(),
        Kind::Datetime | Kind::Unicode | Kind::Bytes | Kind::Object
    );
    let stop =
        if is_date && stop_is_span { start.wrapping_add(number(last, &span)?) } else { number(last, &unit)? };
    let step = number(step, &span)?;
    if step == 0 {
        return Err(PyValueError::new_err("arange: step cannot be zero"));
    }
    if [start, stop, step].contains(&i64::MIN) {
        return Err(PyValueError::new_err("arange: cannot use NaT (not-a-time) datetime values"));
    }
    let distance = i128::from(stop) - i128::from(start);
    let wide = i128::from(step);
    let count = if wide > 0 {
        (distance + wide - 1).div_euclid(wide)
    } else {
        (-distance - wide - 1).div_euclid(-wide)
    };
    let count = count.max(0) as isize;
    let result = Array::new(py, &unit, &[count], Order::C)?;
    for index in 0..count {
        // SAFETY: within the fresh, dense array.
        unsafe {
            result
                .data()
                .cast::<i64>()
                .offset(index)
                .write(start.wrapping_add(step.wrapping_mul(index as i64)))
        };
    }
    Ok(result.into_object())
}

/// A 1-d array of the memory of `buffer` (bytes, bytearray, memoryview, …), not copied.
///
/// `count` elements (-1: all there are) of `dtype` (float64) from byte `offset`; read-only where the buffer is. Raises
/// `ValueError` where the buffer is too small, or no multiple of the element's size.
///
/// >>> np.frombuffer(b"abcd", dtype=np.uint8, count=2, offset=1)
/// array([98, 99], dtype=uint8)
#[pyfunction]
#[pyo3(
    signature = (buffer, dtype=None, count=-1, offset=0, *, like=None),
    text_signature = "(buffer, dtype=None, count=-1, offset=0, *, like=None)"
)]
fn frombuffer<'py>(
    buffer: &Bound<'py, PyAny>,
    dtype: Given<'_, 'py>,
    count: isize,
    offset: isize,
    like: Given<'_, 'py>,
) -> Result<'py> {
    let py = buffer.py();
    if let Some(made) = by_like("frombuffer", like, &[buffer], &[("dtype", dtype)])? {
        return Ok(made);
    }
    let descr = match some(dtype) {
        Some(wanted) => dtype::coerce(wanted)?,
        None => dtype::from_value(py, &DType::of(TypeNum::Double))?,
    };
    let value = dtype::value(&descr);
    if value.holds_objects() {
        return Err(PyValueError::new_err("cannot create an OBJECT array from memory buffer"));
    }
    if value.itemsize() == 0 && value.as_structure().is_none() {
        return Err(PyValueError::new_err("itemsize cannot be zero in type"));
    }
    if value.itemsize() == 0 && count < 0 {
        return Err(PyValueError::new_err("cannot determine count if itemsize is 0"));
    }
    let (data, len, writable, base) = buffer::bytes_of(buffer)?;
    if offset < 0 || offset as usize > len {
        return Err(PyValueError::new_err(format!(
            "offset must be non-negative and no greater than buffer length ({len})"
        )));
    }
    let (available, itemsize) = (len - offset as usize, value.itemsize());
    let count = if count < 0 {
        if available % itemsize != 0 {
            return Err(PyValueError::new_err("buffer size must be a multiple of element size"));
        }
        available / itemsize
    } else if (count as usize).checked_mul(itemsize).is_none_or(|bytes| bytes > available) {
        return Err(PyValueError::new_err("buffer is smaller than requested size"));
    } else {
        count as usize
    };
    let (shape, strides) = ([count as isize], [itemsize as isize]);
    // SAFETY: `count` elements from `offset` lie within the buffer that `base` keeps.
    unsafe {
        let start = data.offset(offset);
        let array = Array::spread_memory(py, &descr, start, &shape, &strides, writable, Some(base), None)?;
        crossings::came_in(buffer, &array, crossings::Protocol::Buffer, None);
        Ok(array.into_object())
    }
}

/// A 1-d array of what an iterable gives: `count` items, or (-1) all there are.
///
/// Raises `ValueError` where there are fewer than `count`, and what the cast of an item to `dtype` raises.
///
/// >>> np.fromiter((n * n for n in range(4)), dtype=int)
/// array([0, 1, 4, 9])
#[pyfunction]
#[pyo3(
    signature = (iter, dtype, count=-1, *, like=None),
    text_signature = "(iter, dtype, count=-1, *, like=None)"
)]
fn fromiter<'py>(
    iter: &Bound<'py, PyAny>,
    dtype: &Bound<'py, PyAny>,
    count: isize,
    like: Given<'_, 'py>,
) -> Result<'py> {
    let py = iter.py();
    if let Some(made) = by_like("fromiter", like, &[iter], &[("dtype", Some(dtype))])? {
        return Ok(made);
    }
    let descr = dtype::coerce(dtype)?;
    let value = dtype::value(&descr).clone();
    if value.itemsize() == 0 && value.as_structure().is_none() {
        return Err(PyValueError::new_err("Must specify length when using variable-size data-type."));
    }
    let mut capacity = if count >= 0 { count } else { iter.len().map_or(16, |n| n as isize).max(16) };
    let mut array = Array::build(py, &descr, &[capacity], Order::C, false, None)?;
    let mut filled = 0isize;
    let mut meter = Meter::default();
    for item in iter.try_iter()? {
        if count >= 0 && filled == count {
            break;
        }
        let item = item?;
        meter.add(ITEM).or_raise(py)?;
        if filled == capacity {
            capacity += capacity / 2 + 16;
            let larger = Array::build(py, &descr, &[capacity], Order::C, false, None)?;
            let full = pyo3::types::PySlice::new(py, 0, filled, 1);
            larger.set_item(full, array.as_ref())?;
            array = larger;
        }
        array.set_item(filled, item)?;
        filled += 1;
    }
    if count >= 0 && filled < count {
        return Err(PyValueError::new_err(format!(
            "iterator too short: Expected {count} but iterator had only {filled} items."
        )));
    }
    if filled == capacity {
        return Ok(array.into_object());
    }
    array.get_item(pyo3::types::PySlice::new(py, 0, filled, 1))?.call_method0("copy")
}

/// What an item costs, in elements of cheap work.
const ITEM: usize = 64;

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(arange, module)?)?;
    module.add_function(wrap_pyfunction!(frombuffer, module)?)?;
    module.add_function(wrap_pyfunction!(fromiter, module)?)
}
