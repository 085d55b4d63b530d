//! Functions of dates: `datetime_as_string`, `datetime_data`, business days.

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;
use sharray_base::dtype::{TimeUnit, Unit, cast_rules, parse};
use sharray_base::layout::{Order, broadcast_shapes, broadcast_strides};
use sharray_base::{DType, Dims, TypeNum};
use sharray_core::assign::Casting;
use sharray_kernels::datetime::business::{Calendar, Roll, parse_weekmask};
use sharray_kernels::datetime::civil::Civil;
use sharray_kernels::datetime::iso::{self, Zone};

use super::dtypes::cast;
use crate::args;
use crate::coerce::{self, Request};
use crate::errors::OrRaise;
use crate::methods::select::deliver;
use crate::object::array::Array;
use crate::object::dtype;

type Result<'py> = PyResult<Bound<'py, PyAny>>;
type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

fn some<'a, 'py>(value: Given<'a, 'py>) -> Given<'a, 'py> {
    value.filter(|v| !v.is_none())
}

/// Not a time.
const NAT: i64 = i64::MIN;

/// The 64-bit numbers of a dense array.
fn numbers<'a>(array: &'a Array<'_>) -> &'a [i64] {
    debug_assert!(array.view().is_c_contiguous());
    let count = array.size();
    // SAFETY: callers pass dense, aligned arrays of 8-byte numbers.
    if count == 0 { &[] } else { unsafe { std::slice::from_raw_parts(array.data().cast(), count) } }
}

/// The array as dense native elements of `wanted`.
fn dense<'py>(object: &Bound<'py, PyAny>, wanted: &DType, casting: Casting) -> PyResult<Array<'py>> {
    let py = object.py();
    let array = coerce::asarray(object)?;
    let is_time = matches!(array.dtype().num(), TypeNum::Datetime | TypeNum::Timedelta);
    if is_time {
        cast_rules::check_cast(array.dtype(), wanted, casting).or_raise(py)?;
    }
    let descr = dtype::from_value(py, wanted)?;
    let source = if is_time { array.into_object() } else { object.clone() };
    coerce::from_any(&source, &Request { dtype: Some(descr), order: Order::C, ..Request::default() })
}

/// The unit of a dtype of datetimes or timedeltas, and how many of it a step is.
///
/// Raises `TypeError` for other dtypes.
///
/// >>> np.datetime_data(np.dtype("M8[15m]"))
/// ('m', 15)
#[pyfunction]
#[pyo3(signature = (dtype, /))]
fn datetime_data(dtype: &Bound<'_, PyAny>) -> PyResult<(&'static str, i32)> {
    let descr = dtype::coerce(dtype)?;
    let value = dtype::value(&descr);
    if !matches!(value.num(), TypeNum::Datetime | TypeNum::Timedelta) {
        return Err(PyTypeError::new_err("cannot get datetime metadata from non-datetime type"));
    }
    let TimeUnit { unit, count } = value.time_unit();
    Ok((unit.symbol(), count))
}

/// Minutes that a `tzinfo` is ahead of UTC at a point in time.
fn zone_minutes(zone: &Bound<'_, PyAny>, civil: &Civil) -> PyResult<i64> {
    let py = zone.py();
    let class = py.import("datetime")?.getattr("datetime")?;
    let fields = (civil.year, civil.month, civil.day, civil.hour, civil.minute);
    let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
    let keywords = pyo3::types::PyDict::new(py);
    keywords.set_item("tzinfo", utc)?;
    let point = class.call(fields, Some(&keywords))?;
    let offset = point.call_method1("astimezone", (zone,))?.call_method0("utcoffset")?;
    let seconds: f64 = offset.call_method0("total_seconds")?.extract()?;
    Ok((seconds / 60.0).floor() as i64)
}

#[pyfunction]
#[pyo3(signature = (arr, unit=None, timezone=None, casting=None))]
fn datetime_as_string<'py>(
    arr: &Bound<'py, PyAny>,
    unit: Given<'_, 'py>,
    timezone: Given<'_, 'py>,
    casting: Given<'_, 'py>,
) -> Result<'py> {
    let py = arr.py();
    let array = coerce::asarray(arr)?;
    if array.dtype().num() != TypeNum::Datetime {
        return Err(PyTypeError::new_err("input must have type NumPy datetime"));
    }
    let have = array.dtype().time_unit();
    let rule = args::casting(casting, Casting::SameKind)?;
    let mut automatic = false;
    let shown = match some(unit) {
        None => have.unit,
        Some(text) => {
            let text: String = text
                .extract()
                .map_err(|_| PyTypeError::new_err("the unit must be a string such as 'ms', or 'auto'"))?;
            if text == "auto" {
                automatic = true;
                have.unit
            } else {
                let wanted = parse::parse_unit(&text).or_raise(py)?;
                if wanted.count != 1 {
                    return Err(PyValueError::new_err("the datetime unit must not have a multiplier"));
                }
                let target = DType::time(TypeNum::Datetime, wanted);
                if !cast_rules::can_cast(array.dtype(), &target, rule) {
                    return Err(PyTypeError::new_err(format!(
                        "Cannot create a datetime string as units '{}' from a NumPy datetime with units '{}' according to \
                         the rule '{}'",
                        wanted.unit.symbol(),
                        have.unit.symbol(),
                        rule.name()
                    )));
                }
                wanted.unit
            }
        }
    };
    let (mut zone, mut info) = (Zone::Naive, None);
    let mut local = false;
    if let Some(given) = some(timezone) {
        match given.cast::<PyString>().map(|t| t.to_string()) {
            Ok(text) if text == "naive" => {}
            Ok(text) if text == "UTC" => zone = Zone::Utc,
            Ok(text) if text == "local" => local = true,
            Ok(text) => {
                return Err(PyValueError::new_err(format!(
                    "Unsupported timezone input string \"{text}\": use 'naive', 'UTC' or 'local'"
                )));
            }
            Err(_) => info = Some(given.clone()),
        }
        let date_only = shown < Unit::Hour && !automatic;
        if (local || info.is_some()) && date_only && rule != Casting::Unsafe {
            return Err(PyTypeError::new_err(format!(
                "Cannot create a local timezone-based date string from a NumPy datetime without forcing 'unsafe' casting \
                 (unit '{}')",
                shown.symbol()
            )));
        }
    }
    let ticks = dense(array.as_ref(), &array.dtype().to_native(), Casting::Unsafe)?;
    let mut civils = Vec::with_capacity(ticks.size());
    for &tick in numbers(&ticks) {
        civils.push(Civil::from_ticks(tick, have).or_raise(py)?);
    }
    let shown = if automatic {
        civils.iter().flatten().map(iso::lossless_unit).max().unwrap_or(Unit::Day)
    } else {
        shown
    };
    let mut texts = Vec::with_capacity(civils.len());
    for civil in civils {
        let own = match (&civil, &info, local) {
            (Some(civil), Some(info), _) => Zone::Offset(zone_minutes(info, civil)?),
            (Some(civil), None, true) => {
                let seconds = civil.to_ticks(TimeUnit::one(Unit::Second)).or_raise(py)?;
                Zone::Offset(iso::local_offset_minutes(seconds))
            }
            _ => zone,
        };
        // A date tells no offset: it is the other zone's date.
        let (civil, own) = match (civil, own) {
            (Some(civil), Zone::Offset(minutes)) if shown < Unit::Hour => {
                (Some(civil.shifted_by_minutes(minutes).or_raise(py)?), Zone::Naive)
            }
            other => other,
        };
        texts.push(iso::format(civil, shown, own).or_raise(py)?);
    }
    let width = iso::max_length(shown).max(texts.iter().map(String::len).max().unwrap_or(0));
    let text_dtype = DType::flexible(TypeNum::Unicode, 4 * width);
    let result = Array::zeros(py, &text_dtype, ticks.shape(), Order::C)?;
    for (index, text) in texts.iter().enumerate() {
        // SAFETY: each fresh element has room for `width` characters.
        unsafe {
            let element = result.data().add(index * 4 * width).cast::<u32>();
            text.chars().enumerate().for_each(|(i, c)| element.add(i).write(c as u32));
        }
    }
    deliver(result, None)
}

/// A weekmask argument: text, or seven truth values.
fn weekmask(object: Given<'_, '_>) -> PyResult<[bool; 7]> {
    let Some(object) = some(object) else { return Ok([true, true, true, true, true, false, false]) };
    let py = object.py();
    if let Ok(text) = object.extract::<String>() {
        return parse_weekmask(&text).or_raise(py);
    }
    if let Ok(bytes) = object.extract::<Vec<u8>>()
        && object.is_instance_of::<pyo3::types::PyBytes>()
    {
        return parse_weekmask(&String::from_utf8_lossy(&bytes)).or_raise(py);
    }
    let wrong = || PyValueError::new_err("A business day weekmask array must have length 7");
    let items = coerce::items(object)
        .map_err(|_| PyValueError::new_err("Couldn't convert object into a business day weekmask"))?;
    if items.len() != 7 {
        return Err(wrong());
    }
    let mut mask = [false; 7];
    for (slot, item) in mask.iter_mut().zip(items) {
        *slot = match item.extract::<i64>().or_else(|_| item.is_truthy().map(i64::from)) {
            Ok(0) => false,
            Ok(1) => true,
            _ => {
                return Err(PyValueError::new_err("A business day weekmask array must have all 1's and 0's"));
            }
        };
    }
    Ok(mask)
}

fn days() -> DType {
    DType::time(TypeNum::Datetime, TimeUnit::one(Unit::Day))
}

fn calendar(mask: Given<'_, '_>, holidays: Given<'_, '_>) -> PyResult<Calendar> {
    let mask = weekmask(mask)?;
    let found = match some(holidays) {
        None => Vec::new(),
        Some(holidays) => {
            let array = dense(holidays, &days(), Casting::Safe)?;
            if array.ndim() != 1 {
                return Err(PyValueError::new_err("holidays must be a provided as a one-dimensional array"));
            }
            numbers(&array).to_vec()
        }
    };
    let py = match (some(holidays), holidays) {
        (Some(h), _) | (None, Some(h)) => h.py(),
        // SAFETY: called from a Python function, with the GIL held.
        _ => unsafe { Python::assume_attached() },
    };
    Calendar::new(mask, &found).or_raise(py)
}

/// A calendar prepared for many business-day calculations.
#[pyclass(name = "busdaycalendar", module = "numpy")]
pub struct BusinessCalendar(Calendar);

#[pymethods]
impl BusinessCalendar {
    #[new]
    #[pyo3(signature = (weekmask=None, holidays=None), text_signature = "(weekmask='1111100', holidays=None)")]
    fn new(weekmask: Given<'_, '_>, holidays: Given<'_, '_>) -> PyResult<BusinessCalendar> {
        calendar(weekmask, holidays).map(BusinessCalendar)
    }
    #[getter]
    fn weekmask<'py>(&self, py: Python<'py>) -> Result<'py> {
        let result = Array::zeros(py, &DType::of(TypeNum::Bool), &[7], Order::C)?;
        for (i, on) in self.0.weekmask().into_iter().enumerate() {
            // SAFETY: seven bytes.
            unsafe { result.data().add(i).write(u8::from(on)) };
        }
        Ok(result.into_object())
    }
    #[getter]
    fn holidays<'py>(&self, py: Python<'py>) -> Result<'py> {
        let found = self.0.holidays();
        let result = Array::new(py, &days(), &[found.len() as isize], Order::C)?;
        // SAFETY: fresh room for as many numbers.
        unsafe { std::ptr::copy_nonoverlapping(found.as_ptr(), result.data().cast(), found.len()) };
        Ok(result.into_object())
    }
}

/// The calendar that the arguments describe.
fn calendar_of(mask: Given<'_, '_>, holidays: Given<'_, '_>, prepared: Given<'_, '_>) -> PyResult<Calendar> {
    match some(prepared) {
        None => calendar(mask, holidays),
        Some(_) if some(mask).is_some() || some(holidays).is_some() => Err(PyValueError::new_err(
            "Cannot supply both the weekmask/holidays and the busdaycal parameters",
        )),
        Some(prepared) => match prepared.cast::<BusinessCalendar>() {
            Ok(made) => Ok(made.borrow().0.clone()),
            Err(_) => Err(PyTypeError::new_err(format!(
                "busdaycal must be a numpy.busdaycalendar, not {}",
                prepared.get_type().name()?
            ))),
        },
    }
}

/// Applies `work` to each pair of broadcast elements; the result goes to `out` or a new array.
fn pairwise<'py>(
    py: Python<'py>,
    operands: &[&Array<'py>],
    result: &DType,
    out: Given<'_, 'py>,
    mut work: impl FnMut(&[i64]) -> sharray_base::Result<i64>,
) -> Result<'py> {
    let shapes: Vec<&[isize]> = operands.iter().map(|a| a.shape()).collect();
    let shape = broadcast_shapes(&shapes).or_raise(py)?;
    let made = Array::new(py, result, &shape, Order::C)?;
    let strides: Vec<Dims> = operands
        .iter()
        .map(|a| {
            broadcast_strides(a.shape(), a.strides(), &shape)
                .ok_or_else(|| PyRuntimeError::new_err("operands were broadcast before"))
        })
        .collect::<PyResult<_>>()?;
    let mut values = vec![0i64; operands.len()];
    for index in 0..made.size() {
        for ((value, array), strides) in values.iter_mut().zip(operands).zip(&strides) {
            let (mut rest, mut place) = (index as isize, array.data());
            for axis in (0..shape.len()).rev() {
                // SAFETY: the coordinates are within the broadcast shape.
                place = unsafe { place.offset(rest % shape[axis] * strides[axis]) };
                rest /= shape[axis];
            }
            // SAFETY: an element of eight bytes.
            *value = unsafe { place.cast::<i64>().read_unaligned() };
        }
        let value = work(&values).or_raise(py)?;
        // SAFETY: within the fresh array; bools are one byte, the rest eight.
        unsafe {
            match result.itemsize() {
                1 => made.data().add(index).write(value as u8),
                _ => made.data().cast::<i64>().add(index).write(value),
            }
        }
    }
    if let Some(target) = some(out).and_then(Array::from_object) {
        cast_rules::check_cast(result, target.dtype(), Casting::Safe).or_raise(py)?;
    } else if some(out).is_some() {
        return Err(PyValueError::new_err("busday functions: must provide a NumPy array for 'out'"));
    }
    deliver(made, some(out))
}

#[pyfunction]
#[pyo3(signature = (dates, weekmask=None, holidays=None, busdaycal=None, out=None))]
fn is_busday<'py>(
    dates: &Bound<'py, PyAny>,
    weekmask: Given<'_, 'py>,
    holidays: Given<'_, 'py>,
    busdaycal: Given<'_, 'py>,
    out: Given<'_, 'py>,
) -> Result<'py> {
    let calendar = calendar_of(weekmask, holidays, busdaycal)?;
    let dates = dense(dates, &days(), Casting::Safe)?;
    let result = DType::of(TypeNum::Bool);
    pairwise(dates.py(), &[&dates], &result, out, |v| Ok(i64::from(calendar.is_busday(v[0]))))
}

#[pyfunction]
#[pyo3(signature = (dates, offsets, roll=None, weekmask=None, holidays=None, busdaycal=None, out=None))]
fn busday_offset<'py>(
    dates: &Bound<'py, PyAny>,
    offsets: &Bound<'py, PyAny>,
    roll: Option<&str>,
    weekmask: Given<'_, 'py>,
    holidays: Given<'_, 'py>,
    busdaycal: Given<'_, 'py>,
    out: Given<'_, 'py>,
) -> Result<'py> {
    let py = dates.py();
    let roll = Roll::from_name(roll.unwrap_or("raise")).or_raise(py)?;
    let calendar = calendar_of(weekmask, holidays, busdaycal)?;
    let dates = dense(dates, &days(), Casting::Safe)?;
    let offsets = coerce::asarray(offsets)?;
    let is_days = offsets.dtype().num() == TypeNum::Timedelta
        && offsets.dtype().time_unit() == TimeUnit::one(Unit::Day);
    let long = DType::of(TypeNum::Long);
    if !is_days {
        cast_rules::check_cast(offsets.dtype(), &long, Casting::Safe).or_raise(py)?;
    }
    let offsets = cast(&offsets, &long)?;
    pairwise(py, &[&dates, &offsets], &days(), out, |v| calendar.offset(v[0], v[1], roll))
}

#[pyfunction]
#[pyo3(signature = (begindates, enddates, weekmask=None, holidays=None, busdaycal=None, out=None))]
fn busday_count<'py>(
    begindates: &Bound<'py, PyAny>,
    enddates: &Bound<'py, PyAny>,
    weekmask: Given<'_, 'py>,
    holidays: Given<'_, 'py>,
    busdaycal: Given<'_, 'py>,
    out: Given<'_, 'py>,
) -> Result<'py> {
    let calendar = calendar_of(weekmask, holidays, busdaycal)?;
    let begin = dense(begindates, &days(), Casting::Safe)?;
    let end = dense(enddates, &days(), Casting::Safe)?;
    pairwise(begin.py(), &[&begin, &end], &DType::of(TypeNum::Long), out, |v| {
        if v.contains(&NAT) {
            return Err(sharray_base::Error::Value(
                "Cannot compute a business day count with a NaT (not-a-time) date".into(),
            ));
        }
        calendar.count(v[0], v[1])
    })
}

/// Adds this file's functions.
pub fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<BusinessCalendar>()?;
    module.add_function(wrap_pyfunction!(datetime_data, module)?)?;
    module.add_function(wrap_pyfunction!(datetime_as_string, module)?)?;
    module.add_function(wrap_pyfunction!(is_busday, module)?)?;
    module.add_function(wrap_pyfunction!(busday_offset, module)?)?;
    module.add_function(wrap_pyfunction!(busday_count, module)?)
}
